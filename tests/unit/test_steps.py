"""Steps of partners: rows by name, as text and as a table."""

from __future__ import annotations

import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.analysis.ranking_days import ranking_days
from diplorel.errors import MissingKeyError, UnknownPartyError
from shipped_once import shipped

DAY = "2025-03-12"


def test_a_row_is_found_by_any_name_of_its_party() -> None:
    steps = shipped("vietnam").replay(DAY).steps("VNM")
    assert len([*steps]) == len(steps) == len(steps.rows)
    assert steps["Singapore"] is steps["SG"]
    assert [one.level and one.level.id for one in steps["LAO"].steps] == [None]
    with pytest.raises(UnknownPartyError):
        steps["Atlantis"]
    with pytest.raises(MissingKeyError, match="NER has no steps"):
        steps["Niger"]


def test_it_prints_each_partner_with_the_step_before() -> None:
    lines = str(shipped("vietnam").replay(DAY).steps("VNM")).splitlines()
    assert lines[0] == "Steps of VNM's 38 partners on 2025-03-12"
    row = next(line for line in lines if " Singapore " in line)
    assert row.split() == [
        "12", "Singapore", "Comprehensive", "Strategic", "Partnership", DAY,
        "Strategic", "Partnership", "2013-09-11",
    ]  # fmt: skip
    assert any("agreed: " in line for line in lines)
    assert any(line.split()[1:3] == ["Laos", "special"] for line in lines)
    assert lines[-1].startswith("* as last recorded")


def test_nothing_is_said_below_where_all_is_vouched_for() -> None:
    ladder = dr.Ladder(party="VNM", levels=[dr.Level(id="low", rank=1)])
    steps = dr.EventLog([], ladders=[ladder]).replay("2000-01-01").steps("VNM")
    assert "as last recorded" not in str(steps)
    assert str(steps).startswith("Steps of VNM's 0 partners on 2000-01-01")


def test_the_table_has_a_row_for_each_step() -> None:
    steps = shipped("vietnam").replay(DAY).steps("VNM")
    table = steps.table()
    assert len(table) == sum(len(row.steps) for row in steps)
    mine = [row for row in table if row["party"] == "BRA"]
    assert [(row["level"], row["start"], row["end"]) for row in mine] == [
        ("comprehensive", "2007", "2024-11-17"),
        ("strategic", "2024-11-17", None),
    ]
    assert (str(mine[0]["start_earliest"]), mine[0]["position"]) == ("2007-01-01", 19)
    assert [row["also"] for row in table if row["party"] == "CHN"][-1]


def test_rankings_change_with_the_life_of_a_partner_and_the_edges_of_coverage() -> None:
    log = dr.EventLog(
        [
            ev.LevelUpgraded(
                on="1978-11-03", parties=("SUN", "VNM"), ladder="VNM", level="low", sources=["s"]
            )
        ],
        ladders=[dr.Ladder(party="VNM", levels=[dr.Level(id="low", rank=1)])],
        coverage=[
            dr.Coverage(track="level", parties=["VNM"], since=since, until="1985")
            for since in ("1979-01-01", "1980-01-01")
        ]
        + [dr.Coverage(track="visits", parties=["VNM"], since="1981-05-06", until="1982-07-08")],
    )
    today = dr.PartialDate("1995-01-01").latest
    found = {
        str(one.ranking.on): [row.party for row in one.ranking]
        for one in ranking_days(log.resolve(), log.reference, "VNM", today=today)
    }
    assert found["1978-11-03"] == ["SUN"]
    assert "1979-01-01" in found
    assert not [day for day in found if day[:4] in ("1981", "1982")]  # of another track
    assert found["1991-12-27"] == [] or found["1991-12-26"] == []
    history = log.ranking_history("VNM", years=(1975, 1990))
    assert [str(day) for day, floor in history.floors() if floor] == ["1979-01-01"]
