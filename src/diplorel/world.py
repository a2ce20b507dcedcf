"""`World`: all relations on one day. A façade over a snapshot: one-line methods, no rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import attrs

from diplorel import _ask
from diplorel._message import Message, suggestion
from diplorel.analysis import agreements as _agreements
from diplorel.analysis import groups as _groups
from diplorel.errors import MissingKeyError, nearest
from diplorel.relation import Relation
from diplorel.standings import Standings
from diplorel.tracks.agreements import AGREEMENTS
from diplorel.tracks.figures import FIGURES, FiguresState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from diplorel.analysis.graph import Graph, GraphTrack
    from diplorel.analysis.groups import Members
    from diplorel.analysis.matrix import Matrix
    from diplorel.model.events import Event
    from diplorel.model.table import Table
    from diplorel.resolve.policies import Account
    from diplorel.tracks.agreements import AgreementState
    from diplorel.tracks.track import Subject, Track

S = TypeVar("S")


@attrs.frozen(repr=False)
class World(Standings):
    """All relations at the end of one day, as known on another.

    Attributes:
        snapshot: The states of all subjects.

    >>> import diplorel as dr
    >>> world = dr.load("vietnam").replay("2025-03-12")
    >>> world["Vietnam", "Singapore"].ties.status.value, len(world.ranking("VNM"))
    ('established', 33)
    """

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds dicts

    def __repr__(self) -> str:
        events = len(self.snapshot.unordered)
        return f"<World: {self.on or 'all that is recorded'}, {events} events>"

    def __getitem__(self, pair: tuple[str, str]) -> Relation:
        """Return the relation of two parties, in either order, by id, alpha-2 code or name.

        It is total: two parties without records have a relation as well; everything in it is
        unknown, or nothing where a stream is complete.

        Raises:
            UnknownPartyError: There is no such party.
            MissingKeyError: Both are the same, or there are not two of them.
        """
        return self.between(*_ask.pair(self.reference, pair))

    def between(self, a: str, b: str) -> Relation:
        """Return the relation of two ids, known to a table or not, as events name them."""
        return self.snapshot.between(a, b, Relation)

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
        """Return every dyad with records by that day, in order."""
        return self.snapshot.dyads()

    def table(self) -> Table:
        """Return one row for every dyad with records by that day."""
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
        """Return the levels between parties: on each party's ladder, the level of each partner.

        Levels of two ladders are never compared: each row is on its own.

        Args:
            parties: The partners, in the order of the display. When None, the members of
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
        """Return the ids of the groups that both certainly belong to on that day, in order.

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
            day = Message(" by {on}", on=self.on) if self.on else ""
            known = self.snapshot.tables[AGREEMENTS]
            hint = suggestion(nearest(key, map(str, known))) if isinstance(key, str) else ""
            raise MissingKeyError(
                "no agreement {key!r} is recorded{day}.{hint}", key=key, day=day, hint=hint
            )
        return found

    def agreements(self, party: str) -> tuple[AgreementState, ...]:
        """Return the agreements that a party belongs to on that day, in the order of their keys.

        Raises:
            UnknownPartyError: There is no such party.
        """
        return _agreements.agreements_of(self.snapshot, self._id(party))

    def figures(self, party: str) -> FiguresState:
        """Return the figures and targets reported about one party alone, not about a pair.

        Raises:
            UnknownPartyError: There is no such party.
        """
        return self.snapshot.state(FIGURES, self._id(party))
