"""A network of partnerships: the levels between parties on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel.charts import legend
from diplorel.charts.chart import NARROW, WIDE, Chart
from diplorel.charts.colours import INK, MUTED, OFF_LADDER, PAPER, RED, by_level
from diplorel.charts.layout import (
    Name,
    Point,
    Sheet,
    by_forces,
    off_lines,
    on_rings,
    place_names,
)
from diplorel.charts.phrases import NETWORK
from diplorel.charts.picture import Axis, Bar, Dot, Label, Line, Picture, cut, width_of, wrapped
from diplorel.charts.sources import data_notes
from diplorel.charts.words import sentence, short_day, shorter, word
from diplorel.language.grammar import Grammar
from diplorel.model.dates import LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from diplorel.analysis.graph import Graph, GraphEdge
    from diplorel.charts.colours import Shade
    from diplorel.charts.picture import Mark
    from diplorel.model.dates import Language

_MOST: Final = {WIDE: 48, NARROW: 26}
"""More parties are never shown, even where there is room."""
_HEIGHT: Final = {WIDE: 500, NARROW: 420}
_SIDE: Final = {WIDE: 96.0, NARROW: 66.0}
_NAME: Final = {WIDE: 120.0, NARROW: 76.0}
_SIZE: Final = 10.5
_THICK: Final = 3.4
_HIGH: Final = 18.0
"""How high the plate is with the name of the one in the middle."""
_PALE: Final = "#b9c1c8"
_OFF, _OPEN, _NO_LEVEL = -1, -2, -3
"""What comes after the ranks: a label without one, what dates leave open, other relations only."""


def network(graph: Graph, *, lang: Language = "en") -> Chart:
    """Draw the levels between parties: a dot a party, and a line with the level's colour.

    Where the graph is of one party, that one is in the middle and the others on rings by level.
    At most as many parties are shown as can be read; how many are left out is written below.

    Args:
        graph: What `World.graph` returns.
        lang: The language of the words: ``en`` or ``vi``.

    >>> import diplorel as dr
    >>> world = dr.load("vietnam").replay("2025-03-12")
    >>> dr.charts.network(world.graph(party="VNM", at_least="strategic", tracks=["level"]))
    <Chart network: Vietnam's partners, 12 March 2025>
    """
    plan = _Plan.of(graph, lang)
    return Chart(
        kind="network",
        title=plan.title,
        alt=_alt(plan),
        notes=(_how_to_read(plan), data_notes(graph.reference, graph.stamp, lang)),
        lang=lang,
        wide=_drawn(plan, WIDE),
        narrow=_drawn(plan, NARROW),
    )


@attrs.frozen(kw_only=True)
class _Tie:
    """What joins two parties: the level on the ladder of each, or something else.

    Attributes:
        pair: The two ids, in order.
        edges: The edges of levels, by ladder.
        rank: The highest rank of them, or what comes after ranks.
        since: Since when, an ordinal: what is held longest counts, a level before other things.
    """

    pair: tuple[str, str]
    edges: Mapping[str, GraphEdge]
    rank: int
    since: int


@attrs.frozen(kw_only=True)
class _Plan:
    """What both pictures have in common: what joins whom, the order of parties, the shades."""

    graph: Graph
    grammar: Grammar
    ties: tuple[_Tie, ...]
    order: tuple[str, ...]
    shades: Mapping[str, Mapping[str, Shade]]

    @classmethod
    def of(cls, graph: Graph, lang: Language) -> _Plan:
        day = None if graph.on is None else graph.on.toordinal()
        ties = tuple(_ties(graph))
        ladders = graph.reference.ladder
        return cls(
            graph=graph,
            grammar=Grammar(graph.reference, lang, first=graph.party, day=day),
            ties=ties,
            order=tuple(_order(graph, ties)),
            shades={
                ladder: by_level(ladders[ladder])
                for ladder in sorted({one for tie in ties for one in tie.edges})
                if ladder in ladders
            },
        )

    @property
    def title(self) -> str:
        """The title: whose partners, and the day."""
        day = (
            self.say("all recorded")
            if self.graph.on is None
            else short_day(self.graph.on, self.grammar.lang)
        )
        if self.graph.party is None:
            return self.say("all", day=day)
        return self.say("of", party=self.grammar.name(self.graph.party), day=day)

    def say(self, key: str, **parts: str) -> str:
        """Return the words for a key."""
        return self.grammar.say(NETWORK, key, **parts)

    def shade(self, edge: GraphEdge) -> Shade:
        """Return the colours of a line."""
        if edge.level is None:
            return OFF_LADDER
        return self.shades.get(edge.ladder or "", {}).get(edge.level.id, OFF_LADDER)


def _ties(graph: Graph) -> Iterator[_Tie]:
    """Yield what joins each two parties, the lowest rank first, as they are drawn."""
    edges: dict[tuple[str, str], list[GraphEdge]] = {}
    for edge in graph:
        edges.setdefault(edge.parties, []).append(edge)
    found = []
    for pair, some in edges.items():
        levels = {edge.ladder: edge for edge in sorted(some, key=_key) if edge.ladder is not None}
        ranks = [_rank(edge) for edge in levels.values()]
        if graph.party in levels:
            ranks = [_rank(levels[graph.party])]
        days = [one.since.hi for one in levels.values() or some if one.since is not None]
        found.append(
            _Tie(
                pair=pair,
                edges=levels,
                rank=max(ranks, default=_NO_LEVEL),
                since=min(days, default=LAST_DAY),
            )
        )
    yield from sorted(found, key=lambda tie: (tie.rank, tie.pair))


def _key(edge: GraphEdge) -> str:
    return edge.key


def _rank(edge: GraphEdge) -> int:
    if edge.level is None:
        return _OPEN
    return _OFF if edge.level.rank is None else edge.level.rank


def _order(graph: Graph, ties: Sequence[_Tie]) -> list[str]:
    """Return the parties, those that are shown first in front: by rank, by lines, by day, by id."""
    best: dict[str, tuple[int, int, int]] = {}
    for tie in ties:
        for party in tie.pair:
            rank, lines, since = best.get(party, (_NO_LEVEL, 0, LAST_DAY))
            since = min(since, tie.since) if tie.rank == rank else tie.since
            # ties come with the lowest rank first
            best[party] = (tie.rank, lines + 1, since)
    best.pop(graph.party or "", None)
    if graph.party is not None:
        return sorted(best, key=lambda one: (-best[one][0], best[one][2], one))
    return sorted(best, key=lambda one: (-best[one][0], -best[one][1], best[one][2], one))


# --- the picture ---------------------------------------------------------------------------------


def _drawn(plan: _Plan, width: int) -> Picture:
    key = legend.rows_of(_entries(plan), width)
    head, body = len(key) * legend.ROW + 6, _HEIGHT[width]
    at, places, names = _laid_out(plan, width)
    left_out = len(plan.order) - sum(party != plan.graph.party for party in at)
    if not plan.ties:
        body = 60
    foot = 20 if left_out else 0
    x = Axis(units=(0, width), pixels=(0, width))
    y = Axis(units=(0, body), pixels=(head, head + body))
    marks = [
        *legend.drawn(key, x=x, y=y, width=width),
        *_lines(plan, at),
        *_dots(plan, at, places, names),
    ]
    if left_out:
        said = plan.say(
            "left out" if plan.graph.party is not None else "left out of all", count=str(left_out)
        )
        for place, line in enumerate(wrapped(said, width, _SIZE)):
            foot = 20 + 14 * place
            marks.append(Label(x=0, y=body + 10 + 14 * place, text=line, size=_SIZE, colour=MUTED))
    if not plan.ties:
        marks = [Label(x=0, y=20, text=plan.say("nothing"), colour=MUTED)]
    return Picture(width=width, height=head + body + foot, x=x, y=y, marks=marks)


def _laid_out(plan: _Plan, width: int) -> tuple[dict[str, Point], dict[str, Name], dict[str, str]]:
    """Return where dots and names are, of as many parties as can be read."""
    sheet = Sheet(width=width, height=_HEIGHT[width], side=_SIDE[width])
    count = min(len(plan.order), _MOST[width])
    whole: dict[str, Point] = {}
    if plan.graph.party is None:
        # where there is room for fewer, the others stay where they are
        pairs = [tie.pair for tie in plan.ties]
        whole = off_lines(by_forces(plan.order[:count], pairs, sheet), pairs, sheet)
    while count:
        shown = plan.order[:count]
        names = {party: _name(plan, party, width) for party in shown}
        at = {party: whole[party] for party in shown} if whole else _around(plan, shown, sheet)
        taken = []
        if plan.graph.party is not None:
            names[plan.graph.party] = _name(plan, plan.graph.party, width)
            (x, y), half = sheet.middle, _half(names[plan.graph.party])
            taken = [(x - half, y - _HIGH / 2, x + half, y + _HIGH / 2)]
        outer = {party: point for party, point in at.items() if party != plan.graph.party}
        places = place_names(outer, names, sheet, taken)
        if places is not None:
            return at, places, names
        count -= 1
    return {}, {}, {}


def _name(plan: _Plan, party: str, width: int) -> str:
    return cut(shorter(plan.grammar.name(party)), _NAME[width], _SIZE)


def _half(name: str) -> float:
    """Return half the width of the plate with the name of the one in the middle."""
    return width_of(name, _SIZE, bold=True) / 2 + 6


def _around(plan: _Plan, shown: Sequence[str], sheet: Sheet) -> dict[str, Point]:
    """Return points on rings by level, and the party of the graph in the middle."""
    ranks = _ranks(plan)
    rings = [
        [one for one in shown if ranks[one] == rank] for rank in sorted({*ranks.values()})[::-1]
    ]
    return {str(plan.graph.party): sheet.middle, **on_rings([one for one in rings if one], sheet)}


def _ranks(plan: _Plan) -> dict[str, int]:
    """Return the rank of each party's line to the one in the middle."""
    return {party: tie.rank for tie in plan.ties for party in tie.pair if party != plan.graph.party}


def _lines(plan: _Plan, at: Mapping[str, Point]) -> Iterator[Mark]:
    for tie in plan.ties:
        if not (tie.pair[0] in at and tie.pair[1] in at):
            continue
        ends = {party: at[party] for party in tie.pair}
        one, other = ends.values()
        middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
        says = " – ".join(plan.grammar.name(party) for party in tie.pair)
        if not tie.edges:
            yield Line(points=(one, other), colour=_PALE, width=1, says=says)
        for ladder, edge in tie.edges.items():
            start, end = (ends.get(ladder, one), middle) if len(tie.edges) > 1 else (one, other)
            shade = plan.shade(edge)
            line = Line(
                points=(start, end),
                colour=shade.edge,
                width=_THICK if tie.rank > 0 else 2.0,
                dashed=edge.known == "undecided",
                says=f"{says}: {_level(plan, edge)} ({plan.grammar.name(ladder)})",
            )
            yield line
            # what is light has an outline, and what no stream vouches for is white with an outline
            inside = PAPER if edge.known == "as-last-recorded" else shade.fill
            if inside != shade.edge and not line.dashed:
                yield attrs.evolve(line, colour=inside, width=line.width - 1.6)
        if any(edge.known == "contested" for edge in tie.edges.values()):
            x, y = middle
            yield Dot(x=x, y=y, shape="diamond", fill=PAPER, outline=RED, size=8)


def _dots(
    plan: _Plan, at: Mapping[str, Point], places: Mapping[str, Name], names: Mapping[str, str]
) -> Iterator[Mark]:
    for party, (x, y) in at.items():
        says = plan.grammar.name(party)
        if party == plan.graph.party:  # its name is on a plate, where all lines begin
            half = _half(names[party])
            yield Bar(x0=x - half, x1=x + half, y=y, height=_HIGH, fill=INK, says=says)
            yield Label(
                x=x, y=y, text=names[party], align="center", size=_SIZE, bold=True, colour=PAPER
            )
            continue
        yield Dot(x=x, y=y, shape="circle", fill=MUTED, outline=PAPER, size=8, says=says)
        name, wide = places[party], width_of(names[party], _SIZE)
        left = x + name.dx - {"left": 0.0, "center": 0.5, "right": 1.0}[name.align] * wide
        # lines end at a name
        yield Bar(x0=left, x1=left + wide, y=y + name.dy, height=12, fill=PAPER)
        yield Label(
            x=x, y=y, dx=name.dx, dy=name.dy, text=names[party], align=name.align, size=_SIZE
        )


def _level(plan: _Plan, edge: GraphEdge) -> str:
    if edge.level is None:
        return plan.say("open")
    if edge.level.id == "?":
        return plan.say("unnamed")
    return edge.level.name(plan.grammar.lang)


# --- in words ------------------------------------------------------------------------------------


def _entries(plan: _Plan) -> Iterator[legend.Entry]:
    """Yield what the key says: the levels held, the highest first, then the other signs."""
    edges = [edge for tie in plan.ties for edge in tie.edges.values()]
    levels: dict[tuple[str, str, str], int] = {}
    for edge in edges:
        shade = plan.shade(edge)
        key = (shade.fill, shade.edge, _level(plan, edge))
        levels[key] = max(levels.get(key, _NO_LEVEL), _rank(edge))
    for fill, outline, name in sorted(levels, key=lambda key: (-levels[key], key)):
        if levels[fill, outline, name] == _OPEN:
            yield legend.Entry(text=name, fill=outline, sign="dashes")
        else:
            yield legend.Entry(text=name, fill=fill, outline=outline, sign="bar")
    if any(edge.known == "as-last-recorded" for edge in edges):
        yield legend.Entry(text=plan.say("white"), fill=PAPER, outline=MUTED)
    if any(not tie.edges for tie in plan.ties):
        yield legend.Entry(text=plan.say("no level"), fill=_PALE, sign="line")
    if any(edge.known == "contested" for edge in edges):
        yield legend.Entry(text=plan.say("contested"), fill=PAPER, outline=RED, sign="diamond")


def _how_to_read(plan: _Plan) -> str:
    said = [plan.say("rings" if plan.graph.party is not None else "distance")]
    if any(len(tie.edges) > 1 for tie in plan.ties):
        said.append(plan.say("halves"))
    if plan.graph.unranked:
        said.append(plan.say("unranked", count=str(len(plan.graph.unranked))))
    if not plan.graph.complete:
        said.append(plan.say("missing"))
    return sentence(said)


def _alt(plan: _Plan) -> str:
    """Return the chart in a few sentences: the number of lines of each level."""
    parties = len({party for tie in plan.ties for party in tie.pair})
    said = [plan.title, word("alt network", plan.grammar.lang, count=parties)]
    counts: dict[tuple[int, str], list[str]] = {}
    for tie in reversed(plan.ties):
        best = max(tie.edges.values(), key=_rank, default=None)
        best = tie.edges.get(plan.graph.party or "", best)
        name = plan.say("no level") if best is None else _level(plan, best)
        others = [party for party in tie.pair if party != plan.graph.party]
        said_of = "–".join(plan.grammar.name(party) for party in others)
        counts.setdefault((tie.rank, name), []).append(said_of)
    for (_, name), some in counts.items():
        names = ", ".join(some[:12]) + (" …" if len(some) > 12 else "")  # noqa: PLR2004  a line
        said.append(f"{name}: {len(some)} ({names})")
    return ". ".join([*said, word("in table", plan.grammar.lang)])
