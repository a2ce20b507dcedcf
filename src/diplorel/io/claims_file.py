"""The file ``claims.toml`` of a stream's folder: each claim of the class that its kind names."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import attrs

from diplorel.errors import UnknownPartyError
from diplorel.model.claim_names import looks_like_an_id, unknown_names
from diplorel.model.claims import NEEDED

if TYPE_CHECKING:
    from diplorel.io.toml import Document
    from diplorel.model.claims import Claim
    from diplorel.model.reference import Reference


T = TypeVar("T")


class Reader(Protocol):
    """What reads the files of a folder and notes what is wrong with them."""

    def toml(self, name: str) -> Document:
        """Return a file."""
        ...

    def only(self, document: Document, known: set[str]) -> None:
        """Note every key of a file that has no meaning there."""
        ...

    def entries(self, document: Document, table: str) -> list[dict[str, Any]]:
        """Return the entries of ``[[table]]`` as they are."""
        ...

    def one(
        self, document: Document, table: str, place: int, data: dict[str, Any], cls: type[T]
    ) -> T | None:
        """Return one entry as a value of a class; None where it is wrong, which is noted."""
        ...

    def is_full(self, path: str) -> bool:
        """Say whether a file has so many problems that no more are listed."""
        ...

    def problem(
        self, code: str, path: str, message: str, hint: str = "", line: int | None = None
    ) -> None:
        """Note one thing that is wrong."""
        ...


def read_claims(reader: Reader, stream: str, known: Reference | None = None) -> list[Claim]:
    """Return the claims of a folder; what is wrong with them is noted on the reader.

    Args:
        reader: The reader of the folder.
        stream: The name of the stream.
        known: Its ladders and parties, on which every name of a claim is looked up; None where the
            names are known to be sound.
    """
    document = reader.toml("claims.toml")
    if not document.data:
        return []
    from diplorel.claims import CLAIMS  # noqa: PLC0415  a stream without claims pays nothing

    kinds = {cls.kind: cls for cls in CLAIMS}
    reader.only(document, {"claim"})
    found: list[Claim] = []
    seen: set[str] = set()
    entries = enumerate(reader.entries(document, "claim"))
    for place, entry in takewhile(lambda _: not reader.is_full(document.path), entries):
        kind = entry.get("kind")
        cls = kinds.get(kind) if isinstance(kind, str) else None
        line = document.line("claim", place)
        if cls is None:
            listed = ", ".join(sorted(kinds))
            message = f"unknown kind of claim {kind!r}, expected one of {listed}"
            reader.problem("DR101", document.path, message, line=line)
            continue
        data = {key: value for key, value in entry.items() if key != "kind"}
        for key in NEEDED:
            if key not in data:
                reader.problem("DR105", document.path, f"the key {key!r} is missing", line=line)
        claim = reader.one(document, "claim", place, data, cls)
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
    reader: Reader, document: Document, place: int, claim: Claim, known: Reference
) -> None:
    """Note the parties and levels of a claim that are not known."""
    for key, named, error in unknown_names(claim, known):
        if isinstance(error, UnknownPartyError) and looks_like_an_id(named):
            continue  # another stream can bring that party; `check` reports it
        line = document.line("claim", place, key)
        reader.problem("DR104", document.path, f"{key}: {error}".rstrip("."), line=line)
