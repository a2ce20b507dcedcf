"""The commands that make pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from diplorel.cli import completing
from diplorel.cli.answers import Study
from diplorel.cli.options import (
    AParty,
    ByClock,
    ByPolicy,
    Clock,
    Known,
    Lang,
    LangOption,
    On,
    Point,
    Releases,
    WithOption,
    naming_options,
)
from diplorel.cli.output import progress, say, write
from diplorel.errors import InvalidQueryError


def brief(
    party: AParty,
    *,
    on: On = None,
    partner: Annotated[
        str | None,
        typer.Option(
            metavar="PARTY",
            help="The relation with this party alone: an id, alpha-2 code or name.",
            autocompletion=completing.parties,
        ),
    ] = None,
    interactive: Annotated[
        bool,
        typer.Option(
            "--interactive",
            help="Charts that say more under the pointer, in a file of HTML that is larger by "
            "a megabyte; it still asks no host for anything.",
        ),
    ] = False,
    known: Known = None,
    clock: ByClock = Clock.RECORDED,
    policy: ByPolicy = "kind",
    lang: LangOption = Lang.EN,
    with_: WithOption = None,
    release: Releases = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write it to a file, .html or .md. A file that is there is replaced. Default: "
            "print Markdown.",
        ),
    ] = None,
) -> None:
    """Write a page about a party or a relation: who holds which level, what changed, what is open.

    One file of HTML for a screen, a phone and paper, or Markdown. Every fact has its sources; what
    is not known is said. Default of --on: the day of the last record.
    """
    from diplorel import pages  # noqa: PLC0415  other commands start without
    from diplorel.pages.brief import check_form  # noqa: PLC0415  likewise

    if output is not None:
        with naming_options(path="--output"):
            check_form(output, interactive=interactive)
    elif interactive:
        raise InvalidQueryError("--interactive needs a file: give one, as in -o brief.html")
    point = Point(on, known, clock, policy)
    study = Study.of(point, lang, targets=with_, parties=[party, partner], releases=release)
    with naming_options(), progress(1) as step:
        step("writing")
        found = pages.brief(study.log, party, on=on, partner=partner, lang=study.words.lang)
    if output is None:
        write(found.to_markdown())
        return
    found.save(output, interactive=interactive)
    say(f"{output}: {found.title}")
