"""Figures: what was reported, side by side; nothing is averaged."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from diplorel.errors import InvalidEventError
from diplorel.events import FigureReported, Qualifier, TargetSet
from diplorel.model.dates import PartialDate
from diplorel.replay.fold import fold
from diplorel.tracks.figures import FIGURES, Figure, FiguresState

if TYPE_CHECKING:
    from diplorel.model.events import Event


def report(on: str, value: str = "9", indicator: str = "trade", **more: Any) -> FigureReported:
    return FigureReported(**{
        "on": on, "parties": ("VNM", "SGP"), "indicator": indicator, "value": value,
        "unit": "USD bn", "sources": ["s"], **more,
    })  # fmt: skip


def target(on: str, value: str = "9", **more: Any) -> TargetSet:
    return TargetSet(**{
        "on": on, "parties": ("VNM", "SGP"), "indicator": "trade", "value": value,
        "unit": "USD bn", "sources": ["s"], **more,
    })  # fmt: skip


def state(*events: Event) -> FiguresState:
    return FIGURES.freeze(fold(events, [FIGURES])[FIGURES]["SGP", "VNM"].value)


def test_a_report_takes_plain_data() -> None:
    bare = report("2025")
    assert bare.value == Decimal(9)
    assert (bare.qualifier, bare.by, bare.period, bare.cumulative) == (
        Qualifier.EXACTLY, None, None, False,
    )  # fmt: skip
    assert (bare.reporter, bare.basis, target("2025").due) == (None, None, None)
    full = report("2025", qualifier=">=", by="VNM", period="2024")
    assert (full.qualifier, full.by, full.period) == (
        Qualifier.AT_LEAST, "VNM", PartialDate("2024"),
    )  # fmt: skip
    for odd in (
        {"by": "vnm"},
        {"value": 9.5},
        {"indicator": "GDP"},
        {"parties": ["A1", "B1", "C1"]},
    ):
        with pytest.raises(InvalidEventError):
            report("2025", **odd)


@pytest.mark.parametrize(
    ("more", "discriminator", "series"),
    [
        ({}, "trade", ("trade", "", False, "")),
        ({"period": "2024"}, "trade.2024", ("trade", "2024", False, "")),
        ({"by": "VNM"}, "trade.VNM", ("trade", "", False, "VNM")),
        ({"by": "VNM", "period": "2024"}, "trade.VNM.2024", ("trade", "2024", False, "VNM")),
        ({"cumulative": True, "period": "2024"}, "trade.to-2024", ("trade", "2024", True, "")),
        ({"cumulative": True}, "trade.to-date", ("trade", "", True, "")),
        ({"period": "2024-01/2024-06"}, "trade.2024-01--2024-06",
         ("trade", "2024-01/2024-06", False, "")),
    ],
)  # fmt: skip
def test_indicator_party_and_period_report_reports_of_one_day_apart(
    more: dict[str, Any], discriminator: str, series: tuple[str, str, bool, str]
) -> None:
    one = report("2025", **more)
    assert one.discriminator == discriminator
    assert one.series == series
    assert one.id == f"figure-reported/SGP-VNM/2025/{discriminator}"
    assert one.undated_key == ("figure-reported", "SGP", "VNM", discriminator, "9", "=", "USD bn")


def test_a_target_is_kept_apart_by_the_time_it_is_due() -> None:
    assert target("2025").discriminator == "trade"
    assert target("2025", due="2030").discriminator == "trade.2030"
    assert target("2025", due="2030/2031", by="VNM").discriminator == "trade.VNM.2030--2031"
    assert target("2025", "9.0", qualifier="<").undated_key == (
        "target-set", "SGP", "VNM", "trade", "9.0", "<", "USD bn",
    )  # fmt: skip


def test_the_latest_report_of_a_series_counts_and_the_earlier_ones_stay_beside_it() -> None:
    one, two, three = (report(str(year), str(year), period="2020") for year in (2021, 2022, 2023))
    assert state(one) == FiguresState((Figure(one),), ())
    assert state(one, two, three).figures == (Figure(three, (one, two)),)
    assert FIGURES.none == FIGURES.unknown == FiguresState((), ())


def test_figures_stand_by_indicator_then_party_then_period_then_cumulation() -> None:
    wanted = [
        report("2025", indicator="a", period="2024"),
        report("2025", indicator="b"),
        report("2025", indicator="b", period="2023"),
        report("2025", indicator="b", period="2024"),
        report("2025", indicator="b", period="2024", cumulative=True),
        report("2025", indicator="b", by="SGP", period="2020"),
        report("2025", indicator="b", by="VNM"),
    ]
    found = state(*reversed(wanted))
    assert [figure.latest for figure in found.figures] == wanted
    assert [figure.latest for figure in found.of("a")] == wanted[:1]
    assert [figure.latest for figure in found.of("b")] == wanted[1:]
    assert found.of("c") == ()


def test_targets_stand_oldest_first_then_by_sequence_then_by_id() -> None:
    wanted = [
        target("2020"),
        target("2021", due="2030"),
        target("2021", due="2031"),
        target("2021", due="2029", seq=1),
        target("2022"),
    ]
    assert state(*reversed(wanted)) == FiguresState((), tuple(wanted))


def test_a_figure_of_one_party_is_its_own() -> None:
    own = report("2025", parties=["VNM"])
    tables = fold([own, report("2025")], [FIGURES])[FIGURES]
    assert sorted(tables, key=str) == [("SGP", "VNM"), "VNM"]
    assert FIGURES.freeze(tables["VNM"].value).figures == (Figure(own),)
    assert own.id == "figure-reported/VNM/2025/trade"


def test_only_reports_of_one_series_do_not_commute() -> None:
    one, again = report("2025", "1"), report("2025-06", "2")
    assert FIGURES.commute(one, again) is False
    assert FIGURES.commute(one, report("2025", period="2024")) is True
    assert FIGURES.commute(one, target("2025")) is True
    assert FIGURES.commute(target("2025"), one) is True
    assert FIGURES.commute(target("2025"), target("2025")) is True


def test_what_a_successor_inherits_grows_apart() -> None:
    acc = FIGURES.start()
    for event in (report("2020"), target("2020")):
        FIGURES.handlers[type(event)](acc, event)
    before = FIGURES.freeze(acc)
    copy = FIGURES.inherit(acc, "SUN", "RUS")
    assert FIGURES.freeze(copy) == before
    for event in (report("2021"), target("2021")):
        FIGURES.handlers[type(event)](copy, event)
    assert FIGURES.freeze(acc) == before
    assert FIGURES.freeze(copy) != before
