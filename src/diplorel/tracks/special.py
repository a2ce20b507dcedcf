"""Special relationships: not on the ladder (Laos, Cambodia and Cuba for Vietnam)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from diplorel.model.converters import dyad, to_tuple
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence, Wording
from diplorel.model.lives import PartyEnded
from diplorel.tracks.ties import TiesSevered
from diplorel.tracks.track import (
    Track,
    begins_once,
    both_end,
    ends_what_stands,
    ends_with_a_party,
    same_dyad,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.tracks.track import DyadView


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _SpecialEvent(Event):
    parties: tuple[str, str] = attrs.field(converter=dyad)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SpecialRelationshipDeclared(_SpecialEvent):
    """Two parties declared their relationship special, or declared it anew in other words.

    Effect: the relationship is special since the first declaration; the latest wording holds.

    Attributes:
        parties: The two parties.
        wording: What each side calls it, by language.
    """

    type: ClassVar[str] = "special-relationship-declared"
    precedence: ClassVar[Precedence] = Precedence.BEGUN

    wording: tuple[Wording, ...] = attrs.field(default=(), converter=to_tuple)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SpecialRelationshipEnded(_SpecialEvent):
    """A special relationship ended.

    Effect: the relationship is special no more.

    Attributes:
        parties: The two parties.
    """

    type: ClassVar[str] = "special-relationship-ended"
    precedence: ClassVar[Precedence] = Precedence.ENDED


@attrs.frozen
class SpecialState:
    """Whether a relationship is special.

    Attributes:
        since: The day of the first declaration; None where it is not special.
        wording: What each side calls it since the latest declaration that gave a wording.
    """

    since: PartialDate | None = None
    wording: tuple[Wording, ...] = ()


class _Special:
    __slots__ = ("since", "wording")

    def __init__(self) -> None:
        self.since: PartialDate | None = None
        self.wording: tuple[Wording, ...] = ()


def _declare(acc: _Special, event: SpecialRelationshipDeclared) -> None:
    if acc.since is None:
        acc.since = event.on
    acc.wording = event.wording or acc.wording


def _end(acc: _Special, event: Event) -> None:
    acc.since, acc.wording = None, ()


# --- in words ------------------------------------------------------------------------------------

_PHRASES: Final[Phrases] = {
    "special-relationship-declared": (
        "{names} declared their relationship special.",
        "{names} tuyên bố quan hệ đặc biệt.",
    ),
    "special-relationship-ended": (
        "The special relationship between {names} ended.",
        "Quan hệ đặc biệt giữa {names} chấm dứt.",
    ),
    "state": ("Special relationship", "Quan hệ đặc biệt"),
}


def _describe(dyad: DyadView, grammar: Grammar) -> Iterator[tuple[str, str]]:
    since = dyad.state(SPECIAL).since
    if since is not None:
        yield grammar.say(_PHRASES, "state"), grammar.since(since)


SPECIAL: Final[Track[_Special, SpecialState]] = Track(
    name="special",
    owns=(SpecialRelationshipDeclared, SpecialRelationshipEnded),
    handlers={
        SpecialRelationshipDeclared: _declare,
        SpecialRelationshipEnded: _end,
        TiesSevered: _end,
        **ends_with_a_party(_end),
    },
    start=_Special,
    freeze=lambda acc: SpecialState(acc.since, acc.wording),
    none=SpecialState(),
    unknown=SpecialState(),
    subjects=same_dyad,
    indifferent=both_end(SpecialRelationshipEnded, TiesSevered, PartyEnded),
    rules={
        SpecialRelationshipDeclared: (begins_once(lambda acc, event: acc.since, reported=False),),
        SpecialRelationshipEnded: (ends_what_stands(lambda acc, event: acc.since is not None),),
    },
    label=("special relationship", "quan hệ đặc biệt"),
    phrases=_PHRASES,
    describe=_describe,
)
"""The track of special relationships."""
