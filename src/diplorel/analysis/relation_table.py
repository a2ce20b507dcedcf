"""The table of relations: one row a dyad, of one relation or of a whole world.

Relations import this module, so it knows them by what they have, not by their class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.model.column import Column, dates, integers, text
from diplorel.model.table import Table
from diplorel.tracks.agreements import AGREEMENTS
from diplorel.tracks.figures import FIGURES
from diplorel.tracks.level import LEVEL
from diplorel.tracks.recognition import RECOGNITION
from diplorel.tracks.ties import TIES
from diplorel.tracks.visits import VISITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from diplorel.tracks.track import Track

_KNOWN = (
    "known; undecided (dates leave it open); as-last-recorded (no stream vouches for it on that "
    "day); unknown (nothing is recorded, and no stream says that there is nothing)"
)


def relation_table(relations: Iterable[Any], stamp: Mapping[str, Any]) -> Table:
    """Return one row a relation: ties, both ladders, recognition both ways, and counts."""
    rows = tuple(relations)
    return Table(
        (
            text("party_a", (row.parties[0] for row in rows)),
            text("party_b", (row.parties[1] for row in rows)),
            text("ties", (row.ties.status.value for row in rows), title="Diplomatic relations"),
            *dates("ties_since", (row.ties.since for row in rows), title="That status since"),
            _known("ties_known", rows, TIES),
            *_ladder(rows, 0),
            *_ladder(rows, 1),
            _known("level_known", rows, LEVEL),
            *_recognition(rows),
            _known("recognition_known", rows, RECOGNITION),
            *_counts(rows),
        ),
        title="Relations",
        stamp=stamp,
    )


def _known(name: str, rows: tuple[Any, ...], track: Track[Any, Any]) -> Column:
    return text(name, (_how_known(row, track) for row in rows), note=_KNOWN)


def _how_known(relation: Any, track: Track[Any, Any]) -> str:
    if track.name not in relation.certain:
        return "undecided"
    if track.name in relation.unknown and not relation.events(track):
        return "unknown"
    return "as-last-recorded" if track.name in relation.last_recorded else "known"


def _ladder(rows: tuple[Any, ...], side: int) -> tuple[Column, ...]:
    held = [row.level(row.parties[side]) for row in rows]
    name, whose = "level_" + "ab"[side], f"on the ladder of party_{'ab'[side]}"
    return (
        text(name, (one.level and one.level.id for one in held), note=f"the level {whose}"),
        integers(f"{name}_rank", (one.level and one.level.rank for one in held), note="its rank"),
        text(f"{name}_status", (one.status.value for one in held), note=f"what is held {whose}"),
        *dates(f"{name}_since", (one.since for one in held), title=f"that status {whose} since"),
    )


def _recognition(rows: tuple[Any, ...]) -> tuple[Column, ...]:
    return tuple(
        text(
            f"recognition_{'ab'[side]}{'ba'[side]}",
            (row.recognition(row.parties[side]).status.value for row in rows),
            note=f"how party_{'ab'[side]} recognises the other as a state",
        )
        for side in (0, 1)
    )


def _counts(rows: tuple[Any, ...]) -> tuple[Column, ...]:
    """Return how many of each are recorded: never a zero where nothing says that there is none."""

    def counted(track: Track[Any, Any], numbers: list[int]) -> list[int | None]:
        return [
            None if not number and track.name in row.unknown else number
            for row, number in zip(rows, numbers, strict=True)
        ]

    note = "as recorded; missing where none is, and no stream says that there is none"
    agreements = [len(row.events(AGREEMENTS)) for row in rows]
    figures = [len(row.figures.figures) for row in rows]
    visits = [len(row.visits.visits) for row in rows]
    return (
        integers("visits", counted(VISITS, visits), unit="visits", note=note),
        integers("figures", counted(FIGURES, figures), unit="figures", note=note),
        integers("agreement_events", counted(AGREEMENTS, agreements), unit="events", note=note),
    )
