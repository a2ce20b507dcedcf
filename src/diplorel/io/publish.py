"""Files and folders that are there whole or not at all, whatever happens while they are written.

They are written beside the place where they belong, synced to the disk, and then renamed. A process
that is killed before the rename leaves nothing but files whose names begin with a dot and end in
``.new``; they can be removed.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_free(folder: Path) -> bool:
    """Say whether a folder can be made at a path, or is there and empty."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def replace(path: Path, content: bytes) -> None:
    """Write a file, or put other content in its place; a link keeps pointing to it."""
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a pipe or a terminal, which must stay what it is
        return
    beside = _beside(path)
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_names(path.parent)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give the path to write a new file at; it becomes *path* when the block ends.

    Raises:
        FileExistsError: There is such a file by then, and there is something in it.
    """
    path = _absolute(path)
    beside = _beside(path)
    try:
        yield beside
        _sync(beside)
        if path.exists() and not path.stat().st_size:
            beside.replace(path)
        else:
            _rename_new(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    _sync_names(path.parent)


def _rename_new(old: Path, new: Path) -> None:
    """Rename a file, never over another one."""
    try:
        os.link(old, new)  # a rename would take the place of what came in meanwhile
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if new.exists():
            raise FileExistsError(f"there is a file {new} already") from None
        old.rename(new)


@contextmanager
def new_folder(target: Path, *, last: str) -> Iterator[Path]:
    """Give a folder to write files in; they are in *target* when the block ends.

    A folder that is not there appears with all its files at once. An empty one stays, since a shell
    can be in it, and gets the files one after the other.

    Args:
        target: The folder: a new or an empty one.
        last: The file without which the others mean nothing; it comes last.
    """
    target = _absolute(target)
    there = target.exists()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(target / last) if there else _beside(target)
    beside.mkdir()
    try:
        yield beside
        for path in (*beside.rglob("*"), beside):
            _sync_names(path) if path.is_dir() else _sync(path)
        if there:
            for path in sorted(beside.iterdir(), key=lambda one: (one.name == last, one.name)):
                path.rename(target / path.name)
            _sync_names(target)
        else:
            beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _sync_names(target.parent)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  a link stays what it is


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:200]}.{token_hex(4)}.new")


def _sync(path: Path) -> None:
    """Bring a file's content to the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_names(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    with suppress(OSError):  # Windows opens no folder, and some file systems sync none
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
