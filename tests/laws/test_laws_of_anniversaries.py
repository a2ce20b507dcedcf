"""Anniversaries: what the relation of the day says, and a calendar that survives every text."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from diplorel import EventLog
from diplorel.analysis.anniversaries import Anniversaries, Anniversary
from diplorel.analysis.calendar_text import folded
from diplorel.model.dates import PartialDate
from diplorel.model.records import utc
from diplorel.testing.dense import dates
from diplorel.testing.events import ties_events
from diplorel.testing.streams import logs
from diplorel.tracks import TIES
from draws import draws

YEARS = st.integers(2014, 2016)


def by_hand(log: EventLog, year: int) -> set[tuple[Any, ...]]:
    """Return the anniversaries of ties whose day is known, by the relation on that day."""
    found = set()
    for a, b in log.replay().dyads():
        for event in log.relation(a, b).events(TIES):
            on = event.on
            kind = event.type
            if kind not in ("ties-established", "ties-restored") or on.lo != on.hi:
                continue
            first = date.fromordinal(on.lo)
            if first.year >= year:
                continue
            day = first.replace(year=year)
            ties = log.relation(a, b, on=day).ties
            starts = [spell.start for spell in ties.spells]
            if ties.status.value == "established" and on in starts:
                found.add((kind, (a, b), day, year - first.year, starts[-1] == on))
    return found


@settings(max_examples=draws(30))
@given(logs(ties_events(dates), most=5), YEARS, st.sampled_from((1, 2)))
def test_ties_have_those_that_stand_on_the_day(log: EventLog, year: int, multiples: int) -> None:
    found = log.anniversaries(year, multiples=multiples)
    told = {
        (one.kind, one.parties, date.fromordinal(one.date.lo), one.n, one.unbroken)
        for one in found
        if one.date.lo == one.date.hi
    }
    assert told == {one for one in by_hand(log, year) if one[3] % multiples == 0}


@settings(max_examples=draws(30))
@given(logs(), YEARS, st.sampled_from((1, 2)))
def test_no_anniversary_is_more_exact_than_what_it_celebrates(
    log: EventLog, year: int, multiples: int
) -> None:
    found = log.anniversaries(year, multiples=multiples)
    for one in found:
        first, last = (date.fromordinal(day) for day in (one.date.lo, one.date.hi))
        assert first.year == last.year == year
        assert one.n % multiples == 0
        assert one.date.hi - one.date.lo in range(
            one.start.hi - one.start.lo - 1, one.start.hi - one.start.lo + 2
        )
        assert date.fromordinal(one.start.lo).year == year - one.n
        assert one.events
        assert one.sources
    assert not {event.id for event in found.left_out} & {
        event.id for one in found for event in one.events if one.kind.startswith("ties")
    }
    assert [*found] == sorted(
        found,
        key=lambda one: (
            13 if one.date.precision == "year" else one.date.latest.month,
            one.date.latest.day if one.date.precision == "day" else 32,
            one.date.lo,
            -one.n,
            one.parties,
            one.kind,
            one.start.text,
            one.text,
        ),
    )
    calendar = Calendar.from_ical(found.ical())
    assert len(calendar.walk("VEVENT")) == sum(one.is_dated for one in found)


texts = st.text(st.characters(codec="utf-8"), max_size=120)


@given(texts)
def test_folding_cuts_no_character_and_loses_none(text: str) -> None:
    line = text.replace("\r", "").replace("\n", "")
    parts = folded(line).split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert all(part.startswith(" ") for part in parts[1:])
    assert all(len(part.encode()) > 70 for part in parts[:-1])


@given(texts)
def test_every_text_comes_back_from_a_calendar(text: str) -> None:
    one = Anniversary(
        date=PartialDate("2023-08-01"),
        n=50,
        kind="ties-established",
        text=text,
        parties=("SGP", "VNM"),
        start=PartialDate("1973-08-01"),
        standing="certain",
        events=(),
    )
    found = Anniversaries([one], year=2023, recorded=utc("2026-01-01T00:00:00Z"))
    (event,) = Calendar.from_ical(found.ical()).walk("VEVENT")
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(mark for mark in kept if mark in "\t\n" or (ord(mark) > 31 and ord(mark) != 127))
    assert str(event["SUMMARY"]) == kept
