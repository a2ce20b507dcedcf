"""`write_table`: an answer as a file, in the form that its suffix names."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias

from diplorel._message import Message, suggestion
from diplorel.errors import InvalidQueryError, nearest
from diplorel.io import publish
from diplorel.model.table import Table

Files: TypeAlias = Mapping[str, bytes]
"""The content of each file by what takes the place of the suffix, the table itself last."""

_MODULES: Final = {
    ".csv": "delimited",
    ".dta": "stata",
    ".json": "plain",
    ".md": "markdown",
    ".parquet": "parquet",
    ".xlsx": "workbook",
}
"""The module of `diplorel.io.tables` that writes each suffix; imported when it is asked for."""
_OWN: Final = {
    ".graphml": ("graphml", Message("GraphML holds graphs only, as World.graph() returns them")),
    ".ics": (
        "ical",
        Message("a calendar holds anniversaries only, as EventLog.anniversaries() gives them"),
    ),
}
"""By the suffix of what is no table: the method that returns its text, and what it holds."""


class Answer(Protocol):
    """Anything that gives a table."""

    def table(self) -> Table:
        """Return the answer as a table."""
        ...


def write_table(answer: Table | Answer, path: str | os.PathLike[str]) -> None:
    """Write an answer or a table to a file, in the form that the suffix names.

    ========== ==================================== ==========
    suffix     where the codebook is                extra
    ========== ==================================== ==========
    .csv       in a file beside it: .codebook.json
    .json      in the file, with the stamp
    .md        in the file, below the table
    .parquet   in the metadata, with the stamp      arrow
    .dta       labels; in a file beside it too      stata
    .xlsx      in a sheet of its own                excel
    .graphml   none: the graph itself, with nodes
    .ics       none: the calendar of anniversaries
    ========== ==================================== ==========

    A file that is there is replaced. Each file is there whole or not at all.

    Args:
        answer: A `Table`, or an answer with a method ``table()``; for ``.graphml``, a graph; for
            ``.ics``, anniversaries.
        path: The file.

    Raises:
        InvalidQueryError: There is no form of this suffix, *answer* gives no table, or the form
            cannot hold it.
        MissingExtraError: The form needs an optional dependency; the message names the extra.

    >>> import tempfile
    >>> from diplorel.model.column import text
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_table(Table([text("code", ["NA", None])]), f"{folder}/codes.csv")
    ...     print(Path(folder, "codes.csv").read_text(encoding="utf-8"))
    "code"
    "NA"
    <BLANKLINE>
    """
    target = Path(path)
    if target.suffix.lower() in _OWN:
        publish.replace(target, _text_of(answer, target).encode())
        return
    form = form_of(target)
    for suffix, content in form(_table_of(answer)).items():
        publish.replace(target.with_suffix(suffix), content)


def form_of(path: Path) -> Callable[[Table], Files]:
    """Return the function that encodes a table for a path.

    Raises:
        InvalidQueryError: There is no form of this suffix.
    """
    check_suffix(path)
    suffix = path.suffix.lower()
    module = import_module(f"diplorel.io.tables.{_MODULES[suffix]}")
    encode: Callable[[Table], dict[str, bytes]] = module.encode

    def with_own_suffix(table: Table) -> Files:
        files = encode(table)
        files[path.suffix] = files.pop(suffix)  # as it was written: .CSV stays so, and comes last
        return files

    return with_own_suffix


def check_suffix(path: Path, *more: str) -> None:
    """Refuse a file whose suffix names no form, before any work.

    Args:
        path: The file.
        *more: The suffixes of other forms than tables that the answer has, such as ``.ics``.

    Raises:
        InvalidQueryError: There is no form of this suffix; the message lists those there are.
    """
    known, suffix = (*_MODULES, *more), path.suffix.lower()
    if suffix not in known:
        hint = suggestion(nearest(suffix, known))
        raise InvalidQueryError(
            "{file}: a table is written by suffix, expected one of {known}.{hint}",
            file=path.name,
            known=", ".join(known),
            hint=hint,
        )


def _text_of(answer: Any, path: Path) -> str:
    method, holds = _OWN[path.suffix.lower()]
    ask = getattr(answer, method, None)
    text = ask() if callable(ask) else None
    if not isinstance(text, str):
        raise InvalidQueryError(
            "{file}: {holds}, got {answer!r}", file=path.name, holds=holds, answer=answer
        )
    return text


def _table_of(answer: Any) -> Table:
    if isinstance(answer, Table):
        return answer
    ask = getattr(answer, "table", None)
    table = ask() if callable(ask) else None
    if not isinstance(table, Table):
        raise InvalidQueryError(
            "{argument}: expected a table or an answer with one, got {answer!r}",
            argument="answer",
            answer=answer,
        )
    return table
