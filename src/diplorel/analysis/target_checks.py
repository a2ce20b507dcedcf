"""Targets, and what came: whether it is met, by the bounds of what is reported for its year."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from diplorel.analysis.amounts import Unit
from diplorel.analysis.bounds import Bounds
from diplorel.analysis.reported_figures import Reported
from diplorel.tracks.figures import Qualifier, TargetSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.analysis.reported_figures import ReportedFigure
    from diplorel.model.dates import PartialDate

_DOWN = (Qualifier.LESS, Qualifier.AT_MOST)


@attrs.frozen(kw_only=True)
class TargetCheck(Reported):
    """One target, and what is reported for the time when it was due.

    What counts are the figures for the whole of that time, or up to the end of it where they are
    cumulative; of a range of years, those of each year. A figure for a part of it is not counted.

    Attributes:
        event: The target, as this account gives it.
        key: The id of the event; for an account that the log does not follow, with its digest.
        followed: Whether the log follows this account of the event.
        amount: The number in the unit that was asked for; None where it counts another thing.
        bounds: The numbers that the target, as printed, allows: "about 80" is 75 to 85.
        outcome: ``met``, ``not-met``, ``open`` (the bounds of what came hold both), or
            ``sources-differ``; ``nothing-recorded`` for that time, ``no-year`` where the target has
            none, ``apart`` where it counts another thing.
        against: The keys of the figures that it is judged by.
    """

    event: TargetSet
    outcome: str
    against: tuple[str, ...] = ()


def target_checks(
    targets: Sequence[Reported], figures: Sequence[ReportedFigure]
) -> tuple[TargetCheck, ...]:
    """Return each target with what came of it, in the order given."""
    return tuple(_check(target, figures) for target in targets)


def _check(target: Reported, figures: Sequence[ReportedFigure]) -> TargetCheck:
    event: Any = target.event
    due: PartialDate | None = event.due
    came = [] if due is None else [one for one in figures if _came(target, one, due)]
    if target.amount is None:
        outcome = "apart"
    elif due is None:
        outcome = "no-year"
    else:
        outcome = _outcome(target, came, due)
    return TargetCheck(
        event=event,
        key=target.key,
        followed=target.followed,
        amount=target.amount,
        bounds=target.bounds,
        outcome=outcome,
        against=tuple(one.key for one in came),
    )


def _came(target: Reported, one: ReportedFigure, due: PartialDate) -> bool:
    """Say whether a figure is about the time when a target is due."""
    period = one.event.period
    if period is None or one.bounds is None or one.subject != target.subject:
        return False
    (first, last), (since, until) = due.span, period.span
    if one.event.cumulative:
        return until == last
    if due.precision == "range":
        return period.precision == "year" and first <= since and until <= last
    return (since, until) == (first, last)


def _outcome(target: Reported, came: Sequence[ReportedFigure], due: PartialDate) -> str:
    if not came:
        return "nothing-recorded"
    found = {reaches(target, one.bounds) for one in came if one.bounds is not None}
    if due.precision == "range":  # the years without a figure may have been other ones
        return "met" if True in found else "open"
    if {True, False} <= found:
        return "sources-differ"
    if None in found:
        return "open"
    return "met" if True in found else "not-met"


def reaches(target: Reported, came: Bounds) -> bool | None:
    """Say whether what came reaches a target; None where the bounds leave it open.

    A target of 18 is reached by 18 and more, one of "under 5" by less than 5, a rank by a smaller
    number. One of "about 80" is reached by 85 and more, missed below 75, and open between.
    """
    event, amount, bounds = target.event, target.amount, target.bounds
    assert amount is not None  # noqa: S101  it is asked of targets in the unit
    assert bounds is not None  # noqa: S101  likewise
    about = event.qualifier is Qualifier.ABOUT
    far, near = (bounds.hi, bounds.lo) if about else (amount, amount)
    strict = event.qualifier in (Qualifier.MORE, Qualifier.LESS)
    if event.qualifier in _DOWN or Unit.parse(event.unit).base == "rank":
        if about:
            far, near = near, far
        end = Decimal("-Infinity")
        if came.within(Bounds(end, far, lo_open=True, hi_open=strict)):
            return True
        return None if came.meets(Bounds(end, near, lo_open=True, hi_open=strict)) else False
    end = Decimal("Infinity")
    if came.within(Bounds(far, end, lo_open=strict, hi_open=True)):
        return True
    return None if came.meets(Bounds(near, end, lo_open=strict, hi_open=True)) else False
