"""From bytes to rows of cells: encoding, delimiter, and what keeps a text from being a table."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from diplorel.io.limits import SHEET_BYTES, SHEET_ROWS
from diplorel.io.sheets.cell_syntax import tidy
from diplorel.io.sheets.grid import Grid, Line, Reader, Vocabulary, first_rows
from diplorel.model.text import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

_AS_UTF8: Final = "Save it as 'CSV UTF-8 (comma delimited)'"
_DELIMITERS: Final = (",", ";", "\t")
_SEPARATOR: Final = re.compile(r"\Asep=[,;\t](?=\r?\n)", re.IGNORECASE)
"""What Excel understands above the header, and does not show."""
_MARKUP: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|html|head|body|table|meta|xml)\b", re.IGNORECASE)  # fmt: skip  # noqa: E501
"""How a web page begins, which many programs save under the name of a workbook."""


class _BrokenError(Exception):
    """A text is not CSV from some line on."""


def read_text(reader: Reader, data: bytes, vocabulary: Vocabulary) -> Grid | None:
    """Return the cells of a text; None where it cannot be parsed."""
    text = _text(reader, data)
    if text is None:
        return None
    text = _SEPARATOR.sub("", text)
    delimiter = _delimiter(reader, text, vocabulary)
    if delimiter is None:
        return None
    return reader.grid([*_rows(reader, text, delimiter)], vocabulary)


def _text(reader: Reader, data: bytes) -> str | None:
    """Return the text of a file; None where it has none."""
    if len(data) > SHEET_BYTES:
        hint = "Take out what is not an event, or read it in parts"
        reader.problem("DR121", None, f"the file is larger than {SHEET_BYTES} bytes", hint)
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        hint = f"{_AS_UTF8}, not as 'Unicode Text'"
        reader.problem("DR122", None, "the file is UTF-16, expected UTF-8", hint)
    elif _MARKUP.match(data):
        hint = f"Open it in a spreadsheet. {_AS_UTF8}, or as an Excel workbook (xlsx)"
        message = "the file is a web page or XML, whatever its name says, and no table"
        reader.problem("DR121", None, message, hint)
    else:
        return _decoded(reader, data)
    return None


def _decoded(reader: Reader, data: bytes) -> str | None:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        byte = data[error.start : error.start + 1]
        line = data[: error.start].count(b"\n") + 1
        western, vietnamese = (byte.decode(page, "replace") for page in ("cp1252", "cp1258"))
        found = f" ({western!r} in Windows code page 1252, {vietnamese!r} in 1258)"
        message = f"byte 0x{byte[0]:02x}{found} is not UTF-8"
        reader.problem("DR122", line, message, f"In Excel: {_AS_UTF8[0].lower()}{_AS_UTF8[1:]}")
        return None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        reader.problem("DR121", line, "the file holds a NUL byte and is not a text")
        return None
    return nfc(text.removeprefix("\ufeff"))


def _delimiter(reader: Reader, text: str, vocabulary: Vocabulary) -> str | None:
    """Return the delimiter: what divides the header into columns that are known."""
    first: Line | None = None
    below = 0
    for delimiter in _DELIMITERS:
        for place, (line, cells) in enumerate(_first(text, delimiter)):
            named = vocabulary.names_columns(cells)
            if named and place == 0:
                return delimiter
            below = below or (line if named else 0)
            first = first or (line, (delimiter.join(cells).strip(delimiter),))
    if first is not None:
        reader.no_header(first, below)
    elif not any(_rows(reader, text, ",")) and not reader.problems:
        reader.empty()
    return None


def _rows(reader: Reader, text: str, delimiter: str) -> Iterator[Line]:
    """Yield each row with its line; of what cannot be a row, say why, and stop."""
    number = 0
    begun = False
    line = 0
    try:
        for row, (line, cells) in enumerate(_parsed(text, delimiter), 1):
            if row != line:
                reader.rows[line] = row
            begun = begun or any(cells)
            if not begun:
                continue
            if not reader.takes(line, cells):
                return
            yield line, cells
            number += 1
            if number > SHEET_ROWS:
                reader.problem("DR121", line, f"more than {SHEET_ROWS} rows")
                return
    except _BrokenError as error:
        line, reason = error.args
        reader.problem(
            "DR121",
            line,
            f"from here on the file is not CSV: {reason}",
            "Is a double quote left open? One within a cell is written twice",
        )


def _first(text: str, delimiter: str) -> Iterator[Line]:
    """Yield the first few rows that are not empty, as far as they can be read."""
    try:
        yield from first_rows(_parsed(text, delimiter))
    except _BrokenError:
        return


def _parsed(text: str, delimiter: str) -> Iterator[Line]:
    """Yield the rows of a text, each with its first line, cells without outer spaces.

    Raises:
        _BrokenError: The text is not CSV from some line on.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, tuple(map(tidy, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _BrokenError(line, str(error)) from None
