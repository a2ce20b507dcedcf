"""Durations: how long it took from one milestone to another, as survival analysis needs it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from math import inf
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel._columns import clipped, columns, counted
from diplorel.analysis.spell_runs import dyads_of, spells_of
from diplorel.analysis.spell_values import READERS
from diplorel.analysis.spells import Bounds
from diplorel.model.dates import FIRST_DAY
from diplorel.model.listing import Listing
from diplorel.model.lives import PartyEnded
from diplorel.tracks import LEVEL, TIES

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
        start_open: Whether the beginning itself is not recorded, only a day by which it had come.
        reached: When the event happened; None where it had not by `censored_on`.
        t_lower: The shortest time to the event; without an event, the time without it.
        t_upper: The longest time to the event; infinite without an event.
        event: Whether it happened.
        entry: The time from which the dyad is under observation (left truncation); 0 from the start
            on. It counts from the same day as `t_lower`.
        t: One number, for methods that take no interval: the middle for an event, `t_lower`
            without.
        censored_on: The last day under observation, where the event had not happened.
        ended_by: The id of the event, or of the end of a party by which the dyad is censored.
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
        start: The milestone from which time counts.
        event: The milestone to which it counts.
        day: The last day, an ordinal.
        entry: ``coverage``, ``start``, or a day from which dyads are under observation.
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
    index: AsOfIndex, reference: Reference, party: str | None, plan: Plan
) -> tuple[list[Duration], list[tuple[Pair, str | None, str]]]:
    """Return the durations of dyads, and those that began and cannot be used, with the reason."""
    rows: list[Duration] = []
    left_out: list[tuple[Pair, str | None, str]] = []
    for pair in dyads_of(index, READERS[TIES.name], party, None):
        spells = {
            reader.track.name: [*spells_of(index, [pair], reader, reference, plan.day)]
            for reader in (READERS[TIES.name], READERS[LEVEL.name])
            if reader.track is TIES or (plan.start, plan.event) != (None, None)
        }
        for side in _sides(pair, party, plan):
            found = _duration(index, reference, pair, side, spells, plan)
            if isinstance(found, Duration):
                rows.append(found)
            elif found is not None:
                left_out.append((pair, side, found))
    return rows, left_out


def _sides(pair: Pair, party: str | None, plan: Plan) -> list[str | None]:
    levels = [one for one in (plan.start, plan.event) if one is not None]
    if not levels:
        return [None]
    return [
        side
        for side in pair
        if (party is None or side == party) and all(side in one for one in levels)
    ]


def _reached(
    spells: Mapping[str, Sequence[Spell]], side: str | None, wanted: Reached, reference: Reference
) -> Spell | None:
    """Return the first spell in which a milestone is reached."""
    if wanted is None:
        ties = spells[TIES.name]
        return next((one for one in ties if one.value == "established"), None)
    assert side is not None  # noqa: S101  levels have a side
    least = wanted[side].rank or 0

    def is_reached(spell: Spell) -> bool:
        rank = None if spell.value is None else reference.level(side, spell.value).rank
        return spell.side == side and rank is not None and rank >= least

    return next(filter(is_reached, spells[LEVEL.name]), None)


@attrs.frozen
class _Window:
    """From the end of which day on, and up to which day, a dyad is under observation."""

    entry: int
    last: int
    over: str | None
    known: str


def _duration(
    index: AsOfIndex,
    reference: Reference,
    pair: Pair,
    side: str | None,
    spells: Mapping[str, Sequence[Spell]],
    plan: Plan,
) -> Duration | str | None:
    """Return a duration; why it cannot be used; None where it had not begun."""
    begun = _reached(spells, side, plan.start, reference)
    if begun is None:
        return None
    if begun.start.lo <= FIRST_DAY:
        return "start-not-recorded"
    came = _reached(spells, side, plan.event, reference)
    if came is not None and came.start.hi < begun.start.lo:
        return "event-before-start"
    last = min(plan.day, _first_doubt(index, pair, side, came, plan))
    covered = _covered(reference, pair, side, plan.event, last)
    window = _window(begun, came, spells[TIES.name], covered, last, plan)
    if came is not None and came.start.hi <= window.last:
        return _with_event(begun, came, window, plan)
    return _without_event(begun, side, window)


def _first_doubt(
    index: AsOfIndex, pair: Pair, side: str | None, came: Spell | None, plan: Plan
) -> int:
    """Return the last day by which the event had certainly not happened, if dates doubt it."""
    owns = (TIES if plan.event is None else LEVEL).owns
    first = min(
        (
            event.on.lo
            for event in index.history(pair).undecided_on(plan.day)
            if type(event) in owns and getattr(event, "ladder", side) == side
        ),
        default=plan.day + 1,
    )
    return plan.day if came is not None else first - 1


def _covered(
    reference: Reference, pair: Pair, side: str | None, wanted: Reached, day: int
) -> tuple[int, int] | None:
    """Return the first and last day on which a stream would have recorded the event."""
    track = TIES if wanted is None else LEVEL

    def until(asked: int) -> int | None:
        if wanted is None or side is None:
            return reference.complete_to(track.name, pair, asked)
        return reference.level_complete_to(side, asked, wanted[side].id)

    last = until(day)
    if last is None:
        return None
    begins = {
        FIRST_DAY if one.since is None else one.since.hi
        for one in reference.coverage
        if one.track == track.name
    }
    return min(one for one in begins if until(one) == one), last


def _window(
    begun: Spell,
    came: Spell | None,
    ties: Sequence[Spell],
    covered: tuple[int, int] | None,
    last: int,
    plan: Plan,
) -> _Window:
    entry, over = begun.start.hi, None
    if isinstance(plan.entry, int):
        entry = max(entry, plan.entry)
    elif plan.entry == "coverage" and covered is not None:
        entry = max(entry, covered[0])
    if covered is not None and plan.censor == "coverage":
        last = min(last, covered[1])
    for spell in ties:  # they tile the common life, and its end is the end of one
        end = spell.end
        if end is None or spell.ended_by_type != PartyEnded.type or end.hi <= begun.start.lo:
            continue
        if end.lo - 1 <= last:
            last, over = end.lo - 1, spell.ended_by
        break
    if came is not None and came.start.lo <= last < came.start.hi:
        last = came.start.lo - 1  # whether it happened under observation is open
        over = None
    known = covered is not None and last <= covered[1]
    return _Window(entry, last, over, "known" if known else "as-last-recorded")


def _with_event(begun: Spell, came: Spell, window: _Window, plan: Plan) -> Duration | str:
    start, reached = begun.start, came.start
    if window.entry > start.hi and reached.lo <= window.entry:
        return "event-before-entry"
    lower, upper = float(max(0, reached.lo - start.hi)), float(reached.hi - start.lo)
    if upper == 0:
        if plan.zero == "leave-out":
            return "zero-length"
        if plan.zero == "half-day":
            lower = upper = 0.5
    return Duration(
        parties=begun.parties,
        side=came.side or begun.side,
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


def _without_event(begun: Spell, side: str | None, window: _Window) -> Duration | str:
    start = begun.start
    if window.last <= window.entry:
        return "not-observed"
    return Duration(
        parties=begun.parties,
        side=side,
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
