"""`Table`: what an answer leaves the library in. Typed columns, described and stamped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from diplorel._columns import columns as aligned
from diplorel._columns import counted
from diplorel._message import listing, suggestion
from diplorel._pickling import Reduced
from diplorel.errors import (
    InvalidQueryError,
    MissingKeyError,
    expected_one_of,
    nearest,
)
from diplorel.model.column import Column, order_of, same_columns

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from diplorel.model.dates import Language

_SHOWN = 20
"""How many rows `print` shows."""
_LONGEST = 40
"""How many characters of a text `print` shows."""


def _one_of_each(columns: Iterable[Column]) -> tuple[Column, ...]:
    kept = tuple(columns)
    names = [column.name for column in kept]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidQueryError("two columns are named {names}", names=listing(twice))
    lengths = {len(column) for column in kept}
    if len(lengths) > 1:
        said = listing([f"{column.name} {len(column)}" for column in kept])
        raise InvalidQueryError("the columns are of different lengths: {said}", said=said)
    return kept


def _read_only(stamp: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(stamp))


@attrs.frozen(repr=False, eq=False)
class Table:
    """An answer as a table: columns of one length, each typed and described, and a stamp.

    Iterate it for the rows as dicts; ``table["party"]`` is a column. It opens everywhere: hand it
    to ``polars.DataFrame``, ``pyarrow.table``, DuckDB or `write_table`, or call `to_pandas`.

    Args:
        columns: The columns.
        title: What the table shows, in a line.
        stamp: How it was made: the versions of library and streams, the day, what was known.

    Attributes:
        columns: The columns, in order.
        title: What the table shows.
        stamp: How it was made, as plain data.

    Raises:
        InvalidQueryError: Two columns have one name, or they are of different lengths.

    >>> from diplorel.model.column import integers, text
    >>> table = Table([text("party", ["SGP", "NAM"]), integers("visits", [3, None])])
    >>> len(table), table.to_records()[1]
    (2, {'party': 'NAM', 'visits': None})
    """

    columns: tuple[Column, ...] = attrs.field(converter=_one_of_each)
    title: str = attrs.field(default="", kw_only=True)
    stamp: Mapping[str, Any] = attrs.field(factory=dict, kw_only=True, converter=_read_only)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # its columns can be changed

    def __reduce__(self) -> Reduced:
        return _table, (self.columns, self.title, dict(self.stamp))

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        names = self.names
        for row in zip(*self.columns, strict=True):
            yield dict(zip(names, row, strict=True))

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __getitem__(self, name: str) -> Column:
        """Return a column by its name.

        Raises:
            MissingKeyError: There is no such column; the message lists the nearest.
        """
        for column in self.columns:
            if column.name == name:
                return column
        hint = suggestion(nearest(str(name), self.names))
        raise MissingKeyError(
            "no column {name!r}, only {known}.{hint}",
            name=name,
            known=listing(self.names, 20),
            hint=hint,
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        mine, its = (self.title, self.stamp), (other.title, other.stamp)
        return mine == its and same_columns(self.columns, other.columns)

    def __repr__(self) -> str:
        return f"<Table: {counted(len(self), 'row')}, {counted(len(self.columns), 'column')}>"

    def __str__(self) -> str:
        rows = [[_shown(one[row]) for one in self.columns] for row in range(min(_SHOWN, len(self)))]
        numbers = ("integer", "float")
        sides = "".join(">" if column.kind in numbers else "<" for column in self.columns)
        lines = [*([self.title, ""] if self.title else []), *aligned([self.names, *rows], sides)]
        more = len(self) - len(rows)
        return "\n".join([*lines, *([f"… and {counted(more, 'more row')}"] if more else [])])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def select(self, *names: str) -> Table:
        """Return the table of some columns, in the order given.

        Raises:
            MissingKeyError: There is no such column.
        """
        return attrs.evolve(self, columns=[self[name] for name in names])

    def take(self, rows: Iterable[int]) -> Table:
        """Return the table of some rows by their numbers from 0, in the order given."""
        kept = list(rows)
        return attrs.evolve(self, columns=[column.take(kept) for column in self.columns])

    def with_orders(self) -> Table:
        """Return the table with an integer column after each enum that lacks one: its order.

        Engines and files that sort labels by their letters can then sort by it.
        """
        wider: list[Column] = []
        for column in self.columns:
            wider.append(column)
            if column.kind == "enum" and f"{column.name}_order" not in self:
                wider.append(order_of(column))
        return attrs.evolve(self, columns=wider)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a row: text, int, float, `datetime.date`, bool, or None if missing."""
        return list(self)

    def codebook(self) -> list[dict[str, Any]]:
        """Return one dict a column: its name, kind, title, note, unit, values and how many miss.

        >>> from diplorel.model.column import integers
        >>> Table([integers("visits", [3, None])]).codebook()[0]["missing"]
        1
        """
        return self._about([column.missing for column in self.columns])["codebook"]  # type: ignore[no-any-return]  # a list of dicts

    def about(self) -> dict[str, Any]:
        """Return what is known besides the rows, as plain data: title, stamp and codebook."""
        return self._about([column.missing for column in self.columns])

    def _about(self, missing: Sequence[int]) -> dict[str, Any]:
        """Return the same, given how many values each column misses."""
        codebook = [
            {
                "column": column.name,
                "kind": column.kind,
                "title": column.title,
                "note": column.note,
                "unit": column.unit,
                "values": dict(zip(column.words, column.labels, strict=True))
                if column.kind == "enum"
                else {},
                "missing": number,
            }
            for column, number in zip(self.columns, missing, strict=True)
        ]
        return {"title": self.title, "stamp": dict(self.stamp), "codebook": codebook}

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas frame with nullable types; it needs the extra ``pandas``.

        Days are ``datetime64[ms]``, so that 1778 fits; an enum is an ordered categorical. The
        title, stamp and codebook are in ``.attrs``.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        from diplorel.model.table_frames import to_pandas  # noqa: PLC0415  few ask for it

        return to_pandas(self.columns, self.about())

    def to_polars(self) -> pl.DataFrame:
        """Return a Polars frame, with a `polars.Enum` for an enum; it needs ``polars``.

        Raises:
            MissingExtraError: Polars is not installed.
        """
        from diplorel.model.table_frames import to_polars  # noqa: PLC0415  likewise

        return to_polars(self.columns)

    def to_arrow(self) -> pa.Table:
        """Return an Arrow table with stamp and codebook in its metadata; it needs ``arrow``.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        from diplorel.model.table_frames import to_arrow  # noqa: PLC0415  likewise

        return to_arrow(self.columns, self._about)

    def to_html(self, lang: Language = "en") -> str:
        """Return the first 50 rows as an HTML table, with everything escaped; notebooks show it.

        Args:
            lang: The language of the words around the values: ``en`` or ``vi``.

        Raises:
            InvalidQueryError: There is no such language.
        """
        from diplorel.model.html import html_of  # noqa: PLC0415  likewise

        if lang not in ("en", "vi"):
            raise InvalidQueryError(
                "{argument}: {expected}",
                argument="lang",
                expected=expected_one_of(("en", "vi"), lang),
            )
        return html_of(self, lang)

    def _repr_html_(self) -> str:
        return self.to_html()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return a fresh Arrow stream of the rows, as the Arrow PyCapsule interface asks.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        from diplorel.model.table_frames import to_reader  # noqa: PLC0415  likewise

        return to_reader(self.columns, self._about).__arrow_c_stream__(requested_schema)


def _shown(value: Any) -> Any:
    """Return a value for `print`: the beginning of a long text."""
    if isinstance(value, str) and len(value) > _LONGEST:
        return f"{value[: _LONGEST - 1]}…"
    return value


def _table(columns: tuple[Column, ...], title: str, stamp: dict[str, Any]) -> Table:
    """Return a table from its parts, as pickle keeps them."""
    return Table(columns, title=title, stamp=stamp)
