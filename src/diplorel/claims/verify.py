"""`verify`: what a log says of a claim, and `verify_all` of all of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from diplorel.claims import (
    kinds,
    of_counts,
    of_days,
    of_figures,
    of_firsts,
    of_levels,
    of_orders,
    of_spans,
)
from diplorel.claims.answers import Answer, Finding, Findings
from diplorel.claims.contested import Readings, find_contests
from diplorel.claims.phrases import say
from diplorel.errors import InvalidQueryError, UnknownLevelError, UnknownPartyError
from diplorel.language.said import Said, join
from diplorel.model.claim_names import with_ids
from diplorel.model.claims import Verdict
from diplorel.model.sources import independent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from diplorel.claims.answers import Contest, Replays
    from diplorel.model.claims import Claim
    from diplorel.model.events import Event
    from diplorel.world import World

_LOOK_UP: Final[dict[type[Claim], Callable[[Any, Replays], Answer]]] = {
    kinds.CountClaim: of_counts.look_up_count,
    kinds.PartnersClaim: of_counts.look_up_partners,
    kinds.SpecialCountClaim: of_counts.look_up_special_count,
    kinds.NthPartnerClaim: of_orders.look_up_nth_partner,
    kinds.ConsecutiveClaim: of_orders.look_up_consecutive,
    kinds.FirstInGroupClaim: of_firsts.look_up_first_in_group,
    kinds.FirstOfKindClaim: of_firsts.look_up_first_of_kind,
    kinds.CountWithinClaim: of_spans.look_up_count_within,
    kinds.RaisedWithinClaim: of_spans.look_up_raised_within,
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
    """Return what a log says of a claim, and why.

    A claim about a ladder that the log does not have is undecidable, and the finding names what is
    missing.

    Args:
        claim: The claim. Parties and levels can be given by name.
        log: The log.

    Raises:
        UnknownPartyError: It names a party that is not known; the message offers the nearest.
        UnknownLevelError: It names a level that its ladder lacks; the message lists the levels.
    """
    kept = _Kept(log)
    return _finding(claim, with_ids(claim, log.reference), kept)


def verify_all(log: Replays) -> Findings:
    """Return what a log says of each of its claims, in the order of their ids.

    Many claims are about one day, so they are looked up day by day, and a world is kept for those
    to come. It is total: a claim that names a party or a level that is not known is undecidable,
    and the finding offers the nearest. `check` reports it.
    """
    return verify_some(log, log.reference.claims)


def verify_some(log: Replays, claims: Sequence[Claim]) -> Findings:
    """Return what a log says of these claims, in their order; see `verify_all`."""
    kept = _Kept(log)
    by_day = sorted(range(len(claims)), key=lambda place: claims[place].on.lo)
    found = {place: _total_finding(claims[place], kept) for place in by_day}
    return Findings(found[place] for place in range(len(claims)))


class _Kept:
    """A log whose latest worlds are kept, while claim after claim asks for them."""

    def __init__(self, log: Replays) -> None:
        self.reference = log.reference
        self.resolve = log.resolve
        self._replay = lru_cache(maxsize=_WORLDS)(log.replay)
        self.readings = Readings(self)

    def replay(self, on: str | None = None) -> World:
        return self._replay(on)


def _total_finding(claim: Claim, log: _Kept) -> Finding:
    try:
        named = with_ids(claim, log.reference)
    except (UnknownLevelError, UnknownPartyError) as error:
        return _made(claim, _no_answer(error), log)
    return _finding(claim, named, log)


def _no_answer(error: Exception) -> Answer:
    why = str(error).rstrip(".")
    return Answer(Verdict.UNDECIDABLE, say("cannot answer"), (Said(why, why),))


def _look_up(claim: Claim, log: Replays) -> Answer:
    try:
        return _LOOK_UP[type(claim)](claim, log)
    except (InvalidQueryError, UnknownLevelError, UnknownPartyError) as error:
        return _no_answer(error)


def _finding(claim: Claim, named: Claim, log: _Kept) -> Finding:
    """Return the finding on a claim; *named* is the claim with the ids of what it names."""
    answer = _look_up(named, log)
    return _made(claim, answer, log, find_contests(named, answer, log.readings, _look_up))


def _made(
    claim: Claim, answer: Answer, log: Replays, contests: tuple[Contest, ...] = ()
) -> Finding:
    verdict = Verdict.CONTESTED if contests else answer.verdict
    open_ = answer.verdict in (Verdict.UNDECIDABLE, Verdict.CONTESTED)
    differing = [event for one in contests for event in one.events]
    evidence = (*answer.evidence, *(one for one in differing if one not in answer.evidence))
    circular = _circular(evidence, claim, log)
    return Finding(
        claim=claim,
        verdict=verdict,
        said=answer.says.change(lambda text: text[:1].upper() + text[1:]),
        lacking=join("; ", dict.fromkeys(answer.missing)) if open_ else None,
        evidence=evidence,
        as_expected=claim.expects(verdict),
        independent=bool(evidence) and not circular,
        circular=circular,
        contests=contests,
    )


def _circular(evidence: Iterable[Event], claim: Claim, log: Replays) -> tuple[Event, ...]:
    """Return the events that no source reports which is independent of the claim's own."""
    own, sources = claim.source, log.reference.source
    if own is None:
        return ()
    return tuple(
        event
        for event in evidence
        if len(independent([own, *(citation.source for citation in event.sources)], sources)) == 1
    )
