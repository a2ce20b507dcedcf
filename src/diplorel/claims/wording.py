"""Parties, levels, dates and lists in the sentences of verdicts, in both languages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from diplorel.claims.answers import words
from diplorel.claims.basics import Mode
from diplorel.claims.phrases import say
from diplorel.claims.upgrades import Upgrade
from diplorel.language.said import Said, join
from diplorel.language.vocabulary import ARTICLES
from diplorel.model.dates import LAST_DAY, PartialDate
from diplorel.tracks.figures import Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from diplorel.model.events import Event
    from diplorel.world import World

_NOTHING: Final = Said("", "")
_PREPOSITIONS: Final = {"day": "on ", "month": "in ", "year": "in ", "decade": "in "}


def iso(day: int | None) -> str:
    """Return an ordinal as a day."""
    return date.fromordinal(LAST_DAY if day is None else day).isoformat()


def dated(on: PartialDate) -> Said:
    """Return a date in words."""
    return Said(on.words("en"), on.words("vi"))


def on_date(on: PartialDate) -> Said:
    """Return a date in words, as when something happened: "on 12 March 2025", "in 2013"."""
    at = _PREPOSITIONS.get(on.precision, "")
    return Said(f"{at}{on.words('en')}", f"{'vào ' if at else ''}{on.words('vi')}")


def day_of(world: World) -> Said:
    """Return the day of a world."""
    return on_day(world.snapshot.day)


def on_day(day: int | None) -> Said:
    """Return an ordinal as a day."""
    return dated(PartialDate(iso(day)))


def level_of(world: World, ladder: str, level: str) -> Said:
    """Return the name of a level."""
    known = world.reference.level(ladder, level)
    return Said(known.name("en"), known.name("vi"))


def at_level(world: World, ladder: str, level: str | None, mode: Mode) -> Said:
    """Return the level in words, with what else counts: "at the level of X or higher"."""
    if level is None:
        return say("at any level")
    return say(mode.value, level=level_of(world, ladder, level))


def name(world: World, party: str) -> Said:
    """Return a party's name, with its article; an id that no table has is shown as it is."""
    known = world.reference.parties.get(party)
    if known is None:
        return Said(party, party)
    article = "the " if party in ARTICLES else ""
    return Said(f"{article}{known.name()}", known.name("vi"))


def list_names(world: World, parties: Iterable[str]) -> Said:
    """Return the names of parties, or "none"."""
    names = [name(world, party) for party in parties]
    return join(", ", names) if names else say("none")


def join_names(world: World, parties: Iterable[str]) -> Said:
    """Return the name of a party, or of two."""
    return join(say(" and "), (name(world, party) for party in parties))


def list_dated(world: World, reached: Iterable[tuple[str, Upgrade | Event | None]]) -> Said:
    """Return the names of parties, each with the date of its upgrade or event, or "none"."""
    listed = []
    for party, found in reached:
        event = found.event if isinstance(found, Upgrade) else found
        who = name(world, party)
        listed.append(who if event is None else say("with date", who=who, day=dated(event.on)))
    return join(", ", listed) if listed else say("none")


def counted(number: int, *, states_only: bool) -> Said:
    """Return a number of partners: "12 partner countries"."""
    key = ("country" if states_only else "partner") + ("" if number == 1 else " s")
    return say(key, number=number)


def members_of(world: World, group: str | None) -> Said:
    """Return the condition that partners are members of a group; nothing without a group."""
    if group is None:
        return _NOTHING
    named, members = _members_by_name(world, group)
    return say("among members" if members else "that are members", group=named)


def member_names(world: World, group: str) -> Said:
    """Return the members of a group, in the plural: "members of ASEAN"."""
    named, members = _members_by_name(world, group)
    return named if members else say("members of", group=named)


def _members_by_name(world: World, group: str) -> tuple[Said, bool]:
    """Return a group's name, and whether it is one of its members ("Permanent members of …")."""
    known = world.reference.parties.get(group)
    if known is None or "members" not in known.name().lower():
        return name(world, group), False
    return Said(known.name(), known.name("vi")).change(
        lambda text: text[:1].lower() + text[1:]
    ), True


def ordered(number: int) -> Said:
    """Return the condition that a list is in the order reached; nothing where it has one item."""
    return say("in the order reached") if number > 1 else _NOTHING


def bound(value: Decimal, qualifier: Qualifier) -> Said:
    """Return the bound that a claim gives, as a sentence; nothing where it gives the number."""
    if qualifier in (Qualifier.EXACTLY, Qualifier.ABOUT):
        return _NOTHING
    return say("claimed", bound=words(value, qualifier))


def missing_dates_of(events: Iterable[Event]) -> Said:
    """Say that the days of events are what is missing."""
    return say("dates of", events=", ".join(event.id for event in events))


def missing_list_of(world: World, party: str, level: str | None, since: int | None = None) -> Said:
    """Say that a stream which lists all partners is what is missing."""
    at = say("at any level") if level is None else say("at", level=level_of(world, party, level))
    return say(
        "list on" if since is None else "list from",
        who=name(world, party),
        at=at,
        first=on_day(since),
        last=day_of(world),
    )
