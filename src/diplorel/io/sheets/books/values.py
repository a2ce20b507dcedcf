"""What the number in a cell means: a number, or a day, as the cell's format shows.

A spreadsheet keeps days as numbers. What is shown can say less than the cell holds: ``Sep-13``
where 1 September 2013 is held, because somebody typed 2013-09. Then it is not known which is meant.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from math import isfinite
from typing import Final

import attrs

from diplorel.io.sheets.cell_syntax import lost

_MIDNIGHT: Final = re.compile(r"T00:00(?::00(?:[.,]0*)?)?Z?\Z")
DATE: Final = frozenset("ymd")
_BUILT_IN: Final[dict[int, str]] = {
    9: "%", 10: "%", 14: "ymd", 15: "ymd", 16: "md", 17: "ym", 18: "t", 19: "t", 20: "t", 21: "t",
    22: "ymdt", **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "ymd"),
    **dict.fromkeys((32, 33, 34, 35, 45, 46, 47), "t"),
}  # fmt: skip
"""What the formats show that have a number and no code."""
_LITERAL: Final = re.compile(
    r'am/pm|a/p|"[^"]*"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE
)
_MINUTES: Final = re.compile(r"(?<=h)([^a-z]*)m+|m+(?=[^a-z]*s)", re.IGNORECASE)
_PARTS: Final = {"y": "year", "m": "month", "d": "day"}
_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet's days have no time zone
_ZERO_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001  likewise
_LEAP: Final = 61
"""The first serial number that programs agree on: Excel has a 29 February 1900, others not."""
_LAST: Final = 2_958_466
"""The first serial number after the year 9999."""
_EXACT: Final = 10**15
"""From here on a spreadsheet no longer keeps every digit."""


@attrs.frozen
class Doubt:
    """Why the text of a cell may not be what is meant: a code, a message and a hint."""

    code: str
    message: str
    hint: str


@attrs.frozen
class Cell:
    """What a cell says, and why it may not be what is meant."""

    text: str
    doubt: Doubt | None = None


def shown_by(number: int, code: str | None) -> str:
    """Return what a number format shows: of ``y``, ``m``, ``d`` and ``t``, or ``%``.

    >>> shown_by(164, "yyyy-mm-dd"), shown_by(164, "mmm-yy"), shown_by(14, None), shown_by(2, "0.0")
    ('ymd', 'ym', 'ymd', '')
    """
    if code is None:
        return _BUILT_IN.get(number, "")
    bare = _LITERAL.sub("", code).partition(";")[0]
    if bare.strip().casefold() in ("general", "@", ""):
        return ""
    bare = _MINUTES.sub(r"\1s", bare).casefold()
    found = "".join(
        part for part, letters in (("y", "yeb"), ("m", "m"), ("d", "d"), ("t", "hs"))
        if any(letter in bare for letter in letters)
    )  # fmt: skip
    if found == "y" and "y" not in bare:  # the E of 0.00E+00
        found = ""
    return found or ("%" if "%" in bare else "")


def cell_of(value: float, shown: str, *, since_1904: bool = False) -> Cell:
    """Return what a number says in a format that shows so much."""
    if shown == "%":
        return Cell(f"{number_text(value * 100)}%")
    if not shown or not isfinite(value) or value < 0 or value >= _LAST:
        return Cell(number_text(value))
    moment = _moment(value, since_1904=since_1904)
    clock = moment.time().isoformat()
    if not DATE.intersection(shown):  # a time of day, or a span of time
        return Cell(clock if value < 1 else f"{value!r} days")
    if not since_1904 and value < _LEAP:
        return _around_1900(value)
    day = moment.date().isoformat()
    return day_cell(day if clock == "00:00:00" else f"{day} {clock}", shown)


def _moment(value: float, *, since_1904: bool) -> datetime:
    """Return the moment to the second: the fraction of a day has rounding errors."""
    return (_ZERO_1904 if since_1904 else _ZERO) + timedelta(seconds=round(value * 86_400))


def moment_text(text: str) -> str:
    """Return a moment that is written out, without a clock that shows midnight."""
    return _MIDNIGHT.sub("", text.strip()).replace("T", " ")


def error_of(text: str) -> Cell:
    """Return a cell that holds an error."""
    hint = "Leave the cell empty where there is nothing to say"
    doubt = Doubt("DR132", f"{text!r} is what a program leaves where a value is lost", hint)
    return Cell(text, None if lost(text) else doubt)  # what is known as lost is reported later


def _around_1900(value: float) -> Cell:
    later, earlier = ((_ZERO + timedelta(int(value) + n)).date().isoformat() for n in (1, 0))
    if int(value) == _LEAP - 1:
        later = "1900-02-29, a day that never was,"
    doubt = Doubt(
        "DR129",
        f"the number {number_text(value)} is {later} in Excel and {earlier} in other programs, "
        "which count the days before March 1900 differently",
        "Format the cell as text, and write the day that is meant",
    )
    return Cell(earlier, doubt)


def day_cell(text: str, shown: str) -> Cell:
    """Return a cell that holds a day and shows so much of it."""
    day, _, clock = text.partition(" ")
    if hidden := [name for part, name in _PARTS.items() if part not in shown]:
        doubt = Doubt(
            "DR131",
            f"the cell holds {day}, and its format hides the {' and the '.join(hidden)}",
            "Give it the number format yyyy-mm-dd if that day is meant; if not, format it as text "
            "and write what is, such as 2013-09",
        )
    elif clock:
        hint = f"Write {day}: an event has no time of day"
        doubt = Doubt("DR131", f"the cell holds a time of day: {text}", hint)
    else:
        return Cell(text)
    return Cell(day, doubt)


def formula(source: str, text: str) -> Cell:
    """Return a cell that is computed, with what was computed last.

    Where that is nothing, the formula itself is the text, and is reported as in any table.
    """
    source = source if len(source) > 1 else "=…"
    if not text:
        return Cell(source)
    hint = "Save values and not formulas: copy the cells, and paste them as values"
    return Cell(text, Doubt("DR132", f"{source[:80]!r} is a formula, and gives {text!r}", hint))


def number_text(value: float) -> str:
    """Return a number in plain digits, as it was typed; in exponents where digits are lost.

    A spreadsheet keeps 15 digits, and saves more of them than it shows.

    >>> number_text(1973.0), number_text(9.1499999999999986), number_text(1e22)
    ('1973', '9.15', '1e+22')
    """
    if not isfinite(value) or abs(value) >= _EXACT:
        return repr(value)
    short = Decimal(f"{value:.15g}")
    return f"{short.normalize() if short else 0:f}"
