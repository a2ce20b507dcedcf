"""What is given to an append: what of it is new, what is known, what no stream can take."""

from __future__ import annotations

import re
from functools import partial
from itertools import chain, compress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from diplorel.errors import InvalidEventError, InvalidQueryError, RecordedOrderError, StreamError
from diplorel.io.bulk.reader import build
from diplorel.io.bulk.writer import encode_all
from diplorel.io.limits import LONG_LINE
from diplorel.model.clocks import next_moment, refuse_ahead, refuse_clock
from diplorel.model.events import Event, EventRetracted
from diplorel.model.records import Record, stamp
from diplorel.stores.rows import Line, before_text, moment_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

_SLUG: Final = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")
_LONGEST: Final = 100


class Given(NamedTuple):
    """One item: its stream, its moment where it is a record, its id and its canonical text.

    And whether it is certain that its text is read as an equal event.
    """

    stream: str
    moment: datetime | None
    event: Event | EventRetracted
    id: str
    text: str
    sure: bool


class Fresh(NamedTuple):
    """One item that is new: its stream, its moment, its line, and whether it came as a record.

    And whether it is certain that its line is read as an equal record.
    """

    stream: str
    moment: datetime
    event: Event | EventRetracted
    id: str
    line: str
    sure: bool
    came: bool


_given: Final = partial(tuple.__new__, Given)
_fresh: Final = partial(tuple.__new__, Fresh)


@attrs.frozen
class Deduplicated:
    """What is to be done.

    Attributes:
        new: What is new, in the order given.
        known: The lines of what the store holds already.
        duplicated: Whether some event has several accounts, in the store or in this call.
    """

    new: tuple[Fresh, ...]
    known: tuple[Line, ...]
    duplicated: bool


def prepare(
    items: Iterable[Event | EventRetracted | Record], stream: Callable[[], str]
) -> list[Given]:
    """Return what is given, once it is sure that every backend can keep it.

    Args:
        items: Events and records.
        stream: Names the stream of the events.

    Raises:
        InvalidEventError: One is neither; or it has something that is no text in UTF-8, or a null
            character in its id, its stream or what it corrects.
    """
    streams: list[str] = []
    moments: list[datetime | None] = []
    events: list[Event | EventRetracted] = []
    mine: str | None = None
    for item in items:
        if isinstance(item, Record):
            streams.append(item.stream)
            moments.append(item.recorded)
            events.append(item.event)
        elif isinstance(item, (Event, EventRetracted)):
            if mine is None:
                mine = stream()
            streams.append(mine)
            moments.append(None)
            events.append(item)
        else:
            raise InvalidEventError(f"{item!r} is neither an event nor a record")
    ids = [event.id for event in events]
    texts, sure = encode_all(events)
    named = [(id, *event.supersedes) for id, event in zip(ids, events, strict=True)]
    if not _sound(streams, chain.from_iterable(named), texts):
        each = zip(streams, named, texts, strict=True)
        name, (id, *_) = next((n, all) for n, all, text in each if not _sound([n], all, [text]))
        raise InvalidEventError(
            f"{id!r} of stream {name!r} holds characters that are no text in UTF-8. Take them out"
        )
    return list(map(_given, zip(streams, moments, events, ids, texts, sure, strict=True)))


def _sound(streams: Iterable[str], ids: Iterable[Any], texts: Iterable[str]) -> bool:
    """Say whether texts can be written in UTF-8, and names without a null character."""
    names = "".join(map(str, chain(set(streams), ids)))  # what is not text is reported later
    try:
        names.encode()
        "".join(texts).encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in names


def stream_names(new: Iterable[str]) -> None:
    """Look at the names of streams that the store does not hold yet.

    Raises:
        InvalidQueryError: One is no slug.
    """
    for name in sorted(new):
        if len(name.encode()) > _LONGEST or not _SLUG.fullmatch(name) or name != name.lower():
            raise InvalidQueryError(
                "{name!r} cannot name a stream in a store: expected small letters and digits, "
                "with hyphens or underscores between, such as 'singapore-desk'. A folder's "
                "stream is named in its stream.toml",
                name=name,
            )


def deduplicate(
    given: Sequence[Given],
    there: Iterable[Line],
    last: Mapping[str, str | None],
    now: datetime,
    latest: Callable[[], datetime | None] = lambda: None,
    *,
    ahead: bool = False,
) -> Deduplicated:
    """Separate what is new from what is known.

    Args:
        given: What is given.
        there: The lines of the same streams and ids that the store holds.
        last: The last line of each stream.
        now: The present moment, to the second.
        latest: Finds the last moment that the store has recorded.
        ahead: Whether what looks like a wrong clock is right.

    Raises:
        RecordedOrderError: A record lies before the last one of its stream, or in the future; or
            the clock is far from the last record.
    """
    says: dict[str, dict[str, Line | None]] = {name: {} for name in last}
    exact: dict[str, dict[str, Line | None]] = {name: {} for name in last}
    for row in there:
        says[row.stream].setdefault(text_of(row.line), row)
        exact[row.stream].setdefault(row.line, row)
    least = {name: None if text is None else moment_of(text) for name, text in last.items()}
    new: list[Fresh] = []
    known: set[Line] = set()
    stamped: datetime | None = None
    begin = ""
    records_too = any(one.moment is not None for one in given)
    for stream, given_moment, event, id, text, sure in given:
        before = least[stream]
        moment = given_moment
        if moment is None:
            moment = next_moment(stream, now, before, ahead=ahead)
        if moment is not stamped:
            stamped, begin = moment, before_text(moment)
        line = begin + text[1:]
        held, key = (says[stream], text) if given_moment is None else (exact[stream], line)
        if key in held:
            same = held[key]
            if same is not None:  # or it was given twice
                known.add(same)
            continue
        if given_moment is not None:
            _in_time(id, stream, moment, before, None if ahead else now)
        least[stream] = moment
        says[stream].setdefault(text)
        if records_too:  # a later one can be this very record
            exact[stream][line] = None
        new.append(_fresh((stream, moment, event, id, line, sure, given_moment is not None)))
    if not ahead and any(not one.came for one in new):
        refuse_clock(now, latest())
    events = {(one.stream, one.id) for one in new}
    duplicated = len(events) < len(new) or not known.issuperset(there)
    return Deduplicated(tuple(new), tuple(sorted(known)), duplicated)


def read_back(
    new: Sequence[Fresh],
    known: Mapping[str, type[Event | EventRetracted]],
    read: Callable[[Sequence[Line]], list[Record]],
) -> list[Record]:
    """Return new records as they will be read: what could not be, must not come in.

    Args:
        new: What is new.
        known: The event classes that the store reads, by type.
        read: How it reads lines; what is certain to be read as it was given does not need it.

    Raises:
        InvalidEventError: One could not be read.
    """
    sure = [
        one.sure and known.get(one.event.type) is type(one.event) and len(one.line) <= LONG_LINE
        for one in new
    ]
    kept = list(compress(new, sure))
    streams, moments, events, ids, *_ = zip(*kept, strict=True) if kept else ((),) * 4
    columns = {"stream": streams, "recorded": moments, "event": events, "_id": ids}
    found = iter(build(Record, len(kept), columns))
    if len(kept) == len(new):
        return list(found)
    rest = [one for one, is_sure in zip(new, sure, strict=True) if not is_sure]
    try:
        tried = iter(read([Line(n, one.stream, one.line) for n, one in enumerate(rest)]))
    except StreamError as error:
        problem = error.problems[0]
        hint = "For event classes of your own, open the store with types="
        raise InvalidEventError(
            f"{rest[problem.line or 0].id[:80]} could not be read again: {problem.message}"
            + ("" if problem.code == "DR113" else f". {hint}")
        ) from None
    return [next(found if is_sure else tried) for is_sure in sure]


def _in_time(
    id: str, stream: str, moment: datetime, last: datetime | None, now: datetime | None
) -> None:
    if last is not None and moment < last:
        raise RecordedOrderError(
            "{id}, recorded {moment}, lies before the last record of {stream!r}, {last}: a "
            "stream only grows at its end",
            id=id,
            moment=stamp(moment),
            stream=stream,
            last=stamp(last),
        )
    if now is not None:
        refuse_ahead(moment, now, id)
