"""Which records are dead, because a live correction of their own stream names them.

It is the least fixed point, found from the corrections that no other correction names: they are
live, what they name is dead, what only the dead named lives on. What remains is in a cycle, and
corrects nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel.model.records import targets
from diplorel.resolve.policies import Account

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from diplorel.model.records import Record

Node: TypeAlias = tuple[str, str, str]
"""A stream, an id and a digest: recording the same words twice makes no second one."""


def node_of(record: Record) -> Node:
    """Return what a correction can name: one stream's account."""
    return (record.stream, record.id, record.event.digest)


@attrs.frozen
class Verdict:
    """What corrections do.

    Attributes:
        dead: What live corrections take back.
        cyclic: The records whose corrections contradict each other, and so correct nothing.
        unmatched: The records whose corrections name nothing that is there, with the target.
        live: The live corrections by the id that they name, each with the digest that it names.
        dead_ids: The ids of the dead: only records of these need a look, and a digest.
    """

    dead: frozenset[Node]
    cyclic: tuple[Record, ...]
    unmatched: tuple[tuple[Record, str], ...]
    live: Mapping[str, list[tuple[Record, str | None]]]
    dead_ids: frozenset[str] = attrs.field(
        default=attrs.Factory(
            lambda self: frozenset(id for _, id, _ in self.dead), takes_self=True
        ),
        init=False,
    )

    def is_dead(self, record: Record) -> bool:
        """Say whether a live correction takes a record back."""
        return record.id in self.dead_ids and node_of(record) in self.dead

    def denials(self, id: str, group: list[Record]) -> list[Account]:
        """Return what live corrections of other streams say against an event."""
        named: dict[Node, tuple[Record, set[str]]] = {}
        for correction, digest in self.live.get(id, ()):
            others = {one.event.digest for one in group if one.stream != correction.stream}
            hit = others if digest is None else others & {digest}
            if hit:
                named.setdefault(node_of(correction), (correction, set()))[1].update(hit)
        whole = {one.event.digest for one in group}
        return [
            Account(
                event_id=id,
                event=correction.event,
                streams=(correction.stream,),
                denies=True,
                against=() if hit >= whole else tuple(sorted(hit)),
            )
            for correction, hit in named.values()
        ]


_NOTHING: Final = Verdict(frozenset(), (), (), {})


def judge(corrections: list[Record], records: Sequence[Record]) -> Verdict:
    """Return what corrections do to records.

    Args:
        corrections: The corrections, each once.
        records: The records that they may name, in any order.
    """
    if not corrections:
        return _NOTHING
    nodes = {node_of(record): record for record in corrections}
    attacks, unmatched = _attacks(nodes, records)
    alive, dead = _least_fixed_point(nodes, attacks)
    by_target: dict[str, list[tuple[Record, str | None]]] = defaultdict(list)
    for node in sorted(alive):
        for text in nodes[node].event.supersedes:
            for id, digest in targets(text):
                by_target[id].append((nodes[node], digest))
    return Verdict(
        dead=frozenset(dead),
        cyclic=tuple(nodes[node] for node in sorted(set(nodes) - alive - dead)),
        unmatched=tuple(sorted(unmatched, key=_unmatched_key)),
        live=by_target,
    )


def _attacks(
    nodes: Mapping[Node, Record], records: Iterable[Record]
) -> tuple[dict[Node, set[Node]], list[tuple[Record, str]]]:
    """Return what each correction takes back in its own stream, and what names nothing."""
    named = {
        id
        for record in nodes.values()
        for text in record.event.supersedes
        for id, _ in targets(text)
    }
    by_id: dict[str, set[Node]] = defaultdict(set)
    for record in (*nodes.values(), *(one for one in records if one.id in named)):
        by_id[record.id].add(node_of(record))
    attacks: dict[Node, set[Node]] = {node: set() for node in nodes}
    unmatched: list[tuple[Record, str]] = []
    for node, record in nodes.items():
        for text in record.event.supersedes:
            reached = {
                other
                for id, digest in targets(text)
                for other in by_id.get(id, set())
                if digest in (None, other[2]) and other != node
            }
            if not reached:
                unmatched.append((record, text))
            attacks[node] |= {other for other in reached if other[0] == node[0]}
    return attacks, unmatched


def _least_fixed_point(
    nodes: Iterable[Node], attacks: Mapping[Node, set[Node]]
) -> tuple[set[Node], set[Node]]:
    """Return the corrections that live, and everything that is dead."""
    attackers: dict[Node, int] = defaultdict(int)
    for victims in attacks.values():
        for victim in victims:
            attackers[victim] += 1
    live = [node for node in nodes if not attackers[node]]
    alive, dead = set(live), set()
    while live:
        for victim in attacks[live.pop()]:
            if victim in dead:
                continue
            dead.add(victim)
            for freed in attacks.get(victim, ()):
                attackers[freed] -= 1
                if not attackers[freed] and freed in attacks:
                    alive.add(freed)
                    live.append(freed)
    return alive, dead


def _unmatched_key(item: tuple[Record, str]) -> tuple[Any, ...]:
    return (*node_of(item[0]), item[1])
