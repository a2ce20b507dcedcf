"""What both pictures of lanes have in common: shades, names, the scale of years and the key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.charts.colours import (
    HATCH,
    INK,
    MUTED,
    OFF_LADDER,
    PAPER,
    RED,
    SPECIAL,
    TIES,
    by_level,
)
from diplorel.charts.lane_scale import Scale, scale_of
from diplorel.charts.legend import Entry
from diplorel.charts.phrases import LANES
from diplorel.charts.words import short_date, short_day
from diplorel.language.grammar import Grammar
from diplorel.language.vocabulary import POSTS
from diplorel.model.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from diplorel.analysis.lanes import Lane, Lanes
    from diplorel.analysis.spells import Spell
    from diplorel.charts.colours import Shade
    from diplorel.model.dates import Language


@attrs.frozen(kw_only=True)
class Plan:
    """What both pictures have in common: the lanes, the shades, and the scale of the years."""

    lanes: Lanes
    grammar: Grammar
    shades: Mapping[tuple[str, str], Shade]
    scale: Scale
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, lanes: Lanes, lang: Language) -> Plan:
        """Return the plan of lanes in a language."""
        day = date(2000, 1, 1).toordinal() if lanes.on is None else lanes.on.toordinal()
        grammar = Grammar(lanes.reference, lang, first=lanes.parties[0], day=day)
        shades = {
            (lane.party, id): shade
            for lane in lanes
            if lane.party is not None and lane.party in lanes.reference.ladder
            for id, shade in by_level(lanes.reference.ladder[lane.party]).items()
        }
        return cls(
            lanes=lanes,
            grammar=grammar,
            shades=shades,
            scale=scale_of(lanes, day),
            entries=tuple(_entries(lanes, grammar, shades)),
        )

    @property
    def title(self) -> str:
        """The title: the parties of the relation, and the last day."""
        parties = self.grammar.join([self.grammar.named(one) for one in self.lanes.parties])
        parties = parties[:1].upper() + parties[1:]
        if self.lanes.on is None:
            return self.say("no day", parties=parties)
        return self.say("title", parties=parties, day=short_day(self.lanes.on, self.grammar.lang))

    def say(self, key: str, **parts: str) -> str:
        """Return the words for a key."""
        return self.grammar.say(LANES, key, **parts)

    def name(self, lane: Lane) -> str:
        """Return the name of a lane."""
        if lane.party is None:
            return self.say(lane.kind)
        is_plain = lane.kind == "level"
        name = self.grammar.name(lane.party) if is_plain else self.grammar.named(lane.party)
        return self.say(lane.kind, party=name)

    def shade(self, lane: Lane, value: str) -> Shade:
        """Return how a value of a lane is filled."""
        if lane.kind == "level":
            return self.shades.get((lane.party or "", value), OFF_LADDER)
        return SPECIAL if lane.kind == "special" else OFF_LADDER if value == "suspended" else TIES


def _entries(
    lanes: Lanes, grammar: Grammar, shades: Mapping[tuple[str, str], Shade]
) -> Iterator[Entry]:
    """Yield what the key says, as far as it is shown: levels, the highest first, then signs."""
    yield from _levels(lanes, grammar, shades)
    values = {spell.value for lane in lanes for spell in lane.spells}
    grey, white = OFF_LADDER, {"fill": PAPER, "outline": MUTED}
    agreed = any(lane.kind == "level" and lane.marks for lane in lanes)
    signs: list[tuple[bool, str, dict[str, Any]]] = [
        (None in values, "unknown", {"fill": HATCH, "outline": "#9aa5ae"}),
        (any(map(_is_last_recorded, lanes)), "white", white),
        ("suspended" in values, "suspended", {"fill": grey.fill, "outline": grey.outline}),
        ("severed" in values, "severed", {"fill": INK, "sign": "dashes"}),
        (agreed, "agreed", {"fill": PAPER, "outline": INK, "sign": "circle"}),
        (any(map(_is_contested, lanes)), "diamond", {**white, "outline": RED, "sign": "diamond"}),
    ]
    for is_shown, key, sign in signs:
        if is_shown:
            yield Entry(text=grammar.say(LANES, key), **sign)


def _levels(
    lanes: Lanes, grammar: Grammar, shades: Mapping[tuple[str, str], Shade]
) -> Iterator[Entry]:
    """Yield the levels that are held; those of two ladders that look alike once."""
    found: dict[tuple[str, str | None, str], int] = {}
    for lane in lanes:
        own = lanes.reference.ladder.get(lane.party or "")
        if lane.kind != "level" or own is None:
            continue
        held = {spell.value for spell in lane.spells}
        for level in own.levels:
            if level.id in held:
                shade = shades[own.party, level.id]
                rank = -1 if level.rank is None else level.rank
                found.setdefault((shade.fill, shade.outline, level.name(grammar.lang)), rank)
    for fill, outline, name in sorted(found, key=lambda key: -found[key]):
        yield Entry(text=name, fill=fill, outline=outline)


def _is_last_recorded(lane: Lane) -> bool:
    return lane.last_recorded and goes_on(lane) and lane.spells[-1].value not in GONE


def _is_contested(lane: Lane) -> bool:
    return bool(lane.also) or any(mark.also for mark in lane.marks)


GONE: Final = ("severed", "lapsed")
"""Without ties, there is no square for the day."""


def goes_on(lane: Lane) -> bool:
    """Return whether anything is known to hold on the day."""
    return bool(lane.spells) and lane.spells[-1].value not in (None, "none")


def is_open(spell: Spell) -> bool:
    """Return whether dates leave open that something held."""
    return spell.value not in (None, "none", "lapsed") and spell.known == "undecided"


def value_of(plan: Plan, lane: Lane, spell: Spell) -> str:
    """Return in words what held, and whether dates leave that open."""
    said = _value_of(plan, lane, spell)
    return plan.say("left open", what=said) if is_open(spell) else said


def _value_of(plan: Plan, lane: Lane, spell: Spell) -> str:
    value = spell.value or "unknown"
    if lane.kind == "level" and spell.value is not None:
        own = plan.lanes.reference.ladder.get(lane.party or "")
        names = {one.id: one.name(plan.grammar.lang) for one in own.levels} if own else {}
        return names.get(value) or (plan.say("unnamed") if value == "?" else value)
    if lane.kind == "missions" and value in POSTS:
        said = plan.grammar.say(POSTS, value).removeprefix("an ").removeprefix("a ")
        return said[:1].upper() + said[1:]
    return plan.say(value, day=start_of(plan, spell))


def start_of(plan: Plan, spell: Spell) -> str:
    """Return in words since when it held, as exact as it is."""
    given = spell.start.text or f"[{spell.start.earliest or ''}..{spell.start.latest}]"
    lo, hi = spell.start.lo, spell.start.hi
    on = PartialDate(date.fromordinal(hi)) if lo == hi else PartialDate(given)
    return short_date(on, plan.grammar.lang)
