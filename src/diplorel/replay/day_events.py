"""What a day takes in: the events that have happened by it, and those whose dates leave it open.

What is open in a predecessor's relation is also open in its successor's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from diplorel.model.lives import LIFE, PartyEnded
from diplorel.model.records import in_order
from diplorel.replay.fold import touched
from diplorel.replay.seats import hands_on_seats
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from diplorel.model.events import Event
    from diplorel.replay.order import Dates
    from diplorel.tracks.track import Subject, Track

AnyTrack: TypeAlias = "Track[Any, Any]"


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


def undecided_on(
    events: Iterable[Event],
    day: int,
    tracks: Sequence[Track[Any, Any]],
    subjects: Collection[Subject] = (),
) -> dict[Subject, tuple[Event, ...]]:
    """Return, by subject, the events whose dates leave open whether they happened by *day*.

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
    """Add the open ends and successions to the subjects that their parties have a part in."""
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
    """Return who is named in each subject of a track that is not a dyad, with their successors."""
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


def united(some: tuple[Event, ...], others: Sequence[Event]) -> tuple[Event, ...]:
    """Return events, each once and in order; some are in order already."""
    if not others:
        return some
    return tuple(in_order({id(event): event for event in (*some, *others)}.values()))
