"""Everything that is wrong with data: the careful way, and the only module that imports cattrs.

Only data that `diplorel.io.codec.decode` refused come here, so this module is imported when the
first of them does.
"""

from __future__ import annotations

import typing
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

import attrs
from cattrs import BaseConverter, Converter
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn

from diplorel.errors import DiplorelError, did_you_mean, nearest
from diplorel.io.field_types import (
    STRICT,
    enum_of,
    is_class,
    is_enum,
    is_tuple,
    is_union,
    keys,
    list_of,
    member_of,
    table_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from diplorel.io.field_types import Decoder

    Hook = Callable[[Any, Any], Any]

Found = tuple[str, str, str]
"""What is wrong: a code, where in the data (``sources[0].on``) and a message."""


def _hook(decode_one: Decoder) -> Hook:
    """Return a hook for a type and the enums that derive from it: one of texts is no text."""
    return lambda value, kind: (enum_of(kind) if is_enum(kind) else decode_one)(value)


def _union_hook(cls: Any, inner: BaseConverter) -> Hook:
    return inner.get_structure_hook(member_of(cls))


def _tuple_hook(cls: Any, inner: BaseConverter) -> Hook:
    if cls in STRICT:
        return _hook(STRICT[cls])
    item = typing.get_args(cls)[0]
    hook = inner.get_structure_hook(item)

    def structure(value: Any, _: Any) -> tuple[Any, ...]:
        found, wrong = [], []
        for place, one in enumerate(list_of(value)):
            try:
                found.append(hook(one, item))
            except Exception as error:  # noqa: BLE001  each fault is collected and reported
                error.add_note(f"[{place}]")
                wrong.append(error)
        if wrong:
            raise IterableValidationError("in a list", wrong, cls)  # pyright: ignore[reportCallIssue]
        return tuple(found)

    return structure


def _class_hook(cls: Any, inner: BaseConverter) -> Hook:
    hook = make_dict_structure_fn(
        cls,
        inner,
        _cattrs_forbid_extra_keys=True,
        _cattrs_detailed_validation=True,
        _cattrs_include_init_false=False,
    )
    return lambda value, _: hook(table_of(value), cls)


def _converter() -> Converter:
    """Return a converter that coerces nothing and finds every fault."""
    converter = Converter(detailed_validation=True)
    converter.register_structure_hook_factory(is_class, _class_hook)
    converter.register_structure_hook_factory(is_tuple, _tuple_hook)
    converter.register_structure_hook_factory(is_union, _union_hook)
    converter.register_structure_hook(Enum, lambda value, kind: enum_of(kind)(value))
    for kind, decode_one in STRICT.items():
        if not is_tuple(kind):
            converter.register_structure_hook(kind, _hook(decode_one))
    return converter


_CONVERTER: Final = _converter()


def decoder_for(kind: Any) -> Decoder:
    """Return how cattrs reads a type of which the codec knows nothing."""
    hook = _CONVERTER.get_structure_hook(kind)
    return lambda value: hook(value, kind)


def explain(data: dict[str, Any], cls: type) -> list[Found]:
    """Return everything that is wrong with data that `decode` refused, in the order of its keys."""
    known = keys(cls)
    found: list[Found] = []
    values = {}
    for key, value in data.items():
        if key not in known:
            hint = did_you_mean(nearest(key, known, limit=1))
            found.append(("DR102", key, f"unknown key {key!r}.{hint}".rstrip(".")))
            continue
        field, kind = known[key]
        try:
            structured = _CONVERTER.structure(value, kind)
            convert = field.converter
            values[key] = convert(structured) if callable(convert) else structured
        except Exception as error:  # noqa: BLE001  each fault is collected and reported
            found += _find_problems(error, key)
    missing = sorted(
        key
        for key, (field, _) in known.items()
        if field.default is attrs.NOTHING and key not in data
    )
    found += [("DR105", key, f"the key {key!r} is missing") for key in missing]
    if not found:
        try:
            cls(**values)
        except DiplorelError as error:
            found.append(("DR104", "", str(error)))
    return found


def _find_problems(error: BaseException, path: str) -> Iterator[Found]:
    """Yield each fault within an error of cattrs, with its place in the data."""
    if isinstance(error, (ClassValidationError, IterableValidationError)):
        for inner in error.exceptions:
            yield from _find_problems(inner, path + _place(inner))
    elif isinstance(error, ForbiddenExtraKeysError):
        known = [field.name for field in attrs.fields(error.cl)]
        for key in sorted(error.extra_fields):
            hint = did_you_mean(nearest(key, known, limit=1))
            yield "DR102", path, f"{path}: unknown key {key!r}.{hint}".rstrip(".")
    elif isinstance(error, KeyError):
        yield "DR105", path, f"{path}: the key is missing"
    else:
        text = str(error)
        yield "DR104", path, text if text.startswith(f"{path}:") else f"{path}: {text}"


def _place(error: BaseException) -> str:
    """Return the last step to an error: cattrs notes the attribute, `_converter` the index."""
    notes = getattr(error, "__notes__", ())
    return next((f".{one.name}" if hasattr(one, "name") else str(one) for one in notes), "")
