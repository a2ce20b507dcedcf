"""What a track offers to tables: columns, each a function of the state of a dyad."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from diplorel.model.events import Event

State = TypeVar("State")


def _is_recorded(state: Any, events: Sequence[Event], a: str, b: str) -> bool:
    return bool(events)


@attrs.frozen(kw_only=True)
class StateColumn(Generic[State]):
    """One column of a panel, made of the state of a dyad in a track.

    Attributes:
        name: Its name, such as ``posts_ab``: what party_a has with party_b.
        of: The value, from the side of the first of two parties: ``(state, id, id)``. None is a
            missing value.
        kind: ``text``, ``integer``, ``boolean``, ``date`` (a `PartialDate`) or ``enum``.
        labels: Of an enum, the name of each id for readers, lowest first.
        is_told: Whether something of what it counts is recorded at all: ``(state, its events, id,
            id)``. If nothing is, and no stream says that there is nothing, the value is missing
            and no zero. Default: where there are events of the track.
        has_known: Whether a column ``…_known`` says how the value is known; otherwise that of the
            column before says it.
        title: A short title for readers.
        note: What the value means.
        unit: Its unit.
    """

    name: str
    of: Callable[[State, str, str], Any]
    kind: Literal["text", "integer", "boolean", "date", "enum"] = "integer"
    labels: Mapping[str, str] = attrs.field(factory=dict)
    is_told: Callable[[State, Sequence[Event], str, str], bool] = _is_recorded
    has_known: bool = True
    title: str = ""
    note: str = ""
    unit: str = ""
