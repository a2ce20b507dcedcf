"""Tables drawn at random are read back equal by the programs that users have."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from math import isinf
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pyreadstat
from hypothesis import assume, example, given, settings

from diplorel.io.tables.delimited import restored
from diplorel.io.tables.write import form_of
from diplorel.model.column import floats, text
from diplorel.model.table import Table
from draws import draws
from tables import LABELS, tables

some = settings(max_examples=draws(15), deadline=None)
filled = tables().filter(lambda table: table.columns and len(table))
Rows = list[dict[str, Any]]
_UNSEEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "\ufffd")
"""What XML cannot hold becomes a mark in a workbook."""


def encoded(table: Table, suffix: str) -> bytes:
    return form_of(Path(f"x{suffix}"))(table)[suffix]


@contextmanager
def written(table: Table, suffix: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"table{suffix}")
        path.write_bytes(encoded(table, suffix))
        yield path


# --- CSV -----------------------------------------------------------------------------------------


def of_texts(table: Table, rows: Rows) -> Rows:
    """Return what cells of texts say, by the kinds of the columns; None is missing."""
    read: dict[str, Any] = {
        "text": restored,
        "enum": restored,
        "integer": int,
        "float": float,
        "day": date.fromisoformat,
        "boolean": {"true": True, "false": False}.__getitem__,
    }
    kinds = {column.name: read[column.kind] for column in table.columns}
    return [
        {name: None if value is None else kinds[name](value) for name, value in row.items()}
        for row in rows
    ]


@some
@given(filled)
def test_polars_reads_any_csv(table: Table) -> None:
    frame = pl.read_csv(encoded(table, ".csv"), infer_schema=False)
    assert of_texts(table, frame.to_dicts()) == table.to_records()


@some
@given(filled)
def test_duckdb_reads_any_csv(table: Table) -> None:
    names = [f"{name}" for name in table.names]
    with written(table, ".csv") as path:
        query = duckdb.read_csv(
            str(path),
            header=True,
            columns=dict.fromkeys(names, "VARCHAR"),
            allow_quoted_nulls=False,
            quotechar='"',
            escapechar='"',
            delimiter=",",
            auto_detect=False,
        )
        rows = [dict(zip(names, row, strict=True)) for row in query.fetchall()]
    assert of_texts(table, rows) == table.to_records()


@some
@given(filled)
def test_pandas_reads_any_csv_but_empty_texts_as_missing(table: Table) -> None:
    frame = pd.read_csv(
        io.BytesIO(encoded(table, ".csv")), dtype=str, keep_default_na=False, na_values=[""]
    )
    rows = [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]
    expected = [
        {name: None if value == "" else value for name, value in row.items()} for row in table
    ]
    # a row of one missing value is an empty line, which pandas leaves out
    assume(len(table.columns) > 1)
    assert of_texts(table, rows) == expected


# --- Parquet and JSON ----------------------------------------------------------------------------


@some
@given(filled)
def test_any_parquet_is_read_by_four(table: Table) -> None:
    with written(table, ".parquet") as path:
        arrow = pq.read_table(path)
        assert arrow.equals(table.to_arrow(), check_metadata=True)
        assert arrow.to_pylist() == table.to_records()
        assert pl.read_parquet(path).to_dicts() == table.to_records()
        query = duckdb.read_parquet(str(path))
        found = [dict(zip(query.columns, row, strict=True)) for row in query.fetchall()]
        assert found == table.to_records()
        frame = pd.read_parquet(path, dtype_backend="pyarrow")
    for column in table.columns:
        values = [None if pd.isna(value) else value for value in frame[column.name]]
        assert values == list(column)


@some
@given(filled)
def test_any_json_is_read_by_pandas_and_polars(table: Table) -> None:
    rows = json.loads(encoded(table, ".json"))["data"]
    assert rows == [{name: as_json(value) for name, value in row.items()} for row in table]
    frame = pd.DataFrame(rows, dtype=object)
    assert [[None if pd.isna(v) else v for v in frame[name]] for name in table.names] == [
        [row[name] for row in rows] for name in table.names
    ]
    assume(
        not any(
            isinstance(value, float) and isinf(value) for row in table for value in row.values()
        )
    )
    kinds = {"integer": pl.Int64, "float": pl.Float64, "boolean": pl.Boolean}
    schema = {column.name: kinds.get(column.kind, pl.String) for column in table.columns}
    assert pl.DataFrame(rows, schema=schema).to_dicts() == rows


def as_json(value: Any) -> Any:
    """Return a value as JSON holds it: days and numbers without bounds are texts."""
    if isinstance(value, float) and isinf(value):
        return "inf" if value > 0 else "-inf"
    return value.isoformat() if isinstance(value, date) else value


# --- Stata and xlsx ------------------------------------------------------------------------------


@some
@given(filled)
def test_pyreadstat_reads_any_dta(table: Table) -> None:
    with written(table, ".dta") as path:
        frame, meta = pyreadstat.read_dta(str(path))
    assert meta.column_names == list(table.names)
    assert meta.number_rows == len(table)
    for column in table.columns:
        values = [None if pd.isna(value) else value for value in frame[column.name]]
        if column.kind == "text":  # Stata has no missing text
            assert values == [value or "" for value in column]
        elif column.kind == "enum":
            found = [None if value is None else column.words[int(value)] for value in values]
            assert found == list(column)
            assert meta.variable_value_labels[column.name] == dict(enumerate(LABELS.values()))
        elif column.kind == "boolean":
            assert [None if one is None else bool(one) for one in values] == list(column)
        elif column.kind == "integer":  # a column with one above 2^53 holds texts
            assert [None if one in (None, "") else int(one) for one in values] == list(column)
        elif column.kind == "float":  # beyond it, Stata's codes for missing numbers begin
            largest = 8.988e307
            held = [None if one is None or abs(one) > largest else one for one in column]
            assert values == held
        else:
            assert [_plain(value) for value in values] == [_plain(value) for value in column]


def _plain(value: Any) -> str | None:
    """Return a day as its text; None where it is missing."""
    return str(value)[:10] if value else None


@some
@given(filled)
@example(Table([text("note", ["\r", "a\r\nb", None])]))
def test_openpyxl_reads_any_workbook(table: Table) -> None:
    with written(table, ".xlsx") as path:
        book = openpyxl.load_workbook(path)
        names, *rows = book["data"].iter_rows(values_only=True)
        book.close()
    assert list(names) == list(table.names)
    # rows of missing values at the end are not rows of a sheet
    rows += [(None,) * len(names)] * (len(table) - len(rows))
    for place, column in enumerate(table.columns):
        for found, value in zip([row[place] for row in rows], column, strict=True):
            if isinstance(value, str):
                lines = value.replace("\r\n", "\n").replace("\r", "\n")
                assert (found or "") == lines.translate(_UNSEEN)
            elif column.kind == "day":
                assert _plain(found) == _plain(value)
            elif isinstance(value, float) and isinf(value):
                assert found == str(value)
            elif column.kind == "integer" and isinstance(found, str):  # above 2^53
                assert int(found) == value
            else:
                assert found == value


def test_a_workbook_has_every_digit_of_a_number() -> None:
    table = Table([floats("x", [1.3510798882110714e16, 0.1, 1e300])])
    with written(table, ".xlsx") as path:
        book = openpyxl.load_workbook(path)
        assert [row[0] for row in book["data"].iter_rows(min_row=2, values_only=True)] == [
            *table["x"]
        ]
        assert {cell.data_type for (cell,) in book["data"].iter_rows(min_row=2)} == {"n"}
        book.close()
