"""Lanes, networks and matrices of any stream: they say what other answers say, and can be drawn."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel.analysis.graph import TRACKS
from diplorel.analysis.lanes import special_value
from diplorel.testing.dense import PARTIES, dyads, probes
from diplorel.testing.events import events
from diplorel.testing.streams import logs
from diplorel.tracks import AGREEMENTS, FIGURES, SECTORS, VISITS
from draws import draws
from pictures import assert_sound

if TYPE_CHECKING:
    from diplorel import EventLog
    from diplorel.model.dates import Language

some = logs(events(), most=6, corrections=1, least=0)
languages = st.sampled_from(("en", "vi"))
ONCE = (VISITS, AGREEMENTS, FIGURES, SECTORS)


@settings(max_examples=draws(30))
@given(some, dyads, probes)
def test_the_spells_of_lanes_are_those_of_the_log(
    log: EventLog, pair: tuple[str, str], on: str
) -> None:
    found = log.lanes(*pair, on=on)
    by_kind = {
        "ties": log.spells("ties", pair[0], partner=pair[1], on=on),
        "level": log.spells("level", pair[0], partner=pair[1], on=on),
        "missions": log.spells("missions", pair[0], partner=pair[1], on=on),
        "special": log.spells("special", pair[0], partner=pair[1], on=on, value=special_value),
    }
    for kind, spells in by_kind.items():
        own = [lane for lane in found if lane.kind == kind]
        for lane in own:
            assert lane.spells == tuple(one for one in spells if one.side == lane.party)
        if kind in ("ties", "level"):
            assert sum(len(lane.spells) for lane in own) == len(spells)


@settings(max_examples=draws(30))
@given(some, dyads, probes)
def test_each_event_between_the_two_is_in_one_lane(
    log: EventLog, pair: tuple[str, str], on: str
) -> None:
    found = log.lanes(*pair, on=on)
    relation = log.relation(*pair, on=on)
    owned = {kind for track in ONCE for kind in track.owns}
    wanted = {
        event.id
        for event in (*relation.events(), *relation.undecided)
        if type(event) in owned
        and (type(event) not in AGREEMENTS.owns or {*pair} <= {*event.parties})
    }
    shown = Counter(
        id for lane in found if lane.kind != "level" for mark in lane.marks for id in mark.events
    )
    assert {*shown} == wanted
    assert set(shown.values()) <= {1}
    undecided = {event.id for event in relation.undecided}
    for lane in found:
        for mark in lane.marks:
            assert mark.decided == undecided.isdisjoint(mark.events)


@settings(max_examples=draws(30))
@given(some, probes)
def test_a_matrix_says_what_relations_and_graphs_say(log: EventLog, on: str) -> None:
    world = log.replay(on)
    found = world.matrix(PARTIES, ladders=PARTIES)
    for cell in found:
        assert cell.standing == world[cell.ladder, cell.partner].level(cell.ladder)
    edges = {(edge.ladder, edge.parties): edge for edge in world.graph(tracks=["level"])}
    for cell in found:
        one, other = sorted((cell.ladder, cell.partner))
        edge = edges.get((cell.ladder, (one, other)))
        if edge is not None:
            assert edge.level == cell.standing.level
            assert edge.known == cell.known


@settings(max_examples=draws(15))
@given(some, dyads, probes, languages)
def test_lanes_can_be_drawn(log: EventLog, pair: tuple[str, str], on: str, lang: Language) -> None:
    assert_sound(dr.charts.lanes(log.lanes(*pair, on=on), lang=lang))


@settings(max_examples=draws(15))
@given(some, st.sampled_from((None, *PARTIES)), probes, languages)
def test_networks_and_matrices_can_be_drawn(
    log: EventLog, party: str | None, on: str, lang: Language
) -> None:
    world = log.replay(on)
    assert_sound(dr.charts.network(world.graph(tracks=TRACKS, party=party), lang=lang))
    assert_sound(dr.charts.matrix(world.matrix(PARTIES), lang=lang))
