"""`verify`: what a log says of a claim, and `verify_all` of all of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from diplorel.claims import kinds, of_days, of_figures, of_levels
from diplorel.claims.answers import Answer, Finding
from diplorel.claims.phrases import say
from diplorel.errors import InvalidQueryError, UnknownLevelError, UnknownPartyError
from diplorel.language.said import Said, join
from diplorel.model.claims import Verdict
from diplorel.model.sources import independent

if TYPE_CHECKING:
    from collections.abc import Callable

    from diplorel.claims.answers import Replays
    from diplorel.model.claims import Claim
    from diplorel.world import World

_LOOK_UP: Final[dict[type[Claim], Callable[[Any, Replays], Answer]]] = {
    kinds.CountClaim: of_levels.look_up_count,
    kinds.PartnersClaim: of_levels.look_up_partners,
    kinds.NthPartnerClaim: of_levels.look_up_nth_partner,
    kinds.FirstInGroupClaim: of_levels.look_up_first_in_group,
    kinds.CountWithinClaim: of_levels.look_up_count_within,
    kinds.LevelClaim: of_levels.look_up_level,
    kinds.SkippedLevelClaim: of_levels.look_up_skipped_level,
    kinds.TiesClaim: of_days.look_up_ties,
    kinds.AnniversaryClaim: of_days.look_up_anniversary,
    kinds.GapClaim: of_days.look_up_gap,
    kinds.FigureClaim: of_figures.look_up_figure,
    kinds.ChangeClaim: of_figures.look_up_change,
    kinds.TargetClaim: of_figures.look_up_target,
    kinds.IndicatorRankClaim: of_figures.look_up_indicator_rank,
}

_WORLDS: Final = 4
"""How many worlds are kept: that of a claim's day, that of all days, and those between claims."""


def verify(claim: Claim, log: Replays) -> Finding:
    """Return what a log says of a claim: supported, refuted or undecidable, and why.

    It is total: a claim about a party, a level or a ladder that the log does not know is
    undecidable, and the finding names what is missing.

    Args:
        claim: The claim.
        log: The log.
    """
    return _finding(claim, log)


def verify_all(log: Replays) -> tuple[Finding, ...]:
    """Return what a log says of each of its claims, in the order of their ids.

    Many claims are about one day, so they are looked up day by day, and a world is kept for those
    to come.
    """
    kept = _Kept(log)
    claims = log.reference.claims
    by_day = sorted(range(len(claims)), key=lambda place: claims[place].on.lo)
    found = {place: _finding(claims[place], kept) for place in by_day}
    return tuple(found[place] for place in range(len(claims)))


class _Kept:
    """A log whose latest worlds are kept, while claim after claim asks for them."""

    def __init__(self, log: Replays) -> None:
        self.reference = log.reference
        self._replay = lru_cache(maxsize=_WORLDS)(log.replay)

    def replay(self, on: str | None = None) -> World:
        return self._replay(on)


def _finding(claim: Claim, log: Replays) -> Finding:
    try:
        answer = _LOOK_UP[type(claim)](claim, log)
    except (InvalidQueryError, UnknownLevelError, UnknownPartyError) as error:
        why = str(error).rstrip(".")
        answer = Answer(Verdict.UNDECIDABLE, say("cannot answer"), (Said(why, why),))
    open_ = answer.verdict is Verdict.UNDECIDABLE
    return Finding(
        claim=claim,
        verdict=answer.verdict,
        said=answer.says.change(lambda text: text[:1].upper() + text[1:]),
        lacking=join("; ", dict.fromkeys(answer.missing)) if open_ else None,
        evidence=answer.evidence,
        as_expected=claim.expects(answer.verdict),
        independent=_independent(answer, claim, log),
    )


def _independent(answer: Answer, claim: Claim, log: Replays) -> bool:
    """Say whether sources other than the claim's own report every event of the evidence."""
    sources = log.reference.source
    told = [
        independent([claim.source, *(citation.source for citation in event.sources)], sources)
        for event in answer.evidence
    ]
    return bool(told) and all(len(one) > 1 for one in told)
