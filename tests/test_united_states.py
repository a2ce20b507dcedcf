"""The United States' stream: what the lists tell, and the converter that reads them."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import diplorel as dr
from diplorel.model.events import Event, EventRetracted
from diplorel.model.parties import PartyKind
from diplorel.model.party_table import shipped
from diplorel.tracks.recognition import RecognitionStatus
from diplorel.tracks.ties import TiesStatus

EXAMPLE = Path(__file__).parents[1] / "examples/united_states"
FILES = {
    "us-guide": "us_relations_rdcr.tsv",
    "us-chiefs": "us_chiefs_of_mission.tsv",
    "us-visits": "visits_by_foreign_leaders.tsv",
    "us-trips": "us_travels_abroad.tsv",
}


@lru_cache(maxsize=1)
def states() -> dr.EventLog:
    return dr.load("united_states")


@lru_cache(maxsize=1)
def world() -> dr.World:
    return states().replay()


def shipped_text(name: str) -> str:
    return files("diplorel.datasets").joinpath("united_states", name).read_text(encoding="utf-8")


def convert(out: Path, *tables: Path) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(EXAMPLE / "convert.py"), str(out), *map(str, tables)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    return done.stdout


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def told() -> dict[str, set[str]]:
    """Return the keys of the rows that events cite, by list."""
    found: dict[str, set[str]] = defaultdict(set)
    for record in states():
        for one in record.event.sources:
            assert one.locator is not None
            found["-".join(one.source.split("-")[:2])].add(one.locator)
    return found


def left_out() -> dict[str, list[str]]:
    """Return the keys of the rows that the notes list as left out, by list."""
    part = shipped_text("NOTES.md").split("## Left out")[1].split("### Acts of rows")[0]
    lists = part.split("\n### ")[1:]
    return {
        name: [
            key
            for line in text.splitlines()[1:]
            for key in (
                re.findall(r"^\* `(\S+)`", line)
                if name == "us-guide"
                else re.findall(r"`([^`]+)`", line)
            )
        ]
        for name, text in zip(FILES, lists, strict=True)
    }


# --- the converter -------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_converter_gives_the_shipped_files_byte_for_byte(tmp_path: Path) -> None:
    said = convert(tmp_path / "united_states")
    assert said.endswith(f"{len(states())} records, 0 problems\n")
    for name in ("stream.toml", "sources.toml", "events.jsonl", "claims.toml", "NOTES.md"):
        made = (tmp_path / "united_states" / name).read_bytes()
        assert made == shipped_text(name).encode(), name


def test_every_row_is_reported_by_an_event_or_left_out_with_a_reason() -> None:
    by_list, missing = told(), left_out()
    for name, file in FILES.items():
        ids = [row["id"] for row in rows(EXAMPLE / "tables" / file)]
        keys = [f"{id} (2)" if id in ids[:place] else id for place, id in enumerate(ids)]
        assert sorted([*by_list[name], *missing[name]]) == sorted(keys), name
        line = f"| {len(keys)} | {len(by_list[name])} | {len(missing[name])} |"
        assert line in shipped_text("NOTES.md")


def test_every_part_that_a_rule_gave_is_marked() -> None:
    for record in states():
        event = record.event
        assert isinstance(event, Event)
        lists = {one.source.split("-")[1] for one in event.sources}
        assert event.inferred or lists == {"visits"}, event.id


def few(folder: Path, change: dict[str, Any]) -> Path:
    """Write tables with some rows only; *change* maps a row's key to new cells, or None."""
    folder.mkdir()
    for file in FILES.values():
        kept = rows(EXAMPLE / "tables" / file)
        with (folder / file).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(kept[0]), delimiter="\t", lineterminator="\n")
            writer.writeheader()
            for row in kept[:40]:
                cells = change.get(row["id"], {})
                if cells is not None:
                    writer.writerow({**row, **cells})
    return folder


@pytest.mark.slow
def test_over_a_folder_it_appends_and_rewrites_no_line(tmp_path: Path) -> None:
    out, before = tmp_path / "united_states", few(tmp_path / "before", {})
    convert(out, before)
    first = (out / "events.jsonl").read_bytes()
    convert(out, before)
    assert (out / "events.jsonl").read_bytes() == first
    trips = rows(before / FILES["us-trips"])
    # none of these is one that a later release corrects, or shares its days with another
    moved, gone, renamed = (trips[place]["id"] for place in (3, 4, 7))
    after = few(
        tmp_path / "after",
        {
            moved: {"start_date": "1999-01-02", "end_date": "1999-01-03"},
            gone: None,
            renamed: {"locale": "Elsewhere"},
        },
    )
    convert(out, after)
    second = (out / "events.jsonl").read_bytes()
    assert second.startswith(first)
    log = dr.read(out)
    assert log.check() == ()
    added = [record.event for record in log.records[first.count(b"\n") :]]
    assert len(added) == second.count(b"\n") - first.count(b"\n") == 4
    assert sum(isinstance(event, EventRetracted) for event in added) == 2
    assert {event.on.text for event in added if isinstance(event, Event)} >= {
        "1999-01-02/1999-01-03"
    }
    visits = {event.id: event for event in log.resolve().events}
    assert any(getattr(event, "places", ()) == ("Elsewhere",) for event in visits.values())
    fresh = tmp_path / "fresh"
    convert(fresh, after)
    assert set(visits) == {event.id for event in dr.read(fresh).resolve().events}
    convert(out, after)
    assert (out / "events.jsonl").read_bytes() == second


# --- what it tells -------------------------------------------------------------------------------


def test_it_is_sound_and_released() -> None:
    assert states().check() == ()
    assert all(finding.as_expected for finding in states().verify())
    assert len(states().verify()) == 8


def test_more_than_200_parties_from_1778_on() -> None:
    parties = {id for record in states() for id in getattr(record.event, "parties", ())}
    assert len(parties) > 200
    assert len(states()) > 12_000
    days = [record.event.on.earliest.isoformat() for record in states() if record.id]  # type: ignore[union-attr]
    assert min(days) == "1778-02-06"


@pytest.mark.parametrize(
    ("party", "day", "status", "since"),
    [
        ("FRA", "1790-01-01", TiesStatus.ESTABLISHED, "1778-08-06"),
        ("FRA", "1799-01-01", TiesStatus.SUSPENDED, "1798-07-07"),
        ("GBR", "1813-01-01", TiesStatus.SUSPENDED, "1812-06-18"),
        ("TEXAS", "1840-01-01", TiesStatus.ESTABLISHED, "1837-03-06"),
        ("HAWAII", "1890-01-01", TiesStatus.ESTABLISHED, "1853-12-20"),
        ("HAWAII", "1900-01-01", TiesStatus.LAPSED, "1898-08-12"),
        ("PRUSSIA", "1850-01-01", TiesStatus.ESTABLISHED, "1797-12-05"),
        ("DEU", "1917-03-01", TiesStatus.SEVERED, "1917-02-03"),
        ("AUSTRIA_HUNGARY", "1918-01-01", TiesStatus.SEVERED, "1917-04-08"),
        ("TUR", "1920-01-01", TiesStatus.SEVERED, "1917-04-20"),
        ("RUS", "1920-01-01", TiesStatus.SUSPENDED, "[1917-11-07..1917-12-06]"),
        ("MEX", "1914-05-01", TiesStatus.SEVERED, "1914-04-22"),
        ("DEU", "1960-01-01", TiesStatus.ESTABLISHED, "1955-05-06"),
        ("SUN", "1940-01-01", TiesStatus.ESTABLISHED, "1933-11-16"),
        ("RUS", "2020-01-01", TiesStatus.ESTABLISHED, "1991-12-31"),
        ("CUB", "1962-01-01", TiesStatus.SEVERED, "1961-01-03"),
        ("CUB", "2016-01-01", TiesStatus.ESTABLISHED, "2015-07-20"),
        ("IRN", "2020-01-01", TiesStatus.SEVERED, "1980-04-07"),
        ("TWN", "1960-01-01", TiesStatus.ESTABLISHED, "1949-12-19"),
        ("CHN", "1960-01-01", TiesStatus.SUSPENDED, "1949-12-19"),
        ("CHN", "1979-01-01", TiesStatus.ESTABLISHED, "1979-01-01"),
        ("VNM", "2000-01-01", TiesStatus.ESTABLISHED, "1995-08-05"),
        ("DDR", "1980-01-01", TiesStatus.ESTABLISHED, "1974-09-04"),
        ("YUG", "1930-01-01", TiesStatus.ESTABLISHED, "1882-11-10"),
        ("SRB", "2010-01-01", TiesStatus.ESTABLISHED, "2000-11-12"),
        ("DMA", "2020-01-01", TiesStatus.UNKNOWN, None),
    ],
)
def test_ties_as_the_guide_reports_them(
    party: str, day: str, status: TiesStatus, since: str | None
) -> None:
    ties = states().relation("USA", party, on=day).ties
    assert (ties.status, ties.since and ties.since.text) == (status, since)


def test_of_todays_members_of_the_united_nations_ties_stand_with_all_but_four() -> None:
    today = {party.id for party in shipped() if party.kind is PartyKind.STATE} - {"USA"}
    tied = {party for party in today if world()["USA", party].ties.status is TiesStatus.ESTABLISHED}
    assert today - tied == {"BTN", "DMA", "IRN", "PRK"}


def test_recognition_is_reported_by_direction() -> None:
    texas, france = states().relation("USA", "TEXAS", on="1840-01-01"), world()["USA", "FRA"]
    assert str(texas.recognition("USA").since) == "1837-03-03"
    assert texas.recognition("TEXAS").status is RecognitionStatus.UNKNOWN
    assert world()["USA", "TEXAS"].recognition("USA").status is RecognitionStatus.LAPSED
    assert str(france.recognition("FRA").since) == "1778-02-06"
    assert str(france.recognition("USA", "government").since) == "1944-10-23"
    italy = next(
        record for record in states() if record.id.startswith("recognition-granted/USA-ITA/")
    )
    assert len(italy.event.sources) == 6  # told on the pages of the states before it, too
    sources = states().reference.source
    assert {sources[one.source].derived_from for one in italy.event.sources} == {"us-guide"}


def test_missions_and_envoys_stand_as_the_lists_report() -> None:
    moscow = world()["USA", "RUS"].missions.sent_by("USA")
    assert [(post.city, post.kind.value) for post in moscow] == [("Moscow", "embassy")]
    sent = states().relation("USA", "SUN", on="1950-01-01").missions
    assert {post.city for post in sent.missions} == {"Moscow"}
    assert "Alan Goodrich Kirk" in {envoy.name for envoy in sent.envoys}
    japan = states().relation("USA", "JPN", on="1970-01-01").missions.envoys
    assert "Armin Henry Meyer" in {envoy.name for envoy in japan}


def test_visits_keep_travellers_offices_and_places() -> None:
    hanoi = [
        visit
        for visit in world()["USA", "VNM"].visits.visits
        if visit.visitor == "USA" and visit.on.text.startswith("2000-11-16")
    ]
    assert [visit.places for visit in hanoi] == [("Hanoi", "Tien Chau", "Ho Chi Minh City")]
    assert [person.offices for person in hanoi[0].persons] == [("state:president",)]
    first = world()["USA", "HAWAII"].visits.visits[0]
    assert (first.on.text, first.persons[0].name) == ("1874-12-12/1874-12-23", "Kalakaua")
    bosnia = [
        visit
        for visit in world()["USA", "BIH"].visits.visits
        if visit.id == "visit-made/BIH-USA/1996-05-14/prime-minister"
    ]
    assert len(bosnia[0].persons) == 2


def test_both_lists_of_visits_can_be_counted_by_partner() -> None:
    counted: Counter[str] = Counter()
    for a, b in world().dyads():
        counted[a if b == "USA" else b] += len(world()[a, b].visits.visits)
    most = sorted(counted, key=lambda party: (-counted[party], party))[:3]
    assert most == ["GBR", "ISR", "FRA"]
    assert sum(counted.values()) == sum(
        event.type == "visit-made" for event in states().resolve().events
    )


@pytest.mark.parametrize(
    ("event", "on"),
    [
        ("recognition-granted/USA-DZA/", "1962-07-03"),  # the text goes back to 1 July
        ("mission-opened/USA-AUT/1921", "1921-11-26"),  # a chief took up the post
        ("mission-opened/USA-ESP/[1913", "[1913-09-10..1913-10-31]"),  # it goes on from the first
        ("mission-closed/USA-ETH/", "[1937-03-04..1937-03-31]"),
        ("ties-established/BGR-USA/", "1903-09-19"),  # by hand: the first day is a departure
        ("recognition-granted/USA-JAM/", "1962-08-16"),  # by hand: the first is independence
        ("mission-closed/USA-NOR/", "1940-07-15"),  # by hand: the first is an invasion
    ],
)
def test_of_several_days_the_first_counts_only_where_it_is_the_events_own(
    event: str, on: str
) -> None:
    found = [record.event for record in states() if record.id.startswith(event)]
    assert [event.on.text for event in found if isinstance(event, Event)] == [on]


def test_a_treaty_between_others_is_none_of_the_united_states() -> None:
    signed = {
        party: [str(document.signed) for document in world()["USA", party].agreements.documents]
        for party in ("MCO", "TON")
    }
    assert signed == {"MCO": ["1939-02-15", "None", "2009-09-08"], "TON": []}


def test_envoys_leave_the_party_to_which_they_were_sent() -> None:
    taiwan = states().relation("USA", "TWN", on="1978-12-31").missions.envoys
    assert {envoy.name for envoy in taiwan} == {"Leonard Seidman Unger"}
    # ties were severed on New Year's Day, which ends the term; that he left in January confirms it
    assert not states().relation("USA", "TWN", on="1979-01-01").missions.envoys


@pytest.mark.parametrize(
    ("party", "day", "posts"),
    [
        ("DEU", "2000-01-01", [("embassy", "Berlin", "1999-07-07")]),
        ("NLD", "1950-01-01", [("embassy", "The Hague", "1945-08-17")]),
        ("NOR", "1941-01-01", [("legation", "London", "1940-08-02")]),  # closed as that in Oslo
        ("TWN", "1979-01-02", []),
        ("CUB", "1980-01-01", [("interests-section", "Havana", "1977-09-01")]),
    ],
)
def test_posts_move_and_end(party: str, day: str, posts: list[tuple[str, str, str]]) -> None:
    found = states().relation("USA", party, on=day).missions.sent_by("USA")
    assert [(post.kind.value, post.city, post.since.text) for post in found] == posts


def test_a_president_elect_travels_as_such() -> None:
    by_hoover = {
        visit.on.text[:4]: person.offices
        for visit in world()["USA", "BRA"].visits.visits
        for person in visit.persons
        if person.name == "Herbert C. Hoover"
    }
    assert by_hoover == {"1928": ("state:president-elect",)}


def test_meetings_of_the_two_sides_alone_are_not_multilateral() -> None:
    kinds = {
        visit.on.text: visit.kind.value
        for party in ("MEX", "FRA")
        for visit in world()["USA", party].visits.visits
    }
    assert kinds["1983-04-18/1983-04-19"] == "unstated"  # a binational commission
    assert kinds["1976-06-20/1976-06-22"] == "multilateral"  # a meeting of the OECD
    assert kinds["1982-06-02/1982-06-07"] == "state"  # a state visit and a summit, one stay
