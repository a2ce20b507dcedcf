"""Claims: checkable statements that sources make about the whole, and what becomes of them.

"Vietnam has twelve comprehensive strategic partners" is not an event: a source sums up many events.
`verify` replays the log to the day of the claim and says whether it holds:

* `kinds`: what can be claimed, one small class for each kind;
* `answers`: the verdicts, and how a number that is known within bounds meets one that is claimed;
* `of_counts`, `of_orders`, `of_firsts`, `of_spans`, `of_levels`, `of_days`, `of_figures`: how each
  kind is looked up in a replay;
* `readings`: the log that a claim is looked up in, as it is followed or as another source has it;
* `contested`: verdicts that differ between these.
"""

from diplorel.claims.answers import Answer, Contest, Finding
from diplorel.claims.kinds import (
    CLAIMS,
    Among,
    AnniversaryClaim,
    ChangeClaim,
    ConsecutiveClaim,
    CountClaim,
    CountWithinClaim,
    FigureClaim,
    FirstInGroupClaim,
    FirstOfKindClaim,
    GapClaim,
    IndicatorRankClaim,
    LevelClaim,
    Measure,
    Mode,
    NthPartnerClaim,
    PartnersClaim,
    RaisedWithinClaim,
    SkippedLevelClaim,
    SpecialCountClaim,
    TargetClaim,
    TiesClaim,
    TimeUnit,
)
from diplorel.claims.verify import verify, verify_all
from diplorel.model.claims import Claim, Verdict

__all__ = [
    "CLAIMS",
    "Among",
    "AnniversaryClaim",
    "Answer",
    "ChangeClaim",
    "Claim",
    "ConsecutiveClaim",
    "Contest",
    "CountClaim",
    "CountWithinClaim",
    "FigureClaim",
    "Finding",
    "FirstInGroupClaim",
    "FirstOfKindClaim",
    "GapClaim",
    "IndicatorRankClaim",
    "LevelClaim",
    "Measure",
    "Mode",
    "NthPartnerClaim",
    "PartnersClaim",
    "RaisedWithinClaim",
    "SkippedLevelClaim",
    "SpecialCountClaim",
    "TargetClaim",
    "TiesClaim",
    "TimeUnit",
    "Verdict",
    "verify",
    "verify_all",
]
