"""cattrs reads and writes single records, and is the reference: all other ways give the same."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.claims import (
    CLAIMS,
    Claim,
    ConsecutiveClaim,
    FirstOfKindClaim,
    SpecialCountClaim,
)
from diplorel.io.bulk.reader import decode, decode_all
from diplorel.io.bulk.writer import encode_all
from diplorel.io.converter import structure, unstructure
from diplorel.io.event_types import event_types
from diplorel.model.converters import date_or_none, dyad
from diplorel.model.events import Event, Precedence, canonical, plain
from diplorel.testing import events_of
from draws import draws

EVENTS = sorted(
    (cls for cls in event_types().values() if issubclass(cls, Event)), key=lambda cls: cls.type
)
RETRACTED = ev.EventRetracted(target="x", reason="r", sources=["a"], note="n")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Own(Event):
    """A class with an attribute whose key on the wire is another."""

    type: ClassVar[str] = "own"
    version: ClassVar[int] = 2
    precedence: ClassVar[Precedence] = Precedence.BEGUN

    parties: tuple[str, str] = attrs.field(converter=dyad)
    _towns: tuple[str, ...] = ()
    since: dr.PartialDate | None = attrs.field(default=None, converter=date_or_none)


def without_type(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in ("type", "v")}


def compact(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("cls", [*EVENTS, Own], ids=lambda cls: cls.type)
@given(st.data())
@settings(max_examples=draws(25), suppress_health_check=[HealthCheck.filter_too_much])
def test_events_of_every_class_are_read_and_written_alike(
    cls: type[Event], data: st.DataObject
) -> None:
    values = data.draw(st.lists(events_of(cls), min_size=1, max_size=6))
    rows = [unstructure(value) for value in values]
    assert [compact(row) for row in rows] == [canonical(value) for value in values]
    assert encode_all(values)[0] == [canonical(value) for value in values]
    assert [list(row.items()) for row in rows] == [list(plain(one).items()) for one in values]
    bare = [without_type(row) for row in rows]
    assert [structure(row, cls) for row in bare] == values
    assert [decode(row, cls) for row in bare] == values
    assert decode_all(bare, [cls] * len(bare)) == values


def test_what_takes_an_event_back_is_read_and_written_alike() -> None:
    row = unstructure(RETRACTED)
    assert compact(row) == canonical(RETRACTED)
    assert structure(without_type(row), ev.EventRetracted) == RETRACTED


def test_an_attribute_goes_by_the_name_of_its_argument() -> None:
    event = Own(on="2020", parties=("VNM", "SGP"), towns=("a",), sources=["s"])
    assert unstructure(event)["towns"] == ["a"]
    assert list(unstructure(event))[:2] == ["type", "v"]


@pytest.mark.parametrize("stream", ["vietnam", "singapore", "united_states"])
def test_so_are_claims_and_reference_data_of_every_class(stream: str) -> None:
    known = dr.load(stream).reference
    groups = (known.sources, known.ladders, known.extra_parties, known.coverage, known.infos)
    for value in (*(value for group in groups for value in group), *known.claims):
        row = unstructure(value)
        assert compact(row) == canonical(value)
        assert structure(row, type(value)) == decode(row, type(value)) == value


ON_LADDER: dict[str, Any] = {"on": "2025-03-12", "party": "VNM", "level": "strategic"}
NOT_SHIPPED = (
    SpecialCountClaim(on="2025-03-12", party="VNM", count=3, qualifier=">=", within="ASEAN"),
    ConsecutiveClaim(**ON_LADDER, partners=["IDN", "SGP"], within="ASEAN"),
    FirstOfKindClaim(**ON_LADDER, partners=["EU"], among="union", mode="at-least"),
)
"""Claims of the kinds that no shipped stream has, for no source that it cites makes them."""


@pytest.mark.parametrize("claim", NOT_SHIPPED)
def test_so_are_claims_of_no_stream(claim: Claim) -> None:
    row = unstructure(claim)
    assert compact(row) == canonical(claim)
    assert structure(row, type(claim)) == decode(row, type(claim)) == claim


def test_claims_of_every_class_are_among_them() -> None:
    shipped = {type(claim) for claim in dr.load("vietnam").reference.claims}
    assert shipped | {type(claim) for claim in NOT_SHIPPED} == set(CLAIMS)
