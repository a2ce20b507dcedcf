"""Numbers that are known within bounds: what a printed number, and its qualifier, allow."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Final

import attrs

from diplorel.tracks.figures import Qualifier

_END: Final = Decimal("Infinity")
_EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""For sums: of a number and half of its last digit, they have a digit more than the number."""
_DOWN: Final = Context(prec=28, rounding=ROUND_FLOOR)
_UP: Final = Context(prec=28, rounding=ROUND_CEILING)
"""For quotients, which rarely end: bounds are rounded away from what is between them."""


@attrs.frozen
class Bounds:
    """The numbers between two ends; an open end does not belong to them."""

    lo: Decimal
    hi: Decimal
    lo_open: bool = False
    hi_open: bool = False

    def within(self, other: Bounds) -> bool:
        """Say whether all these numbers are among the others."""
        above = self.lo > other.lo or (self.lo == other.lo and (self.lo_open or not other.lo_open))
        below = self.hi < other.hi or (self.hi == other.hi and (self.hi_open or not other.hi_open))
        return above and below

    def meets(self, other: Bounds) -> bool:
        """Say whether some number is among both."""
        return not (self._under(other) or other._under(self))

    def _under(self, other: Bounds) -> bool:
        touch = self.hi == other.lo and (self.hi_open or other.lo_open)
        return self.hi < other.lo or touch

    def __truediv__(self, other: Bounds) -> Bounds | None:
        """Return every quotient of two positive numbers; None where one may not be positive."""
        if self.lo < 0 or other.lo < 0 or (other.lo == 0 and not other.lo_open) or self.hi == 0:
            return None
        low_open = self.lo_open or other.hi_open
        lo = Decimal(0) if other.hi == _END else _DOWN.divide(self.lo, other.hi)
        unbounded = self.hi == _END or other.lo == 0
        hi = _END if unbounded else _UP.divide(self.hi, other.lo)
        return Bounds(lo, hi, low_open, unbounded or self.hi_open or other.lo_open)


def between(lo: int, hi: int | None) -> Bounds:
    """Return the bounds of a whole number; the upper bound may be open (None)."""
    return Bounds(Decimal(lo), _END if hi is None else Decimal(hi), hi_open=hi is None)


def _half(value: Decimal) -> Decimal:
    """Return half a unit of the last digit printed."""
    return Decimal((0, (5,), _exponent(value) - 1))


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def rounding(value: Decimal) -> Bounds:
    """Return what rounds to *value* at the digits printed.

    >>> bounds = rounding(Decimal("9.15"))
    >>> print(bounds.lo, bounds.hi)
    9.145 9.155
    """
    half = _half(value)
    return Bounds(_EXACT.subtract(value, half), _EXACT.add(value, half))


def claimed(value: Decimal, qualifier: Qualifier) -> Bounds:
    """Return the numbers that a claim allows; ``=`` and ``~`` allow what rounds to its digits."""
    if qualifier is Qualifier.MORE:
        return Bounds(value, _END, lo_open=True, hi_open=True)
    if qualifier is Qualifier.AT_LEAST:
        return Bounds(value, _END, hi_open=True)
    if qualifier is Qualifier.LESS:
        return Bounds(-_END, value, lo_open=True, hi_open=True)
    if qualifier is Qualifier.AT_MOST:
        return Bounds(-_END, value, lo_open=True)
    return rounding(value)


def reported(value: Decimal, qualifier: Qualifier, finest: Decimal | None = None) -> Bounds:
    """Return the numbers that a report allows.

    ``=`` is the number itself, unless it is printed with fewer digits than *finest*, the number
    it is compared with: then it is whatever rounds to it.
    """
    if qualifier is Qualifier.EXACTLY and (finest is None or _exponent(value) <= _exponent(finest)):
        return Bounds(value, value)
    return claimed(value, qualifier)
