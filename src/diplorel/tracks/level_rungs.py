"""What is held on each ladder, and what the events of the level do to it."""

from __future__ import annotations

from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import attrs

from diplorel.model.dates import PartialDate
from diplorel.tracks.level_events import LevelEvent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.tracks.level_events import (
        LevelAgreed,
        LevelDowngraded,
        LevelHeld,
        LevelRenewed,
        LevelUpgraded,
    )
    from diplorel.tracks.track import Answers, Cell

_ID: Final = attrgetter("id")
UNNAMED: Final = "?"
"""What stands for the id of a level that no source names."""


class LevelStatus(StrEnum):
    """Whether a level is held on a ladder, was held, never was, or is not known to be."""

    NONE = "none"
    HELD = "held"
    ENDED = "ended"
    UNKNOWN = "unknown"


@attrs.frozen
class Step:
    """One step of a path on a ladder.

    Attributes:
        kind: ``upgraded``, ``downgraded``, ``renewed``, ``listed`` or ``ended``.
        level: The id of the level from then on; None where it ended, ``?`` where no source names
            it.
        on: When it was reached or renewed, or when it ended.
        cause: The event that led there. Two steps are equal when its id is the same.
    """

    kind: str
    level: str | None
    on: PartialDate
    cause: Event = attrs.field(eq=_ID, repr=_ID)

    @property
    def event(self) -> str:
        """The id of the event."""
        return self.cause.id


@attrs.frozen
class LadderState:
    """What a dyad holds on one ladder, as the events alone give it.

    `Relation.level` returns the same with the ladder's names and ranks.

    Attributes:
        ladder: The party whose ladder it is.
        status: Whether a level is held.
        level: The id of the level; None unless held.
        since: The day when the level was reached, or ended.
        agreed: The id of a level that is agreed and not yet in effect.
        path: Every step, oldest first.
        open: If dates leave the order of the events open, the answers that differ between the
            plausible orders: ``status``, ``level``, ``since``, ``agreed``, ``path``.
    """

    ladder: str
    status: LevelStatus
    level: str | None = None
    since: PartialDate | None = None
    agreed: str | None = None
    path: tuple[Step, ...] = ()
    open: frozenset[str] = frozenset()

    def ranked(self, reference: Reference) -> LadderState:
        """Return it by the ranks of the ladder, which the events alone do not give.

        A renewal under a label without a rank leaves the rank that was held, and one that gives a
        label without a rank a rank reaches the level that day.
        """
        if not any(step.kind == "renewed" for step in self.path):
            return self
        level, since = by_rank(self.path, self.ladder, reference)
        return attrs.evolve(self, level=level, since=since)


def by_rank(
    path: Iterable[Step], ladder: str, reference: Reference
) -> tuple[str | None, PartialDate | None]:
    """Return the level that a path leads to, and since when, by the ranks of its labels."""
    level: str | None = None
    since: PartialDate | None = None
    for step in path:
        if step.kind != "renewed" or level is None or step.level is None:
            level, since = step.level, step.on
            continue
        before, after = (reference.level(ladder, one).rank for one in (level, step.level))
        if before is None and after is not None:
            since = step.on
        if before is None or after is not None:
            level = step.level
    return level, since


@attrs.frozen
class LevelState:
    """What a dyad holds on every ladder with events, in the order of ladders."""

    ladders: tuple[LadderState, ...] = ()

    def on(self, ladder: str) -> LadderState | None:
        """Return what is held on one ladder; None where nothing happened on it."""
        return next((state for state in self.ladders if state.ladder == ladder), None)


_HELD: Final = LevelStatus.HELD  # Python 3.11 takes a call to find a member by its name


class Rungs:
    """What is held on one ladder; `labels` are all that it was called since it was reached."""

    __slots__ = ("agreed", "labels", "level", "path", "since", "status")

    def __init__(self) -> None:
        self.status = LevelStatus.NONE
        self.level: str | None = None
        self.since: PartialDate | None = None
        self.agreed: str | None = None
        self.labels: tuple[str, ...] = ()
        self.path: list[Step] = []

    def copy(self) -> Rungs:
        """Return others with the same contents."""
        new = Rungs()
        new.status, new.level, new.since = self.status, self.level, self.since
        new.agreed, new.labels, new.path = self.agreed, self.labels, self.path[:]
        return new

    def reach(self, kind: str, level: str, on: PartialDate, event: Event) -> None:
        """Hold a level since a day, unless it is held already."""
        if level in self.labels and level != UNNAMED:
            return
        self.status, self.level, self.since, self.labels = _HELD, level, on, (level,)
        self.path.append(Step(kind, level, on, event))


Levels = dict[str, Rungs]
"""What is held, by the party whose ladder it is."""


def _rungs(acc: Levels, ladder: str) -> Rungs:
    rungs = acc.get(ladder)
    if rungs is None:
        rungs = acc[ladder] = Rungs()
    return rungs


def upgrade(acc: Levels, event: LevelUpgraded) -> None:
    """Reach a level; one that was agreed is then in effect, or overtaken."""
    rungs = _rungs(acc, event.ladder)
    rungs.agreed = None
    rungs.reach("upgraded", event.level or UNNAMED, event.on, event)


def downgrade(acc: Levels, event: LevelDowngraded) -> None:
    """Hold a lower level, or none."""
    if event.level is None:
        _end(_rungs(acc, event.ladder), event)
        return
    _rungs(acc, event.ladder).reach("downgraded", event.level, event.on, event)


def renew(acc: Levels, event: LevelRenewed) -> None:
    """Change the label within the rank."""
    rungs = _rungs(acc, event.ladder)
    if rungs.level is None:
        rungs.since = event.on
    rungs.status, rungs.level, rungs.labels = _HELD, event.level, (*rungs.labels, event.level)
    rungs.path.append(Step("renewed", event.level, event.on, event))


def list_at(acc: Levels, event: LevelHeld) -> None:
    """Hold a level that was reached at some time up to the day of a list."""
    rungs = _rungs(acc, event.ladder)
    before = rungs.path[-1].on if rungs.path else None
    rungs.reach("listed", event.level, _up_to(event.on, before), event)


def _up_to(on: PartialDate, after: PartialDate | None) -> PartialDate:
    """Return the range of days that ends with a date, and begins with another one's first day."""
    last = on.latest.isoformat()
    if after is None:
        return PartialDate(f"[..{last}]")
    return PartialDate(f"[{after.earliest.isoformat()}..{last}]" if after.lo < on.hi else last)


def agree(acc: Levels, event: LevelAgreed) -> None:
    """Note a level that is not yet in effect."""
    _rungs(acc, event.ladder).agreed = event.level


def sever(acc: Levels, event: Event) -> None:
    """End what is held on every ladder."""
    for rungs in acc.values():
        _end(rungs, event)


def _end(rungs: Rungs, event: Event) -> None:
    rungs.agreed = None
    if rungs.level is not None:
        rungs.status, rungs.level, rungs.since = LevelStatus.ENDED, None, event.on
        rungs.labels = ()
        rungs.path.append(Step("ended", None, event.on, event))


def copy(acc: Levels) -> Levels:
    """Return a copy that can go on by itself."""
    return {ladder: rungs.copy() for ladder, rungs in acc.items()}


def answers(acc: Levels, reference: Reference) -> Answers:
    """Return what the one ladder answers whose events came; rules look at all its labels."""
    ladder, rungs = next(iter(acc.items()), ("", Rungs()))
    path = tuple((step.kind, step.level, step.on.text) for step in rungs.path)
    level, since = rungs.level, rungs.since
    if len(rungs.labels) > 1:
        level, since = by_rank(rungs.path, ladder, reference)
    return (
        ("status", rungs.status),
        ("level", level),
        ("labels", frozenset(rungs.labels)),
        ("since", since),
        ("agreed", rungs.agreed),
        ("path", path),
    )


def mark(state: LevelState, open_: Collection[tuple[Cell, str]]) -> LevelState:
    """Return the state with the answers of each ladder that dates leave open."""
    return LevelState(
        tuple(
            attrs.evolve(
                held,
                open=frozenset(
                    name
                    for cell, name in open_
                    if cell in ((held.ladder,), ()) and name != "labels"
                ),
            )
            for held in state.ladders
        )
    )


def freeze(acc: Levels) -> LevelState:
    """Return the state as it is now."""
    return LevelState(
        tuple(
            LadderState(ladder, one.status, one.level, one.since, one.agreed, path=tuple(one.path))
            for ladder, one in sorted(acc.items())
        )
    )


def cells(event: Event) -> tuple[Cell, ...]:
    """Return the ladder; a severance of ties touches all."""
    return ((event.ladder,),) if isinstance(event, LevelEvent) else ((),)
