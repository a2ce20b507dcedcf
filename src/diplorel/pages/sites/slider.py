"""The slider of a party: its ranking on every day when it changes, and what changed."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.analysis.ranking_days import ranking_days
from diplorel.charts.words import short_date
from diplorel.model.dates import PartialDate
from diplorel.pages.phrasing import capital
from diplorel.pages.sites.words import word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from diplorel.analysis.ranking_days import RankingDay
    from diplorel.language.grammar import Grammar
    from diplorel.log import EventLog
    from diplorel.model.dates import Language
    from diplorel.model.ladders import Level

_NAMED: Final = 3
"""So many changes of one day are named; of the others, the number is given."""
BLOCKS: Final = ("special", "undecided", "unranked")
"""The partners without a position that are listed below the rows."""


@attrs.frozen
class Place:
    """One partner's row on one day: what holds for a time, and its position.

    Attributes:
        party: The partner's id.
        level: The level held.
        since: The date when it was reached.
        recorded: Whether it is as last recorded.
        position: The position.
        best: The best position that open dates allow.
        worst: The worst position that they allow.
    """

    party: str
    level: Level
    since: PartialDate
    recorded: bool
    position: int
    best: int
    worst: int

    @property
    def holding(self) -> tuple[str, str, str, bool]:
        """What holds for a time, apart from the position: many days share it."""
        return self.party, self.level.id, self.since.text, self.recorded


@attrs.frozen
class Stop:
    """The ranking from one day to the day before the next stop.

    Attributes:
        on: The first day, at whose end it holds.
        rows: The partners that hold a level with a rank, best first.
        special: Partners in a special relationship.
        undecided: Parties that may have a level, since dates are open.
        unranked: Partners whose level has no rank.
        unknown: With how many states the level is unknown on the first day.
        below: With how many it is only known to be below the floor on that day.
        floor: The lowest level that the list is complete for on that day, if there is one.
    """

    on: date
    rows: tuple[Place, ...] = ()
    special: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    unranked: tuple[str, ...] = ()
    unknown: int = 0
    below: int = 0
    floor: Level | None = None

    @property
    def shown(self) -> tuple[Any, ...]:
        """What makes it a stop of its own; what is counted changes with every new state."""
        return self.rows, self.special, self.undecided, self.unranked

    @property
    def levels(self) -> Mapping[str, Level]:
        """The level of each partner in the rows."""
        return {row.party: row.level for row in self.rows}


@attrs.frozen
class Slider:
    """The rankings of a party over time.

    Attributes:
        party: Whose partners.
        stops: The days when what is shown changes, oldest first, from the first one with rows.

    >>> import datetime
    >>> import diplorel as dr
    >>> slider = slider_of(dr.load("vietnam"), "VNM", today=datetime.date(2025, 12, 31))
    >>> [row.party for row in slider.on(datetime.date(2025, 3, 12)).rows][:3]
    ['CHN', 'RUS', 'IND']
    """

    party: str
    stops: tuple[Stop, ...]

    @cached_property
    def ranks(self) -> tuple[int, ...]:
        """The ranks that partners hold at some stop, highest first."""
        return tuple(
            sorted({row.level.rank or 0 for stop in self.stops for row in stop.rows}, reverse=True)
        )

    def on(self, day: date) -> Stop | None:
        """Return what holds at the end of a day; None before anything was recorded."""
        return next((stop for stop in reversed(self.stops) if stop.on <= day), None)


def slider_of(log: EventLog, party: str, *, today: date) -> Slider:
    """Return the slider of a party; without a ladder it has no stops.

    It begins on the day of the first level with a rank, if there is one: before, a special
    relationship or two can be all that is known for decades.

    Args:
        log: The log.
        party: The id of the party.
        today: The last day.
    """
    if party not in log.reference.ladder:
        return Slider(party, ())
    stops: list[Stop] = []
    for found in ranking_days(log.resolve(), log.reference, party, today=today):
        stop = _stop(found)
        if stop.shown != (stops[-1].shown if stops else ((), (), (), ())):
            stops.append(stop)
    first = next((place for place, stop in enumerate(stops) if stop.rows), 0)
    return Slider(party, tuple(stops[first:]))


def _stop(day: RankingDay) -> Stop:
    found = day.ranking
    assert found.on is not None  # noqa: S101  a day was asked for
    return Stop(
        found.on,
        tuple(
            Place(
                row.party,
                row.level,
                row.since,
                row.last_recorded,
                row.position,
                row.best,
                row.worst,
            )
            for row in found.rows
        ),
        found.special,
        found.undecided,
        found.unranked,
        day.unknown,
        day.below,
        found.complete_from,
    )


# --- what a script needs -------------------------------------------------------------------------


def data_of(slider: Slider, words: Grammar, link: Callable[[str], str]) -> dict[str, Any]:
    """Return a slider as plain data for the script of a page, each holding once.

    Args:
        slider: The slider.
        words: The names in one language.
        link: Returns the address of a party's page.

    Returns:
        ``parties`` (name and address), ``levels`` (id and name), ``holdings`` (party, level, since,
        as last recorded, place of the rank), and ``stops``: the day as an ordinal and in words,
        what changed, the holdings by position, those whose position is not their place, and the
        blocks, and how many states are not known.
    """
    parties = _numbered(
        id
        for stop in slider.stops
        for id in (
            *(row.party for row in stop.rows),
            *stop.special,
            *stop.undecided,
            *stop.unranked,
        )
    )
    holdings = {row.holding: row for stop in slider.stops for row in stop.rows}
    levels = {row.level.id: row.level for row in holdings.values()}
    ranks = _numbered(slider.ranks)
    level_numbers, holding_numbers = _numbered(levels), _numbered(holdings)
    said = ["", *(changes(*two, words) for two in pairwise(slider.stops))]
    if slider.stops:
        said[0] = changes(Stop(date.min), slider.stops[0], words)
    return {
        "parties": [[words.name(id), link(id)] for id in parties],
        "levels": [[id, level.name(words.lang)] for id, level in levels.items()],
        "holdings": [
            [
                parties[row.party],
                level_numbers[row.level.id],
                short_date(row.since, words.lang),
                int(row.recorded),
                ranks[row.level.rank or 0],
            ]
            for row in holdings.values()
        ],
        "stops": [
            {
                "day": stop.on.toordinal(),
                "on": capital(day_words(stop.on, words.lang)),
                "said": text,
                "rows": [holding_numbers[row.holding] for row in stop.rows],
                "places": {
                    str(place): [row.position, row.best, row.worst]
                    for place, row in enumerate(stop.rows)
                    if (row.position, row.best, row.worst) != (place + 1,) * 3
                },
                "changed": sorted(_changed(before, stop)),
                "counted": counted(stop, words),
                "blocks": [[parties[id] for id in getattr(stop, name)] for name in BLOCKS],
            }
            for before, stop, text in zip((None, *slider.stops), slider.stops, said, strict=False)
        ],
    }


def counted(stop: Stop, words: Grammar) -> str:
    """Return with how many states the level is not known on the day of a stop; empty for none.

    Args:
        stop: The stop.
        words: The names in one language.
    """
    said = []
    if stop.below and stop.floor is not None:
        level = stop.floor.name(words.lang)
        said.append(word("states below", words.lang, level=level, count=stop.below))
    if stop.unknown:
        said.append(word("states unknown", words.lang, count=stop.unknown))
    return " ".join(said)


def _numbered(keys: Iterable[Any]) -> dict[Any, int]:
    return {key: number for number, key in enumerate(dict.fromkeys(keys))}


def _changed(before: Stop | None, stop: Stop) -> list[int]:
    """Return the rows whose level, date or partner is new."""
    known = set() if before is None else {row.holding[:3] for row in before.rows}
    return [place for place, row in enumerate(stop.rows) if row.holding[:3] not in known]


def day_words(day: date, lang: Language) -> str:
    """Return a day in words, as a heading has it."""
    return PartialDate(day.isoformat()).words(lang)


def changes(before: Stop, after: Stop, words: Grammar) -> str:
    """Return one sentence on what a stop changes.

    Args:
        before: The stop before.
        after: The stop.
        words: The names in one language.
    """
    found = [*_steps(before, after, words)]
    if not found:
        found = [_why(before, after, words)]
    more = len(found) - _NAMED
    if more > 0:
        found = [*found[:_NAMED], word("more changes", words.lang, count=more)]
    return "; ".join(found) + "."


def _steps(before: Stop, after: Stop, words: Grammar) -> Iterable[str]:
    """Yield the partners whose level is another one, best first, then those without one."""
    old, new = before.levels, after.levels
    for party, level in new.items():
        name, title = words.name(party), level.name(words.lang)
        if party not in old:
            yield word("new level", words.lang, party=name, level=title)
        elif old[party].id != level.id:
            was = old[party].name(words.lang)
            yield word("changed level", words.lang, party=name, before=was, after=title)
    for party in old:
        if party in new:
            continue
        key = "now special" if party in after.special else "no level now"
        yield word(key, words.lang, party=words.name(party))
    for party in after.special:
        if party not in before.special and party not in old:
            yield word("now special", words.lang, party=words.name(party))


def _why(before: Stop, after: Stop, words: Grammar) -> str:
    """Return what changes at a stop without a change of level."""
    recorded = {row.party for row in before.rows if row.recorded}
    if {row.party for row in after.rows if row.recorded} - recorded:
        return word("coverage ends", words.lang)
    opened = [id for id in after.undecided if id not in before.undecided]
    if opened:
        names = ", ".join(words.name(id) for id in opened[:_NAMED])
        return f"{word('block undecided', words.lang)}: {names}"
    if [row.party for row in before.rows] != [row.party for row in after.rows]:
        return word("order changes", words.lang)
    return word("dates open", words.lang)
