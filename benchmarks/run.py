"""The library's speed, in ratios against a peer and bare loops in the same run.

    python benchmarks/run.py            all of it, about five minutes and 4 GB
    python benchmarks/run.py --small    a tenth of the events

Prints a table and writes ``benchmarks/results/latest.json``. Needs the extra ``bench``.
"""

from __future__ import annotations

import argparse
import functools
import gc
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections import deque
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import growth as worst
import peer

import data
import diplorel as dr
from diplorel import events as ev
from diplorel.io import jsonl
from diplorel.io.bulk.writer import encode_all
from diplorel.io.converter import structure, unstructure
from diplorel.io.event_types import event_types, upcast
from diplorel.model.events import Event
from diplorel.model.records import Record, in_order, utc
from diplorel.replay.fold import accumulate
from diplorel.replay.plausible import Search
from diplorel.tracks import STANDARD, TIES

T = TypeVar("T")
ROUNDS = 3
PAIR = ("SGP", "VNM")


def timed(
    work: Callable[..., T], rounds: int = ROUNDS, *, given: Callable[[], Any] | None = None
) -> float:
    """Return the median wall time of *work* in seconds.

    *given* makes what each round is handed, and is not counted. The cyclic collector is paused for
    whatever is timed, as the library pauses it for itself: a bare loop must not suffer from it.
    """
    times = []
    for _ in range(rounds):
        handed = () if given is None else (given(),)
        gc.collect()
        gc.disable()
        start = time.perf_counter()
        kept = work(*handed)
        times.append(time.perf_counter() - start)
        gc.enable()
        del kept, handed
    return statistics.median(times)


def bare_fold(found: list[Event]) -> dict[str, Any]:
    """Fold the same events by hand: a dict dispatch and one mutable state a dyad, nothing else."""

    def establish(state: dict[str, Any], event: Any) -> None:
        if state.get("ties") != "established":
            state["ties"], state["since"] = "established", event.on

    def sever(state: dict[str, Any], event: Any) -> None:
        state["ties"], state["since"] = "severed", event.on
        state.pop("levels", None)

    def upgrade(state: dict[str, Any], event: Any) -> None:
        levels = state.setdefault("levels", {})
        if levels.get(event.ladder, ("",))[0] != event.level:
            levels[event.ladder] = (event.level, event.on)

    def sign(state: dict[str, Any], event: Any) -> None:
        state.setdefault("agreements", {}).setdefault(event.agreement, event)

    def visit(state: dict[str, Any], event: Any) -> None:
        state.setdefault("visits", []).append(event)

    table = {
        dr.events.TiesEstablished: establish,
        dr.events.TiesSevered: sever,
        dr.events.LevelUpgraded: upgrade,
        dr.events.AgreementSigned: sign,
        dr.events.VisitMade: visit,
    }
    states: dict[Any, dict[str, Any]] = {}
    for event in found:
        parties = event.parties
        state = states.get(parties)
        if state is None:
            state = states[parties] = {}
        table[type(event)](state, event)  # type: ignore[index]
    return states


def folds(found: list[Event]) -> dict[str, float]:
    """Time the ordered fold against the bare one."""
    ordered = data.ordered(found)
    nothing = dr.EventLog().reference
    ours = timed(lambda: deque(accumulate(ordered, STANDARD, nothing), maxlen=0))
    bare = timed(lambda: bare_fold(ordered))
    return {
        "fold, M events/s": len(found) / ours / 1e6,
        "bare loop with one state a dyad, M events/s": len(found) / bare / 1e6,
        "fold / bare loop": bare / ours,
    }


def replays(found: list[Event], few: int) -> dict[str, float]:
    """Time the whole replay, from records to a frozen world, against the peer's."""
    ours = timed(lambda made: dr.EventLog(made).replay(), given=lambda: data.records(found))
    log = dr.EventLog(data.records(found))
    log.replay()
    again = timed(lambda: log.replay(on="2010-06-30"))
    small = data.events(few, few // 50)
    app, ids = peer.recorded(small)
    theirs = timed(lambda: [app.repository.get(one) for one in ids], 1)
    mine, its = len(found) / ours, few / theirs
    return {
        "records to a frozen world, k events/s": mine / 1e3,
        "a further replay of the same log, k events/s": len(found) / again / 1e3,
        "peer: aggregates from its recorder in memory, k events/s": its / 1e3,
        "records to world / peer": mine / its,
    }


def reading(found: list[Event]) -> dict[str, float]:
    """Time JSON Lines to typed events against bare `json.loads` of the same lines."""
    lines = [jsonl.line_of(record).encode() for record in data.records(found)]
    text = b"\n".join(lines) + b"\n"
    bare = timed(lambda: [json.loads(line) for line in lines])
    quick = timed(lambda: jsonl.loads(text)) if jsonl.orjson is not None else math.nan
    kept, jsonl.orjson = jsonl.orjson, None  # type: ignore[assignment]
    plain = timed(lambda: jsonl.loads(text))
    jsonl.orjson = kept
    return {
        "bytes a line": len(text) / len(lines),
        "json.loads, k lines/s": len(lines) / bare / 1e3,
        "to typed records, hard dependencies, k lines/s": len(lines) / plain / 1e3,
        "hard dependencies / json.loads": bare / plain,
        "to typed records, extra fast, k lines/s": len(lines) / quick / 1e3,
    }


def bulk(rounds: int = 7) -> dict[str, float]:
    """Time whole files against cattrs, one record after another, on the United States' stream.

    cattrs has generated functions, the library's hooks, and the same parser and cache of moments.
    To write for an append means the text of each event, and the proof that it can be read back:
    cattrs writes it and reads it again.
    """
    records = dr.load("united_states").records
    lines = [jsonl.line_of(record).encode() for record in records]
    values = [record.event for record in records]
    known = event_types()

    def read_singly() -> list[Record]:
        moment = functools.cache(utc)
        found = []
        for row in jsonl._parse(lines):  # noqa: SLF001  the parser alone, without what follows
            recorded, cls = moment(row.pop("recorded")), known[row.pop("type")]
            row = upcast(row, cls) if cls.version > 1 or "v" in row else row  # noqa: PLW2901
            found.append(Record("united_states", recorded, structure(row, cls)))
        return found

    def write_singly() -> list[str]:
        texts = [compact(unstructure(value)) for value in values]
        for text, value in zip(texts, values, strict=True):
            row = json.loads(text)
            assert structure(upcast(row, known[row.pop("type")]), type(value)) == value
        return texts

    compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    text = b"\n".join(lines) + b"\n"
    assert write_singly() == encode_all(values)[0]
    assert tuple(read_singly()) == jsonl.loads(text, stream="united_states")
    ways = {
        "read": (read_singly, lambda: jsonl.loads(text)),
        "write for an append": (write_singly, lambda: encode_all(values)),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (singly, together) in ways.items():
            times[name].append(timed(singly, 1) / timed(together, 1))
    return {f"{name}: cattrs / bulk": statistics.median(ratios) for name, ratios in times.items()}


def open_orders() -> dict[str, float]:
    """Time the search for plausible orders of ties events of one year, which come in any order.

    The limit is `LIMIT` steps for a cell; beyond it the convention decides.
    """
    kinds = [ev.TiesEstablished, ev.TiesSevered, ev.TiesRestored, ev.TiesSuspended]
    found: dict[str, float] = {}
    for count in (4, 6, 8, 10):
        events: list[Any] = [
            kinds[at % 4](on=f"[2013-01-01..2013-12-{at + 1:02}]", parties=PAIR, sources=["s"])
            for at in range(count)
        ]
        ordered = in_order(events)
        days = [(event.on.lo, event.on.hi) for event in ordered]
        search = Search(ordered, days, TIES, dr.EventLog().reference)
        took = timed(search.run)
        found[f"{count} events: steps"] = search.steps
        found[f"{count} events: ms"] = took * 1e3
    return found


def asking(found: list[Event]) -> dict[str, float]:
    """Time as-of questions on one dyad of a large log, first and once indexed."""
    names = sorted({party for event in found for party in event.parties})
    log = dr.EventLog(
        data.records(found), parties=[dr.Party(id=name, names={"en": name}) for name in names]
    )
    start = time.perf_counter()
    log.relation(names[0], names[1])
    index = time.perf_counter() - start
    pairs = data.dyads(20_000)[:4_000]
    questions = [(*pair, f"{1951 + n % 70}-06-{1 + n % 28:02d}") for n, pair in enumerate(pairs)]
    first = timed(lambda: [log.relation(a, b, on=day) for a, b, day in questions], 1)
    later = timed(lambda: [log.relation(a, b, on=day) for a, b, day in questions])
    return {
        "index, once, s": index,
        "first question about a dyad, µs": first / len(questions) * 1e6,
        "a question once indexed, µs": later / len(questions) * 1e6,
    }


def memory(count: int) -> dict[str, float]:
    """Count the bytes of an event, of its record and of the index."""
    data.events(1_000)  # what is shared by all is there already
    tracemalloc.start()
    found = data.events(count)
    events = tracemalloc.get_traced_memory()[0]
    records = data.records(found)
    kept = tracemalloc.get_traced_memory()[0]
    names = sorted({party for event in found for party in event.parties})
    log = dr.EventLog(records, parties=[dr.Party(id=name, names={"en": name}) for name in names])
    log.relation(names[0], names[1])
    indexed = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return {
        "an event, B": events / count,
        "its record, B more": (kept - events) / count,
        "order, ids and index, B more": (indexed - kept) / count,
    }


def treaty(count: int = 1_600) -> dict[str, float]:
    """Time an agreement of many parties: at once, one row an act, and asked by pair."""
    names = data.parties(count)
    table = [dr.Party(id=name, names={"en": name}) for name in names]
    cited = (ev.Citation(source="source-1"),)
    signed = ev.AgreementSigned(on="1950-01-01", parties=names, agreement="treaty", sources=cited)
    rows: list[Event] = []
    for place, name in enumerate(names):
        day = date.fromordinal(data.FIRST + place * 7).isoformat()
        joined = ev.AgreementJoined(on=day, parties=[name], agreement="treaty", sources=cited)
        force = ev.AgreementInForce(on=day, parties=[name], agreement="treaty", sources=cited)
        rows += [joined, force]
    same_day = [
        ev.AgreementJoined(on="1950-01-01", parties=[name], agreement="treaty", sources=cited)
        for name in names
    ]
    found: dict[str, float] = {}
    shapes = {"signed at once": [signed], "one row an act": rows, "rows of one day": same_day}
    for shape, events in shapes.items():
        log = dr.EventLog(data.records(events), parties=table)
        log.resolve()
        found[f"{shape}: replay, ms"] = timed(log.replay) * 1e3
        tracemalloc.start()
        world = log.replay()
        found[f"{shape}: memory, MB"] = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        found[f"{shape}: counterparts of one, ms"] = (
            timed(lambda world=world: world.counterparts(names[0])) * 1e3
        )
        pair = (names[0], names[1])
        found[f"{shape}: first pair of an index, ms"] = timed(
            lambda log, pair=pair: log.relation(*pair),
            given=lambda events=events: dr.EventLog(data.records(events), parties=table),
        ) * 1e3  # fmt: skip
        found[f"{shape}: as-of, µs"] = timed(
            lambda log=log, pair=pair: [log.relation(*pair, on="1990-01-01") for _ in range(1_000)]
        ) * 1e3  # fmt: skip
    return found


def growth(sizes: tuple[int, ...]) -> dict[str, float]:
    """Fit the exponent of time over the number of events, at fifty events a dyad."""
    points = []
    for size in sizes:
        found = data.events(size, max(1, size // 50))
        took = timed(
            lambda made: dr.EventLog(made).replay(), given=lambda found=found: data.records(found)
        )
        points.append((math.log(size), math.log(took)))
    fit = statistics.linear_regression(*zip(*points, strict=True))
    return {f"exponent of time from {sizes[0]} to {sizes[-1]} events": fit.slope}


def cold(rounds: int = 11) -> dict[str, float]:
    """Time one cold process that does the main job against one that imports the dependencies.

    Both find their bytecode written, as installing writes it: pip does so for the dependencies in
    any case, and Python for this library where nothing forbids it.
    """
    job = (
        "import diplorel as dr; "
        "w = dr.load('vietnam').replay(on='2025-03-12'); "
        "assert w.ranking('VNM').rows[11].party == 'SGP'"
    )
    base = "import attrs, cattrs, pendulum"

    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}

    def run(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env=env)  # noqa: S603
        return time.perf_counter() - start

    run(job), run(base)
    pairs = [(run(job), run(base)) for _ in range(rounds)]
    return {
        "main job in a cold process, ms": statistics.median(one for one, _ in pairs) * 1e3,
        "only the three imports, ms": statistics.median(two for _, two in pairs) * 1e3,
        "main job / imports": statistics.median(one / two for one, two in pairs),
    }


def main() -> int:
    """Run everything and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the events")
    count = 100_000 if parser.parse_args().small else 1_000_000
    results: dict[str, dict[str, float]] = {}
    steps: list[tuple[str, Callable[[], dict[str, float]]]] = [
        ("cold process", cold),
        ("single and bulk", bulk),
        ("open orders of one cell", open_orders),
        ("an agreement of 1,600 parties", treaty),
        ("memory", lambda: memory(count // 2)),
        ("reading", lambda: reading(data.events(count // 5))),
        (
            "exponents of the worst streams",
            lambda: {
                name: worst.exponent(times) for name, times in worst.growth(worst.SIZES[:4]).items()
            },
        ),
        ("growth", lambda: growth((count // 100, count // 30, count // 10, count // 3, count))),
    ]
    for title, step in steps:
        results[title] = step()
    found = data.events(count)
    for title, work in (("fold", folds), ("asking", asking)):
        results[title] = work(found)
    results["replay"] = replays(found, count // 20)
    about = {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "events": count,
        "shape": data.SHAPE,
    }
    for key, value in about.items():
        print(f"{key}: {value}")
    for title, rows in results.items():
        print(f"\n{title}")
        for name, value in rows.items():
            print(f"  {name:<60}{value:>12,.2f}")
    target = Path(__file__).parent / "results"
    target.mkdir(exist_ok=True)
    (target / "latest.json").write_text(
        json.dumps({"about": about, "results": results}, indent=2, ensure_ascii=False) + "\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
