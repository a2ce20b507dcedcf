"""Replay: from acts in order to the state of every relation.

Each track folds the acts that it hears into one mutable accumulator a subject, found by the class
of the act in a dict, and freezes it once at the end. The fold is total: an act that contradicts the
state before it applies all the same.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeAlias, TypeVar

import attrs

from diplorel.bulk import no_collection
from diplorel.event import Event
from diplorel.records import earliest_key, order_key
from diplorel.tracks.succession import PartySucceeded, SuccessionKind
from diplorel.tracks.track import Subject, Track, its_dyad, same_dyad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Dates: TypeAlias = Literal["latest", "earliest"]
S = TypeVar("S")
_DIRECT: Final[dict[Any, Callable[[Any], Any]]] = {
    same_dyad: attrgetter("parties"),
    its_dyad: attrgetter("dyad"),
}
"""How to find the one subject of most events without a call of ours; a fifth of the fold's time."""


@attrs.frozen(eq=False)
class Folded(Generic[S]):
    """The state of one track for one subject. Two are equal when state and acts are.

    Attributes:
        state: The state.
        certain: Whether no open order of dates could have led to another state.
        told: Whether some act made it. A succession from a party of which nothing is recorded
            carries on nothing: that state is as unknown as before.
    """

    state: S
    certain: bool
    told: bool
    _heard: list[Event]
    _count: int

    @property
    def events(self) -> tuple[Event, ...]:
        """The acts that made the state, in order."""
        return tuple(self._heard[: self._count])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Folded):
            return NotImplemented
        mine, its = (self.state, self.certain), (other.state, other.certain)
        return mine == its and self.events == other.events

    __hash__ = None  # type: ignore[assignment]  # a state can hold what has no hash


def folded(track: Track[Any, Any], cell: Cell) -> Folded[Any]:
    """Freeze one accumulator as it is now."""
    # the list of a cell only grows, so every state of a history shares it
    events = cell.events
    return Folded(track.freeze(cell.acc), cell.certain, told(track, events), events, len(events))


def told(track: Track[Any, Any], events: Sequence[Event]) -> bool:
    """Say whether some act of a track is among those that a subject heard."""
    return any(event.__class__ in track.handlers for event in events)


class Cell:
    """One accumulator under way, with the acts it heard and whether their order is sure."""

    __slots__ = ("acc", "certain", "events", "heirs", "last")

    def __init__(self, acc: Any) -> None:
        self.acc = acc
        self.certain = True
        self.events: list[Event] = []
        self.last = 0
        self.heirs: list[Cell] = []

    def doubt(self) -> None:
        """Mark that the order is open from here on, for those who carried the state on too."""
        if self.certain:
            self.certain = False
            for heir in self.heirs:
                heir.doubt()

    def hear(self, event: Event, commute: Callable[[Any, Any], bool]) -> None:
        """Note an act, and look whether its order with those before it is open.

        Called before the act is applied; the caller applies it.
        """
        on = event.on
        if on.lo <= self.last and self.certain:
            self._compare(event, commute)
        self.events.append(event)
        self.last = max(self.last, on.hi)

    def _compare(self, event: Event, commute: Callable[[Any, Any], bool]) -> None:
        for earlier in self.events:
            if overlap(earlier, event) and not _commute(earlier, event, commute):
                self.doubt()
                return


def _commute(first: Event, second: Event, commute: Callable[[Any, Any], bool]) -> bool:
    """Say whether two acts commute for a track, where successions move the state itself.

    Two parties that succeed to one do not disturb each other; anything else a succession may come
    before or after.
    """
    if isinstance(first, PartySucceeded) and isinstance(second, PartySucceeded):
        return first.predecessor == second.predecessor and first.successor != second.successor
    if isinstance(first, PartySucceeded) or isinstance(second, PartySucceeded):
        return False
    return commute(first, second)


def overlap(first: Event, second: Event) -> bool:
    """Say whether the dates of two acts leave open which of them came first.

    On one single day, `Event.seq` and the rank of the types state the order.
    """
    one, two = first.on, second.on
    if one.hi < two.lo or two.hi < one.lo:
        return False
    if one.lo == one.hi == two.lo == two.hi:
        return (first.seq, first.rank) == (second.seq, second.rank)
    return True


Tables: TypeAlias = "dict[Track[Any, Any], dict[Subject, Cell]]"


def fold(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    *,
    after: Callable[[Event, Tables], None] | None = None,
) -> Tables:
    """Fold acts, which stand in order already, into accumulators by track and subject.

    Args:
        events: The acts, in order.
        tracks: The tracks that hear them.
        after: Called after each act, for those who watch the states change.

    Returns:
        The accumulators. The cost is that of one call of a handler for each act and subject.
    """
    tables: Tables = {track: {} for track in tracks}
    with no_collection():
        if after is not None:
            _run(events, tracks, tables, after=after)
            return tables
        for part in _parts(events, tracks):
            for track, cells in part.items():
                tables[track].update(cells)
    return tables


def states(
    events: Iterable[Event], tracks: Sequence[Track[Any, Any]]
) -> dict[Track[Any, Any], dict[Subject, Folded[Any]]]:
    """Fold acts, which stand in order already, and freeze every accumulator, once."""
    found: dict[Track[Any, Any], dict[Subject, Folded[Any]]] = {track: {} for track in tracks}
    with no_collection():
        for part in _parts(events, tracks):
            for track, made in frozen(part).items():
                found[track].update(made)
    return found


_BLOCK: Final = 4_096
"""How many acts are folded together: so many, with their states, stay in a processor's cache."""


def _parts(events: Iterable[Event], tracks: Sequence[Track[Any, Any]]) -> Iterator[Tables]:
    """Fold acts block by block, where no two blocks share a subject."""
    acts = events if isinstance(events, (list, tuple)) else list(events)
    if len(acts) <= _BLOCK:
        tables: Tables = {track: {} for track in tracks}
        _run(acts, tracks, tables)
        yield tables
        return
    blocks, places = _blocks(acts, tracks)
    for place, block in enumerate(blocks):
        tables = {track: {} for track in tracks}
        _run(block, tracks, tables, places=places, here=place)
        yield tables


def _blocks(
    events: Sequence[Event], tracks: Sequence[Track[Any, Any]]
) -> tuple[list[list[Event]], dict[Subject, int]]:
    """Part acts by subject into blocks of like size, each in order, and say where a subject is.

    An act of several subjects stands in each of their blocks. All subjects between which a
    succession moves a state stand in the first.
    """
    count = 1 + len(events) // _BLOCK
    blocks: list[list[Event]] = [[] for _ in range(count + 1)]
    places: dict[Subject, int] = {
        subject: 0
        for event in events
        if isinstance(event, PartySucceeded)
        for subject in touched(event, tracks)
    }
    ways: dict[type[Event], tuple[Any, Any]] = {}
    for event in events:
        kind = event.__class__
        way = ways.get(kind)
        if way is None:
            way = ways[kind] = _way(kind, tracks)
        direct, subjects = way
        if direct is not None:
            subject = direct(event)
            place = places.get(subject)
            if place is None:
                place = places[subject] = 1 + len(places) % count
            blocks[place].append(event)
            continue
        for subject in subjects(event):
            block = blocks[places.setdefault(subject, 1 + len(places) % count)]
            if not block or block[-1] is not event:
                block.append(event)
    return blocks, places


def _way(kind: type[Event], tracks: Sequence[Track[Any, Any]]) -> tuple[Any, Any]:
    """Return what finds the one subject of a kind of act, if that will do, and what finds all."""
    ways = {track.subjects for track in tracks if kind in track.handlers}
    if len(ways) == 1 and kind is not PartySucceeded:
        (subjects,) = ways
        return _DIRECT.get(subjects), subjects
    return None, lambda event: touched(event, tracks)


def _run(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    tables: Tables,
    *,
    places: Mapping[Subject, int] | None = None,
    here: int = 0,
    after: Callable[[Event, Tables], None] | None = None,
) -> None:
    """Fold acts into *tables*; where *places* are given, for the subjects that stand *here*."""
    plans: dict[type[Event], list[tuple[Any, ...]]] = {}
    for event in events:
        kind = event.__class__
        plan = plans.get(kind)
        if plan is None:
            plan = plans[kind] = _plan(kind, tracks, tables)
        on = event.on
        lo = on.lo
        for direct, subjects, table, start, handle, commute in plan:
            if direct is not None:
                subject = direct(event)
                cell = table.get(subject)
                if cell is None:
                    cell = table[subject] = Cell(start())
                if lo <= cell.last:
                    cell.hear(event, commute)
                else:  # `hear` without the call, for the many that come on a later day
                    cell.events.append(event)
                    cell.last = on.hi
                handle(cell.acc, event)
                continue
            for subject in subjects(event):
                if places is not None and places[subject] != here:
                    continue
                cell = table.get(subject)
                if cell is None:
                    cell = table[subject] = Cell(start())
                cell.hear(event, commute)
                handle(cell.acc, event)
        if kind is PartySucceeded:
            _succeed(event, tracks, tables)  # type: ignore[arg-type]  # its class says so
        if after is not None:
            after(event, tables)


def _plan(
    kind: type[Event], tracks: Sequence[Track[Any, Any]], tables: Tables
) -> list[tuple[Any, ...]]:
    """Say what each track that hears *kind* needs, looked up once and not for each act."""
    direct, _ = _way(kind, tracks)
    return [
        (
            direct,
            track.subjects,
            tables[track],
            track.start,
            track.handlers[kind],
            track.commute,
        )
        for track in tracks
        if kind in track.handlers
    ]


def _succeed(event: PartySucceeded, tracks: Sequence[Track[Any, Any]], tables: Tables) -> None:
    """Let the successor's relations go on from the predecessor's, where it has none of its own.

    What continues a state under another name takes its relations over though it had some of its own
    before, as Russia those of the Soviet Union; once only, if that is told again.
    """
    for track in tracks:
        if track.name not in event.tracks:
            continue
        table = tables[track]
        for old, new in event.moves():
            source, heir = table.get(old), table.get(new)
            if source is None:
                source = table[old] = Cell(track.start())
            source.hear(event, track.commute)
            if heir is None:
                heir = table[new] = Cell(track.start())
            else:
                heir.hear(event, track.commute)
            if told(track, heir.events) and (
                event.kind is not SuccessionKind.CONTINUATION
                or heir in source.heirs
                or not told(track, source.events)
            ):
                continue
            heir.acc = track.inherit(source.acc, event.predecessor, event.successor)
            before = [one for one in heir.events if one not in source.events]
            heir.events, heir.last = [*before, *source.events], max(heir.last, source.last)
            source.heirs.append(heir)
            if not source.certain:
                heir.doubt()


def frozen(tables: Tables) -> dict[Track[Any, Any], dict[Subject, Folded[Any]]]:
    """Freeze every accumulator, once."""
    return {
        track: {subject: folded(track, cell) for subject, cell in table.items()}
        for track, table in tables.items()
    }


def touched(event: Event, tracks: Iterable[Track[Any, Any]]) -> set[Subject]:
    """Return every subject whose state an act can change, by whichever track hears it."""
    found: set[Subject] = set()
    for track in tracks:
        if event.__class__ in track.handlers:
            found.update(track.subjects(event))
    if isinstance(event, PartySucceeded):
        for pair in event.moves():
            found.update(pair)
    return found


def by_day(events: Sequence[Event], day: int | None, dates: Dates) -> tuple[Event, ...]:
    """Return the acts that the world on a day applies: a prefix of the order that *dates* asks for.

    Args:
        events: The acts in the order of `order_key`.
        day: The ordinal of the day; None for all.
        dates: ``latest`` applies what has certainly happened, ``earliest`` what possibly has.
    """
    if dates == "latest":
        if day is None:
            return tuple(events)
        return tuple(events[: bisect_right(events, day, key=lambda event: event.on.hi)])
    possible = (event for event in events if day is None or event.on.lo <= day)
    return tuple(sorted(possible, key=lambda event: (earliest_key(event), event.id)))


def open_on(
    events: Iterable[Event], day: int, tracks: Sequence[Track[Any, Any]]
) -> dict[Subject, tuple[Event, ...]]:
    """Return, by subject, the acts of which the dates leave open whether they happened by *day*.

    What is open in a predecessor's relation is open in its successor's too, in the tracks that are
    carried on, if both that act and the succession may have happened, in that order.
    """
    found: dict[Subject, list[Event]] = {}
    moves: list[tuple[Subject, Subject, PartySucceeded, set[type[Event]]]] = []
    for event in events:
        if event.on.lo <= day < event.on.hi:
            for subject in touched(event, tracks):
                found.setdefault(subject, []).append(event)
        if isinstance(event, PartySucceeded) and event.on.lo <= day:
            carried = {kind for one in tracks if one.name in event.tracks for kind in one.handlers}
            moves += [(old, new, event, {*carried, PartySucceeded}) for old, new in event.moves()]
    for _ in moves:  # a chain of successions is at most as long as there are successions
        grown = False
        for old, new, succession, carried in moves:
            for event in found.get(old, ()):
                if type(event) not in carried or event.on.lo > succession.on.hi:
                    continue
                mine = found.setdefault(new, [])
                if event not in mine:
                    mine.append(event)
                    grown = True
        if not grown:
            break
    return {subject: tuple(sorted(opened, key=stand)) for subject, opened in found.items()}


def stand(event: Event) -> tuple[int, str]:
    """Return the place of an act in the one order."""
    return (order_key(event), event.id)
