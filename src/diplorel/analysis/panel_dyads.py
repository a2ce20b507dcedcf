"""Where a panel takes the states of dyads from: an index by change days, or replays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.model.lives import LIFE
from diplorel.replay.dyad import DyadSnapshot
from diplorel.replay.fold import fold_states
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.visits import VISITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.accumulators import FoldedState
    from diplorel.replay.as_of import AsOfIndex
    from diplorel.replay.snapshot import Snapshot
    from diplorel.tracks.track import Subject, Track
    from diplorel.tracks.visits import VisitMade


class IndexedDyads:
    """Dyads whose states are found by bisection.

    Args:
        index: How each dyad changed, by latest days.
        tracks: The tracks of the index that are asked for.
        visits: What was observed of each dyad, whenever it was.
        reference: The parties, ladders and coverage.
    """

    def __init__(
        self,
        index: AsOfIndex,
        tracks: Sequence[Track[Any, Any]],
        visits: Mapping[Subject, FoldedState[Any]],
        reference: Reference,
    ) -> None:
        self._index, self._tracks, self._visits = index, tracks, visits
        self._reference = reference

    def recorded(self) -> Iterable[tuple[str, str]]:
        """Return the dyads with records, each in order of ids."""
        observed = {one for one in self._visits if isinstance(one, tuple)}
        return self._index.dyads(*self._tracks) | observed

    def on(
        self, pair: tuple[str, str], day: int, tracks: Sequence[Track[Any, Any]]
    ) -> DyadSnapshot:
        """Return the states of a dyad at the end of a day, in some tracks."""
        history = self._index.history(pair)
        return DyadSnapshot(
            parties=pair,
            day=day,
            undecided=history.undecided_on(day),
            states={track: one for track, one in history.on(day).items() if track in tracks},
            tracks=tracks,
            reference=self._reference,
            accounts={},
        )

    def changes(self, pair: tuple[str, str], tracks: Sequence[Track[Any, Any]]) -> list[int]:
        """Return the days when tracks of a dyad, or what is open in them, can change."""
        history = self._index.history(pair)
        # what an open date means for two parties hangs on how far they belong to what they share
        every = (history, *(shared for _, shared in history.shared))
        found = {day for one in every for track in tracks for day in one.days.get(track, ())}
        for event in (event for one in every for event in one.imprecise):
            kind = type(event)
            if kind in LIFE or kind is PartySucceeded or any(kind in it.handlers for it in tracks):
                found |= {event.on.lo, event.on.hi}
        return sorted(found)

    def visits(self, pair: tuple[str, str]) -> tuple[VisitMade, ...]:
        """Return every visit between two, whenever it was."""
        folded = self._visits.get(pair)
        return () if folded is None else folded.state.visits


class ReplayedDyads:
    """Dyads whose states are those of a replay of each day, in whatever way it is made.

    Args:
        replay: Returns the snapshot of a day; None asks for all that is recorded.
        days: The days that will be asked for, as ordinals.
    """

    def __init__(self, replay: Callable[[int | None], Snapshot], days: Sequence[int]) -> None:
        self._replay, self._days = replay, days
        self._snapshots: dict[int | None, Snapshot] = {}

    def _on(self, day: int | None) -> Snapshot:
        if day not in self._snapshots:
            self._snapshots[day] = self._replay(day)
        return self._snapshots[day]

    def recorded(self) -> Iterable[tuple[str, str]]:
        """Return the dyads with records, each in order of ids."""
        return self._on(None).dyads()

    def on(
        self,
        pair: tuple[str, str],
        day: int,
        tracks: Sequence[Track[Any, Any]],  # noqa: ARG002  as the other has it
    ) -> DyadSnapshot:
        """Return the states of a dyad at the end of a day."""
        return self._on(day).between(*pair)

    def changes(
        self,
        pair: tuple[str, str],  # noqa: ARG002  likewise
        tracks: Sequence[Track[Any, Any]],  # noqa: ARG002  likewise
    ) -> Sequence[int]:
        """Return every day that will be asked for: whether anything changed is not looked up."""
        return self._days

    def visits(self, pair: tuple[str, str]) -> tuple[VisitMade, ...]:
        """Return every visit between two, whenever it was."""
        return self._on(None).between(*pair).state(VISITS).visits


def visits_of(events: Iterable[Event], reference: Reference) -> Mapping[Subject, FoldedState[Any]]:
    """Return what was observed of each dyad, whenever it was: visits have no order to look for."""
    kinds = {*VISITS.handlers, PartySucceeded}
    mine = [event for event in events if type(event) in kinds]
    return fold_states(mine, (VISITS,), reference)[VISITS]
