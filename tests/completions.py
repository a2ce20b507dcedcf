"""Every way in which the dates of a few acts can come true, tried one by one."""

from __future__ import annotations

from itertools import permutations, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diplorel.model.events import Event

Dated = tuple[tuple["Event", int], ...]
"""Acts in the order in which they happened, each with its day as an ordinal."""


def completions(acts: Sequence[Event], until: int) -> Iterator[Dated]:
    """Yield the acts that happened by a day, for each choice of a day within every act's bounds.

    Acts of one day stand by what is stated of their order, `seq` and then rank; where that is the
    same, nothing is stated, and each order is tried.
    """
    seen = set()
    for days in product(*(range(act.on.lo, act.on.hi + 1) for act in acts)):
        groups: dict[tuple[int, int, int], list[tuple[Event, int]]] = {}
        for act, day in zip(acts, days, strict=True):
            if day <= until:
                groups.setdefault((day, act.seq, act.precedence), []).append((act, day))
        for chosen in product(*(permutations(groups[key]) for key in sorted(groups))):
            order = tuple(item for group in chosen for item in group)
            key = tuple((act.id, day) for act, day in order)
            if key not in seen:
                seen.add(key)
                yield order
