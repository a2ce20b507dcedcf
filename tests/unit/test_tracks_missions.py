"""Missions and envoys: who has posts where, by direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from diplorel.dates import PartialDate
from diplorel.events import (
    Departure,
    EnvoyAccredited,
    EnvoyLeft,
    EnvoyRank,
    MissionClosed,
    MissionKind,
    MissionOpened,
)
from diplorel.replay import fold
from diplorel.tracks.missions import MISSIONS, Envoy, Mission, MissionsState

if TYPE_CHECKING:
    from diplorel.event import Event


def base(on: int, sender: str, receiver: str) -> dict[str, Any]:
    return {"on": str(on), "sender": sender, "receiver": receiver, "sources": ["s"]}


def opened(
    on: int, city: str | None = None, sender: str = "USA", receiver: str = "VNM", **more: Any
) -> MissionOpened:
    return MissionOpened(**base(on, sender, receiver), city=city, **more)


def closed(
    on: int, city: str | None = None, sender: str = "USA", receiver: str = "VNM", **more: Any
) -> MissionClosed:
    return MissionClosed(**base(on, sender, receiver), city=city, **more)


def sent(
    on: int, name: str, sender: str = "USA", receiver: str = "VNM", **more: Any
) -> EnvoyAccredited:
    return EnvoyAccredited(**base(on, sender, receiver), name=name, **more)


def left(on: int, name: str, sender: str = "USA", receiver: str = "VNM", **more: Any) -> EnvoyLeft:
    return EnvoyLeft(**base(on, sender, receiver), name=name, **more)


def state(*events: Event) -> MissionsState:
    cell = fold(events, [MISSIONS])[MISSIONS].get(("USA", "VNM"))
    return MISSIONS.none if cell is None else MISSIONS.freeze(cell.acc)


def posts(*events: Event) -> list[tuple[str, str, str | None, str]]:
    return [
        (one.sender, one.kind.value, one.city, one.since.text) for one in state(*events).missions
    ]


def envoys(*events: Event) -> list[tuple[str, str, str, str]]:
    return [(one.sender, one.name, one.rank.value, one.since.text) for one in state(*events).envoys]


def test_a_post_and_an_envoy_are_told_in_full() -> None:
    found = state(
        opened(2001, "Hanoi", kind="legation", accredited_from="Bangkok"),
        sent(2002, "A", envoy_rank="charge", appointed="2001"),
    )
    assert found == MissionsState(
        (Mission("USA", "VNM", MissionKind.LEGATION, "Hanoi", PartialDate("2001"), "Bangkok"),),
        (Envoy("USA", "VNM", "A", EnvoyRank.CHARGE, PartialDate("2002")),),
    )
    assert MISSIONS.none == MISSIONS.unknown == MissionsState((), ())
    assert sent(2002, "A", appointed="2001").appointed == PartialDate("2001")


def test_what_is_not_told_has_a_default() -> None:
    assert (opened(2001).kind, opened(2001).city, opened(2001).accredited_from) == (
        MissionKind.EMBASSY, None, None,
    )  # fmt: skip
    assert (sent(2001, "A").envoy_rank, sent(2001, "A").appointed) == (EnvoyRank.AMBASSADOR, None)
    assert left(2001, "A").departure is Departure.OTHER
    assert left(2001, "A", departure="expelled").departure is Departure.EXPELLED


def test_ids_are_directed_and_name_the_post_or_the_envoy() -> None:
    assert opened(2001).id == "mission-opened/USA-VNM/2001/embassy"
    assert opened(2001, "Ho Chi Minh City", kind="consulate-general").id == (
        "mission-opened/USA-VNM/2001/consulate-general/ho-chi-minh-city"
    )
    assert closed(2001, "Hanoi", "VNM", "USA").id == "mission-closed/VNM-USA/2001/embassy/hanoi"
    assert sent(2001, "Peterson").id == "envoy-accredited/USA-VNM/2001/peterson"
    assert left(2001, "Peterson").act == ("envoy-left", "USA", "VNM", "peterson")


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        ([opened(2001, "Hanoi"), opened(2002, "Hanoi")], [("USA", "embassy", "Hanoi", "2001")]),
        ([opened(2001, "Hanoi", kind="liaison-office"), opened(2002, "Hanoi")],
         [("USA", "embassy", "Hanoi", "2002")]),
        ([opened(2001, "Hue"), opened(2002, "Hanoi")],
         [("USA", "embassy", "Hanoi", "2002")]),
        ([opened(2001, "Hue"), opened(2002)], [("USA", "embassy", "Hue", "2001")]),
        ([opened(2001), opened(2002, "Hue")], [("USA", "embassy", None, "2001")]),
        ([opened(2001, "Hue", kind="consulate"), opened(2002, "Vinh", kind="consulate"),
          opened(2003, "Hue", kind="representation"),
          closed(2004, "Hue", kind="consulate-general")],
         [("USA", "consulate", "Vinh", "2002"), ("USA", "representation", "Hue", "2003")]),
        ([opened(2001), opened(2002)], [("USA", "embassy", None, "2001")]),
        ([opened(2001), opened(2002, kind="consulate")],
         [("USA", "consulate", None, "2002"), ("USA", "embassy", None, "2001")]),
        ([opened(2001, "Hanoi"), closed(2002, "Hanoi")], []),
        ([opened(2001), closed(2002)], []),
        ([opened(2001), closed(2002, kind="consulate")], [("USA", "embassy", None, "2001")]),
        ([opened(2001, "Hanoi"), closed(2002, "Hue")], []),
        ([opened(2001, "Hanoi"), closed(2002)], []),
        ([opened(2001, "Hanoi"), closed(2002, "Hanoi", kind="consulate")],
         [("USA", "embassy", "Hanoi", "2001")]),
        ([opened(2001, "Hanoi"), closed(2002, "Hanoi", "VNM", "USA")],
         [("USA", "embassy", "Hanoi", "2001")]),
        ([closed(2001)], []),
        ([opened(2002, "Washington", "VNM", "USA"), opened(2001, "Hanoi")],
         [("USA", "embassy", "Hanoi", "2001"), ("VNM", "embassy", "Washington", "2002")]),
    ],
)  # fmt: skip
def test_a_story_of_posts(events: list[Event], wanted: list[tuple[str, str, str, str]]) -> None:
    assert posts(*events) == wanted


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        ([sent(2001, "A"), sent(2002, "B")], [("USA", "B", "ambassador", "2002")]),
        ([sent(2001, "A"), sent(2002, "B", envoy_rank="charge")],
         [("USA", "A", "ambassador", "2001"), ("USA", "B", "charge", "2002")]),
        ([sent(2001, "A"), sent(2001, "B", "VNM", "USA")],
         [("USA", "A", "ambassador", "2001"), ("VNM", "B", "ambassador", "2001")]),
        ([sent(2001, "A"), left(2002, "A")], []),
        ([sent(2001, "A"), sent(2001, "A", envoy_rank="charge"), left(2002, "A")], []),
        ([sent(2001, "A"), left(2002, "B")], [("USA", "A", "ambassador", "2001")]),
        ([sent(2001, "A"), left(2002, "A", "VNM", "USA")], [("USA", "A", "ambassador", "2001")]),
        ([left(2001, "A")], []),
    ],
)  # fmt: skip
def test_a_story_of_envoys(events: list[Event], wanted: list[tuple[str, str, str, str]]) -> None:
    assert envoys(*events) == wanted


def test_the_posts_of_one_side() -> None:
    found = state(opened(2001, "Hanoi"), opened(2001, "Washington", "VNM", "USA"))
    assert [one.city for one in found.sent_by("VNM")] == ["Washington"]
    assert [one.city for one in found.sent_by("USA")] == ["Hanoi"]
    assert found.sent_by("SGP") == ()


def test_posts_commute_with_other_posts_and_with_envoys() -> None:
    post = opened(2001, "Hanoi")
    assert MISSIONS.commute(post, opened(2001, "Hue")) is False
    assert MISSIONS.commute(post, opened(2001, "Hanoi", kind="consulate")) is True
    assert MISSIONS.commute(post, opened(2001, "Hanoi", kind="representation")) is True
    assert MISSIONS.commute(post, closed(2001, "Hanoi")) is False
    assert MISSIONS.commute(opened(2001), closed(2001)) is False
    assert MISSIONS.commute(post, sent(2001, "A")) is True
    assert MISSIONS.commute(left(2001, "A"), post) is True
    assert MISSIONS.commute(sent(2001, "A"), left(2001, "A")) is False


def test_a_successor_inherits_posts_and_envoys_as_its_own() -> None:
    acc = MISSIONS.start()
    acts: list[Event] = [
        opened(1950, "Hanoi", "SUN", "VNM"),
        opened(1951, "Moscow", "VNM", "SUN"),
        sent(1952, "A", "SUN", "VNM"),
        sent(1953, "B", "VNM", "SUN"),
    ]
    for event in acts:
        MISSIONS.handlers[type(event)](acc, event)
    before = MISSIONS.freeze(acc)
    heir = MISSIONS.inherit(acc, "SUN", "RUS")
    assert MISSIONS.freeze(heir) == MissionsState(
        (
            Mission("RUS", "VNM", MissionKind.EMBASSY, "Hanoi", PartialDate("1950")),
            Mission("VNM", "RUS", MissionKind.EMBASSY, "Moscow", PartialDate("1951")),
        ),
        (
            Envoy("RUS", "VNM", "A", EnvoyRank.AMBASSADOR, PartialDate("1952")),
            Envoy("VNM", "RUS", "B", EnvoyRank.AMBASSADOR, PartialDate("1953")),
        ),
    )
    for event in (closed(1992, "Hanoi", "RUS", "VNM"), left(1992, "A", "RUS", "VNM")):
        MISSIONS.handlers[type(event)](heir, event)
    assert [one.city for one in MISSIONS.freeze(heir).missions] == ["Moscow"]
    assert [one.name for one in MISSIONS.freeze(heir).envoys] == ["B"]
    assert MISSIONS.freeze(acc) == before
