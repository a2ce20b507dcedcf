"""PostgreSQL as an engine: on the server of a store, in a session of its own.

Everything that it makes is a temporary table or view of that session, so that nothing is left in
the database when it is closed, and the store is only read.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from diplorel.columnar.corrections import disputed_rows
from diplorel.columnar.dialects import POSTGRES
from diplorel.columnar.engines import arrow_table, fold_here
from diplorel.columnar.schema import Encoder, arrow_schema
from diplorel.columnar.tables import EventTable
from diplorel.model.table_frames import module_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from diplorel.columnar.engines import Fold, Row
    from diplorel.stores.log_store import LogStore
    from diplorel.stores.postgres import PostgresBackend

EXTRA: Final = "arrow"
"""The extra with pyarrow; a store in PostgreSQL is open, so that psycopg is installed."""
_BATCH: Final = 20_000
_SETTINGS: Final = (
    "search_path = ''",  # temporary tables are found without, and nothing else is asked for
    "DateStyle = 'ISO, YMD'",
    "client_min_messages = warning",
    "default_transaction_read_only = off",  # temporary tables are written
    "synchronous_commit = off",  # nothing is kept, so that no statement has to wait for the disk
    "jit = off",
    "enable_nestloop = off",  # of several columns together, the planner expects too few rows
)
"""Settings of the session."""
_TYPES: Final = {
    "int16": ("smallint", 21),
    "int32": ("integer", 23),
    "int64": ("bigint", 20),
    "bool": ("boolean", 16),
    "date32": ("date", 1082),
    "string": ('text COLLATE "C"', 25),
}
"""The type of PostgreSQL for each Arrow type, with its number."""
_ARROW: Final = {number: kind for kind, (_, number) in _TYPES.items()}
_EVENT: Final = """'{' || substr(record.line, strpos(record.line, '",') + 2)"""
"""What a line of a store says, without its first key: when it was recorded."""


class Postgres:
    """PostgreSQL, on the server of a store.

    Args:
        backend: What keeps the rows of the store.
        memory_limit: How much memory a sort or a join may take there, such as ``1GB``.

    Attributes:
        connection: A connection of its own.

    Raises:
        MissingExtraError: Pyarrow is not installed: see the extra ``arrow``.
        StoreError: The server cannot be reached, or does not do what is asked.
    """

    dialect = POSTGRES

    def __init__(self, backend: PostgresBackend, *, memory_limit: str | None = None) -> None:
        self._backend = backend
        self._csv = module_of("pyarrow.csv", EXTRA)
        self._pa = module_of("pyarrow", EXTRA)
        with backend.clear():
            self.connection: Any = backend.connect()
        try:
            self._run("; ".join(f"SET {one}" for one in _SETTINGS))
            if memory_limit is not None:
                with backend.clear():
                    self.connection.execute(
                        "SELECT set_config('work_mem', %s, FALSE)", [str(memory_limit)]
                    )
        except BaseException:
            self.close()
            raise

    def _run(self, sql: str) -> Any:
        """Run statements, and return the cursor with the rows of the first."""
        with self._backend.clear():
            return self.connection.execute(sql.encode())

    def attach(self, name: str, events: Any) -> None:
        """Give the engine a table of events; also one that is read batch by batch."""
        if isinstance(events, tuple):
            parquet = module_of("pyarrow.parquet", EXTRA)
            files = [parquet.ParquetFile(file) for file in events]
            batches = chain.from_iterable(file.iter_batches(batch_size=_BATCH) for file in files)
            events = self._pa.RecordBatchReader.from_batches(files[0].schema_arrow, batches)
        elif isinstance(events, self._pa.Table):
            events = events.to_reader(max_chunksize=_BATCH)
        columns = ", ".join(f'"{one.name}" {_type(one.type)}' for one in events.schema)
        self._run(f"DROP TABLE IF EXISTS {name}; CREATE TEMP TABLE {name} ({columns})")
        with self._backend.clear(), self.connection.cursor() as cursor:
            with cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)".encode()) as into:
                for batch in events:
                    into.write(self._text(batch))
            cursor.execute(f"ANALYZE {name}".encode())

    def _text(self, batch: Any) -> bytes:
        """Return a batch as CSV. A text has quotes there, and a missing one has none."""
        buffer = self._pa.BufferOutputStream()
        self._csv.write_csv(batch, buffer, self._csv.WriteOptions(include_header=False))
        text: bytes = buffer.getvalue().to_pybytes()
        return text

    def view(self, name: str, query: str) -> None:
        """Give a query a name."""
        self._run(f"CREATE TEMP VIEW {name} AS {query}")

    def keep(self, name: str, query: str) -> None:
        """Keep the result of a query under a name, in place of what had the name before."""
        self._run(
            f"DROP TABLE IF EXISTS {name}; CREATE TEMP TABLE {name} AS {query}; ANALYZE {name}"
        )

    def spread(self, name: str, query: str) -> None:
        """Give a query of events a name: all rows are in one place."""
        self.view(name, query)

    def fold(self, name: str, source: str, function: Fold, kinds: Mapping[str, str]) -> None:
        """Keep what a function makes of rows under a name, in this process."""
        fold_here(self, name, source, function, kinds)

    def scan(self, name: str, query: str) -> None:
        """Do the same for a query that joins all events to a small table."""
        self.keep(name, query)

    def register(self, name: str, kinds: Mapping[str, str], rows: Sequence[Row]) -> None:
        """Give the engine a small table."""
        self.attach(name, arrow_table(kinds, rows))

    def rows(self, query: str) -> list[Row]:
        """Return the rows of a query."""
        cursor = self._run(query)
        with self._backend.clear():
            found: list[Row] = cursor.fetchall()
        return found

    def arrow(self, query: str) -> Any:
        """Return the rows of a query as an Arrow table."""
        cursor = self._run(query)
        kinds = {one.name: _ARROW[one.type_code] for one in cursor.description}
        with self._backend.clear():
            return arrow_table(kinds, cursor.fetchall())

    def relation(self, name: str) -> Any:
        """Return what has a name, as a cursor over its rows; its table is in the connection."""
        return self._run(f"SELECT * FROM {name}")

    def close(self) -> None:
        """Close the connection; what it kept is gone with it."""
        self.connection.close()

    # --- a store as the source -------------------------------------------------------------------

    def attach_store(self, store: LogStore) -> EventTable:
        """Give the engine the records of its store, as they are now.

        The library encodes them a batch at a time; their texts are read from the store where they
        are. The table is returned without rows: they are in the engine.
        """
        reference, end = store.contents()
        encoder = Encoder(reference.source, texts=False)
        schema = arrow_schema()
        coded = self._pa.schema([one for one in schema if one.name != "event"])

        def batches() -> Iterator[Any]:
            while (done := encoder.count) < end:
                stored = store.read(done, limit=min(_BATCH, end - done))
                columns = encoder.encode([one.record for one in stored])
                arrays = [self._pa.array(columns[one.name], one.type) for one in coded]
                yield self._pa.RecordBatch.from_arrays(arrays, schema=coded)

        self.attach("coded", self._pa.RecordBatchReader.from_batches(coded, batches()))
        # asked for each of the few rows whose text is read, where a join would read all texts
        text = (
            f"SELECT {_EVENT} FROM {self._backend.place('record')} AS record "
            "WHERE record.position = coded.pos + 1"
        )
        self.view("ev", f"SELECT coded.*, ({text}) AS event FROM coded")
        self.keep("disputed", disputed_rows(self, encoder.codes))
        return EventTable(encoder.codes, reference, end, None)


def _type(kind: Any) -> str:
    return _TYPES["date32" if str(kind).startswith("date32") else str(kind)][0]
