"""What counts as certain to be read back is read back, as an equal value."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.errors import InvalidEventError
from diplorel.io.bulk.round_trip import round_trips
from diplorel.io.bulk.writer import encode_all
from diplorel.io.jsonl import line_of, loads
from diplorel.model.converters import party_ids
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence, canonical
from diplorel.model.records import Record
from diplorel.model.sources import Citation
from diplorel.testing.events import events


class CheckedStrEnum(str):
    __slots__ = ()


TIES = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])
RETRACTED = ev.EventRetracted(target="x", reason="r", sources=["a"])


def record(event: Event | ev.EventRetracted) -> Record:
    return Record("mine", "2026-01-01T00:00:00Z", event)


@given(events())
def test_every_event_of_the_right_types_is_certain(event: Event) -> None:
    assert round_trips(event)
    assert round_trips(RETRACTED)


unfit: Any = ev  # what the annotations forbid, and the constructors do not
poison = st.sampled_from(
    (
        *(
            1,
            True,
            None,
            (),
            (None,),
            (1,),
            ("a",),
            "",
            "a",
            "\0",
            CheckedStrEnum("w"),
            CheckedStrEnum(""),
            (CheckedStrEnum("w"),),
        ),
        *(Decimal("NaN"), Decimal("9.0"), PartialDate("2013"), ((),), ev.VisitKind.STATE),
        *((Citation(source="a"),), (unfit.Person(party="VNM"),), (unfit.Person(party=None),)),
        *(
            (unfit.Wording(party="VNM", lang="en", text="x"),),
            (unfit.Wording(party=1, lang="", text=""),),
        ),
        *((ev.Text("en", "x"),), (unfit.Text("en", None),)),
    )
)


@given(events() | st.just(RETRACTED), st.data())
def test_what_is_certain_is_read_as_it_was(
    event: Event | ev.EventRetracted, data: st.DataObject
) -> None:
    names = [one.name for one in attrs.fields(type(event)) if one.init]
    change: dict[str, Any] = data.draw(
        st.dictionaries(st.sampled_from(names), poison, min_size=1, max_size=2)
    )
    try:
        changed = attrs.evolve(event, **change)
    except (ValueError, TypeError, AttributeError):
        return  # the constructor refuses it
    if round_trips(changed):
        (read,) = loads(line_of(record(changed)))
        assert read == record(changed)
        assert read.id == changed.id
        assert canonical(read.event) == canonical(changed)


@pytest.mark.parametrize(
    "change",
    [
        {"inferred": 5},
        {"inferred": CheckedStrEnum("w")},
        {"note": ("a",)},
        {"persons": ("a",)},
        {"persons": (ev.Person(party=5),)},  # type: ignore[arg-type]
        {"sources": [Citation(source="a", text=5)]},  # type: ignore[arg-type]
        {"sources": [Citation(source=None)]},  # type: ignore[arg-type]
        {"supersedes": (1,), "reason": "r"},
    ],
)
def test_no_value_of_another_type_is_certain_and_what_cannot_be_read_does_not_come_in(
    change: dict[str, Any],
) -> None:
    event = attrs.evolve(TIES, **change)
    assert not round_trips(event)
    if change == {"inferred": CheckedStrEnum("w")}:
        return
    with dr.open("memory:") as store:
        fine = attrs.evolve(TIES, on="1974")
        with pytest.raises(InvalidEventError, match="1973-08-01 could not be read again"):
            store.append([fine, event])
        assert store.read() == ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Own(Event):
    type: ClassVar[str] = "own"
    precedence: ClassVar[Precedence] = Precedence.REPORTED

    parties: tuple[str, ...] = attrs.field(converter=party_ids)


def test_a_class_of_ones_own_is_tried_beside_others_that_are_certain() -> None:
    own = Own(on="1974", parties=("VNM",), sources=["a"])
    assert not round_trips(own)
    later = attrs.evolve(TIES, on="1975", parties=("IDN", "THA"))
    with dr.open("memory:", types=[Own]) as store:
        found = store.append([TIES, own, later])
        assert [one.record.event for one in found.stored] == [TIES, own, later]
        assert [one.record.id for one in found.stored] == [TIES.id, own.id, later.id]
        assert store.read() == found.stored


def test_a_list_of_what_is_neither_text_nor_table_is_tried() -> None:
    @attrs.frozen
    class Counts:
        counts: tuple[int, ...]
        more: int = 0

    Counts.__module__ = "diplorel.events"
    assert not round_trips(Counts((1,)))


# --- many at once --------------------------------------------------------------------------------


def one_by_one(values: list[Any]) -> tuple[list[str], list[bool]]:
    return [canonical(value) for value in values], [round_trips(value) for value in values]


@given(st.lists(events() | st.just(RETRACTED), max_size=20), st.integers(1, 5))
def test_events_are_reported_as_each_by_itself(found: list[Any], times: int) -> None:
    assert encode_all(found * times) == one_by_one(found * times)


@given(st.lists(events() | st.just(RETRACTED), min_size=1, max_size=5), st.data())
def test_whatever_is_in_them(found: list[Any], data: st.DataObject) -> None:
    made: list[Any] = []
    for event in found * 3:
        names = [one.name for one in attrs.fields(type(event)) if one.init]
        change = data.draw(st.dictionaries(st.sampled_from(names), poison, max_size=2))
        try:
            made.append(attrs.evolve(event, **change))
        except (ValueError, TypeError, AttributeError):
            made.append(event)
    assert encode_all(made) == one_by_one(made)


@attrs.frozen(kw_only=True)
class Loose:
    """A class whose first field may be left out, with names that mean something to a format."""

    first: str | None = None
    percent: str = "%s"


def test_a_first_field_that_is_left_out_leaves_no_comma() -> None:
    Loose.__module__ = "diplorel.events"
    some = [Loose(), Loose(first="%d"), Loose(percent="100 %"), Loose(), Loose(first="a")]
    assert encode_all(some) == one_by_one(some)
    assert encode_all(some[1:2] * 5) == one_by_one(some[1:2] * 5)
    assert encode_all([Loose()] * 5) == one_by_one([Loose()] * 5)


def test_one_of_many_that_has_a_value_of_another_type_is_not_certain_and_the_others_are() -> None:
    some = [attrs.evolve(TIES, on=str(year)) for year in range(1973, 1979)]
    some[2] = attrs.evolve(some[2], place=CheckedStrEnum("w"))
    some[4] = attrs.evolve(some[4], sources=[Citation(source="a", text=5)])  # type: ignore[arg-type]
    assert encode_all(some) == one_by_one(some)
    assert encode_all(some)[1] == [True, True, False, True, False, True]
