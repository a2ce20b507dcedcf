"""What a panel says of a dyad on a day, and how each value is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diplorel.analysis.possible_standings import standings_of
from diplorel.analysis.standing import standing_on
from diplorel.model.runs import DateRuns, Runs
from diplorel.tracks.level import LEVEL, LevelStatus
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.analysis.standing import Standing
    from diplorel.model.column import Column
    from diplorel.model.reference import Reference
    from diplorel.replay.snapshot import DyadSnapshot
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


class TrackGroup:
    """The columns that a track offers.

    Args:
        track: The track.
    """

    def __init__(self, track: Track[Any, Any]) -> None:
        self._track = track
        self._runs = [
            (column, _runs_of(column), known_column(column.name) if column.has_known else None)
            for column in track.columns
        ]

    def values(self, dyad: DyadSnapshot, a: str, b: str) -> tuple[Any, ...]:
        """Return the values of a dyad, from the side of *a*."""
        state, events = dyad.state(self._track), dyad.events(self._track)
        is_unknown = self._track.name in dyad.unknown
        found: list[Any] = []
        told, known = True, ""
        for column, _runs, how in self._runs:
            if how is not None:
                told = column.is_told(state, events, a, b)
                known = how_known(dyad, self._track, told=told)
            found.append(column.of(state, a, b) if told or not is_unknown else None)
            if how is not None:
                found.append(known)
        return tuple(found)

    def add(self, values: tuple[Any, ...], count: int) -> None:
        """Add values for so many rows."""
        given = iter(values)
        for _, runs, how in self._runs:
            runs.add(next(given), count)
            if how is not None:
                how.add(next(given), count)

    def columns(self) -> Iterator[Column]:
        """Yield the columns, each before the one that says how it is known."""
        for _, runs, how in self._runs:
            yield from runs.columns() if isinstance(runs, DateRuns) else (runs.column(),)
            if how is not None:
                yield how.column()


def _runs_of(column: StateColumn[Any]) -> Runs | DateRuns:
    about = {"title": column.title, "note": column.note, "unit": column.unit}
    if column.kind == "date":
        return DateRuns(column.name, **about)
    return Runs(column.name, column.kind, column.labels, **about)


_LEVEL: Final = (
    ("", "text", "the level on the ladder of {side}; missing where none is held, or it is unknown"),
    ("_rank", "integer", "its rank; 0 where none is held, missing where it has none"),
    ("_rank_min", "integer", "the least rank that the dates allow; 0 for none"),
    ("_rank_max", "integer", "the greatest rank that the dates allow, or that an absence leaves"),
)


class LevelGroup:
    """The level on the ladder of each side, with its rank and what the dates leave of it.

    Args:
        reference: The ladders.
    """

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._runs: list[Runs] = []
        for side in "ab":
            whose = f"party_{side}"
            self._runs += [
                Runs(f"level_{side}{end}", kind, None, note=note.format(side=whose))  # type: ignore[arg-type]
                for end, kind, note in _LEVEL
            ]
            self._runs += [
                Runs(f"level_{side}_status", "enum", _STATUS, note=f"on the ladder of {whose}"),
                known_column(f"level_{side}"),
            ]

    def values(self, dyad: DyadSnapshot, a: str, b: str) -> tuple[Any, ...]:
        """Return the values of a dyad, from the side of *a*."""
        return tuple(value for side in (a, b) for value in _on_ladder(dyad, side, self._reference))

    def add(self, values: tuple[Any, ...], count: int) -> None:
        """Add values for so many rows."""
        for runs, value in zip(self._runs, values, strict=True):
            runs.add(value, count)

    def columns(self) -> Iterator[Column]:
        """Yield the columns, those of party_a first."""
        for runs in self._runs:
            yield runs.column()


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
