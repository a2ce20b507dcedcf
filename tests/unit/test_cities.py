"""Cities and their names: one key for all names of a city."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel
from diplorel.model.cities import city_key
from diplorel.model.converters import slugify

TABLE = Path(diplorel.__file__).parent / "model" / "cities.csv"
ROWS = [*csv.DictReader(TABLE.read_text("utf-8").splitlines())]
NAMES = [(row["city"], *row["also"].split("|")) for row in ROWS]


@given(st.sampled_from(NAMES), st.data())
def test_all_names_of_a_city_have_one_key_whatever_their_case(
    names: tuple[str, ...], data: st.DataObject
) -> None:
    one, two = (data.draw(st.sampled_from(names)) for _ in range(2))
    assert city_key(f" {one.upper()}") == city_key(two)


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_no_two_cities_have_one_key(one: tuple[str, ...], two: tuple[str, ...]) -> None:
    assert (city_key(one[-1]) == city_key(two[-1])) is (one == two)


@given(st.text(max_size=12))
def test_a_name_that_is_in_no_table_is_compared_as_it_is(name: str) -> None:
    known = {slugify(one) for names in NAMES for one in names}
    assert city_key(name) == slugify(name) or slugify(name) in known
    assert city_key(city_key(name)) == city_key(name)


def test_the_table_names_each_city_once_and_in_order() -> None:
    keys = [slugify(one) for names in NAMES for one in names]
    assert len(keys) == len(set(keys))
    assert all(one for names in NAMES for one in names)


@pytest.mark.parametrize(
    ("former", "present"),
    [("Christiania", "Oslo"), ("Peking", "Beijing"), ("Saigon", "Ho Chi Minh City")],
)
def test_former_names(former: str, present: str) -> None:
    assert city_key(former) == city_key(present)
    assert city_key(former) != city_key("Bonn")
