"""The aspects of relations that the library knows, one file each; long ones have siblings.

A new aspect is one new file here and one line in `STANDARD`; a track of your own needs neither.

>>> import diplorel as dr
>>> dr.load("vietnam").relation("VNM", "SGP", on="2025-03-12")[dr.tracks.LEVEL].on("VNM").level
'comprehensive-strategic'
"""

from __future__ import annotations

from typing import Any, Final

from diplorel.tracks.agreements import AGREEMENTS
from diplorel.tracks.figures import FIGURES
from diplorel.tracks.groups import GROUPS
from diplorel.tracks.level import LEVEL
from diplorel.tracks.missions import MISSIONS
from diplorel.tracks.recognition import RECOGNITION
from diplorel.tracks.sectors import SECTORS
from diplorel.tracks.special import SPECIAL
from diplorel.tracks.succession import SUCCESSION
from diplorel.tracks.ties import TIES
from diplorel.tracks.track import Track
from diplorel.tracks.visits import VISITS

STANDARD: Final[tuple[Track[Any, Any], ...]] = (
    TIES,
    LEVEL,
    SPECIAL,
    SECTORS,
    MISSIONS,
    RECOGNITION,
    AGREEMENTS,
    VISITS,
    FIGURES,
    GROUPS,
    SUCCESSION,
)
"""The tracks that every replay folds, in the order of describing a relation."""

__all__ = [
    "AGREEMENTS",
    "FIGURES",
    "GROUPS",
    "LEVEL",
    "MISSIONS",
    "RECOGNITION",
    "SECTORS",
    "SPECIAL",
    "STANDARD",
    "SUCCESSION",
    "TIES",
    "VISITS",
    "Track",
]
