"""Dates and numbers as people and spreadsheets write them: read exactly, or refused with a remedy.

Nothing is guessed. ``12/03/2025`` can be two days, and only its author knows which one.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from diplorel.errors import InvalidDateError
from diplorel.io.sheets.cell_syntax import (
    QUOTES,
    YEAR_LIMIT,
    NotationError,
    is_number,
    is_quoted,
    unquoted,
)
from diplorel.model.dates import partial_date

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_PARTS: Final = re.compile(r"(\d{1,4})\s*([/.\-\s])\s*(\d{1,2})\s*\2\s*(\d{1,4})", re.ASCII)
_SERIAL: Final = re.compile(r"(\d{4,6})(?:[.,]\d+)?", re.ASCII)
_CLOCK: Final = re.compile(r"[ T]\d{1,2}:\d\d.*", re.DOTALL)
_WORDS: Final = re.compile(r"[^\W\d_]+|\d+")
_AS_DAYS: Final = "in Excel, give the column the number format yyyy-mm-dd"
"""How to mend all days of a column at once; typed again, each would be rewritten again."""
_LONGEST: Final = 100
"""A longer text is not a valid day, however it is written."""
_FIRST_DAY: Final = date(1899, 12, 30)
"""Day 0 of Excel and its like: from March 1900 on, they count as if 1900 had been a leap year."""


class DateError(NotationError):
    """A cell holds a day in another form.

    Attributes:
        code: DR129 where it can be two days, DR130 for a spreadsheet's number, DR131 otherwise.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint, code)


def read_date(cell: str) -> str:
    """Return the text of a date as `diplorel.model.dates` writes it.

    Raises:
        DateError: It is in another form; the message says which day it can be.
    """
    if is_quoted(cell):
        return _sound(unquoted(cell))
    if match := _SERIAL.fullmatch(cell):
        number = int(match[1])
        if number >= YEAR_LIMIT:
            raise _serial(cell, number)
    try:
        return partial_date(cell).text
    except InvalidDateError as error:
        unknown = DateError("DR131", str(error))
    if len(cell) > _LONGEST:
        raise unknown
    text = _CLOCK.sub("", cell.strip(QUOTES))
    raise _parts(cell, text) or _named(cell, text) or _nearly(cell, text) or unknown


def _sound(text: str) -> str:
    try:
        return partial_date(text).text
    except InvalidDateError as error:
        raise DateError("DR131", str(error)) from None


def _serial(cell: str, number: int) -> DateError:
    if len(str(number)) > 5:  # noqa: PLR2004  day 100,000 lies in the year 2173
        return DateError(
            "DR131", f"{cell!r} is not a valid date", "Write a date such as 2025-03-12"
        )
    found = _FIRST_DAY + timedelta(number)
    return DateError(
        "DR130",
        f"{cell!r} is a spreadsheet's number for {_long(found)}",
        f"Write {found.isoformat()}; {_AS_DAYS}",
    )


def _long(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (OverflowError, ValueError):  # a number of thirty digits is not a valid day of any month
        return None


def _parts(cell: str, text: str) -> DateError | None:
    """Say what three numbers can be: 12/03/2025, 12.3.25, 2025/03/12."""
    match = _PARTS.fullmatch(text)
    if match is None:
        return None
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4:  # noqa: PLR2004  a year
        found = _day(int(first), int(second), int(third))
        return _write(cell, found)
    if len(third) < 4:  # noqa: PLR2004  a year
        return _short_year(cell, _AS_DAYS)
    by_day = _day(int(third), int(second), int(first))
    by_month = _day(int(third), int(first), int(second))
    if by_day and by_month and by_day != by_month:
        return DateError(
            "DR129",
            f"{cell!r} can be {_long(by_day)} or {_long(by_month)}",
            f"Write {by_day.isoformat()} or {by_month.isoformat()}; {_AS_DAYS}",
        )
    return _write(cell, by_day or by_month)


def _write(cell: str, found: date | None) -> DateError:
    if found is None:
        return DateError("DR131", f"{cell!r} is a day that no calendar has")
    return DateError(
        "DR131",
        f"{cell!r} is not a valid date as this table writes it",
        f"Write {found}; {_AS_DAYS}",
    )


def _short_year(cell: str, remedy: str) -> DateError:
    return DateError(
        "DR131",
        f"{cell!r} has no year of four digits, and can lie in any century",
        f"Write the year with four digits, as in 2025-03-12; {remedy}",
    )


def _named(cell: str, text: str) -> DateError | None:
    """Say what a date with a month's name can be: 12 March 2025, Sep-13, 12 tháng 3 năm 2025."""
    words = _WORDS.findall(text.casefold())
    words = [word for word in words if word not in ("ngày", "năm", "of", "the", "st", "nd", "th")]
    month = None
    if "tháng" in words:
        place = words.index("tháng")
        number = words[place + 1] if len(words) > place + 1 else ""
        words[place : place + 2] = []
        month = int(number) if number.isascii() and number.isdigit() else None
    else:
        named = [word for word in words if len(word) > 2 and _month(word)]  # noqa: PLR2004  Sep
        if named:
            month = _month(named[0])
            words.remove(named[0])
    numbers = [word for word in words if word.isascii() and word.isdigit()]
    if month is None or not numbers or len(numbers) != len(words):
        return None
    years = [word for word in numbers if len(word) == 4]  # noqa: PLR2004  a year
    if not years:
        # of a month and a year the format would make the first day of the month
        one = len(numbers) == 1
        return _short_year(cell, "format the column as text first" if one else _AS_DAYS)
    days = [word for word in numbers if word != years[0]]
    if not days and 1 <= month <= 12:  # noqa: PLR2004  the months of a year
        return _as_error(cell, f"{years[0]}-{month:02d}")
    found = _day(int(years[0]), month, int(days[0])) if len(days) == 1 else None
    return _as_error(cell, found.isoformat()) if found else None


def _month(word: str) -> int | None:
    for number, name in enumerate(_MONTHS, 1):
        if name.startswith(word) or (word == "sept" and number == 9):  # noqa: PLR2004
            return number
    return None


def _as_error(cell: str, form: str) -> DateError:
    return DateError("DR131", f"{cell!r} has the month in words", f"Write {form}")


def _nearly(cell: str, text: str) -> DateError | None:
    """Say what a date is without its clock time or quotes, or with hyphens between its digits."""
    compact = re.sub(r"\A(\d{4})(\d\d)(\d\d)\Z", r"\1-\2-\3", text, flags=re.ASCII)
    try:
        return DateError(
            "DR131", f"{cell!r} is not a valid date", f"Write {partial_date(compact).text}"
        )
    except InvalidDateError:
        return None


# --- numbers -------------------------------------------------------------------------------------


def read_number(cell: str) -> str:
    """Return the text of a number in plain digits.

    Raises:
        NotationError: It has thousands separators, a decimal comma, a unit or an exponent.
    """
    if is_quoted(cell):
        return unquoted(cell)
    if is_number(cell):
        return cell
    if re.fullmatch(r"[+-]?\d+[.,]?\d*[eE][+-]?\d+", cell, re.ASCII):
        raise NotationError(
            f"{cell!r} is a number that a spreadsheet shortened",
            "Write all its digits, in a column that is formatted as text",
        )
    bare = re.sub(r"[\s\u2019']", "", cell)
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})", bare, re.ASCII):
        raise NotationError(
            f"{cell!r} can be {bare.replace(',', '')} or {bare.replace(',', '.')}",
            "Write the one that is meant, without a comma",
        )
    plain = ""
    if re.fullmatch(r"[+-]?\d+(,\d+)?", bare, re.ASCII):
        plain = bare.replace(",", ".")
    elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", bare, re.ASCII):
        plain = bare.replace(",", "")
    elif re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", bare, re.ASCII):
        plain = bare.replace(".", "").replace(",", ".")
    if plain:
        raise NotationError(f"{cell!r} is not a number in plain digits", f"Write {plain}")
    raise NotationError(
        f"{cell!r} is not a number",
        "Write plain digits, such as 9.15, and the unit in its own column",
    )


def read_whole(cell: str) -> int:
    """Return a whole number.

    Raises:
        NotationError: It is not a whole number.
    """
    if re.fullmatch(r"\d{1,9}", cell, re.ASCII):
        return int(cell)
    raise NotationError(f"{cell!r} is not a whole number", "Write plain digits, such as 2")


def read_truth(cell: str) -> bool:
    """Return yes or no.

    Raises:
        NotationError: It is neither.
    """
    word = cell.casefold()
    if word in ("yes", "true", "1"):
        return True
    if word in ("no", "false", "0"):
        return False
    raise NotationError(f"{cell!r} is neither yes nor no", "Write yes or no")
