"""Typed columns of a table, on `array` and dictionary codes, without any dependency.

A missing value is not an empty text, a zero or a first of January: every kind of column can hold
it, and every form of output keeps it apart.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import compress
from math import isnan
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias

import attrs

from diplorel._message import Message
from diplorel.errors import InvalidQueryError

if TYPE_CHECKING:
    from diplorel.model.dates import PartialDate

Kind: TypeAlias = Literal["text", "integer", "float", "day", "boolean", "enum"]
"""What the values of a column are."""

_MISSING: Final = -1
"""The code of a missing text, label or truth value."""
_NO_DAY: Final = 0
"""The ordinal of a missing day: `datetime.date.toordinal` counts from 1."""
_SMALLEST: Final = -(2**63)
"""The integer that stands for a missing one in the array; it is not a valid value itself."""
_LARGEST: Final = 2**63 - 1


@attrs.frozen(repr=False)
class Column:
    """One column of a `Table`: a sequence of values of one kind, None where one is missing.

    Make it with `text`, `integers`, `floats`, `days`, `booleans` or `enum`.

    Attributes:
        name: Its name, such as ``party_a``.
        kind: ``text``, ``integer``, ``float``, ``day``, ``boolean`` or ``enum``.
        data: The values as stored: codes into `words` for texts and enums, ordinals for days,
            numbers for the others.
        words: The texts that occur, in the order of first use; of an enum, its ids, lowest first.
        labels: The names of an enum's ids for readers, in the same order; empty for other kinds.
        title: A short title for readers; may be empty.
        note: What the values mean, and what a missing value means; may be empty.
        unit: The unit of the values, such as ``USD bn``; may be empty.

    >>> column = integers("visits", [3, None, 0], unit="visits")
    >>> column[1] is None, list(column), column.unit
    (True, [3, None, 0], 'visits')
    """

    name: str
    kind: Kind
    data: array[Any]
    words: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    title: str = attrs.field(default="", kw_only=True)
    note: str = attrs.field(default="", kw_only=True)
    unit: str = attrs.field(default="", kw_only=True)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # an array can be changed

    def __repr__(self) -> str:
        return f"<Column {self.name}: {len(self)} values, {self.kind}>"

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, index: int) -> Any:
        return next(self._values(array(self.data.typecode, [self.data[index]])))

    def __iter__(self) -> Iterator[Any]:
        return self._values(self.data)

    def _values(self, data: array[Any]) -> Iterator[Any]:
        if self.kind in ("text", "enum"):
            words = (*self.words, None)  # the code of a missing value is -1, the last one
            return (words[code] for code in data)
        if self.kind == "day":
            return (date.fromordinal(day) if day else None for day in data)
        if self.kind == "boolean":
            return ((False, True, None)[code] for code in data)
        if self.kind == "integer":
            return (None if number == _SMALLEST else number for number in data)
        return (None if isnan(number) else number for number in data)

    @property
    def gap(self) -> int:
        """What is stored for a missing value; a float that is missing is not a number."""
        return {"day": _NO_DAY, "integer": _SMALLEST}.get(self.kind, _MISSING)

    @property
    def present(self) -> list[bool]:
        """Whether each value is present, in the order of the rows."""
        if self.kind == "float":
            return [not isnan(number) for number in self.data]
        gap = self.gap
        return [stored != gap for stored in self.data]

    @property
    def missing(self) -> int:
        """How many values are missing."""
        if self.kind == "float":
            return len(self) - sum(self.present)
        return self.data.count(self.gap)

    def renamed(self, name: str) -> Column:
        """Return the same column under another name."""
        return attrs.evolve(self, name=name)

    def take(self, rows: Iterable[int]) -> Column:
        """Return the column of some rows, by their numbers, in the order given."""
        kept = array(self.data.typecode, (self.data[row] for row in rows))
        if self.kind != "text":
            return attrs.evolve(self, data=kept)
        codes, words = _coded(self._values(kept))
        return attrs.evolve(self, data=codes, words=words)


def _eq_column(column: Column) -> tuple[Any, ...]:
    # NaN stores a missing float, and does not equal itself
    data: Any = list(column) if column.kind == "float" else column.data
    said = (column.labels, column.title, column.note, column.unit)
    return (column.name, column.kind, data, column.words, said)


def same_columns(one: Sequence[Column], other: Sequence[Column]) -> bool:
    """Say whether two lists of columns hold the same values under the same descriptions."""
    return [_eq_column(column) for column in one] == [_eq_column(column) for column in other]


def _coded(values: Iterable[Any], name: str = "") -> tuple[array[int], tuple[str, ...]]:
    codes: dict[str, int] = {}
    data = array("i")
    for value in values:
        if value is None:
            data.append(_MISSING)
            continue
        if not isinstance(value, str):
            raise _wrong(name, Message("a text"), value)
        if isinstance(value, Enum):
            value = value.value  # noqa: PLW2901  a str enum leaves as its plain text
        data.append(codes.setdefault(value, len(codes)))
    return data, tuple(codes)


def _wrong(name: str, expected: Message | str, got: object) -> InvalidQueryError:
    return InvalidQueryError(
        "column {name!r}: expected {expected} or None, got {got!r}",
        name=name,
        expected=expected,
        got=got,
    )


def text(name: str, values: Iterable[str | None], **about: str) -> Column:
    """Return a column of texts; an empty text is not a missing one.

    >>> list(text("code", ["NA", "", None]))
    ['NA', '', None]
    """
    data, words = _coded(values, name)
    return Column(name, "text", data, words, (), **about)


def integers(name: str, values: Iterable[int | None], **about: str) -> Column:
    """Return a column of integers of 64 bits.

    Raises:
        InvalidQueryError: A value is not an integer, or too large.
    """
    data = array("q")
    for value in values:
        if value is None:
            data.append(_SMALLEST)
        elif isinstance(value, bool) or not isinstance(value, int):
            raise _wrong(name, Message("an integer"), value)
        elif not _SMALLEST < value <= _LARGEST:
            raise _wrong(name, Message("an integer of 64 bits"), value)
        else:
            data.append(value)
    return Column(name, "integer", data, (), (), **about)


def floats(name: str, values: Iterable[float | Decimal | None], **about: str) -> Column:
    """Return a column of floats; a value that is not a number is missing.

    Where digits matter, hand on the text as printed in a column of its own: see `figures`.
    """
    data = array("d")
    for value in values:
        if isinstance(value, bool) or not isinstance(value, float | int | Decimal | None):
            raise _wrong(name, Message("a number"), value)
        data.append(float("nan") if value is None else float(value))
    return Column(name, "float", data, (), (), **about)


def figures(name: str, values: Iterable[Decimal | None], **about: str) -> tuple[Column, Column]:
    """Return two columns: the numbers as floats, and as printed, where ``1.50`` is not ``1.5``.

    >>> [list(column) for column in figures("amount", [Decimal("1.50"), None])]
    [[1.5, None], ['1.50', None]]
    """
    kept = list(values)
    printed = (None if value is None else str(value) for value in kept)
    said = {**about, "note": f"{name} as printed by the source: every digit counts"}
    return floats(name, kept, **about), text(f"{name}_text", printed, **said)


def days(name: str, values: Iterable[date | None], **about: str) -> Column:
    """Return a column of days.

    Raises:
        InvalidQueryError: A value is not a day; a moment is not one.
    """
    data = array("i")
    for value in values:
        if value is None:
            data.append(_NO_DAY)
        elif isinstance(value, datetime) or not isinstance(value, date):
            raise _wrong(name, Message("a day"), value)
        else:
            data.append(value.toordinal())
    return Column(name, "day", data, (), (), **about)


def booleans(name: str, values: Iterable[bool | None], **about: str) -> Column:
    """Return a column of truth values, which can be missing."""
    data = array("b")
    for value in values:
        if value is not None and not isinstance(value, bool):
            raise _wrong(name, "True, False", value)
        data.append(_MISSING if value is None else value)
    return Column(name, "boolean", data, (), (), **about)


def enum(
    name: str, values: Iterable[str | None], labels: Mapping[str, str], **about: str
) -> Column:
    """Return a column of ids of a closed list, which has an order.

    Args:
        name: Its name.
        values: The ids.
        labels: The name of each id for readers, lowest first.
        **about: Its title, note and unit.

    Raises:
        InvalidQueryError: A value is not in the list.
    """
    codes = {id: code for code, id in enumerate(labels)}
    data = array("i")
    for value in values:
        if value is not None and value not in codes:
            raise _wrong(name, Message("one of {known}", known=", ".join(codes)), value)
        data.append(_MISSING if value is None else codes[value])
    return Column(name, "enum", data, tuple(codes), tuple(labels.values()), **about)


def order_of(column: Column, suffix: str = "_order") -> Column:
    """Return the order of an enum's values as an integer column, lowest 0.

    Engines that sort categories by their letters can sort by this one.

    >>> size = enum("size", ["small", "large"], {"small": "Small", "large": "Large"})
    >>> list(order_of(size))
    [0, 1]
    """
    codes = (None if code == _MISSING else code for code in column.data)
    note = f"the order of {column.name}, lowest 0"
    return integers(f"{column.name}{suffix}", codes, note=note)


def dates(
    name: str, values: Iterable[PartialDate | None], **about: str
) -> tuple[Column, Column, Column]:
    """Return three columns of dates: the text as given, the earliest and the latest day.

    A year has no first of January here: ``2007`` is the text, and its days are its bounds. A bound
    that the source leaves open is missing.

    >>> from diplorel.model.dates import PartialDate
    >>> [str(column[0]) for column in dates("since", [PartialDate("2007")])]
    ['2007', '2007-01-01', '2007-12-31']
    """
    kept = list(values)

    def bound(of: Callable[[PartialDate], date | None]) -> list[date | None]:
        return [None if value is None else of(value) for value in kept]

    title = about.get("title") or name
    return (
        text(name, (None if value is None else value.text for value in kept), **about),
        days(f"{name}_earliest", bound(_earliest), note=f"the first possible day: {title}"),
        days(f"{name}_latest", bound(_latest), note=f"the last possible day: {title}"),
    )


def _earliest(value: PartialDate) -> date | None:
    return None if value.lo <= date.min.toordinal() else date.fromordinal(value.lo)


def _latest(value: PartialDate) -> date | None:
    return None if value.hi >= date.max.toordinal() else date.fromordinal(value.hi)


def chosen(column: Column, keep: Iterable[bool]) -> Column:
    """Return the rows of a column where *keep* is true.

    >>> list(chosen(integers("n", [1, 2, 3]), [True, False, True]))
    [1, 3]
    """
    return column.take(compress(range(len(column)), keep))
