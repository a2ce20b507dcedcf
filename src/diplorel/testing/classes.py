"""Strategies for event classes of your own, from the types of their fields."""

from __future__ import annotations

import types
import typing
from decimal import Decimal
from enum import Enum
from itertools import permutations
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs
from hypothesis import reject
from hypothesis import strategies as st

from diplorel.errors import InvalidEventError, InvalidQueryError
from diplorel.model import events as envelope
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Person, Wording
from diplorel.model.ladders import Text
from diplorel.model.sources import Citation
from diplorel.testing.dense import LEVELS, PARTIES, dates
from diplorel.testing.events import citations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Drawn = st.SearchStrategy[Any]

E = TypeVar("E", bound=Event)
_ENVELOPE: Final = frozenset(field.name for field in attrs.fields(Event)) - {"on", "place"}
_TEXTS: Final = st.sampled_from(("a", "b"))
_BY_TYPE: Final[dict[Any, Drawn]] = {
    str: _TEXTS,
    bool: st.booleans(),
    int: st.integers(0, 3),
    Decimal: st.sampled_from(("9", "9.0", "12")).map(Decimal),
    Text: st.builds(Text, st.sampled_from(("en", "vi")), _TEXTS),
    Person: st.builds(Person, party=st.sampled_from(PARTIES), name=st.none() | _TEXTS),
    Wording: st.builds(Wording, party=st.sampled_from(PARTIES), lang=st.just("en"), text=_TEXTS),
    Citation: st.builds(Citation, source=_TEXTS),
}


def events_of(
    cls: type[E],
    *,
    on: st.SearchStrategy[str] = dates,
    parties: Sequence[str] = PARTIES,
    **fields: st.SearchStrategy[Any],
) -> st.SearchStrategy[E]:
    """Draw events of a class, of every field what its type and its converter allow.

    The draws are dense: few parties, few days, few texts, so that they meet often. What the class
    itself refuses is not drawn.

    Args:
        cls: The event class.
        on: Its dates.
        parties: The ids of the parties that take part.
        **fields: What to draw for fields that need more than their type says.

    Raises:
        InvalidQueryError: A field is of a type that is not known here. Name a strategy for it.

    >>> from diplorel import events as ev
    >>> events_of(ev.GroupJoined).validate()
    """
    attrs.resolve_types(cls)
    chosen: dict[str, Drawn] = {"on": on, "sources": citations, **fields}
    for field in attrs.fields(cls):
        if field.init and field.alias not in chosen and field.name not in _ENVELOPE:
            drawn = _field(field, on, parties)
            if field.default is not attrs.NOTHING:
                drawn = st.just(field.default) | drawn
            chosen[field.alias] = drawn

    @st.composite
    def build(draw: st.DrawFn) -> E:
        values = {name: draw(strategy) for name, strategy in chosen.items()}
        try:
            return cls(**values)
        except InvalidEventError:
            reject()

    return build()


def _field(field: attrs.Attribute[Any], on: Drawn, parties: Sequence[str]) -> Drawn:
    one = st.sampled_from(parties)
    pairs = st.sampled_from([*permutations(parties, 2)])
    some = st.lists(one, min_size=1, max_size=3, unique=True)
    by_converter: dict[Any, Drawn] = {
        envelope.one_party: one,
        envelope.party_or_none: st.none() | one,
        envelope.dyad: pairs,
        envelope.dyad_or_one: pairs | one.map(lambda party: (party,)),
        envelope.party_ids: some,
        envelope.slug: st.sampled_from(LEVELS),
        envelope.slug_or_none: st.none() | st.sampled_from(LEVELS),
    }
    if field.converter in by_converter:
        return by_converter[field.converter]
    return _type(field.type, field.name, on)


def _type(of: Any, name: str, on: Drawn) -> Drawn:
    if of is PartialDate:
        return on
    if of in _BY_TYPE:
        return _BY_TYPE[of]
    if isinstance(of, type) and issubclass(of, Enum):
        return st.sampled_from([*of])
    if typing.get_origin(of) in (typing.Union, types.UnionType):
        return st.one_of(*(_type(one, name, on) for one in typing.get_args(of)))
    if of is type(None):
        return st.none()
    if typing.get_origin(of) is tuple:
        item = typing.get_args(of)[0]
        once: Callable[[Any], Any] = attrgetter("lang") if item is Text else str
        return st.lists(_type(item, name, on), max_size=2, unique_by=once).map(tuple)
    raise InvalidQueryError(f"{name}: no strategy is known for {of!r}. Name one: {name}=…")
