"""One sheet of a workbook as rows of text, and what may not be what is meant."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.io.sheets.books.values import Cell, formula, number_text
from diplorel.io.sheets.cell_syntax import tidy
from diplorel.io.sheets.grid import letters
from diplorel.model.text import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.io.sheets.books.marks import Area, Marks, Place, Values
    from diplorel.io.sheets.books.values import Doubt
    from diplorel.io.sheets.grid import Grid, Line, Reader

_SHOWN: Final = 5
"""So many of the hidden rows are named."""


@attrs.frozen
class Page:
    """A sheet.

    Attributes:
        name: Its name.
        lines: Its rows from the first that holds something on, each with its number.
        doubts: What may not be meant, by the place of the cell.
        marks: What else is known of its cells.
    """

    name: str
    lines: tuple[Line, ...]
    doubts: dict[Place, Doubt]
    marks: Marks

    def tell(self, reader: Reader, grid: Grid) -> None:
        """Note what may not be meant in the columns that are read, and below the header."""
        read = {place for place, name in enumerate(grid.names) if name}
        for (row, column), doubt in sorted(self.doubts.items()):
            if row >= grid.line - 1 and column in read:
                head = grid.headers[column]
                message = f"{head}: {doubt.message}" if row >= grid.line else doubt.message
                reader.problem(doubt.code, row + 1, message, doubt.hint, place=column)
        for area in self._merged(grid):
            self._report_merged(reader, area)
        self._report_hidden(reader, grid, read)

    def _report_merged(self, reader: Reader, area: Area) -> None:
        top, left, bottom, right = area
        name = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
        reader.problem(
            "DR128", top + 1, f"the cells {name} are merged, and hold one text for all",
            "Unmerge them, and fill each cell", place=left,
        )  # fmt: skip

    def _report_hidden(self, reader: Reader, grid: Grid, read: set[int]) -> None:
        rows = [
            line for line, cells in grid.rows if line - 1 in self.marks.hidden_rows and any(cells)
        ]
        if rows:
            several = len(rows) > 1
            named = ", ".join(map(str, rows[:_SHOWN])) + (" …" if len(rows) > _SHOWN else "")
            reader.problem(
                "DR127", rows[0],
                f"{len(rows)} rows are hidden and hold something: {named}" if several
                else "the row is hidden and holds something",
                "Show all rows (take a filter away), and delete those that are not meant",
            )  # fmt: skip
        for column in sorted(read):
            if self.marks.hides_column(column) and any(cells[column] for _, cells in grid.rows):
                head = grid.headers[column]
                reader.problem(
                    "DR124", grid.line, f"the column {head!r} ({letters(column)}) is hidden",
                    f"Show it, or name it '_{head}' to have it ignored", place=column,
                )  # fmt: skip

    def _merged(self, grid: Grid) -> Iterator[Area]:
        """Yield the merged cells of the header and below that hold something and are read."""
        texts = dict(grid.rows)
        texts[grid.line] = grid.headers
        for area in self.marks.merged:
            top, left, bottom, right = area
            cells = texts.get(top + 1, ())
            held = left < len(cells) and cells[left] != ""
            if held and (bottom > top or right > left) and any(grid.names[left : right + 1]):
                yield area

    def filled(self, grid: Grid) -> Iterator[Line]:
        """Yield the rows with the text of merged cells in each of them, one below the other.

        Merged cells are a problem of their own, which is reported once.
        """
        below: dict[Place, str] = {}
        texts = dict(grid.rows)
        for top, left, bottom, _ in self._merged(grid):
            if top + 1 not in texts:
                continue
            for row in range(top + 1, min(bottom + 1, grid.rows[-1][0])):
                if (row, left) in below:  # no sound workbook has an overlap
                    break
                below[row, left] = texts[top + 1][left]
        for line, cells in grid.rows:
            if below:
                given = enumerate(cells)
                yield line, tuple(cell or below.get((line - 1, place), "") for place, cell in given)
            else:
                yield line, cells


def page_of(name: str, values: Values, marks: Marks) -> Page:
    """Return a sheet, its cells as a text would hold them."""
    width = max((len(row) for row in values), default=0)
    doubts: dict[Place, Doubt] = {}
    lines: list[Line] = []
    for row, given in enumerate(values):
        cells = [""] * max(width, marks.columns)
        for column, value in enumerate(given):
            place = row, column
            cell = marks.cells.get(place)
            if cell is None:
                cell = Cell("" if value == "" else _text(value))
            computed = marks.formulas.get(place)
            text = _literal(nfc(tidy(cell.text)))
            if computed is not None:
                cell = formula(computed, text)
                text = cell.text
            if cell.doubt is not None:
                doubts[place] = cell.doubt
            cells[column] = text
        if lines or any(cells):
            lines.append((row + 1, tuple(cells)))
    return Page(name, tuple(lines), doubts, marks)


def _text(value: Any) -> str:
    """Return the text of a value."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _literal(text: str) -> str:
    """Return a text that is not a formula, although it looks like one, as a table writes it."""
    return f"'{text}" if text[:1] == "=" and len(text) > 1 else text
