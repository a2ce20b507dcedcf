"""How costs grow with the length of a log, for streams that are as bad as streams can be.

    python benchmarks/growth.py                 up to 100,000 records
    python benchmarks/growth.py --small         up to 2,000
    python benchmarks/growth.py --only ties     the kinds whose names have this in them

For each kind of stream it takes the time at sizes that double or so, until one size takes too long,
and fits the exponent *e* of size ** *e*: 1 is a cost that grows with the log, 2 one that grows with
all pairs of its records. Above 1.2, over the larger half of the sizes, it exits with 1.
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import attrs

import diplorel as dr
from diplorel import events as ev
from diplorel.check import check
from diplorel.model.events import Event
from diplorel.model.reference import Reference

MOST = 1.2
LONGEST = 20.0
"""Seconds after which no larger size is tried."""
NOISE = 0.02
"""Seconds below which a time says nothing about growth."""
SIZES = (250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 100_000)
SOURCES = (dr.Source(id="vna", title="A report", publisher="VNA", kind="agency"),)
PAIR = ("GBR", "USA")
AT = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = "2200-01-01"  # so that no moment and no date of theirs is of the future

BEFORE = {
    "chain of corrections": "6.2 s at 1,000",
    "ties of one day": "24.3 s at 250",
    "append with corrections elsewhere": "3.1 s at 8,000",
}
"""What some of them took before comparisons and corrections were looked up."""


def day(number: int) -> str:
    """Return a day; after some five hundred years they begin anew."""
    return (date(1600, 1, 1) + timedelta(number % 180_000)).isoformat()


def log(events: list[Event], stream: str = "mine") -> dr.EventLog:
    """Return a log of one stream."""
    return dr.EventLog(events, stream=stream, at=AT, sources=SOURCES)


def ties(on: str, **more: int) -> Event:
    """Return the beginning of ties on a day."""
    return ev.TiesEstablished(on=on, parties=PAIR, sources=["vna"], **more)


def like_events(count: int) -> dr.EventLog:
    """Return events of one day and type that nothing but their number tells apart."""
    most = 9_999  # numbers there are, so that more events are of further days
    return log([ties(day(at // most * 400), nth=at % most + 1) for at in range(count)])


def envoys_of_one_day(count: int) -> dr.EventLog:
    """Return envoys that all came on one day: the order of each two is open."""
    return log(
        [
            ev.EnvoyAccredited(
                on="1800-01-01", sender="USA", receiver="GBR", name=f"E {at}", sources=["vna"]
            )
            for at in range(count)
        ]
    )


def nested_ranges(count: int) -> dr.EventLog:
    """Return events of which each may have been on any day of the next one's range."""
    return log([ties(f"[{day(count - at)}..{day(count + at)}]") for at in range(1, count + 1)])


def consecutive_ties(count: int) -> dr.EventLog:
    """Return ties that begin and end every other day."""
    kinds = (ev.TiesEstablished, ev.TiesSevered)
    return log([kinds[at % 2](on=day(at), parties=PAIR, sources=["vna"]) for at in range(count)])


def a_day_each(count: int) -> dr.EventLog:
    """Return the same event, reported for one day after the other."""
    return log([ties(day(at)) for at in range(count)])


def two_streams(count: int) -> dr.EventLog:
    """Return beginnings that one stream reports once and the other again and again."""
    return log([ties(day(0))]) | log(
        [ties(day(30 + at * 30 % 170_000), nth=1 + at // 5_600) for at in range(count)], "theirs"
    )


def accounts(count: int) -> dr.EventLog:
    """Return visits that two streams report a day apart, and without names."""
    return log(visits(count // 2, 0)) | log(visits(count // 2, 1), "theirs")


def visits(count: int, shift: int) -> list[Event]:
    """Return visits of three days, one after the other."""
    return [
        ev.VisitMade(
            on=f"{day(at * 2 + shift)}/{day(at * 2 + shift + 3)}",
            visitor="USA",
            host="GBR",
            sources=["vna"],
        )
        for at in range(count)
    ]


def chain_of_corrections(count: int) -> dr.EventLog:
    """Return an account of ties that is corrected, and the correction again, and so on."""
    chain = [ties(day(0))]
    for at in range(1, count):
        named = f"{chain[-1].id}@{chain[-1].digest}"
        note = {"note": f"{at}", "reason": "The note."}
        chain.append(attrs.evolve(chain[0], supersedes=[named], **note))
    return log(chain)


def checked(make: Callable[[int], dr.EventLog]) -> Callable[[int], float]:
    """Return how long it takes to check a log of a size."""

    def measure(count: int) -> float:
        given = make(count)
        start = time.perf_counter()
        check(given, today=TODAY)
        return time.perf_counter() - start

    return measure


def append_beside(*, corrected: bool) -> Callable[[int], float]:
    """Return how long an append takes to a store of a size.

    Args:
        corrected: Whether half of the records of other dyads are corrections.
    """

    def measure(count: int) -> float:
        with tempfile.TemporaryDirectory() as folder:
            address = (Path(folder) / "growth.db").as_posix()
            with dr.open(address) as store:
                store.append(
                    list(elsewhere(count, corrected=corrected)),
                    reference=Reference(sources=SOURCES),
                    validate="off",
                )
                store.append([ties("1783-09-03")])  # from here on the corrections are known
                times = []
                for at in range(9):
                    start = time.perf_counter()
                    store.append([ties(day(at * 400 + 70_000))], validate="report")
                    times.append(time.perf_counter() - start)
        return statistics.median(times)

    return measure


def elsewhere(count: int, *, corrected: bool) -> Iterator[Event]:
    """Yield events of two other parties, each corrected by the next where that is asked for."""
    for at in range(count // 2 if corrected else count):
        event = ev.VisitMade(on=day(at), visitor="FRA", host="DEU", sources=["vna"])
        yield event
        if corrected:
            yield attrs.evolve(event, place="Bonn", supersedes=[event.id], reason="The place.")


KINDS: dict[str, Callable[[int], float]] = {
    "ties of one day": checked(like_events),
    "envoys of one day": checked(envoys_of_one_day),
    "nested ranges": checked(nested_ranges),
    "consecutive ties": checked(consecutive_ties),
    "a day each": checked(a_day_each),
    "two streams": checked(two_streams),
    "accounts": checked(accounts),
    "chain of corrections": checked(chain_of_corrections),
    "append with corrections elsewhere": append_beside(corrected=True),
    "append": append_beside(corrected=False),
}


def exponent(times: dict[int, float]) -> float:
    """Return the exponent of growth over the larger half of the sizes."""
    told = {size: seconds for size, seconds in times.items() if seconds > NOISE}
    sizes = [*told][len(told) // 2 - 1 :] if len(told) > 3 else [*told]
    if len(sizes) < 2:
        return 0.0
    fit = statistics.linear_regression(
        [math.log(size) for size in sizes], [math.log(told[size]) for size in sizes]
    )
    return fit.slope


def growth(sizes: tuple[int, ...], only: str = "") -> dict[str, dict[int, float]]:
    """Return the times of each kind by size."""
    found: dict[str, dict[int, float]] = {}
    for name, measure in KINDS.items():
        if only in name:
            measure(sizes[0])  # what is imported late is imported now
            times = found[name] = {}
            for size in sizes:
                times[size] = measure(size)
                if times[size] > LONGEST:
                    break
            print(line(name, times), flush=True)
    return found


def line(name: str, times: dict[int, float]) -> str:
    """Return what was measured of one kind: the exponent, the last sizes, and what was before."""
    shown = ", ".join(f"{seconds:.2f} s at {size:,}" for size, seconds in [*times.items()][-2:])
    before = f"; before {BEFORE[name]}" if name in BEFORE else ""
    return f"{name:<36} {exponent(times):5.2f}   {shown}{before}"


def main() -> int:
    """Measure, and exit with 1 where something grows too fast."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="up to 2,000 records")
    parser.add_argument("--only", default="", metavar="NAME", help="kinds with this in their name")
    args = parser.parse_args()
    found = growth(SIZES[:4] if args.small else SIZES, args.only)
    return int(any(exponent(times) > MOST for times in found.values()))


if __name__ == "__main__":
    raise SystemExit(main())
