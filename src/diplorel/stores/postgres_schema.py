"""The schema of a store in PostgreSQL: tables, the triggers that guard them, and the roles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from diplorel.errors import InvalidQueryError
from diplorel.stores.sql import TABLES
from diplorel.stores.views import DERIVED, in_postgres

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
"""Version 2: one small index finds records by their primary subject and a number of the id."""
_AGREEMENTS: Final = (
    "ALTER TABLE {subject} DISABLE TRIGGER no_change",
    """DELETE FROM {subject} WHERE position IN (SELECT position FROM {record}
    WHERE type IN ('agreement-signed', 'agreement-in-force', 'agreement-terminated')
    AND json_array_length(line::json -> 'parties') > 8)""",
    """INSERT INTO {subject} SELECT party || '*', position
    FROM {record}, json_array_elements_text(line::json -> 'parties') AS party
    WHERE type IN ('agreement-signed', 'agreement-in-force', 'agreement-terminated')
    AND json_array_length(line::json -> 'parties') > 8
    ON CONFLICT DO NOTHING""",
    """INSERT INTO {subject} SELECT line::json ->> 'agreement', position FROM {record}
    WHERE type IN ('agreement-signed', 'agreement-in-force', 'agreement-terminated')
    ON CONFLICT DO NOTHING""",
    "ALTER TABLE {subject} ENABLE TRIGGER no_change",
)
"""Version 3: what bears on an agreement is found by its key, and by each of many parties.

It can be done twice: a store whose last row of versions was lost is brought up to date again.
"""
STEPS: Final[tuple[tuple[str, ...], ...]] = (
    _TABLES,
    _HOMES,
    _AGREEMENTS,
    in_postgres(),
)
"""How each version of the schema is made of the one before; a new store goes through them all."""

_BODY: Final = re.compile(r"CREATE FUNCTION \{(\w+)\}.*?\$\$(.*?)\$\$", re.DOTALL)
_TRIGGER: Final = re.compile(
    r"CREATE TRIGGER (\w+) (BEFORE|AFTER) ([\w ]+?) ON \{(\w+)\}.*"
    r"EXECUTE FUNCTION \{(\w+)\}\((?:'(\w+)')?\)",
    re.DOTALL,
)
_BITS: Final = {"BEFORE": 2, "AFTER": 0, "INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
"""What a trigger is, in ``pg_trigger.tgtype``."""
LIST_GUARDS: Final = """SELECT relname, tgname, tgtype, prosrc, encode(tgargs, 'escape'),
tgattr::text || coalesce(tgqual::text, '') FROM pg_trigger
JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE nspname = ? AND NOT tgisinternal AND tgenabled IN ('O', 'A')"""
"""The triggers of a schema that are at work: table, name, type, the body of the function, what it
is called with, and the columns or rows that it is limited to."""
Guard: TypeAlias = tuple[str, str, int, str, str, str]
_BEFORE: Final = 2


def can_swallow(guard: Guard) -> bool:
    """Say whether a trigger comes before the rows, and so can keep them from being inserted."""
    return bool(guard[2] & _BEFORE)


def guards(steps: Sequence[Sequence[str]]) -> set[Guard]:
    """Return the triggers that steps make, as `LIST_GUARDS` finds them."""
    texts = "\0".join(text for step in steps for text in step)
    bodies = dict(_BODY.findall(texts))
    found = set()
    for text in texts.split("\0"):
        if made := _TRIGGER.fullmatch(text):
            name, when, verbs, table, function, argument = made.groups()
            kind = sum(_BITS[word] for word in (when, *verbs.split(" OR ")))
            called_with = f"{argument}\\000" if argument else ""
            found.add((table, name, kind, bodies[function], called_with, ""))
    return found


def quoted(name: str) -> str:
    """Return a name as SQL has it, whatever is in it.

    Raises:
        InvalidQueryError: It is empty, longer than 63 bytes, or has a null character.
    """
    if not _NAME.fullmatch(name) or len(name.encode("utf-8", "replace")) > 63:  # noqa: PLR2004
        raise InvalidQueryError(
            "{name!r} is not a name: expected 1 to 63 bytes, none of them null", name=name
        )
    return '"' + name.replace('"', '""') + '"'


def roles(
    schema: str = "diplorel",
    *,
    appender: str = "diplorel_appender",
    reader: str = "diplorel_reader",
) -> str:
    """Return the SQL that makes a role that appends and a role that reads, and nothing more.

    To be run once by the owner of the store. Neither role can change or remove a
    record, and the owner is kept from it by triggers; what derives from the records, the first can
    write anew. Give the roles to people with ``GRANT … TO …``.

    Args:
        schema: The schema of the store.
        appender: The role that reads and appends.
        reader: The role that reads.
    """
    place, both = quoted(schema), f"{quoted(appender)}, {quoted(reader)}"
    made = [
        f"DO $$ BEGIN CREATE ROLE {quoted(role)} NOLOGIN; "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$;".replace("$$", "$role$")
        for role in (appender, reader)
    ]

    def listed(names: Iterable[str]) -> str:
        return ", ".join(f"{place}.{quoted(one)}" for one in names)

    # a store that was not brought forward yet has no derived tables
    derived = (
        f"DO $role$ BEGIN GRANT INSERT, DELETE ON {listed(DERIVED)} TO {quoted(appender)}; "
        "EXCEPTION WHEN undefined_table THEN NULL; END $role$;"
    )
    return "\n".join(
        [
            *made,
            f"GRANT USAGE ON SCHEMA {place} TO {both};",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {place} TO {both};",
            f"GRANT INSERT ON {listed(TABLES)} TO {quoted(appender)};",
            derived,
            "",
        ]
    )
