"""Dates: what a text means, what it leaves open, and what no text may invent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplorel.errors import InvalidDateError, InvalidQueryError
from diplorel.model.dates import (
    FIRST_DAY,
    LAST_DAY,
    PartialDate,
    anniversary,
    between_words,
    ordinal,
    partial_date,
)

if TYPE_CHECKING:
    from diplorel.model.dates import Language


@pytest.fixture(autouse=True, scope="module")
def _nothing_remembered() -> None:
    """Parse every text afresh: what an earlier module looked up proves nothing here."""
    partial_date.cache_clear()


FORMS = (
    "expected a form such as '2013-09-11', '2013-09', '2013', '201X', '2013?', "
    "'[2013-09-11..2013-09-13]', '[..1960]' or '2013-09-11/2013-09-13'"
)

MEANINGS = [
    # text, earliest, latest, precision
    ("2013-09-11", "2013-09-11", "2013-09-11", "day"),
    ("2013-09", "2013-09-01", "2013-09-30", "month"),
    ("2013-10", "2013-10-01", "2013-10-31", "month"),
    ("2012-02", "2012-02-01", "2012-02-29", "month"),
    ("1900-02", "1900-02-01", "1900-02-28", "month"),
    ("2013", "2013-01-01", "2013-12-31", "year"),
    ("0001", "0001-01-01", "0001-12-31", "year"),
    ("9999-12-31", "9999-12-31", "9999-12-31", "day"),
    ("201X", "2010-01-01", "2019-12-31", "decade"),
    ("20XX", "2000-01-01", "2099-12-31", "century"),
    ("2013?", "2013-01-01", "2013-12-31", "year"),
    ("2013-09~", "2013-09-01", "2013-09-30", "month"),
    ("2013-09-11?", "2013-09-11", "2013-09-11", "day"),
    ("201X~", "2010-01-01", "2019-12-31", "decade"),
    ("19XX?", "1900-01-01", "1999-12-31", "century"),
    ("[2013-09-11..2013-09-13]", "2013-09-11", "2013-09-13", "range"),
    ("[2013..2014-02]", "2013-01-01", "2014-02-28", "range"),
    ("[2013..2013]", "2013-01-01", "2013-12-31", "range"),
    ("[2013-09-11..2013-09-11]", "2013-09-11", "2013-09-11", "range"),
    ("[..1960]", "0001-01-01", "1960-12-31", "range"),
    ("2013-09-11/2013-09-13", "2013-09-11", "2013-09-11", "extent"),
    ("2013-09/2013-10-02", "2013-09-01", "2013-09-30", "extent"),
    ("2013-09/2013-09", "2013-09-01", "2013-09-30", "extent"),
    ("2013-09-11/2013-09", "2013-09-11", "2013-09-11", "extent"),
    ("2013-09/2013-09-11", "2013-09-01", "2013-09-11", "extent"),  # it begins before it ends
    ("2013/2013-09-11", "2013-01-01", "2013-09-11", "extent"),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), MEANINGS)
def test_a_text_has_these_bounds_and_this_precision(
    text: str, earliest: str, latest: str, precision: str
) -> None:
    when = PartialDate(text)
    assert (when.earliest.isoformat(), when.latest.isoformat()) == (earliest, latest)
    assert when.lo == date.fromisoformat(earliest).toordinal()
    assert when.hi == date.fromisoformat(latest).toordinal()
    assert when.precision == precision
    assert type(when.earliest) is pendulum.Date
    assert type(when.latest) is pendulum.Date


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "now", "today", "2013-9", "2013-9-11", "13", "2013-09-11T00:00", "2013 ", " 2013",
        "2013-W37", "2013-W37-3", "20130911", "2013-09-", "2013-09-11-", "2013??", "?2013", "201",
        "2X13", "201X-09", "2013-1X", "XXXX", "2XXX", "[2013", "2013]", "[2013]",
        "[..2013..2014]", "[2012..2013..2014]", "[2013/2014]", "..2013", "2013..2014",
        "[2013..2014", "2013..2014]", "[2013..2014)", "(2013..2014]", "(2013..2014)",
        "2011/2012/2013", "2013//2014", "2013/now",
        "2013-09-11\n", "\u0662\u0660\u0661\u0663", "-2013", "+2013", "12013", "[x..2013]",
    ],
)  # fmt: skip
def test_a_text_of_another_form_is_refused_with_every_form_there_is(text: str) -> None:
    with pytest.raises(InvalidDateError) as caught:
        PartialDate(text)
    assert str(caught.value) == f"{text!r} is not a valid date: {FORMS}"


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("2013%", "'?'"),
        ("2013-XX", "'2013'"),
        ("2013-09-XX", "'2013-09'"),
        ("2013-XX-XX", "'2013'"),
        ("2013-21", "'[2013-03..2013-05]'"),
        ("2013-41", "'[2013-03..2013-05]'"),
        ("2013/..", "'[..2013]'"),
        ("../2013", "'[..2013]'"),
        ("2013/", "'[..2013]'"),
        ("/2013", "'[..2013]'"),
        ("[2013..]", "'[..2013]'"),
        ("[..]", "'[..2013]'"),
    ],
)
def test_a_form_of_edtf_that_is_not_read_is_refused_with_what_to_write(
    text: str, remedy: str
) -> None:
    with pytest.raises(InvalidDateError) as caught:
        PartialDate(text)
    assert str(caught.value).startswith(f"{text!r} is not a valid date: ")
    assert remedy in str(caught.value)
    assert FORMS not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["2013-13", "2013-00", "2013-02-29", "2013-09-31", "2013-09-00", "0000", "000X", "00XX"]
)
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(InvalidDateError) as caught:
        PartialDate(text)
    assert str(caught.value).startswith(f"{text!r} is not a valid date: ")
    assert "expected a form" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_the_whole_text_is_named_where_a_part_of_it_is_no_date() -> None:
    for text in ("[2013-13..2014]", "[2012..2013-13]", "2013-13/2014", "2012/2013-13"):
        with pytest.raises(InvalidDateError, match="is not a valid date: ") as caught:
            PartialDate(text)
        assert str(caught.value).startswith(repr(text))
    for text in ("[2013-1..2014]", "[2012..2013-1]", "2013-1/2014", "2012/2013-1"):
        with pytest.raises(InvalidDateError) as caught:
            PartialDate(text)
        assert str(caught.value) == f"{text!r} is not a valid date: {FORMS}"


@pytest.mark.parametrize(
    "text",
    ["[2014..2013]", "[2013-09-12..2013-09-11]", "2014/2013", "2013-09-12/2013-09-11",
     "2013-09-02/2013-08"],
)  # fmt: skip
def test_what_ends_before_it_begins_is_refused(text: str) -> None:
    with pytest.raises(InvalidDateError) as caught:
        PartialDate(text)
    assert str(caught.value) == f"{text!r} ends before it begins: write the earlier date first"


@pytest.mark.parametrize("value", [None, 2013, 2013.5, b"2013", datetime(2013, 9, 11, tzinfo=UTC)])
def test_what_is_no_text_and_no_day_is_no_date(value: object) -> None:
    with pytest.raises(InvalidDateError) as caught:
        PartialDate(value)  # type: ignore[arg-type]
    assert str(caught.value) == f"{value!r} is not a valid date: {FORMS}"
    assert isinstance(caught.value, ValueError)


def test_a_day_of_the_calendar_is_a_date() -> None:
    when = PartialDate(date(2013, 9, 11))
    assert when == PartialDate("2013-09-11")
    assert (when.lo, when.hi) == (date(2013, 9, 11).toordinal(),) * 2
    assert PartialDate(pendulum.Date(2013, 9, 11)) == when


def test_a_partial_date_of_a_partial_date_is_the_same() -> None:
    month = PartialDate("2013-09")
    again = PartialDate(month)
    assert (again.text, again.lo, again.hi) == (month.text, month.lo, month.hi)
    assert repr(again) == "PartialDate('2013-09')"
    assert str(again) == "2013-09"


def test_two_dates_are_equal_when_their_texts_are() -> None:
    assert PartialDate("2013") == PartialDate("2013")
    assert hash(PartialDate("2013")) == hash(PartialDate("2013"))
    assert PartialDate("2013") != PartialDate("2013?")  # the same bounds
    assert PartialDate("2013") != PartialDate("[2013..2013]")
    with pytest.raises(TypeError):
        assert PartialDate("2013") < PartialDate("2014")


def test_one_text_is_one_object() -> None:
    assert partial_date("2013-09") is partial_date("2013-09")
    own = PartialDate("2013-09")
    assert partial_date(own) == own
    assert partial_date(own) is partial_date(PartialDate("2013-09"))
    assert partial_date(date(2013, 9, 11)).text == "2013-09-11"


def test_only_an_extent_has_an_end() -> None:
    assert PartialDate("2013-09-11/2013-09-13").end == PartialDate("2013-09-13")
    assert PartialDate("2013/2014-02").end == PartialDate("2014-02")
    for text in ("2013-09-11", "2013", "201X", "[2013..2014]", "[..1960]"):
        assert PartialDate(text).end is None


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("2013", False, False),
        ("2013?", True, False),
        ("2013~", False, True),
        ("[2013?..2014~]", True, True),
        ("2013?/2014", True, False),
    ],
)
def test_doubts_are_kept(text: str, uncertain: bool, approximate: bool) -> None:
    assert PartialDate(text).uncertain is uncertain
    assert PartialDate(text).approximate is approximate


WORDS = [
    ("2013-09-11", "11 September 2013", "ngày 11 tháng 9 năm 2013"),
    ("2013-09-01", "1 September 2013", "ngày 1 tháng 9 năm 2013"),
    ("2013-09", "September 2013", "tháng 9 năm 2013"),
    ("2013", "2013", "năm 2013"),
    ("201X", "the 2010s", "thập niên 2010"),
    ("190X", "the 1900s", "thập niên 1900"),
    ("19XX", "the years 1900 to 1999", "những năm 1900 đến 1999"),
    ("2013?", "2013 (uncertain)", "năm 2013 (chưa chắc chắn)"),
    ("2013-09~", "about September 2013", "khoảng tháng 9 năm 2013"),
    ("201X~", "about the 2010s", "khoảng thập niên 2010"),
    ("20XX?", "the years 2000 to 2099 (uncertain)", "những năm 2000 đến 2099 (chưa chắc chắn)"),
    ("[..1960]", "by 1960", "chậm nhất là năm 1960"),
    (
        "[2013-09-11..2013-09]",
        "between 11 September 2013 and September 2013",
        "trong khoảng từ ngày 11 tháng 9 năm 2013 đến tháng 9 năm 2013",
    ),
    ("2013/2014-02", "from 2013 to February 2014", "từ năm 2013 đến tháng 2 năm 2014"),
    ("2013?/2014~", "from 2013 (uncertain) to about 2014",
     "từ năm 2013 (chưa chắc chắn) đến khoảng năm 2014"),
    ("[2013?..2014~]", "between 2013 (uncertain) and about 2014",
     "trong khoảng từ năm 2013 (chưa chắc chắn) đến khoảng năm 2014"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "english", "vietnamese"), WORDS)
def test_a_date_in_words(text: str, english: str, vietnamese: str) -> None:
    when = PartialDate(text)
    assert when.words() == when.words("en") == english
    assert when.words("vi") == vietnamese


# --- laws over many dates ------------------------------------------------------------------------

DAYS = st.dates(date(1998, 11, 1), date(2001, 3, 31))


@st.composite
def simple_texts(draw: st.DrawFn) -> str:
    day = draw(DAYS).isoformat()
    bare = draw(st.sampled_from([day, day[:7], day[:4], day[:3] + "X", day[:2] + "XX"]))
    return bare + draw(st.sampled_from(["", "", "?", "~"]))


@st.composite
def texts(draw: st.DrawFn) -> str:
    one, two = sorted((draw(simple_texts()), draw(simple_texts())), key=_start_and_end)
    forms = [one, two, f"[..{one}]"]
    if PartialDate(one).hi <= PartialDate(two).hi:  # sorted by beginning: two can lie within one
        forms += [f"[{one}..{two}]", f"{one}/{two}"]
    return draw(st.sampled_from(forms))


def _start_and_end(text: str) -> tuple[int, int]:
    return PartialDate(text).lo, PartialDate(text).hi


def days_of(when: PartialDate) -> range:
    """Every day that a date leaves open, but for the endless beginning of ``[..x]``."""
    return range(max(when.lo, when.hi - 800), when.hi + 1)


@given(texts())
@settings(deadline=None)
def test_a_date_keeps_its_text_and_its_bounds_stand_in_the_calendar(text: str) -> None:
    when = PartialDate(text)
    assert str(when) == text
    assert PartialDate(str(when)) == when
    assert FIRST_DAY <= when.lo <= when.hi <= LAST_DAY
    assert (when.precision == "day") <= (when.lo == when.hi)
    for lang in ("en", "vi"):
        told = when.words(lang)
        assert told == told.strip()
        assert told
        assert not set(told) & set("?~[]X/")


@given(st.tuples(texts(), texts()).filter(lambda pair: pair[0] != pair[1]))
@settings(deadline=None)
def test_two_dates_never_have_the_same_words(pair: tuple[str, str]) -> None:
    one, two = (PartialDate(text) for text in pair)
    assert one.words("en") != two.words("en")
    assert one.words("vi") != two.words("vi")


@given(texts(), DAYS)
def test_by_says_what_holds_on_every_day_left_open(text: str, day: date) -> None:
    when = PartialDate(text)
    past = {one <= day.toordinal() for one in (when.lo, *days_of(when))}
    assert when.by(day) is (past.pop() if len(past) == 1 else None)
    assert when.by(day.isoformat()) is when.by(day)


@given(texts(), texts())
def test_before_says_what_holds_for_every_two_days_left_open(first: str, second: str) -> None:
    one, two = PartialDate(first), PartialDate(second)
    mine, its = (one.lo, one.hi), (two.lo, two.hi)  # the order of days is the order of the ends
    found = {a < b for a in mine for b in its}
    assert one.before(two) is (found.pop() if len(found) == 1 else None)
    assert two.after(one) is one.before(two)


@given(texts(), texts())
def test_contains_says_whether_no_day_left_open_lies_outside(first: str, second: str) -> None:
    one, two = PartialDate(first), PartialDate(second)
    outside = [day for day in (two.lo, *days_of(two)) if not one.lo <= day <= one.hi]
    assert one.contains(two) is (not outside)


def test_by_before_after_and_contains_at_the_edges() -> None:
    month = PartialDate("2013-09")
    assert [month.by(day) for day in ("2013-08-31", "2013-09-01", "2013-09-29", "2013-09-30")] == [
        False, None, None, True,
    ]  # fmt: skip
    table = [
        # other, september before it, after it, contains it
        ("2013-08-31", False, True, False),
        ("2013-09-01", False, None, True),
        ("2013-09-02", None, None, True),
        ("2013-09-30", None, False, True),
        ("2013-10-01", True, False, False),
        ("2013-08", False, True, False),
        ("2013-09", None, None, True),
        ("2013-10", True, False, False),
        ("2013", None, None, False),
        ("[2013-08-31..2013-09-30]", None, None, False),
        ("[2013-09-01..2013-10-01]", None, None, False),
    ]
    for text, before, after, contains in table:
        other = PartialDate(text)
        assert month.before(other) is before, text
        assert month.after(other) is after, text
        assert month.contains(other) is contains, text


# --- days ----------------------------------------------------------------------------------------


@given(st.dates())
def test_a_day_is_its_ordinal_as_text_and_as_date(day: date) -> None:
    assert ordinal(day) == ordinal(day.isoformat()) == day.toordinal()


@pytest.mark.parametrize(
    "day",
    ["2013", "2013-09", "20130911", "2013-W37-3", "2013W373", "2013-09-31", "2013-09-11T00:00:00",
     "2013-09-11 ", "", "now", "2013/09/11", "XXXX-XX-XX", None, 5,
     datetime(2013, 9, 11, tzinfo=UTC), pendulum.datetime(2013, 9, 11)],
)  # fmt: skip
def test_what_is_no_full_day_is_refused(day: object) -> None:
    with pytest.raises(InvalidDateError) as caught:
        ordinal(day)  # type: ignore[arg-type]
    assert (
        str(caught.value) == f"{day!r} is not a valid day: expected 'YYYY-MM-DD' or a datetime.date"
    )


# --- durations and anniversaries -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "day", "english", "vietnamese"),
    [
        ("1973-08-01", "2025-03-12", "51 years 7 months", "51 năm 7 tháng"),
        ("1973-08-01", "2025-08-01", "52 years", "52 năm"),
        ("1973-08-01", "1974-08-01", "1 year", "1 năm"),
        ("1973-08-01", "1974-07-31", "11 months", "11 tháng"),
        ("1973-08-01", "1973-09-01", "1 month", "1 tháng"),
        ("1973-08-01", "1973-08-31", "less than a month", "chưa đầy một tháng"),
        ("1973-08-01", "1973-08-01", "less than a month", "chưa đầy một tháng"),
        ("1973-08", "2025-03-12", "51 years", "51 năm"),
        ("1973", "2025-03-12", "51 to 52 years", "51 đến 52 năm"),
        ("2024-03", "2025-03-12", "0 to 1 year", "0 đến 1 năm"),
        ("2025-01", "2025-03-15", "less than a year", "chưa đầy một năm"),
        ("2025", "2025-06-15", "less than a year", "chưa đầy một năm"),
        ("2025-03", "2025-03-12", "less than a month", "chưa đầy một tháng"),
        ("2023", "2025-12-31", "2 years", "2 năm"),
        ("2013-09-11/2013-09-13", "2020-01-01", "6 years 3 months", "6 năm 3 tháng"),
    ],
)
def test_the_time_between_goes_as_far_as_the_precision(
    start: str, day: str, english: str, vietnamese: str
) -> None:
    since = PartialDate(start)
    assert between_words(since, day) == between_words(since, day, "en") == english
    assert between_words(since, date.fromisoformat(day), "vi") == vietnamese


def test_there_is_no_time_between_a_day_and_a_later_one() -> None:
    with pytest.raises(InvalidQueryError) as caught:
        between_words(PartialDate("2025-03-13"), "2025-03-12")
    assert str(caught.value) == ("'2025-03-13' lies after 2025-03-12: give a day on or after it")
    with pytest.raises(InvalidDateError):
        between_words(PartialDate("2025"), "2025-03")


def test_the_words_are_those_of_the_language_asked_for_whatever_the_process_speaks() -> None:
    pendulum.set_locale("de")
    try:
        assert between_words(PartialDate("1973-08-01"), "2025-03-12") == "51 years 7 months"
        assert PartialDate("1973-10-01").words() == "1 October 1973"
    finally:
        pendulum.set_locale("en")


@given(texts(), DAYS, st.sampled_from(["en", "vi"]))
@settings(deadline=None)
def test_every_time_between_has_words(text: str, day: date, lang: Language) -> None:
    since = PartialDate(text)
    if since.by(day) is False:
        with pytest.raises(InvalidQueryError):
            between_words(since, day, lang)
    else:
        assert between_words(since, day, lang).strip()


@pytest.mark.parametrize(
    ("start", "years", "moved"),
    [
        ("1973-08-01", 50, "2023-08-01"),
        ("1973-08", 50, "2023-08"),
        ("1973", 50, "2023"),
        ("1973?", 50, "2023?"),
        ("1973-08~", 50, "2023-08~"),
        ("1973-08-01?", 50, "2023-08-01?"),
        ("2020-02-29", 4, "2024-02-29"),
        ("2020-02-29", 1, "2021-02-28"),
        ("2020-02", 1, "2021-02"),
        ("1973", 0, "1973"),
        ("1973", -973, "1000"),
        ("1973", -1972, "0001"),
        ("1973", 8026, "9999"),
    ],
)
def test_an_anniversary_has_the_precision_of_its_day(start: str, years: int, moved: str) -> None:
    assert anniversary(PartialDate(start), years).text == moved


@pytest.mark.parametrize(
    "text", ["201X", "20XX", "[2013..2014]", "[..1960]", "2013-09-11/2013-09-13"]
)
def test_what_is_no_day_month_or_year_has_no_anniversary(text: str) -> None:
    with pytest.raises(InvalidDateError) as caught:
        anniversary(PartialDate(text), 1)
    assert str(caught.value) == (f"{text!r} has no anniversary: expected a day, month or year")


@pytest.mark.parametrize(("text", "years"), [("9999", 1), ("0001-01-01", -1), ("2000", 10**12)])
def test_an_anniversary_stays_in_the_calendar(text: str, years: int) -> None:
    with pytest.raises(InvalidDateError) as caught:
        anniversary(PartialDate(text), years)
    assert str(caught.value) == f"{years} years after {text!r} leaves the calendar"
