"""What was read of machine-coded data: the leads, and how many rows became none, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import attrs

from diplorel._columns import clipped, counted
from diplorel.errors import LeadsError

if TYPE_CHECKING:
    from diplorel.errors import Problem
    from diplorel.io.leads.rows import Coder, LeftOut
    from diplorel.log import EventLog


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Leads:
    """Leads: events that a machine coded from news, and what was read to find them.

    They are a stream of their own, and no facts. ``leads.log`` is the log of them; it answers every
    question. ``|`` with a curated log is refused; ``log.with_leads(leads.log)`` is the call that
    merges them.

    Every row is counted once: ``rows == kept + malformed + sum(one.rows for one in left_out)``.

    Attributes:
        coder: The dataset.
        log: The log of the leads. Each event has a record for each moment when the dataset added
            rows about it, so that ``known=`` asks what the dataset had by then.
        rows: How many rows were read.
        kept: How many of them are behind the events.
        left_out: How many are not, by reason and code, in order.
        malformed: How many could not be read.
        problems: What is wrong with those, and with files that could not be unpacked.
    """

    coder: Coder
    log: EventLog
    rows: int
    kept: int
    left_out: tuple[LeftOut, ...]
    malformed: int
    problems: tuple[Problem, ...]

    def __len__(self) -> int:
        return len({record.id for record in self.log.records})

    def __bool__(self) -> bool:
        return True

    def __or__(self, other: object) -> NoReturn:
        raise LeadsError(self.log.streams)

    __ror__ = __or__

    def __repr__(self) -> str:
        return clipped(f"<Leads: {counted(len(self), 'event')} of {self.coder.id}, not checked>")

    def __str__(self) -> str:
        return "\n".join(
            [self.summary, *(f"  {one.reason}, {one.code}: {one.rows:,}" for one in self.left_out)]
        )

    @property
    def summary(self) -> str:
        """What was read and what came of it, in one sentence."""
        left = sum(one.rows for one in self.left_out)
        return (
            f"{counted(self.rows, 'row')} read: {counted(len(self), 'lead')} from "
            f"{counted(self.kept, 'row')}; {left} left out, {self.malformed} malformed."
        )

    def to_record(self) -> dict[str, Any]:
        """Return the counts and the problems as plain data."""
        return {
            "coder": self.coder.id,
            "machine_coded": True,
            "rows": self.rows,
            "leads": len(self),
            "kept": self.kept,
            "malformed": self.malformed,
            "left_out": [attrs.asdict(one) for one in self.left_out],
            "problems": [attrs.asdict(one) for one in self.problems],
        }
