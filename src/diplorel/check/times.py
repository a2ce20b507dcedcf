"""DR5xx: the future, coverage that says nothing, and days whose order no source gives."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from diplorel.check.same_day import check_same_day
from diplorel.errors import Problem
from diplorel.model.events import Event
from diplorel.model.records import stamp
from diplorel.tracks.level import LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.check.context import At, CheckContext


def check_times(context: CheckContext) -> Iterator[Problem]:
    """Yield what is wrong with days and moments."""
    yield from _future(context)
    yield from _coverage(context)
    yield from check_same_day(context)


def _future(context: CheckContext) -> Iterator[Problem]:
    today = date.fromordinal(context.today).isoformat()
    for record in context.records:
        at: At = {"event": record.id, "stream": record.stream}
        event = record.event
        if record.recorded.date().toordinal() > context.today:
            yield Problem(
                code="DR502",
                message=f"recorded on {stamp(record.recorded)}, and today is {today}",
                hint="Correct the moment, and look at the clock that gave it",
                **at,
            )
        if not isinstance(event, Event):
            continue
        if event.on.lo > context.today:
            yield Problem(
                code="DR501",
                message=f"dated {event.on.text}, and today is {today}",
                hint="Record it when it has happened; what is planned is not an event",
                **at,
            )
        elif event.on.lo > _last_day(record.recorded):
            yield Problem(
                code="DR503",
                message=f"dated {event.on.text}, and recorded before that, "
                f"{stamp(record.recorded)}",
                hint="Correct the date, or record it anew now that it has happened",
                **at,
            )
    for id, published in {(one.id, one.published): None for one in context.reference.sources}:
        if published is not None and published.lo > context.today:
            yield Problem(
                code="DR504",
                message=f"the source {id!r} is published on {published.text}, and today is {today}",
                hint="Correct the date",
            )


@lru_cache(maxsize=1_024)
def _last_day(moment: datetime) -> int:
    """Return the day that a moment in UTC is at the place on Earth where it is latest."""
    latest = datetime.max.replace(tzinfo=UTC) - timedelta(hours=14)
    return (min(moment, latest) + timedelta(hours=14)).toordinal()


def _coverage(context: CheckContext) -> Iterator[Problem]:
    today = date.fromordinal(context.today).isoformat()
    for one in context.reference.coverage:
        message = hint = ""
        if one.since is not None and one.until is not None and one.until.lo < one.since.hi:
            message = f"covers no day from {one.since.text} to {one.until.text}"
            hint = "Write the earlier day first, or write both as days"
        elif one.until is not None and one.until.lo > context.today:
            message = f"is complete until {one.until.text}, and today is {today}"
            hint = "Say until when it was looked at, or leave it out if nothing can change"
        elif one.at_least is not None and one.track != LEVEL.name:
            message = f"has at_least = {one.at_least!r}, which only the level track has"
            hint = "Take at_least out: as it is, the coverage counts for nothing"
        elif one.at_least is not None:
            unranked = [
                party
                for party in one.parties
                if (ladder := context.reference.ladder.get(party))
                and any(lv.id == one.at_least and lv.rank is None for lv in ladder.levels)
            ]
            if unranked:
                message = f"has at_least = {one.at_least!r}, which has no rank on the ladder of "
                message += ", ".join(unranked)
                hint = "Name a level that has one"
        if message:
            yield Problem(
                code="DR505",
                message=f"the coverage of {one.track} for {', '.join(one.parties)} {message}",
                hint=hint,
                stream=one.stream,
            )
