"""The commands about time: rankings over the years, the pace of partners, anniversaries."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplorel._columns import counted
from diplorel.cli import completing
from diplorel.cli.answers import Study, Way, between, rows_of
from diplorel.cli.options import (
    AllAsCsv,
    AParty,
    AsJson,
    ByClock,
    ByPolicy,
    CalendarOutput,
    Clock,
    Kind,
    Known,
    Lang,
    LangOption,
    OfKind,
    OfParty,
    On,
    Output,
    Point,
    Releases,
    WithOption,
    ladder_of,
    language,
    level_of,
    naming_options,
    years,
    years_of,
)
from diplorel.cli.output import as_json, progress, prose, table, title
from diplorel.cli.phrasing import (
    Marks,
    explain_doubts,
    placed,
    print_data_end,
    print_names,
    titled,
)
from diplorel.cli.records import level_record, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.analysis.pace import Pace
    from diplorel.analysis.ranking_history import HistoryDay


class Days(StrEnum):
    """The days of a history."""

    YEAR_ENDS = "year-ends"
    CHANGES = "changes"


def history(
    party: AParty,
    *,
    years: Annotated[
        str | None,
        typer.Option(
            "--years",
            metavar="YEAR[-YEAR]",
            callback=years,
            help="The first and the last year, as in 2008-2025, or one year. Default: from the "
            "first level reached to the last change, or as far as the levels are covered.",
        ),
    ] = None,
    days: Annotated[
        Days,
        typer.Option(help="The end of each year, or each day when the order changed."),
    ] = Days.YEAR_ENDS,
    kind: OfKind = Kind.ANY,
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
    """Rank the partners of a party over time: a row for each partner and day.

    A year that is not over is cut at the present; a year when the coverage of the levels ends is
    cut there.
    """
    way = Way(output, json, csv)
    way.check()
    study = Study.of(
        Point(None, known, clock, policy), lang, targets=with_, parties=[party], releases=release
    )
    me = ladder_of(study.log, party).party
    with naming_options(), progress(1) as step:
        step("ranking")
        found = study.log.ranking_history(
            me,
            years=None if years is None else years_of(years),
            days=days.value,
            kind=kind.value,
        )
    if way.takes(found):
        return
    rows = [
        {
            **row,
            "name": study.words.name(row["party"]),
            "level_name": study.level(me, row["level"]),
        }
        for row in rows_of(found.table())
    ]
    if json:
        asked = [_day_record(study, day) for day in found.days]
        as_json(
            {
                **study.to_record(me),
                "years": years,
                "mode": days.value,
                "kind": kind.value,
                "days": asked,
                "rows": rows,
            }
        )
        return
    title(
        titled(
            "history",
            study.point,
            study.words,
            party=study.words.name(me),
            count=len(rows),
            days=len(found.days),
        )
    )
    by_year = days is Days.YEAR_ENDS
    if rows:
        marks = Marks(rows)
        heads = ("year" if by_year else "day", "position", "partner", "level", "reached")
        body = [
            [
                str(row["year"]) if by_year else study.date(row["on"]),
                f"{placed(row)}{'' if row['complete'] else ' +'}",
                row["name"],
                marks.after(row["level_name"], row),
                study.date(row["since"]),
                _ahead(study, row),
            ]
            for row in rows
        ]
        labels = [study.word(head) for head in (*heads, "ahead by")]
        table(labels, body, right=(0, 1) if by_year else (1,))
        marks.explain(study.words)
        explain_doubts(rows, study.words)
        if not all(row["complete"] for row in rows):
            prose(study.word("may be behind others"))
    else:
        prose(study.word("nobody"))
    for day in found.days:
        _beside(study, day)


def _ahead(study: Study, row: dict[str, Any]) -> str:
    """Return what puts a row after the row before it, with a mark where dates leave it open."""
    key = row["key"]
    doubt = " ?" if row["key_certain"] is False and key != "shared" else ""
    return f"{study.word(f'key {key}')}{doubt}" if key else ""


def _day_record(study: Study, day: HistoryDay) -> dict[str, Any]:
    """Return a day of a history as JSON: why it was chosen, and who is not among the rows."""
    beside = (*day.undecided, *day.unranked, *day.special)
    return {
        "on": day.on.isoformat(),
        "year": day.year,
        "cut": day.cut,
        "partners": len(day),
        **level_record(day.complete_from, study.words, "complete_from"),
        "undecided": day.undecided,
        "unranked": day.unranked,
        "special": day.special,
        "names": names_of(beside, study.words),
    }


def _beside(study: Study, day: HistoryDay) -> None:
    """Print why a day was chosen, and who is not among the rows."""
    on = study.date(day.on.isoformat())
    if day.cut is not None:
        prose(study.word(f"cut {day.cut}", year=day.year, day=on))
    for key, ids in (("possible on", day.undecided), ("unranked on", day.unranked)):
        if ids:
            names = ", ".join(sorted(map(study.words.name, ids)))
            prose(study.word(key, day=on, names=names))


def pace(
    party: AParty,
    *,
    level: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL",
            help="The lowest level that counts. Default: any that has a rank.",
            autocompletion=completing.levels,
        ),
    ] = None,
    window: Annotated[
        str,
        typer.Option(
            metavar="LENGTH",
            help="How long the window is that ends on the day of each row: 90D, 24M or 2Y.",
        ),
    ] = "24M",
    group: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GROUP",
            help="Ask who was the first of this group or region, again for several. Default: of "
            "all whose members the datasets have.",
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
    output: Output = None,
    json: AsJson = False,
    csv: AllAsCsv = False,
) -> None:
    """List when partners came to a level: the n-th one, the gaps, and how many in a window."""
    way = Way(output, json, csv)
    way.check()
    point = Point(on, known, clock, policy)
    study = Study.of(
        point, lang, targets=with_, parties=[party], releases=release, within=group or ()
    )
    ladder = ladder_of(study.log, party)
    floor = None if level is None else level_of(ladder, level, "--level")
    with naming_options(groups="--group"), progress(1) as step:
        step("looking for the days")
        found = study.log.pace(
            ladder.party,
            level=None if floor is None else floor.id,
            window=window,
            on=on,
            groups=group,
            kind=kind.value,
        )
    if way.takes(found):
        return
    rows = [*_pace_rows(study, found)]
    if json:
        groups = {id for row in found for id in (*row.first_of, *row.perhaps_first_of)}
        as_json(
            {
                **study.to_record(ladder.party),
                **level_record(floor, study.words),
                "window": window,
                "kind": kind.value,
                "undecided": found.possible,
                "names": names_of((*sorted(groups), *found.possible), study.words),
                "rows": rows,
            }
        )
        return
    words = study.words
    lowest = {} if floor is None else {"level": floor.name(words.lang)}
    key = "pace" if floor is None else "pace to"
    title(titled(key, point, words, party=words.name(ladder.party), count=len(rows), **lowest))
    if rows:
        heads = ("date", "partner", "nth", "days since", "within window", "level")
        labels = [study.word(head, window=window) for head in (*heads, "left out levels")]
        table(labels, [_pace_cells(study, row) for row in rows], right=(2, 3, 4))
        if any(row["nth_max"] is None for row in rows):
            prose(study.word("or more"))
        if not all(row["certain"] for row in rows):
            prose(study.word("dates in doubt"))
    else:
        prose(study.word("nobody"))
    for label, name in (("first of", "first_of"), ("perhaps first of", "perhaps_first_of")):
        _firsts(study, found, label, name)
    print_names("possible", found.possible, words)
    print_data_end(study.log, point, words)


def _pace_rows(study: Study, found: Pace) -> Iterator[dict[str, Any]]:
    """Yield the rows of the table, with the names in the language."""
    for row, held in zip(rows_of(found.table()), found, strict=True):
        names = {level.rank: level.name(study.words.lang) for level in held.skipped}
        yield {
            **row,
            "name": study.words.name(held.party),
            **level_record(held.level, study.words),
            **level_record(held.before, study.words, "before"),
            "skipped_names": [*names.values()],
        }


def _pace_cells(study: Study, row: dict[str, Any]) -> list[str]:
    gap = "" if row["gap_min"] is None else between(row["gap_min"], row["gap_max"])
    return [
        study.date(row["on"]) + ("" if row["certain"] else " ?"),
        row["name"],
        between(row["nth_min"], row["nth_max"]),
        gap,
        between(row["window_min"], row["window_max"]),
        row["level_name"],
        ", ".join(row["skipped_names"]),
    ]


def _firsts(study: Study, found: Pace, label: str, name: str) -> None:
    """Print who was the first of each group."""
    by_group: dict[str, list[str]] = {}
    for row in found:
        for group in getattr(row, name):
            by_group.setdefault(group, []).append(study.words.name(row.party))
    for group, names in sorted(by_group.items()):
        prose(study.word(label, group=study.words.name(group), names=", ".join(names)))


def anniversaries(
    year: Annotated[int, typer.Argument(metavar="YEAR", help="The year, such as 2026.")],
    *,
    party: OfParty = None,
    multiples: Annotated[
        int,
        typer.Option(
            metavar="NUMBER", help="Which numbers of years count: 5 for 5, 10, 15 and so on."
        ),
    ] = 5,
    known: Known = None,
    clock: ByClock = Clock.RECORDED,
    policy: ByPolicy = "kind",
    lang: LangOption = Lang.EN,
    with_: WithOption = None,
    release: Releases = None,
    output: CalendarOutput = None,
    json: AsJson = False,
    csv: AllAsCsv = False,
) -> None:
    """List the anniversaries of a year: of ties, levels reached, and agreements.

    Each with the date that is known, never a more exact one, and whether it is known to last.
    """
    way = Way(output, json, csv)
    way.check(".ics")
    study = Study.of(
        Point(None, known, clock, policy), lang, targets=with_, parties=[party], releases=release
    )
    with naming_options(year="YEAR"), progress(1) as step:
        step("looking for anniversaries")
        found = study.log.anniversaries(year, party, multiples=multiples, lang=language(lang))
    dated = sum(one.is_dated for one in found)
    if way.takes(found, counted(dated, "anniversary", "anniversaries") + " with a day"):
        return
    rows = [
        {**row, "when": one.when, "notes": one.notes}
        for row, one in zip(rows_of(found.table()), found, strict=True)
    ]
    if json:
        as_json(
            {
                **study.to_record(study.party(party)),
                "title": found.title,
                "year": year,
                "multiples": multiples,
                "names": names_of(sorted({id for one in found for id in one.parties}), study.words),
                "rows": rows,
                "year_open": [event.id for event in found.left_out],
            }
        )
        return
    title(titled("said", study.point, study.words, said=found.title))
    if rows:
        heads = ("date", "years", "what", "notes")
        body = [[row["when"], str(row["n"]), row["text"], "; ".join(row["notes"])] for row in rows]
        table([study.word(head) for head in heads], body, right=(1,))
    else:
        prose(study.word("no anniversary"))
    if found.left_out:
        prose(study.word("year open", count=len(found.left_out)))
