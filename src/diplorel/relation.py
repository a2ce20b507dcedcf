"""The state of one dyad on one day, and what it holds on a ladder."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from diplorel.dates import PartialDate
from diplorel.errors import BadQuestionError, UnknownTrackError, did_you_mean, nearest
from diplorel.ladders import Level
from diplorel.tracks.agreements import AGREEMENTS, AgreementsState
from diplorel.tracks.figures import FIGURES, FiguresState
from diplorel.tracks.level import LEVEL, LadderState, LevelStatus
from diplorel.tracks.missions import MISSIONS, MissionsState
from diplorel.tracks.recognition import (
    RECOGNITION,
    Recognition,
    RecognitionStatus,
    RecognitionSubject,
)
from diplorel.tracks.sectors import SECTORS, SectorsState
from diplorel.tracks.special import SPECIAL, SpecialState
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TIES, TiesState
from diplorel.tracks.track import Track
from diplorel.tracks.visits import VISITS, VisitsState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from diplorel.event import Event
    from diplorel.policies import Telling
    from diplorel.reference import Reference
    from diplorel.replay import Folded

S = TypeVar("S")


@attrs.frozen
class Skip:
    """A rise that left out at least one rung.

    Attributes:
        before: The level before.
        after: The level after.
        missed: The levels of the rungs left out, lowest first.
        on: The day of the rise.
    """

    before: Level
    after: Level
    missed: tuple[Level, ...]
    on: PartialDate


@attrs.frozen(kw_only=True)
class Standing:
    """What a dyad holds on one party's ladder.

    Attributes:
        ladder: The party whose ladder it is.
        status: ``held``, ``ended``, ``none``, or ``unknown`` where nothing is recorded and no
            stream says that the ladder is complete.
        level: The level; None unless one is held.
        since: The day on which it was reached (or, where it ended, ended).
        agreed: A level that is agreed and not yet in effect.
        path: Every level held, oldest first, with the day from which.
        skipped: Every rise from one level to another that left out a rung.
        certain: Whether the dates leave nothing open.
    """

    ladder: str
    status: LevelStatus
    level: Level | None = None
    since: PartialDate | None = None
    agreed: Level | None = None
    path: tuple[tuple[Level | None, PartialDate], ...] = ()
    skipped: tuple[Skip, ...] = ()
    certain: bool = True


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Relation:
    """The relation of a dyad at the end of one day, as known.

    One state a track: `ties`, `agreements`, `sectors`, `special`, `visits`, `figures`, `missions`,
    `level` by ladder, and `recognition` by side. A track of your own is read as
    ``relation[TRACK]``. The same for either order of the two parties.

    Attributes:
        parties: The two ids, in alphabetical order.
        day: The day, as an ordinal; None for all that is recorded.
        undecided: The acts of which the dates leave open whether they had happened by the day.
    """

    parties: tuple[str, str]
    day: int | None
    undecided: tuple[Event, ...]
    _states: Mapping[Track[Any, Any], Folded[Any]]
    _tracks: Sequence[Track[Any, Any]]
    _reference: Reference
    _tellings: Mapping[str, tuple[Telling, ...]]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Relation):
            return NotImplemented
        return self._facts() == other._facts()

    __hash__ = None  # type: ignore[assignment]  # a track of your own can have states without one

    def _facts(self) -> tuple[Any, ...]:
        states = {track.name: folded for track, folded in self._states.items()}
        return (self.parties, self.day, self.undecided, self.unknown, states)

    def __repr__(self) -> str:
        day = "" if self.on is None else f" on {self.on}"
        return f"<Relation {'-'.join(self.parties)}{day}>"

    def __getitem__(self, track: Track[Any, S]) -> S:
        """Return the state of one track.

        Raises:
            UnknownTrackError: The replay did not fold it. Hand it to ``replay(tracks=…)``.
        """
        folded = self._states.get(track)
        if folded is not None and folded.told:
            state: S = folded.state
            return state
        if track not in self._tracks:
            folded_names = ", ".join(one.name for one in self._tracks)
            raise UnknownTrackError(
                f"the track {track.name!r} was not folded, only {folded_names}. "
                "Hand it to replay(tracks=…)"
            )
        return track.unknown if track.name in self.unknown else track.none

    @property
    def on(self) -> date | None:
        """The day, at whose end it stands so; None for all that is recorded."""
        return None if self.day is None else date.fromordinal(self.day)

    @property
    def ties(self) -> TiesState:
        """The diplomatic relations."""
        return self[TIES]

    @property
    def agreements(self) -> AgreementsState:
        """The documents signed."""
        return self[AGREEMENTS]

    @property
    def sectors(self) -> SectorsState:
        """The partnerships in one field."""
        return self[SECTORS]

    @property
    def special(self) -> SpecialState:
        """Whether the relationship is special."""
        return self[SPECIAL]

    @property
    def visits(self) -> VisitsState:
        """The visits and talks."""
        return self[VISITS]

    @property
    def figures(self) -> FiguresState:
        """The figures and targets."""
        return self[FIGURES]

    @property
    def missions(self) -> MissionsState:
        """The missions and envoys, in both directions."""
        return self[MISSIONS]

    def recognition(self, recogniser: str, subject: str = "state") -> Recognition:
        """Return how one side recognises the other: always a `Recognition`.

        Where nothing is recorded, it is ``none`` if a stream says that it is complete, and
        ``unknown`` if not. That ties stand does not make it more.

        Args:
            recogniser: The id, alpha-2 code or name of the side that recognises.
            subject: ``state`` or ``government``.

        Raises:
            UnknownPartyError: There is no such party.
            BadQuestionError: It is no side of this relation, or there is no such subject.
        """
        by = self._reference.parties.find(recogniser).id
        if by not in self.parties:
            raise BadQuestionError(f"{by} is no side of it, expected {' or '.join(self.parties)}")
        if subject not in {*RecognitionSubject}:
            raise BadQuestionError(f"subject: {subject!r} is neither 'state' nor 'government'")
        of = RecognitionSubject(subject)
        missing = RECOGNITION.name in self.unknown
        return self[RECOGNITION].by(by, of) or Recognition(
            recogniser=by,
            recognised=next(party for party in self.parties if party != by),
            subject=of,
            status=RecognitionStatus.UNKNOWN if missing else RecognitionStatus.NONE,
        )

    def level(self, perspective: str) -> Standing:
        """Return what the dyad holds on the ladder of *perspective*: always a `Standing`.

        Args:
            perspective: The id, alpha-2 code or name of the party whose ladder counts.

        Raises:
            UnknownPartyError: There is no such party.
        """
        ladder = self._reference.parties.find(perspective).id
        certain = LEVEL.name in self.certain
        held = self[LEVEL].on(ladder)
        covered = ladder in self.parties and self._reference.covers_level(ladder, self.day)
        if held is None or (held.status is LevelStatus.NONE and not covered):
            status = LevelStatus.NONE if covered else LevelStatus.UNKNOWN
            held = attrs.evolve(held or LadderState(ladder, status), status=status)
        return standing(held, self._reference, certain=certain)

    @property
    def unknown(self) -> frozenset[str]:
        """The names of the tracks that no stream calls complete for this dyad and day.

        In them, what was recorded is the last known, and what was not is unknown. The level track
        is known when the ladder of one of the two is complete at every level; where it is complete
        from some level up only, `Partners.complete` and the claims make use of that.
        """
        return frozenset(
            track.name
            for track in self._tracks
            if track.of_dyads and not self._reference.covers(track.name, self.parties, self.day)
        )

    @property
    def certain(self) -> frozenset[str]:
        """The names of the tracks whose state no open date can change."""
        doubtful = {track.name for track, folded in self._states.items() if not folded.certain}
        for event in self.undecided:
            doubtful |= {track.name for track in self._tracks if type(event) in track.handlers}
            if isinstance(event, PartySucceeded):
                doubtful |= {*event.tracks}
        return frozenset(track.name for track in self._tracks if track.of_dyads) - doubtful

    def events(self, track: Track[Any, Any] | None = None) -> tuple[Event, ...]:
        """Return the acts that made this state, in order; of one track, or of all."""
        if track is not None:
            folded = self._states.get(track)
            return folded.events if folded is not None else ()
        acts = {event.id: event for folded in self._states.values() for event in folded.events}
        return tuple(sorted(acts.values(), key=lambda ev: (ev.on.hi, ev.seq, ev.rank, ev.id)))

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The acts behind the state, and those that may be: what `EventLog.cite` cites."""
        return (*self.events(), *self.undecided)

    def tellings(self) -> Mapping[str, tuple[Telling, ...]]:
        """Return the acts told in more than one way, by id, the followed telling first."""
        return {
            event.id: self._tellings[event.id]
            for event in self.events()
            if event.id in self._tellings
        }

    def explain(self, track: Track[Any, Any] | str | None = None) -> Explanation:
        """Return the acts that made this state, with their sources; ``print`` it to read it.

        Args:
            track: One track only, or its name such as ``level``; all of them when None.

        Raises:
            UnknownTrackError: The replay folded no track of that name.
        """
        if isinstance(track, str):
            named = {one.name: one for one in self._tracks}
            if track not in named:
                raise UnknownTrackError(
                    f"no track {track!r} was folded, only {', '.join(named)}."
                    f"{did_you_mean(nearest(track, named))}"
                )
            track = named[track]
        return Explanation(self.events(track), self.undecided, self.tellings(), self._reference)


@attrs.frozen(eq=False, repr=False)
class Explanation:
    """Why a relation is as it is: its acts in order, with the sources of each.

    Attributes:
        events: The acts applied, oldest first.
        undecided: The acts of which the dates leave open whether they had happened.
        tellings: The acts told in more than one way.
    """

    events: tuple[Event, ...]
    undecided: tuple[Event, ...]
    tellings: Mapping[str, tuple[Telling, ...]]
    _reference: Reference

    @property
    def evidence(self) -> tuple[Event, ...]:
        """All acts, the undecided ones last: what `EventLog.cite` cites."""
        return (*self.events, *self.undecided)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict an act: id, type, date, whether decided, sources, other tellings."""
        return [
            {
                "id": event.id,
                "type": event.type,
                "on": event.on.text,
                "decided": decided,
                "sources": [self._source(citation.source) for citation in event.sources],
                "alternatives": [one.digest for one in self.tellings.get(event.id, ())[1:]],
            }
            for decided, events in ((True, self.events), (False, self.undecided))
            for event in events
        ]

    def _source(self, id: str) -> str:
        source = self._reference.source.get(id)
        if source is None:
            return id
        dated = f", {source.published.text}" if source.published else ""
        return f"{source.publisher}, “{source.title}”{dated}"

    def __str__(self) -> str:
        lines = []
        for row in self.to_records():
            mark = "" if row["decided"] else " (undecided)"
            lines.append(f"{row['on']}  {row['id']}{mark}")
            lines += [f"    {source}" for source in row["sources"]]
        return "\n".join(lines)

    __repr__ = __str__


def standing(held: LadderState, reference: Reference, *, certain: bool) -> Standing:
    """Return what the events tell of one ladder, with the ladder's own names and ranks."""
    ladder = held.ladder

    def level(id: str | None) -> Level | None:
        return None if id is None else reference.level(ladder, id)

    return Standing(
        ladder=ladder,
        status=held.status,
        level=level(held.level),
        since=held.since,
        agreed=level(held.agreed),
        path=tuple((level(step.level), step.on) for step in held.path),
        skipped=_skipped(held, reference),
        certain=certain,
    )


def _skipped(held: LadderState, reference: Reference) -> tuple[Skip, ...]:
    known = reference.ladder.get(held.ladder)
    if known is None:
        return ()
    found = []
    before: Level | None = None
    for step in held.path:
        after = None if step.level is None else reference.level(held.ladder, step.level)
        if step.kind == "upgraded" and before is not None and after is not None:
            ranks = _ranks_between(before, after, {level.rank for level in known.levels})
            if ranks:
                missed = tuple(level for rank in ranks for level in known.of_rank(rank))
                found.append(Skip(before, after, missed, step.on))
        before = after
    return tuple(found)


def _ranks_between(low: Level, high: Level, ranks: set[int | None]) -> list[int]:
    if low.rank is None or high.rank is None:
        return []
    return sorted(rank for rank in ranks if rank is not None and low.rank < rank < high.rank)
