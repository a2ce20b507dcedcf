"""One dyad at the end of one day: its states, and what streams vouch for.

`Relation` is a façade over it.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import attrs

from diplorel import _ask
from diplorel._columns import columns, counted
from diplorel._pickling import Reduced, reduced
from diplorel.model.dates import LAST_DAY
from diplorel.model.lives import PartyEnded
from diplorel.model.records import in_order
from diplorel.model.stamps import NOT_ASKED
from diplorel.replay.order import joined
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.ladders import Level
    from diplorel.model.reference import Reference
    from diplorel.model.stamps import Asked
    from diplorel.replay.accumulators import FoldedState
    from diplorel.resolve.policies import Account
    from diplorel.tracks.track import Track

S = TypeVar("S")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DyadSnapshot:
    """The states of one dyad at the end of one day, as known.

    Attributes:
        parties: The two ids, in alphabetical order.
        undecided: The events whose dates leave open whether they had happened by the day.
        asked: How the log was asked: its versions, what was known, the clock and the policy.
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
        """Return the lowest level that some stream calls a ladder complete for that day."""
        return self._reference.complete_from(ladder, self._day) if ladder in self.parties else None

    @cached_property
    def last_recorded(self) -> Mapping[str, date | None]:
        """The tracks for whose recorded state no stream vouches on the day: it is as last recorded.

        From the name of each to the last day that a stream calls it complete for; None where no
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
        if folded is None and track not in self._tracks:
            named: Track[Any, S] = _ask.track(self._tracks, track)
            return self.state(named)
        state: S = state_of(track, folded, lambda: not self._is_unknown(track))
        return state

    @cached_property
    def unknown(self) -> frozenset[str]:
        """The names of the tracks whose absences say nothing for this dyad and day.

        No stream calls them complete. If one of the two does not live, nothing can be in force
        between
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
        """The ids of those of the two whose continuity in law is contested that day.

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
        return self._accounts_here

    @cached_property
    def _accounts_here(self) -> Mapping[str, tuple[Account, ...]]:
        known = self._accounts
        return {event.id: known[event.id] for event in self.events() if event.id in known}


def state_of(
    track: Track[Any, S], folded: FoldedState[S] | None, is_covered: Callable[[], bool]
) -> S:
    """Return the state that its own events made; else none or unknown, as streams cover it."""
    if folded is not None and folded.has_own_events:
        state: S = folded.state
        return state
    absent = track.none if is_covered() else track.unknown
    return absent if folded is None or not folded.open else track.mark(absent, folded.open)


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
