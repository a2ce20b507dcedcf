"""What an event touches: the subjects of a track, and the cells of their states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from diplorel.model.events import Event

Subject: TypeAlias = tuple[str, str] | str
"""What a state belongs to: a dyad (two ids in order), or one party or group."""


def dyads_of(event: Event) -> tuple[Subject, ...]:
    """Return the dyads among the parties of an event: one, or every pair of several."""
    parties = event.parties
    if len(parties) == 2:  # noqa: PLR2004  the usual case, kept free of loops
        a, b = parties
        return (parties if a < b else (b, a),)
    ordered = sorted(parties)
    return tuple((a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :])


def same_dyad(event: Any) -> tuple[Subject, ...]:
    """Return the dyad of an event whose parties are one already, or the dyads that it names."""
    return event.pairs() if event.several_dyads else (event.parties,)


def its_dyad(event: Any) -> tuple[Subject, ...]:
    """Return the dyad that a directed event keeps as ``dyad``; of others, as `same_dyad` does."""
    return (event.dyad,) if hasattr(event, "dyad") else same_dyad(event)


def its_agreement(event: Any) -> tuple[Subject, ...]:
    """Return the agreement of an event, by its key."""
    return (event.agreement,)


Cell: TypeAlias = tuple[str, ...]
"""A part of a state that can change by itself, as a path: ``("VNM",)`` is the ladder of Vietnam.

An event that touches a path touches everything below it; the empty path is the whole state.
"""


def whole_state(event: Event) -> tuple[Cell, ...]:
    """Return the one cell that is the whole state: the careful answer, and the default."""
    return ((),)


def no_cells(event: Event) -> tuple[Cell, ...]:
    """Return no cell: the order of observations does not matter."""
    return ()


def joins_nothing(cell: Cell) -> bool:
    """Return False: no event makes one cell of several."""
    return False


def always_matters(first: Event, second: Event) -> bool:
    """Return False: which of two events of one cell came first can always matter."""
    return False


def both_end(*kinds: type[Event]) -> Callable[[Event, Event], bool]:
    """Return whether two events are of kinds that end something and leave no trace of when.

    Whatever both of them end is over, whichever came first.
    """
    return lambda first, second: isinstance(first, kinds) and isinstance(second, kinds)


def share_a_cell(some: Iterable[Cell], others: Iterable[Cell]) -> bool:
    """Return whether some cell of the first is a cell of the others, or lies within one.

    >>> share_a_cell([("VNM",)], [()]), share_a_cell([("VNM",)], [("SGP",)])
    (True, False)
    """
    return any(
        one[: len(other)] == other or other[: len(one)] == one for one in some for other in others
    )
