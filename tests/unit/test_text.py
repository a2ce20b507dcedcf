"""One text: what looks the same is the same, however it was typed."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.cli.output import clean
from diplorel.errors import StreamError
from diplorel.model.text import folded, nfc
from shipped_once import shipped

NAME = "Nguyễn Quốc Tấn"
APART = unicodedata.normalize("NFD", NAME)
WAY: dict[str, Any] = {"sender": "VNM", "receiver": "USA", "sources": ["s"]}


def log(*events: Any) -> dr.EventLog:
    return dr.EventLog(events, at="2024-01-10T09:00:00Z")


@given(st.text())
def test_a_text_is_composed_once(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text) == nfc(nfc(text))
    assert folded(f"  {text} ") == folded(text)


def test_constructors_compose_every_text() -> None:
    assert APART != NAME
    event = ev.EnvoyAccredited(on="2001", name=APART, place=APART, note=APART, **WAY)
    assert (event.name, event.place, event.note) == (NAME, NAME, NAME)
    assert ev.EventRetracted(target="x", reason=APART, sources=["s"]).reason == NAME
    assert ev.Person(party="VNM", name=APART).name == NAME
    assert dr.Citation(source="s", text=APART).text == NAME
    assert dr.Source(id="s", title=APART, publisher="P", kind="press").title == NAME
    assert ev.Text("vi", APART).text == NAME
    visit = ev.VisitMade(on="2001", visitor="VNM", host="USA", places=[APART, "b"], sources=["s"])
    assert visit.places == (NAME, "b")
    assert attrs.evolve(event, note=APART).note == NAME


def test_parties_and_levels_are_found_however_they_are_typed() -> None:
    assert dr.party(unicodedata.normalize("NFD", "  việt   NAM ")).id == "VNM"
    ladder = shipped("vietnam").reference.ladder["VNM"]
    typed = unicodedata.normalize("NFD", "đối tác  chiến lược TOÀN diện")
    assert ladder.find(typed).id == "comprehensive-strategic"


@pytest.mark.parametrize("name", [APART, "NGUYỄN QUỐC TẤN", "Nguyễn  Quốc Tấn"])
def test_an_envoy_is_one_person_however_the_name_is_typed(name: str) -> None:
    came = ev.EnvoyAccredited(on="2001-01-01", name=NAME, **WAY)
    left = ev.EnvoyLeft(on="2004-01-01", name=name, **WAY)
    assert came.id.rsplit("/", 1)[1] == left.id.rsplit("/", 1)[1]
    assert log(came, left).replay()["VNM", "USA"].missions.envoys == ()
    covered = [dr.Coverage(track="missions", parties=["VNM"])]
    problems = dr.EventLog([came, left], coverage=covered).check()
    assert {problem.code for problem in problems} == {"DR210"}  # the source is not described


def test_a_post_is_one_however_its_city_is_typed() -> None:
    way: dict[str, Any] = {"sender": "JPN", "receiver": "VNM", "kind": "consulate"}
    opened = ev.MissionOpened(on="2001", city="Đà Nẵng", sources=["s"], **way)
    for city in (unicodedata.normalize("NFD", "Đà Nẵng"), "đà nẵng"):
        closed = ev.MissionClosed(on="2004", city=city, sources=["s"], **way)
        assert log(opened, closed).replay()["JPN", "VNM"].missions.missions == ()


def test_two_streams_that_report_one_accreditation_report_one_event() -> None:
    logs = [
        dr.EventLog(
            [ev.EnvoyAccredited(on="2001-01-01", name=name, **WAY)],
            stream=stream,
            at="2024-01-10T09:00:00Z",
        )
        for stream, name in (("mine", NAME), ("theirs", APART))
    ]
    assert len((logs[0] | logs[1]).resolve().events) == 1


def test_a_line_that_is_apart_is_refused_and_a_table_composed() -> None:
    text = dr.dumps(log(ev.EnvoyAccredited(on="2001-01-01", name=NAME, **WAY)))
    with pytest.raises(StreamError, match=r"events\.jsonl:1: DR116 .*NFC"):
        dr.loads(unicodedata.normalize("NFD", text))
    head = "type,date,country,partner,place,source_title,source_publisher,source_kind\n"
    row = f"ties established,1973-08-01,Singapore,Vietnam,{APART},T,P,press\n"
    (event,) = dr.read_sheet(head + row).events
    assert event.place == NAME


HIDDEN = st.sampled_from(
    "\0\x1b\n\r\t\x7f\x85\u200b\u200c\u200d\u200e\u202e\u2066\u2069\u2028\ufeff\xad\u2060"
)


LINE_BREAKS = "\n\r\u2028\u2029"
VISIBLE = {char for char in map(chr, range(0x110000)) if unicodedata.category(char) == "Cf"} & set(
    map(
        chr,
        [
            *range(0x600, 0x606),
            0x6DD,
            0x70F,
            0x890,
            0x891,
            0x8E2,
            0x110BD,
            0x110CD,
            *range(0x13430, 0x13440),
        ],
    )
)
"""Marks of format that are seen: signs of numbers and verses, joiners of hieroglyphs."""


@given(HIDDEN, st.sampled_from(["", "a", "Việt "]), st.sampled_from(["", "b", " Nam"]))
def test_a_name_that_hides_something_is_refused_by_every_door(
    hidden: str, before: str, after: str
) -> None:
    name = before + hidden + after
    for refused in (
        lambda: ev.EnvoyAccredited(on="2001", name=name, **WAY),
        lambda: ev.EnvoyLeft(on="2001", name=name, **WAY),
        lambda: ev.EnvoyLeft(on="2001", name="A", place=name, **WAY),
        lambda: ev.MissionOpened(on="2001", city=name, **WAY),
        lambda: ev.Person(party="VNM", name=name),
        lambda: ev.VisitMade(on="2001", visitor="VNM", host="USA", places=[name], sources=["s"]),
        lambda: dr.Source(id="s", title=name, publisher="P", kind="press"),
        lambda: ev.AgreementSigned(
            on="2001", parties=("USA", "VNM"), agreement="a", titles={"en": name}, sources=["s"]
        ),
    ):
        shown = "a line break" if hidden in LINE_BREAKS else f"U+{ord(hidden):04X}"
        with pytest.raises(dr.errors.InvalidEventError, match=re.escape(f"holds {shown}")):
            refused()
    line = dr.dumps(log(ev.EnvoyAccredited(on="2001", name="PLAIN", **WAY)))
    with pytest.raises(StreamError, match=r"events\.jsonl:1: DR104 name: .*invisible"):
        dr.loads(line.replace('"PLAIN"', json.dumps(name, ensure_ascii=True)))


def test_a_name_keeps_its_letters_and_its_spaces() -> None:
    for name in ("Nguyễn Văn A", "A\xa0B", "Ж. O'Neill", "李显龙"):
        assert ev.Person(party="VNM", name=name).name == name
    with pytest.raises(dr.errors.InvalidEventError, match="expected a list, got the text 'Hanoi'"):
        ev.VisitMade(on="2001", visitor="VNM", host="USA", places="Hanoi", sources=["s"])
    for wrong in (5, b"name"):
        with pytest.raises(dr.errors.InvalidEventError, match="expected text, got"):
            ev.Person(party="VNM", name=wrong)  # type: ignore[arg-type]


@given(st.text(st.one_of(HIDDEN, st.characters()), max_size=20))
def test_notes_may_hold_anything_and_nothing_of_it_is_printed(note: str) -> None:
    event = ev.EnvoyLeft(on="2001", name="A", note=note, **WAY)
    assert event.note == nfc(note)
    shown = clean(note)
    assert not any(
        unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in "\t\n"
        for char in shown
        if char not in VISIBLE
    )
