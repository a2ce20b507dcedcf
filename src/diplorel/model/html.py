"""A table as HTML, as a notebook shows an answer: no script, no style from elsewhere.

Tables import this module, so it knows them by what they have, not by their class.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from diplorel.model.stamps import line_of
from diplorel.model.text import HIDDEN

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from diplorel.model.column import Column
    from diplorel.model.dates import Language

ROWS: Final = 50
"""How many rows are shown at most."""
_LONGEST: Final = 200
"""How many characters of a text are shown."""
_WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "yes": "yes",
        "no": "no",
        "more": "{more} more rows, of {all}",
        "one": "1 more row",
        "thousands": ",",
    },
    "vi": {
        "yes": "có",
        "no": "không",
        "more": "còn {more} dòng, trên {all}",
        "one": "còn 1 dòng",
        "thousands": ".",
    },
}
_RIGHT: Final = ' style="text-align: right"'
_LEFT: Final = ' style="text-align: left"'
_NUMBERS: Final = frozenset({"integer", "float"})


def html_of(table: Any, lang: Language = "en", rows: int | None = None) -> str:
    """Return a table as HTML: its title and stamp as the caption, and its first 50 rows.

    Everything is escaped, and characters that nobody would see are written out: texts of a stream
    are written by anybody. A missing value is a dash in italics.

    Args:
        table: The table, or its first rows.
        lang: The language of the words around the values: ``en`` or ``vi``.
        rows: How many rows there are, where *table* holds the first ones only.

    >>> from diplorel.model.column import text
    >>> from diplorel.model.table import Table
    >>> "&lt;b&gt;" in html_of(Table([text("note", ["<b>"])]))
    True
    """
    words = _WORDS[lang]
    count = len(table) if rows is None else rows
    shown = min(ROWS, len(table))
    lines = ["<table>", *_caption(table), "<thead>", f"<tr>{_heads(table)}</tr>", "</thead>"]
    lines += ["<tbody>", *_rows(table, shown, words), "</tbody>"]
    if count > shown:
        said = words["one" if count - shown == 1 else "more"]
        more, all_ = (f"{one:,}".replace(",", words["thousands"]) for one in (count - shown, count))
        said = said.format(more=more, all=all_)
        width = f' colspan="{len(table.columns)}"'
        lines += ["<tfoot>", f"<tr><td{width}{_LEFT}>… {said}</td></tr>", "</tfoot>"]
    return "\n".join([*lines, "</table>"])


def _caption(table: Any) -> Iterator[str]:
    title, stamp = _safe(table.title), _safe(line_of(table.stamp))
    caption = "<br>".join(
        filter(None, (title and f"<b>{title}</b>", stamp and f"<small>{stamp}</small>"))
    )
    if caption:
        yield f"<caption{_LEFT}>{caption}</caption>"


def _heads(table: Any) -> str:
    return "".join(
        f'<th scope="col"{_side(column)}{_hint(column)}>{_safe(column.name)}</th>'
        for column in table.columns
    )


def _hint(column: Column) -> str:
    hint = ": ".join(filter(None, (column.title, column.note, column.unit)))
    return f' title="{_safe(hint)}"' if hint else ""


def _side(column: Column) -> str:
    return _RIGHT if column.kind in _NUMBERS else _LEFT


def _rows(table: Any, shown: int, words: dict[str, str]) -> Iterator[str]:
    sides = [_side(column) for column in table.columns]
    cells = [list(_cells(column.take(range(shown)), words)) for column in table.columns]
    for row in zip(*cells, strict=True):
        yield (
            "<tr>"
            + "".join(f"<td{side}>{cell}</td>" for side, cell in zip(sides, row, strict=True))
            + "</tr>"
        )


def _cells(column: Column, words: dict[str, str]) -> Iterator[str]:
    names = dict(zip(column.words, column.labels, strict=True)) if column.labels else {}
    for value in column:
        # a missing value is not the text "-": it is in italics
        yield "<i>-</i>" if value is None else _safe(_text(names.get(value, value), words))


def _text(value: Any, words: dict[str, str]) -> str:
    if isinstance(value, bool):
        return words["yes" if value else "no"]
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _safe(text: str) -> str:
    return escape(HIDDEN.sub(_visible, text), quote=True)


def _visible(found: re.Match[str]) -> str:
    char = found[0]
    return char if char in "\t\n" else f"\\u{ord(char):04x}"
