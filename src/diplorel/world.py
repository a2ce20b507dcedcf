"""`World`: all relations on one day. A façade over a snapshot: one-line methods, no rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, get_args

import attrs

from diplorel import _ask
from diplorel.analysis import agreements as _agreements
from diplorel.analysis import groups as _groups
from diplorel.analysis import metric_ranking as _metric_ranking
from diplorel.analysis import partners as _partners
from diplorel.analysis import possible_standings as _possible_standings
from diplorel.analysis import ranking as _ranking
from diplorel.errors import InvalidQueryError, MissingKeyError, did_you_mean, nearest
from diplorel.model.tabular import Tabular
from diplorel.relation import Relation
from diplorel.tracks.agreements import AGREEMENTS
from diplorel.tracks.figures import FIGURES, FiguresState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from diplorel.analysis.graph import Graph, GraphTrack
    from diplorel.analysis.groups import Members
    from diplorel.analysis.matrix import Matrix
    from diplorel.analysis.metric_ranking import Metric, MetricRanking
    from diplorel.analysis.partners import Kind, LevelCounts, Partners
    from diplorel.analysis.possible_standings import PossibleStanding
    from diplorel.analysis.ranking import Ranking
    from diplorel.analysis.shares import Shares
    from diplorel.analysis.steps import Steps
    from diplorel.analysis.weighted import WeightedRanking
    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.model.table import Table
    from diplorel.replay.snapshot import Snapshot
    from diplorel.resolve.policies import Account
    from diplorel.tracks.agreements import AgreementState
    from diplorel.tracks.track import Subject, Track

S = TypeVar("S")


@attrs.frozen(repr=False)
class World(Tabular):
    """All relations at the end of one day, as known on another.

    Attributes:
        snapshot: The states of all subjects.

    >>> import diplorel as dr
    >>> world = dr.load("vietnam").replay("2025-03-12")
    >>> world["Vietnam", "Singapore"].ties.status.value, len(world.ranking("VNM"))
    ('established', 33)
    """

    snapshot: Snapshot

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds dicts

    def __repr__(self) -> str:
        events = len(self.snapshot.unordered)
        return f"<World: {self.on or 'all that is recorded'}, {events} events>"

    def __getitem__(self, pair: tuple[str, str]) -> Relation:
        """Return the relation of two parties, in either order, by id, alpha-2 code or name.

        It is total: two parties of which nothing is recorded have a relation too, of which all is
        unknown, or nothing where a stream is complete.

        Raises:
            UnknownPartyError: There is no such party.
            MissingKeyError: Both are the same, or there are not two of them.
        """
        return self.between(*_ask.pair(self.reference, pair))

    def _id(self, party: str) -> str:
        return _ask.party(self.reference, party)

    def between(self, a: str, b: str) -> Relation:
        """Return the relation of two ids, known to a table or not, as events name them."""
        return self.snapshot.between(a, b, Relation)

    @property
    def reference(self) -> Reference:
        """The sources, ladders, parties and coverage."""
        return self.snapshot.reference

    @property
    def accounts(self) -> Mapping[str, tuple[Account, ...]]:
        """The events with differing accounts, by id, the followed account first."""
        return self.snapshot.accounts

    @property
    def events(self) -> tuple[Event, ...]:
        """The events applied, in order; put in order when first asked for."""
        return self.snapshot.events

    @property
    def on(self) -> date | None:
        """The day at whose end this is the state; None for all that is recorded."""
        return self.snapshot.on

    def state(self, track: Track[Any, S], subject: Subject) -> S:
        """Return the state of a track for any subject: a dyad, a party or a group.

        `agreement` gives one agreement, and ``state(AGREEMENTS, …)`` those of a dyad.

        Raises:
            UnknownPartyError: There is no such party.
            MissingKeyError: The track is about dyads, and these are not two parties.
            UnknownTrackError: The replay did not fold it. Hand it to ``replay(tracks=…)``.
        """
        folded: Track[Any, S] = _ask.track(self.snapshot.tables, track)
        if not isinstance(subject, str) or folded.of_dyads:
            pair = _ask.pair(self.reference, subject)
            return self.between(*pair).state(folded)
        if subject not in self.snapshot.tables[folded]:
            subject = self._id(subject)
        return self.snapshot.state(folded, subject)

    def dyads(self) -> tuple[tuple[str, str], ...]:
        """Return every dyad of which something is recorded by that day, in order."""
        return self.snapshot.dyads()

    def table(self) -> Table:
        """Return one row for every dyad of which something is recorded by that day."""
        from diplorel.analysis.relation_table import relation_table  # noqa: PLC0415  few ask for it

        return relation_table((self.between(*dyad) for dyad in self.dyads()), self._stamp)

    @property
    def _stamp(self) -> Mapping[str, Any]:
        return {**self.snapshot.asked, "on": self.on and self.on.isoformat()}

    def _repr_html_(self) -> str:
        # only the rows that are shown are made: a world can have very many
        from diplorel.analysis.relation_table import relation_table  # noqa: PLC0415  few ask for it
        from diplorel.model.html import ROWS, html_of  # noqa: PLC0415  likewise

        dyads = self.dyads()
        shown = (self.between(*dyad) for dyad in dyads[:ROWS])
        return html_of(relation_table(shown, self._stamp), rows=len(dyads))

    def counterparts(self, party: str) -> tuple[str, ...]:
        """Return the parties with which something is recorded, in order of id.

        Those whose life had certainly ended by the day are left out.

        Raises:
            UnknownPartyError: There is no such party.
        """
        return self.snapshot.counterparts(self._id(party))

    def partners(
        self,
        party: str,
        *,
        at_least: str | None = None,
        exactly: str | None = None,
        within: str | None = None,
        kind: Kind = "any",
    ) -> Partners:
        """Return the partners of a party on its own ladder.

        Args:
            party: Whose partners: an id, alpha-2 code or name.
            at_least: At this level or a higher one: its id, or its name in any language.
            exactly: At the rank of this level. Without either: at any level.
            within: Only members of this group on that day.
            kind: ``state`` counts countries only, ``any`` also unions.

        Raises:
            UnknownPartyError: There is no such party or group.
            UnknownLevelError: The ladder has no such level.
            InvalidQueryError: The party has no ladder here, both bounds are given, *within* is a
                country, or there is no such kind.
        """
        _ask.choice("kind", kind, get_args(_partners.Kind))
        _ask.not_both(at_least=at_least, exactly=exactly)
        id = self._id(party)
        ladder = _partners.ladder_of(self.reference, id)
        return _partners.partners(
            self.snapshot,
            id,
            at_least=_ask.level(ladder, at_least),
            exactly=_ask.level(ladder, exactly),
            within=None if within is None else _ask.group("within", self.reference, within),
            kind=kind,
        )

    def shares(
        self,
        party: str,
        *,
        at_least: str | None = None,
        exactly: str | None = None,
        groups: Iterable[str] | None = None,
        kind: Kind = "any",
    ) -> Shares:
        """Return how many of a party's partners at a level belong to each group or region.

        Args:
            party: Whose partners: an id, alpha-2 code or name.
            at_least: At this level or a higher one: its id, or its name in any language.
            exactly: At the rank of this level. Without either: at any level.
            groups: Which groups; a region is a group of which its states are the members. When
                None, all whose members the log records; ``dr.load("vietnam", "groups")`` has the
                regions of the United Nations.
            kind: ``state`` counts countries only, ``any`` also unions.

        Raises:
            UnknownPartyError: There is no such party or group.
            UnknownLevelError: The ladder has no such level.
            InvalidQueryError: The party has no ladder here, both bounds are given, a group is a
                country, or there is no such kind.

        >>> import diplorel as dr
        >>> world = dr.load("vietnam", "groups").replay("2025-03-12")
        >>> shares = world.shares("VNM", at_least="comprehensive-strategic", groups=["ASEAN"])
        >>> print(shares["ASEAN"])
        ASEAN: 3 of 12
        """
        from diplorel.analysis.shares import shares  # noqa: PLC0415  few ask for it

        _ask.choice("kind", kind, get_args(_partners.Kind))
        _ask.not_both(at_least=at_least, exactly=exactly)
        id = self._id(party)
        ladder = _partners.ladder_of(self.reference, id)
        return shares(
            self.snapshot,
            id,
            at_least=_ask.level(ladder, at_least),
            exactly=_ask.level(ladder, exactly),
            groups=_ask.groups(self.reference, groups),
            kind=kind,
        )

    def counts(self, party: str, *, kind: Kind = "any") -> LevelCounts:
        """Return how many partners hold each rank, highest first, disjoint and cumulative.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: The party has no ladder here, or there is no such kind.
        """
        _ask.choice("kind", kind, get_args(_partners.Kind))
        return _partners.counts(self.snapshot, self._id(party), kind=kind)

    def ranking(self, party: str, *, kind: Kind = "any") -> Ranking:
        """Return the partners of a party in the standing order.

        By level on its own ladder, then by the day reached (earlier first), then by the length of
        the present unbroken ties. It ranks declared titles, not closeness or importance.

        Args:
            party: Whose partners: an id, alpha-2 code or name.
            kind: ``state`` ranks countries only, ``any`` also unions.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: The party has no ladder here (`metric_ranking` needs none), or there
                is no such kind.
        """
        _ask.choice("kind", kind, get_args(_partners.Kind))
        return _ranking.ranking(self.snapshot, self._id(party), kind=kind)

    def steps(self, party: str, *, kind: Kind = "any") -> Steps:
        """Return how each partner of a party reached its level on that day.

        Args:
            party: Whose partners: an id, alpha-2 code or name.
            kind: ``state`` lists countries only, ``any`` also unions.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: The party has no ladder here, or there is no such kind.

        >>> import diplorel as dr
        >>> steps = dr.load("vietnam").replay("2025-03-12").steps("VNM", kind="state")
        >>> steps["Singapore"].before.level.id, steps["Laos"].group
        ('strategic', 'special')
        """
        from diplorel.analysis.steps import steps  # noqa: PLC0415  few ask for it

        _ask.choice("kind", kind, get_args(_partners.Kind))
        return steps(self.snapshot, self._id(party), kind=kind)

    def metric_ranking(self, party: str, *, by: Metric, kind: Kind = "any") -> MetricRanking:
        """Return the partners of a party by one thing alone; it needs no ladder.

        Args:
            party: Whose partners: an id, alpha-2 code or name.
            by: ``ties`` puts the oldest unbroken ties first, ``visits`` the most recorded visits,
                of either to the other.
            kind: ``state`` ranks countries only, ``any`` also others.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: There is no such metric or kind.

        >>> import diplorel as dr
        >>> world = dr.load("vietnam").replay(on="2025-03-12")
        >>> oldest = world.metric_ranking("VNM", by="ties").rows[:2]
        >>> [(row.position, row.party, str(row.value)) for row in oldest]
        [(1, 'CHN', '1950-01-18'), (2, 'RUS', '1950-01-30')]
        """
        _ask.choice("by", by, _metric_ranking.METRICS)
        _ask.choice("kind", kind, get_args(_partners.Kind))
        return _metric_ranking.metric_ranking(self.snapshot, self._id(party), by=by, kind=kind)

    def weighted(
        self,
        party: str,
        *,
        weights: Mapping[str, Any],
        kind: Kind = "any",
        period: str | PartialDate | None = None,
        unit: str | None = None,
    ) -> WeightedRanking:
        """Return the partners of a party by your own weights; it is labelled "user-weighted".

        Each measure is scaled from 0, the least among the partners ranked, to 1, the most
        (min-max), and the score is the weighted mean. Each partner has the best and the worst
        position that weights within 20 % of yours allow. A partner of which a measure is unknown is
        listed apart with the reason: unknown is not zero.

        The scale is that of the partners ranked, so **adding an unrelated partner can change the
        order of two others**. The standing order (`ranking`) has no such fault.

        Args:
            party: Whose partners: an id, alpha-2 code or name.
            weights: The weight of each measure, above zero: ``visits`` (of either to the other),
                ``agreements`` (that have not ended), or an indicator, such as ``trade-turnover``.
            kind: ``state`` ranks countries only, ``any`` also others.
            period: With an indicator, the period of the figures, such as ``2024``.
            unit: With an indicator, the unit of the figures, such as ``USD bn``.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: A measure or weight is not valid, or an indicator has no period or
                unit.
            InvalidDateError: *period* is not a valid date.

        >>> import diplorel as dr
        >>> world = dr.load("vietnam").replay(on="2025-12-31")
        >>> trade = world.weighted("VNM", weights={"trade-turnover": 1}, period="2023",
        ...                        unit="USD bn")
        >>> [(row.position, row.party, float(row.values["trade-turnover"])) for row in trade][:2]
        [(1, 'CHN', 171.9), (2, 'IND', 14.36)]
        """
        from diplorel.analysis.weighted import COUNTS, weighted  # noqa: PLC0415  few ask for it
        from diplorel.model.dates import partial_date  # noqa: PLC0415  likewise

        _ask.choice("kind", kind, get_args(_partners.Kind))
        states = self.snapshot.tables[FIGURES].values()
        indicators = {one.latest.indicator for folded in states for one in folded.state.figures}
        measures = _ask.weights(weights, (*COUNTS, *sorted(indicators)))
        if period is not None:
            period = partial_date(period)
        if not measures.keys() <= {*COUNTS}:
            if period is None:
                raise InvalidQueryError("period: an indicator needs one, such as '2024'")
            _ask.word("unit", unit, "USD bn")
        id = self._id(party)
        return weighted(self.snapshot, id, weights=measures, kind=kind, period=period, unit=unit)

    def graph(
        self,
        *,
        tracks: Iterable[GraphTrack] = ("ties", "level"),
        at_least: str | None = None,
        party: str | None = None,
    ) -> Graph:
        """Return the relations of the day as a graph, with an edge for each dyad and track.

        There is an edge where ties are established, a level is held, an agreement has not ended or
        a visit is recorded, and where dates leave that open, which the edge says. Suspended or
        severed ties are not edges, and no edge has a party that does not live on the day.

        Args:
            tracks: Of which tracks: ``ties``, ``level``, ``agreements``, ``visits``. A level has an
                edge for each side's ladder.
            at_least: Only dyads at this level or a higher one: its id, or its name in any language,
                on the ladder of *party*; without *party*, on every ladder that has such a level.
            party: Only dyads of this party: an id, alpha-2 code or name.

        Raises:
            UnknownPartyError: There is no such party.
            UnknownLevelError: The ladder has no such level.
            InvalidQueryError: There is no such track, or no ladder.

        >>> import diplorel as dr
        >>> world = dr.load("vietnam").replay(on="2025-03-12")
        >>> world.graph(party="VNM", at_least="strategic", tracks=["level", "visits"])
        <Graph of level, visits on 2025-03-12: 21 parties, 40 edges>
        """
        from diplorel.analysis.graph import TRACKS, graph_of  # noqa: PLC0415  few ask for it

        wanted = tuple(dict.fromkeys(_ask.listed("tracks", tracks)))
        for track in wanted:
            _ask.choice("tracks", track, TRACKS)
        id = None if party is None else self._id(party)
        return graph_of(
            self.snapshot,
            tracks=wanted,
            party=id,
            at_least=None if at_least is None else _ask.levels(self.reference, at_least, id),
            stamp=self._stamp,
        )

    def matrix(
        self,
        parties: Iterable[str] | None = None,
        *,
        ladders: Iterable[str] | None = None,
        within: str | None = None,
    ) -> Matrix:
        """Return who holds what with whom: on each party's ladder, the level of each partner.

        Levels of two ladders are never compared: each row is on its own.

        Args:
            parties: The partners, in the order in which they are shown. When None, the members of
                *within*, or else everybody who has a ladder here.
            ladders: Whose ladders, in order. When None, those of the partners that have one here.
            within: A group: its certain members on that day are the partners, by id.

        Raises:
            UnknownPartyError: There is no such party or group.
            InvalidQueryError: *parties* and *within* are both given, or *within* is a country.

        >>> import diplorel as dr
        >>> world = dr.load("vietnam", "singapore", "groups").replay("2025-03-12")
        >>> world.matrix(within="ASEAN")
        <Matrix of 2 ladders and 10 parties on 2025-03-12>
        """
        from diplorel.analysis.matrix import matrix_of  # noqa: PLC0415  few ask for it

        _ask.not_both(parties=parties, within=within)
        if parties is not None:
            partners = [self._id(one) for one in _ask.listed("parties", parties)]
        elif within is not None:
            partners = [*self.members(within)]
        else:
            partners = sorted(self.reference.ladder)
        rows = partners
        if ladders is not None:
            rows = [self._id(one) for one in _ask.listed("ladders", ladders)]
        return matrix_of(self.snapshot, [*dict.fromkeys(rows)], [*dict.fromkeys(partners)])

    def members(self, group: str) -> Members:
        """Return who belongs to a group on that day.

        Raises:
            UnknownPartyError: There is no such group.
            InvalidQueryError: It is a country.
        """
        return _groups.members(self.snapshot, _ask.group("group", self.reference, group))

    def joint_groups(self, a: str, b: str) -> tuple[str, ...]:
        """Return the ids of the groups to which both certainly belong on that day, in order.

        Raises:
            UnknownPartyError: There is no such party.
            MissingKeyError: Both are the same.

        >>> import diplorel as dr
        >>> dr.load("vietnam").replay("2025-03-12").joint_groups("VNM", "SGP")
        ('ASEAN',)
        """
        return _groups.joint_groups(self.snapshot, *_ask.pair(self.reference, (a, b)))

    def agreement(self, key: str) -> AgreementState:
        """Return one agreement on that day: its parties, its title, and the seat of each party.

        Args:
            key: Its key, such as ``evfta``.

        Raises:
            MissingKeyError: No agreement of this key is recorded by that day; the message offers
                the nearest.

        >>> import diplorel as dr
        >>> world = dr.load("vietnam").replay("2025-03-12")
        >>> found = world.agreement("evfta")
        >>> found.parties, found.kind.value, found.seat("EU").in_force
        (('EU', 'VNM'), 'agreement', PartialDate('2020-08-01'))
        >>> world.agreement("evfa")
        Traceback (most recent call last):
            ...
        diplorel.errors.MissingKeyError: no agreement 'evfa' is recorded by 2025-03-12. Did you \
mean 'evfta' or 'vkfta' or 'vifta'?
        """
        found = _agreements.agreement(self.snapshot, key)
        if found is None:
            day = f" by {self.on}" if self.on else ""
            known = self.snapshot.tables[AGREEMENTS]
            hint = did_you_mean(nearest(key, map(str, known))) if isinstance(key, str) else ""
            raise MissingKeyError(f"no agreement {key!r} is recorded{day}.{hint}")
        return found

    def agreements(self, party: str) -> tuple[AgreementState, ...]:
        """Return the agreements to which a party belongs on that day, in the order of their keys.

        Raises:
            UnknownPartyError: There is no such party.
        """
        return _agreements.agreements_of(self.snapshot, self._id(party))

    def figures(self, party: str) -> FiguresState:
        """Return what was reported about one party alone.

        Raises:
            UnknownPartyError: There is no such party.
        """
        return self.snapshot.state(FIGURES, self._id(party))

    def possible_standings(self, party: str, other: str) -> frozenset[PossibleStanding]:
        """Return every position that a dyad can have on the ladder of *party*, as dates allow.

        Raises:
            UnknownPartyError: There is no such party.
        """
        _ask.pair(self.reference, (party, other))
        return _possible_standings.possible_standings(
            self.snapshot, self._id(party), self._id(other)
        )
