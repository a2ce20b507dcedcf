"""From bytes to rows of cells: encoding, delimiter, header, and whatever keeps a file from it."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING, Final

import attrs

from diplorel.errors import FIELD_ALIKE, Problem, did_you_mean, nearest
from diplorel.io.limits import CELL_CHARACTERS, SHEET_BYTES, SHEET_COLUMNS, SHEET_ROWS
from diplorel.io.sheets.cell_syntax import tidy
from diplorel.io.sheets.columns import header
from diplorel.model.text import nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

MESSAGE_LIMIT: Final = 500
_AS_UTF8: Final = "Save it as 'CSV UTF-8 (comma delimited)'"
_DELIMITERS: Final = (",", ";", "\t")
_SEPARATOR: Final = re.compile(r"\Asep=[,;\t](?=\r?\n)", re.IGNORECASE)
"""What Excel understands above the header, and shows to nobody."""


class _BrokenError(Exception):
    """A text is no CSV from some line on."""


@attrs.frozen
class Grid:
    """The cells of a file.

    Attributes:
        names: For each column, its name as the library knows it; empty where it is to be ignored.
        headers: For each column, its name as the file has it.
        rows: The rows below the header, each with the line on which it begins.
        line: The line of the header.
    """

    names: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    line: int


class Reader:
    """Takes a file apart, and keeps everything that is wrong with it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.rows: dict[int, int] = {}  # where a cell above has several lines, the row of a line

    def problem(self, code: str, line: int | None, message: str, hint: str = "") -> None:
        """Keep a problem; a long cell is not shown in full."""
        if line in self.rows:
            hint = f"{hint}{'. ' if hint else ''}In a spreadsheet this is row {self.rows[line]}"
        message, hint = (
            text if len(text) <= MESSAGE_LIMIT else f"{text[:MESSAGE_LIMIT]}…"
            for text in (message, hint)
        )
        self.problems.append(
            Problem(code=code, path=self.path, line=line, message=message, hint=hint)
        )

    def text(self, data: bytes | str) -> str | None:
        """Return the text of a file; None where it has none."""
        if isinstance(data, str):
            data = data.encode("utf-8", "surrogatepass")
        if len(data) > SHEET_BYTES:
            hint = "Take out what is no event, or read it in parts"
            self.problem("DR121", None, f"the file is larger than {SHEET_BYTES} bytes", hint)
        elif data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            self.problem("DR121", None, "the file is a workbook and no CSV", _AS_UTF8)
        elif data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
            hint = f"{_AS_UTF8}, not as 'Unicode Text'"
            self.problem("DR122", None, "the file is UTF-16, expected UTF-8", hint)
        else:
            return self._decoded(data)
        return None

    def _decoded(self, data: bytes) -> str | None:
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            byte = data[error.start : error.start + 1]
            line = data[: error.start].count(b"\n") + 1
            western, vietnamese = (byte.decode(page, "replace") for page in ("cp1252", "cp1258"))
            found = f" ({western!r} in Windows code page 1252, {vietnamese!r} in 1258)"
            message = f"byte 0x{byte[0]:02x}{found} is no UTF-8"
            self.problem("DR122", line, message, f"In Excel: {_AS_UTF8[0].lower()}{_AS_UTF8[1:]}")
            return None
        if "\0" in text:
            line = text[: text.index("\0")].count("\n") + 1
            self.problem("DR121", line, "the file holds a NUL byte and is no text")
            return None
        return nfc(text.removeprefix("\ufeff"))

    def grid(
        self, text: str, known: Collection[str], canonical: Callable[[str], str | None]
    ) -> Grid | None:
        """Return the cells of a text; None where it cannot be taken apart.

        Args:
            text: The text.
            known: The names of all columns, other names among them, to offer the nearest.
            canonical: From a column's name to the one that the library knows, or None.
        """
        text = _SEPARATOR.sub("", text)
        delimiter = self._delimiter(text, canonical)
        if delimiter is None:
            return None
        rows = [*self._rows(text, delimiter)]
        while rows and not any(rows[-1][1]):
            rows.pop()
        if not rows:
            return None
        line, headers = rows[0]
        names = self._names(line, headers, rows[1:], known, canonical)
        return Grid(names, headers, tuple(rows[1:]), line)

    def _delimiter(self, text: str, canonical: Callable[[str], str | None]) -> str | None:
        """Return the delimiter: what divides the header into columns that are known."""
        first: tuple[int, str] | None = None
        below = 0
        for delimiter in _DELIMITERS:
            for place, (line, cells) in enumerate(_first(text, delimiter)):
                named = sum(canonical(header(cell)) is not None for cell in cells)
                if named > 1 and place == 0:
                    return delimiter
                below = below or (line if named > 1 else 0)
                first = first or (line, delimiter.join(cells).strip(delimiter))
        if first is None:
            if not any(self._rows(text, ",")) and not self.problems:
                hint = "Its first row names the columns"
                self.problem("DR121", None, "the table is empty", hint)
            return None
        hint = (
            "Expected names such as type, on, party_a, party_b and sources, with commas, "
            "semicolons or tabs between them"
        )
        if below:
            hint = f"Line {below} does: take out what stands above it"
        line, first_row = first
        message = f"the first row names no columns: {first_row[:80]!r}"
        self.problem("DR123", line, message, hint)
        return None

    def _rows(self, text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield each row with its line; of what cannot be a row, say why, and stop."""
        number = 0
        begun = False
        line = 0
        try:
            for row, (line, cells) in enumerate(_parsed(text, delimiter), 1):
                if row != line:
                    self.rows[line] = row
                begun = begun or any(cells)
                if not begun:
                    continue
                if len(cells) > SHEET_COLUMNS and any(cells[SHEET_COLUMNS:]):
                    self.problem("DR121", line, f"more than {SHEET_COLUMNS} columns: {len(cells)}")
                    return
                long = [len(cell) for cell in cells if len(cell) > CELL_CHARACTERS]
                if long:
                    self.problem(
                        "DR121",
                        line,
                        f"a cell has {long[0]} characters, expected at most {CELL_CHARACTERS}",
                        "Is a double quote left open?",
                    )
                yield line, cells
                number += 1
                if number > SHEET_ROWS:
                    self.problem("DR121", line, f"more than {SHEET_ROWS} rows")
                    return
        except _BrokenError as error:
            line, reason = error.args
            self.problem(
                "DR121",
                line,
                f"from here on the file is no CSV: {reason}",
                "Is a double quote left open? One within a cell is written twice",
            )

    def _names(
        self,
        line: int,
        headers: tuple[str, ...],
        rows: list[tuple[int, tuple[str, ...]]],
        known: Collection[str],
        canonical: Callable[[str], str | None],
    ) -> tuple[str, ...]:
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
                        f"column {place + 1} ({_letters(place)}) has no name and holds something, "
                        f"first on line {filled}",
                        "Name it, or empty it; a name that begins with _ has it ignored",
                    )
            elif head[0] in "_#":
                name = ""
            elif not name:
                free = [name for name in known if canonical(name) not in taken]
                close = nearest(header(head[:80]), free, limit=1, alike=FIELD_ALIKE)
                hint = did_you_mean(close).strip()
                self.problem(
                    "DR124",
                    line,
                    f"unknown column {head!r}",
                    hint or f"Take it out, or name it '_{head}' to have it ignored",
                )
                # its cells are looked at as if it had that name, so that all is told at once
                name = next((one for one in map(canonical, close) if one not in found), "") or ""
            elif name in found:
                other = headers[found.index(name)]
                self.problem(
                    "DR125", line, f"the columns {other!r} and {head!r} both mean {name!r}",
                    "Keep one of them",
                )  # fmt: skip
                name = ""
            found.append(name)
        return tuple(found)


def _letters(place: int) -> str:
    """Return the letters that a spreadsheet shows above a column, counted from 0."""
    before = _letters(place // 26 - 1) if place >= 26 else ""  # noqa: PLR2004  A to Z
    return f"{before}{chr(ord('A') + place % 26)}"


def _first(text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the first few rows that are not empty, as far as they can be read."""
    try:
        yield from islice((row for row in _parsed(text, delimiter) if any(row[1])), 10)
    except _BrokenError:
        return


def _parsed(text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows of a text, each with the line on which it begins, cells without outer spaces.

    Raises:
        _BrokenError: The text is no CSV from some line on.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, tuple(map(tidy, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _BrokenError(line, str(error)) from None


def merged(above: str | None) -> str:
    """Return the hint for a cell that is empty below a filled one: it may have been merged."""
    if not above:
        return ""
    return (
        f"A cell above holds {above!r}: of merged cells only the first is saved. "
        "Unmerge them and fill each"
    )
