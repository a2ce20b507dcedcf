"""How claims about beginnings, anniversaries and the time between upgrades are looked up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from diplorel.analysis.bounds import Bounds, between, rounding
from diplorel.claims.answers import Answer, every, judge, sentence, words
from diplorel.claims.basics import Mode, TimeUnit
from diplorel.claims.phrases import say
from diplorel.claims.upgrades import (
    Upgrade,
    find_first_upgrade,
    find_possible_upgrades,
    find_upgrades,
    find_upgrades_within,
    levels_that_count,
)
from diplorel.claims.wording import (
    at_level,
    day_of,
    iso,
    join_names,
    level_of,
    list_dated,
    missing_dates_of,
    missing_list_of,
    name,
    on_date,
    on_day,
)
from diplorel.errors import InvalidDateError
from diplorel.language.said import Said, join
from diplorel.model.claims import Verdict
from diplorel.model.dates import FIRST_DAY, LAST_DAY, PartialDate, anniversary
from diplorel.tracks.figures import Qualifier
from diplorel.tracks.ties import TIES, TiesEstablished

if TYPE_CHECKING:
    from diplorel.claims.answers import Replays
    from diplorel.claims.kinds import AnniversaryClaim, GapClaim, TiesClaim
    from diplorel.world import World

_DAYS: Final = {
    TimeUnit.DAYS: Decimal(1),
    TimeUnit.WEEKS: Decimal(7),
    TimeUnit.MONTHS: Decimal("30.436875"),
    TimeUnit.YEARS: Decimal("365.2425"),
}
"""How many days each has, on the average of the Gregorian calendar."""


def look_up_ties(claim: TiesClaim, log: Replays) -> Answer:
    """Look up when ties were first established."""
    world = log.replay(on=iso(claim.on.lo))
    begun = _first_ties(world, claim.parties)
    if isinstance(begun, Answer):
        return begun
    verdict = judge(between(begun.lo, begun.hi), between(claim.since.lo, claim.since.hi))
    return Answer(
        verdict if begun.sure else Verdict.UNDECIDABLE,
        say("ties established", who=join_names(world, claim.parties), day=on_date(begun.event.on)),
        (missing_dates_of([begun.event]),),
        (begun.event,),
    )


def _first_ties(world: World, parties: tuple[str, ...]) -> Upgrade | Answer:
    """Return the first beginning of ties, or the answer that there is none to be found."""
    relation = world[parties[0], parties[1]]
    heard = (*relation.events(TIES), *relation.undecided)
    events = [event for event in heard if type(event) in TIES.handlers]
    begun = [event for event in events if isinstance(event, TiesEstablished)]
    if not begun:
        # ties that were severed or restored must have begun some day
        known = world.reference.covers(TIES.name, parties, world.snapshot.day) and not events
        return Answer(
            Verdict.REFUTED if known else Verdict.UNDECIDABLE,
            say("no ties", who=join_names(world, parties), day=on_day(world.snapshot.day)),
            (say("complete in", track=say("ties"), day=day_of(world)),),
        )
    first = min(begun, key=lambda event: (event.on.hi, event.on.lo, event.id))
    sure = first not in relation.undecided
    return Upgrade(parties[1], first, min(one.on.lo for one in begun), first.on.hi, sure)


def _first_upgrade(
    world: World, claim: AnniversaryClaim, ladder: str, level: str
) -> Upgrade | Answer:
    """Return the first upgrade to a level, or the answer that there is none to be found."""
    one, two = claim.parties
    levels = levels_that_count(world, ladder, level, Mode.EXACTLY)
    found = find_first_upgrade(world[one, two], ladder, two, levels)
    if found is not None:
        return found
    known = world.reference.covers_level(ladder, world.snapshot.day, level)
    return Answer(
        Verdict.REFUTED if known else Verdict.UNDECIDABLE,
        say(
            "no upgrade",
            who=join_names(world, claim.parties),
            level=level_of(world, ladder, level),
            day=on_date(claim.on),
        ),
        (missing_list_of(world, ladder, level),),
    )


def look_up_anniversary(claim: AnniversaryClaim, log: Replays) -> Answer:
    """Look up when the years since the beginning of ties or of a level are full."""
    world = log.replay(on=iso(claim.on.lo))
    if claim.level is None or claim.ladder is None:
        begun, what = _first_ties(world, claim.parties), say("the ties")
    else:
        begun = _first_upgrade(world, claim, claim.ladder, claim.level)
        what = say("the level", level=level_of(world, claim.ladder, claim.level))
    if isinstance(begun, Answer):
        return begun
    who = join_names(world, claim.parties)
    says = [say("began", what=what, who=who, day=on_date(begun.event.on))]
    first, last = (_later(day, claim.years) for day in (begun.lo, begun.hi))
    verdict = Verdict.UNDECIDABLE
    if begun.sure and first is not None and last is not None:
        verdict = judge(between(first, last), between(claim.period.lo, claim.period.hi))
        full = on_day(first)
        if first != last:
            full = say("a day between", first=full, last=on_day(last))
        says.append(say("years full", years=claim.years, day=full))
    return Answer(verdict, sentence("; ", says), (missing_dates_of([begun.event]),), (begun.event,))


def _later(day: int, years: int) -> int | None:
    """Return the ordinal of a day so many years later; None where it is not known or too far."""
    if not FIRST_DAY < day < LAST_DAY:
        return None
    try:
        return anniversary(PartialDate(date.fromordinal(day)), years).lo
    except InvalidDateError:
        return None


def look_up_gap(claim: GapClaim, log: Replays) -> Answer:
    """Look up how much time lies between one upgrade to a level and the next."""
    return _between_named(claim, log) if claim.partners else _between_all(claim, log)


def _between_named(claim: GapClaim, log: Replays) -> Answer:
    world = log.replay(on=iso(claim.on.lo))
    levels = levels_that_count(world, claim.party, claim.level, claim.mode)
    known = world.reference.covers_level(claim.party, world.snapshot.day, claim.level)
    found = {}
    verdicts, missing, said = [], [], []
    for other in claim.partners:
        relation = world[claim.party, other]
        reached = find_upgrades(relation, claim.party, other, levels)
        reached += find_possible_upgrades(relation, claim.party, other, levels)
        if not reached:
            verdicts.append(Verdict.REFUTED if known else Verdict.UNDECIDABLE)
            level = level_of(world, claim.party, claim.level)
            missing.append(say("the event to", who=name(world, other), level=level))
        elif not all(one.sure for one in reached):
            verdicts.append(Verdict.UNDECIDABLE)
            missing.append(missing_dates_of(one.event for one in reached))
        else:
            found[other] = reached[-1]
    for one, two in pairwise(claim.partners):
        if one in found and two in found:
            length = _length(found[one], found[two])
            verdicts.append(judge(length, _allowed(claim)))
            missing.append(missing_dates_of([found[one].event, found[two].event]))
            said.append(_gap(world, found[one], found[two], length, claim.unit))
    events = tuple(one.event for one in found.values())
    return Answer(every(verdicts), _gaps(world, claim, said), tuple(missing), events)


def _between_all(claim: GapClaim, log: Replays) -> Answer:
    first = FIRST_DAY if claim.since is None else claim.since.lo
    last = claim.on.lo if claim.until is None else min(claim.until.hi, claim.on.lo)
    world = log.replay(on=iso(last))
    inside, open_, complete = find_upgrades_within(world, claim, first, last)
    allowed = _allowed(claim)
    crossed = any(two.lo < one.hi for one, two in pairwise(inside))
    loose = crossed or bool(open_) or not complete
    verdicts, missing, said = [], [], []
    if not complete:
        verdicts.append(Verdict.UNDECIDABLE)
        missing.append(missing_list_of(world, claim.party, claim.level, first))
    if open_:
        verdicts.append(Verdict.UNDECIDABLE)
        missing.append(missing_dates_of(one.event for one in open_))
    for one, two in pairwise(inside):
        length = _length(one, two)
        verdict = judge(length, allowed)
        said.append(_gap(world, one, two, length, claim.unit))
        if two.lo < one.hi:  # which of them came first is open
            verdict = Verdict.UNDECIDABLE
            missing.append(missing_dates_of([one.event, two.event]))
        elif verdict is Verdict.REFUTED and loose and length.lo > allowed.hi:
            verdict = Verdict.UNDECIDABLE  # another upgrade in between would shorten it
        elif verdict is Verdict.UNDECIDABLE:
            missing.append(missing_dates_of([one.event, two.event]))
        verdicts.append(verdict)
    if not said:
        verdicts.append(Verdict.UNDECIDABLE if missing else Verdict.REFUTED)
    events = tuple(one.event for one in inside)
    return Answer(every(verdicts), _gaps(world, claim, said), tuple(missing), events)


def _gaps(world: World, claim: GapClaim, said: list[Said]) -> Said:
    """Return the gaps in a sentence, with the level of the upgrades."""
    return say(
        "gaps" if said else "fewer than two",
        whose=name(world, claim.party),
        at=at_level(world, claim.party, claim.level, claim.mode),
        last=day_of(world),
        gaps=join("; ", said),
    )


def _length(one: Upgrade, two: Upgrade) -> Bounds:
    return between(two.lo - one.hi, two.hi - one.lo)


def _allowed(claim: GapClaim) -> Bounds:
    """Return the lengths that a claim allows, in days."""
    days = _DAYS[claim.unit]
    least = rounding(claim.least)
    most = least if claim.most is None else rounding(claim.most)
    return Bounds(least.lo * days, most.hi * days)


def _gap(world: World, one: Upgrade, two: Upgrade, length: Bounds, unit: TimeUnit) -> Said:
    digits = Decimal(1) if unit is TimeUnit.DAYS else Decimal("0.1")
    low, high = ((end / _DAYS[unit]).quantize(digits) for end in (length.lo, length.hi))
    ends = [words(end, Qualifier.EXACTLY) for end in (low, high)]
    put = say("low to high", low=ends[0], high=ends[1]) if low != high else ends[0]
    return say(
        "gap",
        one=list_dated(world, [(one.party, one)]),
        two=list_dated(world, [(two.party, two)]),
        length=put,
        unit=say(unit.value),
    )
