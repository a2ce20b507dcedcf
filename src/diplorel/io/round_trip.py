"""Values whose encoded form is known to round-trip, so that it need not be read back."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, get_args

from diplorel.io.field_types import is_class, is_tuple, is_union, keys, member_of
from diplorel.model.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable

    import attrs

_LEAVES: Final = frozenset({str, int, bool, Decimal, PartialDate})


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
    """Return how to get the values of a class, of which each has two fields at least."""
    get: Callable[[Any], tuple[Any, ...]] = attrgetter(*(one.name for one, _ in keys(cls).values()))
    return get


@cache
def lists_of(cls: type, types: tuple[type, ...]) -> tuple[tuple[int, Any], ...] | None:
    """Return which fields hold lists and of what, where the other values are of their types.

    Returns:
        Places and types; None where a value is of a type that its field does not name.
    """
    found: list[tuple[int, Any]] = []
    for at, ((field, kind), given) in enumerate(zip(keys(cls).values(), types, strict=True)):
        if not fits(field, kind, given):
            return None
        if is_tuple(kind):
            found.append((at, get_args(kind)[0]))
    return tuple(found)


def fits(field: attrs.Attribute[Any], kind: Any, given: type) -> bool:
    """Say whether a value of a type is what its field names; of a list, but for its items."""
    if is_tuple(kind) and given is tuple:
        item = get_args(kind)[0]
        return item is str or is_class(item)
    if given is type(None):
        return is_union(kind) and field.default is None
    named = member_of(kind) if is_union(kind) else kind
    return given is named and (given in _LEAVES or issubclass(given, StrEnum))
