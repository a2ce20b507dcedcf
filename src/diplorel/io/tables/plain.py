"""JSON: title, stamp, codebook and one object a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplorel.io.tables.codebook import as_json, codebook, plain

if TYPE_CHECKING:
    from diplorel.model.table import Table

_NOTES = {"days": "Days are texts such as 2025-03-12. A number without bounds is inf or -inf."}


def encode(table: Table) -> dict[str, bytes]:
    """Return the file of a table."""
    rows = [{name: plain(value) for name, value in row.items()} for row in table]
    return {".json": as_json({**codebook(table, "null", **_NOTES), "data": rows})}
