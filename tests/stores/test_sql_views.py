"""The views by which everyone can read a store say what its records say, and no more."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "sql-views.md"
SQL_KINDS = ("sqlite", "postgres")


class Reader:
    """Reads a store as a program would that knows nothing of the library."""

    def __init__(self, connection: Any, schema: str) -> None:
        self._connection, self._schema = connection, schema

    def rows(self, view: str, order: str = "1, 2, 3") -> list[dict[str, Any]]:
        return self.query(f"SELECT * FROM {self._schema}{view} ORDER BY {order}")

    def query(self, sql: str) -> list[dict[str, Any]]:
        cursor = self._connection.execute(sql)
        names = [one[0] for one in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def reading(place: Any) -> Iterator[Reader]:
    """Connect to the database of a store by itself."""
    url = place.url
    if url.startswith("postgresql"):
        with psycopg.connect(url) as connection:
            yield Reader(connection, f'"{place.schema}".')
    else:
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        try:
            yield Reader(connection, "")
        finally:
            connection.close()
