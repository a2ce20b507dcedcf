"""Pages in a browser: what a reader would see, what a page asks for, and what paper shows.

Every test of a page uses these: `opened` opens a file in headless Chromium and fails when the page
writes an error or asks any host for anything; the other functions look at it. Playwright drives the
browser, axe-core looks for barriers, pypdf reads what is printed. They are imported where they are
used, because the usual run of the tests has none of them; see `nox -s browser`.
"""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pypdf import PdfReader

CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
"""The names that Chromium has on PATH; DIPLOREL_CHROMIUM names any other."""
WIDE: Final = 1280
NARROW: Final = 360
PAPER: Final = (680, 1009)
"""What 15 mm of margin leave of a sheet of A4, in pixels."""
_HEIGHT: Final = 900
_POINTS_PER_PIXEL: Final = 0.75
_SEVERE: Final = ("serious", "critical")


# --- the browser ---------------------------------------------------------------------------------


def chromium() -> str:
    """Return where Chromium is; say how to get it where it is not."""
    given = os.environ.get("DIPLOREL_CHROMIUM", "")
    found = shutil.which(given) if given else next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert found, (
        f"no browser: {given or ', '.join(CHROMIUM)}. On Debian: apt-get install chromium "
        "fonts-noto-core; elsewhere set DIPLOREL_CHROMIUM to the program"
    )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, which all tests of a run share."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only this job has it

    with sync_playwright() as tools:
        program = tools.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield program
        program.close()


@attrs.frozen
class Opened:
    """A page in the browser.

    Attributes:
        page: The page.
        errors: What it wrote to its console as an error or a warning, and what it failed with.
        requests: What it asked for beyond files: it must ask for nothing.
    """

    page: Page
    errors: list[str] = attrs.field(factory=list)
    requests: list[str] = attrs.field(factory=list)

    def assert_quiet(self) -> None:
        """Assert that nothing failed so far, and that nothing was asked for."""
        assert not self.errors
        assert not self.requests


@contextmanager
def opened(
    browser: Browser, file: Path, *, width: int = WIDE, script: bool = True, zone: str = "UTC"
) -> Iterator[Opened]:
    """Open a file, and assert at the end that it was quiet.

    Args:
        browser: The browser.
        file: The file, which is opened from the disk.
        width: How wide the window is.
        script: Whether scripts run.
        zone: The time zone of the reader.
    """
    context = browser.new_context(
        viewport={"width": width, "height": _HEIGHT}, java_script_enabled=script, timezone_id=zone
    )
    found = Opened(context.new_page())

    def noted(kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            found.errors.append(text)

    context.route(re.compile("^(?!file:|data:|blob:)"), lambda route: route.abort())
    context.on(
        "request",
        lambda one: (
            None
            if one.url.startswith(("file:", "data:", "blob:"))
            else found.requests.append(one.url)
        ),
    )
    found.page.on("websocket", lambda one: found.requests.append(one.url))
    found.page.on("console", lambda one: noted(one.type, one.text))
    found.page.on("pageerror", lambda error: found.errors.append(str(error)))
    try:
        found.page.goto(file.resolve().as_uri(), wait_until="load")
        yield found
        found.assert_quiet()
    finally:
        context.close()


# --- text ----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Text:
    """A line of text as it is drawn: where, in which size, and by what it is cut."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    cut: str


def texts(page: Page) -> list[Text]:
    """Return every line of text that is drawn, in HTML and in SVG.

    What is only for readers of the screen, in a box of one pixel, is left out.
    """
    return [Text(**one) for one in page.evaluate(_TEXTS)]


def assert_no_cut_or_overlapping_text(page: Page) -> None:
    """Assert that all text is inside its boxes and the page, and on no other text.

    A box that scrolls sideways counts as one that cuts: readers of a phone do not see what is
    beside its edge.
    """
    _assert_whole(texts(page))


def assert_not_small(page: Page, least: float = 10.0) -> None:
    """Assert that no text is smaller than so many pixels, in pictures that are scaled neither."""
    _assert_large(texts(page), least)


def assert_readable(page: Page, least: float = 10.0) -> None:
    """Assert that text is neither cut, nor on other text, nor small; it is looked for once."""
    found = texts(page)
    _assert_whole(found)
    _assert_large(found, least)


def _assert_whole(found: list[Text]) -> None:
    assert found, "no text is drawn"
    assert [one for one in found if one.cut] == []
    assert _overlapping(found) == []


def _assert_large(found: list[Text], least: float) -> None:
    assert [one for one in found if one.size < least - 0.05] == []


def _overlapping(found: list[Text]) -> list[tuple[str, str]]:
    """Return the pairs of texts that are on each other, by more than what fonts leave empty."""
    pairs = []
    by_top = sorted(found, key=lambda one: one.top)
    for place, one in enumerate(by_top):
        for other in by_top[place + 1 :]:
            if other.top >= one.bottom:
                break
            wide = min(one.right, other.right) - max(one.left, other.left)
            high = min(one.bottom, other.bottom) - other.top
            least = min(one.bottom - one.top, other.bottom - other.top)
            if wide > 1 and high > 0.25 * least:
                pairs.append((one.text, other.text))
    return pairs


_TEXTS: Final = """
() => {
  const found = [];
  const root = document.documentElement;
  const wide = root.clientWidth;
  const isHidden = element => {
    for (let one = element; one && one !== root; one = one.parentElement) {
      const style = getComputedStyle(one), box = one.getBoundingClientRect();
      if (style.clipPath.startsWith("inset(50%") || style.clip.startsWith("rect(0")) return true;
      if (style.overflow !== "visible" && box.width <= 1.5 && box.height <= 1.5) return true;
    }
    return !element.checkVisibility({opacityProperty: true, visibilityProperty: true});
  };
  const cutBy = (element, box) => {
    if (box.left < -1 || box.right > wide + 1) return "page";
    for (let one = element; one && one !== root; one = one.parentElement) {
      const isPicture = one.localName === "svg";
      const style = getComputedStyle(one), edge = one.getBoundingClientRect();
      if (one === document.body || (!isPicture && style.display.startsWith("inline") &&
          style.display === "inline")) continue;
      const cuts = isPicture || style.overflowX !== "visible";
      if (cuts && (box.left < edge.left - 1 || box.right > edge.right + 1)) return one.localName;
      const down = isPicture || ["hidden", "clip"].includes(style.overflowY);
      if (down && (box.top < edge.top - 2 || box.bottom > edge.bottom + 2)) return one.localName;
    }
    return "";
  };
  const add = (text, element, box, size) => found.push({
    text: text.trim().slice(0, 80), left: box.left, right: box.right, top: box.top + scrollY,
    bottom: box.bottom + scrollY, size, cut: cutBy(element, box),
  });
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("script,style,noscript,template,defs,title,desc"))
      continue;
    if (isHidden(element)) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (element.closest("svg")) {
      const box = element.getBoundingClientRect(), matrix = element.getScreenCTM();
      if (box.width) add(node.data, element, box, size * Math.hypot(matrix.a, matrix.b));
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 0.5 && box.height > 0.5) add(node.data, element, box, size);
    }
  }
  return found;
}
"""


# --- barriers ------------------------------------------------------------------------------------

BARRIERS: Final = (
    '<!doctype html><html><head><title></title></head><body><p style="color:#bbb">grey</p>'
    '<img src="data:,"><button></button></body></html>'
)
"""A page with barriers, by which to see that `barriers` finds some."""


def barriers(page: Page) -> list[str]:
    """Return the serious and critical violations that axe-core finds, with where they are."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  only this job has it

    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{one['impact']}: {one['id']}: {', '.join(str(node['target']) for node in one['nodes'])}"
        for one in found
        if one["impact"] in _SEVERE
    ]


def assert_no_barriers(page: Page) -> None:
    """Assert that axe-core finds nothing serious.

    It cannot tell the contrast of text in SVG: the tokens of colours are tested by number.
    """
    assert barriers(page) == []


# --- the keyboard --------------------------------------------------------------------------------


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other, as in ``press(page, "Tab", "Shift+Tab", "PageDown")``."""
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    """Return what has the focus: its tag, its id and its text, such as ``button#by-name Name``."""
    found: str = page.evaluate(
        """() => {
          const one = document.activeElement;
          return [one.localName + (one.id ? `#${one.id}` : ""),
            one.getAttribute("aria-label") || one.textContent.trim()].join(" ").trim();
        }"""
    )
    return found


def tab_to(page: Page, selector: str, most: int = 400) -> None:
    """Go to an element by the key Tab alone, and assert that one sees where one is.

    The focus is seen when it changes the outline, the border, the shadow or the background.
    """
    for _ in range(most):
        press(page, "Tab")
        if page.evaluate("at => document.activeElement.matches(at)", selector):
            assert page.evaluate(_IS_SEEN), f"the focus on {selector} is not seen"
            return
    raise AssertionError(f"{selector} is not reached by {most} tabs")


_IS_SEEN: Final = """
() => {
  const one = document.activeElement;
  const look = () => {
    const style = getComputedStyle(one);
    return [style.outlineStyle === "none" ? "" : style.outlineWidth + style.outlineColor,
      style.boxShadow, style.borderColor, style.backgroundColor, style.textDecoration].join("|");
  };
  const before = look();
  one.blur();
  const after = look();
  one.focus({focusVisible: true});
  return before !== after;
}
"""


# --- paper ---------------------------------------------------------------------------------------


def printed(page: Page, file: Path, paper: Literal["A4", "Letter"] = "A4") -> PdfReader:
    """Print a page into a file as a reader would, and return the PDF.

    The page is then as for the screen again.
    """
    from pypdf import PdfReader  # noqa: PLC0415  only this job has it

    page.emulate_media(media="print")
    page.pdf(path=file, format=paper, prefer_css_page_size=True, print_background=True)
    page.emulate_media(media="screen")
    return PdfReader(file)


def assert_prints_whole(page: Page, file: Path, *, pages: int | None = None) -> PdfReader:
    """Print a page, and assert that paper shows all of it, in its size.

    Nothing is cut on paper, no row of a table is on two sheets, and the document is not shrunk:
    Chromium does that, without a word, when anything is wider than the paper.

    Args:
        page: The page.
        file: Where the PDF is written.
        pages: How many sheets it must have.
    """
    before = page.viewport_size
    page.set_viewport_size({"width": PAPER[0], "height": PAPER[1]})
    page.emulate_media(media="print")
    assert_no_cut_or_overlapping_text(page)
    largest = max(one.size for one in texts(page))
    rows: list[list[str]] = page.evaluate(_ROWS)
    if before is not None:
        page.set_viewport_size(before)
    found = printed(page, file)
    sheets, largest_print = _print_of(found)
    assert pages in (None, len(sheets)), f"{len(sheets)} sheets, expected {pages}"
    assert abs(largest_print / (largest * _POINTS_PER_PIXEL) - 1) < 0.01, "shrunk"
    broken = [row for row in rows if not any(_has(sheet, row) for sheet in sheets)]
    assert broken == [], "on two sheets, or on none"
    return found


def _print_of(pdf: PdfReader) -> tuple[list[str], float]:
    """Return the text of each sheet, and the size of the largest text, in points."""
    sizes = [0.0]

    def visit(text: str, cm: list[float], tm: list[float], _: object, size: float) -> None:
        if text.strip():
            scale = abs(tm[3] * cm[3] + tm[2] * cm[1])
            sizes.append(size * scale)

    sheets = [_bare(sheet.extract_text(visitor_text=visit)) for sheet in pdf.pages]
    return sheets, max(sizes)


def _has(sheet: str, row: list[str]) -> bool:
    return all(_bare(cell) in sheet for cell in row)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


_ROWS: Final = """
() => [...document.querySelectorAll("tbody tr")].filter(row => row.checkVisibility()).map(
  row => [...row.cells].map(cell => cell.innerText))
"""
