"""A snapshot: the states of all subjects at the end of one day, as known.

It is what the analyses read. `World` is a façade over it.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar

import attrs

from diplorel import _gc
from diplorel._columns import counted
from diplorel._pickling import Reduced, reduced
from diplorel.model.records import in_order
from diplorel.model.stamps import NOT_ASKED
from diplorel.replay.day_events import applied_on, undecided_on, united
from diplorel.replay.dyad import DyadSnapshot, state_of
from diplorel.replay.fold import KEYS, fold_states
from diplorel.replay.shared import SharedStates
from diplorel.replay.workings import Workings
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.model.stamps import Asked
    from diplorel.replay.accumulators import FoldedState
    from diplorel.replay.order import Dates
    from diplorel.resolve.policies import Account
    from diplorel.resolve.resolution import ResolvedEvents
    from diplorel.tracks.track import Subject, Track

AnyTrack: TypeAlias = "Track[Any, Any]"
K = TypeVar("K")
V = TypeVar("V")
S = TypeVar("S")
D = TypeVar("D", bound="DyadSnapshot")


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
        undecided: By subject, the events whose dates leave open whether they had happened.
        asked: How the log was asked: its versions, what was known, the clock and the policy.
        memo: What was worked out from it, for those who ask again.
        workings: What was worked out from histories, for snapshots of other days and accounts as
            well.
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
        moves = in_order(event for event in self.unordered if isinstance(event, PartySucceeded))
        return SharedStates(self.tables, self.undecided, self.tracks, moves)

    def state(self, track: Track[Any, S], subject: Subject) -> S:
        """Return the state of a track for any subject: a dyad in order, a party or a group."""
        parties = (subject,) if isinstance(subject, str) else subject
        state: S = state_of(
            track,
            self.tables[track].get(subject),
            lambda: self.reference.covers(track.name, parties, self.day),
        )
        return state

    def states(self) -> dict[tuple[Subject, str], FoldedState[Any]]:
        """Return every state that some event made, by subject and name of the track."""
        return {
            (subject, track.name): folded
            for track, table in self.tables.items()
            for subject, folded in table.items()
        }

    def dyads(self) -> tuple[tuple[str, str], ...]:
        """Return every dyad with records by that day, in order."""
        subjects = {subject for table in self.tables.values() for subject in table}
        subjects |= set(self.undecided)
        found = {one for one in subjects if isinstance(one, tuple)}
        return tuple(sorted(found | self._shared.dyads()))

    def counterparts(self, party: str) -> tuple[str, ...]:
        """Return the ids of the parties that records name with it, in order.

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
        """Return the ids of the parties that records name with it, dead ones included.

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
        """Return the snapshot with some subjects folded again, the rest as it was.

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
        now = applied_on(given, self.day, self.dates)
        tables = {
            track: _replaced(self.tables[track], table, subjects)
            for track, table in fold_states(now, self.tracks, self.reference, self.dates).items()
        }
        opened = _undecided(given, self.day, self.tracks, tables)
        return attrs.evolve(
            self,
            accounts=_replaced(self.accounts, after.accounts, ids),
            unordered=(*kept, *(one for one in now if one.id in ids)),
            tables=tables,
            undecided=_replaced(self.undecided, opened, subjects),
        )


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
        undecided = _undecided((*resolved.unordered, *ends), day, tracks, tables)
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


def _undecided(
    events: Iterable[Event],
    day: int | None,
    tracks: Sequence[AnyTrack],
    tables: Mapping[AnyTrack, Mapping[Subject, Any]],
) -> dict[Subject, tuple[Event, ...]]:
    """Return what the dates of events leave open on a day, by subject; nothing without a day."""
    if day is None:
        return {}
    subjects = {subject for table in tables.values() for subject in table}
    return undecided_on(events, day, tracks, subjects)


def _replaced(old: Mapping[K, V], new: Mapping[K, V], keys: Collection[K]) -> dict[K, V]:
    """Return a table with the values of another one under some keys."""
    kept = {key: value for key, value in old.items() if key not in keys}
    return kept | {key: value for key, value in new.items() if key in keys}
