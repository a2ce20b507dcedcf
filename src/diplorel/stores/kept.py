"""What a store keeps of what it has read, so that it need not be read again.

A store can change under an open handle in other ways than by appends: a server fails over to one
that lacks the last commits, or a copy is brought back in place. So each thing is kept with the last
row that it was made of, and used only where the chain still has that row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from diplorel import _gc
from diplorel.log import EventLog
from diplorel.model.reference import Reference
from diplorel.stores.corrections import Corrections
from diplorel.stores.reference_entries import Item, StreamRelease, reference_of
from diplorel.stores.rows import START, Mark, is_wide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from diplorel.model.records import Record
    from diplorel.stores.backend import Session
    from diplorel.stores.reading import Reader
    from diplorel.stores.rows import Chain, HeadRow
    from diplorel.stores.values import Stored


@attrs.frozen
class Streams:
    """The streams that have records up to a row, and the last lines of some of them."""

    mark: Mark = START
    names: frozenset[str] = frozenset()
    ends: Mapping[str, str] = attrs.field(factory=dict)

    def last(self, session: Session, stream: str) -> str | None:
        """Return the last line of a stream, or None where it has none."""
        if stream in self.ends:
            return self.ends[stream]
        return session.last(stream) if stream in self.names else None


@attrs.frozen
class Held:
    """The reference data up to a row: the entries, and what they make."""

    mark: Mark = START
    items: Mapping[Item, None] = attrs.field(factory=dict)
    reference: Reference = attrs.field(factory=Reference)
    releases: tuple[StreamRelease, ...] = ()


@attrs.frozen
class _Corrections:
    """The corrections and successions up to a row."""

    mark: Mark = START
    records: Corrections = attrs.field(factory=Corrections)


@attrs.frozen
class _Log:
    """A log up to a row, with the reference data up to another."""

    mark: Mark = START
    reference: Mark = START
    log: EventLog = attrs.field(factory=EventLog)


def is_there(session: Session, head: HeadRow, chain: Chain, mark: Mark) -> bool:
    """Say whether a chain still has a row."""
    return mark in (START, head.mark(chain)) or session.hash_at(chain, mark.number) == mark.hash


class Kept:
    """What one store object keeps. Every method is asked within a session, with its head."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._streams = Streams()
        self._held = Held()
        self._corrections = _Corrections()
        self._log = _Log()

    def streams(self, session: Session, head: HeadRow) -> Streams:
        """Return what is known of the streams; nothing of it outlives an append by others."""
        if self._streams.mark != head.mark("record"):
            self._streams = Streams(head.mark("record"), frozenset(session.streams()))
        return self._streams

    def reference(self, session: Session, head: HeadRow) -> Held:
        """Return the reference data, reading on from where it was read to."""
        held, now = self._held, head.mark("reference")
        if held.mark == now:
            return held
        if not is_there(session, head, "reference", held.mark):
            held = Held()
        items = dict(held.items)
        for row in session.references(held.mark.number):
            if row.withdrawn:
                items.pop((row.kind, row.text), None)
            else:
                items[row.kind, row.text] = None
        reference, releases = reference_of(items)
        self._held = Held(now, items, reference, releases)
        return self._held

    def corrections(self, session: Session, head: HeadRow) -> Corrections:
        """Return all corrections and successions, reading on likewise."""
        kept, now = self._corrections, head.mark("record")
        if kept.mark == now:
            return kept.records
        if not is_there(session, head, "record", kept.mark):
            kept = _Corrections()
        lines = session.lines(kept.mark.number, wide=True)
        for line, record in zip(lines, self._reader.records(lines), strict=True):
            kept.records.add(line.position, record)
        self._corrections = _Corrections(now, kept.records)
        return self._corrections.records

    def log(self, session: Session, head: HeadRow) -> EventLog:
        """Return everything as a log, reading on likewise."""
        kept, held = self._log, self.reference(session, head)
        if not is_there(session, head, "record", kept.mark):
            kept = _Log()
        log, end = kept.log, kept.mark
        with _gc.paused():
            records: list[Record] = []
            if end != head.mark("record"):
                positions, records = self._reader.read(session, end.number)
                if positions:
                    end = Mark(positions[-1], session.hash_at("record", positions[-1]) or b"")
            if records or kept.reference != held.mark:
                log = EventLog([*log.records, *records], reference=held.reference)
        self._log = _Log(end, held.mark, log)
        return log

    def appended(
        self, before: HeadRow, after: HeadRow, records: Sequence[Stored], lines: Mapping[str, str]
    ) -> None:
        """Go on with what this store object appended itself.

        Args:
            before: The head that it appended to.
            after: The new head.
            records: The new records.
            lines: The last line of each of their streams.
        """
        was, now = before.mark("record"), after.mark("record")
        streams = self._streams
        if streams.mark != was:
            return
        names = streams.names if lines.keys() <= streams.names else streams.names | lines.keys()
        self._streams = Streams(now, names, {**streams.ends, **lines})
        kept = self._corrections
        if kept.mark == was:
            for one in records:
                if is_wide(one.record.event):
                    kept.records.add(one.position, one.record)
            self._corrections = _Corrections(now, kept.records)
