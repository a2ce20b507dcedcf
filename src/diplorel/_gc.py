"""Building many objects at once without Python's cyclic collector walking them over and over."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


_MANY: Final = 100_000
"""So many new objects are worth being kept from the first walk of the collector."""
_OWN: Final = 2_000
"""Fewer frozen objects are the interpreter's own: Python 3.12 freezes some hundreds by itself."""


@contextmanager
def paused() -> Iterator[None]:
    """Pause the cyclic collector while values are built, and leave it as it was found.

    A log, its order and a world are millions of objects of which none forms a cycle. The collector
    cannot know, and takes more than half of the time at a million events. Reference counts free
    everything as ever; only garbage in cycles, of other threads too, waits until the end.

    Where many were built, all that is young is filed as old, by `gc.freeze` and back, as it would
    be after two walks in vain; garbage in cycles waits for the next full collection then. Where
    somebody has frozen more than a few objects, as a server does before it forks, they stay so.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            if gc.get_count()[0] > _MANY and gc.get_freeze_count() < _OWN:
                gc.freeze()
                gc.unfreeze()
            gc.enable()
