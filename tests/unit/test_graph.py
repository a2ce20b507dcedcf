"""Graphs of a day: what the shipped streams give, and what dates and lives do to an edge."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import diplorel as dr
from diplorel.analysis.graph import Graph
from diplorel.errors import (
    InvalidQueryError,
    MissingExtraError,
    UnknownLevelError,
    UnknownPartyError,
)
from diplorel.events import (
    AgreementInForce,
    AgreementSigned,
    AgreementTerminated,
    LevelUpgraded,
    TiesEstablished,
    TiesSevered,
    VisitMade,
)
from diplorel.model.ladders import Text
from diplorel.model.parties import Contested, Life
from shipped_once import shipped

ON = "2025-03-12"


@cache
def vietnam() -> dr.EventLog:
    return shipped("vietnam")


@cache
def top() -> Graph:
    level = "Comprehensive Strategic Partnership"
    return vietnam().graph(ON, tracks=["ties", "level", "visits"], at_least=level, party="Vietnam")


def ties(on: str = "1973", a: str = "SGP", b: str = "VNM") -> TiesEstablished:
    return TiesEstablished(on=on, parties=(a, b), sources=["s"])


def log_of(*events: Any, **known: Any) -> dr.EventLog:
    return dr.EventLog(events, at="2026-01-01T00:00:00Z", **known)


def test_the_graph_of_the_twelve_highest_partners() -> None:
    graph = top()
    assert len(graph.nodes) == 13
    assert sum(edge.track == "level" for edge in graph) == 12
    assert sum(edge.track == "ties" for edge in graph) == 12
    assert graph.complete
    edge = next(one for one in graph if one.key == "SGP-VNM:level:VNM")
    assert (edge.known, edge.at_least, str(edge.since)) == ("known", "certain", "2025-03-12")
    assert edge.level is not None
    assert (edge.level.rank, edge.levels) == (3, ("comprehensive-strategic",))
    node = next(one for one in graph.nodes if one.id == "VNM")
    assert (node.name, node.kind) == ("Vietnam", "state")
    assert node.codes == (("iso3", "VNM"), ("cow", "816"), ("gw", "816"))


def test_networkx_gets_one_edge_a_track() -> None:
    graph = top().to_networkx()
    assert isinstance(graph, nx.MultiGraph)
    assert {*graph["SGP"]["VNM"]} == {"SGP-VNM:ties", "SGP-VNM:level:VNM", "SGP-VNM:visits"}
    assert graph["SGP"]["VNM"]["SGP-VNM:ties"] == {
        "track": "ties",
        "known": "as-last-recorded",
        "status": "established",
        "since": "1973-08-01",
        "since_earliest": "1973-08-01",
        "since_latest": "1973-08-01",
        "at_least": "certain",
    }
    assert graph.graph["at_least"] == "VNM: comprehensive-strategic"


def test_a_graph_is_written_as_graphml_and_as_a_table(tmp_path: Path) -> None:
    dr.write_table(top(), tmp_path / "top.graphml")
    again = nx.read_graphml(tmp_path / "top.graphml", force_multigraph=True)
    assert dict(again.nodes(data=True)) == dict(top().to_networkx().nodes(data=True))
    dr.write_table(top(), tmp_path / "top.csv")
    assert (tmp_path / "top.csv").read_text(encoding="utf-8").count("\n") == len(top()) + 1
    with pytest.raises(InvalidQueryError, match="graphs only"):
        dr.write_table(vietnam(), tmp_path / "all.graphml")


def test_without_networkx_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    assert top().graphml()
    with pytest.raises(MissingExtraError, match=r"diplorel\[graph\]"):
        top().to_networkx()


def test_it_prints_as_columns() -> None:
    assert repr(top()).startswith("<Graph of ties, level, visits on 2025-03-12: 13 parties, ")
    assert "SGP-VNM  level of VNM  comprehensive-strategic  2025-03-12" in str(top())
    whole = str(vietnam().graph())
    assert "more" in whole
    assert whole.endswith(
        "This list may be incomplete: no stream claims full coverage for this day."
    )


def test_severed_and_suspended_ties_are_no_edge() -> None:
    events = (ties(), TiesSevered(on="1980", parties=("SGP", "VNM"), sources=["s"]))
    assert len(log_of(*events).graph("1979-01-01")) == 1
    assert len(log_of(*events).graph("1981-01-01")) == 0


def test_an_edge_that_dates_leave_open_says_so() -> None:
    (edge,) = log_of(ties("2025")).graph("2025-06-01")
    assert (edge.known, edge.status) == ("undecided", "unknown")
    events = (ties(), TiesSevered(on="1980", parties=("SGP", "VNM"), sources=["s"]))
    (edge,) = log_of(*events).graph("1980-06-01")
    assert (edge.known, edge.status, str(edge.since)) == ("undecided", "established", "1973")


def test_ties_of_which_only_the_day_is_open_are_known() -> None:
    events = (ties("1973"), ties("1973-08-01"))
    coverage = [dr.Coverage(track="ties", parties=["VNM"])]
    (edge,) = log_of(*events, coverage=coverage).graph()
    assert edge.known == "known"
    assert log_of(*events, coverage=coverage).graph(party="VNM", tracks=["ties"]).complete


def test_no_edge_has_a_party_that_does_not_live() -> None:
    own = dr.Party(id="ZZZ", names=(Text("en", "Nowhere"),), lives=[Life(end="1990-05-01")])
    visit = VisitMade(on="1980-01-01", visitor="ZZZ", host="VNM", sources=["s"])
    log = log_of(ties("1970", "VNM", "ZZZ"), visit, parties=[own])
    assert len(log.graph("1990-04-30", tracks=["ties", "visits"])) == 2
    assert len(log.graph("1990-05-01", tracks=["ties", "visits"])) == 0


def test_a_party_that_no_table_has_is_a_node() -> None:
    graph = log_of(ties("1970", "QQQ", "VNM")).graph()
    assert (graph.nodes[0].id, graph.nodes[0].name, graph.nodes[0].kind) == ("QQQ", "QQQ", None)
    assert graph.nodes[1].codes[0] == ("iso3", "VNM")


def test_a_party_without_edges_is_a_node_of_its_own_graph() -> None:
    graph = log_of(ties()).graph(party="Fiji")
    assert ([node.id for node in graph.nodes], graph.edges) == (["FJI"], ())


def test_contested_continuity_marks_the_edge() -> None:
    doubt = [Contested(start="1940-06-17", end="1991-09-06")]
    own = dr.Party(id="ZZZ", names=(Text("en", "Nowhere"),), contested=doubt)
    log = log_of(ties("1946", "VNM", "ZZZ"), parties=[own])
    assert [edge.known for edge in log.graph("1950-06-01")] == ["contested"]
    assert [edge.known for edge in log.graph("1995-06-01")] == ["as-last-recorded"]


def test_agreements_count_until_they_end() -> None:
    both: Any = {"parties": ("SGP", "VNM"), "agreement": "x", "sources": ["s"]}
    signed = AgreementSigned(on="2001", kind="agreement", **both)
    other = AgreementSigned(on="2002", kind="agreement", **{**both, "agreement": "y"})
    force, end = AgreementInForce(on="2003", **both), AgreementTerminated(on="2010", **both)
    log = log_of(signed, other, force, end)
    (edge,) = log.graph("2005", tracks=["agreements"])
    assert (edge.count, edge.most, edge.in_force) == (2, 2, 1)
    (edge,) = log.graph("2011", tracks=["agreements"])
    assert (edge.count, edge.in_force) == (1, 0)
    (edge,) = log.graph("2010-06-01", tracks=["agreements"])
    assert (edge.known, edge.count, edge.most) == ("undecided", 2, None)
    assert len(log_of(signed, AgreementTerminated(on="2004", **both)).graph(
        "2005", tracks=["agreements"]
    )) == 0  # fmt: skip


def test_visits_that_may_not_have_been_made_are_between_count_and_most() -> None:
    made = VisitMade(on="2024-01-01", visitor="SGP", host="VNM", sources=["s"])
    may = VisitMade(on="2025", visitor="VNM", host="SGP", sources=["s"])
    (edge,) = log_of(made, may).graph("2025-06-01", tracks=["visits"])
    assert (edge.count, edge.most, edge.known) == (1, 2, "undecided")


LADDERS = [
    dr.Ladder(party="VNM", levels=[dr.Level(id="low", rank=1), dr.Level(id="off")]),
    dr.Ladder(party="SGP", levels=[dr.Level(id="low", rank=1), dr.Level(id="top", rank=2)]),
]


def up(ladder: str, level: str, *pair: str) -> LevelUpgraded:
    return LevelUpgraded(on="2001", parties=pair, ladder=ladder, level=level, sources=["s"])


def test_a_level_is_asked_for_on_each_ladder_that_has_it() -> None:
    events = (
        up("VNM", "low", "SGP", "VNM"),
        up("SGP", "top", "SGP", "VNM"),
        up("SGP", "low", "IDN", "SGP"),
        up("VNM", "off", "THA", "VNM"),
    )
    log = log_of(*events, ladders=LADDERS)
    graph = log.graph(tracks=["level"], at_least="low")
    assert [edge.key for edge in graph] == [
        "IDN-SGP:level:SGP",
        "SGP-VNM:level:SGP",
        "SGP-VNM:level:VNM",
    ]
    assert graph.unranked == (("THA", "VNM"),)
    assert log.graph(tracks=["level"], at_least="low", party="SGP").unranked == ()
    assert [edge.key for edge in log.graph(tracks=["level"], at_least="top")] == [
        "SGP-VNM:level:SGP",
        "SGP-VNM:level:VNM",
    ]
    assert log.graph(tracks=["level"], party="VNM").complete is False


def test_a_dyad_that_may_be_at_the_level_is_in_the_graph_and_says_so() -> None:
    log = log_of(up("VNM", "low", "SGP", "VNM"), ladders=LADDERS)
    (edge,) = log.graph("2001-06-01", tracks=["level"], at_least="low", party="VNM")
    assert (edge.known, edge.at_least, edge.level) == ("undecided", "possible", None)
    assert edge.levels == ("low", "none")
    (row,) = log.graph("2001-06-01", tracks=["level"], at_least="low").table()
    assert (row["levels"], row["at_least"], row["rank"]) == ("low none", "possible", None)


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        ({"tracks": ["tie"]}, InvalidQueryError, "ties"),
        ({"tracks": "ties"}, InvalidQueryError, "tracks"),
        ({"party": "Atlantis"}, UnknownPartyError, "Atlantis"),
        ({"at_least": "highest", "party": "VNM"}, UnknownLevelError, "highest"),
        ({"at_least": "highest"}, UnknownLevelError, "highest"),
        ({"at_least": "low", "party": "FJI"}, InvalidQueryError, "FJI has no ladder"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    ask: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        log_of(ties(), ladders=LADDERS).graph(**ask)
    with pytest.raises(InvalidQueryError, match="there is no ladder"):
        log_of(ties()).graph(at_least="low")
