"""The state of a dyad in a track whose subjects parties share, made when somebody asks for it.

A dyad has the agreements that both belong to. To make the state of every dyad of a convention of
150 parties would make 11,175 states, and few of them are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.model.dates import FIRST_DAY, LAST_DAY
from diplorel.model.lives import PartyEnded
from diplorel.model.records import in_order
from diplorel.replay.accumulators import FoldedState
from diplorel.replay.order import joined
from diplorel.replay.seats import hands_on_seats
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.tracks.track import Cell, Sharing, Subject, Track


def state_between(
    track: Track[Any, Any], subjects: Iterable[tuple[str, FoldedState[Any]]], a: str, b: str
) -> FoldedState[Any] | None:
    """Return the state of a dyad in a track whose subjects parties share.

    Args:
        track: The track.
        subjects: The subjects that both may have a part in, each with its state.
        a: One id.
        b: The other.

    Returns:
        The state, with the events that name one of the two, or whose place they took; None where
        they never had a subject at once. If dates leave that open, it has no events.
    """
    sharing = track.sharing
    assert sharing is not None  # noqa: S101  it is asked of tracks whose subjects are shared
    states: list[Any] = []
    chains: list[list[Event]] = []
    open_: set[tuple[Cell, str]] = set()
    for subject, folded in subjects:
        concerned = sharing.concerned(folded.state, a, b)
        found = {
            ((subject, *cell), name)
            for cell, name in folded.open
            if not cell or cell[0] in (concerned or (a, b)) or name in sharing.common
        }
        if concerned:
            states.append(folded.state)
            chains.append(_events_of(folded.events, {a, b}, concerned))
            open_ |= found
        elif found and {a, b} <= _named(folded.events):
            open_ |= found  # in another order they can have had it at once
    if not states:
        nothing = sharing.between([], a, b)
        return FoldedState(nothing, False, track, [], 0, frozenset(open_)) if open_ else None
    events = chains[0]
    if len(chains) > 1:
        every = in_order({id(event): event for chain in chains for event in chain}.values())
        events = joined(every, chains) or every
    state = sharing.between(states, a, b)
    return FoldedState(state, True, track, events, len(events), frozenset(open_))


def _named(events: Iterable[Event]) -> set[str]:
    return {party for event in events for party in event.parties}


def _events_of(
    events: Iterable[Event], two: Collection[str], concerned: Collection[str]
) -> list[Event]:
    """Return the events of a subject that concern two; of a predecessor, those until then."""
    found: list[Event] = []
    names = {*concerned}
    for event in events:
        mine = event.parties
        if any(party in two for party in mine) or (
            type(event) is not PartyEnded and not names.isdisjoint(mine)
        ):
            found.append(event)
        if isinstance(event, PartySucceeded) and event.predecessor not in two:
            names.discard(event.predecessor)
    return found


def undecided_between(
    sharing: Sharing[Any],
    folded: FoldedState[Any] | None,
    undecided: Sequence[Event],
    moves: Sequence[PartySucceeded],
    dyad: tuple[str, str],
) -> list[Event]:
    """Return which undecided events of a subject can change what two have in it.

    Args:
        sharing: How parties share the subjects of the track.
        folded: The state of the subject, if it has one.
        undecided: The undecided events that touch it.
        moves: The successions by that day that hand on seats in the track, in order.
        dyad: The two.
    """
    a, b = dyad
    events = () if folded is None else folded.events
    if not {a, b} <= _with_successors(_named((*undecided, *events)), moves):
        return []
    concerned: Collection[str] = ()
    if folded is not None:
        concerned = sharing.concerned(folded.state, a, b)
    sides = {a, b, *concerned}
    for event in undecided:
        if isinstance(event, PartySucceeded) and event.successor in sides:
            sides.add(event.predecessor)
    handed_on = _handed_on(moves, sides)
    found = [
        event
        for event in undecided
        if not sides.isdisjoint(event.parties)
        or any(event.on.lo <= handed_on.get(party, FIRST_DAY - 1) for party in event.parties)
    ]
    if not concerned and all(isinstance(event, PartyEnded) for event in found):
        return []  # there is nothing to end
    return found


def handing_on(events: Iterable[Event], track: Track[Any, Any]) -> list[PartySucceeded]:
    """Return the successions among some events that hand on seats in the subjects of a track."""
    return [
        event
        for event in events
        if isinstance(event, PartySucceeded) and hands_on_seats(track, event)
    ]


def _with_successors(named: set[str], moves: Sequence[PartySucceeded]) -> set[str]:
    """Return parties with those that successions can have handed on their seats to."""
    found = set(named)
    while new := {move.successor for move in moves if move.predecessor in found} - found:
        found |= new
    return found


def _handed_on(moves: Sequence[PartySucceeded], sides: Collection[str]) -> dict[str, int]:
    """Return the last day when what other parties did can have come to some sides by succession."""
    found: dict[str, int] = {}
    for move in reversed(moves):  # what a successor of a successor has came to the first one before
        until = LAST_DAY if move.successor in sides else found.get(move.successor)
        if until is not None and move.predecessor not in sides:
            last = min(until, move.on.hi)
            found[move.predecessor] = max(last, found.get(move.predecessor, last))
    return found


class SharedStates:
    """The subjects that parties share on one day, by party.

    Args:
        tables: The states by track and subject.
        undecided: By subject, the events whose dates leave open whether they had happened.
        tracks: The tracks.
        events: The events that the states take in, in order. A succession among them can hand on a
            seat whose existence only undecided events state.
    """

    def __init__(
        self,
        tables: Mapping[Track[Any, Any], Mapping[Subject, FoldedState[Any]]],
        undecided: Mapping[Subject, Sequence[Event]],
        tracks: Iterable[Track[Any, Any]],
        events: Sequence[Event] = (),
    ) -> None:
        self._tables = tables
        self._undecided = undecided
        self._tracks = [track for track in tracks if track.sharing is not None]
        self._moves = {track: handing_on(events, track) for track in self._tracks}
        self._by_party: dict[Track[Any, Any], dict[str, list[str]]] = {
            track: self._sorted(track) for track in self._tracks
        }

    def _sorted(self, track: Track[Any, Any]) -> dict[str, list[str]]:
        """Return the subjects of a track by the parties that have, or may have, part in them."""
        found: dict[str, list[str]] = {}
        for subject in self._subjects(track):
            for party in self._parties(track, subject):
                found.setdefault(party, []).append(subject)
        return found

    def _subjects(self, track: Track[Any, Any]) -> Iterator[str]:
        """Yield the subjects of a track in order, also those without anything certain yet."""
        owned = {*track.owns}
        found = {subject for subject in self._tables[track] if isinstance(subject, str)}
        found |= {
            subject
            for subject, events in self._undecided.items()
            if isinstance(subject, str) and any(type(event) in owned for event in events)
        }
        return iter(sorted(found))

    def _parties(self, track: Track[Any, Any], subject: str) -> set[str]:
        folded = self._tables[track].get(subject)
        events = () if folded is None else folded.events
        named = _named((*events, *self._undecided.get(subject, ())))
        return _with_successors(named, self._moves[track])

    def _of_both(self, track: Track[Any, Any], a: str, b: str) -> list[str]:
        one, two = self._by_party[track].get(a), self._by_party[track].get(b)
        if one is None or two is None:
            return []
        few, many = (one, two) if len(one) <= len(two) else (two, one)
        if len(few) == 1 and len(many) == 1:
            return few if few == many else []
        among = {*many}
        return [subject for subject in few if subject in among]

    def between(self, a: str, b: str) -> dict[Track[Any, Any], FoldedState[Any]]:
        """Return the state of a dyad in each track where both have a subject."""
        found = {}
        for track in self._tracks:
            table = self._tables[track]
            subjects = [(one, table[one]) for one in self._of_both(track, a, b) if one in table]
            state = state_between(track, subjects, a, b) if subjects else None
            if state is not None:
                found[track] = state
        return found

    def undecided(self, a: str, b: str) -> list[Event]:
        """Return the undecided events that can change what two share."""
        return [
            event
            for track in self._tracks
            if track.sharing is not None
            for subject in self._of_both(track, a, b)
            if subject in self._undecided
            for event in undecided_between(
                track.sharing,
                self._tables[track].get(subject),
                self._undecided[subject],
                self._moves[track],
                (a, b),
            )
        ]

    def others(self, party: str) -> set[str]:
        """Return the parties that one has, had or may have a subject with."""
        near = {
            other
            for track in self._tracks
            for subject in self._by_party[track].get(party, ())
            for other in self._parties(track, subject)
        }
        return {other for other in near - {party} if self._is_between(party, other)}

    def dyads(self) -> set[tuple[str, str]]:
        """Return every dyad that has, had or may have a subject in common."""
        parties = {party for some in self._by_party.values() for party in some}
        pairs = ((one, two) for one in parties for two in self.others(one) if one < two)
        return {*pairs}

    def _is_between(self, a: str, b: str) -> bool:
        for track in self._tracks:
            sharing = track.sharing
            assert sharing is not None  # noqa: S101  others are not kept
            for subject in self._of_both(track, a, b):
                folded = self._tables[track].get(subject)
                if folded is not None and sharing.concerned(folded.state, a, b):
                    return True
        return bool(self.undecided(a, b))
