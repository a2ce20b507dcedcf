"""One transaction of a store: what is at its head, what may come in, and how it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel._message import NONE, Message
from diplorel.errors import (
    ConcurrencyError,
    InvalidQueryError,
    StreamNotNamedError,
    TransitionError,
)
from diplorel.stores.admission import Neighbourhood, passed_on, reach, seat_kinds
from diplorel.stores.dedupe import Deduplicated, deduplicate, prepare, stream_names
from diplorel.stores.rows import (
    GENESIS,
    HeadRow,
    ReferenceRow,
    moment_of,
    record_rows,
    reference_hash,
    subject_rows,
    subject_text,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from diplorel.errors import Problem
    from diplorel.log import EventLog
    from diplorel.model.events import Event, EventRetracted
    from diplorel.model.records import Record
    from diplorel.model.reference import Reference
    from diplorel.stores.backend import Session
    from diplorel.stores.corrections import Corrections
    from diplorel.stores.kept import Held, Kept, Streams
    from diplorel.stores.reading import Reader
    from diplorel.stores.values import Head, Validate
    from diplorel.tracks.track import Subject

_STREAM: Final = "mine"


@attrs.frozen
class Transaction:
    """What one transaction sees and writes: all of it is of one head.

    Attributes:
        session: Its session.
        head: The head that it began at.
    """

    session: Session
    head: HeadRow
    _kept: Kept
    _reader: Reader

    # --- what is there ----------------------------------------------------------------------------

    @property
    def held(self) -> Held:
        """The reference data."""
        return self._kept.reference(self.session, self.head)

    @property
    def streams(self) -> Streams:
        """What is known of the streams."""
        return self._kept.streams(self.session, self.head)

    @property
    def corrections(self) -> Corrections:
        """All corrections and successions."""
        return self._kept.corrections(self.session, self.head)

    @property
    def log(self) -> EventLog:
        """Everything as a log."""
        return self._kept.log(self.session, self.head)

    def stream(self, name: str | None) -> str:
        """Return the stream that is meant: the one named, or the only one.

        Raises:
            StreamNotNamedError: There are several, and none is named.
        """
        if name is not None:
            return name
        names = self.streams.names
        if len(names) > 1:
            raise StreamNotNamedError(sorted(names))
        return next(iter(names), _STREAM)

    def text(self, stream: str) -> bytes:
        """Return the lines of a stream, oldest first.

        Raises:
            InvalidQueryError: There is no such stream; the message lists those there are.
        """
        if stream not in self.session.streams():
            held = ", ".join(self.session.streams()) or NONE
            raise InvalidQueryError(
                "the store has no stream {stream!r}, it holds: {held}", stream=stream, held=held
            )
        lines = (one.line for one in self.session.lines() if one.stream == stream)
        return "".join(f"{line}\n" for line in lines).encode()

    # --- what may come in ------------------------------------------------------------------------

    def expect(self, wanted: Head | None) -> None:
        """Refuse to go on where the store is not at the head that the caller has seen.

        Raises:
            ConcurrencyError: It is at another; the error holds what came in between.
        """
        now = self.head.value()
        if wanted is None or wanted == now:
            return
        between = self._reader.stored(self.session.lines(wanted.position))
        if wanted.position > now.position:
            message = Message(
                "expected {wanted}, and the store is at {now}: that head is not of this store",
                wanted=wanted,
                now=now,
            )
        else:
            message = Message(
                "expected {wanted}, and the store is at {now}, {count} records further on. Look at "
                "what came in between, and append again with the new head if it still holds",
                wanted=wanted,
                now=now,
                count=len(between),
            )
        raise ConcurrencyError(message, now, between)

    def sort_out(
        self,
        items: Iterable[Event | EventRetracted | Record],
        stream: str | None,
        *,
        ahead: bool,
    ) -> Deduplicated:
        """Return which of some items are new, as the records that they become, and which known.

        Args:
            items: Events, to be recorded now, or records, which are taken as they are.
            stream: The stream of the events.
            ahead: Whether a moment ahead of the clock is right.
        """
        session, seen = self.session, self.streams
        given = prepare(items, lambda: self.stream(stream))
        ids: dict[str, set[str]] = {}
        for one in given:
            ids.setdefault(one.stream, set()).add(one.id)
        stream_names(ids.keys() - seen.names)
        there = [line for name, some in ids.items() for line in session.lines_of(name, some)]
        last = {name: seen.last(session, name) for name in ids}

        def latest() -> datetime | None:
            end = session.lines(self.head.position - 1) if seen.names else ()
            ends = [*filter(None, last.values()), *(one.line for one in end)]
            return max(map(moment_of, ends), default=None)

        now = session.now().replace(microsecond=0)
        return deduplicate(given, there, last, now, latest, ahead=ahead)

    def admit(
        self,
        deduplicated: Deduplicated,
        records: Sequence[Record],
        *,
        reference: Reference,
        validate: Validate,
    ) -> tuple[Problem, ...]:
        """Refuse what may not come in; return what contradicts and is let in.

        Raises:
            ConflictError: An id has another content already.
            TransitionError: Something contradicts, and *validate* is ``strict``.
        """
        if not records or (validate == "off" and not deduplicated.duplicated):
            return ()
        if deduplicated.duplicated:
            ids = {one.id for one in deduplicated.new}
            before = dict(self._by_id(ids, self.head.position)) | self.corrections.bearing_on(ids)
            came = {
                id(record)
                for record, one in zip(records, deduplicated.new, strict=True)
                if one.came
            }
            beside = Neighbourhood(frozenset(), tuple(before.values()), tuple(records), reference)
            conflict = beside.conflict(came)
            if conflict is not None:
                raise conflict
        if validate == "off":
            return ()
        problems = self.neighbourhood(records, reference, self.head.position).contradictions()
        if problems and validate == "strict":
            raise TransitionError(problems)
        return problems

    def neighbourhood(
        self, new: Sequence[Record], reference: Reference, upto: int
    ) -> Neighbourhood:
        """Return all that bears on what new records can change; of the store, up to a position.

        Args:
            new: The new records.
            reference: The reference data.
            upto: The position.
        """
        session, known = self.session, self.corrections

        def by_id(ids: Collection[str]) -> list[Record]:
            return [record for _, record in self._by_id(ids, upto)]

        successions = known.successions(upto)
        passed: frozenset[Subject] = frozenset()
        kinds = seat_kinds(new, successions.values())
        if kinds:
            lines = [line for line in session.lines(types=sorted(kinds)) if line.position <= upto]
            seated = (*self._reader.records(lines), *new)
            passed = passed_on((*successions.values(), *new), seated)
        subjects = reach(new, known, upto, by_id, passed)
        lines = [
            line
            for line in session.lines(subjects=sorted(map(subject_text, subjects)))
            if line.position <= upto
        ]
        before = {one.position: one.record for one in self._reader.stored(lines)}
        before |= successions
        ids = {record.id for record in (*before.values(), *new)}
        before |= known.bearing_on(ids, upto)
        return Neighbourhood(subjects, tuple(before.values()), tuple(new), reference)

    def _by_id(self, ids: Collection[str], upto: int) -> list[tuple[int, Record]]:
        """Return the records of some events up to a position, with their positions."""
        session = self.session
        found = [line for name in session.streams() for line in session.lines_of(name, ids)]
        lines = sorted(line for line in found if line.position <= upto)
        stored = self._reader.stored(lines)
        return [(one.position, one.record) for one in stored if one.record.id in ids]

    # --- how it is written -----------------------------------------------------------------------

    def insert(
        self,
        new: Sequence[Record],
        lines: Sequence[str],
        entries: Iterable[tuple[str, str, int]],
    ) -> HeadRow:
        """Write records and entries of reference data at the end, and return the new head.

        Args:
            new: The records.
            lines: Their lines.
            entries: The kind and the text of each entry, and 1 where it is withdrawn.
        """
        head = self.head
        begun = self.streams.names if new else frozenset()
        rows = record_rows(new, lines, head, begun)
        references: list[ReferenceRow] = []
        bottom = head.reference_hash
        for number, (kind, text, withdrawn) in enumerate(entries, head.reference + 1):
            entry = ReferenceRow(number, head.position, kind, text, withdrawn, GENESIS)
            bottom = reference_hash(bottom, entry)
            references.append(entry._replace(hash=bottom))
        now = HeadRow(
            head.number + 1,
            head.position + len(rows),
            rows[-1].hash if rows else head.hash,
            head.reference + len(references),
            bottom,
        )
        touching = subject_rows(enumerate(new, head.position + 1))
        self.session.insert(rows, touching, references, [now])
        return now
