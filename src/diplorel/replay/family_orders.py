"""In what order each track takes in the events of relations that successions join.

What is found for some events is kept for who folds them on many days: between two days, the events
of most tracks are the same.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import attrs

from diplorel.replay.accumulators import EVERYTHING
from diplorel.replay.lineages import events_of, families_of, is_open, searches
from diplorel.replay.order import convention, hears_others, is_heard, joined, settle_track
from diplorel.replay.workings import Workings
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay import plausible
    from diplorel.replay.accumulators import Open
    from diplorel.replay.life_bounds import Days
    from diplorel.replay.lineages import Family
    from diplorel.replay.order import Dates
    from diplorel.tracks.track import Cell, Subject, Track

AnyTrack: TypeAlias = "Track[Any, Any]"
_Left: TypeAlias = "defaultdict[Subject, dict[int, Days]]"
"""By relation and event, the days that the plausible orders of the event's own track leave it."""


@attrs.frozen
class Together:
    """How one track takes in the events of relations between which successions move states.

    Attributes:
        chains: The orders shown, one for each family or relation whose order is open.
        opens: What is open, by relation.
    """

    chains: list[Sequence[Event]] = attrs.field(factory=list)
    opens: dict[Subject, Open] = attrs.field(factory=dict)

    def in_order(self, events: Sequence[Event]) -> tuple[Sequence[Event], Mapping[Subject, Open]]:
        """Return all events in the order shown, and what is open.

        Where the chains contradict each other, the convention holds and nothing is certain.

        Args:
            events: The events, by the convention.
        """
        order = joined(events, self.chains)
        if order is None:
            return events, dict.fromkeys(self.opens, EVERYTHING)
        return order, self.opens


@attrs.frozen
class _Order:
    """How a track takes in the events of a family, or of a relation that no succession joins.

    Attributes:
        events: The events in the order shown; none where no order is open.
        opens: What is open, by relation.
        days: By relation and event, the days that the plausible orders leave.
    """

    events: Sequence[Event] = ()
    opens: Mapping[Subject, Open] = attrs.field(factory=dict)
    days: Mapping[Subject, Mapping[int, Days]] = attrs.field(factory=dict)


def settle_together(
    heard: Mapping[Subject, Sequence[Event]],
    tracks: Sequence[AnyTrack],
    reference: Reference,
    dates: Dates,
    workings: Workings | None = None,
) -> dict[AnyTrack, Together]:
    """Return each track's order of taking in the events of relations that successions join.

    Args:
        heard: The events by subject.
        tracks: The tracks.
        reference: The reference data.
        dates: Which of its days puts an event in order by the convention.
        workings: The orders that these tracks found for the same events on other days.

    Returns:
        The tracks whose order is open somewhere; for all others, the convention holds.
    """
    workings = Workings() if workings is None else workings
    settling = _Settling(tracks, reference, dates)
    found: dict[AnyTrack, Together] = {}
    left: _Left = defaultdict(dict)
    every = {id(event): event for events in heard.values() for event in events}.values()
    moves = [event for event in every if isinstance(event, PartySucceeded)]
    for track in sorted(tracks, key=hears_others):  # those that hear others come last
        together = Together()
        for family in _divided(families_of(track, moves), heard):
            events = events_of(track, family, heard)
            narrowed = {
                key: left[subject][key]
                for subject in family
                for key in left[subject].keys() & {*map(id, events)}
            }
            question = ("order", track, family, *sorted(narrowed.items()))
            order = workings.find(question, events)
            if order is None:
                settle = settling.family if len(family) > 1 else settling.alone
                order = settle(track, family, events, narrowed)
                workings.keep(question, events, order)
            if order.events:
                together.chains.append(order.events)
                together.opens.update(order.opens)
            for subject, days in order.days.items():
                left[subject] = {**days, **left[subject]}
        if together.chains:
            found[track] = together
    return found


def _divided(families: Sequence[Family], subjects: Iterable[Subject]) -> Iterator[Family]:
    """Yield the families, and each other subject as one of its own."""
    yield from families
    joined_ = frozenset().union(*families)
    yield from (frozenset((subject,)) for subject in subjects if subject not in joined_)


@attrs.frozen
class _Settling:
    """What the orders of all families depend on beside their events.

    Attributes:
        tracks: The tracks that are folded.
        reference: The reference data.
        dates: Which of its days puts an event in order by the convention.
    """

    tracks: Sequence[AnyTrack]
    reference: Reference
    dates: Dates

    def alone(
        self,
        track: AnyTrack,
        family: Family,
        events: Sequence[Event],
        narrowed: Mapping[int, Days],
    ) -> _Order:
        """Return the order of a relation that no succession joins to another."""
        (subject,) = family
        days = dict(narrowed)
        way = settle_track(events, track, self.tracks, days, self.reference, self.dates)
        return _Order() if way is None else _Order(way.order, {subject: way.open}, {subject: days})

    def family(
        self,
        track: AnyTrack,
        family: Family,
        events: Sequence[Event],
        narrowed: Mapping[int, Days],
    ) -> _Order:
        """Return the order of the relations of a family."""
        if not narrowed and not is_open(track, family, events):
            return _Order()
        days = {**{id(event): (event.on.lo, event.on.hi) for event in events}, **narrowed}
        ordered = sorted(events, key=convention(days, self.dates))
        narrow = is_heard(track, self.tracks)
        chains: list[Sequence[Event]] = []
        open_: defaultdict[Subject, set[tuple[Cell, str]]] = defaultdict(set)
        left: _Left = defaultdict(dict)
        for search in searches(ordered, days, track, family, self.reference):
            if not search.is_open:
                chains.append(search.given)
                continue
            result = search.run(with_days=narrow)
            chains.append(result.order)
            for subject, name in cast("Iterable[tuple[Subject, str]]", result.open):
                if name:
                    open_[subject].add((search.cell, name))
            if not result.searched:
                for subject in family:
                    open_[subject] |= EVERYTHING
            if narrow:
                _note_days(left, track, result)
        order = joined(ordered, chains)
        opens = {subject: frozenset(open_[subject]) for subject in family}
        for subject, some in opens.items():
            opens[subject] = EVERYTHING if order is None or some >= EVERYTHING else some
        return _Order(ordered if order is None else order, opens, left)


def _note_days(left: _Left, track: AnyTrack, found: plausible.Plausible) -> None:
    """Note the days that plausible orders leave to a track's own events."""
    for event, span in zip(found.order, found.days, strict=True):
        for subject in track.subjects(event) if type(event) in track.owns else ():
            left[subject].setdefault(id(event), span)
