"""What changed in the year before the day: of levels, special relationships, ties and sectors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from diplorel.pages.content import ChangeLine, Changes, Held, Section
from diplorel.pages.parts import AGREED
from diplorel.tracks import LEVEL, SECTORS, SPECIAL, TIES
from diplorel.tracks.level import LevelAgreed

if TYPE_CHECKING:
    from diplorel.analysis.diff import Change
    from diplorel.model.events import Event
    from diplorel.model.ladders import Level
    from diplorel.pages.gathered import Gathered

_TRACKS: Final = tuple(track.name for track in (LEVEL, SPECIAL, TIES, SECTORS))
"""The tracks whose changes are changes of status; visits and documents are in the count only."""
MOST: Final = 40
"""So many changes are listed."""


def changes_section(found: Gathered) -> Section:
    """Return what changed after the same day of the year before, the newest first."""
    say = found.say
    since = a_year_before(found.on)
    changes = [one for one in found.log.diff(since, found.on) if found.party in one.subject]
    total = len({event.id for one in changes for event in one.events})
    pairs = {
        event.id: (one, event)
        for one in changes
        if one.track in _TRACKS and isinstance(one.subject, tuple)
        for event in one.events
        if one.track != LEVEL.name or getattr(event, "ladder", found.party) == found.party
    }
    ordered = sorted(pairs.values(), key=lambda pair: (-pair[1].on.hi, -pair[1].on.lo, pair[1].id))
    lines = tuple(_line(found, change, event) for change, event in ordered[:MOST])
    left = len(ordered) - len(lines)
    return Section(
        id="changes",
        title=say.word("changes"),
        how=(
            say.word(
                "changes how",
                since=say.long_day(since),
                until=say.long_day(found.on),
                count=say.word("event" if total == 1 else "events", count=total),
            ),
        ),
        blocks=(
            Changes(
                lines=lines,
                empty=say.word("no change"),
                more=say.word("more lines", count=left) if left else "",
            ),
        ),
    )


def a_year_before(day: date) -> date:
    """Return the same day of the year before; of 29 February, the 28th."""
    if day.year == 1:
        return date(1, 1, 1)
    return date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)  # noqa: PLR2004  February


def _line(found: Gathered, change: Change, event: Event) -> ChangeLine:
    say = found.say
    when, cites = say.short(event.on), found.cite([event])
    other = next((one for one in change.subject if one != found.party), found.party)
    if change.track == LEVEL.name:
        held = _levels(found, other, event)
        if held is not None:
            before, after, says = held
            return ChangeLine(
                event=event.id,
                when=when,
                who=say.name(other),
                before=before,
                after=after,
                says=says,
                cites=cites,
            )
    return ChangeLine(event=event.id, when=when, says=found.narrator.sentence(event), cites=cites)


def _levels(found: Gathered, other: str, event: Event) -> tuple[Held | None, Held, str] | None:
    """Return the levels before and after an event; None where it did not bring one."""
    say = found.say
    if isinstance(event, LevelAgreed):
        level = found.log.reference.level(found.party, event.level)
        return None, Held(text=level.name(found.lang), chip=AGREED), say.word("agreed change")
    path = found.world.between(found.party, other).level(found.party).path
    for place, (reached, on) in enumerate(path):
        if on == event.on and reached is not None and reached.id == getattr(event, "level", None):
            before = path[place - 1][0] if place else None
            first = say.word("first level") if before is None else ""
            return _held(found, before), _sure(found, reached), first
    return None


def _held(found: Gathered, level: Level | None) -> Held | None:
    return None if level is None else _sure(found, level)


def _sure(found: Gathered, level: Level) -> Held:
    return Held(text=level.name(found.lang), chip=found.chips.of_level(level))
