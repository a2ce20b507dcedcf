"""Tables as lines of text: plain columns for a pipe, and what fits the width of a terminal.

Nothing is cropped. If a table is wider than the terminal, its cells are wrapped over lines,
between words; numbers and ids are never broken. If even that does not fit, or would take more
lines, each field has its own line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, chop_cells

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    Row = Sequence[str]

_GAP: Final = "  "
_LONGEST: Final = 20
"""Words up to this length stay whole in a column that may wrap."""
_STRETCH: Final = 8
"""By so much the widest cells of a plain column may go beyond nine cells in ten."""
_SAMPLE: Final = 60
"""So many rows are looked at to choose the widths of the columns."""


def plain(header: Row, body: Sequence[Row], right: Collection[int] = ()) -> list[str]:
    """Return a table as columns without a limit; one row is one line.

    A few cells that are much longer than all others go beyond their column, so that one long cell
    does not push every other row aside.
    """
    columns = zip(header, *body, strict=True)
    widths = [_usual([cell_len(cell) for cell in column]) for column in columns]
    rule = ["-" * width for width in (*widths[:-1], cell_len(header[-1]))]
    return [_line(row, widths, right) for row in (header, rule, *body)]


def fitted(
    header: Row,
    body: Sequence[Row],
    width: int,
    *,
    right: Collection[int] = (),
    whole: Collection[int] = (),
) -> tuple[list[str], list[str]]:
    """Return the lines of the header and of the body of a table that fits a width.

    A line is longer than *width* only where a number, an id or a label alone is.

    Args:
        header: The names of the columns.
        body: The cells; one space separates their words.
        width: How many letters a line may have.
        right: The places of the columns that are aligned to the right: numbers, never broken.
        whole: The places of the columns whose words are never broken: ids.
    """
    unbroken = {*right, *whole}
    stacked = list(_stacked(header, body, width, unbroken))
    room = width - len(_GAP) * (len(header) - 1)
    narrow = _narrowest(header, body, unbroken)
    if sum(narrow) > room:
        return [], stacked
    widths = _widths(header, body, narrow, room)
    heads = [*_wrapped(header, widths, right), _line(["-" * one for one in widths], widths)]
    lines = [line for row in body for line in _wrapped(row, widths, right)]
    return (heads, lines) if len(lines) <= len(stacked) else ([], stacked)


def fold(text: str, width: int) -> list[str]:
    """Return a text as lines of at most *width*, broken between words.

    A word that is longer is broken after a hyphen or a slash, and anywhere if it has none.
    """
    lines, line = [], ""
    for word in text.split(" "):
        if line and cell_len(line) + 1 + cell_len(word) <= width:
            line += f" {word}"
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width)
        lines += full
    return [*lines, line]


def _pieces(word: str, width: int) -> list[str]:
    if cell_len(word) <= width:
        return [word]
    pieces = [""]
    for part in word.replace("-", "-\0").replace("/", "/\0").split("\0"):
        if cell_len(pieces[-1] + part) <= width:
            pieces[-1] += part
        else:
            pieces += chop_cells(part, width)
    return [piece for piece in pieces if piece]


def _usual(lengths: Sequence[int]) -> int:
    """Return the width of a plain column: the longest cell but those that are much longer."""
    most = max(sorted(lengths)[len(lengths) * 9 // 10], lengths[0])  # the first is the header's
    return max(length for length in lengths if length <= most + _STRETCH)


def _line(row: Row, widths: Sequence[int], right: Collection[int] = ()) -> str:
    cells = []
    for i, (cell, width) in enumerate(zip(row, widths, strict=True)):
        gap = " " * (width - cell_len(cell))
        cells.append(gap + cell if i in right else cell + gap)
    return _GAP.join(cells).rstrip()


def _wrapped(row: Row, widths: Sequence[int], right: Collection[int]) -> Iterator[str]:
    cells = [fold(cell, width) for cell, width in zip(row, widths, strict=True)]
    for i in range(max(map(len, cells))):
        yield _line([cell[i] if i < len(cell) else "" for cell in cells], widths, right)


def _stacked(
    header: Row, body: Sequence[Row], width: int, unbroken: Collection[int]
) -> Iterator[str]:
    """Yield each field with its label, and an empty line between two rows."""
    label = max(map(cell_len, header)) + len(_GAP)
    room = max(width - label, _LONGEST)
    for place, row in enumerate(body):
        if place:
            yield ""
        for i, (name, cell) in enumerate(zip(header, row, strict=True)):
            for number, line in enumerate([cell] if i in unbroken else fold(cell, room)):
                shown = "" if number else name
                yield f"{shown}{' ' * (label - cell_len(shown))}{line}".rstrip()


def _narrowest(header: Row, body: Sequence[Row], unbroken: Collection[int]) -> list[int]:
    """Return the least width of every column: its longest word, where that may not be broken."""
    widths = []
    for i, name in enumerate(header):
        words = [word for row in body for word in row[i].split(" ")]
        longest = max(map(cell_len, words), default=0)
        label = min(max(map(cell_len, name.split(" "))), _LONGEST)
        widths.append(max(label, longest if i in unbroken else min(longest, _LONGEST), 2))
    return widths


def _widths(header: Row, body: Sequence[Row], narrow: Sequence[int], room: int) -> list[int]:
    """Return widths that add up to at most *room* and save lines.

    The room goes, step by step, to the column that saves the most lines for its width.
    """
    columns = list(zip(header, *body, strict=True))
    wide = [max(map(cell_len, column)) for column in columns]
    wide = [max(pair) for pair in zip(wide, narrow, strict=True)]
    if sum(wide) <= room:
        return wide
    widths, spare = list(narrow), room - sum(narrow)
    step = len(body) // _SAMPLE + 1
    heights = []
    for column, least, most in zip(columns, narrow, wide, strict=True):
        words = [[cell_len(word) for word in cell.split(" ")] for cell in column[::step]]
        upto = min(most, least + spare)
        heights.append(
            {width: sum(_height(one, width) for one in words) for width in range(least, upto + 1)}
        )
    while True:
        steps = (
            ((saved[widths[i]] - saved[width]) / (width - widths[i]), i, width)
            for i, saved in enumerate(heights)
            for width in range(widths[i] + 1, widths[i] + spare + 1)
            if width in saved
        )
        gain, i, width = max(steps, default=(0.0, 0, 0))
        if not gain:
            break
        spare -= width - widths[i]
        widths[i] = width
    for i, most in enumerate(wide):  # rows that were not looked at may need what is left
        more = min(spare, most - widths[i])
        widths[i] += more
        spare -= more
    return widths


def _height(words: Sequence[int], width: int) -> int:
    """Return about how many lines words of these lengths take."""
    lines, line = 1, -1
    for word in words:
        if line + 1 + word <= width:
            line += 1 + word
        else:
            lines += max(-(-word // width), 1)
            line = word % width
    return lines
