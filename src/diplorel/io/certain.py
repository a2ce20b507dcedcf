"""What need not be read back: values of which it is certain what their text is read as."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, get_args

from diplorel.dates import PartialDate
from diplorel.io.codec import is_class, is_tuple, is_union, keys, member_of

if TYPE_CHECKING:
    from collections.abc import Callable

_LEAVES: Final = frozenset({str, int, bool, Decimal, PartialDate})


def certain(value: Any) -> bool:
    """Say whether the text of a value of one of our own classes is read as an equal value.

    A constructor checks what a field's converter checks, and not that a remark is a text; a reader
    checks both. So where every value is of the very type that its field names, the reader finds
    nothing that the constructor did not. False only says that it has to be tried.
    """
    cls = value.__class__
    if not cls.__module__.startswith("diplorel."):
        return False
    values = _values(cls)(value)
    lists = _lists(cls, tuple(map(type, values)))
    if lists is None:
        return False
    for at, kind in lists:
        for item in values[at]:
            if item.__class__ is not kind or (kind is not str and not certain(item)):
                return False
    return True


@cache
def _values(cls: type) -> Callable[[Any], tuple[Any, ...]]:
    """Return how to get the values of a class, of which each has two fields at least."""
    get: Callable[[Any], tuple[Any, ...]] = attrgetter(*(one.name for one, _ in keys(cls).values()))
    return get


@cache
def _lists(cls: type, types: tuple[type, ...]) -> tuple[tuple[int, Any], ...] | None:
    """Return which fields hold lists and of what, where the other values are of their types.

    Returns:
        Places and types; None where a value is of a type that its field does not name.
    """
    found: list[tuple[int, Any]] = []
    for at, ((field, kind), given) in enumerate(zip(keys(cls).values(), types, strict=True)):
        if is_tuple(kind) and given is tuple:
            (item, *_) = get_args(kind)
            if item is not str and not is_class(item):
                return None
            found.append((at, item))
        elif given is type(None):
            if not is_union(kind) or field.default is not None:
                return None
        elif given is not (member_of(kind) if is_union(kind) else kind) or not (
            given in _LEAVES or issubclass(given, StrEnum)
        ):
            return None
    return tuple(found)
