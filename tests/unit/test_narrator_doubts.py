"""What a story says of sources, of other accounts and of what is left open."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.model.events import EventRetracted
from diplorel.model.lives import PartyEnded
from diplorel.model.reference import Reference
from diplorel.narrative.narrator import Narrator
from diplorel.policies import Account
from diplorel.testing.dense import VNM_LADDER

PAIR = ("SGP", "VNM")
S = ["s"]
TIES = ev.TiesEstablished(on="1973-08-01", parties=PAIR, sources=S)
VISIT = ev.VisitMade(on="2015", visitor="SGP", host="VNM", sources=S)
WIRE = dr.Source(id="s", title="T", publisher="VNA", kind="agency", published="2013-09")


def test_a_source_is_named_by_its_publisher_and_its_day() -> None:
    known = Narrator(Reference(sources=[WIRE, attrs.evolve(WIRE, id="t", published=None)]))
    assert [known.publisher(id) for id in "stu"] == ["VNA", "VNA", "u"]
    assert [known.dated(id) for id in "stu"] == [
        "VNA, September 2013",
        "VNA, undated",
        "u, undated",
    ]
    vietnamese = attrs.evolve(known, lang="vi")
    assert vietnamese.dated("s") == "VNA, tháng 9 năm 2013"


def test_a_source_that_is_cited_for_several_pages_is_named_once() -> None:
    pages = [ev.Citation(source="s", locator=page) for page in ("1", "2")]
    event = attrs.evolve(TIES, sources=[*pages, ev.Citation(source="u")])
    said = [*Narrator(Reference(sources=[WIRE])).provenance(event)]
    assert said == ["Reported by VNA, September 2013; u, undated."]


def test_another_account_is_told_with_its_sources() -> None:
    other = attrs.evolve(TIES, on="1974", sources=["t", "u"])
    accounts = [
        Account(event_id=TIES.id, event=TIES, streams=("a",)),
        Account(event_id=TIES.id, event=other, streams=("b",)),
    ]
    assert [*Narrator(Reference()).provenance(TIES, accounts)][1:] == [
        (
            "Other account (not used): Singapore and Vietnam established diplomatic relations. "
            "(t, undated; u, undated)"
        )
    ]
    _, other_account = Narrator(Reference(), "vi").provenance(TIES, accounts)
    assert other_account == (
        "Có nguồn ghi khác (không áp dụng): Singapore và Việt Nam thiết lập quan hệ ngoại giao. "
        "(t, không ghi ngày đăng; u, không ghi ngày đăng)"
    )


def test_a_lead_is_told_as_such() -> None:
    coded = Reference(sources=[attrs.evolve(WIRE, kind="machine")])
    assert Narrator(coded).sentence(VISIT) == (
        "Lead, coded by a machine and not checked: Singapore visited Vietnam."
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "East Germany ceased to exist."), ("vi", "Cộng hòa Dân chủ Đức chấm dứt tồn tại.")],
)
def test_the_end_of_a_party_is_told_by_its_name(lang: Any, said: str) -> None:
    end = PartyEnded(on="1990-10-03", party="DDR", sources=S)
    assert Narrator(Reference(), lang).sentence(end) == said


def covered(**until: str) -> Any:
    return [dr.Coverage(track=track, parties=list(PAIR), until=day) for track, day in until.items()]


def doubts(log: dr.EventLog, on: str, lang: Any = "en") -> dict[str, str]:
    labels = {"Left open by the dates", "Order left open in", "As last recorded"}
    labels |= {"Continuity in law contested", "Dữ liệu có thể chưa đầy đủ"}
    said = Narrator(log.reference, lang, "VNM").state(log.relation(*PAIR, on=on))
    return {label: line for label, line in said if label in labels}


def test_what_dates_and_coverage_leave_open_is_told_by_the_day() -> None:
    log = dr.EventLog([TIES, VISIT], coverage=covered(ties="2010-12-31"))
    assert doubts(log, "2015-06-01") == {
        "Left open by the dates": "2015: Singapore visited Vietnam.",
        "As last recorded": "diplomatic relations (dataset complete to 31 December 2010)",
    }
    assert doubts(log, "2016-01-01") == {
        "As last recorded": "diplomatic relations (dataset complete to 31 December 2010); visits",
    }
    assert doubts(log, "2016-01-01", "vi") == {
        "Dữ liệu có thể chưa đầy đủ": (
            "quan hệ ngoại giao (đến ngày 31 tháng 12 năm 2010); chuyến thăm"
        )
    }
    whole = dr.EventLog([TIES, VISIT], coverage=covered(ties="2020-12-31", visits="2020-12-31"))
    assert doubts(whole, "2016-01-01") == {}
    both = dr.EventLog([TIES, VISIT], coverage=covered(ties="2010-12-31", visits="2010-12-31"))
    assert doubts(both, "2016-01-01") == {
        "As last recorded": "diplomatic relations, visits (dataset complete to 31 December 2010)",
    }


def test_an_order_that_is_left_open_is_told_beside_an_event_that_is() -> None:
    steps = [
        ev.LevelUpgraded(on=on, parties=PAIR, ladder="VNM", level=level, sources=S)
        for on, level in (("2013", "mid"), ("2013-06", "off"))
    ]
    unsure = doubts(dr.EventLog(steps, ladders=[VNM_LADDER]), "2015-06-01")
    assert unsure["Order left open in"] == "level"
    open_ = doubts(dr.EventLog([*steps, VISIT], ladders=[VNM_LADDER]), "2015-06-01")
    assert open_["Order left open in"] == "level"
    assert open_["Left open by the dates"] == "2015: Singapore visited Vietnam."


def test_contested_continuity_is_told_by_the_party() -> None:
    ties = attrs.evolve(TIES, on="1921", parties=("EST", "VNM"))
    log = dr.EventLog([ties])
    said = dict(Narrator(log.reference).state(log.relation("EST", "VNM", on="1950-01-01")))
    assert said["Continuity in law contested"] == "Estonia"


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Taken back: x/A/1."), ("vi", "Rút lại: x/A/1.")]
)
def test_what_is_taken_back_is_named(lang: Any, said: str) -> None:
    gone = EventRetracted(target="x/A/1", reason="r", sources=S)
    assert Narrator(Reference(), lang).sentence(gone) == said
