"""What every picture of a chart has to keep, whatever it shows."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree as ET

from diplorel.charts.chart import Chart
from diplorel.charts.picture import SMALLEST, Bar, Dot, Label, Line, Picture

COLOUR = re.compile(r"#[0-9a-f]{6}")
ROOM = 3.0
"""Pixels by which the guess of a text's width may let it pass the edge."""


def assert_sound(chart: Chart) -> None:
    """Assert that both pictures are filled, readable and whole, and that the SVG is XML."""
    assert chart.title
    assert chart.alt
    for size in ("wide", "narrow"):
        for framed in (True, False):
            picture = chart.picture(size, framed=framed)
            assert_readable(picture)
        root = ET.fromstring(chart.to_svg(size))  # noqa: S314  our own
        assert root.get("role") == "img"
        assert root.get("aria-label")
        assert not [one for one in root.iter() if one.tag.endswith(("title", "desc", "script"))]
    page = ET.fromstring(chart.to_html().replace("<br>", "<br/>"))  # noqa: S314  our own
    assert len([one for one in page.iter() if one.get("role") == "img"]) == 2


def assert_readable(picture: Picture) -> None:
    """Assert that every mark has a colour, and that no text is small, cut or over another one."""
    for mark in picture.marks:
        colours = [mark.fill] if isinstance(mark, (Bar, Dot)) else [mark.colour]
        assert all(COLOUR.fullmatch(one) for one in colours), mark
        if isinstance(mark, Line):
            assert len(mark.points) > 1
    for label in picture.labels:
        left, top, right, bottom = picture.box(label)
        assert label.size >= SMALLEST
        assert label.text.strip()
        assert left >= -ROOM, label
        assert right <= picture.width + ROOM, label
        assert top >= -ROOM, label
        assert bottom <= picture.height + ROOM, label
    overlapping = [
        (one.text, other.text)
        for one, other in combinations(picture.labels, 2)
        if _overlap(picture, one, other)
    ]
    assert not overlapping


def _overlap(picture: Picture, one: Label, other: Label) -> bool:
    (left, top, right, bottom), (its_left, its_top, its_right, its_bottom) = (
        picture.box(one),
        picture.box(other),
    )
    return left < its_right and its_left < right and top < its_bottom and its_top < bottom
