"""`Table` and its columns: what they hold, what they refuse, and that they leave unchanged."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel.errors import InvalidQueryError, MissingExtraError, MissingKeyError
from diplorel.model import column as col
from diplorel.model.dates import PartialDate
from diplorel.model.sources import SourceKind
from diplorel.model.table import Table
from diplorel.model.table_frames import module_of
from tables import LABELS, every_trap, tables


@given(tables())
def test_a_table_gives_back_what_it_was_made_from(table: Table) -> None:
    records = table.to_records()
    assert records == list(table)
    assert len(table) == len(records)
    for column in table.columns:
        assert [row[column.name] for row in records] == [column[i] for i in range(len(column))]
        assert column.present == [value is not None for value in column]
        assert column.missing == list(column).count(None)


@given(tables())
def test_a_table_is_equal_to_its_copies_only(table: Table) -> None:
    assert table == pickle.loads(pickle.dumps(table)) == copy.deepcopy(table)  # noqa: S301
    assert table != Table(table.columns, title=table.title + "x", stamp=table.stamp)
    assert table != Table(table.columns, title=table.title, stamp={"on": "2025-03-13"})
    wider = [*table.columns, col.text("more", [""] * len(table))]
    assert table != Table(wider, title=table.title, stamp=table.stamp)
    assert table != table.to_records()


@given(tables(), st.data())
def test_rows_taken_are_the_rows_and_as_good_as_new(table: Table, data: st.DataObject) -> None:
    numbers = st.sampled_from(range(len(table))) if len(table) else st.nothing()
    rows = data.draw(st.lists(numbers))
    records = table.to_records()
    if table.columns:
        assert table.take(rows).to_records() == [records[row] for row in rows]
    assert table.take(range(len(table))) == table


def test_rows_chosen_of_a_column() -> None:
    column = every_trap()["code"]
    keep = [True, False, False, True, False]
    assert list(col.chosen(column, keep)) == ["NA", "=1+2"]
    assert col.chosen(column, keep).words == ("NA", "=1+2")
    assert list(column.renamed("id")) == list(column)


def test_a_column_is_indexed_from_both_ends() -> None:
    column = col.integers("n", [1, None, 3])
    assert (column[0], column[1], column[-1]) == (1, None, 3)
    with pytest.raises(IndexError):
        column[3]


def test_the_order_of_an_enum_leaves_as_numbers() -> None:
    table = every_trap().with_orders()
    assert list(table["level_order"]) == [2, None, 0, 1, 2]
    assert table.with_orders() == table


def test_a_date_is_three_columns() -> None:
    given = [PartialDate("2007"), None, PartialDate("[..1960]"), PartialDate("9999-12-31")]
    text, first, last = col.dates("since", given, title="Since")
    assert (text.name, first.name, last.name) == ("since", "since_earliest", "since_latest")
    assert list(text) == ["2007", None, "[..1960]", "9999-12-31"]
    assert list(first) == [date(2007, 1, 1), None, None, date(9999, 12, 31)]
    assert list(last)[:3] == [date(2007, 12, 31), None, date(1960, 12, 31)]
    assert "Since" in first.note


def test_figures_keep_the_digits_as_printed() -> None:
    number, printed = col.figures("amount", [Decimal("1.50"), None], unit="USD bn")
    assert list(number) == [1.5, None]
    assert list(printed) == ["1.50", None]
    assert printed.unit == "USD bn"


@pytest.mark.parametrize(
    ("make", "value"),
    [
        (col.text, 1),
        (col.integers, True),
        (col.integers, 1.0),
        (col.integers, 2**63),
        (col.integers, -(2**63)),
        (col.floats, True),
        (col.floats, "1"),
        (col.days, datetime(2025, 3, 12)),  # noqa: DTZ001
        (col.days, "2025-03-12"),
        (col.booleans, 1),
        (lambda name, values: col.enum(name, values, LABELS), "none"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_the_column(make: Any, value: object) -> None:
    with pytest.raises(InvalidQueryError, match="column 'x': expected"):
        make("x", [value])


def test_a_text_of_an_enumeration_leaves_as_its_plain_text() -> None:
    (value,) = col.text("kind", [SourceKind.AGENCY])
    assert type(value) is str
    assert value == "agency"


def test_columns_of_one_name_or_of_several_lengths_are_refused() -> None:
    with pytest.raises(InvalidQueryError, match="two columns are named x"):
        Table([col.text("x", []), col.text("x", [])])
    with pytest.raises(InvalidQueryError, match="different lengths: x 1, y 0"):
        Table([col.text("x", ["a"]), col.text("y", [])])


def test_a_column_that_is_not_there_offers_the_nearest() -> None:
    table = every_trap()
    with pytest.raises(MissingKeyError, match="Did you mean 'visits'"):
        table["visit"]
    assert "visits" in table
    assert "visit" not in table
    assert table.select("since", "code").names == ("since", "code")


def test_a_table_prints_its_first_rows() -> None:
    table = Table([col.integers("n", range(30))], title="Numbers")
    assert str(table).splitlines()[:3] == ["Numbers", "", " n"]
    assert str(table).endswith("… and 10 more rows")
    assert str(Table([col.text("a", ["x"])])) == "a\nx"
    assert str(Table([col.text("a", ["x" * 41])])) == f"a\n{'x' * 39}…"
    assert repr(table) == "<Table: 30 rows, 1 column>"
    assert repr(table["n"]) == "<Column n: 30 values, integer>"


def test_a_table_without_columns_has_no_rows() -> None:
    assert len(Table([])) == 0
    assert Table([]).to_records() == []


def test_the_codebook_describes_each_column() -> None:
    level = every_trap().codebook()[-1]
    assert level["values"] == LABELS
    assert (level["column"], level["kind"], level["missing"]) == ("level", "enum", 1)


def test_a_table_and_a_column_cannot_be_keys() -> None:
    for value in (every_trap(), every_trap().columns[0]):
        with pytest.raises(TypeError):
            hash(value)


def test_a_missing_dependency_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    table = every_trap()
    for module, extra, ask in (
        ("pandas", "pandas", table.to_pandas),
        ("polars", "polars", table.to_polars),
        ("pyarrow", "arrow", table.__arrow_c_stream__),
    ):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(MissingExtraError, match=rf"diplorel\[{extra}\]") as caught:
            ask()
        assert (caught.value.module, caught.value.extra) == (module, extra)
        assert isinstance(caught.value, ImportError)
        assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


def test_a_dependency_that_is_broken_shows_its_own_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / "half_there.py").write_text("import not_there_at_all\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="not_there_at_all"):
        module_of("half_there", "none")


def test_importing_the_library_imports_neither_tables_nor_their_dependencies() -> None:
    asked = "import sys, diplorel; diplorel.load('groups'); print(*sys.modules)"
    command = [sys.executable, "-c", asked]
    run = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  our own
    loaded = set(run.stdout.split())
    heavy = {"numpy", "pandas", "polars", "pyarrow", "openpyxl", "pyreadstat", "duckdb"}
    own = {"diplorel.model.table", "diplorel.model.column", "diplorel.io.tables"}
    assert "diplorel.model.tabular" in loaded
    assert not loaded & (heavy | own)
