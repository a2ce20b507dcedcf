"""When partners came to a level, and how many there were: the search behind `EventLog.pace`."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.analysis.groups import members_of
from diplorel.analysis.pace import Pace, Reaching
from diplorel.analysis.partners import is_state
from diplorel.analysis.plausible_orders import Span
from diplorel.analysis.possible_standings import standings_of
from diplorel.analysis.spans_of_days import (
    count_within,
    eve,
    full_years,
    gap_to_one_before,
    window_start,
)
from diplorel.model.dates import FIRST_DAY
from diplorel.replay.day_events import undecided_on
from diplorel.replay.fold import fold_states
from diplorel.tracks.groups import GROUPS
from diplorel.tracks.level import LEVEL, UNNAMED
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from diplorel.analysis.groups import Members
    from diplorel.analysis.partners import Kind
    from diplorel.model.events import Event
    from diplorel.model.ladders import Ladder, Level
    from diplorel.model.reference import Reference
    from diplorel.replay.as_of import AsOfIndex, SubjectHistory
    from diplorel.tracks.level import Step

_BEARING: Final = frozenset({*TIES.handlers, *LEVEL.handlers, PartySucceeded})


@attrs.frozen
class Time:
    """One time that a partner came to a level, before it is held against the others.

    Attributes:
        partner: The partner's id.
        step: The step of its path.
        before: The step that gave it the level before; None where it held none.
        certain: Whether dates leave no doubt that it came with this step.
    """

    partner: str
    step: Step
    before: Step | None
    certain: bool

    @property
    def span(self) -> Span:
        """The days when it can have happened."""
        return Span(self.step.on.lo, self.step.on.hi)


@attrs.frozen(eq=False)
class Partner:
    """A partner, and its position on each day as far as the dates show.

    Attributes:
        pair: The dyad.
        partner: The partner's id.
        history: How the dyad changed.
        events: Every event that bears on its ties and its level, of whatever day.
        wanted: The ids of the levels that count.
        ladder: The party whose ladder counts.
        reference: The ladders and the coverage.
    """

    pair: tuple[str, str]
    partner: str
    history: SubjectHistory
    events: tuple[Event, ...]
    wanted: frozenset[str]
    ladder: str
    reference: Reference
    _known: dict[int, tuple[bool, bool]] = attrs.field(factory=dict, init=False)

    @cached_property
    def breaks(self) -> list[int]:
        """The days when its possible standings can change, in order."""
        # `Event.seq` can keep an event a few days behind others, at most one for each of them
        more = len(self.events) + 1 if any(event.seq for event in self.events) else 2
        return sorted(
            {
                bound + later
                for event in self.events
                for bound in (event.on.lo, event.on.hi)
                for later in range(more)
            }
        )

    def is_there(self, day: int) -> tuple[bool, bool]:
        """Return whether it certainly is at the level at the end of a day, and whether it can be.

        Between two of the `breaks`, the answer is the same.
        """
        place = bisect_right(self.breaks, day)
        known = self._known.get(place)
        if known is None:
            can = self._levels_on(self.breaks[place - 1]) if place else set()
            known = self._known[place] = (bool(can) and can <= self.wanted, bool(can & self.wanted))
        return known

    def _levels_on(self, day: int) -> set[str | None]:
        states = self.history.on(day)
        events = {
            event.id: event
            for track in (TIES, LEVEL)
            if (folded := states.get(track)) is not None
            for event in folded.events
        }
        events |= {
            event.id: event for event in self.history.undecided_on(day) if type(event) in _BEARING
        }
        found = standings_of(self.pair, tuple(events.values()), day, self.ladder, self.reference)
        return {one.level for one in found}

    @cached_property
    def first_possible(self) -> int | None:
        """The first day at whose end it can have been at the level; None where it never can."""
        return next((day for day in self.breaks if self.is_there(day)[1]), None)

    def times(self, until: int | None) -> Iterator[Time]:
        """Yield each time that it came to the level, oldest first, as the states show it."""
        folded = self.history.on(until).get(LEVEL)
        held = None if folded is None else folded.state.on(self.ladder)
        if held is None:
            return
        certain = not held.open and not self.is_open(until)
        inside, before = False, None
        for step in held.path:
            now = self._held(before, step)
            into = now is not None and now.level in self.wanted
            if into and not inside and step.kind != "downgraded":
                yield Time(self.partner, step, before, certain)
            certain = certain and step.level != UNNAMED
            inside, before = into, now

    def _held(self, before: Step | None, step: Step) -> Step | None:
        """Return the step from one level to another; None where there is none."""
        if step.level is None:
            return None
        if step.kind != "renewed" or before is None:
            return step
        old, new = (self._rank(one.level) for one in (before, step))
        if old is None:
            return step if new is not None else attrs.evolve(step, on=before.on)
        return before if new is None else attrs.evolve(step, on=before.on)

    def _rank(self, level: str | None) -> int | None:
        return self.reference.level(self.ladder, level or "").rank

    def is_open(self, until: int | None) -> bool:
        """Return whether an event that may have happened by a day can change its level."""
        return any(type(event) in LEVEL.handlers for event in self.history.undecided_on(until))


@attrs.frozen(eq=False)
class PaceSearch:
    """What is asked for, and what it is asked of.

    Attributes:
        index: The events by subject.
        reference: The ladders, the names and the coverage.
        party: The id of the party.
        ladder: Its ladder.
        level: The id of the lowest level that counts; None for all that have a rank.
        window: How long a window is: a number, and ``D``, ``M`` or ``Y``.
        until: The last day that counts, as an ordinal; None for all that is recorded.
        kind: Which partners count.
        groups: The ids of the groups; None for all that are recorded.
    """

    index: AsOfIndex
    reference: Reference
    party: str
    ladder: Ladder
    level: str | None
    window: tuple[int, str]
    until: int | None
    kind: Kind
    groups: Sequence[str] | None
    _lists: dict[tuple[str, int, bool], Members] = attrs.field(factory=dict, init=False)

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The levels that count."""
        if self.level is None:
            return tuple(level for level in self.ladder.levels if level.rank is not None)
        return self.ladder.at_least(self.level)

    @cached_property
    def partners(self) -> tuple[Partner, ...]:
        """Everybody with a record on the ladder."""
        wanted = frozenset(level.id for level in self.levels)
        found = []
        for pair in sorted(one for one in self.index.subjects() if isinstance(one, tuple)):
            if self.party not in pair:
                continue
            history = self.index.history(pair)
            folded = history.on(None).get(LEVEL)
            other = pair[0] if pair[1] == self.party else pair[1]
            if folded is None or folded.state.on(self.party) is None:
                continue
            if self.kind == "any" or is_state(self.reference, other):
                events = [one for one in self.index.events(pair) if type(one) in _BEARING]
                found.append(
                    Partner(pair, other, history, tuple(events), wanted, self.party, self.reference)
                )
        return tuple(found)

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """Each time that a partner came to the level, oldest first."""
        found = (time for partner in self.partners for time in partner.times(self.until))
        return tuple(sorted(found, key=lambda one: (one.span.hi, one.span.lo, one.partner)))

    def run(self, stamp: Mapping[str, Any]) -> Pace:
        """Return the pace."""
        there = {time.partner for time in self.times}
        open_ = (one for one in self.partners if one.is_open(self.until))
        last = self.until
        return Pace(
            party=self.party,
            level=None if self.level is None else self.reference.level(self.party, self.level),
            window=f"{self.window[0]}{self.window[1]}",
            on=None if last is None else date.fromordinal(last),
            rows=tuple(map(self._row, range(len(self.times)))),
            possible=tuple(
                one.partner
                for one in open_
                if last is not None and one.is_there(last)[1] and one.partner not in there
            ),
            stamp=stamp,
        )

    def _row(self, place: int) -> Reaching:
        time = self.times[place]
        span = time.span
        others = [one.span for at, one in enumerate(self.times) if at != place]
        complete = self._covers(span.lo, span.hi)
        nth = self._count_there(time)
        gap_min, gap_max = gap_to_one_before(span, others)
        earlier = max((one.lo for one in others if one.hi <= span.lo), default=FIRST_DAY)
        if gap_min is not None and not self._covers(earlier, span.hi):
            gap_min = 0
        few, many = count_within(span, others, *self.window)
        begin = max(FIRST_DAY, window_start(span.lo, *self.window))
        first_of, perhaps = self._first_of(time, complete=complete)
        level = self._level(time.step)
        before = None if time.before is None else self._level(time.before)
        since = None if time.before is None else time.before.on
        return Reaching(
            party=time.partner,
            name=self.reference.parties.name_of(time.partner),
            level=level,
            on=time.step.on,
            nth_min=nth[0],
            nth_max=nth[1] if complete else None,
            gap_min=gap_min,
            gap_max=gap_max,
            window_min=few,
            window_max=many if self._covers(begin, span.hi) else None,
            before=before,
            skipped=self._between(before, level),
            years_min=None if since is None else full_years(since.hi, span.lo),
            years_max=None if since is None else full_years(since.lo, span.hi),
            first_of=first_of,
            perhaps_first_of=perhaps,
            certain=time.certain,
            complete=complete,
            event=time.step.cause,
        )

    def _level(self, step: Step) -> Level:
        return self.reference.level(self.party, step.level or "")

    def _between(self, before: Level | None, level: Level) -> tuple[Level, ...]:
        if before is None or before.rank is None or level.rank is None:
            return ()
        low, high = before.rank, level.rank
        return tuple(
            one for one in self.ladder.levels if one.rank is not None and low < one.rank < high
        )

    def _covers(self, first: int, last: int) -> bool:
        """Return whether the ladder is complete from the level up on every day of a span."""
        gaps = {
            one.until.lo + 1
            for one in self.reference.coverage
            if one.until is not None and first <= one.until.lo < last
        }
        return all(
            self.reference.covers_level(self.party, day, self.level) for day in {first, last, *gaps}
        )

    def _count_there(self, time: Time) -> tuple[int, int]:
        """Return how few and how many partners there were when one came, with it."""
        span = time.span
        others = [one for one in self.partners if one.partner != time.partner]
        edges = {day for one in others for day in one.breaks if span.lo < day <= span.hi}
        days = {span.lo, *edges}  # in between, nothing changes
        counts = []
        for day in days:
            both = [(one.is_there(eve(day)), one.is_there(day)) for one in others]
            counts.append(
                (
                    sum(old[0] and new[0] for old, new in both),
                    sum(old[1] or new[1] for old, new in both),
                )
            )
        return 1 + min(few for few, _ in counts), 1 + max(many for _, many in counts)

    # --- the first of a group --------------------------------------------------------------------

    @cached_property
    def _groups(self) -> tuple[str, ...]:
        if self.groups is not None:
            return tuple(self.groups)
        return tuple(
            sorted(
                one
                for one in self.index.subjects()
                if isinstance(one, str)
                and any(type(event) in GROUPS.owns for event in self.index.events(one))
            )
        )

    def _members(self, group: str, day: int) -> Members:
        """Return who belongs to a group; days between which nothing happened share an answer."""
        events = self.index.events(group)
        breaks = sorted({bound for event in events for bound in (event.on.lo, event.on.hi)})
        complete = self.reference.covers(GROUPS.name, (group,), day)
        key = (group, bisect_right(breaks, day), complete)
        if key not in self._lists:
            happened = [event for event in events if event.on.hi <= day]
            folded = fold_states(happened, (GROUPS,), self.reference)[GROUPS].get(group)
            undecided = undecided_on(events, day, (GROUPS,)).get(group, ())
            self._lists[key] = members_of(folded, undecided, complete=complete)
        return self._lists[key]

    def _first_of(self, time: Time, *, complete: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the groups that a partner surely was the first member of, and those with doubt."""
        span = time.span
        certain: list[str] = []
        perhaps: list[str] = []
        for group in self._groups:
            lists = [self._members(group, day) for day in sorted({span.lo, span.hi})]
            if not any(time.partner in (*one.parties, *one.possible) for one in lists):
                continue
            sure = all(time.partner in one.parties for one in lists)
            earlier = [one for one in self.times if one.span.hi < span.lo and one.certain]
            if any(
                one.partner == time.partner or all(one.partner in each.parties for each in lists)
                for one in earlier
            ):
                continue
            alone = not any(
                self._may_be_before(one, time, lists)
                for one in self.partners
                if one.partner != time.partner
            )
            again = any(
                one.partner == time.partner and one.span.lo <= span.hi
                for one in self.times
                if one is not time
            )
            whole = complete and all(one.complete for one in lists)
            known = sure and alone and whole and time.certain and not again
            (certain if known else perhaps).append(group)
        return tuple(certain), tuple(perhaps)

    @staticmethod
    def _may_be_before(other: Partner, time: Time, lists: Sequence[Members]) -> bool:
        listed = any(other.partner in (*one.parties, *one.possible) for one in lists)
        first = other.first_possible
        return listed and first is not None and first <= time.span.hi
