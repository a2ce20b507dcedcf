"""What is said in both languages at once, for answers that are printed later, in either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from diplorel.model.dates import Language


@attrs.frozen
class Said:
    """A text in English and in Vietnamese.

    >>> said = Said("none", "không có")
    >>> str(said), said.in_("vi")
    ('none', 'không có')
    """

    english: str
    vietnamese: str

    def in_(self, lang: Language) -> str:
        """Return the text in a language."""
        return self.vietnamese if lang == "vi" else self.english

    def __str__(self) -> str:
        return self.english

    def change(self, change: Callable[[str], str]) -> Said:
        """Return both texts, changed in the same way."""
        return Said(change(self.english), change(self.vietnamese))


def say(phrases: Mapping[str, tuple[str, str]], key: str, **parts: Any) -> Said:
    """Return a phrase in both languages; a part that is `Said` is filled in by language.

    >>> str(say({"and": ("{a} and {b}", "{a} và {b}")}, "and", a=1, b=Said("two", "hai")))
    '1 and two'
    """
    english, vietnamese = phrases[key]

    def filled(phrase: str, lang: Language) -> str:
        return phrase.format(
            **{
                name: part.in_(lang) if isinstance(part, Said) else part
                for name, part in parts.items()
            }
        )

    return Said(filled(english, "en"), filled(vietnamese, "vi"))


def join(between: str | Said, items: Iterable[Said]) -> Said:
    """Return texts with another text between them."""
    gap = between if isinstance(between, Said) else Said(between, between)
    listed = list(items)
    return Said(
        gap.english.join(one.english for one in listed),
        gap.vietnamese.join(one.vietnamese for one in listed),
    )
