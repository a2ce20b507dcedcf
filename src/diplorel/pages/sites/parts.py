"""How long lists are divided among pages.

Events are divided by decade, by year, and only then by number; sources by the first letter of their
publishers; any other list by number.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import attrs

from diplorel.model.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from diplorel.model.events import Event

Item = TypeVar("Item")
FEW: Final = 200
"""Up to so many sources are on one page."""
_OTHERS: Final = "0"
"""The part of publishers whose names begin with no Latin letter."""


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
    """Return the year of the last day of an event, for the order of events."""
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


def places_of(sources: Iterable[str], publisher: Callable[[str], str]) -> dict[str, str]:
    """Return the page of each source: one for all, or one for each first letter of publishers.

    Args:
        sources: The ids of the sources.
        publisher: Returns who published one.

    >>> places_of(["a", "b"], str.upper)
    {'a': 'sources.html', 'b': 'sources.html'}
    """
    ids = list(sources)
    if len(ids) <= FEW:
        return dict.fromkeys(ids, "sources.html")
    letters: defaultdict[str, list[str]] = defaultdict(list)
    for id in ids:
        first = sort_key(publisher(id).strip())[:1]
        letters[first if "a" <= first <= "z" else _OTHERS].append(id)
    found: dict[str, str] = {}
    for letter, some in letters.items():
        ordered = sorted(some, key=lambda id: (sort_key(publisher(id)), id))
        for place, id in enumerate(ordered):
            part = place // FEW + 1
            found[id] = f"sources/{letter}.html" if part == 1 else f"sources/{letter}.{part}.html"
    return found


@attrs.frozen(kw_only=True)
class Chunk(Generic[Item]):
    """The items of one of several pages of a list.

    Attributes:
        path: The path of the page.
        items: Its items, in order.
        paths: The paths of all pages of the list.
    """

    path: str
    items: Sequence[Item]
    paths: tuple[str, ...]


def chunks_of(items: Sequence[Item], most: int, first: str, folder: str) -> list[Chunk[Item]]:
    """Return the pages of a list by number, at least one.

    Args:
        items: The items.
        most: How many a page has at most.
        first: The path of the first page.
        folder: What goes before the number in the paths of the others.

    >>> [(one.path, one.items) for one in chunks_of("abc", 2, "claims.html", "claims/")]
    [('claims.html', 'ab'), ('claims/2.html', 'c')]
    """
    count = max(1, -(-len(items) // most))
    paths = (first, *(f"{folder}{place}.html" for place in range(2, count + 1)))
    return [
        Chunk(path=path, items=items[place * most : (place + 1) * most], paths=paths)
        for place, path in enumerate(paths)
    ]
