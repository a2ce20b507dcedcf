"""The partners of a party at a level, counted in the two ways that the press uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

import attrs

from diplorel._columns import clipped, columns, counted
from diplorel._message import NONE
from diplorel.analysis.groups import PartyList, asked_of, members
from diplorel.analysis.possible_standings import possible_standings
from diplorel.errors import InvalidQueryError
from diplorel.model.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.model.ladders import Ladder, Level
    from diplorel.model.reference import Reference
    from diplorel.model.table import Table
    from diplorel.replay.snapshot import Snapshot

Kind: TypeAlias = Literal["any", "state"]


@attrs.frozen(kw_only=True, repr=False)
class Partners(PartyList):
    """The partners of a party at a level, on one day.

    Iterating, counting and ``in`` go over `parties`.

    Attributes:
        parties: The ids of those that certainly are at the level, in alphabetical order.
        possible: The ids of those that may be, as far as the dates show.
        complete: Whether the list is known to be whole, as some stream claims to list them all, or
            every member of the group that was asked for is on it; otherwise there may be more.
        unranked: The ids of those at a label without a rank, where the question was for "at least"
            a level: whether they are at least there, the ladder does not say. They are not counted.

    >>> import diplorel as dr
    >>> world = dr.load("vietnam").replay("2025-03-12")
    >>> top = world.partners("VNM", at_least="comprehensive-strategic")
    >>> len(top), "SGP" in top, top.complete
    (12, True, True)
    """

    noun: ClassVar[str] = "partner"

    unranked: tuple[str, ...] = ()

    def __str__(self) -> str:
        listed = super().__str__()
        if not self.unranked:
            return listed
        return f"{listed}\n\nat a level without a rank: {', '.join(self.unranked)}"


@attrs.frozen(repr=False)
class LevelCount:
    """How many partners there are at one rank.

    Attributes:
        level: The first label of the rank.
        exactly: How many are at this rank: the counts of all ranks are disjoint.
        at_least: How many are at this rank or a higher one: the counts are cumulative.
        complete: Whether some stream claims to list them all; otherwise there may be more.
    """

    level: Level
    exactly: int
    at_least: int
    complete: bool = True

    def __repr__(self) -> str:
        counts = f"exactly {self.exactly}, at least {self.at_least}"
        return clipped(f"<LevelCount {self.level.id}: {counts}>")


class LevelCounts(Listing[LevelCount]):
    """The counts of all ranks, highest first: a sequence that prints as a table."""

    __slots__ = ()

    def table(self) -> Table:
        """Return one row a rank, highest first."""
        from diplorel.analysis.tables import counts_table  # noqa: PLC0415  few ask for it

        return counts_table(self)

    def __repr__(self) -> str:
        return f"<LevelCounts: {counted(len(self), 'rank')}>"

    def __str__(self) -> str:
        rows = [
            (one.level.name(), one.exactly, one.at_least, "yes" if one.complete else "no")
            for one in self
        ]
        heading = ("level", "exactly", "at least", "complete")
        return "\n".join(columns([heading, *rows], "<>>"))


def ladder_of(reference: Reference, party: str) -> Ladder:
    """Return the ladder of *party*.

    Raises:
        InvalidQueryError: No stream here has one; the message lists those there are.
    """
    ladder = reference.ladder.get(party)
    if ladder is None:
        known = ", ".join(sorted(reference.ladder)) or NONE
        raise InvalidQueryError(
            "{party} has no ladder in this log, so no levels; there are: {known}. "
            "World.metric_ranking() ranks by ties or visits without one",
            party=party,
            known=known,
        )
    return ladder


def partners(
    snapshot: Snapshot,
    party: str,
    *,
    at_least: str | None = None,
    exactly: str | None = None,
    within: str | None = None,
    kind: Kind = "any",
) -> Partners:
    """Return the partners of *party* on its own ladder; see `World.partners`.

    Args:
        snapshot: The states of the day.
        party: The id of the party.
        at_least: The id of the lowest level that counts.
        exactly: The id of a level of the one rank that counts.
        within: The id of a group.
        kind: ``state`` counts countries only.
    """
    reference = snapshot.reference
    ladder = ladder_of(reference, party)
    levels = ladder.levels
    if at_least is not None:
        levels = ladder.at_least(at_least)
    elif exactly is not None:
        levels = ladder.exactly(exactly)
    wanted = {level.id for level in levels}
    group = None if within is None else members(snapshot, within)
    certain: list[str] = []
    possible: list[str] = []
    unranked: list[str] = []
    labels = {level.id for level in ladder.levels if level.rank is None} - wanted
    for other in snapshot.counterparts(party):
        if kind == "state" and not is_state(reference, other):
            continue
        if group is not None and other not in (*group.parties, *group.possible):
            continue
        can = {one.level for one in possible_standings(snapshot, party, other)}
        if can <= wanted and (group is None or other in group.parties):
            certain.append(other)
        elif can & wanted:
            possible.append(other)
        elif at_least is not None and can & labels:
            unranked.append(other)
    complete = reference.covers_level(party, snapshot.day, at_least or exactly)
    if group is not None:
        missing = {*group.parties, *group.possible} - {party, *certain, *possible}
        # Where every member is there, no unlisted partner can be one of them.
        full = not any(kind == "any" or is_state(reference, one) for one in missing)
        complete = group.complete and (complete or full)
    return Partners(
        parties=tuple(certain),
        possible=tuple(possible),
        complete=complete,
        unranked=tuple(unranked),
        asked=asked_of(
            snapshot, party=party, at_least=at_least, exactly=exactly, within=within, kind=kind
        ),
    )


def is_state(reference: Reference, party: str) -> bool:
    """Say whether a party counts as a country; one that no table has does."""
    known = reference.parties.get(party)
    return known is None or known.is_state


def others_of(snapshot: Snapshot, party: str, kind: Kind) -> Iterator[str]:
    """Yield every state that lives on the day, and who else something is recorded with, by id."""
    reference, day = snapshot.reference, snapshot.day
    alive = {one.id for one in reference.parties if one.is_state and one.is_alive(day)} - {party}
    for other in sorted({*alive, *snapshot.counterparts(party)}):
        if kind == "any" or is_state(reference, other):
            yield other


def counts(snapshot: Snapshot, party: str, *, kind: Kind = "any") -> LevelCounts:
    """Return how many partners there are at each rank, highest first; see `World.counts`."""
    ladder = ladder_of(snapshot.reference, party)
    return LevelCounts(
        (
            LevelCount(
                label := ladder.of_rank(rank)[0],
                len(partners(snapshot, party, exactly=label.id, kind=kind)),
                len(partners(snapshot, party, at_least=label.id, kind=kind)),
                snapshot.reference.covers_level(party, snapshot.day, label.id),
            )
            for rank in ladder.ranks
        ),
        asked_of(snapshot, party=party, kind=kind),
    )
