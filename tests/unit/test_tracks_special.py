"""Special relationships: since the first declaration, in the latest wording."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from diplorel.events import (
    SpecialRelationshipDeclared,
    SpecialRelationshipEnded,
    TiesSevered,
    Wording,
)
from diplorel.model.dates import PartialDate
from diplorel.replay.fold import fold
from diplorel.tracks.special import SPECIAL, SpecialState

if TYPE_CHECKING:
    from diplorel.model.events import Event

BASE: dict[str, Any] = {"parties": ("VNM", "LAO"), "sources": ["s"]}
ONE, TWO = ((Wording(party="VNM", lang="vi", text=text),) for text in ("đặc biệt", "vĩ đại"))


def declared(on: int, wording: tuple[Wording, ...] = ()) -> SpecialRelationshipDeclared:
    return SpecialRelationshipDeclared(on=str(on), wording=wording, **BASE)


def ended(on: int) -> SpecialRelationshipEnded:
    return SpecialRelationshipEnded(on=str(on), **BASE)


def sever(on: int) -> TiesSevered:
    return TiesSevered(on=str(on), **BASE)


@pytest.mark.parametrize(
    ("events", "since", "wording"),
    [
        ([declared(2001)], 2001, ()),
        ([declared(2001, ONE)], 2001, ONE),
        ([declared(2001, ONE), declared(2002, TWO)], 2001, TWO),
        ([declared(2001, ONE), declared(2002)], 2001, ONE),
        ([declared(2001, ONE), ended(2002)], None, ()),
        ([declared(2001, ONE), sever(2002)], None, ()),
        ([declared(2001, ONE), sever(2002), declared(2003)], 2003, ()),
        ([ended(2001)], None, ()),
    ],
)
def test_a_history_of_a_special_relationship(
    events: list[Event], since: int | None, wording: tuple[Wording, ...]
) -> None:
    cell = fold(events, [SPECIAL])[SPECIAL]["LAO", "VNM"]
    assert SPECIAL.freeze(cell.value) == SpecialState(
        PartialDate(str(since)) if since else None, wording
    )


def test_where_nothing_is_declared_nothing_is_special() -> None:
    assert SPECIAL.none == SPECIAL.unknown == SpecialState(None, ())
    assert declared(2001).id == "special-relationship-declared/LAO-VNM/2001"
    assert SPECIAL.commute(declared(2001), declared(2001, ONE)) is False
