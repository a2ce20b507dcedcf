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
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeAlias, TypeVar

import attrs

from diplorel import _gc
from diplorel._columns import counted
from diplorel._pickling import Reduced, reduced
from diplorel.model.events import Event
from diplorel.model.lives import LIFE, PartyEnded
from diplorel.model.records import earliest_key, in_order, order_key
from diplorel.model.reference import Reference
from diplorel.replay.order import (
    Openness,
    Settled,
    is_contested,
    joined,
    settle,
)
from diplorel.replay.seats import add_successions, doubts, hands_on_seats, is_passed_on, pass_on
from diplorel.tracks.succession import PartySucceeded, SuccessionKind
from diplorel.tracks.track import Cell, Subject, Track, its_agreement, its_dyad, same_dyad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from diplorel.replay.order import Dates

S = TypeVar("S")
KEYS: Final[Mapping[Dates, Callable[[Event], int]]] = {
    "latest": order_key,
    "earliest": earliest_key,
}
"""The key of an event in the order that each date rule asks for."""
_DIRECT: Final[dict[Any, Callable[[Any], Any]]] = {
    same_dyad: attrgetter("parties"),
    its_dyad: attrgetter("dyad"),
    its_agreement: attrgetter("agreement"),
}
"""How to find the one subject of most events without a call of ours."""
_ON: Final = attrgetter("on")
_LATEST: Final = attrgetter("hi")
_EARLIEST: Final = attrgetter("lo")
_NO_LADDERS: Final = Reference()
_EVERYTHING: Final[frozenset[tuple[Cell, str]]] = frozenset({((), "everything")})
"""What is open of a state that a succession of uncertain date moves."""


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
        last: The last possible day of all events applied by `apply`.
        successors: The accumulators that carried the state on.
        open: What the dates leave open.
        waiting: What is to be looked at for that, when somebody asks.
        legacy: What it was on a party's last day, and the events until then: what a succession
            hands on. None where nothing has ended.
        own: Whether it holds nothing but events of its track.
    """

    __slots__ = ("events", "last", "legacy", "open", "own", "successors", "value", "waiting")

    def __init__(
        self, value: Any, open_: frozenset[tuple[Cell, str]] = frozenset(), *, own: bool = False
    ) -> None:
        self.value: Any = value
        self.events: list[Event] = []
        self.last: int = 0
        self.successors: tuple[Accumulator, ...] = ()
        self.open = open_
        self.own = own
        self.waiting: Settled | None = None
        self.legacy: tuple[Any, list[Event]] | None = None

    @property
    def certain(self) -> bool:
        """Whether all plausible orders lead to this state."""
        return not self.open

    def doubt(self) -> None:
        """Mark that the order is open from here on, for those who carried the state on too."""
        if self.open != _EVERYTHING:
            self.open = _EVERYTHING
            for successor in self.successors:
                successor.doubt()

    def note(self, event: Event) -> None:
        """Note an event that is about to be applied; look whether a succession may come after it.

        Two parties that succeed to one do not disturb each other; anything else a succession may
        come before or after.
        """
        if is_contested(event, self.events, self.last, _disturb):
            self.doubt()
        self.events.append(event)
        self.last = max(self.last, event.on.hi)

    def apply(self, event: Event, handle: Callable[[Any, Any], None]) -> None:
        """Let a track's handler apply an event."""
        self.note(event)
        self.legacy = None
        handle(self.value, event)

    def end(self, event: PartyEnded, track: Track[Any, Any]) -> None:
        """End with the life of a party, and keep what a succession can hand on."""
        legacy = track.inherit(self.value, event.party, event.party), [*self.events]
        self.apply(event, track.handlers[PartyEnded])
        self.legacy = legacy

    def freeze(self, track: Track[Any, S]) -> FoldedState[S]:
        """Return the state as it is now."""
        # the list only grows, so every state of a history shares it
        events, state, open_ = self.events, track.freeze(self.value), self.open
        if open_ == _EVERYTHING:
            open_ = frozenset(((), name) for name, _ in track.answers(track.start(), _NO_LADDERS))
        if open_:
            state = track.mark(state, open_)
        own = self.own or has_own_events(track, events)
        return FoldedState(state, own, track, events, len(events), self.waiting or open_)


def _disturb(first: Event, second: Event) -> bool:
    """Return whether one of two events is a succession that the other may come before or after."""
    if not LIFE.isdisjoint((type(first), type(second))):
        return False  # a succession hands on what was on the last day, whenever it is dated
    if isinstance(first, PartySucceeded) and isinstance(second, PartySucceeded):
        return first.predecessor != second.predecessor or first.successor == second.successor
    return isinstance(first, PartySucceeded) or isinstance(second, PartySucceeded)


def has_own_events(track: Track[Any, Any], events: Sequence[Event]) -> bool:
    """Say whether some event of a track is among those that a subject took in."""
    return any(
        event.__class__ in track.handlers and event.__class__ is not PartyEnded for event in events
    )


Tables: TypeAlias = "dict[Track[Any, Any], dict[Subject, Accumulator]]"
Plan: TypeAlias = "list[tuple[Track[Any, Any], Callable[[Any, Any], None]]]"
States: TypeAlias = "dict[Track[Any, Any], dict[Subject, FoldedState[Any]]]"


def fold(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    reference: Reference = _NO_LADDERS,
    *,
    after: Callable[[Event, Tables], None] | None = None,
) -> Tables:
    """Fold events, which are in order already, into accumulators by track and subject.

    Args:
        events: The events, in order.
        tracks: The tracks that handle them.
        reference: The reference data, by which names are compared.
        after: Called after each event, for those who watch the states change.

    Returns:
        The accumulators. The cost is that of one call of a handler for each event and subject.
    """
    tables: Tables = {track: {} for track in tracks}
    with _gc.paused():
        _run(events, tracks, tables, reference, after=after)
    return tables


def fold_states(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    reference: Reference,
    dates: Dates = "latest",
) -> States:
    """Fold events, given in any order, and freeze every accumulator, once.

    Args:
        events: The events.
        tracks: The tracks that handle them.
        reference: The ladders, by which rules judge the orders that dates leave open.
        dates: Which of its days puts an event in order by the convention.
    """
    found: States = {track: {} for track in tracks}
    with _gc.paused():
        for subject, accumulators in accumulate(events, tracks, reference, dates):
            for track, accumulator in accumulators.items():
                found[track][subject] = accumulator.freeze(track)
    return found


Look: TypeAlias = "Callable[[Track[Any, Any], Subject, Any, Event], None]"
"""Look at what an event comes upon: the track, the subject, the accumulator's value, the event."""


def accumulate(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    reference: Reference,
    dates: Dates = "latest",
    *,
    before: Look | None = None,
) -> Iterator[tuple[Subject, dict[Track[Any, Any], Accumulator]]]:
    """Fold events subject by subject, so that what is worked on is little and near.

    Args:
        events: The events, in any order.
        tracks: The tracks that handle them.
        reference: The ladders.
        dates: Which of its days puts an event in order by the convention.
        before: Called before an event is applied.

    Yields:
        Each subject with its accumulator in each track that took something in.
    """
    given = list(events)
    heard = by_subject(given, tracks)
    fold_of = _SubjectFold(tracks, reference, dates, before)
    together = _joined(given, tracks)
    if together:
        tables = fold_of.together({subject: heard[subject] for subject in together})
        for subject in together:
            yield subject, {track: one[subject] for track, one in tables.items() if subject in one}
    passed_on: set[Subject] = set()
    if PartySucceeded in {*map(type, given)}:  # it can hand on seats, and no dyad
        passed_on = {one for one, mine in heard.items() if is_passed_on(one, mine)}
    for subject, mine in heard.items():
        if subject not in together:
            way = fold_of.with_successors if subject in passed_on else fold_of.alone
            yield subject, way(subject, mine)


class _SubjectFold:
    """How the events of a subject are put in order and folded.

    Args:
        tracks: The tracks.
        reference: The ladders.
        dates: Which of its days puts an event in order by the convention.
        before: Called before an event is applied.
    """

    def __init__(
        self,
        tracks: Sequence[Track[Any, Any]],
        reference: Reference,
        dates: Dates,
        before: Look | None,
    ) -> None:
        self._tracks = tracks
        self._reference = reference
        self._dates: Dates = dates
        self._before = before
        self._plans: dict[type[Event], Plan] = {}
        self._openness = Openness(tracks)

    def alone(self, subject: Subject, mine: list[Event]) -> dict[Track[Any, Any], Accumulator]:
        """Return the accumulators of a subject that no succession joins to another."""
        ordered, settled = self._settled(mine)
        found: dict[Track[Any, Any], Accumulator] = {}
        if settled or self._before is not None:
            for track in self._tracks:
                way = settled.get(track) or Settled(
                    tuple(event for event in ordered if type(event) in track.handlers)
                )
                if any(type(event) is not PartyEnded for event in way.order):
                    found[track] = self._in_order(track, subject, way)
            return found
        plans = self._plans
        for event in ordered:
            kind = event.__class__
            if kind is PartyEnded:
                _end_alone(event, found)
                continue
            try:
                plan = plans[kind]
            except KeyError:
                plan = plans[kind] = _plan(kind, self._tracks)
            for track, handle in plan:
                try:
                    accumulator = found[track]
                except KeyError:
                    accumulator = found[track] = Accumulator(track.new(self._reference), own=True)
                accumulator.events.append(event)
                handle(accumulator.value, event)
        return found

    def with_successors(
        self, subject: Subject, mine: list[Event]
    ) -> dict[Track[Any, Any], Accumulator]:
        """Return the accumulators of a subject in which successors take seats."""
        moves = [event for event in mine if isinstance(event, PartySucceeded)]
        ordered, settled = self._settled([one for one in mine if one not in moves])
        found: dict[Track[Any, Any], Accumulator] = {}
        for track in self._tracks:
            way = settled.get(track) or Settled(
                tuple(event for event in ordered if type(event) in track.handlers)
            )
            if all(type(event) is PartyEnded for event in way.order):
                continue
            taken = [one for one in moves if hands_on_seats(track, one)]
            every = in_order([*way.order, *taken], KEYS[self._dates])
            order = joined(every, [way.order]) or every
            open_ = way.open | doubts(track, every, taken, way.open)
            found[track] = self._in_order(track, subject, Settled(tuple(order), open_))
        return found

    def _in_order(self, track: Track[Any, Any], subject: Subject, way: Settled) -> Accumulator:
        """Return the accumulator of a track that takes events in an order of its own."""
        accumulator = Accumulator(track.new(self._reference), way.found, own=True)
        accumulator.waiting = way if way.waiting else None
        for event in way.order:
            if type(event) is PartyEnded and not accumulator.events:
                continue  # nothing is recorded that could end
            if isinstance(event, PartySucceeded) and track.succeed is not None:
                accumulator.events.append(event)
                pass_on(track.succeed, accumulator.value, event)
                continue
            if self._before is not None:
                self._before(track, subject, accumulator.value, event)
            accumulator.events.append(event)
            track.handlers[type(event)](accumulator.value, event)
        return accumulator

    def _settled(self, mine: list[Event]) -> tuple[list[Event], Mapping[Track[Any, Any], Settled]]:
        """Return the events of a subject by the convention, and the tracks that depart from it."""
        if len(mine) == 1:
            return mine, {}
        ordered = mine
        if self._dates == "earliest" or not _apart(mine):  # most come as they happened
            ordered = in_order(mine, KEYS[self._dates])
            by_last = ordered if self._dates == "latest" else in_order(mine)
            if not _apart(by_last) and self._openness.of(by_last):
                return ordered, settle(ordered, self._tracks, self._reference, self._dates)
        return ordered, {}

    def together(self, heard: Mapping[Subject, list[Event]]) -> Tables:
        """Return the accumulators of subjects between which successions move states.

        Each track's own order within a subject is that of the rules; where these contradict each
        other across subjects, the convention holds for all and nothing is certain.
        """
        tables: Tables = {track: {} for track in self._tracks}
        every = {id(event): event for mine in heard.values() for event in mine}
        ordered = in_order(every.values(), KEYS[self._dates])
        departing = [
            (subject, track, way)
            for subject, mine in heard.items()
            for track, way in self._settled(mine)[1].items()
        ]
        order = joined(ordered, [way.order for _, _, way in departing]) if departing else ordered
        for subject, track, way in departing:
            open_ = _EVERYTHING if order is None else way.open
            tables[track][subject] = Accumulator(track.new(self._reference), open_)
        way_taken = ordered if order is None else order
        _run(way_taken, self._tracks, tables, self._reference, before=self._before)
        return tables


def _apart(events: list[Event]) -> bool:
    """Return whether each event certainly comes after the one before it."""
    days = list(map(_ON, events))
    return all(map(lt, map(_LATEST, days), islice(map(_EARLIEST, days), 1, None)))


def _plan(kind: type[Event], tracks: Sequence[Track[Any, Any]]) -> Plan:
    """Return which tracks handle a type of event, and what each does with it."""
    return [(track, track.handlers[kind]) for track in tracks if kind in track.handlers]


def by_subject(
    events: Iterable[Event], tracks: Sequence[Track[Any, Any]]
) -> Mapping[Subject, list[Event]]:
    """Return the events that touch each subject, in the order given."""
    found: defaultdict[Subject, list[Event]] = defaultdict(list)
    ends: list[Event] = []

    def wait(event: Event) -> tuple[Subject, ...]:
        """Keep the end of a party until it is known whom it touches."""
        ends.append(event)
        return ()

    successions: list[PartySucceeded] = []

    def note(event: PartySucceeded) -> set[Subject]:
        """Keep a succession until it is known in what the predecessor has a seat."""
        successions.append(event)
        return touched(event, tracks)

    ways: dict[type[Event], tuple[Any, Any, bool]] = {
        PartyEnded: (None, wait, False),
        PartySucceeded: (None, note, False),
    }
    for event in events:
        kind = event.__class__
        try:
            direct, subjects, several = ways[kind]
        except KeyError:
            subjects = _way(kind, tracks) or partial(touched, tracks=tracks)
            direct, _, several = ways[kind] = (
                _DIRECT.get(subjects), subjects, kind.several_dyads,
            )  # fmt: skip
        if direct is not None and not (several and len(event.parties) > 2):  # noqa: PLR2004  a dyad
            found[direct(event)].append(event)
        else:
            for subject in subjects(event):
                found[subject].append(event)
    if successions:
        add_successions(found, successions, tracks)
    if ends:
        _add_ends(found, ends)
    return found


def _add_ends(found: Mapping[Subject, list[Event]], ends: Iterable[Event]) -> None:
    """Add the ends of parties to the events of every subject of which something is recorded."""
    by_party: defaultdict[str, list[Event]] = defaultdict(list)
    for end in ends:
        by_party[end.parties[0]].append(end)
    for subject, mine in found.items():
        parties: Iterable[str] = subject
        if isinstance(subject, str):
            parties = {party for event in mine for party in event.parties}
        ended = [end for party in parties for end in by_party.get(party, ())]
        if ended:  # what ended before anything happened ends nothing
            first = min(event.on.lo for event in mine)
            mine.extend(end for end in ended if end.on.hi >= first)


def _way(
    kind: type[Event], tracks: Sequence[Track[Any, Any]]
) -> Callable[[Any], Iterable[Subject]] | None:
    """Return how all tracks that handle a type of event find its subjects; None if they differ."""
    ways = {track.subjects for track in tracks if kind in track.handlers}
    if its_dyad in ways and not hasattr(kind, "dyad"):  # it finds them as the other does
        ways = ways - {its_dyad} | {same_dyad}
    return ways.pop() if len(ways) == 1 and kind is not PartySucceeded else None


def is_of_several(kind: type[Event], tracks: Sequence[Track[Any, Any]]) -> bool:
    """Return whether the tracks that handle a type of event find it by differing subjects."""
    return _way(kind, tracks) is None


def _joined(events: Iterable[Event], tracks: Sequence[Track[Any, Any]]) -> set[Subject]:
    """Return the subjects that cannot be folded each alone.

    Those between which a succession moves a state, and those of an event that not all tracks find
    by the same subjects.
    """
    kinds = {*map(type, events)} - {PartyEnded}
    several = {kind for kind in kinds if is_of_several(kind, tracks)}
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
    reference: Reference,
    *,
    after: Callable[[Event, Tables], None] | None = None,
    before: Look | None = None,
) -> None:
    """Fold events in order into *tables*, event by event, with successions."""
    plans: dict[type[Event], Plan] = {}
    for event in events:
        kind = event.__class__
        if isinstance(event, PartyEnded):
            _end(event, tables)
        elif kind not in plans:
            plans[kind] = _plan(kind, tracks)
        for track, handle in plans.get(kind, ()):
            for subject in track.subjects(event):
                accumulator = _accumulator(track, tables[track], subject, reference)
                if before is not None:
                    before(track, subject, accumulator.value, event)
                accumulator.apply(event, handle)
        if isinstance(event, PartySucceeded):
            _succeed(event, tracks, tables, reference)
        if after is not None:
            after(event, tables)


def _accumulator(
    track: Track[Any, Any],
    table: dict[Subject, Accumulator],
    subject: Subject,
    reference: Reference,
) -> Accumulator:
    known = table.get(subject)
    if known is None:
        known = table[subject] = Accumulator(track.new(reference))
    return known


def _end_alone(event: Event, found: Mapping[Track[Any, Any], Accumulator]) -> None:
    """Let every state of one subject end that has begun."""
    for track, accumulator in found.items():
        if track.ends_with_a_party:
            accumulator.events.append(event)
            track.handlers[PartyEnded](accumulator.value, event)


def _end(event: PartyEnded, tables: Tables) -> None:
    """Let every relation of a party end that has begun."""
    for track, table in tables.items():
        if track.ends_with_a_party:
            for subject, accumulator in table.items():
                if not accumulator.events:
                    continue
                if isinstance(subject, str):  # what others have in it goes on
                    accumulator.apply(event, track.handlers[PartyEnded])
                elif event.party in subject:
                    accumulator.end(event, track)


def _succeed(
    event: PartySucceeded,
    tracks: Sequence[Track[Any, Any]],
    tables: Tables,
    reference: Reference,
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
            predecessor = _accumulator(track, table, old, reference)
            successor = table.get(new)
            predecessor.note(event)
            if predecessor.legacy is not None:  # the succession is among what is handed on
                predecessor.legacy[1].append(event)
            if successor is None:
                successor = _accumulator(track, table, new, reference)
            else:
                successor.note(event)
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
