"""The cells of a table, wherever they come from, and what the first row says that they are."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import attrs

from diplorel.errors import FIELD_ALIKE, Problem, did_you_mean, nearest
from diplorel.io.limits import CELL_CHARACTERS, SHEET_COLUMNS
from diplorel.io.sheets.columns import header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MESSAGE_LIMIT: Final = 500
FIRST_ROWS: Final = 10
"""Among so many rows the header is looked for, to say where it is."""

Line = tuple[int, tuple[str, ...]]
"""A row of cells, with its first line in the file or its row in the sheet."""


@attrs.frozen
class Vocabulary:
    """The names that a column may have.

    Attributes:
        known: All names, other names among them, to offer the nearest.
        canonical: From a name to the one that the library knows, or None.
    """

    known: tuple[str, ...]
    canonical: Callable[[str], str | None]

    def names_columns(self, cells: Iterable[str]) -> bool:
        """Say whether a row can be a header: it has two names that are known, or more."""
        return sum(self.canonical(header(cell)) is not None for cell in cells) > 1

    def is_named_in(self, rows: Iterable[Line]) -> bool:
        """Say whether one of the first rows can be a header."""
        return any(self.names_columns(cells) for _, cells in first_rows(rows))


@attrs.frozen
class Grid:
    """The cells of a file.

    Attributes:
        names: For each column, its name as the library knows it; empty where it is to be ignored.
        headers: For each column, its name as the file has it.
        rows: The rows below the header, each with its first line.
        line: The line of the header.
    """

    names: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[Line, ...]
    line: int


class Reader:
    """Takes a file apart, and keeps everything that is wrong with it.

    Attributes:
        path: The name of the file, for messages.
        problems: What is wrong with it.
        rows: For the lines of a text that are another row in a spreadsheet, which one it is.
        sheet: The prefix of the name of a cell; None for a text, which has no such names.
        places: For each column that is read, where it is, counted from 0.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.rows: dict[int, int] = {}
        self.sheet: str | None = None
        self.places: dict[str, int] = {}

    def problem(
        self,
        code: str,
        line: int | None,
        message: str,
        hint: str = "",
        *,
        column: str = "",
        place: int | None = None,
    ) -> None:
        """Keep a problem; a long cell is not shown in full.

        Args:
            code: Its code.
            line: The line, or the row of a sheet.
            message: What was found and what was expected.
            hint: What to do.
            column: The column concerned, as the library knows it.
            place: Or where that column is, counted from 0.
        """
        if line in self.rows:
            hint = f"{hint}{'. ' if hint else ''}In a spreadsheet this is row {self.rows[line]}"
        message, hint = (
            text if len(text) <= MESSAGE_LIMIT else f"{text[:MESSAGE_LIMIT]}…"
            for text in (message, hint)
        )
        place = self.places.get(column) if place is None else place
        cell = None
        if self.sheet is not None and line is not None and (self.sheet or place is not None):
            cell = f"{self.sheet}{'' if place is None else letters(place)}{line}"
        self.problems.append(
            Problem(
                code=code, path=self.path, line=line, message=message, hint=hint, cell=cell
            )
        )  # fmt: skip

    def takes(self, line: int, cells: Sequence[str]) -> bool:
        """Say whether a row is not too wide, and note what is too long."""
        if len(cells) > SHEET_COLUMNS and any(cells[SHEET_COLUMNS:]):
            self.problem("DR121", line, f"more than {SHEET_COLUMNS} columns: {len(cells)}")
            return False
        for place, cell in enumerate(cells):
            if len(cell) > CELL_CHARACTERS:
                self.problem(
                    "DR121",
                    line,
                    f"a cell has {len(cell)} characters, expected at most {CELL_CHARACTERS}",
                    "Is a double quote left open?" if self.sheet is None else "Shorten it",
                    place=place,
                )
                break
        return True

    def no_header(self, first: Line, below: int = 0) -> None:
        """Note that the first row names no columns; *below* is a row that does, if there is one."""
        hint = "Expected names such as type, on, party_a, party_b and sources" + (
            ", with commas, semicolons or tabs between them" if self.sheet is None else ""
        )
        if below:
            where = "Line" if self.sheet is None else "Row"
            hint = f"{where} {below} does: take out what is above it"
        line, cells = first
        shown = ",".join(cells).strip(",")[:80]
        self.problem("DR123", line, f"the first row names no columns: {shown!r}", hint)

    def empty(self) -> None:
        """Note that there is nothing at all."""
        self.problem("DR121", None, "the table is empty", "Its first row names the columns")

    def grid(self, rows: Sequence[Line], vocabulary: Vocabulary) -> Grid | None:
        """Return what the rows are, the header first; None where there is none."""
        filled = len(rows)
        while filled and not any(rows[filled - 1][1]):
            filled -= 1
        if not filled:
            return None
        line, headers = rows[0]
        below = rows[1:filled]
        names = self._names(line, headers, below, vocabulary)
        self.places = {name: place for place, name in enumerate(names) if name}
        return Grid(names, headers, tuple(below), line)

    def _names(
        self,
        line: int,
        headers: tuple[str, ...],
        rows: Sequence[Line],
        vocabulary: Vocabulary,
    ) -> tuple[str, ...]:
        canonical = vocabulary.canonical
        found: list[str] = []
        taken = {canonical(header(head)) for head in headers}
        for place, head in enumerate(headers):
            name = canonical(header(head)) or ""
            if not head:
                filled = next((line for line, cells in rows if any(cells[place : place + 1])), None)
                if filled is not None:
                    self.problem(
                        "DR124",
                        line,
                        f"column {place + 1} ({letters(place)}) has no name and holds something, "
                        f"first on line {filled}",
                        "Name it, or empty it; a name that begins with _ has it ignored",
                        place=place,
                    )
            elif head[0] in "_#":
                name = ""
            elif not name:
                free = [name for name in vocabulary.known if canonical(name) not in taken]
                close = nearest(header(head[:80]), free, limit=1, alike=FIELD_ALIKE)
                hint = did_you_mean(close).strip()
                self.problem(
                    "DR124",
                    line,
                    f"unknown column {head!r}",
                    hint or f"Take it out, or name it '_{head}' to have it ignored",
                    place=place,
                )
                # its cells are looked at as if it had that name, so that all is reported at once
                name = next((one for one in map(canonical, close) if one not in found), "") or ""
            elif name in found:
                other = headers[found.index(name)]
                self.problem(
                    "DR125", line, f"the columns {other!r} and {head!r} both mean {name!r}",
                    "Keep one of them", place=place,
                )  # fmt: skip
                name = ""
            found.append(name)
        return tuple(found)


def first_rows(rows: Iterable[Line]) -> Iterable[Line]:
    """Return the first few rows that are not empty."""
    return islice((row for row in rows if any(row[1])), FIRST_ROWS)


def letters(place: int) -> str:
    """Return the letters that a spreadsheet shows above a column, counted from 0."""
    before = letters(place // 26 - 1) if place >= 26 else ""  # noqa: PLR2004  A to Z
    return f"{before}{chr(ord('A') + place % 26)}"


def merged(above: str | None) -> str:
    """Return the hint for a cell that is empty below a filled one: it may have been merged."""
    if not above:
        return ""
    return (
        f"A cell above holds {above!r}: of merged cells only the first is saved. "
        "Unmerge them and fill each"
    )
