"""Where the library's own files lie."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def package_folder() -> Path | Traversable:
    """Return the library's own folder, which may lie within a zip file."""
    folder = os.path.dirname(__file__)  # noqa: PTH120  of a file that may be none
    if os.path.isdir(folder):  # noqa: PTH112
        return Path(folder)
    from importlib.resources import files  # noqa: PLC0415  takes a tenth of the start

    return files("diplorel")
