"""What a panel says of a dyad on a day, and how each value is known."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Final

from diplorel.analysis.possible_standings import standings_of
from diplorel.analysis.standing import standing_on
from diplorel.model.runs import Runs, date_runs, date_values
from diplorel.tracks.level import LEVEL, LevelStatus
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TIES

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator, Sequence

    from diplorel.analysis.standing import Standing
    from diplorel.model.column import Column
    from diplorel.model.reference import Reference
    from diplorel.replay.dyad import DyadSnapshot
    from diplorel.tracks.columns import StateColumn
    from diplorel.tracks.track import Track

KNOWN: Final = {
    "unknown": "nothing is recorded, and no stream says that there is nothing",
    "undecided": "the dates leave it open",
    "contested": "states disagree whether one of the two went on in law",
    "as-last-recorded": "recorded; no stream vouches for it on that day",
    "known": "a stream says that it is complete on that day",
}
"""How a value can be known, the least first."""
_STATUS: Final = {one.value: one.value for one in LevelStatus if one is not LevelStatus.UNKNOWN}
_HOW: Final = {"unknown": "unknown", "undecided": "undecided", "contested": "contested"} | {
    "as-last-recorded": "as last recorded",
    "known": "known",
}


def known_column(name: str) -> Runs:
    """Return the column that says how a value is known."""
    return Runs(f"{name}_known", "enum", _HOW, note=f"how {name} is known")


def how_known(dyad: DyadSnapshot, track: Track[Any, Any], *, told: bool) -> str:
    """Return how a value of a track is known.

    Args:
        dyad: The states of the dyad.
        track: The track.
        told: Whether something of what the value is about is recorded.
    """
    if not dyad.is_certain(track):
        return "undecided"
    if track.name in dyad.unknown and not told:
        return "unknown"
    if dyad.contested:
        return "contested"
    return "as-last-recorded" if track.name in dyad.last_recorded else "known"


class Group(ABC):
    """Columns that change together: their values are written in runs.

    Args:
        deciding: The tracks without a record, whose values are those of any such dyad.
        tracks: The tracks that they are made of.
        runs: The columns.
        is_alike: Whether two dyads without records have the same values if the same is known of
            their parties. A track of the caller's own may ask for the ids.
    """

    def __init__(
        self,
        deciding: tuple[Track[Any, Any], ...],
        tracks: tuple[Track[Any, Any], ...],
        runs: Sequence[Runs],
        *,
        is_alike: bool,
    ) -> None:
        self.deciding: tuple[Track[Any, Any], ...] = deciding
        self.tracks: tuple[Track[Any, Any], ...] = tracks
        self.is_alike: bool = is_alike
        self._runs = runs
        self.blank: dict[Any, list[array[Any]]] = {}

    def coded(self, dyad: DyadSnapshot, a: str, b: str) -> list[array[Any]]:
        """Return the values of a dyad, from the side of *a*, as the columns store them."""
        values = zip(self._runs, self._values(dyad, a, b), strict=True)
        return [runs.coded(value) for runs, value in values]

    @abstractmethod
    def _values(self, dyad: DyadSnapshot, a: str, b: str) -> Iterable[Any]:
        """Return the values of a dyad, from the side of *a*, one for each column."""

    def add(self, coded: Sequence[array[Any]], count: int) -> None:
        """Add values for so many rows."""
        for runs, one in zip(self._runs, coded, strict=True):
            runs.add_coded(one, count)

    def columns(self) -> Iterator[Column]:
        """Yield the columns, in order."""
        for runs in self._runs:
            yield runs.column()


class TrackGroup(Group):
    """The columns that a track offers, each before the one that says how it is known.

    Args:
        track: The track.
        is_alike: Whether it asks for no ids where nothing is recorded.
    """

    def __init__(self, track: Track[Any, Any], *, is_alike: bool) -> None:
        self._track = track
        runs: list[Runs] = []
        for column in track.columns:
            runs += _runs_of(column)
            if column.has_known:
                runs.append(known_column(column.name))
        super().__init__((track,), (track,), runs, is_alike=is_alike)

    def _values(self, dyad: DyadSnapshot, a: str, b: str) -> list[Any]:
        state, events = dyad.state(self._track), dyad.events(self._track)
        is_unknown = self._track.name in dyad.unknown
        found: list[Any] = []
        told, known = True, ""
        for column in self._track.columns:
            if column.has_known:
                told = column.is_told(state, events, a, b)
                known = how_known(dyad, self._track, told=told)
            value = column.of(state, a, b) if told or not is_unknown else None
            found += date_values(value) if column.kind == "date" else (value,)
            if column.has_known:
                found.append(known)
        return found


def _runs_of(column: StateColumn[Any]) -> Sequence[Runs]:
    about = {"title": column.title, "note": column.note, "unit": column.unit}
    if column.kind == "date":
        return date_runs(column.name, **about)
    return (Runs(column.name, column.kind, column.labels, **about),)


_LEVEL: Final = (
    ("", "text", "the level on the ladder of {side}; missing where none is held, or it is unknown"),
    ("_rank", "integer", "its rank; 0 where none is held, missing where it has none"),
    ("_rank_min", "integer", "the least rank that the dates allow; 0 for none"),
    ("_rank_max", "integer", "the greatest rank that the dates allow, or that an absence leaves"),
)


class LevelGroup(Group):
    """The level on the ladder of each side, with its rank and what the dates leave of it.

    Args:
        reference: The ladders.
    """

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        runs: list[Runs] = []
        for side in "ab":
            whose = f"party_{side}"
            runs += [
                Runs(f"level_{side}{end}", kind, None, note=note.format(side=whose))  # type: ignore[arg-type]
                for end, kind, note in _LEVEL
            ]
            runs += [
                Runs(f"level_{side}_status", "enum", _STATUS, note=f"on the ladder of {whose}"),
                known_column(f"level_{side}"),
            ]
        super().__init__((LEVEL,), (TIES, LEVEL), runs, is_alike=True)

    def _values(self, dyad: DyadSnapshot, a: str, b: str) -> tuple[Any, ...]:
        return (*_on_ladder(dyad, a, self._reference), *_on_ladder(dyad, b, self._reference))


def _on_ladder(dyad: DyadSnapshot, ladder: str, reference: Reference) -> tuple[Any, ...]:
    held = standing_on(dyad, ladder, reference)
    known = _how_held(dyad, held)
    if known == "unknown":
        least, most = None, None
        if held.below is not None and held.below.rank is not None:
            ranks = [one.rank for one in reference.ladder[ladder].levels if one.rank is not None]
            least, most = 0, max((one for one in ranks if one < held.below.rank), default=0)
        return (None, None, least, most, None, known)
    rank = held.level.rank if held.level is not None else 0
    least, most = (rank, rank) if held.certain else _bounds(dyad, ladder, reference)
    level = None if held.level is None else held.level.id
    if held.status is LevelStatus.UNKNOWN:  # an event may have happened, and nobody vouches before
        return (None, None, least, most, None, known)
    return (level, rank, least, most, held.status.value, known)


def _how_held(dyad: DyadSnapshot, held: Standing) -> str:
    if not held.certain:
        return "undecided"
    if held.status is LevelStatus.UNKNOWN:
        return "unknown"
    if dyad.contested:
        return "contested"
    return "as-last-recorded" if held.last_recorded else "known"


def _bounds(dyad: DyadSnapshot, ladder: str, reference: Reference) -> tuple[int | None, int | None]:
    """Return the least and the greatest rank that the dates allow; 0 for no level."""
    events = {event.id: event for track in (TIES, LEVEL) for event in dyad.events(track)}
    bearing = {*TIES.handlers, *LEVEL.handlers, PartySucceeded}
    events |= {event.id: event for event in dyad.undecided if type(event) in bearing}
    found = standings_of(dyad.parties, (*events.values(),), dyad.day, ladder, reference)
    if any(one.level is not None and one.rank is None for one in found):
        return None, None  # a level without a rank is one of them
    ranks = [one.rank or 0 for one in found]
    return min(ranks, default=None), max(ranks, default=None)
