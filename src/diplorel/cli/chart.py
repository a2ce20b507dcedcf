"""The command that draws an answer as a chart, for a file or for a page."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import attrs
import typer

from diplorel._message import NONE, Message
from diplorel.cli import completing
from diplorel.cli.answers import Study, rows_of
from diplorel.cli.graph import GraphTrack, track_names
from diplorel.cli.options import (
    AsJson,
    AtLeast,
    ByClock,
    ByPolicy,
    Clock,
    Kind,
    Known,
    Lang,
    LangOption,
    OfKind,
    On,
    Point,
    Releases,
    WithOption,
    ladder_of,
    language,
    level_of,
    naming_level,
    naming_options,
    years,
    years_of,
)
from diplorel.cli.output import as_json, one_form, progress, prose, say, write
from diplorel.errors import InvalidQueryError
from diplorel.language.labels import word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from diplorel.charts.chart import Chart, Size
    from diplorel.log import EventLog
    from diplorel.model.dates import Language
    from diplorel.model.tabular import Tabular


class ChartKind(StrEnum):
    """The charts."""

    LADDER = "ladder"
    PACE = "pace"
    BUMP = "bump"
    FIGURES = "figures"
    LANES = "lanes"
    NETWORK = "network"
    MATRIX = "matrix"


class Width(StrEnum):
    """The pictures of a chart."""

    WIDE = "wide"
    NARROW = "narrow"


@attrs.frozen(kw_only=True)
class _Question:
    """What a chart is asked with: the parties, and the options that only some charts take."""

    parties: tuple[str, ...]
    on: str | None
    kind: Kind
    years: str | None
    indicator: str | None
    unit: str | None
    at_least: str | None
    track: tuple[GraphTrack, ...]
    within: str | None
    ladder: tuple[str, ...]

    @property
    def party(self) -> str | None:
        """The only party, if there is one."""
        return self.parties[0] if self.parties else None

    @property
    def given(self) -> dict[str, Any]:
        """The options that are given, by their names."""
        options = attrs.asdict(self, filter=lambda field, _: field.name != "parties")
        return {
            name.replace("_", "-"): value
            for name, value in options.items()
            if value and value is not Kind.ANY
        }


def chart(
    chart: Annotated[
        ChartKind,
        typer.Argument(
            metavar="CHART",
            help="ladder: how the partners of PARTY reached their levels. pace: how many it "
            "had at each level, day by day. bump: their positions over the years. figures: the "
            "latest of --indicator. lanes: all between PARTY and PARTY. network: who is whose "
            "partner. matrix: the levels of several parties with one another.",
        ),
    ],
    parties: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PARTY",
            help="An id, alpha-2 code or name. ladder, pace and bump take one, lanes two; figures "
            "and network one or none; matrix those to show, in their order.",
            autocompletion=completing.parties,
        ),
    ] = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the chart to a file, in the form that its suffix names: .svg, .png, .pdf "
            "or .html. A file that is there is replaced.",
        ),
    ] = None,
    width: Annotated[
        Width | None,
        typer.Option(
            help="For a page, 760 pixels wide, or for a phone, 328. Default: wide; HTML has both."
        ),
    ] = None,
    embed: Annotated[
        bool,
        typer.Option(
            "--embed", help="Print HTML to put into a page: both pictures, text and source."
        ),
    ] = False,
    indicator: Annotated[
        str | None,
        typer.Option(
            metavar="INDICATOR",
            help="figures: what is counted, such as trade-turnover.",
            autocompletion=completing.indicators,
        ),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(
            metavar="UNIT",
            help="figures: the unit of all amounts, such as 'USD bn'. Default: the one printed "
            "most often.",
        ),
    ] = None,
    years: Annotated[
        str | None,
        typer.Option(
            "--years",
            metavar="YEAR[-YEAR]",
            callback=years,
            help="bump, pace: the first and the last year, or one. Default: from the first level "
            "reached on.",
        ),
    ] = None,
    at_least: AtLeast = None,
    track: Annotated[
        list[GraphTrack] | None,
        typer.Option(help="network: lines of this track, again for several. Default: levels only."),
    ] = None,
    within: Annotated[
        str | None,
        typer.Option(
            metavar="GROUP",
            help="matrix: the members of a group or region, instead of parties.",
            autocompletion=completing.parties,
        ),
    ] = None,
    ladder: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PARTY",
            help="matrix: the ladder of this party, again for several. Default: all there are.",
            autocompletion=completing.parties,
        ),
    ] = None,
    kind: OfKind = Kind.ANY,
    on: On = None,
    known: Known = None,
    clock: ByClock = Clock.RECORDED,
    policy: ByPolicy = "kind",
    lang: LangOption = Lang.EN,
    with_: WithOption = None,
    release: Releases = None,
    json: AsJson = False,
) -> None:
    """Draw an answer as a chart, in a file or for a page; without -o, say what it shows.

    Each chart has a picture for a page and one for a phone, one text for those who do not see it,
    and its data, licence and version below. PNG and PDF need the extra 'charts'.
    """
    asked = _Question(
        parties=tuple(parties or ()),
        on=on,
        kind=kind,
        years=years,
        indicator=indicator,
        unit=unit,
        at_least=at_least,
        track=tuple(track or ()),
        within=within,
        ladder=tuple(ladder or ()),
    )
    _check(chart, asked)
    _check_form(output, width, embed=embed, json=json)
    study = Study.of(
        Point(on, known, clock, policy),
        lang,
        targets=with_,
        parties=[*asked.parties, *asked.ladder],
        releases=release,
        within=[] if within is None else [within],
    )
    with naming_options(today="--on"), progress(1) as step:
        step("drawing")
        answer = _ANSWERS[chart](study.log, asked)
        drawn = _drawn(chart, answer, language(lang))
    size: Size = "narrow" if width is Width.NARROW else "wide"
    if output is not None:
        drawn.save(output, size)
        say(f"{output}: {drawn.title}")
    elif embed:
        write(f"{drawn.to_html()}\n")
    elif json:
        as_json(_record(study, asked, answer, drawn))
    else:
        _print_description(drawn)


def _print_description(drawn: Chart) -> None:
    """Print what a chart says to those who do not see it, and how to write it."""
    prose(drawn.alt, *drawn.notes, word("chart forms", drawn.lang))


def _record(study: Study, asked: _Question, answer: Tabular, drawn: Chart) -> dict[str, Any]:
    """Return a chart as JSON: its texts, and its numbers."""
    return {
        **study.to_record(study.party(asked.party)),
        "chart": drawn.kind,
        "parties": [study.party(one) for one in asked.parties],
        **{name.replace("-", "_"): value for name, value in asked.given.items()},
        "title": drawn.title,
        "alt": drawn.alt,
        "notes": drawn.notes,
        "rows": [*rows_of(answer.table())],
    }


# --- what may be asked ---------------------------------------------------------------------------

_MANY: Final = 999
_TAKES: Final[Mapping[ChartKind, tuple[int, int, tuple[str, ...]]]] = {
    ChartKind.LADDER: (1, 1, ("on", "kind")),
    ChartKind.PACE: (1, 1, ("on", "kind", "years")),
    ChartKind.BUMP: (1, 1, ("on", "kind", "years")),
    ChartKind.FIGURES: (0, 1, ("indicator", "unit")),
    ChartKind.LANES: (2, 2, ("on",)),
    ChartKind.NETWORK: (0, 1, ("on", "at-least", "track")),
    ChartKind.MATRIX: (0, _MANY, ("on", "within", "ladder")),
}
"""How many parties each chart takes, at least and at most, and which options."""
_COUNTS: Final = {
    (1, 1): Message("one PARTY"),
    (0, 1): Message("one PARTY or none"),
    (2, 2): Message("PARTY and PARTY"),
}


def _check(kind: ChartKind, asked: _Question) -> None:
    """Refuse what a chart does not take, before any work.

    Raises:
        InvalidQueryError: There are too few or too many parties, or an option is of other charts.
    """
    least, most, options = _TAKES[kind]
    count = len(asked.parties)
    if not least <= count <= most:
        raise InvalidQueryError(
            "PARTY: a chart of {kind} takes {parties}, got {count}",
            kind=kind,
            parties=_COUNTS[least, most],
            count=count or NONE,
        )
    for name in asked.given:
        if name not in options:
            others = ", ".join(other for other, (_, _, some) in _TAKES.items() if name in some)
            raise InvalidQueryError(
                "--{name}: a chart of {kind} has no such option; {others} has",
                name=name,
                kind=kind,
                others=others,
            )
    if kind is ChartKind.FIGURES and not asked.indicator:
        raise InvalidQueryError(
            "--indicator: a chart of figures shows one indicator: name it, as in --indicator "
            "trade-turnover"
        )
    if asked.parties and asked.within:
        raise InvalidQueryError("--within: give parties or a group, not both")


def _check_form(output: Path | None, width: Width | None, *, embed: bool, json: bool) -> None:
    """Refuse a form that cannot be written, before any work.

    Raises:
        InvalidQueryError: Two forms are asked for, the suffix of the file names none, or the form
            does not come in one width.
    """
    if embed and (json or output is not None):
        raise InvalidQueryError("--embed: give one of --embed, --json and -o")
    from diplorel.charts.chart import form_of  # noqa: PLC0415  other commands draw nothing

    one_form(json=json, csv=False, file=output is not None)
    form = None
    if output is not None:
        with naming_options(path="-o"):
            form = form_of(output)
    if width is not None and form in (None, ".html"):
        raise InvalidQueryError(
            "--width: HTML has both widths, and shows the one that fits; --width is for -o with "
            ".svg, .png or .pdf"
        )


# --- the answers ---------------------------------------------------------------------------------


def _drawn(kind: ChartKind, answer: Tabular, lang: Language) -> Chart:
    from diplorel import charts  # noqa: PLC0415  other commands draw nothing

    draw: Callable[..., Chart] = getattr(charts, kind.value)
    return draw(answer, lang=lang)


def _steps(log: EventLog, asked: _Question) -> Tabular:
    party = ladder_of(log, asked.parties[0]).party
    return log.replay(asked.on).steps(party, kind=asked.kind.value)


def _changes(log: EventLog, asked: _Question) -> Tabular:
    return _history(log, asked, "changes")


def _year_ends(log: EventLog, asked: _Question) -> Tabular:
    return _history(log, asked, "year-ends")


def _history(log: EventLog, asked: _Question, days: Literal["changes", "year-ends"]) -> Tabular:
    return log.ranking_history(
        ladder_of(log, asked.parties[0]).party,
        years=None if asked.years is None else years_of(asked.years),
        days=days,
        kind=asked.kind.value,
        today=asked.on,
    )


def _figures(log: EventLog, asked: _Question) -> Tabular:
    return log.figures(str(asked.indicator), party=asked.party, unit=asked.unit)


def _lanes(log: EventLog, asked: _Question) -> Tabular:
    one, other = asked.parties
    return log.lanes(one, other, on=asked.on)


def _graph(log: EventLog, asked: _Question) -> Tabular:
    tracks = track_names(asked.track or (GraphTrack.LEVEL,))
    at_least = asked.at_least
    if at_least is not None and asked.party is not None:
        at_least = level_of(ladder_of(log, asked.party), at_least, "--at-least").id
    with naming_level():
        return log.graph(asked.on, tracks=tracks, at_least=at_least, party=asked.party)


def _matrix(log: EventLog, asked: _Question) -> Tabular:
    return log.replay(asked.on).matrix(
        asked.parties or None, ladders=asked.ladder or None, within=asked.within
    )


_ANSWERS: Final[Mapping[ChartKind, Callable[[EventLog, _Question], Tabular]]] = {
    ChartKind.LADDER: _steps,
    ChartKind.PACE: _changes,
    ChartKind.BUMP: _year_ends,
    ChartKind.FIGURES: _figures,
    ChartKind.LANES: _lanes,
    ChartKind.NETWORK: _graph,
    ChartKind.MATRIX: _matrix,
}
"""The answer that each chart draws."""
