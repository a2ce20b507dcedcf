"""Figures and targets as sources print them, side by side: nothing is averaged or converted."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.analysis.amounts import Unit, bounds_of, moved, scaled
from diplorel.analysis.bounds import Bounds
from diplorel.model.dates import LAST_DAY
from diplorel.tracks.figures import FigureReported, TargetSet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from diplorel.resolve.policies import Account

OUTCOMES: Final = {
    "alone": "no other source gives a number for it",
    "compatible": "its bounds share a number with those of every other source",
    "excluded": "its bounds exclude those of another source",
    "apart": "it is in another unit, or the others are in another unit or on another basis",
}
"""What the other figures for the same period make of a figure."""

_MOST_DIGITS: Final = 50
"""No number of this world has more; one that has is kept apart."""


@attrs.frozen(kw_only=True)
class Reported:
    """One number as one account of an event prints it, in the unit that was asked for.

    Attributes:
        event: The event, as this account reports it.
        key: The id of the event; for an account that the log does not follow, with its digest.
        followed: Whether the log follows this account of the event.
        amount: The number in the unit that was asked for, exactly; None where it counts another
            thing, such as another currency.
        bounds: The numbers that it allows, in that unit; None likewise.
    """

    event: FigureReported | TargetSet
    key: str
    followed: bool
    amount: Decimal | None
    bounds: Bounds | None

    @property
    def subject(self) -> tuple[tuple[str, ...], str | None]:
        """Whom it is about: the parties, and the one that acts."""
        return self.event.parties, self.event.by


@attrs.frozen(kw_only=True)
class ReportedFigure(Reported):
    """One figure, and what the others for the same period make of it.

    Compared are figures of the same parties, direction, period and basis, in one unit. A figure
    without a period is compared with none.

    Attributes:
        event: The report, as this account gives it.
        key: The id of the event; for an account that the log does not follow, with its digest.
        followed: Whether the log follows this account of the event.
        amount: The number in the unit that was asked for, exactly; None where it is in another
            currency, or counts another thing.
        bounds: The numbers that it allows, in that unit; None likewise.
        outcome: ``alone``, ``compatible``, ``excluded`` or ``apart``: see `OUTCOMES`.
        against: The keys of the figures that its bounds exclude.
        apart: The keys of the figures for the same period that cannot be compared with it.
    """

    event: FigureReported
    outcome: str = "alone"
    against: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


def numbers_of(
    event: FigureReported | TargetSet, accounts: Mapping[str, tuple[Account, ...]], unit: Unit
) -> Iterator[dict[str, Any]]:
    """Yield the fields of each number that is given for an event, the followed one first.

    Args:
        event: The event.
        accounts: The events with differing accounts.
        unit: The unit that was asked for.
    """
    given: dict[Any, Any] = {_said(event): event}
    for account in accounts.get(event.id, ()):
        if not account.denies:  # what denies it is another event, or none
            given.setdefault(_said(account.event), account.event)
    for one in given.values():
        followed = one is event
        power = Unit.parse(one.unit).power_to(unit) if _is_plain(one.value) else None
        yield {
            "event": one,
            "key": one.id if followed else f"{event.id}@{one.digest}",
            "followed": followed,
            "amount": None if power is None else scaled(one.value, power),
            "bounds": None if power is None else moved(bounds_of(one.value, one.qualifier), power),
        }


def _is_plain(value: Decimal) -> bool:
    """Say whether a number has few enough digits to be reckoned with exactly."""
    return abs(value.adjusted()) <= _MOST_DIGITS and len(value.as_tuple().digits) <= _MOST_DIGITS


def _said(event: Any) -> tuple[Any, ...]:
    about = (getattr(event, "basis", None), getattr(event, "reporter", None))
    return (str(event.value), event.qualifier, event.unit, *about)


def order_of(one: Reported) -> tuple[Any, ...]:
    """Return by what figures and targets are put in order: parties, time, day of the report."""
    event: Any = one.event
    period = event.period if isinstance(event, FigureReported) else event.due
    days = (LAST_DAY + 1, 0) if period is None else period.span
    cumulative = getattr(event, "cumulative", False)
    when = (*days, period.text if period else "", cumulative)
    return (event.parties, event.by or "", *when, event.on.hi, one.key)


def compared(figures: Sequence[ReportedFigure]) -> tuple[ReportedFigure, ...]:
    """Return figures in order, each with what the others for the same period make of it."""
    same: defaultdict[Any, list[ReportedFigure]] = defaultdict(list)
    for one in sorted(figures, key=order_of):
        event = one.event
        key: Any = one.key if event.period is None else (*one.subject, *event.series)
        same[key].append(one)
    return tuple(
        sorted((_beside(one, some) for some in same.values() for one in some), key=order_of)
    )


def _beside(one: ReportedFigure, some: Sequence[ReportedFigure]) -> ReportedFigure:
    others = [other for other in some if other is not one]
    like = [other for other in others if comparable(one, other)]
    against = tuple(other.key for other in like if excludes(one, other))
    if against:
        outcome = "excluded"
    elif like:
        outcome = "compatible"
    else:
        outcome = "apart" if others or one.bounds is None else "alone"
    apart = tuple(other.key for other in others if other not in like)
    return attrs.evolve(one, outcome=outcome, against=against, apart=apart)


def comparable(one: ReportedFigure, other: ReportedFigure) -> bool:
    """Say whether two figures are in one unit and on one basis, which both may leave unsaid."""
    return None not in (one.bounds, other.bounds) and one.event.basis == other.event.basis


def excludes(one: Reported, other: Reported) -> bool:
    """Say whether no number is allowed by both."""
    assert one.bounds is not None  # noqa: S101  the two are comparable
    assert other.bounds is not None  # noqa: S101  likewise
    return not one.bounds.meets(other.bounds)
