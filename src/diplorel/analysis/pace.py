"""Pace: how fast a party's partners came to a level, one row for each time that one did."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from diplorel._columns import columns, counted, listed
from diplorel.analysis.ranking_rows import span_of
from diplorel.model.tabular import Tabular

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.ladders import Level
    from diplorel.model.table import Table


@attrs.frozen(kw_only=True, repr=False)
class Reaching:
    """One time that a partner came to the level, or to a higher one.

    Every pair of numbers is the least and the most that the dates allow. If no stream calls the
    list complete for the days in question, partners that nobody recorded can lie in between: then
    the most is None, and the least of a gap is 0.

    Attributes:
        party: The partner's id.
        name: Its name in English; its id where no table has it.
        level: The level that was reached.
        on: When, as recorded; for a level known from a list, the range up to that list.
        nth_min: The least number of partners there then, this one included: those that were there
            at the end of the day before, and still at the end of the day.
        nth_max: The most: those that were there at the end of one of the two. None: unknown.
        gap_min: The least number of days since the last time before that a partner came. None in
            the first row.
        gap_max: The most. None where it may be the first, or in the first row.
        window_min: How often at least a partner came within the window that ends on the day, this
            time included.
        window_max: How often at most. None: unknown.
        before: The level that it held before; None for none.
        skipped: The levels of the rungs between the two that it left out, lowest first.
        years_min: How many full years at least it held the level before. None where there is none.
        years_max: How many at most.
        first_of: The groups whose first member there it certainly was.
        perhaps_first_of: The groups whose first member there it may have been: dates, memberships
            or incomplete lists leave it open.
        certain: Whether dates leave no doubt that it came there with this event.
        complete: Whether some stream calls the list of partners complete from this level up, on
            every day that `on` leaves open.
        event: The event.
    """

    party: str
    name: str
    level: Level
    on: PartialDate
    nth_min: int
    nth_max: int | None
    gap_min: int | None
    gap_max: int | None
    window_min: int
    window_max: int | None
    before: Level | None
    skipped: tuple[Level, ...]
    years_min: int | None
    years_max: int | None
    first_of: tuple[str, ...]
    perhaps_first_of: tuple[str, ...]
    certain: bool
    complete: bool
    event: Event

    def to_record(self) -> dict[str, Any]:
        """Return the row as one dict of plain data."""
        return {
            "party": self.party,
            "name": self.name,
            "level": self.level.id,
            "on": self.on.text,
            "nth_min": self.nth_min,
            "nth_max": self.nth_max,
            "gap_min": self.gap_min,
            "gap_max": self.gap_max,
            "window_min": self.window_min,
            "window_max": self.window_max,
            "before": self.before and self.before.id,
            "skipped": [level.id for level in self.skipped],
            "years_min": self.years_min,
            "years_max": self.years_max,
            "first_of": list(self.first_of),
            "perhaps_first_of": list(self.perhaps_first_of),
            "certain": self.certain,
            "complete": self.complete,
            "event": self.event.id,
        }

    def __repr__(self) -> str:
        return f"<Reaching of {self.level.id} by {self.party}: {self.on.text}>"


@attrs.frozen(kw_only=True, repr=False)
class Pace(Tabular):
    """How fast a party's partners came to a level. Iterate it for the rows, oldest first.

    Attributes:
        party: Whose partners.
        level: The lowest level that counts; None for every level that has a rank.
        window: The length of the window, such as ``24M``.
        on: The last day that counts; None for all that is recorded.
        rows: The times that a partner came to the level from none or a lower one.
        possible: The partners that may have come by the day: open dates leave it undecided.

    >>> import diplorel as dr
    >>> pace = dr.load("vietnam").pace("VNM", level="comprehensive-strategic", on="2025-03-12")
    >>> [(row.party, row.nth_min, row.gap_max, row.window_max) for row in pace][-2:]
    [('IDN', 11, 12, 7), ('SGP', 12, 2, 8)]
    >>> [(row.party, row.before.id, row.years_max) for row in pace if row.skipped]
    [('USA', 'comprehensive', 10)]
    """

    party: str
    level: Level | None
    window: str
    on: date | None
    rows: tuple[Reaching, ...]
    possible: tuple[str, ...]
    _stamp: Mapping[str, Any] = attrs.field(alias="stamp", factory=dict)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds a dict

    def __iter__(self) -> Iterator[Reaching]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<Pace of {self.party}: {counted(len(self), 'time')}, to {self._floor()}>"

    def _floor(self) -> str:
        return "any level" if self.level is None else f"{self.level.id} or higher"

    def __str__(self) -> str:
        heading = ("on", "partner", "nth", "days since", f"in {self.window}", "level", "left out")
        rows = [
            (
                row.on.text + " ?" * (not row.certain),
                row.name,
                _bounds(row.nth_min, row.nth_max),
                None if row.gap_min is None else _bounds(row.gap_min, row.gap_max),
                _bounds(row.window_min, row.window_max),
                row.level.name(),
                ", ".join({level.rank: level.name() for level in row.skipped[::-1]}.values()),
            )
            for row in self.rows
        ]
        day = "" if self.on is None else f", by {self.on}"
        title = f"Partners of {self.party} that came to {self._floor()}{day}"
        lines = [title, "", *columns([heading, *rows], "<<>>>")]
        if self.possible:
            lines += ["", f"undecided ({len(self.possible)}): {listed(self.possible)}"]
        return "\n".join(lines)

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The events behind the rows, oldest first: what `EventLog.cite` cites."""
        return tuple(row.event for row in self.rows)

    def table(self) -> Table:
        """Return one row for each time, oldest first."""
        from diplorel.analysis.tables_over_time import pace_table  # noqa: PLC0415  few ask for it

        return pace_table(self, self._stamp)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict for each time, oldest first."""
        return [row.to_record() for row in self.rows]


def _bounds(least: int, most: int | None) -> str:
    return f"{least}+" if most is None else span_of(least, most)
