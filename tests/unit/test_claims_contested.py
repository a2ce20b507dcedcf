"""Claims whose verdict depends on whose date is right, and who supports whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel import (
    Citation,
    Coverage,
    EventLog,
    Ladder,
    Level,
    PartialDate,
    Record,
    Source,
    load,
)
from diplorel import events as ev
from diplorel.check import check
from diplorel.claims import (
    CountClaim,
    FigureClaim,
    FirstInGroupClaim,
    LevelClaim,
    NthPartnerClaim,
    SpecialCountClaim,
    TiesClaim,
    Verdict,
    verify,
)
from diplorel.claims.readings import Readings, find_dissents
from diplorel.claims.verify import _LOOK_UP, _look_up
from diplorel.model.reference import Reference
from diplorel.model.sources import independent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.claims import Claim
    from diplorel.model.events import Event

SUPPORTED, REFUTED, CONTESTED = Verdict.SUPPORTED, Verdict.REFUTED, Verdict.CONTESTED
UNDECIDABLE: Final = Verdict.UNDECIDABLE
LADDER: Final = Ladder(
    party="VNM",
    levels=[
        Level(id="mid", rank=1, names={"en": "Strategic Partnership"}),
        Level(id="high", rank=2, names={"en": "Comprehensive Strategic Partnership"}),
    ],
)
SOURCES: Final = (
    Source(id="gov", title="G", publisher="Ministry", kind="government"),
    Source(id="paper", title="P", publisher="Paper", kind="press"),
    Source(id="reprint", title="R", publisher="Reprint", kind="press", derived_from="paper"),
    Source(id="other", title="O", publisher="Other", kind="press"),
)
ALL: Final = (
    Coverage(track="level", parties=["VNM"]),
    Coverage(track="ties", parties=["VNM"]),
    Coverage(track="special", parties=["VNM"]),
    Coverage(track="groups", parties=["ASEAN"]),
)


def log_of(*events: Event | Record, coverage: Iterable[Coverage] = ALL) -> EventLog:
    return EventLog(
        events, at="2026-01-01T00:00:00Z", sources=SOURCES, ladders=[LADDER], coverage=coverage
    )


def cite(**dates: str) -> list[Citation | str]:
    """Return the ministry, and other sources with the dates that they give."""
    return ["gov", *(Citation(source=source, on=on) for source, on in dates.items())]


def up(partner: str, on: str, level: str = "high", **dates: str) -> Event:
    return ev.LevelUpgraded(
        parties=("VNM", partner), ladder="VNM", level=level, on=on, sources=cite(**dates)
    )


def ties(on: str, **dates: str) -> Event:
    return ev.TiesEstablished(parties=("SGP", "VNM"), on=on, sources=cite(**dates))


def since(day: str, **more: Any) -> TiesClaim:
    return TiesClaim(on="2025-03-12", parties=("VNM", "SGP"), since=day, **more)


# --- whose date ----------------------------------------------------------------------------------


def test_a_cited_source_with_another_date_contests_what_depends_on_it() -> None:
    log = log_of(ties("1973-08-01", paper="1973-08-02"))
    for day in ("1973-08-01", "1973-08-02"):
        found = log.verify(since(day))
        assert found.verdict is CONTESTED
        (contest,) = found.contests
        assert contest.sources == ("paper",)
        assert [one.text for one in contest.dates if one] == ["1973-08-02"]
        assert contest.verdict is (REFUTED if day == "1973-08-01" else SUPPORTED)
    assert "according to Paper" in str(found)
    assert "on 2 August 1973, not on 1 August 1973" in str(found)
    assert "theo Paper" in found.contests[0].said.vietnamese
    assert found.to_record()["contests"][0]["dates"] == ["1973-08-02"]
    assert [event.id for event in found.evidence] == ["ties-established/SGP-VNM/1973-08-01"]


@pytest.mark.parametrize(("day", "expected"), [("1973", SUPPORTED), ("1974", REFUTED)])
def test_what_holds_by_every_date_is_not_contested(day: str, expected: Verdict) -> None:
    log = log_of(ties("1973-08-01", paper="1973-08-02"))
    assert log.verify(since(day)).verdict is expected


@pytest.mark.parametrize("coarse", ["1973", "1973-08", "[1973-07-30..1973-08-05]", "1973-08-01"])
def test_a_date_that_only_says_less_contests_nothing(coarse: str) -> None:
    log = log_of(ties("1973-08-01", paper=coarse))
    assert log.verify(since("1973-08-01")).verdict is SUPPORTED
    assert find_dissents(log.resolve()) == []


def test_an_undecidable_claim_stays_undecidable() -> None:
    log = log_of(up("CHN", "2008-06-01", paper="2025-06-01"), coverage=())
    claim = CountClaim(on="2025-03-12", party="VNM", level="high", count=1)
    found = log.verify(claim)
    assert (found.verdict, found.contests) == (UNDECIDABLE, ())


def test_the_claim_s_own_source_does_not_contest_a_refutation() -> None:
    log = log_of(ties("1973-08-01", paper="1973-08-02", reprint="1973-08-02"))
    for own in ("paper", "reprint"):
        assert log.verify(since("1973-08-02", source=own)).verdict is REFUTED
    assert log.verify(since("1973-08-02", source="other")).verdict is CONTESTED
    assert log.verify(since("1973-08-01", source="paper")).verdict is CONTESTED  # it says otherwise


def test_sources_that_differ_in_the_same_way_are_named_together() -> None:
    log = log_of(ties("1973-08-01", paper="1973-08-02", other="1973-08-02"))
    (contest,) = log.verify(since("1973-08-01")).contests
    assert contest.sources == ("other", "paper")
    log = log_of(ties("1973-08-01", paper="1973-08-02", other="1973-08-03"))
    assert len(log.verify(since("1973-08-01")).contests) == 2


def test_a_date_after_the_day_of_the_claim_takes_a_partner_out() -> None:
    log = log_of(up("CHN", "2008-06-01"), up("RUS", "2012-07-27", paper="2012-08-01"))
    claim = CountClaim(on="2012-07-31", party="VNM", level="high", count=2)
    found = log.verify(claim)
    assert found.verdict is CONTESTED
    assert found.contests[0].verdict is REFUTED
    assert log.verify(attrs.evolve(claim, on="2013-01-01")).verdict is SUPPORTED
    assert log.verify(attrs.evolve(claim, on="2012-01-01", count=1)).verdict is SUPPORTED


def test_only_the_dates_that_change_the_verdict_are_named() -> None:
    log = log_of(
        up("CHN", "2008-06-01", paper="2008-05-30"), up("RUS", "2012-07-27", paper="2007-07-27")
    )
    (contest,) = log.verify(
        NthPartnerClaim(on="2025-03-12", party="VNM", partner="RUS", level="high", n=2)
    ).contests
    assert [event.parties for event in contest.events] == [("RUS", "VNM")]


def test_dates_that_matter_only_together_are_all_named() -> None:
    log = log_of(
        up("CHN", "2008-06-01", paper="2013-05-30"),
        up("RUS", "2008-07-27", paper="2013-07-27"),
    )
    claim = CountClaim(on="2012-07-31", party="VNM", level="high", count=1, qualifier=">=")
    (contest,) = log.verify(claim).contests
    assert [event.parties[0] for event in contest.events] == ["CHN", "RUS"]


def test_the_members_of_a_group_can_be_contested() -> None:
    joined = [
        ev.GroupJoined(party="SGP", group="ASEAN", on="1967-08-08", sources=["gov"]),
        ev.GroupJoined(
            party="BRN", group="ASEAN", on="1984-01-07", sources=cite(paper="2026-01-08")
        ),
    ]
    log = log_of(up("SGP", "2013-01-01"), up("BRN", "2010-01-01"), *joined)
    claim = FirstInGroupClaim(
        on="2025-03-12", party="VNM", partners=["SGP"], level="high", group="ASEAN"
    )
    assert log.verify(claim).verdict is CONTESTED
    elsewhere = attrs.evolve(claim, group="EU")
    assert log.verify(elsewhere).contests == ()


def test_an_agreed_date_of_another_pair_does_not_bear_on_a_claim() -> None:
    log = log_of(ties("1973-08-01"), up("CHN", "2008-06-01", paper="1970-01-01"))
    readings = Readings(log)
    assert readings.bearing_on(since("1973-08-01")) == {}
    figure = FigureClaim(
        on="2025-03-12", parties=("VNM", "CHN"), indicator="trade", value="9", unit="USD bn"
    )
    assert readings.bearing_on(figure) == {}


def test_a_special_relationship_can_be_contested() -> None:
    declared = ev.SpecialRelationshipDeclared(
        parties=("LAO", "VNM"), on="1977-07-18", sources=cite(paper="1979-01-01")
    )
    claim = SpecialCountClaim(on="1978-01-01", party="Vietnam", count=1)
    assert log_of(declared).verify(claim).verdict is CONTESTED


def test_a_list_and_a_visit_with_other_dates() -> None:
    listed = ev.LevelHeld(
        parties=("SGP", "VNM"), ladder="VNM", level="mid", on="2014-01-01",
        sources=cite(paper="2013-01-01"),
    )  # fmt: skip
    visit = ev.VisitMade(
        visitor="VNM", host="SGP", on="2014-01-01", sources=cite(paper="2013-01-01")
    )
    log = log_of(listed, visit)
    (dissent,) = find_dissents(log.resolve())
    assert (dissent.event.id, dissent.on) == (listed.id, PartialDate("2013-01-01"))
    (read,) = Readings(log).of((dissent,)).resolve().unordered
    assert read.on == PartialDate("2013-01-01")


# --- whose account --------------------------------------------------------------------------------


def record(stream: str, event: Any) -> Record:
    return Record(stream, "2026-01-01T00:00:00Z", event)


def level_by(source: str, level: str) -> Event:
    return ev.LevelUpgraded(
        parties=("VNM", "SGP"), ladder="VNM", level=level, on="2013-09-11", sources=[source]
    )


AT_MID: Final = LevelClaim(on="2025-03-12", party="VNM", partner="SGP", level="mid")


def test_another_account_of_an_event_contests_what_depends_on_it() -> None:
    log = log_of(record("a", level_by("gov", "mid")), record("b", level_by("paper", "high")))
    found = log.verify(AT_MID)
    assert found.verdict is CONTESTED
    assert found.contests[0].dates == (None,)
    assert "Paper describes it differently" in found.contests[0].says
    assert log.verify(attrs.evolve(AT_MID, level="high")).verdict is CONTESTED


def test_a_denial_by_another_stream_contests_what_depends_on_it() -> None:
    told = level_by("gov", "mid")
    retracted = ev.EventRetracted(target=told.id, reason="It was only agreed.", sources=["paper"])
    log = log_of(record("a", told), record("b", retracted))
    found = log.verify(AT_MID)
    assert found.verdict is CONTESTED
    assert "did not happen" in found.contests[0].says
    followed = log_of(
        record("a", level_by("paper", "mid")),
        record("b", attrs.evolve(retracted, sources=["gov"])),
    )
    assert followed.resolve().denied == {told.id}
    assert followed.verify(AT_MID).verdict is CONTESTED


def test_two_denials_of_one_event_give_no_reading() -> None:
    told = level_by("other", "mid")
    log = log_of(
        record("a", told),
        record("b", ev.EventRetracted(target=told.id, reason="No.", sources=["gov"])),
        record("c", ev.EventRetracted(target=told.id, reason="No.", sources=["paper"])),
    )
    dissents = find_dissents(log.resolve())
    assert [one.source for one in dissents] == ["other"]


# --- the law -------------------------------------------------------------------------------------

_DAYS: Final = ("2008-06-01", "2008-06-03", "2012-07-27", "2013-09-11", "2013")
_own = st.dictionaries(st.sampled_from(("paper", "other")), st.sampled_from(_DAYS), max_size=2)


@st.composite
def disputed(draw: st.DrawFn) -> list[Event]:
    """Draw a few upgrades, and sources with dates of their own."""
    return [
        up(partner, draw(st.sampled_from(_DAYS)), draw(st.sampled_from(("mid", "high"))),
           **draw(_own))
        for partner in draw(st.lists(st.sampled_from(("CHN", "RUS", "SGP")), unique=True))
    ]  # fmt: skip


def believing(source: str, events: list[Event]) -> EventLog:
    """Return the log that a source would write: its own dates, where they exclude the others."""
    told = []
    for event in events:
        own = {one.on for one in event.sources if one.source == source and one.on is not None}
        days = [on for on in own if not (on.contains(event.on) or event.on.contains(on))]
        told.append(attrs.evolve(event, on=days[0]) if days else event)
    return log_of(*told)


@given(disputed(), st.sampled_from(_DAYS[:4]), st.sampled_from(("mid", "high")), st.integers(0, 2))
def test_a_claim_is_contested_just_where_believing_a_source_changes_the_verdict(
    events: list[Event], day: str, level: str, n: int
) -> None:
    log = log_of(*events)
    claims: list[Claim] = [
        CountClaim(on=day, party="VNM", level=level, count=n),
        LevelClaim(on=day, party="VNM", partner="SGP", level=level),
        NthPartnerClaim(on=day, party="VNM", partner="RUS", level=level, n=n + 1),
    ]
    for claim in claims:
        followed = _LOOK_UP[type(claim)](claim, log).verdict
        others = {
            _look_up(claim, believing(source, events)).verdict for source in ("paper", "other")
        }
        depends = followed is not UNDECIDABLE and bool(others - {followed})
        assert verify(claim, log).verdict is (CONTESTED if depends else followed)


# --- who supports whom ----------------------------------------------------------------------------


def trade(*sources: str) -> Event:
    return ev.FigureReported(
        on="2023-07-18", parties=("VNM", "SGP"), indicator="trade", period="2022", value="9",
        unit="USD bn", sources=[*sources],
    )  # fmt: skip


def value(source: str | None) -> FigureClaim:
    return FigureClaim(
        on="2023-07-18", source=source, parties=("VNM", "SGP"), indicator="trade", period="2022",
        value="9", unit="USD bn",
    )  # fmt: skip


def test_a_claim_that_only_its_own_source_supports_says_so() -> None:
    alone = log_of(trade("paper")).verify(value("paper"))
    assert (alone.verdict, alone.independent) == (SUPPORTED, False)
    assert "Only the claim's own source reports this." in str(alone)
    assert alone.to_record()["caveats"] == ["Only the claim's own source reports this."]
    assert [one.vietnamese for one in alone.caveats] == [
        "Chỉ nguồn đưa ra nhận định ghi nhận điều này."
    ]
    wire = log_of(trade("reprint")).verify(value("paper"))
    assert len(wire.circular) == 1
    for source, own in (("other", "paper"), ("paper", None)):
        found = log_of(trade(source)).verify(value(own))
        assert (found.circular, found.caveats, found.independent) == ((), (), True)


def test_a_claim_that_its_own_source_supports_in_part_names_that_part() -> None:
    events = [
        up("CHN", "2008-06-01"),
        ev.LevelUpgraded(
            parties=("VNM", "RUS"), ladder="VNM", level="high", on="2012-07-27", sources=["paper"]
        ),
    ]
    claim = CountClaim(on="2013-01-01", source="paper", party="VNM", level="high", count=2)
    found = log_of(*events).verify(claim)
    assert "Only the claim's own source reports 1 of the 2 events behind this." in str(found)
    assert found.to_record()["circular"] == ["level-upgraded/RUS-VNM/2012-07-27/VNM"]
    refuted = log_of(*events).verify(attrs.evolve(claim, count=3))
    assert (refuted.verdict, refuted.caveats) == (REFUTED, ())


def source(id: str, **more: Any) -> Source:
    return Source(**{"id": id, "title": id, "publisher": id, "kind": "press", **more})


def test_sources_that_share_a_page_or_a_text_are_one() -> None:
    def count(*sources: Source) -> int:
        return len(independent([one.id for one in sources], {one.id: one for one in sources}))

    page = "https://paper.example/ties"
    assert count(source("a", url=page), source("b", url=f"{page}/?utm_source=x&fbclid=1#y")) == 1
    assert count(source("a", url=f"{page}?id=1"), source("b", url=f"{page}?id=2")) == 2
    text = {"title": "Ties", "publisher": "P"}
    assert count(source("a", **text), source("b", **text)) == 2  # undated: perhaps a series
    dated = {**text, "published": "2025-03-12"}
    assert count(source("a", **dated), source("b", **dated, url=page)) == 1
    assert count(source("a", **dated), source("b", **{**dated, "published": "2025-03-13"})) == 2


def test_twins_are_reported_within_one_bibliography_only() -> None:
    page = {"url": "https://paper.example/ties"}
    one, two = source("a", **page), source("b", **page)

    def stream(name: str, *sources: Source) -> EventLog:
        told = ev.TiesEstablished(
            parties=("SGP", "VNM"), on="1973-08-01", sources=[each.id for each in sources]
        )
        return EventLog([told], stream=name, at="2026-01-01T00:00:00Z", sources=sources)

    def codes(log: EventLog) -> list[str]:
        return [each.code for each in check(log, today="2026-11-22")]

    assert codes(stream("s", one, two)) == ["DR215"]
    assert codes(stream("s", one, attrs.evolve(two, derived_from="a"))) == []
    assert codes(stream("s", one) | stream("t", two)) == []


def test_where_a_store_does_not_know_who_brought_a_source_its_citations_tell() -> None:
    page = {"url": "https://paper.example/ties"}
    one, two = source("a", **page), source("b", **page)

    def codes(*streams: tuple[str, tuple[str, ...]]) -> list[str]:
        records = [
            record
            for name, cited in streams
            for record in EventLog(
                [ev.TiesEstablished(parties=("SGP", "VNM"), on="1973-08-01", sources=cited)],
                stream=name,
                at="2026-01-01T00:00:00Z",
            ).records
        ]
        log = EventLog(records, reference=Reference(sources=[one, two]))
        return [each.code for each in check(log, today="2026-11-22")]

    assert codes(("s", ("a", "b"))) == ["DR215"]
    assert codes(("s", ("a", "b")), ("t", ("a",))) == ["DR215"]
    assert codes(("s", ("a",)), ("t", ("b",))) == []


def test_the_shipped_bibliographies_have_no_twins() -> None:
    log = load("vietnam") | load("singapore") | load("united_states")
    assert [one for one in log.check() if one.code == "DR215"] == []
