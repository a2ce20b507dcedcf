"""How many examples a law draws that needs more than others, or whose examples cost more."""

from __future__ import annotations

import os
from typing import Final

PROFILE: Final = os.environ.get("HYPOTHESIS_PROFILE", "dev")
SHARES: Final = {"dev": 2 / 5, "gate": 2 / 5, "ci": 3 / 5}
"""The share of all examples that a profile draws: ``dev`` 20 where ``mutants`` draws 50."""


def draws(count: int) -> int:
    """Return how many of *count* examples the profile draws: a share of them, or all.

    Nobody waits for all of them after each change. `.ci/run` draws as many as a plain pytest does,
    so that with everything else it takes less than half an hour; ``ci`` draws more, on machines
    that have a session each.
    """
    return max(2, round(count * SHARES.get(PROFILE, 1)))
