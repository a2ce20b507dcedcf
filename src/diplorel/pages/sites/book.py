"""What all pages of a site are made of: one log, asked once, and where each event is shown.

Every state is asked of the log's index, so a page costs the events of its own parties, and nothing
is replayed for it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from diplorel.model.events import EventRetracted
from diplorel.model.records import in_order
from diplorel.narrative.narrator import Narrator, publisher_of
from diplorel.pages.anchors import file_stem
from diplorel.pages.sites.parts import parts_of, places_of
from diplorel.pages.sites.slider import slider_of
from diplorel.tracks.agreement_titles import titles_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from diplorel.log import EventLog
    from diplorel.model.dates import Language
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.pages.sites.parts import Part
    from diplorel.pages.sites.slider import Slider
    from diplorel.relation import Relation

Dyad: TypeAlias = "tuple[str, str]"
TWO: Final = 2
"""So many parties make a relation."""
OF_DYAD: Final = 120
"""The most events of one page of a relation, where each has its sources and accounts."""
OF_PARTY: Final = 250
"""The most events of one page of a party or of the timeline, where each is one line."""


@attrs.frozen(eq=False)
class Book:
    """A log as a site shows it.

    Attributes:
        log: The log.
        today: The last day of its sliders.
    """

    log: EventLog
    today: date

    @property
    def reference(self) -> Reference:
        """The names, sources, ladders and coverage."""
        return self.log.reference

    @cached_property
    def main(self) -> str | None:
        """The party whose ranking the overview shows: the one with most changes; None without."""
        sliders = self.sliders
        return min(sliders, key=lambda id: (-len(sliders[id].stops), id), default=None)

    @cached_property
    def sliders(self) -> Mapping[str, Slider]:
        """The sliders of all parties with a ladder, by id."""
        known = sorted(id for id in self.reference.ladder if id in self.reference.parties)
        return {party: slider_of(self.log, party, today=self.today) for party in known}

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All events, in order."""
        return self.log.resolve().events

    @cached_property
    def by_id(self) -> Mapping[str, Event]:
        """Each event by its id."""
        return {event.id: event for event in self.events}

    @cached_property
    def of_dyads(self) -> Mapping[Dyad, tuple[Event, ...]]:
        """The events of each relation with one between exactly the two, in order.

        A party that no table knows has no relations here; `check` reports it.
        """
        pairs = {tuple(sorted({*one.parties})) for one in self.events}
        found = {
            (pair[0], pair[1]): tuple(entry.event for entry in self.log.timeline(*pair))
            for pair in sorted(pairs)
            if len(pair) == TWO and all(id in self.reference.parties for id in pair)
        }
        return {dyad: events for dyad, events in found.items() if events}

    @cached_property
    def of_parties(self) -> Mapping[str, tuple[Event, ...]]:
        """The events of each party that is named in one or has a ladder, in order."""
        found: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            for party in dict.fromkeys(event.parties):
                found[party].append(event)
        for a, b in self.of_dyads:
            for party in (a, b):
                found[party] += []
        for party in self.reference.ladder:
            found[party] += []
        return {party: tuple(found[party]) for party in sorted(found)}

    @cached_property
    def partners(self) -> Mapping[str, tuple[str, ...]]:
        """The other side of each relation of a party that has a page."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for a, b in self.of_dyads:
            found[a].add(b)
            found[b].add(a)
        return {party: tuple(sorted(others)) for party, others in found.items()}

    @cached_property
    def parts_of_dyads(self) -> Mapping[Dyad, tuple[Part, ...]]:
        """The events of each relation, divided among pages."""
        return {dyad: parts_of(events, OF_DYAD) for dyad, events in self.of_dyads.items()}

    @cached_property
    def parts_of_parties(self) -> Mapping[str, tuple[Part, ...]]:
        """The events of each party, divided among pages."""
        return {party: parts_of(events, OF_PARTY) for party, events in self.of_parties.items()}

    @cached_property
    def parts_of_all(self) -> tuple[Part, ...]:
        """All events, divided among the pages of the timeline."""
        return parts_of(in_order(self.events), OF_PARTY)

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The page with the sources and accounts of each event, by the id of the event.

        That is the page of a relation; of an event of one party or of many, that of the first
        party.
        """
        found: dict[str, str] = {}
        for (a, b), parts in self.parts_of_dyads.items():
            for part in parts:
                path = path_of_dyad(a, b, part.key)
                for event in part.events:
                    if {*event.parties} == {a, b}:
                        found[event.id] = path
                    else:
                        found.setdefault(event.id, path)
        for party, parts in self.parts_of_parties.items():
            for part in parts:
                for event in part.events:
                    found.setdefault(event.id, path_of_party(party, part.key))
        for part in self.parts_of_all:
            for event in part.events:
                found.setdefault(event.id, path_of_timeline(part.key))
        return found

    @cached_property
    def citing(self) -> Mapping[str, Sequence[Event]]:
        """The events that cite each source, by the id of the source, in order.

        Timelines have events that no stream records: the ends of parties in the library's table.
        """
        timelines = (event for events in self.of_dyads.values() for event in events)
        shown = {event.id: event for event in (*self.events, *timelines)}
        found: defaultdict[str, list[Event]] = defaultdict(list)
        for event in shown.values():
            for source in dict.fromkeys(one.source for one in event.sources):
                found[source].append(event)
        return found

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The ids of all sources: those of the bibliography, and those that are only cited."""
        claimed = {one.source for one in self.reference.claims if one.source is not None}
        corrected = {one.source for record in self.log for one in record.event.sources}
        return tuple(sorted({*self.reference.source, *self.citing, *claimed, *corrected}))

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The page of each source, by its id: of all of them, or of a first letter."""
        return places_of(self.sources, self.publisher)

    def publisher(self, source: str) -> str:
        """Return who published a source; one that the bibliography lacks stands for itself."""
        return publisher_of(self.reference, source)

    @cached_property
    def _relations(self) -> dict[Dyad, Relation]:
        return {}

    def relation(self, a: str, b: str) -> Relation:
        """Return the state of a relation by all that is recorded; worked out once."""
        if (a, b) not in self._relations:
            self._relations[a, b] = self.log.relation(a, b)
        return self._relations[a, b]


class Teller:
    """The words of a book in one language; each sentence is put together once."""

    def __init__(self, book: Book, lang: Language) -> None:
        self.book = book
        self.lang: Language = lang
        titles = titles_of(book.events)
        self.narrator = Narrator(book.reference, lang, first=book.main, titles=titles)
        self._sentences: dict[str, str] = {}

    def sentence(self, event: Event | EventRetracted) -> str:
        """Return an event as a sentence."""
        if isinstance(event, EventRetracted):
            return self.narrator.sentence(event)
        key = event.id
        if key not in self._sentences:
            self._sentences[key] = self.narrator.sentence(event)
        return self._sentences[key]

    def state(self, a: str, b: str) -> list[tuple[str, str]]:
        """Return the state of a relation, line by line, with labels."""
        return list(self.narrator.state(self.book.relation(a, b)))


# --- where pages are -----------------------------------------------------------------------------


def path_of_party(party: str, part: str = "") -> str:
    """Return the path of the page of a party, within the site.

    >>> path_of_party("VNM"), path_of_party("VNM", "1990s")
    ('parties/vnm.html', 'parties/vnm.1990s.html')
    """
    return f"parties/{'.'.join(filter(None, (file_stem(party), part)))}.html"


def path_of_dyad(a: str, b: str, part: str = "") -> str:
    """Return the path of the page of a relation, within the site.

    >>> path_of_dyad("VNM", "SGP")
    'relations/sgp.vnm.html'
    """
    stems = map(file_stem, sorted((a, b)))
    return f"relations/{'.'.join(filter(None, (*stems, part)))}.html"


def path_of_timeline(part: str = "") -> str:
    """Return the path of a page of the timeline, within the site."""
    return f"timeline/{part}.html" if part else "timeline.html"
