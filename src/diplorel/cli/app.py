"""The commands together, and how they end."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from diplorel._message import Message
from diplorel._version import __version__
from diplorel.cli import (
    catalogue,
    chart,
    columnar,
    events,
    figures,
    graph,
    leads,
    over_time,
    pages,
    panel,
    query,
    rank,
    site,
    spells,
    spreadsheets,
    store,
    stream,
)
from diplorel.cli.exit_codes import BAD_CALL, INTERRUPTED, PIPE_CLOSED, PROBLEMS, SOUND
from diplorel.cli.output import print_error, tell, tell_conflict, write
from diplorel.cli.usage import USAGE_ERROR, asked_language, wrong_usage
from diplorel.errors import (
    ConflictError,
    DiplorelError,
    LeadsError,
    StreamError,
    StreamNotNamedError,
)
from diplorel.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Sequence

_HELP: Final = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    name="diplorel",
    context_settings=_HELP,
    help="Bilateral diplomatic relations as a stream of typed, cited events: check a stream, "
    "import it from a spreadsheet, and ask it.",
    epilog="Exit codes: 0 sound, 1 problems, 2 a bad call.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
COMMANDS: Final = (
    ("show", query.show),
    ("rank", rank.rank),
    ("partners", query.partners),
    ("diff", query.diff),
    ("events", events.events),
    ("table", events.write),
    ("replay", columnar.replay),
    ("panel", panel.panel),
    ("spells", spells.spells),
    ("durations", spells.durations),
    ("history", over_time.history),
    ("pace", over_time.pace),
    ("anniversaries", over_time.anniversaries),
    ("figures", figures.figures),
    ("graph", graph.graph),
    ("chart", chart.chart),
    ("brief", pages.brief),
    ("site", site.site),
    ("review", site.review),
    ("datasets", catalogue.datasets),
    ("check", stream.check),
    ("verify", stream.verify),
    ("disagreements", stream.disagreements),
    ("new", stream.new),
    ("import", spreadsheets.import_),
    ("export", spreadsheets.export),
    ("leads", leads.leads),
    ("release", stream.release),
    ("store init", store.init),
    ("store append", store.append),
    ("store log", store.log),
    ("store verify", store.verify),
    ("store import", store.import_),
    ("store materialise", store.materialise),
    ("store export", store.export),
    ("store backup", store.backup),
)
_store = typer.Typer(
    help="Keep a log where it lasts: in a file, or in PostgreSQL for a team.",
    context_settings=_HELP,
)
app.add_typer(_store, name="store")
for _name, _function in COMMANDS:
    _app, _word = (_store, _name[6:]) if _name.startswith("store ") else (app, _name)
    _app.command(_word)(_function)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"diplorel {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    pass


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; every error ends here, in clear lines."""
    if "_DIPLOREL_COMPLETE" in os.environ:
        app(prog_name="diplorel")
    if sys.stderr is None:  # Python has none where it was closed: messages have nowhere to go
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  until the end
    if sys.stdout is None:  # said before any work, so that nothing is appended unseen
        print_error("the standard output is closed: nothing can be printed")
        return BAD_CALL
    for output in (sys.stdout, sys.stderr):
        if hasattr(output, "reconfigure"):  # its replacement in a test may lack it
            output.reconfigure(errors="backslashreplace")  # pyright: ignore[reportAttributeAccessIssue]
    try:
        return _ended(argv)
    except BrokenPipeError:
        # The reader has seen enough, as with `| head`. git and gh are killed by the signal SIGPIPE
        # there, without a word; Python ignores the signal, so this returns the exit code that a
        # shell shows for it.
        _discard_output()
        return PIPE_CLOSED


def _ended(argv: Sequence[str]) -> int:
    """Run one command to its end; only a pipe whose reader has gone is left to the caller."""
    lang = asked_language(argv)
    try:
        code = _run([*argv] or ["--help"])
        write("")
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        print_error(said(Message("interrupted"), lang))
        code = INTERRUPTED
    except StreamError as error:
        tell(error.problems, "Nothing is written." if argv[0] == "import" else "")
        code = PROBLEMS
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        reason = said(error, lang) if isinstance(error, DiplorelError) else error
        print_error(f"{where}{error.strerror or reason}")
        _discard_what_cannot_be_written()
        code = BAD_CALL
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        message = Message(
            "a text cannot be read or written as {encoding}: {reason}",
            encoding=error.encoding,
            reason=error.reason,
        )
        print_error(said(message, lang))
        code = BAD_CALL
    except StreamNotNamedError as error:
        message = Message(
            "there are several streams, {streams}: name one with --stream",
            streams=", ".join(error.streams),
        )
        print_error(said(message, lang))
        code = BAD_CALL
    except LeadsError as error:
        message = Message(
            "{streams}: a machine coded these events and nobody has checked "
            "them, so they are not merged with other streams: ask them by themselves",
            streams=", ".join(error.streams),
        )
        print_error(said(message, lang))
        code = BAD_CALL
    except ConflictError as error:
        tell_conflict(error)
        code = BAD_CALL
    except DiplorelError as error:
        print_error(said(error, lang))
        code = BAD_CALL
    return code


def _discard_what_cannot_be_written() -> None:
    try:
        write("")
    except BrokenPipeError:
        raise
    except OSError:
        _discard_output()


def _discard_output() -> None:
    """Let what is still to be printed go nowhere: Python tries to write it as it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@cache
def _command() -> Any:
    """Return all commands; they are made of their functions once, which takes a tenth of a second.

    Tests and notebooks run many in one process.
    """
    return typer.main.get_command(app)


def _run(argv: list[str]) -> int:
    command = _command()
    try:
        with command.make_context("diplorel", argv) as context:
            return command.invoke(context) or SOUND
    except typer.Exit as ended:
        return ended.exit_code
    except USAGE_ERROR as error:
        print_error(said(wrong_usage(error), asked_language(argv)))
        return BAD_CALL
