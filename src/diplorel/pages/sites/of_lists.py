"""The timeline, the coverage and the corrections of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel.charts.words import short_date, short_day
from diplorel.model.events import EventRetracted
from diplorel.model.records import stamp
from diplorel.pages.anchors import anchor
from diplorel.pages.sites.book import path_of_party, path_of_timeline
from diplorel.pages.sites.entries import citations, lines, part_links, years_of
from diplorel.pages.sites.feed import Entry, atom
from diplorel.pages.sites.frame import Link
from diplorel.pages.sites.parts import chunks_of
from diplorel.pages.sites.words import count_words, number
from diplorel.tracks import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from diplorel.model.records import Record
    from diplorel.model.reference import Coverage
    from diplorel.pages.sites.frame import Frame

_CORRECTIONS: Final = 150
"""So many corrections are on one page."""


# --- timeline ------------------------------------------------------------------------------------


def timeline_pages(frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of the timeline: all events on one page, or one page for some years."""
    parts = frame.book.parts_of_all
    title = frame.word("answer timeline", events=count_words(len(frame.book.events), frame.lang))
    paths = [(part, path_of_timeline(part.key)) for part in parts]
    only = parts[0] if len(parts) == 1 else None
    page = path_of_timeline()
    yield frame.render(
        "site_timeline.html",
        page,
        title=title,
        parts_of=[] if only else part_links(frame, page, paths),
        lines=lines(frame, page, only.events) if only else [],
    )
    for part, page in [] if only else paths:
        yield frame.render(
            "site_timeline.html",
            page,
            title=frame.word(
                "answer years", pair=frame.word("timeline"), years=years_of(frame, part)
            ),
            parts_of=part_links(frame, page, paths),
            lines=lines(frame, page, part.events),
        )


# --- coverage ------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class CoverageRow:
    """What one stream says of its completeness in one aspect."""

    aspect: str
    parties: tuple[Link, ...]
    since: str
    until: str
    note: str
    stream: str


def coverage_page(frame: Frame) -> tuple[str, bytes]:
    """Return the page on what the streams call complete."""
    rows = [_coverage(frame, one) for one in frame.book.reference.coverage]
    return frame.render(
        "site_coverage.html",
        "coverage.html",
        title=frame.word("answer coverage"),
        rows=rows,
        infos=frame.book.reference.infos,
    )


def _coverage(frame: Frame, one: Coverage) -> CoverageRow:
    aspect = _aspects(frame).get(one.track, one.track)
    if one.at_least is not None:
        level = frame.book.reference.level(one.parties[0] if one.parties else "", one.at_least)
        aspect += ": " + frame.word("at least", level=level.name(frame.lang))
    pages = frame.book.of_parties
    return CoverageRow(
        aspect=aspect,
        parties=tuple(
            Link(
                frame.link("coverage.html", path_of_party(id)) if id in pages else "",
                frame.name(id),
            )
            for id in one.parties
        ),
        since=short_date(one.since, frame.lang) if one.since else frame.word("beginning"),
        until=short_date(one.until, frame.lang) if one.until else frame.word("open end"),
        note=one.note or "",
        stream=one.stream or "",
    )


def _aspects(frame: Frame) -> dict[str, str]:
    found = {
        track.name: frame.teller.narrator.say({track.name: track.label}, track.name)
        for track in STANDARD
        if track.label is not None
    }
    return {"level": frame.word("level"), **found}


# --- corrections ---------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class CorrectionEntry:
    """A correction on its page."""

    anchor: str
    when: str
    stream: str
    what: str
    reason: str
    before: tuple[str, ...]
    after: str
    sources: tuple[Link, ...]
    ids: tuple[str, ...]
    href: str


def corrections_of(frame: Frame) -> list[Record]:
    """Return the records that correct others, newest first."""
    found = [one for one in frame.book.log.records if one.event.supersedes]
    return found[::-1]


def key_of(record: Record) -> str:
    """Return what no other correction has."""
    return f"{record.stream}/{stamp(record.recorded)}/{record.id}@{record.digest}"


def correction_pages(frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of corrections, newest first, and their feed."""
    found = corrections_of(frame)
    said = _said_before(frame)
    title = frame.word("answer corrections", count=number(len(found), frame.lang))
    entries: list[Entry] = []
    for chunk in chunks_of(found, _CORRECTIONS, "corrections.html", "corrections/"):
        shown = [_correction(frame, chunk.path, record, said) for record in chunk.items]
        pairs = zip(shown, chunk.items, strict=True)
        entries += [_of_feed(one, record, chunk.path) for one, record in pairs]
        yield frame.render(
            "site_corrections.html",
            chunk.path,
            title=title,
            entries=shown,
            pages_of=frame.numbered(chunk),
        )
    feed = atom(
        entries,
        title=f"{frame.word('corrections')}: {', '.join(frame.book.log.streams)}",
        page="corrections.html",
        lang=frame.lang,
    )
    yield frame.file("corrections.xml"), feed.encode("utf-8", "replace")


def _said_before(frame: Frame) -> dict[str, list[str]]:
    """Return what the records said that are dead now, as sentences, by id and by account."""
    said: dict[str, list[str]] = {}
    for record in frame.book.log.resolve().dead:
        if isinstance(record.event, EventRetracted):
            continue
        when = short_date(record.event.on, frame.lang)
        text = f"{when}: {frame.teller.narrator.sentence(record.event)}"
        for key in (record.id, f"{record.id}@{record.digest}"):
            said.setdefault(key, []).append(text)
    return said


def _correction(
    frame: Frame, page: str, record: Record, said: Mapping[str, Sequence[str]]
) -> CorrectionEntry:
    event = record.event
    after = ""
    if not isinstance(event, EventRetracted):
        after = f"{short_date(event.on, frame.lang)}: {frame.teller.narrator.sentence(event)}"
    before = dict.fromkeys(text for target in event.supersedes for text in said.get(target, ()))
    home = frame.book.homes.get(record.id)
    return CorrectionEntry(
        anchor=anchor(key_of(record)),
        when=short_day(record.recorded.date(), frame.lang),
        stream=record.stream,
        what=frame.teller.narrator.sentence(event),
        reason=event.reason or "",
        before=tuple(before),
        after=after,
        sources=citations(frame, page, event),
        ids=event.supersedes,
        href=frame.link(page, home, anchor(record.id)) if home else "",
    )


def _of_feed(one: CorrectionEntry, record: Record, page: str) -> Entry:
    return Entry(
        key=key_of(record),
        title=one.what,
        recorded=stamp(record.recorded),
        text="\n".join([one.reason, *one.before, one.after]).strip(),
        stream=record.stream,
        page=f"{page}#{one.anchor}",
    )
