"""What a command is asked about: a dataset, a folder or a store, one or several together."""

from __future__ import annotations

import os
import re
import warnings
from functools import reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from diplorel._message import NONE, suggestion
from diplorel.cli.output import print_error, progress
from diplorel.datasets import Dataset, available, load_stream
from diplorel.errors import (
    InvalidQueryError,
    Problem,
    StreamError,
    UnknownDatasetError,
    UnknownPartyError,
    expected_one_of,
    nearest,
)
from diplorel.io.folder import Stream, read_stream
from diplorel.io.layout import EVENTS
from diplorel.model.party_table import shipped
from diplorel.stores import open as open_store
from diplorel.tracks.groups import GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from diplorel.log import EventLog
    from diplorel.model.parties import Party
    from diplorel.model.party_table import PartyTable

_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
"""How the address of a store begins, unless it is a path."""

_TABLES: Final = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".ods")


@attrs.frozen(eq=False)
class Target:
    """What a command is asked about.

    Attributes:
        text: How it was named; of a store, its address without any password.
        log: Its records and reference data.
        stream: The stream, as its folder holds it; None for a store.
    """

    text: str
    log: EventLog
    stream: Stream | None = None


def datasets() -> tuple[Dataset, ...]:
    """Return the datasets that can be loaded, and complain of those that cannot be read."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = available()
    for warning in caught:
        print_error(warning.message)
    return found


def open_target(text: str) -> Target:
    """Open what a command is asked about: the only place where its name is understood.

    A text with a scheme is the address of a store. A dataset's name goes before a folder, or a file
    with a store, of the same name; ``./vietnam`` is always the folder.

    Raises:
        UnknownDatasetError: There is no such dataset, folder or store.
        StreamError: It cannot be read; every problem has the path of its file.
        StoreError: There is no store at that address, or it cannot be opened.
    """
    if _ADDRESS.match(text):
        return _open_store(text)
    try:
        stream = _read(text, lambda: load_stream(text))
    except UnknownDatasetError:
        names = [one.name for one in datasets()]
        if text in names:
            raise  # it is there, and cannot be loaded: the error says why
        if Path(text).is_file():
            if Path(text).suffix in (".jsonl", ".toml"):
                raise UnknownDatasetError(
                    "{text} is a file of a stream: name its folder, {folder}",
                    text=text,
                    folder=Path(text).parent,
                ) from None
            if Path(text).suffix.lower() in _TABLES:
                raise UnknownDatasetError(
                    "{text} is a table and no stream: begin one with diplorel new FOLDER, and "
                    "diplorel import {text} FOLDER",
                    text=text,
                ) from None
            return _open_store(text)
        if not text or not Path(text).is_dir():
            raise UnknownDatasetError(
                "{text!r} is not a dataset, folder or store; the datasets are {known}.{hint}",
                text=text,
                known=", ".join(names),
                hint=suggestion(nearest(text, names)),
            ) from None
        stream = open_folder(text)
    else:
        if Path(text).is_dir():
            print_error(f"{text} is the dataset; the folder of that name is ./{text}")
    return Target(text, stream.log(), stream)


def _open_store(address: str) -> Target:
    with open_store(address, create=False) as store:
        return Target(store.name, store.log())


def open_folder(text: str) -> Stream:
    """Read a stream's folder.

    Raises:
        UnknownDatasetError: There is no such folder.
        StreamError: It cannot be read; every problem has the path of its file.
    """
    folder = Path(text)
    if not folder.is_dir():
        raise UnknownDatasetError(
            "there is no folder {text!r}: begin it with diplorel new", text=text
        )
    if not folder.name.strip("."):
        folder = folder.resolve()  # a stream that does not say its name has that of its folder
    return _read(text, lambda: read_stream(folder))


def _read(text: str, read: Callable[[], Stream]) -> Stream:
    """Read a stream; every problem has the path of its file from here."""
    try:
        return read()
    except StreamError as error:
        raise StreamError(
            attrs.evolve(one, path=under(text, one.path)) for one in error.problems
        ) from None


def open_all(
    texts: Iterable[str],
    *parties: str,
    within: Iterable[str] = (),
    releases: Iterable[str] | None = None,
) -> tuple[Target, ...]:
    """Open several targets.

    Args:
        texts: How they are named. Without any, the datasets about one of *parties*, or, where none
            is, all datasets; and those that list the members of *within*.
        *parties: Whom the question is about: ids, alpha-2 codes or names.
        within: The groups among whose members the question asks, by their ids or names.
        releases: The releases to ask, as ``STREAM=VERSION``, or ``VERSION`` of a single stream.

    Raises:
        UnknownDatasetError: One of them is not a dataset, folder or store.
        StreamError: Some cannot be read; it holds the problems of all of them.
        StoreError: There is no store at an address, or it cannot be opened.
        InvalidQueryError: There is no such release, or its stream is not named.
    """
    groups = (name for group in within for name in _listing(group))
    names = [*dict.fromkeys(texts)] or [*dict.fromkeys((*_about(parties), *groups))]
    found: list[Target] = []
    problems: list[Problem] = []
    with progress(len(names)) as step:
        for name in names:
            step("reading" if _ADDRESS.match(name) else f"reading {name}")
            try:
                found.append(open_target(name))
            except StreamError as error:
                problems += error.problems
    if problems:
        raise StreamError(problems)
    return _at_releases(found, [*(releases or ())])


def _at_releases(targets: Sequence[Target], releases: Sequence[str]) -> tuple[Target, ...]:
    """Return targets with streams at the earlier releases that are asked for.

    Raises:
        InvalidQueryError: There is no such release, or its stream is not named.
    """
    there = [one.stream.info.name for one in targets if one.stream is not None]
    asked: dict[str, str] = {}
    for text in releases:
        name, named, version = text.rpartition("=")
        if not named and len(there) == 1:
            name = there[0]
        elif not named:
            listed = ", ".join(there) or NONE
            raise InvalidQueryError(
                "--release: {text!r} does not name a stream; the streams asked are: "
                "{listed}. Give it as STREAM={version}",
                text=text,
                listed=listed,
                version=text,
            )
        if name not in there:
            raise InvalidQueryError("--release: {expected}", expected=expected_one_of(there, name))
        asked[name] = version
    return tuple(_at_release(one, asked) for one in targets)


def _at_release(target: Target, asked: Mapping[str, str]) -> Target:
    if target.stream is None or target.stream.info.name not in asked:
        return target
    try:
        stream = target.stream.at_release(asked[target.stream.info.name])
    except InvalidQueryError as error:
        raise InvalidQueryError(error.about("--release")) from None
    return attrs.evolve(target, log=stream.log(), stream=stream)


def _about(parties: Iterable[str]) -> list[str]:
    """Return the names of the datasets about one of *parties*; of all, where none is.

    A dataset is about the party of its name, and about the parties in its coverage.
    """
    table, found = shipped(), datasets()
    wanted = {one.id for name in parties if (one := _party(name, table))}
    mine = []
    for dataset in found:
        named = _party(dataset.name.replace("_", " "), table)
        about = {party for coverage in dataset.coverage for party in coverage.parties}
        if wanted & (about | ({named.id} if named else set())):
            mine.append(dataset.name)
    return mine or [one.name for one in found]


def _listing(group: str) -> list[str]:
    """Return the names of the datasets that say that they list the members of a group.

    A group that only a dataset knows is found by its id, or by a name that is written like it.
    """
    known = _party(group, shipped())
    id = known.id if known else group.upper().replace(" ", "_").replace("-", "_")
    return [
        dataset.name
        for dataset in datasets()
        if any(one.track == GROUPS.name and id in one.parties for one in dataset.coverage)
    ]


def _party(name: str, table: PartyTable) -> Party | None:
    try:
        return table.find(name)
    except UnknownPartyError:
        return None


def merged(targets: Sequence[Target]) -> EventLog:
    """Return the logs of all targets as one."""
    return reduce(or_, (one.log for one in targets))


def located(problems: Iterable[Problem], targets: Sequence[Target]) -> tuple[Problem, ...]:
    """Return problems of a log with the file and the line of their event, which each then names.

    Of several records of one event, the last is shown: what was written last is wrong most often.
    """
    streams = {one.stream.info.name: one for one in targets if one.stream is not None}
    places = {
        (name, record.id): (under(one.text, EVENTS), line)
        for name, one in streams.items()
        if one.stream is not None
        for line, record in enumerate(one.stream.records, 1)
    }
    only = next(iter(streams)) if len(targets) == len(streams) == 1 else ""

    def at(problem: Problem) -> Problem:
        name = problem.stream or only
        if name not in streams:
            return problem  # it is about a store, or about all of them together
        path, line = places.get((name, problem.event or ""), (streams[name].text, None))
        stated = f"{problem.event}: {problem.message}" if problem.event else problem.message
        return attrs.evolve(problem, path=path, line=line, message=stated)

    return tuple(at(one) for one in problems)


def under(folder: str, file: str | None) -> str:
    """Return the path of a file from here, as a terminal can follow it."""
    return os.path.join(folder, file) if file else folder  # noqa: PTH118  as it was named
