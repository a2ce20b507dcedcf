"""Building many objects at once without Python's cyclic collector walking them over and over."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


_MANY: Final = 100_000
"""So many new objects are worth being kept from the first walk of the collector."""
_OWN: Final = 2_000
"""Fewer frozen objects are the interpreter's own: Python 3.12 freezes some hundreds by itself."""
_LOCK: Final = RLock()
"""Held while a pause begins or ends."""
_pauses = 0
"""How many pauses are in progress, in all threads, if the first of them found the collector on."""


@contextmanager
def paused() -> Iterator[None]:
    """Pause the cyclic collector while values are built, and leave it as it was found.

    A log, its order and a world are millions of objects, and none forms a cycle. The collector
    cannot know, and takes more than half of the time at a million events. Reference counts free
    everything as ever; only garbage in cycles, of other threads too, waits until the end.

    Where many were built, all that is young is filed as old, by `gc.freeze` and back, as it would
    be after two walks in vain; garbage in cycles waits for the next full collection then. Where
    somebody has frozen more than a few objects, as a server does before it forks, they stay so.

    The collector is one for all threads: it runs again when the last of their pauses ends.
    """
    global _pauses  # noqa: PLW0603 - the collector, whose state this is, is global itself
    with _LOCK:
        found_on = _pauses > 0 or gc.isenabled()
        _pauses += found_on
        gc.disable()
    try:
        yield
    finally:
        with _LOCK:
            _pauses -= found_on
            if found_on and not _pauses:
                if gc.get_count()[0] > _MANY and gc.get_freeze_count() < _OWN:
                    gc.freeze()
                    gc.unfreeze()
                gc.enable()
