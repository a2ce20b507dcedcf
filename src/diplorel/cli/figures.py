"""The command that puts reported figures side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Final

import typer

from diplorel._message import Message
from diplorel.cli import completing
from diplorel.cli.answers import Study, Way, rows_of
from diplorel.cli.options import (
    AllAsCsv,
    AsJson,
    ByClock,
    ByPolicy,
    Clock,
    Known,
    Lang,
    LangOption,
    OfParty,
    Output,
    Point,
    Releases,
    WithOption,
    naming_options,
)
from diplorel.cli.output import as_json, progress, prose, table, title
from diplorel.cli.phrasing import titled
from diplorel.cli.records import names_of
from diplorel.errors import InvalidQueryError
from diplorel.language.vocabulary import INDICATORS

_DIGITS: Final = 6
"""So many digits of a bound are shown: one that is implied by growth has many."""


def figures(
    indicator: Annotated[
        str,
        typer.Argument(
            metavar="INDICATOR",
            help="What is counted, such as trade-turnover or investment-stock.",
            autocompletion=completing.indicators,
        ),
    ],
    *,
    party: OfParty = None,
    unit: Annotated[
        str | None,
        typer.Option(
            metavar="UNIT",
            help="The unit of all amounts, such as 'USD bn'. Default: the one printed most often.",
        ),
    ] = None,
    known: Known = None,
    clock: ByClock = Clock.RECORDED,
    policy: ByPolicy = "kind",
    lang: LangOption = Lang.EN,
    with_: WithOption = None,
    release: Releases = None,
    output: Output = None,
    json: AsJson = False,
    csv: AllAsCsv = False,
) -> None:
    """Put all figures and targets of one indicator side by side: nothing is averaged or converted.

    Each with the bounds that rounding and words such as "over" leave, and whether sources
    contradict each other. Growth is checked with the year before, targets with what came.
    """
    way = Way(output, json, csv)
    way.check()
    study = Study.of(
        Point(None, known, clock, policy), lang, targets=with_, parties=[party], releases=release
    )
    if not any(hasattr(record.event, "indicator") for record in study.log):
        asked = ", ".join(study.log.streams) or Message("an empty stream")
        raise InvalidQueryError(
            "no figure is recorded in {asked}: ask other datasets, as in --with vietnam",
            asked=asked,
        )
    with naming_options(indicator="INDICATOR"), progress(1) as step:
        step("comparing figures")
        found = study.log.figures(indicator, party=party, unit=unit)
    if way.takes(found):
        return
    words = study.words
    rows = [
        {**row, "printed": _printed(row), "allowed": _allowed(row)}
        for row in rows_of(found.table())
    ]
    label = words.say(INDICATORS, indicator) if indicator in INDICATORS else indicator
    if json:
        ids = {row[side] for row in rows for side in ("party_a", "party_b")} - {None}
        as_json(
            {
                **study.to_record(found.party),
                "indicator": indicator,
                "indicator_name": label,
                "unit": found.unit,
                "names": names_of(sorted(ids), words),
                "rows": rows,
            }
        )
        return
    whose = {} if found.party is None else {"party": words.name(found.party)}
    key = "figures" if found.party is None else "figures of"
    about = {"indicator": label, "unit": found.unit, "count": len(rows), **whose}
    title(titled(key, study.point, words, **about))
    if rows:
        heads = ("kind", "dyad", "period", "printed", "in unit", "basis", "outcome")
        labels = [study.word(head, unit=found.unit) for head in heads]
        table(labels, [_cells(study, row) for row in rows])
    if any(row["kind"] == "growth" for row in rows):
        prose(study.word("implied"))


def _cells(study: Study, row: dict[str, Any]) -> list[str]:
    parties = "-".join(filter(None, (row["party_a"], row["party_b"])))
    if row["by"]:
        parties = study.word("acting", parties=parties, by=row["by"])
    period = study.date(row["period"])
    return [
        study.word(f"kind {row['kind']}"),
        parties,
        study.word("to the end of", period=period) if row["cumulative"] else period,
        row["printed"],
        row["allowed"] or "",
        row["basis"] or "",
        study.word(f"outcome {row['outcome']}"),
    ]


def _printed(row: dict[str, Any]) -> str:
    """Return a number as its source prints it."""
    qualifier = "" if row["qualifier"] == "=" else f"{row['qualifier']} "
    return f"{qualifier}{row['value_text']} {row['value_unit']}"


def _allowed(row: dict[str, Any]) -> str | None:
    """Return the numbers that a figure allows, in the unit asked for; None in another unit."""
    low, high = _brief(row["lower_text"]), _brief(row["upper_text"])
    if low is None and high is None:
        return None
    if high is None:
        return f"{'>' if row['lower_excluded'] else '>='} {low}"
    if low is None:
        return f"{'<' if row['upper_excluded'] else '<='} {high}"
    return f"{low} .. {high}"


def _brief(text: str | None) -> str | None:
    if text is None or len(Decimal(text).as_tuple().digits) <= _DIGITS:
        return text
    return f"{Decimal(text):.{_DIGITS}g}"
