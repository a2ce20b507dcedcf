"""One text: what looks the same is the same.

Letters with marks can be written composed or decomposed (Unicode's NFC and NFD; file names of macOS
and what is copied from them are decomposed). Here text is NFC.
"""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

import attrs


def nfc(text: str) -> str:
    """Return a text in Unicode's composed form.

    >>> nfc("Vie\u0323\u0302t") == "Việt"
    True
    """
    return text if text.isascii() else normalize("NFC", text)


def folded(name: str) -> str:
    """Return what names are compared by: without regard to case, spacing and Unicode form.

    >>> folded("  Việt   NAM ") == folded("việt nam")
    True
    """
    return " ".join(nfc(name).casefold().split())


def normalise(value: Any) -> None:
    """Bring every text of a new attrs object to the composed form; for ``__attrs_post_init__``."""
    for field in attrs.fields(type(value)):
        item = getattr(value, field.name)
        if type(item) is str:
            composed: Any = nfc(item)
        elif type(item) is tuple and item and type(item[0]) is str:
            composed = tuple(map(nfc, item))
        else:
            continue
        if composed != item:
            object.__setattr__(value, field.name, composed)
