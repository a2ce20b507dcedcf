"""Pace and shares, on the shipped streams and where dates or lists leave something open."""

from __future__ import annotations

import pickle
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.analysis.pace_search import PaceSearch
from diplorel.analysis.plausible_orders import Span
from diplorel.analysis.spans_of_days import gap_to_one_before
from diplorel.errors import InvalidQueryError, MissingKeyError, UnknownLevelError, UnknownPartyError
from diplorel.testing.dense import VNM_LADDER
from shipped_once import shipped

if TYPE_CHECKING:
    from diplorel.analysis.pace import Pace

AT = "2026-01-01T00:00:00Z"
ALL = [dr.Coverage(track="level", parties=["VNM"])]


@cache
def vietnam() -> dr.EventLog:
    return shipped("vietnam", "groups")


@cache
def pace() -> Pace:
    return vietnam().pace("VNM", level="Comprehensive Strategic Partnership", on="2025-08-22")


def reached(on: str, partner: str, level: str | None = "low", **more: Any) -> Any:
    return ev.LevelUpgraded(
        on=on, parties=(partner, "VNM"), ladder="VNM", level=level, sources=["s"], **more
    )


def left(on: str, partner: str, level: str | None = None) -> Any:
    return ev.LevelDowngraded(
        on=on, parties=(partner, "VNM"), ladder="VNM", level=level, sources=["s"]
    )


def joined(party: str, on: str = "1990-01-01", group: str = "ASEAN") -> Any:
    return ev.GroupJoined(party=party, group=group, on=on, sources=["s"])


def log_of(*events: Any, coverage: Any = ALL, **more: Any) -> dr.EventLog:
    return dr.EventLog(events, at=AT, ladders=[VNM_LADDER], coverage=coverage, **more)


# --- pace ----------------------------------------------------------------------------------------


def test_eight_partners_came_to_the_top_within_two_years() -> None:
    rows = pace().rows
    assert [row.nth_min for row in rows] == [row.nth_max for row in rows] == [*range(1, 14)]
    last = rows[11]
    assert (last.party, last.on.text) == ("SGP", "2025-03-12")
    assert (last.gap_min, last.gap_max, last.window_min, last.window_max) == (2, 2, 8, 8)
    assert (last.before and last.before.id, last.skipped) == ("strategic", ())
    assert (last.years_min, last.years_max) == (11, 11)
    assert (last.complete, last.certain) == (True, True)
    assert (rows[0].gap_min, rows[0].gap_max) == (None, None)


def test_the_united_states_left_out_a_rung_after_ten_years() -> None:
    (row,) = [row for row in pace() if row.skipped]
    assert (row.party, row.before and row.before.id) == ("USA", "comprehensive")
    assert {level.rank for level in row.skipped} == {2}
    assert (row.years_min, row.years_max) == (10, 10)


def test_the_first_of_groups_and_regions() -> None:
    first = {row.party: row.first_of for row in pace()}
    assert "ASEAN" in first["MYS"]
    assert "EU" in first["FRA"]
    assert {"G7", "NORTHERN_AMERICA"} <= set(first["USA"])
    assert "OCEANIA" in first["AUS"]
    assert "ASEAN" not in first["SGP"]
    only = vietnam().pace("VNM", level="comprehensive-strategic", groups=["EU", "EU"])
    assert {group for row in only for group in row.first_of} == {"EU"}


def test_beyond_the_coverage_the_most_is_unknown() -> None:
    row = vietnam().pace("VNM", level="comprehensive-strategic", groups=()).rows[13]
    assert (row.party, row.nth_min, row.nth_max, row.complete) == ("GBR", 14, None, False)
    assert (row.gap_min, row.gap_max) == (0, 166)


def test_what_a_list_lacks_can_lie_between() -> None:
    log = log_of(reached("2010-01-01", "SGP"), reached("2010-01-11", "IDN"), coverage=())
    first, second = log.pace("VNM")
    assert (first.nth_min, first.nth_max, first.window_max) == (1, None, None)
    assert (second.nth_min, second.nth_max) == (2, None)
    assert (second.gap_min, second.gap_max) == (0, 10)
    assert (second.window_min, second.window_max) == (2, None)
    assert not second.complete
    assert "2+" in str(log.pace("VNM"))


def test_a_gap_in_the_coverage_counts() -> None:
    coverage = [
        dr.Coverage(track="level", parties=["VNM"], until="2010-01-05"),
        dr.Coverage(track="level", parties=["VNM"], since="2010-01-08"),
    ]
    log = log_of(reached("2010-01-01", "SGP"), reached("2010-01-11", "IDN"), coverage=coverage)
    second = log.pace("VNM", window="2D").rows[1]
    assert (second.complete, second.nth_max, second.gap_min, second.window_max) == (True, 2, 0, 1)


def test_two_on_one_day_are_both_the_first_or_the_second() -> None:
    log = log_of(reached("2010-01-01", "SGP"), reached("2010-01-01", "IDN"))
    rows = log.pace("VNM").rows
    assert [(row.nth_min, row.nth_max) for row in rows] == [(1, 2), (1, 2)]
    assert [(row.gap_min, row.gap_max) for row in rows] == [(0, None), (0, None)]
    assert [(row.window_min, row.window_max) for row in rows] == [(2, 2), (2, 2)]


def test_one_that_left_is_no_longer_counted_and_comes_back_as_another_row() -> None:
    log = log_of(
        reached("2010-01-01", "SGP", "high"),
        left("2011-01-01", "SGP"),
        reached("2012-01-01", "IDN"),
        reached("2013-01-01", "SGP"),
        joined("SGP"),
        joined("IDN"),
        coverage=[*ALL, dr.Coverage(track="groups", parties=["ASEAN"])],
    )
    rows = log.pace("VNM").rows
    assert [(row.party, row.nth_min, row.nth_max) for row in rows] == [
        ("SGP", 1, 1), ("IDN", 1, 1), ("SGP", 2, 2),
    ]  # fmt: skip
    assert [row.first_of for row in rows] == [("ASEAN",), (), ()]
    assert [row.perhaps_first_of for row in rows] == [(), (), ()]


def test_a_fall_to_the_level_is_not_a_coming() -> None:
    log = log_of(reached("2010-01-01", "SGP", "off"), left("2011-01-01", "SGP", "low"))
    assert log.pace("VNM").rows == ()
    log = log_of(reached("2010-01-01", "SGP", "high"), left("2011-01-01", "SGP", "low"))
    assert len(log.pace("VNM", level="low")) == 1


def renewed(on: str, level: str) -> Any:
    return ev.LevelRenewed(on=on, parties=("SGP", "VNM"), ladder="VNM", level=level, sources=["s"])


def test_a_renewal_under_another_label_is_no_coming() -> None:
    log = log_of(
        reached("2010-01-01", "SGP", "mid"),
        renewed("2011-01-01", "off"),
        renewed("2012-01-01", "mid-plus"),
        reached("2015-01-01", "SGP", "high"),
    )
    (row,) = log.pace("VNM", level="mid").rows
    assert row.on.text == "2010-01-01"
    (row,) = log.pace("VNM", level="high").rows
    assert (row.before and row.before.id, row.years_min) == ("mid-plus", 5)


def test_a_renewal_can_bring_a_rank() -> None:
    log = log_of(
        reached("2010-01-01", "SGP", "off"),
        renewed("2011-01-01", "off"),
        renewed("2012-01-01", "mid"),
    )
    (row,) = log.pace("VNM").rows
    assert (row.on.text, row.before and row.before.id, row.skipped) == ("2012-01-01", "off", ())
    assert (row.years_min, row.years_max) == (2, 2)


def test_what_is_open_is_not_certain() -> None:
    log = log_of(
        reached("2009-01-01", "IDN", None, unnamed=True),
        reached("2010-01-01", "IDN", "mid"),
        reached("2010-06-01", "SGP"),
        reached("[2010..2014]", "USA"),
        joined("SGP"),
        joined("IDN", "[2009..2012]"),
    )
    found = log.pace("VNM", on="2012-12-31")
    assert [(row.party, row.certain) for row in found] == [("IDN", False), ("SGP", True)]
    assert found.possible == ("USA",)
    assert [(row.nth_min, row.nth_max) for row in found] == [(1, 2), (2, 3)]
    assert [row.perhaps_first_of for row in found] == [("ASEAN",), ("ASEAN",)]
    assert "2010-01-01 ?" in str(found)
    assert str(found).endswith("undecided (1): USA")
    assert str(found).startswith("Partners of VNM that came to any level, by 2012-12-31")


def test_an_order_that_is_open_leaves_what_came_before_open() -> None:
    log = log_of(
        reached("[2010..2011]", "SGP", "mid"), left("2010", "SGP"), reached("2010", "SGP", "low")
    )
    assert not any(row.certain for row in log.pace("VNM"))


def test_seq_keeps_the_order_of_a_day() -> None:
    log = log_of(
        reached("2010-01-01", "SGP", "low", seq=1), reached("2010-01-01", "IDN", "low", seq=2)
    )
    assert [row.nth_max for row in log.pace("VNM")] == [2, 2]


def test_a_level_that_is_only_agreed_is_not_reached() -> None:
    agreed = ev.LevelAgreed(
        on="2010", parties=("SGP", "VNM"), ladder="VNM", level="low", sources=["s"]
    )
    other = ev.LevelUpgraded(
        on="2010", parties=("SGP", "VNM"), ladder="SGP", level="low", sources=["s"]
    )
    assert len(log_of(agreed, other).pace("VNM")) == 0


def test_a_union_is_no_state() -> None:
    log = log_of(reached("2010-01-01", "EU"), reached("2011-01-01", "SGP"))
    assert [row.party for row in log.pace("VNM", kind="state")] == ["SGP"]
    assert [row.party for row in log.pace("VNM")] == ["EU", "SGP"]


def test_all_others_may_have_come_later() -> None:
    assert gap_to_one_before(Span(5, 5), [Span(6, 9)]) == (None, None)
    assert gap_to_one_before(Span(5, 5), [Span(3, 9)]) == (0, None)


def test_pace_leaves_as_a_table_travels_prints_and_cites() -> None:
    found = pace()
    table = found.table()
    for row, record in zip(table, found.to_records(), strict=True):
        for key in ("on", "party", "level", "nth_min", "nth_max", "gap_max", "before", "certain"):
            assert row[key] == record[key]
    assert table.stamp["undecided"] == []
    again = pickle.loads(pickle.dumps(found))  # noqa: S301  this process wrote it
    assert again == found
    assert repr(again) == "<Pace of VNM: 13 times, to comprehensive-strategic or higher>"
    assert repr(found.rows[-1]) == "<Reaching of comprehensive-strategic by THA: 2025-05-16>"
    assert repr(vietnam().pace("VNM", groups=[])).endswith("to any level>")
    assert "Strategic Partnership" in str(found)
    assert len(vietnam().cite(found).sources) > 10


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"window": "24"}, "window: expected a length"),
        ({"window": 24}, "window: expected a length"),
        ({"window": "0M"}, "window: expected a length"),
        ({"kind": "x"}, "kind: expected"),
        ({"groups": ["SGP"]}, "groups: SGP is a country"),
        ({"groups": "ASEAN"}, "groups: expected a list"),
    ],
)
def test_a_bad_question_is_refused(more: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidQueryError, match=said):
        vietnam().pace("VNM", **more)


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidQueryError, match="SGP has no ladder"):
        vietnam().pace("SGP")
    with pytest.raises(UnknownPartyError):
        vietnam().pace("VNM", groups=["Atlantis"])
    with pytest.raises(UnknownLevelError, match="has no rank"):
        vietnam().pace("VNM", level="cooperation-framework")


# --- shares --------------------------------------------------------------------------------------


def test_a_quarter_of_the_top_partners_were_in_asean() -> None:
    world = vietnam().replay("2025-03-12")
    found = world.shares("VNM", at_least="comprehensive-strategic")
    asean = found["ASEAN"]
    assert (asean.numerator, asean.denominator, asean.exact) == (3, 12, Fraction(1, 4))
    assert (asean.members, asean.members_complete, asean.complete) == (9, True, True)
    assert str(asean) == "ASEAN: 3 of 12"
    assert found["EU"].numerator == 1
    assert found["AFRICA"].exact == 0
    brics = found["BRICS"]
    assert (brics.exact, brics.low, brics.numerator_max) == (None, None, None)
    assert brics.fraction() == "4 of 12 recorded; there may be more members"
    assert found.rows[0].group == "APEC"
    assert (found.stamp["party"], found.stamp["at_least"]) == ("VNM", "comprehensive-strategic")


def test_a_list_that_is_not_complete_has_no_share() -> None:
    found = vietnam().replay("2025-03-12").shares("VNM", exactly="comprehensive", groups=["EU"])
    share = found["EU"]
    assert (share.exact, share.denominator_max) == (None, None)
    assert share.fraction().endswith("recorded; there may be more partners")
    assert found.elsewhere
    with pytest.raises(MissingKeyError, match="no share of 'ASEAN', only of: EU"):
        found["ASEAN"]
    with pytest.raises(MissingKeyError, match="only of: none"):
        vietnam().replay("2025").shares("VNM", groups=[])["ASEAN"]


def test_open_dates_give_a_range() -> None:
    log = log_of(
        reached("2010", "SGP"),
        reached("2010", "IDN"),
        reached("[2011..2014]", "USA"),
        joined("SGP"),
        joined("IDN", "[2011..2014]"),
        coverage=[*ALL, dr.Coverage(track="groups", parties=["ASEAN"])],
    )
    share = log.replay("2012-12-31").shares("VNM")["ASEAN"]
    assert (share.low, share.high, share.exact) == (Fraction(1, 3), Fraction(1), None)
    assert share.unknown == ("IDN", "USA")
    assert share.fraction() == "1-2 of 2-3"
    nobody = log.replay("2009-12-31").shares("VNM")["ASEAN"]
    assert (nobody.fraction(), nobody.low) == ("0 of 0", None)


def test_shares_leave_as_a_table_travel_and_print() -> None:
    found = vietnam().replay("2025-03-12").shares("VNM", at_least="comprehensive-strategic")
    table = found.table()
    for row, record in zip(table, found.to_records(), strict=True):
        for key in ("group", "numerator", "numerator_max", "denominator", "members"):
            assert row[key] == record[key]
    asean = next(row for row in table if row["group"] == "ASEAN")
    assert (asean["share_min"], asean["share_max"], asean["exact"]) == (0.25, 0.25, True)
    assert table.stamp["at_least"] == "comprehensive-strategic"
    again = pickle.loads(pickle.dumps(found))  # noqa: S301  this process wrote it
    assert again == found
    assert len(again) == len(again.rows) == 45
    assert repr(again) == "<Shares of the partners of VNM: 45 groups>"
    assert repr(again["ASEAN"]) == "<Share of ASEAN: 3 of 12>"
    assert "25%" in str(found)
    few = vietnam().replay("2025-03-12").shares("VNM", groups=["ASEAN"])
    assert "in none of them: " in str(few)


def test_the_members_of_a_day_are_those_of_the_world() -> None:
    log = vietnam()
    search = PaceSearch(
        index=log._index,
        reference=log.reference,
        party="VNM",
        ladder=log.reference.ladder["VNM"],
        level=None,
        window=(2, "Y"),
        until=None,
        kind="any",
        groups=None,
    )
    world = log.replay("2009-12-31")
    day = world.snapshot.day
    assert day is not None
    assert len(search._groups) == 45
    for group in search._groups:
        assert search._members(group, day) == world.members(group)
