"""The standing table of a brief, and the counts at its head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplorel.model.dates import PartialDate
from diplorel.model.text import sort_key
from diplorel.pages.content import Count, Section, Standing, StandingGroup, StandingRow
from diplorel.pages.parts import AGREED, SPECIAL_CHIP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.analysis.metric_ranking import MetricRanking
    from diplorel.analysis.ranking_rows import KnownRow
    from diplorel.analysis.steps import StepsRow
    from diplorel.model.ladders import Level
    from diplorel.pages.gathered import Gathered

_NAMES = 4
"""So many names are listed under a count."""


def counts_of(found: Gathered) -> tuple[Count, ...]:
    """Return the numbers at the head of the page, each with the sign of what it counts."""
    say = found.say
    if found.ranking is None or found.steps is None:
        ties = found.by_ties
        unknown = Count(value=str(len(ties.unknown)), text=say.word("unknown ties"))
        return (
            Count(value=_at_least(len(ties), complete=ties.complete), text=say.word("ties count")),
            *([unknown] if ties.unknown else []),
        )
    counts = [
        Count(
            value=_at_least(count, complete=complete),
            text=level.name(found.lang),
            chip=found.chips.of_level(level, recorded=_is_recorded(found, level)),
        )
        for level, count, complete in found.ranks
    ]
    for group, sign in (("special", SPECIAL_CHIP), ("agreed", AGREED), ("off", None)):
        rows = [row for row in found.steps if row.group == group]
        if rows:
            chip = sign or found.chips.of_level(rows[0].level)
            text = _with_names(found, say.word(group), [row.party for row in rows])
            counts.append(Count(value=str(len(rows)), text=text, chip=chip))
    return tuple(counts)


def _with_names(found: Gathered, what: str, parties: Sequence[str]) -> str:
    names = [found.say.name(one) for one in parties[:_NAMES]]
    if len(parties) > _NAMES:
        names.append("…")
    return found.say.word("of names", what=what, names=", ".join(names))


def _at_least(count: int, *, complete: bool) -> str:
    return str(count) if complete else f"≥ {count}"


def _is_recorded(found: Gathered, level: Level) -> bool:
    """Say whether all at a rank are as last recorded."""
    rows = _rows_at(found, level)
    return bool(rows) and all(row.last_recorded for row in rows)


def _rows_at(found: Gathered, level: Level) -> list[StepsRow]:
    return [
        row
        for row in found.steps or ()
        if row.ranked is not None and row.ranked.level.rank == level.rank
    ]


def standing_section(found: Gathered) -> Section:
    """Return the table of the partners' levels; without a ladder, of their ties and since when."""
    say = found.say
    if found.ranking is None:
        ties = found.by_ties
        how = ("ties how", "numbers how")
        block = _by_ties(found, ties)
    else:
        how = ("standing how", "numbers how")
        groups = [_group(found, level, complete=complete) for level, _, complete in found.ranks]
        off = [row for row in found.steps or () if row.group == "off"]
        if off:
            groups.append(
                StandingGroup(
                    title=say.word("off"),
                    count=str(len(off)),
                    chip=found.chips.of_level(off[0].level),
                    rows=tuple(_row(found, row, None) for row in off),
                )
            )
        block = Standing(groups=tuple(one for one in groups if one.rows), empty=say.word("nobody"))
    return Section(
        id="standing",
        title=say.word("standing"),
        how=tuple(map(say.word, how)),
        blocks=(block,),
    )


def _group(found: Gathered, level: Level, *, complete: bool) -> StandingGroup:
    rows = _rows_at(found, level)
    vouched = [row.vouched_to for row in rows if row.vouched_to is not None]
    note = ""
    if not complete:
        day = max(vouched, default=None)
        note = (
            found.say.word("no list")
            if day is None
            else found.say.word("to day", day=found.say.long_day(day))
        )
    return StandingGroup(
        title=level.name(found.lang),
        count=_at_least(len(rows), complete=complete),
        note=note,
        chip=found.chips.of_level(level, recorded=_is_recorded(found, level)),
        rows=tuple(_row(found, row, level) for row in rows),
    )


def _row(found: Gathered, row: StepsRow, plain: Level | None) -> StandingRow:
    say, ranked, before = found.say, row.ranked, row.before
    level = ranked.level if ranked is not None else row.level
    since = ranked.since if ranked is not None else row.since
    ties_since = ranked.ties if ranked is not None else found.ties_since(row.party)
    variant = ""
    if level is not None:
        variant = level.name(found.lang) if plain is None else say.variant(level, plain)
    now = row.steps[-1] if row.steps else None
    earlier = before is not None and before.level is not None
    return StandingRow(
        party=row.party,
        place="" if ranked is None else place_of(ranked),
        place_key="" if ranked is None else f"{ranked.position:05}",
        name=say.name(row.party),
        name_key=sort_key(say.name(row.party)),
        variant=variant,
        since="" if since is None else say.short(since),
        since_key=key_of(since),
        also=", ".join(map(say.short, now.also)) if now is not None else "",
        cites=found.cite_level(row.party, since, level),
        before=_before(found, row) if earlier else "",
        before_key=_before(found, row) if earlier else "",
        ties="" if ties_since is None else say.short(ties_since),
        ties_key=key_of(ties_since),
        ties_cites=found.cite_ties(row.party, ties_since) if ties_since is not None else None,
    )


def place_of(row: KnownRow) -> str:
    """Return a position, or the range of positions that dates allow: "12", "22–23"."""
    return f"{row.best}–{row.worst}" if row.best < row.worst else str(row.position)


def key_of(on: PartialDate | None) -> str:
    """Return by what a date is sorted: its last day, as the standing order has it."""
    return "" if on is None else f"{on.hi:08}"


def _before(found: Gathered, row: StepsRow) -> str:
    before = row.before
    if before is None or before.level is None:
        return ""
    years = {before.start.earliest.year, before.start.latest.year}
    year = str(max(years))
    return f"{found.say.short_level(before.level)} {year}"


def _by_ties(found: Gathered, ties: MetricRanking) -> Standing:
    """Return the table of a party that has no ladder: one group, by the age of ties."""
    say = found.say
    rows = tuple(
        StandingRow(
            party=row.party,
            place=place_of(row),
            place_key=f"{row.position:05}",
            name=say.name(row.party),
            name_key=sort_key(say.name(row.party)),
            ties=say.short(since),
            ties_key=key_of(since),
            ties_cites=found.cite_ties(row.party, since),
        )
        for row in ties
        if isinstance(since := row.value, PartialDate)
    )
    group = StandingGroup(
        title=say.word("ties count"),
        count=_at_least(len(rows), complete=ties.complete),
        note="" if ties.complete else say.word("no list"),
        rows=rows,
    )
    return Standing(groups=(group,) if rows else (), has_levels=False, empty=say.word("no ties"))
