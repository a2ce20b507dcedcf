"""What the shell offers when a word is completed. It never fails: then it offers nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from diplorel.errors import DiplorelError

if TYPE_CHECKING:
    from collections.abc import Iterable

Offer = tuple[str, str]
"""A word, and what it means."""


def _beginning(incomplete: str, offers: Iterable[Offer]) -> list[Offer]:
    begun = incomplete.casefold()
    return [(word, help) for word, help in offers if word.casefold().startswith(begun)]


def targets(incomplete: str) -> list[Offer]:
    """Offer datasets; folders are the shell's to offer."""
    from diplorel.cli.targets import datasets  # noqa: PLC0415  only this needs it

    return _beginning(incomplete, ((one.name, one.title) for one in datasets()))


def parties(incomplete: str) -> list[Offer]:
    """Offer the ids of the library's parties, with their names."""
    from diplorel.model.party_table import shipped  # noqa: PLC0415  only this needs it

    return _beginning(incomplete, ((one.id, one.name()) for one in shipped()))


def event_types(incomplete: str) -> list[Offer]:
    """Offer the types of events of the standard tracks, with their tracks."""
    from diplorel.tracks import STANDARD  # noqa: PLC0415  only this needs it

    offers = ((cls.type, track.name) for track in STANDARD for cls in track.owns)
    return _beginning(incomplete, offers)


def levels(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the ids of the levels of the ladder of the party that precedes, with names."""
    from diplorel.cli.targets import merged, open_all  # noqa: PLC0415  only this needs it

    # while the last option lacks its value, the words before it may not have been assigned yet
    party = ctx.params.get("party") or next(iter(ctx.params.get("parties") or ctx.args[-1:]), "")
    named = ctx.params.get("with_") or ()
    try:
        reference = merged(open_all(named, party)).reference
        ladder = reference.ladder[reference.parties.find(party).id]
    except (DiplorelError, OSError, KeyError):
        return []
    return _beginning(incomplete, ((level.id, level.name()) for level in ladder.levels))


def indicators(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the indicators that have figures."""
    from diplorel.cli.targets import merged, open_all  # noqa: PLC0415  only this needs it
    from diplorel.language.vocabulary import INDICATORS  # noqa: PLC0415  likewise

    party = ctx.params.get("party")
    try:
        log = merged(open_all(ctx.params.get("with_") or (), *([party] if party else [])))
    except (DiplorelError, OSError):
        return []
    found: set[str] = {
        one for record in log if (one := getattr(record.event, "indicator", None)) is not None
    }
    return _beginning(incomplete, ((one, INDICATORS.get(one, (one,))[0]) for one in sorted(found)))
