"""Spells and durations where dates leave open several histories, or more than can be followed."""

from __future__ import annotations

from typing import Any

import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.model.ladders import Ladder, Level
from diplorel.model.parties import Life, Party

SOURCED: dict[str, Any] = {"sources": ["s"]}
PAIR: dict[str, Any] = {"parties": ("SGP", "VNM"), **SOURCED}
POST: dict[str, Any] = {"sender": "VNM", "receiver": "SGP", **SOURCED}
LADDER = Ladder(party="VNM", levels=[Level(id="low", rank=1), Level(id="high", rank=2)])
ENDED = Party(id="SGP", names={"en": "Singapore"}, lives=[Life(start="1965-08-09", end="2015")])
BEGUN = ev.TiesEstablished(on="2012-01-01", **PAIR)
BROKEN_AND_RESTORED = [  # in more orders than are followed
    kind(on="2013", nth=nth, **PAIR)
    for kind in (ev.TiesSevered, ev.TiesRestored)
    for nth in range(1, 7)
]


def log_of(*events: Any, parties: Any = ()) -> dr.EventLog:
    return dr.EventLog(events, at="2024-06-01T12:00:00Z", ladders=[LADDER], parties=parties)


def upgraded(on: str, level: str) -> ev.LevelUpgraded:
    return ev.LevelUpgraded(on=on, ladder="VNM", level=level, **PAIR)


def told(spells: Any) -> list[tuple[str, str, str | None, str]]:
    return [
        (one.value, str(one.start), one.end and str(one.end), one.known)
        for one in spells
        if one.value is not None
    ]


def test_of_more_orders_than_are_followed_no_spell_beside_them_is_known() -> None:
    spells = log_of(BEGUN, *BROKEN_AND_RESTORED).spells("ties", on="2014-01-01")
    assert told(spells) == [
        ("established", "2012-01-01", "2013", "undecided"),
        ("established", "2013", None, "undecided"),
    ]


def test_a_ladder_that_hears_such_ties_is_undecided() -> None:
    log = log_of(BEGUN, upgraded("2013", "low"), *BROKEN_AND_RESTORED)
    assert told(log.spells("level", on="2014-01-01")) == [("low", "2013", None, "undecided")]


@pytest.mark.parametrize("count", range(1, 7))
def test_of_events_that_may_not_have_happened_yet_a_spell_goes_on_until_the_first(
    count: int,
) -> None:
    """Some of these numbers of events are followed through all orders, and some are too many."""
    log = log_of(BEGUN, *BROKEN_AND_RESTORED[:count])
    *_, last = log.spells("ties", on="2013-06-30")
    assert (last.value, str(last.start), last.end) == ("established", "2012-01-01", None)
    assert (str(last.censored_on), last.known) == ("2012-12-31", "as-last-recorded")


def test_posts_that_changed_often_and_once_in_an_open_order() -> None:
    often = [
        kind(on=f"{year}-{month}-01", **POST)
        for year in range(2000, 2005)
        for kind, month in ((ev.MissionOpened, "01"), (ev.MissionClosed, "06"))
    ]
    at_last = [ev.MissionOpened(on="2006", **POST), ev.MissionClosed(on="2006-07", **POST)]
    spells = log_of(*often, *at_last).spells("missions", on="2010-01-01")
    embassies = [one for one in told(spells) if one[0] == "embassy"]
    assert embassies[:5] == [
        ("embassy", f"{year}-01-01", f"{year}-06-01", "as-last-recorded")
        for year in range(2000, 2005)
    ]


def test_the_end_of_a_party_ends_the_last_spell_of_each_history() -> None:
    soon = "[2013-09-10..2013-09-11]"
    events = (
        ev.TiesEstablished(on=soon, **PAIR),
        ev.TiesSevered(on=soon, **PAIR),
        ev.TiesSuspended(on="2013-09-12", **PAIR),
    )
    spells = log_of(*events, parties=[ENDED]).spells("ties", on="2016-01-01")
    assert ("suspended", "[2013-09-10..2013-09-12]", "2015", "undecided") in told(spells)


def test_what_the_end_of_a_party_leaves_as_it_was_ends_with_it() -> None:
    down = ev.LevelDowngraded(on="2013", ladder="VNM", **PAIR)
    log = log_of(BEGUN, upgraded("2013", "high"), down, parties=[ENDED])
    *_, last = log.spells("level", on="2016-01-01")
    assert (last.value, str(last.start), str(last.end)) == ("ended", "2013", "2015")
    assert (last.ended_by_type, last.known) == ("party-ended", "as-last-recorded")


def test_a_level_that_only_some_orders_have_ends_what_is_known_without_it() -> None:
    log = log_of(BEGUN, upgraded("2013", "high"), ev.TiesSevered(on="2013", **PAIR))
    assert told(log.spells("level", on="2013-06-30")) == []
    (row,) = log.durations(start="ties", event=("level", "high"), on="2013-06-30", entry="start")
    assert not row.event
    assert row.censored_on is not None
    assert row.censored_on.isoformat() == "2012-12-31"


def test_ties_that_may_not_have_begun_are_left_out_of_durations() -> None:
    begun, broken = (kind(on="2013", **PAIR) for kind in (ev.TiesEstablished, ev.TiesSevered))
    days = log_of(begun, broken, upgraded("2013", "high")).durations(
        start="ties", event=("level", "high"), on="2013-06-30", entry="start"
    )
    assert days.left_out == ((("SGP", "VNM"), "VNM", "start-undecided"),)


@pytest.mark.slow
@pytest.mark.parametrize("on", ["2013-06-30", "2014-01-01"])
def test_no_order_puts_a_beginning_before_it_in_doubt(on: str) -> None:
    log = log_of(BEGUN, *BROKEN_AND_RESTORED)
    days = log.durations(start="ties", event=("level", "high"), on=on, entry="start")
    assert "start-undecided" not in {reason for *_, reason in days.left_out}
