"""Lanes of two parties: what held and what happened between them, aspect by aspect, over time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from diplorel.charts import legend
from diplorel.charts.chart import NARROW, WIDE, Chart
from diplorel.charts.colours import GRID, HATCH, INK, MUTED, PAPER, RED
from diplorel.charts.lane_plan import GONE, Plan, goes_on, is_open, start_of, value_of
from diplorel.charts.lane_scale import chains
from diplorel.charts.picture import Axis, Bar, Dot, Label, Line, Picture, cut, width_of
from diplorel.charts.sources import data_notes
from diplorel.charts.words import sentence, short_date, short_day, word, year_of
from diplorel.model.dates import FIRST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.analysis.lanes import Lane, LaneMark, Lanes
    from diplorel.analysis.spells import Spell
    from diplorel.charts.picture import Mark, Shape
    from diplorel.model.dates import Language

_ROW: Final = {WIDE: 24, NARROW: 38}
_BAR: Final = 13.0
_THIN: Final = 3.0
_SIGN: Final = 8.0
_COUNT: Final = 10.0
_SEEN: Final = 0.5
"""A line that is shorter, in pixels, is nothing but its sign."""
_STUB: Final = 10.0
"""The length in pixels of the line of a date with a known last day only."""
_RAISED: Final = 7.0
"""By how many pixels another date of an event is above it, where it would hide it."""
_BAND: Final = "#f3f5f7"
_NAMES: Final = 166.0
_LEFT: Final = 30.0
"""Room for the count beside the first sign."""


def lanes(lanes: Lanes, *, lang: Language = "en") -> Chart:
    """Draw a relation over time, one lane an aspect: bars for what held, signs for what happened.

    Days without knowledge are hatched, what no stream vouches for is white with an outline, and a
    date that is not exact is a thin line over all the days that it can be.

    Args:
        lanes: What `EventLog.lanes` returns.
        lang: The language of the words: ``en`` or ``vi``.

    >>> import diplorel as dr
    >>> lanes = dr.load("vietnam").lanes("VNM", "SGP", on="2025-03-12")
    >>> dr.charts.lanes(lanes).title
    'Vietnam and Singapore: what was recorded, to 12 March 2025'
    """
    plan = Plan.of(lanes, lang)
    return Chart(
        kind="lanes",
        title=plan.title,
        alt=_alt(plan),
        notes=(_how_to_read(plan), data_notes(lanes.reference, lanes.asked, lang)),
        lang=lang,
        wide=_drawn(plan, WIDE),
        narrow=_drawn(plan, NARROW),
    )


# --- the picture ---------------------------------------------------------------------------------


def _drawn(plan: Plan, width: int) -> Picture:
    wide, row = width == WIDE, _ROW[width]
    key = legend.rows_of(plan.entries, width)
    top = len(key) * legend.ROW + 24
    rows = max(len(plan.lanes), 1)
    height = top + rows * row + 24
    left = (_NAMES if wide else 0.0) + _LEFT
    x = Axis(units=plan.scale.units, pixels=(left, width - 24))
    y = Axis(units=(0, rows), pixels=(top, height - 24))
    marks = [*legend.drawn(key, x=x, y=y, width=width), *_scale(plan, x, rows, wide=wide)]
    if not plan.lanes.lanes:
        said = plan.say("nothing")
        marks.append(Label(x=x.to_units(0), y=0.5, text=said, colour=MUTED))
    for place, lane in enumerate(plan.lanes):
        middle = place + (0.5 if wide else 0.68)
        name = cut(plan.name(lane), _NAMES if wide else width, bold=False)
        at = middle if wide else place + 0.2
        marks.append(Label(x=x.to_units(0), y=at, text=name))
        marks += _lane(plan, lane, x, middle, row)
    return Picture(width=width, height=height, x=x, y=y, marks=marks)


def _scale(plan: Plan, x: Axis, rows: int, *, wide: bool) -> Iterator[Mark]:
    """Yield the years, the band of compressed years, and the line of the day."""
    scale, lang = plan.scale, plan.grammar.lang
    end = scale.x(year_of(scale.day))
    if scale.turn is not None:
        # a line as wide as the band: lines of the grid are drawn over it
        edges = [x.to_pixels(scale.units[0]), x.to_pixels(scale.x(scale.turn))]
        middle = x.to_units(sum(edges) / 2)
        yield Line(
            points=((middle, 0), (middle, rows)), colour=_BAND, width=max(edges[1] - edges[0], 1)
        )
    for place in range(rows + 1):
        ends = ((x.to_units(0), place), (x.to_units(x.pixels[1]), place))
        yield Line(points=ends, colour=GRID, width=1)
    said, last = short_day(date.fromordinal(scale.day), lang), -100.0
    free = x.to_pixels(end) + 22 - width_of(said, 10.5, bold=True) - 22
    for year in scale.ticks(7 if wide else 3):
        at, pixel = scale.x(year), x.to_pixels(scale.x(year))
        if not last + 36 < pixel < free:
            continue
        last = pixel
        for place in range(rows):  # where the name of a lane is above it, the name is left free
            yield Line(
                points=((at, place + 0.4 * (not wide)), (at, place + 1)), colour=GRID, width=1
            )
        for side, edge in ((0, -9), (rows, 9)):
            yield Label(
                x=at, y=side, dy=edge, text=str(year), align="center", size=10.5, colour=MUTED
            )
    yield Line(points=((end, 0), (end, rows)), colour=RED, width=1.2, over=True)
    yield Label(
        x=end, y=0, dy=-9, dx=22, text=said, align="right", size=10.5, bold=True, colour=RED
    )


def _lane(plan: Plan, lane: Lane, x: Axis, y: float, row: int) -> Iterator[Mark]:
    for spell in lane.spells:
        yield from _spell(plan, lane, spell, x, y)
    if goes_on(lane) and lane.spells[-1].value not in GONE:
        shade = plan.shade(lane, str(lane.spells[-1].value))
        fill = PAPER if lane.last_recorded else shade.fill
        at = x.to_units(x.pixels[1] + 11)
        yield Dot(x=at, y=y, shape="square", fill=fill, outline=shade.edge, size=9)
    points = []
    for mark in lane.marks:
        yield from _mark(plan, lane, mark, x, y, row)
        last = _pixel(plan, mark.on.hi, x)
        points.append((_from(plan, mark, x), last, len(mark)))
    digit = width_of("0", _COUNT)
    room = width_of("×", _COUNT) + _SIGN / 2 + 4
    for first, _, count in chains(points, sign=_SIGN + 1, room=room, digit=digit):
        if count > 1:
            at = x.to_units(first - _SIGN / 2 - 3)
            yield Label(x=at, y=y, text=f"×{count}", align="right", size=_COUNT, colour=MUTED)
    also = [(on, y) for on in lane.also]
    also += [(on, y - _RAISED / row) for mark in lane.marks for on in mark.also]
    for on, at in also:
        middle = (max(on.lo, plan.scale.first) + on.hi) // 2
        yield Dot(
            x=plan.scale.of_day(middle),
            y=at,
            shape="diamond",
            fill=PAPER,
            outline=RED,
            size=7,
            says=short_date(on, plan.grammar.lang),
        )


def _from(plan: Plan, mark: LaneMark, x: Axis) -> float:
    """Return the pixel where the thin line of a date begins; that of its sign without one."""
    last = _pixel(plan, mark.on.hi, x)
    if mark.on.lo <= FIRST_DAY:
        return last - _STUB
    return min(_pixel(plan, mark.on.lo, x), last)


def _pixel(plan: Plan, day: int, x: Axis) -> float:
    return x.to_pixels(plan.scale.of_day(day))


def _spell(plan: Plan, lane: Lane, spell: Spell, x: Axis, y: float) -> Iterator[Mark]:
    """Yield what held or, thin all along, what another order of the events may lack."""
    if spell.value in ("none", "lapsed"):
        return
    if not is_open(spell):
        yield from _known(plan, lane, spell, x, y)
        return
    last = plan.scale.day if spell.end is None else min(spell.end.hi, plan.scale.day)
    start = max(spell.start.lo, plan.scale.first)
    if start < last:
        thin = {"fill": plan.shade(lane, str(spell.value)).line, "says": _says(plan, lane, spell)}
        yield _bar(plan, start, last, y=y, height=_THIN, **thin)


def _known(plan: Plan, lane: Lane, spell: Spell, x: Axis, y: float) -> Iterator[Mark]:
    """Yield what held: thin where its beginning is open, then full, white where nobody vouches."""
    scale, says = plan.scale, _says(plan, lane, spell)
    sure = max(spell.start.hi, scale.first)
    end = scale.day if spell.end is None else min(spell.end.lo, scale.day)
    if spell.value is None:
        if sure < end:
            yield _bar(plan, sure, end, y=y, height=_BAR, fill=HATCH, says=says)
        return
    yield from _beginning(plan, lane, spell, x, y)
    if spell.value == "severed":
        line = ((scale.of_day(sure), y), (scale.of_day(max(end, sure)), y))
        yield Line(points=line, colour=INK, width=2, dashed=True, over=True, says=says)
        return
    white = end
    if lane.last_recorded and spell.end is None:
        white = sure if lane.vouched_to is None else lane.vouched_to.toordinal() + 1
        white = max(min(white, end), sure)
    shade = plan.shade(lane, spell.value)
    if sure < white:
        full = {"height": _BAR, "fill": shade.fill, "outline": shade.outline}
        yield _bar(plan, sure, white, y=y, says=says, **full)
    if white < end:
        rest = {"height": _BAR, "fill": PAPER, "outline": shade.edge}
        yield _bar(plan, white, end, y=y, says=says, **rest)
    if white - sure > end - white:
        yield from _written(plan, lane, spell, (sure, white), x, y, colour=shade.text)
    elif sure < end:
        yield from _written(plan, lane, spell, (white, end), x, y, colour=INK)


def _beginning(plan: Plan, lane: Lane, spell: Spell, x: Axis, y: float) -> Iterator[Mark]:
    """Yield a thin line over the days when it can have begun, or a sign that it is open."""
    scale, shade = plan.scale, plan.shade(lane, str(spell.value))
    start, sure = max(spell.start.lo, scale.first), max(spell.start.hi, scale.first)
    if start < sure:
        thin = {"height": _THIN, "fill": shade.line, "says": _says(plan, lane, spell)}
        yield _bar(plan, start, min(sure, scale.day), y=y, **thin)
    if spell.start_open or spell.start.lo <= FIRST_DAY:
        at = max(_pixel(plan, start, x), x.pixels[0] + 4)
        yield Dot(x=x.to_units(at), y=y, shape="triangle-left", fill=shade.line, size=7)


def _written(  # noqa: PLR0917  what it says, and where
    plan: Plan,
    lane: Lane,
    spell: Spell,
    days: tuple[int, int],
    x: Axis,
    y: float,
    *,
    colour: str,
) -> Iterator[Mark]:
    """Yield what is written on a bar, if it fits."""
    left, right = (_pixel(plan, day, x) for day in days)
    left += 10 if lane.also else 4  # beside the sign of another date
    text = _fitting(plan, lane, spell, right - left - 4)
    if text:
        is_bold = colour != INK
        yield Label(x=x.to_units(left), y=y, text=text, size=10.0, colour=colour, bold=is_bold)


def _bar(plan: Plan, first: int, last: int, **more: object) -> Bar:
    return Bar(x0=plan.scale.of_day(first), x1=plan.scale.of_day(last), **more)  # type: ignore[arg-type]


def _fitting(plan: Plan, lane: Lane, spell: Spell, room: float) -> str:
    """Return what is written on a bar, as far as it fits; nothing where it does not."""
    texts = [value_of(plan, lane, spell)]
    if lane.kind == "level":
        texts.append(texts[0].removesuffix(" Partnership").removeprefix("Đối tác ").strip())
    elif lane.kind in ("ties", "special") and spell.value in ("established", "special"):
        texts = [
            plan.say({"ties": "established"}.get(lane.kind, "since"), day=start_of(plan, spell))
        ]
    return next((one for one in texts if one and width_of(one, 10.0, bold=True) <= room), "")


_SHAPES: Final[dict[str, Shape]] = {"agreements": "square", "in-force": "square"}


def _mark(  # noqa: PLR0917  an event, and where
    plan: Plan, lane: Lane, mark: LaneMark, x: Axis, y: float, row: int
) -> Iterator[Mark]:
    """Yield the sign of events, and a thin line over the days when they can have happened."""
    scale, lang = plan.scale, plan.grammar.lang
    last = min(mark.on.hi, scale.day)
    at = scale.of_day(max(last, scale.first))
    says = f"{plan.name(lane)}: {short_date(mark.on, lang)}" + f" ×{len(mark)}" * (len(mark) > 1)
    first = x.to_units(_from(plan, mark, x))
    if x.to_pixels(at) - x.to_pixels(first) > _SEEN:
        yield Line(points=((first, y), (at, y)), colour=INK, width=1.5)
    if mark.on.lo <= FIRST_DAY:
        yield Dot(x=first, y=y, shape="triangle-left", fill=INK, size=5)
    if lane.kind == "figures" and mark.decided:
        high = 5.5 / row
        yield Line(
            points=((at, y - high), (at, y + high)), colour=INK, width=2, over=True, says=says
        )
        return
    shape = _SHAPES.get(lane.kind, "circle")
    if lane.kind == "visits":
        shape = "triangle-up" if lane.party == plan.lanes.parties[1] else "triangle-down"
    is_open = not mark.decided or lane.kind == "level"
    fill = PAPER if is_open else INK
    if lane.kind == "agreements-ended":
        fill = GRID
    yield Dot(x=at, y=y, shape=shape, fill=fill, outline=INK, size=_SIGN - 1, says=says)


# --- in words ------------------------------------------------------------------------------------


def _says(plan: Plan, lane: Lane, spell: Spell) -> str:
    lang = plan.grammar.lang
    until = "" if spell.end is None else f" → {short_day(spell.end.latest, lang)}"
    return f"{plan.name(lane)}: {value_of(plan, lane, spell)}, {start_of(plan, spell)}{until}"


def _how_to_read(plan: Plan) -> str:
    said = []
    scale, lanes = plan.scale, plan.lanes
    marks = [mark for lane in lanes for mark in lane.marks]
    dates = [mark.on for mark in marks] + [one.start for lane in lanes for one in lane.spells]
    if scale.turn is not None:
        said.append(plan.say("compressed", year=str(scale.turn)))
    if any(FIRST_DAY < one.lo < one.hi for one in dates):
        said.append(plan.say("thin"))
    if any(is_open(one) for lane in lanes for one in lane.spells):
        said.append(plan.say("thin spell"))
    if any(one.lo <= FIRST_DAY for one in dates):
        said.append(plan.say("arrow"))
    if len(marks) > 1 or any(len(mark) > 1 for mark in marks):
        said.append(plan.say("times"))
    if any(not mark.decided for mark in marks):
        said.append(plan.say("open"))
    said.append(plan.say("only recorded"))
    return sentence(said)


def _alt(plan: Plan) -> str:
    """Return the chart in a few sentences: what holds on the day, and how much is recorded."""
    said = [plan.title, word("alt lanes", plan.grammar.lang)]
    for lane in plan.lanes:
        if goes_on(lane):
            held = lane.spells[-1]
            is_plain = held.value == "established" and not is_open(held)
            what = "" if is_plain else value_of(plan, lane, held)
            parts = {"lane": plan.name(lane), "what": what, "day": start_of(plan, held)}
            said.append(" ".join(plan.say("alt spell", **parts).split()))
        elif lane.marks:
            count = str(sum(map(len, lane.marks)))
            said.append(plan.say("alt count", lane=plan.name(lane), count=count))
    return ". ".join([*said, word("in table", plan.grammar.lang)])
