"""A store in PostgreSQL: roles, guards, positions that nobody misses, a server that goes away."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import psycopg
import pytest
from psycopg import sql

import diplorel as dr
from diplorel import events as ev
from diplorel.io.jsonl import line_of
from diplorel.stores import postgres
from diplorel.stores.log_store import LogStore
from diplorel.stores.postgres import roles
from places import Place, Places
from shipped_once import shipped

TIES = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])
INSERT = b"INSERT INTO record (position, stream, line, type, home, act, wide, first, hash) SELECT "
_numbers = count()


def ties(number: int, year: int = 1900) -> list[ev.TiesEstablished]:
    days = [f"{year + n // 300}-{1 + n // 25 % 12:02d}-{1 + n % 25:02d}" for n in range(number)]
    return [ev.TiesEstablished(on=day, parties=("IDN", "THA"), sources=["s"]) for day in days]


@pytest.fixture
def place(places: Places) -> Place:
    return places("postgres")


@pytest.fixture
def owner(place: Place) -> Iterator[psycopg.Connection[Any]]:
    """The superuser, in the schema of the store."""
    with psycopg.connect(place.url, autocommit=True) as connection:
        connection.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(place.schema)))
        yield connection


# --- by force ------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["record", "subject", "reference", "head", "version"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET {} = {}",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "INSERT INTO {} SELECT * FROM {} ON CONFLICT DO NOTHING",
        "MERGE INTO {} t USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
    ],
)
def test_not_even_the_owner_changes_or_removes_a_row(
    place: Place, owner: psycopg.Connection[Any], table: str, statement: str
) -> None:
    with place.open() as store:
        store.append([TIES], reference=shipped("singapore").reference)
    before = owner.execute(f"TABLE {table}".encode()).fetchall()
    column = {"subject": "subject", "version": "number"}.get(table, "hash")
    done = statement.count("{}")
    filled = statement.format(*[table, *([column] * 2 if done == 3 else [table])][:done])
    if "ON CONFLICT" in filled:
        owner.execute(filled.encode())  # nothing comes in, so nothing is refused
    else:
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            owner.execute(filled.encode())
    assert owner.execute(f"TABLE {table}".encode()).fetchall() == before


def test_no_row_comes_in_but_at_the_end(place: Place, owner: psycopg.Connection[Any]) -> None:
    with place.open() as store:
        store.append(ties(3), validate="off")
    for positions in ((5,), (0,), (-1,), (4, 6), (5, 4, 7)):
        with pytest.raises(psycopg.errors.RaiseException, match="rows come at the end"):
            owner.execute(
                INSERT + b"n, 's', 'l', 't', 'h', 0, 0, 0, '' FROM unnest(%s) n",
                [list(positions)],
            )
    owner.execute(INSERT + b"1, 's', 'l', 't', 'h', 0, 0, 0, '' WHERE false")
    with place.open() as store:
        assert store.verify() == ()


def as_role(place: Place, owner: psycopg.Connection[Any], role: str) -> LogStore:
    """Open the store as somebody who has only this role."""
    name = f"somebody_{next(_numbers)}"
    who = sql.Identifier(name)
    owner.execute(sql.SQL("CREATE ROLE {} LOGIN").format(who))
    owner.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), who))
    mine = Place("postgres", place.url.replace("//postgres:@", f"//{name}@"), place.schema)
    place.held.append(mine.open())
    return place.held[-1]  # type: ignore[no-any-return]


def test_the_two_roles_may_append_and_read_and_nothing_else(
    place: Place, owner: psycopg.Connection[Any]
) -> None:
    place.open().append([TIES])
    for _ in range(2):  # it can be run again
        owner.execute(roles(place.schema, appender='app "x"', reader="read").encode())
    reader = as_role(place, owner, "read")
    assert reader.read()[0].record.event == TIES
    assert reader.verify() == ()
    with pytest.raises(dr.errors.StoreError, match="this role may not do that"):
        reader.append(ties(1))
    assert reader.read()  # and goes on
    appender = as_role(place, owner, 'app "x"')
    assert appender.append(ties(1)).stored
    assert appender.append(ties(40, 1950), validate="off", reference=shipped("singapore").reference)
    for session_user in (reader, appender):
        for statement in (
            "UPDATE {record} SET wide = 0",
            "DELETE FROM {head}",
            "TRUNCATE {subject}",
            "DROP TABLE {record}",
            "ALTER TABLE {record} DISABLE TRIGGER ALL",
            "INSERT INTO {version} VALUES (9)",
            "CREATE TABLE {refuse}(x int)",
        ):
            backend: Any = session_user._backend
            with (
                pytest.raises(dr.errors.StoreError, match="this role may not do that"),
                backend.writing() as session,
            ):
                session.execute(statement)
    assert place.open().verify() == ()


# --- what is not ours ----------------------------------------------------------------------------


def test_a_schema_of_something_else_is_refused_and_stays(
    place: Place, owner: psycopg.Connection[Any]
) -> None:
    name = sql.Identifier(place.schema)
    owner.execute(sql.SQL("CREATE SCHEMA {}").format(name))
    owner.execute("CREATE TABLE record (x int)")
    with pytest.raises(dr.errors.StoreError, match="is of something else"):
        place.open()
    owner.execute("CREATE TABLE version (x int)")
    with pytest.raises(dr.errors.StoreError, match="is of something else"):
        place.open()
    tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [place.schema])
    assert {*tables} == {("record",), ("version",)}


def test_a_newer_a_damaged_and_a_missing_store_give_one_clear_error(
    place: Place, owner: psycopg.Connection[Any]
) -> None:
    with pytest.raises(dr.errors.StoreError, match="there is no store in the schema"):
        place.open(create=False)
    place.open().close()
    owner.execute("INSERT INTO version VALUES (99)")
    with pytest.raises(
        dr.errors.StoreError, match="is of version 99, and this release of diplorel knows"
    ):
        place.open()
    owner.execute("ALTER TABLE version DISABLE TRIGGER no_change")
    owner.execute("DELETE FROM version WHERE number = 99")
    owner.execute("DROP TABLE subject")
    with pytest.raises(dr.errors.StoreError, match="is damaged: it lacks subject"):
        place.open()


def test_an_older_version_is_brought_forward_in_one_step(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place.open() as store:
        head = store.append([TIES]).head
    broken = (*postgres.STEPS, ("CREATE INDEX of_type ON {record} (type)", "CREATE nonsense"))
    monkeypatch.setattr(postgres, "STEPS", broken)
    with pytest.raises(dr.errors.StoreError, match="syntax error"):
        place.open()
    monkeypatch.setattr(postgres, "STEPS", (*broken[:-1], broken[-1][:1]))
    for _ in range(2):
        with place.open() as store:
            assert store.verify(against=head) == ()
            assert store._backend._version() == len(postgres.STEPS)  # type: ignore[attr-defined]


def test_two_who_make_one_store_at_once_both_have_it(place: Place) -> None:
    made: list[LogStore] = []
    threads = [threading.Thread(target=lambda: made.append(place.open())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    for number, store in enumerate(made):
        store.append(ties(1, 1900 + number), validate="off")
    assert place.open().head.position == 4


# --- positions that nobody misses ----------------------------------------------------------------


def test_a_naive_design_lets_a_reader_by_position_miss_a_commit(place: Place) -> None:
    with (
        psycopg.connect(place.url) as slow,
        psycopg.connect(place.url) as quick,
        psycopg.connect(place.url, autocommit=True) as reader,
    ):
        reader.execute("CREATE TABLE naive (position bigserial PRIMARY KEY, text text)")
        slow.execute("INSERT INTO naive (text) VALUES ('slow')")
        quick.execute("INSERT INTO naive (text) VALUES ('quick')")
        quick.commit()
        read = "SELECT position, text FROM naive WHERE position > %s ORDER BY position"
        seen = reader.execute(read, [0]).fetchall()
        slow.commit()
        seen += reader.execute(read, [seen[-1][0]]).fetchall()
        reader.execute("DROP TABLE naive")
    assert [text for _, text in seen] == ["quick"]  # 'slow' is there, and was never read


def test_a_reader_by_position_misses_nothing_here(place: Place) -> None:
    slow, quick, reader = place.open(), place.open(), place.open()
    seen: list[Any] = []
    with slow._transaction(write=True) as now:
        thread = threading.Thread(target=lambda: quick.append(ties(1)))
        thread.start()
        record = dr.Record("mine", "2026-01-01T00:00:00Z", TIES)
        now.insert([record], [line_of(record)], ())
        until(lambda: waiting(place))
        seen += reader.read(after=0)
        assert seen == []
    thread.join()
    seen += reader.read(after=0)
    assert [one.position for one in seen] == [1, 2]
    assert [one.record.event for one in seen] == [TIES, *ties(1)]
    assert reader.verify() == ()


def waiting(place: Place) -> bool:
    with psycopg.connect(place.url) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        ).fetchone()
    return found == (1,)


def until(holds: Any) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_who_waits_too_long_for_the_turn_is_reported(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_WAIT", "50ms")
    one, two = place.open(), place.open()
    with (
        one._backend.writing(),
        pytest.raises(dr.errors.StoreError, match="has been appending for too long"),
    ):
        two.append([TIES])
    assert two.append([TIES]).stored


def test_a_full_disk_of_the_server_is_reported(place: Place) -> None:
    backend: Any = place.open()._backend
    with (
        pytest.raises(dr.errors.StoreError, match="disk is full; nothing was appended"),
        backend.writing(),
    ):
        raise psycopg.errors.DiskFull("no space left")


# --- a server that goes away ---------------------------------------------------------------------


def pid(store: LogStore) -> int:
    backend: Any = store._backend
    found: int = backend._connection.info.backend_pid
    return found


def end(place: Place, number: int) -> None:
    with psycopg.connect(place.url, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", [number])


def test_a_connection_lost_between_calls_is_made_anew(place: Place) -> None:
    store = place.open()
    store.append([TIES])
    end(place, pid(store))
    assert store.append([TIES]).known
    end(place, pid(store))
    assert store.head.position == 1


def test_a_server_that_goes_away_in_an_append_is_reported_and_the_same_call_succeeds_later(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = place.open()
    head = store.append(ties(3), validate="off").head
    backend: Any = store._backend
    real = backend.insert

    def cut(*rows: Any) -> None:
        real(*rows)
        end(place, pid(store))

    monkeypatch.setattr(backend, "insert", cut)
    for _ in range(2):
        with pytest.raises(dr.errors.StoreError, match="Make the same call again"):
            store.append([TIES], expected=head)
    monkeypatch.undo()
    assert place.open().head == head
    assert store.append([TIES], expected=head).stored
    assert store.verify(against=head) == ()


def test_an_append_whose_answer_was_lost_is_known_when_it_is_made_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = place.open()
    head = store.head
    backend: Any = store._backend
    connection = backend._connection
    real = connection.execute

    def lose(query: bytes, *rest: Any) -> Any:
        done = real(query, *rest)
        if query == b"COMMIT":
            end(place, pid(store))
            return real(b"SELECT 1")
        return done

    monkeypatch.setattr(connection, "execute", lose)
    with pytest.raises(dr.errors.StoreError, match="Make the same call again"):
        store.append([TIES], expected=head)
    done = store.append([TIES], expected=head)
    assert (done.stored, len(done.known)) == ((), 1)


def test_a_stopped_server_is_reported_at_once_and_found_again(place: Place) -> None:
    store = place.open()
    store.append([TIES])
    os.kill(pid(store), signal.SIGKILL)  # as a crash of the server: it ends all, and recovers

    def again() -> bool:
        try:
            return bool(store.append([TIES]).known)
        except dr.errors.StoreError:
            return False

    until(again)
    assert store.verify() == ()
