"""Agreements: what two or more parties signed, and how far each document lives.

A document lives from signature to entry into force to termination (Vienna Convention on the Law of
Treaties 1969, articles 11 to 18, 24 and 54). Joint statements and memoranda are never registered
with the United Nations, so absence from a treaty register says nothing.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from diplorel.errors import CheckedStrEnum
from diplorel.language import vocabulary
from diplorel.model.converters import party_ids, slug, to_tuple
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence
from diplorel.model.ladders import Text, in_language, names_by_language
from diplorel.tracks.track import Cell, Rule, Track, begins_once, dyads_of, ends_what_stands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.reference import Reference
    from diplorel.tracks.track import DyadView


class AgreementKind(CheckedStrEnum):
    """What sort of document it is."""

    TREATY = "treaty"
    AGREEMENT = "agreement"
    PROTOCOL = "protocol"
    MEMORANDUM = "memorandum"
    LETTER = "letter"
    JOINT_STATEMENT = "joint-statement"
    ACTION_PLAN = "action-plan"
    DOCUMENT = "document"
    """A document of a kind that no source gives."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _AgreementEvent(Event):
    parties: tuple[str, ...] = attrs.field(converter=party_ids)
    agreement: str = attrs.field(converter=slug)

    @property
    def discriminator(self) -> str:
        """The key of the agreement."""
        return self.agreement


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AgreementSigned(_AgreementEvent):
    """Two or more parties signed a document.

    Effect: the agreement is signed, for every dyad among its parties.

    Attributes:
        parties: Who signed: two, or more.
        agreement: Its key, such as ``evfta``, by which later events of its life name it.
        kind: What sort of document it is.
        titles: Its title by language; none for a document known only by its field.
        fields: What it is about, as keys such as ``trade``.
    """

    type: ClassVar[str] = "agreement-signed"
    precedence: ClassVar[Precedence] = Precedence.BEGUN
    begins_once: ClassVar[bool] = True

    kind: AgreementKind = attrs.field(default=AgreementKind.DOCUMENT, converter=AgreementKind)
    titles: tuple[Text, ...] = attrs.field(default=(), converter=names_by_language)
    fields: tuple[str, ...] = attrs.field(default=(), converter=to_tuple)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AgreementInForce(_AgreementEvent):
    """An agreement entered into force.

    Effect: it is in force for every dyad among the parties given.

    Attributes:
        parties: For whom.
        agreement: Its key.
        provisional: Whether it is applied provisionally.
    """

    type: ClassVar[str] = "agreement-in-force"
    precedence: ClassVar[Precedence] = Precedence.RAISED
    begins_once: ClassVar[bool] = True

    provisional: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AgreementTerminated(_AgreementEvent):
    """An agreement ended, by its own terms, by denunciation or by a later one.

    Effect: it is terminated for every dyad among the parties given.

    Attributes:
        parties: For whom.
        agreement: Its key.
        replaced_by: The key of the agreement in its place, where there is one.
    """

    type: ClassVar[str] = "agreement-terminated"
    precedence: ClassVar[Precedence] = Precedence.ENDED

    replaced_by: str | None = None


class AgreementStatus(StrEnum):
    """How far an agreement has come."""

    SIGNED = "signed"
    IN_FORCE = "in-force"
    TERMINATED = "terminated"


@attrs.frozen
class Agreement:
    """One document of a dyad, and how far it has come.

    Attributes:
        key: Its key.
        status: How far it has come.
        signed: The day of signature; None where only its entry into force is recorded.
        in_force: The day of entry into force; None where it is not recorded, which is not a no.
        terminated: The day of its end; None before.
        kind: What sort of document it is.
        titles: Its title by language.
        fields: What it is about.
        parties: Everybody who signed, in the order of ids.
    """

    key: str
    status: AgreementStatus
    signed: PartialDate | None = None
    in_force: PartialDate | None = None
    terminated: PartialDate | None = None
    kind: AgreementKind = AgreementKind.DOCUMENT
    titles: tuple[Text, ...] = ()
    fields: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()

    def title(self, lang: str = "en") -> str:
        """Return the title in *lang*, else in English, else the fields, else the key."""
        return in_language(self.titles, lang) or ", ".join(self.fields) or self.key


@attrs.frozen
class AgreementsState:
    """The documents of a dyad, in the order of their keys."""

    documents: tuple[Agreement, ...] = ()

    def in_force(self) -> tuple[Agreement, ...]:
        """Return those that are in force."""
        return tuple(doc for doc in self.documents if doc.status is AgreementStatus.IN_FORCE)


class _Agreements:
    """The first event of each kind by key: later ones of a life already lived change nothing."""

    __slots__ = ("in_force", "signed", "terminated")

    def __init__(self) -> None:
        self.signed: dict[str, AgreementSigned] = {}
        self.in_force: dict[str, AgreementInForce] = {}
        self.terminated: dict[str, AgreementTerminated] = {}


def _sign(acc: _Agreements, event: AgreementSigned) -> None:
    acc.signed.setdefault(event.agreement, event)


def _enter(acc: _Agreements, event: AgreementInForce) -> None:
    acc.in_force.setdefault(event.agreement, event)


def _terminate(acc: _Agreements, event: AgreementTerminated) -> None:
    acc.terminated.setdefault(event.agreement, event)


def _freeze(acc: _Agreements) -> AgreementsState:
    keys = sorted({*acc.signed, *acc.in_force, *acc.terminated})
    return AgreementsState(tuple(_document(key, acc) for key in keys))


def _document(key: str, acc: _Agreements) -> Agreement:
    signed, in_force = acc.signed.get(key), acc.in_force.get(key)
    ended = acc.terminated.get(key)
    if signed is not None and in_force is None and ended is None:  # of most, no more is reported
        return Agreement(
            key,
            AgreementStatus.SIGNED,
            signed.on,
            None,
            None,
            signed.kind,
            signed.titles,
            signed.fields,
            signed.parties,
        )
    status = AgreementStatus.SIGNED
    if in_force is not None:
        status = AgreementStatus.IN_FORCE
    if ended is not None:
        status = AgreementStatus.TERMINATED
    known = [event.parties for event in (signed, in_force, ended) if event is not None]
    return Agreement(
        key,
        status,
        signed.on if signed else None,
        in_force.on if in_force else None,
        ended.on if ended else None,
        signed.kind if signed else AgreementKind.DOCUMENT,
        signed.titles if signed else (),
        signed.fields if signed else (),
        known[0] if len(known) == 1 else tuple(sorted({one for each in known for one in each})),
    )


def _inherit(acc: _Agreements, old: str, new: str) -> _Agreements:
    copy = _Agreements()
    copy.signed, copy.in_force = {**acc.signed}, {**acc.in_force}
    copy.terminated = {**acc.terminated}
    return copy


def _cells(event: _AgreementEvent) -> tuple[Cell, ...]:
    """Return the agreement and the step of its life: the first day of each step is kept."""
    return ((event.agreement, event.type),)


def _end_before(acc: _Agreements, event: AgreementSigned) -> tuple[str, PartialDate] | None:
    """Return what certainly happened to a document before it was signed, and when."""
    steps = (("entered into force", acc.in_force), ("ended", acc.terminated))
    for verb, known in steps:
        step = known.get(event.agreement)
        if step is not None and step.on.before(event.on):
            return verb, step.on
    return None


def _find_late(
    acc: _Agreements, event: AgreementSigned, reference: Reference
) -> tuple[str, str] | None:
    before = _end_before(acc, event)
    if before is None:
        return None
    verb, day = before
    return (
        f"{event.agreement!r} is signed after it {verb} ({day.text})",
        "Correct one of the two dates, or give the new document a key of its own",
    )


def _signed_since(acc: _Agreements, event: AgreementSigned) -> PartialDate | None:
    """Return the day on which the same parties signed it; those of a late document are no twins."""
    if event.agreement not in acc.signed or _end_before(acc, event):
        return None
    document = _document(event.agreement, acc)
    return document.signed if document.parties == event.parties else None


def _find_over(
    acc: _Agreements, event: AgreementInForce | AgreementTerminated, reference: Reference
) -> tuple[str, str] | None:
    ended = acc.terminated.get(event.agreement)
    if ended is None:
        return None
    return (
        f"the agreement {event.agreement!r} ended before it ({ended.on.text})",
        "Give what took its place a key of its own, or correct the one that is wrong",
    )


_NOT_OVER: Final = Rule[_Agreements](code="DR305", find=_find_over)


def _is_known(acc: _Agreements, event: AgreementTerminated) -> bool:
    return any(event.agreement in step for step in (acc.signed, acc.in_force, acc.terminated))


# --- in words ------------------------------------------------------------------------------------

_PHRASES: Final[Phrases] = {
    "agreement-signed": ("{names} signed {what}.", "{names} ký {what}."),
    "agreement-in-force": (
        "The agreement recorded as {what} entered into force.",
        "Văn kiện được ghi là {what} có hiệu lực.",
    ),
    "agreement-terminated": (
        "The agreement recorded as {what} ended.",
        "Văn kiện được ghi là {what} hết hiệu lực.",
    ),
    "document on": ("a document on {fields}", "văn kiện về {fields}"),
    "document titled": ("the {title}", "{title}"),
    "document": ("a document", "một văn kiện"),
    "state": ("Documents", "Văn kiện"),
    "in force": ("{force} recorded as in force", "{force} được ghi nhận có hiệu lực"),
    "over": ("{over} ended", "{over} hết hiệu lực"),
    "not recorded": (
        "entry into force not recorded for {open}",
        "{open} chưa ghi nhận việc có hiệu lực",
    ),
}


def _clause(event: _AgreementEvent, grammar: Grammar) -> tuple[str, dict[str, str]]:
    if isinstance(event, AgreementSigned):
        names = grammar.names(event.parties)
        return event.type, {"names": names, "what": _title(event, grammar)}
    return event.type, {"what": event.agreement}


def _title(event: AgreementSigned, grammar: Grammar) -> str:
    """Return the title of a document, or its fields where nobody gives a title."""
    title = in_language(event.titles, grammar.lang)
    if title:
        return grammar.say(_PHRASES, "document titled", title=title)
    if event.fields:
        fields = ", ".join(grammar.say(vocabulary.FIELDS, one) for one in event.fields)
        return grammar.say(_PHRASES, "document on", fields=fields)
    return grammar.say(_PHRASES, "document")


def _describe(dyad: DyadView, grammar: Grammar) -> Iterator[tuple[str, str]]:
    state = dyad.state(AGREEMENTS)
    if state.documents:
        reached = Counter(doc.status for doc in state.documents)
        said = [str(len(state.documents))]
        for key, name, status in (
            ("in force", "force", AgreementStatus.IN_FORCE),
            ("over", "over", AgreementStatus.TERMINATED),
            ("not recorded", "open", AgreementStatus.SIGNED),
        ):
            if count := reached[status]:
                said.append(grammar.say(_PHRASES, key, **{name: count}))
        yield grammar.say(_PHRASES, "state"), "; ".join(said)


AGREEMENTS: Final[Track[_Agreements, AgreementsState]] = Track(
    name="agreements",
    owns=(AgreementSigned, AgreementInForce, AgreementTerminated),
    handlers={
        AgreementSigned: _sign,
        AgreementInForce: _enter,
        AgreementTerminated: _terminate,
    },
    start=_Agreements,
    freeze=_freeze,
    none=AgreementsState(),
    unknown=AgreementsState(),
    subjects=dyads_of,
    cells=_cells,
    rules={
        AgreementSigned: (
            Rule(code="DR311", find=_find_late),
            begins_once(_signed_since),
        ),
        AgreementInForce: (_NOT_OVER,),
        AgreementTerminated: (_NOT_OVER, ends_what_stands(_is_known)),
    },
    inherit=_inherit,
    label=("documents", "văn kiện"),
    phrases=_PHRASES,
    clause=_clause,
    describe=_describe,
)
"""The track of agreements."""
