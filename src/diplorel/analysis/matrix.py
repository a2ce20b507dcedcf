"""The levels between parties: on each party's ladder, the level of each partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias

import attrs

from diplorel._columns import columns, counted
from diplorel.analysis.graph import how_known
from diplorel.analysis.possible_standings import possible_standings
from diplorel.analysis.standing import standing_on
from diplorel.errors import MissingKeyError
from diplorel.model.column import booleans, dates, enum, text
from diplorel.model.table import Table
from diplorel.model.tabular import Tabular
from diplorel.replay.dyad import DyadSnapshot
from diplorel.tracks.level import LevelStatus
from diplorel.tracks.special import SPECIAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from diplorel.analysis.standing import Standing
    from diplorel.model.dates import PartialDate
    from diplorel.model.reference import Reference
    from diplorel.replay.snapshot import Snapshot

Known: TypeAlias = Literal["known", "as-last-recorded", "contested", "undecided", "unknown"]
KNOWN: Final[Mapping[str, str]] = {
    "known": "Known",
    "as-last-recorded": "As last recorded",
    "contested": "Contested",
    "undecided": "Undecided",
    "unknown": "Unknown",
}
"""How a cell is known, the best first."""


@attrs.frozen(kw_only=True)
class MatrixCell:
    """What two parties hold on the ladder of one of them.

    Attributes:
        ladder: Whose ladder it is.
        partner: The other one.
        standing: What they hold on it.
        known: How it is known: ``known``; ``as-last-recorded`` (no stream vouches for it on that
            day); ``contested`` (so is the continuity of one of the two); ``undecided`` (dates leave
            open whether a level is held, or which one); ``unknown``.
        special: Since when the two have a special relationship, beside the ladder.
    """

    ladder: str
    partner: str
    standing: Standing
    known: Known
    special: PartialDate | None = None


@attrs.frozen(kw_only=True, repr=False)
class Matrix(Tabular):
    """The levels between parties on one day. Iterate it for the cells, ladder by ladder.

    Attributes:
        on: The day, at whose end it holds; None for all that is recorded.
        ladders: Whose ladders: the rows.
        parties: The partners: the columns.
        cells: The cells; a party has none with itself.
        without: Those of the parties that have no ladder here, so no row.
        reference: The names of parties and levels.
        asked: How the log was asked: its versions, what was known, the clock and the policy.

    >>> import diplorel as dr
    >>> world = dr.load("vietnam", "singapore").replay("2025-03-12")
    >>> matrix = world.matrix(["VNM", "SGP", "THA"])
    >>> matrix["VNM", "THA"].standing.level.id, matrix["SGP", "THA"].known, matrix.without
    ('enhanced-strategic', 'unknown', ('THA',))
    """

    on: date | None
    ladders: tuple[str, ...]
    parties: tuple[str, ...]
    cells: tuple[MatrixCell, ...]
    without: tuple[str, ...]
    reference: Reference = attrs.field(eq=False)
    asked: Mapping[str, Any] = attrs.field(eq=False)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds dicts

    def __iter__(self) -> Iterator[MatrixCell]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def __getitem__(self, key: tuple[str, str]) -> MatrixCell:
        """Return the cell of a ladder and a partner: ids, alpha-2 codes or names.

        Raises:
            UnknownPartyError: There is no such party.
            MissingKeyError: There is no such cell.
        """
        ladder, partner = (self.reference.parties.find(one).id for one in key)
        for cell in self.cells:
            if (cell.ladder, cell.partner) == (ladder, partner):
                return cell
        raise MissingKeyError(
            "there is no cell for the ladder of {ladder} and {partner}",
            ladder=ladder,
            partner=partner,
        )

    def __repr__(self) -> str:
        day = "" if self.on is None else f" on {self.on}"
        rows = counted(len(self.ladders), "ladder")
        return f"<Matrix of {rows} and {counted(len(self.parties), 'party', 'parties')}{day}>"

    def __str__(self) -> str:
        by_key = {(cell.ladder, cell.partner): _said(cell) for cell in self.cells}
        rows = [
            (party, *(by_key.get((ladder, party), "") for ladder in self.ladders))
            for party in self.parties
        ]
        lines = columns([("partner", *(f"ladder of {one}" for one in self.ladders)), *rows])
        notes = []
        if any(cell.known == "as-last-recorded" for cell in self.cells):
            notes.append("* as last recorded: no stream vouches for it on that day")
        if self.without:
            notes.append(f"No ladder is loaded of: {', '.join(self.without)}")
        return "\n".join([repr(self)[1:-1], "", *lines, *notes])

    def table(self) -> Table:
        """Return one row a cell, ladder by ladder."""
        cells = self.cells
        levels = [cell.standing.level for cell in cells]
        lower = [cell.standing.below for cell in cells]
        return Table(
            (
                text("ladder", (cell.ladder for cell in cells), note="whose ladder it is"),
                text("partner", (cell.partner for cell in cells)),
                text("status", (cell.standing.status.value for cell in cells)),
                text("level", (level.id if level else None for level in levels), note=_LEVEL),
                *dates("since", [cell.standing.since for cell in cells]),
                text(
                    "below",
                    (below.id if below else None for below in lower),
                    note="no level from this one up is held",
                ),
                enum("known", (cell.known for cell in cells), KNOWN, note="how it is known"),
                booleans("special", (cell.special is not None for cell in cells), note=_SPECIAL),
            ),
            title=repr(self)[1:-1],
            stamp={**self.asked, "on": self.on and self.on.isoformat()},
        )


_LEVEL: Final = "missing where none is held or none is known"
_SPECIAL: Final = "whether a special relationship is recorded, beside the ladder"


def _said(cell: MatrixCell) -> str:
    standing = cell.standing
    if cell.known == "undecided":
        return "open"
    if standing.level is not None:
        return standing.level.name() + " *" * (cell.known == "as-last-recorded")
    if cell.special is not None:
        return "special"
    return "none" if cell.known != "unknown" else "unknown"


def matrix_of(snapshot: Snapshot, ladders: Sequence[str], parties: Sequence[str]) -> Matrix:
    """Return the levels between parties; see `World.matrix`.

    Args:
        snapshot: The states of the day.
        ladders: The ids of those whose ladders are the rows.
        parties: The ids of the partners.
    """
    known = snapshot.reference.ladder
    rows = tuple(one for one in ladders if one in known)
    return Matrix(
        on=snapshot.on,
        ladders=rows,
        parties=tuple(parties),
        cells=tuple(
            _cell(snapshot, ladder, partner)
            for ladder in rows
            for partner in parties
            if partner != ladder
        ),
        without=tuple(one for one in ladders if one not in known),
        reference=snapshot.reference,
        asked=snapshot.asked,
    )


def _cell(snapshot: Snapshot, ladder: str, partner: str) -> MatrixCell:
    dyad = snapshot.between(ladder, partner, DyadSnapshot)
    standing = standing_on(dyad, ladder, snapshot.reference)
    is_open = False
    if not standing.certain:
        levels = {one.level for one in possible_standings(snapshot, ladder, partner)}
        is_open = len(levels) > 1
    known: Known = how_known(dyad, is_open=is_open, last_recorded=standing.last_recorded)
    if standing.status is LevelStatus.UNKNOWN and not is_open:
        known = "unknown"
    return MatrixCell(
        ladder=ladder,
        partner=partner,
        standing=standing,
        known=known,
        special=dyad.state(SPECIAL).since,
    )
