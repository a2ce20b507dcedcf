"""Rankings by a user's own weights: what is unknown is not zero, and every output says whose."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

import pytest

import diplorel as dr
from diplorel.analysis.weighted import WeightedRanking
from diplorel.errors import InvalidDateError, InvalidQueryError, MissingKeyError, UnknownPartyError
from diplorel.events import AgreementSigned, AgreementTerminated, FigureReported, VisitMade
from shipped_once import shipped

ON = "2025-03-12"
COVERED = [
    dr.Coverage(track=track, parties=["VNM"], since=None) for track in ("visits", "agreements")
]


@cache
def log() -> dr.EventLog:
    return shipped("vietnam")


@cache
def vietnam() -> dr.World:
    return log().replay(ON)


@cache
def mixed() -> WeightedRanking:
    return vietnam().weighted("Vietnam", weights={"visits": 2, "agreements": 1})


def visits(host: str, number: int) -> list[VisitMade]:
    return [
        VisitMade(on="2020-01-01", visitor="VNM", host=host, nth=nth, sources=["s"])
        for nth in range(1, number + 1)
    ]


def agreements(other: str, number: int) -> list[AgreementSigned]:
    return [
        AgreementSigned(
            on="2020-01-01", parties=("VNM", other), agreement=f"{other.lower()}-{n}", sources=["s"]
        )
        for n in range(number)
    ]


def figure(other: str, value: str, **more: Any) -> FigureReported:
    return FigureReported(**{
        "on": "2021-01-01", "parties": ("VNM", other), "indicator": "trade", "value": value,
        "unit": "USD bn", "period": "2020", "sources": ["s"], **more,
    })  # fmt: skip


def world(*events: Any, on: str | None = None, **known: Any) -> dr.World:
    return dr.EventLog(events, at="2026-01-01T00:00:00Z", **known).replay(on)


def test_counts_are_scaled_and_weighed() -> None:
    first, second = mixed().rows[:2]
    assert (first.party, first.position, first.score) == ("CHN", 1, 1.0)
    assert second.values == {"visits": Fraction(11), "agreements": Fraction(21)}
    assert second.score == pytest.approx((2 * (11 - 1) / 28 + 1) / 3)
    assert mixed()["Singapore"] == second
    scale = mixed().scales["visits"]
    assert [int(end) for end in (scale.least, scale.most)] == [1, 29]
    assert (mixed()["JPN"].best, mixed()["JPN"].worst) == (2, 3)


def test_every_output_says_that_the_weights_are_the_users() -> None:
    ranking = mixed()
    assert ranking.label == "user-weighted"
    for text in (repr(ranking), str(ranking), ranking.table().title):
        assert "user-weighted: visits 2, agreements 1" in text
    assert {row["label"] for row in ranking.table()} == {"user-weighted"}
    assert {row["label"] for row in ranking.to_records()} == {"user-weighted"}
    assert ranking.table().stamp["label"] == "user-weighted"
    assert "scaled from 0 to 1 by least and most (min-max): visits from 1 to 29" in str(ranking)
    assert "as recorded, there may be more: visits, agreements" in str(ranking)
    assert "seen: by every corner (4)" in str(ranking)


def test_what_is_unknown_is_listed_apart_with_the_reason() -> None:
    ranking = mixed()
    assert "FJI" in ranking.left_out
    assert "visits: none is recorded, and no stream says" in ranking.reasons["FJI"]
    with pytest.raises(MissingKeyError, match="left_out"):
        ranking["FJI"]
    assert "left_out (" in str(ranking)
    rows = ranking.table().to_records()
    assert len(rows) == len(ranking) + len(ranking.left_out)
    (row,) = (row for row in rows if row["party"] == "FJI")
    assert (row["position"], row["score"], row["visits"], row["name"]) == (None, None, None, "Fiji")
    assert row["left_out"] == ranking.reasons["FJI"]
    states = vietnam().weighted("VNM", weights={"visits": 1}, kind="state")
    assert "AFRICAN_UNION" not in (*states.left_out, *(row.party for row in states))
    with pytest.raises(MissingKeyError, match="not among the partners"):
        states["African Union"]


def test_none_is_zero_where_a_stream_says_that_it_is_complete() -> None:
    given = world(*visits("SGP", 2), *visits("IDN", 1), coverage=COVERED)
    ranking = given.weighted("VNM", weights={"visits": 1})
    assert ranking["FJI"].values == {"visits": 0}
    assert ranking["SGP"].score == 1
    assert (ranking.left_out, ranking.incomplete) == ((), ())
    assert "there may be more" not in str(ranking)


def test_an_unrelated_partner_changes_the_order_of_two_others() -> None:
    """With values of domain reasoning: (20, 5), (10, 20), (0, 0), and then (0, 100)."""
    numbers = {"SGP": (21, 6), "IDN": (11, 21), "THA": (1, 1)}

    def ranked(**more: tuple[int, int]) -> list[tuple[str, float]]:
        events: list[Any] = []
        for party, (made, signed) in {**numbers, **more}.items():
            events += [*visits(party, made), *agreements(party, signed)]
        found = world(*events).weighted("VNM", weights={"visits": 1, "agreements": 1})
        return [(row.party, round(row.score, 3)) for row in found]

    assert ranked()[:2] == [("IDN", 0.75), ("SGP", 0.625)]
    with_laos = ranked(LAO=(1, 101))
    assert [one for one in with_laos if one[0] in numbers][:2] == [("SGP", 0.525), ("IDN", 0.35)]


def test_counts_that_dates_leave_open_are_listed_apart() -> None:
    may = VisitMade(on="2020", visitor="SGP", host="VNM", sources=["s"])
    ended = AgreementTerminated(on="2020", parties=("VNM", "IDN"), agreement="idn-0", sources=["s"])
    given = world(*visits("SGP", 1), may, *visits("IDN", 1), *agreements("IDN", 1),
                  *agreements("SGP", 1), ended, on="2020-06-01")  # fmt: skip
    ranking = given.weighted("VNM", weights={"visits": 1, "agreements": 1})
    assert len(ranking) == 0
    assert ranking.reasons["SGP"] == "visits: dates leave open how many were made by that day"
    assert ranking.reasons["IDN"].startswith("agreements: dates leave open")
    assert ranking.scales == {}
    assert "min-max): nothing" in str(ranking)
    assert ranking.table()["visits_scaled"].note.endswith("nothing")
    assert ranking.evidence == ()


def test_an_agreement_that_ended_counts_no_more() -> None:
    ended = AgreementTerminated(on="2021-01-01", parties=("VNM", "SGP"), agreement="sgp-0",
                                sources=["s"])  # fmt: skip
    given = world(*agreements("SGP", 3), ended, *agreements("IDN", 1))
    ranking = given.weighted("VNM", weights={"agreements": 1})
    assert [(row.party, int(row.values["agreements"])) for row in ranking] == [
        ("SGP", 2),
        ("IDN", 1),
    ]
    assert {event.type for event in ranking.evidence} == {
        "agreement-signed",
        "agreement-terminated",
    }


def by_trade(*events: Any) -> WeightedRanking:
    return world(*events).weighted("VNM", weights={"trade": 1}, period="2020", unit="USD bn")


def test_an_indicator_is_weighed_where_sources_agree_on_a_number() -> None:
    ranking = by_trade(
        figure("SGP", "9"),
        figure("SGP", "9.2", on="2022-01-01"),
        figure("IDN", "9100", unit="USD mn"),
        figure("THA", "8", qualifier="~"),
        figure("MYS", "9", qualifier=">"),
        figure("LAO", "5", unit="EUR bn"),
        figure("KHM", "5"),
        figure("KHM", "6", on="2022-01-01"),
        figure("JPN", "5", basis="customs"),
        figure("JPN", "5", on="2022-01-01"),
        figure("FRA", "5", by="VNM"),
        figure("FRA", "6", by="FRA"),
        figure("ITA", "5", period="2019"),
    )
    assert [(row.party, row.values["trade"]) for row in ranking] == [
        ("SGP", Fraction("9.2")),
        ("IDN", Fraction("9.1")),
        ("THA", 8),
    ]
    reasons = {id: ranking.reasons[id] for id in ("MYS", "LAO", "KHM", "JPN", "FRA", "ITA")}
    assert reasons == {
        "MYS": "trade: for 2020 only a bound is reported",
        "LAO": "trade: a figure for 2020 is in another unit than USD bn",
        "KHM": "trade: sources differ on 2020",
        "JPN": "trade: sources differ on 2020",
        "FRA": "trade: the figures for 2020 are of several directions",
        "ITA": "trade: no figure for 2020 is recorded",
    }
    assert ranking.incomplete == ("trade",)
    assert ranking.table()["trade"].unit == "USD bn"
    assert ranking.table().stamp["period"] == "2020"


def test_it_can_be_cited() -> None:
    assert len(log().cite(mixed()).csl()) > 1


@pytest.mark.parametrize("weight", [2, 2.0, Decimal(2), Fraction(2)])
def test_weights_are_numbers_of_any_kind(weight: Any) -> None:
    ranking = vietnam().weighted("VNM", weights={"visits": weight, "agreements": 1})
    assert ranking.weights == {"visits": 2, "agreements": 1}
    assert [row.position for row in ranking] == [row.position for row in mixed()]


def test_a_weight_that_is_not_whole_is_printed_with_its_digits() -> None:
    assert "visits 0.25" in repr(vietnam().weighted("VNM", weights={"visits": 0.25}))


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        *(
            ({"weights": {"visits": weight}}, InvalidQueryError, "above zero")
            for weight in (0, -1, True, "2", float("nan"), float("inf"), None)
        ),
        ({"weights": {}}, InvalidQueryError, "weights: expected"),
        ({"weights": ["visits"]}, InvalidQueryError, "weights: expected"),
        ({"weights": {"visit": 1}}, InvalidQueryError, "visits"),
        ({"weights": {"visits": 1}, "kind": "states"}, InvalidQueryError, "state"),
        ({"weights": {"trade-turnover": 1}}, InvalidQueryError, "period"),
        ({"weights": {"trade-turnover": 1}, "period": "2024"}, InvalidQueryError, "unit"),
        ({"weights": {"visits": 1}, "period": "soon"}, InvalidDateError, "soon"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    ask: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        vietnam().weighted("VNM", **ask)
    with pytest.raises(UnknownPartyError):
        vietnam().weighted("Atlantis", weights={"visits": 1})


def test_the_positions_seen_stay_within_the_range() -> None:
    for row, end in product(mixed(), ("best", "worst")):
        inside = (row.best, row.best_seen, row.position, row.worst_seen, row.worst)
        assert list(inside) == sorted(inside), end
