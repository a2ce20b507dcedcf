"""A store of every earlier version of the schema is brought forward and holds what it held."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

import diplorel as dr
from diplorel import events as ev
from diplorel.stores import postgres
from diplorel.stores.rows import key_of_id
from diplorel.stores.sqlite_files import APPLICATION
from places import Place, Places

OLD = Path(__file__).parent / "version-1.sql"
"""What a store of version 1 holds, in two streams; written by the code of that version."""
HEAD = "9.2.987f9c8d750d9ae028ef4386b3e65b97dbaa7151c60185a6b08120a00c87f3e9"
AGAIN = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])


def in_sqlite(path: str | Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD.read_text("utf-8"))
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("PRAGMA journal_mode = WAL")


def in_postgres(place: Place) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postgres, "STEPS", postgres.STEPS[:1])
        place.open().close()
    with (
        closing(sqlite3.connect(":memory:")) as old,
        psycopg.connect(place.url, autocommit=True) as connection,
    ):
        old.executescript(OLD.read_text("utf-8"))
        for table in ("record", "subject", "reference", "head"):
            rows = old.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # noqa: S608
            name = sql.Identifier(place.schema, table)
            marks = sql.SQL(", ").join([sql.Placeholder()] * len(rows[0]))
            insert = sql.SQL("INSERT INTO {} VALUES ({})").format(name, marks)
            with connection.cursor() as cursor:
                cursor.executemany(insert, rows)


@pytest.fixture(params=["sqlite", "postgres"])
def old(request: pytest.FixtureRequest, places: Places) -> Place:
    """A store of version 1."""
    place = places(request.param)
    if request.param == "sqlite":
        in_sqlite(place.url)
    else:
        in_postgres(place)
    return place


def rows(store: Any) -> dict[str, list[Any]]:
    with store._session() as session:
        return {
            "record": list(session.record_rows()),
            "subject": list(session.subject_rows()),
            "reference": list(session.reference_rows()),
            "head": list(session.head_rows()),
        }


def test_it_has_the_same_head_and_is_sound(old: Place) -> None:
    for _ in range(2):
        with old.open() as store:
            assert str(store.head) == HEAD
            assert store.verify(against=HEAD) == ()


def test_its_rows_are_those_of_a_store_that_was_made_anew(old: Place) -> None:
    with old.open() as store, dr.open("memory:") as new:
        found: Any = new
        for record in store.read():
            found.append([record.record], validate="off")
        there, made = rows(store), rows(found)
        assert there["record"] == made["record"]
        assert there["subject"] == sorted(made["subject"], key=lambda row: row[::-1])


def test_it_is_asked_and_goes_on(old: Place) -> None:
    with old.open() as store:
        assert [one.record.stream for one in store.read(after=5, limit=2)] == ["theirs", "mine"]
        assert [one.position for one in store.read(dyad=("SGP", "VNM"))] == [1, 2, 6, 7, 8]
        assert [one.position for one in store.read(dyad=("MYS", "IDN"))] == [3]
        assert [one.position for one in store.read(types=["visit-made"])] == [2]
        assert [one.position for one in store.append([AGAIN], stream="mine").known] == [1]
        with pytest.raises(dr.errors.InvalidQueryError, match="mine, theirs"):
            store.append([AGAIN])
        more = ev.TiesEstablished(on="1976-08-06", parties=("THA", "VNM"), sources=["vna"])
        assert store.append([more], stream="mine").stored[0].position == 10
        assert store.verify(against=HEAD) == ()


def test_its_guards_stand_again(old: Place) -> None:
    with old.open() as store:
        backend: Any = store._backend
        for statement in (
            "UPDATE {record} SET home = 'x'",
            "DELETE FROM {record}",
            "UPDATE {subject} SET subject = 'x'",
            "DELETE FROM {subject}",
        ):
            with (
                pytest.raises(dr.errors.StoreError, match="append-only"),
                backend.writing() as session,
            ):
                session.execute(statement)


def test_who_is_not_the_owner_is_reported_who_brings_it_forward(places: Places) -> None:
    place = places("postgres")
    in_postgres(place)
    with psycopg.connect(place.url, autocommit=True) as owner:
        owner.execute(postgres.roles(place.schema, appender="late", reader="later").encode())
        owner.execute("CREATE ROLE latecomer LOGIN IN ROLE late")
    other = place.url.replace("//postgres:@", "//latecomer@")
    with pytest.raises(dr.errors.StoreError, match=r"version 1.*its owner has to open it once"):
        dr.open(other, schema=place.schema)
    with pytest.raises(dr.errors.StoreError, match="this role may not do that"):
        dr.open(other, schema="of_nobody")
    place.open().close()
    with dr.open(other, schema=place.schema) as store:
        assert str(store.head) == HEAD


def test_rows_that_were_changed_before_are_found_after(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    in_sqlite(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER record_no_update")
        connection.execute("UPDATE record SET id = 'visit-made/A-B/2000' WHERE position = 2")
        connection.execute("UPDATE record SET line = replace(line, '1967', '1968')")
        connection.execute(
            "CREATE TRIGGER record_no_update BEFORE UPDATE ON record BEGIN "
            "SELECT RAISE(ABORT, 'a store is append-only: no UPDATE'); END"
        )
        connection.commit()
    with dr.open(path) as store:
        assert {one.code for one in store.verify()} == {"DR701", "DR703"}


@pytest.mark.parametrize(
    ("id", "home"),
    [
        ("ties-established/SGP-VNM/1973-08-01", "SGP-VNM"),
        ("visit-made/VNM-SGP/1978-10-16", "SGP-VNM"),
        ("figure-reported/VNM/2024/trade", "VNM"),
        ("agreement-signed/IDN-MYS-PHL/1967-08-08/declaration", "/IDN-MYS-PHL"),
        ("event-retracted/event-retracted/visit-made/VNM-SGP/1978", "SGP-VNM"),
        ("event-retracted/x", ""),
        ("", ""),
    ],
)
def test_the_home_of_an_id_is_the_dyad_or_party_that_it_names(id: str, home: str) -> None:
    assert key_of_id(id).home == home
