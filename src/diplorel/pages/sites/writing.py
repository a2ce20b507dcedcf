"""How a folder of pages is written: only what changed, only our own files, and never half.

A list of our files, with their digests, is in the folder. A build writes what is new beside the
folder's files, under names that begin with a dot, notes that it is at work, renames, removes the
pages that are gone, and then notes that the folder is whole.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.errors import InvalidQueryError
from diplorel.io import publish

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LIST: Final = "diplorel-pages.json"
"""The list of the files that were written, at the top of the folder."""
_PART: Final = r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*"
_PATH: Final = re.compile(rf"{_PART}(?:/{_PART})*")
_LONGEST: Final = 64_000_000


@attrs.frozen(kw_only=True)
class Written:
    """What a build did.

    Attributes:
        folder: The folder.
        pages: How many files it has now, the list of them left out.
        written: The files that are new or changed, in order.
        removed: The files of an earlier build that are gone, in order.
        kept: Files of an earlier build that would be gone, and that somebody has changed since.
    """

    folder: Path
    pages: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]


def is_page_path(path: str) -> bool:
    """Say whether a path is one that a build can write: small letters, inside the folder.

    >>> is_page_path("vi/relations/sgp.vnm.html"), is_page_path("../a"), is_page_path("a/.b")
    (True, False, False)
    """
    return bool(_PATH.fullmatch(path)) and path != LIST


def write_pages(folder: str | os.PathLike[str], pages: Iterable[tuple[str, bytes]]) -> Written:
    """Write pages into a folder: those that are new or changed; those that are gone are removed.

    Args:
        folder: A new or an empty folder, or one that an earlier build wrote.
        pages: The path of each page in the folder, and its content.

    Returns:
        What was written and removed.

    Raises:
        InvalidQueryError: The folder has other files in it, a page would take the place of a file
            that no build wrote, or a link leads out of the folder. Nothing is written.
    """
    target = Path(os.path.realpath(folder))
    before = _listed(target)
    target.mkdir(parents=True, exist_ok=True)
    stage = target / f".{token_hex(8)}.new"
    digests: dict[str, str] = {}
    changed: list[str] = []
    try:
        for path, content in pages:
            if not is_page_path(path) or path in digests:
                raise InvalidQueryError(
                    "{argument}: {path!r} is no name of a page, or is given twice",
                    argument="pages",
                    path=path,
                )
            digests[path] = sha256(content).hexdigest()
            there = target / path
            _refuse_foreign(target, there, path, before)
            if _digest_of(there) == digests[path]:
                continue
            (stage / path).parent.mkdir(parents=True, exist_ok=True)
            (stage / path).write_bytes(content)
            changed.append(path)
        gone = [path for path in sorted(before) if path not in digests and (target / path).exists()]
        if changed or gone or _state(target) != _text(digests, whole=True):
            publish.replace(target / LIST, _text({**before, **digests}, whole=False).encode())
            _bring(stage, target, changed)
            removed, kept = _remove(target, before, gone)
            publish.replace(target / LIST, _text(digests, whole=True).encode())
        else:
            removed, kept = [], []
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return Written(
        folder=Path(folder),
        pages=len(digests),
        written=tuple(sorted(changed)),
        removed=tuple(removed),
        kept=tuple(kept),
    )


def _bring(stage: Path, target: Path, changed: Iterable[str]) -> None:
    """Bring the new files to their places."""
    for path in changed:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (stage / path).replace(target / path)


def _remove(
    target: Path, before: Mapping[str, str], gone: Iterable[str]
) -> tuple[list[str], list[str]]:
    """Remove the files that are gone; return these, and those that somebody has changed."""
    removed, kept = [], []
    for path in gone:
        there = target / path
        if _digest_of(there) != before[path]:
            kept.append(path)
            continue
        there.unlink()
        removed.append(path)
        if there.parent != target and not any(there.parent.iterdir()):
            there.parent.rmdir()
    return removed, kept


def _listed(target: Path) -> dict[str, str]:
    """Return the files that an earlier build wrote, with their digests.

    Raises:
        InvalidQueryError: The folder is none, or has files and no list of ours.
    """
    if not target.exists():
        return {}
    if not target.is_dir():
        raise InvalidQueryError("{target} is a file: name a folder", target=target)
    text = _state(target)
    if text is None:
        if not publish.is_free(target):
            raise InvalidQueryError(
                "{target} has files that were not written by this command: name a new or an "
                "empty folder",
                target=target,
            )
        return {}
    found = _parsed(text)
    if found is None:
        raise InvalidQueryError(
            "{path} is damaged, so it is not known which files are pages: remove the "
            "folder, or name another one",
            path=target / LIST,
        )
    return {path: digest for path, digest in found.items() if _is_inside(target, target / path)}


def _parsed(text: str) -> dict[str, str] | None:
    """Return the paths and digests of a list that can be one of ours; None for any other text."""
    try:
        data: Any = json.loads(text)
        files = data["files"]
        return {
            path: digest
            for path, digest in files.items()
            if isinstance(digest, str) and is_page_path(path)
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _state(target: Path) -> str | None:
    path = target / LIST
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _LONGEST:
        return None
    return path.read_text(encoding="utf-8", errors="replace")


def _text(digests: Mapping[str, str], *, whole: bool) -> str:
    state = "whole" if whole else "being written"
    return json.dumps({"state": state, "files": dict(sorted(digests.items()))}, indent=0) + "\n"


def _digest_of(path: Path) -> str | None:
    if path.is_symlink() or not path.is_file():
        return None
    return sha256(path.read_bytes()).hexdigest()


def _is_inside(target: Path, path: Path) -> bool:
    """Say whether a path is in a folder once the links on the way are followed."""
    return Path(os.path.realpath(path.parent)).is_relative_to(target)


def _refuse_foreign(target: Path, there: Path, path: str, before: Mapping[str, str]) -> None:
    if not _is_inside(target, there):
        raise InvalidQueryError(
            "{link} is a link out of {target}: remove it", link=there.parent, target=target
        )
    if path not in before and (there.is_symlink() or there.exists()):
        raise InvalidQueryError(
            "{there} is a file that was not written by this command, and a page has its "
            "name: move it away",
            there=there,
        )
