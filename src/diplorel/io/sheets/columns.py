"""Which columns a table has, and what each class of events writes into them."""

from __future__ import annotations

import re
import types
import typing
from decimal import Decimal
from enum import Enum, StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.errors import InvalidEventError
from diplorel.io.codec import event_types
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Person, Wording, one_party, party_or_none
from diplorel.model.ladders import Text
from diplorel.model.sources import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ENVELOPE: Final = tuple(field.name for field in attrs.fields(Event) if field.name != "on")
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


def _kind(field: attrs.Attribute[Any]) -> tuple[Kind, tuple[str, ...]]:
    of: Any = field.type
    converter: Any = field.converter
    if typing.get_origin(of) in (typing.Union, types.UnionType):
        (of,) = (one for one in typing.get_args(of) if one is not type(None))
    if converter in (one_party, party_or_none):
        return Kind.PARTY, ()
    if field.name == "dyads":
        return Kind.PARTIES, ()
    if isinstance(of, type) and issubclass(of, Enum):
        return Kind.KEY, tuple(str(one.value) for one in of)
    if of is str:
        return (Kind.KEY if converter is not None else Kind.TEXT), ()
    if typing.get_origin(of) is tuple:
        return _LISTS.get(typing.get_args(of)[0], Kind.JSON), ()
    return _KINDS.get(of, Kind.JSON), ()


_KINDS: Final[dict[Any, Kind]] = {
    PartialDate: Kind.DATE,
    Decimal: Kind.NUMBER,
    int: Kind.WHOLE,
    bool: Kind.TRUTH,
}
_LISTS: Final[dict[Any, Kind]] = {
    str: Kind.LIST,
    Text: Kind.TEXTS,
    Wording: Kind.WORDINGS,
    Person: Kind.PERSONS,
    Citation: Kind.CITATIONS,
}


@lru_cache
def shape(cls: type[Event]) -> Shape:
    """Return how a class of events is written in a row."""
    attrs.resolve_types(cls)
    fields = {field.alias: field for field in attrs.fields(cls) if field.init}
    roles: tuple[str, ...] = ()
    if "parties" not in fields:
        roles = tuple(key for key, one in fields.items() if one.converter is one_party)[:2]
    columns = {}
    for key, field in fields.items():
        if key not in ("parties", *roles):
            kind, values = _kind(field)
            columns[key] = Column(key, kind, field.default is attrs.NOTHING, values)
    sides = len(roles) if roles else _least(fields.get("parties"))
    return Shape(cls, roles, sides, columns)


def _least(parties: attrs.Attribute[Any] | None) -> int:
    """Return how many parties a class needs: what its own converter says of one."""
    if parties is None:
        return 0
    converter: Any = parties.converter
    try:
        converter(("VNM",))
    except InvalidEventError:
        return 2
    return 1


def shapes(extra: Iterable[type[Event]] = ()) -> dict[str, Shape]:
    """Return the shapes of all classes of events by their names on the wire."""
    return {
        name: shape(cls)  # type: ignore[arg-type]  # a class has a hash
        for name, cls in event_types(extra).items()
        if issubclass(cls, Event)
    }


def names(known: Mapping[str, Shape]) -> tuple[str, ...]:
    """Return the names of all columns, in their order."""
    own = [name for one in known.values() for name in one.columns]
    inner = [name for name in dict.fromkeys(own) if name not in (*FIRST, *ENVELOPE)]
    outer = [name for name in ENVELOPE if name not in ("sources", "supersedes", "reason")]
    return (*FIRST, MORE, *inner, *outer, "sources", "supersedes", "reason")


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
