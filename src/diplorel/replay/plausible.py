"""The plausible orders of the events of one cell: those that the rules explain best.

If dates leave the order of events open, the *possible* orders are those that dates and
`Event.seq` allow. The *plausible* ones are those with the fewest contradictions to the track's
rules, and then the fewest inversions of `Precedence` on one single day. The order shown is the
plausible one that comes first by the convention. An answer that all plausible orders give is
certain.

The search goes forward with a frontier of (events done, state so far). Orders that lead to the same
state with the same events done go on alike, so only the best of them are kept.
"""

from __future__ import annotations

from functools import cached_property, partial
from operator import le
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel.replay.life_bounds import Bounds, Days, with_beginnings

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.tracks.track import Cell, Track

LIMIT: Final = 25_000
"""How many steps a search takes; beyond it the convention decides, and nothing is certain."""
HOPELESS: Final = 13
"""Of so many events whose order is open each to each, the search takes over 50,000 steps."""

Cost: TypeAlias = tuple[int, int]
"""Contradictions, and inversions of precedence on one single day."""


class _TooManyError(Exception):
    """The search would take more steps than it may."""


@attrs.frozen
class Plausible:
    """What the plausible orders of some events have in common.

    Attributes:
        order: The order shown.
        open: The answers that differ between the plausible orders, by name; of an order that could
            not be searched, all of them.
        days: The days that the plausible orders leave to each event, by its place in *order*.
        searched: Whether the search came to its end.
    """

    order: tuple[Event, ...]
    open: frozenset[str]
    days: tuple[Days, ...]
    searched: bool = True


class _Node:
    """A state that some orders of the same events lead to."""

    __slots__ = ("before", "cost", "order", "value")

    def __init__(self, cost: Cost, order: tuple[int, ...], value: Any) -> None:
        self.cost = cost
        self.order = order
        self.value = value  # None once it has been handed on
        self.before: list[tuple[_Node, int, Cost]] = []

    def best_before(self) -> Iterator[tuple[_Node, int]]:
        """Yield the states before it on the best ways to it, each with the event in between."""
        for earlier, place, step in self.before:
            if earlier.cost == (self.cost[0] - step[0], self.cost[1] - step[1]):
                yield earlier, place


_Layer: TypeAlias = "dict[tuple[int, tuple[Hashable, ...]], _Node]"
_End: TypeAlias = "tuple[Cost, tuple[int, ...], tuple[tuple[str, Any], ...]]"
"""The cost of an order, the order, and the answers that it leads to."""
UpTo: TypeAlias = "tuple[tuple[int, ...], frozenset[str]]"
"""The order shown of some events, as their places in the convention, and the answers left open."""


class Search:
    """The search for the plausible orders of events that touch one cell.

    Args:
        events: The events, in the order of the convention.
        days: The days of each.
        track: The track, with its handlers and rules.
        reference: The ladders.
        cell: The cell, where the track keeps account of one alone.

    Attributes:
        steps: How many steps the last search took.
    """

    def __init__(
        self,
        events: Sequence[Event],
        days: Sequence[Days],
        track: Track[Any, Any],
        reference: Reference,
        cell: Cell = (),
    ) -> None:
        self._track = track
        start_in = track.start_in
        self._start = partial(track.new, reference) if start_in is None else partial(start_in, cell)
        self._reference = reference
        # by the last day and seq, so that what must come next is the first that is not done; an
        # event comes before another unless its earliest day is after the other's latest
        self._count = len(events)
        if track.ends_with_a_party:
            events, days = with_beginnings(events, days, reference)
        places = sorted(range(len(events)), key=lambda at: (days[at][1], events[at].seq))
        self._events = [events[at] for at in places]
        self._days = [days[at] for at in places]
        self._convention = places
        self._first = [(days[at][0], events[at].seq) for at in places]
        self._last = [(days[at][1], events[at].seq) for at in places]
        self._soonest = self._first[:]  # the earliest of an event and all after it
        for at in range(len(places) - 2, -1, -1):
            self._soonest[at] = min(self._first[at], self._soonest[at + 1])
        self._lives = Bounds(self._events, reference)
        self._is_plain = places == [*range(self._count)]  # and no life begins between
        self.steps = 0

    @property
    def is_open(self) -> bool:
        """Whether dates and seq leave the order of any two events open."""
        return any(map(le, self._first[1:], self._last))

    @cached_property
    def _outranked(self) -> list[int]:
        """By event, those of the same single day that the convention puts after it, as bits."""
        by_day: dict[tuple[int, int], dict[int, int]] = {}
        for place, event in enumerate(self._events):
            if event.on.lo == event.on.hi:
                # a search counts within the days left to the events
                ranks = by_day.setdefault((event.on.hi, self._last[place][0]), {})
                ranks[event.precedence] = ranks.get(event.precedence, 0) | 1 << place
        found = [0] * len(self._events)
        for place, event in enumerate(self._events):
            ranks = by_day.get((event.on.hi, self._last[place][0]), {})
            if event.on.lo == event.on.hi:
                for rank, bits in ranks.items():
                    found[place] |= bits if rank > event.precedence else 0
        return found

    @cached_property
    def _is_hopeless(self) -> bool:
        """Whether the search certainly takes more than `LIMIT` steps.

        If each of some events can come before each other, every choice is a state of its own:
        of *n* there are at least n · 2 ** (n - 1) steps.
        """
        if len(self._events) > LIMIT:  # each is a step at least
            return True
        for place, before in self._lives.before.items():
            if any(
                before >> at & 1 and last >= self._first[place]
                for at, last in enumerate(self._last[: before.bit_length()])
            ):
                return False  # lives leave fewer orders than dates
        widest, ended = 0, 0
        lasts = sorted(self._last)
        for begun, first in enumerate(sorted(self._first), start=1):
            while lasts[ended] < first:
                ended += 1
            widest = max(widest, begun - ended)
        return widest >= HOPELESS

    def run(self, *, with_days: bool = True) -> Plausible:
        """Return what the plausible orders have in common.

        The whole state is tried first. If that takes too many steps, the state is cut to what
        matters most, so that less can be said for certain.

        Args:
            with_days: Whether to look for the days left to each event; otherwise they are as given.
        """
        for count in () if self._is_hopeless else self._cuts():
            try:
                layers = self._layers(count)
            except _TooManyError:
                continue
            return self._summary(layers, count, with_days=with_days)
        order = sorted(range(len(self._events)), key=self._convention.__getitem__)
        order = [place for place in order if self._is_given(place)]
        return Plausible(
            tuple(self._events[place] for place in order),
            frozenset(name for name, _ in self._track.answers(self._fold(order), self._reference)),
            tuple(self._days[place] for place in order),
            searched=False,
        )

    def _most_steps(self) -> int:
        """Return how many steps a search takes."""
        return LIMIT

    def _cuts(self) -> tuple[int | None, ...]:
        """Return how many answers distinguish two states, in one attempt after another."""
        decisive = self._track.decisive
        return (None, decisive + 1, decisive)

    def orders(self, limit: int) -> list[tuple[Event, ...]] | None:
        """Return the plausible orders, the one shown first.

        Returns:
            The orders; None where there are more than *limit*, or the search takes too long.
        """
        if self._is_hopeless:
            return None
        try:
            ends = _best(self._layers(None)[-1])
        except _TooManyError:
            return None
        found: set[tuple[int, ...]] = set()
        waiting: list[tuple[_Node, tuple[int, ...]]] = [(node, ()) for node in ends]
        while waiting:
            node, tail = waiting.pop()
            if not node.before:
                found.add(tuple(filter(self._is_given, tail)))
                if len(found) > limit:
                    return None
            waiting += [(earlier, (place, *tail)) for earlier, place in node.best_before()]
        ordered = sorted(found, key=self._by_convention)
        return [tuple(self._events[place] for place in order) for order in ordered]

    def _is_given(self, place: int) -> bool:
        """Return whether an event is one of those given, and not the beginning of a life."""
        return self._convention[place] < self._count

    def _by_convention(self, order: tuple[int, ...]) -> tuple[int, ...]:
        """Return the places of the events in the convention, for comparing orders."""
        if self._is_plain:
            return order
        return tuple(self._convention[place] for place in order if self._is_given(place))

    def _layers(self, count: int | None) -> list[_Layer]:
        """Return the states after no event, after one, and so on.

        Args:
            count: How many answers distinguish two states; all when None.
        """
        return list(self._each_layer(count))

    def _each_layer(self, count: int | None) -> Iterator[_Layer]:
        """Yield the states after no event, after one, and so on, each before it is gone on from."""
        self.steps, most = 0, self._most_steps()
        root = _Node((0, 0), (), self._start())
        last: _Layer = {(0, ()): root}
        yield last
        for _ in self._events:
            layer: _Layer = {}
            single = len(last) == 1
            for (done, _), node in last.items():
                places = self._next(done)
                self.steps += len(places)
                if self.steps > most:
                    raise _TooManyError
                if single and len(places) == 1:  # all orders go this way
                    layer[done | 1 << places[0], ()] = self._only(node, places[0])
                    continue
                for place in places:
                    self._extend(layer, done, node, place, count)
                node.value = None
            last = layer
            yield last

    def up_to_each(self) -> list[UpTo] | None:
        """Return, after each event, what the plausible orders of it and all before it share.

        What comes later does not bear on it. One pass finds what a search of each beginning would,
        since the orders of a beginning are among those that the whole search goes through.

        Returns:
            After no event, after the first by the convention, and so on; None where the search
            takes too long, or a party has several lives: then each beginning is to be searched by
            itself.
        """
        if self._is_hopeless or self._lives.are_several:
            return None
        given = sum(1 << place for place in range(len(self._events)) if self._is_given(place))
        counts, done = {0: 0}, 0
        for place in range(len(self._events)):
            if self._is_given(place):
                done |= 1 << place
                counts[done] = len(counts)
        found: list[list[_End]] = [[] for _ in counts]
        try:
            for layer in self._each_layer(None):
                is_only = len(layer) == 1 and self._is_plain
                for (passed, _), node in layer.items():
                    count = counts.get(passed & given)
                    if count is not None:
                        found[count].append(self._ended(node, passed, is_only=is_only))
        except _TooManyError:
            return None
        return [self._shared(ends) for ends in found]

    def _ended(self, node: _Node, done: int, *, is_only: bool) -> _End:
        """Return a state as a possible end of a search, before the search goes on from it."""
        answers = () if is_only else self._track.answers(node.value, self._reference)
        late = 0  # lives that have not begun change nothing any more but the order on one day
        for place, bits in () if self._is_plain else enumerate(self._outranked):
            if not done >> place & 1 and not self._is_given(place):
                late += (done & bits).bit_count()
        return (node.cost[0], node.cost[1] + late), node.order, answers

    def _shared(self, ends: list[_End]) -> UpTo:
        """Return the order shown among those of the least cost, and the answers that differ."""
        if len(ends) == 1:
            return self._by_convention(ends[0][1]), frozenset()
        least = min(cost for cost, _, _ in ends)
        best = [
            (self._by_convention(order), answers) for cost, order, answers in ends if cost == least
        ]
        differing = {
            name
            for _, answers in best
            for (name, one), (_, other) in zip(best[0][1], answers, strict=False)
            if one != other
        }
        return min(order for order, _ in best), frozenset(differing)

    def _next(self, done: int) -> list[int]:
        """Return the events that can come next."""
        place = (~done & (done + 1)).bit_length() - 1  # the first that is not done
        found, bound = [place], self._last[place]
        for other in range(place + 1, len(self._events)):
            if self._soonest[other] > bound:
                break
            if self._first[other] <= bound and not done >> other & 1:
                found.append(other)
        before = self._lives.before
        if before:  # a life begins before it ends, whatever else dates allow
            found = [one for one in found if before.get(one, 0) & ~done == 0]
        return found

    def _only(self, node: _Node, place: int) -> _Node:
        """Return the state after the only event that can come next, of the only state there is."""
        event = self._events[place]
        self._track.handlers[type(event)](node.value, event)
        new = _Node(node.cost, (*node.order, place), node.value)
        new.before.append((node, place, (0, 0)))  # what it breaks, it breaks in every order
        return new

    def _extend(self, layer: _Layer, done: int, node: _Node, place: int, count: int | None) -> None:
        event = self._events[place]
        copy = self._track.copy
        value = self._fold(node.order) if copy is None else copy(node.value)
        wrong = self._track.count_broken(value, event, self._reference)
        wrong += self._is_outside(place, done)
        inverted = (done & self._outranked[place]).bit_count()
        self._track.handlers[type(event)](value, event)
        answers = self._track.answers(value, self._reference)
        step = (wrong, inverted)
        cost = (node.cost[0] + wrong, node.cost[1] + inverted)
        key = (done | 1 << place, tuple(answer for _, answer in answers[:count]))
        order = (*node.order, place)
        known = layer.get(key)
        if known is None:
            known = layer[key] = _Node(cost, order, value)
        elif cost < known.cost or (
            cost == known.cost and self._by_convention(order) < self._by_convention(known.order)
        ):
            known.cost, known.order, known.value = cost, order, value
        known.before.append((node, place, step))

    def _is_outside(self, place: int, done: int) -> bool:
        """Return whether an event that comes next finds one of its parties without a life."""
        return self._lives.is_outside(place, done)

    def _fold(self, order: Sequence[int]) -> Any:
        value, handlers = self._start(), self._track.handlers
        for place in order:
            event = self._events[place]
            handlers[type(event)](value, event)
        return value

    def _summary(self, layers: list[_Layer], count: int | None, *, with_days: bool) -> Plausible:
        """Return what the best of the last states agree on, and the days left to each event."""
        ends = _best(layers[-1])
        shown = min(ends, key=lambda node: self._by_convention(node.order))
        answers = [self._track.answers(node.value, self._reference) for node in ends]
        differing = {
            name
            for at, (name, answer) in enumerate(answers[0])
            if (count is not None and at >= count) or any(one[at][1] != answer for one in answers)
        }
        days = self._days_left(ends) if with_days else self._days
        order = [place for place in shown.order if self._is_given(place)]
        return Plausible(
            tuple(self._events[place] for place in order),
            frozenset(differing),
            tuple(days[place] for place in order),
        )

    def _days_left(self, ends: list[_Node]) -> list[Days]:
        """Return the days that some plausible order leaves to each event."""
        first = [days[1] for days in self._days]
        last = [days[0] for days in self._days]
        seen: set[int] = set()
        waiting = [*ends]
        while waiting:
            node = waiting.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            for earlier, place in node.best_before():
                waiting.append(earlier)
                done = {*earlier.order}
                lo = max(self._days[one][0] for one in (*done, place))
                hi = min(
                    days[1]
                    for one, days in enumerate(self._days)
                    if one == place or one not in done
                )
                first[place], last[place] = min(first[place], lo), max(last[place], hi)
        return list(zip(first, last, strict=True))


def _best(layer: _Layer) -> list[_Node]:
    least = min(node.cost for node in layer.values())
    return [node for node in layer.values() if node.cost == least]
