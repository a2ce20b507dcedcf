"""Anniversaries of a year: dates as exact as known, of what still stands."""

from __future__ import annotations

import pickle
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from icalendar import Calendar

import diplorel as dr
from diplorel import events as ev
from diplorel.analysis.anniversaries import Anniversaries
from diplorel.analysis.anniversary_search import due_in, may_be_due
from diplorel.errors import InvalidQueryError
from diplorel.model.dates import PartialDate
from diplorel.testing.dense import SGP_LADDER, VNM_LADDER
from shipped_once import shipped

BOTH: dict[str, Any] = {"parties": ("SGP", "VNM"), "sources": ["s"]}
AT = "2026-01-01T00:00:00Z"


@cache
def vietnam() -> dr.EventLog:
    return shipped("vietnam")


def log_of(*events: Any, **more: Any) -> dr.EventLog:
    return dr.EventLog(events, at=AT, ladders=[VNM_LADDER], **more)


def told(found: Anniversaries) -> list[tuple[str, int, str]]:
    return [(one.date.text, one.n, one.kind) for one in found]


def test_of_two_beginnings_with_one_inexact_date_none_is_certain() -> None:
    soon = "[1990-09-11..1990-09-14]"
    broken = ev.TiesSevered(on="[1990-09-11..1990-09-12]", **BOTH)
    begun = (ev.TiesEstablished(on=soon, **BOTH), ev.TiesRestored(on=soon, **BOTH))
    found = log_of(*begun, broken).anniversaries(2020, "VNM")
    assert {one.standing for one in found} == {"open"}
    once = log_of(begun[0]).anniversaries(2020, "VNM")
    assert {one.standing for one in once} == {"as-last-recorded"}


# --- what the shipped streams have ---------------------------------------------------------------


def test_vietnam_and_singapore_had_fifty_years_of_ties_and_ten_of_a_partnership() -> None:
    found = [one for one in vietnam().anniversaries(2023, "VNM") if one.parties == ("SGP", "VNM")]
    ties, level = (one for one in found if one.agreement is None)
    assert (ties.date.text, ties.n, ties.start.text) == ("2023-08-01", 50, "1973-08-01")
    assert ties.text == (
        "50th anniversary of the establishment of diplomatic relations between Vietnam and "
        "Singapore"
    )
    assert ties.events[0].id == "ties-established/SGP-VNM/1973-08-01"
    assert ties.unbroken
    assert ties.sources
    assert (level.date.text, level.n, level.level) == ("2023-09-11", 10, "strategic")
    assert (level.ladder, level.current, level.standing) == ("VNM", True, "certain")


def test_two_years_later_the_level_is_raised_and_said_to_be() -> None:
    (level,) = [
        one
        for one in vietnam().anniversaries(2028, "VNM")
        if one.parties == ("SGP", "VNM") and one.kind == "level-reached"
    ]
    assert (level.n, level.current, level.standing) == (15, False, "as-last-recorded")
    assert level.notes == ("in force as last recorded", "a higher level is held by now")


def test_months_come_after_their_days_and_years_last() -> None:
    found = vietnam().anniversaries(2026, "VNM")
    shape = [(one.date.precision, one.date.latest.month) for one in found]
    months = [month for precision, month in shape if precision != "year"]
    assert months == sorted(months)
    years = [precision for precision, _ in shape if precision == "year"]
    assert shape[-len(years) :] == [("year", 12)] * len(years)
    for one, two in pairwise(found):
        if one.date.latest.month == two.date.latest.month and two.date.precision == "day":
            assert one.date.precision == "day"
            assert one.date.lo <= two.date.lo


def test_russias_partnership_of_three_possible_days_keeps_them() -> None:
    (level,) = [
        one
        for one in vietnam().anniversaries(2026, "VNM", multiples=25)
        if one.parties == ("RUS", "VNM") and one.kind == "level-reached"
    ]
    assert (level.start.text, level.date.text) == (
        "[2001-02-28..2001-03-02]",
        "[2026-02-28..2026-03-02]",
    )
    assert level.when == "between 28 February 2026 and 2 March 2026"
    assert not level.is_dated


def test_the_texts_are_vietnamese_when_asked() -> None:
    found = vietnam().anniversaries(2026, "Thái Lan", multiples=50, lang="vi")
    assert [str(one) for one in found] == [
        (
            "ngày 6 tháng 8 năm 2026: Kỷ niệm 50 năm ngày thiết lập quan hệ ngoại giao giữa "
            "Thái Lan và Việt Nam (theo ghi nhận gần nhất)"
        )
    ]
    assert found.title == "Ngày kỷ niệm của Thái Lan năm 2026"
    assert len(str(found).splitlines()) == 4


def test_two_sources_that_exclude_each_other_are_both_said() -> None:
    (one,) = [one for one in vietnam().anniversaries(2026, "VNM") if one.parties == ("ETH", "VNM")]
    assert [date.text for date in one.other_dates] == ["1976-03-23"]
    assert one.notes[-1] == "sources also give 23 March 1976"


def test_everybody_has_the_anniversaries_of_each() -> None:
    log = vietnam()
    all_of_it = {one.events[0].id for one in log.anniversaries(2026)}
    mine = {one.events[0].id for one in log.anniversaries(2026, "VNM")}
    assert mine <= all_of_it
    assert log.anniversaries(2026).title == "Anniversaries in 2026"


# --- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "date"),
    [
        ("1973-08-01", "2023-08-01"),
        ("1973-08", "2023-08"),
        ("1973", "2023"),
        ("1973-08?", "2023-08?"),
        ("1973~", "2023~"),
        ("[1973-08-01..1973-08-03]", "[2023-08-01..2023-08-03]"),
        ("1973-08-30/1973-09-02", "2023-08-30"),
        ("1972-02-29", "2023-02-28"),
        ("[1972-02-27..1972-02-29]", "[2023-02-27..2023-02-28]"),
        ("197X", None),
        ("19XX", None),
        ("[..1973]", None),
        ("[1973-12-31..1974-01-01]", None),
    ],
)
def test_no_date_becomes_more_exact(start: str, date: str | None) -> None:
    found = due_in(PartialDate(start), 2023)
    assert (found and found.date.text) == date
    if found is not None:
        assert found.n == 2023 - int(start.strip("[")[:4])
        assert found.moved is ("02-29" in start)


def test_the_29_february_is_itself_in_a_leap_year() -> None:
    found = due_in(PartialDate("1972-02-29"), 2024)
    assert found is not None
    assert (found.date.text, found.moved) == ("2024-02-29", False)


@pytest.mark.parametrize(
    ("start", "multiples", "may"),
    [("[..2020]", 5, True), ("[2019..2020]", 50, False), ("[1976..1977]", 50, True),
     ("202X", 1, True), ("[2027..2029]", 1, False)],
)  # fmt: skip
def test_an_open_year_may_have_an_anniversary(start: str, multiples: int, may: bool) -> None:
    assert may_be_due(PartialDate(start), 2026, multiples) is may


def test_an_open_year_is_listed_apart() -> None:
    event = ev.TiesEstablished(on="[1972..1973]", **BOTH)
    found = log_of(event).anniversaries(2023, multiples=50)
    assert told(found) == []
    assert found.left_out == (event,)
    assert str(found).endswith("the year is open, so not listed: 1 event")
    assert log_of(event).anniversaries(2020, multiples=50).left_out == ()


def test_the_29_february_is_said_to_be_moved() -> None:
    (one,) = log_of(ev.TiesEstablished(on="1972-02-29", **BOTH)).anniversaries(2022)
    assert (one.date.text, one.moved) == ("2022-02-28", True)
    assert one.notes[-1] == "29 February, kept on 28 February in a common year"


# --- what still stands ---------------------------------------------------------------------------


def test_broken_ties_have_no_anniversary_and_restored_ones_say_so() -> None:
    log = log_of(
        ev.TiesEstablished(on="1970-05-01", **BOTH),
        ev.TiesSevered(on="1980-05-01", **BOTH),
        ev.TiesRestored(on="1990-05-01", **BOTH),
    )
    assert told(log.anniversaries(1980)) == []  # broken off on that very day
    assert told(log.anniversaries(1975)) == [("1975-05-01", 5, "ties-established")]
    assert told(log.anniversaries(1985)) == []
    first, second = log.anniversaries(2000)
    assert (first.kind, first.n, first.unbroken) == ("ties-established", 30, False)
    assert (second.kind, second.n, second.unbroken) == ("ties-restored", 10, True)
    assert first.notes[-1] == "interrupted since then"
    assert second.text.startswith("10th anniversary of the restoration")


def test_an_account_of_ties_that_stand_already_begins_nothing() -> None:
    log = log_of(
        ev.TiesEstablished(on="1970-05-01", **BOTH), ev.TiesEstablished(on="1971-05-01", **BOTH)
    )
    assert told(log.anniversaries(1976)) == []


def test_whether_it_stands_can_be_open() -> None:
    log = log_of(
        ev.TiesEstablished(on="1970-05-01", **BOTH), ev.TiesSevered(on="[1974..1977]", **BOTH)
    )
    (one,) = log.anniversaries(1975)
    assert one.standing == "open"
    assert one.notes == ("the dates leave open whether it is still in force",)


def test_coverage_makes_it_certain() -> None:
    event = ev.TiesEstablished(on="1970-05-01", **BOTH)
    coverage = [dr.Coverage(track="ties", parties=["VNM"], until="1990")]
    log = log_of(event, coverage=coverage)
    assert [log.anniversaries(year)[0].standing for year in (1975, 2020)] == [
        "certain",
        "as-last-recorded",
    ]


def level(cls: Any, on: str, name: str | None, **more: Any) -> Any:
    return cls(on=on, level=name, ladder="VNM", **BOTH, **more)


def test_a_level_counts_while_it_or_a_higher_one_is_held() -> None:
    log = log_of(
        level(ev.LevelUpgraded, "2000-06-01", "low"),
        level(ev.LevelUpgraded, "2001-06-01", "high"),
        level(ev.LevelDowngraded, "2008-06-01", "mid"),
        level(ev.LevelDowngraded, "2013-06-01", None),
    )
    assert [(one.level, one.current) for one in log.anniversaries(2005)] == [("low", False)]
    assert [(one.level, one.current) for one in log.anniversaries(2006)] == [("high", True)]
    assert [(one.level, one.current) for one in log.anniversaries(2010)] == [("low", False)]
    assert told(log.anniversaries(2011)) == []  # no longer high
    assert told(log.anniversaries(2015)) == []


def test_a_level_without_a_rank_does_not_outlive_a_fall() -> None:
    log = log_of(
        level(ev.LevelUpgraded, "2000-06-01", "off"), level(ev.LevelDowngraded, "2003-06-01", "low")
    )
    assert told(log.anniversaries(2005)) == []


def test_a_list_has_no_anniversary_and_a_level_without_a_name_has() -> None:
    log = log_of(
        level(ev.LevelHeld, "2000-06-01", "low"),
        level(ev.LevelUpgraded, "2003-06-01", None, unnamed=True),
    )
    assert told(log.anniversaries(2005)) == []
    (one,) = log.anniversaries(2008)
    assert one.text == "5th anniversary of the Level not named between Singapore and Vietnam"


def test_whose_ladder_is_said_where_both_have_one() -> None:
    event = level(ev.LevelUpgraded, "2000-06-01", "low")
    log = dr.EventLog([event], at=AT, ladders=[VNM_LADDER, SGP_LADDER])
    (one,) = log.anniversaries(2005, "VNM")
    assert one.text == (
        "5th anniversary of the Partnership (ladder of Vietnam) between Vietnam and Singapore"
    )
    assert told(log.anniversaries(2005, "SGP")) == []  # it has a ladder of its own


def test_an_open_level_is_said_to_be_open() -> None:
    log = log_of(
        level(ev.LevelUpgraded, "2000-06-01", "low"),
        level(ev.LevelDowngraded, "[2004..2006]", None),
    )
    assert [one.standing for one in log.anniversaries(2005)] == ["open"]


def test_a_level_that_another_order_puts_elsewhere_can_be_missing() -> None:
    log = log_of(
        ev.TiesSevered(on="2004", **BOTH),
        level(ev.LevelUpgraded, "2000-06-01", "low"),
        level(ev.LevelUpgraded, "2010-06-01", "low"),
    )
    assert told(log.anniversaries(2005)) == []
    assert [one.n for one in log.anniversaries(2015)] == [5]


def signed(on: str, parties: tuple[str, ...] = ("SGP", "VNM"), **more: Any) -> Any:
    return ev.AgreementSigned(on=on, parties=parties, agreement="pact", sources=["s"], **more)


def test_an_agreement_counts_until_it_ends() -> None:
    log = log_of(
        signed("2000-06-01", fields=["trade"]),
        ev.AgreementInForce(on="2000-12", agreement="pact", **BOTH),
        ev.AgreementTerminated(on="2012-01-01", agreement="pact", **BOTH),
    )
    found = log.anniversaries(2010)
    assert told(found) == [
        ("2010-06-01", 10, "agreement-signed"),
        ("2010-12", 10, "agreement-in-force"),
    ]
    assert found[0].text == "10th anniversary of the signing of “trade” by Singapore and Vietnam"
    assert found[1].text.startswith("10th anniversary of the entry into force of “trade” for")
    assert found[1].when == "December 2010, day not known"
    assert {one.standing for one in found} == {"as-last-recorded"}
    assert told(log.anniversaries(2015)) == []
    assert told(log.anniversaries(2010, "IDN")) == []


def test_of_many_parties_those_that_left_make_it_broken() -> None:
    many = ("IDN", "MYS", "PHL", "SGP", "THA", "VNM")
    log = log_of(
        signed("2000-06-01", many, titles={"en": "The “Pact”"}),
        ev.AgreementLeft(on="2004-01-01", parties=["THA"], agreement="pact", sources=["s"]),
        coverage=[dr.Coverage(track="agreements", parties=["VNM"])],
    )
    (one,) = log.anniversaries(2005, "VNM")
    assert one.text == (
        "5th anniversary of the signing of “The ‘Pact’” by Vietnam, Indonesia, Malaysia and 3 "  # noqa: RUF001
        "others"
    )
    assert (one.unbroken, one.standing, one.parties) == (False, "certain", many)
    assert told(log.anniversaries(2005, "THA")) == []


def test_an_agreement_of_another_order_is_not_there_yet() -> None:
    late = ev.AgreementLeft(on="[2003..2006]", parties=["SGP"], agreement="pact", sources=["s"])
    (one,) = log_of(signed("2000-06-01"), late).anniversaries(2005)
    assert one.standing == "open"


# --- out of the library --------------------------------------------------------------------------


def test_a_calendar_is_read_back_by_another_program() -> None:
    found = vietnam().anniversaries(2026, "VNM", lang="vi")
    text = found.ical()
    calendar = Calendar.from_ical(text)
    events = [*calendar.walk("VEVENT")]
    dated = [one for one in found if one.is_dated]
    assert [event.decoded("DTSTART") for event in events] == [one.date.earliest for one in dated]
    assert [str(event["SUMMARY"]) for event in events] == [one.text for one in dated]
    assert len({str(event["UID"]) for event in events}) == len(dated)
    last = max(record.recorded for record in vietnam())
    assert {event.decoded("DTSTAMP") for event in events} == {last}
    for event, one in zip(events, dated, strict=True):
        assert event.decoded("DTEND") - event.decoded("DTSTART") == one.date.earliest.resolution
        assert str(event["DESCRIPTION"]).splitlines()[0] == f"Từ: {one.start.words('vi')}"
    said = str(calendar["X-WR-CALDESC"]).replace("\\,", ",")
    assert "5 chỉ rõ tháng, 5 chỉ rõ năm, 2 chỉ rõ khoảng thời gian, 0 chưa chắc" in said
    assert text == shipped("vietnam").anniversaries(2026, "VNM", lang="vi").ical()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


def test_both_languages_name_an_event_alike() -> None:
    one, two = (
        [str(event["UID"]) for event in Calendar.from_ical(
            vietnam().anniversaries(2026, "VNM", lang=lang).ical()
        ).walk("VEVENT")]
        for lang in ("en", "vi")
    )  # fmt: skip
    assert one == two


def test_a_calendar_in_which_nothing_is_left_out_does_not_say_so() -> None:
    log = log_of(ev.TiesEstablished(on="1973-08-01", **BOTH))
    text = log.anniversaries(2023).ical()
    assert "X-WR-CALDESC" not in text
    assert "DTSTAMP:20260101T000000Z" in text
    assert "X-WR-CALDESC" not in dr.EventLog().anniversaries(2023).ical()


def test_a_day_in_doubt_is_left_out_of_the_calendar() -> None:
    text = log_of(ev.TiesEstablished(on="1973-08-01?", **BOTH)).anniversaries(2023).ical()
    assert "VEVENT" not in text
    assert "1 whose day is in doubt" in text.replace("\r\n ", "")


def test_the_last_day_of_the_calendar_has_no_day_after() -> None:
    text = log_of(ev.TiesEstablished(on="1999-12-31", **BOTH)).anniversaries(9999).ical()
    assert "DTSTART;VALUE=DATE:99991231" in text
    assert "DTEND" not in text


def test_the_table_and_the_records_say_the_same() -> None:
    found = vietnam().anniversaries(2026, "VNM")
    table = found.table()
    for row, record in zip(table, found.to_records(), strict=True):
        for key in ("date", "precision", "n", "kind", "text", "start", "standing", "level"):
            assert row[key] == record[key]
    assert table.stamp["year"] == 2026
    assert table.title == "Anniversaries of Vietnam in 2026"


def test_they_travel_print_and_cite() -> None:
    found = vietnam().anniversaries(2026, "VNM", multiples=25)
    again = pickle.loads(pickle.dumps(found))  # noqa: S301  this process wrote it
    assert again == found
    assert again.ical() == found.ical()
    assert repr(again) == f"<Anniversaries of VNM in 2026: {len(found)} anniversaries>"
    assert repr(vietnam().anniversaries(2026)).startswith("<Anniversaries in 2026: ")
    assert repr(found[0]).startswith("<Anniversary 2026-01-10: 50th anniversary")
    assert str(again).startswith("Anniversaries of Vietnam in 2026\n\ndate")
    assert hash(again) == hash(found)
    assert len(vietnam().cite(found).sources) > 0
    assert vietnam().cite(found[0]).sources


@pytest.mark.parametrize(
    ("year", "more", "said"),
    [
        (0, {}, "year: expected a year"),
        ("2026", {}, "year: expected a year"),
        (True, {}, "year: expected a year"),
        (2026, {"multiples": 0}, "multiples: expected a whole number"),
        (2026, {"multiples": True}, "multiples: expected a whole number"),
        (2026, {"multiples": 2.5}, "multiples: expected a whole number"),
        (2026, {"lang": "fr"}, "lang: "),
    ],
)
def test_a_bad_question_is_refused(year: Any, more: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidQueryError, match=said):
        vietnam().anniversaries(year, **more)
