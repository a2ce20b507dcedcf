"""Pace: how many partners a party had at each level or a higher one, day by day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

from diplorel.charts.chart import NARROW, WIDE, Chart
from diplorel.charts.colours import GRID, MUTED, by_level
from diplorel.charts.picture import Axis, Dot, Label, Line, Picture, fitted, notice, width_of
from diplorel.charts.sources import data_notes
from diplorel.charts.words import sentence, short_day, short_names, word, year_of
from diplorel.charts.years import ticks
from diplorel.errors import InvalidQueryError
from diplorel.language.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diplorel.analysis.ranking_history import RankingHistory
    from diplorel.charts.picture import Mark
    from diplorel.model.dates import Language
    from diplorel.model.ladders import Level

_TOP: Final = 16
_BOTTOM: Final = 24
_HEIGHT: Final = 210
_LEFT: Final = 24
_COUNT: Final = 14.0
_COUNT_LINE: Final = 17.0
_NAME: Final = 10.5
_NAME_LINE: Final = 13.0
_BETWEEN: Final = 7.0
_MOST_LINES: Final = 3


def pace(history: RankingHistory, *, lang: Language = "en") -> Chart:
    """Draw how many partners there were at each level or a higher one, a curve for each rank.

    A curve is solid on the days when some stream calls the list complete from its level up, and
    dotted on the others, when there may have been more. The number at the right is that of the last
    day.

    Args:
        history: What `EventLog.ranking_history` returns for ``days="changes"``.
        lang: The language of the words: ``en`` or ``vi``.

    Raises:
        InvalidQueryError: The history is one of year-ends.

    >>> import diplorel as dr
    >>> log = dr.load("vietnam")
    >>> history = log.ranking_history("VNM", days="changes", today="2025-03-12")
    >>> chart = pace(history)
    >>> [label.text for label in chart.wide.labels if label.bold]
    ['12', '20', '33']
    """
    if history.mode != "changes":
        raise InvalidQueryError(
            "{argument}: a chart of the pace takes ranking_history(..., days='changes'), "
            "got days={days!r}",
            argument="history",
            days=history.mode,
        )
    plan = _Plan.of(history, lang)
    return Chart(
        kind="pace",
        title=plan.title,
        alt=_alt(plan),
        notes=(_how_to_read(plan), data_notes(history.reference, history.asked, lang)),
        lang=lang,
        wide=_drawn(plan, WIDE, last=150.0),
        narrow=_drawn(plan, NARROW, last=100.0),
    )


@attrs.frozen(kw_only=True)
class _Curve:
    """How many partners were at a level or a higher one.

    Attributes:
        level: The level; of several with one rank, the plain one.
        name: Its name on the chart.
        steps: From which day on there were how many, the first day of the history first.
        pieces: The same up to the last day, cut where the list begins or ceases to be complete:
            whether it is, and its first and last day.
        open: Whether there may be more on the last day.
    """

    level: Level
    name: str
    steps: tuple[tuple[int, int], ...]
    pieces: tuple[tuple[bool, int, int], ...]
    open: bool
    colour: str
    width: float

    @property
    def last(self) -> int:
        """How many there are on the last day."""
        return self.steps[-1][1]

    def until(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the corners of the curve from a day to another one."""
        corners: list[tuple[int, int]] = []
        for day, count in self.steps:
            if day <= first:
                corners = [(first, count)]
            elif day <= last:
                corners += [(day, corners[-1][1]), (day, count)]
        return [*corners, (last, corners[-1][1])]


@attrs.frozen(kw_only=True)
class _Plan:
    """What both pictures have in common: the curves, the highest first, and the days."""

    grammar: Grammar
    history: RankingHistory
    curves: tuple[_Curve, ...]
    title: str
    first: int
    last: int

    @classmethod
    def of(cls, history: RankingHistory, lang: Language) -> _Plan:
        last = history.last.toordinal()
        grammar = Grammar(history.reference, lang, first=history.party, day=last)
        party, day = grammar.name(history.party), short_day(history.last, lang)
        first = history.days[0].on.toordinal() if history.days else last
        return cls(
            grammar=grammar,
            history=history,
            curves=tuple(_curves(history, lang)) if history.days else (),
            title=word("pace", lang, party=party, day=day),
            first=first,
            last=max(last, first + 1),
        )


def _curves(history: RankingHistory, lang: Language) -> Iterator[_Curve]:
    ladder = history.reference.ladder[history.party]
    shades = by_level(ladder)
    levels = [ladder.of_rank(rank)[0] for rank in ladder.ranks]
    names = short_names([level.name(lang) for level in levels])
    first, last = history.days[0].on.toordinal(), history.last.toordinal()
    last = max(last, first + 1)
    undecided = bool(history.days[-1].undecided)
    for place, (rank, level, name) in enumerate(zip(ladder.ranks, levels, names, strict=True)):
        steps = tuple(
            (day.on.toordinal(), sum((row.level.rank or 0) >= rank for row in day))
            for day in history.days
        )
        turns = [
            (max(day.toordinal(), first), floor is not None and rank >= (floor.rank or 0))
            for day, floor in history.floors()
        ]
        ends = [*(day for day, _ in turns[1:]), last]
        pieces = [
            (complete, day, end)
            for (day, complete), end in zip(turns, ends, strict=True)
            if day < end
        ]
        yield _Curve(
            level=level,
            name=name if place == 0 else word("or higher", lang, level=name),
            steps=steps,
            pieces=tuple(pieces),
            open=undecided or not turns[-1][1],
            colour=shades[level.id].line,
            width=max(2.6 - 0.6 * place, 1.0),
        )


# --- the picture ---------------------------------------------------------------------------------


def _drawn(plan: _Plan, width: int, *, last: float) -> Picture:
    if not plan.curves:
        return notice(word("no change", plan.grammar.lang), width)
    blocks = [fitted(curve.name, last, _NAME, most=_MOST_LINES) for curve in plan.curves]
    heights = [_COUNT_LINE + _NAME_LINE * len(lines) + _BETWEEN for lines in blocks]
    height = max(_HEIGHT, round(sum(heights)) + _TOP + _BOTTOM)
    most = max(count for curve in plan.curves for _, count in curve.steps)
    years = Axis(
        units=(year_of(plan.first), year_of(plan.last)), pixels=(_LEFT, width - last - 14.0)
    )
    counts = Axis(units=(0, max(most, 1) * 1.04), pixels=(height - _BOTTOM, _TOP))
    marks: list[Mark] = [*_scale(years, counts, wide=width == WIDE)]
    for curve in plan.curves:
        marks += _curve(plan, curve)
    ends = [counts.to_pixels(curve.last) for curve in plan.curves]
    # the number of a curve is as high as its end, so its block begins half a line above
    tops = spread([end - _COUNT_LINE / 2 for end in ends], heights, (0.0, height - 2.0))
    for curve, lines, top, end in zip(plan.curves, blocks, tops, ends, strict=True):
        marks += _block(curve, lines, years, counts, last=year_of(plan.last), at=(top, end))
    return Picture(width=width, height=height, x=years, y=counts, marks=marks)


def _scale(years: Axis, counts: Axis, *, wide: bool) -> Iterator[Mark]:
    """Yield the lines of counts with their numbers, and the years below."""
    begin, end = years.units
    for count in ticks(counts, most=5):
        yield Line(points=((begin, count), (end, count)), colour=GRID, width=1)
        yield Label(
            x=begin, y=count, dx=-6, text=str(count), align="right", size=10.5, colour=MUTED
        )
    for year in ticks(years, most=7 if wide else 4):
        yield Label(x=year, y=0, dy=14, text=str(year), align="center", size=10.5, colour=MUTED)


def _curve(plan: _Plan, curve: _Curve) -> Iterator[Mark]:
    lang = plan.grammar.lang
    for complete, first, last in curve.pieces:
        points = [(year_of(day), float(count)) for day, count in curve.until(first, last)]
        yield Line(
            points=tuple(_once(points)),
            colour=curve.colour,
            width=curve.width,
            dashed=not complete,
            over=True,
            says=f"{curve.name}: "
            + "; ".join(
                f"{short_day(date.fromordinal(day), lang)} {count}"
                for day, count in curve.steps
                if first <= day <= last
            ),
        )


def _once(points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield points without those that repeat the one before."""
    yield points[0]
    for before, point in pairwise(points):
        if point != before:
            yield point


def _block(
    curve: _Curve,
    lines: Sequence[str],
    years: Axis,
    counts: Axis,
    *,
    last: float,
    at: tuple[float, float],
) -> Iterator[Mark]:
    """Yield the number at the end of a curve, and the name; "≥" is not bold, for want of fonts."""
    top, end = at
    y = counts.to_units(top + _COUNT_LINE / 2)
    yield Dot(x=last, y=curve.last, shape="circle", fill=curve.colour, size=6)
    if abs(top + _COUNT_LINE / 2 - end) > _BETWEEN:
        points = ((last, float(curve.last)), (years.to_units(years.pixels[1] + 11), y))
        yield Line(points=points, colour=curve.colour, width=0.8)
    dx = 14.0
    if curve.open:
        yield Label(x=last, y=y, dx=dx, text="≥", size=_COUNT, colour=curve.colour)
        dx += width_of("≥ ", _COUNT)
    yield Label(
        x=last, y=y, dx=dx, text=str(curve.last), size=_COUNT, bold=True, colour=curve.colour
    )
    for place, line in enumerate(lines):
        lower = counts.to_units(top + _COUNT_LINE + (place + 0.5) * _NAME_LINE)
        yield Label(x=last, y=lower, dx=14, text=line, size=_NAME)


def spread(
    wanted: Sequence[float], heights: Sequence[float], room: tuple[float, float]
) -> list[float]:
    """Return where blocks begin so that none is over another: as wanted, or pushed apart.

    Args:
        wanted: Where each would begin, in pixels from above.
        heights: How high each is.
        room: Where the first may begin, and where the last must end.

    >>> spread([50, 52, 10], [20, 20, 20], (0, 90))
    [50, 70, 10]
    >>> spread([80, 80], [20, 20], (0, 90))
    [50, 70]
    """
    order = sorted(range(len(wanted)), key=lambda one: (wanted[one], one))
    found = [0.0] * len(wanted)
    free = room[0]
    for one in order:
        found[one] = max(wanted[one], free)
        free = found[one] + heights[one]
    free = room[1]
    for one in reversed(order):
        found[one] = min(found[one], free - heights[one])
        free = found[one]
    return found


# --- in words ------------------------------------------------------------------------------------


def _how_to_read(plan: _Plan) -> str:
    lang = plan.grammar.lang
    known = {complete for curve in plan.curves for complete, _, _ in curve.pieces}
    keys = [key for key, complete in _SIGNS if complete in known]
    keys.append(f"counts from {plan.history.asked.get('dates', 'latest')}")
    return sentence(word(key, lang) for key in keys)


_SIGNS: Final = (("solid count", True), ("dotted count", False))


def _alt(plan: _Plan) -> str:
    """Return the chart in a few sentences: how many at first and at last, level by level."""
    lang = plan.grammar.lang
    if not plan.curves:
        return f"{plan.title}. {word('no change', lang)}"
    said = []
    for place, curve in enumerate(plan.curves):
        name = curve.level.name(lang)
        name = name if place == 0 else word("or higher", lang, level=name)
        first = short_day(date.fromordinal(curve.steps[0][0]), lang)
        last = short_day(plan.history.last, lang)
        more = "≥ " * curve.open
        counts = {"one": curve.steps[0][1], "other": f"{more}{curve.last}"}
        said.append(word("counts", lang, level=name, first=first, last=last, **counts))
    return ". ".join([plan.title, word("alt pace", lang), *said, word("in table", lang)])
