"""Branches that drawn logs reach as a rule, reached for certain."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import diplorel as dr
from diplorel import __main__ as module
from diplorel import events as ev
from diplorel import policies
from diplorel.cli import main
from diplorel.errors import InvalidEventError, InvalidQueryError
from diplorel.model.claim_names import looks_like_an_id
from diplorel.model.events import plain
from diplorel.model.names import BY_TEXT

HERE: Any = {"sources": ["s"]}


def test_who_may_belong_to_a_group_is_possible_where_the_order_is_open() -> None:
    log = dr.EventLog(
        [
            ev.GroupJoined(on="2000", party="VNM", group="ASEAN", **HERE),
            ev.GroupJoined(on="2000-06", party="VNM", group="ASEAN", capacity="observer", **HERE),
            ev.GroupJoined(on="1999", party="SGP", group="ASEAN", **HERE),
        ]
    )
    members = log.replay("2010-01-01").members("ASEAN")
    assert members.possible == ("SGP", "VNM")


def test_talks_of_nobody_in_particular_can_be_any() -> None:
    talks = ev.TalksHeld(on="2000", parties=("SGP", "VNM"), **HERE)
    assert not talks.may_be(talks, BY_TEXT)


def test_what_is_neither_text_nor_number_nor_tuple_cannot_be_written() -> None:
    assert plain(Decimal("1.5")) == "1.5"
    with pytest.raises(InvalidEventError, match="cannot be written"):
        plain(1.5)


def test_an_unknown_answer_and_a_policy_that_is_none_are_refused() -> None:
    ties = dr.EventLog([ev.TiesEstablished(on="2000", parties=("SGP", "VNM"), **HERE)])
    with pytest.raises(InvalidQueryError, match="answer"):
        ties.relation("SGP", "VNM").ties.is_certain("whatever")
    wrong: Any = {"mine": 5}
    with pytest.raises(InvalidQueryError, match="polic"):
        ties.sensitivity("VNM", policies=wrong)
    ladder = dr.Ladder(party="VNM", levels=[dr.Level(id="low", rank=1)])
    tied = ev.TiesEstablished(on="2000", parties=("SGP", "VNM"), **HERE)
    log = dr.EventLog([tied], ladders=[ladder])
    assert log.sensitivity("VNM", policies={"kind": policies.by_kind}) is not None


def test_an_appointment_after_the_post_was_taken_up_is_said_to_be_so() -> None:
    envoy: Any = {"sender": "SGP", "receiver": "VNM", "name": "N", **HERE}
    late = ev.EnvoyAccredited(on="2000-01-01", appointed="2000-02-01", **envoy)
    assert [code for code, _, _ in late.inconsistencies()] == ["DR308"]
    assert not [*ev.EnvoyAccredited(on="2000-01-01", appointed="1999", **envoy).inconsistencies()]


def test_some_subjects_are_folded_again_for_all_that_is_recorded() -> None:
    tied = ev.TiesEstablished(on="2000", parties=("SGP", "VNM"), **HERE)
    other = ev.TiesEstablished(on="2001", parties=("SGP", "THA"), **HERE)
    before, after = dr.EventLog([tied]), dr.EventLog([tied, other])
    again = before.replay().snapshot.refold_subjects(
        before.resolve(), after.resolve(), {("SGP", "THA")}, {other.id}
    )
    assert again == after.replay().snapshot


def test_an_id_that_another_stream_can_bring_looks_like_one() -> None:
    assert looks_like_an_id("XKX")
    assert not looks_like_an_id("Viet Nam")


def test_the_module_is_the_command() -> None:
    assert vars(module)["main"] is main
