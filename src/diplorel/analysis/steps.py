"""How each partner reached its level: the levels that it held, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias

import attrs

from diplorel._columns import columns, counted
from diplorel.analysis.other_dates import other_dates
from diplorel.analysis.ranking import ranking
from diplorel.analysis.ranking_rows import span_of
from diplorel.analysis.standing import standing_on
from diplorel.errors import MissingKeyError
from diplorel.model.column import dates, days, integers, text
from diplorel.model.table import Table
from diplorel.model.tabular import Tabular
from diplorel.replay.dyad import DyadSnapshot
from diplorel.tracks.level import LEVEL, LevelAgreed
from diplorel.tracks.special import SPECIAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from diplorel.analysis.partners import Kind
    from diplorel.analysis.ranking_rows import RankingRow
    from diplorel.model.dates import PartialDate
    from diplorel.model.ladders import Level
    from diplorel.model.reference import Reference
    from diplorel.replay.snapshot import Snapshot

Group: TypeAlias = Literal["ladder", "off", "special", "agreed"]
"""Where a partner is listed: at a level with a rank, at one without, in a special relationship, or
at none, where one is agreed and not yet in effect."""


@attrs.frozen(kw_only=True)
class Step:
    """A level that a partner held for a time.

    Attributes:
        level: The level; None for a special relationship.
        start: When it began.
        end: When another one, or none, took its place; None where it holds on the day.
        also: Other dates that sources give for its beginning, in order.
    """

    level: Level | None
    start: PartialDate
    end: PartialDate | None
    also: tuple[PartialDate, ...] = ()


@attrs.frozen(kw_only=True)
class StepsRow:
    """The steps of one partner, oldest first.

    Attributes:
        party: The partner's id.
        group: Where it is listed.
        level: The level that it holds on the day, or that is agreed; None where it is special.
        since: Since when it holds the level; when it was agreed.
        steps: What it held, oldest first.
        agreed: A level that is agreed and not yet in effect on the day.
        ranked: Its row in the standing order; None where it has none.
        last_recorded: Whether no stream vouches for the level on the day.
        vouched_to: In that case, the last day covered by a stream; None where no stream ever covers
            it.
    """

    party: str
    group: Group
    level: Level | None
    since: PartialDate | None
    steps: tuple[Step, ...]
    agreed: Level | None = None
    ranked: RankingRow | None = None
    last_recorded: bool = False
    vouched_to: date | None = None

    @property
    def before(self) -> Step | None:
        """What it held before, if anything is recorded."""
        earlier = self.steps[:-1] if self.steps and self.steps[-1].end is None else self.steps
        return earlier[-1] if earlier else None


@attrs.frozen(kw_only=True, repr=False)
class Steps(Tabular):
    """How each partner of a party reached its level. Iterate it for the rows, best first.

    Attributes:
        party: Whose partners.
        on: The day, at whose end it holds; None for all that is recorded.
        rows: Those on the ladder in the standing order, then those of the other groups, by id.
        complete_from: The lowest level at or above which some stream calls the ladder complete on
            that day; None where none does.
        complete: Whether that is the lowest one with a rank, so that no partner is missing.
        reference: The names of parties and levels.
        asked: How the log was asked: its versions, what was known, the clock and the policy.

    >>> import diplorel as dr
    >>> steps = dr.load("vietnam").replay("2025-03-12").steps("Vietnam")
    >>> [(step.level.id, step.start.text) for step in steps["SGP"].steps][-2:]
    [('strategic', '2013-09-11'), ('comprehensive-strategic', '2025-03-12')]
    """

    party: str
    on: date | None
    rows: tuple[StepsRow, ...]
    complete_from: Level | None
    complete: bool
    reference: Reference = attrs.field(eq=False)
    asked: Mapping[str, Any] = attrs.field(eq=False)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds dicts

    def __iter__(self) -> Iterator[StepsRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, party: str) -> StepsRow:
        """Return the row of a partner: an id, alpha-2 code or name.

        Raises:
            UnknownPartyError: There is no such party.
            MissingKeyError: It holds nothing on that day, and nothing is agreed with it.
        """
        id = self.reference.parties.find(party).id
        for row in self.rows:
            if row.party == id:
                return row
        raise MissingKeyError(
            "{id} has no steps: it holds no level on that day, and none is agreed", id=id
        )

    def __repr__(self) -> str:
        day = "" if self.on is None else f" on {self.on}"
        return f"<Steps of {self.party}'s {counted(len(self), 'partner')}{day}>"

    def __str__(self) -> str:
        head = ("range", "partner", "level", "since", "before")
        rows = [
            (
                row.ranked and span_of(row.ranked.best, row.ranked.worst),
                self.reference.parties.name_of(row.party),
                _said(row),
                row.since and row.since.text,
                row.before and f"{_name(row.before.level)} {row.before.start.text}",
            )
            for row in self.rows
        ]
        lines = [repr(self)[1:-1], "", *columns([head, *rows], ">")]
        if any(row.last_recorded for row in self.rows):
            lines.append("* as last recorded: no stream vouches for it on that day")
        return "\n".join(lines)

    def table(self) -> Table:
        """Return one row a step, partner by partner: dates as text, earliest and latest."""
        flat = [(row, step) for row in self.rows for step in row.steps]
        return Table(
            (
                text("party", (row.party for row, _ in flat)),
                text("group", (row.group for row, _ in flat), note="where it is on the day"),
                integers(
                    "position",
                    (None if row.ranked is None else row.ranked.position for row, _ in flat),
                    note=_DAY,
                ),
                text(
                    "level",
                    (None if step.level is None else step.level.id for _, step in flat),
                    note=_LEVEL,
                ),
                *dates("start", [step.start for _, step in flat]),
                *dates("end", [step.end for _, step in flat]),
                days(
                    "vouched_to",
                    (row.vouched_to if step.end is None else None for row, step in flat),
                    note=_VOUCHED,
                ),
                text(
                    "also",
                    ("; ".join(one.text for one in step.also) or None for _, step in flat),
                    note=_ALSO,
                ),
            ),
            title=repr(self)[1:-1],
            stamp={**self.asked, "on": self.on and self.on.isoformat(), "party": self.party},
        )


_DAY: Final = "in the standing order of the day"
_LEVEL: Final = "missing for a special relationship"
_VOUCHED: Final = "of what is as last recorded, the last day covered by a stream"
_ALSO: Final = "other dates that sources give for the start"


def _name(level: Level | None) -> str:
    return "special" if level is None else level.name()


def _said(row: StepsRow) -> str:
    agreed = "agreed: " if row.group == "agreed" else ""
    return agreed + _name(row.level) + " *" * row.last_recorded


def steps(snapshot: Snapshot, party: str, *, kind: Kind = "any") -> Steps:
    """Return how each partner reached its level; see `World.steps`.

    Args:
        snapshot: The states of the day.
        party: The id of the party.
        kind: ``state`` lists countries only.
    """
    found = ranking(snapshot, party, kind=kind)
    ranked = {row.party: row for row in found.rows}
    order = (*ranked, *found.unranked, *found.special, *found.none, *found.unknown, *found.below)
    rows = [
        row
        for other in dict.fromkeys((*order, *found.undecided))
        if (row := _row(snapshot, party, other, ranked.get(other))) is not None
    ]
    return Steps(
        party=party,
        on=snapshot.on,
        rows=tuple(sorted(rows, key=lambda row: _ORDER[row.group])),
        complete_from=found.complete_from,
        complete=found.complete,
        reference=snapshot.reference,
        asked=snapshot.asked,
    )


_ORDER: Final[Mapping[Group, int]] = {"ladder": 0, "off": 1, "special": 2, "agreed": 3}


def _row(snapshot: Snapshot, party: str, other: str, ranked: RankingRow | None) -> StepsRow | None:
    """Return the row of a partner; None where it holds nothing and nothing is agreed."""
    dyad = snapshot.between(party, other, DyadSnapshot)
    held = standing_on(dyad, party, snapshot.reference)
    steps = tuple(_steps(dyad, held.path))
    special = dyad.state(SPECIAL).since
    row = StepsRow(
        party=other,
        group="ladder",
        level=held.level,
        since=held.since,
        steps=steps,
        agreed=held.agreed,
        ranked=ranked,
        last_recorded=held.last_recorded,
        vouched_to=held.complete_to,
    )
    if special is not None:
        begun = (event for event in dyad.events(SPECIAL) if event.on == special)
        also = other_dates(dyad.accounts(), begun)
        step = Step(level=None, start=special, end=None, also=also)
        return attrs.evolve(
            row,
            group="special",
            level=None,
            since=special,
            steps=(*steps, step),
            last_recorded=SPECIAL.name in dyad.last_recorded,
            vouched_to=dyad.last_recorded.get(SPECIAL.name),
        )
    if held.level is not None:
        return row if held.level.rank is not None else attrs.evolve(row, group="off")
    if held.agreed is not None:
        on = [event.on for event in dyad.events(LEVEL) if isinstance(event, LevelAgreed)]
        return attrs.evolve(
            row,
            group="agreed",
            level=held.agreed,
            since=on[-1] if on else None,
            last_recorded=False,
            vouched_to=None,
        )
    return None


def _steps(dyad: DyadSnapshot, path: Iterable[tuple[Level | None, PartialDate]]) -> Iterator[Step]:
    """Return the steps of a path, each up to the next."""
    path = list(path)
    for place, (level, start) in enumerate(path):
        if level is None:
            continue  # nothing was held from then on
        end = path[place + 1][1] if place + 1 < len(path) else None
        begun = (
            event
            for event in dyad.events(LEVEL)
            if event.on == start and getattr(event, "level", None) == level.id
        )
        yield Step(level=level, start=start, end=end, also=other_dates(dyad.accounts(), begun))
