"""The brief of one relation: its title, lanes, state, story, accounts, documents and figures."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from diplorel.charts import lanes as lanes_chart
from diplorel.language.labels import word as label
from diplorel.model.dates import between_words
from diplorel.model.events import EventRetracted
from diplorel.pages.content import (
    Count,
    Fact,
    Facts,
    Picture,
    Section,
    Story,
    StoryLine,
)
from diplorel.pages.figures import figures_of_two, latest_of_two
from diplorel.pages.phrasing import capital, sentences
from diplorel.pages.standing import place_of
from diplorel.pages.titles import first_held, title_of_relation
from diplorel.tracks.agreement_events import AgreementEvent, AgreementKind
from diplorel.tracks.agreement_titles import name_of_agreement
from diplorel.tracks.figures import FigureReported, TargetSet
from diplorel.tracks.ties import TiesStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from diplorel.analysis.standing import Standing
    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.ladders import Level
    from diplorel.pages.gathered import Gathered
    from diplorel.pages.parts import Cites
    from diplorel.relation import Relation
    from diplorel.resolve.policies import Account
    from diplorel.tracks.agreements import Agreement

_MOST: Final = 120
"""So many dates of a story are listed, the newest ones."""
_MOST_DOCUMENTS: Final = 60


def standing_of_two(found: Gathered, partner: str) -> Standing | None:
    """Return what is held on the party's ladder, or else on the partner's."""
    return first_held(_relation(found, partner), (found.party, partner))


def _relation(found: Gathered, partner: str) -> Relation:
    return found.world[found.party, partner]


def _both(found: Gathered, partner: str) -> dict[str, str]:
    say = found.say
    a, b = say.named(found.party), say.named(partner)
    day = say.long_day(found.on)
    return {"a": a, "b": b, "A": capital(a), "B": capital(b), "day": day, "Day": capital(day)}


def title_of_two(found: Gathered, partner: str) -> str:
    """Return the answer: what the two are to each other, or that it is not recorded."""
    relation = _relation(found, partner)
    if said := title_of_relation(found.say, relation, (found.party, partner)):
        return said
    key = "have nothing" if relation.ties.status is TiesStatus.UNKNOWN else "ties ended"
    return found.say.word(key, **_both(found, partner))


def lead_of_two(found: Gathered, partner: str) -> str:
    """Return two sentences: since when there are ties and which level came first, and the place."""
    say = found.say
    relation, held = _relation(found, partner), standing_of_two(found, partner)
    begun = _first_ties(relation)
    if not relation.ties.is_certain("spells"):
        begun, first = None, say.word("lead ties open")
    elif begun is None:
        first = say.word("lead no ties")
    else:
        first = say.word("lead ties", day=say.when(begun))
    earlier = [] if held is None else [step for step in held.path if step[0] is not None]
    if begun is not None and len(earlier) > 1:
        first += _became(found, *earlier[-2])
    return sentences(first, _place(found, partner) or _recorded(found, relation))


def _became(found: Gathered, level: Level | None, on: PartialDate) -> str:
    say = found.say
    if level is None:
        return ""
    noun = say.noun(level)
    if noun is None:
        return say.word("lead reached", level=level.name(found.lang), day=say.when(on))
    return say.word("lead became", noun=say.plural(noun), day=say.when(on))


def _first_ties(relation: Relation) -> PartialDate | None:
    spells = relation.ties.spells
    return spells[0].start if spells else None


def _place(found: Gathered, partner: str) -> str:
    say = found.say
    if found.ranking is None or partner not in found.ranking:
        return ""
    row = found.ranking[partner]
    parts = {
        "B": capital(say.named(partner)),
        "party": say.named(found.party),
        "possessive": say.possessive(found.party),
    }
    if row.best < row.worst:
        return say.word("lead open place", best=row.best, worst=row.worst, **parts)
    return say.word("lead place", nth=say.nth(row.position), **parts)


def _recorded(found: Gathered, relation: Relation) -> str:
    count = len(relation.events())
    said = found.say.word("event" if count == 1 else "events", count=count)
    return found.say.word("lead recorded", count=said, are="is" if count == 1 else "are")


def counts_of_two(found: Gathered, partner: str) -> tuple[Count, ...]:
    """Return the numbers at the head: the level, the place, the age of ties, the latest figures."""
    say, counts = found.say, []
    relation, held = _relation(found, partner), standing_of_two(found, partner)
    if held is not None and held.level is not None and held.since is not None:
        own = held.ladder == found.party  # another ladder has other signs
        chip = found.chips.of_level(held.level, recorded=held.last_recorded) if own else None
        text = held.level.name(found.lang)
        counts.append(Count(value=say.short(held.since), text=text, chip=chip))
    if found.ranking is not None and partner in found.ranking:
        row = found.ranking[partner]
        open_ = row.best < row.worst
        value = place_of(row) if open_ or found.lang == "vi" else say.nth(row.position)
        parts = {"party": say.named(found.party), "possessive": say.possessive(found.party)}
        counts.append(Count(value=capital(value), text=say.word("place of", **parts)))
    ties = relation.ties
    since = ties.since if ties.status is TiesStatus.ESTABLISHED else None
    if since is not None and since.lo <= found.on.toordinal():
        value = between_words(since, found.on, found.lang)
        counts.append(Count(value=value, text=say.word("years")))
    counts += [Count(value=value, text=text) for value, text in latest_of_two(found, partner)]
    return tuple(counts)


# --- sections ------------------------------------------------------------------------------------


def lanes_section(found: Gathered, partner: str) -> Section:
    """Return the chart of the relation, aspect by aspect."""
    lanes = found.log.lanes(found.party, partner, on=found.on)
    return Section(
        id="lanes",
        title=found.say.word("lanes"),
        how=(found.say.word("lanes how"),),
        blocks=(Picture(chart=lanes_chart(lanes, lang=found.lang)),),
    )


def state_section(found: Gathered, partner: str) -> Section:
    """Return the state of the relation on the day, as the narrative says it."""
    narrator = found.narrator.at(found.on.toordinal())
    lines: dict[str, list[str]] = {}
    for term, said in narrator.state(_relation(found, partner)):
        lines.setdefault(term, []).append(said)
    facts = tuple(
        Fact(term=term, parts=tuple((one, None) for one in said)) for term, said in lines.items()
    )
    return Section(
        id="state",
        title=found.say.word("state"),
        how=(found.say.word("state how"),),
        blocks=(Facts(facts=facts, empty=found.say.word("no story")),),
    )


def events_of_two(found: Gathered, partner: str) -> list[Event]:
    """Return the events of the relation that have possibly happened by the day, oldest first."""
    day = found.on.toordinal()
    timeline = found.log.timeline(found.party, partner)
    return [entry.event for entry in timeline if entry.on.lo <= day]


def story_section(found: Gathered, partner: str, events: Iterable[Event]) -> Section:
    """Return the events but figures, the oldest first, in parts between levels.

    Args:
        found: What was asked of the log.
        partner: The other side.
        events: What `events_of_two` returns; the sections below also take it.
    """
    say = found.say
    narrated = [one for one in events if not isinstance(one, (FigureReported, TargetSet))]
    held = standing_of_two(found, partner)
    path = () if held is None else held.path
    reached = {on: level for level, on in path if level is not None}
    lines: list[tuple[str, StoryLine]] = []
    title = ""
    for _, same in groupby(narrated, key=lambda one: one.on.text):
        some = list(same)
        title = _part(found, reached, some) or title or str(some[0].on.earliest.year)
        parts = tuple((one.id, found.narrator.sentence(one), found.cite([one], 3)) for one in some)
        lines.append((title, StoryLine(when=_when(found, some[0]), parts=parts)))
    shown = lines[-_MOST:]
    left = len(lines) - len(shown)
    titled = tuple(
        (title, tuple(line for _, line in some))
        for title, some in groupby(shown, key=lambda pair: pair[0])
    )
    return Section(
        id="story",
        title=say.word("story"),
        how=(say.word("story how"),),
        blocks=(
            Story(
                parts=titled,
                empty=say.word("no story"),
                more=say.word("more lines", count=left) if left else "",
            ),
        ),
    )


def _when(found: Gathered, event: Event) -> str:
    return capital(found.say.span(event.on))


def _part(found: Gathered, reached: Mapping[PartialDate, Level], events: Iterable[Event]) -> str:
    """Return the title of the part that begins with these events; none where it goes on."""
    for event in events:
        level = reached.get(event.on)
        if level is not None and getattr(event, "level", None) == level.id:
            year = str(event.on.earliest.year)
            return found.say.word("years of level", years=year, level=level.name(found.lang))
    return ""


def accounts_section(found: Gathered, events: Iterable[Event]) -> Section | None:
    """Return the events with another date or another account in some source."""
    say = found.say
    accounts = found.log.resolve().accounts
    facts = []
    for event in events:
        parts = [*_differing(found, event, accounts.get(event.id, ()))]
        if parts:
            used = say.word("used", what=say.when(event.on))
            cites = found.cite([event], 3)
            facts.append(Fact(term=found.narrator.sentence(event), parts=((used, cites), *parts)))
    if not facts:
        return None
    return Section(
        id="accounts",
        title=say.word("accounts"),
        how=(say.word("accounts how"),),
        blocks=(Facts(facts=tuple(facts)),),
    )


def _differing(
    found: Gathered, event: Event, accounts: Sequence[Account]
) -> Iterator[tuple[str, Cites]]:
    """Yield what sources say of an event that differs, each with its sources."""
    say = found.say
    by_date: dict[PartialDate, list[str]] = {}
    for one in event.sources:
        if one.on is not None and not one.on.contains(event.on):
            by_date.setdefault(one.on, []).append(one.source)
    for on, ids in sorted(by_date.items(), key=lambda pair: (pair[0].lo, pair[0].text)):
        said = say.word("other", what=say.when(on))
        yield said, found.sources.cite(ids, 2, f"{found.narrator.sentence(event)} {said}")
    for account in accounts[1:]:
        if account.denies or isinstance(account.event, EventRetracted):
            said = say.word("denied")
        else:
            what = found.narrator.sentence(account.event).rstrip(".")
            what = f"{what} ({say.when(account.event.on)})"
            said = say.word("other", what=what)
        ids = [one.source for one in account.citations]
        yield said, found.sources.cite(ids, 2, f"{found.narrator.sentence(event)} {said}")


def agreements_section(found: Gathered, partner: str, events: Iterable[Event]) -> Section | None:
    """Return the documents of the two, the newest first."""
    say = found.say
    documents = _relation(found, partner).agreements.documents
    if not documents:
        return None
    ordered = sorted(documents, key=_document_day, reverse=True)
    signed = [one for one in events if isinstance(one, AgreementEvent)]
    facts = tuple(
        Fact(
            term=capital(
                one.title(found.lang) if one.titles else name_of_agreement(one.key, found.narrator)
            ),
            parts=(
                (
                    _document(found, one),
                    found.cite([event for event in signed if event.agreement == one.key], 2),
                ),
            ),
        )
        for one in ordered[:_MOST_DOCUMENTS]
    )
    return Section(
        id="agreements",
        title=say.word("agreements"),
        how=(say.word("agreements how"),),
        blocks=(Facts(facts=facts),),
    )


def _document_day(one: Agreement) -> tuple[int, str]:
    dates = [on.hi for on in (one.signed, one.joined, one.in_force) if on is not None]
    return max(dates, default=0), one.key


def _document(found: Gathered, one: Agreement) -> str:
    say = found.say
    kind = "document of no kind" if one.kind is AgreementKind.DOCUMENT else one.kind.value
    steps = (("signed", one.signed), ("in force", one.in_force), ("ended", one.terminated))
    said = [say.word(key, day=say.when(on)) for key, on in steps if on is not None]
    return capital(", ".join([label(kind, found.lang), *said]))


def figures_of_two_section(found: Gathered, partner: str) -> Section:
    """Return the figures of the relation, by indicator."""
    say = found.say
    return Section(
        id="figures",
        title=say.word("figures of two"),
        how=(say.word("figures how"), say.word("latest rule")),
        blocks=(figures_of_two(found, partner),),
    )
