"""A store in memory: for tests, for trying things out, and to say what the others must do."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from diplorel.stores.rows import (
    NOTHING,
    Chain,
    HeadRow,
    Line,
    RecordRow,
    ReferenceRow,
    SubjectRow,
    key_of_id,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from diplorel.stores.views import FollowerRow, KeyRow, StampRow, StateRow


class MemoryBackend:
    """Four lists. They go when the store does.

    Attributes:
        name: ``memory:``.
    """

    def __init__(self) -> None:
        self.name = "memory:"
        self.record: list[RecordRow] = []
        self.subject: list[SubjectRow] = []
        self.reference: list[ReferenceRow] = []
        self.heads: list[HeadRow] = []
        self.keys: list[KeyRow] = []
        self.states: dict[StampRow, tuple[StateRow, ...]] = {}
        self.followers: dict[str, FollowerRow] = {}

    @contextmanager
    def reading(self) -> Iterator[MemoryBackend]:
        """Open a snapshot: calls take turns, so the lists stay as they are."""
        yield self

    @contextmanager
    def writing(self) -> Iterator[MemoryBackend]:
        """Become the one appender; rows come in with one call, so there is nothing to undo."""
        yield self

    def close(self) -> None:
        """Let go of nothing: the rows are the store's own."""

    def head(self) -> HeadRow:
        """Return the last row of heads, or `NOTHING`."""
        return self.heads[-1] if self.heads else NOTHING

    def hash_at(self, chain: Chain, number: int) -> bytes | None:
        """Return the hash of a row of a chain, or None where there is no such row."""
        rows: Sequence[RecordRow | ReferenceRow]
        rows = self.record if chain == "record" else self.reference
        return rows[number - 1].hash if 0 < number <= len(rows) else None

    def streams(self) -> list[str]:
        """Return the names of all streams, in order."""
        return sorted({row.stream for row in self.record})

    def last(self, stream: str) -> str | None:
        """Return the last line of a stream, or None where it has none."""
        return next((row.line for row in reversed(self.record) if row.stream == stream), None)

    def lines_of(self, stream: str, ids: Collection[str]) -> list[Line]:
        """Return the lines of a stream that can have one of these ids, in order."""
        keys = set(map(key_of_id, ids))
        return [
            Line(*row[:3])
            for row in self.record
            if row.stream == stream and (row.home, row.act) in keys
        ]

    def lines(
        self,
        after: int = 0,
        *,
        subjects: Collection[str] | None = None,
        types: Collection[str] | None = None,
        wide: bool = False,
        limit: int | None = None,
    ) -> list[Line]:
        """Return the lines after a position that meet every condition, in order."""
        among = {row.position for row in self.subject if row.subject in (subjects or ())}
        found = [
            Line(*row[:3])
            for row in self.record[after:]
            if (subjects is None or row.home in subjects or row.position in among)
            and (types is None or row.type in types)
            and (row.wide or not wide)
        ]
        return found[:limit]

    def references(self, after: int = 0) -> list[ReferenceRow]:
        """Return the rows of reference data after a number, in order."""
        return self.reference[after:]

    def insert(
        self,
        records: Sequence[RecordRow],
        subjects: Iterable[SubjectRow],
        references: Sequence[ReferenceRow],
        heads: Sequence[HeadRow],
    ) -> None:
        """Add rows at the end of all four lists."""
        self.record += records
        self.subject += subjects
        self.reference += references
        self.heads += heads

    def record_rows(self) -> Iterator[RecordRow]:
        """Yield the rows of records."""
        return iter(self.record)

    def subject_rows(self) -> Iterator[SubjectRow]:
        """Yield the rows of subjects, by position and then by subject."""
        return iter(self.subject)

    def reference_rows(self) -> Iterator[ReferenceRow]:
        """Yield the rows of reference data."""
        return iter(self.reference)

    def head_rows(self) -> Iterator[HeadRow]:
        """Yield the rows of heads."""
        return iter(self.heads)

    def keyed(self) -> int:
        """Return the last position whose id and bounds are written."""
        return len(self.keys)

    def put_keys(self, rows: Sequence[KeyRow]) -> None:
        """Write the ids and bounds of further records."""
        self.keys += rows

    def stamps(self) -> list[StampRow]:
        """Return of what the states of each day were made, in the order of days."""
        return sorted(self.states)

    def put_states(self, made: StampRow, rows: Sequence[StateRow]) -> None:
        """Write the states of a day in place of those that were there."""
        kept = {one: some for one, some in self.states.items() if one.on_day != made.on_day}
        self.states = {**kept, made: tuple(rows)}

    def follower(self, name: str) -> FollowerRow | None:
        """Return how far a follower has come; None before its first batch."""
        return self.followers.get(name)

    def put_follower(self, row: FollowerRow) -> None:
        """Write how far a follower has come."""
        self.followers[row.name] = row

    def damage(self) -> list[str]:
        """Return nothing: there are no files."""
        return []

    def now(self) -> datetime:
        """Return the present moment in UTC, by this machine's clock."""
        return datetime.now(UTC)
