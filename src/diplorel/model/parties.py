"""Parties: states of today and of the past, unions, organisations and groups, by stable ids.

The table ships with the library (`parties.csv`); a stream brings along only those that it lacks.
Codes of the Correlates of War project and of Gleditsch and Ward are dated, since both reuse and
continue numbers across states that others keep apart.
"""

from __future__ import annotations

import csv
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

from diplorel._columns import counted
from diplorel._pickling import Reduced
from diplorel._resources import package_folder
from diplorel.errors import CheckedStrEnum, InvalidEventError, UnknownPartyError, nearest
from diplorel.model.converters import to_tuple
from diplorel.model.dates import DayLike, PartialDate, ordinal, partial_date
from diplorel.model.ladders import Text, in_language, names_by_language
from diplorel.model.lives import PartyBegan, PartyEnded, began, ended
from diplorel.model.text import folded, lines, nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


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
    """One code of a party in another scheme, and the days on which it held (None: open)."""

    scheme: str
    value: str
    start: PartialDate | None = None
    end: PartialDate | None = None


def _date(value: str | PartialDate | None) -> PartialDate | None:
    return partial_date(value) if value else None


def _day(value: str | PartialDate) -> PartialDate:
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
    """A time for which states disagree whether a party went on in law.

    Its ties keep their status for those who went on dealing with it, and are marked.

    Attributes:
        start: From when.
        end: Until when; None: to this day.
        sources: The ids of the sources.
    """

    start: PartialDate = attrs.field(converter=_day)
    end: PartialDate | None = attrs.field(default=None, converter=_date)
    sources: tuple[str, ...] = attrs.field(default=(), converter=_ids)


def _all_codes(value: Iterable[Code]) -> tuple[Code, ...]:
    return tuple(value)


def _all_lives(value: Iterable[Life]) -> tuple[Life, ...]:
    return tuple(value)


def _all_contested(value: Iterable[Contested]) -> tuple[Contested, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True)
class Party:
    """A state or other international actor.

    Attributes:
        id: Its stable id: ISO 3166-1 alpha-3 for states of today, an id of our own for the rest.
        names: Its short names by language.
        kind: What sort of actor it is.
        alpha2: Its ISO 3166-1 alpha-2 code today; alpha-2 codes were reused, so it is no key.
        also: Other names that people type.
        lives: Its lives, oldest first: one, or more where it ended and came back. Whoever gives
            only *start* and *end* gives one life.
        contested: The times for which its continuity is contested.
        start: When its first life began; None where that is not known.
        end: When its last life ended; None where it did not, or is not known.
        codes: Its dated codes in other schemes: ``cow``, ``gw``.
        wikidata: Its Wikidata item, where known.

    >>> singapore = party("SGP")
    >>> singapore.name(), singapore.alpha2, singapore.kind.value, singapore.start.text
    ('Singapore', 'SG', 'state', '1965-08-09')
    """

    id: str
    names: tuple[Text, ...] = attrs.field(converter=names_by_language)
    kind: PartyKind = attrs.field(default=PartyKind.STATE, converter=PartyKind)
    alpha2: str | None = None
    also: tuple[str, ...] = attrs.field(default=(), converter=lines)
    start: PartialDate | None = attrs.field(default=None, converter=_date)
    end: PartialDate | None = attrs.field(default=None, converter=_date)
    lives: tuple[Life, ...] = attrs.field(default=(), converter=_all_lives)
    contested: tuple[Contested, ...] = attrs.field(default=(), converter=_all_contested)
    codes: tuple[Code, ...] = attrs.field(default=(), converter=_all_codes)
    wikidata: str | None = None

    def __attrs_post_init__(self) -> None:
        if not self.lives:
            object.__setattr__(self, "lives", (Life(start=self.start, end=self.end),))
            return
        for one, two in pairwise(self.lives):
            if one.end is None or two.start is None or not one.end.before(two.start):
                raise InvalidEventError(
                    f"lives: of {self.id!r}, a life ends before the next one begins, and here "
                    f"{one.end and one.end.text!r} is not before {two.start and two.start.text!r}"
                )
        bounds = (self.lives[0].start, self.lives[-1].end)
        for name, given, bound in zip(
            ("start", "end"), (self.start, self.end), bounds, strict=True
        ):
            if given not in {None, bound}:
                raise InvalidEventError(f"{name}: {given.text!r} is not that of its lives")
            object.__setattr__(self, name, bound)

    def name(self, lang: str = "en") -> str:
        """Return the short name in *lang*, else in English, else the id."""
        return in_language(self.names, lang) or self.id

    @property
    def is_state(self) -> bool:
        """Whether it counts as a country: states of today and of the past, disputed ones too."""
        return self.kind in STATES

    def code(self, scheme: str, on: DayLike) -> str | None:
        """Return its code in *scheme* on a day; None where the scheme had none that day.

        >>> party("VNM").code("gw", "2020-01-01"), party("VNM").code("cow", "1950-01-01")
        ('816', None)
        """
        day = ordinal(on)
        for code in self.codes:
            begun = code.start is None or code.start.lo <= day
            if code.scheme == scheme and begun and (code.end is None or day <= code.end.hi):
                return code.value
        return None

    def lived(self, when: PartialDate) -> bool:
        """Return whether some day of *when* falls within one of its lives."""
        return any(life.shares_a_day(when) for life in self.lives)

    def began(self) -> tuple[PartyBegan, ...]:
        """Return the beginnings of its lives, those that are known, as events."""
        return tuple(
            began(self.id, life.start, life.start_sources) for life in self.lives if life.start
        )

    def ended(self) -> tuple[PartyEnded, ...]:
        """Return the ends of its lives as events."""
        return tuple(ended(self.id, life.end, life.end_sources) for life in self.lives if life.end)

    def is_alive(self, day: int | None) -> bool:
        """Return whether it may live on a day (an ordinal; None: from now on)."""
        return any(life.is_on(day) for life in self.lives)

    def over(self, day: int | None) -> bool:
        """Return whether a life had certainly ended by a day, and none has begun since.

        The day is an ordinal; None: ever.
        """
        return self.lives[0].is_over(day) and not self.is_alive(day)

    def is_contested(self, day: int | None) -> bool:
        """Return whether its continuity is contested on a day (an ordinal; None: from now on)."""
        return any(
            (day is None or span.start.lo <= day)
            and (span.end is None or (day is not None and day <= span.end.hi))
            for span in self.contested
        )


@attrs.frozen(eq=False, repr=False)
class PartyTable:
    """Parties, looked up by id, alpha-2 code or any of their names."""

    _by_id: dict[str, Party]
    _by_name: dict[str, str]

    @classmethod
    def of(cls, parties: Iterable[Party]) -> PartyTable:
        """Return a table of *parties*; of two with one name, the first keeps it."""
        by_id = {one.id: one for one in parties}
        by_name: dict[str, str] = {}
        for name, id in [
            *((id, id) for id in by_id),
            *((one.alpha2, one.id) for one in by_id.values() if one.alpha2),
            *((text.text, one.id) for one in by_id.values() for text in one.names),
            *((name, one.id) for one in by_id.values() for name in one.also),
        ]:
            by_name.setdefault(name, id)
        for name, id in [*by_name.items()]:
            by_name.setdefault(folded(name), id)
        return cls(by_id, by_name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PartyTable):
            return NotImplemented
        return self is other or (self._by_id == other._by_id and self._by_name == other._by_name)

    def __hash__(self) -> int:
        return hash(frozenset(self._by_id))

    def __repr__(self) -> str:
        return f"<PartyTable: {counted(len(self._by_id), 'party', 'parties')}>"

    def __reduce__(self) -> Reduced:
        library = shipped()
        if self is library:
            return shipped, ()
        own = tuple(one for one in self if library.get(one.id) is not one)
        again = _with_shipped(own)
        return (_with_shipped, (own,)) if again == self else (PartyTable.of, (tuple(self),))

    @cached_property
    def ends(self) -> tuple[PartyEnded, ...]:
        """The ends of the lives of all parties, as events; no order."""
        return tuple(event for one in self for event in one.ended())

    def __iter__(self) -> Iterator[Party]:
        return iter(self._by_id.values())

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def get(self, id: str) -> Party | None:
        """Return the party with exactly this id; None where there is none."""
        return self._by_id.get(id)

    def name_of(self, id: str, lang: str = "en") -> str:
        """Return the short name of the party with this id; the id itself where there is none."""
        known = self.get(id)
        return id if known is None else known.name(lang)

    def find(self, name: str) -> Party:
        """Return the party with this id, alpha-2 code or name, whatever its case.

        The case as written goes first, for ``Nga`` (Russia) is not ``NGA`` (Nigeria).

        Raises:
            UnknownPartyError: There is none; the message offers the nearest.
        """
        if not isinstance(name, str):
            raise UnknownPartyError(repr(name))
        found = self._by_id.get(name)
        if found is not None:
            return found
        id = self._by_name.get(nfc(name)) or self._by_name.get(folded(name))
        if id is None:
            raise UnknownPartyError(name, nearest(name, self._by_name))
        return self._by_id[id]


def _codes(scheme: str, text: str) -> Iterator[Code]:
    for item in filter(None, text.split(";")):
        value, _, span = item.partition("@")
        start, _, end = span.partition("/")
        yield Code(scheme, value, _date(start), _date(end))


def _rows() -> Iterator[Party]:
    text = package_folder().joinpath("model", "parties.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield Party(
            id=row["id"],
            names=(Text("en", row["name_en"]), Text("vi", row["name_vi"])),
            kind=row["kind"],
            alpha2=row["alpha2"] or None,
            also=tuple(filter(None, row["also"].split("|"))),
            start=row["start"],
            end=row["end"],
            codes=(*_codes("cow", row["cow"]), *_codes("gw", row["gw"])),
            wikidata=row["wikidata"] or None,
        )


@lru_cache(maxsize=1)
def shipped() -> PartyTable:
    """Return the table that ships with the library, read once."""
    return PartyTable.of(_rows())


def _with_shipped(parties: Iterable[Party]) -> PartyTable:
    """Return the table that ships with the library, with other parties added or put in place."""
    return PartyTable.of([*shipped(), *parties])


def party(name: str) -> Party:
    """Return a shipped party by id, alpha-2 code or name in English or Vietnamese.

    Raises:
        UnknownPartyError: There is none; the message offers the nearest.

    >>> party("Việt Nam").id, party("sg").name("vi")
    ('VNM', 'Singapore')
    """
    return shipped().find(name)
