"""Verdicts, findings, and numbers that are known within bounds.

Whatever the stream can say of a number is an interval: twelve partners for certain and no upper end
where no stream says that the list is complete; anything above nine for "over 9". So is whatever the
claim allows. The claim is supported where every number that the stream leaves open is one that it
allows, refuted where none is, and undecidable otherwise. More coverage or better dates only narrow
the stream's interval, so they never turn a supported claim into a refuted one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from diplorel._columns import counted
from diplorel.claims.phrases import say
from diplorel.language.said import Said, join
from diplorel.language.vocabulary import QUALIFIERS, UNITS
from diplorel.model.claims import Verdict
from diplorel.model.listing import Listing
from diplorel.model.stamps import NOT_ASKED
from diplorel.model.tabular import Tabular
from diplorel.tracks.figures import Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.analysis.bounds import Bounds
    from diplorel.model.claims import Claim
    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.model.stamps import Asked
    from diplorel.model.table import Table
    from diplorel.resolve.resolution import ResolvedEvents
    from diplorel.world import World


class Replays(Protocol):
    """What a claim is looked up in: anything that replays to the end of a day, as a log does."""

    @property
    def reference(self) -> Reference:
        """The sources, ladders, parties and coverage."""
        ...

    def replay(self, on: str | None = None) -> World:
        """Return the world at the end of a day; of all that is recorded when None."""
        ...

    def resolve(self) -> ResolvedEvents:
        """Return the events that the records report, with the accounts that differ."""
        ...


@attrs.frozen
class Answer:
    """What a look into the replay gives.

    Attributes:
        verdict: The verdict.
        says: What the stream says, a sentence.
        missing: What would decide it, where it is undecidable.
        evidence: The events behind it, in order.
    """

    verdict: Verdict
    says: Said
    missing: tuple[Said, ...] = ()
    evidence: tuple[Event, ...] = ()


def sentence(between: str, parts: Iterable[Said]) -> Said:
    """Return parts of a sentence as one, with its full stop."""
    return join(between, parts).change(lambda text: f"{text}.")


@attrs.frozen(kw_only=True)
class Contest:
    """Whose account gives a claim another verdict, and which.

    Attributes:
        sources: The ids of the sources that give that account.
        events: The events that they differ on, as the followed accounts have them.
        dates: The dates that they give these events instead; None where they differ in other
            things than the date.
        verdict: The verdict by that account.
        said: Who says what, and what follows from it, in both languages.
    """

    sources: tuple[str, ...]
    events: tuple[Event, ...]
    dates: tuple[PartialDate | None, ...]
    verdict: Verdict
    said: Said

    @property
    def says(self) -> str:
        """Who says what, and what follows from it, in English."""
        return self.said.english

    def to_record(self) -> dict[str, Any]:
        """Return it as one dict, for a table."""
        return {
            "sources": [*self.sources],
            "events": [event.id for event in self.events],
            "dates": [None if one is None else one.text for one in self.dates],
            "verdict": self.verdict.value,
            "says": self.says,
        }


@attrs.frozen(kw_only=True, repr=False)
class Finding(Tabular):
    """A claim with its verdict. ``print`` it to read it.

    Attributes:
        claim: The claim.
        verdict: Whether the stream supports it, refutes it or cannot decide it, or whether its
            sources give different verdicts.
        said: What the stream says instead or of it, a sentence in both languages.
        lacking: What is missing, in both languages, where it is undecidable; None otherwise.
        evidence: The events behind the verdict, in order.
        as_expected: Whether the verdict is the one that the claim expects. A claim that expects
            none expects not to be refuted.
        independent: Whether every event of the evidence is reported by some source that is
            independent of the claim's own. A figure that only the claim's own source reports
            supports it, and proves little.
        circular: The events of the evidence that only the claim's own source reports, or sources
            that are not independent of it: where they support the claim, it supports itself.
        contests: The accounts of other sources that give the claim another verdict.
        asked: How the log was asked: its versions, what was known, the clock and the policy.

    >>> import diplorel as dr
    >>> findings = dr.load("vietnam").verify()
    >>> (finding,) = [one for one in findings if one.claim.id == "cafeland-japan-2006"]
    >>> finding.verdict.value, finding.says
    ('refuted', 'On 31 December 2013, Japan was at the level of Strategic Partnership with Vietnam,
    reached on 20 April 2009.')
    """

    claim: Claim
    verdict: Verdict
    said: Said
    lacking: Said | None
    evidence: tuple[Event, ...]
    as_expected: bool
    independent: bool
    circular: tuple[Event, ...] = ()
    contests: tuple[Contest, ...] = ()
    asked: Asked = attrs.field(default=NOT_ASKED, eq=False, kw_only=True)

    @property
    def says(self) -> str:
        """What the stream says instead or of it, a sentence in English."""
        return self.said.english

    @property
    def missing(self) -> str | None:
        """What is missing, in English, where it is undecidable; None otherwise."""
        return None if self.lacking is None else self.lacking.english

    @property
    def caveats(self) -> tuple[Said, ...]:
        """What weakens the support, in both languages: only the claim's own source gives it."""
        if not self.circular or self.verdict not in (Verdict.SUPPORTED, Verdict.CONTESTED):
            return ()
        if len(self.circular) == len(self.evidence):
            return (say("only own"),)
        return (say("partly own", count=len(self.circular), all=len(self.evidence)),)

    def table(self) -> Table:
        """Return the finding as a table of one row."""
        from diplorel.claims.finding_table import finding_table  # noqa: PLC0415  few ask for it

        return finding_table((self,), self.asked)

    def to_record(self) -> dict[str, Any]:
        """Return the finding as one dict, for a table."""
        return {
            "claim": self.claim.id,
            "kind": self.claim.kind,
            "stream": self.claim.stream,
            "on": self.claim.on.text,
            "source": self.claim.source,
            "text": self.claim.statement(),
            "verdict": self.verdict.value,
            "says": self.says,
            "missing": self.missing,
            "evidence": [event.id for event in self.evidence],
            "as_expected": self.as_expected,
            "independent": self.independent,
            "circular": [event.id for event in self.circular],
            "contests": [one.to_record() for one in self.contests],
            "caveats": [one.english for one in self.caveats],
            "error": self.claim.error,
        }

    def __str__(self) -> str:
        lines = [f"{self.verdict.value}: {self.claim.statement()}", f"    {self.says}"]
        lines += [f"    {one.says}" for one in self.contests]
        lines += [f"    {one.english}" for one in self.caveats]
        if self.missing is not None:
            lines.append(f"    Missing: {self.missing}.")
        if self.claim.error is not None:
            lines.append(f"    The source is mistaken: {self.claim.error}")
        if not self.as_expected:
            lines.append("    This is not what the claim expects.")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Finding: {self.claim.id} {self.verdict.value}>"


# --- numbers within bounds -----------------------------------------------------------------------


def judge(found: Bounds, allowed: Bounds) -> Verdict:
    """Return what the stream's bounds make of the claim's."""
    if found.within(allowed):
        return Verdict.SUPPORTED
    return Verdict.UNDECIDABLE if found.meets(allowed) else Verdict.REFUTED


def combine_reports(verdicts: Iterable[Verdict]) -> Verdict:
    """Return what several reports of one number make of a claim.

    Where one bears it out and another contradicts it, the claim is contested: nothing is averaged,
    and none is preferred.
    """
    seen = {*verdicts} - {Verdict.UNDECIDABLE}
    if len(seen) > 1:
        return Verdict.CONTESTED
    return seen.pop() if seen else Verdict.UNDECIDABLE


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """Return what the verdicts on all parts of a claim make of the whole."""
    seen = {*verdicts}
    for verdict in (Verdict.REFUTED, Verdict.UNDECIDABLE, Verdict.CONTESTED):
        if verdict in seen:
            return verdict
    return Verdict.SUPPORTED


def words(value: Decimal, qualifier: Qualifier, unit: str = "") -> Said:
    """Return a number as a source puts it.

    >>> str(words(Decimal("9.15"), Qualifier.ABOUT, "USD bn"))
    'about 9.15 USD bn'
    >>> words(Decimal("9.15"), Qualifier.ABOUT, "USD bn").vietnamese
    'khoảng 9,15 tỷ USD'
    """
    english, vietnamese = QUALIFIERS[qualifier]
    units = UNITS[unit][1] if unit in UNITS else f" {unit}".rstrip()
    number = f"{value:f}".replace(".", ",")
    return Said(f"{english}{value:f} {unit}".rstrip(), f"{vietnamese}{number}{units}")


class Findings(Listing[Finding]):
    """The verdicts on several claims, in the order of their ids: a sequence that gives a table."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<Findings: {counted(len(self), 'claim')}>"

    def __str__(self) -> str:
        return "\n".join(map(str, self))

    def table(self) -> Table:
        """Return one row a claim."""
        from diplorel.claims.finding_table import finding_table  # noqa: PLC0415  few ask for it

        return finding_table(self, self.asked)
