"""Where dates leave an order open, the rules decide: held against every order there is."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
import oracle
from diplorel import events as ev
from diplorel.testing.dense import NEAR, SGP_LADDER, VNM_LADDER, dates, narrow_dates, probes
from diplorel.testing.events import (
    level_events,
    mission_events,
    ties_events,
    vague_level_events,
)
from diplorel.testing.streams import distinct, log_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.model.events import Event

PAIR = (("SGP", "VNM"),)
RANKS: dict[str, dict[str, int | None]] = {
    ladder.party: {level.id: level.rank for level in ladder.levels}
    for ladder in (VNM_LADDER, SGP_LADDER)
}
dense = st.one_of(narrow_dates, dates, st.sampled_from(("2013-09", "2013", *NEAR)))
few = distinct(
    ties_events(dense, PAIR)
    | level_events(dense, PAIR, ("VNM",))
    | level_events(dense, PAIR, ("VNM",))
    | vague_level_events(dense, PAIR, ("VNM",)),
    least=2,
    most=5,
)


def agree(relation: dr.Relation, events: Sequence[Event]) -> None:
    """Hold what a relation shows, and what it is certain of, against every plausible order."""
    own = [event for event in events if event.type in oracle.HEARD["ties"]]
    orders = oracle.plausible_orders(own, oracle.wrong_ties)
    shown, open_ = oracle.ties(orders.plausible[0]), oracle.differing(orders, oracle.ties)
    ties = relation.ties
    if own:
        assert ties.status == shown["status"]
        assert ties.since == shown["since"]
        assert [(one.start, one.end) for one in ties.spells] == shown["spells"]
        assert ties.open == open_
    steps = [event for event in events if getattr(event, "ladder", "") == "VNM"]
    if steps:
        orders = oracle.level_orders(events, "VNM", RANKS["VNM"])
        held = oracle.level(orders.plausible[0], "VNM", RANKS["VNM"])
        standing = relation.level("VNM")
        assert (standing.level and standing.level.id) == held["level"]
        assert standing.since == held["since"]
        assert (standing.agreed and standing.agreed.id) == held["agreed"]
        assert [(one and one.id, on) for one, on in standing.path] == [
            (level, on) for _, level, on in held["path"]
        ]
        differing = oracle.differing(orders, lambda order: oracle.level(order, "VNM", RANKS["VNM"]))
        assert standing.open == differing


@given(few)
def test_the_order_shown_is_the_first_of_the_plausible_ones(events: list[Event]) -> None:
    agree(log_of(events).replay()["SGP", "VNM"], events)


@given(few, probes)
def test_so_it_is_on_every_day(events: list[Event], day: str) -> None:
    happened = [event for event in events if event.on.latest.isoformat() <= day]
    agree(log_of(events).replay(day)["SGP", "VNM"], happened)


@given(few, probes)
def test_the_index_and_the_replay_agree(events: list[Event], day: str) -> None:
    log = log_of(events)
    assert log.relation("SGP", "VNM", on=day) == log.replay(day)["SGP", "VNM"]


@given(few, probes, st.randoms())
def test_nothing_later_and_no_shuffle_changes_a_day(
    events: list[Event], day: str, random: Any
) -> None:
    shown = log_of(events).replay(day)["SGP", "VNM"]
    happened = [event for event in events if event.on.earliest.isoformat() <= day]
    random.shuffle(happened)
    assert log_of(happened).replay(day)["SGP", "VNM"] == shown


@given(few, st.data())
def test_a_date_made_more_exact_within_a_plausible_order_flips_no_certain_status(
    events: list[Event], data: st.DataObject
) -> None:
    own = [event for event in events if event.type in oracle.HEARD["ties"]]
    if not own:
        return
    before = log_of(own).replay()["SGP", "VNM"].ties
    order = data.draw(st.sampled_from(oracle.plausible_orders(own, oracle.wrong_ties).plausible))
    at = data.draw(st.integers(0, len(order) - 1))
    first = max(one.on.earliest for one in order[: at + 1])
    last = min(one.on.latest for one in order[at:])
    if first > last:  # only seq keeps them apart
        return
    exact = [*order]
    exact[at] = attrs.evolve(order[at], on=str(data.draw(st.sampled_from((first, last)))))
    if len({event.id for event in exact}) < len(exact):
        return
    after = log_of(exact).replay()["SGP", "VNM"].ties
    if before.is_certain("status") and not _split(own):
        assert after.status == before.status


def _split(events: Sequence[Event]) -> bool:
    """Say whether seq makes an order possible for which no days can be chosen."""
    return any(event.seq for event in events)


posts_and_heads = distinct(
    mission_events(dense, PAIR)
    | mission_events(dense, PAIR, ("Hanoi",))
    | ties_events(dense, PAIR),
    least=2,
    most=5,
)


def seen(state: oracle.Missions) -> tuple[Any, Any]:
    """Return what readers see of posts and heads, in any order."""
    posts = {(*one.way, one.kind, one.name, one.since) for one in state.posts}
    return posts, {(*key, *held) for key, held in state.heads.items()}


@given(posts_and_heads)
def test_posts_and_heads_are_those_of_the_first_plausible_order_of_each_cell(
    events: list[Event],
) -> None:
    orders = oracle.mission_orders(events)
    relation = log_of(events).replay()["SGP", "VNM"]
    shown = relation.missions
    differing = [
        one
        for one in orders
        if len({oracle.settled(oracle.missions(way)) for way in one.plausible}) > 1
    ]
    assert ("missions" in relation.certain) is not (bool(differing) or clash(orders))
    if clash(orders):
        return
    posts: set[Any] = set()
    heads: set[Any] = set()
    for one in orders:
        some, others = seen(oracle.missions(one.plausible[0]))
        posts, heads = posts | some, heads | others
    assert {
        (one.sender, one.receiver, one.kind.value, one.city, one.since) for one in shown.missions
    } == posts
    assert {
        (
            one.sender,
            one.receiver,
            "consul" if one.rank == "consul" else "in" if one.acting else "head",
            one.name,
            one.rank.value,
            one.since,
        )
        for one in shown.envoys
    } == heads


def clash(orders: Sequence[oracle.Orders]) -> bool:
    """Say whether no single order has that of each cell, since two cells hear one severance."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for one in orders:
        for before, after in pairwise(one.plausible[0]):
            sorter.add(after.id, before.id)
    try:
        sorter.prepare()
    except CycleError:
        return True
    return False


# --- the cases of the design ----------------------------------------------------------------------


def ties(*steps: tuple[Any, str]) -> dr.Relation:
    events: list[Any] = [
        kind(on=on, parties=("SGP", "VNM"), sources=["s-gov"]) for kind, on in steps
    ]
    return log_of(events).replay()["SGP", "VNM"]


@pytest.mark.parametrize(
    ("steps", "status", "sure"),
    [
        (((ev.TiesEstablished, "1950"), (ev.TiesSevered, "1950-06")), "severed", True),
        (((ev.TiesEstablished, "1960"), (ev.TiesSevered, "1960")), "severed", True),
        (((ev.TiesEstablished, "1960-06-01"), (ev.TiesSevered, "1960-06-01")), "severed", True),
        (
            (
                (ev.TiesEstablished, "1950"),
                (ev.TiesSevered, "1950"),
                (ev.TiesSevered, "1955"),
            ),
            "severed",
            True,
        ),
        (
            (
                (ev.TiesEstablished, "1950"),
                (ev.TiesSevered, "1978"),
                (ev.TiesRestored, "1978-06-01"),
            ),
            "established",
            True,
        ),
    ],
)
def test_ends_come_after_what_they_end(
    steps: tuple[tuple[Any, str], ...], status: str, sure: bool
) -> None:
    found = ties(*steps).ties
    assert (found.status.value, found.is_certain("status")) == (status, sure)


def test_what_is_learned_later_can_open_a_former_day() -> None:
    known: list[Any] = [
        ev.TiesEstablished(on="1950", parties=("SGP", "VNM"), sources=["s-gov"]),
        ev.TiesSevered(on="1950", parties=("SGP", "VNM"), sources=["s-gov"]),
    ]
    restored = ev.TiesRestored(on="1950", parties=("SGP", "VNM"), sources=["s-gov"])
    assert log_of(known).replay("1951-01-01")["SGP", "VNM"].ties.status == "severed"
    opened = log_of([*known, restored]).replay("1951-01-01")["SGP", "VNM"].ties
    assert opened.status == "established"
    assert opened.is_certain("status")


def test_a_rise_does_not_lower() -> None:
    way: dict[str, Any] = {"parties": ("SGP", "VNM"), "ladder": "VNM", "sources": ["s-gov"]}
    log = log_of(
        [
            ev.LevelUpgraded(on="2013", level="mid", **way),
            ev.LevelUpgraded(on="2013-05-01", level="high", **way),
        ]
    )
    world = log.replay("2014-01-01")
    standing = world["SGP", "VNM"].level("VNM")
    assert standing.level is not None
    assert (standing.level.id, standing.certain) == ("high", True)
    assert standing.is_certain("level")
    with pytest.raises(dr.errors.InvalidQueryError, match="Did you mean 'level'"):
        standing.is_certain("levl")
    assert [row.party for row in world.ranking("VNM").rows] == ["SGP"]


def test_the_level_hears_a_severance_on_the_days_that_the_ties_leave_it() -> None:
    pair: dict[str, Any] = {"parties": ("SGP", "VNM"), "sources": ["s-gov"]}
    log = log_of(
        [
            ev.TiesEstablished(on="1970", **pair),
            ev.TiesSevered(on="1978", **pair),
            ev.TiesRestored(on="1978-06-01", **pair),
            ev.LevelUpgraded(on="1978-08-01", ladder="VNM", level="mid", **pair),
        ]
    )
    standing = log.replay()["SGP", "VNM"].level("VNM")
    assert standing.level is not None
    assert (standing.level.id, standing.certain) == ("mid", True)


def test_a_question_about_an_answer_that_is_none_is_refused() -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match="Did you mean 'status'"):
        ties((ev.TiesEstablished, "1950")).ties.is_certain("statu")
