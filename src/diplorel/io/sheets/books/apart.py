"""Reading values in a process of its own, which may hang, fail hard or use up its memory.

This file is also what that process runs, with nothing else of this library.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.io.sheets.books.marks import Values

MEMORY: Final = 2 << 30
"""How many bytes the process may use, where the system can limit it."""
_SECONDS: Final = 1
"""How long it may compute; a second more for each MiB of the file."""
_PATIENCE: Final = 10
"""How many times as long it may take in all, on a machine that has other work."""


def values(data: bytes, sheets: Iterable[str]) -> list[Values]:
    """Return the values of some sheets.

    Raises:
        BookError: It cannot be read.
        MissingExtraError: The extra ``excel`` is not installed.
    """
    from diplorel.io.sheets.books.calamine import calamine  # noqa: PLC0415  not in the process
    from diplorel.io.sheets.books.marks import damaged  # noqa: PLC0415  likewise

    package = Path(str(calamine().__file__)).parents[1]
    seconds = _SECONDS + (len(data) >> 20)
    command = [sys.executable, "-I", __file__, str(package), str(seconds), *sheets]
    failed = damaged("its sheets cannot be read")
    try:
        done = subprocess.run(  # noqa: S603  this file, by this interpreter
            command, input=data, capture_output=True, timeout=seconds * _PATIENCE, check=False
        )
    except (subprocess.TimeoutExpired, OSError, ValueError):  # a NUL in the name of the sheet
        raise failed from None
    if done.returncode:
        raise failed
    found: list[Values] = json.loads(done.stdout)
    return found


def main(package: str, seconds: str, *sheets: str) -> None:
    """Read a workbook from the input, and write the values of some sheets as JSON."""
    _limit(int(seconds))
    sys.path.append(package)
    import io  # noqa: PLC0415  only the process needs it

    import python_calamine  # noqa: PLC0415  it is found in the folder that was given

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    found = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in sheets]
    sys.stdout.write(json.dumps(found, default=str))


def _limit(seconds: int) -> None:
    """Limit what this process may use, where the system can."""
    try:
        import resource  # noqa: PLC0415  Windows has none
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))
    if sys.platform == "linux":  # elsewhere it is refused or ignored
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main(*sys.argv[1:])
