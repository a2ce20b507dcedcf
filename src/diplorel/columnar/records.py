"""The records of rows of a table of events, from their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplorel._message import Message
from diplorel.columnar.damage import unreadable
from diplorel.columnar.schema import moment_of
from diplorel.io.jsonl import read_events
from diplorel.model.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.model.events import Event


def records_of(
    streams: list[str],
    stream: list[int],
    recorded: list[int],
    events: list[str],
    types: Iterable[type[Event]] = (),
) -> list[Record]:
    """Return the records of rows.

    Args:
        streams: The names of the streams, by code.
        stream: The stream of each row.
        recorded: When each was recorded.
        events: Each event as JSON.
        types: Event classes of tracks of your own.

    Raises:
        InvalidQueryError: A text is no event: the table is damaged.
    """
    try:
        read = read_events([text.encode() for text in events], types)
    except (ValueError, TypeError) as error:  # what no writer of ours wrote
        raise unreadable(error) from error
    if not {*stream} <= {*range(len(streams))}:
        raise unreadable(Message("a code of {column} stands for nothing", column="stream"))
    return [
        Record(streams[code], moment_of(moment), event)
        for code, moment, event in zip(stream, recorded, read, strict=True)
    ]


def records_of_rows(
    streams: list[str], rows: Sequence[tuple[int, int, str]], types: Iterable[type[Event]] = ()
) -> list[Record]:
    """Return the records of rows of three columns: stream, recorded, event."""
    if not rows:
        return []
    stream, recorded, events = (list(one) for one in zip(*rows, strict=True))
    return records_of(streams, stream, recorded, events, types)
