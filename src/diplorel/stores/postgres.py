"""A store in PostgreSQL: for a team, with a role that appends and a role that reads.

One transaction appends at a time, under an advisory lock that is held until the commit can be seen.
So the order of positions is the order of commits, and who reads on from a position misses nothing.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import attrs
import psycopg
from psycopg import errors

from diplorel.errors import BadQuestionError, StoreError
from diplorel.stores.rows import NOTHING, Found, HeadRow, found_by
from diplorel.stores.secret import Secret
from diplorel.stores.sql import COLUMNS, LAST_HEAD, TABLES, SqlSession

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from diplorel.stores.rows import RecordRow, ReferenceRow, SubjectRow

OPTIONS: Final = (
    "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout",
    "application_name",
)  # fmt: skip
"""What may stand behind the ``?`` of an address."""
FEW: Final = 8
"""Up to so many rows, single inserts are quicker than COPY."""
_WAIT: Final = "60s"
"""How long to wait for one's turn."""
_NAME: Final = re.compile(r"[^\0]{1,63}", re.DOTALL)

_TABLES: Final = (
    """CREATE TABLE {record} (
    position bigint PRIMARY KEY, stream text COLLATE "C" NOT NULL, line text NOT NULL,
    id text COLLATE "C" NOT NULL, type text COLLATE "C" NOT NULL, place bigint,
    wide smallint NOT NULL, hash bytea NOT NULL)""",
    """CREATE TABLE {subject} (
    subject text COLLATE "C" NOT NULL, position bigint NOT NULL,
    PRIMARY KEY (subject, position))""",
    """CREATE TABLE {reference} (
    number bigint PRIMARY KEY, after bigint NOT NULL, kind text NOT NULL, text text NOT NULL,
    withdrawn smallint NOT NULL, hash bytea NOT NULL)""",
    """CREATE TABLE {head} (
    number bigint PRIMARY KEY, position bigint NOT NULL, hash bytea NOT NULL,
    reference bigint NOT NULL, reference_hash bytea NOT NULL)""",
    "CREATE TABLE {version} (number integer PRIMARY KEY)",
    "CREATE INDEX record_of_id ON {record} (stream, id)",
    "CREATE INDEX record_wide ON {record} (position) WHERE wide = 1",
    """CREATE FUNCTION {refuse}() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a store is append-only: no %', TG_OP; END $$""",
    """CREATE FUNCTION {at_the_end}() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE least bigint; most bigint; rows bigint; before bigint;
    BEGIN
        EXECUTE format('SELECT min(%1$I), max(%1$I), count(*) FROM come', TG_ARGV[0])
            INTO least, most, rows;
        IF rows = 0 THEN RETURN NULL; END IF;
        EXECUTE format('SELECT coalesce(max(%1$I), 0) FROM %2$I.%3$I WHERE %1$I < $1',
            TG_ARGV[0], TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO before USING least;
        IF least <> before + 1 OR most - least + 1 <> rows THEN
            RAISE EXCEPTION 'a store is append-only: rows come at the end';
        END IF;
        RETURN NULL;
    END $$""",
    *(
        f"CREATE TRIGGER no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {{{table}}} "
        "FOR EACH STATEMENT EXECUTE FUNCTION {refuse}()"
        for table in (*TABLES, "version")
    ),
    *(
        f"CREATE TRIGGER in_order AFTER INSERT ON {{{table}}} REFERENCING NEW TABLE AS come "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {{at_the_end}}('{key}')"
        for table, key in (("record", "position"), ("reference", "number"), ("head", "number"))
    ),
)
_HOMES: Final = (
    "ALTER TABLE {record} DISABLE TRIGGER no_change",
    "ALTER TABLE {subject} DISABLE TRIGGER no_change",
    """ALTER TABLE {record} ADD COLUMN home text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN act bigint NOT NULL DEFAULT 0, ADD COLUMN first smallint NOT NULL DEFAULT 0""",
    """UPDATE {record} SET home = found.home, act = found.act FROM {found} AS found
    WHERE found.position = {record}.position""",
    """UPDATE {record} SET first = 1
    WHERE position IN (SELECT min(position) FROM {record} GROUP BY stream)""",
    """DELETE FROM {subject} USING {found} AS found
    WHERE found.position = {subject}.position AND found.home = {subject}.subject""",
    "DROP TABLE {found}",
    "ALTER TABLE {record} DROP COLUMN id, DROP COLUMN place",
    """ALTER TABLE {record} ALTER COLUMN home DROP DEFAULT, ALTER COLUMN act DROP DEFAULT,
    ALTER COLUMN first DROP DEFAULT""",
    "CREATE INDEX record_of_home ON {record} (home, act)",
    "CREATE INDEX record_first ON {record} (stream) WHERE first = 1",
    "ALTER TABLE {record} ENABLE TRIGGER no_change",
    "ALTER TABLE {subject} ENABLE TRIGGER no_change",
)
"""Version 2: records are found by their home and a number of the id, in one small index."""
STEPS: Final[tuple[tuple[str, ...], ...]] = (_TABLES, _HOMES)
"""How each version of the schema is made of the one before; a new store goes through them all."""


@attrs.frozen
class Address:
    """Where a database is, and who asks.

    Attributes:
        name: What to call it, without the password.
        options: What to connect with, but for the password.
        password: The password, where the URL has one.
    """

    name: str
    options: dict[str, str]
    password: Secret | None


def address_of(url: Secret) -> Address:
    """Return what ``postgresql://user:password@host:port/database?sslmode=…`` says.

    Raises:
        BadQuestionError: It says something else; the message does not repeat it.
    """
    read = _read(url)
    if read is None:
        raise BadQuestionError(
            "this is no URL of a PostgreSQL database: expected "
            "'postgresql://user@host:5432/database', with the marks in a password as %XX"
        )
    options, unknown, password = read
    if unknown:
        listed = ", ".join(OPTIONS)
        raise BadQuestionError(f"a store's URL has no {', '.join(unknown)}, only {listed}")
    who = f"{options['user']}@" if "user" in options else ""
    host = options.get("host", "")
    where = "" if host.startswith("/") else host
    port = f":{options['port']}" if "port" in options else ""
    socket = f"?host={host}" if host and not where else ""
    name = f"postgresql://{who}{where}{port}/{options.get('dbname', '')}{socket}"
    return Address(name, options, password)


def _read(url: Secret) -> tuple[dict[str, str], list[str], Secret | None] | None:
    """Return the options of a URL, the names of those it should not have, and its password.

    None where it is no URL. Nothing is raised here, where the password is at hand.
    """
    try:
        parts = urlsplit(url.reveal())
        query = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        given = {
            "user": unquote(parts.username or ""),
            "host": unquote(parts.hostname or ""),
            "port": "" if parts.port is None else str(parts.port),
            "dbname": unquote(parts.path.removeprefix("/")),
            **dict(query),
        }
    except ValueError:
        return None
    known = ("user", "dbname", *OPTIONS)
    options = {key: given[key] for key in known if given.get(key)}
    if any("\0" in value for value in options.values()):
        return None
    unknown = sorted({key for key, _ in query} - set(OPTIONS))
    password = None if parts.password is None else Secret(unquote(parts.password))
    return options, [*unknown, *(["fragment"] if parts.fragment else [])], password


def quoted(name: str) -> str:
    """Return a name as SQL has it, whatever is in it.

    Raises:
        BadQuestionError: It is empty, longer than 63 bytes, or has a null character.
    """
    if not _NAME.fullmatch(name) or len(name.encode("utf-8", "replace")) > 63:  # noqa: PLR2004
        raise BadQuestionError(f"{name!r} is no name: expected 1 to 63 bytes")
    return '"' + name.replace('"', '""') + '"'


def roles(
    schema: str = "diplorel",
    *,
    appender: str = "diplorel_appender",
    reader: str = "diplorel_reader",
) -> str:
    """Return the SQL that makes a role that appends and a role that reads, and nothing more.

    To be run once by the owner of the store. Neither role can change or remove a row, and the
    owner is kept from it by triggers. Give the roles to people with ``GRANT … TO …``.

    Args:
        schema: The schema of the store.
        appender: The role that reads and appends.
        reader: The role that reads.
    """
    places = {table: f"{quoted(schema)}.{quoted(table)}" for table in (*TABLES, "version")}
    both = f"{quoted(appender)}, {quoted(reader)}"
    made = [
        f"DO $$ BEGIN CREATE ROLE {quoted(role)} NOLOGIN; "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$;".replace("$$", "$role$")
        for role in (appender, reader)
    ]
    return "\n".join(
        [
            *made,
            f"GRANT USAGE ON SCHEMA {quoted(schema)} TO {both};",
            f"GRANT SELECT ON {', '.join(places.values())} TO {both};",
            f"GRANT INSERT ON {', '.join(places[one] for one in TABLES)} TO {quoted(appender)};",
            "",
        ]
    )


class PostgresBackend(SqlSession):
    """One connection to one database, made anew when the server went away.

    Attributes:
        name: The URL, without the password.
    """

    def __init__(self, address: Address, *, schema: str = "diplorel", create: bool = True) -> None:
        self.name = address.name
        self._address = address
        self._schema = schema
        if set(schema) & set("%?{}"):  # they stand for values and tables in our statements
            raise BadQuestionError(f"{schema!r} is no schema for a store: expected none of %?{{}}")
        names = (*TABLES, "version", "refuse", "at_the_end", "found")
        self._places = {name: f"{quoted(schema)}.{quoted(name)}" for name in names}
        self._statements = lru_cache(maxsize=256)(self._statement)
        digest = sha256(f"diplorel store {schema}".encode()).digest()
        self._turn = int.from_bytes(digest[:8], signed=True)
        self._head: HeadRow | None = None
        self._moment: datetime | None = None
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None
        try:
            with self._clear():
                self._migrate(create=create)
        except BaseException:
            self.close()
            raise

    # --- opening -------------------------------------------------------------------------------

    def _connected(self) -> psycopg.Connection[tuple[Any, ...]]:
        """Return the connection, a new one where there is none: only between transactions."""
        if self._connection is None or self._connection.closed:
            address = self._address
            options: dict[str, Any] = {"connect_timeout": "10", "application_name": "diplorel"}
            options |= address.options
            if address.password is not None:
                options["password"] = address.password.reveal()
            try:
                self._connection = psycopg.connect(**options, autocommit=True)
            finally:
                options.clear()  # a traceback can show it
            self._connection.execute(
                f"SET lock_timeout = '{_WAIT}'; SET timezone = 'UTC'; "
                "SET client_encoding = 'UTF8'".encode()
            )
        return self._connection

    def _live(self) -> psycopg.Connection[tuple[Any, ...]]:
        """Return the connection of this transaction, which no other can take over."""
        return cast("psycopg.Connection[tuple[Any, ...]]", self._connection)

    def _migrate(self, *, create: bool) -> None:
        """Bring the schema to the present version, in one transaction."""
        self._connected()
        there = self._relations()
        version = self._version() if "version" in there else 0
        if there and not version:
            raise StoreError(f"{self.name}: the schema {self._schema!r} is of something else")
        if version > len(STEPS):
            raise StoreError(
                f"{self.name} is of version {version}, and this release of diplorel knows up to "
                f"{len(STEPS)}: install a newer one"
            )
        missing = sorted({*TABLES} - there)
        if version and missing:
            raise StoreError(f"{self.name} is damaged: it lacks {', '.join(missing)}")
        if version == len(STEPS):
            return
        if not version and not create:
            raise StoreError(f"{self.name}: there is no store in the schema {self._schema!r}")
        try:
            self._bring_forward()
        except errors.InsufficientPrivilege:
            if not version:
                raise
            raise StoreError(
                f"{self.name} is of version {version}, and this release of diplorel writes "
                f"{len(STEPS)}: its owner has to open it once, which brings it forward"
            ) from None

    def _bring_forward(self) -> None:
        with self._transaction(self._lock()):
            found = self._version() if "version" in self._relations() else 0
            if not found:  # another process may have been quicker
                self.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(self._schema)}")
            for number, step in enumerate(STEPS[found:], found + 1):
                if number == 2:  # noqa: PLR2004  it has the homes
                    self._find_homes()
                for statement in step:
                    self._live().execute(self._filled(statement).encode())
                self.execute("INSERT INTO {version} (number) VALUES (?)", number)

    def _find_homes(self) -> None:
        """Work out by what each record is found, from the ids that version 1 has."""
        self.execute("CREATE TABLE {found} (position bigint, home text, act bigint)")
        ids = self.execute("SELECT position, id FROM {record}")
        self._add("found", [(position, *found_by(id)) for position, id in ids])

    def _relations(self) -> set[str]:
        rows = self.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
            "WHERE nspname = ? AND relkind IN ('r', 'v', 'm', 'p', 'f')",
            self._schema,
        )
        return {name for (name,) in rows}

    def _version(self) -> int:
        try:
            ((number,),) = self.execute("SELECT coalesce(max(number), 0) FROM {version}")
        except errors.UndefinedColumn:
            return 0
        return int(number)

    # --- transactions --------------------------------------------------------------------------

    @contextmanager
    def _clear(self) -> Iterator[None]:
        """Tell what PostgreSQL finds wrong in one clear error, which never has the password."""
        try:
            yield
        except psycopg.Error as error:
            # no cause: its frames have what was connected with
            raise StoreError(f"{self.name}: {self._said(error)}") from None

    def _said(self, error: psycopg.Error) -> str:
        text = " ".join(str(error).split())
        secret = self._address.password
        if secret is not None and secret.reveal():
            text = text.replace(secret.reveal(), "…")
        if isinstance(error, errors.InsufficientPrivilege):
            return f"this role may not do that ({text})"
        if isinstance(error, errors.LockNotAvailable):
            return "another process has been appending for too long. Try again"
        if isinstance(error, errors.DiskFull):
            return f"the server's disk is full; nothing was appended ({text})"
        gone = self._connection is None or self._connection.closed
        if gone and isinstance(error, psycopg.OperationalError):
            return (
                f"the server cannot be reached ({text}). Make the same call again: what it kept "
                "of this one is then told as known"
            )
        return text

    @contextmanager
    def reading(self) -> Iterator[PostgresBackend]:
        """Open a snapshot."""
        with self._clear(), self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"):
            yield self

    @contextmanager
    def writing(self) -> Iterator[PostgresBackend]:
        """Become the one appender, and keep all or nothing of what is inserted.

        The head and the moment are asked for with the turn, since each question is a journey.
        """
        begin = f"{self._lock()}; {self._filled(LAST_HEAD)}; SELECT clock_timestamp()"
        with self._clear(), self._transaction(begin) as answers:
            try:
                answers.nextset()  # the beginning has no rows, and the turn has an empty one
                answers.nextset()
                self._head = next((HeadRow(*row) for row in answers), NOTHING)
                answers.nextset()
                self._moment = _utc(answers)
                yield self
            finally:
                self._head = self._moment = None

    def _lock(self) -> str:
        return f"BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock({self._turn})"

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
        try:
            try:
                answers = self._connected().execute(begin.encode())
            except psycopg.OperationalError:
                if not self._live().closed:
                    raise
                answers = self._connected().execute(begin.encode())  # it went away since last time
            yield answers
            self._live().execute(b"COMMIT")
        except BaseException:
            connection = self._live()
            with suppress(psycopg.Error):  # what went wrong before is being told
                connection.execute(b"ROLLBACK")
            if connection.info.transaction_status:
                connection.close()
            raise

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        if self._connection is not None:
            self._connection.close()

    # --- a session -----------------------------------------------------------------------------

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

    def acts(self, acts: Sequence[Found]) -> tuple[str, Sequence[Any]]:
        """Return a table *wanted* with the columns *home* and *act*, and what to bind for it."""
        wanted = "unnest(?::text[], ?::bigint[]) AS wanted (home, act)"
        return wanted, [[one.home for one in acts], [one.act for one in acts]]

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
        names = COLUMNS.get(table, ("position", *Found._fields))
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

    def damage(self) -> list[str]:
        """Return nothing: a server looks after its files itself."""
        return []

    def now(self) -> datetime:
        """Return the present moment in UTC, by the server's clock, which all share.

        To the appender it is the moment at which its turn came.
        """
        return self._moment or _utc(self.execute("SELECT clock_timestamp()"))

    def head(self) -> HeadRow:
        """Return the last row of the table ``head``, or `NOTHING`."""
        return self._head or super().head()


def _utc(answer: Iterable[tuple[datetime]]) -> datetime:
    """Return the one moment of an answer in UTC."""
    ((moment,),) = answer
    return moment.astimezone(UTC)
