"""A table of events: in files on disk, or in memory as an Arrow table."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel import _ask
from diplorel._columns import counted
from diplorel.columnar.corrections import find_disputed
from diplorel.columnar.damage import unreadable
from diplorel.columnar.engines import DuckDB
from diplorel.columnar.records import records_of
from diplorel.columnar.schema import (
    EXTRA,
    FORMAT,
    Codes,
    Encoder,
    arrow,
    arrow_schema,
    codes_of,
)
from diplorel.columnar.subsets import records_about
from diplorel.errors import InvalidQueryError
from diplorel.log import EventLog
from diplorel.model.reference import Reference
from diplorel.model.table_frames import module_of
from diplorel.stores.reference_entries import reference_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from diplorel.columnar.engines import Engine
    from diplorel.model.events import Event
    from diplorel.model.records import Record

MANIFEST: Final = "table.json"
"""The file that a table has once it is whole."""
DISPUTED: Final = "disputed.parquet"
"""The file of the corrections, of what they name, and of ids that several records have."""
REFERENCE: Final = "reference.jsonl"
"""The file of the sources, ladders, parties, coverage and claims."""
_NEEDED: Final = frozenset(("format", "rows", "files", "digests", "codes", "disputed", "reference"))
_BATCH: Final = 20_000


@attrs.frozen(eq=False, repr=False)
class EventTable:
    """A stream as a table of events.

    Attributes:
        codes: The code of each text, by kind.
        reference: The sources, ladders, parties, coverage and claims.
        rows: How many records it has.
        disputed: The records that are not simply alive, as an Arrow table or the file of one: the
            corrections, what they name, and those with an id that several records have.
        files: The Parquet files; none where the table is in memory.
        digests: A digest of the content of each file: which records the table holds, in order.
        memory: The Arrow table; None where the table is in files.
    """

    codes: Codes
    reference: Reference
    rows: int
    disputed: Any
    files: tuple[Path, ...] = ()
    digests: tuple[str, ...] = ()
    memory: Any = None

    def __repr__(self) -> str:
        streams = ", ".join(self.codes["stream"]) or "no stream"
        return f"<EventTable: {counted(self.rows, 'record')} of {streams}>"

    def __len__(self) -> int:
        return self.rows

    def batches(self, columns: list[str] | None = None) -> Iterator[Any]:
        """Yield Arrow record batches, a few thousand rows each.

        Args:
            columns: Which columns; all when None.

        Raises:
            InvalidQueryError: A file is damaged.
        """
        if self.memory is not None:
            some = self.memory if columns is None else self.memory.select(columns)
            yield from some.to_batches(max_chunksize=_BATCH)
            return
        parquet = module_of("pyarrow.parquet", EXTRA)
        for file in self.files:
            try:
                with parquet.ParquetFile(file) as opened:
                    yield from opened.iter_batches(batch_size=_BATCH, columns=columns)
            except (arrow().ArrowException, OSError) as error:
                raise unreadable(error) from error

    def records(self, types: Iterable[type[Event]] = ()) -> Iterator[Record]:
        """Yield the records, file by file, in bounded memory.

        Args:
            types: Event classes of tracks of your own, beside the standard ones.
        """
        extra = tuple(types)
        streams = list(self.codes["stream"])
        for batch in self.batches(["stream", "recorded", "event"]):
            data = batch.to_pydict()
            yield from records_of(streams, data["stream"], data["recorded"], data["event"], extra)

    def log(self, types: Iterable[type[Event]] = ()) -> EventLog:
        """Return the log that the table holds: the same records and reference data."""
        return EventLog(self.records(types), reference=self.reference)

    def about(self, *parties: str, types: Iterable[type[Event]] = ()) -> EventLog:
        """Return the log of the records that bear on some parties, which fits in memory.

        To it every question about these parties can be asked, such as a panel, spells or a ranking
        over time, and it answers what the log of the whole table answers. It also has what is
        recorded of several dyads at once or of a group, all successions, and the corrections of any
        of its records. Of other dyads it holds nothing or a part: do not ask it about these.

        Args:
            *parties: Ids, alpha-2 codes or names.
            types: Event classes of tracks of your own, beside the standard ones.

        Raises:
            UnknownPartyError: There is no such party.
            MissingExtraError: DuckDB or pyarrow is not installed: see the extra ``duckdb``.

        >>> import diplorel as dr
        >>> table = table_of(dr.load("vietnam"))
        >>> log = table.about("Singapore")
        >>> len(log) < len(table), log.relation("VNM", "SGP", on="2025-03-12").ties.since.text
        (True, '1973-08-01')
        """
        ids = [_ask.party(self.reference, party) for party in parties]
        with closing(DuckDB()) as engine:
            attach(engine, self)
            records = records_about(engine, self.codes, ids, types)
        return EventLog(records, reference=self.reference)


def attach(engine: Engine, table: EventTable) -> None:
    """Give an engine the events of a table as ``ev``, and the disputed ones as ``disputed``."""
    on_disk = table.memory is None
    engine.attach("ev", table.files if on_disk else table.memory)
    engine.attach("disputed", (table.disputed,) if on_disk else table.disputed)


def table_of(log: EventLog) -> EventTable:
    """Return a log as a table of events in memory.

    Raises:
        MissingExtraError: DuckDB or pyarrow is not installed: see the extra ``duckdb``.

    >>> import diplorel as dr
    >>> log = dr.load("singapore")
    >>> table_of(log).log() == log
    True
    """
    encoder = Encoder(log.reference.source)
    columns = encoder.encode(log.records) if log.records else {}
    schema = arrow_schema()
    memory = arrow().Table.from_pydict(columns or {name: [] for name in schema.names}, schema)
    with closing(DuckDB()) as engine:
        engine.attach("ev", memory)
        disputed = find_disputed(engine, encoder.codes)
    return EventTable(encoder.codes, log.reference, len(log.records), disputed, memory=memory)


def open_table(path: str | Path) -> EventTable:
    """Return the table of events in a folder that `write` made.

    Raises:
        InvalidQueryError: The folder holds no whole table of events.
    """
    folder = Path(path)
    manifest = read_manifest(folder)
    names = [manifest["reference"], manifest["disputed"], *manifest["files"]]
    reference, disputed, *files = (folder / str(name) for name in names)
    for file in (reference, disputed, *files):  # a table may come from others: no way out of it
        if file.parent != folder or file.is_symlink() or not file.is_file():
            raise _damaged(folder)
    try:
        lines = reference.read_text(encoding="utf-8").split("\n")
        entries = [json.loads(line) for line in lines if line]
    except ValueError:
        raise _damaged(folder) from None
    return EventTable(
        codes_of(manifest["codes"]),
        reference_of((kind, text) for kind, text in entries)[0],
        manifest["rows"],
        disputed,
        files=tuple(files),
        digests=tuple(map(str, manifest["digests"])),
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what the manifest of a table says.

    Raises:
        InvalidQueryError: There is none, or it is damaged or of another version.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise InvalidQueryError(
            "{folder} is not a table of events, or its writer was interrupted: it has no "
            "{manifest}. Write it with diplorel.columnar.write",
            folder=folder,
            manifest=MANIFEST,
        ) from None
    except ValueError:
        raise _damaged(folder) from None
    if isinstance(manifest, dict) and manifest.get("format", FORMAT) != FORMAT:
        raise InvalidQueryError(
            "{folder} has columns of version {found}, and this release reads version {known}: "
            "write the table again",
            folder=folder,
            found=manifest["format"],
            known=FORMAT,
        )
    if (
        not isinstance(manifest, dict)
        or not manifest.keys() >= _NEEDED
        or type(manifest["rows"]) is not int
        or any(type(manifest[name]) is not list for name in ("files", "digests"))
        or len(manifest["files"]) != len(manifest["digests"])
    ):
        raise _damaged(folder)
    return manifest


def _damaged(folder: Path) -> InvalidQueryError:
    """Return the error of a folder whose manifest says what no writer wrote."""
    return InvalidQueryError(
        "{manifest} in {folder} is damaged. Write the table again", manifest=MANIFEST, folder=folder
    )
