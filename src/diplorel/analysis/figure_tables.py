"""The table of an indicator: figures, growth checks and targets, one row each.

`figures_of` imports this module, so it knows the answer by what it has, not by its class.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel._columns import counted
from diplorel.model.column import Column, booleans, dates, days, figures, text
from diplorel.model.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from diplorel.analysis.bounds import Bounds
    from diplorel.model.dates import PartialDate

_OUTCOME: Final = (
    "of a figure: alone, compatible or excluded, as its bounds and those of the other figures for "
    "the same period are, or apart (another unit or basis); of growth: compatible or excluded, as "
    "what is reported for the year before is, nothing-recorded, apart or open; of a target: met, "
    "not-met, open (by bounds), sources-differ, nothing-recorded, no-year or apart"
)
_MANY: Final = "several with a space between"


@attrs.frozen(kw_only=True)
class _Row:
    """One row: the event whose number is printed, and what is worked out of it."""

    kind: str
    one: Any
    period: PartialDate | None
    cumulative: bool | None
    amount: Decimal | None
    bounds: Bounds | None
    outcome: str
    against: tuple[str, ...]
    about: tuple[str, ...] = ()
    """The events that the amount is worked out from, besides its own."""


def _rows(answer: Any) -> Iterator[_Row]:
    for one in answer.figures:
        yield _Row(
            kind="figure",
            one=one,
            period=one.event.period,
            cumulative=one.event.cumulative,
            amount=one.amount,
            bounds=one.bounds,
            outcome=one.outcome,
            against=one.against,
        )
    for check in answer.growth:
        yield _Row(
            kind="growth",
            one=check.growth,
            period=check.before,
            cumulative=check.figure.event.cumulative,
            amount=check.implied,
            bounds=check.bounds,
            outcome=check.outcome,
            against=check.against,
            about=(check.figure.key,),
        )
    for one in answer.targets:
        yield _Row(
            kind="target",
            one=one,
            period=one.event.due,
            cumulative=None,
            amount=one.amount,
            bounds=one.bounds,
            outcome=one.outcome,
            against=one.against,
        )


def figures_table(answer: Any) -> Table:
    """Return the table of an answer about one indicator."""
    rows = [*_rows(answer)]
    events = [row.one.event for row in rows]
    unit = answer.unit

    def of(name: str) -> list[Any]:
        return [getattr(event, name, None) for event in events]

    return Table(
        (
            text(
                "kind",
                (row.kind for row in rows),
                note="figure; growth: what a growth rate and a figure imply for the year before; "
                "target",
            ),
            text("party_a", (event.parties[0] for event in events)),
            text(
                "party_b",
                (event.parties[1] if event.parties[1:] else None for event in events),
                note="missing where the number is about one party alone",
            ),
            text("by", of("by"), note="the party that acts, where the number has a direction"),
            *_period(rows),
            booleans(
                "cumulative",
                (row.cumulative for row in rows),
                note="whether it counts everything up to the end of the period",
            ),
            *figures("value", of("value"), note="the number as printed; of growth, in per cent"),
            text("value_unit", of("unit"), note="the unit as printed"),
            text("qualifier", (event.qualifier.value for event in events)),
            *_amounts(rows, unit),
            text("reporter", of("reporter"), note="whose statistics they are, if a source says so"),
            text("basis", of("basis"), note="what is counted, if a source says so"),
            text("outcome", (row.outcome for row in rows), note=_OUTCOME),
            text("against", (" ".join(row.against) or None for row in rows), note=_against()),
            text(
                "apart",
                (" ".join(getattr(row.one, "apart", ())) or None for row in rows),
                note="the events of the figures for the same period that cannot be compared with "
                f"it, being in another unit or on another basis, {_MANY}",
            ),
            *dates("reported", of("on"), title="Day of the report"),
            text("event", (row.one.key for row in rows), note="its id"),
            text(
                "figure",
                (" ".join(row.about) or None for row in rows),
                note="of growth: the event of the figure that grew",
            ),
            booleans(
                "followed",
                (row.one.followed for row in rows),
                note="whether the log follows this account of the event",
            ),
            text(
                "sources",
                (" ".join(dict.fromkeys(s.source for s in event.sources)) for event in events),
                note=f"the ids of the sources, {_MANY}",
            ),
        ),
        title=f"Reported figures: {answer.indicator}",
        stamp=answer.stamp,
    )


def _period(rows: Sequence[_Row]) -> tuple[Column, ...]:
    """Return the period and its days: of an extent, up to the end of its last part."""
    spans = [None if row.period is None else row.period.span for row in rows]
    return (
        text(
            "period",
            (None if row.period is None else row.period.text for row in rows),
            note="what the number is about: of growth, the year before; of a target, when it is "
            "due",
        ),
        days("period_first", (span and date.fromordinal(span[0]) for span in spans)),
        days("period_last", (span and date.fromordinal(span[1]) for span in spans)),
    )


def _against() -> str:
    return (
        "the events of the figures that are excluded; of a target, those that it is judged by, "
        f"{_MANY}"
    )


def _amounts(rows: Sequence[_Row], unit: str) -> tuple[Column, ...]:
    lower = [_end(row.bounds, "lo") for row in rows]
    upper = [_end(row.bounds, "hi") for row in rows]
    apart = "missing where it is in another currency, or counts another thing"
    return (
        *figures(
            "amount",
            (row.amount for row in rows),
            unit=unit,
            note=f"the number in the unit asked for, exactly; {apart}",
        ),
        *figures("lower", lower, unit=unit, note="the least that it allows; missing: no end"),
        *figures("upper", upper, unit=unit, note="the most that it allows; missing: no end"),
        booleans(
            "lower_excluded",
            (_is_excluded(row.bounds, "lo") for row in rows),
            note="whether that number itself is left out, as by 'over 9'",
        ),
        booleans(
            "upper_excluded",
            (_is_excluded(row.bounds, "hi") for row in rows),
            note="whether that number itself is left out, as by 'under 9', or as it rounds up",
        ),
    )


def _end(bounds: Bounds | None, end: str) -> Decimal | None:
    value: Decimal | None = getattr(bounds, end, None)
    return value if value is not None and value.is_finite() else None


def _is_excluded(bounds: Bounds | None, end: str) -> bool | None:
    if _end(bounds, end) is None:
        return None
    return bool(getattr(bounds, f"{end}_open"))


def figure_lines(answer: Any, most: int = 40) -> list[tuple[Any, ...]]:
    """Return the cells of an answer about one indicator as lines to print.

    Args:
        answer: The answer.
        most: How many rows are shown.
    """
    rows = [*_rows(answer)]
    lines: list[tuple[Any, ...]] = [
        ("kind", "parties", "period", "printed", f"in {answer.unit}", "basis", "outcome")
    ]
    for row in rows[:most]:
        event = row.one.event
        qualifier = "" if event.qualifier.value == "=" else f"{event.qualifier.value} "
        until = "to " if row.cumulative else ""
        when = None if row.period is None else f"{until}{row.period.text}"
        allowed = None if row.bounds is None else _allowed(row.bounds)
        parties = "-".join(event.parties) + (f" by {event.by}" if event.by else "")
        printed = f"{qualifier}{event.value} {event.unit}"
        basis = getattr(event, "basis", None)
        lines.append((row.kind, parties, when, printed, allowed, basis, row.outcome))
    if len(rows) > most:
        lines.append((f"… and {counted(len(rows) - most, 'more row')}",))
    return lines


def _allowed(bounds: Bounds) -> str:
    low, high = (_end(bounds, end) for end in ("lo", "hi"))
    if low is None or high is None:
        over, under = (">" if bounds.lo_open else ">="), ("<" if bounds.hi_open else "<=")
        return f"{under} {_brief(high)}" if low is None else f"{over} {_brief(low)}"
    return f"{_brief(low)} to {_brief(high)}"


def _brief(value: Decimal | None) -> str:
    """Return a number to six digits: an implied bound has many."""
    return f"{value:.6g}" if value is not None and len(value.as_tuple().digits) > 6 else f"{value}"  # noqa: PLR2004  as said
