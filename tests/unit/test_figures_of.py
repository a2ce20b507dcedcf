"""Figures and targets of an indicator: what sources print, brought together and compared."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import pytest

import diplorel as dr
from diplorel.analysis.amounts import Unit, bounds_of, scaled
from diplorel.analysis.figures_of import IndicatorFigures
from diplorel.analysis.growth_checks import year_before
from diplorel.errors import InvalidQueryError, UnknownPartyError
from diplorel.events import FigureReported, Qualifier, TargetSet
from diplorel.model.dates import PartialDate
from shipped_once import shipped


@cache
def vietnam() -> dr.EventLog:
    return shipped("vietnam")


@cache
def trade(party: str | None = "VNM", unit: str | None = "USD bn") -> IndicatorFigures:
    return vietnam().figures("trade-turnover", party=party, unit=unit)


def report(value: str, period: str | None = "2024", **more: Any) -> FigureReported:
    return FigureReported(**{
        "on": "2025-01-01", "parties": ("SGP", "VNM"), "indicator": "trade", "value": value,
        "unit": "USD bn", "period": period, "sources": ["s"], **more,
    })  # fmt: skip


def target(value: str, due: str | None = "2024", **more: Any) -> TargetSet:
    return TargetSet(**{
        "on": "2020-01-01", "parties": ("SGP", "VNM"), "indicator": "trade", "value": value,
        "unit": "USD bn", "due": due, "sources": ["s"], **more,
    })  # fmt: skip


def asked(*events: Any, unit: str | None = "USD bn") -> IndicatorFigures:
    return dr.EventLog(events, at="2026-01-01T00:00:00Z").figures("trade", unit=unit)


# --- the shipped stream --------------------------------------------------------------------------


def test_growth_implies_another_number_for_2021_than_a_paper_prints() -> None:
    (check,) = (one for one in trade().growth if "SGP" in one.growth.event.parties)
    assert (check.figure.amount, check.implied) == (Decimal("9.15"), Decimal("8.20"))
    assert check.bounds is not None
    assert [round(end, 4) for end in (check.bounds.lo, check.bounds.hi)] == [
        Decimal("8.1963"),
        Decimal("8.2060"),
    ]
    assert check.outcome == "excluded"
    assert check.against == ("figure-reported/SGP-VNM/2025-03-22/trade-turnover.2021",)
    assert "growth  SGP-VNM             2021  11.57 %" in str(trade("SGP"))


def test_growth_that_agrees_with_the_year_before() -> None:
    (check,) = (one for one in trade().growth if "FRA" in one.growth.event.parties)
    assert (check.implied, check.outcome) == (Decimal("4.80"), "compatible")
    assert check.compatible == ("figure-reported/FRA-VNM/2024-10-22/trade-turnover.2023",)


def test_two_papers_exclude_each_other_for_2022() -> None:
    one, two = (one for one in trade("SGP") if str(one.event.period) == "2022")
    assert (one.outcome, two.outcome) == ("excluded", "excluded")
    assert (one.against, two.against) == ((two.key,), (one.key,))


def test_statistics_on_another_basis_are_beside_and_not_against() -> None:
    customs, agency = (one for one in trade("JPN") if str(one.event.period) == "2024")
    assert (customs.event.basis, agency.event.basis) == ("customs", None)
    assert (customs.outcome, customs.apart) == ("apart", (agency.key,))
    assert (agency.outcome, agency.against) == ("apart", ())


def test_millions_come_into_billions_with_every_digit() -> None:
    (egypt,) = trade("EGY")
    assert (egypt.event.unit, str(egypt.amount)) == ("USD mn", "0.5414")
    rows = trade("EGY").table().to_records()
    assert (rows[0]["value_text"], rows[0]["amount_text"]) == ("541.4", "0.5414")
    assert (rows[0]["lower_text"], rows[0]["upper_text"]) == ("0.54135", "0.54145")
    assert trade("EGY").table()["amount"].unit == "USD bn"


def test_euros_stay_euros() -> None:
    stock = vietnam().figures("investment-stock", party="EU", unit="USD bn")
    (row,) = stock.table()
    assert (row["amount"], row["lower"], row["outcome"]) == (None, None, "apart")
    assert (row["value_text"], row["value_unit"], row["qualifier"]) == ("30", "EUR bn", ">")
    euros = vietnam().figures("investment-stock", party="EU", unit="EUR mn")
    (row,) = euros.table()
    assert (row["lower_text"], row["lower_excluded"], row["upper"]) == ("30000", True, None)
    assert (row["upper_excluded"], row["outcome"]) == (None, "alone")


def test_thailand_met_its_target_of_2020_and_most_targets_have_no_figure() -> None:
    outcomes = {one.key: one.outcome for one in trade().targets}
    assert outcomes["target-set/THA-VNM/2013-06-26/trade-turnover.2020"] == "met"
    assert outcomes["target-set/LAO-VNM/2025-12-01/trade-turnover"] == "no-year"
    assert outcomes["target-set/IDN-VNM/2025-03-10/trade-turnover.2028"] == "nothing-recorded"


def test_the_unit_is_the_one_printed_most_often_when_none_is_given() -> None:
    assert trade("EGY", None).unit == "USD mn"
    assert trade(None, None).unit == "USD bn"
    assert vietnam().figures("investment-projects").unit == "projects"
    assert vietnam().figures("trade-turnover", party="FJI").unit == ""


def test_the_answer_says_how_it_was_made_and_what_it_rests_on() -> None:
    answer = trade("SGP")
    assert answer.stamp["unit"] == answer.unit == "USD bn"
    assert answer.stamp["policy"] == "by_kind"
    assert answer.table().stamp["indicator"] == "trade-turnover"
    assert (
        repr(answer) == "<IndicatorFigures trade-turnover of SGP: 7 figures, 0 targets, in USD bn>"
    )
    assert repr(trade(None)).startswith("<IndicatorFigures trade-turnover: 55 figures, 24 targets")
    assert str(trade(None)).endswith("more rows")
    ids = {event.id for event in answer.evidence}
    assert "figure-reported/SGP-VNM/2023-07-18/trade-turnover-growth.2022" in ids
    assert len(vietnam().cite(answer).csl()) > 1


def test_a_figure_of_one_party_alone_has_no_other_side() -> None:
    (row,) = (
        row
        for row in vietnam().figures("investment-stock", party="VNM").table()
        if row["party_b"] is None
    )
    assert (row["party_a"], row["cumulative"], row["period"]) == ("VNM", True, "2023-09-20")


def test_the_days_of_a_period_reach_to_its_end() -> None:
    (row,) = (row for row in trade("SGP").table() if row["period"] == "2024-01/2024-10")
    assert [str(row[name]) for name in ("period_first", "period_last")] == [
        "2024-01-01",
        "2024-10-31",
    ]


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        ({"indicator": "trade-turnovr"}, InvalidQueryError, "trade-turnover"),
        ({"indicator": "trade-turnover", "party": "Atlantis"}, UnknownPartyError, "Atlantis"),
        ({"indicator": "trade-turnover", "unit": " "}, InvalidQueryError, "USD bn"),
        ({"indicator": "trade-turnover", "unit": 9}, InvalidQueryError, "unit: expected"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    ask: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        vietnam().figures(**ask)


# --- cases ---------------------------------------------------------------------------------------


def test_a_unit_with_two_powers_or_none_is_itself() -> None:
    assert Unit.parse("thousand million USD") == Unit("thousand million USD")
    assert Unit.parse("million") == Unit("", 6)
    assert Unit.parse("million").power_to(Unit.parse("thousand")) == 3


def test_numbers_that_differ_in_the_last_digit_exclude_each_other() -> None:
    rows = asked(report("9.15"), report("9.16", on="2025-02-01"), report("9.2", on="2025-03-01"))
    assert [len(row.against) for row in rows] == [1, 1, 0]
    below, zero = bounds_of(Decimal(-5), Qualifier.EXACTLY), bounds_of(Decimal(0), Qualifier.ABOUT)
    assert (str(below.lo), below.lo_open, below.hi_open) == ("-5.5", True, False)
    assert (zero.lo_open, zero.hi_open) == (True, True)


def test_about_counts_the_zeros_at_the_end_as_no_digits() -> None:
    for text, low, high in (
        ("100", "50", "150"),
        ("166", "165.5", "166.5"),
        ("9.0", "8.95", "9.05"),
        ("0", "-0.5", "0.5"),
    ):
        found = bounds_of(Decimal(text), Qualifier.ABOUT)
        assert (str(found.lo), str(found.hi)) == (low, high)


def test_a_number_with_more_digits_than_any_of_this_world_is_kept_apart() -> None:
    huge = asked(report("1E+900"), report("9", on="2026"))
    assert [one.amount for one in huge] == [None, Decimal(9)]
    assert [one.outcome for one in huge] == ["apart", "apart"]
    assert str(scaled(Decimal("1E+900"), 3)) == "1E+903"


def test_accounts_that_give_other_numbers_are_rows_of_their_own() -> None:
    one = dr.EventLog([report("9.2")], stream="one", at="2026-01-01T00:00:00Z")
    two = dr.EventLog([report("9.5")], stream="two", at="2026-01-01T00:00:00Z")
    three = dr.EventLog([report("9.5", note="x")], stream="three", at="2026-01-01T00:00:00Z")
    answer = (one | two | three).figures("trade")
    followed, other = sorted(answer, key=lambda row: not row.followed)
    assert (followed.followed, other.followed) == (True, False)
    assert other.key == f"{followed.key}@{other.event.digest}"
    assert (followed.outcome, other.outcome) == ("excluded", "excluded")
    assert followed.against == (other.key,)


def test_what_denies_an_event_is_no_account_of_it() -> None:
    mended = report("9.5", on="2025-01-02", supersedes=[report("9.2").id], reason="misprint")
    one = dr.EventLog([report("9.2")], stream="one", at="2026-01-01T00:00:00Z")
    two = dr.EventLog([mended], stream="two", at="2026-01-02T00:00:00Z")
    (denied,) = (one | two).resolve().accounts.values()
    assert any(account.denies for account in denied)
    keys = [row.key for row in (one | two).figures("trade")]
    assert len(keys) == len({*keys})
    assert {*keys} <= {mended.id, report("9.2").id}


def test_two_figures_whose_bounds_share_a_number_are_compatible() -> None:
    rows = asked(report("9.2"), report("9", on="2025-02-01", qualifier=">")).figures
    assert [row.outcome for row in rows] == ["compatible", "compatible"]
    assert [row.against for row in rows] == [(), ()]


@pytest.mark.parametrize(
    ("printed", "qualifier", "came", "how", "outcome"),
    [
        ("18", "=", "18.6", "=", "met"),
        ("18", "=", "18", "=", "open"),
        ("18", "=", "18", ">=", "met"),
        ("18", ">", "18", ">=", "open"),
        ("18", "=", "16.7", "=", "not-met"),
        ("18", "=", "17", ">", "open"),
        ("80", "~", "78", "=", "open"),
        ("80", "~", "86", "=", "met"),
        ("80", "~", "70", "=", "not-met"),
        ("5", "<", "4.2", "=", "met"),
        ("5", "<=", "6", "<", "open"),
        ("5", "<", "5", ">=", "not-met"),
    ],
)
def test_a_target_is_judged_by_bounds(
    printed: str, qualifier: str, came: str, how: str, outcome: str
) -> None:
    goal = target(printed, qualifier=qualifier)
    (check,) = asked(goal, report(came, qualifier=how)).targets
    assert check.outcome == outcome
    assert check.against == (report(came, qualifier=how).id,)


def test_sources_can_differ_on_whether_a_target_was_met() -> None:
    both = (report("19"), report("16", on="2025-02-01"))
    (check,) = asked(target("18"), *both).targets
    assert (check.outcome, len(check.against)) == ("sources-differ", 2)


def test_a_part_of_the_year_decides_no_target_and_a_range_of_years_any() -> None:
    part = report("30", "2024-01/2024-10")
    assert asked(target("18"), part).targets[0].outcome == "nothing-recorded"
    years = target("18", "[2023..2024]")
    assert asked(years, part, report("17")).targets[0].outcome == "open"
    assert asked(years, report("17"), report("19", "2023")).targets[0].outcome == "met"


def test_a_cumulative_number_counts_at_the_end_of_the_time() -> None:
    stock = [report("19", "2024-12-31", cumulative=True), report("12", "2024-11", cumulative=True)]
    (check,) = asked(target("18"), *stock).targets
    assert (check.outcome, check.against) == ("met", (stock[0].id,))


def test_a_target_of_another_currency_is_apart() -> None:
    (check,) = asked(target("18", unit="EUR bn"), report("19")).targets
    assert (check.outcome, check.amount) == ("apart", None)


@pytest.mark.parametrize(
    ("qualifier", "came", "outcome"),
    [("=", "2", "met"), ("=", "4", "not-met"), ("~", "2", "met"), ("~", "3", "open")],
)
def test_a_rank_is_reached_by_a_smaller_number(qualifier: str, came: str, outcome: str) -> None:
    goal = target("3", unit="rank", qualifier=qualifier)
    (check,) = asked(goal, report(came, unit="rank"), unit=None).targets
    assert check.outcome == outcome


def test_growth_is_checked_with_the_figure_of_its_own_source_first() -> None:
    rate = report("10", indicator="trade-growth", unit="%")
    own, other = report("11"), report("22", on="2025-02-01", sources=["t"])
    checks = asked(rate, own, other, report("10", "2023")).growth
    assert [one.figure.key for one in checks] == [own.id]
    assert checks[0].outcome == "compatible"
    lone = asked(attrs_with(rate, sources=["u"]), own, other, report("10", "2023")).growth
    assert [one.outcome for one in lone] == ["compatible", "excluded"]


def attrs_with(event: FigureReported, **more: Any) -> FigureReported:
    return report("10", indicator="trade-growth", unit="%", **more)


@pytest.mark.parametrize(
    ("rate", "before", "outcome"),
    [
        ({}, None, "nothing-recorded"),
        ({}, {"unit": "EUR bn"}, "apart"),
        ({}, {"basis": "customs"}, "apart"),
        ({"qualifier": "<"}, {}, "open"),
        ({"value": "-100"}, {}, "open"),
        ({"unit": "times"}, {}, "open"),
        ({"qualifier": ">"}, {}, "compatible"),
    ],
)
def test_what_growth_leaves_open(
    rate: dict[str, Any], before: dict[str, Any] | None, outcome: str
) -> None:
    grown = report(**{"value": "10", "indicator": "trade-growth", "unit": "%", **rate})
    then = [] if before is None else [report("10", "2023", **before)]
    (check,) = asked(grown, report("11"), *then).growth
    assert check.outcome == outcome
    assert (check.implied is None) == (outcome == "open")


@pytest.mark.parametrize(
    ("now", "rate", "implied"),
    [
        ("9.15", "11.57", "8.20"),
        ("100", "-20", "125"),
        ("5", "100", "3"),  # a half is rounded up
        ("1.20E+2", "20", "100"),
        ("12E+3", "20", "10000"),
    ],
)
def test_growth_implies_a_number_with_the_decimals_of_the_figure(
    now: str, rate: str, implied: str
) -> None:
    grown = report(rate, indicator="trade-growth", unit="%")
    (check,) = asked(grown, report(now)).growth
    assert str(check.implied) == implied
    assert check.before == PartialDate("2023")


def test_growth_is_of_the_same_time_subject_and_basis() -> None:
    rate: dict[str, Any] = {"value": "10", "indicator": "trade-growth", "unit": "%"}
    same: dict[str, Any] = {"value": "11", "period": "2024"}
    for figure in (
        {"period": "2023"}, {"period": "2024-12"}, {"cumulative": True},
        {"parties": ("THA", "VNM")},
    ):  # fmt: skip
        assert asked(report(**rate), report(**same | figure)).growth == ()
    assert len(asked(report(**rate), report(**same, basis="customs")).growth) == 1
    assert asked(report(**rate, basis="exports"), report(**same, basis="customs")).growth == ()
    of_basis = asked(report(**rate, basis="customs"), report(**same, basis="customs"))
    assert len(of_basis.growth) == 1


def test_growth_is_held_against_the_same_time_of_the_year_before() -> None:
    rate = report("10", indicator="trade-growth", unit="%")
    for other in ({"period": "2022"}, {"cumulative": True}, {"parties": ("THA", "VNM")}):
        before: dict[str, Any] = {"period": "2023", **other}
        (check,) = asked(rate, report("11"), report("10", **before)).growth
        assert (check.outcome, check.against, check.compatible) == ("nothing-recorded", (), ())


def test_growth_without_a_year_before_is_not_checked() -> None:
    for period in (None, "202X", "0001"):
        rate = report("10", period, indicator="trade-growth", unit="%")
        assert asked(rate, report("11", period)).growth == ()
    assert year_before(None) is None


def test_a_target_of_growth_is_no_growth() -> None:
    rate = target("10", indicator="trade-growth", unit="%")
    assert asked(rate, report("11"), report("10", "2023")).growth == ()


def test_growth_of_an_amount_in_no_unit_is_not_checked() -> None:
    rate = report("10", indicator="trade-growth", unit="%")
    assert asked(rate, report("11", unit="EUR bn")).growth == ()


def test_bounds_without_an_end_are_printed_as_such() -> None:
    printed = str(asked(report("9", qualifier="<="), report("9", "2023", qualifier=">=")))
    assert "<= 9" in printed
    assert ">= 9" in printed
