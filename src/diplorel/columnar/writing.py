"""Writing a table of events from any number of records, in bounded memory."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import attrs

from diplorel._message import Message
from diplorel.columnar.corrections import find_disputed
from diplorel.columnar.engines import DuckDB
from diplorel.columnar.locking import locked
from diplorel.columnar.schema import EXTRA, FORMAT, Encoder, arrow, arrow_schema, texts_of
from diplorel.columnar.tables import (
    DISPUTED,
    MANIFEST,
    REFERENCE,
    EventTable,
    open_table,
)
from diplorel.errors import InvalidQueryError
from diplorel.io.publish import replace as replace_file
from diplorel.io.publish import sync
from diplorel.log import EventLog
from diplorel.model.events import EventRetracted
from diplorel.model.records import Record
from diplorel.model.reference import Reference
from diplorel.model.table_frames import module_of
from diplorel.stores.reference_entries import entries_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Self

    from diplorel.columnar.schema import Codes, Columns

_BATCH: Final = 50_000
"""How many records are kept before they are written."""
_UNFINISHED: Final = ".unfinished-"
FILE: Final = "events-{:05}.parquet"
"""The name of a file of records, with its number."""


def write(
    records: EventLog | Iterable[Record],
    path: str | Path,
    *,
    reference: Reference | None = None,
    partitions: int = 1,
    overwrite: bool = False,
    progress: Callable[[int], None] | None = None,
    memory_limit: str = "1GB",
) -> EventTable:
    """Write records as a table of events: a folder of Parquet files with a manifest.

    The records are taken as they come, and never all held. The folder gets its name when everything
    is on disk: a writer that is killed leaves a hidden folder that no reader takes for a table.

    Args:
        records: A log, or records of any number.
        path: The folder to make.
        reference: The sources, ladders, parties and coverage; of a log, its own.
        partitions: How many files; all records of a dyad are in one file.
        overwrite: Whether a table of that name is replaced.
        progress: Called after each batch with the number of records written so far.
        memory_limit: How much memory the search for ids that several records have may take.

    Raises:
        InvalidQueryError: *path* exists and *overwrite* is false, or *partitions* is not a positive
            whole number.
        MissingExtraError: DuckDB or pyarrow is not installed: see the extra ``duckdb``.
    """
    folder = Path(path)
    if type(partitions) is not int or partitions < 1:
        raise InvalidQueryError(
            "{argument}: expected a whole number from 1 up, got {given!r}",
            argument="partitions",
            given=partitions,
        )
    if folder.exists() and not (overwrite and (folder / MANIFEST).exists()):
        raise InvalidQueryError(
            "{folder} exists. Choose another name{remedy}",
            folder=folder,
            remedy=""
            if overwrite
            else Message(", or pass overwrite=True to replace a table of events"),
        )
    if isinstance(records, EventLog):
        records.refuse_view(Message("written"))
        reference = records.reference if reference is None else reference
    module_of("duckdb", EXTRA)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix=f".{folder.name}{_UNFINISHED}", dir=folder.parent))
    try:
        known = reference or Reference()
        encoder = Encoder(known.source)
        paths = [made / FILE.format(number) for number in range(partitions)]
        write_events(iter(records), paths, encoder, progress)
        replace_file(made / REFERENCE, reference_text(known))
        finish(made, encoder.codes, encoder.count, [path.name for path in paths], memory_limit)
        if folder.exists():
            with locked(folder):
                (folder / MANIFEST).unlink()  # who waits for the lock finds no table any more
            shutil.rmtree(folder)
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return open_table(folder)


def write_events(
    records: Iterator[Record],
    paths: Sequence[Path],
    encoder: Encoder,
    progress: Callable[[int], None] | None,
) -> None:
    """Write the rows of records, all of a dyad to one of some files, and wait for the disk.

    Args:
        records: The records.
        paths: The files.
        encoder: What makes rows of them; it has the codes then.
        progress: Called after each batch with the number of rows of the table.
    """
    with _Files(paths) as files:
        while some := list(islice(records, _BATCH)):
            columns = encoder.encode(some)
            files.add(columns, [_part_of(record, len(paths)) for record in some])
            if progress is not None:
                progress(encoder.count)
    for path in paths:
        sync(path)


def reference_text(reference: Reference) -> bytes:
    """Return the content of the file of reference data."""
    entries = (json.dumps(one, ensure_ascii=False) for one in entries_of(reference))
    return "".join(f"{line}\n" for line in entries).encode()


def finish(folder: Path, codes: Codes, rows: int, names: list[str], memory_limit: str) -> None:
    """Write which records corrections bear on, and the manifest: then the folder is a table.

    Args:
        folder: The folder.
        codes: The code of each text, by kind.
        rows: How many records there are.
        names: The names of the Parquet files.
        memory_limit: How much memory the search for these records may take; the rest goes to disk.
    """
    with closing(DuckDB(memory_limit=memory_limit, spill=folder / "spill")) as engine:
        engine.attach("ev", tuple(folder / name for name in names))
        found = find_disputed(engine, codes)
    write_disputed(found, folder / DISPUTED)
    shutil.rmtree(folder / "spill", ignore_errors=True)
    digests = {name: digest_of(folder / name) for name in names}
    put_manifest(folder, codes, rows, digests, disputed=DISPUTED, reference=REFERENCE)


def write_disputed(found: Any, path: Path) -> None:
    """Write the records that are not simply alive: see `EventTable.disputed`."""
    module_of("pyarrow.parquet", EXTRA).write_table(found, path)
    sync(path)


def digest_of(path: Path) -> str:
    """Return a digest of the content of a file."""
    with path.open("rb") as file:
        return file_digest(file, "blake2b").hexdigest()[:32]


def put_manifest(
    folder: Path,
    codes: Codes,
    rows: int,
    files: Mapping[str, str],
    *,
    disputed: str,
    reference: str,
) -> None:
    """Write the manifest of a table, or another one in its place.

    Args:
        folder: The folder.
        codes: The code of each text, by kind.
        rows: How many records there are.
        files: The Parquet files, with the digest of each.
        disputed: The name of the file of the records that are not simply alive.
        reference: The name of the file of reference data.
    """
    manifest = {
        "format": FORMAT,
        "rows": rows,
        "files": [*files],
        "digests": [*files.values()],
        "disputed": disputed,
        "reference": reference,
        "codes": texts_of(codes),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    replace_file(folder / MANIFEST, text.encode())


def _part_of(record: Record, partitions: int) -> int:
    """Return the number of the file of a record: one for all records of a dyad."""
    if partitions == 1 or isinstance(record.event, EventRetracted):
        return 0
    return crc32("-".join(sorted(record.event.parties)).encode()) % partitions


class _Files:
    """The Parquet files of a table under way.

    Args:
        paths: Where they are.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        parquet = module_of("pyarrow.parquet", EXTRA)
        self._schema = arrow_schema()
        self._writers = [
            parquet.ParquetWriter(path, self._schema, compression="zstd") for path in paths
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in self._writers:
            writer.close()

    def add(self, columns: Columns, parts: list[int]) -> None:
        """Add rows, each to its file."""
        table = arrow().Table.from_pydict(columns, self._schema)
        places: dict[int, list[int]] = {}
        for place, part in enumerate(parts):
            places.setdefault(part, []).append(place)
        for part, some in places.items():
            whole = len(some) == len(parts)
            self._writers[part].write_table(table if whole else table.take(some))


def resolved_records(log: EventLog) -> Iterator[Record]:
    """Yield the events that a log reports together as records of one stream, ``resolved``.

    A table for `replay` holds one stream with one account of each event. If a log has several
    streams or differing accounts, these are its events as the policy chooses them.
    They count as recorded at the moment of the last record.

    Args:
        log: The log, or a view of it as it was known.
    """
    if not log.records:
        return
    moment = max(record.recorded for record in log.records)
    for event in log.resolve().events:
        yield Record("resolved", moment, attrs.evolve(event, supersedes=(), reason=None))
