"""`Store`: a log that lives longer than a process, whatever keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType
    from typing import Self

    from diplorel.errors import Problem
    from diplorel.io.folder import Stream
    from diplorel.log import EventLog
    from diplorel.model.dates import DayLike
    from diplorel.model.events import Event, EventRetracted
    from diplorel.model.records import Record
    from diplorel.model.reference import Reference
    from diplorel.model.releases import Release
    from diplorel.stores.follower import Follower
    from diplorel.stores.values import Appended, Head, Stored, Validate
    from diplorel.world import World


class Store(Protocol):
    """A durable log: append-only by force, and provably so. `diplorel.open` opens one.

    Many processes can append to one store; appends take turns, and each is kept whole or not at
    all. A record's position is given in that turn, so positions have no gaps, and who reads on from
    a position never misses a record. One store object can be shared by threads: its calls also
    take turns. It must not be used in a process that was forked after it was opened.

    Every method can raise `StoreError`: the store is closed, damaged, full, or out of reach, or its
    files were moved, removed or replaced since it was opened. Where a store was brought back from a
    copy in place, or its server failed over to another, the answers are those of what is there now.

    >>> import diplorel as dr
    >>> with dr.open("memory:") as store:
    ...     done = store.append(dr.load("singapore").records)
    ...     done.head.position == len(store.read()) == len(dr.load("singapore"))
    True
    """

    @property
    def name(self) -> str:
        """Its address, without any password."""
        ...

    @property
    def head(self) -> Head:
        """How far it has come, and the proof of everything up to there."""
        ...

    @property
    def releases(self) -> tuple[tuple[str, Release], ...]:
        """The releases of its streams, each with the stream's name, in the order of recording."""
        ...

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
        """Append events, all or nothing.

        What a stream holds word for word already is known, and nothing happens to it: so a call
        whose answer was lost can be made again.

        Args:
            events: Events, which the store records now, never before the last record of their
                stream; or records, which keep their stream and moment; or a whole log, with
                its reference data, or a stream as `diplorel.io.folder.read_stream` reads
                it, with its releases as well.
            stream: The stream of the events that are not records yet. May be left out where the
                store holds one only, or none: then it is ``mine``.
            expected: The head that the caller has seen; None to append in any case.
            validate: ``strict`` refuses events that contradict the state that they come upon,
                ``report`` appends them and reports the problems; ``off`` does not look.
            reference: Sources, ladders, parties, coverage and claims to add.
            ahead: Whether what looks like a wrong clock is right: a record more than a minute ahead
                of the store's clock (that of the server, where there is one), a clock more than ten
                years past the last record, or a stream that ends more than a day after now.

        Returns:
            The new head, what is new, what was known. The cost does not grow with the store: only
            the dyads, parties and groups that the events touch are looked at.

        Raises:
            ConcurrencyError: The store has gone on from *expected*; it holds what came in since.
            ConflictError: A stream has another account of one of the events already, and no
                correction says which is wrong. Accounts of other streams are accepted.
            TransitionError: Events contradict what is recorded; it holds every problem.
            RecordedOrderError: A record lies before the last one of its stream; or, without
                *ahead*, in the future, or the clock is far from the last record.
            InvalidEventError: One is not an event, or could not be read again.
            InvalidQueryError: The store holds several streams and none is named, or a new stream's
                name is more than small letters and digits with hyphens or underscores between.
        """
        ...

    def amend(self, reference: Reference, *, expected: Head | str | None = None) -> Head:
        """Make the reference data exactly this: what is new is added, what is left out withdrawn.

        What held before stays in the store, for the verification. Records are not touched.

        Raises:
            ConcurrencyError: The store has gone on from *expected*.
        """
        ...

    def release(self, stream: str, version: str) -> Release:
        """Pin what a stream holds as a release; exported, the folder's pin is the same.

        Raises:
            InvalidQueryError: There is no such stream, or it has a release of this version.
        """
        ...

    def read(
        self,
        after: int = 0,
        *,
        dyad: tuple[str, str] | None = None,
        types: Iterable[type[Event | EventRetracted] | str] | None = None,
        limit: int | None = None,
    ) -> tuple[Stored, ...]:
        """Return the records after a position, in the order of positions.

        Who reads on from the last position that was seen, sees every record once, however many
        append at the same time.

        Args:
            after: The position; 0 for all.
            dyad: Only what touches these two: ids, alpha-2 codes or names. A retraction is found by
                the parties that the id it names has in it.
            types: Only these event classes, or their names such as ``ties-established``.
            limit: At most so many.

        Raises:
            UnknownPartyError: There is no such party.
            StreamError: A row cannot be read, which `verify` also reports.
        """
        ...

    def log(self) -> EventLog:
        """Return all records as a log. It is kept, so that a later call reads only new records."""
        ...

    def replay(self, on: DayLike | None = None) -> World:
        """Return the world at the end of a day; the same as ``log().replay(on)``.

        The last world is kept: a further call for the same day folds only what new records touch.
        """
        ...

    def materialise(self, on: DayLike) -> Head:
        """Write the states at the end of a day into the store, for readers by SQL.

        The views ``diplorel_state``, ``diplorel_ties`` and ``diplorel_level_held`` show them, each
        row with the head that they were made of. The ids and bounds of dates in
        ``diplorel_event`` are brought up to that head as well. A second time, the states of the
        day are replaced; a reader sees the former or the new ones, all of them. Those of other
        days stay.

        Args:
            on: The day.

        Returns:
            The head that the states were made of. The cost is that of `replay`, and of a row for
            each track of each dyad.

        Raises:
            InvalidDateError: It is not a valid day.
        """
        ...

    def follow(self, name: str) -> Follower:
        """Return who reads on from where it was, however often it is started anew.

        Args:
            name: The name under which the store keeps how far it has come.

        Raises:
            InvalidQueryError: It is not a name of 1 to 200 letters.
        """
        ...

    def verify(self, against: Head | str | None = None) -> tuple[Problem, ...]:
        """Walk both chains of hashes, and return whatever was changed; nothing when all is sound.

        Args:
            against: A head that was published once. Without one, a store that was put back whole
                to an earlier state looks sound.

        Returns:
            The problems, ``DR7xx``. The cost is that of reading everything.
        """
        ...

    def export(self, folder: str, *, stream: str | None = None) -> None:
        """Write one stream to a new folder, byte by byte as its lines were appended.

        The folder is complete or, whatever happens on the way, not there.

        Raises:
            InvalidQueryError: There is something in the folder already, or no such stream.
        """

    def backup(self, target: str, *, schema: str = "diplorel") -> None:
        """Write a copy of the whole store, as it is at this moment, with the same head.

        The copy is complete or, whatever happens on the way, not there.

        Args:
            target: The address of another store, which is made, or is there and empty.
            schema: In PostgreSQL, the schema of that store.

        Raises:
            InvalidQueryError: There is something in it already.
        """

    def close(self) -> None:
        """Let go of files and connections; a second time does nothing."""

    def __enter__(self) -> Self:
        """Return the store itself."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
