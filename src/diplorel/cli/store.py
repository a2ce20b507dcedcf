"""The commands of a store: make it, append to it, look at it, prove it, hand it on."""

from __future__ import annotations

import json as json_
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import attrs
import typer

from diplorel.cli import completing
from diplorel.cli.exit_codes import PROBLEMS, SOUND
from diplorel.cli.options import Ahead, AsJson, day
from diplorel.cli.output import as_json, say, table, write
from diplorel.cli.targets import open_target
from diplorel.cli.usage import BadValue
from diplorel.errors import InvalidQueryError, TransitionError
from diplorel.io.jsonl import loads
from diplorel.model.records import stamp
from diplorel.stores import Head
from diplorel.stores import open as open_store

_ANY_MOMENT = "1970-01-01T00:00:00Z"
"""The moment in a line until the store says when it was recorded."""
_MOST = 2**63 - 1
"""No store counts further."""

Address = Annotated[
    str,
    typer.Argument(metavar="STORE", help="A file, or an address: postgresql://user@host/database."),
]
Schema = Annotated[
    str, typer.Option(metavar="NAME", help="In PostgreSQL, the schema that holds its tables.")
]


def head(text: str | None) -> str | None:
    """Return the text of a head as it is.

    Raises:
        BadValue: It is not valid. The message of the error names the option.
    """
    try:
        if text is not None:
            Head.parse(text)
    except InvalidQueryError:
        raise BadValue(
            "{text!r} is not a head: expected what 'diplorel store verify' prints, two counts and "
            "64 hexadecimal digits with dots between.",
            text=text,
        ) from None
    return text


class Validation(StrEnum):
    """What becomes of events that contradict the state before them."""

    STRICT = "strict"
    REPORT = "report"
    OFF = "off"


Validate = Annotated[
    Validation,
    typer.Option(
        help="Refuse what contradicts the state before it, let it in and report it, or not look."
    ),
]


def init(
    store: Address,
    *,
    schema: Schema = "diplorel",
    roles: Annotated[
        bool, typer.Option("--roles", help="Print the SQL for a role to append and one to read.")
    ] = False,
) -> None:
    """Make a store; one that is there stays as it is."""
    with open_store(store, schema=schema) as opened:
        if not roles:
            say(f"{opened.name}: {opened.head}")
            return
    from diplorel.stores.postgres import roles as sql  # noqa: PLC0415  an extra

    write(sql(schema))


def append(
    store: Address,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="JSON Lines, one event a line as in a stream's folder; - reads what is piped in. "
            "The store says when they were recorded.",
        ),
    ],
    *,
    stream: Annotated[
        str | None, typer.Option(metavar="NAME", help="The stream; else the only one, or mine.")
    ] = None,
    expected: Annotated[
        str | None,
        typer.Option(
            metavar="HEAD", callback=head, help="Append only if the store is at this head."
        ),
    ] = None,
    validate: Validate = Validation.STRICT,
    ahead: Ahead = False,
    schema: Schema = "diplorel",
) -> int:
    """Append events, all or nothing; what the store holds already is left alone."""
    lines = [_with_moment(line) for line in _content(file).splitlines() if line.strip()]
    events = [record.event for record in loads(b"\n".join(lines), path=str(file))]
    with open_store(store, schema=schema, create=False) as opened:
        try:
            done = opened.append(
                events, stream=stream, expected=expected, validate=validate.value, ahead=ahead
            )
        except TransitionError as error:
            say(*map(str, error.problems), "Nothing was appended.")
            return PROBLEMS
    say(*(f"{one.position} {one.record.id}" for one in done.stored))
    say(*map(str, done.problems))
    say(f"{len(done.stored)} appended, {len(done.known)} known, at {done.head}")
    return SOUND


def _content(file: Path) -> bytes:
    """Return the content of a file, or what is piped in."""
    if str(file) != "-":
        return file.read_bytes()
    if sys.stdin is None:  # Python has none where it was closed
        raise InvalidQueryError("FILE: the standard input is closed, and - reads from it")
    return sys.stdin.buffer.read()


def _with_moment(line: bytes) -> bytes:
    """Return a line with a moment, which the reader wants; what is wrong is left to the reader."""
    try:
        data = json_.loads(line)
    except (ValueError, RecursionError):
        return line
    if not isinstance(data, dict) or "recorded" in data:
        return line
    return json_.dumps({"recorded": _ANY_MOMENT, **data}).encode()


def log(
    store: Address,
    *,
    after: Annotated[
        int, typer.Option(min=0, max=_MOST, help="Only what came after this position.")
    ] = 0,
    dyad: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="PARTY PARTY", help="Only what touches these two."),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="Only this type of event, again for several.",
            autocompletion=completing.event_types,
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, max=_MOST, help="At most so many.")] = None,
    schema: Schema = "diplorel",
    json: AsJson = False,
) -> None:
    """List the records of a store, in the order of appending."""
    with open_store(store, schema=schema, create=False) as opened:
        found = opened.read(after, dyad=dyad, types=kind or None, limit=limit)
    rows = [
        {
            "position": one.position,
            "recorded": stamp(one.record.recorded),
            "stream": one.record.stream,
            "id": one.record.id,
        }
        for one in found
    ]
    if json:
        as_json(rows)
    else:
        table(
            ["Position", "Recorded", "Stream", "Event"],
            [[str(value) for value in row.values()] for row in rows],
            right=(0,),
            whole=(1, 2, 3),
        )


def verify(
    store: Address,
    *,
    against: Annotated[
        str | None,
        typer.Option(metavar="HEAD", callback=head, help="A head that was published once."),
    ] = None,
    schema: Schema = "diplorel",
    json: AsJson = False,
) -> int:
    """Prove that a store only grew and holds what it was given; exit code 1 if it does not.

    Prints the head, to be published.
    """
    with open_store(store, schema=schema, create=False) as opened:
        problems, head = opened.verify(against), opened.head
    if json:
        listed = [attrs.asdict(one) for one in problems]
        as_json({"records": head.position, "head": str(head), "problems": listed})
        return PROBLEMS if problems else SOUND
    say(*map(str, problems))
    say(f"{head.position} records, {len(problems) or 'no'} problem{'s' * (len(problems) != 1)}.")
    say(f"head {head}")
    return PROBLEMS if problems else SOUND


def import_(
    store: Address,
    target: Annotated[
        str,
        typer.Argument(
            metavar="TARGET",
            help="A dataset, a folder or another store.",
            autocompletion=completing.targets,
        ),
    ],
    *,
    validate: Validate = Validation.STRICT,
    ahead: Ahead = False,
    schema: Schema = "diplorel",
) -> int:
    """Append whole streams, with all that comes with them; what is there already is left alone."""
    source = open_target(target)
    with open_store(store, schema=schema, create=False) as opened:
        try:
            done = opened.append(source.stream or source.log, validate=validate.value, ahead=ahead)
        except TransitionError as error:
            say(*map(str, error.problems), "Nothing was appended.")
            return PROBLEMS
    say(*map(str, done.problems))
    say(f"{len(done.stored)} appended, {len(done.known)} known, at {done.head}")
    return SOUND


def materialise(
    store: Address,
    *,
    on: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            callback=day,
            help="The day, month or year; a month or year means its last day. Default: today.",
        ),
    ] = None,
    schema: Schema = "diplorel",
) -> None:
    """Write the states at the end of a day into a store, for readers by SQL."""
    wanted = on or date.today().isoformat()  # noqa: DTZ011  the day of whoever asks
    with open_store(store, schema=schema, create=False) as opened:
        say(f"{wanted}: at {opened.materialise(wanted)}")


def export(
    store: Address,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or an empty folder.")],
    *,
    stream: Annotated[
        str | None, typer.Option(metavar="NAME", help="The stream, where there are several.")
    ] = None,
    schema: Schema = "diplorel",
) -> None:
    """Write one stream to a folder, byte by byte as its lines were appended."""
    with open_store(store, schema=schema, create=False) as opened:
        opened.export(str(folder), stream=stream)
    say(str(folder))


def backup(
    store: Address,
    target: Annotated[
        str, typer.Argument(metavar="TARGET", help="A new file, or the address of an empty store.")
    ],
    *,
    schema: Schema = "diplorel",
) -> None:
    """Write a copy of a whole store, as it is at this moment, with the same head."""
    with open_store(store, schema=schema, create=False) as opened:
        opened.backup(target)
        say(f"head {opened.head}")
