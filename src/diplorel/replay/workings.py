"""What was worked out from the events of a subject alone, for the days when they are the same.

Between two of its events a relation has the same state on every day, and another source's account
of one relation changes no other. Who asks of many days, or of many accounts, hands one of these
from snapshot to snapshot: what a history leads to is then worked out once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

T = TypeVar("T")


class Workings:
    """Answers by a question and the events that they follow from, each worked out once.

    It keeps every answer, so it lives no longer than what asks: one verification, or one snapshot.
    All who share it have the same reference data and the same rule for dates.
    """

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[Any, Sequence[object]]] = {}

    def find(self, question: Hashable, things: Sequence[object]) -> Any:
        """Return the answer to a question; None where it was not worked out yet.

        Args:
            question: What is asked; with *things* it says all that the answer follows from.
            things: Events, and states that the same events led to. They are compared by identity:
                what an event says is long, and all who share this have it from one resolution.
        """
        known = self._known.get((question, *map(id, things)))
        return None if known is None else known[0]

    def keep(self, question: Hashable, things: Sequence[object], answer: T) -> T:
        """Keep an answer, which is not None, for those who ask the same; return it."""
        # it holds the things, so that no other can have their identity as long as it lives
        self._known[question, *map(id, things)] = (answer, things)
        return answer
