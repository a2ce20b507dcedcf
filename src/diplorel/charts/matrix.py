"""A matrix of the levels between parties: one row a ladder, one column a partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.charts import legend
from diplorel.charts.chart import NARROW, WIDE, Chart
from diplorel.charts.colours import HATCH, INK, MUTED, OFF_LADDER, PAPER, RED, SPECIAL, by_level
from diplorel.charts.phrases import MATRIX
from diplorel.charts.picture import Axis, Bar, Dot, Label, Line, Picture, cut, width_of, wrapped
from diplorel.charts.sources import data_notes
from diplorel.charts.words import sentence, short_date, short_day, shorter, word
from diplorel.language.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from diplorel.analysis.matrix import Matrix, MatrixCell
    from diplorel.charts.colours import Shade
    from diplorel.charts.picture import Mark
    from diplorel.model.dates import Language

_ROW: Final = 26
_CELL: Final = 20.0
_GAP: Final = 1.5
_LEAST: Final = 26.0
"""A column is never narrower, in pixels."""
_MOST: Final = 84.0
_NAMES: Final = {WIDE: 140.0, NARROW: 96.0}
_YEAR: Final = 34.0
"""From this width of a column on, the year is in the cell."""
_LINES: Final = 2
_SIZE: Final = 10.5
_HATCH_EDGE: Final = "#c3cbd2"


def matrix(matrix: Matrix, *, lang: Language = "en") -> Chart:
    """Draw a matrix of levels: each cell has the colour of the level on one ladder.

    What is not known is hatched, what no stream vouches for is white with an outline. If there
    are more partners than columns fit, the partners are the rows and the ladders the columns.

    Args:
        matrix: What `World.matrix` returns.
        lang: The language of the words: ``en`` or ``vi``.

    >>> import diplorel as dr
    >>> world = dr.load("vietnam", "singapore", "groups").replay("2025-03-12")
    >>> dr.charts.matrix(world.matrix(within="ASEAN"))
    <Chart matrix: Levels of relations between the parties, 12 March 2025>
    """
    plan = _Plan.of(matrix, lang)
    return Chart(
        kind="matrix",
        title=plan.title,
        alt=_alt(plan),
        notes=(*_how_to_read(plan), data_notes(matrix.reference, matrix.asked, lang)),
        lang=lang,
        wide=_drawn(plan, WIDE),
        narrow=_drawn(plan, NARROW),
    )


@attrs.frozen(kw_only=True)
class _Plan:
    """What both pictures have in common: the cells, the names and the shades."""

    matrix: Matrix
    grammar: Grammar
    shades: Mapping[str, Mapping[str, Shade]]

    @classmethod
    def of(cls, matrix: Matrix, lang: Language) -> _Plan:
        day = None if matrix.on is None else matrix.on.toordinal()
        ladders = matrix.reference.ladder
        return cls(
            matrix=matrix,
            grammar=Grammar(matrix.reference, lang, day=day),
            shades={one: by_level(ladders[one]) for one in matrix.ladders},
        )

    @property
    def title(self) -> str:
        """The title: what is shown, and the day."""
        on = self.matrix.on
        day = self.say("all recorded") if on is None else short_day(on, self.grammar.lang)
        return self.say("title", day=day)

    def say(self, key: str, **parts: str) -> str:
        """Return the words for a key."""
        return self.grammar.say(MATRIX, key, **parts)

    def shade(self, cell: MatrixCell) -> Shade | None:
        """Return how a cell is filled; None where no level is held for certain."""
        level = cell.standing.level
        if cell.known in ("unknown", "undecided") or level is None:
            return None
        return self.shades[cell.ladder].get(level.id, OFF_LADDER)


@attrs.frozen(kw_only=True)
class _Grid:
    """The rows and columns of one picture.

    Attributes:
        turned: Whether the ladders are the columns.
        left_out: How many columns are not shown.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    turned: bool
    left_out: int

    @classmethod
    def of(cls, matrix: Matrix, width: int) -> _Grid:
        fits = int((width - _NAMES[width]) // _LEAST)
        turned = len(matrix.parties) > fits and len(matrix.ladders) < len(matrix.parties)
        rows, cols = matrix.ladders, matrix.parties
        if turned:
            rows, cols = cols, rows
        return cls(rows=rows, columns=cols[:fits], turned=turned, left_out=len(cols[fits:]))


# --- the picture ---------------------------------------------------------------------------------


def _drawn(plan: _Plan, width: int) -> Picture:
    grid = _Grid.of(plan.matrix, width)
    key = legend.rows_of(_entries(plan), width)
    count, rows = max(len(grid.columns), 1), max(len(grid.rows), 1)
    widths = [width_of(shorter(plan.grammar.name(one))) for one in grid.rows]
    left = min(_NAMES[width], max([*widths, width_of(_corner(plan, grid), _SIZE)]) + 8)
    cell = min((width - left - 4) / count, _MOST)
    heads = [_head(plan, one, cell) for one in grid.columns]
    lines = max(map(len, heads), default=1)
    top, foot = len(key) * legend.ROW + 14 + 13 * lines, 4
    x = Axis(units=(0, count), pixels=(left, left + cell * count))
    marks = [*_names(plan, grid, heads, left), *_cells(plan, grid, cell)]
    if not plan.matrix.cells:
        marks = [Label(x=0, dx=-left, y=0.5, text=plan.say("nothing"), colour=MUTED)]
    if grid.left_out:
        said = wrapped(plan.say("left out", count=str(grid.left_out)), width, _SIZE)
        marks += [
            Label(x=0, dx=-left, y=rows, dy=12 + 14 * at, text=text, size=_SIZE, colour=MUTED)
            for at, text in enumerate(said)
        ]
        foot += 8 + 14 * len(said)
    y = Axis(units=(0, rows), pixels=(top, top + rows * _ROW))
    marks = [*legend.drawn(key, x=x, y=y, width=width), *marks]
    return Picture(width=width, height=top + rows * _ROW + foot, x=x, y=y, marks=marks)


def _corner(plan: _Plan, grid: _Grid) -> str:
    return plan.say("with" if grid.turned else "ladder of")


def _head(plan: _Plan, party: str, cell: float) -> list[str]:
    """Return the lines over a column: the name where it fits, or else the id."""
    lines = wrapped(shorter(plan.grammar.name(party)), cell - 3, _SIZE)
    if len(lines) <= _LINES and all(width_of(line, _SIZE) <= cell - 3 for line in lines):
        return lines
    return [cut(party, cell - 1, 10.0)]


def _names(plan: _Plan, grid: _Grid, heads: list[list[str]], left: float) -> Iterator[Mark]:
    """Yield the names of rows and columns, and what the rows or columns are ladders of."""
    for place, lines in enumerate(heads):
        for up, text in enumerate(reversed(lines)):
            size = _SIZE if len(lines) > 1 or text != grid.columns[place] else 10.0
            yield Label(x=place + 0.5, y=0, dy=-9 - 13 * up, text=text, align="center", size=size)
    for place, party in enumerate(grid.rows):
        name = cut(shorter(plan.grammar.name(party)), left - 4)
        yield Label(x=0, dx=-left, y=place + 0.5, text=name)
    if plan.matrix.cells:
        yield Label(
            x=0,
            dx=-left,
            y=0,
            dy=-9,
            text=cut(_corner(plan, grid), left - 4, _SIZE),
            size=_SIZE,
            colour=MUTED,
        )


def _cells(plan: _Plan, grid: _Grid, cell: float) -> Iterator[Mark]:
    by_key = {(one.ladder, one.partner): one for one in plan.matrix}
    for y, row in enumerate(grid.rows):
        for x, column in enumerate(grid.columns):
            found = by_key.get((column, row) if grid.turned else (row, column))
            if found is not None:
                yield from _cell(plan, found, x, y + 0.5, cell)


def _cell(plan: _Plan, cell: MatrixCell, x: int, y: float, width: float) -> Iterator[Mark]:
    """Yield a cell: filled where a level is held, and a sign of its own for everything else."""
    gap = _GAP / width
    box: dict[str, Any] = {
        "x0": x + gap,
        "x1": x + 1 - gap,
        "y": y,
        "height": _CELL,
        "says": _says(plan, cell),
    }
    middle, shade = x + 0.5, plan.shade(cell)
    if shade is not None:
        is_last = cell.known == "as-last-recorded"
        yield Bar(**box, fill=shade.fill, outline=shade.outline)
        if is_last:  # white, in a frame that still says which level it is
            inside = {"x0": x + 3 * gap, "x1": x + 1 - 3 * gap, "height": _CELL - 6 * _GAP + 3}
            yield Bar(**{**box, **inside}, fill=PAPER, outline=shade.outline)
        year = _year(cell)
        if year and width >= _YEAR:
            colour = INK if is_last else shade.text
            yield Label(x=middle, y=y, text=year, align="center", size=10.0, colour=colour)
    elif cell.known == "undecided":
        yield Bar(**box, fill=PAPER, outline=_HATCH_EDGE)
        yield Label(x=middle, y=y, text="?", align="center", bold=True)
    elif cell.special is not None:
        # the level is not known, but what is beside the ladder is
        yield Bar(**box, fill=SPECIAL.fill, outline=SPECIAL.outline)
    elif cell.known == "unknown":
        yield Bar(**box, fill=HATCH, outline=_HATCH_EDGE)
    else:
        yield Label(x=middle, y=y, text="–", align="center", colour=MUTED)
    if cell.special is not None:
        low = y + (0.3 if shade is not None else 0)
        ends = ((x + 2 * gap, low), (x + 1 - 2 * gap, low))
        yield Line(points=ends, colour=SPECIAL.line, width=1.4, over=True)
    if cell.known == "contested":
        yield Dot(x=x + 1 - 7 / width, y=y, shape="diamond", fill=PAPER, outline=RED, size=6.5)


def _year(cell: MatrixCell) -> str:
    """Return the year when a level was reached; nothing where dates leave it open."""
    since = cell.standing.since
    if since is None or since.earliest.year != since.latest.year:
        return ""
    return str(since.latest.year)


# --- in words ------------------------------------------------------------------------------------


def _level(plan: _Plan, cell: MatrixCell) -> str:
    level = cell.standing.level
    if cell.known == "undecided":
        return plan.say("open")
    if level is not None:
        return plan.say("unnamed") if level.id == "?" else level.name(plan.grammar.lang)
    if cell.special is not None:
        return plan.say("special")
    return plan.say("not known" if cell.known == "unknown" else "none")


def _says(plan: _Plan, cell: MatrixCell) -> str:
    name = plan.grammar.name
    where = plan.say("of", ladder=name(cell.ladder), partner=name(cell.partner))
    since = cell.standing.since
    day = "" if since is None else f", {short_date(since, plan.grammar.lang)}"
    return f"{_level(plan, cell)}, {where}{day}"


def _entries(plan: _Plan) -> Iterator[legend.Entry]:
    """Yield what the key says: the levels held, the highest first, then the other signs."""
    levels: dict[tuple[str, str | None, str], int] = {}
    for cell in plan.matrix:
        if (shade := plan.shade(cell)) is not None and cell.standing.level is not None:
            key = (shade.fill, shade.outline, _level(plan, cell))
            rank = cell.standing.level.rank
            levels[key] = max(levels.get(key, -1), -1 if rank is None else rank)
    for fill, outline, name in sorted(levels, key=lambda key: (-levels[key], key[2])):
        yield legend.Entry(text=name, fill=fill, outline=outline)
    known = {cell.known for cell in plan.matrix}
    bare = [cell for cell in plan.matrix if plan.shade(cell) is None and cell.special is None]
    if "as-last-recorded" in known:
        yield legend.Entry(text=plan.say("white"), fill=PAPER, outline=MUTED)
    if any(cell.special is not None for cell in plan.matrix):
        said = plan.say("special")
        yield legend.Entry(text=said, fill=SPECIAL.fill, outline=SPECIAL.outline)
    if any(cell.known == "unknown" for cell in bare):
        yield legend.Entry(text=plan.say("unknown"), fill=HATCH, outline=_HATCH_EDGE)
    if "contested" in known:
        yield legend.Entry(text=plan.say("contested"), fill=PAPER, outline=RED, sign="diamond")


def _how_to_read(plan: _Plan) -> Iterator[str]:
    said = [plan.say("never compared")]
    known = {cell.known for cell in plan.matrix}
    bare = [cell for cell in plan.matrix if plan.shade(cell) is None and cell.special is None]
    if any(_year(cell) for cell in plan.matrix if plan.shade(cell) is not None):
        said.append(plan.say("year"))
    if "undecided" in known:
        said.append("?: " + plan.say("open"))
    if any(cell.known not in ("unknown", "undecided") for cell in bare):
        said.append("–: " + plan.say("none"))
    yield sentence(said)
    if plan.matrix.without:
        names = ", ".join(plan.grammar.name(one) for one in plan.matrix.without)
        yield plan.say("without", names=names) + "."


def _alt(plan: _Plan) -> str:
    """Return the chart in a few sentences: on each ladder, the number of partners at each level."""
    said = [plan.title, word("alt matrix", plan.grammar.lang)]
    for ladder in plan.matrix.ladders:
        counts: dict[str, int] = {}
        for cell in plan.matrix:
            if cell.ladder == ladder:
                name = _level(plan, cell)
                counts[name] = counts.get(name, 0) + 1
        some = "; ".join(f"{name}: {count}" for name, count in counts.items())
        said.append(f"{plan.say('corner')} {plan.grammar.name(ladder)}: {some}")
    return ". ".join([*said, word("in table", plan.grammar.lang)])
