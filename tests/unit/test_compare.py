"""Comparisons with others' data: joins that go wrong are reported, ours is unknown where it is."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pools import TWINNING

import diplorel as dr
from diplorel import events as ev
from diplorel.analysis.frames import plain
from diplorel.analysis.panel_comparison import Agreement
from diplorel.errors import InvalidQueryError, MissingKeyError
from diplorel.model.table import Table
from diplorel.tracks.columns import StateColumn
from shipped_once import shipped

S = ("s",)
PAIR = ("SGP", "VNM")
COW = {"cow_a": "a", "cow_b": "b", "year": "year"}
NAMES = {"party_a": "a", "party_b": "b", "year": "year"}
MIDNIGHT = datetime.fromisoformat("2020-01-02")
LATER = datetime.fromisoformat("2020-01-02T03:00:00")
LADDER = dr.Ladder(party="VNM", levels=[dr.Level(id="low", rank=1), dr.Level(id="high", rank=2)])


def log_of(*events: ev.Event, **more: Any) -> dr.EventLog:
    return dr.EventLog(events, at="2026-01-01T00:00:00Z", ladders=[LADDER], **more)


@pytest.fixture(scope="module")
def log() -> dr.EventLog:
    return log_of(
        ev.TiesEstablished(on="1973-08-01", parties=PAIR, sources=S),
        ev.TiesEstablished(on="1950", parties=("CHN", "VNM"), sources=S),
        ev.TiesEstablished(on="1995-07-12", parties=("USA", "VNM"), sources=S),
        ev.TiesEstablished(on="1990-03-21", parties=("NAM", "VNM"), sources=S),
        ev.MissionOpened(on="1991", sender="VNM", receiver="SGP", sources=S),
        ev.MissionOpened(on="1992", sender="SGP", receiver="VNM", sources=S),
        ev.EnvoyAccredited(on="1993", sender="VNM", receiver="SGP", name="X", sources=S),
        ev.VisitMade(on="1994-05", visitor="SGP", host="VNM", sources=S),
        ev.VisitMade(on="1995-05", visitor="SGP", host="VNM", sources=S),
        ev.VisitMade(on="1995-06", visitor="VNM", host="SGP", sources=S),
        ev.LevelUpgraded(on="2013-09-11", parties=PAIR, ladder="VNM", level="low", sources=S),
        coverage=[dr.Coverage(track="level", parties=["VNM"], since="1980")],
    )


@pytest.fixture(scope="module")
def panel(log: dr.EventLog) -> Table:
    return log.panel("VNM", years=(1989, 2014))


def ties(log: dr.EventLog, panel: Table, rows: Any, **how: Any) -> Any:
    how = {"on": COW, "columns": {"ties": "t"}, **how}
    return log.compare(panel, rows, **how)


def reasons(found: Any) -> list[tuple[str, str]]:
    return [(one.reason, one.hint) for one in found.only_theirs]


# --- tables of others ----------------------------------------------------------------------------


def test_every_sort_of_frame_is_read_alike(log: dr.EventLog, panel: Table) -> None:
    columns = {
        "a": [816, 830, 816],
        "b": [830.0, 816.0, 710.0],
        "year": ["1990", "1991", "1992"],
        "t": ["established", "none", None],
    }
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    first = ties(log, panel, rows)
    assert first["ties"].outcomes["same"] == first["ties"].outcomes["different"] == 1
    assert first["ties"].outcomes["theirs-missing"] == 1
    frame = pd.DataFrame(columns)
    for other in (
        tuple(rows),
        columns,
        frame,
        frame.convert_dtypes(),
        pl.DataFrame(columns),
        pa.table(columns),
    ):
        found = ties(log, panel, other)
        assert found.cells == first.cells
        assert found == ties(log, panel, other)
    own = log.compare(panel, panel, on={"cow_a": "cow_a", "cow_b": "cow_b", "year": "year"},
                      columns={"ties": "ties"})  # fmt: skip
    assert own["ties"].share == 1
    assert log.compare(
        panel, own.differences, on={"party_a": "party_a", "party_b": "party_b", "year": "year"},
        columns={"ties": "theirs"},
    ).rows["theirs"] == 0  # fmt: skip


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.int64(3), 3), (np.float64("nan"), None), (pd.NA, None), (pd.NaT, None), (" x ", "x"),
        ("1.0", 1), ("-9", -9), (float("inf"), float("inf")), (MIDNIGHT, "2020-01-02"),
        (pd.Timestamp("2020-01-02"), "2020-01-02"), (LATER, "2020-01-02T03:00:00"),
        (date(2020, 1, 2), "2020-01-02"), (False, 0), ("  ", None), ((1, 2), "(1, 2)"),
    ],
)  # fmt: skip
def test_values_of_other_libraries_become_plain(value: Any, expected: Any) -> None:
    assert plain(value) == expected


def test_columns_may_hold_anything(log: dr.EventLog, panel: Table) -> None:
    found = ties(log, panel, [{"a": 816, "b": 830, "year": 1990, "t": ["established"]}])
    assert found.differences[0].theirs == "['established']"


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ("x", "a list of dicts"),
        (3, "a list of dicts"),
        ([1], "a list of dicts"),
        (pl.LazyFrame({"a": [1]}), "collect"),
        ({"a": [1], "b": [1, 2]}, "different lengths: a 1, b 2"),
        (pd.DataFrame({"A": [1], "b": [1], "year": [1]}), "no column 'a'"),
        (pd.DataFrame([[1, 2, 3, 4]], columns=["a", "a", "b", "year"]), "several columns"),
        (type("Odd", (dict,), {"columns": ["a", "b", "year"]})(), "no column 'a'"),
    ],
)
def test_what_is_no_table_is_refused(log: dr.EventLog, panel: Table, frame: Any, said: str) -> None:
    with pytest.raises(InvalidQueryError, match=said):
        ties(log, panel, frame)


def test_a_frame_whose_columns_give_no_list_is_refused(log: dr.EventLog, panel: Table) -> None:
    class Relation:
        columns = ("a", "b", "year", "t")

        def __getitem__(self, name: str) -> object:
            return object()

    with pytest.raises(InvalidQueryError, match="Relation give no lists"):
        ties(log, panel, Relation())


# --- joins that go wrong -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        (817, 1990, "code-not-in-use: until 1975-04-30: on 1990-12-31, VNM has 816"),
        (260, 1990, "code-not-in-use: on 1990-12-31, DEU has 255"),
        (678, 1991, "code-not-in-use: on 1991-12-31, YEM has 679"),
        (680, 1991, "code-not-in-use: on 1991-12-31, YEM has 679"),
        (860, 2000, "code-not-in-use: cow 860 was used for TLS from 2002-09-27"),
        (999, 1990, "unknown-code: no party ever had the cow code 999"),
        (2.5, 1990, "unknown-code: no party ever had the cow code 2.5"),
        (816, 1990, "same-party: "),
        (2, 1980, "other-time: "),
        (2, None, "missing-key: "),
        (None, 1990, "missing-key: "),
    ],
)
def test_a_row_that_matches_nothing_is_listed_with_the_reason(
    log: dr.EventLog, panel: Table, code: Any, year: Any, expected: str
) -> None:
    found = ties(log, panel, [{"a": 816, "b": code, "year": year, "t": "none"}])
    reason, hint = expected.split(": ", 1)
    ((said, more),) = reasons(found)
    assert said == reason
    assert hint in more
    assert found.rows["theirs_matched"] == 0
    assert found["ties"].share is None
    assert found["ties"].kappa is None
    assert reason in str(found)


def test_a_code_of_a_successor_is_offered() -> None:
    vietnam = shipped("vietnam")
    panel = vietnam.panel("VNM", years=(1995, 1995))
    found = ties(vietnam, panel, [{"a": 816, "b": 315, "year": 1995, "t": "none"}])
    ((_, hint),) = reasons(found)
    assert hint.endswith("on 1995-12-31, CZE has 316, SVK has 317")


def test_names_are_read_as_of_the_year(log: dr.EventLog, panel: Table) -> None:
    rows = [
        {"a": "Viet Nam", "b": "NA", "year": 1990, "t": "established"},
        {"a": "vn", "b": None, "year": 1991, "t": "established"},
        {"a": "VNM", "b": "Untied States", "year": 1991, "t": "established"},
        {"a": "VNM", "b": 2, "year": 1991, "t": "established"},
        {"a": "USA", "b": "CHN", "year": 1991, "t": "established"},
        {"a": "VNM", "b": "DDR", "year": 1991, "t": "established"},
        {"a": "VNM", "b": "EU", "year": 1991, "t": "established"},
    ]
    found = ties(log, panel, rows, on=NAMES)
    assert found["ties"].same == 1
    assert [one for one, _ in reasons(found)] == [
        "missing-key", "unknown-code", "unknown-code", "other-pair", "not-alive", "other-pair",
    ]  # fmt: skip
    hints = [hint for _, hint in reasons(found)]
    assert "keep_default_na=False" in hints[0]
    assert "'United States'" in hints[1]
    assert "cow_a" in hints[2]
    assert hints[4] == "one of them did not live on 1991-12-31"
    assert str(found.only_theirs).startswith("row 1 (vn, missing, 1991): missing-key: if it was NA")
    assert list(found.only_theirs.table()["b"])[:2] == [None, "Untied States"]


def test_a_code_of_two_parties_in_one_year_is_not_guessed(log: dr.EventLog) -> None:
    panel = log.panel("VNM", years=(1991, 1991), alive="any")
    found = ties(log, panel, [{"a": 816, "b": 365, "year": 1991, "t": "none"}])
    assert reasons(found) == [("several", "give ids, or a panel of days")]
    assert found.rows["ours_set_aside"] == 2
    ends = log.panel("VNM", years=(1991, 1991))
    assert ties(log, ends, [{"a": 816, "b": 365, "year": 1991, "t": "x"}]).rows["ours_matched"] == 1


def test_rows_twice_are_set_aside_and_both_orders_are_reported(
    log: dr.EventLog, panel: Table
) -> None:
    rows = [
        {"a": 816, "b": 830, "year": 1990, "t": "established"},
        {"a": 816, "b": 830, "year": 1990, "t": "none"},
        {"a": 816, "b": 710, "year": 1990, "t": "established"},
        {"a": 710, "b": 816, "year": 1990, "t": "none"},
    ]
    found = ties(log, panel, rows)
    assert reasons(found) == [("twice", "2 times")] * 2
    assert found.rows["ours_set_aside"] == 1
    assert (found["ties"].same, found["ties"].compared) == (1, 2)
    (note,) = found.notes
    assert note.startswith("in 1 case, your table has a pair and time in both orders")
    assert note in str(found)


def test_the_side_of_the_panels_one_party_may_be_left_out(log: dr.EventLog, panel: Table) -> None:
    rows = [{"b": "SG", "year": 1990, "t": "established"}]
    found = ties(log, panel, rows, on={"party_b": "b", "year": "year"})
    assert found["ties"].same == 1
    assert found.only_ours.names == ("party_a", "party_b", "year", "on")


# --- what is compared ----------------------------------------------------------------------------


def test_what_ours_leave_open_or_do_not_know_is_not_compared() -> None:
    log = log_of(
        ev.TiesEstablished(on="1990", parties=PAIR, sources=S),
        ev.TiesEstablished(on="1939-01-01", parties=("CSK", "USA"), sources=S),
    )
    panel = log.panel(years=(1940, 1940), columns=["ties"])
    rows = [
        {"a": "CSK", "b": "USA", "year": 1940, "t": "none"},
        {"a": "FRA", "b": "USA", "year": 1940, "t": "none"},
    ]
    found = ties(log, panel, rows, on=NAMES)
    assert [cell["outcome"] for cell in found.cells] == ["contested", "unknown"]
    middle = log.panel("VNM", years=(1990, 1990), at="06-30", columns=["ties"])
    open_ = ties(log, middle, [{"a": "VNM", "b": "SG", "year": 1990, "t": "none"}], on=NAMES)
    assert open_["ties"].outcomes["undecided"] == 1
    assert not open_.differences
    early = log.view(dates="earliest")
    sure = ties(early, early.panel("VNM", years=(1991, 1991)),
                [{"a": "VNM", "b": "SG", "year": 1991, "t": "none"}], on=NAMES)  # fmt: skip
    assert [one.events[0].id for one in sure.differences] == ["ties-established/SGP-VNM/1990"]


def test_events_behind_are_those_of_the_side_and_the_time(log: dr.EventLog, panel: Table) -> None:
    row = {"a": "SGP", "b": "VNM", "year": 1995, "n": 9}
    names = ("posts_ab", "posts_ba", "visits_ab", "visits_ba", "level_b")
    columns = dict.fromkeys(names, "n")
    found = log.compare(panel, [{**row}, {**row, "year": 2014}], on=NAMES, columns=columns)
    behind = {
        (one.time[0], one.column): [event.id for event in one.events] for one in found.differences
    }
    assert behind == {
        (1995, "posts_ab"): ["mission-opened/SGP-VNM/1992/embassy"],
        (1995, "posts_ba"): ["mission-opened/VNM-SGP/1991/embassy"],
        (1995, "visits_ab"): ["visit-made/SGP-VNM/1995-05"],
        (1995, "visits_ba"): ["visit-made/VNM-SGP/1995-06"],
        (1995, "level_b"): [],
        (2014, "posts_ab"): ["mission-opened/SGP-VNM/1992/embassy"],
        (2014, "posts_ba"): ["mission-opened/VNM-SGP/1991/embassy"],
        (2014, "level_b"): ["level-upgraded/SGP-VNM/2013-09-11/VNM"],
    }
    none = next(one for one in found.differences if one.column == "level_b")
    assert (none.ours, none.known) == ("none", "known")
    assert "no event" in str(none)
    assert {event.id for event in found.evidence} == {id for ids in behind.values() for id in ids}
    table = found.differences.table()
    assert list(table["events"]) == [len(one.events) for one in found.differences]
    assert "level-upgraded" in str(found.differences)


def test_months_and_days(log: dr.EventLog) -> None:
    months = log.panel("VNM", years=(1995, 1995), unit="dyad-month", columns=["ties", "visits"])
    rows = [
        {"a": 816, "b": 830, "year": 1995, "month": month, "t": "none", "v": 0} for month in (5, 6)
    ]
    found = log.compare(months, rows, on={**COW, "month": "month"},
                        columns={"visits_ba": "v", "ties": "t"})  # fmt: skip
    assert [(one.time, one.column) for one in found.differences] == [
        ((1995, 5), "visits_ba"), ((1995, 5), "ties"), ((1995, 6), "ties"),
    ]  # fmt: skip
    assert found.differences[0].events[0].id == "visit-made/SGP-VNM/1995-05"
    days = log.panel("VNM", years=(1995, 1995), unit="dyad-day", columns=["ties", "visits"])
    on = {"cow_a": "a", "cow_b": "b", "on": "day"}
    day = [{"a": 816, "b": 2, "day": one, "t": "none"} for one in ("1995-07-11", date(1995, 7, 12))]
    found = log.compare(days, day, on=on, columns={"ties": "t"})
    assert [one.time for one in found.differences] == [("1995-07-12",)]
    assert found.differences.table().names[3] == "on"
    assert found.cells["on"][1] == "1995-07-12"
    visit = [{"a": 816, "b": 830, "day": "1995-05-03", "v": 3}]
    assert not log.compare(days, visit, on=on, columns={"visits_ba": "v"}).differences


def test_values_say_ours_in_their_words(log: dr.EventLog, panel: Table) -> None:
    rows = [
        {"a": 816, "b": 830, "year": 1990, "t": "1"},
        {"a": 816, "b": 710, "year": 1990, "t": 0.0},
        {"a": 816, "b": 710, "year": 1991, "t": -9},
        {"a": 816, "b": 830, "year": 1991, "t": 7},
    ]
    words = {"ties": {"established": 1, "none": 0}}
    found = ties(log, panel, rows, values=words, missing=["-9"])
    assert found["ties"].crossing == {("1", "0"): 1, ("1", "1"): 1, ("1", "7"): 1}
    assert [(one.ours, one.ours_as, one.theirs) for one in found.differences] == [
        ("established", "1", "0"), ("established", "1", "7"),
    ]  # fmt: skip
    (note,) = found.notes
    assert "'7' (1)" in note
    with pytest.raises(InvalidQueryError, match="ties: 'established'"):
        ties(log, panel, rows, values={"ties": {"none": 0}})
    unsaid = ties(log, panel, rows, values={"ties": lambda _: None})
    assert unsaid["ties"].outcomes["unknown"] == 4
    (note,) = ties(log, panel, rows).notes
    assert "values=" in note


def test_none_of_a_level_can_be_said_in_their_words(log: dr.EventLog, panel: Table) -> None:
    rows = [{"a": 816, "b": 830, "year": year, "t": 0} for year in (1990, 2014)]
    found = log.compare(panel, rows, on=COW, columns={"level_a": "t"},
                        values={"level_a": {"none": 0, "low": 1}})  # fmt: skip
    assert found["level_a"].crossing == {("0", "0"): 1, ("1", "0"): 1}


def test_kappa_is_the_agreement_beyond_chance() -> None:
    crossing = {("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}
    one = Agreement(column="ties", theirs="t", outcomes={"same": 35, "different": 15},
                    crossing=crossing)  # fmt: skip
    assert (one.same, one.compared, one.share) == (35, 50, Fraction(7, 10))
    assert one.kappa == pytest.approx(0.4)  # the worked example of Cohen's kappa
    assert str(one).splitlines()[2:] == [
        "ties \\ t   n   y",
        "n         15  10",
        "y          5  20",
    ]
    same = Agreement(column="t", theirs="t", outcomes={"same": 3, "different": 0},
                     crossing={("y", "y"): 3})  # fmt: skip
    assert same.share == 1
    assert same.kappa is None


def test_numbers_are_summed_up_beside_ours(log: dr.EventLog, panel: Table) -> None:
    rows = [
        {"a": 830, "b": 816, "year": year, "agree": agree}
        for year, agree in ((1990, 0.5), (1991, 0.75), (2013, 1), (2014, None))
    ]
    found = log.compare(panel, rows, on=COW, beside={"level_b": "agree"})
    assert [tuple(row.values()) for row in found.beside] == [
        ("level_b", "agree", "low", "known", 1, 1, 1.0, 1.0, 1.0, 1.0),
        ("level_b", "agree", "none", "known", 2, 0, 0.625, 0.625, 0.5, 0.75),
    ]
    assert (len(found), repr(found)) == (0, "<PanelComparison: no column>")
    with pytest.raises(InvalidQueryError, match="expected numbers in 'agree', got 'high' in row 0"):
        log.compare(panel, [{**rows[0], "agree": "high"}], on=COW, beside={"level_b": "agree"})


def test_columns_of_a_track_of_your_own() -> None:
    from pools import TownsTwinned  # noqa: PLC0415  beside its track

    column: StateColumn[Any] = StateColumn(
        name="twins", of=lambda state, a, b: state.pairs and len(state.pairs)
    )
    track = dr.Track(
        name="twinning", owns=TWINNING.owns, handlers=TWINNING.handlers, start=TWINNING.start,
        freeze=TWINNING.freeze, none=TWINNING.none, unknown=TWINNING.unknown, columns=(column,),
    )  # fmt: skip
    log = log_of(TownsTwinned(on="1994", parties=PAIR, towns=("A", "B"), sources=S))
    panel = log.panel("VNM", years=(1994, 1995), columns=[], tracks=[track])
    rows = [{"a": 816, "b": 830, "year": 1995, "n": 2}]
    found = log.compare(panel, rows, on=COW, columns={"twins": "n"}, tracks=[track])
    assert [event.type for event in found.differences[0].events] == ["towns-twinned"]
    with pytest.raises(InvalidQueryError, match="tracks="):
        log.compare(panel, rows, on=COW, columns={"twins": "n"})


# --- bad calls, and what leaves ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"on": {"cow_a": "a", "cow_b": "b"}}, "which column of your table has year"),
        ({"on": {"cow_a": "a", "year": "year"}}, "party_b"),
        ({"on": {"year": "year"}}, "party_b"),
        ({"on": {**COW, "gw_a": "a"}}, "side a has two keys"),
        ({"on": {**COW, "month": "m"}}, "times of this panel are year"),
        ({"on": {**COW, "cow": "a"}}, "expected one of"),
        ({"on": ["a"]}, "expected your column by that of the panel"),
        ({"on": {"cow_a": 1}}, "expected your column by that of the panel"),
        ({"columns": {}}, "name a column to compare"),
        ({"columns": {"tie": "t"}}, "no column 'tie'"),
        ({"columns": {"cow_a": "t"}}, "not a value to compare"),
        ({"columns": {"ties_known": "t"}}, "not a value to compare"),
        ({"columns": {"level_a_known": "t"}}, "not a value to compare"),
        ({"columns": {"ties": "T"}}, "Did you mean 't'"),
        ({"values": {"posts_ab": {}}}, "posts_ab is not among columns="),
        ({"missing": "-9"}, "expected a list"),
    ],
)
def test_bad_calls_say_what_to_ask(
    log: dr.EventLog, panel: Table, how: dict[str, Any], said: str
) -> None:
    with pytest.raises(InvalidQueryError, match=said):
        ties(log, panel, [{"a": 816, "b": 830, "year": 1990, "t": "x"}], **how)


def test_a_panel_of_another_log_or_view_and_other_tables_are_refused(
    log: dr.EventLog, panel: Table
) -> None:
    view = log.view(known="2026-06-01")
    for other, table in (
        (view, panel),
        (shipped("vietnam"), panel),
        (log, view.panel("VNM", years=(1990, 1990))),
        (log, "panel"),
        (log, log.table()),
        (log, log.replay("1990").table()),
    ):
        with pytest.raises(InvalidQueryError, match="panel: expected a table that"):
            ties(other, table, [])  # type: ignore[arg-type]  # one is not a table
    short = panel.select(*(name for name in panel.names if name != "ties_known"))
    with pytest.raises(InvalidQueryError, match="ties_known"):
        ties(log, short, [])
    assert ties(
        view, view.panel("VNM", years=(1990, 1990)), {"a": [], "b": [], "year": [], "t": []}
    )


def test_it_leaves_as_tables_and_comes_back_from_pickle(log: dr.EventLog, panel: Table) -> None:
    rows = [
        {"a": 816, "b": 830, "year": 1990, "t": "none"},
        {"a": 817, "b": 830, "year": 1990, "t": "none"},
        {"a": 816, "b": 2, "year": 1990, "t": "none"},
    ]
    found = ties(log, panel, rows)
    again = pickle.loads(pickle.dumps(found))  # noqa: S301  written here
    assert (again, str(again), again.table()) == (found, str(found), found.table())
    assert pl.DataFrame(found).height == len(found.table())
    assert pl.DataFrame(found.differences)["last_event_on"].to_list() == ["1973-08-01"]
    assert pl.DataFrame(found.only_theirs)["reason"].to_list() == ["code-not-in-use"]
    assert found.table().stamp["years"] == "1989-2014"
    assert "<table>" in found._repr_html_()
    assert repr(found) == "<PanelComparison: ties 0 of 1>"
    assert (repr(found.differences), repr(found.only_theirs)) == (
        "<Differences: 1>", "<OnlyTheirs: 1 row>",
    )  # fmt: skip
    assert repr(found.differences[0]).startswith("<Difference VNM-SGP 1990 ties established none")
    assert repr(found.only_theirs[0]).startswith("<LeftOut row 1 (817, 830, 1990)")
    with pytest.raises(MissingKeyError, match="only: ties"):
        found["level_a"]
    assert [one.column for one in found] == ["ties"]
    assert log.cite(found.differences[0]).streams == log.cite(found).streams


def test_a_panel_knows_no_level_where_an_event_may_have_happened_and_nothing_else_is_known() -> (
    None
):
    log = log_of(ev.LevelUpgraded(on="2013", parties=PAIR, ladder="VNM", level="low", sources=S))
    rows = log.panel("VNM", years=(2013, 2013), at="06-30", columns=["level"])
    row = next(row for row in rows if row["party_b"] == "SGP")
    assert row["level_a_known"] == "undecided"
    assert (row["level_a"], row["level_a_rank"], row["level_a_status"]) == (None, None, None)
