"""From a workbook to the cells of one of its sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import attrs

from diplorel._message import suggestion
from diplorel.errors import InvalidQueryError, nearest
from diplorel.io.limits import SHEET_BYTES
from diplorel.io.sheets.books import compound
from diplorel.io.sheets.books.archive import Archive
from diplorel.io.sheets.books.calamine import calamine
from diplorel.io.sheets.books.marks import BookError
from diplorel.io.sheets.books.ods import MIMETYPE, Ods
from diplorel.io.sheets.books.page import Page, page_of
from diplorel.io.sheets.books.xls import Xls
from diplorel.io.sheets.books.xlsx import Xlsx
from diplorel.io.sheets.grid import Grid, Reader, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from diplorel.io.sheets.books.marks import Marks, Values


class Book(Protocol):
    """A workbook of any kind.

    Attributes:
        sheets: The name of each sheet of cells, and whether it is hidden.
    """

    sheets: list[tuple[str, bool]]

    def read(self, names: Iterable[str]) -> list[tuple[Values, Marks]]:
        """Return the values of some sheets, and what the sheets say beyond them."""
        ...


def open_book(data: bytes) -> Book:
    """Return a workbook.

    Raises:
        BookError: It is not sound, or no workbook.
    """
    if len(data) > SHEET_BYTES:
        raise BookError(f"the file is larger than {SHEET_BYTES} bytes", "Read it in parts")
    if data.startswith(compound.MAGIC):
        return Xls(data)
    packed = Archive(data)
    return Ods(packed) if MIMETYPE in packed else Xlsx(packed)


def read_book(
    reader: Reader, data: bytes, sheet: str | None, vocabulary: Vocabulary
) -> Grid | None:
    """Return the cells of a sheet; None where it cannot be read, and the problem noted.

    Raises:
        InvalidQueryError: A sheet is named, and there is none of this name; or none is named, and
            several name columns.
        MissingExtraError: The extra ``excel`` is not installed.
    """
    calamine()
    try:
        book = open_book(data)
        name = _named(reader, book, sheet) if sheet is not None else None
        pages = _pages(book, name, vocabulary)
    except BookError as error:
        reader.problem("DR121", None, error.message, error.hint)
        return None
    unseen = () if name else {name for name, hidden in book.sheets if hidden}
    shown = [page for page in pages if page.lines and page.name not in unseen]
    named = [page for page in shown if vocabulary.is_named_in(page.lines)]
    if not named and _is_elsewhere(
        reader, [page for page in pages if page.name in unseen], vocabulary
    ):
        return None
    if not shown:
        reader.empty()
        return None
    if len(named) > 1:
        names = ", ".join(repr(page.name) for page in named)
        raise InvalidQueryError(
            "several sheets of {path} name columns: {names}. Say which one to read: "
            "sheet={first!r}, on the command line --sheet {first!r}",
            path=reader.path,
            names=names,
            first=named[0].name,
        )
    return _read(reader, (named or shown)[0], len(book.sheets) > 1, vocabulary)


def _named(reader: Reader, book: Book, sheet: str) -> str:
    """Return the name of the sheet that is asked for, as the workbook writes it."""
    names = [name for name, _ in book.sheets]
    if sheet in names:
        return sheet
    alike = [name for name in names if name.casefold().strip() == sheet.casefold().strip()]
    if len(alike) == 1:
        return alike[0]
    raise InvalidQueryError(
        "there is no sheet {sheet!r} in {path}; the sheets are: {known}.{hint}",
        sheet=sheet,
        path=reader.path,
        known=", ".join(map(repr, names)),
        hint=suggestion(nearest(sheet, names, limit=1)),
    )


def _pages(book: Book, only: str | None, vocabulary: Vocabulary) -> list[Page]:
    """Return the sheets that can be meant: the one that is named, or all.

    A hidden sheet is looked at only where no other names columns.
    """
    shown = [name for name, hidden in book.sheets if not hidden]
    found = [page_of(name, *sheet) for name, sheet in _read_each(book, [only] if only else shown)]
    if only or any(vocabulary.is_named_in(page.lines) for page in found):
        return found
    unseen = [name for name, hidden in book.sheets if hidden]
    return [*found, *(page_of(name, *sheet) for name, sheet in _read_each(book, unseen))]


def _read_each(book: Book, names: list[str]) -> Iterator[tuple[str, tuple[Values, Marks]]]:
    return zip(names, book.read(names) if names else (), strict=True)


def _is_elsewhere(reader: Reader, unseen: list[Page], vocabulary: Vocabulary) -> bool:
    """Say whether a hidden sheet names columns, and note it."""
    hidden = [page.name for page in unseen if vocabulary.is_named_in(page.lines)]
    if hidden:
        names = ", ".join(map(repr, hidden))
        hint = f"Unhide it, or name it: sheet={hidden[0]!r}, --sheet {hidden[0]!r}"
        reader.problem("DR123", None, f"only a hidden sheet names columns: {names}", hint)
    return bool(hidden)


def _read(reader: Reader, page: Page, several: bool, vocabulary: Vocabulary) -> Grid | None:
    """Return the cells of a sheet, with everything that may not be what is meant noted."""
    reader.sheet = _prefix(page.name) if several else ""
    (first, *_) = page.lines
    if not vocabulary.names_columns(first[1]):
        below = next(
            (line for line, cells in page.lines[:50] if vocabulary.names_columns(cells)), 0
        )
        reader.no_header(first, below)
        return None
    for line, cells in page.lines:
        if not reader.takes(line, cells):
            return None
    grid = reader.grid(page.lines, vocabulary)
    if grid is not None:
        page.tell(reader, grid)
    return attrs.evolve(grid, rows=tuple(page.filled(grid))) if grid is not None else None


def _prefix(name: str) -> str:
    """Return what stands before the name of a cell of a sheet: ``Events!``, ``'My sheet'!``."""
    if name.replace("_", "").isalnum() and not name[0].isdigit():
        return f"{name}!"
    doubled = name.replace("'", "''")
    return f"'{doubled}'!"
