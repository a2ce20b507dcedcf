"""The latest figures of one indicator, one row a partner: each as it is reported, side by side."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from diplorel.charts.chart import NARROW, WIDE, Chart
from diplorel.charts.colours import GRID, MUTED, PAPER, shades
from diplorel.charts.latest import latest
from diplorel.charts.picture import Axis, Dot, Label, Line, Picture, cut, fitted, notice
from diplorel.charts.scale import Scale
from diplorel.charts.sources import data_notes
from diplorel.charts.words import sentence, short_date, shorter, word
from diplorel.language import vocabulary
from diplorel.language.grammar import Grammar
from diplorel.model.dates import PartialDate
from diplorel.tracks.figures import Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from diplorel.analysis.figures_of import IndicatorFigures
    from diplorel.analysis.reported_figures import ReportedFigure
    from diplorel.charts.latest import Latest
    from diplorel.charts.picture import Mark
    from diplorel.model.dates import Language

_LINE: Final = 14.0
_BETWEEN: Final = 4.0
_TOP: Final = 28
_SIZE: Final = 11.0
_SIGN: Final = 8.0
_ARROW: Final = 14.0
_STALE: Final = 3
"""Older than so many years before the newest is pale."""
_MOST_LINES: Final = 6
_MOST_DIGITS: Final = 50
_DARK, _, _PALE = shades(3)
_OVER: Final = (Qualifier.MORE, Qualifier.AT_LEAST)
_UNDER: Final = (Qualifier.LESS, Qualifier.AT_MOST)


def figures(answer: IndicatorFigures, *, lang: Language = "en") -> Chart:
    """Draw the latest figures of an indicator, one row a partner, with the value written out.

    Of each partner the newest full year is shown, or the newest period where no figure is about a
    full year; what counts everything up to a date, or goes in one direction only, is a group of its
    own. If several figures are given for the period, each has its line and names its reporter.
    Nothing is added up, converted or ranked: rows are in the order of names.

    Args:
        answer: What `EventLog.figures` returns.
        lang: The language of the words: ``en`` or ``vi``.

    >>> import diplorel as dr
    >>> chart = figures(dr.load("vietnam").figures("trade-turnover", party="VNM"))
    >>> [label.text for label in chart.wide.labels if label.text.startswith("over 9")]
    ['over 9 (2024)']
    """
    plan = _Plan.of(answer, lang)
    return Chart(
        kind="figures",
        title=plan.title,
        alt=_alt(plan),
        notes=(*_how_to_read(plan), data_notes(answer.reference, answer.stamp, lang)),
        lang=lang,
        wide=_drawn(plan, WIDE, name=136.0, last=236.0),
        narrow=_drawn(plan, NARROW, name=88.0, last=104.0),
    )


@attrs.frozen(kw_only=True)
class _Plan:
    """What both pictures have in common: the groups of rows, and the scale."""

    grammar: Grammar
    answer: IndicatorFigures
    groups: tuple[tuple[str | None, tuple[Latest, ...]], ...]
    scale: Scale
    newest: int
    title: str

    @classmethod
    def of(cls, answer: IndicatorFigures, lang: Language) -> _Plan:
        grammar = Grammar(answer.reference, lang, first=answer.party)
        rows = latest(answer.figures, answer.party, grammar)
        groups: dict[tuple[str, ...], list[Latest]] = {}
        for row in rows:
            groups.setdefault(row.group, []).append(row)
        is_plain = [*groups] == [("full years",)]
        amounts = [one.amount for row in rows for one in row.figures if one.amount is not None]
        indicator = grammar.say(vocabulary.INDICATORS, answer.indicator)
        party = answer.party and grammar.name(answer.party)
        return cls(
            grammar=grammar,
            answer=answer,
            groups=tuple(
                (None if is_plain else _title(key, party or "", lang), tuple(rows))
                for key, rows in groups.items()
            ),
            scale=Scale.of(amounts),
            newest=max((date.fromordinal(row.until).year for row in rows), default=0),
            title=word("figures of", lang, indicator=indicator, party=party)
            if party
            else word("figures", lang, indicator=indicator),
        )

    @property
    def rows(self) -> Iterator[Latest]:
        """The rows of all groups."""
        return (row for _, rows in self.groups for row in rows)

    def is_stale(self, row: Latest) -> bool:
        """Say whether a row is of long before the newest one."""
        return date.fromordinal(row.until).year < self.newest - _STALE


def _title(key: tuple[str, ...], party: str, lang: Language) -> str:
    return ", ".join(word(part, lang, party=party) for part in key)


# --- the picture ---------------------------------------------------------------------------------


def _drawn(plan: _Plan, width: int, *, name: float, last: float) -> Picture:
    if not plan.groups:
        return notice(word("no figure", plan.grammar.lang), width)
    right = width - last
    x = Axis(units=plan.scale.domain, pixels=(name + _ARROW + 12, right - _ARROW - 14))
    ticks = plan.scale.ticks(x, plan.grammar, most=6 if width == WIDE else 3)
    marks: list[Mark] = [
        Label(x=at, y=_TOP / 2, text=text, align="center", size=10.5, colour=MUTED)
        for at, text in ticks
    ]
    y = float(_TOP)
    for title, rows in plan.groups:
        if title is not None:
            for line in fitted(title, width - 8, bold=True):
                marks.append(Label(x=x.to_units(0), y=y + _LINE / 2, text=line, bold=True))
                y += _LINE
            y += _BETWEEN
        top = y - 2
        for row in rows:
            drawn, y = _row(plan, row, x, y, name=name, right=right, room=last)
            marks += drawn
        marks += [Line(points=((at, top), (at, y)), colour=GRID, width=1) for at, _ in ticks]
        y += _BETWEEN
    unit = vocabulary.UNITS.get(plan.answer.unit, (f" {plan.answer.unit}",) * 2)
    said = cut(unit[plan.grammar.lang == "vi"].strip(), last, 10.5)
    if said:
        marks.append(Label(x=x.to_units(right), y=_TOP / 2, text=said, size=10.5, colour=MUTED))
    height = round(y) + 4
    whole = (0.0, float(height))
    return Picture(width=width, height=height, x=x, y=Axis(units=whole, pixels=whole), marks=marks)


def _row(
    plan: _Plan, row: Latest, x: Axis, y: float, *, name: float, right: float, room: float
) -> tuple[list[Mark], float]:
    """Return the marks of a partner, and where the next row begins."""
    names = fitted(shorter(row.name), name, _SIZE)
    texts = [fitted(_in_words(plan, one), room - 2, _SIZE, most=_MOST_LINES) for one in row.figures]
    high = [len(lines) * _LINE for lines in texts]
    bottom = y + max(sum(high), len(names) * _LINE)
    marks: list[Mark] = [
        Label(x=x.to_units(name), y=y + (place + 0.5) * _LINE, text=line, align="right", size=_SIZE)
        for place, line in enumerate(names)
    ]
    for one, lines in zip(row.figures, texts, strict=True):
        # the sign is as high as the first line, and so as high as the name
        middle = y + _LINE / 2
        ends = (x.to_units(name + 8), x.to_units(right - 6))
        marks.append(Line(points=((ends[0], middle), (ends[1], middle)), colour=GRID, width=0.7))
        marks += _sign(plan, row, one, x, middle)
        marks += [
            Label(x=x.to_units(right), y=y + (place + 0.5) * _LINE, text=line, size=_SIZE)
            for place, line in enumerate(lines)
        ]
        y += len(lines) * _LINE
    return marks, bottom + _BETWEEN


def _sign(plan: _Plan, row: Latest, one: ReportedFigure, x: Axis, y: float) -> Iterator[Mark]:
    if one.amount is None:  # in another unit: it has no place on the scale
        return
    shade = _PALE if plan.is_stale(row) else _DARK
    at, qualifier = plan.scale.at(one.amount), one.event.qualifier
    says = f"{row.name}: {_in_words(plan, one)}"
    if qualifier in _OVER or qualifier in _UNDER:
        way = 1 if qualifier in _OVER else -1
        tip = x.to_units(x.to_pixels(at) + way * _ARROW)
        yield Line(points=((at, y), (tip, y)), colour=shade.edge, width=1.6, over=True)
        shape: Final = "triangle-right" if way > 0 else "triangle-left"
        yield Dot(x=tip, y=y, shape=shape, fill=shade.edge, size=6, says=says)
    fill = PAPER if qualifier is Qualifier.ABOUT else shade.fill
    yield Dot(x=at, y=y, shape="circle", fill=fill, outline=shade.edge, size=_SIGN, says=says)


# --- in words ------------------------------------------------------------------------------------


def _in_words(plan: _Plan, one: ReportedFigure) -> str:
    return in_words(one, plan.grammar)


def in_words(one: ReportedFigure, grammar: Grammar, *, about: bool = True) -> str:
    """Return a figure in words: the qualifier, the number, the period, and who reports it.

    Args:
        one: The figure.
        grammar: The language.
        about: Whether with the period and the reporter; without, the unit is always named.
    """
    event = one.event
    said = grammar.say(vocabulary.QUALIFIERS, event.qualifier)
    if one.amount is not None and about:
        said += _number(one.amount, grammar)
    else:
        unit = vocabulary.UNITS.get(event.unit, (f" {event.unit}",) * 2)
        said += _number(event.value, grammar) + unit[grammar.lang == "vi"]
    parts = [
        event.period and period_in_words(event.period, grammar.lang),
        event.reporter,
        event.basis and grammar.say(vocabulary.BASES, event.basis),
        None if one.followed else word("another account", grammar.lang),
    ]
    said_about = ", ".join(part for part in parts if part) if about else ""
    return f"{said} ({said_about})" if said_about else said


def _number(value: Decimal, grammar: Grammar) -> str:
    """Return a number; one of very many digits, which would fill pages, as it is recorded."""
    return grammar.number(value) if abs(value.adjusted()) <= _MOST_DIGITS else str(value)


def period_in_words(period: PartialDate, lang: Language) -> str:
    """Return a period as shown in a table."""
    if period.precision == "extent":
        first, last = map(PartialDate, period.text.split("/"))
        one, other = short_date(first, lang), short_date(last, lang)
        if first.earliest.year == last.earliest.year:
            one = one.removesuffix(f"{'/' if lang == 'vi' else ' '}{first.earliest.year}")
        return word("to", lang, one=one, other=other)
    if period.precision in ("year", "month", "day") and period.text[-1].isdigit():
        return short_date(period, lang)
    return period.words(lang)


def _how_to_read(plan: _Plan) -> Iterator[str]:
    lang = plan.grammar.lang
    shown = [(row, one) for row in plan.rows for one in row.figures]
    if not shown:
        return
    yield f"{word('latest rule', lang)} {word('not ranked', lang)}"
    drawn = [(row, one.event.qualifier) for row, one in shown if one.amount is not None]
    found = {qualifier for _, qualifier in drawn}
    signs = [word(key, lang) for key, some in _SIGNS if not found.isdisjoint(some)]
    if any(plan.is_stale(row) for row, _ in drawn):
        signs.append(word("pale", lang, year=plan.newest - _STALE))
    if plan.scale.is_log and drawn:
        signs.append(word("log", lang))
    if len(drawn) < len(shown):
        signs.append(word("not converted", lang))
    yield sentence(signs)


_SIGNS: Final = (
    ("filled", (Qualifier.EXACTLY,)),
    ("about sign", (Qualifier.ABOUT,)),
    ("over sign", _OVER),
    ("under sign", _UNDER),
)


def _alt(plan: _Plan) -> str:
    """Return the chart in a few sentences: how many rows, and the newest of them."""
    lang = plan.grammar.lang
    rows: Sequence[Latest] = sorted(plan.rows, key=lambda row: -row.until)
    if not rows:
        return f"{plan.title}. {word('no figure', lang)}"
    said = [
        f"{row.name}: {'; '.join(_in_words(plan, one) for one in row.figures)}" for row in rows[:5]
    ]
    about = word("alt figures", lang, count=len(rows))
    return ". ".join([plan.title, about, *said, word("in table", lang)])
