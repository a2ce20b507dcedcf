"""`PanelComparison`: where a table of others says what a panel says, where not, and why not."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

import attrs

from diplorel._columns import clipped, columns, counted
from diplorel._message import NONE
from diplorel._pickling import Reduced, reduced
from diplorel.analysis.comparison_tables import (
    OUTCOMES,
    agreement_table,
    differences_table,
    only_theirs_table,
)
from diplorel.errors import MissingKeyError
from diplorel.model.listing import Listing
from diplorel.model.tabular import Tabular

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from diplorel.model.events import Event
    from diplorel.model.table import Table

_COMPARED: Final = ("same", "different")
"""The outcomes of values that both say."""


@attrs.frozen(kw_only=True, repr=False)
class Difference:
    """A value of theirs that is not ours, with the events behind ours.

    Hand it to `EventLog.cite` for the sources.

    Attributes:
        row: The number of their row, from 0.
        parties: The two ids, in the order of their row.
        time: The year, the year and month, or the day.
        column: The column of the panel; ``posts_ab`` is from their first party to their second.
        ours: Our value; ``none`` where it is known that no level is held.
        ours_as: Our value in their words, if *values* translated it.
        known: How it is known: ``known`` or ``as-last-recorded``.
        theirs: Their value.
        events: The events behind ours, oldest first. None is behind a zero, or a "none", that a
            stream vouches for.
    """

    row: int
    parties: tuple[str, str]
    time: tuple[int | str, ...]
    column: str
    ours: str
    ours_as: str
    known: str
    theirs: str
    events: tuple[Event, ...]

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The events behind ours: what `EventLog.cite` cites."""
        return self.events

    def __repr__(self) -> str:
        return clipped(f"<Difference {self}>")

    def __str__(self) -> str:
        return "  ".join(map(str, self.cells()))

    def cells(self) -> tuple[str, ...]:
        """Return the cells of its row for `print`."""
        ours = self.ours if self.ours == self.ours_as else f"{self.ours} ({self.ours_as})"
        behind = ", ".join(event.id for event in self.events[-1:]) or "no event"
        more = f" and {len(self.events) - 1} before" if len(self.events) > 1 else ""
        time = "-".join(map(str, self.time))
        pair = "-".join(self.parties)
        return pair, time, self.column, ours, self.theirs, self.known, behind + more


class Differences(Listing[Difference]):
    """Differences in the order of their rows: a sequence that prints as a table."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<Differences: {len(self)}>"

    def __str__(self) -> str:
        head = ("dyad", "time", "column", "ours", "theirs", "known", "last event behind ours")
        return "\n".join(columns([head, *(one.cells() for one in self)]))

    def table(self) -> Table:
        """Return one row a difference, with the ids of the events behind ours."""
        return differences_table(self)


@attrs.frozen(kw_only=True, repr=False)
class LeftOut:
    """A row of theirs that could not be compared.

    Attributes:
        row: Its number, from 0.
        keys: Its keys, as texts; None where one is missing.
        reason: Why, such as ``code-not-in-use``; see `diplorel.analysis.join_keys.REASONS`.
        hint: More about it, such as the right code; may be empty.
    """

    row: int
    keys: tuple[str | None, ...]
    reason: str
    hint: str

    def __repr__(self) -> str:
        return clipped(f"<LeftOut {self}>")

    def __str__(self) -> str:
        keys = ", ".join(one or "missing" for one in self.keys)
        return f"row {self.row} ({keys}): {self.reason}{f': {self.hint}' if self.hint else ''}"


class OnlyTheirs(Listing[LeftOut]):
    """The rows of theirs that could not be compared: a sequence that prints as a table."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<OnlyTheirs: {counted(len(self), 'row')}>"

    def __str__(self) -> str:
        return "\n".join(map(str, self))

    @property
    def reasons(self) -> Mapping[str, int]:
        """How many there are by reason, the most frequent first."""
        return dict(sorted(Counter(one.reason for one in self).items(), key=_most))

    def table(self) -> Table:
        """Return one row for each."""
        return only_theirs_table(self)


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


@attrs.frozen(kw_only=True, repr=False)
class Agreement:
    """How far one column of theirs agrees with ours.

    Attributes:
        column: The column of the panel.
        theirs: Their column.
        outcomes: How many values of theirs there are by outcome: ``same``, ``different``,
            ``undecided``, ``contested``, ``unknown``, ``theirs-missing``.
        crossing: How many compared values there are by ours, in their words, and theirs.
    """

    column: str
    theirs: str
    outcomes: Mapping[str, int]
    crossing: Mapping[tuple[str, str], int]

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds a dict

    @property
    def same(self) -> int:
        """How many values are the same: the numerator of the share."""
        return self.outcomes["same"]

    @property
    def compared(self) -> int:
        """How many values are compared: the denominator. What either leaves open is not in it."""
        return sum(self.outcomes[one] for one in _COMPARED)

    @property
    def share(self) -> Fraction | None:
        """The share of the compared values that are the same; None where none is compared."""
        return Fraction(self.same, self.compared) if self.compared else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: the agreement beyond what the two distributions give by chance.

        None where nothing is compared, or where all are one value, so that chance explains all.
        """
        if not self.compared:
            return None
        ours: Counter[str] = Counter()
        theirs: Counter[str] = Counter()
        for (one, two), count in self.crossing.items():
            ours[one] += count
            theirs[two] += count
        chance = Fraction(sum(ours[one] * theirs[one] for one in ours), self.compared**2)
        share = Fraction(self.same, self.compared)
        return None if chance == 1 else float((share - chance) / (1 - chance))

    def __repr__(self) -> str:
        return f"<Agreement of {self.column} and {self.theirs}: {self.same} of {self.compared}>"

    def __str__(self) -> str:
        theirs = sorted({two for _, two in self.crossing})
        rows = [
            (one, *(self.crossing.get((one, two), 0) for two in theirs))
            for one in sorted({one for one, _ in self.crossing})
        ]
        head = (f"{self.column} \\ {self.theirs}", *theirs)
        return "\n".join([repr(self)[1:-1], "", *columns([head, *rows], "<" + ">" * len(theirs))])


@attrs.frozen(kw_only=True, repr=False)
class PanelComparison(Tabular):
    """A table of others beside a panel: agreement, differences, and the rows of one alone.

    ``comparison["ties"]`` is the `Agreement` of one column. `table` has the counts by values;
    `cells` has every value.

    Attributes:
        columns: Their column by ours.
        cells: Every value of theirs in a row that is compared, with ours and the outcome.
        differences: The values that differ, with the events behind ours.
        only_theirs: The rows of theirs that could not be compared, with the reason.
        only_ours: The rows of the panel that no row of theirs is about, of the times that their
            table has.
        beside: Their numbers by our value, as asked for with *beside*.
        notes: What to know before the counts are believed.
        rows: How many rows there are. Of ``theirs``: ``theirs_matched`` and ``theirs_only``. Of
            ``ours``: ``ours_matched``; ``ours_only``; ``ours_set_aside``, whose keys their table
            has twice, or which a code can mean besides others; and ``ours_other_time``.
        stamp: How it was made.
    """

    columns: Mapping[str, str]
    cells: Table
    differences: Differences
    only_theirs: OnlyTheirs
    only_ours: Table
    beside: Table
    notes: tuple[str, ...]
    rows: Mapping[str, int]
    stamp: Mapping[str, Any]

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds dicts

    def __reduce__(self) -> Reduced:
        return reduced(self)

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """The agreement of each column, in the order asked for."""
        outcomes = {name: Counter[str]() for name in self.columns}
        crossing = {name: Counter[tuple[str, str]]() for name in self.columns}
        names = ("column", "ours_as", "theirs", "outcome")
        for name, ours, theirs, outcome in zip(*map(self.cells.__getitem__, names), strict=True):
            outcomes[name][outcome] += 1
            if outcome in _COMPARED:
                crossing[name][ours, theirs] += 1
        return tuple(
            Agreement(
                column=name,
                theirs=theirs,
                outcomes={one: outcomes[name][one] for one in OUTCOMES},
                crossing=dict(sorted(crossing[name].items())),
            )
            for name, theirs in self.columns.items()
        )

    def __getitem__(self, column: str) -> Agreement:
        """Return the agreement of a column of the panel.

        Raises:
            MissingKeyError: It was not compared.
        """
        for one in self.agreements:
            if one.column == column:
                return one
        known = ", ".join(self.columns) or NONE
        raise MissingKeyError(
            "{column!r} is not compared, only: {known}", column=column, known=known
        )

    def __iter__(self) -> Iterator[Agreement]:
        return iter(self.agreements)

    def __len__(self) -> int:
        return len(self.columns)

    def __repr__(self) -> str:
        found = "; ".join(f"{one.column} {one.same} of {one.compared}" for one in self)
        return clipped(f"<PanelComparison: {found or 'no column'}>")

    def __str__(self) -> str:
        rows, rest = self.rows, (*OUTCOMES,)[len(_COMPARED) :]
        mine = f"{rows['ours_only']} only ours, {rows['ours_other_time']} of other times"
        lines = [
            f"theirs: {rows['theirs_matched']} of {counted(rows['theirs'], 'row')} matched",
            f"ours:   {rows['ours_matched']} of {counted(rows['ours'], 'row')} matched, {mine}",
        ]
        if self.columns:
            cells: list[tuple[str, ...]] = [
                ("column", "theirs", *_COMPARED, "share", "kappa", *rest)
            ]
            for one in self:
                counts = one.outcomes
                compared = (str(counts[name]) for name in _COMPARED)
                others = (str(counts[name]) for name in rest)
                cells.append((one.column, one.theirs, *compared, *_rates(one), *others))
            lines += ["", *columns(cells, "<<>>>>>>>>")]
        if self.only_theirs:
            lines += ["", "not compared:"]
            for reason, count in self.only_theirs.reasons.items():
                first = next(one for one in self.only_theirs if one.reason == reason)
                lines.append(f"  {count} {reason}, such as {_example(first)}")
        lines += ["", *(f"note: {one}" for one in self.notes)] if self.notes else []
        return "\n".join(lines)

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The events behind the differences: what `EventLog.cite` cites."""
        found = {event.id: event for one in self.differences for event in one.events}
        return tuple(found.values())

    def table(self) -> Table:
        """Return how many values there are by column, our value, theirs and outcome."""
        return agreement_table(self)


def _example(one: LeftOut) -> str:
    return str(one).replace(f": {one.reason}", "", 1)


def _rates(one: Agreement) -> tuple[str, str]:
    share = "-" if one.share is None else f"{float(one.share):.2f}"
    return share, "-" if one.kappa is None else f"{one.kappa:.2f}"
