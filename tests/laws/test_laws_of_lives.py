"""No state outlives a party: held against every order that dates, lives and rules allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
import oracle
from diplorel.model.parties import Life, Party
from diplorel.testing.dense import NEAR, SGP_LADDER, VNM_LADDER, narrow_dates, probes
from diplorel.testing.events import (
    dyad_events,
    group_events,
    level_events,
    successions,
    ties_events,
)
from diplorel.testing.streams import distinct
from diplorel.tracks import AGREEMENTS, GROUPS, STANDARD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.model.events import Event

GONE = "SGP"
PAIR = ("SGP", "VNM")
RANKS = {level.id: level.rank for level in VNM_LADDER.levels}
BOUNDS = (*NEAR, "2013-09", "2013", "[2013-09-11..2013-09-13]", "[..2013-09-12]")


def _are_lives(found: list[dict[str, Any]]) -> bool:
    try:
        Party(id=GONE, names=(), lives=[Life(**one) for one in found])
    except dr.errors.InvalidEventError:
        return False
    return True


bounds = st.sampled_from((None, *BOUNDS))
one_life = st.fixed_dictionaries({"start": bounds, "end": st.sampled_from(BOUNDS)})
two_lives = st.tuples(
    st.fixed_dictionaries({"start": st.none(), "end": st.sampled_from(NEAR[:3])}),
    st.fixed_dictionaries({"start": st.sampled_from(NEAR[2:]), "end": bounds}),
).map(list)
lives = st.one_of(st.tuples(one_life).map(list), two_lives).filter(_are_lives)
"""The lives of the party of which the laws are about."""
dense = st.one_of(narrow_dates, st.sampled_from(("2013-09", "2013", *NEAR)))
few = distinct(
    ties_events(dense, (PAIR,)) | level_events(dense, (PAIR,), ("VNM",)), least=1, most=4
)
whatever = distinct(
    dyad_events(dense, (PAIR, ("USA", "VNM"))) | group_events(dense), least=1, most=6
)


def log_of(events: Sequence[Event], found: Sequence[dict[str, Any]]) -> dr.EventLog:
    return dr.EventLog(
        events,
        stream="a",
        at="2024-01-01T00:00:00Z",
        ladders=(VNM_LADDER, SGP_LADDER),
        parties=[Party(id=GONE, names={"en": "Gone"}, lives=[Life(**one) for one in found])],
    )


def marks_of(found: Sequence[dict[str, Any]]) -> list[oracle.Bound]:
    return [
        oracle.Bound(GONE, kind, dr.PartialDate(one[kind]), number)
        for number, one in enumerate(found)
        for kind in ("start", "end")
        if one[kind] is not None
    ]


def standing(relation: dr.Relation) -> list[str]:
    """Return what is in force between two parties."""
    states: dict[str, Any] = {
        "ties": relation.ties.status in {"established", "suspended", "severed"},
        "level": any(relation.level(one).status == "held" for one in relation.parties),
        "sectors": relation.sectors.partnerships,
        "special": relation.special.since,
        "posts": relation.missions.missions,
        "envoys": relation.missions.envoys,
        "recognition": any(
            relation.recognition(one, subject).status in {"de-jure", "de-facto"}
            for one in relation.parties
            for subject in ("state", "government")
        ),
    }
    return [name for name, held in states.items() if held]


@given(few, lives, st.none() | probes)
def test_the_rules_and_the_lives_decide_an_order_together(
    events: list[Event], found: list[dict[str, Any]], day: str | None
) -> None:
    relation = log_of(events, found).replay(day)[PAIR]
    happened = oracle.on_day(events, day)
    marks = marks_of(found)
    heard = [mark for mark in marks if mark.kind == "start" or oracle.on_day([mark], day)]
    own = [event for event in happened if event.type in oracle.HEARD["ties"]]
    orders = oracle.plausible_orders([*own, *heard], oracle.within_lives(oracle.wrong_ties, marks))
    if own:
        shown = oracle.ties(oracle.first(orders))
        assert relation.ties.status == shown["status"]
        assert relation.ties.since == shown["since"]
        assert [(one.start, one.end) for one in relation.ties.spells] == shown["spells"]
        assert relation.ties.open == oracle.differing(orders, oracle.ties)
    steps = [event for event in happened if event.type in oracle.HEARD["level"]]
    steps = [event for event in steps if event.type != "ties-severed"]
    if steps:
        severed = {
            id: days for id, days in orders.days.items() if id in {event.id for event in own}
        }
        mine = [*steps, *(event for event in own if event.type == "ties-severed"), *heard]
        orders = oracle.plausible_orders(
            mine,
            oracle.within_lives(
                lambda before, event: oracle.wrong_level(before, event, RANKS), marks
            ),
            {id: days for id, days in severed.items() if id in {event.id for event in mine}},
        )

        def held(order: Sequence[Event]) -> dict[str, Any]:
            return oracle.level(order, "VNM", RANKS)

        shown, standing = held(oracle.first(orders, severed)), relation.level("VNM")
        assert (standing.level and standing.level.id) == shown["level"]
        assert standing.since == shown["since"]
        assert standing.open == oracle.differing(orders, held)


@given(whatever, lives, st.none() | probes)
def test_the_index_and_the_replay_agree_on_ends(
    events: list[Event], found: list[dict[str, Any]], day: str | None
) -> None:
    log = log_of(events, found)
    world = log.replay(day)
    for pair in (PAIR, ("USA", "VNM"), ("SGP", "USA")):
        assert log.relation(*pair, on=day) == world[pair]


@given(whatever, st.sampled_from(NEAR), probes)
def test_nothing_stands_with_a_party_that_is_gone(events: list[Event], end: str, day: str) -> None:
    events = [event for event in events if event.on.latest.isoformat() <= end]
    world = log_of(events, [{"start": None, "end": end}]).replay(day)
    if day < end:
        return
    assert standing(world[PAIR]) == []
    assert world[PAIR].unknown <= {"visits", "figures", "agreements"}
    assert GONE not in world.snapshot.counterparts("VNM")
    for group in ("ASEAN", "EU"):
        members = {one.party for one in world.state(GROUPS, group).memberships}
        assert GONE not in members


@given(whatever, st.sampled_from(NEAR), probes)
def test_what_ends_or_begins_later_changes_no_day_before(
    events: list[Event], end: str, day: str
) -> None:
    if day >= end:
        return
    before = log_of(events, [{"start": None, "end": None}]).replay(day)
    after = log_of(events, [{"start": None, "end": end}]).replay(day)
    for pair in (PAIR, ("USA", "VNM")):
        for track in STANDARD:
            if track.of_dyads:
                assert before[pair].state(track) == after[pair].state(track)


@given(
    distinct(dyad_events(dense, (PAIR,)), least=1, most=5),
    distinct(successions(st.sampled_from(("2013-09-15", "2013-10-01")), ("VNM",)), least=1, most=1),
    st.sampled_from(NEAR),
)
def test_a_succession_hands_on_what_stood_on_the_last_day(
    events: list[Event], successions: list[Any], end: str
) -> None:
    events = [event for event in events if event.on.latest.isoformat() <= end]
    succession = successions[0]
    if succession.predecessor != GONE or succession.successor != "USA":
        return
    forever = log_of([*events, succession], [{"start": None, "end": None}])
    ended = log_of([*events, succession], [{"start": None, "end": end}])
    pair = ("USA", "VNM")
    one, two = forever.replay()[pair], ended.replay()[pair]
    for track in STANDARD:
        if track is AGREEMENTS:  # the predecessor that lives on still belongs, beside the two
            assert [attrs.evolve(doc, parties=()) for doc in one.agreements.documents] == [
                attrs.evolve(doc, parties=()) for doc in two.agreements.documents
            ]
        elif track.of_dyads:
            assert one.state(track) == two.state(track), track
    assert one.events() == two.events()
