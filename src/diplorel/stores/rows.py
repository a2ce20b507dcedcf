"""The rows of a store, and the two chains of hashes over them.

A store is four append-only tables, the same in every backend:

========= =======================================================================================
record    one row a record: its line as a stream's folder has it, and what is looked up by
subject   one row for each further dyad, party or group that a record touches
reference one row for each entry of reference data that was added or withdrawn
head      one row an append: how far both chains had come
========= =======================================================================================

Every hash is the SHA-256 of the hash before it and the text of the row, so a row cannot be changed,
taken out, put in or moved without all later ones showing it. What a row holds beside its text is
worked out from the text, and `verification` does so again.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias
from zlib import crc32

from diplorel.model.events import Event, EventRetracted
from diplorel.model.records import Record, stamp, targets, utc
from diplorel.replay.fold import touched
from diplorel.stores.values import Head
from diplorel.tracks import STANDARD
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.track import dyads_of, its_dyad, same_dyad

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from diplorel.tracks.track import Subject

GENESIS: Final = bytes(32)
"""What comes before the first hash."""
Chain: TypeAlias = Literal["record", "reference"]
"""The two chains of hashes."""


class RecordRow(NamedTuple):
    """A record as a store keeps it.

    The line is the text; stream and position are kept with it and hashed with it. The rest is
    worked out: the type, by what it is found, whether it reaches beyond its own subjects (a
    correction or a succession does) and whether it is the first record of its stream.
    """

    position: int
    stream: str
    line: str
    type: str
    home: str
    act: int
    wide: int
    first: int
    hash: bytes


class ReferenceRow(NamedTuple):
    """An entry of reference data, added or withdrawn when the record *after* was the last one."""

    number: int
    after: int
    kind: str
    text: str
    withdrawn: int
    hash: bytes


class Mark(NamedTuple):
    """A row of a chain, by its number and its hash: two stores that have it agree up to there."""

    number: int = 0
    hash: bytes = GENESIS


class HeadRow(NamedTuple):
    """How far both chains had come at the end of one append."""

    number: int
    position: int
    hash: bytes
    reference: int
    reference_hash: bytes

    def mark(self, chain: Chain) -> Mark:
        """Return the last row of a chain."""
        if chain == "record":
            return Mark(self.position, self.hash)
        return Mark(self.reference, self.reference_hash)

    def value(self) -> Head:
        """Return it as callers see it."""
        digest = sha256(self.hash + self.reference_hash).hexdigest()
        return Head(self.position, self.reference, digest)


class SubjectRow(NamedTuple):
    """That a record touches a subject beside its primary one."""

    subject: str
    position: int


class IdKey(NamedTuple):
    """By what the records of an id are found, worked out from the id alone.

    Attributes:
        home: The primary subject: the dyad or party that the id names; nearly all records touch
            nothing else. (The columns keep their first names, which stores have.)
        act: A number of the id. That rarely two ids have the same is no harm, because whoever
            looks for an id compares it.
    """

    home: str
    act: int


class Line(NamedTuple):
    """As much of a record's row as it takes to read it."""

    position: int
    stream: str
    line: str


START: Final = Mark()
"""Before the first row of a chain."""
NOTHING: Final = HeadRow(0, 0, GENESIS, 0, GENESIS)
"""Before the first append."""


_RETRACTED: Final = f"{EventRetracted.type}/"
line_of_row: Final = partial(tuple.__new__, Line)
_row: Final = partial(tuple.__new__, RecordRow)
_found: Final = partial(tuple.__new__, IdKey)
_quoted: Final = lru_cache(maxsize=256)(json.dumps)


def record_hash(before: bytes, position: int, stream: str, line: str) -> bytes:
    """Return the hash of a record's row."""
    text = f"{position}\n{_quoted(stream)}\n{line}"
    return sha256(before + text.encode("utf-8", "surrogatepass")).digest()


def reference_hash(before: bytes, row: ReferenceRow) -> bytes:
    """Return the hash of a row of reference data; the one that it bears does not count."""
    text = f"{row.number}\n{row.after}\n{json.dumps(row.kind)}\n{row.withdrawn}\n{row.text}"
    return sha256(before + text.encode("utf-8", "surrogatepass")).digest()


def is_wide(event: Event | EventRetracted) -> int:
    """Return 1 where a record of it reaches beyond its own subjects, otherwise 0."""
    return 1 if event.supersedes or isinstance(event, PartySucceeded) else 0


def record_rows(
    records: Sequence[Record], lines: Sequence[str], head: HeadRow, streams: Collection[str]
) -> list[RecordRow]:
    """Return the rows of records.

    Args:
        records: The records.
        lines: The line of each.
        head: The head that they come after.
        streams: The streams that have records up to there.
    """
    begun = set(streams)
    rows: list[RecordRow] = []
    last = head.hash
    for position, (record, line) in enumerate(zip(records, lines, strict=True), head.position + 1):
        stream, event = record.stream, record.event
        first = 0 if stream in begun else 1
        begun.add(stream)
        last = record_hash(last, position, stream, line)
        found = key_of_id(record.id)
        rows.append(_row((position, stream, line, event.type, *found, is_wide(event), first, last)))
    return rows


_BEFORE: Final = '{"recorded":"'


@lru_cache(maxsize=256)
def before_text(moment: datetime) -> str:
    """Return how a line begins that is recorded at a moment; the text follows without its brace."""
    return f'{_BEFORE}{stamp(moment)}",'


def moment_of(line: str) -> datetime:
    """Return when a line was recorded."""
    return utc(line[len(_BEFORE) : line.index('"', len(_BEFORE))])


def text_of(line: str) -> str:
    """Return what a line says, apart from when it was recorded: the event's canonical text."""
    return "{" + line[line.index('",') + 2 :]


def subject_text(subject: Subject) -> str:
    """Return a subject as its row has it: ``SGP-VNM``, or one id."""
    return subject if isinstance(subject, str) else "-".join(subject)


MANY: Final = 8
"""Of more parties than this, a record is found by each of them, and not by every dyad."""


def beside_others(party: str) -> str:
    """Return the subject of the records that name a party among many others."""
    return f"{party}*"


def subjects_of(record: Record) -> set[str]:
    """Return the dyads, parties, groups and agreements that a record is found by, each once.

    A retraction is found by the parties that the id it names has in it.
    """
    event = record.event
    parties = parties_of(record)
    found: set[str] = set()
    if isinstance(event, Event):
        found = set(map(subject_text, touched(event, STANDARD)))
    if len(parties) > MANY:
        return found | set(map(beside_others, parties))
    found |= {_pair(a, b) for a in parties for b in parties if a < b}
    return found or set(parties)


def parties_of(record: Record) -> Sequence[str]:
    """Return the parties of a record; of a retraction, those in the id that it names."""
    event = record.event
    if isinstance(event, Event):
        return event.parties
    return [one for one in _parties_in(event.target).split("-") if one]


def subjects_of_dyad(dyad: tuple[str, str]) -> list[str]:
    """Return by what every record that bears on a dyad is found, and some that do not."""
    return [subject_text(dyad), *map(beside_others, dyad)]


def bears_on(record: Record, dyad: tuple[str, str]) -> bool:
    """Return whether a record that was found by `subjects_of_dyad` bears on the dyad."""
    parties = parties_of(record)
    return len(parties) <= MANY or {*dyad} <= {*parties}


def _parties_in(id: str) -> str:
    """Return the part of an id that names the parties; of a retraction, in the id that it names."""
    while id.startswith(_RETRACTED):
        id = id.removeprefix(_RETRACTED)
    return id.split("/", 2)[1] if "/" in id else ""


@lru_cache(maxsize=65_536)
def key_of_id(id: str) -> IdKey:
    """Return by what the records of an id are found."""
    return _found((_primary_subject(_parties_in(id)), crc32(id.encode("utf-8", "surrogatepass"))))


@lru_cache(maxsize=65_536)
def _primary_subject(parties: str) -> str:
    """Return the subject that parties in an id name: the dyad, the only one, or all of them."""
    one, dash, two = parties.partition("-")
    if not dash:
        return parties
    return f"/{parties}" if "-" in two else _pair(one, two)


@cache
def _at_primary(kind: Any) -> bool:
    """Say whether the dyad of its parties is all that an event of two parties touches.

    And whether that is its primary subject, as it is wherever the id is made of checked parties.
    """
    tracks = [track for track in STANDARD if kind in track.handlers]
    dyadic = {dyads_of, same_dyad, its_dyad}
    ours = kind.__module__.startswith("diplorel.")
    return ours and kind is not PartySucceeded and all(one.subjects in dyadic for one in tracks)


@lru_cache(maxsize=65_536)
def _pair(a: str, b: str) -> str:
    return f"{a}-{b}" if a < b else f"{b}-{a}"


def subject_rows(records: Iterable[tuple[int, Record]]) -> Iterator[SubjectRow]:
    """Yield the subjects of records beside their primary ones, by position."""
    for position, record in records:
        event = record.event
        kind: Any = type(event)
        if isinstance(event, Event) and _at_primary(kind) and len(event.parties) == 2:  # noqa: PLR2004
            continue  # nearly all are
        for subject in sorted(subjects_of(record) - {key_of_id(record.id).home}):
            yield SubjectRow(subject, position)


def named_by(record: Record) -> set[str]:
    """Return the ids that a record corrects."""
    return {id for text in record.event.supersedes for id, _ in targets(text)}
