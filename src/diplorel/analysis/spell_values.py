"""What a track says of a dyad on a day, as the one value that distinguishes spells."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel._message import listing
from diplorel.analysis.standing import standing_on
from diplorel.errors import InvalidQueryError
from diplorel.tracks import AGREEMENTS, LEVEL, MISSIONS, TIES
from diplorel.tracks.level import LevelStatus
from diplorel.tracks.posts import DIPLOMATIC, MissionKind
from diplorel.tracks.ties import TiesStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.dyad import DyadSnapshot
    from diplorel.tracks.track import Cell, Track

KNOWN: Final = {
    "known": "Known",
    "as-last-recorded": "As last recorded",
    "undecided": "Undecided",
    "unknown": "Unknown",
}
"""How a value is known, the best first."""
_DIPLOMATIC: Final = frozenset(
    {MissionKind.EMBASSY, MissionKind.LEGATION, MissionKind.HIGH_COMMISSION, MissionKind.AGENCY}
)


@attrs.frozen
class Reading:
    """What a track says of a dyad on a day.

    Attributes:
        value: The value; None where it is unknown.
        known: How it is known: ``known``, ``as-last-recorded``, ``undecided`` or ``unknown``.
        since: When the value began, where the state says so.
        times: How many beginnings the state counts. The same value with another `since` and more
            beginnings is another spell.
        below: The level below which the dyad certainly is, where no level is recorded.
        is_open: Whether the plausible orders of the events differ on when the value began.
    """

    value: str | None
    known: str
    since: PartialDate | None = None
    times: int = 0
    below: str | None = None
    is_open: bool = False


@attrs.frozen
class Step:
    """A value that a state remembers, whether or not it held at the end of any day.

    Attributes:
        value: The value.
        start: When it began; None where nothing records that.
        end: When it ended; None where it did not.
        is_open: Whether the plausible orders of the events differ on it.
    """

    value: str
    start: PartialDate | None
    end: PartialDate | None
    is_open: bool


def _one_side(*_: object) -> list[str | None]:
    return [None]


def _every(*_: object) -> bool:
    return True


def _whole(*_: object) -> Cell:
    return ()


def no_steps(*_: object) -> Iterator[Step]:
    """Yield nothing: a spell that no day shows is not listed."""
    return iter(())


@attrs.frozen(kw_only=True)
class Reader:
    """How a track is read.

    Attributes:
        track: The track.
        read: The value of a dyad on a day, from one side or from none.
        sides: The sides that it is read from, None for the dyad as a whole:
            ``(reference, pair, events)``.
        concerns: Whether an event bears on what one side has.
        steps: The values that a state remembers, oldest first: ``(state, side)``.
        value: The value of a state, whatever coverage says of it: ``(state, side, reference)``.
            None where the state of a dyad is made of others', so that its events have no one order.
        cell: The part of the state that the value is in: ``(pair, side)``.
    """

    track: Track[Any, Any]
    read: Callable[[DyadSnapshot, str | None, Reference], Reading]
    sides: Callable[
        [Reference, tuple[str, str], Callable[[], Iterable[Event]]], list[str | None]
    ] = _one_side
    concerns: Callable[[Event, str | None], bool] = _every
    steps: Callable[[Any, str | None], Iterator[Step]] = no_steps
    value: Callable[[Any, str | None, Reference], str | None] | None = None
    cell: Callable[[tuple[str, str], str | None], Cell] = _whole


def how_known(dyad: DyadSnapshot, track: Track[Any, Any]) -> str:
    """Return how the recorded answers of a track are known."""
    if not dyad.is_certain(track):
        return "undecided"
    if track.name in dyad.unknown and not dyad.events(track):
        return "unknown"
    return "as-last-recorded" if track.name in dyad.last_recorded else "known"


# --- ties ----------------------------------------------------------------------------------------


def _read_ties(dyad: DyadSnapshot, *_: object) -> Reading:
    state = dyad.state(TIES)
    return Reading(
        None if state.status is TiesStatus.UNKNOWN else state.status.value,
        how_known(dyad, TIES),
        state.since,
        len(state.spells),
        is_open=not state.open.isdisjoint({"status", "since"}),
    )


def _value_of_ties(state: Any, *_: object) -> str:
    status: str = state.status.value
    return status


def _steps_of_ties(state: Any, _: str | None) -> Iterator[Step]:
    held = TiesStatus.ESTABLISHED.value
    if not state.spells and state.status in {TiesStatus.SEVERED, TiesStatus.SUSPENDED}:
        yield Step(held, None, state.since, is_open=bool(state.open))
    for spell in state.spells:
        yield Step(held, spell.start, spell.end, is_open=bool(state.open))


# --- levels --------------------------------------------------------------------------------------


def _read_level(dyad: DyadSnapshot, side: str | None, reference: Reference) -> Reading:
    assert side is not None  # noqa: S101  a level is read from a side
    held = standing_on(dyad, side, reference)
    recorded = dyad.state(LEVEL).on(side)
    if held.status is LevelStatus.UNKNOWN:
        known = "unknown"
    else:
        known = "as-last-recorded" if held.last_recorded else "known"
    value = held.level.id if held.level is not None else held.status.value
    return Reading(
        None if held.status is LevelStatus.UNKNOWN else value,
        known if held.certain else "undecided",
        held.since,
        0 if recorded is None else len(recorded.path),
        below=None if held.below is None else held.below.id,
        is_open=not held.open.isdisjoint({"status", "level", "since"}),
    )


def _value_of_level(state: Any, side: str | None, reference: Reference) -> str:
    held = state.on(side)
    if held is None:
        return LevelStatus.NONE.value
    held = held.ranked(reference)
    value: str = held.status.value if held.level is None else held.level
    return value


def _its_ladder(_: object, side: str | None) -> Cell:
    return () if side is None else (side,)


def _ladders(
    reference: Reference, pair: tuple[str, str], events: Callable[[], Iterable[Event]]
) -> list[str | None]:
    named = {getattr(event, "ladder", None) for event in events() if type(event) in LEVEL.owns}
    return [party for party in pair if party in named or party in reference.ladder]


def _on_ladder(event: Event, side: str | None) -> bool:
    return getattr(event, "ladder", side) == side


def _steps_of_level(state: Any, side: str | None) -> Iterator[Step]:
    held = state.on(side)
    if held is None:
        return
    reached = [step for step in held.path if step.kind != "renewed"]
    if reached and (before := getattr(reached[0].cause, "previous", None)) is not None:
        yield Step(before, None, reached[0].on, is_open=bool(held.open))
    for step, after in pairwise(reached):  # the last one is what relations show
        if step.level is not None:
            yield Step(step.level, step.on, after.on, is_open=bool(held.open))


# --- posts and agreements ------------------------------------------------------------------------


def _posts(state: Any, side: str | None) -> list[Any]:
    return [one for one in state.sent_by(side) if one.kind in _DIPLOMATIC]


def _value_of_posts(state: Any, side: str | None, _: object) -> str:
    posts = _posts(state, side)
    return posts[0].kind.value if posts else "none"


def _its_post(pair: tuple[str, str], side: str | None) -> Cell:
    sender, receiver = pair if side == pair[0] else pair[::-1]
    return (sender, receiver, DIPLOMATIC)


def _read_posts(dyad: DyadSnapshot, side: str | None, *_: object) -> Reading:
    assert side is not None  # noqa: S101  a post is one side's
    posts = _posts(dyad.state(MISSIONS), side)
    known = how_known(dyad, MISSIONS)
    if posts:
        return Reading(posts[0].kind.value, known, posts[0].since)
    if MISSIONS.name not in dyad.unknown:
        return Reading("none", known)
    ended = any(
        type(event) in MISSIONS.owns and _is_sent_by(event, side) for event in dyad.events(MISSIONS)
    )
    return Reading("none", known) if ended else Reading(None, _less(known))


def _less(known: str) -> str:
    """Return how an absence is known, where events on something else vouch for a state."""
    return known if known == "undecided" else "unknown"


def _both(_: object, pair: tuple[str, str], *__: object) -> list[str | None]:
    return [*pair]


def _is_sent_by(event: Event, side: str | None) -> bool:
    return getattr(event, "sender", side) == side


def _read_agreements(dyad: DyadSnapshot, *_: object) -> Reading:
    in_force = len(dyad.state(AGREEMENTS).in_force())
    known = how_known(dyad, AGREEMENTS)
    if in_force or AGREEMENTS.name not in dyad.unknown:
        return Reading(str(in_force), known)
    return Reading(None, _less(known))


READERS: Final = {
    reader.track.name: reader
    for reader in (
        Reader(track=TIES, read=_read_ties, steps=_steps_of_ties, value=_value_of_ties),
        Reader(
            track=LEVEL,
            read=_read_level,
            sides=_ladders,
            concerns=_on_ladder,
            steps=_steps_of_level,
            value=_value_of_level,
            cell=_its_ladder,
        ),
        Reader(
            track=MISSIONS,
            read=_read_posts,
            sides=_both,
            concerns=_is_sent_by,
            value=_value_of_posts,
            cell=_its_post,
        ),
        Reader(track=AGREEMENTS, read=_read_agreements),
    )
}
"""The tracks that have a value of their own, by name."""


def reader_of(track: Track[Any, Any], value: Callable[[Any], str | None] | None) -> Reader:
    """Return how a track is read.

    Args:
        track: The track.
        value: A function that returns the value of a state as text, or None; needed for a track
            that has none of its own.

    Raises:
        InvalidQueryError: It is needed and not given, is not a function, or the track is not one of
            dyads.
    """
    if not track.of_dyads:
        raise InvalidQueryError(
            "{argument}: {track} is not about dyads: it has no spells",
            argument="track",
            track=track.name,
        )
    if value is None:
        found = READERS.get(track.name)
        if found is None:
            raise InvalidQueryError(
                "{argument}: {track} has no value of its own, only {known}. Give value=, a "
                "function that returns a text for a state of the track",
                argument="track",
                track=track.name,
                known=listing(tuple(READERS)),
            )
        return found
    if not callable(value):
        raise InvalidQueryError(
            "{argument}: expected a function of a state, got {value!r}",
            argument="value",
            value=value,
        )

    def read(dyad: DyadSnapshot, *_: object) -> Reading:
        if track.name in dyad.unknown and not dyad.events(track):
            return Reading(None, how_known(dyad, track))
        return Reading(value(dyad.state(track)), how_known(dyad, track))

    own = None if track.sharing is not None else lambda state, *_: value(state)
    return Reader(track=track, read=read, value=own)
