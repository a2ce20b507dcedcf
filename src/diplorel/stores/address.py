"""What a store's address means: a path, or one of three kinds of URL, and nothing else."""

from __future__ import annotations

import re
from os import fsencode
from typing import TYPE_CHECKING, Any, Final

from diplorel._message import Message
from diplorel.errors import InvalidQueryError, StoreError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from diplorel.stores.backend import Backend, Session
    from diplorel.stores.secret import Secret

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_FORMS: Final = Message(
    "expected a path such as 'relations.db', 'sqlite:///relations.db', 'memory:' or "
    "'postgresql://user@host/database'"
)


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
        from diplorel.stores.memory import MemoryBackend  # noqa: PLC0415  only what is used

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
        raise InvalidQueryError("{kind!r} is no kind of store: {forms}", kind=kind, forms=_FORMS)
    text = where.reveal()
    if text == "memory:":
        return "memory", ""
    if kind == "sqlite" and text.startswith("sqlite:///") and not {"?", "#"} & set(text):
        text = text.removeprefix("sqlite:///")
    elif kind != "path":
        raise InvalidQueryError("{text!r}: {forms}, and no options", text=text, forms=_FORMS)
    if not text or text.startswith(":") or not _names_a_file(text):
        raise InvalidQueryError("{text!r} is no path: {forms}", text=text, forms=_FORMS)
    return "path", text


def _names_a_file(text: str) -> bool:
    try:
        return b"\0" not in fsencode(text)
    except UnicodeEncodeError:
        return False


def _kind(where: Secret) -> str:
    scheme = _SCHEME.match(where.reveal())
    return scheme[1].lower() if scheme else "path"
