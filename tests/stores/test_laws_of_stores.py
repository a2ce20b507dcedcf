"""Laws of stores: three kinds that answer alike, a door that finds what `check` finds, catch-up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

import diplorel as dr
from diplorel import events as ev
from diplorel.check.context import make_context
from diplorel.check.transitions import check_transitions
from diplorel.stores.log_store import LogStore
from diplorel.testing.dense import DYADS, PROBES, STREAMS, dates, near_days, references
from diplorel.testing.events import events, ties_events
from diplorel.testing.streams import record_lists
from diplorel.tracks import STANDARD
from draws import draws
from places import KINDS, Places

NOW = datetime(2026, 1, 1, tzinfo=UTC)

given_events = st.lists(st.one_of(ties_events(near_days), events(dates)), min_size=1, max_size=4)
validates = st.sampled_from(("strict", "strict", "report", "off"))


@st.composite
def retractions(draw: st.DrawFn) -> Any:
    """Take back something that is likely to be there."""
    event = draw(ties_events(near_days))
    named = draw(st.sampled_from((event.id, f"{event.id}@{event.digest}")))
    once = ev.EventRetracted(target=named, reason="wrong", sources=["s-gov"])
    if draw(st.booleans()):
        return once
    return ev.EventRetracted(target=once.id, reason="right", sources=["s-gov"])


class Three(RuleBasedStateMachine):
    """Drives three stores with the same calls, and demands the same answers."""

    open: Callable[[], list[LogStore]]

    def __init__(self) -> None:
        super().__init__()
        self.stores = self.open()
        self.now = NOW
        self.heads = [store.head for store in self.stores[:1]]
        for store in self.stores:
            store._backend.now = lambda: self.now  # type: ignore[attr-defined]

    def ask(self, call: Callable[[LogStore], Any]) -> Any:
        answers: list[tuple[type[dr.errors.DiplorelError] | None, Any]] = []
        for store in self.stores:
            try:
                answers.append((None, call(store)))
            except dr.errors.DiplorelError as error:
                answers.append((type(error), str(error).replace(store.name, "store")))
        assert answers[0] == answers[1] == answers[2]
        return answers[0]

    @rule(seconds=st.integers(-5, 5))
    def time_goes_by(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(
        some=st.lists(st.one_of(ties_events(near_days), events(), retractions()), max_size=3),
        stream=st.none() | st.sampled_from(STREAMS),
        validate=validates,
        expected=st.sampled_from(("any", "now", "then")),
        reference=st.none() | references,
    )
    def append(
        self, some: list[Any], stream: Any, validate: Any, expected: str, reference: Any
    ) -> None:
        heads = {"any": None, "now": self.stores[0].head, "then": self.heads[0]}
        kind, done = self.ask(
            lambda store: store.append(
                some,
                stream=stream,
                validate=validate,
                expected=heads[expected],
                reference=reference and dr.EventLog(**reference).reference,
            )
        )
        if kind is None:
            self.heads.append(done.head)

    @rule(records=record_lists(most=3), validate=validates)
    def append_records(self, records: list[dr.Record], validate: Any) -> None:
        ordered = sorted(records, key=lambda one: one.recorded)
        self.ask(lambda store: store.append(ordered, validate=validate))

    @rule(reference=references)
    def amend(self, reference: Any) -> None:
        self.ask(lambda store: store.amend(dr.EventLog(**reference).reference))

    @rule(stream=st.sampled_from(STREAMS), version=st.sampled_from("12"))
    def release(self, stream: str, version: str) -> None:
        self.ask(lambda store: store.release(stream, version))

    @rule(
        after=st.integers(0, 5),
        dyad=st.none() | st.sampled_from(DYADS),
        types=st.none() | st.just(["ties-established", "event-retracted"]),
        limit=st.none() | st.integers(0, 3),
    )
    def read(self, after: int, dyad: Any, types: Any, limit: Any) -> None:
        self.ask(lambda store: store.read(after, dyad=dyad, types=types, limit=limit))

    @rule(on=st.none() | st.sampled_from(PROBES))
    def replay(self, on: Any) -> None:
        _, world = self.ask(lambda store: store.replay(on))
        assert world == self.stores[0].log().replay(on)

    @rule()
    def log(self) -> None:
        self.ask(lambda store: store.log())

    def teardown(self) -> None:
        self.ask(lambda store: store.head)
        self.ask(lambda store: store.releases)
        _, log = self.ask(lambda store: store.log())
        _, read = self.ask(lambda store: store.read())
        assert [one.position for one in read] == [*range(1, len(log) + 1)]
        assert {*log} == {one.record for one in read}
        for head in self.heads:
            assert self.ask(partial(LogStore.verify, against=head))[1] == ()
        for store in self.stores:
            store.close()


def test_three_kinds_of_stores_answer_alike(places: Places) -> None:
    class Machine(Three):
        def open(self) -> list[LogStore]:
            return [places(kind).open() for kind in KINDS]

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=draws(12),
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


# --- the door ------------------------------------------------------------------------------------


def contradictions(log: dr.EventLog) -> set[tuple[str, str | None]]:
    """What the rules find in a whole log."""
    return {(one.code, one.event) for one in check_transitions(make_context(log, 0, STANDARD))}


@given(
    st.lists(st.tuples(given_events | st.lists(retractions(), max_size=2), st.sampled_from("ab"))),
    references,
)
def test_the_door_refuses_what_brings_a_contradiction_and_nothing_else(
    batches: list[tuple[list[Any], str]], reference: Any
) -> None:
    with dr.open("memory:") as store:
        store.append(dr.EventLog(**reference))
        for batch, stream in batches:
            before = store.log()
            try:
                done = store.append(batch, stream=stream)
            except dr.errors.ConflictError:
                assert store.log() is before
                continue
            except dr.errors.TransitionError as error:
                assert store.log() is before
                try:
                    done = store.append(batch, stream=stream, validate="report")
                except dr.errors.ConflictError:
                    continue
                assert done.problems == error.problems
            new = contradictions(store.log()) - contradictions(before)
            found = {(one.code, one.event) for one in done.problems}
            assert found == new


@given(st.lists(record_lists(most=4), max_size=4), references, st.none() | st.sampled_from(PROBES))
def test_a_world_that_is_kept_equals_a_full_replay(
    batches: list[list[dr.Record]], reference: Any, on: str | None
) -> None:
    with dr.open("memory:") as store:
        for batch in batches:
            store.replay(on)
            for record in sorted(batch, key=lambda one: one.recorded):
                try:
                    store.append([record], validate="off")
                except (dr.errors.ConflictError, dr.errors.RecordedOrderError):
                    continue
            world = store.replay(on)
            whole = store.log().replay(on)
            assert world.events == whole.events
            assert world == whole
            assert {key: val.events for key, val in world.snapshot.states().items()} == {
                key: val.events for key, val in whole.snapshot.states().items()
            }
        store.append([], reference=dr.EventLog(**reference).reference)
        assert store.replay(on) == store.log().replay(on)
        assert store.replay(on) is store.replay(on)
        assert store.replay() == store.log().replay()


def appended_one_by_one(told: list[tuple[Any, str]], on: str) -> None:
    """Look that a world which is kept stays that of a full replay."""
    with dr.open("memory:") as store:
        for event, stream in told:
            store.replay(on)
            store.append([dr.Record(stream=stream, recorded=NOW, event=event)], validate="off")
        assert store.replay(on) == store.log().replay(on)


def test_a_seat_that_is_handed_on_is_found_with_all_that_its_event_replaces() -> None:
    # whether the replacement, which gives the seat, is followed depends on what it names
    ties = ev.TiesEstablished(on="2013-09-10", parties=("IDN", "SGP"), sources=["s-joint"])
    pact = ev.AgreementInForce(
        on="2013-10",
        parties=("IDN", "SGP"),
        agreement="pact",
        supersedes=(ties.id,),
        reason="mended",
        sources=["s-joint"],
    )
    move = ev.PartySucceeded(
        predecessor="IDN",
        successor="SGP",
        kind="continuation",
        dyads=["IDN"],
        tracks=["agreements"],
        on="2013-09-10",
        sources=["s-joint"],
    )
    appended_one_by_one([(ties, "a"), (pact, "b"), (move, "a")], "2013-10-01")


def test_a_succession_that_replaces_is_found_with_what_it_replaces() -> None:
    # it hands on the seat that the last event gives, if it is followed
    ties = ev.TiesEstablished(on="2013-09-10", parties=("SGP", "THA"), sources=["s-joint"])
    move = ev.PartySucceeded(
        predecessor="IDN",
        successor="USA",
        kind="continuation",
        dyads=["SGP"],
        tracks=["agreements"],
        on="2014-01-01",
        supersedes=(ties.id,),
        reason="mended",
        sources=["s-joint"],
    )
    pact = ev.AgreementSigned(
        on="2013-09", parties=("IDN", "VNM"), agreement="pact", kind="treaty", sources=["s-joint"]
    )
    appended_one_by_one([(ties, "a"), (move, "b"), (pact, "b")], "2015-01-01")
