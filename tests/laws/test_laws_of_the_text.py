"""The canonical text of a value is what JSON makes of its plain data, byte for byte."""

from __future__ import annotations

import json
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.model.converters import party_ids
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence, canonical, plain
from diplorel.model.ladders import Level, Text
from diplorel.model.sources import Citation
from diplorel.model.text import HIDDEN
from diplorel.testing.events import events


class Colour(StrEnum):
    RED = "r\u00e9d"


class Size(IntEnum):
    BIG = 7


class CheckedStrEnum(str):
    __slots__ = ()


@attrs.frozen
class Pair:
    one: Any
    two: Any = 0


@attrs.frozen
class Empty:
    pass


@attrs.frozen(init=False, eq=False)
class Named(str):  # an attrs class besides
    __slots__ = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Own(Event):
    type: ClassVar[str] = 'own "type"'
    version: ClassVar[int] = 3
    precedence: ClassVar[Precedence] = Precedence.REPORTED

    parties: tuple[str, ...] = attrs.field(converter=party_ids)
    any: Any
    defaulted: Any = 1
    texts: Any = ()


words = st.text(st.characters(exclude_categories=()), max_size=6)  # lone surrogates too
lines = words.map(lambda text: HIDDEN.sub("", text))
leaves: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    words,
    st.decimals(allow_nan=False),
    st.sampled_from(
        (
            Colour.RED,
            Size.BIG,
            CheckedStrEnum("w"),
            Named("n"),
            Empty(),
            PartialDate("2013-09"),
            (),
            1,
            True,
        )
    ),
    st.builds(Citation, source=words, text=st.none() | words),
    st.builds(Level, id=words, names=st.dictionaries(words, lines, max_size=2)),
    st.lists(st.builds(Text, words, words), max_size=2).map(tuple),
)
values = st.recursive(
    leaves,
    lambda some: st.one_of(
        st.lists(some, max_size=3).map(tuple), st.builds(Pair, some), st.builds(Pair, some, some)
    ),
    max_leaves=6,
)


def data_of(value: Any) -> Any:
    """What a value is as JSON data, said plainly: in the order of its class, defaults left out."""
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, tuple) and value and isinstance(value[0], Text):
        return {item.lang: item.text for item in value}
    if isinstance(value, tuple):
        return [data_of(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, int)):
        return value
    found: dict[str, Any] = {}
    names = [field.name for field in attrs.fields(type(value)) if field.init]
    if isinstance(value, (Event, ev.EventRetracted)):
        found = {"type": value.type} | ({"v": value.version} if value.version > 1 else {})
    if isinstance(value, Event):
        envelope = [field.name for field in attrs.fields(Event) if field.name != "on"]
        names = [name for name in names if name not in envelope] + envelope
    defaults = {field.name: field.default for field in attrs.fields(type(value))}
    given = {name: getattr(value, name) for name in names}
    return found | {name: data_of(item) for name, item in given.items() if item != defaults[name]}


def by_definition(value: Any) -> str:
    return json.dumps(data_of(value), ensure_ascii=False, separators=(",", ":"))


retractions = st.builds(
    ev.EventRetracted, target=words, reason=st.just("r"), sources=st.just(("a",)), note=words
)


@given(events() | retractions)
def test_the_text_of_an_event_is_the_json_of_its_plain_data(
    event: Event | ev.EventRetracted,
) -> None:
    assert canonical(event) == by_definition(event)
    assert list(plain(event).items()) == list(data_of(event).items())


@given(values, values, values)
def test_so_is_that_of_any_value_and_of_an_event_class_of_ones_own(
    one: Any, two: Any, three: Any
) -> None:
    event = Own(on="2020", parties=("VNM",), sources=["a"], any=one, defaulted=two, texts=three)
    assert canonical(event) == by_definition(event)
    assert canonical(one) == by_definition(one)


@pytest.mark.parametrize("value", [1.5, [1], {"a": 1}, b"a", (1.5,), Pair(object())])
def test_what_has_no_plain_data_has_no_text(value: Any) -> None:
    with pytest.raises(dr.errors.InvalidEventError, match="cannot be written"):
        canonical(value)
