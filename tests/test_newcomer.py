"""The script that follows pages in a fresh environment notices what differs."""

from __future__ import annotations

import shutil
import socket
import sys
from pathlib import Path

import pytest

import newcomer

ROOT = Path(__file__).parents[1]
SOUND = "```pycon\n>>> import diplorel as dr\n>>> dr.party('SGP').name()\n'Singapore'\n\n```\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(SOUND, encoding="utf-8")
    return path


def test_the_lines_of_a_sound_page_are_counted(page: Path) -> None:
    assert newcomer.typed(page) == (2, [])


def test_an_output_that_the_page_does_not_show_is_found(page: Path) -> None:
    page.write_text(SOUND.replace("'Singapore'", "'Singapura'"), encoding="utf-8")
    count, (wrong,) = newcomer.typed(page)
    assert count == 2
    assert "Expected:\n    'Singapura'\nGot:\n    'Singapore'\n" in wrong


def test_commands_are_called_and_compared(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ diplorel --version\n9.9.9\n```\n", encoding="utf-8")
    count, (wrong,) = newcomer.called(page)
    assert count == 1
    assert wrong.startswith("$ diplorel --version\n")


def test_every_command_of_the_readme_that_needs_no_file_is_found() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = newcomer.CONSOLE.findall(text)
    ((arguments, expected),) = newcomer.COMMAND.findall(block)
    assert arguments.startswith("partners VNM ")
    assert expected.endswith("The list is complete: the streams cover it.\n")


def test_a_call_of_the_network_is_refused() -> None:
    with pytest.raises(RuntimeError, match="the network is asked"):
        newcomer.refuse_the_network("socket.connect", (socket.AF_INET, ("192.0.2.1", 80)))
    newcomer.refuse_the_network("open", ("page.md",))


def test_a_page_without_a_line_to_follow_fails(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "addaudithook", lambda hook: None)  # it would stay for all tests
    assert newcomer.main(str(page)) == 0
    other = page.with_name("other.md")
    shutil.copy(page, other)
    other.write_text("Words only.\n", encoding="utf-8")
    assert newcomer.main(str(page), str(other)) == 1
    assert "other.md: 0 followed" in capsys.readouterr().out
