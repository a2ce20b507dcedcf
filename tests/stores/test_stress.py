"""Processes that are killed while they append, and processes that append at once."""

from __future__ import annotations

import pytest

import stress
from places import Places

pytestmark = pytest.mark.slow  # they start dozens of processes
KEPT = ["sqlite", "postgres"]


@pytest.mark.parametrize("kind", KEPT)
def test_a_killed_process_loses_nothing_acknowledged_and_leaves_nothing_torn(
    places: Places, kind: str
) -> None:
    place = places(kind)
    found = stress.crash(place.url, place.schema, rounds=5, seed=1)
    assert found.rounds == 5
    assert found.events > 0


@pytest.mark.parametrize("kind", KEPT)
def test_processes_that_append_at_once_lose_nothing_and_a_follower_sees_all_in_order(
    places: Places, kind: str
) -> None:
    place = places(kind)
    found = stress.contention(place.url, place.schema, workers=4, events=600, shared=20)
    assert (found.events, found.conflicts) == (600, 60)
