"""Ladder steps of many partners: since when each holds its level, and what came before."""

from __future__ import annotations

from datetime import date
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.charts import legend
from diplorel.charts.chart import NARROW, WIDE, Chart
from diplorel.charts.colours import GRID, INK, MUTED, OFF_LADDER, PAPER, RED, SPECIAL, by_level
from diplorel.charts.picture import Axis, Bar, Dot, Label, Line, Picture, cut, width_of
from diplorel.charts.sources import data_notes
from diplorel.charts.words import (
    sentence,
    short_date,
    short_day,
    short_names,
    shorter,
    word,
    year_of,
)
from diplorel.charts.years import ticks
from diplorel.language.grammar import Grammar
from diplorel.model.dates import FIRST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from diplorel.analysis.steps import Step, Steps, StepsRow
    from diplorel.charts.colours import Shade
    from diplorel.charts.picture import Mark
    from diplorel.model.dates import Language, PartialDate

_ROW: Final = 16
_TOP: Final = 26
_BAR: Final = 9.0
_THIN: Final = 3.0
_HAIR: Final = 1.2
_SQUARE: Final = 9.0


def ladder(steps: Steps, *, lang: Language = "en") -> Chart:
    """Draw how each partner reached its level, one row a partner.

    A bar has the colour of the level, darker for a higher one. A date that is not exact is a thin
    line over all the days that it can be; what no stream vouches for is white with an outline; the
    square after the red line repeats the level of the day, however short it has been held.

    Args:
        steps: What `World.steps` returns.
        lang: The language of the words: ``en`` or ``vi``.

    >>> import diplorel as dr
    >>> chart = ladder(dr.load("vietnam").replay("2025-03-12").steps("VNM"), lang="vi")
    >>> chart.title
    'Đối tác của Việt Nam, từng bước đến 12/3/2025'
    """
    plan = _Plan.of(steps, lang)
    day = word("all", lang) if steps.on is None else short_day(steps.on, lang)
    return Chart(
        kind="ladder",
        title=word("ladder", lang, party=plan.grammar.name(steps.party), day=day),
        alt=_alt(steps, plan),
        notes=(*_how_to_read(steps, lang), data_notes(steps.reference, steps.asked, lang)),
        lang=lang,
        wide=_drawn(plan, WIDE, name=128.0, last=136.0),
        narrow=_drawn(plan, NARROW, name=98.0, last=16.0),
    )


@attrs.frozen(kw_only=True)
class _Plan:
    """What both pictures have in common: the rows in groups, the shades, and the years."""

    grammar: Grammar
    shades: Mapping[str, Shade]
    groups: tuple[tuple[tuple[str, ...], tuple[StepsRow, ...], Shade, bool], ...]
    key: tuple[legend.Entry, ...]
    first: int
    day: int

    @classmethod
    def of(cls, steps: Steps, lang: Language) -> _Plan:
        own = steps.reference.ladder.get(steps.party)
        shades = by_level(own) if own is not None else {}
        begun = [step.start for row in steps for step in row.steps if step.start.lo > FIRST_DAY]
        agreed = [row.since for row in steps if row.since is not None and row.since.lo > FIRST_DAY]
        on_ladder = [
            step.start.lo
            for row in steps
            for step in row.steps
            if step.level is not None and step.start.lo > FIRST_DAY
        ]
        last = max((one.hi for one in (*begun, *agreed)), default=date(2000, 1, 1).toordinal())
        day = last if steps.on is None else steps.on.toordinal()
        first = min(on_ladder, default=min((one.lo for one in begun), default=day - 3650))
        return cls(
            grammar=Grammar(steps.reference, lang, first=steps.party, day=day),
            shades=shades,
            groups=tuple(_groups(steps, shades, lang)),
            key=tuple(_entries(steps, shades, lang, min(first, day - 365) - 180)),
            first=min(first, day - 365) - 180,
            day=day,
        )


def _groups(
    steps: Steps, shades: Mapping[str, Shade], lang: Language
) -> Iterator[tuple[tuple[str, ...], tuple[StepsRow, ...], Shade, bool]]:
    """Return the groups: their titles, the longest first, rows, shade, whether it is complete."""

    def key(row: StepsRow) -> tuple[str, int | str]:
        rank = row.level.rank if row.level is not None and row.group == "ladder" else None
        return row.group, rank or 0

    own = steps.reference.ladder.get(steps.party)
    floor = steps.complete_from.rank if steps.complete_from is not None else None
    for (group, rank), listed in groupby(steps, key=key):
        rows = tuple(listed)
        if group == "ladder" and own is not None:
            level = next(one for one in own.levels if one.rank == rank)
            complete = floor is not None and isinstance(rank, int) and rank >= floor
            titles: tuple[str, ...] = (level.name(lang),)
            if all(row.last_recorded for row in rows):
                titles = (word("as last recorded", lang, level=titles[0]), *titles)
            yield titles, rows, shades[level.id], complete
        else:
            shade = SPECIAL if group == "special" else shades.get("", SPECIAL)
            yield (word(group, lang),), rows, shade, True


# --- the picture ---------------------------------------------------------------------------------


def _drawn(plan: _Plan, width: int, *, name: float, last: float) -> Picture:
    rows = sum(len(rows) + 1.6 for _, rows, _, _ in plan.groups) or 2
    key = legend.rows_of(plan.key, width)
    top = len(key) * legend.ROW + _TOP + 4 * bool(key)
    height = round(rows * _ROW) + top + _TOP
    years = Axis(
        units=(year_of(plan.first), year_of(plan.day)), pixels=(name + 8, width - last - 20)
    )
    y = Axis(units=(0, rows), pixels=(top, height - _TOP))
    return Picture(
        width=width,
        height=height,
        x=years,
        y=y,
        marks=(
            *legend.drawn(key, x=years, y=y, width=width),
            *_scale(plan, years, rows, wide=width == WIDE),
            *_rows(plan, years, width, name),
        ),
    )


def _scale(plan: _Plan, years: Axis, rows: float, *, wide: bool) -> Iterator[Mark]:
    """Yield the lines of the years, and the red one of the day."""
    lang, day = plan.grammar.lang, year_of(plan.day)
    said = short_day(date.fromordinal(plan.day), lang)
    for year in ticks(years, most=7 if wide else 3):
        yield Line(points=((year, 0), (year, rows)), colour=GRID, width=1)
        is_free = years.to_pixels(day) - years.to_pixels(year) > (60 if wide else 70)
        for place in (-0.6, rows + 0.6) if is_free else (rows + 0.6,):  # above is the day
            yield Label(x=year, y=place, text=str(year), align="center", size=10.5, colour=MUTED)
    yield Line(points=((day, -0.1), (day, rows)), colour=RED, width=1.2, over=True)
    yield Label(
        x=day,
        y=-0.6,
        text=said,
        align="center" if wide else "right",
        size=10.5,
        bold=True,
        colour=RED,
        dx=0 if wide else 14,
    )


def _rows(plan: _Plan, years: Axis, width: int, name: float) -> Iterator[Mark]:
    lang, y = plan.grammar.lang, 0.9
    left, right = years.to_units(0), years.to_units(width)
    for titles, rows, shade, complete in plan.groups:
        fitting = [one for one in titles if width_of(one, bold=True) <= width - 56]
        said = cut([*fitting, titles[-1]][0], width - 56, bold=True)
        yield from title_of(said, len(rows), complete=complete, x=(left, right), y=y)
        y += 1
        for row in rows:
            party = cut(shorter(plan.grammar.name(row.party)), name - 4, 11.5)
            yield Label(x=years.to_units(name), y=y, text=party, align="right")
            yield from _row(plan, years, row, y, shade)
            if width == WIDE and row.since is not None:
                since = short_date(row.since, lang)
                at = years.to_units(width - 134)
                yield Label(x=at, y=y, text=cut(since, 132, 10.5), size=10.5, colour=MUTED)
            y += 1
        y += 0.6
    if not plan.groups:
        yield Label(x=left, y=y, text=word("nobody", lang), colour=MUTED)


def title_of(
    title: str, count: int, *, complete: bool, x: tuple[float, float], y: float
) -> Iterator[Label]:
    """Yield the title of a group and its count; "≥" is apart, since fonts lack a bold one."""
    left, right = x
    yield Label(x=left, y=y, text=title, bold=True)
    yield Label(x=right, y=y, text=str(count), align="right", bold=True)
    if not complete:
        yield Label(x=right, y=y, text="≥", align="right", dx=-5 - width_of(str(count), bold=True))


def _row(plan: _Plan, years: Axis, row: StepsRow, y: float, shade: Shade) -> Iterator[Mark]:
    """Yield the bars of one partner, and the signs of the day."""
    before: Shade | None = None
    for step in row.steps:
        own = _shade(plan, step)
        yield from _step(plan, years, row, step, y=y, like_before=own == before)
        before = own
    for step in row.steps:
        for other in step.also:
            middle = (max(other.lo, plan.first) + other.hi) // 2
            said = short_date(other, plan.grammar.lang)
            yield Dot(
                x=year_of(middle),
                y=y,
                shape="diamond",
                fill=PAPER,
                outline=RED,
                size=6.5,
                says=said,
            )
    at = years.to_units(years.pixels[1] + 10)
    if row.group == "agreed":
        yield Dot(x=at, y=y, shape="circle", fill=PAPER, outline=INK, size=_SQUARE - 1)
    else:
        own = _shade(plan, row.steps[-1]) if row.steps else shade
        fill = PAPER if row.last_recorded else own.fill
        yield Dot(x=at, y=y, shape="square", fill=fill, outline=own.edge, size=_SQUARE)


def _step(
    plan: _Plan, years: Axis, row: StepsRow, step: Step, *, y: float, like_before: bool
) -> Iterator[Mark]:
    """Yield a step: thin where its beginning is open, then full, white where nobody vouches."""
    says, shade = _says(plan, row, step), _shade(plan, step)
    start, sure = max(step.start.lo, plan.first), max(step.start.hi, plan.first)
    end = plan.day if step.end is None else min(step.end.lo, plan.day)
    if start < sure:
        x1 = year_of(min(sure, plan.day))
        yield Bar(x0=year_of(start), x1=x1, y=y, height=_THIN, fill=shade.line, says=says)
    if step.start.lo < plan.first:
        yield Dot(
            x=years.to_units(years.pixels[0] + 2),
            y=y,
            shape="triangle-left",
            fill=shade.line,
            size=6,
        )
    white = end
    if row.last_recorded and step is row.steps[-1]:
        white = sure if row.vouched_to is None else row.vouched_to.toordinal() + 1
        white = max(min(white, end), sure)
    bar = Bar(x0=year_of(sure), x1=year_of(end), y=y, height=_HAIR, fill=shade.line, says=says)
    if sure < white:
        yield attrs.evolve(
            bar, x1=year_of(white), fill=shade.fill, outline=shade.outline, height=_BAR
        )
    if white < end:
        yield attrs.evolve(bar, x0=year_of(white), fill=PAPER, outline=shade.edge, height=_BAR)
    if step.level is None and sure < end:
        yield bar
    if like_before and sure < end:
        x = year_of(sure)
        yield Line(points=((x, y - 0.3), (x, y + 0.3)), colour=PAPER, width=2, over=True)


def _shade(plan: _Plan, step: Step) -> Shade:
    if step.level is None:
        return SPECIAL
    return plan.shades.get(step.level.id, OFF_LADDER)  # a level that the ladder lacks has no rank


# --- in words ------------------------------------------------------------------------------------


def _says(plan: _Plan, row: StepsRow, step: Step) -> str:
    lang = plan.grammar.lang
    level = word("special", lang) if step.level is None else step.level.name(lang)
    until = "" if step.end is None else f" → {short_date(step.end, lang)}"
    return f"{plan.grammar.name(row.party)}: {level}, {short_date(step.start, lang)}{until}"


def _how_to_read(steps: Steps, lang: Language) -> Iterator[str]:
    marks = ["square rule"] * bool(len(steps))
    marks += ["cut mark"] * any(_is_cut(row.steps) for row in steps)
    if marks:
        yield sentence(word(mark, lang) for mark in marks)


def _entries(
    steps: Steps, shades: Mapping[str, Shade], lang: Language, first: int
) -> Iterator[legend.Entry]:
    """Yield what the key says: the levels that were held, the highest first, then the signs."""
    held = [step for row in steps for step in row.steps]
    yield from _levels(steps, held, shades, lang)
    if any(step.level is None for step in held):
        text = word("special key", lang)
        yield legend.Entry(text=text, fill=SPECIAL.fill, outline=SPECIAL.outline)
    white: dict[str, Any] = {"fill": PAPER, "outline": MUTED}
    open_dates = [step.start for step in held if step.start.lo < step.start.hi]
    earlier: dict[str, Any] = {"fill": MUTED, "sign": "triangle-left"}
    signs: tuple[tuple[bool, str, dict[str, Any]], ...] = (
        (bool(open_dates), "thin", {"fill": MUTED, "sign": "line"}),
        (any(step.start.lo < first for step in held), "before chart", earlier),
        (any(row.last_recorded for row in steps), "white", white),
        (any(step.also for step in held), "diamond", {**white, "outline": RED, "sign": "diamond"}),
    )
    for is_shown, key, sign in signs:
        if is_shown:
            yield legend.Entry(text=word(key, lang), **sign)


def _levels(
    steps: Steps, held: Sequence[Step], shades: Mapping[str, Shade], lang: Language
) -> Iterator[legend.Entry]:
    """Yield an entry for each rank that was held, and one for all levels off the ladder."""
    ladder = steps.reference.ladder.get(steps.party)
    levels = [step.level for step in held if step.level is not None]
    ranks = sorted({one.rank for one in levels if one.rank is not None}, reverse=True)
    plain = [ladder.of_rank(rank)[0] for rank in ranks] if ladder is not None else []
    names = short_names([one.name(lang) for one in plain])
    for level, name in zip(plain, names, strict=True):
        shade = shades[level.id]
        yield legend.Entry(text=name, fill=shade.fill, outline=shade.outline)
    off = dict.fromkeys(one.name(lang) for one in levels if one.rank is None)
    if off:
        text = word("off levels", lang, levels=", ".join(off))
        yield legend.Entry(text=text, fill=OFF_LADDER.fill, outline=OFF_LADDER.outline)


def _is_cut(steps: Sequence[Step]) -> bool:
    ranks = [step.level.rank if step.level is not None else -1 for step in steps]
    return any(one == other for one, other in pairwise(ranks))


def _alt(steps: Steps, plan: _Plan) -> str:
    """Return the chart in a few sentences: how many hold which level, the first and the latest."""
    lang = plan.grammar.lang
    said = []
    for titles, rows, _, complete in plan.groups:
        title = titles[0]
        count = len(rows) if complete else f"≥ {len(rows)}"
        dated: list[tuple[PartialDate, str]] = [
            (row.since, row.party) for row in rows if row.since is not None
        ]
        ends = [min(dated, key=_by_day), max(dated, key=_by_day)] if dated else []
        names = [
            f"{plan.grammar.name(party)} {short_date(on, lang)}"
            for on, party in dict.fromkeys(ends)
        ]
        said.append(f"{title}: {count} ({'; '.join(names)})" if names else f"{title}: {count}")
    day = word("all", lang) if steps.on is None else short_day(steps.on, lang)
    head = word("ladder", lang, party=plan.grammar.name(steps.party), day=day)
    about = word("alt ladder", lang, count=len(steps))
    return ". ".join([head, about, *said, word("in table", lang)])


def _by_day(dated: tuple[PartialDate, str]) -> tuple[int, str]:
    return dated[0].hi, dated[1]
