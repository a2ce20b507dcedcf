"""The standing order: partners by declared level, day reached, and length of ties.

It ranks declared titles and nothing more: what governments do together follows the content of their
documents better than the title on them. Ties stay ties, partial dates give intervals, an unknown
level is listed separately, and nothing is imputed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import attrs

from diplorel._columns import columns, counted
from diplorel._message import Message
from diplorel.analysis.partners import Kind, ladder_of, others_of
from diplorel.analysis.possible_standings import PossibleStanding, possible_standings
from diplorel.analysis.ranking_rows import KEYS, RankingRow, Rows, sort_keys, span_of
from diplorel.analysis.standing import standing_on
from diplorel.model.stamps import NOT_ASKED
from diplorel.model.tabular import Tabular
from diplorel.replay.dyad import DyadSnapshot
from diplorel.tracks.level import LEVEL, LevelStatus
from diplorel.tracks.special import SPECIAL
from diplorel.tracks.ties import TIES, TiesStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from diplorel.analysis.sensitivity import Sensitivity
    from diplorel.model.events import Event
    from diplorel.model.ladders import Level
    from diplorel.model.party_table import PartyTable
    from diplorel.model.stamps import Asked
    from diplorel.model.table import Table
    from diplorel.replay.snapshot import Snapshot

Evidence: TypeAlias = "tuple[Event | None, Event | None]"
"""The events behind a row: the event that gave the level, and the event that began the ties."""


@attrs.frozen(kw_only=True, repr=False)
class Comparison:
    """What puts one partner before another.

    Attributes:
        first: The partner ahead; the first one asked for, where nothing separates them.
        second: The other.
        key: ``level``, ``since`` or ``ties``; None where nothing separates them.
        certain: Whether every open date leaves it so.
        first_event: The event behind the first partner's key.
        second_event: The event behind the second partner's key.
    """

    first: str
    second: str
    key: str | None
    certain: bool
    first_event: Event | None
    second_event: Event | None

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The two events, as far as there are any: what `EventLog.cite` cites."""
        return tuple(one for one in (self.first_event, self.second_event) if one is not None)

    def __repr__(self) -> str:
        key = "shared position" if self.key is None else self.key
        return f"<Comparison of {self.first} and {self.second}: {key}>"

    def __str__(self) -> str:
        if self.key is None:
            return f"{self.first} and {self.second} share a place: level, day and ties are the same"
        said = {"level": "the higher level", "since": "reached first", "ties": "the older ties"}
        events = " against ".join(event.id for event in self.evidence)
        sure = "" if self.certain else ", as far as the dates show"
        return f"{self.first} ranks ahead of {self.second}: {said[self.key]}{sure} ({events})"


@attrs.frozen(kw_only=True, repr=False)
class Ranking(Tabular, Rows[RankingRow]):
    """The partners of a party in the standing order. Iterate it for the rows, best first.

    Attributes:
        party: Whose partners.
        on: The day, at whose end the ranking holds; None for all that is recorded.
        rows: The partners that hold a level with a rank; those of one position by id.
        undecided: Parties without such a level that may have one, since dates are open.
        unranked: Partners whose level has no rank.
        special: Partners in a special relationship, which is not on the ladder.
        below: Parties certainly below `complete_from`, which may hold a lower level.
        none: Parties that hold no level: for certain, or since one that ended.
        unknown: Parties whose level is not known on that day. They are not last: they are unknown.
        complete_from: The lowest level at or above which some stream calls the ladder complete on
            that day; None where none does.
        complete: Whether that is the lowest one with a rank, so that no partner is missing.
        asked: How the log was asked: its versions, what was known, the clock and the policy.

    Every state that lives on the day, and every other party with a record, is in exactly one of the
    rows and blocks.

    >>> import diplorel as dr
    >>> ranking = dr.load("vietnam").replay("2025-03-12").ranking("VNM")
    >>> [row.party for row in ranking][:3], ranking["SGP"].position
    (['CHN', 'RUS', 'IND'], 12)
    """

    blocks: ClassVar[tuple[str, ...]] = (
        "undecided",
        "unranked",
        "special",
        "below",
        "none",
        "unknown",
    )

    party: str
    on: date | None
    rows: tuple[RankingRow, ...]
    undecided: tuple[str, ...]
    unranked: tuple[str, ...]
    special: tuple[str, ...]
    below: tuple[str, ...]
    none: tuple[str, ...]
    unknown: tuple[str, ...]
    complete_from: Level | None
    complete: bool
    _evidence: Mapping[str, Evidence] = attrs.field(alias="evidence")
    _possible: Mapping[str, frozenset[PossibleStanding]] = attrs.field(alias="possible")
    _parties: PartyTable = attrs.field(alias="parties")
    _earliest: bool = attrs.field(alias="earliest", default=False)
    asked: Asked = attrs.field(default=NOT_ASKED, eq=False, kw_only=True)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds dicts

    def __repr__(self) -> str:
        day = "" if self.on is None else f" on {self.on}"
        return f"<Ranking of {self.party}'s {len(self.rows)} partners{day}>"

    def __str__(self) -> str:
        day = "" if self.on is None else f" on {self.on}"
        rows = [
            (
                row.position,
                span_of(row.best, row.worst),
                row.name,
                row.level.name() + " *" * row.last_recorded,
                row.since.text,
                row.ties and row.ties.text,
            )
            for row in self.rows
        ]
        heading = ("position", "range", "partner", "level", "since", "ties since")
        title = f"{counted(len(self), 'partner')} of {self.party}{day}, in the standing order"
        lines = [title, "", *columns([heading, *rows], ">>"), *self._block_lines()]
        if any(row.last_recorded for row in self.rows):
            lines.append("* as last recorded: no stream vouches for it on that day")
        return "\n".join(lines)

    def _nothing(self) -> Message:
        return Message(
            "it does not live on that day, is not of the kind asked, or is the party itself"
        )

    def explain(self, a: str, b: str) -> Comparison:
        """Return the first key that separates two partners, with the two events behind it.

        Raises:
            MissingKeyError: One of them has no position; the message says why.
            UnknownPartyError: There is no such party.
        """
        one, two = sorted((self[a], self[b]), key=self._keys)
        keys = zip(KEYS, self._keys(one), self._keys(two), strict=True)
        key = next((name for name, mine, its in keys if mine != its), None)
        which = int(key == "ties")
        mine, its = self._possible[one.party], self._possible[two.party]
        return Comparison(
            first=one.party,
            second=two.party,
            key=key,
            certain=_ahead(mine, its) if key else False,
            first_event=self._evidence[one.party][which],
            second_event=self._evidence[two.party][which],
        )

    def _keys(self, row: RankingRow) -> tuple[int, int, int]:
        return sort_keys(row, earliest=self._earliest)

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The events behind the rows, best first: each partner's level, then its ties."""
        events = (event for row in self.rows for event in self._evidence[row.party])
        return tuple(event for event in events if event is not None)

    def sensitivity(self) -> Sensitivity:
        """Return how the order changes with other keys, and with open dates at their earliest.

        `EventLog.sensitivity` adds the rankings under other policies.
        """
        from diplorel.analysis.sensitivity import sensitivity  # noqa: PLC0415  few ask for it

        return sensitivity(self.party, self.on, self.rows, asked=self.asked)

    def name_of(self, party: str) -> str:
        """Return the English name of a party by its id; the id where no table has it."""
        return self._parties.name_of(party)

    def table(self) -> Table:
        """Return one row a partner, best first, then the parties without a position."""
        from diplorel.analysis.tables import ranking_table  # noqa: PLC0415  few ask for it

        return ranking_table(self)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a partner, best first, for a table."""
        return [
            {
                **row.to_record(),
                "level": row.level.id,
                "since": row.since.text,
                "ties": row.ties.text if row.ties else None,
            }
            for row in self.rows
        ]


def _ahead(mine: frozenset[PossibleStanding], its: frozenset[PossibleStanding]) -> bool:
    """Say whether one partner is ahead of another in every case that the dates allow."""
    return max(one.worst for one in mine) < min(one.best for one in its)


def ranking(
    snapshot: Snapshot,
    party: str,
    *,
    kind: Kind = "any",
    among: Collection[str] | None = None,
) -> Ranking:
    """Return the partners of *party* in the standing order; see `World.ranking`.

    Args:
        snapshot: The states of the day.
        party: The id of the party.
        kind: ``state`` ranks countries only.
        among: The ids of those to look at: the rows are right if all that can hold a level are
            among them, and blocks list no others. Default: everybody.
    """
    reference = snapshot.reference
    ladder = ladder_of(reference, party)
    blocks: dict[str, list[str]] = {block: [] for block in Ranking.blocks}
    rows: list[RankingRow] = []
    possible: dict[str, frozenset[PossibleStanding]] = {}
    evidence: dict[str, Evidence] = {}
    for other in others_of(snapshot, party, kind):
        if among is not None and other not in among:
            continue
        dyad = snapshot.between(party, other, DyadSnapshot)
        if dyad.state(SPECIAL).since is not None:
            blocks["special"].append(other)
            continue
        held = standing_on(dyad, party, reference)
        can_rank = False
        if held.level is not None or not held.certain:  # most others hold nothing, for certain
            standings = possible_standings(snapshot, party, other)
            can_rank = any(one.rank is not None for one in standings)
            if can_rank:
                possible[other] = standings
        if held.level is not None and held.level.rank is not None and held.since is not None:
            ties = dyad.state(TIES)
            row = RankingRow(
                party=other,
                name=reference.parties.name_of(other),
                position=0,
                best=0,
                worst=0,
                level=held.level,
                since=held.since,
                ties=ties.since if ties.status is TiesStatus.ESTABLISHED else None,
                certain=held.certain and dyad.is_certain(TIES),
                last_recorded=held.last_recorded,
                complete_to=held.complete_to,
            )
            rows.append(row)
            evidence[other] = _evidence_of(row, dyad)
        elif can_rank:
            blocks["undecided"].append(other)
        elif held.level is not None:
            blocks["unranked"].append(other)
        elif held.status is not LevelStatus.UNKNOWN:
            blocks["none"].append(other)
        else:
            blocks["unknown" if held.below is None else "below"].append(other)
    complete_from = reference.complete_from(party, snapshot.day)
    earliest = snapshot.dates == "earliest"
    rows.sort(key=lambda row: (sort_keys(row, earliest=earliest), row.party))
    keys = [sort_keys(row, earliest=earliest) for row in rows]
    reaches = {other: _reach(standings) for other, standings in possible.items()}
    return Ranking(
        party=party,
        on=snapshot.on,
        rows=tuple(
            attrs.evolve(row, position=keys.index(key) + 1, best=best, worst=worst)
            for row, key in zip(rows, keys, strict=True)
            for best, worst in [_bounds(row.party, reaches)]
        ),
        **{block: tuple(ids) for block, ids in blocks.items()},
        complete_from=complete_from,
        complete=complete_from is not None and complete_from.rank == ladder.lowest_rank,
        evidence=evidence,
        possible=possible,
        parties=reference.parties,
        earliest=earliest,
        asked=snapshot.asked,
    )


def _evidence_of(row: RankingRow, dyad: DyadSnapshot) -> Evidence:
    """Return the event that gave a row its level, and the event that began its ties."""
    reached = [event for event in dyad.events(LEVEL) if event.on == row.since]
    named = (one for one in reached if getattr(one, "level", None) == row.level.id)
    opened = (event for event in dyad.events(TIES) if event.on == row.ties)
    return next(named, next(iter(reached), None)), next(opened, None)


@attrs.frozen
class _Reach:
    """Where a partner can rank as long as it holds a level: its foremost and its hindmost key."""

    foremost: tuple[int, int, int]
    hindmost: tuple[int, int, int]
    always: bool
    """Whether it holds a rank however the open dates turn out."""


def _reach(standings: frozenset[PossibleStanding]) -> _Reach:
    ranked = [one for one in standings if one.rank is not None]
    return _Reach(
        min(one.best for one in ranked),
        max(one.worst for one in ranked),
        len(ranked) == len(standings),
    )


def _bounds(party: str, reaches: Mapping[str, _Reach]) -> tuple[int, int]:
    """Return the best and the worst position among all that hold a rank or may hold one.

    A partner that may hold none is ahead or behind only where it holds one: it never counts as
    certainly ahead, and counts as certainly behind where all that it may hold is.
    """
    mine = reaches[party]
    best = worst = 1
    for other, its in reaches.items():
        if other == party:
            continue
        if its.always and its.hindmost < mine.foremost:
            best += 1
        if mine.hindmost >= its.foremost:
            worst += 1
    return best, worst
