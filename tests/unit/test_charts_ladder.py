"""The chart of ladder steps, on Vietnam's stream and on small ones."""

from __future__ import annotations

from functools import cache

import pytest

import diplorel as dr
from diplorel.analysis.steps import Steps
from diplorel.charts.colours import PAPER, by_level
from diplorel.charts.picture import Bar, Dot, Line, Picture
from diplorel.model.dates import Language
from pictures import assert_sound
from shipped_once import shipped

DAY = "2025-03-12"


@cache
def steps() -> Steps:
    return shipped("vietnam").replay(DAY).steps("VNM")


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_chart_of_vietnam_is_sound(lang: Language) -> None:
    assert_sound(dr.charts.ladder(steps(), lang=lang))


def row_of(picture: Picture, name: str) -> float:
    return next(one.y for one in picture.labels if one.text == name)


def squares(picture: Picture, name: str) -> list[Dot]:
    y = row_of(picture, name)
    return [
        one
        for one in picture.marks
        if isinstance(one, Dot) and one.shape == "square" and one.y == y
    ]


def test_a_step_two_days_old_is_seen_by_its_square() -> None:
    shades = by_level(steps().reference.ladder["VNM"])
    for picture in (dr.charts.ladder(steps()).wide, dr.charts.ladder(steps()).narrow):
        assert [one.fill for one in squares(picture, "Singapore")] == [
            shades["comprehensive-strategic"].fill
        ]


def test_what_no_stream_vouches_for_is_white_with_the_outline_of_its_level() -> None:
    picture = dr.charts.ladder(steps()).wide
    shade = by_level(steps().reference.ladder["VNM"])["comprehensive"]
    assert [(one.fill, one.outline) for one in squares(picture, "Chile")] == [(PAPER, shade.edge)]


def test_a_month_is_thin_and_then_full() -> None:
    picture = dr.charts.ladder(steps()).wide
    y = row_of(picture, "Chile")
    bars = [one for one in picture.marks if isinstance(one, Bar) and one.y == y]
    thin, full, white = sorted(bars, key=lambda one: one.x0)
    assert thin.height < full.height == white.height
    assert pytest.approx(thin.x0, abs=0.01) == 2007 + 4 / 12
    assert pytest.approx(thin.x1, abs=0.01) == 2007 + 5 / 12
    assert full.x1 == white.x0 == pytest.approx(2024 + 10 / 12, abs=0.01)


def test_the_date_that_another_source_gives_is_a_diamond() -> None:
    picture = dr.charts.ladder(steps()).wide
    y = row_of(picture, "China")
    [mark] = [
        one
        for one in picture.marks
        if isinstance(one, Dot) and one.shape == "diamond" and one.y == y
    ]
    assert 2008 + 4 / 12 <= mark.x <= 2008 + 5 / 12


def test_nobody_has_a_chart_that_says_so() -> None:
    ladder = dr.Ladder(party="VNM", levels=[dr.Level(id="top", rank=1)])
    empty = dr.EventLog([], ladders=[ladder]).replay("2000-01-01").steps("VNM")
    chart = dr.charts.ladder(empty)
    assert_sound(chart)
    assert "Nobody holds a level on this day." in [one.text for one in chart.wide.labels]


def test_the_key_names_each_colour_and_sign_that_is_drawn() -> None:
    texts = [one.text for one in dr.charts.ladder(steps()).wide.labels]
    wanted = [
        "Comprehensive Strategic", "Strategic", "Comprehensive",
        "off the ladder: Cooperation Framework", "special relationship",
        "the date lies somewhere in it", "began earlier, or not known when", "as last recorded",
        "another date, in some source",
    ]  # fmt: skip
    assert [one for one in texts if one in wanted] == wanted


def test_no_name_and_no_date_of_the_shipped_stream_is_cut() -> None:
    for lang in ("en", "vi"):
        chart = dr.charts.ladder(steps(), lang=lang)
        for picture in (chart.wide, chart.narrow):
            assert [one.text for one in picture.labels if "…" in one.text] == []


def test_every_line_of_a_year_has_its_year_below() -> None:
    for picture in (dr.charts.ladder(steps()).wide, dr.charts.ladder(steps()).narrow):
        lines = {one.points[0][0] for one in picture.marks if isinstance(one, Line)}
        years = {one for one in lines if float(one).is_integer()}
        assert years
        assert {str(int(one)) for one in years} <= {one.text for one in picture.labels}
