"""How much a reader takes. What is larger is refused with one clear problem (docs: limits)."""

from __future__ import annotations

from typing import Final

SHEET_BYTES: Final = 1 << 26
"""How large a table may be, in bytes."""
SHEET_ROWS: Final = 1_048_576
"""How many rows a table may have: as many as Excel's."""
SHEET_COLUMNS: Final = 256
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
