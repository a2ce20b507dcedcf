"""Persons and offices under all their names: how they are compared, checked and merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.check import check
from diplorel.errors import InvalidEventError
from diplorel.model.events import Person
from diplorel.model.names import BY_TEXT, NAMES_LIMIT, NameKeys, OfficeNames, PersonNames
from diplorel.model.reference import Reference
from shipped_once import shipped

if TYPE_CHECKING:
    from pathlib import Path

AT = "2026-11-22T12:00:00Z"
SOURCE = dr.Source(id="s", title="A report", publisher="A paper", kind="press")
CLINTON = PersonNames(id="clinton", names=["William J. Clinton", "Bill Clinton"])
MINISTER = OfficeNames(id="foreign-minister", names=["Secretary of State", "foreign-minister"])


def visit(on: str, name: str | None, office: str = "state:president", **more: Any) -> ev.VisitMade:
    person = Person(party="USA", name=name, offices=[office])
    return ev.VisitMade(on=on, visitor="USA", host="VNM", persons=[person], sources=["s"], **more)


def log(*events: Any, stream: str = "one", **more: Any) -> dr.EventLog:
    return dr.EventLog(events, stream=stream, at=AT, sources=[SOURCE] if events else [], **more)


def test_an_entry_has_a_key_and_names_in_order() -> None:
    assert CLINTON.names == ("Bill Clinton", "William J. Clinton")
    assert PersonNames(id="a", names=["B", "B", "A"], note="n").names == ("A", "B")
    assert PersonNames(id="a", names=["Nguye\u0302n"]).names == ("Nguyên",)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": "Bill Clinton"}, "is not a key"),
        ({"names": []}, "expected from 1 to 100 names, got none"),
        ({"names": [f"N{at}" for at in range(NAMES_LIMIT + 1)]}, "got 101"),
        ({"names": "Bill"}, "expected a list"),
        ({"names": ["Bill\u200bClinton"]}, "ZERO WIDTH SPACE"),
        ({"names": ["Bill\nClinton"]}, "a line break"),
        ({"names": ["..."]}, "'...' has no letter and no digit"),
        ({"names": [1]}, "expected text"),
    ],
)
def test_what_is_no_entry_is_refused(fields: dict[str, Any], message: str) -> None:
    for cls in (PersonNames, OfficeNames):
        with pytest.raises(InvalidEventError, match=message.replace(".", r"\.")):
            cls(**{"id": "a", "names": ["A"], **fields})


def test_known_names_are_compared_by_id_and_others_by_text() -> None:
    keys = NameKeys.of([CLINTON], [MINISTER])
    assert keys.person("BILL  CLINTON") == keys.person("William J. Clinton")
    assert keys.person("clinton") != keys.person("Bill Clinton")  # an id is not a name
    assert keys.person("Hồ  Chí Minh") == keys.person("hồ chí minh") == "hồ-chí-minh"
    assert keys.office("government:secretary-of-state") == keys.office("ministry:foreign-minister")
    assert keys.office("government:prime-minister") == "prime-minister"
    assert BY_TEXT.person("Bill Clinton") != BY_TEXT.person("William J. Clinton")


def test_a_name_of_two_persons_is_compared_by_its_text() -> None:
    both = [
        PersonNames(id="lee-1", names=["Lee", "Lee K."]),
        PersonNames(id="lee-2", names=["LEE"]),
    ]
    keys = NameKeys.of(both)
    assert keys.person("Lee") == "lee"
    assert keys.person("Lee K.") == "=lee-1"
    (problem,) = check(log(persons=both))
    assert (problem.code, problem.message) == (
        "DR216", "'LEE' is a name of 2 persons, 'lee-1' and 'lee-2'",
    )  # fmt: skip
    offices = [OfficeNames(id=id, names=["chair"]) for id in ("a", "b")]
    assert [one.code for one in check(log(offices=offices))] == ["DR216"]
    assert not check(log(persons=[CLINTON], offices=[MINISTER]))


def test_two_accounts_under_two_names_are_one_visit() -> None:
    one = log(visit("2000-11-16/2000-11-19", "Bill Clinton"))
    two = log(visit("2000-11-17", "William J. Clinton"), stream="two")
    assert len((one | two).resolve().events) == 2
    known = log(persons=[CLINTON], stream="three")
    (event,) = (one | two | known).resolve().events
    assert event.id == "visit-made/USA-VNM/2000-11-17/president"  # ids and texts stay
    assert event.persons[0].name == "William J. Clinton"
    assert not (one | two | known).disagreements()
    assert not (one | two | known).check()
    fields = [found.field for found in (one | two).disagreements()]
    assert fields == []  # without the table, they are two visits
    same = log(visit("2000-11-17", "Bill Clinton"), stream="four")
    assert [found.field for found in (same | two).disagreements()] == ["persons"]
    assert not (same | two | known).disagreements()


def test_where_nobody_is_named_offices_are_compared() -> None:
    one = log(visit("2000-11-17", None, "government:secretary-of-state"))
    two = log(visit("2000-11-16/2000-11-19", None, "ministry:foreign-minister"), stream="two")
    assert len((one | two).resolve().events) == 2
    united = one | two | log(offices=[MINISTER], stream="three")
    assert len(united.resolve().events) == 1
    assert not united.disagreements()


def test_a_stream_that_has_a_visit_twice_under_two_names_is_told() -> None:
    twice = [visit("2000-11-16/2000-11-19", "Bill Clinton"),
             visit("2000-11-16/2000-11-18", "William J. Clinton")]  # fmt: skip
    assert not check(log(*twice))
    assert [one.code for one in check(log(*twice, persons=[CLINTON]))] == ["DR401"]


def test_an_envoy_leaves_under_another_name() -> None:
    way: dict[str, Any] = {"sender": "USA", "receiver": "VNM", "sources": ["s"]}
    osius = PersonNames(id="osius", names=["Ted Osius", "Theodore G. Osius"])
    came = ev.EnvoyAccredited(on="2014-12-16", name="Theodore G. Osius", **way)
    left = ev.EnvoyLeft(on="2017-11-04", name="Ted Osius", **way)
    covered = [dr.Coverage(track="missions", parties=["USA"])]
    found = log(came, left, coverage=covered)
    assert [one.code for one in found.check()] == ["DR307"]
    assert len(found.replay()["USA", "VNM"].missions.envoys) == 1
    known = log(came, left, coverage=covered, persons=[osius])
    assert known.check() == ()
    assert known.replay()["USA", "VNM"].missions.envoys == ()
    assert known.relation("USA", "VNM", on="2018-01-01").missions.envoys == ()
    # a coarser account of another stream supports the one under the other name
    coarse = ev.EnvoyAccredited(on="2014", name="Ted Osius", **way)
    assert not (found | log(coarse, stream="two")).resolve().corroborations
    assert (known | log(coarse, stream="two")).resolve().corroborations == {coarse.id: came.id}


def test_names_are_compared_where_dates_leave_the_order_open() -> None:
    way: dict[str, Any] = {"sender": "USA", "receiver": "VNM", "sources": ["s"]}
    names = [PersonNames(id="osius", names=["Ted Osius", "Theodore G. Osius"])]
    steps = [
        ev.EnvoyLeft(on="2017", name="Ted Osius", **way),
        ev.EnvoyAccredited(on="2017", name="Theodore G. Osius", **way),
    ]
    assert log(*steps, persons=names).replay()["USA", "VNM"].missions.envoys == ()
    assert "missions" in log(*steps, persons=names).replay()["USA", "VNM"].certain
    assert len(log(*steps).replay()["USA", "VNM"].missions.envoys) == 1


def test_a_successor_keeps_the_names() -> None:
    way: dict[str, Any] = {"receiver": "VNM", "sources": ["s"]}
    names = [PersonNames(id="ivanov", names=["I. Ivanov", "Ivan Ivanov"])]
    steps = [
        ev.EnvoyAccredited(on="1990", name="I. Ivanov", sender="SUN", **way),
        ev.PartySucceeded(on="1991-12-27", predecessor="SUN", successor="RUS", dyads=["VNM"],
                          kind="continuation", tracks=["missions"], sources=["s"]),
        ev.EnvoyLeft(on="1993", name="Ivan Ivanov", sender="RUS", **way),
    ]  # fmt: skip
    assert log(*steps, persons=names).replay()["RUS", "VNM"].missions.envoys == ()
    assert log(*steps, persons=names).relation("RUS", "VNM").missions.envoys == ()
    assert len(log(*steps).replay()["RUS", "VNM"].missions.envoys) == 1


def test_entries_merge_by_key_and_clashes_are_reported() -> None:
    more = PersonNames(id="clinton", names=["Clinton, Bill"])
    both = Reference(persons=[CLINTON]) | Reference(persons=[more], offices=[MINISTER])
    assert set(both.persons) == {CLINTON, more}
    assert both.clashes() == (("person", "clinton"),)
    assert both.names.person("Clinton, Bill") == both.names.person("Bill Clinton")
    assert Reference(persons=[CLINTON]) != Reference()
    assert Reference(offices=[MINISTER]) != Reference()
    one, two = log(persons=[CLINTON]), log(persons=[more], stream="two")
    assert [problem.code for problem in (one | two).check()] == ["DR214"]
    (differing,) = (one | two).disagreements()
    assert (differing.event, differing.field) == ("person/clinton", "names")


def test_a_stream_of_several_brings_only_the_names_that_it_uses(tmp_path: Path) -> None:
    used = PersonNames(id="used", names=["Ann", "A. Bee"])
    envoy = ev.EnvoyLeft(on="2001", sender="USA", receiver="VNM", name="a. bee", sources=["s"])
    both = log(envoy, persons=[used, CLINTON], offices=[MINISTER]) | log(
        visit("2000", None, "ministry:foreign-minister"), stream="two"
    )
    folder = dr.write(both, tmp_path / "one", stream="one")
    assert dr.read(folder).reference.persons == (used,)
    assert not (folder / "offices.toml").exists()
    folder = dr.write(both, tmp_path / "two", stream="two")
    assert dr.read(folder).reference.offices == (MINISTER,)
    assert dr.read(folder).reference.persons == ()


def test_a_store_keeps_names_and_compares_by_them(tmp_path: Path) -> None:
    one, two = (
        visit("2000-11-16/2000-11-19", "Bill Clinton"),
        visit("2000-11-17", "William J. Clinton"),
    )
    with dr.open(tmp_path / "store.db") as store:
        store.append([one], stream="one", reference=Reference(sources=[SOURCE]))
        store.append([two], stream="two")
        assert len(store.log().replay()["USA", "VNM"].visits.visits) == 2
        known = Reference(persons=[CLINTON], offices=[MINISTER])
        store.append([], stream="two", reference=known)
        kept = store.log().reference
        assert (kept.persons, kept.offices) == (known.persons, known.offices)
        assert len(store.log().replay()["USA", "VNM"].visits.visits) == 1
        assert store.verify() == ()


def test_cities_and_unknown_keys_are_compared_too() -> None:
    keys = NameKeys.of([CLINTON], [MINISTER])
    content = {
        "city": "Saigon", "places": ["Peking"], "name": "Bill Clinton", "note": "n",
        "persons": [{"party": "USA", "name": "William J. Clinton"}, {"party": "VNM"}],
    }  # fmt: skip
    assert keys.comparable(content) == {
        "city": "ho-chi-minh-city", "places": ["beijing"], "name": "=clinton", "note": "n",
        "persons": [{"party": "USA", "name": "=clinton", "offices": []},
                    {"party": "VNM", "name": None, "offices": []}],
    }  # fmt: skip
    assert keys.comparable({"name": "Gore"}) == {"name": "Gore"}


def test_the_shipped_streams_spell_their_persons_apart_and_agree() -> None:
    both = shipped("vietnam") | shipped("united_states")
    assert both.reference.names.person("Joseph R. Biden") == "=joe-biden"
    visits = both.relation("VNM", "USA", on="2005-12-31").visits.visits
    of_khai = [one for one in visits if "2005" in one.on.text and one.visitor == "VNM"]
    assert [one.id for one in of_khai] == ["visit-made/VNM-USA/2005-06-21/prime-minister"]
    # the guide named a prime minister of earlier years there; corrected, it names nobody
    (guide,) = [one for one in both.disagreements() if one.field == "persons"]
    assert guide.on == "2022-05-12/2022-05-13"
    spelled = {
        person.name
        for name in ("vietnam", "singapore", "united_states")
        for record in shipped(name).records
        for person in getattr(record.event, "persons", ())
    }
    for name in ("vietnam", "singapore"):
        for entry in shipped(name).reference.persons:
            assert {*entry.names} <= spelled, entry
