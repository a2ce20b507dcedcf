"""The streams that ship with the library: text only, one folder each."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from diplorel.errors import UnknownDatasetError, did_you_mean, nearest
from diplorel.io.folder import Stream, read_stream

if TYPE_CHECKING:
    from diplorel.log import EventLog


def available() -> tuple[str, ...]:
    """Return the names of the shipped streams, in alphabetical order.

    >>> available()
    ('vietnam',)
    """
    return tuple(
        sorted(
            folder.name
            for folder in files(__name__).iterdir()
            if folder.is_dir() and folder.joinpath("stream.toml").is_file()
        )
    )


def load(name: str) -> EventLog:
    """Return a shipped stream as a log, with its coverage, ladders, sources and claims.

    Args:
        name: The stream's name, such as ``vietnam``.

    Raises:
        UnknownDatasetError: No stream of that name is shipped; the message lists those that are.
            For a folder of your own, use `read`.

    >>> load("vietnam").streams
    ('vietnam',)
    """
    return load_stream(name).log()


def load_stream(name: str) -> Stream:
    """Return a shipped stream with what a log leaves out: its releases and its very bytes.

    Raises:
        UnknownDatasetError: No stream of that name is shipped.
    """
    known = available()
    if name not in known:
        hint = did_you_mean(nearest(str(name), known))
        raise UnknownDatasetError(
            f"no dataset {name!r} is shipped, only {', '.join(known)}.{hint} "
            "For a folder of your own, use read()"
        )
    return read_stream(files(__name__).joinpath(name), claims_later=True)
