"""Timelines: the history of one dyad, event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from diplorel._columns import clipped, columns, counted, listed
from diplorel.model.listing import Listing
from diplorel.model.stamps import NOT_ASKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.model.sources import Source
    from diplorel.model.stamps import Asked
    from diplorel.model.table import Table
    from diplorel.tracks.track import Track


@attrs.frozen(kw_only=True, repr=False)
class TimelineEntry:
    """One event in the history of a dyad.

    Attributes:
        on: When.
        event: The event.
        tracks: The names of the tracks that fold it, the owner first.
        sources: The sources that the bibliography has, in the order of the citations.

    >>> import diplorel as dr
    >>> first = dr.load("vietnam").timeline("VNM", "SGP")[0]
    >>> first.on.text, first.event.type, first.tracks
    ('1973-08-01', 'ties-established', ('ties',))
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

    def __repr__(self) -> str:
        return clipped(f"<TimelineEntry {self.event.id}>")

    def __str__(self) -> str:
        return "  ".join(self.cells())

    def cells(self) -> tuple[str, str, str]:
        """Return the cells of its row in a table: the date, the id, and who publishes it."""
        publishers = tuple(dict.fromkeys(source.publisher for source in self.sources))
        return (self.on.text, self.event.id, listed(publishers, 3))


class Timeline(Listing[TimelineEntry]):
    """The entries of a dyad, oldest first: a sequence that prints as a table."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<Timeline: {counted(len(self), 'event')}>"

    def table(self) -> Table:
        """Return one row an event, in order."""
        from diplorel.analysis.tables import timeline_table  # noqa: PLC0415  few ask for it

        return timeline_table(self)

    def __str__(self) -> str:
        rows = [entry.cells() for entry in self]
        return "\n".join(columns([("date", "event", "publishers"), *rows]))


def timeline(
    events: Iterable[Event],
    reference: Reference,
    tracks: Sequence[Track[Any, Any]],
    asked: Asked = NOT_ASKED,
) -> Timeline:
    """Return one entry an event, in the order of the events."""
    entries = (
        TimelineEntry(
            on=event.on,
            event=event,
            tracks=tuple(
                track.name
                for track in sorted(tracks, key=lambda one: type(event) not in one.owns)
                if type(event) in track.handlers
            ),
            sources=tuple(
                source
                for one in event.sources
                if (source := reference.find_source(one.source)) is not None
            ),
        )
        for event in events
    )
    return Timeline(entries, asked)
