"""The pages of relations: what they come to, what happened when, and all events with sources."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from diplorel.charts.lanes import lanes as lanes_chart
from diplorel.charts.words import short_day
from diplorel.pages.phrasing import Phrasing
from diplorel.pages.sites.book import path_of_dyad, path_of_party
from diplorel.pages.sites.entries import entry, part_links, years_of
from diplorel.pages.sites.frame import Link
from diplorel.pages.sites.words import count_words
from diplorel.pages.titles import title_of_relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.analysis.lanes import Lanes
    from diplorel.pages.sites.book import Book, Dyad
    from diplorel.pages.sites.frame import Frame


def lanes_of(book: Book, dyad: Dyad) -> Lanes:
    """Return a relation over time, to its last event: other records do not bear on the page."""
    last = max(event.on.hi for event in book.of_dyads[dyad])
    shown = dyad if dyad[1] != book.main else (dyad[1], dyad[0])
    return book.log.lanes(*shown, on=date.fromordinal(max(1, last)))


def dyad_pages(frame: Frame, dyad: Dyad, lanes: Lanes) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of a relation: the first one, and one for each part of many events.

    Args:
        frame: The frame.
        dyad: The two parties, in order.
        lanes: What `lanes_of` returns; both languages draw it.
    """
    parts = frame.book.parts_of_dyads[dyad]
    paths = [(part, path_of_dyad(*dyad, part.key)) for part in parts]
    names = _pair(frame, dyad)
    page = path_of_dyad(*dyad)
    only = parts[0] if len(parts) == 1 else None
    last = max(frame.book.of_dyads[dyad], key=lambda event: event.on.hi)
    yield frame.render(
        "site_dyad.html",
        page,
        title=_answer(frame, dyad),
        lead=frame.word(
            "as of records", day=short_day(date.fromordinal(max(1, last.on.hi)), frame.lang)
        ),
        state=frame.teller.state(*dyad),
        chart=lanes_chart(lanes, lang=frame.lang),
        sides=[
            Link(frame.link(page, path_of_party(id)), frame.name(id))
            for id in frame.teller.narrator.in_order(dyad)
        ],
        parts_of=[] if only else part_links(frame, page, paths),
        entries=[entry(frame, page, one) for one in (only.events if only else ())],
    )
    for part in () if only else parts:
        page = path_of_dyad(*dyad, part.key)
        yield frame.render(
            "site_dyad_part.html",
            page,
            title=frame.word("answer years", pair=names, years=years_of(frame, part)),
            whole=Link(frame.link(page, path_of_dyad(*dyad)), frame.word("whole of", pair=names)),
            parts_of=part_links(frame, page, paths),
            entries=[entry(frame, page, one) for one in part.events],
        )


def _pair(frame: Frame, dyad: Dyad) -> str:
    return frame.teller.narrator.names(dyad)


def _answer(frame: Frame, dyad: Dyad) -> str:
    """Return what the relation is, as a sentence: the level, or else the ties, or else a number."""
    book = frame.book
    last = max(event.on.hi for event in book.of_dyads[dyad])
    one, other = frame.teller.narrator.in_order(dyad)
    say = Phrasing(book.reference, frame.lang, last, one)
    if said := title_of_relation(say, book.relation(*dyad), (one, other)):
        return said
    events = count_words(len(book.of_dyads[dyad]), frame.lang)
    return frame.word("answer recorded", pair=_pair(frame, dyad), events=events)
