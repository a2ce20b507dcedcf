"""The stream of groups and regions: who belonged to what on a day, against lists of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import diplorel as dr
from diplorel.claims import (
    Claim,
    CountClaim,
    Finding,
    FirstInGroupClaim,
    NthPartnerClaim,
    PartnersClaim,
    Verdict,
)
from diplorel.cli import main
from diplorel.datasets import load_stream
from diplorel.io import jsonl
from diplorel.model.parties import PartyKind
from diplorel.model.releases import check_release
from shipped_once import findings, shipped

TOP = "comprehensive-strategic"
BASIS = "a region is a place: a party is in it from the beginning of its life"
OTHERS = ("vietnam", "singapore", "united_states")


def groups() -> dr.EventLog:
    return shipped("groups")


def vietnam() -> dr.EventLog:
    return shipped("vietnam")


def both() -> dr.EventLog:
    return shipped("vietnam", "groups")


@cache
def on_day(day: str) -> dr.World:
    """Return the groups on a day."""
    return groups().replay(on=day)


@cache
def together(day: str) -> dr.World:
    """Return Vietnam's relations and the groups on a day."""
    return both().replay(on=day)


def ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def ids(names: str) -> set[str]:
    return {dr.party(name.strip()).id for name in names.split(",") if name.strip()}


# --- who belonged to what: written from general knowledge, not from the stream ------------------

SIX = "Belgium, France, Germany, Italy, Luxembourg, Netherlands"
NINE = SIX + ", Denmark, Ireland, United Kingdom"
TEN = NINE + ", Greece"
TWELVE = TEN + ", Spain, Portugal"
FIFTEEN = TWELVE + ", Austria, Finland, Sweden"
TWENTY_FIVE = (
    FIFTEEN
    + ", Cyprus, Czechia, Estonia, Hungary, Latvia, Lithuania, Malta, Poland, Slovakia, Slovenia"
)
TWENTY_SEVEN = TWENTY_FIVE + ", Bulgaria, Romania"
TWENTY_EIGHT = TWENTY_SEVEN + ", Croatia"
WITHOUT_BRITAIN = TWENTY_EIGHT.replace(", United Kingdom", "")

PACIFIC_SIX = "Australia, Canada, Japan, Mexico, New Zealand, Singapore"
RCEP_TEN = (
    "Australia, Brunei, Cambodia, China, Japan, Laos, New Zealand, Singapore, Thailand, Vietnam"
)
SOUTH = "Afghanistan, Bangladesh, Bhutan, India, Iran, Maldives, Nepal, Pakistan, Sri Lanka"
NORTH = (
    "Denmark, Estonia, Finland, Iceland, Ireland, Latvia, Lithuania, Norway, Sweden, United Kingdom"
)
MIDDLE = (
    "Bahrain, Iran, Iraq, Israel, Jordan, Kuwait, Lebanon, Oman, Palestine, Qatar, Saudi Arabia, "
    "Syria, Türkiye, United Arab Emirates, Yemen"
)
SEVEN = "Canada, France, Germany, Italy, Japan, United Kingdom, United States"
TWENTY = (
    SEVEN + ", Argentina, Australia, Brazil, China, India, Indonesia, South Korea, Mexico, Russia, "
    "Saudi Arabia, South Africa, Türkiye, European Union"
)
APEC_OF_1989 = (
    "Australia, Brunei, Canada, Indonesia, Japan, South Korea, Malaysia, New Zealand, Philippines, "
    "Singapore, Thailand, United States"
)
APEC_OF_1994 = APEC_OF_1989 + ", China, Hong Kong, Taiwan, Mexico, Papua New Guinea, Chile"
ARABS = (
    "Algeria, Bahrain, Comoros, Djibouti, Egypt, Iraq, Jordan, Kuwait, Lebanon, Libya, Mauritania, "
    "Morocco, Oman, Palestine, Qatar, Saudi Arabia, Somalia, Sudan, Syria, Tunisia, "
    "United Arab Emirates, Yemen"
)
ASEAN_OF_1967 = "Indonesia, Malaysia, Philippines, Singapore, Thailand"
ASEAN_OF_1999 = ASEAN_OF_1967 + ", Brunei, Vietnam, Laos, Myanmar, Cambodia"
MEKONG = "Cambodia, China, Laos, Myanmar, Thailand, Vietnam"

ON_DAYS = [
    ("EU", "1958-01-01", SIX),
    ("EU", "1972-12-31", SIX),
    ("EU", "1973-01-01", NINE),
    ("EU", "1980-12-31", NINE),
    ("EU", "1981-01-01", TEN),
    ("EU", "1985-12-31", TEN),
    ("EU", "1986-01-01", TWELVE),
    ("EU", "1994-12-31", TWELVE),
    ("EU", "1995-01-01", FIFTEEN),
    ("EU", "2004-04-30", FIFTEEN),
    ("EU", "2004-05-01", TWENTY_FIVE),
    ("EU", "2006-12-31", TWENTY_FIVE),
    ("EU", "2007-01-01", TWENTY_SEVEN),
    ("EU", "2013-06-30", TWENTY_SEVEN),
    ("EU", "2013-07-01", TWENTY_EIGHT),
    ("EU", "2020-01-30", TWENTY_EIGHT),
    ("EU", "2020-01-31", WITHOUT_BRITAIN),
    ("EU", "2025-12-31", WITHOUT_BRITAIN),
    ("G7", "1975-11-15", SEVEN.replace("Canada, ", "")),
    ("G7", "1976-06-26", SEVEN.replace("Canada, ", "")),
    ("G7", "1976-06-27", SEVEN),
    ("G7", "2010-01-01", SEVEN),
    ("G7", "2025-12-31", SEVEN),
    ("G8", "1998-05-15", SEVEN + ", Russia"),
    ("G8", "2014-03-23", SEVEN + ", Russia"),
    ("G20", "1999-12-15", TWENTY),
    ("G20", "2023-09-08", TWENTY),
    ("G20", "2023-09-09", TWENTY + ", African Union"),
    ("APEC", "1989-11-30", APEC_OF_1989),
    ("APEC", "1991-10-31", APEC_OF_1989),
    ("APEC", "1991-11-30", APEC_OF_1989 + ", China, Hong Kong, Taiwan"),
    ("APEC", "1994-11-30", APEC_OF_1994),
    ("APEC", "1998-11-30", APEC_OF_1994 + ", Peru, Russia, Vietnam"),
    ("CPTPP", "2018-12-30", PACIFIC_SIX),
    ("CPTPP", "2019-01-14", PACIFIC_SIX + ", Vietnam"),
    ("CPTPP", "2023-02-21", PACIFIC_SIX + ", Vietnam, Peru, Malaysia, Chile"),
    ("CPTPP", "2024-12-14", PACIFIC_SIX + ", Vietnam, Peru, Malaysia, Chile, Brunei"),
    ("CPTPP", "2024-12-15",
     PACIFIC_SIX + ", Vietnam, Peru, Malaysia, Chile, Brunei, United Kingdom"),
    ("RCEP", "2022-01-01", RCEP_TEN),
    ("RCEP", "2022-03-18", RCEP_TEN + ", South Korea, Malaysia"),
    ("BRICS", "2009-12-31", "Brazil, Russia, India, China"),
    ("BRICS", "2010-12-31", "Brazil, Russia, India, China, South Africa"),
    ("BRICS", "2023-12-31", "Brazil, Russia, India, China, South Africa"),
    ("NORDIC_COUNCIL", "1954-12-31", "Denmark, Iceland, Norway, Sweden"),
    ("NORDIC_COUNCIL", "1955-12-31", "Denmark, Finland, Iceland, Norway, Sweden"),
    ("ARAB_LEAGUE", "1993-12-31", ARABS),
    ("ARAB_LEAGUE", "2015-01-01", ARABS),
    ("ASEAN", "1967-08-08", ASEAN_OF_1967),
    ("ASEAN", "1995-07-28", ASEAN_OF_1967 + ", Brunei, Vietnam"),
    ("ASEAN", "1999-04-30", ASEAN_OF_1999),
    ("ASEAN", "2025-10-25", ASEAN_OF_1999),
    ("ASEAN", "2025-10-26", ASEAN_OF_1999 + ", Timor-Leste"),
    ("MRC", "1995-04-05", "Cambodia, Laos, Thailand, Vietnam"),
    ("GMS", "1992-12-31", MEKONG),
    ("LANCANG_MEKONG", "2015-11-12", MEKONG),
    ("UNSC_P5", "1991-12-23", "China, France, Soviet Union, United Kingdom, United States"),
    ("UNSC_P5", "1991-12-24", "China, France, Russia, United Kingdom, United States"),
    ("UNSC_P5", "2025-12-31", "China, France, Russia, United Kingdom, United States"),
    ("SOUTH_EASTERN_ASIA", "1976-01-01", ASEAN_OF_1999),
    ("SOUTH_EASTERN_ASIA", "2002-05-19", ASEAN_OF_1999),
    ("SOUTH_EASTERN_ASIA", "2002-05-20", ASEAN_OF_1999 + ", Timor-Leste"),
    ("SOUTHERN_ASIA", "1972-01-01", SOUTH),
    ("EASTERN_ASIA", "2020-01-01", "China, Japan, Mongolia, North Korea, South Korea"),
    ("CENTRAL_ASIA", "1992-01-01", "Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan, Uzbekistan"),
    ("NORTHERN_AMERICA", "2020-01-01", "Canada, United States"),
    ("AUSTRALIA_NEW_ZEALAND", "2020-01-01", "Australia, New Zealand"),
    ("NORTHERN_EUROPE", "2020-01-01", NORTH),
    ("MIDDLE_EAST", "2020-01-01", MIDDLE),
]  # fmt: skip


@pytest.mark.parametrize(("group", "day", "names"), ON_DAYS)
def test_the_members_on_a_day_are_complete(group: str, day: str, names: str) -> None:
    found = on_day(day).members(group)
    assert set(found.parties) == ids(names)
    assert found.possible == ()
    assert found.complete


def size(group: str, day: str) -> int:
    found = on_day(day).members(group)
    assert found.complete
    return len(found)


@pytest.mark.parametrize(
    ("region", "day", "count"),
    [
        # members of the United Nations of each region, the Holy See, Palestine, Cook and Niue
        ("AFRICA", "2012-01-01", 54),
        ("AFRICA", "2011-07-08", 53),
        ("AMERICAS", "2012-01-01", 35),
        ("ASIA", "2012-01-01", 48),
        ("EUROPE", "2012-01-01", 44),
        ("OCEANIA", "2012-01-01", 16),
    ],
)
def test_each_continent_has_as_many_states_as_it_has(region: str, day: str, count: int) -> None:
    assert size(region, day) == count


def test_the_regions_part_the_states_of_the_world() -> None:
    world = on_day("2020-01-01")
    continents = [set(world.members(one)) for one in "AFRICA AMERICAS ASIA EUROPE OCEANIA".split()]
    assert not any(one & two for one, two in combinations(continents, 2))
    states = {
        one.id for one in world.reference.parties
        if one.kind is PartyKind.STATE and one.is_alive(ordinal("2020-01-01"))
    }  # fmt: skip
    assert set().union(*continents) == states | {"PSE"}
    parts = {
        "AFRICA": "NORTHERN_AFRICA SUB_SAHARAN_AFRICA",
        "SUB_SAHARAN_AFRICA": "EASTERN_AFRICA MIDDLE_AFRICA SOUTHERN_AFRICA WESTERN_AFRICA",
        "AMERICAS": "NORTHERN_AMERICA LATIN_AMERICA_CARIBBEAN",
        "LATIN_AMERICA_CARIBBEAN": "CARIBBEAN CENTRAL_AMERICA_REGION SOUTH_AMERICA",
        "ASIA": "CENTRAL_ASIA EASTERN_ASIA SOUTH_EASTERN_ASIA SOUTHERN_ASIA WESTERN_ASIA",
        "EUROPE": "EASTERN_EUROPE NORTHERN_EUROPE SOUTHERN_EUROPE WESTERN_EUROPE",
        "OCEANIA": "AUSTRALIA_NEW_ZEALAND MELANESIA MICRONESIA_REGION POLYNESIA",
    }
    for whole, some in parts.items():
        sets = [set(world.members(one)) for one in some.split()]
        assert set().union(*sets) == set(world.members(whole))
        assert sum(map(len, sets)) == len(world.members(whole))


def test_a_region_has_the_states_that_lived_on_the_day() -> None:
    """A list without dates says where a state lies, for as long as the state lives."""
    for day in ("1900-01-01", "1945-10-24", "1962-08-01", "1991-12-31", "2006-06-30"):
        world = on_day(day)
        for region in ("AFRICA", "ASIA", "EUROPE", "SOUTH_EASTERN_ASIA", "MIDDLE_EAST"):
            for party in world.members(region):
                assert world.reference.parties.find(party).is_alive(ordinal(day)), (party, day)


def test_the_union_of_1991_is_no_state_of_a_region_and_its_days_are_not_complete() -> None:
    for region, before, after in (
        ("EUROPE", "2006-06-04", "2006-06-05"),  # Serbia and Montenegro
        ("EASTERN_EUROPE", "1992-12-31", "1993-01-01"),  # Czechoslovakia
        ("WESTERN_ASIA", "1991-12-25", "1991-12-26"),  # the Soviet Union
        ("SOUTH_EASTERN_ASIA", "1975-04-29", "1975-04-30"),  # the Republic of Vietnam
    ):
        assert not on_day(before).members(region).complete
        assert on_day(after).members(region).complete


@pytest.mark.parametrize(
    ("group", "inside", "outside"),
    [
        ("BRICS", "2023-12-31", "2024-01-01"),
        ("RCEP", "2022-04-30", "2022-05-01"),
        ("G8", "2014-03-23", "2014-03-24"),
        ("G20", "2025-11-30", "2025-12-01"),
        ("EU", "1958-01-01", "1957-12-31"),
        ("EU", "2025-12-31", "2026-01-01"),
    ],
)
def test_beyond_its_days_the_list_does_not_claim_to_be_complete(
    group: str, inside: str, outside: str
) -> None:
    assert on_day(inside).members(group).complete
    assert not on_day(outside).members(group).complete


def test_who_joined_later_is_listed_where_the_list_is_not_complete() -> None:
    world = on_day("2025-06-01")
    old = ids("Brazil, Russia, India, China, South Africa")
    assert set(world.members("BRICS")) == old | ids(
        "Egypt, Ethiopia, Iran, United Arab Emirates, Indonesia"
    )
    assert {"IDN", "PHL"} <= set(world.members("RCEP"))
    assert "MMR" not in world.members("RCEP")


def test_a_year_leaves_the_days_of_it_open() -> None:
    members = on_day("1955-06-01").members("NORDIC_COUNCIL")
    assert (members.parties, members.possible) == (("DNK", "ISL", "NOR", "SWE"), ("FIN",))


# --- the stream ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_it_is_sound_alone_and_with_each_and_all() -> None:
    assert groups().check() == ()
    for some in (OTHERS[:1], OTHERS[1:2], OTHERS[2:], OTHERS):
        assert shipped("groups", *some).check() == ()


def test_every_event_cites_a_source_and_every_source_is_cited() -> None:
    known = groups().reference.source
    cited = {one.source for record in groups() for one in record.event.sources}
    repeated = {source.derived_from for source in known.values()}
    assert cited <= set(known) <= cited | repeated


def test_the_released_bytes_are_a_prefix_and_the_file_is_canonical() -> None:
    stream = load_stream("groups")
    assert stream.releases
    assert check_release(stream.data, stream.releases) == ()
    assert jsonl.dumps(groups()).encode() == stream.data
    assert files("diplorel.datasets").joinpath("groups/NOTES.md").is_file()


def test_every_group_with_members_has_days_on_which_they_are_complete() -> None:
    listed = {event.parties[1] for event in groups().resolve().events}
    assert listed == {one for part in groups().coverage for one in part.parties}


def test_a_region_says_that_its_date_is_inferred() -> None:
    regions = {"un-m49", "cia-factbook-map-references"}
    for event in groups().resolve().events:
        if regions & {one.source for one in event.sources}:
            assert event.inferred == BASIS
        else:
            assert event.inferred is None or event.parties == ("SYR", "ARAB_LEAGUE")


# --- with another stream -------------------------------------------------------------------------


def test_what_two_streams_report_is_one_event() -> None:
    apart = {
        one.id for one in vietnam().resolve().events if one.type in ("group-joined", "group-left")
    }
    mine = {one.id for one in groups().resolve().events}
    assert apart <= mine
    assert len(both().resolve().events) == len(vietnam().resolve().events) + len(mine - apart)
    assert {one.event for one in both().disagreements().across()} == set()


def test_several_names_load_as_one_log() -> None:
    assert both() == vietnam() | groups() == dr.load("groups", "vietnam", "groups")
    assert dr.load("groups", *OTHERS).streams == ("groups", *sorted(OTHERS))
    with pytest.raises(dr.errors.UnknownDatasetError, match="Did you mean 'groups'"):
        dr.load("vietnam", "group")


def found_by_id(*names: str) -> dict[str, Finding]:
    return {one.claim.id: one for one in findings(*names)}


@pytest.mark.slow
def test_no_claim_of_the_other_streams_turns_round() -> None:
    for name in ("vietnam", "singapore"):
        alone = {one.claim.id: one.verdict for one in findings(name)}
        for id, finding in found_by_id(name, "groups").items():
            before = alone[id]
            assert finding.verdict is before or before is Verdict.UNDECIDABLE


WITH_GROUPS = {
    "vov-france-first-in-eu": "supported",
    "vna-2022-spain-first-in-eu": "supported",
    "scandasia-denmark-first-nordic": "supported",
    "vneconomy-uae-first-in-middle-east": "supported",
    "viet-nam-news-kazakhstan-first-in-central-asia": "supported",
    "mod-2014-singapore-third": "supported",
    "thanh-nien-all-five": "supported",
    "vna-2017-g20-strategic": "supported",
    "vna-2017-g20-comprehensive": "refuted",
}
"""The claims that the stream of groups decides, and how."""


def test_the_press_on_groups_is_undecidable_alone_and_decided_with_their_members() -> None:
    alone = {one.claim.id: one.verdict.value for one in findings("vietnam")}
    together = found_by_id("vietnam", "groups")
    assert [id for id, finding in together.items() if not finding.as_expected] == []
    decided = {id: finding.verdict.value for id, finding in together.items()}
    assert {id: decided[id] for id in decided if decided[id] != alone[id]} == WITH_GROUPS
    assert {alone[id] for id in WITH_GROUPS} == {"undecidable"}


@pytest.mark.parametrize(
    ("day", "group", "level", "partners"),
    [
        ("2020-01-30", "EU", "strategic", "Spain, United Kingdom, Germany, Italy, France"),
        ("2020-01-31", "EU", "strategic", "Spain, Germany, Italy, France"),
        ("2025-03-12", "EU", "strategic", "Spain, Germany, Italy, France, Czechia"),
        ("2025-03-12", "EU", TOP, "France"),
        ("2025-03-12", "G7", TOP, "United States, Japan, France"),
        ("2025-03-12", "SOUTH_EASTERN_ASIA", TOP, "Indonesia, Malaysia, Singapore"),
        ("2025-03-12", "UNSC_P5", TOP, "China, Russia, United States, France"),
        ("2025-03-12", "AUSTRALIA_NEW_ZEALAND", TOP, "Australia, New Zealand"),
        ("2025-03-12", "AFRICA", "strategic", ""),
        ("2024-10-31", "MIDDLE_EAST", "comprehensive", "United Arab Emirates"),
    ],
)
def test_partners_within_a_group_are_complete(
    day: str, group: str, level: str, partners: str
) -> None:
    found = together(day).partners("VNM", at_least=level, within=group)
    assert set(found.parties) == ids(partners)
    assert found.complete
    if group != "UNSC_P5":
        assert not vietnam_alone_is_complete(day, group, level)


def vietnam_alone_is_complete(day: str, group: str, level: str) -> bool:
    world = vietnam().replay(on=day)
    if world.reference.parties.get(group) is None:
        return False
    return world.partners("VNM", at_least=level, within=group).complete


def press(kind: Callable[..., Claim], day: str, **more: Any) -> Claim:
    return kind(on=day, party="VNM", **more)


CLAIMS: list[tuple[Callable[..., Claim], str, dict[str, Any], bool]] = [
    # the first in a group
    (FirstInGroupClaim, "2024-10-07", {"partners": ["FRA"], "level": TOP, "group": "EU"}, True),
    (FirstInGroupClaim, "2009-12-15", {"partners": ["ESP"], "level": "strategic", "group": "EU"},
     True),
    (FirstInGroupClaim, "2010-09-10", {"partners": ["GBR"], "level": "strategic", "group": "EU"},
     False),
    (FirstInGroupClaim, "2023-09-10", {"partners": ["USA"], "level": TOP, "group": "G7"}, True),
    (FirstInGroupClaim, "2024-10-31",
     {"partners": ["ARE"], "level": "comprehensive", "group": "MIDDLE_EAST"}, True),
    (FirstInGroupClaim, "2024-11-21",
     {"partners": ["MYS"], "level": TOP, "group": "SOUTH_EASTERN_ASIA"}, True),
    (FirstInGroupClaim, "2025-03-12",
     {"partners": ["SGP"], "level": TOP, "group": "SOUTH_EASTERN_ASIA"}, False),
    # the n-th in a group
    (NthPartnerClaim, "2024-10-07", {"partner": "FRA", "n": 8, "level": TOP, "within": "G20"},
     True),
    (NthPartnerClaim, "2024-10-07", {"partner": "FRA", "n": 5, "level": TOP, "within": "G20"},
     False),
    (NthPartnerClaim, "2024-10-07", {"partner": "FRA", "n": 3, "level": TOP, "within": "G7"}, True),
    (NthPartnerClaim, "2025-02-26", {"partner": "NZL", "n": 4, "level": TOP, "within": "CPTPP"},
     True),
    # how many in a group
    (CountClaim, "2020-01-30",
     {"count": 5, "level": "strategic", "mode": "at-least", "within": "EU"}, True),
    (CountClaim, "2020-01-31",
     {"count": 5, "level": "strategic", "mode": "at-least", "within": "EU"}, False),
    (CountClaim, "2025-03-12", {"count": 3, "level": TOP, "within": "SOUTH_EASTERN_ASIA"}, True),
    (CountClaim, "2023-12-31", {"count": 3, "level": TOP, "within": "BRICS"}, True),
    # which in a group
    (PartnersClaim, "2025-03-12",
     {"partners": ["KOR", "JPN", "AUS", "MYS", "NZL", "IDN", "SGP", "CHN"], "level": TOP,
      "within": "APEC", "complete": False}, True),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "day", "more", "right"), CLAIMS)
def test_claims_about_groups_become_decidable(
    kind: Callable[..., Claim], day: str, more: dict[str, Any], right: bool
) -> None:
    wanted = Verdict.SUPPORTED if right else Verdict.REFUTED
    assert both().verify(press(kind, day, **more)).verdict is wanted


def test_without_the_members_the_same_claims_are_undecidable() -> None:
    for kind, day, more, _ in CLAIMS:
        group = more.get("group") or more["within"]
        if vietnam().reference.parties.get(group) is not None and "complete" not in more:
            assert vietnam().verify(press(kind, day, **more)).verdict is Verdict.UNDECIDABLE


def test_where_the_members_are_disputed_a_count_stays_open() -> None:
    """Saudi Arabia may be a fifth: sources differ on whether it belongs to the BRICS."""
    claim = press(CountClaim, "2025-03-12", count=5, level=TOP, within="BRICS")
    assert both().verify(claim).verdict is not Verdict.SUPPORTED


def test_the_sentence_names_the_group_and_the_events_of_membership() -> None:
    claim = press(FirstInGroupClaim, "2024-10-07", partners=["FRA"], level=TOP, group="EU")
    finding = both().verify(claim)
    assert "none of the 26 other members of the European Union reached it before" in str(finding)
    assert "group-joined/FRA-EU/1958-01-01" in {event.id for event in finding.evidence}


# --- on the command line -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "count", "complete"),
    [
        (["--within", "EU"], 5, True),
        (["--within", "European Union", "-w", "vietnam", "-w", "groups"], 5, True),
        (["--within", "South-Eastern Asia"], 5, True),
        (["--within", "SOUTH_EASTERN_ASIA", "-w", "groups", "-w", "vietnam"], 5, True),
        (["--within", "EU", "-w", "vietnam"], 0, False),
    ],
)
def test_the_command_line_asks_the_stream_that_lists_the_members(
    capsys: pytest.CaptureFixture[str], asked: list[str], count: int, complete: bool
) -> None:
    day = ["--on", "2025-03-12", "--at-least", "strategic"]
    assert main(["partners", "VNM", *day, *asked]) == 0
    output = capsys.readouterr().out
    assert output.splitlines()[0].endswith(f": {count}")
    assert ("The list is complete" in output) is complete


def test_a_copy_of_the_folder_loads_as_well(tmp_path: Path) -> None:
    folder = tmp_path / "groups"
    folder.mkdir()
    for one in files("diplorel.datasets").joinpath("groups").iterdir():
        (folder / one.name).write_bytes(one.read_bytes())
    assert dr.load("vietnam", folder) == both()
