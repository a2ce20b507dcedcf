"""The command brief prints or writes what Python returns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import diplorel as dr
from shipped_once import shipped

Run = Callable[..., str]
ASKED = ("brief", "SGP", "--partner", "VNM", "--on", "2025-03-12", "-w", "singapore")


def test_it_prints_markdown_or_writes_a_file(run: Run, tmp_path: Path) -> None:
    brief = dr.pages.brief(shipped("singapore"), "SGP", partner="VNM", on="2025-03-12", lang="vi")
    assert run(*ASKED, "--lang", "vi") == brief.to_markdown()
    file = tmp_path / "brief.html"
    assert run(*ASKED, "--lang", "vi", "-o", str(file)) == f"{file}: {brief.title}\n"
    assert file.read_text("utf-8") == brief.to_html()


def test_it_can_be_of_what_was_known_before(run: Run) -> None:
    said = run(*ASKED, "--known", "2020", "--clock", "published")
    assert "recorded: as published by 2020" in said.replace("\\", "")


def test_what_it_cannot_write_is_refused_before_any_work(run: Run) -> None:
    assert "--output: 'a.pdf'" in run(*ASKED, "-o", "a.pdf", code=2)
    assert "--interactive needs a file" in run(*ASKED, "--interactive", code=2)
    assert "--interactive: Markdown has no scripts" in run(
        *ASKED, "--interactive", "-o", "a.md", code=2
    )
