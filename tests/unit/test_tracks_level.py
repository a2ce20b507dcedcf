"""Level: what is held on one party's ladder, and how it got there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contradictions import contradictions
from diplorel.errors import InvalidEventError
from diplorel.events import (
    LevelAgreed,
    LevelDowngraded,
    LevelRenewed,
    LevelUpgraded,
    TiesEstablished,
    TiesSevered,
)
from diplorel.model.dates import PartialDate
from diplorel.replay.fold import fold
from diplorel.tracks.level import LEVEL, LadderState, LevelState, LevelStatus, Step

if TYPE_CHECKING:
    from diplorel.model.events import Event

BASE: dict[str, Any] = {"parties": ("VNM", "SGP"), "sources": ["s"]}


def up(on: int, level: str, ladder: str = "VNM", **more: Any) -> LevelUpgraded:
    return LevelUpgraded(on=str(on), level=level, ladder=ladder, **BASE, **more)


def down(on: int, level: str | None, ladder: str = "VNM", **more: Any) -> LevelDowngraded:
    return LevelDowngraded(on=str(on), level=level, ladder=ladder, **BASE, **more)


def renew(on: int, level: str, ladder: str = "VNM") -> LevelRenewed:
    return LevelRenewed(on=str(on), level=level, ladder=ladder, **BASE)


def agree(on: int, level: str, ladder: str = "VNM") -> LevelAgreed:
    return LevelAgreed(on=str(on), level=level, ladder=ladder, **BASE)


def sever(on: int) -> TiesSevered:
    return TiesSevered(on=str(on), **BASE)


def state(*events: Event) -> LevelState:
    cell = fold(events, [LEVEL])[LEVEL].get(("SGP", "VNM"))
    return LEVEL.none if cell is None else LEVEL.freeze(cell.value)


HELD, ENDED, NONE = LevelStatus.HELD, LevelStatus.ENDED, LevelStatus.NONE

Path = list[tuple[str, str | None, int]]
STORIES: list[tuple[list[Event], LevelStatus, str | None, int | None, str | None, Path]] = [
    # the events; status, level, since, agreed, path
    ([up(2001, "a")], HELD, "a", 2001, None, [("upgraded", "a", 0)]),
    ([up(2001, "a"), up(2002, "a")], HELD, "a", 2001, None, [("upgraded", "a", 0)]),
    ([up(2001, "a"), up(2002, "b")], HELD, "b", 2002, None,
     [("upgraded", "a", 0), ("upgraded", "b", 1)]),
    ([down(2001, "a")], HELD, "a", 2001, None, [("downgraded", "a", 0)]),
    ([up(2001, "b"), down(2002, "a")], HELD, "a", 2002, None,
     [("upgraded", "b", 0), ("downgraded", "a", 1)]),
    ([up(2001, "b"), down(2002, "b")], HELD, "b", 2001, None, [("upgraded", "b", 0)]),
    ([up(2001, "b"), down(2002, None)], ENDED, None, 2002, None,
     [("upgraded", "b", 0), ("ended", None, 1)]),
    ([up(2001, "b"), down(2002, None), down(2003, None)], ENDED, None, 2002, None,
     [("upgraded", "b", 0), ("ended", None, 1)]),
    ([down(2001, None)], NONE, None, None, None, []),
    ([up(2001, "b"), sever(2002)], ENDED, None, 2002, None,
     [("upgraded", "b", 0), ("ended", None, 1)]),
    ([up(2001, "b"), sever(2002), up(2003, "b")], HELD, "b", 2003, None,
     [("upgraded", "b", 0), ("ended", None, 1), ("upgraded", "b", 2)]),
    ([up(2001, "b"), renew(2002, "b2")], HELD, "b2", 2001, None,
     [("upgraded", "b", 0), ("renewed", "b2", 1)]),
    ([up(2001, "b"), renew(2002, "b")], HELD, "b", 2001, None,
     [("upgraded", "b", 0), ("renewed", "b", 1)]),
    ([renew(2002, "b")], HELD, "b", 2002, None, [("renewed", "b", 0)]),
    ([up(2001, "b"), sever(2002), renew(2003, "b")], HELD, "b", 2003, None,
     [("upgraded", "b", 0), ("ended", None, 1), ("renewed", "b", 2)]),
    ([agree(2001, "a")], NONE, None, None, "a", []),
    ([agree(2001, "a"), agree(2002, "b")], NONE, None, None, "b", []),
    ([agree(2001, "a"), up(2002, "a")], HELD, "a", 2002, None, [("upgraded", "a", 1)]),
    ([up(2001, "a"), agree(2002, "b")], HELD, "a", 2001, "b", [("upgraded", "a", 0)]),
    ([up(2001, "a"), agree(2002, "b"), up(2003, "a")], HELD, "a", 2001, None,
     [("upgraded", "a", 0)]),
    ([up(2001, "a"), agree(2002, "b"), renew(2003, "a")], HELD, "a", 2001, "b",
     [("upgraded", "a", 0), ("renewed", "a", 2)]),
    ([agree(2001, "a"), sever(2002)], NONE, None, None, None, []),
    ([up(2001, "a"), agree(2002, "b"), down(2003, None)], ENDED, None, 2003, None,
     [("upgraded", "a", 0), ("ended", None, 2)]),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: "-".join(ev.type for ev in story[0]))
def test_a_story_on_one_ladder(
    story: tuple[list[Event], LevelStatus, str | None, int | None, str | None, Path],
) -> None:
    events, status, level, since, agreed, path = story
    steps = tuple(Step(kind, step, events[i].on, events[i]) for kind, step, i in path)
    day = PartialDate(str(since)) if since else None
    assert state(*events).ladders == (LadderState("VNM", status, level, day, agreed, steps),)
    for ladder in state(*events).ladders:
        assert [step.event for step in ladder.path] == [events[i].id for _, _, i in path]
        assert [step.on for step in ladder.path] == [events[i].on for _, _, i in path]


def test_each_ladder_has_its_own_history_in_the_order_of_ladders() -> None:
    found = state(up(2001, "a"), up(2002, "x", "SGP"), down(2003, None, "SGP"))
    assert [(one.ladder, one.level, one.status) for one in found.ladders] == [
        ("SGP", None, ENDED), ("VNM", "a", HELD),
    ]  # fmt: skip
    assert found.on("VNM") == found.ladders[1]
    assert found.on("SGP") == found.ladders[0]
    assert found.on("USA") is None
    ended = state(up(2001, "a"), up(2002, "x", "SGP"), sever(2003))
    assert [one.status for one in ended.ladders] == [ENDED, ENDED]
    assert state(sever(2003)) == LevelState() == LEVEL.none == LEVEL.unknown


def test_the_ladder_tells_events_of_one_day_apart_and_the_level_events_of_other_days() -> None:
    assert up(2001, "a").id == "level-upgraded/SGP-VNM/2001/VNM"
    assert up(2001, "a", "SGP").id == "level-upgraded/SGP-VNM/2001/SGP"
    assert up(2001, "a").undated_key == ("level-upgraded", "SGP", "VNM", "VNM", "a")
    assert down(2001, None).undated_key == ("level-downgraded", "SGP", "VNM", "VNM", "")
    assert agree(2001, "a").undated_key == ("level-agreed", "SGP", "VNM", "VNM", "a")
    assert renew(2001, "a").undated_key == ("level-renewed", "SGP", "VNM", "VNM", "a")


def test_levels_are_keys() -> None:
    for make in (up, down, renew, agree):
        with pytest.raises(InvalidEventError, match="'Strategic' is not a key"):
            make(2001, "Strategic")
    with pytest.raises(InvalidEventError, match="'Strategic' is not a key"):
        up(2001, "a", previous="Strategic")
    assert (up(2001, "a").previous, up(2001, "a").wording) == (None, ())


def test_only_events_on_different_ladders_commute() -> None:
    one, two, other = up(2001, "a"), down(2002, None), up(2001, "a", "SGP")
    assert LEVEL.commute(one, other) is True
    assert LEVEL.commute(one, two) is False
    assert LEVEL.commute(one, sever(2001)) is False
    assert LEVEL.commute(sever(2001), other) is False
    assert LEVEL.commute(sever(2001), sever(2002)) is False


def rules(
    before: tuple[Event, ...], event: Event, *, complete: bool = False
) -> list[tuple[str, str, str]]:
    return contradictions(LEVEL, before, event, complete=complete)


def test_a_step_that_another_level_precedes_is_a_problem() -> None:
    held = (up(2001, "a"),)
    problem = (
        "DR302",
        "it gives the level before as 'x', and the events before it give 'a'",
        "Add the missing step, or correct the one that is wrong",
    )
    assert rules(held, up(2002, "b", previous="x")) == [problem]
    assert rules(held, up(2002, "b", previous="a")) == []
    assert rules(held, up(2002, "b")) == []
    assert rules((), up(2002, "b", previous="x")) == []
    (unrecorded,) = rules((), up(2002, "b", previous="x"), complete=True)
    assert unrecorded[0] == "DR309"
    agreed = (agree(2001, "a"),)
    assert rules(agreed, up(2002, "b", previous="x")) == []
    assert [code for code, _, _ in rules(agreed, up(2002, "b", previous="x"), complete=True)] == [
        "DR302"
    ]
    ended = (up(2001, "a"), sever(2002))
    assert rules(ended, up(2003, "b", previous="a")) == [
        (
            "DR302",
            "it gives the level before as 'a', and the events before it give none",
            "Add the missing step, or correct the one that is wrong",
        )
    ]
    assert [code for code, _, _ in rules(held, down(2002, "b", previous="x"))] == ["DR302"]
    assert rules(held, down(2002, "b", previous="a")) == []


def test_reaching_a_level_that_one_holds_is_a_problem() -> None:
    held = (up(2001, "a"),)
    assert rules(held, up(2002, "a")) == [
        (
            "DR303",
            "it reaches 'a', which has been held since 2001",
            "If it was refreshed, record a level-renewed, else correct the one that is wrong",
        )
    ]
    assert rules(held, renew(2002, "a")) == []
    assert rules(held, agree(2002, "a")) == []
    assert rules(held, up(2002, "a", "SGP")) == []
    assert [code for code, _, _ in rules(held, up(2002, "a", previous="b"))] == ["DR302", "DR303"]


def test_lowering_or_renewing_a_level_that_nobody_holds_is_a_problem() -> None:
    for event in (down(2002, None), down(2002, "a"), renew(2002, "a")):
        problem = (
            "DR304",
            "no level is held before it on the ladder of VNM",
            "Add the event that reached the level first",
        )
        assert rules((), event, complete=True) == [problem]
        assert rules((), event) == []
        assert rules((up(2001, "b"), sever(2002)), event) == [problem]
        assert rules((up(2001, "b"),), event) == []
        assert rules((up(2001, "b", "SGP"),), event, complete=True) == [problem]
    assert rules((), agree(2002, "a"), complete=True) == []


def test_ties_are_not_judged_here() -> None:
    assert rules((), sever(2001), complete=True) == []
    assert rules((), TiesEstablished(on="2001", **BASE), complete=True) == []
