"""All figures and targets of one indicator, side by side: nothing is averaged or converted.

Statistics of two sides differ, papers round, and a growth rate says something of the year before.
What is printed gives bounds, and only where bounds exclude each other do sources contradict.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from diplorel._columns import columns, counted
from diplorel.analysis.amounts import Unit
from diplorel.analysis.growth_checks import GrowthCheck, growth_checks
from diplorel.analysis.reported_figures import (
    Reported,
    ReportedFigure,
    compared,
    numbers_of,
    order_of,
)
from diplorel.analysis.target_checks import TargetCheck, target_checks
from diplorel.model.tabular import Tabular
from diplorel.tracks.figures import FigureReported, TargetSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.model.table import Table
    from diplorel.resolve.resolution import ResolvedEvents


@attrs.frozen(kw_only=True, repr=False)
class IndicatorFigures(Tabular):
    """The figures, growth checks and targets of one indicator. Iterate it for the figures.

    Attributes:
        indicator: The indicator, such as ``trade-turnover``.
        party: The party that is a side of all of them; None for those of all parties.
        unit: The unit of all amounts and bounds.
        figures: The figures, by parties and period; several sources for one period are several.
        growth: What reported growth implies for the year before, and what is reported for it.
        targets: The targets, and what came.
        reference: The names of parties.
        stamp: How it was asked for, as plain data.

    >>> import diplorel as dr
    >>> trade = dr.load("vietnam").figures("trade-turnover", party="SGP", unit="USD bn")
    >>> for figure in trade.figures[:3]:
    ...     print(figure.event.period, figure.amount, figure.outcome)
    2021 8.3 alone
    2022 9.15 excluded
    2022 9.16 excluded
    """

    indicator: str
    party: str | None
    unit: str
    figures: tuple[ReportedFigure, ...]
    growth: tuple[GrowthCheck, ...]
    targets: tuple[TargetCheck, ...]
    reference: Reference = attrs.field(eq=False)
    stamp: Mapping[str, Any]

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds a dict

    def __iter__(self) -> Iterator[ReportedFigure]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The events behind it: what `EventLog.cite` cites."""
        reports = [one.growth for one in self.growth]
        found = (*self.figures, *reports, *self.targets)
        return tuple({one.key: one.event for one in found}.values())

    def table(self) -> Table:
        """Return one row a figure, a growth check and a target, in one table."""
        from diplorel.analysis.figure_tables import figures_table  # noqa: PLC0415  few ask for it

        return figures_table(self)

    def __repr__(self) -> str:
        whose = "" if self.party is None else f" of {self.party}"
        targets = counted(len(self.targets), "target")
        figures = counted(len(self.figures), "figure")
        return f"<IndicatorFigures {self.indicator}{whose}: {figures}, {targets}, in {self.unit}>"

    def __str__(self) -> str:
        from diplorel.analysis.figure_tables import figure_lines  # noqa: PLC0415  likewise

        return "\n".join([repr(self)[1:-1], "", *columns(figure_lines(self), "<<>")])


def figures_of(
    resolved: ResolvedEvents,
    reference: Reference,
    indicator: str,
    *,
    party: str | None,
    unit: str | None,
    stamp: Mapping[str, Any],
) -> IndicatorFigures:
    """Return all figures and targets of an indicator; see `EventLog.figures`.

    Args:
        resolved: The events that the records report, with their accounts.
        reference: The names of parties.
        indicator: The indicator.
        party: The id of a side; None for all.
        unit: The unit of all amounts; the one printed most often when None.
        stamp: How it was asked for.
    """
    mine = [
        event
        for event in resolved.unordered
        if isinstance(event, (FigureReported, TargetSet))
        and (party is None or party in event.parties)
    ]
    reports = [one for one in mine if isinstance(one, FigureReported)]
    own = [one for one in reports if one.indicator == indicator]
    rates = [one for one in reports if one.indicator == f"{indicator}-growth"]
    set_ = [one for one in mine if isinstance(one, TargetSet) and one.indicator == indicator]
    unit = _most_printed([*own, *set_]) if unit is None else " ".join(unit.split())
    wanted, accounts = Unit.parse(unit), resolved.accounts
    percent = Unit("%")
    figures = compared(
        [ReportedFigure(**one) for event in own for one in numbers_of(event, accounts, wanted)]
    )
    growth = [Reported(**one) for event in rates for one in numbers_of(event, accounts, percent)]
    targets = [Reported(**one) for event in set_ for one in numbers_of(event, accounts, wanted)]
    return IndicatorFigures(
        indicator=indicator,
        party=party,
        unit=unit,
        figures=figures,
        growth=growth_checks(sorted(growth, key=order_of), figures),
        targets=target_checks(sorted(targets, key=order_of), figures),
        reference=reference,
        stamp={**stamp, "indicator": indicator, "party": party, "unit": unit},
    )


def _most_printed(events: Iterable[FigureReported | TargetSet]) -> str:
    printed = Counter(event.unit for event in events)
    return min(printed, key=lambda unit: (-printed[unit], unit), default="")
