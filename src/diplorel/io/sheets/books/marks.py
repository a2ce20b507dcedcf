"""What a sheet says about its cells beyond their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from diplorel.io.limits import BOOK_CELLS, SHEET_ROWS
from diplorel.io.sheets.books.values import Cell
from diplorel.io.sheets.grid import letters

if TYPE_CHECKING:
    from collections.abc import Iterable

Place = tuple[int, int]
"""A row and a column, counted from 0."""
Area = tuple[int, int, int, int]
"""The first row and column of a rectangle, and the last ones."""


class BookError(Exception):
    """A workbook cannot be read: a message and a hint."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(message, hint)


Values = list[list[Any]]
"""The values of a sheet, row by row from the first cell on."""
REPAIR = (
    "Open it in a spreadsheet, which may repair it, and save it again, or save the sheet as CSV"
)


def damaged(what: str) -> BookError:
    """Return the error for a workbook that is not sound."""
    return BookError(f"the workbook is damaged: {what}", REPAIR)


@attrs.define
class Marks:
    """What is known of a sheet besides the values of its cells.

    Attributes:
        cells: The cells whose text the value alone does not give, by place.
        formulas: The cells that are computed, with the formula as far as it is known.
        merged: The cells that were merged.
        hidden_rows: The rows that are not shown.
        hidden_columns: The columns that are not shown.
        errors: The errors that only newer programs know.
        rows: How many rows there are, to the last cell that holds something.
        columns: How many columns there are.
    """

    cells: dict[Place, Cell] = attrs.field(factory=dict)
    formulas: dict[Place, str] = attrs.field(factory=dict)
    merged: list[Area] = attrs.field(factory=list)
    hidden_rows: set[int] = attrs.field(factory=set)
    hidden_columns: list[tuple[int, int]] = attrs.field(factory=list)
    errors: set[str] = attrs.field(factory=set)
    rows: int = 0
    columns: int = 0

    def holds(self, row: int, column: int) -> None:
        """Note that a cell holds something, and refuse a sheet that reaches too far.

        Raises:
            BookError: Between the first and the last cell are more than can be read.
        """
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)
        if self.size > BOOK_CELLS or self.rows > SHEET_ROWS:
            raise BookError(
                f"the sheet reaches to the cell {letters(self.columns - 1)}{self.rows}, and at "
                f"most {BOOK_CELLS} cells of at most {SHEET_ROWS} rows are read",
                "Delete what is below the table or to the right of it, or save the sheet as CSV",
            )

    @property
    def size(self) -> int:
        """How many cells there are."""
        return self.rows * self.columns

    def hides_column(self, column: int) -> bool:
        """Say whether a column is not shown."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def refuse_many(sheets: Iterable[Marks]) -> None:
    """Refuse sheets that together have more cells than are read.

    Raises:
        BookError: They have.
    """
    size = sum(marks.size for marks in sheets)
    if size > BOOK_CELLS:
        raise BookError(
            f"the sheets have {size} cells, and at most {BOOK_CELLS} are read",
            "Name the one to read, or save it as CSV",
        )
