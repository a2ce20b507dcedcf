"""The corrections of a log as an Atom feed: the same records are the same feed on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

import attrs

from diplorel.charts.svg import safe

if TYPE_CHECKING:
    from collections.abc import Iterable


@attrs.frozen(kw_only=True)
class Entry:
    """One correction in a feed.

    Attributes:
        key: What no other correction has: its stream, moment, id and digest.
        title: What is corrected, in a sentence.
        recorded: When, as ``2026-11-22T10:00:00Z``.
        text: Why, and what is said now.
        stream: Whose correction it is.
        page: The address of its place on the page of corrections.
    """

    key: str
    title: str
    recorded: str
    text: str
    stream: str
    page: str


NEWEST = 100
"""So many corrections are in the feed; the page has all of them."""


def atom(entries: Iterable[Entry], *, title: str, page: str, lang: str) -> str:
    """Return a feed, newest entry first.

    Args:
        entries: The corrections, in any order.
        title: The title of the feed.
        page: The address of the page of corrections.
        lang: The language.

    >>> entry = Entry(key="a", title="<b>", recorded="2026-01-01T00:00:00Z", text="&", stream="s",
    ...               page="corrections.html")
    >>> "<title>&lt;b&gt;</title>" in atom([entry], title="t", page="p", lang="en")
    True
    """
    listed = sorted(entries, key=lambda one: (one.recorded, one.key), reverse=True)[:NEWEST]
    updated = listed[0].recorded if listed else "1970-01-01T00:00:00Z"
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">',
        f"<title>{safe(title)}</title>",
        f"<id>urn:uuid:{uuid5(NAMESPACE_URL, f'diplorel/{lang}/{title}')}</id>",
        f"<updated>{updated}</updated>",
        f'<link rel="alternate" type="text/html" href="{safe(page)}"/>',
    ]
    return "\n".join([*head, *map(_entry, listed), "</feed>", ""])


def _entry(one: Entry) -> str:
    name = uuid5(NAMESPACE_URL, one.key.encode("utf-8", "replace").decode())
    return (
        f"<entry><title>{safe(one.title)}</title><id>urn:uuid:{name}</id>"
        f"<updated>{one.recorded}</updated>"
        f"<author><name>{safe(one.stream)}</name></author>"
        f'<link rel="alternate" type="text/html" href="{safe(one.page)}"/>'
        f'<content type="text">{safe(one.text)}</content></entry>'
    )
