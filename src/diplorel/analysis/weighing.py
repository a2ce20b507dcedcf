"""Weighted scores, and how positions withstand other weights: plain arithmetic, exact."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from math import lcm
from operator import mul
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARE: Final = Fraction(1, 5)
"""By which part of itself each weight is made larger and smaller."""
_ENUMERATED: Final = 8
"""Up to this many measures every corner is tried; beyond it, as many as these have."""
_SEED: Final = 0


@attrs.frozen
class Scale:
    """The values between which a measure is scaled from 0 to 1: the least and the most."""

    least: Fraction
    most: Fraction

    def of(self, value: Fraction) -> Fraction:
        """Return a value from 0 to 1; 0 where all are equal, since nothing sets them apart."""
        length = self.most - self.least
        return (value - self.least) / length if length else Fraction(0)


@attrs.frozen(kw_only=True)
class Weighed:
    """What weights make of one partner.

    Attributes:
        scaled: Its values from 0 to 1.
        score: The weighted mean of these.
        position: One more than the partners with a higher score.
        best: One more than those whose score is higher by all weights within the share.
        worst: One more than those whose score is higher by some weights within the share.
        best_seen: The best position that the weights tried gave it.
        worst_seen: The worst.
    """

    scaled: tuple[Fraction, ...]
    score: Fraction
    position: int
    best: int
    worst: int
    best_seen: int
    worst_seen: int


def scales_of(values: Sequence[Sequence[Fraction]]) -> tuple[Scale, ...]:
    """Return the scale of each measure; none where there are no values."""
    return tuple(Scale(min(column), max(column)) for column in zip(*values, strict=True))


def corners(measures: int) -> tuple[list[tuple[bool, ...]], str]:
    """Return which weights are larger in each way that is tried, and how these were found.

    >>> len(corners(3)[0]), corners(3)[1], corners(9)[1]
    (8, 'every corner (8)', '256 corners of 512, drawn with seed 0')
    """
    if measures <= _ENUMERATED:
        every = list(product((False, True), repeat=measures))
        return every, f"every corner ({len(every)})"
    draw = random.Random(_SEED)  # noqa: S311  so that everybody gets the same
    some = [tuple(draw.random() < 0.5 for _ in range(measures)) for _ in range(2**_ENUMERATED)]  # noqa: PLR2004  a half
    return some, f"{len(some)} corners of {2**measures}, drawn with seed {_SEED}"


def weigh(values: Sequence[Sequence[Fraction]], weights: Sequence[Fraction]) -> list[Weighed]:
    """Return what weights make of each partner, in the order given.

    Args:
        values: For each partner, the value of each measure.
        weights: The weight of each measure, all above zero.
    """
    scales, measures = scales_of(values), len(weights)
    scaled = [
        tuple(scale.of(value) for scale, value in zip(scales, row, strict=True)) for row in values
    ]
    flat = _whole([part for row in scaled for part in row])  # whole numbers are a lot faster
    rows = [flat[at : at + measures] for at in range(0, len(flat), measures)]
    bounds = _whole([one * share for share in (1 - SHARE, 1, 1 + SHARE) for one in weights])
    low, middle, high = (bounds[at : at + measures] for at in range(0, 3 * measures, measures))
    sums, total = _sums(rows, middle), sum(weights)
    tried = [middle, *(_chosen(one, low, high) for one in corners(measures)[0])]
    seen = list(zip(*(_positions(_sums(rows, some)) for some in tried), strict=True))
    return [
        Weighed(
            scaled=scaled[at],
            score=sum(map(mul, scaled[at], weights), Fraction(0)) / total,
            position=1 + sum(other > sums[at] for other in sums),
            best=1 + sum(_lead(its, row, low, high) > 0 for its in rows),
            worst=1 + sum(_lead(its, row, high, low) > 0 for its in rows),
            best_seen=min(seen[at]),
            worst_seen=max(seen[at]),
        )
        for at, row in enumerate(rows)
    ]


def _whole(values: Sequence[Fraction]) -> list[int]:
    """Return numbers times a common denominator of theirs."""
    unit = lcm(*(value.denominator for value in values))
    return [int(value * unit) for value in values]


def _sums(rows: Sequence[Sequence[int]], weights: Sequence[int]) -> list[int]:
    return [sum(map(mul, row, weights)) for row in rows]


def _positions(sums: Sequence[int]) -> list[int]:
    """Return the position of each sum, the highest first; equal ones share it."""
    first = {one: place for place, one in reversed([*enumerate(sorted(sums, reverse=True), 1)])}
    return [first[one] for one in sums]


def _chosen(larger: Sequence[bool], low: Sequence[int], high: Sequence[int]) -> list[int]:
    return [more if up else less for up, less, more in zip(larger, low, high, strict=True)]


def _lead(
    one: Sequence[int], other: Sequence[int], gains: Sequence[int], losses: Sequence[int]
) -> int:
    """Return by how much one is ahead of another, with one weight for gains and one for losses.

    With the lower weights for gains and the higher for losses it is the least lead that weights
    between them allow; the other way round it is the most.
    """
    return sum(
        (its - mine) * (gain if its > mine else loss)
        for its, mine, gain, loss in zip(one, other, gains, losses, strict=True)
    )
