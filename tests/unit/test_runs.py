"""Columns in runs: narrow where few texts occur, and equal to those that are made at once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel.errors import InvalidQueryError
from diplorel.model.column import booleans, days, integers, text
from diplorel.model.runs import Runs
from diplorel.model.table import Table

MAKERS = {"text": text, "integer": integers, "day": days, "boolean": booleans}
values = st.one_of(
    st.tuples(st.just("text"), st.lists(st.none() | st.sampled_from(["", "NA", "a", "b"]))),
    st.tuples(st.just("integer"), st.lists(st.none() | st.integers(-(2**63) + 1, 2**63 - 1))),
    st.tuples(st.just("day"), st.lists(st.none() | st.dates())),
    st.tuples(st.just("boolean"), st.lists(st.none() | st.booleans())),
)


@given(values, st.integers(1, 3))
def test_runs_make_the_column_of_their_values(drawn: tuple[str, list[object]], count: int) -> None:
    kind, given_ = drawn
    runs = Runs("c", kind)  # type: ignore[arg-type]
    for value in given_:
        runs.add(value, count)
    made = MAKERS[kind]("c", [value for value in given_ for _ in range(count)])  # type: ignore[operator]
    assert Table([runs.column()]) == Table([made])
    assert runs.column().missing == made.missing


def test_more_texts_than_two_bytes_can_number_are_kept() -> None:
    runs = Runs("c", "text")
    first = runs.coded("first")
    names = [f"t{number}" for number in range(2**15 + 1)]
    for name in names:
        runs.add(name, 1)
    runs.add_coded(first, 2)
    runs.add("t0", 1)
    column = runs.column()
    assert [*column] == [*names, "first", "first", "t0"]
    assert column.data.typecode == "i"


@pytest.mark.parametrize(
    ("kind", "value"),
    [("text", 1), ("integer", True), ("day", "2013-01-01"), ("boolean", 1), ("day", 5)],
)
def test_a_value_of_another_kind_is_refused(kind: str, value: object) -> None:
    runs = Runs("c", kind)  # type: ignore[arg-type]
    runs.add(None, 1)
    with pytest.raises(InvalidQueryError, match="c"):
        runs.add(value, 1)


def test_one_day_is_stored_once_for_all_its_rows() -> None:
    runs = Runs("c", "day")
    runs.add(date(1778, 2, 6), 3)
    assert [*runs.column().data] == [date(1778, 2, 6).toordinal()] * 3
