"""The README tells the truth: its output is real, its commands run, its links lead somewhere."""

from __future__ import annotations

import doctest
import re
import shlex
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)


def test_the_example_prints_what_the_readme_shows() -> None:
    test = doctest.DocTestParser().get_doctest(README, {}, "README.md", "README.md", 0)
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test)
    assert result.attempted >= 10
    assert result.failed == 0


def test_the_readme_has_two_commands_of_one_line() -> None:
    assert len(COMMANDS) == 2
    for command in COMMANDS:
        assert command.count("\n") == 1
        assert command.endswith("\n")
        assert "\\" not in command


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_sets_up_all_it_needs_before_it_runs(command: str) -> None:
    steps = [shlex.split(step) for step in command.split("&&")]
    python = ".venv/bin/python"
    assert [step[0] for step in steps] == ["python3", python, python]
    assert steps[0] == ["python3", "-m", "venv", ".venv"]
    assert steps[1][1:4] == ["-m", "pip", "install"]


def test_the_first_command_runs_a_script_that_is_there() -> None:
    script = shlex.split(COMMANDS[0])[-1]
    assert script == "examples/vietnam_partners.py"
    assert (ROOT / script).is_file()


def test_the_second_command_runs_the_tests_with_the_extra_that_has_the_runner() -> None:
    words = shlex.split(COMMANDS[1])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = {one.split(">=")[0] for one in project["optional-dependencies"]["test"]}
    assert ".[test]" in words
    assert words[words.index("pytest") - 1] == "-m"
    assert "pytest" in extra
    assert ("-n" not in words) or "pytest-xdist" in extra


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)]+)\)", README))))
def test_a_link_leads_to_a_file_of_the_repository(link: str) -> None:
    assert "://" not in link
    assert (ROOT / link.partition("#")[0]).is_file()


def test_the_version_is_the_last_released_one() -> None:
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    (version,) = re.findall(r"^version: (.+)$", cited, flags=re.MULTILINE)
    assert f"Version {version}," in README
