"""The order of events in relations that successions join: they are searched as one.

A succession hands on what its predecessor has by then, so it has a place among the events of both.
That place follows from the dates and from the rules: after a succession, but for a secession, an
event of the predecessor's relation is a contradiction. So ties established on the very day of a
succession came before it.
"""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from diplorel.model.lives import LIFE, PartyBegan
from diplorel.model.records import order_key
from diplorel.replay import plausible
from diplorel.replay.accumulators import Accumulator, run
from diplorel.replay.order import (
    Cells,
    Openness,
    overlap,
)
from diplorel.tracks.succession import PartySucceeded, SuccessionKind
from diplorel.tracks.track import as_it_was

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.life_bounds import Days
    from diplorel.tracks.track import Answers, Cell, Subject, Track

AnyTrack: TypeAlias = "Track[Any, Any]"
Family: TypeAlias = "frozenset[Subject]"
"""The relations between which successions move the state of a track."""
_SHARE: Final = 5
"""A step of such a search is that of several relations, so it takes that many times fewer."""


def families_of(track: AnyTrack, moves: Iterable[PartySucceeded]) -> list[Family]:
    """Return the relations that successions join in a track, family by family."""
    families: dict[Subject, set[Subject]] = {}
    if track.succeed is not None:
        return []
    for move in moves:
        for old, new in move.moves() if track.name in move.tracks else ():
            family = families.setdefault(old, {old})
            other = families.setdefault(new, {new})
            if family is not other:
                family |= other
                families.update(dict.fromkeys(other, family))
    unique = {id(family): family for family in families.values()}
    return [frozenset(family) for family in unique.values()]


def events_of(
    track: AnyTrack, family: Family, heard: Mapping[Subject, Iterable[Event]]
) -> list[Event]:
    """Return the events that a track takes in of a family, and the successions in it."""
    found = {id(event): event for subject in family for event in heard.get(subject, ())}
    return [
        event
        for event in found.values()
        if type(event) in track.handlers
        or (
            isinstance(event, PartySucceeded)
            and track.name in event.tracks
            and any(old in family for old, _ in event.moves())
        )
    ]


def is_open(track: AnyTrack, family: Family, events: Iterable[Event]) -> bool:
    """Return whether dates leave open an order that can matter to a family."""
    events = sorted(events, key=order_key)
    moves = [event for event in events if isinstance(event, PartySucceeded)]
    if any(is_movable(event, moves) for event in events):
        return True
    openness = Openness([track])
    return any(
        openness.of([
            event
            for event in events
            if type(event) in LIFE
            or (type(event) in track.handlers and subject in track.subjects(event))
        ])
        for subject in family
    )  # fmt: skip


def disturb(first: Event, second: Event) -> bool:
    """Return whether one of two events is a succession that the other may come before or after."""
    if not LIFE.isdisjoint((type(first), type(second))):
        return False  # a succession hands on what was on the last day, whenever it is dated
    if isinstance(first, PartySucceeded) and isinstance(second, PartySucceeded):
        return first.predecessor != second.predecessor or first.successor == second.successor
    return isinstance(first, PartySucceeded) or isinstance(second, PartySucceeded)


def is_movable(event: Event, successions: Iterable[PartySucceeded]) -> bool:
    """Return whether an event may come before or after a succession that it bears on."""
    return any(
        event is not one and overlap(one, event) and disturb(one, event) for one in successions
    )


def searches(
    events: Sequence[Event],
    days: Mapping[int, Days],
    track: AnyTrack,
    family: Family,
    reference: Reference,
) -> Iterator[LineageSearch]:
    """Yield the search of each cell of a family; a state that names its parties is one cell.

    Args:
        events: The events, by the convention.
        days: The days of each.
        track: The track.
        family: The relations.
        reference: The reference data.
    """
    found: Mapping[Cell, Sequence[Event]] = {(): events}
    if track.has_order and track.inherit is as_it_was:
        found = Cells(events, cast("AnyTrack", _Celled(track))).found
    moves = [event for event in events if isinstance(event, PartySucceeded)]
    for cell, within in found.items():
        spans = [days[id(event)] for event in within]
        if not track.has_order:  # only that of a succession matters
            spans = [
                span if is_movable(event, moves) else (span[1], span[1])
                for event, span in zip(within, spans, strict=True)
            ]
        yield LineageSearch(within, spans, track, family, reference, cell)


class _Celled:
    """A track whose whole state a succession touches."""

    def __init__(self, track: AnyTrack) -> None:
        self._track = track
        self.joins = track.joins

    def cells_of(self, event: Event) -> tuple[Cell, ...]:
        return ((),) if isinstance(event, PartySucceeded) else self._track.cells_of(event)


class _Line:
    """The states of a family under way."""

    __slots__ = ("handed_on", "table")

    def __init__(self) -> None:
        self.table: dict[Subject, Accumulator] = {}
        self.handed_on: frozenset[Subject] = frozenset()
        """The relations that a predecessor has handed on and does not keep."""


class _Lineage:
    """A track whose subject is a family: what `Search` asks of a track."""

    start_in = None

    def __init__(
        self, track: AnyTrack, family: Family, events: Iterable[Event], reference: Reference
    ) -> None:
        self._track, self._family, self._reference = track, family, reference
        self._ordered = sorted(family)
        self._copy_value: Callable[[Any], Any] = track.copy or deepcopy
        self.ends_with_a_party = track.ends_with_a_party
        self.handlers = dict.fromkeys({PartyBegan, *map(type, events)}, self._apply)

    def new(self, reference: Reference) -> _Line:  # noqa: ARG002  that of the search is known
        return _Line()

    def copy(self, line: _Line) -> _Line:
        new = _Line()
        new.handed_on = line.handed_on
        new.table = {
            subject: accumulator.copy(self._copy_value)
            for subject, accumulator in line.table.items()
        }
        twins = {id(line.table[subject]): one for subject, one in new.table.items()}
        for one in new.table.values():
            one.successors = tuple(twins[id(successor)] for successor in one.successors)
        return new

    def _apply(self, line: _Line, event: Event) -> None:
        if isinstance(event, PartyBegan):  # a later life has relations anew
            line.handed_on = frozenset(one for one in line.handed_on if event.party not in one)
            return
        run(
            (event,),
            (self._track,),
            {self._track: line.table},
            self._reference,
            among=self._family,
        )
        if isinstance(event, PartySucceeded):
            moves = [(old, new) for old, new in event.moves() if old in self._family]
            handed_on = {*line.handed_on}
            if event.kind is not SuccessionKind.SECESSION:
                handed_on |= {old for old, _ in moves}
            line.handed_on = frozenset(handed_on - {new for _, new in moves})

    def count_broken(self, line: _Line, event: Event, reference: Reference) -> int:
        if isinstance(event, PartySucceeded) or type(event) in LIFE:
            return 0
        wrong = 0
        for subject in self._track.subjects(event):
            if subject in self._family:
                known = line.table.get(subject)
                value = self._track.new(reference) if known is None else known.value
                wrong += self._track.count_broken(value, event, reference)
                wrong += subject in line.handed_on and type(event) in self._track.owns
        return wrong

    def answers(self, line: _Line, reference: Reference) -> Answers:
        """Return the answers of each relation, and, unnamed, what else distinguishes states."""
        found: list[tuple[Any, Any]] = []
        named = {id(one): subject for subject, one in line.table.items()}
        for subject in self._ordered:
            known = line.table.get(subject)
            value = self._track.new(reference) if known is None else known.value
            found += [
                ((subject, name), answer) for name, answer in self._of(value, known, reference)
            ]
            if known is None:
                found.append(((subject, ""), None))
                continue
            legacy = known.legacy and (
                self._of(known.legacy[0], None, reference),
                frozenset(map(id, known.legacy[1])),
            )
            successors = frozenset(named[id(one)] for one in known.successors)
            found.append(((subject, ""), (frozenset(map(id, known.events)), legacy, successors)))
        return tuple(found)

    def _of(self, value: Any, known: Accumulator | None, reference: Reference) -> Answers:
        if self._track.has_order:
            return self._track.answers(value, reference)
        events = () if known is None else known.events
        own = frozenset(id(event) for event in events if type(event) in self._track.handlers)
        return (("state", own),)  # of observations, which there are


class LineageSearch(plausible.Search):
    """The search for the plausible orders of the events of a family.

    Args:
        events: The events, in the order of the convention.
        days: The days of each.
        track: The track.
        family: The relations.
        reference: The reference data.
        cell: The cell that the events touch.

    Attributes:
        cell: The cell.
        given: The events, in the order of the convention.
    """

    def __init__(  # noqa: PLR0917  as `Search`, with the family
        self,
        events: Sequence[Event],
        days: Sequence[Days],
        track: AnyTrack,
        family: Family,
        reference: Reference,
        cell: Cell = (),
    ) -> None:
        self.cell, self.given = cell, events
        self._real, self._family = track, family
        lineage = _Lineage(track, family, events, reference)
        super().__init__(events, days, cast("AnyTrack", lineage), reference)

    def _most_steps(self) -> int:
        return plausible.LIMIT // _SHARE

    def _cuts(self) -> tuple[int | None, ...]:
        return (None,)  # a part of the answers does not show what is handed on

    def _is_outside(self, place: int, done: int) -> bool:
        # it hands on what was on the last day, whenever it is dated
        return not isinstance(self._events[place], PartySucceeded) and super()._is_outside(
            place, done
        )

    @cached_property
    def _outranked(self) -> list[int]:
        """By event, those of the same single day that the convention puts after it, as bits."""
        found = [0] * len(self._events)
        by_day: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for place, event in enumerate(self._events):
            if event.on.lo == event.on.hi:
                by_day[event.on.hi, self._last[place][0]].append(place)
        for places in by_day.values():
            for place in places:
                for other in places:
                    one, two = self._events[place], self._events[other]
                    if two.precedence > one.precedence and self._matters(one, two):
                        found[place] |= 1 << other
        return found

    def _matters(self, one: Event, two: Event) -> bool:
        """Return whether two events leave another state in the other order."""
        if isinstance(one, PartySucceeded) or isinstance(two, PartySucceeded):
            return disturb(one, two)
        if not LIFE.isdisjoint((type(one), type(two))):
            return True
        shared = {*self._real.subjects(one)} & {*self._real.subjects(two)} & self._family
        return bool(shared) and not self._real.commute(one, two)
