"""No false certainty in histories: what is certain holds once all days are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from completed import completed
from diplorel import Coverage, PartialDate
from diplorel import events as ev
from diplorel.analysis.lanes import special_value
from diplorel.analysis.spell_values import READERS, reader_of
from diplorel.testing.dense import narrow_dates
from diplorel.testing.events import level_events, mission_events, special_events, ties_events
from diplorel.testing.streams import distinct, log_of
from diplorel.tracks import LEVEL, MISSIONS, SPECIAL, TIES
from draws import draws

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel import EventLog
    from diplorel.analysis.spells import Spell
    from diplorel.model.events import Event

PAIR = ("SGP", "VNM")
LAST = "2013-09-30"
UNTIL = PartialDate(LAST).hi
COVERED = [Coverage(track=name, parties=["VNM"]) for name in ("ties", "level", "missions")]
Run = tuple[str | None, int | None, int | None]
"""A value, and the days when it began and ended."""


def in_order(found: st.SearchStrategy[Event]) -> st.SearchStrategy[list[Event]]:
    # by seq, three events can ask for an order that no days give
    return distinct(found.filter(lambda event: event.seq == 0), least=1, most=4)


ties = ties_events(narrow_dates, [PAIR])
levels = level_events(narrow_dates, [PAIR], ["VNM"])
posts = mission_events(narrow_dates, [PAIR], ["Hanoi"])
special = special_events(narrow_dates, [PAIR])
histories = st.one_of(*map(in_order, (ties, levels, ties | levels, posts, posts | ties, special)))


def covered(events: Sequence[Event]) -> EventLog:
    return log_of(events, coverage=COVERED)


def spells_of(log: EventLog, track: Any) -> Iterable[Spell]:
    asked: dict[str, Any] = {"value": special_value} if track is SPECIAL else {}
    return log.spells(track, "VNM", partner="SGP", on=LAST, **asked)


def runs_of(events: Sequence[Event], track: Any, side: str | None, log: EventLog) -> list[Run]:
    """Return what held from when to when, by applying events of exact days one by one."""
    reader = READERS.get(track.name) or reader_of(track, special_value)
    assert reader.value is not None
    acc = track.new(log.reference)
    found: list[Run] = [(reader.value(track.freeze(acc), side, log.reference), None, None)]
    for event in events:
        if type(event) not in track.handlers:
            continue
        track.handlers[type(event)](acc, event)
        value = reader.value(track.freeze(acc), side, log.reference)
        if value != found[-1][0]:
            found[-1] = (*found[-1][:2], event.on.lo)
            found.append((value, event.on.lo, None))
    if track in (TIES, LEVEL):
        return found
    shown: list[Run] = []  # of other tracks, what no day shows is no spell
    for run in found:
        if run[1] is not None and run[1] == run[2]:
            continue
        if shown and shown[-1][0] == run[0]:
            shown[-1] = (*shown[-1][:2], run[2])
        else:
            shown.append(run)
    return shown


def is_run(spell: Spell, run: Run) -> bool:
    value, start, end = run
    if value != spell.value or (end is None) != (spell.end is None):
        return False
    if end is not None and spell.end is not None and not spell.end.lo <= end <= spell.end.hi:
        return False
    if start is None:
        return spell.start_open or spell.began_by is None
    return spell.start_open or spell.start.lo <= start <= spell.start.hi


def is_said_for_certain(spell: Spell, track: Any) -> bool:
    if spell.known not in ("known", "as-last-recorded") or spell.value is None:
        return False
    if spell.start_open and spell.last is None:
        return False  # only its end is recorded
    return track is not SPECIAL or spell.value != "none"  # an end alone says it of no time before


SOURCES: dict[str, Any] = {"parties": PAIR, "sources": ["s-gov"]}
LEVEL_OF: dict[str, Any] = {**SOURCES, "ladder": "VNM"}
AROUND = [  # which of the two was passed on the way is open
    ev.LevelUpgraded(on="[2013-09-10..2013-09-13]", level="low", **LEVEL_OF),
    ev.LevelUpgraded(on="2013-09-13", level="mid", **LEVEL_OF),
    ev.LevelDowngraded(on="[2013-09-13..2013-09-14]", **LEVEL_OF),
]
SEVERED_AT_FIRST = [  # certainly severed on the 11th, until the suspension of the 12th is known
    ev.TiesEstablished(on="[2013-09-10..2013-09-11]", **SOURCES),
    ev.TiesSevered(on="[2013-09-10..2013-09-11]", **SOURCES),
    ev.TiesSuspended(on="2013-09-12", **SOURCES),
]
SEVERED_ON_TWO_DAYS = [
    ev.TiesSevered(on="2013-09-10", **SOURCES),
    ev.TiesSevered(on="2013-09-11", **SOURCES),
    ev.TiesSuspended(on="2013-09-11", **SOURCES),
    ev.TiesRestored(on="[2013-09-11..2013-09-13]", **SOURCES),
]
TWICE_SPECIAL = [  # on the 11th or the 12th it ended, and began anew
    ev.SpecialRelationshipDeclared(on="[2013-09-10..2013-09-11]", **SOURCES),
    ev.SpecialRelationshipEnded(on="[2013-09-11..2013-09-12]", **SOURCES),
    ev.SpecialRelationshipDeclared(on="2013-09-12", **SOURCES),
]
ENDED_FOR_A_DAY_OR_NONE = [
    ev.SpecialRelationshipDeclared(on="2013-09-10", **SOURCES),
    ev.SpecialRelationshipEnded(on="2013-09-11", **SOURCES),
    ev.SpecialRelationshipDeclared(on="[2013-09-11..2013-09-14]", **SOURCES),
    ev.SpecialRelationshipDeclared(on="2013-09-13", **SOURCES),
]


@settings(max_examples=draws(40))  # each asks for all completions of a history
@given(histories)
@example(AROUND)
@example(SEVERED_AT_FIRST)
@example(SEVERED_ON_TWO_DAYS)
@example(TWICE_SPECIAL)
@example(ENDED_FOR_A_DAY_OR_NONE)
def test_a_certain_spell_is_in_every_completion(events: list[Event]) -> None:
    log = covered(events)
    tracks = [
        track
        for track in (TIES, LEVEL, MISSIONS, SPECIAL)
        if any(type(event) in track.owns for event in events)
    ]
    said = [
        (track, spell)
        for track in tracks
        for spell in spells_of(log, track)
        if is_said_for_certain(spell, track)
    ]
    for exact in completed(events, UNTIL, log.reference):
        for track, spell in said:
            runs = runs_of(exact, track, spell.side, log)
            assert any(is_run(spell, run) for run in runs), (spell, runs)


FIRST_OR_SECOND = [  # ties began with the second, unless the severance came first
    ev.TiesEstablished(on="[2013-09-10..2013-09-13]", **SOURCES),
    ev.TiesEstablished(on="2013-09-12", **SOURCES),
    ev.TiesSuspended(on="[2013-09-11..2013-09-13]", **SOURCES),
    ev.TiesSevered(on="2013-09-11", **SOURCES),
]


@settings(max_examples=draws(30))
@given(
    in_order((ties | levels).filter(lambda event: event.type != "level-renewed")),
    st.sampled_from(("low", "mid")),
)
@example(FIRST_OR_SECOND, "low")
def test_a_duration_holds_that_of_every_completion(events: list[Event], level: str) -> None:
    log = covered(events)
    durations = log.durations("VNM", event=("level", level), on=LAST, zero="keep")
    for exact in completed(events, UNTIL, log.reference) if durations else ():
        found = covered(exact).durations("VNM", event=("level", level), on=LAST, zero="keep")
        (row,) = durations
        if not found:  # which came first is open
            assert row.event
            assert row.t_lower == 0
            assert [reason for *_, reason in found.left_out] == ["event-before-start"]
            continue
        (one,) = found
        assert row.start.lo <= one.start.lo <= row.start.hi
        if row.event:
            assert one.event
            assert row.t_lower <= one.t <= row.t_upper
        elif one.reached is not None:
            assert row.censored_on is not None
            assert row.censored_on.toordinal() < one.reached.lo
