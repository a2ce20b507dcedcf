"""The command `chart`: what Python draws, in each form; hostile streams stay text."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import diplorel as dr
from diplorel.charts.chart import Chart
from diplorel.cli.answers import rows_of
from diplorel.cli.chart import _TAKES, ChartKind
from shipped_once import shipped

Run = Callable[..., str]
DAY = ("--on", "2025-03-12")
W = ("-w", "singapore")


CHARTS: dict[ChartKind, tuple[list[str], Callable[[dr.EventLog], Any]]] = {
    ChartKind.LADDER: (
        ["SGP", *DAY, "--kind", "state"],
        lambda log: log.replay("2025-03-12").steps("SGP", kind="state"),
    ),
    ChartKind.PACE: (
        ["SGP", *DAY],
        lambda log: log.ranking_history("SGP", days="changes", today="2025-03-12"),
    ),
    ChartKind.BUMP: (
        ["SGP", "--years", "2015-2024"],
        lambda log: log.ranking_history("SGP", years=(2015, 2024)),
    ),
    ChartKind.FIGURES: (
        ["SGP", "--indicator", "trade-turnover", "--unit", "USD mn"],
        lambda log: log.figures("trade-turnover", party="SGP", unit="USD mn"),
    ),
    ChartKind.LANES: (
        ["Vietnam", "SGP", *DAY],
        lambda log: log.lanes("VNM", "SGP", on="2025-03-12"),
    ),
    ChartKind.NETWORK: (
        ["SGP", "--at-least", "strategic", "--track", "level", "--track", "ties", *DAY],
        lambda log: log.graph(
            "2025-03-12", party="SGP", at_least="strategic", tracks=["level", "ties"]
        ),
    ),
    ChartKind.MATRIX: (
        ["VNM", "CHN", "FRA", "--ladder", "SGP", *DAY],
        lambda log: log.replay("2025-03-12").matrix(["VNM", "CHN", "FRA"], ladders=["SGP"]),
    ),
}
"""The arguments of each chart, and the answer that it draws."""
EACH = pytest.mark.parametrize("kind", [*ChartKind])


def of(kind: ChartKind) -> dr.EventLog:
    return shipped("vietnam") if kind is ChartKind.FIGURES else shipped("singapore")


def args_of(kind: ChartKind, *more: str) -> list[str]:
    source = ("-w", "vietnam") if kind is ChartKind.FIGURES else W
    return ["chart", kind.value, *CHARTS[kind][0], *source, *more]


def drawn(kind: ChartKind, lang: str = "en") -> Chart:
    found: Chart = getattr(dr.charts, kind.value)(CHARTS[kind][1](of(kind)), lang=lang)
    return found


def test_each_chart_of_the_library_has_a_command() -> None:
    assert {one.value for one in ChartKind} == {one for one in dr.charts.__all__ if one.islower()}
    assert {*_TAKES} == {*ChartKind}


@EACH
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_file_is_what_python_draws(run: Run, tmp_path: Path, kind: ChartKind, lang: str) -> None:
    file = tmp_path / "chart.svg"
    chart = drawn(kind, lang)
    assert run(*args_of(kind, "--lang", lang, "-o", str(file))) == f"{file}: {chart.title}\n"
    assert file.read_text(encoding="utf-8") == chart.to_svg() + "\n"
    run(*args_of(kind, "--lang", lang, "-o", str(file), "--width", "narrow"))
    assert file.read_text(encoding="utf-8") == chart.to_svg("narrow") + "\n"


@pytest.mark.parametrize(
    ("form", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("html", b"<!doctype html>")]
)
def test_each_form_is_written(run: Run, tmp_path: Path, form: str, begins: bytes) -> None:
    file = tmp_path / f"chart.{form}"
    run(*args_of(ChartKind.MATRIX, "--output", str(file)))
    assert file.read_bytes().startswith(begins)


@EACH
def test_without_a_file_it_says_what_the_chart_shows(run: Run, kind: ChartKind) -> None:
    chart = drawn(kind)
    text, *notes, how = run(*args_of(kind)).splitlines()
    assert text == chart.alt
    assert text.startswith(chart.title)
    assert (*notes,) == chart.notes
    assert "-o FILE" in how


@EACH
def test_json_has_the_texts_and_the_numbers(run: Run, kind: ChartKind) -> None:
    chart = drawn(kind)
    answer = json.loads(run(*args_of(kind, "--json")))
    assert (answer["title"], answer["alt"]) == (chart.title, chart.alt)
    assert (*answer["notes"],) == chart.notes
    assert answer["rows"] == [*rows_of(CHARTS[kind][1](of(kind)).table())]
    assert answer["chart"] == kind.value


@EACH
def test_the_snippet_has_both_widths_the_text_and_the_source(run: Run, kind: ChartKind) -> None:
    chart = drawn(kind)
    text = run(*args_of(kind, "--embed"))
    assert text == chart.to_html() + "\n"
    root = ET.fromstring(text.replace("<br>", "<br/>"))  # noqa: S314  our own
    pictures = [one for one in root.iter() if one.get("role") == "img"]
    assert {one.get("aria-label") for one in pictures} == {chart.alt}
    assert [one.get("viewBox", "").split()[2] for one in pictures] == ["760", "328"]
    assert chart.notes[-1] in "".join(root.itertext())
    assert not any(one in text for one in ("<script", "http-equiv", "src=", "@import"))


def test_the_commands_of_the_gallery_draw_its_pictures(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = Path(__file__).parents[2] / "docs"
    commands = re.findall(r"(?m)^\$ diplorel (.*)$", (docs / "gallery.md").read_text("utf-8"))
    monkeypatch.chdir(tmp_path)
    for command in commands:
        run(*shlex.split(command))
    drawn = {file.stem: file.read_text("utf-8") for file in tmp_path.glob("*.svg")}
    assert drawn == {
        kind.value: (docs / "gallery" / f"{kind}-en-wide.svg").read_text("utf-8")
        for kind in ChartKind
    }


def test_a_hostile_name_is_text_in_every_form(run: Run, copy: Path, tmp_path: Path) -> None:
    evil = "</text></svg></title><script>alert(1)</script>&\"'"
    about = copy / "stream.toml"
    text = about.read_text(encoding="utf-8")
    assert '"Comprehensive Strategic Partnership"' in text
    text = text.replace('"Comprehensive Strategic Partnership"', json.dumps(evil))
    about.write_text(text, encoding="utf-8")
    args = ("chart", "ladder", "VNM", *DAY, "-w", str(copy))
    for form in ("svg", "html"):
        file = tmp_path / f"chart.{form}"
        run(*args, "-o", str(file))
        written = file.read_text(encoding="utf-8")
        assert "<script" not in written
        assert "&lt;script&gt;" in written
    assert "<script" not in run(*args, "--embed")
    assert evil in json.loads(run(*args, "--json"))["alt"]
