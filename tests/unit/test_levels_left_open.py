"""Levels of which sources say less: no label, no day, labels without a rank, labels of a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.claims import CountWithinClaim, verify
from diplorel.model.parties import Life, Party
from diplorel.narrative.narrator import Narrator

if TYPE_CHECKING:
    from pathlib import Path

    from diplorel.model.dates import Language

BASE: dict[str, Any] = {"ladder": "VNM", "sources": ["s"]}
LADDER = dr.Ladder(
    party="VNM",
    levels=[
        dr.Level(id="low", rank=1),
        dr.Level(id="mid", rank=2),
        dr.Level(id="mid-plus", rank=2),
        dr.Level(id="high", rank=3),
        dr.Level(id="community"),
    ],
)
SOURCE = dr.Source(id="s", title="T", publisher="P", kind="press")


def up(on: str, level: str | None, other: str = "SGP", **more: Any) -> ev.LevelUpgraded:
    return ev.LevelUpgraded(
        on=on, parties=("VNM", other), level=level, unnamed=level is None, **BASE, **more
    )


def renewed(on: str, level: str) -> ev.LevelRenewed:
    return ev.LevelRenewed(on=on, parties=("VNM", "SGP"), level=level, **BASE)


def listed(on: str, level: str, other: str = "SGP") -> ev.LevelHeld:
    return ev.LevelHeld(on=on, parties=("VNM", other), level=level, **BASE)


def lowered(on: str, level: str | None) -> ev.LevelDowngraded:
    return ev.LevelDowngraded(on=on, parties=("VNM", "SGP"), level=level, **BASE)


def log(*events: Any, **more: Any) -> dr.EventLog:
    known = {"ladders": [LADDER], "sources": [SOURCE], "at": "2024-01-01T00:00:00Z"}
    return dr.EventLog(events, **{**known, **more})


def held(*events: Any, on: str | None = None) -> tuple[str | None, str | None]:
    standing = log(*events).relation("VNM", "SGP", on=on).level("VNM")
    level, since = standing.level, standing.since
    return (level.id if level else None), (since.text if since else None)


def codes(*events: Any) -> list[str]:
    return [one.code for one in log(*events).check(today="2026-01-01")]


# --- labels with and without a rank --------------------------------------------------------------


def test_a_renewal_under_a_label_without_a_rank_leaves_the_rank() -> None:
    events = [up("2010", "mid"), renewed("2015", "community")]
    assert held(*events) == ("mid", "2010")
    assert [row.party for row in log(*events).replay().ranking("VNM")] == ["SGP"]
    assert "SGP" in log(*events).replay().partners("VNM", at_least="mid")
    assert held(*events, renewed("2018", "mid-plus")) == ("mid-plus", "2010")
    assert held(*events, up("2020", "high")) == ("high", "2020")
    assert codes(*events, up("2020", "high")) == []
    assert codes(*events, up("2020", "low")) == ["DR310"]  # it is compared with the rank held
    assert codes(*events, up("2020", "mid")) == ["DR303"]
    assert held(*events, up("2020", "mid")) == ("mid", "2010")  # and is not a second rise
    path = log(*events).relation("VNM", "SGP").level("VNM").path
    assert [level and level.id for level, _ in path] == ["mid", "community"]


def test_a_renewal_that_gives_a_rank_reaches_the_level_that_day() -> None:
    events = [up("2010", "community"), renewed("2015", "mid")]
    assert held(*events) == ("mid", "2015")
    (row,) = log(*events).replay().ranking("VNM")
    assert (row.level.id, row.since.text) == ("mid", "2015")
    assert held(up("2010", "community"), renewed("2015", "unlisted")) == ("unlisted", "2010")
    assert held(renewed("2015", "community"), renewed("2018", "low")) == ("low", "2018")
    assert held(up("2010", "mid"), renewed("2012", "community"), lowered("2014", None)) == (
        None,
        "2014",
    )


# --- raised, and no source says to what ----------------------------------------------------------


def test_an_upgrade_whose_level_is_not_named_is_higher_and_no_more_is_known() -> None:
    events = [up("2010", "low"), up("2015", None)]
    assert held(*events) == ("?", "2015")
    assert codes(*events) == []
    world = log(*events).replay()
    assert "SGP" in world.partners("VNM", at_least="mid")
    assert world.partners("VNM", at_least="high").possible == ("SGP",)
    assert "SGP" not in world.partners("VNM", exactly="low").possible
    assert world.ranking("VNM").undecided == ("SGP",)
    assert held(*events, up("2020", "high")) == ("high", "2020")
    assert held(*events, up("2018", None), on="2019-01-01") == ("?", "2018")
    assert log(up("2015", None)).replay().partners("VNM", at_least="low").possible == ("SGP",)


def test_the_highest_level_cannot_be_raised_to_one_that_is_not_named() -> None:
    assert codes(up("2010", "high"), up("2015", None)) == ["DR310"]
    events = [up("2015-03-01", "high"), up("2015", None)]
    standing = log(*events).relation("VNM", "SGP").level("VNM")
    assert (standing.level and standing.level.id, standing.is_certain("level")) == ("high", True)
    bare = log(up("2010", "high"), up("2015", None), ladders=[])
    assert [one.code for one in bare.check(today="2026-01-01")] == ["DR203"]
    assert bare.replay()["VNM", "SGP"].level("VNM").level is not None


def test_whether_a_level_is_named_is_said() -> None:
    for level, unnamed in ((None, False), ("low", True)):
        with pytest.raises(dr.errors.InvalidEventError, match="unnamed = true"):
            ev.LevelUpgraded(
                on="2010", parties=("VNM", "SGP"), level=level, unnamed=unnamed, **BASE
            )
    text = dr.dumps(log(up("2010", None)))
    assert '"unnamed":true' in text
    assert "level" not in text.partition('"ladder"')[2]
    assert [one.event for one in dr.loads(text)] == [up("2010", None)]
    with pytest.raises(dr.errors.StreamError, match=r"DR104 .*unnamed = true"):
        dr.loads(text.replace(',"unnamed":true', ""))


def test_an_upgrade_to_a_level_that_is_not_named_may_be_the_one_that_is_counted() -> None:
    claim = CountWithinClaim(
        id="c", source="s", on="2016-12-31", text={"en": "t"}, party="VNM", level="high", count=0,
        since="2014-01-01", until="2016-12-31",
    )  # fmt: skip
    covered = [dr.Coverage(track="level", parties=["VNM"])]
    assert verify(claim, log(up("2010", "low"), coverage=covered)).verdict.value == "supported"
    both = log(up("2010", "low"), up("2015", None), coverage=covered)
    assert verify(claim, both).verdict.value == "undecidable"


# --- seen on a list ------------------------------------------------------------------------------


def test_a_level_on_a_list_was_reached_at_some_time_up_to_then() -> None:
    assert held(listed("2016-01", "mid")) == ("mid", "[..2016-01-31]")
    assert held(listed("2016-01", "mid"), on="2016-01-30") == (None, None)
    assert held(up("2010", "low"), listed("2016-01", "mid")) == ("mid", "[2010-01-01..2016-01-31]")
    world = log(listed("2016-01", "mid"), up("2005", "mid", "FRA")).replay()
    rows = {row.party: (row.best, row.worst) for row in world.ranking("VNM")}
    assert rows == {"FRA": (1, 2), "SGP": (1, 2)}
    narrow = log(up("2010", "low"), listed("2016-01", "mid"), up("2005", "mid", "FRA")).replay()
    assert [row.party for row in narrow.ranking("VNM")] == ["FRA", "SGP"]
    assert narrow.ranking("VNM")["SGP"].best == 2


def test_a_list_is_no_second_rise() -> None:
    events = [up("2010", "mid"), listed("2016-01", "mid"), listed("2017", "mid")]
    assert held(*events) == ("mid", "2010")
    assert codes(*events) == []
    standing = log(*events).relation("VNM", "SGP").level("VNM")
    assert [on.text for _, on in standing.path] == ["2010"]
    assert codes(listed("2016", "mid"), up("2018", "mid")) == ["DR303"]
    assert held(listed("2016", "mid"), up("2018", "mid"))[1] == "[..2016-12-31]"


def test_a_list_with_a_lower_level_than_the_one_held_is_reported() -> None:
    assert codes(up("2010", "high"), listed("2016", "mid")) == ["DR310"]
    assert codes(up("2010", "mid"), listed("2016", "mid-plus")) == ["DR310"]
    assert codes(up("2010", "mid"), listed("2016", "community")) == []
    assert codes(up("2010", "mid"), up("2012", None), listed("2016", "high")) == []
    assert held(up("2010", "mid"), up("2012", None), listed("2016", "high")) == (
        "high",
        "[2012-01-01..2016-12-31]",
    )


def test_a_rise_seen_on_a_list_counts_where_all_its_days_are() -> None:
    def within(since: str) -> str:
        claim = CountWithinClaim(
            id="c", source="s", on="2016-12-31", text={"en": "t"}, party="VNM", level="mid",
            count=1, since=since, until="2016-12-31",
        )  # fmt: skip
        covered = [dr.Coverage(track="level", parties=["VNM"])]
        told = log(up("2010", "low"), listed("2016-01", "mid"), coverage=covered)
        return verify(claim, told).verdict.value

    assert within("2009-01-01") == "supported"
    assert within("2012-01-01") == "undecidable"


def test_levels_left_open_are_said_in_both_languages() -> None:
    langs: tuple[tuple[Language, int], ...] = (("en", 0), ("vi", 1))
    for events, *said in (
        ([listed("2016-01", "mid")], "mid, reached by 31 January 2016", "mid, đạt chậm nhất là"),
        (
            [up("2010", "low"), up("2015", None)],
            "raised, level not named, since 2015",
            "đã nâng cấp",
        ),
    ):
        told = log(*events)
        for lang, place in langs:
            lines = dict(Narrator(told.reference, lang).state(told.relation("VNM", "SGP")))
            assert any(said[place] in line for line in lines.values())
            for event in events:
                assert Narrator(told.reference, lang).sentence(event)
    sentence = Narrator(log().reference, "en").sentence
    assert sentence(up("2015", None)).endswith(
        "elevated their relations; the level reached is not named."
    )
    assert sentence(listed("2016", "mid")).endswith("at the level of mid.")


# --- ladders -------------------------------------------------------------------------------------


def test_a_label_has_its_time() -> None:
    dated = dr.Ladder(
        party="VNM",
        levels=[
            dr.Level(id="mid", rank=1, since="2008", until="2015"),
            dr.Level(id="high", rank=2),
        ],
    )
    for on, wrong in (("2007", True), ("2008", False), ("2015-12-31", False), ("2016-01", True)):
        found = log(up(on, "mid"), ladders=[dated]).check(today="2026-01-01")
        assert [one.code for one in found] == ["DR204"] * wrong
    (problem,) = log(up("2007", "mid"), ladders=[dated]).check(today="2026-01-01")
    assert "is a label of the ladder of VNM from 2008 to 2015" in problem.message
    assert not dr.Level(id="a", until="2015").in_use(dr.PartialDate("2016"))


def test_two_ladders_of_one_party_are_refused_with_the_remedy(tmp_path: Path) -> None:
    ladder = '[[ladder]]\nparty = "VNM"\n[[ladder.level]]\nid = "{}"\nrank = 1\n'
    (tmp_path / "stream.toml").write_text(
        'name = "mine"\n' + ladder.format("low") + ladder.format("high"), "utf-8"
    )
    (tmp_path / "sources.toml").write_text("", "utf-8")
    (tmp_path / "events.jsonl").write_text("", "utf-8")
    with pytest.raises(dr.errors.StreamError, match=r"stream.toml:7: DR114 VNM has two ladders"):
        dr.read(tmp_path)
    other = dr.Ladder(party="VNM", levels=[dr.Level(id="low", rank=2)])
    (problem,) = (log() | dr.EventLog(ladders=[other])).check()[-1:]
    assert (problem.code, "a party has one ladder" in problem.hint) == ("DR214", True)


# --- one event for several partners --------------------------------------------------------------


def test_one_event_gives_one_party_s_level_to_several_partners() -> None:
    several = ev.LevelUpgraded(on="2016", parties=("SGP", "VNM", "MYS"), level="mid", **BASE)
    assert several.id == "level-upgraded/MYS-SGP-VNM/2016/VNM"
    told = log(several, up("2018", "high"))
    world = told.replay()
    assert [(row.party, row.level.id) for row in world.ranking("VNM")] == [
        ("SGP", "high"),
        ("MYS", "mid"),
    ]
    assert world.dyads() == (("MYS", "VNM"), ("SGP", "VNM"))  # and none of the two partners
    assert [one.event.id for one in told.timeline("MYS", "VNM")] == [several.id]
    assert told.relation("SGP", "VNM", on="2017-01-01").level("VNM").since == several.on
    assert [one.event for one in dr.loads(dr.dumps(told))] == [several, up("2018", "high")]
    with pytest.raises(dr.errors.InvalidEventError, match="two or more parties"):
        ev.LevelUpgraded(on="2016", parties=("VNM",), level="mid", **BASE)


def test_an_event_told_again_for_more_parties_is_no_contradiction() -> None:
    several = ev.LevelUpgraded(on="2016", parties=("SGP", "VNM", "MYS"), level="mid", **BASE)
    assert codes(several, up("2016", "mid")) == []
    assert codes(several, up("2017", "mid")) == ["DR303"]
    listed_all = ev.LevelHeld(on="2020", parties=("SGP", "VNM", "MYS"), level="mid", **BASE)
    assert codes(several, listed_all) == []
    assert held(several, listed_all) == ("mid", "2016")
    table = dr.write_sheet(log(several))
    assert list(dr.read_sheet(table, reference=log().reference).events) == [several]
    sentence = Narrator(log().reference, "en").sentence(several)
    assert "Malaysia" in sentence
    assert "Singapore" in sentence


def test_the_end_of_a_former_life_tells_nothing_of_ties_in_the_present_one() -> None:
    def raised(party: str, on: str) -> ev.LevelUpgraded:
        return ev.LevelUpgraded(
            on=on, parties=(party, "VNM"), ladder="VNM", level="low", sources=["s"]
        )

    lives = [Life(end="1950-01-01"), Life(start="1990-01-01")]
    twice = Party(id="QQQ", names={"en": "Q", "vi": "Q"}, lives=lives)
    tied = ev.TiesEstablished(on="1995-01-01", parties=("SGP", "VNM"), sources=["s"])
    now = [tied, raised("SGP", "2000-01-01"), raised("QQQ", "2000-01-01")]
    ladder = dr.Ladder(party="VNM", levels=[dr.Level(id="low", rank=1)])
    for events in (now, [*now, raised("QQQ", "1940-01-01")]):
        log = dr.EventLog(events, ladders=[ladder], parties=[twice])
        ranking = log.replay("2010-01-01").ranking("VNM")
        assert [(row.party, row.best, row.worst) for row in ranking.rows] == [
            ("SGP", 1, 2), ("QQQ", 1, 2),
        ]  # fmt: skip
