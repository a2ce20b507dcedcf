"""Building many values without the collector, which is left as it was found."""

from __future__ import annotations

import gc
import threading

import pytest

from diplorel import _gc


def test_the_collector_is_left_as_it_was_found() -> None:
    assert gc.isenabled()
    with _gc.paused():
        assert not gc.isenabled()
        with _gc.paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_left_so_by_an_error_too() -> None:
    with pytest.raises(KeyError), _gc.paused():
        raise KeyError
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with _gc.paused(), _gc.paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_pause_that_begins_while_another_ends_leaves_the_collector_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One thread looks during a pause of another, and stops the collector after that one's end."""
    looked, ended = threading.Event(), threading.Event()
    disable = gc.disable

    def disable_late() -> None:
        looked.set()
        ended.wait(0.2)
        disable()

    def pause() -> None:
        with _gc.paused():
            pass

    other = threading.Thread(target=pause)
    with _gc.paused():
        monkeypatch.setattr(gc, "disable", disable_late)
        other.start()
        looked.wait()
    ended.set()
    other.join()
    assert gc.isenabled()


def test_the_collector_waits_for_the_last_pause_of_all_threads() -> None:
    inside, leave = threading.Event(), threading.Event()

    def pause() -> None:
        with _gc.paused():
            inside.set()
            leave.wait()

    other = threading.Thread(target=pause)
    other.start()
    inside.wait()
    with _gc.paused():
        pass
    assert not gc.isenabled()
    leave.set()
    other.join()
    assert gc.isenabled()


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_gc, "_MANY", 5_000)
    gc.collect()


def built(number: int) -> list[list[int]]:
    with _gc.paused():
        return [[] for _ in range(number)]


@pytest.mark.usefixtures("few_are_many")
def test_many_new_values_are_filed_as_old_ones() -> None:
    to_tuple = built(10_000)
    assert any(one is to_tuple[0] for one in gc.get_objects(generation=2))
    assert gc.get_count()[0] < 5_000
    assert gc.get_freeze_count() < 5_000


@pytest.mark.usefixtures("few_are_many")
def test_few_new_values_are_left_to_the_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(gc, "freeze")
    assert len(built(1_000)) == 1_000


@pytest.mark.usefixtures("few_are_many")
def test_what_somebody_froze_stays_frozen() -> None:
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        built(10_000)
        assert gc.get_freeze_count() >= frozen - 100  # some of it is freed meanwhile
    finally:
        gc.unfreeze()
