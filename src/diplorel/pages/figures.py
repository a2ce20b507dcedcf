"""The figures of a brief: a chart of one indicator by partner; of one relation, as text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.charts import figures as figures_chart
from diplorel.charts.figures import in_words, period_in_words
from diplorel.charts.latest import latest
from diplorel.language import vocabulary
from diplorel.pages.content import Fact, Facts, Picture, Section
from diplorel.tracks.figures import FigureReported

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.analysis.figures_of import IndicatorFigures
    from diplorel.analysis.reported_figures import ReportedFigure
    from diplorel.pages.gathered import Gathered

_TRADE: Final = "trade-turnover"
"""Of indicators with as many partners, the one that is shown."""
_MOST_IN_A_ROW: Final = 6
_MOST: Final = 12
"""So many indicators of one relation are listed."""


def figures_section(found: Gathered) -> Section | None:
    """Return the latest figures of the indicator with the most partners, as a chart.

    Shown are the partners at the highest level with figures, or else all of them.
    Nothing is shown where no figure is recorded by the day.
    """
    say = found.say
    dyads = Counter(
        one.indicator
        for one in {(one.indicator, one.parties): one for one in _reports(found)}.values()
    )
    if not dyads:
        return None
    indicator = min(dyads, key=lambda one: (-dyads[one], one != _TRADE, one))
    answer = _until(found, found.log.figures(indicator, party=found.party))
    narrowed = _of_the_highest(found, answer)
    some = answer if narrowed is None else narrowed
    how = [say.word("figures how"), say.word("latest rule")]
    if narrowed is not None:
        how.append(say.word("figures level"))
    return Section(
        id="figures",
        title=say.word("figures", indicator=say.grammar.say(vocabulary.INDICATORS, indicator)),
        how=tuple(how),
        blocks=(
            Picture(chart=figures_chart(some, lang=found.lang)),
            Facts(facts=_cited(found, some)),
        ),
    )


def _reports(found: Gathered) -> list[FigureReported]:
    """Return the reports about the party and one other, by the day."""
    return [
        one
        for one in found.log.resolve().unordered
        if isinstance(one, FigureReported)
        and found.party in one.parties
        and len(one.parties) > 1
        and one.on.hi <= found.on.toordinal()
    ]


def _until(found: Gathered, answer: IndicatorFigures) -> IndicatorFigures:
    """Return what was reported by the day, of the party and one other."""
    day = found.on.toordinal()
    kept = (one for one in answer.figures if one.event.on.hi <= day and len(one.event.parties) > 1)
    return attrs.evolve(answer, figures=tuple(kept))


def _of_the_highest(found: Gathered, answer: IndicatorFigures) -> IndicatorFigures | None:
    """Return the figures of the partners at the highest level; None where there is none of them."""
    rows = [] if found.ranking is None else [*found.ranking.rows]
    top = {row.party for row in rows if row.level.rank == rows[0].level.rank}
    kept = tuple(one for one in answer.figures if top & {*one.event.parties})
    if not kept or len(kept) == len(answer.figures):
        return None
    return attrs.evolve(answer, figures=kept)


def _cited(found: Gathered, answer: IndicatorFigures) -> tuple[Fact, ...]:
    """Return the sources of the figures shown, a line for all of them."""
    rows = latest(answer.figures, found.party, found.say.grammar)
    parts = tuple((row.name, found.cite([one.event for one in row.figures], 1)) for row in rows)
    return (Fact(term=found.say.word("sources"), parts=parts),) if parts else ()


# --- of one relation -----------------------------------------------------------------------------


def figures_of_two(found: Gathered, partner: str) -> Facts:
    """Return the figures of one relation, by indicator, the oldest period first."""
    by_series: dict[tuple[str, str | None], list[ReportedFigure]] = {}
    for indicator in sorted({one.indicator for one in _reports(found) if partner in one.parties}):
        answer = _until(found, found.log.figures(indicator, party=found.party))
        for one in answer.figures:
            if partner in one.event.parties:
                by_series.setdefault((indicator, one.event.by), []).append(one)
    ordered = sorted(by_series, key=lambda key: (key[0] != _TRADE, key[0], key[1] or ""))
    facts = tuple(
        Fact(
            term=_term(found, partner, *key),
            parts=tuple((_in_full(found, one), found.cite([one.event], 1)) for one in shown),
            note=found.say.word("more lines", count=left) if left else "",
        )
        for key in ordered[:_MOST]
        for shown, left in [_newest(by_series[key])]
    )
    return Facts(facts=facts, empty=found.say.word("no figures"))


def _in_full(found: Gathered, one: ReportedFigure) -> str:
    """Return a figure with its unit, and the period that it is about."""
    event, say = one.event, found.say
    said = in_words(one, say.grammar, about=False)
    if event.period is None:
        when = say.word("reported on", day=say.short(event.on))
    else:
        when = period_in_words(event.period, found.lang)
        when = say.word("as of", day=when) if event.cumulative else when
    about = [when, event.reporter, event.basis and say.grammar.say(vocabulary.BASES, event.basis)]
    return f"{said} ({', '.join(one for one in about if one)})"


def _newest(figures: list[ReportedFigure]) -> tuple[list[ReportedFigure], int]:
    ordered = sorted(figures, key=_when)
    shown = ordered[-_MOST_IN_A_ROW:]
    return shown, len(ordered) - len(shown)


def _when(one: ReportedFigure) -> tuple[int, int, str]:
    period = one.event.period
    return (one.event.on.hi if period is None else period.hi, one.event.on.hi, one.key)


def _term(found: Gathered, partner: str, indicator: str, by: str | None) -> str:
    grammar = found.say.grammar
    if by is not None and indicator in vocabulary.DIRECTED:
        to = partner if by == found.party else found.party
        parts = {"by": grammar.name(by), "to": grammar.name(to)}
        return grammar.say(vocabulary.DIRECTED, indicator, **parts)
    return grammar.say(vocabulary.INDICATORS, indicator)


def latest_of_two(found: Gathered, partner: str) -> list[tuple[str, str]]:
    """Return the latest figures of one relation for its head: the number, and what it is of."""
    shown: list[tuple[str, str]] = []
    for indicator in (_TRADE, "investment-stock"):
        reports: Iterable[Any] = (
            one for one in _reports(found) if partner in one.parties and one.indicator == indicator
        )
        if not any(True for _ in reports):
            continue
        answer = _until(found, found.log.figures(indicator, party=found.party))
        kept = [one for one in answer.figures if partner in one.event.parties]
        for row in latest(kept, found.party, found.say.grammar)[:1]:
            one = row.figures[-1]
            said = in_words(one, found.say.grammar, about=False)
            period = one.event.period
            when = "" if period is None else f" ({period_in_words(period, found.lang)})"
            shown.append((said, _term(found, partner, indicator, one.event.by) + when))
    return shown
