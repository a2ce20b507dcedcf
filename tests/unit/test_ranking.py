"""The standing order: places and their bounds, the blocks beside it, and what separates two."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from diplorel.analysis.ranking import Comparison, Ranking
from diplorel.analysis.ranking_rows import KEYS, RankingRow
from diplorel.errors import InvalidQueryError, UnknownPartyError
from diplorel.events import (
    AgreementSigned,
    LevelAgreed,
    LevelRenewed,
    LevelUpgraded,
    SpecialRelationshipDeclared,
    TiesEstablished,
    TiesSevered,
)
from diplorel.log import EventLog
from diplorel.model.dates import PartialDate
from diplorel.model.ladders import Ladder, Level
from diplorel.model.parties import Party
from diplorel.model.reference import Coverage

if TYPE_CHECKING:
    from diplorel.model.events import Event

LADDER = Ladder(
    party="VNM",
    levels=(
        Level(id="low", rank=1),
        Level(id="high", rank=2),
        Level(id="high-plus", rank=2),
        Level(id="off"),
    ),
)


def tied(on: str, other: str) -> TiesEstablished:
    return TiesEstablished(on=on, parties=("VNM", other), sources=["s"])


def severed(on: str, other: str) -> TiesSevered:
    return TiesSevered(on=on, parties=("VNM", other), sources=["s"])


def raised(on: str, other: str, level: str = "high", **more: Any) -> LevelUpgraded:
    return LevelUpgraded(
        on=on,
        parties=("VNM", other),
        ladder="VNM",
        level=level,
        sources=["s"],
        **more,
    )


def special(on: str, other: str) -> SpecialRelationshipDeclared:
    return SpecialRelationshipDeclared(on=on, parties=("VNM", other), sources=["s"])


def ranked(*events: Event, on: str | None = None, kind: Any = "any", **more: Any) -> Ranking:
    coverage = [Coverage(track="ties", parties=["VNM"])]
    log = EventLog(events, ladders=[LADDER], **{"coverage": coverage, **more})
    return log.replay(on=on).ranking("VNM", kind=kind)


def places(ranking: Ranking) -> list[tuple[str, int, int, int]]:
    return [(row.party, row.position, row.best, row.worst) for row in ranking]


def test_level_goes_first_then_the_day_reached_then_the_length_of_ties() -> None:
    found = ranked(
        tied("1970-01-01", "FRA"), raised("2013-01-01", "FRA", "low"),
        tied("1980-01-01", "SGP"), raised("2014-01-01", "SGP"),
        tied("1975-01-01", "AUS"), raised("2014-01-01", "AUS"),
        tied("1990-01-01", "USA"), raised("2013-01-01", "USA", "high-plus"),
    )  # fmt: skip
    assert places(found) == [("USA", 1, 1, 1), ("AUS", 2, 2, 2), ("SGP", 3, 3, 3), ("FRA", 4, 4, 4)]
    assert KEYS == ("level", "since", "ties")
    assert found["AUS"] == RankingRow(
        party="AUS", name="Australia", position=2, best=2, worst=2, level=Level(id="high", rank=2),
        since=PartialDate("2014-01-01"), ties=PartialDate("1975-01-01"), last_recorded=True,
    )  # fmt: skip


def test_what_nothing_separates_shares_a_place_and_the_next_one_counts_them() -> None:
    found = ranked(
        *(event for other, day in [("FRA", "01"), ("SGP", "02"), ("AUS", "02"), ("USA", "03")]
          for event in (tied("1970-01-01", other), raised(f"2013-01-{day}", other)))
    )  # fmt: skip
    assert places(found) == [("FRA", 1, 1, 1), ("AUS", 2, 2, 3), ("SGP", 2, 2, 3), ("USA", 4, 4, 4)]


def test_a_level_off_the_rungs_and_one_of_rank_zero_differ() -> None:
    ladder = Ladder(party="VNM", levels=(Level(id="zero", rank=0), Level(id="off")))
    log = EventLog(
        [
            raised("2013", "FRA", "zero"),
            raised("2013", "SGP", "off"),
            raised("2013", "AUS", "lost"),
        ],
        ladders=[ladder],
    )
    found = log.replay().ranking("VNM")
    assert [row.party for row in found] == ["FRA"]
    assert found.unranked == ("AUS", "SGP")


def test_the_lowest_rung_counts_from_wherever_the_ladder_does() -> None:
    ladder = Ladder(party="VNM", levels=(Level(id="zero", rank=0), Level(id="one", rank=1)))
    log = EventLog([raised("2013", "FRA", "zero"), raised("2014", "SGP", "one")], ladders=[ladder])
    assert [row.party for row in log.replay().ranking("VNM")] == ["SGP", "FRA"]


def test_partial_dates_give_each_partner_an_interval() -> None:
    found = ranked(
        tied("1970-01-01", "FRA"), raised("2013-01-01", "FRA"),
        tied("1970-01-01", "SGP"), raised("2013", "SGP"),
        tied("1970-01-01", "AUS"), raised("2013-09", "AUS"),
        tied("1970-01-01", "USA"), raised("2014-01-01", "USA"),
    )  # fmt: skip
    assert places(found) == [("FRA", 1, 1, 2), ("AUS", 2, 2, 3), ("SGP", 3, 1, 3), ("USA", 4, 4, 4)]


def test_ties_that_are_not_known_widen_the_interval_and_broken_ones_go_last() -> None:
    events = [
        tied("1970-01-01", "FRA"), raised("2013-01-01", "FRA"),
        raised("2013-01-01", "SGP"),
        tied("1960-01-01", "AUS"), severed("1990-01-01", "AUS"), raised("2013-01-01", "AUS"),
    ]  # fmt: skip
    open_ties = ranked(*events, coverage=())
    assert places(open_ties) == [("FRA", 1, 1, 2), ("AUS", 2, 2, 3), ("SGP", 2, 1, 3)]
    assert open_ties["AUS"].ties is None
    assert open_ties["SGP"].ties is None
    known = ranked(*events)  # no ties at all, where the stream says that it has them all
    assert places(known) == [("FRA", 1, 1, 1), ("AUS", 2, 2, 3), ("SGP", 2, 2, 3)]


def test_what_may_hold_a_level_has_no_place_and_widens_the_others() -> None:
    events = [
        tied("1970-01-01", "FRA"), raised("2013-01-01", "FRA"),
        tied("1970-01-01", "SGP"), raised("[2012..2014]", "SGP"),
        tied("1970-01-01", "AUS"), raised("2012-12-31", "AUS", "low"),
    ]  # fmt: skip
    found = ranked(*events, on="2013-06-01")
    assert places(found) == [("FRA", 1, 1, 2), ("AUS", 2, 2, 3)]
    assert found.undecided == ("SGP",)
    never_first = ranked(*events[:2], tied("1970-01-01", "SGP"), raised("[2013-05..2014]", "SGP"),
                         on="2013-06-01")  # fmt: skip
    assert places(never_first) == [("FRA", 1, 1, 1)]
    lower = ranked(
        tied("1970-01-01", "AUS"), raised("2013-01-01", "AUS", "low"),
        tied("1970-01-01", "SGP"), raised("2012", "SGP"), severed("[2012-12-01..2014]", "SGP"),
        on="2013-06-01",
    )  # fmt: skip
    assert [(row.party, row.best, row.worst) for row in lower if row.party == "AUS"] == [
        ("AUS", 1, 2)
    ]


def test_the_blocks_stand_apart() -> None:
    events = [
        tied("1970-01-01", "FRA"), raised("2013-01-01", "FRA"),
        special("1962", "LAO"), raised("2013-01-01", "LAO"),
        special("1967", "KHM"),
        raised("2013-01-01", "SGP", "off"),
        raised("[2012..2014]", "AUS"),
        raised("[2012..2014]", "ITA", "off"),
        tied("1970-01-01", "USA"), tied("1970-01-01", "DEU"),
        raised("2000-01-01", "JPN"), severed("2001-01-01", "JPN"),
        LevelAgreed(on="2010", parties=("VNM", "CAN"), ladder="VNM", level="high", sources=["s"]),
    ]  # fmt: skip
    found = ranked(*events, on="2013-06-01")
    assert [row.party for row in found] == ["FRA"]
    assert found.special == ("KHM", "LAO")
    assert found.unranked == ("SGP",)
    assert found.undecided == ("AUS",)
    assert found.none == ("JPN",)
    assert {*found.unknown} > {"CAN", "DEU", "ITA", "USA", "FJI"}
    assert (found.below, found.complete_from, found.complete) == ((), None, False)
    covered = ranked(*events, on="2013-06-01", coverage=[Coverage(track="level", parties=["VNM"])])
    assert covered.unknown == covered.below == ()
    assert {*covered.none} >= {"CAN", "DEU", "FJI", "JPN", "USA"}
    assert covered.complete
    above = [Coverage(track="level", parties=["VNM"], at_least="high")]
    partly = ranked(*events, on="2013-06-01", coverage=above)
    assert {*partly.below} >= {"CAN", "DEU", "FJI", "USA"}
    assert partly.complete_from is not None
    assert (partly.complete_from.id, partly.complete) == ("high", False)
    for other, block in [("LAO", "special"), ("Singapore", "unranked"), ("AU", "undecided"),
                         ("USA", "unknown")]:  # fmt: skip
        with pytest.raises(InvalidQueryError) as caught:
            found[other]
        assert str(caught.value).endswith(f" has no position: it is in the block {block!r}")
        assert str(caught.value)[:3].isupper()
    for other in ("VNM", "SUN"):
        with pytest.raises(InvalidQueryError, match=f"{other} has no position: it does not live"):
            found[other]
    with pytest.raises(UnknownPartyError):
        found["Nowhere"]
    assert (
        ranked(raised("2013", "QQB"))["QQB"].position == 1
    )  # of a party that no list knows, by id


def test_only_countries_can_be_ranked() -> None:
    events = [
        raised("2013", "EU"),
        raised("2014", "FRA"),
        raised("2015", "XKX"),
        raised("2012", "QQA"),
    ]
    everybody = ["QQA", "EU", "FRA", "XKX"]
    extra = [Party(id="QQA", names=(), kind="group")]
    assert [row.party for row in ranked(*events, parties=extra)] == everybody
    assert [row.party for row in ranked(*events, parties=extra, kind="state")] == ["FRA", "XKX"]


def test_a_party_without_a_ladder_has_no_ranking() -> None:
    log = EventLog([raised("2013", "FRA")], ladders=[LADDER])
    with pytest.raises(InvalidQueryError, match="FRA has no ladder"):
        log.replay().ranking("FRA")
    with pytest.raises(UnknownPartyError):
        log.replay().ranking("Nowhere")


def test_a_ranking_can_be_asked_by_name_counted_and_shown() -> None:
    found = ranked(tied("1970", "FRA"), raised("2013", "FRA"), on="2020-01-01")
    assert (len(found), [row.party for row in found]) == (1, ["FRA"])
    assert found["France"] == found["fr"] == found.rows[0]
    assert (found.party, found.on) == ("VNM", date(2020, 1, 1))
    assert repr(found) == "<Ranking of VNM's 1 partners on 2020-01-01>"
    assert repr(ranked(raised("2013", "FRA"))) == "<Ranking of VNM's 1 partners>"


def test_a_ranking_is_a_table() -> None:
    found = ranked(
        tied("1970", "FRA"), raised("2013-09", "FRA"), raised("2014", "QQB"), raised("2015", "QQC"),
        coverage=(), parties=[Party(id="QQB", names={"en": "Quebec"})],
    )  # fmt: skip
    assert found.to_records() == [
        {"position": 1, "best": 1, "worst": 1, "certain": True, "party": "FRA", "name": "France",
         "level": "high",
         "since": "2013-09", "ties": "1970", "last_recorded": True, "complete_to": None},
        {"position": 2, "best": 2, "worst": 2, "certain": True, "party": "QQB", "name": "Quebec",
         "level": "high",
         "since": "2014", "ties": None, "last_recorded": True, "complete_to": None},
        {"position": 3, "best": 3, "worst": 3, "certain": True, "party": "QQC", "name": "QQC",
         "level": "high",
         "since": "2015", "ties": None, "last_recorded": True, "complete_to": None},
    ]  # fmt: skip


# --- why -----------------------------------------------------------------------------------------

FRA = [tied("1973-04-12", "FRA"), raised("2013-09-25", "FRA")]
SGP = [tied("1973-08-01", "SGP"), raised("2013-09-11", "SGP")]


def explained(*events: Event, a: str = "FRA", b: str = "SGP", **more: Any) -> Comparison:
    return ranked(*events, **more).explain(a, b)


def test_the_higher_level_separates_first() -> None:
    low = raised("2000-01-01", "FRA", "low")
    found = explained(FRA[0], low, *SGP)
    assert (found.first, found.second, found.key, found.certain) == ("SGP", "FRA", "level", True)
    assert (found.first_event, found.second_event) == (SGP[1], low)
    assert str(found) == (
        "SGP ranks ahead of FRA: the higher level (level-upgraded/SGP-VNM/2013-09-11/VNM against "
        "level-upgraded/FRA-VNM/2000-01-01/VNM)"
    )


def test_the_day_reached_separates_next() -> None:
    for a, b in permutations(["FRA", "SGP"]):
        found = explained(*FRA, *SGP, a=a, b=b)
        assert (found.first, found.second, found.key, found.certain) == (
            "SGP",
            "FRA",
            "since",
            True,
        )
        assert (found.first_event, found.second_event) == (SGP[1], FRA[1])
    assert str(found) == (
        "SGP ranks ahead of FRA: reached first (level-upgraded/SGP-VNM/2013-09-11/VNM against "
        "level-upgraded/FRA-VNM/2013-09-25/VNM)"
    )


def test_the_older_ties_separate_last() -> None:
    found = explained(*FRA, SGP[0], raised("2013-09-25", "SGP"))
    assert (found.first, found.second, found.key, found.certain) == ("FRA", "SGP", "ties", True)
    assert (found.first_event, found.second_event) == (FRA[0], SGP[0])
    assert str(found) == (
        "FRA ranks ahead of SGP: the older ties (ties-established/FRA-VNM/1973-04-12 against "
        "ties-established/SGP-VNM/1973-08-01)"
    )


def test_what_the_dates_leave_open_is_said() -> None:
    found = explained(*FRA, SGP[0], raised("2013", "SGP"))
    assert (found.first, found.key, found.certain) == ("FRA", "since", False)
    assert str(found) == (
        "FRA ranks ahead of SGP: reached first, as far as the dates show "
        "(level-upgraded/FRA-VNM/2013-09-25/VNM against level-upgraded/SGP-VNM/2013/VNM)"
    )


def test_ties_that_are_not_there_have_no_event_behind_them() -> None:
    found = explained(*FRA, raised("2013-09-25", "SGP"))
    assert (found.first, found.key, found.certain) == ("FRA", "ties", True)
    assert (found.first_event, found.second_event) == (FRA[0], None)
    assert str(found) == (
        "FRA ranks ahead of SGP: the older ties (ties-established/FRA-VNM/1973-04-12)"
    )


def test_where_nothing_separates_two_they_share_a_place() -> None:
    events = [*FRA, tied("1973-04-12", "SGP"), raised("2013-09-25", "SGP")]
    for a, b in permutations(["FRA", "SGP"]):
        found = explained(*events, a=a, b=b)
        assert (found.first, found.second, found.key, found.certain) == (a, b, None, False)
        assert str(found) == f"{a} and {b} share a place: level, day and ties are the same"
        assert found.first_event is not None
        assert found.first_event.type == "level-upgraded"


def test_the_event_behind_a_level_is_the_one_that_reached_it() -> None:
    refreshed = LevelRenewed(
        on="2020",
        parties=("VNM", "SGP"),
        ladder="VNM",
        level="high-plus",
        sources=["s"],
    )
    found = explained(*FRA, *SGP, refreshed)
    assert found.first_event == SGP[1]  # the label is another since, the day is the same
    same_day = [tied("2013-09-11", "SGP"), raised("2013-09-11", "SGP", "low"),
                raised("2013-09-11", "SGP", "high", seq=1)]  # fmt: skip
    mine = LevelUpgraded(
        on="2013-09-11",
        parties=("VNM", "SGP"),
        ladder="SGP",
        level="low",
        sources=["s"],
    )
    found = explained(*FRA, mine, SGP[0], SGP[1])
    assert found.first_event == SGP[1]
    assert explained(*FRA, *same_day[::2]).first_event == same_day[2]


def test_what_else_happened_on_a_day_is_not_the_event_behind_it() -> None:
    signed = AgreementSigned(on="1973-04-12", parties=("VNM", "FRA"), agreement="a", sources=["s"])
    low = raised("1973-04-12", "FRA", "low")
    found = explained(*FRA, signed, low, SGP[0], raised("2013-09-25", "SGP"))
    assert (found.key, found.first_event) == ("ties", FRA[0])
    broken = severed("2013-09-11", "SGP")
    found = explained(*FRA, *SGP, broken)
    assert (found.key, found.first_event) == ("since", SGP[1])
    refreshed = LevelRenewed(
        on="2020", parties=("VNM", "SGP"), ladder="VNM", level="high-plus", sources=["s"]
    )
    found = explained(*FRA, tied("2013-09-11", "SGP"), SGP[1], refreshed)
    assert (found.key, found.first_event) == ("since", SGP[1])


def test_one_without_a_place_is_not_explained() -> None:
    with pytest.raises(InvalidQueryError, match="USA has no position"):
        explained(*FRA, *SGP, a="USA")
    with pytest.raises(InvalidQueryError, match="USA has no position"):
        explained(*FRA, *SGP, b="USA")
