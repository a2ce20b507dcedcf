"""Singapore's stream: the facts that it must show, and what it decides together with Vietnam's."""

from __future__ import annotations

from importlib.resources import files

import diplorel as dr
from diplorel.claims import Verdict
from diplorel.datasets import load_stream
from diplorel.io import jsonl
from diplorel.model.releases import check_release
from diplorel.tracks.agreements import AgreementStatus
from diplorel.tracks.level import LevelStatus
from shipped_once import findings, shipped

TOP = "comprehensive-strategic"


def singapore() -> dr.EventLog:
    return shipped("singapore")


def both() -> dr.EventLog:
    return shipped("vietnam", "singapore")


def at_the_top(day: str) -> list[str]:
    rows = singapore().replay(on=day).ranking("SGP")
    return [row.party for row in rows if row.level.id == TOP]


def test_the_five_stand_in_the_order_in_which_they_came() -> None:
    assert at_the_top("2015-06-28") == []
    assert at_the_top("2024-04-12") == ["AUS"]
    assert at_the_top("2025-11-02") == ["AUS", "IND", "VNM", "FRA", "NZL"]


def test_on_days_of_the_coverage_the_list_of_the_top_is_complete() -> None:
    for day, complete in (("1965-08-09", True), ("2025-11-02", True), ("2025-11-03", False)):
        assert singapore().replay(on=day).partners("SGP", at_least=TOP).complete is complete
    assert not singapore().replay(on="2025-11-02").partners("SGP", at_least="strategic").complete


def test_a_title_that_no_source_ranks_stands_beside_the_ladder() -> None:
    world = singapore().replay(on="2025-11-02")
    held = world["SGP", "CHN"].level("SGP")
    assert held.level is not None
    assert (held.level.id, held.level.rank) == ("all-round-high-quality", None)
    assert world.ranking("SGP").unranked == ("CHN",)


def test_a_renewal_keeps_the_day_and_an_agreed_level_is_not_held() -> None:
    australia = singapore().replay(on="2025-10-08")["SGP", "AUS"].level("SGP")
    assert australia.since == dr.PartialDate("2015-06-29")
    france = singapore().replay(on="2024-12-31")["SGP", "FRA"].level("SGP")
    assert france.level is not None
    assert france.level.id == "strategic"
    assert france.agreed is not None
    assert france.agreed.id == TOP


def test_russia_carries_the_soviet_ties_on() -> None:
    ties = singapore().replay(on="2018-06-01")["SGP", "RUS"].ties
    assert (ties.status.value, ties.since) == ("established", dr.PartialDate("1968-06-01"))


def test_one_treaty_with_many_is_in_force_with_each() -> None:
    world = singapore().replay(on="2020-01-01")
    for party in ("CHE", "NOR", "ISL", "LIE", "ARE", "SAU"):
        (treaty,) = world["SGP", party].agreements.documents
        assert treaty.status is AgreementStatus.IN_FORCE


def test_without_coverage_absence_is_unknown() -> None:
    relation = singapore().replay(on="2025-01-01")["SGP", "BRN"]
    assert relation.ties.status.value == "unknown"
    assert relation.level("SGP").status is LevelStatus.UNKNOWN


def test_the_stream_is_sound_and_its_claims_come_out_as_expected() -> None:
    assert singapore().check(today="2026-11-28") == ()
    found = findings("singapore")
    assert len(found) > 10
    assert [finding.claim.id for finding in found if not finding.as_expected] == []


def test_every_event_cites_a_source_that_the_bibliography_has_and_each_source_is_cited() -> None:
    known = singapore().reference.source
    cited = {one.source for record in singapore() for one in record.event.sources}
    assert cited <= set(known)
    claimed = {claim.source for claim in singapore().reference.claims}
    repeated = {source.derived_from for source in known.values()}
    assert set(known) <= cited | claimed | repeated


def test_the_released_bytes_are_a_prefix_and_the_file_is_canonical() -> None:
    stream = load_stream("singapore")
    assert stream.releases
    assert check_release(stream.data, stream.releases) == ()
    assert jsonl.dumps(singapore()).encode() == stream.data
    assert files("diplorel.datasets").joinpath("singapore/NOTES.md").is_file()


def test_both_are_shipped() -> None:
    assert {"singapore", "vietnam"} <= {one.name for one in dr.available()}


# --- with Vietnam's ------------------------------------------------------------------------------


def first_in_asean(*names: str) -> dict[str, Verdict]:
    told = {
        finding.claim.id: finding.verdict
        for finding in findings(*names)
        if finding.claim.kind == "first-in-group" and getattr(finding.claim, "party", "") == "SGP"
    }
    assert told
    return told


def test_who_was_the_first_in_asean_neither_decides_alone_and_both_together_do() -> None:
    assert set(first_in_asean("vietnam").values()) == {Verdict.UNDECIDABLE}
    assert set(first_in_asean("singapore").values()) == {Verdict.UNDECIDABLE}
    told = first_in_asean("vietnam", "singapore")
    assert set(told.values()) == {Verdict.SUPPORTED}
    assert len(told) == 4
    every = findings("vietnam", "singapore")
    finding = next(one for one in every if one.claim.id == "vna-first-of-singapore")
    assert finding.missing is None
    assert finding.independent
    assert "none of the 8 other members of ASEAN reached it before" in str(finding)
    ids = {event.id for event in finding.evidence}
    assert {"level-upgraded/SGP-VNM/2025-03-12/SGP", "group-joined/VNM-ASEAN/1995-07-28"} <= ids


def test_together_they_are_sound_and_no_claim_turns_round() -> None:
    assert both().check(today="2026-11-28") == ()
    alone = {
        (finding.claim.stream, finding.claim.id): finding.verdict
        for name in ("vietnam", "singapore")
        for finding in findings(name)
    }
    for finding in findings("vietnam", "singapore"):
        before = alone[finding.claim.stream, finding.claim.id]
        assert finding.verdict is before or before is Verdict.UNDECIDABLE


def test_the_level_is_reported_from_each_side_and_the_two_do_not_clash() -> None:
    relation = both().replay(on="2025-03-12")["SGP", "VNM"]
    for side in ("SGP", "VNM"):
        held = relation.level(side)
        assert held.level is not None
        assert (held.level.id, held.since) == (TOP, dr.PartialDate("2025-03-12"))
    assert "level" in relation.certain
    told = {one.event for one in both().disagreements() if "SGP-VNM" in one.event}
    assert not any(id.startswith("level-") for id in told)


def test_an_event_that_both_report_is_one_with_the_sources_of_both() -> None:
    def sources(log: dr.EventLog, id: str) -> set[str]:
        (event,) = (one for one in log.resolve().events if one.id == id)
        return {one.source for one in event.sources}

    for id in (
        "ties-established/SGP-VNM/1973-08-01",
        "group-joined/SGP-ASEAN/1967-08-08",
        "visit-made/SGP-VNM/2023-08-27--2023-08-29/prime-minister",
    ):
        apart = sources(shipped("vietnam"), id) | sources(singapore(), id)
        assert sources(both(), id) == apart
        assert sources(singapore(), id) < apart or id.startswith("group")
