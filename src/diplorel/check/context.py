"""What the checks look at: the records that count, their events, and who reports them."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypedDict

import attrs

from diplorel.check.likeness import find_likeness
from diplorel.resolve.policies import by_kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from diplorel.check.likeness import Likeness
    from diplorel.model.events import Event
    from diplorel.model.records import Record
    from diplorel.model.reference import Reference
    from diplorel.model.sources import Citation
    from diplorel.resolve.policies import Policy
    from diplorel.resolve.resolution import ResolvedEvents
    from diplorel.tracks.track import Track


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
        every: All records, including the dead ones.
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
    def likeness(self) -> Likeness:
        """The events that look like one, and those that were too many to compare."""
        return find_likeness(self.events.events, self.tracks, self.streams, self.reference.names)

    @property
    def near_duplicates(self) -> tuple[tuple[Event, Event], ...]:
        """The pairs of events that look like one: the same but for a slightly different date."""
        return self.likeness.pairs

    def at(self, event: str) -> At:
        """Return the place of an event: its id, and the first of the streams that report it."""
        return {"event": event, "stream": next(iter(self.streams.get(event, ())), None)}


def make_context(
    log: RecordSet, today: int, tracks: Sequence[Track[Any, Any]], policy: Policy = by_kind
) -> CheckContext:
    """Return a log as the checks look at it."""
    return CheckContext(log.reference, log.resolve(policy=policy), log.records, tracks, today)
