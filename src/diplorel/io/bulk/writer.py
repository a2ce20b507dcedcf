"""The canonical texts of many values at once, and which are certain to be read back.

It is what `canonical` and `round_trips` say of each value, worked out column by column: the first
field of all values of a class, then the second.
"""

from __future__ import annotations

from functools import cache, partial
from itertools import chain, compress, repeat
from json.encoder import encode_basestring
from operator import and_, attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from attrs import NOTHING

from diplorel.io.bulk.reader import cut
from diplorel.io.bulk.round_trip import fits, items_round_trip, round_trips, values_of
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, EventRetracted, canonical, head_of, written
from diplorel.model.fields import Form, fields_of, form_of
from diplorel.model.ladders import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Encoded: TypeAlias = tuple[list[str], list[bool]]
    """Texts, and whether each is certain to be read as an equal value."""
    Column: TypeAlias = tuple[Iterable[str], Sequence[bool] | None]
    """Texts, and whether the items of each are certain; None where all are."""

_FEW: Final = 4
"""Fewer values of a class are written one at a time, which is quicker."""
_date_text: Final = attrgetter("text")


class _Field(NamedTuple):
    """A field as it is written: its place among the values, its default, its quoted key.

    And whether a value of a type is what it names, and for a list, what its items are to be.
    """

    at: int
    default: Any
    key: str
    fits: Callable[[type], bool]
    item: Any


def encode_all(values: Sequence[Any]) -> Encoded:
    """Return the canonical text of each event, citation or other value of a class.

    Returns:
        The texts, and whether each is certain to be read back as an equal value.
    """
    groups: dict[type, list[int]] = {}
    for place, cls in enumerate(map(type, values)):
        groups.setdefault(cls, []).append(place)
    if len(groups) == 1:
        (cls,) = groups
        return _alike(cls, values)
    texts = [""] * len(values)
    sure = [False] * len(values)
    for cls, places in groups.items():
        encoded = _alike(cls, [values[place] for place in places])
        for place, text, is_sure in zip(places, *encoded, strict=True):
            texts[place] = text
            sure[place] = is_sure
    return texts, sure


def _alike(cls: Any, values: Sequence[Any]) -> Encoded:
    """Return the same for values of one class."""
    if len(values) < _FEW or not cls.__module__.startswith("diplorel."):
        return list(map(canonical, values)), list(map(round_trips, values))
    columns = list(zip(*map(values_of(cls), values), strict=True))
    form = head_of(cls).replace("%", "%%") if issubclass(cls, (Event, EventRetracted)) else ""
    parts: list[Iterable[str]] = []
    sure: Iterable[bool] = repeat(True, len(values))
    for field in _fields_of(cls):
        column = columns[field.at]
        kinds = set(map(type, column))
        if not all(map(field.fits, kinds)):
            sure = map(and_, sure, map(field.fits, map(type, column)))
        left_out = 0 if field.default is NOTHING else column.count(field.default)
        if left_out == len(column):
            continue
        if left_out:
            form += "%s"
            texts, items_sure = _where_given(field, column)
        else:
            form += f"{field.key}%s"
            texts, items_sure = _texts(field, kinds, column)
        parts.append(texts)
        if items_sure is not None:
            sure = map(and_, sure, items_sure)
    pieces = zip(*parts, strict=True) if parts else repeat((), len(values))
    if form.startswith(","):
        return list(map(f"{{{form[1:]}}}".__mod__, pieces)), list(sure)
    return [f"{{{text[1:]}}}" for text in map(form.__mod__, pieces)], list(sure)


@cache
def _fields_of(cls: type) -> tuple[_Field, ...]:
    """Return the fields of a class in the order of writing."""
    known = {field.name: (at, field) for at, field in enumerate(fields_of(cls))}
    found: list[_Field] = []
    for name, default, key in written(cls) or ():
        at, field = known[name]
        item = field.item if field.item is str or form_of(field.item) is Form.TABLE else None
        found.append(_Field(at, default, key, cache(partial(fits, field)), item))
    return tuple(found)


def _where_given(field: _Field, values: Sequence[Any]) -> Column:
    """Return the text of each value with its key before it; no text for a default."""
    given = [not (one is field.default or one == field.default) for one in values]
    some = list(compress(values, given))
    texts, sure = _texts(field, set(map(type, some)), some)
    left = iter(texts)
    pieces = [f"{field.key}{next(left)}" if is_given else "" for is_given in given]
    if sure is None:
        return pieces, None
    rest = iter(sure)
    return pieces, [not is_given or next(rest) for is_given in given]


def _texts(field: _Field, kinds: set[type], values: Sequence[Any]) -> Column:
    """Return the text of each value, and whether the items of each are certain; None: all are."""
    if kinds == {str}:
        return map(encode_basestring, values), None
    if kinds == {PartialDate}:
        return map(encode_basestring, map(_date_text, values)), None
    if kinds == {tuple} and field.item is not None:
        return _lists(field.item, values)
    return map(canonical, values), None


def _lists(kind: Any, values: Sequence[tuple[Any, ...]]) -> Column:
    """Return the same for lists whose items are to be of one type."""
    items = list(chain.from_iterable(values))
    if kind is Text or set(map(type, items)) != {kind}:
        return map(canonical, values), [items_round_trip(value, kind) for value in values]
    if kind is str:
        texts, sure = list(map(encode_basestring, items)), [True] * len(items)
    else:
        texts, sure = encode_all(items)
    lengths = list(map(len, values))
    whole = None if all(sure) else list(map(all, cut(sure, lengths)))
    return map("[%s]".__mod__, map(",".join, cut(texts, lengths))), whole
