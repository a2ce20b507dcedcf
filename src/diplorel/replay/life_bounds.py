"""The bounds of parties' lives in the search for the orders of events: who lives when one comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from diplorel.model.lives import LIFE, PartyBegan, PartyEnded, began

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference

Days: TypeAlias = tuple[int, int]
"""The first and the last day, as ordinals, when something can have happened."""


def with_beginnings(
    events: Sequence[Event], days: Sequence[Days], reference: Reference
) -> tuple[Sequence[Event], Sequence[Days]]:
    """Return events and their days, with the beginnings of lives that may come between.

    Only those can matter of a party that comes back, or that began when something had possibly
    happened.
    """
    first = min((lo for lo, _ in days), default=0)
    found = [
        event
        for party in dict.fromkeys(party for event in events for party in event.parties)
        if (known := reference.parties.get(party)) is not None
        and (len(known.lives) > 1 or (known.start is not None and known.start.hi >= first))
        for event in began(known)
    ]
    if not found:
        return events, days
    return [*events, *found], [*days, *((one.on.lo, one.on.hi) for one in found)]


class Bounds:
    """Which parties live after some events of a search are done.

    Args:
        events: The events, by their places.
        reference: The parties.

    Attributes:
        before: By the place of a bound of a life, the bounds of that party before it, as bits.
    """

    def __init__(self, events: Sequence[Event], reference: Reference) -> None:
        self.before: dict[int, int] = {}
        self._marks: list[list[list[tuple[int, bool]]]] = [[] for _ in events]
        bounds = {
            (event.parties[0], type(event), event.on): place
            for place, event in enumerate(events)
            if type(event) in LIFE
        }
        marks = {party: self._marks_of(party, bounds, reference) for party, _, _ in bounds}
        for place, event in enumerate(events):
            if marks and type(event) not in LIFE:
                self._marks[place] = [marks[party] for party in event.parties if party in marks]

    def _marks_of(
        self,
        party: str,
        bounds: Mapping[tuple[str, type[Event], PartialDate], int],
        reference: Reference,
    ) -> list[tuple[int, bool]]:
        """Return the bounds of a party's lives in order: each as a bit, and whether it begins."""
        found: list[tuple[int, bool]] = []
        passed = 0
        known = reference.parties.get(party)
        for life in () if known is None else known.lives:
            for kind, on in ((PartyBegan, life.start), (PartyEnded, life.end)):
                place = None if on is None else bounds.get((party, kind, on))
                if place is not None:
                    found.append((1 << place, kind is PartyBegan))
                    self.before[place] = passed
                    passed |= 1 << place
        return found

    @property
    def are_several(self) -> bool:
        """Whether some party ends and comes back, or the other way round, among the events."""
        return any(len(marks) > 2 for event in self._marks for marks in event)  # noqa: PLR2004  a beginning and an end

    def is_outside(self, place: int, done: int) -> bool:
        """Return whether an event that comes next finds one of its parties without a life.

        Args:
            place: The place of the event.
            done: The events that came before, as bits.
        """
        for marks in self._marks[place]:
            lives = not marks[0][1]
            for bit, begins in marks:
                if done & bit:
                    lives = begins
            if not lives:
                return True
        return False
