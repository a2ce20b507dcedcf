"""The date of a heading: its year, and the days that the text beneath it names."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

import attrs

from tables import Row

Posts: TypeAlias = "frozenset[tuple[str, str]]"
"""Pages and days on which a chief of mission took up the post there."""

_MONTHS: Final = (
    "January February March April May June July August September October November December"
)
MONTHS: Final = {name: f"{number:02d}" for number, name in enumerate(_MONTHS.split(), 1)}
_DAY: Final = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}}), (1[789]\d\d|20\d\d)\b")
_YEARS: Final = re.compile(r"\b(1[789]\d\d|20\d\d)(?:\s*[-\u2013]\s*(\d{2,4})\b)?")

HEADING: Final = "the act, read from the heading"
ONLY: Final = "the act, read from the heading; its day, the only one of that year in the text"
FIRST: Final = "the act, read from the heading; its day, the first of that year in the text"
POST: Final = (
    "the act, read from the heading; its day, the first of that year in the text, on which a chief "
    "of mission took up the post"
)
LONE: Final = "the act, read from the heading; its day, the only one in the text"
SEVERAL: Final = "the act, read from the heading; the days, those of that year in the text"
RANGE: Final = (
    "the act, read from the heading, which names several years; the days, those in the text"
)


@attrs.frozen
class Dated:
    """When an act was, and how that was found."""

    on: str
    basis: str


def years_of(heading: str) -> tuple[str, str] | None:
    """Return the first and last year that a heading names; None where it names none.

    >>> years_of("Relations Interrupted, 1917-1922."), years_of("Mission Closed, 1920-21.")
    (('1917', '1922'), ('1920', '1921'))
    """
    found = []
    for first, last in _YEARS.findall(heading):
        found += [first, first[: 4 - len(last)] + last] if last else [first]
    return (min(found), max(found)) if found else None


def dates_of(row: Row) -> list[str]:
    """Return the dates in the text, each once, in its order."""
    return list(dict.fromkeys(filter(None, row["all_dates_in_text"].split("|"))))


def dated(row: Row, posts: Posts = frozenset()) -> Dated | None:
    """Return when the act of a heading was; None where neither heading nor text tells.

    The heading's own year decides. A day counts only where it is of that year. Of several, the
    first is the act's own where the text goes back from it, to what led there, or where a chief of
    mission took up the post on it. Where the text goes on from it, the first is as often that of
    an appointment or an invasion as that of the act, so the date takes in all of them.
    """
    heading, days = row["heading"], dates_of(row)
    if whole := _DAY.search(heading):
        month, day, year = whole.groups()
        return Dated(f"{year}-{MONTHS[month]}-{int(day):02d}", HEADING)
    years = years_of(heading)
    if years is None:
        return Dated(days[0], LONE) if len(days) == 1 else None
    first, last = years
    of_it = [day for day in days if first <= day[:4] <= last]
    if not of_it:
        return Dated(first if first == last else f"[{first}..{last}]", HEADING)
    if len(of_it) == 1:
        return Dated(of_it[0], ONLY)
    whole_span = f"[{min(of_it)}..{max(of_it)}]"
    if first != last:
        return Dated(whole_span, RANGE)
    if (row["slug"], of_it[0]) in posts:
        return Dated(of_it[0], POST)
    return Dated(of_it[0], FIRST) if of_it[0] == max(of_it) else Dated(whole_span, SEVERAL)


def loose(row: Row, when: Dated) -> Dated:
    """Return a date that takes in every day of the heading's year that the text names.

    Where a text tells how relations broke or came back, it tells a story, and the first day in it
    is as often that of a coup or a treaty as that of the act.
    """
    if when.basis not in (FIRST, POST):
        return when
    days = [day for day in dates_of(row) if day[:4] == when.on[:4]]
    return Dated(f"[{min(days)}..{max(days)}]", SEVERAL)
