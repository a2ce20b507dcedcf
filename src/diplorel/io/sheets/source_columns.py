"""Sources that a table describes itself, in the columns ``source_title`` and its like."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.model.dates import partial_date
from diplorel.model.sources import Source, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NEEDED: Final = ("title", "publisher", "kind")
FIELDS: Final = ("id", *NEEDED, "published", "url", "lang")
WHERE: Final = "page"
"""Where in the source: it goes to the citation."""
_OTHER: Final = {"date": "published", "link": "url", "language": "lang", "locator": WHERE}
_COLUMN: Final = re.compile(
    rf"source_?(?P<number>[1-9]?)_(?P<field>{'|'.join((*FIELDS, WHERE, *_OTHER))})", re.ASCII
)
KINDS: Final = tuple(kind.value for kind in SourceKind)


def source_column(header: str) -> tuple[int, str] | None:
    """Return which source of a row a column describes, and what of it; None for other columns."""
    match = _COLUMN.fullmatch(header)
    if match is None:
        return None
    return int(match["number"] or 1), _OTHER.get(match["field"], match["field"])


def column_name(number: int, field: str) -> str:
    """Return the name that a column of a source has in a header.

    >>> column_name(1, "title"), column_name(2, "published")
    ('source_title', 'source2_date')
    """
    easy = "date" if field == "published" else field
    return f"source{number if number > 1 else ''}_{easy}"


def identity(source: Source | Mapping[str, Any]) -> tuple[str | None, ...]:
    """Return what makes two descriptions one document: title, publisher, date and address."""
    if isinstance(source, Source):
        published = source.published.text if source.published else None
        return (source.title, source.publisher, published, source.url)
    return tuple(source.get(key) for key in ("title", "publisher", "published", "url"))


class Bibliography:
    """The sources that are known, and those that a table adds.

    An id that the table does not give is made of publisher and date, or publisher and title, as
    ``viet-nam-news-2025-03-10``.
    """

    def __init__(self, known: Iterable[Source]) -> None:
        self.by_id: dict[str, Source] = {}
        self.by_identity: dict[tuple[str | None, ...], Source] = {}
        self.added: list[Source] = []
        for source in known:
            self._keep(source)

    def _keep(self, source: Source) -> None:
        self.by_id.setdefault(source.id, source)
        self.by_identity.setdefault(identity(source), source)

    def of(self, described: Mapping[str, str]) -> Source:
        """Return the source that some cells describe: one that is known, or a new one."""
        same = self.by_identity.get(identity(described))
        if same is not None and described.get("id", same.id) == same.id:
            return same
        data: dict[str, Any] = {"id": self._id(described), **described}
        if "published" in data:
            data["published"] = partial_date(data["published"])
        source = Source(**data)
        self.added.append(source)
        self._keep(source)
        return source

    def extend(self, known: Source, described: Mapping[str, str]) -> None:
        """Add what some cells give of a known source that its entry leaves out."""
        more = {field: text for field, text in described.items() if getattr(known, field) is None}
        if not more:
            return
        source = attrs.evolve(known, **more)
        self.added = [one for one in self.added if one is not known] + [source]
        self.by_id[source.id] = source
        self.by_identity.setdefault(identity(source), source)

    def _id(self, described: Mapping[str, str]) -> str:
        parts = [
            _slug(described["publisher"], 24),
            _slug(described.get("published") or described["title"], 32),
        ]
        base = name = "-".join(filter(None, parts)) or "source"
        number = 1
        while name in self.by_id:
            number += 1
            name = f"{base}-{number}"
        return name


def _slug(text: str, length: int) -> str:
    """Return a text in small ASCII letters with hyphens, cut at a word."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    words = re.findall(r"[a-z0-9]+", letters.encode("ascii", "ignore").decode())
    while len("-".join(words)) > length and len(words) > 1:
        words.pop()
    return "-".join(words)[:length]
