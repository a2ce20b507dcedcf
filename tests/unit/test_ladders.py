"""Ladders: a party's own names for levels, in a weak order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import diplorel as dr
from diplorel.errors import InvalidEventError, UnknownLevelError
from diplorel.events import GroupJoined, LevelUpgraded
from diplorel.model.ladders import Ladder, Level, Text, in_language, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.model.events import Event

COMPREHENSIVE = Level(id="comprehensive", rank=1, names={"en": "Comprehensive partner"})
STRATEGIC = Level(id="strategic", rank=2)
ENHANCED = Level(id="enhanced", rank=2)
TOP = Level(id="top", rank=3)
SPECIAL = Level(id="special")
FRIENDLY = Level(id="friendly")
LADDER = Ladder(party="VNM", levels=(SPECIAL, TOP, STRATEGIC, FRIENDLY, ENHANCED, COMPREHENSIVE))


def ids(levels: tuple[Level, ...]) -> list[str]:
    return [level.id for level in levels]


def test_texts_stand_in_the_order_of_their_tags_however_they_are_given() -> None:
    wanted = (Text("en", "b"), Text("vi", "a"))
    assert texts({"vi": "a", "en": "b"}) == wanted
    assert texts([Text("vi", "a"), Text("en", "b")]) == wanted
    assert texts(()) == ()


def test_a_name_falls_back_to_english_then_to_any_then_to_none() -> None:
    names = (Text("de", "Wien"), Text("en", "Vienna"), Text("vi", "Viên"))
    assert in_language(names, "vi") == "Viên"
    assert in_language(names, "fr") == "Vienna"
    assert in_language(names[:1], "fr") == "Wien"
    assert in_language((), "en") is None


def test_a_level_without_names_is_called_by_its_id() -> None:
    assert COMPREHENSIVE.name() == COMPREHENSIVE.name("vi") == "Comprehensive partner"
    assert STRATEGIC.name() == "strategic"
    both = Level(id="x", names=(Text("vi", "a"), Text("en", "b")))
    assert (both.name(), both.name("vi")) == ("b", "a")
    assert both.rank is None


def test_levels_stand_lowest_first_then_as_given_and_those_without_a_rank_last() -> None:
    assert ids(LADDER.levels) == [
        "comprehensive", "strategic", "enhanced", "top", "special", "friendly",
    ]  # fmt: skip
    minus = Ladder(party="X", levels=(Level(id="b", rank=0), Level(id="a", rank=-1)))
    assert ids(minus.levels) == ["a", "b"]


def test_at_least_counts_the_rungs_from_there_up() -> None:
    assert ids(LADDER.at_least("comprehensive")) == [
        "comprehensive",
        "strategic",
        "enhanced",
        "top",
    ]
    assert ids(LADDER.at_least("strategic")) == ["strategic", "enhanced", "top"]
    assert ids(LADDER.at_least("top")) == ["top"]


def test_exactly_counts_the_labels_of_one_rung_or_the_one_without() -> None:
    assert ids(LADDER.exactly("strategic")) == ["strategic", "enhanced"]
    assert ids(LADDER.exactly("top")) == ["top"]
    assert ids(LADDER.exactly("special")) == ["special"]
    assert ids(LADDER.of_rank(2)) == ["strategic", "enhanced"]
    assert ids(LADDER.of_rank(9)) == []


def test_a_level_that_a_ladder_lacks_is_refused_with_those_it_has() -> None:
    assert LADDER.level("top") is TOP
    with pytest.raises(UnknownLevelError) as caught:
        LADDER.level("strategc")
    assert str(caught.value) == (
        "the ladder of VNM has no level 'strategc', it has comprehensive, strategic, enhanced, "
        "top, special, friendly. Did you mean 'strategic'?"
    )
    with pytest.raises(UnknownLevelError, match=r"no level 'qqq', it has .*friendly\.$"):
        LADDER.exactly("qqq")


def test_nothing_is_at_least_a_level_without_a_rank() -> None:
    with pytest.raises(UnknownLevelError) as caught:
        LADDER.at_least("special")
    assert str(caught.value) == (
        "'special' has no rank on the ladder of VNM, so nothing is 'at least' it. "
        "Ask for exactly= instead"
    )


def test_two_texts_in_one_language_are_refused() -> None:
    with pytest.raises(InvalidEventError, match="'a' and 'b' are both in 'en', expected one"):
        texts([Text("en", "b"), Text("vi", "c"), Text("en", "a")])


def test_partners_at_a_label_without_a_rank_are_listed_apart_from_those_at_least_there() -> None:
    ladder = Ladder(
        party="VNM",
        levels=[Level(id="low", rank=1), Level(id="high", rank=2), Level(id="other")],
    )

    def up(party: str, level: str) -> LevelUpgraded:
        return LevelUpgraded(
            on="2020-01-01", parties=("VNM", party), ladder="VNM", level=level, sources=["s"]
        )

    log = dr.EventLog([up("SGP", "high"), up("THA", "low"), up("LAO", "other")], ladders=[ladder])
    world = log.replay("2021-01-01")
    found = world.partners("VNM", at_least="high")
    assert (found.parties, found.unranked) == (("SGP",), ("LAO",))
    assert str(found).endswith("\n\nat a level without a rank: LAO")
    assert world.partners("VNM", exactly="high").unranked == ()
    assert world.partners("VNM").unranked == ()
    assert world.partners("VNM", exactly="other").parties == ("LAO",)


def test_a_group_whose_members_are_all_there_has_no_room_for_more() -> None:
    """Nobody says that the list of partners is complete, and of the group somebody does."""
    ladder = Ladder(party="VNM", levels=[Level(id="low", rank=1), Level(id="high", rank=2)])

    def up(party: str, level: str = "high", on: str = "2020-01-01") -> LevelUpgraded:
        return LevelUpgraded(
            on=on, parties=("VNM", party), ladder="VNM", level=level, sources=["s"]
        )

    def found(*events: Event, members: Sequence[str] = ("VNM", "SGP", "THA"), **more: Any) -> bool:
        log = dr.EventLog(
            [*events, *(joined(one) for one in members)],
            ladders=[ladder],
            coverage=[dr.Coverage(track="groups", parties=["ASEAN"])],
        )
        more = {"exactly": "high", "within": "ASEAN", **more}
        return log.replay("2021-01-01").partners("VNM", **more).complete

    def joined(party: str, on: str = "2000-01-01") -> GroupJoined:
        return GroupJoined(on=on, party=party, group="ASEAN", sources=["s"])

    both = (up("SGP"), up("THA"))
    assert found(*both)
    assert found(*both, up("FRA"))  # is not a member
    assert found(up("SGP"), up("THA", on="2020/2021"))  # may be there
    assert not found(up("SGP"))
    assert not found(up("SGP"), up("THA", "low"))
    assert found(up("SGP"), up("THA", "low"), exactly=None, at_least="low")
    assert not found(*both, joined("LAO", on="2020/2021"))  # may be a member
    assert found(*both, members=("VNM", "SGP", "THA", "EU"), kind="state")
    assert not found(*both, members=("VNM", "SGP", "THA", "EU"))
    assert not found(*both, within=None)
