"""From a picture to SVG: the four kinds of marks, written out.

Altair's way, through Vega, takes half a second a picture and describes every mark to a reader of
the screen. A page has many pictures, and each has one text; so the same marks are written here
directly, and the same picture is the same text on every machine.
"""

from __future__ import annotations

from hashlib import blake2b
from html import escape
from typing import TYPE_CHECKING, Final

from diplorel.charts.colours import HATCH, PAPER
from diplorel.charts.picture import Bar, Dot, Line
from diplorel.model.text import visible

if TYPE_CHECKING:
    from diplorel.charts.picture import Label, Mark, Picture

FONTS: Final = "Noto Sans, Segoe UI, Roboto, Helvetica Neue, Arial, DejaVu Sans, sans-serif"
_ANCHORS: Final = {"left": "start", "center": "middle", "right": "end"}
_LEAST: Final = 0.8
"""The least width of a bar in pixels: a day is seen."""
_BASELINE: Final = 0.36
"""How far below the middle of a letter its baseline is, in its size."""


def to_svg(picture: Picture, alt: str) -> str:
    """Return a picture as SVG, as wide as its place, with one text for readers of the screen.

    Args:
        picture: The picture.
        alt: The text.
    """
    whole = f"0 0 {picture.width} {picture.height}"
    marks = "".join(_written(mark, picture) for mark in picture.marks)
    hatching = ""
    if HATCH in marks:
        # an id is one for the whole page, which can have several pictures
        name = f"hatch-{blake2b(marks.encode(), digest_size=4).hexdigest()}"
        marks = marks.replace(HATCH, f"url(#{name})")
        hatching = _HATCHING.format(name=name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{whole}" width="{picture.width}" '
        f'height="{picture.height}" role="img" aria-label="{safe(alt)}" '
        f'font-family="{escape(FONTS)}">{hatching}'
        f'<rect width="{picture.width}" height="{picture.height}" fill="{PAPER}"/>{marks}</svg>'
    )


_HATCHING: Final = (
    '<defs><pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="5" height="5" fill="#ffffff"/>'
    '<line x1="0" y1="0" x2="0" y2="5" stroke="#9aa5ae" stroke-width="1.6"/></pattern></defs>'
)


def safe(text: str) -> str:
    """Return a text for XML: escaped, and without what it cannot hold or nobody would see."""
    seen = visible(text)
    return escape(seen.translate(_NO_CHARACTERS))


_NO_CHARACTERS: Final[dict[int, str]] = dict.fromkeys((0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}")
"""What Unicode keeps free, and XML cannot hold."""


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _written(mark: Mark, picture: Picture) -> str:
    if isinstance(mark, Bar):
        return _bar(mark, picture)
    if isinstance(mark, Line):
        return _line(mark, picture)
    if isinstance(mark, Dot):
        return _dot(mark, picture)
    return _label(mark, picture)


def _bar(mark: Bar, picture: Picture) -> str:
    left, right = picture.x.to_pixels(mark.x0), picture.x.to_pixels(mark.x1)
    top = picture.y.to_pixels(mark.y) - mark.height / 2
    edge = "" if mark.outline is None else f' stroke="{mark.outline}"'
    return (
        f'<rect x="{_number(left)}" y="{_number(top)}" '
        f'width="{_number(max(right - left, _LEAST))}" height="{_number(mark.height)}" '
        f'fill="{mark.fill}"{edge}/>'
    )


def _line(mark: Line, picture: Picture) -> str:
    points = "L".join(
        f"{_number(picture.x.to_pixels(x))} {_number(picture.y.to_pixels(y))}"
        for x, y in mark.points
    )
    dashes = ' stroke-dasharray="2 2"' if mark.dashed else ""
    return (
        f'<path d="M{points}" fill="none" stroke="{mark.colour}" '
        f'stroke-width="{_number(mark.width)}"{dashes}/>'
    )


def _dot(mark: Dot, picture: Picture) -> str:
    x, y, half = picture.x.to_pixels(mark.x), picture.y.to_pixels(mark.y), mark.size / 2
    paint = f'fill="{mark.fill}" stroke="{mark.outline or mark.fill}" stroke-width="1.4"'
    if mark.shape == "circle":
        return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(half)}" {paint}/>'
    corners = "L".join(
        f"{_number(x + half * dx)} {_number(y + half * dy)}" for dx, dy in _CORNERS[mark.shape]
    )
    return f'<path d="M{corners}Z" {paint}/>'


_CORNERS: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "triangle-up": ((0, -1), (1, 0.8), (-1, 0.8)),
    "triangle-down": ((0, 1), (1, -0.8), (-1, -0.8)),
    "triangle-left": ((-1, 0), (0.8, -1), (0.8, 1)),
    "triangle-right": ((1, 0), (-0.8, -1), (-0.8, 1)),
}


def _label(mark: Label, picture: Picture) -> str:
    x = picture.x.to_pixels(mark.x) + mark.dx
    y = picture.y.to_pixels(mark.y) + mark.dy + mark.size * _BASELINE
    weight = ' font-weight="bold"' if mark.bold else ""
    return (
        f'<text x="{_number(x)}" y="{_number(y)}" text-anchor="{_ANCHORS[mark.align]}" '
        f'font-size="{_number(mark.size)}"{weight} fill="{mark.colour}">{safe(mark.text)}</text>'
    )
