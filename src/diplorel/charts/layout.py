"""Where the dots and names of a network are: worked out here, and the same on every machine."""

from __future__ import annotations

from math import cos, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from diplorel.charts.picture import Align, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
_STEPS: Final = 120
_TEXT: Final = 10.5
_HALF: Final = 6.6
"""Half the height of a name."""
_DOT: Final = 4.5
_CLEAR: Final = 13.0
"""So many pixels a dot keeps away from a line that ends elsewhere."""
_PUSHES: Final = 40


@attrs.frozen(kw_only=True)
class Name:
    """Where a name is beside its dot."""

    dx: float
    dy: float
    align: Align


@attrs.frozen(kw_only=True)
class Sheet:
    """The room for dots: a sheet of pixels, with room for names at its sides."""

    width: float
    height: float
    side: float
    edge: float = 22.0

    @property
    def middle(self) -> Point:
        """The middle."""
        return self.width / 2, self.height / 2

    def at(self, x: float, y: float) -> Point:
        """Return the pixel of a point of the square from -1 to 1."""
        middle_x, middle_y = self.middle
        return middle_x + x * (middle_x - self.side), middle_y + y * (middle_y - self.edge)


def on_rings(rings: Sequence[Sequence[str]], sheet: Sheet) -> dict[str, Point]:
    """Return points on rings around the middle, each ring from the top clockwise.

    >>> on_rings([["A"]], Sheet(width=200, height=100, side=20, edge=10))["A"]
    (100.0, 10.0)
    """
    found = {}
    for place, ring in enumerate(rings):
        radius = 1.0 if len(rings) == 1 else 0.42 + 0.58 * place / (len(rings) - 1)
        turn = 0.5 * (place % 2)  # so that a ring does not hide the next one
        for number, party in enumerate(ring):
            angle = 2 * pi * (number + turn) / len(ring) - pi / 2
            found[party] = sheet.at(radius * cos(angle), radius * sin(angle))
    return found


def by_forces(
    parties: Sequence[str], pairs: Iterable[tuple[str, str]], sheet: Sheet
) -> dict[str, Point]:
    """Return points where what is joined is near, and the rest keeps apart.

    The method is that of Fruchterman and Reingold, from a spiral, with so many steps.
    """
    at = dict(zip(parties, _spiral(len(parties)), strict=True))
    joined = [pair for pair in pairs if pair[0] in at and pair[1] in at]
    apart = sqrt(4 / max(len(parties), 1)) * 0.75
    for step in range(_STEPS):
        moves = {party: [-0.04 * x, -0.04 * y] for party, (x, y) in at.items()}
        for place, one in enumerate(parties):
            for other in parties[:place]:
                far = _far(at[one], at[other])
                _push(at, moves, (one, other), apart * apart / (far * far))
        for pair in joined:
            _push(at, moves, pair, -_far(at[pair[0]], at[pair[1]]) / apart)
        warmth = 0.16 * (1 - step / _STEPS) + 0.002
        for party, (dx, dy) in moves.items():
            far = hypot(dx, dy) or 1.0
            share = min(far, warmth) / far
            at[party] = (at[party][0] + dx * share, at[party][1] + dy * share)
    return _spread(at, sheet)


def _spiral(count: int) -> list[Point]:
    turn = pi * (3 - sqrt(5))
    return [
        (sqrt((one + 0.5) / count) * cos(one * turn), sqrt((one + 0.5) / count) * sin(one * turn))
        for one in range(count)
    ]


def _far(one: Point, other: Point) -> float:
    return max(hypot(one[0] - other[0], one[1] - other[1]), 0.01)


def _push(
    at: Mapping[str, Point], moves: Mapping[str, list[float]], pair: tuple[str, str], share: float
) -> None:
    """Move two points apart by a share of their distance; together, where it is below zero."""
    one, other = pair
    dx, dy = (at[one][0] - at[other][0]) * share, (at[one][1] - at[other][1]) * share
    moves[one][0] += dx
    moves[one][1] += dy
    moves[other][0] -= dx
    moves[other][1] -= dy


def off_lines(
    at: Mapping[str, Point], pairs: Iterable[tuple[str, str]], sheet: Sheet
) -> dict[str, Point]:
    """Return points moved aside where a line between two others would run through them.

    A line that passes a dot on its way would be read as two lines that end there.

    >>> at = {"A": (0.0, 50.0), "B": (100.0, 51.0), "C": (200.0, 50.0)}
    >>> off_lines(at, [("A", "C")], Sheet(width=200, height=100, side=0, edge=0))["B"]
    (100.0, 63.0)
    """
    found = dict(at)
    lines = [pair for pair in pairs if pair[0] in at and pair[1] in at]
    (left, top), (right, bottom) = sheet.at(-1, -1), sheet.at(1, 1)
    for _ in range(_PUSHES):
        moves = {
            party: by
            for one, other in lines
            for party, point in found.items()
            if party not in (one, other)
            and (by := _aside(point, found[one], found[other])) is not None
        }
        if not moves:
            break
        for party, (dx, dy) in moves.items():
            x, y = found[party]
            found[party] = (
                round(min(max(x + dx, left), right), 1),
                round(min(max(y + dy, top), bottom), 1),
            )
    return found


def _aside(point: Point, one: Point, other: Point) -> Point | None:
    """Return by how much a point must move to be clear of a line; None where it is."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = hypot(dx, dy)
    if not length:
        return None
    along = ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / length
    beside = ((point[1] - one[1]) * dx - (point[0] - one[0]) * dy) / length
    if not 0 < along < length or abs(beside) >= _CLEAR - 0.1:
        return None
    way = (_CLEAR if beside >= 0 else -_CLEAR) - beside
    return -dy / length * way, dx / length * way


def _spread(at: Mapping[str, Point], sheet: Sheet) -> dict[str, Point]:
    """Return points over the whole sheet, rounded, so that no machine sees another picture."""
    if not at:
        return {}
    sides = []
    for axis in (0, 1):
        values = [point[axis] for point in at.values()]
        low, high = min(values), max(values)
        sides.append((low, (high - low) or 1.0))
    found = {}
    for party, (x, y) in at.items():
        (left, width), (top, height) = sides
        pixel = sheet.at(2 * (x - left) / width - 1, 2 * (y - top) / height - 1)
        found[party] = sheet.middle if len(at) == 1 else (round(pixel[0], 1), round(pixel[1], 1))
    return found


def place_names(
    at: Mapping[str, Point], names: Mapping[str, str], sheet: Sheet, taken: Iterable[Box] = ()
) -> dict[str, Name] | None:
    """Return where each name is, on no other one and on no dot; None where there is no room.

    Args:
        at: Where the dots are.
        names: The names.
        sheet: The sheet; no name reaches beyond it.
        taken: Where something else is already.
    """
    dots = {party: (x - _DOT, y - _DOT, x + _DOT, y + _DOT) for party, (x, y) in at.items()}
    boxes = [*taken]
    found = {}
    for party, (x, y) in at.items():
        wide = width_of(names[party], _TEXT)
        others = [box for other, box in dots.items() if other != party]
        for name in _places(x, sheet):
            left = x + name.dx - {"left": 0.0, "center": 0.5, "right": 1.0}[name.align] * wide
            box = (left, y + name.dy - _HALF, left + wide, y + name.dy + _HALF)
            inside = left >= 0 and box[2] <= sheet.width and box[1] >= 0 and box[3] <= sheet.height
            if inside and not any(_overlap(box, one) for one in (*boxes, *others)):
                boxes.append(box)
                found[party] = name
                break
        else:
            return None
    return found


def _places(x: float, sheet: Sheet) -> list[Name]:
    """Return where a name can be, the outer side first."""
    right, left = Name(dx=8, dy=0, align="left"), Name(dx=-8, dy=0, align="right")
    sides = [right, left] if x >= sheet.middle[0] else [left, right]
    over = [Name(dx=0, dy=dy, align="center") for dy in (-12, 12)]
    slanted = [
        Name(dx=side.dx * 0.6, dy=dy, align=side.align) for side in sides for dy in (-10, 10)
    ]
    return [*sides, *over, *slanted]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
