"""Ladders: a party's own ordered names for levels of partnership.

Levels of different ladders are never compared. A ladder is a weak order: several labels can share
one rank ("enhanced" variants of a level), and a label can have no rank at all.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs

from diplorel._message import suggestion
from diplorel.errors import InvalidEventError, UnknownLevelError, nearest
from diplorel.model.converters import date_or_none
from diplorel.model.dates import PartialDate
from diplorel.model.text import folded, normalise, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@attrs.frozen(order=True)
class Text:
    """A text in one language (a BCP 47 tag).

    >>> Text("vi", "Đối tác Chiến lược").lang
    'vi'
    """

    lang: str
    text: str

    __attrs_post_init__ = normalise


def texts(value: Iterable[Text] | Mapping[str, str]) -> tuple[Text, ...]:
    """Return texts by language in the order of their tags, from texts or ``{"en": "…"}``.

    Raises:
        InvalidEventError: Two are in one language, and a file could keep only one.
    """
    given: Any = value
    if hasattr(given, "items"):
        return tuple(sorted(Text(lang, text) for lang, text in given.items()))
    found: tuple[Text, ...] = tuple(sorted(given))
    for one, two in pairwise(found):
        if one.lang == two.lang:
            raise InvalidEventError(
                f"texts: {one.text!r} and {two.text!r} are both in {one.lang!r}, expected one"
            )
    return found


def names_by_language(value: Iterable[Text] | Mapping[str, str]) -> tuple[Text, ...]:
    """Return names by language as `texts` does, after a look at their characters."""
    found = texts(value)
    for text in found:
        one_line(text.text)
    return found


def in_language(names: Iterable[Text], lang: str) -> str | None:
    """Return the text in *lang*, or in English, or the first there is; None when there is none."""
    by_lang = {text.lang: text.text for text in names}
    return by_lang.get(lang) or by_lang.get("en") or next(iter(by_lang.values()), None)


@attrs.frozen(kw_only=True)
class Level:
    """One label of a ladder.

    Attributes:
        id: Its stable id, such as ``comprehensive-strategic``.
        rank: Its rung, higher is closer; None for a label off the ladder.
        names: Its names by language.
        since: The first day when the party used the label; None where that is not known.
        until: The last; None where it is in use, or that is not known.

    >>> Level(id="csp", rank=6, names=[Text("en", "Comprehensive Strategic Partnership")]).name()
    'Comprehensive Strategic Partnership'
    """

    id: str
    rank: int | None = None
    names: tuple[Text, ...] = attrs.field(default=(), converter=names_by_language)
    since: PartialDate | None = attrs.field(default=None, converter=date_or_none)
    until: PartialDate | None = attrs.field(default=None, converter=date_or_none)

    def in_use(self, on: PartialDate) -> bool:
        """Return whether the label can have been in use on a date.

        >>> csp = Level(id="csp", since="2008")
        >>> csp.in_use(PartialDate("2007")), csp.in_use(PartialDate("2008-06-01"))
        (False, True)
        """
        begun = self.since is None or self.since.lo <= on.hi
        return begun and (self.until is None or on.lo <= self.until.hi)

    def name(self, lang: str = "en") -> str:
        """Return the name in *lang*, else in English, else the id."""
        return in_language(self.names, lang) or self.id


def _lowest_first(levels: Iterable[Level]) -> tuple[Level, ...]:
    return tuple(sorted(levels, key=lambda item: (item.rank is None, item.rank or 0)))


@attrs.frozen(kw_only=True)
class Ladder:
    """The levels that one party ranks its partners by.

    Attributes:
        party: The id of the party whose ladder it is, which is also the ladder's id.
        levels: Every label, lowest first and those without a rank at the end. Labels of one rank
            are in the order given, the plain one first.

    >>> ladder = Ladder(party="SGP", levels=[Level(id="enhanced", rank=1), Level(id="csp", rank=2)])
    >>> [level.id for level in ladder.at_least("enhanced")]
    ['enhanced', 'csp']
    """

    party: str
    levels: tuple[Level, ...] = attrs.field(converter=_lowest_first)

    @property
    def ranks(self) -> tuple[int, ...]:
        """The ranks that its levels have, highest first."""
        ranks = {one.rank for one in self.levels if one.rank is not None}
        return tuple(sorted(ranks, reverse=True))

    @property
    def lowest_rank(self) -> int | None:
        """The rank of the lowest level that has one; None where none has."""
        return min((one.rank for one in self.levels if one.rank is not None), default=None)

    def level(self, id: str) -> Level:
        """Return the level with this id.

        Raises:
            UnknownLevelError: The ladder has none; the message lists those it has.
        """
        for level in self.levels:
            if level.id == id:
                return level
        known = [level.id for level in self.levels]
        hint = suggestion(nearest(id, known)) if isinstance(id, str) else ""
        raise UnknownLevelError(
            "the ladder of {party} has no level {id!r}, it has {known}.{hint}",
            party=self.party,
            id=id,
            known=", ".join(known),
            hint=hint,
        )

    def find(self, name: str) -> Level:
        """Return the level with this id, or with this name in any language, whatever its case.

        Raises:
            UnknownLevelError: The ladder has none, or several of this name; the message lists them.

        >>> from diplorel.model.ladders import Text
        >>> csp = Level(id="csp", rank=2, names=[Text("vi", "Đối tác Chiến lược Toàn diện")])
        >>> Ladder(party="VNM", levels=[csp]).find("đối tác chiến lược toàn diện").id
        'csp'
        """
        if not isinstance(name, str) or any(level.id == name for level in self.levels):
            return self.level(name)
        wanted = folded(name)
        found = [
            level
            for level in self.levels
            if wanted in (level.id, *(folded(one.text) for one in level.names))
        ]
        if len(found) > 1:
            ids = ", ".join(level.id for level in found)
            raise UnknownLevelError(
                "{name!r} names several levels on the ladder of {party}: give the id, {ids}",
                name=name,
                party=self.party,
                ids=ids,
            )
        return found[0] if found else self.level(name)

    def at_least(self, id: str) -> tuple[Level, ...]:
        """Return the levels that rank as high as *id* or higher, lowest first."""
        floor = self._ranked(id)
        return tuple(lv for lv in self.levels if lv.rank is not None and lv.rank >= floor)

    def exactly(self, id: str) -> tuple[Level, ...]:
        """Return the levels of the rank of *id*; of an unranked one, only itself."""
        wanted = self.level(id)
        if wanted.rank is None:
            return (wanted,)
        return tuple(level for level in self.levels if level.rank == wanted.rank)

    def of_rank(self, rank: int) -> tuple[Level, ...]:
        """Return the labels of one rank, the plain one first."""
        return tuple(level for level in self.levels if level.rank == rank)

    def _ranked(self, id: str) -> int:
        rank = self.level(id).rank
        if rank is None:
            raise UnknownLevelError(
                "{id!r} has no rank on the ladder of {party}, so nothing is 'at least' it. Ask "
                "for exactly= instead",
                id=id,
                party=self.party,
            )
        return rank
