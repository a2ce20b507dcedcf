"""What one can ask of a log besides its states: each question one method, no rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, overload

from diplorel import _ask
from diplorel.errors import InvalidQueryError
from diplorel.model.claims import Claim
from diplorel.model.tabular import Tabular
from diplorel.replay.order import joined
from diplorel.resolve.policies import latest_published, most_sources, stream_first
from diplorel.tracks import LEVEL, STANDARD, TIES
from diplorel.tracks.track import Track, heard_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from diplorel._ask import Milestone
    from diplorel.analysis.bibliography import Answer, Bibliography
    from diplorel.analysis.diff import Diff
    from diplorel.analysis.durations import Durations
    from diplorel.analysis.partners import Kind
    from diplorel.analysis.sensitivity import Sensitivity
    from diplorel.analysis.spells import Spells
    from diplorel.analysis.timeline import Timeline
    from diplorel.check import Disagreements
    from diplorel.claims import Finding
    from diplorel.claims.answers import Findings
    from diplorel.errors import Problem
    from diplorel.model.dates import DayLike
    from diplorel.model.events import Event
    from diplorel.model.records import Clock, Record
    from diplorel.model.reference import Reference
    from diplorel.model.table import Table
    from diplorel.relation import Relation
    from diplorel.replay.as_of import AsOfIndex
    from diplorel.replay.order import Dates
    from diplorel.resolve.policies import Policy
    from diplorel.resolve.resolution import ResolvedEvents
    from diplorel.world import World


class Questions(Tabular):
    """The questions of an `EventLog`, apart from the records that it holds.

    Only a log is one; the class has what the answers need of it.
    """

    __slots__ = ()

    if TYPE_CHECKING:
        _clock: Clock
        _policy: Policy
        _dates: Dates
        _known: tuple[str, ...] | None

        @property
        def reference(self) -> Reference:
            """See `EventLog`."""
            ...

        @property
        def records(self) -> tuple[Record, ...]:
            """See `EventLog`."""
            ...

        @property
        def streams(self) -> tuple[str, ...]:
            """See `EventLog`."""
            ...

        @property
        def _index(self) -> AsOfIndex: ...
        def __iter__(self) -> Iterator[Record]: ...
        def refuse_view(self, what: str) -> None:
            """See `EventLog`."""
            ...

        def relation(self, a: str, b: str, *, on: DayLike | None = None) -> Relation:
            """See `EventLog`."""
            ...

        def replay(
            self,
            on: DayLike | None = None,
            *,
            known: DayLike | datetime | None = None,
            clock: Clock | None = None,
            policy: Policy | None = None,
            dates: Dates | None = None,
            tracks: Iterable[Track[Any, Any]] = (),
        ) -> World:
            """See `EventLog`."""
            ...

        def resolve(
            self,
            *,
            known: DayLike | datetime | None = None,
            clock: Clock | None = None,
            policy: Policy | None = None,
        ) -> ResolvedEvents:
            """See `EventLog`."""
            ...

    def diff(
        self, since: DayLike, until: DayLike, *, known_since: DayLike | datetime | None = None
    ) -> Diff:
        """Return what changed in ``(since, until]``, apart from what was only corrected.

        Args:
            since: The day from whose end changes count; of a month or a year, its last day.
            until: The last day, likewise.
            known_since: When the reader last looked; then `Diff.corrections` lists how the state at
                *since* is known otherwise today than it was then.

        Raises:
            InvalidDateError: One of them is no day.
            InvalidQueryError: *until* lies before *since*.
        """
        from diplorel.analysis.diff import diff  # noqa: PLC0415  a start takes less time without

        days = _ask.day("since", since), _ask.day("until", until)
        if None in days or days[1] < days[0]:  # type: ignore[operator]  # none is None
            raise InvalidQueryError(
                f"give two days, the earlier one first: got {since}, then {until}"
            )
        then = None if known_since is None else self.replay(since, known=known_since).snapshot
        return diff(self.replay(since).snapshot, self.replay(until).snapshot, then)

    def sensitivity(
        self,
        party: str,
        *,
        on: DayLike | None = None,
        kind: Kind = "any",
        policies: Mapping[str, Policy] | None = None,
    ) -> Sensitivity:
        """Return how the standing order of a party's partners withstands other choices.

        The ranking of `replay(on).ranking(party)` is put beside the orders by other keys, with open
        dates at their earliest, and beside the rankings under other policies.

        Args:
            party: Whose partners: an id, alpha-2 code or name.
            on: The day; of a month or a year, its last day. When None, everything that is
                recorded.
            kind: ``state`` ranks countries only, ``any`` unions too.
            policies: Policies by name. When None: latest published, most sources, and each stream
                first where there are several.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: The party has no ladder here, there is no such kind, or
                *policies* are not policies by name.
            InvalidDateError: *on* is no day.
        """
        from diplorel.analysis.sensitivity import sensitivity  # noqa: PLC0415  few ask for it

        if policies is not None:
            policies = _ask.named_policies(policies)
        else:
            first = {f"{name} first": stream_first(name) for name in self.streams}
            policies = {
                "latest published": latest_published,
                "most sources": most_sources,
                **(first if len(first) > 1 else {}),
            }
        ranking = self.replay(on).ranking(party, kind=kind)
        disputed = bool(self.resolve().accounts)  # without, every policy follows the same
        others = {
            f"policy {name}": self.replay(on, policy=policy).ranking(party, kind=kind).rows
            if disputed
            else ranking.rows
            for name, policy in policies.items()
        }
        return sensitivity(ranking.party, ranking.on, ranking.rows, others)

    def timeline(self, a: str, b: str) -> Timeline:
        """Return the story of a dyad: every event that touches it, oldest first, with its sources.

        Where dates leave an order open, it is the one that the states show.

        Raises:
            UnknownPartyError: There is no such party.
        """
        from diplorel.analysis.timeline import timeline  # noqa: PLC0415  likewise

        events = self._index.events(_ask.pair(self.reference, (a, b)))
        by_id = {event.id: event for event in events}
        shown = [by_id[one.id] for one in self.relation(a, b).events() if one.id in by_id]
        return timeline(joined(events, [shown]) or events, self.reference, STANDARD)

    def check(
        self, *, today: DayLike | None = None, tracks: Iterable[Track[Any, Any]] = ()
    ) -> tuple[Problem, ...]:
        """Return every problem of the log, empty when it is sound; see `diplorel.check.check`.

        Args:
            today: The day from which on everything is the future; the present day when None.
            tracks: Tracks of your own, whose rules hold beside those of the standard ones.

        Raises:
            InvalidDateError: *today* is no day.
        """
        from diplorel.check import check  # noqa: PLC0415  who only replays pays nothing for it

        return check(self, today=_ask.full_day("today", today), tracks=_ask.tracks(tracks))

    def disagreements(self, *, policy: Policy | None = None) -> Disagreements:
        """Return what sources or streams report differently: a table to read, nothing to mend.

        Args:
            policy: Which of several accounts the replay follows, and the table marks.
        """
        from diplorel.check import disagreements  # noqa: PLC0415  likewise

        if policy is None:
            policy = self._policy
        else:
            _ask.policy(policy)
        return disagreements(self, policy=policy)

    @overload
    def verify(self) -> Findings: ...

    @overload
    def verify(self, claim: Claim) -> Finding: ...

    def verify(self, claim: Claim | None = None) -> Finding | Findings:
        """Return the verdict on a claim, or on every claim of the log's streams.

        A claim is supported, refuted, contested (it depends on which of the sources is right), or
        undecidable with the records and the coverage at hand.

        Args:
            claim: A claim of your own, which needs neither id nor source nor text. Without one, all
                claims of the streams are verified, in the order of their ids.

        Raises:
            UnknownPartyError: Your claim names a party that is not known.
            UnknownLevelError: Your claim names a level that its ladder lacks.
            InvalidQueryError: It is not a claim.

        >>> import diplorel as dr
        >>> claim = dr.claims.LevelClaim(
        ...     on="2025-03-12",
        ...     party="Vietnam",
        ...     partner="Singapore",
        ...     level="Comprehensive Strategic Partnership",
        ... )
        >>> print(dr.load("vietnam").verify(claim).says)
        On 12 March 2025, Singapore was at the level of Comprehensive Strategic Partnership with
        Vietnam, reached on 12 March 2025.
        """
        from diplorel.claims import verify, verify_all  # noqa: PLC0415  likewise

        if claim is None:
            return verify_all(self)
        if not isinstance(claim, Claim):
            raise InvalidQueryError(
                f"claim: expected one of diplorel.claims, such as LevelClaim, got {claim!r}"
            )
        return verify(claim, self)

    def cite(self, *answers: Event | Answer) -> Bibliography:
        """Return how to cite the log's streams, and the sources behind answers.

        Args:
            *answers: What the sources are behind: a relation, an explanation, a ranking, a finding
                about a claim, or an event. Without any, the streams alone.

        Returns:
            The streams at their versions; with answers, those that report the events behind
            them, and the sources that those events cite. It gives ``.bibtex()`` and ``.csl()``.

        >>> import diplorel as dr
        >>> vn = dr.load("vietnam")
        >>> print(vn.cite())  # doctest: +NORMALIZE_WHITESPACE
        The diplorel maintainers. Vietnam's bilateral relations, version 0.3.0 (2026-11-27).
        Data set. CC-BY-4.0.
        >>> why = vn.relation("VNM", "SGP", on="1980-01-01").explain("ties")
        >>> vn.cite(why).csl()[1]["publisher"]
        'Sài Gòn Giải Phóng'
        """
        from diplorel.analysis.bibliography import (  # noqa: PLC0415  likewise
            bibliography,
            events_behind,
        )

        events = events_behind(answers)
        ids = {event.id for event in events}
        streams = {one.stream for one in self.records if not answers or one.id in ids}
        return bibliography(self.reference, streams, events)

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
        """Return the times for which a track keeps one value, dyad by dyad, oldest first.

        The spells of a dyad tile the common life of the two parties: each begins where the one
        before ends. Days of which nothing is known are spells too, without a value. Besides these
        there are spells that no day shows: begun and ended within days that dates leave open, or
        ended without a recorded beginning (`Spell.start_open`).

        Args:
            track: ``ties``, ``level`` (on each ladder by itself), ``missions`` (the diplomatic post
                of each side), ``agreements`` (how many are in force), or a track of your own.
            party: Only the dyads of this party. When None, all of which something is recorded.
            partner: Only the dyad of the two.
            on: The day up to which spells go; of a month or a year, its last day. When None, the
                day of the last record.
            by_known: Whether a spell also ends where it is known otherwise than before, as where
                the coverage of a stream ends. Then all spells are such as relations show.
            tracks: Tracks of your own, if *track* is a name.
            value: For a track of your own: a function that returns the value of its state as text,
                or None.

        Raises:
            UnknownPartyError: There is no such party.
            UnknownTrackError: There is no such track.
            InvalidQueryError: The track has no value without *value*; *partner* is given without
                *party*; or this is a view by earliest dates.
            InvalidDateError: *on* is no day.

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
                raise InvalidQueryError(f"give party= too: partner={partner!r} is the other side")
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
            start: The milestone from which time counts.
            event: The milestone to which it counts.
            entry: From when a dyad is under observation: ``coverage``, the first day on which a
                stream would have recorded the event (from the start, if none ever would);
                ``start``; or a day.
            censor: Until when: ``coverage``, the last day on which a stream would have recorded the
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
            InvalidDateError: *on* or *entry* is no day.

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

    @property
    def _last_recorded(self) -> int | None:
        """The day of the last record; None where there is none."""
        return max((one.recorded.toordinal() for one in self.records), default=None)

    def _index_of(self, *tracks: Track[Any, Any]) -> AsOfIndex:
        """Return an index of some tracks alone, and of those whose events they hear.

        The histories of one track are folded in a small part of the time that all take.
        """
        if self._dates != "latest":
            raise InvalidQueryError(
                "a view by earliest dates has no spells: ask the log itself, whose spells begin "
                "and end on an earliest and a latest day"
            )
        from diplorel.replay.as_of import AsOfIndex  # noqa: PLC0415  likewise

        folded = heard_by(tracks, STANDARD)
        return AsOfIndex(self.resolve().unordered, folded, self.reference)

    def _stamp(self, **more: Any) -> dict[str, Any]:
        """Return the stamp of a table: versions, how the log is read, and what was asked."""
        from diplorel.model.event_table import stamp_of  # noqa: PLC0415  likewise

        read = {
            "clock": self._clock,
            "dates": self._dates,
            "policy": getattr(self._policy, "__name__", "a policy of its own"),
            "known": ", ".join(self._known or ()) or None,
        }
        return stamp_of(self.reference, self.streams, **read, **more)

    def table(self) -> Table:
        """Return one row a record, oldest first, as a table for other programs.

        >>> import diplorel as dr
        >>> dr.load("vietnam").table().names[:5]
        ('stream', 'recorded', 'id', 'type', 'on')
        """
        from diplorel.model.event_table import events_table  # noqa: PLC0415  few ask for it

        return events_table(self.records, self._stamp())
