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
    if not folder.exists():
        return True
    return folder.is_dir() and all(_is_left_over(one.name) for one in folder.iterdir())


def replace(path: Path, content: bytes) -> None:
    """Write a file, or put other content in its place; a link keeps pointing to it.

    What is not a file, such as a pipe, is written to; so is a file beside which none can be made.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    path = Path(os.path.realpath(path))
    beside = _beside(path)
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except PermissionError:
        beside.unlink(missing_ok=True)
        if not path.exists():
            raise
        path.write_bytes(content)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_names(path.parent)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give the path to write a new file at; it becomes *path* when the block ends.

    Whatever else is there by then under the name that was given, and more, is removed.

    Raises:
        FileExistsError: There is something at *path* by then.
    """
    path = Path(os.path.realpath(path))
    beside = _beside(path)
    try:
        yield beside
        sync(beside)
        _rename_new(beside, path)
    finally:
        for one in path.parent.glob(f"{beside.name}*"):
            one.unlink()
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
    """Give a folder to write files in; they are in *target*, all at once, when the block ends.

    The folder that the process itself runs in is not replaced, since that would leave a shell
    nowhere: it gets the files one after the other.

    Args:
        target: The folder: a new or an empty one.
        last: The file without which the others mean nothing; there, it comes last.
    """
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    here = target.exists() and target.samefile(Path.cwd())
    beside = _beside(target / last if here else target)
    beside.mkdir()
    try:
        yield beside
        for path in (*beside.rglob("*"), beside):
            if path.is_dir():
                _sync_names(path)
            else:
                sync(path)
        if here:
            for path in sorted(beside.iterdir(), key=lambda one: (one.name == last, one.name)):
                path.rename(target / path.name)
            _sync_names(target)
        else:
            if target.exists():
                shutil.copymode(target, beside)
                for path in target.iterdir():  # of an earlier process that was killed
                    shutil.rmtree(path)
                target.rmdir()
            beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _sync_names(target.parent)


def _beside(path: Path) -> Path:
    return path.with_name(f".{token_hex(8)}.new")


def _is_left_over(name: str) -> bool:
    return name.startswith(".") and name.endswith(".new")


def sync(path: Path) -> None:
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
