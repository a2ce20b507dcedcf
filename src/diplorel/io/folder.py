"""A stream on disk: one folder of text files, read and written as a whole.

`diplorel.io.layout` lists the files. All problems are reported at once, and then nothing is
loaded.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel import _gc
from diplorel._columns import clipped, counted
from diplorel.errors import InvalidQueryError, Problem, StreamError
from diplorel.io import jsonl
from diplorel.io.claims_file import read_claims
from diplorel.io.folder_reader import INFO, FolderReader
from diplorel.io.folder_writer import Contents, reference_of_stream, write_files, write_stream
from diplorel.io.layout import ABOUT, EVENTS, LISTS
from diplorel.io.limits import EVENTS_BYTES
from diplorel.io.publish import is_free
from diplorel.log import EventLog
from diplorel.model.ladders import Ladder
from diplorel.model.reference import Coverage, Reference, StreamInfo
from diplorel.model.releases import Release, check_release, find_release

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

    from diplorel.claims import Claim
    from diplorel.model.events import Event
    from diplorel.model.records import Record

_TABLES: Final = ("coverage", "ladder", "release")
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
        data: The bytes of its events; every release is a prefix of them.
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
        records. If the two versions differ, `StreamInfo.reference_version` says so.

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
    reader.only(about, {*INFO, *_TABLES, "schema"})
    lists: dict[str, Any] = {
        one.field: reader.all(
            reader.toml(one.path, needed=one.needed), one.table, one.cls, unique="id"
        )
        for one in LISTS
    }
    claims: Iterable[Claim] = ()
    if not claims_later:
        known = Reference(ladders=ladders, extra_parties=lists["extra_parties"])
        claims = read_claims(reader, name, known)
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
            ladders=ladders,
            coverage=coverage,
            claims=(lambda: _claims(folder, name)) if claims_later else claims,
            infos=(info,),
            **lists,
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
    before = Contents(name)
    kept = b""
    if (target / EVENTS).is_file():
        own = {type(record.event) for record in records}
        old = read_stream(target, types=own)  # type: ignore[arg-type]  # retractions are known
        records = _new_records(target, old, records, name)
        before = Contents(name, old.reference, old.releases)
        kept = old.data if old.data.endswith(b"\n") or not old.data else old.data + b"\n"
    added = "".join(f"{jsonl.line_of(record)}\n" for record in records).encode()
    if is_free(target):
        return write_stream(log, target, stream=name, data=added)
    reference = reference_of_stream(log, name, before.reference)
    write_files(target, kept + added, attrs.evolve(before, reference=reference), before)
    return target


def _new_records(target: Path, old: Stream, records: list[Record], stream: str) -> list[Record]:
    """Return the records that a folder lacks, which may only come after those that it has."""
    lines = {jsonl.line_of(record): record for record in records}
    held = [jsonl.line_of(attrs.evolve(record, stream=stream)) for record in old.records]
    if lost := [line for line in held if line not in lines]:
        raise InvalidQueryError(
            "{target} holds {count} records that the log lacks, the first is {first}. Read "
            "the folder and append to it",
            target=target,
            count=len(lost),
            first=lost[0],
        )
    there = set(held)
    new = [record for line, record in lines.items() if line not in there]
    if old.records and any(record.recorded < old.records[-1].recorded for record in new):
        raise InvalidQueryError(
            "the log holds records older than the last of {target}, which it lacks. A "
            "stream only grows at its end: append them, recorded now",
            target=target,
        )
    return new
