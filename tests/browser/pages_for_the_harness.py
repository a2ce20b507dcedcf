"""The harness itself: it must see what is wrong on pages that are wrong on purpose.

pytest tests/browser/pages_for_the_harness.py
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from harness import (
    BARRIERS,
    WIDE,
    assert_no_barriers,
    assert_no_cut_or_overlapping_text,
    assert_not_small,
    assert_prints_whole,
    barriers,
    focused,
    opened,
    press,
    printed,
    tab_to,
    texts,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>'
    "<style>@page{size:A4;margin:15mm}body{font:16px/1.5 sans-serif}tr{break-inside:avoid}"
    "</style></head><body><main><h1>A page</h1>"
)
TABLE = (
    "<table><thead><tr><th>Party<th>Since</thead><tbody>"
    + "".join(f"<tr><td>Đối tác số {n}<td>ngày {n} tháng 3" for n in range(1, 91))
    + "</tbody></table>"
)


def written(folder: Path, body: str) -> Path:
    """Write a page and return its file."""
    file = folder / "page.html"
    file.write_text(f"{HEAD}{body}</main></body></html>", encoding="utf-8")
    return file


def test_a_sound_page_passes(browser: Browser, tmp_path: Path) -> None:
    svg = '<svg width="90" height="30"><text x="5" y="20">Ằỵ</text></svg>'
    body = f"<p>Text <b>in</b> lines.</p>{svg}{TABLE}"
    with opened(browser, written(tmp_path, body)) as found:
        assert_no_cut_or_overlapping_text(found.page)
        assert_not_small(found.page)
        assert_no_barriers(found.page)
        assert_prints_whole(found.page, tmp_path / "page.pdf", pages=3)
        assert "Ằỵ" in [one.text for one in texts(found.page)]


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="" src="http://192.0.2.1/x.png">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        "<script>fetch('https://example.org/x').catch(() => 0)</script>",
        "<script>console.error('wrong')</script>",
        "<script>nothing()</script>",
    ],
)
def test_a_request_and_an_error_are_seen(browser: Browser, tmp_path: Path, body: str) -> None:
    with pytest.raises(AssertionError), opened(browser, written(tmp_path, body)) as found:
        found.page.wait_for_timeout(200)


@pytest.mark.parametrize(
    "body",
    [
        '<div style="width:60px;overflow:hidden;white-space:nowrap">far too long a text</div>',
        '<div style="width:60px;overflow:auto;white-space:nowrap">far too long a text</div>',
        '<div style="height:20px;overflow:hidden;width:60px">too many lines of text</div>',
        '<div style="white-space:nowrap;width:2000px">' + "beyond the page " * 30 + "</div>",
        '<svg width="60" height="30"><text x="30" y="20">beyond the edge</text></svg>',
        '<svg width="90" height="30"><text y="20">one</text><text x="4" y="20">two</text></svg>',
        '<p>under</p><p style="margin-top:-36px">over</p>',
    ],
)
def test_cut_and_overlapping_text_is_seen(browser: Browser, tmp_path: Path, body: str) -> None:
    with opened(browser, written(tmp_path, body)) as found, pytest.raises(AssertionError):
        assert_no_cut_or_overlapping_text(found.page)


def test_text_for_the_ear_alone_may_be_anywhere(browser: Browser, tmp_path: Path) -> None:
    body = (
        '<p>Seen</p><p style="position:absolute;width:1px;height:1px;overflow:hidden;'
        'clip-path:inset(50%);white-space:nowrap;top:70px">heard, and as long as you like</p>'
    )
    with opened(browser, written(tmp_path, body)) as found:
        assert_no_cut_or_overlapping_text(found.page)
        assert [one.text for one in texts(found.page)] == ["A page", "Seen"]


def test_a_picture_that_is_scaled_down_has_small_text(browser: Browser, tmp_path: Path) -> None:
    body = '<svg viewBox="0 0 760 60" width="328"><text x="5" y="40" font-size="12">x</text></svg>'
    with opened(browser, written(tmp_path, body)) as found, pytest.raises(AssertionError):
        assert_not_small(found.page)


def test_barriers_are_found_on_a_page_that_has_some(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(BARRIERS, encoding="utf-8")
    with opened(browser, file) as found:
        kinds = {one.split(": ")[1] for one in barriers(found.page)}
    assert {"color-contrast", "image-alt", "button-name", "document-title"} <= kinds


def test_a_shrunk_document_is_seen(browser: Browser, tmp_path: Path) -> None:
    wide = '<table><tr><td style="white-space:nowrap">' + "as wide as this " * 8 + "</table>"
    with opened(browser, written(tmp_path, wide), width=WIDE) as found:
        with pytest.raises(AssertionError):
            assert_prints_whole(found.page, tmp_path / "page.pdf")
        assert len(printed(found.page, tmp_path / "page.pdf").pages) == 1


def test_keys_reach_what_is_there_and_show_where_one_is(browser: Browser, tmp_path: Path) -> None:
    body = (
        '<style>.dim:focus{outline:none}</style><a href="#x">one</a>'
        '<button id="two">two</button><button class="dim">three</button>'
    )
    with opened(browser, written(tmp_path, body)) as found:
        tab_to(found.page, "#two")
        assert focused(found.page) == "button#two two"
        press(found.page, "Shift+Tab")
        assert focused(found.page) == "a one"
        with pytest.raises(AssertionError, match="not seen"):
            tab_to(found.page, ".dim")
        with pytest.raises(AssertionError, match="not reached"):
            tab_to(found.page, "#nowhere", most=9)
