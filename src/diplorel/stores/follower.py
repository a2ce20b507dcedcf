"""A follower: who reads on from where it was, however often it is started anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplorel.errors import InvalidQueryError, StoreError
from diplorel.model.records import stamp
from diplorel.stores.rows import START, Mark
from diplorel.stores.views import FollowerRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from diplorel.stores.backend import Session
    from diplorel.stores.values import Stored

BATCH = 1_000
_LONGEST = 200


class Follower:
    """A named checkpoint in a store, which is kept in the store itself.

    It moves on once a batch has been handled: whoever is stopped in between gets that batch again
    (at least once). To do a thing exactly once, keep the position with the thing, in one
    transaction of the place where it is done.

    Attributes:
        name: The name, under which any process goes on.

    >>> import diplorel as dr
    >>> from diplorel import events as ev
    >>> with dr.open("memory:") as store:
    ...     _ = store.append(
    ...         [ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])]
    ...     )
    ...     follower = store.follow("newsroom")
    ...     for batch in follower.batches():
    ...         print([one.record.id for one in batch])
    ...     follower.position, follower.lag
    ['ties-established/SGP-VNM/1973-08-01']
    (1, 0)
    """

    def __init__(
        self,
        name: str,
        session: Callable[..., AbstractContextManager[Session]],
        read: Callable[..., tuple[Stored, ...]],
    ) -> None:
        if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST or "\0" in name:
            raise InvalidQueryError(
                "{name} cannot name a follower: expected a text of 1 to {most} letters",
                name=f"{name!r:.80}",
                most=_LONGEST,
            )
        self.name = name
        self._session = session
        self._read = read

    def __repr__(self) -> str:
        return f"<Follower: {self.name}>"

    @property
    def position(self) -> int:
        """The last position that was handled; 0 before the first."""
        with self._session() as session:
            return self._mark(session).number

    @property
    def lag(self) -> int:
        """How many records have come in that were not handled yet."""
        with self._session() as session:
            return session.head().position - self._mark(session).number

    def batches(self, size: int = BATCH) -> Iterator[tuple[Stored, ...]]:
        """Yield what came in since, oldest first, and move on after each batch.

        The checkpoint moves when the next batch is asked for, and so after this one was handled.
        It ends when there is no more: call it again, such as every minute.

        Args:
            size: At most so many records at once.

        Raises:
            InvalidQueryError: The size is not 1 or more.
            StoreError: Another process that follows by this name has moved on meanwhile, or the
                store lacks the last row that was handled: it was put back to an earlier state.
                Look what it holds, and `reset`.
        """
        if type(size) is not int or size < 1:
            raise InvalidQueryError("expected a size of 1 or more, got {size!r}", size=size)
        while True:
            with self._session() as session:
                before = self._mark(session)
            batch = self._read(before.number, limit=size)
            if not batch:
                return
            yield batch
            self._move(before, batch[-1].position)

    def reset(self, position: int = 0) -> None:
        """Go back or on to a position: the next batch begins with the record after it.

        Args:
            position: The position; 0 to read all again.

        Raises:
            InvalidQueryError: The store has no such position.
        """
        with self._session(write=True) as session:
            held = session.head().position
            if type(position) is not int or not 0 <= position <= held:
                raise InvalidQueryError(
                    "expected a position from 0 to {held}, got {position!r}",
                    held=held,
                    position=position,
                )
            self._put(session, position)

    def _mark(self, session: Session) -> Mark:
        """Return the checkpoint, once it is sure that the store still has that row."""
        row = session.follower(self.name)
        if row is None:
            return START
        if row.position and session.hash_at("record", row.position) != row.hash:
            raise StoreError(
                "{store} has no longer the row {position} that {follower!r} handled: it was "
                "put back to an earlier state. Look what it holds, and reset the follower",
                store=session.name,
                position=row.position,
                follower=self.name,
            )
        return Mark(row.position, row.hash)

    def _move(self, before: Mark, position: int) -> None:
        with self._session(write=True) as session:
            if self._mark(session) != before:
                raise StoreError(
                    "another process follows {store} as {follower!r} and has moved on from where "
                    "this one was: give each a name of its own",
                    store=session.name,
                    follower=self.name,
                )
            self._put(session, position)

    def _put(self, session: Session, position: int) -> None:
        hash = (session.hash_at("record", position) if position else None) or b""
        session.put_follower(FollowerRow(self.name, position, hash, stamp(session.now())))
