"""A table in pandas, Polars, Arrow and DuckDB equals its own records."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings

from diplorel.model import table_frames
from diplorel.model.column import text
from diplorel.model.runs import Runs
from diplorel.model.table import Table
from draws import draws
from tables import LABELS, every_trap, tables

few = settings(max_examples=draws(40), deadline=None)


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124  NaN
        return None
    if isinstance(value, datetime):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def _of_pandas(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = zip(*(frame[name].tolist() for name in frame.columns), strict=True)
    return [dict(zip(frame.columns, map(_plain, row), strict=True)) for row in rows]


@few
@given(tables())
def test_pandas_holds_the_records(table: Table) -> None:
    assert _of_pandas(table.to_pandas()) == table.to_records()


@few
@given(tables())
def test_polars_holds_the_records(table: Table) -> None:
    assert table.to_polars().to_dicts() == table.to_records()


@few
@given(tables())
def test_arrow_holds_the_records(table: Table) -> None:
    assert table.to_arrow().to_pylist() == table.to_records()
    table.to_arrow().validate(full=True)


@few
@given(tables())
def test_the_stream_is_fresh_on_each_call(table: Table) -> None:
    first, second = pa.table(table), pa.table(table)
    assert first.to_pylist() == second.to_pylist() == table.to_records()


def test_polars_takes_the_stream() -> None:
    table = every_trap()
    assert pl.DataFrame(table).to_dicts() == table.to_records()


def test_duckdb_takes_the_table_twice() -> None:
    answer = every_trap()
    for _ in range(2):
        query = duckdb.sql("SELECT * FROM answer")
        assert query is not None
        rows = [dict(zip(query.columns, row, strict=True)) for row in query.fetchall()]
        assert rows == answer.to_records()


def test_pandas_has_nullable_types_old_days_and_the_stamp() -> None:
    frame = every_trap().to_pandas()
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert kinds == {
        "code": "string",
        "visits": "Int64",
        "amount": "Float64",
        "since": "datetime64[ms]",
        "resident": "boolean",
        "level": "category",
    }
    assert _plain(frame["since"][0]) == date(1778, 2, 6)
    assert frame["level"].cat.ordered
    assert list(frame["level"].cat.categories) == list(LABELS)
    assert frame.attrs["stamp"]["streams"] == {"vietnam": "0.2.0"}
    assert json.loads(json.dumps(frame.attrs)) == frame.attrs


def test_polars_has_an_enum_in_its_order() -> None:
    frame = every_trap().to_polars()
    assert frame.schema["level"] == pl.Enum(list(LABELS))
    ordered = frame.sort("level", nulls_last=True)["level"].to_list()
    assert ordered == ["strategic", "comprehensive", "csp", "csp", None]


def test_arrow_carries_stamp_unit_and_codebook() -> None:
    schema = every_trap().to_arrow().schema
    about = json.loads((schema.metadata or {})[b"diplorel"])
    assert about["stamp"]["on"] == "2025-03-12"
    assert about["codebook"][-1]["values"] == LABELS
    assert (schema.field("amount").metadata or {})[b"unit"] == b"USD bn"


def test_a_frame_does_not_change_its_table() -> None:
    table = every_trap()
    frame = table.to_pandas()
    frame.loc[0, "visits"] = 99
    assert table == every_trap()


def test_a_column_without_a_missing_value_and_one_with_them_only() -> None:
    table = Table([text("a", ["x", "y"]), text("b", [None, None])])
    assert table.to_arrow().to_pylist() == table.to_records()
    assert table.to_arrow()["a"].null_count == 0


def test_a_stream_of_several_batches_is_the_whole_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_frames, "_BATCH", 2)  # odd ends, and validity that begins anew
    table = every_trap()
    reader = pa.RecordBatchReader.from_stream(table)
    batches = [*reader]
    assert [len(batch) for batch in batches] == [2, 2, 1]
    assert reader.schema.equals(table.to_arrow().schema, check_metadata=True)
    made = pa.Table.from_batches(batches)
    made.validate(full=True)
    assert made.to_pylist() == table.to_records()


def test_narrow_codes_leave_as_wide_ones_do() -> None:
    runs = [Runs("code", "text"), Runs("level", "enum", LABELS)]
    for one, value in zip(runs, ("a", "csp"), strict=True):
        one.add(value, 2)
        one.add(None, 1)
    table = Table([one.column() for one in runs])
    records = table.to_records()
    assert table.to_arrow().to_pylist() == records
    assert pl.DataFrame(table).to_dicts() == table.to_polars().to_dicts() == records
    assert table.to_pandas()["level"].cat.ordered
    assert [*table.to_pandas()["level"]][:2] == ["csp", "csp"]
