"""Kill a process at every call that writes, syncs or renames, and look at what it leaves behind.

    pytest -s tests/jobs/kills.py

A job of its own, which needs Linux and ``strace``. Each piece of work runs once, undisturbed, to
count its calls; then once for each call, killed just before it (``kill -9``). What is left must be
sound by SQLite's own check, must not be refused, and must hold everything that was acknowledged,
whole, once and in order; a backup or an export is complete, or is not there. A point that was not
reached fails the job. How many points were tried is printed.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from workloads import WORK, command

KILLS = int(os.environ.get("DIPLOREL_KILLS", "0"))
CALLS = (
    "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "link", "unlink", "rename", "mkdir",
    "rmdir",
)  # fmt: skip


def run(name: str, folder: Path, *how: str) -> subprocess.CompletedProcess[str]:
    """Run a piece of work under strace."""
    trace = f"trace={','.join(CALLS)}"
    work, env = command(name, folder)
    strace = ["strace", "-qq", "-o", f"{folder}.log", "-e", trace, *how, *work]
    return subprocess.run(strace, capture_output=True, text=True, env=env, check=False)  # noqa: S603


@pytest.mark.parametrize("name", WORK)
def test_a_process_killed_at_any_call_leaves_a_sound_store(name: str, tmp_path: Path) -> None:
    assert shutil.which("strace"), "this job needs strace"
    work = WORK[name]

    def folder_for(point: str) -> Path:
        folder = tmp_path / point
        folder.mkdir()
        work.begin(folder)
        return folder

    undisturbed = folder_for("undisturbed")
    done = run(name, undisturbed)
    assert done.returncode == 0, done.stderr
    log = Path(f"{undisturbed}.log").read_text()
    calls = Counter(re.findall(r"^(\w+)\(", log, re.MULTILINE))
    points = [(call, n) for call in CALLS for n in range(1, calls[call] + 1)]
    every = len(points)
    most = min(limit for limit in (every, work.points, KILLS) if limit)
    if most < every:
        points = random.Random(name).sample(points, most)  # noqa: S311

    def kill(point: tuple[str, int]) -> None:
        call, number = point
        folder = folder_for(f"{call}-{number}")
        done = run(name, folder, "-e", f"inject={call}:signal=KILL:when={number}")
        assert done.returncode == -signal.SIGKILL, f"{point} was not reached: {done.stderr}"
        work.look(folder, [int(line) for line in done.stdout.split()])
        shutil.rmtree(folder)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        tried = len([*pool.map(kill, points)])
    assert tried == len(points) > 5
    of = f" of {every}, by lot" if most < every else ""
    print(f"{name}: killed at {tried} points{of}; refused, lost, torn, doubled: 0")  # noqa: T201
