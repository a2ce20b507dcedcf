"""Records: events as streams recorded them, what was known of them when, and the one order."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, date, datetime, time
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import attrs

from diplorel._pickling import Reduced
from diplorel.errors import InvalidDateError
from diplorel.model.dates import DayLike, ordinal
from diplorel.model.events import Event, EventRetracted, canonical
from diplorel.model.sources import SourceKind, source_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from diplorel.model.sources import Source

Clock: TypeAlias = Literal["recorded", "published"]
_TARGET = re.compile(r"(?P<id>.+)@(?P<digest>[0-9a-f]{12})", re.DOTALL)
_ID: Final = attrgetter("id")


def utc(value: datetime | str) -> datetime:
    """Return a moment in UTC.

    Raises:
        InvalidDateError: It has no time zone, or is not a moment. Write "2026-11-22T10:00:00Z".
    """
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        moment = None
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise InvalidDateError(
            "{value!r} is not a moment in UTC: expected a form such as '2026-11-22T10:00:00Z'",
            value=value,
        )
    try:
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    except OverflowError:
        raise InvalidDateError("{value!r} leaves the calendar in UTC", value=value) from None


def stamp(moment: datetime) -> str:
    """Return a moment in UTC as text: ``2026-11-22T10:00:00Z``."""
    return moment.replace(tzinfo=None).isoformat() + "Z"


@attrs.frozen(repr=False)
class Record:
    """An event as one stream recorded it.

    Attributes:
        stream: The stream's name.
        recorded: When it entered the stream, in UTC.
        event: What was recorded.

    >>> import diplorel as dr
    >>> record = dr.load("vietnam").records[0]
    >>> record.stream, record.recorded.tzinfo is not None
    ('vietnam', True)
    >>> len(record.digest), record.digest == record.event.digest
    (12, True)
    """

    stream: str
    recorded: datetime = attrs.field(converter=utc)
    event: Event | EventRetracted
    _id: str | None = attrs.field(default=None, init=False, eq=False)
    _digest: str | None = attrs.field(default=None, init=False, eq=False)

    @property
    def id(self) -> str:
        """The id of the event, worked out once."""
        known = self._id
        if known is None:
            known = self.event.id
            object.__setattr__(self, "_id", known)
        return known

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that name this account of the event, worked out once."""
        known = self._digest
        if known is None:
            known = self.event.digest
            object.__setattr__(self, "_digest", known)
        return known

    def __repr__(self) -> str:
        return f"Record({self.stream!r}, {stamp(self.recorded)!r}, {self.id!r})"

    def __reduce__(self) -> Reduced:
        return Record, (self.stream, self.recorded, self.event)  # the rest is worked out again


def order_key(event: Event) -> int:
    """Return the place of an event in the one order, but for its id, as an integer of 63 bits.

    The last possible day, then `Event.seq`, then the precedence of the type. Events of one key
    are in the order of their ids.
    """
    return (event.on.hi << 40) | (event.seq << 30) | (event.precedence << 20)


def earliest_key(event: Event) -> int:
    """Return the same with the first possible day, for ``dates="earliest"``."""
    return (event.on.lo << 40) | (event.seq << 30) | (event.precedence << 20)


def in_order(events: Iterable[Event], key: Callable[[Event], int] = order_key) -> list[Event]:
    """Return events in the one order: by *key*, and those of one key by id.

    Ids are made only for those that share a key: a million texts would cost more than the sort.
    """
    by_key: defaultdict[int, list[Event]] = defaultdict(list)
    for event in events:
        by_key[key(event)].append(event)
    found: list[Event] = []
    for place in sorted(by_key):
        same = by_key[place]
        found += same if len(same) == 1 else sorted(same, key=_ID)
    return found


def distinct(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records, each once, in the one order of a log."""
    first: dict[tuple[datetime, str, str], Record] = {}
    again: dict[tuple[datetime, str, str], dict[Record, None]] = {}  # a set that keeps its order
    for record in records:
        key = (record.recorded, record.id, record.stream)
        earlier = first.setdefault(key, record)
        if earlier is not record:
            again.setdefault(key, {earlier: None})[record] = None
    ordered = []
    for key in sorted(first):
        if key in again:
            ordered += sorted(again[key], key=lambda one: canonical(one.event))
        else:
            ordered.append(first[key])
    return tuple(ordered)


def known_by(
    known: DayLike | datetime, clock: Clock, sources: Mapping[str, Source]
) -> Callable[[Record], bool]:
    """Return the test for what was known at the end of a day, or at a moment in UTC.

    By the clock ``recorded``, a record is known from the moment when it was recorded. By
    ``published``, from the earliest day when one of its sources was certainly published; an
    undated source counts as published on the last possible day of the event. An editor's
    retractions always apply by that clock: they mend the record, and no reader saw them.

    Raises:
        InvalidDateError: *known* is neither a valid day nor a moment.
    """
    if clock == "published":
        day = ordinal(utc(known).date() if isinstance(known, datetime) else known)
        table = source_table(sources)
        return lambda record: (
            (published := published_on(record.event, table)) is None or (published <= day)
        )
    if isinstance(known, datetime):
        moment = utc(known)
    else:
        moment = datetime.combine(date.fromordinal(ordinal(known)), time.max, UTC)
    return lambda record: record.recorded <= moment


def published_on(event: Event | EventRetracted, sources: Mapping[str, Source]) -> int | None:
    """Return the ordinal of the first day when some source of *event* certainly was published.

    A document that has several entries (`Source.same_as`) was published on the earliest of their
    dates, whichever of them is cited. None for a retraction, which is an editor's and not a
    source's word.
    """
    if isinstance(event, EventRetracted):
        return None
    table = source_table(sources)
    return min(
        published.hi if (published := table.published(citation.source)) else event.on.hi
        for citation in event.sources
    )


def is_lead(event: Event | EventRetracted, sources: Mapping[str, Source]) -> bool:
    """Return whether only machines report an event: a lead, which nobody has checked."""
    return bool(event.sources) and all(
        (source := sources.get(citation.source)) is not None and source.kind is SourceKind.MACHINE
        for citation in event.sources
    )


def targets(text: str) -> tuple[tuple[str, str | None], ...]:
    """Return what a correction can mean by *text*: an id, or one account of an id by its digest.

    Both are tried, for the id of a retraction of one account ends in ``@digest`` itself.
    """
    match = _TARGET.fullmatch(text)
    return ((text, None), (match["id"], match["digest"])) if match else ((text, None),)
