"""The chart of positions over the years, on Vietnam's stream and on small ones."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import diplorel as dr
from diplorel.analysis.ranking_history import RankingHistory
from diplorel.charts.chart import Chart
from diplorel.charts.colours import PAPER, by_level
from diplorel.charts.picture import Dot, Line, Picture
from diplorel.errors import InvalidQueryError
from diplorel.model.party_table import shipped
from pictures import assert_sound

TODAY = "2026-06-30"
SOURCE = dr.Source(id="s", title="S", publisher="P", kind="government", published="2010")


@cache
def history() -> RankingHistory:
    return dr.load("vietnam").ranking_history("VNM", years=(2021, 2026), today=TODAY)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_chart_of_vietnam_is_sound(lang: Any) -> None:
    assert_sound(dr.charts.bump(history(), lang=lang))


def names(picture: Picture, align: str) -> list[str]:
    found = [one for one in picture.labels if one.align == align]
    return [one.text for one in sorted(found, key=lambda one: one.y)]


def test_names_at_the_right_are_those_of_the_ranking_of_the_day() -> None:
    rows = dr.load("vietnam").replay(TODAY).ranking("VNM").rows[:20]
    for chart in (dr.charts.bump(history()), dr.charts.bump(history(), lang="vi")):
        assert len(names(chart.wide, "left")) == 20
        assert [one.split()[0] for one in names(chart.wide, "left")] == [
            str(row.position) for row in rows
        ]
    assert names(dr.charts.bump(history()).wide, "left") == [
        f"{row.position} {row.name}" for row in rows
    ]


def test_names_at_the_left_are_those_of_the_first_day_that_are_shown() -> None:
    shown = {row.party for row in history().days[-1].rows[:20]}
    first = [row for row in history().days[0] if row.party in shown]
    assert names(dr.charts.bump(history()).wide, "right") == [
        f"{row.name} {row.position}" for row in first
    ]


def dots(chart: Chart) -> dict[str, Dot]:
    return {one.says: one for one in chart.wide.marks if isinstance(one, Dot)}


def test_every_row_of_who_is_shown_is_a_dot_with_the_colour_of_its_level() -> None:
    shades = by_level(dr.load("vietnam").reference.ladder["VNM"])
    shown = {row.party for row in history().days[-1].rows[:20]}
    rows = [row for row in history() if row.party in shown and row.position <= 30]
    found = sorted(dots(dr.charts.bump(history())).values(), key=lambda one: (one.x, one.y))
    assert len(found) == len(rows)
    assert {one.y for one in found} <= set(range(1, 31))
    for dot, row in zip(found, sorted(rows, key=lambda row: (row.on, row.position)), strict=True):
        shade = shades[row.level.id]
        assert dot.y == row.position
        assert (dot.fill, dot.outline) == (PAPER if row.last_recorded else shade.fill, shade.edge)


def test_positions_that_open_dates_allow_are_a_vertical_line() -> None:
    rows = [row for row in history()["BRA"] if row.best < row.worst]
    assert rows
    lines = [
        mark.points
        for mark in dr.charts.bump(history()).wide.marks
        if isinstance(mark, Line) and mark.says.startswith("Brazil")
    ]
    assert [(one[0][1], one[1][1]) for one in lines] == [(row.best, row.worst) for row in rows]


def test_days_that_end_no_year_are_marked_and_named() -> None:
    chart = dr.charts.bump(history())
    top = 0.5
    dashed = [
        one.says
        for one in chart.wide.marks
        if isinstance(one, Line) and one.dashed and one.points[0][1] == top
    ]
    assert dashed == [
        "dashed line: 22 August 2025, where the coverage ends",
        "dashed line: 30 June 2026, the present",
    ]
    assert all(one in " ".join(chart.notes) for one in dashed)


def test_who_is_left_out_is_counted() -> None:
    others = {row.party for row in history()} - {row.party for row in history().days[-1].rows[:20]}
    notes = " ".join(dr.charts.bump(history()).notes)
    assert f"the first 20 of 30 June 2026; others, left out: {len(others)}." in notes


def test_changes_are_refused() -> None:
    found = dr.load("vietnam").ranking_history("VNM", years=(2023, 2023), days="changes")
    with pytest.raises(InvalidQueryError, match="year-ends"):
        dr.charts.bump(found)


def log_of(*steps: tuple[str, str, str | None]) -> dr.EventLog:
    """Return a log in which partners come to a level, or, where it is None, leave the ladder."""
    events = []
    for on, party, level in steps:
        about: Any = {"on": on, "parties": ("VNM", party), "ladder": "VNM", "sources": ["s"]}
        kind = dr.events.LevelUpgraded if level else dr.events.LevelDowngraded
        events.append(kind(level=level, **about))
    levels = [dr.Level(id="low", rank=1), dr.Level(id="high", rank=2)]
    return dr.EventLog(
        events, sources=[SOURCE], ladders=[dr.Ladder(party="VNM", levels=levels)], stream="a"
    )


def test_a_line_breaks_off_while_a_partner_has_no_position() -> None:
    log = log_of(("2010", "SGP", "low"), ("2012", "SGP", None), ("2014", "SGP", "high"))
    chart = dr.charts.bump(log.ranking_history("VNM", years=(2010, 2015), today="2016-01-01"))
    assert_sound(chart)
    lines = [
        tuple(round(x) for x, _ in one.points)
        for one in chart.wide.marks
        if isinstance(one, Line) and one.over
    ]
    assert lines == [(2010, 2011), (2014, 2015)]
    assert sorted(round(one.x) for one in dots(chart).values()) == [2010, 2011, 2014, 2015]


def test_names_that_share_a_position_are_one_below_the_other() -> None:
    partners = ("SGP", "IDN", "MYS", "THA")
    log = log_of(*(("2010-05-01", one, "low") for one in partners))
    chart = dr.charts.bump(log.ranking_history("VNM", years=(2010, 2010), today="2012-01-01"))
    assert_sound(chart)
    assert [one.split()[0] for one in names(chart.wide, "left")] == ["1"] * 4
    assert {one.y for one in dots(chart).values()} == {1.0}


def test_positions_far_below_are_not_drawn_and_the_notes_say_so() -> None:
    partners = [one.id for one in shipped() if one.end is None and one.kind.value == "state"][:40]
    begun = [("2013-05-01", one, "low") for one in partners if one not in ("VNM", "SGP")]
    log = log_of(*begun, ("2014-01-01", "SGP", "low"), ("2015-02-01", "SGP", "high"))
    chart = dr.charts.bump(log.ranking_history("VNM", years=(2013, 2015), today="2016-01-01"))
    assert_sound(chart)
    assert max(one.y for one in dots(chart).values()) <= 30
    assert "positions after the 30th are not drawn" in " ".join(chart.notes)


def test_nobody_has_a_chart_that_says_so() -> None:
    for log in (log_of(), log_of(("2010", "SGP", "low"), ("2012", "SGP", None))):
        for years in ((2013, 2014), (2000, 2001), None):
            found = log.ranking_history("VNM", years=years, today="2016-01-01")
            chart = dr.charts.bump(found)
            assert_sound(chart)
            assert [one.text for one in chart.wide.labels] == ["Nobody holds a level on this day."]
            assert len(chart.notes) == (2 if years is None and len(log) else 1)
