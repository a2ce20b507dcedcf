"""`verify`: what a log says of a claim, and `verify_all` of all of its own."""

from __future__ import annotations

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
from diplorel.claims.contested import find_contests
from diplorel.claims.phrases import say
from diplorel.claims.readings import Readings
from diplorel.errors import InvalidQueryError, UnknownLevelError, UnknownPartyError
from diplorel.language.said import Said, join
from diplorel.model.claim_names import with_ids
from diplorel.model.claims import Verdict
from diplorel.model.sources import independent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from diplorel.claims.answers import Contest, Replays
    from diplorel.model.claims import Claim
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.model.sources import Source

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
    return _finding(claim, with_ids(claim, log.reference), Readings(log))


def verify_all(log: Replays) -> Findings:
    """Return what a log says of each of its claims, in the order of their ids.

    Many claims are about one day, so they are looked up day by day, and the latest worlds are kept
    for those to come; what the events of a relation lead to is worked out once for all of them. It
    is total: a claim that names a party or a level that is not known is undecidable, and the
    finding offers the nearest. `check` reports it.
    """
    return verify_some(log, log.reference.claims)


def verify_some(log: Replays, claims: Sequence[Claim]) -> Findings:
    """Return what a log says of these claims, in their order; see `verify_all`."""
    readings = Readings(log)
    by_day = sorted(range(len(claims)), key=lambda place: claims[place].on.lo)
    found = {place: _total_finding(claims[place], readings) for place in by_day}
    return Findings(found[place] for place in range(len(claims)))


def _total_finding(claim: Claim, readings: Readings) -> Finding:
    try:
        named = with_ids(claim, readings.reference)
    except (UnknownLevelError, UnknownPartyError) as error:
        return _made(claim, _no_answer(error), readings.reference)
    return _finding(claim, named, readings)


def _no_answer(error: Exception) -> Answer:
    why = str(error).rstrip(".")
    return Answer(Verdict.UNDECIDABLE, say("cannot answer"), (Said(why, why),))


def _look_up(claim: Claim, log: Replays) -> Answer:
    try:
        return _LOOK_UP[type(claim)](claim, log)
    except (InvalidQueryError, UnknownLevelError, UnknownPartyError) as error:
        return _no_answer(error)


def _finding(claim: Claim, named: Claim, readings: Readings) -> Finding:
    """Return the finding on a claim; *named* is the claim with the ids of what it names."""
    answer = _look_up(named, readings.followed(named))
    contests = find_contests(named, answer, readings, _look_up)
    return _made(claim, answer, readings.reference, contests)


def _made(
    claim: Claim, answer: Answer, reference: Reference, contests: tuple[Contest, ...] = ()
) -> Finding:
    verdict = Verdict.CONTESTED if contests else answer.verdict
    open_ = answer.verdict in (Verdict.UNDECIDABLE, Verdict.CONTESTED)
    differing = [event for one in contests for event in one.events]
    evidence = (*answer.evidence, *(one for one in differing if one not in answer.evidence))
    circular = _circular(evidence, claim, reference.source)
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


def _circular(
    evidence: Iterable[Event], claim: Claim, sources: Mapping[str, Source]
) -> tuple[Event, ...]:
    """Return the events that no source reports which is independent of the claim's own."""
    own = claim.source
    if own is None:
        return ()
    return tuple(
        event
        for event in evidence
        if len(independent([own, *(citation.source for citation in event.sources)], sources)) == 1
    )
