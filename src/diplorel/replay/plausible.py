"""The plausible orders of the events of one cell: those that the rules explain best.

Where dates leave the order of events open, the *possible* orders are those that dates and
`Event.seq` allow. The *plausible* ones are those of them in which the track's rules find the fewest
contradictions, and then the fewest inversions of `Precedence` on one single day. The order shown is
the plausible one that comes first by the convention. An answer that all plausible orders give is
certain.

The search goes forward with a frontier of (events done, state so far). Orders that lead to the same
state with the same events done go on alike, so only the best of them are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.tracks.track import Track

LIMIT: Final = 25_000
"""How many steps a search takes; beyond it the convention decides, and nothing is certain."""

Cost: TypeAlias = tuple[int, int]
"""Contradictions, and inversions of precedence on one single day."""
Days: TypeAlias = tuple[int, int]
"""The first and the last possible day of an event, as ordinals."""
Answers: TypeAlias = tuple[tuple[str, "Hashable"], ...]
"""What a state answers, what matters most first."""


class _TooManyError(Exception):
    """The search would take more steps than it may."""


@attrs.frozen
class Plausible:
    """What the plausible orders of some events have in common.

    Attributes:
        order: The order shown.
        open: The answers on which the plausible orders differ, by name; of an order that could not
            be searched, all of them.
        days: The days that the plausible orders leave to each event, by its place in *order*.
        searched: Whether the search came to its end.
    """

    order: tuple[Event, ...]
    open: frozenset[str]
    days: tuple[Days, ...]
    searched: bool = True


class _Node:
    """A state that some orders of the same events lead to."""

    __slots__ = ("answers", "before", "cost", "order", "value")

    def __init__(self, cost: Cost, order: tuple[int, ...], value: Any, answers: Answers) -> None:
        self.cost = cost
        self.order = order
        self.value = value  # None once it has been handed on
        self.answers = answers
        self.before: list[tuple[_Node, int, Cost]] = []

    def best_before(self) -> Iterator[tuple[_Node, int]]:
        """Yield the states before it on the best ways to it, each with the event in between."""
        for earlier, place, step in self.before:
            if earlier.cost == (self.cost[0] - step[0], self.cost[1] - step[1]):
                yield earlier, place


_Layer: TypeAlias = "dict[tuple[int, tuple[Hashable, ...]], _Node]"


class Search:
    """The search for the plausible orders of events that touch one cell.

    Args:
        events: The events, in the order of the convention.
        days: The days of each.
        track: The track, with its handlers and rules.
        reference: The ladders.
    """

    def __init__(
        self,
        events: Sequence[Event],
        days: Sequence[Days],
        track: Track[Any, Any],
        reference: Reference,
    ) -> None:
        self._events = events
        self._track = track
        self._reference = reference
        # an event comes before another unless its earliest day is after the other's latest
        self._first = [(lo, event.seq) for (lo, _), event in zip(days, events, strict=True)]
        self._last = [(hi, event.seq) for (_, hi), event in zip(days, events, strict=True)]
        self._days = days
        self._by_last = sorted(range(len(events)), key=self._last.__getitem__)
        self._outranked = [self._later_by_precedence(place) for place in range(len(events))]
        self._steps = 0

    def _later_by_precedence(self, place: int) -> int:
        """Return the events of the same single day that the convention puts after one, as bits."""
        event, (lo, hi) = self._events[place], self._days[place]
        return sum(
            1 << other
            for other, one in enumerate(self._events)
            if lo == hi and self._days[other] == (lo, hi) and one.precedence > event.precedence
        )

    def run(self) -> Plausible:
        """Return what the plausible orders have in common.

        The whole state is tried first. Where that takes too many steps, the state is cut to what
        matters most, so that less can be said for certain.
        """
        decisive = self._track.decisive
        for count in (None, decisive + 1, decisive):
            try:
                layers = self._layers(count)
            except _TooManyError:
                continue
            return self._summary(layers)
        events = tuple(self._events)
        names = frozenset(name for name, _ in self._track.answers(self._fold(range(len(events)))))
        return Plausible(events, names, tuple(self._days), searched=False)

    def orders(self, limit: int) -> list[tuple[Event, ...]] | None:
        """Return the plausible orders, the one shown first.

        Returns:
            The orders; None where there are more than *limit*, or the search takes too long.
        """
        try:
            ends = _best(self._layers(None)[-1])
        except _TooManyError:
            return None
        found: list[tuple[int, ...]] = []
        waiting: list[tuple[_Node, tuple[int, ...]]] = [(node, ()) for node in ends]
        while waiting:
            node, tail = waiting.pop()
            if not node.before:
                found.append(tail)
                if len(found) > limit:
                    return None
            waiting += [(earlier, (place, *tail)) for earlier, place in node.best_before()]
        return [tuple(self._events[place] for place in order) for order in sorted(found)]

    def _layers(self, count: int | None) -> list[_Layer]:
        """Return the states after no event, after one, and so on.

        Args:
            count: How many answers tell two states apart; all when None.
        """
        self._steps = 0
        start = self._track.start()
        root = _Node((0, 0), (), start, self._track.answers(start))
        layers: list[_Layer] = [{(0, ()): root}]
        for _ in self._events:
            layer: _Layer = {}
            for (done, _), node in layers[-1].items():
                places = self._next(done)
                for place in places:
                    self._steps += 1
                    if self._steps > LIMIT:
                        raise _TooManyError
                    self._extend(layer, done, node, place, count, alone=len(places) == 1)
                node.value = None
            layers.append(layer)
        return layers

    def _next(self, done: int) -> list[int]:
        """Return the events that can come next, in the order of the convention."""
        undone = [place for place in self._by_last if not done >> place & 1]
        bound = self._last[undone[0]]
        found = [undone[0], *(place for place in undone[1:] if self._first[place] <= bound)]
        return sorted(found)

    def _extend(
        self, layer: _Layer, done: int, node: _Node, place: int, count: int | None, *, alone: bool
    ) -> None:
        event = self._events[place]
        value = node.value if alone else self._fold(node.order)
        wrong = self._track.count_broken(value, event, self._reference)
        inverted = (done & self._outranked[place]).bit_count()
        self._track.handlers[type(event)](value, event)
        answers = self._track.answers(value)
        step = (wrong, inverted)
        cost = (node.cost[0] + wrong, node.cost[1] + inverted)
        key = (done | 1 << place, tuple(answer for _, answer in answers[:count]))
        order = (*node.order, place)
        known = layer.get(key)
        if known is None:
            known = layer[key] = _Node(cost, order, value, answers)
        elif (cost, order) < (known.cost, known.order):
            known.cost, known.order, known.value = cost, order, value
            known.answers = answers
        known.before.append((node, place, step))

    def _fold(self, order: Sequence[int]) -> Any:
        value, handlers = self._track.start(), self._track.handlers
        for place in order:
            event = self._events[place]
            handlers[type(event)](value, event)
        return value

    def _summary(self, layers: list[_Layer]) -> Plausible:
        """Return what the best of the last states agree on, and the days left to each event."""
        ends = _best(layers[-1])
        shown = min(ends, key=lambda node: node.order)
        known = len(next(iter(layers[-1]))[1])  # how many answers told states apart
        names = [name for name, _ in shown.answers]
        values = [[answer for _, answer in node.answers] for node in ends]
        differing = {
            name
            for at, name in enumerate(names)
            if at >= known or any(one[at] != values[0][at] for one in values)
        }
        days = self._days_left(ends)
        return Plausible(
            tuple(self._events[place] for place in shown.order),
            frozenset(differing),
            tuple(days[place] for place in shown.order),
        )

    def _days_left(self, ends: list[_Node]) -> list[Days]:
        """Return the days that some plausible order leaves to each event."""
        first = [days[1] for days in self._days]
        last = [days[0] for days in self._days]
        seen: set[int] = set()
        waiting = [*ends]
        every = (1 << len(self._events)) - 1
        while waiting:
            node = waiting.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            for earlier, place in node.best_before():
                waiting.append(earlier)
                done = sum(1 << one for one in earlier.order)
                lo, hi = self._days[place]
                lo = max([lo, *(self._days[one][0] for one in _bits(done))])
                rest = every & ~done & ~(1 << place)
                hi = min([hi, *(self._days[one][1] for one in _bits(rest))])
                first[place], last[place] = min(first[place], lo), max(last[place], hi)
        return list(zip(first, last, strict=True))


def _best(layer: _Layer) -> list[_Node]:
    least = min(node.cost for node in layer.values())
    return [node for node in layer.values() if node.cost == least]


def _bits(mask: int) -> Iterator[int]:
    place = 0
    while mask:
        if mask & 1:
            yield place
        mask >>= 1
        place += 1
