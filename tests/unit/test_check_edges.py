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
