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
    versions = asked.get("streams") or {}
    streams = ", ".join(f"{name} {version or ''}".strip() for name, version in versions.items())
    known = {info.licence for info in reference.infos if info.name in versions and info.licence}
    licences = ", ".join(sorted(known))
    return word(
        "data",
        lang,
        streams=streams or word("no stream", lang),
        licence=licences or word("no licence", lang),
        library=asked.get("library", ""),
    )
