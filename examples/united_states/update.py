"""A stream grows: what the tables tell now, appended to what a folder holds already."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

import diplorel as dr
from diplorel.event import Event, EventRetracted, canonical
from diplorel.io.folder import Stream

MENDED = "the Office's list says it otherwise now"
GONE = "the Office's list does not tell it any more"


def corrections(old: Stream, events: Iterable[Event]) -> list[Event | EventRetracted]:
    """Return what has to be appended, so that a stream tells what *events* tell and no more.

    An event that is there word for word needs nothing. One of the same act with other words, or
    the same act of the same row with another date, supersedes the old one. What no row tells any
    more is retracted.
    """
    acts = old.log().acts()
    there = {event.id: event for event in acts.events}
    now = {event.id: event for event in events}
    gone = {_row(event): event for id, event in there.items() if id not in now}
    found: list[Event | EventRetracted] = []
    for id, event in now.items():
        before = there.get(id)
        if before is None:
            moved = gone.pop(_row(event), None)
            found.append(_mended(event, moved.id) if moved else event)
        elif canonical(_bare(before)) != canonical(event):
            found.append(_mended(event, f"{id}@{before.digest}"))
    found += [
        EventRetracted(target=event.id, reason=GONE, sources=event.sources)
        for event in gone.values()
    ]
    return found


def _row(event: Event) -> tuple[str, ...]:
    return (*event.act, *(f"{one.source}#{one.locator}" for one in event.sources))


def _mended(event: Event, target: str) -> Event:
    return attrs.evolve(event, supersedes=[target], reason=MENDED)


def _bare(event: Event) -> Event:
    """Return an event without what it corrected: what it says now."""
    return attrs.evolve(event, supersedes=(), reason=None)


def grown(old: Stream, new: dr.EventLog) -> dr.EventLog:
    """Return a stream with what has to be appended, recorded now, and the new bibliography."""
    told = [record.event for record in new.records]
    added = corrections(old, [event for event in told if isinstance(event, Event)])
    log = old.log()
    return dr.EventLog(
        (log.append(*added) if added else log).records,
        reference=attrs.evolve(new.reference, sources=_either(old, new)),
    )


def _either(old: Stream, new: dr.EventLog) -> tuple[dr.Source, ...]:
    """Return the sources of both: what was cited once is cited for ever."""
    now = new.reference.source
    return (*now.values(), *(one for one in old.reference.sources if one.id not in now))
