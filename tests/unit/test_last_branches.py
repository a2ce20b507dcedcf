"""Branches that drawn logs reach as a rule, reached for certain."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel import policies
from diplorel.errors import InvalidEventError, InvalidQueryError
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
