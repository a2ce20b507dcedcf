"""Succession: one party takes the place of another, for the dyads and tracks that a source names.

Succession is never automatic (Vienna Convention on Succession of States in respect of Treaties
1978; Yugoslavia's successors differed from Russia): who carries which relation on is a fact to
cite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

import attrs

from diplorel.errors import CheckedStrEnum
from diplorel.model.converters import one_party, other_parties, pair, to_tuple
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence
from diplorel.tracks.track import Cell, Subject, Track

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.names import NameKeys


class SuccessionKind(CheckedStrEnum):
    """What became of the predecessor."""

    CONTINUATION = "continuation"
    """One state under another name or constitution: the Soviet Union and Russia."""
    SPLIT = "split"
    MERGER = "merger"
    SECESSION = "secession"
    """The predecessor goes on."""
    UNIFICATION = "unification"


def _names(value: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(to_tuple(value))))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PartySucceeded(Event):
    """A party succeeded another in its relations with those named.

    Effect: from that day, the relation of the successor with each of `dyads` goes on from the state
    of the predecessor's in each of `tracks`, unless it has a state of its own there. A
    `continuation` also takes the place of that: Russia's ties of before 1917 gave way to the Soviet
    Union's, and go on from those.

    Attributes:
        predecessor: Whose relations they were.
        successor: Who carries them on.
        kind: What became of the predecessor.
        dyads: The ids of the other parties, whose relations are carried on.
        tracks: The names of the tracks that are carried on.

    >>> PartySucceeded(on="1991-12-27", predecessor="SUN", successor="RUS", kind="continuation",
    ...                dyads=["VNM"], tracks=["ties"], sources=["mofa-vn"]).id
    'party-succeeded/SUN-RUS/1991-12-27/VNM'
    """

    type: ClassVar[str] = "party-succeeded"
    precedence: ClassVar[Precedence] = Precedence.SUCCEEDED

    predecessor: str = attrs.field(converter=one_party)
    successor: str = attrs.field(converter=one_party)
    kind: SuccessionKind = attrs.field(converter=SuccessionKind)
    dyads: tuple[str, ...] = attrs.field(converter=other_parties)
    tracks: tuple[str, ...] = attrs.field(converter=_names)

    @property
    def parties(self) -> tuple[str, ...]:
        """The predecessor, then the successor."""
        return (self.predecessor, self.successor)

    @property
    def discriminator(self) -> str:
        """The parties that it is for: two streams that each report their own do not clash."""
        return "+".join(self.dyads)

    def third_parties(self) -> Iterable[tuple[str, str]]:
        """Return the others, whose relations are carried on."""
        return (("dyads", other) for other in self.dyads)

    def may_be(self, other: Any, names: NameKeys) -> bool:  # noqa: ARG002  others compare names
        """Return whether some relation is carried on by both."""
        return bool({*self.dyads} & {*other.dyads} and {*self.tracks} & {*other.tracks})

    def moves(self) -> tuple[tuple[tuple[str, str], tuple[str, str]], ...]:
        """Return the dyads that are carried on: the predecessor's, and the successor's."""
        return tuple(
            (pair(self.predecessor, other), pair(self.successor, other))
            for other in self.dyads
            if other not in (self.predecessor, self.successor)
        )


@attrs.frozen
class Succession:
    """One succession that a party has part in."""

    predecessor: str
    successor: str
    kind: SuccessionKind
    on: PartialDate


@attrs.frozen
class SuccessionState:
    """Whom a party succeeded and who succeeded it, oldest first."""

    successions: tuple[Succession, ...] = ()


def _freeze(acc: list[PartySucceeded]) -> SuccessionState:
    ordered = sorted(acc, key=lambda event: (event.on.hi, event.seq, event.id))
    return SuccessionState(
        tuple(Succession(ev.predecessor, ev.successor, ev.kind, ev.on) for ev in ordered)
    )


def _subjects(event: PartySucceeded) -> tuple[Subject, ...]:
    return (event.predecessor, event.successor)


def _cells(event: PartySucceeded) -> tuple[Cell, ...]:
    # They are listed; what they move, the replay knows. It is not `no_cells`, for they are no
    # observations: two of them some days apart are looked at as one.
    return ()


# --- in words ------------------------------------------------------------------------------------

_PHRASES: Final[Phrases] = {
    "party-succeeded": (
        "{successor} took the place of {predecessor} in relations with {others}.",
        "{successor} kế tục {predecessor} trong quan hệ với {others}.",
    ),
    "party-succeeded-alone": (
        "{successor} took the place of {predecessor}.",
        "{successor} kế tục {predecessor}.",
    ),
}


def _clause(event: PartySucceeded, grammar: Grammar) -> tuple[str, dict[str, str]]:
    return "party-succeeded" if event.dyads else "party-succeeded-alone", {
        "predecessor": grammar.name(event.predecessor),
        "successor": grammar.name(event.successor),
        "others": grammar.names(event.dyads) if event.dyads else "",
    }


SUCCESSION: Final[Track[list[PartySucceeded], SuccessionState]] = Track(
    name="succession",
    owns=(PartySucceeded,),
    handlers={PartySucceeded: list.append},
    start=list,
    freeze=_freeze,
    none=SuccessionState(),
    unknown=SuccessionState(),
    subjects=_subjects,
    cells=_cells,
    of_dyads=False,
    label=("succession", "kế tục"),
    phrases=_PHRASES,
    clause=_clause,
)
"""The track of successions; its subjects are the parties. The replay moves the relations."""
