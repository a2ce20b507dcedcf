"""One row of a table: its event, or everything that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diplorel.errors import did_you_mean
from diplorel.io.converter import structure
from diplorel.io.diagnose import explain
from diplorel.io.sheets import cell_syntax, cell_values
from diplorel.io.sheets.cell_syntax import NONE, CellError, NotationError
from diplorel.io.sheets.columns import (
    MORE,
    SIDES,
    Column,
    Kind,
    Shape,
    common_columns,
    common_needs,
    describe_column,
    shapes,
)
from diplorel.io.sheets.described import DescribedSources
from diplorel.io.sheets.grid import merged
from diplorel.io.sheets.lookups import (
    Lookups,
    close_types,
    refuse_spoilt,
    slug,
    straight,
    wire_name,
)
from diplorel.io.sheets.sheet import Row
from diplorel.io.sheets.source_columns import WHERE
from diplorel.model.sources import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from diplorel.io.sheets.grid import Reader
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference


class Frame:
    """What the rows of a table have in common, and where their problems go.

    Attributes:
        shapes: The classes of events by their names on the wire.
        common: The columns that mean the same in all classes.
        needs: The columns that a row of any class must fill.
        lookups: The parties and ladders that rows may name.
        sources: The bibliography.
        headers: The names of the columns as the file has them.
        missing: The columns that are missing and reported: each for a type, or with an empty text
            for all.
        remarks: What `check` would report of the rows. It is reported where the table is refused
            anyway, so that it is known at once.
    """

    def __init__(self, reader: Reader, reference: Reference, types: Iterable[type[Event]]) -> None:
        self.reader = reader
        self.shapes = shapes(types)
        self.common = common_columns(self.shapes)
        self.needs = common_needs(self.shapes)
        self.lookups = Lookups(reference)
        self.sources = DescribedSources(reference, self.problem)
        self.headers: Mapping[str, str] = {}
        self.missing: set[tuple[str, str]] = set()
        self.remarks: list[tuple[str, int, str, str]] = []

    def problem(self, code: str, line: int, message: str, hint: str = "", column: str = "") -> None:
        """Keep a problem of one line, and of the column that it is about."""
        self.reader.problem(code, line, message, hint, column=column)


class RowReading:
    """Reads one row."""

    def __init__(
        self, frame: Frame, line: int, cells: dict[str, str], above: dict[str, str]
    ) -> None:
        self.frame = frame
        self.line = line
        self.cells = cells
        self.above = above
        self.sound = True
        self.faulty: set[str] = set()
        self.cited: list[str] = []  # for each citation the column that it is in
        self._reported: set[tuple[str, str]] = set()
        self.sides: list[tuple[str, ...]] = []  # for each side, whom it can be

    def problem(self, code: str, message: str, hint: str = "", column: str = "") -> None:
        """Keep a problem of the row, each once."""
        self.sound = False
        if (column, message) in self._reported:
            return
        self._reported.add((column, message))
        name = self.frame.headers.get(column, column)
        text = f"{name}: {message}" if column else message
        self.frame.problem(code, self.line, text, hint, column)

    def row(self) -> Row | None:
        """Return the row; None where something is wrong with it."""
        form = self._shape()
        data = self._untyped() if form is None else self._data(form)
        citations = self._citations()
        if form is None:
            self._explain_citations(citations)
            return None
        if not self.sound:
            self._explain(form, {**data, "sources": citations or [{"source": "unknown"}]})
            return None
        data["sources"] = citations
        id = cell_syntax.unquoted(self.cells["id"]) if "id" in self.cells else None
        try:
            return Row(structure(data, form.cls), id, self.line)
        except Exception:  # noqa: BLE001  whatever it is, `explain` reports it in full
            self._explain(form, data)
            return None

    # --- what a converter finds ------------------------------------------------------------------

    def _explain(self, form: Shape, data: dict[str, Any]) -> None:
        """Report what is wrong with the values of the cells that could be read."""
        for code, key, message in explain(data, form.cls):
            name = key.split("[")[0].split(".")[0]
            if name and name not in data:
                continue  # an empty cell, or one that cannot be read, and that is reported already
            if name in _LEVELS and "ladder" in self.faulty:
                continue  # its name can only be looked up where the ladder is known
            if not name and self.faulty:
                continue  # the whole can only be judged where all of it could be read
            column = self._column(form, key)
            text = message.removeprefix(f"{key}: " if name == "sources" else f"{name}: ")
            self.problem(code, text, self._key_hint(form, key, data), column)

    def _key_hint(self, form: Shape, key: str, data: dict[str, Any]) -> str:
        """Return the key that a text could be, where a key is expected and a text is found."""
        column = form.columns.get(key)
        if column is None or column.kind is not Kind.KEY or column.values:
            return ""
        text = data[key]
        return f"Write {offer}" if (offer := slug(text)) and offer != text else ""

    def _explain_citations(self, citations: list[dict[str, Any]]) -> None:
        for column, one in zip(self.cited, citations, strict=True):
            for code, key, message in explain(one, Citation):
                self.problem(code, message.removeprefix(f"{key}: "), column=column)

    def _column(self, form: Shape, key: str) -> str:
        name, _, rest = key.partition("[")
        name = name.partition(".")[0]
        if name in form.roles:
            return SIDES[form.roles.index(name)]
        number = rest.partition("]")[0]
        if name == "sources" and number.isdigit() and int(number) < len(self.cited):
            return self.cited[int(number)]
        return "party_a" if name == "parties" else name

    # --- the type --------------------------------------------------------------------------------

    def _shape(self) -> Shape | None:
        """Return the shape of the row's class.

        Where the type is unknown and one known type is like it, the row is looked at as if that
        were meant, so that all that is wrong with it is reported at once. No row comes of it.
        """
        typed = self.cells.get("type", "")
        if not typed:
            self._empty("type", "an event")
            return None
        known = self.frame.shapes
        form = known.get(wire_name(typed))
        if form is not None:
            return form
        close = close_types(typed, known)
        hint = did_you_mean(close).strip()
        hint = hint or "Types are such as 'ties-established', 'level-upgraded' or 'visit-made'"
        self.problem("DR134", f"unknown type of event {typed!r}", hint, "type")
        return known[close[0]] if len(close) == 1 else None

    # --- cells -----------------------------------------------------------------------------------

    def _empty(self, name: str, kind: str) -> None:
        """Note a cell that must be filled; a column that is missing is reported once a type."""
        self.sound = False
        self.faulty.add(name)
        if {(name, ""), (name, kind)} & self.frame.missing:
            return
        if name not in self.frame.headers:
            self.frame.missing.add((name, kind))
            self.problem("DR128", f"{kind} needs the column {describe_column(name)}", "Add it")
        else:
            message = f"the cell is empty, and {kind} needs it"
            self.problem("DR128", message, merged(self.above.get(name)) or "Fill it", name)

    def _untyped(self) -> dict[str, Any]:
        """Look at the cells of a row whose type is unknown, as far as they mean one thing."""
        for name in self.frame.needs:
            if name not in self.cells:
                self._empty(name, "an event")
        self._sides((*SIDES, MORE))
        for name in self.cells:
            column = self.frame.common.get(name)
            if column is not None and name != "sources":
                self._read(column, name)
        return {}

    def _sides(self, names: tuple[str, ...]) -> list[Any]:
        """Return what the cells of some sides say; None for those that cannot be read."""
        sides: list[Any] = []
        for name in names:
            if name in self.cells and name != MORE:
                sides.append(self._read(Column(name, Kind.PARTY, needed=True), name))
            elif name in self.cells:
                more = self._read(Column(MORE, Kind.PARTIES, needed=False), MORE)
                sides += [None] if more is None else more
        return sides

    def _parties(self, form: Shape) -> dict[str, Any]:
        """Return the sides of a row, by the keys of the class; without those that are faulty."""
        if form.roles:
            sides = {
                role: self._sides((name,)) for role, name in zip(form.roles, SIDES, strict=False)
            }
            self._sides(SIDES[len(form.roles) :])
            return {role: side for role, one in sides.items() for side in one if side is not None}
        listed = self._sides((*SIDES, MORE) if form.sides else SIDES)
        sound = None not in listed and not self.faulty.intersection(SIDES)
        return {"parties": listed} if form.sides and sound else {}

    def _data(self, form: Shape) -> dict[str, Any]:
        """Return what the cells say, by the keys of the class, of those that could be read."""
        for name in form.needed:
            if name not in self.cells:
                self._empty(name, form.cls.type)
        data = self._parties(form)
        for name in self.cells:
            column = form.columns.get(name)
            if column is not None and name != "sources":
                value = self._read(column, name)
                if value is not None:
                    data[column.key] = value
            elif not self._belongs(name, form):
                message = f"{form.cls.type} has nothing to say here"
                self.problem("DR124", message, "Empty the cell", name)
        return data

    def _belongs(self, name: str, form: Shape) -> bool:
        """Say whether a column that is not a field of a class has a meaning for it all the same."""
        if name in SIDES:
            return form.sides > SIDES.index(name) or (form.sides > 0 and not form.roles)
        if name == MORE:
            return form.sides > 0 and not form.roles
        return name in ("id", "type") or name.startswith("source")

    def _read(self, column: Column, name: str) -> Any:
        """Return the plain data of a cell; None where it cannot be read, and the problem noted."""
        cell = self.cells[name]
        party = column.kind is Kind.PARTY or (column.kind is Kind.PARTIES and cell != NONE)
        try:
            refuse_spoilt(cell, party=party)
            return self._value(column, cell)
        except (NotationError, CellError) as error:
            self.faulty.add(name)
            default = "DR135" if column.kind in _NUMBERS else "DR136"
            for one in error.errors:
                hint = one.hint + straight([cell])
                self.problem(one.code or default, str(one), hint, name)
            # of some citations, what the others say is looked at as well
            return [*error.sound] if column.kind is Kind.CITATIONS else None

    def _party(self, name: str) -> str:
        """Return the id of a side, and keep whom it can be."""
        try:
            id = self.frame.lookups.party(name)
        except NotationError:
            self.sides.append(self.frame.lookups.likely(name) or (f"?{name}",))
            raise
        self.sides.append((id,))
        return id

    def possible_parties(self) -> list[tuple[str, ...]]:
        """Return whom a row that cannot be read can be about.

        Of two sides each pair that can be meant; otherwise all that are named; nothing where it can
        be anybody.
        """
        if self.faulty.isdisjoint(SIDES) or len(self.sides) > 1:
            return _possible(self.sides)
        # one of the sides is not given: the row can be about the other one and anybody
        return [tuple(id for side in self.sides for id in side)]

    def _value(self, column: Column, cell: str) -> Any:
        find = self.frame.lookups.party
        if column.kind in _READERS:
            return _READERS[column.kind](cell)
        if column.kind is Kind.PARTY:
            return self._party(cell_syntax.unquoted(cell))
        if column.kind is Kind.PARTIES:
            return cell_syntax.read_each(cell_syntax.read_list(cell), self._party)
        if column.kind is Kind.WORDINGS:
            return cell_syntax.read_wordings(cell, find)
        if column.kind is Kind.PERSONS:
            return cell_syntax.read_persons(cell, find)
        return self._key(column, cell_syntax.unquoted(cell))

    def _key(self, column: Column, cell: str) -> str:
        """Return a key or a word of a list, also where it is written as people write it."""
        if column.key in _LEVELS:
            return self._level(column, cell)
        hyphens = wire_name(cell)
        return hyphens if hyphens in column.values else cell

    def _level(self, column: Column, cell: str) -> str:
        """Return the id of a level that may be written by its name on the ladder of the row."""
        ladder = self.cells.get("ladder", "")
        id = self.frame.lookups.level(ladder, cell)
        missing = self.frame.lookups.missing_level(ladder, id)
        if missing is not None:
            name = self.frame.headers.get(column.key, column.key)
            self.frame.remarks.append((missing.code, self.line, f"{name}: {missing}", missing.hint))
        return id

    # --- citations -------------------------------------------------------------------------------

    def _citations(self) -> list[dict[str, Any]]:
        """Return the citations of a row: those in `sources`, and the sources that it describes."""
        found: list[dict[str, Any]] = []
        described = False
        for number in range(1, 10):
            id = self.cells.get(f"source{number}")
            page = f"source{number}_{WHERE}"
            described = described or id is not None
            where = None
            if page in self.cells:
                where = self._read(Column(WHERE, Kind.TEXT, needed=False), page)
            if id is None and page in self.cells:
                message = "it is the page of a source that the row does not describe"
                hint = "Describe the source, or write 'source (p. 3)' in the column sources"
                self.problem("DR138", message, hint, page)
            elif id:
                found.append({"source": id} | ({} if where is None else {"locator": where}))
                self.cited.append(page)
        if "sources" in self.cells:
            column = Column("sources", Kind.CITATIONS, needed=True)
            cited = self._read(column, "sources") or []
            self._check_known(cited)
            found += cited
            self.cited += ["sources"] * len(cited)
        elif not described:
            self._uncited()
        if not found:
            self.sound = False
        return found

    def _uncited(self) -> None:
        """Report that a row has no source, where its table can have some."""
        if ("sources", "") in self.frame.missing:
            return
        hint = merged(self.above.get("sources")) or (
            "Cite one in 'sources', or describe it in source_title, source_publisher and "
            "source_kind"
        )
        if self.above.get("source1"):
            hint += "; of merged cells only the first is saved: unmerge them and fill each"
        self.problem("DR138", "no source, and an event without a source is not an event", hint)

    def _check_known(self, cited: list[dict[str, Any]]) -> None:
        """Find the sources that the bibliography lacks."""
        for one in cited:
            hint = self.frame.sources.missing(one["source"])
            if hint is not None:
                message = f"{one['source']!r} is not a source of the bibliography"
                self.problem("DR138", message, hint, "sources")


def _possible(sides: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return whom two sides, or all of several, can be."""
    if len(sides) == len(SIDES):
        first, second = sides
        return [(one, other) for one in first for other in second]
    return [tuple(id for side in sides for id in side)]


_LEVELS: Final = ("level", "previous")
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
