"""Workbooks: xlsx, xls and ods, read with python-calamine (extra ``excel``).

What calamine gives are values. What a reader of the sheet sees besides is found in the file itself:
formulas, errors, formats that hide a part of a day, merged cells, hidden rows. Nothing is taken for
what it does not say; what may not be meant is reported with its cell.
"""

from diplorel.io.sheets.books.choose import read_book

__all__ = ["read_book"]
