"""CSV, in UTF-8: texts in quotation marks, missing values without, formulas defused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.io.tables.codebook import as_json, codebook, plain

if TYPE_CHECKING:
    from diplorel.model.table import Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a text begins that a spreadsheet computes."""
_NOTES = {
    "quotation": 'Every text is in quotation marks: "" is an empty text, and nothing is missing. '
    'Read "NA" as a text: pandas needs keep_default_na=False and na_values=[""].',
    "apostrophe": "A text that a spreadsheet would compute has an apostrophe before it; so has a "
    "text that begins with apostrophes before such a text. Take one away.",
}


def encode(table: Table) -> dict[str, bytes]:
    """Return the files of a table: the codebook, and the CSV."""
    lines = [",".join(_text(name) for name in table.names)]
    columns = [_cells(column.kind in ("text", "enum"), column) for column in table.columns]
    lines += map(",".join, zip(*columns, strict=True))
    about = codebook(table, "an empty cell without quotation marks", **_NOTES)
    return {".codebook.json": as_json(about), ".csv": ("\n".join(lines) + "\n").encode()}


def _cells(quoted: bool, values: Any) -> list[str]:
    if quoted:
        return ["" if value is None else _text(defused(value)) for value in values]
    return ["" if value is None else _bare(value) for value in values]


def _bare(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(plain(value))


def _text(value: str) -> str:
    doubled = value.replace('"', '""')
    return f'"{doubled}"'


def defused(value: str) -> str:
    """Return a text with an apostrophe before what a spreadsheet would compute.

    >>> defused("=1+2"), defused("'=x"), defused("Hanoi")
    ("'=1+2", "''=x", 'Hanoi')
    """
    return f"'{value}" if value.lstrip("'").startswith(_FORMULA) else value


def restored(value: str) -> str:
    """Return the text that `defused` was given.

    >>> restored("'=1+2"), restored("'s-Hertogenbosch")
    ('=1+2', "'s-Hertogenbosch")
    """
    return value[1:] if value[:1] == "'" and defused(value) != value else value
