"""What a dyad holds on one party's ladder, with the names and ranks of that ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel.model.dates import PartialDate
from diplorel.model.ladders import Level
from diplorel.tracks.level import LEVEL, UNNAMED, LadderState, LevelStatus
from diplorel.tracks.track import is_certain

if TYPE_CHECKING:
    from datetime import date

    from diplorel.model.reference import Reference
    from diplorel.replay.dyad import DyadSnapshot


NOT_NAMED: Final = Level(
    id=UNNAMED,
    names={"en": "Level not named", "vi": "Không rõ khuôn khổ"},
)
"""The level that was reached where no source names it."""


@attrs.frozen
class Skip:
    """An upgrade that left out at least one rung.

    Attributes:
        before: The level before.
        after: The level after.
        missed: The levels of the rungs left out, lowest first.
        on: The day of the upgrade.
    """

    before: Level
    after: Level
    missed: tuple[Level, ...]
    on: PartialDate


@attrs.frozen(kw_only=True)
class Standing:
    """What a dyad holds on one party's ladder.

    Attributes:
        ladder: The party whose ladder it is.
        status: ``held``, ``ended``, ``none``, or ``unknown`` where nothing is recorded and no
            stream says that the ladder is complete.
        level: The level; None unless one is held. If no source names it, its id is ``?`` and it
            has no rank.
        since: The day when it was reached (or, where it ended, when it ended).
        agreed: A level that is agreed and not yet in effect.
        path: Every level held, oldest first, each with its first day.
        skipped: Every upgrade from one level to another that left out a rung.
        below: The lowest level below which the dyad certainly is, where no level is recorded and
            some stream says that the ladder is complete from that level up. With ``unknown``, it
            may hold a lower level.
        last_recorded: Whether no stream vouches for the level or its end on that day, so that it is
            as last recorded.
        complete_to: If it is as last recorded, the last day covered by a stream; None where no
            stream covers it.
        certain: Whether the dates leave nothing open.
        open: If dates leave the order of the events open, the answers that differ between the
            plausible orders: ``status``, ``level``, ``since``, ``agreed``, ``path``.

    >>> import diplorel as dr
    >>> standing = dr.load("vietnam").relation("VNM", "SGP", on="2025-03-12").level("VNM")
    >>> standing.status.value, [day.text for _, day in standing.path]
    ('held', ['2004-03', '2013-09-11', '2025-03-12'])
    >>> dr.load("vietnam").relation("VNM", "FJI", on="2025-03-12").level("VNM").below.id
    'strategic'
    """

    ladder: str
    status: LevelStatus
    level: Level | None = None
    since: PartialDate | None = None
    agreed: Level | None = None
    path: tuple[tuple[Level | None, PartialDate], ...] = ()
    skipped: tuple[Skip, ...] = ()
    below: Level | None = None
    last_recorded: bool = False
    complete_to: date | None = None
    certain: bool = True
    open: frozenset[str] = frozenset()

    def is_certain(self, answer: str) -> bool:
        """Return whether no order that the dates leave open changes an answer.

        Events that may not have happened by the day are not considered here; see `certain`.

        Args:
            answer: ``status``, ``level``, ``since``, ``agreed`` or ``path``.

        Raises:
            InvalidQueryError: The name is not one of these answers. Use one of them.

        >>> import diplorel as dr
        >>> dr.load("vietnam").relation("VNM", "SGP").level("VNM").is_certain("since")
        True
        """
        return is_certain(answer, self.open, ("status", "level", "since", "agreed", "path"))


def standing_on(dyad: DyadSnapshot, ladder: str, reference: Reference) -> Standing:
    """Return what a dyad holds on a ladder: always a `Standing`.

    Args:
        dyad: The states of the dyad.
        ladder: The id of the party whose ladder counts.
        reference: The ladders.
    """
    held = dyad.state(LEVEL).on(ladder)
    if held is not None:
        held = held.ranked(reference)
    covered = dyad.covers_level(ladder)
    if held is None or (held.status is LevelStatus.NONE and not covered):
        status = LevelStatus.NONE if covered else LevelStatus.UNKNOWN
        held = attrs.evolve(held or LadderState(ladder, status), status=status)
    certain = LEVEL.name in dyad.certain or (not held.open and not dyad.is_undecided(LEVEL))
    found = _named(held, reference, certain=certain)
    if held.level is None and certain:
        found = attrs.evolve(found, below=dyad.complete_from(ladder))
    if held.status in (LevelStatus.HELD, LevelStatus.ENDED):
        last_recorded, complete_to = dyad.level_last_recorded(ladder, held.level)
        found = attrs.evolve(found, last_recorded=last_recorded, complete_to=complete_to)
    return found


def _named(held: LadderState, reference: Reference, *, certain: bool) -> Standing:
    """Return what the events say of one ladder, with the ladder's own names and ranks."""
    ladder = held.ladder

    def level(id: str | None) -> Level | None:
        if id == UNNAMED:
            return NOT_NAMED
        return None if id is None else reference.level(ladder, id)

    return Standing(
        ladder=ladder,
        status=held.status,
        level=level(held.level),
        since=held.since,
        agreed=level(held.agreed),
        path=tuple((level(step.level), step.on) for step in held.path),
        skipped=_skipped(held, reference),
        certain=certain,
        open=held.open,
    )


def _skipped(held: LadderState, reference: Reference) -> tuple[Skip, ...]:
    known = reference.ladder.get(held.ladder)
    if known is None:
        return ()
    found = []
    before: Level | None = None
    for step in held.path:
        after = None if step.level is None else reference.level(held.ladder, step.level)
        if step.kind == "upgraded" and before is not None and after is not None:
            ranks = _ranks_between(before, after, {level.rank for level in known.levels})
            if ranks:
                missed = tuple(level for rank in ranks for level in known.of_rank(rank))
                found.append(Skip(before, after, missed, step.on))
        before = after
    return tuple(found)


def _ranks_between(low: Level, high: Level, ranks: set[int | None]) -> list[int]:
    if low.rank is None or high.rank is None:
        return []
    return sorted(rank for rank in ranks if rank is not None and low.rank < rank < high.rank)
