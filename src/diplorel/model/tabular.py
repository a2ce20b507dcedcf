"""What every answer that leaves as a table has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diplorel.model.table import Table


class Tabular:
    """An answer that gives a table, and hands its Arrow stream to whoever asks for one.

    So Polars, pyarrow, DuckDB and pandas take the answer itself.
    """

    __slots__ = ()

    def table(self) -> Table:
        """Return the answer as a table, for other programs."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the first 50 rows of the table."""
        return self.table().to_html()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return a fresh Arrow stream of the table; it needs the extra ``arrow``.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        return self.table().__arrow_c_stream__(requested_schema)
