"""Streams that are ready to load: those that ship with the library, and other packages' own.

A package offers a stream by an entry point of the group ``diplorel.datasets``: the name is the
dataset's, the value the package that holds the stream's folder, ``package`` or ``package:folder``.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from diplorel._resources import package_folder
from diplorel.analysis.bibliography import Bibliography
from diplorel.errors import StreamError, UnknownDatasetError, did_you_mean, nearest
from diplorel.io.folder import Stream, describe, read_stream
from diplorel.model.reference import Coverage, StreamInfo

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint
    from importlib.resources.abc import Traversable

    from diplorel.log import EventLog

GROUP: Final = "diplorel.datasets"
"""The group of entry points by which other packages offer streams."""
_OWN: Final = "diplorel"


@attrs.frozen(kw_only=True)
class Dataset:
    """A stream that `load` can load.

    Attributes:
        name: The name by which to load it.
        origin: Who brings it: ``diplorel``, another distribution's name, or a folder.
        coverage: For whom, in which tracks and when it says that it is complete.
        info: What the stream says of itself.
    """

    name: str
    origin: str
    coverage: tuple[Coverage, ...]
    info: StreamInfo

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
        return str(Bibliography(streams=(self.info,)))


def available(*beside: os.PathLike[str]) -> tuple[Dataset, ...]:
    """Return the streams that can be loaded, by name: the library's, then other packages'.

    A stream of another package that cannot be read is left out with a warning.

    Args:
        *beside: Folders whose sub-folders are streams: those are listed, too.

    >>> [one.name for one in available() if one.origin == "diplorel"]
    ['singapore', 'united_states', 'vietnam']
    """
    places = [(name, _OWN, folder) for name, folder in _shipped().items()]
    found = [_dataset(*place) for place in places]
    for entry in _offered():
        origin = _origin(entry)
        try:
            found.append(_dataset(entry.name, origin, _place(entry)))
        except (StreamError, ImportError, OSError) as error:
            warnings.warn(f"{origin} offers {entry.name!r}, which cannot be read: {error}",
                          stacklevel=2)  # fmt: skip
    for parent in map(Path, beside):
        found += [
            _dataset(folder.name, str(folder), folder)
            for folder in sorted(parent.iterdir())
            if (folder / "stream.toml").is_file()
        ]
    return tuple(found)


def load(name: str | os.PathLike[str]) -> EventLog:
    """Return a stream as a log, with its coverage, ladders, sources and claims.

    Args:
        name: The stream's name, such as ``vietnam``; or a folder, as a path.

    Raises:
        UnknownDatasetError: There is no stream of that name, or several packages offer one; the
            message lists those that there are.
        StreamError: It cannot be read; it holds every problem.

    >>> load("vietnam").streams
    ('vietnam',)
    """
    return load_stream(name).log()


def load_stream(name: str | os.PathLike[str]) -> Stream:
    """Return a stream with what a log leaves out: its releases and its very bytes.

    Raises:
        UnknownDatasetError: There is no stream of that name, or several packages offer one.
        StreamError: It cannot be read; it holds every problem.
    """
    if isinstance(name, os.PathLike):
        return read_stream(Path(name))
    shipped = _shipped()
    if name in shipped:
        return read_stream(shipped[name], claims_later=True)
    offered = [*_offered()]
    mine = [entry for entry in offered if entry.name == name]
    if len(mine) > 1:
        raise UnknownDatasetError(
            f"several packages offer a dataset {name!r}: {', '.join(map(_origin, mine))}. "
            "Uninstall all but one, or load the folder of the one that you mean"
        )
    if not mine:
        known = sorted({*shipped, *(entry.name for entry in offered)})
        hint = did_you_mean(nearest(str(name), known))
        raise UnknownDatasetError(
            f"there is no dataset {name!r}, only {', '.join(known)}.{hint} "
            "For a folder of your own, use read()"
        )
    try:
        return read_stream(_place(mine[0]))
    except ImportError as error:
        raise UnknownDatasetError(
            f"{_origin(mine[0])} offers {name!r}, but {mine[0].value} cannot be imported: {error}"
        ) from None


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
    from importlib.metadata import entry_points  # noqa: PLC0415  who loads our own pays nothing

    shipped = _shipped()
    offered = {entry for entry in entry_points(group=GROUP) if entry.name not in shipped}
    yield from sorted(offered, key=lambda entry: (entry.name, entry.value))


def _origin(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else entry.value


def _place(entry: EntryPoint) -> Traversable:
    """Return the folder that an entry point names: in a package, which is imported for it."""
    from importlib.resources import files  # noqa: PLC0415  as above

    folder = files(entry.module)
    return folder.joinpath(entry.attr) if entry.attr else folder


def _dataset(name: str, origin: str, folder: Traversable | Path) -> Dataset:
    info, coverage = describe(folder)
    return Dataset(name=name, origin=origin, coverage=coverage, info=info)
