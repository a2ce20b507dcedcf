"""The lines of large files, a block at a time: plain, zipped or gzipped, in bounded memory."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Protocol

from diplorel.errors import Problem
from diplorel.io.limits import shown

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

ROW_BYTES: Final = 1 << 16
"""How long a row may be, in bytes: one of GDELT has a few hundred."""
_BLOCK: Final = 1 << 18


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def blocks_of(path: str | os.PathLike[str]) -> Iterator[tuple[str, int, list[bytes]] | Problem]:
    """Yield the lines of a file in blocks: its name, the number of the first line, the lines.

    What a file is shows in its first bytes, not in its name. Of a zipped file, every member is
    read. Of a line that is longer than `ROW_BYTES`, some of the rest can be missing; what comes is
    longer than that as well.

    Yields:
        Blocks, and the problem of a packed file that cannot be unpacked any further.

    Raises:
        OSError: The file cannot be read.
    """
    place = Path(path)
    name = str(path)
    with place.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        if head[:2] == b"\x1f\x8b":
            unpacked = _gzipped(name, file)
        elif head in (b"PK\x03\x04", b"PK\x05\x06"):
            unpacked = _zipped(name, file)
        else:
            yield from _blocks(name, file)
            return
        try:
            yield from unpacked
        except Exception as error:  # noqa: BLE001  of damaged archives, the library raises a dozen kinds
            yield Problem(
                code="DR143",
                path=name,
                message=shown(f"the file cannot be unpacked: {error or type(error).__name__}"),
                hint="Download it again: some of its rows were not read",
            )


def _gzipped(name: str, file: IO[bytes]) -> Iterator[tuple[str, int, list[bytes]]]:
    with gzip.GzipFile(fileobj=file) as handle:
        yield from _blocks(name, handle)


def _zipped(name: str, file: IO[bytes]) -> Iterator[tuple[str, int, list[bytes]]]:
    with zipfile.ZipFile(file) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        for member in members:
            with archive.open(member) as handle:
                label = name if len(members) == 1 else f"{name}/{member.filename}"
                yield from _blocks(label, handle)


def _blocks(name: str, handle: _Readable) -> Iterator[tuple[str, int, list[bytes]]]:
    number = 1
    rest = b""
    while chunk := handle.read(_BLOCK):
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()[: ROW_BYTES + 1]  # of a line without an end, enough to see its length
        yield name, number, lines
        number += len(lines)
    if rest:
        yield name, number, [rest]
