"""Relations on one day as a graph: parties as nodes, and one edge a track where something holds.

An edge that is missing says that nothing is recorded. Whether there is nothing, only coverage says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias

import attrs

from diplorel._columns import columns, counted
from diplorel.analysis.partners import partners
from diplorel.analysis.possible_standings import possible_standings
from diplorel.analysis.standing import standing_on
from diplorel.model.dates import LAST_DAY, PartialDate
from diplorel.model.tabular import Tabular
from diplorel.replay.dyad import DyadSnapshot
from diplorel.tracks.agreements import AGREEMENTS, AgreementStatus
from diplorel.tracks.level import LEVEL, LevelStatus
from diplorel.tracks.ties import TIES, TiesStatus
from diplorel.tracks.visits import VISITS, VisitMade

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import networkx as nx

    from diplorel.model.ladders import Level
    from diplorel.model.reference import Reference
    from diplorel.model.table import Table
    from diplorel.replay.snapshot import Snapshot

GraphTrack: TypeAlias = Literal["ties", "level", "agreements", "visits"]
Pair: TypeAlias = tuple[str, str]
TRACKS: Final[tuple[GraphTrack, ...]] = ("ties", "level", "agreements", "visits")
"""The tracks that a graph can have edges of."""
SCHEMES: Final = ("iso3", "cow", "gw")
"""The schemes whose codes nodes have."""


@attrs.frozen(kw_only=True)
class GraphNode:
    """A party at an end of some edge.

    Attributes:
        id: Its id.
        name: Its English name on the day.
        kind: What it is, such as ``state``; None where no table has it.
        codes: Its codes on the day by scheme (``iso3``, ``cow``, ``gw``), those that it has.
    """

    id: str
    name: str
    kind: str | None
    codes: tuple[tuple[str, str], ...] = ()


@attrs.frozen(kw_only=True)
class GraphEdge:
    """What holds, or may hold, in one track of a dyad on the day.

    Attributes:
        parties: The two ids, in order.
        track: ``ties``, ``level``, ``agreements`` or ``visits``.
        known: ``known``; ``as-last-recorded`` (no stream vouches for it on that day);
            ``contested`` (so is the continuity of one of the two); or ``undecided``: dates leave
            open whether the edge is there, or which level it has.
        status: Of ties and level, the status that is shown, such as ``established``.
        since: Of ties and level, the first day.
        ladder: Of a level, the party whose ladder it is. A dyad has an edge for each side's.
        level: Of a level, the one shown; None where none is certain.
        levels: The ids of all levels that dates allow, with ``none`` where it may have none.
        count: Of agreements and visits, how many are recorded for certain: agreements that have
            not ended, visits of either to the other.
        most: How many there may be, as dates allow; None where dates do not say.
        in_force: Of agreements, how many of them are in force.
        at_least: If the graph is one of partners at a level: whether the dyad is ``certain`` to
            be at it, or ``possible``.
    """

    parties: Pair
    track: GraphTrack
    known: str
    status: str | None = None
    since: PartialDate | None = None
    ladder: str | None = None
    level: Level | None = None
    levels: tuple[str, ...] = ()
    count: int | None = None
    most: int | None = None
    in_force: int | None = None
    at_least: str | None = None

    @property
    def key(self) -> str:
        """What names it in the graph, such as ``SGP-VNM:level:VNM``."""
        whose = "" if self.ladder is None else f":{self.ladder}"
        return f"{'-'.join(self.parties)}:{self.track}{whose}"


@attrs.frozen(kw_only=True, repr=False)
class Graph(Tabular):
    """Relations on one day as a graph. Iterate it for the edges, by parties and track.

    Attributes:
        on: The day, at whose end it holds; None for all that is recorded.
        tracks: The tracks of the edges.
        party: The party that is a side of all edges; None for all dyads.
        nodes: The parties at the ends of the edges, in order, and *party*.
        edges: The edges.
        unranked: If the graph is one of partners at a level, the dyads at a label without a
            rank: whether they are at least there, the ladder does not say. They have no edge.
        complete: Whether streams say that no edge is missing. Without it, there may be more.
        stamp: How it was asked for, as plain data.
        reference: The names of parties and levels.

    >>> import diplorel as dr
    >>> world = dr.load("vietnam").replay("2025-03-12")
    >>> graph = world.graph(party="VNM", at_least="comprehensive-strategic", tracks=["level"])
    >>> len(graph.nodes), len(graph), graph.edges[0].parties, graph.edges[0].level.rank
    (13, 12, ('AUS', 'VNM'), 3)
    """

    on: date | None
    tracks: tuple[GraphTrack, ...]
    party: str | None
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    unranked: tuple[Pair, ...]
    complete: bool
    stamp: Mapping[str, Any]
    reference: Reference = attrs.field(eq=False)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds a dict

    def __iter__(self) -> Iterator[GraphEdge]:
        return iter(self.edges)

    def __len__(self) -> int:
        return len(self.edges)

    def to_networkx(self) -> nx.MultiGraph[str]:
        """Return it for NetworkX, one edge a track and ladder; it needs the extra ``graph``.

        Nodes are ids, keys of edges as in `GraphEdge.key`. Attributes are texts and whole numbers;
        one that is missing is left out, since GraphML holds neither None nor a date.

        Raises:
            MissingExtraError: NetworkX is not installed.

        >>> import diplorel as dr
        >>> graph = dr.load("vietnam").graph("2025-03-12", party="VNM").to_networkx()
        >>> graph["SGP"]["VNM"]["SGP-VNM:ties"]["since"]
        '1973-08-01'
        """
        from diplorel.analysis.graph_files import to_networkx  # noqa: PLC0415  few ask for it

        return to_networkx(self)

    def graphml(self) -> str:
        """Return it as GraphML, for Gephi, igraph, Cytoscape or NetworkX; it needs no extra."""
        from diplorel.analysis.graph_files import graphml  # noqa: PLC0415  likewise

        return graphml(self)

    def table(self) -> Table:
        """Return the list of edges, one row each."""
        from diplorel.analysis.graph_files import edges_table  # noqa: PLC0415  likewise

        return edges_table(self)

    def __repr__(self) -> str:
        day = "" if self.on is None else f" on {self.on}"
        parties = counted(len(self.nodes), "party", "parties")
        return f"<Graph of {', '.join(self.tracks)}{day}: {parties}, {counted(len(self), 'edge')}>"

    def __str__(self) -> str:
        rows: list[tuple[Any, ...]] = [
            (
                "-".join(one.parties),
                one.track if one.ladder is None else f"{one.track} of {one.ladder}",
                one.level.id if one.level else one.status if one.count is None else one.count,
                one.since,
                one.known,
            )
            for one in self.edges[:40]
        ]
        more = len(self) - len(rows)
        lines = columns([("parties", "track", "state", "since", "known"), *rows])
        end = (
            []
            if self.complete
            else ["", "This list may be incomplete: no stream claims full coverage for this day."]
        )
        return "\n".join(
            [repr(self)[1:-1], "", *lines, *([f"… and {more} more"] if more > 0 else []), *end]
        )


def graph_of(
    snapshot: Snapshot,
    *,
    tracks: Sequence[GraphTrack],
    party: str | None,
    at_least: Mapping[str, str] | None,
    stamp: Mapping[str, Any],
) -> Graph:
    """Return the graph of a day; see `World.graph`.

    Args:
        snapshot: The states of the day.
        tracks: The tracks of the edges.
        party: The id of the party that is a side of all edges; None for all dyads.
        at_least: By ladder, the lowest level that counts; None for all dyads.
        stamp: How it was asked for.
    """
    chosen, unranked, complete = _chosen(snapshot, at_least or {})
    table, day = snapshot.reference.parties, snapshot.day
    edges: list[GraphEdge] = []
    for pair in snapshot.dyads() if at_least is None else sorted(chosen):
        if party is not None and party not in pair:
            continue
        if any((one := table.get(id)) is not None and not one.is_alive(day) for id in pair):
            continue  # its relations have ended with it
        dyad = snapshot.between(*pair, DyadSnapshot)
        found = [edge for track in tracks for edge in _EDGES[track](snapshot, dyad)]
        edges += [attrs.evolve(edge, at_least=chosen.get(pair)) for edge in found]
    ids = {id for edge in edges for id in edge.parties} | ({party} - {None})
    return Graph(
        on=snapshot.on,
        tracks=tuple(tracks),
        party=party,
        nodes=tuple(_node(snapshot, id) for id in sorted(map(str, ids))),
        edges=tuple(edges),
        unranked=tuple(pair for pair in sorted(unranked) if party is None or party in pair),
        complete=_is_complete(snapshot, tracks, party) if at_least is None else complete,
        stamp={**stamp, "tracks": list(tracks), "party": party, "at_least": at_least},
        reference=snapshot.reference,
    )


def _chosen(
    snapshot: Snapshot, at_least: Mapping[str, str]
) -> tuple[dict[Pair, str], set[Pair], bool]:
    """Return the dyads at a level, those at a label without a rank, and whether these are all."""
    chosen: dict[Pair, str] = {}
    unranked: set[Pair] = set()
    complete = True
    for ladder, level in at_least.items():
        found = partners(snapshot, ladder, at_least=level)
        complete = complete and found.complete
        for other in found.possible:
            chosen.setdefault(_pair(ladder, other), "possible")
        for other in found.parties:
            chosen[_pair(ladder, other)] = "certain"
        unranked |= {_pair(ladder, other) for other in found.unranked}
    return chosen, unranked - chosen.keys(), complete


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def _is_complete(snapshot: Snapshot, tracks: Sequence[str], party: str | None) -> bool:
    if party is None:
        return False  # no stream speaks for every party
    reference, day = snapshot.reference, snapshot.day
    return all(
        reference.covers_level(party, day)
        if track == LEVEL.name
        else reference.covers(track, (party,), day)
        for track in tracks
    )


def _node(snapshot: Snapshot, id: str) -> GraphNode:
    known = snapshot.reference.parties.get(id)
    if known is None:
        return GraphNode(id=id, name=id, kind=None)
    day = snapshot.day
    codes = {
        code.scheme: code.value
        for code in reversed(known.codes)
        if code.scheme in SCHEMES and (code.end is None if day is None else code.holds_on(day))
    }
    return GraphNode(
        id=id,
        name=known.name_on(day),
        kind=known.kind.value,
        codes=tuple((scheme, codes[scheme]) for scheme in SCHEMES if scheme in codes),
    )


# --- the edges of a dyad -------------------------------------------------------------------------


def how_known(
    dyad: DyadSnapshot, *, is_open: bool, last_recorded: bool
) -> Literal["undecided", "contested", "as-last-recorded", "known"]:
    """Return how far a state that is recorded is known."""
    if is_open:
        return "undecided"
    if dyad.contested:
        return "contested"
    return "as-last-recorded" if last_recorded else "known"


def _known(dyad: DyadSnapshot, track: str, *, is_open: bool, last_recorded: bool) -> dict[str, Any]:
    """Return the parties and the track, and how far the state is known."""
    known = how_known(dyad, is_open=is_open, last_recorded=last_recorded)
    return {"parties": dyad.parties, "track": track, "known": known}


def _ties(snapshot: Snapshot, dyad: DyadSnapshot) -> Iterator[GraphEdge]:
    state = dyad.state(TIES)
    holds = state.status is TiesStatus.ESTABLISHED
    is_open = False
    if not dyad.is_certain(TIES):
        possible = possible_standings(snapshot, *dyad.parties)
        standing = [one for one in possible if one.ties.lo < LAST_DAY]
        is_open = bool(standing) and (len(standing) < len(possible) or not holds)
    if holds or is_open:
        yield GraphEdge(
            **_known(dyad, "ties", is_open=is_open, last_recorded="ties" in dyad.last_recorded),
            status=state.status.value,
            since=state.since,
        )


def _level(snapshot: Snapshot, dyad: DyadSnapshot) -> Iterator[GraphEdge]:
    for ladder in dyad.parties:
        standing = standing_on(dyad, ladder, snapshot.reference)
        held = standing.status is LevelStatus.HELD
        levels: set[str | None] = {standing.level.id if held and standing.level else None}
        if not standing.certain:
            other = dyad.parties[dyad.parties[0] == ladder]
            levels = {one.level for one in possible_standings(snapshot, ladder, other)}
        if levels == {None}:
            continue
        known = _known(dyad, "level", is_open=len(levels) > 1, last_recorded=standing.last_recorded)
        yield GraphEdge(
            **known,
            status=standing.status.value,
            since=standing.since,
            ladder=ladder,
            level=standing.level,
            levels=tuple(sorted(one or "none" for one in levels)),
        )


def _agreements(_snapshot: Snapshot, dyad: DyadSnapshot) -> Iterator[GraphEdge]:
    documents = [
        one
        for one in dyad.state(AGREEMENTS).documents
        if one.status is not AgreementStatus.TERMINATED
    ]
    is_open = not dyad.is_certain(AGREEMENTS)
    if documents or is_open:
        last = AGREEMENTS.name in dyad.last_recorded
        yield GraphEdge(
            **_known(dyad, "agreements", is_open=is_open, last_recorded=last),
            count=len(documents),
            most=None if is_open else len(documents),
            in_force=sum(one.status is AgreementStatus.IN_FORCE for one in documents),
        )


def _visits(_snapshot: Snapshot, dyad: DyadSnapshot) -> Iterator[GraphEdge]:
    open_ = [one for one in dyad.undecided if isinstance(one, VisitMade)]
    made = [one for one in dyad.state(VISITS).visits if one not in open_]
    if made or open_:
        last = VISITS.name in dyad.last_recorded
        yield GraphEdge(
            **_known(dyad, "visits", is_open=bool(open_), last_recorded=last),
            count=len(made),
            most=len(made) + len(open_),
        )


_EDGES: Final = {"ties": _ties, "level": _level, "agreements": _agreements, "visits": _visits}
