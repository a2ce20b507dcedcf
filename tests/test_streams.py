"""Every shipped stream obeys the laws of every stream."""

from __future__ import annotations

import diplorel as dr
from diplorel.testing import laws_of

NAMES = [one.name for one in dr.available() if one.origin == "diplorel"]

for _name in NAMES:
    globals()[f"Test{_name.title().replace('_', '')}"] = laws_of(_name)
