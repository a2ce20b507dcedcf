"""Weighted rankings: positions by brute force, and bounds that hold for all weights near by."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplorel.analysis.weighing import SHARE, corners, scales_of, weigh
from draws import draws

small = st.integers(0, 6).map(Fraction)
fractions = st.fractions(0, 30, max_denominator=20)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[tuple[Fraction, ...]], list[Fraction]]:
    measures = draw(st.integers(1, 3))
    number = draw(st.sampled_from((small, fractions)))
    row = st.tuples(*[number] * measures)
    values = draw(st.lists(row, max_size=4))
    weights = draw(st.lists(st.fractions(1, 9, max_denominator=4), min_size=measures,
                            max_size=measures))  # fmt: skip
    return values, weights


def positions(
    values: list[tuple[Fraction, ...]], weights: list[Fraction]
) -> list[tuple[int, Fraction]]:
    """Return position and score of each partner, from the definition alone."""
    lows = [min(column) for column in zip(*values, strict=True)]
    highs = [max(column) for column in zip(*values, strict=True)]
    scores = []
    for row in values:
        total = Fraction(0)
        for value, low, high, weight in zip(row, lows, highs, weights, strict=True):
            total += weight * ((value - low) / (high - low) if high > low else 0)
        scores.append(total / sum(weights))
    return [(1 + sum(other > score for other in scores), score) for score in scores]


@settings(max_examples=draws(40))
@given(cases())
def test_positions_are_those_of_the_definition(
    case: tuple[list[tuple[Fraction, ...]], list[Fraction]],
) -> None:
    values, weights = case
    found = weigh(values, weights)
    assert [(one.position, one.score) for one in found] == positions(values, weights)
    assert found == weigh(values, [weight * 3 / 7 for weight in weights])  # ratios count
    for one in found:
        assert all(0 <= part <= 1 for part in one.scaled)
        assert one.best <= one.best_seen <= one.position <= one.worst_seen <= one.worst
        if len(weights) == 1:
            assert one.best == one.position == one.worst


parts = st.sampled_from([1 - SHARE + SHARE * step / 5 for step in range(11)])


@settings(max_examples=draws(40))
@given(cases(), st.tuples(parts, parts, parts))
def test_no_weights_within_the_share_go_beyond_best_and_worst(
    case: tuple[list[tuple[Fraction, ...]], list[Fraction]], moved: tuple[Fraction, ...]
) -> None:
    values, weights = case
    found = weigh(values, weights)
    other = [weight * part for weight, part in zip(weights, moved, strict=False)]
    for one, (position, _) in zip(found, positions(values, other), strict=True):
        assert one.best <= position <= one.worst


@settings(max_examples=draws(40))
@given(cases())
def test_the_positions_seen_are_those_of_the_corners(
    case: tuple[list[tuple[Fraction, ...]], list[Fraction]],
) -> None:
    values, weights = case
    tried = [weights] + [
        [weight * part for weight, part in zip(weights, parts, strict=True)]
        for parts in product((1 - SHARE, 1 + SHARE), repeat=len(weights))
    ]
    seen = [positions(values, some) for some in tried]
    for at, one in enumerate(weigh(values, weights)):
        mine = [some[at][0] for some in seen]
        assert (one.best_seen, one.worst_seen) == (min(mine), max(mine))
        ahead = [  # of a pair, some corner is the best for the one and some for the other
            sum(some[other][1] > some[at][1] for some in seen) for other in range(len(values))
        ]
        assert one.best == 1 + ahead.count(len(tried))
        assert one.worst == 1 + sum(number > 0 for number in ahead)


def test_an_unrelated_partner_can_change_the_order_of_two_others() -> None:
    """The reason why the standing order, and not this, is the ranking of the library."""
    a, b, c, d = [[(Fraction(x), Fraction(y))] for x, y in ((20, 5), (10, 20), (0, 0), (0, 100))]
    equal = [Fraction(1), Fraction(1)]
    before = weigh(a + b + c, equal)
    assert [float(one.score) for one in before[:2]] == [0.625, 0.75]
    after = weigh(a + b + c + d, equal)
    assert [float(one.score) for one in after[:2]] == [pytest.approx(0.525), pytest.approx(0.35)]
    assert (before[0].position, before[1].position) == (2, 1)
    assert (after[0].position, after[1].position) == (1, 3)


def test_many_measures_are_sampled_and_everybody_gets_the_same() -> None:
    values = [[Fraction((7 * row + 3 * column) % 11) for column in range(9)] for row in range(6)]
    weights = [Fraction(1)] * 9
    found = weigh(values, weights)
    assert found == weigh(values, weights)
    assert corners(9) == corners(9)
    assert len(corners(9)[0]) == 256
    assert corners(9)[1] == "256 corners of 512, drawn with seed 0"
    for one in found:
        assert one.best <= one.best_seen <= one.worst_seen <= one.worst


def test_nobody_is_ranked_where_nobody_has_values() -> None:
    assert weigh([], [Fraction(1)]) == []
    assert scales_of([]) == ()
