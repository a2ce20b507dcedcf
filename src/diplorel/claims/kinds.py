"""What can be claimed: one small class for each kind of statement.

A claim holds data only. How each kind is looked up in a replay is in the modules `of_…`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplorel.claims.basics import Among, Measure, Mode, OfPartners, OnLadder, TimeUnit
from diplorel.claims.kinds_of_days import AnniversaryClaim, GapClaim, TiesClaim
from diplorel.claims.kinds_of_figures import (
    ChangeClaim,
    FigureClaim,
    IndicatorRankClaim,
    TargetClaim,
)
from diplorel.claims.kinds_of_levels import (
    ConsecutiveClaim,
    CountClaim,
    CountWithinClaim,
    FirstInGroupClaim,
    FirstOfKindClaim,
    LevelClaim,
    NthPartnerClaim,
    PartnersClaim,
    RaisedWithinClaim,
    SkippedLevelClaim,
    SpecialCountClaim,
)

if TYPE_CHECKING:
    from diplorel.model.claims import Claim

__all__ = [
    "CLAIMS",
    "Among",
    "AnniversaryClaim",
    "ChangeClaim",
    "ConsecutiveClaim",
    "CountClaim",
    "CountWithinClaim",
    "FigureClaim",
    "FirstInGroupClaim",
    "FirstOfKindClaim",
    "GapClaim",
    "IndicatorRankClaim",
    "LevelClaim",
    "Measure",
    "Mode",
    "NthPartnerClaim",
    "OfPartners",
    "OnLadder",
    "PartnersClaim",
    "RaisedWithinClaim",
    "SkippedLevelClaim",
    "SpecialCountClaim",
    "TargetClaim",
    "TiesClaim",
    "TimeUnit",
]

CLAIMS: Final[tuple[type[Claim], ...]] = (
    CountClaim,
    PartnersClaim,
    SpecialCountClaim,
    NthPartnerClaim,
    ConsecutiveClaim,
    FirstInGroupClaim,
    FirstOfKindClaim,
    CountWithinClaim,
    RaisedWithinClaim,
    LevelClaim,
    SkippedLevelClaim,
    TiesClaim,
    AnniversaryClaim,
    GapClaim,
    FigureClaim,
    ChangeClaim,
    TargetClaim,
    IndicatorRankClaim,
)
"""Every kind of claim, as the wire names them by `Claim.kind`."""
