"""Turn an edited table into records: new rows into events, changed rows into corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import attrs

from diplorel import _ask
from diplorel._message import Message
from diplorel.check.accounts import describe_entries
from diplorel.errors import (
    InvalidQueryError,
    Problem,
    StreamError,
    did_you_mean,
    expected_one_of,
    nearest,
)
from diplorel.io.sheets.matching import align_numbers, match_by_day, say_the_same, uncorrected
from diplorel.io.sheets.sheet import Row, Sheet, find_duplicates
from diplorel.log import EventLog
from diplorel.model.events import Event, EventRetracted
from diplorel.model.records import targets
from diplorel.model.reference import Reference
from diplorel.model.source_entries import differing, says_more

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from diplorel.model.records import Record
    from diplorel.model.sources import Source

NAME_LIMIT: Final = 200
OFFERS: Final = 10
"""For so many rows the nearest id is looked up: among many thousands that takes its time."""


def update(
    log: EventLog,
    new: Sheet | Iterable[Event],
    *,
    sources: Iterable[Source] = (),
    stream: str | None = None,
    at: datetime | str | None = None,
    reason: str | None = None,
    removed: Literal["keep", "retract"] = "keep",
    match_days: bool = False,
    ahead: bool = False,
) -> EventLog:
    """Return a log after one stream has appended what a sheet says differently.

    A row is about the event that its id names, or else about the event that its own content names.
    What the stream does not have is a new event. What it has with fewer sources is recorded again
    with all of them. Everything else that differs is a correction, which needs a reason: the row's
    own, or *reason*. What is the same is left alone, so updating twice is updating once.

    Args:
        log: The log.
        new: A table as `read_sheet` read it, or events.
        sources: Sources that the log lacks, beside those that the table brings along.
        stream: Which stream is updated; may be left out where the log holds one only.
        at: When the records are made, a moment in UTC; now when None.
        reason: Why, for corrections that give no reason of their own.
        removed: What of events that have no row: ``keep`` leaves them alone, ``retract`` takes them
            back, with *reason* and their own sources.
        match_days: For a sheet of the whole stream whose rows have no ids, such as one that is
            generated anew: a row that has no like event of its day is a correction of the day of
            the one event like it that has no row. Like are events of one type and of the same
            parties that agree in all else that distinguishes events. If several rows or several
            events are like each other, that is a problem, and nothing is decided. Default: such a
            row is a new event.
        ahead: Whether what looks like a wrong clock is right, as `EventLog.append` takes it.

    Returns:
        The log with the records at its end, and with the new sources. The same log where there is
        nothing to say.

    Raises:
        StreamError: A correction has no reason, a row names an event that there is not, two rows
            are about one event, or a row can correct the day of several; it holds every problem,
            and nothing is appended.
        InvalidQueryError: The log holds several streams and none is named, it is a view, or events
            are to be taken back without a reason.
        RecordedOrderError: *at* lies before the last record of the stream, or a clock is wrong.

    >>> from diplorel import events as ev
    >>> event = ev.TiesEstablished(on="1973-08", parties=("SGP", "VNM"), sources=["vna"])
    >>> log = update(EventLog(), [event])
    >>> mended = update(log, [attrs.evolve(event, place="Paris")], reason="The report names it.")
    >>> [(event.place, event.reason) for event in mended.resolve().events]
    [('Paris', 'The report names it.')]
    >>> len(mended), update(mended, mended.resolve().events) is mended
    (2, True)
    """
    _ask.items("log", [log], EventLog)[0].refuse_view(Message("updated"))
    table = new if isinstance(new, Sheet) else Sheet(tuple(Row(event) for event in new))
    if removed not in ("keep", "retract"):
        raise InvalidQueryError(
            "{argument}: {expected}",
            argument="removed",
            expected=expected_one_of(("keep", "retract"), removed),
        )
    name = _stream(log, stream)
    change = _Change(log, name, table, reason)
    if match_days:
        change.match_days()
    additions: list[Event | EventRetracted] = change.additions()
    if removed == "retract":
        additions += change.retractions()
    brought = [*table.sources, *sources]
    known = log.reference.source
    fresh = [one for one in brought if one.id not in known or says_more(one, known[one.id])]
    change.problems += [
        Problem(
            code="DR138",
            message=f"the source {one.id!r} is another one in the bibliography: it differs in "
            + describe_entries(
                [*log.reference.brought_by("source", one.id), (one, ("the sheet",))], fields
            ),
            hint="Give the new one another id",
            path=table.path,
        )
        for one in fresh
        if one.id in known and (fields := differing([known[one.id], one]))
    ]
    if change.problems:
        raise StreamError(sorted(change.problems, key=lambda one: one.line or 0))
    if not additions and not fresh:
        return log
    grown = log.append(*additions, at=at, stream=name, ahead=ahead)
    if fresh:
        more = Reference(sources=tuple(fresh))
        if (
            name is not None and name in log.reference.by_stream
        ):  # what extends its own entries is written with them
            more = more.of(name)
        grown = EventLog(grown.records, reference=log.reference | more)
    change.look(grown)
    return grown


def _stream(log: EventLog, stream: str | None) -> str | None:
    """Return the stream meant: the one named, the only one, or the one that has no record yet."""
    if stream is not None or len(log.streams) > 1:
        return stream
    if log.streams:
        return log.streams[0]
    return next((one.name for one in log.reference.infos), None)


def align(log: EventLog, sheet: Sheet, *, stream: str | None = None) -> Sheet:
    """Return a sheet whose like rows have the numbers of the events that they agree with.

    Only rows that `read_sheet` numbered get other numbers; `update` does the same.

    Args:
        log: The log.
        sheet: The sheet.
        stream: Which stream is updated; may be left out where the log holds one only.
    """
    return _Change(log, _stream(log, stream), sheet, None).table


class _Change:
    """The differences between a sheet and a stream."""

    def __init__(self, log: EventLog, stream: str | None, table: Sheet, reason: str | None) -> None:
        self.stream = stream
        self.reason = reason
        mine = log.where(stream=stream) if stream in log.streams else EventLog()
        events = mine.resolve()
        self.live = {event.id: event for event in events.events}
        self.accounts = events.accounts
        self.mine: dict[str, list[Record]] = {}
        for record in mine.records:
            self.mine.setdefault(record.id, []).append(record)
        self.dead = set(events.dead)
        rows = align_numbers(table.rows, self.live, self.mine)
        self.table = table = attrs.evolve(table, rows=tuple(rows))
        self.moved: dict[int, str] = {}
        self.problems = [*find_duplicates(table.rows, table.path)] if table.path is None else []
        self.kept: set[str] = set()
        self.in_rows = {row.event.id for row in table.rows}

    def problem(self, row: Row, message: str, hint: str) -> None:
        self.problems.append(
            Problem(
                code="DR139", message=message, hint=hint, path=self.table.path, line=row.line,
                event=row.event.id,
            )
        )  # fmt: skip

    def match_days(self) -> None:
        """Find the rows that correct the day of an event, and those that could correct several."""
        found = match_by_day(self.table.rows, self.live)
        self.moved |= found.moved
        for index, (ids, count) in found.ambiguous.items():
            row = self.table.rows[index]
            listed = " or ".join(ids[:OFFERS]) + (" …" if len(ids) > OFFERS else "")
            several = f", and so can {count - 1} more of the rows" if count > 1 else ""
            self.problem(
                row,
                f"it can be the new day of {listed}{several}",
                "Write the id of the event whose day it corrects in the column 'id', or for a new "
                f"event its own, {row.event.id}",
            )

    # --- what is appended ------------------------------------------------------------------------

    def additions(self) -> list[Event | EventRetracted]:
        """Return the events that make the stream say what the rows say."""
        abouts = [
            (row, about)
            for index, row in enumerate(self.table.rows)
            if (about := self.moved.get(index) or self._about(row))
        ]
        moved = {about for row, about in abouts if about != row.event.id}
        added = (self._addition(row, about, moved) for row, about in abouts)
        return [event for event in added if event is not None]

    def _addition(self, row: Row, about: str, moved: set[str]) -> Event | None:
        event = row.event
        self.kept |= {about, event.id}
        old = self.live.get(about)
        if old is None or (about == event.id and about in moved):
            return self._new(row)
        if say_the_same(old, event):
            return None
        if self._only_cites_more(old, event):
            return uncorrected(event)
        named = [*self._corrected(about)]
        if event.id != about:
            named += self._corrected(event.id)
        return self._correction(row, about, named, f"it changes {about}")

    def _about(self, row: Row) -> str | None:
        """Return the id of the event that a row is about; None where there is no such event."""
        id = row.event.id
        if row.id in (None, id):
            return id
        if id in self.live and (row.id not in self.live or row.id in self.in_rows):
            return id  # the row was read in before, and its id has changed since
        if row.id in self.live:
            return row.id
        if row.id in self.mine:
            message = f"id: the event {row.id} was corrected or taken back since"
            self.problem(row, message, "Export the stream again, or empty the cell for a new event")
        else:
            few = self.live if len(self.problems) < OFFERS else ()
            hint = did_you_mean(nearest(row.id[:NAME_LIMIT], few, limit=1)).strip()
            self.problem(
                row,
                f"id: the stream has no event {row.id!r}",
                hint or "Leave the cell empty for a new event",
            )
        return None

    def _new(self, row: Row) -> Event | None:
        """Return the event of a row about an event that the stream does not report now."""
        id = row.event.id
        if id not in self.mine:
            return row.event
        retractions = [
            f"{record.id}@{record.digest}"
            for records in self.mine.values()
            for record in records
            if isinstance(record.event, EventRetracted)
            and record not in self.dead
            and any(id == named for named, _ in targets(record.event.target))
        ]
        before = [f"{id}@{record.digest}" for record in self.mine[id]]
        message = f"the stream took {id} back before"
        return self._correction(row, row.id or id, retractions + before, message)

    def _correction(self, row: Row, about: str, named: list[str], message: str) -> Event | None:
        """Return an event that corrects what is named; None where nothing says why.

        What a row repeats from the record that it comes from is neither a reason nor a correction
        of its own.
        """
        event = row.event
        before = [one.event for id in (row.id or about, event.id) for one in self._all(id)]
        reason = self.reason
        if event.reason and event.reason not in {getattr(one, "reason", None) for one in before}:
            reason = event.reason
        if not reason:
            self.problem(
                row,
                f"{message}, and gives no reason",
                "Say why in the column 'reason', or for all rows by --reason",
            )
            return None
        repeated = {text for one in before for text in one.supersedes}
        named += [text for text in event.supersedes if text not in repeated]
        return attrs.evolve(event, supersedes=tuple(dict.fromkeys(named)), reason=reason)

    def _only_cites_more(self, old: Event, event: Event) -> bool:
        """Say whether a row's event differs from the recorded one only by more sources.

        Then the row is a further record of that event and corrects nothing. If the event has
        several accounts, another of them could be shown because of it; and where the stream said
        just this and took it back, the further record would be as dead as that one.
        """
        notes = {(one.event.note, getattr(one.event, "inferred", None)) for one in self._of(old.id)}
        return (
            len(notes) == 1
            and old.id not in self.accounts
            and set(old.sources) < set(event.sources)
            and uncorrected(event) not in [one.event for one in self._all(event.id)]
            and say_the_same(attrs.evolve(old, sources=event.sources), event)
        )

    def _all(self, id: str) -> list[Record]:
        return self.mine.get(id, [])

    def _of(self, id: str) -> list[Record]:
        """Return the live records of an event."""
        return [record for record in self._all(id) if record not in self.dead]

    def _corrected(self, id: str) -> list[str]:
        """Return what to name so that an event is reported no more.

        Each of its live records, and all that those correct: what only the dead named would live
        again. Digests name records that are there already, so corrections never form a ring.
        """
        found = []
        for record in self._of(id):
            found.append(f"{record.id}@{record.digest}")
            for text in record.event.supersedes:
                found += [
                    f"{other.id}@{other.digest}"
                    for named, digest in targets(text)
                    for other in self._all(named)
                    if digest in (None, other.digest) and other != record
                ]
        return found

    def retractions(self) -> list[EventRetracted]:
        """Return what takes back every event that no row is about."""
        gone = [event for id, event in self.live.items() if id not in self.kept]
        if gone and not self.reason:
            raise InvalidQueryError(
                "{count} events have no row and are to be taken back, the first is {first}: "
                "say why with reason=",
                count=len(gone),
                first=gone[0].id,
            )
        return [
            EventRetracted(target=target, reason=self.reason or "", sources=event.sources)
            for event in gone
            for target in dict.fromkeys(self._corrected(event.id))
        ]

    # --- what came of it -------------------------------------------------------------------------

    def look(self, grown: EventLog) -> None:
        """Look whether the stream says now what the rows say.

        Raises:
            StreamError: It does not: an older correction names an event by its id and so takes back
                whatever comes under it.
        """
        if not self.table.rows:
            return  # then there may be no record of the stream, and only its sources are new
        stream = self.stream or grown.streams[0]
        live = {event.id: event for event in grown.where(stream=stream).resolve().events}
        for row in self.table.rows:
            now = live.get(row.event.id)
            if now is None or not say_the_same(now, row.event):
                self.problem(
                    row,
                    "the stream would not say what the row says: an older correction names "
                    f"{row.event.id}",
                    "Correct that correction first",
                )
        if self.problems:
            raise StreamError(self.problems)
