"""A store in PostgreSQL: for a team, with a role that appends and a role that reads.

One transaction appends at a time, under an advisory lock that is held until the commit can be seen.
So the order of positions is the order of commits, and a reader that goes on from a position misses
nothing.

Nothing outlives a transaction, so that a pooler can give each one another connection of the server:
there are no prepared statements, settings are local, and so is the lock. And nothing depends on how
server, database or role are set up: numbers and hashes go as they are, not as somebody's text.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, cast

import psycopg
from psycopg import errors

from diplorel._message import Message, join
from diplorel.errors import InvalidQueryError, StoreError
from diplorel.stores.postgres_address import Address, address_of
from diplorel.stores.postgres_schema import LIST_GUARDS, STEPS, can_swallow, guards, quoted, roles
from diplorel.stores.rows import NOTHING, HeadRow, IdKey, key_of_id
from diplorel.stores.sql import COLUMNS, LAST_HEAD, TABLES, SqlSession
from diplorel.stores.views import DERIVED, NAMES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from diplorel.stores.rows import RecordRow, ReferenceRow, SubjectRow

__all__ = ["STEPS", "PostgresBackend", "address_of", "making", "opened", "quoted", "roles"]

FEW: Final = 8
"""Up to so many rows, single inserts are quicker than COPY."""
_WAIT: Final = "60s"
"""How long to wait for one's turn."""
_SETTINGS: Final = (
    "SET LOCAL client_encoding = 'UTF8'",
    "SET LOCAL standard_conforming_strings = on",  # psycopg writes hashes as it says
)
_BEFORE_HEAD: Final = len(_SETTINGS) + 3
"""How many statements go before the one that asks for the head, when a turn is taken."""
_NOW: Final = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class PostgresBackend(SqlSession):
    """One connection to one database, made when it is needed, and anew when the server went away.

    Attributes:
        name: The URL, without the password.
    """

    def __init__(self, address: Address, *, schema: str = "diplorel") -> None:
        self.name = address.name
        self._address = address
        self._schema = schema
        if set(schema) & set("%?{}"):  # they stand for values and tables in our statements
            raise InvalidQueryError(
                "{schema!r} is not a schema for a store: expected none of %?{{}}", schema=schema
            )
        names = (*TABLES, *DERIVED, *NAMES, "version", "refuse", "at_the_end", "found")
        self._places = {name: f"{quoted(schema)}.{quoted(name)}" for name in names}
        self._statements = lru_cache(maxsize=256)(self._statement)
        digest = sha256(f"diplorel store {schema}".encode()).digest()
        self._lock_key = int.from_bytes(digest[:8], signed=True)
        self._head: HeadRow | None = None
        self._moment: datetime | None = None
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None

    # --- opening ---------------------------------------------------------------------------------

    def _connected(self) -> psycopg.Connection[tuple[Any, ...]]:
        """Return the connection, a new one where there is none: only between transactions."""
        if self._connection is None or self._connection.closed:
            self._connection = self.connect()
        return self._connection

    def connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        """Return a new connection to the database; the caller closes it."""
        address = self._address
        options: dict[str, Any] = {"connect_timeout": "10", "application_name": "diplorel"}
        options |= address.options
        options["client_encoding"] = "UTF8"
        if address.password is not None:
            options["password"] = address.password.reveal()
        try:
            return psycopg.connect(**options, autocommit=True, prepare_threshold=None)
        finally:
            options.clear()  # a traceback can show it

    def place(self, table: str) -> str:
        """Return the name of a table of the store, as SQL has it."""
        return self._places[table]

    def _live(self) -> psycopg.Connection[tuple[Any, ...]]:
        """Return the connection of this transaction, which no other can take over."""
        return cast("psycopg.Connection[tuple[Any, ...]]", self._connection)

    def prepare(self, *, create: bool) -> None:
        """Look whether there is a store, and bring its schema to the present version.

        Raises:
            StoreError: There is none and none may be made, or what is there cannot be used.
        """
        with self.reading():
            version = self._examine()
        if version == len(STEPS):
            return
        if not version and not create:
            raise StoreError(
                "{name}: there is no store in the schema {schema!r}",
                name=self.name,
                schema=self._schema,
            )
        with self.clear(), self._transaction(self._lock()):
            self._bring_forward()

    def _examine(self) -> int:
        """Return the version of the store, 0 where there is none."""
        relations = self._relations()
        version = self._version() if "version" in relations else 0
        if relations and not version:
            raise StoreError(
                "{name}: the schema {schema!r} is of something else",
                name=self.name,
                schema=self._schema,
            )
        if version > len(STEPS):
            raise StoreError(
                "{name} is of version {version}, and this release of diplorel knows up to "
                "{known}: install a newer one",
                name=self.name,
                version=version,
                known=len(STEPS),
            )
        missing = sorted({*TABLES} - relations)
        if version and missing:
            raise StoreError(
                "{name} is damaged: it lacks {missing}", name=self.name, missing=", ".join(missing)
            )
        there: set[Any] = set(self.execute(LIST_GUARDS, self._schema))
        wanted = guards(STEPS[:version])
        changed = (wanted - there) | set(filter(can_swallow, there - wanted))
        if changed:
            lifted = sorted({(name, table) for table, name, *_ in changed})
            raise StoreError(
                "{name} is damaged: its guards were lifted or changed, or others were put "
                "before them: {listed}. Look with verify what else was, in a copy, and have "
                "the owner bring the guards back",
                name=self.name,
                listed=join(
                    ", ",
                    (Message("{guard} of {table}", guard=name, table=on) for name, on in lifted),
                ),
            )
        return version

    def _bring_forward(self) -> None:
        """Bring the schema to the present version, in a transaction that has the turn."""
        version = self._examine()  # another process may have been quicker
        try:
            if not version:
                self._make_schema()
            for number, step in enumerate(STEPS[version:], version + 1):
                if number == 2:  # noqa: PLR2004  it has the primary subjects
                    self._find_primary_subjects()
                for statement in step:
                    self._live().execute(self._filled(statement).encode())
                self.execute("INSERT INTO {version} (number) VALUES (?)", number)
        except (errors.UndefinedColumn, errors.DuplicateColumn, errors.DuplicateTable) as error:
            raise StoreError(
                "{name} is damaged: its tables are not those of version {version}, which its "
                "table 'version' states ({reason})",
                name=self.name,
                version=version,
                reason=" ".join(str(error).split()),
            ) from None
        except errors.InsufficientPrivilege:
            if not version:
                raise
            raise StoreError(
                "{name} is of version {version}, and this release of diplorel writes {known}: "
                "its owner has to open it once, which brings it forward",
                name=self.name,
                version=version,
                known=len(STEPS),
            ) from None

    def _make_schema(self) -> None:
        """Make the schema, unless somebody with the right to has made it for us."""
        sql = "SELECT 1 FROM pg_namespace WHERE nspname = ?"
        if not list(self.execute(sql, self._schema)):
            self.execute(f"CREATE SCHEMA {quoted(self._schema)}")

    def _find_primary_subjects(self) -> None:
        """Work out by what each record is found, from the ids that version 1 has."""
        self.execute("CREATE TABLE {found} (position bigint, home text, act bigint)")
        ids = self.execute("SELECT position, id FROM {record}")
        self._add("found", [(position, *key_of_id(id)) for position, id in ids])

    def _relations(self) -> set[str]:
        rows = self.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
            "WHERE nspname = ? AND relkind IN ('r', 'v', 'm', 'p', 'f')",
            self._schema,
        )
        return {name for (name,) in rows}

    def _version(self) -> int:
        columns = self.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass", self._places["version"]
        )
        if ("number",) not in set(columns):
            return 0
        ((number,),) = self.execute("SELECT coalesce(max(number), 0) FROM {version}")
        return int(number)

    # --- transactions ----------------------------------------------------------------------------

    @contextmanager
    def clear(self) -> Iterator[None]:
        """Raise what PostgreSQL finds wrong as one clear error, which never has the password."""
        try:
            yield
        except psycopg.Error as error:
            # no cause: its frames have what was connected with
            raise StoreError("{name}: {reason}", name=self.name, reason=self._said(error)) from None

    def _said(self, error: psycopg.Error) -> Message | str:
        text = " ".join(str(error).split())
        secret = self._address.password
        if secret is not None and secret.reveal():
            text = text.replace(secret.reveal(), "…")
        if isinstance(error, errors.InsufficientPrivilege):
            return Message("this role may not do that ({text})", text=text)
        if isinstance(error, errors.QueryCanceled):
            return Message(
                "the server ended it ({text}). If its statement_timeout did, it is too short for "
                "this store, or for waiting while others append: raise it for this role",
                text=text,
            )
        if isinstance(error, errors.LockNotAvailable):
            return Message("another process has been appending for too long. Try again")
        if isinstance(error, errors.DiskFull):
            return Message("the server's disk is full; nothing was appended ({text})", text=text)
        gone = self._connection is None or self._connection.closed
        if gone and isinstance(error, psycopg.OperationalError):
            return Message(
                "the server cannot be reached ({text}). Make the same call again: what it kept "
                "of this one is then reported as known",
                text=text,
            )
        return text

    @contextmanager
    def reading(self) -> Iterator[PostgresBackend]:
        """Open a snapshot."""
        begin = ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", *_SETTINGS)
        with self.clear(), self._transaction("; ".join(begin)):
            yield self

    @contextmanager
    def writing(self) -> Iterator[PostgresBackend]:
        """Become the one appender, and keep all or nothing of what is inserted.

        The head and the moment are asked for with the turn, since each question is a journey.
        """
        begin = f"{self._lock()}{self._filled(LAST_HEAD)}; {_NOW}"
        with self.clear(), self._transaction(begin) as answers:
            try:
                for _ in range(_BEFORE_HEAD):
                    answers.nextset()
                self._head = next((HeadRow(*row) for row in answers), NOTHING)
                answers.nextset()
                self._moment = _utc(answers)
                yield self
            finally:
                self._head = self._moment = None

    @contextmanager
    def making(self) -> Iterator[PostgresBackend]:
        """Become the one appender to a store that is made in the same transaction."""
        with self.clear(), self._transaction(self._lock()):
            self._bring_forward()
            yield self

    def _lock(self) -> str:
        """Return the statements that take the turn, each with its end."""
        statements = (
            "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
            *_SETTINGS,
            f"SET LOCAL lock_timeout = '{_WAIT}'",
            f"SELECT pg_advisory_xact_lock({self._lock_key})",
        )
        return "".join(f"{one}; " for one in statements)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
        first = self._connected()
        try:
            try:
                answers = first.execute(begin.encode())
            except psycopg.OperationalError:
                if not first.closed:
                    raise
                answers = self._connected().execute(begin.encode())  # it went away since last time
            yield answers
            self._live().execute(b"COMMIT")
        except BaseException:
            connection = self._live()
            with suppress(psycopg.Error):  # what went wrong before is being reported
                connection.execute(b"ROLLBACK")
            if connection.info.transaction_status:
                connection.close()
            raise

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        if self._connection is not None:
            self._connection.close()

    # --- a session -------------------------------------------------------------------------------

    def _filled(self, sql: str) -> str:
        for name, place in self._places.items():
            sql = sql.replace(f"{{{name}}}", place)
        return sql

    def _statement(self, sql: str) -> bytes:
        return self._filled(sql.replace("?", "%s")).encode()

    def execute(self, sql: str, *values: Any) -> Iterable[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        return self._live().execute(self._statements(sql), values)

    def among(self, column: str, values: Collection[str]) -> tuple[str, Any]:
        """Return a condition that a column has one of many values, and the one value to bind."""
        return f"{column} = ANY(?)", list(values)

    def among_ids(self, stream: str, keys: Sequence[IdKey]) -> Iterable[tuple[Any, ...]]:
        """Return the position, stream and line of what can be one of many events, by the index."""
        return self.execute(
            "SELECT position, stream, line "
            "FROM unnest(?::text[], ?::bigint[]) AS wanted (home, act) CROSS JOIN LATERAL ("
            "SELECT position, stream, line FROM {record} AS found "
            "WHERE found.home = wanted.home AND found.act = wanted.act AND stream = ? "
            "OFFSET 0) AS found",  # else a plan can read the whole table
            [one.home for one in keys],
            [one.act for one in keys],
            stream,
        )

    def insert(
        self,
        records: Sequence[RecordRow],
        subjects: Iterable[SubjectRow],
        references: Sequence[ReferenceRow],
        heads: Sequence[HeadRow],
    ) -> None:
        """Add rows at the end of all four tables."""
        tables = {
            "record": records,
            "subject": list(subjects),
            "reference": references,
            "head": heads,
        }
        given = {table: rows for table, rows in tables.items() if rows}
        if all(len(rows) == 1 for rows in given.values()):
            self._add_one_each({table: rows[0] for table, rows in given.items()})
        else:
            for table, rows in given.items():
                self._add(table, rows)
        self._head = heads[-1]

    def _add_one_each(self, rows: Mapping[str, tuple[Any, ...]]) -> None:
        """Add one row to each table, in one journey."""
        parts = [
            f"into_{table} AS (INSERT INTO {{{table}}} ({', '.join(COLUMNS[table])}) "  # noqa: S608
            f"VALUES ({', '.join('?' * len(row))}))"
            for table, row in rows.items()
        ]
        self.execute(f"WITH {', '.join(parts)} SELECT 1", *chain(*rows.values()))

    def _add(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        names = {**COLUMNS, **DERIVED}.get(table, ("position", *IdKey._fields))
        columns = ", ".join(names)
        with self._live().cursor() as cursor:
            if len(rows) > FEW:
                copy = self._filled(f"COPY {{{table}}} ({columns}) FROM STDIN")
                with cursor.copy(copy.encode()) as into:
                    for row in rows:
                        into.write_row(row)
            elif rows:
                marks = ", ".join("?" * len(names))
                sql = f"INSERT INTO {{{table}}} ({columns}) VALUES ({marks})"  # noqa: S608
                cursor.executemany(self._statements(sql), rows)

    def put(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows to a table that is derived."""
        self._add(table, rows)

    def damage(self) -> list[str]:
        """Return nothing: a server looks after its files itself."""
        return []

    def now(self) -> datetime:
        """Return the present moment in UTC, by the server's clock, which all share.

        To the appender it is the moment when its turn came.
        """
        return self._moment or _utc(self.execute(_NOW))

    def head(self) -> HeadRow:
        """Return the last row of the table ``head``, or `NOTHING`."""
        return self._head or super().head()


def _utc(answer: Iterable[tuple[Any, ...]]) -> datetime:
    """Return the one moment of an answer, which is in microseconds since 1970, in UTC."""
    ((moment,),) = answer
    return _EPOCH + timedelta(microseconds=moment)


def opened(address: Address, *, schema: str, create: bool) -> PostgresBackend:
    """Return the store in a schema, at the present version.

    Raises:
        StoreError: There is none, or what is there cannot be used.
    """
    backend = PostgresBackend(address, schema=schema)
    try:
        backend.prepare(create=create)
    except BaseException:
        backend.close()
        raise
    return backend


@contextmanager
def making(address: Address, *, schema: str) -> Iterator[PostgresBackend]:
    """Give a session to fill a store in that is new or empty; all of it is kept, or nothing."""
    backend = PostgresBackend(address, schema=schema)
    try:
        with backend.making():
            yield backend
    finally:
        backend.close()
