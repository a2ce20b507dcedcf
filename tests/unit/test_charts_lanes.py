"""The lanes of two parties and their chart, on the shipped streams and on small ones."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

import diplorel as dr
from diplorel.charts.colours import HATCH, PAPER, RED, by_level
from diplorel.charts.lane_scale import Scale, chains
from diplorel.charts.picture import Bar, Dot, Line
from diplorel.charts.words import year_of
from pictures import assert_sound
from shipped_once import shipped

if TYPE_CHECKING:
    from diplorel.analysis.lanes import Lanes
    from diplorel.charts.picture import Mark, Picture
    from diplorel.model.dates import Language

DAY = "2025-03-12"


@cache
def log(streams: str = "vietnam singapore") -> dr.EventLog:
    return shipped(*streams.split())


@cache
def lanes() -> Lanes:
    return log().lanes("VNM", "SGP", on=DAY)


def small(*events: dr.events.Event, **more: Any) -> Lanes:
    made = dr.EventLog([*events], at="2020-01-01T00:00:00Z", **more)
    return made.lanes("VNM", "SGP", on="2015-12-31")


def visit(on: str, *sources: dr.events.Citation) -> dr.events.VisitMade:
    return dr.events.VisitMade(on=on, visitor="SGP", host="VNM", sources=sources or ["x"])


def lane_of(picture: Picture, name: str) -> list[Mark]:
    """Return what is drawn in the lane of a name, in a wide picture."""
    row = int(next(one.y for one in picture.labels if one.text == name))
    return [
        mark
        for mark in picture.marks
        if not isinstance(mark, Line) and row <= mark.y < row + 1 and mark.y != row
    ]


# --- the answer ----------------------------------------------------------------------------------


def test_both_ladders_reach_their_levels_on_their_days() -> None:
    for party in ("VNM", "SGP"):
        held = [
            (spell.value, str(spell.start))
            for spell in lanes()["level", party].spells
            if spell.value in ("strategic", "comprehensive-strategic")
        ]
        assert held == [("strategic", "2013-09-11"), ("comprehensive-strategic", "2025-03-12")]


def test_the_party_that_is_named_first_has_the_first_lane() -> None:
    levels = [lane.party for lane in lanes() if lane.kind == "level"]
    turned = log().lanes("Singapore", "Vietnam", on=DAY)
    assert levels == ["VNM", "SGP"]
    assert [lane.party for lane in turned if lane.kind == "level"] == ["SGP", "VNM"]
    assert turned["visits", "SGP"] == lanes()["visits", "SGP"]


def test_events_of_one_day_are_one_mark() -> None:
    marks = {mark.on.text: len(mark) for mark in lanes()["agreements"].marks}
    assert marks["2025-03-12"] == 5
    assert {mark.on.text: len(mark) for mark in lanes()["figures"].marks}["2015-01"] == 4


def test_what_others_bring_into_force_is_not_between_the_two() -> None:
    ids = [id for mark in lanes()["in-force"].marks for id in mark.events]
    assert any("cptpp" in id for id in ids)
    assert all("SGP" in id and "VNM" in id for id in ids)


def test_a_special_relationship_and_posts_have_lanes_where_they_are_recorded() -> None:
    laos = log().lanes("VNM", "LAO", on=DAY)
    assert [spell.value for spell in laos["special"].spells] == [None, "special"]
    cuba = log("united_states").lanes("USA", "CUB")
    assert [spell.value for spell in cuba["missions", "USA"].spells][-1] == "embassy"
    with pytest.raises(dr.errors.MissingKeyError, match="special"):
        cuba["special"]


def test_an_event_that_may_have_happened_is_not_decided() -> None:
    [mark] = small(visit("2015-12"), visit("2016"))["visits", "SGP"].marks
    assert mark.decided
    [mark] = small(visit("[2015-12-30..2016-01-02]"))["visits", "SGP"].marks
    assert not mark.decided


def test_the_table_has_a_row_a_spell_and_a_row_a_mark() -> None:
    table = lanes().table()
    assert len(table) == sum(len(lane.spells) + len(lane.marks) for lane in lanes())
    last = [row for row in table if row["lane"] == "level" and row["party"] == "VNM"][-2]
    assert (last["value"], str(last["start"])) == ("comprehensive-strategic", "2025-03-12")


def test_a_date_that_nothing_bounds_below_has_no_first_day_in_the_table() -> None:
    [row] = [row for row in small(visit("[..1960]")).table() if row["lane"] == "visits"]
    assert (row["start"], row["start_earliest"], str(row["start_latest"])) == (
        "[..1960]", None, "1960-12-31",
    )  # fmt: skip


def test_they_print_and_are_asked_like_any_other_answer() -> None:
    assert repr(lanes()) == "<Lanes of VNM-SGP to 2025-03-12: 9 lanes>"
    assert "comprehensive-strategic" in str(lanes())
    head = str(lanes()).splitlines()[2]
    assert head.split() == ["lane", "what", "start", "or", "day", "end", "events"]
    assert "×11" in str(lanes())
    with pytest.raises(dr.errors.MissingKeyError):
        log().lanes("VNM", "VNM")
    with pytest.raises(dr.errors.InvalidQueryError):
        log().view(dates="earliest").lanes("VNM", "SGP")


# --- the chart -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize(
    ("streams", "pair"),
    [
        ("vietnam singapore", ("VNM", "SGP")),
        ("vietnam singapore", ("VNM", "LAO")),
        ("united_states", ("USA", "VNM")),
        ("united_states", ("USA", "IRN")),
    ],
)
def test_charts_of_real_relations_are_sound(
    streams: str, pair: tuple[str, str], lang: Language
) -> None:
    assert_sound(dr.charts.lanes(log(streams).lanes(*pair), lang=lang))


def test_bars_have_the_colours_of_the_ladder_and_their_level_written_on_them() -> None:
    picture = dr.charts.lanes(lanes()).wide
    shades = by_level(lanes().reference.ladder["SGP"])
    marks = lane_of(picture, "Level (Singapore's ladder)")
    bars = [mark for mark in marks if isinstance(mark, Bar)]
    assert [bar.fill for bar in bars] == [HATCH, shades["strategic"].fill]
    assert bars[1].x0 == pytest.approx(2013 + 253 / 365, abs=0.01)
    assert "Strategic Partnership" in [getattr(mark, "text", "") for mark in marks]


def test_a_level_of_this_very_day_is_seen_by_its_square() -> None:
    shades = by_level(lanes().reference.ladder["SGP"])
    for picture in (dr.charts.lanes(lanes()).wide, dr.charts.lanes(lanes()).narrow):
        squares = [
            mark.fill
            for mark in picture.marks
            if isinstance(mark, Dot)
            and mark.shape == "square"
            and picture.x.to_pixels(mark.x) > picture.x.pixels[1] + 5
        ]
        # ties as last recorded, then the level on either ladder
        assert squares == [PAPER, *[shades["comprehensive-strategic"].fill] * 2]


def test_counts_say_how_many_records_there_are() -> None:
    picture = dr.charts.lanes(lanes()).wide
    texts = [one.text for one in picture.labels]
    assert "×4" in texts
    assert "×21" in texts


def test_visits_of_either_side_have_signs_of_their_own() -> None:
    picture = dr.charts.lanes(lanes()).wide
    by_vietnam, by_singapore = (
        {mark.shape for mark in lane_of(picture, f"Visits by {name}") if isinstance(mark, Dot)}
        for name in ("Vietnam", "Singapore")
    )
    assert (by_vietnam, by_singapore) == ({"triangle-down"}, {"triangle-up"})


def test_the_other_date_of_a_source_is_a_red_diamond() -> None:
    given = [dr.events.Citation(source="x"), dr.events.Citation(source="y", on="2010-05-03")]
    found = small(visit("2010-05-01", *given))
    assert [on.text for on in found["visits", "SGP"].marks[0].also] == ["2010-05-03"]
    chart = dr.charts.lanes(found)
    assert_sound(chart)
    [diamond] = [
        mark for mark in chart.wide.marks
        if isinstance(mark, Dot) and mark.shape == "diamond" and mark.says
    ]  # fmt: skip
    assert diamond.outline == RED
    assert diamond.says == "3 May 2010"


def test_a_month_is_a_thin_line_up_to_its_sign() -> None:
    picture = dr.charts.lanes(small(visit("2010-05"), visit("2012-05-01"))).wide
    lines = [mark for mark in picture.marks if isinstance(mark, Line) and mark.width == 1.5]
    [(start, end)] = [line.points for line in lines]
    assert start[0] == pytest.approx(2010 + 4 / 12, abs=0.01)
    assert end[0] == pytest.approx(2010 + 5 / 12, abs=0.01)


def test_severed_ties_are_a_dashed_line_and_have_no_square() -> None:
    both: dict[str, Any] = {"parties": ("VNM", "SGP"), "sources": ["x"]}
    found = small(
        dr.events.TiesEstablished(on="2000-01-01", **both),
        dr.events.TiesSevered(on="2010-01-01", **both),
    )
    picture = dr.charts.lanes(found).wide
    dashed = [mark for mark in picture.marks if isinstance(mark, Line) and mark.dashed]
    assert [line.points[0][0] for line in dashed[1:]] == [pytest.approx(2010.0)]
    assert not [mark for mark in picture.marks if isinstance(mark, Dot)]
    assert "as last recorded" not in [one.text for one in picture.labels]


def test_compressed_years_are_named() -> None:
    chart = dr.charts.lanes(lanes())
    assert "years before 2002" in chart.notes[0]
    late = dr.charts.lanes(small(visit("2010-05-01"), visit("2012-05-01")))
    assert "compressed" not in late.notes[0]


def test_the_scale_is_even_after_the_turn_and_rises_before_it() -> None:
    scale = Scale(first=720_000, day=735_000, turn=2000)
    years = [year_of(day) for day in range(scale.first, scale.day, 500)]
    found = [scale.x(year) for year in years]
    assert found == sorted(found)
    assert [x for x, year in zip(found, years, strict=True) if year >= 2000] == [
        year for year in years if year >= 2000
    ]
    low, high = scale.units
    assert (scale.x(2000) - low) / (high - low) == pytest.approx(0.16)


def test_signs_without_room_for_a_count_are_counted_together() -> None:
    near = chains([(100, 100, 1), (120, 120, 3)], sign=8, room=14, digit=6)
    far = chains([(100, 100, 1), (160, 160, 3)], sign=8, room=14, digit=6)
    assert near == [(100, 120, 4)]
    assert far == [(100, 100, 1), (160, 160, 3)]


def test_nothing_recorded_has_a_chart_that_says_so() -> None:
    chart = dr.charts.lanes(dr.EventLog([]).lanes("VNM", "SGP"))
    assert_sound(chart)
    assert "Nothing is recorded between the two." in [one.text for one in chart.wide.labels]
