"""The tables of answers about a span of time, imported when a table is asked for.

The answers import this module, so it knows them by what they have, not by their classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.model.column import booleans, dates, days, enum, floats, integers, text
from diplorel.model.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from diplorel.model.ladders import Level

_MANY = "several with a space between"


def _labels(levels: Iterable[Level | None]) -> dict[str, str]:
    """Return the names of levels by id, lowest first."""
    known = {level for level in levels if level is not None}
    ordered = sorted(known, key=lambda level: (level.rank or 0, level.id))
    return {level.id: level.name() for level in ordered}


def _float(share: Fraction | None) -> float | None:
    return None if share is None else float(share)


def history_table(history: Any, stamp: Mapping[str, Any]) -> Table:
    """Return one row for each partner and day, oldest day first, best partner first."""
    rows = [*history]
    cuts = [day.cut for day in history.days for _ in day.rows]
    asked = [
        {"on": day.on.isoformat(), "cut": day.cut, "partners": len(day)} for day in history.days
    ]
    table = Table(
        (
            days("on", (row.on for row in rows), title="Day", note="at whose end it holds"),
            integers("year", (row.year for row in rows), note="missing for days of changes"),
            text(
                "cut",
                cuts,
                note="why the day is not 31 December: present (the year is not over) or coverage "
                "(it ends that year); missing where it is, and for days of changes",
            ),
            integers("position", (row.position for row in rows), title="Position"),
            integers("best", (row.best for row in rows), note="the best that is possible"),
            integers("worst", (row.worst for row in rows), note="the worst possible"),
            text("party", (row.party for row in rows)),
            text("name", (row.name for row in rows)),
            enum("level", (row.level.id for row in rows), _labels(row.level for row in rows)),
            integers("rank", (row.level.rank for row in rows), note="of the level"),
            *dates("since", (row.since for row in rows), title="Level since"),
            *dates("ties", (row.ties for row in rows), title="Ties since"),
            text(
                "key",
                (row.key for row in rows),
                note="what separates it from the row before: level, since, ties, or shared where "
                "nothing does; missing in the first row of a day",
            ),
            booleans(
                "key_certain",
                (row.key_certain for row in rows),
                note="whether every open date leaves the two in this order",
            ),
            booleans("certain", (row.certain for row in rows)),
            booleans(
                "complete",
                (row.complete for row in rows),
                note="whether some stream calls the list complete from this level up on that day; "
                "if not, partners that are not recorded can be ahead",
            ),
            booleans("last_recorded", (row.last_recorded for row in rows)),
            days("complete_to", (row.complete_to for row in rows)),
        ),
        title=f"Partners of {history.party} over time, in the standing order",
        stamp={**stamp, "days": asked},
    )
    return table.with_orders()


def pace_table(pace: Any, stamp: Mapping[str, Any]) -> Table:
    """Return one row for each time that a partner came to the level, oldest first."""
    rows = [*pace]
    labels = _labels(level for row in rows for level in (row.level, row.before))
    unknown = "missing where the list of partners is not complete"
    table = Table(
        (
            *dates("on", (row.on for row in rows), title="Date", note="when it came to the level"),
            text("party", (row.party for row in rows)),
            text("name", (row.name for row in rows)),
            enum("level", (row.level.id for row in rows), labels, title="Level"),
            integers("nth_min", (row.nth_min for row in rows), note="of the partners then, least"),
            integers("nth_max", (row.nth_max for row in rows), note=f"the most; {unknown}"),
            integers(
                "gap_min",
                (row.gap_min for row in rows),
                unit="days",
                note="since the last time before; 0 where the list in between is not complete; "
                "missing in the first row",
            ),
            integers(
                "gap_max",
                (row.gap_max for row in rows),
                unit="days",
                note="missing where it may be the first",
            ),
            integers(
                "window_min",
                (row.window_min for row in rows),
                note=f"times within {pace.window} that end on the day, at least",
            ),
            integers("window_max", (row.window_max for row in rows), note=f"at most; {unknown}"),
            enum(
                "before",
                (row.before and row.before.id for row in rows),
                labels,
                note="the level before; missing where none was held",
            ),
            text(
                "skipped",
                (" ".join(level.id for level in row.skipped) or None for row in rows),
                note=f"the levels left out, {_MANY}; missing where none was",
            ),
            integers("years_min", (row.years_min for row in rows), unit="years", note="at least"),
            integers(
                "years_max",
                (row.years_max for row in rows),
                unit="years",
                note="full years at the level before, at most; missing where there is none",
            ),
            text("first_of", (" ".join(row.first_of) or None for row in rows), note=_MANY),
            text(
                "perhaps_first_of",
                (" ".join(row.perhaps_first_of) or None for row in rows),
                note=f"groups whose first member there it may be, {_MANY}",
            ),
            booleans("certain", (row.certain for row in rows)),
            booleans(
                "complete",
                (row.complete for row in rows),
                note="whether the list of partners is called complete on all days left open",
            ),
            text("event", (row.event.id for row in rows)),
        ),
        title=f"When partners of {pace.party} came to a level",
        stamp={**stamp, "undecided": list(pace.possible)},
    )
    return table.with_orders()


def shares_table(shares: Any) -> Table:
    """Return one row for each group."""
    rows = [*shares]
    only = "missing where a list is not complete, or there are none"
    return Table(
        (
            text("group", (row.group for row in rows)),
            text("name", (row.name for row in rows)),
            integers("numerator", (row.numerator for row in rows), note="certain partners in it"),
            integers("numerator_max", (row.numerator_max for row in rows), note=f"at most; {only}"),
            integers("denominator", (row.denominator for row in rows), note="certain partners"),
            integers(
                "denominator_max", (row.denominator_max for row in rows), note=f"at most; {only}"
            ),
            floats("share_min", map(_float, (row.low for row in rows)), note=only),
            floats("share_max", map(_float, (row.high for row in rows)), note=only),
            booleans("exact", (row.exact is not None for row in rows)),
            booleans("complete", (row.complete for row in rows), note="the list of partners"),
            booleans("members_complete", (row.members_complete for row in rows)),
            integers(
                "members",
                (row.members for row in rows),
                note="certain members, the party itself left out",
            ),
            text(
                "unknown",
                (" ".join(row.unknown) or None for row in rows),
                note=f"parties whose level or membership is open, {_MANY}",
            ),
        ),
        title=f"Shares of groups in the partners of {shares.party}",
        stamp=shares.stamp,
    )


def anniversaries_table(found: Any) -> Table:
    """Return one row for each anniversary, in order."""
    rows = [*found]
    sides = [row.parties if len(row.parties) == 2 else (None, None) for row in rows]  # noqa: PLR2004  a dyad
    return Table(
        (
            *dates(
                "date", (row.date for row in rows), title="Date", note="a day, month, year or range"
            ),
            text(
                "precision", (row.date.precision for row in rows), note="day, month, year or range"
            ),
            integers("n", (row.n for row in rows), title="Anniversary", unit="years"),
            text(
                "kind",
                (row.kind for row in rows),
                note="ties-established, ties-restored, level-reached, agreement-signed or "
                "agreement-in-force",
            ),
            text("text", (row.text for row in rows), title="What"),
            text(
                "party_a", (one for one, _ in sides), note="missing where there are more than two"
            ),
            text(
                "party_b", (two for _, two in sides), note="missing where there are more than two"
            ),
            text("parties", (" ".join(row.parties) for row in rows), note=f"all by id, {_MANY}"),
            *dates("start", (row.start for row in rows), title="Since", note="as recorded"),
            text(
                "standing",
                (row.standing for row in rows),
                note="certain, open (dates leave open whether it is still in force) or "
                "as-last-recorded (no stream vouches for that day)",
            ),
            booleans("unbroken", (row.unbroken for row in rows), note="without a break since then"),
            booleans("current", (row.current for row in rows), note="of a level: held on the day"),
            booleans("moved", (row.moved for row in rows), note="from 29 to 28 February"),
            text(
                "other_dates",
                (" ".join(one.text for one in row.other_dates) for row in rows),
                note=f"dates of other accounts that exclude the start, {_MANY}",
            ),
            text("ladder", (row.ladder for row in rows), note="missing but for levels"),
            text("level", (row.level for row in rows), note="missing but for levels"),
            text("agreement", (row.agreement for row in rows), note="missing but for agreements"),
            text("events", (" ".join(one.id for one in row.events) for row in rows), note=_MANY),
            text("sources", (" ".join(row.sources) for row in rows), note=_MANY),
        ),
        title=found.title,
        stamp=found.stamp,
    )
