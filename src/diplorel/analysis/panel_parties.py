"""What each party brings to a panel by itself: its lives, its codes, and what is known of it.

It is worked out once a party, so that millions of rows take slices and copies of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

import attrs

from diplorel.model.dates import FIRST_DAY, LAST_DAY
from diplorel.tracks.level import LEVEL

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from diplorel.model.reference import Coverage, Reference
    from diplorel.tracks.track import Track


@attrs.frozen
class Knowledge:
    """Something of a party that changes on some days, whatever its partner.

    Attributes:
        cuts: The days when it begins to differ, in order.
        values: What it is, before the first of the days and from each of them on.
    """

    cuts: Sequence[int]
    values: Sequence[Any]

    def on(self, day: int) -> Any:
        """Return what it is on a day."""
        return self.values[bisect_right(self.cuts, day)]


class PanelParties:
    """The parties of a panel.

    Args:
        reference: The parties, ladders and coverage.
    """

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._parties = {party.id: party for party in reference.parties}
        self._codes: dict[tuple[str, str], Knowledge] = {}
        self._knowledge: dict[tuple[str, tuple[Track[Any, Any], ...] | None], Knowledge] = {}

    def lives(self, party: str) -> Sequence[tuple[int, int]]:
        """Return the days when a party may live: the first and the last of each life."""
        return [
            (
                FIRST_DAY if life.start is None else life.start.lo,
                LAST_DAY if life.end is None else life.end.hi - 1,
            )
            for life in self._parties[party].lives
        ]

    def code(self, party: str, scheme: str, day: int) -> str | None:
        """Return the code of a party on a day."""
        codes = self._parties[party].codes
        held = (one.value for one in codes if one.scheme == scheme and one.holds_on(day))
        return next(held, None)

    def codes(self, party: str, scheme: str) -> Knowledge:
        """Return the codes of a party in a scheme, each with its first day."""
        found = self._codes.get((party, scheme))
        if found is None:
            cuts = _cuts_of(one for one in self._parties[party].codes if one.scheme == scheme)
            first = cuts[0] - 1 if cuts else FIRST_DAY
            values = [self.code(party, scheme, day) for day in (first, *cuts)]
            found = self._codes[party, scheme] = Knowledge(cuts, values)
        return found

    def knowledge(self, party: str, tracks: tuple[Track[Any, Any], ...] | None) -> Knowledge:
        """Return what distinguishes a party from others in some tracks; in all when None.

        Two parties of one value are known alike: if nothing is recorded between either and a third,
        the rows say the same.
        """
        found = self._knowledge.get((party, tracks))
        if found is None:
            found = self._knowledge[party, tracks] = self._known(party, tracks)
        return found

    def _known(self, party: str, tracks: tuple[Track[Any, Any], ...] | None) -> Knowledge:
        names = None if tracks is None else {track.name for track in tracks}
        covering = [
            one
            for one in self._reference.coverage
            if party in one.parties and (names is None or one.track in names)
        ]
        known = self._parties[party]
        cuts = sorted(
            {*_cuts_of(known.contested), *(day for one in covering for day in one.bounds)}
        )
        ladder = party if names is None or LEVEL.name in names else None
        is_own = ladder is not None and ladder in self._reference.ladder

        def key(day: int) -> Hashable:
            holding = [number for number, one in enumerate(covering) if _holds(one, day)]
            is_contested = known.is_contested(day)
            named = ladder if holding or is_own else None
            return (named, tuple(map(id, map(covering.__getitem__, holding))), is_contested)

        first = cuts[0] - 1 if cuts else FIRST_DAY
        return Knowledge(cuts, [key(day) for day in (first, *cuts)])


def _holds(covered: Coverage, day: int) -> bool:
    return covered.holds(covered.track, covered.parties, day)


def _cuts_of(spans: Iterable[Any]) -> list[int]:
    """Return the days about which things with a start and an end begin or end, in order."""
    dates = [date for span in spans for date in (span.start, span.end) if date is not None]
    return sorted({day for date in dates for day in (date.lo, date.hi + 1)})


def pieces(days: Sequence[int], cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the places of days between which no cut falls: the first, and the one after the last.

    >>> list(pieces([10, 20, 30, 40], [15, 30]))
    [(0, 1), (1, 2), (2, 4)]
    """
    first, count = 0, len(days)
    if not cuts:
        yield 0, count
        return
    while first < count:
        place = bisect_right(cuts, days[first])
        after = count if place == len(cuts) else bisect_left(days, cuts[place])
        yield first, after
        first = after
