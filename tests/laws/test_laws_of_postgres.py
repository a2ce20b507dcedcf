"""A replay in PostgreSQL is the fold, to the row: on generated streams, and on the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import diplorel as dr
from columnar_states import by_engine, by_fold, in_postgres
from columnar_streams import (
    clocks,
    corrected,
    crowded,
    days,
    ends_of_years,
    lives,
    log_of,
    reports,
    rules,
    some,
    steps,
)
from diplorel.columnar import replay, resolved_records, runs, scans
from diplorel.model.events import Event
from diplorel.model.parties import Party
from diplorel.model.records import Record
from diplorel.replay import plausible
from diplorel.stores.log_store import LogStore
from diplorel.testing.events import events, kin_events
from diplorel.testing.streams import distinct
from draws import draws
from shipped_once import shipped

few = settings(max_examples=draws(10))


@pytest.fixture(scope="module")
def held(server: str) -> Iterator[LogStore]:
    """A store on the server where drawn tables are replayed."""
    with dr.open(server, schema="drawn") as store:
        assert isinstance(store, LogStore)
        yield store


@few
@given(given=some | reports, on=days, dates=rules)
def test_crowded_days_give_the_states_of_the_fold(
    held: LogStore, given: list[Event], on: Any, dates: Any
) -> None:
    log = log_of(given)
    assert in_postgres(held, log, on, dates=dates) == by_fold(log, on, dates=dates)


@few
@given(
    given=distinct(steps, least=10, most=40), on=st.one_of(ends_of_years, st.none()), dates=rules
)
def test_a_tail_gives_what_the_whole_history_gives(
    held: LogStore, given: list[Event], on: Any, dates: Any
) -> None:
    log = log_of(given)
    with patch.object(runs, "WINDOW", 3), patch.object(scans, "MARGIN", 1):
        assert in_postgres(held, log, on, dates=dates) == by_fold(log, on, dates=dates)


@few
@given(
    given=distinct(steps, least=15, most=40), on=st.one_of(ends_of_years, st.none()), dates=rules
)
def test_a_crowded_tail_gives_what_duckdb_gives(
    held: LogStore, given: list[Event], on: Any, dates: Any
) -> None:
    log = log_of(given)
    with patch.object(plausible, "HOPELESS", 2), patch.object(runs, "WINDOW", 3):
        with replay(log, on, dates=dates, threads=1) as states:
            expected = by_engine(states)
        assert in_postgres(held, log, on, dates=dates) == expected


@few
@given(drawn=corrected, on=days, how=clocks)
def test_corrections_and_clocks_are_those_of_the_fold(
    held: LogStore, drawn: list[Record], on: Any, how: dict[str, Any]
) -> None:
    log = log_of([attrs.evolve(record, stream="a") for record in drawn])
    if log.resolve(**how).accounts:
        with pytest.raises(dr.errors.InvalidQueryError, match="differ in what they say"):
            in_postgres(held, log, on, **how)
    else:
        assert in_postgres(held, log, on, **how) == by_fold(log, on, **how)


@few
@given(
    given=distinct(events(crowded) | kin_events(crowded), least=1, most=12),
    parties=lives(),
    on=days,
    dates=rules,
)
def test_lives_and_successions_are_those_of_the_fold(
    held: LogStore, given: list[Event], parties: list[Party], on: Any, dates: Any
) -> None:
    log = log_of(given, parties=parties)
    assert in_postgres(held, log, on, dates=dates) == by_fold(log, on, dates=dates)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["vietnam", "singapore", "united_states"])
def test_the_shipped_streams_are_those_of_the_fold(server: str, name: str) -> None:
    whole = shipped(name)
    questions: list[tuple[str | None, dict[str, Any]]] = [
        ("2020-12-31", {}),
        ("1991-06-30", {"dates": "earliest"}),
        (None, {"known": "2015-01-01", "clock": "published"}),
    ]
    if name == "united_states":  # the fold takes a while, and what else is asked is the same
        del questions[1:]
    log = dr.EventLog(resolved_records(whole), reference=whole.reference)
    with dr.open(server, schema=f"replayed {name}") as store:
        store.append(log, validate="off")
        for on, how in questions:
            with replay(store, on, engine="postgres", **how) as states:
                assert by_engine(states) == by_fold(log, on, **how)
