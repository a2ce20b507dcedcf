"""Values whose encoded form is known to round-trip, so that it need not be read back."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from diplorel.model.fields import Field, Form, fields_of, form_of

if TYPE_CHECKING:
    from collections.abc import Callable

_ATOMS: Final = frozenset({Form.TEXT, Form.WHOLE, Form.TRUTH, Form.NUMBER, Form.DATE})


def round_trips(value: Any) -> bool:
    """Say whether the text of a value of one of our own classes is read as an equal value.

    A constructor checks what a field's converter checks, and not that a remark is a text; a reader
    checks both. So where every value is of the very type that its field names, the reader finds
    nothing that the constructor did not. False only says that it has to be tried.
    """
    cls = value.__class__
    if not cls.__module__.startswith("diplorel."):
        return False
    values = values_of(cls)(value)
    lists = lists_of(cls, tuple(map(type, values)))
    return lists is not None and all(items_round_trip(values[at], kind) for at, kind in lists)


def items_round_trip(items: tuple[Any, ...], kind: Any) -> bool:
    """Say whether all items of a list are of this very type, and certain."""
    for item in items:
        if item.__class__ is not kind or (kind is not str and not round_trips(item)):
            return False
    return True


@cache
def values_of(cls: type) -> Callable[[Any], tuple[Any, ...]]:
    """Return how to get the values of a class; each has two fields at least."""
    get: Callable[[Any], tuple[Any, ...]] = attrgetter(*(one.name for one in fields_of(cls)))
    return get


@cache
def lists_of(cls: type, types: tuple[type, ...]) -> tuple[tuple[int, Any], ...] | None:
    """Return which fields hold lists and of what, where the other values are of their types.

    Returns:
        Places and types; None where a value is of a type that its field does not name.
    """
    found: list[tuple[int, Any]] = []
    for at, (field, given) in enumerate(zip(fields_of(cls), types, strict=True)):
        if not fits(field, given):
            return None
        if field.item is not None:
            found.append((at, field.item))
    return tuple(found)


def fits(field: Field, given: type) -> bool:
    """Say whether a value of a type is what its field names; of a list, but for its items."""
    if field.item is not None and given is tuple:
        return field.item is str or form_of(field.item) is Form.TABLE
    if given is type(None):
        return field.optional and field.default is None
    return given is field.kind and (form_of(given) in _ATOMS or issubclass(given, StrEnum))
