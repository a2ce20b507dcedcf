"""The schema of a store in SQLite: strict tables, and triggers that refuse all but appends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplorel.stores.sql import COLUMNS
from diplorel.stores.views import in_sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
"""Version 2: one small index finds records by their primary subject and a number of the id. SQLite
gives each the position after the last one, and whoever names a position is refused: in the trigger,
one that is not named is not known yet, which is not a number above 0."""

_AGREEMENTS: Final = (
    "DROP TRIGGER subject_at_the_end",
    "DROP TRIGGER subject_no_delete",
    """DELETE FROM subject WHERE position IN (SELECT position FROM record
    WHERE type IN ('agreement-signed', 'agreement-in-force', 'agreement-terminated')
    AND json_array_length(line, '$.parties') > 8)""",
    """INSERT OR IGNORE INTO subject SELECT value || '*', position
    FROM record, json_each(line, '$.parties')
    WHERE record.type IN ('agreement-signed', 'agreement-in-force', 'agreement-terminated')
    AND json_array_length(line, '$.parties') > 8""",
    """INSERT OR IGNORE INTO subject SELECT json_extract(line, '$.agreement'), position FROM record
    WHERE type IN ('agreement-signed', 'agreement-in-force', 'agreement-terminated')""",
    *(one for one in _HOMES if "TRIGGER subject_at_the_end" in one),
    *(one for one in _no_change("subject") if "subject_no_delete" in one),
)
"""Version 3: what bears on an agreement is found by its key, and by each of many parties.

It can be done twice: a store whose last row of versions was lost is brought up to date again.
"""

STEPS: Final[tuple[tuple[str, ...], ...]] = (
    (*_TABLES, *_triggers()),
    _HOMES,
    _AGREEMENTS,
    in_sqlite(),
)
"""How each version of the schema is made of the one before; a new file goes through them all."""


def expected(steps: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return the names of the tables, indexes and triggers that steps leave, each with its text."""
    found: dict[str, str] = {}
    for words, statement in ((text.split(), text) for step in steps for text in step):
        if words[0] == "CREATE":
            found[words[2]] = statement
        elif words[0] == "DROP":
            found.pop(words[2], None)
    return found
