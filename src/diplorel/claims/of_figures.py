"""How claims about figures and targets are looked up.

A claim about a period is checked against every report of that period, whenever it was made: what
somebody corrected or counted differently later also matters. If reports contradict each other,
the claim is contested; nothing is averaged, and none is preferred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from diplorel.analysis.bounds import Bounds, between, claimed, reported
from diplorel.claims.answers import Answer, combine_reports, judge, words
from diplorel.claims.basics import Measure
from diplorel.claims.phrases import say
from diplorel.claims.wording import dated, iso, join_names, members_of
from diplorel.language.said import Said, join
from diplorel.language.vocabulary import INDICATORS
from diplorel.model.claims import Verdict
from diplorel.tracks.figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.claims.answers import Replays
    from diplorel.claims.kinds import (
        ChangeClaim,
        FigureClaim,
        IndicatorRankClaim,
        TargetClaim,
    )
    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.tracks.figures import Figure, FigureReported, FiguresState, TargetSet
    from diplorel.world import World

F = TypeVar("F", "FigureReported", "TargetSet")


def _state(world: World, parties: Sequence[str]) -> FiguresState:
    if len(parties) == 1:
        return world.figures(parties[0])
    return world[parties[0], parties[1]].figures


def _accounts_of(world: World, event: F) -> list[F]:
    """Return a report with those of the same day and thing that give another number.

    They are accounts of one event: the replay follows one of them; here each counts.
    """
    accounts = world.accounts.get(event.id, ())
    others = [one.event for one in accounts if isinstance(one.event, type(event))]
    return others or [event]


def _each(world: World, figure: Figure) -> list[FigureReported]:
    """Return every report of a figure, the followed accounts and the others."""
    followed = (*figure.alternatives, figure.latest)
    return [one for event in followed for one in _accounts_of(world, event)]


def _reports(
    world: World,
    parties: Sequence[str],
    indicator: str,
    period: PartialDate | None,
    *,
    cumulative: bool,
    by: Iterable[str | None],
) -> list[FigureReported]:
    """Return every report of an indicator for a period, oldest first."""
    among = {*by}
    found = [
        report
        for figure in _state(world, parties).of(indicator)
        for report in _each(world, figure)
        if report.cumulative is cumulative and report.by in among and report.period == period
    ]
    return sorted(found, key=lambda one: (one.on.hi, one.seq, one.id, str(one.value)))


def _current(
    reports: list[FigureReported], period: PartialDate | None, day: int
) -> list[FigureReported]:
    """Return the reports that count: of a period all, of none the last by the day."""
    if period is not None:
        return reports
    known = [one for one in reports if one.on.lo <= day]
    return [one for one in known if one.on.hi >= max(other.on.lo for other in known)]


def _said(reports: Iterable[FigureReported]) -> Said:
    said = [say("reported", value=_put(one), day=dated(one.on)) for one in reports]
    return join(", ", dict.fromkeys(said))


def _put(report: FigureReported | TargetSet) -> Said:
    unit = "" if report.unit == "rank" else report.unit
    return words(report.value, report.qualifier, unit)


def _indicator(key: str) -> Said:
    """Return the name of an indicator; one that is not listed is shown as its key."""
    names = INDICATORS.get(key, (key, key))
    said = Said(*names)
    return said.change(lambda name: name[:1].lower() + name[1:])  # it can follow other words


def _of(period: PartialDate | None, *, cumulative: bool) -> tuple[Said, ...]:
    if period is None:
        return ()
    return (say("up to period" if cumulative else "of period", period=dated(period)),)


def _figure_of(
    world: World, indicator: str, parties: Iterable[str], *more: Said, key: str = "figure of"
) -> Said:
    """Return whose figure it is, and what is said of its time."""
    who = join_names(world, parties)
    return join("", [say(key, indicator=_indicator(indicator), who=who), *more])


def look_up_figure(claim: FigureClaim, log: Replays) -> Answer:
    """Look up what is reported of a figure."""
    world = log.replay()
    period = _of(claim.period, cumulative=claim.cumulative)
    what = _figure_of(world, claim.indicator, claim.parties, *period)
    found = _reports(
        world, claim.parties, claim.indicator, claim.period,
        cumulative=claim.cumulative, by=(claim.by,),
    )  # fmt: skip
    found = [
        one
        for one in found
        if claim.basis in (None, one.basis) and claim.reporter in (None, one.reporter)
    ]
    found = _current(found, claim.period, claim.on.lo)
    return _weigh(claim, what, found)


def _weigh(claim: FigureClaim, what: Said, found: list[FigureReported]) -> Answer:
    same = [one for one in found if one.unit == claim.unit]
    if not same:
        units = sorted({one.unit for one in found})
        key = "other units" if units else "no report"
        says = say(key, what=what, units=", ".join(units))
        needed = say("report in", unit=claim.unit)
        return Answer(Verdict.UNDECIDABLE, says, (needed,), tuple(found))
    allowed = claimed(claim.value, claim.qualifier)
    verdicts = [judge(reported(one.value, one.qualifier, claim.value), allowed) for one in same]
    says = say("sentence", what=what, said=_said(same))
    return Answer(_combined(verdicts, same), says, (_doubt(verdicts),), tuple(same))


def _combined(verdicts: Sequence[Verdict], events: Sequence[FigureReported | TargetSet]) -> Verdict:
    """Return what reports of one thing make of a claim.

    Where one has no period, the last one counts: if dates leave open which of them it is, that is
    not a contest between sources.
    """
    verdict = combine_reports(verdicts)
    lasting = all(getattr(one, "period", None) is None for one in events)
    days = {one.on for one in events}
    if verdict is Verdict.CONTESTED and lasting and len(days) > 1:
        return Verdict.UNDECIDABLE
    return verdict


def _doubt(verdicts: Iterable[Verdict]) -> Said:
    if {Verdict.SUPPORTED, Verdict.REFUTED} <= {*verdicts}:
        return say("contradict")
    return say("as exact")


def look_up_change(claim: ChangeClaim, log: Replays) -> Answer:
    """Look up how a figure changed: from two figures, and from reports of the change itself."""
    world = log.replay()
    allowed = claimed(claim.value, claim.qualifier)
    verdicts: list[Verdict] = []
    said: list[Said] = []
    ends = [
        _reports(
            world, claim.parties, claim.indicator, period,
            cumulative=claim.cumulative, by=(claim.by,),
        )
        for period in (claim.earlier, claim.later)
    ]  # fmt: skip
    events: list[Event] = [*ends[0], *ends[1]]
    for one in ends[0]:
        for two in ends[1]:
            grown = _growth(one, two, claim.measure) if one.unit == two.unit else None
            if grown is not None:
                verdicts.append(judge(grown, allowed))
                said.append(say("became", one=_said([one]), two=_said([two])))
    if claim.reported_as is not None:
        period = f"{claim.earlier.text}/{claim.later.text}"
        for item in _state(world, claim.parties).of(claim.reported_as):
            for report in _each(world, item):
                printed = report.period.text if report.period is not None else ""
                if printed in (claim.later.text, period) and report.by == claim.by:
                    bounds = reported(report.value, report.qualifier, claim.value)
                    verdicts.append(judge(bounds, allowed))
                    indicator = _indicator(claim.reported_as)
                    said.append(say("reported as", indicator=indicator, reports=_said([report])))
                    events.append(report)
    span = say("from to", first=dated(claim.earlier), last=dated(claim.later))
    what = _figure_of(world, claim.indicator, claim.parties, span)
    if not verdicts:
        lacking = [
            say("a figure of", period=dated(period))
            for period, found in zip((claim.earlier, claim.later), ends, strict=True)
            if not found
        ] or [say("both figures")]
        says = say("not recorded", what=what)
        return Answer(Verdict.UNDECIDABLE, says, tuple(lacking), tuple(events))
    says = say("sentence", what=what, said=join("; ", said))
    return Answer(combine_reports(verdicts), says, (_doubt(verdicts),), tuple(events))


def _growth(one: FigureReported, two: FigureReported, measure: Measure) -> Bounds | None:
    """Return the change from one report to another; None where it has no meaning."""
    ratio = _printed(two) / _printed(one)
    if ratio is None or measure is Measure.MULTIPLE:
        return ratio
    lo, hi = ((end - 1) * 100 for end in (ratio.lo, ratio.hi))
    return Bounds(lo, hi, ratio.lo_open, ratio.hi_open)


def _printed(report: FigureReported) -> Bounds:
    """Return what a report allows; a quotient of printed numbers is no more exact than they are."""
    return claimed(report.value, report.qualifier)


def look_up_target(claim: TargetClaim, log: Replays) -> Answer:
    """Look up the target in force on the day of the claim."""
    world = log.replay()
    due = () if claim.due is None else (say("by due", due=dated(claim.due)),)
    what = _figure_of(world, claim.indicator, claim.parties, *due, key="target")
    known = [
        one
        for event in _state(world, claim.parties).targets
        for one in _accounts_of(world, event)
        if one.indicator == claim.indicator
        and one.by == claim.by
        and one.due == claim.due
        and one.on.lo <= claim.on.lo
    ]
    last = [one for one in known if one.on.hi >= max(other.on.lo for other in known)]
    same = [one for one in last if one.unit == claim.unit]
    if not same:
        needed = say("target in", unit=claim.unit, day=dated(claim.on))
        says = say("no target", what=what)
        return Answer(Verdict.UNDECIDABLE, says, (needed,), tuple(last))
    allowed = claimed(claim.value, claim.qualifier)
    verdicts = [judge(reported(one.value, one.qualifier, claim.value), allowed) for one in same]
    put = join(", ", [say("set", value=_put(one), day=dated(one.on)) for one in same])
    says = say("sentence", what=what, said=put)
    return Answer(_combined(verdicts, same), says, (_doubt(verdicts),), tuple(same))


def look_up_indicator_rank(claim: IndicatorRankClaim, log: Replays) -> Answer:
    """Look up a partner's place: from the figures of all, and from reports of the place itself."""
    world = log.replay()
    allowed = between(claim.place, claim.place)
    found, counted, events = _place(world, log.replay(on=iso(claim.on.lo)), claim)
    verdicts = [judge(found, allowed)]
    said = counted
    if claim.reported_as is not None:
        reports = _reports(
            world, (claim.party, claim.partner), claim.reported_as, claim.period,
            cumulative=claim.cumulative, by=(None, claim.partner),
        )  # fmt: skip
        reports = _current(reports, claim.period, claim.on.lo)
        verdicts += [judge(reported(one.value, one.qualifier), allowed) for one in reports]
        if reports:
            indicator = _indicator(claim.reported_as)
            said = say(
                "reports and count", indicator=indicator, reports=_said(reports), counted=counted
            )
        events += reports
    period = _of(claim.period, cumulative=claim.cumulative)
    group = members_of(world, claim.within)
    what = _figure_of(world, claim.indicator, [claim.partner], *period, group, key="by indicator")
    verdict = combine_reports(verdicts)
    doubt = _doubt(verdicts)
    if Verdict.REFUTED not in verdicts:
        doubt = say("figure of all")
    says = say("sentence", what=what, said=said)
    return Answer(verdict, says, (doubt,), tuple(events))


def _place(
    world: World, then: World, claim: IndicatorRankClaim
) -> tuple[Bounds, Said, list[Event]]:
    """Return the place that the figures of all partners allow, in numbers, words and events."""

    def best(other: str) -> tuple[list[FigureReported], list[Bounds]]:
        found = _reports(
            world, (claim.party, other), claim.indicator, claim.period,
            cumulative=claim.cumulative, by=(None, other),
        )  # fmt: skip
        found = _current(found, claim.period, claim.on.lo)
        return found, [reported(one.value, one.qualifier) for one in found]

    mine, values = best(claim.partner)
    units = {one.unit for one in mine}
    if len(units) != 1:
        return between(1, None), say("own figure"), [*mine]
    members = then.members(claim.within) if claim.within is not None else None
    rivals = [one for one in world.counterparts(claim.party) if one != claim.partner]
    if members is not None:
        rivals = [one for one in rivals if one in (*members.parties, *members.possible)]
    ahead: list[str] = []
    level_with: list[str] = []
    events: list[Event] = [*mine]
    compared = 0
    for other in rivals:
        theirs, numbers = best(other)
        if not theirs:
            continue
        compared += 1
        comparable = {one.unit for one in theirs} == units
        behind = [_over(one, two) for one in values for two in numbers]
        before = [_over(two, one) for one in values for two in numbers]
        if comparable and all(behind):
            continue
        sure = comparable and all(before) and (members is None or other in members.parties)
        (ahead if sure else level_with).append(other)
        events += theirs
    complete = world.reference.covers(FIGURES.name, (claim.party,), then.snapshot.day)
    complete = complete and (members is None or members.complete)
    least = 1 + len(ahead)
    key = {0: "no others", 1: "one other"}.get(compared, "more of others")
    says = say(key, compared=compared, ahead=len(ahead))
    return between(least, least + len(level_with) if complete else None), says, events


def _over(one: Bounds, two: Bounds) -> bool:
    """Say whether every number of the one is greater than every number of the other."""
    touch = one.lo == two.hi and (one.lo_open or two.hi_open)
    return one.lo > two.hi or touch
