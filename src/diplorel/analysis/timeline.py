"""Timelines: the history of one dyad, event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.model.sources import Source
    from diplorel.tracks.track import Track


@attrs.frozen(kw_only=True)
class Entry:
    """One event in the history of a dyad.

    Attributes:
        on: When.
        event: The event.
        tracks: The names of the tracks that fold it, the owner first.
        sources: The sources that the bibliography has, in the order of the citations.
    """

    on: PartialDate
    event: Event
    tracks: tuple[str, ...]
    sources: tuple[Source, ...]

    def to_record(self) -> dict[str, Any]:
        """Return the entry as plain data."""
        return {
            "on": self.on.text,
            "type": self.event.type,
            "id": self.event.id,
            "tracks": list(self.tracks),
            "sources": [source.id for source in self.sources],
        }


def timeline(
    events: Iterable[Event], reference: Reference, tracks: Sequence[Track[Any, Any]]
) -> tuple[Entry, ...]:
    """Return one entry an event, in the order of the events."""
    return tuple(
        Entry(
            on=event.on,
            event=event,
            tracks=tuple(
                track.name
                for track in sorted(tracks, key=lambda one: type(event) not in one.owns)
                if type(event) in track.handlers
            ),
            sources=tuple(
                reference.source[one.source]
                for one in event.sources
                if one.source in reference.source
            ),
        )
        for event in events
    )
