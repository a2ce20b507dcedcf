"""The table of parties: how an id, a code or a name finds its party.

The table ships with the library; a stream brings along only those that it lacks.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

import attrs

from diplorel._alike import Lookalikes
from diplorel._columns import counted
from diplorel._message import Message, join
from diplorel._pickling import Reduced
from diplorel.errors import UnknownPartyError, nearest
from diplorel.model.dates import DayLike, ordinal
from diplorel.model.party_file import Meaning, shared_names, shipped_parties
from diplorel.model.text import folded, nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from diplorel.model.dates import PartialDate
    from diplorel.model.parties import Code, Party

NAMESAKES: Final = tuple(
    map(
        frozenset,
        (
            ("COD", "COG", "CONGO_FREE_STATE"),
            ("DEU", "DDR"),
            ("KOR", "PRK", "JOSEON"),
            ("VNM", "RVN", "DAI_NAM"),
            ("YEM", "YMD"),
            ("CHN", "TWN"),
            ("GIN", "GNB", "GNQ", "PNG"),
            ("DMA", "DOM"),
            ("IRL", "ISL"),
            ("SVK", "SVN"),
        ),
    )
)
"""Parties that one takes for another: whoever is offered one is also offered those of today."""

_ASKED: Final = 256
"""For so many unknown names a table remembers which are the nearest."""
_ABBREVIATED: Final = {
    "dem": "democratic",
    "fed": "federated",
    "fr": "federal",
    "is": "islands",
    "isl": "islands",
    "isls": "islands",
    "ppl": "peoples",
    "rep": "republic",
    "st": "saint",
    "sts": "states",
}
_LEFT_OUT: Final = frozenset({"and", "of", "the"})
_LOOKALIKES: Final = str.maketrans(
    "\u2019\u2018\u02bc`\u00b4\u2013\u2014\u2010\u2011", "'''''----", "\u0307"
)
"""What keyboards and publishers put for an apostrophe or a hyphen, and the dot of a small İ."""


@attrs.frozen(eq=False, repr=False)
class PartyTable:
    """Parties, looked up by id, by code, or by any of their names."""

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
            *(
                (text.text, one.id)
                for one in by_id.values()
                for former in one.former
                for text in former.names
                if text.text not in shared_names()
            ),
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

    # --- by name ---------------------------------------------------------------------------------

    def find(self, name: str, on: DayLike | None = None) -> Party:
        """Return the party with this id, alpha-2 code or name, whatever its case.

        The case as written goes first, for ``Nga`` (Russia) is not ``NGA`` (Nigeria). Inverted and
        abbreviated names, withdrawn ISO codes and abbreviations of data sets are found too, where
        they mean one party.

        Args:
            name: The id, the code or the name.
            on: The day that decides which party is meant, where a name has meant several.

        Raises:
            UnknownPartyError: There is none, and the message offers the nearest; or there are
                several, and it names them with their days.
        """
        id = self.identify(name, on)
        if id is None:
            raise UnknownPartyError(name, self._nearest(name))
        return self._by_id[id]

    def identify(self, name: str, on: DayLike | None = None) -> str | None:
        """Return the id that `find` finds, or None: then no near names are looked for.

        That takes some milliseconds, which is much where thousands of names are unknown.

        Raises:
            UnknownPartyError: Several are meant, or the name is not a text.
        """
        if not isinstance(name, str):
            raise UnknownPartyError(repr(name))
        if name in self._by_id:
            return name
        id = self._by_name.get(nfc(name)) or self._by_name.get(folded(name))
        if id is None:
            likely = self._by_likeness.get(_likeness(name)) or self._by_words.get(_words(name))
            id = likely if likely is None or isinstance(likely, str) else _meant(name, likely, on)
        return id if id in self._by_id else None

    @cached_property
    def _by_likeness(self) -> Mapping[str, str | tuple[Meaning, ...]]:
        """The party by a name with look-alikes made one; then by the codes that do not clash."""
        found: dict[str, str | tuple[Meaning, ...]] = {}
        for name, id in self._by_name.items():
            found.setdefault(_likeness(name), id)
        for name, meanings in self._shared:
            found.setdefault(_likeness(name), meanings)
        codes: dict[str, set[str]] = {}
        for party in self:
            for code in party.codes:
                if not code.value.isdigit():
                    codes.setdefault(_likeness(code.value), set()).add(party.id)
        for value, ids in codes.items():
            if len(ids) == 1:
                found.setdefault(value, *ids)
        return found

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, ...], str | tuple[Meaning, ...]]:
        """The party by the words of a name in any order, where they are the words of no other."""
        found: dict[tuple[str, ...], set[str | tuple[Meaning, ...]]] = {}
        for name, id in self._by_name.items():
            found.setdefault(_words(name), set()).add(id)
        for name, meanings in self._shared:
            found.setdefault(_words(name), set()).add(meanings)
        return {  # one word alone is not an inverted name
            words: next(iter(ids)) for words, ids in found.items() if len(ids) == 1 < len(words)
        }

    @cached_property
    def _shared(self) -> list[tuple[str, tuple[Meaning, ...]]]:
        return [
            (name, meanings)
            for name, meanings in shared_names().items()
            if all(one.party in self for one in meanings)
        ]

    @cached_property
    def _nearest(self) -> Callable[[str], tuple[str, ...]]:
        """What finds the nearest names; files of one mistake in every line ask for it again."""
        return lru_cache(maxsize=_ASKED)(self._find_nearest)

    @cached_property
    def _lookalikes(self) -> Lookalikes:
        return Lookalikes([*self._by_name, *dict(self._shared)])

    def _find_nearest(self, name: str) -> tuple[str, ...]:
        """Return the nearest names, with those of parties of today that one takes for theirs."""
        shared = dict(self._shared)
        found: list[str] = []
        for one in self._lookalikes.nearest(name):
            meanings = shared.get(one, ())
            found += [self._by_id[each.party].name() for each in meanings] or [one]
        offered = {self._by_name[one] for one in found}
        for group in NAMESAKES:
            if group & offered:
                others = filter(None, map(self.get, sorted(group - offered)))
                found += [one.name() for one in others if not one.over(None)]
        return tuple(dict.fromkeys(found))

    # --- by code ---------------------------------------------------------------------------------

    def by_code(self, scheme: str, value: str | int, on: DayLike | None = None) -> Party:
        """Return the party that has a code in a scheme on a day.

        Args:
            scheme: ``cow``, ``gw`` (the numbers of the Correlates of War project and of Gleditsch
                and Ward), ``cow-abb``, ``gw-abb`` (their abbreviations), ``iso3``, ``iso4``,
                ``iso-numeric`` or ``other``.
            value: The code, in any case; numbers with or without zeros before them.
            on: The day; may be left out where the code has meant one party only.

        Raises:
            UnknownPartyError: No party has the code on that day, or several have it; the message
                names those that ever had it, with their days.

        >>> shipped().by_code("gw", 816, on="1960-01-01").id
        'VNM'
        """
        if not isinstance(scheme, str) or scheme not in self._by_code:
            schemes = ", ".join(sorted(self._by_code))
            why = Message(
                "unknown scheme of codes {scheme!r}, expected one of {schemes}.",
                scheme=scheme,
                schemes=schemes,
            )
            raise UnknownPartyError(str(value), nearest(str(scheme), self._by_code), why=why)
        holders = self._by_code[scheme].get(_code(value), [])
        day = None if on is None else ordinal(on)
        ids = {id for id, code in holders if day is None or code.holds_on(day)}
        if len(ids) == 1:
            return self._by_id[ids.pop()]
        if not holders:
            known = nearest(_code(value), self._by_code[scheme])
            why = Message("no party has the {scheme} code {value!r}.", scheme=scheme, value=value)
            raise UnknownPartyError(str(value), known, why=why)
        found = (
            Message(
                "no party has the {scheme} code {value!r} on {on}",
                scheme=scheme,
                value=value,
                on=on,
            )
            if day is not None
            else Message(
                "the {scheme} code {value!r} has meant several", scheme=scheme, value=value
            )
        )
        raise UnknownPartyError(
            str(value),
            dict.fromkeys(id for id, _ in holders),
            why=Message(
                "{found}. It was used for {days}. Give a day among these, or the party's id.",
                found=found,
                days=join("; ", (_span(id, held.start, held.end) for id, held in holders)),
            ),
        )

    def holders(self, scheme: str, value: str | int) -> tuple[tuple[str, Code], ...]:
        """Return every party that ever had a code in a scheme, by id, with the days of the code.

        >>> [(id, code.end.text) for id, code in shipped().holders("cow", 817)]
        [('RVN', '1975-04-30')]
        """
        return tuple(self._by_code.get(scheme, {}).get(_code(value), ()))

    @cached_property
    def _by_code(self) -> Mapping[str, Mapping[str, list[tuple[str, Code]]]]:
        found: dict[str, dict[str, list[tuple[str, Code]]]] = {}
        for party in self:
            for code in party.codes:
                of_scheme = found.setdefault(code.scheme, {})
                of_scheme.setdefault(_code(code.value), []).append((party.id, code))
        return found


def _likeness(name: str) -> str:
    return folded(name).translate(_LOOKALIKES)


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name that distinguish it from others, in alphabetical order."""
    words = re.findall(r"\w+", _likeness(name).replace("'", "").replace("&", " "))
    kept = [word for word in words if word not in _LEFT_OUT]
    return tuple(sorted(_ABBREVIATED.get(word) or word for word in kept))


def _meant(name: str, meanings: tuple[Meaning, ...], on: DayLike | None) -> str:
    """Return the party that a name means on a day.

    Raises:
        UnknownPartyError: It can mean several; the message names them with their days.
    """
    day = None if on is None else ordinal(on)
    ids = {
        one.party
        for one in meanings
        if day is not None
        and (one.start is None or one.start.lo <= day)
        and (one.end is None or day <= one.end.hi)
    }
    if len(ids) == 1:
        return ids.pop()
    raise UnknownPartyError(
        name,
        dict.fromkeys(one.party for one in meanings),
        why=Message(
            "{name!r} can mean several parties: {parties}. Name the one that is meant by its id.",
            name=name,
            parties=join("; ", (_span(one.party, one.start, one.end) for one in meanings)),
        ),
    )


def _span(party: str, start: PartialDate | None, end: PartialDate | None) -> Message:
    """Return a party with the days of its code or name in words."""
    if start is None and end is None:
        return Message("{party} on all days", party=party)
    if start is None:
        return Message("{party} until {end}", party=party, end=end)
    if end is None:
        return Message("{party} since {start}", party=party, start=start)
    return Message("{party} from {start} to {end}", party=party, start=start, end=end)


def _code(value: str | int) -> str:
    text = str(value).strip().upper()
    return text.lstrip("0") if text.isdigit() else text


@lru_cache(maxsize=1)
def shipped() -> PartyTable:
    """Return the table that ships with the library, read once."""
    return PartyTable.of(shipped_parties())


def _with_shipped(parties: Iterable[Party]) -> PartyTable:
    """Return the table that ships with the library, with other parties added or put in place."""
    return PartyTable.of([*shipped(), *parties])


def party(name: str | int, *, scheme: str | None = None, on: DayLike | None = None) -> Party:
    """Return a shipped party by id, alpha-2 code or name in English or Vietnamese, or by a code.

    Args:
        name: The id, the name or, where *scheme* is given, the code.
        scheme: The scheme of a code, such as ``cow`` or ``gw``; see `PartyTable.by_code`.
        on: The day that decides which party is meant, where a code or a name has meant several.

    Raises:
        UnknownPartyError: There is none, and the message offers the nearest; or there are several.

    >>> party("Việt Nam").id, party("sg").name("vi")
    ('VNM', 'Singapore')
    >>> party("817", scheme="gw").id, party("255", scheme="cow", on="1850-01-01").id
    ('RVN', 'PRUSSIA')
    """
    if scheme is not None:
        return shipped().by_code(scheme, name, on)
    return shipped().find(name, on)  # type: ignore[arg-type]  # find refuses what is not a text
