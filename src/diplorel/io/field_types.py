"""The types of fields: what each is in plain data, and how a value of it is read, strictly.

Nothing is coerced: a number is not text, text is not a list, null is not a value. `decode` and
`explain` read by the same rules.
"""

from __future__ import annotations

import inspect
import types
import typing
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel.errors import expected_one_of
from diplorel.model.dates import PartialDate, partial_date
from diplorel.model.ladders import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Decoder: TypeAlias = Callable[[Any], Any]
    """Return the value that plain data stand for; raises when they do not."""


class WrongError(ValueError):
    """A value is not of its kind; the text says what was found and what was expected."""


def _text(value: Any) -> str:
    if type(value) is not str:
        raise WrongError(f"expected text, got {value!r}{_left_out(value)}")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise WrongError(f"expected a whole number, got {value!r}{_left_out(value)}")
    return value


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise WrongError(f"expected true or false, got {value!r}{_left_out(value)}")
    return value


def _decimal(value: Any) -> Decimal:
    if type(value) is not str:
        raise WrongError(f"expected a number as text, such as '9.15', got {value!r}")
    try:
        return Decimal(value)
    except ArithmeticError:
        raise WrongError(f"expected a number as text, such as '9.15', got {value!r}") from None


def _date(value: Any) -> PartialDate:
    return partial_date(_text(value))


def _left_out(value: Any) -> str:
    return "; leave the key out where there is nothing to say" if value is None else ""


def list_of(value: Any) -> list[Any]:
    """Return a list as it is."""
    if type(value) is not list:
        raise WrongError(f"expected a list, got {value!r}{_left_out(value)}")
    return value


def texts_of(value: Any) -> tuple[Text, ...]:
    """Return texts by language from ``{"en": "…"}``."""
    if type(value) is not dict or not all(type(text) is str for text in value.values()):
        raise WrongError(f"expected texts by language, such as {{'en': '…'}}, got {value!r}")
    return tuple(sorted(Text(lang, text) for lang, text in value.items()))


def table_of(value: Any) -> dict[str, Any]:
    """Return a table as it is."""
    if type(value) is not dict:
        raise WrongError(f"expected a table of keys and values, got {value!r}")
    return value


STRICT: Final[Mapping[Any, Decoder]] = {
    str: _text,
    int: _whole,
    bool: _truth,
    Decimal: _decimal,
    PartialDate: _date,
    tuple[Text, ...]: texts_of,
}
"""How to read what is no class, no list and no enum."""


@cache
def enum_of(cls: type[Enum]) -> Decoder:
    """Return how to read an enum by the values of its members."""
    values = {member.value: member for member in cls}

    def decode_member(value: Any) -> Enum:
        if type(value) is not str or value not in values:
            raise WrongError(expected_one_of(values, value))
        return values[value]

    return decode_member


def is_enum(kind: Any) -> bool:
    """Whether a type is an enum; one of texts must not be taken for a text."""
    return isinstance(kind, type) and issubclass(kind, Enum)


def is_class(kind: Any) -> bool:
    """Whether a type is an attrs class that is written as a table."""
    return isinstance(kind, type) and attrs.has(kind) and kind is not PartialDate


def is_tuple(kind: Any) -> bool:
    """Whether a type is a tuple of any length, which is written as a list."""
    return typing.get_origin(kind) is tuple


def is_union(kind: Any) -> bool:
    """Whether a type is a union."""
    return typing.get_origin(kind) in (typing.Union, types.UnionType)


def member_of(union: Any) -> Any:
    """Return the type that an optional one is when it is given: null never stands for an absent."""
    (member,) = (one for one in typing.get_args(union) if one is not type(None))
    return member


@cache
def _annotations(cls: type) -> Mapping[str, Any]:
    return inspect.get_annotations(cls, eval_str=True)


def keys(cls: type) -> dict[str, tuple[attrs.Attribute[Any], Any]]:
    """Return the keys that a class is written with, each with its field and its type."""
    kinds: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        kinds.update(_annotations(base))
    return {one.alias: (one, kinds[one.name]) for one in attrs.fields(cls) if one.init}
