"""An Excel workbook, through openpyxl: a sheet of data, one of the codebook, one of the stamp."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from math import isinf
from typing import TYPE_CHECKING, Any, Final

from diplorel.errors import InvalidQueryError
from diplorel.model.table_frames import module_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from diplorel.model.table import Table

_FIRST: Final = date(1900, 3, 1)
"""Before it, Excel's calendar is wrong by a day, or has no days at all."""
_ROWS: Final = 1_048_575
_COLUMNS: Final = 16_384
_CHARACTERS: Final = 32_767
_EXACT: Final = 2**53
"""Excel holds whole numbers exactly up to this one; a larger one is written as a text."""
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NOTES: Final = (
    ("missing_value", "an empty cell; an empty text is an empty cell too"),
    ("days", "A column with a day before 1900-03-01 holds texts: Excel has no such days."),
    ("numbers", "Whole numbers above 2^53 are texts: Excel would round them."),
)


def encode(table: Table) -> dict[str, bytes]:
    """Return the file of a table.

    Raises:
        InvalidQueryError: A sheet cannot hold so many rows or columns, or so long a text.
    """
    openpyxl = module_of("openpyxl", "excel")
    if len(table) > _ROWS or len(table.columns) > _COLUMNS:
        raise InvalidQueryError(
            "{rows} rows of {columns} columns are too many for .xlsx, which holds "
            "{most_rows} of {most_columns}: write .parquet or .csv",
            rows=len(table),
            columns=len(table.columns),
            most_rows=_ROWS,
            most_columns=_COLUMNS,
        )
    longest = max((len(word) for column in table.columns for word in column.words), default=0)
    if longest > _CHARACTERS:
        raise InvalidQueryError(
            "a text of {longest} characters is too long for .xlsx, which holds {most}: "
            "write .parquet or .csv",
            longest=longest,
            most=_CHARACTERS,
        )
    book = openpyxl.Workbook(write_only=True)
    data = [_values(column.kind, list(column)) for column in table.columns]
    _fill(openpyxl, book, "data", [table.names, *zip(*data, strict=True)])
    _fill(openpyxl, book, "codebook", _codebook(table))
    stamp = [(key, _plain(value)) for key, value in table.stamp.items()]
    _fill(openpyxl, book, "about", [("title", table.title), *stamp, *_NOTES])
    file = BytesIO()
    book.save(file)
    return {".xlsx": file.getvalue()}


def _values(kind: str, values: list[Any]) -> list[Any]:
    if kind == "day" and any(value is not None and value < _FIRST for value in values):
        return [value and value.isoformat() for value in values]
    if kind == "integer":
        return [str(v) if v is not None and abs(v) > _EXACT else v for v in values]
    if kind == "float":
        return [str(v) if v is not None and isinf(v) else v for v in values]
    return values


def _codebook(table: Table) -> Iterator[tuple[Any, ...]]:
    yield ("column", "kind", "title", "note", "unit", "missing", "value", "label")
    for one in table.codebook():
        about = tuple(one[key] for key in ("column", "kind", "title", "note", "unit", "missing"))
        yield (*about, None, None)
        for id, label in one["values"].items():
            yield (one["column"], *[None] * 5, id, label)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _fill(openpyxl: Any, book: Any, title: str, rows: Iterable[Iterable[Any]]) -> None:
    make = openpyxl.cell.WriteOnlyCell
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_cell(make, sheet, value) for value in row])


def _cell(make: Any, sheet: Any, value: Any) -> Any:
    if isinstance(value, str):
        return _text(make, sheet, value)
    if isinstance(value, float) and float(f"{value:.16g}") != value:
        # openpyxl writes 16 digits, and some numbers have 17: a text is written as it is
        cell = make(sheet, repr(value))
        cell.data_type = "n"
        return cell
    return value


def _text(make: Any, sheet: Any, value: str) -> Any:
    # XML has one end of a line, and readers make it of the others
    one_end = value.replace("\r\n", "\n").replace("\r", "\n")
    cell = make(sheet, _NOT_IN_XML.sub("\ufffd", one_end))
    cell.data_type = "s"  # a text that begins with = is not a formula
    return cell
