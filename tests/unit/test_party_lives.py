"""Lives of parties: when each began and ended, by which sources, and what a life rules out."""

from __future__ import annotations

from functools import reduce
from itertools import combinations
from operator import or_
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel.errors import InvalidEventError, StreamError
from diplorel.io.bulk.reader import decode
from diplorel.io.converter import structure, unstructure
from diplorel.model.dates import PartialDate, ordinal
from diplorel.model.events import plain
from diplorel.model.ladders import Text
from diplorel.model.lives import TABLE
from diplorel.model.parties import Code, Contested, FormerName, Life, Party
from diplorel.model.party_file import SOURCE_PREFIX, party_sources
from diplorel.model.party_table import party, shipped

ROWS = tuple(shipped())
STREAMS = ("groups", "singapore", "united_states", "vietnam")
YEARS = st.integers(1500, 2100).map(str)
IDS = st.lists(st.sampled_from(["lib-gw-2017", "vna", "a-book"]), max_size=2)


def day_of(text: str) -> int:
    return ordinal(text)


# --- the table -----------------------------------------------------------------------------------


def test_every_state_has_a_start_and_every_bound_of_every_life_a_source() -> None:
    assert [one.id for one in ROWS if one.is_state and one.start is None] == []
    for one in ROWS:
        for life in one.lives:
            assert (life.start is None) == (not life.start_sources), one.id
            assert (life.end is None) == (not life.end_sources), one.id
        assert all(span.sources for span in one.contested), one.id


def test_the_sources_of_lives_are_described_and_none_is_idle() -> None:
    named = {id for one in ROWS for id in one.source_ids}
    assert named == party_sources().keys() - {TABLE}  # for a stream's own parties
    assert all(id.startswith(SOURCE_PREFIX) for id in named)
    for name in STREAMS:
        ids = dr.load(name).reference.source
        assert not [id for id in ids if id.startswith(SOURCE_PREFIX)]


def test_no_life_ends_before_it_begins_and_no_time_is_contested_outside_a_life() -> None:
    for one in ROWS:
        for life in one.lives:
            if life.start is not None and life.end is not None:
                assert not life.end.before(life.start), one.id
        for span in one.contested:
            assert one.lived(span.start), one.id
            assert span.end is None or not span.end.before(span.start), one.id


@pytest.mark.parametrize(
    "names", [*((one,) for one in STREAMS), *combinations(STREAMS, 2), STREAMS], ids="+".join
)
@pytest.mark.slow
def test_no_event_of_the_shipped_streams_lies_outside_the_lives_of_its_parties(
    names: tuple[str, ...],
) -> None:
    log = reduce(or_, map(dr.load, names))
    outside = [
        (event.id, id)
        for event in log.resolve().events
        for id in {*event.parties, *(third for _, third in event.third_parties())}
        if not log.reference.parties.find(id).lived(event.on)
        # it is told on the day of the source, which may be after the end
        and not (event.type == "party-succeeded" and id == getattr(event, "predecessor", None))
    ]
    assert outside == []
    assert [str(one) for one in log.check() if one.code == "DR202"] == []


@pytest.mark.parametrize(
    ("id", "alive", "gone"),
    [
        ("SYR", ["1950-01-01", "1970-01-01"], ["1960-01-01"]),
        ("DOM", ["1850-01-01", "1900-01-01"], ["1863-01-01"]),
        ("RUS", ["1900-01-01", "2000-01-01"], ["1950-01-01"]),
        ("SUN", ["1950-01-01"], ["1900-01-01", "2000-01-01"]),
        ("DZA", ["1800-01-01", "1970-01-01"], ["1900-01-01"]),
        ("LBY", ["1800-01-01", "1970-01-01"], ["1900-01-01"]),
        ("MDG", ["1850-01-01", "1970-01-01"], ["1900-01-01"]),
        ("MMR", ["1850-01-01", "1970-01-01"], ["1900-01-01"]),
        ("MNE", ["1910-01-01", "2010-01-01"], ["1950-01-01"]),
        ("AUT", ["1930-01-01", "1942-01-01", "1950-01-01"], ["1910-01-01"]),
        ("EST", ["1930-01-01", "1960-01-01", "2000-01-01"], ["1910-01-01"]),
        ("ETH", ["1890-01-01", "1938-01-01"], []),
        ("NLD", ["1850-01-01", "1942-01-01"], []),
        ("MAR", ["1850-01-01", "1930-01-01"], []),
        ("TUN", ["1850-01-01", "1930-01-01"], []),
        ("HTI", ["1850-01-01", "1920-01-01"], ["1800-01-01"]),
        ("JOSEON", ["1850-01-01"], ["1950-01-01"]),
        ("PRUSSIA", ["1850-01-01"], ["1900-01-01"]),
        ("AGO", ["2000-01-01"], ["1970-01-01"]),
    ],
)
def test_lives_follow_legal_continuity(id: str, alive: list[str], gone: list[str]) -> None:
    one = party(id)
    lived = [day for day in (*alive, *gone) if one.is_alive(day_of(day))]
    assert lived == alive


def test_contested_continuity_is_marked_for_its_days_only() -> None:
    marked = {one.id for one in ROWS if one.contested}
    assert marked == {"ALB", "AUT", "CSK", "DEU", "EST", "ETH", "LTU", "LVA"}
    for id, inside, outside in [
        ("AUT", "1942-01-01", "1950-01-01"),
        ("EST", "1960-01-01", "2000-01-01"),
        ("CSK", "1942-01-01", "1930-01-01"),
    ]:
        assert party(id).is_contested(day_of(inside))
        assert not party(id).is_contested(day_of(outside))
        assert not party(id).is_contested(None)


# --- the value -----------------------------------------------------------------------------------


def test_one_life_without_sources_is_the_same_as_a_start_and_an_end() -> None:
    bounds = Party(id="X", names=(), start="1900", end="1950")
    lives = Party(id="X", names=(), lives=[Life(start="1900", end="1950")])
    both = Party(id="X", names=(), start="1900", lives=lives.lives)
    assert bounds == lives == both
    assert hash(bounds) == hash(lives)
    assert bounds.lives == (Life(start="1900", end="1950"),)
    assert unstructure(lives) == {"id": "X", "names": {}, "start": "1900", "end": "1950"}
    sourced = Party(id="X", names=(), lives=[Life(start="1900", start_sources=["vna"])])
    assert sourced != Party(id="X", names=(), start="1900")
    assert sourced.start == PartialDate("1900")
    assert unstructure(sourced) == {
        "id": "X", "names": {}, "lives": [{"start": "1900", "start_sources": ["vna"]}],
    }  # fmt: skip
    assert attrs.evolve(sourced, id="Y").lives == sourced.lives


@pytest.mark.parametrize(
    "lives",
    [
        [Life(start="1900"), Life(start="1950")],
        [Life(start="1900", end="1950"), Life()],
        [Life(end="1950"), Life(start="1950")],
        [Life(end="1950"), Life(start="1940", end="1960")],
    ],
)
def test_lives_that_overlap_are_refused(lives: list[Life]) -> None:
    with pytest.raises(InvalidEventError, match=r"^lives: of 'X', a life ends before"):
        Party(id="X", names=(), lives=lives)


def test_bounds_that_are_not_those_of_the_lives_are_refused() -> None:
    lives = [Life(start="1900", end="1950", end_sources=["vna"])]
    with pytest.raises(InvalidEventError, match=r"^start: '1901' is not that of its lives"):
        Party(id="X", names=(), lives=lives, start="1901")
    with pytest.raises(InvalidEventError, match=r"^end: '1951' is not that of its lives"):
        Party(id="X", names=(), lives=lives, end="1951")


def test_two_lives_have_a_time_between_them() -> None:
    one = Party(id="X", names=(), lives=[Life(start="1900", end="1950"), Life(start="1960")])
    days = ["1899-12-31", "1900-01-01", "1950-12-30", "1955-01-01", "1960-01-01"]
    assert [one.is_alive(day_of(day)) for day in days] == [False, True, True, False, True]
    assert [one.over(day_of(day)) for day in days] == [False, False, False, True, False]
    assert one.is_alive(None)
    assert (one.start, one.end) == (PartialDate("1900"), None)
    assert not one.lived(PartialDate("1955"))
    assert one.lived(PartialDate("[1955..1960]"))


def test_a_time_of_contested_continuity_may_be_open() -> None:
    one = Party(
        id="X", names=(), contested=[Contested(start="1950"), Contested(start="1900", end="1910")]
    )
    assert [one.is_contested(day_of(f"{year}-06-01")) for year in (1899, 1905, 1920, 1960)] == [
        False, True, False, True,
    ]  # fmt: skip
    assert one.is_contested(None)
    assert one.source_ids == frozenset()


# --- on disk -------------------------------------------------------------------------------------


@st.composite
def lives_of(draw: st.DrawFn) -> list[Life]:
    years = sorted(draw(st.lists(YEARS, min_size=0, max_size=5, unique=True)))
    spans = [years[at : at + 2] for at in range(0, len(years), 2)]
    return [
        Life(
            start=span[0] if at or draw(st.booleans()) else None,
            end=span[1] if len(span) > 1 else None,
            start_sources=draw(IDS),
            end_sources=draw(IDS),
        )
        for at, span in enumerate(spans)
    ]


@st.composite
def parties(draw: st.DrawFn) -> Party:
    spans = draw(st.lists(st.lists(YEARS, min_size=1, max_size=2).map(sorted), max_size=2))
    former = draw(st.lists(st.tuples(YEARS, YEARS).map(sorted), max_size=2))
    return Party(
        id="ATLANTIS",
        names=[Text("en", "Atlantis")],
        lives=draw(lives_of()),
        contested=[Contested(start=s[0], end=s[-1], sources=draw(IDS)) for s in spans],
        former=[FormerName(names={"en": "Old"}, start=a, end=b) for a, b in former],
        codes=[Code("cow", "999", PartialDate(s[0])) for s in spans],
    )


@given(parties())
def test_a_party_of_a_stream_comes_back_as_it_was(one: Party) -> None:
    data = unstructure(one)
    assert structure(data, Party) == decode(data, Party) == one
    assert plain(one) == data
    assert ("lives" in data) != ("start" in data or "end" in data or one.lives == (Life(),))
    again = structure(data, Party)
    assert (again.lives, again.start, again.end) == (one.lives, one.start, one.end)


def folder(tmp_path: Path, text: str) -> Path:
    target = dr.write(dr.load("singapore"), tmp_path / "mine")
    (target / "parties.toml").write_text(text, encoding="utf-8")
    return target


GOOD = """\
[[party]]
id = "ATLANTIS"

[party.names]
en = "Atlantis"

[[party.lives]]
start = "1900"
end = "1930"
start_sources = ["lib-gw-2017", "mofa-nowhere"]

[[party.lives]]
start = "1940"
"""


def test_lives_are_read_and_written_as_they_were(tmp_path: Path) -> None:
    target = folder(tmp_path, GOOD)
    log = dr.read(target)
    (one,) = log.reference.extra_parties
    assert [life.start and life.start.text for life in one.lives] == ["1900", "1940"]
    dr.write(log, target)
    assert (target / "parties.toml").read_text(encoding="utf-8") == GOOD
    again = dr.write(log, tmp_path / "again")
    assert dr.read(again).reference.extra_parties == (one,)


def test_sources_of_lives_must_be_described_and_count_as_cited(tmp_path: Path) -> None:
    target = folder(tmp_path, GOOD)
    (found,) = [one for one in dr.read(target).check() if one.code == "DR210"]
    assert "'ATLANTIS'" in found.message
    assert "'mofa-nowhere'" in found.message
    source = dr.Source(id="mofa-nowhere", title="t", publisher="p", kind="press")
    log = dr.read(target)
    whole = attrs.evolve(log.reference, sources=(*log.reference.sources, source))
    assert dr.EventLog(log.records, reference=whole).check() == ()


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ('"1930"', '"1950"', ("DR104", 1), "a life ends before the next one begins"),
        ('"1930"', '"193"', ("DR104", 7), "lives[0].end: '193' is not a valid date"),
        ("start_sources", "sources", ("DR102", 7), "lives[0]: unknown key 'sources'"),
    ],
)
def test_a_bad_life_is_a_problem_with_its_line(
    tmp_path: Path, old: str, new: str, at: tuple[str, int], words: str
) -> None:
    target = folder(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(StreamError) as caught:
        dr.read(target)
    (problem,) = caught.value.problems
    assert (problem.path, (problem.code, problem.line)) == ("parties.toml", at)
    assert words in problem.message


def test_what_the_reader_cannot_explain_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise KeyError("ours")

    monkeypatch.setattr("diplorel.io.folder_reader.decode_all", broken)
    monkeypatch.setattr("diplorel.io.folder_reader.decode", broken)
    with pytest.raises(KeyError, match="ours"):
        dr.read(folder(tmp_path, GOOD))


def test_a_date_outside_every_life_says_where_the_lives_are() -> None:
    def problem(on: str, id: str) -> str:
        event = dr.events.TiesEstablished(on=on, parties=(id, "VNM"), sources=["s"])
        source = dr.Source(id="s", title="t", publisher="p", kind="press")
        found = dr.EventLog([event], stream="mine", sources=[source]).check()
        return next(one.message for one in found if one.code == "DR202")

    assert "SYR ended [1958-02-01..1958-02-25] and began again 1961-09-28" in problem("1960", "SYR")
    assert problem("2001", "CSK").endswith("CSK ended 1993-01-01")
    assert problem("1950", "SGP").endswith("SGP began 1965-08-09")
