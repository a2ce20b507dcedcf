"""Events on pages: as one line that leads to its record, or with sources and other accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from diplorel.charts.words import short_date
from diplorel.model.sources import KIND_ORDER
from diplorel.pages.anchors import anchor
from diplorel.pages.sites.frame import Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.model.events import Event, EventRetracted
    from diplorel.model.sources import Citation
    from diplorel.pages.sites.frame import Frame
    from diplorel.pages.sites.parts import Part


@attrs.frozen(kw_only=True)
class Line:
    """An event as one line.

    Attributes:
        when: When, in words.
        text: What, as a sentence.
        href: The address of its record.
    """

    when: str
    text: str
    href: str


@attrs.frozen(kw_only=True)
class Entry:
    """An event with its sources.

    Attributes:
        id: Its id.
        anchor: The place on the page.
        when: When, in words.
        text: What, as a sentence.
        sources: Who says so, each leading to its place on the page of sources.
        more: Other dates and wordings of the account that is used, each a sentence.
        others: Other accounts, which are not used, each a sentence.
    """

    id: str
    anchor: str
    when: str
    text: str
    sources: tuple[Link, ...]
    more: tuple[str, ...]
    others: tuple[str, ...]


def line(frame: Frame, page: str, event: Event) -> Line:
    """Return an event as one line of a page."""
    return Line(
        when=short_date(event.on, frame.lang),
        text=frame.teller.sentence(event),
        href=frame.link(page, frame.book.homes[event.id], anchor(event.id)),
    )


def lines(frame: Frame, page: str, events: Iterable[Event]) -> list[Line]:
    """Return events as lines of a page."""
    return [line(frame, page, event) for event in events]


def entry(frame: Frame, page: str, event: Event) -> Entry:
    """Return an event of a page with its sources."""
    accounts = frame.book.log.resolve().accounts.get(event.id, ())
    _, *more = frame.teller.narrator.provenance(event, accounts)
    turn = len(more) - max(len(accounts) - 1, 0)
    return Entry(
        id=event.id,
        anchor=anchor(event.id),
        when=short_date(event.on, frame.lang),
        text=frame.teller.sentence(event),
        sources=citations(frame, page, event),
        more=tuple(more[:turn]),
        others=tuple(more[turn:]),
    )


def citations(frame: Frame, page: str, event: Event | EventRetracted) -> tuple[Link, ...]:
    """Return who says so: publisher, date and place in the document, each leading to its source.

    Official sources go first.
    """
    reference = frame.book.reference

    def precedence(one: Citation) -> tuple[int, str]:
        source = reference.find_source(one.source)
        return len(KIND_ORDER) if source is None else KIND_ORDER[source.kind], one.source

    ordered = sorted(event.sources, key=precedence)
    return tuple(dict.fromkeys(_citation(frame, page, one) for one in ordered))


def _citation(frame: Frame, page: str, one: Citation) -> Link:
    said = frame.teller.narrator.dated(one.source)
    text = f"{said}, {one.locator}" if one.locator else said
    return Link(frame.link(page, frame.book.places[one.source], anchor(one.source)), text)


def part_links(
    frame: Frame, page: str, paths: Sequence[tuple[Part, str]]
) -> list[tuple[Link, int]]:
    """Return links to the pages of a list that is divided, each with its number of events."""
    return [
        (Link(frame.link(page, path), years_of(frame, part), path == page), len(part.events))
        for part, path in paths
    ]


def years_of(frame: Frame, part: Part) -> str:
    """Return the years of a part, in words."""
    if part.number:
        return frame.word("years part", first=part.first, number=part.number)
    if part.first == part.last:
        return str(part.first)
    return frame.word("years", first=part.first, last=part.last)
