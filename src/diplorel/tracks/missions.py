"""Missions: embassies, consulates and their heads, each from a sender to a receiver.

One state may accredit one head of mission to several (Vienna Convention on Diplomatic Relations
1961, article 5), a recall is not a severance of ties, and after a severance a third state may
protect the interests of the one that left (article 45).

The events are in `diplorel.tracks.posts` and `diplorel.tracks.envoys`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.language import vocabulary
from diplorel.model.lives import PartyEnded
from diplorel.model.names import BY_TEXT
from diplorel.tracks.columns import StateColumn
from diplorel.tracks.envoys import (
    Envoy,
    EnvoyAccredited,
    EnvoyLeft,
    Heads,
    cells_ended_with_ties,
    cells_of_envoy,
)
from diplorel.tracks.posts import (
    DIPLOMATIC,
    Mission,
    MissionClosed,
    MissionEvent,
    MissionOpened,
    Posts,
    slot_of,
)
from diplorel.tracks.ties import TiesSevered
from diplorel.tracks.track import (
    Cell,
    Rule,
    Track,
    begins_once,
    ends_what_stands,
    ends_with_a_party,
    its_dyad,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.events import Event
    from diplorel.model.names import NameKeys
    from diplorel.model.reference import Reference
    from diplorel.tracks.track import Answers, DyadView


@attrs.frozen
class MissionsState:
    """Posts and envoys, by direction."""

    missions: tuple[Mission, ...] = ()
    envoys: tuple[Envoy, ...] = ()

    def sent_by(self, party: str) -> tuple[Mission, ...]:
        """Return the open posts of one side, by its id."""
        return tuple(mission for mission in self.missions if mission.sender == party)


class _Missions:
    __slots__ = ("heads", "posts")

    def __init__(self, names: NameKeys = BY_TEXT) -> None:
        self.posts = Posts()
        self.heads = Heads(names)

    def copy(self) -> _Missions:
        new = _Missions()
        new.posts, new.heads = self.posts.copy(), self.heads.copy()
        return new


def _sever(acc: _Missions, event: TiesSevered) -> None:
    acc.posts.end_with_ties()
    acc.heads.end_with_ties()


def _end(acc: _Missions, event: PartyEnded) -> None:
    acc.posts.end_all()
    acc.heads.end_all()


def _answers(acc: _Missions, _: Reference) -> Answers:
    return (("state", (acc.posts.essence(), acc.heads.essence())),)


def _inherit(acc: _Missions, old: str, new: str) -> _Missions:
    copy = _Missions()
    copy.posts, copy.heads = acc.posts.moved(old, new), acc.heads.moved(old, new)
    return copy


def _cells(event: Any) -> tuple[Cell, ...]:
    """Return the slot of a post, or the seats of a head; of a severance, all that it ends."""
    if isinstance(event, MissionEvent):
        return (slot_of(event),)
    if isinstance(event, TiesSevered):
        a, b = event.parties
        posts = ((a, b, DIPLOMATIC), (b, a, DIPLOMATIC))
        return (*posts, *cells_ended_with_ties(a, b), *cells_ended_with_ties(b, a))
    return cells_of_envoy(event)


def _is_confirmed(first: Any, second: Any) -> bool:
    """Say whether one of two events ends all at once, and the other an end: it confirms that."""
    kinds = {type(first), type(second)}
    at_once: set[type[Any]] = {TiesSevered, PartyEnded}
    return not at_once.isdisjoint(kinds) and kinds <= {*at_once, MissionClosed, EnvoyLeft}


def _joins(cell: Cell) -> bool:
    """Say whether an event of that cell can mean any part of it.

    So it is of consulates and representations without a city, and of a leaving, which names no
    seat: a path of sender, receiver and group.
    """
    return len(cell) == 3 and cell[-1] != DIPLOMATIC  # noqa: PLR2004  that path


# --- in words ------------------------------------------------------------------------------------

_PHRASES: Final[Phrases] = {
    "mission-opened": (
        "{sender} opened {kind} in {receiver}{city}.",
        "{sender} mở {kind} tại {receiver}{city}.",
    ),
    "mission-closed": (
        "{sender} closed {kind} in {receiver}{city}.",
        "{sender} đóng cửa {kind} tại {receiver}{city}.",
    ),
    "envoy-accredited": (
        "{name} became {kind} of {sender} to {receiver}.",
        "{name} nhậm chức {kind} của {sender} tại {receiver}.",
    ),
    "envoy-left": (
        "{name} left the post as head of mission of {sender} to {receiver}{why}.",
        "{name} rời cương vị người đứng đầu cơ quan đại diện của {sender} tại {receiver}{why}.",
    ),
    "covered from": (", covered from {city}", ", kiêm nhiệm từ {city}"),
    "state": ("Posts of {party}", "Cơ quan đại diện của {party}"),
}


def _clause(
    event: MissionOpened | MissionClosed | EnvoyAccredited | EnvoyLeft, grammar: Grammar
) -> tuple[str, dict[str, str]]:
    parts = {"sender": grammar.name(event.sender), "receiver": grammar.name(event.receiver)}
    if isinstance(event, (MissionOpened, MissionClosed)):
        city = grammar.in_city(event.city)
        if isinstance(event, MissionOpened) and event.accredited_from:
            city += grammar.say(_PHRASES, "covered from", city=event.accredited_from)
        parts |= {"kind": grammar.say(vocabulary.POSTS, event.kind), "city": city}
    elif isinstance(event, EnvoyAccredited):
        kind = grammar.say(vocabulary.ENVOYS, event.envoy_rank)
        if event.acting:
            kind = grammar.say(vocabulary.ENVOYS, "acting", kind=kind)
        parts |= {"name": event.name, "kind": kind}
    else:
        why = grammar.say(vocabulary.DEPARTURES, event.departure)
        parts |= {"name": event.name, "why": why}
    return event.type, parts


def _describe(dyad: DyadView, grammar: Grammar) -> Iterator[tuple[str, str]]:
    for party in grammar.in_order(dyad.parties):
        posts = [
            f"{grammar.say(vocabulary.POSTS, one.kind)}{grammar.in_city(one.city)}, "
            + grammar.since(one.since)
            for one in dyad.state(MISSIONS).sent_by(party)
        ]
        if posts:
            yield grammar.say(_PHRASES, "state", party=grammar.name(party)), "; ".join(posts)


def _has_sent(events: Sequence[Event], party: str) -> bool:
    """Return whether a post of one side is recorded, open or closed."""
    posts = (MissionOpened, MissionClosed)
    return any(event.sender == party for event in events if isinstance(event, posts))


MISSIONS: Final[Track[_Missions, MissionsState]] = Track(
    name="missions",
    owns=(MissionOpened, MissionClosed, EnvoyAccredited, EnvoyLeft),
    handlers={
        MissionOpened: lambda acc, event: acc.posts.add(event),
        MissionClosed: lambda acc, event: acc.posts.close(event),
        EnvoyAccredited: lambda acc, event: acc.heads.accredit(event),
        EnvoyLeft: lambda acc, event: acc.heads.leave(event),
        TiesSevered: _sever,
        **ends_with_a_party(_end),
    },
    start=_Missions,
    begin=lambda reference: _Missions(reference.names),
    freeze=lambda acc: MissionsState(acc.posts.freeze(), acc.heads.freeze()),
    none=MissionsState(),
    unknown=MissionsState(),
    subjects=its_dyad,
    cells=_cells,
    joins=_joins,
    indifferent=_is_confirmed,
    rules={
        MissionOpened: (begins_once(lambda acc, event: acc.posts.since(event)),),
        MissionClosed: (
            ends_what_stands(lambda acc, event: acc.posts.was_open(event)),
            Rule(code="DR313", find=lambda acc, event, _: acc.posts.find_several(event)),
        ),
        EnvoyAccredited: (begins_once(lambda acc, event: acc.heads.since(event), reported=False),),
        EnvoyLeft: (
            Rule(
                code="DR307",
                find=lambda acc, event, _: acc.heads.find_stranger(event),
                where_complete=lambda acc, event: True,
            ),
        ),
    },
    answers=_answers,
    copy=_Missions.copy,
    inherit=_inherit,
    label=("missions", "cơ quan đại diện"),
    phrases=_PHRASES,
    clause=_clause,
    describe=_describe,
    columns=(
        StateColumn(
            name="posts_ab",
            of=lambda state, a, b: len(state.sent_by(a)),
            is_told=lambda state, events, a, b: _has_sent(events, a),
            note="open posts of party_a with party_b, of every kind",
            unit="posts",
        ),
        StateColumn(
            name="posts_ba",
            of=lambda state, a, b: len(state.sent_by(b)),
            is_told=lambda state, events, a, b: _has_sent(events, b),
            note="open posts of party_b with party_a, of every kind",
            unit="posts",
        ),
    ),
)
"""The track of missions and envoys."""
