"""Ties: established, suspended, severed, restored."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradictions import contradictions
from diplorel.events import (
    LevelAgreed,
    TiesEstablished,
    TiesRestored,
    TiesSevered,
    TiesSuspended,
)
from diplorel.model.dates import PartialDate, partial_date
from diplorel.replay.fold import fold
from diplorel.tracks.ties import TIES, TiesSpell, TiesState, TiesStatus

if TYPE_CHECKING:
    from diplorel.model.events import Event

KINDS = {"E": TiesEstablished, "R": TiesRestored, "S": TiesSuspended, "X": TiesSevered}
STATUS = {
    "E": TiesStatus.ESTABLISHED,
    "R": TiesStatus.ESTABLISHED,
    "S": TiesStatus.SUSPENDED,
    "X": TiesStatus.SEVERED,
}


def events_of(story: str) -> list[Event]:
    """One event a letter, in the years 2001, 2002 …; a dot is a year without one."""
    return [
        KINDS[letter](on=f"{2001 + year}", parties=("VNM", "SGP"), sources=["s"])
        for year, letter in enumerate(story)
        if letter != "."
    ]


def state(story: str) -> TiesState:
    cell = fold(events_of(story), [TIES])[TIES].get(("SGP", "VNM"))
    return TIES.none if cell is None else TIES.freeze(cell.value)


def spells(*rows: tuple[int, int | None]) -> tuple[TiesSpell, ...]:
    return tuple(
        TiesSpell(partial_date(str(start)), partial_date(str(end)) if end else None)
        for start, end in rows
    )


@pytest.mark.parametrize(
    ("story", "since", "times"),
    [
        ("E", 2001, [(2001, None)]),
        ("EE", 2001, [(2001, None)]),
        ("ER", 2001, [(2001, None)]),
        ("R", 2001, [(2001, None)]),
        ("ES", 2002, [(2001, 2002)]),
        ("EX", 2002, [(2001, 2002)]),
        ("ESX", 2003, [(2001, 2002)]),
        ("EXS", 2003, [(2001, 2002)]),
        ("ESS", 2002, [(2001, 2002)]),
        ("EXX", 2002, [(2001, 2002)]),
        ("S", 2001, []),
        ("X", 2001, []),
        ("ESR", 2003, [(2001, 2002), (2003, None)]),
        ("EXE", 2003, [(2001, 2002), (2003, None)]),
        ("EXRX", 2004, [(2001, 2002), (2003, 2004)]),
        ("XR", 2002, [(2002, None)]),
    ],
)
def test_a_history_of_ties(story: str, since: int, times: list[tuple[int, int | None]]) -> None:
    assert state(story) == TiesState(STATUS[story[-1]], PartialDate(str(since)), spells(*times))


def test_where_nothing_is_recorded_there_is_nothing_or_nothing_known() -> None:
    assert state("") == TIES.none == TiesState(TiesStatus.NONE)
    assert TIES.unknown == TiesState(TiesStatus.UNKNOWN)
    assert (TIES.none.since, TIES.none.spells) == (None, ())


@given(st.text("ESXR.", min_size=1, max_size=7).filter(lambda story: story.strip(".")))
def test_the_status_is_the_last_event_and_the_spells_follow_one_another(story: str) -> None:
    found = state(story)
    told = story.rstrip(".")
    assert found.status is STATUS[told[-1]]
    assert found.since is not None
    assert (found.status is TiesStatus.ESTABLISHED) == (
        bool(found.spells) and found.spells[-1].end is None
    )
    assert all(spell.end is not None for spell in found.spells[:-1])
    assert all(spell.end is None or spell.start.before(spell.end) for spell in found.spells)
    assert all(
        one.end is not None and one.end.before(two.start) for one, two in pairwise(found.spells)
    )
    if found.status is TiesStatus.ESTABLISHED:
        assert found.spells[-1].start == found.since


@pytest.mark.parametrize(
    ("story", "letter", "expected"),
    [
        ("", "E", None),
        ("X", "E", None),
        ("S", "E", None),
        ("E", "E", "none or suspended or severed or lapsed"),
        ("", "S", "established"),
        ("E", "S", None),
        ("S", "S", "established"),
        ("X", "S", "established"),
        ("", "X", "established or suspended"),
        ("E", "X", None),
        ("S", "X", None),
        ("X", "X", "established or suspended"),
        ("", "R", "suspended or severed or lapsed"),
        ("E", "R", "suspended or severed or lapsed"),
        ("S", "R", None),
        ("X", "R", None),
    ],
)
def test_an_event_that_the_state_before_does_not_allow_is_a_problem(
    story: str, letter: str, expected: str | None
) -> None:
    before = state(story)
    event = events_of(letter)[0]
    found = contradictions(TIES, tuple(events_of(story)), event, complete=True)
    if expected is None:
        assert found == []
    else:
        named = " or ".join(map(repr, expected.split(" or ")))
        assert found == [
            (
                "DR301",
                f"the status of the ties before it is {before.status.value!r}, expected {named}",
                "Add the event that is missing in between, or correct this one",
            )
        ]


def test_what_is_not_known_contradicts_nothing_and_other_events_are_not_judged() -> None:
    for letter in "ESXR":
        assert contradictions(TIES, (), events_of(letter)[0]) == []
    other = LevelAgreed(on="2020", parties=("VNM", "SGP"), ladder="VNM", level="a", sources=["s"])
    assert contradictions(TIES, (), other, complete=True) == []


def test_no_two_events_of_ties_commute() -> None:
    assert TIES.commute(*events_of("ES")) is False
