"""Sources and citations: where a fact comes from, and what exactly that source says."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

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
    MACHINE = "machine"
    """A text that a machine coded and nobody has checked: a lead (``diplorel.leads``)."""


_TRACKING: Final = ("utm_", "fbclid=", "gclid=")
"""The beginnings of the parts of an address that say where a reader came from."""
KIND_ORDER: Final = {kind: place for place, kind in enumerate(SourceKind)}


@attrs.frozen(kw_only=True)
class Source:
    """One document: an entry of a stream's bibliography.

    Attributes:
        id: The key that citations name it by, such as ``vna-2025-03-24``.
        title: Its title as published.
        publisher: Who published it.
        kind: Who speaks in it.
        published: When it was published, with the precision known; None when it bears no date.
        lang: Its language, as a BCP 47 tag.
        url: Its address on the publisher's, a government's or an archive's own domain.
        side: The party whose government or agency speaks, where one does.
        derived_from: The id of the source or wire that it repeats. Documents that repeat one wire
            are one independent source.
        same_as: The id of another entry for this very document, as where a page was entered twice.
            Each of the two is then known by all that is known of either.
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
    same_as: str | None = None
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
        raise InvalidEventError(
            "sources: none given, and an event without a source is not an event"
        )
    if len(found) == 1:
        return tuple(found)
    return tuple(sorted(set(found), key=citation_key))


def citation_key(citation: Citation) -> tuple[str, str, str, str, bool, bool]:
    """Return the key for the order of citations: source, locator, date, wording.

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


# --- one document under several ids, and what repeats what ---------------------------------------


class SourceTable(dict[str, Source]):
    """Sources by id, which of them are one document, and where each comes from in the end.

    What it works out is kept: nothing may be added to it or taken from it.
    """

    @cached_property
    def _twins(self) -> Mapping[str, tuple[str, ...]]:
        return _joined((id, one.same_as) for id, one in self.items() if one.same_as)

    @cached_property
    def _origins(self) -> Mapping[str, str]:
        """The wire behind each id that repeats another or has a twin."""
        pairs = [(id, one.derived_from) for id, one in self.items() if one.derived_from]
        pairs += [(id, one.same_as) for id, one in self.items() if one.same_as]
        found: dict[str, str] = {}
        for id, members in _joined(pairs).items():
            if id not in found:  # once for all that come from one wire
                first = [one for one in members if not self.parents(one)]
                found |= dict.fromkeys(members, min(first or members))
        return found

    def twins(self, id: str) -> tuple[str, ...]:
        """Return the ids of a document, in order: the one given, and those that are the same."""
        return self._twins.get(id, (id,))

    def parents(self, id: str) -> frozenset[str]:
        """Return the ids that a document repeats, as any of its entries says."""
        entries = (self.get(one) for one in self.twins(id))
        return frozenset(one.derived_from for one in entries if one and one.derived_from)

    def origin(self, id: str) -> str:
        """Return the id of the document or wire that a document repeats in the end."""
        return self._origins.get(id, id)

    def lineage(self, id: str) -> tuple[str, ...]:
        """Return the ids of a document and of all that it repeats, however far back."""
        found = dict.fromkeys(self.twins(id))
        queue = [id]
        for one in queue:  # it grows on the way
            for parent in sorted(self.parents(one) - found.keys()):
                found |= dict.fromkeys(self.twins(parent))
                queue.append(parent)
        return tuple(found)

    def published(self, id: str) -> PartialDate | None:
        """Return when a document was certainly published: the earliest date of its entries."""
        entries = (self.get(one) for one in self.twins(id))
        dates = [one.published for one in entries if one and one.published]
        return min(dates, key=lambda date: (date.hi, date.lo, date.text), default=None)

    def described(self, id: str) -> Source | None:
        """Return an entry with the date, language, address and side that only its twins give."""
        source, twins = self.get(id), self.twins(id)
        if source is None or len(twins) == 1:
            return source
        others = [other for one in twins if (other := self.get(one)) is not None]
        added: dict[str, Any] = {}
        for field in ("lang", "url", "side"):
            values = [value for one in others if (value := getattr(one, field)) is not None]
            if values and getattr(source, field) is None:
                added[field] = values[0]
        return attrs.evolve(source, published=source.published or self.published(id), **added)


def source_table(sources: Mapping[str, Source]) -> SourceTable:
    """Return sources by id as a table of them; one that is a table already, as it is."""
    return sources if isinstance(sources, SourceTable) else SourceTable(sources)


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the ids that pairs join, directly or in a chain, for each id of a pair."""
    groups: dict[str, list[str]] = {}
    for one, other in pairs:
        large, small = groups.setdefault(one, [one]), groups.setdefault(other, [other])
        if large is small:
            continue
        if len(large) < len(small):  # so that no id moves more than a few times
            large, small = small, large
        large += small
        groups |= dict.fromkeys(small, large)
    each = {id(group): tuple(sorted(group)) for group in groups.values()}
    return {one: each[id(group)] for one, group in groups.items()}


def origins(ids: Iterable[str], sources: Mapping[str, Source]) -> frozenset[str]:
    """Return the ids of the documents that *ids* repeat in the end (`Source.derived_from`).

    Entries of one document (`Source.same_as`) have one. Of several entries of the first document,
    and of a ring without a first, it is the least id.
    """
    return frozenset(map(source_table(sources).origin, ids))


def independent(ids: Iterable[str], sources: Mapping[str, Source]) -> frozenset[str]:
    """Return the ids of the independent sources behind *ids*.

    A source that repeats another (`Source.derived_from`) counts as that other, as far as the chain
    goes, so two newspapers that print one wire are one source. So are two entries that are said to
    be one document (`Source.same_as`), two entries for one page, as the bibliographies of two
    streams have them, and two for one text of a publisher: the same title of the same day.

    >>> wire = Source(id="vna", title="t", publisher="VNA", kind="agency")
    >>> paper = Source(id="paper", title="t", publisher="P", kind="press", derived_from="vna")
    >>> sorted(independent(["vna", "paper"], {"vna": wire, "paper": paper}))
    ['vna']
    """
    table = source_table(sources)
    groups: list[
        tuple[set[object], set[str]]
    ] = []  # each with its pages and documents, and its origins
    for id in ids:
        origin = table.origin(id)
        shared: set[object] = {("origin", origin)}
        for one in table.lineage(id):
            if one in table:
                shared |= {page_of(table[one]), text_of(table[one])} - {None}
        roots = {origin}
        for group in [one for one in groups if not one[0].isdisjoint(shared)]:
            groups.remove(group)
            shared |= group[0]
            roots |= group[1]
        groups.append((shared, roots))
    return frozenset(min(roots) for _, roots in groups)


def page_of(source: Source) -> str | None:
    """Return the address of a source's page without the parts that do not distinguish pages.

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
