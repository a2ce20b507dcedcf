"""Workbooks of Excel 97 to 2003: xls.

The records are walked for what the values do not show. The values are read in a process of its own
(`diplorel.io.sheets.books.apart`): what reads them can hang or fail hard on a damaged file.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

import attrs

from diplorel.io.limits import BOOK_SHEETS
from diplorel.io.sheets.books import apart
from diplorel.io.sheets.books.archive import protected
from diplorel.io.sheets.books.compound import Compound
from diplorel.io.sheets.books.marks import BookError, Marks, Values, damaged, refuse_many
from diplorel.io.sheets.books.values import cell_of, error_of, shown_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BOF, _EOF = 0x0809, 0x000A
_DATEMODE, _FILEPASS, _FORMAT, _XF, _BOUNDSHEET = 0x0022, 0x002F, 0x041E, 0x00E0, 0x0085
_ROW, _COLINFO, _MERGED = 0x0208, 0x007D, 0x00E5
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_LABELS: Final = (0x00FD, 0x0204, 0x00D6)
_BIFF8: Final = 0x0600
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_HIDDEN_ROW: Final = 0x20
_ERROR_RESULT: Final = 2


@attrs.frozen
class _Sheet:
    name: str
    hidden: bool
    start: int


class Xls:
    """A workbook.

    Attributes:
        sheets: The name of each sheet of cells, and whether it is hidden.
    """

    def __init__(self, data: bytes) -> None:
        """Read everything but the sheets.

        Raises:
            BookError: It is not sound.
        """
        self._data = data
        file = Compound(data)
        if "EncryptedPackage" in file.names:
            raise protected()
        if "Workbook" not in file.names:
            old = "Book" in file.names
            message = (
                "the workbook is of Excel 95 or older" if old else "the file is not a workbook"
            )
            raise BookError(message, "Save it as an Excel workbook (xlsx)")
        self._stream = file.stream("Workbook")
        self._since_1904 = False
        self._formats: list[int] = []
        self._codes: dict[int, str] = {}
        self._sheets: list[_Sheet] = []
        try:
            self._read_globals()
        except struct.error:
            raise damaged("a record is broken off") from None
        self.sheets = [(sheet.name, sheet.hidden) for sheet in self._sheets]

    def _records(self, at: int) -> Iterator[tuple[int, bytes]]:
        """Yield each record of a part of the stream, as far as its end."""
        stream = self._stream
        depth = 0
        while at + 4 <= len(stream):
            kind, length = struct.unpack_from("<2H", stream, at)
            content = stream[at + 4 : at + 4 + length]
            if len(content) < length:
                break
            depth += (kind == _BOF) - (kind == _EOF)
            if depth <= 1:
                yield kind, content
            if depth <= 0:
                return
            at += 4 + length
        raise damaged("a sheet is broken off")

    def _read_globals(self) -> None:
        for number, (kind, content) in enumerate(self._records(0)):
            if number == 0 and (kind != _BOF or struct.unpack_from("<H", content)[0] != _BIFF8):
                raise damaged("it does not begin as a workbook does")
            self._read_global(kind, content)
        if not self._sheets:
            raise damaged("it has no sheets")
        if len({sheet.name for sheet in self._sheets}) < len(self._sheets):
            raise damaged("two sheets have one name")
        if len({sheet.start for sheet in self._sheets}) < len(self._sheets):
            raise damaged("two sheets are one part")

    def _read_global(self, kind: int, content: bytes) -> None:
        if kind == _FILEPASS:
            raise protected()
        if kind == _DATEMODE:
            self._since_1904 = struct.unpack_from("<H", content)[0] == 1
        elif kind == _FORMAT:
            self._codes[struct.unpack_from("<H", content)[0]] = _text(content, 2, wide=True)
        elif kind == _XF:
            self._formats.append(struct.unpack_from("<H", content, 2)[0])
        elif kind == _BOUNDSHEET:
            start, hidden, type = struct.unpack_from("<I2B", content)
            if type == 0:  # others are charts and macros
                name = _text(content, 6, wide=False)
                self._sheets.append(_Sheet(name, bool(hidden & 3), start))
                if len(self._sheets) > BOOK_SHEETS:
                    raise damaged(f"it has more than {BOOK_SHEETS} sheets")

    def _shown(self, style: int) -> str:
        if style >= len(self._formats):
            raise damaged(f"a cell has the style {style}, which the workbook lacks")
        number = self._formats[style]
        return shown_by(number, self._codes.get(number))

    def read(self, names: Iterable[str]) -> list[tuple[Values, Marks]]:
        """Return the values of some sheets, and what the sheets say beyond them.

        Raises:
            BookError: They are not sound.
        """
        names = [*names]
        marks = [*map(self._marks, names)]
        refuse_many(marks)
        return [*zip(apart.values(self._data, names), marks, strict=True)]

    def _marks(self, name: str) -> Marks:
        found = Marks()
        start = next(sheet.start for sheet in self._sheets if sheet.name == name)
        try:
            for number, (kind, content) in enumerate(self._records(start)):
                if number == 0 and kind != _BOF:
                    raise damaged(f"the sheet {name[:40]!r} is not where it should be")
                self._mark(found, kind, content)
        except struct.error:
            raise damaged("a record is broken off") from None
        return found

    def _mark(self, found: Marks, kind: int, content: bytes) -> None:
        if kind == _ROW:
            row, *_, flags = struct.unpack_from("<7H", content)
            if flags & _HIDDEN_ROW:
                found.hidden_rows.add(row)
        elif kind == _COLINFO:
            first, last, _, _, flags = struct.unpack_from("<5H", content)
            if flags & 1:
                found.hidden_columns.append((first, last))
        elif kind == _MERGED:
            for at in range(2, 2 + 8 * struct.unpack_from("<H", content)[0], 8):
                top, bottom, left, right = struct.unpack_from("<4H", content, at)
                found.merged.append((top, left, bottom, right))
        elif kind == _MULRK:
            row, column = struct.unpack_from("<2H", content)
            for number in range((len(content) - 6) // 6):
                style, packed = struct.unpack_from("<HI", content, 4 + 6 * number)
                self._number(found, row, column + number, style, _unpacked(packed))
        elif kind in (_NUMBER, _RK, _FORMULA, _BOOLERR, *_LABELS):
            self._cell(found, kind, content)

    def _cell(self, found: Marks, kind: int, content: bytes) -> None:
        row, column, style = struct.unpack_from("<3H", content)
        found.holds(row, column)
        if kind == _NUMBER:
            self._number(found, row, column, style, struct.unpack_from("<d", content, 6)[0])
        elif kind == _RK:
            packed = struct.unpack_from("<I", content, 6)[0]
            self._number(found, row, column, style, _unpacked(packed))
        elif kind == _BOOLERR:
            value, is_error = struct.unpack_from("<2B", content, 6)
            if is_error:
                found.cells[row, column] = error_of(_ERRORS.get(value, "#N/A"))
        elif kind == _FORMULA:
            found.formulas[row, column] = "="
            result = content[6:14]
            if result[6:] != b"\xff\xff":
                self._number(found, row, column, style, struct.unpack("<d", result)[0])
            elif result[0] == _ERROR_RESULT:
                found.cells[row, column] = error_of(_ERRORS.get(result[2], "#N/A"))

    def _number(self, found: Marks, row: int, column: int, style: int, value: float) -> None:
        found.holds(row, column)
        shown = self._shown(style)
        found.cells[row, column] = cell_of(value, shown, since_1904=self._since_1904)


def _unpacked(packed: int) -> float:
    """Return the number of 30 bits that a cell holds."""
    if packed & 2:
        whole = packed >> 2
        value = float(whole - (1 << 30) if whole >> 29 else whole)
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return value / 100 if packed & 1 else value


def _text(content: bytes, at: int, *, wide: bool) -> str:
    """Return a text with its length before it, in two bytes or in one."""
    length, flags = struct.unpack_from("<HB" if wide else "<2B", content, at)
    begin = at + (3 if wide else 2)
    if flags & 1:
        return content[begin : begin + 2 * length].decode("utf-16-le", "replace")
    return content[begin : begin + length].decode("latin-1")
