"""`write_table`: each form read back equals the records, by the programs that users have."""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pyreadstat
import pytest
from hypothesis import given, settings

from diplorel.errors import InvalidQueryError, MissingExtraError
from diplorel.io.tables import write_table
from diplorel.io.tables.delimited import defused, restored
from diplorel.io.tables.write import form_of
from diplorel.model.column import days, floats, integers, text
from diplorel.model.table import Table
from draws import draws
from tables import LABELS, every_trap, tables

few = settings(max_examples=draws(25), deadline=None)
FORMS = (".csv", ".dta", ".json", ".md", ".parquet", ".xlsx")


def _encoded(table: Table, suffix: str) -> bytes:
    return form_of(Path(f"x{suffix}"))(table)[suffix]


def _written(table: Table, folder: Path, suffix: str) -> Path:
    path = folder / f"table{suffix}"
    write_table(table, path)
    return path


# --- CSV -----------------------------------------------------------------------------------------


def _of_csv(table: Table, frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return what a frame of texts says, by the kinds that the codebook gives."""
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
        for row in frame.to_dicts()
    ]


def test_polars_reads_the_csv_with_missing_and_empty_texts_apart(tmp_path: Path) -> None:
    table = every_trap()
    frame = pl.read_csv(_written(table, tmp_path, ".csv"), infer_schema=False)
    assert _of_csv(table, frame) == table.to_records()


def test_duckdb_reads_the_csv(tmp_path: Path) -> None:
    table = every_trap()
    path = _written(table, tmp_path, ".csv")
    query = duckdb.read_csv(str(path), allow_quoted_nulls=False).select("code", "visits", "since")
    rows = query.fetchall()
    assert [restored(row[0]) if row[0] else row[0] for row in rows] == list(table["code"])
    assert [row[1] for row in rows] == list(table["visits"])
    assert [row[2] for row in rows] == list(table["since"])


def test_pandas_reads_namibia(tmp_path: Path) -> None:
    path = _written(every_trap(), tmp_path, ".csv")
    frame = pd.read_csv(path, keep_default_na=False, na_values=[""])
    assert frame["code"][0] == "NA"
    assert frame["level"].dropna().tolist() == ["csp", "strategic", "comprehensive", "csp"]


def test_no_cell_of_a_csv_begins_a_formula(tmp_path: Path) -> None:
    given = ["=1", "+1", "-1", "@x", "\tx", "'=1", "''=1", "'s", "Huế", ""]
    table = Table([text("x", given)])
    frame = pl.read_csv(_written(table, tmp_path, ".csv"), infer_schema=False)
    cells = frame["x"].to_list()
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert [restored(cell) for cell in cells] == given
    assert [defused(cell) for cell in given] == cells


def test_the_codebook_of_a_csv_is_beside_it(tmp_path: Path) -> None:
    table = every_trap()
    _written(table, tmp_path, ".csv")
    book = json.loads((tmp_path / "table.codebook.json").read_text(encoding="utf-8"))
    assert book["stamp"] == dict(table.stamp)
    assert book["columns"] == table.codebook()
    assert "without quotation marks" in book["missing_value"]


# --- JSON, Markdown, Parquet ---------------------------------------------------------------------


@few
@given(tables())
def test_json_holds_the_records(table: Table) -> None:
    data = json.loads(_encoded(table, ".json"))
    rows = data["data"]
    for column in table.columns:
        for row in rows:
            if column.kind == "day" and row[column.name] is not None:
                row[column.name] = date.fromisoformat(row[column.name])
            if column.kind == "float" and row[column.name] is not None:
                row[column.name] = float(row[column.name])
    assert rows == table.to_records()
    assert data["columns"] == table.codebook()


@few
@given(tables())
def test_markdown_has_one_line_a_row(table: Table) -> None:
    page = _encoded(table, ".md").decode()
    grid = page.split("## Columns")[0].split("\n")
    lines = [line for line in grid if line.startswith("|")]
    assert len(lines) == len(table) + 2


def test_markdown_shows_texts_as_they_are(tmp_path: Path) -> None:
    table = Table([text("x", ["a|b", "<script>", "*y*"], title="Tên")], title="Bảng")
    page = _written(table, tmp_path, ".md").read_text(encoding="utf-8")
    assert page.startswith(
        "# Bảng\n\n| Tên |\n| --- |\n| a\\|b |\n| &lt;script&gt; |\n| \\*y\\* |\n"
    )
    assert "## How it was made" not in page
    page = _written(every_trap(), tmp_path, ".md").read_text(encoding="utf-8")
    assert "Đối tác Chiến lược Toàn diện" in page
    assert '{"vietnam": "0.2.0"}' in page


def test_parquet_is_read_by_four_with_stamp_and_units(tmp_path: Path) -> None:
    table = every_trap()
    path = _written(table, tmp_path, ".parquet")
    arrow = pq.read_table(path)
    assert arrow.equals(table.to_arrow(), check_metadata=True)
    assert arrow.to_pylist() == table.to_records()
    assert pl.read_parquet(path).to_dicts() == table.to_records()
    query = duckdb.read_parquet(str(path))
    assert [
        dict(zip(query.columns, row, strict=True)) for row in query.fetchall()
    ] == table.to_records()
    frame = pd.read_parquet(path, dtype_backend="pyarrow")
    assert frame["code"].to_list()[0] == "NA"
    assert frame["since"].to_list()[0] == date(1778, 2, 6)


# --- Stata ---------------------------------------------------------------------------------------


def _of_stata(table: Table, path: Path) -> list[dict[str, Any]]:
    frame, meta = pyreadstat.read_dta(str(path))
    rows: list[dict[str, Any]] = []
    for number in range(len(frame)):
        row: dict[str, Any] = {}
        for name, column in zip(meta.column_names, table.columns, strict=True):
            value = frame[name][number]
            missing = value is None or value != value  # noqa: PLR0124  NaN
            if column.kind == "enum" and not missing:
                value = column.words[int(value)]
            if column.kind in ("integer", "boolean") and not missing and value != "":
                value = int(value)
            row[column.name] = None if missing or (value == "" and column.kind != "text") else value
        rows.append(row)
    return rows


def test_pyreadstat_reads_the_dta(tmp_path: Path) -> None:
    table = every_trap()
    expected = [{**row, "code": row["code"] or ""} for row in table.to_records()]
    assert _of_stata(table, _written(table, tmp_path, ".dta")) == expected


def test_a_dta_has_short_labels_value_labels_and_vietnamese(tmp_path: Path) -> None:
    path = _written(every_trap(), tmp_path, ".dta")
    assert path.read_bytes().startswith(b"<stata_dta><header><release>118</release>")
    _, meta = pyreadstat.read_dta(str(path))
    assert meta.variable_value_labels["level"] == dict(enumerate(LABELS.values()))
    assert meta.variable_value_labels["resident"] == {0: "no", 1: "yes"}
    assert meta.column_names_to_labels["code"] == "Mã"
    assert len(meta.column_names_to_labels["level"] or "") == 80
    assert meta.file_label == "Bẫy"
    frame = pd.read_stata(path)
    assert list(frame["level"].cat.categories) == list(LABELS.values())
    assert frame["since"][4] == datetime(1973, 8, 1)  # noqa: DTZ001


def test_numbers_that_stata_cannot_hold_leave_as_it_reads_them(tmp_path: Path) -> None:
    table = Table([floats("upper", [float("inf"), 1.0]), integers("n", [2**31, 1])])
    path = _written(table, tmp_path, ".dta")
    assert _of_stata(table, path) == [{"upper": None, "n": 2**31}, {"upper": 1.0, "n": 1}]
    book = json.loads((tmp_path / "table.codebook.json").read_text(encoding="utf-8"))
    assert "intreg" in book["infinite"]


def test_what_stata_cannot_hold_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidQueryError, match="2045 bytes"):
        _written(Table([text("x", ["ế" * 1000])]), tmp_path, ".dta")
    with pytest.raises(InvalidQueryError, match="at least one column"):
        _written(Table([]), tmp_path, ".dta")
    assert not list(tmp_path.iterdir())


# --- xlsx ----------------------------------------------------------------------------------------


def _of_xlsx(path: Path) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(path)
    names, *rows = book["data"].iter_rows(values_only=True)
    plain = [[v.date() if isinstance(v, datetime) else v for v in row] for row in rows]
    book.close()
    return [dict(zip(map(str, names), row, strict=True)) for row in plain]


def test_openpyxl_reads_the_workbook(tmp_path: Path) -> None:
    table = every_trap()
    expected = [
        {
            **row,
            "code": row["code"] or None,
            "since": row["since"] and row["since"].isoformat(),
            "visits": str(row["visits"]) if (row["visits"] or 0) > 2**53 else row["visits"],
        }
        for row in table.to_records()
    ]
    path = _written(table, tmp_path, ".xlsx")
    assert _of_xlsx(path) == expected
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["data", "codebook", "about"]
    assert book["data"]["A5"].data_type == "s"  # =1+2 is not computed
    labels = [row[7] for row in book["codebook"].iter_rows(values_only=True) if row[7]]
    assert labels == ["label", *LABELS.values()]
    book.close()


def test_a_workbook_has_days_numbers_without_bounds_and_no_control_characters(
    tmp_path: Path,
) -> None:
    day = date(1973, 8, 1)
    table = Table([days("d", [day]), floats("f", [float("inf")]), text("t", ["a\x07b"])])
    assert _of_xlsx(_written(table, tmp_path, ".xlsx")) == [{"d": day, "f": "inf", "t": "a\ufffdb"}]


def test_a_workbook_has_no_day_before_march_1900(tmp_path: Path) -> None:
    first, before = date(1900, 3, 1), date(1900, 2, 28)
    assert _of_xlsx(_written(Table([days("d", [first])]), tmp_path, ".xlsx")) == [{"d": first}]
    found = _of_xlsx(_written(Table([days("d", [before, first])]), tmp_path, ".xlsx"))
    assert found == [{"d": "1900-02-28"}, {"d": "1900-03-01"}]


def test_what_a_sheet_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidQueryError, match=r"too long for \.xlsx"):
        _written(Table([text("x", ["y" * 32_768])]), tmp_path, ".xlsx")
    with pytest.raises(InvalidQueryError, match=r"too many for \.xlsx"):
        _written(Table([text("x", [None] * 1_048_576)]), tmp_path, ".xlsx")


# --- every form ----------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMS)
@few
@given(tables(rows=2).filter(lambda table: table.columns))
def test_every_form_takes_every_table(suffix: str, table: Table) -> None:
    assert _encoded(table, suffix) == _encoded(table, suffix) or suffix in (".xlsx", ".dta")


@pytest.mark.parametrize("suffix", FORMS)
def test_a_file_is_replaced_as_a_whole(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"table{suffix}"
    path.write_text("before", encoding="utf-8")

    def fail(handle: int) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="the disk is full"):
            write_table(every_trap(), path)
    assert path.read_text(encoding="utf-8") == "before"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    write_table(every_trap(), path)
    assert path.read_bytes() != b"before"


@pytest.mark.parametrize(
    ("suffix", "module", "extra"),
    [
        (".parquet", "pyarrow.parquet", "arrow"),
        (".dta", "pyreadstat", "stata"),
        (".xlsx", "openpyxl", "excel"),
    ],
)
def test_a_form_without_its_extra_names_it(
    suffix: str, module: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module.split(".", maxsplit=1)[0], None)
    monkeypatch.delitem(sys.modules, "pyarrow.parquet", raising=False)
    with pytest.raises(MissingExtraError, match=rf"diplorel\[{extra}\]"):
        _written(every_trap(), tmp_path, suffix)


def test_another_suffix_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InvalidQueryError, match=r"\.csv, \.dta, .*Did you mean '\.xlsx'"):
        _written(every_trap(), tmp_path, ".xls")
    with pytest.raises(InvalidQueryError, match="expected one of"):
        write_table(every_trap(), tmp_path / "table")


def test_a_suffix_in_capitals_stays_so(tmp_path: Path) -> None:
    write_table(every_trap(), tmp_path / "A.CSV")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["A.CSV", "A.codebook.json"]


def test_an_answer_gives_its_table_and_other_things_are_refused(tmp_path: Path) -> None:
    class Answer:
        def table(self) -> Table:
            return every_trap()

    write_table(Answer(), tmp_path / "a.json")
    write_table(every_trap(), tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    with pytest.raises(InvalidQueryError, match="answer: expected a table"):
        write_table([1], tmp_path / "c.json")  # type: ignore[arg-type]
