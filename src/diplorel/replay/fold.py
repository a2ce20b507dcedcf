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
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from diplorel import _gc
from diplorel.model.lives import PartyEnded
from diplorel.model.records import earliest_key, in_order, order_key
from diplorel.replay.accumulators import NO_LADDERS, Accumulator, plan_of, run
from diplorel.replay.family_orders import settle_together
from diplorel.replay.order import Openness, Settled, joined, settle
from diplorel.replay.seats import add_successions, doubts, hands_on_seats, is_passed_on, pass_on
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.track import its_agreement, its_dyad, same_dyad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.accumulators import FoldedState, Look, Plan, States, Tables
    from diplorel.replay.order import Dates
    from diplorel.replay.workings import Workings
    from diplorel.tracks.track import Subject, Track

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


def fold(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    reference: Reference = NO_LADDERS,
    *,
    after: Callable[[Event, Tables], None] | None = None,
) -> Tables:
    """Fold events, which are in order already, into accumulators by track and subject.

    What dates leave open is not looked for: the order given is the one that holds.

    Args:
        events: The events, in order.
        tracks: The tracks that handle them.
        reference: The reference data, for comparing names.
        after: Called after each event, for those who watch the states change.

    Returns:
        The accumulators. The cost is that of one call of a handler for each event and subject.
    """
    tables: Tables = {track: {} for track in tracks}
    with _gc.paused():
        run(events, tracks, tables, reference, after=after)
    return tables


def fold_states(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    reference: Reference,
    dates: Dates = "latest",
    workings: Workings | None = None,
) -> States:
    """Fold events, given in any order, and freeze every accumulator, once.

    Args:
        events: The events.
        tracks: The tracks that handle them.
        reference: The ladders: rules judge by them the orders that dates leave open.
        dates: Which of its days puts an event in order by the convention.
        workings: What these tracks made of the same events on other days, and of others on this.
    """
    found: States = {track: {} for track in tracks}
    with _gc.paused():
        if workings is None:
            for subject, accumulators in accumulate(events, tracks, reference, dates):
                for track, accumulator in accumulators.items():
                    found[track][subject] = accumulator.freeze(track)
            return found
        fold_of = _SubjectFold(tracks, reference, dates, None, workings)
        for subject, states in _states_by(workings, fold_of, *_divided(list(events), tracks)):
            for track, state in states.items():
                found[track][subject] = state
    return found


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
    fold_of = _SubjectFold(tracks, reference, dates, before)
    together, others = _divided(list(events), tracks)
    if together:
        yield from fold_of.together(together).items()
    for subject, mine, hears_of_successors in others:
        way = fold_of.with_successors if hears_of_successors else fold_of.alone
        yield subject, way(subject, mine)


_Divided: TypeAlias = (
    "tuple[dict[Subject, list[Event]], Iterator[tuple[Subject, list[Event], bool]]]"
)


def _divided(given: list[Event], tracks: Sequence[Track[Any, Any]]) -> _Divided:
    """Return the events by subject: those folded together, and the others.

    Of the others it says whether successors take seats in them.
    """
    heard = by_subject(given, tracks)
    joined = _joined(given, tracks)
    together = {one: mine for one, mine in heard.items() if one in joined} if joined else {}
    moving = PartySucceeded in {*map(type, given)}  # it can hand on seats, and no dyad
    others = (
        (subject, mine, moving and is_passed_on(subject, mine))
        for subject, mine in heard.items()
        if subject not in joined
    )
    return together, others


def _states_by(
    workings: Workings,
    fold_of: _SubjectFold,
    together: Mapping[Subject, list[Event]],
    others: Iterable[tuple[Subject, list[Event], bool]],
) -> Iterator[tuple[Subject, Mapping[Track[Any, Any], FoldedState[Any]]]]:
    """Yield the states of each subject; a history that is known is not folded again."""
    if together:
        question = tuple((subject, len(mine)) for subject, mine in together.items())
        events = [event for mine in together.values() for event in mine]
        joined = workings.find(question, events)
        if joined is None:
            folded = fold_of.together(together)
            joined = {subject: _frozen(found) for subject, found in folded.items()}
            workings.keep(question, events, joined)
        yield from joined.items()
    for subject, mine, hears_of_successors in others:
        key = (subject, hears_of_successors)
        states = workings.find(key, mine)
        if states is None:
            way = fold_of.with_successors if hears_of_successors else fold_of.alone
            states = workings.keep(key, mine, _frozen(way(subject, mine)))
        yield subject, states


def _frozen(
    found: Mapping[Track[Any, Any], Accumulator],
) -> Mapping[Track[Any, Any], FoldedState[Any]]:
    return {track: accumulator.freeze(track) for track, accumulator in found.items()}


class _SubjectFold:
    """How the events of a subject are put in order and folded.

    Args:
        tracks: The tracks.
        reference: The ladders.
        dates: Which of its days puts an event in order by the convention.
        before: Called before an event is applied.
        workings: What these tracks made of the same events on other days.
    """

    def __init__(
        self,
        tracks: Sequence[Track[Any, Any]],
        reference: Reference,
        dates: Dates,
        before: Look | None,
        workings: Workings | None = None,
    ) -> None:
        self._tracks = tracks
        self._reference = reference
        self._dates: Dates = dates
        self._before = before
        self._workings = workings
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
                plan = plans[kind] = plan_of(kind, self._tracks)
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
        """Return the accumulators of a subject, with the seats that successors take."""
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

    def together(
        self, heard: Mapping[Subject, list[Event]]
    ) -> dict[Subject, dict[Track[Any, Any], Accumulator]]:
        """Return the accumulators of subjects between which successions move states.

        Each track's own order is that of the rules. If the orders that these ask for contradict
        each other, the convention holds for the track and nothing is certain.
        """
        tables: Tables = {track: {} for track in self._tracks}
        every = {id(event): event for mine in heard.values() for event in mine}
        ordered = in_order(every.values(), KEYS[self._dates])
        departing = settle_together(
            heard, self._tracks, self._reference, self._dates, self._workings
        )
        rest = [track for track in self._tracks if track not in departing]
        by_convention = {track: tables[track] for track in rest}
        run(ordered, rest, by_convention, self._reference, before=self._before)
        for track, way in departing.items():
            order, opens = way.in_order(ordered)
            mine = {track: tables[track]}
            run(order, [track], mine, self._reference, before=self._before, opens=opens)
        return {
            subject: {track: one[subject] for track, one in tables.items() if subject in one}
            for subject in heard
        }


def _apart(events: list[Event]) -> bool:
    """Return whether each event certainly comes after the one before it."""
    days = list(map(_ON, events))
    return all(map(lt, map(_LATEST, days), islice(map(_EARLIEST, days), 1, None)))


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
    """Add the ends of parties to the events of every subject with records."""
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


def _end_alone(event: Event, found: Mapping[Track[Any, Any], Accumulator]) -> None:
    """Let every state of one subject end that has begun."""
    for track, accumulator in found.items():
        if track.ends_with_a_party:
            accumulator.events.append(event)
            track.handlers[PartyEnded](accumulator.value, event)


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
