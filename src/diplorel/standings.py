"""What a world says of one party's partners: who they are, how they rank, and the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import attrs

from diplorel import _ask
from diplorel.analysis import metric_ranking as _metric_ranking
from diplorel.analysis import partners as _partners
from diplorel.analysis import possible_standings as _possible_standings
from diplorel.analysis import ranking as _ranking
from diplorel.errors import InvalidQueryError
from diplorel.model.tabular import Tabular
from diplorel.tracks.figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from diplorel.analysis.metric_ranking import Metric, MetricRanking
    from diplorel.analysis.partners import Kind, LevelCounts, Partners
    from diplorel.analysis.possible_standings import PossibleStanding
    from diplorel.analysis.ranking import Ranking
    from diplorel.analysis.shares import Shares
    from diplorel.analysis.steps import Steps
    from diplorel.analysis.weighted import WeightedRanking
    from diplorel.model.dates import PartialDate
    from diplorel.model.reference import Reference
    from diplorel.replay.snapshot import Snapshot


@attrs.frozen(repr=False)
class Standings(Tabular):
    """The questions to a `World` about the partners of one party."""

    snapshot: Snapshot

    def _id(self, party: str) -> str:
        return _ask.party(self.reference, party)

    @property
    def reference(self) -> Reference:
        """The sources, ladders, parties and coverage."""
        return self.snapshot.reference

    def counterparts(self, party: str) -> tuple[str, ...]:
        """Return the parties that records name with this one, in order of id.

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
            groups: Which groups; a region is a group with its states as members. When
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
        """Return how many partners are at each rank, highest first, disjoint and cumulative.

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
        """Return how each partner of a party came to its level on that day.

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
        position that weights within 20 % of yours allow. A partner with an unknown measure is
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
                raise InvalidQueryError(
                    "{argument}: an indicator needs one, such as '2024'", argument="period"
                )
            _ask.word("unit", unit, "USD bn")
        id = self._id(party)
        return weighted(self.snapshot, id, weights=measures, kind=kind, period=period, unit=unit)

    def possible_standings(self, party: str, other: str) -> frozenset[PossibleStanding]:
        """Return every level that a dyad can have on the ladder of *party*, as dates allow.

        Raises:
            UnknownPartyError: There is no such party.
        """
        _ask.pair(self.reference, (party, other))
        return _possible_standings.possible_standings(
            self.snapshot, self._id(party), self._id(other)
        )
