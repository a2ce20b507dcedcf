"""Which order the events of one subject come in: by their dates, else by the rules of a track.

The convention is (latest day, `Event.seq`, `Precedence`, id). It decides nothing where dates leave
the order of two events open that touch one cell of a track: there `diplorel.replay.plausible` looks
for the orders that the track's rules explain best.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from diplorel.model.records import order_key
from diplorel.replay.plausible import Search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.plausible import Days, Plausible
    from diplorel.tracks.track import Cell, Track

Dates: TypeAlias = Literal["latest", "earliest"]
AnyTrack: TypeAlias = "Track[Any, Any]"


@attrs.frozen
class Settled:
    """How one track takes in the events of one subject whose order is open.

    Attributes:
        order: The events that the track handles, in the order shown.
        open: What the plausible orders leave open: cells and names of answers.
    """

    order: tuple[Event, ...]
    open: frozenset[tuple[Cell, str]]


def overlap(first: Event, second: Event) -> bool:
    """Return whether dates and `Event.seq` leave open which of two events came first."""
    one, two = first.on, second.on
    return (one.lo, first.seq) <= (two.hi, second.seq) and (two.lo, second.seq) <= (
        one.hi,
        first.seq,
    )


def is_open(events: Iterable[Event], tracks: Iterable[AnyTrack]) -> bool:
    """Return whether dates leave open an order that matters to a track.

    Args:
        events: The events of one subject, by their latest day.
        tracks: The tracks that handle some of them.
    """
    ordered = [track for track in tracks if track.has_order]
    return any(
        type(one) in track.handlers and type(two) in track.handlers and not track.commute(one, two)
        for one, two in overlapping(events)
        for track in ordered
    )


def overlapping(events: Iterable[Event]) -> Iterator[tuple[Event, Event]]:
    """Yield the pairs of events, given by their latest day, whose dates leave their order open."""
    before: list[Event] = []
    for event in events:
        first = event.on.lo
        for one in reversed(before):
            if one.on.hi < first:
                break  # all before it end sooner still
            if overlap(one, event):
                yield one, event
        before.append(event)


def settle(
    events: Sequence[Event], tracks: Sequence[AnyTrack], reference: Reference, dates: Dates
) -> dict[AnyTrack, Settled]:
    """Return the order in which each track takes in the events of one subject.

    A track that hears another's events takes them with the days that its own track's plausible
    orders leave them.

    Args:
        events: The events of one subject.
        tracks: The tracks that handle some of them.
        reference: The ladders.
        dates: Which of its days puts an event in order by the convention.

    Returns:
        The tracks whose order is open somewhere; for all others, the convention holds.
    """
    found: dict[AnyTrack, Settled] = {}
    left: dict[int, Days] = {}
    for track in sorted(tracks, key=_hears):  # those that hear others come last
        mine = [event for event in events if type(event) in track.handlers]
        narrowed = [event for event in mine if id(event) in left]
        if not track.has_order or not (narrowed or is_open(_by_last(mine), [track])):
            continue
        days = {id(event): left.get(id(event), (event.on.lo, event.on.hi)) for event in mine}
        settled, own = _settled(mine, days, track, reference, dates)
        found[track] = settled
        left |= {key: span for key, span in own.items() if key not in left}
    return found


def _hears(track: AnyTrack) -> bool:
    return any(kind not in track.owns for kind in track.handlers)


def _by_last(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=order_key)


def _settled(
    events: Sequence[Event],
    days: Mapping[int, Days],
    track: AnyTrack,
    reference: Reference,
    dates: Dates,
) -> tuple[Settled, dict[int, Days]]:
    """Return how one track takes in events, and the days left to each event that it owns."""
    ordered = sorted(events, key=_convention(days, dates))
    left: dict[int, Days] = {}
    open_: set[tuple[Cell, str]] = set()
    chains: list[Sequence[Event]] = []
    for cell, within in _by_cell(ordered, track).items():
        if not any(_both_ways(one, two, days) for one, two in combinations(within, 2)):
            chains.append(within)
            continue
        result: Plausible = Search(
            within, [days[id(event)] for event in within], track, reference
        ).run()
        chains.append(result.order)
        open_ |= {(cell, name) for name in result.open}
        for event, span in zip(result.order, result.days, strict=True):
            if type(event) in track.owns:
                left[id(event)] = span
    order = joined(ordered, chains)
    if order is None:  # cells that share events ask for orders that no one order gives
        names = {name for name, _ in track.answers(track.start())}
        everything = {(cell, name) for cell in _by_cell(ordered, track) for name in names}
        return Settled(tuple(ordered), frozenset(everything)), {}
    return Settled(tuple(order), frozenset(open_)), left


def _convention(days: Mapping[int, Days], dates: Dates) -> Callable[[Event], tuple[Any, ...]]:
    which = 1 if dates == "latest" else 0
    return lambda event: (days[id(event)][which], event.seq, event.precedence, event.id)


def _both_ways(one: Event, two: Event, days: Mapping[int, Days]) -> bool:
    (first, last), (begin, end) = days[id(one)], days[id(two)]
    return (first, one.seq) <= (end, two.seq) and (begin, two.seq) <= (last, one.seq)


def _by_cell(events: Sequence[Event], track: AnyTrack) -> dict[Cell, list[Event]]:
    """Return the events that touch each cell which has no part of its own, in the order given."""
    touched = [(event, track.cells(event)) for event in events]
    paths = {cell for _, cells in touched for cell in cells}
    inner = {cell[:length] for cell in paths for length in range(len(cell))}
    return {
        leaf: [
            event for event, cells in touched if any(leaf[: len(cell)] == cell for cell in cells)
        ]
        for leaf in sorted(paths - inner)
    }


def joined(events: Sequence[Event], chains: Iterable[Sequence[Event]]) -> list[Event] | None:
    """Return events in an order that keeps that of each chain, as near to theirs as can be.

    Returns:
        The events; None where the chains contradict each other.
    """
    places = {id(event): place for place, event in enumerate(events)}
    sorter: TopologicalSorter[int] = TopologicalSorter(dict.fromkeys(places.values(), ()))
    for chain in chains:
        for one, two in pairwise(chain):
            sorter.add(places[id(two)], places[id(one)])
    try:
        sorter.prepare()
    except CycleError:
        return None
    ready: list[int] = []
    found: list[Event] = []
    while sorter.is_active():
        for place in sorter.get_ready():
            heappush(ready, place)
        place = heappop(ready)
        found.append(events[place])
        sorter.done(place)
    return found
