"""Policies: which of several tellings of one act the replay follows.

A policy is a function from a telling and the sources to a key; the telling with the smallest key is
followed, and equal keys are settled by canonical text, so a policy never depends on order. The
others stay as alternatives, and `check` reports them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from diplorel.dates import FIRST_DAY
from diplorel.event import Event, canonical, digest
from diplorel.sources import KIND_ORDER, Citation, Source, SourceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from diplorel.event import EventRetracted

    Policy: TypeAlias = Callable[["Telling", Mapping[str, Source]], Any]
    """A key for a telling; smaller is followed."""


@attrs.frozen(kw_only=True)
class Telling:
    """One content given for one act, with everybody who gives it.

    Attributes:
        act: The id of the act.
        event: The event as told, with the citations of all who tell it so. For a denial, the
            correction that denies the act.
        streams: The streams that tell it so, in order.
        denies: Whether it says that the act did not happen: one stream's correction over another
            stream's record.
        digests: The digests of the records that tell it so, in order: each names the telling, and
            stays valid when somebody else tells it too.
    """

    act: str
    event: Event | EventRetracted
    streams: tuple[str, ...]
    denies: bool = False
    digests: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Who says so."""
        return self.event.sources

    @property
    def digest(self) -> str:
        """A digest that names this telling, as in ``id@digest``: the first of `digests`."""
        return self.digests[0] if self.digests else digest(self.event)


def by_kind(telling: Telling, sources: Mapping[str, Source]) -> tuple[int, ...]:
    """Follow the telling whose best source has the most authority: the default.

    A text of both sides goes before one side's, that before an agency, the press, scholars and
    reference works; a source that the bibliography lacks comes last.
    """
    kinds = [_kind(citation, sources) for citation in telling.citations]
    return (min(kinds),)


def _kind(citation: Citation, sources: Mapping[str, Source]) -> int:
    source = sources.get(citation.source)
    return len(SourceKind) if source is None else KIND_ORDER[source.kind]


def latest_published(telling: Telling, sources: Mapping[str, Source]) -> tuple[int, ...]:
    """Follow the telling with the most recent source; undated sources come last."""
    days = [
        source.published.hi
        for citation in telling.citations
        if (source := sources.get(citation.source)) and source.published
    ]
    return (-max(days, default=FIRST_DAY - 1),)


def stream_first(*streams: str) -> Policy:
    """Follow the first of *streams* that tells an act, then the kind of source."""

    def key(telling: Telling, sources: Mapping[str, Source]) -> tuple[int, ...]:
        places = [streams.index(one) for one in telling.streams if one in streams]
        return (min(places, default=len(streams)), *by_kind(telling, sources))

    return key


def manual(choices: Mapping[str, str]) -> Policy:
    """Follow the telling with the digest chosen for an id, then the kind of source.

    Args:
        choices: From the id of an act to the digest of the telling to follow.
    """

    def key(telling: Telling, sources: Mapping[str, Source]) -> tuple[int, ...]:
        digests = [telling.digest, *telling.digests]  # one record can stand behind two tellings
        chosen = choices.get(telling.act)
        place = min(digests.index(chosen), 1) if chosen in digests else 2
        return (place, *by_kind(telling, sources))

    return key


def choose(
    tellings: list[Telling], policy: Policy, sources: Mapping[str, Source]
) -> tuple[Telling, ...]:
    """Return the tellings of one act, the followed one first."""
    return tuple(
        sorted(
            tellings,
            key=lambda one: (policy(one, sources), one.denies, canonical(one.event), one.streams),
        )
    )
