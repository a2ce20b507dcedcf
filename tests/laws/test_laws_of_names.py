"""Names that a table knows: under any of them, a person is the same and so is the world."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.model.events import Person
from diplorel.model.names import PersonNames
from diplorel.testing.dense import DYADS
from diplorel.testing.events import mission_events

if TYPE_CHECKING:
    from diplorel.model.events import Event

AT = "2026-11-22T12:00:00Z"
SPELLINGS = {"Ann": ("Ann", "Ann A. Bee", "A. Bee"), "Bo": ("Bo", "Bo the Younger")}
TABLE = [PersonNames(id=name.lower(), names=names) for name, names in SPELLINGS.items()]
PAIR = DYADS[:1]


def respelled(event: Any, data: st.DataObject) -> Any:
    if not hasattr(event, "name"):
        return event
    return attrs.evolve(event, name=data.draw(st.sampled_from(SPELLINGS[event.name])))


def named(name: str) -> str:
    return next(one for one, names in SPELLINGS.items() if name in names)


def codes(log: dr.EventLog) -> list[str]:
    return sorted(problem.code for problem in log.check(today="2026-11-22"))


@given(st.lists(mission_events(st.just("2013"), PAIR), max_size=8), st.data())
def test_heads_of_mission_are_the_same_under_any_of_their_names(
    drawn: list[Event], data: st.DataObject
) -> None:
    first = date(2013, 1, 1)
    events = [
        attrs.evolve(event, on=str(first + timedelta(days=at)), seq=0, nth=1, sources=["s"])
        for at, event in enumerate(drawn)
    ]
    covered = [dr.Coverage(track="missions", parties=["SGP", "VNM", "IDN"])]
    plain, spelled = (
        dr.EventLog(some, stream="one", at=AT, coverage=covered, persons=TABLE)
        for some in (events, [respelled(event, data) for event in events])
    )
    one, two = (log.replay()[PAIR[0]].missions for log in (plain, spelled))
    assert one.missions == two.missions
    assert one.envoys == tuple(attrs.evolve(head, name=named(head.name)) for head in two.envoys)
    assert codes(plain) == codes(spelled)
    assert spelled.relation(*PAIR[0]) == spelled.replay()[PAIR[0]]


days = st.sampled_from(("2013-09-10", "2013-09-11", "2013-09", "2013-09-09/2013-09-12"))
names = st.none() | st.sampled_from([*SPELLINGS])


@given(st.lists(st.tuples(st.sampled_from(("a", "b", "c")), days, names), max_size=6), st.data())
def test_visits_are_united_alike_under_any_name(
    accounts: list[tuple[str, str, str | None]], data: st.DataObject
) -> None:
    def log(*, spelled: bool) -> dr.EventLog:
        records = dr.EventLog(persons=TABLE, stream="t")
        for stream, on, name in accounts:
            shown = name
            if spelled and name is not None:
                shown = data.draw(st.sampled_from(SPELLINGS[name]))
            person = Person(party="SGP", name=shown, offices=["state:president"])
            visit = ev.VisitMade(on=on, visitor="SGP", host="VNM", persons=[person], sources=["s"])
            records |= dr.EventLog([visit], stream=stream, at=AT)
        return records

    plain, other = log(spelled=False).resolve(), log(spelled=True).resolve()
    assert other.corroborations == plain.corroborations
    assert [event.id for event in other.events] == [event.id for event in plain.events]
    assert other.apart == plain.apart
