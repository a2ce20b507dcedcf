"""Recognition: who holds whom for a state, by direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel import Coverage
from diplorel.check import check
from diplorel.errors import InvalidEventError, InvalidQueryError, UnknownPartyError
from diplorel.events import (
    PartySucceeded,
    RecognitionGranted,
    RecognitionKind,
    RecognitionSubject,
    RecognitionWithdrawn,
    TiesEstablished,
    TiesSevered,
)
from diplorel.model.dates import PartialDate
from diplorel.replay.fold import fold
from diplorel.testing.dense import dates
from diplorel.testing.events import KIN, recognition_events, ties_events
from diplorel.testing.streams import distinct, log_of
from diplorel.tracks import RECOGNITION
from diplorel.tracks.recognition import Recognition, RecognitionState, RecognitionStatus

if TYPE_CHECKING:
    from diplorel.model.events import Event

PAIR = KIN[1]
COMPLETE = [Coverage(track="recognition", parties=["USA", "VNM"])]


def granted(on: str, by: str = "USA", of: str = "VNM", **more: Any) -> RecognitionGranted:
    return RecognitionGranted(on=on, recogniser=by, recognised=of, sources=["s-gov"], **more)


def withdrawn(on: str, by: str = "USA", of: str = "VNM", **more: Any) -> RecognitionWithdrawn:
    return RecognitionWithdrawn(on=on, recogniser=by, recognised=of, sources=["s-gov"], **more)


def state(*events: Event) -> RecognitionState:
    cell = fold(events, [RECOGNITION])[RECOGNITION].get(("USA", "VNM"))
    return RECOGNITION.none if cell is None else RECOGNITION.freeze(cell.value)


def stands(*events: Event) -> list[tuple[str, str, str, str]]:
    return [
        (one.recogniser, one.subject.value, one.status.value, one.since.text)
        for one in state(*events).recognitions
        if one.since is not None
    ]


GOV: dict[str, Any] = {"subject": "government"}
STORIES: list[tuple[list[Event], list[tuple[str, str, str, str]]]] = [
    ([], []),
    ([granted("2001")], [("USA", "state", "de-jure", "2001")]),
    ([granted("2001"), granted("2002")], [("USA", "state", "de-jure", "2001")]),
    (
        [granted("2001", kind="de-facto"), granted("2002")],
        [("USA", "state", "de-jure", "2002")],
    ),
    ([granted("2001"), withdrawn("2002")], [("USA", "state", "withdrawn", "2002")]),
    ([withdrawn("2001"), withdrawn("2002")], [("USA", "state", "withdrawn", "2001")]),
    (
        [granted("2001"), withdrawn("2002"), granted("2003", kind="de-facto")],
        [("USA", "state", "de-facto", "2003")],
    ),
    (
        [granted("2001"), granted("2002", "VNM", "USA"), withdrawn("2003")],
        [("USA", "state", "withdrawn", "2003"), ("VNM", "state", "de-jure", "2002")],
    ),
    (
        [granted("2001", **GOV), granted("2002"), withdrawn("2003", **GOV)],
        [("USA", "government", "withdrawn", "2003"), ("USA", "state", "de-jure", "2002")],
    ),
]


@pytest.mark.parametrize(("events", "expected"), STORIES)
def test_recognition_stands_by_direction_and_subject(
    events: list[Event], expected: list[tuple[str, str, str, str]]
) -> None:
    assert stands(*events) == expected


def test_another_government_takes_the_place_of_the_one_before_and_the_same_moves_nothing() -> None:
    named = [granted(str(year), **GOV, government=name) for year, name in (
        (2001, "A"), (2002, "A"), (2003, None), (2004, "B"),
    )]  # fmt: skip
    found = [state(*named[:count]).by("USA", RecognitionSubject.GOVERNMENT) for count in range(5)]
    assert [one and (one.government, one.since and one.since.text) for one in found] == [
        None, ("A", "2001"), ("A", "2001"), ("A", "2001"), ("B", "2004"),
    ]  # fmt: skip
    assert state(*named).by("USA") is None


def test_recognition_is_full_and_of_the_state_where_nobody_adds_a_word() -> None:
    event = granted("1965-08-11")
    assert event.kind is RecognitionKind.DE_JURE
    assert event.subject is RecognitionSubject.STATE
    assert event.parties == ("USA", "VNM")
    assert event.dyad == ("USA", "VNM")
    assert granted("2001", "VNM", "USA").dyad == ("USA", "VNM")
    assert granted("2001", "VNM", "USA").id == "recognition-granted/VNM-USA/2001/state"
    assert withdrawn("2001", **GOV).id == "recognition-withdrawn/USA-VNM/2001/government"


def test_a_government_is_named_only_where_one_is_recognised() -> None:
    assert granted("2001", **GOV, government="A").government == "A"
    with pytest.raises(InvalidEventError) as caught:
        granted("2001", government="A")
    assert str(caught.value).endswith(
        "government: 'A' is named, and the subject is the state; "
        "write subject = 'government', or leave the name out"
    )
    with pytest.raises(InvalidEventError, match="a correction says why"):
        granted("2001", supersedes=["x"])


def test_a_relation_reports_each_side_by_any_name_and_unknown_from_none() -> None:
    log = log_of([granted("2001")])
    relation = log.replay()["VNM", "USA"]
    assert relation.recognition("United States") == Recognition(
        recogniser="USA",
        recognised="VNM",
        subject=RecognitionSubject.STATE,
        status=RecognitionStatus.DE_JURE,
        since=PartialDate("2001"),
    )
    assert relation.recognition("VN").status is RecognitionStatus.UNKNOWN
    assert relation.recognition("USA", "government").status is RecognitionStatus.UNKNOWN
    covered = log_of([granted("2001")], coverage=COMPLETE).replay()["VNM", "USA"]
    assert covered.recognition("VNM") == Recognition(
        recogniser="VNM",
        recognised="USA",
        subject=RecognitionSubject.STATE,
        status=RecognitionStatus.NONE,
    )
    assert covered.recognition("USA").status is RecognitionStatus.DE_JURE


def test_a_question_about_nobody_of_the_two_or_about_nothing_is_a_bad_question() -> None:
    relation = log_of([granted("2001")]).replay()["VNM", "USA"]
    with pytest.raises(InvalidQueryError, match="FRA is not a side of it, expected USA or VNM"):
        relation.recognition("France")
    with pytest.raises(
        InvalidQueryError, match="subject: expected one of 'state', 'government', got 'nation'"
    ):
        relation.recognition("USA", "nation")
    with pytest.raises(UnknownPartyError):
        relation.recognition("Atlantis")


@pytest.mark.parametrize("tracks", [["recognition"], ["recognition", "ties"]])
def test_an_heir_recognises_and_is_recognised_as_the_one_before(tracks: list[str]) -> None:
    events = [granted("2001", "USA", "SUN"), granted("2002", "SUN", "USA", kind="de-facto")]
    succeeded = PartySucceeded(
        on="2003", predecessor="SUN", successor="RUS", kind="continuation", dyads=["USA"],
        tracks=tracks, sources=["s-gov"],
    )  # fmt: skip
    world = log_of([*events, succeeded]).replay()
    for side, other, status in (("USA", "RUS", "de-jure"), ("RUS", "USA", "de-facto")):
        view = world["RUS", "USA"].recognition(side)
        assert (view.recogniser, view.recognised, view.status) == (side, other, status)
    assert world["SUN", "USA"].recognition("USA").recognised == "SUN"


def test_what_an_heir_does_goes_on_from_what_it_took_over() -> None:
    events: list[Event] = [
        granted("2001", "USA", "SUN"),
        granted("2002", "SUN", "USA"),
        PartySucceeded(
            on="2003", predecessor="SUN", successor="RUS", kind="continuation", dyads=["USA"],
            tracks=["recognition"], sources=["s-gov"],
        ),
        granted("2004", "RUS", "USA"),
        withdrawn("2005", "USA", "RUS"),
    ]  # fmt: skip
    found = RECOGNITION.freeze(fold(events, [RECOGNITION])[RECOGNITION]["RUS", "USA"].value)
    assert [
        (one.recogniser, one.recognised, one.status.value, one.since) for one in found.recognitions
    ] == [
        ("RUS", "USA", "de-jure", PartialDate("2002")),
        ("USA", "RUS", "withdrawn", PartialDate("2005")),
    ]


def test_only_events_of_one_side_about_one_subject_disturb_each_other() -> None:
    event = granted("2001")
    assert RECOGNITION.commute(event, withdrawn("2001")) is False
    assert RECOGNITION.commute(event, granted("2002", kind="de-facto")) is False
    assert RECOGNITION.commute(event, withdrawn("2001", "VNM", "USA")) is True
    assert RECOGNITION.commute(event, withdrawn("2001", **GOV)) is True


# --- rules ---------------------------------------------------------------------------------------


def told(*events: Event, complete: bool = False) -> list[str]:
    log = log_of(events, coverage=COMPLETE if complete else ())
    return [
        f"{one.code} {one.message}. {one.hint}" for one in check(log) if one.code.startswith("DR3")
    ]


def test_what_stands_is_not_granted_again() -> None:
    assert told(granted("2001"), granted("2002")) == [
        (
            "DR306 it grants recognition de-jure, but recognition de-jure has been "
            "in force since 2001. "
            "Add the event that ended it, or correct the one that is wrong"
        )
    ]
    assert told(granted("2001", **GOV), granted("2002", **GOV)) == [
        (
            "DR306 it grants recognition de-jure, but recognition de-jure has been "
            "in force since 2001. "
            "Name the government, if it is another, or correct the one that is wrong"
        )
    ]
    assert told(granted("2001"), granted("2002", kind="de-facto")) == [
        (
            "DR306 it grants recognition de-facto, but recognition de-jure has been "
            "in force since 2001. "
            "Add the event that ended it, or correct the one that is wrong"
        )
    ]


def test_what_is_withdrawn_was_granted_where_the_stream_is_complete() -> None:
    never = (
        "DR307 what it ends is not in force before it, and the stream says that it is complete. "
    )
    never += "Add the event that began it, or correct this one"
    assert told(withdrawn("2001"), complete=True) == [never]
    assert told(granted("2001", "VNM", "USA"), withdrawn("2002"), complete=True) == [never]
    assert told(withdrawn("2001")) == []


def test_nothing_is_withdrawn_twice() -> None:
    assert told(granted("2001"), withdrawn("2002"), withdrawn("2003"), complete=True) == [
        (
            "DR307 the recognition has been withdrawn since 2002. "
            "Add the event that granted it again, or correct this one"
        )
    ]


@pytest.mark.parametrize(
    "events",
    [
        [granted("2001", kind="de-facto"), granted("2002"), withdrawn("2003"), granted("2004")],
        [granted("2001"), granted("2002", "VNM", "USA"), granted("2003", **GOV)],
        [granted("2001", **GOV, government="A"), granted("2002", **GOV, government="B")],
        [
            granted("2001", **GOV, government="A"),
            granted("2002", **GOV, government="B", kind="de-facto"),
        ],
        [granted("2001"), TiesEstablished(on="2002", parties=("USA", "VNM"), sources=["s-gov"])],
    ],
)
def test_what_can_follow_is_no_problem(events: list[Event]) -> None:
    assert told(*events, complete=True) == []


# --- laws ----------------------------------------------------------------------------------------

recognitions = distinct(recognition_events(dates, [PAIR]), least=0, most=6)


@given(recognitions, distinct(ties_events(dates, [PAIR]), least=0, most=5))
def test_ties_and_their_severance_grant_and_withdraw_no_recognition(
    events: list[Event], ties: list[Event]
) -> None:
    severed = TiesSevered(on="2101-01-01", parties=PAIR, sources=["s-gov"])
    alone = log_of(events).replay()[PAIR]
    both = log_of([*events, *ties, severed]).replay()[PAIR]
    for side in PAIR:
        for subject in ("state", "government"):
            assert both.recognition(side, subject) == alone.recognition(side, subject)
    assert log_of([*events, *ties]).replay()[PAIR].ties == log_of(ties).replay()[PAIR].ties


@given(recognitions)
def test_what_one_side_does_is_no_matter_of_the_other(events: list[Event]) -> None:
    relation = log_of(events).replay()[PAIR]
    for side in PAIR:
        mine = [event for event in events if event.parties[0] == side]
        assert log_of(mine).replay()[PAIR].recognition(side) == relation.recognition(side)


@given(recognitions, st.sampled_from(("state", "government")))
def test_recognition_is_total_and_the_same_from_either_side(
    events: list[Event], subject: str
) -> None:
    world = log_of(events).replay()
    one, two = world[PAIR], world[PAIR[1], PAIR[0]]
    for side in PAIR:
        view = one.recognition(side, subject)
        assert view == two.recognition(side, subject)
        assert {view.recogniser, view.recognised} == {*PAIR}
        assert view.recogniser == side
        assert (view.since is None) == (view.status is RecognitionStatus.UNKNOWN)
        assert view.government is None or subject == "government"


@given(recognitions, st.sampled_from(("de-jure", "de-facto")))
def test_to_grant_again_never_moves_the_since(events: list[Event], kind: str) -> None:
    once = log_of([*events, granted("2101-01-01", "SGP", kind=kind)]).replay()[PAIR]
    again = [granted(f"2101-01-0{day}", "SGP", kind=kind) for day in (1, 2, 3)]
    assert log_of([*events, *again]).replay()[PAIR].recognition("SGP") == once.recognition("SGP")
    assert once.recognition("SGP").status == kind
