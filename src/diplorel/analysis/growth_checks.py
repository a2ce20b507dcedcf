"""What reported growth implies for the year before, and what is reported for it.

A growth event says by how much a number grew, and not on what. It is taken as growth on the same
period of the year before: so agencies print it, and an event on another base says so in its note.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING

import attrs

from diplorel.analysis.bounds import Bounds
from diplorel.analysis.reported_figures import comparable, excludes
from diplorel.errors import InvalidDateError
from diplorel.model.dates import PartialDate, anniversary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diplorel.analysis.reported_figures import Reported, ReportedFigure


@attrs.frozen(kw_only=True)
class GrowthCheck:
    """What one growth rate and one figure imply for the year before.

    9.15 at +11.57 % implies 8.20 a year earlier: from 8.1965 to 8.2056, since 9.15 is anything
    from 9.145 to 9.155, and the rate anything from 11.565 to 11.575.

    Attributes:
        growth: The growth rate, as reported.
        figure: The figure that grew; one that shares a source with the rate, if there is one.
        before: The same period of the year before.
        implied: What the printed numbers imply, with the decimals of the figure; None where they
            imply no positive number.
        bounds: What their bounds imply, in the unit asked for; None where they imply nothing.
        outcome: ``compatible`` (what is reported for the year before is not excluded),
            ``excluded`` (some of it is), ``nothing-recorded``, ``apart`` (what is reported is in
            another unit or on another basis), or ``open`` (the bounds imply nothing).
        against: The keys of the figures for the year before that are excluded.
        compatible: The keys of those that are not.
    """

    growth: Reported
    figure: ReportedFigure
    before: PartialDate
    implied: Decimal | None
    bounds: Bounds | None
    outcome: str
    against: tuple[str, ...] = ()
    compatible: tuple[str, ...] = ()


def growth_checks(
    rates: Sequence[Reported], figures: Sequence[ReportedFigure]
) -> tuple[GrowthCheck, ...]:
    """Return a check for each growth rate and each figure that it is about, in order."""
    return tuple(check for rate in rates for check in _checks(rate, figures))


def _checks(rate: Reported, figures: Sequence[ReportedFigure]) -> Iterator[GrowthCheck]:
    event = rate.event
    about = [one for one in figures if one.bounds is not None and _is_about(rate, one)]
    cited = {one.source for one in event.sources}
    shared = [one for one in about if cited & {source.source for source in one.event.sources}]
    for one in shared or about:
        before = year_before(one.event.period)
        if before is not None:
            yield _check(rate, one, before, figures)


def _is_about(rate: Reported, one: ReportedFigure) -> bool:
    mine, its = rate.event, one.event
    period = getattr(mine, "period", None)
    same = one.subject == rate.subject and its.cumulative == getattr(mine, "cumulative", None)
    basis = getattr(mine, "basis", None)
    return same and period is not None and its.period == period and basis in (None, one.event.basis)


def year_before(period: PartialDate | None) -> PartialDate | None:
    """Return the same period of the year before; None where there is none.

    >>> print(year_before(PartialDate("2025-01/2025-11")), year_before(PartialDate("202X")))
    2024-01/2024-11 None
    """
    if period is None:
        return None
    parts = [PartialDate(part) for part in period.text.split("/")]
    try:
        return PartialDate("/".join(anniversary(part, -1).text for part in parts))
    except InvalidDateError:
        return None


def _check(
    rate: Reported, figure: ReportedFigure, before: PartialDate, figures: Sequence[ReportedFigure]
) -> GrowthCheck:
    bounds = implied_bounds(figure.bounds, rate.bounds)
    then = [
        one
        for one in figures
        if one.subject == figure.subject
        and one.event.period == before
        and one.event.cumulative == figure.event.cumulative
    ]
    like = [one for one in then if comparable(one, figure)]
    implied = attrs.evolve(figure, bounds=bounds)
    against = () if bounds is None else tuple(one.key for one in like if excludes(implied, one))
    if bounds is None:
        outcome = "open"
    elif against:
        outcome = "excluded"
    elif like:
        outcome = "compatible"
    else:
        outcome = "apart" if then else "nothing-recorded"
    return GrowthCheck(
        growth=rate,
        figure=figure,
        before=before,
        implied=_implied(figure.amount, rate.amount) if bounds is not None else None,
        bounds=bounds,
        outcome=outcome,
        against=against,
        compatible=tuple(one.key for one in like if bounds is not None and one.key not in against),
    )


def implied_bounds(figure: Bounds | None, percent: Bounds | None) -> Bounds | None:
    """Return the bounds of a number that grew by a percentage to a figure; None: none are implied.

    Args:
        figure: The bounds of the figure, which must not be negative.
        percent: The bounds of the growth, in per cent.
    """
    if figure is None or percent is None:
        return None
    with localcontext(prec=60):  # a hundredth has two digits more than the percentage
        factor = attrs.evolve(percent, lo=1 + percent.lo / 100, hi=1 + percent.hi / 100)
    return figure / factor


def _implied(amount: Decimal | None, percent: Decimal | None) -> Decimal:
    """Return the number before, with the decimals of the number now."""
    assert amount is not None  # noqa: S101  what has bounds has an amount
    assert percent is not None  # noqa: S101  likewise
    with localcontext(prec=60):
        exponent = amount.as_tuple().exponent
        last = Decimal((0, (1,), min(exponent, 0) if isinstance(exponent, int) else 0))
        return (amount / (1 + percent / 100)).quantize(last, rounding=ROUND_HALF_UP)
