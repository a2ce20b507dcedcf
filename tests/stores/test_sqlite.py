"""A store in a SQLite file: append-only by force, and nothing but its own file is ever touched."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.stores import sqlite, sqlite_schema
from diplorel.stores.sqlite_files import APPLICATION
from shipped_once import shipped

TIES = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])
OF_MANY = ev.AgreementSigned(
    on="1967-08-08", parties=("IDN", "MYS", "THA"), agreement="declaration", sources=["s"]
)


def ties(count: int, year: int = 1900) -> list[ev.TiesEstablished]:
    days = [f"{year + n // 300}-{1 + n // 25 % 12:02d}-{1 + n % 25:02d}" for n in range(count)]
    return [
        ev.TiesEstablished(on=day, parties=("IDN", "THA"), sources=["s"], note="n" * 200)
        for day in days
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "relations.db"


def filled(path: Path) -> Path:
    with dr.open(path) as store:
        given = [OF_MANY, *ties(59)]
        store.append(given, validate="off", reference=shipped("singapore").reference)
    return path


def state(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}


# --- by force ------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["record", "subject", "reference", "head"])
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {t} SET rowid_ = rowid_",
        "DELETE FROM {t}",
        "DELETE FROM {t} WHERE 1 = (SELECT max(1))",
        "REPLACE INTO {t} SELECT * FROM {t} LIMIT 1",
        "INSERT OR REPLACE INTO {t} SELECT * FROM {t}",
        "INSERT OR IGNORE INTO {t} SELECT * FROM {t}",
    ],
)
def test_no_statement_changes_or_removes_a_row(path: Path, table: str, sql: str) -> None:
    connection = sqlite3.connect(filled(path))
    column = {"record": "line", "subject": "subject", "reference": "text", "head": "hash"}[table]
    rows = f"SELECT * FROM {table}"  # noqa: S608
    before = connection.execute(rows).fetchall()
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        connection.execute(sql.format(t=table).replace("rowid_", column))
    assert connection.execute(rows).fetchall() == before
    connection.close()


def test_no_row_comes_in_but_at_the_end_and_of_the_right_type(path: Path) -> None:
    connection = sqlite3.connect(filled(path))
    for position in (0, -1, 5, 60, 61, 62, 10**9):
        with pytest.raises(sqlite3.IntegrityError, match="rows come at the end"):
            connection.execute(
                "INSERT INTO record VALUES (?, 's', 'l', 't', 'h', 0, 0, 0, x'00')", (position,)
            )
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
        connection.execute("INSERT INTO record VALUES (NULL, 's', 'l', 't', 'h', 0, 0, 0, 'text')")
    for position in (-1, 1, 60):
        with pytest.raises(sqlite3.IntegrityError, match="rows come at the end"):
            connection.execute("INSERT INTO subject VALUES ('SGP-VNM', ?)", (position,))
    connection.close()


def test_a_row_that_names_no_position_comes_after_the_last_and_replaces_none(path: Path) -> None:
    connection = sqlite3.connect(filled(path))
    before = connection.execute("SELECT * FROM record").fetchall()
    connection.execute(
        "REPLACE INTO record (stream, line, type, home, act, wide, first, hash) "
        "SELECT stream, line, type, home, act, wide, first, hash FROM record LIMIT 2"
    )
    after = connection.execute("SELECT * FROM record ORDER BY position").fetchall()
    assert after[:60] == before
    assert [row[0] for row in after[60:]] == [61, 62]
    connection.close()


def test_nothing_is_appended_where_the_last_records_were_cut_off(path: Path) -> None:
    connection = sqlite3.connect(filled(path))
    connection.execute("DROP TRIGGER record_no_delete")
    connection.execute("DELETE FROM record WHERE position > 58")
    for statement in sqlite_schema._no_change("record"):
        if "record_no_delete" in statement:
            connection.execute(statement)
    connection.commit()
    connection.close()
    with dr.open(path) as store:
        with pytest.raises(dr.errors.StoreError, match="is damaged: record 61 would be record 59"):
            store.append([TIES], validate="off")
        assert {one.code for one in store.verify()} >= {"DR704"}
        assert len(store.read()) == len(store.log()) == len(store.log()) == 58


def test_commits_are_synced_and_logged_ahead(path: Path) -> None:
    with dr.open(path) as store:
        connection: sqlite3.Connection = store._backend._connection  # type: ignore[attr-defined]
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    with dr.open(path, durable=False) as store:
        connection = store._backend._connection  # type: ignore[attr-defined]
        assert connection.execute("PRAGMA synchronous").fetchone() == (1,)


# --- what is not ours ----------------------------------------------------------------------------


def foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE record (position INTEGER PRIMARY KEY)")
    connection.commit()
    connection.close()


def newer(path: Path) -> None:
    connection = sqlite3.connect(filled(path))
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


def cut_off(path: Path) -> None:
    filled(path).write_bytes(path.read_bytes()[:-5000])


def half_a_header(path: Path) -> None:
    path.write_bytes(filled(path).read_bytes()[:60])


def lacking(path: Path) -> None:
    connection = sqlite3.connect(filled(path))
    connection.execute("DROP TABLE subject")
    connection.commit()
    connection.close()


def unguarded(path: Path) -> None:
    connection = sqlite3.connect(filled(path))
    connection.execute("DROP TRIGGER head_no_delete")
    connection.commit()
    connection.close()


def scribbled(path: Path) -> None:
    data = bytearray(filled(path).read_bytes())
    data[100:3000] = os.urandom(2900)
    path.write_bytes(data)


def text(path: Path) -> None:
    path.write_text("SQLite format 3 is what I like to write about. " * 100)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (foreign, "something else"),
        (newer, "is of version 99, and this release of diplorel knows up to 4"),
        (cut_off, "it is cut off"),
        (half_a_header, "is not a store: it is not an SQLite file"),
        (lacking, "it lacks subject"),
        (unguarded, "it lacks head_no_delete"),
        (scribbled, "it is damaged"),
        (text, "it is not an SQLite file"),
    ],
)
def test_what_is_not_ours_or_not_whole_gives_one_clear_error_and_stays_as_it_is(
    path: Path, make: Any, message: str
) -> None:
    make(path)
    before = state(path)
    with pytest.raises(dr.errors.StoreError, match=message) as caught:
        dr.open(path)
    assert str(path) in str(caught.value)
    assert isinstance(caught.value, OSError)
    after = state(path)
    assert after[path.name] == before[path.name]
    assert {*after} <= {path.name, f"{path.name}-shm", f"{path.name}-wal"}


def test_what_is_no_file_or_nowhere_gives_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(dr.errors.StoreError, match="is not a file"):
        dr.open(tmp_path)
    with pytest.raises(dr.errors.StoreError, match="there is no folder"):
        dr.open(tmp_path / "nowhere" / "x.db")
    with pytest.raises(dr.errors.StoreError, match="there is no such store"):
        dr.open(tmp_path / "x.db", create=False)
    with pytest.raises(dr.errors.StoreError):
        dr.open(tmp_path / ("x" * 300))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_store_only_when_one_may_be_made(path: Path) -> None:
    path.touch()
    with pytest.raises(dr.errors.StoreError, match="is not a store: it is empty"):
        dr.open(path, create=False)
    assert path.read_bytes() == b""


def test_a_file_that_was_cut_off_before_anything_was_written_becomes_a_store(path: Path) -> None:
    path.touch()
    with dr.open(path) as store:
        assert store.append([TIES]).stored


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder in which this process has no more rights than anybody."""
    folder = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    folder.chmod(0o755)
    yield folder
    if root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_file_that_may_not_be_written_gives_one_clear_error_and_stays(nobody: Path) -> None:
    path = filled(nobody / "relations.db")
    path.chmod(0o444)
    nobody.chmod(0o555)
    before = state(path)
    if os.geteuid() == 0:
        os.seteuid(65534)
    with pytest.raises(dr.errors.StoreError, match="is read-only"):
        dr.open(path)
    with pytest.raises(dr.errors.StoreError, match="it cannot be opened"):
        dr.open(nobody / "new.db")
    assert state(path) == before


def test_a_file_that_may_not_be_read_gives_one_clear_error(nobody: Path) -> None:
    path = filled(nobody / "relations.db")
    path.chmod(0)
    if os.geteuid() == 0:
        os.seteuid(65534)
    with pytest.raises(dr.errors.StoreError, match="cannot be read"):
        dr.open(path)


# --- versions ------------------------------------------------------------------------------------


def test_an_older_version_is_brought_forward_in_one_step(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dr.open(filled(path)) as store:
        head = store.head
    step = ("CREATE INDEX of_type ON record (type)",)
    monkeypatch.setattr(sqlite, "STEPS", (*sqlite_schema.STEPS, step))
    with dr.open(path) as store:
        assert store.head == head
        assert store.append([TIES]).stored
    with dr.open(path) as store:
        assert store._backend._version() == len(sqlite_schema.STEPS) + 1  # type: ignore[attr-defined]
        assert store.verify(against=head) == ()


def test_a_step_that_fails_leaves_the_version_before(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path)
    with monkeypatch.context() as patch:
        step = ("CREATE INDEX of_type ON record (type)", "CREATE INDEX of_type ON record (type)")
        patch.setattr(sqlite, "STEPS", (*sqlite_schema.STEPS, step))
        with pytest.raises(dr.errors.StoreError, match="already exists"):
            dr.open(path)
    with dr.open(path) as store:
        assert store.head.position == 60
        assert store._backend._version() == len(sqlite_schema.STEPS)  # type: ignore[attr-defined]


# --- trouble -------------------------------------------------------------------------------------


def test_a_full_disk_is_reported_nothing_is_lost_and_the_same_call_succeeds_later(
    path: Path,
) -> None:
    with dr.open(filled(path)) as store:
        head = store.head
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        room = max(one.stat().st_size for one in path.parent.iterdir()) + 40_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        try:
            with pytest.raises(dr.errors.StoreError, match=r"disk (is )?full"):
                store.append(ties(600, 1950), validate="off")
            assert store.head == head
            assert store.verify(against=head) == ()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert len(store.append(ties(600, 1950), validate="off").stored) == 600
        assert store.verify(against=head) == ()


def test_who_waits_too_long_for_the_turn_is_reported(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY", 50)
    with dr.open(path) as one, dr.open(path) as two:
        with (
            one._backend.writing(),  # type: ignore[attr-defined]
            pytest.raises(dr.errors.StoreError, match="has been appending for too long"),
        ):
            two.append([TIES])
        assert two.append([TIES]).stored


def test_readers_see_what_was_committed_and_do_not_wait(path: Path) -> None:
    with (
        dr.open(filled(path)) as one,
        dr.open(path) as two,
        one._backend.writing() as session,  # type: ignore[attr-defined]
    ):
        assert len(two.read()) == 60
        assert session.head().position == 60


def test_a_file_system_without_a_log_is_reported(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite3.connect

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
            return super().execute(sql.replace("journal_mode = WAL", "journal_mode"), *rest)

    monkeypatch.setattr(
        sqlite3, "connect", lambda *args, **more: real(*args, factory=Connection, **more)
    )
    with pytest.raises(dr.errors.StoreError, match="no write-ahead log"):
        dr.open(path)


def test_the_end_of_a_stream_is_found_without_a_look_at_all_of_it(path: Path) -> None:
    steps: list[int] = []
    with dr.open(path) as store:
        for size in (100, 1_000):
            store.append(ties(size, 1900 + size), validate="off")
            steps.append(0)
            connection = store._backend._connection  # type: ignore[attr-defined]
            connection.set_progress_handler(lambda: steps.append(steps.pop() + 1), 1)
            with store._session() as session:  # type: ignore[attr-defined]
                assert session.last("mine") is not None
            connection.set_progress_handler(None, 0)
    assert 0 < steps[1] <= steps[0] + 10
