"""Acts: what records say together, what is visible, what is corrected, what is told twice.

`resolve` turns a set of records into acts. It is a function of the set: nothing depends on the
order in which records stand or were made, except what was known when.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

import attrs

from diplorel.bulk import no_collection
from diplorel.event import Event, EventRetracted, canonical
from diplorel.policies import Telling, choose
from diplorel.records import Record, distinct, in_order, targets
from diplorel.sources import Citation, citation_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from diplorel.policies import Policy
    from diplorel.sources import Source

_E = TypeVar("_E", bound=Event)
_EVENT: Final = attrgetter("event")
_STREAM: Final = attrgetter("stream")
_SUPERSEDES: Final = attrgetter("supersedes")
_ACT: Final = attrgetter("type", "parties")


@attrs.frozen(kw_only=True, eq=False)
class Acts:
    """What a set of records says, as known: every act once.

    Attributes:
        loose: The acts, in no order, with the citations of all who tell them so.
        tellings: For each act told in more than one way, its tellings, the followed one first.
        denied: The acts that a correction of another stream denies, and the policy follows it.
        corroborations: From the id of a coarser telling to the id of the act that it corroborates.
        ambiguous: The coarser tellings that hold several narrower acts, with the ids of those.
        dead: The records that a live correction takes back.
        loops: The records whose corrections contradict each other, and so correct nothing.
        idle: The records whose corrections name nothing that is there, with the target.
    """

    loose: tuple[Event, ...]
    tellings: Mapping[str, tuple[Telling, ...]]
    denied: frozenset[str]
    corroborations: Mapping[str, str]
    ambiguous: Mapping[str, tuple[str, ...]]
    dead: tuple[Record, ...]
    loops: tuple[Record, ...]
    idle: tuple[tuple[Record, str], ...]
    _ordered: list[tuple[Event, ...]] = attrs.field(factory=list, init=False)

    @property
    def events(self) -> tuple[Event, ...]:
        """The acts in replay order. The replay does not need it, so it is made when first asked."""
        if not self._ordered:
            with no_collection():
                self._ordered.append(tuple(in_order(self.loose)))
        return self._ordered[0]


def resolve(
    records: Iterable[Record],
    *,
    sources: Mapping[str, Source],
    policy: Policy,
    visible: Callable[[Record], bool] | None = None,
) -> Acts:
    """Return the acts that a set of records tells.

    Args:
        records: The records, in any order; the same twice counts once.
        sources: The bibliography, by which the policy weighs.
        policy: Which of several tellings to follow.
        visible: Which records are known; all of them when None.

    Returns:
        The acts. The cost grows with the number of records. Corrections, a second stream and
        second tellings cost more; without the first two, only what is told again is looked at.
    """
    given = list(records if visible is None else filter(visible, records))
    retractions: tuple[Record, ...] = ()
    events = list(map(_EVENT, given))
    if EventRetracted in set(map(type, events)):
        retractions = distinct(one for one in given if isinstance(one.event, EventRetracted))
        given = [one for one in given if not isinstance(one.event, EventRetracted)]
        events = list(map(_EVENT, given))
    corrections = list(retractions)
    if any(map(_SUPERSEDES, events)):
        corrections += distinct(one for one in given if one.event.supersedes)
    streams = set(map(_STREAM, given))
    alone, contested = ((), given) if corrections or len(streams) > 1 else _apart(given, events)
    verdict = _settle(corrections, contested)
    first: dict[str, Record] = {}
    retold: dict[str, list[Record]] = {}
    dead: list[Record] = []
    for record in contested:
        if record.id in verdict.dead_ids and _node(record) in verdict.dead:
            dead.append(record)
            continue
        earlier = first.setdefault(record.id, record)
        if earlier is not record and record not in (group := retold.get(record.id, [earlier])):
            retold[record.id] = [*group, record]
    acts: dict[str, Event] = {id: _event(record) for id, record in first.items()}
    tellings: dict[str, tuple[Telling, ...]] = {}
    denied: set[str] = set()
    for id in {*retold, *(id for id in verdict.live if id in first)}:
        group = retold.get(id) or [first[id]]
        told = _followed(
            choose([*_tellings(id, group), *verdict.denials(id, group)], policy, sources)
        )
        if len(told) > 1:
            tellings[id] = told
        if told[0].denies:
            denied.add(id)
            del acts[id]
        else:
            acts[id] = told[0].event  # type: ignore[assignment]
    corroborations: dict[str, str] = {}
    ambiguous: dict[str, tuple[str, ...]] = {}
    if len(streams) > 1:
        tellers = {
            id: {one.stream for one in retold.get(id, (record,))} for id, record in first.items()
        }
        corroborations, ambiguous = _corroborate(acts, tellers)
    dead += [
        one for one in retractions if one.id in verdict.dead_ids and _node(one) in verdict.dead
    ]
    return Acts(
        loose=(*alone, *(event for id, event in acts.items() if id not in corroborations)),
        tellings=tellings,
        denied=frozenset(denied),
        corroborations=corroborations,
        ambiguous=ambiguous,
        dead=distinct(dead),
        loops=verdict.loops,
        idle=verdict.idle,
    )


def _apart(records: list[Record], events: list[Any]) -> tuple[Sequence[Event], Sequence[Record]]:
    """Return the acts that are told once, and the records of those that may be told again.

    An id holds the type, the parties and the date, so acts that differ in one of these are not one;
    to make the ids of all would cost more than all else here.
    """
    by_date: defaultdict[str, list[Any]] = defaultdict(list)
    for event in events:
        by_date[event.on.text].append(event)
    again: set[int] = set()
    for same in by_date.values():
        if len(same) > 1 and len(set(map(_ACT, same))) < len(same):
            times = Counter(map(_ACT, same))
            again.update(id(event) for event in same if times[_ACT(event)] > 1)
    if not again:
        return events, ()
    return (
        [event for event in events if id(event) not in again],
        [record for record in records if id(record.event) in again],
    )


def _event(record: Record) -> Event:
    event: Event = record.event  # type: ignore[assignment]  # no retraction is among the acts
    return event


# --- corrections ---------------------------------------------------------------------------------

_Node: TypeAlias = tuple[str, str, str]


def _node(record: Record) -> _Node:
    """A stream's telling: recording the same words twice makes no second one."""
    return (record.stream, record.id, record.event.digest)


@attrs.frozen
class _Verdict:
    dead: frozenset[_Node]
    loops: tuple[Record, ...]
    idle: tuple[tuple[Record, str], ...]
    live: Mapping[str, list[tuple[Record, str | None]]]
    """The live corrections by the id that they name."""
    dead_ids: frozenset[str] = attrs.field(init=False)
    """Only records of these ids need a look, and a digest."""

    @dead_ids.default
    def _(self) -> frozenset[str]:
        return frozenset(id for _, id, _ in self.dead)

    def denials(self, id: str, group: list[Record]) -> list[Telling]:
        """Return what live corrections of other streams say against an act."""
        named: dict[_Node, tuple[Record, set[str]]] = {}
        for correction, digest in self.live.get(id, ()):
            others = {one.event.digest for one in group if one.stream != correction.stream}
            hit = others if digest is None else others & {digest}
            if hit:
                named.setdefault(_node(correction), (correction, set()))[1].update(hit)
        whole = {one.event.digest for one in group}
        return [
            Telling(
                act=id,
                event=correction.event,
                streams=(correction.stream,),
                denies=True,
                against=() if hit >= whole else tuple(sorted(hit)),
            )
            for correction, hit in named.values()
        ]


_NOTHING: Final = _Verdict(frozenset(), (), (), {})


def _settle(corrections: list[Record], ordered: Sequence[Record]) -> _Verdict:
    """Say which records are dead: those that a live correction of their own stream names.

    It is the least fixed point, found from the corrections that nobody corrects: they live, what
    they name dies, what only the dead named lives on. What remains is in a loop.
    """
    if not corrections:
        return _NOTHING
    named = {
        id for record in corrections for text in record.event.supersedes for id, _ in targets(text)
    }
    by_id: dict[str, set[_Node]] = defaultdict(set)
    nodes: dict[_Node, Record] = {_node(record): record for record in corrections}
    for record in (*corrections, *(one for one in ordered if one.id in named)):
        by_id[record.id].add(_node(record))
    attacks: dict[_Node, set[_Node]] = {}
    attackers: dict[_Node, int] = defaultdict(int)
    idle: list[tuple[Record, str]] = []
    for node, record in nodes.items():
        attacks[node] = set()
        for text in record.event.supersedes:
            reached = {
                other
                for id, digest in targets(text)
                for other in by_id.get(id, set())
                if digest in (None, other[2]) and other != node
            }
            if not reached:
                idle.append((record, text))
            attacks[node] |= {other for other in reached if other[0] == node[0]}
        for other in attacks[node]:
            attackers[other] += 1
    live = [node for node in nodes if not attackers[node]]
    alive, dead = set(live), set()
    while live:
        for victim in attacks[live.pop()]:
            if victim in dead:
                continue
            dead.add(victim)
            for freed in attacks.get(victim, ()):
                attackers[freed] -= 1
                if not attackers[freed] and freed in nodes:
                    alive.add(freed)
                    live.append(freed)
    in_loop = tuple(nodes[node] for node in sorted(set(nodes) - alive - dead))
    by_target: dict[str, list[tuple[Record, str | None]]] = defaultdict(list)
    for node in sorted(alive):
        for text in nodes[node].event.supersedes:
            for id, digest in targets(text):
                by_target[id].append((nodes[node], digest))
    return _Verdict(frozenset(dead), in_loop, tuple(sorted(idle, key=_idle_key)), by_target)


def _idle_key(item: tuple[Record, str]) -> tuple[Any, ...]:
    return (*_node(item[0]), item[1])


# --- tellings ------------------------------------------------------------------------------------


def _followed(told: tuple[Telling, ...]) -> tuple[Telling, ...]:
    """Return tellings in the order of the policy, but for the followed one, which goes first.

    That is the first one against which nothing stands that the policy prefers to it. Where there
    is none, the first denial is followed: the act did not happen.
    """
    for place, one in enumerate(told):
        if not one.denies and not any(other.denied(one) for other in told[:place]):
            return (one, *told[:place], *told[place + 1 :])
    return told


def _tellings(id: str, group: list[Record]) -> list[Telling]:
    """Return the contents that the records of one id give, each with all who give it."""
    by_content: dict[str, list[Record]] = defaultdict(list)
    for record in group:
        by_content[repr(_event(record).content())].append(record)
    return [
        Telling(
            act=id,
            event=_united(records),
            streams=tuple(sorted({record.stream for record in records})),
            digests=tuple(sorted({record.event.digest for record in records})),
        )
        for records in by_content.values()
    ]


def _united(records: list[Record]) -> Event:
    """Return one event for records of one content, with the citations of them all."""
    told = [_event(record) for record in records]
    face = min(told, key=canonical)
    return _cited(face, [one for event in told for one in event.sources])


def _cited(event: _E, citations: Iterable[Citation]) -> _E:
    together = tuple(sorted({*event.sources, *citations}, key=citation_key))
    return event if together == event.sources else attrs.evolve(event, sources=together)


# --- corroboration -------------------------------------------------------------------------------


def _corroborate(
    events: dict[str, Event], streams: dict[str, set[str]]
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Let coarser tellings of other streams corroborate the one narrower act that they hold.

    Narrow ones go first, so a year can corroborate what a month corroborates already. Of two that
    hold the same days ("2013-09", "2013-09?"), the doubtful one counts as the coarser, and so does
    one that leaves out a detail (`Event.detail`). The narrower act takes on the coarser one's
    citations, with the date that those give.
    """
    coarse = {
        event.act
        for event in events.values()
        if event.on.lo != event.on.hi or event.on.text[-1] in "?~]" or event.detail == ""
    }
    by_act: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id, event in events.items():
        if event.act in coarse:
            by_act[event.act].append(id)
    corroborations: dict[str, str] = {}
    ambiguous: dict[str, tuple[str, ...]] = {}
    for ids in by_act.values():
        kept: list[str] = []
        for id in sorted(ids, key=lambda id: (*_coarseness(events[id]), id)):
            event = events[id]
            within = [other for other in kept if _holds(event, events[other])]
            if len(within) == 1 and not streams[id] & streams[within[0]]:
                narrow = within[0]
                corroborations[id] = narrow
                streams[narrow] |= streams[id]
                on = None if event.on == events[narrow].on else event.on
                events[narrow] = _cited(
                    events[narrow], [attrs.evolve(one, on=one.on or on) for one in event.sources]
                )
            else:
                kept.append(id)
                if len(within) > 1 and any(not streams[id] & streams[one] for one in within):
                    ambiguous[id] = tuple(sorted(within))
    return corroborations, ambiguous


def _coarseness(event: Event) -> tuple[int, int, bool]:
    """Return how many days the date leaves open, how doubtful it is, if a detail is left out."""
    on = event.on
    return (on.hi - on.lo, on.uncertain + on.approximate, event.detail == "")


def _holds(coarse: Event, narrow: Event) -> bool:
    """Say whether the date of one telling holds that of another, which tells all that it tells.

    Two dates that hold the same days do, unless one is an extent.
    """
    wide, within = coarse.on, narrow.on
    if not wide.contains(within) or coarse.detail not in (narrow.detail, ""):
        return False
    return wide.hi - wide.lo > within.hi - within.lo or wide.end == within.end
