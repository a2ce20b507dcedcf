"""Stores against the recorders of `eventsourcing` 9.5, in one run on one machine.

    python benchmarks/stores.py               SQLite and PostgreSQL, about ten minutes
    python benchmarks/stores.py --small       a fifth of the events
    python benchmarks/stores.py --only sqlite

The same facts on both sides. The peer's recorder stores four columns (an aggregate's id, a version,
a topic and a state) and is measured three times: fed with rows made beforehand, from typed events,
and through its application, as its users call it. A store gets typed events, and keeps ids, dates,
subjects and a chain of hashes. Rates count what each side stores: of the same facts, the peer makes
one event more for each of its aggregates. The ratios by facts count the facts alone, on both sides.
Prints a table and writes ``benchmarks/results/stores.json``: medians of three rounds, both sides in
turns. Needs the extras ``bench`` and ``test``.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
import peer
import server
from eventsourcing.application import Application

import data
import diplorel as dr
from diplorel.model.events import Event


def distinct(found: Iterable[Event]) -> list[Event]:
    """Return events of which no two share an id."""
    return list({event.id: event for event in found}.values())


def chunks(found: list[Any], size: int) -> list[list[Any]]:
    """Cut a list into pieces."""
    return [found[place : place + size] for place in range(0, len(found), size)]


def fields(event: Event) -> dict[str, Any]:
    """Return what an event is made of."""
    return {one.name: getattr(event, one.name) for one in attrs.fields(type(event)) if one.init}


def rate(number: int, work: Callable[[], Any], *, collecting: bool = False) -> float:
    """Return how many events a second a piece of work goes through.

    The cyclic collector is paused for both sides, unless said otherwise: a store pauses it for
    itself, and what others left on the heap is nobody's work.
    """
    gc.collect()
    if not collecting:
        gc.disable()
    try:
        start = time.perf_counter()
        work()
        return number / (time.perf_counter() - start)
    finally:
        gc.enable()


_numbers = count()


class Peer:
    """The peer, with its application's recorder and mapper."""

    def __init__(self, env: dict[str, str]) -> None:
        kind = type(f"Peer{next(_numbers)}", (Application,), {})  # it names the table
        self.app: Application[Any] = kind(env=env)

    def events(self, found: list[Event]) -> list[Any]:
        """Return the domain events of the same facts, in the order of the facts."""
        aggregates: dict[Any, Any] = {}
        made: list[Any] = []
        for one in found:
            name = "-".join(sorted(one.parties))
            dyad = aggregates.get(name)
            if dyad is None:
                dyad = aggregates[name] = peer.Dyad(name=name)
            peer.tell(dyad, one)
            made += dyad.collect_events()
        return made

    def rows(self, events: list[Any]) -> list[Any]:
        """Return what its recorder stores."""
        return [self.app.mapper.to_stored_event(event) for event in events]

    def save(self, found: list[Event], size: int) -> None:
        """Tell the same facts through its application, a commit for so many."""
        aggregates: dict[str, Any] = {}
        for some in chunks(found, size):
            changed = {}
            for one in some:
                name = "-".join(sorted(one.parties))
                dyad = aggregates.get(name)
                if dyad is None:
                    dyad = aggregates[name] = peer.Dyad(name=name)
                peer.tell(dyad, one)
                changed[name] = dyad
            self.app.save(*changed.values())

    def insert(self, rows: list[list[Any]]) -> None:
        """Store rows, a commit for each list."""
        for some in rows:
            self.app.recorder.insert_events(some)

    def insert_typed(self, events: list[list[Any]]) -> None:
        """Store typed events, a commit for each list."""
        for some in events:
            self.app.recorder.insert_events(self.rows(some))

    def read(self) -> list[Any]:
        """Read all, to typed events."""
        found: list[Any] = []
        while some := self.app.recorder.select_notifications(len(found) + 1, 10_000):
            found += [self.app.mapper.to_domain_event(one) for one in some]
        return found

    def fold(self, ids: Iterable[Any]) -> list[Any]:
        """Fold every aggregate."""
        return [self.app.repository.get(one) for one in ids]


def turn(
    open_store: Callable[[], dr.Store],
    open_peer: Callable[[], Peer],
    found: list[Event],
    single: list[Event],
) -> dict[str, float]:
    """Time the same work on both, once, in turns."""
    told = [(type(event), fields(event)) for event in found]
    late = distinct(data.events(200, 200, seed=9))[:100]
    now: dict[str, float] = {}

    def append(events: list[Event], size: int, validate: Any) -> float:
        store = open_store()
        cut = chunks(events, size)
        return rate(len(events), lambda: [store.append(some, validate=validate) for some in cut])

    one, two, three = open_peer(), open_peer(), open_peer()
    typed = one.events(found)
    rows = one.rows(typed)
    now["peer: 1,000 a commit, rows made beforehand"] = rate(
        len(rows), lambda: one.insert(chunks(rows, 1_000))
    )
    store = open_store()
    now["ours: 1,000 a commit"] = rate(
        len(found),
        lambda: [store.append(some, validate="off") for some in chunks(found, 1_000)],
    )
    now["peer: 1,000 a commit, from typed events"] = rate(
        len(typed), lambda: two.insert_typed(chunks(typed, 1_000))
    )
    made = open_store()
    now["ours: 1,000 a commit, the events made too"] = rate(
        len(found),
        lambda: [
            made.append([kind(**values) for kind, values in some], validate="off")
            for some in chunks(told, 1_000)
        ],
    )
    now["peer: 1,000 a commit, through its application"] = rate(
        len(found), lambda: three.save(found, 1_000)
    )
    now["ours: 1,000 a commit, validated"] = append(found, 1_000, "report")
    four, five, six = open_peer(), open_peer(), open_peer()
    alone = four.events(single)
    ready = four.rows(alone)
    now["peer: one a commit, rows made beforehand"] = rate(
        len(ready), lambda: four.insert(chunks(ready, 1))
    )
    now["ours: one a commit"] = append(single, 1, "off")
    now["peer: one a commit, from typed events"] = rate(
        len(alone), lambda: five.insert_typed(chunks(alone, 1))
    )
    now["ours: one a commit, validated"] = append(single, 1, "report")
    now["peer: one a commit, through its application"] = rate(
        len(single), lambda: six.save(single, 1)
    )
    now["peer: full read to typed events"] = rate(len(rows), one.read)
    now["peer: full read to typed events, collecting"] = rate(len(rows), one.read, collecting=True)
    now["ours: full read to typed events"] = rate(len(found), store.read)
    now["ours: full read to typed events, collecting"] = rate(
        len(found), store.read, collecting=True
    )
    kept = {event.originator_id for event in typed[: len(single) * 2]}
    folded = sum(event.originator_id in kept for event in typed)
    now["peer: store to aggregates"] = rate(folded, lambda: one.fold(kept))
    now["ours: store to world"] = rate(len(found), store.replay)
    store.append(late, validate="off")
    now["ours: a kept world and 100 more events, ms"] = 1e3 / rate(1, store.replay)
    now["ours: verify"] = rate(len(found), store.verify)
    for name, ours, its in RATIOS:
        now[f"ratio: {name}"] = now[f"ours: {ours}"] / now[f"peer: {its}"]
    for name in ROWS:  # it stores more rows than there are facts
        now[f"ratio, by facts: {name}"] = now[f"ratio: {name}"] * len(rows) / len(found)
    return now


def measure(
    open_store: Callable[[], dr.Store], open_peer: Callable[[], Peer], to_tuple: int, few: int
) -> dict[str, float]:
    """Return the medians of rates and of ratios over some rounds."""
    found = distinct(data.events(to_tuple, 20_000))
    single = distinct(data.events(few, 200, seed=8))
    rounds = [turn(open_store, open_peer, found, single) for _ in range(ROUNDS)]
    return {name: statistics.median(one[name] for one in rounds) for name in sorted(rounds[0])}


ROUNDS = 3
RATIOS = (
    (
        "1,000 a commit / rows made beforehand",
        "1,000 a commit",
        "1,000 a commit, rows made beforehand",
    ),
    (
        "1,000 a commit / from typed events",
        "1,000 a commit",
        "1,000 a commit, from typed events",
    ),
    (
        "1,000 a commit, the events made too / through its application",
        "1,000 a commit, the events made too",
        "1,000 a commit, through its application",
    ),
    ("one a commit / rows made beforehand", "one a commit", "one a commit, rows made beforehand"),
    ("one a commit / from typed events", "one a commit", "one a commit, from typed events"),
    (
        "one a commit / through its application",
        "one a commit",
        "one a commit, through its application",
    ),
    ("full read", "full read to typed events", "full read to typed events"),
    (
        "full read, the collector running",
        "full read to typed events, collecting",
        "full read to typed events, collecting",
    ),
    ("store to world", "store to world", "store to aggregates"),
)
ROWS = (
    "1,000 a commit / rows made beforehand",
    "1,000 a commit / from typed events",
    "full read",
    "full read, the collector running",
)


def sqlite(to_tuple: int, few: int) -> dict[str, float]:
    """Time SQLite, with a file on the disk."""
    with tempfile.TemporaryDirectory() as folder:
        paths = (Path(folder) / f"{n}.db" for n in range(100))
        return measure(
            lambda: dr.open(next(paths)),
            lambda: Peer(
                {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(next(paths))}
            ),
            to_tuple,
            few,
        )


def postgres(to_tuple: int, few: int) -> dict[str, float]:
    """Time PostgreSQL, with a server of its own over a socket."""
    with tempfile.TemporaryDirectory() as folder, server.address("postgres", Path(folder)) as url:
        host = urlsplit(url).query.removeprefix("host=")
        numbers = iter(range(100))

        def other() -> Peer:
            return Peer(
                {
                    "PERSISTENCE_MODULE": "eventsourcing.postgres",
                    "POSTGRES_DBNAME": "postgres",
                    "POSTGRES_HOST": host,
                    "POSTGRES_PORT": "5432",
                    "POSTGRES_USER": "postgres",
                    "POSTGRES_PASSWORD": "none",
                    "POSTGRES_SCHEMA": "public",
                }
            )

        return measure(lambda: dr.open(url, schema=f"s{next(numbers)}"), other, to_tuple, few)


def main() -> int:
    """Run everything and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a fifth of the events")
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    args = parser.parse_args()
    to_tuple, few = (20_000, 400) if args.small else (100_000, 2_000)
    results = {
        name: work(to_tuple, few)
        for name, work in (("sqlite", sqlite), ("postgres", postgres))
        if args.only in (None, name)
    }
    about = {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "events": to_tuple,
        "shape": data.SHAPE,
    }
    for key, value in about.items():
        print(f"{key}: {value}")
    for title, rows in results.items():
        print(f"\n{title} (events a second, unless said otherwise)")
        for name, value in rows.items():
            print(f"  {name:<70}{value:>12,.2f}")
    target = Path(__file__).parent / "results"
    target.mkdir(exist_ok=True)
    (target / "stores.json").write_text(
        json.dumps({"about": about, "results": results}, indent=2, ensure_ascii=False) + "\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
