"""DR506: days whose order no source gives."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from diplorel.check.likeness import NEAREST
from diplorel.errors import Problem
from diplorel.model.records import order_key
from diplorel.replay.cells import CellIndex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diplorel.check.context import CheckContext
    from diplorel.model.events import Event
    from diplorel.tracks.track import Subject, Track


def check_same_day(context: CheckContext, nearest: int = NEAREST) -> Iterator[Problem]:
    """Yield events of one day that do not commute, when nothing says which came first.

    Args:
        context: The log, as the checks look at it.
        nearest: With how many events of a day and cell each is compared.
    """
    for _, group in groupby(context.events.events, key=order_key):
        dated = [event for event in group if event.on.lo == event.on.hi]
        if len(dated) < 2:  # noqa: PLR2004  one has no order
            continue
        for track in context.tracks:
            handled = [event for event in dated if type(event) in track.handlers]
            if len(handled) < 2 or not track.has_order:  # noqa: PLR2004  one has no order
                continue
            subjects: dict[Subject, list[Event]] = {}
            for event in handled:
                for subject in track.subjects(event):
                    subjects.setdefault(subject, []).append(event)
            for events in subjects.values():
                yield from _of_subject(events, track, context, nearest)


def _of_subject(
    events: Sequence[Event], track: Track[Any, Any], context: CheckContext, nearest: int
) -> Iterator[Problem]:
    """Yield the pairs of one subject, each event against those before it in the order of ids."""
    index = CellIndex()
    cut: Event | None = None
    by_id = {event.id: event for event in events}
    for id in sorted(by_id):
        event = by_id[id]
        cells = track.cells_of(event)
        for one in index.nearest(cells, nearest):
            if not track.indifferent(one, event):
                yield Problem(
                    code="DR506",
                    message=f"is of the same day as {one.id!r}, and nothing says which came first",
                    hint="Give the later one seq = 1, with the source that gives the order",
                    **context.at(id),
                )
        if cut is None and index.has_more(cells, nearest):
            cut = event
        index.add(event, cells)
    if cut is not None:
        yield comparisons_cut(
            context, cut, f"the {len(by_id):,} events of one day and subject in {track.name}"
        )


def comparisons_cut(context: CheckContext, event: Event, what: str) -> Problem:
    """Return the problem that not all events were compared with each other.

    Args:
        context: The log, as the checks look at it.
        event: An event that lacks some comparison.
        what: The events that were to be compared.
    """
    return Problem(
        code="DR507",
        message=f"not all comparisons were made: of {what}, each was compared with the "
        f"{NEAREST} nearest only",
        hint="Correct what is reported for these events, and check again",
        **context.at(event.id),
    )
