"""How long lists of events are divided among pages: by decade, by year, and only then by number."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diplorel.model.events import Event


@attrs.frozen(kw_only=True)
class Part:
    """The events of one page.

    Attributes:
        key: What the name of its file has in it: ``1990s``, ``1993``, ``1993-2``; empty where one
            page has all events.
        first: The first year.
        last: The last year.
        number: Which of several pages of one year; 0 where there is one.
        events: The events, in order.
    """

    key: str
    first: int
    last: int
    number: int
    events: tuple[Event, ...]


def year_of(event: Event) -> int:
    """Return the year of the last day of an event, by which events are in order."""
    return date.fromordinal(max(1, event.on.hi)).year


def parts_of(events: Sequence[Event], most: int) -> tuple[Part, ...]:
    """Return the parts of a list of events, each of at most so many, in the order of time.

    Few events are one part. A page of a decade keeps its name when events come in, as long as it
    does not grow too long.

    Args:
        events: The events, in any order; those of a year stay in the order given.
        most: How many events a page has at most.

    >>> parts_of((), 10)[0].key
    ''
    """
    ordered = sorted(events, key=year_of)
    if len(ordered) <= most:
        years = [year_of(one) for one in ordered] or [0]
        return (Part(key="", first=years[0], last=years[-1], number=0, events=tuple(ordered)),)
    return tuple(_parts(ordered, most))


def _parts(events: Sequence[Event], most: int) -> Iterator[Part]:
    for decade, group in groupby(events, key=lambda one: year_of(one) // 10 * 10):
        of_decade = tuple(group)
        if len(of_decade) <= most:
            yield Part(key=f"{decade}s", first=decade, last=decade + 9, number=0, events=of_decade)
            continue
        for year, some in groupby(of_decade, key=year_of):
            of_year = tuple(some)
            if len(of_year) <= most:
                yield Part(key=f"{year}", first=year, last=year, number=0, events=of_year)
                continue
            for number, start in enumerate(range(0, len(of_year), most), 1):
                found = of_year[start : start + most]
                yield Part(
                    key=f"{year}-{number}", first=year, last=year, number=number, events=found
                )
