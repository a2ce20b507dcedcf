"""Corrections and accounts: dead is what a live correction names, and order never matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

import oracle
from diplorel import Account, EventLog, Record, policies
from diplorel import events as ev
from diplorel.resolve.policies import choose
from diplorel.testing.dense import MOMENTS, NEAR, SOURCES, far_days, probes
from diplorel.testing.events import KIN, citations, events, ties_events
from diplorel.testing.streams import changed, logs, moments

if TYPE_CHECKING:
    from diplorel.model.events import Event, EventRetracted
    from diplorel.policies import Policy

BIBLIOGRAPHY = {source.id: source for source in SOURCES}
small = ties_events(among=KIN[:1])


def retraction(target: str) -> EventRetracted:
    return ev.EventRetracted(target=target, reason="wrong", sources=["s-gov"])


def also(log: EventLog, stream: str, *more: Event | EventRetracted) -> EventLog:
    return log | EventLog(more, stream=stream, at=MOMENTS[2], reference=log.reference)


def ids(log: EventLog) -> set[str]:
    return {event.id for event in log.resolve().events}


@given(logs(events(), corrections=0), st.data(), st.booleans())
def test_a_retracted_event_is_as_if_its_stream_had_never_reported_it(
    log: EventLog, data: st.DataObject, whole: bool
) -> None:
    target = data.draw(st.sampled_from(log.records))
    name = target.id if whole else f"{target.id}@{target.event.digest}"
    found = also(log, target.stream, retraction(name))
    without = [
        one
        for one in log.records
        if one.stream != target.stream
        or one.id != target.id
        or (not whole and one.event != target.event)
    ]
    expected = EventLog(without, reference=log.reference)
    if any(one.id == target.id for one in without):
        expected = also(expected, target.stream, retraction(name))
    assert found.resolve().events == expected.resolve().events
    assert found.replay() == expected.replay()
    assert {one.id for one in found.resolve().dead} == {target.id}


@given(logs(events(), corrections=0), st.data(), st.booleans(), st.integers(1, 4))
def test_each_retraction_of_a_retraction_turns_it_round(
    log: EventLog, data: st.DataObject, whole: bool, depth: int
) -> None:
    target = data.draw(st.sampled_from(log.records))
    name = target.id if whole else f"{target.id}@{target.event.digest}"
    chain: list[EventRetracted] = []
    for _ in range(depth):
        chain.append(retraction(name))
        name = chain[-1].id
    found = also(log, target.stream, *chain)
    if depth % 2 == 0:
        assert found.resolve().events == log.resolve().events
        assert found.replay() == log.replay()
    else:
        assert found.replay() == also(log, target.stream, chain[0]).replay()
    assert not found.resolve().unmatched_corrections


@given(logs(small, most=4), st.data())
def test_a_correction_kills_nothing_of_another_stream(log: EventLog, data: st.DataObject) -> None:
    target = data.draw(st.sampled_from(log.records))
    before = log.resolve()
    found = also(log, "stranger", retraction(target.id)).resolve()
    assert found.dead == before.dead
    assert found.cyclic_corrections == before.cyclic_corrections
    lost = {event.id for event in before.events} - {event.id for event in found.events}
    # where one of two narrower events is denied, a coarser account joins the other
    assert lost <= {target.id, *found.supporting}


@given(logs(small, corrections=0, most=3), st.data(), citations, st.booleans())
def test_a_denial_by_another_stream_is_settled_by_the_policy(
    log: EventLog, data: st.DataObject, cited: Any, first: bool
) -> None:
    target = data.draw(st.sampled_from(log.records))
    against = ev.EventRetracted(target=target.id, reason="wrong", sources=cited)
    both = also(log, "stranger", against)
    streams = ("stranger", target.stream) if first else (target.stream, "stranger")
    found = both.resolve(policy=policies.stream_first(*streams))
    assert (target.id in found.denied) is first
    assert target.id in found.accounts
    assert any(one.denies for one in found.accounts[target.id])


@given(st.lists(far_days, min_size=1, max_size=4, unique=True), moments)
def test_records_that_correct_each_other_in_a_ring_correct_nothing(
    days: list[str], moment: Any
) -> None:
    plain = [ev.TiesEstablished(on=day, parties=KIN[0], sources=["s-gov"]) for day in days]
    ring = [
        changed(event, supersedes=(plain[(place + 1) % len(plain)].id,), reason="ring")
        for place, event in enumerate(plain)
    ]
    log = EventLog([Record("a", moment, event) for event in ring])
    assert ids(log) == {event.id for event in plain}
    assert not log.resolve().dead
    if len(ring) > 1:
        assert {one.id for one in log.resolve().cyclic_corrections} == ids(log)
    # taken back from outside, one of two is left; of more, the others still take over each other
    opened = also(log, "a", retraction(ring[0].id))
    assert ids(opened) == {event.id for event in ring[1:]}
    assert bool(opened.resolve().cyclic_corrections) == (len(ring) > 2)
    for event in ring[1:-1]:
        opened = also(opened, "a", retraction(event.id))
    assert ids(opened) == {event.id for event in ring[1:][-1:]}
    assert not opened.resolve().cyclic_corrections


@given(logs(most=5, corrections=6))
def test_dead_is_exactly_what_a_live_correction_of_its_own_stream_reaches(log: EventLog) -> None:
    events = log.resolve()
    dead = {(one.stream, one.id, one.event.digest) for one in events.dead}
    loops = {(one.stream, one.id, one.event.digest) for one in events.cyclic_corrections}
    live = [
        one for one in log.records if (one.stream, one.id, one.event.digest) not in dead | loops
    ]
    nodes = {oracle.Node(one.stream, one.id, one.event.digest, one.event) for one in log.records}
    reached = {
        other[:3]
        for one in live
        if one.event.supersedes
        for other in oracle.reach(
            oracle.Node(one.stream, one.id, one.event.digest, one.event), nodes
        )
    }
    assert reached == dead


@given(st.lists(st.sampled_from(NEAR), min_size=2, max_size=5, unique=True), moments)
def test_a_replacement_takes_over_what_it_replaces_and_a_retraction_undoes_it(
    days: list[str], moment: Any
) -> None:
    chain = [ev.TiesEstablished(on=days[0], parties=KIN[0], sources=["s-gov"])]
    for day in days[1:]:
        way: dict[str, Any] = {"supersedes": (chain[-1].id,), "reason": "later"}
        chain.append(ev.TiesEstablished(on=day, parties=KIN[0], sources=["s-gov"], **way))
    log = EventLog([Record("a", moment, event) for event in chain])
    assert ids(log) == {chain[-1].id}
    assert ids(also(log, "a", retraction(chain[-1].id))) == {chain[-2].id}
    if len(chain) > 2:
        middle = also(log, "a", retraction(chain[1].id))
        assert ids(middle) == {chain[-1].id}
        assert [one.event.supersedes for one in middle.resolve().idle_retractions] == [
            (chain[1].id,)
        ]


def test_two_replacements_of_one_record_both_stand_and_are_reported() -> None:
    first = ev.TiesEstablished(on=NEAR[0], parties=KIN[0], sources=["s-gov"])
    way: dict[str, Any] = {"parties": KIN[0], "sources": ["s-gov"], "reason": "r"}
    both = [ev.TiesEstablished(on=day, supersedes=(first.id,), **way) for day in NEAR[1:3]]
    log = EventLog([Record("a", MOMENTS[0], event) for event in (first, *both)])
    assert ids(log) == {event.id for event in both}
    ((named, rivals),) = log.resolve().rival_replacements
    assert (named, {one.id for one in rivals}) == (first.id, ids(log))
    theirs = EventLog([Record("b", MOMENTS[0], event) for event in (first, *both)])
    found = (log | theirs).resolve().rival_replacements
    assert [(id, {one.stream for one in some}) for id, some in found] == [
        (first.id, {"a"}),
        (first.id, {"b"}),
    ]


def test_a_chain_of_two_thousand_corrections_is_short_work() -> None:
    chain = [ev.TiesEstablished(on="1950", parties=KIN[0], sources=["s-gov"], note="0")]
    for count in range(1, 2_000):
        way: dict[str, Any] = {"supersedes": (f"{chain[-1].id}@{chain[-1].digest}",)}
        chain.append(changed(chain[0], note=f"{count}", reason="r", **way))
    log = EventLog([Record("a", MOMENTS[0], event) for event in chain])
    (event,) = log.resolve().events
    assert event.note == "1999"


@given(logs(small, corrections=0, most=3), st.data())
def test_a_mended_account_takes_the_place_of_the_one_it_supersedes(
    log: EventLog, data: st.DataObject
) -> None:
    target = data.draw(st.sampled_from(log.records))
    mended = changed(
        target.event,
        place="Vientiane",
        supersedes=(f"{target.id}@{target.event.digest}",),
        reason="the place was wrong",
    )
    found = also(log, target.stream, mended)
    alone = all(
        one.id != target.id or (one.event, one.stream) == (target.event, target.stream)
        for one in log.records
    )
    if alone:
        events = {event.id: event for event in found.resolve().events}
        kept = events.get(target.id)
        assert kept is None or kept.place == "Vientiane"
        assert target.id not in found.resolve().accounts
    assert {one.event.digest for one in found.resolve().dead} == {target.event.digest}


@given(logs(most=5), st.none() | probes, st.sampled_from(("a", "b", "c")))
def test_a_policy_changes_only_events_that_are_reported_in_several_ways(
    log: EventLog, day: str | None, first: str
) -> None:
    default = log.resolve()
    other = log.resolve(policy=policies.stream_first(first))
    if default.outvoted or other.outvoted:
        return  # a replacement is followed, or what it replaces, which can say the same
    assert set(default.accounts) == set(other.accounts)
    if not default.accounts and not default.corroborations:
        assert log.replay(day, policy=policies.stream_first(first)) == log.replay(day)
    for id, told in default.accounts.items():
        again = other.accounts[id]
        assert len(again) == len(told)
        assert all(one in again for one in told)


@given(logs(most=5, corrections=5), st.randoms(use_true_random=False))
def test_a_policy_chooses_one_account_whatever_their_order(log: EventLog, random: Any) -> None:
    events = log.resolve()
    for id, told in events.accounts.items():
        chosen: list[Policy] = [
            policies.by_kind,
            policies.latest_published,
            policies.stream_first("c", "a"),
            policies.manual({id: told[-1].digest}),
            _indifferent,
        ]
        for policy in chosen:
            expected = choose([*told], policy, BIBLIOGRAPHY)
            shuffled = [*told]
            random.shuffle(shuffled)
            assert choose(shuffled, policy, BIBLIOGRAPHY) == expected
        by_hand = choose([*told], policies.manual({id: told[-1].digest}), BIBLIOGRAPHY)
        assert told[-1].digest in (by_hand[0].digest, *by_hand[0].digests)
        followed = [event for event in events.events if event.id == id]
        if not told[0].denies and id not in events.corroborations:
            assert repr(followed[0].content()) == repr(_content(told[0]))


def _indifferent(account: Account, sources: Any) -> int:
    return 0


def _content(account: Account) -> Any:
    assert isinstance(account.event, ev.Event)
    return account.event.content()


@given(logs(events(), corrections=0))
def test_every_visible_event_keeps_the_citations_of_all_who_report_it_so(log: EventLog) -> None:
    events = log.resolve()
    cited = {citation.source for one in log.records for citation in one.event.sources}
    kept = {citation.source for event in events.events for citation in event.sources}
    others = {
        citation.source
        for told in events.accounts.values()
        for one in told[1:]
        for citation in one.citations
    }
    others |= {one.source for id in events.ambiguous for one in events.supporting[id].sources}
    assert cited == kept | (others & cited)


@given(logs(most=5, corrections=3))
def test_a_corroborating_account_is_no_event_and_holds_the_event_it_joins(log: EventLog) -> None:
    events = log.resolve()
    by_id = {event.id: event for event in events.events}
    told = {one.id: one.event for one in log.records if isinstance(one.event, ev.Event)}
    for coarse, narrow in events.corroborations.items():
        assert coarse not in by_id
        assert narrow in by_id
        if not told[coarse].spans_days:
            assert told[coarse].on.contains(by_id[narrow].on)
            assert told[coarse].on != by_id[narrow].on or told[coarse].detail == ""
    for coarse, held in events.ambiguous.items():
        assert coarse not in by_id
        assert len(held) > 1
        assert all(told[coarse].on.contains(told[one].on) for one in held)
