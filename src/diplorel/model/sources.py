"""Sources and citations: where a fact comes from, and what exactly that source says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel.errors import CheckedStrEnum, InvalidEventError
from diplorel.model.converters import date_or_none
from diplorel.model.dates import PartialDate
from diplorel.model.text import folded, normalise, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class SourceKind(CheckedStrEnum):
    """Who speaks in a source, from the most to the least authoritative for a bilateral event.

    The order follows how the replication data of the Alliance Treaty Obligations and Provisions
    project (ATOP) weighs its sources: the text itself, the parties, then those who report.

    >>> [kind.value for kind in SourceKind][:3]
    ['joint', 'government', 'agency']
    """

    JOINT = "joint"
    """A text of both sides: a treaty, a joint statement or declaration."""
    GOVERNMENT = "government"
    """One side's government, party, parliament, embassy or official archive."""
    AGENCY = "agency"
    """A news agency, a state's agency included."""
    PRESS = "press"
    """A newspaper, broadcaster or magazine."""
    SCHOLARLY = "scholarly"
    """A book, a paper, a research institute."""
    REFERENCE = "reference"
    """An encyclopaedia, a list, a website that collects from elsewhere."""


_TRACKING: Final = ("utm_", "fbclid=", "gclid=")
"""The beginnings of the parts of an address that say where a reader came from."""
KIND_ORDER: Final = {kind: place for place, kind in enumerate(SourceKind)}


@attrs.frozen(kw_only=True)
class Source:
    """One document: an entry of a stream's bibliography.

    Attributes:
        id: The key by which citations name it, such as ``vna-2025-03-24``.
        title: Its title as published.
        publisher: Who published it.
        kind: Who speaks in it.
        published: When it was published, with the precision known; None when it bears no date.
        lang: Its language, as a BCP 47 tag.
        url: Its address on the publisher's, a government's or an archive's own domain.
        side: The party whose government or agency speaks, where one does.
        derived_from: The id of the source or wire that it repeats. Documents that repeat one wire
            are one independent source.
        note: Anything a reader must know, such as an inferred date.

    >>> Source(id="vna", title="Ties elevated", publisher="VNA", kind="agency").kind.value
    'agency'
    """

    id: str
    title: str = attrs.field(converter=one_line)
    publisher: str
    kind: SourceKind = attrs.field(converter=SourceKind)
    published: PartialDate | None = attrs.field(default=None, converter=date_or_none)
    lang: str | None = None
    url: str | None = None
    side: str | None = None
    derived_from: str | None = None
    note: str | None = None

    __attrs_post_init__ = normalise


@attrs.frozen(kw_only=True)
class Citation:
    """What one source says of one event.

    Attributes:
        source: The id of the `Source`.
        locator: Where in it: a page, a paragraph.
        on: The date that this source gives, where it differs in precision or value from the event.
        text: The wording that this source gives, where it matters (a title, a label).

    >>> Citation(source="vna", locator="p. 2", on="2013-09").on.precision
    'month'
    """

    source: str
    locator: str | None = None
    on: PartialDate | None = attrs.field(default=None, converter=date_or_none)
    text: str | None = None

    __attrs_post_init__ = normalise


def cite(sources: Iterable[Citation | str] | Citation | str | None) -> tuple[Citation, ...]:
    """Return citations for source ids or citations, sorted and each once.

    Raises:
        InvalidEventError: There is none, or *sources* is a bare text or citation. Give a list.
    """
    if isinstance(sources, (str, Citation)) or sources is None:
        raise InvalidEventError(
            f"sources: expected a list of source ids or citations, got {sources!r}"
        )
    if type(sources) is tuple and len(sources) == 1 and type(sources[0]) is Citation:
        return sources  # type: ignore[return-value]  # as a reader hands them in, one shared tuple for many events
    found: list[Citation] = []
    for item in sources:
        if isinstance(item, str):
            found.append(Citation(source=item))
        elif isinstance(item, Citation):
            found.append(item)
        else:
            raise InvalidEventError(
                f"sources: expected source ids or citations, got {item!r} among them"
            )
    if not found:
        raise InvalidEventError("sources: none given, and an event without a source is no event")
    if len(found) == 1:
        return tuple(found)
    return tuple(sorted(set(found), key=citation_key))


def citation_key(citation: Citation) -> tuple[str, str, str, str, bool, bool]:
    """Return the key by which citations are ordered: source, locator, date, wording.

    Of two that differ only in this, one with an empty text comes after one with none.
    """
    return (
        citation.source,
        citation.locator or "",
        citation.on.text if citation.on else "",
        citation.text or "",
        citation.locator is not None,
        citation.text is not None,
    )


def origins(ids: Iterable[str], sources: Mapping[str, Source]) -> frozenset[str]:
    """Return the ids of the documents that *ids* repeat in the end (`Source.derived_from`)."""
    return frozenset(_chain(id, sources)[-1] for id in ids)


def independent(ids: Iterable[str], sources: Mapping[str, Source]) -> frozenset[str]:
    """Return the ids of the independent sources behind *ids*.

    A source that repeats another (`Source.derived_from`) counts as that other, as far as the chain
    goes, so two newspapers that print one wire are one source. So are two entries for one page, as
    the bibliographies of two streams have them, and two for one text of a publisher: the same
    title of the same day.

    >>> wire = Source(id="vna", title="t", publisher="VNA", kind="agency")
    >>> paper = Source(id="paper", title="t", publisher="P", kind="press", derived_from="vna")
    >>> sorted(independent(["vna", "paper"], {"vna": wire, "paper": paper}))
    ['vna']
    """
    groups: list[
        tuple[set[object], set[str]]
    ] = []  # each with its pages and documents, and its roots
    for id in ids:
        chain = _chain(id, sources)
        shared: set[object] = {*chain}
        for one in chain:
            if one in sources:
                shared |= {page_of(sources[one]), text_of(sources[one])} - {None}
        roots = {chain[-1]}
        for group in [one for one in groups if not one[0].isdisjoint(shared)]:
            groups.remove(group)
            shared |= group[0]
            roots |= group[1]
        groups.append((shared, roots))
    return frozenset(min(roots) for _, roots in groups)


def _chain(id: str, sources: Mapping[str, Source]) -> list[str]:
    """Return a source and what it repeats, from the document to the wire."""
    chain = [id]
    while (source := sources.get(chain[-1])) and (parent := source.derived_from):
        if parent in chain:
            break
        chain.append(parent)
    return chain


def page_of(source: Source) -> str | None:
    """Return the address of a source's page without what does not tell pages apart.

    >>> one = Source(id="a", title="T", publisher="P", kind="press",
    ...              url="https://www.example.org/Ties/?utm_source=feed#top")
    >>> page_of(one)
    'example.org/ties'
    """
    if source.url is None:
        return None
    address = source.url.partition("#")[0].partition("://")[2]
    page, _, query = address.partition("?")
    kept = "&".join(one for one in query.split("&") if not one.startswith(_TRACKING))
    page = page.removeprefix("www.").rstrip("/")
    return f"{page}?{kept}".rstrip("?").casefold() or None


def text_of(source: Source) -> tuple[str, str, str] | None:
    """Return by what the text of a publisher is known: publisher, title and day; None undated.

    Many pages share a publisher and a title, such as "Joint statement", so the day must be known.
    """
    if source.published is None:
        return None
    return folded(source.publisher), folded(source.title), source.published.text
