"""Claims about figures, their growth, targets, and positions by a figure."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import attrs

from diplorel.claims.basics import Measure, positive
from diplorel.model.claims import Claim
from diplorel.model.converters import amount, date_or_none, event_date, slug, slug_or_none
from diplorel.model.dates import PartialDate
from diplorel.model.written_names import named_dyad_or_one, party_name, party_name_or_none
from diplorel.tracks.figures import Qualifier


@attrs.frozen(kw_only=True)
class _OfFigures(Claim):
    """Adds what is counted.

    Attributes:
        parties: The dyad, or the one party.
        indicator: What is counted, as the stream calls it: ``trade-turnover``.
        by: The party that acts, where the number has a direction.
    """

    parties: tuple[str, ...] = attrs.field(converter=named_dyad_or_one)
    indicator: str = attrs.field(converter=slug)
    by: str | None = attrs.field(default=None, converter=party_name_or_none)


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
        earlier: The earlier period of the comparison.
        later: The later period of the comparison.
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
        indicator: The figure that they are ranked by.
        place: Its place: 1 for the first.
        period: What the figures are about; those of other periods are not compared.
        cumulative: Whether they count everything up to the end of the period.
        within: Only members of this group compete.
        reported_as: The indicator under which the stream has the place itself as a figure.
    """

    kind: ClassVar[str] = "indicator-rank"

    party: str = attrs.field(converter=party_name)
    partner: str = attrs.field(converter=party_name)
    indicator: str = attrs.field(converter=slug)
    place: int = attrs.field(converter=positive)
    period: PartialDate | None = attrs.field(default=None, converter=date_or_none)
    cumulative: bool = False
    within: str | None = attrs.field(default=None, converter=party_name_or_none)
    reported_as: str | None = attrs.field(default=None, converter=slug_or_none)
