"""Figures side by side: units are exact, bounds hold what is printed, nothing is decided early."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from diplorel import EventLog
from diplorel.analysis.amounts import Unit, bounds_of, moved, scaled
from diplorel.analysis.bounds import Bounds
from diplorel.analysis.figures_of import IndicatorFigures
from diplorel.analysis.growth_checks import implied_bounds, year_before
from diplorel.analysis.reported_figures import Reported, ReportedFigure
from diplorel.analysis.target_checks import reaches
from diplorel.events import FigureReported, Qualifier, TargetSet
from diplorel.model.dates import PartialDate
from diplorel.testing.streams import distinct, log_of, logs
from draws import draws

POWERS = {"USD": 0, "USD thousand": 3, "USD mn": 6, "usd bn": 9, "USD bn": 9, "billion USD": 9}
numbers = st.decimals(-10_000, 10_000, places=3) | st.builds(
    lambda whole, zeros: Decimal(whole).scaleb(zeros), st.integers(0, 99), st.integers(-2, 3)
)
qualifiers = st.sampled_from([*Qualifier])
bounds = st.builds(bounds_of, numbers, qualifiers)


@given(numbers, st.sampled_from([*POWERS]), st.sampled_from([*POWERS]))
def test_units_are_brought_together_exactly_and_back(value: Decimal, one: str, two: str) -> None:
    power = Unit.parse(one).power_to(Unit.parse(two))
    assert power is not None
    amount = scaled(value, power)
    assert Fraction(amount) == Fraction(value) * Fraction(10) ** (POWERS[one] - POWERS[two])
    assert scaled(amount, -power) == value
    assert "E+" not in str(amount)


@given(st.sampled_from([*POWERS]), st.sampled_from(("EUR bn", "projects", "bn", "US dollars bn")))
def test_another_thing_is_never_brought_together(one: str, two: str) -> None:
    assert Unit.parse(one).power_to(Unit.parse(two)) is None


def half_of(value: Decimal) -> Fraction:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Fraction(10) ** exponent / 2


@given(numbers, qualifiers)
def test_bounds_are_those_that_the_qualifier_says(value: Decimal, qualifier: Qualifier) -> None:
    found = bounds_of(value, qualifier)
    ends = (found.lo.is_finite(), found.hi.is_finite())
    if qualifier in (Qualifier.EXACTLY, Qualifier.ABOUT):
        half = half_of(value)
        assert Fraction(found.lo) <= Fraction(value) - half
        assert Fraction(value) + half <= Fraction(found.hi)
        if qualifier is Qualifier.EXACTLY:
            assert Fraction(found.hi) - Fraction(found.lo) == 2 * half
    elif qualifier in (Qualifier.MORE, Qualifier.AT_LEAST):
        assert (found.lo, *ends) == (value, True, False)
        assert found.lo_open == (qualifier is Qualifier.MORE)
    else:
        assert (found.hi, *ends) == (value, False, True)
        assert found.hi_open == (qualifier is Qualifier.LESS)


def some_of(found: Bounds) -> list[Fraction]:
    """Return numbers that bounds allow, near their ends and far from them."""
    low = Fraction(found.lo) if found.lo.is_finite() else Fraction(found.hi) - 10**6
    high = Fraction(found.hi) if found.hi.is_finite() else low + 10**6
    tiny = Fraction(1, 10**9)
    points = [low, low + tiny, (low + high) / 2, high - tiny, high]
    return [point for point in points if holds(found, point)]


def holds(found: Bounds, number: Fraction) -> bool:
    low = not found.lo.is_finite() or Fraction(found.lo) < number
    low = low or (Fraction(found.lo) == number and not found.lo_open)
    high = not found.hi.is_finite() or number < Fraction(found.hi)
    return low and (high or (Fraction(found.hi) == number and not found.hi_open))


@given(bounds, bounds, st.integers(-9, 9))
def test_two_bounds_exclude_each_other_where_no_number_is_in_both(
    one: Bounds, two: Bounds, power: int
) -> None:
    shared = [point for point in (*some_of(one), *some_of(two)) if holds(one, point)]
    assert one.meets(two) == any(holds(two, point) for point in shared)
    assert moved(one, power).meets(moved(two, power)) == one.meets(two)


@given(st.builds(bounds_of, st.decimals(1, 9999, places=2), qualifiers),
       st.builds(bounds_of, st.decimals(-60, 300, places=2), qualifiers))  # fmt: skip
def test_what_growth_implies_holds_every_number_that_can_have_grown(
    figure: Bounds, percent: Bounds
) -> None:
    implied = implied_bounds(figure, percent)
    if implied is None:
        assert not figure.lo.is_finite() or not percent.lo.is_finite()
        return
    for now in some_of(figure):
        for rate in some_of(percent):
            assert holds(implied, now / (1 + rate / 100))


def wanted(event: TargetSet, number: Fraction) -> bool | None:
    """Say whether one number reaches a target, from the definition alone."""
    goal, down = Fraction(event.value), event.unit == "rank"
    if event.qualifier is Qualifier.ABOUT:
        near = bounds_of(event.value, event.qualifier)
        low, high = Fraction(near.lo), Fraction(near.hi)
        if down:
            return True if number <= low else (None if number <= high else False)
        return True if number >= high else (None if number >= low else False)
    if event.qualifier in (Qualifier.LESS, Qualifier.MORE) and number == goal:
        return False
    down = down or event.qualifier in (Qualifier.LESS, Qualifier.AT_MOST)
    return number <= goal if down else number >= goal


@given(numbers, qualifiers, bounds, st.sampled_from(("USD bn", "rank")))
def test_a_target_is_met_where_every_number_that_may_have_come_reaches_it(
    value: Decimal, qualifier: Qualifier, came: Bounds, unit: str
) -> None:
    event = TargetSet(on="2020", parties=("SGP", "VNM"), indicator="t", value=value, unit=unit,
                      qualifier=qualifier, due="2025", sources=["s"])  # fmt: skip
    near = bounds_of(value, qualifier)
    target = Reported(event=event, key=event.id, followed=True, amount=value, bounds=near)
    ends = [end for end in (near.lo, near.hi, value) if end.is_finite()]
    tiny = Fraction(1, 10**9)
    among = [Fraction(end) + step for end in ends for step in (-tiny, 0, tiny)]
    points = [*some_of(came), *(point for point in among if holds(came, point))]
    found = {wanted(event, point) for point in points}
    assert reaches(target, came) == (found.pop() if len(found) == 1 else None)


# --- of a log ------------------------------------------------------------------------------------


PERIODS = (None, "2012", "2013", "2013-01/2013-06", "2012-01/2012-06")


def number(cls: Any, **more: Any) -> st.SearchStrategy[Any]:
    return st.builds(
        cls,
        on=st.sampled_from(("2013-05-01", "2014", "2014-02")),
        parties=st.sampled_from((("SGP", "VNM"), ("IDN", "VNM"), ("VNM",))),
        by=st.sampled_from((None, None, "VNM")),
        value=st.sampled_from(("9", "9.0", "9.4", "8.3", "9400", "10")),
        unit=st.sampled_from(("USD bn", "USD bn", "USD mn", "EUR bn")),
        qualifier=qualifiers,
        sources=st.sampled_from((["s-gov"], ["s-press"])),
        **more,
    )


reports = number(
    FigureReported,
    indicator=st.just("trade"),
    period=st.sampled_from(PERIODS),
    cumulative=st.booleans(),
    basis=st.sampled_from((None, None, "customs")),
)
rates = st.builds(
    FigureReported,
    on=st.just("2014"), parties=st.just(("SGP", "VNM")), indicator=st.just("trade-growth"),
    value=st.sampled_from(("4.4", "11.57", "-100")), unit=st.sampled_from(("%", "%", "times")),
    period=st.sampled_from((None, "2013", "2013-01/2013-06")), sources=st.just(["s-gov"]),
)  # fmt: skip
targets = number(
    TargetSet,
    indicator=st.just("trade"),
    due=st.sampled_from((None, "2012", "2013", "[2012..2013]")),
)
streams = distinct(reports | rates | targets, least=0, most=7)


def ask(log: EventLog, unit: str = "USD bn") -> IndicatorFigures:
    """Ask for an indicator that may not be recorded, beside one that is."""
    other = FigureReported(on="2014", parties=("THA",), indicator="trade", value="1",
                           unit="USD bn", period="2000", sources=["s-gov"])  # fmt: skip
    return (log | log_of([other])).figures("trade", unit=unit)


@settings(max_examples=draws(60))
@given(streams.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_records_does_not_matter(orders: tuple[list[Any], list[Any]]) -> None:
    events, shuffled = orders
    one, two = ask(log_of(events)), ask(log_of(shuffled))
    assert one == two
    assert one.table() == two.table()


@settings(max_examples=draws(60))
@given(streams)
def test_every_figure_is_a_row_and_rows_are_in_order(events: list[Any]) -> None:
    answer = ask(log_of(events))
    own = {one.id for one in events if one.type == "figure-reported" and one.indicator == "trade"}
    assert {one.key for one in answer if one.event.parties != ("THA",)} == own
    due = {one.id for one in events if one.type == "target-set"}
    assert {one.key for one in answer.targets} == due
    spans = [(one.subject[0], one.subject[1] or "") for one in answer]
    assert all(one <= two for one, two in pairwise(spans))
    rows = len(answer.figures) + len(answer.growth) + len(answer.targets)
    assert len(answer.table()) == rows


def about(one: ReportedFigure) -> tuple[Any, ...]:
    return (*one.subject, one.event.period, one.event.cumulative)


@settings(max_examples=draws(60))
@given(streams)
def test_figures_are_compared_with_those_of_the_same_period_unit_and_basis(
    events: list[Any],
) -> None:
    answer = ask(log_of(events))
    for one in answer:
        same = [
            other
            for other in answer
            if other is not one and one.event.period is not None and about(other) == about(one)
        ]
        like = [
            other
            for other in same
            if "USD" in one.event.unit
            and "USD" in other.event.unit
            and other.event.basis == one.event.basis
        ]
        against = []
        for other in like:
            assert one.bounds is not None
            assert other.bounds is not None
            if not one.bounds.meets(other.bounds):
                against.append(other.key)
        assert (one.bounds is None) == ("USD" not in one.event.unit)
        assert sorted(one.against) == sorted(against)
        assert sorted(one.apart) == sorted(other.key for other in same if other not in like)
        if against:
            assert one.outcome == "excluded"
        elif like:
            assert one.outcome == "compatible"
        else:
            assert one.outcome == ("apart" if same or one.bounds is None else "alone")


@settings(max_examples=draws(60))
@given(streams)
def test_growth_is_checked_with_what_is_reported_for_the_year_before(events: list[Any]) -> None:
    answer = ask(log_of(events))
    by_key = {one.key: one for one in answer}
    for check in answer.growth:
        assert check.before == year_before(check.figure.event.period)
        then = [
            one
            for one in answer
            if one.subject == check.figure.subject
            and one.event.period == check.before
            and one.event.cumulative == check.figure.event.cumulative
        ]
        keys = {*check.against, *check.compatible}
        assert keys <= {one.key for one in then}
        expected = "nothing-recorded" if not then else "apart"
        if check.bounds is None:
            expected = "open"
        elif keys:
            expected = "excluded" if check.against else "compatible"
            for key in keys:
                found = by_key[key].bounds
                assert found is not None
                assert found.meets(check.bounds) == (key not in check.against)
        assert check.outcome == expected


@settings(max_examples=draws(60))
@given(streams)
def test_targets_are_judged_by_what_is_reported_for_their_time(events: list[Any]) -> None:
    answer = ask(log_of(events))
    by_key = {one.key: one for one in answer}
    for target in answer.targets:
        due = target.event.due
        came = [by_key[key] for key in target.against]
        if "USD" not in target.event.unit:
            assert target.outcome == "apart"
            continue
        if due is None:
            assert (target.outcome, came) == ("no-year", [])
            continue
        judged = set()
        for one in came:
            assert one.event.period is not None
            assert one.bounds is not None
            assert one.subject == target.subject
            assert one.event.period.span[1] <= due.hi
            judged.add(reaches(target, one.bounds))
        if target.outcome == "met":
            assert True in judged
        if target.outcome == "not-met":
            assert judged == {False}
            assert due.precision == "year"
        assert (target.outcome == "nothing-recorded") == (not came)
        assert (target.outcome == "sources-differ") <= ({True, False} <= judged)


@given(st.sampled_from(PERIODS[1:]))
def test_the_year_before_is_a_year_shorter_and_as_exact(period: str) -> None:
    before = year_before(PartialDate(period))
    assert before is not None
    assert before.precision == PartialDate(period).precision
    first, last = before.span
    since, until = PartialDate(period).span
    assert {since - first, until - last} <= {365, 366}


@settings(max_examples=draws(50))
@given(logs(reports | targets, most=5, corrections=2))
def test_what_the_log_follows_is_marked_whoever_reports_it(log: EventLog) -> None:
    other = log_of([FigureReported(on="2014", parties=("THA",), indicator="trade", value="1",
                                   unit="USD bn", period="2000", sources=["s-gov"])])  # fmt: skip
    both = log | other
    again = EventLog(reversed(both.records), reference=both.reference)
    answer = both.figures("trade", unit="USD bn")
    assert again.figures("trade", unit="USD bn") == answer
    rows = [*answer.figures, *answer.targets]
    assert len({one.key for one in rows}) == len(rows)
    followed = {one.key: one.event for one in rows if one.followed}
    events = {event.id: event for event in both.resolve().events}
    assert followed == events
