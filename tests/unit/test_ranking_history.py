"""The standing order over time, on the shipped streams and on what is left open."""

from __future__ import annotations

import pickle
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.errors import InvalidDateError, InvalidQueryError, UnknownPartyError
from diplorel.testing.dense import VNM_LADDER
from shipped_once import shipped

if TYPE_CHECKING:
    from diplorel.analysis.ranking_history import RankingHistory

AT = "2026-01-01T00:00:00Z"
TODAY = "2026-11-28"


@cache
def history() -> RankingHistory:
    return shipped("vietnam").ranking_history("VNM", years=(2008, 2025), today=TODAY)


def reached(on: str, partner: str, level: str = "low", **more: Any) -> Any:
    return ev.LevelUpgraded(
        on=on, parties=(partner, "VNM"), ladder="VNM", level=level, sources=["s"], **more
    )


def log_of(*events: Any, **more: Any) -> dr.EventLog:
    return dr.EventLog(events, at=AT, ladders=[VNM_LADDER], **more)


def test_each_year_ends_on_its_last_day_and_the_last_where_the_coverage_ends() -> None:
    days = history().days
    assert [day.year for day in days] == [*range(2008, 2026)]
    assert [str(day.on) for day in days[:-1]] == [f"{year}-12-31" for year in range(2008, 2025)]
    assert {day.cut for day in days[:-1]} == {None}
    assert (str(days[-1].on), days[-1].cut) == ("2025-08-22", "coverage")
    assert len(days[0]) == 7
    assert [row.party for row in days[0]][:3] == ["CHN", "RUS", "IND"]
    assert days[-1].complete_from is not None
    assert days[-1].complete_from.id == "strategic"
    assert days[-1].special == ("CUB", "KHM", "LAO")


def test_singapore_rises_from_nothing_to_the_top_level() -> None:
    rows = history()["Singapore"]
    assert [row.year for row in rows] == [*range(2013, 2026)]
    assert rows[0].level.id == "strategic"
    last = rows[-1]
    assert (last.level.id, last.position, last.key) == ("comprehensive-strategic", 12, "since")
    assert (last.key_certain, last.certain, last.complete) == (True, True, True)
    assert history()["XKX"] == ()
    with pytest.raises(UnknownPartyError):
        history()["Atlantis"]


def test_a_row_below_the_coverage_may_have_others_ahead() -> None:
    rows = {row.party: row for row in history().days[0]}
    assert [rows[party].complete for party in ("CHN", "IND", "ZAF")] == [True, True, False]
    venezuela = rows["VEN"]
    assert (venezuela.position, venezuela.best, venezuela.worst) == (7, 5, 7)
    assert (venezuela.key, venezuela.key_certain) == ("ties", False)
    first = rows["CHN"]
    assert (first.key, first.key_certain) == (None, None)


def test_beyond_the_coverage_it_is_what_was_last_recorded() -> None:
    later = shipped("vietnam").ranking_history("VNM", years=(2025, 2026), today=TODAY)
    assert [(str(day.on), day.cut) for day in later.days] == [
        ("2025-08-22", "coverage"),
        ("2026-11-28", "present"),
    ]
    assert later.days[0].rows == history().days[-1].rows
    assert all(row.last_recorded and not row.complete for row in later.days[1])
    assert later.days[1].complete_from is None
    assert "2026-11-28, the present (the list may be incomplete)" in str(later)
    assert "* as last recorded: no stream vouches for it on that day" in str(later)


def test_without_years_it_goes_from_the_first_level_to_the_last_change() -> None:
    early = shipped("vietnam").ranking_history("VNM", today="2010-06-30")
    assert (early.days[0].year, len(early.days[0]), early.mode) == (2001, 1, "year-ends")
    assert (str(early.days[-1].on), early.days[-1].cut) == ("2010-06-30", "present")


def test_coverage_to_this_day_needs_no_change() -> None:
    log = log_of(
        reached("2010-06-01", "SGP"), coverage=[dr.Coverage(track="level", parties=["VNM"])]
    )
    found = log.ranking_history("VNM", today="2012-03-01")
    assert [(str(day.on), day.cut) for day in found.days] == [
        ("2010-12-31", None),
        ("2011-12-31", None),
        ("2012-03-01", "present"),
    ]


def test_a_day_of_changes_is_one_that_changes_something() -> None:
    log = log_of(
        reached("2010-06-01", "SGP"),
        reached("2010-07-01", "IDN"),
        ev.TiesEstablished(on="1970", parties=("SGP", "VNM"), sources=["s"]),
        ev.TiesEstablished(on="2010-08-01", parties=("USA", "VNM"), sources=["s"]),
        ev.LevelRenewed(
            on="2011-01-01", parties=("SGP", "VNM"), ladder="VNM", level="low", sources=["s"]
        ),
        ev.TiesSevered(on="2012-01-01", parties=("SGP", "VNM"), sources=["s"]),
        reached("2030-01-01", "USA"),
    )
    found = log.ranking_history("VNM", days="changes", today=TODAY)
    assert [(str(day.on), [row.party for row in day]) for day in found.days] == [
        ("2010-06-01", ["SGP"]),
        ("2010-07-01", ["SGP", "IDN"]),
        ("2012-01-01", ["IDN"]),
    ]
    assert {(day.year, day.cut) for day in found.days} == {(None, None)}
    assert [row["year"] for row in found.to_records()] == [None] * 4
    within = log.ranking_history("VNM", days="changes", years=(2011, 2012), today=TODAY)
    assert [str(day.on) for day in within.days] == ["2012-01-01"]
    none = log.ranking_history("VNM", days="changes", years=(2013, 2014), today=TODAY)
    assert none.days == ()


def test_the_first_day_of_the_calendar_has_no_day_before() -> None:
    log = log_of(reached("0001-01-01", "SGP"))
    found = log.ranking_history("VNM", days="changes", years=(1, 1))
    assert len(found.days) == 0  # it is compared with itself


def test_nothing_recorded_has_no_history() -> None:
    log = log_of(ev.TiesEstablished(on="1970", parties=("SGP", "VNM"), sources=["s"]))
    for days in ("year-ends", "changes"):
        found = log.ranking_history("VNM", days=days, today=TODAY)
        assert (len(found), found.days) == (0, ())
    assert str(found) == "Partners of VNM in the standing order: 0 rows on 0 days"


def test_a_shared_position_has_no_key() -> None:
    log = log_of(reached("2010-06-01", "SGP"), reached("2010-06-01", "IDN"))
    (day,) = log.ranking_history("VNM", days="changes", today=TODAY).days
    assert [(row.party, row.position, row.key) for row in day] == [
        ("IDN", 1, None),
        ("SGP", 1, "shared"),
    ]
    assert "shared" in day.lines()[-1]


def test_what_is_open_is_listed_with_the_day() -> None:
    log = log_of(
        reached("2010-06-01", "SGP"), reached("[2010..2012]", "IDN"), reached("2010", "USA", "off")
    )
    day = log.ranking_history("VNM", years=(2010, 2010), today=TODAY).days[0]
    assert (day.undecided, day.unranked) == (("IDN",), ("USA",))
    assert day.lines()[-2:] == ["undecided (1): IDN", "no rank (1): USA"]


def test_a_successor_carries_on_and_a_party_that_ends_goes() -> None:
    log = log_of(
        reached("1985-06-01", "SUN"),
        ev.PartySucceeded(
            on="1991-12-26",
            predecessor="SUN",
            successor="RUS",
            kind="continuation",
            tracks=["ties", "level"],
            dyads=["VNM"],
            sources=["s"],
        ),
    )
    found = log.ranking_history("VNM", years=(1990, 1992), today=TODAY)
    assert [[row.party for row in day] for day in found.days] == [["SUN"], ["RUS"], ["RUS"]]


def test_a_view_asks_what_was_known_then() -> None:
    view = shipped("vietnam").view(known="2025-03-11", clock="published")
    rows = view.ranking_history("VNM", years=(2025, 2025), today=TODAY)["SGP"]
    assert [row.level.id for row in rows] == ["strategic"]


def test_it_leaves_as_a_table_travels_prints_and_cites() -> None:
    found = history()
    table = found.table()
    assert len(table) == len(found) == len([*found])
    for row, record in zip(table, found.to_records(), strict=True):
        for key in ("year", "position", "best", "worst", "party", "level", "since", "ties", "key"):
            assert row[key] == record[key]
        assert row["on"].isoformat() == record["on"]
    assert table.stamp["streams"] == {"vietnam": "0.3.0"}
    assert table.stamp["days"][-1] == {"on": "2025-08-22", "cut": "coverage", "partners": 37}
    again = pickle.loads(pickle.dumps(found))  # noqa: S301  this process wrote it
    assert again == found
    assert str(again) == str(found)
    assert repr(found) == f"<RankingHistory of VNM: {len(found)} rows on 18 days>"
    assert repr(found.days[-1]) == ("<HistoryDay 2025-08-22, where the coverage ends: 37 partners>")
    assert "? open dates can turn the two round" in str(found)
    assert len(shipped("vietnam").cite(found).sources) > 20


@pytest.mark.parametrize(
    ("party", "more", "said"),
    [
        ("VNM", {"years": (2010, 2008)}, "2010 lies after 2008"),
        ("VNM", {"years": 2010}, "years: expected a list"),
        ("VNM", {"years": (2010,)}, "years: expected two"),
        ("VNM", {"years": (2010, "2011")}, "years: expected a year"),
        ("VNM", {"years": (2010, 2030)}, "2030 has not come, the last one is 2026"),
        ("VNM", {"days": "months"}, "days: expected"),
        ("VNM", {"kind": "union"}, "kind: expected"),
        ("SGP", {}, "SGP has no ladder"),
    ],
)
def test_a_bad_question_is_refused(party: str, more: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidQueryError, match=said):
        shipped("vietnam").ranking_history(party, today=TODAY, **more)


def test_the_present_is_a_day() -> None:
    with pytest.raises(InvalidDateError, match="today"):
        shipped("vietnam").ranking_history("VNM", today="2026-11")
    years = shipped("vietnam").ranking_history("VNM", years=(2008, 2009)).days
    assert len(years) == 2  # by the clock
