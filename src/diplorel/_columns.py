"""Plain-text tables for ``print``, and one-line texts for ``repr``."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from diplorel._message import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH: Final = 118
"""The longest text that `clipped` returns: a line of a terminal or a notebook."""


def columns(rows: Iterable[Sequence[object]], align: str = "") -> list[str]:
    r"""Return rows as lines of aligned columns; None is shown as a hyphen.

    Args:
        rows: The cells of each row; the first row can be the heading.
        align: For each column ``<`` (left, the default) or ``>`` (right, for numbers).

    >>> print(*columns([("partner", "visits"), ("China", 12), ("Laos", None)], "<>"), sep="\n")
    partner  visits
    China        12
    Laos          -
    """
    texts = [["-" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip_longest(*texts, fillvalue="")]
    sides = align.ljust(len(widths), "<")
    return [
        "  ".join(
            f"{text:{side}{width}}" for text, side, width in zip(row, sides, widths, strict=False)
        ).rstrip()
        for row in texts
    ]


def listed(names: Sequence[str], most: int = 10) -> str:
    """Return names with commas; of a long list, the first ones and how many more there are.

    >>> listed("ABCDEFGHIJKL")
    'A, B, C, D, E, F, G, H, I, J and 2 more'
    """
    return str(listing(names, most))


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "partner"), counted(2, "partner"), counted(0, "country", "countries")
    ('1 partner', '2 partners', '0 countries')
    """
    return f"{number} {noun if number == 1 else nouns or noun + 's'}"


def clipped(text: str) -> str:
    """Return a text such as ``<Bibliography: …>`` in one line of limited length.

    >>> len(clipped("<" + "x" * 500 + ">"))
    118
    """
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 2]}…{line[-1]}"
