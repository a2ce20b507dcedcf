"""A stream as a table for spreadsheets: one row an event, out, in, and in again after edits."""

from diplorel.io.sheets.read_rows import from_csv
from diplorel.io.sheets.reconcile import update
from diplorel.io.sheets.sheet import Row, Table
from diplorel.io.sheets.write_rows import to_csv

__all__ = ["Row", "Table", "from_csv", "to_csv", "update"]
