"""Corners of `check`: where an event is odd, and nothing can be said against it."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs

import diplorel as dr
from diplorel import events as ev
from diplorel.model.converters import dyad
from diplorel.model.party_table import shipped

VNA = dr.Source(id="vna", title="T", publisher="VNA", kind="agency")


def codes(*events: Any, **more: Any) -> list[str]:
    log = dr.EventLog(events, at="2026-11-22T12:00:00Z", sources=[VNA], **more)
    return [problem.code for problem in log.check(today="2026-11-22")]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TownsTwinned(ev.Event):
    """A type of our own, whose wording is plain text."""

    type: ClassVar[str] = "towns-twinned"
    precedence: ClassVar[ev.Precedence] = ev.Precedence.BEGUN

    parties: tuple[str, ...] = attrs.field(converter=dyad)
    wording: tuple[str, ...] = ()


def test_a_wording_of_another_kind_names_no_party() -> None:
    twinned = TownsTwinned(on="1995", parties=("USA", "VNM"), wording=("sisters",), sources=["vna"])
    assert codes(twinned) == []


def test_a_ladder_of_a_party_that_no_table_lists_is_reported_as_the_party() -> None:
    raised = ev.LevelUpgraded(
        on="2013", parties=("VNM", "QQB"), ladder="QQB", level="a", sources=["vna"]
    )
    assert "DR203" not in codes(raised)
    assert "DR201" in codes(raised)


def test_a_party_brought_along_as_the_table_has_it_is_no_clash() -> None:
    ties = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])
    same = shipped().find("SGP")
    assert codes(ties, parties=[same]) == []
    assert codes(ties, parties=[attrs.evolve(same, alpha2="XX")]) == ["DR214"]


def test_two_visits_of_one_office_without_names_may_be_one() -> None:
    lead = ev.Person(party="SGP", offices=["government:prime-minister"])
    first = ev.VisitMade(
        on="2025-03-25/2025-03-26", visitor="SGP", host="VNM", persons=[lead], sources=["vna"]
    )
    second = attrs.evolve(first, on="2025-03-25")
    assert codes(first, second) == ["DR401"]
    # one stream's own doubling is a problem to mend, not a disagreement between streams
    assert dr.EventLog([first, second], sources=[VNA]).disagreements() == ()


# --- corrections ---------------------------------------------------------------------------------

TIES = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])


def problems(*events: Any, at: str = "2026-11-22T12:00:00Z", **more: Any) -> tuple[Any, ...]:
    log = dr.EventLog(events, at=at, sources=[VNA], **more)
    return log.check(today="2026-11-22")


def test_a_correction_of_nothing_that_is_near_offers_nothing() -> None:
    gone = ev.EventRetracted(target="x/QQQ/1", reason="r", sources=["vna"])
    (found,) = problems(TIES, gone)
    assert (found.code, found.event) == ("DR222", gone.id)
    assert found.message == "corrects 'x/QQQ/1', and no record has that id"
    assert found.hint == "Retract it, or name the id of what was wrong"


def test_a_correction_of_an_unknown_digest_lists_every_digest_in_order() -> None:
    accounts = [TIES, *(attrs.evolve(TIES, note=note) for note in "abc")]
    gone = ev.EventRetracted(target=f"{TIES.id}@0123456789ab", reason="r", sources=["vna"])
    (found,) = (one for one in problems(*accounts, gone) if one.code == "DR222")
    assert found.hint == "Its accounts have " + ", ".join(sorted(one.digest for one in accounts))


def test_repetitions_are_counted_account_by_account() -> None:
    other = attrs.evolve(TIES, note="n")
    log = dr.EventLog([TIES, other], at="2026-11-20T12:00:00Z", stream="a", sources=[VNA])
    for day in ("2026-11-21", "2026-11-22"):
        log |= dr.EventLog([TIES], at=f"{day}T12:00:00Z", stream="a")
    (found,) = (one for one in log.check(today="2026-11-22") if one.code == "DR221")
    assert found.message == "recorded 3 times, word for word"
    assert (found.event, found.stream) == (TIES.id, "a")
    assert found.hint.endswith(f"supersedes = ['{TIES.id}@{TIES.digest}']")


def test_what_is_taken_back_twice_hides_no_repetition_after_it() -> None:
    gone = ev.EventRetracted(target=f"{TIES.id}@{TIES.digest}", reason="r", sources=["vna"])
    visit = ev.VisitMade(on="2001-01-01", visitor="SGP", host="VNM", sources=["vna"])
    log = dr.EventLog([TIES, gone, visit], at="2026-11-20T12:00:00Z", stream="a", sources=[VNA])
    log |= dr.EventLog([gone, visit], at="2026-11-21T12:00:00Z", stream="a")
    assert [one.event for one in log.check(today="2026-11-22") if one.code == "DR221"] == [visit.id]


def test_each_of_a_ring_names_all_that_it_corrects() -> None:
    days = ("2021-02-09", "2022-02-09", "2023-02-09")
    ids = [f"visit-made/VNM-SGP/{day}" for day in days]
    ring = [
        ev.VisitMade(
            on=day, visitor="VNM", host="SGP", sources=["vna"], reason="a slip",
            supersedes=[id for id in ids if not id.endswith(day)],
        )
        for day in days
    ]  # fmt: skip
    told = {one.event: one.message for one in problems(*ring) if one.code == "DR223"}
    assert told[ids[0]] == (
        f"corrects {ids[1]!r} and {ids[2]!r}, which corrects it in turn, so neither correction "
        "counts"
    )


# --- time ----------------------------------------------------------------------------------------


def test_a_retraction_has_no_date_and_hides_none_after_it() -> None:
    gone = ev.EventRetracted(target=f"{TIES.id}@{TIES.digest}", reason="r", sources=["vna"])
    later = ev.VisitMade(on="2027-01-01", visitor="SGP", host="VNM", sources=["vna"])
    log = dr.EventLog([TIES, gone], at="2026-11-20T12:00:00Z", sources=[VNA])
    log |= dr.EventLog([later], at="2026-11-21T12:00:00Z")
    assert [one.code for one in log.check(today="2026-11-22")] == ["DR501"]


def test_the_last_moment_of_all_is_a_moment_to_check() -> None:
    assert [one.code for one in problems(TIES, at="9999-12-31T23:59:59Z", ahead=True)] == ["DR502"]


def test_a_source_of_today_is_published() -> None:
    for day, told in (("2026-11-22", []), ("2026-11-23", ["DR504"]), ("2026-11", [])):
        source = attrs.evolve(VNA, published=day)
        log = dr.EventLog([TIES], at="2026-11-22T12:00:00Z", sources=[source])
        assert [one.code for one in log.check(today="2026-11-22")] == told


def test_a_coverage_of_one_day_covers_it() -> None:
    def covered(**more: Any) -> tuple[Any, ...]:
        coverage = dr.Coverage(**{"track": "ties", "parties": ["SGP", "VNM"], **more})
        return problems(TIES, coverage=[coverage])

    assert covered(since="2013-01-01", until="2013-01-01") == ()
    (found,) = covered(since="2013-01-02", until="2013-01-01")
    assert found.message == (
        "the coverage of ties for SGP, VNM covers no day from 2013-01-02 to 2013-01-01"
    )
    assert covered(until="2026-11-22") == ()


def test_every_ladder_that_lacks_the_rank_of_a_floor_is_named() -> None:
    ladders = [
        dr.Ladder(party=party, levels=[dr.Level(id="high", rank=1), dr.Level(id="off", rank=rank)])
        for party, rank in (("SGP", None), ("THA", 2), ("VNM", None))
    ]
    raised = [
        ev.LevelUpgraded(on="2013", parties=pair, ladder=side, level="high", sources=["vna"])
        for pair, side in ((("SGP", "VNM"), "SGP"), (("THA", "VNM"), "THA"))
    ]
    coverage = dr.Coverage(track="level", parties=["SGP", "THA", "VNM"], at_least="off")
    (found,) = problems(*raised, ladders=ladders, coverage=[coverage])
    assert found.message.endswith(
        "has at_least = 'off', which has no rank on the ladder of SGP, VNM"
    )
