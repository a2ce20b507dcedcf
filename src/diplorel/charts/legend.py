"""The key of a chart: a sign and a word for each thing shown, in as many rows as it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import attrs

from diplorel.charts.colours import INK, MUTED
from diplorel.charts.picture import Bar, Dot, Label, Line, cut, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from diplorel.charts.picture import Axis, Mark, Shape

Sign: TypeAlias = "Literal['bar', 'line', 'dashes'] | Shape"
ROW: Final = 17
"""The height of a row in pixels."""
_SIGN: Final = 13.0
_GAP: Final = 14.0
_SIZE: Final = 10.5


@attrs.frozen(kw_only=True)
class Entry:
    """A sign and what it stands for."""

    text: str
    fill: str
    outline: str | None = None
    sign: Sign = "bar"


def rows_of(entries: Iterable[Entry], width: float) -> list[list[Entry]]:
    """Return the entries in rows of at most so many pixels."""
    rows: list[list[Entry]] = []
    room = 0.0
    for entry in entries:
        wide = _width(entry, width)
        if rows and room >= wide:
            rows[-1].append(entry)
        else:
            rows.append([entry])
            room = width
        room -= wide
    return rows


def _width(entry: Entry, width: float) -> float:
    return _SIGN + 4 + width_of(cut(entry.text, width - _SIGN - 4, _SIZE), _SIZE) + _GAP


def drawn(rows: Sequence[Sequence[Entry]], *, x: Axis, y: Axis, width: float) -> Iterator[Mark]:
    """Yield the marks of rows, from the upper left corner on.

    Args:
        rows: What `rows_of` returns.
        x: The axis of the picture.
        y: Likewise.
        width: How wide the picture is.
    """
    for place, row in enumerate(rows):
        at, middle = 1.0, y.to_units((place + 0.5) * ROW)
        for entry in row:
            yield _sign(entry, x, at, middle)
            yield Label(
                x=x.to_units(at + _SIGN + 4),
                y=middle,
                text=cut(entry.text, width - _SIGN - 4, _SIZE),
                size=_SIZE,
                colour=INK,
            )
            at += _width(entry, width)


def _sign(entry: Entry, x: Axis, at: float, y: float) -> Mark:
    first, last = x.to_units(at), x.to_units(at + _SIGN)
    if entry.sign == "bar":
        return Bar(x0=first, x1=last, y=y, height=9, fill=entry.fill, outline=entry.outline)
    if entry.sign == "line" or entry.sign == "dashes":  # noqa: PLR1714  so that types are distinguished
        dashed = entry.sign == "dashes"
        return Line(points=((first, y), (last, y)), colour=entry.fill, width=2, dashed=dashed)
    middle = x.to_units(at + _SIGN / 2)
    return Dot(
        x=middle, y=y, shape=entry.sign, fill=entry.fill, outline=entry.outline or MUTED, size=8
    )
