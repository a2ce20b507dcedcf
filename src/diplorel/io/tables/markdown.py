"""Markdown: the table for readers, its codebook and its stamp."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from diplorel.io.tables.codebook import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.model.table import Table

_SPECIAL = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "\\`*_[]|~#"},
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "\r": " ",
        "\n": "<br>",
    }
)


def encode(table: Table) -> dict[str, bytes]:
    """Return the file of a table."""
    titles = [column.title or column.name for column in table.columns]
    labels = [dict(zip(column.words, column.labels, strict=False)) for column in table.columns]
    rows = [
        [names.get(value, value) for names, value in zip(labels, row, strict=True)]
        for row in zip(*table.columns, strict=True)
    ]
    numbers = [column.kind in ("integer", "float") for column in table.columns]
    parts = [f"# {_cell(table.title)}\n"] if table.title else []
    parts.append(_grid(titles, rows, numbers))
    book = [
        (entry["column"], entry["kind"], entry["unit"], entry["title"], _meaning(entry))
        for entry in table.codebook()
    ]
    parts.append("## Columns\n\nAn empty cell is a missing value.\n")
    parts.append(_grid(["column", "kind", "unit", "title", "meaning"], book))
    if table.stamp:
        stamp = [
            (key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
            for key, value in table.stamp.items()
        ]
        parts.append("## How it was made\n")
        parts.append(_grid(["", "value"], stamp))
    return {".md": "\n".join(parts).encode()}


def _meaning(entry: dict[str, Any]) -> str:
    values = ", ".join(f"{id}: {label}" for id, label in entry["values"].items())
    return "; ".join(filter(None, (entry["note"], values)))


def _grid(
    heading: list[str], rows: Iterable[Iterable[Any]], numbers: Iterable[bool] | None = None
) -> str:
    rules = ["---:" if number else "---" for number in numbers or [False] * len(heading)]
    lines = [map(_cell, heading), rules, *(map(_cell, row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(plain(value)).translate(_SPECIAL)
