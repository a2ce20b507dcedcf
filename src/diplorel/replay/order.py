"""Which order the events of one subject come in: by their dates, else by the rules of a track.

The convention is (latest day, `Event.seq`, `Precedence`, id). It decides nothing where dates leave
the order of two events open that touch one cell of a track: there `diplorel.replay.plausible` looks
for the orders that the track's rules explain best.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias

import attrs

from diplorel.model.lives import LIFE, PartyEnded
from diplorel.model.records import order_key
from diplorel.replay.plausible import Search
from diplorel.tracks.track import hears

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.life_bounds import Days
    from diplorel.tracks.track import Cell, Track

Dates: TypeAlias = Literal["latest", "earliest"]
AnyTrack: TypeAlias = "Track[Any, Any]"


class Waiting(Protocol):
    """What is searched once somebody asks what the dates leave open."""

    def search(self) -> frozenset[tuple[Cell, str]]:
        """Return what the plausible orders leave open."""
        ...


@attrs.frozen
class _Waiting:
    """The events of a track whose order is that of the convention, and may be open all the same."""

    events: Sequence[Event]
    days: Mapping[int, Days]
    track: AnyTrack
    reference: Reference

    def search(self) -> frozenset[tuple[Cell, str]]:
        """Return what the plausible orders leave open."""
        return frozenset(
            (cell, name)
            for cell, _, search in _searches(self.events, self.days, self.track, self.reference)
            if search is not None and search.is_open
            for name in search.run(with_days=False).open
        )


def _breaks_nothing(events: Iterable[Event], track: AnyTrack, reference: Reference) -> bool:
    """Return whether events break no rule in the order given, which then is the one shown."""
    acc, handlers = track.new(reference), track.handlers
    gone: set[str] = set()
    for event in events:
        if track.count_broken(acc, event, reference) or not gone.isdisjoint(event.parties):
            return False
        if type(event) is PartyEnded:
            gone.add(event.party)
        handlers[type(event)](acc, event)
    return True


@attrs.frozen
class Settled:
    """How one track takes in the events of one subject whose order is open.

    Attributes:
        order: The events that the track handles, in the order shown.
        found: What the plausible orders leave open, as far as it is known: cells and names of
            answers.
        waiting: What is to be searched, where it is not known yet.
    """

    order: tuple[Event, ...]
    found: frozenset[tuple[Cell, str]] = frozenset()
    waiting: Waiting | None = None

    @property
    def open(self) -> frozenset[tuple[Cell, str]]:
        """What the plausible orders leave open; a search that waits is made each time."""
        return self.found if self.waiting is None else self.waiting.search()


def overlap(first: Event, second: Event) -> bool:
    """Return whether dates and `Event.seq` leave open which of two events came first."""
    one, two = first.on, second.on
    return (one.lo, first.seq) <= (two.hi, second.seq) and (two.lo, second.seq) <= (
        one.hi,
        first.seq,
    )


def are_of_one_day(first: Event, second: Event) -> bool:
    """Return whether two events are of a single day and of types that the convention orders."""
    one, two = first.on, second.on
    return one.lo == one.hi == two.lo == two.hi and first.precedence != second.precedence


_FEW: Final = 32
"""How many pairs of overlapping events are looked at for each event, before they are sorted."""


class Openness:
    """Finds, for one subject after another, whether dates leave open an order that changes a state.

    Args:
        tracks: The tracks that handle the events.
    """

    def __init__(self, tracks: Iterable[AnyTrack]) -> None:
        self._tracks = [track for track in tracks if track.has_order]
        self._both: dict[tuple[type[Event], type[Event]], list[AnyTrack]] = {}

    def of(self, events: Iterable[Event]) -> bool:
        """Return whether it is open of the events of one subject, given by their latest day."""
        given = list(events)
        left = _FEW * len(given)
        for one, two in overlapping(given):
            left -= 1
            if left < 0:  # many of one day: cell by cell there are fewer pairs
                return self._of_cells(given)
            kinds = (type(one), type(two))
            tracks = self._both.get(kinds)
            if tracks is None:
                tracks = self._both[kinds] = [
                    track for track in self._tracks if {*kinds} <= track.handlers.keys()
                ]
            if any(not track.commute(one, two) for track in tracks):
                return True
        return False

    def _of_cells(self, events: Sequence[Event]) -> bool:
        return any(
            not track.commute(one, two)
            for track in self._tracks
            for within in _by_cell(
                [event for event in events if type(event) in track.handlers], track
            ).values()
            for one, two in overlapping(within)
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
    """Return each track's order of taking in the events of one subject.

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
    for track in sorted(tracks, key=hears_others):  # those that hear others come last
        settled = settle_track(events, track, tracks, left, reference, dates)
        if settled is not None:
            found[track] = settled
    return found


def settle_track(  # noqa: PLR0917  it is the body of a loop over tracks
    events: Iterable[Event],
    track: AnyTrack,
    tracks: Iterable[AnyTrack],
    left: dict[int, Days],
    reference: Reference,
    dates: Dates,
) -> Settled | None:
    """Return a track's order of taking in the events of one subject; None if none is open.

    Args:
        events: The events of the subject.
        track: The track.
        tracks: All tracks; some hear its events.
        left: The days that other tracks' plausible orders leave to events; those of this track's
            orders are added.
        reference: The ladders.
        dates: Which of its days puts an event in order by the convention.
    """
    mine = [event for event in events if type(event) in track.handlers]
    is_narrowed = any(id(event) in left for event in mine)
    by_last = sorted(mine, key=order_key)
    if not track.has_order or not (is_narrowed or Openness([track]).of(by_last)):
        return None
    days = {id(event): left.get(id(event), (event.on.lo, event.on.hi)) for event in mine}
    narrow = is_heard(track, tracks)
    settled, own = _settled(mine, days, track, reference, dates, narrow=narrow)
    kept = {*left, *(id(event) for event in mine if type(event) in LIFE)}  # each hears it itself
    left |= {key: span for key, span in own.items() if key not in kept}
    return settled


def is_heard(track: AnyTrack, tracks: Iterable[AnyTrack]) -> bool:
    """Return whether another track hears the events of one."""
    return any(hears(other, track) for other in tracks)


def hears_others(track: AnyTrack) -> bool:
    """Return whether a track hears another's events."""
    return any(kind not in {*track.owns, *LIFE} for kind in track.handlers)


def _settled(
    events: Sequence[Event],
    days: Mapping[int, Days],
    track: AnyTrack,
    reference: Reference,
    dates: Dates,
    *,
    narrow: bool,
) -> tuple[Settled, dict[int, Days]]:
    """Return how one track takes in events, and the days left to each, where others hear it."""
    ordered = sorted(events, key=convention(days, dates))
    # most often the convention breaks no rule; then who asks for certainty pays for it
    is_lazy = not (narrow or track.marks or track.start_in is not None)
    if is_lazy and _breaks_nothing(ordered, track, reference):
        return Settled(tuple(ordered), waiting=_Waiting(ordered, days, track, reference)), {}
    left: dict[int, Days] = {}
    open_: set[tuple[Cell, str]] = set()
    chains: list[Sequence[Event]] = []
    for cell, within, search in _searches(ordered, days, track, reference):
        if search is None or not search.is_open:
            chains.append(within)
            continue
        result = search.run(with_days=narrow)
        chains.append(result.order)
        open_ |= {(cell, name) for name in result.open}
        if narrow:
            left |= {id(event): span for event, span in zip(result.order, result.days, strict=True)}
    order = joined(ordered, chains) if len(chains) > 1 else list(chains[0])
    if order is None:  # cells that share events ask for orders that no one order gives
        names = {name for name, _ in track.answers(track.start(), reference)}
        cells = _by_cell(ordered, track)
        everything = frozenset((cell, name) for cell in cells for name in names)
        return Settled(tuple(ordered), everything), {}
    return Settled(tuple(order), frozenset(open_)), left


def _searches(
    events: Sequence[Event], days: Mapping[int, Days], track: AnyTrack, reference: Reference
) -> Iterator[tuple[Cell, list[Event], Search | None]]:
    """Yield each cell with its events, in the order given, and the search for their orders.

    One event alone needs none.
    """
    for cell, within in _by_cell(events, track).items():
        if len(within) == 1:
            yield cell, within, None
            continue
        spans = [days[id(one)] for one in within]
        yield cell, within, Search(within, spans, track, reference, cell)


def convention(days: Mapping[int, Days], dates: Dates) -> Callable[[Event], tuple[Any, ...]]:
    """Return the key of events for the convention's order, by the days left to each."""
    which = 1 if dates == "latest" else 0
    return lambda event: (days[id(event)][which], event.seq, event.precedence, event.id)


def _by_cell(events: Sequence[Event], track: AnyTrack) -> dict[Cell, list[Event]]:
    """Return the events that touch each cell which has no part of its own, in the order given."""
    return Cells(events, track).found


class Cells:
    """The events that touch each cell which has no part of its own, in the order given.

    Args:
        events: The events.
        track: The track.

    Attributes:
        found: The events by cell.
    """

    def __init__(self, events: Sequence[Event], track: AnyTrack) -> None:
        self._track = track
        touched = [(event, track.cells_of(event)) for event in events]
        self._given = {cell for _, cells in touched for cell in cells}
        paths = self._given
        self._joined = {cell for cell in paths if track.joins(cell)}
        if self._joined:
            paths = {_whole(cell, self._joined) for cell in paths}
        inner = {cell[:length] for cell in paths for length in range(len(cell))}
        self.found: dict[Cell, list[Event]] = {leaf: [] for leaf in sorted(paths - inner)}
        self._parts: dict[Cell, list[Cell]] = {path: [] for path in paths & inner}
        for leaf in self.found:
            for length in range(len(leaf)):
                if leaf[:length] in self._parts:
                    self._parts[leaf[:length]].append(leaf)
        for event, cells in touched:
            self._add(event, cells)

    def _add(self, event: Event, cells: Iterable[Cell]) -> None:
        whole = {_whole(cell, self._joined) for cell in cells} if self._joined else cells
        for leaf in {leaf for cell in whole for leaf in self._parts.get(cell, (cell,))}:
            self.found[leaf].append(event)

    def take_all(self, events: Iterable[Event]) -> bool:
        """Add events, unless one touches a cell that none before it touched; say whether."""
        touched = [(event, self._track.cells_of(event)) for event in events]
        is_known = all(self._given.issuperset(cells) for _, cells in touched)
        if is_known:
            for event, cells in touched:
                self._add(event, cells)
        return is_known


def _whole(cell: Cell, joined_: Collection[Cell]) -> Cell:
    """Return the cell that one is a part of, if its parts are one; otherwise the cell itself."""
    paths = (cell[:length] for length in range(len(cell) + 1))
    return next((path for path in paths if path in joined_), cell)


def joined(events: Sequence[Event], chains: Iterable[Sequence[Event]]) -> list[Event] | None:
    """Return events in an order that keeps that of each chain, as near to theirs as can be.

    Returns:
        The events; None where the chains contradict each other.
    """
    places = {id(event): place for place, event in enumerate(events)}
    steps = [pair for chain in chains for pair in pairwise(places[id(one)] for one in chain)]
    if all(one < two for one, two in steps):  # they keep the order given, as most do
        return [*events]
    sorter: TopologicalSorter[int] = TopologicalSorter(dict.fromkeys(places.values(), ()))
    for one, two in steps:
        sorter.add(two, one)
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
