"""From a log to a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from diplorel import _ask
from diplorel._message import Message
from diplorel.errors import InvalidQueryError
from diplorel.io.jsonl import one_stream
from diplorel.io.limits import CELL_CHARACTERS
from diplorel.io.sheets import cell_syntax
from diplorel.io.sheets.columns import ALWAYS, MORE, SIDES, Kind, Shape, names, shape, shapes
from diplorel.log import EventLog
from diplorel.model.events import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from diplorel.model.events import Event

BYTE_ORDER_MARK = "\ufeff"

_WRITERS: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: cell_syntax.write_text,
    Kind.KEY: cell_syntax.write_text,
    Kind.DATE: cell_syntax.write_date,
    Kind.NUMBER: cell_syntax.write_number,
    Kind.WHOLE: str,
    Kind.TRUTH: lambda value: "yes" if value else "no",
    Kind.PARTY: str,
    Kind.PARTIES: cell_syntax.write_list,
    Kind.LIST: cell_syntax.write_list,
    Kind.TEXTS: cell_syntax.write_texts,
    Kind.WORDINGS: cell_syntax.write_wordings,
    Kind.PERSONS: cell_syntax.write_persons,
    Kind.CITATIONS: cell_syntax.write_citations,
    Kind.JSON: cell_syntax.write_json,
}


def write_sheet(log: EventLog, *, stream: str | None = None, spreadsheet: bool = True) -> str:
    r"""Return one stream as a sheet: one row for each event, as the stream reports it now.

    What a correction took back has no row. The columns have a fixed order; those that no event
    fills are left out. Write the text in UTF-8, with ``newline=""``.

    Args:
        log: The log.
        stream: Which stream; may be left out where the log holds one only.
        spreadsheet: Make it safe for Excel and its like: a byte order mark, without which Excel
            takes UTF-8 for a Windows code page, and an apostrophe before each cell that would be
            computed or rewritten, such as a formula, a date or ``9.10``. `read_sheet` takes both
            away again. Without, cells are as they are, for programs that rewrite nothing.

    Returns:
        Comma-separated values with a header, in the order of the events.

    Raises:
        InvalidQueryError: The log holds several streams and none is named, or not the one named; or
            a text is longer than a cell can be (32,767 characters), as a note may be.

    >>> from diplorel import EventLog, events as ev
    >>> log = EventLog([ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"),
    ...                                    sources=["vna"])])
    >>> print(write_sheet(log, spreadsheet=False).replace("\r", ""), end="")
    id,type,on,party_a,party_b,sources
    ties-established/SGP-VNM/1973-08-01,ties-established,1973-08-01,SGP,VNM,vna
    """
    _ask.items("log", [log], EventLog)[0].refuse_view(Message("written"))
    events: tuple[Event, ...] = ()
    if log.records or stream is not None:
        events = log.where(stream=one_stream(log, stream)).resolve().events
    rows = [cells(event) for event in events]
    filled = {name for row in rows for name in row}.union(ALWAYS)
    columns = [name for name in names(shapes({type(event) for event in events})) if name in filled]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    guard = cell_syntax.guarded if spreadsheet else cell_syntax.kept
    for event, row in zip(events, rows, strict=True):
        given = [guard(row.get(name, "")) for name in columns]
        _refuse_long(event, columns, given)
        writer.writerow(given)
    return (BYTE_ORDER_MARK if spreadsheet else "") + out.getvalue()


def _refuse_long(event: Event, columns: list[str], given: list[str]) -> None:
    """Refuse a row if a spreadsheet, or `read_sheet`, would not take every cell whole.

    Raises:
        InvalidQueryError: A cell is too long.
    """
    for name, cell in zip(columns, given, strict=True):
        if len(cell) > CELL_CHARACTERS:
            raise InvalidQueryError(
                "{id}: {name} has {count} characters, and a cell holds at most {most}: write "
                "the stream as JSON Lines (dumps), or correct the event",
                id=event.id,
                name=name,
                count=len(cell),
                most=CELL_CHARACTERS,
            )


def cells(event: Event) -> dict[str, str]:
    """Return the cells of one event by their columns, without those that are empty."""
    form: Shape = shape(type(event))
    data = plain(event)
    found = {"id": cell_syntax.write_text(event.id), "type": event.type}
    sides = [data[role] for role in form.roles] or data.get("parties", [])
    found |= dict(zip(SIDES, sides, strict=False))
    if sides[2:]:
        found[MORE] = cell_syntax.write_list(sides[2:])
    for name, column in form.columns.items():
        if column.key in data:
            found[name] = _WRITERS[column.kind](data[column.key])
    return found
