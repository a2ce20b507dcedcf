"""The fold: from events in whatever order to one state for each track and subject.

Events are gathered by subject, put in order there, and folded by each track that handles them into
one mutable accumulator, which is frozen once at the end. The fold is total: an event that
contradicts the state before it applies all the same.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from itertools import islice
from operator import attrgetter, lt
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Literal, TypeAlias, TypeVar

import attrs

from diplorel import _gc
from diplorel._columns import counted
from diplorel._pickling import Reduced, reduced
from diplorel.model.events import Event
from diplorel.model.records import earliest_key, in_order, order_key
from diplorel.replay.order import is_open, order_is_certain
from diplorel.tracks.succession import PartySucceeded, SuccessionKind
from diplorel.tracks.track import Subject, Track, its_dyad, same_dyad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from diplorel.replay.order import Commute

Dates: TypeAlias = Literal["latest", "earliest"]
S = TypeVar("S")
KEYS: Final[Mapping[Dates, Callable[[Event], int]]] = {
    "latest": order_key,
    "earliest": earliest_key,
}
"""The key of an event in the order that each date rule asks for."""
_DIRECT: Final[dict[Any, Callable[[Any], Any]]] = {
    same_dyad: attrgetter("parties"),
    its_dyad: attrgetter("dyad"),
}
"""How to find the one subject of most events without a call of ours."""
_LATEST: Final = attrgetter("on.hi")


@attrs.frozen(eq=False, repr=False)
class FoldedState(Generic[S]):
    """The state of one track for one subject. Two are equal when state and events are.

    Attributes:
        state: The state.
        has_own_events: Whether some event of the track made it. A succession from a party of which
            nothing is recorded carries on nothing: that state is as unknown as before.
    """

    state: S
    has_own_events: bool
    _track: Track[Any, S]
    _heard: list[Event]
    _count: int
    _certain: bool | None

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that made the state, in order."""
        return tuple(self._heard[: self._count])

    @property
    def certain(self) -> bool:
        """Whether no open order of dates could have led to another state.

        Worked out when it is first asked for, which is for few of the relations of a world.
        """
        known = self._certain
        if known is None:
            known = order_is_certain(self.events, self._track.commute)
            object.__setattr__(self, "_certain", known)
        return known

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FoldedState):
            return NotImplemented
        return (
            self.state == other.state
            and self.events == other.events
            and self.certain == other.certain
        )

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # a state can hold what has no hash

    def __repr__(self) -> str:
        return f"<FoldedState of {self._track.name}: {counted(self._count, 'event')}>"

    def __reduce__(self) -> Reduced:
        # the list of events can be one that later states share: only its beginning is this state's
        return reduced(self, _heard=self._heard[: self._count])


class Accumulator:
    """The state of one track for one subject under way, and whether its order is certain.

    Attributes:
        value: What the track folds into.
        commute: Whether two events commute for the track.
        events: The events that it took in.
        last: The last possible day of all events applied by `apply`.
        successors: The accumulators that carried the state on.
        certain_so_far: Whether the order is certain; None where it was not looked at.
    """

    __slots__ = ("certain_so_far", "commute", "events", "last", "successors", "value")

    def __init__(self, value: Any, commute: Commute, certain_so_far: bool | None = True) -> None:
        self.value: Any = value
        self.commute: Commute = commute
        self.events: list[Event] = []
        self.last: int = 0
        self.successors: tuple[Accumulator, ...] = ()
        self.certain_so_far = certain_so_far

    @property
    def certain(self) -> bool:
        """Whether no open order of dates could have led to another state."""
        if self.certain_so_far is None:
            return order_is_certain(self.events, self.commute)
        return self.certain_so_far

    def doubt(self) -> None:
        """Mark that the order is open from here on, for those who carried the state on too."""
        if self.certain_so_far is not False:
            self.certain_so_far = False
            for successor in self.successors:
                successor.doubt()

    def note(self, event: Event) -> None:
        """Note an event that is about to be applied; look whether its order is open."""
        if (
            self.certain_so_far
            and event.on.lo <= self.last
            and is_open(event, self.events, self.commute)
        ):
            self.doubt()
        self.events.append(event)
        self.last = max(self.last, event.on.hi)

    def apply(self, event: Event, handle: Callable[[Any, Any], None]) -> None:
        """Let a track's handler apply an event."""
        self.note(event)
        handle(self.value, event)

    def freeze(self, track: Track[Any, S]) -> FoldedState[S]:
        """Return the state as it is now."""
        # the list only grows, so every state of a history shares it
        events, certain = self.events, self.certain_so_far
        # a subject folded alone holds nothing but events of its tracks
        own = certain is None or has_own_events(track, events)
        return FoldedState(track.freeze(self.value), own, track, events, len(events), certain)


def has_own_events(track: Track[Any, Any], events: Sequence[Event]) -> bool:
    """Say whether some event of a track is among those that a subject took in."""
    return any(event.__class__ in track.handlers for event in events)


Tables: TypeAlias = "dict[Track[Any, Any], dict[Subject, Accumulator]]"
Plan: TypeAlias = "list[tuple[Track[Any, Any], Callable[[Any, Any], None]]]"
States: TypeAlias = "dict[Track[Any, Any], dict[Subject, FoldedState[Any]]]"


def fold(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    *,
    after: Callable[[Event, Tables], None] | None = None,
) -> Tables:
    """Fold events, which are in order already, into accumulators by track and subject.

    Args:
        events: The events, in order.
        tracks: The tracks that handle them.
        after: Called after each event, for those who watch the states change.

    Returns:
        The accumulators. The cost is that of one call of a handler for each event and subject.
    """
    tables: Tables = {track: {} for track in tracks}
    with _gc.paused():
        if after is not None:
            _run(events, tracks, tables, after=after)
            return tables
        for subject, accumulators in _accumulators(events, tracks, list):
            for track, accumulator in accumulators.items():
                tables[track][subject] = accumulator
    return tables


def fold_states(
    events: Iterable[Event], tracks: Sequence[Track[Any, Any]], dates: Dates = "latest"
) -> States:
    """Fold events, given in any order, and freeze every accumulator, once.

    Args:
        events: The events.
        tracks: The tracks that handle them.
        dates: By which of its days an event is put in order: the ``latest`` or the ``earliest``.
    """
    key = KEYS[dates]

    def sort(some: list[Event]) -> list[Event]:
        if len(some) == 1:
            return some
        days = list(map(_LATEST, some))
        if dates == "latest" and all(map(lt, days, islice(days, 1, None))):
            return some  # as most are: recorded as they happened, no two on a day
        return in_order(some, key)

    found: States = {track: {} for track in tracks}
    with _gc.paused():
        for subject, accumulators in _accumulators(events, tracks, sort):
            for track, accumulator in accumulators.items():
                found[track][subject] = accumulator.freeze(track)
    return found


def _accumulators(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    sort: Callable[[list[Event]], list[Event]],
) -> Iterator[tuple[Subject, dict[Track[Any, Any], Accumulator]]]:
    """Fold events subject by subject, so that what is worked on is little and near.

    Yields:
        Each subject with its accumulator in each track that took something in.
    """
    given = list(events)
    heard = by_subject(given, tracks)
    joined = _joined(given, tracks)
    if joined:
        among = {id(event) for subject in joined for event in heard[subject]}
        tables: Tables = {track: {} for track in tracks}
        _run(sort([event for event in given if id(event) in among]), tracks, tables)
        for subject in joined:
            yield (
                subject,
                {track: table[subject] for track, table in tables.items() if subject in table},
            )
    plans: dict[type[Event], Plan] = {}
    for subject, mine in heard.items():
        if subject in joined:
            continue
        found: dict[Track[Any, Any], Accumulator] = {}
        for event in sort(mine):
            kind = event.__class__
            try:
                plan = plans[kind]
            except KeyError:
                plan = plans[kind] = _plan(kind, tracks)
            for track, handle in plan:
                try:
                    accumulator = found[track]
                except KeyError:
                    accumulator = found[track] = Accumulator(track.start(), track.commute, None)
                accumulator.events.append(event)
                handle(accumulator.value, event)
        yield subject, found


def _plan(kind: type[Event], tracks: Sequence[Track[Any, Any]]) -> Plan:
    """Return which tracks handle a type of event, and what each does with it."""
    return [(track, track.handlers[kind]) for track in tracks if kind in track.handlers]


def by_subject(
    events: Iterable[Event], tracks: Sequence[Track[Any, Any]]
) -> Mapping[Subject, list[Event]]:
    """Return the events that touch each subject, in the order given."""
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
    """Return how all tracks that handle a type of event find its subjects; None if they differ."""
    ways = {track.subjects for track in tracks if kind in track.handlers}
    return ways.pop() if len(ways) == 1 and kind is not PartySucceeded else None


def _joined(events: Iterable[Event], tracks: Sequence[Track[Any, Any]]) -> set[Subject]:
    """Return the subjects that cannot be folded each alone.

    Those between which a succession moves a state, and those of an event that not all tracks find
    by the same subjects.
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
    """Fold events in order into *tables*, event by event, with successions."""
    plans: dict[type[Event], Plan] = {}
    for event in events:
        kind = event.__class__
        if kind not in plans:
            plans[kind] = _plan(kind, tracks)
        for track, handle in plans[kind]:
            for subject in track.subjects(event):
                _accumulator(track, tables[track], subject).apply(event, handle)
        if isinstance(event, PartySucceeded):
            _succeed(event, tracks, tables)
        if after is not None:
            after(event, tables)


def _accumulator(
    track: Track[Any, Any], table: dict[Subject, Accumulator], subject: Subject
) -> Accumulator:
    known = table.get(subject)
    if known is None:
        known = table[subject] = Accumulator(track.start(), track.commute)
    return known


def _succeed(event: PartySucceeded, tracks: Sequence[Track[Any, Any]], tables: Tables) -> None:
    """Let the successor's relations go on from the predecessor's, where it has none of its own.

    What continues a state under another name takes its relations over though it had some of its own
    before, as Russia those of the Soviet Union; once only, if that is reported again.
    """
    for track in tracks:
        if track.name not in event.tracks:
            continue
        table = tables[track]
        for old, new in event.moves():
            predecessor, successor = _accumulator(track, table, old), table.get(new)
            predecessor.note(event)
            if successor is None:
                successor = _accumulator(track, table, new)
            else:
                successor.note(event)
            if has_own_events(track, successor.events) and (
                event.kind is not SuccessionKind.CONTINUATION
                or successor in predecessor.successors
                or not has_own_events(track, predecessor.events)
            ):
                continue
            carried = predecessor.events
            own = [one for one in successor.events if one not in carried]
            successor.value = track.inherit(predecessor.value, event.predecessor, event.successor)
            successor.events = [*own, *carried]
            successor.last = max(successor.last, predecessor.last)
            predecessor.successors = (*predecessor.successors, successor)
            if not predecessor.certain:
                successor.doubt()


def touched(event: Event, tracks: Iterable[Track[Any, Any]]) -> set[Subject]:
    """Return every subject whose state an event can change, by whichever track handles it."""
    found: set[Subject] = set()
    for track in tracks:
        if event.__class__ in track.handlers:
            found.update(track.subjects(event))
    if isinstance(event, PartySucceeded):
        for pair in event.moves():
            found.update(pair)
    return found
