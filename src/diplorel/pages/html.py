"""A page as one HTML file: inline pictures, its own small script, and no request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from diplorel.charts.vega import to_altair
from diplorel.model.table_frames import module_of
from diplorel.pages.content import Picture
from diplorel.pages.environment import EXTRA, asset, policy, render, trusted
from diplorel.pages.parts import Column
from diplorel.pages.words import word

if TYPE_CHECKING:
    from diplorel.charts.chart import Chart
    from diplorel.model.dates import Language
    from diplorel.pages.content import Content

_SIZES: Final = ("wide", "narrow")


def to_html(content: Content, *, interactive: bool = False) -> str:
    """Return a page as HTML; the same content is the same text.

    Args:
        content: The page.
        interactive: Whether charts say more under the pointer: the libraries are in the file.

    Raises:
        MissingExtraError: Jinja2 is not installed; where it is interactive, Altair or vl-convert.
    """
    scripts = [asset("sort.js")]
    if interactive:
        scripts += [_vega(), asset("interactive.js")]
    return render(
        "brief.html",
        content.lang,
        page=content,
        columns=columns_of(content.lang),
        columns_of_ties=columns_of(content.lang, has_levels=False),
        scripts=[trusted(one) for one in scripts],
        allowed=policy(scripts, "'unsafe-eval'" if interactive else ""),
        specs=trusted(_specs(content)) if interactive else None,
    )


def columns_of(lang: Language, *, has_levels: bool = True) -> tuple[Column, ...]:
    """Return the columns of a standing table.

    Args:
        lang: The language.
        has_levels: Whether there are columns for the level and the one before.
    """
    levels = ("since", "before") if has_levels else ()
    return (
        Column(text=word("place", lang), sorted=True, right=True),
        *(Column(text=word(key, lang)) for key in ("partner", *levels, "ties")),
    )


def _vega() -> str:
    """Return the libraries that draw charts in a browser, as vl-convert brings them."""
    bundle: str = module_of("vl_convert", EXTRA).javascript_bundle()
    return bundle.replace("</script", "<\\/script")


def _specs(content: Content) -> str:
    """Return what the libraries draw, as JSON that HTML cannot take for its own."""
    charts = [
        block.chart
        for section in content.sections
        for block in section.blocks
        if isinstance(block, Picture)
    ]
    specs = [{size: _spec(chart, size) for size in _SIZES} for chart in charts]
    text = json.dumps(specs, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _spec(chart: Chart, size: Any) -> dict[str, Any]:
    picture = chart.picture(size, framed=False)
    spec: dict[str, Any] = to_altair(picture).to_dict()
    # a picture has one text for readers of the screen, and not one for each mark
    spec.setdefault("config", {})["aria"] = False
    return {"spec": spec, "width": picture.width, "height": picture.height}
