"""The tables of spells and durations: dates as text and bounds, numbers apart from text.

Spells import this module when a table is asked for, so it knows them by what they have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.analysis.spell_values import KNOWN
from diplorel.model.column import Column, booleans, days, enum, floats, text
from diplorel.model.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_DAYS = "days"


def bounds_of(name: str, values: Iterable[Any], note: str) -> tuple[Column, ...]:
    """Return the text of each date and its bounds; a date that is derived has no text.

    Args:
        name: The name of the first column; the names of the bounds begin with it.
        values: A `Bounds` or None for each row: what nothing bounds below has no first day.
        note: What the date means.
    """
    kept = list(values)
    return (
        text(name, (one and one.text for one in kept), note=f"{note}, as its source gives it"),
        days(f"{name}_earliest", (one and one.earliest for one in kept), note="first possible day"),
        days(f"{name}_latest", (one and one.latest for one in kept), note="last possible day"),
    )


def _dyads(rows: Collection[Any]) -> tuple[Column, ...]:
    return (
        text("party_a", (row.parties[0] for row in rows)),
        text("party_b", (row.parties[1] for row in rows)),
        text("side", (row.side for row in rows), note="whose ladder it is, or who sent the post"),
    )


def _known(rows: Collection[Any]) -> Column:
    return enum("known", (row.known for row in rows), KNOWN, note="how it is known")


def spells_table(spells: Collection[Any], stamp: Mapping[str, Any]) -> Table:
    """Return one row a spell."""
    lengths = [spell.days for spell in spells]
    return Table(
        (
            *_dyads(spells),
            text("value", (one.value for one in spells), note="missing where it is unknown"),
            text("below", (one.below for one in spells), note="no level from this one up is held"),
            *bounds_of("start", (one.start for one in spells), "the day when it began"),
            booleans(
                "start_open",
                (one.start_open for one in spells),
                note="whether its beginning is not recorded (left truncation)",
            ),
            text("began_by", (one.began_by for one in spells), note="an event"),
            *bounds_of("end", (one.end for one in spells), "the first day without it"),
            booleans(
                "end_open", (one.end_open for one in spells), note="whether it is right-censored"
            ),
            text("ended_by", (one.ended_by for one in spells), note="an event"),
            text(
                "ended_by_type",
                (one.ended_by_type for one in spells),
                note="the type of that event",
            ),
            days(
                "censored_on",
                (one.censored_on for one in spells),
                note="of a spell that goes on, the last day when it is known to",
            ),
            days("first", (one.first for one in spells), note="the first day that shows it"),
            days("last", (one.last for one in spells), note="the last day that shows it"),
            floats(
                "days_lower",
                (lower for lower, _ in lengths),
                unit=_DAYS,
                note="the shortest time that dates allow",
            ),
            floats(
                "days_upper",
                (upper for _, upper in lengths),
                unit=_DAYS,
                note="the longest; infinite if it goes on, or if nothing bounds its beginning",
            ),
            _known(spells),
        ),
        title="Spells",
        stamp=stamp,
    )


def durations_table(rows: Any, stamp: Mapping[str, Any]) -> Table:
    """Return one row a duration."""
    reasons = [reason for _, _, reason in rows.left_out]
    left_out = {reason: reasons.count(reason) for reason in sorted({*reasons})}
    return Table(
        (
            *_dyads(rows),
            floats(
                "t_lower",
                (row.t_lower for row in rows),
                unit=_DAYS,
                note="the shortest time to the event, or the time without it",
            ),
            floats(
                "t_upper",
                (row.t_upper for row in rows),
                unit=_DAYS,
                note="the longest time to the event; infinite if censored",
            ),
            booleans("event", (row.event for row in rows), note="whether the event happened"),
            floats(
                "entry",
                (row.entry for row in rows),
                unit=_DAYS,
                note="when the observation of the dyad begins (left truncation)",
            ),
            floats(
                "t",
                (row.t for row in rows),
                unit=_DAYS,
                note="one number: the middle of the interval, or the time without the event",
            ),
            *bounds_of("start", (row.start for row in rows), "the day that time is counted from"),
            booleans(
                "start_open",
                (row.start_open for row in rows),
                note="whether only a day is recorded when it was already past",
            ),
            *bounds_of("reached", (row.reached for row in rows), "the day of the event"),
            days(
                "censored_on",
                (row.censored_on for row in rows),
                note="the last day under observation, where the event had not happened",
            ),
            text("ended_by", (row.ended_by for row in rows), note="an event, or a party's end"),
            _known(rows),
        ),
        title="Durations",
        stamp={**stamp, "left_out": left_out},
    )
