"""From plain data to values, strictly: the only module that imports cattrs.

Nothing is coerced: a number is no text, a text is no list, null is no value, an unknown key is an
error. `decode` is quick on sound data; when anything is wrong, the same data goes through
`explain`, which finds everything that is wrong with it.
"""

from __future__ import annotations

import types
import typing
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs
from cattrs import BaseConverter, Converter
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn

from diplorel.dates import PartialDate, partial_date
from diplorel.errors import DiplorelError, did_you_mean, nearest
from diplorel.event import Event, EventRetracted
from diplorel.ladders import Text
from diplorel.sources import Citation
from diplorel.tracks import STANDARD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

T = TypeVar("T")
Found = tuple[str, str, str]
"""What is wrong: a code, where in the data (``sources[0].on``) and a message."""


class WrongError(ValueError):
    """A value is not of its kind; the text says what was found and what was expected."""


def _text(value: Any, _: Any = None) -> str:
    if type(value) is not str:
        raise WrongError(f"expected text, got {value!r}{_left_out(value)}")
    return value


def _whole(value: Any, _: Any = None) -> int:
    if type(value) is not int:
        raise WrongError(f"expected a whole number, got {value!r}{_left_out(value)}")
    return value


def _truth(value: Any, _: Any = None) -> bool:
    if type(value) is not bool:
        raise WrongError(f"expected true or false, got {value!r}{_left_out(value)}")
    return value


def _decimal(value: Any, _: Any = None) -> Decimal:
    if type(value) is not str:
        raise WrongError(f"expected a number as text, such as '9.15', got {value!r}")
    try:
        return Decimal(value)
    except ArithmeticError:
        raise WrongError(f"expected a number as text, such as '9.15', got {value!r}") from None


def _date(value: Any, _: Any = None) -> PartialDate:
    return partial_date(_text(value))


def _left_out(value: Any) -> str:
    return "; leave the key out where there is nothing to say" if value is None else ""


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise WrongError(f"expected a list, got {value!r}{_left_out(value)}")
    return value


def _texts(value: Any, _: Any = None) -> tuple[Text, ...]:
    if type(value) is not dict or not all(type(text) is str for text in value.values()):
        raise WrongError(f"expected texts by language, such as {{'en': '…'}}, got {value!r}")
    return tuple(sorted(Text(lang, text) for lang, text in value.items()))


@lru_cache(maxsize=65_536)
def _cited(source: str) -> tuple[Citation, ...]:
    return (Citation(source=source),)


_STRICT: Final[dict[type, Callable[[Any, Any], Any]]] = {
    str: _text,
    int: _whole,
    bool: _truth,
    Decimal: _decimal,
    PartialDate: _date,
}


def _enum_hook(cls: type[Enum]) -> Callable[[Any, Any], Enum]:
    values = {member.value: member for member in cls}

    def structure(value: Any, _: Any = None) -> Enum:
        if type(value) is not str or value not in values:
            known = ", ".join(map(repr, values))
            hint = did_you_mean(nearest(value, values)) if type(value) is str else ""
            raise WrongError(f"expected one of {known}, got {value!r}.{hint}".rstrip("."))
        return values[value]

    return structure


def _hook(converter: BaseConverter, cls: Any) -> Callable[[Any, Any], Any]:
    """Return how to read a type; an enum of texts must not be taken for a text."""
    if isinstance(cls, type) and issubclass(cls, Enum):
        return _enum_hook(cls)
    return converter.get_structure_hook(cls)


def _is_union(cls: Any) -> bool:
    return typing.get_origin(cls) in (typing.Union, types.UnionType)


def _is_tuple(cls: Any) -> bool:
    return typing.get_origin(cls) is tuple


def _is_class(cls: Any) -> bool:
    return isinstance(cls, type) and attrs.has(cls) and cls is not PartialDate


def _converter(*, detailed: bool) -> Converter:
    """Return a converter that coerces nothing; *detailed* finds every fault and is slower."""
    converter = Converter(detailed_validation=detailed)

    def union_hook(cls: Any, inner: BaseConverter) -> Callable[[Any, Any], Any]:
        # null never stands for an absent value, so an optional type is its other member
        (member,) = (one for one in typing.get_args(cls) if one is not type(None))
        hook = _hook(inner, member)
        return lambda value, _: hook(value, member)

    def tuple_hook(cls: Any, inner: BaseConverter) -> Callable[[Any, Any], Any]:
        item = typing.get_args(cls)[0]
        if item is Text:
            return _texts
        hook = _hook(inner, item)
        if not detailed:
            return lambda value, _: tuple([hook(one, item) for one in _list(value)])

        def structure(value: Any, _: Any) -> tuple[Any, ...]:
            found, wrong = [], []
            for place, one in enumerate(_list(value)):
                try:
                    found.append(hook(one, item))
                except Exception as error:  # noqa: BLE001  each fault is collected and told
                    error.add_note(f"[{place}]")
                    wrong.append(error)
            if wrong:
                raise IterableValidationError("in a list", wrong, cls)
            return tuple(found)

        return structure

    def class_hook(cls: Any, inner: BaseConverter) -> Callable[[Any, Any], Any]:
        hook = make_dict_structure_fn(
            cls,
            inner,
            _cattrs_forbid_extra_keys=True,
            _cattrs_detailed_validation=detailed,
            _cattrs_include_init_false=False,
        )

        def structure(value: Any, _: Any) -> Any:
            if type(value) is not dict:
                raise WrongError(f"expected a table of keys and values, got {value!r}")
            return hook(value, cls)

        return structure

    converter.register_structure_hook_factory(_is_class, class_hook)
    converter.register_structure_hook_factory(_is_tuple, tuple_hook)
    converter.register_structure_hook_factory(_is_union, union_hook)
    for kind, hook in _STRICT.items():
        converter.register_structure_hook(kind, hook)
    return converter


_QUICK: Final = _converter(detailed=False)
_CAREFUL: Final = _converter(detailed=True)


def _citations(value: Any, _: Any) -> tuple[Citation, ...]:
    """The common case, one source by its id alone, without building anything twice."""
    if type(value) is list and len(value) == 1 and type(value[0]) is dict and len(value[0]) == 1:
        source = value[0].get("source")
        if type(source) is str:
            return _cited(source)
    return tuple([_QUICK.structure(one, Citation) for one in _list(value)])


_QUICK.register_structure_hook_func(lambda cls: cls == tuple[Citation, ...], _citations)


@attrs.frozen
class Plan:
    """How to read one class: for each key, its type, its quick hook and its converter."""

    cls: type
    hooks: Mapping[str, tuple[Callable[[Any, Any], Any], Any]]
    converters: Mapping[str, Callable[[Any], Any] | None]
    required: frozenset[str]


@lru_cache
def plan(cls: type) -> Plan:
    """Return how to read *cls*, worked out once."""
    attrs.resolve_types(cls)
    fields = [field for field in attrs.fields(cls) if field.init]
    return Plan(
        cls,
        {one.alias: (_hook(_QUICK, one.type), one.type) for one in fields},
        {one.alias: one.converter if callable(one.converter) else None for one in fields},
        frozenset(one.alias for one in fields if one.default is attrs.NOTHING),
    )


def event_types(extra: Iterable[type[Event]] = ()) -> dict[str, type[Event | EventRetracted]]:
    """Return the event classes by their name on the wire, with those of tracks of your own."""
    found: dict[str, type[Event | EventRetracted]] = {EventRetracted.type: EventRetracted}
    for cls in (*(cls for track in STANDARD for cls in track.owns), *extra):
        found[cls.type] = cls
    return found


def decode(data: dict[str, Any], cls: type[T]) -> T:
    """Return an instance of *cls* from sound data.

    Raises:
        Exception: Something is wrong, of any kind; `explain` tells what.
    """
    hooks = plan(cls).hooks  # type: ignore[arg-type]  # a class has a hash
    values = {}
    for key, value in data.items():
        hook, of = hooks[key]
        values[key] = hook(value, of)
    return cls(**values)


def upcast(data: dict[str, Any], cls: type[Event | EventRetracted]) -> dict[str, Any]:
    """Return the data of an event of an older version as the present version has it.

    Raises:
        WrongError: The version is no whole number, or newer than this library knows.
    """
    version = data.get("v", 1)
    if type(version) is not int or not 1 <= version <= cls.version:
        raise WrongError(
            f"v: {cls.type} of version {version!r} is not known, this release reads up to "
            f"{cls.version}. A newer release of diplorel may"
        )
    data = {key: value for key, value in data.items() if key != "v"}
    for step in getattr(cls, "upcasters", ())[version - 1 :]:
        data = step(data)
    return data


def explain(data: dict[str, Any], cls: type) -> list[Found]:
    """Return everything that is wrong with data that `decode` refused, in the order of its keys."""
    reading = plan(cls)
    found: list[Found] = []
    values = {}
    for key, value in data.items():
        if key not in reading.hooks:
            hint = did_you_mean(nearest(key, reading.hooks, limit=1))
            found.append(("DR102", key, f"unknown key {key!r}.{hint}".rstrip(".")))
            continue
        try:
            of = reading.hooks[key][1]
            structured = _hook(_CAREFUL, of)(value, of)
            convert = reading.converters[key]
            values[key] = structured if convert is None else convert(structured)
        except Exception as error:  # noqa: BLE001  each fault is collected and told
            found += _faults(error, key)
    missing = sorted(reading.required - data.keys())
    found += [("DR105", key, f"the key {key!r} is missing") for key in missing]
    if not found:
        try:
            cls(**values)
        except DiplorelError as error:
            found.append(("DR104", "", str(error)))
    return found


def _faults(error: BaseException, path: str) -> Iterator[Found]:
    """Yield each fault within an error of cattrs, with its place in the data."""
    if isinstance(error, (ClassValidationError, IterableValidationError)):
        for inner in error.exceptions:
            yield from _faults(inner, path + _place(inner))
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
