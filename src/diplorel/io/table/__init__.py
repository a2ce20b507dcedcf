"""A stream as a table for spreadsheets: one row an event, out, in, and in again after edits."""

from diplorel.io.table.reading import from_csv
from diplorel.io.table.rows import Row, Table
from diplorel.io.table.updating import update
from diplorel.io.table.writing import to_csv

__all__ = ["Row", "Table", "from_csv", "to_csv", "update"]
