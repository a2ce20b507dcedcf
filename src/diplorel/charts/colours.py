"""The colours of charts and pages: one hue for a ladder, darker is higher, and a few signs.

Lightness is CIE L*. A shade that is light has an outline, so that it stands out from the paper, and
every shade says whether text on it is white or ink.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diplorel.model.ladders import Ladder

INK: Final = "#1b1f23"
MUTED: Final = "#55606b"
GRID: Final = "#d5dbe1"
PAPER: Final = "#ffffff"
RED: Final = "#a3271c"
"""The day asked for, what is contested, what is refuted: always also with a shape or a word."""
HATCH: Final = "#fe00fe"
"""The colour of unknown parts until the picture is an SVG, which has a hatching: Vega lacks it."""
_ANCHORS: Final = ("#0b3a5e", "#4a8bc0", "#b5d2e6")
_DARKEST: Final = 23.0
_LIGHTEST: Final = 83.0
_LIGHT: Final = 70.0
"""From this lightness on a shade needs an outline."""
_TEXT_TURNS: Final = 50.0
"""From this lightness on, text on a shade is ink."""
_LINE: Final = "#2f6a9c"
_NEARLY_BLACK: Final = 0.008856
"""Up to this luminance L* is a line, above it a cube root (CIE 15)."""
_DIM: Final = 0.04045
"""Up to this value sRGB is a line, above it a power."""


@attrs.frozen(kw_only=True)
class Shade:
    """How a level is filled and outlined.

    Attributes:
        fill: The fill.
        outline: The outline; None where the fill stands out from the paper by itself.
        text: The colour of a text on the fill.
        line: The colour of a line, and of a label, for the level.
    """

    fill: str
    outline: str | None
    text: str
    line: str

    @property
    def edge(self) -> str:
        """The colour around it where the fill is left out, as for what is as last recorded."""
        return self.outline or self.fill


OFF_LADDER: Final = Shade(fill="#e3e8ec", outline="#7d8993", text=INK, line=MUTED)
SPECIAL: Final = Shade(fill="#e7c79a", outline="#9a5b12", text=INK, line="#9a5b12")
"""With a line through its middle, since in grey it is as light as the lowest rank."""
TIES: Final = Shade(fill="#5e6b66", outline=None, text=PAPER, line="#5e6b66")


def shades(count: int) -> tuple[Shade, ...]:
    """Return the shades of so many ranks, the highest and darkest first, in even steps of L*.

    >>> [shade.fill for shade in shades(3)]
    ['#0b3a5e', '#4484b7', '#b5d2e6']
    """
    if count == 1:
        return (_shade(_ANCHORS[0]),)
    step = (_LIGHTEST - _DARKEST) / max(count - 1, 1)
    return tuple(_shade(_with_lightness(_DARKEST + step * place)) for place in range(count))


def by_level(ladder: Ladder) -> Mapping[str, Shade]:
    """Return the shade of each level of a ladder; levels of one rank have one shade.

    >>> import diplorel as dr
    >>> found = by_level(dr.load("vietnam").reference.ladder["VNM"])
    >>> found["comprehensive-strategic"].fill
    '#0b3a5e'
    """
    of_rank = dict(zip(ladder.ranks, shades(len(ladder.ranks)), strict=True))
    return {one.id: OFF_LADDER if one.rank is None else of_rank[one.rank] for one in ladder.levels}


def lightness(colour: str) -> float:
    """Return the CIE L* of a colour, from 0 (black) to 100 (white).

    >>> round(lightness("#0b3a5e")), round(lightness("#ffffff"))
    (23, 100)
    """
    light = luminance(colour)
    return 903.3 * light if light <= _NEARLY_BLACK else 116 * light ** (1 / 3) - 16


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1, as WCAG 2 defines it."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2 defines it.

    >>> round(contrast("#ffffff", "#000000"))
    21
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= _DIM else ((part + 0.055) / 1.055) ** 2.4


def _with_lightness(wanted: float) -> str:
    """Return the colour of this L* on the way between the anchors."""
    for dark, light in pairwise(_ANCHORS):
        if wanted <= lightness(light) or light == _ANCHORS[-1]:
            low, high = 0.0, 1.0
            for _ in range(20):
                middle = (low + high) / 2
                darker = lightness(_mixed(dark, light, middle)) < wanted
                low, high = (middle, high) if darker else (low, middle)
            return _mixed(dark, light, high)
    raise AssertionError(wanted)


def _mixed(one: str, other: str, share: float) -> str:
    parts = (
        round(int(one[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share)
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)


def _shade(fill: str) -> Shade:
    light = lightness(fill)
    return Shade(
        fill=fill,
        outline="#5a86a6" if light >= _LIGHT else None,
        text=INK if light >= _TEXT_TURNS else PAPER,
        line=_LINE if light >= _TEXT_TURNS else fill,
    )
