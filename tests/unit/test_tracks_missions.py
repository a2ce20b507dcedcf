"""Missions and envoys: who has posts where, by direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from contradictions import contradictions
from diplorel import EventLog
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
from diplorel.model.reference import Reference
from diplorel.replay.fold import fold
from diplorel.testing.dense import dates
from diplorel.testing.events import mission_events, ties_events
from diplorel.testing.streams import distinct, log_of
from diplorel.tracks.envoys import Envoy
from diplorel.tracks.missions import MISSIONS, MissionsState
from diplorel.tracks.posts import Mission

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
    with pytest.raises(InvalidEventError, match="is not a party id"):
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


NEVER = ["DR307"]
AT = "2026-11-22T12:00:00Z"


@pytest.mark.parametrize(
    ("post", "end", "found"),
    [
        (opened(2001, "Hanoi"), closed(2002, "Hanoi"), []),
        (opened(2001, "Hanoi"), closed(2002, "HÀ NỘI"), []),
        (opened(2001, "Hanoi"), closed(2002), []),
        (opened(2001), closed(2002, "Hanoi"), []),
        (opened(2001, "Saigon"), closed(2002, "Ho Chi Minh City"), []),
        (opened(2001, "Hanoi", kind="legation"), closed(2002, "Hanoi"), NEVER),
        (opened(2001, "Hanoi"), closed(2002, "Hue"), NEVER),
        (opened(2001, "Hanoi"), closed(2002, "Hanoi", kind="consulate"), NEVER),
        (opened(2001, "Hanoi"), closed(2002, "Hanoi", "VNM", "USA"), NEVER),
        (opened(2001, "Hue", kind="consulate"), closed(2002, "Hue", kind="consular-agency"), NEVER),
        (opened(2001, "Hue", kind="consulate"), closed(2002, kind="consulate"), []),
        (opened(2001, kind="consulate"), closed(2002, "Hue", kind="consulate"), []),
    ],
)
def test_a_closing_names_the_kind_and_the_city_of_a_post(
    post: MissionOpened, end: MissionClosed, found: list[str]
) -> None:
    broken = contradictions(MISSIONS, (post,), end, complete=True)
    assert [code for code, *_ in broken] == found
    assert (state(post, end) == MISSIONS.none) is (not found)
    assert not contradictions(MISSIONS, (post,), end)


SEVERED = TiesSevered(on="2005", parties=("USA", "VNM"), sources=["s"])
EMBASSY = ("USA", "embassy", "Berlin", "2002")


@pytest.mark.parametrize(
    ("end", "wanted"),
    [
        (closed(2003, "Bonn"), []),
        (closed(2003, "Berlin"), []),
        (closed(2003), ["DR313"]),
        (closed(2003, "Hamburg"), NEVER),
        (closed(2003, "Bonn", kind="legation"), NEVER),
    ],
)
def test_a_closing_after_a_move(end: MissionClosed, wanted: list[str]) -> None:
    before = (opened(2001, "Bonn"), opened(2002, "Berlin"))
    found = contradictions(MISSIONS, before, end, complete=True)
    assert [code for code, *_ in found] == wanted
    is_over = end.city in ("Berlin", None)
    assert posts(*before, end) == ([] if is_over else [EMBASSY])
    again = contradictions(MISSIONS, (*before, end), end, complete=True)
    assert [code for code, *_ in again] == ([] if end.city is None else NEVER)


def test_a_closing_that_can_be_of_several_posts_says_of_which() -> None:
    way = {"kind": "consulate"}
    both = (opened(2001, "Hue", **way), opened(2001, "Vinh", **way))
    (found,) = contradictions(MISSIONS, both, closed(2002, **way))
    assert found == (
        "DR313",
        "it names no city, and it can be the consulate in Hue or in Vinh",
        "Name the city of the post that was closed",
    )
    assert len(posts(*both, closed(2002, **way))) == 2
    unknown = (opened(2001, **way), *both)
    (found,) = contradictions(MISSIONS, unknown, closed(2002, **way))
    assert "in Hue or in Vinh or in a city that is not recorded" in found[1]
    # a post of an unknown city, and the one in a city that took its place, can be one
    moved = (opened(2001), opened(2002, "Berlin"))
    assert not contradictions(MISSIONS, moved, closed(2003))
    # nothing that is open can be meant, so nothing depends on which it was
    gone = (opened(2001, "Bonn"), opened(2002, "Berlin"), SEVERED)
    assert not contradictions(MISSIONS, gone, closed(2006), complete=True)
    assert posts(*gone, closed(2006)) == []


def test_a_severance_ends_diplomatic_missions_and_their_heads_only() -> None:
    kinds = [kind for kind in MissionKind if kind not in ("embassy", "liaison-office")]
    ends = {"embassy", "legation", "high-commission", "agency"}
    for kind in MissionKind:
        end = closed(2006, "Hanoi", kind=kind)
        stays = kind not in ends
        assert bool(posts(opened(2001, "Hanoi", kind=kind), SEVERED)) is stays
        confirmed = (opened(2001, "Hanoi", kind=kind), SEVERED)
        assert not contradictions(MISSIONS, confirmed, end, complete=True)
        assert posts(*confirmed, end) == []
        if not stays:
            late = contradictions(MISSIONS, (*confirmed, end), end, complete=True)
            assert [code for code, *_ in late] == NEVER
    assert len(kinds) == len(MissionKind) - 2
    heads = (
        sent(2001, "Ann"),
        sent(2002, "Bo", acting=True),
        sent(2003, "Cleo", envoy_rank="consul"),
        sent(2004, "Dan", "VNM", "USA"),
    )
    assert [name for _, name, *_ in envoys(*heads, SEVERED)] == ["Cleo"]
    for leaving in (left(2006, "Ann"), left(2006, "Bo"), left(2006, "Dan", "VNM", "USA")):
        assert not contradictions(MISSIONS, (*heads, SEVERED), leaving, complete=True)
    # the head of an interests section is accredited while ties are severed
    assert not contradictions(MISSIONS, (*heads, SEVERED), sent(2006, "Eve"), complete=True)
    assert [name for _, name, *_ in envoys(*heads, SEVERED, sent(2006, "Eve"))] == ["Cleo", "Eve"]


@pytest.mark.parametrize(
    ("before", "message"),
    [
        ([sent(2001, "Ann")], ""),
        ([sent(2001, "Ann"), sent(2002, "Bo")], ""),
        ([sent(2001, "Ann", acting=True), sent(2002, "Bo")], ""),
        ([sent(2001, "Ann"), SEVERED], ""),
        ([sent(2001, "Ann"), left(2002, "Ann")], "'Ann' has left the post before it already"),
        ([sent(2001, "Ann"), sent(2002, "Bo"), left(2003, "Ann")], "'Ann' has left the post"),
        ([sent(2001, "Anne")], "nobody named 'Ann' took up the post before it"),
        ([sent(2001, "Ann", "VNM", "USA")], "nobody named 'Ann' took up the post before it"),
    ],
)
def test_only_who_came_and_has_not_left_can_leave(before: list[Event], message: str) -> None:
    found = contradictions(MISSIONS, tuple(before), left(2009, "Ann"), complete=True)
    assert [code for code, *_ in found] == (NEVER if message else [])
    assert all(one[1].startswith(message) for one in found)
    assert not contradictions(MISSIONS, tuple(before), left(2009, "Ann"))


def test_a_post_that_is_opened_again_is_gone_no_more() -> None:
    twice = (opened(2001, "Bonn"), opened(2002, "Berlin"), opened(2003, "Bonn"))
    assert posts(*twice) == [("USA", "embassy", "Bonn", "2003")]
    assert posts(*twice, closed(2004, "Bonn")) == []
    assert posts(*twice, closed(2004, "Berlin")) == [("USA", "embassy", "Bonn", "2003")]
    again = contradictions(
        MISSIONS, (*twice, closed(2004, "Bonn")), closed(2005, "Bonn"), complete=True
    )
    assert [code for code, *_ in again] == NEVER


def test_only_the_very_post_that_is_open_cannot_be_opened() -> None:
    post = opened(2001, "Bonn")
    ((code, message, _),) = contradictions(MISSIONS, (post,), opened(2002, "Bonn"))
    assert (code, message) == ("DR306", "what it begins has been in force since 2001")
    for other in (opened(2002, "Berlin"), opened(2002, "Bonn", kind="legation"), opened(2002)):
        assert not contradictions(MISSIONS, (post,), other)
    assert not contradictions(MISSIONS, (post, closed(2002, "Bonn")), opened(2003, "Bonn"))


def test_a_city_under_its_former_name_is_the_same_city() -> None:
    moved = [opened(2001, "Rangoon"), opened(2002, "Yangon")]
    assert posts(*moved) == [("USA", "embassy", "Rangoon", "2001")]
    assert [event.id.rpartition("/")[2] for event in moved] == ["rangoon", "yangon"]
    coarse = MissionOpened(**base(2001, "USA", "VNM") | {"on": "1999-05"}, city="Peking")
    exact = MissionOpened(**base(2001, "USA", "VNM") | {"on": "1999-05-03"}, city="Beijing")
    both = EventLog([coarse], stream="one", at=AT) | EventLog([exact], stream="two", at=AT)
    assert both.resolve().corroborations == {coarse.id: exact.id}


@given(distinct(mission_events(dates, [("USA", "VNM")]), least=0, most=5),
       distinct(ties_events(dates, [("USA", "VNM")]), least=0, most=4))  # fmt: skip
def test_a_recall_or_a_closed_post_severs_no_ties_and_a_severance_closes_embassies(
    missions: list[Event], ties: list[Event]
) -> None:
    recalled = left(2101, "Ann", departure="recalled")
    severed = TiesSevered(on="2102", parties=("USA", "VNM"), sources=["s-gov"])
    kept = [event for event in ties if event.type != "ties-severed"]
    both = log_of([*missions, recalled, *kept]).replay()["USA", "VNM"]
    alone = log_of([*missions, recalled]).replay()["USA", "VNM"]
    assert both.missions == alone.missions
    assert both.ties == log_of(kept).replay()["USA", "VNM"].ties
    broken = log_of([*missions, recalled, *ties, severed]).replay()["USA", "VNM"].missions
    assert {one.kind.value for one in broken.missions} <= {"consulate"}
    assert {one.rank.value for one in broken.envoys} <= {"consul"}
    mine = [one for one in alone.missions.missions if one.kind == "consulate"]
    assert broken.missions == tuple(mine)


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
        ([opened(2001), opened(2002, "Hue")], [("USA", "embassy", "Hue", "2002")]),
        ([opened(2001, "Bonn"), opened(2002), opened(2003, "Berlin")],
         [("USA", "embassy", "Berlin", "2003")]),
        ([opened(2001, "Hue", kind="consulate"), opened(2002, "Vinh", kind="consulate"),
          opened(2003, "Hue", kind="representation"),
          closed(2004, "Hue", kind="consulate-general"), closed(2004, "Hue", kind="consulate")],
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
        ([opened(2001, "Hanoi"), closed(2002, "Hue")], [("USA", "embassy", "Hanoi", "2001")]),
        ([opened(2001, "Hue", kind="consulate"),
          opened(2002, "Hue", kind="consulate-general"), closed(2003, "Hue", kind="consulate")],
         [("USA", "consulate-general", "Hue", "2002")]),
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


def test_a_severance_touches_what_it_ends_and_commutes_with_other_ends() -> None:
    assert MISSIONS.commute(SEVERED, closed(2001, "Hanoi")) is True
    assert MISSIONS.commute(left(2001, "A"), SEVERED) is True
    assert MISSIONS.commute(SEVERED, SEVERED) is True
    assert MISSIONS.commute(SEVERED, opened(2001, "Hanoi")) is False
    assert MISSIONS.commute(SEVERED, opened(2001, "Hanoi", "VNM", "USA", kind="agency")) is False
    assert MISSIONS.commute(SEVERED, opened(2001, "Hue", kind="consulate")) is True
    assert MISSIONS.commute(SEVERED, sent(2001, "A")) is False
    assert MISSIONS.commute(SEVERED, sent(2001, "A", acting=True)) is False
    assert MISSIONS.commute(SEVERED, sent(2001, "A", envoy_rank="consul")) is True


def test_an_event_that_can_mean_any_part_of_a_cell_makes_it_one() -> None:
    # the closing is of the one consulate that is there first, since then it can mean one only
    one = opened(2001, "Hue", kind="consulate")
    vague: dict[str, Any] = {"sender": "USA", "receiver": "VNM", "kind": "consulate"}
    more = [
        MissionOpened(on="2003", city="Vinh", sources=["s-gov"], **vague),
        MissionClosed(on="2003", sources=["s-gov"], **vague),
    ]
    relation = log_of([one, *more]).replay()["USA", "VNM"]
    assert [post.city for post in relation.missions.missions] == ["Vinh"]
    assert "missions" in relation.certain
    # of somebody who was consul and head, a leaving can be of either
    seats = [
        sent(2001, "A", envoy_rank="consul"),
        EnvoyAccredited(on="2003", sender="USA", receiver="VNM", name="A", sources=["s-gov"]),
        EnvoyLeft(on="2003", sender="USA", receiver="VNM", name="A", sources=["s-gov"]),
    ]
    assert "missions" not in log_of(seats).replay()["USA", "VNM"].certain


def test_a_successor_inherits_posts_and_envoys_as_its_own() -> None:
    acc = MISSIONS.start()
    events: list[Event] = [
        opened(1949, "Hue", "SUN", "VNM"),
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
    gone = closed(1992, "Hue", "RUS", "VNM")
    assert not [*MISSIONS.contradictions(heir, gone, Reference(), complete=lambda: True)]
    for event in (closed(1992, "Hanoi", "RUS", "VNM"), left(1992, "A", "RUS", "VNM")):
        MISSIONS.handlers[type(event)](heir, event)
    assert [one.city for one in MISSIONS.freeze(heir).missions] == ["Moscow"]
    assert [one.name for one in MISSIONS.freeze(heir).envoys] == ["B"]
    assert MISSIONS.freeze(acc) == before


def test_the_end_of_a_party_ends_every_post() -> None:
    consulate = opened(2002, "Hue", kind="consulate")
    office = opened(2003, "Hue", kind="representation")
    acc = MISSIONS.start()
    for event in (opened(2001, "Hanoi"), consulate, office):
        MISSIONS.handlers[type(event)](acc, event)
    acc.posts.end_all()
    assert MISSIONS.freeze(acc) == MISSIONS.none
    assert acc.posts.was_open(closed(2004, "Hue", kind="consulate"))
