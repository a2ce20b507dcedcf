"""Visits: who went where, and talks elsewhere. Observations: no state follows from them."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter, lt
from typing import TYPE_CHECKING, Any, ClassVar, Final

import attrs

from diplorel.errors import CheckedStrEnum
from diplorel.language import vocabulary
from diplorel.model.converters import dyad as two_parties
from diplorel.model.converters import one_party, pair
from diplorel.model.events import Event, Precedence
from diplorel.model.text import lines
from diplorel.tracks.track import Track, its_dyad, no_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.names import NameKeys
    from diplorel.tracks.track import DyadView

_TIME: Final = attrgetter("on.hi", "seq")


class VisitKind(CheckedStrEnum):
    """The protocol of a visit, as the sources name it."""

    STATE = "state"
    OFFICIAL = "official"
    WORKING = "working"
    TRANSIT = "transit"
    PRIVATE = "private"
    MULTILATERAL = "multilateral"
    """For a summit or a conference, with bilateral talks beside it."""
    UNSTATED = "unstated"


def _lead(event: Event, party: str | None = None) -> str:
    """The first office of the first person (of *party*), as a part of an id; may be empty."""
    for person in event.persons:
        if party in (None, person.party):
            return person.offices[0].partition(":")[2] if person.offices else ""
    return ""


def _travellers(visit: VisitMade, names: NameKeys) -> set[str]:
    """Return the names of the visitors, as names are compared."""
    mine = (one for one in visit.persons if one.party == visit.visitor)
    return {names.person(one.name) for one in mine if one.name}


def _offices(visit: VisitMade, names: NameKeys) -> set[str]:
    """Return the offices of the visitors, without their organs, as offices are compared."""
    mine = (one for one in visit.persons if one.party == visit.visitor)
    return {names.office(office) for one in mine for office in one.offices}


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VisitMade(Event):
    """Somebody in office went from one party to another.

    Meaning: a visit that took place; planned and cancelled visits are not recorded.
    Effect: none on any state; it is listed.

    Attributes:
        visitor: The party that the traveller stands for.
        host: The party visited.
        kind: The protocol.
        places: The cities, in order.

    >>> from diplorel.model.events import Person
    >>> VisitMade(on="2025-03-25/2025-03-26", visitor="SGP", host="VNM", kind="official",
    ...           persons=[Person(party="SGP", offices=["government:prime-minister"])],
    ...           sources=["vna-2025-03-24"]).id
    'visit-made/SGP-VNM/2025-03-25--2025-03-26/prime-minister'
    """

    type: ClassVar[str] = "visit-made"
    precedence: ClassVar[Precedence] = Precedence.REPORTED
    spans_days: ClassVar[bool] = True

    visitor: str = attrs.field(converter=one_party)
    host: str = attrs.field(converter=one_party)
    kind: VisitKind = attrs.field(default=VisitKind.UNSTATED, converter=VisitKind)
    places: tuple[str, ...] = attrs.field(default=(), converter=lines)
    dyad: tuple[str, str] = attrs.field(
        default=attrs.Factory(lambda self: pair(self.visitor, self.host), takes_self=True),
        init=False,
        eq=False,
        repr=False,
    )

    @property
    def parties(self) -> tuple[str, str]:
        """The visitor, then the host."""
        return (self.visitor, self.host)

    @property
    def discriminator(self) -> str:
        """The visitor's first office."""
        return _lead(self, self.visitor)

    def named_sides(self) -> Iterable[tuple[str, str]]:
        """Return the side that somebody took part for: a visit has no mediators."""
        return (("persons", person.party) for person in self.persons)

    def agrees_with(self, other: Any, names: NameKeys) -> bool:
        """Return whether somebody travelled in both accounts, or one says too little to decide.

        Travellers are compared by name; where an account has no name, by office.
        """
        mine, others = _travellers(self, names), _travellers(other, names)
        if not (mine and others):
            mine, others = _offices(self, names), _offices(other, names)
        return not (mine and others) or not mine.isdisjoint(others)

    def may_be(self, other: Any, names: NameKeys) -> bool:
        """Return whether the travellers and the protocol leave it possible that two are one."""
        travellers = [_travellers(one, names) for one in (self, other)]
        if all(travellers):
            if not travellers[0] & travellers[1]:
                return False
        elif not self.discriminator:
            return False
        return self.kind is other.kind or VisitKind.UNSTATED in (self.kind, other.kind)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TalksHeld(Event):
    """Two parties' office-holders held talks: in a third place, on line, or within a visit.

    Effect: none on any state; it is listed.

    Attributes:
        parties: The two parties.
        topics: What they spoke of, in a few words each.
    """

    type: ClassVar[str] = "talks-held"
    precedence: ClassVar[Precedence] = Precedence.REPORTED

    parties: tuple[str, str] = attrs.field(converter=two_parties)
    topics: tuple[str, ...] = attrs.field(default=(), converter=lines)

    @property
    def dyad(self) -> tuple[str, str]:
        """The two parties."""
        return self.parties

    @property
    def discriminator(self) -> str:
        """The first office named."""
        return _lead(self)

    def named_sides(self) -> Iterable[tuple[str, str]]:
        """Return the side that somebody took part for: a visit has no mediators."""
        return (("persons", person.party) for person in self.persons)

    def may_be(self, other: Any, names: NameKeys) -> bool:  # noqa: ARG002  others compare names
        """Return whether somebody is named: talks of nobody in particular can be any."""
        return bool(self.discriminator)


@attrs.frozen
class VisitsState:
    """What was observed, oldest first."""

    visits: tuple[VisitMade, ...] = ()
    talks: tuple[TalksHeld, ...] = ()


def _freeze(acc: list[Event]) -> VisitsState:
    times = list(map(_TIME, acc))
    ordered = acc
    if not all(map(lt, times, times[1:])):  # else they are in order already
        # a history freezes after each of hundreds of visits, and few ids decide anything
        shared = {time for time, count in Counter(times).items() if count > 1}
        keys = [
            (*time, event.id if time in shared else "")
            for time, event in zip(times, acc, strict=True)
        ]
        ordered = [acc[place] for place in sorted(range(len(acc)), key=keys.__getitem__)]
    return VisitsState(
        tuple([event for event in ordered if isinstance(event, VisitMade)]),
        tuple([event for event in ordered if isinstance(event, TalksHeld)]),
    )


# --- in words ------------------------------------------------------------------------------------

_PHRASES: Final[Phrases] = {
    "visit-made": (
        "{who} of {visitor} {visited}.",
        "{who} của {visitor} {visited}.",
    ),
    "visit-made-by-somebody": (
        "{visitor} {visited}.",
        "{visitor} {visited}.",
    ),
    "talks-held": ("{who} held talks{what}.", "{who} hội đàm{what}."),
    "topics": (" on {topics}", ""),  # streams have topics in one language,
    "state": ("Visits and talks", "Chuyến thăm và hội đàm"),
}


def _clause(event: VisitMade | TalksHeld, grammar: Grammar) -> tuple[str, dict[str, str]]:
    if isinstance(event, VisitMade):
        mine = [person for person in event.persons if person.party == event.visitor]
        return "visit-made" if mine else "visit-made-by-somebody", {
            "who": grammar.people(mine) if mine else "",
            "visitor": grammar.name(event.visitor),
            "visited": grammar.say(vocabulary.VISITS, event.kind, host=grammar.name(event.host)),
        }
    topics = "; ".join(event.topics)
    what = grammar.say(_PHRASES, "topics", topics=topics) if topics else ""
    who = grammar.people(event.persons) if event.persons else grammar.names(event.parties)
    return event.type, {"who": who, "what": what}


def _describe(dyad: DyadView, grammar: Grammar) -> Iterator[tuple[str, str]]:
    state = dyad.state(VISITS)
    if seen := len(state.visits) + len(state.talks):
        yield grammar.say(_PHRASES, "state"), str(seen)


VISITS: Final[Track[list[Event], VisitsState]] = Track(
    name="visits",
    owns=(VisitMade, TalksHeld),
    handlers={VisitMade: list.append, TalksHeld: list.append},
    start=list,
    freeze=_freeze,
    none=VisitsState(),
    unknown=VisitsState(),
    subjects=its_dyad,
    cells=no_cells,
    inherit=lambda acc, old, new: [*acc],  #  observations are frozen
    label=("visits", "chuyến thăm"),
    phrases=_PHRASES,
    clause=_clause,
    describe=_describe,
)
"""The track of visits and talks."""
