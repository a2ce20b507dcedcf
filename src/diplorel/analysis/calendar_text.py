"""Anniversaries as an iCalendar text (RFC 5545), without any dependency.

The answer imports this module, so it knows anniversaries by what they have, not by their classes.
"""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from diplorel.analysis.anniversary_words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST: Final = 75
"""How many octets a line may have without its end."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_PRODUCT: Final = "-//diplorel//anniversaries//EN"


def escaped(text: str) -> str:
    r"""Return a text as a value of a property; control characters, which it cannot have, go.

    >>> print(escaped("a, b; c\\d\ne"))
    a\, b\; c\\d\ne
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = _CONTROLS.sub("", plain)
    for mark in "\\;,":
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    r"""Return a line in parts of at most 75 octets; no part ends within a character.

    >>> [len(part.encode()) for part in folded("ạ" * 60).split("\r\n")]
    [75, 73, 34]
    """
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += octets
    return "\r\n".join(parts)


def calendar_text(found: Any) -> str:
    """Return the anniversaries that have a day; see `Anniversaries.ical`."""
    return "".join(f"{folded(line)}\r\n" for line in _lines(found))


def _lines(found: Any) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{_PRODUCT}"
    yield "CALSCALE:GREGORIAN"
    yield f"X-WR-CALNAME:{escaped(found.title)}"
    if any(not one.is_dated for one in found) or found.left_out:
        yield f"X-WR-CALDESC:{escaped(_not_dated(found))}"
    for one in found:
        if one.is_dated:
            yield from _event(one, found)
    yield "END:VCALENDAR"


def _not_dated(found: Any) -> str:
    """Return how many are left out, by what is known of their dates."""
    known = [one.date.precision for one in found if not one.is_dated]
    return said(
        "not dated",
        found.lang,
        months=known.count("month"),
        years=known.count("year"),
        ranges=known.count("range"),
        doubts=known.count("day"),
        open=len(found.left_out),
    )


def _event(one: Any, found: Any) -> Iterator[str]:
    assert found.recorded is not None  # noqa: S101  what has an event has a record
    day = one.date.earliest
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(one)}"
    yield f"DTSTAMP:{found.recorded:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day.isoformat().replace('-', '')}"
    if one.date.text != "9999-12-31":  # the calendar has no day after it
        after = day + timedelta(days=1)
        yield f"DTEND;VALUE=DATE:{after.isoformat().replace('-', '')}"
    yield f"SUMMARY;LANGUAGE={one.lang}:{escaped(one.text)}"
    yield f"DESCRIPTION;LANGUAGE={one.lang}:{escaped(_description(one, found))}"
    yield f"CATEGORIES:{one.kind}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(one: Any, found: Any) -> str:
    publishers = dict.fromkeys(found.publishers.get(id, id) for id in one.sources)
    lines = [
        said("since", one.lang, date=one.start.words(one.lang)),
        *one.notes,
        said("events", one.lang, ids=", ".join(event.id for event in one.events)),
        said("sources", one.lang, ids="; ".join(publishers)),
    ]
    return "\n".join(lines)


def _uid(one: Any) -> str:
    """Return what names it in every language and every run: what is celebrated, and the year."""
    named = (one.kind, *one.parties, one.ladder, one.level, one.agreement, one.start.text, one.n)
    text = "|".join("" if part is None else str(part) for part in named)
    return f"{sha256(text.encode()).hexdigest()[:32]}@diplorel"
