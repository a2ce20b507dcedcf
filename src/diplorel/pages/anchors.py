"""Names of places in pages, and of pages, for ids of events and parties.

An anchor can be read back, so no two ids have one. The name of a file has small letters only, as
some systems do not distinguish them, and a hash of 80 bits wherever letters are lost.
"""

from __future__ import annotations

import re
from base64 import b32encode
from hashlib import blake2b
from typing import Final
from urllib.parse import unquote_to_bytes

_KEPT: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.")
_PLAIN: Final = re.compile(r"[A-Z]{2,5}")
_RESERVED: Final = frozenset({"CON", "PRN", "AUX", "NUL", "INDEX"})
"""Names that Windows keeps for devices, and the page of a folder."""
_SLUG: Final = 40


def anchor(id: str) -> str:
    """Return the name of a place in a page for an id; no other id has it.

    ``/`` becomes ``_``, and every byte but ASCII letters, digits, ``-`` and ``.`` becomes ``~`` and
    two digits, so it needs no escaping in an attribute or an address.

    >>> anchor("level-upgraded/SGP-VNM/2025-03-12")
    'e-level-upgraded_SGP-VNM_2025-03-12'
    >>> anchor("a_b é")
    'e-a~5Fb~20~C3~A9'
    """
    return "e-" + "".join(
        one
        if one in _KEPT
        else "_"
        if one == "/"
        else "".join(f"~{byte:02X}" for byte in one.encode("utf-8", "surrogatepass"))
        for one in id
    )


def id_of(name: str) -> str:
    """Return the id of an anchor.

    >>> id_of("e-level-upgraded_SGP-VNM_2025-03-12")
    'level-upgraded/SGP-VNM/2025-03-12'
    """
    text = name.removeprefix("e-").replace("_", "/").replace("~", "%")
    return unquote_to_bytes(text).decode("utf-8", "surrogatepass")


def file_stem(id: str) -> str:
    """Return the name of a file for an id, without a suffix: the same for no two ids.

    A code of two to five capital letters is written small. Of any other id, what can be read is
    kept, and a hash of the whole follows.

    >>> file_stem("SGP"), file_stem("visit/SGP-VNM/2023")
    ('sgp', 'visit-sgp-vnm-2023-ewnso7qoynbj3lrt')
    """
    if _PLAIN.fullmatch(id) and id not in _RESERVED:
        return id.lower()
    slug = re.sub(r"[^a-z0-9]+", "-", id.lower()).strip("-")[:_SLUG].strip("-")
    digest = blake2b(id.encode("utf-8", "surrogatepass"), digest_size=10).digest()
    return f"{slug or 'x'}-{b32encode(digest).decode().lower()}"
