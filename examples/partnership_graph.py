"""The network of partnerships on a day, from two countries' streams, and how a user weighs it.

Run it::

    python examples/partnership_graph.py
    python examples/partnership_graph.py --on 2015-12-31 -o partners.graphml

The file opens in Gephi, Cytoscape, igraph and NetworkX. Nothing but the library is needed.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import diplorel as dr
from diplorel.analysis.graph import Graph

WEIGHTS = {"visits": 2, "agreements": 1}


def aligned(rows: Sequence[Sequence[object]], right: Sequence[int] = ()) -> list[str]:
    """Return rows as lines of columns, some of them to the right; what is missing is a hyphen."""
    texts = [["-" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    return [
        "  ".join(
            text.rjust(width) if at in right else text.ljust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in texts
    ]


def summary(graph: Graph) -> list[str]:
    """Return how many edges of each track there are, and how far they are known."""
    counts = Counter((edge.track, edge.known) for edge in graph)
    rows = [(track, known, number) for (track, known), number in sorted(counts.items())]
    return aligned([("track", "known", "edges"), *rows], right=(2,))


def degrees(graph: Graph, most: int = 10) -> list[str]:
    """Return the parties with the most partners in the graph, of any track."""
    partners: dict[str, set[str]] = {}
    for edge in graph:
        for one, other in (edge.parties, edge.parties[::-1]):
            partners.setdefault(one, set()).add(other)
    names = {node.id: node.name for node in graph.nodes}
    ranked = sorted(partners, key=lambda id: (-len(partners[id]), id))
    rows = [(names[id], len(partners[id])) for id in ranked[:most]]
    return aligned([("party", "partners in the graph"), *rows], right=(1,))


def report(on: str, at_least: str, log: dr.EventLog) -> tuple[str, Graph]:
    """Return the whole answer as text, and the graph."""
    world = log.replay(on=on)
    graph = world.graph(tracks=("ties", "level", "visits"), at_least=at_least)
    weighed = world.weighted("VNM", weights=WEIGHTS, kind="state")
    top = [
        (row.position, f"{row.best}-{row.worst}", row.name, f"{row.score:.3f}")
        for row in weighed.rows[:5]
    ]
    said = [
        repr(graph)[1:-1],
        "The graph is complete." if graph.complete else "There may be more edges than these.",
        "",
        *summary(graph),
        "",
        *degrees(graph),
        "",
        repr(weighed)[1:-1],
        "",
        *aligned([("position", "within 20 %", "partner", "score"), *top], right=(0, 1, 3)),
        f"and {len(weighed) - len(top)} more; {len(weighed.left_out)} left out, not fully known",
    ]
    return "\n".join(said), graph


def main(argv: Sequence[str] | None = None) -> int:
    """Print the network; 2 and one line on the error stream for a bad question."""
    parser = argparse.ArgumentParser(description="Partnerships on a day, as a network.")
    parser.add_argument("--on", default="2025-03-12", metavar="YYYY-MM-DD", help="the day")
    parser.add_argument("--at-least", default="strategic", metavar="LEVEL", help="the lowest level")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="such as graph.graphml")
    args = parser.parse_args(argv)
    log = dr.load("vietnam") | dr.load("singapore")
    try:
        text, graph = report(args.on, args.at_least, log)
        if args.output is not None:
            dr.write_table(graph, args.output)
    except dr.errors.DiplorelError as error:
        print(f"partnership_graph: {error}", file=sys.stderr)
        return 2
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
