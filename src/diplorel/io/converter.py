"""Single records to plain data and back, by cattrs: the reference for all reading and writing.

A table is read by the fields of its class, strictly: nothing is coerced, and an unknown key is an
error. Whole files are read and written by `diplorel.io.bulk`, with the same results.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cattrs import Converter
from cattrs.errors import IterableValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from diplorel.io.strict import STRICT, enum_of, list_of, table_of
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, EventRetracted, wire_fields
from diplorel.model.fields import Form, fields_of, form_of, is_union, item_of, without_none
from diplorel.model.ladders import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from cattrs import BaseConverter

    from diplorel.io.strict import Decoder

    Hook = Callable[[Any, Any], Any]
    Encoder = Callable[[Any], Any]

T = TypeVar("T")


def structure(data: dict[str, Any], cls: type[T]) -> T:
    """Return an instance of a class from plain data, of an event without its ``type``.

    Raises:
        Exception: The data are invalid; `diplorel.io.diagnose.explain` lists every problem.

    >>> from diplorel.model.sources import Citation
    >>> structure({"source": "vna", "on": "2013-09"}, Citation).on.precision
    'month'
    """
    return _PLAIN.structure(data, cls)


def unstructure(value: Any) -> dict[str, Any]:
    """Return plain data for an event, a source or another value of a class, defaults left out.

    The keys are in the order of writing.

    >>> from diplorel.model.sources import Citation
    >>> unstructure(Citation(source="vna", on="2013-09"))
    {'source': 'vna', 'on': '2013-09'}
    """
    found: dict[str, Any] = _PLAIN.unstructure(value)
    return found


def decoder_for(kind: Any) -> Decoder:
    """Return how cattrs reads a type that only a track of your own uses."""
    hook = _PLAIN.get_structure_hook(kind)
    return lambda value: hook(value, kind)


def converter(*, detailed: bool) -> Converter:
    """Return a converter that coerces nothing.

    Args:
        detailed: Whether it looks for every fault; otherwise it stops at the first.
    """
    new = Converter(detailed_validation=detailed, omit_if_default=True, use_alias=True)

    def read_list(kind: Any, inner: BaseConverter) -> Hook:
        return _list_hook(kind, inner) if detailed else _quick_list_hook(kind, inner)

    def read_table(cls: Any, inner: BaseConverter) -> Hook:
        hook = make_dict_structure_fn(
            cls,
            inner,
            _cattrs_forbid_extra_keys=True,
            _cattrs_detailed_validation=detailed,
            _cattrs_use_alias=True,
        )
        return lambda value, _: hook(value if type(value) is dict else table_of(value), cls)

    def write_table(cls: Any, inner: BaseConverter) -> Encoder:
        _know_choices(new, cls)
        return _table_encoder(cls, inner)

    new.register_structure_hook_factory(_has(Form.TABLE), read_table)
    new.register_structure_hook_factory(_has(Form.LIST), read_list)
    new.register_structure_hook_factory(
        is_union, lambda kind, inner: inner.get_structure_hook(without_none(kind))
    )
    new.register_structure_hook_func(_has(Form.TEXTS), _strict_hook(tuple[Text, ...]))
    for kind in (str, int, bool, Decimal, PartialDate):
        new.register_structure_hook(kind, _strict_hook(kind))
    new.register_structure_hook(Enum, lambda value, kind: enum_of(kind)(value))
    new.register_unstructure_hook_factory(_has(Form.LIST), _list_encoder)
    new.register_unstructure_hook_factory(_has(Form.TABLE), write_table)
    new.register_unstructure_hook_func(_has(Form.TEXTS), lambda texts: dict(map(_parts, texts)))
    new.register_unstructure_hook(PartialDate, lambda date: date.text)
    new.register_unstructure_hook(Decimal, str)
    return new


def _has(form: Form) -> Callable[[Any], bool]:
    return lambda kind: form_of(kind) is form


def _strict_hook(kind: Any) -> Hook:
    """Return a hook for a type and the enums that derive from it; cattrs takes it for both."""
    decode_one = STRICT[kind]
    return lambda value, given: (
        enum_of(given)(value) if given is not kind and _is_choice(given) else decode_one(value)
    )


_is_choice: Final = _has(Form.CHOICE)


def _know_choices(new: Converter, cls: type) -> None:
    """Register the enums of a class: without that, cattrs writes members of text as they are."""
    for field in fields_of(cls):
        kind = field.kind if field.item is None else field.item
        if _is_choice(kind):
            new.register_unstructure_hook(kind, attrgetter("value"))


def _parts(text: Any) -> tuple[str, str]:
    return text.lang, text.text


def _quick_list_hook(kind: Any, inner: BaseConverter) -> Hook:
    item = item_of(kind)
    hook = inner.get_structure_hook(item)
    return lambda values, _: tuple([hook(value, item) for value in list_of(values)])


def _list_hook(kind: Any, inner: BaseConverter) -> Hook:
    """Return how to read a list, with every fault noted by the place of its item."""
    item = item_of(kind)
    hook = inner.get_structure_hook(item)

    def read(values: Any, _: Any) -> tuple[Any, ...]:
        found, wrong = [], []
        for place, value in enumerate(list_of(values)):
            try:
                found.append(hook(value, item))
            except Exception as error:  # noqa: BLE001  each fault is collected and reported
                error.add_note(f"[{place}]")
                wrong.append(error)
        if wrong:
            raise IterableValidationError("in a list", wrong, kind)  # pyright: ignore[reportCallIssue]
        return tuple(found)

    return read


def _list_encoder(kind: Any, inner: BaseConverter) -> Encoder:
    hook = inner.get_unstructure_hook(item_of(kind))
    return lambda values: [hook(value) for value in values]


def _table_encoder(cls: Any, inner: BaseConverter) -> Encoder:
    """Return how to write a table; an event begins with its type and a later version."""
    encode = make_dict_unstructure_fn(
        cls, inner, _cattrs_omit_if_default=True, _cattrs_use_alias=True
    )
    head = _head_of(cls)
    order = [field.key for field in wire_fields(cls)]

    def write(value: Any) -> dict[str, Any]:
        data = encode(value)
        return {**head, **{key: data[key] for key in order if key in data}}

    return write


@cache
def _head_of(cls: type) -> dict[str, Any]:
    if not issubclass(cls, (Event, EventRetracted)):
        return {}
    return {"type": cls.type, **({"v": cls.version} if cls.version > 1 else {})}


_PLAIN: Final = converter(detailed=False)
