"""How much a reader takes: what is larger is refused with one problem, ``DR113``, sound or not.

A stream is what anybody may have written. Each limit is far above what people and programs write,
and low enough for a reader to end within some seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diplorel.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENTS_BYTES: Final = 1 << 30
"""How large ``events.jsonl`` may be, in bytes: about two million events."""
LINE_BYTES: Final = 1 << 20
"""How long a line of it may be, in bytes: an event is a few hundred."""
LONG_LINE: Final = 1 << 14
"""How long a line has to be, in bytes, to be looked at for too many keys or items."""
TOML_BYTES: Final = 1 << 24
"""How large a TOML file may be, in bytes: some 50,000 sources in plain lines."""
TOML_PARSED_BYTES: Final = 1 << 21
"""How large a TOML file may be that is not in plain lines, in bytes: it takes ten times as long."""
KEY_PARTS: Final = 16
"""How many parts a dotted key of TOML may have."""
DEPTH: Final = 32
"""How deep lists and tables may be within one another."""
KEYS: Final = 256
"""How many keys one table or object may have."""
ITEMS: Final = 10_000
"""How many items a list within an entry or an event may have."""
PROBLEMS: Final = 2_000
"""How many problems of one file are listed. The rest is not looked at; a last problem says so."""
MESSAGE_CHARACTERS: Final = 500
"""How much of a message is shown: it can quote what was found."""
SHEET_BYTES: Final = 1 << 26
"""How large a table may be, in bytes."""
SHEET_ROWS: Final = 1_048_576
"""How many rows a table may have: as many as Excel's."""
SHEET_COLUMNS: Final = 256
"""How many columns a table may have."""
CELL_CHARACTERS: Final = 32_767
"""How long a cell may be, in characters: as long as Excel's."""
BOOK_PARTS: Final = 4096
"""How many files a workbook may be packed of."""
BOOK_BYTES: Final = 1 << 27
"""How large what a workbook is packed of may be in all, in bytes."""
BOOK_RATIO: Final = 250
"""How many times larger than packed a large part of a workbook may be."""
BOOK_CELLS: Final = 1 << 22
"""How many cells lie between the first and the last of a sheet, at most."""
BOOK_SHEETS: Final = 256
"""How many sheets a workbook may have."""


def oversize(value: Any) -> str:
    """Return what of the plain data of an entry or an event is larger than is taken, or nothing."""
    return next(_oversizes(value), "")


def _oversizes(value: Any) -> Iterator[str]:
    """Walk a value level by level, so that no depth is too deep."""
    level = [value]
    for _ in range(DEPTH + 1):
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                if len(one) > KEYS:
                    yield f"{len(one):,} keys in one table, expected at most {KEYS}"
                below += one.values()
            elif isinstance(one, list):
                if len(one) > ITEMS:
                    yield f"{len(one):,} items in one list, expected at most {ITEMS:,}"
                below += one
        level = [one for one in below if isinstance(one, (dict, list))]
        if not level:
            return
    yield f"lists or tables within one another, more than {DEPTH} deep"


def too_many(path: str, line: int | None = None) -> Problem:
    """Return the problem that ends a file with more problems than are listed."""
    return Problem(
        code="DR113",
        path=path,
        line=line,
        message=f"there are more than {PROBLEMS:,} problems; what follows was not looked at",
        hint="Mend these, and read the file again",
    )


def shown(text: str) -> str:
    """Return a message as it is shown: of a long one, the beginning."""
    return text if len(text) <= MESSAGE_CHARACTERS else f"{text[:MESSAGE_CHARACTERS]}…"
