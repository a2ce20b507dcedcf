"""Compound files: Office before 2007 keeps everything in them, later what is encrypted.

They are small file systems: sectors, chained by a table. Only what a workbook needs is read.
"""

from __future__ import annotations

import struct
from typing import Final

from diplorel.io.sheets.books.marks import damaged

MAGIC: Final = b"\xd0\xcf\x11\xe0"
_HEADER: Final = 512
_END: Final = 0xFFFFFFFA
"""From here on a number means the end of a chain, or no sector."""
_IN_HEADER: Final = 109
"""How many sectors of the table the header lists itself."""
_ENTRY: Final = 128
_STREAM: Final = 2
_ROOT: Final = 5


class Compound:
    """The streams of a compound file.

    Attributes:
        names: Their names.
    """

    def __init__(self, data: bytes) -> None:
        """Read the tables and the list of streams.

        Raises:
            BookError: They are not sound.
        """
        if len(data) < _HEADER:
            raise damaged("it is broken off")
        self._data = data
        (shift, small_shift) = struct.unpack_from("<2H", data, 30)
        (start,) = struct.unpack_from("<I", data, 48)
        (self._least, small_start) = struct.unpack_from("<2I", data, 56)
        (self._extra,) = struct.unpack_from("<I", data, 68)
        if shift not in (9, 12) or small_shift != 6:  # noqa: PLR2004  512 or 4096 bytes, and 64
            raise damaged("its sectors have no size that there is")
        self._size = 1 << shift
        self._table = self._read_table()
        self._entries: dict[str, tuple[int, int]] = {}
        root = self._read_entries(self._chain(start))
        small = self._chain(small_start) if small_start < _END else b""
        self._small_table = struct.unpack(f"<{len(small) // 4}I", small[: len(small) // 4 * 4])
        self._small = self._chain(root[0])[: root[1]] if root[1] else b""
        self.names = frozenset(self._entries)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        found = self._data[at : at + self._size]
        if not found:
            raise damaged("a part of it lies beyond its end")
        return found.ljust(self._size, b"\0")

    def _read_table(self) -> tuple[int, ...]:
        listed = [*struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76)]
        further, seen = self._extra, set[int]()
        while further < _END:
            if further in seen:
                raise damaged("its table of sectors runs in a circle")
            seen.add(further)
            *more, further = struct.unpack(f"<{self._size // 4}I", self._sector(further))
            listed += more
        sectors = [number for number in listed if number < _END]
        if len(set(sectors)) < len(sectors):
            raise damaged("its table of sectors lists a sector twice")
        table = b"".join(map(self._sector, sectors))
        return struct.unpack(f"<{len(table) // 4}I", table)

    def _chain(self, number: int) -> bytes:
        """Return the content of a chain of sectors."""
        found: list[bytes] = []
        seen: set[int] = set()
        while number < _END:
            if number in seen or number >= len(self._table):
                raise damaged("a chain of its sectors runs in a circle or leads nowhere")
            seen.add(number)
            found.append(self._sector(number))
            number = self._table[number]
        return b"".join(found)

    def _read_entries(self, directory: bytes) -> tuple[int, int]:
        """Keep where each stream begins and how long it is; return that of the small ones."""
        root = 0, 0
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<2I", directory, at + 116)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == _ROOT:
                root = start, size
            elif kind == _STREAM:
                self._entries.setdefault(name, (start, size))
        return root

    def stream(self, name: str) -> bytes:
        """Return the content of a stream.

        Raises:
            BookError: It is not sound.
        """
        number, size = self._entries[name]
        if size >= self._least:
            found = self._chain(number)
        else:
            parts: list[bytes] = []
            seen: set[int] = set()
            while number < _END:
                if number in seen or number >= len(self._small_table):
                    raise damaged("a chain of its sectors runs in a circle or leads nowhere")
                seen.add(number)
                parts.append(self._small[number * 64 : number * 64 + 64])
                number = self._small_table[number]
            found = b"".join(parts)
        if len(found) < size:
            raise damaged(f"the stream {name!r} is broken off")
        return found[:size]
