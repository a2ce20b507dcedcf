"""The completions of open dates that the rules of a track find plausible."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import oracle
from diplorel.events import PartySucceeded, TiesSevered
from diplorel.model.reference import Reference
from diplorel.replay.fold import fold
from diplorel.tracks import TIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from completions import Dated
    from diplorel import Track
    from diplorel.model.events import Event


def cost(order: Sequence[Event], track: Track[Any, Any], reference: Reference) -> tuple[int, int]:
    """Return how many rules an order breaks, and how often it inverts precedence on one day."""
    acc, wrong = track.start(), 0
    for event in order:
        wrong += track.count_broken(acc, event, reference)
        track.handlers[type(event)](acc, event)
    inverted = sum(
        one.on.lo == one.on.hi == two.on.lo == two.on.hi
        and one.precedence > two.precedence
        and not track.commute(one, two)
        for place, one in enumerate(order)
        for two in order[place + 1 :]
    )
    return wrong, inverted


def plausible(
    orders: Iterable[Dated],
    track: Track[Any, Any],
    subject: Any,
    reference: Reference | None = None,
) -> list[tuple[Event, ...]]:
    """Return what a subject hears in a track, in each completion that the rules find plausible."""
    found: dict[tuple[str, ...], tuple[Event, ...]] = {}
    for ways in plausible_days(orders, track, subject, reference).values():
        for mine in ways:
            found[tuple(event.id for event, _ in mine)] = tuple(event for event, _ in mine)
    return list(found.values())


def plausible_days(
    orders: Iterable[Dated],
    track: Track[Any, Any],
    subject: Any,
    reference: Reference | None = None,
) -> dict[frozenset[str], list[Dated]]:
    """Return the same with the days of the events, by which events happened at all.

    Completions in which the same events happened are held against each other.
    """
    groups: defaultdict[frozenset[str], list[tuple[Dated, Dated]]] = defaultdict(list)
    for order in orders:
        mine: Dated = tuple(
            (event, day)
            for event, day in order
            if type(event) in track.handlers and subject in track.subjects(event)
        )
        groups[frozenset(event.id for event, _ in order)].append((mine, order))
    found: dict[frozenset[str], list[Dated]] = {}
    known = reference or Reference()
    costs: dict[tuple[str, ...], tuple[int, int]] = {}
    days: dict[tuple[str, ...], Any] = {}
    for happened, group in groups.items():
        candidates = [
            mine for mine, order in group if _is_heard_in_time(mine, order, subject, days)
        ]
        for mine in candidates:
            key = tuple(event.id for event, _ in mine)
            if key not in costs:  # it is the same on whichever days
                costs[key] = cost([event for event, _ in mine], track, known)
        prices = [costs[tuple(event.id for event, _ in mine)] for mine in candidates]
        least = min(prices)
        found[happened] = [
            mine for mine, price in zip(candidates, prices, strict=True) if price == least
        ]
    return found


def _is_heard_in_time(
    mine: Dated, order: Dated, subject: Any, known: dict[tuple[str, ...], Any]
) -> bool:
    """Say whether severances fall on days that the plausible orders of the ties leave them.

    Args:
        mine: What the subject hears.
        order: The completion.
        subject: The subject.
        known: The days that were found for the same events in the same order.
    """
    own = [
        event
        for event, _ in order
        if event.type in oracle.HEARD["ties"] and event.parties == subject
    ]
    severed = [(event, day) for event, day in mine if event.type == "ties-severed"]
    if len(own) <= 1 or not severed:
        return True
    key = tuple(event.id for event in own)
    if key not in known:
        known[key] = oracle.plausible_orders(own, oracle.wrong_ties).days
    left = known[key]
    return all(
        left[event.id][0].toordinal() <= day <= left[event.id][1].toordinal()
        for event, day in severed
    )


# --- successions ----------------------------------------------------------------------------------


def family_of(events: Iterable[Event], track: Track[Any, Any], pair: Any) -> frozenset[Any]:
    """Return a dyad with those that successions join to it in a track."""
    moves = [
        move
        for event in events
        if isinstance(event, PartySucceeded) and track.name in event.tracks
        for move in event.moves()
    ]
    family = {pair}
    for _ in moves:
        family |= {one for move in moves if family & {*move} for one in move}
    return frozenset(family)


def plausible_in_family(
    orders: Sequence[Dated],
    track: Track[Any, Any],
    family: frozenset[Any],
    reference: Reference,
    days: Mapping[str, tuple[int, int]] | None = None,
) -> list[Dated]:
    """Return the completions that the rules find plausible for dyads that successions join.

    Args:
        orders: The completions.
        track: The track.
        family: The dyads.
        reference: The ladders.
        days: The days that another track's plausible completions leave to its events.
    """
    groups: defaultdict[frozenset[str], list[Dated]] = defaultdict(list)
    for order in orders:
        if all(
            lo <= day <= hi
            for event, day in order
            for lo, hi in [(days or {}).get(event.id, (day, day))]
        ):
            groups[frozenset(event.id for event, _ in order)].append(order)
    found: list[Dated] = []
    known: dict[tuple[str, ...], tuple[int, int]] = {}
    for group in groups.values():
        costs = []
        for order in group:
            mine = [event for event, _ in order if _bears(event, track, family)]
            key = tuple(event.id for event in mine)
            if key not in known:
                known[key] = cost_in_family(mine, track, family, reference)
            costs.append(known[key])
        least = min(costs)
        found += [order for order, price in zip(group, costs, strict=True) if price == least]
    return found


def _bears(event: Event, track: Track[Any, Any], family: frozenset[Any]) -> bool:
    if isinstance(event, PartySucceeded):
        return track.name in event.tracks and any(old in family for old, _ in event.moves())
    return type(event) in track.handlers and not family.isdisjoint(track.subjects(event))


def cost_in_family(
    order: Sequence[Event], track: Track[Any, Any], family: frozenset[Any], reference: Reference
) -> tuple[int, int]:
    """Return how many rules an order of events of several dyads breaks, and what it inverts.

    Except after a secession, an event of the predecessor's dyad after its succession is one more.
    """
    wrong, handed_on = 0, set[Any]()
    for place, event in enumerate(order):
        if isinstance(event, PartySucceeded):
            for old, new in event.moves():
                if event.kind.value != "secession":
                    handed_on.add(old)
                handed_on.discard(new)
            continue
        table = fold(order[:place], [track])[track]
        for subject in family.intersection(track.subjects(event)):
            acc = table[subject].value if subject in table else track.start()
            wrong += track.count_broken(acc, event, reference)
            wrong += type(event) in track.owns and subject in handed_on
    inverted = sum(
        one.on.lo == one.on.hi == two.on.lo == two.on.hi
        and one.precedence > two.precedence
        and _matters(one, two, track)
        for place, one in enumerate(order)
        for two in order[place + 1 :]
    )
    return wrong, inverted


def _matters(one: Event, two: Event, track: Track[Any, Any]) -> bool:
    if isinstance(one, PartySucceeded) or isinstance(two, PartySucceeded):
        return True
    return not {*track.subjects(one)}.isdisjoint(track.subjects(two)) and not track.commute(
        one, two
    )


def ways_in_family(
    orders: Sequence[Dated], track: Track[Any, Any], pair: Any, reference: Reference
) -> list[tuple[Event, ...]]:
    """Return the plausible completions of a dyad and those that successions join to it."""
    events = {event.id: event for order in orders for event, _ in order}.values()
    family = family_of(events, track, pair)
    days: dict[str, tuple[int, int]] = {}
    if track is not TIES and TiesSevered in track.handlers:
        for one in family:
            some = plausible_in_family(orders, TIES, family_of(events, TIES, one), reference)
            for order in some:
                for event, day in order:
                    if isinstance(event, TiesSevered) and event.parties == one:
                        lo, hi = days.get(event.id, (day, day))
                        days[event.id] = (min(lo, day), max(hi, day))
    found = plausible_in_family(orders, track, family, reference, days)
    return list({tuple(event for event, _ in order) for order in found})
