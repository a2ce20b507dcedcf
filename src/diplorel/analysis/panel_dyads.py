"""Where a panel takes the states of dyads from: an index by change days, or replays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.replay.snapshot import DyadSnapshot
from diplorel.tracks.visits import VISITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from diplorel.model.reference import Reference
    from diplorel.replay.as_of import AsOfIndex
    from diplorel.replay.snapshot import Snapshot
    from diplorel.tracks.track import Track
    from diplorel.tracks.visits import VisitMade


class IndexedDyads:
    """Dyads of which the states are found by bisection.

    Args:
        index: How each dyad changed, by latest days.
        tracks: The tracks of the index.
        reference: The parties, ladders and coverage.
    """

    def __init__(
        self, index: AsOfIndex, tracks: Sequence[Track[Any, Any]], reference: Reference
    ) -> None:
        self._index, self._tracks, self._reference = index, tracks, reference

    def recorded(self) -> Iterable[tuple[str, str]]:
        """Return the dyads of which something is recorded, each in order of ids."""
        return self._index.dyads(*self._tracks)

    def on(self, pair: tuple[str, str], day: int) -> DyadSnapshot:
        """Return the states of a dyad at the end of a day."""
        history = self._index.history(pair)
        return DyadSnapshot(
            parties=pair,
            day=day,
            undecided=history.undecided_on(day),
            states=history.on(day),
            tracks=self._tracks,
            reference=self._reference,
            accounts={},
        )

    def changes(self, pair: tuple[str, str]) -> Iterator[int]:
        """Yield the days on which what is recorded of a dyad, or left open, can change."""
        history = self._index.history(pair)
        for days in history.days.values():
            yield from days
        for one in (history, *(shared for _, shared in history.shared)):
            for event in one.imprecise:
                yield event.on.lo
                yield event.on.hi

    def visits(self, pair: tuple[str, str]) -> tuple[VisitMade, ...]:
        """Return every visit between two, whenever it was."""
        folded = self._index.history(pair).on(None).get(VISITS)
        return () if folded is None else folded.state.visits


class ReplayedDyads:
    """Dyads of which the states are those of a replay of each day, in whatever way it is made.

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
        """Return the dyads of which something is recorded, each in order of ids."""
        return self._on(None).dyads()

    def on(self, pair: tuple[str, str], day: int) -> DyadSnapshot:
        """Return the states of a dyad at the end of a day."""
        return self._on(day).between(*pair)

    def changes(self, pair: tuple[str, str]) -> Iterable[int]:  # noqa: ARG002  as the other has it
        """Return every day that will be asked for: whether anything changed is not looked up."""
        return self._days

    def visits(self, pair: tuple[str, str]) -> tuple[VisitMade, ...]:
        """Return every visit between two, whenever it was."""
        return self._on(None).between(*pair).state(VISITS).visits
