"""Differences: what changed between two days, apart from what was only corrected."""

from __future__ import annotations

from datetime import date
from math import inf
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from diplorel._columns import columns, counted
from diplorel.errors import InvalidQueryError
from diplorel.model.stamps import NOT_ASKED
from diplorel.model.tabular import Tabular
from diplorel.tracks.level import LadderState, LevelState, LevelStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.model.stamps import Asked
    from diplorel.model.table import Table
    from diplorel.replay.accumulators import FoldedState
    from diplorel.replay.snapshot import Snapshot
    from diplorel.tracks.track import Subject

Direction: TypeAlias = Literal["begun", "raised", "lowered", "changed", "removed"]
Ranks: TypeAlias = tuple[tuple[str, float | None], ...]
"""The rank held on each ladder, below all for no level; None where it is not known."""


@attrs.frozen(kw_only=True, repr=False)
class Change:
    """One track of one subject whose state differs.

    Attributes:
        subject: The dyad, party or group.
        track: The name of the track.
        before: The state before; None where nothing had happened.
        after: The state after; None where nothing remains.
    """

    subject: Subject
    track: str
    before: FoldedState[Any] | None
    after: FoldedState[Any] | None
    _ranks: tuple[Ranks, Ranks] = attrs.field(default=((), ()), alias="ranks")

    @property
    def direction(self) -> Direction:
        """What happened to it.

        ``begun`` where nothing had happened before, ``removed`` where nothing remains, ``raised``
        or ``lowered`` of a level, and ``changed`` of everything else: of a level too, where a label
        has no rank, dates leave open which level was held, or two ladders went opposite ways.
        """
        if self.before is None:
            return "begun"
        if self.after is None:
            return "removed"
        moves = {*_moves(*self._ranks)} - {0}
        if moves == {1}:
            return "raised"
        return "lowered" if moves == {-1} else "changed"

    def after_another(self, first: Change) -> Change:
        """Return the change over both times, where *first* is an earlier one of the same state."""
        ranks = (first._ranks[0], self._ranks[1])
        return attrs.evolve(self, before=first.before, ranks=ranks)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that are in the one state and not in the other, in order."""
        old = self.before.events if self.before is not None else ()
        new = self.after.events if self.after is not None else ()
        before, after = {*old}, {*new}  # hundreds of visits, each compared by all that it says
        return (*(ev for ev in new if ev not in before), *(ev for ev in old if ev not in after))

    @property
    def label(self) -> str:
        """The subject as text: an id, or the two ids of a dyad with a hyphen."""
        return self.subject if isinstance(self.subject, str) else "-".join(self.subject)

    def __repr__(self) -> str:
        return f"<Change of {self.label}, {self.track}: {counted(len(self.events), 'event')}>"


@attrs.frozen(kw_only=True, repr=False)
class Diff(Tabular):
    """What changed in the world from one day to another.

    Attributes:
        since: The day from whose end changes count.
        until: The last day.
        changes: What changed in the world, in the order of subject and track.
        corrections: What is only reported differently: how `since` was known then, and how it is
            known now. Empty unless asked for with ``known_since``.
        asked: How the log was asked: its versions, what was known, the clock and the policy.

    >>> import diplorel as dr
    >>> changed = dr.load("vietnam").diff("2025-03-11", "2025-03-12")
    >>> [(one.subject, one.track) for one in changed][1]
    (('SGP', 'VNM'), 'level')
    """

    since: date
    until: date
    changes: tuple[Change, ...]
    corrections: tuple[Change, ...] = ()
    asked: Asked = attrs.field(default=NOT_ASKED, eq=False, kw_only=True)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __repr__(self) -> str:
        fixed = f", {len(self.corrections)} corrections" if self.corrections else ""
        return f"<Diff ({self.since}, {self.until}]: {len(self.changes)} changes{fixed}>"

    def __str__(self) -> str:
        many = counted(len(self.changes), "change")
        lines = [f"{many} after {self.since}, up to {self.until}", "", *_rows_of(self.changes)]
        if self.corrections:
            fixed = counted(len(self.corrections), "correction")
            lines += ["", f"{fixed} of what was known then", "", *_rows_of(self.corrections)]
        return "\n".join(lines)

    def then(self, later: Diff) -> Diff:
        """Return the difference over both times, where *later* goes on from the end of this.

        Raises:
            InvalidQueryError: *later* begins on another day.
        """
        if self.until != later.since:
            raise InvalidQueryError(
                "this difference ends on {until}, the later begins on {since}",
                until=self.until,
                since=later.since,
            )
        merged = {(change.subject, change.track): change for change in self.changes}
        for change in later.changes:
            key = (change.subject, change.track)
            merged[key] = change.after_another(merged.get(key, change))
        kept = [change for change in merged.values() if change.before != change.after]
        return Diff(
            since=self.since,
            until=later.until,
            changes=tuple(sorted(kept, key=_key_of_change)),
            corrections=self.corrections,
            asked=self.asked,
        )

    def table(self) -> Table:
        """Return one row a change: before, after, direction, track and events."""
        from diplorel.analysis.tables import diff_table  # noqa: PLC0415  few ask for it

        return diff_table(self)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a change: subject, track, direction, if only corrected, ids of events."""
        return [
            {
                "subject": change.label,
                "track": change.track,
                "direction": change.direction,
                "corrected": corrected,
                "events": [event.id for event in change.events],
            }
            for corrected, changes in ((False, self.changes), (True, self.corrections))
            for change in changes
        ]


def _rows_of(changes: tuple[Change, ...]) -> list[str]:
    """Return the lines of a table with one row an event."""
    rows = [
        (change.label, change.track, id)
        for change in changes
        for id in [event.id for event in change.events] or ["-"]
    ]
    return columns([("subject", "track", "event"), *rows])


def _key_of_change(change: Change) -> tuple[tuple[str, ...], str]:
    subject = change.subject
    return ((subject,) if isinstance(subject, str) else subject, change.track)


def changes_between(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """Return every state that differs between two snapshots, in the order of subject and track."""
    old, new = before.states(), after.states()
    return tuple(
        sorted(
            (
                Change(
                    subject=key[0],
                    track=key[1],
                    before=old.get(key),
                    after=new.get(key),
                    ranks=(
                        _ranks(old.get(key), before.reference),
                        _ranks(new.get(key), after.reference),
                    ),
                )
                for key in old.keys() | new.keys()
                if old.get(key) != new.get(key)
            ),
            key=_key_of_change,
        )
    )


def _ranks(folded: FoldedState[Any] | None, reference: Reference) -> Ranks:
    """Return the ranks held on each ladder of a state of levels; nothing of other states."""
    if folded is None or not isinstance(folded.state, LevelState):
        return ()
    return tuple((one.ladder, _rank(one, reference)) for one in folded.state.ladders)


def _moves(before: Ranks, after: Ranks) -> Iterator[int | None]:
    """Yield 1, -1 or 0 for each ladder: up, down, neither; None where that is not known."""
    old, new = dict(before), dict(after)
    for ladder in old.keys() | new.keys():
        ranks = old.get(ladder, -inf), new.get(ladder, -inf)
        if ranks[0] is None or ranks[1] is None:
            yield None
        else:
            yield (ranks[1] > ranks[0]) - (ranks[1] < ranks[0])


def _rank(held: LadderState, reference: Reference) -> float | None:
    """Return the rank held on a ladder, below all others for no level; None where it is open."""
    if held.open & {"status", "level"}:
        return None
    if held.status is not LevelStatus.HELD:
        return -inf
    return reference.level(held.ladder, held.ranked(reference).level or "").rank


def diff(
    before: Snapshot,
    after: Snapshot,
    then: Snapshot | None = None,
    known_since: str | None = None,
) -> Diff:
    """Return what changed between two snapshots.

    Args:
        before: The one.
        after: The other.
        then: *before* as it was known at the time of the last look.
        known_since: When that was, for the stamp.
    """
    since, until = before.on, after.on
    assert since is not None  # noqa: S101  the façade asks for two days
    assert until is not None  # noqa: S101  likewise
    return Diff(
        since=since,
        until=until,
        changes=changes_between(before, after),
        corrections=() if then is None else changes_between(then, before),
        asked={**after.asked, "known_since": known_since},
    )
