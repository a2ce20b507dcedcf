"""As-of by bisection: how each subject changed, folded when it is first asked for, and kept."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from diplorel.model.dates import FIRST_DAY
from diplorel.model.lives import LIFE, PartyEnded
from diplorel.model.records import in_order
from diplorel.replay.day_events import undecided_on, united
from diplorel.replay.fold import by_subject, fold, fold_states, is_of_several
from diplorel.replay.lineages import is_movable
from diplorel.replay.order import Openness
from diplorel.replay.prefixes import changes_by_day
from diplorel.replay.seats import is_passed_on
from diplorel.replay.shared import handing_on, state_between, undecided_between
from diplorel.replay.workings import Workings
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.track import hears

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.accumulators import FoldedState, States, Tables
    from diplorel.tracks.track import Subject, Track

    AnyTrack: TypeAlias = "Track[Any, Any]"


_Changes: TypeAlias = "dict[AnyTrack, tuple[list[int], list[FoldedState[Any] | None]]]"
"""For each track, the days when a subject changed, and the states from those days on."""
_DayFolded: TypeAlias = "tuple[int, Sequence[AnyTrack], States]"
"""A day, the tracks that can have changed on it, and the states at its end."""


def _last_day(event: Event) -> int:
    return event.on.hi


def _add(found: _Changes, track: AnyTrack, day: int, state: FoldedState[Any] | None) -> None:
    days, states = found.setdefault(track, ([], []))
    if days and days[-1] == day:
        states[-1] = state  # a day has one state, that at its end
    else:
        days.append(day)
        states.append(state)


@attrs.frozen
class SubjectHistory:
    """How one subject changed: for each track, the days and the states from those days on.

    Attributes:
        subject: The subject.
        days: For each track, the days when it changed.
        states: For each track, the states from those days on; None where there is none again.
        imprecise: The events whose date is more than one day; for a successor, with those of the
            subjects that it carries on, and with every succession.
        is_successor: Whether it carries on another's state.
        tracks: The tracks.
        shared: Of a dyad, the tracks whose subjects parties share and whose dates leave something
            open, each with the histories of the subjects that both may have a part in.
        events: Of a subject that is not a dyad, every event.
    """

    subject: Subject
    days: Mapping[AnyTrack, tuple[int, ...]]
    states: Mapping[AnyTrack, tuple[FoldedState[Any] | None, ...]]
    imprecise: tuple[Event, ...]
    is_successor: bool
    tracks: Sequence[AnyTrack]
    shared: tuple[tuple[AnyTrack, SubjectHistory], ...] = ()
    events: tuple[Event, ...] = ()

    def on(self, day: int | None) -> dict[AnyTrack, FoldedState[Any]]:
        """Return the state of each track at the end of a day; tracks with nothing yet are left out.

        The cost is a bisection a track.
        """
        found = {}
        for track, days in self.days.items():
            place = len(days) if day is None else bisect_right(days, day)
            if place:
                state = self.states[track][place - 1]
                if state is not None:
                    found[track] = state
        return found

    def undecided_on(self, day: int | None) -> tuple[Event, ...]:
        """Return the events whose dates leave open whether they happened by *day*."""
        if day is None:
            return ()
        mine = self._own_undecided_on(day) if self.imprecise else ()
        if not self.shared:
            return mine
        return united(mine, [event for one in self.shared for event in self._open_in(*one, day)])

    def _own_undecided_on(self, day: int) -> tuple[Event, ...]:
        is_open = any(event.on.lo <= day < event.on.hi for event in self.imprecise)
        if not is_open and not self.is_successor:
            return ()
        ends = any(isinstance(event, PartyEnded) for event in self.imprecise)
        if isinstance(self.subject, str):
            found = undecided_on(self.events, day, self.tracks)
            return found.get(self.subject, ())
        if self.is_successor or ends:
            begun = any(track.sharing is None for track in self.on(day))
            found = undecided_on(self.imprecise, day, self.tracks, (self.subject,) if begun else ())
            return found.get(self.subject, ())
        return tuple(event for event in self.imprecise if event.on.lo <= day < event.on.hi)

    def _open_in(self, track: AnyTrack, history: SubjectHistory, day: int) -> list[Event]:
        """Return the undecided events of a subject that can change what a dyad has in it."""
        undecided = history.undecided_on(day)
        sharing = track.sharing
        if not undecided or sharing is None or isinstance(self.subject, str):
            return []
        folded = history.on(day).get(track)
        moves = handing_on((event for event in history.events if event.on.hi <= day), track)
        return undecided_between(sharing, folded, undecided, moves, self.subject)


class AsOfIndex:
    """The events by subject, and the history of each subject that was asked for.

    The events can be given in any order. Building it is one pass over them. A subject's history is
    folded when it is first asked for, and kept; from then on each question is a bisection.
    """

    def __init__(
        self, events: Sequence[Event], tracks: Sequence[AnyTrack], reference: Reference
    ) -> None:
        events = (*events, *reference.ends)
        self._tracks = tracks
        self._reference = reference
        self._openness = Openness(tracks)
        self._histories: dict[Subject, SubjectHistory] = {}
        self._folded: dict[tuple[int, ...], list[_DayFolded]] = {}
        self._events = by_subject(events, tracks)
        self._predecessors: dict[Subject, set[Subject]] = {}
        self._successors: dict[Subject, set[Subject]] = {}
        for event in events:
            if isinstance(event, PartySucceeded):
                for old, new in event.moves():
                    self._predecessors.setdefault(new, set()).add(old)
                    self._successors.setdefault(old, set()).add(new)

    def subjects(self) -> Iterable[Subject]:
        """Return every subject that some event touches."""
        return self._events.keys()

    def dyads(self, *tracks: AnyTrack) -> set[tuple[str, str]]:
        """Return every dyad that some event touches.

        Args:
            *tracks: Of those among them whose subjects parties share, such as treaties, the dyads
                of everybody named in one count as well.
        """
        found = {one for one in self._events if isinstance(one, tuple)}
        for track in tracks:
            belonging: dict[str, list[str]] = {}
            for party, subjects in self._by_party.get(track, {}).items():
                for subject in subjects:
                    belonging.setdefault(subject, []).append(party)
            for parties in belonging.values():
                found.update(combinations(sorted(parties), 2))
        return found

    def events(self, subject: Subject) -> tuple[Event, ...]:
        """Return the events that touch a subject or those it carries on, in order.

        Of a dyad, those too that concern the two in what they share with others.
        """
        mine = self._events_of(self._lineage(subject))
        if isinstance(subject, str):
            return mine
        states = self.history(subject).on(None)
        shared = [one for track in states if track.sharing for one in states[track].events]
        return united(mine, shared)

    def _events_of(self, subjects: Iterable[Subject]) -> tuple[Event, ...]:
        events = {id(event): event for one in subjects for event in self._events.get(one, ())}
        return tuple(in_order(events.values()))

    def _lineage(self, subject: Subject) -> set[Subject]:
        """Return a subject with those whose relations it carries on, however far back."""
        return _reached(subject, self._predecessors)

    def _family(self, subject: Subject) -> set[Subject]:
        """Return a subject with all that successions join to it: their order is searched as one."""
        return _reached(subject, self._predecessors, self._successors)

    def _once(
        self, subject: Subject, events: Sequence[Event], tracks: Sequence[AnyTrack]
    ) -> _Changes:
        """Return how a subject changed in tracks where the order of its events is certain."""
        found: _Changes = {}
        heard: dict[AnyTrack, int] = {}

        def watch(event: Event, tables: Tables) -> None:
            for track in tracks:
                accumulator = tables[track].get(subject)
                if accumulator is None:
                    continue
                if heard.get(track) != len(accumulator.events):
                    heard[track] = len(accumulator.events)
                    _add(found, track, event.on.hi, accumulator.freeze(track))

        fold(events, tracks, self._reference, after=watch)
        return found

    def _by_day(
        self, subject: Subject, events: Sequence[Event], tracks: Sequence[AnyTrack]
    ) -> _Changes:
        """Return how a subject changed in tracks where what comes later can show another order.

        One pass finds it for each track on whose order nothing else bears; so it is with all of
        them until the first succession. For the others, each day is folded anew.
        """
        found: _Changes = {}
        moves = [event.on.hi for event in events if type(event) is PartySucceeded]
        since = min(moves, default=FIRST_DAY)
        own = {*map(id, self._events.get(subject, ()))} if moves else ()
        mine = [one for one in events if id(one) in own and one.on.hi < since] if moves else events
        open_ = self._open_tracks(subject, mine) if moves else tracks
        alone = [track for track in tracks if self._is_alone(track, subject, mine, open_)]
        if moves and len(alone) < len(tracks):
            alone, since = [], FIRST_DAY
        for track in alone:
            heard = [event for event in mine if type(event) in track.handlers]
            for day, state in changes_by_day(heard, track, self._reference):
                _add(found, track, day, state)
        rest = tracks if moves else [track for track in tracks if track not in alone]
        self._add_days(found, subject, events, rest, since)
        return found

    def _add_days(
        self,
        found: _Changes,
        subject: Subject,
        events: Sequence[Event],
        tracks: Sequence[AnyTrack],
        since: int,
    ) -> None:
        """Add how a subject changed from a day on; each day is folded anew."""
        last = {track: found[track][1][-1] for track in tracks if track in found}
        if not any(type(event) is PartySucceeded for event in events):
            folds = self._folds(events, tracks, since)
        else:  # the fold of a predecessor is also that of its successor
            key = (since, *map(id, events))
            if key not in self._folded:
                self._folded[key] = [*self._folds(events, tracks, since)]
            folds = self._folded[key]
        for day, changing, folded in folds:
            for track in [track for track in changing if track in tracks]:
                state = folded[track].get(subject)
                if state is not None and last.get(track) != state:
                    last[track] = state
                    _add(found, track, day, state)

    def _folds(
        self, events: Sequence[Event], tracks: Sequence[AnyTrack], since: int
    ) -> Iterable[_DayFolded]:
        """Yield the days from one on, with the tracks that can change and the states then."""
        moved = any(type(event) is PartySucceeded for event in events)
        workings = Workings() if moved else None  # then all tracks are folded on each day
        for day, new in groupby(events if tracks else (), key=_last_day):
            if day < since:
                continue
            kinds = {type(event) for event in new}
            changing = (
                self._tracks  # a succession moves all states in one order
                if moved or kinds & LIFE
                else self._with_hearers(
                    track for track in tracks if not kinds.isdisjoint(track.handlers)
                )
            )
            happened = events[: bisect_right(events, day, key=_last_day)]
            some = self._with_heard(changing)
            yield day, changing, fold_states(happened, some, self._reference, workings=workings)

    @cached_property
    def _hearers(self) -> Mapping[AnyTrack, Sequence[AnyTrack]]:
        """For each track, itself and those that hear it, however far away.

        What one track's rules say of the order of its events, those take in as well.
        """
        found = {}
        for track in self._tracks:
            hearers = [track]
            for heard in hearers:  # it grows
                hearers += [one for one in self._tracks if one not in hearers and hears(one, heard)]
            found[track] = hearers
        return found

    def _with_hearers(self, tracks: Iterable[AnyTrack]) -> list[AnyTrack]:
        """Return some tracks with those that hear them, however far away."""
        return list(dict.fromkeys(one for track in tracks for one in self._hearers[track]))

    def _with_heard(self, tracks: Sequence[AnyTrack]) -> list[AnyTrack]:
        """Return some tracks with those whose events they hear, however far away."""
        return [one for one in self._tracks if any(it in tracks for it in self._hearers[one])]

    def history(self, subject: Subject) -> SubjectHistory:
        """Return how a subject changed; folded on the first call, kept for the next."""
        known = self._histories.get(subject)
        if known is None:
            known = self._histories[subject] = self._fold(subject)
        return known

    def _fold(self, subject: Subject) -> SubjectHistory:
        lineage, family = self._lineage(subject), self._family(subject)
        events = self._events_of(lineage)
        together = events if family == lineage else self._events_of(family)
        is_successor = bool(self._predecessors.get(subject))
        open_ = self._open_tracks(subject, together)
        settled = [track for track in self._tracks if track not in open_]
        found = self._once(subject, events, settled) if settled else {}
        found |= self._by_day(subject, together, open_) if open_ else {}
        shared: list[tuple[AnyTrack, SubjectHistory]] = []
        if isinstance(subject, tuple):
            for track, histories in self._shared_by(*subject):
                _add_shared(found, track, histories, *subject)
                shared += [(track, history) for history in histories if history.imprecise]
        return SubjectHistory(
            subject,
            {track: tuple(days) for track, (days, _) in found.items()},
            {track: tuple(states) for track, (_, states) in found.items()},
            tuple(
                event
                for event in events
                if event.on.lo != event.on.hi
                or (is_successor and isinstance(event, PartySucceeded))
            ),
            is_successor,
            self._tracks,
            tuple(shared),
            events if isinstance(subject, str) else (),
        )

    def _open_tracks(self, subject: Subject, events: Sequence[Event]) -> Sequence[AnyTrack]:
        """Return the tracks of a subject whose order dates leave open, be it through another's."""
        if is_passed_on(subject, events):
            return self._tracks
        moves = [event for event in events if isinstance(event, PartySucceeded)]
        if moves:
            is_open = self._openness.of(events) or any(is_movable(one, moves) for one in events)
            return self._tracks if is_open else ()
        if not self._openness.of(events):
            return ()
        return self._with_hearers(
            track
            for track in self._tracks
            if track.has_order
            and Openness([track]).of(one for one in events if type(one) in track.handlers)
        )

    def _is_alone(
        self, track: AnyTrack, subject: Subject, events: Sequence[Event], open_: Sequence[AnyTrack]
    ) -> bool:
        """Return whether nothing but a dyad's own events of a track bears on their order."""
        kinds = {type(event) for event in events} - LIFE
        if not isinstance(subject, tuple) or kinds.isdisjoint(track.handlers):
            return isinstance(subject, tuple)
        return (
            track.start_in is None
            and PartySucceeded not in kinds
            and not any(is_of_several(kind, self._tracks) for kind in kinds)
            and not any(
                kind in track.handlers and kind in other.handlers
                for other in open_
                if other is not track
                for kind in kinds
            )
        )

    @cached_property
    def _by_party(self) -> Mapping[AnyTrack, Mapping[str, set[str]]]:
        """For each track whose subjects parties share, the subjects that name a party."""
        found: dict[AnyTrack, dict[str, set[str]]] = {
            track: {} for track in self._tracks if track.sharing is not None
        }
        for subject, events in self._events.items():
            if not isinstance(subject, str):
                continue
            for track, named in found.items():
                if any(type(event) in track.owns for event in events):
                    for party in {party for event in events for party in event.parties}:
                        named.setdefault(party, set()).add(subject)
        return found

    def _shared_by(self, a: str, b: str) -> Iterator[tuple[AnyTrack, list[SubjectHistory]]]:
        """Yield the histories of the subjects that name both of two, by track."""
        nothing: set[str] = set()
        for track, named in self._by_party.items():
            both = named.get(a, nothing) & named.get(b, nothing)
            if both:
                yield track, [self.history(subject) for subject in sorted(both)]


def _add_shared(
    found: _Changes, track: AnyTrack, histories: Sequence[SubjectHistory], a: str, b: str
) -> None:
    """Add the changes of what two share, on the days when the subjects change."""
    last: FoldedState[Any] | None = None
    for day in sorted({day for history in histories for day in history.days.get(track, ())}):
        states = ((str(history.subject), history.on(day).get(track)) for history in histories)
        given = [(subject, state) for subject, state in states if state is not None]
        now = state_between(track, given, a, b)
        if now != last:
            _add(found, track, day, now)
            last = now


def _reached(subject: Subject, *ways: Mapping[Subject, set[Subject]]) -> set[Subject]:
    """Return a subject with everything that some ways lead to from it, however far."""
    found, new = {subject}, [subject]
    for one in new:  # it grows
        near = {other for way in ways for other in way.get(one, ())} - found
        found |= near
        new += near
    return found
