"""A store in one SQLite file: many processes of one machine, one of them appending at a time.

Write-ahead log, every commit synced, strict tables, and triggers that refuse whatever is no append.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from diplorel.errors import StoreError
from diplorel.stores.rows import found_by
from diplorel.stores.sql import COLUMNS, SqlSession

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from diplorel.stores.rows import Found, HeadRow, RecordRow, ReferenceRow, SubjectRow

APPLICATION: Final = int.from_bytes(b"dplr")
"""Names the file as ours, in its header."""
BUSY: Final = 60_000
"""How long to wait for one's turn, in milliseconds."""
PAGES: Final = 4_000
"""How long the write-ahead log grows before it goes into the file: 16 MiB. Large appends change
most pages of the indexes again and again, and so they are copied a quarter as often."""
_ORDER: Final = "a store is append-only: rows come at the end"
_KEYS: Final = {"record": "position", "reference": "number", "head": "number"}

_TABLES: Final = (
    """CREATE TABLE record (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, line TEXT NOT NULL, id TEXT NOT NULL,
    type TEXT NOT NULL, place INTEGER, wide INTEGER NOT NULL, hash BLOB NOT NULL) STRICT""",
    """CREATE TABLE subject (
    subject TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (subject, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE reference (
    number INTEGER PRIMARY KEY, after INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    withdrawn INTEGER NOT NULL, hash BLOB NOT NULL) STRICT""",
    """CREATE TABLE head (
    number INTEGER PRIMARY KEY, position INTEGER NOT NULL, hash BLOB NOT NULL,
    reference INTEGER NOT NULL, reference_hash BLOB NOT NULL) STRICT""",
    "CREATE INDEX record_of_id ON record (stream, id)",
    "CREATE INDEX record_wide ON record (position) WHERE wide = 1",
)


def _no_change(table: str) -> Iterator[str]:
    """Yield what refuses every change of a table's rows."""
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN "
            f"SELECT RAISE(ABORT, 'a store is append-only: no {verb}'); END"
        )


def _at_the_end(table: str, key: str) -> str:
    """Return what refuses a row but at the end; ``REPLACE`` is an insert to SQLite."""
    return (
        f"CREATE TRIGGER {table}_at_the_end BEFORE INSERT ON {table} "  # noqa: S608  our names
        f"WHEN NEW.{key} IS NOT (SELECT coalesce(max({key}), 0) + 1 FROM {table}) BEGIN "
        f"SELECT RAISE(ABORT, '{_ORDER}'); END"
    )


def _triggers() -> Iterator[str]:
    """Yield what refuses every change but a row at the end."""
    for table in COLUMNS:
        yield from _no_change(table)
    for table, key in _KEYS.items():
        yield _at_the_end(table, key)
    yield (
        "CREATE TRIGGER subject_once BEFORE INSERT ON subject WHEN EXISTS ("
        "SELECT 1 FROM subject WHERE subject = NEW.subject AND position = NEW.position) BEGIN "
        "SELECT RAISE(ABORT, 'a store is append-only: no REPLACE'); END"
    )


_HOMES: Final = (
    "DROP INDEX record_of_id",
    "DROP TRIGGER subject_once",
    "ALTER TABLE record RENAME TO record_before",
    "ALTER TABLE subject RENAME TO subject_before",
    f"""CREATE TABLE record (
    position INTEGER PRIMARY KEY CONSTRAINT "{_ORDER}" CHECK (position > 0),
    stream TEXT NOT NULL, line TEXT NOT NULL, type TEXT NOT NULL, home TEXT NOT NULL,
    act INTEGER NOT NULL, wide INTEGER NOT NULL, first INTEGER NOT NULL, hash BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE subject (
    subject TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (subject, position)
    ) STRICT, WITHOUT ROWID""",
    """INSERT INTO record SELECT position, stream, line, type, home_of(id), act_of(id), wide,
    position IN (SELECT min(position) FROM record_before GROUP BY stream), hash
    FROM record_before ORDER BY position""",
    """INSERT INTO subject SELECT subject, position FROM subject_before
    LEFT JOIN record USING (position) WHERE subject IS NOT home""",
    "DROP TABLE subject_before",
    "DROP TABLE record_before",
    "CREATE INDEX record_of_home ON record (home, act)",
    "CREATE INDEX record_wide ON record (position) WHERE wide = 1",
    "CREATE INDEX record_first ON record (stream) WHERE first = 1",
    *(one for table in ("record", "subject") for one in _no_change(table)),
    (
        "CREATE TRIGGER record_at_the_end BEFORE INSERT ON record WHEN NEW.position > 0 BEGIN "
        f"SELECT RAISE(ABORT, '{_ORDER}'); END"
    ),
    (
        "CREATE TRIGGER subject_at_the_end BEFORE INSERT ON subject "  # noqa: S608  our names
        "WHEN NEW.position <= (SELECT max(position) FROM record) BEGIN "
        f"SELECT RAISE(ABORT, '{_ORDER}'); END"
    ),
)
"""Version 2: records are found by their home and a number of the id, in one small index. SQLite
gives each the position after the last one, and whoever names a position is refused: in the trigger,
one that is not named is not known yet, which is no number above 0."""

STEPS: Final[tuple[tuple[str, ...], ...]] = ((*_TABLES, *_triggers()), _HOMES)
"""How each version of the schema is made of the one before; a new file goes through them all."""


class SqliteBackend(SqlSession):
    """One connection to one file.

    Attributes:
        name: The path of the file.
    """

    def __init__(self, path: str, *, create: bool = True, durable: bool = True) -> None:
        self.name = path
        with self._clear():
            new = _look(path, create=create)
            if not new:
                self._probe(path)
            self._connection = sqlite3.connect(
                path, timeout=BUSY / 1000, isolation_level=None, check_same_thread=False
            )
            with self._closing_on_error():
                self._connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                self._migrate()
                mode = self._connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
                if mode != "wal":
                    raise StoreError(f"{path}: SQLite has no write-ahead log on this file system")
                self._connection.execute(f"PRAGMA wal_autocheckpoint = {PAGES}")

    # --- opening -------------------------------------------------------------------------------

    @contextmanager
    def _closing_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise

    def _probe(self, path: str) -> None:
        """Look at a file of ours without writing: is it whole, and of a version known here?"""
        uri = f"file:{quote(str(Path(path).absolute()))}?mode=ro"
        with _closing(sqlite3.connect(uri, uri=True, timeout=BUSY / 1000)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > len(STEPS):
                raise StoreError(
                    f"{path} is of version {version}, and this release of diplorel knows up to "
                    f"{len(STEPS)}: install a newer one"
                )
            there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            missing = sorted(_names(version) - there)
            if missing:
                raise StoreError(f"{path} is damaged: it lacks {', '.join(missing)}. {_RESTORE}")

    def _migrate(self) -> None:
        """Bring the schema to the present version, in one transaction."""
        connection = self._connection
        if self._version() == len(STEPS):
            return
        connection.create_function("home_of", 1, lambda id: found_by(id).home)
        connection.create_function("act_of", 1, lambda id: found_by(id).act)
        connection.execute("BEGIN IMMEDIATE")
        try:
            for step in STEPS[self._version() :]:  # another process may have been quicker
                for statement in step:
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {len(STEPS)}")
            connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        # a reader of the header alone must see the version
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _version(self) -> int:
        version: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
        return version

    @contextmanager
    def _clear(self) -> Iterator[None]:
        """Tell what SQLite finds wrong in one clear error."""
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self.name}: {_said(error)}") from error

    # --- transactions --------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[SqliteBackend]:
        """Open a snapshot."""
        with self._clear(), self._transaction("BEGIN"):
            yield self

    @contextmanager
    def writing(self) -> Iterator[SqliteBackend]:
        """Become the one appender, and keep all or nothing of what is inserted."""
        with self._clear(), self._transaction("BEGIN IMMEDIATE"):
            yield self

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self._connection.execute(begin)
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):  # what went wrong before is being told
                self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        self._connection.close()

    # --- a session -----------------------------------------------------------------------------

    def execute(self, sql: str, *values: Any) -> Iterable[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        return self._connection.execute(_filled(sql), values)

    def among(self, column: str, values: Collection[str]) -> tuple[str, Any]:
        """Return a condition that a column has one of many values, and the one value to bind."""
        condition = f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608  our own name
        return condition, json.dumps(list(values))

    def acts(self, acts: Sequence[Found]) -> tuple[str, Sequence[Any]]:
        """Return a table *wanted* with the columns *home* and *act*, and what to bind for it."""
        wanted = (
            "(SELECT substr(value, 1, length(value) - 10) AS home, "
            "CAST(substr(value, -10) AS INTEGER) AS act FROM json_each(?)) AS wanted"
        )
        return wanted, [json.dumps(list(map("%s%010d".__mod__, acts)))]

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

    def _follows(self, position: int) -> None:
        """Refuse to go on where the last record does not stand where it should."""
        last = self._connection.execute("SELECT max(position) FROM record").fetchone()[0]
        if last != position:
            raise StoreError(
                f"{self.name} is damaged: record {position} would be record {last}. {_RESTORE}"
            )

    def damage(self) -> list[str]:
        """Return what SQLite's own check of the file finds."""
        found = [text for (text,) in self._connection.execute("PRAGMA integrity_check(20)")]
        return [] if found == ["ok"] else found

    def now(self) -> datetime:
        """Return the present moment in UTC, by this machine's clock."""
        return datetime.now(UTC)


_RESTORE: Final = "Bring it back from a copy"
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
    for table in COLUMNS:
        sql = sql.replace(f"{{{table}}}", table)
    return sql


def _names(version: int) -> set[str]:
    """Return the tables, indexes and triggers of a version of the schema."""
    found: set[str] = set()
    for verb, _, name, *_ in (words.split() for step in STEPS[:version] for words in step):
        if verb == "CREATE":
            found.add(name)
        elif verb == "DROP":
            found.discard(name)
    return found


@contextmanager
def _closing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield connection
    finally:
        connection.close()


def _look(path: str, *, create: bool) -> bool:
    """Say whether the file is to be made; raise where it is there and cannot be a store of ours.

    Only the header is read, so that nothing of somebody else's is touched, not even by SQLite.
    """
    file = Path(path)
    try:
        if not file.exists():
            if not create:
                raise StoreError(f"{path}: there is no such store")
            if not file.parent.is_dir():
                raise StoreError(f"{path}: there is no folder {file.parent}")
            return True
        if not file.is_file():
            raise StoreError(f"{path} is no file")
        with file.open("rb") as handle:
            header = handle.read(100)
        size = file.stat().st_size
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{path} cannot be read: {error.strerror}") from error
    if not header:
        if not create:
            raise StoreError(f"{path} is no store: it is empty")
        _writable(path)
        return True  # made and then cut off, before anything was written
    if not header.startswith(b"SQLite format 3\0") or len(header) < 100:  # noqa: PLR2004
        raise StoreError(f"{path} is no store: it is no SQLite file")
    if int.from_bytes(header[68:72]) != APPLICATION:
        raise StoreError(f"{path} is no store: it is an SQLite file of something else")
    page = int.from_bytes(header[16:18]) or 1
    page = 65_536 if page == 1 else page
    if size < page * int.from_bytes(header[28:32]):
        raise StoreError(f"{path} is damaged: it is cut off. {_RESTORE}")
    _writable(path)
    return False


def _writable(path: str) -> None:
    try:
        with Path(path).open("r+b"):
            pass
    except OSError as error:
        raise StoreError(
            f"{path} is read-only ({error.strerror}): make it writable, or open a copy"
        ) from error


def _said(error: sqlite3.Error) -> str:
    """Return what an error of SQLite means for the caller."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    means = {
        sqlite3.SQLITE_BUSY: "another process has been appending for too long. Try again",
        sqlite3.SQLITE_FULL: "the disk is full; nothing was appended. Make room and try again",
        sqlite3.SQLITE_IOERR: "the file cannot be written or read. Is the disk full?",
        sqlite3.SQLITE_READONLY: "it is read-only: make it writable, or open a copy",
        sqlite3.SQLITE_CANTOPEN: "it cannot be opened. Is its folder writable?",
        sqlite3.SQLITE_CORRUPT: f"it is damaged. {_RESTORE}",
        sqlite3.SQLITE_NOTADB: f"it is damaged, or no SQLite file. {_RESTORE}",
    }.get(code)
    return f"{means} ({error})" if means else str(error)
