"""The chart of the latest figures, on Vietnam's stream and on small ones."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import pairwise
from math import log10
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel.analysis.figures_of import IndicatorFigures
from diplorel.charts.chart import Chart
from diplorel.charts.colours import PAPER, shades
from diplorel.charts.picture import Axis, Dot, width_of
from diplorel.charts.scale import Scale
from diplorel.language.grammar import Grammar
from pictures import assert_sound
from shipped_once import shipped

DARK, _, PALE = shades(3)
SOURCE = dr.Source(id="s", title="S", publisher="P", kind="government", published="2025")


@cache
def trade() -> IndicatorFigures:
    return shipped("vietnam").figures("trade-turnover", party="VNM", unit="USD bn")


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("indicator", ["trade-turnover", "investment-stock", "trade-balance"])
def test_the_charts_of_vietnam_are_sound(indicator: str, lang: Any) -> None:
    log = shipped("vietnam")
    assert_sound(dr.charts.figures(log.figures(indicator, party="VNM"), lang=lang))
    assert_sound(dr.charts.figures(log.figures(indicator), lang=lang))


def signs(chart: Chart, name: str, shape: str = "circle") -> list[Dot]:
    """Return the signs of a partner, from above."""
    found = [
        one
        for one in chart.wide.marks
        if isinstance(one, Dot) and one.shape == shape and one.says.startswith(f"{name}:")
    ]
    return sorted(found, key=lambda one: one.y)


def values(chart: Chart, name: str) -> list[str]:
    return [one.says.partition(": ")[2] for one in signs(chart, name)]


def test_every_full_year_is_the_newest_of_its_partner_with_all_its_figures() -> None:
    chart = dr.charts.figures(trade())
    newest: dict[str, list[Any]] = {}
    for one in trade().figures:
        # they are in the order of years
        if one.event.period is not None and len(one.event.period.text) == 4:
            [other] = [party for party in one.event.parties if party != "VNM"]
            some = newest.setdefault(other, [])
            if some and some[0].event.period != one.event.period:
                some.clear()
            some.append(one)
    assert len(newest) > 15
    reference = trade().reference
    for party, some in newest.items():
        name = reference.parties.name_of(party)
        assert [one.x for one in signs(chart, name)] == [
            pytest.approx(log10(one.amount)) for one in some
        ]
        assert all(
            f"{one.amount:,f} ({one.event.period}" in said
            for one, said in zip(some, values(chart, name), strict=True)
        )


def test_a_part_of_a_year_is_shown_where_there_is_nothing_else_and_apart() -> None:
    chart = dr.charts.figures(trade())
    texts = {one.text: one.y for one in chart.wide.labels}
    assert values(chart, "European Union") == ["over 66.8 (January to November 2025)"]
    parts = texts["Parts of a year, or several years"]
    assert max(y for text, y in texts.items() if text == "United States") < parts
    assert texts["European Union"] > parts
    assert not any("10/2023" in text or "October 2023" in text for text in texts)


def test_reporters_that_differ_are_side_by_side() -> None:
    chart = dr.charts.figures(trade())
    assert values(chart, "United States") == ["under 139 (2022, US statistics)", "123.86 (2022)"]


def test_what_a_source_says_of_its_number_is_a_sign() -> None:
    chart = dr.charts.figures(trade())
    [india] = signs(chart, "India")
    assert (india.fill, india.outline) == (PAPER, DARK.edge)
    [singapore], [tip] = signs(chart, "Singapore"), signs(chart, "Singapore", "triangle-right")
    assert singapore.fill == DARK.fill
    assert singapore.x < tip.x
    [new_zealand], [tip] = signs(chart, "New Zealand"), signs(chart, "New Zealand", "triangle-left")
    assert tip.x < new_zealand.x


def test_what_is_older_than_three_years_before_the_newest_is_pale() -> None:
    chart = dr.charts.figures(trade())
    fills = {name: signs(chart, name)[0].fill for name in ("Russia", "Australia", "Chile")}
    # the newest is of 2025, so 2022 is three years before, and 2018 and 2016 are older
    assert fills == {"Russia": DARK.fill, "Australia": PALE.fill, "Chile": PALE.fill}
    assert "pale: before 2022" in " ".join(chart.notes)


def test_vietnamese_has_a_decimal_comma_and_its_own_order_of_names() -> None:
    chart = dr.charts.figures(trade(), lang="vi")
    assert values(chart, "Trung Quốc")[0].startswith("260,65 (2024")
    names = [one.text for one in chart.wide.labels if one.align == "right"]
    assert names[:4] == ["Ai Cập", "Ấn Độ", "Anh", "Australia"]


def test_another_unit_has_no_place_on_the_scale_and_is_written_out() -> None:
    chart = dr.charts.figures(shipped("vietnam").figures("investment-stock", party="VNM"))
    assert signs(chart, "European Union") == []
    texts = " ".join(one.text for one in chart.wide.labels)
    assert "over 30 billion euros (January 2026," in texts
    assert "another unit, which is not converted" in " ".join(chart.notes)


def test_nobody_reported_it_is_said() -> None:
    chart = dr.charts.figures(shipped("vietnam").figures("exports", party="SGP"))
    assert_sound(chart)
    assert [one.text for one in chart.wide.labels] == ["No source gives a figure."]
    assert "No source gives a figure" in chart.alt


def reported(*numbers: dict[str, Any]) -> Chart:
    events = [
        dr.events.FigureReported(
            **{
                "on": "2025-01-01",
                "parties": ("VNM", "SGP"),
                "indicator": "trade-balance",
                "unit": "USD bn",
                "period": "2024",
                "sources": ["s"],
                **number,
            }
        )
        for number in numbers
    ]
    log = dr.EventLog(events, sources=[SOURCE], stream="a")
    return dr.charts.figures(log.figures("trade-balance", party="VNM"))


def test_amounts_below_zero_are_on_a_scale_of_even_steps() -> None:
    chart = reported(
        {"value": "-3.5", "parties": ("VNM", "CHN")}, {"value": "400", "parties": ("VNM", "USA")}
    )
    assert_sound(chart)
    assert (signs(chart, "China")[0].x, signs(chart, "United States")[0].x) == (-3.5, 400.0)
    assert "logarithmic" not in " ".join(chart.notes)


def test_directions_and_sums_to_date_are_groups_of_their_own() -> None:
    chart = reported(
        {"value": "1"},
        {"value": "2", "by": "VNM"},
        {"value": "3", "by": "SGP"},
        {"value": "4", "cumulative": True},
        {"value": "5", "period": None, "parties": ("VNM",)},
    )
    assert_sound(chart)
    assert [one.text for one in chart.wide.labels if one.bold] == [
        "Full years",
        "Full years, from Vietnam to the partner",
        "Full years, from the partner to Vietnam",
        "Everything up to a date",
        "Sources give no period, Vietnam as a whole",
    ]
    assert values(chart, "Vietnam") == ["5"]


def test_a_number_of_very_many_digits_does_not_fill_pages() -> None:
    chart = reported({"value": "1E+100000"}, {"value": "7", "parties": ("VNM", "CHN")})
    assert_sound(chart)
    assert signs(chart, "Singapore") == []
    assert len(chart.alt) < 500


amounts = st.lists(
    st.decimals(Decimal("-1e30"), Decimal("1e30"), allow_nan=False)
    | st.integers(1, 99).map(Decimal),
    min_size=1,
    max_size=5,
)


@given(amounts, st.sampled_from(("en", "vi")), st.integers(2, 6), st.integers(60, 500))
def test_a_scale_holds_its_amounts_and_its_numbers_do_not_overlap(
    found: list[Decimal], lang: Any, most: int, width: int
) -> None:
    scale = Scale.of(found)
    low, high = scale.domain
    assert low < high
    assert all(low <= scale.at(one) <= high for one in found)
    x = Axis(units=scale.domain, pixels=(0, width))
    ticks = scale.ticks(x, Grammar(trade().reference, lang), most=most)
    assert 1 <= len(ticks) <= most
    assert all(low <= at <= high for at, _ in ticks)
    for (one, text), (other, its_text) in pairwise(ticks):
        room = x.to_pixels(other) - x.to_pixels(one)
        assert room > (width_of(text, 10.5) + width_of(its_text, 10.5)) / 2
