"""The views that everyone can read a store by, with SQL, and the tables that derive from it.

The views take recorded lines apart and decide nothing: a line that says ``[2007..2008]`` stays that
text. What takes the rules of the library, such as the bounds of a date, the id of an event and the
states of a day, is worked out by it and written to tables beside (`Store.materialise`). These can
be thrown away and made again; nothing that is proven depends on them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class KeyRow(NamedTuple):
    """What the library works out of one record: its id, and the bounds of its date."""

    position: int
    id: str
    earliest: str | None
    latest: str | None


class StateRow(NamedTuple):
    """The state of one track of one dyad at the end of one day."""

    on_day: str
    track: str
    party_a: str
    party_b: str
    is_certain: int
    complete: int
    events: int
    last_event: str
    state: str


class StampRow(NamedTuple):
    """What the states of a day were made of, the release that made them, and when."""

    on_day: str
    position: int
    head: str
    version: str
    made: str


class FollowerRow(NamedTuple):
    """How far a follower has come: the last position, and the hash of that row."""

    name: str
    position: int
    hash: bytes
    moved: str


DERIVED: Final[Mapping[str, tuple[str, ...]]] = {
    "event_key": KeyRow._fields,
    "state": StateRow._fields,
    "materialised": StampRow._fields,
    "follower": FollowerRow._fields,
}
"""The tables that can be made again, with their columns."""
_TYPES: Final[Mapping[str, str]] = {
    "position": "bigint NOT NULL",
    "is_certain": "smallint NOT NULL",
    "complete": "smallint NOT NULL",
    "events": "bigint NOT NULL",
    "earliest": "text",
    "latest": "text",
    "hash": "bytea NOT NULL",
}
_KEYS: Final[Mapping[str, str]] = {
    "event_key": "position",
    "state": "on_day, track, party_a, party_b",
    "materialised": "on_day",
    "follower": "name",
}
_ROLES: Final = (
    "visitor", "host", "sender", "receiver", "recogniser", "recognised", "predecessor", "successor",
    "party", "group", "by", "protecting_power",
)  # fmt: skip
"""The keys of a line that name one party, beside ``parties``."""

_PARTIES: Final = """SELECT record.position, 'parties' AS role, {item.key} AS number,
    {item.text} AS party FROM {record} AS record, {each:record.line:parties}"""
_ROLE: Final = """SELECT record.position, '{0}', 1, {{line:{0}}} FROM {{record}} AS record
    WHERE {{line:{0}}} IS NOT NULL"""

_VIEWS: Final[Mapping[str, str]] = {
    "event": """SELECT record.position, record.stream, keys.id, record.type,
    {line:recorded} AS recorded, {line:on} AS dated, keys.earliest, keys.latest,
    {line:place} AS place, {line:occasion} AS occasion, {line:note} AS note,
    {line:inferred} AS inferred, {line:reason} AS reason, {line:agreement} AS agreement,
    {line:ladder} AS ladder, {line:level} AS level, {line:kind} AS kind,
    {line:indicator} AS indicator, {line:value} AS value, {line:unit} AS unit, record.line
    FROM {record} AS record LEFT JOIN {event_key} AS keys ON keys.position = record.position""",
    "event_party": " UNION ALL ".join((_PARTIES, *map(_ROLE.format, _ROLES))),
    "citation": """SELECT record.position, {item.key} AS number, {item:source} AS source,
    {item:locator} AS locator, {item:on} AS dated, {item:text} AS text
    FROM {record} AS record, {each:record.line:sources}""",
    "person": """SELECT record.position, {item.key} AS number, {item:party} AS party,
    {item:name} AS name FROM {record} AS record, {each:record.line:persons}""",
    "correction": """SELECT record.position, record.stream, 'retraction' AS kind,
    {line:target} AS target, {line:reason} AS reason FROM {record} AS record
    WHERE record.type = 'event-retracted'
    UNION ALL SELECT record.position, record.stream, 'replacement', {item.text}, {line:reason}
    FROM {record} AS record, {each:record.line:supersedes}""",
    "entry": """SELECT number, after, kind, text FROM {reference} WHERE withdrawn = 0
    AND number IN (SELECT max(number) FROM {reference} GROUP BY kind, text)""",
    "source": """SELECT number, {text:id} AS id, {text:title} AS title,
    {text:publisher} AS publisher, {text:kind} AS kind, {text:published} AS published,
    {text:lang} AS lang, {text:url} AS url, {text:side} AS side,
    {text:derived_from} AS derived_from, {text:same_as} AS same_as
    FROM {diplorel_entry} WHERE kind = 'source'""",
    "level": """SELECT entry.number, {entry.text:party} AS ladder, {item.key} AS place,
    {item:id} AS level, {item:rank} AS rank
    FROM {diplorel_entry} AS entry, {each:entry.text:levels} WHERE entry.kind = 'ladder'""",
    "stream": """SELECT stream, count(*) AS records, min(position) AS first_position,
    max(position) AS last_position FROM {record} GROUP BY stream""",
    "head": """SELECT position, reference AS entries, number FROM {head}
    WHERE number = (SELECT max(number) FROM {head})""",
    "state": """SELECT state.on_day, state.track, state.party_a, state.party_b, state.is_certain,
    state.complete, state.events, state.last_event, state.state, stamp.position, stamp.head,
    stamp.version, stamp.made FROM {state} AS state
    JOIN {materialised} AS stamp ON stamp.on_day = state.on_day""",
    "ties": """SELECT on_day, party_a, party_b, {state:status} AS status, {state:since} AS since,
    is_certain, complete, position FROM {diplorel_state} WHERE track = 'ties'""",
    "level_held": """SELECT on_day, party_a, party_b, {item:ladder} AS ladder,
    {item:status} AS status, {item:level} AS level, {item:since} AS since, is_certain, complete,
    position FROM {diplorel_state} AS held, {each:held.state:ladders} WHERE track = 'level'""",
}
"""What each view selects. The marks in braces are tables, or parts of JSON in the database's words:
``{line:on}`` the text under a key of a column, ``{each:record.line:parties}`` the items of a list:
``{item.key}`` is the place from 1, ``{item.text}`` the text and ``{item:on}`` a part."""
NAMES: Final = tuple(f"diplorel_{name}" for name in _VIEWS)
"""The names of the views, each after those that it is made of."""

_MARK: Final = re.compile(r"\{(?:(each):)?([\w.]+)(?::(\w+))?\}")


def _in_sqlite(mark: re.Match[str]) -> str:
    each, column, key = mark.groups()
    if each:
        return f"json_each({column}, '$.{key}') AS item"
    if column in {"item.key", "item.text"}:
        return "item.key + 1" if column == "item.key" else "item.value"
    if key:
        held = "item.value" if column == "item" else column
        return f"CAST(json_extract({held}, '$.{key}') AS TEXT)"
    return column


def _json_in_postgres(column: str) -> str:
    """Return a column as JSON, with U+FFFD for the character NUL, which no text there can hold."""
    escaped = r"(?<!\\)((?:\\\\)*)\\u0000"  # not where the backslash is a character itself
    readable = rf"regexp_replace({column}, '{escaped}', '\1\ufffd', 'g')"
    return rf"(CASE WHEN strpos({column}, '\u0000') = 0 THEN {column} ELSE {readable} END)::json"


def _in_postgres(mark: re.Match[str]) -> str:
    each, column, key = mark.groups()
    if each:
        items = f"json_array_elements({_json_in_postgres(column)} -> '{key}')"
        return f"{items} WITH ORDINALITY AS item (value, place)"
    if column in {"item.key", "item.text"}:
        return "item.place" if column == "item.key" else "item.value #>> '{}'"
    if key:
        return f"({'item.value' if column == 'item' else _json_in_postgres(column)} ->> '{key}')"
    return f"{{{column}}}"


def in_sqlite() -> tuple[str, ...]:
    """Return the statements that make the tables and the views in SQLite."""
    types = {"bigint NOT NULL": "INTEGER NOT NULL", "smallint NOT NULL": "INTEGER NOT NULL"}
    types["bytea NOT NULL"] = "BLOB NOT NULL"
    tables = [
        f"CREATE TABLE {table} ("
        + ", ".join(
            f"{name} {types.get(kind := _TYPES.get(name, 'text NOT NULL'), kind).upper()}"
            for name in columns
        )
        + f", PRIMARY KEY ({_KEYS[table]})) STRICT, WITHOUT ROWID"
        for table, columns in DERIVED.items()
    ]
    views = [
        f"CREATE VIEW diplorel_{name} AS {_MARK.sub(_in_sqlite, text)}"
        for name, text in _VIEWS.items()
    ]
    return (*tables, *views)


def in_postgres() -> tuple[str, ...]:
    """Return the statements that make them in PostgreSQL; ``{table}`` stands for its place.

    They can be run twice: a store whose last row of versions was lost is brought forward again.
    """
    tables = [
        f"CREATE TABLE IF NOT EXISTS {{{table}}} ("
        + ", ".join(
            f"{name} {kind.replace('text', 'text COLLATE ' + chr(34) + 'C' + chr(34))}"
            for name in columns
            for kind in (_TYPES.get(name, "text NOT NULL"),)
        )
        + f", PRIMARY KEY ({_KEYS[table]}))"
        for table, columns in DERIVED.items()
    ]
    views = [
        f"CREATE OR REPLACE VIEW {{diplorel_{name}}} AS {_MARK.sub(_in_postgres, text)}"
        for name, text in _VIEWS.items()
    ]
    return (*tables, *views)
