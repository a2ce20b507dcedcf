"""Orders by one thing: weak orders with honest intervals, like the standing order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
import oracle
from completions import completions
from diplorel import events as ev
from diplorel.model.dates import LAST_DAY
from diplorel.testing.dense import NEAR, narrow_dates, probes
from diplorel.testing.events import KIN, dyad_events, ties_events, visit_events
from diplorel.testing.streams import distinct, log_of, logs
from diplorel.tracks import TIES
from plausible import plausible_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.analysis.metric_ranking import MetricRanking, MetricRow
    from diplorel.model.events import Event

PARTNERS = ("IDN", "SGP", "USA")
NEVER = 10**9
days = st.sampled_from((*NEAR, "2013-09-20"))
by_name = st.sampled_from(("ties", "visits"))
rules = st.sampled_from(("latest", "earliest"))


def of_ties(pair: tuple[str, str]) -> st.SearchStrategy[list[Event]]:
    # by seq, three events can ask for an order that no days give
    drawn = ties_events(narrow_dates, [pair]).filter(lambda event: event.seq == 0)
    return distinct(drawn, least=0, most=3)


def of_visits(pair: tuple[str, str]) -> st.SearchStrategy[list[Event]]:
    return distinct(visit_events(narrow_dates, [pair]), least=0, most=3)


def ages(events: Sequence[Event], day: int) -> set[int]:
    """Return, over all plausible completions, the days from which present ties can count."""
    found = set()
    if not events:
        return {NEVER}
    ways = plausible_days(completions(events, day), TIES, events[0].parties)
    for order in (order for some in ways.values() for order in some):
        state = oracle.ties([_on(event, at) for event, at in order])
        stands = state["status"] == "established"
        found.add(state["since"].lo if stands else NEVER)
    return found


def counts(events: Sequence[Event], day: int) -> set[int]:
    """Return, over all completions, how many visits were made; more go first."""
    return {
        -sum(isinstance(event, ev.VisitMade) for event, _ in order) or NEVER
        for order in completions(events, day)
    }


class _on:  # noqa: N801  it stands for an event
    """An event on the day that a completion gives it, whatever its id says."""

    def __init__(self, event: Event, day: int) -> None:
        self._event = event
        self.on = dr.PartialDate(date.fromordinal(day))

    def __getattr__(self, name: str) -> object:
        return getattr(self._event, name)


def places(possible: dict[str, set[int]], party: str) -> tuple[int, int]:
    """Return the best and the worst place over all completions; those of dyads are free."""
    mine = {key for key in possible[party] if key != NEVER}
    others = [keys for other, keys in possible.items() if other != party]
    best = 1 + min(sum(max(keys) < key for keys in others) for key in mine)
    worst = 1 + max(sum(min(keys) <= key for keys in others) for key in mine)
    return best, worst


def shown(row: MetricRow) -> int:
    return -row.value if isinstance(row.value, int) else row.value.hi


@given(st.tuples(*map(of_ties, KIN)), days, rules)
def test_by_ties_the_places_are_those_of_all_completions(
    events: tuple[list[Event], ...], day: str, dates: Any
) -> None:
    coverage = [dr.Coverage(track="ties", parties=["VNM"])]
    log = log_of([one for part in events for one in part], coverage=coverage)
    world = log.replay(day, dates=dates)
    assert world.snapshot.day is not None
    _agrees(
        world.metric_ranking("VNM", by="ties"),
        {
            party: ages(part, world.snapshot.day)
            for party, part in zip(PARTNERS, events, strict=True)
        },
    )


@given(st.tuples(*map(of_visits, KIN)), days, rules)
def test_by_visits_the_places_are_those_of_all_completions(
    events: tuple[list[Event], ...], day: str, dates: Any
) -> None:
    world = log_of([one for part in events for one in part]).replay(day, dates=dates)
    assert world.snapshot.day is not None
    _agrees(
        world.metric_ranking("VNM", by="visits"),
        {
            party: counts(part, world.snapshot.day)
            for party, part in zip(PARTNERS, events, strict=True)
        },
    )


def _agrees(order: MetricRanking, possible: dict[str, set[int]]) -> None:
    for row in order:
        assert (row.best, row.worst) == places(possible, row.party)
        assert row.best <= row.position <= row.worst
    listed = {*(row.party for row in order), *order.undecided}
    assert listed == {party for party, keys in possible.items() if keys != {NEVER}}
    assert not listed & {*order.none, *order.unknown}


@given(logs(dyad_events(among=KIN), most=9, corrections=1), st.none() | probes, by_name)
def test_the_order_shown_is_a_weak_order_with_competition_places(
    log: dr.EventLog, day: str | None, by: str
) -> None:
    order = log.replay(day).metric_ranking("VNM", by=by)  # type: ignore[arg-type]  # one of the two
    rows = list(order)
    assert [row.party for row in rows] == [
        row.party for row in sorted(rows, key=lambda row: (shown(row), row.party))
    ]
    for row in rows:
        assert row.position == 1 + sum(shown(other) < shown(row) for other in rows)
        assert row.best <= row.position <= row.worst
    listed = [*(row.party for row in rows), *order.undecided, *order.unknown]
    assert len(listed) == len(set(listed))
    assert len(order.evidence) >= len(rows) == len(order) == len(order.to_records())


@given(
    logs(dyad_events(among=KIN[1:]), most=7, corrections=1),
    st.lists(dyad_events(among=KIN[:1]), min_size=1, max_size=5),
    st.none() | probes,
    by_name,
)
def test_an_unrelated_partner_never_disturbs_the_order_of_two_others(
    log: dr.EventLog, more: list[Event], day: str | None, by: str
) -> None:
    grown = log | dr.EventLog(more, stream="other", reference=log.reference)
    before, after = (one.replay(day).metric_ranking("VNM", by=by) for one in (log, grown))  # type: ignore[arg-type]
    kept = [(row.party, row.value) for row in after if row.party != "IDN"]
    assert kept == [(row.party, row.value) for row in before]


def visit(on: str, visitor: str, host: str) -> Event:
    return ev.VisitMade(on=on, visitor=visitor, host=host, sources=["s-gov"])


def test_visits_of_either_side_count_and_talks_do_not() -> None:
    talks = ev.TalksHeld(on="2013-09-12", parties=("IDN", "VNM"), sources=["s-gov"])
    log = log_of(
        [
            visit("2013-09-10", "VNM", "SGP"), visit("2013-09-11", "SGP", "VNM"),
            visit("2013-09-11", "USA", "VNM"), visit("2013-10", "USA", "VNM"), talks,
        ]
    )  # fmt: skip
    order = log.replay("2013-10-15").metric_ranking("VN", by="visits")
    rows = [(row.position, row.best, row.worst, row.party, row.value) for row in order]
    assert rows == [(1, 1, 2, "SGP", 2), (2, 1, 2, "USA", 1)]
    assert (order.undecided, order.none, order.complete) == ((), (), False)
    assert "FRA" in order.unknown
    assert [one.id for one in order.evidence] == [
        "visit-made/VNM-SGP/2013-09-10",
        "visit-made/SGP-VNM/2013-09-11",
        "visit-made/USA-VNM/2013-09-11",
    ]
    assert repr(order) == "<MetricRanking of VNM's 2 partners by visits on 2013-10-15>"
    assert log.replay("2013-09-30").metric_ranking("VNM", by="visits").undecided == ()
    early = log_of([visit("2013-10", "USA", "VNM")]).replay("2013-10-15")
    assert early.metric_ranking("VNM", by="visits").undecided == ("USA",)


def test_only_states_on_demand_and_the_unknown_apart() -> None:
    log = log_of(
        [
            ev.TiesEstablished(on="1990-11-28", parties=("EU", "VNM"), sources=["s-gov"]),
            ev.TiesEstablished(on="1973-08", parties=("SGP", "VNM"), sources=["s-gov"]),
            visit("2013-09-11", "USA", "VNM"),
        ]
    )
    world = log.replay()
    order = world.metric_ranking("VNM", by="ties")
    assert [(row.party, row.value) for row in order] == [
        ("SGP", dr.PartialDate("1973-08")),
        ("EU", dr.PartialDate("1990-11-28")),
    ]
    assert "USA" in order.unknown
    assert order.on is None
    assert repr(order) == "<MetricRanking of VNM's 2 partners by ties>"
    assert order.to_records()[0] == {
        "position": 1, "best": 1, "worst": 1, "certain": True, "party": "SGP", "name": "Singapore",
        "ties": "1973-08", "last_recorded": True, "complete_to": None,
    }  # fmt: skip
    assert [row.party for row in world.metric_ranking("VNM", by="ties", kind="state")] == ["SGP"]
    coverage = [dr.Coverage(track="ties", parties=["VNM"])]
    covered = log_of([record.event for record in log], coverage=coverage)
    order = covered.replay().metric_ranking("VNM", by="ties")
    assert (order.unknown, order.complete) == ((), True)


def test_ties_that_are_broken_have_no_place() -> None:
    pair = ("SGP", "VNM")
    log = log_of(
        [
            ev.TiesEstablished(on="1973-08-01", parties=pair, sources=["s-gov"]),
            ev.TiesSevered(on="2013", parties=pair, sources=["s-gov"]),
        ]
    )
    assert len(log.replay("2012-12-31").metric_ranking("VNM", by="ties")) == 1
    (row,) = log.replay("2013-06-30").metric_ranking("VNM", by="ties")
    assert (row.position, row.worst) == (1, 1)
    order = log.replay("2014-01-01").metric_ranking("VNM", by="ties")
    assert (len(order), order.undecided, order.none) == (0, (), ("SGP",))
    younger = ev.TiesEstablished(on="1990", parties=("IDN", "VNM"), sources=["s-gov"])
    rows = (log | log_of([younger])).replay("2013-06-30").metric_ranking("VNM", by="ties")
    bounds = [(row.party, row.position, row.best, row.worst) for row in rows]
    assert bounds == [("SGP", 1, 1, 1), ("IDN", 2, 1, 2)]  # the older ties may be broken


def test_an_order_is_complete_on_the_days_for_which_a_stream_says_so() -> None:
    coverage = [dr.Coverage(track="visits", parties=["VNM"], since="2010", until="2012-06-30")]
    log = log_of([visit("2011", "VNM", "SGP")], coverage=coverage)
    found = {
        on: log.replay(on).metric_ranking("VNM", by="visits").complete
        for on in ("2010-12-30", "2010-12-31", "2012-06-30", "2012-07-01", None)
    }
    assert [*found.values()] == [False, True, True, False, False]


def test_the_event_behind_ties_is_the_last_of_theirs_on_that_day_and_an_unlisted_party_an_id() -> (
    None
):
    pair, on = ("QQB", "VNM"), "1973-08-01"
    severed = ev.TiesSevered(on=on, parties=pair, sources=["s-gov"])
    again = ev.TiesRestored(on=on, parties=pair, sources=["s-gov"], seq=1)
    signed = ev.AgreementSigned(on=on, parties=pair, agreement="a", sources=["s-gov"], seq=2)
    order = log_of([severed, again, signed]).replay().metric_ranking("VNM", by="ties")
    assert order.evidence == (again,)
    (row,) = order.to_records()
    assert (row["party"], row["name"], row["ties"]) == ("QQB", "QQB", on)


def test_there_is_no_other_order() -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match="by: expected one of 'ties', 'visits'"):
        log_of([]).replay().metric_ranking("VNM", by="warmth")  # type: ignore[arg-type]
    with pytest.raises(dr.errors.InvalidQueryError, match=r"World\.metric_ranking\(\) ranks"):
        dr.EventLog([visit("2013", "USA", "VNM")]).replay().ranking("USA")
    assert LAST_DAY < NEVER
