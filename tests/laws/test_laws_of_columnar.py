"""A replay on an engine is the fold, to the row: on generated streams, and on the shipped ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from columnar_dates import scattered
from columnar_states import by_engine, by_fold
from diplorel.columnar import replay, resolved_records, runs, scans, table_of
from diplorel.model.parties import Life, Party
from diplorel.model.records import Record
from diplorel.replay import plausible
from diplorel.testing.dense import (
    KNOWN,
    MOMENTS,
    NEAR,
    PUBLISHED,
    SGP_LADDER,
    SOURCES,
    VNM_LADDER,
    dates,
    probes,
)
from diplorel.testing.events import (
    dyad_events,
    events,
    figure_events,
    kin_events,
    level_events,
    ties_events,
    vague_level_events,
    visit_events,
)
from diplorel.testing.streams import distinct, record_lists
from diplorel.tracks.level import LevelUpgraded
from diplorel.tracks.ties import TiesEstablished, TiesSevered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.model.events import Event

PAIRS = (("SGP", "VNM"), ("USA", "VNM"))
ends_of_years = st.sampled_from(("2013-06-30", "2013-12-31", "2020-06-30", "2020-12-31"))
rules = st.sampled_from(("latest", "latest", "earliest"))
days = st.one_of(probes, ends_of_years, st.none())


crowded = st.one_of(st.sampled_from(NEAR), dates)
"""Few days, so that many events share one."""


def log_of(given: Sequence[Event | Record], **more: Any) -> dr.EventLog:
    return dr.EventLog(
        given,
        stream="a",
        at=MOMENTS[0],
        sources=SOURCES,
        ladders=(VNM_LADDER, SGP_LADDER),
        **more,
    )


def assert_same(log: dr.EventLog, on: Any = None, **how: Any) -> None:
    with replay(table_of(log), on, threads=1, **how) as replayed:
        assert by_engine(replayed) == by_fold(log, on, **how)


some = distinct(
    st.one_of(
        ties_events(crowded, PAIRS),
        level_events(crowded, PAIRS),
        vague_level_events(crowded, PAIRS),
        figure_events(crowded, PAIRS),
        visit_events(crowded, PAIRS),
    ),
    least=1,
    most=16,
)


@given(given=some, on=days, dates=rules)
def test_crowded_days_give_the_states_of_the_fold(given: list[Event], on: Any, dates: Any) -> None:
    assert_same(log_of(given), on, dates=dates)


steps = st.one_of(
    ties_events(scattered, PAIRS),
    level_events(scattered, PAIRS, ("VNM",)),
    st.builds(
        LevelUpgraded,
        on=scattered,
        parties=st.just(PAIRS[0]),
        ladder=st.sampled_from(("VNM", "SGP")),
        level=st.sampled_from(("low", "mid", "high")),
        sources=st.just(("s-gov",)),
    ),
    st.builds(TiesSevered, on=scattered, parties=st.just(PAIRS[0]), sources=st.just(("s-gov",))),
    st.builds(TiesEstablished, on=scattered, parties=st.just(PAIRS[0]), sources=st.just(("s",))),
)


@given(
    given=distinct(steps, least=10, most=40), on=st.one_of(ends_of_years, st.none()), dates=rules
)
def test_a_tail_gives_what_the_whole_history_gives(given: list[Event], on: Any, dates: Any) -> None:
    with patch.object(runs, "WINDOW", 3), patch.object(scans, "MARGIN", 1):
        assert_same(log_of(given), on, dates=dates)


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


@given(
    given=distinct(
        figure_events(crowded, PAIRS) | visit_events(scattered, PAIRS), least=3, most=20
    ),
    on=days,
    dates=rules,
)
def test_reports_are_those_of_the_fold(given: list[Event], on: Any, dates: Any) -> None:
    assert_same(log_of(given), on, dates=dates)


@given(
    drawn=record_lists(st.one_of(ties_events(), level_events(), figure_events()), most=9),
    on=days,
    how=st.one_of(
        st.just({}),
        st.fixed_dictionaries({"known": st.sampled_from(KNOWN)}),
        st.fixed_dictionaries({"known": st.sampled_from(PUBLISHED), "clock": st.just("published")}),
    ),
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


@st.composite
def _lives(draw: st.DrawFn) -> list[Party]:
    """Draw parties of which some end, some begin late, and some come back."""
    forms = (
        [Life(end=draw(st.sampled_from((*NEAR, "2013-09"))))],
        [Life(start=draw(st.sampled_from((*NEAR, "2013"))))],
        [Life(end="2013-09-10"), Life(start="2013-09-12", end="2013-10")],
    )
    some = draw(st.lists(st.sampled_from(("SGP", "IDN", "USA")), min_size=1, unique=True))
    return [Party(id=id, names={"en": id}, lives=draw(st.sampled_from(forms))) for id in some]


@given(given=distinct(events(crowded), least=1, most=12), parties=_lives(), on=days, dates=rules)
def test_the_ends_of_parties_are_those_of_the_fold(
    given: list[Event], parties: list[Party], on: Any, dates: Any
) -> None:
    assert_same(log_of(given, parties=parties), on, dates=dates)


@given(given=distinct(kin_events(crowded), least=1, most=12), on=days, dates=rules)
def test_successions_are_those_of_the_fold(given: list[Event], on: Any, dates: Any) -> None:
    assert_same(log_of(given), on, dates=dates)


@given(log=st.lists(dyad_events(), max_size=6).map(log_of))
def test_a_table_gives_back_the_log(log: dr.EventLog) -> None:
    assert table_of(log).log() == log


@pytest.mark.parametrize("name", ["vietnam", "singapore", "united_states"])
@pytest.mark.parametrize("on", ["1991-06-30", "2020-12-31", None])
def test_the_shipped_streams_are_those_of_the_fold(name: str, on: str | None) -> None:
    whole = dr.load(name)
    assert table_of(whole).log() == whole
    log = dr.EventLog(resolved_records(whole), reference=whole.reference)
    for rule in ("latest", "earliest"):
        assert_same(log, on, dates=rule)
    assert_same(log, on, known="2015-01-01", clock="published")
