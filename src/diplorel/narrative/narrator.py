"""Events and states in words, in English and in Vietnamese: what the tracks say, put together.

>>> from diplorel import load
>>> vn = load("vietnam")
>>> narrator = Narrator(vn.reference, first="VNM")
>>> print(narrator.sentence(vn.timeline("VNM", "SGP")[0].event))
Vietnam and Singapore established diplomatic relations.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from diplorel.language.grammar import Grammar
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, EventRetracted
from diplorel.model.records import is_lead
from diplorel.narrative import phrases
from diplorel.tracks import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from diplorel.model.reference import Reference
    from diplorel.replay.dyad import DyadSnapshot
    from diplorel.resolve.policies import Account
    from diplorel.tracks.track import Track


def publisher_of(reference: Reference, source: str) -> str:
    """Return who published a source; one that the bibliography lacks stands for itself."""
    known = reference.find_source(source)
    return known.publisher if known else source


@attrs.frozen
class Narrator(Grammar):
    """Puts events and relations in words of one language, as their tracks phrase them.

    Attributes:
        reference: The names of parties, levels and sources.
        lang: English or Vietnamese. What a stream has in one language only stays in it.
        first: The id of the party that is named first, where an event names two; the order of ids
            otherwise.
        day: The day, an ordinal, whose names parties have; by default, those of today. In
            the sentence of an event, parties have the names of its own day.
        titles: The titles of agreements, by key, as `titles_of` returns them.
        tracks: The tracks, in the order of describing a relation's state.
    """

    tracks: tuple[Track[Any, Any], ...] = STANDARD

    @cached_property
    def _owners(self) -> Mapping[type[Event], Track[Any, Any]]:
        return {cls: track for track in self.tracks for cls in track.owns}

    # --- events ----------------------------------------------------------------------------------

    def sentence(self, event: Event | EventRetracted) -> str:
        """Return one event as one sentence.

        An event of a type that no track here owns, or that its track has no phrase for, is
        described by the words of its type and the names of its parties. Of a lead, the sentence
        says that a machine coded it.
        """
        said = self._sentence(event)
        said = said[:1].upper() + said[1:]
        if is_lead(event, self.reference.source):
            return self.say(phrases.PROVENANCE, "lead", said=said)
        return said

    def _sentence(self, event: Event | EventRetracted) -> str:
        if isinstance(event, EventRetracted):
            return self.say(phrases.EVENTS, event.type, what=event.target)
        grammar = self.at(event.on.hi)
        track = self._owners.get(type(event))
        if track is not None:
            key, parts = track.clause(event, grammar)
            if key in track.phrases:
                return self.say(track.phrases, key, **parts)
        if event.type in phrases.EVENTS:
            return self.say(phrases.EVENTS, event.type, names=grammar.names(event.parties))
        what = event.type.replace("-", " ")
        return self.say(phrases.EVENTS, "other", what=what, names=grammar.names(event.parties))

    # --- sources ---------------------------------------------------------------------------------

    def publisher(self, source: str) -> str:
        """Return who published a source; one that the bibliography lacks stands for itself."""
        return publisher_of(self.reference, source)

    def dated(self, source: str) -> str:
        """Return who published a source, and when."""
        known = self.reference.find_source(source)
        published = known.published if known else None
        undated = self.say(phrases.PROVENANCE, "undated")
        return f"{self.publisher(source)}, {published.words(self.lang) if published else undated}"

    def provenance(self, event: Event, accounts: Sequence[Account] = ()) -> Iterator[str]:
        """Yield who reports an event, and what they disagree on.

        Args:
            event: The event.
            accounts: Its accounts, the followed one first, as `Relation.accounts` has them.
        """
        names = dict.fromkeys(self.dated(one.source) for one in event.sources)
        yield self.say(phrases.PROVENANCE, "sources", names="; ".join(names))
        for one in event.sources:
            source = self.publisher(one.source)
            if one.on is not None and one.on != event.on:
                how = "coarse" if one.on.contains(event.on) else "other date"
                yield self.say(phrases.PROVENANCE, how, on=one.on.words(self.lang), source=source)
            if one.text is not None:
                yield self.say(phrases.PROVENANCE, "words", source=source, text=one.text)
        for account in accounts[1:]:
            sources = "; ".join(dict.fromkeys(self.dated(c.source) for c in account.citations))
            said = "" if account.denies else self.sentence(account.event)
            how = "denial" if account.denies else "account"
            yield self.say(phrases.PROVENANCE, how, said=said, sources=sources)

    # --- states ----------------------------------------------------------------------------------

    def state(self, dyad: DyadSnapshot) -> Iterator[tuple[str, str]]:
        """Yield the state of a relation, each line with its label.

        Tracks without records are left out, except ties and levels: there, none and unknown are
        said.
        """
        for track in self.tracks:
            if track.of_dyads:
                yield from track.describe(dyad, self)
        yield from self._doubts(dyad)

    def _doubts(self, dyad: DyadSnapshot) -> Iterator[tuple[str, str]]:
        """Yield what dates and coverage leave open."""
        label = phrases.DOUBTS
        for event in dyad.undecided:
            said = f"{event.on.words(self.lang)}: {self.sentence(event)}"
            yield self.say(label, "undecided"), said
        of_dyads = [track for track in self.tracks if track.of_dyads]
        # the events above say it of the others
        unsure = [one for one in of_dyads if not (dyad.is_certain(one) or dyad.is_undecided(one))]
        if unsure:
            yield self.say(label, "unsure"), self._labels(unsure)
        if dyad.contested:
            yield self.say(label, "contested"), self.names(dyad.contested)
        by_day: dict[date | None, list[Track[Any, Any]]] = {}
        for track in of_dyads:
            if track.name in dyad.last_recorded:
                by_day.setdefault(dyad.last_recorded[track.name], []).append(track)
        if by_day:
            parts = [self._last_recorded(by_day[day], day) for day in by_day]
            yield self.say(label, "last recorded"), "; ".join(parts)

    def _last_recorded(self, tracks: Iterable[Track[Any, Any]], day: date | None) -> str:
        """Return the names of tracks, each with the last day that a stream covers."""
        said = self._labels(tracks)
        if day is None:
            return said
        return said + self.say(
            phrases.DOUBTS, "complete to", day=PartialDate(day.isoformat()).words(self.lang)
        )

    def _labels(self, tracks: Iterable[Track[Any, Any]]) -> str:
        labels = {track.name: track.label for track in tracks if track.label is not None}
        return ", ".join(self.say(labels, track.name) for track in tracks)
