"""Follow pages word for word, as a newcomer does: ``python newcomer.py PAGE… [--commands]``.

The session ``wheel`` runs it in a fresh environment, in a folder without the source. Each Python
block of a page is typed in, and what is printed must be what the page shows, to the last space.
These blocks must not ask the network for anything. With ``--commands``, the commands
``$ diplorel …`` of the console blocks are called instead. It needs no package beside diplorel.
"""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

CONSOLE = re.compile(r"^```console\n(\$ diplorel .*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ diplorel (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def typed(page: Path) -> tuple[int, list[str]]:
    """Type a page's Python in; return how many lines were typed, and what was printed otherwise."""
    text = page.read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    wrong: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=wrong.append)
    return result.attempted, wrong


def called(page: Path) -> tuple[int, list[str]]:
    """Call a page's commands; return how many there are, and what was printed otherwise."""
    blocks = CONSOLE.findall(page.read_text(encoding="utf-8"))
    calls = [call for block in blocks for call in COMMAND.findall(block)]
    wrong: list[str] = []
    for arguments, expected in calls:
        command = [sys.executable, "-m", "diplorel", *shlex.split(arguments)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
        if done.returncode or done.stdout != expected:
            wrong.append(f"$ diplorel {arguments}\n{done.stdout}{done.stderr}")
    return len(calls), wrong


def refuse_the_network(event: str, args: tuple[Any, ...]) -> None:
    """Refuse what asks a host: an audit hook."""
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise RuntimeError(f"the network is asked: {event} {args}")


def main(*words: str) -> int:
    """Follow the pages that are named; return 1 where something differs, or nothing is there."""
    sys.addaudithook(refuse_the_network)
    follow = called if "--commands" in words else typed
    failed = False
    for page in [Path(word) for word in words if not word.startswith("--")]:
        count, wrong = follow(page)
        print(*wrong, f"{page}: {count} followed, {len(wrong)} differ", sep="\n")
        failed = failed or bool(wrong) or not count
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
