"""Building many objects at once without Python's cyclic collector walking them over and over."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_collection() -> Iterator[None]:
    """Pause the cyclic collector while values are built, and leave it as it was found.

    A log, its order and a world are millions of objects of which none forms a cycle. The collector
    cannot know, and takes more than half of the time at a million events. Reference counts free
    everything as ever; only garbage in cycles, of other threads too, waits until the end.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
