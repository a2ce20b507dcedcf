"""The commands of spells and durations."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import Annotated, Any, Final

import typer

from diplorel import _ask
from diplorel.cli import completing
from diplorel.cli.answers import Study, Way, between, pair, rows_of
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
)
from diplorel.cli.output import as_json, progress, prose, table, title
from diplorel.cli.phrasing import print_data_end, titled
from diplorel.cli.records import names_of
from diplorel.errors import InvalidQueryError, UnknownLevelError
from diplorel.language.vocabulary import POSTS

_TIES: Final = "ties"
"""The milestone that is not a level."""


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
            help="End a spell also where it is known differently than before, as where the "
            "coverage of a dataset ends.",
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
    """List the periods when relations keep one value, oldest first.

    The spells of two parties fill their common life: what is unknown is also a spell.
    """
    way = Way(output, json, csv)
    way.check()
    if partner is not None and party is None:
        raise InvalidQueryError("--partner is the other side of --party: give --party as well")
    point = Point(on, known, clock, policy)
    study = Study.of(point, lang, targets=with_, parties=[party, partner], releases=release)
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
            help="From when dyads are under observation: the first day when a dataset would "
            "have recorded the event, the start, or a day.",
        ),
    ] = "coverage",
    censor: Annotated[
        Censor,
        typer.Option(
            help="Until when: the last day when a dataset would have recorded the event, or "
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
    study = Study.of(point, lang, targets=with_, parties=[party], releases=release)
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
    names = {"start": _milestone_name(study, me, first), "event": _milestone_name(study, me, last)}
    if json:
        ids = {id for one in (*found, *(found.left_out)) for id in _ids(one)}
        as_json(
            {
                **study.to_record(me),
                "start": start,
                "event": event,
                **{f"{name}_name": said for name, said in names.items()},
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


def _milestone(study: Study, party: str | None, option: str, given: str) -> str | tuple[str, str]:
    """Return a milestone as the library takes it.

    Raises:
        InvalidQueryError: It is neither ``ties`` nor a level; the message names the option.
    """
    asked = given if given == _TIES else ("level", given)
    try:
        with naming_options():
            _ask.milestone(option, study.log.reference, party, asked)
    except UnknownLevelError as error:
        raise InvalidQueryError(
            "{argument}: expected ties, or a level: {said}", argument=f"--{option}", said=error
        ) from None
    return asked


def _milestone_name(study: Study, party: str | None, milestone: str | tuple[str, str]) -> str:
    """Return a milestone in words: a level by its name on the first ladder that has it."""
    found = _ask.milestone("event", study.log.reference, party, milestone)
    if found is None:
        return study.word("milestone ties")
    return next(iter(found.values())).name(study.words.lang)
