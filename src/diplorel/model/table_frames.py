"""A table as a frame of pandas, Polars or Arrow; each is imported when it is asked for."""

from __future__ import annotations

import json
from array import array
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from diplorel.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from diplorel.model.column import Column

_EPOCH: Final = 719_163
"""The ordinal of 1 January 1970, from which the engines count days."""
_DAY: Final = 86_400_000
"""The milliseconds of a day."""


def module_of(name: str, extra: str) -> Any:
    """Import a module of an optional dependency.

    Raises:
        MissingExtraError: It is not installed; the message names the extra.

    >>> module_of("json", "none").dumps([])
    '[]'
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != name.split(".", maxsplit=1)[0]:
            raise  # it is installed, and lacks a dependency of its own
        raise MissingExtraError(name, extra) from None


# --- Arrow ---------------------------------------------------------------------------------------


def to_arrow(columns: Sequence[Column], about: dict[str, Any]) -> pa.Table:
    """Return an Arrow table; see `Table.to_arrow`."""
    arrow = module_of("pyarrow", "arrow")
    arrays = [_arrow(arrow, column) for column in columns]
    fields = [
        arrow.field(column.name, values.type, metadata=_metadata(column))
        for column, values in zip(columns, arrays, strict=True)
    ]
    said = {"diplorel": json.dumps(about, ensure_ascii=False)}
    made: pa.Table = arrow.Table.from_arrays(arrays, schema=arrow.schema(fields, metadata=said))
    return made


def _metadata(column: Column) -> dict[str, str]:
    said = {"title": column.title, "note": column.note, "unit": column.unit}
    return {key: value for key, value in said.items() if value}


def _arrow(pa: Any, column: Column) -> Any:
    present = column.present
    valid = None if all(present) else _bits(pa, present)
    if column.kind in ("text", "enum"):
        codes = _buffered(pa, pa.int32(), column.data, valid)
        words = pa.array(column.words, pa.string())
        ordered = column.kind == "enum"
        coded = pa.DictionaryArray.from_arrays(codes, words, ordered=ordered)
        return coded if ordered else coded.cast(pa.string())
    if column.kind == "boolean":
        return pa.array(list(column), pa.bool_())
    if column.kind == "day":
        since = array("i", [day - _EPOCH for day in column.data])
        return _buffered(pa, pa.date32(), since, valid)
    kind = pa.int64() if column.kind == "integer" else pa.float64()
    return _buffered(pa, kind, column.data, valid)


def _buffered(pa: Any, kind: Any, data: array[Any], valid: Any) -> Any:
    """Return an Arrow array of a copy of the data, since a column may be changed later."""
    return pa.Array.from_buffers(kind, len(data), [valid, pa.py_buffer(data.tobytes())])


def _bits(pa: Any, present: list[bool]) -> Any:
    return pa.array(present, pa.bool_()).buffers()[1]


# --- pandas --------------------------------------------------------------------------------------


def to_pandas(columns: Sequence[Column], about: dict[str, Any]) -> pd.DataFrame:
    """Return a pandas frame; see `Table.to_pandas`."""
    pandas = module_of("pandas", "pandas")
    frame: pd.DataFrame = pandas.DataFrame(
        {column.name: _pandas(pandas, column) for column in columns},
        index=pandas.RangeIndex(len(columns[0]) if columns else 0),
        columns=pandas.Index([column.name for column in columns], dtype=object),
    )
    frame.attrs.update(about)
    return frame


def _pandas(pd: Any, column: Column) -> Any:
    np = module_of("numpy", "pandas")
    if column.kind == "text":
        return pd.array(list(column), dtype=pd.StringDtype("python"))
    if column.kind == "enum":
        kind = pd.CategoricalDtype(list(column.words), ordered=True)
        return pd.Categorical.from_codes(np.array(column.data, dtype="i4"), dtype=kind)
    missing = ~np.array(column.present, dtype=bool)
    if column.kind == "day":
        since = (np.array(column.data, dtype="i8") - _EPOCH) * _DAY
        moments = since.astype("datetime64[ms]")
        moments[missing] = np.datetime64("NaT")
        return moments
    data = np.array(column.data)
    if column.kind == "boolean":
        return pd.arrays.BooleanArray((data == 1), missing)
    data[missing] = 0
    made = pd.arrays.IntegerArray if column.kind == "integer" else pd.arrays.FloatingArray
    return made(data, missing)


# --- Polars --------------------------------------------------------------------------------------


def to_polars(columns: Sequence[Column]) -> pl.DataFrame:
    """Return a Polars frame; see `Table.to_polars`."""
    polars = module_of("polars", "polars")
    kinds = {
        "text": polars.String,
        "integer": polars.Int64,
        "float": polars.Float64,
        "day": polars.Date,
        "boolean": polars.Boolean,
    }
    made: pl.DataFrame = polars.DataFrame(
        [
            polars.Series(
                column.name, list(column), dtype=kinds.get(column.kind) or polars.Enum(column.words)
            )
            for column in columns
        ]
    )
    return made
