"""The SQL that SQLite and PostgreSQL share, and a session that runs it.

Table names are filled in once by the backend, which quotes them; every value is bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diplorel.stores.rows import (
    NOTHING,
    Chain,
    HeadRow,
    Line,
    RecordRow,
    ReferenceRow,
    SubjectRow,
    key_of_id,
    line_of_row,
)
from diplorel.stores.views import FollowerRow, StampRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from diplorel.stores.rows import IdKey
    from diplorel.stores.views import KeyRow, StateRow

TABLES: Final = ("record", "subject", "reference", "head")
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "record": RecordRow._fields,
    "subject": SubjectRow._fields,
    "reference": ReferenceRow._fields,
    "head": HeadRow._fields,
}
LAST_HEAD: Final = (
    "SELECT number, position, hash, reference, reference_hash FROM {head} "
    "ORDER BY number DESC LIMIT 1"
)

_LINES_OF_ID: Final = (
    "SELECT position, stream, line FROM {record} WHERE home = ? AND act = ? AND stream = ?"
)
_HASH_AT: Final[dict[Chain, str]] = {
    "record": "SELECT hash FROM {record} WHERE position = ?",
    "reference": "SELECT hash FROM {reference} WHERE number = ?",
}


class SqlSession:
    """The questions of a `Session`, over any database that runs `execute`."""

    def execute(self, sql: str, *values: Any) -> Iterable[tuple[Any, ...]]:
        """Run a statement and return its rows: ``{record}`` is a table, ``?`` a value."""
        raise NotImplementedError  # pragma: no cover  # a backend does it

    def among(self, column: str, values: Collection[str]) -> tuple[str, Any]:
        """Return a condition that a column has one of many values, and the one value to bind."""
        raise NotImplementedError  # pragma: no cover  # a backend does it

    def among_ids(self, stream: str, keys: Sequence[IdKey]) -> Iterable[tuple[Any, ...]]:
        """Return the position, stream and line of what can be one of many events, by the index."""
        raise NotImplementedError  # pragma: no cover  # a backend does it

    def head(self) -> HeadRow:
        """Return the last row of the table ``head``, or `NOTHING`."""
        return next((HeadRow(*row) for row in self.execute(LAST_HEAD)), NOTHING)

    def hash_at(self, chain: Chain, number: int) -> bytes | None:
        """Return the hash of a row of a chain, or None where there is no such row."""
        rows = self.execute(_HASH_AT[chain], number)
        return next((hash for (hash,) in rows), None)

    def streams(self) -> list[str]:
        """Return the names of all streams, in order."""
        rows = self.execute("SELECT DISTINCT stream FROM {record} WHERE first = 1")
        return sorted(stream for (stream,) in rows)

    def last(self, stream: str) -> str | None:
        """Return the last line of a stream, or None where it has none; then all rows are read.

        From the end back: an index would give all rows of the stream, to be sorted.
        """
        rows = self.execute(
            "SELECT line FROM {record} WHERE stream || '' = ? ORDER BY position DESC LIMIT 1",
            stream,
        )
        return next((line for (line,) in rows), None)

    def lines_of(self, stream: str, ids: Collection[str]) -> list[Line]:
        """Return the lines of a stream that can have one of these ids, in order."""
        keys = list(map(key_of_id, ids))
        if len(keys) == 1:  # as nearly always: it need not be planned as a join
            return sorted(map(line_of_row, self.execute(_LINES_OF_ID, *keys[0], stream)))
        return sorted(set(map(line_of_row, self.among_ids(stream, keys))))

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
        conditions, values = ["position > ?"], [after]
        if subjects is not None:
            condition, value = self.among("subject", subjects)
            at_home, _ = self.among("home", subjects)
            conditions.append(
                f"position IN (SELECT position FROM {{subject}} WHERE {condition} "  # noqa: S608
                f"UNION ALL SELECT position FROM {{record}} WHERE {at_home})"
            )
            values += [value, value]
        if types is not None:
            condition, value = self.among("type", types)
            conditions.append(condition)
            values.append(value)
        if wide:
            conditions.append("wide = 1")
        if limit is not None:
            values.append(limit)
        rows = self.execute(
            f"SELECT position, stream, line FROM {{record}} "  # noqa: S608  likewise
            f"WHERE {' AND '.join(conditions)} ORDER BY position"
            + (" LIMIT ?" if limit is not None else ""),
            *values,
        )
        return list(map(line_of_row, rows))

    def references(self, after: int = 0) -> list[ReferenceRow]:
        """Return the rows of reference data after a number, in order."""
        return [
            ReferenceRow(*row)
            for row in self.execute(
                "SELECT number, after, kind, text, withdrawn, hash FROM {reference} "
                "WHERE number > ? ORDER BY number",
                after,
            )
        ]

    # --- what derives from the records -----------------------------------------------------------

    def put(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows to a table that is derived."""
        raise NotImplementedError  # pragma: no cover  # a backend does it

    def keyed(self) -> int:
        """Return the last position whose id and bounds are written."""
        ((position,),) = self.execute("SELECT coalesce(max(position), 0) FROM {event_key}")
        return int(position)

    def put_keys(self, rows: Sequence[KeyRow]) -> None:
        """Write the ids and bounds of further records."""
        self.put("event_key", rows)

    def stamps(self) -> list[StampRow]:
        """Return of what the states of each day were made, in the order of days."""
        rows = self.execute(
            "SELECT on_day, position, head, version, made FROM {materialised} ORDER BY on_day"
        )
        return [StampRow(*row) for row in rows]

    def put_states(self, made: StampRow, rows: Sequence[StateRow]) -> None:
        """Write the states of a day in place of those that were there."""
        self.execute("DELETE FROM {state} WHERE on_day = ?", made.on_day)
        self.execute("DELETE FROM {materialised} WHERE on_day = ?", made.on_day)
        self.put("state", rows)
        self.put("materialised", [made])

    def follower(self, name: str) -> FollowerRow | None:
        """Return how far a follower has come; None before its first batch."""
        rows = self.execute(
            "SELECT name, position, hash, moved FROM {follower} WHERE name = ?", name
        )
        return next((FollowerRow(*row) for row in rows), None)

    def put_follower(self, row: FollowerRow) -> None:
        """Write how far a follower has come."""
        self.execute("DELETE FROM {follower} WHERE name = ?", row.name)
        self.put("follower", [row])

    # --- every row, for the verification ---------------------------------------------------------

    def _all(self, table: str, order: str) -> Iterable[tuple[Any, ...]]:
        columns = ", ".join(COLUMNS[table])
        return self.execute(
            f"SELECT {columns} FROM {{{table}}} ORDER BY {order}"  # noqa: S608  our own names
        )

    def record_rows(self) -> Iterator[RecordRow]:
        """Yield the rows of the table ``record``."""
        return map(RecordRow._make, self._all("record", "position"))

    def subject_rows(self) -> Iterator[SubjectRow]:
        """Yield the rows of the table ``subject``, by position and then by subject."""
        return map(SubjectRow._make, self._all("subject", "position, subject"))

    def reference_rows(self) -> Iterator[ReferenceRow]:
        """Yield the rows of the table ``reference``."""
        return map(ReferenceRow._make, self._all("reference", "number"))

    def head_rows(self) -> Iterator[HeadRow]:
        """Yield the rows of the table ``head``."""
        return map(HeadRow._make, self._all("head", "number"))
