"""The line under each chart: whose data it shows, their licence, and their version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.charts.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diplorel.model.dates import Language
    from diplorel.model.reference import Reference


def data_notes(reference: Reference, asked: Mapping[str, Any], lang: Language) -> str:
    """Return the line: the streams with their versions, their licences, and the library's.

    Args:
        reference: What the streams say of themselves.
        asked: The stamp of the answer.
        lang: The language of the words.
    """
    return word("data", lang, **data_parts(reference, asked, lang))


def data_parts(reference: Reference, asked: Mapping[str, Any], lang: Language) -> dict[str, str]:
    """Return the parts of that line: ``streams``, ``licence`` and ``library``; see `data_notes`."""
    versions = asked.get("streams") or {}
    known = {info.licence for info in reference.infos if info.name in versions and info.licence}
    return {
        "streams": stream_names(versions) or word("no stream", lang),
        "licence": ", ".join(sorted(known)) or word("no licence", lang),
        "library": asked.get("library", ""),
    }


def stream_names(versions: Mapping[str, str | None]) -> str:
    """Return the names of streams, each with its version, if it has one."""
    return ", ".join(f"{name} {version or ''}".strip() for name, version in versions.items())
