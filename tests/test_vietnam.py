"""Vietnam's stream: the facts that it must show, and the laws of any log, on a real one."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel.claims import (
    AnniversaryClaim,
    CountClaim,
    CountWithinClaim,
    NthPartnerClaim,
    Verdict,
)
from diplorel.claims.verify import verify_some
from diplorel.datasets import load_stream
from diplorel.io import jsonl
from diplorel.model.dates import between_words
from diplorel.model.releases import check_release
from diplorel.model.sources import independent
from diplorel.tracks.level import LevelStatus
from draws import draws
from shipped_once import findings, shipped

TWELVE = "CHN RUS IND KOR USA JPN AUS FRA MYS NZL IDN SGP".split()
TOP = "comprehensive-strategic"


def vietnam() -> dr.EventLog:
    return shipped("vietnam")


@lru_cache(maxsize=64)
def world(day: str) -> dr.World:
    return vietnam().replay(on=day)


def at_the_top(day: str) -> list[str]:
    return [row.party for row in world(day).ranking("VNM") if row.level.id == TOP]


def test_the_twelve_stand_in_the_order_in_which_they_came() -> None:
    assert at_the_top("2025-03-12") == TWELVE
    assert at_the_top("2025-03-11") == TWELVE[:11]
    ranking = world("2025-03-12").ranking("VN")
    assert [ranking[party].position for party in TWELVE] == list(range(1, 13))
    assert [(ranking[p].best, ranking[p].worst) for p in TWELVE] == [(n, n) for n in range(1, 13)]


def test_ties_and_levels_of_singapore() -> None:
    relation = world("2025-03-12")["Singapore", "Việt Nam"]
    assert relation.ties.since == dr.PartialDate("1973-08-01")
    standing = relation.level("VNM")
    assert standing.level is not None
    assert standing.level.name("vi") == "Đối tác Chiến lược Toàn diện"
    assert standing.since == dr.PartialDate("2025-03-12")
    strategic = next(on for level, on in standing.path if level and level.id == "strategic")
    assert dr.PartialDate("2013-09").contains(strategic)
    assert relation.level("SGP").status is LevelStatus.UNKNOWN


def test_nine_countries_from_december_2022_to_march_2025() -> None:
    came = set(at_the_top("2025-03-12")) - set(at_the_top("2022-11-30"))
    assert came == set("KOR USA JPN AUS FRA MYS NZL IDN SGP".split())


def test_five_in_two_years_against_four_in_fourteen() -> None:
    assert len(set(at_the_top("2024-12-31")) - set(at_the_top("2022-12-31"))) == 5
    assert at_the_top("2022-12-31") == ["CHN", "RUS", "IND", "KOR"]
    assert at_the_top("2007-12-31") == []


def test_the_figures_of_the_press() -> None:
    def reports(a: str, b: str, indicator: str, period: str) -> set[tuple[str, str]]:
        figures = world("2025-12-31")[a, b].figures.of(indicator)
        return {
            (one.qualifier.value, str(one.value))
            for figure in figures
            for one in (figure.latest, *figure.alternatives)
            if one.period is not None and one.period.text.startswith(period)
        }

    assert (">", "9") in reports("VNM", "SGP", "trade-turnover", "2024")
    assert ("~", "9.15") in reports("VNM", "SGP", "trade-turnover", "2022")
    assert ("=", "73.4") in reports("VNM", "SGP", "investment-stock", "2023-07")
    assert (">", "80") in reports("VNM", "SGP", "investment-stock", "2025-03")
    assert ("=", "14") in reports("VNM", "SGP", "vsip-parks", "2023-07")
    assert (">", "12") in reports("VNM", "SGP", "vsip-parks", "2025-03")
    targets = world("2025-12-31")["VNM", "IDN"].figures.targets
    due = {(str(one.value), one.unit) for one in targets if one.due == dr.PartialDate("2028")}
    assert ("18", "USD bn") in due


def test_the_four_documents_of_the_day_and_what_sources_call_the_one_on_wind() -> None:
    signed = [
        event
        for event in world("2025-03-12")["VNM", "SGP"].events()
        if isinstance(event, dr.events.AgreementSigned) and event.on.text == "2025-03-12"
    ]
    kinds = [event.kind.value for event in signed]
    assert (len(signed), kinds.count("joint-statement")) == (5, 1)
    (wind,) = (event for event in signed if any("wind" in field for field in event.fields))
    assert {one.text for one in wind.sources} >= {"wind power trade", "offshore wind energy"}


def test_visits_carry_the_office_even_where_it_is_a_party_office() -> None:
    visits = world("2025-12-31")["VNM", "SGP"].visits.visits
    wong = next(one for one in visits if one.on == dr.PartialDate("2025-03-25/2025-03-26"))
    assert (wong.visitor, wong.host, wong.kind.value) == ("SGP", "VNM", "official")
    offices = {
        office
        for one in visits
        if one.on.earliest.year == 2025 and one.visitor == "VNM"
        for person in one.persons
        for office in person.offices
    }
    assert "party:general-secretary" in offices


def test_by_published_sources_of_the_day_before_singapore_is_not_at_the_top() -> None:
    known = vietnam().replay(on="2025-03-12", known="2025-03-11", clock="published")
    assert list(known.partners("VNM", at_least=TOP)) == sorted(TWELVE[:11])
    assert known["VNM", "SGP"].level("VNM").level == vietnam().reference.level("VNM", "strategic")


def test_nothing_was_recorded_before_the_stream_began() -> None:
    assert vietnam().replay(known="2026-11-21").events == ()
    assert len(vietnam().view(known="2026-11-22").resolve().events) == 656
    assert len(vietnam().resolve().events) == 1004


def test_at_least_900_events_are_vietnams_own_group_memberships_not_counted() -> None:
    own = [event for event in vietnam().resolve().events if "VNM" in event.parties]
    assert len([event for event in own if not event.type.startswith("group")]) == 975


def test_of_levels_visits_and_documents_two_thirds_have_two_sources_or_an_official_one() -> None:
    source = vietnam().reference.source
    events = [
        event
        for event in vietnam().resolve().events
        if event.type.startswith(("level-", "visit-", "agreement-"))
    ]
    sound = [
        event
        for event in events
        if {source[one.source].kind.value for one in event.sources} & {"joint", "government"}
        or len(independent((one.source for one in event.sources), source)) > 1
    ]
    assert (len(sound), len(events)) == (323, 470)


@pytest.mark.parametrize(
    ("id", "before"),
    [
        ("ties-established/ETH-VNM/1976-02-23", "1976-03-23"),
        ("ties-established/ALB-VNM/1950-02-11", "1950-02-18"),
        ("visit-made/FRA-VNM/1993-02-09--1993-02-11/president", "1993-03"),
        ("agreement-signed/CHN-VNM/2009-11-18/border-gates-agreement", "2010"),
        ("agreement-signed/KHM-VNM/1985-12-27/boundary-treaty-1985", "1985"),
        ("agreement-signed/USA-VNM/2000-07-13/us-bta", "2000-07"),
        ("visit-made/RUS-VNM/2001-02-28--2001-03-02/president", "[2001-02..2001-03]"),
    ],
)
def test_what_was_wrong_is_corrected_and_keeps_what_the_old_sources_say(
    id: str, before: str
) -> None:
    event = next(event for event in vietnam().resolve().events if event.id == id)
    assert event.reason
    assert [before in named for named in event.supersedes] == [True]
    assert any(one.on is not None for one in event.sources)


def test_border_documents_with_china_are_in_force_since_july_2010() -> None:
    on = {
        event.on.text
        for event in vietnam().resolve().events
        if isinstance(event, dr.events.AgreementInForce)
        and event.agreement.startswith(("land-border-", "border-gates"))
        and event.parties == ("CHN", "VNM")
    }
    assert on == {"2000-07-06", "2010-07-14"}


def test_the_united_states_skipped_a_level() -> None:
    (skip,) = world("2023-09-10")["VNM", "USA"].level("VNM").skipped
    assert (skip.before.id, skip.after.id) == ("comprehensive", TOP)
    assert skip.missed[0].id == "strategic"


def test_what_the_stream_does_not_cover_is_unknown_and_never_none() -> None:
    relation = world("2025-03-12")["VNM", "LVA"]
    assert relation.ties.status.value == "unknown"
    assert "ties" in relation.unknown
    assert relation.level("VNM").status is LevelStatus.UNKNOWN


def test_russia_and_the_czechs_carry_older_ties_on() -> None:
    for party, since in (("RUS", "1950-01-30"), ("CZE", "1950-02-02"), ("SVK", "1950-02-02")):
        ties = world("2025-03-12")["VNM", party].ties
        assert (ties.status.value, ties.since) == ("established", dr.PartialDate(since))
        assert "ties" in world("2025-03-12")["VNM", party].certain
    assert "SUN" not in world("2025-03-12").counterparts("VNM")
    assert "SUN" in world("1980-01-01").counterparts("VNM")


def test_chile_broke_and_came_back() -> None:
    first, second = world("2025-03-12")["VNM", "CHL"].ties.spells
    assert (first.start.text, second.end) == ("1971-03-25", None)
    assert second.start.earliest.year == 1990


def test_east_timor_is_the_eleventh_of_asean() -> None:
    assert len(world("2025-10-25").members("ASEAN").parties) == 10
    members = world("2025-10-26").members("ASEAN")
    assert (len(members.parties), members.complete, members.possible) == (11, True, ())
    assert set(world("2025-03-12").members("UNSC_P5").parties) == set("CHN FRA GBR RUS USA".split())


def test_the_stream_is_sound_and_its_claims_come_out_as_expected() -> None:
    assert vietnam().check(today="2026-11-28") == ()
    found = findings("vietnam")
    assert len(found) > 60
    assert [finding.claim.id for finding in found if not finding.as_expected] == []
    first = [one for one in found if "first-of-singapore" in one.claim.id]
    assert {one.verdict.value for one in first} == {"undecidable"}


NUMBERS = {CountClaim: "count", CountWithinClaim: "count", NthPartnerClaim: "n",
           AnniversaryClaim: "years"}  # fmt: skip


def test_another_number_would_be_refuted() -> None:
    """A verdict hangs on the number that the source gives: with one more or less it turns."""
    others = [
        attrs.evolve(one.claim, id=f"{one.claim.id}-{step}", expect="refuted", **{field: number})
        for one in findings("vietnam")
        if one.verdict is Verdict.SUPPORTED and (field := NUMBERS.get(type(one.claim)))
        for step in ("more", "less")
        if (number := getattr(one.claim, field) + {"more": 1, "less": -1}[step]) > 0
    ]
    assert len(others) > 50
    wrong = {one.id for one in others}
    found = {one.claim.id: one.verdict for one in verify_some(vietnam(), others)}
    assert found == dict.fromkeys(wrong, Verdict.REFUTED)


def test_every_source_is_cited_or_claims_something() -> None:
    cited = {one.source for record in vietnam() for one in record.event.sources}
    claimed = {claim.source for claim in vietnam().reference.claims}
    repeated = {one.derived_from for one in vietnam().reference.sources}
    assert set(vietnam().reference.source) <= cited | claimed | repeated


def test_every_event_cites_a_source_that_the_bibliography_has() -> None:
    known = vietnam().reference.source
    for record in vietnam():
        assert record.event.sources
        assert all(one.source in known for one in record.event.sources)


def test_the_released_bytes_are_a_prefix_and_the_file_is_canonical() -> None:
    stream = load_stream("vietnam")
    assert stream.releases
    assert check_release(stream.data, stream.releases) == ()
    assert jsonl.dumps(vietnam()).encode() == stream.data
    text = files("diplorel.datasets").joinpath("vietnam/NOTES.md").read_text("utf-8")
    assert "Slovakia" in text


def test_an_unknown_dataset_is_reported_with_those_there_are() -> None:
    assert "vietnam" in [one.name for one in dr.available()]
    with pytest.raises(dr.errors.UnknownDatasetError, match="Did you mean 'vietnam'"):
        dr.load("vietnm")
    with pytest.raises(dr.errors.UnknownDatasetError):
        dr.load("../vietnam")


# --- the laws of any log, on this one ------------------------------------------------------------

DAYS = st.dates(date(1945, 1, 1), date(2026, 11, 22)).map(date.isoformat)


@settings(max_examples=draws(30))
@given(st.sampled_from(["SGP", "USA", "RUS", "CZE", "CHN", "KHM", "EU", "CHL", "JPN", "LVA"]), DAYS)
def test_by_bisection_it_is_the_same_relation_either_way_round(party: str, day: str) -> None:
    relation = vietnam().relation("VNM", party, on=day)
    assert relation == vietnam().relation(party, "VNM", on=day) == world(day)["VNM", party]
    assert relation.explain().to_records() == world(day)[party, "VNM"].explain().to_records()


@settings(max_examples=draws(10))
@given(DAYS, DAYS, DAYS)
def test_differences_compose(one: str, two: str, three: str) -> None:
    first, second, third = sorted((one, two, three))
    log = vietnam()
    assert log.diff(first, second).then(log.diff(second, third)) == log.diff(first, third)


@settings(max_examples=draws(10))
@given(DAYS)
def test_the_ranking_is_a_weak_order_within_its_intervals(day: str) -> None:
    ranking = world(day).ranking("VNM")
    for above, below in zip(ranking.rows, ranking.rows[1:], strict=False):
        assert above.position <= below.position
        assert (above.level.rank or 0) >= (below.level.rank or 0)
    assert all(row.best <= row.position <= row.worst for row in ranking)


def test_later_records_never_change_what_was_known() -> None:
    before = vietnam().replay(on="2025-03-12", known="2026-11-22")
    wrong = next(
        record.id
        for record in vietnam()
        if record.id.startswith("level-upgraded/SGP-VNM/2025-03-12")
    )
    later = vietnam().append(
        dr.events.EventRetracted(
            target=wrong, reason="for the test", sources=["vna-wire-2025-03-12"]
        ),
        at="2026-12-01T00:00:00Z",
        ahead=True,
    )
    assert later.replay(on="2025-03-12", known="2026-11-22") == before
    assert "SGP" not in later.replay(on="2025-03-12").partners("VNM", at_least=TOP)
    fixed = later.diff("2025-03-12", "2025-03-13", known_since="2026-11-30")
    assert (fixed.changes, [one.subject for one in fixed.corrections]) == ((), [("SGP", "VNM")])


def test_years_of_ties_in_words() -> None:
    since = world("2025-03-12")["VNM", "SGP"].ties.since
    assert since is not None
    day = date(2025, 3, 12) - timedelta(days=0)
    assert between_words(since, day) == "51 years 7 months"
    assert between_words(since, day, "vi") == "51 năm 7 tháng"
