"""The one implementation of `Store`, over whatever backend keeps its rows."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, get_args

import attrs

from diplorel import _ask, _gc
from diplorel.errors import (
    ConcurrencyError,
    InvalidQueryError,
    StoreError,
    StreamNotNamedError,
    TransitionError,
)
from diplorel.io.folder import Stream
from diplorel.io.folder_writer import write_stream
from diplorel.log import EventLog
from diplorel.model.events import Event, EventRetracted
from diplorel.model.records import Record
from diplorel.model.reference import Reference
from diplorel.model.releases import Release, pin
from diplorel.stores.address import making
from diplorel.stores.admission import Neighbourhood, passed_on, reach, seat_kinds
from diplorel.stores.dedupe import Deduplicated, deduplicate, prepare, read_back, stream_names
from diplorel.stores.derived import key_rows, stamp_row, state_rows
from diplorel.stores.follower import Follower
from diplorel.stores.kept import Kept, Streams, is_there
from diplorel.stores.mixing import refuse_mixing
from diplorel.stores.reading import Reader, stored
from diplorel.stores.reference_entries import StreamRelease, entries_of, reference_of
from diplorel.stores.rows import (
    GENESIS,
    HeadRow,
    Mark,
    ReferenceRow,
    bears_on,
    moment_of,
    record_rows,
    reference_hash,
    subject_rows,
    subject_text,
    subjects_of_dyad,
)
from diplorel.stores.secret import Secret
from diplorel.stores.values import Appended, Head, Stored, Validate
from diplorel.stores.verification import verify_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime
    from types import TracebackType
    from typing import Self

    from diplorel.errors import Problem
    from diplorel.model.dates import DayLike
    from diplorel.stores.backend import Backend, Session
    from diplorel.stores.corrections import Corrections
    from diplorel.tracks.track import Subject
    from diplorel.world import World

_STREAM: Final = "mine"


@attrs.frozen
class _World:
    """A world, with the last rows of both chains that it was made of, and its day."""

    mark: Mark
    reference: Mark
    day: int | None
    world: World


class LogStore:
    """A `Store` over a backend; `diplorel.open` makes one."""

    def __init__(self, backend: Backend, types: Iterable[type[Event]] = ()) -> None:
        self._backend = backend
        self._reader = Reader(backend.name, types)
        self._lock = threading.RLock()
        self._process = os.getpid()
        self._open = True
        self._kept = Kept(self._reader)
        self._world: _World | None = None

    # --- life ------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Its address, without any password."""
        return self._backend.name

    def __repr__(self) -> str:
        return f"<Store: {self.name}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files and connections; a second time does nothing."""
        with self._lock:
            self._open = False
            self._backend.close()

    @contextmanager
    def _session(self, *, write: bool = False) -> Iterator[Session]:
        """Take the turn of this thread, and open a transaction."""
        if os.getpid() != self._process:  # a turn that was taken when it forked is never given up
            raise StoreError(f"{self.name} was opened before the process forked: open it anew")
        with self._lock:
            if not self._open:
                raise StoreError(f"{self.name} is closed: open it again")
            with self._backend.writing() if write else self._backend.reading() as session:
                yield session

    @property
    def head(self) -> Head:
        """How far it has come, and the proof of everything up to there."""
        with self._session() as session:
            return session.head().value()

    @property
    def releases(self) -> tuple[tuple[str, Release], ...]:
        """The releases of its streams, each with the stream's name, in the order of recording."""
        with self._session() as session:
            held = self._kept.reference(session, session.head())
            return tuple((one.stream, one.release) for one in held.releases)

    # --- appending -------------------------------------------------------------------------------

    def append(
        self,
        events: Iterable[Event | EventRetracted | Record] | EventLog | Stream,
        *,
        stream: str | None = None,
        expected: Head | str | None = None,
        validate: Validate = "strict",
        reference: Reference | None = None,
        ahead: bool = False,
    ) -> Appended:
        """Append events, all or nothing; see `Store.append`."""
        _ask.choice("validate", validate, get_args(Validate))
        wanted = Head.parse(expected) if isinstance(expected, str) else expected
        releases: list[StreamRelease] = []
        if isinstance(events, EventLog):
            events.refuse_view("appended to a store")
        if isinstance(events, (EventLog, Stream)):
            reference = events.reference | reference if reference else events.reference
        if isinstance(events, Stream):
            releases = [StreamRelease(events.info.name, one) for one in events.releases]
            events = events.records
        given = tuple(events)
        added = [] if reference is None else entries_of(reference, releases)
        with _gc.paused(), self._lock:
            with self._session(write=True) as session:
                head = session.head()
                held = self._kept.reference(session, head)
                refuse_mixing(held.reference, reference, given, stream)
                items = [item for item in dict.fromkeys(added) if item not in held.items]
                seen = self._kept.streams(session, head)
                deduplicated = self._sort_out(session, seen, given, stream, ahead=ahead)
                if deduplicated.new or items:
                    self._expect(session, head, wanted)
                records = read_back(deduplicated.new, self._reader.known, self._reader.records)
                around = held.reference
                if items and records:
                    around, _ = reference_of([*held.items, *items])
                problems = self._admit(
                    session, head, deduplicated, records, reference=around, validate=validate
                )
                row = head
                if records or items:
                    lines = [one.line for one in deduplicated.new]
                    entries = [(*item, 0) for item in items]
                    row = self._insert(session, head, records, lines, entries)
                found = Appended(
                    head=row.value(),
                    stored=tuple(stored(range(head.position + 1, row.position + 1), records)),
                    known=tuple(self._reader.stored(deduplicated.known)),
                    problems=problems,
                )
            self._kept.appended(
                head, row, found.stored, {one.stream: one.line for one in deduplicated.new}
            )
        return found

    def _sort_out(
        self,
        session: Session,
        seen: Streams,
        items: Iterable[Event | EventRetracted | Record],
        stream: str | None,
        *,
        ahead: bool,
    ) -> Deduplicated:
        given = prepare(items, lambda: self._stream(seen, stream))
        ids: dict[str, set[str]] = {}
        for one in given:
            ids.setdefault(one.stream, set()).add(one.id)
        stream_names(ids.keys() - seen.names)
        there = [line for name, some in ids.items() for line in session.lines_of(name, some)]
        last = {name: seen.last(session, name) for name in ids}

        def latest() -> datetime | None:
            end = session.lines(session.head().position - 1) if seen.names else ()
            ends = [*filter(None, last.values()), *(one.line for one in end)]
            return max(map(moment_of, ends), default=None)

        now = session.now().replace(microsecond=0)
        return deduplicate(given, there, last, now, latest, ahead=ahead)

    def _expect(self, session: Session, head: HeadRow, wanted: Head | None) -> None:
        now = head.value()
        if wanted is None or wanted == now:
            return
        between = self._reader.stored(session.lines(wanted.position))
        expected = f"expected {wanted}, and the store is at {now}"
        if wanted.position > now.position:
            message = f"{expected}: that head is not of this store"
        else:
            message = (
                f"{expected}, {len(between)} records further on. Look at what came in between, and "
                "append again with the new head if it still holds"
            )
        raise ConcurrencyError(message, now, between)

    def _stream(self, seen: Streams, stream: str | None) -> str:
        if stream is not None:
            return stream
        if len(seen.names) > 1:
            raise StreamNotNamedError(sorted(seen.names))
        return next(iter(seen.names), _STREAM)

    def _admit(
        self,
        session: Session,
        head: HeadRow,
        deduplicated: Deduplicated,
        records: Sequence[Record],
        *,
        reference: Reference,
        validate: Validate,
    ) -> tuple[Problem, ...]:
        """Refuse what may not come in; return what contradicts and is let in."""
        if not records or (validate == "off" and not deduplicated.duplicated):
            return ()
        known = self._kept.corrections(session, head)
        if deduplicated.duplicated:
            ids = {one.id for one in deduplicated.new}
            before = dict(self._by_id(session, ids, head.position)) | known.bearing_on(ids)
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
        around = self._neighbourhood(session, records, reference, known, head.position)
        problems = around.contradictions()
        if problems and validate == "strict":
            raise TransitionError(problems)
        return problems

    def _by_id(self, session: Session, ids: Collection[str], upto: int) -> list[tuple[int, Record]]:
        """Return the records of some events up to a position, with their positions."""
        found = [line for name in session.streams() for line in session.lines_of(name, ids)]
        lines = sorted(line for line in found if line.position <= upto)
        stored = self._reader.stored(lines)
        return [(one.position, one.record) for one in stored if one.record.id in ids]

    def _neighbourhood(
        self,
        session: Session,
        new: Sequence[Record],
        reference: Reference,
        known: Corrections,
        upto: int,
    ) -> Neighbourhood:
        """Return all that bears on what new records can change; of the store, up to a position.

        Args:
            session: A session.
            new: The new records.
            reference: The reference data.
            known: The corrections and successions of the store.
            upto: The position.
        """

        def by_id(ids: Collection[str]) -> list[Record]:
            return [record for _, record in self._by_id(session, ids, upto)]

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

    def _insert(
        self,
        session: Session,
        head: HeadRow,
        new: Sequence[Record],
        lines: Sequence[str],
        entries: Iterable[tuple[str, str, int]],
    ) -> HeadRow:
        begun = self._kept.streams(session, head).names if new else frozenset()
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
        session.insert(rows, touching, references, [now])
        return now

    # --- reference data --------------------------------------------------------------------------

    def amend(self, reference: Reference, *, expected: Head | str | None = None) -> Head:
        """Make the reference data exactly this; see `Store.amend`."""
        wanted = Head.parse(expected) if isinstance(expected, str) else expected
        with self._session(write=True) as session:
            head = session.head()
            held = self._kept.reference(session, head)
            items = entries_of(reference, held.releases)
            gone = [(*item, 1) for item in held.items if item not in set(items)]
            come = [(*item, 0) for item in dict.fromkeys(items) if item not in held.items]
            if not gone and not come:
                return head.value()
            self._expect(session, head, wanted)
            return self._insert(session, head, (), (), [*gone, *come]).value()

    def release(self, stream: str, version: str) -> Release:
        """Pin what a stream holds as a release; see `Store.release`."""
        _ask.stream_name(stream)
        if not isinstance(version, str) or not version.strip():
            raise InvalidQueryError(f"version: expected a text such as '1.2.0', got {version!r}")
        with self._session(write=True) as session:
            head = session.head()
            held = self._kept.reference(session, head)
            if (stream, version) in {(one.stream, one.release.version) for one in held.releases}:
                raise InvalidQueryError(f"{stream!r} has a release {version} already")
            found = pin(self._text(session, stream), version)
            text = entries_of(Reference(), [StreamRelease(stream, found)])
            self._insert(session, head, (), (), [(*item, 0) for item in text])
            return found

    # --- reading ---------------------------------------------------------------------------------

    def read(
        self,
        after: int = 0,
        *,
        dyad: tuple[str, str] | None = None,
        types: Iterable[type[Event | EventRetracted] | str] | None = None,
        limit: int | None = None,
    ) -> tuple[Stored, ...]:
        """Return the records after a position; see `Store.read`."""
        for word, value in (("after", after), ("limit", limit)):
            if value is not None and (type(value) is not int or value < 0):
                raise InvalidQueryError(f"{word}: expected a whole number from 0, got {value!r}")
        names = None
        if types is not None:
            names = _ask.types(self._reader.known, types, (Event, EventRetracted))
        with _gc.paused(), self._session() as session:
            if dyad is None:
                found = self._reader.read(session, after, types=names, limit=limit)
                return tuple(stored(*found))
            reference = self._kept.reference(session, session.head()).reference
            pair = _ask.pair(reference, dyad)
            return tuple(self._of_dyad(session, after, pair, names, limit))

    def _of_dyad(
        self,
        session: Session,
        after: int,
        dyad: tuple[str, str],
        types: Collection[str] | None,
        limit: int | None,
    ) -> list[Stored]:
        """Return the records of a dyad; those of many parties are looked for by either."""
        found: list[Stored] = []
        subjects = subjects_of_dyad(dyad)
        while limit is None or len(found) < limit:
            size = None if limit is None else limit - len(found)
            page = stored(
                *self._reader.read(session, after, subjects=subjects, types=types, limit=size)
            )
            found += [one for one in page if bears_on(one.record, dyad)]
            if size is None or len(page) < size:
                break
            after = page[-1].position
        return found

    def log(self) -> EventLog:
        """Return everything as a log; see `Store.log`."""
        with self._session() as session:
            return self._kept.log(session, session.head())

    def replay(self, on: DayLike | None = None) -> World:
        """Return the world at the end of a day; see `Store.replay`."""
        day = _ask.day("on", on)
        with _gc.paused(), self._session() as session:
            head = session.head()
            now, held = head.mark("record"), self._kept.reference(session, head)
            kept = self._world
            if (
                kept is None
                or (kept.reference, kept.day) != (held.mark, day)
                or not is_there(session, head, "record", kept.mark)
            ):
                world = self._kept.log(session, head).replay(on)
            elif kept.mark == now:
                return kept.world
            else:
                upto = kept.mark.number
                known = self._kept.corrections(session, head)
                new = self._reader.records(session.lines(upto))
                around = self._neighbourhood(session, new, held.reference, known, upto)
                world = around.refold(kept.world)
            self._world = _World(now, held.mark, day, world)
            return world

    def materialise(self, on: DayLike) -> Head:
        """Write the states at the end of a day for readers by SQL; see `Store.materialise`."""
        if on is None:
            raise InvalidQueryError("on: expected a day, got None")
        while True:  # until nobody has appended meanwhile
            with self._session() as session:
                head, begun = session.head(), session.keyed()
            world, keys = self.replay(on), list(key_rows(self.read(begun)))
            states = list(state_rows(world))
            with self._session(write=True) as session:
                if (session.head(), session.keyed()) == (head, begun):
                    session.put_keys(keys)
                    session.put_states(stamp_row(world, head.value(), session.now()), states)
                    return head.value()

    def follow(self, name: str) -> Follower:
        """Return who reads on from where it was, by this name; see `Store.follow`."""
        return Follower(name, self._session, self.read)

    # --- verification, copies --------------------------------------------------------------------

    def verify(self, against: Head | str | None = None) -> tuple[Problem, ...]:
        """Walk both chains of hashes; see `Store.verify`."""
        wanted = Head.parse(against) if isinstance(against, str) else against
        with self._session() as session:
            return tuple(verify_rows(session, self._reader.records, wanted))

    def _text(self, session: Session, stream: str) -> bytes:
        if stream not in session.streams():
            held = ", ".join(session.streams()) or "none"
            raise InvalidQueryError(f"the store has no stream {stream!r}, it holds: {held}")
        lines = (one.line for one in session.lines() if one.stream == stream)
        return "".join(f"{line}\n" for line in lines).encode()

    def export(self, folder: str | os.PathLike[str], *, stream: str | None = None) -> None:
        """Write one stream to a new folder; see `Store.export`."""
        with self._session() as session:
            head = session.head()
            name = self._stream(self._kept.streams(session, head), stream)
            held = self._kept.reference(session, head)
            log, data = self._kept.log(session, head), self._text(session, name)
        releases = [one.release for one in held.releases if one.stream == name]
        try:
            write_stream(log, folder, stream=name, data=data, releases=releases)
        except OSError as error:
            raise StoreError(f"{folder} cannot be written: {error.strerror or error}") from error

    def backup(self, target: str, *, schema: str = "diplorel") -> None:
        """Write a copy of the whole store to another that is empty; see `Store.backup`."""
        where = Secret(target)
        del target  # it can hold a password
        with self._session() as session, making(where, schema=schema) as copy:
            if copy.head().number:
                raise InvalidQueryError(f"{copy.name} holds something already: name a new one")
            heads = list(session.head_rows())
            if heads:
                copy.insert(
                    list(session.record_rows()),
                    session.subject_rows(),
                    list(session.reference_rows()),
                    heads,
                )
