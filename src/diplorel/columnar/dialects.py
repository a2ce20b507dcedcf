"""What engines write differently: few things, each a function from SQL to SQL.

The statements of this room are the same for every engine but for these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


@attrs.frozen
class Dialect:
    """What an engine writes in its own way.

    Attributes:
        name: The name of the engine.
        date: A day of the calendar, from SQL that gives an ordinal.
        text: The type of a text of any length.
    """

    name: str
    date: Callable[[str], str]
    text: str = "VARCHAR"


def duckdb_files(files: Iterable[Path | str]) -> str:
    """Return what reads Parquet files in DuckDB, as the source of a query."""
    quoted = ", ".join("'{}'".format(str(file).replace("'", "''")) for file in files)
    return f"read_parquet([{quoted}])"


def _plus_days(ordinal: str) -> str:
    return f"(DATE '0001-01-01' + CAST({ordinal} - 1 AS INTEGER))"


DUCKDB: Final = Dialect("duckdb", date=_plus_days)
SPARK: Final = Dialect("spark", date=_plus_days, text="STRING")
POSTGRES: Final = Dialect("postgres", date=_plus_days, text="TEXT")
