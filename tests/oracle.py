"""The world by the plainest means: what the design says, over lists and dicts, again and again.

Nothing here is shared with the library's records, replay or tracks. Events only lend their fields,
their ids and their canonical text.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from diplorel.model.events import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from diplorel import Record, Source

Act = Any
"""An event; its class is known by its type name alone."""

KINDS: Final = ("joint", "government", "agency", "press", "scholarly", "reference")


# --- from records to acts ------------------------------------------------------------------------


class Node(NamedTuple):
    """What one stream says in one wording."""

    stream: str
    id: str
    digest: str
    event: Act


class Visible(NamedTuple):
    """The acts that a set of records tells."""

    acts: dict[str, Act]
    denied: set[str]
    corroborations: dict[str, str]
    ambiguous: dict[str, set[str]]
    dead: set[tuple[str, str, str]]
    loops: set[tuple[str, str, str]]


def known_on(
    records: Iterable[Record],
    sources: Mapping[str, Source],
    *,
    day: str,
    clock: str,
) -> list[Record]:
    """Return what was known at the end of a day, by one of the two clocks."""
    return [one for one in records if _moment_known(one, sources, clock) <= day]


def _moment_known(record: Record, sources: Mapping[str, Source], clock: str) -> str:
    if clock == "recorded":
        recorded: datetime = record.recorded
        return recorded.date().isoformat()
    event: Act = record.event
    if event.type == "event-retracted":
        return ""
    days = []
    for citation in event.sources:
        source = sources.get(citation.source)
        dated = source.published if source is not None and source.published else event.on
        days.append(dated.latest.isoformat())
    return min(days)


def visible(records: Iterable[Record], sources: Mapping[str, Source]) -> Visible:
    """Return the acts that records tell, by the default policy."""
    nodes = {Node(one.stream, one.id, one.event.digest, one.event) for one in records}
    live, dead = _grounded(nodes)
    corrections = {node for node in nodes if node.event.supersedes}
    loops = corrections - live - dead
    standing = [node for node in nodes - dead if node.event.type != "event-retracted"]
    acts: dict[str, Act] = {}
    tellers: dict[str, set[str]] = {}
    denied: set[str] = set()
    for id in {node.id for node in standing}:
        mine = [node for node in standing if node.id == id]
        chosen, denial = _chosen(mine, live & corrections, sources)
        if denial:
            denied.add(id)
        else:
            acts[id] = chosen
            tellers[id] = {node.stream for node in mine}
    corroborations, ambiguous = _corroborated(acts, tellers)
    return Visible(
        {id: act for id, act in acts.items() if id not in corroborations},
        denied,
        corroborations,
        ambiguous,
        {node[:3] for node in dead},
        {node[:3] for node in loops},
    )


def _names(correction: Node, other: Node) -> bool:
    """Say whether a correction names what another says, by its id or by its very words."""
    named = set(correction.event.supersedes)
    return correction != other and bool({other.id, f"{other.id}@{other.digest}"} & named)


def _grounded(nodes: set[Node]) -> tuple[set[Node], set[Node]]:
    """Return what lives and what is dead: the least fixed point, looked for until nothing moves.

    A node lives when everything that attacks it is dead; it is dead when something alive attacks
    it; what is neither stands in a loop.
    """
    attackers = {
        node: {one for one in nodes if one.stream == node.stream and _names(one, node)}
        for node in nodes
    }
    live: set[Node] = set()
    dead: set[Node] = set()
    while True:
        now_live = {node for node in nodes if attackers[node] <= dead}
        now_dead = {node for node in nodes if attackers[node] & now_live}
        if (now_live, now_dead) == (live, dead):
            return live, dead
        live, dead = now_live, now_dead


def _chosen(
    tellings: list[Node], corrections: set[Node], sources: Mapping[str, Source]
) -> tuple[Act, bool]:
    """Return the telling of one act that the default policy follows, and whether it denies it."""
    options: list[tuple[tuple[Any, ...], Act, set[str], set[str] | None]] = []
    for content in {repr(node.event.content()) for node in tellings}:
        nodes = [node for node in tellings if repr(node.event.content()) == content]
        same = [node.event for node in nodes]
        cited = {citation for event in same for citation in event.sources}
        united = attrs.evolve(min(same, key=canonical), sources=tuple(cited))
        key = (_kind(united, sources), False, canonical(united))
        options.append((key, united, {node.digest for node in nodes}, None))
    for one in corrections:
        against = {
            node.digest for node in tellings if node.stream != one.stream and _names(one, node)
        }
        if against:
            key = (_kind(one.event, sources), True, canonical(one.event))
            options.append((key, one.event, set(), against))
    options.sort(key=lambda option: option[0])
    refused: set[str] = set()
    for _, event, digests, against_ in options:
        if against_ is not None:
            refused |= against_
        elif not digests & refused:
            return event, False
    return options[0][1], True


def _kind(event: Act, sources: Mapping[str, Source]) -> int:
    """Return how much authority the sources of an act have together; less is more."""
    known = [sources.get(citation.source) for citation in event.sources]
    official = [one for one in known if one is not None and one.kind.value == "government"]
    parties = getattr(event, "parties", None)
    if parties is None:  # a retraction names no parties
        parties = {one.side for one in official}
    if len({one.side for one in official if one.side and one.side in parties}) > 1:
        return KINDS.index("joint")

    def rank(source: Source | None) -> int:
        if source is None:
            return len(KINDS)
        if source in official and source.side and source.side not in parties:
            return KINDS.index("agency")
        return KINDS.index(source.kind.value)

    return min(map(rank, known))


def _coarse(act: Act) -> tuple[int, int, bool, str]:
    doubts = sum(map(act.on.text.count, "?~"))
    return ((act.on.latest - act.on.earliest).days, doubts, _nowhere(act), act.id)


def _nowhere(act: Act) -> bool:
    """Say whether an act of a mission leaves out the city."""
    return act.type in ("mission-opened", "mission-closed") and not act.city


def _same(coarse: Act, narrow: Act) -> bool:
    if _nowhere(coarse):
        return coarse.type == narrow.type and bool(
            (coarse.parties, coarse.kind) == (narrow.parties, narrow.kind)
        )
    acts = [(one.undated_key, one.discriminator) for one in (coarse, narrow)]
    return acts[0] == acts[1]


def _holds(coarse: Act, narrow: Act) -> bool:
    inside = coarse.on.earliest <= narrow.on.earliest and narrow.on.latest <= coarse.on.latest
    ends = [act.on.text.partition("/")[2] for act in (coarse, narrow)]
    wider = _coarse(narrow)[0] < _coarse(coarse)[0]
    return bool(
        inside
        and _same(coarse, narrow)
        and (wider or (ends[0] == ends[1] and _coarse(narrow) < _coarse(coarse)))
    )


def _corroborated(
    acts: dict[str, Act], tellers: dict[str, set[str]]
) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Let each coarser telling of another stream join the one narrower act that it holds."""
    joined: dict[str, str] = {}
    several: dict[str, set[str]] = {}
    for id in sorted(acts, key=lambda id: _coarse(acts[id])):
        within = [one for one in acts if one not in joined and _holds(acts[id], acts[one])]
        apart = [one for one in within if not tellers[id] & tellers[one]]
        if len(within) == 1 and apart:
            joined[id] = within[0]
            tellers[within[0]] |= tellers[id]
            on = None if acts[id].on == acts[within[0]].on else acts[id].on
            dated = {attrs.evolve(citation, on=citation.on or on) for citation in acts[id].sources}
            acts[within[0]] = attrs.evolve(
                acts[within[0]], sources=tuple({*acts[within[0]].sources, *dated})
            )
        elif len(within) > 1 and apart:
            several[id] = set(within)
    return joined, several


# --- the acts of a subject -----------------------------------------------------------------------


def in_order(acts: Iterable[Act]) -> list[Act]:
    """Return acts in the one order of the design."""
    return sorted(acts, key=lambda act: (act.on.latest, act.seq, act.precedence, act.id))


def on_day(acts: Iterable[Act], day: str | None) -> list[Act]:
    """Return, in order, the acts that have certainly happened by a day."""
    return [act for act in in_order(acts) if day is None or act.on.latest.isoformat() <= day]


def undecided(acts: Iterable[Act], day: str | None) -> list[Act]:
    """Return the acts of which the dates leave open whether they happened by a day."""
    return [
        act
        for act in in_order(acts)
        if day is not None and act.on.earliest.isoformat() <= day < act.on.latest.isoformat()
    ]


HEARD: Final = {
    "ties": ("ties-established", "ties-suspended", "ties-severed", "ties-restored"),
    "level": ("level-upgraded", "level-downgraded", "level-renewed", "level-agreed"),
    "sectors": ("sector-partnership-formed", "sector-partnership-ended"),
    "special": ("special-relationship-declared", "special-relationship-ended"),
    "agreements": ("agreement-signed", "agreement-in-force", "agreement-terminated"),
    "missions": ("mission-opened", "mission-closed", "envoy-accredited", "envoy-left"),
    "recognition": ("recognition-granted", "recognition-withdrawn"),
    "visits": ("visit-made", "talks-held"),
    "figures": ("figure-reported", "target-set"),
    "groups": ("group-joined", "group-left"),
}
SEVERED: Final = ("level", "sectors", "special")
"""What the severing of ties ends besides."""


def heard(acts: Sequence[Act], track: str, pair: tuple[str, str]) -> list[Act]:
    """Return the acts of *acts*, which are in order, that make the state of a dyad in a track.

    Where the dyad carries on another's state, that one's acts up to the succession come first. If
    it has some of its own, those stay and the other's do not come, unless it continues the other.
    """
    types = {*HEARD[track], *(("ties-severed",) if track in SEVERED else ())}
    mine: list[Act] = []
    continued = set()
    for place, act in enumerate(acts):
        if act.type in types and set(pair) <= set(act.parties):
            mine.append(act)
        elif act.type == "party-succeeded" and track in act.tracks:
            for other in act.dyads:
                ends = {act.predecessor, act.successor, other}
                if len(ends) == 3 and set(pair) == {act.successor, other}:
                    before = heard(acts[:place], track, tuple(sorted((act.predecessor, other))))
                    again = act.predecessor in continued
                    if not mine or (act.kind == "continuation" and before and not again):
                        mine = [_moved(one, act.predecessor, act.successor) for one in before]
                    continued.add(act.predecessor)
    return mine


def _moved(act: Act, old: str, new: str) -> Act:
    """Return an act that names its sides by their roles under the successor's name."""
    for ends in (("sender", "receiver"), ("recogniser", "recognised")):
        if all(hasattr(act, end) for end in ends):
            named = {end: getattr(act, end) for end in ends}
            return attrs.evolve(
                act, **{end: new if party == old else party for end, party in named.items()}
            )
    return act


# --- what the acts of one dyad make --------------------------------------------------------------


def _runs(acts: Sequence[Act], value: Callable[[Act], Any]) -> list[tuple[Any, Act]]:
    """Return each value that acts bring about, with the act that first brought it."""
    return [(key, next(group)) for key, group in groupby(acts, key=value)]


TIES_AFTER: Final = {
    "ties-established": "established",
    "ties-restored": "established",
    "ties-suspended": "suspended",
    "ties-severed": "severed",
}


def ties(acts: Sequence[Act]) -> dict[str, Any]:
    """Return status, since and spells of the ties that *acts* make."""
    runs = _runs(acts, lambda act: TIES_AFTER[act.type])
    ends: list[Any] = [*(act.on for _, act in runs[1:]), None][: len(runs)]
    return {
        "status": runs[-1][0] if runs else None,
        "since": runs[-1][1].on if runs else None,
        "spells": [
            (act.on, end)
            for (status, act), end in zip(runs, ends, strict=True)
            if status == "established"
        ],
    }


def level(acts: Sequence[Act], ladder: str) -> dict[str, Any]:
    """Return what *acts* make of one ladder: level, status, since, agreed and path."""
    held: str | None = None
    since = agreed = None
    path: list[tuple[str, str | None, Any]] = []
    for act in acts:
        if act.type == "level-agreed" and act.ladder == ladder:
            agreed = act.level
            continue
        if act.type != "ties-severed" and act.ladder != ladder:
            continue
        reached = None if act.type == "ties-severed" else act.level
        if reached is None or act.type == "level-upgraded":
            agreed = None
        if reached != held:
            if held is None or act.type != "level-renewed":
                since = act.on
            path.append(("ended" if reached is None else act.type[6:], reached, act.on))
        elif act.type == "level-renewed":
            path.append(("renewed", reached, act.on))
        held = reached
    status = "held" if held else ("ended" if path else None)
    return {"level": held, "status": status, "since": since, "agreed": agreed, "path": path}


def sectors(acts: Sequence[Act]) -> dict[str, Any]:
    """Return since when each sector stands."""
    found = {}
    for sector in {act.sector for act in acts if act.type != "ties-severed"}:
        mine = [act for act in acts if act.type == "ties-severed" or act.sector == sector]
        last, first = _runs(mine, lambda act: act.type == "sector-partnership-formed")[-1]
        if last:
            found[sector] = first.on
    return found


def special(acts: Sequence[Act]) -> dict[str, Any]:
    """Return since when the relationship is special, and in what words."""
    after_the_end: list[Act] = []
    for act in acts:
        if act.type == "special-relationship-declared":
            after_the_end.append(act)
        else:
            after_the_end = []
    wordings = [act.wording for act in after_the_end if act.wording]
    return {
        "since": after_the_end[0].on if after_the_end else None,
        "wording": wordings[-1] if wordings else (),
    }


def agreements(acts: Sequence[Act]) -> dict[str, Any]:
    """Return, by key, the days of each document's life."""
    found = {}
    for key in {act.agreement for act in acts}:
        life = {}
        for step in HEARD["agreements"]:
            days = [act.on for act in acts if (act.agreement, act.type) == (key, step)]
            life[step] = days[0] if days else None
        found[key] = life
    return found


def missions(acts: Sequence[Act]) -> dict[str, Any]:
    """Return the open posts, each with its kind and since, and the envoys in office."""
    posts: dict[tuple[str, str, str], tuple[str, str | None, Any]] = {}
    envoys: dict[tuple[str, str, str], tuple[str, Any]] = {}
    for act in acts:
        way = (act.sender, act.receiver)
        if act.type.startswith("mission"):
            kind = act.kind.value
            family = "consulate" if kind.startswith("consulate") else kind
            post = (*way, "diplomatic")  # one with each receiver, wherever it stands
            if family in ("consulate", "representation"):
                post = (*way, f"{family} {act.city}")
            if act.type == "mission-closed":
                posts.pop(post, None)
            elif (
                post not in posts
                or posts[post][0] != kind
                or (act.city and posts[post][1] and act.city != posts[post][1])
            ):
                posts[post] = (kind, act.city, act.on)
        elif act.type == "envoy-accredited":
            standing_in = act.acting and act.envoy_rank != "consul"
            if act.envoy_rank != "consul" and not standing_in:
                envoys = {key: held for key, held in envoys.items() if key != (*way, "in")}
            seat = "in" if standing_in else "consul" if act.envoy_rank == "consul" else "head"
            envoys[(*way, seat)] = (act.name, act.on)
        else:
            envoys = {
                key: held
                for key, held in envoys.items()
                if not (key[:2] == way and held[0] == act.name)
            }
    return {"posts": posts, "envoys": envoys}


def recognition(acts: Sequence[Act], by: str, subject: str) -> tuple[str, Any, str | None] | None:
    """Return how one side stands to the state or government of the other: status, since, name."""
    told: list[tuple[tuple[str, str | None], Act]] = []
    for act in acts:
        if (act.recogniser, act.subject) != (by, subject):
            continue
        status = act.kind.value if act.type == "recognition-granted" else "withdrawn"
        name = getattr(act, "government", None)
        if name is None and told and told[-1][0][0] == status:
            name = told[-1][0][1]  # the one before goes on
        told.append(((status, name), act))
    if not told:
        return None
    (status, name), group = [(key, [*group]) for key, group in groupby(told, lambda one: one[0])][
        -1
    ]
    return status, group[0][1].on, name


def memberships(acts: Sequence[Act], group: str) -> dict[str, tuple[str, Any]]:
    """Return who belongs to a group: capacity and since, by party."""
    found = {}
    mine = [act for act in acts if act.type in HEARD["groups"] and act.group == group]
    for party in {act.party for act in mine}:
        capacity, first = _runs(
            [act for act in mine if act.party == party],
            lambda act: act.capacity.value if act.type == "group-joined" else None,
        )[-1]
        if capacity is not None:
            found[party] = (capacity, first.on)
    return found
