"""Which figures of a partner are the latest: the newest period, full years before parts of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from diplorel.charts.words import word
from diplorel.model.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.analysis.reported_figures import ReportedFigure
    from diplorel.language.grammar import Grammar
    from diplorel.model.dates import PartialDate

_KINDS: Final = ("full years", "parts of years", "cumulative", "no period")


@attrs.frozen(kw_only=True)
class Latest:
    """The latest figures of one partner: all that are given for one period.

    Attributes:
        name: Whose: the partner's name, or those of both where no party was asked for.
        group: What it counts, as keys of words: ``full years``, ``parts of years``, ``cumulative``
            or ``no period``; then the direction, where it has one.
        until: The last day of the period, an ordinal; without one, of the report.
        figures: The figures, those of the first report first.
    """

    name: str
    group: tuple[str, ...]
    until: int
    figures: tuple[ReportedFigure, ...]


def latest(
    figures: Iterable[ReportedFigure], party: str | None, grammar: Grammar
) -> tuple[Latest, ...]:
    """Return the latest figures of each partner, by groups, and in a group by name.

    Of one partner the newest full year is taken. If no figure is about a full year it is the
    newest period; without any period, the newest report. What counts everything up to a date, and
    what goes in another direction, is another row.

    Args:
        figures: The figures.
        party: The party that is a side of all of them; None for those of all.
        grammar: The language of the names.
    """
    series: dict[tuple[tuple[str, ...], str | None, bool], list[ReportedFigure]] = {}
    for one in figures:
        key = (one.event.parties, one.event.by, one.event.cumulative)
        series.setdefault(key, []).append(one)
    found = []
    for (parties, by, _), some in series.items():
        kind = min(map(_kind, some))
        same = [one for one in some if _kind(one) == kind]
        newest = max(map(_age, same))
        found.append(
            Latest(
                name=_name(parties, by, party, grammar),
                group=(_KINDS[kind], *_direction(parties, by, party)),
                until=newest[0],
                figures=tuple(_once([one for one in same if _age(one) == newest])),
            )
        )
    return tuple(
        sorted(found, key=lambda row: (_KINDS.index(row.group[0]), row.group, sort_key(row.name)))
    )


def _kind(one: ReportedFigure) -> int:
    period = one.event.period
    if period is None:
        return 3
    if one.event.cumulative:
        return 2
    return 0 if _is_full_year(period) else 1


def _is_full_year(period: PartialDate) -> bool:
    first, last = map(date.fromordinal, period.span)
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and (
        first.year == last.year
    )


def _age(one: ReportedFigure) -> tuple[int, int, str]:
    """Return by what periods are put in order; those of one value are one period."""
    period = one.event.period
    if period is None:
        return one.event.on.hi, 0, ""
    first, last = period.span
    return last, -first, ""


def _once(figures: Sequence[ReportedFigure]) -> Iterable[ReportedFigure]:
    """Yield figures without those that say the same again."""
    seen = set()
    for one in figures:
        event = one.event
        said = (event.value, event.unit, event.qualifier, event.reporter, event.basis)
        if said not in seen:
            seen.add(said)
            yield one


def _direction(parties: Sequence[str], by: str | None, party: str | None) -> tuple[str, ...]:
    """Return the direction, seen from the party that was asked for."""
    if party is None:
        return ()
    if len(parties) == 1:
        return ("alone",)
    if by is None:
        return ()
    return ("from party",) if by == party else ("to party",)


def _name(parties: Sequence[str], by: str | None, party: str | None, grammar: Grammar) -> str:
    others = [one for one in parties if one != party]
    if party is not None or len(parties) == 1:
        return grammar.name((others or parties)[0])
    if by is None:
        return grammar.names(parties)
    to = next((one for one in parties if one != by), by)
    return word("direction", grammar.lang, one=grammar.name(by), other=grammar.name(to))
