"""What a value takes along when it is pickled or copied: its data, without what it worked out.

Values are pickled to travel between processes of one version of the library, as multiprocessing,
joblib and Spark do. What lasts is written as a stream or kept in a store: the library itself never
unpickles anything.
"""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

import attrs

T = TypeVar("T")
Reduced: TypeAlias = tuple[Any, tuple[Any, ...]]
"""What ``__reduce__`` returns: a function, and the arguments for it to make the value anew."""


def reduced(value: Any, **caches: Any) -> Reduced:
    """Return how to make an attrs object anew, for its ``__reduce__``.

    Fields that hold their default stay behind: most fields of most events do. ``__reduce__`` is
    inherited, while attrs writes the ``__getstate__`` of each class with slots anew.

    Args:
        value: The object.
        **caches: The fields that are worked out again, each with what takes its place.
    """
    cls = type(value)
    values = {
        field.name: item
        for field in attrs.fields(cls)
        if field.name not in caches
        and (item := getattr(value, field.name, attrs.NOTHING)) is not field.default
    }
    return _rebuilt, (cls, values | caches)


def changed(value: T, **fields: Any) -> T:
    """Return an attrs object with other values in some fields; no converter and no check runs."""
    function, arguments = reduced(value, **fields)
    made: T = function(*arguments)
    return made


def _rebuilt(cls: type[Any], values: dict[str, Any]) -> Any:
    """Return an object with these values. They are not checked again: they have been once."""
    value = object.__new__(cls)
    for field in attrs.fields(cls):
        item = values.get(field.name, field.default)
        if item is not attrs.NOTHING:  # a class of a user may leave a field without a value
            object.__setattr__(value, field.name, item)
    return value
