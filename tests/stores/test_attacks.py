"""What an attack on the stores found: each was a way to lose something, or to be refused it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from test_opening import hot

import diplorel as dr
from diplorel import events as ev
from diplorel.stores import kept, sqlite, sqlite_files
from diplorel.stores.rows import HeadRow
from diplorel.stores.sqlite_schema import STEPS, expected
from places import Places
from shipped_once import shipped

APPEND = """
import os, sys
import diplorel as dr
from diplorel import events as ev

store = dr.open(sys.argv[1])
for party in sys.argv[3:]:
    store.append([ev.TiesEstablished(on="1973-08-01", parties=(party, "VNM"), sources=["s"])])
if sys.argv[2] == "kill":
    os.kill(os.getpid(), 9)
store.close()
"""


def ties(party: str) -> ev.TiesEstablished:
    return ev.TiesEstablished(on="1973-08-01", parties=(party, "VNM"), sources=["s"])


def elsewhere(path: Path, end: str, *parties: str) -> None:
    """Let another process open the store, append to it, and close it or be killed."""
    code = subprocess.run(  # noqa: S603
        [sys.executable, "-c", APPEND, str(path), end, *parties], check=False
    ).returncode
    assert code == (-9 if end == "kill" else 0)


def parties(path: Path) -> list[str]:
    with dr.open(path, create=False) as store:
        assert store.verify() == ()
        return [one.record.event.parties[0] for one in store.read()]  # type: ignore[union-attr]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "relations.db"


# --- a handle of other files ---------------------------------------------------------------------


@pytest.mark.parametrize("noticed", [True, False])
@pytest.mark.parametrize("end", ["close", "kill"])
@pytest.mark.parametrize("gone", [("-wal", "-shm"), ("-shm",), ("locks",)])
def test_a_handle_that_is_closed_removes_no_log_of_others(
    path: Path, gone: tuple[str, ...], end: str, noticed: bool
) -> None:
    store = dr.open(path)
    store.append([ties("FRA")])
    if gone == ("locks",):
        path.read_bytes()  # no file of SQLite's: the process loses its locks
        elsewhere(path, "close", "ITA")
    else:
        for one in gone:
            Path(f"{path}{one}").unlink()
    elsewhere(path, end, "ESP", "POL")
    if noticed:
        with pytest.raises(dr.errors.StoreError, match="open it again"):
            store.append([ties("DEU")])
    store.close()
    assert parties(path)[-2:] == ["ESP", "POL"]


@pytest.mark.parametrize("gone", ["-wal", "-shm"])
def test_the_same_process_opens_it_again(path: Path, gone: str) -> None:
    store = dr.open(path)
    store.append([ties("FRA")])
    Path(f"{path}{gone}").unlink()
    with pytest.raises(dr.errors.StoreError, match="open it again"):
        store.append([ties("DEU")])
    with dr.open(path) as again:
        again.append([ties("DEU")])
        elsewhere(path, "close", "ITA")
        assert again.append([ties("ESP")]).head.position == 4
    assert parties(path) == ["FRA", "DEU", "ITA", "ESP"]


@pytest.mark.parametrize("held", [True, False])
def test_a_connection_that_cannot_be_closed_safely_stays_open(
    path: Path, monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    if not held:
        monkeypatch.setattr(sqlite_files, "_handle_of", lambda _: None)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE t (x)")
    at = path.stat()
    sqlite_files.close_without_a_trace(connection, (at.st_dev, at.st_ino))
    assert Path(f"{path}-wal").stat().st_size
    if not held and not hasattr(connection, "setconfig"):
        assert connection.execute("SELECT * FROM t").fetchall() == []


def test_a_folder_whose_times_were_put_back_is_noticed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_files, "_TICK", -1)  # as if long ago
    with dr.open(path) as store:
        store.append([ties("FRA")])
        before = path.parent.stat()
        shutil.copy(path, path.with_name("copy"))
        for end in ("", "-wal", "-shm"):
            Path(f"{path}{end}").unlink()
        path.with_name("copy").rename(path)
        os.utime(path.parent, ns=(before.st_atime_ns, before.st_mtime_ns))
        with pytest.raises(dr.errors.StoreError, match="open it again"):
            store.append([ties("ITA")])


def test_a_path_over_a_link_and_back_is_where_the_system_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there" / "in").mkdir(parents=True)
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "link").symlink_to(tmp_path / "there" / "in")
    monkeypatch.chdir(tmp_path / "here")
    with dr.open("link/../relations.db") as store:
        store.append([ties("FRA")])
        store.backup("link/../copy.db")
        store.export("link/../out")
        found = {one.name for one in (tmp_path / "there").iterdir()}
        assert found >= {"relations.db", "copy.db", "out", "in"}
        (tmp_path / "there" / "relations.db").rename(tmp_path / "there" / "moved.db")
        with pytest.raises(dr.errors.StoreError, match="open it again"):
            store.append([ties("ITA")])


def test_a_folder_that_is_gone_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    (tmp_path / "in").rmdir()
    with pytest.raises(dr.errors.StoreError):
        dr.open("relations.db")


# --- turns ---------------------------------------------------------------------------------------


def test_who_is_interrupted_while_waiting_gives_the_turn_up(path: Path) -> None:
    with dr.open(path) as store, dr.open(path) as other:
        backend: Any = store._backend  # type: ignore[attr-defined]
        real = backend._connection

        class Interrupted:
            """Gets the turn, and is interrupted at once."""

            def execute(self, text: str, *rest: Any) -> Any:
                done = real.execute(text, *rest)
                if text == "BEGIN IMMEDIATE":
                    raise KeyboardInterrupt
                return done

            def __getattr__(self, name: str) -> Any:
                return getattr(real, name)

        backend._connection = Interrupted()
        with pytest.raises(KeyboardInterrupt):
            store.append([ties("FRA")])
        backend._connection = real
        assert other.append([ties("FRA")]).stored
        assert store.append([ties("ITA")]).stored


def test_what_is_kept_goes_on_only_from_where_it_was() -> None:
    backend: Any = dr.open("memory:")
    mine = kept.Kept(backend._reader)
    known = kept.Streams(names=frozenset("a"), ends={"a": "line"})
    mine._streams = known
    before = HeadRow(1, 1, b"x" * 32, 0, bytes(32))
    mine.appended(before, before._replace(number=2, position=2), (), {"a": "older"})
    assert mine._streams is known


def test_threads_that_append_to_one_stream_keep_its_order() -> None:
    old = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        store: Any = dr.open("memory:")
        days = [f"{1900 + n // 300}-{1 + n // 25 % 12:02d}-{1 + n % 25:02d}" for n in range(800)]

        def work(mine: list[str]) -> None:
            for day in mine:
                event = ev.TiesEstablished(on=day, parties=("IDN", "THA"), sources=["s"])
                store.append([event], validate="off")
                seen = store._kept._streams
                with store._session() as session:
                    if seen.mark == session.head().mark("record"):
                        assert seen.ends["mine"] == session.last("mine")

        threads = [threading.Thread(target=work, args=(days[n::8],)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(old)
    assert store.head.position == 800
    assert store.verify() == ()


def test_a_forked_process_is_reported_though_a_turn_was_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store: Any = dr.open("memory:")
    taken = threading.Event()
    over = threading.Event()

    def hold() -> None:
        with store._lock:
            taken.set()
            over.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    taken.wait()
    real = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: real + 1)
    with pytest.raises(dr.errors.StoreError, match="before the process forked"):
        store.read()
    over.set()
    thread.join()


# --- making --------------------------------------------------------------------------------------


def test_many_who_make_one_store_at_once_all_have_it(tmp_path: Path) -> None:
    for number in range(12):
        path = tmp_path / f"{number}.db"
        made: list[Any] = []
        failed: list[BaseException] = []
        start = threading.Barrier(8)

        def make(path: Path, start: Any, made: list[Any], failed: list[BaseException]) -> None:
            start.wait()
            try:
                made.append(dr.open(path))
            except BaseException as error:  # noqa: BLE001
                failed.append(error)

        threads = [
            threading.Thread(target=make, args=(path, start, made, failed)) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        for store in made:
            store.close()
        assert parties(path) == []


def test_a_journal_that_comes_and_goes_meanwhile_is_no_fault(path: Path) -> None:
    journal = Path(f"{path}-journal")
    over = threading.Event()

    def flicker() -> None:
        while not over.is_set():
            journal.touch()
            journal.unlink()

    thread = threading.Thread(target=flicker)
    thread.start()
    try:
        assert all(sqlite_files.is_new(str(path), create=True) for _ in range(3_000))
    finally:
        over.set()
        thread.join()


def test_a_change_to_the_log_that_others_hold_up_is_waited_for_and_reported(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY", 200)
    dr.open(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection.execute("BEGIN")
        connection.execute("SELECT * FROM head").fetchall()
        with pytest.raises(dr.errors.StoreError, match="has been appending for too long"):
            dr.open(path)
        connection.execute("ROLLBACK")
    dr.open(path).close()


def test_a_store_that_is_made_meanwhile_is_taken_as_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.is_dir
    held: list[Any] = []

    def make_first(self: Path) -> bool:
        if self == path.parent and not held:
            held.append(None)
            held[0] = dr.open(path)
            held[0].append([ties("FRA")])
            held[0].append([ties("ITA")])
        return real(self)

    monkeypatch.setattr(Path, "is_dir", make_first)
    with dr.open(path) as store:
        assert store.head.position == 2
    held[0].close()


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
        connection.commit()


def newer(path: Path) -> None:
    with dr.open(path):
        pass
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.commit()


@pytest.mark.parametrize(
    ("make", "message"), [(foreign, "of something else"), (newer, "to version 99 just now")]
)
def test_what_others_make_meanwhile_is_left_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch, make: Any, message: str
) -> None:
    real = sqlite_files.connect

    def first(*given: Any) -> Any:
        with monkeypatch.context() as patch:
            patch.setattr("diplorel.stores.sqlite.connect", real)
            make(path)
        return real(*given)

    monkeypatch.setattr("diplorel.stores.sqlite.connect", first)
    with pytest.raises(dr.errors.StoreError, match=message):
        dr.open(path)
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        assert version == (99 if make is newer else 0)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER mine BEFORE INSERT ON head BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TRIGGER mine AFTER INSERT ON record BEGIN SELECT 1; END",
    ],
)
def test_a_trigger_of_others_is_reported(path: Path, statement: str) -> None:
    dr.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
    with pytest.raises(dr.errors.StoreError, match="mine is not a guard of it"):
        dr.open(path)


# --- copies --------------------------------------------------------------------------------------


def test_a_copy_onto_what_was_half_made_is_whole(path: Path) -> None:
    copy = path.with_name("copy.db")
    with dr.open(path) as store:
        store.append([ties("FRA")])
        hot(copy, new=True)
        copy.write_bytes(b"")
        store.backup(str(copy))
    assert parties(copy) == ["FRA"]


def test_a_copy_beside_what_is_left_of_another_is_refused(path: Path) -> None:
    copy = path.with_name("copy.db")
    with dr.open(path) as store:
        store.append([ties("FRA")])
        hot(copy, new=True)
        copy.unlink()
        with pytest.raises(
            dr.errors.StoreError, match=r"copy\.db-journal is there without its store"
        ):
            store.backup(str(copy))
    assert not copy.exists()


def test_two_copies_to_one_empty_file_are_one(path: Path, tmp_path: Path) -> None:
    copy = path.with_name("copy.db")
    copy.touch(mode=0o600)
    number = copy.stat().st_ino
    with dr.open(path) as one, dr.open(tmp_path / "two.db") as two:
        one.append([ties("FRA")])
        two.append([ties("ITA"), ties("ESP")])
        one.backup(str(copy))
        with pytest.raises(dr.errors.InvalidQueryError, match="holds something already"):
            two.backup(str(copy))
    assert parties(copy) == ["FRA"]
    assert (copy.stat().st_ino, copy.stat().st_mode & 0o777) == (number, 0o600)


def test_a_copy_goes_where_a_link_leads(path: Path) -> None:
    link, copy = path.with_name("link.db"), path.with_name("copy.db")
    link.symlink_to(copy)
    with dr.open(path) as store:
        store.append([ties("FRA")])
        store.backup(str(link))
    assert link.is_symlink()
    assert parties(copy) == ["FRA"]


@pytest.mark.parametrize("name", ["漢" * 80 + ".db", "x" * 245 + ".db", "x" * 251 + ".db"])
def test_a_name_that_can_be_opened_can_be_copied_to_and_no_other(path: Path, name: str) -> None:
    with dr.open(path) as store:
        store.append([ties("FRA")])
        try:
            dr.open(path.with_name(f"x{name[1:]}")).close()
        except dr.errors.StoreError:
            with pytest.raises(dr.errors.StoreError):
                store.backup(str(path.with_name(name)))
        else:
            store.backup(str(path.with_name(name)))
            assert parties(path.with_name(name)) == ["FRA"]


def test_a_first_append_is_in_the_file_at_once(path: Path) -> None:
    alone = path.with_name("alone.db")
    with dr.open(path) as store:
        store.append(shipped("singapore"))
        alone.write_bytes(path.read_bytes())
        with dr.open(alone) as copy:
            assert copy.head == store.head


@pytest.mark.parametrize("what", ["file", "in a file", "name"])
def test_a_folder_that_cannot_be_written_is_reported(path: Path, what: str) -> None:
    path.with_name("x").touch()
    target = {"file": "x", "in a file": "x/out", "name": "y" * 300}[what]
    with dr.open(path) as store:
        store.append([ties("FRA")])
        with pytest.raises((dr.errors.StoreError, dr.errors.InvalidQueryError)):
            store.export(str(path.parent / target))


# --- PostgreSQL ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        (
            "CREATE OR REPLACE TRIGGER no_change BEFORE UPDATE OF stream OR DELETE OR TRUNCATE "
            "ON record FOR EACH STATEMENT EXECUTE FUNCTION refuse()"
        ),
        (
            "CREATE OR REPLACE TRIGGER in_order AFTER INSERT ON record "
            "REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION at_the_end('wide')"
        ),
        (
            "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql "
            "AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER swallow BEFORE INSERT ON head "
            "FOR EACH ROW EXECUTE FUNCTION swallow()"
        ),
    ],
    ids=["column", "argument", "swallow"],
)
def test_a_guard_that_guards_less_is_reported(places: Places, statement: str) -> None:
    place = places("postgres")
    place.open().close()
    with psycopg.connect(place.url, autocommit=True) as owner:
        owner.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(place.schema)))
        owner.execute(statement.encode())
    with pytest.raises(dr.errors.StoreError, match="its guards were lifted or changed, or others"):
        place.open()


def test_a_trigger_that_comes_after_the_rows_is_welcome(places: Places) -> None:
    place = places("postgres")
    place.open().close()
    with psycopg.connect(place.url, autocommit=True) as owner:
        owner.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(place.schema)))
        owner.execute(
            "CREATE FUNCTION notify() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_notify('new', ''); RETURN NULL; END $$; "
            "CREATE TRIGGER notify AFTER INSERT ON head FOR EACH ROW EXECUTE FUNCTION notify()"
        )
    with place.open() as store:
        assert store.append([ties("FRA")]).stored


def test_a_timeout_of_the_server_is_reported(places: Places) -> None:
    place = places("postgres")
    with place.open() as store, psycopg.connect(place.url, autocommit=True) as owner:
        owner.execute("CREATE ROLE hasty LOGIN SUPERUSER")
        owner.execute("ALTER ROLE hasty SET statement_timeout = '50ms'")
        other = dr.open(place.url.replace("//postgres:@", "//hasty@"), schema=place.schema)
        with (
            store._backend.writing(),
            pytest.raises(dr.errors.StoreError, match="statement_timeout"),
        ):
            other.append([ties("FRA")])
        assert other.append([ties("FRA")]).stored
        other.close()


def test_a_schema_that_was_made_for_somebody_is_theirs_to_fill(places: Places) -> None:
    place = places("postgres")
    with psycopg.connect(place.url, autocommit=True) as owner:
        owner.execute("CREATE ROLE tenant LOGIN")
        owner.execute("CREATE SCHEMA tenant AUTHORIZATION tenant")
    url = place.url.replace("//postgres:@", "//tenant@")
    with dr.open(url, schema="tenant") as store:
        assert store.append([ties("FRA")]).stored


def test_the_steps_name_every_guard() -> None:
    names = set(expected(STEPS))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.create_function("home_of", 1, str)
        connection.create_function("act_of", 1, len)
        for step in STEPS:
            for statement in step:
                connection.execute(statement)
        made = connection.execute("SELECT name FROM sqlite_master WHERE sql IS NOT NULL")
        assert {name for (name,) in made} == names
