"""Whatever a kill or a power cut leaves of a file is recovered first and judged then."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workloads import batch, filled, holds

import diplorel as dr
from diplorel.stores import sqlite_files
from diplorel.stores.sqlite_files import APPLICATION
from diplorel.stores.sqlite_schema import STEPS

PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def state(path: Path) -> dict[str, bytes]:
    """What is in the files; one that only reads may leave an empty log."""
    files = {end: Path(f"{path}{end}") for end in ("", "-wal", "-journal")}
    found = {end: file.read_bytes() for end, file in files.items() if file.exists()}
    return {end: content for end, content in found.items() if content}


@contextmanager
def halfway() -> Iterator[tuple[Path, bytes, bytes, bytes]]:
    """Give a folder, the file before and after its log was brought in, and the log."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder)
        path = folder / "store.db"
        with dr.open(path) as store:
            before = path.read_bytes()
            for number in range(4, 12):
                store.append(batch(number), validate="off")
            log = Path(f"{path}-wal").read_bytes()
        yield folder, before, path.read_bytes(), log


# --- sound files ---------------------------------------------------------------------------------


@given(st.randoms(use_true_random=False), st.integers(0, 60))
def test_pages_that_are_half_brought_in_are_brought_in_from_the_log(
    rng: random.Random, pages: int
) -> None:
    with halfway() as (folder, before, after, log):
        path = folder / "store.db"
        count = min(len(after) // PAGE, pages)
        content = bytearray(before + bytes(max(0, count * PAGE - len(before))))
        for page in range(count):
            if rng.random() < 0.5:
                content[page * PAGE : (page + 1) * PAGE] = after[page * PAGE : (page + 1) * PAGE]
        path.write_bytes(content)
        Path(f"{path}-wal").write_bytes(log)
        holds(12)(folder, [11])


@given(st.floats(0, 1), st.booleans(), st.binary(max_size=64))
def test_a_log_that_is_cut_or_torn_leaves_whole_appends(
    at: float, dropped: bool, noise: bytes
) -> None:
    with halfway() as (folder, before, _, log):
        path = folder / "store.db"
        path.write_bytes(before)
        if not dropped:
            Path(f"{path}-wal").write_bytes(log[: int(at * len(log))] + noise)
        holds(4, durable=False)(folder, [])


def hot(path: Path, *, new: bool) -> None:
    """Leave a file that somebody was killed in while writing without the log."""
    aside = path.with_name("aside.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection.execute("PRAGMA cache_size = 1")  # so that it is written before the end
        connection.execute("BEGIN IMMEDIATE")
        connection.create_function("home_of", 1, str)
        connection.create_function("act_of", 1, len)
        for statement in (text for step in STEPS for text in step) if new else ():
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("CREATE TABLE something (text)")
        connection.execute("INSERT INTO something VALUES (zeroblob(100000))")
        for end in ("", "-journal"):
            shutil.copy(f"{path}{end}", f"{aside}{end}")
        connection.execute("ROLLBACK")
    for end in ("", "-journal"):
        Path(f"{aside}{end}").rename(f"{path}{end}")


def test_a_hot_journal_is_played_back_and_makes_no_file_read_only(path: Path) -> None:
    filled(path.parent)
    before = path.stat().st_size
    hot(path, new=False)
    assert path.stat().st_size > before
    holds(4)(path.parent, [])


@pytest.mark.parametrize("zeroed", [False, True])
def test_a_store_that_was_not_made_to_the_end_is_made_again(path: Path, zeroed: bool) -> None:
    hot(path, new=True)
    if zeroed:  # the power went, and the sectors with the header were not written
        path.write_bytes(bytes(path.stat().st_size))
    with dr.open(path) as store:
        assert store.append(batch(0), validate="off").stored
        assert store.verify() == ()


def test_a_store_that_was_not_made_to_the_end_is_not_there(path: Path) -> None:
    hot(path, new=True)
    with pytest.raises(dr.errors.StoreError, match="is not a store: it is empty"):
        dr.open(path, create=False)
    dr.open(path).close()


def test_free_pages_that_were_never_written_are_not_missed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dr.open(path) as store:
        store.append(batch(0), validate="off")
        store.append([one for n in range(1, 40) for one in batch(n)], validate="off")
        size = path.stat().st_size
        assert size < Path(f"{path}-wal").stat().st_size
        answers: tuple[set[int] | None, ...] = (set(), None)
        for answer in answers:  # as if the log had none of them, or were too long to look at
            monkeypatch.setattr(sqlite_files, "in_log", lambda *_, found=answer: found)
            with dr.open(path) as other:
                assert other.head == store.head


def test_a_log_is_read_as_its_format_says_unless_it_is_long(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dr.open(path) as store:
        store.append(batch(0), validate="off")
        store.append([one for n in range(1, 40) for one in batch(n)], validate="off")
        pages = path.stat().st_size // PAGE
        found = sqlite_files.in_log(f"{path}-wal", PAGE)
        assert found is not None
        with store._session() as session:  # type: ignore[attr-defined]
            ((count,),) = session.execute("PRAGMA page_count")
        assert {*range(pages + 1, count + 1)} <= found <= {*range(1, count + 1)}
        monkeypatch.setattr(sqlite_files, "_LONG", 3)
        assert sqlite_files.in_log(f"{path}-wal", PAGE) is None
    assert sqlite_files.in_log(f"{path}-nowhere", PAGE) == set()


# --- files that are not sound --------------------------------------------------------------------


@pytest.mark.parametrize("lost", [100, PAGE, 3 * PAGE + 100])
@pytest.mark.parametrize("log", [False, True])
def test_what_is_cut_off_is_reported_and_not_touched(path: Path, lost: int, log: bool) -> None:
    with halfway() as (folder, _, after, _):
        source = folder / "store.db"
        with dr.open(source) as store:
            if log:
                store.append(batch(12), validate="off")
            for end in ("", "-wal") if log else ("",):
                shutil.copy(f"{source}{end}", f"{path}{end}")
        changed = sqlite_files.in_log(f"{path}-wal", PAGE) if log else set()
        assert changed is not None
        gone = {*range((len(after) - lost) // PAGE + 1, len(after) // PAGE + 1)}
        path.write_bytes(after[:-lost])
    before = state(path)
    if gone <= changed:
        dr.open(path).close()  # whatever is missing is in the log
        return
    with pytest.raises(dr.errors.StoreError, match="is damaged: it is cut off"):
        dr.open(path)
    assert state(path) == before


def lies(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("DROP TRIGGER record_no_update", "it lacks record_no_update"),
        ("DROP INDEX record_of_home", "it lacks record_of_home"),
        (
            (
                "DROP TRIGGER record_no_update; CREATE TRIGGER record_no_update "
                "BEFORE UPDATE ON record BEGIN SELECT 1; END"
            ),
            "its guard record_no_update was changed",
        ),
        (
            (
                "DROP TRIGGER head_at_the_end; CREATE TRIGGER head_at_the_end "
                "BEFORE INSERT ON head WHEN false BEGIN SELECT 1; END"
            ),
            "its guard head_at_the_end was changed",
        ),
    ],
)
def test_guards_that_were_lifted_or_changed_are_reported(
    path: Path, sql: str, message: str
) -> None:
    filled(path.parent)
    lies(path, sql)
    before = state(path)
    with pytest.raises(dr.errors.StoreError, match=message):
        dr.open(path)
    assert state(path) == before


@pytest.mark.parametrize("journal", [b"", b"notes of the day" * 40])
def test_a_text_with_a_journal_of_its_own_is_no_store(path: Path, journal: bytes) -> None:
    path.write_bytes(b"what happened" * 400)
    Path(f"{path}-journal").write_bytes(journal)
    before = state(path)
    with pytest.raises(dr.errors.StoreError, match="it is not an SQLite file"):
        dr.open(path)
    assert state(path) == before


def test_a_newer_store_with_a_log_is_not_touched(path: Path) -> None:
    filled(path.parent)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.commit()
        before = state(path)
        assert len(before["-wal"]) > 0
        with pytest.raises(dr.errors.StoreError, match="is of version 99"):
            dr.open(path)
        assert state(path) == before


def test_an_index_that_others_hold_is_waited_for(path: Path) -> None:
    filled(path.parent)
    held: Any = dr.open(path)
    with held._session(write=True), dr.open(path) as other:
        assert other.head.position > 0
    held.close()
