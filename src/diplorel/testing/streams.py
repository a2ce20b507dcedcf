"""Strategies for records and logs: several streams, conflicting accounts, corrections, rings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from diplorel.log import EventLog
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, EventRetracted
from diplorel.model.records import Record
from diplorel.model.reference import Coverage
from diplorel.testing.dense import (
    LEVELS,
    MOMENTS,
    SGP_LADDER,
    SOURCES,
    STREAMS,
    VNM_LADDER,
    references,
)
from diplorel.testing.events import (
    citations,
    events,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Events = st.SearchStrategy[Event]

streams = st.sampled_from(STREAMS)
moments = st.sampled_from(MOMENTS)


def _coarser(on: PartialDate) -> str:
    """Return the month when a date begins."""
    return on.earliest.isoformat()[:7]


def changed(event: Any, **fields: Any) -> Any:
    """Return an event with other fields."""
    return attrs.evolve(event, **fields)


@st.composite
def _conflicting_account(draw: st.DrawFn, event: Event) -> Any:
    """Report the same event again: with other content, other citations or less of a date."""
    change = draw(st.sampled_from(("place", "seq", "sources", "coarse", "year", "note", "own")))
    if change == "place":
        return changed(event, place=draw(st.sampled_from(("Hanoi", "Paris"))))
    if change == "seq":
        return changed(event, seq=draw(st.sampled_from((0, 3))))
    if change == "sources":
        return changed(event, sources=draw(citations))
    if change == "note":
        return changed(event, note="another")
    if change == "own" and getattr(event, "level", None) is not None:
        return changed(event, level=draw(st.sampled_from(LEVELS)))
    coarse = _coarser(event.on) if change == "coarse" else event.on.earliest.isoformat()[:4]
    return changed(event, on=coarse)


@st.composite
def _correction(draw: st.DrawFn, recorded: Sequence[Record], base: Events) -> Any:
    """Correct something that is recorded, perhaps a correction, or nothing that is there."""
    one = draw(st.sampled_from(recorded))
    named = draw(st.sampled_from((one.id, one.id, f"{one.id}@{one.event.digest}", "no/such")))
    if draw(st.booleans()):
        return EventRetracted(target=named, reason="wrong", sources=draw(citations))
    mended = draw(base)
    if isinstance(one.event, Event) and draw(st.booleans()):
        mended = changed(one.event, place="Rome", supersedes=())
    targets = {named, *([draw(st.sampled_from(recorded)).id] if draw(st.booleans()) else [])}
    return changed(mended, supersedes=tuple(sorted(targets)), reason="mended")


def _ring(records: list[Record], size: int) -> list[Record]:
    """Let some records of one stream correct each other in a ring, which corrects nothing."""
    some = [one for one in records if isinstance(one.event, Event)][:size]
    return [
        attrs.evolve(
            one,
            stream=some[0].stream,
            event=changed(
                one.event,
                supersedes=(some[(place + 1) % len(some)].id,),
                reason="ring",
            ),
        )
        for place, one in enumerate(some)
    ]


@st.composite
def record_lists(
    draw: st.DrawFn,
    base: Events | None = None,
    *,
    most: int = 7,
    corrections: int = 4,
    least: int = 1,
) -> list[Record]:
    """Draw records of two or three streams: reports, corrections, and rings."""
    base = events() if base is None else base
    stream = draw(st.sampled_from((streams, st.just("a"), st.sampled_from("ab"))))
    recorded = [
        Record(draw(stream), draw(moments), event)
        for event in draw(st.lists(base, min_size=least, max_size=most))
    ]
    reports = [one for one in recorded if isinstance(one.event, Event)]
    for _ in range(draw(st.integers(0, 3)) if reports else 0):
        event = draw(st.sampled_from(reports)).event
        recorded.append(Record(draw(stream), draw(moments), draw(_conflicting_account(event))))  # type: ignore[arg-type]
    for _ in range(draw(st.integers(0, corrections)) if recorded else 0):
        recorded.append(Record(draw(stream), draw(moments), draw(_correction(recorded, base))))
    if corrections and draw(st.sampled_from((False,) * 7 + (True,))):
        recorded += _ring(recorded, draw(st.integers(1, 3)))
    return recorded


@st.composite
def logs(
    draw: st.DrawFn,
    base: Events | None = None,
    *,
    most: int = 7,
    corrections: int = 4,
    least: int = 1,
) -> EventLog:
    """Draw a log with its sources, ladders and coverage."""
    records = draw(record_lists(base, most=most, corrections=corrections, least=least))
    known: dict[str, Any] = draw(references)
    return EventLog(records, **known)


def log_of(
    events: Sequence[Event | EventRetracted],
    *,
    coverage: Sequence[Coverage] = (),
    stream: str = "a",
) -> EventLog:
    """Return a log of events that one stream recorded at one moment."""
    return EventLog(
        events,
        stream=stream,
        at=MOMENTS[0],
        sources=SOURCES,
        ladders=(VNM_LADDER, SGP_LADDER),
        coverage=coverage,
    )


def distinct(found: Events, *, least: int, most: int) -> st.SearchStrategy[list[Event]]:
    """Draw a list of events; no two share an id."""
    by_id: Callable[[Event], str] = lambda event: event.id  # noqa: E731
    return st.lists(found, min_size=least, max_size=most, unique_by=by_id)
