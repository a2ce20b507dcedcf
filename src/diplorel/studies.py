"""What studies ask of a log over time: spells, durations, histories; each one method, no rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from diplorel import _ask
from diplorel.errors import InvalidQueryError
from diplorel.panels import Panels
from diplorel.tracks import LEVEL, STANDARD, TIES
from diplorel.tracks.track import Track

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from diplorel._ask import Milestone
    from diplorel.analysis.durations import Durations
    from diplorel.analysis.pace import Pace
    from diplorel.analysis.partners import Kind
    from diplorel.analysis.ranking_history import Days, RankingHistory
    from diplorel.analysis.spells import Spells
    from diplorel.model.dates import DayLike


class Studies(Panels):
    """The questions of studies to an `EventLog`; see `diplorel.questions` for the others."""

    __slots__ = ()

    def spells(
        self,
        track: Track[Any, Any] | str,
        party: str | None = None,
        *,
        partner: str | None = None,
        on: DayLike | None = None,
        by_known: bool = False,
        tracks: Iterable[Track[Any, Any]] = (),
        value: Callable[[Any], str | None] | None = None,
    ) -> Spells:
        """Return the periods when a track keeps one value, dyad by dyad, oldest first.

        The spells of a dyad tile the common life of the two parties: each begins where the one
        before ends. Days without knowledge are spells as well, without a value. Besides these
        there are spells that no day shows: begun and ended within days that dates leave open, or
        ended without a recorded beginning (`Spell.start_open`).

        Args:
            track: ``ties``, ``level`` (on each ladder by itself), ``missions`` (the diplomatic post
                of each side), ``agreements`` (how many are in force), or a track of your own.
            party: Only the dyads of this party. When None, all with records.
            partner: Only the dyad of the two.
            on: The last day that spells cover; of a month or a year, its last day. When None, the
                day of the last record.
            by_known: Whether a spell also ends where it is known differently than before, as where
                the coverage of a stream ends. Then all spells are such as relations show.
            tracks: Tracks of your own, if *track* is a name.
            value: For a track of your own: a function that returns the value of its state as text,
                or None.

        Raises:
            UnknownPartyError: There is no such party.
            UnknownTrackError: There is no such track.
            InvalidQueryError: The track has no value without *value*; *partner* is given without
                *party*; or this is a view by earliest dates.
            InvalidDateError: *on* is not a valid day.

        >>> import diplorel as dr
        >>> print(dr.load("vietnam").spells("ties", "Vietnam", partner="Indonesia", on="2025"))
        dyad     value        start       end         ended by          known
        IDN-VNM  unknown      1945-09-02  1955-12-30  ties-established  unknown
        IDN-VNM  established  1955-12-30  -           -                 as-last-recorded
        """
        from diplorel.analysis.spell_runs import dyads_of, spells_of  # noqa: PLC0415  likewise
        from diplorel.analysis.spell_values import reader_of  # noqa: PLC0415  likewise
        from diplorel.analysis.spells import Spells  # noqa: PLC0415  likewise

        own = _ask.tracks([*tracks, track] if isinstance(track, Track) else tracks)
        reader = reader_of(_ask.track((*STANDARD, *own), track), value)
        index = self._index_of(reader.track)
        mine = None if party is None else _ask.party(self.reference, party)
        other = None
        if partner is not None:
            if mine is None:
                raise InvalidQueryError(
                    "give party= as well: partner={partner!r} is the other side", partner=partner
                )
            mine, other = _ask.pair(self.reference, (mine, partner))
        day = _ask.day("on", on) or self._last_recorded
        if day is None:
            return Spells()
        pairs = dyads_of(index if own else self._index, reader, mine, other)
        found = spells_of(index, pairs, reader, self.reference, day, by_known=by_known)
        until = date.fromordinal(day)
        return Spells(found, until, self._stamp(on=until.isoformat(), track=reader.track.name))

    def durations(
        self,
        party: str | None = None,
        *,
        start: Milestone = "ties",
        event: Milestone,
        entry: DayLike | Literal["coverage", "start"] = "coverage",
        censor: Literal["coverage", "asked"] = "coverage",
        zero: Literal["half-day", "keep", "leave-out"] = "half-day",
        on: DayLike | None = None,
    ) -> Durations:
        """Return how long it took from one milestone to another, as survival analysis needs it.

        A milestone is ``ties`` (ties established for the first time), or ``("level", id)``: the
        first day at that level or a higher one, on the ladder of each side that has the level.

        Each duration is an interval of days, as far as the dates of both milestones go; the upper
        end is infinite where the event had not happened by the day of censoring.

        Args:
            party: Only the dyads of this party, and only its ladder. When None, all.
            start: The milestone that time is counted from.
            event: The milestone that time is counted to.
            entry: From when a dyad is under observation: ``coverage``, the first day when a stream
                would have recorded the event (from the start, if none ever would); ``start``; or a
                day.
            censor: Until when: ``coverage``, the last day when a stream would have recorded the
                event (that of *on*, if none ever would); or ``asked``, that of *on*.
            zero: What becomes of a duration of no days, which parametric models do not take:
                ``half-day`` makes it half a day, ``keep`` keeps it, ``leave-out`` leaves it out.
            on: The last day; of a month or a year, its last day. When None, that of the last
                record.

        Returns:
            One row a dyad and ladder. `Durations.left_out` lists those that began and cannot be
            used, with the reason.

        Raises:
            UnknownPartyError: There is no such party.
            UnknownLevelError: The ladder of the party has no such level.
            InvalidQueryError: A milestone is neither of these, or no ladder has the level.
            InvalidDateError: *on* or *entry* is not a valid day.

        >>> import diplorel as dr
        >>> top = ("level", "comprehensive-strategic")
        >>> years = dr.load("vietnam").durations("Vietnam", event=top)
        >>> row = next(one for one in years if "SGP" in one.parties)
        >>> row.t_lower, row.t_upper, row.event
        (18851.0, 18851.0, True)
        """
        from diplorel.analysis.durations import (  # noqa: PLC0415  likewise
            Durations,
            Plan,
            durations,
        )
        from diplorel.analysis.spell_runs import dyads_of  # noqa: PLC0415  likewise
        from diplorel.analysis.spell_values import READERS  # noqa: PLC0415  likewise

        for name, given, allowed in (
            ("censor", censor, ("coverage", "asked")),
            ("zero", zero, ("half-day", "keep", "leave-out")),
        ):
            _ask.choice(name, given, allowed)
        mine = None if party is None else _ask.party(self.reference, party)
        first = _ask.milestone("start", self.reference, mine, start)
        last = _ask.milestone("event", self.reference, mine, event)
        since = _ask.entry(entry)
        index, day = self._index_of(TIES, LEVEL), _ask.day("on", on) or self._last_recorded
        if day is None:
            return Durations()
        plan = Plan(start=first, event=last, day=day, entry=since, censor=censor, zero=zero)
        pairs = dyads_of(self._index, READERS[TIES.name], mine, None)
        rows, left_out = durations(index, self.reference, pairs, mine, plan)
        until = date.fromordinal(day).isoformat()
        return Durations(rows, left_out, self._stamp(on=until, start=str(start), event=str(event)))

    def ranking_history(
        self,
        party: str,
        *,
        years: tuple[int, int] | None = None,
        days: Days = "year-ends",
        kind: Kind = "any",
        today: DayLike | None = None,
    ) -> RankingHistory:
        """Return the standing order of a party's partners over time, one row a partner and day.

        Each day is that of `World.ranking`: later events do not bear on it.

        Args:
            party: Whose partners: an id, alpha-2 code or name.
            years: The first and the last year, both included. When None, from the first level
                reached to the last change, or the last day of the coverage if it is later.
            days: ``year-ends`` takes 31 December of each year. A year that is not over is cut at
                the present; a year when the coverage of the levels ends is cut at its last covered
                day (`HistoryDay.cut`). ``changes`` takes each day at whose end a partner, a
                position or a level differs from the day before.
            kind: ``state`` ranks countries only, ``any`` also unions.
            today: The present day, in UTC by the clock when None. Nothing later is shown.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidDateError: *today* is not a valid day.
            InvalidQueryError: The party has no ladder here, the years are not two in order or have
                not come, or there is no such kind or word for days.

        >>> import diplorel as dr
        >>> history = dr.load("vietnam").ranking_history("VNM", years=(2008, 2010), days="changes")
        >>> [(day.on.isoformat(), len(day)) for day in history.days][-2:]
        [('2010-09-08', 13), ('2010-12-31', 14)]
        """
        from diplorel.analysis.partners import ladder_of  # noqa: PLC0415  likewise
        from diplorel.analysis.ranking_history import (  # noqa: PLC0415  likewise
            ranking_history,
        )

        _ask.choice("days", days, ("year-ends", "changes"))
        _ask.choice("kind", kind, ("any", "state"))
        present = _ask.today(today)
        id = _ask.party(self.reference, party)
        ladder_of(self.reference, id)
        return ranking_history(
            self.resolve(),
            self.reference,
            id,
            years=_ask.years(years, present.year),
            days=days,
            kind=kind,
            dates=self._dates,
            today=present,
            stamp=self._stamp(party=id, kind=kind, today=present.isoformat()),
        )

    def pace(
        self,
        party: str,
        *,
        level: str | None = None,
        window: str = "24M",
        on: DayLike | None = None,
        groups: Iterable[str] | None = None,
        kind: Kind = "any",
    ) -> Pace:
        """Return when partners came to a level: the n-th one, gaps, and how many in a window.

        One row for each time that a partner came to the level or a higher one, from none or a
        lower one. A partner that lost the level and came back has two.

        Args:
            party: Whose partners: an id, alpha-2 code or name.
            level: The lowest level that counts: its id, or its name in any language. When None,
                every level that has a rank.
            window: How long the window is that ends on the day of each row, that day included:
                days, months or years, as in ``90D``, ``24M`` or ``2Y``.
            on: The last day; of a month or a year, its last day. When None, all that is recorded.
            groups: Of which groups and regions it is asked who was the first. When None, of all
                whose members the log records; ``dr.load("vietnam", "groups")`` has regions.
            kind: ``state`` counts countries only, ``any`` also unions.

        Raises:
            UnknownPartyError: There is no such party or group.
            UnknownLevelError: The ladder has no such level, or the level has no rank.
            InvalidDateError: *on* is not a valid day.
            InvalidQueryError: The party has no ladder here, *window* has another form, a group is a
                country, or there is no such kind.

        >>> import diplorel as dr
        >>> pace = dr.load("vietnam", "groups").pace("VNM", level="comprehensive-strategic")
        >>> [row.party for row in pace if "ASEAN" in row.first_of]
        ['MYS']
        """
        from diplorel.analysis.pace_search import PaceSearch  # noqa: PLC0415  likewise
        from diplorel.analysis.partners import ladder_of  # noqa: PLC0415  likewise

        _ask.choice("kind", kind, ("any", "state"))
        id = _ask.party(self.reference, party)
        ladder = ladder_of(self.reference, id)
        search = PaceSearch(
            index=self._index,
            reference=self.reference,
            party=id,
            ladder=ladder,
            level=_ask.level(ladder, level),
            window=_ask.window(window),
            until=_ask.day("on", on),
            kind=kind,
            groups=_ask.groups(self.reference, groups),
        )
        return search.run(self._stamp(party=id, kind=kind, on=None if on is None else str(on)))

    @property
    def _last_recorded(self) -> int | None:
        """The day of the last record; None where there is none."""
        return max((one.recorded.toordinal() for one in self.records), default=None)
