"""Posts: embassies, consulates and other missions, opened, moved, raised, replaced and closed.

Their events and their fold. They belong to the track of missions, in `diplorel.tracks.missions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

import attrs

from diplorel.errors import CheckedStrEnum, InvalidEventError
from diplorel.model.cities import city_key
from diplorel.model.converters import one_party, slugify
from diplorel.model.dates import PartialDate
from diplorel.model.events import Precedence
from diplorel.model.text import line_or_none
from diplorel.tracks.sent import SentEvent
from diplorel.tracks.track import Cell

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable


class MissionKind(CheckedStrEnum):
    """What sort of post it is."""

    EMBASSY = "embassy"
    LEGATION = "legation"
    HIGH_COMMISSION = "high-commission"
    AGENCY = "agency"
    """A diplomatic agency, as there were in Cairo, Tangier or Sofia."""
    LIAISON_OFFICE = "liaison-office"
    INTERESTS_SECTION = "interests-section"
    """What looks after one's interests without relations, within a third state's mission."""
    CONSULATE_GENERAL = "consulate-general"
    CONSULATE = "consulate"
    CONSULAR_AGENCY = "consular-agency"
    REPRESENTATION = "representation"
    """An office of another kind: a delegation, a mission to an organisation, a trade office."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MissionEvent(SentEvent):
    """What the events of a post have in common."""

    kind: MissionKind = attrs.field(default=MissionKind.EMBASSY, converter=MissionKind)
    city: str | None = attrs.field(default=None, converter=line_or_none)

    @property
    def discriminator(self) -> str:
        """The kind of post and the city, under the name that the source gives."""
        city = slugify(self.city or "")
        return f"{self.kind.value}/{city}" if city else self.kind.value

    @property
    def detail(self) -> str:
        """The city, which a coarser account can leave out; one key for all its names."""
        return city_key(self.city or "")

    @property
    def undated_key(self) -> tuple[str, ...]:
        """What is done, but for the city."""
        return (self.type, *self.parties, self.kind.value)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MissionOpened(MissionEvent):
    """A post was opened, or raised to another class.

    Effect: the sender has that post. A diplomatic mission of another class or in another city takes
    the place of the one before, as a consulate of another class does in its city. A severance of
    ties ends embassies, legations, high commissions and agencies.

    Attributes:
        sender: Whose post it is.
        receiver: Where it is accredited.
        kind: What sort of post it is.
        city: Where it is.
        accredited_from: The city or country that it covers the receiver from, where it is not
            resident.
        protecting_power: The party within whose mission an interests section works.

    >>> MissionOpened(on="1995-08-06", sender="USA", receiver="VNM", city="Hanoi",
    ...               sources=["rdcr-vietnam"]).id
    'mission-opened/USA-VNM/1995-08-06/embassy/hanoi'
    """

    type: ClassVar[str] = "mission-opened"
    precedence: ClassVar[Precedence] = Precedence.BEGUN

    accredited_from: str | None = None
    protecting_power: str | None = attrs.field(
        default=None, converter=attrs.converters.optional(one_party)
    )

    def _check(self) -> None:
        super()._check()
        if self.protecting_power is None:
            return
        if self.kind is not MissionKind.INTERESTS_SECTION:
            raise InvalidEventError(
                f"protecting_power: only an interests section has one, and this is of the kind "
                f"{self.kind.value!r}"
            )
        if self.protecting_power in self.parties:
            raise InvalidEventError(
                f"protecting_power: {self.protecting_power!r} is a side of it, expected a third one"
            )

    def third_parties(self) -> Iterable[tuple[str, str]]:
        """Return the protecting power."""
        if self.protecting_power is not None:
            yield "protecting_power", self.protecting_power


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MissionClosed(MissionEvent):
    """A post was closed.

    Effect: the sender has the post of that kind in that city no more, and any other stays open.
    If another one has taken its place, or a severance of ties has ended it, the closing confirms
    that. Without a city, it ends the one post of its kind that it can mean.

    Attributes:
        sender: Whose post it was.
        receiver: Where it was accredited.
        kind: What sort of post it was.
        city: Where it was.
    """

    type: ClassVar[str] = "mission-closed"
    precedence: ClassVar[Precedence] = Precedence.ENDED


@attrs.frozen
class Mission:
    """One post that is open."""

    sender: str
    receiver: str
    kind: MissionKind
    city: str | None
    since: PartialDate
    accredited_from: str | None = None
    protecting_power: str | None = None


Key: TypeAlias = tuple[str, str, MissionKind, str | None]
"""What a closing names: sender, receiver, kind, and the city as cities are compared."""

_CONSULAR: Final = frozenset(
    {MissionKind.CONSULATE_GENERAL, MissionKind.CONSULATE, MissionKind.CONSULAR_AGENCY}
)
_END_WITH_TIES: Final = frozenset(
    {MissionKind.EMBASSY, MissionKind.LEGATION, MissionKind.HIGH_COMMISSION, MissionKind.AGENCY}
)


class Posts:
    """The posts of a dyad.

    Attributes:
        open: The posts that are open, by their slots.
        gone: The posts that another one replaced, or that a severance of ties ended. The closing
            that a source dates later confirms their end, and closes nothing else.
    """

    __slots__ = ("gone", "open")

    def __init__(self) -> None:
        self.open: dict[Cell, MissionOpened] = {}
        self.gone: dict[Key, MissionOpened] = {}

    def copy(self) -> Posts:
        """Return another with the same contents."""
        new = Posts()
        new.open, new.gone = {**self.open}, {**self.gone}
        return new

    def essence(self) -> Hashable:
        """Return what it shows, and what decides how it goes on."""
        return self.freeze(), frozenset(self.gone)

    def add(self, event: MissionOpened) -> None:
        """Open a post, in place of another one in its slot."""
        slot, key = slot_of(event), _key(event)
        held = self.open.get(slot)
        if held is not None:
            # without a city, it can be the one that is open
            if held.kind is event.kind and key[-1] in (None, _city(held)):
                return
            self._replace(slot)
        self.open[slot] = event
        self.gone.pop(key, None)

    def close(self, event: MissionClosed) -> None:
        """Close the post that an event names, or confirm that it is gone."""
        posts, gone = self._meant(event)
        if len(posts) == 1:
            del self.open[slot_of(posts[0])]
        elif not posts and len(gone) == 1:
            del self.gone[_key(gone[0])]

    def end_with_ties(self) -> None:
        """End the posts that a severance of ties ends."""
        for slot, post in [*self.open.items()]:
            if post.kind in _END_WITH_TIES:
                self._replace(slot)

    def end_all(self) -> None:
        """End every post, as the end of a party does."""
        for slot in [*self.open]:
            self._replace(slot)

    def _replace(self, slot: Cell) -> None:
        post = self.open.pop(slot)
        self.gone[_key(post)] = post

    def _meant(self, event: MissionClosed) -> tuple[list[MissionOpened], list[MissionOpened]]:
        """Return the posts that a closing can mean: those open, and those gone already.

        They are of its kind, and in its city. If no post of that kind is known to have been
        there, it can mean one whose city is unknown. A closing without a city can mean any.
        """
        key = _key(event)
        posts = [post for post in self.open.values() if _key(post)[:-1] == key[:-1]]
        gone = [post for one, post in self.gone.items() if one[:-1] == key[:-1]]
        if key[-1] is None:
            return posts, gone
        for city in (key[-1], None):
            there = [[post for post in some if _city(post) == city] for some in (posts, gone)]
            if any(there):
                return there[0], there[1]
        return [], []

    def moved(self, old: str, new: str) -> Posts:
        """Return a successor's, from its predecessor's."""

        def by(event: MissionOpened) -> MissionOpened:
            sender, receiver = (new if party == old else party for party in event.parties)
            return attrs.evolve(event, sender=sender, receiver=receiver)

        copy = Posts()
        copy.open = {slot_of(post): post for post in map(by, self.open.values())}
        copy.gone = {_key(post): post for post in map(by, self.gone.values())}
        return copy

    def freeze(self) -> tuple[Mission, ...]:
        """Return the posts that are open."""
        return tuple(
            Mission(
                ev.sender,
                ev.receiver,
                ev.kind,
                ev.city,
                ev.on,
                ev.accredited_from,
                ev.protecting_power,
            )
            for _, ev in sorted(self.open.items())
        )

    def since(self, event: MissionOpened) -> PartialDate | None:
        """Return since when that kind of post has been open in that city; None where it is not."""
        held = self.open.get(slot_of(event))
        return None if held is None or _key(held) != _key(event) else held.on

    def was_open(self, event: MissionClosed) -> bool:
        """Return whether a closing names a post that is open or gone."""
        return any(self._meant(event))

    def find_several(self, event: MissionClosed) -> tuple[str, str] | None:
        """Return what is wrong where a closing without a city can mean several posts."""
        posts, gone = self._meant(event)
        # one that is gone and whose city is unknown can be the very post that is open
        meant = [*posts, *(post for post in gone if post.city is not None)]
        if not posts or len(meant) == 1:
            return None
        cities = sorted(post.city or "a city that is not recorded" for post in meant)
        return (
            f"it names no city, and it can be the {event.kind.value} in {' or in '.join(cities)}",
            "Name the city of the post that was closed",
        )


def _city(event: MissionEvent) -> str | None:
    return None if event.city is None else city_key(event.city)


def _key(event: MissionEvent) -> Key:
    return (event.sender, event.receiver, event.kind, _city(event))


def slot_of(event: MissionEvent) -> Cell:
    """Return which place a post takes, as a path.

    A sender has one diplomatic mission with a receiver, of whatever class and wherever it is;
    consulates and offices of other kinds go by their cities.
    """
    if event.kind in _CONSULAR:
        group = "consulate"
    elif event.kind is MissionKind.REPRESENTATION:
        group = "representation"
    else:
        return (*event.parties, DIPLOMATIC)
    city = _city(event)
    return (*event.parties, group) if city is None else (*event.parties, group, city)


DIPLOMATIC: Final = "mission"
"""The last part of the slot of a diplomatic mission."""
