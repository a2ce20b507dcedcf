"""The overview of a site: the ranking on every day, a search, and what is here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.charts.colours import by_level
from diplorel.charts.words import short_date
from diplorel.model.text import sort_key
from diplorel.pages.parts import Chip, Chips
from diplorel.pages.phrasing import Phrasing, capital
from diplorel.pages.sites.book import path_of_dyad, path_of_party
from diplorel.pages.sites.data import as_json
from diplorel.pages.sites.find import key_of
from diplorel.pages.sites.frame import LISTS, Link
from diplorel.pages.sites.slider import BLOCKS, data_of, day_words
from diplorel.pages.sites.words import count_words, number
from diplorel.pages.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.pages.sites.frame import Frame
    from diplorel.pages.sites.slider import Place, Slider, Stop

_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 9999)
"""How many years can be between two that are named below a slider."""
_MOST_YEARS: Final = 5
_EDGE: Final = 3
"""So near to the edge, in percent, no year is named: it would be cut."""
_HEIGHT: Final = 66.0
"""The height of the strip of curves, in its own units."""


@attrs.frozen(kw_only=True)
class Row:
    """One partner below a slider."""

    place: str
    link: Link
    since: str
    title: str
    recorded: bool
    changed: bool


@attrs.frozen(kw_only=True)
class Group:
    """The partners at one rank below a slider.

    Attributes:
        title: The short name of its plain level.
        chip: The sign of the level.
        count: How many there are; at least so many, where some are as last recorded.
        whole: Whether all of them are as last recorded, so that the group says it once.
        rows: The partners, best first.
    """

    title: str
    chip: Chip
    count: str
    whole: bool
    rows: tuple[Row, ...]


@attrs.frozen(kw_only=True)
class Curve:
    """How many partners there are at a level or a higher one, over time."""

    points: str
    colour: str


@attrs.frozen(kw_only=True)
class SliderView:
    """A slider as a template shows it, on its last day until a script takes over."""

    party: str
    data: Any
    first: int
    last: int
    on: str
    said: str
    counted: str
    groups: tuple[Group, ...]
    blocks: tuple[tuple[str, tuple[Link, ...]], ...]
    curves: tuple[Curve, ...]
    years: tuple[tuple[int, float], ...]


def slider_view(frame: Frame, page: str, slider: Slider) -> SliderView | None:
    """Return a slider for a template; None where it has no stops."""
    if not slider.stops:
        return None

    def address(party: str) -> str:
        return frame.link(page, path_of_party(party))

    data = data_of(slider, frame.teller.narrator, address)
    last = slider.stops[-1]
    data["plain"] = _plain_names(frame, slider)
    data["to"] = word("to", frame.lang)
    return SliderView(
        party=slider.party,
        data=as_json(data),
        first=slider.stops[0].on.toordinal(),
        last=last.on.toordinal(),
        on=capital(day_words(last.on, frame.lang)),
        said=data["stops"][-1]["said"],
        counted=data["stops"][-1]["counted"],
        groups=_groups(frame, slider, data["stops"][-1]["changed"], address),
        blocks=tuple(
            (
                frame.word(f"block {name}"),
                tuple(Link(address(id), frame.name(id)) for id in getattr(last, name)),
            )
            for name in BLOCKS
        ),
        curves=_curves(frame, slider),
        years=_years(slider),
    )


def _plain_names(frame: Frame, slider: Slider) -> list[str]:
    """Return the ids of the plain level of each rank, whose name a row does not repeat."""
    ladder = frame.book.reference.ladder[slider.party]
    return [ladder.of_rank(rank)[0].id for rank in slider.ranks]


def _groups(
    frame: Frame, slider: Slider, changed: Sequence[int], address: Any
) -> tuple[Group, ...]:
    ladder = frame.book.reference.ladder[slider.party]
    chips = Chips.of(frame.book.reference, slider.party)
    rows = slider.stops[-1].rows
    say = Phrasing(frame.book.reference, frame.lang, slider.stops[-1].on.toordinal(), slider.party)
    found = []
    for rank in slider.ranks:
        plain = ladder.of_rank(rank)[0]
        mine = [(place, row) for place, row in enumerate(rows) if row.level.rank == rank]
        recorded = [row.recorded for _, row in mine]
        whole = bool(mine) and all(recorded)
        found.append(
            Group(
                title=say.short_level(plain),
                chip=chips.of_level(plain),
                count=f"≥ {len(mine)}" if any(recorded) else str(len(mine)),
                whole=whole,
                rows=tuple(
                    _row(frame, row, place in changed, plain.id, address, signed=not whole)
                    for place, row in mine
                ),
            )
        )
    return tuple(found)


def _row(frame: Frame, row: Place, changed: bool, plain: str, address: Any, *, signed: bool) -> Row:
    return Row(
        place=str(row.position) if row.best == row.worst else f"{row.best}–{row.worst}",
        link=Link(address(row.party), frame.name(row.party)),
        since=short_date(row.since, frame.lang),
        title="" if row.level.id == plain else row.level.name(frame.lang),
        recorded=row.recorded and signed,
        changed=changed,
    )


def _curves(frame: Frame, slider: Slider) -> tuple[Curve, ...]:
    shades = by_level(frame.book.reference.ladder[slider.party])
    ladder = frame.book.reference.ladder[slider.party]
    most = max((len(stop.rows) for stop in slider.stops), default=1) or 1
    found = []
    for rank in slider.ranks:
        counts = [_count(stop, rank) for stop in slider.stops]
        shade = shades[ladder.of_rank(rank)[0].id]
        found.append(Curve(points=_steps(slider, counts, most), colour=shade.outline or shade.line))
    return tuple(found)


def _count(stop: Stop, rank: int) -> int:
    return sum((row.level.rank or 0) >= rank for row in stop.rows)


def _share(slider: Slider, day: int) -> float:
    first, last = (slider.stops[at].on.toordinal() for at in (0, -1))
    return (day - first) / (last - first) * 100 if last > first else 100.0


def _steps(slider: Slider, counts: Sequence[int], most: int) -> str:
    """Return a curve of steps, in percent of the width and units of the height."""
    points: list[str] = []
    level = _HEIGHT
    for stop, count in zip(slider.stops, counts, strict=True):
        x = f"{_share(slider, stop.on.toordinal()):.2f}"
        points.append(f"{x},{level:.1f}")
        level = _HEIGHT - count / most * (_HEIGHT - 4)
        points.append(f"{x},{level:.1f}")
    return " ".join([*points, f"100,{level:.1f}"])


def _years(slider: Slider) -> tuple[tuple[int, float], ...]:
    """Return the years below the slider, at most six, each with its place in percent."""
    first, last = slider.stops[0].on.year + 1, slider.stops[-1].on.year
    span = last - first
    step = next(one for one in _STEPS if span / one <= _MOST_YEARS)
    years = range(-(-first // step) * step, last + 1, step)
    found = ((year, _share(slider, date(year, 1, 1).toordinal())) for year in years)
    return tuple((year, round(at, 2)) for year, at in found if _EDGE <= at <= 100 - _EDGE)


# --- the page ------------------------------------------------------------------------------------


def index_page(frame: Frame) -> tuple[str, bytes]:
    """Return the overview."""
    book, page = frame.book, "index.html"
    slider = book.sliders[book.main] if book.main else None
    view = slider_view(frame, page, slider) if slider else None
    others = [id for id in book.sliders if id != book.main and book.sliders[id].stops]
    title, lead = _answer(frame, slider), ""
    if view is not None and slider is not None:
        lead = frame.word(
            "move",
            count=len(slider.stops),
            first=day_words(slider.stops[0].on, frame.lang),
            last=day_words(slider.stops[-1].on, frame.lang),
        )
    listed = sorted(book.of_parties, key=lambda id: (sort_key(frame.name(id)), id))
    keys = {id: key_of(id, book.reference.parties.get(id)) for id in listed}
    at = {id: place for place, id in enumerate(listed)}
    relations = [[at[a], at[b], frame.link(page, path_of_dyad(a, b))] for a, b in book.of_dyads]
    return frame.render(
        "site_index.html",
        page,
        title=title,
        lead=lead,
        slider=view,
        ladders=[
            Link(
                frame.link(page, path_of_party(id)),
                frame.word("day by day of", party=frame.name(id)),
            )
            for id in others
        ],
        parties=[
            (Link(frame.link(page, path_of_party(id)), frame.name(id)), keys[id]) for id in listed
        ],
        find=as_json({"relations": relations, "and": frame.word("pair", one="{0}", other="{1}")}),
        counts=_counts(frame),
        lists=[Link(f"{one}.html", frame.word(one)) for one in LISTS],
    )


def _answer(frame: Frame, slider: Slider | None) -> str:
    """Return the title of the overview: how many partners, or else how many events there are."""
    if slider is not None and (said := partners_answer(frame, slider)):
        return said
    book = frame.book
    if not book.events:
        return frame.word("answer nothing")
    parties = number(len(book.of_parties), frame.lang)
    events = count_words(len(book.events), frame.lang)
    return frame.word("answer events", events=events, parties=parties)


def partners_answer(frame: Frame, slider: Slider) -> str:
    """Return how many partners a party has at the highest level that one holds; empty for none."""
    if not slider.stops or not slider.stops[-1].rows:
        return ""
    book, last = frame.book, slider.stops[-1]
    top = max((row.level for row in last.rows), key=lambda level: level.rank or 0)
    plain = book.reference.ladder[slider.party].of_rank(top.rank or 0)
    count = sum(row.level.rank == top.rank for row in last.rows)
    level = plain[0] if plain else top
    say = Phrasing(book.reference, frame.lang, last.on.toordinal(), slider.party)
    noun, key = say.noun(level), "answer one level" if count == 1 else "answer level"
    if noun is not None:
        key, noun = "answer partners", noun if count == 1 else say.plural(noun)
    return frame.word(
        key,
        party=capital(say.named(slider.party)),
        count=count,
        noun=noun,
        level=level.name(frame.lang),
        day=day_words(last.on, frame.lang),
    )


def _counts(frame: Frame) -> list[tuple[str, str]]:
    book = frame.book
    found = {
        "records": len(book.log),
        "events": len(book.events),
        "relations": len(book.of_dyads),
        "sources": len(book.sources),
        "claims": len(book.reference.claims),
    }
    return [(number(count, frame.lang), frame.word(key).lower()) for key, count in found.items()]
