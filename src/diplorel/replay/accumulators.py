"""What a track folds into: the state of one subject under way, and how it takes in events.

Lives end in it and successions move it. Nothing here puts events in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeAlias, TypeVar

import attrs

from diplorel._columns import counted
from diplorel._pickling import Reduced, reduced
from diplorel.model.lives import PartyEnded
from diplorel.model.reference import Reference
from diplorel.replay.order import Settled
from diplorel.tracks.succession import PartySucceeded, SuccessionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.tracks.track import Cell, Subject, Track

S = TypeVar("S")
Open: TypeAlias = "frozenset[tuple[Cell, str]]"
"""What dates leave open of a state: cells and names of answers."""
NOTHING_OPEN: Final[Mapping[Subject, Open]] = {}
NO_LADDERS: Final = Reference()
EVERYTHING: Final[Open] = frozenset({((), "everything")})
"""What is open of a state that a succession of uncertain date moves."""


@attrs.frozen(eq=False, repr=False)
class FoldedState(Generic[S]):
    """The state of one track for one subject. Two are equal when state and events are.

    Attributes:
        state: The state.
        has_own_events: Whether some event of the track made it. A succession from a party without
            records carries on nothing: that state is as unknown as before.
    """

    state: S
    has_own_events: bool
    _track: Track[Any, S]
    _heard: list[Event]
    _count: int
    _open: frozenset[tuple[Cell, str]] | Settled

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that made the state, in order."""
        return tuple(self._heard[: self._count])

    @property
    def open(self) -> frozenset[tuple[Cell, str]]:
        """What the dates leave open: cells and names of answers.

        Where the convention breaks no rule, it is worked out when it is first asked for.
        """
        known = self._open
        if isinstance(known, Settled):
            known = known.open
            object.__setattr__(self, "_open", known)
        return known

    @property
    def certain(self) -> bool:
        """Whether all plausible orders of the events lead to this state."""
        return not self.open

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FoldedState):
            return NotImplemented
        return self.state == other.state and self.events == other.events and self.open == other.open

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # a state can hold what has no hash

    def __repr__(self) -> str:
        return f"<FoldedState of {self._track.name}: {counted(self._count, 'event')}>"

    def __reduce__(self) -> Reduced:
        # the list of events can be one that later states share: only its beginning is this state's
        return reduced(self, _heard=self._heard[: self._count], _open=self.open)


class Accumulator:
    """The state of one track for one subject under way.

    Attributes:
        value: What the track folds into.
        events: The events that it took in.
        successors: The accumulators that carried the state on.
        open: What the dates leave open.
        waiting: What is to be looked at for that, when somebody asks.
        legacy: What it was on a party's last day, and the events until then: what a succession
            hands on. None where nothing has ended.
        own: Whether it holds nothing but events of its track.
    """

    __slots__ = ("events", "legacy", "open", "own", "successors", "value", "waiting")

    def __init__(self, value: Any, open_: Open = frozenset(), *, own: bool = False) -> None:
        self.value: Any = value
        self.events: list[Event] = []
        self.successors: tuple[Accumulator, ...] = ()
        self.open = open_
        self.own = own
        self.waiting: Settled | None = None
        self.legacy: tuple[Any, list[Event]] | None = None

    def apply(self, event: Event, handle: Callable[[Any, Any], None]) -> None:
        """Let a track's handler apply an event."""
        self.events.append(event)
        self.legacy = None
        handle(self.value, event)

    def copy(self, copy_value: Callable[[Any], Any]) -> Accumulator:
        """Return another that goes on by itself; it still has the same successors."""
        new = Accumulator(copy_value(self.value), self.open, own=self.own)
        new.events = self.events[:]
        new.successors, new.waiting = self.successors, self.waiting
        if self.legacy is not None:  # nothing changes the value, the events can be added to
            new.legacy = self.legacy[0], self.legacy[1][:]
        return new

    def end(self, event: PartyEnded, track: Track[Any, Any]) -> None:
        """End with the life of a party, and keep what a succession can hand on."""
        legacy = track.inherit(self.value, event.party, event.party), [*self.events]
        self.apply(event, track.handlers[PartyEnded])
        self.legacy = legacy

    def freeze(self, track: Track[Any, S]) -> FoldedState[S]:
        """Return the state as it is now."""
        # the list only grows, so every state of a history shares it
        events, state, open_ = self.events, track.freeze(self.value), self.open
        if open_ == EVERYTHING:
            open_ = frozenset(((), name) for name, _ in track.answers(track.start(), NO_LADDERS))
        if open_:
            state = track.mark(state, open_)
        own = self.own or has_own_events(track, events)
        return FoldedState(state, own, track, events, len(events), self.waiting or open_)


def has_own_events(track: Track[Any, Any], events: Sequence[Event]) -> bool:
    """Say whether some event of a track is among those that a subject took in."""
    return any(
        event.__class__ in track.handlers and event.__class__ is not PartyEnded for event in events
    )


Tables: TypeAlias = "dict[Track[Any, Any], dict[Subject, Accumulator]]"
Plan: TypeAlias = "list[tuple[Track[Any, Any], Callable[[Any, Any], None]]]"
States: TypeAlias = "dict[Track[Any, Any], dict[Subject, FoldedState[Any]]]"
Look: TypeAlias = "Callable[[Track[Any, Any], Subject, Any, Event], None]"
"""Look at what an event comes upon: the track, the subject, the accumulator's value, the event."""


def plan_of(kind: type[Event], tracks: Sequence[Track[Any, Any]]) -> Plan:
    """Return which tracks handle a type of event, and what each does with it."""
    return [(track, track.handlers[kind]) for track in tracks if kind in track.handlers]


def run(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    tables: Tables,
    reference: Reference,
    *,
    after: Callable[[Event, Tables], None] | None = None,
    before: Look | None = None,
    opens: Mapping[Subject, Open] = NOTHING_OPEN,
    among: Collection[Subject] | None = None,
) -> None:
    """Fold events in order into *tables*, event by event, with successions.

    Args:
        events: The events, in order.
        tracks: The tracks that handle them.
        tables: The accumulators so far.
        reference: The reference data.
        after: Called after each event.
        before: Called before an event is applied.
        opens: What a search found open of each subject.
        among: The subjects to fold. Default: all that events touch.
    """
    plans: dict[type[Event], Plan] = {}
    for event in events:
        kind = event.__class__
        if isinstance(event, PartyEnded):
            end_all(event, tables)
        elif kind not in plans:
            plans[kind] = plan_of(kind, tracks)
        for track, handle in plans.get(kind, ()):
            for subject in track.subjects(event):
                if among is not None and subject not in among:
                    continue
                accumulator = accumulator_of(track, tables[track], subject, reference, opens)
                if before is not None:
                    before(track, subject, accumulator.value, event)
                accumulator.apply(event, handle)
        if isinstance(event, PartySucceeded):
            succeed(event, tracks, tables, reference, opens=opens, among=among)
        if after is not None:
            after(event, tables)


def accumulator_of(
    track: Track[Any, Any],
    table: dict[Subject, Accumulator],
    subject: Subject,
    reference: Reference,
    opens: Mapping[Subject, Open],
) -> Accumulator:
    """Return the accumulator of a subject, a new one where there is none yet."""
    known = table.get(subject)
    if known is None:
        known = table[subject] = Accumulator(track.new(reference), opens.get(subject, frozenset()))
    return known


def end_all(event: PartyEnded, tables: Tables) -> None:
    """Let every relation of a party end that has begun."""
    for track, table in tables.items():
        if track.ends_with_a_party:
            for subject, accumulator in table.items():
                if isinstance(subject, str):  # what others have in it goes on
                    accumulator.apply(event, track.handlers[PartyEnded])
                elif event.party in subject:
                    accumulator.end(event, track)


def succeed(
    event: PartySucceeded,
    tracks: Sequence[Track[Any, Any]],
    tables: Tables,
    reference: Reference,
    *,
    opens: Mapping[Subject, Open],
    among: Collection[Subject] | None,
) -> None:
    """Let the successor's relations go on from the predecessor's, where it has none of its own.

    What continues a state under another name takes its relations over though it had some of its own
    before, as Russia those of the Soviet Union; once only, if that is reported again.
    """
    for track in tracks:
        if track.name not in event.tracks or track.succeed is not None:
            continue
        table = tables[track]
        for old, new in event.moves():
            if among is not None and old not in among:
                continue
            predecessor = accumulator_of(track, table, old, reference, opens)
            successor = table.get(new)
            predecessor.events.append(event)
            if predecessor.legacy is not None:  # the succession is among what is handed on
                predecessor.legacy[1].append(event)
            if successor is None:
                successor = accumulator_of(track, table, new, reference, opens)
            else:
                successor.events.append(event)
            if has_own_events(track, successor.events) and (
                event.kind is not SuccessionKind.CONTINUATION
                or successor in predecessor.successors
                or not has_own_events(track, predecessor.events)
            ):
                continue
            value, carried = predecessor.legacy or (predecessor.value, predecessor.events)
            known = {*map(id, carried)}  # events are compared by all that they say
            own = [one for one in successor.events if id(one) not in known]
            successor.value = track.inherit(value, event.predecessor, event.successor)
            successor.events = [*own, *carried]
            successor.legacy = None
            predecessor.successors = (*predecessor.successors, successor)
