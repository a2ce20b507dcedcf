"""The tables of rankings by one thing, counts, members and explanations; which way levels go."""

from __future__ import annotations

import pickle
from functools import cache
from itertools import pairwise

import attrs
import polars as pl
import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.analysis.diff import Diff
from diplorel.model.dates import PartialDate
from shipped_once import shipped

ON = "2025-03-12"
S = ("x",)
PAIR = ("SGP", "VNM")
LADDER = dr.Ladder(
    party="VNM",
    levels=[dr.Level(id="low", rank=1), dr.Level(id="high", rank=2), dr.Level(id="label")],
)


@cache
def world() -> dr.World:
    return shipped("vietnam").replay(ON)


@pytest.mark.parametrize("by", ["ties", "visits"])
def test_the_table_of_a_ranking_by_one_thing_has_the_rows_and_then_the_blocks(by: str) -> None:
    answer = world().metric_ranking("VNM", by=by)  # type: ignore[arg-type]  # a metric
    table = answer.table()
    rows = table.to_records()
    for row, record in zip(rows, answer.to_records(), strict=False):
        for key, value in record.items():
            assert row[key] == value or (key == "complete_to" and str(row[key]) == value)
    rest = [(row["block"], row["party"]) for row in rows[len(answer) :]]
    assert rest == [(block, id) for block in answer.blocks for id in getattr(answer, block)]
    assert all(row[by] is None and row["name"] for row in rows[len(answer) :])
    assert (table.stamp["by"], table.stamp["party"]) == (by, "VNM")
    assert pickle.loads(pickle.dumps(answer)).table() == table  # noqa: S301


def test_the_table_of_counts_has_each_rank() -> None:
    counts = world().counts("VNM")
    table = counts.table()
    assert list(table["exactly"]) == [one.exactly for one in counts]
    assert list(table["at_least"]) == [one.at_least for one in counts]
    assert list(table["level_order"]) == [3 - place for place in range(1, len(counts) + 1)]
    assert pl.DataFrame(counts).height == len(counts)
    assert pickle.loads(pickle.dumps(counts)).table() == table  # noqa: S301


def test_the_table_of_members_has_each() -> None:
    members = shipped("groups").replay(ON).members("ASEAN")
    assert list(members.table()["party"]) == [*members, *members.possible]
    assert members.table().stamp["group"] == "ASEAN"


def test_the_table_of_an_explanation_has_each_citation() -> None:
    why = shipped("vietnam").relation("VNM", "SGP", on=ON).explain()
    rows = why.table().to_records()
    cited = [(event.id, one.source) for event in why.evidence for one in event.sources]
    assert [(row["id"], row["source"]) for row in rows] == cited
    assert all(row["publisher"] and row["decided"] for row in rows)


def test_an_explanation_keeps_what_is_undecided_and_what_no_bibliography_has() -> None:
    cited = ev.Citation(source="gone", on=PartialDate("1973"), locator="p. 2")
    event = ev.TiesEstablished(on="1973", parties=PAIR, sources=[cited])
    (row,) = dr.EventLog([event]).relation(*PAIR, on="1973-06-01").explain().table()
    assert (row["decided"], row["publisher"], row["published"]) == (False, None, None)
    assert (row["source_date"], row["locator"]) == ("1973", "p. 2")


def levels(*events: ev.Event) -> dr.EventLog:
    return dr.EventLog(events, ladders=[LADDER])


def up(on: str, level: str, ladder: str = "VNM") -> ev.Event:
    return ev.LevelUpgraded(on=on, parties=PAIR, ladder=ladder, level=level, sources=S)


def down(on: str, level: str | None) -> ev.Event:
    return ev.LevelDowngraded(on=on, parties=PAIR, ladder="VNM", level=level, sources=S)


def renewed(on: str, level: str) -> ev.Event:
    return ev.LevelRenewed(on=on, parties=PAIR, ladder="VNM", level=level, sources=S)


def directions(found: Diff) -> list[str]:
    return [one.direction for one in found if one.track == "level"]


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        ((), (up("2001", "low"),), "begun"),
        ((up("2000", "low"),), (up("2001", "high"),), "raised"),
        ((up("2000", "high"),), (down("2001", "low"),), "lowered"),
        ((up("2000", "high"),), (down("2001", None),), "lowered"),
        ((up("1999", "high"), down("2000", None)), (up("2001", "low"),), "raised"),
        ((up("2000", "high"),), (renewed("2001", "label"),), "changed"),
        ((up("2000", "low"),), (up("2001", "label"),), "changed"),
        ((up("2000", "low"),), (up("2001", "elsewhere", "SGP"),), "changed"),
        # which came last in 2000 is open, so nothing says from which level it was raised
        ((up("2000", "low"), up("2000-06", "label")), (up("2001", "high"),), "changed"),
        ((up("2000", "high"),), (down("2001", "low"), up("2001", "high")), "changed"),
    ],
)
def test_a_level_is_raised_or_lowered(
    before: tuple[ev.Event, ...], after: tuple[ev.Event, ...], direction: str
) -> None:
    log = levels(*before, *after)
    found = log.diff("2000-12-31", "2001-12-31")
    assert directions(found) == [direction]
    assert [row["direction"] for row in found.table() if row["track"] == "level"] == [direction]
    assert [row["direction"] for row in found.to_records()] == list(found.table()["direction"])


def test_the_direction_over_two_times_is_that_of_both() -> None:
    log = levels(up("2000", "low"), up("2001", "high"), down("2002", "low"), up("2003", "high"))
    days = ("2000-12-31", "2001-12-31", "2002-12-31", "2003-12-31")
    one, two, three = (log.diff(since, until) for since, until in pairwise(days))
    assert [directions(found) for found in (one, two, three)] == [
        ["raised"], ["lowered"], ["raised"],
    ]  # fmt: skip
    assert one.then(two) == log.diff(days[0], days[2])
    assert directions(one.then(two)) == ["changed"]
    assert directions(one.then(two).then(three)) == ["raised"]


def test_what_is_no_level_is_changed_and_what_remains_not_is_removed() -> None:
    log = dr.EventLog([
        ev.TiesEstablished(on="2000", parties=PAIR, sources=S),
        ev.TiesSevered(on="2001", parties=PAIR, sources=S),
    ])  # fmt: skip
    (ties,) = (one for one in log.diff("2000-12-31", "2001-12-31") if one.track == "ties")
    assert ties.direction == "changed"
    gone = attrs.evolve(ties, after=None)
    assert directions(attrs.evolve(log.diff("2000", "2001"), changes=(gone,))) == []
    assert gone.direction == "removed"
