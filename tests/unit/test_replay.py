"""Replay: the fold, the doubt that open dates cast, the day, and as-of by bisection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import permutations
from random import Random
from typing import Any, ClassVar, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel.events import (
    AgreementSigned,
    LevelUpgraded,
    MissionOpened,
    PartySucceeded,
    TiesEstablished,
    TiesSevered,
    TiesSuspended,
    VisitMade,
)
from diplorel.model.converters import party_ids
from diplorel.model.dates import ordinal
from diplorel.model.events import Event, Precedence
from diplorel.model.lives import ended
from diplorel.model.party_table import party
from diplorel.model.records import earliest_key, in_order, order_key
from diplorel.model.reference import Reference
from diplorel.replay import fold as replay_fold
from diplorel.replay.accumulators import FoldedState, States, Tables
from diplorel.replay.as_of import AsOfIndex
from diplorel.replay.day_events import applied_on, undecided_on, united
from diplorel.replay.fold import (
    by_subject,
    fold,
    fold_states,
    touched,
)
from diplorel.replay.lineages import is_movable
from diplorel.replay.order import Openness, overlap
from diplorel.replay.seats import is_passed_on
from diplorel.replay.shared import SharedStates
from diplorel.testing.events import events, kin_events
from diplorel.tracks import (
    LEVEL,
    MISSIONS,
    STANDARD,
    TIES,
    VISITS,
    Track,
)
from diplorel.tracks.track import Subject

NOTHING: Final = Reference()


PAIR, HEIR = ("SUN", "VNM"), ("RUS", "VNM")


def base(on: str, parties: tuple[str, ...], seq: int) -> dict[str, Any]:
    return {"on": on, "parties": parties, "seq": seq, "sources": ["s"]}


def tied(on: str, parties: tuple[str, ...] = PAIR, seq: int = 0) -> TiesEstablished:
    return TiesEstablished(**base(on, parties, seq))


def severed(on: str, parties: tuple[str, ...] = PAIR, seq: int = 0) -> TiesSevered:
    return TiesSevered(**base(on, parties, seq))


def suspended(on: str, parties: tuple[str, ...] = PAIR, seq: int = 0) -> TiesSuspended:
    return TiesSuspended(**base(on, parties, seq))


def raised(on: str, level: str = "a", ladder: str = "VNM", seq: int = 0) -> LevelUpgraded:
    return LevelUpgraded(**base(on, PAIR, seq), level=level, ladder=ladder)


def signed(on: str, key: str, parties: tuple[str, ...] = PAIR) -> AgreementSigned:
    return AgreementSigned(**base(on, parties, 0), agreement=key)


def visit(on: str) -> VisitMade:
    return VisitMade(on=on, visitor="SUN", host="VNM", sources=["s"])


def succeeded(
    on: str = "1991-12-26", old: str = "SUN", new: str = "RUS", **more: Any
) -> PartySucceeded:
    return PartySucceeded(**{
        "on": on, "predecessor": old, "successor": new, "kind": "continuation",
        "dyads": ["VNM"], "tracks": ["ties"], "sources": ["s"], **more,
    })  # fmt: skip


def frozen(tables: Tables) -> dict[Track[Any, Any], dict[Subject, FoldedState[Any]]]:
    return {
        track: {subject: cell.freeze(track) for subject, cell in table.items()}
        for track, table in tables.items()
    }


def of_subject(
    subject: Any, tables: States, undecided: Mapping[Subject, tuple[Event, ...]]
) -> tuple[dict[Track[Any, Any], FoldedState[Any]], tuple[Event, ...]]:
    """Return the states of a subject, of a dyad with what it shares, and what is open there."""
    states = {track: table[subject] for track, table in tables.items() if subject in table}
    open_ = undecided.get(subject, ())
    if isinstance(subject, tuple):
        shared = SharedStates(tables, undecided, STANDARD)
        states |= shared.between(*subject)
        open_ = united(open_, shared.undecided(*subject))
    return states, open_


def without_seats(states: States, drawn: Iterable[Event]) -> States:
    """Return states without those in which `fold`, which folds all at once, passes no seat on."""
    passed = {
        subject for subject, mine in by_subject(drawn, STANDARD).items()
        if is_passed_on(subject, mine) and subject not in {"IDN", "SGP", "USA", "VNM"}
    }  # fmt: skip
    return {
        track: {subject: one for subject, one in table.items() if subject not in passed}
        for track, table in states.items()
    }


def ordered(*events: Event) -> list[Event]:
    return sorted(events, key=lambda event: (order_key(event), event.id))


# --- open order ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "open_order"),
    [
        (tied("2013-09-11"), severed("2013-09-12"), False),
        (tied("2013-09-11"), severed("2013-09-11"), True),  # the precedence is a convention
        (tied("2013-09-11"), tied("2013-09-11"), True),
        (tied("2013-09-11"), tied("2013-09-11", seq=1), False),  # the sequence tells
        (tied("2013-09"), tied("2013-09", seq=1), True),  # of two days it says nothing
        (tied("2013-09"), severed("2013-09-30"), True),
        (tied("2013-09"), severed("2013-09-01"), True),
        (tied("2013-09"), severed("2013-10-01"), False),
        (tied("2013-09"), severed("2013-08-31"), False),
        (tied("2013"), severed("2013-09-11"), True),
        (tied("[2013-09-10..2013-09-12]"), severed("[2013-09-12..2013-09-14]"), True),
        (tied("[2013-09-10..2013-09-12]"), severed("[2013-09-13..2013-09-14]"), False),
        (tied("2013-09-11/2013-09-20"), severed("2013-09-12"), False),  # an extent begins once
    ],
)
def test_dates_leave_the_order_open_where_they_overlap(
    first: Event, second: Event, open_order: bool
) -> None:
    assert overlap(first, second) is open_order
    assert overlap(second, first) is open_order


@pytest.mark.parametrize(
    ("one", "two", "movable"),
    [
        (tied("1991"), succeeded("1991-05-01"), True),
        (tied("1991-09-30"), succeeded("1991"), True),
        (tied("1991"), succeeded("1991", seq=1), True),  # of two days it says nothing
        (tied("1991-10-01"), succeeded("1991-10"), True),
        (tied("1992-05-01"), succeeded("1991"), False),
        (tied("1991"), severed("1991-05-01"), False),  # the rules of their track decide
        # two successions, unless one party is divided
        (succeeded("1991-05", new="UKR"), succeeded("1991"), False),
        (succeeded("1991-05", seq=1), succeeded("1991"), True),
        (succeeded("1991-05", old="CSK"), succeeded("1991"), True),
        (succeeded("1991-05", old="CSK", new="UKR"), succeeded("1991"), True),
    ],
)
def test_an_event_is_movable_where_a_succession_may_come_before_or_after_it(
    one: Event, two: Event, movable: bool
) -> None:
    moves = [event for event in (one, two) if isinstance(event, PartySucceeded)]
    assert is_movable(one, moves) is movable


# --- the fold ------------------------------------------------------------------------------------


def test_the_fold_hands_each_event_to_every_track_that_hears_it() -> None:
    given = [tied("1950"), raised("1960"), severed("1970"), visit("1980")]
    tables = fold(given, STANDARD)
    assert {track.name: sorted(map(str, table)) for track, table in tables.items() if table} == {
        "ties": [str(PAIR)], "level": [str(PAIR)], "sectors": [str(PAIR)],
        "special": [str(PAIR)], "visits": [str(PAIR)], "missions": [str(PAIR)],
    }  # fmt: skip
    assert tables[TIES][PAIR].events == [given[0], given[2]]
    assert tables[LEVEL][PAIR].events == [given[1], given[2]]
    assert fold([], [TIES]) == {TIES: {}}


def test_whoever_watches_sees_the_tables_after_each_event() -> None:
    seen: list[tuple[str, str]] = []

    def watch(event: Event, tables: Any) -> None:
        seen.append((event.id, TIES.freeze(tables[TIES][PAIR].value).status.value))

    given = [tied("1950"), severed("1970")]
    tables = fold(given, [TIES], after=watch)
    assert seen == [(given[0].id, "established"), (given[1].id, "severed")]
    assert TIES.freeze(tables[TIES][PAIR].value).status.value == "severed"


def test_what_is_frozen_no_longer_changes_and_says_what_made_it() -> None:
    given = [tied("1950"), severed("1970")]
    tables = fold(given, [TIES])
    state = frozen(tables)[TIES][PAIR]
    assert state.state == TIES.freeze(tables[TIES][PAIR].value)
    assert (state.certain, state.events) == (True, tuple(given))
    tables[TIES][PAIR].apply(tied("1980"), TIES.handlers[TiesEstablished])
    assert state.events == tuple(given)


def test_two_folded_states_are_equal_when_state_certainty_and_events_are() -> None:
    def folded(*given: Event) -> FoldedState[Any]:
        return frozen(fold(given, [TIES]))[TIES][PAIR]

    one = folded(tied("1950"), severed("1970"))
    assert one == folded(tied("1950"), severed("1970"))
    assert one != folded(tied("1950"), severed("1970"), severed("1980"))  # the same state
    assert one != folded(tied("1950"), suspended("1970"))
    assert one != attrs.evolve(one, open=frozenset({((), "status")}))
    assert one != attrs.evolve(one, state="s")
    assert one != "s"
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


# --- successions ---------------------------------------------------------------------------------


def relation(*given: Event, track: Track[Any, Any] = TIES) -> tuple[Any, bool, list[str]]:
    folded = fold_states(given, STANDARD, NOTHING)[track][HEIR]
    return folded.state, folded.certain, [event.type for event in folded.events]


def test_a_successor_goes_on_from_the_state_of_its_predecessor() -> None:
    state, certain, heard = relation(tied("1950"), succeeded())
    assert (state.status.value, state.since.text, certain) == ("established", "1950", True)
    assert heard == ["ties-established", "party-succeeded"]
    state, _, heard = relation(tied("1950"), succeeded(), severed("1995", HEIR), severed("1996"))
    assert (state.status.value, state.since.text) == ("severed", "1995")
    assert heard == ["ties-established", "party-succeeded", "ties-severed"]
    tables = fold(ordered(tied("1950"), succeeded(), severed("1995", HEIR)), STANDARD)
    assert TIES.freeze(tables[TIES][PAIR].value).status.value == "established"
    assert [event.type for event in tables[TIES][PAIR].events] == heard[:2]


def test_only_the_tracks_that_are_named_go_on() -> None:
    tables = fold(ordered(tied("1950"), raised("1960"), visit("1970"), succeeded()), STANDARD)
    assert HEIR in tables[TIES]
    assert HEIR not in tables[LEVEL]
    assert HEIR not in tables[VISITS]
    both = fold(
        ordered(tied("1950"), raised("1960"), succeeded(tracks=["level", "ties"])), STANDARD
    )
    assert HEIR in both[LEVEL]


def test_a_state_of_its_own_is_kept_by_whoever_continues_nobody() -> None:
    split = succeeded(kind="split")
    state, certain, heard = relation(tied("1950"), tied("1991-01-01", HEIR), split)
    assert (state.since.text, certain) == ("1991-01-01", True)
    assert heard == ["ties-established", "party-succeeded"]
    for one, since in ((split, "1991"), (succeeded(), "1950")):
        state, certain, _ = relation(tied("1950"), tied("1991", HEIR), one)
        assert (state.since.text, certain) == (since, True)  # else ties would begin twice


def test_a_continuation_takes_over_what_there_is_and_once_only() -> None:
    mine = tied("1991-01-01", HEIR)
    state, certain, heard = relation(tied("1950"), mine, succeeded())
    assert (state.since.text, certain) == ("1950", True)
    assert heard == ["ties-established", "ties-established", "party-succeeded"]
    state, _, _ = relation(mine, succeeded())
    assert state.since.text == "1991-01-01"
    again = succeeded("1993-01-01", dyads=["LAO", "VNM"])
    state, certain, _ = relation(tied("1950"), succeeded(), severed("1992", HEIR), again)
    assert (state.since.text, certain) == ("1992", True)


def test_a_predecessor_without_a_state_hands_on_nothing() -> None:
    state, certain, heard = relation(succeeded())
    assert (state, certain, heard) == (TIES.none, True, ["party-succeeded"])
    tables = fold([succeeded()], STANDARD)
    assert tables[TIES][PAIR].events == [succeeded()]
    told = frozen(tables)[TIES]
    assert (told[PAIR].has_own_events, told[HEIR].has_own_events) == (False, False)
    told = frozen(fold(ordered(tied("1950"), succeeded()), STANDARD))[TIES]
    assert (told[PAIR].has_own_events, told[HEIR].has_own_events) == (True, True)


def test_who_was_handed_nothing_can_still_go_on_from_another() -> None:
    second = succeeded("1992-12-31", "CSK")
    state, certain, heard = relation(
        succeeded(), tied("1960", ("CSK", "VNM")), second, severed("1995", ("CSK", "VNM"))
    )
    assert (state.status.value, state.since.text, certain) == ("established", "1960", True)
    assert heard == ["party-succeeded", "ties-established", "party-succeeded"]
    given = ordered(succeeded(), tied("1960", ("CSK", "VNM")), second)
    assert fold(given, STANDARD)[TIES][HEIR].events == [succeeded(), given[0], second]
    merger = attrs.evolve(second, kind="merger")
    kept, _, heard = relation(tied("1950"), succeeded(), tied("1960", ("CSK", "VNM")), merger)
    assert kept.since.text == "1950"
    assert heard == ["ties-established", "party-succeeded", "party-succeeded"]


def test_each_dyad_goes_on_for_itself() -> None:
    mine = tied("1991-01-01", ("CUB", "RUS"))
    given = ordered(
        tied("1950"),
        tied("1950", ("CUB", "SUN")),
        mine,
        succeeded(dyads=["CUB", "VNM"], kind="split"),
    )
    table = fold(given, STANDARD)[TIES]
    assert TIES.freeze(table["CUB", "RUS"].value).since == mine.on
    assert TIES.freeze(table[HEIR].value).since == given[0].on


def test_the_names_in_the_state_go_on_too() -> None:
    embassy = MissionOpened(on="1950", sender="SUN", receiver="VNM", sources=["s"])
    state, _, _ = relation(embassy, succeeded(tracks=["missions"]), track=MISSIONS)
    assert [(one.sender, one.receiver) for one in state.missions] == [("RUS", "VNM")]


def test_the_doubts_of_the_predecessor_go_on() -> None:
    before = relation(tied("1950"), severed("1950-05"), succeeded())
    assert before[1] is True  # ties end after they begin
    state, certain, _ = relation(tied("1950"), succeeded("1991"), severed("[1991..1992]"))
    assert (state.status.value, certain) == ("severed", True)  # else it comes too late
    seceded = [tied("1950"), succeeded("1991", kind="secession"), severed("[1991..1992]")]
    states = fold_states(seceded, STANDARD, NOTHING)[TIES]
    assert (states[PAIR].certain, states[HEIR].certain) == (True, False)
    ukraine = ("UKR", "VNM")
    again = succeeded("1995-01-01", "RUS", "UKR")
    states = fold_states([*seceded, again], STANDARD, NOTHING)[TIES]
    assert [states[one].certain for one in (PAIR, HEIR, ukraine)] == [True, False, False]
    later = fold_states([*seceded[:2], severed("1992")], STANDARD, NOTHING)[TIES]
    assert (later[PAIR].certain, later[HEIR].certain) == (True, True)


# --- subjects ------------------------------------------------------------------------------------


def test_an_event_touches_the_subjects_of_every_track_that_hears_it() -> None:
    assert touched(severed("1970"), STANDARD) == {PAIR}
    assert touched(signed("1970", "x", ("SUN", "VNM", "CUB")), STANDARD) == {"x"}
    assert touched(succeeded(dyads=["VNM", "CUB"]), STANDARD) == {
        "SUN", "RUS", PAIR, HEIR, ("CUB", "SUN"), ("CUB", "RUS"),
    }  # fmt: skip
    assert touched(succeeded(), [TIES]) == {PAIR, HEIR}
    assert touched(visit("1970"), [TIES]) == set()


# --- the day -------------------------------------------------------------------------------------

EVENTS = ordered(
    tied("1970-05-01"), severed("1970"), tied("1970-12-31"), tied("1971-02-01"), severed("1971-02"),
    tied("[..1972]"), severed("1972-06-01", seq=3), suspended("1972-06-01"),
)  # fmt: skip


def test_by_the_latest_day_the_world_applies_what_has_certainly_happened() -> None:
    assert applied_on(EVENTS, None, "latest") == tuple(EVENTS)
    for day in ("1969-12-31", "1970-05-01", "1970-12-30", "1970-12-31", "1971-02-28", "1972-12-31"):
        at = ordinal(day)
        assert applied_on(EVENTS, at, "latest") == tuple(
            event for event in EVENTS if event.on.by(day) is True
        )


def test_by_the_earliest_day_the_world_applies_what_has_possibly_happened() -> None:
    for day in (None, "1969-12-31", "1970-01-01", "1971-02-01", "1972-12-31"):
        at = None if day is None else ordinal(day)
        wanted = [event for event in EVENTS if day is None or event.on.by(day) is not False]
        assert applied_on(EVENTS, at, "earliest") == tuple(wanted)
        assert applied_on([*reversed(EVENTS)], at, "earliest") == tuple(reversed(wanted))


def test_the_events_that_dates_leave_open_stand_by_subject() -> None:
    day = ordinal("1970-06-01")
    year, range_ = severed("1970"), tied("[1970-06-01..1970-06-02]")
    over, coming = tied("[1970-05-01..1970-06-01]"), tied("[1970-06-02..1970-07-01]")
    other = signed("1970", "x", ("CUB", "VNM"))
    found = undecided_on([other, coming, over, range_, year], day, STANDARD)
    assert found == {PAIR: (range_, year), "x": (other,)}
    assert undecided_on([tied("1970-06-01")], day, STANDARD) == {}


def test_a_successors_relation_is_open_where_its_predecessors_is() -> None:
    day = ordinal("1991-12-27")
    open_event = severed("1991")
    assert undecided_on([open_event, succeeded()], day, STANDARD) == {
        PAIR: (open_event,),
        HEIR: (open_event,),
    }
    assert undecided_on([open_event, succeeded("1991-12-28")], day, STANDARD) == {
        PAIR: (open_event,)
    }
    assert HEIR in undecided_on([open_event, succeeded("1991-12-27")], day, STANDARD)
    maybe = succeeded("[1991-12-27..1992]")
    assert undecided_on([open_event, maybe], day, STANDARD) == {
        PAIR: (open_event, maybe), HEIR: (open_event, maybe), "SUN": (maybe,), "RUS": (maybe,),
    }  # fmt: skip
    chain = [succeeded("1991-12-26", "RUS", "UKR"), succeeded("1991-12-25"), open_event]
    for order in permutations(chain):
        found = undecided_on(order, day, STANDARD)
        assert found == {
            PAIR: (open_event,), HEIR: (open_event,), ("UKR", "VNM"): (open_event,),
        }  # fmt: skip
    assert undecided_on([raised("1991"), succeeded()], day, STANDARD) == {PAIR: (raised("1991"),)}
    beside = undecided_on([raised("1991"), open_event, succeeded()], day, STANDARD)
    assert beside[HEIR] == (open_event,)
    late = severed("[1991-12-27..1992]")
    assert undecided_on([late, succeeded()], day, STANDARD) == {PAIR: (late,)}
    on_the_day = severed("[1991-12-26..1992]")
    assert HEIR in undecided_on([on_the_day, succeeded()], day, STANDARD)
    mine = severed("1991-12", HEIR)
    both = undecided_on([open_event, mine, succeeded()], day, STANDARD)
    assert both[HEIR] == (mine, open_event)
    assert both[PAIR] == (open_event,)


# --- as-of by bisection --------------------------------------------------------------------------

ENDS = NOTHING.ends
STORY = ordered(
    tied("1950-01-30"), raised("1960"), raised("1965", "b"), severed("1970-05-01"),
    tied("1970-05-01", seq=1), visit("1960-06"), signed("1980", "x", ("SUN", "VNM", "CUB")),
    succeeded("1991-12-26", tracks=["ties", "agreements"]), severed("1995", HEIR),
    tied("[1995..1996]", HEIR), succeeded("1999", "RUS", "UKR"), tied("1930", ("UKR", "VNM")),
)  # fmt: skip
SUBJECTS = [
    PAIR,
    HEIR,
    ("UKR", "VNM"),
    ("CUB", "VNM"),
    ("CUB", "SUN"),
    ("FRA", "VNM"),
    "SUN",
    "RUS",
]
DAYS = [
    "1949-12-31", "1950-01-30", "1960-06-15", "1960-12-31", "1966-01-01", "1970-04-30",
    "1970-05-01", "1980-12-31", "1991-12-25", "1991-12-26", "1995-06-01", "1996-12-31",
    "1999-12-31", "2020-01-01",
]  # fmt: skip


@pytest.mark.parametrize("subject", SUBJECTS, ids=str)
def test_a_history_answers_every_day_as_the_fold_does(subject: Any) -> None:
    index = AsOfIndex(STORY, STANDARD, NOTHING)
    history = index.history(subject)
    for text in [*DAYS, None]:
        day = None if text is None else ordinal(text)
        given = (*STORY, *ENDS)
        tables = fold_states(applied_on(given, day, "latest"), STANDARD, NOTHING)
        undecided = {} if day is None else undecided_on(given, day, STANDARD)
        states, open_ = of_subject(subject, tables, undecided)
        assert history.on(day) == states
        if day is not None:
            assert history.undecided_on(day) == open_
    assert history.undecided_on(None) == ()
    assert index.history(subject) is history


def test_the_index_knows_its_subjects_and_their_events() -> None:
    index = AsOfIndex(STORY, STANDARD, NOTHING)
    assert set(index.subjects()) == {
        subject for event in STORY for subject in touched(event, STANDARD)
    }
    assert index.events(("FRA", "VNM")) == ()
    assert index.events(PAIR) == (
        *(one for one in STORY if {PAIR, "x"} & touched(one, STANDARD)),
        *ended(party("SUN")),
    )
    assert [event.on.text for event in index.events(HEIR)] == [
        "1950-01-30", "1960-06", "1960", "1965", "1970-05-01", "1970-05-01", "1980", "1991-12-26",
        "1991-12-26", "1995", "[1995..1996]", "1999",
    ]  # fmt: skip
    assert [event.on.text for event in index.events("RUS")] == [
        "1991-12-26", "1991-12-26", "1999",
    ]  # fmt: skip
    family = index.events(("UKR", "VNM"))
    assert family == tuple(ordered(*family))
    assert len(family) == len(set(family)) == 12
    assert [one.type for one in AsOfIndex([visit("1970")], [TIES], NOTHING).events(PAIR)] == []
    assert [*AsOfIndex([visit("1970")], [TIES], NOTHING).subjects()] == []


def test_a_day_has_one_state_that_at_its_end() -> None:
    history = AsOfIndex(STORY, STANDARD, NOTHING).history(PAIR)
    days = history.days[TIES]
    assert [*days] == sorted(set(days))
    assert days == tuple(map(ordinal, ("1950-01-30", "1970-05-01", "1991-12-26")))
    assert len(history.states[TIES]) == len(days)
    at = history.on(ordinal("1970-05-01"))[TIES].state
    assert (at.status.value, len(at.spells)) == ("established", 2)
    assert history.on(ordinal("1949-12-31")) == {}
    assert history.days[LEVEL] == tuple(
        map(ordinal, ("1960-12-31", "1965-12-31", "1970-05-01", "1991-12-26"))
    )
    assert [event.on.text for event in history.imprecise] == ["1960-06", "1960", "1965"]


def test_successions_that_go_in_a_circle_end() -> None:
    circle = ordered(
        tied("1950"), succeeded("1991-12-26"), succeeded("1992-12-26", "RUS", "SUN"),
        severed("1993", HEIR),
    )  # fmt: skip
    index = AsOfIndex(circle, STANDARD, NOTHING)
    for subject in (PAIR, HEIR):
        assert index.events(subject) == tuple(in_order([*circle, *ended(party("SUN"))]))
        assert index.history(subject).on(None) == {
            track: table[subject]
            for track, table in fold_states((*circle, *ENDS), STANDARD, NOTHING).items()
            if subject in table
        }


@attrs.frozen(kw_only=True)
class Shared(Event):
    """An event that two tracks place at different subjects."""

    type: ClassVar[str] = "shared"
    precedence: ClassVar[Precedence] = Precedence.REPORTED

    parties: tuple[str, ...] = attrs.field(converter=party_ids)


def test_tracks_that_place_an_event_differently_are_each_asked() -> None:
    def counted(name: str, subjects: Any) -> Track[list[Event], int]:
        return Track(
            name=name, owns=(Shared,), handlers={Shared: list.append}, start=list, freeze=len,
            none=0, unknown=0, subjects=subjects,
        )  # fmt: skip

    one = counted("one", lambda event: event.parties)
    two = counted("two", lambda event: (event.parties,))
    event = Shared(on="1970", parties=["VNM", "SUN"], sources=["s"])
    index = AsOfIndex([event], [one, two], NOTHING)
    assert set(index.subjects()) == {"VNM", "SUN", PAIR}
    assert index.history("VNM").on(None)[one].state == 1
    assert two not in index.history("VNM").on(None)
    assert index.history(PAIR).on(None)[two].state == 1


PARTS = st.sampled_from(
    [
        tied("1970-05-01"), severed("1970"), severed("1970-05-01"), tied("1970-05"),
        suspended("1970-06-01"), tied("1970-06-01", HEIR), severed("1971", HEIR), raised("1970"),
        raised("1970-05-01", "b"), raised("1970-05-02", "a", "SUN"), succeeded("1970"),
        succeeded("1970-05-01", tracks=["ties", "level"]), succeeded("1971", "RUS", "UKR"),
        signed("1970-05", "x"),
    ]
)  # fmt: skip


@given(
    st.lists(PARTS, max_size=7, unique=True),
    st.sampled_from(["1970-05-01", "1970-06-15", "1971-12-31"]),
)
def test_bisection_and_fold_agree(events: list[Event], text: str) -> None:
    given, day = ordered(*events), ordinal(text)
    index = AsOfIndex(given, STANDARD, NOTHING)
    tables = fold_states(applied_on((*given, *ENDS), day, "latest"), STANDARD, NOTHING)
    for subject in (PAIR, HEIR, ("UKR", "VNM"), "SUN"):
        states, open_ = of_subject(subject, tables, undecided_on(given, day, STANDARD))
        assert index.history(subject).on(day) == states
        assert index.history(subject).undecided_on(day) == open_


# --- subject by subject --------------------------------------------------------------------------


def is_moved_within(drawn: Iterable[Event]) -> bool:
    """Say whether a succession may come before or after another event, which the rules decide."""
    drawn = [*drawn]
    moves = [event for event in drawn if isinstance(event, PartySucceeded)]
    return any(is_movable(event, moves) for event in drawn)


DRAWN = st.lists(events() | kin_events(), max_size=12, unique_by=lambda event: event.id)


@given(DRAWN, st.randoms(use_true_random=False))
def test_folded_subject_by_subject_the_states_are_those_of_the_events_in_order(
    drawn: list[Event], random: Random
) -> None:
    given = ordered(*drawn)
    seen: list[Event] = []
    whole = frozen(fold(given, STANDARD, after=lambda event, _: seen.append(event)))
    assert seen == given
    assert frozen(fold(iter(given), STANDARD)) == whole
    states = fold_states(given, STANDARD, NOTHING)
    random.shuffle(drawn)
    assert fold_states(drawn, STANDARD, NOTHING) == states
    if not Openness(STANDARD).of(given) and not is_moved_within(given):
        assert without_seats(states, given) == without_seats(whole, given)


@given(DRAWN, st.randoms(use_true_random=False))
def test_by_the_earliest_day_too_the_order_given_does_not_matter(
    drawn: list[Event], random: Random
) -> None:
    given = sorted(drawn, key=lambda event: (earliest_key(event), event.id))
    random.shuffle(drawn)
    states = fold_states(given, STANDARD, NOTHING, "earliest")
    assert fold_states(drawn, STANDARD, NOTHING, "earliest") == states
    if not Openness(STANDARD).of(ordered(*drawn)) and not is_moved_within(drawn):
        whole = frozen(fold(given, STANDARD))
        assert without_seats(states, given) == without_seats(whole, given)


def test_acts_of_one_day_stand_in_order_though_they_were_given_otherwise() -> None:
    levels = [raised("1970", level, seq=seq) for seq, level in enumerate("abc")]
    for given_ in permutations([*levels, tied("1960")]):
        state = fold_states(given_, STANDARD, NOTHING)[LEVEL][PAIR].state.on("VNM")
        assert [step.level for step in state.path] == ["a", "b", "c"]


def test_a_track_that_finds_other_subjects_of_an_event_disturbs_nobody() -> None:
    """Severed ties are heard by a track of parties too: no subject of theirs is folded alone."""
    per_party: Track[list[Event], tuple[Event, ...]] = Track(
        name="breaks", handlers={TiesSevered: list.append}, owns=(), start=list, freeze=tuple,
        none=(), unknown=(), subjects=lambda event: event.parties, of_dyads=False,
    )  # fmt: skip
    given = [tied("1950"), severed("1970"), severed("1980", HEIR), visit("1990")]
    found = fold_states(given, [*STANDARD, per_party], NOTHING)
    assert {party: one.state for party, one in found.pop(per_party).items()} == {
        "SUN": (given[1],), "RUS": (given[2],), "VNM": (given[1], given[2]),
    }  # fmt: skip
    assert found == fold_states(given, STANDARD, NOTHING)


@given(DRAWN)
def test_each_subject_hears_the_events_that_touch_it_in_the_order_given(drawn: list[Event]) -> None:
    found = by_subject(drawn, STANDARD)
    assert {*found} == {subject for event in drawn for subject in touched(event, STANDARD)}
    for subject, some in found.items():
        passed_on = [one for one in some if subject not in touched(one, STANDARD)]
        assert {*map(type, passed_on)} <= {PartySucceeded}
        assert some == [
            *(event for event in drawn if subject in touched(event, STANDARD)), *passed_on,
        ]  # fmt: skip
    assert by_subject([tied("1970")], [LEVEL]) == {}


@pytest.mark.parametrize(
    ("event", "short"),
    [(tied("1970"), True), (severed("1970"), True), (visit("1970"), True), (succeeded(), False)],
)
def test_of_most_events_the_one_subject_is_found_without_a_call(event: Event, short: bool) -> None:
    assert (replay_fold._way(type(event), STANDARD) in replay_fold._DIRECT) is short
