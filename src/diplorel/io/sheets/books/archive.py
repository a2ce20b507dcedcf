"""What a workbook is packed of: unpacked within limits, whatever the archive says of itself."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from diplorel.io.limits import BOOK_BYTES, BOOK_PARTS, BOOK_RATIO
from diplorel.io.sheets.books.marks import REPAIR, BookError, damaged

if TYPE_CHECKING:
    from collections.abc import Mapping

_SMALL: Final = 1 << 20
"""Parts that are not larger than this may be packed as well as they like."""
_ENCRYPTED: Final = 1


class Archive:
    """The parts of a workbook by name."""

    def __init__(self, data: bytes) -> None:
        """Look at what is packed, and unpack nothing.

        Raises:
            BookError: It is not a sound archive, or packs too much.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except Exception:  # noqa: BLE001  a damaged archive can raise anything: struct, Unicode …
            raise damaged("its end is missing, or it is not a zip archive") from None
        if len(entries) > BOOK_PARTS:
            raise BookError(f"the workbook has {len(entries)} parts, expected at most {BOOK_PARTS}")
        self.entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            if entry.filename in self.entries:
                raise damaged(f"the part {entry.filename[:80]!r} is packed twice")
            self.entries[entry.filename] = entry
        self._left = BOOK_BYTES
        self._read: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def read(self, name: str) -> bytes:
        """Return a part.

        Raises:
            BookError: There is none of this name, or it is not sound, too large or encrypted.
        """
        if name in self._read:
            return self._read[name]
        entry = self.entries.get(name)
        if entry is None:
            raise damaged(f"the part {name[:80]!r} is missing")
        if entry.flag_bits & _ENCRYPTED:
            raise protected()
        much = entry.file_size > _SMALL and entry.file_size > BOOK_RATIO * entry.compress_size
        if much or entry.file_size > self._left:
            raise BookError(
                f"the part {name[:80]!r} of the workbook has {entry.file_size} bytes when it is "
                "unpacked, more than is read",
                "Delete what is below the table or to the right of it, or save the sheet as CSV",
            )
        self._left -= entry.file_size
        try:
            found = self._zip.read(entry)  # no more than it says, and checked
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
            raise damaged(f"the part {name[:80]!r} cannot be unpacked") from None
        except (NotImplementedError, RuntimeError, ArithmeticError, LookupError, MemoryError):
            raise BookError(
                f"the part {name[:80]!r} of the workbook is packed in a way that is not read",
                REPAIR,
            ) from None
        self._read[name] = found
        return found


def protected() -> BookError:
    """Return the error for a workbook that only a password opens."""
    return BookError(
        "the workbook is protected by a password",
        "Save it without: in Excel, File, Info, Protect Workbook, Encrypt with Password",
    )


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of parts that are known to be sound."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
