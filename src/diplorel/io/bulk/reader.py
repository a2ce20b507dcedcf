"""From plain data to values, many at once.

Nothing is coerced, and an unknown key is an error. It is for sound data: when anything is wrong, it
raises some error, and the same data go through `diplorel.io.diagnose.explain`, which finds
everything that is wrong with them.
"""

from __future__ import annotations

from collections import deque
from functools import cache, partial
from itertools import chain, islice, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

import attrs

from diplorel.io.strict import STRICT, WrongError, enum_of
from diplorel.model.events import Event
from diplorel.model.fields import Form, fields_of, form_of, item_of, keys_of, per_class

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from diplorel.io.strict import Decoder

    Column: TypeAlias = Callable[[Sequence[Any]], Iterable[Any]]
    """Return the values that many plain data stand for, in the same order."""
    SlotSetter: TypeAlias = Callable[[Any, Any], None]
    """Set a slot of an object."""

T = TypeVar("T")
_blank: Final = object.__new__
_CORRECTS: Final = Event._check  # noqa: SLF001  what a class checks of its fields together
"""It looks at corrections alone."""
consume: Final = deque[Any](maxlen=0).extend
"""Run through an iterator and keep nothing of it, without a step of Python for each."""
_MEMO: Final = 65_536
"""How many values of a kind are remembered at once."""
_TEXTS: Final = frozenset({Form.TEXT, Form.NUMBER, Form.DATE, Form.CHOICE})
"""Forms that are one text on the wire, and so can be a key of what is remembered."""


class _Memo(dict[Any, Any]):
    """What was worked out for each key, so that equal ones are checked once and shared.

    Only what was found sound is kept, and the keys are texts; since nothing but a text equals a
    text, what is kept for one never answers for a number.
    """

    def __init__(self, work_out: Decoder) -> None:
        super().__init__()
        self.work_out = work_out

    def __missing__(self, key: Any) -> Any:
        if len(self) >= _MEMO:
            self.clear()
        value = self[key] = self.work_out(key)
        return value


@cache
def _column(kind: Any, convert: Decoder | None = None) -> Column:
    """Return how to read many values of a type, and what their field makes of each."""
    form = form_of(kind)
    if form is Form.LIST:
        return _lists(item_of(kind), convert or tuple)
    if form is Form.CHOICE:
        return partial(map, _Memo(_after(enum_of(kind), convert)).__getitem__)
    if form in (Form.NUMBER, Form.DATE) or (form is Form.TEXT and convert):
        return partial(map, _Memo(_after(STRICT[kind], convert)).__getitem__)
    if form in (Form.TEXT, Form.WHOLE, Form.TRUTH) and convert is None:
        return partial(_all_of, kind)
    if kind in STRICT:
        return partial(map, _after(STRICT[kind], convert))
    if form is Form.TABLE:
        return partial(map, _after(partial(decode, cls=kind), convert))
    from diplorel.io.converter import decoder_for  # noqa: PLC0415  a type that only your track has

    return partial(map, _after(decoder_for(kind), convert))


def _after(decode_one: Decoder, convert: Decoder | None) -> Decoder:
    return decode_one if convert is None else lambda value: convert(decode_one(value))


def _all_of(kind: type, values: Sequence[Any]) -> Sequence[Any]:
    if set(map(type, values)) != {kind}:
        raise WrongError(f"expected {kind.__name__} only")
    return values


def _lists(item: Any, convert: Decoder) -> Column:
    """Return how to read many lists of one type of items."""
    if item is str:
        texts = _Memo(lambda key: convert(tuple(_all_of(str, key)) if key else ()))
        return lambda values: map(texts.__getitem__, map(tuple, _all_of(list, values)))
    is_table = form_of(item) is Form.TABLE
    read = partial(_alike, item) if is_table else _column(item)
    if not (is_table and all(form_of(field.kind) in _TEXTS for field in fields_of(item))):

        def lists(values: Sequence[Any]) -> Iterable[Any]:
            lengths = list(map(len, _all_of(list, values)))
            items = [*chain.from_iterable(values)]
            return map(convert, cut(read(items) if items else (), lengths))

        return lists
    # citations above all: many events share most of them
    shared = _Memo(lambda key: convert(read(list(map(dict, key)))))
    known = keys_of(item)

    @cache
    def only(shape: tuple[str, ...]) -> Column:
        """Return how to read tables with these keys, each the only one of its list."""
        if not known.keys() >= {*shape}:
            raise WrongError(f"unknown: {shape}")
        values = itemgetter(*shape)
        to_tuple = len(shape) > 1
        each = _Memo(
            lambda key: convert(read([dict(zip(shape, key if to_tuple else (key,), strict=True))]))
        )
        return lambda rows: map(each.__getitem__, map(values, rows))

    def tables(values: Sequence[Any]) -> Iterable[Any]:
        rows = list(chain.from_iterable(_all_of(list, values)))
        if len(rows) == len(values) and all(values):
            shapes = set(map(tuple, rows))
            if len(shapes) == 1:
                return only(*shapes)(rows)
        lengths = list(map(len, values))
        return map(shared.__getitem__, cut(map(tuple, map(dict.items, rows)), lengths))

    return tables


def _alike(cls: type, rows: list[Any]) -> list[Any]:
    return decode_all(rows, repeat(cls))


def cut(items: Iterable[Any], lengths: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Return items in groups of these lengths."""
    left = iter(items)
    if set(lengths) == {1}:  # as with most citations
        return zip(left)
    return (tuple(islice(left, length)) for length in lengths)


@per_class
def reading(cls: type) -> Callable[[int, Mapping[str, Sequence[Any]]], list[Any]]:
    """Return how to read instances of a class from columns: the values of each key.

    It is worked out once. Our own classes are built by `build`; the constructor of one of yours may
    do more, and is called.
    """
    known = keys_of(cls)
    if not cls.__module__.startswith("diplorel."):
        own = {key: _column(field.kind) for key, field in known.items()}

        def read(count: int, columns: Mapping[str, Sequence[Any]]) -> list[Any]:
            found = {key: list(own[key](values)) for key, values in columns.items()}
            return [cls(**{key: found[key][at] for key in found}) for at in range(count)]

        return read
    reads = {key: _column(field.kind, field.convert) for key, field in known.items()}
    return lambda count, columns: build(
        cls, count, {known[key].name: reads[key](values) for key, values in columns.items()}
    )


def columns_of(rows: Sequence[dict[str, Any]]) -> dict[str, Sequence[Any]]:
    """Return the values of each key, of tables with the same keys in the same order."""
    return dict(zip(rows[0], zip(*map(dict.values, rows), strict=True), strict=True))


@per_class
def _slots(
    cls: type,
) -> tuple[dict[str, SlotSetter], dict[str, Any], dict[str, Decoder], Decoder | None]:
    """Return how to set each slot, the defaults, what follows from others, and the last check."""
    fields = attrs.fields(cls)
    given = [one for one in fields if one.default is not attrs.NOTHING]
    follows = {one.name: one.default.factory for one in given if hasattr(one.default, "factory")}
    defaults = {
        one.name: one.converter(one.default) if one.converter else one.default
        for one in given
        if one.name not in follows
    }
    setters = {one.name: getattr(cls, one.name).__set__ for one in fields}
    return setters, defaults, follows, getattr(cls, "_check", None)


def build(cls: type[T], count: int, columns: Mapping[str, Iterable[Any]]) -> list[T]:
    """Return instances of one of our own classes from columns of values that are sound.

    They are built without their constructor, which would check again what is known to be sound:
    every slot is set to what the constructor would set it to.

    Raises:
        WrongError: A column is missing.
        KeyError: A column is not one of the class.
    """
    setters, defaults, follows, check = _slots(cls)
    if missing := setters.keys() - defaults.keys() - follows.keys() - columns.keys():
        raise WrongError(f"missing: {missing}")
    new = [_blank(cls) for _ in range(count)]
    for name, values in columns.items():
        consume(map(setters[name], new, values))
    for name, value in defaults.items():
        if name not in columns:
            consume(map(setters[name], new, repeat(value)))
    for name, work_out in follows.items():
        consume(map(setters[name], new, map(work_out, new)))
    if check is not None and not (check is _CORRECTS and "supersedes" not in columns):
        consume(map(check, new))
    return new


def decode_all(rows: list[dict[str, Any]], classes: Iterable[type]) -> list[Any]:
    """Return an instance of its class for each table of sound data.

    Tables of one class and shape are read together, which takes a third of the time.

    Raises:
        Exception: The data are invalid; `diplorel.io.diagnose.explain` lists every problem.
    """
    places: dict[tuple[Any, ...], list[int]] = {}
    for place, (cls, row) in enumerate(zip(classes, rows)):  # noqa: B905  one class may go for all
        places.setdefault((cls, *row), []).append(place)
    found: list[Any] = [None] * len(rows)
    for (cls, *_), those in places.items():
        columns = columns_of([rows[one] for one in those])
        consume(map(found.__setitem__, those, reading(cls)(len(those), columns)))
    return found


def decode(data: dict[str, Any], cls: type[T]) -> T:
    """Return an instance of *cls* from sound data; see `decode_all`."""
    (found,) = reading(cls)(1, columns_of([data]))
    return found  # type: ignore[no-any-return]
