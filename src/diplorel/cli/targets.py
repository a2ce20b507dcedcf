"""What a command is asked about: a dataset or a folder, one or several together."""

from __future__ import annotations

import os
import warnings
from functools import reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from diplorel.cli.output import complain, working
from diplorel.datasets import Dataset, available, load_stream
from diplorel.errors import (
    Problem,
    StreamError,
    UnknownDatasetError,
    did_you_mean,
    nearest,
)
from diplorel.io.folder import EVENTS, Stream, read_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from diplorel.log import EventLog


@attrs.frozen(eq=False)
class Target:
    """A stream that a command is asked about.

    Attributes:
        text: How it was named.
        stream: The stream, as its folder holds it.
        log: The same as a log.
    """

    text: str
    stream: Stream
    log: EventLog

    @property
    def name(self) -> str:
        """The stream's own name."""
        return self.stream.info.name


def datasets() -> tuple[Dataset, ...]:
    """Return the datasets that can be loaded, and complain of those that cannot be read."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = available()
    for warning in caught:
        complain(warning.message)
    return found


def open_target(text: str) -> Target:
    """Open what a command is asked about: the only place where its name is understood.

    A dataset's name goes before a folder of the same name; ``./vietnam`` is always the folder.

    Raises:
        UnknownDatasetError: There is neither such a dataset nor such a folder.
        StreamError: It cannot be read; every problem has the path of its file.
    """
    try:
        return _opened(text, lambda: load_stream(text))
    except UnknownDatasetError:
        if text and Path(text).is_dir():
            return open_folder(text)
        names = [one.name for one in datasets()]
        if text in names:
            raise  # it is there, and cannot be loaded: the error says why
        raise UnknownDatasetError(
            f"{text!r} is neither a folder nor a dataset; the datasets are "
            f"{', '.join(names)}.{did_you_mean(nearest(text, names))}"
        ) from None


def open_folder(text: str) -> Target:
    """Open a stream's folder.

    Raises:
        UnknownDatasetError: There is no such folder.
        StreamError: It cannot be read; every problem has the path of its file.
    """
    folder = Path(text)
    if not folder.is_dir():
        raise UnknownDatasetError(f"there is no folder {text!r}: begin it with diplorel new")
    if not folder.name.strip("."):
        folder = folder.resolve()  # a stream that does not say its name has that of its folder
    return _opened(text, lambda: read_stream(folder))


def _opened(text: str, read: Callable[[], Stream]) -> Target:
    try:
        stream = read()
    except StreamError as error:
        raise StreamError(
            attrs.evolve(one, path=under(text, one.path)) for one in error.problems
        ) from None
    return Target(text, stream, stream.log())


def open_all(texts: Iterable[str]) -> tuple[Target, ...]:
    """Open several targets; without any, all the datasets.

    Raises:
        UnknownDatasetError: One of them is neither a dataset nor a folder.
        StreamError: Some cannot be read; it holds the problems of all of them.
    """
    names = [*dict.fromkeys(texts)] or [one.name for one in datasets()]
    found: list[Target] = []
    problems: list[Problem] = []
    with working(len(names)) as step:
        for name in names:
            step(f"reading {name}")
            try:
                found.append(open_target(name))
            except StreamError as error:
                problems += error.problems
    if problems:
        raise StreamError(problems)
    return tuple(found)


def merged(targets: Sequence[Target]) -> EventLog:
    """Return the logs of all targets as one."""
    return reduce(or_, (one.log for one in targets))


def located(problems: Iterable[Problem], targets: Sequence[Target]) -> tuple[Problem, ...]:
    """Return problems of a log with the file and the line of their event.

    Of several records of one event, the last is shown: what was written last is wrong most often.
    """
    places = {
        (target.name, record.id): (under(target.text, EVENTS), line)
        for target in targets
        for line, record in enumerate(target.stream.records, 1)
    }
    folders = {target.name: target.text for target in targets}
    only = targets[0].text if len(targets) == 1 else None

    def at(problem: Problem) -> Problem:
        name = problem.stream or next(iter(folders))
        path, line = places.get((name, problem.event or ""), (folders.get(name, only), None))
        if problem.stream is None and len(targets) > 1:
            path = line = None  # it is about all of them together
        return attrs.evolve(problem, path=path, line=line)

    return tuple(at(one) for one in problems)


def under(folder: str, file: str | None) -> str:
    """Return the path of a file from here, as a terminal can follow it."""
    return os.path.join(folder, file) if file else folder  # noqa: PTH118  as it was named
