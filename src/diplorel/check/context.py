"""What the checks look at: the records that count, their events, and who reports them."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol, TypedDict

import attrs

from diplorel.resolve.policies import by_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.names import NameKeys
    from diplorel.model.records import Record
    from diplorel.model.reference import Reference
    from diplorel.model.sources import Citation
    from diplorel.resolve.policies import Policy
    from diplorel.resolve.resolution import ResolvedEvents
    from diplorel.tracks.track import Track

FEW_DAYS: Final = 10
"""Events of one kind this close to each other are rarely two."""


class RecordSet(Protocol):
    """What is checked: records with what they need, as a log has them."""

    @property
    def reference(self) -> Reference:
        """The sources, ladders, parties, coverage and claims."""
        ...

    @property
    def records(self) -> tuple[Record, ...]:
        """The records, each once."""
        ...

    def resolve(self, *, policy: Policy = by_kind) -> ResolvedEvents:
        """Return the events that they report."""
        ...


class At(TypedDict, total=False):
    """Where a problem is, as keyword arguments of `Problem`."""

    event: str | None
    stream: str | None


class CheckContext:
    """A log as the checks look at it.

    Attributes:
        reference: The sources, ladders, parties, coverage and claims.
        events: The events that the records report.
        every: All records, the dead ones too.
        records: The records that count: those that no live correction takes back.
        tracks: The tracks whose rules hold.
        today: The present day, as an ordinal.
        streams: From the id of an event to the streams that report it.
    """

    def __init__(
        self,
        reference: Reference,
        events: ResolvedEvents,
        every: Sequence[Record],
        tracks: Sequence[Track[Any, Any]],
        today: int,
    ) -> None:
        self.reference = reference
        self.events = events
        self.every = every
        self.tracks = tracks
        self.today = today
        dead = {id(record) for record in events.dead}
        self.records: tuple[Record, ...] = tuple(
            record for record in every if id(record) not in dead
        )
        streams: dict[str, set[str]] = defaultdict(set)
        for record in self.records:
            streams[record.id].add(record.stream)
        self.streams: Mapping[str, tuple[str, ...]] = {
            event: tuple(sorted(names)) for event, names in streams.items()
        }

    def citing(self, event: Event) -> Mapping[Citation, tuple[str, ...]]:
        """Return the citations of an event, each with the streams that give it.

        Those of a coarser account that corroborates the event are among them.
        """
        streams: dict[Citation, set[str]] = {one: set() for one in event.sources}
        for record in self._reporting.get(event.id, ()):
            coarser: Event = record.event  # type: ignore[assignment]  # a retraction reports no event
            on = None if coarser.on == event.on else coarser.on
            for one in coarser.sources:
                streams.get(attrs.evolve(one, on=one.on or on), set()).add(record.stream)
        return {one: tuple(sorted(names)) for one, names in streams.items()}

    @cached_property
    def by_id(self) -> Mapping[str, list[Record]]:
        """From the id of an event to the records that have it."""
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            found[record.id].append(record)
        return found

    @cached_property
    def _reporting(self) -> Mapping[str, list[Record]]:
        """From the id of an event to the records that report it, or corroborate it."""
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            found[self.events.corroborations.get(record.id, record.id)].append(record)
        return found

    @cached_property
    def near_duplicates(self) -> tuple[tuple[Event, Event], ...]:
        """The pairs of events that look like one: the same but for a slightly different date."""
        return tuple(
            _near_duplicates(self.events.events, self.tracks, self.streams, self.reference.names)
        )

    def at(self, event: str) -> At:
        """Return the place of an event: its id, and the first of the streams that report it."""
        return {"event": event, "stream": next(iter(self.streams.get(event, ())), None)}


def make_context(
    log: RecordSet, today: int, tracks: Sequence[Track[Any, Any]], policy: Policy = by_kind
) -> CheckContext:
    """Return a log as the checks look at it."""
    return CheckContext(log.reference, log.resolve(policy=policy), log.records, tracks, today)


# --- events that look like one -------------------------------------------------------------------


def _near_duplicates(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    streams: Mapping[str, tuple[str, ...]],
    names: NameKeys,
) -> Iterator[tuple[Event, Event]]:
    owner = {kind: track for track in tracks for kind in track.owns}
    by_key: dict[tuple[str, ...], list[Event]] = defaultdict(list)
    for event in events:
        if not event.repeats:
            by_key[event.compared_key(names)].append(event)
    repeated = {key: alike for key, alike in by_key.items() if len(alike) > 1}
    if not repeated:
        return
    beside: dict[Any, list[Event]] = defaultdict(list)
    for event in events:
        beside[owner.get(type(event)), frozenset(event.parties)].append(event)
    for alike in repeated.values():
        alike.sort(key=lambda event: (*event.on.span, event.id))
        for place, first in enumerate(alike):
            track = owner.get(type(first))
            seen = track is not None and not track.has_order
            others = beside[track, frozenset(first.parties)]
            for second in _like(first, alike[place + 1 :], others, streams, names, seen=seen):
                yield first, second


def _like(
    first: Event,
    later: Iterable[Event],
    others: Iterable[Event],
    streams: Mapping[str, tuple[str, ...]],
    names: NameKeys,
    *,
    seen: bool,
) -> Iterator[Event]:
    """Yield the later events that look like the first."""
    for second in later:
        shared = bool({*streams.get(first.id, ())} & {*streams.get(second.id, ())})
        if first.begins_once and not shared:
            one = _may_be_one_event(first, second, names)
            if one and not _has_end_between(first, second, others, names):
                yield second
        elif second.on.lo > first.on.span[1] + FEW_DAYS:
            break
        elif _look_like_one(first, second, others, names, seen=seen, shared=shared):
            yield second


def _look_like_one(
    first: Event,
    second: Event,
    others: Iterable[Event],
    names: NameKeys,
    *,
    seen: bool,
    shared: bool,
) -> bool:
    """Say whether the second of two events looks like the first, under another date.

    Args:
        first: One event.
        second: A later one of the same kind.
        others: The events of the same parties and track.
        names: How names are compared.
        seen: Whether it is of a track of observations, such as visits.
        shared: Whether one stream reports both.
    """
    return (
        _are_close(first.on, second.on, seen=seen, within=shared)
        and _are_alike(first, second, names)
        and (seen or not _has_event_between(first, second, others, names))
    )


def _are_close(one: PartialDate, two: PartialDate, *, seen: bool, within: bool) -> bool:
    """Say whether two dates are likely to mean one day.

    Visits and talks (what is *seen*) follow each other closely, so they must begin on one day or
    share more than the day on which one gives way to the other. A date *within* another is close
    where one stream gives both; from another stream, it corroborates.
    """
    if within and one.text != two.text and (one.contains(two) or two.contains(one)):
        return True
    if one.hi - one.lo > FEW_DAYS or two.hi - two.lo > FEW_DAYS:
        return False
    (first, last), (start, end) = one.span, two.span
    if seen:
        return first == start or max(first, start) < min(last, end)
    return max(first, start) - min(last, end) <= FEW_DAYS


def _may_be_one_event(one: Event, two: Event, names: NameKeys) -> bool:
    """Say whether two streams may report one event, and neither date corroborates the other."""
    held = one.on.contains(two.on) or two.on.contains(one.on)
    return not held and _are_alike(one, two, names)


def _are_alike(one: Event, two: Event, names: NameKeys) -> bool:
    """Say whether the details leave it possible that two events are one."""
    if one.occasion and two.occasion and one.occasion != two.occasion:
        return False
    if one.detail != two.detail or one.nth != two.nth:
        return False
    return one.may_be(two, names)


def _has_event_between(
    first: Event, second: Event, others: Iterable[Event], names: NameKeys
) -> bool:
    """Say whether another event of the same parties and track is between the two."""
    key = first.compared_key(names)
    return any(
        other.compared_key(names) != key
        and first.on.hi <= other.on.lo
        and other.on.hi <= second.on.lo
        for other in others
    )


def _has_end_between(first: Event, second: Event, others: Iterable[Event], names: NameKeys) -> bool:
    """Say whether another event between two bears on the same, so that the second can be new."""
    same = (other for other in others if other.discriminator == first.discriminator)
    return _has_event_between(first, second, same, names)
