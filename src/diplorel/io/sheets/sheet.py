"""What a table of events is: its rows, and the new sources that it brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from diplorel.model.events import Event
    from diplorel.model.sources import Source


REPEATS: Final = (
    "Take it out; or, if like rows of a day are separate events throughout, use --number-repeats"
)
"""What to do about a row that repeats another one."""


@attrs.frozen
class Row:
    """One row: an event, and where it is.

    Attributes:
        event: What the row says.
        id: The id in its column ``id``, which names the event that the row is about; None where the
            cell is empty.
        line: The first line of the row in the file, counted from 1; None for an event that
            comes from no file.
        numbered: Whether its ``nth`` was given by `read_sheet` and not by the row, so that `update`
            may give it that of the like event that the row agrees with.
    """

    event: Event
    id: str | None = None
    line: int | None = None
    numbered: bool = False


@attrs.frozen
class Sheet:
    """A table of events as it was read.

    Attributes:
        rows: The rows, in the order of the file.
        sources: The sources that the table describes and the bibliography lacks.
        path: The name of the file, for messages.

    >>> import diplorel as dr
    >>> log = dr.load("singapore")
    >>> sheet = dr.read_sheet(dr.write_sheet(log), reference=log.reference)
    >>> len(sheet.rows) == len(log.resolve().events)
    True
    """

    rows: tuple[Row, ...] = ()
    sources: tuple[Source, ...] = ()
    path: str | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """The events, in the order of the file."""
        return tuple(row.event for row in self.rows)


def find_duplicates(rows: Iterable[Row], path: str | None) -> Iterator[Problem]:
    """Yield a problem for each row about an event that an earlier row is about already."""
    events: dict[str, Row] = {}
    named: dict[str, Row] = {}
    for row in rows:
        first = events.setdefault(row.event.id, row)
        other = first if row.id is None else named.setdefault(row.id, row)
        if first is row and other is row:
            continue
        where = f"line {first.line}" if first.line is not None else "an event before it"
        if first is row:
            message = f"id: {row.id!r} is in line {other.line} already"
            hint = "An event has one row: leave the id of a new one empty"
        elif first.event == row.event:
            message = f"the row repeats {where}"
            hint = REPEATS
        else:
            message = f"the row is about the same event as {where} in other words: {row.event.id}"
            hint = (
                "An event has one row, which can name several sources: make one of the two; "
                "or, if these are two events, give the second nth = 2. If like rows of a day are "
                "separate events throughout, use --number-repeats"
            )
        yield Problem(
            code="DR137", message=message, hint=hint, path=path, line=row.line, event=row.event.id
        )
