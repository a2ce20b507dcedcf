"""The profiles of Hypothesis: ``dev`` unless HYPOTHESIS_PROFILE names another.

``ci`` draws the same examples every time, so that a gate fails for a reason; ``dev`` looks further.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from places import place, places, server, store  # noqa: F401  fixtures

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=_SLOW)
settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, suppress_health_check=_SLOW
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
