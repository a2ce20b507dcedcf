"""What sources claim about a party, with verdicts and reasons in the language of the page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from diplorel.claims.verify import verify_some
from diplorel.errors import UnknownLevelError, UnknownPartyError
from diplorel.model.claim_names import parties_named, with_ids
from diplorel.model.claims import Verdict
from diplorel.pages.content import ClaimRow, Claims, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.claims.answers import Finding
    from diplorel.model.claims import Claim
    from diplorel.pages.gathered import Gathered

_FAILED: Final = (Verdict.REFUTED, Verdict.CONTESTED)
_NEAR: Final = 31
"""Claims that are supported are listed if they are about one of so many days before the day."""
_MOST_SUPPORTED: Final = 3
_MOST_OPEN: Final = 4
_MOST: Final = 30
_LONGEST: Final = 160
"""A reason that lists every partner with its day takes half a page; it is cut after a word."""


def claims_section(found: Gathered, partner: str | None = None) -> Section:
    """Return the claims about a party up to the day, those that fail first.

    Args:
        found: What was asked of the log.
        partner: Only claims about the relation with this one.
    """
    say = found.say
    day = found.on.toordinal()
    about = {found.party} if partner is None else {found.party, partner}
    claims = [
        one
        for one in found.log.reference.claims
        if one.on.lo <= day and about <= _parties_of(found, one)
    ]
    findings = verify_some(found.log, claims)
    counts = Counter(one.verdict for one in findings)
    listed, rest = _listed([*findings], day)
    groups = _alike(found, listed)
    others = [*(one for same in groups[_MOST:] for one in same), *rest]
    total = say.word("claim total" if len(findings) == 1 else "claims total", count=len(findings))
    return Section(
        id="claims",
        title=say.word("claims"),
        how=(say.word("claims how"),),
        blocks=(
            Claims(
                total=total if findings else "",
                counts=tuple((one.value, counts[one]) for one in _COUNTED if counts[one]),
                rows=tuple(_row(found, same) for same in groups[:_MOST]),
                more=say.word("more claims", count=len(others)) if others else "",
                others=tuple(_other(found, same) for same in _alike(found, others)),
                empty=say.word("no claims"),
            ),
        ),
    )


_COUNTED: Final = (Verdict.SUPPORTED, Verdict.UNDECIDABLE, Verdict.CONTESTED, Verdict.REFUTED)


def _parties_of(found: Gathered, claim: Claim) -> set[str]:
    """Return the ids of the parties that a claim names."""
    try:
        named = with_ids(claim, found.log.reference)
    except (UnknownPartyError, UnknownLevelError):
        named = claim
    return {party for _, party in parties_named(named)}


def _listed(findings: Sequence[Finding], day: int) -> tuple[list[Finding], list[Finding]]:
    """Return the findings that are listed, and the others, the newest first.

    All that fail are; of those that cannot be decided the newest, and of those that are supported
    the ones about the last days.
    """
    newest = sorted(findings, key=lambda one: (-one.claim.on.lo, one.claim.id))
    kept = [one for verdict in _FAILED for one in newest if one.verdict is verdict]
    kept += [one for one in newest if one.verdict is Verdict.UNDECIDABLE][:_MOST_OPEN]
    supported = [one for one in newest if one.verdict is Verdict.SUPPORTED]
    kept += [one for one in supported if day - one.claim.on.lo < _NEAR][:_MOST_SUPPORTED]
    ids = {one.claim.id for one in kept}
    return kept, [one for one in newest if one.claim.id not in ids]


def _alike(found: Gathered, findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return findings in groups of one statement and one answer."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for one in findings:
        said = one.claim.statement(found.lang), _why(found, one)
        groups.setdefault((one.verdict.value, *said), []).append(one)
    return [*groups.values()]


def _row(found: Gathered, same: Sequence[Finding]) -> ClaimRow:
    first = same[0]
    sources = [one.claim.source for one in same if one.claim.source is not None]
    return ClaimRow(
        verdict=first.verdict.value,
        text=first.claim.statement(found.lang),
        why=_why(found, first),
        claims=tuple(one.claim.id for one in same),
        cites=found.sources.cite(sources, 3, first.claim.statement(found.lang)),
    )


def _other(found: Gathered, same: Sequence[Finding]) -> ClaimRow:
    """Return claims that are folded away; their sources have no number, as paper lacks them."""
    first = same[0]
    sources = dict.fromkeys(one.claim.source for one in same if one.claim.source is not None)
    return ClaimRow(
        verdict=first.verdict.value,
        text=first.claim.statement(found.lang),
        why=_why(found, first),
        claims=tuple(one.claim.id for one in same),
        by="; ".join(map(found.narrator.dated, sources)),
    )


def _why(found: Gathered, finding: Finding) -> str:
    """Return what the data say instead or of it; of what is missing, where it is undecidable."""
    say = found.say
    if finding.verdict is Verdict.UNDECIDABLE and finding.lacking is not None:
        return say.word("missing", what=_cut(finding.lacking.in_(found.lang)))
    texts = [_cut(finding.said.in_(found.lang))]
    texts += [_cut(one.said.in_(found.lang)) for one in finding.contests[:1]]
    texts += [one.in_(found.lang) for one in finding.caveats]
    if finding.lacking is not None:
        texts.append(say.word("missing", what=_cut(finding.lacking.in_(found.lang))))
    return " ".join(texts)


def _cut(text: str) -> str:
    """Return a text of at most so many letters, cut after a word."""
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST].rsplit(' ', 1)[0].rstrip(',;')} …"
