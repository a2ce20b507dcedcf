"""Reference data: sets merged by key, and what they cover."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel.errors import InvalidEventError
from diplorel.model.dates import PartialDate, ordinal
from diplorel.model.ladders import Ladder, Level, Text
from diplorel.model.names import OfficeNames, PersonNames
from diplorel.model.parties import Party
from diplorel.model.party_table import shipped
from diplorel.model.reference import Coverage, Reference, StreamInfo
from diplorel.model.source_entries import differing, says_more
from diplorel.model.sources import Source, SourceKind


def source(id: str, title: str = "t") -> Source:
    return Source(id=id, title=title, publisher="p", kind=SourceKind.PRESS)


def covers(track: str = "ties", parties: Any = ("VNM",), **more: Any) -> Coverage:
    return Coverage(track=track, parties=parties, **more)


LADDER = Ladder(
    party="VNM",
    levels=(Level(id="low", rank=1), Level(id="high", rank=2), Level(id="off")),
)


# --- coverage ------------------------------------------------------------------------------------


def test_coverage_takes_plain_data() -> None:
    one = covers(parties=["VNM", "EU"], since="1990", until=None)
    assert one.parties == ("EU", "VNM")
    assert (one.since, one.until) == (PartialDate("1990"), None)
    assert (one.at_least, one.stream, one.note) == (None, None, None)
    with pytest.raises(InvalidEventError) as caught:
        covers(parties="VNM")
    assert str(caught.value) == "parties: expected a list of party ids, got 'VNM'"
    with pytest.raises(InvalidEventError, match="'vnm' is not a party id"):
        covers(parties=["vnm"])


def test_coverage_holds_on_the_days_that_are_certainly_within() -> None:
    one = covers(since="1990-02", until="2000-02")
    held = {
        "1990-02-01": False, "1990-02-27": False, "1990-02-28": True, "1995-01-01": True,
        "2000-01-31": True, "2000-02-01": True, "2000-02-02": False, "2000-02-29": False,
    }  # fmt: skip
    assert {day: one.holds("ties", ["VNM"], ordinal(day)) for day in held} == held
    assert not one.holds("ties", ["VNM"], None)
    assert covers().holds("ties", ["VNM"], 1)
    assert not covers(since="1990").holds("ties", ["VNM"], ordinal("1989-12-31"))
    assert covers(until="1990").holds("ties", ["VNM"], ordinal("1989-12-31"))
    assert not covers(until="1990").holds("ties", ["VNM"], ordinal("1990-12-31"))


def test_coverage_holds_for_its_track_and_for_one_of_its_parties() -> None:
    one = covers(parties=["VNM", "SGP"])
    assert one.holds("ties", ("FRA", "SGP"), None)
    assert not one.holds("ties", ("FRA", "USA"), None)
    assert not one.holds("ties", (), None)
    assert not one.holds("level", ("VNM",), None)


# --- sets ----------------------------------------------------------------------------------------

ITEMS = st.builds(
    Reference,
    sources=st.lists(st.builds(source, st.sampled_from("ab"), st.sampled_from("tu")), max_size=3),
    ladders=st.lists(
        st.sampled_from([LADDER, Ladder(party="VNM", levels=()), Ladder(party="SGP", levels=())]),
        max_size=2,
    ),
    extra_parties=st.lists(
        st.sampled_from([Party(id="QQA", names=()), Party(id="QQA", names=(Text("en", "Q"),))]),
        max_size=2,
    ),
    coverage=st.lists(
        st.sampled_from([covers(), covers("level"), covers(since="1990")]), max_size=2
    ),
    persons=st.lists(
        st.sampled_from([PersonNames(id="a", names=[name]) for name in "ab"]), max_size=2
    ),
    offices=st.lists(
        st.sampled_from([OfficeNames(id="a", names=[name]) for name in "ab"]), max_size=2
    ),
    infos=st.lists(
        st.sampled_from([StreamInfo(name="s"), StreamInfo(name="s", title="t")]), max_size=2
    ),
)


@given(ITEMS, ITEMS, ITEMS)
def test_the_union_is_commutative_associative_and_idempotent(
    a: Reference, b: Reference, c: Reference
) -> None:
    assert a | b == b | a
    assert (a | b) | c == a | (b | c)
    assert a | a == a
    both = a | b
    for name in ("sources", "ladders", "extra_parties", "coverage", "persons", "offices", "infos"):
        assert set(getattr(both, name)) == {*getattr(a, name), *getattr(b, name)}


def test_a_union_keeps_every_part() -> None:
    one = Reference(sources=[source("a")], ladders=[LADDER])
    two = Reference(coverage=[covers()], extra_parties=[Party(id="QQA", names=())])
    both = one | two
    assert (both.sources, both.ladders) == (one.sources, one.ladders)
    assert (both.coverage, both.extra_parties) == (two.coverage, two.extra_parties)
    assert one | one is one


def test_of_two_things_under_one_key_the_first_text_is_used_and_the_clash_reported() -> None:
    small = Ladder(party="VNM", levels=(Level(id="a", rank=1),))
    reference = Reference(
        sources=[source("x", "b"), source("x", "a"), source("y"), source("y")],
        ladders=[LADDER, small],
        extra_parties=[Party(id="QQA", names={"en": "Qb"}), Party(id="QQA", names={"en": "Qa"})],
        infos=[StreamInfo(name="s", title="b"), StreamInfo(name="s", title="a")],
        coverage=[covers(), covers(note="n"), covers(), covers("level")],
    )
    assert [one.title for one in reference.sources] == ["a", "b", "t"]
    assert reference.source["x"].title == "a"
    assert reference.ladder["VNM"] is small
    assert reference.parties.find("QQA").name() == "Qa"
    assert len(reference.coverage) == 3
    assert reference.clashes() == (
        ("source", "x"), ("ladder", "VNM"), ("party", "QQA"), ("stream", "s"),
    )  # fmt: skip
    assert Reference().clashes() == ()
    assert reference.brought_by("source", "nothing") == ()
    to_tuple = [source(id, title) for id in "zab" for title in "uv"]
    assert Reference(sources=to_tuple).clashes() == (
        ("source", "a"), ("source", "b"), ("source", "z"),
    )  # fmt: skip


def test_an_entry_that_only_adds_to_another_extends_it() -> None:
    short = source("a")
    dated, found = attrs.evolve(short, published="2013"), attrs.evolve(short, url="https://p.org/a")
    both = Reference(sources=[short, dated]) | Reference(sources=[found])
    assert both.source["a"] == attrs.evolve(dated, url=found.url)
    assert both.clashes() == ()
    assert set(both.sources) == {short, dated, found}
    one = Reference(sources=[short, dated])
    assert one.source["a"] == dated


def test_of_entries_that_differ_the_first_is_used_with_what_agrees() -> None:
    short = source("a")
    dated, other = (attrs.evolve(short, published=year) for year in ("2013", "2014"))
    found = attrs.evolve(short, url="https://p.org/a")
    reference = Reference(sources=[short, other, dated, found])
    assert reference.clashes() == (("source", "a"),)
    assert reference.source["a"] == attrs.evolve(dated, url=found.url)
    assert Reference(sources=[other, dated]).source["a"] == dated
    assert differing([short, found]) == frozenset()
    assert differing([dated, other, found]) == {"published"}
    assert says_more(found, short)
    assert says_more(other, dated)
    assert not says_more(short, found)


def test_a_source_is_found_with_what_its_twins_give() -> None:
    reference = Reference(
        sources=[
            attrs.evolve(source("a"), same_as="b"),
            attrs.evolve(source("b"), published="2013"),
            source("c"),
        ]
    )
    found = reference.find_source("a")
    assert found is not None
    assert found.published == PartialDate("2013")
    assert reference.source["a"].published is None
    assert [one.id for one in reference.citing(["a"]).sources] == ["a", "b"]
    assert reference.citing(["a"]).find_source("a") == found
    assert reference.find_source("nowhere") is None


@attrs.frozen
class Said:
    """Whatever else a log keeps by stream and id: a claim."""

    stream: str
    id: str
    text: str = ""


def test_claims_stand_by_stream_and_id_and_are_read_when_they_are_asked_for() -> None:
    said: Any = [Said("b", "x"), Said("a", "y"), Said("a", "x", "t"), Said("a", "x")]
    read: list[str] = []

    def reader() -> Any:
        read.append("now")
        return [*said[2:], said[3]]

    later = Reference(claims=reader)
    both = Reference(claims=said[:2]) | later
    assert read == []
    assert both.claims == (said[2], said[3], said[1], said[0])
    assert later.claims == tuple(said[2:])
    assert later.claims is later.claims
    assert read == ["now"]
    assert both.clashes() == (("claim", "a/x"),)
    assert both != later
    assert both == Reference(claims=said)
    assert Reference() != "reference"
    with pytest.raises(TypeError, match="unhashable"):
        hash(both)


def test_an_extra_party_joins_the_shipped_ones_and_can_replace_one() -> None:
    assert Reference().parties is shipped()
    mine = Party(id="SGP", names={"en": "Lion City"})
    table = Reference(extra_parties=[mine, Party(id="QQA", names=())]).parties
    assert table.find("Lion City") is table.find("SGP") is mine
    assert table.find("QQA").id == "QQA"
    assert table.find("VNM").id == "VNM"


def test_reference_data_are_worked_out_once() -> None:
    reference = Reference(
        sources=[source("a")], ladders=[LADDER], extra_parties=[Party(id="QQA", names=())]
    )
    assert reference.source is reference.source
    assert reference.ladder is reference.ladder
    assert reference.parties is reference.parties
    assert reference == Reference(
        sources=reference.sources, ladders=reference.ladders, extra_parties=reference.extra_parties
    )


def test_a_level_that_no_ladder_lists_has_no_rank_and_no_name() -> None:
    reference = Reference(ladders=[LADDER])
    assert reference.level("VNM", "high") == Level(id="high", rank=2)
    assert reference.level("VNM", "other") == Level(id="other")
    assert reference.level("SGP", "high") == Level(id="high")


# --- what is covered -----------------------------------------------------------------------------


def test_a_track_is_covered_by_what_has_no_lower_bound() -> None:
    reference = Reference(
        coverage=[covers(since="1990"), covers("level", at_least="high"), covers("visits", ["SGP"])]
    )
    day = ordinal("1995-01-01")
    assert reference.covers("ties", iter(("SGP", "VNM")), day)
    assert not reference.covers("ties", ("SGP", "VNM"), ordinal("1985-01-01"))
    assert reference.covers("visits", iter(("SGP", "VNM")), day)
    assert not reference.covers("level", ("SGP", "VNM"), day)
    assert not reference.covers("ties", ("SGP", "FRA"), day)


def test_a_ladder_is_covered_from_a_level_up() -> None:
    whole = Reference(ladders=[LADDER], coverage=[covers("level", since="1990")])
    part = Reference(ladders=[LADDER], coverage=[covers("level", at_least="high")])
    day = ordinal("1995-01-01")
    assert whole.covers_level("VNM", day)
    assert whole.covers_level("VNM", day, "off")
    assert not whole.covers_level("SGP", day)
    assert not whole.covers_level("VNM", ordinal("1985-01-01"))
    assert [part.covers_level("VNM", day, level) for level in ("low", "high", "off", None)] == [
        False, True, False, False,
    ]  # fmt: skip
    odd = Reference(ladders=[LADDER], coverage=[covers("level", at_least="off")])
    assert not odd.covers_level("VNM", day, "high")
    both = part | Reference(coverage=[covers("ties"), covers("level", ["SGP"])])
    assert both.covers_level("VNM", None, "high")
    assert not both.covers_level("VNM", None)
    lower = Reference(
        ladders=[LADDER],
        coverage=[covers("level", at_least="high"), covers("level", at_least="low")],
    )
    assert lower.covers_level("VNM", day, "low")


def test_entries_of_one_key_are_listed_with_the_streams_that_brought_them() -> None:
    short = Source(id="vna", title="T", publisher="VNA", kind="agency")
    other = Source(id="vna", title="U", publisher="VNA", kind="agency")
    both = Reference(sources=[short]).of("ours") | Reference(sources=[other]).of("theirs")
    third = both | Reference(sources=[short]).of("third") | Reference(sources=[other])
    assert third.brought_by("source", "vna") == ((short, ("ours", "third")), (other, ("theirs",)))
