"""The standing order: a weak order with honest intervals."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st

import oracle
from completions import completions
from diplorel import Coverage, EventLog, PartialDate
from diplorel import events as ev
from diplorel.errors import InvalidQueryError
from diplorel.model.dates import FIRST_DAY, LAST_DAY
from diplorel.testing.dense import NEAR, VNM_LADDER, narrow_dates, probes
from diplorel.testing.events import KIN, dyad_events, level_events, ties_events
from diplorel.testing.streams import distinct, log_of, logs
from diplorel.tracks import LEVEL, TIES
from plausible import plausible_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diplorel.analysis.ranking_rows import RankingRow
    from diplorel.model.events import Event

Key = tuple[int, int, int]
PARTNERS = ("IDN", "SGP", "USA")
RANK = {level.id: level.rank for level in VNM_LADDER.levels}
days = st.sampled_from((*NEAR, "2013-09-20"))
covered = st.sampled_from(((), (Coverage(track="ties", parties=["VNM"]),)))


def of_one(pair: tuple[str, str]) -> st.SearchStrategy[list[Event]]:
    # by seq, three events can ask for an order that no days give
    drawn = ties_events(narrow_dates, [pair]) | level_events(narrow_dates, [pair], ["VNM"])
    return distinct(drawn.filter(lambda event: event.seq == 0), least=0, most=3)


def heaped(pair: tuple[str, str]) -> st.SearchStrategy[list[Event]]:
    """Draw events of one text of a date, which a state cannot tell apart by its date."""
    same = st.just("[2013-09-10..2013-09-13]")
    fixed = st.just("2013-09-11")
    return distinct(
        ties_events(same, [pair]) | level_events(same | fixed, [pair], ["VNM"]), least=1, most=4
    )


three_dyads = st.tuples(*(of_one(pair) for pair in KIN))


def key_of(row: RankingRow) -> Key:
    ties = LAST_DAY if row.ties is None else row.ties.hi
    return (-(row.level.rank or 0), row.since.hi, ties)


def keys(events: Sequence[Event], day: int, *, complete: bool) -> list[list[Key] | None]:
    """Return, for each plausible completion, the keys that a partner can have.

    None stands for no rank.
    """
    found: list[list[Key] | None] = []
    for ties, held in _ways(events, day):
        rank = RANK.get(held["level"])
        if rank is None:
            found.append(None)
            continue
        if ties["status"] == "established":
            counts = [ties["since"].lo]
        elif ties["status"] is None and not complete:
            counts = [FIRST_DAY, LAST_DAY]  # nothing is known of them
        else:
            counts = [LAST_DAY]
        found.append([(-rank, held["since"].lo, since) for since in counts])
    return found


def _ways(events: Sequence[Event], day: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield the ties and the level of each plausible completion; those of the two are free."""
    if not events:
        yield oracle.ties([]), oracle.level([], "VNM")
        return
    orders, pair = [*completions(events, day)], events[0].parties
    reference = log_of(events).reference
    levels = plausible_days(orders, LEVEL, pair, reference)
    for happened, some in plausible_days(orders, TIES, pair, reference).items():
        for ties, level in product(some, levels[happened]):
            steps: list[Any] = [_dated(event, on) for event, on in level]
            own: list[Any] = [_dated(event, on) for event, on in ties]
            yield oracle.ties(own), oracle.level(steps, "VNM", RANK)


class _dated:  # noqa: N801  it stands for an event
    """An event on the day that a completion gives it, whatever its id says."""

    def __init__(self, event: Event, day: int) -> None:
        self._event = event
        self.on = PartialDate(date.fromordinal(day))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._event, name)


def by_brute_force(possible: dict[str, list[list[Key] | None]], party: str) -> tuple[int, int]:
    """Return best and worst place over all completions; those of different dyads are free."""
    mine = [key for found in possible[party] if found is not None for key in found]
    others = [
        [key for found in cases for key in (found if found is not None else [None])]
        for other, cases in possible.items()
        if other != party
    ]
    best = min(
        1 + sum(min(its is not None and its < key for its in cases) for cases in others)
        for key in mine
    )
    worst = max(
        1 + sum(max(its is not None and its <= key for its in cases) for cases in others)
        for key in mine
    )
    return best, worst


@given(three_dyads, days, covered, st.sampled_from(("latest", "earliest")))
def test_best_and_worst_place_are_those_of_all_completions(
    histories: tuple[list[Event], ...], day: str, coverage: tuple[Coverage, ...], dates: Any
) -> None:
    log = log_of([event for part in histories for event in part], coverage=coverage)
    world = log.replay(day, dates=dates)
    assert world.snapshot.day is not None
    possible = {
        party: keys(part, world.snapshot.day, complete=bool(coverage))
        for party, part in zip(PARTNERS, histories, strict=True)
    }
    ranking = world.ranking("VNM")
    for row in ranking:
        assert (row.best, row.worst) == by_brute_force(possible, row.party)
        assert row.best <= row.position <= row.worst
    shown = {row.party for row in ranking}
    assert {*shown, *ranking.undecided} == {
        party for party, cases in possible.items() if any(case is not None for case in cases)
    }


@given(heaped(KIN[0]), heaped(KIN[1]), days)
def test_best_and_worst_place_hold_where_events_share_one_date(
    one: list[Event], other: list[Event], day: str
) -> None:
    assume(len(one) + len(other) <= 6)
    world = log_of([*one, *other]).replay(day)
    assert world.snapshot.day is not None
    possible = {
        party: keys(part, world.snapshot.day, complete=False)
        for party, part in zip(PARTNERS, (one, other), strict=False)
    }
    for row in world.ranking("VNM"):
        assert (row.best, row.worst) == by_brute_force(possible, row.party)


@given(three_dyads, days)
def test_partners_at_a_level_are_sure_in_all_completions_and_possible_in_some(
    histories: tuple[list[Event], ...], day: str
) -> None:
    world = log_of([event for part in histories for event in part]).replay(day)
    assert world.snapshot.day is not None
    held = {
        party: [level["level"] for _, level in _ways(part, world.snapshot.day)]
        for party, part in zip(PARTNERS, histories, strict=True)
    }
    for asked in ("low", "mid", "high"):
        found = world.partners("VNM", at_least=asked)
        wanted = {level.id for level in VNM_LADDER.at_least(asked)}
        sure = {party for party, levels in held.items() if set(levels) <= wanted}
        some = {party for party, levels in held.items() if set(levels) & wanted}
        assert set(found.parties) == sure
        assert set(found.possible) == some - sure


@given(logs(dyad_events(among=KIN), most=9, corrections=1), st.none() | probes)
def test_the_ranking_shown_is_a_weak_order_with_competition_places(
    log: EventLog, day: str | None
) -> None:
    ranking = log.replay(day).ranking("VNM")
    rows = list(ranking)
    assert [row.party for row in rows] == [
        row.party for row in sorted(rows, key=lambda row: (key_of(row), row.party))
    ]
    for row in rows:
        assert row.position == 1 + sum(key_of(other) < key_of(row) for other in rows)
        assert row.best <= row.position <= row.worst
        assert row.level.rank is not None
        assert ranking[row.party] == row
    blocks = [[row.party for row in rows], *(getattr(ranking, name) for name in ranking.blocks)]
    listed = [party for block in blocks for party in block]
    assert len(listed) == len(set(listed))
    asked = None if day is None else date.fromisoformat(day).toordinal()
    alive = {one.id for one in log.reference.parties if one.is_state and one.is_alive(asked)}
    assert {*listed} >= alive - {"VNM"}
    others = {*listed} - alive
    assert others <= {party for dyad in log.replay(day).dyads() for party in dyad}


@given(logs(dyad_events(among=KIN), most=9, corrections=1), st.none() | probes)
def test_what_separates_two_partners_is_the_first_key_that_differs(
    log: EventLog, day: str | None
) -> None:
    ranking = log.replay(day).ranking("VNM")
    for one, other in product(ranking, ranking):
        if one.party == other.party:
            continue
        found = ranking.explain(one.party, other.party)
        differing = [
            name
            for name, mine, its in zip(
                ("level", "since", "ties"), key_of(one), key_of(other), strict=True
            )
            if mine != its
        ]
        assert found.key == (differing[0] if differing else None)
        if key_of(one) != key_of(other):
            assert found.first == min(one, other, key=key_of).party
            reverse = ranking.explain(other.party, one.party)
            assert reverse == found
        if found.certain:
            assert ranking[found.first].worst <= ranking[found.second].worst
            assert ranking[found.first].best < ranking[found.second].best


@given(
    logs(dyad_events(among=KIN[1:]), most=7, corrections=1),
    st.lists(dyad_events(among=KIN[:1]), min_size=1, max_size=5),
    st.none() | probes,
)
def test_an_unrelated_partner_never_disturbs_the_order_of_two_others(
    log: EventLog, more: list[Event], day: str | None
) -> None:
    grown = log | EventLog(more, stream="other", reference=log.reference)
    before, after = log.replay(day).ranking("VNM"), grown.replay(day).ranking("VNM")
    rows = [row for row in after if row.party != "IDN"]
    assert [(row.party, key_of(row)) for row in rows] == [
        (row.party, key_of(row)) for row in before
    ]
    for one, other in product(rows, rows):
        mine, its = before[one.party], before[other.party]
        assert (one.position < other.position) == (mine.position < its.position)
        if one.party != other.party:
            found = after.explain(one.party, other.party)
            assert found == before.explain(one.party, other.party)


@given(three_dyads, st.sampled_from(PARTNERS))
def test_a_raised_level_never_worsens_a_place(
    histories: tuple[list[Event], ...], party: str
) -> None:
    log = log_of([event for part in histories for event in part])
    before = log.replay("2013-09-20").ranking("VNM")
    try:
        old = before[party]
    except InvalidQueryError:
        return
    if old.level.rank == 3:
        return
    raised = ev.LevelUpgraded(
        on="2013-09-19", parties=("VNM", party), ladder="VNM", level="high", sources=["s-gov"]
    )
    new = (
        log.append(raised, at="2030-01-01T00:00:00Z", ahead=True)
        .replay("2013-09-20")
        .ranking("VNM")[party]
    )
    assert new.position <= old.position
    assert new.best <= old.best
    assert new.worst <= old.worst


@given(
    st.lists(
        st.tuples(st.sampled_from(NEAR[:2]), st.sampled_from(("low", "mid", "mid-plus"))),
        min_size=3,
        max_size=3,
    )
)
def test_partners_that_nothing_separates_share_a_place_and_the_next_ones_count_them(
    reached: list[tuple[str, str]],
) -> None:
    log = log_of(
        [
            ev.LevelUpgraded(on=on, parties=pair, ladder="VNM", level=level, sources=["s-gov"])
            for pair, (on, level) in zip(KIN, reached, strict=True)
        ]
    )
    ranking = log.replay().ranking("VNM")
    expected = {
        party: (-(RANK[level] or 0), on)
        for party, (on, level) in zip(PARTNERS, reached, strict=True)
    }
    assert {row.party: row.position for row in ranking} == {
        party: 1 + sum(other < mine for other in expected.values())
        for party, mine in expected.items()
    }
