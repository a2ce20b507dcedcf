"""Write a version where the project states one: ``python .ci/bump.py 0.2.0 [2026-12-01]``.

A release is written into the source, the citation file, the README and the changelog, where what
was unreleased becomes its section. A version in development, such as 0.3.0.dev0, is written into
the source alone: the others name the last release.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSION = re.compile(r"\d+\.\d+\.\d+(\.dev\d+)?")


def edits(version: str, day: date) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return for each file which pattern is replaced by what."""
    source: dict[str, tuple[tuple[str, str], ...]] = {
        "src/diplorel/_version.py": ((r'^__version__ = ".+"$', f'__version__ = "{version}"'),)
    }
    if ".dev" in version:
        return source
    return source | {
        "CITATION.cff": (
            (r"^version: .+$", f"version: {version}"),
            (r"^date-released: .+$", f'date-released: "{day}"'),
        ),
        "README.md": ((r"^Version \d+\.\d+\.\d+,", f"Version {version},"),),
        "CHANGELOG.md": ((r"^## \[Unreleased\]$", f"## [Unreleased]\n\n## [{version}] - {day}"),),
    }


def bumped(text: str, changes: tuple[tuple[str, str], ...]) -> str:
    """Return a text with each pattern replaced in the one place where it is.

    Raises:
        ValueError: If a pattern is in no place, or in several.
    """
    for pattern, new in changes:
        text, count = re.subn(pattern, lambda _: new, text, flags=re.MULTILINE)  # noqa: B023
        if count != 1:
            raise ValueError(f"expected {pattern} once, found it {count} times")
    return text


def main(version: str, day: str = "") -> None:
    """Write a version everywhere, or nowhere."""
    if not VERSION.fullmatch(version):
        raise ValueError(f"expected a version such as 0.2.0 or 0.3.0.dev0, found {version}")
    on = date.fromisoformat(day) if day else datetime.now(tz=UTC).date()
    texts = {
        ROOT / name: bumped((ROOT / name).read_text("utf-8"), changes)
        for name, changes in edits(version, on).items()
    }
    for path, text in texts.items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
