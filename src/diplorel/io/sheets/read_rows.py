"""From a table to events: every row, with everything that is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from diplorel.errors import StreamError, UnknownPartyError, did_you_mean, nearest
from diplorel.io.converter import structure
from diplorel.io.diagnose import explain
from diplorel.io.sheets import cell_syntax, cell_values
from diplorel.io.sheets.cell_syntax import NONE, NotationError
from diplorel.io.sheets.columns import (
    MORE,
    SIDES,
    Column,
    Kind,
    Shape,
    describe_column,
    header,
    names,
    shapes,
    synonyms,
)
from diplorel.io.sheets.content import contents, read_grid
from diplorel.io.sheets.grid import Grid, Reader, Vocabulary, merged
from diplorel.io.sheets.sheet import Row, Sheet, find_duplicates
from diplorel.io.sheets.source_columns import (
    FIELDS,
    KINDS,
    NEEDED,
    WHERE,
    Bibliography,
    source_column,
)
from diplorel.model.converters import SLUG
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event
from diplorel.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePath

NAME_LIMIT: Final = 80
"""As much of a name is looked at; none is longer."""
_LOST_WORDS: Final = ("nan", "n/a", "null", "none", "nil", "-", "--", "?")


def read_sheet(
    data: bytes | str | PurePath,
    *,
    sheet: str | None = None,
    path: str | None = None,
    reference: Reference | None = None,
    types: Iterable[type[Event]] = (),
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

    Returns:
        The events, and the sources that the table describes and the reference lacks.

    Raises:
        StreamError: Something is wrong; it holds every problem of every row with its line, and
            nothing is read.
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
    reading = _Reading(path, reference or Reference(), types)
    rows = reading.rows(content, sheet)
    problems = [*reading.reader.problems, *find_duplicates(rows, path)]
    if problems:
        problems.sort(key=lambda one: one.line or 0)
        raise StreamError(problems)
    return Sheet(tuple(rows), tuple(reading.sources.added), path)


def _straight(cells: Iterable[str]) -> str:
    """Return what to add to a hint where cells have quotes that cannot be what was meant."""
    bent = any(quote in cell for cell in cells for quote in "“”„")
    return ". A word processor bent the quotes: write them straight" if bent else ""


class _Formula(str):
    """A cell that would be computed."""

    __slots__ = ()


class _CellError(Exception):
    """A cell cannot be read: a code, a message and a hint."""


class _Reading:
    """Reads one table."""

    def __init__(self, path: str, reference: Reference, types: Iterable[type[Event]]) -> None:
        self.reader = Reader(path)
        self.reference = reference
        self.shapes = shapes(types)
        self.names = names(self.shapes)
        self.synonyms = synonyms(self.shapes)
        self.sources = Bibliography([*reference.source.values(), *reference.sources])
        self.headers: dict[str, str] = {}
        self.missing: set[str] = set()
        self.found: dict[str, str | _CellError] = {}

    def problem(self, code: str, line: int, message: str, hint: str = "", column: str = "") -> None:
        self.reader.problem(code, line, message, hint, column=column)

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
        self.headers = dict(zip(grid.names, grid.headers, strict=True))
        self._needed_columns(grid)
        rows: list[Row] = []
        above: dict[str, str] = {}
        given = [self._cells(grid, line, cells) for line, cells in grid.rows]
        for (line, _), cells in zip(grid.rows, given, strict=True):
            if cells is not None:
                self._describe(line, cells)
        for (line, _), cells in zip(grid.rows, given, strict=True):
            if cells is None:
                continue
            row = _RowReading(self, line, cells, above).row()
            above |= cells
            if row is not None:
                rows.append(row)
        return rows

    def _needed_columns(self, grid: Grid) -> None:
        cited = [name for name in grid.names if name.startswith("source")]
        for name in ("type", "on", "party_a", "sources"):
            if name not in grid.names and not (name == "sources" and cited):
                self.missing.add(name)
                other = ", or source_title, source_publisher and source_kind"
                lacking = describe_column(name) + (other if name == "sources" else "")
                self.problem(
                    "DR125", grid.line, f"no column {lacking}",
                    "Add it" if name != "sources" else "An event without a source is no event",
                )  # fmt: skip

    def _cells(self, grid: Grid, line: int, cells: tuple[str, ...]) -> dict[str, str] | None:
        """Return the filled cells of a row by their columns; None where it is no row of events."""
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
                "A cell that holds the delimiter stands in double quotes" + _straight(cells),
            )  # fmt: skip
            return None
        found = dict(zip(grid.names, cells, strict=False))
        return {
            name: _Formula(cell) if cell[0] == "=" and len(cell) > 1 else cell_syntax.bare(cell)
            for name, cell in found.items()
            if name and cell
        }

    # --- sources ---------------------------------------------------------------------------------

    def _describe(self, line: int, cells: dict[str, str]) -> None:
        """Add the sources that a row describes, and replace those cells with their ids.

        All but the page, which is the citation's.
        """
        for number in range(1, 10):
            described = {
                field: cell
                for field in FIELDS
                if (cell := cells.pop(f"source{number}_{field}", ""))
            }
            if described:
                id = self._source(line, number, described)
                cells[f"source{number}"] = id

    def _read_described(self, line: int, number: int, described: dict[str, str]) -> None:
        """Put what the cells of a source mean in their place."""
        for field, cell in described.items():
            name = self.headers[f"source{number}_{field}"]
            try:
                self.look(cell)
                described[field] = cell_syntax.unquoted(cell)
                if field == "published":
                    described[field] = cell_values.read_date(cell)
            except NotationError as error:
                code = getattr(error, "code", "DR136")
                self.problem(code, line, f"{name}: {error}", error.hint, f"source{number}_{field}")
            except _CellError as error:
                code, message, hint = error.args
                self.problem(code, line, f"{name}: {message}", hint, f"source{number}_{field}")

    def _source(self, line: int, number: int, described: dict[str, str]) -> str:
        """Return the id of a source that some cells describe; of a faulty one, nothing."""
        before = len(self.reader.problems)
        self._read_described(line, number, described)
        known = self.sources.by_id.get(described.get("id", ""))
        if known is not None:
            for field, text in described.items():
                held = getattr(known, field)
                held = held.text if isinstance(held, PartialDate) else held
                if held is not None and held != text:
                    self.problem(
                        "DR138",
                        line,
                        f"{self.headers[f'source{number}_{field}']}: the source {known.id!r} has "
                        f"{held!r}, got {text!r}",
                        "Give the other document another id, or leave the cell empty",
                    )
            if len(self.reader.problems) == before:
                self.sources.extend(known, described)
            return known.id
        lacking = [field for field in NEEDED if field not in described]
        if lacking:
            needed = [
                self.headers.get(f"source{number}_{field}") or f"source_{field}"
                for field in lacking
            ]
            self.problem(
                "DR138", line, f"the source lacks {' and '.join(needed)}",
                "Fill the cells, or cite a source of the bibliography by its id in 'sources'",
            )  # fmt: skip
        kind = described.get("kind", "").casefold()
        if kind and kind not in KINDS:
            name = self.headers[f"source{number}_kind"]
            hint = did_you_mean(nearest(kind, KINDS, limit=1)).strip()
            listed = ", ".join(map(repr, KINDS))
            self.problem(
                "DR138", line, f"{name}: expected one of {listed}, got {described['kind']!r}", hint
            )
        if len(self.reader.problems) > before:
            return ""
        return self.sources.of({**described, "kind": kind}).id

    # --- cells -----------------------------------------------------------------------------------

    def find(self, name: str) -> str:
        """Return the id of a party by id, alpha-2 code or name.

        Raises:
            _CellError: There is none.
        """
        found = self.found.get(name)
        if found is None:
            found = self.found[name] = self._find(name)
        if isinstance(found, _CellError):
            raise found
        return found

    def _find(self, name: str) -> str | _CellError:
        known = self.reference.parties
        try:
            return known.find(" ".join(name[:NAME_LIMIT].split())).id
        except UnknownPartyError as error:
            offered = ", ".join(
                dict.fromkeys(
                    f"{party.name()} ({party.id})" for party in map(known.find, error.suggestions)
                )
            )
            hint = "Write an id such as VNM, an alpha-2 code, or a name in English or Vietnamese"
            hint = f"The nearest: {offered}" if offered else hint
            return _CellError("DR133", f"unknown party {name!r}", hint)

    def look(self, cell: str, *, party: bool = False) -> None:
        """Look whether a program spoilt a cell.

        Raises:
            _CellError: It did.
        """
        if cell_syntax.lost(cell) or (party and cell.casefold() in _LOST_WORDS):
            hint = "Leave the cell empty where there is nothing to say"
            if party:
                hint = "If it was NA: that is Namibia, and a program took it for 'not available'. "
                hint += "Write NAM"
            raise _CellError(
                "DR132", f"{cell!r} is what a program leaves where a value is lost", hint
            )
        if cell_syntax.spoilt(cell):
            mended = cell_syntax.mended(cell)
            raise _CellError(
                "DR122",
                f"{cell!r} has letters that were lost or read in another code page",
                f"Was it {mended!r}? Open the file as UTF-8, mend the cell and save it as UTF-8"
                if mended
                else "Type them again, and save the file as UTF-8. If they are meant: in double "
                "quotes a cell is taken as it stands",
            )
        if isinstance(cell, _Formula):
            raise _CellError("DR132", f"{cell!r} is a formula", "Save values and not formulas")


class _RowReading:
    """Reads one row."""

    def __init__(
        self, table: _Reading, line: int, cells: dict[str, str], above: dict[str, str]
    ) -> None:
        self.table = table
        self.line = line
        self.cells = cells
        self.above = above
        self.sound = True

    def problem(self, code: str, message: str, hint: str = "", column: str = "") -> None:
        self.sound = False
        name = self.table.headers.get(column, column)
        text = f"{name}: {message}" if column else message
        self.table.problem(code, self.line, text, hint, column)

    def row(self) -> Row | None:
        """Return the row; None where something is wrong with it."""
        form = self._shape()
        data = {} if form is None else self._data(form)
        citations = self._citations()
        if form is None or not self.sound:
            return None
        data["sources"] = citations
        id = cell_syntax.unquoted(self.cells["id"]) if "id" in self.cells else None
        try:
            return Row(structure(data, form.cls), id, self.line)
        except Exception:  # noqa: BLE001  whatever it is, `explain` reports it in full
            for code, key, message in explain(data, form.cls):
                name = key.split("[")[0].split(".")[0]
                self.problem(
                    code, message.removeprefix(f"{name}: "), column=self._column(form, name)
                )
            return None

    def _column(self, form: Shape, key: str) -> str:
        if key in form.roles:
            return SIDES[form.roles.index(key)]
        return "party_a" if key == "parties" else key

    def _shape(self) -> Shape | None:
        typed = self.cells.get("type", "")
        if not typed:
            self._empty("type")
            return None
        known = self.table.shapes
        form = known.get(wire_name(typed))
        if form is None:
            hint = did_you_mean(nearest(wire_name(typed), known, limit=2)).strip()
            hint = hint or "Types are such as 'ties-established', 'level-upgraded' or 'visit-made'"
            self.problem("DR134", f"unknown type of event {typed!r}", hint, "type")
        return form

    def _empty(self, name: str) -> None:
        """Note a cell that must be filled; a column that is missing is reported once, for all."""
        self.sound = False
        if name not in self.table.missing:
            kind = self.cells.get("type", "")
            message = f"the cell is empty, and {kind or 'an event'} needs it"
            if name not in self.table.headers:
                self.table.missing.add(name)
                self.problem("DR128", f"{kind} needs the column {describe_column(name)}", "Add it")
            else:
                self.problem("DR128", message, merged(self.above.get(name)) or "Fill it", name)

    def _data(self, form: Shape) -> dict[str, Any]:
        for name in form.needed:
            if name not in self.cells:
                self._empty(name)
        data: dict[str, Any] = {}
        sides = [
            side
            for name in SIDES
            if name in self.cells
            and (side := self._read(Column(name, Kind.PARTY, needed=True), name))
        ]
        if form.roles:
            data |= dict(zip(form.roles, sides, strict=False))
        elif form.sides:
            more = (
                self._read(Column(MORE, Kind.PARTIES, needed=False), MORE)
                if MORE in self.cells
                else ()
            )
            data["parties"] = [*sides, *(more or ())]
        for name in self.cells:
            column = form.columns.get(name)
            if column is not None and name != "sources":
                data[column.key] = self._read(column, name)
            elif not self._belongs(name, form):
                self.problem(
                    "DR124", f"{form.cls.type} has nothing to say here", "Empty the cell", name
                )
        return data

    def _belongs(self, name: str, form: Shape) -> bool:
        """Say whether a column that is no field of a class has a meaning for it all the same."""
        if name in SIDES:
            return form.sides > 0
        if name == MORE:
            return form.sides > 0 and not form.roles
        return name in ("id", "type") or name.startswith("source")

    def _read(self, column: Column, name: str) -> Any:
        """Return the plain data of a cell; None where it cannot be read, and the problem noted."""
        cell = self.cells[name]
        party = column.kind is Kind.PARTY or (column.kind is Kind.PARTIES and cell != NONE)
        try:
            self.table.look(cell, party=party)
            return self._value(column, cell)
        except NotationError as error:
            default = "DR135" if column.kind in _NUMBERS else "DR136"
            hint = error.hint + _straight([cell])
            self.problem(getattr(error, "code", default), str(error), hint, name)
        except _CellError as error:
            code, message, hint = error.args
            self.problem(code, message, hint, name)
        return None

    def _value(self, column: Column, cell: str) -> Any:
        find = self.table.find
        if column.kind in _READERS:
            return _READERS[column.kind](cell)
        if column.kind is Kind.PARTY:
            return find(cell_syntax.unquoted(cell))
        if column.kind is Kind.PARTIES:
            return [find(part) for part in cell_syntax.read_list(cell)]
        if column.kind is Kind.WORDINGS:
            return cell_syntax.read_wordings(cell, find)
        if column.kind is Kind.PERSONS:
            return cell_syntax.read_persons(cell, find)
        return self._key(column, cell_syntax.unquoted(cell))

    def _key(self, column: Column, cell: str) -> str:
        """Return a key or a word of a list, also where it is written as people write it."""
        if column.key in ("level", "previous"):
            return self._level(cell)
        hyphens = wire_name(cell)
        return hyphens if hyphens in column.values else cell

    def _level(self, cell: str) -> str:
        """Return the id of a level that may be written by its name on the ladder of the row."""
        try:
            ladder = self.table.reference.ladder.get(self.table.find(self.cells["ladder"]))
        except (KeyError, _CellError):
            return cell
        wanted = cell.casefold()
        for level in ladder.levels if ladder else ():
            if wanted in (level.id, *(text.text.casefold() for text in level.names)):
                return level.id
        if ladder is not None and not SLUG.fullmatch(cell):
            ids = [level.id for level in ladder.levels]
            raise _CellError(
                "DR104",
                f"the ladder of {ladder.party} has no level {cell!r}",
                did_you_mean(nearest(wire_name(cell), ids, limit=1)).strip()
                or f"It has {', '.join(ids)}",
            )
        return cell

    def _check_known(self, cited: Iterable[dict[str, Any]]) -> None:
        """Find the sources that the bibliography lacks."""
        known = self.table.sources.by_id
        for one in cited:
            if one["source"] not in known:
                offered = did_you_mean(nearest(one["source"][:NAME_LIMIT], known, limit=1)).strip()
                self.problem(
                    "DR138",
                    f"{one['source']!r} is no source of the bibliography",
                    offered or "Add it there, or describe it in source_title and so on",
                    "sources",
                )

    def _citations(self) -> list[dict[str, Any]]:
        """Return the citations of a row: those in `sources`, and the sources that it describes."""
        found: list[dict[str, Any]] = []
        described = False
        for number in range(1, 10):
            id = self.cells.get(f"source{number}")
            page = f"source{number}_{WHERE}"
            described = described or id is not None
            if id is None and page in self.cells:
                message = "it is the page of a source that the row does not describe"
                hint = "Describe the source, or write 'source (p. 3)' in the column sources"
                self.problem("DR138", message, hint, page)
            elif id and page in self.cells:
                where = self._read(Column(WHERE, Kind.TEXT, needed=False), page)
                found.append({"source": id, "locator": where})
            elif id:
                found.append({"source": id})
        if "sources" in self.cells:
            column = Column("sources", Kind.CITATIONS, needed=True)
            cited = self._read(column, "sources") or []
            self._check_known(cited)
            found += cited
        elif not described and "sources" not in self.table.missing:
            hint = merged(self.above.get("sources")) or (
                "Cite one in 'sources', or describe it in source_title, source_publisher and "
                "source_kind"
            )
            if self.above.get("source1"):
                hint += "; of merged cells only the first is saved: unmerge them and fill each"
            self.problem("DR138", "no source, and an event without a source is no event", hint)
        elif not found:
            self.sound = False
        return found


_NUMBERS: Final = (Kind.NUMBER, Kind.WHOLE, Kind.TRUTH)
_READERS: Final[dict[Kind, Any]] = {
    Kind.TEXT: cell_syntax.unquoted,
    Kind.DATE: cell_values.read_date,
    Kind.NUMBER: cell_values.read_number,
    Kind.WHOLE: cell_values.read_whole,
    Kind.TRUTH: cell_values.read_truth,
    Kind.LIST: cell_syntax.read_list,
    Kind.TEXTS: cell_syntax.read_texts,
    Kind.CITATIONS: lambda cell: cell_syntax.read_citations(cell, cell_values.read_date),
    Kind.JSON: cell_syntax.read_json,
}


def wire_name(text: str) -> str:
    """Return a name as the wire has it: ``Ties established`` and ``TiesEstablished`` alike."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", text[:NAME_LIMIT])
    return header(apart).replace("_", "-")
