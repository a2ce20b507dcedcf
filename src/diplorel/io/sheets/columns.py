"""Which columns a table has, and what each class of events writes into them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.io.event_types import event_types
from diplorel.model.events import Event, Person, Wording
from diplorel.model.fields import Field, Form, fields_of, per_class
from diplorel.model.sources import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ENVELOPE: Final = tuple(field.name for field in fields_of(Event) if field.name != "on")
SIDES: Final = ("party_a", "party_b")
FIRST: Final = ("id", "type", "on", *SIDES)
MORE: Final = "other_parties"
ALWAYS: Final = (*FIRST, "sources")
SYNONYMS: Final = {
    "date": "on",
    "day": "on",
    "when": "on",
    "event": "type",
    "event_type": "type",
    "country": "party_a",
    "country_a": "party_a",
    "country_1": "party_a",
    "party_1": "party_a",
    "from": "party_a",
    "partner": "party_b",
    "country_b": "party_b",
    "country_2": "party_b",
    "party_2": "party_b",
    "with": "party_b",
    "to": "party_b",
    "location": "place",
    "source": "sources",
    "citations": "sources",
    "notes": "note",
    "remark": "note",
    "remarks": "note",
    "comment": "note",
    "comments": "note",
}
"""Other names of columns. The names of roles, such as visitor and host, are read as well."""


class Kind(StrEnum):
    """How a column's cells are written."""

    TEXT = "text"
    KEY = "key"
    """A word of a list, or a name that must be exact."""
    DATE = "date"
    NUMBER = "number"
    WHOLE = "whole"
    TRUTH = "truth"
    PARTY = "party"
    PARTIES = "parties"
    LIST = "list"
    TEXTS = "texts"
    WORDINGS = "wordings"
    PERSONS = "persons"
    CITATIONS = "citations"
    JSON = "json"


@attrs.frozen
class Column:
    """What one class writes into one column.

    Attributes:
        key: The key on the wire.
        kind: How the cell is written.
        needed: Whether it must be filled.
        values: The words that it may have, where those are listed.
    """

    key: str
    kind: Kind
    needed: bool
    values: tuple[str, ...] = ()


@attrs.frozen
class Shape:
    """How one class of events is written in a row.

    Attributes:
        cls: The class.
        roles: The keys of its two sides, where it has named ones; otherwise it has ``parties``.
        sides: How many sides a row must name.
        columns: Its other columns by their names.
    """

    cls: type[Event]
    roles: tuple[str, ...]
    sides: int
    columns: Mapping[str, Column]

    @property
    def needed(self) -> tuple[str, ...]:
        """The names of the columns that a row of this class must fill, but for the sources."""
        own = (name for name, one in self.columns.items() if one.needed)
        return (
            "on",
            *SIDES[: self.sides],
            *(name for name in own if name not in ("on", "sources")),
        )


_KINDS: Final[dict[Form, Kind]] = {
    Form.TEXT: Kind.TEXT,
    Form.KEY: Kind.KEY,
    Form.CHOICE: Kind.KEY,
    Form.PARTY: Kind.PARTY,
    Form.DATE: Kind.DATE,
    Form.NUMBER: Kind.NUMBER,
    Form.WHOLE: Kind.WHOLE,
    Form.TRUTH: Kind.TRUTH,
    Form.TEXTS: Kind.TEXTS,
}
_LISTS: Final[dict[Any, Kind]] = {
    Wording: Kind.WORDINGS,
    Person: Kind.PERSONS,
    Citation: Kind.CITATIONS,
}


def _kind(field: Field) -> Kind:
    if field.form is not Form.LIST:
        return _KINDS.get(field.form, Kind.JSON)
    if field.item_form is Form.PARTY:
        return Kind.PARTIES
    return Kind.LIST if field.item is str else _LISTS.get(field.item, Kind.JSON)


@per_class
def shape(cls: type[Event]) -> Shape:
    """Return how a class of events is written in a row."""
    fields = {field.key: field for field in fields_of(cls)}
    roles: tuple[str, ...] = ()
    if "parties" not in fields:
        needed = (field for field in fields.values() if field.required)
        roles = tuple(field.key for field in needed if field.form is Form.PARTY)[:2]
    columns = {
        key: Column(key, _kind(field), field.required, _words(field))
        for key, field in fields.items()
        if key not in ("parties", *roles)
    }
    sides = len(roles) if roles else _least(fields.get("parties"))
    return Shape(cls, roles, sides, columns)


def _words(field: Field) -> tuple[str, ...]:
    if field.form is not Form.CHOICE:
        return ()
    return tuple(str(member.value) for member in field.kind)


def _least(parties: Field | None) -> int:
    """Return how many parties a class needs."""
    return 0 if parties is None else parties.demand.least or 1


def shapes(extra: Iterable[type[Event]] = ()) -> dict[str, Shape]:
    """Return the shapes of all classes of events by their names on the wire."""
    return {name: shape(cls) for name, cls in event_types(extra).items() if issubclass(cls, Event)}


def names(known: Mapping[str, Shape]) -> tuple[str, ...]:
    """Return the names of all columns, in their order."""
    own = [name for one in known.values() for name in one.columns]
    inner = [name for name in dict.fromkeys(own) if name not in (*FIRST, *ENVELOPE)]
    outer = [name for name in ENVELOPE if name not in ("sources", "supersedes", "reason")]
    return (*FIRST, MORE, *inner, *outer, "sources", "supersedes", "reason")


def common_columns(known: Mapping[str, Shape]) -> dict[str, Column]:
    """Return the columns that mean the same in every class that has them.

    A row of an unknown type can be read by them.
    """
    kinds: dict[str, set[Kind]] = {}
    for one in known.values():
        for name, column in one.columns.items():
            kinds.setdefault(name, set()).add(column.kind)
    return {
        name: Column(name, next(iter(some)), needed=False)
        for name, some in kinds.items()
        if len(some) == 1
    }


def common_needs(known: Mapping[str, Shape]) -> tuple[str, ...]:
    """Return the names of the columns that a row of any class must fill."""
    first, *others = known.values()
    return tuple(name for name in first.needed if all(name in one.needed for one in others))


def synonyms(known: Mapping[str, Shape]) -> dict[str, str]:
    """Return other names of columns, those of the roles among them."""
    found = dict(SYNONYMS)
    for one in known.values():
        found |= dict(zip(one.roles, SIDES, strict=False))
    return found


def describe_column(name: str) -> str:
    """Return the name of a column as messages have it, with the name that beginners use."""
    easy = {"on": "date", "party_a": "country", "party_b": "partner"}.get(name)
    return f"{name} (or {easy})" if easy else name


def header(text: str) -> str:
    """Return the name of a column as one may have typed it: ``Party A`` is ``party_a``."""
    return re.sub(r"[\W_]+", "_", text.casefold()).strip("_")
