"""Heads of mission: who is accredited, who is acting, and who left.

Their events and their fold. They belong to the track of missions, in `diplorel.tracks.missions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from diplorel.errors import CheckedStrEnum, did_you_mean, nearest
from diplorel.model.converters import date_or_none, slugify
from diplorel.model.dates import PartialDate
from diplorel.model.events import Precedence
from diplorel.model.names import BY_TEXT
from diplorel.model.text import line_or_none, one_line
from diplorel.tracks.sent import SentEvent

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from diplorel.model.names import NameKeys
    from diplorel.tracks.track import Cell


class EnvoyRank(CheckedStrEnum):
    """The class of a head of mission (Vienna Convention on Diplomatic Relations, article 14)."""

    AMBASSADOR = "ambassador"
    ENVOY = "envoy"
    """An envoy extraordinary and minister plenipotentiary, or a minister plenipotentiary."""
    MINISTER_RESIDENT = "minister-resident"
    CHARGE = "charge"
    AGENT = "agent"
    """A diplomatic agent or a commissioner."""
    CONSUL = "consul"
    OTHER = "other"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _EnvoyEvent(SentEvent):
    name: str = attrs.field(converter=one_line)

    @property
    def discriminator(self) -> str:
        """The name of the envoy, as the source spells it."""
        return slugify(self.name)

    def compared_key(self, names: NameKeys) -> tuple[str, ...]:
        """Return what is done and who does it: one key for all names of the envoy."""
        return (self.type, *self.parties, names.person(self.name))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EnvoyAccredited(_EnvoyEvent):
    """A head of mission presented credentials or took up the post, or another began to act as one.

    Meaning: the post was taken up. An appointment that was never taken up is not an event. The name
    is required: it keeps one envoy apart from the next.
    Effect: the sender has that head of mission, who follows the one before, of whatever class, and
    whoever acted until then. An `acting` head replaces only another acting head. A consul is
    independent of them.

    Attributes:
        sender: Who sends.
        receiver: Who receives.
        name: The envoy's name.
        envoy_rank: The class of the head of mission.
        acting: Whether the envoy only acts as head of mission, as a chargé d'affaires ad interim.
        title: The office in the source's words, where the class does not say it all.
        accredited_from: The city or country that the envoy covers the receiver from, where the
            receiver is one of several.
        appointed: The day of the appointment, where a source gives it.

    >>> EnvoyAccredited(on="1882-07-07", sender="USA", receiver="KINGDOM_OF_SERBIA",
    ...                 name="Eugene Schuyler", envoy_rank="minister-resident",
    ...                 accredited_from="Athens", sources=["pocom"]).id
    'envoy-accredited/USA-KINGDOM_OF_SERBIA/1882-07-07/eugene-schuyler'
    """

    type: ClassVar[str] = "envoy-accredited"
    precedence: ClassVar[Precedence] = Precedence.BEGUN

    envoy_rank: EnvoyRank = attrs.field(default=EnvoyRank.AMBASSADOR, converter=EnvoyRank)
    acting: bool = False
    title: str | None = attrs.field(default=None, converter=line_or_none)
    accredited_from: str | None = None
    appointed: PartialDate | None = attrs.field(default=None, converter=date_or_none)

    def inconsistencies(self) -> Iterable[tuple[str, str, str]]:
        """Return whether the appointment is after the day when the post was taken up."""
        if self.appointed is not None and self.appointed.after(self.on):
            taken_up = f"the day when the post was taken up, {self.on.text}"
            yield (
                "DR308",
                f"the appointment, {self.appointed.text}, is after {taken_up}",
                "Correct one of the two dates",
            )


class Departure(CheckedStrEnum):
    """Why an envoy left."""

    END_OF_TERM = "end-of-term"
    """As a rule: left the post, presented letters of recall, the appointment ran out."""
    RECOMMISSIONED = "recommissioned"
    """Commissioned anew: to another class, or to another set of receivers."""
    SUPERSEDED = "superseded"
    RECALLED = "recalled"
    """Called home as a step against the receiver."""
    EXPELLED = "expelled"
    """Declared unwelcome, or the receiver asked for the recall."""
    DIED = "died"
    MISSION_CLOSED = "mission-closed"
    TIES_SUSPENDED = "ties-suspended"
    TIES_SEVERED = "ties-severed"
    OTHER = "other"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EnvoyLeft(_EnvoyEvent):
    """A head of mission left the post.

    Effect: the envoy no longer represents the sender; a recall does not sever ties.

    Attributes:
        sender: The party that the envoy represented.
        receiver: The party that the envoy was accredited to.
        name: The envoy's name.
        departure: Why.
    """

    type: ClassVar[str] = "envoy-left"
    precedence: ClassVar[Precedence] = Precedence.ENDED

    departure: Departure = attrs.field(default=Departure.OTHER, converter=Departure)


@attrs.frozen
class Envoy:
    """One head of mission in office, or who acts in its place."""

    sender: str
    receiver: str
    name: str
    rank: EnvoyRank
    since: PartialDate
    acting: bool = False
    title: str | None = None
    accredited_from: str | None = None


class Heads:
    """Who heads the missions of a dyad, by sender, receiver and seat.

    Args:
        names: How names are compared.

    Attributes:
        seats: Who is in office.
        gone: Who was displaced, or lost the post by a severance of ties, and whose leaving is not
            recorded: by sender, receiver and name, as names are compared.
        came: The names of all who ever came, by the same keys. Rules suggest them.
    """

    __slots__ = ("_names", "came", "gone", "seats")

    def __init__(self, names: NameKeys = BY_TEXT) -> None:
        self._names = names
        self.seats: dict[Cell, EnvoyAccredited] = {}
        self.gone: set[Cell] = set()
        self.came: dict[Cell, str] = {}

    def copy(self) -> Heads:
        """Return another with the same contents."""
        new = Heads(self._names)
        new.seats, new.gone, new.came = {**self.seats}, {*self.gone}, {**self.came}
        return new

    def essence(self) -> Hashable:
        """Return what it shows, and what decides how it goes on."""
        return self.freeze(), frozenset(self.gone)

    def accredit(self, event: EnvoyAccredited) -> None:
        """Put somebody in office, in place of who was there."""
        for seat in _displaced_by(event):
            self._vacate(seat)
        self.seats[_seat(event)] = event
        person = self._person(event)
        self.came[person] = event.name
        self.gone.discard(person)

    def leave(self, event: EnvoyLeft) -> None:
        """Let somebody leave, in office or gone already."""
        person = self._person(event)
        for seat, held in [*self.seats.items()]:
            if self._person(held) == person:
                del self.seats[seat]
        self.gone.discard(person)

    def end_with_ties(self) -> None:
        """End the terms of heads of mission and of those who act in their place; consuls go on."""
        for seat in [*self.seats]:
            if seat[-1] != _CONSUL:
                self._vacate(seat)

    def end_all(self) -> None:
        """End every term, as the end of a party does."""
        for seat in [*self.seats]:
            self._vacate(seat)

    def _person(self, event: EnvoyAccredited | EnvoyLeft) -> Cell:
        """Return whom a post was given to, or who left it, as names are compared."""
        return (event.sender, event.receiver, self._names.person(event.name))

    def _vacate(self, seat: Cell) -> None:
        held = self.seats.pop(seat, None)
        if held is not None:
            self.gone.add(self._person(held))

    def moved(self, old: str, new: str) -> Heads:
        """Return a successor's, from its predecessor's."""

        def by(key: Cell) -> Cell:
            return tuple(new if at < 2 and part == old else part for at, part in enumerate(key))  # noqa: PLR2004  the parties

        def kept(event: EnvoyAccredited) -> EnvoyAccredited:
            sender, receiver = by(event.parties)
            return attrs.evolve(event, sender=sender, receiver=receiver)

        copy = Heads(self._names)
        copy.seats = {by(seat): kept(event) for seat, event in self.seats.items()}
        copy.gone = {*map(by, self.gone)}
        copy.came = {by(person): name for person, name in self.came.items()}
        return copy

    def freeze(self) -> tuple[Envoy, ...]:
        """Return who is in office."""
        return tuple(
            Envoy(
                ev.sender,
                ev.receiver,
                ev.name,
                ev.envoy_rank,
                ev.on,
                ev.acting,
                ev.title,
                ev.accredited_from,
            )
            for _, ev in sorted(self.seats.items())
        )

    def since(self, event: EnvoyAccredited) -> PartialDate | None:
        """Return since when that person has been in that seat; None where it is not so."""
        held = self.seats.get(_seat(event))
        return None if held is None or self._person(held) != self._person(event) else held.on

    def find_stranger(self, event: EnvoyLeft) -> tuple[str, str] | None:
        """Return what is wrong where somebody leaves who is neither in office nor gone."""
        person = self._person(event)
        if person in self.gone or any(self._person(held) == person for held in self.seats.values()):
            return None
        if person in self.came:
            return (
                f"{event.name!r} has left the post before it already",
                "Add the envoy-accredited that began the next term, or retract one of the two",
            )
        names = sorted(name for key, name in self.came.items() if key[:2] == person[:2])
        return (
            f"nobody named {event.name!r} took up the post before it",
            did_you_mean(nearest(event.name, names, limit=1)).strip()
            or "Add the envoy-accredited that began it",
        )


_ACTING, _CONSUL, _HEAD = "acting", "consul", "head"


def _seat(event: EnvoyAccredited) -> Cell:
    """Return which place an envoy takes: one head of mission, one acting, one consul."""
    if event.envoy_rank is EnvoyRank.CONSUL:
        return (*event.parties, "heads", _CONSUL)
    return (*event.parties, "heads", _ACTING if event.acting else _HEAD)


def _displaced_by(event: EnvoyAccredited) -> tuple[Cell, ...]:
    """Return the seats that an envoy takes or ends: a head of mission ends an acting one."""
    seat = _seat(event)
    return (seat, (*event.parties, "heads", _ACTING)) if seat[-1] == _HEAD else (seat,)


def cells_of_envoy(event: EnvoyAccredited | EnvoyLeft) -> tuple[Cell, ...]:
    """Return the seats that an event touches; a leaving names none, so that it can be of any."""
    if isinstance(event, EnvoyAccredited):
        return _displaced_by(event)
    return ((*event.parties, "heads"),)


def cells_ended_with_ties(sender: str, receiver: str) -> tuple[Cell, ...]:
    """Return the seats that a severance of ties ends, of one sender."""
    return tuple((sender, receiver, "heads", seat) for seat in (_ACTING, _HEAD))
