"""Orders by one thing alone: the age of ties, or the number of recorded visits.

The standing order needs a ladder; these need none. Each ranks what it says and no more: old ties
are no close ones, and a count of recorded visits is as complete as its stream.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import attrs

from diplorel.analysis.partners import Kind, is_state
from diplorel.model.dates import LAST_DAY, PartialDate
from diplorel.errors import InvalidQueryError
from diplorel.tracks.ties import TIES, TiesStatus
from diplorel.tracks.visits import VisitMade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.model.events import Event
    from diplorel.relation import Relation
    from diplorel.world import World

By: TypeAlias = Literal["ties", "visits"]
ORDERS: Final[tuple[By, ...]] = ("ties", "visits")


@attrs.frozen(kw_only=True)
class MetricRow:
    """One partner's place.

    Attributes:
        party: The partner's id.
        place: The place shown; partners that nothing separates share it (1, 2, 2, 4).
        best: The best place that the dates allow: one more than the partners certainly ahead.
        worst: The worst place that they allow: all but the partners certainly behind.
        value: What it is ranked by: the day from which the present unbroken ties count, or the
            number of visits that have certainly been made.
    """

    party: str
    place: int
    best: int
    worst: int
    value: PartialDate | int


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MetricRanking:
    """The partners of a party by one thing. Iterate it for the rows, first place first.

    Attributes:
        party: Whose partners.
        by: By what: ``ties``, the oldest unbroken ones first, or ``visits``, the most first.
        day: The day, as an ordinal; None for all that is recorded.
        rows: The partners that have it; those of one place by id.
        undecided: Partners that do not, to whom open dates may give it.
        unknown: Partners of whom it is not known on that day. They are not last: they are unknown.
        complete: Whether some stream says that nothing is missing. Without it, there may be more.
    """

    party: str
    by: By
    day: int | None
    rows: tuple[MetricRow, ...]
    undecided: tuple[str, ...]
    unknown: tuple[str, ...]
    complete: bool
    _world: World

    def __iter__(self) -> Iterator[MetricRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def on(self) -> date | None:
        """The day, at whose end it stands so; None for all that is recorded."""
        return None if self.day is None else date.fromordinal(self.day)

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The acts behind the rows, first place first: what `EventLog.cite` cites."""
        return tuple(
            event
            for row in self.rows
            for event in _acts(self._world.between(self.party, row.party), self.by)
        )

    def __repr__(self) -> str:
        day = "" if self.on is None else f" on {self.on}"
        return f"<Order of {self.party}'s {len(self.rows)} partners by {self.by}{day}>"

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a partner, first place first, for a table."""
        parties = self._world.reference.parties
        return [
            {
                "place": row.place,
                "best": row.best,
                "worst": row.worst,
                "party": row.party,
                "name": known.name() if (known := parties.get(row.party)) else row.party,
                self.by: row.value.text if isinstance(row.value, PartialDate) else row.value,
            }
            for row in self.rows
        ]


@attrs.frozen
class _Entry:
    """A partner with its key, smaller goes first, and the bounds that the dates leave it.

    The bounds are those of the cases in which it has a place at all; `surely` says that it has one
    in every case. One that may have none is never certainly ahead of another.
    """

    party: str
    value: PartialDate | int
    shown: int
    lo: int
    hi: int
    surely: bool = True


def order(world: World, party: str, *, by: By, kind: Kind = "any") -> MetricRanking:
    """Return the partners of *party* by one thing; see `World.order`."""
    if by not in ORDERS:
        raise InvalidQueryError(f"no order by {by!r}: expected one of {', '.join(ORDERS)}")
    me = world.reference.parties.find(party).id
    entries: list[_Entry] = []
    blocks: dict[str, list[str]] = {"undecided": [], "unknown": []}
    rivals: list[int] = []
    for other in world.counterparts(me):
        if kind == "state" and not is_state(world, other):
            continue
        relation = world.between(me, other)
        found = (_by_ties if by == "ties" else _by_visits)(world, relation, me, other)
        if isinstance(found, _Entry):
            entries.append(found)
        elif isinstance(found, int):
            blocks["undecided"].append(other)
            rivals.append(found)
        elif found is not None:
            blocks["unknown"].append(other)
    entries.sort(key=lambda one: (one.shown, one.party))
    shown = [one.shown for one in entries]
    return MetricRanking(
        party=me,
        by=by,
        day=world.day,
        rows=tuple(
            MetricRow(
                party=one.party,
                place=shown.index(one.shown) + 1,
                best=1 + sum(its.surely and its.hi < one.lo for its in entries),
                worst=sum(lo <= one.hi for lo in (*(its.lo for its in entries), *rivals)),
                value=one.value,
            )
            for one in entries
        ),
        undecided=tuple(blocks["undecided"]),
        unknown=tuple(blocks["unknown"]),
        complete=world.reference.covers(by, (me,), world.day),
        world=world,
    )


def _by_ties(world: World, relation: Relation, me: str, other: str) -> _Entry | int | str | None:
    """Return an entry, the foremost key of one that may be, that it is unknown, or nothing."""
    state = relation.ties
    possible = world.outcomes(me, other)
    standing = [one.ties for one in possible if one.ties.lo < LAST_DAY]
    if state.status is TiesStatus.ESTABLISHED and state.since is not None:
        lo, hi = min(one.lo for one in standing), max(one.hi for one in standing)
        return _Entry(other, state.since, state.since.hi, lo, hi, len(standing) == len(possible))
    if relation.events(TIES) or any(type(one) in TIES.owns for one in relation.undecided):
        return min((one.lo for one in standing), default=None)
    return "unknown" if state.status is TiesStatus.UNKNOWN else None


def _by_visits(
    _world: World, relation: Relation, _me: str, other: str
) -> _Entry | int | str | None:
    """Return an entry, the foremost key of one that may be, or nothing. More visits go first."""
    made = len(relation.visits.visits)
    most = made + sum(isinstance(one, VisitMade) for one in relation.undecided)
    if made:
        return _Entry(other, made, -made, -most, -made)
    return -most if most else None


def _acts(relation: Relation, by: By) -> tuple[Event, ...]:
    """Return the acts behind one row."""
    if by == "visits":
        return relation.visits.visits
    since = relation.ties.since
    return tuple(event for event in relation.events(TIES) if event.on == since)[-1:]
