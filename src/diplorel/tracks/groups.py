"""Groups: who belongs to ASEAN, the European Union, the permanent five …, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

import attrs

from diplorel.errors import CheckedStrEnum
from diplorel.language import vocabulary
from diplorel.model.converters import one_party
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence
from diplorel.tracks.track import (
    Cell,
    Subject,
    Track,
    begins_once,
    ends_what_stands,
    ends_with_a_party,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.lives import PartyEnded
    from diplorel.model.names import NameKeys


class Capacity(CheckedStrEnum):
    """As what a party belongs to a group."""

    MEMBER = "member"
    OBSERVER = "observer"
    CANDIDATE = "candidate"
    ASSOCIATE = "associate"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _GroupEvent(Event):
    party: str = attrs.field(converter=one_party)
    group: str = attrs.field(converter=one_party)

    @property
    def parties(self) -> tuple[str, ...]:
        """The party, then the group."""
        return (self.party, self.group)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GroupJoined(_GroupEvent):
    """A party became a member of a group, or belongs to it in another capacity from then on.

    Effect: it belongs to the group in that capacity.

    Attributes:
        party: Who joined.
        group: What it joined, itself a party: ``ASEAN``.
        capacity: As what.

    >>> GroupJoined(on="2025-10-26", party="TLS", group="ASEAN", sources=["asiaone"]).id
    'group-joined/TLS-ASEAN/2025-10-26'
    """

    type: ClassVar[str] = "group-joined"
    precedence: ClassVar[Precedence] = Precedence.BEGUN
    begins_once: ClassVar[bool] = True

    capacity: Capacity = attrs.field(default=Capacity.MEMBER, converter=Capacity)

    def may_be(self, other: Any, names: NameKeys) -> bool:  # noqa: ARG002  others compare names
        """Return whether the capacity is the same."""
        return self.capacity is other.capacity


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GroupLeft(_GroupEvent):
    """A party ceased to belong to a group.

    Effect: it belongs to the group in no capacity.

    Attributes:
        party: Who left.
        group: What it left.
    """

    type: ClassVar[str] = "group-left"
    precedence: ClassVar[Precedence] = Precedence.ENDED


@attrs.frozen
class Membership:
    """One party's membership in a group."""

    party: str
    capacity: Capacity
    since: PartialDate


@attrs.frozen
class GroupState:
    """Who belongs to one group, in the order of party ids."""

    memberships: tuple[Membership, ...] = ()

    def members(self) -> tuple[str, ...]:
        """Return the full members."""
        return tuple(one.party for one in self.memberships if one.capacity is Capacity.MEMBER)


class _Group(dict[str, GroupJoined]):
    """By party, the event that made it a member.

    Attributes:
        legacy: The same on the last day of those that are gone, for a successor to take.
    """

    __slots__ = ("legacy",)

    def __init__(self) -> None:
        super().__init__()
        self.legacy: dict[str, GroupJoined] = {}


def _join(acc: _Group, event: GroupJoined) -> None:
    acc.legacy.pop(event.party, None)
    held = acc.get(event.party)
    if held is None or held.capacity is not event.capacity:
        acc[event.party] = event


def _leave(acc: _Group, event: GroupLeft) -> None:
    acc.pop(event.party, None)
    acc.legacy.pop(event.party, None)


def _end(acc: _Group, event: PartyEnded) -> None:
    """End what a party belongs to; of a group that is gone, every membership."""
    for party, held in [*acc.items()]:
        if event.party in {party, held.group}:
            acc.legacy[party] = acc.pop(party)


def _succeed(acc: _Group, old: str, new: str, others: Collection[str], *, takes_over: bool) -> None:
    """Let a successor take its predecessor's place, as that was on its last day; once only."""
    held, own = acc.legacy.get(old) or acc.get(old), acc.get(new)
    if held is not None and (own is None or (takes_over and own.party != held.party)):
        acc[new] = held


def _freeze(acc: _Group) -> GroupState:
    return GroupState(
        tuple(Membership(party, event.capacity, event.on) for party, event in sorted(acc.items()))
    )


def _subjects(event: _GroupEvent) -> tuple[Subject, ...]:
    return (event.group,)


def _cells(event: _GroupEvent) -> tuple[Cell, ...]:
    """Return the party: what others do leaves its membership alone."""
    return ((event.party,),)


def _held_since(acc: _Group, event: GroupJoined) -> PartialDate | None:
    held = acc.get(event.party)
    return held.on if held is not None and held.capacity is event.capacity else None


# --- in words ------------------------------------------------------------------------------------

_PHRASES: Final[Phrases] = {
    "group-joined": ("{party} joined {group}{kind}.", "{party} gia nhập {group}{kind}."),
    "group-left": ("{party} left {group}.", "{party} rời {group}."),
}


def _clause(event: _GroupEvent, grammar: Grammar) -> tuple[str, dict[str, str]]:
    kind = ""
    if isinstance(event, GroupJoined):
        kind = grammar.say(vocabulary.CAPACITIES, event.capacity)
    return event.type, {
        "party": grammar.name(event.party),
        "group": grammar.name(event.group),
        "kind": kind,
    }


GROUPS: Final[Track[_Group, GroupState]] = Track(
    name="groups",
    owns=(GroupJoined, GroupLeft),
    handlers={GroupJoined: _join, GroupLeft: _leave, **ends_with_a_party(_end)},
    start=_Group,
    freeze=_freeze,
    succeed=_succeed,
    none=GroupState(),
    unknown=GroupState(),
    subjects=_subjects,
    cells=_cells,
    rules={
        GroupJoined: (begins_once(_held_since),),
        GroupLeft: (ends_what_stands(lambda acc, event: event.party in acc),),
    },
    of_dyads=False,
    label=("groups", "tổ chức"),
    phrases=_PHRASES,
    clause=_clause,
)
"""The track of memberships; its subjects are the groups."""
