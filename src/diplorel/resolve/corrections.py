"""Which records are dead, because a live correction of their own stream reaches them.

A replacement reaches what it names, and all that a replacement so reached names, dead or not: it
takes over. A retraction reaches only what it names. Live is what nothing live reaches (the least
fixed point); what stays open is a loop, and corrects nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel.model.events import EventRetracted
from diplorel.model.records import targets
from diplorel.resolve.policies import Account

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from diplorel.model.records import Record

Node: TypeAlias = tuple[str, str, str]
"""A stream, an id and a digest: recording the same words twice makes no second one."""


def node_of(record: Record) -> Node:
    """Return what a correction can name: one stream's account."""
    return (record.stream, record.id, record.digest)


@attrs.frozen
class Verdict:
    """What corrections do.

    Attributes:
        dead: What live corrections take back.
        cyclic: The records whose corrections contradict each other, and so correct nothing.
        unmatched: The records whose corrections name nothing that is there, with the target.
        idle: The retractions of what a live replacement has taken over already.
        rivals: What several live replacements name at once, with these.
        live: The live corrections by the id that they name, each with the digest that it names;
            those that a replacement took over name through it.
        dead_ids: The ids of the dead: only records of these need a look, and a digest.
    """

    dead: frozenset[Node]
    cyclic: tuple[Record, ...]
    unmatched: tuple[tuple[Record, str], ...]
    idle: tuple[Record, ...]
    rivals: Mapping[Node, tuple[Record, ...]]
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
            others = {one.digest for one in group if one.stream != correction.stream}
            hit = others if digest is None else others & {digest}
            if hit:
                named.setdefault(node_of(correction), (correction, set()))[1].update(hit)
        whole = {one.digest for one in group}
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


_NOTHING: Final = Verdict(frozenset(), (), (), (), {}, {})


def judge(corrections: list[Record], records: Sequence[Record]) -> Verdict:
    """Return what corrections do to records.

    Args:
        corrections: The corrections, each once.
        records: The records that they may name, in any order.
    """
    if not corrections:
        return _NOTHING
    nodes = {node_of(record): record for record in corrections}
    names, unmatched = _names(nodes, records)
    fate = _Fates(nodes, names)
    by_target: dict[str, list[tuple[Record, str | None]]] = defaultdict(list)
    for node in sorted(fate.alive):
        for text in fate.reached_texts(node):
            for id, digest in targets(text):
                by_target[id].append((nodes[node], digest))
    return Verdict(
        dead=frozenset(fate.dead),
        cyclic=tuple(nodes[node] for node in sorted(set(nodes) - fate.alive - fate.dead)),
        unmatched=tuple(sorted(unmatched, key=_unmatched_key)),
        idle=tuple(nodes[node] for node in sorted(fate.idle())),
        rivals={
            victim: tuple(nodes[node] for node in sorted(some))
            for victim, some in sorted(fate.rivals().items())
        },
        live=by_target,
    )


class _Fates:
    """What becomes of corrections and of what they name.

    Args:
        nodes: The corrections.
        names: What each names in its own stream.
    """

    def __init__(self, nodes: Mapping[Node, Record], names: Mapping[Node, set[Node]]) -> None:
        self._nodes = nodes
        self._names = names
        self._namers: dict[Node, set[Node]] = defaultdict(set)
        for node, victims in names.items():
            for victim in victims:
                self._namers[victim].add(node)
        self.alive: set[Node] = set()
        self.dead: set[Node] = set()
        self._taken: set[Node] = set()  # by a live replacement, which takes over what these name
        self._pass_down()
        if open_ := {*names} - self.alive - self.dead:
            self._look_at_loops(open_)

    def _replaces(self, node: Node) -> bool:
        return not isinstance(self._nodes[node].event, EventRetracted)

    def _pass_down(self) -> None:
        """Decide, from the corrections that no other names, all that loops do not keep open.

        The cost grows with the number of corrections and what they name.
        """
        every = {*self._names, *self._namers}
        left = {node: len(self._namers.get(node, ())) for node in every}
        ready = [node for node, count in left.items() if not count]
        while ready:
            node = ready.pop()
            namers = self._namers.get(node, ())
            if any(
                self._replaces(one) and (one in self.alive or one in self._taken) for one in namers
            ):
                self._taken.add(node)
                self.dead.add(node)
            elif any(one in self.alive for one in namers):
                self.dead.add(node)
            elif node in self._nodes:
                self.alive.add(node)
            for victim in self._names.get(node, ()):
                left[victim] -= 1
                if not left[victim]:
                    ready.append(victim)

    def _look_at_loops(self, open_: set[Node]) -> None:
        """Decide what loops leave decided, by looking at all that each correction reaches.

        No correction reaches itself: of a loop that is broken, the rest counts again.
        """
        behind, new = set(open_), [*open_]
        while new:  # all that can be reached from a loop
            new = [
                victim
                for node in new
                for victim in self._names.get(node, ())
                if victim not in behind
            ]
            behind.update(new)
        reached_by: dict[Node, set[Node]] = defaultdict(set)
        for node in self._names:
            for victim in self._reach(node) & behind:
                reached_by[victim].add(node)
        self.alive -= behind
        self.dead -= behind
        while True:
            alive = {node for node in behind if reached_by[node] <= self.dead}
            dead = {node for node in behind if reached_by[node] & (self.alive | alive)}
            if alive <= self.alive and dead <= self.dead:
                break
            self.alive |= alive
            self.dead |= dead
        self.alive &= {*self._nodes}
        self._taken -= behind  # what a retraction from outside opens a loop with is not idle

    def _reach(self, node: Node) -> set[Node]:
        """Return what a correction reaches: of a replacement, also all that it takes over."""
        found, new = set(self._names[node]), [*self._names[node]]
        while new and self._replaces(node):
            new = [
                victim
                for one in new
                if one in self._nodes and self._replaces(one)
                for victim in self._names[one]
                if victim not in found
            ]
            found.update(new)
        return found - {node}

    def reached_texts(self, node: Node) -> list[str]:
        """Return what a live correction names, and what those that it took over named."""
        through = [
            node,
            *(sorted(self._reach(node) & {*self._nodes}) if self._replaces(node) else ()),
        ]
        return list(
            dict.fromkeys(
                text
                for one in through
                if one == node or self._replaces(one)
                for text in self._nodes[one].event.supersedes
            )
        )

    def idle(self) -> set[Node]:
        """Return the live retractions whose targets a live replacement has taken over already."""
        return {
            node
            for node in self.alive
            if not self._replaces(node) and self._names[node] and self._names[node] <= self._taken
        }

    def rivals(self) -> dict[Node, set[Node]]:
        """Return what several live replacements name at once, with these."""
        found: dict[Node, set[Node]] = {}
        for victim, namers in self._namers.items():
            some = {one for one in namers if one in self.alive and self._replaces(one)}
            if len(some) > 1:
                found[victim] = some
        return found


def _names(
    nodes: Mapping[Node, Record], records: Iterable[Record]
) -> tuple[dict[Node, set[Node]], list[tuple[Record, str]]]:
    """Return what each correction names in its own stream, and what names nothing.

    Only a retraction can name a retraction: nothing takes the place of one.
    """
    named = {
        id
        for record in nodes.values()
        for text in record.event.supersedes
        for id, _ in targets(text)
    }
    meant: dict[tuple[str, str | None], set[Node]] = defaultdict(set)
    for node in (*nodes, *(node_of(one) for one in records if one.id in named)):
        _, id, digest = node
        meant[id, None].add(node)
        meant[id, digest].add(node)
    retractions = {
        node for node, record in nodes.items() if isinstance(record.event, EventRetracted)
    }
    names: dict[Node, set[Node]] = {node: set() for node in nodes}
    unmatched: list[tuple[Record, str]] = []
    for node, record in nodes.items():
        for text in record.event.supersedes:
            reached = {
                other
                for target in targets(text)
                for other in meant.get(target, ())
                if other != node
                if node in retractions or other not in retractions
            }
            if not reached:
                unmatched.append((record, text))
            names[node] |= {other for other in reached if other[0] == node[0]}
    return names, unmatched


def _unmatched_key(item: tuple[Record, str]) -> tuple[Any, ...]:
    return (*node_of(item[0]), item[1])
