"""The common life of two parties, cut into runs of days when a track says the same."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs

from diplorel.model.dates import FIRST_DAY
from diplorel.model.lives import PartyEnded
from diplorel.model.parties import Life
from diplorel.replay.dyad import DyadSnapshot
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.analysis.spell_values import Reader, Reading
    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.as_of import SubjectHistory

_EVER = (Life(),)


@attrs.frozen
class CommonLife:
    """A period when two parties live.

    Attributes:
        first: The first day, an ordinal: the earliest possible one.
        last: The last day; not after the day asked for.
        start: When the younger of the two began; None where no source says so.
        end: When one of the two ended; None where it had not by the day asked for.
        ended_by: The id of the event that ended it.
    """

    first: int
    last: int
    start: PartialDate | None
    end: PartialDate | None
    ended_by: str | None


def common_lives(reference: Reference, pair: tuple[str, str], day: int) -> Iterator[CommonLife]:
    """Yield the periods when both parties may live, oldest first, up to a day.

    Args:
        reference: The table of parties; who is not in it lives for ever.
        pair: The two ids.
        day: The last day, an ordinal.
    """
    table = reference.parties
    mine, its = (_EVER if (known := table.get(id)) is None else known.lives for id in pair)
    for one in mine:
        for other in its:
            starts = [life.start for life in (one, other) if life.start is not None]
            start = max(starts, key=lambda on: on.lo, default=None)
            first = FIRST_DAY if start is None else start.lo
            ends = [
                (life.end, id)
                for life, id in zip((one, other), pair, strict=True)
                if life.end is not None and life.end.hi <= day
            ]
            if not ends and first <= day:
                yield CommonLife(first, day, start, None, None)
            elif ends:
                end, ended = min(ends, key=lambda item: item[0].hi)
                if first < end.hi:
                    event = f"{PartyEnded.type}/{ended}/{end.text}"
                    yield CommonLife(first, end.hi - 1, start, end, event)


@attrs.frozen
class Piece:
    """Days when a track says one thing of a dyad.

    Attributes:
        first: The first day, an ordinal.
        last: The last day.
        reading: What it says.
        state: The whole state of the track.
        events: The events behind it, in the order shown.
    """

    first: int
    last: int
    reading: Reading
    state: Any
    events: tuple[Event, ...]


def pieces(
    history: SubjectHistory,
    reader: Reader,
    side: str | None,
    reference: Reference,
    life: CommonLife,
) -> list[Piece]:
    """Return a common life in pieces, oldest first; the next one begins on the day after.

    Nothing can change between two days when an event, a coverage or a doubt begins or ends; so one
    day of each such period is asked for, and no day is walked through.
    """
    cuts = {life.first, life.last + 1}
    cuts.update(day for day in _cuts(history, reader, reference) if life.first < day <= life.last)
    found: list[Piece] = []
    for first, after in pairwise(sorted(cuts)):
        dyad = _on(history, reader, reference, first)
        reading = reader.read(dyad, side, reference)
        events = tuple(one for one in dyad.events(reader.track) if reader.concerns(one, side))
        piece = Piece(first, after - 1, reading, dyad.state(reader.track), events)
        if found and (found[-1].reading, found[-1].events) == (reading, events):
            piece = attrs.evolve(piece, first=found.pop().first)
        found.append(piece)
    return found


def _cuts(history: SubjectHistory, reader: Reader, reference: Reference) -> Iterator[int]:
    """Yield every day when what a track says of a dyad can change."""
    track = reader.track
    yield from history.days.get(track, ())
    for one in (history, *(shared for _, shared in history.shared)):
        for event in one.imprecise:
            if isinstance(event, PartySucceeded) or type(event) in track.handlers:
                yield event.on.lo
                yield event.on.hi
    for covered in reference.coverage:
        if covered.track == track.name:
            yield from covered.bounds


def _on(history: SubjectHistory, reader: Reader, reference: Reference, day: int) -> DyadSnapshot:
    """Return one track of a dyad on a day."""
    track = reader.track
    assert isinstance(history.subject, tuple)  # noqa: S101  spells are of dyads
    folded = history.on(day).get(track)
    return DyadSnapshot(
        parties=history.subject,
        undecided=history.undecided_on(day),
        day=day,
        states={} if folded is None else {track: folded},
        tracks=(track,),
        reference=reference,
        accounts={},
    )
