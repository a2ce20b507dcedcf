"""What can be claimed: one small class for each kind of statement, with the words of its own.

A claim holds data only. How each kind is looked up in a replay is in `of_levels`, `of_days` and
`of_figures`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from diplorel.errors import CheckedStrEnum, InvalidEventError
from diplorel.model.claims import Claim
from diplorel.model.converters import (
    amount,
    date_or_none,
    dyad,
    dyad_or_one,
    event_date,
    one_party,
    party_or_none,
    slug,
    slug_or_none,
)
from diplorel.model.dates import PartialDate
from diplorel.tracks.figures import Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterable


class Mode(CheckedStrEnum):
    """Which of the two ways of counting a source follows."""

    EXACTLY = "exactly"
    """At the rank of the level: the counts of all ranks are disjoint."""
    AT_LEAST = "at-least"
    """At the rank of the level or a higher one."""


class Measure(CheckedStrEnum):
    """How a change between two figures is put."""

    PERCENT = "percent"
    MULTIPLE = "multiple"


class TimeUnit(CheckedStrEnum):
    """In what a length of time is put."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


def _positive(value: int) -> int:
    if type(value) is not int or value < 1:
        raise InvalidEventError(f"expected a whole number from 1, got {value!r}")
    return value


def _count(value: int) -> int:
    if type(value) is not int or value < 0:
        raise InvalidEventError(f"count: expected a whole number from 0, got {value!r}")
    return value


def _amount_or_none(value: Decimal | str | int | None) -> Decimal | None:
    return None if value is None else amount(value)


def _in_order(value: Iterable[str]) -> tuple[str, ...]:
    """Party ids in the order given, which can matter."""
    if isinstance(value, str):
        raise InvalidEventError(f"partners: expected a list of party ids, got {value!r}")
    found = tuple(map(one_party, value))
    if len(set(found)) != len(found):
        raise InvalidEventError(f"partners: {list(found)!r} names a party twice")
    return found


def _some(value: Iterable[str]) -> tuple[str, ...]:
    found = _in_order(value)
    if not found:
        raise InvalidEventError("partners: none given")
    return found


@attrs.frozen(kw_only=True)
class OnLadder(Claim):
    """Adds the ladder and the level.

    Attributes:
        party: Whose partners, on its own ladder.
        level: The level.
        mode: Whether only that rank counts, or higher ones too.
        states_only: Whether only countries count ("12 countries"), not unions.
    """

    party: str = attrs.field(converter=one_party)
    level: str = attrs.field(converter=slug)
    mode: Mode = attrs.field(default=Mode.EXACTLY, converter=Mode)
    states_only: bool = False


@attrs.frozen(kw_only=True)
class CountClaim(OnLadder):
    """So many partners at a level on a day: "comprehensive strategic partners: 12 countries".

    Attributes:
        count: How many.
        qualifier: ``=``, ``>``, ``>=``, ``<``, ``<=``; ``~`` means the same as ``=``.
        within: Only members of this group.
    """

    kind: ClassVar[str] = "count"

    count: int = attrs.field(converter=_count)
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACTLY, converter=Qualifier)
    within: str | None = attrs.field(default=None, converter=party_or_none)


@attrs.frozen(kw_only=True)
class PartnersClaim(OnLadder):
    """These are the partners at a level on a day.

    Attributes:
        partners: The partners, in the order of the source.
        complete: Whether these are all ("namely"), or some of them ("among them").
        ordered: Whether they are in the order in which they reached the level.
        within: Only members of this group.
    """

    kind: ClassVar[str] = "partners"

    partners: tuple[str, ...] = attrs.field(converter=_in_order)
    complete: bool = True
    ordered: bool = False
    within: str | None = attrs.field(default=None, converter=party_or_none)


@attrs.frozen(kw_only=True)
class NthPartnerClaim(OnLadder):
    """This is the n-th partner at a level, counted by the day reached among those of that day.

    Attributes:
        partner: The partner.
        n: Its place: 5 for "the fifth".
    """

    kind: ClassVar[str] = "nth-partner"

    partner: str = attrs.field(converter=one_party)
    n: int = attrs.field(converter=_positive)


@attrs.frozen(kw_only=True)
class FirstInGroupClaim(OnLadder):
    """These are the first of a group to reach a level with a party, on the ladder of that party.

    "Vietnam is Indonesia's first comprehensive strategic partner in ASEAN" is about Indonesia's
    ladder: `party` is Indonesia. Those who held the level before and hold it no more count too.

    Attributes:
        partners: Who is first; several, where they are the first together.
        group: The group, whose members on the day of the claim count.
    """

    kind: ClassVar[str] = "first-in-group"

    partners: tuple[str, ...] = attrs.field(converter=_some)
    group: str = attrs.field(converter=one_party)


@attrs.frozen(kw_only=True)
class CountWithinClaim(OnLadder):
    """So many upgrades to a level in a span: "nine from December 2022 to March 2025".

    Attributes:
        since: The first day counts; of a month or year, its first.
        until: The last day counts; of a month or year, its last, but never after `on`.
        count: How many.
        qualifier: As for `CountClaim`.
    """

    kind: ClassVar[str] = "count-within"

    since: PartialDate = attrs.field(converter=event_date)
    until: PartialDate = attrs.field(converter=event_date)
    count: int = attrs.field(converter=_count)
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACTLY, converter=Qualifier)


@attrs.frozen(kw_only=True)
class LevelClaim(OnLadder):
    """A partner is at a level on a day, perhaps since a day that the source gives.

    Attributes:
        partner: The partner.
        since: The day on which it was reached, as the source has it.
    """

    kind: ClassVar[str] = "level"

    partner: str = attrs.field(converter=one_party)
    since: PartialDate | None = attrs.field(default=None, converter=date_or_none)


@attrs.frozen(kw_only=True)
class SkippedLevelClaim(Claim):
    """A partner was upgraded past a level that it never held.

    Attributes:
        party: Whose ladder.
        partner: The partner.
        level: The level left out.
    """

    kind: ClassVar[str] = "skipped-level"

    party: str = attrs.field(converter=one_party)
    partner: str = attrs.field(converter=one_party)
    level: str = attrs.field(converter=slug)


@attrs.frozen(kw_only=True)
class TiesClaim(Claim):
    """Two parties established diplomatic relations on a day.

    Attributes:
        parties: The two.
        since: The day on which ties were first established, as the source has it.
    """

    kind: ClassVar[str] = "ties"

    parties: tuple[str, str] = attrs.field(converter=dyad)
    since: PartialDate = attrs.field(converter=event_date)


@attrs.frozen(kw_only=True)
class AnniversaryClaim(Claim):
    """So many years since ties were first established, or since a level was first reached.

    Attributes:
        parties: The two.
        years: How many years.
        period: When the anniversary falls: a year, a month or a day.
        level: The level that was reached; None for ties.
        ladder: Whose ladder it is on; needed with a level.
    """

    kind: ClassVar[str] = "anniversary"

    parties: tuple[str, str] = attrs.field(converter=dyad)
    years: int = attrs.field(converter=_positive)
    period: PartialDate = attrs.field(converter=event_date)
    level: str | None = attrs.field(default=None, converter=slug_or_none)
    ladder: str | None = attrs.field(default=None, converter=party_or_none)

    def _check(self) -> None:
        super()._check()
        if (self.level is None) != (self.ladder is None):
            raise InvalidEventError("ladder: give level and ladder both, or neither for ties")


@attrs.frozen(kw_only=True)
class GapClaim(OnLadder):
    """So much time lies between one upgrade to a level and the next.

    Attributes:
        partners: Between these, in this order; when empty, between all successive ones of the span.
        least: The shortest gap, in `unit`, at the digits printed.
        most: The longest; the same as the shortest when None.
        unit: In what the gap is put.
        since: The first day of the span, needed without partners.
        until: The last day of the span, needed without partners; never after `on`.
    """

    kind: ClassVar[str] = "gap"

    partners: tuple[str, ...] = attrs.field(default=(), converter=_in_order)
    least: Decimal = attrs.field(converter=amount)
    most: Decimal | None = attrs.field(default=None, converter=_amount_or_none)
    unit: TimeUnit = attrs.field(converter=TimeUnit)
    since: PartialDate | None = attrs.field(default=None, converter=date_or_none)
    until: PartialDate | None = attrs.field(default=None, converter=date_or_none)

    def _check(self) -> None:
        super()._check()
        if len(self.partners) == 1:
            raise InvalidEventError("partners: a gap lies between two, give both or none")
        if not self.partners and (self.since is None or self.until is None):
            raise InvalidEventError("since: without partners, a gap needs a span: since and until")


@attrs.frozen(kw_only=True)
class _OfFigures(Claim):
    """Adds what is counted.

    Attributes:
        parties: The dyad, or the one party.
        indicator: What is counted, as the stream calls it: ``trade-turnover``.
        by: The party that acts, where the number has a direction.
    """

    parties: tuple[str, ...] = attrs.field(converter=dyad_or_one)
    indicator: str = attrs.field(converter=slug)
    by: str | None = attrs.field(default=None, converter=party_or_none)


@attrs.frozen(kw_only=True)
class FigureClaim(_OfFigures):
    """A figure has a value, of a dyad or of one party: "trade of over 9 billion in 2024".

    Every report of the same indicator and period counts, whenever it was made.

    Attributes:
        value: The number as printed; its digits say how exact it is.
        unit: As the stream has it.
        qualifier: ``=``, ``~``, ``>``, ``>=``, ``<``, ``<=``.
        period: What the number is about; None where the source gives none.
        cumulative: Whether it counts everything up to the end of the period.
        basis: Only reports on this basis count; None for any.
        reporter: Only reports of these statistics count; None for any.
    """

    kind: ClassVar[str] = "figure"

    value: Decimal = attrs.field(converter=amount)
    unit: str
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACTLY, converter=Qualifier)
    period: PartialDate | None = attrs.field(default=None, converter=date_or_none)
    cumulative: bool = False
    basis: str | None = None
    reporter: str | None = None


@attrs.frozen(kw_only=True)
class ChangeClaim(_OfFigures):
    """A figure grew by so many per cent, or so many times, from one period to another.

    Attributes:
        earlier: The period from which it grew.
        later: The period to which it grew.
        measure: ``percent`` (of growth) or ``multiple`` ("quadrupled": 4).
        value: The number as printed.
        qualifier: As for `FigureClaim`.
        cumulative: Whether both figures count everything up to the end of their period.
        reported_as: The indicator under which the stream has the change itself as a figure of the
            later period, or of ``earlier/later``.
    """

    kind: ClassVar[str] = "change"

    earlier: PartialDate = attrs.field(converter=event_date)
    later: PartialDate = attrs.field(converter=event_date)
    measure: Measure = attrs.field(converter=Measure)
    value: Decimal = attrs.field(converter=amount)
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACTLY, converter=Qualifier)
    cumulative: bool = False
    reported_as: str | None = attrs.field(default=None, converter=slug_or_none)


@attrs.frozen(kw_only=True)
class TargetClaim(_OfFigures):
    """Two parties, or one, set a number to reach.

    The target in force on the day of the claim counts: the last that was set for that time.

    Attributes:
        value: The number as printed.
        unit: As the stream has it.
        qualifier: As for `FigureClaim`.
        due: When it is to be reached; None where the source gives no time.
    """

    kind: ClassVar[str] = "target"

    value: Decimal = attrs.field(converter=amount)
    unit: str
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACTLY, converter=Qualifier)
    due: PartialDate | None = attrs.field(default=None, converter=date_or_none)


@attrs.frozen(kw_only=True)
class IndicatorRankClaim(Claim):
    """A partner has a position among all partners of a party by a figure: "the second investor".

    Attributes:
        party: Among whose partners.
        partner: The partner.
        indicator: The figure by which they are ranked.
        place: Its place: 1 for the first.
        period: What the figures are about; those of other periods are not compared.
        cumulative: Whether they count everything up to the end of the period.
        within: Only members of this group compete.
        reported_as: The indicator under which the stream has the place itself as a figure.
    """

    kind: ClassVar[str] = "indicator-rank"

    party: str = attrs.field(converter=one_party)
    partner: str = attrs.field(converter=one_party)
    indicator: str = attrs.field(converter=slug)
    place: int = attrs.field(converter=_positive)
    period: PartialDate | None = attrs.field(default=None, converter=date_or_none)
    cumulative: bool = False
    within: str | None = attrs.field(default=None, converter=party_or_none)
    reported_as: str | None = attrs.field(default=None, converter=slug_or_none)


CLAIMS: Final[tuple[type[Claim], ...]] = (
    CountClaim,
    PartnersClaim,
    NthPartnerClaim,
    FirstInGroupClaim,
    CountWithinClaim,
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
