"""The classes of events by their names on the wire, and their older versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.io.strict import WrongError
from diplorel.model.events import Event, EventRetracted
from diplorel.tracks import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable


def event_types(extra: Iterable[type[Event]] = ()) -> dict[str, type[Event | EventRetracted]]:
    """Return the event classes by their name on the wire, with those of tracks of your own."""
    found: dict[str, type[Event | EventRetracted]] = {EventRetracted.type: EventRetracted}
    for cls in (*(cls for track in STANDARD for cls in track.owns), *extra):
        found[cls.type] = cls
    return found


def upcast(data: dict[str, Any], cls: type[Event | EventRetracted]) -> dict[str, Any]:
    """Return the data of an event of an older version as the present version has it.

    Raises:
        WrongError: The version is not a whole number, or is newer than this release reads.
    """
    version = data.get("v", 1)
    if type(version) is not int or not 1 <= version <= cls.version:
        raise WrongError(
            f"v: {cls.type} of version {version!r} is not known, this release reads up to "
            f"{cls.version}. A newer release of diplorel may"
        )
    data = {key: value for key, value in data.items() if key != "v"}
    for step in getattr(cls, "upcasters", ())[version - 1 :]:
        data = step(data)
    return data
