"""Sectors: partnerships in one field, beside the level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from diplorel.errors import InvalidEventError
from diplorel.events import (
    SectorPartnershipEnded,
    SectorPartnershipFormed,
    TiesSevered,
    Wording,
)
from diplorel.model.dates import PartialDate
from diplorel.replay.fold import fold
from diplorel.tracks.level import LEVEL
from diplorel.tracks.sectors import SECTORS, SectorPartnership, SectorsState

if TYPE_CHECKING:
    from diplorel.model.events import Event

BASE: dict[str, Any] = {"parties": ("VNM", "DNK"), "sources": ["s"]}
GREEN = (Wording(party="DNK", lang="en", text="Green Strategic Partnership"),)


def formed(on: int, sector: str, **more: Any) -> SectorPartnershipFormed:
    return SectorPartnershipFormed(on=str(on), sector=sector, **BASE, **more)


def ended(on: int, sector: str) -> SectorPartnershipEnded:
    return SectorPartnershipEnded(on=str(on), sector=sector, **BASE)


def sever(on: int) -> TiesSevered:
    return TiesSevered(on=str(on), **BASE)


def state(*events: Event) -> SectorsState:
    cell = fold(events, [SECTORS])[SECTORS].get(("DNK", "VNM"))
    return SECTORS.none if cell is None else SECTORS.freeze(cell.value)


def told(*events: Event) -> list[tuple[str, str]]:
    return [(one.sector, one.since.text) for one in state(*events).partnerships]


def test_a_sector_stands_since_it_was_formed() -> None:
    assert state(formed(2001, "green", wording=GREEN)) == SectorsState(
        (SectorPartnership("green", PartialDate("2001"), GREEN),)
    )
    assert state() == SectorsState() == SECTORS.none == SECTORS.unknown
    assert SectorPartnership("green", PartialDate("2001")).wording == ()


def test_a_history_of_sectors() -> None:
    assert told(formed(2001, "green"), formed(2002, "agriculture")) == [
        ("agriculture", "2002"), ("green", "2001"),
    ]  # fmt: skip
    assert told(formed(2001, "green"), formed(2002, "green")) == [("green", "2001")]
    assert told(formed(2001, "green"), ended(2002, "green")) == []
    assert told(formed(2001, "green"), ended(2002, "climate")) == [("green", "2001")]
    assert told(formed(2001, "a"), ended(2002, "a"), formed(2003, "a")) == [("a", "2003")]
    assert told(formed(2001, "a"), formed(2001, "b"), sever(2002)) == []
    assert told(sever(2001), formed(2002, "a")) == [("a", "2002")]


def test_a_sector_never_raises_the_level() -> None:
    assert fold([formed(2001, "green")], [LEVEL])[LEVEL] == {}


def test_only_events_of_different_sectors_commute() -> None:
    assert SECTORS.commute(formed(2001, "a"), ended(2001, "b")) is True
    assert SECTORS.commute(formed(2001, "a"), ended(2001, "a")) is False
    assert SECTORS.commute(formed(2001, "a"), sever(2001)) is False
    assert SECTORS.commute(sever(2001), formed(2001, "a")) is False


def test_the_sector_is_a_key_and_part_of_the_id() -> None:
    assert formed(2001, "green").id == "sector-partnership-formed/DNK-VNM/2001/green"
    assert formed(2001, "green").wording == ()
    with pytest.raises(InvalidEventError, match="'Green growth' is not a key"):
        formed(2001, "Green growth")
