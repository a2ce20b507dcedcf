"""The years that an axis names."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from diplorel.charts.picture import Axis

_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)


def ticks(years: Axis, most: int) -> list[int]:
    """Return round years on an axis, at most so many, evenly apart.

    >>> from diplorel.charts.picture import Axis
    >>> ticks(Axis(units=(2000.5, 2025.2), pixels=(0, 100)), 6)
    [2005, 2010, 2015, 2020, 2025]
    """
    first, last = years.units
    for step in _STEPS:
        found = list(range(ceil(first / step) * step, floor(last) + 1, step))
        if len(found) <= most:
            return found
    return []
