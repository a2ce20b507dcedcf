"""The file ``claims.toml`` of a stream's folder: each claim of the class that its kind names."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import attrs

from diplorel.errors import UnknownPartyError
from diplorel.io.layout import CLAIMS as FILE
from diplorel.model.claim_names import looks_like_an_id, unknown_names
from diplorel.model.claims import NEEDED

if TYPE_CHECKING:
    from diplorel.io.folder_reader import FolderReader
    from diplorel.io.toml import Document
    from diplorel.model.claims import Claim
    from diplorel.model.reference import Reference


def read_claims(reader: FolderReader, stream: str, known: Reference | None = None) -> list[Claim]:
    """Return the claims of a folder; what is wrong with them is noted on the reader.

    Args:
        reader: The reader of the folder.
        stream: The name of the stream.
        known: Its ladders and parties, for looking up every name of a claim; None where the
            names are known to be sound.
    """
    document = reader.toml(FILE.path)
    if not document.data:
        return []
    from diplorel.claims import CLAIMS  # noqa: PLC0415  a stream without claims pays nothing

    kinds = {cls.kind: cls for cls in CLAIMS}
    reader.only(document, {FILE.table})
    found: list[Claim] = []
    seen: set[str] = set()
    entries = enumerate(reader.entries(document, FILE.table))
    for place, entry in takewhile(lambda _: not reader.is_full(document.path), entries):
        kind = entry.get("kind")
        cls = kinds.get(kind) if isinstance(kind, str) else None
        line = document.line(FILE.table, place)
        if cls is None:
            listed = ", ".join(sorted(kinds))
            message = f"unknown kind of claim {kind!r}, expected one of {listed}"
            reader.problem("DR101", document.path, message, line=line)
            continue
        data = {key: value for key, value in entry.items() if key != "kind"}
        for key in NEEDED:
            if key not in data:
                reader.problem("DR105", document.path, f"the key {key!r} is missing", line=line)
        claim = reader.one(document, FILE.table, place, data, cls)
        if claim is None:
            continue
        if claim.id and claim.id in seen:
            reader.problem("DR114", document.path, f"the id {claim.id!r} is given twice", line=line)
        seen.add(claim.id)
        if known is not None:
            _look_up_names(reader, document, place, claim, known)
        found.append(attrs.evolve(claim, stream=stream))
    return found


def _look_up_names(
    reader: FolderReader, document: Document, place: int, claim: Claim, known: Reference
) -> None:
    """Note the parties and levels of a claim that are not known."""
    for key, named, error in unknown_names(claim, known):
        if isinstance(error, UnknownPartyError) and looks_like_an_id(named):
            continue  # another stream can bring that party; `check` reports it
        line = document.line(FILE.table, place, key)
        reader.problem("DR104", document.path, f"{key}: {error}".rstrip("."), line=line)
