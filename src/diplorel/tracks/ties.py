"""Ties: whether two parties have diplomatic relations.

Established by mutual consent (Vienna Convention on Diplomatic Relations 1961, article 2), and
suspended, severed or restored by a political act. A war, a recalled envoy or a closed embassy is
not a severance (articles 44 and 45).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from diplorel.language import vocabulary
from diplorel.model.converters import dyad
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence
from diplorel.tracks.columns import StateColumn
from diplorel.tracks.track import (
    Rule,
    Track,
    ends_with_a_party,
    is_certain,
    same_dyad,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.lives import PartyEnded
    from diplorel.model.reference import Reference
    from diplorel.tracks.track import Answers, Cell, DyadView


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _TiesEvent(Event):
    parties: tuple[str, str] = attrs.field(converter=dyad)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TiesEstablished(_TiesEvent):
    """Two parties agreed to have diplomatic relations.

    Meaning: the day that both sides give as the beginning, often that of a joint communiqué.
    Effect: ties are established; the day is their `since`, unless there were ties already. Parties
    whose ties were suspended or severed can establish them anew, as after a change of state.

    >>> TiesEstablished(on="1973-08-01", parties=("VNM", "SGP"), sources=["vna-2025-03-24"]).id
    'ties-established/SGP-VNM/1973-08-01'
    """

    type: ClassVar[str] = "ties-established"
    precedence: ClassVar[Precedence] = Precedence.BEGUN
    begins_once: ClassVar[bool] = True


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TiesSuspended(_TiesEvent):
    """Relations were interrupted without being broken off, by either side or by events.

    Meaning: no envoys, no business, and neither side calls it a break.
    Effect: ties are suspended; the spell of unbroken ties ends.
    """

    type: ClassVar[str] = "ties-suspended"
    precedence: ClassVar[Precedence] = Precedence.SUSPENDED


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TiesSevered(_TiesEvent):
    """One side broke off diplomatic relations.

    Meaning: a declared rupture, as article 45 of the Vienna Convention has it.
    Effect: ties are severed; the level, the sectors and the special status of the dyad end, and so
    do embassies, legations, high commissions, agencies and the terms of their heads. Agreements,
    consulates and offices of other kinds stay.
    """

    type: ClassVar[str] = "ties-severed"
    precedence: ClassVar[Precedence] = Precedence.ENDED


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TiesRestored(_TiesEvent):
    """Suspended or severed relations were resumed.

    Effect: ties are established, from this day; no level comes back with them.
    """

    type: ClassVar[str] = "ties-restored"
    precedence: ClassVar[Precedence] = Precedence.RESTORED


class TiesStatus(StrEnum):
    """Whether there are diplomatic relations."""

    NONE = "none"
    ESTABLISHED = "established"
    SUSPENDED = "suspended"
    SEVERED = "severed"
    LAPSED = "lapsed"
    """Ended with the life of a party, by no act of either."""
    UNKNOWN = "unknown"


@attrs.frozen
class TiesSpell:
    """An unbroken time of ties, from the day it began to the day it ended (None: not ended)."""

    start: PartialDate
    end: PartialDate | None = None


@attrs.frozen
class TiesState:
    """The diplomatic relations of a dyad.

    Attributes:
        status: Whether there are any.
        since: The day when that status began; None where it never changed.
        spells: The unbroken times of established ties, oldest first; the last may be open.
        open: If dates leave the order of the events open, the answers that differ between the
            plausible orders: ``status``, ``since``, ``spells``. Those shown are of the order that
            comes first by the convention.
    """

    status: TiesStatus
    since: PartialDate | None = None
    spells: tuple[TiesSpell, ...] = ()
    open: frozenset[str] = frozenset()

    def is_certain(self, answer: str) -> bool:
        """Return whether dates leave no doubt about an answer.

        Args:
            answer: ``status``, ``since`` or ``spells``.

        Raises:
            InvalidQueryError: The name is not one of these answers. Use one of them.

        >>> TiesState(TiesStatus.SEVERED, open=frozenset({"since"})).is_certain("status")
        True
        """
        return is_certain(answer, self.open, ("status", "since", "spells"))


_NONE: Final = TiesStatus.NONE  # Python 3.11 takes a call to find a member by its name
_ESTABLISHED: Final = TiesStatus.ESTABLISHED
_SUSPENDED: Final = TiesStatus.SUSPENDED
_SEVERED: Final = TiesStatus.SEVERED
_LAPSED: Final = TiesStatus.LAPSED


class _Ties:
    __slots__ = ("since", "spells", "status")

    def __init__(self) -> None:
        self.status: TiesStatus = _NONE
        self.since: PartialDate | None = None
        self.spells: list[tuple[PartialDate, PartialDate | None]] = []

    def copy(self) -> _Ties:
        """Return another with the same contents."""
        new = _Ties()
        new.status, new.since, new.spells = self.status, self.since, self.spells[:]
        return new


def _begin(acc: _Ties, event: Event) -> None:
    if acc.status is not _ESTABLISHED:
        acc.status, acc.since = _ESTABLISHED, event.on
        acc.spells.append((event.on, None))


def _break(acc: _Ties, event: Event, status: TiesStatus) -> None:
    if acc.status is _ESTABLISHED:
        acc.spells[-1] = (acc.spells[-1][0], event.on)
    if acc.status is not status:
        acc.status, acc.since = status, event.on


def _suspend(acc: _Ties, event: Event) -> None:
    _break(acc, event, _SUSPENDED)


def _sever(acc: _Ties, event: Event) -> None:
    _break(acc, event, _SEVERED)


def _lapse(acc: _Ties, event: PartyEnded) -> None:
    if acc.status is not _NONE:
        _break(acc, event, _LAPSED)


def _answers(acc: _Ties, _: Reference) -> Answers:
    return ("status", acc.status), ("since", acc.since), ("spells", tuple(acc.spells))


def _mark(state: TiesState, open_: Collection[tuple[Cell, str]]) -> TiesState:
    return attrs.evolve(state, open=frozenset(name for _, name in open_))


def _freeze(acc: _Ties) -> TiesState:
    return TiesState(acc.status, acc.since, tuple(TiesSpell(*spell) for spell in acc.spells))


_ALLOWED: Final[dict[type[Event], tuple[TiesStatus, ...]]] = {
    # anew after a suspension: the United States with Russia 1991, after 1917
    TiesEstablished: (_NONE, _SUSPENDED, _SEVERED, _LAPSED),
    TiesSuspended: (_ESTABLISHED,),
    TiesSevered: (_ESTABLISHED, _SUSPENDED),
    TiesRestored: (_SUSPENDED, _SEVERED, _LAPSED),
}


def _find(acc: _Ties, event: Event, reference: Reference) -> tuple[str, str] | None:
    allowed = _ALLOWED[type(event)]
    if acc.status in allowed:
        return None
    return (
        f"the status of the ties before it is {acc.status.value!r}, expected "
        + " or ".join(repr(status.value) for status in allowed),
        "Add the event that is missing in between, or correct this one",
    )


# as the first event, an end or a return has a beginning elsewhere
_RULE: Final = Rule[_Ties](
    code="DR301", find=_find, where_complete=lambda acc, event: acc.status is _NONE
)


# --- in words ------------------------------------------------------------------------------------

_PHRASES: Final[Phrases] = {
    "ties-established": (
        "{names} established diplomatic relations.",
        "{names} thiết lập quan hệ ngoại giao.",
    ),
    "ties-suspended": (
        "Diplomatic relations between {names} were interrupted.",
        "Quan hệ ngoại giao giữa {names} bị tạm đình chỉ.",
    ),
    "ties-severed": (
        "Diplomatic relations between {names} were broken off.",
        "Quan hệ ngoại giao giữa {names} bị cắt đứt.",
    ),
    "ties-restored": (
        "{names} restored diplomatic relations.",
        "{names} nối lại quan hệ ngoại giao.",
    ),
    "state": ("Diplomatic relations", "Quan hệ ngoại giao"),
    "established": ("{since}", "{since}"),
    "suspended": ("interrupted {since}", "tạm đình chỉ {since}"),
    "severed": ("broken off {since}", "bị cắt đứt {since}"),
    "lapsed": ("ended with one of the two: {day}", "chấm dứt khi một bên không còn: {day}"),
}


def _describe(dyad: DyadView, grammar: Grammar) -> Iterator[tuple[str, str]]:
    ties = dyad.state(TIES)
    if ties.since is not None:
        day, since = ties.since.words(grammar.lang), grammar.since(ties.since)
        said = grammar.say(_PHRASES, ties.status, day=day, since=since)
    else:
        key = "not known" if ties.status is TiesStatus.UNKNOWN else "none"
        said = grammar.say(vocabulary.CONNECTIVES, key)
    yield grammar.say(_PHRASES, "state"), said


TIES: Final[Track[_Ties, TiesState]] = Track(
    name="ties",
    owns=(TiesEstablished, TiesSuspended, TiesSevered, TiesRestored),
    handlers={
        TiesEstablished: _begin,
        TiesRestored: _begin,
        TiesSuspended: _suspend,
        TiesSevered: _sever,
        **ends_with_a_party(_lapse),
    },
    start=_Ties,
    freeze=_freeze,
    none=TiesState(TiesStatus.NONE),
    unknown=TiesState(TiesStatus.UNKNOWN),
    subjects=same_dyad,
    rules=dict.fromkeys(_ALLOWED, (_RULE,)),
    answers=_answers,
    copy=_Ties.copy,
    mark=_mark,
    label=("diplomatic relations", "quan hệ ngoại giao"),
    phrases=_PHRASES,
    describe=_describe,
    columns=(
        StateColumn(
            name="ties",
            kind="enum",
            labels={
                "none": "none",
                "lapsed": "lapsed",
                "severed": "severed",
                "suspended": "suspended",
                "established": "established",
            },
            of=lambda state, a, b: None if state.status is TiesStatus.UNKNOWN else state.status,
            title="Diplomatic relations",
        ),
        StateColumn(
            name="ties_since",
            kind="date",
            of=lambda state, a, b: state.since,
            title="That status since",
            has_known=False,
        ),
    ),
)
"""The track of diplomatic relations."""
