"""Events that look like one: the same but for a slightly different date.

Each event is compared with its `NEAREST` like events and no more, so that what a log costs grows
with its length. In a log whose events are of different days this leaves out nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.names import NameKeys
    from diplorel.tracks.track import Track

    Key = tuple[str, ...]

FEW_DAYS: Final = 10
"""Events of one kind this close to each other are rarely two."""
NEAREST: Final = 32
"""How many like events an event is compared with: the next ones by date."""
_NEVER: Final = 10**9
"""An ordinal after every day."""


@attrs.frozen
class Cut:
    """Like events that are too many to compare each with each.

    Attributes:
        first: The first of them that lacks some comparison.
        count: How many like events there are.
    """

    first: Event
    count: int


@attrs.frozen
class Likeness:
    """What looks alike in a log.

    Attributes:
        pairs: The pairs of events that look like one, the earlier first.
        cuts: The like events that were not all compared.
    """

    pairs: tuple[tuple[Event, Event], ...]
    cuts: tuple[Cut, ...]


def find_likeness(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    streams: Mapping[str, tuple[str, ...]],
    names: NameKeys,
    nearest: int = NEAREST,
) -> Likeness:
    """Return the pairs of events that look like one.

    Args:
        events: The events of a log.
        tracks: The tracks that own them.
        streams: From the id of an event to the streams that report it.
        names: How names are compared.
        nearest: With how many like events each is compared.
    """
    owner = {kind: track for track in tracks for kind in track.owns}
    keyed = [(event, event.compared_key(names)) for event in events]
    by_key: dict[tuple[Any, ...], list[Event]] = defaultdict(list)
    for event, key in keyed:
        if not event.repeats:  # another detail or number is another event, see `_are_alike`
            by_key[key, event.detail, event.nth].append(event)
    repeated = {key: alike for key, alike in by_key.items() if len(alike) > 1}
    pairs: list[tuple[Event, Event]] = []
    cuts: list[Cut] = []
    if not repeated:
        return Likeness((), ())
    beside: dict[Any, list[tuple[Event, Key]]] = defaultdict(list)
    for event, key in keyed:
        beside[owner.get(type(event)), frozenset(event.parties)].append((event, key))
    others = {group: _Others(some) for group, some in beside.items()}
    for (key, _, _), alike in repeated.items():
        track = owner.get(type(alike[0]))
        comparison = _Comparison(
            key=key,
            others=others[track, frozenset(alike[0].parties)],
            streams=streams,
            names=names,
            seen=track is not None and not track.has_order,
            nearest=nearest,
        )
        alike.sort(key=lambda event: (*event.on.span, event.id))
        cut = comparison.compare(alike, pairs)
        if cut is not None:
            cuts.append(Cut(cut, len(alike)))
    return Likeness(tuple(pairs), tuple(cuts))


@attrs.frozen(kw_only=True)
class _Comparison:
    """How the like events of one key are compared.

    Attributes:
        key: What they have in common.
        others: The events of the same parties and track.
        streams: From the id of an event to the streams that report it.
        names: How names are compared.
        seen: Whether they are of a track of observations, such as visits.
        nearest: With how many like events each is compared.
    """

    key: Key
    others: _Others
    streams: Mapping[str, tuple[str, ...]]
    names: NameKeys
    seen: bool
    nearest: int

    def compare(self, alike: Sequence[Event], pairs: list[tuple[Event, Event]]) -> Event | None:
        """Add the pairs that look like one event; return the first event that was cut short."""
        cut: Event | None = None
        for place, first in enumerate(alike):
            mine = {*self.streams.get(first.id, ())}
            nearby = first.on.span[1] + FEW_DAYS
            for at in range(place + 1, len(alike)):
                second = alike[at]
                shared = not mine.isdisjoint(self.streams.get(second.id, ()))
                anew = first.begins_once and not shared
                if not anew and second.on.lo > nearby:
                    break
                if at - place > self.nearest:
                    cut = cut or first
                    break
                if (
                    self._looks_again(first, second)
                    if anew
                    else self._look_like_one(first, second, shared=shared)
                ):
                    pairs.append((first, second))
        return cut

    def _looks_again(self, first: Event, second: Event) -> bool:
        """Say whether two streams may report one beginning, with nothing that ended it between."""
        return _may_be_one_event(first, second, self.names) and not self.others.of(
            first.discriminator
        ).has_between(first, second, self.key)

    def _look_like_one(self, first: Event, second: Event, *, shared: bool) -> bool:
        """Say whether the second of two events looks like the first, under another date.

        Args:
            first: One event.
            second: A later one of the same kind.
            shared: Whether one stream reports both.
        """
        return (
            _are_close(first.on, second.on, seen=self.seen, within=shared)
            and _are_alike(first, second, self.names)
            and (self.seen or not self.others.every.has_between(first, second, self.key))
        )


class _Others:
    """The events of the same parties and track, each with its key."""

    def __init__(self, events: Sequence[tuple[Event, Key]]) -> None:
        self._events = events

    @cached_property
    def every(self) -> _Between:
        """All of them."""
        return _Between(self._events)

    @cached_property
    def _by_discriminator(self) -> dict[str, _Between]:
        found: dict[str, list[tuple[Event, Key]]] = defaultdict(list)
        for event, key in self._events:
            found[event.discriminator].append((event, key))
        return {discriminator: _Between(some) for discriminator, some in found.items()}

    def of(self, discriminator: str) -> _Between:
        """Return those that bear on the same thing."""
        return self._by_discriminator[discriminator]


class _Between:
    """Whether some event of another key is certainly between two days.

    Of the events that begin on a day or later, the two that end soonest are known, of different
    keys. One of them is of another key than any that is asked for.
    """

    def __init__(self, events: Iterable[tuple[Event, Key]]) -> None:
        ordered = sorted(events, key=lambda one: one[0].on.lo)
        self._first = [event.on.lo for event, _ in ordered]
        self._soonest: list[tuple[int, Key | None, int]] = [(_NEVER, None, _NEVER)]
        for event, key in reversed(ordered):
            soonest, its_key, of_another = self._soonest[-1]
            last = event.on.hi
            if key == its_key:
                soonest = min(soonest, last)
            elif last < soonest:
                soonest, its_key, of_another = last, key, soonest
            else:
                of_another = min(of_another, last)
            self._soonest.append((soonest, its_key, of_another))
        self._soonest.reverse()

    def has_between(self, first: Event, second: Event, key: Key) -> bool:
        """Return whether an event of another key is between two."""
        place = bisect_left(self._first, first.on.hi)
        soonest, its_key, of_another = self._soonest[place]
        return (of_another if its_key == key else soonest) <= second.on.lo


def _are_close(one: PartialDate, two: PartialDate, *, seen: bool, within: bool) -> bool:
    """Say whether two dates are likely to mean one day.

    Visits and talks (what is *seen*) follow each other closely, so they must begin on one day or
    share more than the day when one gives way to the other. A date *within* another is close where
    one stream gives both; from another stream, it corroborates.
    """
    if within and one.text != two.text and (one.contains(two) or two.contains(one)):
        return True
    if one.hi - one.lo > FEW_DAYS or two.hi - two.lo > FEW_DAYS:
        return False
    (first, last), (start, end) = one.span, two.span
    if seen:
        return first == start or max(first, start) < min(last, end)
    return max(first, start) - min(last, end) <= FEW_DAYS


def _may_be_one_event(one: Event, two: Event, names: NameKeys) -> bool:
    """Say whether two streams may report one event, and neither date corroborates the other."""
    held = one.on.contains(two.on) or two.on.contains(one.on)
    return not held and _are_alike(one, two, names)


def _are_alike(one: Event, two: Event, names: NameKeys) -> bool:
    """Say whether two events of one detail and number can be one."""
    if one.occasion and two.occasion and one.occasion != two.occasion:
        return False
    return one.may_be(two, names)
