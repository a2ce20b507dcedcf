"""Graphs: an edge where something holds in every plausible completion, or says that it may."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from completions import completions
from diplorel import EventLog, PartialDate, Party
from diplorel.analysis.graph import TRACKS, Graph
from diplorel.events import TiesEstablished
from diplorel.model.ladders import Text
from diplorel.model.text import one_line
from diplorel.testing.dense import NEAR, VNM_LADDER, narrow_dates, probes
from diplorel.testing.events import dyad_events, level_events, ties_events
from diplorel.testing.streams import distinct, log_of, logs
from diplorel.tracks import LEVEL, TIES
from draws import draws
from plausible import plausible_days

if TYPE_CHECKING:
    from diplorel.model.events import Event

PAIR = ("SGP", "VNM")
RANK = {level.id: level.rank for level in VNM_LADDER.levels}
some = distinct(
    (ties_events(narrow_dates, [PAIR]) | level_events(narrow_dates, [PAIR], ["VNM"])).filter(
        lambda event: event.seq == 0
    ),
    least=1,
    most=3,
)
days = st.sampled_from((*NEAR, "2013-09-20"))
small = logs(dyad_events(), most=3, corrections=0)


class _dated:  # noqa: N801  it stands for an event
    """An event on the day that a completion gives it, whatever its id says."""

    def __init__(self, event: Event, day: int) -> None:
        self._event = event
        self.on = PartialDate(date.fromordinal(day))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._event, name)


def ways(events: list[Event], on: str) -> list[tuple[Any, Any]]:
    """Return the status of the ties and the level, by every plausible completion."""
    day = date.fromisoformat(on).toordinal()
    orders = [*completions(events, day)]
    reference = log_of(events).reference
    levels = plausible_days(orders, LEVEL, PAIR, reference)
    found = []
    for happened, ties in plausible_days(orders, TIES, PAIR, reference).items():
        for one, other in product(ties, levels[happened]):
            own: list[Any] = [_dated(event, on) for event, on in one]
            steps: list[Any] = [_dated(event, on) for event, on in other]
            level = oracle.level(steps, "VNM", RANK)
            found.append((oracle.ties(own)["status"], level["level"]))
    return found


@settings(max_examples=draws(60))
@given(some, days)
def test_an_edge_is_there_where_every_completion_or_some_completion_has_it(
    events: list[Event], on: str
) -> None:
    graph = log_of(events).graph(on)
    edges = {edge.track: edge for edge in graph}
    found = ways(events, on)
    status = {status for status, _ in found}
    # what may have ended, and of which no beginning is recorded, may go on
    may_go_on = None in status and len(status) > 1
    assert ("ties" in edges) == ("established" in status or may_go_on)
    if "ties" in edges:
        assert (edges["ties"].known == "undecided") == (status != {"established"})
    levels = {level or "none" for _, level in found}
    assert ("level" in edges) == (levels != {"none"})
    if "level" in edges:
        assert {*edges["level"].levels} == levels
        assert (edges["level"].known == "undecided") == (len(levels) > 1)


def same(one: Any, two: Any) -> bool:
    """Say whether two graphs of NetworkX have the same nodes, edges and attributes."""
    for graph in (one, two):
        graph.graph.pop("node_default", None)
        graph.graph.pop("edge_default", None)
    edges = [
        {(*sorted((a, b)), key): given for a, b, key, given in graph.edges(keys=True, data=True)}
        for graph in (one, two)
    ]
    nodes = dict(one.nodes(data=True)) == dict(two.nodes(data=True))
    return nodes and edges[0] == edges[1] and one.graph == two.graph


def read(text: str) -> Any:
    return nx.parse_graphml(text, force_multigraph=True)


@settings(max_examples=draws(50))
@given(small, probes)
def test_networkx_reads_back_what_is_written(log: EventLog, on: str) -> None:
    graph = log.graph(on, tracks=TRACKS)
    assert same(read(graph.graphml()), graph.to_networkx())
    kinds = {
        type(value) for _, _, given in graph.to_networkx().edges(data=True)
        for value in given.values()
    }  # fmt: skip
    assert kinds <= {str, int}


@settings(max_examples=draws(50))
@given(small, probes)
def test_edges_agree_with_the_other_answers_about_the_day(log: EventLog, on: str) -> None:
    world = log.replay(on)
    graph = world.graph(tracks=TRACKS)
    assert [edge.key for edge in graph] == sorted(
        (edge.key for edge in graph), key=[edge.key for edge in graph].index
    )
    assert len({edge.key for edge in graph}) == len(graph)
    assert {node.id for node in graph.nodes} == {id for edge in graph for id in edge.parties}
    for edge in graph:
        relation = world[edge.parties]
        if edge.track == "ties" and edge.known != "undecided":
            assert relation.ties.status.value == edge.status == "established"
            assert relation.ties.since == edge.since
        if edge.track == "level":
            assert edge.ladder is not None
            assert relation.level(edge.ladder).level == edge.level
        if edge.track == "visits":
            assert edge.count is not None
            assert edge.most is not None
            assert edge.count <= len(relation.visits.visits) <= edge.most
        if edge.track == "agreements" and edge.most is not None:
            assert "agreements" in relation.certain
            assert edge.count == edge.most
    assert len(graph.table()) == len(graph)


@settings(max_examples=draws(50))
@given(small, probes, st.sampled_from(("low", "mid", "high")))
def test_at_a_level_the_edges_are_of_its_partners(log: EventLog, on: str, level: str) -> None:
    world = log.replay(on)
    graph: Graph = world.graph(tracks=["level"], at_least=level, party="VNM")
    found = world.partners("VNM", at_least=level)
    known = {edge.at_least: set[str]() for edge in graph}
    for edge in graph:
        known[edge.at_least] |= {*edge.parties} - {"VNM"}
    assert known.get("certain", set()) == {*found.parties}
    assert known.get("possible", set()) == {*found.possible}
    unranked = {id for pair in graph.unranked for id in pair} - {"VNM"}
    assert unranked == {*found.unranked}
    assert graph.complete == found.complete


names = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co")), min_size=1
).filter(lambda name: name.strip() == name)


@settings(max_examples=draws(40))
@given(names)
def test_names_are_escaped(name: str) -> None:
    own = Party(id="ZZZ", names=(Text("en", one_line(name)),))
    event = ties_of_zzz()
    graph = EventLog([event], parties=[own]).graph()
    assert same(read(graph.graphml()), graph.to_networkx())


def ties_of_zzz() -> Any:
    return TiesEstablished(on="[..1990]", parties=("VNM", "ZZZ"), sources=["s"])
