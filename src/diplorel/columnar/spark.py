"""Apache Spark as the engine of a replay: a session of yours, or a local one.

The events are put together by dyad once, and stay so: later statements bring their rows, a few for
each subject, to the events. The fold runs where the rows are. What comes to the driver: the
corrections, the events of dyads that are folded whole, and counts.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.columnar.dialects import SPARK
from diplorel.columnar.engines import arrow_table
from diplorel.model.table_frames import module_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from diplorel.columnar.engines import Fold, Row

EXTRA: Final = "spark"
"""The extra that this module needs."""
_SETTINGS: Final = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.ansi.enforceReservedKeywords": "false",
    # what is divided by dyad is so for every key that has the dyad in it
    "spark.sql.requireAllClusterKeysForCoPartition": "false",
    "spark.sql.requireAllClusterKeysForDistribution": "false",
    # only tables of texts go to all workers by way of the driver: these are marked
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    # it would divide what is kept in other ways, so that later statements move it again
    "spark.sql.adaptive.enabled": "false",
    # it would read the events once more, to leave out rows before they are moved
    "spark.sql.optimizer.runtime.bloomFilter.enabled": "false",
}
_TYPES: Final = {
    "int32": "int",
    "int64": "bigint",
    "string": "string",
    "date32": "date",
    "bool": "boolean",
}
"""Arrow's types in the words of Spark."""
_CHUNK: Final = 2_000
"""About how many rows the fold gets at a time."""


class Spark:
    """Apache Spark.

    Args:
        session: A session of yours. It is left as it is: the replay has its own settings and names
            over the same cluster. When None, a local one, which ends with the replay.
        memory_limit: How much memory a local session may take, such as ``2GB``.
        spill: The folder for what a local session moves, and for what goes to disk.
        threads: How many threads a local session uses. Default: one a core.

    Attributes:
        connection: Its session.

    Raises:
        MissingExtraError: pyspark is not installed: see the extra ``spark``.
    """

    dialect = SPARK

    def __init__(
        self,
        session: Any = None,
        *,
        memory_limit: str | None = None,
        spill: object = None,
        threads: int | None = None,
    ) -> None:
        self._functions = module_of("pyspark.sql.functions", EXTRA)
        self._local = None if session is not None else _local(memory_limit, spill, threads)
        given: Any = session if session is not None else self._local
        self.connection: Any = given.newSession()
        self._persisted: list[Any] = []
        self._kept: dict[str, Any] = {}
        for name, value in _SETTINGS.items():
            self.connection.conf.set(name, value)
        self._divide(1)

    def _divide(self, parts: int) -> None:
        """Set into how many parts events are divided: one a core, or more where they are many."""
        self._parts = max(parts, self.connection.sparkContext.defaultParallelism)
        self.connection.conf.set("spark.sql.shuffle.partitions", str(self._parts))

    def attach(self, name: str, events: Any) -> None:
        """Give the engine a table of events; every worker must be able to read the files."""
        if isinstance(events, tuple):
            paths = [Path(file).absolute().as_uri() for file in events]
            frame = self.connection.read.parquet(*paths)
        else:
            frame = self.connection.createDataFrame(events)
        frame.createOrReplaceTempView(name)

    def view(self, name: str, query: str) -> None:
        """Give a query a name."""
        self.connection.sql(query).createOrReplaceTempView(name)

    def spread(self, name: str, query: str) -> None:
        """Give a query of events a name, with the rows of each dyad on one worker."""
        frame = self.connection.sql(query)
        self._divide(frame.rdd.getNumPartitions())
        frame = frame.repartition(self._parts, "a", "b").persist()
        self._persisted.append(frame)
        frame.createOrReplaceTempView(name)

    def keep(self, name: str, query: str) -> None:
        """Keep the result of a query under a name, in place of what had the name before."""
        self._keep(name, self.connection.sql(query))

    def _keep(self, name: str, frame: Any) -> None:
        # computed now, and its plan forgotten: each names several before it, and would grow without
        # end
        kept = frame.localCheckpoint(eager=True)
        kept.createOrReplaceTempView(name)
        before = self._kept.get(name)
        self._kept[name] = kept
        if before is not None:
            _drop(before)

    def scan(self, name: str, query: str) -> None:
        """Do the same for a query that joins all events to a small table."""
        self.keep(name, query)

    def register(self, name: str, kinds: Mapping[str, str], rows: Sequence[Row]) -> None:
        """Give the engine a small table, which all workers get."""
        frame = self.connection.createDataFrame(arrow_table(kinds, rows))
        self._functions.broadcast(frame).createOrReplaceTempView(name)

    def fold(self, name: str, source: str, function: Fold, kinds: Mapping[str, str]) -> None:
        """Keep what a function makes of rows under a name, on the workers that have the rows."""
        frame = self.connection.table(source).repartition(self._parts, "a", "b")
        columns = ", ".join(f"`{column}` {_TYPES[kind]}" for column, kind in kinds.items())
        work = _Folding(function, dict(kinds))
        self._keep(name, frame.sortWithinPartitions("a", "b", "pos").mapInArrow(work, columns))

    def rows(self, query: str) -> list[Row]:
        """Return the rows of a query."""
        return [tuple(row) for row in self.connection.sql(query).collect()]

    def arrow(self, query: str) -> Any:
        """Return the rows of a query as an Arrow table."""
        return self.connection.sql(query).toArrow()

    def relation(self, name: str) -> Any:
        """Return what has a name, as a DataFrame of Spark."""
        return self.connection.table(name)

    def close(self) -> None:
        """Give back what is kept; a local session ends."""
        if self._local is not None:
            self._local.stop()
            return
        for frame in self._persisted:
            frame.unpersist()
        for frame in self._kept.values():
            _drop(frame)


def _drop(frame: Any) -> None:
    """Give back what a checkpoint holds: there is no public name for it."""
    frame._jdf.queryExecution().analyzed().rdd().unpersist(False)  # noqa: SLF001


@attrs.frozen
class _Folding:
    """What a worker does with the rows of a part, which are in the order of dyads."""

    function: Fold
    kinds: dict[str, str]

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        for rows in _whole_dyads(batches):
            yield from arrow_table(self.kinds, self.function(rows)).to_batches()


def _whole_dyads(batches: Iterable[Any]) -> Iterator[list[Row]]:
    """Yield rows, some thousand at a time, never some of a dyad without the others."""
    held: list[Row] = []
    for batch in batches:
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            if len(held) >= _CHUNK and row[:2] != held[-1][:2]:
                yield held
                held = []
            held.append(row)
    if held:
        yield held


def _local(memory_limit: str | None, spill: object, threads: int | None) -> Any:
    """Return a new local session, whose workers run this Python."""
    builder = module_of("pyspark.sql", EXTRA).SparkSession.builder
    settings = {
        "spark.master": f"local[{threads or '*'}]",
        "spark.app.name": "diplorel",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.log.level": "ERROR",
        "spark.ui.enabled": "false",
        # a replay is some hundred short stages: to compile them well takes longer than to run them
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    if memory_limit is not None:
        settings["spark.driver.memory"] = memory_limit.lower().removesuffix("b")
    if spill is not None:
        settings["spark.local.dir"] = str(spill)
    for name, value in settings.items():
        builder = builder.config(name, value)
    with _this_python():
        return builder.getOrCreate()


@contextmanager
def _this_python() -> Iterator[None]:
    """Have a session that starts here take this Python for its workers, unless one is named."""
    name = "PYSPARK_PYTHON"
    if name in os.environ:
        yield
        return
    os.environ[name] = sys.executable
    try:
        yield
    finally:
        del os.environ[name]


__all__ = ["Spark"]
