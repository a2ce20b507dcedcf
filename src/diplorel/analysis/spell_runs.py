"""From pieces of a common life to spells: where each begins and ends, and by what."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import attrs

from diplorel.analysis.spell_orders import doubted, hold_against, ways_of
from diplorel.analysis.spell_pieces import common_lives, pieces
from diplorel.analysis.spell_values import KNOWN
from diplorel.analysis.spells import Bounds, Spell
from diplorel.model.dates import FIRST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from diplorel.analysis.spell_pieces import CommonLife, Piece
    from diplorel.analysis.spell_values import Reader, Step
    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.as_of import AsOfIndex

    Pair: TypeAlias = tuple[str, str]

_WORST_FIRST = tuple(reversed(KNOWN))
_NOT_RECORDED = "[.."
"""How the text of a date begins when only its last day is known."""


@attrs.frozen
class _Whose:
    """Whose spells: of a dyad, from a side, in a track.

    Attributes:
        pair: The dyad.
        side: The side; None where the value is of both.
        reader: How the track is read.
        is_followed: Whether each history that dates allow is known, so that spells are held against
            all of them.
    """

    pair: Pair
    side: str | None
    reader: Reader
    is_followed: bool


def spells_of(
    index: AsOfIndex,
    pairs: Iterable[Pair],
    reader: Reader,
    reference: Reference,
    day: int,
    *,
    by_known: bool = False,
) -> Iterator[Spell]:
    """Yield the spells of dyads, one dyad and side after another, oldest first.

    Args:
        index: The histories.
        pairs: The dyads, ids in order.
        reader: How the track is read.
        reference: The parties, ladders and coverage.
        day: The last day of spells that go on, an ordinal.
        by_known: Whether a spell also ends where it is known differently.
    """
    for pair in pairs:
        history = index.history(pair)
        lives = [*common_lives(reference, pair, day)]
        folded = history.on(day).get(reader.track)
        for side in reader.sides(reference, pair, partial(index.events, pair)):
            ways = ways_of(history, reader, side, reference, day)
            whose = _Whose(pair, side, reader, ways is not None)
            found: list[Spell] = []
            for life in lives:
                some = pieces(history, reader, side, reference, life)
                runs = _runs(some, by_known=by_known)
                found += _in_a_life(whose, life, runs)
            if folded is not None and not by_known:
                first = lives[0].first if lives else FIRST_DAY
                events = [one for one in folded.events if reader.concerns(one, side)]
                for step in reader.steps(folded.state, side):
                    if (spell := _remembered(whose, step, events, first, day)) is not None:
                        _insert(found, spell)
            if ways is None and not by_known:
                found = doubted(
                    found, index.events(pair), is_open=folded is not None and not folded.certain
                )
            yield from hold_against(found, ways or (), by_known=by_known)


# --- what relations show -------------------------------------------------------------------------


def _runs(some: Iterable[Piece], *, by_known: bool) -> list[list[Piece]]:
    """Return pieces in groups of one value."""
    runs: list[list[Piece]] = []
    for piece in some:
        if runs and (_is_like if by_known else _goes_on)(runs[-1], piece):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _is_like(run: Sequence[Piece], piece: Piece) -> bool:
    """Return whether a piece says what a run does, and knows it likewise."""
    one, other = run[-1].reading, piece.reading
    return one.known == other.known and one.below == other.below and _goes_on(run, piece)


def _goes_on(run: Sequence[Piece], piece: Piece) -> bool:
    """Return whether the spell of a run goes on."""
    before, after = run[-1].reading, piece.reading
    if before.value != after.value:
        return False
    below = _below(run)
    # what dates leave open for some days does not end what is known before and after
    if below != after.below and after.known != "undecided" and not _is_undecided(run):
        return False
    # ended and begun anew within days that dates leave open, so that no day shows the end
    return after.since == before.since or after.times <= before.times


def _is_undecided(run: Iterable[Piece]) -> bool:
    return all(piece.reading.known == "undecided" for piece in run)


def _below(run: Iterable[Piece]) -> str | None:
    """Return the level that a dyad is below, as the days say when dates leave nothing open."""
    decided = (piece.reading.below for piece in run if piece.reading.known != "undecided")
    return next(decided, None)


def _in_a_life(whose: _Whose, life: CommonLife, runs: Sequence[list[Piece]]) -> list[Spell]:
    begun = [
        _begin(whose, run, runs[place - 1] if place else None, life)
        for place, run in enumerate(runs)
    ]
    found = []
    for place, run in enumerate(runs):
        start, began_by, start_open = begun[place]
        end, ended_by = _end(run, runs[place + 1 :], begun[place + 1 :], life)
        reading = run[-1].reading
        found.append(
            Spell(
                parties=whose.pair,
                track=whose.reader.track.name,
                side=whose.side,
                value=reading.value,
                below=_below(run),
                start=start,
                start_open=start_open,
                began_by=began_by,
                end=end,
                ended_by=ended_by,
                first=None if run[0].first <= FIRST_DAY else date.fromordinal(run[0].first),
                last=date.fromordinal(run[-1].last),
                censored_on=None if end is not None else _censored_on(run),
                known=_known(run, end),
            )
        )
    return found


def _begin(
    whose: _Whose, run: Sequence[Piece], before: Sequence[Piece] | None, life: CommonLife
) -> tuple[Bounds, str | None, bool]:
    """Return when a run began, the event that began it, and whether a record is missing."""
    reading, first = run[-1].reading, run[0].first
    earlier = before[-1] if before else None
    fresh = _fresh(earlier, run[0])
    since = reading.since
    if earlier is not None and since == earlier.reading.since:
        since = None
    if since is not None:
        causes = [event for event in run[-1].events if event.on == since] or fresh
        start = _bounds(since, run[-1].events, is_open=reading.is_open and not whose.is_followed)
        start_open = since.text.startswith(_NOT_RECORDED)
        if start.lo < life.first <= start.hi:
            start = attrs.evolve(start, lo=life.first)
        return start, causes[-1].id if causes else None, start_open
    if fresh:
        return Bounds.of(fresh[-1].on), fresh[-1].id, False
    if earlier is not None:
        return Bounds(None, first, first), None, False
    if life.start is not None:
        return Bounds.of(life.start), None, False
    return Bounds(None, FIRST_DAY, run[-1].last), None, True


def _fresh(earlier: Piece | None, piece: Piece) -> list[Event]:
    """Return the events that a piece has and the one before has not."""
    old = set() if earlier is None else {event.id for event in earlier.events}
    return [
        event
        for event in piece.events
        if event.id not in old and (earlier is None or event.on.hi == piece.first)
    ]


def _bounds(on: PartialDate, events: Iterable[Event], *, is_open: bool) -> Bounds:
    """Return the days when something began; of open orders, of every event that may be first.

    Orders can differ within a cluster: events whose dates overlap in a chain. What one order begins
    in a cluster, another can begin with the next event of its kind that comes after. What begins
    with an event whose own place is certain, another order can begin in the cluster before.
    """
    clusters = _clusters(events) if is_open else []
    places = (number for number, one in enumerate(clusters) if any(x.on == on for x in one))
    if (place := next(places, None)) is None:  # nothing is open, or a life began or ended it
        return Bounds.of(on)
    found = [*clusters[place]]
    if len(found) == 1:
        found += next((one for one in reversed(clusters[:place]) if len(one) > 1), [])
    else:
        kinds = {type(event) for event in found if event.on == on}
        like = (one for one in clusters[place + 1 :] if any(type(x) in kinds for x in one))
        found += next(like, [event for one in clusters[place + 1 :] for event in one])
    lo, hi = min(event.on.lo for event in found), max(event.on.hi for event in found)
    return Bounds(on.text if (lo, hi) == (on.lo, on.hi) else None, lo, hi)


def _clusters(events: Iterable[Event]) -> list[list[Event]]:
    """Return events in groups whose dates overlap in a chain, oldest first."""
    found: list[list[Event]] = []
    last = FIRST_DAY - 1
    for event in sorted(events, key=lambda event: event.on.lo):
        if event.on.lo > last:
            found.append([])
        found[-1].append(event)
        last = max(last, event.on.hi)
    return found


def _end(
    run: Sequence[Piece],
    later: Sequence[Sequence[Piece]],
    begun: Sequence[tuple[Bounds, str | None, bool]],
    life: CommonLife,
) -> tuple[Bounds | None, str | None]:
    """Return when a run ended, and the event that ended it; None where it goes on."""
    if later:
        start, began_by, _ = begun[0]
        if start.hi >= run[0].first:
            return start, began_by
        # a successor's relations are as old as its predecessor's: they began before this ended
        piece = later[0][0]
        cause = next(reversed(_fresh(run[-1], piece)), None)
        exact = Bounds(None, piece.first, piece.first)
        return exact if cause is None else Bounds.of(cause.on), None if cause is None else cause.id
    if life.end is not None:
        return Bounds.of(life.end), life.ended_by
    return None, None


def _censored_on(run: Sequence[Piece]) -> date:
    for known in ("known", "as-last-recorded"):
        days = [piece.last for piece in run if piece.reading.known == known]
        if days:
            return date.fromordinal(days[-1])
    return date.fromordinal(run[-1].last)


def _known(run: Sequence[Piece], end: Bounds | None) -> str:
    """Return how a spell is known, apart from days when it may have ended already."""
    until = _censored_on(run).toordinal() if end is None else end.lo - 1
    words = {
        piece.reading.known
        for place, piece in enumerate(run)
        if piece.first <= until and not _was_settled(piece, run[place + 1 :])
    }
    words = words or {run[0].reading.known}
    if run[-1].reading.value is None and words != {"undecided"}:
        return "unknown"
    return next(word for word in ("undecided", *_WORST_FIRST) if word in words)


def _was_settled(piece: Piece, later: Iterable[Piece]) -> bool:
    """Return whether dates left open what might change the value, and nothing did."""
    reading = piece.reading
    if reading.known != "undecided" or reading.is_open:
        return False
    return any(one.reading.known != "undecided" for one in later)


# --- what no day shows ---------------------------------------------------------------------------


def _remembered(
    whose: _Whose, step: Step, events: Sequence[Event], first: int, day: int
) -> Spell | None:
    """Return a spell that the state remembers; None where it is the predecessor's.

    Args:
        whose: Whose it is.
        step: What the state remembers.
        events: The events behind the state.
        first: The first day of the common life.
        day: The day asked for.
    """
    causes = [event for event in events if event.on == step.start]
    if causes and whose.pair not in whose.reader.track.subjects(causes[0]):
        return None
    ends = [event for event in events if event.on == step.end]
    is_open = step.is_open and not whose.is_followed
    end = None if step.end is None else _bounds(step.end, events, is_open=is_open)
    last = day if end is None else end.hi
    start = Bounds(None, min(first, last), last)
    if step.start is not None:
        start = _bounds(step.start, events, is_open=is_open)
    return Spell(
        parties=whose.pair,
        track=whose.reader.track.name,
        side=whose.side,
        value=step.value,
        below=None,
        start=start,
        start_open=step.start is None or step.start.text.startswith(_NOT_RECORDED),
        began_by=causes[0].id if causes else None,
        end=end,
        ended_by=ends[-1].id if ends else None,
        first=None,
        last=None,
        # begun after the end of a party, which nothing ends again
        censored_on=date.fromordinal(day) if end is None else None,
        known="as-last-recorded",
    )


def _insert(found: list[Spell], spell: Spell) -> None:
    """Put a spell that no day shows at its place among those that relations show, if it is new.

    It began and ended on one day, or within days that dates leave open; or only its end is
    recorded; or it is outside the common life.
    """
    shown = [one for one in found if one.value == spell.value]
    if spell.start.text is not None and spell.start.text in {one.start.text for one in shown}:
        return
    place = len(found)
    if (end := spell.end) is not None:
        place = next((n for n, one in enumerate(found) if one.start.hi >= end.hi), place)
    if place < len(found) and found[place].known == "known":
        spell = attrs.evolve(spell, known="known")
    found.insert(place, spell)


def dyads_of(
    index: AsOfIndex, reader: Reader, party: str | None, partner: str | None
) -> list[Pair]:
    """Return the dyads with records, in order.

    Args:
        index: The histories.
        reader: How the track is read.
        party: Only those of this party.
        partner: Only that of the two, recorded or not.
    """
    if party is not None and partner is not None:
        return [(party, partner) if party < partner else (partner, party)]
    return sorted(pair for pair in index.dyads(reader.track) if party is None or party in pair)
