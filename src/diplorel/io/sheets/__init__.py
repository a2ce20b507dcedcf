"""A stream as a spreadsheet, one row for each event: export, import, and update after edits."""

from diplorel.io.sheets.read_rows import read_sheet
from diplorel.io.sheets.reconcile import update
from diplorel.io.sheets.sheet import Row, Sheet
from diplorel.io.sheets.write_rows import write_sheet

__all__ = ["Row", "Sheet", "read_sheet", "update", "write_sheet"]
