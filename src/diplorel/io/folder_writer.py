"""Writes the files of a stream's folder: what a log says now, over what the folder had before."""

from __future__ import annotations

import os
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from diplorel.errors import InvalidQueryError
from diplorel.io.layout import ABOUT, CLAIMS, EVENTS, LISTS, SCHEMA, EntryList
from diplorel.io.publish import is_free, new_folder, replace
from diplorel.io.toml import dumps_toml
from diplorel.model.claims import Claim
from diplorel.model.converters import slugify
from diplorel.model.events import plain
from diplorel.model.reference import Reference, StreamInfo
from diplorel.model.sources import SourceTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from diplorel.log import EventLog
    from diplorel.model.names import Named
    from diplorel.model.releases import Release


@attrs.frozen
class Contents:
    """What a folder says beside its events.

    Attributes:
        stream: The name of the stream.
        reference: Its sources, ladders, parties, coverage and claims.
        releases: Its releases, oldest first.
    """

    stream: str
    reference: Reference = attrs.field(factory=Reference)
    releases: tuple[Release, ...] = ()

    def about(self) -> dict[str, Any]:
        """Return what is in ``stream.toml``."""
        infos = (one for one in self.reference.infos if one.name == self.stream)
        info = next(infos, StreamInfo(name=self.stream))
        coverage = [one for one in self.reference.coverage if one.stream in (None, self.stream)]
        lists = {
            "coverage": [plain(attrs.evolve(one, stream=None)) for one in coverage],
            "ladder": [
                {"party": one.party, "level": [plain(level) for level in one.levels]}
                for one in self.reference.ladders
            ],
            "release": [plain(one) for one in self.releases],
        }
        return {"schema": SCHEMA, **plain(info), **{key: one for key, one in lists.items() if one}}


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
        data: Its lines in the order of recording, each with its end.
        releases: Its releases, oldest first.

    Returns:
        The folder.

    Raises:
        InvalidQueryError: There is something in the folder.
    """
    target = Path(folder)
    if not is_free(target):
        raise InvalidQueryError(
            "there is something in {target} already: name a new folder", target=target
        )
    reference = reference_of_stream(log, stream, Reference())
    contents = Contents(stream, reference, tuple(releases))
    with new_folder(target, last=ABOUT) as beside:
        write_files(beside, data, contents, Contents(stream))
    return target


def write_files(target: Path, data: bytes, now: Contents, before: Contents) -> None:
    """Write the files of a folder, and leave alone those that say the same already.

    Args:
        target: The folder.
        data: The lines of its events.
        now: What it is to say beside them.
        before: What it says of that now.
    """
    about = now.about()
    if about != before.about() or not (target / ABOUT).is_file():
        _rewrite(target / ABOUT, about)
    for one in (*LISTS, CLAIMS):
        items, there = (getattr(each.reference, one.field) for each in (now, before))
        _write_list(target / one.path, one, items, there)
    replace(target / EVENTS, data)


def reference_of_stream(log: EventLog, name: str, before: Reference) -> Reference:
    """Return the reference data of one stream of a log: what it needs, and what its folder has.

    Args:
        log: The log.
        name: The stream.
        before: What the folder has.
    """
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


def _write_list(path: Path, kind: EntryList, items: Iterable[Any], before: Iterable[Any]) -> None:
    """Write the entries of a file, which has those of *before*."""
    wanted, there = list(items), set(before)
    if path.is_file() and there <= set(wanted):
        if new := [_entry(one) for one in wanted if one not in there]:
            kept = path.read_bytes().rstrip()
            replace(path, (kept and kept + b"\n\n") + dumps_toml({kind.table: new}).encode())
    elif wanted or kind.needed or path.is_file():
        _rewrite(path, {kind.table: [_entry(one) for one in wanted]} if wanted else {})


def _entry(item: Any) -> dict[str, Any]:
    data: dict[str, Any] = plain(item)
    if not isinstance(item, Claim):
        return data
    return {"kind": item.kind, **{key: value for key, value in data.items() if key != "stream"}}


def _rewrite(path: Path, data: Mapping[str, Any]) -> None:
    """Write a TOML file anew, under the comments that it begins with."""
    lines = path.read_text("utf-8").split("\n") if path.is_file() else []
    lead = [*takewhile(lambda line: line.startswith("#"), lines)]
    head = "\n".join(lead) + "\n\n" if lead else ""
    replace(path, f"{head}{dumps_toml(data)}".encode())
