"""Successions in the subjects that parties share: who takes a seat, and how certain that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.model.lives import LIFE
from diplorel.model.reference import Reference
from diplorel.replay.order import overlap
from diplorel.tracks.succession import PartySucceeded, SuccessionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.tracks.track import Cell, Subject, Track


def hands_on_seats(track: Track[Any, Any], event: PartySucceeded) -> bool:
    """Return whether a succession hands on seats in the subjects of a track."""
    return track.succeed is not None and track.name in event.tracks


def is_passed_on(subject: Subject, events: Iterable[Event]) -> bool:
    """Return whether a succession is among the events of a subject that parties share."""
    return isinstance(subject, str) and any(type(one) is PartySucceeded for one in events)


def pass_on(succeed: Callable[..., None], value: Any, event: PartySucceeded) -> None:
    """Let a track hand on the seat of the predecessor, if it has one."""
    takes_over = event.kind is SuccessionKind.CONTINUATION
    succeed(value, event.predecessor, event.successor, event.dyads, takes_over=takes_over)


def add_successions(
    found: Mapping[Subject, list[Event]],
    successions: Iterable[PartySucceeded],
    tracks: Iterable[Track[Any, Any]],
) -> None:
    """Add successions to the events of the subjects that name the predecessor.

    What a successor takes, its own successor can take.
    """
    tracks = [*tracks]
    waiting = [
        (event, {kind for track in tracks if hands_on_seats(track, event) for kind in track.owns})
        for event in successions
    ]
    named = _by_party(found, {kind for _, some in waiting for kind in some})
    added = True
    while added and named:
        added = False
        for event, kinds in waiting:
            for subject, there in [*named.get(event.predecessor, {}).items()]:
                if there & kinds and event not in found[subject]:
                    found[subject].append(event)
                    mine = named.setdefault(event.successor, {}).setdefault(subject, set())
                    mine |= there & kinds
                    added = True


def _by_party(
    found: Mapping[Subject, list[Event]], kinds: Collection[type[Event]]
) -> dict[str, dict[Subject, set[type[Event]]]]:
    """Return, for each party, the subjects besides dyads that name it, and the events that do."""
    named: dict[str, dict[Subject, set[type[Event]]]] = {}
    for subject, mine in found.items() if kinds else ():
        for event in mine if isinstance(subject, str) else ():
            if type(event) in kinds:
                for party in event.parties:
                    named.setdefault(party, {}).setdefault(subject, set()).add(type(event))
    return named


def doubts(
    track: Track[Any, Any],
    events: Sequence[Event],
    successions: Sequence[PartySucceeded],
    open_: Collection[tuple[Cell, str]],
) -> set[tuple[Cell, str]]:
    """Return what successions leave open that others may have come before or after.

    Args:
        track: The track.
        events: The events of the subject in the track, with the successions.
        successions: The successions.
        open_: What is open already.
    """
    bearing = [event for event in events if type(event) not in LIFE and event not in successions]
    names = {name for name, _ in track.answers(track.start(), Reference())}
    if track.sharing is not None and not any(() in track.cells_of(event) for event in bearing):
        names -= {*track.sharing.common}  # no event depends on who belongs
    contested = [one for one in successions if _is_contested(track, one, events)]
    cells = {cell for cell, _ in open_}
    while True:
        taken = {
            (one.successor,)
            for one in successions
            if one in contested or not cells.isdisjoint({(), (one.predecessor,)})
        }
        if taken <= cells:
            break
        cells |= taken  # and so on to the successors of these
    return {(cell, name) for cell in taken for name in names}


def _is_contested(
    track: Track[Any, Any], succession: PartySucceeded, events: Sequence[Event]
) -> bool:
    """Return whether an event that bears on a succession may come before it or after it.

    The precedence of types decides nothing: it is a convention.
    """
    sides = {*succession.parties, *succession.dyads}

    def bears(event: Event) -> bool:
        if not sides.isdisjoint(event.parties):
            return type(event) not in LIFE
        return type(event) in track.owns and () in track.cells_of(event)

    return any(
        event is not succession and overlap(succession, event) and bears(event) for event in events
    )
