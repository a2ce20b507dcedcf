"""Verdicts that differ between sources.

A claim is verified under the followed accounts first. Then each source that differs is believed,
one at a time: every event that it dates or describes differently is taken as it has it, and the
claim is verified again. If the verdict changes with the source that is believed, the claim is
*contested*, and the finding names who says what.

* A source differs where its own date (`Citation.on`) and the event's exclude each other: neither
  contains the other. A coarser date is the same event, known less well.
* It also differs where it is cited for another account of the event (`ResolvedEvents.accounts`).
* An undecidable claim stays undecidable: it has no verdict that another source could change.
* The claim's own source, and sources that are not independent of it, do not contest a refutation:
  it only repeats itself.

Figures need none of this: claims about them weigh every report anyway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diplorel.claims.answers import Contest
from diplorel.claims.phrases import say
from diplorel.claims.readings import account_of
from diplorel.claims.wording import on_date
from diplorel.language.said import Said, join
from diplorel.model.claims import Verdict
from diplorel.model.events import Event
from diplorel.model.sources import independent
from diplorel.narrative.narrator import Narrator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from diplorel.claims.answers import Answer, Replays
    from diplorel.claims.readings import Dissent, Readings
    from diplorel.model.claims import Claim
    from diplorel.model.dates import Language
    from diplorel.model.reference import Reference

_LANGUAGES: Final[tuple[Language, ...]] = ("en", "vi")


def find_contests(
    claim: Claim,
    answer: Answer,
    readings: Readings,
    look_up: Callable[[Claim, Replays], Answer],
) -> tuple[Contest, ...]:
    """Return the accounts of sources that give a claim another verdict.

    Args:
        claim: The claim.
        answer: What it is by the followed accounts.
        readings: The readings of the log.
        look_up: What looks it up in a log.
    """
    if answer.verdict not in (Verdict.SUPPORTED, Verdict.REFUTED):
        return ()
    by_account: dict[Any, tuple[list[str], tuple[Dissent, ...], Answer]] = {}
    reference = readings.reference
    for source, dissents in readings.bearing_on(claim).items():
        reading = readings.of(dissents)
        other = look_up(claim, reading)
        if other.verdict is answer.verdict or _repeats(claim, source, other, reference.source):
            continue
        decisive = _decisive(claim, answer, dissents, readings, look_up)
        by_account.setdefault(account_of(decisive), ([], decisive, other))[0].append(source)
    return tuple(
        Contest(
            sources=tuple(who),
            events=tuple(one.event for one in dissents),
            dates=tuple(one.on for one in dissents),
            verdict=other.verdict,
            said=_said(who, dissents, other, reference),
        )
        for who, dissents, other in by_account.values()
    )


def _repeats(claim: Claim, source: str, answer: Answer, sources: Mapping[str, Any]) -> bool:
    """Say whether a source supports a claim only as it is the claim's own, or repeats that."""
    if answer.verdict is not Verdict.SUPPORTED or claim.source is None:
        return False
    return len(independent([claim.source, source], sources)) == 1


def _decisive(
    claim: Claim,
    answer: Answer,
    dissents: tuple[Dissent, ...],
    readings: Readings,
    look_up: Callable[[Claim, Replays], Answer],
) -> tuple[Dissent, ...]:
    """Return those of a source's differences which each change the verdict; else all of them."""
    if len(dissents) == 1:
        return dissents
    alone = tuple(
        one for one in dissents if look_up(claim, readings.of((one,))).verdict is not answer.verdict
    )
    return alone or dissents


def _said(
    who: Sequence[str], dissents: Iterable[Dissent], answer: Answer, reference: Reference
) -> Said:
    """Return which source differs in what, and what follows from it."""
    known = reference.source
    names = dict.fromkeys(known[id].publisher if id in known else id for id in who)
    named = join(say(" and "), [Said(one, one) for one in names])
    parts = []
    for one in dissents:
        said = {"source": named, "event": _in_words(one.event, reference)}
        if one.on is not None:
            dates = {"theirs": on_date(one.on), "ours": on_date(one.event.on)}
            parts.append(say("contest", **said, **dates))
        elif one.event.id in {event.id for event in one.put}:
            said["event"] = _in_words(one.put[0], reference)
            parts.append(say("contest value", **said))
        else:
            parts.append(say("contest denial", **said))
    return say("contested", who=join("; ", parts), says=answer.says)


def _in_words(event: Event, reference: Reference) -> Said:
    """Return an event in words, without the full stop."""
    english, vietnamese = (Narrator(reference, lang).sentence(event) for lang in _LANGUAGES)
    return Said(english, vietnamese).change(lambda text: text.rstrip("."))
