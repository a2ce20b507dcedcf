"""Rankings by one measure alone: the age of ties, or the number of recorded visits.

The standing order needs a ladder; these need none. Each ranks what it says and no more: old ties
are not necessarily close ones, and a count of recorded visits is as complete as its stream.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias

import attrs

from diplorel._columns import columns, counted
from diplorel._message import Message
from diplorel.analysis.partners import Kind, others_of
from diplorel.analysis.possible_standings import possible_standings
from diplorel.analysis.ranking_rows import KnownRow, Rows, span_of
from diplorel.model.dates import LAST_DAY, PartialDate
from diplorel.model.stamps import NOT_ASKED
from diplorel.model.tabular import Tabular
from diplorel.replay.dyad import DyadSnapshot
from diplorel.tracks.ties import TIES, TiesStatus
from diplorel.tracks.visits import VISITS, VisitMade

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from diplorel.model.events import Event
    from diplorel.model.party_table import PartyTable
    from diplorel.model.stamps import Asked
    from diplorel.model.table import Table
    from diplorel.replay.snapshot import Snapshot

Metric: TypeAlias = Literal["ties", "visits"]
_Block: TypeAlias = Literal["none", "unknown"]
METRICS: Final[tuple[Metric, ...]] = ("ties", "visits")


@attrs.frozen(kw_only=True)
class MetricRow(KnownRow):
    """One partner's position in a ranking by one thing; see `KnownRow`.

    Attributes:
        value: What it is ranked by: the first day of the present unbroken ties, or the number of
            visits by the day: those that have certainly been made, by earliest dates those too that
            may have been.
    """

    value: PartialDate | int


@attrs.frozen(kw_only=True, repr=False)
class MetricRanking(Tabular, Rows[MetricRow]):
    """The partners of a party by one thing. Iterate it for the rows, best first.

    Attributes:
        party: Whose partners.
        by: By what: ``ties``, the oldest unbroken ones first, or ``visits``, the most first.
        on: The day, at whose end the ranking holds; None for all that is recorded.
        rows: The partners that have it; those of one position by id.
        undecided: Parties that do not, but may have it, since dates are open.
        none: Parties that have none.
        unknown: Parties without a known answer on that day. They are not last: they are unknown.
        complete: Whether some stream says that nothing is missing. Without it, there may be more.
        asked: How the log was asked: its versions, what was known, the clock and the policy.

    >>> import diplorel as dr
    >>> oldest = dr.load("vietnam").replay("2025-03-12").metric_ranking("VNM", by="ties")
    >>> oldest.rows[0].party, oldest["SGP"].position, oldest["SGP"].value
    ('CHN', 49, PartialDate('1973-08-01'))
    """

    blocks: ClassVar[tuple[str, ...]] = ("undecided", "none", "unknown")

    party: str
    by: Metric
    on: date | None
    rows: tuple[MetricRow, ...]
    undecided: tuple[str, ...]
    none: tuple[str, ...]
    unknown: tuple[str, ...]
    complete: bool
    _evidence: Mapping[str, tuple[Event, ...]] = attrs.field(alias="evidence")
    _parties: PartyTable = attrs.field(alias="parties")
    asked: Asked = attrs.field(default=NOT_ASKED, eq=False, kw_only=True)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds a dict

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The events behind the rows, best first: what `EventLog.cite` cites."""
        return tuple(event for row in self.rows for event in self._evidence[row.party])

    def _nothing(self) -> Message:
        return Message("it has no {measure}", measure=self.by)

    def __repr__(self) -> str:
        day = "" if self.on is None else f" on {self.on}"
        return f"<MetricRanking of {self.party}'s {len(self.rows)} partners by {self.by}{day}>"

    def __str__(self) -> str:
        day = "" if self.on is None else f" on {self.on}"
        rows = [
            (row.position, span_of(row.best, row.worst), row.name, str(row.value))
            for row in self.rows
        ]
        value = {"ties": "ties since", "visits": "visits"}[self.by]
        end = "" if self.complete else ", possibly incomplete"
        title = f"{counted(len(self), 'partner')} of {self.party}{day}, by {self.by}{end}"
        table = columns([("position", "range", "partner", value), *rows], ">><>")
        return "\n".join([title, "", *table, *self._block_lines()])

    def name_of(self, party: str) -> str:
        """Return the English name of a party by its id; the id where no table has it."""
        return self._parties.name_of(party)

    def table(self) -> Table:
        """Return one row a partner, best first, then the parties without a position."""
        from diplorel.analysis.tables import metric_table  # noqa: PLC0415  few ask for it

        return metric_table(self)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a partner, best first, for a table."""
        return [
            {
                **row.to_record(),
                self.by: row.value.text if isinstance(row.value, PartialDate) else row.value,
            }
            for row in self.rows
        ]


@attrs.frozen
class _Entry:
    """A partner with its key, smaller goes first, and the bounds that the dates leave it.

    The bounds count only the cases where it has a position at all; `surely` says that it has
    one in every case. One that may have none is never certainly ahead of another.
    """

    party: str
    value: PartialDate | int
    shown: int
    lo: int
    hi: int
    surely: bool = True


def metric_ranking(
    snapshot: Snapshot, party: str, *, by: Metric, kind: Kind = "any"
) -> MetricRanking:
    """Return the partners of *party*, an id, by one thing; see `World.metric_ranking`."""
    reference = snapshot.reference
    entries: list[_Entry] = []
    dyads: dict[str, DyadSnapshot] = {}
    blocks: dict[str, list[str]] = {block: [] for block in MetricRanking.blocks}
    rivals: list[int] = []
    for other in others_of(snapshot, party, kind):
        dyad = snapshot.between(party, other, DyadSnapshot)
        found = (_by_ties if by == "ties" else _by_visits)(snapshot, dyad, party, other)
        if isinstance(found, _Entry):
            entries.append(found)
            dyads[other] = dyad
        elif isinstance(found, int):
            blocks["undecided"].append(other)
            rivals.append(found)
        else:
            blocks[found].append(other)
    entries.sort(key=lambda one: (one.shown, one.party))
    shown = [one.shown for one in entries]
    return MetricRanking(
        party=party,
        by=by,
        on=snapshot.on,
        rows=tuple(
            MetricRow(
                party=one.party,
                name=reference.parties.name_of(one.party),
                position=shown.index(one.shown) + 1,
                best=1 + sum(its.surely and its.hi < one.lo for its in entries),
                worst=sum(lo <= one.hi for lo in (*(its.lo for its in entries), *rivals)),
                value=one.value,
                certain=dyad.is_certain(TIES if by == "ties" else VISITS),
                last_recorded=by in dyad.last_recorded,
                complete_to=dyad.last_recorded.get(by),
            )
            for one in entries
            for dyad in [dyads[one.party]]
        ),
        **{block: tuple(ids) for block, ids in blocks.items()},
        complete=reference.covers(by, (party,), snapshot.day),
        evidence={other: _evidence_of(dyad, by) for other, dyad in dyads.items()},
        parties=reference.parties,
        asked=snapshot.asked,
    )


def _by_ties(
    snapshot: Snapshot, dyad: DyadSnapshot, party: str, other: str
) -> _Entry | int | _Block:
    """Return an entry, the foremost key of one that may be, or the block of one that has none."""
    state = dyad.state(TIES)
    possible = possible_standings(snapshot, party, other)
    standing = [one.ties for one in possible if one.ties.lo < LAST_DAY]
    if state.status is TiesStatus.ESTABLISHED and state.since is not None:
        lo, hi = min(one.lo for one in standing), max(one.hi for one in standing)
        shown = state.since.lo if snapshot.dates == "earliest" else state.since.hi
        shown = min(max(shown, lo), hi)  # the order of the events can leave less than the date
        return _Entry(other, state.since, shown, lo, hi, len(standing) == len(possible))
    if dyad.events(TIES) or any(type(one) in TIES.owns for one in dyad.undecided):
        return min(one.lo for one in standing) if standing else "none"
    return "unknown" if state.status is TiesStatus.UNKNOWN else "none"


def _by_visits(
    _snapshot: Snapshot, dyad: DyadSnapshot, _party: str, other: str
) -> _Entry | int | _Block:
    """Return an entry, the foremost key of one that may be, or a block. More visits go first."""
    applied = dyad.state(VISITS).visits
    open_ = [one for one in dyad.undecided if isinstance(one, VisitMade)]
    made = sum(one not in open_ for one in applied)  # by earliest dates, open ones are also applied
    if applied:
        shown = len(applied)
        return _Entry(other, shown, -shown, -made - len(open_), -made, surely=made > 0)
    if open_:
        return -len(open_)
    return "unknown" if VISITS.name in dyad.unknown else "none"


def _evidence_of(dyad: DyadSnapshot, by: Metric) -> tuple[Event, ...]:
    """Return the events behind one row."""
    if by == "visits":
        return dyad.state(VISITS).visits
    since = dyad.state(TIES).since
    return tuple(event for event in dyad.events(TIES) if event.on == since)[-1:]
