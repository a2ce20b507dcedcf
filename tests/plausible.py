"""The completions of open dates that the rules of a track find plausible."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import oracle
from diplorel.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    for happened, group in groups.items():
        candidates = [mine for mine, order in group if _is_heard_in_time(mine, order, subject)]
        costs = [
            cost([event for event, _ in mine], track, reference or Reference())
            for mine in candidates
        ]
        least = min(costs)
        found[happened] = [
            mine for mine, price in zip(candidates, costs, strict=True) if price == least
        ]
    return found


def _is_heard_in_time(mine: Dated, order: Dated, subject: Any) -> bool:
    """Say whether severances fall on days that the plausible orders of the ties leave them."""
    own = [
        event
        for event, _ in order
        if event.type in oracle.HEARD["ties"] and event.parties == subject
    ]
    severed = [(event, day) for event, day in mine if event.type == "ties-severed"]
    if len(own) <= 1 or not severed:
        return True
    left = oracle.plausible_orders(own, oracle.wrong_ties).days
    return all(
        left[event.id][0].toordinal() <= day <= left[event.id][1].toordinal()
        for event, day in severed
    )
