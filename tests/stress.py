"""Processes that append to one store until they are done, or until they are killed.

Used by the tests in a few rounds, and in many by ``benchmarks/crash.py`` and
``benchmarks/contention.py``. As a program it is one of these processes.
"""
# ruff: noqa: T201  it tells the one who started it

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from itertools import count
from typing import IO, Any

import attrs

import diplorel as dr
from diplorel import events as ev

DYADS = (("SGP", "VNM"), ("IDN", "VNM"), ("IDN", "SGP"))


def signed(name: str, dyad: int, place: str | None = None) -> ev.AgreementSigned:
    """One event that no other is like."""
    return ev.AgreementSigned(
        on="2000-01-01", parties=DYADS[dyad % 3], agreement=name, place=place, sources=["s"]
    )


def start(*arguments: Any) -> subprocess.Popen[str]:
    """Start one of these processes."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, __file__, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    )


def lines_of(process: subprocess.Popen[str]) -> IO[str]:
    """What it prints."""
    assert process.stdout is not None
    return process.stdout


# --- crash ---------------------------------------------------------------------------------------


def batch(round_: int, number: int) -> list[ev.AgreementSigned]:
    """The events that one call appends: from one to forty."""
    size = random.Random(round_ * 1_000_003 + number).randint(1, 40)  # noqa: S311
    return [signed(f"r{round_}-b{number}-e{n}-of-{size}", n) for n in range(size)]


def append_for_ever(url: str, schema: str, round_: int) -> None:
    """Append batch after batch, and say after each that it was acknowledged."""
    with dr.open(url, schema=schema) as store:
        print("ready", flush=True)
        for number in count():
            store.append(batch(round_, number), validate="off")
            print(number, flush=True)


@attrs.define
class Crashes:
    """What was found after so many rounds."""

    rounds: int = 0
    acknowledged: int = 0
    kept_without_answer: int = 0
    events: int = 0


def crash(url: str, schema: str, rounds: int, seed: int = 0) -> Crashes:
    """Kill a process while it appends, time and again, and look what it left."""
    rng = random.Random(seed)  # noqa: S311
    found = Crashes()
    with dr.open(url, schema=schema) as store:
        head = store.head
    for round_ in range(rounds):
        with start("append", url, schema, round_) as process:
            out = lines_of(process)
            assert out.readline() == "ready\n"
            time.sleep(rng.uniform(0, 0.15))
            process.kill()
            said = out.read()
        acknowledged = said.count("\n")
        with dr.open(url, schema=schema) as store:
            store.append([])  # a server may still be at the last commit: take the turn once
            new = store.read(after=head.position)
            kept = [one.record.event for one in new]
            right: list[Any] = []
            batches = 0
            while len(right) < len(kept):
                right += batch(round_, batches)
                batches += 1
            assert kept == right, "an append was torn, doubled or out of order"
            positions = [one.position for one in new]
            assert positions == [*range(head.position + 1, head.position + 1 + len(new))]
            assert acknowledged <= batches <= acknowledged + 1, "an acknowledged append was lost"
            if round_ % 20 == 19 or round_ == rounds - 1:
                assert store.verify(against=head) == ()
            head = store.head
        found.rounds += 1
        found.acknowledged += acknowledged
        found.kept_without_answer += batches - acknowledged
        found.events = head.position
    return found


# --- contention ----------------------------------------------------------------------------------


def contend(url: str, schema: str, worker: int, own: int, shared: int) -> None:
    """Append events of one's own, and tell events that every other process tells otherwise."""
    rng = random.Random(worker)  # noqa: S311
    todo = [signed(f"w{worker}-e{n}", n) for n in range(own)]
    events = [signed(f"shared-{n}", n, place=f"w{worker}") for n in range(shared)]
    rng.shuffle(events)
    counts = {"conflicts": 0, "stale": 0, "won": 0}
    with dr.open(url, schema=schema) as store:
        while todo or events:
            if events and rng.random() < 0.5:
                try:
                    store.append([events.pop()], validate="off")
                    counts["won"] += 1
                except dr.errors.ConflictError:
                    counts["conflicts"] += 1
                continue
            some, todo = todo[:10], todo[10:]
            head = store.head if rng.random() < 0.5 else None
            while True:
                try:
                    store.append(some, expected=head, validate="off")
                    break
                except dr.errors.ConcurrencyError as error:
                    counts["stale"] += 1
                    head = error.head
    print(json.dumps(counts), flush=True)


@attrs.define
class Contention:
    """What was found in the end."""

    events: int
    conflicts: int
    stale: int
    looks: int
    seconds: float


def contention(url: str, schema: str, workers: int, events: int, shared: int) -> Contention:
    """Let processes append at once, and follow them by position."""
    own = (events - shared) // workers
    total = own * workers + shared
    seen: list[dr.stores.Stored] = []
    looks = 0
    began = time.monotonic()
    with dr.open(url, schema=schema) as store:
        running = [start("contend", url, schema, n, own, shared) for n in range(workers)]
        while len(seen) < total:
            new = store.read(after=seen[-1].position if seen else 0)
            seen += new
            looks += 1
            if not new:
                gone = [one.poll() for one in running]
                assert not any(gone), f"a process failed: {gone}"
                time.sleep(0.002)
        took = time.monotonic() - began
        told: list[dict[str, int]] = []
        for process in running:
            with process:
                told.append(json.loads(lines_of(process).read()))
            assert process.returncode == 0
        assert [one.position for one in seen] == [*range(1, total + 1)], "a position is missing"
        ids = [one.record.id for one in seen]
        wanted = {signed(f"w{worker}-e{n}", n).id for worker in range(workers) for n in range(own)}
        wanted |= {signed(f"shared-{n}", n).id for n in range(shared)}
        assert len(ids) == len(set(ids)), "an event came in twice"
        assert set(ids) == wanted, "an event is missing"
        assert sum(one["won"] for one in told) == shared
        assert sum(one["conflicts"] for one in told) == shared * (workers - 1)
        assert store.verify() == ()
        assert store.read() == tuple(seen)
    return Contention(
        events=total,
        conflicts=sum(one["conflicts"] for one in told),
        stale=sum(one["stale"] for one in told),
        looks=looks,
        seconds=took,
    )


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "append":
        append_for_ever(rest[0], rest[1], int(rest[2]))
    else:
        contend(rest[0], rest[1], *map(int, rest[2:]))
