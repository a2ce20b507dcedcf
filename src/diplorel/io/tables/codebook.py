"""The codebook of a table, and how each form writes a missing value."""

from __future__ import annotations

import json
from math import isinf
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from diplorel.model.table import Table


def codebook(table: Table, missing: str, **more: str) -> dict[str, Any]:
    """Return title, stamp, columns and missing-value code of a table, as plain data.

    Args:
        table: The table.
        missing: How the form writes a missing value, in words.
        **more: What else a reader of the form needs, by a key.
    """
    said = table.about()
    rows = {"rows": len(table), "missing_value": missing, **more}
    return {"title": said["title"], "stamp": said["stamp"], **rows, "columns": said["codebook"]}


def as_json(data: object) -> bytes:
    """Return plain data as JSON for readers, in UTF-8."""
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def number(value: float) -> str:
    """Return a number as text that is read as the same number.

    >>> number(0.1), number(float("inf"))
    ('0.1', 'inf')
    """
    return repr(value)


def plain(value: Any) -> Any:
    """Return a value as JSON holds it: a day as text, and a number without bounds as ``inf``."""
    if isinstance(value, float):
        return number(value) if isinf(value) else value
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat else value


def day(value: date) -> str:
    """Return a day as text."""
    return value.isoformat()
