"""Figures: numbers that somebody reported, with what the source says about them; and targets.

Statistics of two sides or two years differ, and are both kept: nothing is averaged.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from diplorel.errors import CheckedStrEnum
from diplorel.language import vocabulary
from diplorel.model.converters import amount, date_or_none, dyad_or_one, party_or_none, slug
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence
from diplorel.model.text import line_or_none, one_line
from diplorel.tracks.track import Cell, Subject, Track

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases


class Qualifier(CheckedStrEnum):
    """How a source qualifies a number."""

    EXACTLY = "="
    ABOUT = "~"
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _FigureEvent(Event):
    repeats: ClassVar[bool] = True

    parties: tuple[str, ...] = attrs.field(converter=dyad_or_one)
    indicator: str = attrs.field(converter=slug)
    value: Decimal = attrs.field(converter=amount)
    unit: str = attrs.field(converter=one_line)
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACTLY, converter=Qualifier)
    by: str | None = attrs.field(default=None, converter=party_or_none)

    def named_sides(self) -> Iterable[tuple[str, str]]:
        """Return who acts, where the number has a direction."""
        if self.by is not None:
            yield "by", self.by

    @property
    def undated_key(self) -> tuple[str, ...]:
        """The number belongs to what is said: another number is another report."""
        return (*super().undated_key, str(self.value), self.qualifier, self.unit)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FigureReported(_FigureEvent):
    """Somebody reported a number about a dyad, or about one party.

    Meaning: `on` is the day of the report, `period` what the number is about.
    Effect: it is the latest of its indicator and period, with the earlier ones as alternatives.

    Attributes:
        parties: The dyad, or the one party.
        indicator: What is counted, such as ``trade-turnover`` or ``investment-stock``.
        value: The number as printed, in `unit`; text on the wire, so that no digit is lost.
        unit: ``USD``, ``USD bn``, ``projects``, ``%``, ``rank`` …
        qualifier: ``=``, ``~`` (about), ``>``, ``>=``, ``<``, ``<=``.
        period: The year, month … that the number is about; None where a source gives none.
        cumulative: Whether it counts everything up to the end of the period ("to date").
        by: The party that acts, where the number has a direction: the investor, the exporter.
        reporter: Whose statistics they are, where a source says so.
        basis: ``registered``, ``disbursed``, ``customs`` …; None where no source says so.

    >>> FigureReported(on="2025-03-12", parties=("VNM", "SGP"), indicator="trade-turnover",
    ...                value="9", qualifier=">", unit="USD bn", period="2024",
    ...                sources=["vna-2025-03-12"]).id
    'figure-reported/SGP-VNM/2025-03-12/trade-turnover.2024'
    """

    type: ClassVar[str] = "figure-reported"
    precedence: ClassVar[Precedence] = Precedence.REPORTED

    period: PartialDate | None = attrs.field(default=None, converter=date_or_none)
    cumulative: bool = False
    reporter: str | None = attrs.field(default=None, converter=line_or_none)
    basis: str | None = None

    @property
    def series(self) -> tuple[str, str, bool, str]:
        """What makes two reports comparable: indicator, period, cumulative or not, reporter."""
        return (
            self.indicator,
            self.period.text if self.period else "",
            self.cumulative,
            self.by or "",
        )

    @property
    def discriminator(self) -> str:
        """The indicator, the reporter and the period."""
        period = (self.period.text if self.period else "").replace("/", "--")
        stated = f"to-{period or 'date'}" if self.cumulative else period
        return ".".join(part for part in (self.indicator, self.by, stated) if part)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TargetSet(_FigureEvent):
    """Two parties, or one, set a number to reach.

    Effect: it is listed among the targets.

    Attributes:
        parties: The dyad, or the one party.
        indicator: What is counted, such as ``trade-turnover``.
        value: The number as printed, in `unit`.
        unit: ``USD bn``, ``projects``, ``%`` …
        qualifier: ``=``, ``~`` (about), ``>``, ``>=``, ``<``, ``<=``.
        by: The party that is to act, where the number has a direction.
        due: When it is to be reached.
    """

    type: ClassVar[str] = "target-set"
    precedence: ClassVar[Precedence] = Precedence.REPORTED

    due: PartialDate | None = attrs.field(default=None, converter=date_or_none)

    @property
    def discriminator(self) -> str:
        """The indicator, the reporter and the time."""
        due = (self.due.text if self.due else "").replace("/", "--")
        return ".".join(part for part in (self.indicator, self.by, due) if part)


@attrs.frozen
class Figure:
    """One indicator for one period.

    Attributes:
        latest: The report of the latest day.
        alternatives: The earlier reports of the same, oldest first, whatever number they give.
    """

    latest: FigureReported
    alternatives: tuple[FigureReported, ...] = ()


@attrs.frozen
class FiguresState:
    """What was reported: figures by indicator, reporter and period; targets oldest first."""

    figures: tuple[Figure, ...] = ()
    targets: tuple[TargetSet, ...] = ()

    def of(self, indicator: str) -> tuple[Figure, ...]:
        """Return the figures of one indicator, the latest period last."""
        return tuple(item for item in self.figures if item.latest.indicator == indicator)


class _Figures:
    __slots__ = ("reports", "targets")

    def __init__(self) -> None:
        self.reports: dict[tuple[str, str, bool, str], list[FigureReported]] = {}
        self.targets: list[TargetSet] = []


def _report(acc: _Figures, event: FigureReported) -> None:
    acc.reports.setdefault(event.series, []).append(event)


def _target(acc: _Figures, event: TargetSet) -> None:
    acc.targets.append(event)


def _freeze(acc: _Figures) -> FiguresState:
    series = sorted(acc.reports.items(), key=lambda item: (item[0][0], item[0][3], item[0][1:3]))
    targets = sorted(acc.targets, key=lambda event: (event.on.hi, event.seq, event.id))
    return FiguresState(
        tuple(Figure(reports[-1], tuple(reports[:-1])) for _, reports in series), tuple(targets)
    )


def _subjects(event: _FigureEvent) -> tuple[Subject, ...]:
    parties = event.parties
    return (parties[0],) if len(parties) == 1 else (parties,)  # type: ignore[return-value]


def _cells(event: Event) -> tuple[Cell, ...]:
    """Return the series of a report; the latest of a series counts, and targets are only listed."""
    return (tuple(map(str, event.series)),) if isinstance(event, FigureReported) else ()


def _inherit(acc: _Figures, old: str, new: str) -> _Figures:
    copy = _Figures()
    copy.reports = {series: [*reports] for series, reports in acc.reports.items()}
    copy.targets = [*acc.targets]
    return copy


# --- in words ------------------------------------------------------------------------------------

_PHRASES: Final[Phrases] = {
    "figure-reported": ("{what} was put at {value}{when}.", "{what} được nêu là {value}{when}."),
    "target-set": (
        "{what} is to reach {value}{when}.",
        "{what} được đặt mục tiêu đạt {value}{when}.",
    ),
    "for": (" for {period}", " trong {period}"),
    "upto": (" up to {period}", " tính đến {period}"),
    "due": (" by the end of {period}", " đến hết {period}"),
}


def _clause(event: FigureReported | TargetSet, grammar: Grammar) -> tuple[str, dict[str, str]]:
    if isinstance(event, FigureReported):
        period, how = event.period, "upto" if event.cumulative else "for"
    else:
        period, how = getattr(event, "due", None), "due"
    when = ""
    if period is not None and period.end is not None:  # its words begin with "from"
        when = f" {period.words(grammar.lang)}"
    elif period is not None:
        when = grammar.say(_PHRASES, how, period=period.words(grammar.lang))
    return event.type, {
        "what": _indicator(event, grammar),
        "value": _value(event, grammar),
        "when": when,
    }


def _indicator(event: _FigureEvent, grammar: Grammar) -> str:
    others = [party for party in event.parties if party != event.by]
    if event.by is not None and event.indicator in vocabulary.DIRECTED and len(others) == 1:
        by, to = grammar.name(event.by), grammar.name(others[0])
        return grammar.say(vocabulary.DIRECTED, event.indicator, by=by, to=to)
    return grammar.say(vocabulary.INDICATORS, event.indicator)


def _value(event: _FigureEvent, grammar: Grammar) -> str:
    unit = f" {event.unit}"
    if event.unit in vocabulary.UNITS:
        unit = grammar.say(vocabulary.UNITS, event.unit)
    return grammar.say(vocabulary.QUALIFIERS, event.qualifier) + grammar.number(event.value) + unit


FIGURES: Final[Track[_Figures, FiguresState]] = Track(
    name="figures",
    owns=(FigureReported, TargetSet),
    handlers={FigureReported: _report, TargetSet: _target},
    start=_Figures,
    freeze=_freeze,
    none=FiguresState(),
    unknown=FiguresState(),
    subjects=_subjects,
    cells=_cells,
    inherit=_inherit,
    label=("figures", "số liệu"),
    phrases=_PHRASES,
    clause=_clause,
)
"""The track of reported figures and targets."""
