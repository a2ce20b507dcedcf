"""What the dates of a dyad's events leave open: every level, day reached and length of ties.

The plausible orders are looked at of those events that bear on ties and level, with and without the
ones that may not have happened yet; of a dyad that successions join to others, with their events.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.analysis.plausible_orders import LIMIT, Span, plausible_orders, realised
from diplorel.model.dates import FIRST_DAY, LAST_DAY
from diplorel.model.lives import LIFE
from diplorel.model.records import in_order
from diplorel.replay.accumulators import has_own_events
from diplorel.replay.fold import fold
from diplorel.replay.lineages import LineageSearch, events_of, families_of
from diplorel.tracks.level import LEVEL, UNNAMED, levels_above
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TIES, TiesStatus
from diplorel.tracks.track import share_a_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.accumulators import Accumulator
    from diplorel.replay.snapshot import Snapshot
    from diplorel.tracks.track import Subject, Track

_MOST: Final = 6
"""How many events may not have happened yet; beyond this number, anything is possible."""


ANY: Final = Span(FIRST_DAY, LAST_DAY)


@attrs.frozen
class PossibleStanding:
    """One state that a relation can have.

    Attributes:
        level: The id of the level held; None for none.
        rank: Its rank; None for no level or one without a rank.
        reached: The days when it can have been reached.
        ties: The possible first days of the present unbroken ties; after everything else where ties
            are known to be broken.
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
    """Return every position that a dyad can have on the ladder of *party*, as dates allow."""
    dyad = (party, other) if party < other else (other, party)
    key = ("possible standings", dyad, party)
    known: frozenset[PossibleStanding] | None = snapshot.memo.get(key)
    if known is None:
        events, day, reference = _bearing(snapshot, dyad), snapshot.day, snapshot.reference
        # the day matters only to what is open, and to what an absence says
        is_open = day is not None and any(day < event.on.hi for event in events)
        question = (*key, day if is_open else None, reference.covers(TIES.name, dyad, day))
        known = snapshot.workings.find(question, events)
        if known is None:
            found = standings_of(dyad, events, day, party, reference)
            known = snapshot.workings.keep(question, events, found)
        snapshot.memo[key] = known
    return known


def _bearing(snapshot: Snapshot, dyad: Subject) -> tuple[Event, ...]:
    """Return the events that bear on ties and level of a dyad and of those joined to it."""
    kinds = {*TIES.handlers, *LEVEL.handlers, PartySucceeded}
    found: dict[str, Event] = {}
    family = [dyad]
    for subject in family:  # it grows
        folded = [snapshot.tables[track].get(subject) for track in (TIES, LEVEL)]
        events = [event for one in folded if one is not None for event in one.events]
        events += [one for one in snapshot.undecided.get(subject, ()) if type(one) in kinds]
        found |= {event.id: event for event in events}
        for event in events:
            for move in event.moves() if isinstance(event, PartySucceeded) else ():
                if subject in move:
                    family += [one for one in move if one not in family]
    return tuple(found.values())


def standings_of(
    dyad: tuple[str, str],
    events: Sequence[Event],
    day: int | None,
    ladder: str,
    reference: Reference,
) -> frozenset[PossibleStanding]:
    """Return every position that a dyad can have on a ladder at the end of a day.

    Args:
        dyad: The two ids in order.
        events: The events that bear on its ties and level and have possibly happened.
        day: The day as an ordinal; None for ever.
        ladder: The party whose ladder counts.
        reference: The ladders and the coverage.
    """
    until = LAST_DAY if day is None else day
    no_ties = Span(LAST_DAY, LAST_DAY) if reference.covers(TIES.name, dyad, day) else ANY
    own = [event for event in events if not isinstance(event, PartySucceeded)]
    if all({*event.parties} <= {*dyad} for event in own):  # no succession moves anything
        events = own
    is_moved = any(isinstance(event, PartySucceeded) for event in events)
    certain = [event for event in events if event.on.hi <= until]
    open_ = [event for event in events if event.on.hi > until]
    if len(open_) > _MOST:
        return _anything(ladder, reference)
    found: set[PossibleStanding] = set()
    for count in range(len(open_) + 1):
        for some in combinations(open_, count):
            given = [*certain, *some]
            ways = (
                _ways_of_a_family(dyad, given, until, ladder, reference, no_ties)
                if is_moved
                else _ways(given, until, ladder, reference, no_ties)
            )
            if ways is None:
                return _anything(ladder, reference)
            found |= ways
    return frozenset(found)


def _ways(
    events: Sequence[Event], until: int, ladder: str, reference: Reference, no_ties: Span
) -> set[PossibleStanding] | None:
    """Return the states that a dyad has in the plausible orders of events; None where many are."""
    days = {event.id: Span(event.on.lo, min(event.on.hi, until)) for event in events}
    orders = plausible_orders(events, days, TIES, reference)
    if orders is None:
        return None
    orders, left = realised(orders, days)
    ties = {
        _ties_span(_applied(TIES, order), order, spans)
        if has_own_events(TIES, order)  # the end of a life says nothing of ties in the next
        else no_ties
        for order, spans in zip(orders, left, strict=True)
    }
    for id in left[0].keys() & {one.id for one in events if type(one) in TIES.owns}:
        # the level hears of an end with the days that the ties leave it, of a life's by itself
        lo, hi = min(spans[id].lo for spans in left), max(spans[id].hi for spans in left)
        days[id] = Span(lo, hi)
    steps = [event for event in events if share_a_cell(LEVEL.cells_of(event), [(ladder,)])]
    orders = plausible_orders(steps, days, LEVEL, reference)
    if orders is None:
        return None
    orders, left = realised(orders, days)
    held = {
        way
        for order, spans in zip(orders, left, strict=True)
        for way in _held(_applied(LEVEL, order), spans, ladder, reference)
    }
    return {
        PossibleStanding(level, rank, reached, span)
        for level, rank, reached in held
        for span in ties
    }


def _applied(track: Track[Any, Any], order: Iterable[Event]) -> Any:
    """Return the accumulator that took in events in an order."""
    acc = track.start()
    for event in order:
        track.handlers[type(event)](acc, event)
    return acc


def _ties_span(acc: Any, order: Sequence[Event], days: Mapping[str, Span]) -> Span:
    """Return the possible first days of the present ties; broken ties come after all others."""
    state = TIES.freeze(acc)
    if state.status is not TiesStatus.ESTABLISHED:
        return Span(LAST_DAY, LAST_DAY)
    opened = next(one for one in reversed(order) if one.on == state.since)
    return days[opened.id]


def _held(
    acc: Any, days: Mapping[str, Span], ladder: str, reference: Reference
) -> list[tuple[str | None, int | None, Span]]:
    """Return the level that is held, its rank and when it was reached.

    If no source names it, it is each of the levels that it can have risen to.
    """
    held = LEVEL.freeze(acc).on(ladder)
    if held is None or held.level is None:
        return [(None, None, ANY)]
    held = held.ranked(reference)
    reached = [step for step in held.path if step.on == held.since and step.level is not None][-1]
    span = days[reached.event]
    if reached.kind == "listed":  # some time up to then, and after the step before
        before = held.path[: held.path.index(reached)]
        span = Span(days[before[-1].event].lo if before else FIRST_DAY, span.hi)
    if held.level != UNNAMED:
        level = reference.level(ladder, held.level or "")
        return [(level.id, level.rank, span)]
    last = next((step.level for step in reversed(held.path) if step.level != UNNAMED), None)
    above = levels_above(last, ladder, reference)
    return [(one.id, one.rank, span) for one in above] or [(UNNAMED, None, span)]


def _ways_of_a_family(  # noqa: PLR0917  it answers the same question as `_ways`
    dyad: tuple[str, str],
    events: Sequence[Event],
    until: int,
    ladder: str,
    reference: Reference,
    no_ties: Span,
) -> set[PossibleStanding] | None:
    """Return the same where successions move the state: the dyads joined are searched as one."""
    days = {event.id: Span(event.on.lo, min(event.on.hi, until)) for event in events}
    found = _folded(dyad, events, days, TIES, reference)
    if found is None:
        return None
    ties = set()
    for folded, spans in found:
        mine = [] if folded is None else folded.events
        own = [event for event in mine if type(event) in TIES.owns]
        has_own = folded is not None and has_own_events(TIES, mine)
        ties.add(_ties_span(folded.value, own, spans) if has_own and folded else no_ties)
    for event in events:
        if type(event) in TIES.owns:  # the level hears of an end with the days that ties leave it
            left = [spans[event.id] for _, spans in found if event.id in spans]
            if left:
                days[event.id] = Span(min(one.lo for one in left), max(one.hi for one in left))
    steps = [
        event
        for event in events
        if isinstance(event, PartySucceeded) or share_a_cell(LEVEL.cells_of(event), [(ladder,)])
    ]
    found = _folded(dyad, steps, days, LEVEL, reference)
    if found is None:
        return None
    held = {
        way
        for folded, spans in found
        for way in _held(
            LEVEL.start() if folded is None else folded.value, spans, ladder, reference
        )
    }
    return {PossibleStanding(*way, span) for way in held for span in ties}


def _folded(
    dyad: tuple[str, str],
    events: Sequence[Event],
    days: Mapping[str, Span],
    track: Track[Any, Any],
    reference: Reference,
) -> list[tuple[Accumulator | None, dict[str, Span]]] | None:
    """Return what a dyad has by each plausible order, and the days left; None if they are many."""
    heard: dict[Subject, Sequence[Event]] = {dyad: events}
    moves = [event for event in events if isinstance(event, PartySucceeded)]
    family = next((one for one in families_of(track, moves) if dyad in one), frozenset({dyad}))
    mine = [
        event
        for event in in_order(events_of(track, family, heard))
        if isinstance(event, PartySucceeded)
        or type(event) in LIFE
        or not family.isdisjoint(track.subjects(event))
    ]
    spans = [(days[event.id].lo, days[event.id].hi) for event in mine]
    orders = LineageSearch(mine, spans, track, family, reference).orders(LIMIT)
    if orders is None:
        return None
    return [
        (fold(order, (track,), reference)[track].get(dyad), left)
        for order, left in zip(*realised(orders, days), strict=True)
    ]


def _anything(ladder: str, reference: Reference) -> frozenset[PossibleStanding]:
    known = reference.ladder.get(ladder)
    levels = known.levels if known is not None else ()
    held = {PossibleStanding(level.id, level.rank, ANY, ANY) for level in levels}
    return frozenset(held | {PossibleStanding(None, None, ANY, ANY)})
