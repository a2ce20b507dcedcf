"""Tables of others, read by what they offer: lists of dicts, pandas, Polars, Arrow, our own.

None of these libraries is imported: a frame has names of columns, and a column gives a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel._message import NONE, Message, listing, suggestion
from diplorel.errors import InvalidQueryError, nearest
from diplorel.model.column import Column
from diplorel.model.table import Table
from diplorel.model.tabular import Tabular

if TYPE_CHECKING:
    from collections.abc import Iterable

_LISTS: Final = ("to_pylist", "to_list", "tolist")
"""What a column of Arrow, of pandas or Polars, and of NumPy calls the list of its values."""
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d*)?", re.ASCII)


@attrs.frozen(eq=False)
class Frame:
    """A table of others.

    Attributes:
        names: The names of its columns.
    """

    names: tuple[str, ...]
    _columns: Any
    _keys: Mapping[str, Any]

    def column(self, argument: str, name: object) -> list[Any]:
        """Return the values of a column, None where one is missing.

        Args:
            argument: The argument of the question that names the column, for the message.
            name: Its name.

        Raises:
            InvalidQueryError: There is no such column, or several have the name.
        """
        if name not in self.names:
            hint = suggestion(nearest(str(name), self.names)) or Message(
                " A key in the index of a pandas frame becomes a column by reset_index()."
            )
            raise InvalidQueryError(
                "{argument}: your table has no column {name!r}, only {known}.{hint}",
                argument=argument,
                name=name,
                known=listing(self.names, 20) or NONE,
                hint=hint,
            )
        if self.names.count(str(name)) > 1:
            raise InvalidQueryError(
                "{argument}: your table has several columns named {name!r}: rename all but one",
                argument=argument,
                name=name,
            )
        given = self._columns[self._keys[str(name)]]
        if isinstance(given, list | Column):
            return _all_plain([*given])
        as_list = next((getattr(given, one) for one in _LISTS if hasattr(given, one)), None)
        if as_list is None:
            raise InvalidQueryError(
                "{argument}: the columns of {kind} give no lists: give a frame of pandas, "
                "Polars or Arrow, or a list of dicts",
                argument="frame",
                kind=type(self._columns).__name__,
            )
        return _all_plain(as_list())


def read_frame(given: Any) -> Frame:
    """Return a table of others: dicts by row, a mapping of columns, or a frame of any library.

    Raises:
        InvalidQueryError: It is not one of these.
    """
    if hasattr(given, "collect") and hasattr(given, "sink_parquet"):
        raise InvalidQueryError(
            "{argument}: a lazy Polars frame has no rows yet: give frame.collect()",
            argument="frame",
        )
    if isinstance(given, Tabular):
        given = given.table()
    if isinstance(given, Table):
        return _frame(given.names, given)
    if isinstance(given, Mapping):
        columns = {name: [*values] for name, values in given.items()}
        if len({len(values) for values in columns.values()}) > 1:
            said = listing([f"{name} {len(values)}" for name, values in columns.items()])
            raise InvalidQueryError(
                "{argument}: the columns are of different lengths: {said}",
                argument="frame",
                said=said,
            )
        return _frame(columns, columns)
    for attribute in ("column_names", "columns"):  # Arrow; pandas and Polars
        names = getattr(given, attribute, None)
        if names is not None and not isinstance(given, type):
            return _frame(names, given)
    return _of_rows(given)


def _frame(names: Iterable[Any], columns: Any) -> Frame:
    kept = [*names]
    return Frame(tuple(map(str, kept)), columns, {str(name): name for name in kept})


def _of_rows(given: Any) -> Frame:
    rows = [*given] if isinstance(given, Sequence) and not isinstance(given, str | bytes) else None
    if rows is None or not all(isinstance(row, Mapping) for row in rows):
        raise InvalidQueryError(
            "{argument}: expected a table: a list of dicts, or a frame of pandas, Polars "
            "or Arrow, got {kind}",
            argument="frame",
            kind=type(given).__name__,
        )
    names = [*dict.fromkeys(name for row in rows for name in row)]
    return _frame(names, {name: [row.get(name) for row in rows] for name in names})


# --- values --------------------------------------------------------------------------------------


def _all_plain(values: list[Any]) -> list[Any]:
    """Return values in one form; each that occurs is looked at once, since few do."""
    try:
        known = {value: plain(value) for value in {*values}}
        return [known[value] for value in values]
    except TypeError:  # a list or a dict, which no set can hold
        return [plain(value) for value in values]


def plain(value: Any) -> Any:
    """Return a value in a common form, so that values of different libraries can be compared.

    Numbers are whole where they can be, also those that are given as text; a day is its text; an
    empty text, NaN, NaT and `pandas.NA` are missing.

    >>> [plain(value) for value in (816.0, " 816", "0.5", float("nan"), "", True, date(1990, 1, 2))]
    [816, 816, 0.5, None, None, 1, '1990-01-02']
    """
    if value is None:
        return None
    if isinstance(value, str):
        text = str(value.value if isinstance(value, Enum) else value).strip()
        return _number(Decimal(text)) if _NUMBER.fullmatch(text) else text or None
    try:
        if bool(value != value):  # noqa: PLR0124  NaN and NaT do not equal themselves
            return None
    except (TypeError, ValueError):  # whether pandas.NA equals anything cannot be said
        return None
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item"):
        return plain(value.item())  # a number of NumPy
    if isinstance(value, int | float | Decimal):
        return _number(value)
    return str(value)


def _number(value: float | Decimal) -> int | float:
    return int(value) if isfinite(value) and value == int(value) else float(value)
