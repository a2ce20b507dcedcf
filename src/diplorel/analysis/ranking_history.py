"""The standing order over time: one row for each partner and day, by years or by changes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias

import attrs

from diplorel._columns import columns, counted, listed
from diplorel.analysis.ranking import ranking
from diplorel.analysis.ranking_rows import RankingRow, span_of
from diplorel.model.tabular import Tabular
from diplorel.replay.snapshot import take_snapshot
from diplorel.replay.workings import Workings
from diplorel.tracks.level import LEVEL
from diplorel.tracks.special import SPECIAL
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from diplorel.analysis.partners import Kind
    from diplorel.analysis.ranking import Ranking
    from diplorel.model.events import Event
    from diplorel.model.ladders import Level
    from diplorel.model.reference import Reference
    from diplorel.model.table import Table
    from diplorel.replay.order import Dates
    from diplorel.resolve.resolution import ResolvedEvents

Days: TypeAlias = Literal["year-ends", "changes"]
"""The days of a history: 31 December of each year, or every day when the order changed."""
Cut: TypeAlias = Literal["present", "coverage"]
SHARED: Final = "shared"
"""The key of a row that nothing separates from the row before."""
TRACKS: Final = (TIES, LEVEL, SPECIAL)
"""The tracks that a ranking is made from."""
_KINDS: Final = frozenset({kind for track in TRACKS for kind in track.handlers} | {PartySucceeded})


@attrs.frozen(kw_only=True)
class HistoryRow(RankingRow):
    """One partner's position on one day; see `RankingRow`.

    Attributes:
        on: The day, at whose end the row holds.
        year: The year that the day stands for; None where days are those of changes.
        key: What separates it from the row before: ``level``, ``since`` or ``ties``; ``shared``
            where nothing does, so that both have one position; None in the first row.
        key_certain: Whether every open date leaves the two in this order; None in the first row.
        complete: Whether some stream calls the list complete from this level up on that day. If
            not, partners that no stream records can be ahead.
    """

    on: date
    year: int | None
    key: str | None
    key_certain: bool | None
    complete: bool

    def to_record(self) -> dict[str, Any]:
        """Return the row as one dict of plain data."""
        return {
            "on": self.on.isoformat(),
            "year": self.year,
            **super().to_record(),
            "level": self.level.id,
            "since": self.since.text,
            "ties": self.ties and self.ties.text,
            "key": self.key,
            "key_certain": self.key_certain,
            "complete": self.complete,
        }


@attrs.frozen(kw_only=True, repr=False)
class HistoryDay:
    """The standing order on one day.

    Attributes:
        on: The day, at whose end it holds.
        year: The year that the day stands for; None where days are those of changes.
        cut: Why it is not 31 December of that year: ``present`` (the year is not over) or
            ``coverage`` (no stream calls any level complete for later days of the year). None
            where it is.
        rows: The partners that hold a level with a rank, best first.
        undecided: Parties without such a level that may have one, since dates are open.
        unranked: Partners at a level without a rank.
        special: Partners in a special relationship, which is not on the ladder.
        complete_from: The lowest level at or above which some stream calls the ladder complete on
            that day; None where none does.
    """

    on: date
    year: int | None
    cut: Cut | None
    rows: tuple[HistoryRow, ...]
    undecided: tuple[str, ...]
    unranked: tuple[str, ...]
    special: tuple[str, ...]
    complete_from: Level | None

    def __iter__(self) -> Iterator[HistoryRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<HistoryDay {self._title()}: {counted(len(self.rows), 'partner')}>"

    def _title(self) -> str:
        why = {None: "", "present": ", the present", "coverage": ", where the coverage ends"}
        return f"{self.on}{why[self.cut]}"

    def lines(self) -> list[str]:
        """Return the day as lines of text: a title, the rows, and who is not among them."""
        floor = self.complete_from
        known = f"complete from {floor.name()} up" if floor else "the list may be incomplete"
        rows = [
            (
                row.position,
                span_of(row.best, row.worst),
                row.name,
                row.level.name() + " *" * row.last_recorded,
                row.since.text,
                row.key and row.key + "?" * (row.key_certain is False and row.key != SHARED),
            )
            for row in self.rows
        ]
        heading = ("position", "range", "partner", "level", "since", "ahead by")
        others = (("undecided", self.undecided), ("no rank", self.unranked))
        more = [f"{name} ({len(ids)}): {listed(ids)}" for name, ids in others if ids]
        return [f"{self._title()} ({known})", *columns([heading, *rows], ">>"), *more]


@attrs.frozen(kw_only=True, repr=False)
class RankingHistory(Tabular):
    """The standing order of a party's partners over time. Iterate it for the rows, day by day.

    Attributes:
        party: Whose partners.
        mode: ``year-ends`` or ``changes``.
        days: The days, oldest first.
        first: The first day that was asked for.
        last: The last day that was asked for and has come.
        reference: The names of parties and levels, and what streams call complete.
        asked: How the log was asked: its versions, what was known, the clock and the policy.

    >>> import diplorel as dr
    >>> history = dr.load("vietnam").ranking_history("VNM", years=(2023, 2025))
    >>> [(day.on.isoformat(), day.cut) for day in history.days]
    [('2023-12-31', None), ('2024-12-31', None), ('2025-08-22', 'coverage')]
    >>> [(row.position, row.level.id) for row in history["SGP"]]
    [(13, 'strategic'), (16, 'strategic'), (12, 'comprehensive-strategic')]
    """

    party: str
    mode: Days
    days: tuple[HistoryDay, ...]
    first: date
    last: date
    evidence: tuple[Event, ...] = attrs.field(default=())
    reference: Reference = attrs.field(eq=False)
    asked: Mapping[str, Any] = attrs.field(eq=False)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds dicts

    def __iter__(self) -> Iterator[HistoryRow]:
        return (row for day in self.days for row in day.rows)

    def __len__(self) -> int:
        return sum(map(len, self.days))

    def __getitem__(self, party: str) -> tuple[HistoryRow, ...]:
        """Return the rows of one partner, oldest first; none where it never has a position.

        Args:
            party: An id, alpha-2 code or name.

        Raises:
            UnknownPartyError: There is no such party.
        """
        id = (
            party
            if any(row.party == party for row in self)
            else self.reference.parties.find(party).id
        )
        return tuple(row for row in self if row.party == id)

    def floors(self) -> list[tuple[date, Level | None]]:
        """Return the lowest level that the list is complete for, day by day.

        Each entry holds from its day to the day before the next: the level is the lowest at or
        above which some stream calls the ladder complete (see `HistoryDay.complete_from`), or None.
        """
        first, last = self.first.toordinal(), self.last.toordinal()
        turns = {first}
        for one in self.reference.coverage:
            if one.track == LEVEL.name and self.party in one.parties:
                turns.update(one.bounds)
        found: list[tuple[date, Level | None]] = []
        for day in sorted(day for day in turns if first <= day <= last):
            floor = self.reference.complete_from(self.party, day)
            if not found or floor != found[-1][1]:
                found.append((date.fromordinal(day), floor))
        return found

    def __repr__(self) -> str:
        rows, days = counted(len(self), "row"), counted(len(self.days), "day")
        return f"<RankingHistory of {self.party}: {rows} on {days}>"

    def __str__(self) -> str:
        rows, days = counted(len(self), "row"), counted(len(self.days), "day")
        lines = [f"Partners of {self.party} in the standing order: {rows} on {days}"]
        for day in self.days:
            lines += ["", *day.lines()]
        notes = {
            "* as last recorded: no stream vouches for it on that day": any(
                row.last_recorded for row in self
            ),
            "? open dates can turn the two round": any(row.key_certain is False for row in self),
        }
        return "\n".join([*lines, "", *(note for note, holds in notes.items() if holds)]).rstrip()

    def table(self) -> Table:
        """Return one row for each partner and day, oldest day first."""
        from diplorel.analysis.tables_over_time import history_table  # noqa: PLC0415  few ask

        return history_table(self, self.asked)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict for each partner and day, oldest day first."""
        return [row.to_record() for row in self]


@attrs.frozen
class Bearing:
    """What bears on the ranking of a party: nothing else is folded.

    Attributes:
        resolved: The events.
        others: The parties that can have a level, or a special relationship.
        first: The last possible day of the first event on the ladder, as an ordinal; None where
            there is none.
    """

    resolved: ResolvedEvents
    others: frozenset[str]
    first: int | None


def bearing_on(resolved: ResolvedEvents, party: str) -> Bearing:
    """Return what bears on the ranking of a party, and who can be in it."""
    moves = [event for event in resolved.unordered if isinstance(event, PartySucceeded)]
    back = {(move.successor, move.predecessor) for move in moves}
    lineage = _closed({party}, back)
    mine = [
        event
        for event in resolved.unordered
        if type(event) in _KINDS and not lineage.isdisjoint(event.parties)
    ]
    titled = {*LEVEL.owns, *SPECIAL.owns}
    named = {one for event in mine if type(event) in titled for one in event.parties} - {party}
    others = _closed(named, back | {(new, old) for old, new in back})
    kept = [event for event in mine if not others.isdisjoint(event.parties)]
    kept += [move for move in moves if move not in kept]
    return Bearing(
        attrs.evolve(resolved, unordered=tuple(kept)),
        frozenset(others - {party}),
        min(
            (one.on.hi for one in mine if type(one) in LEVEL.owns and one.ladder in lineage),  # type: ignore[attr-defined]  # all of them have one
            default=None,
        ),
    )


def _closed(parties: set[str], steps: set[tuple[str, str]]) -> set[str]:
    """Return parties with all that can be reached from them by steps."""
    while more := {to for at, to in steps if at in parties} - parties:
        parties = parties | more
    return parties


def ranking_history(
    resolved: ResolvedEvents,
    reference: Reference,
    party: str,
    *,
    years: tuple[int, int] | None,
    days: Days,
    kind: Kind,
    dates: Dates,
    today: date,
    stamp: Mapping[str, Any],
) -> RankingHistory:
    """Return the standing order over time; see `EventLog.ranking_history`.

    Args:
        resolved: The events, as known.
        reference: The ladders, parties and coverage.
        party: The id of the party, which has a ladder.
        years: The first and the last year; None for all that have something to show.
        days: Which days.
        kind: Which partners.
        dates: By which of its days an event is applied.
        today: The present day.
        stamp: How the answer was asked for.
    """
    bearing = bearing_on(resolved, party)
    changes = _days_of_changes(bearing, reference, party, dates)
    changes = [day for day in changes if day <= today.toordinal()]
    first, last = years or _years_of(bearing, changes, reference, party, today)
    # before the first year there is none to begin with
    begin, end = date(max(first, 1), 1, 1), min(date(max(last, 1), 12, 31), today)
    asked: list[tuple[int, int | None, Cut | None]]
    if days == "changes":
        within = begin.toordinal(), end.toordinal()
        asked = [(day, None, None) for day in changes if within[0] <= day <= within[1]]
    else:
        asked = [_end_of(year, reference, party, today) for year in range(first, last + 1)]

    workings = Workings()  # from one day to the next few relations change

    def rank(day: int) -> Ranking:
        snapshot = take_snapshot(
            bearing.resolved, reference, TRACKS, day=day, dates=dates, workings=workings
        )
        return ranking(snapshot, party, kind=kind, among=bearing.others)

    found: list[tuple[Ranking, int | None, Cut | None]]
    found = [(rank(day), year, cut) for day, year, cut in asked]
    if days == "changes" and asked:
        before = [rank(max(1, asked[0][0] - 1)), *(one for one, _, _ in found)]
        found = [
            one for old, one in zip(before, found, strict=False) if _order(old) != _order(one[0])
        ]
    evidence = {event.id: event for one, _, _ in found for event in one.evidence}
    return RankingHistory(
        party=party,
        mode=days,
        days=tuple(_day_of(*one) for one in found),
        first=begin,
        last=end,
        evidence=tuple(evidence.values()),
        reference=reference,
        asked=stamp,
    )


def _order(shown: Ranking) -> list[tuple[str, int, str]]:
    return [(row.party, row.position, row.level.id) for row in shown.rows]


def _days_of_changes(bearing: Bearing, reference: Reference, party: str, dates: Dates) -> list[int]:
    """Return the days when an event is applied that can change the order, as ordinals."""
    applied: Sequence[Event] = [
        *bearing.resolved.unordered,
        *(end for end in reference.ends if end.party == party or end.party in bearing.others),
    ]
    return sorted({event.on.hi if dates == "latest" else event.on.lo for event in applied})


def _years_of(
    bearing: Bearing, changes: Sequence[int], reference: Reference, party: str, today: date
) -> tuple[int, int]:
    """Return the first and the last year with something to show."""
    if bearing.first is None or not changes:
        return today.year, today.year - 1
    covered = _covered_to(reference, party, today.toordinal())
    last = max(changes[-1], covered or 0)
    return date.fromordinal(bearing.first).year, date.fromordinal(last).year


def _covered_to(reference: Reference, party: str, day: int) -> int | None:
    """Return the last day, up to a given one, when some level of a ladder is complete."""
    levels = reference.ladder[party].levels
    reached = [
        reference.level_complete_to(party, day, level.id)
        for level in levels
        if level.rank is not None
    ]
    return max((one for one in reached if one is not None), default=None)


def _end_of(
    year: int, reference: Reference, party: str, today: date
) -> tuple[int, int, Cut | None]:
    """Return the day that stands for a year, the year, and why it is not the last one of it."""
    day = date(year, 12, 31).toordinal()
    cut: Cut | None = None
    if day > today.toordinal():
        day, cut = today.toordinal(), "present"
    covered = _covered_to(reference, party, day)
    if covered is not None and date(year, 1, 1).toordinal() <= covered < day:
        return covered, year, "coverage"
    return day, year, cut


def _day_of(shown: Ranking, year: int | None, cut: Cut | None) -> HistoryDay:
    on, floor = shown.on, shown.complete_from
    assert on is not None  # noqa: S101  a day was asked for
    rows: list[HistoryRow] = []
    for place, row in enumerate(shown.rows):
        key: str | None = None
        certain: bool | None = None
        if place:
            why = shown.explain(shown.rows[place - 1].party, row.party)
            key, certain = why.key or SHARED, why.certain
        rows.append(
            HistoryRow(
                **{field.name: getattr(row, field.name) for field in attrs.fields(RankingRow)},
                on=on,
                year=year,
                key=key,
                key_certain=certain,
                complete=floor is not None and (row.level.rank or 0) >= (floor.rank or 0),
            )
        )
    return HistoryDay(
        on=on,
        year=year,
        cut=cut,
        rows=tuple(rows),
        undecided=shown.undecided,
        unranked=shown.unranked,
        special=shown.special,
        complete_from=floor,
    )
