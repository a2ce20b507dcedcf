"""What callers ask with: each argument is looked at, and a bad one is told by its name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from unicodedata import normalize

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import _ask
from diplorel.errors import (
    InvalidDateError,
    InvalidQueryError,
    MissingKeyError,
    UnknownLevelError,
    UnknownPartyError,
    UnknownTrackError,
)
from diplorel.model.dates import PartialDate
from diplorel.tracks import LEVEL, STANDARD, TIES
from shipped_once import shipped

VN = shipped("vietnam")
WORLD = VN.replay("2025-03-12")
RELATION = WORLD["VNM", "SGP"]


class Day(date):
    """What other libraries have: a date of their own class."""


class Stamp(datetime):
    """What pandas has: a datetime of its own class."""


class NotATime(datetime):
    """What pandas has for a missing one: a datetime, and no time."""

    def time(self) -> Any:
        raise ValueError("NaTType does not support time")


# --- days ----------------------------------------------------------------------------------------


@given(st.dates())
def test_a_day_is_a_day_in_whatever_form(day: date) -> None:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    forms: list[Any] = [
        day, day.isoformat(), midnight, PartialDate(day),
        Day(day.year, day.month, day.day), Stamp(day.year, day.month, day.day),
    ]  # fmt: skip
    for form in forms:
        assert _ask.day("on", form) == _ask.day("on", form, "first") == day.toordinal()
        assert _ask.full_day("today", form) == day
        assert _ask.known(form) == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_month_or_a_year_stands_for_one_of_its_days(text: str, first: date, last: date) -> None:
    for form in (text, PartialDate(text)):
        assert _ask.day("on", form) == last.toordinal()  # type: ignore[arg-type]
        assert _ask.day("since", form, "first") == first.toordinal()  # type: ignore[arg-type]
        assert _ask.known(form) == last  # type: ignore[arg-type]
        with pytest.raises(InvalidDateError, match=r"today: .* is not a valid day"):
            _ask.full_day("today", form)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "bad",
    [
        "2025-13", "2025-02-30", "20250312", "2025-W11-3", "", "today", "201X", "2025?", "2025~",
        "[2025-01-01..2025-01-05]", "2025-03-12/2025-03-14", "[..1960]", 20250312, 3.5, b"2025",
        ["2025"], True, PartialDate("2025?"), PartialDate("201X"), NotATime(2025, 3, 12),
        datetime(2025, 3, 12, 12), datetime(2025, 3, 12, tzinfo=UTC),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_what_is_no_day_is_told_by_the_name_of_its_argument(bad: Any) -> None:
    for ask in (
        lambda: VN.replay(bad), lambda: VN.relation("VNM", "SGP", on=bad),
        lambda: VN.sensitivity("VNM", on=bad),
    ):  # fmt: skip
        with pytest.raises(InvalidDateError, match=r"^on: .* is not a valid day"):
            ask()
    with pytest.raises(InvalidDateError, match=r"^since: .* is not a valid day"):
        VN.where(since=bad)
    with pytest.raises(InvalidDateError, match=r"^until: .* is not a valid day"):
        VN.diff("2025", bad)
    with pytest.raises(InvalidDateError, match=r"^today: .* is not a valid day"):
        VN.check(today=bad)


def test_a_moment_is_what_was_known_by_then_in_utc() -> None:
    moment = datetime(2025, 3, 12, 12, tzinfo=UTC)
    assert _ask.known(moment) == _ask.known("2025-03-12T12:00:00Z") == moment
    assert _ask.known(None) is None
    assert _ask.day("on", None) is None
    assert _ask.full_day("today", None) is None
    for bad in (datetime(2025, 3, 12, 12), NotATime(2025, 3, 12), "2025-03-12T12:00"):  # noqa: DTZ001
        with pytest.raises(InvalidDateError, match="not a moment in UTC"):
            VN.replay(known=bad)
    with pytest.raises(InvalidDateError, match=r"^known: 'then' is not a valid day"):
        VN.replay(known="then")


def test_the_world_on_a_month_is_that_at_its_end() -> None:
    assert VN.replay("2025-03") == VN.replay("2025-03-31")
    assert VN.replay("2025") == VN.replay(date(2025, 12, 31))
    assert VN.relation("VNM", "SGP", on="2013") == VN.relation("VNM", "SGP", on="2013-12-31")
    assert len(VN.diff("2024", "2025")) == len(VN.diff("2024-12-31", "2025-12-31"))
    kept = VN.where(since="2013-09", until="2013-09")
    assert kept == VN.where(since="2013-09-01", until="2013-09-30")
    assert VN.replay(RELATION.ties.since).on == date(1973, 8, 1)  # type: ignore[arg-type]


def test_an_end_before_its_beginning_is_no_question() -> None:
    with pytest.raises(InvalidQueryError, match="since: 2014 lies after until, 2013"):
        VN.where(since="2014", until="2013")


# --- words of closed lists -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: WORLD.partners("VNM", kind="State"), "kind: expected .* Did you mean 'state'"),  # type: ignore[arg-type]
        (lambda: WORLD.counts("VNM", kind="states"), "kind: expected one of 'any', 'state'"),  # type: ignore[arg-type]
        (lambda: WORLD.ranking("VNM", kind=None), "kind: expected .*, got None"),  # type: ignore[arg-type]
        (lambda: WORLD.metric_ranking("VNM", by="ties", kind="all"), "kind: expected"),  # type: ignore[arg-type]
        (lambda: WORLD.metric_ranking("VNM", by="tie"), "by: expected .* Did you mean 'ties'"),  # type: ignore[arg-type]
        (lambda: VN.sensitivity("VNM", kind="State"), "kind: expected"),  # type: ignore[arg-type]
        (lambda: VN.replay(clock="record"), "clock: expected .* Did you mean 'recorded'"),  # type: ignore[arg-type]
        (lambda: VN.replay(policy=lambda _: 1), "is not a function of an account"),  # type: ignore[arg-type, misc]
        (lambda: dr.EventLog(reference=5), "reference: expected that of another log, got 5"),  # type: ignore[arg-type]
        (lambda: dr.EventLog(stream=""), "stream: expected a name such as 'vietnam', got ''"),
        (lambda: dr.EventLog(None), "events: expected a list, got None alone"),  # type: ignore[arg-type]
        (lambda: dr.EventLog(sources=["vna"]), "sources: expected a list of Source, got 'vna'"),  # type: ignore[list-item]
        (lambda: dr.EventLog().append(stream=5), "stream: expected a name"),  # type: ignore[arg-type]
        (lambda: dr.dumps(None), "log: expected a list of EventLog, got None"),  # type: ignore[arg-type]
        (lambda: dr.write_sheet(None), "log: expected"),  # type: ignore[arg-type]
        (lambda: dr.update(None, []), "log: expected"),  # type: ignore[arg-type]
        (lambda: VN.resolve(clock="x"), "clock: expected"),  # type: ignore[arg-type]
        (lambda: VN.view(clock="x"), "clock: expected"),  # type: ignore[arg-type]
        (lambda: VN.view(dates="first"), "dates: expected one of 'latest', 'earliest'"),  # type: ignore[arg-type]
        (lambda: RELATION.recognition("VNM", "states"), "subject: expected .* mean 'state'"),
        (lambda: VN.replay(policy="kind"), "policy: 'kind' is not a policy: expected a function"),  # type: ignore[arg-type]
        (lambda: VN.view(policy=3), "policy: 3 is not a policy"),  # type: ignore[arg-type]
        (lambda: VN.disagreements(policy="kind"), "policy: 'kind' is not a policy"),  # type: ignore[arg-type]
        (lambda: VN.sensitivity("VNM", policies=3), "policies: expected a dict"),  # type: ignore[arg-type]
        (lambda: VN.sensitivity("VNM", policies={"a": "b"}), "policy: 'b' is not a policy"),  # type: ignore[dict-item]
        (lambda: VN.where(stream="nope"), "stream: expected one of 'vietnam', got 'nope'"),
        (lambda: VN.where(stream="vietnm"), "Did you mean 'vietnam'"),
        (lambda: dr.EventLog().where(stream="mine"), "stream: the log has no streams"),
        (lambda: VN.cite("VNM"), "cite: 'VNM' names no events"),  # type: ignore[arg-type]
        (lambda: VN.cite(WORLD.ranking("VNM").rows[0]), "cite: .* names no events"),  # type: ignore[arg-type]
    ],
)  # fmt: skip
def test_a_word_of_no_list_is_no_question(ask: Any, message: str) -> None:
    with pytest.raises(InvalidQueryError, match=message):
        ask()


def test_types_are_classes_or_names_of_what_there_is() -> None:
    assert VN.where(types=["level-upgraded"]) == VN.where(types=[dr.events.LevelUpgraded])
    assert VN.where(types=iter([dr.events.LevelUpgraded])).records
    assert not VN.where(types=[]).records
    for bad, message in [
        (["tie-established"], "'tie-established' is not a type of events.*'ties-established'"),
        (["event-retracted"], "is not a type of events"),
        ([dr.events.Event], "is not a type of events"),
        ([int], "is not a type of events"),
        ([3], "3 is not a type of events"),
        ("level-upgraded", "expected a list of event types, got 'level-upgraded' alone"),
        (dr.events.LevelUpgraded, "expected a list of event types"),
        (3, "types: expected a list, got 3 alone"),
    ]:
        with pytest.raises(InvalidQueryError, match=message):
            VN.where(types=bad)  # type: ignore[arg-type]


def test_tracks_are_tracks_and_those_of_the_library_are_there_anyway() -> None:
    mine = attrs.evolve(TIES, name="mine")
    assert VN.replay("1973-08-01", tracks=[mine])["VNM", "SGP"][mine] == RELATION.ties
    assert VN.replay("2000", tracks=[LEVEL]) == VN.replay("2000")
    assert VN.replay("2000", tracks=[mine, mine]).snapshot.tracks == (*STANDARD, mine)
    for bad, message in [
        (["ties"], "tracks: 'ties' is not a track: .* are always there"),
        ("ties", "tracks: expected a list, got 'ties' alone"),
        (mine, "tracks: expected a list"),
        ([attrs.evolve(TIES)], "tracks: there is a track 'ties' already: rename yours"),
        ([mine, attrs.evolve(mine)], "there is a track 'mine' already"),
    ]:
        with pytest.raises(InvalidQueryError, match=message):
            VN.replay(tracks=bad)  # type: ignore[arg-type]
        with pytest.raises(InvalidQueryError, match=message):
            VN.check(tracks=bad)  # type: ignore[arg-type]


def test_a_track_that_was_not_folded_is_told() -> None:
    mine = attrs.evolve(TIES, name="mine")
    with pytest.raises(UnknownTrackError, match="mine"):
        WORLD.state(mine, ("SGP", "VNM"))
    for ask in (
        lambda: RELATION[mine], lambda: RELATION["tie"], lambda: RELATION[None],  # type: ignore[index]
        lambda: RELATION.events(mine), lambda: RELATION.events("tie"), lambda: RELATION.explain(5),  # type: ignore[arg-type]
    ):  # fmt: skip
        with pytest.raises(UnknownTrackError, match="was not folded"):
            ask()
    assert RELATION["ties"] == RELATION[TIES]  # type: ignore[index]
    assert RELATION.events("ties") == RELATION.events(TIES)
    with pytest.raises(TypeError, match="not iterable"):
        list(RELATION)  # type: ignore[call-overload]
    for pair in (("VNM", "SGP"), ("SGP", "VNM"), ("Vietnam", "Singapore")):
        assert WORLD.state(TIES, pair) == RELATION.ties
    for bad in (("VNM", "SGP", "LAO"), ("VNM",), "VNM", ("VNM", "VN"), None):
        with pytest.raises(MissingKeyError):
            WORLD.state(TIES, bad)  # type: ignore[arg-type]
    with pytest.raises(MissingKeyError):
        WORLD.possible_standings("VNM", "vn")


# --- parties, levels and keys --------------------------------------------------------------------


@pytest.mark.parametrize(
    "pair", [("VNM", "VNM"), ("VN", "Vietnam"), "VNM", ("VNM",), ("VNM", "SGP", "THA"), 3]
)
def test_a_relation_is_between_two(pair: Any) -> None:
    with pytest.raises(MissingKeyError, match=r"a relation is between two|no relation with itself"):
        WORLD[pair]
    with pytest.raises(LookupError):
        WORLD[pair]
    with pytest.raises(InvalidQueryError):
        VN.where(dyad=pair)
    if isinstance(pair, tuple) and len(pair) == 2:
        for ask in (VN.relation, VN.timeline):
            with pytest.raises(InvalidQueryError, match="VNM has no relation with itself"):
                ask(*pair)


def test_a_party_that_nobody_knows_is_told_wherever_it_is_named() -> None:
    for ask in (
        lambda: VN.relation("VNM", "Atlantis"), lambda: VN.timeline("Atlantis", "VNM"),
        lambda: VN.where(party="Atlantis"), lambda: WORLD.ranking("Atlantis"),
        lambda: WORLD.members("Atlantis"), lambda: WORLD.figures("Atlantis"),
        lambda: WORLD.partners("VNM", within="Atlantis"), lambda: WORLD.counterparts("Atlantis"),
        lambda: WORLD.ranking("VNM")["Atlantis"], lambda: RELATION.level("Atlantis"),
        lambda: WORLD.possible_standings("VNM", "Atlantis"),
    ):  # fmt: skip
        with pytest.raises(UnknownPartyError, match="Atlantis"):
            ask()


def test_a_country_is_no_group() -> None:
    assert WORLD.members("ASEAN").parties
    for ask in (lambda: WORLD.members("Laos"), lambda: WORLD.partners("VNM", within="Laos")):
        with pytest.raises(InvalidQueryError, match="LAO is a country, expected a group"):
            ask()


@pytest.mark.parametrize("kind", ["at_least", "exactly"])
def test_a_level_is_known_by_its_id_and_by_its_names(kind: str) -> None:
    by_id = WORLD.partners("VNM", **{kind: "strategic"})  # type: ignore[arg-type]
    for name in ("Strategic Partnership", "strategic partnership", "Đối tác Chiến lược"):
        assert WORLD.partners("VNM", **{kind: name}) == by_id  # type: ignore[arg-type]
    for bad in ("Strategy", 3, None if kind == "never" else ""):
        with pytest.raises(UnknownLevelError, match="has no level"):
            WORLD.partners("VNM", **{kind: bad})  # type: ignore[arg-type]


def test_decomposed_letters_are_the_same_letters() -> None:
    assert WORLD.ranking(normalize("NFD", "Việt Nam")).party == "VNM"
    name = normalize("NFD", "Đối tác Chiến lược")
    assert WORLD.partners("VNM", exactly=name) == WORLD.partners("VNM", exactly="strategic")


def test_what_is_in_an_answer_is_what_its_brackets_find() -> None:
    for answer in (WORLD.ranking("VNM"), WORLD.metric_ranking("VNM", by="ties")):
        assert "SGP" in answer
        assert "Singapore" in answer
        assert "VNM" not in answer
        assert "Atlantis" not in answer
        assert 3 not in answer
    members = WORLD.members("ASEAN")
    assert "SGP" in members
    assert len(members) == len([*members]) == len(members.parties)


def test_a_name_of_two_levels_names_neither() -> None:
    names = [dr.Text("en", "Partner")]
    levels = [dr.Level(id="a", rank=1, names=names), dr.Level(id="b", rank=2, names=names)]
    with pytest.raises(UnknownLevelError, match=r"'Partner' names several levels .* a, b"):
        dr.Ladder(party="VNM", levels=levels).find("Partner")


def test_rows_are_reached_by_party_and_what_is_missing_is_a_lookup_error() -> None:
    ranking, oldest = WORLD.ranking("VNM"), WORLD.metric_ranking("VNM", by="ties")
    assert ranking["Singapore"] == ranking["SG"] == ranking["SGP"]
    assert oldest["Singapore"] == oldest["sgp"] == next(row for row in oldest if row.party == "SGP")
    for ask, message in (
        (lambda: ranking["LAO"], "LAO has no position: it is in the block 'special'"),
        (lambda: ranking["VNM"], "VNM has no position: it does not live on that day"),
        (lambda: oldest["VNM"], "VNM has no position: it has no ties"),
        (lambda: ranking[0], r"0 is not a party: .* Rows are reached by .rows\[0\]"),  # type: ignore[index]
        (lambda: ranking.sensitivity()["x"], "no order 'x'"),
    ):
        with pytest.raises(LookupError, match=message) as caught:
            ask()
        assert isinstance(caught.value, MissingKeyError)
        assert isinstance(caught.value, ValueError)


# --- the package ---------------------------------------------------------------------------------


def test_the_public_names_are_few_and_each_shows_itself() -> None:
    assert len(dr.__all__) <= 47
    assert {*dr.__all__} == {name for name in dir(dr) if not name.startswith("__")}
    for name in dr.__all__:
        assert ">>>" in (getattr(dr, name).__doc__ or ""), name
    with pytest.raises(AttributeError, match="no attribute 'Telling'"):
        dr.Telling  # type: ignore[attr-defined]  # noqa: B018


def test_a_day_asked_for_is_one_day_later_the_next() -> None:
    day = date(2025, 3, 11)
    assert VN.replay(day).on == day
    assert VN.replay(day + timedelta(days=1)).on == WORLD.on
