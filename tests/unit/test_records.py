"""Records: their moments, the one order, and what was known of them when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import permutations
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel.errors import InvalidDateError
from diplorel.events import (
    TiesEstablished,
    TiesRestored,
    TiesSevered,
    TiesSuspended,
)
from diplorel.model.dates import ordinal
from diplorel.model.events import Event
from diplorel.model.records import (
    Record,
    distinct,
    earliest_key,
    in_order,
    known_by,
    order_key,
    published_on,
    stamp,
    utc,
)
from recorded import NOON, level, rec, source, taken_back, tied

# --- moments -------------------------------------------------------------------------------------


def test_a_moment_is_kept_in_utc() -> None:
    hanoi = timezone(timedelta(hours=7))
    assert utc("2026-11-22T10:00:00Z") == datetime(2026, 11, 22, 10, tzinfo=UTC)
    for moment in (
        utc("2026-11-22T10:00:00+07:00"),
        utc(datetime(2026, 11, 22, 10, tzinfo=hanoi)),
        utc(datetime(2026, 11, 22, 3, tzinfo=timezone(timedelta(0), "x"))),
    ):
        assert moment == datetime(2026, 11, 22, 3, tzinfo=UTC)
        assert moment.tzinfo is UTC
    assert utc(NOON) is NOON
    assert stamp(NOON) == "2026-01-01T12:00:00Z"
    assert stamp(NOON.replace(microsecond=5)) == "2026-01-01T12:00:00.000005Z"


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "now",
        "2026-11-22",
        "2026-11-22T10:00:00",
        datetime(2026, 1, 1),  # noqa: DTZ001  it is the naive one that is refused
        date(2026, 1, 1),
        None,
        5,
    ],
)
def test_what_is_no_moment_in_utc_is_refused(odd: Any) -> None:
    with pytest.raises(InvalidDateError) as caught:
        utc(odd)
    assert str(caught.value) == (
        f"{odd!r} is not a moment in UTC: expected a form such as '2026-11-22T10:00:00Z'"
    )


def test_a_record_names_its_stream_its_moment_and_its_event() -> None:
    one = Record("a", "2026-01-01T19:00:00+07:00", tied())
    assert one.recorded == NOON
    assert one.id == one.id == "ties-established/SGP-VNM/1973"
    assert repr(one) == "Record('a', '2026-01-01T12:00:00Z', 'ties-established/SGP-VNM/1973')"
    asked, fresh = rec(tied()), rec(tied())
    assert asked.id
    assert asked == fresh
    assert hash(asked) == hash(fresh)


# --- the one order -------------------------------------------------------------------------------


def test_the_key_of_the_order_packs_the_last_day_the_sequence_and_the_rank() -> None:
    event = level("2013-09")
    day = date(2013, 9, 30).toordinal()
    assert order_key(event) == day * 2**40 + 0 * 2**30 + 80 * 2**20
    assert earliest_key(event) == date(2013, 9, 1).toordinal() * 2**40 + 80 * 2**20
    later = tied("2013-09-11", seq=5)
    assert (
        order_key(later)
        == earliest_key(later)
        == (date(2013, 9, 11).toordinal() * 2**40 + 5 * 2**30 + 50 * 2**20)
    )
    assert order_key(tied("9999-12-31", seq=1023)) < 2**63
    assert order_key(tied("0001-01-01")) > 0


KINDS = (TiesEstablished, TiesSuspended, TiesSevered, TiesRestored)
EVENTS = st.builds(
    lambda kind, on, seq: kind(on=on, parties=("VNM", "SGP"), sources=["s"], seq=seq),
    st.sampled_from(KINDS),
    st.sampled_from(["2012", "2013", "2013-12", "2013-12-31", "2013-12-30", "[..2013]", "201X"]),
    st.sampled_from([0, 1, 2, 1023]),
)


@given(EVENTS, EVENTS)
def test_the_key_orders_by_day_then_sequence_then_rank(one: Event, two: Event) -> None:
    def long(event: Event) -> tuple[int, int, int]:
        return (event.on.hi, event.seq, event.precedence)

    def early(event: Event) -> tuple[int, int, int]:
        return (event.on.lo, event.seq, event.precedence)

    assert (order_key(one) < order_key(two)) == (long(one) < long(two))
    assert (order_key(one) == order_key(two)) == (long(one) == long(two))
    assert (earliest_key(one) < earliest_key(two)) == (early(one) < early(two))
    assert (earliest_key(one) == earliest_key(two)) == (early(one) == early(two))


@given(st.lists(EVENTS, max_size=8))
def test_no_event_stands_before_one_of_a_smaller_key_or_of_its_key_and_a_smaller_id(
    events: list[Event],
) -> None:
    for key in (order_key, earliest_key):
        found = in_order(events, key)
        assert [(key(one), one.id) for one in found] == sorted((key(one), one.id) for one in events)
        assert {one.digest for one in found} == {one.digest for one in events}
    assert in_order(events) == in_order(events, order_key)


def test_events_stand_in_the_one_order() -> None:
    wanted = [
        tied("2012"),
        TiesSevered(on="2013-12-31", parties=("VNM", "SGP"), sources=["s"]),
        tied("2013"),
        tied("2013-12-31"),
        level("2013"),
        tied("2013", seq=1),
        tied("2014-01-01"),
    ]
    for order in ([*reversed(wanted)], wanted):
        assert in_order(order) == wanted


def test_records_of_one_id_stream_and_moment_stand_by_their_text() -> None:
    told = [rec(tied("2013", name)) for name in "xyz"]
    for order in permutations(told):
        assert distinct([*order, rec(tied("2013", "x"))]) == tuple(told)


# --- what was known when -------------------------------------------------------------------------


def test_by_the_clock_recorded_a_record_is_known_from_its_moment_on() -> None:
    one = rec(tied())
    assert known_by("2026-01-01", "recorded", {})(one) is True
    assert known_by(date(2026, 1, 1), "recorded", {})(one) is True
    assert known_by("2025-12-31", "recorded", {})(one) is False
    assert known_by(NOON, "recorded", {})(one) is True
    assert known_by(NOON - timedelta(microseconds=1), "recorded", {})(one) is False
    hanoi = timezone(timedelta(hours=7))
    assert known_by(datetime(2026, 1, 1, 19, tzinfo=hanoi), "recorded", {})(one) is True
    assert known_by(datetime(2026, 1, 1, 18, tzinfo=hanoi), "recorded", {})(one) is False
    last = rec(tied(), recorded=datetime(2026, 1, 1, 23, 59, 59, 999_999, tzinfo=UTC))
    assert known_by("2026-01-01", "recorded", {})(last) is True
    midnight = rec(tied(), recorded=datetime(2026, 1, 2, tzinfo=UTC))
    assert known_by("2026-01-01", "recorded", {})(midnight) is False


@pytest.mark.parametrize("clock", ["recorded", "published"])
def test_what_was_known_is_asked_of_a_day_or_a_moment(clock: Any) -> None:
    for odd in ("2026", "now"):
        with pytest.raises(InvalidDateError):
            known_by(odd, clock, {})
    with pytest.raises(InvalidDateError, match="is not a moment in UTC"):
        known_by(datetime(2026, 1, 1), "recorded", {})  # noqa: DTZ001  it is refused


SOURCES = {
    one.id: one
    for one in (source("old", published="2013-09"), source("new", published="2014-01-02"),
                source("undated"))
}  # fmt: skip


@pytest.mark.parametrize(
    ("sources", "day"),
    [
        (("old",), "2013-09-30"),
        (("new",), "2014-01-02"),
        (("old", "new"), "2013-09-30"),
        (("undated",), "2013-12-31"),
        (("lost",), "2013-12-31"),
        (("new", "undated"), "2013-12-31"),
        (("old", "undated"), "2013-09-30"),
    ],
)
def test_an_event_is_published_once_one_of_its_sources_certainly_was(
    sources: tuple[str, ...], day: str
) -> None:
    event = tied("2013", *sources)
    assert published_on(event, SOURCES) == ordinal(day)
    known = known_by(day, "published", SOURCES)
    before = known_by(date.fromordinal(ordinal(day) - 1), "published", SOURCES)
    assert known(rec(event)) is True
    assert before(rec(event)) is False


def test_by_the_clock_published_a_moment_counts_as_its_day_and_retractions_always_apply() -> None:
    known = known_by(datetime(2013, 9, 30, 1, tzinfo=UTC), "published", SOURCES)
    assert known(rec(tied("2013", "old"))) is True
    assert known(rec(tied("2013", "new"))) is False
    assert known(rec(taken_back("x", source="new"))) is True
    assert published_on(taken_back("x"), SOURCES) is None


def test_a_document_that_is_entered_twice_was_published_once() -> None:
    known = {
        one.id: one
        for one in (
            attrs.evolve(source("undated"), same_as="dated"),
            source("dated", published="2014-01-02"),
            attrs.evolve(source("early", published="2013-09"), same_as="undated"),
        )
    }
    for cited in known:
        assert published_on(tied("2013-12", cited), known) == ordinal("2013-09-30")
