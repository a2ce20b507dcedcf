"""Spells: the periods when a track keeps one value, as a study of durations needs them."""

from __future__ import annotations

from datetime import date
from math import inf
from typing import TYPE_CHECKING, Any

import attrs

from diplorel._columns import clipped, columns, counted
from diplorel.model.dates import FIRST_DAY
from diplorel.model.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from diplorel._pickling import Reduced
    from diplorel.model.dates import PartialDate
    from diplorel.model.table import Table


@attrs.frozen
class Bounds:
    """When a spell began or ended: some day from the first to the last one, both included.

    Attributes:
        text: The date as its source gives it; None where it is derived, or not recorded.
        lo: The first possible day, as `datetime.date.toordinal` counts.
        hi: The last possible day, likewise.

    >>> Bounds("2013-09", 735112, 735141).earliest.isoformat()
    '2013-09-01'
    """

    text: str | None
    lo: int
    hi: int

    @property
    def earliest(self) -> date | None:
        """The first possible day; None where nothing bounds it."""
        return None if self.lo <= FIRST_DAY else date.fromordinal(self.lo)

    @property
    def latest(self) -> date:
        """The last possible day."""
        return date.fromordinal(self.hi)

    def __str__(self) -> str:
        if self.text is not None:
            return self.text
        if self.lo == self.hi:
            return self.latest.isoformat()
        return f"[{self.earliest or ''}..{self.latest}]"

    @classmethod
    def of(cls, on: PartialDate) -> Bounds:
        """Return the bounds of a date."""
        return cls(on.text, on.lo, on.hi)


@attrs.frozen(kw_only=True, repr=False)
class Spell:
    """A period when a track keeps one value between two parties.

    It begins on the day of `start` and ends before that of `end`: on the day of the ending event
    the next value holds already.

    Attributes:
        parties: The two ids, in alphabetical order.
        track: The name of the track.
        side: Whose ladder it is, or who sent the post; None where the value is of both.
        value: The value: of ties the status, of levels the id of the level, of missions the class
            of the post, of agreements how many are in force. None where it is unknown.
        below: The level below which the dyad certainly is, where no level is recorded.
        start: When it began.
        start_open: Whether its beginning is not recorded: it was so already when the record begins.
        began_by: The id of the event that began it; None where none is recorded.
        end: When it ended; None where it had not by the day asked for.
        ended_by: The id of the event that ended it: another event of the track, or the end of a
            party (``party-ended/…``). None where it goes on, and where only the coverage of a
            stream begins or ends.
        first: The first day at whose end a relation shows the value; None where no day does, since
            dates leave no day certain or since it began and ended on one day.
        last: The last such day.
        censored_on: Of a spell that goes on: the last day covered by a stream; where no stream ever
            covers it, the last day of the spell, as last recorded. Where events may or may not
            have happened by the day asked for, none of these is after the first that may have.
        known: ``known``; ``as-last-recorded`` (on some day no stream vouches for it);
            ``undecided`` (dates leave it open, as where another order of the events lacks it);
            ``unknown``. What dates leave open on the days when it may have ended already does not
            count: `end` and `censored_on` say it.

    >>> import diplorel as dr
    >>> spell = dr.load("vietnam").spells("level", "Vietnam", partner="Singapore")[-1]
    >>> spell.value, str(spell.start), spell.end_open, spell.censored_on.isoformat()
    ('comprehensive-strategic', '2025-03-12', True, '2025-08-22')
    """

    parties: tuple[str, str]
    track: str
    side: str | None
    value: str | None
    below: str | None
    start: Bounds
    start_open: bool
    began_by: str | None
    end: Bounds | None
    ended_by: str | None
    first: date | None
    last: date | None
    censored_on: date | None
    known: str

    @property
    def end_open(self) -> bool:
        """Whether it had not ended by the day asked for: it is right-censored."""
        return self.end is None

    @property
    def ended_by_type(self) -> str | None:
        """The type of the event that ended it, such as ``ties-severed``."""
        return None if self.ended_by is None else self.ended_by.split("/", 1)[0]

    @property
    def days(self) -> tuple[int, float]:
        """The shortest and the longest time that it can have lasted, in days.

        The longest is infinite where the spell goes on, or where nothing bounds its beginning.

        >>> import diplorel as dr
        >>> strategic = dr.load("vietnam").spells("level", "Vietnam", partner="Singapore")[-2]
        >>> strategic.value, strategic.days
        ('strategic', (4200, 4200))
        """
        if self.end is None:
            assert self.censored_on is not None  # noqa: S101  as `censored_on` says
            return max(0, self.censored_on.toordinal() - self.start.hi), inf
        longest = inf if self.start.earliest is None else self.end.hi - self.start.lo
        return max(0, self.end.lo - self.start.hi), longest

    def __repr__(self) -> str:
        return clipped(f"<Spell {' '.join(cell or 'unknown' for cell in self.cells()[:4])}>")

    def __str__(self) -> str:
        return "  ".join(cell or "-" for cell in self.cells())

    def cells(self) -> tuple[str | None, ...]:
        """Return the cells of its row for `print`."""
        pair = "-".join(self.parties) + (f" ({self.side})" if self.side else "")
        value = self.value or (f"below {self.below}" if self.below else "unknown")
        began = f"before {self.start.latest}" if self.start_open else str(self.start)
        ended = None if self.end is None else str(self.end)
        return (pair, value, began, ended, self.ended_by_type, self.known)


class Spells(Listing[Spell]):
    """Spells, dyad by dyad and side by side, oldest first: a sequence that prints as a table.

    Args:
        spells: The spells.
        on: The last day that they cover.
        stamp: How the log was read, for the table.
    """

    __slots__ = ("_on", "_stamp")

    def __init__(
        self,
        spells: Iterable[Spell] = (),
        on: date | None = None,
        stamp: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(spells)
        self._on = on
        self._stamp = dict(stamp or {})

    @property
    def on(self) -> date | None:
        """The last day that they cover; None where the log is empty."""
        return self._on

    def __reduce__(self) -> Reduced:
        return type(self), (tuple(self), self._on, self._stamp)

    def __repr__(self) -> str:
        dyads = {spell.parties for spell in self}
        return f"<Spells: {counted(len(self), 'spell')} of {counted(len(dyads), 'dyad')}>"

    def __str__(self) -> str:
        head = ("dyad", "value", "start", "end", "ended by", "known")
        return "\n".join(columns([head, *(spell.cells() for spell in self)]))

    def table(self) -> Table:
        """Return one row a spell: dates as text, earliest and latest, and lengths as numbers."""
        from diplorel.analysis.spell_tables import spells_table  # noqa: PLC0415  few ask for it

        return spells_table(self, self._stamp)
