"""The pages of sources: each document with its address and the relations that cite it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from diplorel.charts.words import short_date
from diplorel.model.text import sort_key
from diplorel.pages.anchors import anchor
from diplorel.pages.sites.book import TWO, path_of_dyad, path_of_party
from diplorel.pages.sites.frame import Link
from diplorel.pages.sites.words import number
from diplorel.pages.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.model.sources import Source
    from diplorel.pages.sites.frame import Frame


@attrs.frozen(kw_only=True)
class SourceEntry:
    """A source on its page."""

    anchor: str
    publisher: str
    title: str
    url: str | None
    dated: str
    note: str
    cited: tuple[tuple[Link, str], ...]


def source_pages(frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of sources."""
    book = frame.book
    pages: defaultdict[str, list[str]] = defaultdict(list)
    for id, path in book.places.items():
        pages[path].append(id)
    title = frame.word("answer sources", count=number(len(book.sources), frame.lang))
    names = [(path, path.partition("/")[2].removesuffix(".html")) for path in sorted(pages)]
    first = "sources.html"
    for path in dict.fromkeys([first, *sorted(pages)]):
        ids = sorted(pages.get(path, ()), key=lambda id: (sort_key(book.publisher(id)), id))
        parts = [
            (
                Link(frame.link(path, one), name.upper().replace(".", " "), one == path),
                len(pages[one]),
            )
            for one, name in names
            if name
        ]
        yield frame.render(
            "site_sources.html",
            path,
            title=title,
            parts_of=parts,
            sources=[_entry(frame, path, id) for id in ids],
        )


def _entry(frame: Frame, page: str, id: str) -> SourceEntry:
    source: Source | None = frame.book.reference.find_source(id)
    if source is None:
        return SourceEntry(
            anchor=anchor(id),
            publisher=id,
            title="",
            url=None,
            dated=word("undated", frame.lang),
            note="",
            cited=_cited(frame, page, id),
        )
    dated = source.published
    return SourceEntry(
        anchor=anchor(id),
        publisher=source.publisher,
        title=source.title,
        url=source.url,
        dated=short_date(dated, frame.lang) if dated else word("undated", frame.lang),
        note=source.note or "",
        cited=_cited(frame, page, id),
    )


def _cited(frame: Frame, page: str, id: str) -> tuple[tuple[Link, str], ...]:
    """Return the pages that cite a source, with the number of events where it is not 1."""
    counts: dict[tuple[str, str], int] = {}
    for event in frame.book.citing.get(id, ()):
        pair = tuple(sorted({*event.parties}))
        if len(pair) == TWO and pair in frame.book.of_dyads:
            at = path_of_dyad(*pair), frame.teller.narrator.names(pair)
        else:
            at = path_of_party(event.parties[0]), frame.name(event.parties[0])
        counts[at] = counts.get(at, 0) + 1
    return tuple(
        (Link(frame.link(page, path), name), number(count, frame.lang) if count > 1 else "")
        for (path, name), count in sorted(
            counts.items(), key=lambda one: (sort_key(one[0][1]), one[0][0])
        )
    )
