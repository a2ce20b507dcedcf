"""Verdicts that depend on which source is right.

A claim is verified under the followed accounts first. Then each source that differs is believed,
one at a time: every event that it dates or describes differently is taken as it has it, and the
claim is verified again. Where the verdict changes, it depends on which source is right: the claim
is *contested*, and the finding names who says what.

* A source differs where its own date (`Citation.on`) and the event's exclude each other: neither
  contains the other. A coarser date is the same event, known less well.
* It differs, too, where it is cited for another account of the event (`ResolvedEvents.accounts`).
* An undecidable claim stays undecidable: it has no verdict that another source could change.
* The claim's own source, and sources that are not independent of it, do not contest a refutation:
  it only repeats itself.

Figures need none of this: claims about them weigh every report anyway.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.claims import kinds
from diplorel.claims.answers import Contest
from diplorel.claims.phrases import say
from diplorel.claims.wording import on_date
from diplorel.language.said import Said, join
from diplorel.model.claims import Verdict
from diplorel.model.dates import ordinal
from diplorel.model.events import Event
from diplorel.model.sources import independent
from diplorel.narrative.narrator import Narrator
from diplorel.replay.snapshot import take_snapshot
from diplorel.tracks.groups import GROUPS
from diplorel.tracks.level import LEVEL
from diplorel.tracks.special import SPECIAL
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TIES
from diplorel.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from diplorel.claims.answers import Answer, Replays
    from diplorel.model.claims import Claim
    from diplorel.model.dates import Language, PartialDate
    from diplorel.model.reference import Reference
    from diplorel.replay.order import Dates
    from diplorel.resolve.resolution import ResolvedEvents

_LANGUAGES: Final[tuple[Language, ...]] = ("en", "vi")
_WORLDS: Final = 8
"""How many worlds of one reading are kept."""
_BEARING: Final[Mapping[type[Claim], frozenset[type[Event]]]] = {
    **dict.fromkeys(
        (
            kinds.CountClaim, kinds.PartnersClaim, kinds.NthPartnerClaim, kinds.ConsecutiveClaim,
            kinds.FirstInGroupClaim, kinds.FirstOfKindClaim, kinds.CountWithinClaim,
            kinds.RaisedWithinClaim, kinds.LevelClaim, kinds.SkippedLevelClaim, kinds.GapClaim,
        ),
        frozenset(LEVEL.handlers),
    ),
    kinds.SpecialCountClaim: frozenset(SPECIAL.handlers),
    kinds.TiesClaim: frozenset(TIES.handlers),
    kinds.AnniversaryClaim: frozenset({*TIES.handlers, *LEVEL.handlers}),
}  # fmt: skip
"""The events that can bear on a kind of claim; claims about figures are not among them."""
_TRACKS: Final = (TIES, LEVEL, SPECIAL, GROUPS)
"""The tracks that such claims look at. A reading folds no other."""
_TYPES: Final = frozenset({PartySucceeded, *(cls for one in _TRACKS for cls in one.handlers)})


@attrs.frozen(eq=False)
class Dissent:
    """One source whose account of one event differs from the followed one.

    Attributes:
        source: The id of the source.
        event: The event, as it is followed; where a denial is followed, as this source has it.
        out: The ids of the events that are to be left out.
        put: The events that are to be put in their place; none where the source denies them.
        on: The date that the source gives; None where it differs in other things.
    """

    source: str
    event: Event
    out: frozenset[str]
    put: tuple[Event, ...]
    on: PartialDate | None = None


def find_dissents(resolved: ResolvedEvents) -> list[Dissent]:
    """Return every source whose account of an event differs from the followed one.

    Dates of events that no such claim looks at are left out.
    """
    bearing = [event for event in resolved.events if type(event) in _TYPES]
    found = [one for event in bearing for one in _other_dates(event)]
    for id in sorted(resolved.accounts):
        followed, *others = resolved.accounts[id]
        for other in others:
            face = next((one for one in (followed, other) if not one.denies), None)
            if face is None:
                continue  # two denials: nobody says that it happened
            # a replacement that denies it is an event of its own
            out = {one.event.id for one in (face, followed) if isinstance(one.event, Event)}
            put = (other.event,) if isinstance(other.event, Event) else ()
            found += [
                Dissent(citation.source, face.event, frozenset(out), put)  # type: ignore[arg-type]  # no retraction
                for citation in other.citations
            ]
    return found


def _other_dates(event: Event) -> Iterator[Dissent]:
    for citation in event.sources:
        on = citation.on
        if on is None or on.contains(event.on) or event.on.contains(on):
            continue
        moved = attrs.evolve(event, on=on)
        yield Dissent(citation.source, event, frozenset({event.id}), (moved,), on)


class Reading:
    """A log in which some events are as other sources have them; it replays as a log does."""

    def __init__(
        self,
        reference: Reference,
        resolved: ResolvedEvents,
        dates: Dates,
        dissents: Iterable[Dissent],
    ) -> None:
        self.reference = reference
        self._dates: Dates = dates
        out: set[str] = set()
        put: list[Event] = []
        for one in dissents:
            out |= one.out
            put += one.put
        kept = [
            event for event in resolved.unordered if type(event) in _TYPES and event.id not in out
        ]
        self._resolved = attrs.evolve(resolved, unordered=(*kept, *put))
        self._replay = lru_cache(maxsize=_WORLDS)(self._world)

    def replay(self, on: str | None = None) -> World:
        """Return the world at the end of a day; of all that is recorded when None."""
        return self._replay(on)

    def resolve(self) -> ResolvedEvents:
        """Return the events of this reading."""
        return self._resolved

    def _world(self, on: str | None) -> World:
        day = None if on is None else ordinal(on)
        return World(
            take_snapshot(self._resolved, self.reference, _TRACKS, day=day, dates=self._dates)
        )


def _account(dissents: Iterable[Dissent]) -> object:
    """Return what is the same for sources that differ in the same way."""
    return frozenset(
        (one.out, tuple((event.id, event.digest) for event in one.put)) for one in dissents
    )


class Readings:
    """The readings of a log by the sources that differ, made when they are first asked for."""

    def __init__(self, log: Replays) -> None:
        self.reference: Reference = log.reference
        self._log = log
        self._known: dict[object, Reading] = {}
        self._all: list[Dissent] | None = None

    def bearing_on(self, claim: Claim) -> dict[str, tuple[Dissent, ...]]:
        """Return what can bear on a claim, by source."""
        types = _BEARING.get(type(claim))
        if types is None:
            return {}
        if self._all is None:
            self._all = find_dissents(self._log.resolve())
        found: dict[str, list[Dissent]] = defaultdict(list)
        for one in self._all:
            if _concerns(claim, one.event, types) and _by(claim.on.lo, one):
                found[one.source].append(one)
        return {source: tuple(some) for source, some in sorted(found.items())}

    def of(self, dissents: tuple[Dissent, ...]) -> Reading:
        """Return the log in which these sources are believed."""
        same = _account(dissents)
        if same not in self._known:
            dates = self._log.replay(None).snapshot.dates
            resolved = self._log.resolve()
            self._known[same] = Reading(self._log.reference, resolved, dates, dissents)
        return self._known[same]


def _by(day: int, dissent: Dissent) -> bool:
    """Say whether an event can have happened by a day, as followed or as put instead."""
    return any(one.on.lo <= day for one in (dissent.event, *dissent.put))


def _concerns(claim: Any, event: Event, types: frozenset[type[Event]]) -> bool:
    """Say whether an event can bear on a claim."""
    if type(event) in GROUPS.handlers:
        groups = {getattr(claim, "within", None), getattr(claim, "group", None)}
        return event.parties[1] in groups
    if type(event) not in types:
        return False
    pair = getattr(claim, "parties", None)
    if pair is None:
        pair = (claim.party, *filter(None, [getattr(claim, "partner", None)]))
        if isinstance(claim, kinds.NthPartnerClaim):
            pair = (claim.party,)
    return {*pair} <= {*event.parties}


def find_contests(
    claim: Claim,
    answer: Answer,
    readings: Readings,
    look_up: Callable[[Claim, Replays], Answer],
) -> tuple[Contest, ...]:
    """Return the accounts of sources by which a claim has another verdict.

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
        telling = _telling(claim, answer, dissents, readings, look_up)
        by_account.setdefault(_account(telling), ([], telling, other))[0].append(source)
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


def _telling(
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
