"""Indexes and limits change no answer: held against plain loops over all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
import pairwise
from diplorel.check import check
from diplorel.check.context import make_context
from diplorel.check.likeness import NEAREST
from diplorel.model.dates import ordinal
from diplorel.replay import plausible
from diplorel.replay.cells import CellIndex
from diplorel.replay.plausible import Search
from diplorel.testing.dense import NEAR, dates, narrow_dates
from diplorel.testing.events import level_events, mission_events, ties_events
from diplorel.testing.streams import distinct, log_of
from diplorel.tracks import LEVEL, MISSIONS, STANDARD, TIES

if TYPE_CHECKING:
    from diplorel.model.events import Event
    from diplorel.tracks.track import Track

PAIR = (("SGP", "VNM"),)
dense = st.one_of(narrow_dates, dates, st.sampled_from(("2013-09", "2013", *NEAR)))
some = ties_events(dense, PAIR) | level_events(dense, PAIR, ("VNM",)) | mission_events(dense, PAIR)
"""Events of one dyad within few days."""


@given(distinct(some, least=2, most=14), distinct(some, least=0, most=6))
def test_like_events_and_those_of_one_day_are_those_of_all_pairs(
    mine: list[Event], theirs: list[Event]
) -> None:
    log = log_of(mine, stream="mine") | log_of(theirs, stream="theirs")
    context = make_context(log, ordinal("2030-01-01"), STANDARD)
    plain = pairwise.near_duplicates(
        context.events.events, context.tracks, context.streams, context.reference.names
    )
    assert sorted((one.id, two.id) for one, two in context.near_duplicates) == sorted(
        (one.id, two.id) for one, two in plain
    )
    found = check(log, today="2030-01-01")
    told = {
        (problem.message.split("'")[1], problem.event)
        for problem in found
        if problem.code == "DR506"
    }
    assert told == pairwise.of_one_day(context)
    assert "DR507" not in {problem.code for problem in found}
    assert len(mine) + len(theirs) < NEAREST


@given(distinct(some, least=1, most=14), st.sampled_from((TIES, LEVEL, MISSIONS)))
def test_an_event_is_contested_by_the_events_of_its_cells_as_by_all(
    events: list[Event], track: Track[Any, Any]
) -> None:
    index = CellIndex()
    for place, event in enumerate(events):
        plain = pairwise.overlapping_of_cells(event, events[:place], track)
        cells = track.cells_of(event)
        assert {one.id for one in index.overlapping(event, cells)} == {one.id for one in plain}
        index.add(event, cells)


@given(distinct(ties_events(narrow_dates, PAIR), least=2, most=9))
def test_a_search_is_given_up_at_once_only_where_it_would_be_given_up(
    events: list[Event],
) -> None:
    """With a limit that few events reach, so that both cases are drawn: five take 5 · 2⁴ steps."""
    days = [(event.on.lo, event.on.hi) for event in events]
    reference = dr.EventLog([]).reference
    with (
        patch.object(plausible, "LIMIT", 30),
        patch.object(plausible, "HOPELESS", 5),
    ):
        search = Search(events, days, TIES, reference)
        hopeless = search._is_hopeless
        search.__dict__["_is_hopeless"] = False
        if hopeless:
            assert not search.run().searched
