"""Panels: one country's against pandas and a loop over relations, and a world's by its size.

    python benchmarks/panels.py            all of it, about two minutes and 1 GB
    python benchmarks/panels.py --small    a world of at most 60 parties, fewer partners in the loop

The panel of the United States has every default column. `panels_pandas` is what a good user of
pandas writes from the same events; the loop asks `EventLog.relation` for each pair and year. Each
panel of a world has its own process, from which the memory is taken. Every measured figure is
printed with its limit; above one, it exits with 1. Seconds are of the processor, since only they
say the same on a machine with other work. Needs the extras ``arrow`` and ``pandas``.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

import panels_pandas

import diplorel as dr
from diplorel import events as ev
from diplorel.model.events import Event
from diplorel.model.parties import Party
from diplorel.model.reference import Coverage

T = TypeVar("T")
US_YEARS, WORLD_YEARS = (1778, 2025), (1816, 2025)
SIZES = (50, 100, 150, 200)
ROUNDS = 3
LIMITS = {
    "the United States, seconds": 0.25,
    "of pandas, at most one part in": 1 / 4,
    "of the loop, at most one part in": 1 / 10,
    "pandas: share of cells that differ": 0.03,
    "the loop: cells that differ": 0,
    "the world, seconds": 6.0,
    "the world, megabytes above the log": 500,
    "the world, exponent": 1.1,
}
BEFORE = {
    "the United States, seconds": "over 420",
    "the world, seconds": "41 by the clock for 1.54 million rows",
}
"""What some of them took before panels were written by change points."""


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds of the processor that something takes, and what it returns."""
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def timed_afresh(work: Callable[[dr.EventLog], T]) -> tuple[float, T]:
    """Return the same of a log that has worked nothing out but its events."""
    log = dr.load("united_states")
    log.resolve()
    return timed(lambda: work(log))


# --- one country ---------------------------------------------------------------------------------


def loop(log: dr.EventLog, me: str, partners: list[str]) -> list[dict[str, Any]]:
    """Return the rows of some partners, each asked as a relation of its day."""
    rows = []
    lives = {party.id: party for party in log.reference.parties}
    for other in partners:
        for year in range(US_YEARS[0], US_YEARS[1] + 1):
            day = date(year, 12, 31)
            if not all(lives[one].is_alive(day.toordinal()) for one in (me, other)):
                continue
            relation = log.relation(me, other, on=day)
            ties = relation.ties
            rows.append(
                {
                    "party_b": other,
                    "year": year,
                    "ties": None if ties.status.value == "unknown" else ties.status.value,
                    "ties_since": ties.since and ties.since.text,
                    "level_a": level_of(relation, me),
                    "level_b": level_of(relation, other),
                    "posts_ab": len(relation.missions.sent_by(me)),
                    "posts_ba": len(relation.missions.sent_by(other)),
                    "agreements": len(relation.agreements.in_force()),
                }
            )
    return rows


def level_of(relation: dr.Relation, ladder: str) -> str | None:
    """Return the id of the level held on a ladder."""
    held = relation.level(ladder).level
    return None if held is None else held.id


def differing(panel: dr.Table, rows: list[dict[str, Any]]) -> int:
    """Return how many cells of some rows differ; a missing number is a zero of the loop."""
    known = {(row["party_b"], row["year"]): row for row in panel}
    counts = {"posts_ab", "posts_ba", "agreements"}
    return sum(
        (known[row["party_b"], row["year"]][name] or (0 if name in counts else None)) != value
        for row in rows
        for name, value in row.items()
    )


def one_country(every: int) -> dict[str, float]:
    """Measure the panel of the United States.

    Args:
        every: The loop takes each so many-th partner; its time is scaled to all rows.
    """
    ours = [timed_afresh(lambda log: log.panel("USA", years=US_YEARS)) for _ in range(ROUNDS)]
    theirs = [
        timed_afresh(lambda log: panels_pandas.panel(log, "USA", US_YEARS)) for _ in range(ROUNDS)
    ]
    panel, frame = ours[0][1], theirs[0][1]
    partners = sorted({*panel["party_b"]})[::every]
    seconds, rows = timed_afresh(lambda log: loop(log, "USA", partners))
    looped = seconds * len(panel) / len(rows)
    mine, its = (statistics.median(one for one, _ in some) for some in (ours, theirs))
    print(
        f"the United States {US_YEARS[0]}-{US_YEARS[1]}: {len(panel):,} rows of "
        f"{len(panel.columns)} columns in {mine:.2f} s; pandas {its:.2f} s for "
        f"{len(frame.columns)} columns; the loop {looped:.1f} s, scaled from {len(rows):,} rows",
        flush=True,
    )
    return {
        "the United States, seconds": mine,
        "of pandas, at most one part in": mine / its,
        "of the loop, at most one part in": mine / looped,
        "pandas: share of cells that differ": panels_pandas.share_differing(panel, frame),
        "the loop: cells that differ": differing(panel, rows),
    }


# --- a world -------------------------------------------------------------------------------------


def world(count: int, seed: int = 7) -> dr.EventLog:
    """Return a log in which so many states live from 1816 to today.

    Three in five dyads have ties, one in eleven saw them severed; some ten parties have levels; one
    date in twelve is a month or a year. The ties of a quarter of the parties are complete for a
    time, and so are the ladders of those with levels.
    """
    rng = random.Random(seed)
    shipped = [one for one in dr.EventLog([], stream="world").reference.parties if one.is_state]
    states = sorted(rng.sample(sorted(one.id for one in shipped), count))
    parties = [
        Party(
            id=one.id,
            names={"en": one.name()},
            kind="state" if one.id in states else "territory",
            codes=one.codes,
        )
        for one in shipped
    ]
    with_levels = states[:: max(1, count // 10)]
    found: list[Event] = []
    for pair in combinations(states, 2):
        if rng.random() < 0.6:
            found.append(ev.TiesEstablished(on=day(rng), parties=pair, sources=["report"]))
            if rng.random() < 0.15:
                found.append(ev.TiesSevered(on=day(rng), parties=pair, sources=["report"]))
        for ladder in {*pair} & {*with_levels}:
            if rng.random() < 0.3:
                level = rng.choice(("comprehensive", "strategic"))
                found.append(
                    ev.LevelUpgraded(
                        on=day(rng), parties=pair, ladder=ladder, level=level, sources=["report"]
                    )
                )
    return dr.EventLog(
        found,
        stream="world",
        at=datetime(2026, 1, 1, tzinfo=UTC),
        sources=[dr.Source(id="report", title="A report", publisher="P", kind="agency")],
        parties=parties,
        coverage=[
            Coverage(track="ties", parties=states[: count // 4], since="1900", until="2020-12-31"),
            Coverage(track="level", parties=with_levels, since="1950", until="2020-12-31"),
        ],
    )


def day(rng: random.Random) -> str:
    """Return a day, now and then only its month or its year."""
    first, last = (date(year, 1, 1).toordinal() for year in (WORLD_YEARS[0], WORLD_YEARS[1] + 1))
    text = date.fromordinal(rng.randrange(first, last)).isoformat()
    drawn = rng.random()
    return text[:4] if drawn < 0.03 else text[:7] if drawn < 0.08 else text


def measure(count: int, *, at_once: bool) -> dict[str, float]:
    """Make one panel of a world and hand it to Arrow, in this process.

    Args:
        count: How many parties.
        at_once: Whether the Arrow table is whole; otherwise it is read batch by batch.
    """
    import pyarrow as pa  # noqa: PLC0415  its memory is no part of a panel's

    world(10).panel(years=(2024, 2025), columns=["ties", "level"]).to_arrow()  # what is imported
    log = world(count)
    log.resolve()
    before = megabytes_now()
    start = time.perf_counter()
    seconds, table = timed(lambda: log.panel(years=WORLD_YEARS, columns=["ties", "level"]))

    def taken() -> int:
        if at_once:
            return len(pa.table(table))
        return sum(len(batch) for batch in pa.RecordBatchReader.from_stream(table))

    in_arrow, rows = timed(taken)
    if rows != len(table):
        raise SystemExit(f"Arrow has {rows} rows of {len(table)}")
    return {
        "parties": count,
        "events": len(log),
        "rows": rows,
        "panel": seconds,
        "arrow": in_arrow,
        "wall": time.perf_counter() - start,
        "megabytes": most_megabytes() - before,
    }


def megabytes_now() -> float:
    """Return the memory that this process has."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except FileNotFoundError:  # not on Linux
        return most_megabytes()
    return pages * resource.getpagesize() / 2**20


def most_megabytes() -> float:
    """Return the most memory that this process has had."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 2**10


def worlds(sizes: tuple[int, ...]) -> dict[str, float]:
    """Measure worlds of some sizes, each in a process of its own."""
    found = []
    for size, more in [*((size, []) for size in sizes), (sizes[-1], ["--at-once"])]:
        command = [sys.executable, __file__, "--world", str(size), *more]
        run = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  our own
        one: dict[str, float] = json.loads(run.stdout)
        total = one["panel"] + one["arrow"]
        print(
            f"a world of {size} parties, {one['events']:,} events: {one['rows']:,} rows in "
            f"{one['panel']:.2f} s, to Arrow {one['arrow']:.2f} s"
            f"{' at once' if more else ''}, {one['rows'] / total:,.0f} rows a second, "
            f"{one['megabytes']:.0f} MB above the log ({one['wall']:.1f} s by the clock)",
            flush=True,
        )
        if not more:
            found.append((one["rows"], total, one["megabytes"]))
    fit = statistics.linear_regression(
        [math.log(rows) for rows, _, _ in found], [math.log(seconds) for _, seconds, _ in found]
    )
    return {
        "the world, seconds": found[-1][1],
        "the world, megabytes above the log": found[-1][2],
        "the world, exponent": fit.slope,
    }


def main() -> int:
    """Measure, and exit with 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a smaller world, a shorter loop")
    parser.add_argument("--world", type=int, metavar="PARTIES", help="only one world, as JSON")
    parser.add_argument("--at-once", action="store_true", help="with --world: Arrow all at once")
    args = parser.parse_args()
    if args.world:
        print(json.dumps(measure(args.world, at_once=args.at_once)))
        return 0
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else math.nan
    print(f"load of the machine at the start: {load:.1f} on {os.cpu_count()} cores")
    found = one_country(40 if args.small else 8) | worlds((20, 40, 60) if args.small else SIZES)
    missed = {name for name, value in found.items() if value > LIMITS[name]}
    for name, value in found.items():
        before = f"; before {BEFORE[name]}" if name in BEFORE else ""
        verdict = "missed" if name in missed else "held"
        print(f"{name:<38} {value:9.3f}   limit {LIMITS[name]:<7.4g} {verdict}{before}")
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
