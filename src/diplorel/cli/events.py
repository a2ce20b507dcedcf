"""The commands that hand out data: the events of streams, and tables as files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplorel import _ask
from diplorel._columns import counted
from diplorel._message import suggestion
from diplorel.cli import completing
from diplorel.cli.options import (
    AsCsv,
    AsJson,
    ByClock,
    ByPolicy,
    Clock,
    Known,
    Lang,
    LangOption,
    On,
    Point,
    Releases,
    Targets,
    day,
    language,
)
from diplorel.cli.output import as_csv, as_json, one_form, progress, say, table
from diplorel.cli.phrasing import versions
from diplorel.cli.records import event_record
from diplorel.cli.targets import merged, open_all
from diplorel.errors import InvalidQueryError, nearest
from diplorel.io.tables.write import form_of, write_table
from diplorel.language.labels import word
from diplorel.model.event_table import resolved_table
from diplorel.narrative.narrator import Narrator
from diplorel.tracks.agreement_titles import titles_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.log import EventLog


class Answer(StrEnum):
    """What a table shows."""

    EVENTS = "events"
    WORLD = "world"


def write(
    targets: Targets,
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file, in the form that its suffix names: .csv, .dta, .json, .md, .parquet or "
            ".xlsx. A file that is there is replaced.",
        ),
    ],
    answer: Annotated[
        Answer,
        typer.Option(help="Every event as recorded, or the relations of all pairs on a day."),
    ] = Answer.EVENTS,
    on: On = None,
    known: Known = None,
    clock: ByClock = Clock.RECORDED,
    policy: ByPolicy = "kind",
    release: Releases = None,
) -> None:
    """Write a table to a file, with its codebook and how it was made.

    One row for each event that was recorded; or, with --answer world, one row for each pair of
    parties with a recorded relation.
    """
    if answer is Answer.EVENTS and on is not None:
        raise InvalidQueryError(
            "--on is the day of --answer world; the events as known on a day are given by --known"
        )
    form_of(output)  # a suffix that is not known is reported before any work
    log = merged(open_all(targets, releases=release))
    point = Point(on, known, clock, policy)
    with progress(1) as step:
        step("writing")
        asked = log.view(**point.of(log)) if answer is Answer.EVENTS else point.world(log)
        found = asked.table()
        write_table(found, output)
    say(f"{output}: {counted(len(found), 'row')}, {counted(len(found.columns), 'column')}")


def events(
    targets: Targets,
    *,
    party: Annotated[
        str | None,
        typer.Option(
            metavar="PARTY",
            help="Only events with this party as a participant.",
            autocompletion=completing.parties,
        ),
    ] = None,
    dyad: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="A B",
            help="Only events with both as participants.",
            autocompletion=completing.parties,
        ),
    ] = None,
    type: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            "-t",
            metavar="TYPE",
            help="Only this type, such as level-upgraded; again for several.",
            autocompletion=completing.event_types,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            callback=day,
            help="Possibly on this day or later; of a month or a year, the first day counts.",
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            callback=day,
            help="Possibly by this day; of a month or a year, the last day counts.",
        ),
    ] = None,
    known: Known = None,
    clock: ByClock = Clock.RECORDED,
    policy: ByPolicy = "kind",
    lang: LangOption = Lang.EN,
    release: Releases = None,
    json: AsJson = False,
    csv: AsCsv = False,
) -> None:
    """List the events of streams.

    Each once, whoever reports it, with corrections applied.
    """
    one_form(json=json, csv=csv)
    log = merged(open_all(targets, releases=release))
    _known_types(log, type or ())
    some = log.where(party=party, dyad=dyad, types=type or None, since=since, until=until)
    events = some.resolve(**Point(None, known, clock, policy).of(log)).events
    if csv:
        as_csv(resolved_table(events, {}))
        return
    titles = titles_of(log.resolve().events)
    words = Narrator(log.reference, language(lang), titles=titles)
    if json:
        asked = {"release": versions(log.reference)["streams"]} if release else {}
        as_json({**event_record(event, words), **asked} for event in events)
        return
    rows = [[event.id, words.sentence(event)] for event in events]
    table([word(head, words.lang) for head in ("event", "what")], rows, whole=(0,))


def _known_types(log: EventLog, types: Sequence[str]) -> None:
    known = _ask.known_types(record.event.type for record in log)
    for name in types:
        if name not in known:
            raise InvalidQueryError(
                "--type: {name!r} is not a type of event.{hint}",
                name=name,
                hint=suggestion(nearest(name, sorted(known))),
            )
