"""How claims about the level of one partner are looked up in a replay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplorel.analysis.bounds import between
from diplorel.analysis.partners import ladder_of
from diplorel.analysis.possible_standings import possible_standings
from diplorel.claims.answers import Answer, judge
from diplorel.claims.basics import Mode
from diplorel.claims.phrases import say
from diplorel.claims.upgrades import (
    events_behind,
    events_on_ladder,
    find_present_upgrade,
    is_covered,
    levels_that_count,
)
from diplorel.claims.wording import (
    dated,
    iso,
    level_of,
    missing_dates_of,
    missing_list_of,
    name,
    on_date,
)
from diplorel.language.said import Said, join
from diplorel.model.claims import Verdict
from diplorel.tracks.level import LEVEL, LevelStatus
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.analysis.standing import Standing
    from diplorel.claims.answers import Replays
    from diplorel.claims.kinds import LevelClaim, SkippedLevelClaim
    from diplorel.model.events import Event
    from diplorel.world import World


def look_up_level(claim: LevelClaim, log: Replays) -> Answer:
    """Look up whether a partner is at a level, and since when."""
    world = log.replay(on=iso(claim.on.lo))
    ids = levels_that_count(world, claim.party, claim.level, claim.mode)
    relation = world[claim.party, claim.partner]
    standing = relation.level(claim.party)
    ways = possible_standings(world.snapshot, claim.party, claim.partner)
    can = {one.level for one in ways}
    known = world.reference.covers_level(claim.party, world.snapshot.day, claim.level)
    events = tuple(
        event for event in events_on_ladder(relation, claim.party) if event.on.hi <= claim.on.lo
    )
    says = _standing(world, claim, standing)
    verdict, missing = Verdict.SUPPORTED, Said("", "")
    if not can & ids:
        sure = known or _above(world, claim, [one.rank for one in ways])
        verdict = Verdict.REFUTED if sure else Verdict.UNDECIDABLE
        missing = missing_list_of(world, claim.party, claim.level)
    elif not can <= ids:
        verdict = Verdict.UNDECIDABLE
        missing = missing_dates_of(_bearing(relation.undecided) or _bearing(relation.events()))
    elif claim.since is not None:
        upgrade = find_present_upgrade(world, claim, claim.partner)
        said = between(claim.since.lo, claim.since.hi)
        verdict = (
            Verdict.UNDECIDABLE if upgrade is None else judge(between(upgrade.lo, upgrade.hi), said)
        )
        missing = say("whether on", day=on_date(claim.since))
    if verdict is Verdict.SUPPORTED:
        events = events_behind(world, claim, [claim.partner]) or events
    return Answer(verdict, says, (missing,), events)


def _bearing(events: Iterable[Event]) -> list[Event]:
    """Return the events that can change a level: a visit whose day is open decides nothing."""
    kinds = {*TIES.handlers, *LEVEL.handlers, PartySucceeded}
    return [event for event in events if type(event) in kinds]


def _standing(world: World, claim: LevelClaim, standing: Standing) -> Said:
    """Return the level of a partner on the day of a claim, as far as that is known."""
    parts = {
        "day": on_date(claim.on),
        "who": name(world, claim.partner),
        "whose": name(world, claim.party),
    }
    if standing.level is not None and standing.since is not None:
        level = level_of(world, claim.party, standing.level.id)
        return say("at level since", level=level, since=on_date(standing.since), **parts)
    if standing.status is LevelStatus.UNKNOWN and standing.below is not None:
        return say("below level", level=level_of(world, claim.party, standing.below.id), **parts)
    unknown = standing.status is LevelStatus.UNKNOWN
    return say("no level" if unknown else "at no level", **parts)


def _above(world: World, claim: LevelClaim, ranks: Sequence[int | None]) -> bool:
    """Say whether the partner is certainly higher than claimed.

    Then even a stream that is not complete refutes the claim: a level that is recorded carries on.
    """
    rank = ladder_of(world.reference, claim.party).level(claim.level).rank
    higher = all(one is not None and rank is not None and one > rank for one in ranks)
    return higher and claim.mode is Mode.EXACTLY


def look_up_skipped_level(claim: SkippedLevelClaim, log: Replays) -> Answer:
    """Look up whether a partner was upgraded past a level that it never held before."""
    world = log.replay(on=iso(claim.on.lo))
    here = levels_that_count(world, claim.party, claim.level, Mode.EXACTLY)
    higher = levels_that_count(world, claim.party, claim.level, Mode.AT_LEAST) - here
    who, level = name(world, claim.partner), level_of(world, claim.party, claim.level)
    relation = world[claim.party, claim.partner]
    standing = relation.level(claim.party)
    events = tuple(events_on_ladder(relation, claim.party))
    path = [one.id if one is not None else "none" for one, _ in standing.path]
    steps = [say("none") if id == "none" else level_of(world, claim.party, id) for id in path]
    listed = join(say(", then "), steps) if steps else say("none recorded")
    says = say(
        "levels of", who=who, whose=name(world, claim.party), day=dated(claim.on), path=listed
    )
    if not standing.certain:
        return Answer(Verdict.UNDECIDABLE, says, (missing_dates_of(events),), events)
    known = world.reference.covers_level(claim.party, world.snapshot.day, claim.level)
    top = next((place for place, one in enumerate(path) if one in higher), None)
    if here.intersection(path[:top]):
        return Answer(Verdict.REFUTED, says, (), events)
    skip = None
    if top is not None:
        after, on = standing.path[top]
        skip = next((one for one in standing.skipped if (one.after, one.on) == (after, on)), None)
    if top is None or skip is None:  # it rose to nothing higher, or from no level at all
        verdict = Verdict.REFUTED if known else Verdict.UNDECIDABLE
        return Answer(verdict, says, (say("upgrade past", who=who, level=level),), events)
    before = standing.path[top - 1][1]
    stated = any(
        event.on == skip.on and getattr(event, "previous", None) == skip.before.id
        for event in events
    )
    if stated or is_covered(world, claim.party, claim.level, before.lo, skip.on.hi):
        return Answer(Verdict.SUPPORTED, says, (), events)
    needed = say("complete or before", level=level, first=dated(before), last=dated(skip.on))
    return Answer(Verdict.UNDECIDABLE, says, (needed,), events)
