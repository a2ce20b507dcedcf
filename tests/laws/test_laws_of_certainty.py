"""No false certainty: what is called certain holds in every completion of the dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from completions import completions
from diplorel import STANDARD, EventLog, World
from diplorel.replay import fold
from strategies import (
    KIN,
    NEAR,
    agreement_events,
    distinct,
    dyad_events,
    figure_events,
    group_events,
    kin_events,
    level_events,
    log_of,
    mission_events,
    narrow_dates,
    sector_events,
    special_events,
    ties_events,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel import Track
    from diplorel.event import Event

PAIR = KIN[1:2]
days = st.sampled_from((*NEAR, "2013-09-20"))


def state(tables: Any, track: Track[Any, Any], subject: Any) -> Any:
    cell = tables[track].get(subject)
    return track.freeze(track.start() if cell is None else cell.acc)


def holds_in_every_completion(events: Sequence[Event], day: str, *, pairs: Any) -> None:
    log = log_of(events)
    world = log.replay(day)
    assert world.day is not None
    shown = fold(world.events, STANDARD)
    sure = {
        (pair, track): state(shown, track, pair)
        for pair in pairs
        for track in STANDARD
        if track.name in world[pair].certain
    }
    orders = {tuple(act for act, _ in order) for order in completions(events, world.day)}
    for order in orders:
        tables = fold(order, STANDARD)
        for (pair, track), expected in sure.items():
            assert state(tables, track, pair) == expected


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
    distinct(
        mission_events(narrow_dates, PAIR)
        | agreement_events(narrow_dates, PAIR)
        | figure_events(narrow_dates, PAIR),
        least=2,
        most=4,
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
def test_what_heirs_have_for_certain_is_the_same_in_every_completion(
    events: list[Event], day: str
) -> None:
    holds_in_every_completion(events, day, pairs=KIN)


@given(distinct(group_events(narrow_dates), least=2, most=4), days)
def test_certain_members_belong_to_the_group_in_every_completion(
    events: list[Event], day: str
) -> None:
    world = log_of(events).replay(day)
    assert world.day is not None
    for group in ("ASEAN", "EU"):
        found = [
            set(members_of([act for act, _ in order], group))
            for order in completions(events, world.day)
        ]
        members = world.members(group)
        assert set(members.parties) <= set.intersection(*found)
        assert set.union(*found) <= {*members.parties, *members.possible}


def members_of(order: Sequence[Event], group: str) -> tuple[str, ...]:
    groups = STANDARD[[track.name for track in STANDARD].index("groups")]
    found: tuple[str, ...] = state(fold(order, [groups]), groups, group).members()
    return found


@given(distinct(dyad_events(st.sampled_from(NEAR)), least=1, most=6), st.none() | days)
def test_full_dates_that_state_their_order_leave_nothing_uncertain(
    events: list[Event], day: str | None
) -> None:
    ordered = [
        event
        for place, event in enumerate(events)
        if not any((other.on, other.rank) == (event.on, event.rank) for other in events[:place])
    ]
    ordered = [event for event in ordered if event.seq == 0]
    world: World = EventLog(ordered, stream="a").replay(day)
    for pair in world.dyads():
        relation = world[pair]
        assert not relation.undecided
        assert relation.certain == {track.name for track in STANDARD if track.of_dyads}
        assert relation.level("VNM").certain
