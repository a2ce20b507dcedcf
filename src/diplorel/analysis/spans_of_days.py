"""Reckoning with days that are known within bounds: gaps, windows and full years.

Days are ordinals. Each thing happened on one day from its first possible one to its last, and the
days of different things are taken as free of each other: the answers can be wider than the truth
where they are not, and never narrower.
"""

from __future__ import annotations

import calendar
from bisect import bisect_left
from datetime import date
from typing import TYPE_CHECKING

from diplorel.model.dates import FIRST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.analysis.plausible_orders import Span


def window_start(day: int, count: int, unit: str) -> int:
    """Return the day before a window that ends on a day: the window has the days after it.

    Of months and years, the 31st goes back to the last day of a shorter month. The day is 0 where
    the window reaches beyond the calendar.

    >>> date.fromordinal(window_start(date(2025, 3, 31).toordinal(), 1, "M")).isoformat()
    '2025-02-28'
    """
    if unit == "D":
        return max(0, day - count)
    end = date.fromordinal(day)
    months = end.year * 12 + end.month - 1 - count * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    if year < 1:
        return 0
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(end.day, last)).toordinal()


def full_years(first: int, last: int) -> int:
    """Return how many full years lie between two days; 0 where the second is not later.

    >>> full_years(date(2013, 7, 25).toordinal(), date(2023, 7, 24).toordinal())
    9
    """
    one, two = date.fromordinal(first), date.fromordinal(last)
    return max(0, two.year - one.year - ((two.month, two.day) < (one.month, one.day)))


def gap_to_one_before(span: Span, others: Sequence[Span]) -> tuple[int | None, int | None]:
    """Return the least and the most days from the last of others that came before, to a span.

    Of two on one day, each can have been the first.

    Returns:
        Two numbers. The second is None where all others may have come later, and both are where
        all others certainly did.
    """
    gaps = [
        day - max(min(one.hi, day) for one in before)
        for day in _within(span, (one.lo for one in others))
        if (before := [one for one in others if one.lo <= day])
    ]
    if not gaps:
        return None, None
    most = 0
    for day in _within(span, (one.hi for one in others)):
        before = [one for one in others if one.hi < day]
        if not before:
            return min(gaps), None
        most = max(most, day - max(one.lo for one in before))
    return min(gaps), most


def count_within(span: Span, others: Sequence[Span], count: int, unit: str) -> tuple[int, int]:
    """Return how few and how many of a span and others are in a window that ends on its day."""
    days = range(span.lo, span.hi + 1)

    def start(day: int) -> int:
        return window_start(day, count, unit)

    edges: set[int] = set()
    for one in others:
        edges |= {one.lo, one.hi}
        if span.lo < span.hi:
            for bound in (one.lo, one.hi):  # from where on the window has left it behind
                edges.add(span.lo + bisect_left(days, bound, key=start))
    found = [
        (
            sum(start(day) < one.lo and one.hi <= day for one in others),
            sum(start(day) < one.hi and one.lo <= day for one in others),
        )
        for day in _within(span, edges)
    ]
    return 1 + min(least for least, _ in found), 1 + max(most for _, most in found)


def _within(span: Span, days: Iterable[int]) -> list[int]:
    return sorted({span.lo, span.hi, *(day for day in days if span.lo <= day <= span.hi)})


def eve(day: int) -> int:
    """Return the day before; on the first day of the calendar, that day itself."""
    return max(FIRST_DAY, day - 1)
