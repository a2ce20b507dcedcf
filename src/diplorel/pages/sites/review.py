"""The review of a stream: what was added since its last release, for a second pair of eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel import _ask, _gc
from diplorel.charts.words import short_date, short_day
from diplorel.errors import StreamError
from diplorel.model.events import Event, EventRetracted, canonical
from diplorel.model.releases import check_release
from diplorel.narrative.narrator import Narrator
from diplorel.pages.anchors import anchor
from diplorel.pages.environment import render
from diplorel.pages.sites.effects import Change, changes_of
from diplorel.pages.sites.frame import numbered
from diplorel.pages.sites.of_claims import ProblemRow, problem_row
from diplorel.pages.sites.parts import chunks_of
from diplorel.pages.sites.words import NAMES, number, word
from diplorel.pages.sites.writing import write_pages
from diplorel.pages.words import word as page_word
from diplorel.tracks.agreement_titles import titles_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence

    from diplorel.errors import Problem
    from diplorel.io.folder import Stream
    from diplorel.model.dates import Language
    from diplorel.model.records import Record
    from diplorel.pages.sites.writing import Written

_RECORDS: Final = 60
"""So many records are on one page."""


@attrs.frozen(kw_only=True)
class Document:
    """A source of an added record.

    Attributes:
        publisher: Who published it.
        title: Its title; empty where the bibliography lacks it.
        url: Its address; a page links it only if it is one of the web.
        dated: When, in words.
        says: What it states besides: its place in the document, its date, its wording.
    """

    publisher: str
    title: str
    url: str | None
    dated: str
    says: str


@attrs.frozen(kw_only=True)
class Added:
    """An added record as a page shows it.

    Attributes:
        anchor: The place on the page.
        line: Its line, in words.
        when: The date of the event, in words; the day of the record for a retraction.
        sentences: The event as a sentence, in both languages.
        sources: Its documents.
        remarks: Its note, what was inferred, and why it corrects others.
        changes: What it changes.
        problems: What the checks find about it.
        id: Its id.
        text: Its text, as the file has it.
    """

    anchor: str
    line: str
    when: str
    sentences: tuple[tuple[Language, str], ...]
    sources: tuple[Document, ...]
    remarks: tuple[str, ...]
    changes: tuple[Change, ...]
    problems: tuple[ProblemRow, ...]
    id: str
    text: str


def review(stream: Stream, folder: str | os.PathLike[str], *, lang: Language = "en") -> Written:
    """Write pages for a second person to review what was added to a stream.

    Of each record after the last release: its sentences in both languages, its sources with their
    addresses, what it changes in the state of its relation and in rankings once the records above
    it are known, and what the checks find about it. Without a release, all records are new.

    Args:
        stream: The stream, as its folder holds it.
        folder: A new or an empty folder, or one that an earlier review wrote.
        lang: The language of the words around.

    Raises:
        StreamError: The stream no longer begins with what was released.
        InvalidQueryError: There is no such language, or the folder holds other files.
        MissingExtraError: The extra ``pages`` is not installed.
    """
    _ask.choice("lang", lang, ("en", "vi"))
    if broken := check_release(stream.data, stream.releases):
        raise StreamError(broken)
    with _gc.paused():
        return write_pages(folder, review_pages(stream, lang))


def review_pages(stream: Stream, lang: Language) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of a review: path and content."""
    release = max(stream.releases, key=lambda one: one.bytes, default=None)
    first = 0 if release is None else release.records
    problems = stream.log().check()
    added = _added(stream, first, problems, lang)
    ids = {record.id for record in stream.records[first:]}
    general = [problem_row(one, lang) for one in problems if one.event is None]
    older = [
        problem_row(one, lang) for one in problems if one.event is not None and one.event not in ids
    ]
    for chunk in chunks_of(added, _RECORDS, "index.html", ""):
        text = render(
            "site_review.html",
            lang,
            say=lambda key, **parts: word(key, lang, **parts),
            title=_title(stream, None if release is None else release.version, len(added), lang),
            stream=f"{stream.info.name} {stream.info.version}",
            added=chunk.items,
            general=[*general, *older] if chunk.path == "index.html" else [],
            names=NAMES,
            pages_of=numbered(chunk, lang),
        )
        yield chunk.path, text.encode("utf-8", "replace")


def _title(stream: Stream, version: str | None, count: int, lang: Language) -> str:
    name = stream.info.name
    if version is None:
        return word("answer review all", lang, stream=name, count=number(count, lang))
    key = "answer review" if count else "answer review none"
    return word(key, lang, stream=name, count=number(count, lang), version=version)


def _added(stream: Stream, first: int, problems: Sequence[Problem], lang: Language) -> list[Added]:
    titles = titles_of(one.event for one in stream.records if isinstance(one.event, Event))
    tellers: Mapping[Language, Narrator] = {
        one: Narrator(stream.reference, one, titles=titles) for one in NAMES
    }
    of_event: dict[str, list[ProblemRow]] = {}
    for one in problems:
        if one.event is not None:
            of_event.setdefault(one.event, []).append(problem_row(one, lang))
    effects = changes_of(stream.records, stream.reference, first, lang)
    return [
        _of_record(record, line, changes, of_event.get(record.id, ()), tellers, lang=lang)
        for line, (record, changes) in enumerate(
            zip(stream.records[first:], effects, strict=True), first + 1
        )
    ]


def _of_record(
    record: Record,
    line: int,
    changes: tuple[Change, ...],
    problems: Sequence[ProblemRow],
    tellers: Mapping[Language, Narrator],
    *,
    lang: Language,
) -> Added:
    event = record.event
    dated = event.on if isinstance(event, Event) else None
    return Added(
        anchor=anchor(f"{line}/{record.id}"),
        line=word("line", lang, number=number(line, lang)),
        when=short_date(dated, lang) if dated else short_day(record.recorded.date(), lang),
        sentences=tuple((one, teller.sentence(event)) for one, teller in tellers.items()),
        sources=tuple(_documents(event, tellers[lang])),
        remarks=tuple(_remarks(event, lang)),
        changes=changes,
        problems=tuple(problems),
        id=record.id,
        text=canonical(event),
    )


def _documents(event: Event | EventRetracted, teller: Narrator) -> Iterator[Document]:
    for one in event.sources:
        source = teller.reference.find_source(one.source)
        dated = source.published if source else None
        said = (
            one.locator,
            one.on.words(teller.lang) if one.on else None,
            f"“{one.text}”" if one.text else None,
        )
        yield Document(
            publisher=source.publisher if source else one.source,
            title=source.title if source else "",
            url=source.url if source else None,
            dated=short_date(dated, teller.lang) if dated else page_word("undated", teller.lang),
            says="; ".join(filter(None, said)),
        )


def _remarks(event: Event | EventRetracted, lang: Language) -> Iterator[str]:
    if event.supersedes:
        yield f"{word('why', lang)}: {event.reason or ''}"
        yield ", ".join(event.supersedes)
    if isinstance(event, Event) and event.inferred:
        yield event.inferred
    if event.note:
        yield event.note
