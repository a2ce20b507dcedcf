"""Agreements that parties sign, join and leave: every pair is right on every day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

from hypothesis import example, given
from hypothesis import strategies as st

import oracle
from diplorel import EventLog, Party
from diplorel import events as ev
from diplorel.model.lives import ended
from diplorel.testing.dense import MOMENTS, NEAR, PARTIES, SOURCES, probes
from diplorel.testing.events import agreement_events, successions
from diplorel.testing.streams import distinct
from diplorel.tracks import AGREEMENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel import Relation
    from diplorel.model.events import Event

PAIRS = tuple(combinations(PARTIES, 2))
vague = st.sampled_from((*NEAR, *NEAR, "2013-09", "[2013-09-11..2013-09-13]"))
ends = st.dictionaries(
    st.sampled_from(PARTIES[:2]), st.sampled_from((*NEAR, "2013-09")), max_size=2
)


def parties_of(gone: dict[str, str]) -> list[Party]:
    return [Party(id=party, names={"en": party}, end=day) for party, day in gone.items()]


def log_of(events: Sequence[Event], gone: dict[str, str]) -> EventLog:
    return EventLog(events, stream="a", at=MOMENTS[0], sources=SOURCES, parties=parties_of(gone))


def documents(relation: Relation) -> dict[str, dict[str, Any]]:
    return {
        one.key: {
            step: getattr(one, step) for step in ("signed", "joined", "in_force", "terminated")
        }
        for one in relation.agreements.documents
    }


def taking_seats(on: st.SearchStrategy[str]) -> st.SearchStrategy[Event]:
    """Draw a succession in agreements and groups."""
    return successions(on, PARTIES).map(
        lambda event: ev.PartySucceeded(
            on=event.on,
            predecessor=event.predecessor,  # type: ignore[attr-defined]  # a succession
            successor=event.successor,  # type: ignore[attr-defined]  # a succession
            kind=event.kind,  # type: ignore[attr-defined]  # a succession
            dyads=event.dyads,  # type: ignore[attr-defined]  # a succession
            tracks=["agreements", "groups"],
            sources=event.sources,
            seq=event.seq,
        )
    )


exact = distinct(
    agreement_events(st.sampled_from(NEAR)) | taking_seats(st.sampled_from(NEAR)), least=1, most=8
)
any_dates = distinct(agreement_events(vague) | taking_seats(vague), least=1, most=7)


def signed_twice() -> list[Event]:
    """Return the signatures of a pact on two days, the second after others of its day."""
    return [
        ev.AgreementSigned(
            on=day, parties=PARTIES[:2], agreement="pact", sources=["s-joint"], seq=seq
        )
        for seq, day in enumerate(NEAR[:2])
    ]


@given(exact | any_dates, ends, st.none() | st.sampled_from(NEAR))
@example(signed_twice(), {PARTIES[0]: NEAR[1]}, None)
def test_every_pair_has_what_the_naive_oracle_says(
    events: list[Event], gone: dict[str, str], day: str | None
) -> None:
    log = log_of(events, gone)
    last = [end for party in parties_of(gone) for end in ended(party)]
    applied = oracle.on_day([*events, *last], day)
    if oracle.agreements_are_open(applied):
        return
    world = log.replay(day)
    for pair in PAIRS:
        assert documents(world[pair]) == oracle.agreements(applied, pair)
        folded = world[pair]._states.get(AGREEMENTS)
        assert folded is None or folded.certain


@given(any_dates, ends, probes | st.none())
def test_the_index_and_the_replay_agree_on_every_pair_and_day(
    events: list[Event], gone: dict[str, str], day: str | None
) -> None:
    log = log_of(events, gone)
    world = log.replay(day)
    for pair in PAIRS:
        assert log.relation(*pair, on=day) == world[pair]


@given(any_dates, ends, probes | st.none())
def test_the_dyads_are_those_of_which_something_is_recorded(
    events: list[Event], gone: dict[str, str], day: str | None
) -> None:
    world = log_of(events, gone).replay(day)
    moved = {
        pair
        for event in events
        if isinstance(event, ev.PartySucceeded)
        for move in event.moves()
        for pair in move
    }
    for pair in PAIRS:
        if pair not in moved:
            relation = world[pair]
            assert (pair in world.dyads()) == bool(relation.events() or relation.undecided)
    for party in PARTIES:
        alive = {
            one for one in PARTIES if not world.reference.parties.find(one).over(world.snapshot.day)
        }
        others = {a if b == party else b for a, b in world.dyads() if party in (a, b)}
        assert world.counterparts(party) == tuple(sorted(others & alive))


# --- an alliance, one row an act ------------------------------------------------------------------

FIRST = date(2013, 9, 10)
spells = st.lists(st.integers(0, 9), max_size=4, unique=True).map(sorted)


@given(st.fixed_dictionaries(dict.fromkeys(PARTIES, spells)))
@example({"IDN": [0], "SGP": [0, 4], "USA": [2, 3, 6], "VNM": []})
def test_an_alliance_told_one_row_an_act_is_right_for_every_pair_on_every_day(
    members: dict[str, list[int]],
) -> None:
    """A party belongs from an even step of its list to the next odd one."""
    events: list[Event] = []
    for party, days in members.items():
        for place, day in enumerate(days):
            on = (FIRST + timedelta(days=day)).isoformat()
            kinds = (ev.AgreementLeft,) if place % 2 else (ev.AgreementJoined, ev.AgreementInForce)
            events += [
                kind(on=on, parties=[party], agreement="alliance", sources=["s-gov"])
                for kind in kinds
            ]
    log = EventLog(events)
    for number in range(11):
        today = FIRST + timedelta(days=number)
        world = log.replay(today)
        belong = {
            party for party, days in members.items() if sum(one <= number for one in days) % 2
        }
        assert {one.key for one in world.agreements("SGP")} == (
            {"alliance"} if "SGP" in belong else set()
        )
        for pair in PAIRS:
            allied = {one.key for one in world[pair].agreements.in_force()}
            assert allied == ({"alliance"} if belong >= {*pair} else set())
            assert log.relation(*pair, on=today) == world[pair]
