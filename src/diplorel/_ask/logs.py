"""Streams, releases, types, tracks and policies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from diplorel._ask.words import choice, listed
from diplorel._message import suggestion
from diplorel.errors import (
    InvalidQueryError,
    UnknownTrackError,
    expected_one_of,
    nearest,
)
from diplorel.model.events import Event
from diplorel.tracks import STANDARD
from diplorel.tracks.track import Track

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_STANDARD_TYPES: Final = frozenset(cls.type for track in STANDARD for cls in track.owns)


def policy(given: Any) -> None:
    """Refuse what is not a policy.

    Raises:
        InvalidQueryError: It cannot be called.
    """
    if not callable(given):
        raise InvalidQueryError(
            "{argument}: {given!r} is not a policy: expected a function, such as "
            "policies.latest_published",
            argument="policy",
            given=given,
        )


def named_policies(given: Any) -> Mapping[str, Callable[..., Any]]:
    """Return policies by name.

    Raises:
        InvalidQueryError: They have no names, or one is not a policy.
    """
    try:
        found = dict(given)
    except (TypeError, ValueError):
        raise InvalidQueryError(
            "{argument}: expected a dict from names to policies, got {given!r}",
            argument="policies",
            given=given,
        ) from None
    for one in found.values():
        policy(one)
    return found


def stream(known_streams: Iterable[str], given: str) -> None:
    """Refuse a stream that is not there.

    Raises:
        InvalidQueryError: It is not; the message offers the nearest.
    """
    streams = [*known_streams]
    if not streams:
        raise InvalidQueryError(
            "{argument}: the log has no streams, got {given!r}", argument="stream", given=given
        )
    choice("stream", given, streams)


def releases(given: object, streams: Sequence[str]) -> Mapping[str, str]:
    """Return the releases asked for, by the names of their streams.

    Raises:
        InvalidQueryError: It does not name a stream, or the stream is not loaded.
    """
    if given is None:
        return {}
    if isinstance(given, str):
        if len(streams) == 1:
            return {streams[0]: given}
        raise InvalidQueryError(
            "{argument}: several streams are loaded, so name one: "
            "release={{{stream!r}: {given!r}}}",
            argument="release",
            stream=streams[0],
            given=given,
        )
    if not isinstance(given, Mapping):
        raise InvalidQueryError(
            "{argument}: expected the version of a release, or a dict from the names of "
            "streams to versions, got {given!r}",
            argument="release",
            given=given,
        )
    for name in given:
        if name not in streams:
            raise InvalidQueryError(
                "{argument}: {expected}",
                argument="release",
                expected=expected_one_of(streams, name),
            )
    return given


def known_types(recorded: Iterable[str]) -> frozenset[str]:
    """Return the names of the standard event types, and of those that a log has beside them."""
    return _STANDARD_TYPES.union(recorded)


def types(
    recorded: Iterable[str], given: object, classes: tuple[type, ...] = (Event,)
) -> frozenset[str]:
    """Return names of event types.

    Args:
        recorded: Those that the log has, which can be of classes of its own.
        given: Event classes, or names of types.
        classes: What a class has to be a subclass of.

    Raises:
        InvalidQueryError: One is neither; the message offers the nearest.
    """
    if isinstance(given, (str, type)):
        raise InvalidQueryError(
            "{argument}: expected a list of event types, got {given!r} alone",
            argument="types",
            given=given,
        )
    known = known_types(recorded)
    found = set()
    for one in listed("types", given):
        name = one
        if isinstance(one, type) and issubclass(one, classes):
            name = getattr(one, "type", None)
        if not isinstance(name, str) or (name is one and name not in known):
            hint = suggestion(nearest(one, known)) if isinstance(one, str) else ""
            raise InvalidQueryError(
                "{argument}: {one!r} is not a type of events: expected a class such as "
                "events.LevelUpgraded, or a name such as 'level-upgraded'.{hint}",
                argument="types",
                one=one,
                hint=hint,
            )
        found.add(name)
    return frozenset(found)


def tracks(given: object) -> tuple[Track[Any, Any], ...]:
    """Return tracks of the caller's own; standard ones among them are folded anyway.

    Raises:
        InvalidQueryError: One is not a track, or has the name of another.
    """
    own: list[Track[Any, Any]] = []
    for one in listed("tracks", given):
        if not isinstance(one, Track):
            raise InvalidQueryError(
                "{argument}: {one!r} is not a track: expected tracks of your own. The standard "
                "ones, such as tracks.LEVEL, are always there",
                argument="tracks",
                one=one,
            )
        if any(one is other for other in (*STANDARD, *own)):
            continue
        if one.name in {other.name for other in (*STANDARD, *own)}:
            raise InvalidQueryError(
                "{argument}: there is a track {name!r} already: rename yours",
                argument="tracks",
                name=one.name,
            )
        own.append(one)
    return tuple(own)


def stream_name(given: object) -> None:
    """Refuse what cannot name a stream.

    Raises:
        InvalidQueryError: It is not a text, or an empty one.
    """
    if not isinstance(given, str) or not given:
        raise InvalidQueryError(
            "{argument}: expected a name such as 'vietnam', got {given!r}",
            argument="stream",
            given=given,
        )


def track(folded: Iterable[Track[Any, Any]], given: object) -> Track[Any, Any]:
    """Return a track that was folded, given as such or by its name.

    Raises:
        UnknownTrackError: It was not folded; the message lists those that were.
    """
    named = {one.name: one for one in folded}
    for one in named.values():
        if one is given or one.name == given:
            return one
    known = ", ".join(named)
    if isinstance(given, Track):
        raise UnknownTrackError(
            "the track {track!r} was not folded, only {known}. Hand it to replay(tracks=…)",
            track=given.name,
            known=known,
        )
    hint = suggestion(nearest(given, named)) if isinstance(given, str) else ""
    raise UnknownTrackError(
        "the track {given!r} was not folded, only {known}.{hint}",
        given=given,
        known=known,
        hint=hint,
    )
