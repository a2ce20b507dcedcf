"""How claims about upgrades within a span of days are looked up in a replay."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from diplorel.analysis.bounds import between, claimed
from diplorel.analysis.partners import is_state, ladder_of
from diplorel.claims.answers import Answer, judge
from diplorel.claims.basics import Mode
from diplorel.claims.phrases import say
from diplorel.claims.upgrades import (
    Upgrade,
    find_upgrades_within,
    is_covered,
    levels_that_count,
)
from diplorel.claims.wording import (
    at_level,
    bound,
    counted,
    iso,
    level_of,
    list_dated,
    list_names,
    missing_list_of,
    name,
    on_day,
    ordered,
)
from diplorel.model.dates import FIRST_DAY
from diplorel.tracks.level import LEVEL, LevelHeld, LevelRenewed, LevelUpgraded
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.claims.answers import Replays
    from diplorel.claims.kinds import CountWithinClaim, RaisedWithinClaim
    from diplorel.relation import Relation


def look_up_count_within(claim: CountWithinClaim, log: Replays) -> Answer:
    """Look up how many partners were upgraded to a level within a span."""
    first, last = claim.since.lo, min(claim.until.hi, claim.on.lo)
    world = log.replay(on=iso(last))
    inside, open_, complete = find_upgrades_within(world, claim, first, last)
    sure: dict[str, Upgrade] = {}
    for one in inside:
        sure.setdefault(one.party, one)
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
        partners=counted(len(sure), states_only=claim.states_only),
        whose=name(world, claim.party),
        at=at_level(world, claim.party, claim.level, claim.mode),
        order=ordered(len(sure)),
        who=list_dated(world, sure.items()),
        bound=bound(Decimal(claim.count), claim.qualifier),
    )
    events = tuple(one.event for one in inside)
    return Answer(judge(between(len(sure), most), allowed), says, tuple(missing), events)


# --- raised or deepened ---------------------------------------------------------------------------


def look_up_raised_within(claim: RaisedWithinClaim, log: Replays) -> Answer:
    """Look up with how many partners relations were raised, or deepened too, within a span."""
    first, last = claim.since.lo, min(claim.until.hi, claim.on.lo)
    world = log.replay(on=iso(last))
    ladder_of(world.reference, claim.party)
    levels = levels_that_count(world, claim.party, claim.level, Mode.AT_LEAST)
    sure: list[Upgrade] = []
    perhaps: list[str] = []
    for dyad in world.dyads():
        if claim.party not in dyad:
            continue
        other = dyad[0] if dyad[1] == claim.party else dyad[1]
        if claim.states_only and not is_state(world.reference, other):
            continue
        moves = _Moves(world[dyad], claim, other, levels)
        inside = [one for one in moves.sure() if first <= one.lo and one.hi <= last]
        if inside:
            sure.append(inside[0])
        elif any(one.lo <= last and first <= one.hi for one in moves.possible()):
            perhaps.append(other)
    sure.sort(key=lambda one: (one.hi, one.lo, one.party))
    complete = is_covered(world, claim.party, claim.level, first, last)
    most = len(sure) + len(perhaps) if complete else None
    missing = [] if complete else [missing_list_of(world, claim.party, claim.level, first)]
    if perhaps:
        missing.append(say("raised in span", who=list_names(world, perhaps)))
    at_least = say("to any level")
    if claim.level is not None:
        at_least = say("to", level=level_of(world, claim.party, claim.level))
    says = say(
        "raised within",
        first=on_day(first),
        last=on_day(last),
        partners=counted(len(sure), states_only=claim.states_only),
        whose=name(world, claim.party),
        what=say("raised or deepened" if claim.deepened else "raised"),
        to=at_least,
        order=say("by date") if len(sure) > 1 else "",
        who=list_dated(world, [(one.party, one) for one in sure]),
        bound=bound(Decimal(claim.count), claim.qualifier),
    )
    allowed = claimed(Decimal(claim.count), claim.qualifier)
    events = tuple(one.event for one in sure)
    return Answer(judge(between(len(sure), most), allowed), says, tuple(missing), events)


class _Moves:
    """The times that a dyad's relation was raised or deepened by a day."""

    def __init__(
        self, relation: Relation, claim: RaisedWithinClaim, other: str, levels: frozenset[str]
    ) -> None:
        self.relation = relation
        self.claim = claim
        self.other = other
        self.levels = levels
        kinds = {*LEVEL.handlers, PartySucceeded}
        self.open = [one for one in relation.undecided if type(one) in kinds]
        held = relation[LEVEL].on(claim.party)
        self.held = held
        self.path_is_sure = held is None or not held.open

    def _counts(self, level: str | None) -> bool:
        """Say whether a move to a level counts; one that no source names is to any."""
        return self.claim.level is None or level in self.levels

    def sure(self) -> Iterator[Upgrade]:
        """Yield the moves that there were, however the open dates turn out."""
        kinds = {"upgraded", "renewed"} if self.claim.deepened else {"upgraded"}
        before = min((one.on.lo for one in self.open), default=None)
        for step in self.held.path if self.held is not None and self.path_is_sure else ():
            event = step.cause
            if step.kind not in kinds or self.other not in event.parties:
                continue  # what a predecessor's relation was raised to is not this party's
            if self._counts(step.level) and (before is None or event.on.hi < before):
                yield Upgrade(self.other, event, event.on.lo, event.on.hi, sure=True)

    def possible(self) -> Iterator[Upgrade]:
        """Yield every move that there may have been, the sure ones among them."""
        for event in (*self.relation.events(LEVEL), *self.relation.undecided):
            if getattr(event, "ladder", None) != self.claim.party:
                continue
            if self.other not in event.parties:
                continue
            if isinstance(event, LevelHeld):  # it was raised to it some day up to the list's
                if self._counts(event.level):
                    yield Upgrade(self.other, event, FIRST_DAY, event.on.hi, sure=False)
            elif isinstance(event, LevelUpgraded) or (
                self.claim.deepened and isinstance(event, LevelRenewed)
            ):
                level = event.level
                if level is None or self._counts(level):
                    yield Upgrade(self.other, event, event.on.lo, event.on.hi, sure=False)
