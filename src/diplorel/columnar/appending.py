"""Adding a file of records to a table of events, without rewriting the others."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Final

from diplorel._message import Message, listing
from diplorel.columnar.corrections import find_more_disputed
from diplorel.columnar.engines import DuckDB
from diplorel.columnar.locking import locked
from diplorel.columnar.schema import EXTRA, Encoder, new_codes
from diplorel.columnar.tables import EventTable, open_table, read_manifest
from diplorel.columnar.writing import (
    FILE,
    digest_of,
    put_manifest,
    reference_text,
    write_disputed,
    write_events,
)
from diplorel.errors import InvalidQueryError
from diplorel.io.publish import replace as replace_file
from diplorel.log import EventLog
from diplorel.model.sources import source_table
from diplorel.model.table_frames import module_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from diplorel.model.records import Record
    from diplorel.model.reference import Reference

_OURS: Final = ("events-*.parquet", "disputed-*.parquet", "reference-*.jsonl")
"""The files that an append makes."""


def append(
    path: str | Path,
    records: EventLog | Iterable[Record],
    *,
    reference: Reference | None = None,
    progress: Callable[[int], None] | None = None,
    memory_limit: str = "1GB",
) -> EventTable:
    """Add records to a table of events on disk, as one more file.

    The files that are there stay as they are. The manifest is replaced last: a writer that is
    killed leaves the table as it was. Whoever opened the table before reads what it was, until the
    second append from then.

    Args:
        path: The folder of the table.
        records: A log, or records of any number.
        reference: The sources, ladders, parties and coverage in place of those that the table has.
            Default: of a log, these together with its own; otherwise those that the table has.
        progress: Called after each batch with the number of records of the table so far.
        memory_limit: How much memory the search for records that corrections name may take.

    Returns:
        The table as it is now.

    Raises:
        InvalidQueryError: *path* is not a table of events, another writer is at work on it, or
            *reference* gives another date of publication to a source of records that it has.
        MissingExtraError: DuckDB or pyarrow is not installed: see the extra ``duckdb``.
    """
    folder = Path(path)
    if isinstance(records, EventLog):
        records.refuse_view(Message("written"))
    module_of("duckdb", EXTRA)
    read_manifest(folder)  # before a file of ours is made there
    with locked(folder):
        table, manifest = open_table(folder), read_manifest(folder)
        known = reference
        if known is None:
            known = table.reference
            if isinstance(records, EventLog):
                known |= records.reference
        _refuse_other_dates(table, known)
        number = len(table.files)
        file = folder / FILE.format(number)
        encoder = Encoder(known.source, new_codes() | table.codes, table.rows)
        write_events(iter(records), [file], encoder, progress)
        disputed = folder / f"disputed-{number:05}.parquet"
        with closing(DuckDB(memory_limit=memory_limit, spill=folder / ".spill")) as engine:
            engine.attach("ev", (*table.files, file))
            engine.attach("disputed", (table.disputed,))
            found = find_more_disputed(engine, encoder.codes, table.rows)
        rmtree(folder / ".spill", ignore_errors=True)
        write_disputed(found, disputed)
        names = {"disputed": disputed.name, "reference": str(manifest["reference"])}
        if known != table.reference:
            names["reference"] = f"reference-{number:05}.jsonl"
            replace_file(folder / names["reference"], reference_text(known))
        files = dict(zip((one.name for one in table.files), table.digests, strict=True))
        files[file.name] = digest_of(file)
        put_manifest(folder, encoder.codes, encoder.count, files, **names)
        before = {table.disputed.name, str(manifest["reference"])}
        _remove_others(folder, {*files, *names.values(), *before})
    return open_table(folder)


def _refuse_other_dates(table: EventTable, reference: Reference) -> None:
    """Refuse reference data that change the day when records of a table were published."""
    before, after = (source_table(one.source) for one in (table.reference, reference))
    known = {id for id in before if before.published(id)} | {*table.codes.get("undated", ())}
    changed = sorted(id for id in known if before.published(id) != after.published(id))
    if changed:
        raise InvalidQueryError(
            "the table has records of the sources {sources}, which have another date of "
            "publication now. Write the table again, with diplorel.columnar.write",
            sources=listing(changed, 3),
        )


def _remove_others(folder: Path, named: set[str]) -> None:
    """Remove what neither this manifest nor the one before it names."""
    for pattern in _OURS:
        for file in folder.glob(pattern):
            if file.name not in named:
                with suppress(OSError):  # some systems keep what somebody reads
                    file.unlink()


__all__ = ["append"]
