"""The command that makes panels."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from diplorel.cli.answers import MARKS, Study, Way, rows_of
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
    years,
    years_of,
)
from diplorel.cli.output import as_json, progress, prose, table, title
from diplorel.cli.phrasing import titled
from diplorel.cli.records import names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from diplorel.model.table import Table

_FIRST: Final = 50
"""So many rows of a panel are shown on a terminal."""


class Unit(StrEnum):
    """What a row of a panel is."""

    YEAR = "dyad-year"
    MONTH = "dyad-month"
    DAY = "dyad-day"


class Alive(StrEnum):
    """Which pairs have a row."""

    AT = "at"
    ANY = "any"


class Order(StrEnum):
    """Which of two parties is the first."""

    ID = "id"
    COW = "cow"
    GW = "gw"


class Code(StrEnum):
    """A scheme of codes."""

    ISO3 = "iso3"
    COW = "cow"
    GW = "gw"
    COW_ABB = "cow-abb"
    GW_ABB = "gw-abb"
    ISO_NUMERIC = "iso-numeric"


class Column(StrEnum):
    """A group of columns of a panel."""

    TIES = "ties"
    LEVEL = "level"
    POSTS = "posts"
    VISITS = "visits"
    AGREEMENTS = "agreements"


def panel(
    *,
    years: Annotated[
        str,
        typer.Option(
            "--years",
            metavar="YEAR[-YEAR]",
            callback=years,
            help="The first and the last year, as in 1990-2024, or one year.",
        ),
    ],
    party: OfParty = None,
    unit: Annotated[Unit, typer.Option(help="What a row is.")] = Unit.YEAR,
    at: Annotated[
        str,
        typer.Option(
            metavar="DAY",
            help="The day at whose end states are asked: the end or the start of the time, or, of "
            "years, a day such as 06-30.",
        ),
    ] = "end",
    alive: Annotated[
        Alive,
        typer.Option(
            help="Give a row to pairs that both live at that day, or to those that share any day "
            "of the time."
        ),
    ] = Alive.AT,
    directed: Annotated[
        bool, typer.Option("--directed", help="Give each pair a row for either order.")
    ] = False,
    order: Annotated[
        Order, typer.Option(help="By which code the first party of a pair is the lower one.")
    ] = Order.ID,
    code: Annotated[
        list[Code] | None,
        typer.Option(
            help="Only codes of this scheme, again for several; they are in the table, not in the "
            "text. Default: iso3, cow and gw."
        ),
    ] = None,
    column: Annotated[
        list[Column] | None,
        typer.Option(help="Only this group of columns, again for several. Default: all."),
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
    """Make a panel: a row for each pair of states and year, month or day.

    Every pair that lives has a row. A value is never zero without a dataset that claims to be
    complete there, or an event: it is unknown. On a terminal, the first 50 rows are shown.
    """
    way = Way(output, json, csv)
    way.check()
    study = Study.of(
        Point(None, known, clock, policy), lang, targets=with_, parties=[party], releases=release
    )
    groups = [one.value for one in column or Column]
    with naming_options(), progress(1) as step:
        step("making the panel")
        found = study.log.panel(
            party,
            years=years_of(years),
            unit=unit.value,
            at=at,
            alive=alive.value,
            directed=directed,
            order=order.value,
            codes=[one.value for one in code or (Code.ISO3, Code.COW, Code.GW)],
            columns=groups,
        )
    if way.takes(found):
        return
    me = study.party(party)
    if json:
        ids = sorted({*found["party_a"], *found["party_b"]})
        as_json(
            {
                **study.to_record(me),
                "years": years,
                "unit": unit.value,
                "at": at,
                "alive": alive.value,
                "directed": directed,
                "columns": groups,
                "names": names_of(ids, study.words),
                "rows": (_with_names(study, row) for row in rows_of(found)),
            }
        )
        return
    _panel_text(study, found, groups, me=me, years=years)


def _with_names(study: Study, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of a panel with its time in one text, and the names of its levels."""
    month = f"-{row['month']:02}" if "month" in row else ""
    named = {
        f"level_{side}_name": level and study.level(row[f"party_{side}"], level)
        for side in "ab"
        if (level := row.get(f"level_{side}", 0)) != 0
    }
    return {**row, "period": f"{row['year']}{month}" if "year" in row else row["on"], **named}


def _panel_text(
    study: Study, found: Table, groups: Sequence[str], *, me: str | None, years: str
) -> None:
    """Print a panel: on a terminal the first rows, in a pipe all of them."""
    words, count = study.words, len(found)
    named = {} if me is None else {"party": words.name(me)}
    key = "panel of all" if me is None else "panel"
    title(titled(key, study.point, words, years=years, count=count, **named))
    shown = min(count, _FIRST) if sys.stdout.isatty() else count
    rows = [_with_names(study, row) for row in rows_of(found.take(range(shown)))]
    time = "year" if "month" not in found and "year" in found else "day"
    heads = [study.word("month" if "month" in found else time), "A", "B"]
    heads += [study.word(_HEADS.get(group, group)) for group in groups]
    body = [
        [
            row["period"] if time == "year" else study.date(row["period"]),
            row["party_a"],
            row["party_b"],
            *(_CELLS[group](study, row) for group in groups),
        ]
        for row in rows
    ]
    if rows:
        table(heads, body, right=(0,) if time == "year" else (), whole=(1, 2))
    used = {row[name] for row in rows for name in row if name.endswith("_known")}
    if {"level", "posts", "visits"} & {*groups} and rows:
        prose(study.word("of a and b"))
    prose(*(study.word(f"mark {known}") for known in MARKS if known in used))
    if shown < count:
        prose(study.word("first rows", shown=shown, count=count))
    if unlisted := found.stamp.get("no_rows"):
        prose(study.word("no rows", parties=", ".join(unlisted.split())))


def _value(study: Study, row: dict[str, Any], name: str, shown: str | None) -> str:
    """Return a value with its mark; what is not known is said, and is never nothing."""
    known = row[f"{name}_known"]
    if known == "unknown":
        return study.word("is unknown")
    return f"{shown or ''}{MARKS.get(known, '')}" or study.word("none")


def _of_ties(study: Study, row: dict[str, Any]) -> str:
    ties = row["ties"]
    return _value(study, row, "ties", ties and study.word(f"ties {ties}"))


def _both(study: Study, a: str, b: str) -> str:
    unknown = study.word("is unknown")
    return unknown if a == b == unknown else f"{a} / {b}"


def _of_level(study: Study, row: dict[str, Any]) -> str:
    none = study.word("none")
    sides = []
    for side in ("level_a", "level_b"):
        certain = row[f"{side}_known"] not in ("unknown", "undecided")
        shown = row[f"{side}_name"] or (none if certain else None)
        sides.append(_value(study, row, side, shown))
    return _both(study, *sides)


def _counts(group: str) -> Callable[[Study, dict[str, Any]], str]:
    def cell(study: Study, row: dict[str, Any]) -> str:
        names = (f"{group}_ab", f"{group}_ba")
        counts = [None if row[name] is None else str(row[name]) for name in names]
        sides = [_value(study, row, *one) for one in zip(names, counts, strict=True)]
        return _both(study, *sides)

    return cell


def _of_agreements(study: Study, row: dict[str, Any]) -> str:
    count = row["agreements"]
    return _value(study, row, "agreements", None if count is None else str(count))


_HEADS: Final = {"ties": "ties status"}
_CELLS: Final[dict[str, Callable[[Study, dict[str, Any]], str]]] = {
    "ties": _of_ties,
    "level": _of_level,
    "posts": _counts("posts"),
    "visits": _counts("visits"),
    "agreements": _of_agreements,
}
"""The cell of each group of columns."""
