"""A store in one SQLite file: many processes of one machine, one of them appending at a time.

Write-ahead log, every commit synced, strict tables, and triggers that refuse whatever is not an
append.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
import weakref
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diplorel._message import Message
from diplorel.errors import InvalidQueryError, StoreError
from diplorel.io.publish import new_file
from diplorel.stores.rows import key_of_id
from diplorel.stores.sql import COLUMNS, SqlSession
from diplorel.stores.sqlite_files import (
    APPLICATION,
    RESTORE,
    are_old,
    clear,
    close_without_a_trace,
    connect,
    examine,
    is_new,
    last_changes,
    numbers,
    paths_of,
)
from diplorel.stores.sqlite_schema import STEPS
from diplorel.stores.views import DERIVED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from diplorel.stores.rows import HeadRow, IdKey, RecordRow, ReferenceRow, SubjectRow
    from diplorel.stores.sqlite_files import Changes, Numbers

BUSY: Final = 60_000
"""How long to wait for one's turn, in milliseconds."""
PAGES: Final = 2_000
"""How long the write-ahead log grows before it goes into the file: 8 MiB. A longer one makes single
appends slower, since SQLite has to look through it, and a shorter one large appends, since they
change most pages of the indexes again and again."""
SECOND: Final = 1.0
"""How old the log may be before the next append brings it into the file. A file that is copied or
moved without its log, against all advice, then lacks the last second of a run of appends."""

_OPEN_AGAIN: Final = Message(": open it again")


class SqliteBackend(SqlSession):
    """One connection to one file.

    Attributes:
        name: The path of the file.
    """

    def __init__(
        self, path: str, *, create: bool = True, durable: bool = True, made: bool = True
    ) -> None:
        """Open a file.

        Args:
            path: The path.
            create: Whether to make the store where there is none.
            durable: Whether to sync each commit.
            made: Whether the store is to be there, with its tables; otherwise `bring_forward` makes
                them in a transaction of the caller's.
        """
        self.name = path
        self._gone: Message | None = None
        self._names: Changes = ()
        self._checkpoint, self._appended = -SECOND, time.monotonic()
        with clear(path):
            self._paths = paths_of(path)
            self._folders = sorted({os.path.dirname(one) for one in self._paths})  # noqa: PTH120
            new = is_new(path, create=create)
            before = numbers(self._paths[:1])
            if not new:
                examine(path, STEPS, create=create)
            self._connection = connect(path, f"mode={'rwc' if new else 'rw'}", BUSY / 1000)
            self._close = weakref.finalize(self, self._connection.close)
            with self._closing_on_error():
                for pragma in ("fullfsync", "checkpoint_fullfsync"):  # for macOS
                    self._connection.execute(f"PRAGMA {pragma} = {int(durable)}")
                self._connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                if not made:
                    return
                if self._version() != len(STEPS):
                    with self._transaction("BEGIN IMMEDIATE"):
                        self.bring_forward()
                self._log_ahead()
                self._numbers = numbers(self._paths)  # by now, the log is there
                if before not in ((None,), self._numbers[:1]):
                    raise StoreError(
                        "{path} was replaced while it was opened: open it again", path=path
                    )
        self._close.detach()
        self._close = weakref.finalize(self, _closer(self._connection, self._paths, self._numbers))

    # --- opening ---------------------------------------------------------------------------------

    @contextmanager
    def _closing_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise

    def bring_forward(self) -> None:
        """Bring the schema to the present version, in a transaction."""
        connection = self._connection
        version = self._version()  # another process may have been quicker
        if version > len(STEPS):
            raise StoreError(
                "{name} was brought to version {version} just now: open it again",
                name=self.name,
                version=version,
            )
        if not version and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise StoreError(
                "{path} is not a store: it is an SQLite file of something else", path=self.name
            )
        connection.create_function("home_of", 1, lambda id: key_of_id(id).home)
        connection.create_function("act_of", 1, lambda id: key_of_id(id).act)
        for step in STEPS[version:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")

    def _version(self) -> int:
        version: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
        return version

    def _log_ahead(self) -> None:
        """Let SQLite keep a write-ahead log, and open it."""
        until = time.monotonic() + BUSY / 1000
        while True:
            try:
                mode = self._connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
                break
            except sqlite3.OperationalError as error:  # SQLite itself does not wait here
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() > until:
                    raise
                time.sleep(0.005)
        if mode != "wal":
            raise StoreError(
                "{name}: SQLite has no write-ahead log on this file system", name=self.name
            )
        self._connection.execute(f"PRAGMA wal_autocheckpoint = {PAGES}")
        self._connection.execute("SELECT number FROM head LIMIT 1").fetchone()

    # --- transactions ----------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[SqliteBackend]:
        """Open a snapshot."""
        self._still_there()
        with clear(self.name), self._transaction("BEGIN"):
            yield self

    @contextmanager
    def writing(self) -> Iterator[SqliteBackend]:
        """Become the one appender, and keep all or nothing of what is inserted."""
        if self._gone:
            raise StoreError(self._gone)
        with clear(self.name):
            with self._transaction("BEGIN IMMEDIATE"):
                self._still_there()
                yield self
            self._still_there(
                Message(
                    " in this moment. What was to be appended may be lost: open it again, and make "
                    "the same call again"
                )
            )
            self._shorten_log()

    @contextmanager
    def filling(self) -> Iterator[SqliteBackend]:
        """Make the tables and become the one appender, in one transaction without the log."""
        with clear(self.name), self._transaction("BEGIN IMMEDIATE"):
            self.bring_forward()
            yield self

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        try:
            self._connection.execute(begin)
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _still_there(self, then: Message = _OPEN_AGAIN) -> None:
        """Refuse to go on with files that were moved, removed or replaced.

        SQLite would: it goes on writing to files that have no name any more, or another.
        """
        if self._gone:
            raise StoreError(self._gone)
        names = last_changes(self._folders)
        if names == self._names:
            return
        if numbers(self._paths) != self._numbers:
            self._gone = self._moved(_OPEN_AGAIN)
            self._roll_back()
            self.close()  # a new connection of this process would share its index of the log
            raise StoreError(self._moved(then))
        # a further change in the same tick of the file system's clock would look like no change
        self._names = names if are_old(names) else ()

    def _moved(self, then: Message) -> Message:
        return Message(
            "{name}, or the log beside it, was moved, removed or replaced since it was "
            "opened{then}",
            name=self.name,
            then=then,
        )

    def _shorten_log(self) -> None:
        """Bring the log into the file, where that was not done for a while.

        After an append that comes alone, the log is also emptied. In a run of them it stays as long
        as it is, since to make it longer again is slower than to write over it.
        """
        now = time.monotonic()
        alone = now - self._appended >= SECOND
        self._appended = now
        if alone or now - self._checkpoint >= SECOND:
            with suppress(StoreError):  # what was appended is safe in the log
                self.bring_in("TRUNCATE" if alone else "PASSIVE", 0)  # no wait for readers
            self._checkpoint = time.monotonic()

    def bring_in(self, how: str, wait: int) -> None:
        """Bring the log into the file, as far as others let it.

        Args:
            how: The mode of SQLite's checkpoint.
            wait: For how many milliseconds to wait for others.
        """
        with clear(self.name):
            try:
                self._connection.execute(f"PRAGMA busy_timeout = {wait}")
                self._connection.execute(f"PRAGMA wal_checkpoint({how})").fetchall()
            finally:
                self._connection.execute(f"PRAGMA busy_timeout = {BUSY}")

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error):  # what went wrong before is being reported
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        self._close()

    # --- a session -------------------------------------------------------------------------------

    def execute(self, sql: str, *values: Any) -> Iterable[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        return self._connection.execute(_filled(sql), values)

    def among(self, column: str, values: Collection[str]) -> tuple[str, Any]:
        """Return a condition that a column has one of many values, and the one value to bind."""
        condition = f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608  our own name
        return condition, json.dumps(list(values))

    def among_ids(self, stream: str, keys: Sequence[IdKey]) -> Iterable[tuple[Any, ...]]:
        """Return the position, stream and line of what can be one of many events, by the index."""
        return self.execute(
            "SELECT position, stream, line FROM "
            "(SELECT substr(value, 1, length(value) - 10) AS home, "
            "CAST(substr(value, -10) AS INTEGER) AS act FROM json_each(?)) AS wanted "
            "CROSS JOIN {record} AS found "  # which SQLite never turns round
            "WHERE found.home = wanted.home AND found.act = wanted.act AND stream = ?",
            json.dumps(list(map("%s%010d".__mod__, keys))),
            stream,
        )

    def insert(
        self,
        records: Sequence[RecordRow],
        subjects: Iterable[SubjectRow],
        references: Sequence[ReferenceRow],
        heads: Sequence[HeadRow],
    ) -> None:
        """Add rows at the end of all four tables; subjects go before their records."""
        connection = self._connection
        connection.executemany(_INSERT["subject"], sorted(subjects))  # as the table has them
        connection.executemany(_INSERT["record"], [row[1:] for row in records])  # plain tuples
        if records:
            self._follows(records[-1].position)
        connection.executemany(_INSERT["reference"], references)
        connection.executemany(_INSERT["head"], heads)

    def put(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows to a table that is derived."""
        marks = ", ".join("?" * len(DERIVED[table]))
        self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608

    def _follows(self, position: int) -> None:
        """Refuse to go on where the last record is not where it should be."""
        last = self._connection.execute("SELECT max(position) FROM record").fetchone()[0]
        if last != position:
            raise StoreError(
                "{name} is damaged: record {position} would be record {last}. {remedy}",
                name=self.name,
                position=position,
                last=last,
                remedy=RESTORE,
            )

    def damage(self) -> list[str]:
        """Return what SQLite's own check of the file finds."""
        found = [text for (text,) in self._connection.execute("PRAGMA integrity_check(20)")]
        return [] if found == ["ok"] else found

    def now(self) -> datetime:
        """Return the present moment in UTC, by this machine's clock."""
        return datetime.now(UTC)


_INSERT: Final[dict[str, str]] = {
    table: f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608  our own names
    f"VALUES ({', '.join('?' * len(columns))})"
    for table, columns in COLUMNS.items()
}
_INSERT["record"] = (
    f"INSERT INTO record ({', '.join(COLUMNS['record'][1:])}) "  # noqa: S608  likewise
    f"VALUES ({', '.join('?' * (len(COLUMNS['record']) - 1))})"
)


@cache
def _filled(sql: str) -> str:
    """Put the names of the tables into a statement; they are our own."""
    for table in (*COLUMNS, *DERIVED):
        sql = sql.replace(f"{{{table}}}", table)
    return sql


def _closer(
    connection: sqlite3.Connection, paths: Sequence[str], opened: Numbers
) -> Callable[[], None]:
    """Return what closes a connection, and leaves alone what is not its own.

    SQLite brings the log into the file when the last connection closes, and removes the log by its
    name. Where the files are not those that were opened any more, that can be another's.
    """

    def close() -> None:
        if numbers(paths) == opened:
            connection.close()
        else:
            close_without_a_trace(connection, opened[0])

    return close


@contextmanager
def making(path: str) -> Iterator[SqliteBackend]:
    """Yield a session that fills a new or empty store; all of it is kept, or nothing.

    A new file appears when the block ends, and not before.

    Raises:
        InvalidQueryError: Another process has made a file of that name meanwhile.
    """
    with clear(path):
        new = is_new(path, create=True)
    if not new:
        with closing(SqliteBackend(path)) as backend, backend.writing() as session:
            yield session
    elif Path(path).exists():
        with _filling(path, path) as session:
            yield session
    else:
        try:
            with (
                clear(path),
                new_file(Path(path)) as beside,
                _filling(str(beside), path) as session,
            ):
                yield session
        except FileExistsError:
            raise InvalidQueryError(
                "there is a file {path} already: name a new one", path=path
            ) from None


@contextmanager
def _filling(file: str, name: str) -> Iterator[SqliteBackend]:
    """Give a session to make a store in and to fill it, all in one transaction."""
    with closing(SqliteBackend(file, made=False)) as backend:
        backend.name = name
        with backend.filling() as session:
            yield session
