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
    from diplorel.model.events import Event
    from diplorel.model.ladders import Level
    from diplorel.model.reference import Reference
    from diplorel.model.sources import Source

Kind: TypeAlias = Literal["level", "recorded", "special", "agreed"]
"""A level, one as last recorded, a special relationship, or an agreed level."""


@attrs.frozen(kw_only=True)
class Chip:
    """The sign of a level, as on charts; the level's name always stands beside it.

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
    """

    numbers: tuple[int, ...] = ()
    more: int = 0


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


class Numbering:
    """Numbers the sources of a page in the order in which they are cited first.

    A document with several entries has one number. It is filled while a page is put together.
    """

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._numbers: dict[tuple[str, ...], int] = {}
        self._first: list[str] = []

    def cite(self, events: Iterable[Event], most: int) -> Cites:
        """Return the citations of a fact, official ones first.

        Args:
            events: The events behind it.
            most: How many documents are shown.
        """
        return self.cite_sources((one.source for event in events for one in event.sources), most)

    def cite_sources(self, ids: Iterable[str], most: int) -> Cites:
        """Return the citations of these sources; see `cite`."""
        documents: dict[tuple[str, ...], str] = {}
        for id in sorted({*ids}, key=self._precedence):
            documents.setdefault(self._reference.source.twins(id), id)
        shown = [self._number(key, id) for key, id in [*documents.items()][:most]]
        return Cites(numbers=tuple(shown), more=max(len(documents) - most, 0))

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
