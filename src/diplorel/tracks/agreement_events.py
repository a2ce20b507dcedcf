"""Agreements: what parties signed, joined and left, and how far each document lives.

A document lives from signature to entry into force to termination (Vienna Convention on the Law of
Treaties 1969, articles 11 to 18, 24 and 54); other parties can join it, and parties can leave it.
Joint statements and memoranda are never registered with the United Nations, so absence from a
treaty register says nothing.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from diplorel.errors import CheckedStrEnum
from diplorel.model.converters import party_ids, slug, to_tuple
from diplorel.model.events import Event, Precedence
from diplorel.model.ladders import Text, names_by_language


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
class AgreementEvent(Event):
    """What the events of agreements share: the parties, and the key of the agreement."""

    parties: tuple[str, ...] = attrs.field(converter=party_ids)
    agreement: str = attrs.field(converter=slug)

    @property
    def discriminator(self) -> str:
        """The key of the agreement."""
        return self.agreement


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AgreementSigned(AgreementEvent):
    """One or more parties signed a document.

    Effect: each party given belongs to the agreement, beside those that belong to it already.

    Attributes:
        parties: Who signed: one, or more.
        agreement: Its key, such as ``evfta``; later events of its life name it by this key.
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
class AgreementJoined(AgreementEvent):
    """One or more parties acceded to an agreement that others had made.

    Effect: each party given belongs to the agreement, beside those that belong to it already.

    Attributes:
        parties: Who acceded: one, or more.
        agreement: Its key.

    >>> AgreementJoined(on="1952-02-18", parties=["TUR"], agreement="north-atlantic-treaty",
    ...                 sources=["nato"]).id
    'agreement-joined/TUR/1952-02-18/north-atlantic-treaty'
    """

    type: ClassVar[str] = "agreement-joined"
    precedence: ClassVar[Precedence] = Precedence.BEGUN
    begins_once: ClassVar[bool] = True


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AgreementInForce(AgreementEvent):
    """An agreement entered into force.

    Effect: it is in force for each party given. Between two parties it is in force from the day
        when it is for both.

    Attributes:
        parties: For whom: one, or more.
        agreement: Its key.
        provisional: Whether it is applied provisionally.
    """

    type: ClassVar[str] = "agreement-in-force"
    precedence: ClassVar[Precedence] = Precedence.RAISED
    begins_once: ClassVar[bool] = True

    provisional: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AgreementLeft(AgreementEvent):
    """One or more parties left an agreement, which goes on between the others.

    Effect: each party given no longer belongs to the agreement.

    Attributes:
        parties: Who left: one, or more.
        agreement: Its key.

    >>> AgreementLeft(on="2020-11-04", parties=["USA"], agreement="paris-agreement",
    ...               sources=["un-treaties"]).id
    'agreement-left/USA/2020-11-04/paris-agreement'
    """

    type: ClassVar[str] = "agreement-left"
    precedence: ClassVar[Precedence] = Precedence.ENDED


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AgreementTerminated(AgreementEvent):
    """An agreement ended, by its own terms, by denunciation or by a later one.

    Effect: if every party that belongs to it is given, it is terminated. If fewer are, it is
    terminated between every two of those given, until an entry into force names both; one party
    alone leaves it.

    Attributes:
        parties: For whom.
        agreement: Its key.
        replaced_by: The key of the agreement in its place, where there is one.
    """

    type: ClassVar[str] = "agreement-terminated"
    precedence: ClassVar[Precedence] = Precedence.ENDED

    replaced_by: str | None = None
