"""The commands that write pages of whole streams: a site, and a review of what was added."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplorel.cli.options import Lang, LangOption, Targets, language
from diplorel.cli.output import progress, say
from diplorel.cli.targets import merged, open_all, open_folder
from diplorel.errors import InvalidQueryError

if TYPE_CHECKING:
    from diplorel.model.dates import Language
    from diplorel.pages import Written

OutputFolder = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        help="A new or an empty folder, or one that this command wrote before.",
    ),
]

_STEPS = 4


def site(
    targets: Targets,
    output: OutputFolder,
    lang: Annotated[
        str,
        typer.Option(
            metavar="LANGUAGES",
            help="The languages, en and vi, with a comma between; the first one is at the top.",
        ),
    ] = "en,vi",
) -> None:
    """Write streams as a site that opens from the disk and from any host.

    An overview with a slider over the days when the ranking changed, a page for each party and
    each relation, sources, timeline, claims, problems, coverage, and corrections with a feed. The
    next time, only the pages that changed are written.
    """
    from diplorel.pages import site as written  # noqa: PLC0415  no other command needs it

    langs = _languages(lang)
    log = merged(open_all(targets))
    with progress(_STEPS) as step:
        found = written(log, output, langs=langs, step=step)
    _print_summary(found)
    say(f"Next: open {output / 'index.html'}")


def review(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The stream's folder.")],
    output: OutputFolder = Path("review"),
    lang: LangOption = Lang.EN,
) -> None:
    """Write pages for a second person to review what was added since the last release.

    Each record with its sources, its sentence in both languages, what it changes, and what check
    finds about it.
    """
    from diplorel.pages import review as written  # noqa: PLC0415  no other command needs it

    stream = open_folder(str(folder))
    with progress(1) as step:
        step("comparing")
        found = written(stream, output, lang=language(lang))
    _print_summary(found)
    say(f"Next: open {output / 'index.html'}")


def _languages(text: str) -> list[Language]:
    known: dict[str, Language] = {"en": "en", "vi": "vi"}
    names = [one.strip() for one in text.split(",")]
    wrong = [one for one in names if one not in known]
    if wrong:
        raise InvalidQueryError(
            "--lang: {lang!r}, expected en, vi, or both as en,vi", lang=wrong[0]
        )
    return [known[one] for one in names]


def _print_summary(found: Written) -> None:
    say(
        f"{found.folder}: {found.pages} files, {len(found.written)} written, "
        f"{len(found.removed)} removed"
    )
    if found.kept:
        say(f"Changed since they were written, and left as they are: {', '.join(found.kept)}")
