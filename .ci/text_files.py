"""Find line ends and TOML that are wrong in text files: a hook of pre-commit.

Lines end in one line feed, without space before it, and so does the last one. TOML can be parsed.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

DATA = {".csv", ".tsv", ".jsonl"}
"""Files in which a space or a carriage return can be part of a value."""


def problems(path: Path) -> list[str]:
    """Return what is wrong with a file, each with the number of the line where there is one."""
    data = path.read_bytes()
    found = []
    if data and path.suffix not in DATA:
        lines = data.split(b"\n")
        found += [
            f"{number}: spaces or a carriage return at the end of the line"
            for number, line in enumerate(lines, 1)
            if line != line.rstrip(b" \t\r")
        ]
        if lines[-1] or not lines[-2]:
            found.append(f"{len(lines)}: expected one line feed at the end of the file")
    if path.suffix == ".toml":
        try:
            tomllib.loads(data.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            found.append(f" cannot be parsed as TOML: {error}")
    return [f"{path}:{one}" for one in found]


def main(names: list[str]) -> int:
    """Print what is wrong with the files of these names; return 1 if something is."""
    found = [one for name in names for one in problems(Path(name))]
    print("\n".join(found), end="\n" if found else "")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
