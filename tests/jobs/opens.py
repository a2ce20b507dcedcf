"""Open a store ten thousand times while others append to it: not once may it be refused.

    pytest -s tests/jobs/opens.py

A job of its own. Half of the openings happen while a process appends without end, so that SQLite
brings its log into the file under their eyes; the other half while processes open, append a little
and close, so that the log comes and goes. ``DIPLOREL_OPENS`` gives another number.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from itertools import count
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

import pytest
from workloads import batch

import diplorel as dr

OPENS = int(os.environ.get("DIPLOREL_OPENS", "10000"))


def append_without_end(path: str, stop: Event, first: int) -> None:
    with dr.open(path) as store:
        for number in count(first):
            if stop.is_set():
                return
            to_tuple = [event for n in range(60) for event in batch(60 * number + n)]
            store.append(to_tuple, validate="off")


def come_and_go(path: str, stop: Event, first: int) -> None:
    for number in count(first):
        if stop.is_set():
            return
        with dr.open(path) as store:
            store.append(batch(number), validate="off")


def make(path: str, start: Barrier, rounds: int) -> None:
    for number in range(rounds):
        start.wait()
        with dr.open(f"{path}-{number}") as store:
            store.append(batch(os.getpid()), validate="off")


def test_a_store_is_never_refused_while_others_make_it(tmp_path: Path) -> None:
    path, rounds, to_tuple = str(tmp_path / "store.db"), OPENS // 50, 4
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(to_tuple)
    others = [spawn.Process(target=make, args=(path, start, rounds)) for _ in range(to_tuple)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert [other.exitcode for other in others] == [0] * to_tuple
    for number in range(rounds):
        with dr.open(f"{path}-{number}") as store:
            assert store.verify() == ()
            assert len(store.read()) == len({one.record.id for one in store.read()})
    print(f"make: {rounds} made by {to_tuple} processes at once, 0 refused")  # noqa: T201


@pytest.mark.parametrize("work", [append_without_end, come_and_go])
def test_a_store_is_never_refused_while_others_append(
    work: Callable[[str, Event, int], None], tmp_path: Path
) -> None:
    path = str(tmp_path / "store.db")
    dr.open(path).close()
    spawn = multiprocessing.get_context("spawn")
    stop = spawn.Event()
    others = [spawn.Process(target=work, args=(path, stop, n * 1_000_000)) for n in (1, 2)]
    for other in others:
        other.start()
    last = opened = 0
    try:
        while opened < OPENS // 2 and all(other.is_alive() for other in others):
            with dr.open(path, create=False) as store:
                position = store.head.position
            assert position >= last, "an acknowledged append is gone"
            last = position
            opened += position > 0  # before that, the others are still starting
    finally:
        stop.set()
        for other in others:
            other.join()
    assert [other.exitcode for other in others] == [0, 0]
    assert opened == OPENS // 2
    with dr.open(path) as store:
        assert store.verify() == ()
        assert store.head.position >= last > 0
    print(f"{work.__name__}: {opened} opened beside {last} appended events, 0 refused")  # noqa: T201
