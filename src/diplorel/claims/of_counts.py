"""How claims about the number of partners, and who they are, are looked up in a replay."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from diplorel.analysis.bounds import between, claimed
from diplorel.analysis.partners import is_state
from diplorel.claims.answers import Answer, every, judge, sentence
from diplorel.claims.basics import Mode
from diplorel.claims.phrases import say
from diplorel.claims.upgrades import events_behind, find_present_upgrade, in_order_reached
from diplorel.claims.wording import (
    at_level,
    bound,
    counted,
    day_of,
    iso,
    level_of,
    list_dated,
    list_names,
    members_of,
    missing_list_of,
    name,
    on_date,
    ordered,
)
from diplorel.language.said import Said
from diplorel.model.claims import Verdict
from diplorel.tracks.special import SPECIAL, SpecialRelationshipDeclared
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.analysis.partners import Kind, Partners
    from diplorel.claims.answers import Replays
    from diplorel.claims.kinds import (
        ConsecutiveClaim,
        CountClaim,
        NthPartnerClaim,
        PartnersClaim,
        SpecialCountClaim,
    )
    from diplorel.model.events import Event
    from diplorel.relation import Relation
    from diplorel.world import World

    Listing = CountClaim | PartnersClaim | NthPartnerClaim | ConsecutiveClaim


def partners_of(world: World, claim: Listing) -> Partners:
    """Return the partners that a claim is about."""
    kind: Kind = "state" if claim.states_only else "any"
    party, level, within = claim.party, claim.level, claim.within
    if level is None:
        return world.partners(party, within=within, kind=kind)
    if claim.mode is Mode.AT_LEAST:
        return world.partners(party, at_least=level, within=within, kind=kind)
    return world.partners(party, exactly=level, within=within, kind=kind)


def lacking(world: World, claim: Listing) -> list[Said]:
    """Say what keeps a list of partners from being complete."""
    found = []
    if not world.reference.covers_level(claim.party, world.snapshot.day, claim.level):
        found.append(missing_list_of(world, claim.party, claim.level))
    if claim.within is not None and not world.members(claim.within).complete:
        found.append(say("all members", group=name(world, claim.within), day=day_of(world)))
    return found


def look_up_count(claim: CountClaim, log: Replays) -> Answer:
    """Look up how many partners are at a level."""
    world = log.replay(on=iso(claim.on.lo))
    found = partners_of(world, claim)
    most = len(found) + len(found.possible) if found.complete else None
    missing = [] if found.complete else lacking(world, claim)
    if found.possible:
        missing.append(say("whether it holds", who=list_names(world, found.possible)))
    says = say(
        "count",
        day=on_date(claim.on),
        party=name(world, claim.party),
        partners=counted(len(found), states_only=claim.states_only),
        within=members_of(world, claim.within),
        at=at_level(world, claim.party, claim.level, claim.mode),
        order=ordered(len(found)),
        who=list_dated(world, in_order_reached(world, claim, found)),
        bound=bound(Decimal(claim.count), claim.qualifier),
    )
    allowed = claimed(Decimal(claim.count), claim.qualifier)
    verdict = judge(between(len(found), most), allowed)
    return Answer(verdict, says, tuple(missing), events_behind(world, claim, found))


def judge_named(
    world: World,
    claim: PartnersClaim | ConsecutiveClaim,
    found: Partners,
    open_: Sequence[str],
) -> tuple[list[Verdict], list[Said], list[Said]]:
    """Judge whether the partners that a claim names are found.

    Args:
        world: The world on the day of the claim.
        claim: The claim.
        found: The partners at its level.
        open_: The partners that may be at that level: the dates leave it open.

    Returns:
        The verdicts, what is missing, and what is to be said of those that are not found.
    """
    verdicts: list[Verdict] = []
    missing: list[Said] = []
    says: list[Said] = []
    absent = [one for one in claim.partners if one not in found and one not in found.possible]
    if absent:
        verdicts.append(Verdict.REFUTED if found.complete else Verdict.UNDECIDABLE)
        level = level_of(world, claim.party, claim.level)
        missing.append(say("the events to", who=list_names(world, absent), level=level))
        says.append(say("named not found", who=list_names(world, absent)))
    if open_:
        verdicts.append(Verdict.UNDECIDABLE)
        missing.append(say("whether it holds", who=list_names(world, open_)))
    return verdicts, missing, says


def look_up_partners(claim: PartnersClaim, log: Replays) -> Answer:
    """Look up whether the partners named are those at a level."""
    world = log.replay(on=iso(claim.on.lo))
    found = partners_of(world, claim)
    extra = [one for one in found if one not in claim.partners] if claim.complete else []
    open_ = [one for one in found.possible if claim.complete or one in claim.partners]
    says = [
        say(
            "partners",
            day=on_date(claim.on),
            party=name(world, claim.party),
            partners=say("country only" if claim.states_only else "partners only"),
            within=members_of(world, claim.within),
            at=at_level(world, claim.party, claim.level, claim.mode),
            order=ordered(len(found)),
            who=list_dated(world, in_order_reached(world, claim, found)),
        )
    ]
    verdicts, missing, absent = judge_named(world, claim, found, open_)
    says += absent
    if extra:
        verdicts.append(Verdict.REFUTED)
        says.append(say("not named", who=list_names(world, extra)))
    if claim.complete and not found.complete:
        verdicts.append(Verdict.UNDECIDABLE)
        missing += lacking(world, claim)
    if claim.ordered:
        order, why = _order(world, claim, [one for one in claim.partners if one in found])
        verdicts.append(order)
        if order is Verdict.REFUTED:
            says.append(why[0])
        missing += why
    return Answer(
        every(verdicts), sentence("; ", says), tuple(missing), events_behind(world, claim, found)
    )


def _order(world: World, claim: PartnersClaim, named: Sequence[str]) -> tuple[Verdict, list[Said]]:
    """Say whether partners are in the order of the days when they reached the level."""
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


# --- special relationships ------------------------------------------------------------------------


def look_up_special_count(claim: SpecialCountClaim, log: Replays) -> Answer:
    """Look up how many relationships of a party are special."""
    world = log.replay(on=iso(claim.on.lo))
    group = None if claim.within is None else world.members(claim.within)
    sure: list[str] = []
    possible: list[str] = []
    for other in world.counterparts(claim.party):
        if claim.states_only and not is_state(world.reference, other):
            continue
        if group is not None and other not in (*group.parties, *group.possible):
            continue
        relation = world.between(claim.party, other)
        if _is_special(relation) and (group is None or other in group.parties):
            sure.append(other)
        elif _can_be_special(relation):
            possible.append(other)
    listed = world.reference.covers(SPECIAL.name, (claim.party,), world.snapshot.day)
    complete = listed and (group is None or group.complete)
    missing = []
    if not listed:
        missing.append(say("special list", who=name(world, claim.party), day=day_of(world)))
    if claim.within is not None and group is not None and not group.complete:
        missing.append(say("all members", group=name(world, claim.within), day=day_of(world)))
    if possible:
        missing.append(say("whether it holds", who=list_names(world, possible)))
    declared = _in_order_declared(world, claim.party, sure)
    says = say(
        "special count",
        day=on_date(claim.on),
        party=name(world, claim.party),
        count=say("special" if len(sure) == 1 else "special s", number=len(sure)),
        states=say("with countries") if claim.states_only else "",
        within=members_of(world, claim.within),
        who=list_dated(world, declared),
        bound=bound(Decimal(claim.count), claim.qualifier),
    )
    most = len(sure) + len(possible) if complete else None
    allowed = claimed(Decimal(claim.count), claim.qualifier)
    events = tuple(event for _, event in declared)
    return Answer(judge(between(len(sure), most), allowed), says, tuple(missing), events)


def _is_special(relation: Relation) -> bool:
    """Say whether a relationship certainly is special, whatever the open dates turn out to be."""
    return relation.special.since is not None and relation.is_certain(SPECIAL)


def _can_be_special(relation: Relation) -> bool:
    """Say whether a relationship may be special: what was never declared special is not."""
    if relation.is_certain(SPECIAL):
        return relation.special.since is not None
    bearing = (*relation.events(SPECIAL), *relation.undecided)
    return any(isinstance(one, (SpecialRelationshipDeclared, PartySucceeded)) for one in bearing)


def _in_order_declared(
    world: World, party: str, partners: Iterable[str]
) -> list[tuple[str, Event]]:
    """Return partners with the declarations since which relationships are special, by date."""
    found = []
    for other in partners:
        relation = world.between(party, other)
        since = relation.special.since
        found += [
            (other, event)
            for event in relation.events(SPECIAL)
            if isinstance(event, SpecialRelationshipDeclared) and event.on == since
        ][:1]
    return sorted(found, key=lambda item: (item[1].on.hi, item[1].seq, item[1].id))
