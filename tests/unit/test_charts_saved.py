"""Charts as files and in pages: whole or not at all, and the same in every time zone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import diplorel as dr
from diplorel.charts import inks
from diplorel.charts.chart import Chart
from diplorel.charts.embed import figure, page
from diplorel.errors import InvalidQueryError, MissingFontError

ROOT = Path(__file__).parents[2]
DAY = "2025-03-12"


def chart(name: str = "Top") -> Chart:
    """Return a small chart, of a ladder whose only level has this name."""
    ladder = dr.Ladder(party="VNM", levels=[dr.Level(id="top", rank=1, names={"en": name})])
    event = dr.events.LevelUpgraded(
        on="2020-01-01", parties=("SGP", "VNM"), ladder="VNM", level="top", sources=["s"]
    )
    source = dr.Source(id="s", title="T", publisher="P", kind="government")
    log = dr.EventLog([event], sources=[source], ladders=[ladder])
    return dr.charts.ladder(log.replay(DAY).steps("VNM"))


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [(".svg", b"<svg"), (".PNG", b"\x89PNG"), (".pdf", b"%PDF"), (".html", b"<!doctype html>")],
)
def test_the_suffix_names_the_form(tmp_path: Path, suffix: str, begins: bytes) -> None:
    file = tmp_path / f"chart{suffix}"
    for size in ("wide", "narrow"):
        chart().save(file, size)
        assert file.read_bytes().startswith(begins)
    assert [*tmp_path.iterdir()] == [file]


@pytest.mark.parametrize("name", ["chart", "chart.jpg", ".svg", "chart.svg.gz"])
def test_another_suffix_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidQueryError, match=r"path: .*\.svg, \.png, \.pdf, \.html"):
        chart().save(tmp_path / name)
    assert [*tmp_path.iterdir()] == []


def test_a_width_is_one_of_two() -> None:
    with pytest.raises(InvalidQueryError, match="expected 'wide' or 'narrow'"):
        chart().to_svg("broad")  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", [".png", ".pdf"])
def test_letters_that_no_font_has_raise_and_write_nothing(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"chart{suffix}"
    file.write_text("before", encoding="utf-8")
    with pytest.raises(MissingFontError, match="fonts-noto-core"):
        chart("A\U0010fffe").save(file)
    assert file.read_text(encoding="utf-8") == "before"
    chart("A\U0010fffe").save(tmp_path / "chart.svg")  # the reader's fonts may have it


def test_the_message_names_the_letters_that_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inks, "_is_drawn", lambda letter: letter not in "ạế")
    with pytest.raises(MissingFontError) as caught:
        chart("Đối tác hạng nhất, thế").to_png()
    assert all(one in str(caught.value) for one in "ạế")
    assert "h" not in caught.value.letters


# --- pages ---------------------------------------------------------------------------------------


def test_a_page_is_whole_and_says_its_language_and_letters() -> None:
    text = page(
        "A & B", figure("A & B", ["n"], wide="<svg/>", narrow="<svg/>", lang="vi"), lang="vi"
    )
    assert text.startswith('<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">')
    assert "<title>A &amp; B</title>" in text
    assert text.endswith("</html>\n")


def test_title_and_notes_of_a_figure_are_text() -> None:
    evil = "</p></figure><script>alert(1)</script>\x00\u202e"
    text = figure(evil, [evil, evil], wide="<svg/>", narrow="<svg/>", lang="en")
    root = ET.fromstring(text.replace("<br>", "<br/>"))  # noqa: S314  our own
    found = {one.tag for one in root.iter()}
    assert found == {"figure", "style", "figcaption", "b", "div", "svg", "p", "br"}
    assert not {"\x00", "\u202e"} & {*text}


# --- wherever it is drawn ------------------------------------------------------------------------

DRAW = """
import json, runpy, sys, vl_convert
import diplorel as dr
script = runpy.run_path("docs/make_gallery.py")
stale = [path.name for path, text in script["files"]().items() if path.read_text("utf-8") != text]
lanes = dr.charts.lanes(dr.load("vietnam").lanes("VNM", "SGP", on="2025-03-12"))
print(stale, hash(vl_convert.vegalite_to_svg(json.dumps(lanes.to_altair().to_dict()))))
"""


@pytest.mark.slow
def test_every_time_zone_and_locale_draws_the_same() -> None:
    said = set()
    for zone, lang in (("America/New_York", "C.UTF-8"), ("Pacific/Kiritimati", "vi_VN.UTF-8")):
        env = {
            **os.environ,
            "TZ": zone,
            "LANG": lang,
            "LC_ALL": lang,
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        done = subprocess.run(  # noqa: S603  our own code
            [sys.executable, "-c", DRAW],
            env=env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        said.add(done.stdout)
    assert len(said) == 1
    assert said.pop().startswith("[] ")
