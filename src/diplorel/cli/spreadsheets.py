"""The commands between a stream and a spreadsheet: import and export."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import attrs
import typer

from diplorel._message import NONE
from diplorel.cli.options import Ahead, ATarget
from diplorel.cli.output import progress, say
from diplorel.cli.output import write as write_output
from diplorel.cli.targets import open_folder, open_target
from diplorel.errors import (
    InvalidQueryError,
    Problem,
    SheetError,
    StreamError,
    StreamNotNamedError,
)
from diplorel.io.folder import write
from diplorel.io.jsonl import dumps
from diplorel.io.publish import replace
from diplorel.model.events import EventRetracted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.io.sheets import Row, Sheet
    from diplorel.log import EventLog
    from diplorel.model.events import Event
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
            "--update", help="Also append corrections where a row differs from the stream."
        ),
    ] = False,
    retract: Annotated[
        bool,
        typer.Option(
            "--retract", help="With --update and --reason: take back the events that have no row."
        ),
    ] = False,
    match_days: Annotated[
        bool,
        typer.Option(
            "--match-days",
            help="With --update, for a sheet of the whole stream without ids: a row whose day is "
            "new corrects the day of the one like event that has no row.",
        ),
    ] = False,
    number_repeats: Annotated[
        bool,
        typer.Option(
            "--number-repeats",
            help="Take like rows of a day as separate events, numbered in the order of the file.",
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
    ahead: Ahead = False,
) -> None:
    """Append the rows of a spreadsheet to a stream.

    What the stream has already is left alone, so to import twice is to import once. If anything is
    wrong with the table, or with the stream once it has these rows, all of it is reported with the
    lines of the table, and nothing is written.
    """
    from diplorel.io.sheets import update as append_rows  # noqa: PLC0415  no other command needs it
    from diplorel.io.sheets.reconcile import align  # noqa: PLC0415  likewise

    if retract and not update:
        raise InvalidQueryError("--retract takes events back: give --update and --reason with it")
    if match_days and not update:
        raise InvalidQueryError("--match-days corrects days: give --update and --reason with it")
    if retract and not reason:
        raise InvalidQueryError("--retract takes events back: say why with --reason")
    opened = open_folder(str(folder))
    log, name = opened.log(), opened.info.name
    with progress(3) as step:
        step("reading the table")
        table, problems = _read(file, log, sheet=sheet, number_repeats=number_repeats)
        table = attrs.evolve(table, sheet=align(log, table.sheet, stream=name))
        step("comparing")

        def updated(sheet: Sheet, *, is_whole: bool) -> EventLog:
            return append_rows(
                log,
                sheet,
                stream=name,
                reason=reason if update else reason or "a correction, which is not asked for",
                removed="retract" if retract and is_whole else "keep",
                match_days=match_days and is_whole,
                ahead=ahead,
            )

        # what has no row can only be known where all rows are there
        grown, table, more = _compared(log, table, updated, is_whole=not problems)
        problems += more
        step("checking")
        if grown is not log and (problems or not force):
            problems += _problems(
                log,
                grown,
                table,
                is_whole=not problems,
                is_matched=not (problems and match_days),
            )
            problems = _each_once(problems)
    if problems:
        raise StreamError(sorted(problems, key=lambda one: one.line or 0))
    held = set(log.records)
    fresh = [record for record in grown.records if record not in held]
    corrections = [record for record in fresh if record.event.supersedes]
    if corrections and not update:
        raise InvalidQueryError(
            "{file} and {folder} give different accounts of events ({count}; the first is "
            "{first}): give --update and --reason to append corrections, and --dry-run to look at "
            "them first",
            file=file,
            folder=folder,
            count=len(corrections),
            first=corrections[0].event.supersedes[0],
        )
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


@attrs.frozen
class _Table:
    """The rows of a table that can be appended, and of the others whom they are about.

    Attributes:
        sheet: The rows without a problem so far.
        unread: Whom the other rows can be about, as `SheetError` has it.
    """

    sheet: Sheet
    unread: tuple[tuple[str, ...], ...] = ()


def _read(
    file: Path, log: EventLog, *, sheet: str | None, number_repeats: bool
) -> tuple[_Table, list[Problem]]:
    """Return what can be read of a table, and what is wrong with the rest."""
    from diplorel.io.sheets import read_sheet  # noqa: PLC0415  no other command needs it

    try:
        read = read_sheet(
            _content(file),
            sheet=sheet,
            path=str(file),
            reference=log.reference,
            number_repeats=number_repeats,
        )
    except SheetError as error:
        return _Table(error.sheet, tuple({*error.unread})), [*error.problems]
    return _Table(read), []


class _Update(Protocol):
    """Appends rows to the stream."""

    def __call__(self, sheet: Sheet, *, is_whole: bool) -> EventLog: ...


def _compared(
    log: EventLog, table: _Table, updated: _Update, *, is_whole: bool
) -> tuple[EventLog, _Table, list[Problem]]:
    """Return the log with the rows that can be appended, those rows, and what is wrong.

    Where nothing can be appended, the log is the same.
    """
    problems: list[Problem] = []
    while True:
        try:
            return updated(table.sheet, is_whole=is_whole), table, problems
        except StreamError as error:
            problems += error.problems
            is_whole = False
            wrong = {problem.line for problem in error.problems}
        rows = table.sheet.rows
        sound = tuple(row for row in rows if row.line not in wrong)
        if len(sound) == len(rows):  # it is not a row that is wrong
            return log, table, problems
        unread = [row.event.parties for row in rows if row.line in wrong]
        table = _Table(attrs.evolve(table.sheet, rows=sound), (*table.unread, *unread))


def _problems(
    before: EventLog, after: EventLog, table: _Table, *, is_whole: bool, is_matched: bool
) -> list[Problem]:
    """Return what is wrong only since the rows were appended, with their lines.

    Args:
        before: The stream before.
        after: The stream with the rows.
        table: The table.
        is_whole: Whether all rows were appended. If not, only what the others cannot bear on is
            reported.
        is_matched: Whether rows were matched with events as asked.
    """
    rows = {row.event.id: row for row in table.sheet.rows}
    known = set(before.check())

    def is_certain(problem: Problem, row: Row | None) -> bool:
        if is_whole or problem.code == _NO_LADDER:
            return True
        if row is None:
            return False
        apart = is_matched and _is_apart(row.event, table.unread)
        return apart or problem.code.startswith(_NAMES)

    return [
        attrs.evolve(one, path=table.sheet.path, line=None if row is None else row.line)
        for one in after.check()
        if one not in known and is_certain(one, row := rows.get(one.event or ""))
    ]


def _each_once(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems without what `check` says of a level that reading the row said already."""
    found: dict[object, Problem] = {}
    for problem in problems:
        key = (problem.line, problem.code) if problem.code == _NO_LEVEL else problem
        found.setdefault(key, problem)
    return [*found.values()]


_NAMES = "DR2"
"""What an event names, and whether it is there, depends on no other event."""
_NO_LADDER, _NO_LEVEL = "DR203", "DR204"


def _is_apart(event: Event, unread: Iterable[tuple[str, ...]]) -> bool:
    """Say whether rows that were not read cannot bear on an event.

    A row about two parties bears on what those two have with each other, and other rows on all that
    one of their parties has. An agreement can have more parties than a row names.
    """
    own = set(event.parties)
    is_pair = len(own) == _PAIR and not hasattr(event, "agreement")
    return all(
        others
        and len(own.intersection(others)) < (_PAIR if is_pair and len(others) == _PAIR else 1)
        for others in unread
    )


_PAIR = 2


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

    CSV has one row an event, as the stream records it now, and is safe to open in a spreadsheet;
    edit it and bring it back by import --update. JSON Lines has every record, as it was made.
    """
    from diplorel.io.sheets import write_sheet  # noqa: PLC0415  no other command needs it

    log = open_target(target).log
    if stream is None and len(log.streams) > 1:
        raise StreamNotNamedError(log.streams)
    if stream is not None and stream not in log.streams:
        known = ", ".join(log.streams) or NONE
        raise InvalidQueryError(
            "--stream: there is no stream {stream!r}; the streams are: {known}",
            stream=stream,
            known=known,
        )
    if format is Format.CSV:
        text = write_sheet(log, stream=stream, spreadsheet=not raw)
    else:
        text = dumps(log, stream=stream) if log.records else ""
    if out is None:
        write_output(text.encode())
    else:
        replace(out, text.encode())
