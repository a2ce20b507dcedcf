"""Positions of partners over the years, one line a partner."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

import attrs

from diplorel.analysis.ranking_rows import span_of
from diplorel.charts.chart import NARROW, WIDE, Chart
from diplorel.charts.colours import GRID, MUTED, PAPER, by_level
from diplorel.charts.picture import Axis, Dot, Label, Line, Picture, cut, notice, width_of
from diplorel.charts.sources import data_notes
from diplorel.charts.words import sentence, short_day, shorter, word, year_of
from diplorel.charts.years import ticks
from diplorel.errors import InvalidQueryError
from diplorel.language.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from diplorel.analysis.ranking_history import HistoryDay, HistoryRow, RankingHistory
    from diplorel.charts.colours import Shade
    from diplorel.charts.picture import Mark
    from diplorel.model.dates import Language

_MOST: Final = 20
"""So many partners can be followed."""
_DEEPEST: Final = 30
"""A partner that rose from further below is drawn from here on."""
_ROW: Final = 17
_TOP: Final = 26
_SIZE: Final = 10.5


def bump(history: RankingHistory, *, lang: Language = "en") -> Chart:
    """Draw the positions of partners over the years, of at most the first 20 of the last day.

    Dots and lines have the colour of the level. What no stream vouches for on a day is hollow, and
    the line to it is dotted. A thin vertical line has the positions that open dates allow. A line
    breaks off where a partner has no position.

    Args:
        history: What `EventLog.ranking_history` returns for ``days="year-ends"``.
        lang: The language of the words: ``en`` or ``vi``.

    Raises:
        InvalidQueryError: The history is one of changes.

    >>> import diplorel as dr
    >>> history = dr.load("vietnam").ranking_history("VNM", years=(2012, 2024))
    >>> bump(history).notes[2]
    'Shown are the first 20 of 31 December 2024; others, left out: 12.'
    """
    if history.mode != "year-ends":
        raise InvalidQueryError(
            "{argument}: a chart of positions takes ranking_history(..., "
            "days='year-ends'), got days={days!r}",
            argument="history",
            days=history.mode,
        )
    plan = _Plan.of(history, lang)
    return Chart(
        kind="bump",
        title=plan.title,
        alt=_alt(plan),
        notes=(*_how_to_read(plan), data_notes(history.reference, history.asked, lang)),
        lang=lang,
        wide=_drawn(plan, WIDE, first=plan.room_at_left, last=150.0, dot=7.0),
        narrow=_drawn(plan, NARROW, first=0.0, last=122.0, dot=5.0),
    )


@attrs.frozen(kw_only=True)
class _Plan:
    """What both pictures have in common: the days, who is shown, and how far down.

    Attributes:
        days: The days, oldest first.
        lines: The rows of each partner that is shown, by its id: one a day, None where it has no
            position, or one that is too far below.
        deepest: The last position that is drawn.
        is_cut: Whether one of a partner that is shown is not.
        left_out: How many partners of any day are not shown.
    """

    grammar: Grammar
    history: RankingHistory
    shades: Mapping[str, Shade]
    days: tuple[HistoryDay, ...]
    lines: Mapping[str, Sequence[HistoryRow | None]]
    deepest: int
    is_cut: bool
    left_out: int
    title: str

    @classmethod
    def of(cls, history: RankingHistory, lang: Language) -> _Plan:
        ladder = history.reference.ladder[history.party]
        days = history.days
        shown = [row.party for row in days[-1].rows[:_MOST]] if days else []
        by_day = [{row.party: row for row in day} for day in days]
        all_rows = {one: [rows.get(one) for rows in by_day] for one in shown}
        held = [row.position for rows in all_rows.values() for row in rows if row is not None]
        deepest = min(max([*held, len(shown)], default=1), _DEEPEST)
        last = history.last if not days else days[-1].on
        first = last if not days else days[0].on
        grammar = Grammar(history.reference, lang, first=history.party, day=last.toordinal())
        title = word(
            "bump",
            lang,
            party=grammar.name(history.party),
            first=first.year,
            last=short_day(last, lang) if days and days[-1].cut else last.year,
        )
        return cls(
            grammar=grammar,
            history=history,
            shades=by_level(ladder),
            days=days,
            lines={
                one: [row if row is not None and row.position <= deepest else None for row in rows]
                for one, rows in all_rows.items()
            },
            deepest=deepest,
            is_cut=any(position > deepest for position in held),
            left_out=len({row.party for row in history} - {*shown}),
            title=title,
        )

    @property
    def room_at_left(self) -> float:
        """How wide the names of those are that have a position on the first of several days."""
        if len(self.days) == 1:
            return 0.0
        begun = [party for party, rows in self.lines.items() if rows[0] is not None]
        grammar = self.grammar.at(self.days[0].on.toordinal() if self.days else None)
        return min(
            max((width_of(shorter(grammar.name(one)), _SIZE) + 30 for one in begun), default=0), 140
        )


# --- the picture ---------------------------------------------------------------------------------


def _drawn(plan: _Plan, width: int, *, first: float, last: float, dot: float) -> Picture:
    if not plan.lines:
        return notice(word("nobody", plan.grammar.lang), width)
    height = plan.deepest * _ROW + 2 * _TOP
    begin, end = _year_at(plan.days[0].on), _year_at(plan.days[-1].on)
    # of one day only, the axis is a year wide, and the dots are at its end
    begin = begin if begin < end else end - 1
    years = Axis(units=(begin, end), pixels=(first + 12, width - last - 12))
    y = Axis(units=(0.5, plan.deepest + 0.5), pixels=(_TOP, height - _TOP))
    marks: list[Mark] = [*_scale(plan, years, y, wide=width == WIDE)]
    for rows in reversed([*plan.lines.values()]):  # the first partners are drawn over the others
        marks += _partner(plan, rows, dot)
    marks += _names(plan, plan.days[-1], room=last, left=False)
    if first:
        marks += _names(plan, plan.days[0], room=first, left=True)
    return Picture(width=width, height=height, x=years, y=y, marks=marks)


def _scale(plan: _Plan, years: Axis, y: Axis, *, wide: bool) -> Iterator[Mark]:
    """Yield the years above and below, and a line at each day that is not the end of its year."""
    top, bottom = y.units
    for year in ticks(years, most=8 if wide else 3):
        yield Line(points=((year, top), (year, bottom)), colour=GRID, width=1)
        for place, dy in ((top, -12.0), (bottom, 12.0)):
            yield Label(
                x=year, y=place, dy=dy, text=str(year), align="center", size=10.5, colour=MUTED
            )
    for day in plan.days:
        if day.cut is not None:
            at = _year_at(day.on)
            yield Line(
                points=((at, top), (at, bottom)),
                colour=MUTED,
                width=1,
                dashed=True,
                says=_cut_in_words(day, plan.grammar.lang),
            )


def _partner(plan: _Plan, rows: Sequence[HistoryRow | None], dot: float) -> Iterator[Mark]:
    """Yield the line of a partner, its dots, and the positions that open dates allow."""
    for (colour, dashed), pieces in groupby(pairwise(rows), key=lambda pair: _style(plan, *pair)):
        if colour is not None:
            points = [_point(row) for pair in pieces for row in pair if row is not None]
            yield Line(
                points=tuple(dict.fromkeys(points)),
                colour=colour,
                width=1.6,
                dashed=dashed,
                over=True,
            )
    previous: HistoryRow | None = None
    for row in rows:
        if row is None:
            previous = None
            continue
        x, y = _point(row)
        shade, says = plan.shades[row.level.id], _says(plan, row)
        if row.best < row.worst:
            yield Line(
                points=((x, row.best), (x, min(row.worst, plan.deepest + 0.4))),
                colour=shade.line,
                width=1,
                says=says,
            )
        is_news = previous is None or row.level.rank != previous.level.rank or row is rows[-1]
        fill = PAPER if row.last_recorded else shade.fill
        yield Dot(
            x=x,
            y=y,
            shape="circle",
            fill=fill,
            outline=shade.edge,
            size=dot if is_news else dot - 2,
            says=says,
        )
        previous = row


def _style(
    plan: _Plan, before: HistoryRow | None, row: HistoryRow | None
) -> tuple[str | None, bool]:
    """Return the colour of the line from one day to the next, if any, and whether it is dotted."""
    if before is None or row is None:
        return None, False
    return plan.shades[row.level.id].line, row.last_recorded


def _point(row: HistoryRow) -> tuple[float, float]:
    return _year_at(row.on), float(row.position)


def _year_at(day: date) -> float:
    """Return where a day is on the axis of the years: the end of 2013 is at 2013."""
    return year_of(day.toordinal() + 1) - 1


def _names(plan: _Plan, day: HistoryDay, *, room: float, left: bool) -> Iterator[Label]:
    """Yield the names at one side: those that share a position, one below the other."""
    grammar = plan.grammar.at(day.on.toordinal())
    for place, row in enumerate(day, 1):  # after two at 3 comes one at 5, so each has a line
        if row.party in plan.lines and place <= plan.deepest:
            position, name = str(row.position), shorter(grammar.name(row.party))
            text = f"{position} {name}"
            if left:
                text = f"{cut(name, room - 26, _SIZE)} {position}"
            yield Label(
                x=_year_at(day.on),
                y=place,
                dx=-8 if left else 8,
                text=cut(text, room - 4, _SIZE),
                align="right" if left else "left",
                size=_SIZE,
            )


# --- in words ------------------------------------------------------------------------------------


def _says(plan: _Plan, row: HistoryRow) -> str:
    grammar = plan.grammar
    span = (
        f"{row.position}"
        if row.best == row.worst
        else f"{row.position} ({span_of(row.best, row.worst)})"
    )
    level = row.level.name(grammar.lang)
    if row.last_recorded:
        level = word("as last recorded", grammar.lang, level=level)
    return f"{grammar.name(row.party)}, {short_day(row.on, grammar.lang)}: {span}, {level}"


def _cut_in_words(day: HistoryDay, lang: Language) -> str:
    return word(f"cut {day.cut}", lang, day=short_day(day.on, lang))


def _how_to_read(plan: _Plan) -> Iterator[str]:
    lang = plan.grammar.lang
    rows = [row for line in plan.lines.values() for row in line if row is not None]
    if rows:
        yield from _signs(plan, rows)
    if plan.left_out:
        day = short_day(plan.days[-1].on, lang)
        left_out = word("left out", lang, shown=len(plan.lines), day=day, count=plan.left_out)
        yield sentence([left_out])


def _signs(plan: _Plan, rows: Sequence[HistoryRow]) -> Iterator[str]:
    lang = plan.grammar.lang
    ranks = {row.level.rank for row in rows}
    ladder = plan.history.reference.ladder[plan.history.party]
    levels = [ladder.of_rank(rank)[0].name(lang) for rank in sorted(filter(None, ranks))[::-1]]
    named = ", ".join(levels)
    if len(levels) > 1:
        named = word("dark to light", lang, levels=named)
    yield sentence([word("bump rule", lang, levels=named)])
    signs = [word("interval", lang)] * any(row.best < row.worst for row in rows)
    signs += [word("hollow", lang)] * any(row.last_recorded for row in rows)
    signs += [_cut_in_words(day, lang) for day in plan.days if day.cut is not None]
    if plan.is_cut:
        signs.append(word("deeper", lang, deepest=plan.deepest))
    if signs:
        yield sentence(signs)


def _alt(plan: _Plan) -> str:
    """Return the chart in a few sentences: the first five of the last day, and where they were."""
    lang = plan.grammar.lang
    if not plan.lines:
        return f"{plan.title}. {word('nobody', lang)}"
    said = []
    for party, rows in [*plan.lines.items()][:5]:
        known = [row for row in rows if row is not None]
        ends = dict.fromkeys((known[0], known[-1]))
        dated = ", ".join(
            word("position on", lang, position=row.position, day=short_day(row.on, lang))
            for row in ends
        )
        said.append(f"{plan.grammar.name(party)}: {dated}")
    about = word("alt bump", lang, count=len(plan.lines))
    return ". ".join([plan.title, about, *said, word("in table", lang)])
