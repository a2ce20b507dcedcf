"""A day's new records: appending them, a full replay of the table, and one from saved states.

    python benchmarks/increments.py --sizes 1e6 1e7 --vague 0.001 0.05 --new 10000

The tables are those of `scale`. The new records are drawn like theirs over the last days, with
0.1 % retractions. Each measurement runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import shutil
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scale import FIGURE, KINDS, LEVEL, LEVELS, RETRACTED, SERIES, SHARES, generate

from diplorel.columnar import append, open_table, replay
from diplorel.events import EventRetracted
from diplorel.model.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

YESTERDAY, TODAY = "2024-06-29", "2024-06-30"
PARTIES: Final = 200
_END: Final = date(2024, 6, 30)
_RECORDED: Final = datetime(2024, 6, 30, 12, tzinfo=UTC)


def drawn(count: int, vague: float) -> Iterator[Record]:
    """Draw records of the last days; retractions are of figures among them."""
    rng = np.random.default_rng(12)
    weight = 1 / np.arange(1, PARTIES + 1) ** 1.1
    figures: list[str] = []
    seen: set[str] = set()
    for kind in rng.choice(len(KINDS), count, p=SHARES).tolist():
        if kind == RETRACTED:
            if figures:
                id = figures.pop()
                retraction = EventRetracted(target=id, reason="wrong", sources=["s"])
                yield Record("drawn", _RECORDED + timedelta(hours=1), retraction)
            continue
        one, other = rng.choice(PARTIES, 2, replace=False, p=weight / weight.sum()).tolist()
        day = str(_END - timedelta(days=int(rng.exponential(10))))
        draw = rng.random()
        text = day[:7] if draw < vague / 2 else day[:4] if draw < vague else day
        parties = tuple(f"P{number:03}" for number in sorted((one, other)))
        said: dict[str, Any] = {"on": text, "sources": ["s"], "nth": int(rng.integers(1, 10_000))}
        if kind == LEVEL:
            level = f"level-{rng.integers(0, LEVELS)}"
            event = KINDS[kind](parties=parties, ladder=parties[0], level=level, **said)
        elif kind == FIGURE:
            of = {"indicator": f"trade-{rng.integers(0, SERIES)}", "unit": "USD"}
            value = str(round(float(rng.lognormal(3, 2)), 3))
            event = KINDS[kind](parties=parties, value=value, **of, **said)
        elif "agreement" in KINDS[kind].type:
            continue
        else:
            event = KINDS[kind](parties=parties, **said)
        if event.id not in seen:
            seen.add(event.id)
            figures += [event.id] if kind == FIGURE else []
            yield Record("drawn", _RECORDED, event)


def run(way: str, folder: Path, states: Path, new: int, vague: float) -> dict[str, Any]:
    """Do one thing in this process."""
    if way == "save":
        with replay(folder, YESTERDAY) as found:
            before = time.process_time()
            found.save(states)
            seconds = round(time.process_time() - before, 2)
        size = sum(file.stat().st_size for file in states.iterdir())
        return {"saving_cpu_s": seconds, "states_mb": round(size / 1e6, 1)}
    if way == "append":
        before = time.process_time()
        table = append(folder, list(drawn(new, vague)))
        return {"rows": table.rows, "append_cpu_s": round(time.process_time() - before, 2)}
    with replay(folder, TODAY, since=states if way == "increment" else None) as found:
        return {"fold": found.decided, "dyads": found.ties.relation.shape[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=float, nargs="+", default=[1e6])
    parser.add_argument("--vague", type=float, nargs="+", default=[0.001, 0.05])
    parser.add_argument("--new", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=Path("scale-tables"))
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        way, folder, states = given.one[0], Path(given.one[1]), Path(given.one[2])
        before = time.perf_counter()
        said = run(way, folder, states, given.new, given.vague[0])
        wall = time.perf_counter() - before
        used = resource.getrusage(resource.RUSAGE_SELF)
        said = {
            "way": way, "table": folder.name, "wall_s": round(wall, 2),
            "cpu_s": round(used.ru_utime + used.ru_stime, 2),
            "load": round(os.getloadavg()[0], 1), **said,
        }  # fmt: skip
        print(json.dumps(said), flush=True)
        return
    for rows in map(int, given.sizes):
        for vague in given.vague:
            base = given.folder / f"1e{math.log10(rows):.0f}-vague-{vague}"
            if not _is_current(base):
                shutil.rmtree(base, ignore_errors=True)
                generate(rows, vague, PARTIES, base)
            grown, states = (base.with_name(f"{base.name}-{name}") for name in ("grown", "states"))
            for one in (grown, states):
                shutil.rmtree(one, ignore_errors=True)
            shutil.copytree(base, grown)
            for way in ("save", "append", "full", "increment", "full", "increment"):
                command = [sys.executable, __file__, "--one", way, str(grown), str(states)]
                command += ["--new", str(given.new), "--vague", str(vague)]
                subprocess.run(command, check=True)  # noqa: S603  our own


def _is_current(folder: Path) -> bool:
    """Return whether a table is there that this version reads."""
    try:
        open_table(folder)
    except ValueError:
        return False
    return True


if __name__ == "__main__":
    main()
