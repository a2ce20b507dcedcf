"""When dyads were upgraded to a level, for the claims about the order and days of upgrades."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel.analysis.partners import is_state, ladder_of
from diplorel.claims.basics import Mode
from diplorel.replay.order import overlap
from diplorel.tracks.level import LEVEL, LevelDowngraded, LevelHeld, LevelRenewed, LevelUpgraded
from diplorel.tracks.ties import TiesSevered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.claims.kinds import CountClaim, OnLadder
    from diplorel.model.events import Event
    from diplorel.relation import Relation
    from diplorel.world import World

_MOVES: Final = (LevelUpgraded, LevelDowngraded, LevelRenewed, LevelHeld)


@attrs.frozen
class Upgrade:
    """One time that a dyad came to a level, or to one of several.

    Attributes:
        party: The partner.
        event: The event.
        lo: The first day when it can have happened, as an ordinal.
        hi: The last.
        sure: Whether the dates of the dyad's events leave no doubt that it was an upgrade.
    """

    party: str
    event: Event
    lo: int
    hi: int
    sure: bool


def levels_that_count(world: World, party: str, level: str | None, mode: Mode) -> frozenset[str]:
    """Return the ids of the levels that count: all of the ladder where none is named.

    Raises:
        InvalidQueryError: *party* has no ladder here.
        UnknownLevelError: Its ladder has no such level.
    """
    ladder = ladder_of(world.reference, party)
    levels = ladder.levels
    if level is not None:
        levels = ladder.at_least(level) if mode is Mode.AT_LEAST else ladder.exactly(level)
    return frozenset(one.id for one in levels)


def upgrades_of(
    world: World, ladder: str, partner: str, levels: frozenset[str]
) -> tuple[list[Upgrade], list[Upgrade]]:
    """Return the upgrades of a partner, and what may have been one beside.

    See `find_upgrades` and `find_possible_upgrades`. They are worked out once for a world, and once
    for all worlds that share their workings and have the same events of this relation.
    """
    snapshot = world.snapshot
    key = ("upgrades", ladder, partner, levels)
    known: tuple[list[Upgrade], list[Upgrade]] | None = snapshot.memo.get(key)
    if known is None:
        relation = world.between(ladder, partner)
        events = events_on_ladder(relation, ladder)
        count = sum(event in relation.undecided for event in events)
        question, things = (*key, count), (relation[LEVEL], *events)  # the open events come last
        known = snapshot.workings.find(question, things)
        if known is None:
            found = find_upgrades(relation, ladder, partner, levels)
            possible = find_possible_upgrades(relation, ladder, partner, levels)
            known = snapshot.workings.keep(question, things, (found, possible))
        snapshot.memo[key] = known
    return known


def find_upgrades(
    relation: Relation, ladder: str, partner: str, levels: frozenset[str]
) -> list[Upgrade]:
    """Return every upgrade of a dyad to one of *levels* from none of them, oldest first."""
    events = events_on_ladder(relation, ladder)
    ids = {event.id: event for event in events}
    found = []
    inside = False
    held = relation[LEVEL].on(ladder)
    for step in held.path if held is not None else ():
        into = step.level in levels
        if into and not inside and step.kind == "listed":
            event = ids[step.event]
            found.append(Upgrade(partner, event, step.on.lo, step.on.hi, sure=True))
        elif into and not inside and step.kind != "downgraded":
            found.append(_upgrade_of(partner, ids[step.event], events, levels))
        inside = into
    return found


def events_on_ladder(relation: Relation, ladder: str) -> list[Event]:
    """Return the events that bear on what a dyad holds on a ladder, with those still open."""
    return [
        event
        for event in (*relation.events(LEVEL), *relation.undecided)
        if isinstance(event, TiesSevered) or (isinstance(event, _MOVES) and event.ladder == ladder)
    ]


def find_possible_upgrades(
    relation: Relation, ladder: str, partner: str, levels: frozenset[str]
) -> list[Upgrade]:
    """Return what may have been an upgrade by the day, beside the upgrades that the replay shows.

    An event left open on the day may have been one. So may any event that leads to the levels,
    where one of them and one that leads elsewhere leave their order open.
    """
    events = events_on_ladder(relation, ladder)
    into = _into(events, levels)
    found = [
        Upgrade(partner, event, event.on.lo, event.on.hi, sure=False)
        for event in into
        if event in relation.undecided
    ]
    found += [
        Upgrade(partner, event, event.on.lo, event.on.hi, sure=False)
        for event in events
        if isinstance(event, LevelUpgraded) and event.unnamed
    ]
    others = [one for one in events if one not in into]
    if any(overlap(one, other) for one in into for other in others):
        found.append(_uncertain_upgrade(partner, into[0], into))
    return found


def _into(events: Sequence[Event], levels: frozenset[str]) -> list[Event]:
    """Return the events that lead up to the levels; a fall to one of them does not count."""
    return [
        one
        for one in events
        if getattr(one, "level", None) in levels and not isinstance(one, LevelDowngraded)
    ]


def _uncertain_upgrade(partner: str, event: Event, into: Sequence[Event]) -> Upgrade:
    first, last = min(one.on.lo for one in into), max(one.on.hi for one in into)
    return Upgrade(partner, event, first, last, sure=False)


def _upgrade_of(
    partner: str, event: Event, events: Sequence[Event], levels: frozenset[str]
) -> Upgrade:
    """Return the upgrade that an event made, with its possible days.

    It is sure where every event that leads elsewhere comes before or after it for certain, and
    where the last event before it did lead elsewhere. Events that lead to the same and overlap with
    it are one upgrade, on the day of the first of them.
    """
    into = _into(events, levels)
    others = [one for one in events if one not in into]
    same = [event, *(one for one in into if one is not event and overlap(one, event))]
    if any(overlap(one, other) for one in same for other in others):
        return _uncertain_upgrade(partner, event, into)
    earlier = [one for one in events[: events.index(event)] if one not in same]
    if earlier and any(overlap(earlier[-1], one) for one in earlier if one in into):
        return _uncertain_upgrade(partner, event, into)
    first, last = min(one.on.lo for one in same), min(one.on.hi for one in same)
    return Upgrade(partner, event, first, last, sure=True)


def find_first_upgrade(
    relation: Relation, ladder: str, partner: str, levels: frozenset[str]
) -> Upgrade | None:
    """Return the first upgrade of all; None where nothing that is recorded can have been one."""
    found = find_upgrades(relation, ladder, partner, levels) + find_possible_upgrades(
        relation, ladder, partner, levels
    )
    first = min(found, key=lambda one: (one.hi, one.lo), default=None)
    if first is not None and any(not one.sure and one.lo < first.lo for one in found):
        return attrs.evolve(first, sure=False)
    return first


def find_present_upgrade(world: World, claim: OnLadder, partner: str) -> Upgrade | None:
    """Return the upgrade since which a partner holds the level; None where dates leave it open."""
    levels = levels_that_count(world, claim.party, claim.level, claim.mode)
    found, _ = upgrades_of(world, claim.party, partner, levels)
    if not found or not found[-1].sure:
        return None
    events = events_on_ladder(world.between(claim.party, partner), claim.party)
    into = _into(events, levels)
    others = [one for one in events if one not in into]
    later = [one for one in events[events.index(found[-1].event) :] if one in into]
    if any(overlap(one, other) for one in later for other in others):
        return None  # it can have left the level in between, and come back
    return found[-1]


def find_last_upgrade(world: World, claim: OnLadder | CountClaim, partner: str) -> Upgrade | None:
    """Return the last upgrade of a partner to the level, sure or not; None where there is none."""
    levels = levels_that_count(world, claim.party, claim.level, claim.mode)
    found, _ = upgrades_of(world, claim.party, partner, levels)
    return found[-1] if found else None


def in_order_reached(
    world: World, claim: OnLadder | CountClaim, parties: Iterable[str]
) -> list[tuple[str, Upgrade | None]]:
    """Return partners with the upgrades since which they hold the level, the first one first.

    Those whose upgrade is not recorded come last.
    """
    found = [(party, find_last_upgrade(world, claim, party)) for party in parties]

    def place(item: tuple[str, Upgrade | None]) -> tuple[bool, int, int, str]:
        party, upgrade = item
        if upgrade is None:
            return (True, 0, 0, party)
        return (False, upgrade.event.on.hi, upgrade.event.seq, upgrade.event.id)

    return sorted(found, key=place)


def events_behind(
    world: World, claim: OnLadder | CountClaim, parties: Iterable[str]
) -> tuple[Event, ...]:
    """Return the events that gave partners their present level, in order."""
    reached = in_order_reached(world, claim, parties)
    return tuple(upgrade.event for _, upgrade in reached if upgrade is not None)


def find_upgrades_within(
    world: World, claim: OnLadder, first: int, last: int
) -> tuple[list[Upgrade], list[Upgrade], bool]:
    """Return the upgrades in a span, those that may be in it, and whether there are no more.

    Args:
        world: The world on the last day.
        claim: Whose ladder and which level.
        first: The first day, as an ordinal.
        last: The last.
    """
    levels = levels_that_count(world, claim.party, claim.level, claim.mode)
    inside: list[Upgrade] = []
    open_: list[Upgrade] = []
    for other in world.snapshot.others(claim.party):
        if claim.states_only and not is_state(world.reference, other):
            continue
        found, possible = upgrades_of(world, claim.party, other, levels)
        for one in found:
            if one.sure and first <= one.lo and one.hi <= last:
                inside.append(one)
            elif one.lo <= last and first <= one.hi:
                open_.append(one)
        open_ += possible
    inside.sort(key=lambda one: (one.lo, one.hi, one.party))
    return inside, open_, is_covered(world, claim.party, claim.level, first, last)


def is_covered(world: World, ladder: str, level: str | None, first: int, last: int) -> bool:
    """Say whether a ladder is complete from *level* up on every day from *first* to *last*.

    Without a level, it must be complete at all levels.
    """
    gaps = {
        one.until.lo + 1
        for one in world.reference.coverage
        if one.until is not None and first <= one.until.lo < last
    }
    return all(world.reference.covers_level(ladder, day, level) for day in {first, last, *gaps})
