"""What runs the statements: the interface of an engine, and DuckDB.

An engine keeps the result of a query under a name, for the statements after it, and takes small
tables from Python. `diplorel.columnar.running` asks for nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from diplorel.columnar.damage import unreadable
from diplorel.columnar.dialects import DUCKDB, Dialect, duckdb_files
from diplorel.columnar.schema import EXTRA, arrow
from diplorel.errors import InvalidQueryError
from diplorel.model.table_frames import module_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Row: TypeAlias = tuple[Any, ...]
Fold: TypeAlias = Callable[[Sequence[Row]], list[Row]]
"""What makes rows of rows."""


class Engine(Protocol):
    """What runs statements.

    Attributes:
        dialect: What it writes in its own way.
        connection: What its own library calls a connection or a session.
    """

    dialect: Dialect
    connection: Any

    def attach(self, name: str, events: Any) -> None:
        """Give the engine a table of events.

        Args:
            name: Its name.
            events: An Arrow table, or the paths of Parquet files.
        """

    def view(self, name: str, query: str) -> None:
        """Give a query a name."""

    def spread(self, name: str, query: str) -> None:
        """Give a query of events a name, with the rows of each dyad in one place.

        An engine of several processes moves the rows once, so that no later statement has to.

        Args:
            name: The name.
            query: The query. It has the columns ``a`` and ``b``.
        """

    def keep(self, name: str, query: str) -> None:
        """Keep the result of a query under a name, in place of what had the name before."""

    def scan(self, name: str, query: str) -> None:
        """Do the same for a query that joins all events to a small table, which comes second."""

    def register(self, name: str, kinds: Mapping[str, str], rows: Sequence[Row]) -> None:
        """Give the engine a small table.

        Args:
            name: Its name.
            kinds: The Arrow type of each column.
            rows: The rows.
        """

    def fold(self, name: str, source: str, function: Fold, kinds: Mapping[str, str]) -> None:
        """Keep what a function makes of rows under a name; the rows stay where they are.

        Args:
            name: The name.
            source: The name of the rows. They have the columns ``a``, ``b`` and ``pos``.
            function: What makes rows of rows, of whole dyads at a time: those of a dyad come
                together, in the order of ``pos``. It can be pickled.
            kinds: The Arrow type of each column of the result.
        """

    def rows(self, query: str) -> list[Row]:
        """Return the rows of a query."""
        ...

    def arrow(self, query: str) -> Any:
        """Return the rows of a query as an Arrow table."""

    def relation(self, name: str) -> Any:
        """Return what has a name, in the engine's own form."""

    def close(self) -> None:
        """Give back what the engine holds."""


def arrow_table(kinds: Mapping[str, str], rows: Sequence[Row]) -> Any:
    """Return rows as an Arrow table.

    Args:
        kinds: The Arrow type of each column.
        rows: The rows.
    """
    pa = arrow()
    columns = zip(*rows, strict=True) if rows else ([] for _ in kinds)
    arrays = [
        pa.array(list(values), pa.type_for_alias(kind))
        for values, kind in zip(columns, kinds.values(), strict=True)
    ]
    return pa.table(arrays, names=list(kinds))


def fold_here(
    engine: Engine, name: str, source: str, function: Fold, kinds: Mapping[str, str]
) -> None:
    """Do what `Engine.fold` does in this process, for an engine that has all rows in one place."""
    rows = engine.rows(f"SELECT * FROM {source} ORDER BY a, b, pos")
    engine.register(name, kinds, function(rows))


class DuckDB:
    """DuckDB, in the process.

    Args:
        memory_limit: How much memory it may take, such as ``1GB``.
        spill: The folder for what goes to disk.
        threads: How many threads it uses.

    Attributes:
        connection: Its connection.

    Raises:
        InvalidQueryError: DuckDB does not take a setting.
        MissingExtraError: DuckDB is not installed: see the extra ``duckdb``.
    """

    dialect = DUCKDB

    def __init__(
        self,
        *,
        memory_limit: str | None = None,
        spill: object = None,
        threads: int | None = None,
    ) -> None:
        config: dict[str, Any] = {"preserve_insertion_order": "false"}
        given = {"memory_limit": memory_limit, "temp_directory": spill, "threads": threads}
        config |= {name: str(value) for name, value in given.items() if value is not None}
        self._duckdb: Any = module_of("duckdb", EXTRA)
        try:
            self.connection: Any = self._duckdb.connect(config=config)
        except self._duckdb.Error as error:
            raise InvalidQueryError(
                "DuckDB does not take these settings: {said}. Give memory_limit as in '1GB', and "
                "threads as a number",
                said=str(error).strip().split("\n", maxsplit=1)[0],
            ) from error

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Say in our words what DuckDB could not do."""
        try:
            yield
        except self._duckdb.OutOfMemoryException as error:
            raise InvalidQueryError(
                "DuckDB needs more memory than it was given. Raise memory_limit, give it a folder "
                "with more room as spill, or fewer threads"
            ) from error
        except self._duckdb.Error as error:
            raise unreadable(error) from error

    def attach(self, name: str, events: Any) -> None:
        """Give the engine a table of events."""
        if isinstance(events, tuple):
            self.view(name, f"SELECT * FROM {duckdb_files(events)}")
        else:
            self.connection.register(name, events)

    def view(self, name: str, query: str) -> None:
        """Give a query a name."""
        with self._asked():
            self.connection.execute(f"CREATE TEMP VIEW {name} AS {query}")

    def keep(self, name: str, query: str) -> None:
        """Keep the result of a query under a name, in place of what had the name before."""
        with self._asked():
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def scan(self, name: str, query: str) -> None:
        """Keep the result of a query that joins all events to a small table.

        DuckDB takes each condition on the events to leave a fifth of them. By several it expects
        fewer than there are in the small table, and would hold the events in memory instead.
        """
        with self._asked():
            self.connection.execute("SET disabled_optimizers = 'build_side_probe_side'")
            self.keep(name, query)
            self.connection.execute("RESET disabled_optimizers")

    def spread(self, name: str, query: str) -> None:
        """Give a query of events a name: all rows are in one place."""
        self.view(name, query)

    def register(self, name: str, kinds: Mapping[str, str], rows: Sequence[Row]) -> None:
        """Give the engine a small table."""
        self.connection.register(name, arrow_table(kinds, rows))

    def fold(self, name: str, source: str, function: Fold, kinds: Mapping[str, str]) -> None:
        """Keep what a function makes of rows under a name, in this process."""
        fold_here(self, name, source, function, kinds)

    def rows(self, query: str) -> list[Row]:
        """Return the rows of a query."""
        with self._asked():
            found: list[Row] = self.connection.execute(query).fetchall()
            return found

    def arrow(self, query: str) -> Any:
        """Return the rows of a query as an Arrow table."""
        with self._asked():
            return self.connection.sql(query).to_arrow_table()

    def relation(self, name: str) -> Any:
        """Return what has a name, as a relation of DuckDB."""
        return self.connection.table(name)

    def close(self) -> None:
        """Close the connection; what it kept is gone with it."""
        self.connection.close()
