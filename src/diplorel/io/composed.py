"""Whether a file's text is composed, as a stream keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import is_normalized

from diplorel.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator


def find_decomposed(path: str, text: str) -> Iterator[Problem]:
    """Yield each line whose text is decomposed: what is read would be written as other bytes."""
    if text.isascii() or is_normalized("NFC", text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not is_normalized("NFC", line):
            yield Problem(
                code="DR116",
                path=path,
                line=number,
                message="the text has letters and marks apart (Unicode NFD), expected them "
                "composed (NFC)",
                hint="Convert the file, such as with `uconv -x nfc`",
            )
