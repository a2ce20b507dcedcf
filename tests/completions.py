"""Every way in which the dates of a few events can come true, tried one by one."""

from __future__ import annotations

from itertools import permutations, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diplorel.model.events import Event

Dated = tuple[tuple["Event", int], ...]
"""Events in the order in which they happened, each with its day as an ordinal."""


def completions(events: Sequence[Event], until: int) -> Iterator[Dated]:
    """Yield the events that happened by a day, for each choice of days within their bounds.

    Events of one day stand by `seq`; where that is the same, each order is tried.
    """
    seen = set()
    for days in product(*(range(event.on.lo, event.on.hi + 1) for event in events)):
        groups: dict[tuple[int, int], list[tuple[Event, int]]] = {}
        for event, day in zip(events, days, strict=True):
            if day <= until:
                groups.setdefault((day, event.seq), []).append((event, day))
        for chosen in product(*(permutations(groups[key]) for key in sorted(groups))):
            order = tuple(item for group in chosen for item in group)
            key = tuple((event.id, day) for event, day in order)
            if key not in seen:
                seen.add(key)
                yield order


def have_days(orders: Sequence[Sequence[Event]]) -> bool:
    """Say whether every order has days.

    Dates and `seq` are compared two by two, and three can bind each other: of two events of the
    13th with seq 1 and one of "the 11th to the 14th" with seq 0, the last has no day between them.
    """
    return all(map(_has_days, orders))


def _has_days(order: Sequence[Event]) -> bool:
    last = (0, 0)
    for event in order:
        day = max(event.on.lo, last[0])
        last = (day + (day == last[0] and event.seq < last[1]), event.seq)
        if last[0] > event.on.hi:
            return False
    return True
