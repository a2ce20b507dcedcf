"""The rankings of a party on every day when anything in them changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel.analysis.partners import others_of
from diplorel.analysis.ranking import Ranking, ranking
from diplorel.analysis.ranking_history import TRACKS, bearing_on
from diplorel.analysis.standing import standing_on
from diplorel.model.dates import FIRST_DAY
from diplorel.replay.dyad import DyadSnapshot
from diplorel.replay.snapshot import take_snapshot
from diplorel.replay.workings import Workings
from diplorel.tracks.level import LevelStatus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from diplorel.analysis.ranking_history import Bearing
    from diplorel.model.reference import Reference
    from diplorel.replay.order import Dates
    from diplorel.replay.snapshot import Snapshot
    from diplorel.resolve.resolution import ResolvedEvents

_OPEN: Final = ("unknown", "below")
"""The blocks of parties whose level is not known."""


@attrs.frozen
class RankingDay:
    """The ranking of a day among those that can be in it, and how many others have no place there.

    Attributes:
        ranking: The ranking; its blocks list only parties that can have a level or a special
            relationship.
        unknown: With how many states the level is unknown.
        below: How many are certainly below the levels of the complete list, and otherwise unknown.
    """

    ranking: Ranking
    unknown: int
    below: int


def ranking_days(
    resolved: ResolvedEvents,
    reference: Reference,
    party: str,
    *,
    today: date,
    dates: Dates = "latest",
) -> Iterator[RankingDay]:
    """Yield the rankings of a party's partners, one for each day when one can differ.

    Between two of these days, the rows are those of the earlier day: the positions, the ranges that
    open dates allow, the levels, and whether they are as last recorded. Days are those of events,
    of the first day that an inexact date allows, of the edges of coverage of the tracks that count,
    and of the ends of parties.

    Args:
        resolved: The events, as known.
        reference: The ladders, parties and coverage.
        party: The id of the party, which has a ladder.
        today: The last day.
        dates: By which of its days an event is applied.
    """
    bearing = bearing_on(resolved, party)
    workings = Workings()  # from one day to the next few relations change
    for day in sorted(_days(bearing, reference, party)):
        if FIRST_DAY < day <= today.toordinal():
            snapshot = take_snapshot(
                bearing.resolved, reference, TRACKS, day=day, dates=dates, workings=workings
            )
            yield _counted(ranking(snapshot, party, among=bearing.others), snapshot)


def _counted(found: Ranking, snapshot: Snapshot) -> RankingDay:
    """Return a ranking with the number of states of unknown level.

    All states without an event that bears on it are alike: their level follows from the coverage
    alone.
    """
    reference, party = snapshot.reference, found.party
    listed = {row.party for row in found.rows}.union(
        *(getattr(found, block) for block in Ranking.blocks)
    )
    states = [*others_of(snapshot, party, "state")]
    rest = [one for one in states if one not in listed]
    counts = {block: len({*states}.intersection(getattr(found, block))) for block in _OPEN}
    dyads = (snapshot.between(party, one, DyadSnapshot) for one in rest)
    held = next((standing_on(dyad, party, reference) for dyad in dyads), None)
    if held is not None and held.status is LevelStatus.UNKNOWN:
        counts["unknown" if held.below is None else "below"] += len(rest)
    return RankingDay(found, counts["unknown"], counts["below"])


def _days(bearing: Bearing, reference: Reference, party: str) -> set[int]:
    """Return the days when the answer can change, as ordinals."""
    among, asked = {party, *bearing.others}, {track.name for track in TRACKS}
    found = {day for event in bearing.resolved.unordered for day in (event.on.lo, event.on.hi)}
    for one in reference.coverage:
        if one.track in asked and not among.isdisjoint(one.parties):
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
