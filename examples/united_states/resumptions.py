"""What was told later: interruptions that the guide has only under the heading of their end.

The first release left the resumptions of 1946 and 1956 out, since no row by itself tells of the
break before them. The heading "Re-establishment of Diplomatic Relations" says that there was one,
and another heading of the page has its day. What was released keeps its lines, so these events are
recorded later than the rest.

The Baltic states' "resumption of normal relations" of 1991 stays out: their legations in Washington
went on, so ties were never interrupted (see the lives of parties, contested from 1940 to 1991).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from diplorel import events as ev
from diplorel.model.events import Event
from tables import GUIDE, USA, Row, Told, citation

INTERRUPTED: Final = {
    "rdcr-austria-04": ("AUT", "1938-04-30", "the closing of the legation in Vienna"),
    "rdcr-morocco-06": ("MAR", "1917-10-20", "the day that the text on the protectorates gives"),
}
"""By the row that has its day: the party, the day, and what happened on it."""


def resumed(rows: list[Row], told: dict[str, Told], dropped: dict[str, str]) -> dict[str, Event]:
    """Return the interruptions and the resumptions after them, by id.

    The rows that tell of them count as told from then on, and the resumptions as not dropped.
    """
    found: dict[str, Event] = {}
    for row in rows:
        if row["key"] not in INTERRUPTED:
            continue
        party, day, what = INTERRUPTED[row["key"]]
        again = _resumption(party, told, dropped)
        if again is None:
            continue
        ended = ev.TiesSuspended(
            on=day,
            parties=[USA, party],
            sources=[citation(GUIDE, row["slug"], row)],
            inferred=f"the act, from the heading of the resumption; its day, {what}",
        )
        found |= {one.id: one for one in (ended, again)}
        told[row["key"]] = [ended]
        del dropped[again.id]
    return found


def _resumption(
    party: str, told: Mapping[str, Told], dropped: Mapping[str, str]
) -> ev.TiesRestored | None:
    """Return the resumption of ties with a party that the check found at odds with the rest."""
    acts = (event for events in told.values() if not isinstance(events, str) for event in events)
    again = (event for event in acts if isinstance(event, ev.TiesRestored))
    return next((one for one in again if party in one.parties and one.id in dropped), None)
