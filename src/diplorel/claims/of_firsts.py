"""How claims about the first to reach a level, in a group or of a kind, are looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from diplorel.claims.answers import Answer, every, sentence
from diplorel.claims.basics import Among
from diplorel.claims.phrases import say
from diplorel.claims.upgrades import Upgrade, find_first_upgrade, levels_that_count
from diplorel.claims.wording import (
    day_of,
    iso,
    level_of,
    member_names,
    missing_dates_of,
    missing_list_of,
    name,
    on_date,
)
from diplorel.model.claims import Verdict
from diplorel.model.parties import PartyKind
from diplorel.tracks.groups import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from diplorel.claims.answers import Replays
    from diplorel.claims.kinds import FirstInGroupClaim, FirstOfKindClaim
    from diplorel.language.said import Said
    from diplorel.model.events import Event
    from diplorel.world import World


@attrs.frozen(kw_only=True)
class _Rivals:
    """Among whom somebody is the first.

    Attributes:
        certain: Those that certainly compete.
        possible: Those that may.
        complete: Whether these are all, as far as a stream says so.
        said: What they are, in the plural: "members of ASEAN".
        none: The key of the sentence that none of the others came first.
        whole: What is missing where they are not all.
        events: The events that gave the partners of the claim their membership.
    """

    certain: frozenset[str]
    possible: frozenset[str]
    complete: bool
    said: Said
    none: str
    whole: Said
    events: tuple[Event, ...] = ()


@attrs.frozen(kw_only=True)
class _Condition:
    """One thing that a claim depends on.

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
    rivals = _Rivals(
        certain=frozenset(members.parties),
        possible=frozenset(members.possible),
        complete=members.complete,
        said=member_names(world, claim.group),
        none="none of others",
        whole=say("all members", group=name(world, claim.group), day=day_of(world)),
        events=tuple(
            event
            for event in world.events
            if type(event) in GROUPS.owns
            and event.parties[1] == claim.group
            and event.parties[0] in claim.partners
        ),
    )
    return _first(world, claim, rivals)


def look_up_first_of_kind(claim: FirstOfKindClaim, log: Replays) -> Answer:
    """Look up whether any other partner of a kind reached a level with a party before."""
    world = log.replay(on=iso(claim.on.lo))
    others = {one for dyad in world.dyads() if claim.party in dyad for one in dyad}
    rivals = _Rivals(
        certain=frozenset(
            one for one in {*others, *claim.partners} if _is_of_kind(world, one, claim.among)
        ),
        possible=frozenset(),
        complete=True,
        said=say(f"of kind {claim.among}"),
        none="none of kind",
        whole=say("none"),
    )
    return _first(world, claim, rivals)


def _is_of_kind(world: World, party: str, among: Among) -> bool:
    known = world.reference.parties.get(party)
    if among is Among.STATE:
        return known is None or known.is_state
    return known is not None and known.kind is PartyKind(among.value)


def _first(world: World, claim: FirstInGroupClaim | FirstOfKindClaim, rivals: _Rivals) -> Answer:
    """Return whether the partners of a claim were the first of all rivals."""
    whose = name(world, claim.party)
    if claim.party not in world.reference.ladder:  # what others call the level says nothing of it
        needed = [say("ladder of", who=whose), missing_list_of(world, claim.party, claim.level)]
        if not rivals.complete:
            needed.append(rivals.whole)
        return Answer(Verdict.UNDECIDABLE, say("no levels", who=whose), tuple(needed))
    levels = levels_that_count(world, claim.party, claim.level, claim.mode)

    def first(partner: str) -> Upgrade | None:
        return find_first_upgrade(world.between(claim.party, partner), claim.party, partner, levels)

    mine = {partner: first(partner) for partner in claim.partners}
    others = sorted((rivals.certain | rivals.possible) - {claim.party, *claim.partners})
    found = [
        *(
            one
            for partner, upgrade in mine.items()
            for one in _of_partner(world, claim, rivals, partner, upgrade)
        ),
        *_of_others(world, rivals, [one for one in mine.values() if one], map(first, others)),
        *_of_completeness(world, claim, rivals),
    ]
    verdicts = [one.verdict for one in found if one.verdict is not None]
    facts = [one.fact for one in found if one.fact is not None]
    if not verdicts:
        facts.append(say(rivals.none, count=len(others), rivals=rivals.said))
    return Answer(
        every(verdicts),
        sentence("; ", facts),
        tuple(one.missing for one in found if one.missing is not None),
        (*(one.event for one in found if one.event), *rivals.events),
    )


def _of_partner(
    world: World,
    claim: FirstInGroupClaim | FirstOfKindClaim,
    rivals: _Rivals,
    partner: str,
    upgrade: Upgrade | None,
) -> Iterator[_Condition]:
    """Yield whether a partner is one of the rivals, and when it reached the level."""
    who, whose = name(world, partner), name(world, claim.party)
    level = level_of(world, claim.party, claim.level)
    if partner not in rivals.certain:
        out = rivals.complete and partner not in rivals.possible
        yield _Condition(
            verdict=Verdict.REFUTED if out else Verdict.UNDECIDABLE,
            fact=say("not member", who=who, rivals=rivals.said),
            missing=say("whether member", who=who, rivals=rivals.said),
        )
    if upgrade is None:
        known = world.reference.covers_level(claim.party, world.snapshot.day, claim.level)
        yield _Condition(
            verdict=Verdict.REFUTED if known else Verdict.UNDECIDABLE,
            fact=say("not reached", who=who, level=level, whose=whose, day=on_date(claim.on)),
            missing=say("event reached", who=who, level=level, whose=whose),
        )
        return
    yield _Condition(
        verdict=None if upgrade.sure else Verdict.UNDECIDABLE,
        fact=say(
            "reached level",
            who=who,
            level=level,
            mode=say(f"and {claim.mode}"),
            whose=whose,
            day=on_date(upgrade.event.on),
        ),
        missing=None if upgrade.sure else missing_dates_of([upgrade.event]),
        event=upgrade.event,
    )


def _of_others(
    world: World,
    rivals: _Rivals,
    mine: Sequence[Upgrade],
    others: Iterable[Upgrade | None],
) -> Iterator[_Condition]:
    """Yield the other rivals that came to the level before, or perhaps did.

    Args:
        world: The world.
        rivals: Among whom somebody is the first.
        mine: When the partners of the claim came to it.
        others: When the other rivals, or possible ones, did; None where they did not.
    """
    for theirs in others:
        if theirs is None or all(one.sure and one.hi < theirs.lo for one in mine):
            continue
        earlier = any(theirs.sure and one.sure and theirs.hi < one.lo for one in mine)
        certain = earlier and theirs.party in rivals.certain
        who = name(world, theirs.party)
        yield _Condition(
            verdict=Verdict.REFUTED if certain else Verdict.UNDECIDABLE,
            fact=say("reached it", who=who, day=on_date(theirs.event.on)),
            missing=say("whether one of", who=who, rivals=rivals.said),
            event=theirs.event,
        )


def _of_completeness(
    world: World, claim: FirstInGroupClaim | FirstOfKindClaim, rivals: _Rivals
) -> Iterator[_Condition]:
    """Yield the lists that are needed to exclude any other partner."""
    if not world.reference.covers_level(claim.party, world.snapshot.day, claim.level):
        missing = missing_list_of(world, claim.party, claim.level)
        yield _Condition(verdict=Verdict.UNDECIDABLE, missing=missing)
    if not rivals.complete:
        yield _Condition(verdict=Verdict.UNDECIDABLE, missing=rivals.whole)
