"""The charts of the gallery in a browser: all kinds, both widths, both languages, and on paper.

pytest tests/browser/pages_of_charts.py
"""

from __future__ import annotations

import runpy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from harness import (
    assert_no_barriers,
    assert_no_cut_or_overlapping_text,
    assert_prints_whole,
    assert_readable,
    opened,
    texts,
)

import diplorel as dr

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from diplorel.charts import Chart

SCRIPT = Path(__file__).parents[2] / "docs" / "make_gallery.py"
WIDTHS = pytest.mark.parametrize("width", [1280, 790, 720, 360, 328])
LANGS = pytest.mark.parametrize("lang", ["en", "vi"])
HEAD = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Charts</title>'
    '<meta name="viewport" content="width=device-width"><style>@page{{size:A4;margin:15mm}}'
    "body{{margin:8px}}main>*{{margin:0 0 40px}}@media print{{body{{margin:0}}}}</style></head>"
    "<body><main><h1>Charts</h1>{figures}</main></body></html>"
)


@cache
def charts() -> tuple[Chart, ...]:
    """Return every chart of the gallery, in both languages."""
    script = runpy.run_path(str(SCRIPT))
    return tuple(chart for pair in script["charts"]() for chart in pair)


@cache
def page_in(lang: str) -> str:
    """Return a page with all charts in a language, as they are embedded."""
    figures = "".join(chart.to_html() for chart in charts() if chart.lang == lang)
    return HEAD.format(lang=lang, figures=figures)


def page_of(folder: Path, lang: str) -> Path:
    """Write the page with all charts in a language, and return its file."""
    file = folder / f"charts-{lang}.html"
    file.write_text(page_in(lang), encoding="utf-8")
    return file


def shown(page: Page) -> list[float]:
    """Return the width of each picture that the page shows, as it was drawn."""
    found: list[float] = page.evaluate(
        """() => [...document.querySelectorAll("svg")].filter(one => one.checkVisibility())
          .map(one => one.viewBox.baseVal.width)"""
    )
    return found


UNFILLED = """
() => {
  const bare = [];
  for (const one of document.querySelectorAll("svg rect, svg circle, svg path, svg text")) {
    if (one.closest("defs") || !one.checkVisibility()) continue;
    const style = getComputedStyle(one);
    const isLine = one.localName === "path" && one.getAttribute("fill") === "none";
    const paint = isLine ? style.stroke : style.fill;
    const named = /url\\("#(.+)"\\)/.exec(paint);
    const own = named && one.ownerSVGElement.getElementById(named[1]);
    const box = one.getBoundingClientRect();
    if ((named ? !own : !paint.startsWith("rgb(")) || !(box.width + box.height > 0)) {
      bare.push(one.outerHTML);
    }
  }
  return bare;
}
"""


@LANGS
@WIDTHS
def test_every_chart_is_readable_at_every_width(
    browser: Browser, tmp_path: Path, width: int, lang: str
) -> None:
    with opened(browser, page_of(tmp_path, lang), width=width) as found:
        page = found.page
        assert shown(page) == [760.0 if width >= 790 else 328.0] * 7
        assert_readable(page, 10.0 if width > 328 else 9.5)
        assert page.evaluate(UNFILLED) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "lang"), [(1280, "en"), (360, "vi")])
def test_no_chart_is_a_barrier(browser: Browser, tmp_path: Path, width: int, lang: str) -> None:
    with opened(browser, page_of(tmp_path, lang), width=width) as found:
        assert_no_barriers(found.page)
        told = found.page.get_by_role("img").all()
        assert len(told) == 7
        assert all(len(one.get_attribute("aria-label") or "") > 80 for one in told)


@LANGS
def test_paper_shows_the_picture_for_a_page(browser: Browser, tmp_path: Path, lang: str) -> None:
    with opened(browser, page_of(tmp_path, lang)) as found:
        assert_prints_whole(found.page, tmp_path / "charts.pdf")


@LANGS
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_each_picture_by_itself_has_its_title_and_its_source(
    browser: Browser, tmp_path: Path, size: Any, lang: str
) -> None:
    mine = [chart for chart in charts() if chart.lang == lang]
    figures = "".join(f"<div>{chart.to_svg(size)}</div>" for chart in mine)
    file = tmp_path / "pictures.html"
    file.write_text(HEAD.format(lang=lang, figures=figures), encoding="utf-8")
    with opened(browser, file, width=820) as found:
        assert_no_cut_or_overlapping_text(found.page)
        assert found.page.evaluate(UNFILLED) == []
        pictures = found.page.evaluate("""() => [...document.querySelectorAll("svg")].map(
            one => [...one.querySelectorAll("text")].map(text => text.textContent).join(" "))""")
    for chart, said in zip(mine, pictures, strict=True):
        assert chart.title in said
        assert chart.notes[-1] in said


def test_a_chart_that_is_saved_is_a_page(browser: Browser, tmp_path: Path) -> None:
    for chart in charts()[1:4]:
        file = tmp_path / f"{chart.kind}-{chart.lang}.html"
        chart.save(file)
        for script, width in ((True, 1280), (False, 360)):
            with opened(browser, file, width=width, script=script) as found:
                assert found.page.title() == chart.title
                assert found.page.evaluate("document.compatMode") == "CSS1Compat"
                assert_no_cut_or_overlapping_text(found.page)
                if script:
                    assert_no_barriers(found.page)


def test_the_day_is_the_same_for_readers_anywhere(browser: Browser, tmp_path: Path) -> None:
    file = page_of(tmp_path, "en")
    said = []
    for zone in ("America/New_York", "Asia/Ho_Chi_Minh"):
        with opened(browser, file, zone=zone) as found:
            said.append([one.text for one in texts(found.page)])
    assert said[0] == said[1]


EVIL = (
    "<img src=x onerror=alert(1)>", "<script src=http://192.0.2.1/x></script>",
    "</text></svg><iframe src=http://192.0.2.1>", '" onload="alert(1)', "url(http://192.0.2.1/x)",
    "</style><style>@import url(http://192.0.2.1/x)", "-->]]>&lt;b&gt;",
)  # fmt: skip


def test_hostile_names_are_text_and_nothing_else(browser: Browser, tmp_path: Path) -> None:
    for number, evil in enumerate(EVIL):
        names = {"en": evil, "vi": evil}
        ladder = dr.Ladder(party="VNM", levels=[dr.Level(id="x", rank=1, names=names)])
        about: Any = {"parties": ("SGP", "VNM"), "sources": ["s"]}
        log = dr.EventLog(
            [
                dr.events.LevelUpgraded(on="2020-01-01", ladder="VNM", level="x", **about),
                dr.events.FigureReported(
                    on="2024-02-01", indicator="trade", value="9", unit=evil, period="2023",
                    reporter=evil, basis=evil, **about,
                ),
            ],
            sources=[dr.Source(id="s", title=evil, publisher=evil, kind="government")],
            ladders=[ladder],
            parties=[dr.Party(id=one, names=names) for one in ("VNM", "SGP")],
        )  # fmt: skip
        world = log.replay("2025-01-01")
        drawn = [
            dr.charts.ladder(world.steps("VNM")),
            dr.charts.pace(log.ranking_history("VNM", days="changes", today="2025-01-01")),
            dr.charts.bump(log.ranking_history("VNM", today="2025-01-01")),
            dr.charts.figures(log.figures("trade")),
            dr.charts.lanes(log.lanes("VNM", "SGP", on="2025-01-01")),
            dr.charts.network(world.graph(party="VNM", tracks=["level"])),
            dr.charts.matrix(world.matrix(["VNM", "SGP"])),
        ]
        figures = "".join(chart.to_html() for chart in drawn)
        file = tmp_path / f"{number}.html"
        file.write_text(HEAD.format(lang="en", figures=figures), encoding="utf-8")
        with opened(browser, file) as found:
            assert_no_cut_or_overlapping_text(found.page)
            kinds = "img, script, iframe, a, link, object, foreignObject, use, image"
            assert found.page.locator(kinds).count() == 0
            handlers = """() => [...document.querySelectorAll("*")].flatMap(
                one => [...one.attributes].map(one => one.name)).filter(
                name => name.startsWith("on"))"""
            assert found.page.evaluate(handlers) == []
            assert evil in " ".join(
                found.page.evaluate(
                    "() => [...document.querySelectorAll('svg')].map(one => one.ariaLabel)"
                )
            )
