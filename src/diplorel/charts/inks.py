"""Whether letters are drawn: a converter that finds no font leaves them out and says nothing."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final

from diplorel.charts.svg import FONTS
from diplorel.errors import MissingFontError
from diplorel.model.table_frames import module_of

if TYPE_CHECKING:
    from diplorel.charts.picture import Picture

_MISSING: Final = "\U0010fffd"
"""A character that no font has: what stands for it is what stands for every missing letter."""


def needs_letters(picture: Picture) -> None:
    """Make sure that every letter of a picture is drawn.

    Raises:
        MissingFontError: Some are not, and the message says which and what to install.
    """
    letters = sorted({one for label in picture.labels for one in label.text if not one.isspace()})
    absent = [one for one in letters if not _is_drawn(one)]
    if absent:
        raise MissingFontError("".join(absent))


@cache
def _is_drawn(letter: str) -> bool:
    return _drawn(letter) not in {_drawn(" "), _drawn(_MISSING)}


@cache
def _drawn(text: str) -> bytes:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30" viewBox="0 0 30 30">'
        f'<text x="5" y="22" font-size="18" font-family="{escape(FONTS)}">{escape(text)}</text>'
        "</svg>"
    )
    found: bytes = module_of("vl_convert", "charts").svg_to_png(svg)
    return found
