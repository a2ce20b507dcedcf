"""Columns that are written in runs of one value, as a panel of millions of rows needs them."""

from __future__ import annotations

from array import array
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from diplorel.model.column import Column, booleans, days, enum, integers, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from diplorel.model.column import Kind
    from diplorel.model.dates import PartialDate


_MAKERS: Final[Mapping[str, Callable[..., Column]]] = {
    "text": text,
    "integer": integers,
    "day": days,
    "boolean": booleans,
}


_BYTE: Final = "b"
_SHORT: Final = "h"
_MOST_BYTES: Final = 2**7
_MOST_SHORTS: Final = 2**15
"""How many codes from 0 fit: millions of rows take a third of the room with few texts or labels."""


class Runs:
    """A column under way. It takes a value and how many rows have it.

    Args:
        name: The name of the column.
        kind: Its kind: ``text``, ``integer``, ``day``, ``boolean`` or ``enum``.
        labels: Of an enum, the name of each id for readers, lowest first.
        **about: Its title, note and unit.

    >>> runs = Runs("party", "text")
    >>> runs.add("SGP", 2)
    >>> runs.add(None, 1)
    >>> list(runs.column())
    ['SGP', 'SGP', None]
    """

    __slots__ = ("_about", "_codes", "_data", "_kind", "_labels", "_name", "_stored")

    def __init__(
        self, name: str, kind: Kind, labels: Mapping[str, str] | None = None, **about: str
    ) -> None:
        self._name, self._about = name, about
        self._kind: Kind = kind
        self._labels = labels or {}
        self._codes: dict[str, int] = {id: place for place, id in enumerate(self._labels)}
        self._stored: dict[Any, array[Any]] = {}
        typecode = {"enum": _BYTE if len(self._labels) <= _MOST_BYTES else "i", "text": _SHORT}
        self._data: array[Any] = array(typecode.get(kind) or self._column([]).data.typecode)

    def _column(self, values: list[Any]) -> Column:
        """Return a column of values, made and looked at as any other."""
        if self._kind == "enum":
            return enum(self._name, values, self._labels, **self._about)
        return _MAKERS[self._kind](self._name, values, **self._about)

    def coded(self, value: Any) -> array[Any]:
        """Return a value as it is stored: an array of one.

        Raises:
            InvalidQueryError: It is not one of the column's kind.
        """
        key = (value.__class__, value)  # True is not 1
        found = self._stored.get(key)
        if found is None:
            code = self._code(value)  # which can widen the data
            found = self._stored[key] = array(self._data.typecode, [code])
        return found

    def _code(self, value: Any) -> Any:
        kind = type(value)
        if kind is date and self._kind == "day":  # the two that a panel has most often
            return value.toordinal()
        if kind is not str or self._kind != "text":
            column = self._column([value])
            if self._kind != "text" or value is None:
                return column.data[0]
            value = column.words[0]  # a text of another class leaves as its plain text
        code = self._codes.setdefault(value, len(self._codes))
        if code >= _MOST_SHORTS and self._data.typecode == _SHORT:
            self._widen()
        return code

    def _widen(self) -> None:
        """Store codes in four bytes from here on: there are more texts than two can number."""
        self._data = array("i", self._data)
        self._stored = {key: array("i", one) for key, one in self._stored.items()}

    def add(self, value: Any, count: int) -> None:
        """Add a value for so many rows."""
        coded = self.coded(value)  # which can widen the data
        self._data += coded * count

    def add_coded(self, coded: array[Any], count: int) -> None:
        """Add a value, as `coded` returns it, for so many rows."""
        if coded.typecode != self._data.typecode:
            coded = array(self._data.typecode, coded)  # it was coded before the data were widened
        self._data += coded * count

    def extend(self, stored: array[int]) -> None:
        """Add values as a column stores them: integers, or the ordinals of days."""
        self._data += stored  # a copy, without an object for each

    def column(self) -> Column:
        """Return the column."""
        words, labels = tuple(self._codes), tuple(self._labels.values())
        return Column(self._name, self._kind, self._data, words, labels, **self._about)


def date_runs(name: str, **about: str) -> tuple[Runs, Runs, Runs]:
    """Return three columns under way: a date as given, and its first and last possible day.

    They are those of `diplorel.model.column.dates`.

    Args:
        name: The name of the first column.
        **about: Its title, note and unit.
    """
    title = about.get("title") or name
    return (
        Runs(name, "text", None, **about),
        Runs(f"{name}_earliest", "day", note=f"the first possible day: {title}"),
        Runs(f"{name}_latest", "day", note=f"the last possible day: {title}"),
    )


def date_values(value: PartialDate | None) -> tuple[str | None, date | None, date | None]:
    """Return the values of a date in the columns of `date_runs`."""
    if value is None:
        return None, None, None
    return (
        value.text,
        date.fromordinal(value.lo) if value.lo > date.min.toordinal() else None,
        date.fromordinal(value.hi) if value.hi < date.max.toordinal() else None,
    )
