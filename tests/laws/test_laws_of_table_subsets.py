"""What a table gives for some parties is what the log of the whole table says of them."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from columnar_dates import scattered
from columnar_streams import crowded, few, log_of
from diplorel.columnar import replay, resolved_records, standings, table_of
from diplorel.model.parties import Life, Party
from diplorel.model.records import Record
from diplorel.testing.dense import (
    KNOWN,
    MOMENTS,
    PUBLISHED,
    probes,
)
from diplorel.testing.events import (
    events,
    kin_events,
    level_events,
    special_events,
    ties_events,
    vague_level_events,
)
from diplorel.testing.streams import distinct, record_lists
from diplorel.tracks.agreements import AgreementJoined, AgreementSigned
from shipped_once import shipped

days = st.one_of(probes, st.sampled_from(("2013-06-30", "2013-12-31")), st.none())
clocks: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"known": st.sampled_from(KNOWN)}),
    st.fixed_dictionaries({"known": st.sampled_from(PUBLISHED), "clock": st.just("published")}),
    st.fixed_dictionaries({"dates": st.just("earliest")}),
)


def assert_rankings_of_tails(log: dr.EventLog, on: Any, **how: Any) -> None:
    """What is certain of a tail can be open in the whole history: then only the spells are."""
    world = log.replay(on, **how)
    with patch.object(standings, "WHOLE", 0), replay(table_of(log), on, threads=1, **how) as states:
        for party in log.reference.ladder:
            found, whole = states.ranking(party), world.ranking(party)
            rows = [attrs.evolve(row, certain=True) for row in found]
            assert rows == [attrs.evolve(row, certain=True) for row in whole]
            assert all(
                row.certain or not other.certain for row, other in zip(found, whole, strict=True)
            )
            for block in dr.Ranking.blocks:
                assert getattr(found, block) == getattr(whole, block)


def assert_same_rankings(log: dr.EventLog, on: Any, **how: Any) -> None:
    world = log.replay(on, **how)
    with replay(table_of(log), on, threads=1, **how) as states:
        for party in log.reference.ladder:
            found = states.ranking(party)
            assert found == world.ranking(party)
            assert found.asked == world.ranking(party).asked


@few
@given(
    given=distinct(
        st.one_of(events(crowded), kin_events(crowded), level_events(crowded), ties_events()),
        least=1,
        most=14,
    ),
    on=days,
    how=clocks,
)
def test_rankings_are_those_of_the_log(given: list[Any], on: Any, how: dict[str, Any]) -> None:
    assert_same_rankings(log_of(given), on, **how)


@few
@given(
    drawn=record_lists(st.one_of(ties_events(), level_events(), special_events()), most=9),
    on=days,
    how=clocks,
)
def test_rankings_take_in_corrections_as_the_log_does(
    drawn: list[Record], on: Any, how: dict[str, Any]
) -> None:
    log = log_of([attrs.evolve(record, stream="a") for record in drawn])
    known = {name: value for name, value in how.items() if name != "dates"}
    if not log.resolve(**known).accounts:
        assert_same_rankings(log, on, **how)


PAIRS = (("SGP", "VNM"), ("USA", "VNM"))
steps = st.one_of(
    ties_events(scattered, PAIRS),
    level_events(scattered, PAIRS),
    level_events(scattered, PAIRS, ("VNM",)),
    vague_level_events(scattered, PAIRS),
    special_events(scattered, PAIRS),
)


@few
@given(given=distinct(steps, least=5, most=30), on=days, how=clocks)
def test_rankings_of_tails_are_those_of_whole_histories(
    given: list[Any], on: Any, how: dict[str, Any]
) -> None:
    assert_rankings_of_tails(log_of(given), on, **how)


@few
@given(
    given=distinct(
        st.one_of(level_events(crowded, PAIRS, ("VNM",)), ties_events(crowded, PAIRS)),
        least=3,
        most=14,
    ),
    on=days,
)
def test_rankings_of_tails_of_crowded_days(given: list[Any], on: Any) -> None:
    assert_rankings_of_tails(log_of(given), on)


@few
@given(given=distinct(kin_events(crowded), least=1, most=12), on=days)
def test_rankings_with_the_lives_of_parties(given: list[Any], on: Any) -> None:
    ended = Party(id="IDN", names={"en": "IDN"}, lives=[Life(end="2013-09-12")])
    assert_same_rankings(log_of(given, parties=[ended]), on)


def recorded(*given: Any) -> list[Record]:
    return [Record("a", MOMENTS[0], event) for event in given]


PACT: dict[str, Any] = {"agreement": "pact", "sources": ("s-gov",)}
SHARED = recorded(
    AgreementSigned(on="2013-09-10", parties=("SGP", "VNM"), kind="treaty", **PACT),
    AgreementSigned(
        on="2013-09-10", parties=("SGP", "VNM"), kind="treaty", agreement="a", sources=("s-gov",)
    ),
    AgreementJoined(on="2013-09-11", parties=("IDN", "VNM"), **PACT),
    AgreementSigned(
        on="2013-09-12", parties=("SGP", "VNM"), kind="treaty", agreement="z", sources=("s-gov",)
    ),
)
"""IDN is in an agreement with SGP by an event that does not name SGP."""


@pytest.mark.parametrize("party", ["SGP", "VNM", "IDN"])
def test_whoever_joins_an_agreement_later_is_with_those_before(party: str) -> None:
    log = log_of(SHARED)
    part = table_of(log).about(party)
    assert part.replay().counterparts(party) == log.replay().counterparts(party)
    if party != "IDN":
        assert_same_rankings(log, None)
        assert_same_rankings(log, "2013-09-11")


@few
@given(
    drawn=record_lists(st.one_of(events(), kin_events()), most=9),
    party=st.sampled_from(("SGP", "VNM")),
    on=days,
    how=clocks,
)
def test_a_log_about_a_party_answers_as_the_whole_log(
    drawn: list[Record], party: str, on: Any, how: dict[str, Any]
) -> None:
    log = log_of(drawn)
    part = table_of(log).about(party)
    assert {*part.records} <= {*log.records}
    world, whole = part.replay(on, **how), log.replay(on, **how)
    assert world.counterparts(party) == whole.counterparts(party)
    for other in whole.counterparts(party):
        assert world.between(party, other) == whole.between(party, other)
    assert world.ranking(party) == whole.ranking(party)


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("vietnam", "VNM"),
        pytest.param("united_states", "USA", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("on", ["1991-06-30", "2025-03-12"])
def test_the_rankings_of_the_shipped_streams(name: str, party: str, on: str) -> None:
    whole = shipped(name)
    log = dr.EventLog(resolved_records(whole), reference=whole.reference)
    if party in log.reference.ladder:
        assert_same_rankings(log, on)
    part = table_of(whole).about(party)
    assert part.panel(party, years=(1990, 1995)) == whole.panel(party, years=(1990, 1995))
