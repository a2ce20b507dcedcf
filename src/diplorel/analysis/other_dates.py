"""The dates that others give for an event, and that its own date rules out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplorel.model.events import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from diplorel.model.dates import PartialDate
    from diplorel.resolve.policies import Account


def other_dates(
    accounts: Mapping[str, tuple[Account, ...]], events: Iterable[Event]
) -> tuple[PartialDate, ...]:
    """Return the dates that citations and other accounts give which an event's own date rules out.

    Args:
        accounts: The events with differing accounts, by id.
        events: The events.
    """
    found = set()
    for event in events:
        others = (one.event for one in accounts.get(event.id, ()))
        given = {cited.on for cited in event.sources if cited.on is not None}
        given |= {one.on for one in others if isinstance(one, Event)}
        found |= {one for one in given if one.hi < event.on.lo or event.on.hi < one.lo}
    return tuple(sorted(found, key=lambda one: (one.lo, one.hi, one.text)))
