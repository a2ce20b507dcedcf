"""Views: a log as it was known, of which every question can be asked, and which nobody changes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import policies
from diplorel.errors import InvalidQueryError
from diplorel.testing.dense import probes
from diplorel.testing.streams import logs
from shipped_once import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from diplorel import EventLog

VN = shipped("vietnam")
knowns = st.sampled_from(
    (None, "2020-06-14", "2020-06", datetime(2020, 6, 15, 12, tzinfo=UTC), "2021", "2014-01-01")
)
clocks = st.sampled_from(("recorded", "published"))
rules = st.sampled_from(("latest", "earliest"))
choices = st.sampled_from((policies.by_kind, policies.most_sources, policies.stream_first("b")))


options = st.tuples(knowns, clocks, rules, choices)


@given(logs(), options, probes)
def test_a_view_answers_as_a_replay_with_the_same_arguments(
    log: EventLog, given_: tuple[Any, Any, Any, Any], on: str | None
) -> None:
    known, clock, dates, policy = given_
    clock = None if known is None else clock
    view = log.view(known=known, clock=clock, dates=dates, policy=policy)
    world = log.replay(on, known=known, clock=clock, dates=dates, policy=policy)
    assert view.replay(on) == world
    assert view.resolve().events == log.resolve(known=known, clock=clock, policy=policy).events
    for a, b in world.dyads():
        assert view.relation(a, b, on=on) == world[a, b]


@given(logs(), knowns, clocks)
def test_every_question_can_be_asked_of_a_view(log: EventLog, known: Any, clock: Any) -> None:
    clock = None if known is None else clock
    view = log.view(known=known, clock=clock)
    kept = dr.EventLog(view.records, reference=log.reference)
    assert view.check(today="2026-01-01") == kept.check(today="2026-01-01")
    assert view.disagreements() == kept.disagreements()
    assert view.verify() == kept.verify()
    assert view.cite().csl() == kept.cite().csl()
    assert view.to_records() == kept.to_records()
    assert view.diff("2013", "2014").changes == kept.diff("2013", "2014").changes
    for a, b in kept.replay().dyads():
        assert view.timeline(a, b) == kept.timeline(a, b)


@given(logs(), choices)
def test_a_view_follows_its_policy_wherever_it_is_asked(log: EventLog, policy: Any) -> None:
    view = log.view(policy=policy)
    assert view.disagreements() == log.disagreements(policy=policy)
    assert view.replay(policy=policies.by_kind) == log.replay(policy=policies.by_kind)
    assert view.where(until="2013").replay() == log.where(until="2013").replay(policy=policy)


@given(logs(), st.tuples(knowns, knowns, clocks, rules, choices))
def test_a_view_of_a_view_knows_what_both_know_and_reads_as_the_first(
    log: EventLog, given_: tuple[Any, Any, Any, Any, Any]
) -> None:
    one, two, clock, dates, policy = given_
    first = log.view(known=one, clock=None if one is None else clock, dates=dates, policy=policy)
    again = first.view(known=two)
    assert again.records == first.view(known=two, clock=first._clock).records
    assert again.replay("2014") == first.replay("2014", known=two)
    assert again.replay("2014") == dr.EventLog(again.records, reference=log.reference).replay(
        "2014", dates=dates, policy=policy
    )
    assert set(again.records) <= set(first.records)


def test_a_view_is_as_the_reader_of_that_day_saw_it() -> None:
    before = VN.view(known="2025-03-11", clock="published")
    assert before.relation("VNM", "SGP").level("VNM").level.id == "strategic"  # type: ignore[union-attr]
    assert "SGP" not in before.replay("2025-03-12").partners(
        "VNM", exactly="Comprehensive Strategic Partnership"
    )
    assert repr(before).endswith("records of vietnam, as published by 2025-03-11>")
    again = before.view(dates="earliest", policy=policies.most_sources)
    assert repr(again).endswith(
        "as published by 2025-03-11, by earliest dates, by policy most_sources>"
    )
    assert again.view(known="2025-03-12")._reads_as()[:3] == again._reads_as()[:3]
    assert repr(VN.view()).endswith(", as it is>")
    assert before == VN.view(known="2025-03-11", clock="published") != VN
    assert hash(VN.view()) == hash(VN)


def test_nobody_changes_or_writes_a_view(tmp_path: Path) -> None:
    view = VN.view(known="2025-03-11")
    event = dr.events.TiesEstablished(on="1999", parties=("FJI", "VNM"), sources=["vna"])
    ways: dict[str, Any] = {
        "appended to": lambda: view.append(event),
        "merged": lambda: view | shipped("singapore"),
        "updated": lambda: dr.update(view, [event]),
        "written": lambda: dr.dumps(view),
    }
    for what, does in ways.items():
        with pytest.raises(InvalidQueryError, match=f"a view cannot be {what}: .* the log itself"):
            does()
    writers: tuple[Any, ...] = (
        lambda: shipped("singapore") | view,
        lambda: dr.write(view, tmp_path / "mine"),
        lambda: dr.write_sheet(view),
        lambda: dr.dumps(view.where(party="SGP")),
    )
    for write in writers:
        with pytest.raises(InvalidQueryError, match="a view cannot be"):
            write()
    assert not [*tmp_path.iterdir()]
