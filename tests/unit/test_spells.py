"""Spells and durations on the shipped streams, and on logs of a few events."""

from __future__ import annotations

import copy
import pickle
from math import inf
from typing import Any

import pytest
from pools import TWINNING, TownsTwinned

import diplorel as dr
from diplorel import events as ev
from diplorel.analysis.durations import Durations
from diplorel.analysis.spells import Bounds, Spells
from diplorel.model.ladders import Ladder, Level
from diplorel.model.parties import Party
from diplorel.model.reference import Coverage
from diplorel.tracks import LEVEL, TIES
from shipped_once import shipped

S = ["s"]
PAIR = ("SGP", "VNM")
NEVER = Party(id="ZZZ", names={"en": "Nowhere"})
LADDER = Ladder(
    party="VNM", levels=[Level(id="low", rank=1), Level(id="high", rank=2), Level(id="off")]
)


@pytest.fixture(scope="module")
def vietnam() -> dr.EventLog:
    return shipped("vietnam")


def log_of(*events: Any, coverage: Any = (), pair: tuple[str, str] = PAIR) -> dr.EventLog:
    return dr.EventLog(
        [
            cls(on=on, parties=pair, sources=S, **fields)
            for cls, on, fields in ((*one, {})[:3] for one in events)
        ],
        stream="a",
        at="2024-06-01T12:00:00Z",
        ladders=(LADDER,),
        parties=(NEVER,),
        coverage=coverage,
    )


def up(on: str, level: str, **more: Any) -> tuple[Any, str, dict[str, Any]]:
    return ev.LevelUpgraded, on, {"ladder": "VNM", "level": level, **more}


def told(spells: Any) -> list[tuple[str | None, str, str | None]]:
    return [(one.value, str(one.start), one.end and str(one.end)) for one in spells]


# --- shipped streams -----------------------------------------------------------------------------


def test_singapores_ladder_on_vietnams_side(vietnam: dr.EventLog) -> None:
    spells = vietnam.spells("level", "Vietnam", partner="Singapore", on="2025-12-31")
    assert [(one.value or one.below, str(one.start), one.known) for one in spells] == [
        (None, "1965-08-09", "unknown"),
        ("strategic", "2001-02-01", "unknown"),
        ("cooperation-framework", "2004-03", "as-last-recorded"),
        ("strategic", "2013-09-11", "known"),
        ("comprehensive-strategic", "2025-03-12", "known"),
    ]
    last = spells[-1]
    assert last.censored_on is not None
    assert last.censored_on.isoformat() == "2025-08-22"
    assert last.end_open
    assert last.days == (163, inf)
    assert spells[-2].ended_by == "level-upgraded/SGP-VNM/2025-03-12/VNM"


def test_the_end_of_a_party_ends_a_spell(vietnam: dr.EventLog) -> None:
    ties = vietnam.spells("ties", "VNM", partner="DDR")
    assert ties[-1].ended_by == "party-ended/DDR/1990-10-03"
    assert ties[-1].ended_by_type == "party-ended"
    assert ties[-1].value == "established"
    assert vietnam.spells("ties", "VNM", partner="DDR", on="1980")[-1].end_open
    assert vietnam.spells("ties", "VNM", partner="DDR", on="1930") == ()


def test_a_successors_ties_are_as_old_as_its_predecessors(vietnam: dr.EventLog) -> None:
    before, ties = vietnam.spells("ties", "VNM", partner="RUS", on="2025")
    assert str(ties.start) == "1950-01-30"
    assert ties.began_by is not None
    assert "SUN" in ties.began_by
    assert before.ended_by_type == "party-succeeded"


def test_posts_are_of_each_side(vietnam: dr.EventLog) -> None:
    posts = vietnam.spells("missions", "VNM", partner="USA", on="2025")
    assert [(one.side, one.value) for one in posts] == [
        ("USA", None), ("USA", "none"), ("USA", "embassy"),
        ("VNM", None), ("VNM", "none"), ("VNM", "embassy"),
    ]  # fmt: skip


def test_agreements_are_counted_where_one_is_in_force(vietnam: dr.EventLog) -> None:
    counted = vietnam.spells("agreements", "VNM", partner="USA", on="2025")
    assert counted[0].value is None
    assert all(one.value is None or int(one.value) > 0 for one in counted)
    assert any(one.value for one in counted)
    every = vietnam.spells("agreements", "VNM", on="2025")
    assert {one.parties for one in counted} < {one.parties for one in every}


# --- small logs ----------------------------------------------------------------------------------


def test_a_severance_without_a_beginning_gives_a_spell_with_an_open_start() -> None:
    spells = log_of((ev.TiesSevered, "1980-01-01")).spells("ties", on="2000-01-01")
    held = spells[1]
    assert (held.value, held.start_open, held.first, held.last) == ("established", True, None, None)
    assert held.ended_by == "ties-severed/SGP-VNM/1980-01-01"
    assert held.start.latest.isoformat() == "1980-01-01"
    assert str(held.start) == "[1965-08-09..1980-01-01]"
    assert "before 1980-01-01" in str(held)
    assert [one.value for one in spells] == [None, "established", "severed"]


def test_ties_within_one_day_or_one_year_are_spells_that_no_day_shows() -> None:
    day = log_of((ev.TiesEstablished, "1980"), (ev.TiesSevered, "1980"))
    spells = day.spells("ties", on="2000-01-01")
    assert told(spells)[1:] == [("established", "1980", "1980"), ("severed", "1980", None)]
    assert spells[1].last is None
    assert [*spells[1].days] == [0, 365]


def test_ties_broken_and_restored_within_a_year_are_two_spells() -> None:
    log = log_of(
        (ev.TiesEstablished, "1970-01-01"), (ev.TiesSevered, "1980"), (ev.TiesRestored, "1980")
    )
    spells = log.spells("ties", on="2000-01-01")
    assert told(spells)[1:] == [
        ("established", "1970-01-01", "1980"),
        ("established", "1980", None),
    ]


def test_what_no_relation_shows_is_known_where_a_stream_vouches_for_it() -> None:
    covered = Coverage(track="ties", parties=("VNM",))
    log = log_of((ev.TiesEstablished, "1980"), (ev.TiesSevered, "1980"), coverage=(covered,))
    assert [(one.value, one.known) for one in log.spells("ties", on="2000-01-01")] == [
        ("none", "known"), ("established", "known"), ("severed", "known"),
    ]  # fmt: skip


def test_ties_begun_with_a_party_that_is_gone_go_on_outside_the_common_life() -> None:
    log = log_of((ev.TiesEstablished, "1999-01-01"), pair=("DDR", "VNM"))
    last = log.spells("ties", on="2000-01-01")[-1]
    assert (last.value, last.last, last.end_open) == ("established", None, True)
    assert last.days[0] == 365


def test_a_level_before_the_first_one_recorded_has_an_open_start() -> None:
    log = log_of(up("1990-01-01", "high", previous="low"))
    spells = [one for one in log.spells("level", on="2000-01-01") if one.value]
    assert [(one.value, one.start_open) for one in spells] == [("low", True), ("high", False)]


def test_levels_passed_within_a_year_and_given_up_are_not_lost() -> None:
    down = (ev.LevelDowngraded, "1995-01-01", {"ladder": "VNM"})
    log = log_of(up("1990", "low"), up("1990", "high", nth=2), down)
    assert told(log.spells("level", on="2000-01-01"))[1:] == [
        ("low", "1990", "1990"), ("high", "1990", "1995-01-01"), ("ended", "1995-01-01", None),
    ]  # fmt: skip
    again = log_of(up("1990-01-01", "low"), down, up("1995-01-01", "high"))
    assert told(again.spells("level", on="2000-01-01"))[1:] == [
        ("low", "1990-01-01", "1995-01-01"), ("high", "1995-01-01", None),
    ]  # fmt: skip
    gone = log_of(down, up("1997-01-01", "low")).spells("level", on="2000-01-01")
    assert [one.value for one in gone] == [None, "low"]


def test_the_beginning_of_a_party_that_nobody_knows_is_open() -> None:
    log = log_of((ev.TiesEstablished, "1970-01-01"), pair=("YYY", "ZZZ"))
    first, held = log.spells("ties", on="2000-01-01")
    assert (first.start_open, first.start.earliest, first.first) == (True, None, None)
    assert first.days == (1, inf)
    assert str(first.start).startswith("[..")
    assert held.value == "established"
    unbounded = log_of((ev.TiesEstablished, "[..1970-01-01]"), pair=("YYY", "ZZZ"))
    assert unbounded.spells("ties", on="2000-01-01")[1].start_open


def test_a_list_of_a_day_bounds_the_start() -> None:
    held = (ev.LevelHeld, "1990-01-01", {"ladder": "VNM", "level": "low"})
    last = log_of(held).spells("level", on="2000-01-01")[-1]
    assert last.start_open
    assert last.start.earliest is not None
    assert last.start.earliest.isoformat() == "1965-08-09"


def test_what_dates_leave_open_at_the_end_is_undecided() -> None:
    log = log_of(up("1990-01-01", "low"), up("1999", "high"))
    last = log.spells("level", on="1999-06-01")[-1]
    assert (last.value, last.known, str(last.censored_on)) == (
        "low", "as-last-recorded", "1998-12-31",
    )  # fmt: skip
    open_ = log_of(up("1990", "low"), up("1990", "off", nth=2)).spells("level", on="1995")
    assert open_[-1].known == "undecided"
    assert str(log_of(up("1990", "low")).spells("level", on="1990-06-01")[0].censored_on)


def test_a_track_of_ones_own_is_read_by_a_function() -> None:
    log = log_of((TownsTwinned, "1994", {"towns": ("a", "b")}))

    def number(state: Any) -> str | None:
        return None if state.pairs is None else str(len(state.pairs))

    mine = log.spells(TWINNING, value=number, on="2000-01-01")
    assert told(mine) == [(None, "1965-08-09", "1994"), ("1", "1994", None)]
    assert mine == log.spells("twinning", tracks=[TWINNING], value=number, on="2000-01-01")
    ties = log.spells(TIES, "VNM", partner="SGP", value=lambda state: "x", on="2000-01-01")
    assert [one.value for one in ties] == [None]


def test_a_value_of_ones_own_for_a_standard_track(vietnam: dr.EventLog) -> None:
    def any_level(state: Any) -> str:
        return "some" if any(one.level for one in state.ladders) else "none"

    spells = vietnam.spells(LEVEL, "VNM", partner="SGP", value=any_level, on="2025")
    assert [one.value for one in spells] == [None, "some"]
    assert str(spells[0].end) == "2004-03"


def test_an_empty_log_has_none() -> None:
    empty = dr.EventLog()
    assert empty.spells("ties") == ()
    assert empty.durations(event="ties") == ()
    assert empty.spells("ties").on is None


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda log: log.spells("visits"), "value="),
        (lambda log: log.spells("groups", value=str), "not about dyads"),
        (lambda log: log.spells("ties", value=3), "expected a function"),
        (lambda log: log.spells("ties", partner="SGP"), "party="),
        (lambda log: log.view(dates="earliest").spells("ties"), "earliest"),
        (lambda log: log.durations(event="level"), "('level', 'strategic')"),
        (lambda log: log.durations(event=("level", "nothing")), "no ladder"),
        (lambda log: log.durations("VNM", event=("level", "off")), "no rank"),
        (lambda log: log.durations(event="ties", censor="never"), "censor"),
        (lambda log: log.durations(event="ties", zero="x"), "zero"),
    ],
)
def test_a_bad_question_says_what_to_do(ask: Any, said: str) -> None:
    with pytest.raises(
        dr.errors.InvalidQueryError, match=said.replace("(", r"\(").replace(")", r"\)")
    ):
        ask(log_of(up("1990", "low")))


def test_unknown_tracks_levels_and_days_are_refused() -> None:
    log = log_of(up("1990", "low"))
    with pytest.raises(dr.errors.UnknownTrackError):
        log.spells("tie")
    with pytest.raises(dr.errors.UnknownLevelError):
        log.durations("VNM", event=("level", "lower"))
    with pytest.raises(dr.errors.InvalidDateError):
        log.durations(event="ties", entry=None)  # type: ignore[arg-type]  # on purpose
    with pytest.raises(dr.errors.InvalidDateError):
        log.durations(event="ties", entry="soon")


# --- durations -----------------------------------------------------------------------------------

HIGH = ("level", "high")
TIES_1970 = (ev.TiesEstablished, "1970-01-01")


def test_both_ends_are_intervals() -> None:
    log = log_of((ev.TiesEstablished, "1970"), up("1971-02", "high"))
    (row,) = log.durations(event=HIGH, on="2000-01-01")
    assert (row.t_lower, row.t_upper, row.t, row.event) == (32.0, 423.0, 227.5, True)
    assert row.ended_by == "level-upgraded/SGP-VNM/1971-02/VNM"
    assert "423" in str(row)


def test_coverage_decides_when_observation_begins_and_ends() -> None:
    covered = Coverage(
        track="level", parties=("VNM",), since="1980-01-01", until="1990-01-01", at_least="high"
    )
    log = log_of(TIES_1970, coverage=(covered,))
    (row,) = log.durations(event=HIGH, on="2000-01-01")
    assert (row.entry, row.t_lower, row.t_upper, row.known) == (3652.0, 7305.0, inf, "known")
    (whole,) = log.durations(event=HIGH, entry="start", censor="asked", on="2000-01-01")
    assert (whole.entry, whole.t_lower, whole.known) == (0.0, 10957.0, "as-last-recorded")
    (given,) = log.durations(event=HIGH, entry="1985", on="2000-01-01")
    assert given.entry == 5479.0
    late = log_of(TIES_1970, up("1995-01-01", "high"), coverage=(covered,))
    assert not late.durations(event=HIGH, on="2000-01-01")[0].event
    early = log_of(TIES_1970, up("1975-01-01", "high"), coverage=(covered,))
    assert early.durations(event=HIGH, on="2000-01-01").left_out == (
        (PAIR, "VNM", "event-before-entry"),
    )
    open_ = Coverage(track="ties", parties=("VNM",))
    ties = log_of(up("1960-01-01", "low"), TIES_1970, coverage=(open_,))
    assert ties.durations(start=("level", "low"), event="ties", on="2000-01-01")[0].entry == 0


def test_an_event_that_may_have_come_by_the_last_day_censors_before_it() -> None:
    log = log_of(TIES_1970, up("1975", "high"))
    (row,) = log.durations(event=HIGH, on="1975-06-01")
    assert str(row.censored_on) == "1974-12-31"
    covered = Coverage(track="level", parties=("VNM",), until="1975-06-01")
    (other,) = log_of(TIES_1970, up("1975", "high"), coverage=(covered,)).durations(
        event=HIGH, on="2000"
    )
    assert (str(other.censored_on), other.event) == ("1974-12-31", False)


def test_a_party_that_ends_is_censored() -> None:
    log = log_of(TIES_1970, pair=("DDR", "VNM"))
    (row,) = log.durations(event=HIGH, on="2000-01-01")
    assert row.ended_by == "party-ended/DDR/1990-10-03"
    assert str(row.censored_on) == "1990-10-02"


@pytest.mark.parametrize(
    ("zero", "lower"), [("half-day", [0.5]), ("keep", [0.0]), ("leave-out", [])]
)
def test_a_duration_of_no_days(zero: Any, lower: list[float]) -> None:
    log = log_of(TIES_1970, up("1970-01-01", "high"))
    rows = log.durations(event=HIGH, zero=zero, on="2000-01-01")
    assert [row.t_lower for row in rows] == lower
    assert [reason for *_, reason in rows.left_out] == [] if lower else ["zero-length"]


def test_what_cannot_be_used_is_left_out_with_the_reason() -> None:
    before = log_of(up("1960-01-01", "high"), TIES_1970)
    assert before.durations(event=HIGH, on="2000").left_out[0][2] == "event-before-start"
    severed = log_of((ev.TiesSevered, "1980-01-01"), pair=("YYY", "ZZZ"))
    rows = severed.durations(event="ties", on="2000")
    assert rows.left_out == ((("YYY", "ZZZ"), None, "start-not-recorded"),)
    assert "left out: 1 (no day bounds its beginning)" in str(rows)
    assert log_of(TIES_1970).durations(event=HIGH, on="1970-01-01").left_out[0][2] == "not-observed"
    none = log_of(up("1990", "low"))
    assert none.durations(event=HIGH) == ()
    assert none.durations("SGP", event="ties").left_out == ()


def test_levels_without_a_rank_are_not_reached() -> None:
    (row,) = log_of(TIES_1970, up("1980", "off")).durations(event=("level", "low"), on="2000")
    assert not row.event


# --- as answers ----------------------------------------------------------------------------------


def test_they_leave_as_tables_and_travel(vietnam: dr.EventLog) -> None:
    spells = vietnam.spells("ties", "VNM", on="2025")
    rows = vietnam.durations("VNM", event=("level", "strategic"), on="2025")
    for answer in (spells, rows):
        again = pickle.loads(pickle.dumps(answer))  # noqa: S301  this process wrote it
        assert again == answer == copy.deepcopy(answer)
        assert again.table() == answer.table()
        assert str(again) == str(answer)
        assert len(answer.table()) == len(answer)
    assert rows.table().stamp["left_out"] == {
        reason: sum(one == reason for *_, one in rows.left_out)
        for reason in {one for *_, one in rows.left_out}
    }
    assert spells.table().stamp["on"] == "2025-12-31"
    assert str(spells.on) == "2025-12-31"
    assert spells.table()["days_upper"][0] == spells[0].days[1]
    assert pickle.loads(pickle.dumps(rows)).left_out == rows.left_out  # noqa: S301  likewise


def test_the_table_of_durations_has_what_each_says() -> None:
    log = log_of(TIES_1970, up("1980", "low"), up("1990-05", "high"))
    for rows in (
        log.durations(event=HIGH, on="2000-01-01"),
        log.durations(event=("level", "low"), on="1975-01-01"),
        log.durations(event=HIGH, entry="1985", on="2000-01-01"),
    ):
        table = rows.table()
        for name in (
            "side", "t_lower", "t_upper", "event", "entry", "t", "start_open", "censored_on",
            "ended_by", "known",
        ):  # fmt: skip
            assert list(table[name]) == [getattr(one, name) for one in rows], name
        assert [*zip(table["party_a"], table["party_b"], strict=True)] == [
            one.parties for one in rows
        ]
        for name in ("start", "reached"):
            bounds = [getattr(one, name) for one in rows]
            assert list(table[name]) == [one and one.text for one in bounds]
            assert list(table[f"{name}_earliest"]) == [one and one.earliest for one in bounds]
            assert list(table[f"{name}_latest"]) == [one and one.latest for one in bounds]
        assert table.title == "Durations"
        assert table.stamp["left_out"] == {}
        assert str(table.stamp["on"]) in {"2000-01-01", "1975-01-01"}


def test_they_print() -> None:
    assert repr(Spells()) == "<Spells: 0 spells of 0 dyads>"
    assert repr(Durations()) == "<Durations: 0 rows, 0 events>"
    log = log_of(TIES_1970)
    assert repr(log.spells("ties")[1]).startswith("<Spell SGP-VNM established 1970-01-01")
    (row,) = log.durations(event=HIGH, on="2000-01-01")
    assert repr(row) == "<Duration SGP-VNM (VNM) 10957 inf no>"
    assert str(Bounds(None, 735112, 735112)) == "2013-09-01"


def test_what_a_succession_leaves_open_puts_no_earlier_beginning_in_doubt(
    vietnam: dr.EventLog,
) -> None:
    top = ("level", "comprehensive-strategic")
    days = vietnam.durations("VNM", start="ties", event=top, on="2025-12-31")
    assert (("SUN", "VNM"), "VNM", "not-observed") in days.left_out
