"""What is read off the fields of a class."""

from __future__ import annotations

from typing import Any, Optional

import pytest

from diplorel.model.fields import is_union, item_of, per_class, without_none

LONG = Optional[int]  # noqa: UP045  the form that a track of one's own may have


@pytest.mark.parametrize("kind", [LONG, int | None])
def test_an_optional_type_is_the_one_that_it_is_when_given(kind: Any) -> None:
    assert is_union(kind)
    assert without_none(kind) is int


def test_a_type_that_can_be_several_stays_as_it_is() -> None:
    for kind in (int | str, int | str | None, int, tuple[int, ...]):
        assert without_none(kind) == kind
    assert not is_union(int)
    assert not is_union(tuple[int, ...])


def test_only_a_list_has_items() -> None:
    assert item_of(tuple[int, ...]) is int
    for kind in (int, int | None, list[int]):
        assert item_of(kind) is None


def test_what_is_worked_out_of_a_class_is_worked_out_once() -> None:
    asked: list[Any] = []

    def count(kind: Any) -> int:
        asked.append(kind)
        return len(asked)

    once = per_class(count)
    assert (once(int), once(str), once(int)) == (1, 2, 1)
    assert asked == [int, str]
