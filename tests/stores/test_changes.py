"""Stores that change under an open handle: restored, failed over, swapped, moved, removed.

A handle answers from the chain that is there, or refuses; it never answers from what it remembers,
and nothing is acknowledged into nothing.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from psycopg import sql

import diplorel as dr
from diplorel import events as ev
from diplorel.model.reference import Reference
from diplorel.stores import sqlite, sqlite_files
from diplorel.stores.log_store import LogStore
from diplorel.stores.sql import TABLES
from diplorel.testing.dense import near_days, references
from diplorel.testing.events import events, ties_events
from draws import draws
from places import KINDS, Place, Places

TIES = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])
SOURCE = dr.Source(id="s", title="T", publisher="P", kind="press")
FILES = ("", "-wal", "-shm")


def ties(*parties: str, on: str = "1973-08-01") -> ev.TiesEstablished:
    return ev.TiesEstablished(on=on, parties=parties, sources=["s"])


def restored(*parties: str, on: str = "1974-08-01") -> ev.TiesRestored:
    return ev.TiesRestored(on=on, parties=parties, sources=["s"])


# --- how each kind is brought back from a copy, in place -----------------------------------------


def snapshot(place: Place, places: Places) -> Callable[[], None]:
    """Copy a store as it is now; what is returned brings it back in place."""
    if place.kind == "memory":
        backend: Any = place.held[0]._backend
        lists = {name: list(getattr(backend, name)) for name in ("record", "subject", "reference")}
        lists["heads"] = list(backend.heads)

        def put_back() -> None:
            for name, rows in lists.items():
                setattr(backend, name, list(rows))

        return put_back
    copy = places(place.kind)
    with place.open() as store:
        store.backup(copy.url, schema=copy.schema)
    return lambda: (
        back_in_sqlite(copy, place) if place.kind == "sqlite" else back_in_postgres(copy, place)
    )


def back_in_sqlite(copy: Place, place: Place) -> None:
    """Restore by SQLite's own means, as ``.restore`` of its shell does."""
    with closing(sqlite3.connect(copy.url)) as source, closing(sqlite3.connect(place.url)) as into:
        source.backup(into)
        into.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def back_in_postgres(copy: Place, place: Place) -> None:
    """Put rows back, as a server that fails over to another one does in effect."""
    with psycopg.connect(place.url) as connection:
        for table in TABLES:
            into = sql.Identifier(place.schema, table)
            source = sql.Identifier(copy.schema, table)
            for statement in (
                "ALTER TABLE {into} DISABLE TRIGGER USER",
                "DELETE FROM {into}",
                "INSERT INTO {into} SELECT * FROM {source}",
                "ALTER TABLE {into} ENABLE TRIGGER USER",
            ):
                connection.execute(sql.SQL(statement).format(into=into, source=source))


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, places: Places) -> Place:
    place = places(request.param)
    place.open()
    return place


def ids(log: dr.EventLog) -> set[str]:
    return {record.id for record in log.records}


def test_a_log_and_a_world_come_from_the_chain_that_is_there(place: Place, places: Places) -> None:
    store = place.open()
    store.append([TIES, ties("IDN", "VNM")])
    bring_back = snapshot(place, places)
    store.append([ties("FRA", "VNM"), ties("DEU", "VNM")])
    assert len(store.log()) == 4
    assert store.replay()["FRA", "VNM"].ties.since
    bring_back()
    other = place.open() if place.kind != "memory" else LogStore(store._backend)
    for party in ("ITA", "ESP", "POL"):  # as many as before, and one more
        other.append([ties(party, "VNM")])
    assert ids(store.log()) == ids(other.log()) == {one.record.id for one in store.read()}
    assert store.replay() == other.log().replay()
    assert store.replay()["FRA", "VNM"].ties.since is None
    assert store.append([ties("FRA", "VNM")]).head.position == 6


def test_reference_data_come_from_the_chain_that_is_there(place: Place, places: Places) -> None:
    store = place.open()
    store.append([], reference=Reference(sources=[SOURCE]))
    bring_back = snapshot(place, places)
    more = [dr.Source(id=name, title="T", publisher="P", kind="press") for name in "xy"]
    store.append([], reference=Reference(sources=more[:1]))
    assert {one.id for one in store.log().reference.sources} == {"s", "x"}
    bring_back()
    other = place.open() if place.kind != "memory" else LogStore(store._backend)
    for one in (more[1], *[dr.Source(id="z", title="T", publisher="P", kind="press")]):
        other.append([], reference=Reference(sources=[one]))
    assert {one.id for one in store.log().reference.sources} == {"s", "y", "z"}
    assert store.append([], reference=Reference(sources=more[:1])).head.references == 4


def test_corrections_at_the_door_come_from_the_chain_that_is_there(
    place: Place, places: Places
) -> None:
    store = place.open()
    store.append([TIES])
    bring_back = snapshot(place, places)
    gone = ev.EventRetracted(target=TIES.id, reason="wrong", sources=["s"])
    store.append([gone])
    assert store.append([ties("IDN", "VNM")]).stored  # it has looked at the corrections by now
    bring_back()
    other = place.open() if place.kind != "memory" else LogStore(store._backend)
    other.append([ties("FRA", "VNM")])
    severed = ev.TiesSevered(on="1975-01-01", parties=("SGP", "VNM"), sources=["s"])
    with pytest.raises(dr.errors.TransitionError):
        store.append([restored("SGP", "VNM")])  # ties are there: nothing took them back
    assert store.append([severed]).stored


# --- files that are moved, removed, replaced -----------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "relations.db"


def contents(folder: Path) -> dict[str, bytes]:
    """What is in the files, but for the index of the log, where who reads leaves a mark."""
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.suffix != ".db-shm"}


def rename(path: Path, to: Path) -> None:
    for end in FILES:
        Path(f"{path}{end}").rename(f"{to}{end}")


def remove(path: Path, *ends: str) -> None:
    for end in ends:
        Path(f"{path}{end}").unlink()


def replace(path: Path, *_: str) -> None:
    with dr.open(path.parent / "other.db") as other:
        other.append([ties("ITA", "VNM"), ties("ESP", "VNM")])
    remove(path, *FILES)
    (path.parent / "other.db").rename(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda path: rename(path, path.with_name("moved.db")),
        lambda path: path.rename(path.with_name("moved.db")),
        lambda path: remove(path, *FILES),
        lambda path: remove(path, ""),
        lambda path: remove(path, "-wal"),
        lambda path: remove(path, "-shm"),
        replace,
    ],
    ids=["moved", "moved-alone", "removed", "removed-alone", "no-log", "no-index", "replaced"],
)
def test_a_handle_of_other_files_refuses_to_answer_and_to_append(path: Path, change: Any) -> None:
    with dr.open(path) as store:
        head = store.append([TIES]).head
        change(path)
        there = contents(path.parent)
        for call in (
            lambda: store.append([ties("IDN", "VNM")]),
            lambda: store.append([]),
            lambda: store.amend(Reference(sources=[SOURCE])),
            lambda: store.release("mine", "1"),
            store.log,
            store.replay,
            store.read,
            store.verify,
            lambda: store.head,
            lambda: store.backup(str(path.parent / "copy.db")),
            lambda: store.export(str(path.parent / "out")),
        ):
            with pytest.raises(dr.errors.StoreError, match="moved, removed or replaced"):
                call()
        assert contents(path.parent) == there
        assert head.position == 1


def test_a_folder_that_was_moved_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with dr.open(tmp_path / "in" / "relations.db") as store:
        store.append([TIES])
        (tmp_path / "in").rename(tmp_path / "out")
        with pytest.raises(dr.errors.StoreError, match="moved, removed or replaced"):
            store.append([ties("IDN", "VNM")])
        (tmp_path / "in").mkdir()
        with dr.open(tmp_path / "in" / "relations.db") as other:
            other.append([ties("FRA", "VNM")])
            with pytest.raises(dr.errors.StoreError, match="moved, removed or replaced"):
                store.append([ties("IDN", "VNM")])


def test_a_copy_for_which_there_is_no_room_is_reported(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dr.open(path) as store:
        store.append([TIES])

        def full(self: Any, *_: Any) -> None:
            raise dr.errors.StoreError("the disk is full")

        with monkeypatch.context() as patch:
            patch.setattr(sqlite.SqliteBackend, "insert", full)
            with pytest.raises(dr.errors.StoreError, match="disk is full"):
                store.backup(str(path.with_name("copy.db")))
        assert {one.suffix for one in path.parent.iterdir()} <= {".db", ".db-wal", ".db-shm"}
        monkeypatch.setattr(sqlite.SqliteBackend, "bring_in", full)
        monkeypatch.setattr(sqlite, "SECOND", 0)
        assert store.append([ties("IDN", "VNM")]).stored  # which is safe in the log
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_handle_that_refused_once_is_not_used_again(path: Path) -> None:
    with dr.open(path) as store:
        store.append([TIES])
        rename(path, path.with_name("moved.db"))
        for _ in range(2):
            with pytest.raises(dr.errors.StoreError, match="open it again"):
                store.append([ties("IDN", "VNM")])
        rename(path.with_name("moved.db"), path)
        for call in (store.log, lambda: store.append([ties("IDN", "VNM")])):
            with pytest.raises(dr.errors.StoreError, match="open it again"):
                call()
        with dr.open(path) as again:
            assert again.append([ties("IDN", "VNM")]).head.position == 2
    with dr.open(path) as store:
        assert store.head.position == 2


def test_what_changes_while_it_is_appended_to_is_not_acknowledged(path: Path) -> None:
    with dr.open(path) as store:
        store.append([TIES])
        backend: Any = store._backend  # type: ignore[attr-defined]
        real = backend.insert

        def move(*rows: Any) -> None:
            real(*rows)
            rename(path, path.with_name("moved.db"))

        backend.insert = move
        with pytest.raises(dr.errors.StoreError, match="in this moment"):
            store.append([ties("IDN", "VNM")])


def test_a_log_without_its_store_is_kept_for_it(path: Path) -> None:
    with dr.open(path) as store:
        store.append([ties("IDN", "VNM")])
        store.append([TIES])  # in a run of appends, it is in the log alone
        path.rename(path.with_name("moved.db"))
        assert Path(f"{path}-wal").stat().st_size
        with pytest.raises(
            dr.errors.StoreError, match=r"relations\.db-wal is there without its store"
        ):
            dr.open(path)
        Path(f"{path}-wal").rename(path.with_name("moved.db-wal"))
    with dr.open(path.with_name("moved.db")) as store:
        assert [one.record.event for one in store.read()] == [ties("IDN", "VNM"), TIES]


OPEN_AND_CLOSE = "import sys, diplorel as dr; dr.open(sys.argv[1]).close()"


def test_another_handle_of_the_same_process_takes_no_locks_away(path: Path) -> None:
    """A process that closes a file by itself loses its locks on it, and then the log (POSIX)."""
    with dr.open(path) as store:
        store.append([TIES])
        dr.open(path).close()
        subprocess.run([sys.executable, "-c", OPEN_AND_CLOSE, str(path)], check=True)  # noqa: S603
        assert store.append([ties("IDN", "VNM")]).head.position == 2
        with dr.open(path) as other:
            assert other.head.position == 2


def test_a_process_that_lost_its_locks_acknowledges_nothing(path: Path) -> None:
    with dr.open(path) as store:
        store.append([TIES])
        path.read_bytes()  # it does not belong to SQLite, and takes the locks away
        subprocess.run([sys.executable, "-c", OPEN_AND_CLOSE, str(path)], check=True)  # noqa: S603
        with pytest.raises(dr.errors.StoreError, match="or the log beside it"):
            store.append([ties("IDN", "VNM")])
    with dr.open(path) as store:
        assert store.append([ties("IDN", "VNM")]).head.position == 2


def test_a_folder_that_is_left_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    with dr.open("relations.db") as store:
        store.append([TIES])
        monkeypatch.chdir(tmp_path.parent)
        assert store.append([ties("IDN", "VNM")]).stored
    assert path.exists()


def test_a_link_is_followed_and_one_that_leads_elsewhere_is_noticed(path: Path) -> None:
    link = path.with_name("link.db")
    link.symlink_to(path)
    dr.open(path).close()
    with dr.open(link) as store:
        store.append([TIES])
        dr.open(path.with_name("other.db")).close()
        link.unlink()
        link.symlink_to(path.with_name("other.db"))
        with pytest.raises(dr.errors.StoreError, match="replaced"):
            store.append([ties("IDN", "VNM")])
    with dr.open(path) as store:
        assert store.head.position == 1


def test_a_file_replaced_while_it_is_opened_is_reported(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dr.open(path).close()
    dr.open(path.with_name("other.db")).close()
    real = sqlite_files.examine

    def swap(*given: Any, **more: Any) -> None:
        real(*given, **more)
        path.with_name("other.db").replace(path)

    monkeypatch.setattr(sqlite, "examine", swap)
    with pytest.raises(dr.errors.StoreError, match="was replaced while it was opened"):
        dr.open(path)


# --- the log -------------------------------------------------------------------------------------


def test_a_file_without_its_log_lacks_the_appends_of_a_second_at_most(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = count(0, 2)  # two seconds go by between any two looks
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    alone = path.with_name("alone.db")
    with dr.open(path) as store:
        for year in range(1900, 1910):
            store.append([ties("IDN", "THA", on=f"{year}-01-01")], validate="off")
            alone.write_bytes(path.read_bytes())
            with dr.open(alone) as copy:
                assert copy.head == store.head
                assert copy.verify() == ()
            remove(alone, "")


def test_a_reader_of_long_standing_does_not_stop_an_append(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "SECOND", 0)
    with dr.open(path) as store, dr.open(path) as reader:
        store.append([TIES])
        with reader._session() as session:  # type: ignore[attr-defined]
            before = session.head()
            for year in range(1900, 1905):
                store.append([ties("IDN", "THA", on=f"{year}-01-01")], validate="off")
            assert session.head() == before
        assert reader.head.position == 6


# --- everything at once --------------------------------------------------------------------------

given_events = st.lists(st.one_of(ties_events(near_days), events()), min_size=1, max_size=2)


@st.composite
def retractions(draw: st.DrawFn) -> Any:
    return ev.EventRetracted(
        target=draw(ties_events(near_days)).id, reason="wrong", sources=["s-gov"]
    )


class Shaken(RuleBasedStateMachine):
    """Two handles of one store that is copied, brought back, swapped, moved and opened again.

    Beside it, a store in memory is fed with the same; it says what the answers must be.
    """

    def __init__(self, places: Places, kind: str) -> None:
        super().__init__()
        self.positions = places
        self.kind = kind
        self.place = places(kind)
        self.handles: list[Any] = [self.place.open(), self.place.open()]
        self.stale: set[int] = set()
        self.right: Any = dr.open("memory:")
        self.copies: list[tuple[Callable[[], None], Any, Place | None]] = []
        self.moved = False

    def model(self, of: Any = None) -> Any:
        """A new store in memory that holds what the model, or another, holds."""
        made: Any = dr.open("memory:")
        backend, source = made._backend, (of or self.right)._backend
        for name in ("record", "subject", "reference", "heads"):
            setattr(backend, name, list(getattr(source, name)))
        return made

    @rule(
        which=st.integers(0, 1),
        some=st.one_of(given_events, st.lists(retractions(), min_size=1, max_size=2)),
        validate=st.sampled_from(("strict", "report", "off")),
        reference=st.none() | references,
    )
    def append(self, which: int, some: list[Any], validate: Any, reference: Any) -> None:
        around = reference and dr.EventLog(**reference).reference
        handle = self.handles[which]
        if which in self.stale or self.moved:
            with pytest.raises(dr.errors.StoreError):
                handle.append(some, validate=validate, reference=around)
            self.stale.add(which)
            return
        right: Any = None
        try:
            right = self.right.append(some, validate=validate, reference=around)
        except dr.errors.DiplorelError as error:
            with pytest.raises(type(error)):
                handle.append(some, validate=validate, reference=around)
            return
        moment = {one.record.recorded for one in right.stored}
        if moment:
            handle._backend.now = lambda: max(moment)
        done = handle.append(some, validate=validate, reference=around)
        assert done == right

    @rule(which=st.integers(0, 1), on=st.none() | st.just("1973-06-15"))
    def ask(self, which: int, on: str | None) -> None:
        handle = self.handles[which]
        if which in self.stale or self.moved:
            with pytest.raises(dr.errors.StoreError):
                handle.log()
            self.stale.add(which)
            return
        assert handle.head == self.right.head
        assert handle.log() == self.model().log()
        assert handle.log().reference == self.model().log().reference
        assert handle.replay(on) == self.model().log().replay(on)
        assert handle.read() == self.right.read()
        assert handle.verify(against=self.right.head) == ()

    @precondition(lambda self: not self.moved and len(self.copies) < 3)
    @rule()
    def copy(self) -> None:
        if self.kind == "memory":
            self.copies.append((snapshot(self.place, self.positions), self.model(), None))
            return
        made = self.positions(self.kind)
        with self.place.open() as store:
            store.backup(made.url, schema=made.schema)
        back = back_in_sqlite if self.kind == "sqlite" else back_in_postgres
        self.copies.append((lambda: back(made, self.place), self.model(), made))

    @precondition(lambda self: self.copies and not self.moved and not self.stale)
    @rule(data=st.data())
    def bring_back(self, data: st.DataObject) -> None:
        put_back, model, _ = data.draw(st.sampled_from(self.copies))
        put_back()
        self.right = self.model(model)

    @precondition(lambda self: self.kind == "sqlite" and self.copies and not self.moved)
    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        _, model, made = data.draw(st.sampled_from(self.copies))
        path = Path(self.place.url)
        for end in FILES:
            if Path(f"{path}{end}").exists():
                Path(f"{path}{end}").rename(f"{path}-{len(os.listdir(path.parent))}{end}")  # noqa: PTH208
        path.write_bytes(Path(made.url).read_bytes())
        self.stale = {0, 1}
        self.right = self.model(model)

    @precondition(lambda self: self.kind == "sqlite" and (self.moved or not self.stale))
    @rule()
    def move(self) -> None:
        path, aside = Path(self.place.url), Path(f"{self.place.url}-aside")
        rename(*((aside, path) if self.moved else (path, aside)))
        self.moved = not self.moved

    @precondition(lambda self: self.kind == "sqlite" and not self.stale and not self.moved)
    @rule(end=st.sampled_from(("-wal", "-shm")))
    def remove_beside(self, end: str) -> None:
        remove(Path(self.place.url), end)
        self.stale = {0, 1}

    @precondition(lambda self: self.kind != "memory" and not self.moved)
    @rule()
    def open_again(self) -> None:
        for handle in self.handles:
            handle.close()
        self.handles = [self.place.open(), self.place.open()]
        self.stale = set()

    def teardown(self) -> None:
        if self.moved:
            self.move()
        if self.stale:
            self.open_again()
        for which in (0, 1):
            self.ask(which, None)
        self.place.close()


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_happens_to_a_store_its_answers_are_those_of_its_chain(
    kind: str, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "SECOND", -1)  # the log is empty after each append
    run_state_machine_as_test(
        partial(Shaken, places, kind),  # type: ignore[arg-type]  # anything that makes one
        settings=settings(
            max_examples=draws(25),
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
