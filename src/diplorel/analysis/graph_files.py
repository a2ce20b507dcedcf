"""A graph as NetworkX, GraphML and a list of edges.

`graph` imports this module, so it knows the graph by what it has, not by its class.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from diplorel.model.column import dates, integers, text
from diplorel.model.dates import FIRST_DAY
from diplorel.model.table import Table
from diplorel.model.table_frames import module_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Attributes = dict[str, str | int]
_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_NOT_IN_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _present(given: Mapping[str, str | int | None]) -> Attributes:
    """Return what GraphML can hold: a value that is missing is left out, as an empty text is."""
    return {name: value for name, value in given.items() if value is not None and value != ""}


def graph_attributes(graph: Any) -> Attributes:
    """Return the attributes of the whole graph."""
    stamp = graph.stamp
    streams = ", ".join(f"{name} {version}" for name, version in stamp["streams"].items())
    levels = (stamp["at_least"] or {}).items()
    return _present(
        {
            "title": repr(graph)[1:-1],
            "on": None if graph.on is None else graph.on.isoformat(),
            "at_least": ", ".join(f"{ladder}: {level}" for ladder, level in levels),
            "complete": "yes" if graph.complete else "no",
            "library": stamp["library"],
            "streams": streams,
        }
    )


def node_attributes(node: Any) -> Attributes:
    """Return the attributes of a node."""
    return _present({"name": node.name, "kind": node.kind, **dict(node.codes)})


def edge_attributes(edge: Any) -> Attributes:
    """Return the attributes of an edge: texts and whole numbers, a date as text and two days."""
    since, level = edge.since, edge.level
    days: dict[str, str | None] = {}
    if since is not None:
        first = None if since.lo <= FIRST_DAY else since.earliest.isoformat()
        days = {
            "since": since.text,
            "since_earliest": first,
            "since_latest": since.latest.isoformat(),
        }
    return _present(
        {
            "track": edge.track,
            "known": edge.known,
            "status": edge.status,
            **days,
            "ladder": edge.ladder,
            "level": level and level.id,
            "level_name": level and level.name(),
            "rank": level and level.rank,
            "levels": " ".join(edge.levels),
            "count": edge.count,
            "most": edge.most,
            "in_force": edge.in_force,
            "at_least": edge.at_least,
        }
    )


def to_networkx(graph: Any) -> Any:
    """Return a `networkx.MultiGraph`; see `Graph.to_networkx`."""
    networkx = module_of("networkx", "graph")
    made = networkx.MultiGraph(**graph_attributes(graph))
    made.add_nodes_from((node.id, node_attributes(node)) for node in graph.nodes)
    made.add_edges_from((*one.parties, one.key, edge_attributes(one)) for one in graph.edges)
    return made


def graphml(graph: Any) -> str:
    """Return a document of GraphML; see `Graph.graphml`."""
    nodes = [(node.id, node_attributes(node)) for node in graph.nodes]
    edges = [(edge, edge_attributes(edge)) for edge in graph.edges]
    whole = graph_attributes(graph)
    root = ET.Element("graphml", {"xmlns": _NAMESPACE})
    _declare(root, "graph", [whole])
    _declare(root, "node", (given for _, given in nodes))
    _declare(root, "edge", (given for _, given in edges))
    body = ET.SubElement(root, "graph", {"id": "G", "edgedefault": "undirected"})
    _data(body, "graph", whole)
    for id, given in nodes:
        _data(ET.SubElement(body, "node", {"id": id}), "node", given)
    for edge, given in edges:
        source, target = edge.parties
        ends = {"id": edge.key, "source": source, "target": target}
        _data(ET.SubElement(body, "edge", ends), "edge", given)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _declare(root: ET.Element, domain: str, given: Iterable[Attributes]) -> None:
    """Write a typed key for each attribute that occurs, in the order of first use."""
    kinds = {name: value for one in given for name, value in one.items()}
    for name, value in kinds.items():
        kind = "int" if isinstance(value, int) else "string"
        about = {"id": f"{domain}_{name}", "for": domain, "attr.name": name, "attr.type": kind}
        ET.SubElement(root, "key", about)


def _data(parent: ET.Element, domain: str, given: Attributes) -> None:
    for name, value in given.items():
        data = ET.SubElement(parent, "data", {"key": f"{domain}_{name}"})
        data.text = _NOT_IN_XML.sub("\ufffd", str(value))


def edges_table(graph: Any) -> Table:
    """Return one row an edge."""
    edges = graph.edges
    levels = [edge.level for edge in edges]
    return Table(
        (
            text("party_a", (edge.parties[0] for edge in edges)),
            text("party_b", (edge.parties[1] for edge in edges)),
            text("track", (edge.track for edge in edges)),
            text(
                "known",
                (edge.known for edge in edges),
                note="known; as-last-recorded (no stream vouches for it on that day); contested "
                "(so is the continuity of one of the two); undecided (dates leave open whether the "
                "edge is there, which level it has, or how many there are)",
            ),
            text("status", (edge.status for edge in edges), note="of ties and level: as shown"),
            *dates("since", (edge.since for edge in edges), title="That status since"),
            text(
                "ladder", (edge.ladder for edge in edges), note="of a level: the party whose it is"
            ),
            text("level", (level and level.id for level in levels), note="the level shown"),
            text("level_name", (level and level.name() for level in levels)),
            integers("rank", (level and level.rank for level in levels), note="on that ladder"),
            text(
                "levels",
                (" ".join(edge.levels) or None for edge in edges),
                note="of a level: all that dates allow, several with a space between; none where "
                "it may have none",
            ),
            integers(
                "count",
                (edge.count for edge in edges),
                note="of agreements (those that have not ended) and visits: how many are recorded",
            ),
            integers(
                "most",
                (edge.most for edge in edges),
                note="how many there may be, as dates allow; missing where they do not say",
            ),
            integers("in_force", (edge.in_force for edge in edges), note="of agreements"),
            text(
                "at_least",
                (edge.at_least for edge in edges),
                note="where a level was asked for: whether the dyad is certain to be at it, or "
                "possible",
            ),
        ),
        title=repr(graph)[1:-1],
        stamp={**graph.stamp, "complete": graph.complete},
    )
