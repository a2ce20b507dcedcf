"""A replay that goes on from saved states is a full replay, and the fold, to the row."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import diplorel as dr
from columnar_dates import scattered
from columnar_states import by_engine, by_fold
from columnar_streams import crowded, days, lives, log_of, rules
from diplorel import _ask
from diplorel.columnar import append, open_table, replay, resolved_records, runs, scans, write
from diplorel.model.parties import Party
from diplorel.testing.dense import (
    KNOWN,
    PUBLISHED,
)
from diplorel.testing.events import (
    events,
    figure_events,
    kin_events,
    level_events,
    ties_events,
    vague_level_events,
    visit_events,
)
from diplorel.testing.streams import distinct, record_lists
from draws import draws
from shipped_once import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.model.records import Clock

PAIRS = (("SGP", "VNM"), ("USA", "VNM"), ("IDN", "SGP"))


def in_order(some: Sequence[Any]) -> list[Any]:
    """Return days in order, None last."""
    return sorted(some, key=lambda one: (one is None, one and _ask.day("on", one)))


def in_time(some: Sequence[Any]) -> list[Any]:
    """Return days or moments up to which something was known in order, None last."""
    return sorted(some, key=lambda one: (one is None, str(one)))


def assert_same(
    log: dr.EventLog, cuts: Sequence[int], steps: Sequence[dict[str, Any]], **how: Any
) -> None:
    """Replay a table that grows, each time from the states before, and compare each time.

    Args:
        log: The log.
        cuts: How many records the table has at each step, in order; at the last, it has all.
        steps: What is asked at each step.
        **how: What is asked at every step.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        given = list(log.records)
        before = 0
        for number, (cut, step) in enumerate(zip((*cuts, len(given)), steps, strict=True)):
            some, before = given[before:cut], cut
            if number == 0:
                write(some, folder / "table", reference=log.reference)
            elif some:
                append(folder / "table", some)
            table = open_table(folder / "table")
            since = folder / f"states-{number - 1}" if number else None
            asked = step | how
            part = dr.EventLog(given[:cut], reference=log.reference)
            with replay(table, **asked, threads=1, since=since) as found:
                assert by_engine(found) == by_fold(part, **asked)
                if number < len(cuts):
                    found.save(folder / f"states-{number}")
        with replay(table, **asked, threads=1) as full:
            assert by_engine(full) == by_fold(log, **asked)


@st.composite
def increments(draw: st.DrawFn, events: Any) -> tuple[list[Any], list[int], list[dict[str, Any]]]:
    """Draw what is recorded, where it is cut, and the day of each step."""
    given = draw(events)
    count = draw(st.sampled_from((1, 1, 2, 3)))
    cuts = sorted(draw(st.integers(0, len(given))) for _ in range(count))
    on = in_order([draw(days) for _ in range(count + 1)])
    return given, cuts, [{"on": one} for one in on]


some = distinct(
    st.one_of(
        ties_events(crowded, PAIRS),
        level_events(crowded, PAIRS),
        vague_level_events(crowded, PAIRS),
        figure_events(crowded, PAIRS),
        visit_events(crowded, PAIRS),
    ),
    least=1,
    most=20,
)


few = settings(max_examples=min(draws(10), settings().max_examples // 2))
"""An example is replayed four times, by an engine that plans some forty statements each time."""


@few
@given(drawn=increments(some), dates=rules)
def test_crowded_days(drawn: Any, dates: Any) -> None:
    given, cuts, steps = drawn
    assert_same(log_of(given), cuts, steps, dates=dates)


long = distinct(
    st.one_of(
        ties_events(scattered, PAIRS[:1]),
        level_events(scattered, PAIRS[:2], ("VNM",)),
        figure_events(scattered, PAIRS[:1]),
    ),
    least=8,
    most=40,
)


@few
@given(drawn=increments(long), dates=rules)
def test_long_histories_with_open_orders(drawn: Any, dates: Any) -> None:
    given, cuts, steps = drawn
    with patch.object(runs, "WINDOW", 3), patch.object(scans, "MARGIN", 1):
        assert_same(log_of(given), cuts, steps, dates=dates)


@few
@given(
    drawn=increments(
        record_lists(
            st.one_of(ties_events(), level_events(), figure_events(), visit_events()), most=12
        )
    ),
    data=st.data(),
)
def test_corrections_and_clocks(drawn: Any, data: st.DataObject) -> None:
    given, cuts, steps = drawn
    clock: Clock = data.draw(st.sampled_from(("recorded", "published")))
    moments = KNOWN if clock == "recorded" else PUBLISHED
    drawn_moments = st.one_of(st.none(), st.sampled_from(moments))
    known = in_time([data.draw(drawn_moments) for _ in steps])
    log = log_of([attrs.evolve(record, stream="a") for record in given])
    assume(not any(log.resolve(known=one, clock=clock).accounts for one in known))
    cuts = [min(cut, len(log)) for cut in cuts]
    parts = [log_of(log.records[:cut]) for cut in cuts]
    assume(
        not any(
            part.resolve(known=one, clock=clock).accounts
            for part, one in zip(parts, known, strict=False)
        )
    )
    asked = [step | {"known": one} for step, one in zip(steps, known, strict=True)]
    assert_same(log, cuts, asked, clock=clock)


@few
@given(drawn=increments(distinct(events(crowded), least=1, most=14)), parties=lives(), dates=rules)
def test_the_ends_of_parties(drawn: Any, parties: list[Party], dates: Any) -> None:
    given, cuts, steps = drawn
    assert_same(log_of(given, parties=parties), cuts, steps, dates=dates)


@few
@given(drawn=increments(distinct(kin_events(crowded), least=1, most=14)), dates=rules)
def test_successions(drawn: Any, dates: Any) -> None:
    given, cuts, steps = drawn
    assert_same(log_of(given), cuts, steps, dates=dates)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["vietnam", "singapore"])
def test_the_shipped_streams(name: str) -> None:
    whole = shipped(name)
    log = dr.EventLog(resolved_records(whole), reference=whole.reference)
    count = len(log)
    assert_same(log, [count - 20], [{"on": "2020-12-31"}, {"on": "2025-03-01"}])
    assert_same(log, [count // 2, count // 2 + 9], [{"on": "2020"}, {"on": "2021-03-01"}, {}])
