"""Panels: a row for each pair of states and year, month or day, with how each value is known.

A pair is asked once for each time in which nothing about it can change, and its values are written
in runs, so that millions of rows cost little more than their columns.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

import attrs

from diplorel.analysis.panel_values import LevelGroup, TrackGroup
from diplorel.analysis.panel_visits import VisitGroup
from diplorel.model.dates import FIRST_DAY, LAST_DAY
from diplorel.model.runs import Runs
from diplorel.model.table import Table
from diplorel.tracks.agreements import AGREEMENTS
from diplorel.tracks.level import LEVEL
from diplorel.tracks.missions import MISSIONS
from diplorel.tracks.ties import TIES
from diplorel.tracks.visits import VISITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from diplorel.analysis.panel_grid import Alive, Grid
    from diplorel.model.column import Column
    from diplorel.model.reference import Reference
    from diplorel.replay.snapshot import DyadSnapshot
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
        """Return the dyads of which something is recorded, each in order of ids."""
        ...

    def on(self, pair: Pair, day: int) -> DyadSnapshot:
        """Return the states of a dyad at the end of a day."""
        ...

    def changes(self, pair: Pair) -> Iterable[int]:
        """Return the days on which what is recorded of a dyad, or left open, can change."""
        ...

    def visits(self, pair: Pair) -> Iterable[VisitMade]:
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
        self._spoken_of = {party for one in reference.coverage for party in one.parties}
        self._spoken_of |= {*reference.ladder}
        self._visits = VisitGroup(self._grid, reference)
        self._groups = [self._group(name) for name in question.columns]
        self._groups += [TrackGroup(track) for track in question.tracks]
        self._ids = Runs("party_a", "text"), Runs("party_b", "text")
        self._codes = [
            (scheme, [Runs(f"{scheme}_{side}", "text", None, note=_CODED) for side in "ab"])
            for scheme in question.codes
        ]
        self._years = Runs("year", "integer")
        self._months = Runs("month", "integer")
        self._days = Runs("on", "day", None, note="the day at whose end the states are asked")
        self._blank: tuple[Any, ...] | None = None

    def _group(self, name: str) -> TrackGroup | LevelGroup | VisitGroup:
        if name == "visits":
            return self._visits
        track = COLUMNS[name]
        return LevelGroup(self._reference) if track is None else TrackGroup(track)

    def columns(self) -> tuple[Column, ...]:
        """Return the columns, once the rows of every pair are written."""
        for a, b in self._pairs():
            for lo, hi in _shared(self._life(a), self._life(b)):
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

    def _life(self, party: str) -> Sequence[tuple[int, int]]:
        """Return the days on which a party may live: the first and the last of each life."""
        known = self._reference.parties.get(party)
        if known is None:
            return ((FIRST_DAY, LAST_DAY),)
        return [
            (
                FIRST_DAY if life.start is None else life.start.lo,
                LAST_DAY if life.end is None else life.end.hi - 1,
            )
            for life in known.lives
        ]

    def _write(self, a: str, b: str, places: range, life: tuple[int, int]) -> None:
        """Write the rows of two parties at some times of one common life."""
        lo, hi = life
        days = [min(max(self._grid.asked[place], lo), hi) for place in places]
        cuts = sorted({lo, hi, hi + 1, LAST_DAY + 1, *self._cuts(a, b)})
        first = 0
        while first < len(days):
            after = bisect_left(days, cuts[bisect_right(cuts, days[first])])
            one, two = self._oriented(a, b, days[first])
            rows = places[first:after]
            self._add(one, two, rows, days[first:after])
            first = after

    def _cuts(self, a: str, b: str) -> Iterator[int]:
        """Yield every day on which something about two parties can become another."""
        for party in (a, b):
            known = self._reference.parties.get(party)
            for span in () if known is None else (*known.codes, *known.contested):
                yield from _edges(span)
        pair = (a, b) if a < b else (b, a)
        if pair in self._recorded:
            yield from self._dyads.changes(pair)
        for covered in self._reference.coverage:
            if a in covered.parties or b in covered.parties:
                if covered.since is not None:
                    yield covered.since.hi
                if covered.until is not None:
                    yield covered.until.lo + 1

    def _oriented(self, a: str, b: str, day: int) -> Pair:
        """Return two parties in the order of the row."""
        question = self._question
        if question.order == "id" or question.directed or question.party is not None:
            return a, b
        one, two = (self._code(party, question.order, day) for party in (a, b))
        if one is None or two is None:
            return a, b
        return (b, a) if (int(two), b) < (int(one), a) else (a, b)

    def _code(self, party: str, scheme: str, day: int) -> str | None:
        known = self._reference.parties.get(party)
        codes = () if known is None else known.codes
        held = (one.value for one in codes if one.scheme == scheme and one.holds_on(day))
        return next(held, None)

    # --- what ------------------------------------------------------------------------------------

    def _add(self, a: str, b: str, places: range, days: list[int]) -> None:
        """Write rows of which all values are the same, but for the visits of each time."""
        count = len(places)
        for runs, party in zip(self._ids, (a, b), strict=True):
            runs.add(party, count)
        for scheme, both in self._codes:
            for runs, party in zip(both, (a, b), strict=True):
                runs.add(self._code(party, scheme, days[0]), count)
        start, stop = places.start, places.stop
        if self._grid.unit != "dyad-day":
            self._years.extend(self._grid.years[start:stop])
        if self._grid.unit == "dyad-month":
            self._months.extend(self._grid.months[start:stop])
        self._days.extend(array("i", days))
        for group, values in zip(self._groups, self._values(a, b, days[0]), strict=True):
            if isinstance(group, VisitGroup):
                group.add_times(a, b, places, values)
            else:
                group.add(values, count)

    def _values(self, a: str, b: str, day: int) -> tuple[Any, ...]:
        """Return the values of each group on a day; of visits, what is recorded of them."""
        pair = (a, b) if a < b else (b, a)
        is_blank = pair not in self._recorded and self._spoken_of.isdisjoint(pair)
        dyad = None
        if is_blank and self._blank is not None:
            return self._blank
        dyad = self._dyads.on(pair, day)
        found = tuple(
            self._seen(pair) if isinstance(group, VisitGroup) else group.values(dyad, a, b)
            for group in self._groups
        )
        if is_blank and not dyad.contested:
            self._blank = found  # of all pairs of which nothing is recorded, and nobody speaks
        return found

    def _seen(self, pair: Pair) -> tuple[VisitMade, ...]:
        return tuple(self._dyads.visits(pair)) if pair in self._recorded else ()


def _edges(span: Any) -> Iterator[int]:
    """Yield the days about which something with a start and an end begins or ends."""
    for date in (span.start, span.end):
        if date is not None:
            yield from (date.lo, date.lo + 1, date.hi, date.hi + 1)


def _shared(
    some: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the days that two parties share, life by life."""
    for one, end in some:
        for two, other_end in others:
            lo, hi = max(one, two), min(end, other_end)
            if lo <= hi:
                yield lo, hi
