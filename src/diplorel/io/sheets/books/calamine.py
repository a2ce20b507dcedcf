"""The values of cells as python-calamine reads them (extra ``excel``)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from diplorel._message import Message
from diplorel.errors import MissingExtraError
from diplorel.io.sheets.books.marks import damaged

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from diplorel.io.sheets.books.marks import Values


def calamine() -> ModuleType:
    """Return the package.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import python_calamine  # noqa: PLC0415  only workbooks pay for it
    except ImportError:
        raise MissingExtraError(
            "python_calamine", "excel", Message("save the sheet as CSV")
        ) from None
    return python_calamine


def values(data: bytes, sheets: Iterable[str]) -> list[Values]:
    """Return the values of some sheets.

    Raises:
        BookError: It cannot be read.
    """
    package = calamine()
    try:
        book = package.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in sheets]
    except package.CalamineError as error:
        raise damaged(str(error)[:200]) from None
    except BaseException as error:
        # a panic in Rust is a BaseException that no module has
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise damaged("its sheets cannot be read") from None
        raise
