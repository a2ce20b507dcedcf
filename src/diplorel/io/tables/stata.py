"""Stata 14 and later (format 118), through pyreadstat: value labels and variable labels."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from diplorel.errors import InvalidQueryError
from diplorel.io.tables.codebook import as_json, codebook
from diplorel.model.table_frames import module_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.model.column import Column
    from diplorel.model.table import Table

_LABEL: Final = 80
"""Stata's longest label of a variable or file, in characters."""
_NAME: Final = 32
_TEXT: Final = 2045
"""The bytes of Stata's longest text of fixed length."""
_EXACT: Final = 2**53
_LONG: Final = range(-2_147_483_647, 2_147_483_621)
"""What Stata's type long holds."""
_EPOCH: Final = date(1960, 1, 1)
"""Stata's day 0."""
_LARGEST: Final = 8.988e307
"""Above it, Stata's codes for missing numbers begin."""
_RESERVED: Final = frozenset(
    {
        "_all",
        "_b",
        "byte",
        "_coef",
        "_cons",
        "double",
        "float",
        "if",
        "in",
        "int",
        "long",
        "_n",
        "_N",
        "_pi",
        "_pred",
        "_rc",
        "_skip",
        "strL",
        "using",
        "with",
    }
)
_RESERVED_SHAPE: Final = re.compile(r"str\d+")
_NOTES: Final = {
    "days": "Days are Stata days (%td).",
    "infinite": "A number without an upper or lower bound is missing, as intreg reads intervals.",
    "texts": "Stata has no missing text: it is an empty one.",
}


def encode(table: Table) -> dict[str, bytes]:
    """Return the files of a table: the codebook, and the data.

    Raises:
        InvalidQueryError: The table has no columns, or a text is too long.
    """
    if not table.columns:
        raise InvalidQueryError("a .dta file needs at least one column")
    pyreadstat = module_of("pyreadstat", "stata")
    pd = module_of("pandas", "stata")
    names = variable_names(table.names)
    columns = dict(zip(names, table.columns, strict=True))
    frame = pd.DataFrame({name: _values(pd, one) for name, one in columns.items()})
    with TemporaryDirectory() as folder:
        path = Path(folder, "table.dta")
        pyreadstat.write_dta(
            frame,
            str(path),
            version=14,
            file_label=_short(table.title),
            column_labels=[_short(one.title or one.note or one.name) for one in table.columns],
            variable_format={name: "%td" for name, one in columns.items() if one.kind == "day"},
            variable_value_labels={
                name: values for name, one in columns.items() if (values := _value_labels(one))
            },
        )
        data = path.read_bytes()
    about = codebook(table, "a missing number is .", **_NOTES)
    about["variables"] = dict(zip(names, table.names, strict=True))
    return {".codebook.json": as_json(about), ".dta": data}


def _short(label: str) -> str:
    line = " ".join(label.split())
    return line if len(line) <= _LABEL else f"{line[: _LABEL - 1]}…"


def variable_names(names: Iterable[str]) -> list[str]:
    """Return a name that Stata takes for each name, all different.

    >>> variable_names(["party", "in", "a b", "a-b", "x" * 40])
    ['party', '_in', 'a_b', 'a_b_2', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx']
    """
    taken: list[str] = []
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", name)[:_NAME] or "_"
        if plain[0].isdigit() or plain in _RESERVED or _RESERVED_SHAPE.fullmatch(plain):
            plain = f"_{plain}"[:_NAME]
        free, number = plain, 1
        while free in taken:
            number += 1
            tail = f"_{number}"
            free = plain[: _NAME - len(tail)] + tail
        taken.append(free)
    return taken


def _value_labels(column: Column) -> dict[int, str]:
    if column.kind == "enum":
        return dict(enumerate(column.labels))
    return {0: "no", 1: "yes"} if column.kind == "boolean" else {}


def _values(pd: Any, column: Column) -> Any:
    values = list(column)
    if column.kind == "text":
        return pd.Series([_text(column.name, value or "") for value in values], dtype=object)
    if column.kind == "day":
        # as numbers: pyreadstat takes dates for texts where none is among the first values
        values = [None if day is None else (day - _EPOCH).days for day in values]
        return pd.Series(values, dtype="float64")
    if column.kind == "enum":
        values = [None if code < 0 else code for code in column.data]
    elif column.kind == "integer" and any(v is not None and abs(v) > _EXACT for v in values):
        return pd.Series(["" if v is None else str(v) for v in values], dtype=object)
    elif column.kind == "float":
        values = [None if v is None or abs(v) > _LARGEST else v for v in values]
    if column.kind == "float" or None in values:
        return pd.Series(values, dtype="float64")
    return pd.Series(values, dtype="int64").astype("int32" if _fits(values) else "float64")


def _fits(values: list[Any]) -> bool:
    """Say whether all are whole numbers that Stata's type long holds."""
    return all(value in _LONG for value in values)


def _text(name: str, value: str) -> str:
    if len(value.encode()) > _TEXT:
        raise InvalidQueryError(
            "column {name!r}: a text of more than {most} bytes does not fit into .dta: "
            "leave the column out, or write .parquet or .csv",
            name=name,
            most=_TEXT,
        )
    return value
