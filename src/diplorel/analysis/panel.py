"""Panels: a row for each pair of states and year, month or day, with how each value is known.

A pair is asked once for each period without change, group of columns by group,
and its values are written in runs, so that millions of rows cost little more than their columns.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

import attrs

from diplorel.analysis.panel_parties import PanelParties, pieces
from diplorel.analysis.panel_values import LevelGroup, TrackGroup
from diplorel.analysis.panel_visits import VisitGroup
from diplorel.model.dates import LAST_DAY
from diplorel.model.runs import Runs
from diplorel.model.table import Table
from diplorel.tracks.agreements import AGREEMENTS
from diplorel.tracks.level import LEVEL
from diplorel.tracks.missions import MISSIONS
from diplorel.tracks.ties import TIES
from diplorel.tracks.visits import VISITS

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from diplorel.analysis.panel_grid import Alive, Grid
    from diplorel.analysis.panel_values import Group
    from diplorel.model.column import Column
    from diplorel.model.reference import Reference
    from diplorel.replay.dyad import DyadSnapshot
    from diplorel.tracks.track import Track
    from diplorel.tracks.visits import VisitMade

Pair: TypeAlias = "tuple[str, str]"
_CODED: Final = "as of the day; missing where the scheme has none"
COLUMNS: Final[Mapping[str, Track[Any, Any] | None]] = {
    "ties": TIES,
    "level": None,
    "posts": MISSIONS,
    "visits": None,
    "agreements": AGREEMENTS,
}
"""The groups of columns, with the track that offers them; levels and visits are special."""
CODES: Final = ("iso3", "cow", "gw", "cow-abb", "gw-abb", "iso-numeric")
"""The schemes of codes that a panel can have."""


def tracks_of(columns: Iterable[str]) -> tuple[Track[Any, Any], ...]:
    """Return the tracks that groups of columns are made of."""
    special: dict[str, tuple[Track[Any, Any], ...]] = {"level": (TIES, LEVEL), "visits": (VISITS,)}
    found = (track for name in columns for track in special.get(name) or (COLUMNS[name],) if track)
    return tuple(dict.fromkeys(found))


class Dyads(Protocol):
    """The states of dyads, as a panel asks for them."""

    def recorded(self) -> Iterable[Pair]:
        """Return the dyads with records, each in order of ids."""
        ...

    def on(self, pair: Pair, day: int, tracks: Sequence[Track[Any, Any]]) -> DyadSnapshot:
        """Return the states of a dyad at the end of a day, at least those in some tracks."""
        ...

    def changes(self, pair: Pair, tracks: Sequence[Track[Any, Any]]) -> Sequence[int]:
        """Return, in order, the days when tracks of a dyad, or what is open in them, can change.

        Before the first of them nothing is recorded there.
        """
        ...

    def visits(self, pair: Pair) -> Sequence[VisitMade]:
        """Return every visit between two, whenever it was."""
        ...


@attrs.frozen(kw_only=True)
class Question:
    """What a panel is asked for.

    Attributes:
        grid: The times.
        party: The party that is always party_a; None for all pairs of states.
        alive: Which pairs have a row at a time.
        directed: Whether each pair has a row for either order.
        order: ``id``, or the scheme by whose codes party_a comes before party_b.
        codes: The schemes of codes.
        columns: The groups of columns.
        tracks: Tracks of the caller's own, with their columns.
    """

    grid: Grid
    party: str | None
    alive: Alive
    directed: bool
    order: str
    codes: tuple[str, ...]
    columns: tuple[str, ...]
    tracks: tuple[Track[Any, Any], ...]


def unlisted(
    recorded: Iterable[Pair], reference: Reference, party: str | None = None
) -> tuple[str, ...]:
    """Return the parties that events name and no table describes, which have no rows, by id.

    Args:
        recorded: The dyads with records.
        reference: The parties.
        party: Only those recorded with this party; all when None.
    """
    known = {one.id for one in reference.parties}
    named = {id for pair in recorded if party is None or party in pair for id in pair}
    return tuple(sorted(named - known))


def panel(
    question: Question, dyads: Dyads, reference: Reference, title: str, stamp: Mapping[str, Any]
) -> Table:
    """Return a panel.

    Args:
        question: What it is asked for.
        dyads: The states of dyads.
        reference: The parties, ladders and coverage.
        title: What the table shows.
        stamp: How it was made.
    """
    return Table(_Panel(question, dyads, reference).columns(), title=title, stamp=stamp)


class _Panel:
    """A panel under way."""

    def __init__(self, question: Question, dyads: Dyads, reference: Reference) -> None:
        self._question, self._dyads, self._reference = question, dyads, reference
        self._grid = question.grid
        self._recorded = set(dyads.recorded())
        self._parties = PanelParties(reference)
        self._groups = [self._group(name) for name in question.columns]
        self._groups += [TrackGroup(track, is_alike=False) for track in question.tracks]
        self._ids = Runs("party_a", "text"), Runs("party_b", "text")
        self._codes = [
            (scheme, [Runs(f"{scheme}_{side}", "text", None, note=_CODED) for side in "ab"])
            for scheme in question.codes
        ]
        self._years = Runs("year", "integer")
        self._months = Runs("month", "integer")
        self._days = Runs("on", "day", None, note="the day at whose end the states are asked")

    def _group(self, name: str) -> Group | VisitGroup:
        if name == "visits":
            return VisitGroup(self._grid, self._reference)
        track = COLUMNS[name]
        return LevelGroup(self._reference) if track is None else TrackGroup(track, is_alike=True)

    def columns(self) -> tuple[Column, ...]:
        """Return the columns, once the rows of every pair are written."""
        for a, b in self._pairs():
            for lo, hi in _shared(self._parties.lives(a), self._parties.lives(b)):
                places = self._grid.within(lo, hi, self._question.alive)
                if places:
                    self._write(a, b, places, (lo, hi))
        time = {
            "dyad-year": (self._years, self._days),
            "dyad-month": (self._years, self._months, self._days),
            "dyad-day": (self._days,),
        }[self._grid.unit]
        codes = (runs for _, both in self._codes for runs in both)
        return (
            *(runs.column() for runs in (*self._ids, *time, *codes)),
            *(column for group in self._groups for column in group.columns()),
        )

    # --- whom and when ---------------------------------------------------------------------------

    def _pairs(self) -> Iterator[Pair]:
        """Yield the pairs, in the order of the rows."""
        party, question = self._question.party, self._question
        states = sorted(one.id for one in self._reference.parties if one.is_state)
        if party is not None:
            for other in states:
                if other != party:
                    yield party, other
                    if question.directed:
                        yield other, party
            return
        for a in states:
            for b in states:
                if a < b or (question.directed and a != b):
                    yield a, b

    def _write(self, a: str, b: str, places: range, life: tuple[int, int]) -> None:
        """Write the rows of two parties at some times of one common life."""
        days = self._grid.asked[places.start : places.stop]
        # where one day of a time suffices, the day asked for can be outside the common life
        days[0], days[-1] = max(days[0], life[0]), min(days[-1], life[1])
        for first, after, one, two in self._oriented(a, b, days):
            self._add(one, two, places[first:after], days[first:after])

    def _oriented(self, a: str, b: str, days: Sequence[int]) -> Iterator[tuple[int, int, str, str]]:
        """Yield the places of days that have one order of the two parties, with that order."""
        question = self._question
        if question.order == "id" or question.directed or question.party is not None:
            yield 0, len(days), a, b
            return
        first = 0
        for is_turned, same in groupby(self._is_turned(a, b, day) for day in days):
            after = first + len([*same])
            yield first, after, *((b, a) if is_turned else (a, b))
            first = after

    def _is_turned(self, a: str, b: str, day: int) -> bool:
        """Return whether the second party has the lower number on a day."""
        one, two = (self._parties.code(party, self._question.order, day) for party in (a, b))
        return one is not None and two is not None and (int(two), b) < (int(one), a)

    # --- what ------------------------------------------------------------------------------------

    def _add(self, a: str, b: str, places: range, days: array[int]) -> None:
        """Write the rows of two parties in one order."""
        start, stop = places.start, places.stop
        if self._grid.unit != "dyad-day":
            self._years.extend(self._grid.years[start:stop])
        if self._grid.unit == "dyad-month":
            self._months.extend(self._grid.months[start:stop])
        self._days.extend(days)
        for runs, party in zip(self._ids, (a, b), strict=True):
            runs.add(party, len(places))
        for scheme, both in self._codes:
            for runs, party in zip(both, (a, b), strict=True):
                codes = self._parties.codes(party, scheme)
                for first, after in pieces(days, codes.cuts):
                    runs.add(codes.on(days[first]), after - first)
        pair = (a, b) if a < b else (b, a)
        is_recorded = pair in self._recorded
        for group in self._groups:
            if isinstance(group, VisitGroup):
                group.add_times(a, b, places, self._dyads.visits(pair) if is_recorded else ())
            else:
                self._add_states(group, (a, b), pair, days)

    def _add_states(self, group: Group, sides: Pair, pair: Pair, days: array[int]) -> None:
        """Write the states of a pair, each for as long as nothing about it changes.

        Before anything is recorded of it, a pair is like all others of whose parties the same is
        known: what it then says is worked out once. In a world most rows are such.
        """
        tracks, begun = group.tracks, LAST_DAY + 1
        changes: Sequence[int] = ()
        if pair in self._recorded:
            changes = self._dyads.changes(pair, group.deciding)
            if changes:
                begun = changes[0]
                if tracks != group.deciding:
                    changes = self._dyads.changes(pair, tracks)
        known = group.deciding if group.is_alike else None
        mine, its = (self._parties.knowledge(party, known) for party in sides)
        cuts = changes
        if mine.cuts or its.cuts:
            cuts = sorted({*changes, *mine.cuts, *its.cuts})
        for first, after in pieces(days, cuts):
            day = days[first]
            if group.is_alike and day < begun:
                key = (mine.on(day), its.on(day))
                coded = group.blank.get(key)
                if coded is None:
                    coded = group.coded(self._dyads.on(pair, day, tracks), *sides)
                    group.blank[key] = coded
            else:
                coded = group.coded(self._dyads.on(pair, day, tracks), *sides)
            group.add(coded, after - first)


def _shared(
    some: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the days that two parties share, life by life."""
    for one, end in some:
        for two, other_end in others:
            lo, hi = max(one, two), min(end, other_end)
            if lo <= hi:
                yield lo, hi
