"""The chart of the pace, on Vietnam's stream and on small ones."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel.analysis.ranking_history import RankingHistory
from diplorel.charts.chart import Chart
from diplorel.charts.colours import by_level
from diplorel.charts.pace import spread
from diplorel.charts.picture import Line
from diplorel.charts.words import short_names, year_of
from diplorel.errors import InvalidQueryError
from pictures import assert_sound
from shipped_once import shipped

DAY = "2025-03-12"
SOURCE = dr.Source(id="s", title="S", publisher="P", kind="government", published="2010")


@cache
def history(today: str = DAY) -> RankingHistory:
    years = None if today == DAY else (2023, int(today[:4]))
    return shipped("vietnam").ranking_history("VNM", years=years, days="changes", today=today)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_chart_of_vietnam_is_sound(lang: Any) -> None:
    assert_sound(dr.charts.pace(history(), lang=lang))
    assert_sound(dr.charts.pace(history("2026-06-30"), lang=lang))


def counts(day: str) -> list[int]:
    """Return how many partners there are at each rank or a higher one, the highest rank first."""
    rows = shipped("vietnam").replay(day).ranking("VNM").rows
    return [sum((row.level.rank or 0) >= rank for row in rows) for rank in (3, 2, 1)]


@pytest.mark.parametrize("day", ["2024-10-31", DAY, "2026-06-30"])
def test_the_numbers_at_the_right_are_those_of_the_ranking_of_the_day(day: str) -> None:
    chart = dr.charts.pace(history(day))
    for picture in (chart.wide, chart.narrow):
        assert [int(one.text) for one in picture.labels if one.bold] == counts(day)


@pytest.mark.parametrize(
    ("day", "signs"), [("2024-10-31", 0), ("2024-11-01", 1), (DAY, 1), ("2026-06-30", 3)]
)
def test_a_number_of_a_list_that_may_be_incomplete_has_a_sign(day: str, signs: int) -> None:
    texts = [one.text for one in dr.charts.pace(history(day)).wide.labels]
    assert texts.count("≥") == signs


def curve_at(chart: Chart, name: str, day: date) -> tuple[float, bool]:
    """Return how high a curve is at the end of a day, and whether it is dotted."""
    x = year_of(day.toordinal())
    for mark in chart.wide.marks:
        if isinstance(mark, Line) and mark.says.startswith(f"{name}:"):
            for (before, y), (after, _) in pairwise(mark.points):
                if before <= x < after:
                    return y, mark.dashed
    raise AssertionError((name, day))


@pytest.mark.parametrize("day", ["2007-07-06", "2023-09-10", "2023-09-11", "2024-11-01"])
def test_a_curve_is_as_high_as_the_ranking_and_dotted_where_it_may_be_higher(day: str) -> None:
    log, on = shipped("vietnam"), date.fromisoformat(day)
    chart = dr.charts.pace(history())
    names = ("Comprehensive Strategic", "Strategic or higher", "Comprehensive or higher")
    levels = ("comprehensive-strategic", "strategic", "comprehensive")
    for name, level, count in zip(names, levels, counts(day), strict=True):
        complete = log.reference.covers_level("VNM", on.toordinal(), level)
        assert curve_at(chart, name, on) == (count, not complete)


def test_the_floors_of_a_history_are_those_of_its_days() -> None:
    floors = history("2026-06-30").floors()
    for day in history("2026-06-30").days:
        assert [floor for since, floor in floors if since <= day.on][-1] == day.complete_from
    assert [since.isoformat() for since, _ in floors][-2:] == ["2024-11-01", "2025-08-23"]


def test_a_curve_has_the_colour_of_its_level() -> None:
    shades = by_level(history().reference.ladder["VNM"])
    labels = [one for one in dr.charts.pace(history()).wide.labels if one.bold]
    levels = ("comprehensive-strategic", "strategic", "comprehensive")
    assert [one.colour for one in labels] == [shades[level].line for level in levels]


def test_year_ends_are_refused() -> None:
    found = shipped("vietnam").ranking_history("VNM", years=(2020, 2021))
    with pytest.raises(InvalidQueryError, match="changes"):
        dr.charts.pace(found)


def raised(count: int) -> dr.EventLog:
    """Return a log of as many ranks with long names, of which nobody is above the lowest."""
    name = "Partnership of a very remarkable kind and of a length that no line of a phone can hold"
    levels = [dr.Level(id=f"r{rank}", rank=rank, names={"en": name}) for rank in range(1, count)]
    event = dr.events.LevelUpgraded(
        on="2010-03-01", parties=("VNM", "SGP"), ladder="VNM", level="r1", sources=["s"]
    )
    return dr.EventLog(
        [event], sources=[SOURCE], ladders=[dr.Ladder(party="VNM", levels=levels)], stream="a"
    )


def test_many_ranks_with_long_names_and_one_number_are_apart() -> None:
    found = raised(9).ranking_history("VNM", days="changes", today="2012-01-01")
    chart = dr.charts.pace(found)
    assert_sound(chart)
    assert [one.text for one in chart.wide.labels if one.bold] == ["0"] * 7 + ["1"]


def test_a_day_that_is_the_first_and_the_last_one_is_drawn() -> None:
    found = raised(3).ranking_history("VNM", days="changes", today="2010-03-01")
    chart = dr.charts.pace(found, lang="vi")
    assert_sound(chart)
    assert [one.text for one in chart.wide.labels if one.bold] == ["0", "1"]


def test_no_change_is_said() -> None:
    found = raised(3).ranking_history("VNM", years=(2009, 2009), days="changes")
    chart = dr.charts.pace(found)
    assert_sound(chart)
    assert [one.text for one in chart.wide.labels] == [
        "No change of the order is recorded in these years."
    ]


@given(st.lists(st.tuples(st.floats(-50, 250), st.floats(1, 30)), min_size=1, max_size=6))
def test_blocks_are_spread_within_their_room_in_their_order(
    blocks: list[tuple[float, float]],
) -> None:
    wanted, heights = [one for one, _ in blocks], [one for _, one in blocks]
    found = spread(wanted, heights, (0.0, 200.0))
    spans = sorted((top, top + height) for top, height in zip(found, heights, strict=True))
    assert spans[0][0] >= -1e-9
    assert spans[-1][1] <= 200 + 1e-9
    assert all(one[1] <= other[0] + 1e-9 for one, other in pairwise(spans))
    order = sorted(range(len(wanted)), key=lambda one: (wanted[one], one))
    assert order == sorted(range(len(wanted)), key=lambda one: (found[one], order.index(one)))


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(" ".join), max_size=4))
def test_short_names_are_parts_of_names_and_as_different(names: list[str]) -> None:
    found = short_names(names)
    assert all(short in name for short, name in zip(found, names, strict=True))
    assert all(found)
    assert len(set(found)) == len(set(names))
