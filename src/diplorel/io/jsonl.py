"""JSON Lines: one record a line, oldest first.

A line is compact JSON with ``recorded`` first, then the event as `diplorel.model.events.canonical`
gives it; reading such a line and writing it again gives the same bytes. Lines that people wrote
with other spacing or order of keys are read as well.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import islice, repeat
from operator import attrgetter, lt
from typing import TYPE_CHECKING, Any, Final

from diplorel import _ask, _gc
from diplorel._message import NONE, Message
from diplorel.errors import (
    InvalidEventError,
    InvalidQueryError,
    Problem,
    StreamError,
    did_you_mean,
    nearest,
)
from diplorel.io.bulk.reader import build, columns_of, consume, decode_all, reading
from diplorel.io.composed import find_decomposed
from diplorel.io.event_types import event_types, upcast
from diplorel.io.limits import (
    DEPTH,
    LINE_BYTES,
    LONG_LINE,
    PROBLEMS,
    oversize,
    shown,
    too_many,
)
from diplorel.io.strict import WrongError
from diplorel.log import EventLog
from diplorel.model.events import canonical
from diplorel.model.records import Record, stamp, utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from diplorel.model.events import Event, EventRetracted

try:  # the extra `fast`
    import orjson
except ImportError:  # pragma: no cover  # the tests set it to None instead
    orjson = None  # type: ignore[assignment]  # then the standard library's parser does it

BLOCK: Final = 1 << 15
"""How many bytes are read together, some two hundred lines. Of more, the memory is given back to
the system and asked for again with each block."""
_RECORDED = attrgetter("recorded")


class _TwiceError(ValueError):
    """A key is twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        raise _TwiceError(next(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
    return found


def _no_constant(text: str) -> Any:
    raise WrongError(f"{text} is no JSON value")


_decoder = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)


def _parse(lines: list[bytes]) -> list[Any]:
    """Return the data of each line.

    The quick parser does not see a key that is there twice, so its result is believed only where it
    is written again as the very lines that were read; all that we write are.
    """
    if orjson is not None:
        try:
            rows = list(map(orjson.loads, lines))
            if list(map(orjson.dumps, rows)) == lines:
                return rows
        except (ValueError, TypeError):  # no JSON, or nested deeper than it writes
            pass
    return [_value(line.decode().strip(" \t\r")) for line in lines]


def _value(text: str) -> Any:
    """Return the one JSON value of a text; `JSONDecoder.decode` looks for white space first."""
    value, end = _decoder.raw_decode(text)
    if end != len(text) or "\n" in text:
        raise WrongError("more than one value")
    return value


def loads(
    text: str | bytes,
    *,
    stream: str = "mine",
    types: Iterable[type[Event]] = (),
    path: str = "events.jsonl",
) -> tuple[Record, ...]:
    """Return the records of JSON Lines.

    Args:
        text: The lines, in UTF-8.
        stream: The stream whose records they are.
        types: Event classes of tracks of your own, beside the standard ones.
        path: The name of the file, for messages.

    Returns:
        The records in the order of the lines.

    Raises:
        StreamError: Something is wrong; it holds every problem of every line, and nothing is read.

    >>> import diplorel as dr
    >>> dr.loads(dr.dumps(dr.load("singapore")), stream="singapore") == dr.load("singapore").records
    True
    """
    data = text.encode() if isinstance(text, str) else text
    with _gc.paused():
        return _loads(data, stream, event_types(types), path)


def _loads(data: bytes, stream: str, known: Mapping[str, Any], path: str) -> tuple[Record, ...]:
    problems: list[Problem] = []
    if data.startswith(b"\xef\xbb\xbf"):
        problems.append(
            Problem(
                code="DR111",
                path=path,
                line=1,
                message="the file begins with a byte order mark",
                hint="Save it as UTF-8 without one",
            )
        )
        data = data[3:]
    if not data.isascii():
        problems += find_decomposed(path, data.decode(errors="replace"))
    return read_blocks(_blocks(data), stream, known, path, problems)


def _blocks(data: bytes) -> Iterator[list[bytes]]:
    """Yield the lines of a text, a block at a time."""
    stop = len(data) - data.endswith(b"\n")
    start = 0 if data else 1
    while start <= stop:
        end = data.find(b"\n", min(start + BLOCK, stop), stop)
        end = stop if end < 0 else end
        yield data[start:end].split(b"\n")
        start = end + 1


def read_blocks(
    blocks: Iterable[list[bytes]],
    stream: str,
    known: Mapping[str, Any],
    path: str,
    problems: Iterable[Problem] = (),
) -> tuple[Record, ...]:
    """Return the records of the lines of one stream, in blocks that are read together.

    Args:
        blocks: The lines, without their ends.
        stream: The stream whose records they are.
        known: The event classes, by type.
        path: The name of the file, for messages.
        problems: What is wrong already.

    Raises:
        StreamError: Something is wrong; it holds every problem, and nothing is read.
    """
    found: list[Any] = []
    problems = list(problems)
    for block in blocks:
        try:
            found += _records(block, stream, known)
        except Exception:  # noqa: BLE001  whatever it is, each line by itself reports it
            for line in block:
                try:
                    found += _records([line], stream, known)
                except Exception:  # noqa: BLE001  the careful way reports it in full
                    found.append(None)
                    problems += _line_problems(line, known, path, len(found))
                    if len(problems) > PROBLEMS:
                        raise StreamError(_capped(problems, path)) from None
    moments = [] if problems else list(map(_RECORDED, found))
    if problems or any(map(lt, islice(moments, 1, None), moments)):
        problems += islice(_disorder(found, path), PROBLEMS)
        raise StreamError(_capped(problems, path))
    return tuple(found)


def _capped(problems: list[Problem], path: str) -> list[Problem]:
    """Return the problems of a file in the order of its lines; of very many, the first."""
    problems = sorted(problems, key=lambda one: one.line or 0)
    return [*problems[:PROBLEMS], too_many(path)] if len(problems) > PROBLEMS else problems


def _disorder(found: list[Record | None], path: str) -> Iterator[Problem]:
    """Find the records that come after a later one; None stands for a line that is no record."""
    last: datetime | None = None
    for number, record in enumerate(found, 1):
        if record is None:
            continue
        if last is not None and record.recorded < last:
            yield Problem(
                code="DR107",
                path=path,
                line=number,
                message=f"recorded {stamp(record.recorded)} stands after {stamp(last)}",
                hint="A stream only grows at its end: record it now, or move the line",
            )
        last = record.recorded


def _records(lines: list[bytes], stream: str, known: Mapping[str, Any]) -> list[Record]:
    """Return the records of sound lines; those of one type and shape are read together."""
    rows = _parse(lines)
    for line, row in zip(lines, rows, strict=True):
        if len(line) > LONG_LINE and (len(line) > LINE_BYTES or oversize(row)):
            raise WrongError("more than a reader takes")
    groups: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        groups[row["type"], *row].append(place)
    found: list[Any] = [None] * len(rows)
    for (name, *_), places in groups.items():
        records = _alike([rows[place] for place in places], known[name], stream)
        consume(map(found.__setitem__, places, records))
    return found


def _alike(rows: list[dict[str, Any]], cls: Any, stream: str) -> list[Record]:
    """Return the records of rows of one class, with the same keys in the same order."""
    columns = columns_of(rows)
    texts = columns.pop("recorded")
    del columns["type"]
    if "v" in columns or cls.version > 1:
        each = zip(*columns.values(), strict=True)
        older = [upcast(dict(zip(columns, values, strict=True)), cls) for values in each]
        events = decode_all(older, repeat(cls))
    else:
        events = reading(cls)(len(rows), columns)
    moments = {text: _moment(text) for text in set(texts)}
    return build(
        Record,
        len(rows),
        {
            "stream": repeat(stream),
            "recorded": map(moments.__getitem__, texts),
            "event": events,
        },
    )


def _moment(text: Any) -> datetime:
    if type(text) is not str:
        raise WrongError(f"recorded: expected a moment in UTC as text, got {text!r}")
    return utc(text)


def _line_problems(line: bytes, known: Mapping[str, Any], path: str, number: int) -> list[Problem]:
    """Return everything that is wrong with one line that could not be read."""

    def problem(code: str, message: str, hint: str = "") -> Problem:
        return Problem(code=code, message=shown(message), hint=hint, path=path, line=number)

    data = _object_of(line)
    if not isinstance(data, dict):
        return [problem(*data)]
    found: list[Problem] = []
    recorded = data.pop("recorded", None)
    if recorded is None:
        found.append(problem("DR105", "the key 'recorded' is missing"))
    else:
        try:
            _moment(recorded)
        except ValueError as error:
            found.append(problem("DR104", f"recorded: {str(error).removeprefix('recorded: ')}"))
    name = data.pop("type", None)
    cls = known.get(name) if type(name) is str else None
    if name is None:
        found.append(problem("DR105", "the key 'type' is missing"))
    elif cls is None:
        hint = did_you_mean(nearest(name, known, limit=1)) if type(name) is str else ""
        found.append(problem("DR101", f"unknown event type {name!r}", hint.strip()))
    else:
        try:
            data = upcast(data, cls)
        except WrongError as error:
            found.append(problem("DR115", str(error)))
        else:
            from diplorel.io.diagnose import explain  # noqa: PLC0415  sound lines pay nothing

            found += [problem(code, message) for code, _, message in explain(data, cls)]
    return found or [problem("DR104", f"{name}: the record cannot be read")]


def _object_of(line: bytes) -> dict[str, Any] | tuple[str, ...]:
    """Return the JSON object of a line, or the code, message and hint of why it is none."""
    if len(line) > LINE_BYTES:
        return "DR113", f"the line has {len(line):,} bytes, expected at most {LINE_BYTES:,}"
    if not line.strip():
        return "DR103", "the line is empty", "Take it out"
    try:
        data = _decoder.decode(line.decode())
    except UnicodeDecodeError as error:
        return (
            "DR111",
            f"byte {error.start + 1} of the line, 0x{line[error.start]:02x}, is no UTF-8",
            "Save the file as UTF-8, not in a Windows code page",
        )
    except _TwiceError as error:
        return "DR106", f"the key {error.args[0]!r} stands twice in one object"
    except RecursionError:
        return "DR113", f"lists or tables within one another, more than {DEPTH} deep"
    except ValueError as error:
        return "DR103", f"the line is no JSON: {error}"
    if type(data) is not dict:
        return "DR103", f"expected a JSON object, got {type(data).__name__}"
    large = oversize(data)
    return ("DR113", large) if large else data


def read_events(
    lines: list[bytes], types: Iterable[type[Event]] = ()
) -> list[Event | EventRetracted]:
    """Return the events of canonical texts, which are lines of a stream without ``recorded``.

    Args:
        lines: The texts, in UTF-8. They are sound: `canonical` made them.
        types: Event classes of tracks of your own, beside the standard ones.
    """
    known = event_types(types)
    rows = _parse(lines)
    classes = [known[row.pop("type")] for row in rows]
    found: list[Event | EventRetracted] = []
    with _gc.paused():
        found += decode_all([*map(upcast, rows, classes)], classes)
    return found


def line_of(record: Record) -> str:
    """Return the one line of a record, without its end.

    Raises:
        InvalidEventError: It would be longer than a reader takes.
    """
    line = f'{{"recorded":"{stamp(record.recorded)}",{canonical(record.event)[1:]}'
    if len(line) > LONG_LINE and (large := _too_large(line)):
        raise InvalidEventError(f"{record.id[:80]} cannot be written: {large}")
    return line


def _too_large(line: str) -> str:
    """Return what makes a line larger than a reader takes, or nothing."""
    if (size := len(line.encode())) > LINE_BYTES:
        return f"the line has {size:,} bytes, expected at most {LINE_BYTES:,}"
    return oversize(json.loads(line))


def dumps(log: EventLog, *, stream: str | None = None) -> str:
    r"""Return the records of one stream as JSON Lines, oldest first; those of one moment by id.

    Args:
        log: The log.
        stream: Which stream; may be left out where the log holds one only.

    Raises:
        InvalidQueryError: The log holds several streams and none is named, or not the one named.

    >>> import diplorel as dr
    >>> dr.dumps(dr.load("singapore")).count("\n") == len(dr.load("singapore"))
    True
    """
    name = one_stream(log, stream)
    return "".join(f"{line_of(record)}\n" for record in log.records if record.stream == name)


def one_stream(log: EventLog, stream: str | None) -> str:
    """Return the stream meant: the one named, or the only one.

    Raises:
        InvalidQueryError: There is none of that name, or several and none is named, or the log is a
            view.
    """
    _ask.items("log", [log], EventLog)[0].refuse_view(Message("written"))
    if stream is None and len(log.streams) == 1:
        return log.streams[0]
    if stream is None or stream not in log.streams:
        held = ", ".join(log.streams) or NONE
        raise InvalidQueryError(
            "name one of the log's streams with stream=, it holds: {held}", held=held
        )
    return stream
