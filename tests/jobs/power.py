"""Cut the power: lose and tear what was written and not synced, and look at what is left.

    pytest -s tests/jobs/power.py

A job of its own, which needs Linux and ``strace``. Each piece of work runs once, and every call is
noted that writes, syncs, makes, renames or removes. From these notes, disks are made as a power cut
at a random moment can leave them: what was synced is there; of the rest, each write is there, lost
or torn at a sector, and of the changes of names only the first few. What is left must be opened,
and must hold everything that was acknowledged. How many cuts were tried is printed.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import attrs
import pytest
from workloads import WORK, command

CUTS = int(os.environ.get("DIPLOREL_CUTS", "400"))
SECTOR = 512
TRACE = (
    "openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "link", "unlink", "rename",
    "mkdir", "rmdir",
)  # fmt: skip
KINDS = (
    "init",
    "migrate",
    "recover",
    "append",
    "append-and-settle",
    "append-without-sync",
    "backup",
    "backup-onto-an-empty-file",
    "export-into-an-empty-folder",
    "export",
)
LINE = re.compile(r"(\w+)\((.*)\)\s+= (\S+)")
FILE = re.compile(r"(\d+|AT_FDCWD)<(.*?)>(?:, |$)")


@attrs.frozen
class Call:
    """One call that changes the disk, or one acknowledgement.

    Attributes:
        kind: write, truncate, make, rename, link, remove, sync or acknowledge.
        path: The file or folder.
        to: Of a rename or a link, the new path.
        at: Of a write, where; of an acknowledgement, its number; of a truncation, the size.
        data: Of a write, what.
    """

    kind: str
    path: str
    to: str = ""
    at: int = 0
    data: bytes = b""


def text(part: str) -> bytes:
    """Return what strace prints with ``-xx``, in quotes or as a path."""
    return bytes.fromhex(part.strip().strip('"').replace("\\x", ""))


def calls_of(  # noqa: C901, PLR0912  one case for each system call
    log: str,
) -> list[Call]:
    """Read what strace noted."""
    found: list[Call] = []
    ends: dict[str, int] = {}
    for line in log.splitlines():
        match = LINE.match(line)
        if match is None or match[3].startswith("-1"):
            continue
        name, given = match[1], match[2]
        handle = FILE.match(given)
        path = text(handle[2]).decode() if handle else ""
        rest = given[handle.end() :] if handle else given
        if name == "openat":
            made = text(match[3].partition("<")[2].rstrip(">")).decode()
            if "O_CREAT" in rest:
                found.append(Call("make", made))
        elif name == "pwrite64":
            data, _, at = rest.rsplit(", ", 2)
            found.append(Call("write", path, at=int(at), data=text(data)))
        elif name == "write":
            data, _ = rest.rsplit(", ", 1)
            if path and handle and handle[1] == "1":
                found.append(Call("acknowledge", "", at=int(text(data))))
            else:
                at = ends.get(path, 0)
                found.append(Call("write", path, at=at, data=text(data)))
                ends[path] = at + len(text(data))
        elif name in ("fsync", "fdatasync"):
            found.append(Call("sync", path))
        elif name == "ftruncate":
            found.append(Call("truncate", path, at=int(rest)))
        elif name in ("link", "rename"):
            old, new = (text(part).decode() for part in given.split(", "))
            found.append(Call(name, old, new))
        elif name in ("unlink", "rmdir"):
            found.append(Call("remove", text(given).decode()))
        elif name == "mkdir":
            found.append(Call("make", f"{text(given.split(', ')[0]).decode()}/"))
    return found


class Disk:
    """Files and folders as the names and the contents that a power cut would leave."""

    def __init__(self, before: Path, was: Path) -> None:
        self.names: dict[str, int] = {}
        self.files: list[bytearray] = []
        self.folders: set[str] = set()
        for path in before.rglob("*"):
            if path.is_file():
                self.names[str(moved(path, before, was))] = len(self.files)
                self.files.append(bytearray(path.read_bytes()))

    def change(self, call: Call, number: int | None) -> None:
        """Do one call; *number* is the file that it wrote to, whatever its name is by now."""
        if call.kind == "make" and call.path.endswith("/"):
            self.folders.add(call.path)
        elif call.kind == "make":
            self.names[call.path] = number if number is not None else -1
        elif call.kind == "write" and number is not None:
            file = self.files[number]
            file.extend(bytes(max(0, call.at + len(call.data) - len(file))))
            file[call.at : call.at + len(call.data)] = call.data
        elif call.kind == "truncate" and number is not None:
            file = self.files[number]
            del file[call.at :]
            file.extend(bytes(call.at - len(file)))
        elif call.kind in ("rename", "link"):
            for name in [one for one in self.names if f"{one}/".startswith(f"{call.path}/")]:
                self.names[call.to + name[len(call.path) :]] = self.names[name]
                if call.kind == "rename":
                    del self.names[name]
            if f"{call.path}/" in self.folders:
                self.folders.add(f"{call.to}/")
        elif call.kind == "remove":
            self.names.pop(call.path, None)
            self.folders.discard(f"{call.path}/")

    def lay_down(self, folder: Path, was: Path) -> None:
        """Make the files, in another folder than the one where they were."""
        for path in self.folders:
            moved(path, was, folder).mkdir(parents=True, exist_ok=True)
        for name, number in self.names.items():
            file = moved(name, was, folder)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(self.files[number])


def moved(path: str | Path, was: Path, folder: Path) -> Path:
    """Return the path of a file in another folder."""
    return folder / Path(path).relative_to(was)


def torn(call: Call, rng: random.Random) -> list[Call]:
    """What can be left of a write: all of it, nothing, or some of its sectors."""
    how = rng.choice(("all", "nothing", "sectors" if call.kind == "write" else "all"))
    if how == "all":
        return [call]
    if how == "nothing":
        return []
    sectors = range(0, len(call.data), SECTOR)
    return [
        attrs.evolve(call, at=call.at + at, data=call.data[at : at + SECTOR])
        for at in sectors
        if rng.random() < 0.5
    ]


def cut(  # noqa: C901, PLR0912  one case for each thing that a disk can do
    calls: list[Call], disk: Disk, rng: random.Random
) -> list[int]:
    """Bring a disk to where a power cut can leave it, and return what was acknowledged before."""
    calls = calls[: rng.randint(0, len(calls))]
    ids = dict(disk.names)
    numbered: list[tuple[Call, int | None]] = []
    for call in calls:  # which file each call was about, by number, since names change
        if call.kind == "make" and not call.path.endswith("/"):
            if call.path in ids:
                continue
            ids[call.path] = len(disk.files)
            disk.files.append(bytearray())
        elif call.kind in ("rename", "link"):
            for name in [one for one in ids if f"{one}/".startswith(f"{call.path}/")]:
                ids[call.to + name[len(call.path) :]] = ids[name]
        numbered.append((call, ids.get(call.path)))
        if call.kind == "remove":
            ids.pop(call.path, None)
    synced: dict[int, int] = {}  # up to which call a file is synced
    names = 0  # up to which call names are: a folder that is synced brings all of its changes
    for at, (call, number) in enumerate(numbered):
        if call.kind == "sync" and number is None:
            names = at
        elif call.kind == "sync" and number is not None:
            synced[number] = at
    kept = names + rng.randint(0, max(0, len(numbered) - names))
    for at, (call, number) in enumerate(numbered):
        if call.kind in ("write", "truncate"):
            if number is None:
                continue
            safe = at <= synced.get(number, -1)
            for part in [call] if safe else torn(call, rng):
                disk.change(part, number)
        elif at <= kept:
            disk.change(call, number)
    return [call.at for call in calls if call.kind == "acknowledge"]


@pytest.mark.parametrize("name", KINDS)
def test_a_power_cut_at_any_moment_leaves_a_sound_store(name: str, tmp_path: Path) -> None:
    assert shutil.which("strace"), "this job needs strace"
    work = WORK[name]
    was, before = tmp_path / "was", tmp_path / "before"
    was.mkdir()
    work.begin(was)
    log = tmp_path / "log"
    do, env = command(name, was)
    strace = ["strace", "-qq", "-y", "-xx", "-s", "1000000", "-e", f"trace={','.join(TRACE)}"]
    shutil.copytree(was, before)
    subprocess.run([*strace, "-o", str(log), *do], env=env, check=True, stdout=subprocess.PIPE)  # noqa: S603
    mine = [
        call
        for call in calls_of(log.read_text())
        if call.kind == "acknowledge" or call.path.startswith(str(was))
    ]
    assert {call.kind for call in mine} >= {"write", "sync"}
    rng = random.Random(name)  # noqa: S311
    for number in range(CUTS):
        here = tmp_path / f"cut-{number}"
        here.mkdir()
        disk = Disk(before, was)
        acknowledged = cut(mine, disk, rng)
        disk.lay_down(here, was)
        work.look(here, acknowledged)
        shutil.rmtree(here)
    print(f"{name}: {CUTS} power cuts in {len(mine)} calls; refused, lost, torn, doubled: 0")  # noqa: T201
