"""What one can ask of a log besides its states: each question one method, no rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from diplorel import _ask
from diplorel.errors import InvalidQueryError
from diplorel.model.claims import Claim
from diplorel.model.tabular import Tabular
from diplorel.replay.order import joined
from diplorel.resolve.policies import latest_published, most_sources, stream_first
from diplorel.tracks import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from diplorel.analysis.anniversaries import Anniversaries
    from diplorel.analysis.bibliography import Answer, Bibliography
    from diplorel.analysis.diff import Diff
    from diplorel.analysis.pace import Pace
    from diplorel.analysis.partners import Kind
    from diplorel.analysis.ranking_history import Days, RankingHistory
    from diplorel.analysis.sensitivity import Sensitivity
    from diplorel.analysis.timeline import Timeline
    from diplorel.check import Disagreements
    from diplorel.claims import Finding
    from diplorel.claims.answers import Findings
    from diplorel.errors import Problem
    from diplorel.model.dates import DayLike, Language
    from diplorel.model.events import Event
    from diplorel.model.records import Clock, Record
    from diplorel.model.reference import Reference
    from diplorel.model.table import Table
    from diplorel.relation import Relation
    from diplorel.replay.as_of import AsOfIndex
    from diplorel.replay.order import Dates
    from diplorel.resolve.policies import Policy
    from diplorel.resolve.resolution import ResolvedEvents
    from diplorel.tracks.track import Track
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
                the present, and one in which the coverage of the levels ends is cut at its last
                day (`HistoryDay.cut`). ``changes`` takes each day at whose end a partner, a
                position or a level differs from the day before.
            kind: ``state`` ranks countries only, ``any`` unions too.
            today: The present day, in UTC by the clock when None. Nothing later is shown.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidDateError: *today* is no day.
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
            kind: ``state`` counts countries only, ``any`` unions too.

        Raises:
            UnknownPartyError: There is no such party or group.
            UnknownLevelError: The ladder has no such level, or the level has no rank.
            InvalidDateError: *on* is no day.
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

    def anniversaries(
        self,
        year: int,
        party: str | None = None,
        *,
        multiples: int = 5,
        lang: Language = "en",
    ) -> Anniversaries:
        """Return the anniversaries of a year: of ties, levels reached, and agreements.

        Listed is what still stands at the end of the anniversary's last possible day: ties that
        are established (with ``unbroken`` false where they were interrupted in between), levels
        of which that level or a higher one is held since then, and agreements to which a party
        that is named, or the party asked for, belongs. What came after the last record is not
        known, so each says if it stands as last recorded only.

        A date is never made more exact: an event of "March 1976" has its anniversary in March
        2026, without a day.

        Args:
            year: The year.
            party: Only of this party: an id, alpha-2 code or name. Default: of everybody. A party
                that has a ladder is asked about its own levels only.
            multiples: Which numbers of years count: 5 for 5, 10, 15 …, 1 for all.
            lang: The language of the texts: ``en`` or ``vi``.

        Returns:
            The anniversaries by their days; those of a month or a range of days after the days of
            that month, those of a year last.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: *year* or *multiples* is not a whole number, or there is no such
                language.

        >>> import diplorel as dr
        >>> first = dr.load("vietnam").anniversaries(2026, "VNM", multiples=25)[0]
        >>> print(first.when, "|", first.text)
        10 January 2026 | 50th anniversary of the establishment of diplomatic relations between
        Vietnam and Kuwait
        """
        from diplorel.analysis.anniversary_search import (  # noqa: PLC0415  likewise
            Search,
            anniversaries,
        )

        _ask.choice("lang", lang, ("en", "vi"))
        search = Search(
            index=self._index,
            reference=self.reference,
            accounts=self.resolve().accounts,
            year=_ask.year("year", year),
            party=None if party is None else _ask.party(self.reference, party),
            multiples=_ask.positive("multiples", multiples),
            lang=lang,
        )
        recorded = max((record.recorded for record in self), default=None)
        return anniversaries(search, recorded, self._stamp(year=year, multiples=multiples))

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

    def table(self) -> Table:
        """Return one row a record, oldest first, as a table for other programs.

        >>> import diplorel as dr
        >>> dr.load("vietnam").table().names[:5]
        ('stream', 'recorded', 'id', 'type', 'on')
        """
        from diplorel.model.event_table import events_table  # noqa: PLC0415  few ask for it

        return events_table(self.records, self._stamp())

    def _stamp(self, **more: Any) -> dict[str, Any]:
        """Return how an answer is asked for: versions, clock, dates, policy, what is known."""
        from diplorel.model.event_table import stamp_of  # noqa: PLC0415  few ask for it

        read = {
            "clock": self._clock,
            "dates": self._dates,
            "policy": getattr(self._policy, "__name__", "a policy of its own"),
            "known": ", ".join(self._known or ()) or None,
        }
        return stamp_of(self.reference, self.streams, **read, **more)
