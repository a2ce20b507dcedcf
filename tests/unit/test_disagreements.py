"""Disagreements: the table in which an analyst reads where sources and streams differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import given

import diplorel as dr
from diplorel import events as ev
from diplorel.check import Disagreements, Value, disagreements
from diplorel.testing.streams import logs

if TYPE_CHECKING:
    from diplorel.model.events import Event

VNA = dr.Source(id="vna", title="T", publisher="VNA", kind="agency", published="1980")
GOV = dr.Source(id="gov", title="T", publisher="G", kind="government", published="1990")


def told(event: Event, stream: str) -> dr.EventLog:
    return dr.EventLog([event], stream=stream, at="2026-01-01T00:00:00Z", sources=[VNA, GOV])


def visit(*, source: str = "vna", **more: Any) -> ev.VisitMade:
    return ev.VisitMade(on="2001-02-03", visitor="SGP", host="VNM", sources=[source], **more)


def test_a_row_says_all_of_one_value() -> None:
    found = (told(visit(kind="state"), "a") | told(visit(kind="working"), "b")).disagreements()
    assert found.to_records() == [
        {
            "event": "visit-made/SGP-VNM/2001-02-03",
            "type": "visit-made",
            "parties": ["SGP", "VNM"],
            "names": ["Singapore", "Vietnam"],
            "on": "2001-02-03",
            "field": "kind",
            "value": value,
            "streams": [stream],
            "sources": ["vna"],
            "independent": 1,
            "followed": followed,
        }
        for value, stream, followed in (("state", "a", True), ("working", "b", False))
    ]


def test_in_print_a_star_marks_the_value_that_is_followed() -> None:
    found = told(visit(places=["Hanoi", "Huế"]), "a") | told(visit(source="gov"), "b")
    assert str(found.disagreements()).splitlines() == [
        "2001-02-03  visit-made, Singapore and Vietnam: places",
        "  * left out    b  gov",
        "    Hanoi, Huế  a  vna",
    ]
    assert str(told(visit(), "a").disagreements()) == "no disagreements"


def test_under_another_policy_the_other_value_is_followed() -> None:
    both = told(visit(places=["Hanoi"]), "a") | told(visit(source="gov"), "b")
    (one,) = both.disagreements(policy=dr.policies.stream_first("a"))
    assert one.followed == '["Hanoi"]'
    assert [one.follows(value) for value in one.values] == [False, True]
    assert [value.words() for value in one.values] == ["left out", "Hanoi"]


def test_two_events_of_two_streams_that_look_like_one_are_followed_each() -> None:
    first = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])
    second = attrs.evolve(first, on="1973-08-03", sources=("gov",))
    (one,) = (told(first, "a") | told(second, "b")).disagreements()
    assert (one.field, one.followed, one.is_followed, one.across) == ("on", None, False, True)
    assert str(one).splitlines()[1:] == ["    1973-08-01  a  vna", "    1973-08-03  b  gov"]


def test_what_cannot_begin_twice_and_has_two_dates_is_one_event_reported_differently() -> None:
    first = ev.TiesEstablished(
        on="1995-07-12",
        parties=("USA", "VNM"),
        sources=["vna", dr.Citation(source="gov", on="1995-08-05")],
    )
    second = attrs.evolve(first, on="1995-08-05", sources=("gov",))
    log = told(first, "a") | told(second, "b")
    assert log.check(today="2026-01-01") == ()
    (one, within) = log.disagreements()
    assert [(value.value, value.streams) for value in one.values] == [
        ("1995-07-12", ("a",)),
        ("1995-08-05", ("a", "b")),
    ]
    assert (one.is_followed, within.is_followed) == (False, True)


def test_after_an_end_it_is_another_event() -> None:
    first = ev.TiesEstablished(on="1960-01-01", parties=("USA", "VNM"), sources=["vna"])
    ended = ev.TiesSevered(on="1970-01-01", parties=("USA", "VNM"), sources=["vna"])
    again = attrs.evolve(first, on="1980-01-01", sources=("gov",))
    assert (told(first, "a") | told(ended, "a") | told(again, "b")).disagreements() == ()
    (one,) = (told(first, "a") | told(again, "b")).disagreements()
    assert one.field == "on"
    joined = ev.GroupJoined(on="1960", party="VNM", group="ASEAN", sources=["vna"])
    observer = attrs.evolve(joined, on="1995", capacity="observer", sources=("gov",))
    assert (told(joined, "a") | told(observer, "b")).disagreements() == ()


def test_within_one_stream_it_stays_a_problem() -> None:
    first = ev.TiesEstablished(on="1960-01-01", parties=("USA", "VNM"), sources=["vna"])
    again = attrs.evolve(first, on="1980-01-01", sources=("gov",))
    log = told(first, "a") | told(again, "a")
    assert [problem.code for problem in log.check(today="2026-01-01")] == ["DR301"]
    assert log.disagreements() == ()


def test_posts_in_two_cities_are_two_events() -> None:
    posts = [
        ev.MissionOpened(
            on=on, sender="USA", receiver="VNM", kind="consulate", city=city, sources=[source]
        )
        for on, city, source in (("1960-01-01", "Huế", "vna"), ("1960-01-03", "Hanoi", "gov"))
    ]
    assert (told(posts[0], "a") | told(posts[1], "b")).disagreements() == ()
    assert told(posts[0], "a").append(posts[1]).check(today="2026-12-01") == ()


def test_of_an_event_that_is_denied_no_field_is_followed() -> None:
    denial = ev.EventRetracted(target=visit().id, reason="r", sources=["gov"])
    log = told(visit(), "a") | told(visit(places=["Hanoi"]), "b")
    log |= dr.EventLog([denial], stream="c", sources=[GOV])
    found = {one.field: one for one in log.disagreements()}
    assert found["happened"].followed == "no"
    assert not found["places"].is_followed
    assert not any(found["places"].follows(value) for value in found["places"].values)


def test_a_date_is_given_by_the_streams_that_cite_it_so() -> None:
    event = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])
    other = attrs.evolve(event, sources=(dr.Citation(source="gov", on="1973-08-09"),))
    (one,) = (told(event, "a") | told(other, "b")).disagreements()
    assert [(value.value, value.streams) for value in one.values] == [
        ("1973-08-01", ("a",)),
        ("1973-08-09", ("b",)),
    ]
    assert one.across
    own = attrs.evolve(event, sources=(*other.sources, *event.sources))
    (within,) = (told(own, "a") | told(visit(), "b")).disagreements()
    assert not within.across
    assert within.streams == ("a",)


def test_the_stream_of_a_coarser_account_stands_by_its_source() -> None:
    event = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])
    coarse = attrs.evolve(event, on="1973", sources=(dr.Citation(source="gov", on="1974"),))
    plain = attrs.evolve(event, on="1973?", sources=("third",))
    (one,) = (told(event, "a") | told(coarse, "b") | told(plain, "c")).disagreements()
    assert [(value.value, value.streams, value.sources) for value in one.values] == [
        ("1973-08-01", ("a", "c"), ("third", "vna")),
        ("1974", ("b",), ("gov",)),
    ]


def test_across_leaves_out_what_one_stream_reports_in_two_ways() -> None:
    dated = ev.TiesEstablished(
        on="1973-08-01",
        parties=("IDN", "VNM"),
        sources=["vna", dr.Citation(source="gov", on="1974")],
    )
    log = told(dated, "a") | told(visit(kind="state"), "a") | told(visit(kind="working"), "b")
    assert len(log.disagreements()) == 2
    across = log.disagreements().across()
    assert isinstance(across, Disagreements)
    assert [one.field for one in across] == ["kind"]


def test_values_are_put_in_words() -> None:
    persons = '[{"party":"VNM","name":"N","offices":["state:president"]},{"party":"SGP","name":"L"}'
    for value, words in (
        (None, "left out"),
        ("Hanoi", "Hanoi"),
        ("[1965-08-09..1965-12-31]", "[1965-08-09..1965-12-31]"),
        (persons + "]", "N (president), L"),
        ('[{"party":"SGP","offices":["government:prime-minister"]}]',
         "somebody of SGP (prime-minister)"),
        ('{"en":"Treaty","vi":"Hiệp ước"}', "en: Treaty; vi: Hiệp ước"),
        ("[1, 2]", "1, 2"),
    ):  # fmt: skip
        assert Value(value=value, streams=(), sources=()).words() == words


def test_a_party_that_no_table_has_goes_by_its_id() -> None:
    event = ev.TiesEstablished(
        on="1973-08-01",
        parties=("ZZZ", "VNM"),
        sources=["vna", dr.Citation(source="gov", on="1974")],
    )
    (one,) = told(event, "a").disagreements()
    assert one.names == ("Vietnam", "ZZZ")


@given(logs(most=7, corrections=2))
def test_every_row_can_be_read_and_only_one_value_is_followed(log: dr.EventLog) -> None:
    found = disagreements(log)
    assert found == log.disagreements()
    assert len(found.to_records()) == sum(len(one.values) for one in found)
    for one in found:
        assert len(one.values) > 1
        assert sum(map(one.follows, one.values)) == one.is_followed
        assert str(one).count("\n") == len(one.values)
        assert set(one.streams) <= set(log.streams)
    assert set(found.across()) <= set(found)


def test_accounts_of_one_visit_differ_by_field_with_their_streams() -> None:
    days = ev.VisitMade(
        on="2001-02-02/2001-02-04", visitor="SGP", host="VNM", kind="state", sources=["gov"]
    )
    log = told(visit(kind="working", places=["Hanoi"]), "a") | told(days, "b")
    assert len(log.resolve().events) == 1
    (kind,) = log.disagreements()
    assert (kind.field, kind.followed, kind.streams) == ("kind", "working", ("a", "b"))
    assert kind.to_records()[0]["streams"] == ["b"]
    overlap = ev.VisitMade(on="2001-02-04/2001-02-05", visitor="SGP", host="VNM", sources=["vna"])
    found = {one.field: one for one in (told(days, "b") | told(overlap, "c")).disagreements()}
    assert found["on"].followed == "2001-02-04/2001-02-05"
    assert {one.value: one.streams for one in found["on"].values} == {
        "2001-02-02/2001-02-04": ("b",),
        "2001-02-04/2001-02-05": ("c",),
    }


def test_visits_that_cannot_be_one_are_listed_once_and_none_is_followed() -> None:
    who = {name: [ev.Person(party="SGP", name=name)] for name in "XY"}
    first = visit(persons=who["X"])
    link = attrs.evolve(visit(), on="2001-02-03/2001-02-05")
    last = attrs.evolve(visit(persons=who["Y"]), on="2001-02-05")
    log = told(first, "a") | told(link, "b") | told(last, "c")
    assert len(log.resolve().events) == 3
    found = log.disagreements()
    assert [one.field for one in found] == ["on", "persons"]
    assert not any(one.is_followed for one in found)
    assert found[0].streams == ("a", "b", "c")


def test_entries_of_one_key_differ_by_field_with_the_streams_that_brought_them() -> None:
    other = attrs.evolve(VNA, title="U", lang="en")
    third = dr.EventLog(stream="c", sources=[attrs.evolve(other, url="https://vna.example")])
    log = told(visit(), "a") | dr.EventLog(stream="b", sources=[other]) | third
    (title,) = log.disagreements()  # what one of them leaves out is not another value
    assert (title.event, title.type, title.field, title.on) == ("source/vna", "source", "title", "")
    assert [(one.value, one.streams) for one in title.values] == [("T", ("a",)), ("U", ("b", "c"))]
    assert title.followed == log.reference.source["vna"].title
    assert log.disagreements() == (third | log).disagreements()
    assert log.disagreements().across() == log.disagreements()


def test_three_entries_of_one_guide_count_as_one_source() -> None:
    guide = [
        dr.Source(id=f"guide-{n}", title="G", publisher="P", kind="reference", derived_from="gov")
        for n in range(3)
    ]
    log = dr.EventLog(
        [
            visit(source="vna", kind="state"),
            ev.VisitMade(
                on="2001-02-03",
                visitor="SGP",
                host="VNM",
                kind="working",
                sources=[one.id for one in guide],
            ),
        ],
        sources=[VNA, GOV, *guide],
    )
    (kind,) = log.disagreements()
    assert {one.value: (len(one.sources), one.independent) for one in kind.values} == {
        "state": (1, 1),
        "working": (3, 1),
    }


def test_two_days_of_one_month_exclude_each_other_though_neither_excludes_the_month() -> None:
    def log(on: str, *days: str) -> dr.EventLog:
        cited = [dr.Citation(source=f"s{n}", on=day) for n, day in enumerate(days)]
        sources = [
            dr.Source(id=one.source, title=one.source, publisher=one.source, kind="press")
            for one in cited
        ]
        ties = ev.TiesEstablished(on=on, parties=("VNM", "SGP"), sources=cited)
        return dr.EventLog([ties], sources=sources)

    (days,) = log("2014-07", "2014-07-14", "2014-07-21", "2014").disagreements()
    assert {one.value: one.sources for one in days.values} == {
        "2014-07": ("s2",),
        "2014-07-14": ("s0",),
        "2014-07-21": ("s1",),
    }
    assert days.followed == "2014-07"
    assert log("2014-07", "2014-07-14", "2014-07", "2014").disagreements() == ()
    (coarse,) = log("2014-07-14", "2014-07", "2014-08").disagreements()
    assert {one.value: one.sources for one in coarse.values} == {
        "2014-07-14": ("s0",),
        "2014-08": ("s1",),
    }
    (months,) = log("[2001-02-28..2001-03-02]", "2001-02", "2001-03", "2001").disagreements()
    assert {one.value: one.sources for one in months.values} == {
        "2001-02": ("s0",),
        "2001-03": ("s1",),
        "[2001-02-28..2001-03-02]": ("s2",),
    }
