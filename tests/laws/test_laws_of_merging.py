"""The shipped streams merged, in any order: the laws of any log, on real ones together."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache, reduce
from operator import or_
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel import policies
from diplorel.claims import verify
from draws import draws
from shipped_once import shipped

if TYPE_CHECKING:
    from diplorel.policies import Policy

pytestmark = pytest.mark.slow  # each looks at thousands of records, several times
NAMES = tuple(one.name for one in dr.available() if one.origin == "diplorel")
DAYS = st.dates(date(1945, 1, 1), date(2026, 11, 22)).map(date.isoformat)
PAIRS = st.sampled_from(
    [("SGP", "VNM"), ("USA", "VNM"), ("SGP", "USA"), ("AUS", "SGP"), ("RUS", "SGP"), ("LVA", "VNM")]
)
POLICIES = st.sampled_from(
    [
        policies.by_kind,
        policies.latest_published,
        policies.most_sources,
        *(policies.stream_first(name) for name in NAMES),
    ]
)
random = st.integers(0, 2**32).map(Random)  # a seed: thousands of records are much to draw


@cache
def alone(name: str) -> dr.EventLog:
    return shipped(name)


@cache
def merged() -> dr.EventLog:
    return reduce(or_, map(alone, NAMES))


@lru_cache(maxsize=32)
def world(day: str) -> dr.World:
    return merged().replay(on=day)


def test_in_whatever_order_they_are_merged_they_are_one_log() -> None:
    assert {"singapore", "vietnam"} <= set(NAMES)
    for turn in range(1, len(NAMES)):  # with commutativity and associativity, of small logs
        assert reduce(or_, map(alone, NAMES[turn:] + NAMES[:turn])) == merged()
    log = reduce(or_, map(alone, reversed(NAMES)))
    assert log == merged()
    assert log.check(today="2026-11-27") == ()
    assert log.disagreements() == merged().disagreements()
    firsts = [claim for claim in log.reference.claims if claim.kind == "first-in-group"]
    for claim in firsts[::6]:
        assert str(verify(claim, log)) == str(verify(claim, merged()))


def test_merging_is_associative_and_idempotent() -> None:
    first, *rest = map(alone, NAMES)
    assert first | reduce(or_, rest) == merged()
    assert merged() | merged() == merged()
    for name in NAMES:
        assert merged() | alone(name) == alone(name) | merged() == merged()
        assert merged().where(stream=name).records == alone(name).records


@settings(max_examples=draws(3))
@given(random, st.integers(1, 4), DAYS)
def test_shuffled_and_split_they_are_the_same_world(random: Random, parts: int, day: str) -> None:
    records = list(merged().records)
    random.shuffle(records)
    logs = [dr.EventLog(records[n::parts], reference=merged().reference) for n in range(parts)]
    again = reduce(or_, logs)
    assert again == merged()
    assert again.replay(on=day) == world(day)


@settings(max_examples=draws(3))
@given(random, st.integers(1, 60), DAYS)
def test_of_any_cut_the_world_is_the_replay_of_what_had_happened(
    random: Random, left_out: int, day: str
) -> None:
    records = list(merged().records)
    gone = set(random.sample(range(len(records)), left_out))
    log = dr.EventLog(
        [one for n, one in enumerate(records) if n not in gone], reference=merged().reference
    )
    whole, part = log.replay(on="2026-11-22"), log.replay(on=day)
    assert whole.events[: len(part.events)] == part.events
    assert all(event.on.by(day) for event in part.events)
    assert log | dr.EventLog([records[n] for n in gone], reference=merged().reference) == merged()


@settings(max_examples=draws(10))
@given(PAIRS, DAYS)
def test_by_bisection_it_is_the_same_relation_either_way_round(
    pair: tuple[str, str], day: str
) -> None:
    one, two = pair
    relation = merged().relation(one, two, on=day)
    assert relation == merged().relation(two, one, on=day) == world(day)[one, two]
    assert relation.explain().to_records() == world(day)[two, one].explain().to_records()


@settings(max_examples=draws(3))
@given(DAYS, DAYS, DAYS)
def test_differences_compose(one: str, two: str, three: str) -> None:
    first, second, third = sorted((one, two, three))
    log = merged()
    assert log.diff(first, second).then(log.diff(second, third)) == log.diff(first, third)


@settings(max_examples=draws(3))
@given(POLICIES, random, DAYS)
def test_a_policy_chooses_the_same_of_any_order(policy: Policy, random: Random, day: str) -> None:
    records = list(merged().records)
    random.shuffle(records)
    log = dr.EventLog(records, reference=merged().reference)
    assert log.replay(on=day, policy=policy) == merged().replay(on=day, policy=policy)
    assert set(log.resolve(policy=policy).accounts) == set(merged().resolve().accounts)


@settings(max_examples=draws(5))
@given(DAYS)
def test_what_a_stream_knows_for_certain_of_its_ladder_merging_leaves(day: str) -> None:
    for name, party in (("singapore", "SGP"), ("vietnam", "VNM")):
        before = alone(name).replay(on=day)
        for row in before.ranking(party):
            mine = before[party, row.party].level(party)
            both = world(day)[party, row.party].level(party)
            assert (both.level, both.since) == (mine.level, mine.since)


def test_every_event_of_every_stream_is_reported_or_confirms_another_and_keeps_its_sources() -> (
    None
):
    events = merged().resolve()
    told = {event.id: event for event in events.events}
    for name in NAMES:
        for event in alone(name).resolve().events:
            id = events.corroborations.get(event.id, event.id)
            assert id in told or id in events.denied
            if id in told and id not in events.accounts:
                cited = {one.source for one in told[id].sources}
                assert {one.source for one in event.sources} <= cited


def test_where_streams_disagree_both_are_reported_with_their_sources() -> None:
    across = merged().disagreements().across()
    assert across
    for one in across:
        assert len(one.streams) > 1
        assert all(value.sources and value.streams for value in one.values)
    rows = across.to_records()
    assert {stream for row in rows for stream in row["streams"]} <= set(NAMES)
