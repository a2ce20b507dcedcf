"""The table of events: which columns it has is said here once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.model.column import dates, integers, text
from diplorel.model.events import canonical
from diplorel.model.records import stamp
from diplorel.model.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from diplorel.model.column import Column
    from diplorel.model.events import Event
    from diplorel.model.records import Record


def events_table(
    records: Iterable[Record], stamp: Mapping[str, Any] | None = None, title: str = "Events"
) -> Table:
    """Return one row a record, in the order given.

    Args:
        records: The records.
        stamp: How the table was made.
        title: What it shows.
    """
    return Table(event_columns(tuple(records)), title=title, stamp=stamp or {})


def event_columns(records: tuple[Record, ...]) -> tuple[Column, ...]:
    """Return the columns of the table of events, for the records in the order given."""
    return (
        text("stream", (record.stream for record in records), title="Stream"),
        text(
            "recorded",
            (stamp(record.recorded) for record in records),
            title="Recorded",
            note="the moment in UTC when the stream recorded it",
        ),
        text("id", (record.id for record in records), title="Event"),
        *_columns_of([record.event for record in records]),
    )


def resolved_table(events: Sequence[Event], stamp: Mapping[str, Any]) -> Table:
    """Return one row an event, whoever reports it, in the order given.

    Args:
        events: The events, as `EventLog.resolve` gives them.
        stamp: How the table was made.
    """
    ids = text("id", (event.id for event in events), title="Event")
    return Table((ids, *_columns_of(events)), title="Events, each once", stamp=stamp)


def _columns_of(events: Sequence[Any]) -> tuple[Column, ...]:

    def of(name: str) -> list[Any]:
        return [getattr(event, name, None) for event in events]

    parties: list[tuple[str, ...]] = [
        tuple(event.parties) if hasattr(event, "parties") else () for event in events
    ]
    side = "the {} party by id, as the event names its parties; missing where it has fewer"
    many = "several with a space between"
    return (
        text("type", (event.type for event in events), title="Type"),
        *dates("on", of("on"), title="Date", note="as the record gives it, at its precision"),
        text("party_a", (p[0] if p else None for p in parties), note=side.format("first")),
        text("party_b", (p[1] if p[1:] else None for p in parties), note=side.format("second")),
        text("parties", (" ".join(p) or None for p in parties), note=f"all by id, {many}"),
        text("place", of("place"), title="Place"),
        text("occasion", of("occasion"), title="Occasion"),
        integers("seq", of("seq"), note="the order on that day, where a source gives it; or 0"),
        integers("nth", of("nth"), note="which of several like events of that date"),
        text(
            "sources",
            (" ".join(dict.fromkeys(one.source for one in event.sources)) for event in events),
            title="Sources",
            note=f"the ids of the sources, {many}",
        ),
        text("inferred", of("inferred"), note="the rule that a part was inferred by"),
        text("note", of("note"), title="Remark"),
        text(
            "supersedes",
            (" ".join(event.supersedes) or None for event in events),
            note=f"the ids of the records that it corrects, {many}",
        ),
        text("reason", of("reason"), note="why it corrects them"),
        text(
            "event",
            (canonical(event) for event in events),
            note="the whole event as JSON, without any loss",
        ),
    )
