"""The years of lanes: early years with few records take little room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel.charts.picture import Axis
from diplorel.charts.words import year_of
from diplorel.charts.years import ticks
from diplorel.model.dates import FIRST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from diplorel.analysis.lanes import Lanes
    from diplorel.analysis.spells import Bounds
    from diplorel.model.dates import PartialDate

_SHARE: Final = 0.16
"""The part of the width that compressed years take."""
_QUIET: Final = 0.3
"""From this part of all years on, those before the first event are compressed."""
_LEAST: Final = 8
"""Fewer years are not worth it."""
_YEAR: Final = 366


@attrs.frozen(kw_only=True)
class Scale:
    """From years to units: decimal years from the turn on; before it, they are compressed.

    Attributes:
        first: The first day shown, an ordinal.
        day: The last one.
        turn: The year before which years are compressed; None where none are.

    >>> from datetime import date
    >>> scale = Scale(first=date(1973, 1, 1).toordinal(), day=date(2023, 1, 1).toordinal(),
    ...               turn=2003)
    >>> scale.x(2003), scale.x(2013), round(scale.x(1973), 1)
    (2003, 2013, 1999.2)
    """

    first: int
    day: int
    turn: int | None = None

    def x(self, year: float) -> float:
        """Return where a decimal year is."""
        if self.turn is None or year >= self.turn:
            return year
        room = (year_of(self.day) - self.turn) * _SHARE / (1 - _SHARE)
        return self.turn - (self.turn - year) * room / (self.turn - year_of(self.first))

    def of_day(self, day: int) -> float:
        """Return where a day is, an ordinal; one that is not shown, at the edge."""
        return self.x(year_of(min(max(day, self.first), self.day)))

    @property
    def units(self) -> tuple[float, float]:
        """The first and the last one."""
        first, last = self.x(year_of(self.first)), self.x(year_of(self.day))
        return first, last if first < last else first + 1.0  # on the first day of all

    def ticks(self, most: int) -> Iterator[int]:
        """Yield the years that are named: those after the turn, and where the scale begins."""
        first, last = year_of(self.first), year_of(self.day)
        if self.turn is not None:
            yield round(first + 0.5)
            yield self.turn
            start: float = self.turn + (last - self.turn) * 0.12
        else:
            start = first
        if start < last:
            yield from ticks(Axis(units=(start, last), pixels=(0, 1)), most)


def scale_of(lanes: Lanes, day: int) -> Scale:
    """Return the scale of lanes: from shortly before the first fact to the day."""
    ties: list[int] = []
    busy: list[int] = []
    for lane in lanes:
        begun = [_first_day(one.start) for one in lane.spells if one.value not in (None, "none")]
        (ties if lane.kind == "ties" else busy).extend(begun)
        busy += [_first_day(mark.on) for mark in lane.marks]
    first = min((*ties, *busy), default=day - 10 * _YEAR)
    first = max(1, min(first, day - _YEAR) - _YEAR)
    starts = min(busy, default=day)
    quiet = starts - first
    turn = int(year_of(max(starts - _YEAR // 2, 1)))
    if quiet > _QUIET * (day - first) and quiet > _LEAST * _YEAR and starts < day - 2 * _YEAR:
        return Scale(first=first, day=day, turn=turn)
    return Scale(first=first, day=day)


def _first_day(on: Bounds | PartialDate) -> int:
    return on.lo if on.lo > FIRST_DAY else on.hi


def chains(
    points: Iterable[tuple[float, float, int]], *, sign: float, room: float, digit: float
) -> list[tuple[float, float, int]]:
    """Return signs that touch, or that leave no room for a count, as one: first, last, how many.

    Args:
        points: Of each sign, the pixel where its thin line begins, its own pixel, and its events.
        sign: How wide a sign is.
        room: What a count takes to the left of the first sign, besides its digits.
        digit: The width of a digit.

    >>> chains([(10, 10, 1), (14, 14, 2), (200, 200, 1)], sign=8, room=14, digit=6)
    [(10, 14, 3), (200, 200, 1)]
    """
    found: list[tuple[float, float, int]] = []
    for point in sorted(points):
        found.append(point)
        while len(found) > 1 and _touch(found[-2], found[-1], sign, room, digit):
            (first, end, one), (_, last, other) = found[-2:]
            found[-2:] = [(first, max(last, end), one + other)]
    return found


def _touch(
    one: tuple[float, float, int],
    other: tuple[float, float, int],
    sign: float,
    room: float,
    digit: float,
) -> bool:
    gap = other[0] - one[1]
    needed = room + digit * len(str(other[2])) + sign / 2 if other[2] > 1 else sign
    return gap < max(needed, sign)
