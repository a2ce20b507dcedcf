"""Which of two events came first, and whether the dates leave that open."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from diplorel.model.events import Event

    Commute = Callable[[Any, Any], bool]
    """Whether two events leave the same state in either order."""


def order_is_certain(events: Sequence[Event], commute: Commute) -> bool:
    """Say whether no order of events that their dates leave open could lead to another state."""
    last = 0
    for place, event in enumerate(events):
        if event.on.lo <= last and is_open(event, islice(events, place), commute):
            return False
        last = max(last, event.on.hi)
    return True


def is_open(event: Event, before: Iterable[Event], commute: Commute) -> bool:
    """Say whether an event could have come before an earlier one, and would have mattered there."""
    return any(
        overlap(earlier, event) and not _commute(earlier, event, commute) for earlier in before
    )


def _commute(first: Event, second: Event, commute: Commute) -> bool:
    """Say whether two events commute for a track, where successions move the state itself.

    Two parties that succeed to one do not disturb each other; anything else a succession may come
    before or after.
    """
    if isinstance(first, PartySucceeded) and isinstance(second, PartySucceeded):
        return first.predecessor == second.predecessor and first.successor != second.successor
    if isinstance(first, PartySucceeded) or isinstance(second, PartySucceeded):
        return False
    return commute(first, second)


def overlap(first: Event, second: Event) -> bool:
    """Say whether the dates of two events leave open which of them came first.

    On one single day, `Event.seq` and the precedence of the types state the order.
    """
    one, two = first.on, second.on
    if one.hi < two.lo or two.hi < one.lo:
        return False
    if one.lo == one.hi == two.lo == two.hi:
        return (first.seq, first.precedence) == (second.seq, second.precedence)
    return True
