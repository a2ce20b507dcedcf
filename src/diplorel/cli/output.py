"""What a command prints: lines, tables, JSON; and a bar while something takes its time.

On a terminal, tables fit its width and have colours; in a pipe or a file they are plain columns
without wrapped lines.
"""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager, suppress
from shutil import get_terminal_size
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

from diplorel.errors import InvalidQueryError
from diplorel.model.events import canonical
from diplorel.model.text import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from diplorel.errors import ConflictError, Problem
    from diplorel.model.table import Table

_PATIENCE: Final = 1.0
"""After how many seconds a bar appears."""
_MANY: Final = 1_000
"""So many problems are printed at once."""


def clean(text: str) -> str:
    """Return a text that can be shown anywhere: what nobody would see is escaped.

    The notes and quotations of a stream are written by anybody.
    """
    return HIDDEN.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    if char in "\t\n":
        return char
    return json.dumps(char)[1:-1] if char > "\x1f" else f"\\u{ord(char):04x}"


def write(data: str | bytes) -> None:
    """Write to the standard output; an empty text writes what is still held back.

    Raises:
        OSError: It cannot be written; the error names the standard output, as it would a file.
    """
    try:
        if data and isinstance(data, str):
            sys.stdout.write(clean(data) if sys.stdout.isatty() else data)
            return
        sys.stdout.flush()
        left = memoryview(data.encode() if isinstance(data, str) else data)
        while left:  # without a buffer, a pipe takes a part, and only then says that nobody reads
            left = left[sys.stdout.buffer.write(left) :]
    except OSError as error:
        error.filename = error.filename or "standard output"
        raise


def say(*lines: str) -> None:
    """Print lines."""
    for line in lines:
        write(f"{clean(line)}\n")


def print_error(message: object) -> None:
    """Print one line on the error stream, after the name of the program."""
    line = " ".join(clean(str(message)).split())
    _print_line(f"diplorel: {line}")


def _print_line(line: str) -> None:
    with suppress(OSError):  # what cannot be said leaves the exit code as it is
        sys.stderr.write(f"{line}\n")


def tell(problems: Sequence[Problem], after: str = "") -> None:
    """Print problems on the error stream, and how many there are.

    Args:
        problems: What is wrong. Of very many, which have few causes, only the first are printed.
        after: What has come of it.
    """
    for problem in problems[:_MANY]:
        _print_line(clean(str(problem)))
    more = len(problems) - _MANY
    shown = f"{len(problems):,} problem{'s' * (len(problems) != 1)}"
    counts = [f"{shown}; the first {_MANY:,} are shown." if more > 0 else f"{shown}.", after]
    _print_line(" ".join(filter(None, counts)))


def tell_conflict(conflict: ConflictError) -> None:
    """Print on the error stream what is recorded, what was refused, and how to correct it."""
    id, held = conflict.id, conflict.recorded.event
    print_error(
        f"{conflict.refused.stream} already reports {id} with other contents. To correct it, add "
        f'to the new line "supersedes": ["{id}@{held.digest}"] and a "reason"'
    )
    _print_line(clean(f"  recorded: {canonical(held)}"))
    _print_line(clean(f"  refused:  {canonical(conflict.refused.event)}"))


def title(text: str) -> None:
    """Print a line that stands out on a terminal."""
    if sys.stdout.isatty():
        _styled("\n".join(_folded(text)), "bold")
    else:
        say(text)


def prose(*lines: str) -> None:
    """Print sentences: on a terminal, lines break between words, and keep their indent."""
    for line in lines:
        say(*(_folded(line) if sys.stdout.isatty() else [line]))


def _folded(text: str) -> list[str]:
    from diplorel.cli.table import fold  # noqa: PLC0415  a pipe needs none

    line = clean(text)
    indent = " " * (len(line) - len(line.lstrip(" ")))
    width = max(get_terminal_size().columns - len(indent), 20)
    return [f"{indent}{part}" for part in fold(line[len(indent) :], width)]


def as_json(value: Any) -> None:
    """Print a value as JSON: an object with one key a line, a list with one entry a line.

    An iterator is a list whose entries are made as they are printed.
    """
    for line in _object_lines(value) if isinstance(value, dict) else _list_lines(value):
        write(f"{line}\n")


def as_csv(table: Table) -> None:
    """Print a table as CSV in UTF-8, with formulas defused, as `write_table` writes it."""
    from diplorel.io.tables.delimited import encode  # noqa: PLC0415  few ask for it

    content = encode(table)[".csv"]
    write(content.decode() if sys.stdout.isatty() else content)


def one_form(*, json: bool, csv: bool, file: bool = False) -> None:
    """Refuse two forms of output at once.

    Raises:
        InvalidQueryError: Two of them are asked for.
    """
    if json and csv:
        raise InvalidQueryError("give --json or --csv, not both: each is the whole output")
    if file and (json or csv):
        also = "--json" if json else "--csv"
        raise InvalidQueryError(
            "give -o or {also}, not both: the suffix of the file names its form", also=also
        )


def _object_lines(value: dict[str, Any]) -> Iterator[str]:
    yield "{"
    last = len(value) - 1
    for place, (key, item) in enumerate(value.items()):
        comma = "" if place == last else ","
        if hasattr(item, "__next__") or (
            isinstance(item, list) and all(isinstance(one, dict) for one in item)
        ):
            lines = _list_lines(item)
            held = f"{_json(key)}: {next(lines)}"
            for line in lines:  # each is printed once it is known whether another one follows
                yield held
                held = line
            yield f"{held}{comma}"
        else:
            yield f"{_json(key)}: {_json(item)}{comma}"
    yield "}"


def _list_lines(rows: Iterable[Any]) -> Iterator[str]:
    lines = map(_json, rows)
    held = next(lines, None)
    if held is None:
        yield "[]"
        return
    yield "["
    for line in lines:
        yield f"{held},"
        held = line
    yield held
    yield "]"


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return HIDDEN.sub(_escaped, text)


def table(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Collection[int] = (),
    whole: Collection[int] = (),
) -> None:
    """Print rows in columns: on a terminal so that they fit its width, else one row a line.

    Args:
        header: The names of the columns.
        rows: The cells.
        right: The places of the columns that are aligned to the right: numbers.
        whole: The places of the columns whose words are never broken: ids.
    """
    from diplorel.cli.table import fitted, plain  # noqa: PLC0415  completion needs none

    body = [[clean(" ".join(cell.split())) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        say(*plain(header, body, right))
        return
    width = get_terminal_size().columns
    heads, lines = fitted(header, body, width, right=right, whole=whole)
    if heads:
        _styled("\n".join(heads), "bold cyan")
    say(*lines)


def _styled(text: str, style: str) -> None:
    """Print a text in a style, as far as the terminal has styles."""
    from rich.console import Console  # noqa: PLC0415  a pipe needs none
    from rich.text import Text  # noqa: PLC0415  likewise

    Console().print(Text(text, style=style), soft_wrap=True)


@contextmanager
def progress(steps: int) -> Iterator[Callable[[str], None]]:
    """Show a bar on the error stream, if it is a terminal and the work takes over a second.

    Args:
        steps: How many steps there are.

    Yields:
        What to call as each step begins, with a few words for it.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415  a pipe needs none
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=steps)
    begun = -1

    def step(words: str) -> None:
        nonlocal begun
        begun += 1
        bar.update(task, description=clean(words), completed=begun)

    timer = Timer(_PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield step
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
