"""A party's end ends its relations: the cases of the design, on small logs."""

from __future__ import annotations

from typing import Any

import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.errors import InvalidEventError
from diplorel.model.lives import TABLE, began, ended, ends_of
from diplorel.model.parties import Life
from diplorel.model.party_table import shipped
from diplorel.model.reference import Reference
from diplorel.narrative.narrator import Narrator
from diplorel.tracks import GROUPS

VNA = dr.Source(id="vna", title="A report", publisher="VNA", kind="agency", published="2020")
HERE: Any = {"sources": ["vna"]}
DYAD = ("GONE", "VNM")


def gone(*lives: tuple[str | None, str | None]) -> dr.Party:
    found = [Life(start=start, end=end) for start, end in lives]
    return dr.Party(id="GONE", names={"en": "Goneland"}, lives=found)


def log_of(*events: Any, party: dr.Party | None = None, **more: Any) -> dr.EventLog:
    parties = [] if party is None else [party]
    ladders = [dr.Ladder(party="VNM", levels=[dr.Level(id="low", rank=1)])]
    return dr.EventLog(
        events, stream="mine", at="2024-01-01T00:00:00Z", sources=[VNA], parties=parties,
        ladders=ladders, **more,
    )  # fmt: skip


def tied(on: str, parties: tuple[str, str] = DYAD) -> ev.TiesEstablished:
    return ev.TiesEstablished(on=on, parties=parties, **HERE)


def full() -> list[Any]:
    """Return one event of each track whose states end with a party, and two reports."""
    return [
        tied("1970-01-01"),
        ev.LevelUpgraded(on="1971", parties=DYAD, ladder="VNM", level="low", **HERE),
        ev.SpecialRelationshipDeclared(on="1972", parties=DYAD, **HERE),
        ev.SectorPartnershipFormed(on="1973", parties=DYAD, sector="green", **HERE),
        ev.MissionOpened(on="1974", sender="VNM", receiver="GONE", city="Gone", **HERE),
        ev.EnvoyAccredited(on="1974", sender="VNM", receiver="GONE", name="An", **HERE),
        ev.RecognitionGranted(on="1970", recogniser="VNM", recognised="GONE", **HERE),
        ev.RecognitionGranted(on="1970", recogniser="GONE", recognised="VNM", **HERE),
        ev.RecognitionWithdrawn(on="1975", recogniser="GONE", recognised="VNM", **HERE),
        ev.GroupJoined(on="1976", party="GONE", group="ASEAN", **HERE),
        ev.VisitMade(on="1977-05-01", visitor="GONE", host="VNM", **HERE),
    ]


def test_every_state_ends_and_reports_stay() -> None:
    log = log_of(*full(), party=gone(("1960", "1980-06-30")))
    before, after = log.replay("1980-06-29"), log.replay("1980-06-30")
    assert before[DYAD].ties.status == "established"
    assert before[DYAD].missions.missions
    one = after[DYAD]
    assert (one.ties.status, one.ties.since and one.ties.since.text) == ("lapsed", "1980-06-30")
    assert [(spell.start.text, spell.end and spell.end.text) for spell in one.ties.spells] == [
        ("1970-01-01", "1980-06-30")
    ]
    assert one.level("VNM").status == "ended"
    assert one.special.since is None
    assert one.sectors.partnerships == ()
    assert (one.missions.missions, one.missions.envoys) == ((), ())
    assert one.recognition("VNM").status == "lapsed"
    assert one.recognition("GONE").status == "withdrawn"
    assert after.state(GROUPS, "ASEAN").memberships == ()
    assert len(one.visits.visits) == 1
    assert one.events("ties")[-1].id == "party-ended/GONE/1980-06-30"
    assert one.last_recorded == {"visits": None}
    assert log.relation(*DYAD, on="1980-06-30") == one


def test_between_parties_of_which_one_does_not_live_only_reports_are_unknown() -> None:
    log = log_of(*full(), party=gone(("1960", "1980")))
    assert log.relation("GONE", "SGP", on="1990-01-01").unknown <= {"visits", "figures"} | {
        "agreements"
    }
    assert log.relation("GONE", "SGP", on="1950-01-01").level("GONE").status == "none"
    assert "ties" in log.relation("GONE", "SGP", on="1970-01-01").unknown
    ended_level = log.relation(*DYAD, on="1990-01-01").level("VNM")
    assert (ended_level.last_recorded, ended_level.complete_to) == (False, None)


def test_an_event_of_vague_date_comes_before_an_end() -> None:
    log = log_of(tied("1980"), party=gone((None, "1980-06-30")))
    ties = log.relation(*DYAD, on="1981-01-01").ties
    assert (ties.status, ties.open) == ("lapsed", frozenset())


def test_an_end_of_vague_date_is_open_until_its_last_day() -> None:
    log = log_of(tied("1970"), party=gone((None, "1980")))
    one = log.relation(*DYAD, on="1980-06-01")
    assert one.ties.status == "established"
    assert [event.id for event in one.undecided] == ["party-ended/GONE/1980"]
    assert "ties" not in one.certain
    assert "special" in one.certain  # nothing is there that could end
    assert log.replay("1980-06-01")[DYAD] == one
    assert log.relation(*DYAD, on="1969-01-01").undecided == ()
    early = log.replay("1980-06-01", dates="earliest")[DYAD]
    assert early.ties.status == "lapsed"


def test_who_comes_back_can_have_ties_again() -> None:
    back = gone(("1960", "1980-06-30"), ("1990-01-01", None))
    again = ev.TiesRestored(on="1990-02-01", parties=DYAD, **HERE)
    log = log_of(tied("1970"), again, party=back)
    on = {day: log.relation(*DYAD, on=day).ties.status for day in ("1985-01-01", "1991-01-01")}
    assert on == {"1985-01-01": "lapsed", "1991-01-01": "established"}
    assert log.check() == ()


def test_an_event_that_can_lie_in_either_life_leaves_the_status_open() -> None:
    back = gone((None, "1980-06-30"), ("1990-01-01", None))
    log = log_of(tied("[1975..1995]"), party=back)
    ties = log.relation(*DYAD).ties
    assert "status" in ties.open


def test_facts_win_where_dates_leave_no_place_in_a_life() -> None:
    log = log_of(tied("1985-01-01"), party=gone(("1960", "1980-06-30")))
    assert log.relation(*DYAD).ties.status == "established"
    assert [one.code for one in log.check()] == ["DR202"]


def test_a_succession_of_a_later_day_hands_on_what_was_on_the_last() -> None:
    succession = ev.PartySucceeded(
        on="1981-03-01", predecessor="GONE", successor="SGP", kind="merger", dyads=["VNM"],
        tracks=["ties"], **HERE,
    )  # fmt: skip
    log = log_of(tied("1970"), succession, party=gone((None, "1980-06-30")))
    assert log.relation(*DYAD, on="1990-01-01").ties.status == "lapsed"
    heir = log.relation("SGP", "VNM", on="1990-01-01")
    assert (heir.ties.status, heir.ties.since and heir.ties.since.text) == ("established", "1970")
    assert heir == log.replay("1990-01-01")["SGP", "VNM"]
    assert "party-ended/GONE/1980-06-30" not in {event.id for event in heir.events()}


def test_what_was_recorded_after_the_end_is_what_a_succession_hands_on() -> None:
    succession = ev.PartySucceeded(
        on="1985-03-01", predecessor="GONE", successor="SGP", kind="merger", dyads=["VNM"],
        tracks=["ties"], **HERE,
    )  # fmt: skip
    late = ev.TiesSevered(on="1982", parties=DYAD, **HERE)
    log = log_of(tied("1970"), late, succession, party=gone((None, "1980-06-30")))
    assert log.relation("SGP", "VNM").ties.status == "severed"


def test_events_after_a_succession_are_reported_but_not_those_of_a_later_life() -> None:
    succession = ev.PartySucceeded(
        on="1980-03-01", predecessor="GONE", successor="SGP", kind="split", dyads=["VNM"],
        tracks=["ties"], **HERE,
    )  # fmt: skip
    late = ev.TiesSuspended(on="1980-05-01", parties=DYAD, **HERE)
    one_life = gone((None, "1980-06-30"))
    assert [one.code for one in log_of(tied("1970"), succession, late, party=one_life).check()] == [
        "DR314"
    ]
    again = tied("1990-03-01")
    back = gone((None, "1980-06-30"), ("1990-01-01", None))
    assert log_of(tied("1970"), succession, again, party=back).check() == ()


def test_the_bounds_of_lives_are_events_with_the_sources_of_the_table() -> None:
    one = gone(("1960", "1980-06-30"), ("1990-01-01", None))
    assert [event.id for event in began(one)] == [
        "party-began/GONE/1960", "party-began/GONE/1990-01-01",
    ]  # fmt: skip
    (end,) = ended(one)
    assert [cited.source for cited in end.sources] == [TABLE]
    soviet = ended(dr.party("SUN"))[0]
    assert {cited.source for cited in soviet.sources} <= {
        source for life in dr.party("SUN").lives for source in life.end_sources
    }
    assert {event.party for event in ends_of(shipped())} >= {"SUN", "DDR", "CSK"}
    log = log_of(tied("1970"), party=one)
    assert "The table of parties" in str(log.relation(*DYAD).explain())
    words = Narrator(log.reference, "en")
    assert words.sentence(end) == "Goneland ceased to exist."


def test_a_life_ends_after_it_begins_and_before_the_next() -> None:
    with pytest.raises(InvalidEventError, match="cannot have ended"):
        gone(("1980", "1970"))


def test_contested_continuity_is_a_mark_and_no_status() -> None:
    log = log_of(tied("1922", ("EST", "VNM")))
    one = log.relation("EST", "VNM", on="1960-01-01")
    assert (one.ties.status, one.contested) == ("established", ("EST",))
    assert log.relation("EST", "VNM", on="2000-01-01").contested == ()
    lines = dict(Narrator(log.reference, "en").state(one))
    assert lines["Continuity in law contested"] == "Estonia"


def test_the_end_of_a_group_ends_every_membership() -> None:
    club = dr.Party(id="CLUB", names={"en": "Club"}, kind="group", end="1980-06-30")
    joined = ev.GroupJoined(on="1970", party="VNM", group="CLUB", **HERE)
    log = log_of(joined, party=club)
    assert log.replay("1980-06-29").state(GROUPS, "CLUB").members() == ("VNM",)
    assert log.replay("1980-06-30").state(GROUPS, "CLUB").members() == ()


def test_a_post_closed_after_the_end_confirms_it() -> None:
    opened = ev.MissionOpened(on="1974", sender="VNM", receiver="GONE", city="Gone", **HERE)
    closed = ev.MissionClosed(on="1980-06-30", sender="VNM", receiver="GONE", city="Gone", **HERE)
    log = log_of(tied("1970"), opened, closed, party=gone((None, "1980-06-30")))
    assert log.relation(*DYAD).missions.missions == ()
    assert log.check() == ()


def test_a_refolded_world_hears_of_ends(tmp_path: Any) -> None:
    with dr.open(tmp_path / "store.db") as store:
        store.append([tied("1950", ("DDR", "VNM"))], reference=Reference(sources=[VNA]))
        assert store.replay("2000-01-01")["DDR", "VNM"].ties.status == "lapsed"
        later = ev.TiesSuspended(on="1960", parties=("DDR", "VNM"), **HERE)
        store.append([later])
        spells = store.replay("2000-01-01")["DDR", "VNM"].ties.spells
        assert [spell.end and spell.end.text for spell in spells] == ["1960"]
        assert store.replay("2000-01-01")["DDR", "VNM"].ties.status == "lapsed"


def test_an_agreement_ends_with_a_party_and_an_open_end_leaves_it_open() -> None:
    signed = ev.AgreementSigned(on="1970", parties=["GONE", "VNM", "SGP"], agreement="fta", **HERE)
    again = ev.AgreementSigned(on="1995", parties=["GONE", "VNM"], agreement="fta", **HERE)
    succession = ev.PartySucceeded(
        on="1996", predecessor="GONE", successor="LAO", kind="secession", dyads=["VNM"],
        tracks=["agreements"], **HERE,
    )  # fmt: skip
    back = gone((None, "1980"), ("1990-01-01", None))
    other = ev.AgreementSigned(on="1971", parties=["FRA", "SGP"], agreement="other", **HERE)
    log = log_of(signed, again, succession, other, party=back)
    for day in ("1975-01-01", "1980-06-01", "1985-01-01", "1996-06-01", "2000-01-01"):
        world = log.replay(day)
        for pair in (DYAD, ("SGP", "VNM"), ("LAO", "VNM"), ("FRA", "VNM")):
            assert log.relation(*pair, on=day) == world[pair]
    one = log.relation(*DYAD, on="1980-06-01")
    assert [event.id for event in one.undecided] == ["party-ended/GONE/1980"]
    assert "agreements" not in one.certain
    status = {
        day: [doc.status.value for doc in log.relation(*DYAD, on=day).agreements.documents]
        for day in ("1975-01-01", "1985-01-01", "1995-12-31")
    }
    assert status == {
        "1975-01-01": ["signed"], "1985-01-01": ["terminated"], "1995-12-31": ["signed"],
    }  # fmt: skip
    assert log.relation("FRA", "GONE", on="1980-06-01").undecided == ()


def test_a_succession_that_is_open_can_change_the_tracks_that_it_names() -> None:
    succession = ev.PartySucceeded(
        on="1985", predecessor="GONE", successor="SGP", kind="split", dyads=["VNM"],
        tracks=["ties"], **HERE,
    )  # fmt: skip
    one = log_of(tied("1970"), succession, party=gone((None, None))).relation(
        "SGP", "VNM", on="1985-06-01"
    )
    assert "ties" not in one.certain
    assert "level" in one.certain


def test_nothing_is_known_of_a_ladder_of_a_third_party() -> None:
    log = log_of(tied("1970"), party=gone((None, "1980")))
    assert log.relation(*DYAD).level("SGP").status == "unknown"
    assert log.relation(*DYAD).level("GONE").status == "none"
