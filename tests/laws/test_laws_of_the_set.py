"""The world is a function of the set of records, and of the questions asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from diplorel import EventLog, Record, Source, policies
from diplorel.model.records import earliest_key
from diplorel.testing.dense import KNOWN, MOMENTS, PARTIES, PROBES, PUBLISHED, probes, references
from diplorel.testing.events import KIN, events, kin_events, level_events, ties_events
from diplorel.testing.streams import changed, logs, record_lists

if TYPE_CHECKING:
    from diplorel.model.events import Event

questions = st.fixed_dictionaries(
    {
        "on": st.none() | probes,
        "dates": st.sampled_from(("latest", "earliest")),
        "policy": st.sampled_from(
            (policies.by_kind, policies.latest_published, policies.stream_first("b", "c"))
        ),
    },
    optional={
        "known": st.sampled_from((*KNOWN, *PUBLISHED, *MOMENTS)),
        "clock": st.sampled_from(("recorded", "published")),
    },
)


@given(record_lists(), references, questions, st.randoms(use_true_random=False))
def test_a_shuffled_log_is_the_same_log_and_replays_to_the_same_world(
    records: list[Record], reference: dict[str, Any], question: dict[str, Any], random: Any
) -> None:
    shuffled = [*records, *records[:2]]
    random.shuffle(shuffled)
    one, other = EventLog(records, **reference), EventLog(shuffled, **reference)
    assert one == other
    assert hash(one) == hash(other)
    assert one.to_records() == other.to_records()
    assert one.replay(**question) == other.replay(**question)
    assert one.resolve().dead == other.resolve().dead
    assert one.resolve().cyclic_corrections == other.resolve().cyclic_corrections
    assert one.resolve().unmatched_corrections == other.resolve().unmatched_corrections
    assert one.resolve().corroborations == other.resolve().corroborations
    assert one.resolve().ambiguous == other.resolve().ambiguous


@given(record_lists(), references, questions, st.data())
def test_a_log_split_and_merged_in_any_grouping_is_the_same_log(
    records: list[Record], reference: dict[str, Any], question: dict[str, Any], data: st.DataObject
) -> None:
    whole = EventLog(records, **reference)
    parts: list[list[Record]] = [[], [], []]
    for record in records:
        parts[data.draw(st.integers(0, 2))].append(record)
    pieces = [EventLog(part, **reference) for part in parts]
    pieces = data.draw(st.permutations(pieces))
    merged = reduce(or_, pieces)
    assert merged == whole
    assert merged.to_records() == whole.to_records()
    assert merged.replay(**question) == whole.replay(**question)


@given(logs(), logs(), logs(), questions)
def test_union_is_commutative_associative_and_idempotent(
    a: EventLog, b: EventLog, c: EventLog, question: dict[str, Any]
) -> None:
    assert a | b == b | a
    assert (a | b).to_records() == (b | a).to_records()
    assert (a | b) | c == a | (b | c)
    assert a | a == a
    assert a | EventLog() == a
    assert (a | b) | a == a | b
    assert (a | b).replay(**question) == (b | a).replay(**question)
    assert ((a | b) | c).replay(**question) == (a | (b | c)).replay(**question)


@given(logs(), st.sampled_from(PROBES), st.sampled_from(PROBES))
def test_the_world_of_a_day_is_a_prefix_of_the_one_order(
    log: EventLog, one: str, other: str
) -> None:
    early, late = sorted((one, other))
    whole = log.replay().events
    before, after = log.replay(early).events, log.replay(late).events
    assert list(whole) == sorted(whole, key=lambda e: (e.on.hi, e.seq, e.precedence, e.id))
    assert before == after[: len(before)]
    assert after == whole[: len(after)]
    assert all(event.on.latest.isoformat() <= late for event in after)
    assert all(event.on.latest.isoformat() > late for event in whole[len(after) :])


@given(logs(), probes)
def test_by_earliest_dates_the_world_applies_all_that_possibly_happened(
    log: EventLog, day: str
) -> None:
    world = log.replay(day, dates="earliest")
    events = log.replay().events
    possible = [event for event in events if event.on.earliest.isoformat() <= day]
    assert list(world.events) == sorted(possible, key=lambda e: (earliest_key(e), e.id))


@given(
    record_lists(),
    record_lists(),
    references,
    st.none() | probes,
    st.sampled_from((*KNOWN, *MOMENTS)),
)
def test_records_made_later_never_change_what_was_known_before(
    records: list[Record],
    more: list[Record],
    reference: dict[str, Any],
    on: str | None,
    known: str | datetime,
) -> None:
    if isinstance(known, str):
        next_moment = datetime.fromisoformat(f"{known}T00:00:00+00:00") + timedelta(days=1)
    else:
        next_moment = known + timedelta(microseconds=1)
    later = [attrs.evolve(one, recorded=max(one.recorded, next_moment)) for one in more]
    log = EventLog(records, **reference)
    grown = EventLog([*records, *later], **reference)
    assert grown.replay(on, known=known) == log.replay(on, known=known)


@given(logs(), st.none() | probes, st.sampled_from(KNOWN))
def test_what_was_known_is_the_replay_of_the_records_made_until_then(
    log: EventLog, on: str | None, known: str
) -> None:
    until = [one for one in log.records if one.recorded.isoformat()[:10] <= known]
    assert log.replay(on, known=known) == EventLog(until, reference=log.reference).replay(on)


@given(logs(), st.lists(events(), max_size=3), st.none() | probes, st.sampled_from(PUBLISHED))
def test_a_text_published_later_never_changes_what_was_published_before(
    log: EventLog, more: list[Event], on: str | None, known: str
) -> None:
    late = Source(id="late", title="L", publisher="L", kind="joint", published="2026-01-01")
    known_log = EventLog(log.records, reference=log.reference, sources=[late])
    told = [changed(event, sources=["late"]) for event in more]
    grown = known_log | EventLog(told, stream="a", at=MOMENTS[0])
    asked: dict[str, Any] = {"on": on, "known": known, "clock": "published"}
    assert grown.replay(**asked) == known_log.replay(**asked)


@given(logs(), st.none() | probes)
def test_a_relation_is_the_same_for_either_order_of_its_parties(
    log: EventLog, on: str | None
) -> None:
    world = log.replay(on)
    for a in PARTIES:
        for b in PARTIES:
            if a != b:
                assert world[a, b] == world[b, a]
                assert log.relation(a, b, on=on) == log.relation(b, a, on=on)
                assert log.timeline(a, b) == log.timeline(b, a)
                assert world[a, b].level(a) == world[b, a].level(a)


@given(logs(), questions)
def test_every_log_replays_and_every_relation_answers(
    log: EventLog, question: dict[str, Any]
) -> None:
    world = log.replay(**question)
    for a in PARTIES:
        world.figures(a)
        for b in PARTIES:
            if a == b:
                continue
            relation = world[a, b]
            assert relation.level(a).status in ("none", "held", "ended", "unknown")
            assert relation.certain | relation.unknown <= {
                "ties", "level", "agreements", "sectors", "special", "visits", "figures",
                "missions", "recognition",
            }  # fmt: skip
            told = {row["id"]: row["decided"] for row in relation.explain().to_records()}
            open_ = {event.id for event in relation.undecided}
            assert told == {event.id: event.id not in open_ for event in relation.evidence}
            assert len(told) == len(relation.explain().to_records())
            assert told.keys() == open_ | {event.id for event in relation.events()}
    for group in ("ASEAN", "EU"):
        world.members(group)
    for party in log.reference.ladder:
        ranking = world.ranking(party)
        assert all(1 <= row.best <= row.worst for row in ranking)
        world.counts(party)


@given(logs(), st.none() | probes)
def test_as_of_by_bisection_is_the_replay_to_that_day(log: EventLog, on: str | None) -> None:
    world = log.replay(on)
    for a, b in (("SGP", "VNM"), ("IDN", "VNM"), ("SGP", "USA"), ("IDN", "USA")):
        assert log.relation(a, b, on=on) == world[a, b]


@given(logs(kin_events(), most=5, corrections=1))
def test_as_of_by_bisection_is_the_replay_on_every_day_for_heirs_too(log: EventLog) -> None:
    for day in (None, *PROBES):
        world = log.replay(day)
        for a, b in KIN:
            assert log.relation(a, b, on=day) == world[a, b]


@given(logs(), probes)
def test_the_undecided_are_the_events_with_earliest_up_to_the_day_and_latest_after_it(
    log: EventLog, day: str
) -> None:
    events = log.replay().events
    world = log.replay(day)
    succeeded = any(event.type == "party-succeeded" for event in events)
    for a in PARTIES:
        for b in PARTIES:
            if a >= b:
                continue
            mine = {
                event.id
                for event in events
                if event.type not in ("group-joined", "group-left", "party-succeeded")
                and {a, b} <= set(event.parties)
                and event.on.earliest.isoformat() <= day < event.on.latest.isoformat()
            }
            undecided = world[a, b].undecided
            found = {event.id for event in undecided}
            assert mine <= found
            # who signs or joins an agreement shares it with those who belong to it already
            of_others = {one.id for one in undecided if one.type.startswith("agreement-")}
            assert succeeded or mine == found - (of_others - mine)


busy = logs(ties_events(among=KIN[:1]) | level_events(among=KIN[:1]), least=4, corrections=0)


@given(logs() | busy, st.lists(st.sampled_from(PROBES), min_size=3, max_size=3))
def test_differences_compose_and_equal_days_differ_in_nothing(
    log: EventLog, days: list[str]
) -> None:
    a, b, c = sorted(days)
    assert log.diff(a, b).then(log.diff(b, c)) == log.diff(a, c)
    assert not log.diff(a, a)
    assert not log.diff(a, a).changes
    for change in log.diff(a, c):
        assert change.before != change.after


@given(logs(), st.sampled_from(PROBES), st.sampled_from(PROBES), st.sampled_from(KNOWN))
def test_a_difference_reports_what_changed_apart_from_what_was_corrected(
    log: EventLog, one: str, other: str, known: str
) -> None:
    since, until = sorted((one, other))
    found = log.diff(since, until, known_since=known)
    assert found.changes == log.diff(since, until).changes
    before, now = (
        log.replay(since, known=known).snapshot.states(),
        log.replay(since).snapshot.states(),
    )
    assert {(change.subject, change.track) for change in found.corrections} == {
        key for key in before.keys() | now.keys() if before.get(key) != now.get(key)
    }


@given(logs(), st.lists(st.sampled_from(MOMENTS), min_size=30, max_size=30), questions)
def test_when_a_record_was_made_decides_only_what_was_known_when(
    log: EventLog, moments: list[datetime], question: dict[str, Any]
) -> None:
    asked = {**question, "clock": "published"}
    moved = [
        attrs.evolve(one, recorded=moment)
        for one, moment in zip(log.records, moments * 2, strict=False)
    ]
    other = EventLog(moved, reference=log.reference)
    assert other.replay(**asked) == log.replay(**asked)


@given(
    st.lists(events(st.just("2013-09-10"), succession=False), min_size=2, max_size=5),
    st.lists(st.integers(0, 3), min_size=5, max_size=5),
    st.none() | probes,
)
def test_a_followed_account_stands_where_it_says_on_its_day(
    told: list[Event], seqs: list[int], on: str | None
) -> None:
    other = [changed(event, seq=seq) for event, seq in zip(told, seqs, strict=False)]
    log = EventLog(told, stream="a") | EventLog(other, stream="b")
    for first in ("a", "b"):
        events = log.replay(on, policy=policies.stream_first(first)).events
        assert list(events) == sorted(events, key=lambda e: (e.on.hi, e.seq, e.precedence, e.id))
