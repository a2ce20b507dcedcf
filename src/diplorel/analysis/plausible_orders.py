"""The plausible orders of the events of one cell, with the days that each order leaves to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.model.dates import FIRST_DAY, LAST_DAY
from diplorel.model.records import in_order
from diplorel.replay.plausible import Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.tracks.track import Cell, Track

LIMIT: Final = 2_000
"""How many orders are tried; beyond this number the answer is that anything is possible."""


@attrs.frozen(order=True)
class Span:
    """The first and the last possible day, as ordinals."""

    lo: int
    hi: int


def plausible_orders(
    events: Iterable[Event],
    days: Mapping[str, Span],
    track: Track[Any, Any],
    reference: Reference,
    cell: Cell = (),
) -> list[tuple[Event, ...]] | None:
    """Return the plausible orders of the events that a track handles; None if they are many.

    Args:
        events: The events, in any order.
        days: The days of each, by its id.
        track: The track.
        reference: The ladders.
        cell: The cell, where the track keeps account of one alone.
    """
    mine = in_order(event for event in events if type(event) in track.handlers)
    if len(mine) < 2:  # noqa: PLR2004  nothing to order
        return [tuple(mine)]
    spans = [(days[event.id].lo, days[event.id].hi) for event in mine]
    return Search(mine, spans, track, reference, cell).orders(LIMIT)


def realised(
    orders: list[tuple[Event, ...]], days: Mapping[str, Span]
) -> tuple[list[tuple[Event, ...]], list[dict[str, Span]]]:
    """Return the orders that days can be chosen for, with the days that each leaves.

    If there are none, it is all orders. Dates and `Event.seq` are compared two by two, so three
    events can ask for more than days give.
    """
    left = [_days_left(order, days) for order in orders]
    kept = [
        (order, spans)
        for order, spans in zip(orders, left, strict=True)
        if all(span.lo <= span.hi for span in spans.values())
    ]
    if not kept:
        bounds = [
            {id: Span(min(span.lo, span.hi), max(span.lo, span.hi)) for id, span in spans.items()}
            for spans in left
        ]
        return orders, bounds
    return [order for order, _ in kept], [spans for _, spans in kept]


def _days_left(order: Sequence[Event], days: Mapping[str, Span]) -> dict[str, Span]:
    """Return the days that an order leaves to each of its events.

    Args:
        order: The events.
        days: The days of each.
    """
    found: dict[str, Span] = {}
    first = FIRST_DAY
    for before, event in zip([None, *order], order, strict=False):
        first = max(days[event.id].lo, first + (_later(before, event) if before else 0))
        found[event.id] = Span(first, first)
    last = LAST_DAY
    for event, after in zip(reversed(order), [None, *reversed(order)], strict=False):
        last = min(days[event.id].hi, last - (_later(event, after) if after else 0))
        found[event.id] = Span(found[event.id].lo, last)
    return found


def _later(first: Event, second: Event) -> int:
    """Return how many days later than *first* the event *second* must come, to come after it.

    None, unless the sources order them the other way round within a day.
    """
    return int(second.seq < first.seq)
