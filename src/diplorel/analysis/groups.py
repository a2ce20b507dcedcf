"""Who belongs to a group on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from diplorel._columns import columns, counted
from diplorel.model.stamps import NOT_ASKED
from diplorel.model.tabular import Tabular
from diplorel.tracks.groups import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from diplorel.model.events import Event
    from diplorel.model.stamps import Asked
    from diplorel.model.table import Table
    from diplorel.replay.accumulators import FoldedState
    from diplorel.replay.snapshot import Snapshot


def asked_of(snapshot: Snapshot, **more: Any) -> Asked:
    """Return how a snapshot was asked, with its day and with what more was asked."""
    on = None if snapshot.on is None else snapshot.on.isoformat()
    return {**snapshot.asked, "on": on, **more}


@attrs.frozen(kw_only=True, repr=False)
class PartyList(Tabular):
    """Parties that certainly are something, and those that may be.

    Iterating, counting and ``in`` go over `parties`.

    Attributes:
        parties: The ids of those that certainly are, in alphabetical order.
        possible: The ids of those that may be, as far as the dates show.
        complete: Whether some stream claims to list them all; otherwise there may be more.
        asked: How the log was asked: its versions, what was known, the clock and the policy.
    """

    noun: ClassVar[str] = "party"

    parties: tuple[str, ...]
    possible: tuple[str, ...]
    complete: bool
    asked: Asked = attrs.field(default=NOT_ASKED, eq=False, kw_only=True)

    def __iter__(self) -> Iterator[str]:
        return iter(self.parties)

    def __len__(self) -> int:
        return len(self.parties)

    def __contains__(self, party: object) -> bool:
        return party in self.parties

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._summary()}>"

    def __str__(self) -> str:
        rows = [(party, "yes") for party in self.parties]
        rows += [(party, "open") for party in self.possible]
        return "\n".join([self._summary(), "", *columns([("party", "certain"), *rows])])

    def table(self) -> Table:
        """Return one row a party: certain or possible."""
        from diplorel.analysis.tables import party_table  # noqa: PLC0415  few ask for it

        return party_table(self)

    def _summary(self) -> str:
        """Return in a few words how many there are, and whether that is all."""
        possible = f", {len(self.possible)} more possible" if self.possible else ""
        end = "" if self.complete else ", possibly incomplete"
        return f"{counted(len(self), self.noun)}{possible}{end}"


@attrs.frozen(kw_only=True, repr=False)
class Members(PartyList):
    """Who belongs to a group on one day: the full members, and who may be one; see `PartyList`."""

    noun: ClassVar[str] = "member"


def members(snapshot: Snapshot, group: str) -> Members:
    """Return who belongs to a group, given by its id; see `World.members`."""
    found = members_of(
        snapshot.tables[GROUPS].get(group),
        snapshot.undecided.get(group, ()),
        complete=snapshot.reference.covers(GROUPS.name, (group,), snapshot.day),
    )
    return attrs.evolve(found, asked=asked_of(snapshot, group=group))


def members_of(
    folded: FoldedState[Any] | None, undecided: Iterable[Event], *, complete: bool
) -> Members:
    """Return who belongs to a group by its state.

    Args:
        folded: The state; None where nothing has happened.
        undecided: The events whose dates leave open whether they had happened.
        complete: Whether some stream calls the list complete.
    """
    here = set(folded.state.members()) if folded is not None else set()
    possible = {event.parties[0] for event in undecided}
    if folded is not None and not folded.certain:
        possible |= {event.parties[0] for event in folded.events}
    return Members(
        parties=tuple(sorted(here - possible)),
        possible=tuple(sorted(possible)),
        complete=complete,
    )


def joint_groups(snapshot: Snapshot, a: str, b: str) -> tuple[str, ...]:
    """Return the groups that certainly have both parties as members; see `World.joint_groups`."""
    groups = sorted(map(str, snapshot.tables[GROUPS]))
    found = ((group, members(snapshot, group)) for group in groups)
    return tuple(group for group, some in found if a in some and b in some)
