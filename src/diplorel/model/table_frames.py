"""A table as a frame of pandas, Polars or Arrow; each is imported when it is asked for."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from diplorel.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from diplorel.model.column import Column

    About: TypeAlias = "Callable[[Sequence[int]], dict[str, Any]]"
    """What is said of a table, once it is known how many values each column misses."""

_EPOCH: Final = 719_163
"""The ordinal of 1 January 1970: the engines count days from there."""
_DAY: Final = 86_400_000
"""The milliseconds of a day."""
_BATCH: Final = 1 << 17
"""How many rows of a stream are made at a time: a multiple of eight, since validity is in bits."""


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


def to_arrow(columns: Sequence[Column], about: About) -> pa.Table:
    """Return an Arrow table; see `Table.to_arrow`."""
    schema, rows = _prepared(columns, about)
    made: pa.Table = module_of("pyarrow", "arrow").Table.from_arrays(rows(0, None), schema=schema)
    return made


def to_reader(columns: Sequence[Column], about: About) -> pa.RecordBatchReader:
    """Return the same as batches of rows, each made when it is asked for.

    A text takes more room in Arrow than its code here: this way only that of one batch is taken.
    """
    arrow = module_of("pyarrow", "arrow")
    schema, rows = _prepared(columns, about)
    count = len(columns[0]) if columns else 0

    def batches() -> Iterator[pa.RecordBatch]:
        for first in range(0, count, _BATCH):
            values = rows(first, min(first + _BATCH, count))
            yield arrow.RecordBatch.from_arrays(values, schema=schema)

    made: pa.RecordBatchReader = arrow.RecordBatchReader.from_batches(schema, batches())
    return made


def _prepared(
    columns: Sequence[Column], about: About
) -> tuple[pa.Schema, Callable[[int, int | None], list[Any]]]:
    """Return the schema of some columns, and a function that returns their arrays for some rows."""
    arrow = module_of("pyarrow", "arrow")
    compute = module_of("pyarrow.compute", "arrow")
    made = [_Arrow(arrow, compute, column) for column in columns]

    def rows(first: int, after: int | None) -> list[Any]:
        return [one.rows(first, after) for one in made]

    fields = [
        arrow.field(one.column.name, one.rows(0, 0).type, metadata=_metadata(one.column))
        for one in made
    ]
    said = {"diplorel": json.dumps(about([one.missing for one in made]), ensure_ascii=False)}
    return arrow.schema(fields, metadata=said), rows


def _metadata(column: Column) -> dict[str, str]:
    said = {"title": column.title, "note": column.note, "unit": column.unit}
    return {key: value for key, value in said.items() if value}


class _Arrow:
    """A column in Arrow, on the memory of the column itself wherever both store it alike."""

    def __init__(self, pa: Any, pc: Any, column: Column) -> None:
        self._pa, self._pc, self.column = pa, pc, column
        kinds = {
            "b": pa.int8(), "h": pa.int16(), "i": pa.int32(), "q": pa.int64(), "d": pa.float64(),
        }  # fmt: skip
        data = column.data
        buffers = [None, pa.py_buffer(data if len(data) else b"")]
        self._stored = pa.Array.from_buffers(kinds[data.typecode], len(data), buffers)
        self._words = pa.array(column.words, pa.string())
        self.missing = sum(
            self._is_missing(self._stored[first : first + _BATCH]).true_count
            for first in range(0, len(data), _BATCH)
        )

    def _is_missing(self, stored: Any) -> Any:
        if self.column.kind == "float":
            return self._pc.is_nan(stored)
        return self._pc.equal(stored, self._pa.scalar(self.column.gap, stored.type))

    def rows(self, first: int, after: int | None) -> Any:
        """Return the values of some rows."""
        pa, kind = self._pa, self.column.kind
        stored = self._stored[first:after]
        if kind == "day":
            stored = self._pc.subtract(stored, pa.scalar(_EPOCH, pa.int32()))
        elif kind == "boolean":
            stored = self._pc.equal(stored, pa.scalar(1, pa.int8()))
        if self.missing and len(stored):
            valid = self._pc.invert(self._is_missing(self._stored[first:after])).buffers()[1]
            stored = _with_valid(pa, stored, valid)
        if kind == "day":
            return stored.view(pa.date32())
        if kind == "enum":
            return pa.DictionaryArray.from_arrays(stored, self._words, ordered=True)
        if kind == "text":
            return pa.DictionaryArray.from_arrays(stored, self._words).cast(pa.string())
        return stored


def _with_valid(pa: Any, stored: Any, valid: Any) -> Any:
    """Return an array that says which of its values are present."""
    values = stored.buffers()[1]
    if stored.offset:
        width = stored.type.bit_width // 8
        values = values.slice(stored.offset * width, len(stored) * width)
    return pa.Array.from_buffers(stored.type, len(stored), [valid, values])


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
