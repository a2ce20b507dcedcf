"""How claims about the order of partners in reaching a level are looked up in a replay."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from diplorel.analysis.bounds import between
from diplorel.claims.answers import Answer, every, judge, sentence
from diplorel.claims.of_counts import judge_named, lacking, partners_of
from diplorel.claims.phrases import say
from diplorel.claims.upgrades import (
    Upgrade,
    events_behind,
    find_last_upgrade,
    find_present_upgrade,
    in_order_reached,
)
from diplorel.claims.wording import (
    at_level,
    iso,
    level_of,
    list_dated,
    list_names,
    members_of,
    name,
    on_date,
)
from diplorel.model.claims import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from diplorel.analysis.partners import Partners
    from diplorel.claims.answers import Replays
    from diplorel.claims.kinds import ConsecutiveClaim, NthPartnerClaim
    from diplorel.language.said import Said
    from diplorel.world import World


def look_up_nth_partner(claim: NthPartnerClaim, log: Replays) -> Answer:
    """Look up a partner's position among those of the day, in order of reaching the level."""
    world = log.replay(on=iso(claim.on.lo))
    found = partners_of(world, claim)
    who, level = name(world, claim.partner), level_of(world, claim.party, claim.level)
    if claim.partner not in found:
        return _not_among(world, claim, open_=claim.partner in found.possible or not found.complete)
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
    missing = [] if found.complete else lacking(world, claim)
    if doubtful:
        missing.append(say("whether before", others=list_names(world, doubtful), who=who))
    before = [one.party for one in sorted(ahead, key=lambda one: (one.hi, one.lo))]
    reached = find_last_upgrade(world, claim, claim.partner)
    says = say(
        "place" if most == place else "place or later",
        who=list_dated(world, [(claim.partner, reached)]),
        place=place,
        whose=name(world, claim.party),
        within=members_of(world, claim.within),
        at=at_level(world, claim.party, claim.level, claim.mode),
        level=level,
        day=on_date(claim.on),
        others=list_dated(world, in_order_reached(world, claim, before)),
    )
    events = events_behind(world, claim, (*before, claim.partner))
    return Answer(
        judge(between(place, most), between(claim.n, claim.n)), says, tuple(missing), events
    )


def _not_among(world: World, claim: NthPartnerClaim, *, open_: bool) -> Answer:
    """Return the answer about a partner that is not known to be among those counted."""
    who, level = name(world, claim.partner), level_of(world, claim.party, claim.level)
    return Answer(
        Verdict.UNDECIDABLE if open_ else Verdict.REFUTED,
        say(
            "not at level",
            who=who,
            whose=name(world, claim.party),
            within=members_of(world, claim.within),
            at=at_level(world, claim.party, claim.level, claim.mode),
            day=on_date(claim.on),
        ),
        (say("whether at level", who=who, level=level), *lacking(world, claim)),
    )


def look_up_consecutive(claim: ConsecutiveClaim, log: Replays) -> Answer:
    """Look up whether partners reached a level one directly after another."""
    world = log.replay(on=iso(claim.on.lo))
    found = partners_of(world, claim)
    open_ = [one for one in claim.partners if one in found.possible]
    held = {one: find_present_upgrade(world, claim, one) for one in found}
    says = [
        say(
            "partners",
            day=on_date(claim.on),
            party=name(world, claim.party),
            partners=say("partners only"),
            within=members_of(world, claim.within),
            at=at_level(world, claim.party, claim.level, claim.mode),
            order=say("in the order reached"),
            who=list_dated(world, in_order_reached(world, claim, found)),
        )
    ]
    verdicts, missing, absent = judge_named(world, claim, found, open_)
    says += absent
    if not found.complete:
        verdicts.append(Verdict.UNDECIDABLE)
        missing += lacking(world, claim)
    for verdict, fact, doubt in (
        *_in_order(world, claim, held),
        *_between(world, claim, found, held),
    ):
        verdicts.append(verdict)
        says += [fact] if verdict is Verdict.REFUTED else []
        missing += [doubt] if verdict is Verdict.UNDECIDABLE else []
    return Answer(
        every(verdicts), sentence("; ", says), tuple(missing), events_behind(world, claim, found)
    )


_Part = tuple[Verdict, "Said", "Said"]
"""A verdict on one part of a claim, what refutes it, and what would decide it."""


def _in_order(
    world: World, claim: ConsecutiveClaim, held: Mapping[str, Upgrade | None]
) -> Iterator[_Part]:
    """Yield whether each partner reached the level before the next; on one day, it can have."""
    for one, two in pairwise(claim.partners):
        first, second = held.get(one), held.get(two)
        verdict = Verdict.UNDECIDABLE
        if first is not None and second is not None:
            if second.hi < first.lo:
                verdict = Verdict.REFUTED
            elif first.hi <= second.lo:
                verdict = Verdict.SUPPORTED
        ways = {"one": name(world, one), "two": name(world, two)}
        fact = say("came before", one=ways["two"], two=ways["one"])
        yield verdict, fact, say("which first", **ways)


def _between(
    world: World, claim: ConsecutiveClaim, found: Partners, held: Mapping[str, Upgrade | None]
) -> Iterator[_Part]:
    """Yield of every other partner whether it came before or after all that are named."""
    named = [held.get(one) for one in claim.partners]
    for other in (*found, *found.possible):
        if other not in claim.partners:
            who = name(world, other)
            verdict = _outside(held.get(other), named)
            yield verdict, say("in between", who=who), say("whether between", who=who)


def _outside(other: Upgrade | None, named: list[Upgrade | None]) -> Verdict:
    """Say whether an upgrade came before or after all that are named, which are in order."""
    known = [one for one in named if one is not None]
    if other is None:
        return Verdict.UNDECIDABLE
    for first, second in pairwise(named):
        if first and second and first.hi < other.lo and other.hi < second.lo:
            return Verdict.REFUTED
    before = all(other.hi < one.lo for one in known)
    after = all(other.lo > one.hi for one in known)
    sure = len(known) == len(named) and (before or after)
    return Verdict.SUPPORTED if sure else Verdict.UNDECIDABLE
