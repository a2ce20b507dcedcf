"""Briefs as readers see them: on a screen, a phone and paper, by keyboard, and without a request.

pytest tests/browser/pages_of_briefs.py
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from harness import (
    NARROW,
    WIDE,
    assert_no_barriers,
    assert_no_cut_or_overlapping_text,
    assert_prints_whole,
    assert_readable,
    opened,
    press,
    tab_to,
)

import diplorel as dr
from shipped_once import shipped

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from diplorel.pages import Brief

DAY = "2025-03-12"
RELATIONS = [("en", "SGP"), ("vi", "SGP"), ("en", "FRA")]
PAGES = [("en", None), ("vi", None), *RELATIONS]
LARGEST = 300_000


@cache
def brief(lang: Any, partner: str | None) -> Brief:
    """Return a brief of Vietnam, which takes seconds to make."""
    return dr.pages.brief(shipped("vietnam"), "VNM", on=DAY, partner=partner, lang=lang)


@cache
def _html(lang: Any, partner: str | None) -> str:
    """Return the page of a brief; its charts take seconds to draw."""
    return brief(lang, partner).to_html()


def written(folder: Path, lang: Any, partner: str | None) -> Path:
    """Write the page of a brief, and return its file."""
    path = folder / "brief.html"
    path.write_text(_html(lang, partner), encoding="utf-8")
    return path


def _id(one: Any) -> str:
    return "-".join(filter(None, one))


@pytest.fixture(params=PAGES, ids=_id)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The file of a brief."""
    return written(tmp_path, *request.param)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_is_cut_small_or_on_other_text_or_bars_a_reader(
    browser: Browser, file: Path, width: int
) -> None:
    with opened(browser, file, width=width) as found:
        assert_readable(found.page)
        assert found.page.evaluate("document.documentElement.scrollWidth") <= width
        assert_no_barriers(found.page)


@pytest.mark.parametrize("file", RELATIONS, indirect=True, ids=_id)
def test_paper_shows_all_of_it(browser: Browser, file: Path, tmp_path: Path) -> None:
    with opened(browser, file) as found:
        assert_prints_whole(found.page, tmp_path / "brief.pdf")


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_brief_of_vietnam_is_small_and_has_five_sheets(
    browser: Browser, tmp_path: Path, lang: str
) -> None:
    path = written(tmp_path, lang, None)
    assert path.stat().st_size < LARGEST
    with opened(browser, path) as found:
        pdf = assert_prints_whole(found.page, tmp_path / "brief.pdf", pages=5)
    rows = [row for group in _standing(lang) for row in group.rows]
    first = "".join(pdf.pages[0].extract_text().split())
    assert all("".join(row.name.split()) in first for row in rows)


def _standing(lang: str) -> Any:
    (block,) = brief(lang, None)["standing"].blocks
    return block.groups  # type: ignore[union-attr]  # the standing table


def _names(page: Page) -> list[list[str]]:
    """Return the names in the table, by its parts."""
    found: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll("tbody")].map(body => [...body.rows].slice(1)
          .map(row => row.querySelector("th").firstChild.textContent.trim()))"""
    )
    return found


def test_rows_are_sorted_by_keyboard_alone_and_inside_a_level(
    browser: Browser, tmp_path: Path
) -> None:
    path = written(tmp_path, "vi", None)
    with opened(browser, path) as found:
        page, before = found.page, _names(found.page)
        assert before == [[row.name for row in group.rows] for group in _standing("vi")]
        tab_to(page, "thead th:nth-child(2) button")
        press(page, "Enter")
        keys = [sorted((r.name_key, r.name) for r in group.rows) for group in _standing("vi")]
        assert _names(page) == [[name for _, name in some] for some in keys]
        heads = "[...document.querySelectorAll('thead th')].map(th => th.ariaSort)"
        assert page.evaluate(heads)[:3] == ["none", "ascending", "none"]
        press(page, "Space")
        assert _names(page) == [[name for _, name in reversed(some)] for some in keys]
        assert page.evaluate(heads)[1] == "descending"
        tab_to(page, "thead th:nth-child(3) button")
        press(page, "Enter")
        assert [{*some} for some in _names(page)] == [{*some} for some in before]
        press(page, "Shift+Tab", "Shift+Tab", "Enter")
        assert _names(page) == before


def test_without_scripts_the_page_is_whole(browser: Browser, tmp_path: Path) -> None:
    path = written(tmp_path, "en", None)
    with opened(browser, path, script=False) as found:
        assert found.page.get_by_role("heading", level=1).count() == 1
        assert not found.page.locator("thead button").first.is_visible()
        assert found.page.locator("thead th .p").first.is_visible()


def test_an_interactive_brief_draws_its_charts_anew_and_asks_for_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "brief.html"
    brief("en", None).save(path, interactive=True)
    with opened(browser, path) as found:
        page = found.page
        drawn = "figure .wide svg.marks"
        page.wait_for_function(f"document.querySelectorAll({drawn!r}).length === 3")
        assert page.locator("figure .wide [role=img][aria-label]").count() == 3
        assert page.locator(f"{drawn} text").count() > 100
        assert_no_cut_or_overlapping_text(page)
        assert_no_barriers(page)
