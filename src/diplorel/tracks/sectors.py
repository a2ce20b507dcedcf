"""Sectors: partnerships in one field, apart from the general level, which they never raise."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from diplorel.language import vocabulary
from diplorel.model.converters import dyad, slug, to_tuple
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence, Wording
from diplorel.model.lives import PartyEnded
from diplorel.tracks.ties import TiesSevered
from diplorel.tracks.track import (
    Cell,
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
class _SectorEvent(Event):
    parties: tuple[str, str] = attrs.field(converter=dyad)
    sector: str = attrs.field(converter=slug)

    @property
    def discriminator(self) -> str:
        """The sector."""
        return self.sector


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SectorPartnershipFormed(_SectorEvent):
    """Two parties became partners in one field: climate, agriculture, green growth.

    Effect: the sector is listed with the level, and never raises it, whatever its title says.

    Attributes:
        parties: The two parties.
        sector: The field, as a key such as ``climate-and-water``.
        wording: What each side calls it, by language.

    >>> SectorPartnershipFormed(on="2023-11-01", parties=("VNM", "DNK"), sector="green",
    ...                         sources=["vgp-2023-11-02"]).id
    'sector-partnership-formed/DNK-VNM/2023-11-01/green'
    """

    type: ClassVar[str] = "sector-partnership-formed"
    precedence: ClassVar[Precedence] = Precedence.BEGUN
    begins_once: ClassVar[bool] = True

    wording: tuple[Wording, ...] = attrs.field(default=(), converter=to_tuple)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SectorPartnershipEnded(_SectorEvent):
    """A partnership in one field ended.

    Effect: the sector is listed no more; the level stays as it is.

    Attributes:
        parties: The two parties.
        sector: The field.
    """

    type: ClassVar[str] = "sector-partnership-ended"
    precedence: ClassVar[Precedence] = Precedence.ENDED


@attrs.frozen
class SectorPartnership:
    """One field of a dyad's partnership, and since when."""

    sector: str
    since: PartialDate
    wording: tuple[Wording, ...] = ()


@attrs.frozen
class SectorsState:
    """The fields of a dyad's partnerships, in the order of their keys."""

    partnerships: tuple[SectorPartnership, ...] = ()


_Sectors = dict[str, SectorPartnershipFormed]


def _form(acc: _Sectors, event: SectorPartnershipFormed) -> None:
    acc.setdefault(event.sector, event)


def _end(acc: _Sectors, event: SectorPartnershipEnded) -> None:
    acc.pop(event.sector, None)


def _sever(acc: _Sectors, event: Event) -> None:
    acc.clear()


def _freeze(acc: _Sectors) -> SectorsState:
    return SectorsState(
        tuple(
            SectorPartnership(sector, event.on, event.wording)
            for sector, event in sorted(acc.items())
        )
    )


def _cells(event: Event) -> tuple[Cell, ...]:
    """Return the sector; a severance of ties touches all."""
    return ((event.sector,),) if isinstance(event, _SectorEvent) else ((),)


def _held_since(acc: _Sectors, event: SectorPartnershipFormed) -> PartialDate | None:
    held = acc.get(event.sector)
    return None if held is None else held.on


# --- in words ------------------------------------------------------------------------------------

_PHRASES: Final[Phrases] = {
    "sector-partnership-formed": (
        "{names} became partners in {what}.",
        "{names} trở thành đối tác trong lĩnh vực {what}.",
    ),
    "sector-partnership-ended": (
        "The partnership between {names} in {what} ended.",
        "Quan hệ đối tác giữa {names} trong lĩnh vực {what} chấm dứt.",
    ),
    "state": ("Partners in", "Đối tác về lĩnh vực"),
}


def _clause(event: _SectorEvent, grammar: Grammar) -> tuple[str, dict[str, str]]:
    names = grammar.names(event.parties)
    return event.type, {"names": names, "what": grammar.say(vocabulary.FIELDS, event.sector)}


def _describe(dyad: DyadView, grammar: Grammar) -> Iterator[tuple[str, str]]:
    said = [
        f"{grammar.say(vocabulary.FIELDS, one.sector)}, {grammar.since(one.since)}"
        for one in dyad.state(SECTORS).partnerships
    ]
    if said:
        yield grammar.say(_PHRASES, "state"), "; ".join(said)


SECTORS: Final[Track[_Sectors, SectorsState]] = Track(
    name="sectors",
    owns=(SectorPartnershipFormed, SectorPartnershipEnded),
    handlers={
        SectorPartnershipFormed: _form,
        SectorPartnershipEnded: _end,
        TiesSevered: _sever,
        **ends_with_a_party(_sever),
    },
    start=dict,
    freeze=_freeze,
    none=SectorsState(),
    unknown=SectorsState(),
    subjects=same_dyad,
    cells=_cells,
    indifferent=both_end(SectorPartnershipEnded, TiesSevered, PartyEnded),
    rules={
        SectorPartnershipFormed: (begins_once(_held_since),),
        SectorPartnershipEnded: (ends_what_stands(lambda acc, event: event.sector in acc),),
    },
    label=("sectors", "lĩnh vực"),
    phrases=_PHRASES,
    clause=_clause,
    describe=_describe,
)
"""The track of partnerships in one field."""
