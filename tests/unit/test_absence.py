"""Absence and its end: what is certainly not there, and until when a stream vouches for what is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.analysis.possible_standings import possible_standings
from diplorel.model.dates import LAST_DAY, between_words
from diplorel.testing.dense import NEAR, PARTIES, coverages, probes
from diplorel.testing.events import KIN, dyad_events
from diplorel.testing.streams import logs
from diplorel.tracks import GROUPS
from shipped_once import shipped

DAY = "2025-03-12"
asked = st.none() | probes.map(lambda text: date.fromisoformat(text).toordinal())


@given(coverages, asked)
def test_a_coverage_reaches_the_last_day_that_it_holds(one: dr.Coverage, day: int | None) -> None:
    reach = one.reach(one.track, one.parties, day)
    assert one.reach("no-track", one.parties, day) is None
    assert one.holds(one.track, one.parties, day) is (reach == (LAST_DAY if day is None else day))
    if day is not None:  # what it holds has no gaps, so its bounds are enough
        bounds = [day, *(on.lo for on in (one.since, one.until) if on)]
        bounds += [on.hi for on in (one.since, one.until) if on]
        near = {bound + step for bound in bounds for step in (-1, 0, 1)}
        held = [
            other for other in near if other <= day and one.holds(one.track, one.parties, other)
        ]
        assert reach == max(held, default=None)


@given(logs(dyad_events(among=KIN), most=6), st.none() | probes)
def test_what_is_below_a_level_can_hold_none_from_it_up(log: dr.EventLog, day: str | None) -> None:
    world = log.replay(day)
    for other in PARTIES:
        if other == "VNM":
            continue
        standing = world["VNM", other].level("VNM")
        if standing.below is None:
            continue
        assert standing.level is None
        assert standing.below.rank is not None
        assert log.reference.covers_level("VNM", world.snapshot.day, standing.below.id)
        for way in possible_standings(world.snapshot, "VNM", other):
            assert way.rank is None or way.rank < standing.below.rank


@given(logs(dyad_events(among=KIN), most=6), st.none() | probes)
def test_what_a_stream_vouches_for_is_not_as_last_recorded(
    log: dr.EventLog, day: str | None
) -> None:
    world = log.replay(day)
    for pair in world.dyads():
        relation = world[pair]
        for track in ("ties", "recognition"):
            mine = [one for one in relation.events(track) if one.type.startswith(track[:4])]
            late = track in relation.last_recorded
            assert late <= (track in relation.unknown)
            assert (bool(mine) and track in relation.unknown) <= late
        for side in pair:
            standing = relation.level(side)
            if standing.last_recorded:
                assert standing.status.value in ("held", "ended")
                until = standing.complete_to
                assert until is None or day is None or until < date.fromisoformat(day)


def test_a_legation_of_1883_is_as_last_recorded_and_an_embassy_within_the_coverage_is_not() -> None:
    opened = ev.MissionOpened(
        on="1883-06-11", sender="USA", receiver="IRN", kind="legation", sources=["s"]
    )
    log = dr.EventLog([opened])
    assert log.relation("USA", "IRN", on=DAY).last_recorded == {"missions": None}
    covered = dr.EventLog(
        [opened], coverage=[dr.Coverage(track="missions", parties=["USA"], until="2020-12-31")]
    )
    until = date(2020, 12, 31)
    assert covered.relation("USA", "IRN", on=DAY).last_recorded == {"missions": until}
    assert covered.relation("USA", "IRN", on=until).last_recorded == {}
    assert covered.relation("USA", "IRN", on=until + timedelta(1)).last_recorded != {}


def test_a_level_is_vouched_for_from_the_level_up_from_which_the_ladder_is_complete() -> None:
    world = shipped("vietnam").replay(DAY)
    singapore, canada = (world["VNM", other].level("VNM") for other in ("SGP", "CAN"))
    assert (singapore.last_recorded, singapore.complete_to) == (False, None)
    assert (canada.last_recorded, canada.complete_to) == (True, date(2024, 10, 31))
    fiji = world["VNM", "FJI"].level("VNM")
    assert fiji.status.value == "unknown"
    assert fiji.below is not None
    assert (fiji.below.id, fiji.last_recorded) == ("strategic", False)
    ranking = world.ranking("VNM")
    assert next(row.party for row in ranking if row.last_recorded) == "ZAF"
    assert (ranking.complete_from and ranking.complete_from.id, ranking.complete) == (
        "strategic",
        False,
    )
    assert [one.complete for one in world.counts("VNM")] == [True, True, False]


@pytest.mark.parametrize("day", ["1976-06-30", "1991-12-31", DAY])
def test_every_state_of_the_day_is_in_one_block_of_a_ranking(day: str) -> None:
    world = shipped("vietnam").replay(day)
    asked = date.fromisoformat(day).toordinal()
    for ranking in (world.ranking("VNM"), world.metric_ranking("VNM", by="ties")):
        blocks = [
            [row.party for row in ranking],
            *(getattr(ranking, one) for one in ranking.blocks),
        ]
        listed = [party for block in blocks for party in block]
        assert len(listed) == len({*listed})
        alive = {one.id for one in world.reference.parties if one.is_state and one.is_alive(asked)}
        assert alive - {"VNM"} <= {*listed}
    assert "VNM" not in listed


def test_a_state_lives_from_the_first_day_on_which_it_may_have_begun() -> None:
    one = dr.Party(id="QQA", names={"en": "A"}, start="1990", end="[1995..1996]")
    days = ["1989-12-31", "1990-01-01", "1995-06-01", "1996-12-30", "1996-12-31"]
    assert [one.is_alive(date.fromisoformat(day).toordinal()) for day in days] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert not one.is_alive(None)
    assert dr.party("VNM").is_alive(None)


def test_a_coverage_that_ends_before_it_begins_covers_nothing() -> None:
    one = dr.Coverage(track="ties", parties=["VNM"], since=NEAR[3], until=NEAR[1])
    assert one.reach("ties", ["VNM"], LAST_DAY) is None


def test_how_long_since_nobody_knows_when_is_at_least_so_long() -> None:
    day = date(2024, 12, 31)
    assert between_words(dr.PartialDate("[..1972]"), day, "en") == "at least 52 years"
    assert between_words(dr.PartialDate("[..1972]"), day, "vi") == "ít nhất 52 năm"
    assert between_words(dr.PartialDate("[..2024-12-31]"), day, "en") == "not known how long"


def test_a_group_is_asked_by_id_or_by_name() -> None:
    world = shipped("vietnam").replay(DAY)
    assert world.state(GROUPS, "ASEAN").members()
    assert world.state(GROUPS, "Asean") == world.state(GROUPS, "ASEAN")


def test_a_printed_ranking_marks_only_what_is_as_last_recorded() -> None:
    raised = ev.LevelUpgraded(
        on="2013-09-11", parties=("SGP", "VNM"), ladder="VNM", level="top", sources=["s"]
    )
    ladder = dr.Ladder(party="VNM", levels=[dr.Level(id="top", rank=1)])
    for until, marked in ((None, False), ("2020", True)):
        coverage = [dr.Coverage(track="level", parties=["VNM"], until=until)]
        log = dr.EventLog([raised], ladders=[ladder], coverage=coverage)
        assert ("as last recorded" in str(log.replay(DAY).ranking("VNM"))) is marked
