"""A row of the standing order, and the keys by which rows are put in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

import attrs

from diplorel._columns import listed
from diplorel.errors import MissingKeyError
from diplorel.model.dates import LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.model.dates import PartialDate
    from diplorel.model.ladders import Level
    from diplorel.model.parties import PartyTable

KEYS: Final = ("level", "since", "ties")


@attrs.frozen(kw_only=True)
class Row:
    """One partner's position in a ranking.

    Attributes:
        party: The partner's id.
        name: Its name in English; its id where no table has it.
        position: The position shown; partners that nothing separates share it (1, 2, 2, 4).
        best: The best position that the dates allow: one more than the partners certainly ahead.
        worst: The worst position that they allow: all but the partners certainly behind.
    """

    party: str
    name: str
    position: int
    best: int
    worst: int

    def to_record(self) -> dict[str, Any]:
        """Return the position and the partner as one dict, for a table."""
        return {
            "position": self.position,
            "best": self.best,
            "worst": self.worst,
            "party": self.party,
            "name": self.name,
        }


@attrs.frozen(kw_only=True)
class RankingRow(Row):
    """One partner's position in the standing order; see `Row`.

    Attributes:
        level: The level held.
        since: The day on which it was reached.
        ties: The day from which the present unbroken ties count; None where not known.
    """

    level: Level
    since: PartialDate
    ties: PartialDate | None


def span_of(best: int, worst: int) -> str:
    """Return a range of positions as text: ``3``, or ``3-5``."""
    return f"{best}-{worst}" if best < worst else f"{best}"


def blocks_of(**blocks: Sequence[str]) -> list[str]:
    """Return the lines of a table that list partners without a position, by the reason."""
    filled = {name: ids for name, ids in blocks.items() if ids}
    lines = [f"{name} ({len(ids)}): {listed(ids)}" for name, ids in filled.items()]
    return ["", *lines] if lines else []


def sort_keys(row: RankingRow, *, earliest: bool = False) -> tuple[int, int, int]:
    """Return the values of `KEYS` by which positions are shown; smaller goes first.

    Args:
        row: The partner's row.
        earliest: Whether an open date counts from the first day that it holds, not from the last.
    """
    bound = "lo" if earliest else "hi"
    ties = LAST_DAY if row.ties is None else getattr(row.ties, bound)
    return (-(row.level.rank or 0), getattr(row.since, bound), ties)


R_co = TypeVar("R_co", bound=Row, covariant=True)


class _Rows(Protocol, Generic[R_co]):
    @property
    def rows(self) -> tuple[R_co, ...]:
        """The rows, best first."""
        ...


def row_of(
    ranking: _Rows[R_co], party: object, parties: PartyTable, blocks: Iterable[str], nothing: str
) -> R_co:
    """Return one partner's row of a ranking.

    Args:
        ranking: The ranking.
        party: An id, alpha-2 code or name.
        parties: The table to look it up in.
        blocks: The names of the attributes that list partners without a position.
        nothing: What a party that is in none of them holds.

    Raises:
        MissingKeyError: It has no position; the message says why.
        UnknownPartyError: There is no such party.
    """
    if not isinstance(party, str):
        raise MissingKeyError(
            f"{party!r} is no party: expected an id or a name, as in ranking['SGP']. Rows are "
            "reached by .rows[0]"
        )
    found = {row.party: row for row in ranking.rows}
    id = party if party in found else parties.find(party).id
    if id in found:
        return found[id]
    for block in blocks:
        if id in getattr(ranking, block):
            raise MissingKeyError(f"{id} has no position: it stands in the block {block!r}")
    raise MissingKeyError(f"{id} has no position: it holds {nothing}")
