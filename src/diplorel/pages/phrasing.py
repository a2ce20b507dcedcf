"""Numbers, dates, parties and levels in the sentences of a page, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.analysis.anniversary_words import nth
from diplorel.charts.words import short_date, short_day
from diplorel.language.grammar import Grammar
from diplorel.model.dates import FIRST_DAY, PartialDate
from diplorel.pages.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from diplorel.model.dates import Language
    from diplorel.model.ladders import Level
    from diplorel.model.reference import Reference

_NUMBERS: Final = (
    ("no", "không"),
    ("one", "một"),
    ("two", "hai"),
    ("three", "ba"),
    ("four", "bốn"),
    ("five", "năm"),
    ("six", "sáu"),
    ("seven", "bảy"),
    ("eight", "tám"),
    ("nine", "chín"),
    ("ten", "mười"),
    ("eleven", "mười một"),
    ("twelve", "mười hai"),
)
_ORDINALS: Final = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_PARTNERSHIP: Final = " Partnership"
_PARTNER_VI: Final = "Đối tác"
_PREPOSITIONS: Final = {"day": "on ", "month": "in ", "year": "in ", "decade": "in "}


@attrs.frozen
class Phrasing:
    """The words of one page: names as of its day, in its language.

    Attributes:
        reference: The names of parties and levels.
        lang: The language.
        day: The day, an ordinal.
        first: The id of the party that is named first.
    """

    reference: Reference
    lang: Language
    day: int
    first: str

    @property
    def grammar(self) -> Grammar:
        """Names, persons and numbers in words."""
        return Grammar(self.reference, self.lang, first=self.first, day=self.day)

    def word(self, key: str, **parts: Any) -> str:
        """Return the words for a key."""
        return word(key, self.lang, **parts)

    # --- parties ---

    def name(self, party: str) -> str:
        """Return a party's name, as in a table."""
        return self.grammar.name(party)

    def named(self, party: str) -> str:
        """Return a party's name for a sentence: in English with its article."""
        return self.grammar.named(party)

    def possessive(self, party: str) -> str:
        """Return whose something is; Vietnamese puts the plain name after a preposition.

        >>> import diplorel as dr
        >>> phrasing = Phrasing(dr.load("vietnam").reference, "en", 738000, "VNM")
        >>> phrasing.possessive("VNM"), phrasing.possessive("USA")
        ('Vietnam’s', 'the United States’')
        """
        said = self.named(party)
        return said if self.lang == "vi" else f"{said}’" if said.endswith("s") else f"{said}’s"

    def listed(self, parties: Iterable[str]) -> str:
        """Return the names of parties as an enumeration, in this order."""
        return self.joined([self.named(one) for one in parties])

    def joined(self, words: Sequence[str]) -> str:
        """Return words as an enumeration; nothing for none."""
        return self.grammar.join(words) if words else ""

    # --- numbers ---

    def number(self, count: int) -> str:
        """Return a number: up to twelve in words."""
        return _NUMBERS[count][self.lang == "vi"] if count < len(_NUMBERS) else str(count)

    def nth(self, place: int) -> str:
        """Return an ordinal: "twelfth", "thứ 12".

        >>> import diplorel as dr
        >>> [Phrasing(dr.load("vietnam").reference, one, 1, "VNM").nth(21) for one in ("en", "vi")]
        ['21st', 'thứ 21']
        """
        if self.lang == "vi":
            return "đầu tiên" if place == 1 else f"thứ {place}"
        if place <= len(_ORDINALS):
            return _ORDINALS[place - 1]
        return nth(place)

    def parties(self, count: int) -> str:
        """Return a number of parties, in words."""
        return self.word("party" if count == 1 else "parties", count=self.number(count))

    # --- dates ---

    def long_day(self, day: date) -> str:
        """Return a day for a sentence: "12 March 2025", "ngày 12 tháng 3 năm 2025"."""
        return PartialDate(day.isoformat()).words(self.lang)

    def when(self, on: PartialDate) -> str:
        """Return when something happened: "on 1 August 1973", "in 2004", "by 30 March 2018"."""
        if self.lang == "vi":
            return on.words("vi")
        exact = not (on.approximate or on.uncertain)
        return (_PREPOSITIONS.get(on.precision, "") if exact else "") + on.words("en")

    def short(self, on: PartialDate) -> str:
        """Return a date as in a table."""
        return short_date(on, self.lang)

    def short_day(self, day: date) -> str:
        """Return a day as in a table."""
        return short_day(day, self.lang)

    def span(self, on: PartialDate) -> str:
        """Return a date or the days of a visit: "28–30 August 2016", "4 November 2002".

        >>> import diplorel as dr
        >>> phrasing = Phrasing(dr.load("vietnam").reference, "vi", 1, "VNM")
        >>> phrasing.span(PartialDate("2016-08-28/2016-08-30"))
        '28–30/8/2016'
        """
        if "/" not in on.text:
            return self.short(on)
        first, last = map(PartialDate, on.text.split("/"))
        one, other = self.short(first), self.short(last)
        same = (first.earliest.year, first.earliest.month) == (last.latest.year, last.latest.month)
        if same and first.precision == last.precision == "day":
            return f"{first.earliest.day}–{other}"
        return f"{one} – {other}"

    def since(self, on: PartialDate) -> str:
        """Return since when something is so: "since 1 August 1973", "since 2018 or earlier"."""
        return self.grammar.since(on)

    # --- levels ---

    def noun(self, level: Level) -> str | None:
        """Return what a partner at a level is called; None where its name does not say.

        >>> import diplorel as dr
        >>> reference = dr.load("vietnam").reference
        >>> level = reference.level("VNM", "strategic")
        >>> [Phrasing(reference, one, 1, "VNM").noun(level) for one in ("en", "vi")]
        ['strategic partner', 'Đối tác Chiến lược']
        """
        name = level.name(self.lang)
        if self.lang == "vi":
            return name if name.startswith(_PARTNER_VI) else None
        return f"{name.removesuffix('ship')}".lower() if name.endswith(_PARTNERSHIP) else None

    def plural(self, noun: str) -> str:
        """Return what several partners at a level are called: "strategic partners"."""
        return f"{noun}s" if self.lang == "en" else noun

    def short_level(self, level: Level) -> str:
        """Return a level's name without the word for a partnership: "Strategic"."""
        name = level.name(self.lang)
        short = name.removesuffix(_PARTNERSHIP) if self.lang == "en" else name
        if self.lang == "vi" and name.startswith(_PARTNER_VI + " "):
            short = name.removeprefix(_PARTNER_VI + " ")
        return short or name

    def variant(self, level: Level, plain: Level) -> str:
        """Return the words that a level's name has beside those of the plain label of its rank.

        >>> import diplorel as dr
        >>> reference = dr.load("vietnam").reference
        >>> two = (reference.level("VNM", one) for one in ("enhanced-strategic", "strategic"))
        >>> Phrasing(reference, "en", 1, "VNM").variant(*two)
        'Enhanced'
        """
        if level.id == plain.id:
            return ""
        name, common = level.name(self.lang), plain.name(self.lang).split()
        rest = [one for one in name.split() if one not in common]
        return " ".join(rest) if rest and {*common} <= {*name.split()} else name

    def at_level(self, level: Level, count: int, *, complete: bool) -> str:
        """Return how many are at a level, as in a sentence: "at least 13 strategic partners"."""
        noun = self.noun(level)
        said = self.number(count)
        if not complete:
            said = self.word("at least", count=said)
        if noun is None:
            return self.word("at level", count=said, level=level.name(self.lang))
        return f"{said} {noun}" + ("s" if self.lang == "en" and count != 1 else "")


def capital(text: str) -> str:
    """Return a text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def sentences(*texts: str) -> str:
    """Return sentences one after the other, each with a capital letter and a full stop."""
    said = [capital(text.strip()) for text in texts if text.strip()]
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in said)


def has_begun(on: PartialDate) -> bool:
    """Say whether a first day is recorded at all: "by 30 March 2018" has none."""
    return on.lo > FIRST_DAY
