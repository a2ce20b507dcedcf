"""What was given to be read: a file's content, or the file."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from diplorel.errors import InvalidQueryError, Problem, StreamError
from diplorel.io.limits import SHEET_BYTES
from diplorel.io.sheets.csv_reader import read_text

if TYPE_CHECKING:
    from diplorel.io.sheets.grid import Grid, Reader, Vocabulary

UNNAMED: Final = "events.csv"
"""The name of a content that comes without a file."""
_SUFFIXES: Final = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_NAME_LIMIT: Final = 1024
_BOOKS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
"""How archives begin, also empty ones, and compound files."""


def is_book(data: bytes) -> bool:
    """Say whether a file is a workbook, or what a workbook is kept in."""
    return data.startswith(_BOOKS)


def contents(data: bytes | str | PurePath, path: str | None) -> tuple[bytes, str]:
    """Return the bytes of what was given, and its name for messages.

    Raises:
        InvalidQueryError: It is a text that must be meant as the name of a file, or nothing of
            the kind.
        StreamError: There is no such file, or it cannot be read.
    """
    if isinstance(data, PurePath):
        return _file(Path(data), path or str(data)), path or str(data)
    if isinstance(data, str):
        if _is_name(data):
            raise InvalidQueryError(
                "{data!r} is the name of a file and no table; to read the file, give a path: "
                "Path({data!r})",
                data=data,
            )
        return data.encode("utf-8", "surrogatepass"), path or UNNAMED
    if isinstance(data, (bytes, bytearray, memoryview)):
        data = bytes(data)
        return data, path or ("events.xlsx" if is_book(data) else UNNAMED)
    raise InvalidQueryError(
        "expected the path of a table, or its content as bytes or text, got {data}",
        data=f"{data!r:.80}",
    )


def _is_name(text: str) -> bool:
    """Say whether a text must be meant as the name of a file: one line, with no table in it."""
    if not text or len(text) > _NAME_LIMIT or "\n" in text or "\r" in text or "\0" in text:
        return False
    return text.casefold().endswith(_SUFFIXES) or os.path.exists(text)  # noqa: PTH110  no value error


def _file(file: Path, name: str) -> bytes:
    """Return the content of a file; of one that is too large, a little more than is read."""
    hint = ""
    try:
        with file.open("rb") as opened:
            return opened.read(SHEET_BYTES + 1)
    except FileNotFoundError:
        message = "the file is missing"
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        if file.is_dir():
            message, hint = "it is a folder and no table", "A stream's folder is read by dr.read"
    except ValueError:  # a NUL in its name
        message = "no file can have this name"
    raise StreamError([Problem(code="DR110", path=name, message=message, hint=hint)])


def read_grid(
    reader: Reader, data: bytes, sheet: str | None, vocabulary: Vocabulary
) -> Grid | None:
    """Return the cells of a content; None where it cannot be taken apart.

    What it is, its first bytes decide, not its name.

    Raises:
        InvalidQueryError: A sheet is named, and there is none of this name; or none is named, and
            several can be meant.
    """
    if is_book(data):
        from diplorel.io.sheets.books import read_book  # noqa: PLC0415  only workbooks pay for it

        return read_book(reader, data, sheet, vocabulary)
    if sheet is not None:
        raise InvalidQueryError(
            "the sheet {sheet!r} is asked for, and {path} is no workbook: leave it out",
            sheet=sheet,
            path=reader.path,
        )
    return read_text(reader, data, vocabulary)
