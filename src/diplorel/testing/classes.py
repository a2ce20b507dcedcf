"""Strategies for event classes of your own, from the types of their fields."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

from hypothesis import reject
from hypothesis import strategies as st

from diplorel.errors import InvalidEventError, InvalidQueryError
from diplorel.model.events import Event, Person, Wording
from diplorel.model.fields import Field, Form, fields_of, form_of, item_of
from diplorel.model.ladders import Text
from diplorel.model.sources import Citation
from diplorel.testing.dense import LEVELS, PARTIES, dates
from diplorel.testing.events import citations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Drawn = st.SearchStrategy[Any]

E = TypeVar("E", bound=Event)
_ENVELOPE: Final = frozenset(field.name for field in fields_of(Event)) - {"on", "place"}
_TEXTS: Final = st.sampled_from(("a", "b"))
_BY_FORM: Final[dict[Form, Drawn]] = {
    Form.TEXT: _TEXTS,
    Form.KEY: st.sampled_from(LEVELS),
    Form.OFFICE: st.sampled_from(("state:president", "government:prime-minister")),
    Form.TRUTH: st.booleans(),
    Form.WHOLE: st.integers(0, 3),
    Form.NUMBER: st.sampled_from(("9", "9.0", "12")).map(Decimal),
}
_TABLES: Final[dict[Any, Drawn]] = {
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
    chosen: dict[str, Drawn] = {"on": on, "sources": citations, **fields}
    for field in fields_of(cls):
        if field.key not in chosen and field.name not in _ENVELOPE:
            drawn = _field(field, on, parties)
            chosen[field.key] = drawn if field.required else st.just(field.default) | drawn

    @st.composite
    def build(draw: st.DrawFn) -> E:
        values = {name: draw(strategy) for name, strategy in chosen.items()}
        try:
            return cls(**values)
        except InvalidEventError:
            reject()

    return build()


def _field(field: Field, on: Drawn, parties: Sequence[str]) -> Drawn:
    """Draw what a field takes: parties as its converter demands, all else as its type says."""
    one = st.sampled_from(parties)
    if field.item_form is Form.PARTY:
        least, most = field.demand.least or 0, field.demand.most or 3
        if least == most == 2:  # noqa: PLR2004  a dyad, quicker than by lists without a party twice
            return st.sampled_from([*permutations(parties, 2)])
        return st.lists(one, min_size=least, max_size=most, unique=True)
    drawn = one if field.form is Form.PARTY else _form(field.form, field.kind, field.name, on)
    return st.none() | drawn if field.optional else drawn


def _form(form: Form, kind: Any, name: str, on: Drawn) -> Drawn:
    if form is Form.DATE:
        return on
    if form is Form.CHOICE:
        return st.sampled_from([*kind])
    if form in (Form.LIST, Form.TEXTS):
        item = item_of(kind)
        once: Callable[[Any], Any] = attrgetter("lang") if item is Text else str
        drawn = _form(form_of(item), item, name, on)
        return st.lists(drawn, max_size=2, unique_by=once).map(tuple)
    found = _TABLES.get(kind, _BY_FORM.get(form))
    if found is None:
        raise InvalidQueryError(
            "{name}: no strategy is known for {kind!r}. Name one: {name}=…",
            kind=kind,
            name=name,
        )
    return found
