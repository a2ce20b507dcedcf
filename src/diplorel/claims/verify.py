"""`verify`: what a log says of a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diplorel.claims import kinds, of_days, of_figures, of_levels
from diplorel.claims.answers import Answer, Finding, Verdict
from diplorel.errors import BadQuestionError, UnknownLevelError, UnknownPartyError
from diplorel.sources import independent

if TYPE_CHECKING:
    from collections.abc import Callable

    from diplorel.claims.kinds import Claim
    from diplorel.log import EventLog

_LOOK_UP: Final[dict[type[Claim], Callable[[Any, EventLog], Answer]]] = {
    kinds.CountClaim: of_levels.count,
    kinds.PartnersClaim: of_levels.partners,
    kinds.NthPartnerClaim: of_levels.nth_partner,
    kinds.FirstInGroupClaim: of_levels.first_in_group,
    kinds.CountWithinClaim: of_levels.count_within,
    kinds.LevelClaim: of_levels.level,
    kinds.SkippedLevelClaim: of_levels.skipped_level,
    kinds.TiesClaim: of_days.ties,
    kinds.AnniversaryClaim: of_days.years_since,
    kinds.GapClaim: of_days.gap,
    kinds.FigureClaim: of_figures.figure,
    kinds.ChangeClaim: of_figures.change,
    kinds.TargetClaim: of_figures.target,
    kinds.IndicatorRankClaim: of_figures.indicator_rank,
}


def verify(claim: Claim, log: EventLog) -> Finding:
    """Return what a log says of a claim: supported, refuted or undecidable, and why.

    It is total: a claim about a party, a level or a ladder that the log does not know is
    undecidable, and the finding names what is missing.

    Args:
        claim: The claim.
        log: The log.
    """
    try:
        answer = _LOOK_UP[type(claim)](claim, log)
    except (BadQuestionError, UnknownLevelError, UnknownPartyError) as error:
        answer = Answer(Verdict.UNDECIDABLE, "The log cannot answer.", (str(error).rstrip("."),))
    open_ = answer.verdict is Verdict.UNDECIDABLE
    return Finding(
        claim=claim,
        verdict=answer.verdict,
        says=answer.says[:1].upper() + answer.says[1:],
        missing="; ".join(dict.fromkeys(answer.missing)) if open_ else None,
        evidence=answer.evidence,
        as_expected=claim.expects(answer.verdict),
        independent=_independent(answer, claim, log),
    )


def _independent(answer: Answer, claim: Claim, log: EventLog) -> bool:
    """Say whether every act of the evidence is told by others than the source of the claim."""
    sources = log.reference.source
    own = independent([claim.source], sources)
    roots = [
        independent([citation.source for citation in event.sources], sources)
        for event in answer.evidence
    ]
    return bool(roots) and all(root - own for root in roots)
