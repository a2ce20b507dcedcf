"""No false certainty: what is called certain holds in every completion of the dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import example, given
from hypothesis import strategies as st

from completions import completions
from diplorel import EventLog, World
from diplorel import events as ev
from diplorel.replay.fold import fold
from diplorel.testing.dense import NEAR, PROBES, dates, narrow_dates
from diplorel.testing.events import (
    KIN,
    agreement_events,
    dyad_events,
    figure_events,
    group_events,
    kin_events,
    level_events,
    mission_events,
    recognition_events,
    sector_events,
    special_events,
    ties_events,
)
from diplorel.testing.streams import distinct, log_of
from diplorel.tracks import STANDARD
from diplorel.tracks.groups import GROUPS
from plausible import plausible, ways_in_family

if TYPE_CHECKING:
    from collections.abc import Sequence

    from completions import Dated
    from diplorel import Track
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference

PAIR = KIN[1:2]
days = st.sampled_from((*NEAR, "2013-09-20"))


def state(tables: Any, track: Track[Any, Any], subject: Any) -> Any:
    cell = tables[track].get(subject)
    return track.freeze(track.start() if cell is None else cell.value)


def holds_in_every_completion(events: Sequence[Event], day: str, *, pairs: Any) -> None:
    log = log_of(events)
    world = log.replay(day)
    assert world.snapshot.day is not None
    orders = [*completions(events, world.snapshot.day)]
    for pair in pairs:
        for track in STANDARD:
            if track.name not in world[pair].certain:
                continue
            folded = world.snapshot.tables[track].get(pair)
            shown = track.freeze(track.start()) if folded is None else folded.state
            for order in ways(orders, track, pair, log.reference):
                assert state(fold(order, STANDARD), track, pair) == shown


def ways(
    orders: list[Dated], track: Track[Any, Any], pair: Any, reference: Reference
) -> list[tuple[Event, ...]]:
    """Return the plausible completions, of all dyads together that successions join."""
    if any(isinstance(event, ev.PartySucceeded) for order in orders for event, _ in order):
        return ways_in_family(orders, track, pair, reference)
    return plausible(orders, track, pair, reference)


@given(
    distinct(
        ties_events(narrow_dates, PAIR)
        | level_events(narrow_dates, PAIR, ("VNM", "SGP"))
        | sector_events(narrow_dates, PAIR)
        | special_events(narrow_dates, PAIR),
        least=2,
        most=4,
    ),
    days,
)
def test_a_certain_track_is_the_same_in_every_completion(events: list[Event], day: str) -> None:
    holds_in_every_completion(events, day, pairs=PAIR)


@given(
    st.one_of(
        distinct(mission_events(narrow_dates, PAIR), least=2, most=4),
        distinct(mission_events(narrow_dates, PAIR, ["Hanoi"]), least=2, most=4),
        distinct(
            mission_events(narrow_dates, PAIR, ["Hanoi"]) | ties_events(narrow_dates, PAIR),
            least=2,
            most=4,
        ),
        distinct(recognition_events(narrow_dates, PAIR), least=2, most=4),
        distinct(agreement_events(narrow_dates, PAIR), least=2, most=4),
        distinct(figure_events(narrow_dates, PAIR), least=2, most=4),
    ),
    days,
)
def test_certain_missions_documents_and_figures_are_the_same_in_every_completion(
    events: list[Event], day: str
) -> None:
    holds_in_every_completion(events, day, pairs=PAIR)


@given(distinct(dyad_events(narrow_dates, KIN[:2]), least=2, most=4), days)
def test_certain_tracks_of_several_dyads_are_the_same_in_every_completion(
    events: list[Event], day: str
) -> None:
    holds_in_every_completion(events, day, pairs=KIN[:2])


@given(distinct(kin_events(narrow_dates), least=3, most=4), days)
@example(  # the ties were there before they were handed on
    [
        ev.TiesEstablished(on="2013-09-10", parties=KIN[0], sources=["s-gov"]),
        ev.LevelUpgraded(
            on="2013-09-10", parties=KIN[0], ladder="VNM", level="low", sources=["s-gov"]
        ),
        ev.PartySucceeded(
            on="2013-09-10",
            predecessor="IDN",
            successor="SGP",
            kind="continuation",
            dyads=["VNM"],
            tracks=["ties"],
            sources=["s-gov"],
        ),
    ],
    "2013-09-20",
)
def test_what_heirs_have_for_certain_is_the_same_in_every_completion(
    events: list[Event], day: str
) -> None:
    holds_in_every_completion(events, day, pairs=KIN)


@given(distinct(group_events(narrow_dates), least=2, most=4), days)
def test_certain_members_belong_to_the_group_in_every_completion(
    events: list[Event], day: str
) -> None:
    world = log_of(events).replay(day)
    assert world.snapshot.day is not None
    for group in ("ASEAN", "EU"):
        orders = plausible(completions(events, world.snapshot.day), GROUPS, group)
        found = [set(members_of(order, group)) for order in orders]
        members = world.members(group)
        assert set(members.parties) <= set.intersection(*found)
        assert set.union(*found) <= {*members.parties, *members.possible}


def members_of(order: Sequence[Event], group: str) -> tuple[str, ...]:
    found: tuple[str, ...] = state(fold(order, [GROUPS]), GROUPS, group).members()
    return found


@given(distinct(dyad_events(st.sampled_from(NEAR)), least=1, most=6), st.none() | days)
def test_full_dates_that_state_their_order_leave_nothing_uncertain(
    events: list[Event], day: str | None
) -> None:
    ordered = [
        event
        for place, event in enumerate(events)
        if not any(other.on == event.on for other in events[:place])
    ]
    ordered = [event for event in ordered if event.seq == 0]
    world: World = EventLog(ordered, stream="a").replay(day)
    for pair in world.dyads():
        relation = world[pair]
        assert not relation.undecided
        assert relation.certain == {track.name for track in STANDARD if track.of_dyads}
        assert relation.level("VNM").certain


@given(distinct(dyad_events(narrow_dates, PAIR), least=2, most=4))
def test_an_heir_is_as_sure_of_its_state_as_the_one_before_it(events: list[Event]) -> None:
    carried = [track.name for track in STANDARD if track.of_dyads]
    succeeded = ev.PartySucceeded(
        on="2013-10-01",
        predecessor="SGP",
        successor="IDN",
        kind="continuation",
        dyads=["VNM"],
        tracks=carried,
        sources=["s-gov"],
    )
    before = log_of(events).replay()[PAIR[0]]
    world = log_of([*events, succeeded]).replay()
    assert world["IDN", "VNM"].certain == before.certain
    assert world["SGP", "VNM"].certain == before.certain


@given(
    distinct(dyad_events(dates, PAIR), least=1, most=5),
    st.sampled_from(PROBES),
    st.sampled_from((*NEAR, "2013-10-01", "2014-01-01")),
    st.sampled_from((("ties",), ("level", "ties"), ("agreements", "figures", "visits"))),
)
@example(  # the heir has no seat, unless the pact was in force before it was signed
    [
        ev.AgreementSigned(
            on="2013-09-10", kind="treaty", agreement="pact", parties=PAIR[0], sources=["s-gov"]
        ),
        ev.AgreementInForce(on="2013-09", agreement="pact", parties=["SGP"], sources=["s-gov"]),
    ],
    "2013-09-10",
    "2013-09-10",
    ("agreements", "figures", "visits"),
)
@example(  # the seat that it hands on is there only if the joining came first
    [
        ev.TiesEstablished(on="2013-09-10", parties=PAIR[0], sources=["s-joint"]),
        ev.AgreementJoined(on="2013-09", agreement="pact", parties=PAIR[0], sources=["s-joint"]),
    ],
    "2013-09-10",
    "2013-09-10",
    ("agreements", "figures", "visits"),
)
def test_an_heir_leaves_open_what_its_predecessor_did_up_to_the_succession(
    events: list[Event], day: str, succession: str, carried: tuple[str, ...]
) -> None:
    succeeded = ev.PartySucceeded(
        on=succession,
        predecessor="SGP",
        successor="IDN",
        kind="secession",
        dyads=["VNM"],
        tracks=carried,
        sources=["s-gov"],
    )
    log = log_of([*events, succeeded])
    world = log.replay(day)
    heard = {kind for track in STANDARD if track.name in carried for kind in track.handlers}
    expected = [
        event
        for event in world["SGP", "VNM"].undecided
        if type(event) in heard
        and event.on.earliest.isoformat() <= succession <= day
        and event.type != "party-succeeded"
    ]
    assert list(world["IDN", "VNM"].undecided) == expected
    assert log.relation("IDN", "VNM", on=day).undecided == world["IDN", "VNM"].undecided
