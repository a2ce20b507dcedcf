"""A picture: marks in the units of what they show, such as years and rows, on a sheet of pixels.

A chart is made of these few kinds of marks. Every place is computed here, and text is a mark like
any other: nothing is left to a layout that depends on fonts, and both languages look the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import attrs

from diplorel.charts.colours import INK, MUTED

if TYPE_CHECKING:
    from collections.abc import Iterable

Align: TypeAlias = Literal["left", "center", "right"]
Shape: TypeAlias = Literal[
    "circle", "square", "diamond", "triangle-up", "triangle-down", "triangle-left", "triangle-right"
]
TEXT: Final = 11.5
"""The size of text in pixels; none is below `SMALLEST`, on a phone neither."""
SMALLEST: Final = 10.0
_WIDE: Final = frozenset("mwMWÐĐ@%—…≥≤")
_NARROW: Final = frozenset("iìíỉĩịljtfrI1.,:;'!|()[] -")
_SPARE: Final = 1.08
"""By how much a text can be wider in another of the fonts asked for."""


@attrs.frozen(kw_only=True)
class Bar:
    """A rectangle from *x0* to *x1*, so many pixels high around *y*.

    Attributes:
        says: What it shows, in words.
    """

    x0: float
    x1: float
    y: float
    height: float
    fill: str
    outline: str | None = None
    says: str = ""


@attrs.frozen(kw_only=True)
class Line:
    """A line through points, its width in pixels.

    Attributes:
        over: Whether it is drawn above the bars, not below them.
    """

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 1.5
    dashed: bool = False
    over: bool = False
    says: str = ""


@attrs.frozen(kw_only=True)
class Dot:
    """A sign at a point, so many pixels wide."""

    x: float
    y: float
    shape: Shape
    fill: str
    outline: str | None = None
    size: float = 8.0
    says: str = ""


@attrs.frozen(kw_only=True)
class Label:
    """A text beside a point, moved by *dx* and *dy* pixels."""

    x: float
    y: float
    text: str
    align: Align = "left"
    size: float = TEXT
    bold: bool = False
    colour: str = INK
    dx: float = 0.0
    dy: float = 0.0

    @property
    def width(self) -> float:
        """About how wide it is in pixels, with some room to spare."""
        return width_of(self.text, self.size, bold=self.bold)


Mark: TypeAlias = Bar | Line | Dot | Label


def _stacked(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return marks in drawing order."""
    return tuple(sorted(marks, key=_height))


def _height(mark: Mark) -> int:
    if isinstance(mark, Line):
        return 2 if mark.over else 0
    return {Bar: 1, Dot: 3, Label: 4}[type(mark)]


@attrs.frozen(kw_only=True)
class Axis:
    """From the units of what is shown to pixels, in a straight line.

    >>> years = Axis(units=(2000, 2020), pixels=(100, 500))
    >>> years.to_pixels(2010), years.to_units(0)
    (300.0, 1995.0)
    """

    units: tuple[float, float]
    pixels: tuple[float, float]

    def to_pixels(self, value: float) -> float:
        """Return the pixel of a value."""
        (low, high), (first, last) = self.units, self.pixels
        return first + (value - low) * (last - first) / (high - low)

    def moved(self, by: float) -> Axis:
        """Return the axis so many pixels further on."""
        first, last = self.pixels
        return Axis(units=self.units, pixels=(first + by, last + by))

    def to_units(self, pixel: float) -> float:
        """Return the value at a pixel."""
        (low, high), (first, last) = self.units, self.pixels
        return low + (pixel - first) * (high - low) / (last - first)


@attrs.frozen(kw_only=True)
class Picture:
    """Marks on a sheet: lines are drawn first, then bars, lines over them, signs, and texts.

    Attributes:
        width: In pixels.
        height: In pixels.
        x: Where a value of the marks' x is drawn.
        y: Likewise, from above.
        marks: The marks; of one kind, the lowest first.
    """

    width: int
    height: int
    x: Axis
    y: Axis
    marks: tuple[Mark, ...] = attrs.field(converter=_stacked)

    @property
    def labels(self) -> tuple[Label, ...]:
        """The texts."""
        return tuple(mark for mark in self.marks if isinstance(mark, Label))

    def box(self, label: Label) -> tuple[float, float, float, float]:
        """Return about where a text is, in pixels: left, top, right, bottom."""
        x, y = self.x.to_pixels(label.x) + label.dx, self.y.to_pixels(label.y) + label.dy
        left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[label.align] * label.width
        return left, y - label.size * 0.55, left + label.width, y + label.size * 0.55


def width_of(text: str, size: float = TEXT, *, bold: bool = False) -> float:
    """Return about how many pixels a text takes in Noto Sans and the fonts beside it.

    >>> round(width_of("Singapore"))
    58
    """
    ems = sum(
        0.88 if one in _WIDE else 0.31 if one in _NARROW else 0.66 if one.isupper() else 0.57
        for one in text
    )
    return ems * size * _SPARE * (1.06 if bold else 1.0)


def wrapped(text: str, width: float, size: float = TEXT, *, bold: bool = False) -> list[str]:
    """Return a text in lines of at most so many pixels; a longer word has a line of its own.

    >>> wrapped("one two three four", 60)
    ['one two', 'three four']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def cut(text: str, width: float, size: float = TEXT, *, bold: bool = False) -> str:
    """Return a text of at most so many pixels, with an ellipsis where something is left out.

    >>> cut("Saint Vincent and the Grenadines", 100)
    'Saint Vincent a…'
    """
    if width_of(text, size, bold=bold) <= width:
        return text
    while text and width_of(text + "…", size, bold=bold) > width:
        text = text[:-1].rstrip()
    return text + "…"


def fitted(
    text: str, width: float, size: float = TEXT, *, bold: bool = False, most: int = 2
) -> list[str]:
    """Return a text in at most so many lines, each of at most so many pixels; see `cut`.

    >>> fitted("Saint Vincent and the Grenadines", 90)
    ['Saint Vincent', 'and the Gren…']
    """
    lines = wrapped(text, width, size, bold=bold)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [cut(line, width, size, bold=bold) for line in lines]


def notice(text: str, width: int) -> Picture:
    """Return a picture that only says something, such as that there is nothing to show."""
    lines = wrapped(text, width - 8)
    return Picture(
        width=width,
        height=20 + 16 * len(lines),
        x=Axis(units=(0, width), pixels=(0, width)),
        y=Axis(units=(0, 1), pixels=(18, 34)),
        marks=[Label(x=4, y=place, text=line, colour=MUTED) for place, line in enumerate(lines)],
    )
