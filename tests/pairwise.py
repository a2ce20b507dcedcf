"""What looks alike, and what is of one day, found by looking at each pair: slow, and plain.

The checks look at the nearest only and through indexes; where nothing is cut short, they must find
what this finds.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Any

from diplorel.check.likeness import FEW_DAYS
from diplorel.model.records import order_key
from diplorel.replay.order import overlap
from diplorel.tracks.track import share_a_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from diplorel.check.context import CheckContext
    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.names import NameKeys
    from diplorel.tracks.track import Track


def near_duplicates(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    streams: Mapping[str, tuple[str, ...]],
    names: NameKeys,
) -> Iterator[tuple[Event, Event]]:
    """Yield the pairs of events that look like one, the earlier first."""
    owner = {kind: track for track in tracks for kind in track.owns}
    by_key: dict[tuple[str, ...], list[Event]] = defaultdict(list)
    for event in events:
        if not event.repeats:
            by_key[event.compared_key(names)].append(event)
    repeated = {key: alike for key, alike in by_key.items() if len(alike) > 1}
    if not repeated:
        return
    beside: dict[Any, list[Event]] = defaultdict(list)
    for event in events:
        beside[owner.get(type(event)), frozenset(event.parties)].append(event)
    for alike in repeated.values():
        alike.sort(key=lambda event: (*event.on.span, event.id))
        for place, first in enumerate(alike):
            track = owner.get(type(first))
            seen = track is not None and not track.has_order
            others = beside[track, frozenset(first.parties)]
            for second in _like(first, alike[place + 1 :], others, streams, names, seen=seen):
                yield first, second


def _like(
    first: Event,
    later: Iterable[Event],
    others: Iterable[Event],
    streams: Mapping[str, tuple[str, ...]],
    names: NameKeys,
    *,
    seen: bool,
) -> Iterator[Event]:
    """Yield the later events that look like the first."""
    for second in later:
        shared = bool({*streams.get(first.id, ())} & {*streams.get(second.id, ())})
        if first.begins_once and not shared:
            one = _may_be_one_event(first, second, names)
            if one and not _has_end_between(first, second, others, names):
                yield second
        elif second.on.lo > first.on.span[1] + FEW_DAYS:
            break
        elif _look_like_one(first, second, others, names, seen=seen, shared=shared):
            yield second


def _look_like_one(
    first: Event,
    second: Event,
    others: Iterable[Event],
    names: NameKeys,
    *,
    seen: bool,
    shared: bool,
) -> bool:
    """Say whether the second of two events looks like the first, under another date.

    Args:
        first: One event.
        second: A later one of the same kind.
        others: The events of the same parties and track.
        names: How names are compared.
        seen: Whether it is of a track of observations, such as visits.
        shared: Whether one stream reports both.
    """
    return (
        _are_close(first.on, second.on, seen=seen, within=shared)
        and _are_alike(first, second, names)
        and (seen or not _has_event_between(first, second, others, names))
    )


def _are_close(one: PartialDate, two: PartialDate, *, seen: bool, within: bool) -> bool:
    """Say whether two dates are likely to mean one day.

    Visits and talks (what is *seen*) follow each other closely, so they must begin on one day or
    share more than the day on which one gives way to the other. A date *within* another is close
    where one stream gives both; from another stream, it corroborates.
    """
    if within and one.text != two.text and (one.contains(two) or two.contains(one)):
        return True
    if one.hi - one.lo > FEW_DAYS or two.hi - two.lo > FEW_DAYS:
        return False
    (first, last), (start, end) = one.span, two.span
    if seen:
        return first == start or max(first, start) < min(last, end)
    return max(first, start) - min(last, end) <= FEW_DAYS


def _may_be_one_event(one: Event, two: Event, names: NameKeys) -> bool:
    """Say whether two streams may report one event, and neither date corroborates the other."""
    held = one.on.contains(two.on) or two.on.contains(one.on)
    return not held and _are_alike(one, two, names)


def _are_alike(one: Event, two: Event, names: NameKeys) -> bool:
    """Say whether the details leave it possible that two events are one."""
    if one.occasion and two.occasion and one.occasion != two.occasion:
        return False
    if one.detail != two.detail or one.nth != two.nth:
        return False
    return one.may_be(two, names)


def _has_event_between(
    first: Event, second: Event, others: Iterable[Event], names: NameKeys
) -> bool:
    """Say whether another event of the same parties and track is between the two."""
    key = first.compared_key(names)
    return any(
        other.compared_key(names) != key
        and first.on.hi <= other.on.lo
        and other.on.hi <= second.on.lo
        for other in others
    )


def _has_end_between(first: Event, second: Event, others: Iterable[Event], names: NameKeys) -> bool:
    """Say whether another event between two bears on the same, so that the second can be new."""
    same = (other for other in others if other.discriminator == first.discriminator)
    return _has_event_between(first, second, same, names)


def of_one_day(context: CheckContext) -> set[tuple[str, str]]:
    """Return the pairs of one day of which nothing says which came first, by their ids."""
    found: set[tuple[str, str]] = set()
    for _, group in groupby(context.events.events, key=order_key):
        dated = [event for event in group if event.on.lo == event.on.hi]
        for track in context.tracks:
            handled = [event for event in dated if type(event) in track.handlers]
            if track.has_order:
                for one, two in combinations(sorted(handled, key=lambda event: event.id), 2):
                    subjects = set(track.subjects(one)) & set(track.subjects(two))
                    if one.id != two.id and subjects and not track.commute(one, two):
                        found.add((one.id, two.id))
    return found


def overlapping_of_cells(
    event: Event, before: Iterable[Event], track: Track[Any, Any]
) -> list[Event]:
    """Return the events before one that touch a cell of it and whose order to it is open."""
    return [
        one
        for one in before
        if overlap(one, event) and share_a_cell(track.cells_of(one), track.cells_of(event))
    ]
