"""The pages of parties: their relations, their ranking where they have a ladder, their events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from diplorel.charts.words import short_date
from diplorel.model.text import sort_key
from diplorel.pages.parts import Chip, Chips
from diplorel.pages.sites.book import path_of_dyad, path_of_party
from diplorel.pages.sites.entries import entry, lines, part_links, years_of
from diplorel.pages.sites.frame import Link
from diplorel.pages.sites.of_index import partners_answer, slider_view
from diplorel.pages.sites.words import count_words, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.pages.sites.frame import Frame
    from diplorel.pages.sites.parts import Part


@attrs.frozen(kw_only=True)
class RelationRow:
    """A relation in the table of a party."""

    link: Link
    key: str
    ties: str
    level: str
    chip: Chip | None
    since: str
    since_key: str
    events: int
    count: str


def party_pages(frame: Frame, party: str) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of a party: the first one, and one for each part of a long list of events.

    Args:
        frame: The frame.
        party: The id of the party.
    """
    parts = frame.book.parts_of_parties[party]
    whole = len(parts) == 1
    yield _first(frame, party, parts)
    for part in () if whole else parts:
        yield _part(frame, party, part, parts)


def _first(frame: Frame, party: str, parts: tuple[Part, ...]) -> tuple[str, bytes]:
    book, page = frame.book, path_of_party(party)
    events = book.of_parties[party]
    partners = book.partners.get(party, ())
    slider = book.sliders.get(party)
    view = None if slider is None or party == book.main else slider_view(frame, page, slider)
    title = (slider and partners_answer(frame, slider)) or frame.word(
        "answer party",
        party=frame.name(party),
        events=count_words(len(events), frame.lang),
    )
    rows = [_row(frame, page, party, other) for other in partners]
    only = parts[0] if len(parts) == 1 else None
    return frame.render(
        "site_party.html",
        page,
        title=title,
        slider=view,
        overview=frame.link(page, "index.html") if party == book.main else None,
        name=frame.name(party),
        has_ladder=party in book.reference.ladder,
        rows=sorted(rows, key=lambda row: (row.key, row.link.href)),
        parts_of=[] if only else part_links(frame, page, _paths(party, parts)),
        **_events(frame, page, only),
    )


def _part(frame: Frame, party: str, part: Part, parts: tuple[Part, ...]) -> tuple[str, bytes]:
    page = path_of_party(party, part.key)
    return frame.render(
        "site_party_part.html",
        page,
        title=frame.word("answer years", pair=frame.name(party), years=years_of(frame, part)),
        whole=Link(
            frame.link(page, path_of_party(party)), frame.word("whole of", pair=frame.name(party))
        ),
        parts_of=part_links(frame, page, _paths(party, parts)),
        **_events(frame, page, part),
    )


def _paths(party: str, parts: tuple[Part, ...]) -> list[tuple[Part, str]]:
    return [(part, path_of_party(party, part.key)) for part in parts]


def _events(frame: Frame, page: str, part: Part | None) -> dict[str, Any]:
    """Return the events of a page: as lines, and those that have their record here, in full."""
    if part is None:
        return {"lines": [], "entries": []}
    mine = [one for one in part.events if frame.book.homes[one.id] == page]
    others = [one for one in part.events if frame.book.homes[one.id] != page]
    return {
        "lines": lines(frame, page, others),
        "entries": [entry(frame, page, one) for one in mine],
    }


def _row(frame: Frame, page: str, party: str, other: str) -> RelationRow:
    book = frame.book
    a, b = sorted((party, other))
    relation = book.relation(a, b)
    held = relation.level(party) if party in book.reference.ladder else None
    level = None if held is None else held.level
    since = None if held is None or level is None else held.since
    chip = None
    if level is not None and held is not None:
        chips = Chips.of(book.reference, party)
        chip = chips.of_level(level, recorded=held.last_recorded)
    events = len(book.of_dyads[a, b])
    return RelationRow(
        link=Link(frame.link(page, path_of_dyad(a, b)), frame.name(other)),
        key=sort_key(frame.name(other)),
        ties=next((text for _, text in frame.teller.state(a, b)), ""),
        level="" if level is None else level.name(frame.lang),
        chip=chip,
        since="" if since is None else short_date(since, frame.lang),
        since_key="" if since is None else f"{since.hi:09}",
        events=events,
        count=number(events, frame.lang),
    )
