"""What one can ask of a log besides its states: each question one method, no rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, overload

from diplorel import _ask
from diplorel._pickling import changed
from diplorel.errors import InvalidQueryError
from diplorel.model.claims import Claim
from diplorel.replay.order import joined
from diplorel.resolve.policies import latest_published, most_sources, stream_first
from diplorel.studies import Studies
from diplorel.tracks import SPECIAL, STANDARD
from diplorel.tracks.track import Track

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from diplorel.analysis.anniversaries import Anniversaries
    from diplorel.analysis.bibliography import Answer, Bibliography
    from diplorel.analysis.diff import Diff
    from diplorel.analysis.figures_of import IndicatorFigures
    from diplorel.analysis.graph import Graph, GraphTrack
    from diplorel.analysis.lanes import Lanes
    from diplorel.analysis.partners import Kind
    from diplorel.analysis.sensitivity import Sensitivity
    from diplorel.analysis.spells import Spells
    from diplorel.analysis.timeline import Timeline
    from diplorel.check import Disagreements
    from diplorel.claims import Finding
    from diplorel.claims.answers import Findings
    from diplorel.errors import Problem
    from diplorel.model.dates import DayLike, Language
    from diplorel.model.events import Event
    from diplorel.model.table import Table
    from diplorel.resolve.policies import Policy


class Questions(Studies):
    """The questions of an `EventLog`, apart from the records that it holds.

    Only a log is one; the class has what the answers need of it.
    """

    __slots__ = ()

    def diff(
        self, since: DayLike, until: DayLike, *, known_since: DayLike | datetime | None = None
    ) -> Diff:
        """Return what changed in ``(since, until]``, apart from what was only corrected.

        Args:
            since: The day from whose end changes count; of a month or a year, its last day.
            until: The last day, likewise.
            known_since: When the reader last looked; then `Diff.corrections` lists how the state at
                *since* is known differently today than it was then.

        Raises:
            InvalidDateError: One of them is not a valid day.
            InvalidQueryError: *until* lies before *since*.
        """
        from diplorel.analysis.diff import diff  # noqa: PLC0415  a start takes less time without

        days = _ask.day("since", since), _ask.day("until", until)
        if None in days or days[1] < days[0]:  # type: ignore[operator]  # none is None
            raise InvalidQueryError(
                "give two days, the earlier one first: got {since}, then {until}",
                since=since,
                until=until,
            )
        then = None if known_since is None else self.replay(since, known=known_since).snapshot
        last_look = None if known_since is None else str(known_since)
        return diff(self.replay(since).snapshot, self.replay(until).snapshot, then, last_look)

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
            kind: ``state`` ranks countries only, ``any`` also unions.
            policies: Policies by name. When None: latest published, most sources, and each stream
                first where there are several.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: The party has no ladder here, there is no such kind, or
                *policies* are not policies by name.
            InvalidDateError: *on* is not a valid day.
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
        return sensitivity(ranking.party, ranking.on, ranking.rows, others, ranking.asked)

    def timeline(self, a: str, b: str) -> Timeline:
        """Return the story of a dyad: every event that touches it, oldest first, with its sources.

        If dates leave an order open, it is the one that the states show.

        Raises:
            UnknownPartyError: There is no such party.
        """
        from diplorel.analysis.timeline import timeline  # noqa: PLC0415  likewise

        events = self._index.events(_ask.pair(self.reference, (a, b)))
        by_id = {event.id: event for event in events}
        shown = [by_id[one.id] for one in self.relation(a, b).events() if one.id in by_id]
        ordered = joined(events, [shown]) or events
        asked = {**self._asked, "parties": " ".join(_ask.pair(self.reference, (a, b)))}
        return timeline(ordered, self.reference, STANDARD, asked)

    def lanes(self, a: str, b: str, *, on: DayLike | None = None) -> Lanes:
        """Return the relation of two parties over time, aspect by aspect, as a chart shows it.

        What holds for a time is there as `spells` gives it: ties, the level on each side's ladder,
        posts. What happens on a day is there by date: visits, talks, agreements, figures.

        Args:
            a: One party: an id, alpha-2 code or name.
            b: The other.
            on: The last day; of a month or a year, its last day. When None, the day of the last
                record.

        Raises:
            UnknownPartyError: There is no such party.
            MissingKeyError: Both are the same.
            InvalidQueryError: This is a view by earliest dates.
            InvalidDateError: *on* is not a valid day.

        >>> import diplorel as dr
        >>> lanes = dr.load("vietnam", "singapore").lanes("VNM", "SGP", on="2025-03-12")
        >>> [len(mark) for mark in lanes["talks"].marks], lanes["visits", "SGP"].marks[-1].on.text
        ([1, 1, 1], '2023-08-27/2023-08-29')
        """
        from diplorel.analysis.lanes import lanes_of, special_value  # noqa: PLC0415  likewise

        pair = _ask.pair(self.reference, (a, b))
        shown = pair if pair[0] == _ask.party(self.reference, a) else (pair[1], pair[0])
        day = _ask.day("on", on) or self._last_recorded
        until = None if day is None else date.fromordinal(day)

        def spells(track: Track[Any, Any]) -> Spells:
            value = special_value if track is SPECIAL else None
            return self.spells(track.name, pair[0], partner=pair[1], on=until, value=value)

        dyad = self.relation(*pair, on=until)
        return lanes_of(dyad, shown, spells, on=until, reference=self.reference, asked=self._asked)

    def anniversaries(
        self,
        year: int,
        party: str | None = None,
        *,
        multiples: int = 5,
        lang: Language = "en",
    ) -> Anniversaries:
        """Return the anniversaries of a year: of ties, levels reached, and agreements.

        Listed is what is still in force at the end of the anniversary's last possible day: ties
        that are established (with ``unbroken`` false where they were interrupted in between),
        levels if that level or a higher one is held since then, and agreements that still have a
        named party, or the party asked for, as a member. What came after the last record is not
        known, so each says if it is in force only as last recorded.

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

    def figures(
        self, indicator: str, *, party: str | None = None, unit: str | None = None
    ) -> IndicatorFigures:
        """Return all figures and targets of one indicator, side by side.

        Several sources for one period are several rows: nothing is averaged. Each has bounds: what
        rounds to the digits printed, and no end where "over" or "nearly" leaves it open. Only
        bounds that exclude each other contradict. Thousands, millions and billions of one currency
        are brought together, exactly; another currency or basis is kept apart, never converted.

        Where the growth of the indicator is recorded (``trade-turnover-growth``), it is checked
        what it implies for the year before; targets are checked with what came in their year.
        Parties are as the events name them: the figures of a predecessor state are its own.

        Args:
            indicator: What is counted, such as ``trade-turnover`` or ``investment-stock``.
            party: One side of the figures, or whom alone they are about: an id, alpha-2 code or
                name. When None, all.
            unit: The unit of all amounts, such as ``USD bn``. When None, the one that is printed
                most often.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: No figure or target of this indicator is recorded.

        >>> import diplorel as dr
        >>> trade = dr.load("vietnam").figures("trade-turnover", party="SGP", unit="USD bn")
        >>> check = trade.growth[0]
        >>> print(check.before, check.implied, check.outcome, *check.against)
        2021 8.20 excluded figure-reported/SGP-VNM/2025-03-22/trade-turnover.2021
        """
        from diplorel.analysis.figures_of import figures_of  # noqa: PLC0415  likewise
        from diplorel.tracks.figures import FigureReported, TargetSet  # noqa: PLC0415  likewise

        resolved = self.resolve()
        kinds = (FigureReported, TargetSet)
        known = {one.indicator for one in resolved.unordered if isinstance(one, kinds)}
        _ask.choice("indicator", indicator, sorted(known))
        if unit is not None:
            _ask.word("unit", unit, "USD bn")
        id = None if party is None else _ask.party(self.reference, party)
        return figures_of(
            resolved, self.reference, indicator, party=id, unit=unit, stamp=self._stamp()
        )

    def graph(
        self,
        on: DayLike | None = None,
        *,
        tracks: Iterable[GraphTrack] = ("ties", "level"),
        at_least: str | None = None,
        party: str | None = None,
    ) -> Graph:
        """Return the relations at the end of a day as a graph; see `World.graph`.

        Args:
            on: The day; of a month or a year, its last day. When None, everything that is
                recorded.
            tracks: Of which tracks there are edges.
            at_least: Only dyads at this level or a higher one.
            party: Only dyads of this party.

        Raises:
            UnknownPartyError: There is no such party.
            UnknownLevelError: The ladder has no such level.
            InvalidQueryError: There is no such track, or no ladder.
            InvalidDateError: *on* is not a valid day.
        """
        return self.replay(on).graph(tracks=tracks, at_least=at_least, party=party)

    def check(
        self, *, today: DayLike | None = None, tracks: Iterable[Track[Any, Any]] = ()
    ) -> tuple[Problem, ...]:
        """Return every problem of the log, empty when it is sound; see `diplorel.check.check`.

        Args:
            today: The present day; later days are the future. When None, that of the clock.
            tracks: Tracks of your own, whose rules hold beside those of the standard ones.

        Raises:
            InvalidDateError: *today* is not a valid day.
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
        found = disagreements(self, policy=policy)
        return found.asked_as(self._asked_with(policy=policy))

    @overload
    def verify(self) -> Findings: ...

    @overload
    def verify(self, claim: Claim) -> Finding: ...

    def verify(self, claim: Claim | None = None) -> Finding | Findings:
        """Return the verdict on a claim, or on every claim of the log's streams.

        A claim is supported, refuted, contested (its sources give different verdicts), or
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
            found = verify_all(self)
            stamped = (changed(one, asked=self._asked) for one in found)
            return type(found)(stamped, self._asked)
        if not isinstance(claim, Claim):
            raise InvalidQueryError(
                "{argument}: expected one of diplorel.claims, such as LevelClaim, got {claim!r}",
                argument="claim",
                claim=claim,
            )
        return changed(verify(claim, self), asked=self._asked)

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

        return events_table(self.records, self._asked)

    def _repr_html_(self) -> str:
        # only the rows that are shown are made: a log can have very many
        from diplorel.model.event_table import events_table  # noqa: PLC0415  few ask for it
        from diplorel.model.html import ROWS, html_of  # noqa: PLC0415  likewise

        table = events_table(self.records[:ROWS], self._asked)
        return html_of(table, rows=len(self.records))
