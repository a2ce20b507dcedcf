"""DR6xx: the proof that a stream only grew.

A release pins how much of ``events.jsonl`` there was. Every later file must begin with exactly
those bytes; so whatever was edited, removed, inserted or reordered shows, and what was appended
does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from diplorel._message import Message, listing, suggestion
from diplorel.errors import InvalidQueryError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

_FILE = "events.jsonl"
_PINS = "stream.toml"


@attrs.frozen(kw_only=True)
class Release:
    """The prefix of a stream's ``events.jsonl`` that one release had.

    Attributes:
        version: The version of the stream.
        records: How many records, and so lines, it had.
        bytes: How many bytes they take.
        sha256: The SHA-256 of those bytes, as 64 hexadecimal digits.
    """

    version: str
    records: int
    bytes: int
    sha256: str


def pin(data: bytes, version: str) -> Release:
    r"""Return the release of a stream as it is now.

    Args:
        data: The whole of ``events.jsonl``.
        version: The version to be released.

    Raises:
        InvalidQueryError: The last line is not ended, so that appending would change it.

    >>> pin(b'{"n":1}\n{"n":2}\n', "1.0").records
    2
    """
    if data and not data.endswith(b"\n"):
        raise InvalidQueryError("the last line has no end: end it with a line feed, then release")
    return Release(
        version=version, records=data.count(b"\n"), bytes=len(data), sha256=_sha256(data)
    )


def check_release(data: bytes, releases: Iterable[Release]) -> tuple[Problem, ...]:
    """Return how a stream breaks what was released of it; nothing when it only grew.

    The first release that is broken is reported: those after it hold it, so they are broken too.

    Args:
        data: The whole of ``events.jsonl``.
        releases: The releases so far, in any order.
    """
    ordered = sorted(set(releases), key=lambda one: (one.bytes, one.version, one.sha256))
    found = [*_pins(ordered)]
    intact = 0
    for release in ordered:
        if release.bytes < 0:
            continue  # reported above
        prefix = data[: release.bytes]
        lines = _lines(intact + 1, release.records)
        if len(data) < release.bytes:
            found.append(
                Problem(
                    code="DR601",
                    message=f"the file has {len(data)} bytes, and release {release.version} had "
                    f"{release.bytes}",
                    hint=f"Bring back {lines} of release {release.version}",
                    path=_FILE,
                )
            )
            break
        if _sha256(prefix) != release.sha256.lower():
            found.append(
                Problem(
                    code="DR602",
                    message=f"the file differs from release {release.version} in {lines}",
                    hint="Bring back what was released; mend what was wrong by a correction "
                    "at the end",
                    path=_FILE,
                    line=intact + 1,
                )
            )
            break
        held = prefix.count(b"\n")
        if held != release.records or (prefix and not prefix.endswith(b"\n")):
            found.append(
                Problem(
                    code="DR603",
                    message=f"release {release.version} is pinned with records = "
                    f"{release.records}, and its {release.bytes} bytes hold {held} whole "
                    f"line{'s' * (held != 1)}",
                    hint="Correct the pin",
                    path=_PINS,
                )
            )
        intact = held
    return tuple(found)


def find_release(releases: Iterable[Release], version: str, stream: str) -> Release:
    """Return the release of a version.

    Args:
        releases: The releases of the stream.
        version: The version.
        stream: The name of the stream, for the message.

    Raises:
        InvalidQueryError: There is no such release; the message lists those there are.

    >>> find_release([pin(b"", "1.0")], "1.0", "mine").bytes
    0
    """
    known = {one.version: one for one in releases}
    if not isinstance(version, str) or version not in known:
        hint = suggestion(nearest(version, known)) if isinstance(version, str) else ""
        there = (
            Message("only {known}", known=listing([*known], 20))
            if known
            else Message("and none at all")
        )
        raise InvalidQueryError(
            "{argument}: {stream} has no release {version!r}, {there}.{hint}",
            argument="release",
            stream=stream,
            version=version,
            there=there,
            hint=hint,
        )
    return known[version]


def _pins(ordered: list[Release]) -> Iterable[Problem]:
    """Find what the pins say against each other."""
    versions = [release.version for release in ordered]
    for version in sorted({one for one in versions if versions.count(one) > 1}):
        yield Problem(
            code="DR603",
            message=f"release {version} is pinned {versions.count(version)} times, and the pins "
            "differ",
            hint="Keep the pin that was published",
            path=_PINS,
        )
    for release in ordered:
        if release.bytes < 0:
            yield Problem(
                code="DR603",
                message=f"release {release.version} is pinned with {release.bytes} bytes",
                hint="Keep the pin that was published",
                path=_PINS,
            )


def _lines(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _sha256(data: bytes) -> str:
    import hashlib  # noqa: PLC0415  few need a digest, and OpenSSL takes its time

    return hashlib.sha256(data).hexdigest()
