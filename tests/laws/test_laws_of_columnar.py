"""A replay on an engine is the fold, to the row: on generated streams, and on the shipped ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import diplorel as dr
from columnar_states import by_engine, by_fold
from columnar_streams import (
    PAIRS,
    clocks,
    corrected,
    crowded,
    days,
    ends_of_years,
    few,
    lives,
    log_of,
    reports,
    rules,
    some,
    steps,
    ten,
)
from diplorel.columnar import replay, resolved_records, runs, scans, table_of
from diplorel.replay import plausible
from diplorel.testing.events import dyad_events, events, kin_events
from diplorel.testing.streams import distinct
from diplorel.tracks.ties import TiesEstablished, TiesSevered
from shipped_once import shipped

if TYPE_CHECKING:
    from diplorel.model.events import Event
    from diplorel.model.parties import Party
    from diplorel.model.records import Record


def assert_same(log: dr.EventLog, on: Any = None, **how: Any) -> None:
    with replay(table_of(log), on, threads=1, **how) as replayed:
        assert by_engine(replayed) == by_fold(log, on, **how)


@few
@given(given=some, on=days, dates=rules)
def test_crowded_days_give_the_states_of_the_fold(given: list[Event], on: Any, dates: Any) -> None:
    assert_same(log_of(given), on, dates=dates)


ONE_DAY = [
    TiesEstablished(on="2013-09-11", parties=PAIRS[0], sources=("s",)),
    TiesEstablished(on="2013-09-11?", parties=PAIRS[0], sources=("s",)),
    TiesEstablished(on="2013-09-12~", parties=PAIRS[0], sources=("s",), seq=2),
    TiesSevered(on="2013-09-12", parties=PAIRS[0], sources=("s",)),
]
"""The last status and the one before it begin on one day."""


@few
@given(given=some, on=days, dates=rules)
@example(given=ONE_DAY, on=None, dates="latest")
def test_many_events_of_few_days_are_read_from_where_they_matter(
    given: list[Event], on: Any, dates: Any
) -> None:
    with patch.object(runs, "WINDOW", 2), patch.object(scans, "MARGIN", 1):
        assert_same(log_of(given), on, dates=dates)


@ten
@given(
    given=distinct(steps, least=10, most=40), on=st.one_of(ends_of_years, st.none()), dates=rules
)
def test_a_tail_gives_what_the_whole_history_gives(given: list[Event], on: Any, dates: Any) -> None:
    with patch.object(runs, "WINDOW", 3), patch.object(scans, "MARGIN", 1):
        assert_same(log_of(given), on, dates=dates)


@ten
@given(
    given=distinct(steps, least=15, most=40), on=st.one_of(ends_of_years, st.none()), dates=rules
)
def test_a_crowded_tail_gives_what_the_convention_gives(
    given: list[Event], on: Any, dates: Any
) -> None:
    """With no search for the orders of any two events, the fold gives up wherever one is open."""
    with patch.object(plausible, "HOPELESS", 2), patch.object(runs, "WINDOW", 3):
        log = log_of(given)
        expected = by_fold(log, on, dates=dates)
        with replay(table_of(log), on, threads=1, dates=dates) as replayed:
            found = by_engine(replayed)
    for name, end in (("ties", -2), ("level", -4)):
        assert len(found[name]) == len(expected[name])
        for one, other in zip(found[name], expected[name], strict=True):
            if not all(one[end:]):  # what is certain of a tail, the fold of all can give up
                assert one == other


@few
@given(
    given=reports,
    on=days,
    dates=rules,
)
def test_reports_are_those_of_the_fold(given: list[Event], on: Any, dates: Any) -> None:
    assert_same(log_of(given), on, dates=dates)


@few
@given(
    drawn=corrected,
    on=days,
    how=clocks,
)
def test_corrections_and_clocks_are_those_of_the_fold(
    drawn: list[Record], on: Any, how: dict[str, Any]
) -> None:
    log = log_of([attrs.evolve(record, stream="a") for record in drawn])
    resolved = log.resolve(**how)
    if resolved.accounts:
        with pytest.raises(dr.errors.InvalidQueryError, match="differ in what they say"):
            assert_same(log, on, **how)
    else:
        assert_same(log, on, **how)


@few
@given(given=distinct(events(crowded), least=1, most=12), parties=lives(), on=days, dates=rules)
def test_the_ends_of_parties_are_those_of_the_fold(
    given: list[Event], parties: list[Party], on: Any, dates: Any
) -> None:
    assert_same(log_of(given, parties=parties), on, dates=dates)


@few
@given(given=distinct(kin_events(crowded), least=1, most=12), on=days, dates=rules)
def test_successions_are_those_of_the_fold(given: list[Event], on: Any, dates: Any) -> None:
    assert_same(log_of(given), on, dates=dates)


@given(log=st.lists(dyad_events(), max_size=6).map(log_of))
def test_a_table_gives_back_the_log(log: dr.EventLog) -> None:
    assert table_of(log).log() == log


@pytest.mark.slow
@pytest.mark.parametrize("name", ["vietnam", "singapore", "united_states"])
@pytest.mark.parametrize("on", ["1991-06-30", "2020-12-31", None])
def test_the_shipped_streams_are_those_of_the_fold(name: str, on: str | None) -> None:
    whole = shipped(name)
    if on is None:
        assert table_of(whole).log() == whole
    log = dr.EventLog(resolved_records(whole), reference=whole.reference)
    for rule in ("latest", "earliest"):
        assert_same(log, on, dates=rule)
    assert_same(log, on, known="2015-01-01", clock="published")
