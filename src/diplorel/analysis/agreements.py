"""Agreements on one day: one of them by its key, and those of a party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplorel.tracks.agreements import AGREEMENTS

if TYPE_CHECKING:
    from diplorel.replay.snapshot import Snapshot
    from diplorel.tracks.agreements import AgreementState


def agreement(snapshot: Snapshot, key: str) -> AgreementState | None:
    """Return an agreement; None where none of this key is recorded; see `World.agreement`."""
    folded = snapshot.tables[AGREEMENTS].get(key) if isinstance(key, str) else None
    found: AgreementState | None = None if folded is None else folded.state
    return found


def agreements_of(snapshot: Snapshot, party: str) -> tuple[AgreementState, ...]:
    """Return the agreements that a party belongs to; see `World.agreements`."""
    table = snapshot.tables[AGREEMENTS]
    states: list[AgreementState] = [table[key].state for key in sorted(map(str, table))]
    return tuple(state for state in states if state.has(party))
