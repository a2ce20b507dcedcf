"""A chart as HTML: a figure to put into any page, or a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplorel.charts.colours import INK, MUTED
from diplorel.charts.svg import FONTS, safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.model.dates import Language

# From 756 pixels on the letters of the wide picture are ten pixels high or more; below, and on a
# phone, the narrow one is shown. Paper is sharp enough for the wide one.
_STYLE: Final = (
    "<style>.diplorel-chart{width:100%;max-width:784px;margin:0 0 24px;container-type:inline-size;"
    f"color:{INK};font:12px/1.45 {FONTS}}}"
    ".diplorel-chart svg{width:100%;height:auto;display:block}"
    ".diplorel-chart figcaption{font-size:15px;line-height:1.35;margin:0 0 8px}"
    f".diplorel-chart p{{color:{MUTED};margin:8px 0 0}}"
    ".diplorel-narrow{display:none;max-width:420px}"
    "@container (max-width:755px){.diplorel-wide{display:none}.diplorel-narrow{display:block}}"
    "@media print and (min-width:520px){.diplorel-chart .diplorel-wide{display:block}"
    ".diplorel-chart .diplorel-narrow{display:none}.diplorel-chart{break-inside:avoid}}"
    "</style>"
)


def figure(title: str, notes: Iterable[str], *, wide: str, narrow: str, lang: Language) -> str:
    """Return a figure for a page: both pictures; the page shows one.

    It has no script and asks no host for anything. Title and notes are escaped.

    Args:
        title: What it shows.
        notes: How to read it, and where it is from; a line each.
        wide: The picture for a page, as SVG.
        narrow: The picture for a phone, as SVG.
        lang: The language of its words.
    """
    said = "<br>".join(safe(note) for note in notes)
    return (
        f'<figure class="diplorel-chart" lang="{lang}">{_STYLE}'
        f"<figcaption><b>{safe(title)}</b></figcaption>"
        f'<div class="diplorel-wide">{wide}</div><div class="diplorel-narrow">{narrow}</div>'
        f"<p>{said}</p></figure>"
    )


def page(title: str, figure: str, *, lang: Language) -> str:
    """Return a page with one figure, which a browser can open from the disk.

    Args:
        title: The title of the window.
        figure: What `figure` returns.
        lang: The language of the page.
    """
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{safe(title)}</title><style>@page{{size:A4;margin:15mm}}body{{margin:16px}}"
        "@media print{body{margin:0}}</style></head>"
        f"<body><main>{figure}</main></body></html>\n"
    )
