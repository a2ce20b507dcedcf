"""Missions and envoys: who has posts where, by direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from diplorel.errors import InvalidEventError
from diplorel.events import (
    Departure,
    EnvoyAccredited,
    EnvoyLeft,
    EnvoyRank,
    MissionClosed,
    MissionKind,
    MissionOpened,
    TiesSevered,
)
from diplorel.model.dates import PartialDate
from diplorel.replay.fold import fold
from diplorel.testing.dense import dates
from diplorel.testing.events import mission_events, ties_events
from diplorel.testing.streams import distinct, log_of
from diplorel.tracks.missions import MISSIONS, Envoy, Mission, MissionsState, same_post

if TYPE_CHECKING:
    from diplorel.model.events import Event


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
    return MISSIONS.none if cell is None else MISSIONS.freeze(cell.value)


def posts(*events: Event) -> list[tuple[str, str, str | None, str]]:
    return [
        (one.sender, one.kind.value, one.city, one.since.text) for one in state(*events).missions
    ]


def envoys(*events: Event) -> list[tuple[str, str, str, str]]:
    return [(one.sender, one.name, one.rank.value, one.since.text) for one in state(*events).envoys]


def test_a_post_and_an_envoy_are_reported_in_full() -> None:
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


def test_what_is_not_reported_has_a_default() -> None:
    assert (opened(2001).kind, opened(2001).city, opened(2001).accredited_from) == (
        MissionKind.EMBASSY, None, None,
    )  # fmt: skip
    assert (sent(2001, "A").envoy_rank, sent(2001, "A").appointed) == (EnvoyRank.AMBASSADOR, None)
    assert left(2001, "A").departure is Departure.OTHER
    assert left(2001, "A", departure="expelled").departure is Departure.EXPELLED


def test_an_interests_section_works_within_the_mission_of_a_third_party() -> None:
    section = opened(1980, "Tehran", "USA", "IRN", kind="interests-section", protecting_power="CHE")
    assert section.id == "mission-opened/USA-IRN/1980/interests-section/tehran"
    (post,) = MISSIONS.freeze(fold([section], [MISSIONS])[MISSIONS]["IRN", "USA"].value).missions
    assert (post.kind, post.protecting_power) == (MissionKind.INTERESTS_SECTION, "CHE")
    with pytest.raises(InvalidEventError, match="only an interests section has one"):
        opened(1980, protecting_power="CHE")
    with pytest.raises(InvalidEventError, match="'VNM' is a side of it, expected a third one"):
        opened(1980, kind="interests-section", protecting_power="VNM")
    with pytest.raises(InvalidEventError, match="is no party id"):
        opened(1980, kind="interests-section", protecting_power="Swiss")
    with pytest.raises(InvalidEventError, match="a correction says why"):
        opened(1980, supersedes=["x"])


def test_an_envoy_can_cover_several_and_has_a_title() -> None:
    event = sent(1882, "A", envoy_rank="minister-resident", title="Consul General too",
                 accredited_from="Athens", acting=True)  # fmt: skip
    (envoy,) = state(event).envoys
    assert envoy == Envoy(
        "USA", "VNM", "A", EnvoyRank.MINISTER_RESIDENT, PartialDate("1882"), True,
        "Consul General too", "Athens",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("post", "end", "same"),
    [
        (opened(2001, "Hanoi"), closed(2002, "Hanoi"), True),
        (opened(2001, "Hanoi"), closed(2002), True),
        (opened(2001), closed(2002, "Hanoi"), True),
        (opened(2001, "Hanoi", kind="legation"), closed(2002, "Hanoi"), True),
        (opened(2001, "Hanoi"), closed(2002, "Hue"), False),
        (opened(2001, "Hanoi"), closed(2002, "Hanoi", kind="consulate"), False),
        (opened(2001, "Hanoi"), closed(2002, "Hanoi", "VNM", "USA"), False),
        (opened(2001, "Hue", kind="consulate"), closed(2002, "Hue", kind="consular-agency"), True),
        (opened(2001, "Hue", kind="consulate"), closed(2002, kind="consulate"), False),
    ],
)
def test_a_closure_is_of_the_post_that_no_city_speaks_against(
    post: MissionOpened, end: MissionClosed, same: bool
) -> None:
    (stands,) = state(post).missions
    assert same_post(stands, end) is same


@given(distinct(mission_events(dates, [("USA", "VNM")]), least=0, most=5),
       distinct(ties_events(dates, [("USA", "VNM")]), least=0, most=4))  # fmt: skip
def test_a_recall_or_a_closed_post_severs_no_ties_and_a_severance_recalls_nobody(
    missions: list[Event], ties: list[Event]
) -> None:
    recalled = left(2101, "Ann", departure="recalled")
    severed = TiesSevered(on="2102", parties=("USA", "VNM"), sources=["s-gov"])
    both = log_of([*missions, recalled, *ties, severed]).replay()["USA", "VNM"]
    assert both.missions == log_of([*missions, recalled]).replay()["USA", "VNM"].missions
    assert both.ties == log_of([*ties, severed]).replay()["USA", "VNM"].ties


@given(distinct(mission_events(dates, [("USA", "VNM")]), least=0, most=6))
def test_who_stands_in_displaces_no_head_of_mission_and_a_head_whoever_stood_in(
    events: list[Event],
) -> None:
    def seats(*more: Event) -> dict[bool, list[str]]:
        held = log_of([*events, *more]).replay()["USA", "VNM"].missions.envoys
        mine = [one for one in held if one.sender == "USA" and one.rank != "consul"]
        return {
            acting: [one.name for one in mine if one.acting is acting] for acting in (False, True)
        }

    interim = sent(2101, "Cleo", envoy_rank="charge", acting=True)
    assert seats(interim) == {False: seats()[False], True: ["Cleo"]}
    assert seats(interim, sent(2102, "Dan")) == {False: ["Dan"], True: []}


def test_ids_are_directed_and_name_the_post_or_the_envoy() -> None:
    assert opened(2001).id == "mission-opened/USA-VNM/2001/embassy"
    assert opened(2001, "Ho Chi Minh City", kind="consulate-general").id == (
        "mission-opened/USA-VNM/2001/consulate-general/ho-chi-minh-city"
    )
    assert closed(2001, "Hanoi", "VNM", "USA").id == "mission-closed/VNM-USA/2001/embassy/hanoi"
    assert sent(2001, "Peterson").id == "envoy-accredited/USA-VNM/2001/peterson"
    assert left(2001, "Peterson").undated_key == ("envoy-left", "USA", "VNM", "peterson")


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
        ([opened(2001, "Hue", kind="representation"), opened(2002, "Vinh", kind="representation"),
          closed(2003, kind="representation")],
         [("USA", "representation", "Hue", "2001"), ("USA", "representation", "Vinh", "2002")]),
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
def test_a_history_of_posts(events: list[Event], wanted: list[tuple[str, str, str, str]]) -> None:
    assert posts(*events) == wanted


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        ([sent(2001, "A"), sent(2002, "B")], [("USA", "B", "ambassador", "2002")]),
        ([sent(2001, "A"), sent(2002, "B", envoy_rank="charge")], [("USA", "B", "charge", "2002")]),
        ([sent(2001, "A"), sent(2002, "B", envoy_rank="consul")],
         [("USA", "B", "consul", "2002"), ("USA", "A", "ambassador", "2001")]),
        ([sent(2001, "A", acting=True), sent(2002, "B", acting=True)],
         [("USA", "B", "ambassador", "2002")]),
        ([sent(2001, "A", acting=True), sent(2002, "B")], [("USA", "B", "ambassador", "2002")]),
        ([sent(2001, "A", acting=True), sent(2002, "B", envoy_rank="consul")],
         [("USA", "A", "ambassador", "2001"), ("USA", "B", "consul", "2002")]),
        ([sent(2001, "A", acting=True), sent(2002, "B", "VNM", "USA")],
         [("USA", "A", "ambassador", "2001"), ("VNM", "B", "ambassador", "2002")]),
        ([sent(2001, "A"), sent(2002, "B", envoy_rank="charge", acting=True), left(2003, "B")],
         [("USA", "A", "ambassador", "2001")]),
        ([sent(2001, "A"), sent(2002, "B", envoy_rank="charge", acting=True)],
         [("USA", "B", "charge", "2002"), ("USA", "A", "ambassador", "2001")]),
        ([sent(2001, "A"), sent(2001, "B", "VNM", "USA")],
         [("USA", "A", "ambassador", "2001"), ("VNM", "B", "ambassador", "2001")]),
        ([sent(2001, "A"), left(2002, "A")], []),
        ([sent(2001, "A"), sent(2001, "A", envoy_rank="charge"), left(2002, "A")], []),
        ([sent(2001, "A"), left(2002, "B")], [("USA", "A", "ambassador", "2001")]),
        ([sent(2001, "A"), left(2002, "A", "VNM", "USA")], [("USA", "A", "ambassador", "2001")]),
        ([left(2001, "A")], []),
    ],
)  # fmt: skip
def test_a_history_of_envoys(events: list[Event], wanted: list[tuple[str, str, str, str]]) -> None:
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
    assert MISSIONS.commute(sent(2001, "A"), sent(2001, "B", acting=True)) is False
    assert MISSIONS.commute(sent(2001, "A"), left(2001, "A", "VNM", "USA")) is True


def test_a_successor_inherits_posts_and_envoys_as_its_own() -> None:
    acc = MISSIONS.start()
    events: list[Event] = [
        opened(1950, "Hanoi", "SUN", "VNM"),
        opened(1951, "Moscow", "VNM", "SUN"),
        sent(1952, "A", "SUN", "VNM"),
        sent(1953, "B", "VNM", "SUN"),
    ]
    for event in events:
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
