"""The nearest known names, for as many unknown ones as people would read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from diplorel._alike import Lookalikes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HINTED: Final = 200
"""For so many unknown names of one kind the nearest are looked for; each is compared with all."""


def offering(known: Iterable[str], limit: int = 1) -> Callable[[str], tuple[str, ...]]:
    """Return what gives the nearest of some names: for the first `HINTED` that ask, then nothing.

    Args:
        known: The names that are known.
        limit: At most so many are given.

    >>> offering(["vna", "vov"])("vnna")
    ('vna',)
    """
    names = Lookalikes(known)
    asked: set[str] = set()

    @cache
    def offer(name: str) -> tuple[str, ...]:
        asked.add(name)
        return names.nearest(name, limit=limit) if len(asked) <= HINTED else ()

    return offer
