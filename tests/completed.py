"""Streams whose dates were all made exact: each plausible way in which they can come true.

Whatever a log says for certain, it must also say once the days are known. So every answer can be
held against the same answer of each completed log, without an oracle of its own.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any, Final

import attrs

from completions import completions
from diplorel import PartialDate
from diplorel.tracks import LEVEL, MISSIONS, SPECIAL, TIES
from plausible import plausible_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from completions import Dated
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference

_TRACKS: Final[tuple[Any, ...]] = (TIES, LEVEL, MISSIONS, SPECIAL)


def completed(
    events: Sequence[Event], until: int, reference: Reference, *, most: int = 60
) -> Iterator[list[Event]]:
    """Yield the events with exact days and a stated order, for each plausible completion.

    Args:
        events: The events of dyads.
        until: The day until which they happened, an ordinal.
        reference: The ladders.
        most: How many completions are tried, spread over all of them.
    """
    pairs = sorted({event.parties for event in events})
    every = [
        _ways([one for one in events if one.parties == pair], until, pair, reference)
        for pair in pairs
    ]
    found = [*product(*every)]
    for chosen in found[:: max(1, len(found) // most)]:
        yield [
            attrs.evolve(
                event, on=PartialDate(date.fromordinal(day).isoformat()), seq=place, nth=place + 1
            )
            for order in chosen
            for place, (event, day) in enumerate(order)
        ]


def _ways(events: Sequence[Event], until: int, pair: Any, reference: Reference) -> list[Dated]:
    """Return the completions of one dyad that all tracks find plausible."""
    orders = [*completions(events, until)]
    for track in _TRACKS:
        if not any(type(event) in track.handlers for event in events):
            continue
        some = plausible_days(orders, track, pair, reference)
        allowed = {happened: {*map(_key, mine)} for happened, mine in some.items()}
        orders = [
            order
            for order in orders
            if _key([one for one in order if type(one[0]) in track.handlers])
            in allowed[frozenset(event.id for event, _ in order)]
        ]
    return orders


def _key(order: Sequence[tuple[Event, int]]) -> tuple[tuple[str, int], ...]:
    return tuple((event.id, day) for event, day in order)
