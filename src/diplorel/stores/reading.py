"""From the lines of a store to its records, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel import _gc
from diplorel.errors import StreamError
from diplorel.io.bulk.reader import build
from diplorel.io.event_types import event_types
from diplorel.io.jsonl import read_blocks
from diplorel.stores.values import Stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from diplorel.errors import Problem
    from diplorel.model.events import Event, EventRetracted
    from diplorel.model.records import Record
    from diplorel.stores.backend import Session
    from diplorel.stores.rows import Line

BLOCK: Final = 256
"""How many lines are parsed together; of more, the memory is given back and asked for each time."""
PAGE: Final = 4_096
"""How many lines are asked for at once: the next take the memory of those before."""


class Reader:
    """How one store reads its lines.

    Attributes:
        known: The event classes, by type.
    """

    def __init__(self, name: str, types: Iterable[type[Event]]) -> None:
        self._name = name
        self.known: Mapping[str, type[Event | EventRetracted]] = event_types(types)

    def records(self, lines: Sequence[Line]) -> list[Record]:
        """Return the records of lines, which are in the order of positions.

        Raises:
            StreamError: Something is wrong; it holds every problem, with positions as lines.
        """
        if len({line.stream for line in lines}) <= 1:
            return list(self._of_one(lines[0].stream, lines)) if lines else []
        streams: defaultdict[str, list[Line]] = defaultdict(list)
        for line in lines:
            streams[line.stream].append(line)
        found: dict[str, Iterator[Record]] = {}
        problems: list[Problem] = []
        for stream, some in streams.items():
            try:
                found[stream] = iter(self._of_one(stream, some))
            except StreamError as error:
                problems += error.problems
        if problems:
            raise StreamError(sorted(problems, key=lambda one: one.line or 0))
        return [next(found[line.stream]) for line in lines]

    def _of_one(self, stream: str, lines: Sequence[Line]) -> Sequence[Record]:
        """Return the records of lines of one stream."""
        blocks = (
            [line.line.encode() for line in lines[start : start + BLOCK]]
            for start in range(0, len(lines), BLOCK)
        )
        try:
            with _gc.paused():
                return read_blocks(blocks, stream, self.known, self._name)
        except StreamError as error:
            raise StreamError(
                attrs.evolve(one, line=lines[(one.line or 1) - 1].position, stream=stream)
                for one in error.problems
            ) from None

    def stored(self, lines: Sequence[Line]) -> list[Stored]:
        """Return the records of lines with their positions."""
        return stored([line.position for line in lines], self.records(lines))

    def read(
        self, session: Session, after: int = 0, *, limit: int | None = None, **question: Any
    ) -> tuple[list[int], list[Record]]:
        """Return the positions and records after a position that meet every condition.

        The conditions are those of `Session.lines`.

        Raises:
            StreamError: Something is wrong; it holds every problem.
        """
        positions: list[int] = []
        records: list[Record] = []
        last: dict[str, datetime] = {}
        place = after
        while limit is None or len(records) < limit:
            size = PAGE if limit is None else min(PAGE, limit - len(records))
            lines = session.lines(place, limit=size, **question)
            try:
                page = self.records(lines)
                sound = _follows(page, last)
            except StreamError:
                page, sound = [], False
            if not sound:  # all at once gives everything that is wrong
                del positions, records
                lines = session.lines(after, limit=limit, **question)
                return [line.position for line in lines], self.records(lines)
            positions += [line.position for line in lines]
            records += page
            if len(lines) < size:
                break
            place = lines[-1].position
        return positions, records


def stored(positions: Sequence[int], records: Sequence[Record]) -> list[Stored]:
    """Return records with their positions."""
    return build(Stored, len(records), {"position": positions, "record": records})


def _follows(page: Sequence[Record], last: dict[str, datetime]) -> bool:
    """Say whether each stream goes on after its last moment, and keep the new ones."""
    first: dict[str, datetime] = {}
    end: dict[str, datetime] = {}
    alike = len({one.stream for one in page}) == 1  # then those between are in order
    for one in (page[0], page[-1]) if alike else page:
        first.setdefault(one.stream, one.recorded)
        end[one.stream] = one.recorded
    sound = all(moment >= last.get(stream, moment) for stream, moment in first.items())
    last.update(end)
    return sound
