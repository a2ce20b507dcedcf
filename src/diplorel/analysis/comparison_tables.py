"""The tables of a comparison with others' data.

A comparison imports this module, so it is known here by what it has.
"""

from __future__ import annotations

from collections import Counter
from statistics import mean, median
from typing import TYPE_CHECKING, Any, Final

from diplorel.analysis.join_keys import REASONS
from diplorel.analysis.panel_values import KNOWN
from diplorel.model.column import Column, enum, floats, integers, text
from diplorel.model.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

OUTCOMES: Final = {
    "same": "both say the same",
    "different": "they differ",
    "undecided": "the dates of ours leave it open",
    "contested": "states disagree whether one of the two went on in law",
    "unknown": "ours say nothing",
    "theirs-missing": "theirs say nothing",
}
"""What comes of one value of theirs. Only the first two are compared."""
_OURS: Final = "our value; none: it is known that there is no level; missing where it is unknown"
_OURS_AS: Final = "our value in their words, where it is compared"
_ROW: Final = "the number of their row, from 0"


def _outcome(values: Iterable[str]) -> Column:
    return enum("outcome", values, OUTCOMES, note="what comes of it")


def time_columns(names: Sequence[str], times: Sequence[tuple[Any, ...]]) -> list[Column]:
    """Return the columns of time; a day as text."""
    makers: dict[str, Any] = {"year": integers, "month": integers, "on": text}
    return [makers[name](name, [time[place] for time in times]) for place, name in enumerate(names)]


def cells_table(
    names: Sequence[str], cells: Sequence[Sequence[Any]], stamp: Mapping[str, Any]
) -> Table:
    """Return one row for each value of the other data: row, parties, time, column, both values."""
    rows, pairs, times, which, ours, ours_as, known, theirs, outcomes = cells
    return Table(
        (
            integers("row", rows, note=_ROW),
            text("party_a", (a for a, _ in pairs), note="in the order of their row"),
            text("party_b", (b for _, b in pairs)),
            *time_columns(names, times),
            text("column", which, note="the column of the panel, in the order of their row"),
            text("ours", ours, note=_OURS),
            text("ours_as", ours_as, note=_OURS_AS),
            enum("known", known, KNOWN, note="how ours is known"),
            text("theirs", theirs, note="their value"),
            _outcome(outcomes),
        ),
        title="Every value of theirs, and ours",
        stamp=stamp,
    )


def agreement_table(comparison: Any) -> Table:
    """Return how many values there are by column, our value, theirs and outcome."""
    names = ("column", "ours", "ours_as", "known", "theirs", "outcome")
    counts = Counter(zip(*map(comparison.cells.__getitem__, names), strict=True))
    order = {name: place for place, name in enumerate(comparison.columns)}
    rows = sorted(counts, key=lambda row: (order[row[0]], *(one or "" for one in row[1:])))
    which, ours, ours_as, known, theirs, outcomes = zip(*rows, strict=True) if rows else [()] * 6
    return Table(
        (
            text("column", which, note="the column of the panel"),
            text("their_column", (comparison.columns[one] for one in which)),
            text("ours", ours, note=_OURS),
            text("ours_as", ours_as, note=_OURS_AS),
            enum("known", known, KNOWN, note="how ours is known"),
            text("theirs", theirs, note="their value"),
            _outcome(outcomes),
            integers("count", (counts[row] for row in rows), unit="values"),
        ),
        title="Agreement by value",
        stamp=comparison.stamp,
    )


def differences_table(found: Any) -> Table:
    """Return one row a difference, with the ids of the events behind ours."""
    names = found.asked.get("times", ())
    return Table(
        (
            integers("row", (one.row for one in found), note=_ROW),
            text("party_a", (one.parties[0] for one in found), note="in the order of their row"),
            text("party_b", (one.parties[1] for one in found)),
            *time_columns(names, [one.time for one in found]),
            text("column", (one.column for one in found), note="the column of the panel"),
            text("ours", (one.ours for one in found), note=_OURS),
            text("ours_as", (one.ours_as for one in found), note=_OURS_AS),
            enum("known", (one.known for one in found), KNOWN, note="how ours is known"),
            text("theirs", (one.theirs for one in found), note="their value"),
            integers("events", (len(one.events) for one in found), unit="events"),
            text("last_event_on", (one.events[-1].on.text if one.events else None for one in found),
                 note="the date of the last event behind ours, as given"),
            text("event_ids", (" ".join(event.id for event in one.events) or None for one in found),
                 note="the events behind ours, oldest first"),
        ),
        title="Differences",
        stamp=found.asked,
    )  # fmt: skip


def only_theirs_table(found: Any) -> Table:
    """Return one row for each row of theirs that could not be compared."""
    names = found.asked.get("keys", ())
    keys = [
        text(name, (one.keys[place] for one in found), note="as in their table")
        for place, name in enumerate(names)
    ]
    return Table(
        (
            integers("row", (one.row for one in found), note=_ROW),
            *keys,
            enum("reason", (one.reason for one in found), REASONS, note="why it is not compared"),
            text("hint", (one.hint or None for one in found), note="such as the right code"),
        ),
        title="Rows of theirs that are not compared",
        stamp=found.asked,
    )


def beside_table(
    groups: Mapping[tuple[str, str, str | None, str], list[Any]], stamp: Mapping[str, Any]
) -> Table:
    """Return how their numbers are distributed by our value.

    Args:
        groups: Their numbers, None where one is missing, by our column, theirs, our value and how
            it is known.
        stamp: How it was made.
    """
    rows = sorted(groups, key=lambda row: tuple(one or "" for one in row))
    numbers = [[one for one in groups[row] if one is not None] for row in rows]

    def of(function: Any) -> list[float | None]:
        return [float(function(some)) if some else None for some in numbers]

    return Table(
        (
            text("column", (row[0] for row in rows), note="the column of the panel"),
            text("their_column", (row[1] for row in rows)),
            text("ours", (row[2] for row in rows), note=_OURS),
            enum("known", (row[3] for row in rows), KNOWN, note="how ours is known"),
            integers("count", (len(some) for some in numbers), unit="values"),
            integers(
                "missing",
                (len(groups[row]) - len(some) for row, some in zip(rows, numbers, strict=True)),
                unit="values",
                note="theirs that are missing",
            ),
            floats("mean", of(mean)),
            floats("median", of(median)),
            floats("least", of(min)),
            floats("greatest", of(max)),
        ),
        title="Their numbers by our value",
        stamp=stamp,
    )
