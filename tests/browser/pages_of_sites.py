"""Sites and reviews in a browser: by keyboard alone, on a phone, and without a request.

pytest tests/browser/pages_of_sites.py
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from harness import (
    NARROW,
    WIDE,
    assert_no_barriers,
    assert_no_cut_or_overlapping_text,
    assert_prints_whole,
    assert_readable,
    focused,
    opened,
    press,
    tab_to,
)

import diplorel as dr
from diplorel.datasets import load_stream
from diplorel.pages.sites.slider import slider_of
from shipped_once import shipped

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


TODAY = "2026-11-28"
KINDS = (
    "index.html",
    "parties/vnm.html",
    "parties/vnm.2023.html",
    "parties/sgp.html",
    "relations/sgp.vnm.html",
    "relations/chn.vnm.html",
    "sources.html",
    "sources/v.html",
    "timeline.html",
    "timeline/2000s.html",
    "claims.html",
    "problems.html",
    "coverage.html",
    "corrections.html",
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of two streams."""
    found = tmp_path_factory.mktemp("site")
    dr.pages.site(shipped("vietnam", "singapore"), found, today=TODAY)
    return found


@pytest.fixture(scope="session")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The review of a stream of which forty records are not released."""
    stream = load_stream("vietnam")
    release = next(one for one in stream.releases if one.version == "0.2.0")
    found = tmp_path_factory.mktemp("review")
    some = attrs.evolve(stream, records=stream.records[: release.records + 40], releases=(release,))
    dr.pages.review(some, found)
    return found


@pytest.mark.parametrize("lang", ["", "vi/"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("path", KINDS)
def test_a_page_of_each_kind_is_whole(
    browser: Browser, folder: Path, path: str, width: int, lang: str
) -> None:
    if not (folder / path).exists():
        pytest.fail(f"{path} is not in the site: it has {len([*folder.rglob('*.html')])} pages")
    with opened(browser, folder / lang / path, width=width) as found:
        assert_readable(found.page)
        if (width == WIDE) == (lang == ""):  # each width and each language: barriers are of either
            assert_no_barriers(found.page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_review_is_whole(browser: Browser, reviewed: Path, width: int) -> None:
    with opened(browser, reviewed / "index.html", width=width) as found:
        assert_no_cut_or_overlapping_text(found.page)
        assert_no_barriers(found.page)


def shown(page: Page) -> list[tuple[str, str, str]]:
    """Return the rows below the slider: position, name and date."""
    return [
        (row["place"], row["name"], row["since"])
        for row in page.evaluate(
            """() => [...document.querySelectorAll("[data-rows] li")].map(row => ({
              place: row.querySelector(".place").textContent,
              name: row.querySelector(".who a").textContent,
              since: row.querySelector(".since").textContent}))"""
        )
    ]


def ranked(on: date) -> list[tuple[str, str]]:
    ranking = shipped("vietnam", "singapore").replay(on).ranking("VNM")
    return [
        (str(row.position) if row.best == row.worst else f"{row.best}–{row.worst}", row.name)
        for row in ranking
    ]


def test_the_slider_is_the_ranking_by_keyboard_alone(browser: Browser, folder: Path) -> None:
    slider = slider_of(shipped("vietnam", "singapore"), "VNM", today=date.fromisoformat(TODAY))
    with opened(browser, folder / "index.html") as found:
        page = found.page
        tab_to(page, "[data-range]")
        assert focused(page).startswith("input")
        last = len(slider.stops) - 1
        for keys, at in (
            ((), last),
            (("ArrowLeft",), last - 1),
            (("PageDown",), last - 11),
            (("ArrowUp",), last - 10),
            (("PageUp", "ArrowRight"), last),
            (("Home",), 0),
            (("ArrowDown",), 0),
            (("PageUp", "PageUp"), 20),
            (("End",), last),
        ):
            press(page, *keys)
            stop = slider.stops[at]
            assert [(place, name) for place, name, _ in shown(page)] == ranked(stop.on), stop.on
            states = shipped("vietnam", "singapore").replay(stop.on).ranking("VNM", kind="state")
            counted = page.inner_text("[data-counted]")
            for count in filter(None, (len(states.unknown), len(states.below))):
                assert f": {count} states." in counted
            assert page.get_attribute("[data-range]", "aria-valuetext") == page.inner_text(
                "[data-on]"
            )
        tab_to(page, "[data-back]", most=2) if page.is_enabled("[data-forth]") else press(
            page, "Shift+Tab"
        )
        assert "Earlier" in focused(page)
        press(page, "Enter")
        assert [(a, b) for a, b, _ in shown(page)] == ranked(slider.stops[last - 1].on)
        said = page.text_content("[data-live]")
        assert said
        assert "→" not in said
        box = page.locator("[data-back]").bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


def test_between_two_changes_the_slider_shows_the_earlier_one(
    browser: Browser, folder: Path
) -> None:
    with opened(browser, folder / "index.html") as found:
        for day in (date(2013, 9, 20), date(2020, 1, 1), date(2024, 11, 5)):
            found.page.evaluate(
                """day => { const range = document.querySelector("[data-range]");
                  range.value = day; range.dispatchEvent(new Event("input")); }""",
                day.toordinal(),
            )
            assert [(place, name) for place, name, _ in shown(found.page)] == ranked(day)


def visible(page: Page) -> list[str]:
    names: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("[data-parties] li")].filter(one => !one.hidden)
          .map(one => one.textContent)"""
    )
    return names


TYPED = {
    "Viet Nam": "Vietnam",
    "Việt Nam": "Vietnam",
    "viet nam": "Vietnam",
    "VIETNAM": "Vietnam",
    "duc": "Germany",
    "Đức": "Germany",
    "han quoc": "South Korea",
}
"""What is typed, and the name that it finds."""


def test_the_search_finds_names_by_keyboard(browser: Browser, folder: Path) -> None:
    with opened(browser, folder / "index.html") as opened_page:
        page = opened_page.page
        tab_to(page, "[data-query]")
        for typed, found in TYPED.items():
            page.keyboard.type(typed)
            assert found in visible(page), typed
            assert len(visible(page)) < 8, typed
            assert "Found" in page.inner_text("[data-found]")
            press(page, "Escape")
            assert len(visible(page)) > 100


def test_two_names_find_their_relation(browser: Browser, folder: Path) -> None:
    with opened(browser, folder / "vi" / "index.html") as found:
        page = found.page
        tab_to(page, "[data-query]")
        page.keyboard.type("singapore viet nam")
        links: Any = page.eval_on_selector_all(
            "[data-relations] a", "all => all.map(one => one.getAttribute('href'))"
        )
        assert links == ["relations/sgp.vnm.html"]
        press(page, "Tab", "Enter")
        page.wait_for_url("**/vi/relations/sgp.vnm.html")


def test_without_scripts_the_pages_say_the_same(browser: Browser, folder: Path) -> None:
    with opened(browser, folder / "index.html", script=False) as found:
        assert found.page.locator("[data-rows] li").count() > 30
        assert found.page.locator("[data-parties] li").count() > 100
        assert not found.page.is_visible("[data-range]")


def test_a_relation_prints_whole(browser: Browser, folder: Path, tmp_path: Path) -> None:
    with opened(browser, folder / "relations" / "sgp.vnm.html") as found:
        assert_prints_whole(found.page, tmp_path / "a.pdf")
