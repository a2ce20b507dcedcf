"""What pages are made of, before it is HTML or Markdown: signs, citations, columns and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import attrs

from diplorel.charts.colours import INK, OFF_LADDER, PAPER, SPECIAL, by_level
from diplorel.charts.words import short_date
from diplorel.model.sources import KIND_ORDER
from diplorel.pages.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from diplorel.charts.colours import Shade
    from diplorel.model.dates import Language
    from diplorel.model.ladders import Level
    from diplorel.model.reference import Reference
    from diplorel.model.sources import Source

Kind: TypeAlias = Literal["level", "recorded", "special", "agreed"]
"""A level, one as last recorded, a special relationship, or an agreed level."""


@attrs.frozen(kw_only=True)
class Chip:
    """The sign of a level, as on charts; the level's name is always beside it.

    Attributes:
        kind: What it stands for.
        fill: The colour inside.
        edge: The colour around.
    """

    kind: Kind = "level"
    fill: str
    edge: str


@attrs.frozen(kw_only=True)
class Cites:
    """The sources of one fact, by their numbers in the list of sources.

    Attributes:
        numbers: Those that are shown, official ones first.
        more: How many documents more there are.
        place: Which line of the further sources has these; 0 where there are no more.
    """

    numbers: tuple[int, ...] = ()
    more: int = 0
    place: int = 0


@attrs.frozen(kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        text: Its heading.
        sorted: Whether they are in its order at first.
        right: Whether its cells are flush right.
    """

    text: str
    sorted: bool = False
    right: bool = False


@attrs.frozen(kw_only=True)
class SourceLine:
    """A source in the list of a page.

    Attributes:
        number: Its number on this page.
        publisher: Who published it.
        title: Its title.
        dated: When, in words.
        url: Its address as recorded; a page links it only if it is one of the web.
    """

    number: int
    publisher: str
    title: str
    dated: str
    url: str | None = None


@attrs.frozen(kw_only=True)
class FurtherLine:
    """The sources of one fact that are not cited beside it.

    Attributes:
        place: Its number among such lines; the fact leads to it.
        about: The fact, in words.
        sources: The sources; a number is 0 where the list of sources lacks one.
    """

    place: int
    about: str
    sources: tuple[SourceLine, ...]


class Numbering:
    """Numbers the sources of a page in the order of their first citation.

    A document with several entries has one number. Those that are not cited with a fact, as it has
    too many, are kept as further ones. It is filled while a page is put together.
    """

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._numbers: dict[tuple[str, ...], int] = {}
        self._first: list[str] = []
        self._further: dict[tuple[str, tuple[str, ...]], int] = {}

    def cite(self, ids: Iterable[str], most: int, about: str) -> Cites:
        """Return the citations of a fact, official ones first.

        Args:
            ids: The ids of its sources.
            most: How many documents are shown.
            about: The fact in words, for the line of its further sources.
        """
        documents: dict[tuple[str, ...], str] = {}
        for id in sorted({*ids}, key=self._precedence):
            documents.setdefault(self._reference.source.twins(id), id)
        listed = [*documents.items()]
        shown = tuple(self._number(key, id) for key, id in listed[:most])
        rest = tuple(id for _, id in listed[most:])
        if not rest:
            return Cites(numbers=shown)
        place = self._further.setdefault((about, rest), len(self._further) + 1)
        return Cites(numbers=shown, more=len(rest), place=place)

    def _number(self, key: tuple[str, ...], id: str) -> int:
        if key not in self._numbers:
            self._first.append(id)
            self._numbers[key] = len(self._first)
        return self._numbers[key]

    def _precedence(self, id: str) -> tuple[int, bool, str]:
        source = self._reference.find_source(id)
        if source is None:
            return len(KIND_ORDER), True, id
        return KIND_ORDER[source.kind], source.url is None, id

    def lines(self, lang: Language) -> tuple[SourceLine, ...]:
        """Return the list of sources, by number."""
        return tuple(
            source_line(number, id, self._reference.find_source(id), lang)
            for number, id in enumerate(self._first, 1)
        )

    def further(self, lang: Language) -> tuple[FurtherLine, ...]:
        """Return the further sources, a line for each fact, in the order of the page."""
        return tuple(
            FurtherLine(
                place=place,
                about=about,
                sources=tuple(
                    source_line(
                        self._numbers.get(self._reference.source.twins(id), 0),
                        id,
                        self._reference.find_source(id),
                        lang,
                    )
                    for id in ids
                ),
            )
            for (about, ids), place in self._further.items()
        )


def source_line(number: int, id: str, source: Source | None, lang: Language) -> SourceLine:
    """Return a source for the list of a page; one that no bibliography lists, by its id."""
    if source is None:
        return SourceLine(number=number, publisher=id, title=id, dated=word("undated", lang))
    dated = short_date(source.published, lang) if source.published else word("undated", lang)
    return SourceLine(
        number=number,
        publisher=source.publisher,
        title=source.title,
        dated=dated,
        url=source.url,
    )


# --- chips ---------------------------------------------------------------------------------------

AGREED: Final = Chip(kind="agreed", fill=PAPER, edge=INK)
SPECIAL_CHIP: Final = Chip(kind="special", fill=SPECIAL.fill, edge=SPECIAL.edge)


@attrs.frozen
class Chips:
    """The chips of the levels of one ladder."""

    _shades: Mapping[str, Shade]

    @classmethod
    def of(cls, reference: Reference, party: str) -> Chips:
        """Return the chips of a party's ladder; without one, every level is off the ladder."""
        ladder = reference.ladder.get(party)
        return cls(by_level(ladder) if ladder is not None else {})

    def of_level(self, level: Level | None, *, recorded: bool = False) -> Chip:
        """Return the chip of a level; of none, that of a special relationship.

        Args:
            level: The level.
            recorded: Whether it is as last recorded.
        """
        if level is None:
            return SPECIAL_CHIP
        shade = self._shades.get(level.id, OFF_LADDER)
        return Chip(
            kind="recorded" if recorded else "level",
            fill=PAPER if recorded else shade.fill,
            edge=shade.edge,
        )
