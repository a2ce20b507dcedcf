"""What a command prints: lines, tables, JSON; and a bar while something takes its time.

On a terminal, tables fit its width and have colours; in a pipe or a file they are plain columns
that nothing wraps.
"""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from diplorel.errors import Problem

_PATIENCE: Final = 1.0
"""After how many seconds a bar appears."""
_MANY: Final = 1_000
"""So many problems are printed at once."""
_WHOLE: Final = 16
"""Words up to this length are not broken, however narrow the terminal is."""
_UNSHOWN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What could drive a terminal, turn its text round, or cannot be written at all.

A stream's texts are written by anybody.
"""


def clean(text: str) -> str:
    """Return a text that can be shown anywhere: control characters and lone halves are escaped."""
    return _UNSHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say(*lines: str) -> None:
    """Print lines."""
    for line in lines:
        sys.stdout.write(f"{clean(line)}\n")


def print_error(message: object) -> None:
    """Print one line on the error stream, after the name of the program."""
    told = " ".join(clean(str(message)).split())
    sys.stderr.write(f"diplorel: {told}\n")


def tell(problems: Sequence[Problem], after: str = "") -> None:
    """Print problems on the error stream, and how many there are.

    Args:
        problems: What is wrong. Of very many, which have few causes, only the first are printed.
        after: What has come of it.
    """
    for problem in problems[:_MANY]:
        sys.stderr.write(f"{clean(str(problem))}\n")
    more = len(problems) - _MANY
    shown = f"{len(problems):,} problem{'s' * (len(problems) != 1)}"
    told = [f"{shown}, of which the first {_MANY:,} are shown." if more > 0 else f"{shown}.", after]
    sys.stderr.write(f"{' '.join(filter(None, told))}\n")


def title(text: str) -> None:
    """Print a line that stands out on a terminal."""
    if not sys.stdout.isatty():
        say(text)
        return
    from rich.console import Console  # noqa: PLC0415  a pipe needs none
    from rich.text import Text  # noqa: PLC0415  likewise

    Console().print(Text(clean(text), style="bold"), soft_wrap=True)


def as_json(value: Any) -> None:
    """Print a value as JSON; a list with one entry a line."""
    if isinstance(value, dict):
        sys.stdout.write(_json(value) + "\n")
        return
    rows = ",\n".join(map(_json, value))
    sys.stdout.write(f"[\n{rows}\n]\n" if rows else "[]\n")


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _UNSHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def table(
    header: Sequence[str], rows: Iterable[Sequence[str]], right: Collection[int] = ()
) -> None:
    """Print rows in columns.

    Args:
        header: The names of the columns.
        rows: The cells.
        right: The places of the columns that are aligned to the right: numbers.
    """
    body = [[clean(" ".join(cell.split())) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _rich_table(header, body, right)
    else:
        say(*_columns(header, body, right))


def _columns(
    header: Sequence[str], body: Sequence[Sequence[str]], right: Collection[int]
) -> Iterator[str]:
    from rich.cells import cell_len  # noqa: PLC0415  completion needs none

    wide = [max(cell_len(row[i]) for row in (header, *body)) for i in range(len(header))]
    lines = ["-" * width for width in (*wide[:-1], cell_len(header[-1]))]
    for row in (header, lines, *body):
        cells = []
        for i, cell in enumerate(row):
            gap = " " * (wide[i] - cell_len(cell))
            cells.append(gap + cell if i in right else cell + gap)
        yield "  ".join(cells).rstrip()


def _rich_table(
    header: Sequence[str], body: Sequence[Sequence[str]], right: Collection[int]
) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  a pipe needs none
    from rich.console import Console  # noqa: PLC0415  likewise
    from rich.table import Table  # noqa: PLC0415  likewise
    from rich.text import Text  # noqa: PLC0415  likewise

    shown = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold cyan")
    for i, name in enumerate(header):
        words = (word for row in (header, *body) for word in row[i].split())
        whole = min(max(map(len, words), default=0), _WHOLE)
        side: Any = "right" if i in right else "left"
        shown.add_column(name, justify=side, overflow="fold", min_width=whole)
    for row in body:
        shown.add_row(*map(Text, row))
    Console().print(shown)


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
