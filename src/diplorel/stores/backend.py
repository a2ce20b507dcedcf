"""What a backend must do, and no more: one appender at a time, snapshots for readers, plain rows.

Everything that a store promises beyond that is `log_store`'s, and so the same everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from diplorel.stores.rows import Chain, HeadRow, Line, RecordRow, ReferenceRow, SubjectRow
    from diplorel.stores.views import FollowerRow, KeyRow, StampRow, StateRow


class Session(Protocol):
    """One transaction: every question in it is about one state of the store.

    Attributes:
        name: What to call the store in messages; never with a password.
    """

    name: str

    def head(self) -> HeadRow:
        """Return the last row of the table ``head``, or `NOTHING`."""
        ...

    def hash_at(self, chain: Chain, number: int) -> bytes | None:
        """Return the hash of a row of a chain, or None where there is no such row."""
        ...

    def streams(self) -> list[str]:
        """Return the names of all streams, in order."""
        ...

    def last(self, stream: str) -> str | None:
        """Return the last line of a stream, or None where it has none."""
        ...

    def lines_of(self, stream: str, ids: Collection[str]) -> list[Line]:
        """Return the lines of a stream that can have one of these ids, in the order of positions.

        Rarely there are lines of other ids among them; see `IdKey`.
        """
        ...

    def lines(
        self,
        after: int = 0,
        *,
        subjects: Collection[str] | None = None,
        types: Collection[str] | None = None,
        wide: bool = False,
        limit: int | None = None,
    ) -> list[Line]:
        """Return the lines after a position that meet every condition, in order.

        Args:
            after: The position.
            subjects: Those that touch at least one of these subjects.
            types: Those of these types.
            wide: Only corrections and successions.
            limit: At most so many.
        """
        ...

    def references(self, after: int = 0) -> list[ReferenceRow]:
        """Return the rows of reference data after a number, in order."""
        ...

    def insert(
        self,
        records: Sequence[RecordRow],
        subjects: Iterable[SubjectRow],
        references: Sequence[ReferenceRow],
        heads: Sequence[HeadRow],
    ) -> None:
        """Add rows at the end of all four tables; there is at least one head."""

    # for the verification: every row as it is, in the order of its key

    def record_rows(self) -> Iterator[RecordRow]:
        """Yield the rows of the table ``record``."""
        ...

    def subject_rows(self) -> Iterator[SubjectRow]:
        """Yield the rows of the table ``subject``, by position and then by subject."""
        ...

    def reference_rows(self) -> Iterator[ReferenceRow]:
        """Yield the rows of the table ``reference``."""
        ...

    def head_rows(self) -> Iterator[HeadRow]:
        """Yield the rows of the table ``head``."""
        ...

    # what derives from the records, for readers by SQL

    def keyed(self) -> int:
        """Return the last position whose id and bounds are written."""
        ...

    def put_keys(self, rows: Sequence[KeyRow]) -> None:
        """Write the ids and bounds of further records."""

    def stamps(self) -> list[StampRow]:
        """Return of what the states of each day were made, in the order of days."""
        ...

    def put_states(self, made: StampRow, rows: Sequence[StateRow]) -> None:
        """Write the states of a day in place of those that were there."""

    def follower(self, name: str) -> FollowerRow | None:
        """Return how far a follower has come; None before its first batch."""
        ...

    def put_follower(self, row: FollowerRow) -> None:
        """Write how far a follower has come."""

    def damage(self) -> list[str]:
        """Return what the database itself finds wrong with its files, where it can look."""
        ...

    def now(self) -> datetime:
        """Return the present moment in UTC, by the clock that stamps records."""
        ...


class Backend(Protocol):
    """Where the rows are.

    Attributes:
        name: What to call it in messages; never with a password.
    """

    name: str

    def reading(self) -> AbstractContextManager[Session]:
        """Open a snapshot."""
        ...

    def writing(self) -> AbstractContextManager[Session]:
        """Become the one appender, and keep all or nothing of what is inserted."""
        ...

    def close(self) -> None:
        """Let go of files and connections; may be called twice."""
