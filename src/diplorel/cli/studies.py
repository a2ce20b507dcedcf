"""The commands of studies: panels, spells and durations."""

from __future__ import annotations

import sys
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from diplorel import _ask
from diplorel.cli import completing
from diplorel.cli.answers import MARKS, Study, Way, between, pair, rows_of
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
    On,
    Output,
    Point,
    Releases,
    WithOption,
    day,
    naming_options,
    years,
    years_of,
)
from diplorel.cli.output import as_json, progress, prose, table, title
from diplorel.cli.phrasing import print_data_end, titled
from diplorel.cli.records import names_of
from diplorel.errors import InvalidQueryError, UnknownLevelError
from diplorel.language.vocabulary import POSTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from diplorel.model.table import Table

_FIRST: Final = 50
"""So many rows of a panel are shown on a terminal."""
_TIES: Final = "ties"
"""The milestone that is no level."""


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


class SpellTrack(StrEnum):
    """A track whose values last."""

    TIES = "ties"
    LEVEL = "level"
    MISSIONS = "missions"
    AGREEMENTS = "agreements"


class Censor(StrEnum):
    """Until when dyads are under observation."""

    COVERAGE = "coverage"
    ASKED = "asked"


class Zero(StrEnum):
    """What becomes of a duration of no days."""

    HALF_DAY = "half-day"
    KEEP = "keep"
    LEAVE_OUT = "leave-out"


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
    study = Study.of(Point(None, known, clock, policy), lang, with_, [party], release)
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


def spells(
    track: Annotated[
        SpellTrack,
        typer.Argument(
            metavar="TRACK",
            help="ties, level (on each ladder by itself), missions (the diplomatic post of each "
            "side) or agreements (how many are in force).",
        ),
    ],
    *,
    party: OfParty = None,
    partner: Annotated[
        str | None,
        typer.Option(
            metavar="PARTY",
            help="Only of the two: the other side of --party.",
            autocompletion=completing.parties,
        ),
    ] = None,
    by_known: Annotated[
        bool,
        typer.Option(
            "--by-known",
            help="End a spell also where it is known otherwise than before, as where the coverage "
            "of a dataset ends.",
        ),
    ] = False,
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
    """List the times for which relations keep one value, oldest first.

    The spells of two parties fill their common life: what is unknown is a spell, too.
    """
    way = Way(output, json, csv)
    way.check()
    if partner is not None and party is None:
        raise InvalidQueryError("--partner is the other side of --party: give --party, too")
    point = Point(on, known, clock, policy)
    study = Study.of(point, lang, with_, [party, partner], release)
    with naming_options(), progress(1) as step:
        step("looking for spells")
        found = study.log.spells(track.value, party, partner=partner, on=on, by_known=by_known)
    if way.takes(found):
        return
    rows = [
        {**row, "value_name": _spell_value(study, track, row)} for row in rows_of(found.table())
    ]
    me, other = study.party(party), study.party(partner)
    if json:
        ids = sorted({id for spell in found for id in spell.parties})
        as_json(
            {
                **study.to_record(me),
                "partner": other,
                "track": track.value,
                "until": found.on and found.on.isoformat(),
                "names": names_of(ids, study.words),
                "rows": rows,
            }
        )
        return
    sides = study.words.names([one for one in (me, other) if one is not None])
    label = study.word(f"track {track}")
    title(
        titled(
            "spells of" if sides else "spells",
            point,
            study.words,
            track=label,
            parties=sides,
            count=len(rows),
        )
    )
    heads = ("dyad", "value", "start", "end", "ended by", "how known")
    cells = [
        [
            pair(row),
            row["value_name"],
            _began(study, row),
            "" if row["end_open"] else _bound(study, row, "end"),
            row["ended_by_type"] or "",
            study.word(f"is {row['known']}"),
        ]
        for row in rows
    ]
    if rows:
        table([study.word(head) for head in heads], cells, whole=(0,))
    print_data_end(study.log, point, study.words)


def _spell_value(study: Study, track: SpellTrack, row: dict[str, Any]) -> str:
    value, below = row["value"], row["below"]
    if value is None:
        lowest = below and study.level(row["side"], below)
        return study.word("below level", level=lowest) if below else study.word("is unknown")
    if track is SpellTrack.TIES:
        return study.word(f"ties {value}")
    if value in ("none", "ended"):
        return study.word("none" if value == "none" else "level ended")
    if track is SpellTrack.LEVEL:
        return study.level(row["side"], value)
    if track is SpellTrack.MISSIONS:
        return study.words.say(POSTS, value).removeprefix("an ").removeprefix("a ")
    return str(value)


def _bound(study: Study, row: dict[str, Any], name: str) -> str:
    """Return a date in words: as its source gives it, or what is derived."""
    text, first, last = row[name], row[f"{name}_earliest"], row[f"{name}_latest"]
    if text is not None or last is None:
        return study.date(text)
    if first is None:
        return study.word("before day", day=study.date(last))
    if first == last:
        return study.date(last)
    return study.word("from day to day", first=study.date(first), last=study.date(last))


def _began(study: Study, row: dict[str, Any]) -> str:
    if row["start_open"]:
        return study.word("before day", day=study.date(row["start_latest"]))
    return _bound(study, row, "start")


def _entry(text: str) -> str:
    return text if text in ("coverage", "start") else day(text) or text


def durations(
    *,
    event: Annotated[
        str,
        typer.Option(
            "--event",
            metavar="MILESTONE",
            help="To what time counts: a level by its id or name, or a higher one; or ties.",
            autocompletion=completing.levels,
        ),
    ],
    start: Annotated[
        str,
        typer.Option(
            metavar="MILESTONE",
            help="From what time counts: ties (established for the first time), or a level.",
            autocompletion=completing.levels,
        ),
    ] = "ties",
    party: OfParty = None,
    entry: Annotated[
        str,
        typer.Option(
            metavar="coverage|start|DAY",
            callback=_entry,
            help="From when dyads are under observation: the first day on which a dataset would "
            "have recorded the event, the start, or a day.",
        ),
    ] = "coverage",
    censor: Annotated[
        Censor,
        typer.Option(
            help="Until when: the last day on which a dataset would have recorded the event, or "
            "the day of --on."
        ),
    ] = Censor.COVERAGE,
    zero: Annotated[
        Zero, typer.Option(help="What becomes of a duration of no days.")
    ] = Zero.HALF_DAY,
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
    """List how many days it took from one milestone to another, for survival analysis.

    Each is an interval, as far as dates go; it has no end where the event had not happened.
    """
    way = Way(output, json, csv)
    way.check()
    point = Point(on, known, clock, policy)
    study = Study.of(point, lang, with_, [party], release)
    me = study.party(party)
    first, last = _milestone(study, me, "start", start), _milestone(study, me, "event", event)
    with naming_options(), progress(1) as step:
        step("counting days")
        found = study.log.durations(
            party,
            start=first,
            event=last,
            entry=entry,
            censor=censor.value,
            zero=zero.value,
            on=on,
        )
    if way.takes(found):
        return
    rows = [*rows_of(found.table())]
    reasons = Counter(reason for _, _, reason in found.left_out)
    events = sum(row["event"] for row in rows)
    if json:
        ids = {id for one in (*found, *(found.left_out)) for id in _ids(one)}
        as_json(
            {
                **study.to_record(me),
                "start": start,
                "event": event,
                "entry": entry,
                "censor": censor.value,
                "zero": zero.value,
                "events": events,
                "names": names_of(sorted(ids), study.words),
                "rows": rows,
                "left_out": [
                    {"parties": parties, "side": side, "reason": reason}
                    for parties, side, reason in found.left_out
                ],
                "left_out_by_reason": dict(sorted(reasons.items())),
            }
        )
        return
    names = {"start": _milestone_name(study, me, first), "event": _milestone_name(study, me, last)}
    title(titled("durations", point, study.words, count=len(rows), events=events, **names))
    heads = ("dyad", "days", "start", "reached on", "entry", "how known")
    cells = [
        [
            pair(row),
            between(row["t_lower"], row["t_upper"]),
            _began(study, row),
            _bound(study, row, "reached") if row["event"] else "",
            str(row["entry"]),
            study.word(f"is {row['known']}"),
        ]
        for row in rows
    ]
    if rows:
        table([study.word(head) for head in heads], cells, right=(1, 4), whole=(0,))
    for reason, count in sorted(reasons.items()):
        prose(study.word("left out", count=count, why=study.word(f"why {reason}")))
    print_data_end(study.log, point, study.words)


def _ids(one: Any) -> tuple[str, ...]:
    parties: tuple[str, ...] = one.parties if hasattr(one, "parties") else one[0]
    return parties


def _milestone(
    study: Study, party: str | None, option: str, given: str
) -> str | tuple[str, str]:
    """Return a milestone as the library takes it.

    Raises:
        InvalidQueryError: It is neither ``ties`` nor a level; the message names the option.
    """
    asked = given if given == _TIES else ("level", given)
    try:
        with naming_options():
            _ask.milestone(option, study.log.reference, party, asked)
    except UnknownLevelError as error:
        raise InvalidQueryError(f"--{option}: expected ties, or a level: {error}") from None
    return asked


def _milestone_name(study: Study, party: str | None, milestone: str | tuple[str, str]) -> str:
    """Return a milestone in words: a level by its name on the first ladder that has it."""
    found = _ask.milestone("event", study.log.reference, party, milestone)
    if found is None:
        return study.word("milestone ties")
    return next(iter(found.values())).name(study.words.lang)
