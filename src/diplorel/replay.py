"""Replay: from acts in whatever order to the state of every relation.

Acts are gathered by subject, put in order there, and folded by each track that hears them into one
mutable accumulator, which is frozen once at the end. The fold is total: an act that contradicts the
state before it applies all the same.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from itertools import islice
from operator import attrgetter, lt
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeAlias, TypeVar

import attrs

from diplorel.bulk import no_collection
from diplorel.event import Event
from diplorel.records import earliest_key, in_order, order_key
from diplorel.tracks.succession import PartySucceeded, SuccessionKind
from diplorel.tracks.track import Subject, Track, its_dyad, same_dyad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Dates: TypeAlias = Literal["latest", "earliest"]
S = TypeVar("S")
KEYS: Final[Mapping[Dates, Callable[[Event], int]]] = {
    "latest": order_key,
    "earliest": earliest_key,
}
"""The place of an act in the order that each date rule asks for."""
_DIRECT: Final[dict[Any, Callable[[Any], Any]]] = {
    same_dyad: attrgetter("parties"),
    its_dyad: attrgetter("dyad"),
}
"""How to find the one subject of most events without a call of ours."""
_LATEST: Final = attrgetter("on.hi")


@attrs.frozen(eq=False)
class Folded(Generic[S]):
    """The state of one track for one subject. Two are equal when state and acts are.

    Attributes:
        state: The state.
        told: Whether some act made it. A succession from a party of which nothing is recorded
            carries on nothing: that state is as unknown as before.
    """

    state: S
    told: bool
    _track: Track[Any, S]
    _heard: list[Event]
    _count: int
    _certain: bool | None

    @property
    def events(self) -> tuple[Event, ...]:
        """The acts that made the state, in order."""
        return tuple(self._heard[: self._count])

    @property
    def certain(self) -> bool:
        """Whether no open order of dates could have led to another state.

        Worked out when it is first asked for, which is for few of the relations of a world.
        """
        known = self._certain
        if known is None:
            known = settled(self.events, self._track.commute)
            object.__setattr__(self, "_certain", known)
        return known

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Folded):
            return NotImplemented
        return (
            self.state == other.state
            and self.events == other.events
            and self.certain == other.certain
        )

    __hash__ = None  # type: ignore[assignment]  # a state can hold what has no hash


def folded(track: Track[Any, Any], cell: Cell) -> Folded[Any]:
    """Freeze one accumulator as it is now."""
    # the list of a cell only grows, so every state of a history shares it
    events = cell.events
    known = cell.known
    made = known is None or told(track, events)  # what stands alone holds nothing but such acts
    return Folded(track.freeze(cell.acc), made, track, events, len(events), known)


def told(track: Track[Any, Any], events: Sequence[Event]) -> bool:
    """Say whether some act of a track is among those that a subject heard."""
    return any(event.__class__ in track.handlers for event in events)


class Cell:
    """One accumulator under way, with the acts it heard and whether their order is sure.

    Attributes:
        acc: The accumulator.
        commute: Whether two acts commute for the track.
        events: The acts heard.
        last: The last possible day of all acts heard by `hear`.
        heirs: The cells that carried the state on.
        known: Whether the order is sure; None where nobody looked.
    """

    __slots__ = ("acc", "commute", "events", "heirs", "known", "last")

    def __init__(
        self, acc: Any, commute: Callable[[Any, Any], bool], known: bool | None = True
    ) -> None:
        self.acc = acc
        self.commute = commute
        self.events: list[Event] = []
        self.last = 0
        self.heirs: tuple[Cell, ...] = ()
        self.known = known

    @property
    def certain(self) -> bool:
        """Whether no open order of dates could have led to another state."""
        return settled(self.events, self.commute) if self.known is None else self.known

    def doubt(self) -> None:
        """Mark that the order is open from here on, for those who carried the state on too."""
        if self.known is not False:
            self.known = False
            for heir in self.heirs:
                heir.doubt()

    def hear(self, event: Event) -> None:
        """Note an act, and look whether its order with those before it is open.

        Called before the act is applied; the caller applies it.
        """
        if self.known and event.on.lo <= self.last and _open(event, self.events, self.commute):
            self.doubt()
        self.events.append(event)
        self.last = max(self.last, event.on.hi)


def settled(events: Sequence[Event], commute: Callable[[Any, Any], bool]) -> bool:
    """Say whether no order of acts that their dates leave open could lead to another state."""
    last = 0
    for place, event in enumerate(events):
        if event.on.lo <= last and _open(event, islice(events, place), commute):
            return False
        last = max(last, event.on.hi)
    return True


def _open(event: Event, before: Iterable[Event], commute: Callable[[Any, Any], bool]) -> bool:
    """Say whether an act could have come before one of those, and would have mattered there."""
    return any(
        overlap(earlier, event) and not _commute(earlier, event, commute) for earlier in before
    )


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
Plan: TypeAlias = "list[tuple[Track[Any, Any], Callable[[Any, Any], None]]]"


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
        for subject, cells in _cells(events, tracks, list):
            for track, cell in cells.items():
                tables[track][subject] = cell
    return tables


def states(
    events: Iterable[Event], tracks: Sequence[Track[Any, Any]], dates: Dates = "latest"
) -> dict[Track[Any, Any], dict[Subject, Folded[Any]]]:
    """Fold acts, given in any order, and freeze every accumulator, once.

    Args:
        events: The acts.
        tracks: The tracks that hear them.
        dates: By which of its days an act has its place: the ``latest`` or the ``earliest``.
    """
    key = KEYS[dates]

    def sort(acts: list[Event]) -> list[Event]:
        if len(acts) == 1:
            return acts
        days = list(map(_LATEST, acts))
        if dates == "latest" and all(map(lt, days, islice(days, 1, None))):
            return acts  # as most are: recorded as they happened, no two on a day
        return in_order(acts, key)

    found: dict[Track[Any, Any], dict[Subject, Folded[Any]]] = {track: {} for track in tracks}
    with no_collection():
        for subject, cells in _cells(events, tracks, sort):
            for track, cell in cells.items():
                found[track][subject] = folded(track, cell)
    return found


def _cells(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    sort: Callable[[list[Event]], list[Event]],
) -> Iterator[tuple[Subject, dict[Track[Any, Any], Cell]]]:
    """Fold acts subject by subject, so that what is worked on is little and near.

    Yields:
        Each subject with its accumulator in each track that heard something.
    """
    acts = list(events)
    heard = by_subject(acts, tracks)
    together = _together(acts, tracks)
    if together:
        among = {id(event) for one in together for event in heard[one]}
        tables: Tables = {track: {} for track in tracks}
        _run(sort([one for one in acts if id(one) in among]), tracks, tables)
        for subject in together:
            yield (
                subject,
                {track: table[subject] for track, table in tables.items() if subject in table},
            )
    plans: dict[type[Event], Plan] = {}
    for subject, mine in heard.items():
        if subject in together:
            continue
        cells: dict[Track[Any, Any], Cell] = {}
        for event in sort(mine):
            kind = event.__class__
            try:
                plan = plans[kind]
            except KeyError:
                plan = plans[kind] = _plan(kind, tracks)
            for track, handle in plan:
                try:
                    cell = cells[track]
                except KeyError:
                    cell = cells[track] = Cell(track.start(), track.commute, None)
                cell.events.append(event)
                handle(cell.acc, event)
        yield subject, cells


def _plan(kind: type[Event], tracks: Sequence[Track[Any, Any]]) -> Plan:
    """Say which tracks hear a kind of act, and what each does with it."""
    return [(track, track.handlers[kind]) for track in tracks if kind in track.handlers]


def by_subject(
    events: Iterable[Event], tracks: Sequence[Track[Any, Any]]
) -> Mapping[Subject, list[Event]]:
    """Return the acts that touch each subject, in the order given."""
    found: defaultdict[Subject, list[Event]] = defaultdict(list)
    ways: dict[type[Event], tuple[Any, Any]] = {}
    for event in events:
        kind = event.__class__
        try:
            direct, subjects = ways[kind]
        except KeyError:
            subjects = _way(kind, tracks) or partial(touched, tracks=tracks)
            direct, _ = ways[kind] = (_DIRECT.get(subjects), subjects)
        if direct is not None:
            found[direct(event)].append(event)
        else:
            for subject in subjects(event):
                found[subject].append(event)
    return found


def _way(
    kind: type[Event], tracks: Sequence[Track[Any, Any]]
) -> Callable[[Any], Iterable[Subject]] | None:
    """Return how all tracks that hear a kind of act find its subjects; None if not all alike."""
    ways = {track.subjects for track in tracks if kind in track.handlers}
    return ways.pop() if len(ways) == 1 and kind is not PartySucceeded else None


def _together(events: Iterable[Event], tracks: Sequence[Track[Any, Any]]) -> set[Subject]:
    """Return the subjects that cannot be folded each alone.

    Those between which a succession moves a state, and those of an act that not all tracks find by
    the same subjects.
    """
    several = {kind for kind in set(map(type, events)) if _way(kind, tracks) is None}
    if not several:
        return set()
    return {
        subject
        for event in events
        if event.__class__ in several
        for subject in touched(event, tracks)
    }


def _run(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    tables: Tables,
    *,
    after: Callable[[Event, Tables], None] | None = None,
) -> None:
    """Fold acts in order into *tables*, act by act, with successions."""
    plans: dict[type[Event], Plan] = {}
    for event in events:
        kind = event.__class__
        if kind not in plans:
            plans[kind] = _plan(kind, tracks)
        for track, handle in plans[kind]:
            for subject in track.subjects(event):
                cell = _cell(track, tables[track], subject)
                cell.hear(event)
                handle(cell.acc, event)
        if isinstance(event, PartySucceeded):
            _succeed(event, tracks, tables)
        if after is not None:
            after(event, tables)


def _cell(track: Track[Any, Any], table: dict[Subject, Cell], subject: Subject) -> Cell:
    cell = table.get(subject)
    if cell is None:
        cell = table[subject] = Cell(track.start(), track.commute)
    return cell


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
            source, heir = _cell(track, table, old), table.get(new)
            source.hear(event)
            if heir is None:
                heir = _cell(track, table, new)
            else:
                heir.hear(event)
            if told(track, heir.events) and (
                event.kind is not SuccessionKind.CONTINUATION
                or heir in source.heirs
                or not told(track, source.events)
            ):
                continue
            heir.acc = track.inherit(source.acc, event.predecessor, event.successor)
            before = [one for one in heir.events if one not in source.events]
            heir.events, heir.last = [*before, *source.events], max(heir.last, source.last)
            source.heirs = (*source.heirs, heir)
            if not source.certain:
                heir.doubt()


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


def by_day(events: Iterable[Event], day: int | None, dates: Dates) -> tuple[Event, ...]:
    """Return the acts that the world on a day applies, in the order given.

    Args:
        events: The acts.
        day: The ordinal of the day; None for all.
        dates: ``latest`` applies what has certainly happened, ``earliest`` what possibly has.
    """
    if day is None:
        return tuple(events)
    if dates == "latest":
        return tuple([event for event in events if event.on.hi <= day])
    return tuple([event for event in events if event.on.lo <= day])


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
    return {subject: tuple(in_order(opened)) for subject, opened in found.items()}
