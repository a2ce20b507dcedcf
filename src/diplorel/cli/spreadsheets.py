"""The commands between a stream and a spreadsheet: import and export."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import attrs
import typer

from diplorel.cli.options import ATarget
from diplorel.cli.output import progress, say
from diplorel.cli.output import write as write_output
from diplorel.cli.targets import open_folder, open_target
from diplorel.errors import InvalidQueryError, Problem, StreamError, StreamNotNamedError
from diplorel.io.folder import write
from diplorel.io.jsonl import dumps
from diplorel.io.publish import replace
from diplorel.model.events import EventRetracted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.io.sheets import Sheet
    from diplorel.log import EventLog
    from diplorel.model.records import Record


class Format(StrEnum):
    """The forms of an export."""

    CSV = "csv"
    JSONL = "jsonl"


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A table with a header, one row an event: CSV or TSV in UTF-8, or a workbook "
            "(xlsx, xls or ods; needs the extra 'excel').",
        ),
    ],
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The stream's folder; begin one with new.")
    ],
    *,
    sheet: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Which sheet of a workbook; by default the one whose first row names columns.",
        ),
    ] = None,
    update: Annotated[
        bool,
        typer.Option(
            "--update", help="Append corrections, too, where a row differs from the stream."
        ),
    ] = False,
    retract: Annotated[
        bool,
        typer.Option(
            "--retract", help="With --update and --reason: take back the events that have no row."
        ),
    ] = False,
    reason: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Why, for corrections whose row gives no reason."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Append even what check then finds wrong.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be appended, and write nothing.")
    ] = False,
) -> None:
    """Append the rows of a spreadsheet to a stream.

    What the stream has already is left alone, so to import twice is to import once. If anything is
    wrong with the table, or with the stream once it has these rows, all of it is told with the
    lines of the table, and nothing is written.
    """
    from diplorel.io.sheets import read_sheet  # noqa: PLC0415  no other command needs it
    from diplorel.io.sheets import update as updated  # noqa: PLC0415  likewise

    if retract and not update:
        raise InvalidQueryError("--retract takes events back: give --update and --reason with it")
    if retract and not reason:
        raise InvalidQueryError("--retract takes events back: say why with --reason")
    opened = open_folder(str(folder))
    log, name = opened.log(), opened.info.name
    with progress(3) as step:
        step("reading the table")
        table = read_sheet(_content(file), sheet=sheet, path=str(file), reference=log.reference)
        step("comparing")
        grown = updated(
            log,
            table,
            stream=name,
            reason=reason if update else reason or "a correction, which is not asked for",
            removed="retract" if retract else "keep",
        )
        step("checking")
        problems = [] if force or grown is log else _problems(log, grown, table)
    held = set(log.records)
    fresh = [record for record in grown.records if record not in held]
    corrections = [record for record in fresh if record.event.supersedes]
    if corrections and not update:
        raise InvalidQueryError(
            f"{file} and {folder} tell events otherwise ({len(corrections)}; the first is "
            f"{corrections[0].event.supersedes[0]}): give --update and --reason to append "
            "corrections, and --dry-run to look at them first"
        )
    if problems:
        raise StreamError(problems)
    if dry_run:
        say(*map(_said, fresh))
    elif grown is not log:
        write(grown, folder, stream=name)
    sources = len(grown.reference.source) - len(log.reference.source)
    say(
        _summary(fresh, sources),
        "Nothing is written." if dry_run else f"Next: diplorel check {folder}",
    )


def _content(file: Path) -> bytes:
    """Return the content of a file; of one that is too large, a little more than is read."""
    from diplorel.io.limits import SHEET_BYTES  # noqa: PLC0415  no other command needs it

    with file.open("rb") as opened:
        return opened.read(SHEET_BYTES + 1)


def _problems(before: EventLog, after: EventLog, table: Sheet) -> list[Problem]:
    """Return what is wrong only since the rows were appended, with their lines."""
    lines = {row.event.id: row.line for row in table.rows}
    known = set(before.check())
    return [
        attrs.evolve(one, path=table.path, line=lines.get(one.event or ""))
        for one in after.check()
        if one not in known
    ]


def _said(record: Record) -> str:
    event = record.event
    if isinstance(event, EventRetracted):
        return f"- {event.target} ({event.reason})"
    if event.supersedes:
        return f"~ {event.id} for {', '.join(event.supersedes)} ({event.reason})"
    return f"+ {event.id}"


def _summary(fresh: Sequence[Record], sources: int) -> str:
    back = sum(isinstance(record.event, EventRetracted) for record in fresh)
    corrected = sum(bool(record.event.supersedes) for record in fresh) - back
    return (
        f"Events added: {len(fresh) - corrected - back}, corrected: {corrected}, "
        f"taken back: {back}; sources added: {sources}."
    )


def export(
    target: ATarget,
    *,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="One row an event, or the stream's own lines.")
    ] = Format.CSV,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="A file; else the output.")
    ] = None,
    stream: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which stream of a store that has several.")
    ] = None,
    raw: Annotated[
        bool,
        typer.Option(
            "--raw",
            help="CSV for programs: without what keeps a spreadsheet from rewriting cells.",
        ),
    ] = False,
) -> None:
    """Write a stream as CSV or JSON Lines.

    CSV has one row an event, as the stream tells it now, and is safe to open in a spreadsheet; edit
    it and bring it back by import --update. JSON Lines has every record, as it was made.
    """
    from diplorel.io.sheets import write_sheet  # noqa: PLC0415  no other command needs it

    log = open_target(target).log
    if stream is None and len(log.streams) > 1:
        raise StreamNotNamedError(log.streams)
    if stream is not None and stream not in log.streams:
        known = ", ".join(log.streams) or "none"
        raise InvalidQueryError(
            f"--stream: there is no stream {stream!r}; the streams are: {known}"
        )
    if format is Format.CSV:
        text = write_sheet(log, stream=stream, spreadsheet=not raw)
    else:
        text = dumps(log, stream=stream) if log.records else ""
    if out is None:
        write_output(text.encode())
    else:
        replace(out, text.encode())
