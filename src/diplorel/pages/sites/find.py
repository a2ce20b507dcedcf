"""What parties are found by: their names and codes, with and without diacritics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplorel.model.text import sort_key

if TYPE_CHECKING:
    from diplorel.model.parties import Party


def folded(text: str) -> str:
    """Return a text as the search compares it: small letters and digits without any marks.

    The script of the page folds what is typed in the same way.

    >>> folded("Việt Nam"), folded("viet-nam"), folded("Đức"), folded("CÔTE D'IVOIRE")
    ('vietnam', 'vietnam', 'duc', 'cotedivoire')
    """
    return "".join(one for one in sort_key(text) if one.isalnum())


def key_of(id: str, party: Party | None) -> str:
    """Return what a party is found by: its id and its names in all languages, each folded once.

    Args:
        id: The id.
        party: What is known of it; None where no table has it.

    >>> import diplorel as dr
    >>> key_of("DEU", dr.party("Germany")).split()[:3]
    ['deu', 'germany', 'duc']
    """
    names = [id]
    if party is not None:
        names += [text.text for text in party.names]
        names += [party.alpha2 or "", *party.also]
        names += [text.text for former in party.former for text in former.names]
    return " ".join(dict.fromkeys(filter(None, map(folded, names))))
