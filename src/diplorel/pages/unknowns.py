"""Gaps in the record on the day, as a section of their own: unknown is not "none"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplorel.model.dates import LAST_DAY
from diplorel.pages.content import Fact, Facts, Section
from diplorel.pages.phrasing import capital, has_begun
from diplorel.pages.standing import place_of
from diplorel.tracks import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from diplorel.analysis.steps import StepsRow
    from diplorel.model.ladders import Level
    from diplorel.pages.gathered import Gathered

_NAMED: Final = 8
"""So many parties are named in a term."""


def unknown_section(found: Gathered) -> Section:
    """Return what coverage, dates and sources leave open."""
    say = found.say
    facts = [*_of_levels(found), *_of_tracks(found)]
    return Section(
        id="unknown",
        title=say.word("unknown"),
        how=_how(found),
        blocks=(Facts(facts=tuple(facts), empty=say.word("nothing unknown")),),
    )


def _how(found: Gathered) -> tuple[str, ...]:
    """Return how to read the section, and for a view, what was known."""
    known = found.world.snapshot.asked.get("known")
    how = found.say.word("unknown how")
    if not known:
        return (how,)
    for clock in ("as known on", "as published by"):  # a stamp is in English
        known = known.replace(clock, found.say.word(clock))
    return how, found.say.word("as known", known=known)


def _of_levels(found: Gathered) -> Iterator[Fact]:
    say, ranking = found.say, found.ranking
    if ranking is None or found.steps is None:
        return
    for level, count, complete in found.ranks:
        if not complete:
            yield _fact(level.name(found.lang), _incomplete(found, level, count))
    for parties, floor in ((ranking.below, ranking.complete_from), (ranking.unknown, None)):
        if parties:
            key = "level of other" if len(parties) == 1 else "level of others"
            said = (
                say.word("not recorded")
                if floor is None
                else say.word("certainly below", level=floor.name(found.lang))
            )
            yield _fact(say.word(key, count=len(parties)), said)
    open_ = [row for row in ranking.rows if row.best < row.worst]
    if open_:
        places = say.joined([*dict.fromkeys(map(place_of, open_))])
        yield _fact(
            _names(found, (row.party for row in open_)), say.word("order open", places=places)
        )
    if ranking.undecided:
        yield _fact(_names(found, ranking.undecided), say.word("level open"))
    yield from _of_rows(found, found.steps.rows)


def _of_rows(found: Gathered, rows: Sequence[StepsRow]) -> Iterator[Fact]:
    say = found.say
    contested = [row for row in rows if row.steps and row.steps[-1].also]
    if contested:
        dates = "; ".join(
            f"{say.name(row.party)} {', '.join(map(say.short, row.steps[-1].also))}"
            for row in contested
        )
        yield _fact(
            _names(found, (row.party for row in contested)), say.word("other day", dates=dates)
        )
    begun = [row for row in rows if row.since is not None and not has_begun(row.since)]
    if begun:
        dates = say.joined([say.short(row.since) for row in begun if row.since is not None])
        yield _fact(
            _names(found, (row.party for row in begun)), say.word("start open", dates=dates)
        )
    agreed = [row for row in rows if row.group == "agreed"]
    if agreed:
        dates = say.joined([say.short(row.since) for row in agreed if row.since is not None])
        text = say.word("agreed open", dates=dates or "?")
        yield _fact(_names(found, (row.party for row in agreed)), text)
    off = [row for row in rows if row.group == "off"]
    if off:
        yield _fact(_names(found, (row.party for row in off)), say.word("off the ladder"))


def _incomplete(found: Gathered, level: Level, count: int) -> str:
    """Return from when to when the list of a rank is complete, as far as a stream says so."""
    say, spans = found.say, []
    for one in found.log.reference.coverage:
        if one.track != "level" or found.party not in one.parties:
            continue
        floor = (
            None if one.at_least is None else found.log.reference.level(found.party, one.at_least)
        )
        if floor is None or (floor.rank is not None and floor.rank <= (level.rank or 0)):
            first = None if one.since is None else say.short(one.since)
            last = None if one.until is None or one.until.hi >= LAST_DAY else say.short(one.until)
            key = "span" if first and last else "span to" if last else "span from"
            spans.append(say.word(key, first=first, last=last))
    if not spans:
        return say.word("never complete", count=count)
    return say.word("incomplete", span=say.joined([*dict.fromkeys(spans)]), count=count)


def _of_tracks(found: Gathered, partner: str | None = None) -> Iterator[Fact]:
    """Yield the aspects that no stream claims to have completely."""
    say = found.say
    parties = [found.party] if partner is None else [found.party, partner]
    labels = [
        track.label[found.lang == "vi"]
        for track in STANDARD
        if track.of_dyads
        and track.name != "level"
        and track.label is not None
        and not found.log.reference.covers(track.name, parties, found.on.toordinal())
    ]
    if labels:
        joined = ", ".join([labels[0], *(one[:1].lower() + one[1:] for one in labels[1:])])
        yield _fact(capital(joined), say.word("selections"))


def _names(found: Gathered, parties: Iterable[str]) -> str:
    names = [found.say.name(one) for one in parties]
    if len(names) > _NAMED:
        return ", ".join([*names[:_NAMED], "…"])
    return found.say.joined(names)


def _fact(term: str, text: str) -> Fact:
    return Fact(term=term, parts=((text, None),))


def unknown_section_of_two(found: Gathered, partner: str) -> Section:
    """Return what coverage and dates leave open of one relation."""
    say = found.say
    relation = found.world[found.party, partner]
    facts = []
    for event in relation.undecided:
        term = f"{say.short(event.on)}: {found.narrator.sentence(event)}"
        facts.append(_fact(term, say.word("may have happened")))
    for track in STANDARD:
        is_open = track.of_dyads and not relation.is_certain(track)
        if is_open and track.label is not None and not relation.is_undecided(track):
            label = capital(track.label[found.lang == "vi"])
            facts.append(_fact(label, say.word("order of events")))
    for ladder in (found.party, partner):
        held = relation.level(ladder)
        if held.last_recorded and held.level is not None:
            key = "never" if held.complete_to is None else "as recorded only"
            said = (
                say.word("not recorded")
                if key == "never"
                else say.word(key, day=say.short_day(held.complete_to))  # type: ignore[arg-type]  # it is a day
            )
            facts.append(_fact(held.level.name(found.lang), said))
    facts += _of_tracks(found, partner)
    return Section(
        id="unknown",
        title=say.word("unknown"),
        how=_how(found),
        blocks=(Facts(facts=tuple(facts), empty=say.word("nothing unknown")),),
    )
