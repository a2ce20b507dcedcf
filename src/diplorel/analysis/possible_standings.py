"""What the dates of a dyad's events leave open: every level, day reached and length of ties.

An order of events is possible when their days can be chosen, each within its bounds, so that they
come in that order. Every possible order is tried of those events that bear on ties and level, with
and without the ones that may not have happened yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel.model.dates import FIRST_DAY, LAST_DAY
from diplorel.replay.fold import fold
from diplorel.tracks.level import LEVEL
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TIES, TiesStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.snapshot import Snapshot

LIMIT: Final = 2_000
"""How many orders are tried; beyond this number the answer is that anything is possible."""


@attrs.frozen(order=True)
class Span:
    """The first and the last possible day, as ordinals."""

    lo: int
    hi: int


ANY: Final = Span(FIRST_DAY, LAST_DAY)


@attrs.frozen
class PossibleStanding:
    """One way in which a relation can stand.

    Attributes:
        level: The id of the level held; None for none.
        rank: Its rank; None for no level or one without a rank.
        reached: The days on which it can have been reached.
        ties: The days from which the present unbroken ties can count; after everything else where
            ties are known to be broken.
    """

    level: str | None
    rank: int | None
    reached: Span
    ties: Span

    @property
    def best(self) -> tuple[int, int, int]:
        """The foremost key that it allows; smaller goes first."""
        return (-(self.rank or 0), self.reached.lo, self.ties.lo)

    @property
    def worst(self) -> tuple[int, int, int]:
        """The hindmost key that it allows."""
        return (-(self.rank or 0), self.reached.hi, self.ties.hi)


def possible_standings(snapshot: Snapshot, party: str, other: str) -> frozenset[PossibleStanding]:
    """Return every way in which a dyad can stand on the ladder of *party*, as dates allow."""
    dyad = (party, other) if party < other else (other, party)
    key = ("possible standings", dyad, party)
    known: frozenset[PossibleStanding] | None = snapshot.memo.get(key)
    if known is None:
        events = {
            event.id: event
            for track in (TIES, LEVEL)
            if (folded := snapshot.tables[track].get(dyad)) is not None
            for event in folded.events
        }
        events |= {
            event.id: event
            for event in snapshot.undecided.get(dyad, ())
            if {type(event)} & {*TIES.handlers, *LEVEL.handlers, PartySucceeded}
        }
        known = standings_of(dyad, tuple(events.values()), snapshot.day, party, snapshot.reference)
        snapshot.memo[key] = known
    return known


def standings_of(
    dyad: tuple[str, str],
    events: Sequence[Event],
    day: int | None,
    ladder: str,
    reference: Reference,
) -> frozenset[PossibleStanding]:
    """Return every way in which a dyad can stand on a ladder at the end of a day.

    Args:
        dyad: The two ids in order.
        events: The events that bear on its ties and level and have possibly happened.
        day: The day as an ordinal; None for ever.
        ladder: The party whose ladder counts.
        reference: The ladders and the coverage.
    """
    until = LAST_DAY if day is None else day
    ties_known = reference.covers(TIES.name, dyad, day)
    found: set[PossibleStanding] = set()
    for count, (order, days) in enumerate(_orders(events, until)):
        if count >= LIMIT:
            return _anything(ladder, reference)
        found.add(_stand(dyad, order, days, ladder, reference, ties_known=ties_known))
    return frozenset(found)


def _stand(
    dyad: tuple[str, str],
    order: Sequence[Event],
    days: dict[str, Span],
    ladder: str,
    reference: Reference,
    *,
    ties_known: bool,
) -> PossibleStanding:
    tables = fold(order, (TIES, LEVEL))
    folded = tables[TIES].get(dyad)
    ties = Span(LAST_DAY, LAST_DAY) if ties_known else ANY
    if folded is not None and any(type(event) in TIES.handlers for event in folded.events):
        state = TIES.freeze(folded.value)
        ties = Span(LAST_DAY, LAST_DAY)
        if state.status is TiesStatus.ESTABLISHED:
            opened = next(
                event
                for event in reversed(folded.events)
                if type(event) in TIES.owns and event.on == state.since
            )
            ties = days[opened.id]
    level = tables[LEVEL].get(dyad)
    held = LEVEL.freeze(level.value).on(ladder) if level is not None else None
    if held is None or held.level is None:
        return PossibleStanding(None, None, ANY, ties)
    reached = [step.event for step in held.path if step.on == held.since and step.level is not None]
    rank = reference.level(ladder, held.level).rank
    return PossibleStanding(held.level, rank, days[reached[-1]], ties)


def _anything(ladder: str, reference: Reference) -> frozenset[PossibleStanding]:
    known = reference.ladder.get(ladder)
    levels = known.levels if known is not None else ()
    held = {PossibleStanding(level.id, level.rank, ANY, ANY) for level in levels}
    return frozenset(held | {PossibleStanding(None, None, ANY, ANY)})


def _orders(
    events: Sequence[Event], until: int
) -> Iterator[tuple[tuple[Event, ...], dict[str, Span]]]:
    """Yield every possible order of the events up to *until*, with the days left to each.

    An event that may come after *until* can also be missing.
    """
    certain = frozenset(event.id for event in events if event.on.hi <= until)

    def extend(
        order: tuple[Event, ...], days: tuple[int, ...], rest: tuple[Event, ...]
    ) -> Iterator[tuple[tuple[Event, ...], tuple[int, ...]]]:
        if not any(event.id in certain for event in rest):
            yield order, days
        for place, event in enumerate(rest):
            first = event.on.lo
            if order:
                first = max(first, days[-1] + _later(order[-1], event))
            if first > min(event.on.hi, until):
                continue
            others = rest[:place] + rest[place + 1 :]
            if any(other.id in certain and other.on.hi < first for other in others):
                continue  # a certain event would come too late to have happened in time
            yield from extend((*order, event), (*days, first), others)

    for order, firsts in extend((), (), tuple(events)):
        lasts: list[int] = []
        for place in range(len(order) - 1, -1, -1):
            last = min(order[place].on.hi, until)
            if lasts:
                last = min(last, lasts[0] - _later(order[place], order[place + 1]))
            lasts.insert(0, last)
        yield (
            order,
            {
                event.id: Span(first, last)
                for event, first, last in zip(order, firsts, lasts, strict=True)
            },
        )


def _later(first: Event, second: Event) -> int:
    """Say how many days later than *first* the event *second* must come, to come after it.

    None, unless the stated order of the same day is the other way round.
    """
    return int((second.seq, second.precedence) < (first.seq, first.precedence))
