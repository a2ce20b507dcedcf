"""What a store derives from its records, for readers by SQL: ids, bounds of dates, and states."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs

from diplorel._version import __version__
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, plain
from diplorel.model.records import stamp
from diplorel.stores.views import KeyRow, StampRow, StateRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from diplorel.replay.dyad import DyadSnapshot
    from diplorel.stores.values import Head, Stored
    from diplorel.world import World


def key_rows(stored: Iterable[Stored]) -> Iterator[KeyRow]:
    """Yield what the library works out of each record: its id, and the bounds of its date."""
    for one in stored:
        event = one.record.event
        if isinstance(event, Event):
            bounds = _day(event.on.lo), _day(event.on.hi)
            yield KeyRow(one.position, one.record.id, *bounds)
        else:
            yield KeyRow(one.position, one.record.id, None, None)


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def state_rows(world: World) -> Iterator[StateRow]:
    """Yield the state of each track of each dyad that has a record.

    Args:
        world: The world at the end of a day.
    """
    day = str(world.on)
    for a, b in world.dyads():
        dyad: DyadSnapshot = world.snapshot.between(a, b)
        for track in world.snapshot.tracks:
            events = dyad.events(track) if track.of_dyads else ()
            if events:
                yield StateRow(
                    day,
                    track.name,
                    dyad.parties[0],
                    dyad.parties[1],
                    int(track.name in dyad.certain),
                    int(track.name not in dyad.last_recorded),
                    len(events),
                    events[-1].id,
                    _text(dyad.state(track)),
                )


def _text(state: Any) -> str:
    return json.dumps(state_data(state), ensure_ascii=False, separators=(",", ":"))


def state_data(value: Any) -> Any:
    """Return a state as JSON data; what is empty is left out, and sets are in order."""
    if isinstance(value, Event) or not attrs.has(type(value)):
        if isinstance(value, (set, frozenset)):
            return sorted(map(state_data, value), key=str)
        if isinstance(value, (list, tuple)):
            return [state_data(one) for one in value]
        if isinstance(value, Mapping):
            return {str(key): state_data(one) for key, one in value.items()}
        return plain(value) if isinstance(value, Event) else _leaf(value)
    if isinstance(value, PartialDate):
        return str(value)
    given = {one.name.strip("_"): getattr(value, one.name) for one in attrs.fields(type(value))}
    return {name: state_data(one) for name, one in given.items() if not _is_empty(one)}


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, (tuple, set, frozenset, Mapping)) and not value)


def _leaf(value: Any) -> Any:
    """Return a value without parts; of what JSON cannot hold, the text."""
    if isinstance(value, Enum):
        return value.value
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def stamp_row(world: World, head: Head, moment: datetime) -> StampRow:
    """Return what the states of a day were made of, the release that made them, and when."""
    return StampRow(str(world.on), head.position, str(head), __version__, stamp(moment))
