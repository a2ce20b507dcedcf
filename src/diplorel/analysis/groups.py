"""Who belongs to a group on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import attrs

from diplorel._columns import columns, counted
from diplorel.tracks.groups import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.replay.snapshot import Snapshot


@attrs.frozen(kw_only=True, repr=False)
class Members:
    """Who belongs to a group on one day.

    Iterating, counting and ``in`` go over `parties`.

    Attributes:
        parties: The ids of the full members, in alphabetical order.
        possible: The ids of those that may be members, as far as the dates show.
        complete: Whether some stream claims to list them all.
    """

    parties: tuple[str, ...]
    possible: tuple[str, ...]
    complete: bool

    def __iter__(self) -> Iterator[str]:
        return iter(self.parties)

    def __len__(self) -> int:
        return len(self.parties)

    def __contains__(self, party: object) -> bool:
        return party in self.parties

    def __repr__(self) -> str:
        return f"<Members: {summary(self, 'member')}>"

    def __str__(self) -> str:
        return as_table(self, "member")


class _Parties(Protocol):
    """Parties that certainly are something, and those that may be."""

    @property
    def parties(self) -> tuple[str, ...]: ...
    @property
    def possible(self) -> tuple[str, ...]: ...
    @property
    def complete(self) -> bool: ...


def summary(found: _Parties, noun: str) -> str:
    """Return in a few words how many parties an answer holds, and whether that is all."""
    possible = f", {len(found.possible)} more possible" if found.possible else ""
    end = "" if found.complete else ", possibly incomplete"
    return f"{counted(len(found.parties), noun)}{possible}{end}"


def as_table(found: _Parties, noun: str) -> str:
    """Return an answer as a table: each party by id, and whether it is certain."""
    rows = [(party, "yes") for party in found.parties]
    rows += [(party, "open") for party in found.possible]
    return "\n".join([summary(found, noun), "", *columns([("party", "certain"), *rows])])


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
