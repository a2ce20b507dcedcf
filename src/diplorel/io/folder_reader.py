"""Reads the text files of a stream's folder, and notes everything that is wrong with them."""

from __future__ import annotations

import re
from itertools import islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from diplorel.errors import Problem, did_you_mean, nearest
from diplorel.io.bulk.reader import decode, decode_all
from diplorel.io.layout import ABOUT, SCHEMA
from diplorel.io.limits import PROBLEMS, TOML_BYTES, shown, too_many
from diplorel.io.toml import Document, parse_toml
from diplorel.model.fields import fields_of
from diplorel.model.reference import StreamInfo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

T = TypeVar("T")
INFO: Final = frozenset(field.name for field in fields_of(StreamInfo))
"""The keys of ``stream.toml`` that say what the stream is."""
_KEY: Final = re.compile(r"([^.\[]*)(?:\[(\d+)\])?")
"""Where in an entry a fault is, as in ``lives[1].end``."""
_TWICE: Final = ("the {unique} {key!r} occurs twice", "Take one out, or give it another")


class FolderReader:
    """Reads the files of one folder, and keeps everything that is wrong with them."""

    def __init__(self, folder: Path | Traversable) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._counts: dict[str, int] = {}

    def problem(
        self, code: str, path: str, message: str, hint: str = "", line: int | None = None
    ) -> None:
        """Note one thing that is wrong; where a file has very many, that they end."""
        number = self._counts[path] = self._counts.get(path, 0) + 1
        if number <= PROBLEMS:
            self.problems.append(
                Problem(code=code, path=path, line=line, message=shown(message), hint=hint)
            )
        elif number == PROBLEMS + 1:
            self.problems.append(too_many(path))

    def is_full(self, path: str) -> bool:
        """Say whether a file has so many problems that no more are reported."""
        return self._counts.get(path, 0) > PROBLEMS

    def bytes(self, name: str, limit: int, *, needed: bool = False) -> bytes:
        """Return a file's bytes; of a missing one that is not needed, none."""
        file = self.folder / name
        if isinstance(file, Path) and file.is_symlink():
            self.problem("DR110", name, "the file is a link", "Put the file itself in the folder")
            return b""
        if not file.is_file():
            if needed:
                self.problem("DR110", name, "the file is missing", f"Add it to {self.folder}")
            return b""
        try:
            with file.open("rb") as handle:
                content: bytes = handle.read(limit + 1)
        except OSError as error:
            self.problem("DR110", name, f"the file cannot be read: {error.strerror}")
            return b""
        if len(content) > limit:
            self.problem("DR113", name, f"the file is larger than {limit:,} bytes")
            return b""
        return content

    def toml(self, name: str, *, needed: bool = False) -> Document:
        """Return a TOML file; one that is missing or no TOML is empty, and the problem noted."""
        found = parse_toml(name, self.bytes(name, TOML_BYTES, needed=needed))
        if isinstance(found, Problem):
            self.problems.append(found)
            return Document(name, {})
        return found

    def info(self, document: Document) -> StreamInfo:
        """Return what the stream says of itself; its name is the folder's unless given."""
        schema = document.data.get("schema", SCHEMA)
        if schema != SCHEMA:
            self.problem(
                "DR115", document.path, f"schema {schema!r} is not known, expected {SCHEMA}",
                "A newer release of diplorel may read it",
            )  # fmt: skip
        data = {key: value for key, value in document.data.items() if key in INFO}
        data.setdefault("name", self.folder.name)
        return self.one(document, "", 0, data, StreamInfo) or StreamInfo(name=self.folder.name)

    def only(self, document: Document, known: set[str]) -> None:
        """Note every key of a file that has no meaning there."""
        for key in document.data:
            if key not in known:
                line = next(
                    (
                        number
                        for number, text in enumerate(document.lines, 1)
                        if text.strip(" [\t").startswith(key)
                    ),
                    None,
                )
                hint = did_you_mean(nearest(key, known, limit=1)).strip()
                self.problem("DR102", document.path, f"unknown key {key!r}", hint, line)

    def all(
        self,
        document: Document,
        table: str,
        cls: type[T],
        *,
        rename: Mapping[str, str] | None = None,
        unique: str = "",
        twice: tuple[str, str] = _TWICE,
    ) -> list[T]:
        """Return the entries of ``[[table]]`` as values of a class, and note what is wrong.

        *twice* is the message and the hint of two entries with the same *unique* field.
        """
        if document.path != ABOUT:
            self.only(document, {table})
        entries = [
            {(rename or {}).get(key, key): value for key, value in entry.items()}
            for entry in self.entries(document, table)
        ]
        values: list[T | None]
        try:
            values = decode_all(entries, repeat(cls))
        except Exception:  # noqa: BLE001  whatever it is, each by itself reports it
            values = []
            for place, entry in enumerate(entries):
                values.append(self.one(document, table, place, entry, cls))
                if self.is_full(document.path):
                    break
        found: list[T] = []
        seen: dict[Any, int] = {}
        for place, one in enumerate(values):
            if one is None:
                continue
            found.append(one)
            key = getattr(one, unique) if unique else place
            if key in seen:
                line = document.line(table, place)
                said, hint = twice
                said = said.format(unique=unique, key=key)
                self.problem("DR114", document.path, said, hint, line)
            seen[key] = place
        return found

    def entries(self, document: Document, table: str) -> list[dict[str, Any]]:
        """Return the entries of ``[[table]]`` as they are; none where they are not tables."""
        entries = document.data.get(table, [])
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            self.problem("DR103", document.path, f"{table}: expected entries as [[{table}]]")
            return []
        return entries

    def one(
        self, document: Document, table: str, place: int, data: dict[str, Any], cls: type[T]
    ) -> T | None:
        """Return one entry as a value of a class; None where it is wrong, which is noted."""
        try:
            return decode(data, cls)
        except Exception:  # whatever it is, `explain` reports it in full
            from diplorel.io.diagnose import explain  # noqa: PLC0415  sound data pay nothing

            faults = [*explain(data, cls)]
            if not faults:
                raise  # it is ours, and must not pass for an entry that is not there
            for code, where, message in islice(faults, PROBLEMS + 1):
                key, inner = _KEY.match(where).groups()  # type: ignore[union-attr]  # it can be empty
                line = document.line(table, place, key, int(inner or 0)) if table else None
                entry = f"{table} {place + 1}: " if table and line is None else ""
                self.problem(code, document.path, entry + message, line=line)
            return None
