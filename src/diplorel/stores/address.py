"""What a store's address means: a path, or one of three kinds of URL, and nothing else."""

from __future__ import annotations

import re
from os import fsencode, fspath
from typing import TYPE_CHECKING, Any

from diplorel.errors import InvalidQueryError, StoreError
from diplorel.stores.secret import Secret

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from diplorel.model.events import Event
    from diplorel.stores.backend import Backend, Session
    from diplorel.stores.store import Store

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_FORMS = (
    "expected a path such as 'relations.db', 'sqlite:///relations.db', 'memory:' or "
    "'postgresql://user@host/database'"
)


def open(
    url: str | os.PathLike[str],
    *,
    types: Iterable[type[Event]] = (),
    create: bool = True,
    schema: str = "diplorel",
    durable: bool = True,
) -> Store:
    """Open a store: a log that lives longer than a process.

    Args:
        url: Where it is. A path or ``sqlite:///path`` is a file, ``postgresql://…`` a database for
            a team (extra ``postgres``), ``memory:`` is gone when it is closed. A path is taken as
            it is: no variables, no ``~``, no escapes and no options in it.
        types: Event classes of tracks of your own, beside the standard ones.
        create: Whether to make the store where there is none.
        schema: In PostgreSQL, the schema that holds its tables.
        durable: In SQLite, whether to sync every commit to the disk. Without, a power cut can lose
            the last appends (never tear them), and single appends are quicker.

    Returns:
        The store; use it as a context manager, or close it.

    Raises:
        InvalidQueryError: The address is none of these.
        StoreError: There is no store there, or something that is not ours, or it is newer, damaged
            or read-only. It was not changed.

    >>> from diplorel import events as ev
    >>> with open("memory:") as store:
    ...     done = store.append(
    ...         [ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])]
    ...     )
    ...     done.head.position, store.replay()["VNM", "SGP"].ties.status.value
    (1, 'established')
    """
    from diplorel.stores.log_store import LogStore  # noqa: PLC0415  who only replays pays nothing

    where = Secret(_text(url))
    del url  # it can hold a password, which a traceback with locals must not show
    return LogStore(backend_of(where, create=create, schema=schema, durable=durable), types)


def backend_of(
    where: Secret, *, create: bool = True, schema: str = "diplorel", durable: bool = True
) -> Backend:
    """Return what an address leads to.

    Raises:
        InvalidQueryError: It is no address of a store.
    """
    kind, text = _understood(where)
    if kind == "postgresql":
        module = _postgres()
        backend: Backend = module.opened(module.address_of(where), schema=schema, create=create)
        return backend
    if kind == "memory":
        from diplorel.stores.memory import MemoryBackend  # noqa: PLC0415  likewise

        return MemoryBackend()
    from diplorel.stores.sqlite import SqliteBackend  # noqa: PLC0415  likewise

    return SqliteBackend(text, create=create, durable=durable)


def making(where: Secret, *, schema: str = "diplorel") -> AbstractContextManager[Session]:
    """Give a session to fill a store in that is new or empty; all of it is kept, or nothing.

    Raises:
        InvalidQueryError: It is no address of a store that lasts.
    """
    kind, text = _understood(where)
    if kind == "postgresql":
        module = _postgres()
        session: AbstractContextManager[Session] = module.making(
            module.address_of(where), schema=schema
        )
        return session
    if kind == "memory":
        raise InvalidQueryError("a copy in memory would be gone at once: name a file")
    from diplorel.stores import sqlite  # noqa: PLC0415  likewise

    return sqlite.making(text)


def _postgres() -> Any:
    try:
        import diplorel.stores.postgres as postgres  # noqa: PLC0415, PLR0402  an extra
    except ImportError:
        raise StoreError(
            "a store in PostgreSQL needs the extra: pip install 'diplorel[postgres]'"
        ) from None
    return postgres


def _understood(where: Secret) -> tuple[str, str]:
    """Return what kind of store an address names and, of a file, its path."""
    kind = _kind(where)
    if kind in ("postgresql", "postgres"):
        return "postgresql", ""
    if kind not in ("memory", "sqlite", "path"):
        raise InvalidQueryError(f"{kind!r} is no kind of store: {_FORMS}")
    text = where.reveal()
    if text == "memory:":
        return "memory", ""
    if kind == "sqlite" and text.startswith("sqlite:///") and not {"?", "#"} & set(text):
        text = text.removeprefix("sqlite:///")
    elif kind != "path":
        raise InvalidQueryError(f"{text!r}: {_FORMS}, and no options")
    if not text or text.startswith(":") or not _names_a_file(text):
        raise InvalidQueryError(f"{text!r} is no path: {_FORMS}")
    return "path", text


def _names_a_file(text: str) -> bool:
    try:
        return b"\0" not in fsencode(text)
    except UnicodeEncodeError:
        return False


def _kind(where: Secret) -> str:
    scheme = _SCHEME.match(where.reveal())
    return scheme[1].lower() if scheme else "path"


def _text(url: object) -> str:
    try:
        text = fspath(url)  # type: ignore[call-overload]
    except TypeError:
        text = None
    if not isinstance(text, str):
        raise InvalidQueryError(
            f"expected the address of a store as text, got {type(url).__name__}"
        )
    return text
