"""As-of by bisection: how each subject changed, folded when it is first asked for, and kept."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from diplorel.event import Event
from diplorel.records import in_order
from diplorel.replay import Folded, Tables, by_subject, fold, folded, open_on
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.track import Subject, Track

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Track_: TypeAlias = "Track[Any, Any]"


@attrs.frozen
class History:
    """How one subject changed: for each track, the days and the states from those days on.

    Attributes:
        subject: The subject.
        days: For each track, the days on which it changed.
        states: For each track, the states from those days on.
        imprecise: The acts whose date is more than one day; for an heir, with those of the
            subjects that it carries on, and with every succession.
        heir: Whether it carries on another's state.
        tracks: The tracks.
    """

    subject: Subject
    days: Mapping[Track_, tuple[int, ...]]
    states: Mapping[Track_, tuple[Folded[Any], ...]]
    imprecise: tuple[Event, ...]
    heir: bool
    tracks: Sequence[Track_]

    def on(self, day: int | None) -> dict[Track_, Folded[Any]]:
        """Return the state of each track at the end of a day; tracks with nothing yet are left out.

        The cost is a bisection a track.
        """
        found = {}
        for track, days in self.days.items():
            place = len(days) if day is None else bisect_right(days, day)
            if place:
                found[track] = self.states[track][place - 1]
        return found

    def open_on(self, day: int | None) -> tuple[Event, ...]:
        """Return the acts of which the dates leave open whether they happened by *day*."""
        if day is None or not self.imprecise:
            return ()
        if self.heir:
            return open_on(self.imprecise, day, self.tracks).get(self.subject, ())
        return tuple(event for event in self.imprecise if event.on.lo <= day < event.on.hi)


class Index:
    """The acts by subject, and the history of each subject that was asked for.

    The acts can be given in any order. Building it is one pass over them. A subject's history is
    folded when it is first asked for, and kept; from then on each question is a bisection.
    """

    def __init__(self, events: Sequence[Event], tracks: Sequence[Track_]) -> None:
        self._tracks = tracks
        self._histories: dict[Subject, History] = {}
        self._events = by_subject(events, tracks)
        self._kin: dict[Subject, set[Subject]] = {}
        for event in events:
            if isinstance(event, PartySucceeded):
                for old, new in event.moves():
                    self._kin.setdefault(new, set()).add(old)

    def subjects(self) -> Iterable[Subject]:
        """Return every subject that some act touches."""
        return self._events.keys()

    def events(self, subject: Subject) -> tuple[Event, ...]:
        """Return the acts that touch a subject or those it carries on, in order."""
        family = self._family(subject)
        acts = {id(event): event for one in family for event in self._events.get(one, ())}
        return tuple(in_order(acts.values()))

    def _family(self, subject: Subject) -> set[Subject]:
        """Return a subject with those whose relations it carries on, however far back."""
        family, new = {subject}, [subject]
        while new:
            new = [old for one in new for old in self._kin.get(one, ()) if old not in family]
            family.update(new)
        return family

    def history(self, subject: Subject) -> History:
        """Return how a subject changed; folded on the first call, kept for the next."""
        known = self._histories.get(subject)
        if known is None:
            known = self._histories[subject] = self._fold(subject)
        return known

    def _fold(self, subject: Subject) -> History:
        events = self.events(subject)
        days: dict[Track_, list[int]] = {}
        states: dict[Track_, list[Folded[Any]]] = {}
        heard: dict[Track_, tuple[int, bool]] = {}

        def watch(event: Event, tables: Tables) -> None:
            for track in self._tracks:
                cell = tables[track].get(subject)
                if cell is None or heard.get(track) == (len(cell.events), cell.certain):
                    continue
                heard[track] = (len(cell.events), cell.certain)
                state = folded(track, cell)
                if days.setdefault(track, []) and days[track][-1] == event.on.hi:
                    states[track][-1] = state  # a day has one state, that at its end
                else:
                    days[track].append(event.on.hi)
                    states.setdefault(track, []).append(state)

        fold(events, self._tracks, after=watch)
        heir = bool(self._kin.get(subject))
        return History(
            subject,
            {track: tuple(found) for track, found in days.items()},
            {track: tuple(found) for track, found in states.items()},
            tuple(
                event
                for event in events
                if event.on.lo != event.on.hi or (heir and isinstance(event, PartySucceeded))
            ),
            heir,
            self._tracks,
        )
