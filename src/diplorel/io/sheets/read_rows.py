"""From a table to events: every row, with everything that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from diplorel.errors import Problem, SheetError
from diplorel.io.limits import PROBLEMS, too_many
from diplorel.io.sheets import cell_syntax
from diplorel.io.sheets.columns import describe_column, names, synonyms
from diplorel.io.sheets.content import contents, read_grid
from diplorel.io.sheets.grid import Grid, Reader, Vocabulary
from diplorel.io.sheets.lookups import Formula, straight
from diplorel.io.sheets.matching import number_like
from diplorel.io.sheets.row import Frame, RowReading
from diplorel.io.sheets.sheet import REPEATS, Row, Sheet, find_duplicates
from diplorel.io.sheets.source_columns import source_column
from diplorel.model.events import Event
from diplorel.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import PurePath


def read_sheet(
    data: bytes | str | PurePath,
    *,
    sheet: str | None = None,
    path: str | None = None,
    reference: Reference | None = None,
    types: Iterable[type[Event]] = (),
    number_repeats: bool = False,
) -> Sheet:
    r"""Read a table: one row an event, with or without the sources that it cites.

    Args:
        data: The file as a `pathlib.Path`, or its content: values separated by commas, semicolons
            or tabs, in UTF-8, with a header; or a workbook (xlsx, xls or ods), which needs the
            extra ``excel``.
        sheet: Which sheet of a workbook. By default, the one whose first row names columns.
        path: The name of the file, for messages.
        reference: The parties, ladders and sources that the rows may name.
        types: Event classes of tracks of your own, beside the standard ones.
        number_repeats: Give rows that would be one event numbers, in the order of the file: the
            first stays as it is, the second gets ``nth`` 2, and so on. For sheets whose like events
            of one day are separate events, such as machine-coded ones. A row with its own ``nth``
            or ``id`` keeps it. Default: two rows about one event are a problem.

    Returns:
        The events, and the sources that the table describes and the reference lacks.

    Raises:
        SheetError: Something is wrong; it holds every problem of every row with its line, and the
            rows without a problem. It is a `StreamError`.
        InvalidQueryError: There is no such sheet, or several name columns and none is given; or a
            text is the name of a file.
        MissingExtraError: It is a workbook, and the extra ``excel`` is not installed.

    >>> table = read_sheet(
    ...     "type,date,country,partner,source_title,source_publisher,source_kind\n"
    ...     "ties established,1973-08-01,Singapore,Việt Nam,50 years of ties,VNA,agency\n"
    ... )
    >>> [event.id for event in table.events], [source.id for source in table.sources]
    (['ties-established/SGP-VNM/1973-08-01'], ['vna-50-years-of-ties'])
    """
    content, path = contents(data, path)
    reading = _Reading(path, reference or Reference(), types, number_repeats=number_repeats)
    rows = reading.rows(content, sheet)
    if number_repeats:
        rows = number_like(rows)
    found = Sheet(tuple(rows), tuple(reading.frame.sources.known.added), path)
    repeats = [*find_duplicates(rows, path)]
    problems = [*reading.reader.problems, *repeats]
    if problems:
        lines = {repeat.line for repeat in repeats}
        once = attrs.evolve(found, rows=tuple(row for row in rows if row.line not in lines))
        raise SheetError(reading.with_remarks(problems), once, reading.unread)
    return found


class _Reading:
    """Reads one table."""

    def __init__(
        self,
        path: str,
        reference: Reference,
        types: Iterable[type[Event]],
        *,
        number_repeats: bool,
    ) -> None:
        self.reader = Reader(path)
        self.frame = Frame(self.reader, reference, types)
        self.names = names(self.frame.shapes)
        self.synonyms = synonyms(self.frame.shapes)
        self.unread: list[tuple[str, ...]] = []
        self.number_repeats = number_repeats

    def problem(self, code: str, line: int, message: str, hint: str = "", column: str = "") -> None:
        self.reader.problem(code, line, message, hint, column=column)

    def with_remarks(self, problems: list[Problem]) -> list[Problem]:
        """Return problems with what `check` would report of the rows, in the order of lines."""
        before = len(self.reader.problems)
        for remark in self.frame.remarks:
            self.problem(*remark)
        found = [*problems, *self.reader.problems[before:]]
        return sorted(found, key=lambda problem: problem.line or 0)

    def canonical(self, name: str) -> str | None:
        """Return the name of a column as the library knows it; None for other columns."""
        if name in self.names:
            return name
        if (column := source_column(name)) is not None:
            number, field = column
            return f"source{number}_{field}"
        return self.synonyms.get(name)

    def rows(self, data: bytes, sheet: str | None) -> list[Row]:
        vocabulary = Vocabulary((*self.names, *self.synonyms), self.canonical)
        grid = read_grid(self.reader, data, sheet, vocabulary)
        if grid is None:
            return []
        self.frame.headers = dict(zip(grid.names, grid.headers, strict=True))
        self.frame.sources.headers = self.frame.headers
        self._needed_columns(grid)
        given = [(line, self._cells(grid, line, cells)) for line, cells in grid.rows]
        filled = [(line, cells) for line, cells in given if cells is not None]
        self.unread += [()] * (len(given) - len(filled))
        broken = _Repeats(self.problem)
        for line, cells in filled:
            broken.begin(line, cells)
            self.frame.sources.add(line, cells)
        rows: list[Row] = []
        above: dict[str, str] = {}
        for line, cells in filled:
            if len(self.reader.problems) > PROBLEMS:
                self.reader.problems.append(too_many(self.reader.path, line))
                self.unread.append(())
                break
            reading = RowReading(self.frame, line, cells, above)
            row = reading.row()
            above |= cells
            if row is not None:
                rows.append(row)
            else:
                if not self.number_repeats:
                    broken.add(line)
                self.unread += reading.possible_parties()
        return rows

    def _needed_columns(self, grid: Grid) -> None:
        cited = [name for name in grid.names if name.startswith("source")]
        for name in ("type", "on", "party_a", "sources"):
            if name not in grid.names and not (name == "sources" and cited):
                self.frame.missing.add((name, ""))
                other = ", or source_title, source_publisher and source_kind"
                lacking = describe_column(name) + (other if name == "sources" else "")
                self.problem(
                    "DR125", grid.line, f"no column {lacking}",
                    "Add it" if name != "sources" else "An event without a source is not an event",
                )  # fmt: skip

    def _cells(self, grid: Grid, line: int, cells: tuple[str, ...]) -> dict[str, str] | None:
        """Return the filled cells of a row by their columns; None where it is not an event."""
        if not any(cells):
            self.problem("DR127", line, "the row is empty", "Take it out")
            return None
        width = len(grid.names)
        if cells == grid.headers:
            self.problem("DR127", line, "the row repeats the header", "Take it out")
            return None
        if len(cells) < width or any(cells[width:]):
            self.problem(
                "DR126", line, f"the row has {len(cells)} cells, and the header {width}",
                "A cell that holds the delimiter needs double quotes" + straight(cells),
            )  # fmt: skip
            return None
        found = dict(zip(grid.names, cells, strict=False))
        return {
            name: Formula(cell) if cell[0] == "=" and len(cell) > 1 else cell_syntax.bare(cell)
            for name, cell in found.items()
            if name and cell
        }


class _Repeats:
    """Finds rows that repeat a row with a problem.

    Of sound rows, `find_duplicates` compares the events.
    """

    def __init__(self, tell: Callable[[str, int, str, str], None]) -> None:
        self.tell = tell
        self._cells: dict[int, frozenset[tuple[str, str]]] = {}
        self._first: dict[frozenset[tuple[str, str]], int] = {}

    def begin(self, line: int, cells: dict[str, str]) -> None:
        """Keep the cells of a row as they were typed."""
        self._cells[line] = frozenset((name, cell) for name, cell in cells.items() if name != "id")

    def add(self, line: int) -> None:
        """Report whether the broken row on a line repeats another one."""
        first = self._first.setdefault(self._cells[line], line)
        if first != line:
            self.tell("DR137", line, f"the row repeats line {first}", REPEATS)
