"""What agreements are called in sentences about them, after the events that give their titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplorel.model.ladders import in_language
from diplorel.tracks.agreement_events import AgreementSigned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.events import Event
    from diplorel.model.ladders import Text
    from diplorel.model.parties import Party

NAMES: Phrases = {
    "titled": ("the {title}", "{title}"),
    "keyed": ("the agreement “{name}”", "văn kiện “{name}”"),
}


def titles_of(events: Iterable[Event]) -> dict[str, tuple[Text, ...]]:
    """Return the titles of agreements by their keys; of several, the first that is given.

    Args:
        events: The events, in order.

    >>> import diplorel as dr
    >>> titles_of(dr.load("vietnam").resolve().events)["evfta"][0].text
    'EU–Viet Nam Free Trade Agreement'
    """
    found: dict[str, tuple[Text, ...]] = {}
    for event in events:
        if isinstance(event, AgreementSigned) and event.titles:
            found.setdefault(event.agreement, event.titles)
    return found


def title_in(lang: str, titles: Iterable[Text], fields: Iterable[str], key: str) -> str:
    """Return the title of an agreement in *lang*, else in English, else its fields, else its key.

    Args:
        lang: The language.
        titles: Its title by language.
        fields: What it is about.
        key: Its key.
    """
    return in_language(titles, lang) or ", ".join(fields) or key


def name_of_agreement(key: str, grammar: Grammar) -> str:
    """Return what an agreement is called in a sentence: its title, or else the group it made.

    Without either it is called by its key.

    Args:
        key: The key of the agreement.
        grammar: The language, and the titles that are known.
    """
    title = in_language(grammar.titles.get(key, ()), grammar.lang)
    if title:
        return grammar.say(NAMES, "titled", title=title)
    group = _group(key, grammar)
    return grammar.say(NAMES, "keyed", name=key) if group is None else grammar.named(group.id)


def _group(key: str, grammar: Grammar) -> Party | None:
    """Return the group whose id is the key of an agreement: "cptpp" made the CPTPP."""
    found = grammar.reference.parties.get(key.replace("-", "_").upper())
    return found if found is not None and found.kind in ("group", "organisation") else None
