"""As-of by bisection: how each subject changed, folded when it is first asked for, and kept."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from diplorel.model.lives import PartyEnded
from diplorel.model.records import in_order
from diplorel.replay.fold import by_subject, fold, fold_states
from diplorel.replay.order import Openness
from diplorel.replay.snapshot import undecided_on
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.fold import FoldedState, Tables
    from diplorel.tracks.track import Subject, Track

    AnyTrack: TypeAlias = "Track[Any, Any]"


_Changes: TypeAlias = "dict[AnyTrack, tuple[list[int], list[FoldedState[Any]]]]"
"""For each track, the days on which a subject changed, and the states from those days on."""


def _add(found: _Changes, track: AnyTrack, day: int, state: FoldedState[Any]) -> None:
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
        days: For each track, the days on which it changed.
        states: For each track, the states from those days on.
        imprecise: The events whose date is more than one day; for a successor, with those of the
            subjects that it carries on, and with every succession.
        is_successor: Whether it carries on another's state.
        tracks: The tracks.
    """

    subject: Subject
    days: Mapping[AnyTrack, tuple[int, ...]]
    states: Mapping[AnyTrack, tuple[FoldedState[Any], ...]]
    imprecise: tuple[Event, ...]
    is_successor: bool
    tracks: Sequence[AnyTrack]

    def on(self, day: int | None) -> dict[AnyTrack, FoldedState[Any]]:
        """Return the state of each track at the end of a day; tracks with nothing yet are left out.

        The cost is a bisection a track.
        """
        found = {}
        for track, days in self.days.items():
            place = len(days) if day is None else bisect_right(days, day)
            if place:
                found[track] = self.states[track][place - 1]
        return found

    def undecided_on(self, day: int | None) -> tuple[Event, ...]:
        """Return the events of which the dates leave open whether they happened by *day*."""
        if day is None or not self.imprecise:
            return ()
        if self.is_successor or any(isinstance(event, PartyEnded) for event in self.imprecise):
            begun = (self.subject,) if self.on(day) else ()
            found = undecided_on(self.imprecise, day, self.tracks, begun)
            return found.get(self.subject, ())
        return tuple(event for event in self.imprecise if event.on.lo <= day < event.on.hi)


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
        self._events = by_subject(events, tracks)
        self._predecessors: dict[Subject, set[Subject]] = {}
        for event in events:
            if isinstance(event, PartySucceeded):
                for old, new in event.moves():
                    self._predecessors.setdefault(new, set()).add(old)

    def subjects(self) -> Iterable[Subject]:
        """Return every subject that some event touches."""
        return self._events.keys()

    def events(self, subject: Subject) -> tuple[Event, ...]:
        """Return the events that touch a subject or those it carries on, in order."""
        lineage = self._lineage(subject)
        events = {id(event): event for one in lineage for event in self._events.get(one, ())}
        return tuple(in_order(events.values()))

    def _lineage(self, subject: Subject) -> set[Subject]:
        """Return a subject with those whose relations it carries on, however far back."""
        lineage, new = {subject}, [subject]
        while new:
            new = [
                old for one in new for old in self._predecessors.get(one, ()) if old not in lineage
            ]
            lineage.update(new)
        return lineage

    def _once(self, subject: Subject, events: Sequence[Event]) -> _Changes:
        """Return how a subject changed where the dates of its events leave no order open."""
        found: _Changes = {}
        heard: dict[AnyTrack, tuple[int, bool]] = {}

        def watch(event: Event, tables: Tables) -> None:
            for track in self._tracks:
                accumulator = tables[track].get(subject)
                if accumulator is None:
                    continue
                now = (len(accumulator.events), accumulator.certain)
                if heard.get(track) != now:
                    heard[track] = now
                    _add(found, track, event.on.hi, accumulator.freeze(track))

        fold(events, self._tracks, self._reference, after=watch)
        return found

    def _by_day(self, subject: Subject, events: Sequence[Event]) -> _Changes:
        """Return how a subject changed where what comes later can show the order otherwise.

        Each day is folded anew, of what had happened by then.
        """
        found: _Changes = {}
        last: dict[AnyTrack, FoldedState[Any]] = {}
        for day in sorted({event.on.hi for event in events}):
            happened = [event for event in events if event.on.hi <= day]
            for track, table in fold_states(happened, self._tracks, self._reference).items():
                state = table.get(subject)
                if state is not None and last.get(track) != state:
                    last[track] = state
                    _add(found, track, day, state)
        return found

    def history(self, subject: Subject) -> SubjectHistory:
        """Return how a subject changed; folded on the first call, kept for the next."""
        known = self._histories.get(subject)
        if known is None:
            known = self._histories[subject] = self._fold(subject)
        return known

    def _fold(self, subject: Subject) -> SubjectHistory:
        events = self.events(subject)
        is_successor = bool(self._predecessors.get(subject))
        found = (
            self._by_day(subject, events)
            if self._openness.of(events)
            else self._once(subject, events)
        )
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
        )
