"""A store in PostgreSQL is the same whatever server, database and role are set to; guards count."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import psycopg
import pytest
from psycopg import sql

import diplorel as dr
from diplorel import events as ev
from diplorel.stores import postgres_schema
from places import Place, Places
from shipped_once import shipped

SETTINGS = [
    ("standard_conforming_strings", "off"),
    ("DateStyle", "German, DMY"),
    ("DateStyle", "SQL, DMY"),
    ("DateStyle", "Postgres, MDY"),
    ("TimeZone", "Asia/Ho_Chi_Minh"),
    ("TimeZone", "America/St_Johns"),
    ("client_encoding", "LATIN1"),
    ("client_encoding", "SQL_ASCII"),
    ("bytea_output", "escape"),
    ("search_path", "nowhere"),
    ("quote_all_identifiers", "on"),
    ("default_transaction_isolation", "serializable"),
    ("default_transaction_read_only", "on"),
    ("extra_float_digits", "0"),
    ("IntervalStyle", "sql_standard"),
    ("lock_timeout", "1"),
    ("plan_cache_mode", "force_generic_plan"),
]
_numbers = count()


def ties(number: int, year: int = 1900) -> list[ev.TiesEstablished]:
    return [
        ev.TiesEstablished(
            on=f"{year + n}-01-01", parties=("IDN", "THA"), sources=["s"], note="Đối tác \\x00 'a'"
        )
        for n in range(number)
    ]


@pytest.fixture
def place(places: Places) -> Place:
    return places("postgres")


@pytest.fixture
def owner(place: Place) -> Iterator[psycopg.Connection[Any]]:
    """The superuser, in the schema of the store."""
    with psycopg.connect(place.url, autocommit=True) as connection:
        connection.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(place.schema)))
        yield connection


@pytest.mark.slow
@pytest.mark.parametrize(("setting", "value"), SETTINGS)
def test_a_store_is_the_same_whatever_is_set(
    place: Place, owner: psycopg.Connection[Any], setting: str, value: str
) -> None:
    name = f"set_{next(_numbers)}"
    role = sql.Identifier(name)
    owner.execute(sql.SQL("CREATE ROLE {} LOGIN SUPERUSER").format(role))
    owner.execute(
        sql.SQL("ALTER ROLE {} SET {} = {}").format(
            role, sql.Identifier(setting), sql.Literal(value)
        )
    )
    strange = Place("postgres", place.url.replace("//postgres:@", f"//{name}@"), "lược đồ")
    with dr.open("memory:") as right, strange.open() as store:
        for events in (ties(1), ties(5, 1910), ties(40, 1920)):  # each goes in in its own way
            done = store.append(events, validate="off", reference=shipped("singapore").reference)
            records = [one.record for one in done.stored]
            right.append(records, validate="off", reference=shipped("singapore").reference)
            assert store.head == right.head
        assert store.read() == right.read()
        assert store.log() == right.log()
        assert store.verify(against=right.head) == ()
    with dr.open(place.url, schema=strange.schema) as store:  # and to one with other settings
        assert store.verify(against=right_head(store)) == ()
        assert [one.record.event for one in store.read()] == [
            *ties(1),
            *ties(5, 1910),
            *ties(40, 1920),
        ]
    owner.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(strange.schema)))


def right_head(store: Any) -> Any:
    """The head of a store in memory that is given what a store holds."""
    with dr.open("memory:") as right:
        for number in ((1,), range(2, 7), range(7, 47)):
            some = [one.record for one in store.read(min(number) - 1, limit=len(number))]
            right.append(some, validate="off", reference=shipped("singapore").reference)
        return right.head


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER no_change ON record",
        "DROP TRIGGER in_order ON head",
        "ALTER TABLE reference DISABLE TRIGGER no_change",
        "ALTER TABLE version DISABLE TRIGGER ALL",
        "DROP FUNCTION refuse CASCADE",
        (
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NULL; END $$"
        ),
        (
            "CREATE OR REPLACE TRIGGER no_change BEFORE UPDATE ON subject FOR EACH STATEMENT "
            "EXECUTE FUNCTION refuse()"
        ),
        (
            "CREATE OR REPLACE TRIGGER no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON head "
            "FOR EACH STATEMENT WHEN (false) EXECUTE FUNCTION refuse()"
        ),
    ],
)
def test_guards_that_were_lifted_or_changed_are_reported(
    place: Place, owner: psycopg.Connection[Any], statement: str
) -> None:
    with place.open() as store:
        store.append(ties(3), validate="off")
    owner.execute(statement.encode())
    with pytest.raises(dr.errors.StoreError, match="its guards were lifted or changed"):
        place.open()


def test_the_guards_are_those_that_a_server_lists(
    place: Place, owner: psycopg.Connection[Any]
) -> None:
    place.open().close()
    listed = postgres_schema.LIST_GUARDS.replace("?", "%s")
    there = set(owner.execute(listed.encode(), [place.schema]))
    assert there == postgres_schema.guards(postgres_schema.STEPS)
    assert len(there) == 8


@pytest.mark.parametrize("table", ["record", "subject", "reference", "head", "version"])
def test_a_last_row_that_was_removed_is_noticed(
    place: Place, owner: psycopg.Connection[Any], table: str
) -> None:
    treaty = ev.AgreementSigned(
        on="1967-08-08", parties=("IDN", "MYS", "THA"), agreement="declaration", sources=["s"]
    )
    with place.open() as store:
        store.append([treaty], reference=shipped("singapore").reference)
    key = {"record": "position", "subject": "position"}.get(table, "number")
    for statement in (
        f"ALTER TABLE {table} DISABLE TRIGGER no_change",
        f"DELETE FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})",  # noqa: S608
        f"ALTER TABLE {table} ENABLE TRIGGER no_change",
    ):
        owner.execute(statement.encode())
    if table == "version":
        with place.open() as store:  # it is brought up to date again
            assert store.verify() == ()
            assert len(store.read()) == 1
        return
    with place.open() as store:
        assert {one.code for one in store.verify()} >= {"DR703" if table == "subject" else "DR704"}
