"""A stream on disk: one folder of text files.

============== =====================================================================
stream.toml    what the stream says of itself: title, version, licence, coverage,
               ladders and releases
sources.toml   the bibliography
events.jsonl   the stream: one record a line, oldest first
parties.toml   only parties that the library's table lacks
persons.toml   the names under which sources know a person
offices.toml   the names under which sources know an office
claims.toml    what sources claim about the whole
============== =====================================================================

Only the first three must be there. All problems are reported at once, and then nothing is
loaded.
"""

from __future__ import annotations

import os
import re
from itertools import islice, repeat, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from diplorel import _gc
from diplorel._columns import clipped, counted
from diplorel.errors import (
    InvalidQueryError,
    Problem,
    StreamError,
    did_you_mean,
    nearest,
)
from diplorel.io import jsonl
from diplorel.io.bulk.reader import decode, decode_all
from diplorel.io.claims_file import read_claims
from diplorel.io.limits import EVENTS_BYTES, PROBLEMS, TOML_BYTES, shown, too_many
from diplorel.io.publish import is_free, new_folder, replace
from diplorel.io.toml import Document, dumps_toml, parse_toml
from diplorel.log import EventLog
from diplorel.model.converters import slugify
from diplorel.model.events import plain
from diplorel.model.fields import fields_of
from diplorel.model.ladders import Ladder
from diplorel.model.names import OfficeNames, PersonNames
from diplorel.model.parties import Party
from diplorel.model.reference import Coverage, Reference, StreamInfo
from diplorel.model.releases import Release, check_release, find_release
from diplorel.model.sources import Source, SourceTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

    from diplorel.claims import Claim
    from diplorel.model.events import Event
    from diplorel.model.names import Named
    from diplorel.model.records import Record

T = TypeVar("T")
SCHEMA: Final = 1
EVENTS: Final = "events.jsonl"
ABOUT: Final = "stream.toml"
_KEY: Final = re.compile(r"([^.\[]*)(?:\[(\d+)\])?")
"""Where in an entry a fault is, as in ``lives[1].end``."""
_INFO = frozenset(field.name for field in fields_of(StreamInfo))
_TABLES = ("coverage", "ladder", "release")
_TWICE = ("the {unique} {key!r} occurs twice", "Take one out, or give it another")
_TWO_LADDERS = (
    "{key} has two ladders, expected one for each party",
    "Put all labels into one; those that are not on it have no rank",
)


@attrs.frozen(kw_only=True, repr=False)
class Stream:
    """A stream as its folder holds it.

    Attributes:
        info: What it says of itself.
        records: Its records, in the order of the lines.
        reference: Its sources, ladders, parties, coverage and claims.
        releases: The prefixes that were released, oldest first.
        data: The bytes of its events, of which every release is a prefix.
    """

    info: StreamInfo
    records: tuple[Record, ...]
    reference: Reference
    releases: tuple[Release, ...]
    data: bytes

    def __repr__(self) -> str:
        records = counted(len(self.records), "record")
        return clipped(f"<Stream {self.info.name} {self.info.version}: {records}>")

    def log(self) -> EventLog:
        """Return the stream as a log."""
        return EventLog(self.records, reference=self.reference)

    def at_release(self, version: str) -> Stream:
        """Return the stream with the records that a release had, and no later ones.

        The records are exactly those: the digest of the release proves it. The sources, ladders,
        names, coverage and claims stay those of the present version, as a release pins only the
        records. Where the two versions differ, `StreamInfo.reference_version` says so.

        Raises:
            InvalidQueryError: There is no such release; the message lists those there are.
            StreamError: The file no longer begins with the bytes of that release.
        """
        found = find_release(self.releases, version, self.info.name)
        if broken := check_release(self.data, [found]):
            raise StreamError(broken)
        info = self.info
        if info.version != version:
            info = attrs.evolve(
                info, version=version, released=None, reference_version=info.version
            )
        return attrs.evolve(
            self,
            info=info,
            records=self.records[: found.records],
            reference=attrs.evolve(self.reference, infos=(info,), by_stream={}).of(info.name),
            releases=tuple(one for one in self.releases if one.bytes <= found.bytes),
            data=self.data[: found.bytes],
        )


def read(folder: str | os.PathLike[str], *, types: Iterable[type[Event]] = ()) -> EventLog:
    """Read a stream's folder.

    Args:
        folder: The folder.
        types: Event classes of tracks of your own, beside the standard ones.

    Raises:
        StreamError: Something is wrong; it holds every problem with its file and line, and nothing
            is loaded.

    >>> import diplorel as dr
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     read(write(dr.load("singapore"), f"{folder}/singapore")) == dr.load("singapore")
    True
    """
    return read_stream(Path(folder), types=types).log()


@_gc.paused()
def read_stream(
    folder: Path | Traversable, *, types: Iterable[type[Event]] = (), claims_later: bool = False
) -> Stream:
    """Read a stream's folder with what a log leaves out: its releases and its very bytes.

    Args:
        folder: The folder.
        types: Event classes of tracks of your own.
        claims_later: Read the claims only when somebody asks for them: for shipped streams, whose
            soundness is known.

    Raises:
        StreamError: Something is wrong; it holds every problem with its file and line.
    """
    reader = FolderReader(folder)
    if isinstance(folder, Path) and not folder.is_dir():
        hint = "A table is read by read_sheet" if folder.is_file() else ""
        raise StreamError([Problem(code="DR110", message=f"{folder} is not a folder", hint=hint)])
    about = reader.toml(ABOUT, needed=True)
    info = reader.info(about)
    name = info.name
    coverage = [attrs.evolve(one, stream=name) for one in reader.all(about, "coverage", Coverage)]
    ladders = reader.all(
        about, "ladder", Ladder, rename={"level": "levels"}, unique="party", twice=_TWO_LADDERS
    )
    releases = reader.all(about, "release", Release)
    reader.only(about, {*_INFO, *_TABLES, "schema"})
    sources = reader.all(reader.toml("sources.toml", needed=True), "source", Source, unique="id")
    parties = reader.all(reader.toml("parties.toml"), "party", Party, unique="id")
    persons = reader.all(reader.toml("persons.toml"), "person", PersonNames, unique="id")
    offices = reader.all(reader.toml("offices.toml"), "office", OfficeNames, unique="id")
    claims: Iterable[Claim] = ()
    if not claims_later:
        claims = read_claims(reader, name, Reference(ladders=ladders, extra_parties=parties))
    data = reader.bytes(EVENTS, EVENTS_BYTES, needed=True)
    records: tuple[Record, ...] = ()
    try:
        records = jsonl.loads(data, stream=name, types=types)
    except StreamError as error:
        reader.problems += error.problems
    if reader.problems:
        raise StreamError(reader.problems)
    return Stream(
        info=info,
        records=records,
        reference=Reference(
            sources=sources,
            ladders=ladders,
            extra_parties=parties,
            coverage=coverage,
            persons=persons,
            offices=offices,
            claims=(lambda: _claims(folder, name)) if claims_later else claims,
            infos=(info,),
        ).of(name),
        releases=tuple(releases),
        data=data,
    )


def describe(folder: Path | Traversable) -> tuple[StreamInfo, tuple[Coverage, ...]]:
    """Return what a stream says of itself and of its completeness, without reading the rest.

    Raises:
        StreamError: Its ``stream.toml`` cannot be read; it holds every problem.
    """
    reader = FolderReader(folder)
    about = reader.toml(ABOUT, needed=True)
    info = reader.info(about)
    coverage = reader.all(about, "coverage", Coverage)
    if reader.problems:
        raise StreamError(reader.problems)
    return info, tuple(attrs.evolve(one, stream=info.name) for one in coverage)


def _claims(folder: Path | Traversable, stream: str) -> list[Claim]:
    reader = FolderReader(folder)
    found = read_claims(reader, stream)
    if reader.problems:
        raise StreamError(reader.problems)
    return found


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
        """Say whether a file has so many problems that no more are listed."""
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
        data = {key: value for key, value in document.data.items() if key in _INFO}
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


def write(log: EventLog, folder: str | os.PathLike[str], *, stream: str | None = None) -> Path:
    """Write one stream of a log to a folder, which is made if it is not there.

    Where the folder holds the stream already, its lines stay as they are and new records are added
    at the end: what was released once stays a prefix of it. A TOML file that says the same already
    is left alone, with its comments; one that lacks some entries gets them at its end; any other is
    written anew under the comments that it begins with. The releases stay.

    Of a log of several streams, the sources, ladders, parties, persons and offices that the records
    of this one name are written, and those that the folder has.

    Args:
        log: The log.
        folder: The folder.
        stream: Which stream; may be left out where the log holds one only.

    Returns:
        The folder.

    Raises:
        InvalidQueryError: The folder holds records that the log lacks, or the log holds older ones
            that the folder lacks: a stream only grows at its end.
        StreamError: What the folder holds cannot be read.

    >>> import diplorel as dr
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as place:
    ...     sorted(path.name for path in write(dr.load("singapore"), f"{place}/mine").iterdir())
    ['claims.toml', 'events.jsonl', 'persons.toml', 'sources.toml', 'stream.toml']
    """
    target = Path(folder)
    name = jsonl.one_stream(log, stream)
    records = [record for record in log.records if record.stream == name]
    kept = b""
    before = Reference()
    releases: tuple[Release, ...] = ()
    if (target / EVENTS).is_file():
        old = read_stream(target, types=_own_types(records))
        before, releases = old.reference, old.releases
        kept = old.data if old.data.endswith(b"\n") or not old.data else old.data + b"\n"
        mine = set(map(jsonl.line_of, records))
        there = [jsonl.line_of(attrs.evolve(one, stream=name)) for one in old.records]
        lost = [line for line in there if line not in mine]
        if lost:
            raise InvalidQueryError(
                f"{target} holds {len(lost)} records that the log lacks, the first is {lost[0]}. "
                "Read the folder and append to it"
            )
        last = old.records[-1].recorded if old.records else None
        held = set(there)
        records = [one for one in records if jsonl.line_of(one) not in held]
        if last is not None and any(one.recorded < last for one in records):
            raise InvalidQueryError(
                f"the log holds records older than the last of {target}, which it lacks. "
                "A stream only grows at its end: append them, recorded now"
            )
    added = "".join(f"{jsonl.line_of(record)}\n" for record in records).encode()
    if is_free(target):
        return write_stream(log, target, stream=name, data=added)
    _write(target, log, name, kept + added, before, releases)
    return target


def write_stream(
    log: EventLog,
    folder: str | os.PathLike[str],
    *,
    stream: str,
    data: bytes,
    releases: Iterable[Release] = (),
) -> Path:
    """Write one stream of a log to a new folder, with these very bytes as its events.

    Args:
        log: The log.
        folder: The folder; there must be nothing in it.
        stream: Which stream.
        data: Its lines in the order in which they were recorded, each with its end.
        releases: Its releases, oldest first.

    Returns:
        The folder.

    Raises:
        InvalidQueryError: There is something in the folder.
    """
    target = Path(folder)
    if not is_free(target):
        raise InvalidQueryError(f"there is something in {target} already: name a new folder")
    with new_folder(target, last=ABOUT) as beside:
        _write(beside, log, stream, data, Reference(), tuple(releases))
    return target


def _write(  # noqa: PLR0917  all of it is needed
    target: Path,
    log: EventLog,
    name: str,
    data: bytes,
    before: Reference,
    releases: tuple[Release, ...],
) -> None:
    now = _of_stream(log, name, before)
    about, was = (_about(one, name, releases) for one in (now, before))
    if about != was or not (target / ABOUT).is_file():
        _rewrite(target / ABOUT, about)
    _tables(target / "sources.toml", "source", now.sources, before.sources, always=True)
    _tables(target / "parties.toml", "party", now.extra_parties, before.extra_parties)
    _tables(target / "persons.toml", "person", now.persons, before.persons)
    _tables(target / "offices.toml", "office", now.offices, before.offices)
    _tables(target / "claims.toml", "claim", now.claims, before.claims)
    replace(target / EVENTS, data)


def _own_types(records: Iterable[Record]) -> set[type[Event]]:
    return {type(one.event) for one in records}  # type: ignore[misc]  # retractions are known


def _about(reference: Reference, name: str, releases: Iterable[Release]) -> dict[str, Any]:
    info = next((one for one in reference.infos if one.name == name), StreamInfo(name=name))
    coverage = [one for one in reference.coverage if one.stream in (None, name)]
    lists = {
        "coverage": [plain(attrs.evolve(one, stream=None)) for one in coverage],
        "ladder": [
            {"party": one.party, "level": [plain(level) for level in one.levels]}
            for one in reference.ladders
        ],
        "release": [plain(one) for one in releases],
    }
    return {"schema": SCHEMA, **plain(info), **{key: one for key, one in lists.items() if one}}


def _of_stream(log: EventLog, name: str, before: Reference) -> Reference:
    """Return what one stream of a log brings along: what it needs, and what its folder has."""
    reference = log.reference
    claims = [one for one in reference.claims if one.stream in (None, name)]
    own = _own_sources(reference, name)
    sources = reference.source | own
    if len(log.streams) == 1:
        return attrs.evolve(reference, sources=sources.values(), claims=claims)
    events = [record.event for record in log.records if record.stream == name]
    wanted = {citation.source for event in events for citation in event.sources}
    wanted |= {one.source for one in claims if one.source is not None}
    tables = [(own if id in own else reference.source, id) for id in wanted]
    wanted = {*before.source, *(one for table, id in tables for one in table.lineage(id))}
    ladders = {getattr(event, "ladder", "") for event in events}
    parties = {party for event in events for party in getattr(event, "parties", ())}
    names = {slugify(name) for event in events for name in _names(event)}
    had = {*before.ladders, *before.extra_parties, *before.persons, *before.offices}

    def are_named(entries: Iterable[Named]) -> list[Named]:
        return [one for one in entries if one in had or names & {*map(slugify, one.names)}]

    return attrs.evolve(
        reference,
        sources=[one for id, one in sources.items() if id in wanted],
        ladders=[one for one in reference.ladders if one.party in ladders or one in had],
        extra_parties=[one for one in reference.extra_parties if one.id in parties or one in had],
        persons=are_named(reference.persons),
        offices=are_named(reference.offices),
        claims=claims,
    )


def _own_sources(reference: Reference, name: str) -> SourceTable:
    """Return the sources that a stream of a log wrote itself, where others also brought some.

    They stay as it wrote them, whatever the entries of others add.
    """
    own = reference.by_stream.get(name)
    return SourceTable() if own is None or len(reference.by_stream) == 1 else own.source


def _names(event: Any) -> Iterator[str]:
    """Yield the persons and offices that an event names."""
    for person in getattr(event, "persons", ()):
        yield from filter(None, (person.name,))
        yield from (office.rpartition(":")[2] for office in person.offices)
    name = getattr(event, "name", None)
    if isinstance(name, str):
        yield name


def _tables(
    path: Path, table: str, items: Iterable[Any], before: Iterable[Any], *, always: bool = False
) -> None:
    """Write the entries ``[[table]]`` of a file, which has those of *before*."""
    wanted, there = list(items), set(before)
    if path.is_file() and there <= set(wanted):
        if new := [_entry(table, one) for one in wanted if one not in there]:
            kept = path.read_bytes().rstrip()
            replace(path, (kept and kept + b"\n\n") + dumps_toml({table: new}).encode())
    elif wanted or always or path.is_file():
        _rewrite(path, {table: [_entry(table, one) for one in wanted]} if wanted else {})


def _entry(table: str, item: Any) -> dict[str, Any]:
    data: dict[str, Any] = plain(item)
    if table != "claim":
        return data
    return {"kind": item.kind, **{key: value for key, value in data.items() if key != "stream"}}


def _rewrite(path: Path, data: Mapping[str, Any]) -> None:
    """Write a TOML file anew, under the comments that it begins with."""
    lines = path.read_text("utf-8").split("\n") if path.is_file() else []
    lead = [*takewhile(lambda line: line.startswith("#"), lines)]
    head = "\n".join(lead) + "\n\n" if lead else ""
    replace(path, f"{head}{dumps_toml(data)}".encode())
