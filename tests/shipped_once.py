"""The shipped streams, and the verdicts on their claims, once for all tests of one process.

A log never changes, so tests can share it and what it answers.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import diplorel as dr

if TYPE_CHECKING:
    from diplorel.claims import Finding
    from diplorel.model.listing import Listing


@cache
def shipped(*names: str) -> dr.EventLog:
    """Return shipped streams as one log."""
    return dr.load(*names)


@cache
def findings(*names: str) -> Listing[Finding]:
    """Return the verdicts on all claims of shipped streams, taken together."""
    return shipped(*names).verify()
