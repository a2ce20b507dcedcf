"""`World`: all relations on one day. One-line methods over the replay and the analyses."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from diplorel.analysis import partners as _partners
from diplorel.analysis.metric_ranking import By, MetricRanking, order
from diplorel.analysis.possible_standings import PossibleStanding, outcomes
from diplorel.analysis.ranking import Ranking, ranking
from diplorel import _gc
from diplorel.errors import InvalidQueryError
from diplorel.model.records import in_order
from diplorel.relation import Relation
from diplorel.replay.fold import KEYS, by_day, open_on, states
from diplorel.tracks.figures import FIGURES, FiguresState
from diplorel.tracks.groups import GROUPS
from diplorel.tracks.level import LEVEL
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TIES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from diplorel.resolve.resolution import ResolvedEvents
    from diplorel.analysis.partners import Kind, LevelCount, Partners
    from diplorel.model.events import Event
    from diplorel.resolve.policies import Account
    from diplorel.model.reference import Reference
    from diplorel.replay.fold import Dates, FoldedState
    from diplorel.tracks.track import Subject, Track

S = TypeVar("S")


@attrs.frozen(kw_only=True)
class Members:
    """Who belongs to a group on one day.

    Attributes:
        parties: The ids of the full members, in alphabetical order.
        possible: Those of which the dates leave it open.
        complete: Whether some stream says that it lists them all.
    """

    parties: tuple[str, ...]
    possible: tuple[str, ...]
    complete: bool


@attrs.frozen(kw_only=True, eq=False, repr=False)
class World:
    """All relations at the end of one day, as known on another.

    Attributes:
        day: The day, as an ordinal; None for all that is recorded.
        reference: The sources, ladders, parties and coverage.
        tellings: The acts told in more than one way, the followed telling first.
    """

    day: int | None
    reference: Reference
    tellings: Mapping[str, tuple[Account, ...]]
    _dates: Dates
    _loose: tuple[Event, ...]
    _tracks: tuple[Track[Any, Any], ...]
    _tables: Mapping[Track[Any, Any], Mapping[Subject, FoldedState[Any]]]
    _open: Mapping[Subject, tuple[Event, ...]]
    _outcomes: dict[tuple[str, str, str], frozenset[PossibleStanding]] = attrs.field(factory=dict)
    _ordered: list[tuple[Event, ...]] = attrs.field(factory=list, init=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, World):
            return NotImplemented
        return (
            self.day == other.day
            and self._tables == other._tables
            and self._open == other._open
            and self.tellings == other.tellings
            and self.reference == other.reference
        )

    __hash__ = None  # type: ignore[assignment]  # a world holds dicts

    def __repr__(self) -> str:
        return f"<World: {self.on or 'all that is recorded'}, {len(self._loose)} events>"

    def __getitem__(self, pair: tuple[str, str]) -> Relation:
        """Return the relation of two parties, in either order, by id, alpha-2 code or name.

        It is total: two parties of which nothing is recorded have a relation too, of which all is
        unknown, or nothing where a stream is complete.

        Raises:
            UnknownPartyError: There is no such party.
            BadQuestionError: Both are the same, or there are not two of them.
        """
        given: Any = pair  # a name alone would be taken letter by letter
        if isinstance(given, str) or len(given) != 2:  # noqa: PLR2004  a dyad
            raise InvalidQueryError(
                f"a relation is between two parties, as in world['VNM', 'SGP'], got {given!r}"
            )
        find = self.reference.parties.find
        a, b = sorted(find(name).id for name in pair)
        if a == b:
            raise InvalidQueryError(f"{a} has no relation with itself: give two parties")
        return self.between(a, b)

    def between(self, a: str, b: str) -> Relation:
        """Return the relation of two ids, known to a table or not, as events name them."""
        key = (a, b) if a < b else (b, a)
        return Relation(
            parties=key,
            day=self.day,
            undecided=self._open.get(key, ()),
            states={track: table[key] for track, table in self._tables.items() if key in table},
            tracks=self._tracks,
            reference=self.reference,
            tellings=self.tellings,
        )

    @property
    def events(self) -> tuple[Event, ...]:
        """The acts applied, in order; put in order when first asked for."""
        if not self._ordered:
            with _gc.paused():
                self._ordered.append(tuple(in_order(self._loose, KEYS[self._dates])))
        return self._ordered[0]

    @property
    def on(self) -> date | None:
        """The day, at whose end it stands so; None for all that is recorded."""
        return None if self.day is None else date.fromordinal(self.day)

    def state(self, track: Track[Any, S], subject: Subject) -> S:
        """Return the state of a track for any subject: a dyad in order, a party or a group."""
        folded = self._tables[track].get(subject)
        if folded is not None and folded.told:
            state: S = folded.state
            return state
        parties = (subject,) if isinstance(subject, str) else subject
        known = self.reference.covers(track.name, parties, self.day)
        return track.none if known else track.unknown

    def states(self) -> dict[tuple[Subject, str], FoldedState[Any]]:
        """Return every state that some act made, by subject and name of the track."""
        return {
            (subject, track.name): folded
            for track, table in self._tables.items()
            for subject, folded in table.items()
        }

    def dyads(self) -> tuple[tuple[str, str], ...]:
        """Return every dyad of which something is recorded by that day, in order."""
        subjects = {subject for table in self._tables.values() for subject in table}
        subjects |= set(self._open)
        return tuple(sorted(one for one in subjects if isinstance(one, tuple)))

    def counterparts(self, party: str) -> tuple[str, ...]:
        """Return the parties with which something is recorded, in order of id.

        Those whose life had certainly ended by the day are left out.
        """
        me = self.reference.parties.find(party).id
        others = {a if b == me else b for a, b in self.dyads() if me in (a, b)}
        table = self.reference.parties
        return tuple(
            sorted(
                other
                for other in others
                if (known := table.get(other)) is None or not known.over(self.day)
            )
        )

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
            at_least: At this level or a higher one.
            exactly: At the rank of this level. Without either: at any level.
            within: Only members of this group on that day.
            kind: ``state`` counts countries only, ``any`` unions too.

        Raises:
            UnknownPartyError: There is no such party or group.
            UnknownLevelError: The ladder has no such level.
            BadQuestionError: The party has no ladder here, or both bounds are given.
        """
        return _partners.partners(
            self, party, at_least=at_least, exactly=exactly, within=within, kind=kind
        )

    def counts(self, party: str, *, kind: Kind = "any") -> tuple[LevelCount, ...]:
        """Return how many partners stand at each rank, highest first, disjoint and cumulative.

        Raises:
            UnknownPartyError: There is no such party.
            BadQuestionError: The party has no ladder here.
        """
        return _partners.counts(self, party, kind=kind)

    def ranking(self, party: str, *, kind: Kind = "any") -> Ranking:
        """Return the partners of a party in the standing order.

        By level on its own ladder, then by the day reached (earlier first), then by the length of
        the present unbroken ties. It ranks declared titles, not closeness or importance.

        Args:
            party: Whose partners: an id, alpha-2 code or name.
            kind: ``state`` ranks countries only, ``any`` unions too.

        Raises:
            UnknownPartyError: There is no such party.
            BadQuestionError: The party has no ladder here; `order` needs none.
        """
        return ranking(self, party, kind=kind)

    def order(self, party: str, *, by: By, kind: Kind = "any") -> MetricRanking:
        """Return the partners of a party by one thing alone; it needs no ladder.

        Args:
            party: Whose partners: an id, alpha-2 code or name.
            by: ``ties`` puts the oldest unbroken ties first, ``visits`` the most recorded visits,
                of either to the other.
            kind: ``state`` ranks countries only, ``any`` others too.

        Raises:
            UnknownPartyError: There is no such party.
            BadQuestionError: There is no such order.

        >>> import diplorel as dr
        >>> world = dr.load("vietnam").replay(on="2025-03-12")
        >>> [(row.place, row.party, str(row.value)) for row in world.order("VNM", by="ties")][:2]
        [(1, 'CHN', '1950-01-18'), (2, 'RUS', '1950-01-30')]
        """
        return order(self, party, by=by, kind=kind)

    def members(self, group: str) -> Members:
        """Return who belongs to a group on that day.

        Raises:
            UnknownPartyError: There is no such group.
        """
        id = self.reference.parties.find(group).id
        folded = self._tables[GROUPS].get(id)
        here = set(folded.state.members()) if folded is not None else set()
        open_ = {event.parties[0] for event in self._open.get(id, ())}
        if folded is not None and not folded.certain:
            open_ |= {event.parties[0] for event in folded.events}
        return Members(
            parties=tuple(sorted(here - open_)),
            possible=tuple(sorted(open_)),
            complete=self.reference.covers(GROUPS.name, (id,), self.day),
        )

    def figures(self, party: str) -> FiguresState:
        """Return what was reported about one party alone.

        Raises:
            UnknownPartyError: There is no such party.
        """
        return self.state(FIGURES, self.reference.parties.find(party).id)

    def outcomes(self, party: str, other: str) -> frozenset[PossibleStanding]:
        """Return every way in which a dyad can stand on the ladder of *party*, as dates allow."""
        key = (party, other) if party < other else (other, party)
        cached = self._outcomes.get((*key, party))
        if cached is None:
            acts = {
                event.id: event
                for track in (TIES, LEVEL)
                if (folded := self._tables[track].get(key)) is not None
                for event in folded.events
            }
            acts |= {
                event.id: event
                for event in self._open.get(key, ())
                if {type(event)} & {*TIES.handlers, *LEVEL.handlers, PartySucceeded}
            }
            cached = outcomes(key, tuple(acts.values()), self.day, party, self.reference)
            self._outcomes[*key, party] = cached
        return cached

    def refolded(
        self, before: ResolvedEvents, after: ResolvedEvents, subjects: Collection[Subject], acts: Collection[str]
    ) -> World:
        """Return the world in which some subjects are folded again, and the rest is as it was.

        Args:
            before: What the records that bear on the subjects told when this world was made.
            after: What they tell now.
            subjects: Every subject whose state can be another now.
            acts: The ids of the acts that touch them.

        Returns:
            The same as a replay of everything. The cost is that of folding the acts of these
            subjects, and of copying what the world holds.
        """
        old = {one.id for one in before.loose} & {*acts}
        days = {one.on.hi for one in before.loose if one.id in old}
        kept = [one for one in self._loose if one.on.hi not in days or one.id not in old]
        now = by_day(after.loose, self.day, "latest")
        new = [one for one in now if one.id in acts]
        tables = {
            track: {
                **{key: one for key, one in self._tables[track].items() if key not in subjects},
                **{key: one for key, one in table.items() if key in subjects},
            }
            for track, table in states(now, self._tracks).items()
        }
        open_ = {key: some for key, some in self._open.items() if key not in subjects}
        if self.day is not None:
            undecided = open_on(after.loose, self.day, self._tracks)
            open_ |= {key: some for key, some in undecided.items() if key in subjects}
        tellings = {id: told for id, told in self.tellings.items() if id not in acts}
        tellings |= {id: told for id, told in after.tellings.items() if id in acts}
        return World(
            day=self.day,
            reference=self.reference,
            tellings=tellings,
            dates="latest",
            loose=(*kept, *new),
            tracks=self._tracks,
            tables=tables,
            open=open_,
        )


def world_of(
    acts: ResolvedEvents,
    reference: Reference,
    tracks: Sequence[Track[Any, Any]],
    day: int | None,
    dates: Dates,
) -> World:
    """Fold acts into the world at the end of a day."""
    applied = by_day(acts.loose, day, dates)
    with _gc.paused():
        tables = states(applied, tracks, dates)
        open_ = {} if day is None else open_on(acts.loose, day, tracks)
    return World(
        day=day,
        reference=reference,
        tellings=acts.tellings,
        dates=dates,
        loose=applied,
        tracks=tuple(tracks),
        tables=tables,
        open=open_,
    )
