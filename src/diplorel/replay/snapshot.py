"""A snapshot: the states of all subjects at the end of one day, as known.

It is what the analyses read. `World` and `Relation` are façades over it.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar

import attrs

from diplorel import _ask, _gc
from diplorel._columns import columns, counted
from diplorel._pickling import Reduced, reduced
from diplorel.model.dates import LAST_DAY
from diplorel.model.lives import LIFE, PartyEnded
from diplorel.model.records import in_order
from diplorel.model.stamps import NOT_ASKED
from diplorel.replay.fold import KEYS, fold_states, touched
from diplorel.replay.order import joined
from diplorel.replay.seats import hands_on_seats
from diplorel.replay.shared import SharedStates
from diplorel.replay.workings import Workings
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.ladders import Level
    from diplorel.model.reference import Reference
    from diplorel.model.stamps import Asked
    from diplorel.replay.accumulators import FoldedState
    from diplorel.replay.order import Dates
    from diplorel.resolve.policies import Account
    from diplorel.resolve.resolution import ResolvedEvents
    from diplorel.tracks.track import Subject, Track

AnyTrack: TypeAlias = "Track[Any, Any]"
S = TypeVar("S")
D = TypeVar("D", bound="DyadSnapshot")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DyadSnapshot:
    """The states of one dyad at the end of one day, as known.

    Attributes:
        parties: The two ids, in alphabetical order.
        undecided: The events of which the dates leave open whether they had happened by the day.
        asked: How the log was asked: the versions, and what was known by which clock and policy.
    """

    parties: tuple[str, str]
    undecided: tuple[Event, ...]
    asked: Asked = NOT_ASKED
    _day: int | None = attrs.field(alias="day")
    _states: Mapping[Track[Any, Any], FoldedState[Any]] = attrs.field(alias="states")
    _tracks: Sequence[Track[Any, Any]] = attrs.field(alias="tracks")
    _reference: Reference = attrs.field(alias="reference")
    _accounts: Mapping[str, tuple[Account, ...]] = attrs.field(alias="accounts")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DyadSnapshot):
            return NotImplemented
        return self._facts() == other._facts()

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # a track of your own can have states without one

    def __reduce__(self) -> Reduced:
        # the accounts and sources of other dyads stay behind
        events, accounts = (*self.events(), *self.undecided), self.accounts()
        reference = narrowed(self._reference, events, accounts)
        return reduced(self, _accounts=accounts, _reference=reference)

    def _facts(self) -> tuple[Any, ...]:
        states = {track.name: folded for track, folded in self._states.items()}
        ladders = [self._reference.ladder.get(party) for party in self.parties]
        return (self.parties, self._day, self.undecided, self.unknown, states, ladders)

    def __repr__(self) -> str:
        day = "" if self._day is None else f" on {date.fromordinal(self._day)}"
        return f"<{type(self).__name__} {'-'.join(self.parties)}{day}>"

    def __str__(self) -> str:
        rows = [("track", "recorded", "certain", "last event")]
        for track in self._tracks:
            if track.of_dyads:
                events = self.events(track)
                nothing = "unknown" if track.name in self.unknown else "nothing"
                recorded = counted(len(events), "event") if events else nothing
                certain = ("yes" if events else "-") if track.name in self.certain else "open"
                rows.append((track.name, recorded, certain, events[-1].id if events else "-"))
        return "\n".join([repr(self)[1:-1], "", *columns(rows)])

    @property
    def day(self) -> int | None:
        """The day, as an ordinal; None for all that is recorded."""
        return self._day

    def covers_level(self, ladder: str) -> bool:
        """Return whether an absence on a ladder says that no level is held on the day.

        So it does where some stream calls the ladder complete, or one of the two does not live.
        """
        if ladder not in self.parties:
            return False
        return self._is_over or self._reference.covers_level(ladder, self._day)

    def complete_from(self, ladder: str) -> Level | None:
        """Return the lowest level from which up some stream calls a ladder complete that day."""
        return self._reference.complete_from(ladder, self._day) if ladder in self.parties else None

    @cached_property
    def last_recorded(self) -> Mapping[str, date | None]:
        """The tracks for whose recorded state no stream vouches on the day: it is as last recorded.

        From the name of each to the last day up to which a stream calls it complete; None where no
        stream does. What happened after that day need not be recorded.
        """
        found = {}
        for track, folded in self._states.items():
            if self._is_over and track.ends_with_a_party:
                continue  # it has ended, and cannot begin
            if track.of_dyads and any(type(event) in track.owns for event in folded.events):
                state, parties = folded.state, self.parties
                last = track.complete_to(track, self._reference, parties, state, self._day)
                is_last_recorded, complete_to = self._vouched_until(last)
                if is_last_recorded:
                    found[track.name] = complete_to
        return found

    def level_last_recorded(self, ladder: str, level: str | None) -> tuple[bool, date | None]:
        """Return whether a level is as last recorded, and until when a stream vouches for it.

        Args:
            ladder: The party whose ladder it is.
            level: The level held; None for none.
        """
        if self._is_over:
            return False, None
        last = self._reference.level_complete_to(ladder, self._day, level)
        return self._vouched_until(last if ladder in self.parties else None)

    def _vouched_until(self, last: int | None) -> tuple[bool, date | None]:
        if last == (LAST_DAY if self._day is None else self._day):
            return False, None
        return True, None if last is None else date.fromordinal(last)

    def state(self, track: Track[Any, S]) -> S:
        """Return the state of one track.

        Raises:
            UnknownTrackError: The replay did not fold it.
        """
        folded = self._states.get(track)
        if folded is not None and folded.has_own_events:
            state: S = folded.state
            return state
        if track not in self._tracks:
            named: Track[Any, S] = _ask.track(self._tracks, track)
            return self.state(named)
        absent = track.unknown if self._is_unknown(track) else track.none
        return absent if folded is None or not folded.open else track.mark(absent, folded.open)

    @cached_property
    def unknown(self) -> frozenset[str]:
        """The names of the tracks of which an absence says nothing for this dyad and day.

        No stream calls them complete. Where one of the two does not live, nothing can stand between
        them: what is unknown then are only the reports, of visits and of figures.
        """
        return frozenset(track.name for track in self._tracks if self._is_unknown(track))

    def _is_unknown(self, track: Track[Any, Any]) -> bool:
        """Return whether an absence in a track says nothing for this dyad and day."""
        if not track.of_dyads or (self._is_over and track.ends_with_a_party):
            return False
        return not self._reference.covers(track.name, self.parties, self._day)

    @cached_property
    def _is_over(self) -> bool:
        """Whether one of the two certainly does not live on the day."""
        known = map(self._reference.parties.get, self.parties)
        return any(one is not None and not one.is_alive(self._day) for one in known)

    @cached_property
    def contested(self) -> tuple[str, ...]:
        """The ids of those of the two of which it is contested that they go on in law that day.

        Their relations are as recorded with those who went on dealing with them.
        """
        table = self._reference.parties
        return tuple(
            party
            for party in self.parties
            if (known := table.get(party)) is not None and known.is_contested(self._day)
        )

    @cached_property
    def certain(self) -> frozenset[str]:
        """The names of the tracks of whose recorded answers dates leave none open."""
        doubtful = {track.name for track, folded in self._states.items() if not folded.certain}
        return frozenset(
            track.name
            for track in self._tracks
            if track.of_dyads and track.name not in doubtful and not self.is_undecided(track)
        )

    def is_certain(self, track: Track[Any, Any]) -> bool:
        """Return whether dates leave no recorded answer of a track open."""
        return track.name in self.certain

    def is_undecided(self, track: Track[Any, Any]) -> bool:
        """Return whether an event that may have happened by the day would change a track."""
        return any(self._can_change(track, event) for event in self.undecided)

    def _can_change(self, track: Track[Any, Any], event: Event) -> bool:
        if isinstance(event, PartySucceeded):
            return track.name in event.tracks
        if isinstance(event, PartyEnded) and track not in self._states:
            return False  # there is nothing to end
        return type(event) in track.handlers

    def events(self, track: Track[Any, Any] | str | None = None) -> tuple[Event, ...]:
        """Return the events that made these states, in the order shown; of one track, or of all.

        Raises:
            UnknownTrackError: The replay did not fold the track.
        """
        if track is not None:
            folded = self._states.get(track)  # type: ignore[arg-type]  # a name is not in it
            if folded is None:
                folded = self._states.get(_ask.track(self._tracks, track))
            return folded.events if folded is not None else ()
        found = {event.id: event for one in self._states.values() for event in one.events}
        ordered = in_order(found.values())
        chains = [[found[event.id] for event in one.events] for one in self._states.values()]
        return tuple(joined(ordered, chains) or ordered)

    def accounts(self) -> Mapping[str, tuple[Account, ...]]:
        """Return the events with differing accounts, by id, the followed account first."""
        return self._told

    @cached_property
    def _told(self) -> Mapping[str, tuple[Account, ...]]:
        known = self._accounts
        return {event.id: known[event.id] for event in self.events() if event.id in known}


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Snapshot:
    """The states of all subjects at the end of one day, as known.

    Attributes:
        day: The day, as an ordinal; None for all that is recorded.
        reference: The sources, ladders, parties and coverage.
        accounts: The events with differing accounts, by id, the followed account first.
        dates: By which of its days an event was applied.
        unordered: The events applied, in no order.
        tracks: The tracks that were folded.
        tables: The states by track and subject.
        undecided: By subject, the events of which the dates leave open whether they had happened.
        asked: How the log was asked: the versions, and what was known by which clock and policy.
        memo: What was worked out from it, for those who ask again.
        workings: What was worked out from histories, for snapshots of other days and accounts too.
    """

    day: int | None
    reference: Reference
    accounts: Mapping[str, tuple[Account, ...]]
    dates: Dates
    unordered: tuple[Event, ...]
    tracks: tuple[Track[Any, Any], ...]
    tables: Mapping[Track[Any, Any], Mapping[Subject, FoldedState[Any]]]
    undecided: Mapping[Subject, tuple[Event, ...]]
    asked: Asked = NOT_ASKED
    memo: dict[Any, Any] = attrs.field(factory=dict, init=False)
    workings: Workings = attrs.field(factory=Workings)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Snapshot):
            return NotImplemented
        return (
            (self.day, self.dates) == (other.day, other.dates)
            and self.tables == other.tables
            and self.undecided == other.undecided
            and self.accounts == other.accounts
            and self.reference == other.reference
        )

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds dicts

    def __reduce__(self) -> Reduced:
        return reduced(self, memo={}, workings=Workings())

    def __repr__(self) -> str:
        events = counted(len(self.unordered), "event")
        return f"<Snapshot: {self.on or 'all that is recorded'}, {events}>"

    @property
    def on(self) -> date | None:
        """The day; None for all that is recorded."""
        return None if self.day is None else date.fromordinal(self.day)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events applied, in order."""
        with _gc.paused():
            return tuple(in_order(self.unordered, KEYS[self.dates]))

    def between(self, a: str, b: str, cls: type[D] = DyadSnapshot) -> D:  # type: ignore[assignment]  # a default
        """Return the states of two ids, known to a table or not, as events name them.

        Args:
            a: One id.
            b: The other.
            cls: The class to return.
        """
        key = (a, b) if a < b else (b, a)
        states = {track: table[key] for track, table in self.tables.items() if key in table}
        return cls(
            parties=key,
            day=self.day,
            undecided=united(self.undecided.get(key, ()), self._shared.undecided(*key)),
            states=states | self._shared.between(*key),
            tracks=self.tracks,
            reference=self.reference,
            accounts=self.accounts,
            asked=self.asked,
        )

    @cached_property
    def _shared(self) -> SharedStates:
        return SharedStates(self.tables, self.undecided, self.tracks)

    def state(self, track: Track[Any, S], subject: Subject) -> S:
        """Return the state of a track for any subject: a dyad in order, a party or a group."""
        folded = self.tables[track].get(subject)
        if folded is not None and folded.has_own_events:
            state: S = folded.state
            return state
        parties = (subject,) if isinstance(subject, str) else subject
        known = self.reference.covers(track.name, parties, self.day)
        absent = track.none if known else track.unknown
        return absent if folded is None or not folded.open else track.mark(absent, folded.open)

    def states(self) -> dict[tuple[Subject, str], FoldedState[Any]]:
        """Return every state that some event made, by subject and name of the track."""
        return {
            (subject, track.name): folded
            for track, table in self.tables.items()
            for subject, folded in table.items()
        }

    def dyads(self) -> tuple[tuple[str, str], ...]:
        """Return every dyad of which something is recorded by that day, in order."""
        subjects = {subject for table in self.tables.values() for subject in table}
        subjects |= set(self.undecided)
        found = {one for one in subjects if isinstance(one, tuple)}
        return tuple(sorted(found | self._shared.dyads()))

    def counterparts(self, party: str) -> tuple[str, ...]:
        """Return the ids of the parties with which something is recorded, in order.

        Those whose life had certainly ended by the day are left out.

        Args:
            party: An id.
        """
        table = self.reference.parties
        return tuple(
            other
            for other in self.others(party)
            if (known := table.get(other)) is None or not known.over(self.day)
        )

    def others(self, party: str) -> tuple[str, ...]:
        """Return the ids of the parties with which something is recorded, dead ones too.

        Args:
            party: An id.
        """
        subjects = (*self.tables.values(), self.undecided)
        found = {
            subject[0] if subject[1] == party else subject[1]
            for some in subjects
            for subject in some
            if isinstance(subject, tuple) and party in subject
        }
        return tuple(sorted(found | self._shared.others(party)))

    def refold_subjects(
        self,
        before: ResolvedEvents,
        after: ResolvedEvents,
        subjects: Collection[Subject],
        ids: Collection[str],
    ) -> Snapshot:
        """Return the snapshot in which some subjects are folded again, the rest as it was.

        Args:
            before: What the records that bear on the subjects reported when this one was made.
            after: What they report now.
            subjects: Every subject whose state can have changed.
            ids: The ids of the events that touch them.

        Returns:
            The same as a replay of everything. The cost is that of folding the events of these
            subjects, and of copying what the snapshot holds.
        """
        old = {one.id for one in before.unordered} & {*ids}
        days = {one.on.hi for one in before.unordered if one.id in old}
        kept = [one for one in self.unordered if one.on.hi not in days or one.id not in old]
        given = (*after.unordered, *self.reference.ends)
        now = applied_on(given, self.day, "latest")
        new = [one for one in now if one.id in ids]
        tables = {
            track: {
                **{key: one for key, one in self.tables[track].items() if key not in subjects},
                **{key: one for key, one in table.items() if key in subjects},
            }
            for track, table in fold_states(now, self.tracks, self.reference).items()
        }
        undecided = {key: some for key, some in self.undecided.items() if key not in subjects}
        if self.day is not None:
            opened = undecided_on(given, self.day, self.tracks, _subjects(tables))
            undecided |= {key: some for key, some in opened.items() if key in subjects}
        accounts = {id: rivals for id, rivals in self.accounts.items() if id not in ids}
        accounts |= {id: rivals for id, rivals in after.accounts.items() if id in ids}
        return Snapshot(
            day=self.day,
            reference=self.reference,
            accounts=accounts,
            dates="latest",
            unordered=(*kept, *new),
            tracks=self.tracks,
            tables=tables,
            undecided=undecided,
            asked=self.asked,
        )


def narrowed(
    reference: Reference, events: Iterable[Event], accounts: Mapping[str, tuple[Account, ...]]
) -> Reference:
    """Return the reference data that an answer about a few events needs: no claims, few sources.

    Args:
        reference: The reference data of the log.
        events: The events of the answer.
        accounts: The accounts of those among them that have several.
    """
    rivals = (one.event for some in accounts.values() for one in some)
    return reference.citing(one.source for event in (*events, *rivals) for one in event.sources)


def take_snapshot(
    resolved: ResolvedEvents,
    reference: Reference,
    tracks: Sequence[Track[Any, Any]],
    *,
    day: int | None,
    dates: Dates,
    asked: Asked = NOT_ASKED,
    workings: Workings | None = None,
) -> Snapshot:
    """Fold events into the states at the end of a day.

    Args:
        resolved: The events.
        reference: The sources, ladders, parties and coverage.
        tracks: The tracks that fold them.
        day: The day as an ordinal; None for all that is recorded.
        dates: By which of its days an event is applied.
        asked: How the log was asked.
        workings: What was worked out for other days, with the same tracks, reference and dates.
    """
    applied = applied_on(resolved.unordered, day, dates)
    ends = reference.ends
    with _gc.paused():
        given = (*applied, *applied_on(ends, day, dates))
        tables = fold_states(given, tracks, reference, dates, workings)
        undecided = {}
        if day is not None:
            given = (*resolved.unordered, *ends)
            undecided = undecided_on(given, day, tracks, _subjects(tables))
    return Snapshot(
        day=day,
        reference=reference,
        accounts=resolved.accounts,
        dates=dates,
        unordered=applied,
        tracks=tuple(tracks),
        tables=tables,
        undecided=undecided,
        asked=asked,
        workings=Workings() if workings is None else workings,
    )


def united(some: tuple[Event, ...], others: Sequence[Event]) -> tuple[Event, ...]:
    """Return events, each once and in order, of which some are in order already."""
    if not others:
        return some
    return tuple(in_order({id(event): event for event in (*some, *others)}.values()))


def _subjects(tables: Mapping[Track[Any, Any], Mapping[Subject, Any]]) -> set[Subject]:
    return {subject for table in tables.values() for subject in table}


def applied_on(events: Iterable[Event], day: int | None, dates: Dates) -> tuple[Event, ...]:
    """Return the events that the states on a day take in, in the order given.

    Args:
        events: The events.
        day: The ordinal of the day; None for all.
        dates: ``latest`` applies what has certainly happened, ``earliest`` what possibly has.
    """
    if day is None:
        return tuple(events)
    if dates == "latest":
        return tuple([event for event in events if event.on.hi <= day])
    return tuple([event for event in events if event.on.lo <= day])


def _carry_on(
    found: dict[Subject, list[Event]],
    old: Subject,
    new: Subject,
    succession: PartySucceeded,
    carried: set[type[Event]],
) -> bool:
    """Let a successor have the open events of its predecessor; say whether it got another one."""
    mine = found.get(new, [])
    more = [
        event
        for event in found.get(old, ())
        if type(event) in carried and event.on.lo <= succession.on.hi and event not in mine
    ]
    if more:
        found[new] = [*mine, *more]
    return bool(more)


def _add_to_shared(
    found: dict[Subject, list[Event]], events: Iterable[Event], day: int, tracks: Sequence[AnyTrack]
) -> None:
    """Add the open ends and successions to the subjects in which their parties have a part."""
    events = [event for event in events if event.on.lo <= day]
    moving = [event for event in events if isinstance(event, (PartyEnded, PartySucceeded))]
    open_ = [event for event in moving if day < event.on.hi]
    for track in tracks if open_ else ():
        if track.of_dyads and track.sharing is None:
            continue
        bearing = [
            event
            for event in open_
            if (
                hands_on_seats(track, event)
                if isinstance(event, PartySucceeded)
                else track.ends_with_a_party
            )
        ]
        for subject, parties in _named(events, track).items() if bearing else ():
            mine = [event for event in bearing if event.parties[0] in parties]
            if mine:
                found.setdefault(subject, []).extend(mine)


def _named(events: Iterable[Event], track: AnyTrack) -> dict[Subject, set[str]]:
    """Return who is named in each subject of a track that is no dyad, with their successors."""
    found: dict[Subject, set[str]] = {}
    events = [*events]
    for event in events:
        if type(event) in track.owns:
            for subject in track.subjects(event):
                found.setdefault(subject, set()).update(event.parties)
    moves = [
        event
        for event in events
        if isinstance(event, PartySucceeded) and hands_on_seats(track, event)
    ]
    while any([_follow(found.values(), move) for move in moves]):  # noqa: C419  each has to move
        pass  # a chain is at most as long as there are successions
    return found


def _follow(named: Iterable[set[str]], move: PartySucceeded) -> bool:
    """Name a successor wherever its predecessor is; say whether it was not named there yet."""
    new = [
        parties
        for parties in named
        if move.predecessor in parties and move.successor not in parties
    ]
    for parties in new:
        parties.add(move.successor)
    return bool(new)


def undecided_on(
    events: Iterable[Event],
    day: int,
    tracks: Sequence[Track[Any, Any]],
    subjects: Collection[Subject] = (),
) -> dict[Subject, tuple[Event, ...]]:
    """Return, by subject, the events of which the dates leave open whether they happened by *day*.

    What is open in a predecessor's relation is open in its successor's too, in the tracks that are
    carried on, if both that event and the succession may have happened, in that order.

    Args:
        events: The events, with the ends of parties.
        day: The ordinal of the day.
        tracks: The tracks.
        subjects: The subjects that have a state, which the end of a party can end.
    """
    events = [*events]
    found: dict[Subject, list[Event]] = {}
    ends: list[Event] = []
    moves: list[tuple[Subject, Subject, PartySucceeded, set[type[Event]]]] = []
    for event in events:
        if event.on.lo <= day < event.on.hi:
            if isinstance(event, PartyEnded):
                ends.append(event)
                continue
            for subject in touched(event, tracks):
                found.setdefault(subject, []).append(event)
        if isinstance(event, PartySucceeded) and event.on.lo <= day:
            carried = {kind for one in tracks if one.name in event.tracks for kind in one.handlers}
            carried -= LIFE
            moves += [(old, new, event, {*carried, PartySucceeded}) for old, new in event.moves()]
    while any([_carry_on(found, *move) for move in moves]):  # noqa: C419  each has to move
        pass  # a chain of successions is at most as long as there are successions
    for end in ends:
        for subject in {*subjects, *found}:
            if isinstance(subject, tuple) and end.parties[0] in subject:
                found.setdefault(subject, []).append(end)
    _add_to_shared(found, events, day, tracks)
    return {subject: tuple(in_order(some)) for subject, some in found.items()}
