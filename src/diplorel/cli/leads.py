"""The command that reads machine-coded event data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diplorel.cli.exit_codes import PROBLEMS, SOUND
from diplorel.cli.options import AsJson
from diplorel.cli.output import as_json, progress, prose, say, table, tell
from diplorel.io.folder import write
from diplorel.model.events import plain
from diplorel.model.records import stamp


def leads(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            help="Exports of GDELT's event database, 2.0 or 1.0: plain, .zip or .gz.",
        ),
    ],
    *,
    party: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PARTY", help="Only leads about this party, again for several. Default: all."
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse everything if any row is malformed.")
    ] = False,
    stream: Annotated[
        str, typer.Option(metavar="NAME", help="The name of the stream of the leads.")
    ] = "gdelt",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FOLDER", help="Write the leads as a stream of their own."
        ),
    ] = None,
    json: AsJson = False,
) -> int:
    """Read machine-coded event data as leads: visits and talks that a machine found in the news.

    Leads are not facts, and nobody has checked them. All rows about one visit on one day are one
    lead, with every article as a source. Every other row is counted by the reason why it is left
    out. Malformed rows are reported with their line and skipped; exit code 1 if there are any.
    """
    from diplorel.io.leads.gdelt import read_gdelt  # noqa: PLC0415  no other command needs it

    with progress(1) as step:
        step("reading")
        found = read_gdelt(files, parties=party or (), stream=stream, strict=strict)
    if found.problems and not json:
        tell(found.problems, "The rows are skipped.")
    if output is not None and len(found):
        write(found.log, output)
    if json:
        records = ({"recorded": stamp(one.recorded), **plain(one.event)} for one in found.log)
        as_json({**found.to_record(), "records": records})
        return PROBLEMS if found.problems else SOUND
    prose(found.summary)
    if found.left_out:
        rows = [(str(one.reason), one.code, f"{one.rows:,}") for one in found.left_out]
        table(("left out", "code", "rows"), rows, right=(2,))
    prose("A machine coded these leads from news text; nobody has checked them.")
    if output is not None:
        say(f"Next: diplorel events {output}" if len(found) else "Nothing is written: no leads.")
    return PROBLEMS if found.problems else SOUND
