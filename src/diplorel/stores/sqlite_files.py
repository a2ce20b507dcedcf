"""The files of a store in SQLite: are they ours and whole, and are they still the ones opened?

A store is a file, and beside it SQLite's log (``-wal``) with its index (``-shm``). Only SQLite may
open the first: when a process closes a file by itself, POSIX takes away every lock that it has on
it, including those of its SQLite connections. Another process then takes itself for the last one,
and removes the log under the hands of this one, with all that it appends from there on.
"""

from __future__ import annotations

import ctypes
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote

from diplorel._message import Message
from diplorel.errors import StoreError
from diplorel.stores.sqlite_schema import expected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

APPLICATION: Final = int.from_bytes(b"dplr")
"""Names the file as ours, in its header."""
RESTORE: Final = Message("Bring it back from a copy")
_LEAST: Final = 512
"""The smallest size of a page: there is no smaller SQLite file."""
_LONG: Final = 20_000
"""A log of more pages is not looked through: it takes too long."""
_JOURNAL: Final = bytes.fromhex("d9d505f920a163d7")
"""How a rollback journal begins."""
_UNREADABLE: Final = (
    sqlite3.SQLITE_READONLY_ROLLBACK,
    sqlite3.SQLITE_READONLY_RECOVERY,
    sqlite3.SQLITE_READONLY_CANTLOCK,
)
"""What SQLite says to one who may only read, where it has to recover the file first."""

Numbers: TypeAlias = tuple[tuple[int, int] | None, ...]
"""The device and the number of each file, which identify it; None where there is none."""
Changes: TypeAlias = tuple[tuple[int, ...], ...]
"""The device and the number of each folder, and when a name in it last changed, by two clocks."""
_TICK: Final = 2_500_000_000
"""In nanoseconds; no file system's clock ticks more slowly."""


def numbers(paths: Sequence[str]) -> Numbers:
    """Return what distinguishes files, whatever their names are.

    Not to be asked between any two appends: if somebody asks when a file was written, Linux notes
    the exact time of the next write to it, and that makes an append a tenth slower.
    """
    found: list[tuple[int, int] | None] = []
    for path in paths:
        try:
            at = os.stat(path)  # noqa: PTH116  as fast as can be
        except OSError:
            found.append(None)
        else:
            found.append((at.st_dev, at.st_ino))
    return tuple(found)


def last_changes(folders: Sequence[str]) -> Changes:
    """Return when names in folders last changed; nothing where a folder is gone."""
    try:
        stats = [os.stat(folder) for folder in folders]  # noqa: PTH116  twice an append
    except OSError:
        return ((0,),)
    # whoever copies files with their times can put the first time back, and not the second
    return tuple([(at.st_dev, at.st_ino, at.st_mtime_ns, at.st_ctime_ns) for at in stats])


def are_old(changes: Changes) -> bool:
    """Say whether changes of names are so old that another would show."""
    return time.time_ns() - max(max(at[2:], default=0) for at in changes) > _TICK


def paths_of(path: str) -> tuple[str, str, str]:
    """Return the absolute paths of the file as it was named, of its log and of the log's index."""
    real = os.path.realpath(path)  # SQLite puts the log where a link leads to
    return str(Path(path).absolute()), f"{real}-wal", f"{real}-shm"


def is_new(path: str, *, create: bool) -> bool:
    """Say whether the file is to be made.

    Raises:
        StoreError: It is not there and may not be made, or is there and is not a store.
    """
    size = _size(path)
    if size is not None:
        if not Path(path).is_file():
            raise StoreError("{path} is not a file", path=path)
        if size:
            return False
        if not create:
            raise StoreError("{path} is not a store: it is empty", path=path)
        _writable(path)
    elif not create:
        raise StoreError("{path}: there is no such store", path=path)
    elif not Path(path).parent.is_dir():
        raise StoreError("{path}: there is no folder {folder}", path=path, folder=Path(path).parent)
    real = os.path.realpath(path)
    for end in ("-wal", "-journal")[: 2 if size is None else 1]:  # a journal is SQLite's to undo
        if _size(f"{real}{end}"):
            if _size(path) != size:
                return is_new(path, create=create)  # somebody else has just made it
            raise StoreError(
                "{real}{end} is there without its store, and may hold the last that was "
                "appended to it. Move it to where the store is, beside it and under its name",
                real=real,
                end=end,
            )
    return True


def _size(path: str) -> int | None:
    """Return the size of what is at a path, None where nothing is.

    One question: between two, another process can make a file, or remove it.
    """
    try:
        return os.stat(path).st_size  # noqa: PTH116  as `numbers`
    except (FileNotFoundError, NotADirectoryError):
        return None


def examine(path: str, steps: Sequence[Sequence[str]], *, create: bool) -> None:
    """Look at a file without writing into it: is it ours, whole, and of a version known here?

    Where somebody was killed while writing into it without the log, SQLite recovers it first.

    Args:
        path: The file, which is there and has something in it.
        steps: How each version of the schema is made of the one before.
        create: Whether it may turn out that the store was not made to the end, and so not at all.

    Raises:
        StoreError: It is not.
    """
    if not os.access(path, os.R_OK, effective_ids=_EFFECTIVE):
        raise StoreError("{path} cannot be read: make it readable", path=path)
    _ours(path)
    _writable(path)
    try:
        version = _sound(path, steps)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in _UNREADABLE:
            raise
        with connected(path, "mode=rw") as connection:
            connection.execute("PRAGMA user_version").fetchone()
        version = _sound(path, steps)
    if not version and not create:
        raise StoreError("{path} is not a store: it is empty", path=path)


def _ours(path: str) -> None:
    """Read the header alone, whatever SQLite makes of the rest: others' files are not touched."""
    found = None
    if os.path.getsize(path) >= _LEAST:  # noqa: PTH202
        with connected(path, "mode=ro&immutable=1") as connection:
            connection.execute("PRAGMA writable_schema = ON")  # read it though it is cut off
            try:
                found = connection.execute("PRAGMA application_id").fetchone()[0]
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
                    raise
    if found is None and not _has_journal(path):
        raise StoreError("{path} is not a store: it is not an SQLite file", path=path)
    if found not in (None, APPLICATION):
        raise StoreError("{path} is not a store: it is an SQLite file of something else", path=path)


def _sound(path: str, steps: Sequence[Sequence[str]]) -> int:
    """Return the version of a file that can be used; 0 where nothing is in it."""
    cut_off = Message("{path} is damaged: it is cut off. {remedy}", path=path, remedy=RESTORE)
    with connected(path, "mode=ro") as connection:
        connection.execute("BEGIN")  # all that follows is asked of one state
        try:
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_CORRUPT:
                raise
            raise StoreError(cut_off) from error
        if version > len(steps):
            raise StoreError(
                "{name} is of version {version}, and this release of diplorel knows up to "
                "{known}: install a newer one",
                name=path,
                version=version,
                known=len(steps),
            )
        kinds = dict(connection.execute("SELECT name, type FROM sqlite_master"))
        there = dict(connection.execute("SELECT name, sql FROM sqlite_master"))
        pages: int = connection.execute("PRAGMA page_count").fetchone()[0]
        size: int = connection.execute("PRAGMA page_size").fetchone()[0]
    wanted = expected(steps[:version])
    missing = sorted(wanted.keys() - there.keys())
    if missing:
        raise StoreError(
            "{path} is damaged: it lacks {missing}. {remedy}",
            path=path,
            missing=", ".join(missing),
            remedy=RESTORE,
        )
    for name, kind in kinds.items():
        if kind == "trigger" and there[name] != wanted.get(name):
            what = (
                Message("its guard {name} was changed", name=name)
                if name in wanted
                else Message("{name} is not a guard of it", name=name)
            )
            raise StoreError(
                "{path} is damaged: {what}. {remedy}", path=path, what=what, remedy=RESTORE
            )
    if _is_cut_off(path, pages, size):
        raise StoreError(cut_off)
    return version


def _is_cut_off(path: str, pages: int, size: int) -> bool:
    """Say whether pages are missing that are not in the log either.

    No transaction is open meanwhile, which would keep the log from beginning anew. So the log is
    read before the file is measured: a page leaves the log when it is in the file.

    Args:
        path: The file.
        pages: How many pages it has, or its log will bring it to.
        size: How many bytes a page has.
    """
    if os.path.getsize(path) >= pages * size:  # noqa: PTH202
        return False
    logged = in_log(paths_of(path)[1], size)
    if logged is None:
        return False  # SQLite reports a missing page when it reads it
    there, rest = divmod(os.path.getsize(path), size)  # noqa: PTH202
    missing = set(range(there + 1, pages + 1)) - logged
    if rest and there + 1 in missing:
        return True
    if not missing:
        return False
    with connected(path, "mode=ro") as connection:  # free pages are never written: it knows which
        (first,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return bool(first != "ok")


def in_log(path: str, size: int) -> set[int] | None:
    """Return the numbers of the pages in a write-ahead log; None where it is a long one.

    The format is documented: a header of 32 bytes, then frames, each a header of 24 bytes and a
    page. The frames that count have the salt of the header.
    """
    found: set[int] = set()
    with suppress(FileNotFoundError), Path(path).open("rb") as log:
        if os.fstat(log.fileno()).st_size > _LONG * size:
            return None
        salt = log.read(32)[16:24]
        while len(frame := log.read(24)) == 24 and frame[8:16] == salt:  # noqa: PLR2004
            found.add(int.from_bytes(frame[:4]))
            log.seek(size, os.SEEK_CUR)
    return found


def connected(path: str, how: str) -> closing[sqlite3.Connection]:
    """Return a connection to a file, to be closed at the end of a block.

    Args:
        path: The file.
        how: What follows the ``?`` of SQLite's own address.
    """
    return closing(connect(path, how))


def connect(path: str, how: str, wait: float = 60) -> sqlite3.Connection:
    """Return a connection to a file, without Python's own transactions.

    Args:
        path: The file.
        how: What follows the ``?`` of SQLite's own address.
        wait: For how many seconds to wait for others.
    """
    text = quote(os.fsencode(Path(path).absolute().as_posix()), safe="/:")
    uri = f"file://{'' if text.startswith('/') else '/'}{text}?{how}"
    return sqlite3.connect(
        uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False
    )


def _has_journal(path: str) -> bool:
    """Say whether SQLite has to undo something that was begun, of a file that is being made."""
    try:
        with Path(f"{os.path.realpath(path)}-journal").open("rb") as file:
            return file.read(len(_JOURNAL)) == _JOURNAL
    except OSError:
        return False


_EFFECTIVE: Final = os.access in os.supports_effective_ids


def _writable(path: str) -> None:
    if not os.access(path, os.W_OK, effective_ids=_EFFECTIVE):
        raise StoreError("{path} is read-only: make it writable, or open a copy", path=path)


def close_without_a_trace(connection: sqlite3.Connection, file: tuple[int, int] | None) -> None:
    """Close a connection without bringing the log into the file, or removing any.

    Args:
        connection: The connection.
        file: What distinguishes the file from others that the connection has open.
    """
    if hasattr(connection, "setconfig"):  # from Python 3.12 on
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True)  # type: ignore[attr-defined,unused-ignore]
        connection.close()
        return
    with _shared_by_another_process(file) as shared:
        if shared:  # so SQLite does not take itself for the last
            connection.close()
        else:
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))  # it stays open for good


_HOLD: Final = (
    "import fcntl, sys\n"
    "fcntl.lockf(int(sys.argv[1]), fcntl.LOCK_SH, 510, 0x40000002)\n"  # as SQLite's readers do
    "print(flush=True)\n"
    "sys.stdin.read()"
)


@contextmanager
def _shared_by_another_process(file: tuple[int, int] | None) -> Iterator[bool]:
    """Have another process hold SQLite's shared lock on a file; say whether it does."""
    handle = _handle_of(file)
    if handle is None or not sys.executable:
        yield False
        return
    with subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-c", _HOLD, str(handle)],
        pass_fds=[handle],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None  # noqa: S101  it is a pipe
        yield process.stdout.readline() == b"\n"


def _handle_of(file: tuple[int, int] | None) -> int | None:
    """Return a number under which this process has a file open."""
    with suppress(OSError):
        for handle in map(int, os.listdir("/dev/fd")):  # noqa: PTH208
            with suppress(OSError):
                at = os.fstat(handle)
                if (at.st_dev, at.st_ino) == file:
                    return handle
    return None


@contextmanager
def clear(name: str) -> Iterator[None]:
    """Report what SQLite or the system finds wrong in one clear error.

    Args:
        name: What to call the store.
    """
    try:
        yield
    except (StoreError, FileExistsError):
        raise
    except sqlite3.Error as error:
        raise StoreError("{name}: {reason}", name=name, reason=meaning(error)) from error
    except OSError as error:
        raise StoreError("{name}: {reason}", name=name, reason=error.strerror or error) from error


def meaning(error: sqlite3.Error) -> Message | str:
    """Return what an error of SQLite means for the caller."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    means = {
        sqlite3.SQLITE_BUSY: Message("another process has been appending for too long. Try again"),
        sqlite3.SQLITE_FULL: Message(
            "the disk is full; nothing was appended. Make room and try again"
        ),
        sqlite3.SQLITE_IOERR: Message("the file cannot be written or read. Is the disk full?"),
        sqlite3.SQLITE_READONLY: Message(
            "it or its folder is read-only: make it writable, or open a copy"
        ),
        sqlite3.SQLITE_CANTOPEN: Message("it cannot be opened. Is its folder writable?"),
        sqlite3.SQLITE_CORRUPT: Message("it is damaged. {remedy}", remedy=RESTORE),
        sqlite3.SQLITE_NOTADB: Message(
            "it is damaged, or no SQLite file. {remedy}", remedy=RESTORE
        ),
    }.get(code)
    return Message("{means} ({error})", means=means, error=error) if means else str(error)
