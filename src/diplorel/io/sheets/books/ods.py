"""Workbooks of LibreOffice and its like: OpenDocument spreadsheets."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from diplorel.io.limits import BOOK_BYTES, BOOK_SHEETS, CELL_CHARACTERS, SHEET_ROWS
from diplorel.io.sheets.books import calamine
from diplorel.io.sheets.books.archive import packed, protected
from diplorel.io.sheets.books.marks import REPAIR, BookError, Marks, Values, damaged, refuse_many
from diplorel.io.sheets.books.values import DATE, Cell, cell_of, day_cell, moment_text
from diplorel.io.sheets.books.xml import parse
from diplorel.io.sheets.grid import letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.io.sheets.books.archive import Archive

MIMETYPE: Final = "mimetype"
_CONTENT: Final = "content.xml"
_STYLES: Final = "styles.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_KIND: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_DURATION: Final = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S", re.ASCII)
_SHOWN: Final = {"year": "y", "month": "m", "day": "d", "hours": "t", "minutes": "t"}
_CELLS: Final = ("table-cell", "covered-table-cell")
_UNSEEN: Final = ("collapse", "filter")
_COLUMNS: Final = 1 << 14
_REPEATED: Final = 100_000
"""In so many cells, one text can be repeated."""


class Ods:
    """A workbook.

    Attributes:
        sheets: The name of each sheet, and whether it is hidden.
    """

    def __init__(self, archive: Archive) -> None:
        """Read the workbook, which is one part, but for the values.

        Raises:
            BookError: It is not sound.
        """
        self._archive = archive
        kind = archive.read(MIMETYPE).strip()
        if not kind.startswith(_KIND):
            said = kind[:80].decode("ascii", "replace")
            raise BookError(f"the file is not a workbook: it says {said!r}", REPAIR)
        if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
            raise protected()
        scan = _Scan()
        if _STYLES in archive:
            parse(
                _STYLES, archive.read(_STYLES), scan.style, scan.end_style, root="document-styles"
            )
        content = archive.read(_CONTENT)
        parse(_CONTENT, content, scan.start, scan.end, scan.text, root="document-content")
        self._marks = scan.found
        self.sheets = [
            (name, scan.tables.get(style, "") == "false")
            for name, style in zip(scan.found, scan.shown_as, strict=True)
        ]
        if not self.sheets:
            raise damaged("it has no sheets")

    def read(self, names: Iterable[str]) -> list[tuple[Values, Marks]]:
        """Return the values of some sheets, and what the sheets say beyond them.

        Raises:
            BookError: They are not sound.
        """
        names = [*names]
        refuse_many(self._marks.values())  # all of them are read
        more = [part for part in (_STYLES, _MANIFEST) if part in self._archive]
        data = packed({part: self._archive.read(part) for part in (MIMETYPE, _CONTENT, *more)})
        marks = [self._marks[name] for name in names]
        return [*zip(calamine.values(data, names), marks, strict=True)]


class _Scan:
    """Collects the marks of all sheets."""

    def __init__(self) -> None:
        self.found: dict[str, Marks] = {}
        self.shown_as: list[str] = []
        self.tables: dict[str, str] = {}  # for each style of a sheet, whether it is shown
        self._dates: dict[str, str] = {}  # for each style of days, what it shows
        self._data: dict[str, str] = {}  # for each style of a cell, its style of days
        self._style = self._date = ""
        self._depth = 0
        self._marks: Marks | None = None
        self._row = self._column = 0
        self._within = False  # within a row
        self._again = 1  # how many times the row is repeated
        self._given: dict[str, str] | None = None  # the attributes of the cell
        self._texts: list[str] = []
        self._spaces = 0  # how many are repeated, in all
        self._aside = 0  # within a comment
        self._heard = False  # within a paragraph
        self._by_column: list[tuple[int, str]] = []
        self._columns = 0

    # --- styles ----------------------------------------------------------------------------------

    def style(self, name: str, given: dict[str, str]) -> None:
        if name == "style":
            self._style = given.get("name", "")
            if "data-style-name" in given:
                self._data[self._style] = given["data-style-name"]
        elif name == "table-properties" and "display" in given:
            self.tables[self._style] = given["display"]
        elif name == "date-style":
            self._date = given.get("name", "")
            self._dates[self._date] = ""
        elif name in _SHOWN and self._date:
            self._dates[self._date] += _SHOWN[name]

    def end_style(self, name: str) -> None:
        if name == "date-style":
            self._date = ""

    # --- sheets ----------------------------------------------------------------------------------

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "table":
            self._depth += 1
            if self._depth == 1:
                self._begin(given)
        elif self._marks is None:
            self.style(name, given)
        elif self._depth > 1:
            return
        elif name in _CELLS:
            self._given, self._texts = given, []
        elif name == "table-row":
            self._begin_row(given)
        elif name == "table-column":
            self._add_columns(given)
        elif name == "annotation":
            self._aside += 1
        elif self._given is not None and not self._aside:
            self._add_text(name, given)

    def _begin(self, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if name in self.found:
            raise damaged("two sheets have one name")
        refuse_many(self.found.values())
        if len(self.found) >= BOOK_SHEETS:
            raise BookError(f"the workbook has more than {BOOK_SHEETS} sheets")
        self._marks = self.found[name] = Marks()
        self.shown_as.append(given.get("style-name", ""))
        self._within = False
        self._row = self._columns = 0
        self._by_column = []

    def _begin_row(self, given: dict[str, str]) -> None:
        assert self._marks is not None  # noqa: S101  `start` has looked
        if self._within:
            raise damaged("a row is within a row")
        self._within = True
        self._again = _times(given, "number-rows-repeated")
        self._column = 0
        if given.get("visibility") in _UNSEEN:
            last = min(self._row + self._again, SHEET_ROWS)
            self._marks.hidden_rows.update(range(self._row, last))

    def _add_columns(self, given: dict[str, str]) -> None:
        assert self._marks is not None  # noqa: S101  `start` has looked
        last = self._columns + _times(given, "number-columns-repeated") - 1
        if given.get("visibility") in _UNSEEN:
            self._marks.hidden_columns.append((self._columns, last))
        self._by_column.append((last, given.get("default-cell-style-name", "")))
        self._columns = last + 1
        if len(self._by_column) > _COLUMNS:
            raise damaged(f"it describes more than {_COLUMNS} columns one by one")

    def _add_text(self, name: str, given: dict[str, str]) -> None:
        if name == "p":
            self._texts.append("\n" if self._texts else "")
            self._heard = True
        elif name == "s":
            times = _times(given, "c")
            if times > CELL_CHARACTERS:
                raise damaged(f"a cell repeats a space {times} times")
            self._texts.append(" " * times)
            self._spaces += times
            if self._spaces > BOOK_BYTES:
                raise damaged("its cells repeat spaces without measure")
        elif name in ("tab", "line-break"):
            self._texts.append("\t" if name == "tab" else "\n")

    def text(self, text: str) -> None:
        if self._heard and not self._aside and self._given is not None and self._depth == 1:
            self._texts.append(text)

    def end(self, name: str) -> None:
        if name == "table":
            self._depth -= 1
            if not self._depth:
                self._marks = None
        elif self._marks is None:
            self.end_style(name)
        elif self._depth > 1:
            return
        elif name in _CELLS:
            self._cell(self._marks, self._given or {})
            self._given = None
        elif name == "table-row":
            self._row += self._again
            self._within = False
        elif name == "annotation":
            self._aside -= 1
        elif name == "p" and not self._aside:
            self._heard = False

    # --- cells -----------------------------------------------------------------------------------

    def _cell(self, marks: Marks, given: dict[str, str]) -> None:
        times = _times(given, "number-columns-repeated")
        text = "".join(self._texts)
        kind = given.get("value-type", "")
        first = self._column
        self._column += times
        down, across = (_times(given, f"number-{side}-spanned") for side in ("rows", "columns"))
        if down * across > 1:
            marks.merged.append((self._row, first, self._row + down - 1, first + across - 1))
        if not (text or kind or "formula" in given):
            return
        marks.holds(self._row + self._again - 1, first + times - 1)
        if self._again * times > _REPEATED:
            raise BookError(
                f"what the cell {letters(first)}{self._row + 1} holds is repeated in "
                f"{self._again * times} cells",
                "Delete what is below the table or to the right of it, or save the sheet as CSV",
            )
        cell = self._read(kind, given, text, first)
        for row in range(self._row, self._row + self._again):
            for column in range(first, first + times):
                if cell is not None:
                    marks.cells[row, column] = cell
                if "formula" in given:
                    marks.formulas[row, column] = "=" + given["formula"].partition("=")[2]

    def _read(self, kind: str, given: dict[str, str], text: str, column: int) -> Cell | None:
        """Return a cell whose value alone does not say what it means."""
        if kind == "date":
            return self._day(given.get("date-value", ""), given, column)
        if kind == "time":
            match = _DURATION.fullmatch(given.get("time-value", ""))
            return Cell(":".join(match.groups()) if match else text)
        if kind in ("float", "currency", "percentage"):
            return cell_of(_number(given.get("value", "")), "%" if kind == "percentage" else "")
        return Cell(text) if kind in ("", "string") else None

    def _day(self, value: str, given: dict[str, str], column: int) -> Cell:
        text = moment_text(value)
        style = given.get("style-name") or self._default(column)
        shown = self._dates.get(self._data.get(style, ""), "ymd")
        return day_cell(text, shown if DATE.intersection(shown) else "ymd")

    def _default(self, column: int) -> str:
        at = bisect_left(self._by_column, (column, ""))
        return self._by_column[at][1] if at < len(self._by_column) else ""


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise damaged(f"a number is {text[:20]!r}") from None


def _times(given: dict[str, str], name: str) -> int:
    """Return how many times something is repeated."""
    text = given.get(name, "1")
    if not (text.isascii() and text.isdecimal()) or len(text) > 10:  # noqa: PLR2004  digits
        raise damaged(f"{name} is {text[:20]!r}")
    return int(text)
