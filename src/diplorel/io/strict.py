"""How a single value is read from plain data, strictly.

Nothing is coerced: a number is not text, text is not a list, null is not a value. One record at a
time and whole files are read by these same rules.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from diplorel.errors import expected_one_of
from diplorel.model.dates import PartialDate, partial_date
from diplorel.model.ladders import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Decoder: TypeAlias = Callable[[Any], Any]
    """Return the value that plain data stand for; raises when they do not."""


class WrongError(ValueError):
    """A value is not of its kind; the text says what was found and what was expected."""


def _exactly(kind: type, expected: str) -> Decoder:
    """Return how to read a value of a type that is as it is in plain data."""

    def decode_one(value: Any) -> Any:
        if type(value) is not kind:
            raise WrongError(f"expected {expected}, got {value!r}{_left_out(value)}")
        return value

    return decode_one


def _decimal(value: Any) -> Decimal:
    if type(value) is not str:
        raise WrongError(f"expected a number as text, such as '9.15', got {value!r}")
    try:
        return Decimal(value)
    except ArithmeticError:
        raise WrongError(f"expected a number as text, such as '9.15', got {value!r}") from None


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


_text: Final = _exactly(str, "text")


def _date(value: Any) -> PartialDate:
    return partial_date(_text(value))


STRICT: Final[Mapping[Any, Decoder]] = {
    str: _text,
    int: _exactly(int, "a whole number"),
    bool: _exactly(bool, "true or false"),
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
            raise WrongError(str(expected_one_of(values, value)))
        return values[value]

    return decode_member
