"""Who a party's partners are at a level, counted in both ways that the press counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from diplorel.errors import BadQuestionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.ladders import Ladder, Level
    from diplorel.world import World

Kind: TypeAlias = Literal["any", "state"]


@attrs.frozen(kw_only=True)
class Partners:
    """The partners of a party at a level, on one day.

    Iterating, counting and ``in`` go over `parties`.

    Attributes:
        parties: The ids of those that certainly stand there, in alphabetical order.
        possible: Those of which the dates leave it open.
        complete: Whether some stream says that it lists them all; without it, there may be more.
    """

    parties: tuple[str, ...]
    possible: tuple[str, ...]
    complete: bool

    def __iter__(self) -> Iterator[str]:
        return iter(self.parties)

    def __len__(self) -> int:
        return len(self.parties)

    def __contains__(self, party: object) -> bool:
        return party in self.parties


@attrs.frozen
class LevelCount:
    """How many partners stand at one rank.

    Attributes:
        level: The first label of the rank.
        exactly: How many stand at this rank: the counts of all ranks are disjoint.
        at_least: How many stand at this rank or a higher one: the counts are cumulative.
    """

    level: Level
    exactly: int
    at_least: int


def ladder_of(world: World, party: str) -> Ladder:
    """Return the ladder of *party*.

    Raises:
        BadQuestionError: No stream here brings one; the message lists those there are.
    """
    ladder = world.reference.ladder.get(party)
    if ladder is None:
        known = ", ".join(sorted(world.reference.ladder)) or "none"
        raise BadQuestionError(
            f"{party} has no ladder in this log, so no levels; there are: {known}. "
            "World.order() ranks by ties or visits without one"
        )
    return ladder


def partners(
    world: World,
    party: str,
    *,
    at_least: str | None = None,
    exactly: str | None = None,
    within: str | None = None,
    kind: Kind = "any",
) -> Partners:
    """Return the partners of *party* on its own ladder; see `World.partners`."""
    reference = world.reference
    me = reference.parties.find(party).id
    if at_least is not None and exactly is not None:
        raise BadQuestionError("give at_least= or exactly=, not both: they answer differently")
    ladder = ladder_of(world, me)
    levels = ladder.levels
    if at_least is not None:
        levels = ladder.at_least(at_least)
    elif exactly is not None:
        levels = ladder.exactly(exactly)
    wanted = {level.id for level in levels}
    group = None if within is None else world.members(within)
    sure: list[str] = []
    possible: list[str] = []
    for other in world.counterparts(me):
        if kind == "state" and not is_state(world, other):
            continue
        if group is not None and other not in (*group.parties, *group.possible):
            continue
        can = {outcome.level for outcome in world.outcomes(me, other)}
        if can <= wanted and (group is None or other in group.parties):
            sure.append(other)
        elif can & wanted:
            possible.append(other)
    complete = reference.covers_level(me, world.day, at_least or exactly)
    return Partners(
        parties=tuple(sure),
        possible=tuple(possible),
        complete=complete and (group is None or group.complete),
    )


def is_state(world: World, party: str) -> bool:
    """Say whether a party counts as a country; one that no table has does."""
    known = world.reference.parties.get(party)
    return known is None or known.is_state


def counts(world: World, party: str, *, kind: Kind = "any") -> tuple[LevelCount, ...]:
    """Return how many partners stand at each rank, highest first; see `World.counts`."""
    me = world.reference.parties.find(party).id
    ladder = ladder_of(world, me)
    ranks = sorted({level.rank for level in ladder.levels if level.rank is not None}, reverse=True)
    return tuple(
        LevelCount(
            label := ladder.of_rank(rank)[0],
            len(partners(world, me, exactly=label.id, kind=kind)),
            len(partners(world, me, at_least=label.id, kind=kind)),
        )
        for rank in ranks
    )
