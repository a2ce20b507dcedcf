"""The levels between parties, and its chart, on the shipped streams and on small ones."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.charts.colours import HATCH, PAPER, RED, SPECIAL, by_level
from diplorel.charts.picture import Bar, Dot
from pictures import assert_sound
from shipped_once import shipped

if TYPE_CHECKING:
    from diplorel.analysis.matrix import Matrix
    from diplorel.charts.picture import Picture
    from diplorel.model.dates import Language

DAY = "2025-03-12"


@cache
def world() -> dr.World:
    return shipped("vietnam", "singapore", "groups").replay(DAY)


@cache
def asean() -> Matrix:
    return world().matrix(within="ASEAN")


def bars_of(picture: Picture, row: int, column: int) -> list[Bar]:
    """Return the bars of a cell: the one behind first."""
    return [
        mark
        for mark in picture.marks
        if isinstance(mark, Bar) and mark.y == row + 0.5 and column < mark.x0 < column + 1
    ]


# --- the answer ----------------------------------------------------------------------------------


def test_cells_are_what_the_relations_say() -> None:
    assert asean().ladders == ("SGP", "VNM")
    assert len(asean()) == 2 * 9
    for cell in asean():
        assert cell.standing == world()[cell.ladder, cell.partner].level(cell.ladder)


def test_real_levels_of_march_2025() -> None:
    levels = {
        cell.partner: cell.standing.level.id if cell.standing.level else None
        for cell in asean()
        if cell.ladder == "VNM"
    }
    top = {"SGP", "IDN", "MYS"}
    assert {id for id, level in levels.items() if level == "comprehensive-strategic"} == top
    assert (levels["PHL"], levels["THA"]) == ("strategic", "enhanced-strategic")
    assert {cell.partner for cell in asean() if cell.special is not None} == {"LAO", "KHM"}


def test_unknown_is_not_none() -> None:
    assert asean()["SGP", "LAO"].known == "unknown"
    assert asean()["SGP", "LAO"].standing.status is not dr.tracks.level.LevelStatus.NONE
    assert asean()["VNM", "BRN"].known == "as-last-recorded"
    assert asean()["VNM", "SGP"].known == "known"


def test_the_order_is_the_one_that_is_asked_for() -> None:
    found = world().matrix(["Thailand", "VN", "SGP", "THA"], ladders=["VNM", "SGP", "THA"])
    assert found.parties == ("THA", "VNM", "SGP")
    assert found.ladders == ("VNM", "SGP")
    assert found.without == ("THA",)
    assert world().matrix().parties == ("SGP", "VNM")


def test_it_prints_leaves_as_a_table_and_is_asked_like_any_other_answer() -> None:
    assert repr(asean()) == "<Matrix of 2 ladders and 10 parties on 2025-03-12>"
    assert "Comprehensive Partnership *" in str(asean())
    assert "No ladder is loaded of: BRN" in str(asean())
    [row] = [one for one in asean().table() if (one["ladder"], one["partner"]) == ("VNM", "THA")]
    assert (row["level"], str(row["since"]), row["known"]) == (
        "enhanced-strategic",
        "2013-06-25",
        "known",
    )
    with pytest.raises(dr.errors.InvalidQueryError):
        world().matrix(["VNM"], within="ASEAN")
    with pytest.raises(dr.errors.UnknownPartyError):
        world().matrix(["VNM", "Atlantis"])
    with pytest.raises(dr.errors.MissingKeyError):
        asean()["VNM", "VNM"]


def test_what_is_printed_below_is_what_there_is_to_say() -> None:
    way: Any = {"ladder": "USA", "level": "low", "sources": ["s"]}
    special: Any = {"parties": ("CUB", "USA"), "sources": ["s"]}
    log = dr.EventLog(
        [
            ev.LevelUpgraded(on="1930-01-01", parties=("CSK", "USA"), **way),
            ev.LevelUpgraded(on="1940", parties=("FRA", "USA"), **way),
            ev.SpecialRelationshipDeclared(on="1930-01-01", **special),
        ],
        ladders=[dr.Ladder(party="USA", levels=[dr.Level(id="low", rank=1)])],
        coverage=[dr.Coverage(track="level", parties=["USA"])],
    )
    early = log.view(dates="earliest").replay("1940-06-01").matrix(["CSK", "CUB"], ladders=["USA"])
    assert early["USA", "CSK"].known == "contested"  # states disagree whether it went on
    lines = str(early).splitlines()
    assert [line.split() for line in lines[-2:]] == [["CSK", "low"], ["CUB", "special"]]
    assert "as last recorded" not in str(early)
    assert "No ladder" not in str(early)
    open_ = log.replay("1940-06-01").matrix(["FRA"], ladders=["USA"])
    assert (open_["USA", "FRA"].known, str(open_).split()[-1]) == ("undecided", "open")


# --- the chart -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_charts_of_real_relations_are_sound(lang: Language) -> None:
    many = [row.party for row in world().ranking("VNM")]
    for found in (asean(), world().matrix(), world().matrix(many, ladders=["VNM"])):
        assert_sound(dr.charts.matrix(found, lang=lang))


def test_each_cell_has_the_sign_of_what_it_is() -> None:
    picture = dr.charts.matrix(asean()).wide
    shades = by_level(asean().reference.ladder["VNM"])
    at = {party: place for place, party in enumerate(asean().parties)}
    assert bars_of(picture, 1, at["VNM"]) == []
    assert [bar.fill for bar in bars_of(picture, 0, at["LAO"])] == [HATCH]
    assert [bar.fill for bar in bars_of(picture, 1, at["LAO"])] == [SPECIAL.fill]
    assert [bar.fill for bar in bars_of(picture, 1, at["THA"])] == [shades["strategic"].fill]
    assert [bar.fill for bar in bars_of(picture, 1, at["BRN"])] == [
        shades["comprehensive"].fill,
        PAPER,
    ]


def test_cells_have_the_year_and_the_key_what_is_shown() -> None:
    picture = dr.charts.matrix(asean()).wide
    column = asean().parties.index("THA")
    [year] = [
        one.text for one in picture.labels if (one.x, one.y) == (column + 0.5, 1.5)
    ]  # fmt: skip
    assert year == "2013"
    texts = [one.text for one in picture.labels]
    assert "Enhanced Strategic Partnership" in texts
    assert "dates leave it open" not in " ".join(texts)


def test_where_columns_do_not_fit_the_ladders_are_the_columns() -> None:
    chart = dr.charts.matrix(asean())
    names = [one.text for one in chart.narrow.labels]
    assert names.index("Singapore") < names.index("Brunei")
    assert "With" in names
    assert "On the ladder of" in [one.text for one in chart.wide.labels]
    assert {bar.fill for bar in bars_of(chart.narrow, asean().parties.index("LAO"), 0)} == {HATCH}


def small(*events: dr.events.Event, **more: Any) -> Matrix:
    levels = [dr.Level(id="high", rank=2), dr.Level(id="low", rank=1)]
    ladders = [dr.Ladder(party=party, levels=levels) for party in ("SGP", "VNM")]
    return dr.EventLog([*events], ladders=ladders, **more).replay("2015-12-31").matrix()


def upgrade(on: str, level: str = "high") -> dr.events.LevelUpgraded:
    return dr.events.LevelUpgraded(
        on=on, parties=("SGP", "VNM"), ladder="VNM", level=level, sources=["x"]
    )


def test_what_dates_leave_open_has_a_question_mark() -> None:
    found = small(upgrade("[2015-12-30..2016-01-02]"))
    assert found["VNM", "SGP"].known == "undecided"
    chart = dr.charts.matrix(found)
    assert_sound(chart)
    assert [one.text for one in chart.wide.labels if (one.x, one.y) == (0.5, 1.5)] == ["?"]
    assert "?: dates leave it open" in chart.notes[0]


def test_none_is_a_dash_and_no_colour() -> None:
    covered = [dr.Coverage(track="level", parties=["VNM"])]
    found = small(upgrade("2010-01-01"), coverage=covered)
    assert found["VNM", "SGP"].known == "known"
    gone = dr.EventLog([], ladders=found.reference.ladders, coverage=covered)
    none = gone.replay("2015-12-31").matrix()
    assert none["VNM", "SGP"].known == "known"
    picture = dr.charts.matrix(none).wide
    assert bars_of(picture, 1, 0) == []
    assert [one.text for one in picture.labels if (one.x, one.y) == (0.5, 1.5)] == ["–"]


def test_contested_continuity_is_a_red_diamond() -> None:
    found = small(upgrade("2010-01-01"))
    cells = tuple(attrs.evolve(cell, known="contested") for cell in found)
    chart = dr.charts.matrix(attrs.evolve(found, cells=cells))
    assert_sound(chart)
    signs = [mark for mark in chart.wide.marks if isinstance(mark, Dot) and mark.y > 0]
    assert {(mark.shape, mark.outline) for mark in signs} == {("diamond", RED)}


def test_no_ladder_has_a_chart_that_says_so() -> None:
    for found in (dr.EventLog([]).replay().matrix(), dr.EventLog([]).replay().matrix(["VNM"])):
        chart = dr.charts.matrix(found)
        assert_sound(chart)
        assert "No ladder of these parties is loaded." in [one.text for one in chart.wide.labels]
