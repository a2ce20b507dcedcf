"""Spells held against every history that open dates allow.

What a relation shows on a day depends on nothing that came later; a spell belongs to the whole
history up to the day asked for. Later events can make another order of earlier ones plausible, so
that a spell which its own days show for certain is one of several histories. So each plausible
order of the events is followed: a spell is known only if all of them have it, and its bounds hold
the days when it began and ended in each.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel.analysis.plausible_orders import Span, plausible_orders, realised
from diplorel.analysis.spell_values import no_steps
from diplorel.analysis.spells import Bounds
from diplorel.model.dates import LAST_DAY
from diplorel.model.lives import LIFE, PartyEnded
from diplorel.replay.order import overlapping
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.track import share_a_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from diplorel.analysis.spell_values import Reader
    from diplorel.analysis.spells import Spell
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.as_of import SubjectHistory
    from diplorel.tracks.track import Track

_MOST: Final = 4
"""How many events may not have happened by the day; beyond this number, anything is possible."""

_LONGEST: Final = 7
"""Of so many runs, each choice of those that lasted no day is tried."""


@attrs.frozen
class Run:
    """A time when a value holds in one order of the events.

    Attributes:
        value: The value.
        began_by: The id of the event that began it; None at the very beginning.
        start: When it began, likewise.
        ended_by: The id of the event that ended it; None where nothing did.
        end: When it ended, likewise.
    """

    value: str | None
    began_by: str | None
    start: Span | None
    ended_by: str | None = None
    end: Span | None = None


Way: TypeAlias = "tuple[Run, ...]"
"""The runs of one plausible order, oldest first."""


def ways_of(
    history: SubjectHistory, reader: Reader, side: str | None, reference: Reference, day: int
) -> list[Way] | None:
    """Return what a dyad had in each plausible order of its events, where dates leave it open.

    Args:
        history: The dyad.
        reader: How the track is read.
        side: From which side.
        reference: The ladders.
        day: The last day, an ordinal.

    Returns:
        The ways; none where dates leave no order open, or where the track does not say which value
        a state has; None where there are too many, or successions join several dyads.
    """
    assert isinstance(history.subject, tuple)  # noqa: S101  spells are of dyads
    if reader.value is None:
        return []
    track, cell = reader.track, reader.cell(history.subject, side)
    mine = [
        event
        for event in _heard(history, track, day)
        if isinstance(event, PartySucceeded) or share_a_cell(track.cells_of(event), [cell])
    ]
    if not any(overlapping(sorted(mine, key=lambda event: event.on.hi))):
        return []
    if any(isinstance(event, PartySucceeded) for event in mine):
        return None
    days = _days_of(history, track, mine, reference, day)
    certain = [event for event in mine if event.on.hi <= day]
    open_ = [event for event in mine if event.on.hi > day]
    if days is None or len(open_) > _MOST:
        return None
    found: dict[Way, None] = {}
    for count in range(len(open_) + 1):
        for some in combinations(open_, count):
            orders = plausible_orders([*certain, *some], days, track, reference, cell)
            if orders is None:
                return None
            for order, left in zip(*realised(orders, days), strict=True):
                found[_runs(order, left, reader, side, reference)] = None
    return [*found] if reader.steps is not no_steps else _as_shown(found)


def is_settled(history: SubjectHistory, track: Track[Any, Any], day: int, id: str | None) -> bool:
    """Return whether a dyad has one history up to an event, whatever dates leave open later.

    Args:
        history: The dyad.
        track: The track.
        day: The last day, an ordinal.
        id: The id of the event; None for the very beginning.
    """
    events = _heard(history, track, day)
    last = max((event.on.hi for event in events if event.id == id), default=LAST_DAY)
    unsure = _in_open_orders(events)
    return not any(
        event.on.lo <= last and (event.id in unsure or isinstance(event, PartySucceeded))
        for event in events
    )


def _in_open_orders(events: Iterable[Event]) -> set[str]:
    """Return the ids of the events whose order with another one dates leave open."""
    by_day = sorted(events, key=lambda event: event.on.hi)
    return {event.id for both in overlapping(by_day) for event in both}


def _as_shown(ways: Collection[Way]) -> list[Way] | None:
    """Return the ways as days show them, where what no day shows is not a spell."""
    if max(map(len, ways)) > _LONGEST:
        return None
    return [*{shown: None for way in ways for shown in _by_day(way)}]


def _heard(history: SubjectHistory, track: Track[Any, Any], day: int) -> list[Event]:
    """Return the events of a track that have possibly happened by a day."""
    folded = history.on(day).get(track)
    events = [*(() if folded is None else folded.events), *history.undecided_on(day)]
    kinds = {*track.handlers, PartySucceeded}
    return [*{event.id: event for event in events if type(event) in kinds}.values()]


def _days_of(
    history: SubjectHistory,
    track: Track[Any, Any],
    events: Iterable[Event],
    reference: Reference,
    day: int,
) -> dict[str, Span] | None:
    """Return the days of events; of those of another track, the days that its own orders leave."""
    days = {event.id: Span(event.on.lo, min(event.on.hi, day)) for event in events}
    foreign = {
        type(event)
        for event in events
        if type(event) not in {*track.owns, *LIFE} and event.on.lo != event.on.hi
    }
    for other in history.tracks:
        if foreign.isdisjoint(other.owns):
            continue
        mine = [one for one in _heard(history, other, day) if not isinstance(one, PartySucceeded)]
        spans = {one.id: Span(one.on.lo, min(one.on.hi, day)) for one in mine}
        orders = plausible_orders(mine, spans, other, reference)
        if orders is None:
            return None
        _, left = realised(orders, spans)
        for id in days.keys() & spans.keys():
            lo, hi = min(one[id].lo for one in left), max(one[id].hi for one in left)
            days[id] = Span(lo, hi)
    return days


def _runs(
    order: Iterable[Event],
    days: Mapping[str, Span],
    reader: Reader,
    side: str | None,
    reference: Reference,
) -> Way:
    """Return the runs of one order of the events."""
    track, value = reader.track, reader.value
    assert value is not None  # noqa: S101  otherwise nothing is searched
    acc = track.new(reference)
    found = [Run(value(track.freeze(acc), side, reference), None, None)]
    for event in order:
        track.handlers[type(event)](acc, event)
        now = value(track.freeze(acc), side, reference)
        if now != found[-1].value:
            found[-1] = attrs.evolve(found[-1], ended_by=event.id, end=days[event.id])
            found.append(Run(now, event.id, days[event.id]))
    return tuple(found)


def _by_day(runs: Way) -> Iterator[Way]:
    """Yield the runs that days show: with and without those that may have lasted no day."""
    brief, never = [], set()
    for place, run in enumerate(runs):
        if run.start is not None and run.end is not None and run.end.lo <= run.start.hi:
            brief.append(place)
            if run.end.hi <= run.start.lo:
                never.add(place)
    for count in range(len(brief) + 1):
        for some in combinations(brief, count):
            if never <= {*some}:
                yield _without(runs, some)


def _without(runs: Way, left_out: Collection[int]) -> Way:
    found: list[Run] = []
    for place, run in enumerate(runs):
        if place in left_out:
            continue
        if found and found[-1].value == run.value:
            found[-1] = attrs.evolve(found[-1], ended_by=run.ended_by, end=run.end)
        else:
            found.append(run)
    return tuple(found)


def first_in(ways: Iterable[Way], is_meant: Callable[[str | None], bool]) -> list[Run | None]:
    """Return the first run of each history whose value is meant; None where it has none."""
    return [next((run for run in way if is_meant(run.value)), None) for way in ways]


# --- a spell in each of them ----------------------------------------------------------------------


def hold_against(spells: Sequence[Spell], ways: Sequence[Way], *, by_known: bool) -> list[Spell]:
    """Return the spells of a dyad and side as all histories allow them.

    Args:
        spells: The spells, oldest first.
        ways: The histories that open dates allow; none where dates leave no order open.
        by_known: Whether a spell says how its own days know it; then only its start is held
            against the histories.
    """
    if not ways:
        return [*spells]
    found = [_held(one, ways, by_known=by_known) for one in spells]
    return found if by_known else _met(spells, found)


def doubted(spells: Sequence[Spell], events: Iterable[Event], *, is_open: bool) -> list[Spell]:
    """Return spells of histories that are too many to follow: undecided where an order is open.

    Args:
        spells: The spells.
        events: The events of the dyad.
        is_open: Whether dates leave the history up to the day open.
    """
    if not is_open:
        return [*spells]
    unsure = _in_open_orders(events)
    return [
        one
        if one.value is None or unsure.isdisjoint((one.began_by, one.ended_by))
        else attrs.evolve(one, known="undecided")
        for one in spells
    ]


def _held(spell: Spell, ways: Iterable[Way], *, by_known: bool) -> Spell:
    """Return a spell with the bounds that all histories give it; undecided if one lacks it."""
    if spell.value is None or (spell.start_open and spell.first is None):
        return spell
    matches = [_match(spell, way) for way in ways]
    start, end, sure = spell.start, spell.end, True
    ends_with_life = spell.ended_by_type == PartyEnded.type
    for runs in matches:
        sure = sure and len(runs) == 1
        for run in runs:
            # the days of its own events are its bounds already, within the lives of the two
            if run.start is not None and run.began_by != spell.began_by:
                start = widen(start, run.start)
            if end is not None and run.end is not None:
                end = end if run.ended_by == spell.ended_by else widen(end, run.end)
            elif not ends_with_life:
                sure = sure and (end is None) == _goes_on(run, spell.censored_on)
    if by_known:
        return spell if spell.began_by is None else attrs.evolve(spell, start=start)
    known = spell.known if sure else "undecided"
    return attrs.evolve(spell, start=start, end=end, known=known)


def _goes_on(run: Run, day: date | None) -> bool:
    """Return whether a run goes on, or ended after the last day that is known of a spell."""
    return run.end is None or (day is not None and run.end.lo > day.toordinal())


def _match(spell: Spell, way: Way) -> list[Run]:
    """Return the runs of a history that a spell can be."""
    alike = [run for run in way if run.value == spell.value]
    caused = [run for run in alike if run.began_by == spell.began_by is not None]
    if len(caused) == 1:
        return caused
    if spell.first is None and spell.last is None:
        return []
    first = 0 if spell.first is None else spell.first.toordinal()
    last = spell.last.toordinal() if spell.last is not None else first
    return [
        run
        for run in alike
        if (run.start is None or run.start.lo <= last) and (run.end is None or run.end.hi > first)
    ]


def widen(one: Bounds, other: Span | Bounds) -> Bounds:
    """Return bounds that hold other days as well; no source gives them if they are more."""
    lo, hi = min(one.lo, other.lo), max(one.hi, other.hi)
    return one if (lo, hi) == (one.lo, one.hi) else Bounds(None, lo, hi)


def _met(before: Sequence[Spell], after: list[Spell]) -> list[Spell]:
    """Return spells so that each ends when the next one begins, as they did before."""
    shown = [place for place, one in enumerate(before) if one.last is not None]
    found = [*after]
    for place, following in pairwise(shown):
        end, start = before[place].end, before[following].start
        if end is None or end != start:
            continue
        ends, starts = found[place].end, found[following].start
        assert ends is not None  # noqa: S101  it is as it was, or wider
        both = widen(starts, ends)
        found[place] = attrs.evolve(found[place], end=both)
        found[following] = attrs.evolve(found[following], start=both)
    return found
