"""What contradicts a state, and what ends it with a party: the rules that tracks share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from diplorel.model.lives import PartyBegan, PartyEnded

if TYPE_CHECKING:
    from collections.abc import Callable

    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference

Acc = TypeVar("Acc")


def _at_once(acc: Any, event: Event) -> bool:
    return False


@attrs.frozen(kw_only=True)
class Rule(Generic[Acc]):
    """One way for an event to contradict the state before it.

    Facts win: the event applies all the same, and `check` reports the contradiction.

    Attributes:
        code: The code of the problem. A track of your own has codes of its own.
        find: What is wrong with an event that comes upon an accumulator, as message and hint; None
            where nothing is: ``(accumulator, event, reference)``.
        where_complete: Whether only a stream that calls itself complete for that day can show it:
            ``(accumulator, event)``. An end without a beginning is not a mistake where the
            beginning was never looked for. Default: never.
        reported: Whether `check` reports it. Otherwise it only helps to compare the orders that
            dates leave open: a special relationship can be declared again, and yet the declaration
            comes before the end if that is possible.

    >>> from diplorel.tracks import TIES
    >>> from diplorel.events import TiesSevered
    >>> [rule.code for rule in TIES.rules[TiesSevered]]
    ['DR301']
    """

    code: str
    find: Callable[[Acc, Any, Reference], tuple[str, str] | None]
    where_complete: Callable[[Acc, Any], bool] = _at_once
    reported: bool = True


def begins_once(
    since: Callable[[Acc, Any], PartialDate | None], *, reported: bool = True
) -> Rule[Acc]:
    """Return the rule that what an event begins is not in force already.

    Args:
        since: The day since which it is in force; None where it does not.
        reported: Whether `check` reports it.
    """

    def find(acc: Acc, event: Any, reference: Reference) -> tuple[str, str] | None:
        day = since(acc, event)
        if day is None:
            return None
        return (
            f"what it begins has been in force since {day.text}",
            "Add the event that ended it, or correct the one that is wrong",
        )

    return Rule(code="DR306", find=find, reported=reported)


def ends_what_stands(stands: Callable[[Acc, Any], bool]) -> Rule[Acc]:
    """Return the rule that what an event ends is in force before it.

    Args:
        stands: Whether it does.
    """

    def find(acc: Acc, event: Any, reference: Reference) -> tuple[str, str] | None:
        if stands(acc, event):
            return None
        return (
            "what it ends is not in force before it, and the stream says that it is complete",
            "Add the event that began it, or correct this one",
        )

    return Rule(code="DR307", find=find, where_complete=lambda acc, event: True)


def _stay(acc: Any, event: Event) -> None:
    """Leave an accumulator as it is."""


def ends_with_a_party(
    end: Callable[[Acc, PartyEnded], None],
) -> dict[type[Event], Callable[[Acc, Any], None]]:
    """Return the handlers of a track whose states end when a party's life does.

    Args:
        end: What the end does to the accumulator of a dyad, party or group that it touches.
    """
    return {PartyBegan: _stay, PartyEnded: end}
