"""The transcripts on the pages are true: every command is run, and prints what is shown there.

Run this file as a script to write the output on the pages anew, and read the difference.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from diplorel.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "README.md",
    "docs/how-to/add-a-country.md",
    "docs/how-to/alliances.md",
    "docs/how-to/brief.md",
    "docs/how-to/changes.md",
    "docs/explanation/labels-and-switches.md",
)
BLOCK = re.compile(r"(?<=^```console\n)(\$ diplorel .*?)(?=^```$)", re.MULTILINE | re.DOTALL)


def played(page: str) -> str:
    """Return a page with what its commands print in the present folder, run one after another."""
    shutil.copytree(ROOT / "examples", "examples", ignore=shutil.ignore_patterns("united_states"))

    def run(block: re.Match[str]) -> str:
        return "".join(
            f"{line}\n{printed(line)}" for line in block[1].splitlines() if line.startswith("$ ")
        )

    return BLOCK.sub(run, (ROOT / page).read_text("utf-8"))


def printed(line: str) -> str:
    """Return what one command prints; it must end well."""
    out = StringIO()
    with redirect_stdout(out):
        code = main(shlex.split(line.removeprefix("$ diplorel ")))
    assert code == 0, line
    return out.getvalue()


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_print_what_stands_there(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert without_days(played(page)) == without_days((ROOT / page).read_text("utf-8")), (
        f"{page} is stale: run python tests/cli/test_transcripts.py"
    )


def without_days(text: str) -> str:
    """Return a text without the days on which a new stream is made."""
    day = r"\d{1,2} [A-Z][a-z]+ \d{4}"
    made = (
        rf"(?<=On ){day}(?=, Indonesia had 0 )|(?<=at the level of Strategic Partnership on ){day}"
    )
    return re.sub(made, "DAY", text)


def test_the_way_from_a_sheet_to_a_ranking_takes_under_ten_commands() -> None:
    text = (ROOT / "docs/how-to/add-a-country.md").read_text("utf-8")
    commands = [
        command.split()[2] for command in re.findall(r"^\$ diplorel .*", text, re.MULTILINE)
    ]
    assert {"new", "import", "check", "rank"} <= set(commands)
    assert commands.index("rank") < 9


if __name__ == "__main__":
    for name in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            text = played(name)
            os.chdir(ROOT)
        (ROOT / name).write_text(text, "utf-8")
