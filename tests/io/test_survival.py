"""Durations are such that survival analysis takes them: years from ties to the top, for Vietnam."""

from __future__ import annotations

import warnings
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from math import exp, isinf, log
from typing import TYPE_CHECKING, Any

import pytest

from shipped_once import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.analysis.durations import Duration, Durations

TOP = ("level", "comprehensive-strategic")
needs_lifelines = pytest.mark.skipif(
    find_spec("lifelines") is None,
    reason="lifelines is not installed: it needs pandas 2, so it is in the extra `survival` alone",
)


@pytest.fixture(scope="module")
def rows() -> Durations:
    return shipped("vietnam").durations("Vietnam", event=TOP, on="2025-12-31")


def kaplan_meier(rows: Durations) -> dict[float, float]:
    """Return the share without the event at each time of one, by the textbook."""
    share, found = 1.0, {}
    for t in sorted({row.t for row in rows if row.event}):
        at_risk = sum(row.entry < t <= row.t for row in rows)
        share *= 1 - sum(row.event and row.t == t for row in rows) / at_risk
        found[t] = share
    return found


def weibull(rows: Durations, scale: float, shape: float) -> float:
    """Return the log-likelihood of durations in intervals, from their entry on."""

    def surviving(t: float) -> float:
        return 0.0 if isinf(t) else exp(-((t / scale) ** shape))

    def of(row: Duration) -> float:
        if row.t_lower == row.t_upper:
            t = row.t_lower
            density = log(shape / scale) + (shape - 1) * log(t / scale) - (t / scale) ** shape
        else:
            density = log(surviving(row.t_lower) - surviving(row.t_upper))
        return float(density + (row.entry / scale) ** shape)

    return float(sum(of(row) for row in rows))


def test_every_number_is_one_that_parametric_and_other_models_take(rows: Durations) -> None:
    assert {row.event for row in rows} == {True, False}
    for row in rows:
        assert 0 <= row.t_lower <= row.t_upper
        assert isinf(row.t_upper) is not row.event
        assert 0 <= row.entry < row.t
        assert row.t_lower <= row.t <= row.t_upper
        assert row.t_upper > 0


def test_as_many_reached_the_top_as_the_ranking_has_in_the_days_of_the_coverage(
    rows: Durations,
) -> None:
    world = shipped("vietnam").replay(on="2025-08-22")
    top = world.partners("VNM", at_least="comprehensive-strategic").parties
    assert {party for row in rows if row.event for party in row.parties} - {"VNM"} == {*top}


def test_the_share_that_has_not_reached_the_top_falls_with_every_event(rows: Durations) -> None:
    shares = [*kaplan_meier(rows).values()]
    assert len(shares) == sum(row.event for row in rows)
    assert all(before > after for before, after in pairwise(shares))
    assert 0.5 < shares[-1] < 0.9


def columns(rows: Durations, *names: str) -> list[list[Any]]:
    table = rows.table()
    return [[*table[name]] for name in names]


@needs_lifelines
def test_lifelines_fits_a_weibull_model_to_the_intervals(rows: Durations) -> None:
    lower, upper, entry = columns(rows, "t_lower", "t_upper", "entry")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of its own dependencies
        lifelines = import_module("lifelines")  # without types
        fitted = lifelines.WeibullFitter().fit_interval_censoring(lower, upper, entry=entry)
    scale, shape = fitted.lambda_, fitted.rho_
    best = weibull(rows, scale, shape)
    for factor in (0.9, 1.1):
        assert weibull(rows, scale * factor, shape) < best
        assert weibull(rows, scale, shape * factor) < best


@needs_lifelines
def test_lifelines_takes_the_same_for_kaplan_and_meier(rows: Durations) -> None:
    t, event, entry = columns(rows, "t", "event", "entry")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lifelines = import_module("lifelines")
        fitted = lifelines.KaplanMeierFitter().fit(t, event, entry=entry)
        for when, share in kaplan_meier(rows).items():
            assert fitted.predict(when) == pytest.approx(share)


def test_a_weibull_model_of_ones_own_has_a_likelihood_for_every_row(rows: Durations) -> None:
    guesses: Sequence[tuple[float, float]] = ((32_000, 4), (20_000, 1), (60_000, 2))
    values = [weibull(rows, *guess) for guess in guesses]
    assert max(values) == values[0]
