"""The chart of a network, on the shipped streams and on small ones."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from math import dist
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel.charts.colours import PAPER, by_level
from diplorel.charts.layout import Sheet, by_forces, off_lines, on_rings, place_names
from diplorel.charts.picture import Bar, Dot, Line, width_of
from pictures import assert_sound
from shipped_once import shipped

if TYPE_CHECKING:
    from diplorel.analysis.graph import Graph
    from diplorel.charts.picture import Picture
    from diplorel.model.dates import Language

DAY = "2025-03-12"


@cache
def world() -> dr.World:
    return shipped("vietnam", "singapore").replay(DAY)


def graph(**asked: Any) -> Graph:
    return world().graph(**{"tracks": ["level"], **asked})


def dot_of(picture: Picture, name: str) -> tuple[float, float]:
    """Return where a party is: its dot, or the middle of the plate with its name."""
    return next(
        ((mark.x0 + mark.x1) / 2, mark.y) if isinstance(mark, Bar) else (mark.x, mark.y)
        for mark in picture.marks
        if isinstance(mark, Bar | Dot) and mark.says == name
    )


def names_of(picture: Picture) -> set[str]:
    return {mark.says for mark in picture.marks if isinstance(mark, Dot) and mark.says}


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize(
    "asked",
    [
        {"party": "VNM"},
        {"party": "VNM", "at_least": "strategic"},
        {"party": "VNM", "tracks": ["ties", "level", "visits"]},
        {},
        {"tracks": ["agreements"]},
    ],
    ids=str,
)
def test_charts_of_real_relations_are_sound(asked: dict[str, Any], lang: Language) -> None:
    assert_sound(dr.charts.network(graph(**asked), lang=lang))


def test_the_party_asked_for_is_in_the_middle_and_a_higher_level_is_nearer() -> None:
    picture = dr.charts.network(graph(party="VNM")).wide
    middle = dot_of(picture, "Vietnam")
    assert middle == pytest.approx((380, 250))
    sheet = Sheet(width=760, height=500, side=96)
    far = {
        name: dist(
            (0, 0), ((x - 380) / (380 - sheet.side), (y - 250) / (250 - sheet.edge))
        )
        for name in names_of(picture)
        for x, y in [dot_of(picture, name)]
    }  # fmt: skip
    # comprehensive strategic, strategic (and its enhanced variant), comprehensive
    assert far["Singapore"] == pytest.approx(far["China"])
    assert far["Spain"] == pytest.approx(far["Thailand"])
    assert far["Singapore"] < far["Spain"] < far["Chile"] == pytest.approx(1.0)


def test_a_line_has_the_colour_of_its_level_and_what_is_as_last_recorded_is_white() -> None:
    found = graph(party="VNM")
    shades = by_level(found.reference.ladder["VNM"])
    lines: dict[str, list[Line]] = {}
    for mark in dr.charts.network(found).wide.marks:
        if isinstance(mark, Line) and "Singapore" not in mark.says:
            lines.setdefault(mark.says, []).append(mark)
    for edge in found:
        if "SGP" in edge.parties or edge.level is None:
            continue
        ends = " – ".join(node.name for node in found.nodes if node.id in edge.parties)
        own = lines[f"{ends}: {edge.level.name()} (Vietnam)"]
        assert own[0].colour == shades[edge.level.id].edge
        if edge.known == "as-last-recorded":
            assert own[-1].colour == PAPER
        else:
            assert own[-1].colour == shades[edge.level.id].fill


def test_both_ladders_of_a_dyad_have_half_of_its_line() -> None:
    picture = dr.charts.network(graph(party="VNM")).wide
    halves = [
        mark for mark in picture.marks
        if isinstance(mark, Line) and mark.says.startswith("Singapore – Vietnam")
    ]  # fmt: skip
    starts = {mark.says.rpartition("(")[2]: mark.points[0] for mark in halves}
    assert starts["Vietnam)"] == dot_of(picture, "Vietnam")
    assert starts["Singapore)"] == dot_of(picture, "Singapore")
    assert len({mark.points[1] for mark in halves}) == 1


def test_the_highest_levels_are_drawn_last() -> None:
    picture = dr.charts.network(graph()).wide
    levels = [
        mark.says.partition(": ")[2].rpartition(" (")[0]
        for mark in picture.marks
        if isinstance(mark, Line) and mark.says
    ]
    top = "Comprehensive Strategic Partnership"
    assert {*levels[levels.index(top) :]} == {top}


def test_what_is_left_out_is_the_lowest_and_is_said() -> None:
    found = graph(party="VNM", tracks=["ties", "level"])
    partners = {node.id for node in found.nodes} - {"VNM"}
    for picture in (dr.charts.network(found).wide, dr.charts.network(found).narrow):
        shown = names_of(picture) - {"Vietnam"}
        missing = len(partners) - len(shown)
        assert missing > 0
        said = " ".join(label.text for label in picture.labels)
        assert f"{missing} more parties are not shown" in said
        assert {"Singapore", "China", "United States"} <= shown
    whole = dr.charts.network(graph(party="VNM", at_least="strategic")).wide
    assert not [label for label in whole.labels if "not shown" in label.text]


def test_the_same_graph_is_the_same_picture_whatever_the_order_of_its_edges() -> None:
    found = graph()
    turned = attrs.evolve(found, edges=found.edges[::-1])
    assert dr.charts.network(found).to_svg() == dr.charts.network(turned).to_svg()


def test_nothing_recorded_has_a_chart_that_says_so() -> None:
    for party in (None, "VNM"):
        chart = dr.charts.network(dr.EventLog([]).replay(DAY).graph(party=party))
        assert_sound(chart)
        assert "Nothing is recorded by this day." in [one.text for one in chart.wide.labels]


# --- the layout ----------------------------------------------------------------------------------

sheets = st.builds(
    Sheet, width=st.sampled_from([328, 760]), height=st.just(420), side=st.sampled_from([40, 90])
)
ids = st.lists(st.text("ABCDEFGH", min_size=1, max_size=12), min_size=1, max_size=14, unique=True)


@given(ids, sheets, st.randoms(use_true_random=False))
def test_dots_are_on_the_sheet_and_names_overlap_nothing(
    parties: list[str], sheet: Sheet, random: Any
) -> None:
    pairs = [pair for pair in combinations(parties, 2) if random.random() < 0.3]
    rings = [parties[: len(parties) // 2], parties[len(parties) // 2 :]]
    for at in (by_forces(parties, pairs, sheet), on_rings([one for one in rings if one], sheet)):
        assert {*at} == {*parties}
        for x, y in at.values():
            assert 0 <= x <= sheet.width
            assert 0 <= y <= sheet.height
        names = place_names(at, {party: party for party in parties}, sheet)
        if names is None:
            continue
        boxes = []
        for party, name in names.items():
            x, y = at[party]
            wide = width_of(party, 10.5)
            left = x + name.dx - {"left": 0, "center": 0.5, "right": 1}[name.align] * wide
            boxes.append((left, y + name.dy - 6, left + wide, y + name.dy + 6))
        for one, other in combinations(boxes, 2):
            assert (
                one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            )


points = st.tuples(st.integers(0, 300), st.integers(0, 200))


@given(
    at=st.dictionaries(st.sampled_from("ABCDEFG"), points, min_size=3, max_size=7),
    pairs=st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("DEFG")), max_size=6),
)
def test_dots_moved_off_lines_stay_on_the_sheet_and_the_others_where_they_are(
    at: dict[str, tuple[float, float]], pairs: list[tuple[str, str]]
) -> None:
    sheet = Sheet(width=300, height=200, side=0, edge=0)
    moved = off_lines(at, pairs, sheet)
    assert moved.keys() == at.keys()
    assert all(0 <= x <= 300 and 0 <= y <= 200 for x, y in moved.values())
    assert off_lines(at, [], sheet) == at
    assert off_lines(at, pairs, sheet) == moved


def test_no_line_of_the_shipped_streams_runs_through_a_third_dot() -> None:
    for picture in (dr.charts.network(graph()).wide, dr.charts.network(graph()).narrow):
        dots = {(mark.x, mark.y) for mark in picture.marks if isinstance(mark, Dot) and mark.says}
        lines = [mark.points for mark in picture.marks if isinstance(mark, Line) and mark.says]
        for one, other in lines:
            for dot in dots - {one, other}:
                through = dist(one, dot) + dist(dot, other) - dist(one, other)
                assert through > 0.05, (one, other, dot)
