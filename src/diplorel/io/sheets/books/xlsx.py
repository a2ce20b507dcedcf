"""Workbooks of Excel since 2007: xlsx and xlsm."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.io.limits import BOOK_SHEETS
from diplorel.io.sheets.books import calamine
from diplorel.io.sheets.books.archive import packed
from diplorel.io.sheets.books.marks import (
    REPAIR,
    BookError,
    Marks,
    Place,
    Values,
    damaged,
    refuse_many,
)
from diplorel.io.sheets.books.values import cell_of, day_cell, error_of, moment_text, shown_by
from diplorel.io.sheets.books.xml import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from diplorel.io.sheets.books.archive import Archive

_TYPES: Final = "[Content_Types].xml"
_ROOT: Final = "_rels/.rels"
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_ERRORS: Final = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
"""The errors that every program knows."""
_ON: Final = ("1", "true", "on")
_ROWS: Final = 1 << 20
_COLUMNS: Final = 1 << 14


@attrs.frozen
class _Sheet:
    """A sheet of a workbook: its name, whether it is hidden, and its part."""

    name: str
    hidden: bool
    part: str


class Xlsx:
    """A workbook.

    Attributes:
        sheets: The name of each sheet of cells, and whether it is hidden.
    """

    def __init__(self, archive: Archive) -> None:
        """Read everything but the sheets.

        Raises:
            BookError: It is not sound.
        """
        self._archive = archive
        self._main = self._find_main()
        self._since_1904 = False
        self._sheets: list[_Sheet] = []
        self._texts: int | None = None
        self._read_main()
        self._formats = self._read_styles()
        self.sheets = [(sheet.name, sheet.hidden) for sheet in self._sheets]

    # --- the workbook ----------------------------------------------------------------------------

    def _parse(self, part: str, start: Any, root: str) -> None:
        parse(part, self._archive.read(part), start, root=root)

    def _links(self, part: str, base: str) -> dict[str, tuple[str, str]]:
        """Return for each relationship of a part the kind of its target, and its name."""
        found: dict[str, tuple[str, str]] = {}

        def start(name: str, given: dict[str, str]) -> None:
            if name == "Relationship" and given.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", base, given.get("Target", "")))
                kind = given.get("Type", "").rpartition("/")[2]
                found[given.get("Id", "")] = kind, target.lstrip("/")

        self._parse(part, start, "Relationships")
        return found

    def _find_main(self) -> str:
        links = self._links(_ROOT, "").values()
        main = next((target for kind, target in links if kind == "officeDocument"), None)
        if main is None:
            raise damaged("it does not say which part is the workbook")
        if main.endswith(".bin"):
            hint = "Save it as an Excel workbook (xlsx)"
            raise BookError("the workbook is binary (xlsb), which is not read", hint)
        kinds: dict[str, str] = {}

        def start(name: str, given: dict[str, str]) -> None:
            if name in ("Override", "Default"):
                key = given.get("PartName", "").lstrip("/") or f".{given.get('Extension', '')}"
                kinds[key] = given.get("ContentType", "")

        self._parse(_TYPES, start, "Types")
        kind = kinds.get(main) or kinds.get(posixpath.splitext(main)[1], "")
        if not kind.endswith(".main+xml") or not ("spreadsheet" in kind or "ms-excel" in kind):
            raise BookError(
                f"the file is not a workbook: its contents say {kind[:80] or 'nothing'!r}", REPAIR
            )
        return main

    def _read_main(self) -> None:
        folder, name = posixpath.split(self._main)
        links = self._links(f"{folder}/_rels/{name}.rels".lstrip("/"), folder)
        given: list[dict[str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "workbookPr":
                self._since_1904 = attributes.get("date1904") in _ON
            elif name == "sheet":
                given.append(attributes)

        self._parse(self._main, start, "workbook")
        if len(given) > BOOK_SHEETS:
            raise BookError(f"the workbook has {len(given)} sheets, expected at most {BOOK_SHEETS}")
        for sheet in given:
            name = sheet.get("name", "")
            kind, part = links.get(sheet.get("id", ""), ("", ""))
            if not part:
                raise damaged(f"it does not say where the sheet {name[:40]!r} is")
            if kind == "worksheet":
                self._sheets.append(
                    _Sheet(name, sheet.get("state", "") not in ("", "visible"), part)
                )
        if not given:
            raise damaged("it has no sheets")
        _refuse_twins(self._sheets)
        self._styles = next((part for kind, part in links.values() if kind == "styles"), None)
        shared = (part for kind, part in links.values() if kind == "sharedStrings")
        self._shared = next(shared, None)

    def _format(self, style: str) -> str:
        """Return what the cells of a style show."""
        try:
            number = int(style)
            return self._formats[number] if number >= 0 else ""
        except (ValueError, IndexError):
            raise damaged(
                f"a cell has the style {style[:20]!r}, which the workbook lacks"
            ) from None

    def _read_styles(self) -> list[str]:
        codes: dict[str, str] = {}
        styles: list[str] = []
        within = False

        def start(name: str, given: dict[str, str]) -> None:
            nonlocal within
            if name == "numFmt":
                codes.setdefault(given.get("numFmtId", ""), given.get("formatCode", ""))
            elif name in ("cellXfs", "cellStyleXfs", "dxfs"):
                within = name == "cellXfs"
            elif name == "xf" and within:
                styles.append(given.get("numFmtId", "0"))

        if self._styles is not None:
            self._parse(self._styles, start, "styleSheet")
        shown = {
            style: shown_by(int(style) if style.isdecimal() else 0, codes.get(style))
            for style in set(styles)
        }
        return [shown[style] for style in styles] or [""]

    def _text_count(self) -> int:
        """Return how many texts the sheets share."""
        if self._texts is None:
            count = 0

            def start(name: str, _: dict[str, str]) -> None:
                nonlocal count
                count += name == "si"

            if self._shared is not None:
                self._parse(self._shared, start, "sst")
            self._texts = count
        return self._texts

    # --- a sheet ---------------------------------------------------------------------------------

    def read(self, names: Iterable[str]) -> list[tuple[Values, Marks]]:
        """Return the values of some sheets, and what the sheets say beyond them.

        What reads the values is given only parts that are known to be sound.

        Raises:
            BookError: They are not sound.
        """
        names = [*names]
        parts = [sheet.part for name in names for sheet in self._sheets if sheet.name == name]
        marks = [*map(self._marks, parts)]
        refuse_many(marks)
        folder, main = posixpath.split(self._main)
        needed = [_TYPES, _ROOT, self._main, f"{folder}/_rels/{main}.rels".lstrip("/"), *parts]
        needed += [part for part in (self._styles, self._shared) if part is not None]
        found = {part: self._archive.read(part) for part in needed}
        for part, mark in zip(parts, marks, strict=True):
            for error in mark.errors:  # it refuses those that it does not know
                found[part] = found[part].replace(f"{error}</".encode(), b"#N/A</")
        return [*zip(calamine.values(packed(found), names), marks, strict=True)]

    def _marks(self, part: str) -> Marks:
        scan = _Scan(self._format, self._text_count(), since_1904=self._since_1904)
        parse(part, self._archive.read(part), scan.start, scan.end, scan.text, root="worksheet")
        return scan.marks


class _Scan:
    """Collects the marks of a sheet."""

    def __init__(self, shown: Callable[[str], str], texts: int, *, since_1904: bool) -> None:
        self.marks = Marks()
        self._shown = shown
        self._texts = texts
        self._since_1904 = since_1904
        self._columns: dict[str, int] = {}
        self._row = self._column = -1
        self._kind = self._style = ""
        self._value: str | None = None
        self._formula: str | None = None
        self._inline = False
        self._held: list[str] | None = None

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._column += 1
            if "r" in given:
                self._move(given["r"])
            self._kind, self._style = given.get("t", "n"), given.get("s", "")
            self._value = self._formula = None
            self._inline = False
        elif name in ("v", "f"):
            self._held = []
        elif name == "is":
            self._inline = True
        elif name == "row":
            self._next_row(given)
        elif name == "col":
            if given.get("hidden") in _ON:
                first, last = (_whole(given.get(key, "")) for key in ("min", "max"))
                self.marks.hidden_columns.append((first - 1, last - 1))
                if len(self.marks.hidden_columns) > _COLUMNS:
                    raise damaged("it hides more columns than there are")
        elif name == "mergeCell":
            corners = [_corner(part) for part in given.get("ref", "").split(":")]
            self.marks.merged.append((*corners[0], *corners[-1]))

    def _next_row(self, given: dict[str, str]) -> None:
        self._row = _whole(given["r"]) - 1 if "r" in given else self._row + 1
        self._column = -1
        if not 0 <= self._row < _ROWS:
            raise damaged(f"a row has the number {self._row + 1}")
        if given.get("hidden") in _ON:
            self.marks.hidden_rows.add(self._row)

    def _move(self, reference: str) -> None:
        row, self._column = _corner(reference)
        if row != self._row:
            raise damaged(f"the cell {reference} is in row {self._row + 1}")

    def text(self, text: str) -> None:
        if self._held is not None:
            self._held.append(text)

    def end(self, name: str) -> None:
        if name == "v" and self._held is not None:
            self._value, self._held = "".join(self._held), None
        elif name == "f" and self._held is not None:
            self._formula, self._held = "".join(self._held), None
        elif name == "c":
            self._cell()

    def _cell(self) -> None:
        place = self._row, self._column
        if self._formula is not None:
            self.marks.formulas[place] = f"={self._formula}"
        elif self._value is None and not self._inline:
            return
        self.marks.holds(*place)
        if self._value:
            self._mark(place, self._value)

    def _mark(self, place: Place, value: str) -> None:
        if self._kind == "n":
            number = _number(value, place)
            if self._style not in ("", "0"):
                shown = self._shown(self._style)
                self.marks.cells[place] = cell_of(number, shown, since_1904=self._since_1904)
        elif self._kind == "s":
            if not 0 <= _whole(value) < self._texts:
                raise damaged(f"a cell has the text number {value[:20]}, of {self._texts}")
        elif self._kind == "e":
            self.marks.cells[place] = error_of(value.strip())
            if value.strip() not in _ERRORS:
                self.marks.errors.add(value.strip())
        elif self._kind == "d":
            self.marks.cells[place] = day_cell(moment_text(value), "ymd")
        elif self._kind not in ("b", "str", "inlineStr"):
            raise damaged(f"a cell is of the kind {self._kind[:20]!r}")


def _whole(text: str) -> int:
    """Return a whole number that counts something in a sheet."""
    text = text.strip()
    if not text.isdecimal() or len(text) > 10:  # noqa: PLR2004  as many digits has 2 to the 32nd
        raise damaged(f"a number is {text[:20]!r}")
    return int(text)


def _number(text: str, place: tuple[int, int]) -> float:
    try:
        return float(text)
    except ValueError:
        raise damaged(f"a number in row {place[0] + 1} is {text[:20]!r}") from None


def _corner(reference: str) -> tuple[int, int]:
    """Return the row and the column of a cell, counted from 0."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise damaged(f"a cell has the name {reference[:20]!r}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    if column > _COLUMNS or row > _ROWS:
        raise damaged(f"a cell has the name {reference!r}, beyond the end of every sheet")
    return row - 1, column - 1


def _refuse_twins(sheets: Sequence[_Sheet]) -> None:
    """Refuse sheets that cannot be distinguished."""
    if len({sheet.name for sheet in sheets}) < len(sheets):
        raise damaged("two sheets have one name")
    if len({sheet.part for sheet in sheets}) < len(sheets):
        raise damaged("two sheets are one part")
