"""Amounts as printed: their units brought together, and what their digits leave open.

Only thousands, millions and billions of one thing are brought together, and exactly so. Another
currency is another thing: it takes a rate, and no source of a stream gives one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import attrs

from diplorel.analysis.bounds import Bounds, claimed, rounding
from diplorel.tracks.figures import Qualifier

_POWERS: Final = {
    "thousand": 3,
    "million": 6, "mn": 6,
    "billion": 9, "bn": 9,
    "trillion": 12, "tn": 12,
}  # fmt: skip
_LONGEST: Final = 60
"""How many zeros are written out; a longer number keeps its exponent."""


@attrs.frozen
class Unit:
    """A unit: what is counted, and the power of ten.

    Attributes:
        base: What is counted, such as ``USD`` or ``projects``; empty for a number of itself.
        power: 9 for billions.

    >>> Unit.parse("USD bn"), Unit.parse("projects")
    (Unit(base='USD', power=9), Unit(base='projects', power=0))
    """

    base: str
    power: int = 0

    @classmethod
    def parse(cls, text: str) -> Unit:
        """Return the unit that a text names; a text without a power is the unit itself."""
        words = text.split()
        powers = [word for word in words if word.casefold() in _POWERS]
        if len(powers) != 1:
            return cls(" ".join(words))
        rest = [word for word in words if word != powers[0]]
        return cls(" ".join(rest), _POWERS[powers[0].casefold()])

    def power_to(self, other: Unit) -> int | None:
        """Return the power of ten that converts an amount to another unit.

        None: the other counts another thing, such as another currency.
        """
        same = self.base.casefold() == other.base.casefold()
        return self.power - other.power if same else None


def scaled(value: Decimal, power: int) -> Decimal:
    """Return a number times a power of ten, exactly and with the digits that it has.

    >>> scaled(Decimal("541.4"), -3), scaled(Decimal("9.15"), 3)
    (Decimal('0.5414'), Decimal('9150'))
    """
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):  # infinity
        return value
    moved = exponent + power
    if 0 < moved <= _LONGEST:  # written out, so that no reader meets 9.15E+3
        return Decimal((sign, digits + (0,) * moved, 0))
    return Decimal((sign, digits, moved))


def bounds_of(value: Decimal, qualifier: Qualifier) -> Bounds:
    """Return the numbers that a printed number and its qualifier allow.

    ``=`` allows what rounds to the digits printed, half away from zero, so that 9.15 and 9.16
    exclude each other. ``~`` allows the same, but of a whole number the zeros at its end do not
    count as digits: "about 80" is 75 to 85. ``>`` and ``>=`` have no upper end, ``<`` and ``<=`` no
    lower one.

    >>> exactly, about = Qualifier.EXACTLY, Qualifier.ABOUT
    >>> [str(bounds_of(Decimal(text), exactly).lo) for text in ("9.15", "9", "80")]
    ['9.145', '8.5', '79.5']
    >>> [str(bounds_of(Decimal(text), about).lo) for text in ("9.15", "9", "80")]
    ['9.145', '8.5', '75']
    """
    if qualifier not in (Qualifier.EXACTLY, Qualifier.ABOUT):
        return claimed(value, qualifier)
    sign, digits, exponent = value.as_tuple()
    printed = value
    if qualifier is Qualifier.ABOUT and isinstance(exponent, int) and exponent >= 0:
        # a digit after the point is printed for its own sake
        while len(digits) > 1 and digits[-1] == 0:
            digits, exponent = digits[:-1], exponent + 1
        printed = Decimal((sign, digits, exponent))
    around = rounding(printed)
    return Bounds(
        scaled(around.lo, 0), scaled(around.hi, 0), lo_open=value <= 0, hi_open=value >= 0
    )


def moved(bounds: Bounds, power: int) -> Bounds:
    """Return bounds times a power of ten, exactly."""
    return attrs.evolve(bounds, lo=scaled(bounds.lo, power), hi=scaled(bounds.hi, power))
