"""The standing order: partners by declared level, day reached, and length of ties.

It ranks declared titles and nothing more: what governments do together follows the content of their
documents better than the title on them. Ties stay ties, partial dates give intervals, an unknown
level is listed apart, and nothing is imputed.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.analysis.possible_standings import PossibleStanding
from diplorel.analysis.partners import Kind, is_state, ladder_of
from diplorel.model.dates import LAST_DAY, PartialDate
from diplorel.errors import InvalidQueryError
from diplorel.model.ladders import Level
from diplorel.tracks.level import LEVEL, LevelStatus
from diplorel.tracks.ties import TIES, TiesStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.analysis.sensitivity import Sensitivity
    from diplorel.model.events import Event
    from diplorel.world import World

KEYS: Final = ("level", "since", "ties")


@attrs.frozen(kw_only=True)
class RankingRow:
    """One partner's place.

    Attributes:
        party: The partner's id.
        place: The place shown; partners that nothing separates share it (1, 2, 2, 4).
        best: The best place that the dates allow: one more than the partners certainly ahead.
        worst: The worst place that they allow: all but the partners certainly behind.
        level: The level held.
        since: The day on which it was reached.
        ties: The day from which the present unbroken ties count; None where not known.
    """

    party: str
    place: int
    best: int
    worst: int
    level: Level
    since: PartialDate
    ties: PartialDate | None


@attrs.frozen(kw_only=True)
class Comparison:
    """What puts one partner before another.

    Attributes:
        first: The partner ahead; the first one asked for, where nothing separates them.
        second: The other.
        key: ``level``, ``since`` or ``ties``; None where nothing separates them.
        certain: Whether every open date leaves it so.
        first_event: The act behind the first partner's key.
        second_event: The act behind the second partner's key.
    """

    first: str
    second: str
    key: str | None
    certain: bool
    first_event: Event | None
    second_event: Event | None

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The two acts, as far as there are any: what `EventLog.cite` cites."""
        return tuple(one for one in (self.first_event, self.second_event) if one is not None)

    def __str__(self) -> str:
        if self.key is None:
            return f"{self.first} and {self.second} share a place: level, day and ties are the same"
        said = {"level": "the higher level", "since": "reached first", "ties": "the older ties"}
        acts = " against ".join(event.id for event in self.evidence)
        sure = "" if self.certain else ", as far as the dates tell"
        return f"{self.first} stands before {self.second}: {said[self.key]}{sure} ({acts})"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Ranking:
    """The partners of a party in the standing order. Iterate it for the rows, best first.

    Attributes:
        party: Whose partners.
        day: The day, as an ordinal; None for all that is recorded.
        rows: The partners that hold a level with a rank; those of one place by id.
        undecided: Partners without such a level, to whom open dates may give one.
        unranked: Partners whose level has no rank.
        special: Partners of a special relationship, which stands beside the ladder.
        unknown: Partners whose level is not known on that day. They are not last: they are unknown.
    """

    party: str
    day: int | None
    rows: tuple[RankingRow, ...]
    undecided: tuple[str, ...]
    unranked: tuple[str, ...]
    special: tuple[str, ...]
    unknown: tuple[str, ...]
    _world: World
    _outcomes: dict[str, frozenset[PossibleStanding]]

    def __iter__(self) -> Iterator[RankingRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def on(self) -> date | None:
        """The day, at whose end it stands so; None for all that is recorded."""
        return None if self.day is None else date.fromordinal(self.day)

    def __repr__(self) -> str:
        day = "" if self.on is None else f" on {self.on}"
        return f"<Ranking of {self.party}'s {len(self.rows)} partners{day}>"

    def __getitem__(self, party: str) -> RankingRow:
        """Return one partner's row.

        Raises:
            BadQuestionError: It has no place; the message says why.
            UnknownPartyError: There is no such party.
        """
        placed = {row.party: row for row in self.rows}
        id = party if party in placed else self._world.reference.parties.find(party).id
        if id in placed:
            return placed[id]
        for block in ("undecided", "unranked", "special", "unknown"):
            if id in getattr(self, block):
                raise InvalidQueryError(f"{id} has no place: it stands in the block {block!r}")
        raise InvalidQueryError(
            f"{id} has no place: it holds no level on the ladder of {self.party}"
        )

    def explain(self, a: str, b: str) -> Comparison:
        """Return the first key that separates two partners, with the two acts behind it.

        Raises:
            BadQuestionError: One of them has no place; the message says why.
        """
        one, two = self[a], self[b]
        if sort_keys(two) < sort_keys(one):
            one, two = two, one
        keys = zip(KEYS, sort_keys(one), sort_keys(two), strict=True)
        key = next((name for name, mine, its in keys if mine != its), None)
        track = TIES if key == "ties" else LEVEL
        acts = [self._act(row, track is TIES) for row in (one, two)]
        mine, its = self._outcomes[one.party], self._outcomes[two.party]
        return Comparison(
            first=one.party,
            second=two.party,
            key=key,
            certain=_ahead(mine, its) if key else False,
            first_event=acts[0],
            second_event=acts[1],
        )

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The acts behind the rows, best first: each partner's level, then its ties."""
        acts = (self._act(row, ties) for row in self.rows for ties in (False, True))
        return tuple(act for act in acts if act is not None)

    def sensitivity(self) -> Sensitivity:
        """Return how the order changes with other keys, and with open dates at their earliest.

        `EventLog.sensitivity` adds the rankings under other policies.
        """
        from diplorel.analysis.sensitivity import sensitivity  # noqa: PLC0415  it imports this one

        return sensitivity(self)

    def _act(self, row: RankingRow, ties: bool) -> Event | None:
        since = row.ties if ties else row.since
        acts = self._world.between(self.party, row.party).events(TIES if ties else LEVEL)
        for event in acts:
            if event.on == since and (ties or getattr(event, "level", None) == row.level.id):
                return event
        return next((event for event in acts if event.on == since), None)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a partner, best first, for a table."""
        parties = self._world.reference.parties
        return [
            {
                "place": row.place,
                "best": row.best,
                "worst": row.worst,
                "party": row.party,
                "name": known.name() if (known := parties.get(row.party)) else row.party,
                "level": row.level.id,
                "since": row.since.text,
                "ties": row.ties.text if row.ties else None,
            }
            for row in self.rows
        ]


def sort_keys(row: RankingRow, *, earliest: bool = False) -> tuple[int, int, int]:
    """Return the values of `KEYS` by which places are shown; smaller goes first.

    Args:
        row: The partner's row.
        earliest: Whether an open date counts from the first day that it holds, not from the last.
    """
    bound = "lo" if earliest else "hi"
    ties = LAST_DAY if row.ties is None else getattr(row.ties, bound)
    return (-(row.level.rank or 0), getattr(row.since, bound), ties)


def _ahead(mine: frozenset[PossibleStanding], its: frozenset[PossibleStanding]) -> bool:
    """Say whether one partner is ahead of another in every case that the dates allow."""
    return max(one.worst for one in mine) < min(one.best for one in its)


def ranking(world: World, party: str, *, kind: Kind = "any") -> Ranking:
    """Return the partners of *party* in the standing order; see `World.ranking`."""
    me = world.reference.parties.find(party).id
    ladder_of(world, me)
    blocks: dict[str, list[str]] = {"undecided": [], "unranked": [], "special": [], "unknown": []}
    rows: list[RankingRow] = []
    possible: dict[str, frozenset[PossibleStanding]] = {}
    for other in world.counterparts(me):
        if kind == "state" and not is_state(world, other):
            continue
        relation = world.between(me, other)
        held = relation.level(me)
        if relation.special.since is not None:
            blocks["special"].append(other)
            continue
        ranked = False
        if held.level is not None or not held.certain:  # most others hold nothing, for certain
            outcomes = world.outcomes(me, other)
            ranked = any(one.rank is not None for one in outcomes)
            if ranked:
                possible[other] = outcomes
        if held.level is not None and held.level.rank is not None and held.since is not None:
            ties = relation.ties
            unbroken = ties.since if ties.status is TiesStatus.ESTABLISHED else None
            rows.append(
                RankingRow(
                    party=other, place=0, best=0, worst=0,
                    level=held.level, since=held.since, ties=unbroken,
                )
            )  # fmt: skip
        elif ranked:
            blocks["undecided"].append(other)
        elif held.level is not None:
            blocks["unranked"].append(other)
        elif held.status is LevelStatus.UNKNOWN:
            blocks["unknown"].append(other)
    rows.sort(key=lambda row: (sort_keys(row), row.party))
    keys = [sort_keys(row) for row in rows]
    return Ranking(
        party=me,
        day=world.day,
        rows=tuple(
            attrs.evolve(row, place=keys.index(key) + 1, best=best, worst=worst)
            for row, key in zip(rows, keys, strict=True)
            for best, worst in [_bounds(row.party, possible)]
        ),
        **{block: tuple(ids) for block, ids in blocks.items()},
        world=world,
        outcomes=possible,
    )


def _bounds(party: str, possible: dict[str, frozenset[PossibleStanding]]) -> tuple[int, int]:
    """Return the best and the worst place among all that hold a rank or may hold one.

    A partner that may hold none is ahead or behind only where it holds one: it never counts as
    certainly ahead, and counts as certainly behind where all that it may hold is.
    """
    mine = frozenset(one for one in possible[party] if one.rank is not None)
    best = worst = 1
    for other, outcomes in possible.items():
        if other == party:
            continue
        its = frozenset(one for one in outcomes if one.rank is not None)
        if its == outcomes and _ahead(its, mine):
            best += 1
        if not _ahead(mine, its):
            worst += 1
    return best, worst
