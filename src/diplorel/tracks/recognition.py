"""Recognition: whether one party accepts the other as a state, or a government as its government.

Recognition is the act of one side, so it has a direction; a mutual one is two events. It is not an
agreement to have relations (ties), and a break of ties does not withdraw it: a party that has
recognised a state continues to do so without an embassy there.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

import attrs

from diplorel.errors import CheckedStrEnum, InvalidEventError
from diplorel.model.converters import one_party, pair
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence
from diplorel.model.text import line_or_none
from diplorel.tracks.track import Cell, Rule, Track, ends_what_stands, ends_with_a_party, its_dyad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.lives import PartyEnded
    from diplorel.model.reference import Reference
    from diplorel.tracks.track import DyadView


class RecognitionSubject(CheckedStrEnum):
    """What is recognised: that the state exists, or who governs it."""

    STATE = "state"
    GOVERNMENT = "government"


class RecognitionKind(CheckedStrEnum):
    """How far it goes."""

    DE_FACTO = "de-facto"
    """In fact, provisionally: for now, or within limits that the recogniser names."""
    DE_JURE = "de-jure"
    """In law, fully: what recognition means where nobody adds a word."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _RecognitionEvent(Event):
    recogniser: str = attrs.field(converter=one_party)
    recognised: str = attrs.field(converter=one_party)
    subject: RecognitionSubject = attrs.field(
        default=RecognitionSubject.STATE, converter=RecognitionSubject
    )
    dyad: tuple[str, str] = attrs.field(
        default=attrs.Factory(lambda self: pair(self.recogniser, self.recognised), takes_self=True),
        init=False,
        eq=False,
        repr=False,
    )

    @property
    def parties(self) -> tuple[str, str]:
        """The recogniser, then the recognised."""
        return (self.recogniser, self.recognised)

    @property
    def discriminator(self) -> str:
        """What is recognised: the state or its government."""
        return self.subject.value


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RecognitionGranted(_RecognitionEvent):
    """One party recognised another as a state, or a government as the government of it.

    Meaning: a declaration, or an act that the sources take for one: a treaty signed, an envoy
    received. To recognise a new government is an act of its own, and says nothing of the state.
    Effect: the recogniser recognises it, in that way, from that day on; to do so again moves
    nothing.

    Attributes:
        recogniser: Who recognises.
        recognised: Which state, or whose government.
        subject: What is recognised.
        kind: How far it goes.
        government: The name of the government, where it is one and the sources name it.

    >>> RecognitionGranted(on="1965-08-11", recogniser="USA", recognised="SGP",
    ...                    sources=["rdcr-singapore"]).id
    'recognition-granted/USA-SGP/1965-08-11/state'
    """

    type: ClassVar[str] = "recognition-granted"
    precedence: ClassVar[Precedence] = Precedence.BEGUN

    kind: RecognitionKind = attrs.field(default=RecognitionKind.DE_JURE, converter=RecognitionKind)
    government: str | None = attrs.field(default=None, converter=line_or_none)

    def _check(self) -> None:
        super()._check()
        if self.government is not None and self.subject is not RecognitionSubject.GOVERNMENT:
            raise InvalidEventError(
                f"government: {self.government!r} is named, and the subject is the state; "
                "write subject = 'government', or leave the name out"
            )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RecognitionWithdrawn(_RecognitionEvent):
    """One party took back its recognition of another.

    Meaning: a declaration, or the recognition of somebody else in its place. A severance of ties, a
    recall or a closed embassy is not a withdrawal.
    Effect: recognition is withdrawn from that day on; ties stay as they are.

    Attributes:
        recogniser: Who had recognised.
        recognised: Which state, or whose government.
        subject: What had been recognised.

    >>> RecognitionWithdrawn(on="1979-01-01", recogniser="USA", recognised="TWN",
    ...                      sources=["joint-communique"]).id
    'recognition-withdrawn/USA-TWN/1979-01-01/state'
    """

    type: ClassVar[str] = "recognition-withdrawn"
    precedence: ClassVar[Precedence] = Precedence.ENDED


class RecognitionStatus(StrEnum):
    """Whether one side recognises the other, and how far."""

    NONE = "none"
    DE_FACTO = "de-facto"
    DE_JURE = "de-jure"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    """Ended with the life of one of the two."""
    UNKNOWN = "unknown"


@attrs.frozen(kw_only=True)
class Recognition:
    """How one side of a dyad recognises the other.

    Attributes:
        recogniser: The side that recognises, or does not.
        recognised: The other side.
        subject: What it is about: the state, or its government.
        status: Whether it recognises it, and how far.
        since: The day when that began; None where nothing is recorded.
        government: The government's name, where a source gives it.
    """

    recogniser: str
    recognised: str
    subject: RecognitionSubject
    status: RecognitionStatus
    since: PartialDate | None = None
    government: str | None = None


@attrs.frozen
class RecognitionState:
    """What is recorded of recognition in a dyad, by direction and subject.

    Attributes:
        recognitions: Whatever is recorded, withdrawn ones included. What is not here is not
            recorded; whether that means none, `Relation.recognition` knows.
    """

    recognitions: tuple[Recognition, ...] = ()

    def by(
        self, recogniser: str, subject: RecognitionSubject = RecognitionSubject.STATE
    ) -> Recognition | None:
        """Return how one side recognises the other, as recorded; None where nothing is.

        Args:
            recogniser: The id of the side.
            subject: What is recognised: the state, unless another subject is asked for.
        """
        for one in self.recognitions:
            if (one.recogniser, one.subject) == (recogniser, subject):
                return one
        return None


_OVER: Final = frozenset({RecognitionStatus.WITHDRAWN, RecognitionStatus.LAPSED})
_Key: TypeAlias = tuple[str, str, RecognitionSubject]
_Acc: TypeAlias = dict[_Key, Recognition]


def _key(event: _RecognitionEvent) -> _Key:
    return (event.recogniser, event.recognised, event.subject)


def _stand(
    acc: _Acc, event: _RecognitionEvent, status: RecognitionStatus, government: str | None = None
) -> None:
    key = _key(event)
    held = acc.get(key)
    if held is None or held.status is not status or government not in (None, held.government):
        acc[key] = Recognition(
            recogniser=event.recogniser,
            recognised=event.recognised,
            subject=event.subject,
            status=status,
            since=event.on,
            government=government,
        )


def _grant(acc: _Acc, event: RecognitionGranted) -> None:
    _stand(acc, event, RecognitionStatus(event.kind.value), event.government)


def _withdraw(acc: _Acc, event: RecognitionWithdrawn) -> None:
    _stand(acc, event, RecognitionStatus.WITHDRAWN)


def _lapse(acc: _Acc, event: PartyEnded) -> None:
    for key, held in acc.items():
        if held.status is not RecognitionStatus.WITHDRAWN:
            acc[key] = attrs.evolve(
                held, status=RecognitionStatus.LAPSED, since=event.on, government=None
            )


def _freeze(acc: _Acc) -> RecognitionState:
    return RecognitionState(tuple(one for _, one in sorted(acc.items())))


def _cells(event: _RecognitionEvent) -> tuple[Cell, ...]:
    """What one side does is no matter of the other's, nor a government one of the state's."""
    return (_key(event),)


def _inherit(acc: _Acc, old: str, new: str) -> _Acc:
    def moved(party: str) -> str:
        return new if party == old else party

    return {
        (moved(recogniser), moved(recognised), subject): attrs.evolve(
            one, recogniser=moved(recogniser), recognised=moved(recognised)
        )
        for (recogniser, recognised, subject), one in acc.items()
    }


def _find_granted(
    acc: _Acc, event: RecognitionGranted, reference: Reference
) -> tuple[str, str] | None:
    held = acc.get(_key(event))
    if held is None or held.since is None or held.status in _OVER:
        return None
    fuller = held.status is RecognitionStatus.DE_FACTO and event.kind is RecognitionKind.DE_JURE
    if fuller or event.government != held.government:
        return None
    in_force = f"recognition {held.status.value} has been in force since {held.since.text}"
    another = event.subject is RecognitionSubject.GOVERNMENT
    return (
        f"it grants recognition {event.kind.value}, but {in_force}",
        "Name the government, if it is another, or correct the one that is wrong"
        if another
        else "Add the event that ended it, or correct the one that is wrong",
    )


def _find_withdrawn(
    acc: _Acc, event: RecognitionWithdrawn, reference: Reference
) -> tuple[str, str] | None:
    held = acc.get(_key(event))
    if held is None or held.since is None or held.status not in _OVER:
        return None
    return (
        f"the recognition has been {held.status.value} since {held.since.text}",
        "Add the event that granted it again, or correct this one",
    )


# --- in words ------------------------------------------------------------------------------------

_PHRASES: Final[Phrases] = {
    "recognition-granted": (
        "{party} recognised {what}{how}.",
        "{party} công nhận {what}{how}.",
    ),
    "recognition-withdrawn": (
        "{party} withdrew its recognition of {what}.",
        "{party} rút lại sự công nhận {what}.",
    ),
    "government": ("the government of {party}", "chính phủ {party}"),
    "government named": ("the {name} of {party}", "{name} của {party}"),
    "how de-facto": (" de facto", " trên thực tế"),
    "how de-jure": ("", ""),
    "recognition": ("Recognition by {party}", "Công nhận của {party}"),
    "de-facto": ("de facto, since {since}", "trên thực tế, từ {since}"),
    "de-jure": ("since {since}", "từ {since}"),
    "withdrawn": ("withdrawn on {since}", "rút lại {since}"),
    "lapsed": ("ended with one of the two: {since}", "chấm dứt khi một bên không còn: {since}"),
}


def _clause(event: _RecognitionEvent, grammar: Grammar) -> tuple[str, dict[str, str]]:
    how, government = "", None
    if isinstance(event, RecognitionGranted):
        how = grammar.say(_PHRASES, f"how {event.kind.value}")
        government = event.government
    return event.type, {
        "party": grammar.name(event.recogniser),
        "what": _recognised(event.recognised, event.subject, government, grammar),
        "how": how,
    }


def _recognised(
    party: str, subject: RecognitionSubject, government: str | None, grammar: Grammar
) -> str:
    name = grammar.name(party)
    if subject is RecognitionSubject.STATE:
        return name
    if government:
        return grammar.say(_PHRASES, "government named", name=government, party=name)
    return grammar.say(_PHRASES, "government", party=name)


def _describe(dyad: DyadView, grammar: Grammar) -> Iterator[tuple[str, str]]:
    for one in dyad.state(RECOGNITION).recognitions:
        what = _recognised(one.recognised, one.subject, one.government, grammar)
        since = one.since.words(grammar.lang) if one.since else ""
        yield (
            grammar.say(_PHRASES, "recognition", party=grammar.name(one.recogniser)),
            f"{what}, {grammar.say(_PHRASES, one.status, since=since)}",
        )


RECOGNITION: Final[Track[_Acc, RecognitionState]] = Track(
    name="recognition",
    owns=(RecognitionGranted, RecognitionWithdrawn),
    handlers={
        RecognitionGranted: _grant,
        RecognitionWithdrawn: _withdraw,
        **ends_with_a_party(_lapse),
    },
    start=dict,
    freeze=_freeze,
    none=RecognitionState(),
    unknown=RecognitionState(),
    subjects=its_dyad,
    cells=_cells,
    rules={
        RecognitionGranted: (Rule(code="DR306", find=_find_granted),),
        RecognitionWithdrawn: (
            Rule(code="DR307", find=_find_withdrawn),
            ends_what_stands(lambda acc, event: _key(event) in acc),
        ),
    },
    inherit=_inherit,
    label=("recognition", "công nhận"),
    phrases=_PHRASES,
    clause=_clause,
    describe=_describe,
)
"""The track of recognition."""
