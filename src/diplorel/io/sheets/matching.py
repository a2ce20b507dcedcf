"""Which event of a stream a row without an id is about: by number within a day, and by day."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import attrs

from diplorel.model.converters import NTH_LIMIT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from diplorel.io.sheets.sheet import Row
    from diplorel.model.events import Event


def say_the_same(one: Event, other: Event) -> bool:
    """Say whether two events say the same, apart from what they correct and why."""
    return uncorrected(one) == uncorrected(other)


def uncorrected(event: Event) -> Event:
    """Return an event without what it corrects and why."""
    return attrs.evolve(event, supersedes=(), reason=None)


# --- several like events of one day --------------------------------------------------------------


def number_like(rows: Iterable[Row]) -> list[Row]:
    """Return rows with numbers, in their order, for those that would be one event.

    A row that has an id or a number of its own keeps it, and no other row gets it. There are not
    more numbers than an event can have: further rows stay as they are.
    """
    listed = list(rows)
    taken = {row.event.id for row in listed if not _is_open(row)}
    found: list[Row] = []
    free: dict[str, Iterator[int]] = {}
    for row in listed:
        if not _is_open(row):
            found.append(row)
            continue
        base = row.event.id
        numbers = free.setdefault(base, _free_numbers(base, taken))
        number = next(numbers, None)
        found.append(row if number is None else _numbered(row, number))
    return found


def _is_open(row: Row) -> bool:
    return row.id is None and row.event.nth == 1


def _free_numbers(base: str, taken: Collection[str]) -> Iterator[int]:
    return (number for number in range(1, NTH_LIMIT) if _id(base, number) not in taken)


def _numbered(row: Row, number: int) -> Row:
    event = row.event if row.event.nth == number else attrs.evolve(row.event, nth=number)
    return attrs.evolve(row, event=event, numbered=True)


def _id(base: str, number: int) -> str:
    return base if number == 1 else f"{base}#{number}"


def _base(event: Event) -> str:
    """Return the id that an event would have as the first of its like."""
    return event.id if event.nth == 1 else event.id.removesuffix(f"#{event.nth}")


def align_numbers(
    rows: Sequence[Row], live: Mapping[str, Event], used: Collection[str]
) -> list[Row]:
    """Return rows whose given numbers are those of the events of the stream that say the same.

    So the order of like rows does not matter. Rows that say something new take, in their order, the
    numbers of the like events that no row repeats, and then numbers that were never used.

    Args:
        rows: The rows.
        live: The events that the stream reports, by id.
        used: The ids that the stream has ever used.
    """
    like: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if row.numbered and row.id is None:
            like.setdefault(_base(row.event), []).append(index)
    events: dict[str, list[Event]] = {}
    for event in live.values() if like else ():
        if (base := _base(event)) in like:
            events.setdefault(base, []).append(event)
    taken = {row.event.id for row in rows if not row.numbered or row.id is not None}
    taken |= {row.id for row in rows if row.id is not None}
    found = [*rows]
    for base, indices in like.items():
        there = sorted(events.get(base, ()), key=lambda event: event.nth)
        open_events = [event for event in there if event.id not in taken]
        for index, number in _aligned(found, indices, open_events, base, {*used, *taken}):
            found[index] = _numbered(found[index], number)
    return found


def _aligned(
    rows: Sequence[Row],
    indices: Iterable[int],
    events: Iterable[Event],
    base: str,
    taken: Collection[str],
) -> Iterator[tuple[int, int]]:
    """Yield the places of like rows, each with its number."""
    by_content: dict[Event, list[int]] = {}
    for event in events:
        by_content.setdefault(uncorrected(attrs.evolve(event, nth=1)), []).append(event.nth)
    changed: list[int] = []
    for index in indices:
        numbers = by_content.get(uncorrected(attrs.evolve(rows[index].event, nth=1)))
        if numbers:
            yield index, numbers.pop(0)
        else:
            changed.append(index)
    left = sorted(number for numbers in by_content.values() for number in numbers)
    free = (number for number in count(1) if _id(base, number) not in taken)
    for index in changed:
        yield index, left.pop(0) if left else next(free)


# --- days that changed ---------------------------------------------------------------------------


@attrs.frozen
class DayMatches:
    """What rows say of events of another day.

    Attributes:
        moved: From the place of a row to the id of the event whose day it corrects.
        ambiguous: From the place of a row to the ids of the events whose day it could correct, and
            how many rows could.
    """

    moved: Mapping[int, str]
    ambiguous: Mapping[int, tuple[tuple[str, ...], int]]


def match_by_day(rows: Sequence[Row], live: Mapping[str, Event]) -> DayMatches:
    """Return which rows correct the day of an event.

    Such a row has no id and no like event of its day in the stream. It corrects the day of an event
    of the same type and parties, and the same in all else that distinguishes events, that no row is
    about. If there are several such rows or events, nothing is decided.

    Args:
        rows: The rows.
        live: The events that the stream reports, by id.
    """
    about = {row.event.id for row in rows} | {row.id for row in rows if row.id is not None}
    without_row: dict[tuple[str, ...], list[str]] = {}
    for id, event in live.items():
        if id not in about:
            without_row.setdefault(event.undated_key, []).append(id)
    new: dict[tuple[str, ...], list[int]] = {}
    for index, row in enumerate(rows):
        key = row.event.undated_key
        if row.id is None and row.event.id not in live and key in without_row:
            new.setdefault(key, []).append(index)
    moved: dict[int, str] = {}
    ambiguous: dict[int, tuple[tuple[str, ...], int]] = {}
    for key, indices in new.items():
        ids = without_row[key]
        if len(ids) == len(indices) == 1:
            moved[indices[0]] = ids[0]
        else:
            ambiguous |= dict.fromkeys(indices, (tuple(ids), len(indices)))
    return DayMatches(moved, ambiguous)
