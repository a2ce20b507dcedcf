"""The commands that keep a stream: begin it, fill it, check it, hand it on."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import attrs
import typer

from diplorel._message import NONE
from diplorel.claims import Verdict
from diplorel.cli import completing
from diplorel.cli.exit_codes import PROBLEMS, SOUND
from diplorel.cli.options import AsJson, ByPolicy, Lang, LangOption, Targets, language, policy_of
from diplorel.cli.output import as_json, progress, prose, say, tell
from diplorel.cli.targets import (
    Target,
    located,
    merged,
    open_all,
    open_folder,
    open_target,
    under,
)
from diplorel.errors import InvalidQueryError, Problem, StreamError, UnknownDatasetError
from diplorel.io.layout import ABOUT
from diplorel.language.labels import word
from diplorel.model.releases import check_release, pin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from diplorel.claims import Finding
    from diplorel.model.dates import Language
    from diplorel.model.releases import Release


def check(
    targets: Targets,
    since_release: Annotated[
        str | None,
        typer.Option(
            metavar="RELEASE",
            help="Also prove that the stream only grew since this: a version that it pins, or "
            "another copy of it (a dataset or a folder).",
        ),
    ] = None,
    json: AsJson = False,
) -> int:
    """Report everything that is wrong with streams.

    Each problem with its file, line and event, and what to do; exit code 1 if there is one. Every
    release that a stream pins is proven to be the beginning of it.
    """
    count = None
    try:
        opened = open_all(targets)
    except StreamError as error:
        problems = error.problems
    else:
        with progress(2) as step:
            step("merging")
            log = merged(opened)
            count = len(log)
            step("checking")
            problems = located(log.check(), opened)
        for target in opened:
            problems += tuple(_breaches(target, since_release))
    if json:
        listed = [attrs.asdict(one) for one in problems]
        as_json({"records": count, "problems": listed})
        return PROBLEMS if problems else SOUND
    records = "" if count is None else f"{count} records, "
    say(*map(str, problems))
    say(f"{records}{len(problems) or 'no'} problem{'s' * (len(problems) != 1)}.")
    return PROBLEMS if problems else SOUND


def disagreements(
    targets: Targets,
    across: Annotated[
        bool, typer.Option("--across", help="Only where streams differ from each other.")
    ] = False,
    policy: ByPolicy = "kind",
    json: AsJson = False,
) -> None:
    """Show where sources or streams differ: a table to read, nothing to mend.

    For each field, its values, the streams and the sources that give each; * marks the value that
    is followed. Sources, ladders, parties and claims of one key that differ are listed as well.
    """
    log = merged(open_all(targets))
    with progress(1) as step:
        step("comparing")
        found = log.disagreements(policy=policy_of(policy, log))
    if across:
        found = found.across()
    if json:
        as_json(found.to_records())
        return
    say(*str(found).split("\n"))


def _breaches(target: Target, since: str | None) -> Iterator[Problem]:
    """Yield how a stream breaks what was released of it; a store proves itself, by its chain."""
    if target.stream is None:
        if since is not None:
            raise InvalidQueryError(
                "--since-release: {target} is a store; 'diplorel store verify' proves that it "
                "only grew",
                target=target.text,
            )
        return
    pins = target.stream.releases
    versions = [one.version for one in pins]
    if since is not None and since not in versions:
        pins = (*pins, _pin(target.text, since, versions))
    for problem in check_release(target.stream.data, pins):
        yield attrs.evolve(problem, path=under(target.text, problem.path))


def _pin(text: str, since: str, versions: Sequence[str]) -> Release:
    """Return another copy of a stream as a release that it must begin with."""
    try:
        older = open_target(since).stream
    except UnknownDatasetError:
        older = None
    if older is None:
        known = ", ".join(versions) or NONE
        raise InvalidQueryError(
            "--since-release: {text} pins no release {since!r}, only {known}; nor is there "
            "a dataset or a folder of that name to compare it with",
            text=text,
            since=since,
            known=known,
        )
    return pin(older.data, since)


def verify(
    targets: Targets,
    only: Annotated[Verdict | None, typer.Option(help="Only claims with this verdict.")] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="List the events behind each.")
    ] = False,
    lang: LangOption = Lang.EN,
    json: AsJson = False,
) -> int:
    """Give a verdict on every claim of streams.

    A verdict is supported, refuted, contested (its sources give different verdicts) or undecidable.
    Exit code 1 if a verdict is not the one that its claim expects.
    """
    log = merged(open_all(targets))
    with progress(1) as step:
        step("verifying")
        findings = log.verify()
    shown = [one for one in findings if only is None or one.verdict is only]
    unexpected = [one.claim.id for one in findings if not one.as_expected]
    said = language(lang)
    if json:
        as_json(
            {
                "claims": len(findings),
                "verdicts": Counter(one.verdict.value for one in findings),
                "unexpected": unexpected,
                "findings": [_record(one, said) for one in shown],
            }
        )
        return PROBLEMS if unexpected else SOUND
    for finding in shown:
        prose(*_finding(finding, said))
        if evidence:
            say(*(f"    - {event.id}" for event in finding.evidence))
    count = Counter(word(one.verdict.value, said) for one in findings)
    prose(
        word(
            "verdicts",
            said,
            count=len(findings),
            verdicts=", ".join(f"{number} {verdict}" for verdict, number in sorted(count.items()))
            or word("none", said),
            unexpected=", ".join(unexpected) or word("none", said),
        )
    )
    return PROBLEMS if unexpected else SOUND


def _record(finding: Finding, lang: Language) -> dict[str, Any]:
    return {
        **finding.to_record(),
        "text": finding.claim.statement(lang),
        "says": finding.said.in_(lang),
        "missing": None if finding.lacking is None else finding.lacking.in_(lang),
        "contests": [{**one.to_record(), "says": one.said.in_(lang)} for one in finding.contests],
        "caveats": [one.in_(lang) for one in finding.caveats],
    }


def _finding(finding: Finding, lang: Language) -> Iterator[str]:
    yield f"{word(finding.verdict.value, lang)}: {finding.claim.statement(lang)}"
    yield f"    {finding.said.in_(lang)}"
    for one in finding.contests:
        yield f"    {one.said.in_(lang)}"
    for caveat in finding.caveats:
        yield f"    {caveat.in_(lang)}"
    if finding.lacking is not None:
        yield f"    {word('missing', lang, what=finding.lacking.in_(lang))}"
    if finding.claim.error is not None:
        yield f"    {word('mistaken', lang, why=finding.claim.error)}"
    if not finding.as_expected:
        yield f"    {word('unexpected', lang)}"


def release(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The stream's folder.")],
    version: Annotated[
        str, typer.Argument(metavar="VERSION", help="The version that it has from now on: 1.0.")
    ],
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Release even what check finds wrong.")
    ] = False,
) -> int:
    """Release a stream: pin its records as they are.

    Its last line and all above it stay as they are from then on; check proves it each time, and
    later corrections go below. The pin goes into stream.toml.
    """
    from diplorel.io.releasing import release as pinned  # noqa: PLC0415  no other command needs it

    stream = open_folder(str(folder))
    target = Target(str(folder), stream.log(), stream)
    problems = () if force else located(target.log.check(), [target])
    if problems:
        tell(problems, "Nothing is released.")
        return PROBLEMS
    today = date.today().isoformat()  # noqa: DTZ011  the writer's own day
    found = pinned(folder, stream, day=today, version=version)
    say(
        f"{found.version} is released: {found.records} records, pinned in {folder / ABOUT}.",
        f"Next: diplorel check {folder}, whenever it has changed",
    )
    return SOUND


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or an empty folder.")],
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="The stream's name; else the folder's.")
    ] = None,
    party: Annotated[
        str | None,
        typer.Option(
            metavar="PARTY",
            help="Whose relations it records: an id, alpha-2 code or name.",
            autocompletion=completing.parties,
        ),
    ] = None,
    lang: Annotated[Lang, typer.Option("--lang", help="The language of the comments.")] = Lang.EN,
) -> None:
    """Begin a stream in a new folder.

    Every file with comments, an example of a ladder, and a first claim. It asks nothing.
    """
    from diplorel.cli.scaffold import files, make  # noqa: PLC0415  no other command needs it

    today = date.today().isoformat()  # noqa: DTZ011  the writer's own day
    texts = files(folder, name=name, party=party, lang=language(lang), today=today)
    make(folder, texts)
    say(*(str(folder / file) for file in texts))
    say(f"Next: diplorel import FILE.csv {folder}, then diplorel check {folder}")
