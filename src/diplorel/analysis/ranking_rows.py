"""A row of the standing order, and the keys that put rows in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar

import attrs

from diplorel._columns import listed
from diplorel._message import Message
from diplorel.errors import MissingKeyError
from diplorel.model.dates import LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from diplorel.model.dates import PartialDate
    from diplorel.model.ladders import Level
    from diplorel.model.party_table import PartyTable

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
class KnownRow(Row):
    """A row that says how far what it is ranked by is known; see `Row`.

    Attributes:
        certain: Whether dates leave nothing open of what it is ranked by: neither the order of
            events, nor whether one had happened.
        last_recorded: Whether no stream vouches for it on that day, so that it is as last recorded.
        complete_to: If it is as last recorded, the last day covered by a stream; None where no
            stream covers it.
    """

    certain: bool = True
    last_recorded: bool = False
    complete_to: date | None = None

    def to_record(self) -> dict[str, Any]:
        """Return the position, the partner and how far it is known as one dict, for a table."""
        return {
            **super().to_record(),
            "certain": self.certain,
            "last_recorded": self.last_recorded,
            "complete_to": self.complete_to and self.complete_to.isoformat(),
        }


@attrs.frozen(kw_only=True)
class RankingRow(KnownRow):
    """One partner's position in the standing order; see `KnownRow`.

    Attributes:
        level: The level held.
        since: The day when it was reached.
        ties: The first day of the present unbroken ties; None where not known.
    """

    level: Level
    since: PartialDate
    ties: PartialDate | None


def span_of(best: int, worst: int) -> str:
    """Return a range of positions as text: ``3``, or ``3-5``."""
    return f"{best}-{worst}" if best < worst else f"{best}"


def sort_keys(row: RankingRow, *, earliest: bool = False) -> tuple[int, int, int]:
    """Return the values of `KEYS` for the positions shown; smaller goes first.

    Args:
        row: The partner's row.
        earliest: Whether an open date counts from the first day that it holds, not from the last.
    """
    bound = "lo" if earliest else "hi"
    ties = LAST_DAY if row.ties is None else getattr(row.ties, bound)
    return (-(row.level.rank or 0), getattr(row.since, bound), ties)


R_co = TypeVar("R_co", bound=Row, covariant=True)


class Rows(Generic[R_co]):
    """What all rankings have in common: their rows, in order and by party."""

    __slots__ = ()
    blocks: ClassVar[tuple[str, ...]]
    """The names of the attributes that list partners without a position."""

    rows: tuple[R_co, ...]
    _parties: PartyTable

    def __iter__(self) -> Iterator[R_co]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, party: object) -> bool:
        """Say whether a party has a position, as ``[]`` would find it."""
        try:
            return self[party] is not None  # type: ignore[index]  # what is not a text has none
        except LookupError:
            return False

    def __getitem__(self, party: str) -> R_co:
        """Return one partner's row.

        Args:
            party: An id, alpha-2 code or name.

        Raises:
            MissingKeyError: It has no position; the message says why.
            UnknownPartyError: There is no such party.
        """
        if not isinstance(party, str):
            raise MissingKeyError(
                "{party!r} is not a party: expected an id or a name, as in ranking['SGP']. Rows "
                "are reached by .rows[0]",
                party=party,
            )
        found = {row.party: row for row in self.rows}
        id = party if party in found else self._parties.find(party).id
        if id in found:
            return found[id]
        for block in self.blocks:
            if id in getattr(self, block):
                raise MissingKeyError(
                    "{id} has no position: it is in the block {block!r}", id=id, block=block
                )
        raise MissingKeyError("{id} has no position: {why}", id=id, why=self._nothing())

    def _nothing(self) -> Message:
        """Return why a party without a position is in none of the blocks."""
        raise NotImplementedError  # pragma: no cover  # a ranking says it

    def _block_lines(self) -> list[str]:
        """Return the lines of a table that list partners without a position, by the reason."""
        filled = {name: ids for name in self.blocks if (ids := getattr(self, name))}
        lines = [f"{name} ({len(ids)}): {listed(ids)}" for name, ids in filled.items()]
        return ["", *lines] if lines else []
