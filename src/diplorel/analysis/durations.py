"""Durations: how long it took from one milestone to another, as survival analysis needs it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from math import inf
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel._columns import clipped, columns, counted
from diplorel.analysis.spell_orders import first_in, is_settled, ways_of, widen
from diplorel.analysis.spell_runs import spells_of
from diplorel.analysis.spell_values import READERS
from diplorel.analysis.spells import Bounds
from diplorel.model.dates import FIRST_DAY
from diplorel.model.listing import Listing
from diplorel.model.lives import PartyEnded
from diplorel.tracks import LEVEL, TIES
from diplorel.tracks.ties import TiesStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from diplorel._pickling import Reduced
    from diplorel.analysis.spells import Spell
    from diplorel.model.ladders import Level
    from diplorel.model.reference import Reference
    from diplorel.model.table import Table
    from diplorel.replay.as_of import AsOfIndex

    Pair: TypeAlias = tuple[str, str]
    Reached: TypeAlias = Mapping[str, Level] | None
    """A milestone: the level on each ladder that has it; None for ties."""

REASONS: Final = {
    "start-not-recorded": "no day bounds its beginning",
    "start-undecided": "dates leave open whether it began at all",
    "event-before-start": "the event came first",
    "event-before-entry": "the event may have come before observation began, or on that day",
    "not-observed": "it was under observation on no day",
    "zero-length": "start and event were on one day",
}
"""Why a duration cannot be used."""


@attrs.frozen(kw_only=True, repr=False)
class Duration:
    """How long it took a dyad from one milestone to another, in days.

    Attributes:
        parties: The two ids, in alphabetical order.
        side: Whose ladder it is; None where no level is meant.
        start: When time began to count.
        start_open: Whether the beginning itself is not recorded, only a day when it was already
            past.
        reached: When the event happened; None where it had not by `censored_on`.
        t_lower: The shortest time to the event; without an event, the time without it. It is 0
            where dates leave open whether the event came first.
        t_upper: The longest time to the event; infinite without an event.
        event: Whether it happened.
        entry: When the observation of the dyad begins (left truncation); 0 from the start on. It
            counts from the same day as `t_lower`.
        t: One number, for methods that take no interval: the middle for an event, `t_lower`
            without.
        censored_on: The last day under observation, where the event had not happened.
        ended_by: The id of the event, or of the end of a party that censors the dyad.
        known: Without an event: ``known`` where a stream vouches for that, ``as-last-recorded``
            where none does. With one: ``known``.
    """

    parties: tuple[str, str]
    side: str | None
    start: Bounds
    start_open: bool
    reached: Bounds | None
    t_lower: float
    t_upper: float
    event: bool
    entry: float
    censored_on: date | None
    ended_by: str | None
    known: str

    @property
    def t(self) -> float:
        """One number, for methods that take no interval."""
        return (self.t_lower + self.t_upper) / 2 if self.event else self.t_lower

    def __repr__(self) -> str:
        return clipped(f"<Duration {' '.join(str(cell) for cell in self.cells()[:4])}>")

    def __str__(self) -> str:
        return "  ".join(str(cell) for cell in self.cells())

    def cells(self) -> tuple[object, ...]:
        """Return the cells of its row for `print`."""
        pair = "-".join(self.parties) + (f" ({self.side})" if self.side else "")
        lower, upper, entry = (f"{one:g}" for one in (self.t_lower, self.t_upper, self.entry))
        return (pair, lower, upper, "yes" if self.event else "no", entry, self.known)


class Durations(Listing[Duration]):
    """Durations, dyad by dyad: a sequence that prints as a table.

    Args:
        rows: The durations.
        left_out: The dyads that began and cannot be used: parties, side and reason.
        stamp: How the log was read, for the table.
    """

    __slots__ = ("_left_out", "_stamp")

    def __init__(
        self,
        rows: Iterable[Duration] = (),
        left_out: Iterable[tuple[tuple[str, str], str | None, str]] = (),
        stamp: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(rows)
        self._left_out = tuple(left_out)
        self._stamp = dict(stamp or {})

    @property
    def left_out(self) -> tuple[tuple[tuple[str, str], str | None, str], ...]:
        """The dyads that began and cannot be used: parties, side, and one of `REASONS`."""
        return self._left_out

    def __reduce__(self) -> Reduced:
        return type(self), (tuple(self), self._left_out, self._stamp)

    def __repr__(self) -> str:
        events = sum(row.event for row in self)
        return f"<Durations: {counted(len(self), 'row')}, {counted(events, 'event')}>"

    def __str__(self) -> str:
        head = ("dyad", "t_lower", "t_upper", "event", "entry", "known")
        lines = columns([head, *(row.cells() for row in self)], "<>><>")
        reasons = Counter(reason for _, _, reason in self.left_out)
        lines += [f"left out: {number} ({REASONS[one]})" for one, number in sorted(reasons.items())]
        return "\n".join(lines)

    def table(self) -> Table:
        """Return one row a duration: numbers of days, with dates and ids in columns of their own.

        The stamp has how many were left out by reason.
        """
        from diplorel.analysis.spell_tables import durations_table  # noqa: PLC0415  few ask for it

        return durations_table(self, self._stamp)


@attrs.frozen(kw_only=True)
class Plan:
    """What is asked for.

    Attributes:
        start: The milestone that time is counted from.
        event: The milestone that time is counted to.
        day: The last day, an ordinal.
        entry: ``coverage``, ``start``, or the first day of observation.
        censor: ``coverage`` or ``asked``.
        zero: ``half-day``, ``keep`` or ``leave-out``.
    """

    start: Reached
    event: Reached
    day: int
    entry: str | int
    censor: str
    zero: str


def durations(
    index: AsOfIndex, reference: Reference, pairs: Iterable[Pair], party: str | None, plan: Plan
) -> tuple[list[Duration], list[tuple[Pair, str | None, str]]]:
    """Return the durations of dyads, and those that began and cannot be used, with the reason."""
    rows: list[Duration] = []
    left_out: list[tuple[Pair, str | None, str]] = []
    for pair in pairs:
        spells = {
            reader.track.name: [*spells_of(index, [pair], reader, reference, plan.day)]
            for reader in (READERS[TIES.name], READERS[LEVEL.name])
            if reader.track is TIES or (plan.start, plan.event) != (None, None)
        }
        for side in _sides(pair, party, plan):
            found = _duration(_Case(index, reference, pair, side, spells, plan))
            if isinstance(found, Duration):
                rows.append(found)
            elif found is not None:
                left_out.append((pair, side, found))
    return rows, left_out


@attrs.frozen
class _Case:
    """A dyad, the side whose ladder counts, and what is asked of it."""

    index: AsOfIndex
    reference: Reference
    pair: Pair
    side: str | None
    spells: Mapping[str, Sequence[Spell]]
    plan: Plan

    def level(self, wanted: Reached) -> Level | None:
        """Return the level that a milestone means; None for ties."""
        return None if wanted is None or self.side is None else wanted[self.side]


def _sides(pair: Pair, party: str | None, plan: Plan) -> list[str | None]:
    levels = [one for one in (plan.start, plan.event) if one is not None]
    if not levels:
        return [None]
    return [
        side
        for side in pair
        if (party is None or side == party) and all(side in one for one in levels)
    ]


@attrs.frozen
class _Milestone:
    """When a dyad first reached what is asked for.

    Attributes:
        start: The day, as far as every history that dates allow goes.
        start_open: Whether only a day is recorded when it was already past.
        began_by: The id of the event, as shown.
        sure: Whether every history has it.
    """

    start: Bounds
    start_open: bool
    began_by: str | None
    sure: bool


def _reached(case: _Case, wanted: Reached) -> _Milestone | None:
    """Return when a milestone was first reached; None where no history has it."""
    level = case.level(wanted)
    track, side = (TIES, None) if level is None else (LEVEL, case.side)

    def is_meant(value: str | None) -> bool:
        if level is None or value is None:
            return value == TiesStatus.ESTABLISHED
        rank = case.reference.level(case.side or "", value).rank
        return rank is not None and rank >= (level.rank or 0)

    mine = (one for one in case.spells[track.name] if one.side == side)
    spell = next((one for one in mine if is_meant(one.value)), None)
    if spell is not None and spell.start_open:
        return _Milestone(spell.start, spell.start_open, spell.began_by, spell.known != "undecided")
    history = case.index.history(case.pair)
    ways = ways_of(history, READERS[track.name], side, case.reference, case.plan.day)
    runs = first_in(ways or (), is_meant)
    found = [one.start for one in runs if one is not None and one.start is not None]
    if not found and spell is None:
        return None
    began_by = None if spell is None else spell.began_by
    if not found:
        assert spell is not None  # noqa: S101  as above
        is_sure = ways == [] or spell.known != "undecided"
        is_sure = is_sure or is_settled(history, READERS[track.name].track, case.plan.day, began_by)
        return _Milestone(spell.start, False, began_by, is_sure)
    start = Bounds(None, min(one.lo for one in found), max(one.hi for one in found))
    if spell is not None:
        start = widen(spell.start, start)
    return _Milestone(start, False, began_by, None not in runs)


@attrs.frozen
class _Window:
    """The observation of a dyad: from the end of its first day to its last day."""

    entry: int
    last: int
    over: str | None
    known: str


def _duration(case: _Case) -> Duration | str | None:
    """Return a duration; why it cannot be used; None where it had not begun."""
    plan = case.plan
    begun = _reached(case, plan.start)
    if begun is None:
        return None
    if not begun.sure:
        return "start-undecided"
    if begun.start.lo <= FIRST_DAY:
        return "start-not-recorded"
    came = _reached(case, plan.event)
    if came is not None and came.sure and came.start.hi < begun.start.lo:
        return "event-before-start"
    window = _window(case, begun, came)
    if came is not None and came.sure and came.start.hi <= window.last:
        return _with_event(case, begun, came, window)
    return _without_event(case, begun, window)


def _last_without(case: _Case) -> int:
    """Return the last day when the event had certainly not happened, where none is applied."""
    owns = (TIES if case.plan.event is None else LEVEL).owns
    doubts = (
        event.on.lo - 1
        for event in case.index.history(case.pair).undecided_on(case.plan.day)
        if type(event) in owns and getattr(event, "ladder", case.side) == case.side
    )
    return min(doubts, default=case.plan.day)


def _covered(case: _Case, day: int) -> tuple[int, int] | None:
    """Return the first and the last day when a stream would have recorded the event."""
    level = case.level(case.plan.event)
    track = TIES if level is None else LEVEL

    def until(asked: int) -> int | None:
        if level is None:
            return case.reference.complete_to(track.name, case.pair, asked)
        return case.reference.level_complete_to(case.side or "", asked, level.id)

    last = until(day)
    if last is None:
        return None
    begins = {
        FIRST_DAY if one.since is None else one.since.hi
        for one in case.reference.coverage
        if one.track == track.name
    }
    return min(one for one in begins if until(one) == one), last


def _window(case: _Case, begun: _Milestone, came: _Milestone | None) -> _Window:
    plan, over = case.plan, None
    entry, last = begun.start.hi, plan.day
    if came is None or not came.sure:
        last = _last_without(case)
    if came is not None and not came.sure:  # it may have happened from then on
        last = min(last, came.start.lo - 1)
    covered = _covered(case, last)
    if isinstance(plan.entry, int):
        entry = max(entry, plan.entry)
    elif plan.entry == "coverage" and covered is not None:
        entry = max(entry, covered[0])
    if covered is not None and plan.censor == "coverage":
        last = min(last, covered[1])
    end = _end_of_life(case, begun)
    if end is not None and end[0] <= last:
        last, over = end
    if came is not None and came.start.lo <= last < came.start.hi:
        last, over = came.start.lo - 1, None  # whether it came under observation is open
    known = covered is not None and last <= covered[1]
    return _Window(entry, last, over, "known" if known else "as-last-recorded")


def _end_of_life(case: _Case, begun: _Milestone) -> tuple[int, str | None] | None:
    """Return the last day before one of two parties ended after a beginning, and that event."""
    for spell in case.spells[TIES.name]:  # they tile the common life
        end = spell.end
        if spell.ended_by_type == PartyEnded.type and end is not None and end.hi > begun.start.lo:
            return end.lo - 1, spell.ended_by
    return None


def _with_event(
    case: _Case, begun: _Milestone, came: _Milestone, window: _Window
) -> Duration | str:
    start, reached = begun.start, came.start
    if window.entry > start.hi and reached.lo <= window.entry:
        return "event-before-entry"
    lower, upper = float(max(0, reached.lo - start.hi)), float(reached.hi - start.lo)
    if upper == 0:
        if case.plan.zero == "leave-out":
            return "zero-length"
        if case.plan.zero == "half-day":
            lower = upper = 0.5
    return Duration(
        parties=case.pair,
        side=case.side,
        start=start,
        start_open=begun.start_open,
        reached=reached,
        t_lower=lower,
        t_upper=upper,
        event=True,
        entry=float(window.entry - start.hi),
        censored_on=None,
        ended_by=came.began_by,
        known="known",
    )


def _without_event(case: _Case, begun: _Milestone, window: _Window) -> Duration | str:
    start = begun.start
    if window.last <= window.entry:
        return "not-observed"
    return Duration(
        parties=case.pair,
        side=case.side,
        start=start,
        start_open=begun.start_open,
        reached=None,
        t_lower=float(window.last - start.hi),
        t_upper=inf,
        event=False,
        entry=float(window.entry - start.hi),
        censored_on=date.fromordinal(window.last),
        ended_by=window.over,
        known=window.known,
    )
