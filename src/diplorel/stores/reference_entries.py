"""Reference data as rows: each source, ladder, party, person … is one.

They are a set, which grows by appending; what holds no longer is withdrawn by a further row. So a
ladder can get a new level and coverage a later end, and what was held before stays to be read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.claims import CLAIMS
from diplorel.errors import InvalidEventError, Problem, StreamError
from diplorel.io.converter import structure
from diplorel.io.diagnose import explain
from diplorel.model.events import plain
from diplorel.model.ladders import Ladder
from diplorel.model.names import OfficeNames, PersonNames
from diplorel.model.parties import Party
from diplorel.model.reference import Coverage, Reference, StreamInfo
from diplorel.model.releases import Release
from diplorel.model.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterable


@attrs.frozen
class StreamRelease:
    """A release of one stream: the prefix that it had then."""

    stream: str
    release: Release


_KINDS: Final[dict[str, type]] = {
    "source": Source,
    "ladder": Ladder,
    "party": Party,
    "person": PersonNames,
    "office": OfficeNames,
    "coverage": Coverage,
    "stream": StreamInfo,
    "release": StreamRelease,
}
_CLAIMS: Final = {cls.kind: cls for cls in CLAIMS}

Item = tuple[str, str]
"""A kind and the canonical text of one entry."""


def entries_of(reference: Reference, releases: Iterable[StreamRelease] = ()) -> list[Item]:
    """Return every entry of reference data, sources first."""
    found = [
        *(("source", plain(one)) for one in reference.sources),
        *(("ladder", plain(one)) for one in reference.ladders),
        *(("party", plain(one)) for one in reference.extra_parties),
        *(("person", plain(one)) for one in reference.persons),
        *(("office", plain(one)) for one in reference.offices),
        *(("coverage", plain(one)) for one in reference.coverage),
        *(("claim", {"kind": one.kind, **plain(one)}) for one in reference.claims),
        *(("stream", plain(one)) for one in reference.infos),
        *(("release", plain(one)) for one in releases),
    ]
    items = [(kind, _text(data)) for kind, data in found]
    for kind, text in items:
        try:
            text.encode()
            _read(kind, text)
        except (ValueError, StreamError) as error:
            raise InvalidEventError(f"this {kind} could not be read again: {error}") from None
    return items


def reference_of(items: Iterable[Item]) -> tuple[Reference, tuple[StreamRelease, ...]]:
    """Return the reference data and the releases that entries make.

    Raises:
        StreamError: An entry cannot be read; every problem is reported.
    """
    by_kind: dict[str, list[Any]] = {kind: [] for kind in (*_KINDS, "claim")}
    problems: list[Problem] = []
    for kind, text in items:
        try:
            by_kind[kind].append(_read(kind, text))
        except StreamError as error:
            problems += error.problems
        except (KeyError, TypeError, ValueError) as error:
            problems.append(Problem(code="DR705", message=f"this {kind} cannot be read: {error}"))
    if problems:
        raise StreamError(problems)
    reference = Reference(
        sources=by_kind["source"],
        ladders=by_kind["ladder"],
        extra_parties=by_kind["party"],
        coverage=by_kind["coverage"],
        persons=by_kind["person"],
        offices=by_kind["office"],
        claims=by_kind["claim"],
        infos=by_kind["stream"],
    )
    return reference, tuple(by_kind["release"])


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _read(kind: str, text: str) -> Any:
    data = json.loads(text)
    if type(data) is not dict:
        raise TypeError(f"expected a JSON object, got {data!r}")
    cls = _CLAIMS[data.pop("kind")] if kind == "claim" else _KINDS[kind]
    try:
        return structure(data, cls)
    except Exception:  # noqa: BLE001  whatever it is, `explain` reports it in full
        raise StreamError(
            Problem(code=code, message=f"{kind}: {message}")
            for code, _, message in explain(data, cls)
        ) from None
