"""Claims about when ties or levels began, and how much time lies between upgrades."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import attrs

from diplorel.claims.basics import OnLadder, TimeUnit, amount_or_none, positive
from diplorel.errors import InvalidEventError
from diplorel.model.claims import Claim
from diplorel.model.converters import amount, date_or_none, event_date
from diplorel.model.dates import PartialDate
from diplorel.model.written_names import (
    level_name_or_none,
    named_dyad,
    party_name_or_none,
    party_names,
)


@attrs.frozen(kw_only=True)
class TiesClaim(Claim):
    """Two parties established diplomatic relations on a day.

    Attributes:
        parties: The two.
        since: The day when ties were first established, as the source has it.
    """

    kind: ClassVar[str] = "ties"

    parties: tuple[str, str] = attrs.field(converter=named_dyad)
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

    parties: tuple[str, str] = attrs.field(converter=named_dyad)
    years: int = attrs.field(converter=positive)
    period: PartialDate = attrs.field(converter=event_date)
    level: str | None = attrs.field(default=None, converter=level_name_or_none)
    ladder: str | None = attrs.field(default=None, converter=party_name_or_none)

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

    partners: tuple[str, ...] = attrs.field(default=(), converter=party_names)
    least: Decimal = attrs.field(converter=amount)
    most: Decimal | None = attrs.field(default=None, converter=amount_or_none)
    unit: TimeUnit = attrs.field(converter=TimeUnit)
    since: PartialDate | None = attrs.field(default=None, converter=date_or_none)
    until: PartialDate | None = attrs.field(default=None, converter=date_or_none)

    def _check(self) -> None:
        super()._check()
        if len(self.partners) == 1:
            raise InvalidEventError("partners: a gap lies between two, give both or none")
        if not self.partners and (self.since is None or self.until is None):
            raise InvalidEventError("since: without partners, a gap needs a span: since and until")
