"""What a reader of one relation should know beside it: another holder of the name, ties before.

Neither is a part of the state. A state on a day depends on nothing that happened later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from diplorel.model.holders import HeldName, other_holders
from diplorel.tracks.ties import TIES, TiesEstablished, TiesStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.replay.dyad import DyadSnapshot
    from diplorel.replay.snapshot import Snapshot


@attrs.frozen
class OtherHolder:
    """Another holder of a party's name, one that had ties on the day.

    Attributes:
        asked: The id of the party that was asked about.
        other: The id of the other holder of its name.
        side: The id of the party that had ties with the other holder.
        shared: The name.
        since: Since when there were ties.
    """

    asked: str
    other: str
    side: str
    shared: HeldName
    since: PartialDate


def find_other_holders(snapshot: Snapshot, pair: tuple[str, str]) -> Iterator[OtherHolder]:
    """If a pair had no ties, yield the other holders of a name that had them.

    Args:
        snapshot: The states of the day.
        pair: The two ids.
    """
    if _ties_since(snapshot, *pair) is not None:
        return
    for asked, side in (pair, pair[::-1]):
        for shared, other in other_holders(asked, snapshot.day):
            since = _ties_since(snapshot, other, side) if other != side else None
            if since is not None:
                yield OtherHolder(asked, other, side, shared, since)


def _ties_since(snapshot: Snapshot, a: str, b: str) -> PartialDate | None:
    dyad: DyadSnapshot = snapshot.between(a, b)
    ties = dyad.state(TIES)
    return ties.since if ties.status is TiesStatus.ESTABLISHED else None


def find_later_end(then: DyadSnapshot, all_of_it: DyadSnapshot) -> Event | None:
    """Return the end, or the return, of ties whose beginning is not recorded, after a day.

    There must have been ties some time before it. Whether there were on the day is unknown, so the
    state of the day does not change. None where something is recorded of ties by the day, or a
    stream says that there were none.

    Args:
        then: The dyad on the day.
        all_of_it: The dyad by all that is recorded.
    """
    if then.state(TIES).status is not TiesStatus.UNKNOWN or then.is_undecided(TIES):
        return None
    own = [event for event in all_of_it.events(TIES) if type(event) in TIES.owns]
    if not own or isinstance(own[0], TiesEstablished):
        return None
    return own[0]
