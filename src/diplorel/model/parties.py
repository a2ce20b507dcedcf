"""Parties: states of today and of the past, unions, organisations and groups, by stable ids.

`diplorel.model.party_table` finds them; the table that ships with the library is read by
`diplorel.model.party_file`. Codes of the Correlates of War project and of Gleditsch and Ward are
dated, since both reuse and continue numbers across states that others keep apart.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

from diplorel.errors import CheckedStrEnum, InvalidEventError
from diplorel.model.converters import to_tuple
from diplorel.model.dates import DayLike, PartialDate, ordinal, partial_date
from diplorel.model.ladders import Text, in_language, names_by_language
from diplorel.model.text import lines

if TYPE_CHECKING:
    from collections.abc import Iterable


T = TypeVar("T")


class PartyKind(CheckedStrEnum):
    """What sort of actor a party is."""

    STATE = "state"
    HISTORICAL_STATE = "historical-state"
    DISPUTED = "disputed"
    """A state or territory whose standing other states disagree on; the word takes no side."""
    TERRITORY = "territory"
    """A part of a state that has external relations of its own, such as French Polynesia."""
    UNION = "union"
    ORGANISATION = "organisation"
    GROUP = "group"


STATES: Final = frozenset({PartyKind.STATE, PartyKind.HISTORICAL_STATE, PartyKind.DISPUTED})


@attrs.frozen
class Code:
    """One code of a party in another scheme, and the days when it held (None: open)."""

    scheme: str
    value: str
    start: PartialDate | None = None
    end: PartialDate | None = None

    def holds_on(self, day: int) -> bool:
        """Return whether it held on a day, an ordinal."""
        begun = self.start is None or self.start.lo <= day
        return begun and (self.end is None or day <= self.end.hi)


def _date(value: str | PartialDate | None) -> PartialDate | None:
    return partial_date(value) if value else None


def _known_date(value: str | PartialDate) -> PartialDate:
    return partial_date(value)


def _ids(value: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*to_tuple(value)}))


@attrs.frozen(kw_only=True)
class Life:
    """One life of a party, by legal continuity: occupation and membership of a system end none.

    Attributes:
        start: When it began: not before its earliest day. None: no source gives it.
        end: When it ended: not after its latest day. None: it goes on.
        start_sources: The ids of the sources of the start.
        end_sources: The ids of the sources of the end.

    >>> Life(start="1958-02-22", end="1961-09-28").is_on(ordinal("1960-01-01"))
    True
    """

    start: PartialDate | None = attrs.field(default=None, converter=_date)
    end: PartialDate | None = attrs.field(default=None, converter=_date)
    start_sources: tuple[str, ...] = attrs.field(default=(), converter=_ids)
    end_sources: tuple[str, ...] = attrs.field(default=(), converter=_ids)

    def __attrs_post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end.before(self.start):
            raise InvalidEventError(
                f"end: a life that began {self.start.text} cannot have ended {self.end.text}"
            )

    def is_on(self, day: int | None) -> bool:
        """Return whether the party may live this life on a day (an ordinal; None: from now on)."""
        begun = self.start is None or day is None or self.start.lo <= day
        return begun and not self.is_over(day)

    def is_over(self, day: int | None) -> bool:
        """Return whether it had certainly ended by a day (an ordinal; None: ever)."""
        return self.end is not None and (day is None or self.end.hi <= day)

    def shares_a_day(self, when: PartialDate) -> bool:
        """Return whether some day of *when* falls within it."""
        return (self.start is None or when.hi >= self.start.lo) and (
            self.end is None or when.lo <= self.end.hi
        )


@attrs.frozen(kw_only=True)
class Contested:
    """A period when states disagreed whether a party went on in law.

    Its ties keep their status for those who went on dealing with it, and are marked.

    Attributes:
        start: From when.
        end: Until when; None: to this day.
        sources: The ids of the sources.
    """

    start: PartialDate = attrs.field(converter=_known_date)
    end: PartialDate | None = attrs.field(default=None, converter=_date)
    sources: tuple[str, ...] = attrs.field(default=(), converter=_ids)


@attrs.frozen(kw_only=True)
class FormerName:
    """A name that a party had for a time, such as Siam.

    Attributes:
        names: The name by language.
        start: From when; None: from its beginning.
        end: Until when.

    >>> FormerName(names={"en": "Siam"}, end="1939-06-23").holds_on(ordinal("1939-06-24"))
    False
    """

    names: tuple[Text, ...] = attrs.field(converter=names_by_language)
    start: PartialDate | None = attrs.field(default=None, converter=_date)
    end: PartialDate = attrs.field(converter=_known_date)

    def holds_on(self, day: int) -> bool:
        """Return whether the party had the name on a day, an ordinal."""
        return (self.start is None or self.start.lo <= day) and day <= self.end.hi


def _each(field: str, kind: type[T], value: Iterable[T]) -> tuple[T, ...]:
    found = tuple(value)
    for one in found:
        if not isinstance(one, kind):
            raise InvalidEventError(
                f"{field}: expected a list of {kind.__name__} "
                f"(diplorel.model.parties.{kind.__name__}), found {one!r} in it"
            )
    return found


def _all_names(value: Iterable[FormerName]) -> tuple[FormerName, ...]:
    return _each("former", FormerName, value)


def _all_codes(value: Iterable[Code]) -> tuple[Code, ...]:
    return _each("codes", Code, value)


def _all_lives(value: Iterable[Life]) -> tuple[Life, ...]:
    return _each("lives", Life, value)


def _all_contested(value: Iterable[Contested]) -> tuple[Contested, ...]:
    return _each("contested", Contested, value)


@attrs.frozen(kw_only=True)
class Party:
    """A state or other international actor.

    Attributes:
        id: Its stable id: ISO 3166-1 alpha-3 for states of today, an id of our own for the rest.
        names: Its short names by language.
        kind: What sort of actor it is.
        alpha2: Its ISO 3166-1 alpha-2 code today; alpha-2 codes were reused, so it is not a key.
        also: Other names that people type.
        former: The names that it had for a time, with their days.
        start: When its first life began; None where that is not known.
        end: When its last life ended; None where it did not, or is not known.
        lives: Its lives, oldest first: one, or more where it ended and came back. Whoever gives
            only *start* and *end* gives one life.
        contested: The periods when its continuity is contested.
        codes: Its dated codes in other schemes: ``cow``, ``gw``, ``iso-numeric`` and others.
        wikidata: Its Wikidata item, where known.

    >>> from diplorel import party
    >>> singapore = party("SGP")
    >>> singapore.name(), singapore.alpha2, singapore.kind.value, singapore.start.text
    ('Singapore', 'SG', 'state', '1965-08-09')
    """

    id: str
    names: tuple[Text, ...] = attrs.field(converter=names_by_language)
    kind: PartyKind = attrs.field(default=PartyKind.STATE, converter=PartyKind)
    alpha2: str | None = None
    also: tuple[str, ...] = attrs.field(default=(), converter=lines)
    former: tuple[FormerName, ...] = attrs.field(default=(), converter=_all_names)
    _start: PartialDate | None = attrs.field(
        default=None, converter=_date, alias="start", repr=False
    )
    _end: PartialDate | None = attrs.field(default=None, converter=_date, alias="end", repr=False)
    _lives: tuple[Life, ...] = attrs.field(
        default=(), converter=_all_lives, alias="lives", repr=False
    )
    contested: tuple[Contested, ...] = attrs.field(default=(), converter=_all_contested)
    codes: tuple[Code, ...] = attrs.field(default=(), converter=_all_codes)
    wikidata: str | None = None

    def _check(self) -> None:
        """Keep one form of what can be given in two: equal parties are written in the same way."""
        if not self._lives:
            return
        for one, two in pairwise(self._lives):
            if one.end is None or two.start is None or not one.end.before(two.start):
                raise InvalidEventError(
                    f"lives: of {self.id!r}, a life ends before the next one begins, and here "
                    f"{one.end and one.end.text!r} is not before {two.start and two.start.text!r}"
                )
        for name, given, bound in (
            ("start", self._start, self._lives[0].start),
            ("end", self._end, self._lives[-1].end),
        ):
            if given is not None and given != bound:
                raise InvalidEventError(f"{name}: {given.text!r} is not that of its lives")
        only = self._lives[0]
        plain = self._lives == (Life(start=only.start, end=only.end),)
        object.__setattr__(self, "_start", only.start if plain else None)
        object.__setattr__(self, "_end", only.end if plain else None)
        object.__setattr__(self, "_lives", () if plain else self._lives)

    __attrs_post_init__ = _check  # by this name, `diplorel.io.bulk` calls it

    @cached_property
    def lives(self) -> tuple[Life, ...]:
        """Its lives, oldest first: one, or more where it ended and came back."""
        return self._lives or (Life(start=self._start, end=self._end),)

    @property
    def start(self) -> PartialDate | None:
        """When its first life began; None where that is not known."""
        return self.lives[0].start

    @property
    def end(self) -> PartialDate | None:
        """When its last life ended; None where it did not, or is not known."""
        return self.lives[-1].end

    def name(self, lang: str = "en", on: DayLike | None = None) -> str:
        """Return the short name in *lang*, else in English, else the id.

        Args:
            lang: The language.
            on: The day of the name that is asked for; by default, the name of today.

        >>> from diplorel import party
        >>> party("TUR").name(on="1850-01-01"), party("TUR").name("vi")
        ('Ottoman Empire', 'Thổ Nhĩ Kỳ')
        """
        return self.name_on(None if on is None else ordinal(on), lang)

    def name_on(self, day: int | None, lang: str = "en") -> str:
        """Return the short name on a day, an ordinal; None: the name of today."""
        if day is not None:
            for one in self.former:
                if one.holds_on(day) and (found := in_language(one.names, lang)):
                    return found
        return in_language(self.names, lang) or self.id

    @property
    def source_ids(self) -> frozenset[str]:
        """The ids of the sources of its lives and of the times of contested continuity."""
        lives = ({*life.start_sources, *life.end_sources} for life in self.lives)
        return frozenset().union(*lives, *(span.sources for span in self.contested))

    @property
    def is_state(self) -> bool:
        """Whether it counts as a country: states of today and of the past, and disputed ones."""
        return self.kind in STATES

    def code(self, scheme: str, on: DayLike) -> str | None:
        """Return its code in *scheme* on a day; None where the scheme had none that day.

        >>> from diplorel import party
        >>> party("VNM").code("gw", "2020-01-01"), party("VNM").code("cow", "1950-01-01")
        ('816', None)
        """
        day = ordinal(on)
        held = (code for code in self.codes if code.scheme == scheme and code.holds_on(day))
        return next((code.value for code in held), None)

    def lived(self, when: PartialDate) -> bool:
        """Return whether some day of *when* falls within one of its lives."""
        return any(life.shares_a_day(when) for life in self.lives)

    def is_alive(self, day: int | None) -> bool:
        """Return whether it may live on a day (an ordinal; None: from now on)."""
        return any(life.is_on(day) for life in self.lives)

    def over(self, day: int | None) -> bool:
        """Return whether the party had certainly ended by a day and had not begun again.

        The day is an ordinal; None: the last day of all.
        """
        return self.lives[0].is_over(day) and not self.is_alive(day)

    def is_contested(self, day: int | None) -> bool:
        """Return whether its continuity is contested on a day (an ordinal; None: from now on)."""
        return any(
            (day is None or span.start.lo <= day)
            and (span.end is None or (day is not None and day <= span.end.hi))
            for span in self.contested
        )
