"""Selection: the records that meet conditions, with the corrections that bear on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplorel.model.events import Event
from diplorel.model.records import targets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from diplorel.model.records import Record


def select_records(
    records: Sequence[Record],
    *,
    parties: AbstractSet[str] = frozenset(),
    types: AbstractSet[str] | None = None,
    since: int | None = None,
    until: int | None = None,
    stream: str | None = None,
) -> list[Record]:
    """Return the records that meet every condition, and each correction that names one of them.

    A correction stays as long as it names a record that stays, so that what is dead stays dead.

    Args:
        records: The records.
        parties: The ids of parties that all take part.
        types: The names of event types; any when None.
        since: Events that have possibly happened on this ordinal or later.
        until: Events that have possibly happened by this ordinal.
        stream: One stream.
    """

    def meets(record: Record) -> bool:
        event = record.event
        return (
            isinstance(event, Event)
            and parties <= {*event.parties, *getattr(event, "dyads", ())}
            and (types is None or event.type in types)
            and (since is None or (event.on.end or event.on).hi >= since)
            and (until is None or event.on.lo <= until)
        )

    mine = [one for one in records if stream is None or one.stream == stream]
    kept = {record.id for record in mine if meets(record)}
    corrections = [record for record in records if record.event.supersedes]
    while more := {
        record.id
        for record in corrections
        if record.id not in kept
        and any(id in kept for text in record.event.supersedes for id, _ in targets(text))
    }:
        kept |= more
    return [record for record in mine if record.id in kept]
