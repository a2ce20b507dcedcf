"""The visits of each year, month or day of a panel."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, Any

from diplorel.analysis.panel_values import known_column
from diplorel.model.runs import Runs
from diplorel.tracks.visits import VISITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diplorel.analysis.panel_grid import Grid
    from diplorel.model.column import Column
    from diplorel.model.reference import Reference
    from diplorel.tracks.visits import VisitMade

_NOTE = (
    "visits of {one} to {two} that certainly began in the time; where dates leave open whether "
    "more did, it is undecided"
)


class VisitGroup:
    """How many visits either side paid the other in each time.

    A visit counts where it began. A zero needs a stream that calls visits complete throughout the
    time; a number without one is as last recorded.

    Args:
        grid: The times.
        reference: The coverage, and the parties.
    """

    def __init__(self, grid: Grid, reference: Reference) -> None:
        self._grid, self._reference = grid, reference
        self._covering = [
            one for one in reference.coverage if one.track == VISITS.name and one.at_least is None
        ]
        self._runs = [
            (Runs(name, "integer", None, unit="visits", note=_NOTE.format(one=one, two=two)), known)
            for name, one, two in (
                ("visits_ab", "party_a", "party_b"),
                ("visits_ba", "party_b", "party_a"),
            )
            for known in (known_column(name),)
        ]

    def add_times(self, a: str, b: str, places: range, visits: Sequence[VisitMade]) -> None:
        """Add the rows of two parties.

        Args:
            a: The id of the first.
            b: The id of the second.
            places: The places of the times.
            visits: Every visit between the two, whenever it was.
        """
        near = any(party in one.parties for one in self._covering for party in (a, b))
        table = self._reference.parties
        marked = [one for one in map(table.get, (a, b)) if one is not None]
        for (runs, how), visitor in zip(self._runs, (a, b), strict=True):
            sure, open_ = self._counted([one for one in visits if one.visitor == visitor])
            if not (sure or open_ or near or any(one.contested for one in marked)):
                runs.add(None, len(places))
                how.add("unknown", len(places))
                continue
            values = (self._value(place, sure, open_, marked, (a, b)) for place in places)
            for (number, known), same in groupby(values):
                count = len([*same])
                runs.add(number, count)
                how.add(known, count)

    def _counted(self, visits: Sequence[VisitMade]) -> tuple[dict[int, int], set[int]]:
        """Return how many visits certainly began in a time, by its place; and where some may."""
        sure: dict[int, int] = {}
        open_: set[int] = set()
        for visit in visits:
            lo = bisect_left(self._grid.last, visit.on.lo)
            hi = bisect_right(self._grid.first, visit.on.hi) - 1
            inside = lo <= hi and self._grid.first[lo] <= visit.on.lo
            if lo == hi and inside and visit.on.hi <= self._grid.last[lo]:
                sure[lo] = sure.get(lo, 0) + 1
            else:
                open_.update(range(lo, hi + 1))
        return sure, open_

    def _value(
        self,
        place: int,
        sure: dict[int, int],
        open_: set[int],
        marked: Sequence[Any],
        parties: tuple[str, str],
    ) -> tuple[int | None, str]:
        number = sure.get(place, 0)
        if place in open_:
            return number, "undecided"
        first, last = self._grid.first[place], self._grid.last[place]
        covered = any(
            one.holds(VISITS.name, parties, first) and one.holds(VISITS.name, parties, last)
            for one in self._covering
        )
        if not number and not covered:
            return None, "unknown"
        if any(one.is_contested(self._grid.asked[place]) for one in marked):
            return number, "contested"
        return number, "known" if covered else "as-last-recorded"

    def columns(self) -> Iterator[Column]:
        """Yield the columns, each before the one that says how it is known."""
        for runs, how in self._runs:
            yield runs.column()
            yield how.column()
