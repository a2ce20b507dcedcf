"""Which fields a class has, and what each is on the wire: the one description of a class.

The readers and writers of `diplorel.io`, the JSON Schema, the columns of a spreadsheet and the
strategies of `diplorel.testing` all follow from it. It is read off the class: the type of a field
says its form, its converter what it demands beyond the type.
"""

from __future__ import annotations

import inspect
import types
import typing
from decimal import Decimal
from enum import Enum
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from diplorel.model import converters, written_names
from diplorel.model.dates import PartialDate
from diplorel.model.ladders import Text
from diplorel.model.names import NAMES_LIMIT, spellings
from diplorel.model.sources import cite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")


class Form(Enum):
    """What a value is on the wire."""

    TEXT = "text"
    KEY = "key"
    """A text of small letters and hyphens, such as ``trade-turnover``."""
    PARTY = "party"
    """The id of a party."""
    OFFICE = "office"
    """An organ and an office, such as ``state:president``."""
    CHOICE = "choice"
    """A word of a list: a member of an enum."""
    DATE = "date"
    NUMBER = "number"
    """A decimal number, as text, with the digits that were printed."""
    WHOLE = "whole"
    TRUTH = "truth"
    LIST = "list"
    TEXTS = "texts"
    """Texts by language."""
    TABLE = "table"
    """A class of its own, as a table of keys and values."""
    OTHER = "other"
    """A type of a track of your own, unknown to the library."""


_LEAVES: Final[Mapping[Any, Form]] = {
    str: Form.TEXT,
    int: Form.WHOLE,
    bool: Form.TRUTH,
    Decimal: Form.NUMBER,
    PartialDate: Form.DATE,
    tuple[Text, ...]: Form.TEXTS,
}


@attrs.frozen
class Demand:
    """What a converter demands beyond the type of its field.

    Attributes:
        form: The form of the text, or of each item of the list; None for what the type says.
        least: How many items a list must have, or how large a whole number must be.
        most: How many it may have, or how large it may be; None for no limit.
        unique: Whether a list may have no item twice.
    """

    form: Form | None = None
    least: int | None = None
    most: int | None = None
    unique: bool = False


DEMANDS: Final[Mapping[Any, Demand]] = {
    converters.one_party: Demand(Form.PARTY),
    converters.party_or_none: Demand(Form.PARTY),
    converters.slug: Demand(Form.KEY),
    converters.slug_or_none: Demand(Form.KEY),
    converters.dyad: Demand(Form.PARTY, 2, 2, unique=True),
    converters.two_or_more: Demand(Form.PARTY, 2, unique=True),
    converters.dyad_or_one: Demand(Form.PARTY, 1, 2, unique=True),
    converters.party_ids: Demand(Form.PARTY, 1, unique=True),
    converters.other_parties: Demand(Form.PARTY),
    converters.office_ids: Demand(Form.OFFICE),
    converters.day_order: Demand(least=0, most=converters.SEQ_LIMIT - 1),
    converters.event_number: Demand(least=1, most=converters.NTH_LIMIT - 1),
    written_names.named_dyad: Demand(least=2, most=2, unique=True),
    written_names.named_dyad_or_one: Demand(least=1, most=2, unique=True),
    written_names.party_names: Demand(unique=True),
    written_names.one_or_more_party_names: Demand(least=1, unique=True),
    written_names.two_or_more_party_names: Demand(least=2, unique=True),
    spellings: Demand(least=1, most=NAMES_LIMIT),
    cite: Demand(least=1),
}
"""What each converter demands. One of your own demands what the type of its field says."""


def per_class(function: Callable[[Any], T]) -> Callable[[Any], T]:
    """Work out once for each class or type what a function returns of it.

    It is `functools.cache`, which type checkers let nobody call with the class of an event, since
    instances with a hash of their own seem to give their class none.
    """
    return cache(function)


@per_class
def form_of(kind: Any) -> Form:
    """Return what values of a type are on the wire; of a union, see `Field.kind`."""
    known = _LEAVES.get(kind)
    if known is not None:
        return known
    if typing.get_origin(kind) is tuple:
        return Form.LIST
    if not isinstance(kind, type):
        return Form.OTHER
    if issubclass(kind, Enum):  # before a class of texts: one of texts is an enum first
        return Form.CHOICE
    return Form.TABLE if attrs.has(kind) and not issubclass(kind, (str, int, tuple)) else Form.OTHER


def is_union(kind: Any) -> bool:
    """Return whether a type is a union."""
    return typing.get_origin(kind) in (typing.Union, types.UnionType)


def without_none(kind: Any) -> Any:
    """Return the type that an optional one is when it is given; other types as they are."""
    if not is_union(kind):
        return kind
    members = [one for one in typing.get_args(kind) if one is not type(None)]
    return members[0] if len(members) == 1 else kind


def item_of(kind: Any) -> Any:
    """Return the type of the items of a list, None for a type that is not a list."""
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


@attrs.frozen(eq=False)
class Field:
    """One field of a class.

    Attributes:
        owner: The class.
        name: The name of the attribute.
        key: The key on the wire, which is the name of the argument.
        default: What it is where it is left out; `attrs.NOTHING` where it must be given.
        convert: What the class makes of a value that it is given, if anything.
    """

    owner: type
    name: str
    key: str
    default: Any
    convert: Callable[[Any], Any] | None

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return self.default is attrs.NOTHING

    @cached_property
    def annotation(self) -> Any:
        """The type as the class has it."""
        return _annotations(self.owner)[self.name]

    @property
    def optional(self) -> bool:
        """Whether it can be None, which no data on the wire say: the key is left out."""
        return type(None) in typing.get_args(self.annotation)

    @cached_property
    def kind(self) -> Any:
        """The type of what is given."""
        return without_none(self.annotation)

    @cached_property
    def demand(self) -> Demand:
        """What its converter demands."""
        return DEMANDS.get(self.convert, Demand())

    @cached_property
    def form(self) -> Form:
        """What it is on the wire."""
        found = form_of(self.kind)
        return self.demand.form or found if found is Form.TEXT else found

    @cached_property
    def item(self) -> Any:
        """The type of its items where it is a list, otherwise None."""
        return item_of(self.kind)

    @cached_property
    def item_form(self) -> Form | None:
        """What its items are where it is a list, otherwise None."""
        if self.form is not Form.LIST:
            return None
        return self.demand.form or form_of(self.item)


@per_class
def fields_of(cls: type) -> tuple[Field, ...]:
    """Return the fields that a class is made from, in their order.

    >>> from diplorel.events import LevelUpgraded
    >>> [field.form.value for field in fields_of(LevelUpgraded) if field.key in ("on", "ladder")]
    ['date', 'party']
    """
    return tuple(
        Field(cls, one.name, one.alias, one.default, one.converter)
        for one in attrs.fields(cls)
        if one.init
    )


@per_class
def keys_of(cls: type) -> dict[str, Field]:
    """Return the fields of a class by their keys on the wire."""
    return {field.key: field for field in fields_of(cls)}


@per_class
def _annotations(cls: type) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        found.update(_own_annotations(base))
    return found


@per_class
def _own_annotations(cls: type) -> Mapping[str, Any]:
    return inspect.get_annotations(cls, eval_str=True)
