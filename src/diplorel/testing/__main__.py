"""``python -m diplorel.testing STREAM``: the laws of every stream, run on one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from diplorel.errors import DiplorelError
from diplorel.testing.conformance import LAWS, Subject


def main(arguments: list[str]) -> int:
    """Run the laws on the streams named, each a dataset or a folder; print what does not hold.

    Returns:
        0 when every law holds, 1 when one does not, 2 when there is no such stream.
    """
    if not arguments or arguments[0].startswith("-"):
        print("usage: python -m diplorel.testing STREAM...\nEach a dataset's name or a folder.")
        return 2
    broken = 0
    for stream in arguments:
        subject = Subject(Path(stream) if Path(stream).is_dir() or os.sep in stream else stream)
        try:
            subject.whole  # noqa: B018  read here, so that what cannot be read is reported once
        except DiplorelError as error:
            print(error)
            return 2
        for law in LAWS:
            title = law.__name__.replace("_", " ")
            try:
                law(subject)
            except AssertionError as error:
                broken += 1
                print(f"{stream}: {title}: no\n{error}")
            else:
                print(f"{stream}: {title}: yes")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
