"""Corroboration: accounts of one event that differ in id, since they differ in date or detail.

Two rules. A coarser account of another stream supports the narrower event that it holds. Visits,
which sources date by the day of a meeting or by the whole journey, are linked when their days and
their persons agree. `corroborate` applies both.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

import attrs

from diplorel.model.names import BY_TEXT
from diplorel.resolve.accounts import with_citations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from diplorel.model.events import Event
    from diplorel.model.names import NameKeys

    Prefer: TypeAlias = Callable[[Sequence[str]], Iterable[str]]
    """Bring ids of events into the order of the policy."""


@attrs.frozen
class Corroborations:
    """Which accounts are not events of their own.

    Attributes:
        joined: From the id of an account to the id of the event that it supports.
        ambiguous: From the id of an account to the ids of the events that it can belong to, exactly
            one of them.
        apart: The ids of accounts of visits that are linked, and yet cannot be one visit; each is
            an event of its own.
    """

    joined: dict[str, str] = attrs.field(factory=dict)
    ambiguous: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    apart: tuple[tuple[str, ...], ...] = ()


def corroborate(
    events: dict[str, Event],
    streams: dict[str, set[str]],
    prefer: Prefer,
    names: NameKeys = BY_TEXT,
) -> Corroborations:
    """Let accounts of other streams corroborate events whose date or detail differs.

    Args:
        events: The events by id; those that are supported get the citations of what supports them,
            with the date that those give.
        streams: The streams that report each; those of the supporting accounts are added.
        prefer: Brings ids of events into the order of the policy, the followed one first.
        names: How names of persons and offices are compared.

    Returns:
        Which accounts are not events of their own.
    """
    by_key: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id, event in events.items():
        key = (event.type, *event.parties) if event.spans_days else event.compared_key(names)
        by_key[key].append(id)
    accounts = _Accounts(events, streams, prefer, names)
    apart: list[tuple[str, ...]] = []
    for ids in by_key.values():
        if len(ids) == 1 or len({name for id in ids for name in streams[id]}) == 1:
            continue  # a stream does not support itself
        if events[ids[0]].spans_days:
            apart += [one for one in accounts.chains(ids) if not accounts.unite(one)]
        else:
            accounts.absorb(ids)
    return attrs.evolve(accounts.found, apart=tuple(sorted(apart)))


@attrs.frozen
class _Accounts:
    """The accounts, who reports them, and what they turned out to be."""

    events: dict[str, Event]
    streams: dict[str, set[str]]
    prefer: Prefer
    names: NameKeys
    found: Corroborations = attrs.field(factory=Corroborations)

    # --- a coarser account of another stream ---

    def absorb(self, ids: Iterable[str]) -> None:
        """Let coarser accounts join the narrower events they hold, of events alike but for dates.

        Narrow ones go first, so a year can corroborate what a month corroborates already. Of two
        that hold the same days ("2013-09", "2013-09?"), the doubtful one counts as the coarser, and
        so does one that leaves out a detail (`Event.detail`).
        """
        coarse: dict[tuple[int, int, bool, str], list[str]] = defaultdict(list)
        for id in ids:
            event = self.events[id]
            coarse[(*_coarseness(event), event.on.text)].append(id)
        kept: list[tuple[int, str]] = []  # by the first day, so that what a date holds is together
        for key in sorted(coarse):
            for alike in self._by_nth(coarse[key]):
                reported = set[str]().union(*(self.streams[id] for id in alike))
                on = self.events[alike[0]].on
                within = [
                    other
                    for _, other in kept[
                        bisect_left(kept, (on.lo,)) : bisect_left(kept, (on.hi + 1,))
                    ]
                    if _holds(self.events[alike[0]], self.events[other])
                    and not self.streams[other] & reported
                ]
                for id in self._join(alike, within):
                    insort(kept, (on.lo, id))

    def _by_nth(self, ids: Iterable[str]) -> list[list[str]]:
        """Return events of one date in groups that differ in `Event.nth` only, in its order."""
        groups: dict[str, list[str]] = defaultdict(list)
        for id in sorted(ids, key=lambda id: (self.events[id].nth, id)):
            groups[id.partition("#")[0]].append(id)
        return [groups[key] for key in sorted(groups)]

    def _join(self, coarse: Sequence[str], narrow: Sequence[str]) -> list[str]:
        """Let like accounts support the narrower events; return those left, events of their own.

        *n* like accounts and *m* narrower ones of others are as many events as the larger number.
        If there are fewer like accounts, it is not known which narrower events they are.
        """
        if len(coarse) < len(narrow):
            self.found.ambiguous.update((id, tuple(sorted(narrow))) for id in coarse)
            return []
        events = self.events
        ordered = sorted(narrow, key=lambda id: (events[id].on.lo, events[id].nth, id))
        for one, other in zip(coarse, ordered, strict=False):
            self._support(one, other)
        return [*coarse[len(narrow) :]]

    def _support(self, id: str, face: str) -> None:
        """Let an account support an event, which takes on its citations."""
        self.found.joined[id] = face
        self.streams[face] |= self.streams[id]
        event, events = self.events[id], self.events
        on = None if event.on == events[face].on else event.on
        events[face] = with_citations(
            events[face], [attrs.evolve(one, on=one.on or on) for one in event.sources]
        )

    # --- visits ---

    def chains(self, ids: Iterable[str]) -> list[tuple[str, ...]]:
        """Return the accounts of visits that are linked with each other, each chain in order.

        Accounts of different streams are linked when one holds the other's days, or both are
        extents that share a day, and their persons agree.
        """
        events = self.events
        ordered = sorted(ids, key=lambda id: (*events[id].on.span, id))
        chain_of = {id: [id] for id in ordered}
        under_way: list[str] = []
        for id in ordered:
            first, _ = events[id].on.span
            under_way = [other for other in under_way if events[other].on.span[1] >= first]
            for other in under_way:
                if chain_of[other] is not chain_of[id] and (
                    not self.streams[other] & self.streams[id]
                    and _is_linked(events[other], events[id], self.names)
                ):
                    less, more = sorted((chain_of[other], chain_of[id]), key=len)
                    more += less
                    for one in less:
                        chain_of[one] = more
            under_way.append(id)
        # each chain is found at its first member, and no longer one is looked through twice
        chains = [one for id, one in chain_of.items() if one[0] == id and len(one) > 1]
        return sorted(tuple(sorted(chain)) for chain in chains)

    def unite(self, chain: Sequence[str]) -> bool:
        """Make linked accounts one visit, or several by their numbers; say whether it could.

        The narrowest days are followed, and of equally narrow ones those that the policy prefers.
        """
        if not self._are_one(chain):
            return self._number(chain)
        days = {id: last - first for id in chain for first, last in [self.events[id].on.span]}
        least = min(days.values())
        face = next(iter(self.prefer([id for id in chain if days[id] == least])))
        for id in chain:
            if id != face:
                self._support(id, face)
        return True

    def _number(self, chain: Sequence[str]) -> bool:
        """Join accounts that one stream numbers with the narrower ones of others, if it can.

        "Two visits in September" of one stream, and one on the 2nd and one on the 20th of others.
        """
        several = [alike for alike in self._by_nth(chain) if len(alike) > 1]
        if len(several) != 1:
            return False
        (numbered,) = several
        events, coarse = self.events, self.events[numbered[0]]
        others = [id for id in chain if id not in numbered]
        parts = self.chains(others)
        if not (
            all(
                coarse.on.contains(events[id].on) and coarse.agrees_with(events[id], self.names)
                for id in others
            )
            and not any(self.streams[id] & self.streams[numbered[0]] for id in others)
            and all(map(self._are_one, parts))
        ):
            return False
        for part in parts:
            self.unite(part)
        self._join(numbered, [id for id in others if id not in self.found.joined])
        return True

    def _are_one(self, chain: Sequence[str]) -> bool:
        """Return whether each stream has one account at most, and no two name different persons."""
        reported = [stream for id in chain for stream in self.streams[id]]
        return len(reported) == len({*reported}) and all(
            self.events[one].agrees_with(self.events[two], self.names)
            for one, two in combinations(chain, 2)
        )


def _coarseness(event: Event) -> tuple[int, int, bool]:
    """Return how many days the date leaves open, how doubtful it is, if a detail is left out."""
    on = event.on
    return (on.hi - on.lo, on.uncertain + on.approximate, event.detail == "")


def _holds(coarse: Event, narrow: Event) -> bool:
    """Say whether the date of one account holds that of another, which gives all its details.

    Two dates that hold the same days do, unless one is an extent.
    """
    wide, within = coarse.on, narrow.on
    if not wide.contains(within) or coarse.detail not in (narrow.detail, ""):
        return False
    return wide.hi - wide.lo > within.hi - within.lo or wide.end == within.end


def _is_linked(one: Event, two: Event, names: NameKeys) -> bool:
    first, second = one.on.span, two.on.span
    both = (max(first[0], second[0]), min(first[1], second[1]))
    extents = one.on.end is not None and two.on.end is not None
    return (both in (first, second) or (extents and both[0] <= both[1])) and one.agrees_with(
        two, names
    )
