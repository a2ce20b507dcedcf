"""What every page of a site has around its content: where one can go, languages, the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from diplorel._version import __version__
from diplorel.pages.environment import render
from diplorel.pages.sites.words import NAMES, word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from diplorel.model.dates import Language
    from diplorel.pages.sites.book import Book, Teller
    from diplorel.pages.sites.parts import Chunk

LISTS = ("timeline", "sources", "claims", "problems", "coverage", "corrections")
"""The pages that every site has beside the overview, in the order of the navigation."""


@attrs.frozen
class Link:
    """A link: where to, and its words.

    Attributes:
        href: The address, from the page.
        text: The words.
        current: Whether it is the page itself, or the part of the site that holds the page.
        lang: The language of the page that it leads to, where that is another one.
    """

    href: str
    text: str
    current: bool = False
    lang: str = ""


def numbered(
    chunk: Chunk[Any], lang: Language, link: Callable[[str], str] = lambda path: path
) -> list[Link]:
    """Return links to all pages of a list that is divided by number; none where it is not.

    Args:
        chunk: The page that has the links.
        lang: The language of their words.
        link: Returns the address of a path.
    """
    if len(chunk.paths) == 1:
        return []
    count = len(chunk.paths)
    return [
        Link(link(path), word("page of", lang, number=place, count=count), path == chunk.path)
        for place, path in enumerate(chunk.paths, 1)
    ]


@attrs.frozen
class Frame:
    """Makes the pages of a site in one language.

    Attributes:
        book: The log.
        teller: The words.
        langs: The languages of the site; the first one is at its top.
    """

    book: Book
    teller: Teller
    langs: Sequence[Language]

    @property
    def lang(self) -> Language:
        """The language of the pages."""
        return self.teller.lang

    def word(self, key: str, **parts: Any) -> str:
        """Return words, filled in."""
        return word(key, self.lang, **parts)

    def name(self, party: str) -> str:
        """Return the name of a party."""
        return self.teller.narrator.name(party)

    def file(self, path: str, lang: Language | None = None) -> str:
        """Return the path of a page in the folder: the first language is at its top.

        Args:
            path: The path of the page within its language.
            lang: The language; that of the frame by default.
        """
        asked = lang or self.lang
        return path if asked == self.langs[0] else f"{asked}/{path}"

    def link(self, page: str, path: str, place: str = "") -> str:
        """Return the relative address of a page from another one of this language.

        Args:
            page: The path of the page that has the link.
            path: The path of the page that it leads to.
            place: The anchor on it.
        """
        up = "../" * page.count("/")
        return f"{up}{path}#{place}" if place else f"{up}{path}"

    def numbered(self, chunk: Chunk[Any]) -> list[Link]:
        """Return links to all pages of a list that is divided by number; none where it is not."""
        return numbered(chunk, self.lang, lambda path: self.link(chunk.path, path))

    def render(
        self, template: str, page: str, *, title: str, lead: str = "", **content: Any
    ) -> tuple[str, bytes]:
        """Return a page: its path in the folder, and its content.

        Args:
            template: The name of the template.
            page: The path of the page within its language.
            title: The answer, as its heading.
            lead: One or two sentences below it.
            **content: What else the template names.
        """
        text = render(
            template,
            self.lang,
            say=self.word,
            title=title,
            lead=lead,
            nav=self._nav(page),
            languages=self._languages(page),
            streams=self._streams(),
            feed=self.link(page, "corrections.xml"),
            made=self.word(
                "made by", streams=self._streams(), licence=self._licence(), library=__version__
            ),
            **content,
        )
        return self.file(page), text.encode("utf-8", "replace")

    def _nav(self, page: str) -> list[Link]:
        home = self.name(self.book.main) if self.book.main else self.word("overview")
        folder = page.partition("/")[0].removesuffix(".html")
        here = {"index": "overview", "parties": "", "relations": ""}.get(folder, folder)
        return [
            Link(self.link(page, "index.html"), home, here == "overview"),
            *(Link(self.link(page, f"{one}.html"), self.word(one), here == one) for one in LISTS),
        ]

    def _languages(self, page: str) -> list[Link]:
        up = "../" * self.file(page).count("/")
        others: list[Language] = [lang for lang in self.langs if lang != self.lang]
        return [Link(f"{up}{self.file(page, lang)}", NAMES[lang], False, lang) for lang in others]

    def _streams(self) -> str:
        infos = {one.name: one.version for one in self.book.reference.infos}
        named = [f"{name} {infos.get(name, '')}".strip() for name in self.book.log.streams]
        return ", ".join(named) or self.word("no stream")

    def _licence(self) -> str:
        names = {*self.book.log.streams}
        known = {one.licence for one in self.book.reference.infos if one.name in names}
        return ", ".join(sorted(filter(None, known))) or self.word("no licence")
