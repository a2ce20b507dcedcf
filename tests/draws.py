"""How many examples a law draws that needs more than others, or whose examples cost more."""

from __future__ import annotations

import os
from typing import Final

PROFILE: Final = os.environ.get("HYPOTHESIS_PROFILE", "dev")
IN_PASSING: Final = 2 / 5
"""The share of all examples that the profile ``dev`` draws: 20 where ``mutants`` draws 50."""


def draws(count: int) -> int:
    """Return how many of *count* examples the profile draws: a share of them, or all.

    Nobody waits for all of them after each change; `.ci/run` draws them before it lands.
    """
    if PROFILE != "dev":
        return count
    return max(2, round(count * IN_PASSING))
