"""Streams that are ready to load: those that ship with the library, and other packages' own.

A package offers a stream by an entry point of the group ``diplorel.datasets``: the name is the
dataset's, the value the package that holds the stream's folder, ``package`` or ``package:folder``.
"""

from __future__ import annotations

import os
import warnings
from functools import partial, reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

from diplorel import _ask
from diplorel._columns import clipped
from diplorel._message import Message, suggestion
from diplorel._resources import package_folder
from diplorel.errors import (
    DatasetWarning,
    StreamError,
    UnknownDatasetError,
    nearest,
)
from diplorel.io.folder import Stream, describe, read_stream
from diplorel.model.reference import Coverage, StreamInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from importlib.metadata import Distribution, EntryPoint
    from importlib.resources.abc import Traversable

    from diplorel.log import EventLog

T = TypeVar("T")
GROUP: Final = "diplorel.datasets"
"""The group of entry points for streams of other packages."""
_OWN: Final = "diplorel"


@attrs.frozen(kw_only=True, repr=False)
class Dataset:
    """A stream that `load` can load.

    Attributes:
        name: The name to load it by.
        origin: Its origin: ``diplorel``, the name of another distribution, or a folder.
        coverage: The parties, tracks and days that the stream calls complete.
        info: The description of the stream, from ``stream.toml``.

    >>> [one.name for one in available() if one.origin == "diplorel"]
    ['groups', 'singapore', 'united_states', 'vietnam']
    """

    name: str
    origin: str
    coverage: tuple[Coverage, ...]
    info: StreamInfo

    def __repr__(self) -> str:
        return clipped(f"<Dataset {self.name} {self.version} of {self.origin}>")

    @property
    def title(self) -> str:
        """The stream's title."""
        return self.info.title

    @property
    def version(self) -> str:
        """The stream's version, which is not the package's."""
        return self.info.version

    @property
    def licence(self) -> str:
        """The licence of its data, as an SPDX identifier."""
        return self.info.licence

    @property
    def citation(self) -> str:
        """How to cite it, in a line; `EventLog.cite` gives BibTeX and CSL-JSON."""
        from diplorel.analysis.bibliography import Bibliography  # noqa: PLC0415  few ask for it

        return str(Bibliography(streams=(self.info,)))


def available(*beside: os.PathLike[str]) -> tuple[Dataset, ...]:
    """Return the streams that can be loaded, by name: the library's, then other packages'.

    A stream of another package that cannot be read is left out, with a `DatasetWarning` that names
    the package, its entry point and what went wrong.

    Args:
        *beside: Folders whose sub-folders are streams: those are also listed.

    >>> [one.name for one in available() if one.origin == "diplorel"]
    ['groups', 'singapore', 'united_states', 'vietnam']
    """
    places = [(name, _OWN, folder) for name, folder in _shipped().items()]
    found = [_dataset(*place) for place in places]
    for entry in _offered():
        try:
            found.append(_read(entry, partial(_dataset, entry.name, _origin(entry))))
        except UnknownDatasetError as error:
            warnings.warn(f"left out: {error}", DatasetWarning, stacklevel=2)
        except StreamError as error:
            text = (
                f"left out: {_origin(entry)} offers {entry.name!r}, which cannot be read: {error}"
            )
            warnings.warn(text, DatasetWarning, stacklevel=2)
    for parent in map(Path, beside):
        found += [
            _dataset(folder.name, str(folder), folder)
            for folder in sorted(parent.iterdir())
            if (folder / "stream.toml").is_file()
        ]
    return tuple(found)


def load(
    name: str | os.PathLike[str],
    *others: str | os.PathLike[str],
    release: str | Mapping[str, str] | None = None,
) -> EventLog:
    """Return a stream as a log, with its coverage, ladders, sources and claims.

    Several are merged, as ``|`` does: ``load("vietnam", "groups")`` is Vietnam's stream with the
    members of groups and regions.

    A released stream only grows, so an earlier release can be loaded exactly: its records are the
    first ones of the file, and a digest proves it. A release pins the records alone. The sources,
    ladders, names, coverage and claims are those of the present version, and the stamp of every
    table names both versions.

    Args:
        name: The stream's name, such as ``vietnam``; or a folder, as a path.
        *others: Streams to merge with it, given in the same way.
        release: The release to load, such as ``0.2.0``; of several streams, from the name of each
            stream to its release: ``{"vietnam": "0.2.0"}``. A stream that is not named is loaded
            as it is now.

    Raises:
        UnknownDatasetError: There is no stream of that name, or several packages offer one, or
            what a package offers under it does not work; the message says which.
        InvalidQueryError: There is no such release, or *release* does not name a stream.
        StreamError: It cannot be read, or it no longer begins with what was released; it holds
            every problem.

    >>> len(load("vietnam", release="0.2.0"))
    657
    >>> load("vietnam").streams
    ('vietnam',)
    >>> len(load("vietnam", "groups").replay("2025-03-12").members("G20"))
    21
    """
    streams = [load_stream(one) for one in (name, *others)]
    wanted = _ask.releases(release, [one.info.name for one in streams])
    return reduce(
        or_,
        (
            (one if (of := wanted.get(one.info.name)) is None else one.at_release(of)).log()
            for one in streams
        ),
    )


def load_stream(name: str | os.PathLike[str]) -> Stream:
    """Return a stream with what a log leaves out: its releases and its very bytes.

    Raises:
        UnknownDatasetError: There is no stream of that name, or several packages offer one, or
            what a package offers under it does not work.
        StreamError: It cannot be read; it holds every problem.
    """
    if isinstance(name, os.PathLike):
        return read_stream(Path(name))
    shipped = _shipped()
    if isinstance(name, str) and name in shipped:
        return read_stream(shipped[name], claims_later=True)
    offered = [*_offered()]
    mine = [entry for entry in offered if entry.name == name]
    if len(mine) > 1:
        raise UnknownDatasetError(
            "several packages offer a dataset {name!r}: {origins}. Uninstall all but one, "
            "or load the folder of the one that you mean",
            name=name,
            origins=", ".join(map(_origin, mine)),
        )
    if not mine:
        known = sorted({*shipped, *(entry.name for entry in offered)})
        hint = suggestion(nearest(str(name), known))
        raise UnknownDatasetError(
            "there is no dataset {name!r}, only {known}.{hint} For a folder of your own, "
            "use read()",
            name=name,
            known=", ".join(known),
            hint=hint,
        )
    return _read(mine[0], read_stream)


def _shipped() -> dict[str, Traversable]:
    """Return the folders of the library's own streams by name."""
    return {
        folder.name: folder
        for folder in sorted(
            package_folder().joinpath("datasets").iterdir(), key=lambda one: one.name
        )
        if folder.is_dir() and folder.joinpath("stream.toml").is_file()
    }


def _offered() -> Iterator[EntryPoint]:
    """Yield what other packages offer, by name; what ships with the library cannot be replaced."""
    shipped = _shipped()
    offered = {entry for entry in _entries() if entry.name not in shipped}
    yield from sorted(offered, key=lambda entry: (entry.name, entry.value))


def _entries() -> Iterable[EntryPoint]:
    """Return the entry points of the group, without those of packages whose list is malformed."""
    from importlib.metadata import (  # noqa: PLC0415  who loads our own pays nothing
        distributions,
        entry_points,
    )

    try:
        return entry_points(group=GROUP)
    except Exception:  # noqa: BLE001  one malformed list of any package stops Python's own search
        found: list[EntryPoint] = []
    for package in distributions():
        try:
            found += package.entry_points.select(group=GROUP)
        except Exception as error:  # noqa: BLE001  likewise, and it is reported
            text = f"the entry points of {_name_of(package)} cannot be read: {_described(error)}"
            warnings.warn(text, DatasetWarning, stacklevel=2)
    return found


def _name_of(package: Distribution | None) -> str:
    """Return the name of a package; empty where its metadata do not give one."""
    try:
        return (package.name if package is not None else "") or ""
    except Exception:  # noqa: BLE001  metadata can be missing or malformed in many ways
        return ""


def _origin(entry: EntryPoint) -> str:
    return _name_of(entry.dist) or entry.value


def _described(error: BaseException) -> str:
    """Return an error with its class, since many messages mean little alone."""
    return f"{type(error).__name__}: {error}".rstrip(": ")


def _folder_of(entry: EntryPoint) -> Traversable:
    """Return the folder that an entry point names: in a package, which is imported for it."""
    from importlib.resources import files  # noqa: PLC0415  who loads our own pays nothing

    if entry.pattern.match(entry.value) is None:
        raise UnknownDatasetError("expected 'package' or 'package:folder'")
    try:
        folder = files(entry.module)
    except ImportError as error:
        raise UnknownDatasetError(
            "{module} cannot be imported: {reason}", module=entry.module, reason=_described(error)
        ) from error
    if entry.attr:
        folder = folder.joinpath(entry.attr)
    if not folder.is_dir():
        raise UnknownDatasetError("there is no such folder in the package")
    return folder


def _read(entry: EntryPoint, read: Callable[[Traversable], T]) -> T:
    """Return what *read* makes of the folder that an entry point names.

    The package runs code of its own when it is imported: whatever goes wrong there must not take
    anything else down. Only an interrupt from the keyboard passes through.

    Raises:
        UnknownDatasetError: The folder cannot be found or used; the message says what went wrong.
        StreamError: The folder is there, and what it holds cannot be read.
    """
    try:
        return read(_folder_of(entry))
    except StreamError:
        raise
    except UnknownDatasetError as error:
        reason, cause = error.message, error.__cause__
    except (Exception, SystemExit) as error:  # noqa: BLE001  this is what the function is for
        reason, cause = Message("using it failed with {error}", error=_described(error)), error
    raise UnknownDatasetError(
        "{origin} offers {name!r} as {value!r}, but {reason}. Repair or uninstall that package",
        origin=_origin(entry),
        name=entry.name,
        value=entry.value,
        reason=reason,
    ) from cause


def _dataset(name: str, origin: str, folder: Traversable | Path) -> Dataset:
    info, coverage = describe(folder)
    return Dataset(name=name, origin=origin, coverage=coverage, info=info)
