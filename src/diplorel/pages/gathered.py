"""What a brief asks of a log, once: its day, its words, its answers, and the numbers of sources."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from diplorel.narrative.narrator import Narrator
from diplorel.pages.parts import Chips, Numbering
from diplorel.pages.phrasing import Phrasing
from diplorel.tracks import LEVEL, TIES
from diplorel.tracks.agreement_titles import titles_of
from diplorel.tracks.ties import TiesStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.analysis.metric_ranking import MetricRanking
    from diplorel.analysis.ranking import Ranking
    from diplorel.analysis.steps import Steps
    from diplorel.log import EventLog
    from diplorel.model.dates import Language, PartialDate
    from diplorel.model.events import Event
    from diplorel.model.ladders import Level
    from diplorel.pages.parts import Cites
    from diplorel.world import World

FOR_LEVEL = 2
"""How many sources are cited for a level; one for ties. All of them made every row two lines."""


@attrs.frozen(kw_only=True)
class Gathered:
    """What the sections of a page are made of.

    Attributes:
        log: The log.
        world: Its relations at the end of the day.
        party: The id of the party.
        on: The day.
        say: The words of the page.
        sources: The sources cited so far; it grows as sections are made, in their order.
        chips: The signs of the party's levels.
    """

    log: EventLog
    world: World
    party: str
    on: date
    say: Phrasing
    sources: Numbering
    chips: Chips

    @classmethod
    def of(cls, log: EventLog, party: str, on: date, lang: Language) -> Gathered:
        """Return what is asked about a party on a day."""
        return cls(
            log=log,
            world=log.replay(on),
            party=party,
            on=on,
            say=Phrasing(log.reference, lang, on.toordinal(), party),
            sources=Numbering(log.reference),
            chips=Chips.of(log.reference, party),
        )

    @property
    def lang(self) -> Language:
        """The language of the page."""
        return self.say.lang

    @cached_property
    def ranking(self) -> Ranking | None:
        """The standing order; None where the party has no ladder here."""
        return self.world.ranking(self.party) if self._has_ladder else None

    @cached_property
    def steps(self) -> Steps | None:
        """How each partner got there; None where the party has no ladder here."""
        return self.world.steps(self.party) if self._has_ladder else None

    @property
    def _has_ladder(self) -> bool:
        return self.party in self.log.reference.ladder

    @cached_property
    def ranks(self) -> Sequence[tuple[Level, int, bool]]:
        """Each rank of the party's ladder: its plain label, how many hold it, if all are listed.

        The highest is first. Without a ladder there is none.
        """
        if self.ranking is None:
            return ()
        held = [row.level.rank for row in self.ranking.rows]
        counts = self.world.counts(self.party)
        return [(one.level, held.count(one.level.rank), one.complete) for one in counts]

    @cached_property
    def by_ties(self) -> MetricRanking:
        """The partners by the length of their ties."""
        return self.world.metric_ranking(self.party, by="ties")

    @cached_property
    def narrator(self) -> Narrator:
        """The narrator of events in the language of the page."""
        titles = titles_of(self.log.resolve().events)
        return Narrator(self.log.reference, self.lang, first=self.party, titles=titles)

    def cite_level(self, other: str, since: PartialDate | None, level: Level | None) -> Cites:
        """Return the sources for the day when a partner reached a level."""
        dyad = self.world.between(self.party, other)
        reached = [event for event in dyad.events(LEVEL) if event.on == since]
        named = [one for one in reached if level and getattr(one, "level", None) == level.id]
        return self.cite((named or reached)[:1])

    def ties_since(self, other: str) -> PartialDate | None:
        """Return the first day of the unbroken ties; None where there are none."""
        ties = self.world.between(self.party, other).state(TIES)
        return ties.since if ties.status is TiesStatus.ESTABLISHED else None

    def cite_ties(self, other: str, since: PartialDate | None) -> Cites:
        """Return the source for the first day of the ties."""
        dyad = self.world.between(self.party, other)
        return self.cite([one for one in dyad.events(TIES) if one.on == since][:1], 1)

    def cite(self, events: Sequence[Event], most: int = FOR_LEVEL) -> Cites:
        """Return the sources of a fact.

        Args:
            events: The events behind it.
            most: How many documents are shown.
        """
        about = [f"{self.say.span(one.on)}: {self.narrator.sentence(one)}" for one in events[:1]]
        ids = [one.source for event in events for one in event.sources]
        return self.sources.cite(ids, most, "".join(about))
