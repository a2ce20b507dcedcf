"""The ends and beginnings of parties' lives, as events that relations hear of.

They come from the table of parties and from no stream: a record cannot have their types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from diplorel.model.converters import SEQ_LIMIT, one_party
from diplorel.model.events import Event, Precedence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.model.dates import PartialDate

TABLE: Final = "lib-parties"
"""What is cited for a bound of a life for which the table gives no source."""


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
    >>> dr.load("vietnam").relation("VNM", "SUN", on="2000-01-01").events("ties")[-1].id
    'party-ended/SUN/1991-12-26'
    """

    type: ClassVar[str] = "party-ended"
    precedence: ClassVar[Precedence] = Precedence.LIFE_ENDED


def began(party: str, on: PartialDate, sources: Iterable[str]) -> PartyBegan:
    """Return the event by which a life began."""
    return PartyBegan(party=party, on=on, sources=[*sources] or [TABLE])


def ended(party: str, on: PartialDate, sources: Iterable[str]) -> PartyEnded:
    """Return the event by which a life ended; no event of that day comes after it."""
    return PartyEnded(party=party, on=on, sources=[*sources] or [TABLE], seq=SEQ_LIMIT - 1)


LIFE: Final = frozenset({PartyBegan, PartyEnded})
"""The types of the events by which lives begin and end."""
