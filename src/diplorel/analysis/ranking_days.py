"""The rankings of a party on every day on which anything of them changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplorel.analysis.ranking import ranking
from diplorel.analysis.ranking_history import bearing_on
from diplorel.model.dates import FIRST_DAY
from diplorel.replay.snapshot import take_snapshot
from diplorel.replay.workings import Workings
from diplorel.tracks.level import LEVEL
from diplorel.tracks.special import SPECIAL
from diplorel.tracks.ties import TIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from diplorel.analysis.ranking import Ranking
    from diplorel.analysis.ranking_history import Bearing
    from diplorel.model.reference import Reference
    from diplorel.replay.order import Dates
    from diplorel.resolve.resolution import ResolvedEvents


def ranking_days(
    resolved: ResolvedEvents,
    reference: Reference,
    party: str,
    *,
    today: date,
    dates: Dates = "latest",
) -> Iterator[Ranking]:
    """Yield the rankings of a party's partners, one for each day on which one can differ.

    Between two of these days, the rows are those of the earlier day: the positions, the ranges that
    open dates allow, the levels, and whether they are as last recorded. The blocks list only
    parties that can have a level or a special relationship. Days are those of events, of the first
    day that an inexact date allows, of the edges of coverage, and of the ends of parties.

    Args:
        resolved: The events, as known.
        reference: The ladders, parties and coverage.
        party: The id of the party, which has a ladder.
        today: The last day.
        dates: By which of its days an event is applied.
    """
    bearing = bearing_on(resolved, party)
    tracks = (TIES, LEVEL, SPECIAL)
    workings = Workings()  # from one day to the next few relations change
    for day in sorted(_days(bearing, reference, party)):
        if FIRST_DAY < day <= today.toordinal():
            snapshot = take_snapshot(
                bearing.resolved, reference, tracks, day=day, dates=dates, workings=workings
            )
            yield ranking(snapshot, party, among=bearing.others)


def _days(bearing: Bearing, reference: Reference, party: str) -> set[int]:
    """Return the days on which the answer can change, as ordinals."""
    among = {party, *bearing.others}
    found = {day for event in bearing.resolved.unordered for day in (event.on.lo, event.on.hi)}
    for one in reference.coverage:
        if not among.isdisjoint(one.parties):
            found.update(one.bounds)
    for end in reference.ends:
        if end.party in among:
            found |= {end.on.lo, end.on.hi}
    for id in among:
        known = reference.parties.get(id)
        for life in () if known is None else known.lives:
            found |= set() if life.start is None else {life.start.lo}
            found |= set() if life.end is None else {life.end.hi, life.end.hi + 1}
    return found
