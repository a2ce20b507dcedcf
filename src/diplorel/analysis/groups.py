"""Who belongs to a group on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from diplorel.tracks.groups import GROUPS

if TYPE_CHECKING:
    from diplorel.replay.snapshot import Snapshot


@attrs.frozen(kw_only=True)
class Members:
    """Who belongs to a group on one day.

    Attributes:
        parties: The ids of the full members, in alphabetical order.
        possible: The ids of those that may be members, as far as the dates show.
        complete: Whether some stream claims to list them all.
    """

    parties: tuple[str, ...]
    possible: tuple[str, ...]
    complete: bool


def members(snapshot: Snapshot, group: str) -> Members:
    """Return who belongs to a group, given by its id; see `World.members`."""
    folded = snapshot.tables[GROUPS].get(group)
    here = set(folded.state.members()) if folded is not None else set()
    possible = {event.parties[0] for event in snapshot.undecided.get(group, ())}
    if folded is not None and not folded.certain:
        possible |= {event.parties[0] for event in folded.events}
    return Members(
        parties=tuple(sorted(here - possible)),
        possible=tuple(sorted(possible)),
        complete=snapshot.reference.covers(GROUPS.name, (group,), snapshot.day),
    )
