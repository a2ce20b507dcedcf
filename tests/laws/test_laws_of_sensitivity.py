"""What a ranking withstands: tau-b, ranges and pairs, against other ways to count them."""

from __future__ import annotations

from itertools import combinations
from math import isclose, sqrt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplorel import EventLog, Ladder, Level, policies
from diplorel import events as ev
from diplorel.analysis.ranking_rows import KEYS
from diplorel.analysis.sensitivity import ORDERS, sensitivity, tau_b
from diplorel.errors import InvalidQueryError
from diplorel.model.dates import LAST_DAY
from diplorel.model.sources import Source
from diplorel.testing.dense import VNM_LADDER, narrow_dates
from diplorel.testing.events import KIN, level_events, ties_events
from diplorel.testing.streams import distinct, log_of, logs
from draws import draws

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.analysis.ranking import Ranking
    from diplorel.analysis.sensitivity import Sensitivity
    from diplorel.model.events import Event

places = st.integers(1, 4)
lists = st.lists(places, max_size=7)
paired = st.integers(0, 7).flatmap(
    lambda n: st.tuples(*(st.lists(places, min_size=n, max_size=n) for _ in range(2)))
)
ranked = distinct(
    ties_events(narrow_dates, KIN) | level_events(narrow_dates, KIN, ["VNM"]), least=1, most=9
).map(log_of)


def ranking_of(log: EventLog) -> Ranking:
    return log.replay().ranking("VNM")


def beside_others(shown: Ranking, others: dict[str, Ranking]) -> Sensitivity:
    rows = {name: other.rows for name, other in others.items()}
    return sensitivity(shown.party, shown.on, shown.rows, rows)


# --- Kendall's tau-b -----------------------------------------------------------------------------


@given(lists)
def test_tau_of_an_order_with_itself_is_one_unless_it_separates_nothing(one: list[int]) -> None:
    assert tau_b(one, one) == (1 if len(set(one)) > 1 else None)


@given(paired)
def test_tau_is_the_count_of_pairs_by_the_book(both: tuple[list[int], list[int]]) -> None:
    one, two = both
    concordant = discordant = tied_one = tied_two = 0
    pairs = list(combinations(range(len(one)), 2))
    for i, j in pairs:
        tied_one += one[i] == one[j]
        tied_two += two[i] == two[j]
        if one[i] == one[j] or two[i] == two[j]:
            continue
        alike = (one[i] < one[j]) == (two[i] < two[j])
        concordant += alike
        discordant += not alike
    below = sqrt((len(pairs) - tied_one) * (len(pairs) - tied_two))
    found = tau_b(one, two)
    if not below:
        assert found is None
    else:
        assert found is not None
        assert isclose(found, (concordant - discordant) / below, abs_tol=1e-12)
        assert -1 <= found <= 1


@given(paired)
def test_tau_asks_for_the_order_only_and_not_for_which_comes_first(
    both: tuple[list[int], list[int]],
) -> None:
    one, two = both
    found = tau_b(one, two)
    assert found == tau_b(two, one) == tau_b([10 * value for value in one], two)
    turned = tau_b([-value for value in one], two)
    assert turned == (None if found is None else -found)


def test_tau_of_lists_of_different_lengths_is_no_question() -> None:
    with pytest.raises(InvalidQueryError, match="1 positions and 2"):
        tau_b([1], [1, 2])


# --- the report ----------------------------------------------------------------------------------


@given(ranked)
def test_every_range_holds_the_place_shown_and_every_other(log: EventLog) -> None:
    ranking = ranking_of(log)
    found = ranking.sensitivity()
    assert [row.party for row in found] == [row.party for row in ranking]
    assert len(found) == len(ranking)
    for row in found:
        assert row.position == ranking[row.party].position
        seen = [row.position, *(one.positions[row.party] for one in found.variants)]
        assert (row.best, row.worst) == (min(seen), max(seen))
        assert row.absent == ()
    assert [record["party"] for record in found.to_records()] == [row.party for row in ranking]


@given(ranked)
def test_there_is_one_order_for_each_permutation_each_key_left_out_and_the_earliest_dates(
    log: EventLog,
) -> None:
    found = ranking_of(log).sensitivity()
    assert len(found.variants) == len(ORDERS) + 1 == 9
    assert len({one.name for one in found.variants}) == 9
    assert KEYS not in ORDERS
    for one in found.variants:
        assert found[one.name] is one
        assert sorted(one.positions) == sorted(row.party for row in found)
        assert one.to_record()["moved"] == len(one.moved)


@given(ranked)
def test_each_order_is_that_of_its_keys_and_the_earliest_that_of_the_first_days(
    log: EventLog,
) -> None:
    ranking = ranking_of(log)
    found = ranking.sensitivity()

    def by(keys: Sequence[str], bound: str) -> dict[str, int]:
        values: dict[str, tuple[int, ...]] = {}
        for row in ranking:
            value = {
                "level": -(row.level.rank or 0),
                "since": getattr(row.since, bound),
                "ties": LAST_DAY if row.ties is None else getattr(row.ties, bound),
            }
            values[row.party] = tuple(value[key] for key in keys)
        return {
            party: 1 + sum(other < mine for other in values.values())
            for party, mine in values.items()
        }

    assert [dict(one.positions) for one in found.variants] == [
        *(by(keys, "hi") for keys in ORDERS), by(KEYS, "lo"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "shown", "turned"),
    [
        ("2014-06-01", {"IDN": 1, "SGP": 2}, (("IDN", "SGP"),)),
        ("2014-12-31", {"IDN": 1, "SGP": 1}, ()),  # one place is not a way round
    ],
)
def test_at_the_earliest_dates_a_year_goes_before_its_days(
    day: str, shown: dict[str, int], turned: tuple[tuple[str, str], ...]
) -> None:
    events = [
        ev.LevelUpgraded(on=on, parties=(other, "VNM"), ladder="VNM", level="low", sources=["s"])
        for other, on in (("IDN", day), ("SGP", "2014"))
    ]
    found = ranking_of(EventLog(events, ladders=[LADDER])).sensitivity()
    assert {row.party: row.position for row in found} == shown
    assert found["earliest dates"].positions == {"IDN": 2, "SGP": 1}
    assert found["earliest dates"].inversions == found.inversions == turned


@given(ranked)
def test_without_a_key_nothing_is_separated_by_it_alone(log: EventLog) -> None:
    ranking = ranking_of(log)
    found = ranking.sensitivity()
    for left_out in KEYS:
        places_ = found[f"without {left_out}"].positions
        for one, two in combinations([row.party for row in ranking], 2):
            if left_out == "ties" and ranking.explain(one, two).key == "ties":
                assert places_[one] == places_[two]
            if left_out != "level" and ranking.explain(one, two).key == "level":
                assert places_[one] != places_[two]


@given(ranked)
def test_pairs_that_turn_are_those_that_two_orders_put_the_opposite_way(log: EventLog) -> None:
    found = ranking_of(log).sensitivity()
    shown = {row.party: row.position for row in found}
    ways = [shown, *(one.positions for one in found.variants)]
    turned = {
        (a, b)
        for a, b in combinations(shown, 2)
        if any(x[a] < x[b] and y[b] < y[a] for x in ways for y in ways)
    }
    assert set(found.inversions) == turned
    n = len(shown)
    assert found.pairs == n * (n - 1) // 2
    assert found.stable == (1 if not found.pairs else 1 - len(turned) / found.pairs)
    for one in found.variants:
        assert set(one.inversions) <= turned


@given(ranked)
def test_a_ranking_beside_itself_turns_nothing(log: EventLog) -> None:
    ranking = ranking_of(log)
    alone, beside = ranking.sensitivity(), beside_others(ranking, {"again": ranking})
    again = beside["again"]
    assert again.tau in (1, None)
    assert (again.moved, again.inversions, again.absent, again.added) == ((), (), (), ())
    assert beside.rows == alone.rows
    assert beside.inversions == alone.inversions


@settings(max_examples=draws(30))
@given(logs(most=6, corrections=3))
def test_a_policy_is_the_ranking_that_its_replay_gives(log: EventLog) -> None:
    log |= EventLog(ladders=[VNM_LADDER])
    found = log.sensitivity("VNM")
    for name, policy in (
        ("policy latest published", policies.latest_published),
        ("policy most sources", policies.most_sources),
    ):
        other = log.replay(policy=policy).ranking("VNM")
        assert dict(found[name].positions) == {row.party: row.position for row in other}
        mine, theirs = {row.party for row in found}, {row.party for row in other}
        assert set(found[name].absent) == mine - theirs
        assert set(found[name].added) == theirs - mine
    firsts = {one.name for one in found.variants if one.name.endswith(" first")}
    assert firsts == ({f"policy {s} first" for s in log.streams} if len(log.streams) > 1 else set())


# --- in words ------------------------------------------------------------------------------------

LADDER = Ladder(party="VNM", levels=[Level(id="low", rank=1), Level(id="high", rank=2)])


def told(stream: str, kind: str, level: str) -> EventLog:
    events = [
        ev.LevelUpgraded(
            on="2013-09-11", parties=("SGP", "VNM"), ladder="VNM", level=level, sources=[kind]
        ),
        ev.LevelUpgraded(
            on="2014", parties=("IDN", "VNM"), ladder="VNM", level="high", sources=[kind]
        ),
    ]
    source = Source(id=kind, title="T", publisher="P", kind=kind, published="2014")
    return EventLog(events, stream=stream, sources=[source], ladders=[LADDER])


def test_the_report_reads_as_a_table_of_orders_and_one_of_partners() -> None:
    log = told("a", "press", "low") | told("b", "government", "off")
    found = log.sensitivity("VNM", on="2020-01-01", policies={"a": policies.stream_first("a")})
    assert str(found).splitlines() == [
        "1 partner of VNM on 2020-01-01, in 10 other orders",
        "pairs that stay: 0 of 0 (100.0 %)",
        "",
        "order               tau-b  moved  inversions",
        "level, ties, since      -      0           0",
        "since, level, ties      -      0           0",
        "since, ties, level      -      0           0",
        "ties, level, since      -      0           0",
        "ties, since, level      -      0           0",
        "without level           -      0           0",
        "without since           -      0           0",
        "without ties            -      0           0",
        "earliest dates          -      0           0",
        "policy a                -      0           0",
        "",
        "position  range  partner",
        "       1      1  Indonesia",
    ]
    assert found["policy a"].added == ("SGP",)
    other = log.sensitivity("VNM", policies={"b": policies.by_kind})
    swapped = beside_others(log.replay(policy=policies.stream_first("a")).ranking("VNM"), {
        "official": log.replay().ranking("VNM"),
    })  # fmt: skip
    assert "1 partner of VNM, in 10 other orders" in str(other)
    assert str(swapped).splitlines()[-1] == "       2    1-2  Singapore (no position: official)"
    assert swapped["official"].to_record() == {
        "order": "official", "tau": None, "moved": 0, "inversions": 0,
        "absent": ["SGP"], "added": [],
    }  # fmt: skip
    assert swapped["level, ties, since"].to_record()["tau"] == 1.0


def test_the_report_shows_what_moves_and_what_turns() -> None:
    def upgraded(on: str, other: str, level: str) -> Event:
        return ev.LevelUpgraded(
            on=on, parties=("VNM", other), ladder="VNM", level=level, sources=["s"]
        )

    def tied(on: str, other: str) -> Event:
        return ev.TiesEstablished(on=on, parties=("VNM", other), sources=["s"])

    events = [
        upgraded("2013-01-01", "SGP", "high"), upgraded("2014", "IDN", "high"),
        upgraded("2013-06", "QQB", "low"), tied("1984", "SGP"), tied("1980", "IDN"),
        tied("1985", "QQB"),
    ]  # fmt: skip
    ranking = ranking_of(EventLog(events, ladders=[LADDER]))
    fewer = ranking_of(EventLog(events[:2], ladders=[LADDER]))
    found = beside_others(ranking, {"by a": fewer, "by b": fewer})
    assert str(found).splitlines() == [
        "3 partners of VNM, in 11 other orders",
        "pairs that stay: 1 of 3 (33.3 %)",
        "",
        "order               tau-b  moved  inversions",
        "level, ties, since   0.33      2           1",
        "since, level, ties   0.33      2           1",
        "since, ties, level   0.33      2           1",
        "ties, level, since   0.33      2           1",
        "ties, since, level   0.33      2           1",
        "without level        0.33      2           1",
        "without since        0.33      2           1",
        "without ties         1.00      0           0",
        "earliest dates       1.00      0           0",
        "by a                 1.00      0           0",
        "by b                 1.00      0           0",
        "",
        "position  range  partner",
        "       1    1-2  Singapore",
        "       2    1-3  Indonesia",
        "       3    2-3  QQB (no position: by a, by b)",
    ]
    assert found["level, ties, since"].inversions == (("SGP", "IDN"),)
    assert found["level, ties, since"].to_record() == {
        "order": "level, ties, since", "tau": 0.333333, "moved": 2, "inversions": 1, "absent": [],
        "added": [],
    }  # fmt: skip
    assert found.to_records()[2] == {
        "position": 3, "best": 2, "worst": 3, "party": "QQB", "name": "QQB",
        "absent": ["by a", "by b"],
    }  # fmt: skip
    assert beside_others(fewer, {"all": ranking})["all"].to_record()["added"] == ["QQB"]


def test_an_order_that_is_not_there_is_reported_with_those_that_are() -> None:
    found = told("a", "press", "low").sensitivity("VNM")
    with pytest.raises(
        InvalidQueryError,
        match=r"^no order 'by name', only 'level, ties, since', 'since, .*, 'earliest dates', ",
    ):
        found["by name"]
