"""Which events touch a part of a state: found by the path of the part, without a scan."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from diplorel.replay.order import overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from diplorel.model.events import Event
    from diplorel.tracks.track import Cell


class CellIndex:
    """Events by the cells that they touch, in the order of adding.

    Two cells meet where one is a part of the other. So an event is found under its cells and under
    all that they are parts of.

    >>> from diplorel.events import TiesEstablished
    >>> event = TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])
    >>> index = CellIndex()
    >>> index.add(event, [("VNM", "posts")])
    >>> [len(list(index.nearest([cell], 32))) for cell in [(), ("VNM",), ("SGP",)]]
    [1, 1, 0]
    """

    def __init__(self) -> None:
        self._at: defaultdict[Cell, list[tuple[int, Event]]] = defaultdict(list)
        self._below: defaultdict[Cell, list[tuple[int, Event]]] = defaultdict(list)

    def add(self, event: Event, cells: Iterable[Cell]) -> None:
        """Add an event that touches some cells."""
        given = set(cells)
        for cell in given:
            _append(self._at[cell], event)
        for path in {cell[:length] for cell in given for length in range(len(cell))}:
            _append(self._below[path], event)

    def nearest(self, cells: Iterable[Cell], count: int) -> Iterator[Event]:
        """Yield the events of each cell that meets one of these, the last *count* of each."""
        for events in self._meeting(cells):
            for _, event in events[-count:]:
                yield event

    def has_more(self, cells: Iterable[Cell], count: int) -> bool:
        """Return whether `nearest` leaves out some event."""
        return any(len(events) > count for events in self._meeting(cells))

    def overlapping(self, event: Event, cells: Iterable[Cell]) -> Iterator[Event]:
        """Yield the events that meet these cells and whose order to an event is open."""
        first = event.on.lo
        for events in self._meeting(cells):
            for last, other in reversed(events):
                if last < first:
                    break  # so do all that were added before it
                if overlap(other, event):
                    yield other

    def _meeting(self, cells: Iterable[Cell]) -> Iterator[list[tuple[int, Event]]]:
        given = set(cells)
        for path in {cell[:length] for cell in given for length in range(len(cell) + 1)}:
            if path in self._at:
                yield self._at[path]
        for cell in given:
            if cell in self._below:
                yield self._below[cell]


def _append(events: list[tuple[int, Event]], event: Event) -> None:
    """Add an event with the last possible day of all that were added."""
    last = event.on.hi
    events.append((max(last, events[-1][0]) if events else last, event))
