"""What the rules of a track find, where events come upon others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.model.reference import Reference

if TYPE_CHECKING:
    from diplorel.model.events import Event
    from diplorel.tracks.track import Track


def contradictions(
    track: Track[Any, Any],
    before: tuple[Event, ...],
    event: Event,
    *,
    complete: bool = False,
    reference: Reference | None = None,
) -> list[tuple[str, str, str]]:
    """Return the code, message and hint of each rule that an event breaks after others.

    Args:
        track: The track.
        before: The events before it, in order.
        event: The event.
        complete: Whether the rules count that only a complete stream can break.
        reference: The ladders; none when left out.
    """
    reference = reference or Reference()
    acc = track.start()
    for one in before:
        track.handlers[type(one)](acc, one)
    return [*track.contradictions(acc, event, reference, complete=lambda: complete)]
