"""The one implementation of `Store`, over whatever backend keeps its rows."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, get_args

import attrs

from diplorel import _ask, _gc
from diplorel._message import Message
from diplorel.errors import (
    InvalidQueryError,
    StoreError,
)
from diplorel.io.folder import Stream
from diplorel.io.folder_writer import write_stream
from diplorel.log import EventLog
from diplorel.model.events import Event, EventRetracted
from diplorel.model.records import Record
from diplorel.model.reference import Reference
from diplorel.model.releases import Release, pin
from diplorel.stores.address import making
from diplorel.stores.dedupe import read_back
from diplorel.stores.derived import key_rows, stamp_row, state_rows
from diplorel.stores.follower import Follower
from diplorel.stores.kept import Kept, is_there
from diplorel.stores.mixing import refuse_mixing
from diplorel.stores.reading import Reader, stored
from diplorel.stores.reference_entries import StreamRelease, entries_of, reference_of
from diplorel.stores.rows import (
    Mark,
    bears_on,
    subjects_of_dyad,
)
from diplorel.stores.secret import Secret
from diplorel.stores.transaction import Transaction
from diplorel.stores.values import Appended, Head, Stored, Validate
from diplorel.stores.verification import verify_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from diplorel.errors import Problem
    from diplorel.model.dates import DayLike
    from diplorel.stores.backend import Backend, Session
    from diplorel.world import World


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
            raise StoreError(
                "{name} was opened before the process forked: open it anew", name=self.name
            )
        with self._lock:
            if not self._open:
                raise StoreError("{name} is closed: open it again", name=self.name)
            with self._backend.writing() if write else self._backend.reading() as session:
                yield session

    @contextmanager
    def _transaction(self, *, write: bool = False) -> Iterator[Transaction]:
        """Open a transaction, with the head that it begins at."""
        with self._session(write=write) as session:
            yield Transaction(session, session.head(), self._kept, self._reader)

    @property
    def head(self) -> Head:
        """How far it has come, and the proof of everything up to there."""
        with self._session() as session:
            return session.head().value()

    @property
    def releases(self) -> tuple[tuple[str, Release], ...]:
        """The releases of its streams, each with the stream's name, in the order of recording."""
        with self._transaction() as now:
            return tuple((one.stream, one.release) for one in now.held.releases)

    @property
    def backend(self) -> Backend:
        """What keeps its rows."""
        return self._backend

    def contents(self) -> tuple[Reference, int]:
        """Return the reference data, and the position of the last record at that moment."""
        with self._transaction() as now:
            return now.held.reference, now.head.position

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
            events.refuse_view(Message("appended to a store"))
        if isinstance(events, (EventLog, Stream)):
            reference = events.reference | reference if reference else events.reference
        if isinstance(events, Stream):
            releases = [StreamRelease(events.info.name, one) for one in events.releases]
            events = events.records
        given = tuple(events)
        added = [] if reference is None else entries_of(reference, releases)
        with _gc.paused(), self._lock:
            with self._transaction(write=True) as now:
                held = now.held
                refuse_mixing(held.reference, reference, given, stream)
                items = [item for item in dict.fromkeys(added) if item not in held.items]
                deduplicated = now.sort_out(given, stream, ahead=ahead)
                if deduplicated.new or items:
                    now.expect(wanted)
                records = read_back(deduplicated.new, self._reader.known, self._reader.records)
                around = held.reference
                if items and records:
                    around, _ = reference_of([*held.items, *items])
                problems = now.admit(deduplicated, records, reference=around, validate=validate)
                head = row = now.head
                if records or items:
                    lines = [one.line for one in deduplicated.new]
                    row = now.insert(records, lines, [(*item, 0) for item in items])
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

    # --- reference data --------------------------------------------------------------------------

    def amend(self, reference: Reference, *, expected: Head | str | None = None) -> Head:
        """Make the reference data exactly this; see `Store.amend`."""
        wanted = Head.parse(expected) if isinstance(expected, str) else expected
        with self._transaction(write=True) as now:
            held = now.held
            items = entries_of(reference, held.releases)
            gone = [(*item, 1) for item in held.items if item not in set(items)]
            come = [(*item, 0) for item in dict.fromkeys(items) if item not in held.items]
            if not gone and not come:
                return now.head.value()
            now.expect(wanted)
            return now.insert((), (), [*gone, *come]).value()

    def release(self, stream: str, version: str) -> Release:
        """Pin what a stream holds as a release; see `Store.release`."""
        _ask.stream_name(stream)
        if not isinstance(version, str) or not version.strip():
            raise InvalidQueryError(
                "{argument}: expected a text such as '1.2.0', got {version!r}",
                argument="version",
                version=version,
            )
        with self._transaction(write=True) as now:
            releases = now.held.releases
            if (stream, version) in {(one.stream, one.release.version) for one in releases}:
                raise InvalidQueryError(
                    "{stream!r} has a release {version} already", stream=stream, version=version
                )
            found = pin(now.text(stream), version)
            text = entries_of(Reference(), [StreamRelease(stream, found)])
            now.insert((), (), [(*item, 0) for item in text])
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
                raise InvalidQueryError(
                    "{argument}: expected a whole number from 0, got {value!r}",
                    argument=word,
                    value=value,
                )
        names = None
        if types is not None:
            names = _ask.types(self._reader.known, types, (Event, EventRetracted))
        with _gc.paused(), self._transaction() as now:
            if dyad is None:
                found = self._reader.read(now.session, after, types=names, limit=limit)
                return tuple(stored(*found))
            pair = _ask.pair(now.held.reference, dyad)
            return tuple(self._of_dyad(now.session, after, pair, names, limit))

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
        with self._transaction() as now:
            return now.log

    def replay(self, on: DayLike | None = None) -> World:
        """Return the world at the end of a day; see `Store.replay`."""
        day = _ask.day("on", on)
        with _gc.paused(), self._transaction() as now:
            end, held = now.head.mark("record"), now.held
            kept = self._world
            if (
                kept is None
                or (kept.reference, kept.day) != (held.mark, day)
                or not is_there(now.session, now.head, "record", kept.mark)
            ):
                world = now.log.replay(on)
            elif kept.mark == end:
                return kept.world
            else:
                upto = kept.mark.number
                new = self._reader.records(now.session.lines(upto))
                world = now.neighbourhood(new, held.reference, upto).refold(kept.world)
            self._world = _World(end, held.mark, day, world)
            return world

    def materialise(self, on: DayLike) -> Head:
        """Write the states at the end of a day for readers by SQL; see `Store.materialise`."""
        if on is None:
            raise InvalidQueryError("{argument}: expected a day, got None", argument="on")
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

    def export(self, folder: str | os.PathLike[str], *, stream: str | None = None) -> None:
        """Write one stream to a new folder; see `Store.export`."""
        with self._transaction() as now:
            name = now.stream(stream)
            log, data, held = now.log, now.text(name), now.held
        releases = [one.release for one in held.releases if one.stream == name]
        try:
            write_stream(log, folder, stream=name, data=data, releases=releases)
        except OSError as error:
            raise StoreError(
                "{folder} cannot be written: {reason}",
                folder=folder,
                reason=error.strerror or error,
            ) from error

    def backup(self, target: str, *, schema: str = "diplorel") -> None:
        """Write a copy of the whole store to another that is empty; see `Store.backup`."""
        where = Secret(target)
        del target  # it can hold a password
        with self._session() as session, making(where, schema=schema) as copy:
            if copy.head().number:
                raise InvalidQueryError(
                    "{name} holds something already: name a new one", name=copy.name
                )
            heads = list(session.head_rows())
            if heads:
                copy.insert(
                    list(session.record_rows()),
                    session.subject_rows(),
                    list(session.reference_rows()),
                    heads,
                )
