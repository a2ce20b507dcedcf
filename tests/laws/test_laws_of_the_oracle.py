"""The library and the naive oracle, written apart from each other, agree on every world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from diplorel import EventLog, Record
from diplorel import events as ev
from diplorel.testing.dense import DYADS, KNOWN, MOMENTS, PUBLISHED, STREAMS, probes
from diplorel.testing.dense import GROUPS as GROUP_IDS
from diplorel.testing.events import KIN, citations, kin_events, level_events, ties_events
from diplorel.testing.streams import logs
from diplorel.tracks.groups import GROUPS
from draws import draws

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel import Relation, World
    from diplorel.model.events import Event


def facts(event: Event) -> tuple[Any, ...]:
    return (event.id, repr(event.content()), frozenset(event.sources))


def documents(relation: Relation) -> dict[str, dict[str, Any]]:
    return {
        one.key: {
            "signed": one.signed,
            "joined": one.joined,
            "in_force": one.in_force,
            "terminated": one.terminated,
        }
        for one in relation.agreements.documents
    }


def agree(log: EventLog, found: oracle.Visible, *, world: World, day: str | None) -> None:
    applied = oracle.on_day(found.events.values(), day)
    assert [facts(event) for event in world.events] == [facts(event) for event in applied]
    covered = log.reference.covers
    for pair in DYADS:
        relation = world[pair]
        none = "none" if covered("ties", pair, relation._day) else "unknown"

        def events_of(track: str, pair: tuple[str, str] = pair) -> Sequence[Any]:
            return oracle.heard(applied, track, pair)

        if oracle.is_open(applied, pair):  # `test_laws_of_plausible_orders` looks at these
            continue
        ties = oracle.ties(events_of("ties"))
        assert relation.ties.status == (ties["status"] or none)
        assert relation.ties.since == ties["since"]
        assert [(one.start, one.end) for one in relation.ties.spells] == ties["spells"]
        for ladder in ("VNM", "SGP", "USA"):
            known = log.reference.ladder.get(ladder)
            ranks = {one.id: one.rank for one in known.levels} if known else {}
            held = oracle.level(events_of("level"), ladder, ranks)
            shown = relation.level(ladder)
            complete = ladder in pair and log.reference.covers_level(ladder, relation._day)
            assert shown.status == (held["status"] or ("none" if complete else "unknown"))
            assert (shown.level and shown.level.id) == held["level"]
            assert shown.since == held["since"]
            assert (shown.agreed and shown.agreed.id) == held["agreed"]
            assert [(one and one.id, on) for one, on in shown.path] == [
                (level, on) for _, level, on in held["path"]
            ]
        assert {one.sector: one.since for one in relation.sectors.partnerships} == oracle.sectors(
            events_of("sectors")
        )
        assert {
            "since": relation.special.since,
            "wording": relation.special.wording,
        } == oracle.special(events_of("special"))
        if not oracle.agreements_are_open(applied):
            assert documents(relation) == oracle.agreements(applied, pair)
        missions = oracle.missions(events_of("missions"))
        assert sorted(
            (one.sender, one.receiver, one.kind.value, str(one.city), one.since.text)
            for one in relation.missions.missions
        ) == sorted((*one.way, one.kind, str(one.name), one.since.text) for one in missions.posts)
        assert {
            (
                one.sender,
                one.receiver,
                "consul" if one.rank == "consul" else "in" if one.acting else "head",
            ): (one.name, one.rank.value, one.since)
            for one in relation.missions.envoys
        } == missions.heads
        none = "none" if covered("recognition", pair, relation._day) else "unknown"
        for side in pair:
            for subject in ("state", "government"):
                view = relation.recognition(side, subject)
                assert (view.status, view.since, view.government) == (
                    oracle.recognition(events_of("recognition"), side, subject)
                    or (none, None, None)
                )
        assert sorted(
            event.id for event in (*relation.visits.visits, *relation.visits.talks)
        ) == sorted(event.id for event in events_of("visits"))
        assert sorted(
            event.id
            for figure in relation.figures.figures
            for event in (figure.latest, *figure.alternatives)
        ) == sorted(event.id for event in events_of("figures") if event.type == "figure-reported")
    for group in GROUP_IDS:
        assert {
            one.party: (one.capacity.value, one.since)
            for one in world.state(GROUPS, group).memberships
        } == oracle.memberships(applied, group)


@given(logs(most=9), st.none() | probes)
def test_the_world_is_what_the_naive_oracle_makes_of_the_records(
    log: EventLog, day: str | None
) -> None:
    found = oracle.visible(log.records, log.reference.source)
    agree(log, found, world=log.replay(day), day=day)


@given(logs(kin_events(), most=8, corrections=1), st.none() | probes)
def test_heirs_stand_as_the_naive_oracle_has_them(log: EventLog, day: str | None) -> None:
    found = oracle.visible(log.records, log.reference.source)
    agree(log, found, world=log.replay(day), day=day)


@given(
    logs(ties_events(among=KIN[:1]) | level_events(among=KIN[:1]), most=6),
    st.none() | probes,
    st.one_of(
        st.tuples(st.sampled_from(KNOWN), st.just("recorded")),
        st.tuples(st.sampled_from(PUBLISHED), st.just("published")),
    ),
)
def test_what_was_known_is_what_the_naive_oracle_makes_of_the_records_known(
    log: EventLog, day: str | None, asked: tuple[str, Any]
) -> None:
    known, clock = asked
    records = oracle.known_on(log.records, log.reference.source, day=known, clock=clock)
    found = oracle.visible(records, log.reference.source)
    agree(log, found, world=log.replay(day, known=known, clock=clock), day=day)


VISITS = st.builds(
    ev.VisitMade,
    on=st.sampled_from(
        (
            *("2013-09", "2013-09", "2013", "2013-09-11", "2013-09-12"),
            *("2013-09-11/2013-09-13", "2013-09-12/2013-09-14", "2013-09-13/2013-09-17"),
            *("2013-09-12/2013-09", "[2013-09-11..2013-09-13]", "2013-09-20"),
        )
    ),
    visitor=st.just("SGP"),
    host=st.just("VNM"),
    nth=st.sampled_from((1, 1, 1, 2, 3)),
    persons=st.sampled_from(
        (
            (),
            (),
            (ev.Person(party="SGP", name="A", offices=("government:prime-minister",)),),
            (ev.Person(party="SGP", offices=("government:prime-minister",)),),
            (ev.Person(party="SGP", name="A"), ev.Person(party="SGP", name="B")),
            (ev.Person(party="SGP", name="B", offices=("state:president",)),),
            (ev.Person(party="VNM", name="C"),),
        )
    ),
    place=st.sampled_from((None, None, "Hanoi")),
    sources=citations,
)
KINDS_OF_ACCOUNTS = (
    logs(ties_events(among=KIN[:1]), most=5, corrections=6),
    logs(ties_events(st.sampled_from(("2013", "2013-09", "2013-09-11")), KIN[:1]), corrections=0),
    logs(VISITS, most=4, corrections=2),
    st.lists(st.tuples(st.sampled_from("abc"), VISITS), min_size=2, max_size=5).map(
        lambda told: EventLog([Record(stream, MOMENTS[0], event) for stream, event in told])
    ),
)


@settings(max_examples=draws(200))
@given(st.one_of(*KINDS_OF_ACCOUNTS, KINDS_OF_ACCOUNTS[-1], KINDS_OF_ACCOUNTS[-1]))
def test_corrections_denials_and_corroborations_are_those_of_the_naive_oracle(
    log: EventLog,
) -> None:
    found = oracle.visible(log.records, log.reference.source)
    resolved = log.resolve()
    assert {facts(event) for event in resolved.events} == {
        facts(one) for one in found.events.values()
    }
    assert resolved.denied == found.denied
    assert dict(resolved.corroborations) == found.corroborations
    assert {id: set(held) for id, held in resolved.ambiguous.items()} == found.ambiguous
    assert set(map(frozenset, resolved.apart)) == found.apart
    assert resolved.supporting.keys() == found.corroborations.keys() | found.ambiguous.keys()
    assert {(one.stream, one.id, one.event.digest) for one in resolved.dead} == found.dead
    assert {
        (one.stream, one.id, one.event.digest) for one in resolved.cyclic_corrections
    } == found.loops
    assert {(one.stream, one.id, one.event.digest) for one in resolved.outvoted} == found.outvoted
    assert set(log.streams) <= set(STREAMS)
