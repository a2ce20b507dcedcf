"""One text: what looks the same is the same.

Letters with marks can be written composed or decomposed (Unicode's NFC and NFD; file names of macOS
and what is copied from them are decomposed). Here text is NFC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final
from unicodedata import combining, normalize
from unicodedata import name as name_of

import attrs

from diplorel.errors import InvalidEventError

HIDDEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufff9-\ufffb"
    r"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that nobody sees, and that can drive a terminal, turn text round, or make two names
that look the same differ: controls, line breaks, lone halves, and what Unicode calls
Default_Ignorable_Code_Point (zero-width characters, bidirectional controls, soft hyphens)."""


def visible(text: str) -> str:
    r"""Return a text for a page: each character that nobody sees is the replacement character.

    >>> visible("a\u202eb")
    'a�b'
    """
    return HIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def nfc(text: str) -> str:
    """Return a text in Unicode's composed form.

    >>> nfc("Vie\u0323\u0302t") == "Việt"
    True
    """
    return text if text.isascii() else normalize("NFC", text)


def sort_key(name: str) -> str:
    """Return by what names are sorted: without marks and case, so that "Đức" is under D.

    >>> sorted(["Úc", "Đức", "Anh"], key=sort_key)
    ['Anh', 'Đức', 'Úc']
    """
    apart = normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(one for one in apart if not combining(one))


def folded(name: str) -> str:
    """Return what names are compared by: without regard to case, spacing and Unicode form.

    >>> folded("  Việt   NAM ") == folded("việt nam")
    True
    """
    return " ".join(nfc(name).casefold().split())


def one_line(value: str) -> str:
    """Return a name or a title in the composed form, after a look at its characters.

    Raises:
        InvalidEventError: It has characters that nobody sees, or line breaks. Type it anew.
    """
    if not isinstance(value, str):
        raise InvalidEventError(f"expected text, got {value!r}")
    found = None if value.isprintable() else HIDDEN.search(value)
    if found:
        point = f"U+{ord(found[0]):04X}"
        shown = f"{point} ({name_of(found[0])})" if name_of(found[0], None) else point
        if found[0] in "\n\r\u2028\u2029":
            shown = "a line break"
        raise InvalidEventError(
            f"{value!r} holds {shown}, expected one line without invisible characters; "
            "type the name anew, since copied text can hold them"
        )
    return nfc(value)


def line_or_none(value: str | None) -> str | None:
    """Return a name or a title as `one_line` does, or None where there is none."""
    return None if value is None else one_line(value)


def lines(value: Iterable[str]) -> tuple[str, ...]:
    """Return names, each as `one_line` does; a bare text is not a list."""
    if isinstance(value, str):
        raise InvalidEventError(f"expected a list, got the text {value!r}")
    return tuple(map(one_line, value))


def normalise(value: Any) -> None:
    """Bring every text of a new attrs object to the composed form; for ``__attrs_post_init__``."""
    for field in attrs.fields(type(value)):
        item = getattr(value, field.name, None)
        if type(item) is str:
            composed: Any = nfc(item)
        elif type(item) is tuple and set(map(type, item)) == {str}:
            composed = tuple(map(nfc, item))
        else:
            continue
        if composed != item:
            object.__setattr__(value, field.name, composed)
