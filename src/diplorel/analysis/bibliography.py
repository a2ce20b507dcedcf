"""How to cite: a stream at its version, and the sources behind an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import quote

import attrs

from diplorel._columns import counted
from diplorel.errors import InvalidQueryError
from diplorel.model.events import Event
from diplorel.model.reference import StreamInfo
from diplorel.model.sources import KIND_ORDER, Source, SourceKind
from diplorel.model.text import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.model.dates import PartialDate
    from diplorel.model.reference import Reference


class Answer(Protocol):
    """What rests on events: a relation, an explanation, a ranking, a finding about a claim."""

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The events that it rests on."""
        ...


def events_behind(answers: Iterable[Event | Answer]) -> list[Event]:
    """Return the events that answers rest on, in order; an event stands for itself.

    Raises:
        InvalidQueryError: One of them rests on none, such as a row or a text.
    """
    found: list[Event] = []
    for one in answers:
        if isinstance(one, Event):
            found.append(one)
        elif isinstance(evidence := getattr(one, "evidence", None), tuple):
            found += evidence
        else:
            raise InvalidQueryError(
                "{argument}: {one!r} names no events: expected an event, a relation, a "
                "ranking, an explanation or a finding",
                argument="cite",
                one=one,
            )
    return found


_CSL_TYPES: Final = {
    SourceKind.JOINT: "treaty",
    SourceKind.GOVERNMENT: "webpage",
    SourceKind.AGENCY: "article-newspaper",
    SourceKind.PRESS: "article-newspaper",
    SourceKind.SCHOLARLY: "document",
    SourceKind.REFERENCE: "webpage",
    SourceKind.MACHINE: "webpage",
}
_LATEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
)  # fmt: skip
_ADDRESS: Final = "!#$%&'()*+,-./:;=?@[]_~"


@attrs.frozen(repr=False)
class Bibliography:
    """Streams and sources, ready to be cited. ``print`` it to read it.

    Attributes:
        streams: The streams, by name.
        sources: The sources, by id.

    >>> import diplorel as dr
    >>> vn = dr.load("vietnam")
    >>> cited = vn.cite(vn.relation("VNM", "SGP", on="1980-01-01").explain("ties"))
    >>> len(cited.csl()), cited.csl()[1]["publisher"]
    (5, 'Sài Gòn Giải Phóng')
    """

    streams: tuple[StreamInfo, ...] = ()
    sources: tuple[Source, ...] = ()

    def bibtex(self) -> str:
        """Return BibTeX, an entry each, streams first: ``@misc``, in UTF-8.

        Every style knows ``@misc``. Titles are in double braces, so that no style changes their
        capitals. The keys are the names and ids, with hyphens for what BibTeX does not allow.
        """
        entries = [*map(_stream_fields, self.streams), *map(_source_fields, self.sources)]
        keys = _keys([*(one.name for one in self.streams), *(one.id for one in self.sources)])
        return "\n".join(map(_entry, keys, entries))

    def csl(self) -> list[dict[str, Any]]:
        """Return CSL-JSON, an item each, streams first: what Zotero, Pandoc and citeproc read."""
        return [*map(_stream_item, self.streams), *map(_source_item, self.sources)]

    def __str__(self) -> str:
        return "\n".join([*map(_stream_line, self.streams), *map(_source_line, self.sources)])

    def __repr__(self) -> str:
        streams, sources = counted(len(self.streams), "stream"), len(self.sources)
        return f"<Bibliography: {streams}, {counted(sources, 'source')}>"


def bibliography(
    reference: Reference, streams: Iterable[str], events: Iterable[Event]
) -> Bibliography:
    """Return the streams of these names, and the sources that these events cite.

    A source that no bibliography lists is left out: `check` reports it. One of several wires that a
    source repeats is also in, as far as it is listed. A document that is cited under several ids
    (`Source.same_as`) is in once, under the one with the most authority.
    """
    names = {*streams}
    wanted = {citation.source for event in events for citation in event.sources}
    infos = {one.name: one for one in reversed(reference.infos)}
    found = (reference.find_source(id) for id in sorted(wanted))
    cited = {source.id: source for source in found if source is not None}
    kept: dict[tuple[str, ...], Source] = {}
    for source in sorted(cited.values(), key=_precedence):
        kept.setdefault(reference.source.twins(source.id), source)
    return Bibliography(
        tuple(infos.get(name) or StreamInfo(name=name) for name in sorted(names)),
        tuple(one for one in cited.values() if kept[reference.source.twins(one.id)] is one),
    )


def _precedence(source: Source) -> tuple[int, bool, str]:
    """Return the key of the entry that names a document with several entries."""
    return KIND_ORDER[source.kind], source.url is None, source.id


# --- streams -------------------------------------------------------------------------------------


def _stream_line(info: StreamInfo) -> str:
    who = f"{', '.join(info.maintainers)}. " if info.maintainers else ""
    year = f" ({info.released.text})" if info.released else ""
    licence = f" {info.licence}." if info.licence else ""
    where = f" {info.url}" if info.url else ""
    return (
        f"{who}{info.title or info.name}, version {info.version}{year}. Data set.{licence}{where}"
    )


def _stream_fields(info: StreamInfo) -> dict[str, str]:
    return {
        "author": " and ".join(f"{{{_latex(one)}}}" for one in info.maintainers),
        "title": f"{{{_latex(info.title or info.name)}}}",
        **_when(info.released),
        "version": _latex(info.version),
        "howpublished": "Data set",
        "note": _latex(f"Version {info.version}{f', {info.licence}' if info.licence else ''}"),
        "url": _verbatim(info.url),
    }


def _stream_item(info: StreamInfo) -> dict[str, Any]:
    return _full({
        "id": info.name,
        "type": "dataset",
        "title": info.title or info.name,
        "author": [{"literal": one} for one in info.maintainers],
        "version": info.version,
        "issued": _issued(info.released),
        "license": info.licence,
        "URL": info.url,
    })  # fmt: skip


# --- sources -------------------------------------------------------------------------------------


def _source_line(source: Source) -> str:
    dated = f", {source.published.text}" if source.published else ""
    where = f". {source.url}" if source.url else "."
    return f"{source.publisher}, “{source.title}”{dated}{where}"


def _source_fields(source: Source) -> dict[str, str]:
    return {
        "author": f"{{{_latex(source.publisher)}}}",
        "title": f"{{{_latex(source.title)}}}",
        **_when(source.published),
        "language": _verbatim(source.lang),
        "url": _verbatim(source.url),
    }


def _source_item(source: Source) -> dict[str, Any]:
    return _full({
        "id": source.id,
        "type": _CSL_TYPES[source.kind],
        "title": source.title,
        "publisher": source.publisher,
        "issued": _issued(source.published),
        "language": source.lang,
        "URL": source.url,
    })  # fmt: skip


# --- their parts ---------------------------------------------------------------------------------


def _full(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value}


def _parts(date: PartialDate) -> list[int]:
    """Return year, month and day, as far as the date says them for sure."""
    first, last = date.earliest, date.latest
    parts: list[int] = []
    for one, other in zip(
        (first.year, first.month, first.day), (last.year, last.month, last.day), strict=True
    ):
        if one != other:
            break
        parts.append(one)
    return parts


def _when(date: PartialDate | None) -> dict[str, str]:
    if date is None:
        return {}
    parts = _parts(date)
    return dict(zip(("year", "month", "day"), map(str, parts), strict=False)) or {
        "note": f"dated {_latex(date.text)}"
    }


def _issued(date: PartialDate | None) -> dict[str, Any] | None:
    if date is None:
        return None
    parts = _parts(date)
    return {"date-parts": [parts]} if parts else {"literal": date.text}


def _entry(key: str, fields: dict[str, str]) -> str:
    lines = [
        f"  {name} = {_MONTHS[int(text) - 1] if name == 'month' else f'{{{text}}}'},\n"
        for name, text in fields.items()
        if text
    ]
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _latex(text: str) -> str:
    return "".join(_LATEX.get(char, char) for char in " ".join(HIDDEN.sub(" ", text).split()))


def _verbatim(text: str | None) -> str:
    """Return an address or a tag: LaTeX's signs mean nothing in it, except braces."""
    return quote(text or "", safe=_ADDRESS)


def _keys(ids: Iterable[str]) -> list[str]:
    """Return a BibTeX key for each id, none twice."""
    found: list[str] = []
    for id in ids:
        key = base = re.sub(r"[^\w.:+/-]+", "-", id)
        again = 2
        while key in found:
            key, again = f"{base}-{again}", again + 1
        found.append(key)
    return found
