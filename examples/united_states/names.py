"""Names of persons, as far as the keys of the lists spell them."""

from __future__ import annotations

from typing import Final

_PARTICLES: Final = frozenset({"van", "von", "de", "des", "la", "del", "di", "du", "le"})
_AFTER: Final = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}


def name_of(key: str) -> str:
    """Return the name that a key such as ``dreyfus-louis-goethe-jr`` spells.

    The first part is the surname, with a particle before it; what follows are the given names.
    The key has no diacritics and no second surname, so neither has the name.

    >>> name_of("dreyfus-louis-goethe-jr"), name_of("van-buren-martin"), name_of("bush-george-h-w")
    ('Louis Goethe Dreyfus Jr.', 'Martin Van Buren', 'George H. W. Bush')
    """
    parts = key.split("-")
    last = 2 if parts[0] in _PARTICLES and len(parts) > 2 else 1  # noqa: PLR2004  a given name is left
    after = [_AFTER[part] for part in parts[last:] if part in _AFTER]
    given = [part for part in parts[last:] if part not in _AFTER]
    spelled = [f"{part.upper()}." if len(part) == 1 else part.capitalize() for part in given]
    return " ".join([*spelled, *map(_surname, parts[:last]), *after])


def _surname(part: str) -> str:
    return f"Mc{part[2:].capitalize()}" if part.startswith("mc") else part.capitalize()
