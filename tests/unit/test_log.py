"""`EventLog` and its façades: what they refuse, how they print, and what a slice keeps."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs
import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.analysis import plausible_orders, possible_standings
from diplorel.relation import Relation
from diplorel.tracks.level import LEVEL
from diplorel.world import World

AT = "2026-11-22T12:00:00Z"
S = ["s"]
TIES = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=S)
LADDER = dr.Ladder(
    party="VNM",
    levels=[dr.Level(id="low", rank=1), dr.Level(id="mid", rank=2), dr.Level(id="beside")],
)
SOURCE = dr.Source(id="s", title="On ties", publisher="P", kind="press", published="2025-03")


def up(on: str, level: str, other: str = "SGP") -> ev.LevelUpgraded:
    return ev.LevelUpgraded(on=on, parties=("VNM", other), ladder="VNM", level=level, sources=S)


def log(*events: ev.Event | ev.EventRetracted, **more: object) -> dr.EventLog:
    return dr.EventLog(events, at=AT, ladders=[LADDER], sources=[SOURCE], **more)  # type: ignore[arg-type]


def test_a_log_holds_events_and_records_and_nothing_else() -> None:
    record = dr.Record("other", datetime(2026, 1, 1, tzinfo=UTC), TIES)
    assert dr.EventLog([TIES, record], at=AT).streams == ("mine", "other")
    with pytest.raises(dr.errors.InvalidEventError, match="'x' is neither an event nor a record"):
        dr.EventLog(["x"])  # type: ignore[list-item]
    with pytest.raises(dr.errors.InvalidDateError, match="not a moment in UTC"):
        dr.EventLog([TIES], at="2026-11-22 12:00")
    with pytest.raises(dr.errors.InvalidDateError, match="leaves the calendar"):
        dr.EventLog([TIES], at="0001-01-01T00:00:00+05:00")


def test_only_events_are_appended() -> None:
    with pytest.raises(dr.errors.InvalidEventError, match="'x' is not an event"):
        log().append("x")  # type: ignore[arg-type]


@pytest.mark.parametrize("pair", ["VNM", ("VNM",), ("VNM", "SGP", "LAO")])
def test_a_relation_is_between_two_parties(pair: object) -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match="a relation is between two parties"):
        log(TIES).replay()[pair]  # type: ignore[index]


def test_a_policy_is_a_function_and_no_name() -> None:
    with pytest.raises(
        dr.errors.InvalidQueryError, match="policy: 'latest' is not a policy: expected a function"
    ):
        log(TIES).replay(policy="latest")  # type: ignore[arg-type]


def test_a_log_is_equal_to_a_log_of_the_same_records_and_to_nothing_else() -> None:
    one, two = log(TIES), log(TIES)
    assert one == two
    assert hash(one) == hash(two)
    assert one != log(up("2000", "low"))
    assert one != 3
    with pytest.raises(TypeError):
        one | 3  # type: ignore[operator]


def test_a_log_its_world_and_their_parts_say_what_they_are() -> None:
    one = log(TIES, up("2000", "low"))
    world = one.replay(on="2001-01-01")
    assert repr(one) == "<EventLog: 2 records of mine>"
    assert repr(dr.EventLog()) == "<EventLog: 0 records of no stream>"
    assert repr(world) == "<World: 2001-01-01, 2 events>"
    assert repr(one.replay()) == "<World: all that is recorded, 2 events>"
    assert repr(world["SGP", "VNM"]) == "<Relation SGP-VNM on 2001-01-01>"
    assert repr(one.replay()["SGP", "VNM"]) == "<Relation SGP-VNM>"
    assert repr(one.records[0]) == (
        "Record('mine', '2026-11-22T12:00:00Z', 'level-upgraded/SGP-VNM/2000/VNM')"
    )
    assert repr(world.ranking("VNM")) == "<Ranking of VNM's 1 partners on 2001-01-01>"
    assert world.on == world["SGP", "VNM"].on == world.ranking("VNM").on == date(2001, 1, 1)
    assert (
        one.replay().on is one.replay()["SGP", "VNM"].on is one.replay().ranking("VNM").on is None
    )
    assert one.coverage == ()
    assert [len(log) for log in (one, dr.EventLog())] == [2, 0]


def test_worlds_and_relations_are_equal_to_their_like_only() -> None:
    world = log(TIES).replay()
    assert world == log(TIES).replay()
    assert world != log(TIES).replay(on="1973-07-31")
    assert world != 3  # type: ignore[comparison-overlap]
    assert world.snapshot != 3
    assert world["SGP", "VNM"] != 3
    assert world["SGP", "VNM"] != world["SGP", "THA"]
    for one in (world, world["SGP", "VNM"]):
        assert isinstance(one, (World, Relation))
        with pytest.raises(TypeError, match="unhashable"):
            hash(one)


def test_what_is_appended_comes_after_what_its_stream_holds() -> None:
    one = log(TIES).append(up("2000", "low"), at="2026-11-23T00:00:00Z")
    assert [record.event for record in one] == [TIES, up("2000", "low")]
    with pytest.raises(
        dr.errors.RecordedOrderError, match="2026-11-22T12:00:00Z lies before the last"
    ):
        one.append(up("2001", "mid"), at=AT)
    ahead = dr.EventLog([TIES], at="2999-01-01T00:00:00Z", ahead=True).append(
        up("2000", "low"), ahead=True
    )
    assert {record.recorded.year for record in ahead} == {2999}
    now = dr.EventLog([TIES]).append(up("2000", "low")).records
    assert now[0].recorded <= now[1].recorded <= datetime.now(UTC)
    assert dr.EventLog().append(TIES, at=AT).streams == ("mine",)


def test_of_several_streams_one_must_be_named_to_append_to() -> None:
    two = log(TIES) | dr.EventLog([TIES], stream="other", at=AT)
    with pytest.raises(dr.errors.InvalidQueryError, match="the log holds mine, other: name one"):
        two.append(up("2000", "low"))
    grown = two.append(up("2000", "low"), stream="other", at=AT)
    assert [record.stream for record in grown if record.event != TIES] == ["other"]


def test_a_slice_keeps_what_meets_every_condition() -> None:
    joined = ev.GroupJoined(on="1967", party="SGP", group="ASEAN", sources=S)
    carried = ev.PartySucceeded(
        on="1991-12-27", predecessor="SUN", successor="RUS", kind="continuation", dyads=["VNM"],
        tracks=["ties"], sources=S,
    )  # fmt: skip
    visit = ev.VisitMade(on="1999-12-30/2000-01-02", visitor="SGP", host="VNM", sources=S)
    whole = log(TIES, up("2000", "low"), up("2005-03", "mid", "USA"), joined, carried, visit)
    whole |= dr.EventLog([TIES], stream="other", at=AT)

    def kept(**conditions: object) -> set[str]:
        return {record.id for record in whole.where(**conditions)}  # type: ignore[arg-type]

    assert kept() == {record.id for record in whole}
    assert kept(party="Singapore") == {TIES.id, up("2000", "low").id, joined.id, visit.id}
    assert kept(party="VNM") >= {carried.id}
    assert kept(dyad=("VN", "SG")) == {TIES.id, up("2000", "low").id, visit.id}
    assert kept(types=[ev.GroupJoined, "party-succeeded"]) == {joined.id, carried.id}
    assert kept(since="2005-03-31") == {up("2005-03", "mid", "USA").id}
    assert kept(since="2005-04-01") == set()
    assert kept(until="1967-01-01") == {joined.id}
    assert kept(until="1966-12-31") == set()
    assert kept(since="2000-01-02", until="2000-01-02") == {visit.id, up("2000", "low").id}
    assert {record.stream for record in whole.where(stream="other")} == {"other"}
    assert whole.where(party="VNM").reference == whole.reference
    with pytest.raises(dr.errors.UnknownPartyError):
        whole.where(party="Singapor")


def test_a_slice_keeps_the_corrections_of_what_it_keeps() -> None:
    first = ev.EventRetracted(target=f"{TIES.id}@{TIES.digest}", reason="r", sources=S)
    second = ev.EventRetracted(target=first.id, reason="r", sources=S)
    other = ev.EventRetracted(target=up("2000", "low", "USA").id, reason="r", sources=S)
    whole = log(TIES, first, second, other, up("2000", "low", "USA"))
    kept = whole.where(dyad=("SGP", "VNM"))
    assert {record.id for record in kept} == {TIES.id, first.id, second.id}
    assert len(kept.replay().events) == 1
    assert log(TIES, first).where(party="SGP").replay().events == ()


def test_a_question_that_has_no_answer_says_what_to_ask() -> None:
    one = log(TIES)
    with pytest.raises(
        dr.errors.InvalidQueryError,
        match="clock: expected one of 'recorded', 'published', got 'mine'",
    ):
        one.replay(clock="mine")  # type: ignore[arg-type]
    with pytest.raises(
        dr.errors.InvalidQueryError, match="dates: expected one of 'latest', 'earliest', got 'mid'"
    ):
        one.replay(dates="mid")  # type: ignore[arg-type]
    with pytest.raises(dr.errors.InvalidQueryError, match="VNM has no relation with itself"):
        one.relation("VN", "VNM")
    with pytest.raises(dr.errors.InvalidQueryError, match="VNM has no relation with itself"):
        one.replay()["VN", "VNM"]
    with pytest.raises(dr.errors.InvalidQueryError, match="give two days, the earlier one first"):
        one.diff("2001-01-01", "2000-01-01")
    with pytest.raises(dr.errors.InvalidQueryError, match="not both"):
        one.replay().partners("VNM", at_least="low", exactly="low")
    with pytest.raises(dr.errors.InvalidQueryError, match="USA has no ladder in this log"):
        one.replay().partners("USA")
    with pytest.raises(dr.errors.InvalidDateError, match="not a moment in UTC"):
        one.replay(known=datetime(2025, 1, 1, 12), clock="published")  # noqa: DTZ001
    with pytest.raises(dr.errors.UnknownTrackError, match=r"'levl' was not folded.*'level'"):
        one.replay()["SGP", "VNM"].explain("levl")


def test_partners_without_a_bound_hold_any_level() -> None:
    one = log(up("2000", "low"), up("2000", "beside", "USA"), TIES)
    assert one.replay().partners("VNM").parties == ("SGP", "USA")
    assert one.replay().partners("VNM", exactly="beside").parties == ("USA",)
    assert "SGP" in one.replay().partners("VNM", exactly="low")
    assert list(one.replay().partners("VNM", at_least="mid")) == []


def test_known_by_published_sources_goes_by_the_day_in_utc() -> None:
    dated = dr.Source(id="d", title="t", publisher="p", kind="press", published="2025-03-12")
    one = dr.EventLog([attrs.evolve(TIES, on="2025-03-12", sources=["d"])], sources=[dated])
    early = datetime.fromisoformat("2025-03-12T01:00:00+07:00")
    assert one.replay(known=early, clock="published").events == ()
    assert len(one.replay(known="2025-03-12", clock="published").events) == 1


def test_a_difference_reads_as_a_table_and_composes_only_end_to_end() -> None:
    joined = ev.GroupJoined(on="2000-02-01", party="SGP", group="ASEAN", sources=S)
    one = log(TIES, up("2000", "low"), joined)
    change = one.diff("1999-12-31", "2000-12-31")
    assert repr(change) == "<Diff (1999-12-31, 2000-12-31]: 2 changes>"
    assert [row["subject"] for row in change.to_records()] == ["ASEAN", "SGP-VNM"]
    assert change.to_records()[1]["events"] == [up("2000", "low").id]
    assert [item.track for item in change] == ["groups", "level"]
    assert len(change) == 2
    with pytest.raises(
        dr.errors.InvalidQueryError, match="ends on 2000-12-31, the later begins on"
    ):
        change.then(one.diff("2001-12-31", "2002-12-31"))
    later = one.append(
        ev.EventRetracted(target=TIES.id, reason="r", sources=S), at="2026-11-23T00:00:00Z"
    )
    fixed = later.diff("1999-12-31", "2000-12-31", known_since="2026-11-22")
    assert repr(fixed) == "<Diff (1999-12-31, 2000-12-31]: 2 changes, 1 corrections>"
    assert fixed.to_records()[2] == {
        "subject": "SGP-VNM", "track": "ties", "direction": "removed", "corrected": True,
        "events": [TIES.id],
    }  # fmt: skip


def test_an_explanation_reads_as_a_text_with_its_sources() -> None:
    one = log(TIES, up("2000", "low"))
    unsourced = attrs.evolve(up("2001-06", "mid"), sources=["gone"])
    relation = log(TIES, up("2000", "low"), unsourced).replay(on="2001-06-15")["SGP", "VNM"]
    assert str(relation.explain("level")) == (
        "2000  level-upgraded/SGP-VNM/2000/VNM\n"
        "    P, “On ties”, 2025-03\n"
        "2001-06  level-upgraded/SGP-VNM/2001-06/VNM (undecided)\n"
        "    gone"
    )
    assert str(one.replay()["SGP", "VNM"].explain(LEVEL)) == str(
        one.replay()["SGP", "VNM"].explain("level")
    )
    assert one.replay()["SGP", "THA"].explain("level").events == ()


def test_a_timeline_names_the_owner_of_an_event_first() -> None:
    severed = ev.TiesSevered(on="1975", parties=("SGP", "VNM"), sources=S)
    first, second = log(TIES, severed).timeline("VN", "SG")
    assert first.to_record() == {
        "on": "1973-08-01", "type": "ties-established", "id": TIES.id, "tracks": ["ties"],
        "sources": ["s"],
    }  # fmt: skip
    assert second.tracks == ("ties", "level", "special", "sectors", "missions")
    assert log().timeline("VN", "SG") == ()


def test_a_log_reads_as_a_table_from_which_nothing_is_lost() -> None:
    (row,) = log(TIES).to_records()
    assert row["id"] == TIES.id
    assert dr.loads(f'{{"recorded":"{row["recorded"]}",{row["event"][1:]}')[0].event == TIES


def test_check_and_disagreements_look_at_the_whole_log() -> None:
    assert [problem.code for problem in log(up("2999", "low")).check(today="2026-11-22")] == [
        "DR501"
    ]
    assert log(TIES).disagreements() == ()


def test_too_many_orders_leave_everything_open(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (plausible_orders, possible_standings):
        monkeypatch.setattr(module, "LIMIT", 1)
    world = log(up("2000", "beside"), up("2000-05", "mid")).replay(on="2001-01-01")
    can = {one.level for one in world.possible_standings("VNM", "SGP")}
    assert can == {None, "low", "mid", "beside"}
    bare = dr.EventLog([up("2000", "low"), up("2000-05", "mid")]).replay(on="2001-01-01")
    assert {one.level for one in bare.possible_standings("VNM", "SGP")} == {None}
