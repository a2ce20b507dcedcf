"""Groups: who belongs to one, as what, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from diplorel.errors import InvalidEventError
from diplorel.events import Capacity, GroupJoined, GroupLeft
from diplorel.model.dates import PartialDate
from diplorel.replay.fold import fold
from diplorel.tracks.groups import GROUPS, GroupState, Membership

if TYPE_CHECKING:
    from diplorel.model.events import Event


def joined(on: int, party: str, group: str = "ASEAN", **more: Any) -> GroupJoined:
    return GroupJoined(on=str(on), party=party, group=group, sources=["s"], **more)


def left(on: int, party: str, group: str = "ASEAN") -> GroupLeft:
    return GroupLeft(on=str(on), party=party, group=group, sources=["s"])


def state(*events: Event) -> GroupState:
    cell = fold(events, [GROUPS])[GROUPS].get("ASEAN")
    return GROUPS.none if cell is None else GROUPS.freeze(cell.value)


def row(party: str, since: int, capacity: str = "member") -> Membership:
    return Membership(party, Capacity(capacity), PartialDate(str(since)))


@pytest.mark.parametrize(
    ("events", "wanted", "members"),
    [
        ([joined(2001, "VNM")], [row("VNM", 2001)], ("VNM",)),
        ([joined(2001, "VNM"), joined(2002, "SGP")], [row("SGP", 2002), row("VNM", 2001)],
         ("SGP", "VNM")),
        ([joined(2001, "VNM"), joined(2002, "VNM")], [row("VNM", 2001)], ("VNM",)),
        ([joined(2001, "VNM", capacity="observer"), joined(2002, "VNM")], [row("VNM", 2002)],
         ("VNM",)),
        ([joined(2001, "VNM"), joined(2002, "VNM", capacity="associate")],
         [row("VNM", 2002, "associate")], ()),
        ([joined(2001, "VNM", capacity="candidate"), joined(2001, "SGP")],
         [row("SGP", 2001), row("VNM", 2001, "candidate")], ("SGP",)),
        ([joined(2001, "VNM"), left(2002, "VNM")], [], ()),
        ([joined(2001, "VNM"), left(2002, "SGP")], [row("VNM", 2001)], ("VNM",)),
        ([joined(2001, "VNM", "EU")], [], ()),
    ],
)  # fmt: skip
def test_a_history_of_a_group(
    events: list[Event], wanted: list[Membership], members: tuple[str, ...]
) -> None:
    found = state(*events)
    assert found == GroupState(tuple(wanted))
    assert found.members() == members


def test_a_group_is_its_own_subject() -> None:
    assert sorted(fold([joined(2001, "VNM"), joined(2002, "FRA", "EU")], [GROUPS])[GROUPS]) == [
        "ASEAN", "EU",
    ]  # fmt: skip
    assert GROUPS.none == GROUPS.unknown == GroupState(())
    assert GROUPS.of_dyads is False


def test_a_membership_is_directed() -> None:
    assert joined(2001, "VNM").id == "group-joined/VNM-ASEAN/2001"
    assert left(2001, "VNM").parties == ("VNM", "ASEAN")
    assert joined(2001, "VNM").capacity is Capacity.MEMBER
    with pytest.raises(InvalidEventError, match="'vnm' is not a party id"):
        joined(2001, "vnm")


def test_only_events_of_different_parties_commute() -> None:
    assert GROUPS.commute(joined(2001, "VNM"), left(2001, "SGP")) is True
    assert GROUPS.commute(joined(2001, "VNM"), left(2001, "VNM")) is False
