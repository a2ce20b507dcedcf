"""A follower sees every record once, however often it is stopped and started anew."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.stores.log_store import LogStore
from draws import draws
from places import Place


def events(number: int, begin: int = 0) -> list[Any]:
    return [
        ev.TalksHeld(on=str(1900 + n), parties=("SGP", "VNM"), sources=["vna"])
        for n in range(begin, begin + number)
    ]


def test_a_follower_goes_on_from_where_it_was(place: Place) -> None:
    store = place.open()
    store.append(events(5), stream="mine")
    seen = [[one.position for one in batch] for batch in store.follow("desk").batches(2)]
    assert seen == [[1, 2], [3, 4], [5]]
    assert (store.follow("desk").position, store.follow("desk").lag) == (5, 0)
    store.append(events(2, 5), stream="mine")
    again = place.open().follow("desk")
    assert again.lag == 2
    assert [[one.position for one in batch] for batch in again.batches()] == [[6, 7]]
    assert list(again.batches()) == []
    assert repr(again) == "<Follower: desk>"
    assert store.follow("another").position == 0
    assert store.verify() == ()


def test_what_was_not_handled_to_the_end_comes_again(store: LogStore) -> None:
    store.append(events(5), stream="mine")
    follower = store.follow("desk")
    batches = follower.batches(2)
    assert [next(batches)[0].position, next(batches)[0].position] == [1, 3]
    del batches  # who handled the second was stopped
    assert follower.position == 2
    assert [batch[0].position for batch in follower.batches(2)] == [3, 5]


def test_of_two_that_follow_by_one_name_the_later_is_refused(place: Place) -> None:
    store = place.open()
    store.append(events(4), stream="mine")
    one, two = store.follow("desk").batches(2), place.open().follow("desk").batches(2)
    next(one), next(two)
    next(one)
    with pytest.raises(dr.errors.StoreError, match=r"another process follows .* as 'desk'"):
        next(two)


def test_a_follower_can_be_set_back_and_on(store: LogStore) -> None:
    store.append(events(3), stream="mine")
    follower = store.follow("desk")
    follower.reset(2)
    assert [one.position for batch in follower.batches() for one in batch] == [3]
    follower.reset()
    assert follower.lag == 3
    for wrong in (4, -1, True, "1"):
        with pytest.raises(dr.errors.InvalidQueryError, match="expected a position from 0 to 3"):
            follower.reset(wrong)  # type: ignore[arg-type]


def test_a_store_that_was_put_back_is_noticed(store: LogStore) -> None:
    store.append(events(3), stream="mine")
    follower = store.follow("desk")
    assert len(list(follower.batches())) == 1
    with store._session(write=True) as session:
        row = session.follower("desk")
        assert row is not None
        session.put_follower(row._replace(hash=b"another row"))
    for ask in (lambda: follower.position, lambda: follower.lag, lambda: [*follower.batches()]):
        with pytest.raises(dr.errors.StoreError, match="put back to an earlier state"):
            ask()
    follower.reset()
    assert follower.lag == 3


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "a\0b", 3, None])
def test_what_is_no_name_of_a_follower_is_refused(name: Any) -> None:
    with dr.open("memory:") as store:
        with pytest.raises(dr.errors.InvalidQueryError, match="cannot name a follower"):
            store.follow(name)
        for size in (0, -1, "2", True):
            with pytest.raises(ValueError, match="expected a size of 1 or more"):
                next(store.follow("desk").batches(size))  # type: ignore[arg-type]


@settings(max_examples=draws(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    sizes=st.lists(st.integers(1, 4), min_size=1, max_size=5),
    appended=st.lists(st.integers(0, 5), min_size=1, max_size=5),
    stops=st.lists(st.integers(0, 3), min_size=1, max_size=5),
)
def test_every_record_is_handled_in_order_whatever_comes_between(
    sizes: list[int], appended: list[int], stops: list[int]
) -> None:
    with dr.open("memory:") as store:
        handled: list[int] = []
        for number in range(5):
            there = store.head.position
            store.append(events(appended[number % len(appended)], there), stream="mine")
            stop = stops[number % len(stops)]
            for count, batch in enumerate(store.follow("desk").batches(sizes[number % len(sizes)])):
                if count == stop:
                    break  # before it was handled
                handled += [one.position for one in batch]
        handled += [one.position for batch in store.follow("desk").batches() for one in batch]
        assert handled == [*range(1, store.head.position + 1)]
