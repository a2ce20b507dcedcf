"""The corrections and successions of a store, found by what they can touch.

They reach beyond their own subjects, so an append has to look at them whichever subjects it
touches. They are kept by the ids that they name and by the subjects of what they put in place: then
an append reads the few that matter to it, however many there are elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from diplorel.model.events import Event
from diplorel.replay.fold import touched
from diplorel.stores.rows import named_by
from diplorel.tracks import STANDARD
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.model.records import Record
    from diplorel.tracks.track import Subject


class Corrections:
    """Corrections and successions by position; only ever added to.

    >>> Corrections().successions()
    {}
    """

    def __init__(self) -> None:
        self._naming: defaultdict[str, dict[int, Record]] = defaultdict(dict)
        self._replacing: defaultdict[Subject, dict[int, Record]] = defaultdict(dict)
        self._successions: dict[int, Record] = {}

    def add(self, position: int, record: Record) -> None:
        """Add a record; a second time does nothing."""
        event = record.event
        for id in named_by(record):
            self._naming[id][position] = record
        if isinstance(event, Event) and event.supersedes:
            for subject in touched(event, STANDARD):
                self._replacing[subject][position] = record
        if isinstance(event, PartySucceeded):
            self._successions[position] = record

    def naming(self, id: str, upto: int | None = None) -> dict[int, Record]:
        """Return the records that name an id, by position, up to one."""
        return _up_to(self._naming.get(id, {}), upto)

    def replacing(self, subject: Subject, upto: int | None = None) -> dict[int, Record]:
        """Return the replacements that touch a subject, by position, up to one."""
        return _up_to(self._replacing.get(subject, {}), upto)

    def successions(self, upto: int | None = None) -> dict[int, Record]:
        """Return all successions by position, up to one."""
        return _up_to(self._successions, upto)

    def bearing_on(self, ids: Iterable[str], upto: int | None = None) -> dict[int, Record]:
        """Return the records that name some ids, those that name these in turn, and so on.

        What becomes of a record depends on them and on no other.

        Args:
            ids: The ids.
            upto: The last position that counts; all when None.
        """
        found: dict[int, Record] = {}
        waiting = [*ids]
        seen = set(waiting)
        while waiting:
            for position, record in self.naming(waiting.pop(), upto).items():
                found[position] = record
                if record.id not in seen:
                    seen.add(record.id)
                    waiting.append(record.id)
        return found


def _up_to(records: dict[int, Record], upto: int | None) -> dict[int, Record]:
    if upto is None:
        return records
    return {position: record for position, record in records.items() if position <= upto}
