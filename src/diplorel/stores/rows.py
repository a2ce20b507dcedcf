"""The rows of a store, and the two chains of hashes over them.

A store is four append-only tables, the same in every backend:

========= =======================================================================================
record    one row a record: its line as a stream's folder has it, and what is looked up by
subject   one row for each dyad, party or group that a record touches
reference one row for each entry of reference data that was added or withdrawn
head      one row an append: how far both chains had come
========= =======================================================================================

Every hash is the SHA-256 of the hash before it and the text of the row, so a row cannot be changed,
taken out, put in or moved without all later ones showing it. What a row holds beside its text is
worked out from the text, and `proof` does so again.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from diplorel.event import Event, EventRetracted
from diplorel.records import Record, order_key, stamp, targets, utc
from diplorel.replay import touched
from diplorel.stores.values import Head
from diplorel.tracks import STANDARD
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.track import dyads_of, its_dyad, same_dyad

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from diplorel.tracks.track import Subject

GENESIS: Final = bytes(32)
"""What comes before the first hash."""


class RecordRow(NamedTuple):
    """A record as a store keeps it.

    The line is the text; stream and position stand beside it and are hashed with it. The id, the
    type, the place in the order of replay (None for a retraction) and whether it reaches beyond its
    own subjects (a correction or a succession does) are worked out.
    """

    position: int
    stream: str
    line: str
    id: str
    type: str
    place: int | None
    wide: int
    hash: bytes


class ReferenceRow(NamedTuple):
    """An entry of reference data, added or withdrawn when the record *after* was the last one."""

    number: int
    after: int
    kind: str
    text: str
    withdrawn: int
    hash: bytes


class HeadRow(NamedTuple):
    """How far both chains had come at the end of one append."""

    number: int
    position: int
    hash: bytes
    reference: int
    reference_hash: bytes

    def value(self) -> Head:
        """Return it as callers see it."""
        digest = sha256(self.hash + self.reference_hash).hexdigest()
        return Head(self.position, self.reference, digest)


class SubjectRow(NamedTuple):
    """That a record touches a subject."""

    subject: str
    position: int


class Line(NamedTuple):
    """As much of a record's row as it takes to read it."""

    position: int
    stream: str
    line: str


NOTHING: Final = HeadRow(0, 0, GENESIS, 0, GENESIS)
"""Before the first append."""


_quoted: Final = lru_cache(maxsize=256)(json.dumps)


def record_hash(before: bytes, position: int, stream: str, line: str) -> bytes:
    """Return the hash of a record's row."""
    text = f"{position}\n{_quoted(stream)}\n{line}"
    return sha256(before + text.encode("utf-8", "surrogatepass")).digest()


def reference_hash(before: bytes, row: ReferenceRow) -> bytes:
    """Return the hash of a row of reference data; the one that it bears does not count."""
    text = f"{row.number}\n{row.after}\n{json.dumps(row.kind)}\n{row.withdrawn}\n{row.text}"
    return sha256(before + text.encode("utf-8", "surrogatepass")).digest()


def record_row(record: Record, line: str, position: int, before: bytes) -> RecordRow:
    """Return the row of a record that comes after the one whose hash is *before*."""
    event = record.event
    stream = record.stream
    return RecordRow(
        position,
        stream,
        line,
        record.id,
        event.type,
        None if isinstance(event, EventRetracted) else order_key(event),
        int(bool(event.supersedes) or isinstance(event, PartySucceeded)),
        record_hash(before, position, stream, line),
    )


_BEFORE: Final = '{"recorded":"'


@lru_cache(maxsize=256)
def before_text(moment: datetime) -> str:
    """Return how a line begins that is recorded at a moment; the text follows without its brace."""
    return f'{_BEFORE}{stamp(moment)}",'


def moment_of(line: str) -> datetime:
    """Return when a line was recorded."""
    return utc(line[len(_BEFORE) : line.index('"', len(_BEFORE))])


def told(line: str) -> str:
    """Return what a line says, apart from when it was recorded: the event's canonical text."""
    return "{" + line[line.index('",') + 2 :]


def subject_text(subject: Subject) -> str:
    """Return a subject as its row has it: ``SGP-VNM``, or one id."""
    return subject if isinstance(subject, str) else "-".join(subject)


def subjects_of(record: Record) -> Collection[str]:
    """Return the dyads, parties and groups by which a record is found, each once.

    A retraction is found by the parties that the id it names has in it.
    """
    event = record.event
    if isinstance(event, Event):
        kind: Any = type(event)
        parties = event.parties
        if len(parties) == 2 and _of_a_dyad(kind):  # noqa: PLR2004  nearly all are
            return (_pair(*parties),)
        found: set[Subject] = {*touched(event, STANDARD), *dyads_of(event)}
        return set(map(subject_text, found)) or set(parties)
    id = event.target
    while id.startswith(f"{EventRetracted.type}/"):
        id = id.removeprefix(f"{EventRetracted.type}/")
    named = [one for one in (*id.split("/"), "")[1].split("-") if one]
    return {_pair(a, b) for a in named for b in named if a < b} or set(named)


@cache
def _of_a_dyad(kind: Any) -> bool:
    """Say whether the dyad of its parties is all that an event of two parties touches."""
    heard = [track for track in STANDARD if kind in track.handlers]
    dyadic = {dyads_of, same_dyad, its_dyad}
    return kind is not PartySucceeded and all(track.subjects in dyadic for track in heard)


@lru_cache(maxsize=65_536)
def _pair(a: str, b: str) -> str:
    return f"{a}-{b}" if a < b else f"{b}-{a}"


def subject_rows(records: Iterable[tuple[int, Record]]) -> Iterator[SubjectRow]:
    """Yield the subjects of records, by position."""
    for position, record in records:
        found = subjects_of(record)
        for subject in found if len(found) == 1 else sorted(found):
            yield SubjectRow(subject, position)


def named_by(record: Record) -> set[str]:
    """Return the ids that a record corrects."""
    return {id for text in record.event.supersedes for id, _ in targets(text)}
