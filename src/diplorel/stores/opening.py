"""`open`: from an address to a store."""

from __future__ import annotations

from os import fspath
from typing import TYPE_CHECKING

from diplorel.errors import InvalidQueryError
from diplorel.stores.address import backend_of
from diplorel.stores.secret import Secret

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from diplorel.model.events import Event
    from diplorel.stores.store import Store


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


def _text(url: object) -> str:
    try:
        text = fspath(url)  # type: ignore[call-overload]
    except TypeError:
        text = None
    if not isinstance(text, str):
        raise InvalidQueryError(
            "expected the address of a store as text, got {kind}", kind=type(url).__name__
        )
    return text
