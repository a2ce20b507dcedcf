"""Dates that keep the precision of their source.

`PartialDate` is level 0 of the Extended Date/Time Format (EDTF, ISO 8601-2) and a named part of
levels 1 and 2:

============================  ==================================================
``2013-09-11``                a day
``2013-09``, ``2013``         some day of that month, of that year
``201X``, ``20XX``            some day of that decade, of that century
``2013?``, ``2013~``          the same, uncertain or approximate in the source
``[2013-09-11..2013-09-13]``  one day of that range, not known which
``[..1960]``                  one day up to the end of 1960
``2013-09-11/2013-09-13``     an extent: the event lasted from the first to the last day
============================  ==================================================

This is the only module that imports pendulum, and only for calendar arithmetic and English words:
`pendulum.parse` would invent the first of January and read "now" as a date.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import attrs

from diplorel._message import Message
from diplorel._pickling import Reduced
from diplorel.errors import InvalidDateError, InvalidQueryError

if TYPE_CHECKING:
    import pendulum

DayLike: TypeAlias = str | date
Language: TypeAlias = Literal["en", "vi"]
Precision: TypeAlias = Literal["day", "month", "year", "decade", "century", "range", "extent"]

FIRST_DAY: Final = date.min.toordinal()
LAST_DAY: Final = date.max.toordinal()

_SIMPLE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?[?~]?"
    r"|(?P<decade>\d{3})X[?~]?|(?P<century>\d\d)XX[?~]?",
    re.ASCII,
)
_SEASONS: Final = (21, 41)
"""The numbers that EDTF gives to seasons, quarters, thirds and halves in the place of a month."""
_FORMS: Final = Message(
    "expected a form such as '2013-09-11', '2013-09', '2013', '201X', '2013?', "
    "'[2013-09-11..2013-09-13]', '[..1960]' or '2013-09-11/2013-09-13'"
)

_OF_PYTHON: Final = {
    "month must be in 1..12": Message("month must be in 1..12"),
    "day is out of range for month": Message("day is out of range for month"),
    "year 0 is out of range": Message("year 0 is out of range"),
}
"""What Python says of a day that no calendar has; later versions of Python say it otherwise."""


@attrs.frozen(init=False, repr=False)
class PartialDate:
    """A date with exactly the precision that its source gives.

    Two partial dates are equal when their texts are. There is no ``<``: whether one comes before
    the other can be undecided, so ask `before`.

    Args:
        value: A text in one of the forms that the module lists, a `datetime.date`, or a
            `PartialDate`.

    Attributes:
        text: The text as given.
        lo: The first possible day of the event, as `datetime.date.toordinal` counts. For an extent,
            of its beginning.
        hi: The last possible day of the event, likewise.

    Raises:
        InvalidDateError: The text has another form, or names a day that no calendar has. Write
            less instead: drop the day or the month that is not known.

    >>> since = PartialDate("2013-09")
    >>> str(since.earliest), str(since.latest)
    ('2013-09-01', '2013-09-30')
    >>> print(since.before(PartialDate("2013-09-15")))
    None
    """

    text: str
    lo: int = attrs.field(eq=False)
    hi: int = attrs.field(eq=False)

    def __init__(self, value: str | date | PartialDate) -> None:
        if isinstance(value, PartialDate):
            text, lo, hi = value.text, value.lo, value.hi
        elif isinstance(value, str):
            text = value
            lo, hi = _bounds(value)
        elif isinstance(value, date) and not isinstance(value, datetime):
            text = value.isoformat()
            lo = hi = value.toordinal()
        else:
            raise InvalidDateError(
                "{value!r} is not a valid date: {forms}", value=value, forms=_FORMS
            )
        self.__attrs_init__(text, lo, hi)  # pyright: ignore[reportAttributeAccessIssue]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"PartialDate({self.text!r})"

    def __reduce__(self) -> Reduced:
        return partial_date, (self.text,)  # the bounds follow from the text

    @property
    def earliest(self) -> pendulum.Date:
        """The first day when the event can have happened (for an extent, begun).

        A range without a beginning, ``[..1960]``, answers with the first day of the calendar.
        """
        return _pendulum(self.lo)

    @property
    def latest(self) -> pendulum.Date:
        """The last day when the event can have happened (for an extent, begun)."""
        return _pendulum(self.hi)

    @property
    def end(self) -> PartialDate | None:
        """The day when an extent ends; None for everything that is not an extent."""
        if "/" not in self.text:
            return None
        return partial_date(self.text.split("/")[1])

    @property
    def precision(self) -> Precision:
        """How much the source gives: a day, a month, a year …, a range or an extent."""
        if "/" in self.text:
            return "extent"
        if self.text.startswith("["):
            return "range"
        bare = self.text.rstrip("?~")
        if bare.endswith("X"):
            return "century" if bare.endswith("XX") else "decade"
        precisions: tuple[Precision, ...] = ("year", "month", "day")
        return precisions[bare.count("-")]

    @property
    def uncertain(self) -> bool:
        """Whether the source doubts the date (``?``). The bounds do not widen: by what?"""
        return "?" in self.text

    @property
    def approximate(self) -> bool:
        """Whether the source says "about" (``~``). The bounds do not widen: by what?"""
        return "~" in self.text

    def by(self, day: DayLike) -> bool | None:
        """Say whether the event had happened by the end of *day*; None when it is undecided.

        >>> [PartialDate("2013-09").by(d) for d in ("2013-08-31", "2013-09-15", "2013-09-30")]
        [False, None, True]
        """
        at = ordinal(day)
        if self.hi <= at:
            return True
        return None if self.lo <= at else False

    def before(self, other: PartialDate) -> bool | None:
        """Say whether this lies on an earlier day than *other*; None when it is undecided."""
        if self.hi < other.lo:
            return True
        return None if self.lo < other.hi else False

    def after(self, other: PartialDate) -> bool | None:
        """Say whether this lies on a later day than *other*; None when it is undecided."""
        return other.before(self)

    @property
    def span(self) -> tuple[int, int]:
        """The ordinals of the first and the last day when it can have been under way.

        >>> first, last = PartialDate("2013-09-11/2013-09-13").span
        >>> last - first
        2
        """
        return (self.lo, self.hi if self.end is None else self.end.hi)

    def contains(self, other: PartialDate) -> bool:
        """Say whether every day that *other* leaves open is a day that this leaves open."""
        return self.lo <= other.lo and other.hi <= self.hi

    def words(self, lang: Language = "en") -> str:
        """Return the date in words.

        >>> PartialDate("2013-09-11").words(), PartialDate("2013-09").words("vi")
        ('11 September 2013', 'tháng 9 năm 2013')
        """
        if "/" in self.text:
            first, last = (partial_date(part).words(lang) for part in self.text.split("/"))
            return f"from {first} to {last}" if lang == "en" else f"từ {first} đến {last}"
        if self.text.startswith("["):
            first, last = (part and partial_date(part).words(lang) for part in _ends(self.text))
            if not first:
                return f"by {last}" if lang == "en" else f"chậm nhất là {last}"
            if lang == "en":
                return f"between {first} and {last}"
            return f"trong khoảng từ {first} đến {last}"
        said = _words(self.text.rstrip("?~"), self.lo, lang)
        if self.approximate:
            said = f"about {said}" if lang == "en" else f"khoảng {said}"
        if self.uncertain:
            said = f"{said} (uncertain)" if lang == "en" else f"{said} (chưa chắc chắn)"
        return said


@lru_cache(maxsize=65_536)
def partial_date(value: str | date | PartialDate) -> PartialDate:
    """Return *value* as a `PartialDate`; the same text gives the same object."""
    return value if type(value) is PartialDate else PartialDate(value)


def ordinal(day: DayLike) -> int:
    """Return *day* as `datetime.date.toordinal` counts.

    Raises:
        InvalidDateError: *day* is not a full civil date. Give "YYYY-MM-DD" or a `datetime.date`.
    """
    if isinstance(day, str):
        try:
            if day[4::3] == "--":  # `fromisoformat` reads 20130911 and 2013-W37-3 as well
                return date.fromisoformat(day).toordinal()
        except ValueError:
            pass
    elif isinstance(day, date) and not isinstance(day, datetime):
        return day.toordinal()
    raise InvalidDateError(
        "{day!r} is not a valid day: expected 'YYYY-MM-DD' or a datetime.date", day=day
    )


def between_words(start: PartialDate, day: DayLike, lang: Language = "en") -> str:
    """Return the time from *start* to *day* in words, as far as the precision of *start* goes.

    Raises:
        InvalidDateError: *day* is not a valid day.
        InvalidQueryError: *start* certainly lies after *day*.

    >>> between_words(PartialDate("1973-08-01"), "2025-03-12")
    '51 years 7 months'
    >>> between_words(PartialDate("1973-08-01"), "2025-03-12", "vi")
    '51 năm 7 tháng'
    """
    if start.lo > ordinal(day):
        raise InvalidQueryError(
            "{start!r} lies after {day}: give a day on or after it", start=start.text, day=day
        )
    until = _pendulum(ordinal(day))
    shortest = _months(_pendulum(min(start.hi, ordinal(day))), until)
    if start.text.startswith("[.."):  # nobody knows how long before
        least = _years(*divmod(shortest, 12), lang)
        if not shortest:
            return "not known how long" if lang == "en" else "chưa rõ bao lâu"
        return f"at least {least}" if lang == "en" else f"ít nhất {least}"
    longest = _months(start.earliest, until)
    if longest == shortest:
        return _years(*divmod(longest, 12), lang)
    least_years, most_years = shortest // 12, longest // 12
    if not most_years:
        return "less than a year" if lang == "en" else "chưa đầy một năm"
    high = _years(most_years, 0, lang)
    if least_years == most_years:
        return high
    return f"{least_years} to {high}" if lang == "en" else f"{least_years} đến {high}"


def _months(start: pendulum.Date, until: pendulum.Date) -> int:
    """Return the full months between two days, by the rule of `anniversary` for month ends."""
    count = (until.year - start.year) * 12 + until.month - start.month
    return count - (start.add(months=count) > until)


def _years(years: int, months: int, lang: Language) -> str:
    if lang == "vi":
        return (
            " ".join(
                part for part in (years and f"{years} năm", months and f"{months} tháng") if part
            )
            or "chưa đầy một tháng"
        )
    import pendulum  # noqa: PLC0415  as in `_pendulum`

    words: str = pendulum.duration(years=years, months=months).in_words(locale="en")
    return words if years or months else "less than a month"


def anniversary(start: PartialDate, years: int) -> PartialDate:
    """Return the date *years* years after *start*, with the precision and the doubts of *start*.

    The 29th of February falls on the 28th in a common year, as `pendulum` has it.

    Raises:
        InvalidDateError: *start* is a range, a decade, a century or an extent, or the year leaves
            the calendar.
    """
    kind = start.precision
    if kind not in ("day", "month", "year"):
        raise InvalidDateError(
            "{start!r} has no anniversary: expected a day, month or year", start=start.text
        )
    try:
        moved = start.earliest.add(years=years)
    except (ValueError, OverflowError):
        raise InvalidDateError(
            "{years} years after {start!r} leaves the calendar", years=years, start=start.text
        ) from None
    length = {"year": 4, "month": 7, "day": 10}[kind]
    return partial_date(moved.isoformat()[:length] + start.text[length:])


def _bounds(text: str) -> tuple[int, int]:
    if len(text) == len("2013-09-11"):
        try:
            day = ordinal(text)
        except InvalidDateError:
            pass  # reported below, or of another form
        else:
            return day, day
    if text.startswith("[") and text.endswith("]") and ".." in text:
        first, last = _ends(text)
        lo = _simple(first, text)[0] if first else FIRST_DAY
        hi = _simple(last, text)[1]
        if lo > hi:
            raise InvalidDateError(
                "{text!r} ends before it begins: write the earlier date first", text=text
            )
        return lo, hi
    if text.count("/") == 1:
        start, end = (_simple(part, text) for part in text.split("/"))
        if end[1] < start[0]:
            raise InvalidDateError(
                "{text!r} ends before it begins: write the earlier date first", text=text
            )
        return start[0], min(start[1], end[1])
    return _simple(text, text)


def _ends(text: str) -> tuple[str, str]:
    first, _, last = text[1:-1].partition("..")
    return first, last


def _simple(part: str, text: str) -> tuple[int, int]:
    """Return the bounds of one simple date, which is *part* of the whole *text*."""
    match = _SIMPLE.fullmatch(part)
    if match is None:
        raise InvalidDateError(
            "{text!r} is not a valid date: {why}", text=text, why=_why(part, text)
        )
    try:
        if match["decade"]:
            first, last = int(match["decade"] + "0"), int(match["decade"] + "9")
        elif match["century"]:
            first, last = int(match["century"] + "00"), int(match["century"] + "99")
        else:
            first = last = int(match["year"])
        if match["day"]:
            day = date(first, int(match["month"]), int(match["day"])).toordinal()
            return day, day
        if match["month"]:
            month = int(match["month"])
            start = date(first, month, 1)
            return start.toordinal(), start.replace(
                day=calendar.monthrange(first, month)[1]
            ).toordinal()
        return date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
    except ValueError as error:
        why: object = _OF_PYTHON.get(str(error), error)
        if match["month"] and _SEASONS[0] <= int(match["month"]) <= _SEASONS[1]:
            why = Message(
                "seasons, quarters and halves are not read, write a range such as "
                "'[{year}-03..{year}-05]'",
                year=part[:4],
            )
        raise InvalidDateError("{text!r} is not a valid date: {why}", text=text, why=why) from None


def _why(part: str, text: str) -> Message:
    """Return why a date that EDTF knows is not read, with what to write; else the forms."""
    if "%" in text:
        return Message(
            "'%' is not read, write '?' where the source is uncertain or '~' where approximate"
        )
    if re.fullmatch(r"\d{4}-(XX|\d\d-XX|XX-XX)[?~]?", part):
        known = part.split("-X", maxsplit=1)[0]
        return Message("unknown months and days are left out, write {known!r}", known=known)
    if text != part in ("", ".."):
        return Message(
            "an extent has two ends and a range a last day, write the days that are known, such "
            "as '2013' or '[..2013]'"
        )
    return _FORMS


def _words(bare: str, lo: int, lang: Language) -> str:
    """Return a simple date without its qualifiers in words; *lo* is its first day."""
    first = _pendulum(lo)
    if bare.endswith("XX"):
        first_year, last_year = f"{bare[:2]}00", f"{bare[:2]}99"  # "the 1900s" is 190X to many
        if lang == "en":
            return f"the years {first_year} to {last_year}"
        return f"những năm {first_year} đến {last_year}"
    if bare.endswith("X"):
        return f"the {bare[:3]}0s" if lang == "en" else f"thập niên {bare[:3]}0"
    parts = bare.count("-")
    if lang == "en":
        english: str = first.format(("YYYY", "MMMM YYYY", "D MMMM YYYY")[parts], locale="en")
        return english
    return (
        f"năm {bare}",
        f"tháng {first.month} năm {first.year}",
        f"ngày {first.day} tháng {first.month} năm {first.year}",
    )[parts]


def _pendulum(day: int) -> pendulum.Date:
    import pendulum  # noqa: PLC0415  who asks for no calendar arithmetic does not wait for it

    plain = date.fromordinal(day)
    return pendulum.Date(plain.year, plain.month, plain.day)
