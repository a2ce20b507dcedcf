"""How names, persons, dates and numbers are put into sentences of one language."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

import attrs

from diplorel.errors import UnknownPartyError
from diplorel.language import vocabulary
from diplorel.model.dates import PartialDate, partial_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from diplorel.model.dates import Language
    from diplorel.model.events import Person
    from diplorel.model.ladders import Text
    from diplorel.model.reference import Reference


@attrs.frozen
class Grammar:
    """Puts names, persons, dates and numbers in words of one language.

    Attributes:
        reference: The names of parties, levels and sources.
        lang: English or Vietnamese. What a stream has in one language only stays in it.
        first: The id of the party that is named first, where an event names two; the order of ids
            otherwise.
        day: The day, an ordinal, whose names parties have; by default, those of today.
        titles: The titles of agreements, by key, for sentences on events that do not repeat them.

    >>> import diplorel as dr
    >>> Grammar(dr.load("vietnam").reference, "vi", first="VNM").names(("SGP", "VNM"))
    'Việt Nam và Singapore'
    """

    reference: Reference
    lang: Language = "en"
    first: str | None = None
    day: int | None = attrs.field(default=None, kw_only=True)
    titles: Mapping[str, tuple[Text, ...]] = attrs.field(
        factory=dict, kw_only=True, eq=False, repr=False
    )

    def at(self, day: int | None) -> Self:
        """Return the same, with the names that parties had on a day, an ordinal."""
        return self if day == self.day else attrs.evolve(self, day=day)

    def say(self, phrases: Mapping[str, tuple[str, str]], key: str, **parts: Any) -> str:
        """Return a phrase, filled in; a key that has none is shown as it is, as words."""
        if key not in phrases:
            return key.replace("-", " ")
        phrase = phrases[key][self.lang == "vi"]
        return phrase.format(**parts) if parts else phrase

    def name(self, party: str) -> str:
        """Return the name of a party on the day; an id that no table has is shown as it is."""
        try:
            return self.reference.parties.find(party).name_on(self.day, self.lang)
        except UnknownPartyError:
            return party

    def named(self, party: str) -> str:
        """Return the name of a party for a sentence: in English, with its article.

        >>> import diplorel as dr
        >>> Grammar(dr.load("vietnam").reference, "en").named("USA")
        'the United States'
        """
        article = "the " if self.lang == "en" and party in vocabulary.ARTICLES else ""
        return article + self.name(party)

    def in_order(self, parties: Iterable[str]) -> list[str]:
        """Return parties, the one that goes first before the others."""
        return sorted(parties, key=lambda one: one != self.first)

    def names(self, parties: Iterable[str]) -> str:
        """Return the names of parties, the one that goes first before the others."""
        return self.join([self.name(one) for one in self.in_order(parties)])

    def join(self, words: Sequence[str]) -> str:
        """Return words as an enumeration."""
        *most, last = words
        return self.say(vocabulary.CONNECTIVES, "and").join(
            [", ".join(most), last] if most else [last]
        )

    def people(self, persons: Sequence[Person]) -> str:
        """Return persons, at least one, each with the first office."""
        return self.join([f"{self._office(one)} {one.name or ''}".strip() for one in persons])

    def _office(self, person: Person) -> str:
        if not person.offices:
            return "" if person.name else self.name(person.party)
        office = person.offices[0]
        chairman = office == "state:president" and person.party in vocabulary.CHAIRMEN
        if self.lang == "vi" and chairman:
            return "Chủ tịch nước"
        if office in vocabulary.OFFICES:
            return self.say(vocabulary.OFFICES, office)
        return office.partition(":")[2].replace("-", " ").title()

    def number(self, value: Decimal) -> str:
        """Return a number with the separators of the language."""
        number = f"{value:,f}"
        return number.translate(str.maketrans(",.", ".,")) if self.lang == "vi" else number

    def since(self, day: PartialDate) -> str:
        """Return since when something is so.

        >>> import diplorel as dr
        >>> grammar = Grammar(dr.load("vietnam").reference, "en")
        >>> [grammar.since(dr.PartialDate(one)) for one in ("2013-09", "[..2018]", "[2013..2014]")]
        ['since September 2013', 'since 2018 or earlier', 'since some time between 2013 and 2014']
        >>> grammar.since(dr.PartialDate("[2013-01-21..2013-01-22]"))
        'since 21 or 22 January 2013'
        """
        began, key = partial_date(day.text.partition("/")[0]), "since"
        if began.text.startswith("[.."):
            key, began = "since or earlier", partial_date(began.text[3:-1])
        elif began.text.startswith("["):
            first, last = began.earliest, began.latest
            key = "since some time"
            if last - first == timedelta(1) and first.month == last.month:
                said = PartialDate(last.isoformat()).words(self.lang)
                return self.say(
                    vocabulary.CONNECTIVES,
                    "since or",
                    first=first.day,
                    last=said.removeprefix("ngày "),
                )
        return self.say(vocabulary.CONNECTIVES, key, since=began.words(self.lang))

    def in_city(self, city: str | None) -> str:
        """Return the city of something, in brackets; nothing where none is known."""
        return self.say(vocabulary.CONNECTIVES, "in city", city=city) if city else ""
