"""Release a stream: pin what its folder holds, to prove that every later state begins with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.errors import InvalidQueryError, Problem, StreamError
from diplorel.io.folder import Stream
from diplorel.io.layout import ABOUT
from diplorel.io.publish import replace
from diplorel.io.toml import dumps_toml, parse_toml
from diplorel.model.releases import Release, check_release, pin

if TYPE_CHECKING:
    from pathlib import Path

_FIRST_TABLE: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)


def release(folder: Path, stream: Stream, *, version: str, day: str) -> Release:
    """Pin the present state of a stream in its ``stream.toml``, whose comments stay.

    Args:
        folder: The stream's folder.
        stream: What it holds.
        version: The version that it has from now on.
        day: The day of the release, as ``YYYY-MM-DD``.

    Returns:
        The release, which is the last ``[[release]]`` from now on.

    Raises:
        InvalidQueryError: That version is released, there is nothing to release, or the form of the
            file does not allow an addition.
        StreamError: The stream breaks what was released before.
    """
    if any(one.version == version for one in stream.releases):
        raise InvalidQueryError(
            "{version} is released already: name the next version", version=version
        )
    if not stream.data:
        raise InvalidQueryError("there is nothing to release: the stream has no records")
    broken = check_release(stream.data, stream.releases)
    if broken:
        raise StreamError(broken)
    found = pin(stream.data, version)
    entry = attrs.asdict(found)
    content = (folder / ABOUT).read_bytes()
    said = _data(content)
    text = content.decode().rstrip("\n")
    for key, value, above in (
        ("version", version, "schema|name|title"),
        ("released", day, "version"),
    ):
        text = _with(text, key, value, above)
        said[key] = value
    text += f"\n\n{dumps_toml({'release': [entry]})}"
    if _data(text.encode()) != {**said, "release": [*said.get("release", ()), entry]}:
        raise InvalidQueryError(
            "{file} is written in an uncommon way: put in the release by hand, {entry}",
            file=ABOUT,
            entry=", ".join(f"{key} = {value!r}" for key, value in entry.items()),
        )
    replace(folder / ABOUT, text.encode())
    return found


def _data(content: bytes) -> dict[str, Any]:
    parsed = parse_toml(ABOUT, content)
    return {} if isinstance(parsed, Problem) else dict(parsed.data)


def _with(text: str, key: str, value: str, above: str) -> str:
    """Return a TOML text that says something anew before its tables, or below one of other keys."""
    table = _FIRST_TABLE.search(text)
    end = table.start() if table else len(text)
    head, tail = text[:end], text[end:]
    line = dumps_toml({key: value}).rstrip("\n")
    for keys in (key, above):
        found = re.search(rf"^(?:{keys})[ \t]*=.*$", head, re.MULTILINE)
        if found:
            kept = "" if keys == key else f"{found[0]}\n"
            return head[: found.start()] + kept + line + head[found.end() :] + tail
    return f"{line}\n{text}"
