"""Pieces of work on a store, to be interrupted, and what must be so afterwards.

As a program, this file does one of them: ``python tests/jobs/workloads.py NAME FOLDER``. It prints
the number of each append that was acknowledged.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs

import diplorel as dr
from diplorel import events as ev
from diplorel.datasets import load_stream
from diplorel.io.folder import read_stream
from diplorel.io.publish import is_free
from diplorel.stores import sqlite
from diplorel.stores.sqlite_files import APPLICATION

OLD = Path(__file__).parents[1] / "stores" / "version-1.sql"
OLD_HEAD = "9.2.987f9c8d750d9ae028ef4386b3e65b97dbaa7151c60185a6b08120a00c87f3e9"
BY_LOT = {"vietnam": 160, "united_states": 40}
"""Of long imports, so many points drawn by lot: 200 together."""


def batch(number: int) -> list[ev.AgreementSigned]:
    """The events of one append, unlike all others."""
    size = random.Random(number).randint(1, 9)  # noqa: S311
    return [
        ev.AgreementSigned(
            on="2000-01-01",
            parties=("SGP", "VNM"),
            agreement=f"b{number}-e{n}-of-{size}",
            sources=["s"],
            note="n" * 300,
        )
        for n in range(size)
    ]


# --- the work ------------------------------------------------------------------------------------


def filled(folder: Path) -> None:
    """Lay down a store with some appends."""
    with dr.open(folder / "store.db") as store:
        for number in range(4):
            store.append(batch(number), validate="off")


def old(folder: Path) -> None:
    """Lay down a store of version 1."""
    with closing(sqlite3.connect(folder / "store.db")) as connection:
        connection.executescript(OLD.read_text("utf-8"))
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("PRAGMA journal_mode = WAL")


def torn(folder: Path) -> None:
    """Lay down what a process leaves that was killed while it brought the log into the file."""
    filled(folder)
    path = folder / "store.db"
    with dr.open(path) as store:
        before = path.read_bytes()
        for number in range(4, 12):
            store.append(batch(number), validate="off")
        log = Path(f"{path}-wal").read_bytes()
    after = path.read_bytes()
    half = len(before) + 4096
    path.write_bytes(after[:4096] + before[4096:] + after[len(before) : half])
    Path(f"{path}-wal").write_bytes(log)


def nothing(folder: Path) -> None:
    """Lay down nothing."""


def init(folder: Path) -> None:
    dr.open(folder / "store.db").close()


def append(folder: Path) -> None:
    with dr.open(folder / "store.db") as store:
        for number in range(4, 10):
            store.append(batch(number), validate="off")
            acknowledge(number)


def append_without_sync(folder: Path) -> None:
    with dr.open(folder / "store.db", durable=False) as store:
        for number in range(4, 10):
            store.append(batch(number), validate="off")


def append_with_long_log(folder: Path) -> None:
    sqlite.PAGES = 12  # type: ignore[misc]  # SQLite brings the log in every so many pages
    sqlite.SECOND = 1e9  # type: ignore[misc]
    append(folder)


def append_with_short_log(folder: Path) -> None:
    sqlite.SECOND = 0  # type: ignore[misc]  # it is brought in after each append
    append(folder)


def backup(folder: Path) -> None:
    with dr.open(folder / "store.db", create=False) as store:
        store.backup(str(folder / "copy.db"))
    acknowledge(0)


def materialise(folder: Path) -> None:
    with dr.open(folder / "store.db", create=False) as store:
        store.materialise("2000-01-01")
        acknowledge(0)
        store.append(batch(4), validate="off")
        store.materialise("2000-01-01")
        acknowledge(1)


def export(folder: Path) -> None:
    with dr.open(folder / "store.db", create=False) as store:
        store.export(str(folder / "out"))
    acknowledge(0)


def filled_with_a_folder(folder: Path) -> None:
    """Lay down a store, and an empty folder for what it exports."""
    filled(folder)
    (folder / "out").mkdir()


def half_copied(folder: Path) -> None:
    """Lay down a store, and an empty file for its copy."""
    filled(folder)
    (folder / "copy.db").touch()


def take_in(name: str) -> Callable[[Path], None]:
    """Make the work that imports a shipped stream."""

    def work(folder: Path) -> None:
        with dr.open(folder / "store.db") as store:
            store.append(load_stream(name))
            acknowledge(0)

    return work


def acknowledge(number: int) -> None:
    os.write(1, f"{number}\n".encode())


# --- what must be so afterwards ------------------------------------------------------------------


def sound(path: Path) -> None:
    """Nothing is wrong with a file, says SQLite itself of a copy of all that is there."""
    aside = path.parent / "aside"
    aside.mkdir()
    for one in path.parent.glob(f"{path.name}*"):
        shutil.copy(one, aside / one.name)
    with closing(sqlite3.connect(aside / path.name)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    shutil.rmtree(aside)


def holds(upto: int, *, durable: bool = True) -> Callable[[Path, list[int]], None]:
    """Make the test that a store holds the batches, at most the one under way besides.

    One that is not durable can hold more of them, since none is acknowledged, and each is whole.
    """

    def look(folder: Path, acknowledged: list[int]) -> None:
        path = folder / "store.db"
        sound(path)
        with dr.open(path, create=False) as store:
            assert store.verify() == ()
            kept = [one.record.event for one in store.read()]
            right: list[Any] = []
            batches = 0
            while len(right) < len(kept):
                right += batch(batches)
                batches += 1
            assert kept == right, "an append was torn, doubled or out of order"
            least = acknowledged[-1] + 1 if acknowledged else upto
            assert least <= batches, "an acknowledged append was lost"
            assert batches <= least + 1 or not durable
            store.append(batch(batches), validate="off")  # and it goes on
            assert store.verify() == ()

    return look


def is_or_can_be_made(folder: Path, _: list[int]) -> None:
    path = folder / "store.db"
    if path.exists():
        sound(path)
    with dr.open(path) as store:
        assert (store.head.position, store.verify()) == (0, ())
        store.append(batch(0), validate="off")


def is_of_the_old_head(folder: Path, _: list[int]) -> None:
    sound(folder / "store.db")
    with dr.open(folder / "store.db", create=False) as store:
        assert str(store.head) == OLD_HEAD
        assert store.verify(against=OLD_HEAD) == ()


def is_copied_or_not(folder: Path, acknowledged: list[int]) -> None:
    copy = folder / "copy.db"
    holds(4)(folder, [])
    assert copy.exists() or not acknowledged
    with dr.open(folder / "store.db", create=False) as store:
        try:
            dr.open(copy, create=False).close()
        except dr.errors.StoreError as error:
            assert re.search("no such store|is empty", str(error))
            store.backup(str(copy))
        sound(copy)
        with dr.open(copy, create=False) as other:
            assert other.verify(against=other.head) == ()
            assert [one.record for one in other.read()] == [
                one.record for one in store.read(limit=other.head.position)
            ]
            assert other.head.position >= sum(len(batch(number)) for number in range(4))


def is_written_or_not(folder: Path, acknowledged: list[int]) -> None:
    out = folder / "out"
    assert (out / "stream.toml").exists() or not acknowledged
    with dr.open(folder / "store.db", create=False) as store:
        if is_free(out):
            store.export(str(out))
        assert read_stream(out).records == store.log().records


def is_shown_or_not(folder: Path, acknowledged: list[int]) -> None:
    """The states that readers by SQL see are all of one head, with the keys, or there are none."""
    path = folder / "store.db"
    sound(path)
    with closing(sqlite3.connect(path)) as connection:
        states = connection.execute("SELECT position, head, events FROM diplorel_state").fetchall()
        ask = "SELECT count(*) FROM diplorel_event WHERE id IS NOT NULL"
        (keyed,) = connection.execute(ask).fetchone()
    sizes = [sum(len(batch(number)) for number in range(batches)) for batches in (4, 5)]
    with dr.open(path, create=False) as store:
        assert store.verify() == ()
        assert len(states) >= min(len(acknowledged), 1), "acknowledged states were lost"
        assert keyed == 0 or states
        for position, head, events in states:
            assert position in sizes[max(acknowledged, default=0) :]
            assert events == position == keyed, "the states are not of their head"
            assert store.verify(against=head) == ()
        last = store.materialise("2000-01-01")
        assert last == store.head
        assert last.position in sizes


def is_in_whole_or_not(name: str) -> Callable[[Path, list[int]], None]:
    """Make the test that a shipped stream is in a store whole, or not at all."""
    stream = load_stream(name)

    def look(folder: Path, acknowledged: list[int]) -> None:
        path = folder / "store.db"
        if path.exists():
            sound(path)
        with dr.open(path) as store:
            assert store.verify() == ()
            there = store.head.position
            assert there == len(stream.records) or (there == 0 and not acknowledged)
            assert tuple(one.record for one in store.read()) in ((), stream.records)

    return look


@attrs.frozen
class Work:
    """Something to be killed.

    Attributes:
        begin: Lays down what is there before it.
        do: What it does.
        look: What must be so afterwards; is given what was acknowledged.
        points: How many points to draw by lot; None for all.
    """

    begin: Callable[[Path], None]
    do: Callable[[Path], None]
    look: Callable[[Path, list[int]], None]
    points: int | None = None


WORK = {
    "init": Work(nothing, init, is_or_can_be_made),
    "migrate": Work(old, init, is_of_the_old_head),
    "recover": Work(torn, init, holds(12)),
    "append": Work(filled, append_with_long_log, holds(4)),
    "append-without-sync": Work(filled, append_without_sync, holds(4, durable=False)),
    "append-and-settle": Work(filled, append_with_short_log, holds(4)),
    "backup": Work(filled, backup, is_copied_or_not),
    "backup-onto-an-empty-file": Work(half_copied, backup, is_copied_or_not),
    "materialise": Work(filled, materialise, is_shown_or_not),
    "export": Work(filled, export, is_written_or_not),
    "export-into-an-empty-folder": Work(filled_with_a_folder, export, is_written_or_not),
    "import-singapore": Work(nothing, take_in("singapore"), is_in_whole_or_not("singapore")),
} | {
    f"import-{name}": Work(nothing, take_in(name), is_in_whole_or_not(name), points)
    for name, points in BY_LOT.items()
}


def command(name: str, folder: Path) -> tuple[list[str], dict[str, str]]:
    """Return the command and the environment that do a piece of work."""
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    return [sys.executable, __file__, name, str(folder)], env


if __name__ == "__main__":
    WORK[sys.argv[1]].do(Path(sys.argv[2]))
