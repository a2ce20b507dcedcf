"""The sources that the rows of a table describe, in the columns ``source_title`` and its like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.errors import InvalidEventError, did_you_mean, nearest
from diplorel.io.diagnose import explain
from diplorel.io.sheets import cell_syntax, cell_values
from diplorel.io.sheets.cell_syntax import NotationError
from diplorel.io.sheets.lookups import NAME_LIMIT, refuse_spoilt
from diplorel.io.sheets.source_columns import FIELDS, KINDS, NEEDED, Bibliography, column_name
from diplorel.model.dates import PartialDate, partial_date
from diplorel.model.sources import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from diplorel.model.reference import Reference

    Tell = Callable[[str, int, str, str], None]
    """Takes a problem: its code, line, message and hint."""


class DescribedSources:
    """The bibliography that the rows may cite: what is known, and what the rows describe."""

    def __init__(self, reference: Reference, tell: Tell) -> None:
        self.reference = reference
        self.tell = tell
        self.headers: Mapping[str, str] = {}
        # of an id that several entries have, the first is what they say together; a description
        # can repeat any of them
        self.known = Bibliography([*reference.source.values(), *reference.sources])
        self._count = 0

    def add(self, line: int, cells: dict[str, str]) -> None:
        """Add the sources that a row describes, and replace those cells with their ids.

        All but the page, which is the citation's. The id of a faulty source is empty.
        """
        for number in range(1, 10):
            described = {
                field: cell
                for field in FIELDS
                if (cell := cells.pop(f"source{number}_{field}", ""))
            }
            if described:
                cells[f"source{number}"] = self._source(line, number, described)

    def missing(self, id: str) -> str | None:
        """Return what to do about a source that is not known; None where it is."""
        known = self.known.by_id
        if id in known:
            return None
        offered = did_you_mean(nearest(id[:NAME_LIMIT], known, limit=1)).strip()
        return offered or "Add it there, or describe it in source_title and so on"

    def name(self, number: int, field: str) -> str:
        """Return the name of a column as the header has it, or as it would have to be."""
        column = f"source{number}_{field}"
        return self.headers.get(column) or column_name(number, field)

    def _problem(self, line: int, message: str, hint: str, code: str = "DR138") -> None:
        self._count += 1
        self.tell(code, line, message, hint)

    def _read(self, line: int, number: int, described: dict[str, str]) -> set[str]:
        """Put what the cells of a source mean in their place; return the fields that are faulty."""
        faulty = set()
        for field, cell in described.items():
            try:
                refuse_spoilt(cell)
                described[field] = cell_syntax.unquoted(cell)
                if field == "published":
                    described[field] = cell_values.read_date(cell)
            except NotationError as error:
                faulty.add(field)
                message = f"{self.name(number, field)}: {error}"
                self._problem(line, message, error.hint, error.code or "DR136")
        return faulty

    def _source(self, line: int, number: int, described: dict[str, str]) -> str:
        """Return the id of a source that some cells describe; of a faulty one, nothing."""
        before = self._count
        faulty = self._read(line, number, described)
        known = self.known.by_id.get(described.get("id", ""))
        if known is not None:
            self._compare(line, number, known, described, faulty)
            if self._count == before:
                self.known.extend(known, described)
            return known.id
        lacking = [field for field in NEEDED if field not in described]
        if lacking:
            needed = " and ".join(self.name(number, field) for field in lacking)
            self._problem(
                line, f"the source lacks {needed}",
                "Fill the cells, or cite a source of the bibliography by its id in 'sources'",
            )  # fmt: skip
        kind = described.get("kind", "").casefold()
        if kind and kind not in KINDS and "kind" not in faulty:
            faulty.add("kind")
            hint = did_you_mean(nearest(kind, KINDS, limit=1)).strip()
            listed = ", ".join(map(repr, KINDS))
            name = self.name(number, "kind")
            message = f"{name}: expected one of {listed}, got {described['kind']!r}"
            self._problem(line, message, hint)
        sound = {field: text for field, text in described.items() if field not in faulty}
        if kind and "kind" in sound:
            sound["kind"] = kind
        self._explain(line, number, sound)
        return "" if self._count > before else self.known.of(sound).id

    def _explain(self, line: int, number: int, described: dict[str, str]) -> None:
        """Report the fields with a value that a source cannot have, such as an id with spaces."""
        data: dict[str, Any] = {field: described.get(field, "") for field in NEEDED}
        data |= {"id": "source", "kind": KINDS[0]} | described
        try:
            Source(**data | _dated(data))
        except InvalidEventError:
            for _, key, message in explain(data, Source):
                if key in described:
                    text = message.removeprefix(f"{key}: ")
                    self._problem(line, f"{self.name(number, key)}: {text}", "Correct the cell")

    def _compare(
        self, line: int, number: int, known: Source, described: dict[str, str], faulty: set[str]
    ) -> None:
        """Report cells that contradict all entries of a known source."""
        for field, text in described.items():
            if field in faulty or _text(getattr(known, field)) in (None, text):
                continue
            held = self._held(known, field)
            if text not in held:
                said = " and ".join(
                    repr(value) + (f" ({', '.join(streams)})" if streams and len(held) > 1 else "")
                    for value, streams in held.items()
                )
                self._problem(
                    line,
                    f"{self.name(number, field)}: the source {known.id!r} has {said}, got {text!r}",
                    "Give the other document another id, or leave the cell empty",
                )

    def _held(self, known: Source, field: str) -> dict[str, tuple[str, ...]]:
        """Return what the entries of an id have in a field, with the streams that have it so."""
        held: dict[str, tuple[str, ...]] = {}
        entries = [(known, ()), *self.reference.brought_by("source", known.id)]
        for entry, streams in entries:
            text = _text(getattr(entry, field))
            if text is not None:
                held[text] = (*held.get(text, ()), *streams)
        return held


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return value.text if isinstance(value, PartialDate) else str(value)


def _dated(data: dict[str, Any]) -> dict[str, Any]:
    return {"published": partial_date(data["published"])} if "published" in data else {}
