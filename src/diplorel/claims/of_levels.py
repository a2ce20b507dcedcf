"""How claims about the partners at a level are looked up in a replay."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from diplorel.analysis.partners import ladder_of
from diplorel.analysis.possible_standings import possible_standings
from diplorel.claims.answers import Answer, between, claimed, every, judge, sentence
from diplorel.claims.kinds import Mode
from diplorel.claims.phrases import say
from diplorel.claims.upgrades import (
    Upgrade,
    dated,
    day_of,
    events_behind,
    events_on_ladder,
    find_first_upgrade,
    find_present_upgrade,
    find_upgrades_within,
    is_covered,
    iso,
    level_of,
    levels_that_count,
    list_names,
    missing_dates_of,
    missing_list_of,
    name,
    on_day,
)
from diplorel.language.said import Said, join
from diplorel.model.claims import Verdict
from diplorel.tracks.groups import GROUPS
from diplorel.tracks.level import LevelStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from diplorel.analysis.partners import Kind, Partners
    from diplorel.claims.answers import Replays
    from diplorel.claims.kinds import (
        CountClaim,
        CountWithinClaim,
        FirstInGroupClaim,
        LevelClaim,
        NthPartnerClaim,
        OnLadder,
        PartnersClaim,
        SkippedLevelClaim,
    )
    from diplorel.model.events import Event
    from diplorel.world import World


def _partners(world: World, claim: OnLadder, within: str | None = None) -> Partners:
    kind: Kind = "state" if claim.states_only else "any"
    if claim.mode is Mode.AT_LEAST:
        return world.partners(claim.party, at_least=claim.level, within=within, kind=kind)
    return world.partners(claim.party, exactly=claim.level, within=within, kind=kind)


def _lacking(world: World, claim: OnLadder, within: str | None) -> list[Said]:
    """Say what keeps a list of partners from being complete."""
    found = []
    if not world.reference.covers_level(claim.party, world.snapshot.day, claim.level):
        found.append(missing_list_of(world, claim.party, claim.level))
    if within is not None and not world.members(within).complete:
        found.append(say("all members", group=name(world, within), day=day_of(world)))
    return found


def look_up_count(claim: CountClaim, log: Replays) -> Answer:
    """Look up how many partners are at a level."""
    world = log.replay(on=iso(claim.on.lo))
    found = _partners(world, claim, claim.within)
    most = len(found) + len(found.possible) if found.complete else None
    allowed = claimed(Decimal(claim.count), claim.qualifier)
    missing = [] if found.complete else _lacking(world, claim, claim.within)
    if found.possible:
        missing.append(say("whether it holds", who=list_names(world, found.possible)))
    says = say("count", count=len(found), **_listed(world, claim, found))
    verdict = judge(between(len(found), most), allowed)
    return Answer(verdict, says, tuple(missing), events_behind(world, claim, found))


def look_up_partners(claim: PartnersClaim, log: Replays) -> Answer:
    """Look up whether the partners named are those at a level."""
    world = log.replay(on=iso(claim.on.lo))
    found = _partners(world, claim, claim.within)
    absent = [one for one in claim.partners if one not in found and one not in found.possible]
    extra = [one for one in found if one not in claim.partners] if claim.complete else []
    open_ = [one for one in found.possible if claim.complete or one in claim.partners]
    verdicts, missing = [], []
    says = [say("partners", **_listed(world, claim, found))]
    if absent:
        verdicts.append(Verdict.REFUTED if found.complete else Verdict.UNDECIDABLE)
        level = level_of(world, claim.party, claim.level)
        missing.append(say("the events to", who=list_names(world, absent), level=level))
        says.append(say("named not found", who=list_names(world, absent)))
    if extra:
        verdicts.append(Verdict.REFUTED)
        says.append(say("not named", who=list_names(world, extra)))
    if open_:
        verdicts.append(Verdict.UNDECIDABLE)
        missing.append(say("whether it holds", who=list_names(world, open_)))
    if claim.complete and not found.complete:
        verdicts.append(Verdict.UNDECIDABLE)
        missing += _lacking(world, claim, claim.within)
    if claim.ordered:
        order, why = _order(world, claim, [one for one in claim.partners if one in found])
        verdicts.append(order)
        if order is Verdict.REFUTED:
            says.append(why[0])
        missing += why
    return Answer(
        every(verdicts), sentence("; ", says), tuple(missing), events_behind(world, claim, found)
    )


def _listed(world: World, claim: CountClaim | PartnersClaim, found: Partners) -> dict[str, Said]:
    """Return what a sentence says of a list of partners."""
    return {
        "party": name(world, claim.party),
        "level": level_of(world, claim.party, claim.level),
        "mode": say(claim.mode.value),
        "day": dated(claim.on),
        "who": list_names(world, found),
    }


def _order(world: World, claim: PartnersClaim, named: Sequence[str]) -> tuple[Verdict, list[Said]]:
    """Say whether partners are in the order of the days on which they reached the level."""
    held = [(one, find_present_upgrade(world, claim, one)) for one in named]
    doubts = []
    for place, (party, upgrade) in enumerate(held):
        for other, later in held[place + 1 :]:
            if upgrade is None or later is None or upgrade.hi > later.lo:
                if upgrade is not None and later is not None and later.hi < upgrade.lo:
                    ways = {"one": name(world, other), "two": name(world, party)}
                    return Verdict.REFUTED, [say("came before", **ways)]
                ways = {"one": name(world, party), "two": name(world, other)}
                doubts.append(say("which first", **ways))
    return (Verdict.UNDECIDABLE if doubts else Verdict.SUPPORTED), doubts[:3]


def look_up_nth_partner(claim: NthPartnerClaim, log: Replays) -> Answer:
    """Look up a partner's place in the order in which those of the day reached the level."""
    world = log.replay(on=iso(claim.on.lo))
    found = _partners(world, claim)
    who, level = name(world, claim.partner), level_of(world, claim.party, claim.level)
    if claim.partner not in found:
        open_ = claim.partner in found.possible or not found.complete
        return Answer(
            Verdict.UNDECIDABLE if open_ else Verdict.REFUTED,
            say("not at level", who=who, level=level, day=dated(claim.on)),
            (say("whether at level", who=who, level=level),),
        )
    mine = find_present_upgrade(world, claim, claim.partner)
    ahead: list[Upgrade] = []
    doubtful = list(found.possible)
    for other in found:
        upgrade = find_present_upgrade(world, claim, other)
        if other == claim.partner:
            continue
        if mine is None or upgrade is None:
            doubtful.append(other)
        elif upgrade.hi < mine.lo:
            ahead.append(upgrade)
        elif upgrade.lo <= mine.hi:
            doubtful.append(other)
    place = 1 + len(ahead)
    most = place + len(doubtful) if found.complete else None
    missing = [] if found.complete else _lacking(world, claim, None)
    if doubtful:
        missing.append(say("whether before", others=list_names(world, doubtful), who=who))
    before = [one.party for one in sorted(ahead, key=lambda one: (one.hi, one.lo))]
    says = say(
        "place" if most == place else "place or later",
        who=who,
        place=place,
        others=list_names(world, before),
    )
    events = events_behind(world, claim, (*before, claim.partner))
    return Answer(
        judge(between(place, most), between(claim.n, claim.n)), says, tuple(missing), events
    )


@attrs.frozen(kw_only=True)
class _Condition:
    """One thing on which a claim depends.

    Attributes:
        verdict: What it makes of the claim; None where it only adds a fact.
        fact: What the stream says, where it says something.
        missing: What would decide it, where it is not decided.
        event: The event behind it.
    """

    verdict: Verdict | None = None
    fact: Said | None = None
    missing: Said | None = None
    event: Event | None = None


def look_up_first_in_group(claim: FirstInGroupClaim, log: Replays) -> Answer:
    """Look up whether anybody else of a group reached a level with a party before."""
    world = log.replay(on=iso(claim.on.lo))
    members = world.members(claim.group)
    whose, group = name(world, claim.party), name(world, claim.group)
    if claim.party not in world.reference.ladder:  # what others call the level says nothing of it
        needed = [say("ladder of", who=whose), missing_list_of(world, claim.party, claim.level)]
        if not members.complete:
            needed.append(say("all members", group=group, day=dated(claim.on)))
        return Answer(Verdict.UNDECIDABLE, say("no levels", who=whose), tuple(needed))
    levels = levels_that_count(world, claim.party, claim.level, claim.mode)

    def first(partner: str) -> Upgrade | None:
        return find_first_upgrade(world[claim.party, partner], claim.party, partner, levels)

    mine = {partner: first(partner) for partner in claim.partners}
    others = sorted({*members.parties, *members.possible} - {claim.party, *claim.partners})
    found = [
        *(one for partner in mine for one in _of_partner(world, claim, partner, mine[partner])),
        *_of_others(world, claim, [one for one in mine.values() if one], map(first, others)),
        *_of_completeness(world, claim),
    ]
    verdicts = [one.verdict for one in found if one.verdict is not None]
    facts = [one.fact for one in found if one.fact is not None]
    if not verdicts:
        facts.append(say("none of others", count=len(others), group=group))
    return Answer(
        every(verdicts),
        sentence("; ", facts),
        tuple(one.missing for one in found if one.missing is not None),
        (*(one.event for one in found if one.event), *_memberships(world, claim)),
    )


def _of_partner(
    world: World, claim: FirstInGroupClaim, partner: str, upgrade: Upgrade | None
) -> Iterator[_Condition]:
    """Yield whether a partner belongs to the group, and when it reached the level."""
    members = world.members(claim.group)
    who, whose, group = (name(world, one) for one in (partner, claim.party, claim.group))
    level = level_of(world, claim.party, claim.level)
    if partner not in members.parties:
        out = members.complete and partner not in members.possible
        yield _Condition(
            verdict=Verdict.REFUTED if out else Verdict.UNDECIDABLE,
            fact=say("not member", who=who, group=group),
            missing=say("whether member", who=who, group=group),
        )
    if upgrade is None:
        known = world.reference.covers_level(claim.party, world.snapshot.day, claim.level)
        yield _Condition(
            verdict=Verdict.REFUTED if known else Verdict.UNDECIDABLE,
            fact=say("not reached", who=who, level=level, whose=whose),
            missing=say("event reached", who=who, level=level, whose=whose),
        )
        return
    yield _Condition(
        verdict=None if upgrade.sure else Verdict.UNDECIDABLE,
        fact=say("reached it", who=who, day=dated(upgrade.event.on)),
        missing=None if upgrade.sure else missing_dates_of([upgrade.event]),
        event=upgrade.event,
    )


def _of_others(
    world: World,
    claim: FirstInGroupClaim,
    mine: Sequence[Upgrade],
    others: Iterable[Upgrade | None],
) -> Iterator[_Condition]:
    """Yield the other members that came to the level before, or perhaps did.

    Args:
        world: The world.
        claim: The claim.
        mine: When the partners of the claim came to it.
        others: When the other members, or possible ones, did; None where they did not.
    """
    members = world.members(claim.group)
    for theirs in others:
        if theirs is None or all(one.sure and one.hi < theirs.lo for one in mine):
            continue
        earlier = any(theirs.sure and one.sure and theirs.hi < one.lo for one in mine)
        certain = earlier and theirs.party in members.parties
        who, group = name(world, theirs.party), name(world, claim.group)
        yield _Condition(
            verdict=Verdict.REFUTED if certain else Verdict.UNDECIDABLE,
            fact=say("reached it", who=who, day=dated(theirs.event.on)),
            missing=say("whether one of", who=who, group=group),
            event=theirs.event,
        )


def _of_completeness(world: World, claim: FirstInGroupClaim) -> Iterator[_Condition]:
    """Yield the lists without which nobody knows that there is no one else."""
    if not world.reference.covers_level(claim.party, world.snapshot.day, claim.level):
        missing = missing_list_of(world, claim.party, claim.level)
        yield _Condition(verdict=Verdict.UNDECIDABLE, missing=missing)
    if not world.members(claim.group).complete:
        missing = say("all members", group=name(world, claim.group), day=dated(claim.on))
        yield _Condition(verdict=Verdict.UNDECIDABLE, missing=missing)


def _memberships(world: World, claim: FirstInGroupClaim) -> list[Event]:
    """Return the events by which the partners came to the group."""
    return [
        event
        for event in world.events
        if type(event) in GROUPS.owns
        and event.parties[1] == claim.group
        and event.parties[0] in claim.partners
    ]


def look_up_count_within(claim: CountWithinClaim, log: Replays) -> Answer:
    """Look up how many partners were upgraded to a level within a span."""
    first, last = claim.since.lo, min(claim.until.hi, claim.on.lo)
    world = log.replay(on=iso(last))
    inside, open_, complete = find_upgrades_within(world, claim, first, last)
    sure = [*dict.fromkeys(one.party for one in inside)]
    others = [*dict.fromkeys(one.party for one in open_ if one.party not in sure)]
    most = len(sure) + len(others) if complete else None
    allowed = claimed(Decimal(claim.count), claim.qualifier)
    missing = [] if complete else [missing_list_of(world, claim.party, claim.level, first)]
    if others:
        missing.append(say("within span", who=list_names(world, others)))
    says = say(
        "count within",
        first=on_day(first),
        last=on_day(last),
        count=len(sure),
        level=level_of(world, claim.party, claim.level),
        who=list_names(world, sure),
    )
    events = tuple(one.event for one in inside)
    return Answer(judge(between(len(sure), most), allowed), says, tuple(missing), events)


def look_up_level(claim: LevelClaim, log: Replays) -> Answer:
    """Look up whether a partner is at a level, and since when."""
    world = log.replay(on=iso(claim.on.lo))
    ids = levels_that_count(world, claim.party, claim.level, claim.mode)
    who = name(world, claim.partner)
    relation = world[claim.party, claim.partner]
    standing = relation.level(claim.party)
    ways = possible_standings(world.snapshot, claim.party, claim.partner)
    can = {one.level for one in ways}
    known = world.reference.covers_level(claim.party, world.snapshot.day, claim.level)
    events = tuple(
        event for event in events_on_ladder(relation, claim.party) if event.on.hi <= claim.on.lo
    )
    if standing.level is not None and standing.since is not None:
        level = level_of(world, claim.party, standing.level.id)
        says = say("at level since", who=who, level=level, day=dated(standing.since))
    elif standing.status is LevelStatus.UNKNOWN and standing.below is not None:
        says = say("below level", who=who, level=level_of(world, claim.party, standing.below.id))
    else:
        nothing = standing.status is LevelStatus.UNKNOWN
        says = say("no level" if nothing else "at no level", who=who)
    verdict, missing = Verdict.SUPPORTED, Said("", "")
    if not can & ids:
        sure = known or _above(world, claim, [one.rank for one in ways])
        verdict = Verdict.REFUTED if sure else Verdict.UNDECIDABLE
        missing = missing_list_of(world, claim.party, claim.level)
    elif not can <= ids:
        verdict = Verdict.UNDECIDABLE
        missing = missing_dates_of(relation.undecided or relation.events())
    elif claim.since is not None:
        upgrade = find_present_upgrade(world, claim, claim.partner)
        said = between(claim.since.lo, claim.since.hi)
        verdict = (
            Verdict.UNDECIDABLE if upgrade is None else judge(between(upgrade.lo, upgrade.hi), said)
        )
        missing = say("whether on", day=dated(claim.since))
    if verdict is Verdict.SUPPORTED:
        events = events_behind(world, claim, [claim.partner]) or events
    return Answer(verdict, says, (missing,), events)


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
    steps = [
        say("none") if id == "none" else Said(id, level_of(world, claim.party, id).vietnamese)
        for id in path
    ]
    listed = join(say(", then "), steps) if steps else say("none recorded")
    says = say("levels of", who=who, day=dated(claim.on), path=listed)
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
