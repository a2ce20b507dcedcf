"""From a picture to Altair: one layer for marks of one kind and style, with what each mark says.

Scales are ours and colours are literal, so nothing depends on a domain, a theme, a locale or the
time zone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diplorel.charts.colours import HATCH
from diplorel.charts.picture import Bar, Dot, Label, Line
from diplorel.charts.svg import FONTS
from diplorel.model.table_frames import module_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from altair import LayerChart

    from diplorel.charts.picture import Mark, Picture

_NONE: Final = "transparent"
_GREY: Final = "#c9d0d6"
_CORNERS: Final = 2


def to_altair(picture: Picture) -> LayerChart:
    """Return a picture as an Altair chart; it needs the extra ``charts``.

    Raises:
        MissingExtraError: Altair is not installed.
    """
    alt = module_of("altair", "charts")
    layers = [
        layer
        for style, marks in _by_style(picture.marks)
        for layer in _layers(alt, picture, style, marks)
    ]
    if not layers:
        layers = [alt.Chart(alt.Data(values=[{}])).mark_point(opacity=0)]
    found: LayerChart = alt.layer(
        *layers,
        width=picture.width,
        height=picture.height,
        padding=0,
        autosize=alt.AutoSizeParams(type="none"),
        background="#ffffff",
        config={"view": {"stroke": None}, "font": FONTS},
    )
    return found


def _by_style(marks: Iterable[Mark]) -> Iterable[tuple[tuple[Any, ...], list[Mark]]]:
    """Return marks in layers, each of one style, as high as the first of its marks."""
    found: dict[tuple[Any, ...], list[Mark]] = {}
    for mark in marks:
        found.setdefault(_style(mark), []).append(mark)
    return found.items()


def _style(mark: Mark) -> tuple[Any, ...]:
    """Return what the marks of one layer share."""
    if isinstance(mark, Label):
        return (Label, mark.align, mark.size, mark.bold)
    if isinstance(mark, Line):
        return (Line, mark.width, mark.dashed, mark.over, len(mark.points) > _CORNERS)
    return (type(mark),)


def _layers(alt: Any, picture: Picture, style: tuple[Any, ...], marks: list[Any]) -> Iterable[Any]:
    kind = style[0]
    rows = [
        {**row, "one": place} for place, mark in enumerate(marks) for row in _rows(picture, mark)
    ]
    data = alt.Chart(alt.Data(values=rows))
    where = {"x": _x(alt, picture, "x"), "y": _y(alt, picture, "y")}
    to = {"x2": "x2:Q", "y2": "y2:Q"}
    colour = _literal(alt.Fill, "fill")
    edge = _literal(alt.Stroke, "edge")
    says = alt.Tooltip("says:N") if any(row.get("says") for row in rows) else alt.Undefined
    if kind is Label:
        _, align, size, bold = style
        text = data.mark_text(
            align=align,
            baseline="middle",
            fontSize=size,
            font=FONTS,
            fontWeight="bold" if bold else "normal",
            clip=False,
        )
        yield text.encode(**where, text="text:N", color=_literal(alt.Color, "fill"))
    elif kind is Bar:
        yield data.mark_rect(strokeWidth=1).encode(
            **where, **to, fill=colour, stroke=edge, tooltip=says
        )
    elif kind is Dot:
        yield data.mark_point(strokeWidth=1.4, opacity=1).encode(
            **where,
            fill=colour,
            stroke=edge,
            tooltip=says,
            shape=alt.Shape("shape:N", scale=None),
            size=alt.Size("size:Q", scale=None),
        )
    else:
        _, width, dashed, _, corners = style
        dash = [2, 2] if dashed else [1, 0]
        stroke = _literal(alt.Stroke, "fill")
        if corners:
            yield data.mark_line(strokeWidth=width, strokeDash=dash, strokeJoin="round").encode(
                **where, stroke=stroke, order="order:Q", detail="one:N", tooltip=says
            )
        else:
            yield data.mark_rule(strokeWidth=width, strokeDash=dash).encode(
                **where, **to, stroke=stroke, tooltip=says
            )


def _rows(picture: Picture, mark: Mark) -> Iterable[dict[str, Any]]:
    says = {} if isinstance(mark, Label) or not mark.says else {"says": mark.says}
    if isinstance(mark, Label):
        yield {
            "x": picture.x.to_units(picture.x.to_pixels(mark.x) + mark.dx),
            "y": picture.y.to_units(picture.y.to_pixels(mark.y) + mark.dy),
            "text": mark.text,
            "fill": mark.colour,
        }
    elif isinstance(mark, Bar):
        middle = picture.y.to_pixels(mark.y)
        yield {
            "x": mark.x0,
            "x2": mark.x1,
            "y": picture.y.to_units(middle - mark.height / 2),
            "y2": picture.y.to_units(middle + mark.height / 2),
            "fill": _GREY if mark.fill == HATCH else mark.fill,  # Vega has no hatching
            "edge": mark.outline or _NONE,
            **says,
        }
    elif isinstance(mark, Dot):
        area = mark.size**2 * (0.785 if mark.shape == "circle" else 1.0)
        yield {
            "x": mark.x,
            "y": mark.y,
            "fill": mark.fill,
            "edge": mark.outline or mark.fill,
            "shape": mark.shape,
            "size": area,
            **says,
        }
    elif len(mark.points) > _CORNERS:
        for place, (x, y) in enumerate(mark.points):
            yield {"x": x, "y": y, "order": place, "fill": mark.colour, **says}
    else:
        (x, y), (x2, y2) = mark.points
        yield {"x": x, "y": y, "x2": x2, "y2": y2, "fill": mark.colour, **says}


def _literal(channel: Any, field: str) -> Any:
    return channel(f"{field}:N", scale=None, legend=None)


def _x(alt: Any, picture: Picture, field: str) -> Any:
    whole = [picture.x.to_units(0), picture.x.to_units(picture.width)]
    return alt.X(f"{field}:Q", axis=None, scale=_scale(alt, whole), title=None)


def _y(alt: Any, picture: Picture, field: str) -> Any:
    whole = [picture.y.to_units(picture.height), picture.y.to_units(0)]
    return alt.Y(f"{field}:Q", axis=None, scale=_scale(alt, whole), title=None)


def _scale(alt: Any, domain: list[float]) -> Any:
    return alt.Scale(domain=domain, nice=False, zero=False)
