"""Corroboration: a coarser account of another stream supports the narrower event within it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from diplorel.resolve.accounts import with_citations

if TYPE_CHECKING:
    from diplorel.model.events import Event


def corroborate(
    events: dict[str, Event], streams: dict[str, set[str]]
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Let coarser accounts of other streams corroborate the one narrower event that they hold.

    Narrow ones go first, so a year can corroborate what a month corroborates already. Of two that
    hold the same days ("2013-09", "2013-09?"), the doubtful one counts as the coarser, and so does
    one that leaves out a detail (`Event.detail`). The narrower event takes on the coarser one's
    citations, with the date that those give.

    Args:
        events: The events by id; the narrower ones get the citations.
        streams: The streams that report each; those of the coarser account are added.

    Returns:
        From the id of a coarser account to that of the event that it corroborates; and the coarser
        accounts that hold several narrower events, with the ids of those.
    """
    coarse = {
        event.undated_key
        for event in events.values()
        if event.on.lo != event.on.hi or event.on.text[-1] in "?~]" or event.detail == ""
    }
    by_key: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id, event in events.items():
        if event.undated_key in coarse:
            by_key[event.undated_key].append(id)
    corroborations: dict[str, str] = {}
    ambiguous: dict[str, tuple[str, ...]] = {}
    for ids in by_key.values():
        kept: list[str] = []
        for id in sorted(ids, key=lambda id: (*_coarseness(events[id]), id)):
            event = events[id]
            within = [other for other in kept if _holds(event, events[other])]
            if len(within) == 1 and not streams[id] & streams[within[0]]:
                narrow = within[0]
                corroborations[id] = narrow
                streams[narrow] |= streams[id]
                on = None if event.on == events[narrow].on else event.on
                events[narrow] = with_citations(
                    events[narrow], [attrs.evolve(one, on=one.on or on) for one in event.sources]
                )
            else:
                kept.append(id)
                if len(within) > 1 and any(not streams[id] & streams[one] for one in within):
                    ambiguous[id] = tuple(sorted(within))
    return corroborations, ambiguous


def _coarseness(event: Event) -> tuple[int, int, bool]:
    """Return how many days the date leaves open, how doubtful it is, if a detail is left out."""
    on = event.on
    return (on.hi - on.lo, on.uncertain + on.approximate, event.detail == "")


def _holds(coarse: Event, narrow: Event) -> bool:
    """Say whether the date of one account holds that of another, which gives all its details.

    Two dates that hold the same days do, unless one is an extent.
    """
    wide, within = coarse.on, narrow.on
    if not wide.contains(within) or coarse.detail not in (narrow.detail, ""):
        return False
    return wide.hi - wide.lo > within.hi - within.lo or wide.end == within.end
