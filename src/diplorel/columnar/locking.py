"""One writer at a time: a lock on a table that ends with the process that holds it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from diplorel.errors import InvalidQueryError

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK: Final = ".lock"
"""The file that a writer locks. It stays, and means nothing when nobody holds it."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other writers off a table until the block ends, or the process does.

    Raises:
        InvalidQueryError: Another writer is at work.
    """
    with (folder / LOCK).open("ab") as file:
        try:
            _take(file.fileno())
        except OSError:
            raise InvalidQueryError(
                "another writer is at work on {folder}. Try again when it is done", folder=folder
            ) from None
        yield


__all__ = ["LOCK", "locked"]
