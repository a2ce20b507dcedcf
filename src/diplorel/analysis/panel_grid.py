"""The rows of a panel in time: years, months or days, each with the day that is asked for."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

import attrs

from diplorel._message import Message
from diplorel.errors import InvalidQueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

Unit: TypeAlias = Literal["dyad-year", "dyad-month", "dyad-day"]
"""What a row of a panel is: two parties in a year, in a month, or on a day."""
Alive: TypeAlias = Literal["at", "any"]
"""Which pairs have a row: those that both live on the day asked for, or on any day of the time."""

UNITS: Final = get_args(Unit)
ALIVE: Final = get_args(Alive)
_DAY_OF_YEAR: Final = re.compile(r"(?P<month>\d\d)-(?P<day>\d\d)", re.ASCII)
_FEBRUARY, _LEAP_DAY = 2, 29


@attrs.frozen
class Grid:
    """The times of a panel, oldest first.

    Attributes:
        unit: What a row is.
        first: The first day of each time, as an ordinal.
        last: The last day of each.
        asked: The day of each on whose end the states are asked.
    """

    unit: Unit
    first: array[int]
    last: array[int]
    asked: array[int]

    @cached_property
    def years(self) -> array[int]:
        """The year of each time."""
        return array("q", (date.fromordinal(day).year for day in self.first))

    @cached_property
    def months(self) -> array[int]:
        """The month of each time."""
        return array("q", (date.fromordinal(day).month for day in self.first))

    def within(self, lo: int, hi: int, alive: Alive) -> range:
        """Return the places of the times that lie within some days.

        Args:
            lo: The first of the days.
            hi: The last.
            alive: ``at`` where the day asked for has to be one of them, ``any`` where one day of
                the time suffices.
        """
        if alive == "at":
            return range(bisect_left(self.asked, lo), bisect_right(self.asked, hi))
        return range(bisect_left(self.last, lo), bisect_right(self.first, hi))


def grid(unit: Unit, years: tuple[int, int], at: str) -> Grid:
    """Return the times of some years.

    Args:
        unit: What a row is.
        years: The first and the last year, both included.
        at: ``end`` or ``start`` of each time; for years also a day such as ``12-31``.

    Raises:
        InvalidQueryError: *at* is not one of these.
    """
    spans = list(_spans(unit, years))
    first = array("i", [lo for lo, _ in spans])
    last = array("i", [hi for _, hi in spans])
    if at in ("end", "start"):
        return Grid(unit, first, last, last if at == "end" else first)
    match = _DAY_OF_YEAR.fullmatch(at) if isinstance(at, str) and unit == "dyad-year" else None
    if match is None:
        other = Message(", or a day of the year such as '06-30'") if unit == "dyad-year" else ""
        raise InvalidQueryError(
            "{argument}: expected 'end' or 'start'{other}, got {at!r}",
            argument="at",
            other=other,
            at=at,
        )
    month, day = int(match["month"]), int(match["day"])
    if (month, day) == (_FEBRUARY, _LEAP_DAY):
        raise InvalidQueryError(
            "{argument}: not every year has a 29 February. Take '02-28' or '03-01'", argument="at"
        )
    try:
        of_years = [date(year, month, day) for year in range(years[0], years[1] + 1)]
    except ValueError:
        raise InvalidQueryError(
            "{argument}: {at!r} is not a valid day of the year", argument="at", at=at
        ) from None
    return Grid(unit, first, last, array("i", [one.toordinal() for one in of_years]))


def _spans(unit: Unit, years: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for year in range(years[0], years[1] + 1):
        start, end = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        if unit == "dyad-year":
            yield start, end
        elif unit == "dyad-month":
            for month in range(1, 13):
                lo = date(year, month, 1).toordinal()
                yield lo, lo + monthrange(year, month)[1] - 1
        else:
            yield from ((day, day) for day in range(start, end + 1))
