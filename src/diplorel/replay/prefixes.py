"""How a track changed day by day where dates leave the order of its events open.

The state of a day is that of the events up to it, in the order that explains those best, so what
comes later does not bear on it. A fold of each day anew says so plainly, and takes the square of
the events; `diplorel.replay.as_of` has it for the subjects that succession or another track's open
order bears on. Here one pass does for all days: the convention for the order of events puts later
ones last, a rule that it breaks stays broken, and one search a cell knows the plausible orders of
each beginning of its events (`Search.up_to_each`). The embassies and envoys of the United States
take a twentieth of the time so.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

from diplorel.model.lives import PartyEnded
from diplorel.replay.accumulators import Accumulator
from diplorel.replay.order import Cells, Openness, Settled, joined
from diplorel.replay.plausible import Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.accumulators import FoldedState
    from diplorel.replay.plausible import UpTo
    from diplorel.tracks.track import Cell, Track

    AnyTrack: TypeAlias = "Track[Any, Any]"
    Prefix: TypeAlias = "tuple[CellHistory, int]"
    """A cell, and how many of its events had happened."""
    Open: TypeAlias = "frozenset[tuple[Cell, str]]"


class CellHistory:
    """What the plausible orders of the first events of a cell have in common, however many.

    Args:
        cell: The cell.
        events: Its events, by the convention.
        track: The track.
        reference: The ladders.
    """

    def __init__(
        self, cell: Cell, events: Sequence[Event], track: AnyTrack, reference: Reference
    ) -> None:
        self.cell: Cell = cell
        self.events: Sequence[Event] = events
        self._track, self._reference = track, reference
        self._found: dict[int, UpTo] | None = None
        self._is_open = False

    def up_to(self, count: int) -> tuple[Sequence[Event], frozenset[str]]:
        """Return the first events in the order shown, and the answers that they leave open."""
        order, open_ = self._up_to(count)
        if order == tuple(range(count)):
            return self.events[:count], open_
        return [self.events[place] for place in order], open_

    def open_of(self, count: int) -> frozenset[str]:
        """Return the answers that the first events leave open."""
        return self._up_to(count)[1]

    def _up_to(self, count: int) -> UpTo:
        if self._found is None:
            search = self._search(len(self.events))
            self._is_open = search.is_open
            self._found = dict(enumerate((self._is_open and search.up_to_each()) or ()))
        if count < 2 or not self._is_open:  # noqa: PLR2004  one event has one order
            return tuple(range(count)), frozenset()
        if count not in self._found:  # all at once took too long
            self._found[count] = self._alone(count)
        return self._found[count]

    def _alone(self, count: int) -> UpTo:
        """Return the order and the open answers of the first events by a search of their own."""
        search = self._search(count)
        if not search.is_open:
            return tuple(range(count)), frozenset()
        found = search.run(with_days=False)
        places = {id(event): place for place, event in enumerate(self.events)}
        return tuple(places[id(event)] for event in found.order), found.open

    def _search(self, count: int) -> Search:
        events = self.events[:count]
        days = [(event.on.lo, event.on.hi) for event in events]
        return Search(events, days, self._track, self._reference, self.cell)


class _Waiting:
    """The cells of one day, whose orders were not asked for yet."""

    __slots__ = ("_prefixes",)

    def __init__(self, prefixes: Iterable[Prefix]) -> None:
        self._prefixes = tuple(prefixes)

    def search(self) -> Open:
        """Return what the plausible orders leave open."""
        return frozenset(
            (history.cell, name)
            for history, count in self._prefixes
            for name in history.open_of(count)
        )


class _Prefixes:
    """The cells of the events so far, each with how many of its events there are.

    Args:
        events: All events that will come, by the convention.
        track: The track.
        reference: The ladders.
    """

    def __init__(self, events: Sequence[Event], track: AnyTrack, reference: Reference) -> None:
        self._track, self._reference = track, reference
        self._whole = {
            cell: CellHistory(cell, within, track, reference)
            for cell, within in Cells(events, track).found.items()
        }
        self._now: Cells | None = None
        self._found: dict[Cell, Prefix] = {}

    def after(self, events: Sequence[Event], new: Sequence[Event]) -> Iterable[Prefix]:
        """Return the cells after all events so far; some events are new since the last call."""
        if self._now is None or not self._now.take_all(new):
            self._now = Cells(events, self._track)
            self._found = {}
        for cell, within in self._now.found.items():
            known = self._found.get(cell)
            if known is None or known[1] != len(within):
                self._found[cell] = (self._history(cell, within), len(within))
        return self._found.values()

    def _history(self, cell: Cell, within: Sequence[Event]) -> CellHistory:
        """Return the cell of all events, unless later ones make other parts of the state cells."""
        whole = self._whole.get(cell)
        if whole is not None and whole.events[: len(within)] == within:
            return whole
        return CellHistory(cell, [*within], self._track, self._reference)


def changes_by_day(
    events: Sequence[Event], track: AnyTrack, reference: Reference
) -> Iterator[tuple[int, FoldedState[Any]]]:
    """Yield the days when a dyad's state changed, each with the state at its end.

    It equals a fold of each day anew, where no succession and no other track's open order bears on
    the dyad.

    Args:
        events: The events of the dyad that the track handles, by the convention.
        track: The track.
        reference: The ladders.
    """
    by_convention = Accumulator(track.new(reference), own=True)
    prefixes = _Prefixes(events, track, reference)
    openness = Openness([track])
    gone: set[str] = set()
    # states that say themselves what is open cannot wait for somebody to ask
    is_searched, is_open = track.marks, False
    last, count, asked = 0, 0, 0
    for day, same in groupby(events, key=_last_day):
        for event in same:
            if not is_searched:  # a rule that the convention breaks stays broken
                is_searched = track.count_broken(
                    by_convention.value, event, reference
                ) > 0 or not gone.isdisjoint(event.parties)
            if type(event) is PartyEnded:
                gone.add(event.party)
            _take(by_convention, event, track)
            is_open = is_open or (event.on.lo <= last and openness.of(events[: count + 1]))
            last, count = event.on.hi, count + 1
        if not by_convention.events:
            continue  # a life ended before anything happened
        if not is_open:
            yield day, by_convention.freeze(track)
            continue
        cells = prefixes.after(events[:count], events[asked:count])
        asked = count
        if is_searched:
            yield day, _plausible(by_convention, events[:count], cells, track, reference)
        else:
            by_convention.waiting = Settled((), waiting=_Waiting(cells))
            yield day, by_convention.freeze(track)


def _plausible(
    by_convention: Accumulator,
    events: Sequence[Event],
    cells: Iterable[Prefix],
    track: AnyTrack,
    reference: Reference,
) -> FoldedState[Any]:
    """Return the state that the plausible orders of some events show."""
    found = [(history, count, *history.up_to(count)) for history, count in cells]
    accumulator = by_convention
    open_: Open = frozenset((one.cell, name) for one, _, _, names in found for name in names)
    if any(order != one.events[:count] for one, count, order, _ in found):
        chains = [order for _, _, order, _ in found]
        order = joined(events, chains) if len(chains) > 1 else [*chains[0]]
        if order is None:  # cells that share events ask for orders that no one order gives
            names = [name for name, _ in track.answers(track.start(), reference)]
            open_ = frozenset((one.cell, name) for one, *_ in found for name in names)
        else:
            accumulator = Accumulator(track.new(reference), own=True)
            for event in order:
                _take(accumulator, event, track)
    accumulator.open, accumulator.waiting = open_, None
    return accumulator.freeze(track)


def _take(accumulator: Accumulator, event: Event, track: AnyTrack) -> None:
    if type(event) is PartyEnded and not accumulator.events:
        return  # nothing is recorded that could end
    accumulator.events.append(event)
    track.handlers[type(event)](accumulator.value, event)


def _last_day(event: Event) -> int:
    return event.on.hi
