"""The visits of each year, month or day of a panel."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from diplorel.analysis.panel_parties import pieces
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
        self._times: dict[str, _Times] = {}
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
        mine, its = self._of(a), self._of(b)
        cuts = mine.cuts | its.cuts
        for (runs, how), visitor in zip(self._runs, (a, b), strict=True):
            sure, open_ = self._counted([one for one in visits if one.visitor == visitor])
            seen = sure.keys() | open_
            ends = {place + 1 for place in seen}
            for first, after in pieces(places, sorted(cuts | seen | ends)):
                place = places[first]
                is_covered = place in mine.covered or place in its.covered
                number: int | None = sure.get(place, 0)
                known = "known" if is_covered else "as-last-recorded"
                if place in open_:
                    known = "undecided"
                elif not number and not is_covered:
                    number, known = None, "unknown"
                elif place in mine.contested or place in its.contested:
                    known = "contested"
                runs.add(number, after - first)
                how.add(known, after - first)

    def _of(self, party: str) -> _Times:
        """Return when the visits of a party are complete, or its continuity is contested."""
        found = self._times.get(party)
        if found is None:
            grid, known = self._grid, self._reference.parties.get(party)
            spans = [*zip(grid.first, grid.last, grid.asked, strict=True)]
            mine = [one for one in self._covering if party in one.parties]
            covered = {
                place
                for place, (first, last, _) in enumerate(spans)
                if any(
                    one.holds(VISITS.name, (party,), first)
                    and one.holds(VISITS.name, (party,), last)
                    for one in mine
                )
            }
            contested = {
                place
                for place, (_, _, day) in enumerate(spans)
                if known is not None and known.is_contested(day)
            }
            found = self._times[party] = _Times(covered, contested)
        return found

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

    def columns(self) -> Iterator[Column]:
        """Yield the columns, each before the one that says how it is known."""
        for runs, how in self._runs:
            yield runs.column()
            yield how.column()


class _Times:
    """The places of times, by what is known of a party in them.

    Attributes:
        covered: Where its visits are complete.
        contested: Where it is contested that it goes on in law.
        cuts: Where either begins or ends.
    """

    def __init__(self, covered: set[int], contested: set[int]) -> None:
        self.covered, self.contested = covered, contested
        self.cuts = {
            place for one in (covered, contested) for place in one ^ {place + 1 for place in one}
        }
