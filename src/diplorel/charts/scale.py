"""A scale of amounts: even steps, or powers of ten where amounts are far apart."""

from __future__ import annotations

from decimal import Decimal
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Final

import attrs

from diplorel.charts.picture import width_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.charts.picture import Axis
    from diplorel.language.grammar import Grammar

_FAR: Final = 20
"""From this ratio of the largest to the smallest amount on, a scale is one of powers of ten."""
_SIZE: Final = 10.5
_APART: Final = 10.0
_MOST_LETTERS: Final = 9


@attrs.frozen(kw_only=True)
class Scale:
    """From amounts to the units of an axis.

    Attributes:
        is_log: Whether a unit of the axis is a power of ten.
        domain: The first and the last unit.

    >>> Scale.of([Decimal("0.5"), Decimal(300)]), Scale.of([Decimal(3), Decimal(8)])
    (Scale(is_log=True, domain=(-1.0, 3.0)), Scale(is_log=False, domain=(0.0, 8.0)))
    """

    is_log: bool
    domain: tuple[float, float]

    @classmethod
    def of(cls, amounts: Iterable[Decimal]) -> Scale:
        """Return the scale that shows these amounts; even steps begin at zero or below."""
        numbers = [float(one) for one in amounts] or [0.0]
        low, high = min(numbers), max(numbers)
        if low > 0 and high / low >= _FAR:
            return cls(is_log=True, domain=(float(floor(log10(low))), float(ceil(log10(high)))))
        low, high = min(low, 0.0), max(high, 0.0)
        return cls(is_log=False, domain=(low, high if high > low else low + 1))

    def at(self, amount: Decimal) -> float:
        """Return where an amount is on the axis."""
        return log10(amount) if self.is_log else float(amount)

    def ticks(self, x: Axis, grammar: Grammar, *, most: int) -> list[tuple[float, str]]:
        """Return round amounts: where they are on an axis, and as text. No two texts overlap.

        Args:
            x: The axis, whose units are those of the scale.
            grammar: The language of the numbers.
            most: How many at most.
        """
        low, high = self.domain
        if self.is_log:
            powers = range(round(low), round(high) + 1)
            found = [(float(power), _said(Decimal(1).scaleb(power), grammar)) for power in powers]
        else:
            step = _step((high - low) / max(most - 1, 1))
            counts = range(ceil(low / float(step)), floor(high / float(step)) + 1)
            found = [(float(count * step), _said(count * step, grammar)) for count in counts]
        room = max((width_of(text, _SIZE) for _, text in found), default=0.0) + _APART
        for every in range(1, len(found) + 1):
            some = found[::every]
            apart = every * abs(x.to_pixels(found[-1][0]) - x.to_pixels(found[0][0]))
            if len(some) <= most and apart >= room * (len(found) - 1):
                return some
        return found[:1]


def _step(least: float) -> Decimal:
    """Return the next round number: 1, 2 or 5 times a power of ten."""
    power = floor(log10(least))
    for first in (1, 2, 5):
        if first * 10.0**power >= least:
            return Decimal(first).scaleb(power)
    return Decimal(1).scaleb(power + 1)


def _said(amount: Decimal, grammar: Grammar) -> str:
    text = grammar.number(amount)
    return text if len(text) <= _MOST_LETTERS else f"{amount:.0e}"
