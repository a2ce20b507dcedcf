"""The ends and beginnings of parties' lives, as events that relations hear of.

They come from the table of parties and from no stream: a record cannot have their types.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from diplorel.model.converters import SEQ_LIMIT, one_party
from diplorel.model.events import Event, Precedence

if TYPE_CHECKING:
    from diplorel.model.parties import Party
    from diplorel.model.party_table import PartyTable

TABLE: Final = "lib-parties"
"""What is cited for a bound of a life if the table gives no source."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _LifeEvent(Event):
    party: str = attrs.field(converter=one_party)

    @property
    def parties(self) -> tuple[str]:
        """The party."""
        return (self.party,)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PartyBegan(_LifeEvent):
    """A life of a party began, before everything else of that day.

    Effect: none. An event that dates allow before or after it came after it.
    """

    type: ClassVar[str] = "party-began"
    precedence: ClassVar[Precedence] = Precedence.LIFE_BEGUN


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PartyEnded(_LifeEvent):
    """A life of a party ended, after everything else of that day.

    Effect: every state of its relations ends, by the rule of each track. What was reported stays.

    >>> import diplorel as dr
    >>> dr.load("vietnam").relation("VNM", "DDR", on="2000-01-01").events("ties")[-1].id
    'party-ended/DDR/1990-10-03'
    """

    type: ClassVar[str] = "party-ended"
    precedence: ClassVar[Precedence] = Precedence.LIFE_ENDED


def began(party: Party) -> tuple[PartyBegan, ...]:
    """Return the beginnings of a party's lives, those that are known, oldest first."""
    return tuple(
        PartyBegan(party=party.id, on=life.start, sources=life.start_sources or (TABLE,))
        for life in party.lives
        if life.start is not None
    )


def ended(party: Party) -> tuple[PartyEnded, ...]:
    """Return the ends of a party's lives, oldest first; no event of that day comes after one."""
    return tuple(
        PartyEnded(
            party=party.id,
            on=life.end,
            sources=life.end_sources or (TABLE,),
            seq=SEQ_LIMIT - 1,
        )
        for life in party.lives
        if life.end is not None
    )


@lru_cache(maxsize=8)
def ends_of(table: PartyTable) -> tuple[PartyEnded, ...]:
    """Return the ends of the lives of all parties, in no order."""
    return tuple(event for party in table for event in ended(party))


LIFE: Final = frozenset({PartyBegan, PartyEnded})
"""The types of the events that begin and end lives."""
