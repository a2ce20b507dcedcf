"""Visits and talks: observations, listed oldest first."""

from __future__ import annotations

from typing import Any

import pytest

from diplorel.events import TalksHeld, VisitKind, VisitMade
from diplorel.model.events import Event, Person
from diplorel.replay.fold import fold
from diplorel.tracks.visits import VISITS, VisitsState


def person(party: str, *offices: str) -> Person:
    return Person(party=party, offices=offices)


def visit(on: str, visitor: str = "SGP", host: str = "VNM", **more: Any) -> VisitMade:
    return VisitMade(on=on, visitor=visitor, host=host, sources=["s"], **more)


def talks(on: str, **more: Any) -> TalksHeld:
    return TalksHeld(on=on, parties=("VNM", "SGP"), sources=["s"], **more)


PM = "government:prime-minister"
KING = "monarchy:king"


@pytest.mark.parametrize(
    ("persons", "of_visit", "of_talks"),
    [
        ([], "", ""),
        ([person("SGP", PM, "party:chair")], "prime-minister", "prime-minister"),
        ([person("VNM", KING)], "", "king"),
        ([person("VNM", KING), person("SGP", PM)], "prime-minister", "king"),
        ([person("SGP"), person("SGP", PM)], "", ""),
    ],
)
def test_the_first_office_tells_visits_and_talks_of_one_day_apart(
    persons: list[Person], of_visit: str, of_talks: str
) -> None:
    assert visit("2001", persons=persons).discriminator == of_visit
    assert talks("2001", persons=persons).discriminator == of_talks


def test_a_visit_is_directed_and_talks_are_not() -> None:
    assert visit("2001-01-02/2001-01-05", persons=[person("SGP", PM)]).id == (
        "visit-made/SGP-VNM/2001-01-02--2001-01-05/prime-minister"
    )
    assert visit("2001", "VNM", "SGP").id == "visit-made/VNM-SGP/2001"
    assert visit("2001", "VNM", "SGP").parties == ("VNM", "SGP")
    assert talks("2001").id == "talks-held/SGP-VNM/2001"
    bare = visit("2001")
    assert (bare.kind, bare.places, talks("2001").topics) == (VisitKind.UNSTATED, (), ())
    full = visit("2001", kind="state", places=["Huế", "Hà Nội"])
    assert (full.kind, full.places) == (VisitKind.STATE, ("Huế", "Hà Nội"))


def state(*events: Event) -> VisitsState:
    return VISITS.freeze(fold(events, [VISITS])[VISITS]["SGP", "VNM"].value)


def test_observations_stand_oldest_first_by_their_last_possible_day_then_sequence_then_id() -> None:
    one = visit("2001-05-01", persons=[person("SGP", PM)])
    two = visit("2001-05-01", persons=[person("SGP", KING)])
    third = visit("2001-05-01", persons=[person("SGP", "state:aa")], seq=1)
    late = visit("2001")
    talk, later = talks("2000"), talks("2002")
    found = state(later, late, third, one, talk, two)
    assert found.visits == (two, one, third, late)
    assert found.talks == (talk, later)
    assert state(one, two).visits == (two, one)  # of one day alone, too
    assert VISITS.none == VISITS.unknown == VisitsState((), ())


def test_either_direction_belongs_to_one_dyad() -> None:
    there, back = visit("2001"), visit("2002", "VNM", "SGP")
    assert state(there, back).visits == (there, back)


def test_observations_commute_and_a_successor_gets_its_own_list() -> None:
    assert VISITS.commute(visit("2001"), talks("2001")) is True
    acc: list[Event] = [visit("2001")]
    copy = VISITS.inherit(acc, "SUN", "RUS")
    assert copy == acc
    assert copy is not acc
