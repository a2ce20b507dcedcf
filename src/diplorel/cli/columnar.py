"""The command that replays a table of events on an engine."""

from __future__ import annotations

from contextlib import ExitStack
from enum import StrEnum
from functools import reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplorel.cli.options import AsJson, ByClock, Clock, Known
from diplorel.cli.output import as_json, progress, say
from diplorel.cli.targets import open_all
from diplorel.columnar import open_table, resolved_records, table_of
from diplorel.columnar import replay as replay_table
from diplorel.columnar.schema import EXTRA
from diplorel.columnar.tables import MANIFEST
from diplorel.errors import InvalidQueryError
from diplorel.log import EventLog
from diplorel.model.table_frames import module_of
from diplorel.stores import open as open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.columnar import EventTable
    from diplorel.stores.store import Store


class Engine(StrEnum):
    """What computes the states."""

    DUCKDB = "duckdb"
    SPARK = "spark"
    POSTGRES = "postgres"


def replay(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILES...",
            help="A folder with a table of events, or datasets, folders of streams or stores.",
            show_default=False,
        ),
    ],
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="A name such as state.parquet.",
            show_default=False,
        ),
    ],
    on: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="The day. Default: everything that is recorded."),
    ] = None,
    known: Known = None,
    clock: ByClock = Clock.RECORDED,
    engine: Annotated[
        Engine,
        typer.Option(
            help="What computes the states: DuckDB, a local Apache Spark, or the server of one "
            "store in PostgreSQL."
        ),
    ] = Engine.DUCKDB,
    memory_limit: Annotated[
        str | None,
        typer.Option(
            metavar="SIZE",
            help="How much memory the engine may take, such as 1GB; the rest goes to disk.",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Write the ties, levels, figures and visits of a day as Parquet, one file each.

    The states are computed by an engine, also where a table of events is larger than memory.
    """
    if output.suffix != ".parquet":
        raise InvalidQueryError(
            "{argument}: expected a name that ends with .parquet, got {output}",
            argument="--output",
            output=output,
        )
    with progress(2) as step:
        step("reading")
        asked: dict[str, Any] = {"known": known, "clock": clock.value}
        table: EventTable | Store
        with ExitStack() as opened:
            if engine is Engine.POSTGRES:
                table = opened.enter_context(open_store(_only(files), create=False))
            elif len(files) == 1 and (Path(files[0]) / MANIFEST).is_file():
                table = open_table(files[0])
            else:
                table, asked = _resolved(files, asked), {}
            step("replaying")
            with replay_table(
                table, on, engine=engine.value, memory_limit=memory_limit, **asked
            ) as states:
                written = states.write(output)
    parquet = module_of("pyarrow.parquet", EXTRA)
    counts = [parquet.read_metadata(file).num_rows for file in written]
    rows = dict(zip(map(str, written), counts, strict=True))
    if json:
        as_json({"files": rows, "decided_by_the_fold": states.decided})
    else:
        say(*(f"{file}: {count:,} rows" for file, count in rows.items()))


def _only(files: Sequence[str]) -> str:
    """Return the one address of a store."""
    if len(files) > 1:
        raise InvalidQueryError(
            "{argument}: expected the address of one store, got {found}",
            argument="--engine postgres",
            found=" ".join(files),
        )
    return files[0]


def _resolved(files: Sequence[str], asked: dict[str, Any]) -> EventTable:
    """Return a table of the events that streams report together, as known."""
    log = reduce(or_, (one.log for one in open_all(files)))
    return table_of(EventLog(resolved_records(log.view(**asked)), reference=log.reference))
