"""The words that statements are made of: codes of types, conditions, columns.

Words used in the names of columns:

* ``key``: the order of the convention, with the last day in its highest bits;
* an *instant*: the day and ``seq`` of an event, one number: ``i1``, ``key >> 30``, of its last day,
  and ``i0`` of its first;
* *exact*: an event of one single day; *vague*: any other, which may have been on several days;
* ``st``: the status that an event sets, whatever was before it;
* a *subject*: the ties of a dyad, or a ladder of one.

The statements keep to what engines share: CASE, LEFT JOIN … IS NULL, an explicit GROUP BY, windows
over rows. `Dialect` has the rest. No statement depends on what an engine does with a missing value
in a maximum by another column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel.tracks.figures import FigureReported
from diplorel.tracks.level import (
    LevelAgreed,
    LevelDowngraded,
    LevelHeld,
    LevelRenewed,
    LevelUpgraded,
)
from diplorel.tracks.ties import TiesEstablished, TiesRestored, TiesSevered, TiesSuspended
from diplorel.tracks.visits import TalksHeld, VisitMade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diplorel.columnar.dialects import Dialect
    from diplorel.model.events import Event

TIES: Final = (TiesEstablished, TiesSuspended, TiesSevered, TiesRestored)
LEVELS: Final = (LevelUpgraded, LevelDowngraded, LevelRenewed, LevelAgreed, LevelHeld)
VISITS: Final = (VisitMade, TalksHeld)
COUNTED: Final = (*TIES, *LEVELS, *VISITS, FigureReported)
"""The types of events that are aggregated."""
ESTABLISHED, SUSPENDED, SEVERED = 1, 2, 3
"""The status that an event of the ties sets."""
ENDED, AGREED = -1, -3
"""What stands for a level after an end, and for an agreement on one; others are codes of levels."""
_BITS: Final = 31
"""How many codes of types an integer of every engine has bits for."""
NO_LADDER: Final = -1
"""The ladder of what is of none: of ties."""


@attrs.frozen
class Kept:
    """A query whose result is kept under a name, for the statements after it."""

    name: str
    query: str


@attrs.frozen
class Names:
    """What the statements for one table of events and one question have in common.

    Args:
        dialect: The engine.
        types: The code of each type of events.
        visible: The condition for what was known.
        applied: The condition for what had happened by the day.
        by: The column of the day that puts an event in order: ``hi``, or ``lo``.
    """

    dialect: Dialect
    types: Mapping[str, int]
    visible: str
    applied: str
    by: str

    def of(self, *kinds: type[Event]) -> str:
        """Return the codes of some types as a list in parentheses, which is never empty."""
        codes = [str(self.types[kind.type]) for kind in kinds if kind.type in self.types]
        return f"({', '.join(codes or ['-2'])})"

    def is_one_of(self, type: str, *kinds: type[Event]) -> str:
        """Return whether a type is one of some, for a pass over all events.

        Engines make a join of a list of several values; a shift of bits takes half the time.
        """
        codes = [self.types[kind.type] for kind in kinds if kind.type in self.types]
        if max(codes, default=_BITS) >= _BITS:
            return f"{type} IN {self.of(*kinds)}"
        mask = sum(1 << code for code in codes)
        return f"(({mask} >> {type}) & 1) = 1"

    def keep(self, name: str, query: str) -> Kept:
        """Return a query whose result is kept under a name."""
        return Kept(name, query)

    def order(self, row: str = "") -> str:
        """Return the key of the convention, by the day that the question asks for."""
        if self.by == "hi":
            return f"{row}key"
        return f"((CAST({row}lo AS BIGINT) << 40) + ({row}key & 1099511627775))"

    def ties_status(self, type: str = "type") -> str:
        """Return the status that an event of the ties sets."""
        return (
            f"CASE WHEN {type} IN {self.of(TiesEstablished, TiesRestored)} THEN {ESTABLISHED} "
            f"WHEN {type} IN {self.of(TiesSuspended)} THEN {SUSPENDED} ELSE {SEVERED} END"
        )

    def step(self, row: str) -> str:
        """Return the level that an event sets."""
        return (
            f"CASE WHEN {row}.type IN {self.of(TiesSevered)} THEN {ENDED} "
            f"WHEN {row}.type IN {self.of(LevelUpgraded, LevelDowngraded)} THEN {row}.level "
            f"ELSE {AGREED} END"
        )

    def heard(self, row: str, of: str) -> str:
        """Return whether an event bears on a ladder: its own events, and severances of the ties."""
        return (
            f"(({row}.type IN {self.of(*LEVELS)} AND {row}.ladder = {of}.ladder) "
            f"OR {row}.type IN {self.of(TiesSevered)})"
        )

    def clears(self, type: str, level: str) -> str:
        """Return whether an event ends what was agreed."""
        return (
            f"({type} IN {self.of(LevelUpgraded, TiesSevered)} "
            f"OR ({type} IN {self.of(LevelDowngraded)} AND {level} < 0))"
        )

    def leaves_more(self, type: str, level: str) -> str:
        """Return whether an event leaves more behind than a level: renewals, lists, no name."""
        return (
            f"({type} IN {self.of(LevelRenewed, LevelHeld)} "
            f"OR ({type} IN {self.of(LevelUpgraded)} AND {level} < 0))"
        )

    def text(self, row: str) -> str:
        """Return the date of a row as given."""
        return (
            f'coalesce({row}."on", CAST({self.dialect.date(f"{row}.lo")} AS {self.dialect.text}))'
        )

    def id_order(self, row: str, *, part: str = "/") -> str:
        """Return what ids of one type, dyad and discriminator differ in: the date and the number.

        Args:
            row: The row.
            part: What follows the date in the id: nothing where there is no discriminator.
        """
        return (
            f"replace({self.text(row)}, '/', '--') || '{part}' || CASE WHEN {row}.nth = 1 "
            f"THEN '' ELSE '#' || CAST({row}.nth AS {self.dialect.text}) END"
        )

    def since(self, row: str) -> str:
        """Return the three columns of a date."""
        earliest, latest = self.dialect.date(f"{row}.lo"), self.dialect.date(f"{row}.hi")
        return f"""CASE WHEN {row}.lo IS NOT NULL THEN {self.text(row)} END AS since,
            CASE WHEN {row}.lo IS NOT NULL THEN {earliest} END AS since_earliest,
            CASE WHEN {row}.lo IS NOT NULL THEN {latest} END AS since_latest"""
